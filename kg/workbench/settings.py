"""What a server is started with."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """`token` is asked of everyone where it is given. `form_key` is in each form that changes something.

    Queries of users are ended after `seconds`, beyond `rows`, or when their process takes more than `memory` bytes
    above what the open store takes.
    """

    store: str
    host: str = "127.0.0.1"
    token: str | None = None
    corrections: str | None = None
    folders: tuple[Path, ...] = ()
    hosts: tuple[str, ...] = ()
    seconds: float = 30.0
    rows: int = 100_000
    memory: int = 1_000_000_000
    workers: int = 2
    form_key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
