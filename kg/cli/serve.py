"""The command `kg serve`: opens the workbench, a store in the browser."""

import os
from pathlib import Path

import click

from kg.cli.common import preset_folders, presets_option, store_option, tell
from kg.cli.correct import corrections_option


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes a free one.")
@click.option("--token", envvar="KG_TOKEN", help="A secret that every request must carry (also $KG_TOKEN).")
@click.option("--allow-host", "hosts", multiple=True, help="Another name of this server; may repeat.")
@click.option("--seconds", type=click.FloatRange(0.1), default=30, show_default=True, help="Limit of a query.")
@click.option("--rows", type=click.IntRange(1), default=100_000, show_default=True, help="Limit of a query's answer.")
@click.option("--memory", type=click.IntRange(50), default=1000, show_default=True, help="Limit of a query, in MB.")
@corrections_option
@presets_option
@store_option
def serve(
    host: str,
    port: int,
    token: str | None,
    hosts: tuple[str, ...],
    seconds: float,
    rows: int,
    memory: int,
    corrections: str | None,
    folders: tuple[Path, ...],
    store: str,
) -> None:
    """Open the workbench: the store in a browser, with /sparql and an API beside it. Ctrl-C ends it.

    Search, plans, comparisons, corrections and queries, in Chinese or English, without any other server. It reads the
    store only; corrections are written to their file, and the next 'kg build' applies them. A --host that lets other
    machines in needs a --token.

    \b
    Example: kg serve --store plans.kg        then open http://127.0.0.1:8765/
    """
    from kg.workbench.server import serve as run
    from kg.workbench.settings import Settings

    settings = Settings(
        store,
        host,
        token,
        corrections,
        tuple(preset_folders(folders)),
        hosts,
        seconds,
        rows,
        memory * 1_000_000,
        min(4, max(2, (os.cpu_count() or 2) // 2)),
    )
    run(settings, port, lambda address: _announce(address, token))


def _announce(address: str, token: str | None) -> None:
    """Writes the address of the workbench on standard error, with the token as ?token= where there is one."""
    tell(f"{address}{f'?token={token}' if token else ''}  (Ctrl-C ends it)", err=True)
