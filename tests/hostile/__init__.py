"""Files that are broken or meant to break the reader, made when a test needs them."""
