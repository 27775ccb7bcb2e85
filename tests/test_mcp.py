"""`kg mcp` as an assistant uses it: the SDK's own client over standard input and output of a process."""

import asyncio
import json
import sys
from typing import Any

import pytest

mcp = pytest.importorskip("mcp")
from mcp.client.stdio import stdio_client  # noqa: E402

from ontology.model.facts import squeeze  # noqa: E402


async def _conversation(store: str) -> dict[str, Any]:
    """Everything that the test asks, in one session."""
    started = mcp.StdioServerParameters(command=sys.executable, args=["-m", "kg", "mcp", "--store", store])
    async with stdio_client(started) as (read, write), mcp.ClientSession(read, write) as session:
        await session.initialize()

        async def call(name: str, **arguments: Any) -> Any:
            answer = await session.call_tool(name, arguments)
            text = "".join(getattr(part, "text", "") for part in answer.content)
            return text if answer.is_error else answer.structured_content or json.loads(text)

        tools = (await session.list_tools()).tools
        indicators = await call("query", preset="indicators", parameters={"plan": "云岭"}, limit=2)
        row = indicators["rows"][0]
        return {
            "tools": {tool.name: tool for tool in tools},
            "presets": await call("presets"),
            "indicators": indicators,
            "passage": await call("passage", plan_id=row["plan_id"], start=row["start"], end=row["end"]),
            "search": await call("search", words="护理型床位", limit=3),
            "sparql": await call("sparql", query="SELECT ?q { GRAPH ?g { ?t a kg:Target ; kg:quote ?q } } LIMIT 2"),
            "wrong": await call("sparql", query="SELECT ?q {\n ?q }"),
            "update": await call("sparql", query="CLEAR ALL"),
            "unknown": await call("query", preset="taks"),
            "again": await call("query", preset="plans"),
        }


def test_an_assistant_gets_what_it_can_quote(corpus_store: str) -> None:
    said = asyncio.run(asyncio.wait_for(_conversation(corpus_store), 300))
    assert set(said["tools"]) == {"presets", "query", "search", "passage", "sparql"}
    assert all(tool.annotations.read_only_hint for tool in said["tools"].values())
    assert "indicators" in json.dumps(said["presets"])
    assert len(said["indicators"]["rows"]) == 2 < said["indicators"]["total"]
    row = said["indicators"]["rows"][0]
    assert squeeze(said["passage"]["quote"]) == squeeze(row["quote"])
    assert said["passage"]["plan"] == row["plan"]
    for found in (*said["indicators"]["rows"], *said["search"]["rows"]):
        assert found["quote"]
        assert found["end"] > found["start"] >= 0
    assert len(said["sparql"]["rows"]) == 2
    # what is wrong is said, and nothing was changed
    assert "error at 2:" in said["wrong"]  # the line as the assistant wrote it
    assert "takes no update" in said["update"]
    assert "did you mean tasks" in said["unknown"] or "no preset" in said["unknown"]
    assert said["again"]["total"] >= 6
