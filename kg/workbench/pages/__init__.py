"""The pages: each module answers the addresses of one."""
