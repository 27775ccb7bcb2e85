"""The settings that the workbench's server is started with."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a server: the address of the `store`, the `host` to listen on, other names of it in `hosts`, the
    paths of files of `corrections`, separated as in $PATH (None for $KG_CORRECTIONS, else those beside the plans; see
    `kg.corrections.files`), the `folders` of the user's own presets. `token` is a secret that every request must have,
    None where none is needed. `form_key` is in each form that changes something, a random one for each server.

    Queries of users run in `workers` processes. They are ended after `seconds`, or when their process takes more than
    `memory` bytes above what the open store takes; an answer of the SPARQL protocol that has more than `rows` rows or
    triples is refused, not cut.
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
