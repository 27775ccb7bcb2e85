"""Rows of presets as files: CSV, Markdown and Parquet, read back by tools that data teams use."""

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import polars
import pytest
from click.testing import CliRunner
from conftest import ROOT

from exports import Options, export
from exports.columns import csv_cell
from exports.people import SPARE_COLUMNS, for_reader
from exports.rows import with_prefixes, without_formula, write
from exports.rows_parquet import write_parquet
from exports.xlsx import table_workbook
from kg.cli import cli
from kg.stores import open_store
from ontology.model.store import Store, Table
from ontology.words import LANGUAGES, Language, head
from queries.presets import preset, presets


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+加强组织", "'+加强组织"),
        ("-加强组织", "'-加强组织"),  # a list mark of the plan's own
        ("@推动普及", "'@推动普及"),
        ("\t=1+1", "'\t=1+1"),
        ("\n=1+1", "'\n=1+1"),
        ("＝1+1", "'＝1+1"),  # full-width, which spreadsheets in Chinese and Japanese take too
        ("-5.5%", "-5.5%"),  # a number
        ("+12", "+12"),
        (">=", ">="),  # a comparator
        ("=", "="),
        ("—", "—"),  # a dash of a table's empty cell
        ("≥99%", "≥99%"),
        ("到2025年=1+1", "到2025年=1+1"),  # not at the start
    ],
)
def test_a_formula_stays_text(text: str, expected: str) -> None:
    assert without_formula(text) == expected


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (Decimal("-0.00001"), "-1e-05"),
        (-1e16, "-1e+16"),
        (-5, "-5"),
        ("-1,000", "'-1,000"),
        (("-甲", "乙"), "'-甲、乙"),
    ],
)
def test_a_number_is_no_formula(value: object, cell: str) -> None:
    assert csv_cell(value) == cell


def _recipes() -> dict[str, str]:
    """The SQL of docs/scale.md by the preset whose rows it gives."""
    text = (Path(__file__).parent.parent / "docs" / "scale.md").read_text("utf-8")
    return dict(re.findall(r"^```sql (\w+)\n(.*?)^```", text, re.MULTILINE | re.DOTALL))


@pytest.fixture(scope="module")
def parquet(corpus_store: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables") / "parquet"
    with open_store(corpus_store) as store:
        export("parquet", store, str(folder), Options())
    return folder


@pytest.mark.parametrize("name", ["outline", "targets", "responsibilities"])
def test_a_recipe_for_duckdb_gives_the_rows_of_the_preset(name: str, parquet: Path, store: Store) -> None:
    answer = duckdb.connect().execute(_recipes()[name].replace("'parquet/", f"'{parquet}/"))
    columns = [column[0] for column in answer.description or []]
    found = [tuple(row) for row in answer.fetchall()]
    rows = preset(name).run(store, {"plan": "青禾县"}).of(columns).rows
    at = columns.index("plan")
    expected = [
        tuple(float(v) if isinstance(v, Decimal) else v for v in row) for row in rows if "青禾县" in str(row[at])
    ]
    assert len(expected) > 5
    assert found == expected


HARD = Table(
    ("subject", "value", "start", "deadline", "list"),
    [
        ('"引号", 逗号\n换行\t制表😀𠮷', Decimal("0.1"), 1, None, ["甲", "乙"]),
        ("a|b\\c<b>《<办法>》", Decimal("12345678901234567890"), 2, None, []),
    ],
)


def test_csv_is_read_back() -> None:
    out = io.StringIO()
    write(HARD, "csv", out)
    rows = list(csv.reader(io.StringIO(out.getvalue())))
    assert [row[0] for row in rows[1:]] == [row[0] for row in HARD.rows]
    found = pandas.read_csv(io.StringIO(out.getvalue()))
    assert list(found["subject"]) == [row[0] for row in HARD.rows]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("csv", 'x\n"[1, {""a"": 0.5}]"\n'),
        ("jsonl", '{"x": [1, {"a": 0.5}]}\n'),
        ("markdown", '| x |\n| --- |\n| \\[1, {"a": 0.5}\\] |\n'),
    ],
)
def test_decimals_in_a_list_are_numbers(name: str, text: str) -> None:
    out = io.StringIO()
    write(Table(("x",), [([Decimal(1), {"a": Decimal("0.5")}],)]), name, out)
    assert out.getvalue() == text


def test_markdown_has_a_line_a_row_and_no_markup_of_the_data() -> None:
    out = io.StringIO()
    write(HARD, "markdown", out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 4
    assert r"a\|b\\c\<b>《<办法>》" in lines[3]  # a tag begins with a letter; titles in titles stay as printed


def test_parquet_is_typed() -> None:
    out = io.BytesIO()
    write_parquet(HARD, out)
    found = polars.read_parquet(io.BytesIO(out.getvalue()))
    types = dict(zip(found.columns, found.dtypes, strict=True))
    assert types == {
        "subject": polars.String,
        "value": polars.Float64,
        "start": polars.Int64,
        "deadline": polars.String,
        "list": polars.String,
    }
    assert found["subject"].to_list() == [row[0] for row in HARD.rows]
    assert found["list"].to_list() == ['["甲", "乙"]', "[]"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2], "int64"),
        ([1, 2**63], "string"),  # beyond what the type holds
        ([Decimal(1), None], "float64"),
        ([1, 2.5], "float64"),
        ([True, None], "bool"),
        ([True, 1], "string"),
        ([1, "甲"], "string"),
        ([], "string"),
    ],
)
def test_types_of_columns(values: list[object], expected: str) -> None:
    out = io.BytesIO()
    write_parquet(Table(("x",), [(value,) for value in values]), out)
    found = polars.read_parquet(io.BytesIO(out.getvalue()))
    names = {"int64": polars.Int64, "float64": polars.Float64, "bool": polars.Boolean, "string": polars.String}
    assert found["x"].dtype == names[expected]


def test_numbers_in_a_workbook() -> None:
    out = io.BytesIO()
    values = [Decimal("-0.00001"), -5, float("inf"), float("-inf"), float("nan")]
    table_workbook("x", Table(("x",), [(value,) for value in values]), out)
    cells = [row[0] for row in openpyxl.load_workbook(out).active.iter_rows(min_row=2, values_only=True)]
    assert cells == [-0.00001, -5, "INF", "-INF", "NaN"]


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_numbers_that_json_has_not_are_the_words_of_xml_schema(form: str) -> None:
    out = io.StringIO()
    write(Table(("x",), [(float("inf"),), ([float("-inf"), Decimal("NaN")],)]), form, out)
    strict = json.JSONDecoder(parse_constant=pytest.fail)
    lines = (
        [strict.decode(line) for line in out.getvalue().splitlines()]
        if form == "jsonl"
        else strict.decode(out.getvalue())
    )
    assert lines == [{"x": "INF"}, {"x": ["-INF", "NaN"]}]


def test_numbers_beside_text_are_plain_in_parquet() -> None:
    out = io.BytesIO()
    write_parquet(Table(("x",), [("甲",), (1,), (Decimal("1.5"),), (Decimal(2),), ([Decimal("0.5")],)]), out)
    found = polars.read_parquet(io.BytesIO(out.getvalue()))
    assert found["x"].to_list() == ["甲", "1", "1.5", "2", "[0.5]"]


def test_a_column_without_a_value_has_the_type_that_it_has_elsewhere() -> None:
    out = io.BytesIO()
    write_parquet(Table(("target_value", "start", "unit"), []), out)
    assert polars.read_parquet(io.BytesIO(out.getvalue())).dtypes == [polars.Float64, polars.Int64, polars.String]


@pytest.mark.parametrize("preset", ["plans", "indicators", "targets", "lineage", "tasks", "responsibilities"])
def test_a_preset_as_a_file(preset: str, corpus_store: str, tmp_path: Path) -> None:
    path = tmp_path / "out"

    def kg(*more: str) -> int:
        arguments = ["query", preset, "--store", corpus_store, "-o", str(path), *more]
        return CliRunner().invoke(cli, arguments, catch_exceptions=False, standalone_mode=False).exit_code

    assert kg("--format", "csv", "--bom") == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = len(pandas.read_csv(path))
    assert kg("--format", "parquet") == 0
    (count,) = (
        duckdb.connect().execute(f"SELECT count(*) FROM read_parquet('{path}') WHERE file <> ''").fetchone() or ()
    )
    assert count == rows == len(polars.read_parquet(path)) > 0
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("http://purl.org/dc/terms/title", "dcterms:title"),
        ("<http://purl.org/dc/terms/title>", "dcterms:title"),  # a CONSTRUCT answers terms as N-Triples has them
        ('"5"^^<http://www.w3.org/2001/XMLSchema#integer>', '"5"^^xsd:integer'),
        # a name with a slash could not be used in a query
        ("https://w3id.org/plan-kg/scheme/level/county", "https://w3id.org/plan-kg/scheme/level/county"),
        ("https://w3id.org/plan-kg/id/document/ab12", "https://w3id.org/plan-kg/id/document/ab12"),
        ("see http://purl.org/dc/terms/title", "see http://purl.org/dc/terms/title"),  # text, not an IRI
        ('"<http://purl.org/dc/terms/title>"', '"<http://purl.org/dc/terms/title>"'),
        (5, 5),
        (None, None),
    ],
)
def test_prefixed_names(cell: object, shown: object) -> None:
    assert with_prefixes(Table(("cell",), [(cell,)])).rows == [(shown,)]


# 指标, 标题 … are headings of kinds of fact here
COUNTS = Table(("file", "指标", "标题", "任务", "引用"), [("云岭省医保规划.txt", 10, 20, 30, 40)])
ROW = Table(("file", "indicator", "start", "a", "b"), [("云岭省医保规划.txt", "医保", 123, "加强", "12345678")])


@pytest.mark.parametrize(
    ("table", "spoken", "spare", "left_out"),
    [
        (ROW, "zh", SPARE_COLUMNS, ["文件名", "依据起始位置"]),
        (ROW, "en", SPARE_COLUMNS, ["file", "start"]),
        (ROW, "zh", ((), ("start", "indicator")), ["指标", "依据起始位置"]),
        (ROW, "en", ((), ("indicator", "start")), ["indicator", "start"]),
        (ROW, "zh", (), []),  # nothing may go: a block for each row
        (COUNTS, "zh", SPARE_COLUMNS, ["文件名"]),  # 指标 is a kind of fact here, and not the column `indicator`
        (COUNTS, "zh", (), []),
        (ROW, None, SPARE_COLUMNS, ["file", "start"]),  # a table without headings has columns of presets
    ],
)
def test_a_narrow_table_leaves_out_what_its_maker_says(
    table: Table,
    spoken: Language | None,
    spare: tuple[tuple[str, ...], ...],
    left_out: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "36")
    out = io.StringIO()
    shown = for_reader(table, lambda _: None, spoken, spare) if spoken else table
    write(shown, "table", out)
    drawn = out.getvalue().partition("1 row")[0]
    assert sorted(name for name in shown.columns if name not in drawn) == sorted(left_out)


@pytest.mark.parametrize(
    ("columns", "rows", "shown"),
    [
        (("x",), [(None,)], ["x", "1 row"]),  # SELECT ?x {}: a row without any value
        (("x", "y"), [(None, None), (None, None)], ["x", "y", "2 rows"]),
        (("plan_id", "x"), [("a", None)], ["x", "1 row"]),
        (("x", "y"), [("a", None)], ["x", "a", "1 row"]),
    ],
)
def test_rows_without_values_are_drawn(
    columns: tuple[str, ...], rows: list[tuple[object, ...]], shown: list[str]
) -> None:
    out = io.StringIO()
    write(Table(columns, rows), "table", out)
    assert [word for word in shown if word not in out.getvalue()] == []
    assert ("y" in out.getvalue()) is ("y" in shown)


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_pandas_reads_the_tables_with_their_types(
    page: str, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export("csv", store, str(tmp_path / "csv"), Options(bom=True))
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"^```python\n(.*?)^```", (ROOT / page).read_text("utf-8"), re.M | re.S)
    found: dict[str, Any] = {}
    exec(block, found)
    assert list(found["frames"]["regions"]["code"].dropna()) == ["100000"]  # text; fictional places have none
    assert str(found["frames"]["targets"]["ocr"].dtype) == "boolean"
    assert str(found["frames"]["documents"]["period_start"].dtype) == "Int64"
    assert len(found["targets"]) == len(found["frames"]["targets"]) > 0
    assert found["targets"]["file"].notna().all()
    export("sqlite", store, str(tmp_path / "plans.sqlite"), Options())
    with closing(sqlite3.connect(tmp_path / "plans.sqlite")) as database:
        types = {name: kind for _, name, kind, *_ in database.execute("PRAGMA table_info(targets)")}
    assert (types["ocr"], types["start"], types["value"]) == ("BOOLEAN", "INTEGER", "REAL")


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_no_two_columns_of_a_preset_have_one_head(spoken: Language) -> None:
    for name, found in presets().items():
        heads = [head(column, spoken) for column in found.columns]
        assert len(heads) == len(set(heads)), name
