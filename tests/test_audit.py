"""The account of a plan's text: all of it accounted for, and what looks like a fact and gave none."""

import json
import re
import subprocess
from decimal import Decimal
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from conftest import SAMPLES, kg_here
from reading_of import source_of

from extractors.audit import account, audit
from extractors.pipeline import COMPONENT_GROUP, COMPONENTS, Plain, _components, accounted, analyse, pipeline
from extractors.readers import read
from ontology.model.facts import Passage, squeeze

NLP = pipeline()
FRONT = "青禾县养老服务发展规划（2021—2025年）\n"
BACK = "一、发展基础\n“十三五”期间，全县养老服务取得明显成效。\n"
TASKS = "二、重点任务\n（一）完善设施网络\n改造县福利院，建设乡镇养老服务中心。\n"


def found(text: str) -> list[Passage]:
    """The suspicious passages of a text."""
    facts, _ = accounted(source_of(text), NLP)
    return [fact for fact in facts if isinstance(fact, Passage) and fact.suspicious]


@pytest.mark.parametrize(
    ("text", "reason", "cue"),
    [
        # a heading whose number comes after a gap: something stood between
        (
            f"{FRONT}{BACK}{TASKS}（三）强化人才支撑\n培训养老护理员。\n",
            "a gap in the numbers of headings",
            "（一） … （三）",
        ),
        # the contents announce a chapter that the body lacks
        (
            f"{FRONT}目　录\n一、发展基础……1\n二、重点任务……2\n三、保障措施……5\n{BACK}{TASKS}",
            "an entry of the contents without its heading",
            "三、",
        ),
        # a document that the citations do not know
        (
            f"{FRONT}{BACK}{TASKS}（二）加强监管\n约束性\t预期性\n",
            "a kind of indicator where no indicator was read",
            "约束性",
        ),
        # a table of the background that shows what was reached, of which a row was not read
        (
            f"{FRONT}{BACK}表1 主要指标完成情况\n指标\t2019年\t2020年\t属性\n床位数（张）\t9\t12\t预期性\n"
            f"护理员（人）\t20\t30\t40\t50\t60\t约束性\n{TASKS}",
            "a kind of indicator where no indicator was read",
            "约束性",
        ),
        # a first chapter that was taken for background, though its measures end as those of work do
        (
            f"{FRONT}一、千年水城\n改造县福利院。（县民政局牵头，县财政局配合）\n二、总体要求\n坚持为民。\n"
            "三、重点任务\n（一）完善设施网络\n建设乡镇养老服务中心。\n",
            "a duty in what was read as background",
            "一、",
        ),
        # numbers of which the words do not say whose they are, whatever the verb
        (f"{FRONT}{BACK}{TASKS}两地收入年均增长7%和8%。\n", "target: shared subject", "7%"),
        (f"{FRONT}{BACK}{TASKS}规划公路5条，新建3条，改建20公里。\n", "target: no subject", "改建"),
        # a comparator that is part of the number is the verb; one after it is enough where no form was found
        (f"{FRONT}{BACK}{TASKS}失业率降到不足5%。\n", "target: no form", "降到不足"),
        (f"{FRONT}{BACK}{TASKS}油耗在原基础上降低20左右。\n", "target: measures nothing", "20左右"),
        (f"{FRONT}{BACK}{TASKS}医护比达到1:1.25。\n", "target: ratio", "1:1.25"),
        (f"{FRONT}{BACK}{TASKS}三次产业比调整为12:42:46。\n", "target: ratio", "12:42:46"),
        (f"{FRONT}{BACK}{TASKS}养老护理员与老人比例不低于1∶4。\n", "target: ratio", "1∶4"),
        (f"{FRONT}{BACK}{TASKS}办结人大代表建议128件。\n", "target: no form", "办结人大代表"),
    ],
)
def test_what_looks_like_a_fact_is_named(text: str, reason: str, cue: str) -> None:
    assert (reason, cue) in [(passage.reason, passage.cue) for passage in found(text)]


@pytest.mark.parametrize(
    ("text", "words", "kind", "reason"),
    [
        ("专栏1 服务提升\n1.完善付费机制。建立名录。\n2.健全支付政策。改进办法。\n", "完善付费机制。", "Heading", None),
        ("三、支付改革\n完善付费机制。建立名录20个。\n健全支付政策。改进办法3项。\n", "完善付费机制。", "Task", None),
        (
            "三、投资估算\n总投资10亿元。\n",
            "总投资10亿元。",
            "reason",
            "estimates, effects, terms and other parts that give no work",
        ),
        ("三、保障\n好。\n附件：1.指标表\n2.项目表\n", "2.项目表", "reason", "closing and signature"),
        ("三、保障\n好。\n全市人民要团结奋斗，开创新局面！\n", "开创新局面！", "reason", "closing and signature"),
        (
            "三、保障\n好。\n“十四五”规划是重要的规划\n全市人民要团结奋斗，开创新局面！\n",
            "重要的规划",
            "reason",
            "closing and signature",
        ),
        (
            "三、保障\n好。\n附表1 项目表\n|项目|责任单位|\n|---|---|\n|修路|县教育局|\n",
            "附表1项目表",
            "reason",
            "title and head of a table",
        ),
        (
            "三、保障\n好。\n附表1 项目表\n|项目|地点|\n|---|---|\n|修路|县城|\n",
            "县城",
            "unread",
            "table without a row that was read",
        ),
    ],
)
def test_what_passages_are_accounted_as(text: str, words: str, kind: str, reason: str | None) -> None:
    _, passages = accounted(source_of(f"{FRONT}{BACK}{TASKS}{text}"), NLP)
    holding = [p for p in passages if words in re.sub(r"\s", "", p.evidence.quote)]
    assert [(p.kind, p.reason) for p in holding] == [(kind, reason)]


@pytest.mark.parametrize(
    "text",
    [
        f"{FRONT}{BACK}{TASKS}（二）强化人才支撑\n培训养老护理员。\n",  # numbers without a gap
        f"{FRONT}{BACK}{TASKS}（二）强化人才支撑\n培训护理员。（县民政局牵头，县财政局配合）\n",  # a duty where tasks are
        # contents that the body repeats, one of them with a space in it
        f"{FRONT}目　录\n一、发展基础……1\n二、重点 任务……2\n{BACK}{TASKS}",
        # what is said of indicators in prose is no cell of a table
        f"{FRONT}{BACK}{TASKS}（二）加强监管\n严格执行约束性指标，统筹预期性目标。\n",
        # the plan's own name, a newspaper, and brackets inside a name
        f"{FRONT}{BACK}{TASKS}（二）加强宣传\n在《青禾日报》宣传《青禾县养老服务发展规划（2021—2025年）》，发动乡镇（街道）参与。\n",
        # the title of a table, a bracket that explains a word, contents that a scan misread
        f"{FRONT}{BACK}{TASKS}（二）加强监管\n检查机构（包括县医院）。\n",
        f"{FRONT}目　录\n一、发展基础……1\n二、重点任夯……2\n{BACK}{TASKS}",
        # numbers that measure are no numbers of headings
        f"{FRONT}{BACK}{TASKS}（二）建设床位\n新建床位。\n0.5～2\n1.5～4\n",
    ],
)
def test_what_only_looks_odd_is_not(text: str) -> None:
    assert found(text) == []


OWN = "青禾县养老服务发展规划（2021—2025年）"
UNCITED = Plain((*((name, part) for name, part in COMPONENTS.items() if name != "plan_citations"), ("audit", audit)))


@pytest.mark.parametrize(
    ("noticed", "worked", "titles"),
    [
        (OWN, OWN, []),
        # a running head that a conversion set into the title
        ("青禾县养老服务发展\n青禾县政府公报\n规划（2021—2025年）", OWN, []),
        # the plan before, and another plan
        ("青禾县养老服务发展规划（2016—2020年）", OWN, ["青禾县养老服务发展规划（2016—2020年）"]),
        (OWN, "青禾县养老服务发展规划（2016—2020年）", ["青禾县养老服务发展规划（2016—2020年）"]),
        ("青禾县养老设施发展规划（2021—2025年）", OWN, ["青禾县养老设施发展规划（2021—2025年）"]),
        # no notice: what is torn here need not be the plan's
        (OWN, "青禾县养老服务发展青禾县政府公报规划", ["青禾县养老服务发展青禾县政府公报规划"]),
    ],
)
def test_of_titles_that_nothing_cites_only_the_own_one_is_no_finding(
    noticed: str, worked: str, titles: list[str]
) -> None:
    text = (
        f"青禾县人民政府关于印发《{OWN}》的通知\n各乡镇人民政府：\n为落实《{noticed}》，请认真执行。\n"
        f"青禾县人民政府\n2021年9月15日\n{FRONT}{BACK}{TASKS}（二）做好衔接\n落实《{worked}》。\n"
    )
    read = analyse(source_of(text), UNCITED)
    reason = "a title in 《》 that gave no citation"
    odd = [fact.evidence.quote for fact in read.facts if isinstance(fact, Passage) and fact.reason == reason]
    assert [quote.strip("《》") for quote in odd] == titles


def test_plays_in_a_list_are_no_documents_that_nothing_cites() -> None:
    text = f"{FRONT}{BACK}{TASKS}（二）丰富生活\n推出舞剧《花木兰》、《红色行动》，对照《红色规划》。\n"
    read = analyse(source_of(text), UNCITED)
    reason = "a title in 《》 that gave no citation"
    odd = [fact.evidence.quote for fact in read.facts if isinstance(fact, Passage) and fact.reason == reason]
    assert odd == ["《红色规划》"]


@pytest.mark.parametrize("name", ["qinghe.txt", "zening.md", "yunling.txt"])
def test_every_visible_character_is_accounted_for_once(name: str) -> None:
    source = read(SAMPLES / name)
    _, passages = accounted(source, NLP)
    told = "".join(squeeze(source.text[p.evidence.start : p.evidence.end]) for p in passages)
    assert told == squeeze(source.text)
    assert abs(sum(p.share for p in passages) - 1) < Decimal("0.01")
    kinds = {p.kind for p in passages}
    assert {"Heading", "Task", "Citation", "reason"} <= kinds


def test_a_fact_of_another_package_has_its_characters() -> None:
    """A kind that the order of precedence does not know is the most particular one."""
    from extractors.audit.account import PRECEDENCE, _precedence
    from ontology.model.facts import Fact

    assert _precedence(Fact) == len(PRECEDENCE)
    assert account is not None


def kg(*arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    return kg_here(*arguments, cwd=cwd, COLUMNS="200")


def test_files_and_stores_are_audited_alike(tmp_path: Path) -> None:
    odd = f"{FRONT}{BACK}{TASKS}（三）强化人才支撑\n培训养老护理员。\n"
    (tmp_path / "odd.txt").write_text(odd, "utf-8")
    built = kg("build", "odd.txt", "--store", "s.kg", cwd=tmp_path)
    assert "1 file has passages that look like facts and were not understood: kg audit --store s.kg" in built.stdout
    of_file = kg("audit", "odd.txt", "--format", "json", "--strict", cwd=tmp_path)
    of_store = kg("audit", "--store", "s.kg", "-p", "plan=青禾县", "--format", "json", cwd=tmp_path)
    assert (of_file.returncode, of_store.returncode) == (1, 0)
    mine = [row for row in json.loads(of_file.stdout) if row["suspicious"]]
    theirs = [row for row in json.loads(of_store.stdout) if row["suspicious"]]
    assert mine == theirs
    assert mine[0]["quote"] == "（三）强化人才支撑"
    assert odd[mine[0]["start"] : mine[0]["end"]] == mine[0]["quote"]
    assert "a gap in the numbers" in kg("audit", "odd.txt", cwd=tmp_path).stdout
    assert kg("audit", "missing.txt", cwd=tmp_path).returncode == 1
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "odd.txt").write_bytes((tmp_path / "odd.txt").read_bytes())
    rows = json.loads(kg("audit", "odd.txt", "b/odd.txt", "--format", "json", cwd=tmp_path).stdout)
    assert {row["file"] for row in rows} == {"odd.txt", "b/odd.txt"}  # the shares of each sum to 1
    assert kg("audit", "odd.txt", "-p", "plan=x", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((), (*COMPONENTS, "plan_audit")),
        (("plan_hotlines", "other"), (*COMPONENTS, "plan_hotlines", "other", "plan_audit")),
        (("plan_tasks",), (*COMPONENTS, "plan_audit")),  # in place of the component of that name
        (("plan_audit", "other"), (*COMPONENTS, "other", "plan_audit")),
        (("other", "plan_audit"), (*COMPONENTS, "other", "plan_audit")),
    ],
)
def test_the_audit_is_the_last_component(
    names: tuple[str, ...], expected: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    points = [EntryPoint(name, "extractors.layout:layout", COMPONENT_GROUP) for name in names]
    monkeypatch.setattr("extractors.pipeline.entry_points", lambda group: points)
    found = dict(_components())
    assert (tuple(found), found["plan_audit"]) == (expected, audit)
    replaced = {name for name in COMPONENTS if found[name] is not COMPONENTS[name]}
    assert replaced == set(names) & set(COMPONENTS)
