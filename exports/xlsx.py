"""Workbooks: the analyst's, with sheets of contents, of targets side by side, of the plans, of each kind of fact with
its quotes, and of the texts; and that of a single table."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, cast

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from exports.columns import cell_text
from exports.options import ExportSelection
from exports.people import for_reader
from exports.xml_graphs import xml_text
from ontology import words
from ontology.json_lines import json_value
from ontology.messages import translated
from ontology.model.facts import readable
from ontology.model.store import Store, Table
from ontology.model.text import DocumentText
from ontology.schema import schema
from queries.presets import preset

CR_LINE_BREAK = re.compile(r"\r\n?")  # a cell has line feeds alone
MAX_EXCEL_TEXT = 32_767  # characters in a cell
MAX_EXCEL_ROWS = 1_048_575  # in a sheet, below its head
MAX_EXCEL_LINKS = 65_530  # in a sheet
WIDTHS = {
    **dict.fromkeys(("plan", "policy", "policy_label", "work", "subject", "indicator", "concept"), 36),
    **dict.fromkeys(("task", "label", "parent"), 30),
    **dict.fromkeys(("department", "departments", "organization", "issuer", "doc_number"), 22),
    **dict.fromkeys(("position", "start", "end", "page", "op"), 9),
    "quote": 60,
    "text": 100,
}


CONTENTS_SHEET = "目录 contents"
COMPARISON_SHEET = "指标对比 comparison"
TEXTS_SHEET = "原文 texts"
MAX_PLANS_WITH_TEXTS = 300  # plans whose texts a workbook holds; of more, quotes have no link
MAX_EXCEL_COLUMNS = 16_384  # in a sheet
TARGET_SIGNS = {">=": "≥", "<=": "≤", "=": "", "~": "约"}


def xlsx(store: Store, selection: ExportSelection, path: Path) -> None:
    """Writes the workbook to `path`: a sheet of contents, one in which the targets of the plans for each concept stand
    side by side, the plans, and each kind of fact with the region and level of its plan. Plans or facts beyond
    MAX_EXCEL_ROWS are on further sheets. Without `options.evidence` the columns EVIDENCE_KEYS are missing. Quotes lead
    to the pages of the plans' texts where the options name these, however many they are. Else they lead to the last
    sheet, which has the paragraphs of the texts; that sheet and the links are missing where the options leave out texts
    or evidence, and where there are more than MAX_PLANS_WITH_TEXTS (300) documents or more than MAX_EXCEL_ROWS
    (1,048,575) paragraphs. Only the first MAX_EXCEL_LINKS (65,530) rows of a sheet have links.

    Headings and values are in the language of `ontology.words`. Text stays text: nothing is taken for a formula or a
    link. The same store, options and language give the same bytes. Raises OSError where the file cannot be written.
    """
    with TemporaryDirectory() as folder:
        options = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        workbook = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": folder, **options})
        workbook.set_properties({"created": datetime(2000, 1, 1), "title": "Government plans"})  # no clock in the file
        head = workbook.add_format({"bold": True, "bg_color": "#DCE6F1", "text_wrap": True, "valign": "top"})
        cells = workbook.add_format({"text_wrap": True, "valign": "top"})
        link = workbook.add_format({"font_color": "#0563C1", "underline": 1})
        linked = workbook.add_format({"font_color": "#0563C1", "text_wrap": True, "valign": "top"})
        first, side_by_side = workbook.add_worksheet(CONTENTS_SHEET), workbook.add_worksheet(COMPARISON_SHEET)
        written: list[tuple[str, str, int]] = []
        levels: dict[object, tuple[object, ...]] = {}
        texts = _Texts(store, selection)
        address = partial(_address, selection.options.pages) if selection.options.pages else texts.address
        for name, title in sheets().items():
            table = _table(name, store, selection, levels)
            if name == "indicators":
                comparison = _comparison(table)
                keys = COMPARISON_COLUMNS + comparison.columns[len(COMPARISON_COLUMNS) :]
                _fill(side_by_side, keys, comparison, head, cells)
                written.insert(0, (COMPARISON_SHEET, translated(COMPARISON_DESCRIPTION), len(comparison.rows)))
            columns = [key for key in table.columns if key not in selection.options.left_out]
            headed = for_reader(table.of(columns), preset(name).list_of, words.language())
            _fill_sheets(workbook, title, columns, headed, head, cells, address, linked)
            listed_preset = preset(name)
            description = listed_preset.descriptions.get(words.language(), listed_preset.description)
            written.append((title, description, len(headed.rows)))
        if texts.rows:
            heads = tuple(words.head(name) for name in TEXT_COLUMNS) if words.language() == "zh" else TEXT_COLUMNS
            _fill(workbook.add_worksheet(TEXTS_SHEET), TEXT_COLUMNS, Table(heads, texts.rows), head, cells)
            written.append((TEXTS_SHEET, translated(TEXTS_DESCRIPTION), len(texts.rows)))
        _contents(first, written, head, cells, link)
        try:
            workbook.close()
        except FileCreateError as error:
            raise OSError(*error.args[0].args) from None


def table_workbook(title: str, table: Table, out: BinaryIO) -> None:
    """Writes one table to `out` as a workbook with one sheet, or several where it has more than MAX_EXCEL_ROWS
    (1,048,575) rows. The sheet's name is the title with a blank for each character that Excel forbids, cut to 28
    characters, without apostrophes at its ends, or 'table' where that is empty; further ones have a blank and 2, 3 …
    after it."""
    options = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as workbook:
        workbook.set_properties({"created": datetime(2000, 1, 1), "title": title})
        head = workbook.add_format({"bold": True, "bg_color": "#DCE6F1"})
        cells = workbook.add_format({"text_wrap": True, "valign": "top"})
        name = _UNSAFE.sub(" ", title)[:28].strip("'") or "table"
        _fill_sheets(workbook, name, table.columns, table, head, cells)


def _contents(sheet: Any, written: Sequence[tuple[str, str, int]], head: Any, cells: Any, link: Any) -> None:
    """Fills the first sheet: the names of the other sheets as links, what they hold, and how many rows. `written`
    has (name, description, rows) for each; `head`, `cells` and `link` are formats of the workbook."""
    sheet.freeze_panes(1, 0)
    for column, (key, width) in enumerate((("sheet", 30), ("description", 80), ("rows", 10))):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, words.head(key), head)
    for number, (title, description, count) in enumerate(written, 1):
        sheet.write_url(number, 0, f"internal:'{title}'!A1", link, title)
        sheet.write_string(number, 1, description, cells)
        sheet.write_number(number, 2, count, cells)


def _comparison(table: Table) -> Table:
    """The targets of plans side by side, from a table of indicators: a row for each concept (the indicator's name where
    it has none) and unit, with the columns concept, unit and number of plans, then one for each plan, in the order of
    the table, with the plan's target.

    A target is its number with its sign (≥60; none for =), else the printed text; several of one plan are joined with
    ；. An indicator with neither is left out, though its plan still has a column. Rows with the most plans come first,
    equal ones by concept and unit. `columns` are headings: that of a plan is its region, or its title where it has no
    region or two plans have the same. Plans beyond MAX_EXCEL_COLUMNS (16,384) columns have none, but are counted.
    """
    names = ("concept", "indicator", "unit", "plan_id", "region", "plan", "target_op", "target_value", "target_text")
    plans: dict[object, str] = {}
    titles: dict[object, str] = {}
    targets_of: dict[tuple[object, object], dict[object, list[str]]] = {}
    for concept, indicator, unit, plan_id, region, plan, op, value, printed in table.of(names).rows:
        plans.setdefault(plan_id, str(region or plan))
        titles.setdefault(plan_id, str(plan))
        target = (
            f"{TARGET_SIGNS.get(str(op or '='), op)}{cell_text(value)}" if value is not None else str(printed or "")
        )
        if target:
            targets_of.setdefault((concept or indicator, unit), {}).setdefault(plan_id, []).append(target)
    ids = list(plans)[: MAX_EXCEL_COLUMNS - 3]
    rows = [
        (concept, unit, len(targets), *("；".join(targets.get(plan_id, ())) or None for plan_id in ids))
        for (concept, unit), targets in sorted(targets_of.items(), key=lambda item: (-len(item[1]), str(item[0])))
    ]
    of_region = Counter(plans.values())  # two plans of one region are told apart by their titles
    heads = tuple(map(words.head, COMPARISON_COLUMNS))
    return Table((*heads, *(titles[i] if of_region[plans[i]] > 1 else plans[i] for i in ids)), rows)


COMPARISON_COLUMNS = ("concept", "unit", "plans")
COMPARISON_DESCRIPTION = "the target of each indicator, a plan in each column"
TEXTS_DESCRIPTION = "the paragraphs of the plans' texts, which the quotes lead to"
TEXT_COLUMNS = ("plan", "file", "line", "page", "text")


class _Texts:
    """The paragraphs of the selected plans' texts as rows of a sheet (`rows`, with the columns TEXT_COLUMNS), and the
    place of a fact's words in them. Both are empty where the options leave out texts or evidence or have addresses of
    pages (`Options.pages`), and where there are more documents than MAX_PLANS_WITH_TEXTS (300) or more paragraphs than
    MAX_EXCEL_ROWS."""

    def __init__(self, store: Store, selection: ExportSelection) -> None:
        options, selected = selection.options, set(selection.graphs)
        self.rows: list[tuple[object, ...]] = []
        self._places: dict[object, tuple[list[int], list[int]]] = {}  # by plan: where paragraphs start, and their rows
        if options.pages or not (options.evidence and options.text) or len(selected) > MAX_PLANS_WITH_TEXTS:
            return
        columns = ("plan_id", "plan", "file", "text", "page_starts", "paragraphs")
        for plan_id, plan, file, content, pages, paragraphs in preset("texts").run(store).of(columns).rows:
            if plan_id in selected:
                text = DocumentText.stored(str(content), cast(str, pages), cast(str, paragraphs))
                self._add(plan_id, plan, file, text)
        if len(self.rows) > MAX_EXCEL_ROWS:
            self.rows, self._places = [], {}

    def _add(self, plan_id: object, plan: object, file: object, text: DocumentText) -> None:
        """Adds the paragraphs of the text `text` as rows; `plan_id`, `plan` (the title) and `file` are its
        document's."""
        starts, rows, line, counted = [], [], 1, 0
        for spans in sorted(text.paragraphs):
            start = spans[0][0]
            line, counted = line + text.content.count("\n", counted, start), start
            starts.append(start)
            rows.append(len(self.rows) + 2)  # the first row has the heads
            text_ = readable("".join(text.content[first:last] for first, last in spans))
            self.rows.append((plan, file, line, text.page_of(start), text_))
        self._places[plan_id] = starts, rows

    def address(self, row: Mapping[str, object]) -> str | None:
        """The address in the workbook of the last paragraph that begins at or before the words which prove the row:
        "internal:'原文 texts'!E17". None for a row without a place, one before the first paragraph, or of a plan whose
        text is not in the workbook."""
        starts, rows = self._places.get(row.get("plan_id"), ([], []))
        at = bisect_right(starts, cast(int, row["start"])) - 1 if row.get("start") is not None else -1
        return f"internal:'{TEXTS_SHEET}'!E{rows[at]}" if at >= 0 and rows else None


def sheets() -> dict[str, str]:
    """The names of the sheets of plans and facts by preset, the plans first: {'plans': '规划 plans', 'tasks': '任务
    tasks', …}. A name is the Chinese label of the kind of fact and the name of the preset that lists these facts, with
    a blank for each character that Excel forbids, cut to the 31 characters that Excel allows."""
    kinds = {kind.preset: f"{kind.label('zh')} {kind.preset}" for kind in schema().kinds}
    return {name: _UNSAFE.sub(" ", title)[:31] for name, title in {"plans": "规划 plans", **kinds}.items()}


_UNSAFE = re.compile(r"[\[\]:*?/\\]")  # what the name of a sheet cannot hold


def _table(name: str, store: Store, selection: ExportSelection, levels: dict[object, tuple[object, ...]]) -> Table:
    """The rows of the preset `name` of the plans that are selected, with the region and the level of the plan in each.

    `levels` has (region, level) of each plan by its id. The preset `plans`, which has to be the first, fills it in
    place, and its rows are unchanged; in those of any other preset `_with_homes` adds what is in it.
    """
    plans = set(selection.graphs)
    table = preset(name).run(store)
    plan = table.columns.index("plan_id")
    table = Table(table.columns, [row for row in table.rows if row[plan] in plans])
    if name == "plans":
        levels.update({row[0]: row[1:] for row in table.of(("plan_id", "region", "level")).rows})
        return table
    return _with_homes(table, levels)


def _with_homes(table: Table, levels: Mapping[object, tuple[object, ...]]) -> Table:
    """The table with the region of each row's plan and, behind it, a new column `plan_level` with the level of that
    region. A column `region` among the first three is the plan's region already. Else a new second column has it, with
    the name `region`, or `home` where the table has a column `region` further on, which is of something else (a cited
    policy). `levels` has (region, level) by plan id; raises KeyError for a plan that it lacks."""
    plan = table.columns.index("plan_id")
    added: tuple[str, ...] = ("plan_level",)
    at = 1
    if "region" not in table.columns:
        added = ("region", "plan_level")
    elif "region" in table.columns[:3]:
        at = table.columns.index("region") + 1
    else:
        added = ("home", "plan_level")
    homes = []
    for row in table.rows:
        region, level = levels[row[plan]]
        homes.append({"region": region, "home": region, "plan_level": level})
    columns = (*table.columns[:at], *added, *table.columns[at:])
    return Table(
        columns,
        [(*row[:at], *(home[key] for key in added), *row[at:]) for row, home in zip(table.rows, homes, strict=True)],
    )


def _fill_sheets(
    workbook: Any,
    name: str,
    keys: Sequence[str],
    table: Table,
    head: Any,
    cells: Any,
    address_of: Callable[[Mapping[str, object]], str | None] = lambda _: None,
    linked: Any = None,
) -> None:
    """Writes the table to a new sheet of the workbook with this name, and its rows beyond MAX_EXCEL_ROWS (1,048,575) to
    further ones, whose names have a blank and 2, 3 … after `name`. A table without rows has a sheet too. `keys` are the
    keys of the columns in their order; `address_of` gets a row, as a dict by key, and returns the address to which its
    quote becomes a link, or None; `head`, `cells` and `linked` are formats for headings, cells and links."""
    for start in range(0, max(len(table.rows), 1), MAX_EXCEL_ROWS):
        sheet = workbook.add_worksheet(name if not start else f"{name} {start // MAX_EXCEL_ROWS + 1}")
        part = Table(table.columns, table.rows[start : start + MAX_EXCEL_ROWS])
        _fill(sheet, keys, part, head, cells, address_of, linked)


def _fill(
    sheet: Any,
    keys: Sequence[str],
    table: Table,
    head: Any,
    cells: Any,
    address_of: Callable[[Mapping[str, object]], str | None] = lambda _: None,
    linked: Any = None,
) -> None:
    """Writes the headings and rows to a sheet with a filter, sets the widths of the columns, and keeps the first row
    and column in view. Numbers are numbers, None is an empty cell, all else text (True is 'true', an
    infinite number 'inf').

    `table.columns` are headings, `keys` the keys of these columns in the same order; ValueError where they are not
    equally many. `address_of` gets a row, as a dict by key, and returns an address in the workbook or of a page, to
    which the row's quote becomes a link, or None; only the first MAX_EXCEL_LINKS (65,530) rows have links. `head`,
    `cells` and `linked` are formats of the workbook for headings, cells and links.
    """
    sheet.freeze_panes(1, 1)
    for column, (key, words_of_it) in enumerate(zip(keys, table.columns, strict=True)):
        sheet.set_column(column, column, WIDTHS.get(key, 14))
        sheet.write_string(0, column, xml_text(words_of_it), head)
    rows = table.rows
    for number, row in enumerate(rows, 1):
        address = address_of(dict(zip(keys, row, strict=True))) if number <= MAX_EXCEL_LINKS else None
        for column, value in enumerate(row):
            cell = json_value(value)
            if address and keys[column] == "quote":
                sheet.write_url(number, column, address, linked, _words(cell))
                continue
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                sheet.write_number(number, column, cell, cells)
            elif cell is not None:
                sheet.write_string(number, column, _words(cell), cells)
    columns = table.columns
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)


def _address(pages: Mapping[str, str], row: Mapping[str, object]) -> str | None:
    """The address of the words that prove a row on the page of the row's file: 'external:plan.html#c12-40'. `pages` has
    the addresses of pages by file name; None where it has none for the file or the row has no place."""
    page = pages.get(str(row.get("file")))
    return f"external:{page}#c{row['start']}-{row['end']}" if page and row.get("start") is not None else None


def _words(value: object) -> str:
    """The value as the text of a cell: with line feeds as the only line breaks, U+FFFD for what XML cannot hold, and
    cut to what a cell can hold (`_cut`)."""
    return _cut(CR_LINE_BREAK.sub("\n", xml_text(cell_text(value))))


def _cut(words: str) -> str:
    """The text where a cell can hold it, else its first 16,383 characters (half of MAX_EXCEL_TEXT, since Excel counts
    UTF-16 units and a character may take two) and …."""
    return words if len(words.encode("utf-16-le")) <= 2 * MAX_EXCEL_TEXT else words[: MAX_EXCEL_TEXT // 2] + "…"
