"""Exports of a store in the formats of EXPORT_FORMATS. `export` writes the plans that `Options` select as one file or
folder, `split` each of them as a file of its own. These names are imported when they are first used, and the module
that writes a format with that format."""

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
