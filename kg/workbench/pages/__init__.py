"""The pages of the workbench: each module has the functions that answer the addresses of one kind of page."""
