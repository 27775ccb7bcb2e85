"""The share of cells that is read back, by layout and by width of the wrapped columns. Prints; run it by hand:

python tests/measure_tables.py [TABLES_PER_LAYOUT] [--bare]     (--bare: without the layout step)
"""

import hashlib
import re
import sys
from array import array
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from table_renderings import (
    Sample,
    as_lines,
    as_pipes,
    as_spaced,
    as_tabs,
    as_visual,
    as_wrapped,
    sample,
)

from extractors.document import Block, Document
from extractors.layout import layout
from extractors.tables import PlanTable, tables
from ontology.model.source import Source

ROLES = {
    "serial": "serial",
    "group": "dimension",
    "name": "name",
    "unit": "unit",
    "base": "value",
    "aim": "value",
    "kind": "kind",
    "body": "departments",
}
LAYOUTS: dict[str, Callable[[Sample, int], str]] = {
    "tabs": as_tabs,
    "pipes": as_pipes,
    "wrapped, blank lines": as_wrapped,
    "wrapped, no blank lines": lambda table, seed: as_wrapped(table, seed, blanks=False),
    "wrapped, spaces in words": as_spaced,
    "a line a piece": as_lines,
    "as the eye sees it": as_visual,
}


def source(text: str) -> Source:
    return Source("sample.txt", hashlib.sha256(text.encode()).hexdigest(), text, "txt", "utf-8")


def around(table: Sample, body: str) -> str:
    """The table between the text that stands about it in a plan."""
    year = "到 2025 年" if re.search(r"[\u4e00-\u9fff] \d+ [\u4e00-\u9fff]", body) else "到2025年"
    return (
        f"第二章 总体要求\n\n第三节 发展目标\n\n{year}，服务体系更加健全，人民群众的获得感、幸福感、安全感更强。\n\n"
        f"专栏1 {table.title}\n\n{body}\n\n第三章 主要任务\n\n第一节 健全服务体系\n\n"
        "坚持统筹规划、分类指导，加快补齐短板，推动各项任务落实到位。\n"
    )


def bare(source: Source) -> Document:
    """The text as it stands, one block, as if the layout had found nothing."""
    text = source.text
    return Document(source, text, array("q", range(len(text))), (Block("text", 0, len(text)),))


def read_back(table: Sample, text: str, mended: Callable[[Source], Document] = layout) -> list[tuple[str, ...]]:
    """The rows that are read from the text, in the order of the sample's columns."""
    found = tables(mended(source(text)))
    return rows(found[0], table) if found else []


def rows(found: PlanTable, table: Sample) -> list[tuple[str, ...]]:
    columns = [c.role for c in found.columns]
    places, used = [], set()
    for role in table.roles:
        at = next((n for n, c in enumerate(columns) if c == ROLES[role] and n not in used), None)
        used.add(at)
        places.append(at)
    return [
        tuple("" if at is None or row[at] is None else row[at].flat for at in places)  # type: ignore[union-attr]
        for row in found.grid()
    ]


def share(table: Sample, got: list[tuple[str, ...]]) -> tuple[int, int]:
    """(cells right, cells): a row is looked for by its name."""
    at = table.roles.index("name")
    by_name = {row[at]: row for row in got}
    right = sum(a == b for row in table.rows for a, b in zip(row, by_name.get(row[at], ("",) * len(row)), strict=True))
    return right, len(table.rows) * len(table.roles)


def wrong(table: Sample, got: list[tuple[str, ...]]) -> int:
    """How many cells hold something else than they should: what is empty is only missing."""
    at = table.roles.index("name")
    want = {row[at]: row for row in table.rows}
    return sum(bool(a) and a != b for row in got for a, b in zip(row, want.get(row[at], ("",) * len(row)), strict=True))


def main(count: int, mended: Callable[[Source], Document]) -> None:
    for name, render in LAYOUTS.items():
        right = total = whole = bad = 0
        for seed in range(count):
            table = sample(seed)
            got = read_back(table, around(table, render(table, seed)), mended)
            a, b = share(table, got)
            right, total, whole = right + a, total + b, whole + (a == b)
            bad += wrong(table, got)
        print(f"{name:26} cells {right / total:6.3f}   whole tables {whole / count:6.3f}   wrong {bad / total:6.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100, bare if "--bare" in sys.argv else layout)
