"""The MCP server: names, descriptions and annotations of the tools, and their transport."""

from collections.abc import Callable
from importlib.metadata import version
from typing import Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations

from kg.mcp.tools import CONTEXT_LENGTH, DEFAULT_ROWS, Tools
from kg.workbench.settings import Settings
from ontology.model.errors import KgError

T = TypeVar("T")

INSTRUCTIONS = (
    "A knowledge graph of China's government plans. Every row that was read from a plan has file, start, end and "
    "quote: the words that prove it. Cite the quote with its plan; do not state what no row proves. An empty answer "
    "means that the store has nothing, not that there is nothing. Start with the tool presets."
)
READ_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


def server(tools: Tools) -> MCPServer[Any]:
    """The MCP server that offers the methods of `tools`, each under its name (presets, query, search, passage, sparql).
    An error of this program (KgError) is answered as an error of the tool, with its message as text."""
    offered: MCPServer[Any] = MCPServer(
        "plan-kg", instructions=INSTRUCTIONS, version=version("plan-kg"), log_level="WARNING"
    )

    @offered.tool(annotations=READ_ONLY)
    def presets() -> list[dict[str, Any]]:
        """List the canned queries: their parameters with examples, and the columns of their rows."""
        return _answered(tools.presets)

    @offered.tool(annotations=READ_ONLY)
    def query(
        preset: str, parameters: dict[str, str] | None = None, limit: int = DEFAULT_ROWS, offset: int = 0
    ) -> dict[str, Any]:
        """Run a canned query. Answers `rows`, at most `limit` (up to 500) from row `offset` on, and `total`, the number
        of all. Rows read from a plan carry file, start, end, quote: the words that prove them. An unknown preset or
        parameter and a wrong value are errors with the reason as text."""
        return _answered(lambda: tools.query(preset, parameters or {}, limit, offset))

    @offered.tool(annotations=READ_ONLY)
    def search(
        words: str,
        plan: str = "",
        region: str = "",
        level: str = "",
        kind: str = "",
        exact: bool = False,
        limit: int = DEFAULT_ROWS,
    ) -> dict[str, Any]:
        """Find passages of all plans that hold every word (apart by spaces), or another name of it unless `exact`, the
        best first, with their places: `rows`, at most `limit` (1 to 500, the nearest for others), and `total`, the
        number of all. `plan`, `region` (parts of names), `level` ('county' or 县级) and `kind` of fact ('target',
        'task') narrow the search unless empty; no words are an error, and an unknown level or kind is one that lists
        them."""
        given = {"plan": plan, "region": region, "level": level, "kind": kind}
        return _answered(lambda: tools.search(words, given, exact, limit))

    @offered.tool(annotations=READ_ONLY)
    def passage(plan_id: str, start: int, end: int, around: int = CONTEXT_LENGTH) -> dict[str, Any]:
        """The text of a plan between two offsets (`quote`), word for word, with up to `around` characters (at most
        4,000) `before` and `after` it. `plan_id` is that of other tools' rows; an unknown one and offsets that are
        outside of the text, in the wrong order or more than 4,000 apart are errors with the reason as text."""
        return _answered(lambda: tools.passage(plan_id, start, end, around))

    @offered.tool(annotations=READ_ONLY)
    def sparql(query: str, limit: int = DEFAULT_ROWS) -> dict[str, Any]:
        """Run a SPARQL query (read-only, limited in time and memory). Answers `rows`, at most `limit` (up to 500) dicts
        by variable, and `cut`, whether rows were left out; a wrong or slow query is an error with the reason as text.
        kg:quote, kg:start and kg:end of a fact are its evidence; kg: and the other usual prefixes need no
        declaration."""
        return _answered(lambda: tools.sparql(query, limit))

    return offered


def _answered(call: Callable[[], T]) -> T:
    """The result of the call, which has no arguments. Raises ToolError with the message, which the assistant is shown
    as text, in place of an error of this program (KgError); other errors are raised as they are."""
    try:
        return call()
    except KgError as error:
        raise ToolError(str(error)) from None


def run(settings: Settings) -> None:
    """Serves the store of the settings over standard input and output until they end. Raises Usage where a folder of
    presets that they name is missing, Refused where a preset's header is wrong."""
    tools = Tools(settings)
    try:
        server(tools).run("stdio")
    finally:
        tools.close()
