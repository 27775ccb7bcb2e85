"""Fuzzers of the readers and the layout."""
