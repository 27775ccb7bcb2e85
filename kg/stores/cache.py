"""The paths of files that are made from a store and can be made again, such as the search index: in the store's folder,
or in the user's cache where the store is a server or read-only."""

import os
import sys
from hashlib import sha256
from pathlib import Path


def cache_path(address: str, name: str) -> Path:
    """The path of the file `name` that is made from the store at the address: ('plans.kg', 'search') ->
    plans.kg/search.sqlite; ('neo4j://host', 'search') -> ~/.cache/plan-kg/search-d5b1802a….sqlite, with a digest
    of the address, and so for a folder that is missing or that this user cannot write to, with a digest of its absolute
    path. Nothing is made."""
    if "://" not in address and os.access(address, os.W_OK):
        return Path(address) / f"{name}.sqlite"
    where = address if "://" in address else os.path.abspath(address)
    digest = sha256(where.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return user_cache() / f"{name}-{digest}.sqlite"


def user_cache() -> Path:
    """The folder for this program's cached files, which need not exist: plan-kg below %LOCALAPPDATA% (AppData\\Local in
    the user's folder where that is not set or empty) on Windows, below ~/Library/Caches on macOS, below $XDG_CACHE_HOME
    (~/.cache where that is not set or empty) elsewhere."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "plan-kg"
