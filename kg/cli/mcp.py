"""The command `kg mcp`: serves a store to assistants by the Model Context Protocol."""

from pathlib import Path

import click

from kg.cli.common import preset_folders, presets_option, store_option
from ontology.model.errors import Usage


@click.command()
@presets_option
@store_option
def mcp(folders: tuple[Path, ...], store: str) -> None:
    """Serve the store to assistants by the Model Context Protocol, over standard input and output, read-only.

    Tools: presets, query, search, passage, sparql. Rows carry the words that prove them. Needs the extra [mcp].

    \b
    Example: kg mcp --store plans.kg        as the command of a server in an assistant's settings
    """
    from kg.stores import open_store
    from kg.workbench.settings import Settings

    try:
        from kg.mcp.server import run
    except ModuleNotFoundError as error:
        if error.name not in {"mcp", "mcp_types"}:
            raise
        raise Usage("kg mcp needs the MCP SDK: pip install 'plan-kg[mcp]'") from None
    with open_store(store):  # says at once where there is none
        pass
    run(Settings(store, folders=tuple(preset_folders(folders)), workers=1))
