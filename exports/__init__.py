"""Exports: one module a format. `export` writes one; `FORMATS` lists them."""

from exports.formats import FORMATS, Format, export, split
from exports.options import Options

__all__ = ["FORMATS", "Format", "Options", "export", "split"]
