"""Plan files -> store: what is new or changed is read by worker processes, what is unchanged is left alone."""

from kg.build.finding import skipped_lines
from kg.build.incremental import Progress, Report, build, build_shards, few, load_reference

__all__ = ["Progress", "Report", "build", "build_shards", "few", "load_reference", "skipped_lines"]
