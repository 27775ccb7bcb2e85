"""Words for people: what the tool prints it understands, in both languages; machine formats keep their keys."""

import ast
import json
import os
import re
import subprocess
import sys
from inspect import cleandoc
from io import StringIO
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conftest import ROOT

from exports.passage import address
from exports.people import for_reader, keys_of
from exports.rows import write
from kg.cli import cli
from kg.cli.language import _paragraph, catalog, first_line
from kg.stores import open_store
from ontology import words
from ontology.messages import chinese, translated
from ontology.model.errors import Usage
from ontology.model.store import Table
from queries.empty import preset_runner, why_empty
from queries.presets import GROUPS, preset, presets

ALL = presets()


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_LANG", "en")
    words._language.set(None)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ALL)
def test_every_column_and_preset_has_words_in_both_languages(name: str) -> None:
    assert [column for column in ALL[name].columns if not words.has_words(column)] == []
    assert set(ALL[name].titles) == {"en", "zh"}
    assert ALL[name].group in GROUPS


@pytest.mark.parametrize(
    ("name", "parameter", "written", "bound"),
    [
        ("lineage", "relation", "依据", "basis"),  # the Chinese label
        ("lineage", "relation", "basis", "basis"),  # the key
        ("responsibilities", "role", "牵头", "lead"),
        ("regions", "level", "县级", "county"),
        ("regions", "level", "地级", "prefectural"),  # another name of 市级
        ("outline", "kind", "章", "chapter"),
        ("outline", "kind", "Chapter", "chapter"),
        ("indicators", "kind", "binding", "约束性"),  # the English label
        ("department-workload", "department", "财政局", "财政"),
        ("department-tasks", "department", "县财政局", "财政"),
        ("department-tasks", "department", "老龄", "老龄"),  # words in a printed name stay words
        ("facts", "kind", "目标", "Target"),
    ],
)
def test_printed_words_are_understood(name: str, parameter: str, written: str, bound: str) -> None:
    found = next(p for p in preset(name).parameters if p.name == parameter)
    assert found.read(written) == bound


@pytest.mark.parametrize(
    ("name", "parameter", "written", "said"),
    [
        ("indicators", "kind", "约束", "did you mean 约束性"),  # not taken for it: a part of a word is a guess
        ("responsibilities", "role", "主导", "one of lead, participant"),
        ("department-workload", "department", "不存在的机构", "no such value"),
        ("due", "year", "明年", "is no integer"),
    ],
)
def test_other_words_are_refused_with_a_way_out(name: str, parameter: str, written: str, said: str) -> None:
    found = next(p for p in preset(name).parameters if p.name == parameter)
    with pytest.raises(Usage, match=said):
        found.read(written)


def test_every_choice_that_is_shown_is_understood() -> None:
    for spoken in words.LANGUAGES:
        words.use(spoken)
        for found in ALL.values():
            for parameter in found.parameters:
                for choice in parameter.choices():
                    parameter.read(choice)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "KG_LANG": "en"}, "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),  # LC_ALL wins, as everywhere
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_of_an_environment(environment: dict[str, str], expected: str) -> None:
    assert words.language_of(environment) == expected


def test_heads_and_values() -> None:
    table = Table(("region", "level", "other_plan", "unknown_column"), [("青禾县", "county", None, 1)])
    shown = for_reader(table, preset("plans").list_of, "zh")
    assert shown.columns == ("区域", "行政级别", "对方规划", "unknown_column")
    assert shown.rows == [("青禾县", "县级", None, 1)]
    assert keys_of(["区域", "level"], table.columns) == ["region", "level"]


def test_machine_formats_keep_keys_and_people_get_heads(corpus_store: str, tmp_path: Path) -> None:
    run = CliRunner()
    query = ["query", "regions", "-p", "level=县级", "--store", corpus_store, "--lang", "zh"]
    rows = json.loads(run.invoke(cli, [*query, "--format", "json"]).stdout)
    assert {row["level"] for row in rows} == {"county"}
    assert "行政级别" in run.invoke(cli, query).stdout
    assert "县级" in run.invoke(cli, [*query, "--format", "csv", "--head", "zh"]).stdout


def test_a_file_of_csv_is_marked_for_excel(corpus_store: str, tmp_path: Path) -> None:
    run, file = CliRunner(), tmp_path / "a.csv"
    query = ["query", "plans", "--store", corpus_store, "--format", "csv"]
    done = run.invoke(cli, [*query, "-o", str(file)])
    assert (file.read_bytes()[:3], "rows in" in done.stderr) == (b"\xef\xbb\xbf", True)
    run.invoke(cli, [*query, "-o", str(file), "--no-bom"])
    assert file.read_bytes()[:4] == b"plan"
    assert run.invoke(cli, query).stdout.startswith("plan")


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("tasks", {"plan": "青禾县城"}, "did you mean 青禾县"),
        ("department-tasks", {"department": "航天"}, "finds nothing for department=航天"),
        ("due", {"year": "2050"}, "finds nothing for year=2050; it has 20"),
        ("plans", {"level": "township"}, "it has county, national"),
        ("cited-by", {"policy": "老龄事也"}, "did you mean"),  # nearly the name of a policy
        ("indicator-comparison", {"concept": "床位占北"}, "床位占比?"),
        ("due", {"year": "2025", "region": "青禾", "kind": "target"}, "all together find none"),
    ],
)
def test_why_there_are_no_rows(corpus_store: str, name: str, given: dict[str, str], said: str) -> None:
    with open_store(corpus_store) as store:
        assert preset(name).run(store, given).rows == []
        assert said in why_empty(preset(name), preset_runner(store), given)


def test_due_holds_targets_and_indicators(corpus_store: str) -> None:
    with open_store(corpus_store) as store:
        rows = preset("due").run(store, {"year": "2025"}).of(("kind", "due_year")).rows
        assert preset("targets-due").run(store, {"year": "2025"}).of(("kind", "due_year")).rows == rows
        indicators = [row for row in preset("indicators").run(store).of(("target_year",)).rows if row[0] == 2025]
    assert set(rows) == {("target", 2025), ("indicator", 2025)}
    assert sum(kind == "indicator" for kind, _ in rows) == len(indicators)


def test_a_comparison_marks_concepts_that_only_contain_the_word(corpus_store: str) -> None:
    with open_store(corpus_store) as store:
        found = preset("indicator-comparison")
        exact = found.run(store, {"concept": "养老机构护理型床位占比"}).of(("match",)).rows
        partly = found.run(store, {"concept": "床位占比"}).of(("match",)).rows
    assert (set(exact), set(partly)) == ({("name",)}, {("part",)})


def _commands(group: click.Group) -> list[click.Command]:
    found: list[click.Command] = [group]
    for command in group.commands.values():
        found += _commands(command) if isinstance(command, click.Group) else [command]
    return found


# What the desk of an analyst needs; commands for servers and developers may follow later.
DESK = ("build", "presets", "query", "search", "stats", "view", "export", "text", "check", "audit", "correct")


@pytest.mark.parametrize("name", DESK)
def test_the_help_is_there_in_chinese(name: str) -> None:
    known = catalog()
    command = cli.commands[name]
    for each in _commands(command) if isinstance(command, click.Group) else [command]:
        texts = [each.help, *(p.help for p in each.params if isinstance(p, click.Option))]
        assert [first_line(t) for t in texts if t and first_line(t) not in known] == []


@pytest.mark.parametrize("command", _commands(cli), ids=lambda command: command.name)
def test_no_line_of_the_help_is_left_in_english(command: click.Command) -> None:
    known = catalog()
    for paragraph in cleandoc(command.help or "").split("\n\n"):
        if not paragraph.strip("\b\n") or paragraph.strip("\b\n").startswith("Example:"):
            continue
        said_ = _paragraph(paragraph, known)
        assert [
            line for line in said_.splitlines() if line.strip("\b") and not re.search("[\u4e00-\u9fff]", line)
        ] == []


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["view", "lineag", "-o", "-"], "VIEW: no such value 'lineag'; one of lineage, tasks"),
        (["query", "tasks", "--format", "cvs"], "--format: no such value 'cvs'; one of table, csv"),
        (["view", "lineage", "--relation", "依剧", "-o", "-"], "did you mean 依据?"),
        (["view", "indicators", "--relation", "依据", "-o", "-"], "this view has no relation 'basis'; it draws none"),
        (["export", "xslx"], "did you mean xlsx?"),
        (["search", "养老", "-p", "kind=tusk"], "did you mean task"),
        (["search", "养老", "-p", "level=县"], "did you mean 县级?"),
    ],
)
def test_a_value_that_no_option_has_is_told_with_a_way_out(
    corpus_store: str, arguments: list[str], expected: str
) -> None:
    refused = CliRunner().invoke(cli, [*arguments, "--store", corpus_store]).exception
    assert isinstance(refused, Usage)
    assert expected in str(refused)


@pytest.mark.parametrize(
    ("arguments", "rows"),
    [
        (["view", "lineage", "--relation", "依据", "-o", "-"], "<html"),
        (["view", "政策脉络", "-o", "-"], "<html"),  # by the title that the page has
        (["view", "tasks", "--region", "青禾", "-o", "-"], "<html"),  # part of a region's name, as in presets
        (["search", "养老", "-p", "level=县级", "-p", "kind=任务"], "⟦养老⟧"),
        (["query", "plans", "-p", "level=县级"], "青禾县"),
    ],
)
def test_options_understand_printed_words(corpus_store: str, arguments: list[str], rows: str) -> None:
    done = CliRunner().invoke(cli, [*arguments, "--store", corpus_store])
    assert done.exit_code == 0, done.output
    assert rows in done.stdout


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["search", "不存在的词"], "no text of the store has 不存在的词"),
        (["search", "养老", "-p", "region=火星"], "no plan of the store matches region=火星"),
        (
            ["search", "养老", "-p", "kind=project", "-p", "level=国家级"],
            "passages have these words, none with kind=project, level=国",
        ),
        (["audit", "-p", "plan=火星"], "no plan of the store matches plan=火星"),
        (["query", "due", "-p", "year=2050"], "finds nothing for year=2050; it has 20"),
    ],
)
def test_every_empty_answer_says_why(corpus_store: str, arguments: list[str], why: str) -> None:
    done = CliRunner().invoke(cli, [*arguments, "--store", corpus_store])
    assert why in done.stderr


def test_a_comparison_is_drawn_as_a_table() -> None:
    columns = preset("indicator-comparison").columns
    row = {"concept": "养老机构护理型床位占比", "region": "云岭省泽宁市", "departments": "市民政局、市卫生健康委"}
    row |= {"plan": "泽宁市“十四五”养老服务发展规划", "indicator": "护理型床位占比", "kind": "约束性", "unit": "%"}
    row |= dict.fromkeys(("baseline_year", "target_year"), 2025) | dict.fromkeys(("baseline_value", "target_value"), 55)
    row |= {
        "match": "part",
        "quote": "护理型床位占比（%）48.5 55 约束性" * 3,
        "file": "zening.md",
        "start": 1,
        "end": 9,
    }
    out = StringIO()
    write(Table(columns, [tuple(row.get(c) for c in columns)]), "table", out)
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("┏")
    assert max(map(len, lines)) <= 120
    assert lines[-1].startswith("1 row") or "1 row;" in out.getvalue()


def test_presets_fit_a_screen() -> None:
    lines = CliRunner().invoke(cli, ["presets"]).stdout.splitlines()
    assert len(lines) < 60
    assert max(map(len, lines)) < 80
    told = CliRunner().invoke(cli, ["presets", "indicator-comparison"]).stdout
    assert "concept (required)" in told
    assert "kg query indicator-comparison -p concept=" in told
    assert "concept (required)" in CliRunner().invoke(cli, ["query", "indicator-comparison", "--help"]).stdout


ROOTS = ("kg", "ontology", "queries", "exports", "extractors")
# Messages that are put together of others, or hold nothing but values.
JOINED = {"kg: {}", "{}: {}", "{}: {}; {}"}


def _template(node: ast.expr) -> str | None:
    """An f-string with {} for its values; None where it is not written in place."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)  # type: ignore[misc]
    return None


def _messages() -> set[str]:
    """What the program says to people: of errors, and of lines of the command line."""
    found = set()
    for file in (file for root in ROOTS for file in (ROOT / root).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = node.func.id if isinstance(node.func, ast.Name) else ""
                if name in {"Usage", "Refused", "Rejected", "Refusal", "Finding", "tell"}:
                    found |= {_template(argument) for argument in node.args} - {None}
    return {text for text in found if text and re.search("[A-Za-z]{2}", text.replace("{}", ""))}


def test_every_message_has_its_chinese() -> None:
    known = chinese()
    said = {text for text in _messages() if " " in text}
    assert len(said) > 200
    missing = {text for text in said - JOINED if known.translated(_filled(text)) == _filled(text)}
    assert missing == set()


def _filled(template: str) -> str:
    """'{} has {}' -> 'v1 has v2'"""
    numbers = iter(range(1, 99))
    return re.sub(r"\{\}", lambda _: f"v{next(numbers)}", template)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "no preset 'taks': did you mean tasks? 'kg presets' lists them",
            "没有查询 'taks'：是否指 tasks？用 kg presets 列出",
        ),
        ("parameter role: no such value '主导'; one of 牵头、参与", "参数 role：没有此值 '主导'；可选：牵头、参与"),
        ("a.txt: the file is empty; remove it or put the plan's text into it", "a.txt：文件为空；请删除或写入规划文本"),
        ("kg: 5 rows in a.csv", "kg: 5 行，写入 a.csv"),
        ("target: is past", "目标：说的是过去"),  # a message within a message
        ("nothing that is known", "nothing that is known"),
    ],
)
def test_messages_in_chinese(message: str, expected: str) -> None:
    assert translated(message, "zh") == expected
    assert translated(message, "en") == message


def test_errors_and_help_follow_the_language(tmp_path: Path) -> None:
    for arguments, words_ in (
        (["query", "taks"], "没有查询 'taks'"),
        (["query", "--such"], "kg: 没有选项 '--such'"),
        (["query", "due", "--limit", "0"], "'--limit' 的值有误：0 不在范围"),
        (["serve", "--port", "abc"], "'--port' 的值有误：'abc' 不是整数"),
        (["query", "tasks", "--format", "cvs"], "没有此值 'cvs'；可选：table、"),
        (["view", "lineag", "-o", "x.html"], "是否指 lineage"),
        (["export", "xslx"], "是否指 xlsx"),
        (["query", "--help"], "用法: "),
        (["--lang", "en", "load", "--help", "--lang=ZH"], "用法: "),
        (["query", "tasks", "--help"], "参数："),
        (["build", str(tmp_path / "none.txt"), "--store", str(tmp_path / "s")], "没有此文件"),
    ):
        command = [sys.executable, "-m", "kg", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "KG_LANG": "zh"})
        assert words_ in done.stdout + done.stderr
        assert ("Usage" in done.stderr) is False


class Terminal(StringIO):
    """What a program writes to a terminal."""

    def isatty(self) -> bool:
        return True


def test_quotes_on_a_terminal_lead_to_their_passage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    plan, scan = tmp_path / "规划 一.txt", tmp_path / "b.pdf"
    plan.touch()
    scan.touch()
    leads = address(str(plan), {"quote": "达到60%\n以上", "page": None})
    assert leads == f"{plan.as_uri()}#:~:text=%E8%BE%BE%E5%88%B060%25"
    assert address(str(plan), {"quote": "2021-", "page": 3}) == f"{plan.as_uri()}#:~:text=2021%2D"
    assert address(str(scan), {"quote": "x", "page": 3}) == f"{scan.as_uri()}#page=3"
    assert address(str(tmp_path / "gone.txt"), {"quote": "x"}) is None  # a link to nothing is none
    table = Table(("subject", "quote"), [("占比", "达到60%"), ("次数", "三次")])
    for links, count in (([leads, None], 1), ([], 0)):
        out = Terminal()
        write(table, "table", out, links)
        assert out.getvalue().count(f";{leads}\x1b") == count
    file = StringIO()
    write(table, "table", file, [leads, None])
    assert "\x1b" not in file.getvalue()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["diff", "qinghe.txt", "qinghe-shisanwu"],
            ["~ 规划  青禾县", "文号: ", "~ 标题  ", "类型: 条目 → 节", "    原 ", "    新 "],
        ),
        (["diff", "qinghe.txt", "qinghe.txt"], ["没有事实不同"]),
        (["stats"], ["合计", "标题", "指标", "qinghe.txt"]),
        (["eval", "GOLD"], ["评测项", "精确率", "规划元数据", "区域层级链", "原文与位置逐字相符"]),
        (["eval", "GOLD", "--misses"], ["差异", "引用", "缺 ", "应为 ", "实为 "]),
    ],
)
@pytest.mark.parametrize("width", ["80", "120"])
def test_tables_of_other_commands_are_in_chinese(
    corpus_store: str, tmp_path: Path, arguments: list[str], said: list[str], width: str
) -> None:
    gold = {
        "plan": {"title": "另一规划", "region": "青禾县"},
        "region_chain": ["青禾县"],
        "citations": [{"title": "没有引用的文件", "relation": "basis"}],
    }
    (tmp_path / "qinghe.json").write_text(json.dumps(gold), "utf-8")
    given = [str(tmp_path) if each == "GOLD" else each for each in arguments]
    shown = CliRunner().invoke(cli, [*given, "--lang", "zh", "--store", corpus_store], env={"COLUMNS": width})
    assert shown.exit_code == 0, shown.output
    assert [words for words in said if words not in shown.stdout] == []
    free = r"[a-z-]+[.](txt|md|json)|F1|qinghe|(title|doc_number|issuer|issued|period|horizon)(?=：)|basis(?= )"
    # names of files; keys and values as the annotations have them
    assert re.findall(r"\b[A-Za-z]{3,}[a-z ]*\b", re.sub(free, "", shown.stdout)) == []


def test_no_value_of_a_closed_list_is_left_in_english(corpus_store: str) -> None:
    """Cells in Chinese hold English words only where the plan, a file or an id does."""
    free = ("_id", "file", "url", "quote", "text", "content", "sha256", "paragraphs", "used", "path", "format")
    left: dict[str, set[str]] = {}
    with open_store(corpus_store) as store:
        for name, found in ALL.items():
            if any(p.required for p in found.parameters):
                continue
            table = found.run(store)
            shown = for_reader(table, found.list_of, "zh")
            for row in shown.rows:
                for column, cell in zip(table.columns, row, strict=True):
                    if (
                        isinstance(cell, str)
                        and not column.endswith(free)
                        and re.fullmatch("[a-z]{3}[a-z ,_、-]*", cell)
                    ):
                        left.setdefault(f"{name}.{column}", set()).add(cell)
    assert {key: values for key, values in left.items() if not key.endswith((".encoding", ".generator"))} == {}
