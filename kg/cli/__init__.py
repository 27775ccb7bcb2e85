"""The command line: each command reads its options, calls the library and writes."""

from kg.cli.main import cli, main

__all__ = ["cli", "main"]
