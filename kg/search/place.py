"""Where the index of a store is kept: in its folder, or in the user's cache where it is a server or read-only."""

import os
import sys
from hashlib import sha256
from pathlib import Path

NAME = "search.sqlite"


def index_path(address: str) -> Path:
    """'plans.kg' -> plans.kg/search.sqlite, 'neo4j://host' -> ~/.cache/plan-kg/search-3f….sqlite"""
    if "://" not in address and os.access(address, os.W_OK):
        return Path(address) / NAME
    where = address if "://" in address else os.path.abspath(address)
    return _cache() / f"search-{sha256(where.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}.sqlite"


def _cache() -> Path:
    """The folder of the platform for what can be made again."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "plan-kg"
