"""Exports: one module for each format. `export` writes one, `split` a file for each plan, `EXPORT_FORMATS` lists them.
A module is imported when its format is first used."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exports.formats import EXPORT_FORMATS, Format, export, split
    from exports.options import Options

__all__ = ["EXPORT_FORMATS", "Format", "Options", "export", "split"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'exports' has no attribute {name!r}")
    from exports import formats, options

    return getattr(options if name == "Options" else formats, name)
