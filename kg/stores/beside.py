"""The paths of files that are made from a store and can be made again, such as the search index: in the store's folder,
or in the user's cache where the store is a server or read-only."""

import os
import sys
from hashlib import sha256
from pathlib import Path


def beside(address: str, name: str, suffix: str = ".sqlite") -> Path:
    """The path of a file made from the store at the address: 'plans.kg', 'search' -> plans.kg/search.sqlite;
    'neo4j://host' -> ~/.cache/plan-kg/search-3f….sqlite."""
    if "://" not in address and os.access(address, os.W_OK):
        return Path(address) / f"{name}{suffix}"
    where = address if "://" in address else os.path.abspath(address)
    digest = sha256(where.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return user_cache() / f"{name}-{digest}{suffix}"


def user_cache() -> Path:
    """The folder for cached files on this platform."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "plan-kg"
