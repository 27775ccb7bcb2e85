"""Plan files -> store: what is new or changed is read by worker processes, what is unchanged is left alone."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.builder.finding import skipped_lines
    from kg.builder.incremental import BuildReport, Progress, build, build_shards, few
    from kg.builder.reference import load_reference

__all__ = ["BuildReport", "Progress", "build", "build_shards", "few", "load_reference", "skipped_lines"]


def __getattr__(name: str) -> Any:
    """A name of the interface (`__all__`), imported when it is used, because the processes that read plans, and
    commands for one file, need none of them. Raises AttributeError for any other name."""
    if name not in __all__:
        raise AttributeError(f"module 'kg.builder' has no attribute {name!r}")
    module = {"skipped_lines": "finding", "load_reference": "reference"}.get(name, "incremental")
    return getattr(import_module(f"kg.builder.{module}"), name)


def __dir__() -> list[str]:
    return __all__
