"""Corrections: what a person put right holds at every later build, of this version of the file or another."""

import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox
import pytest
from conftest import SAMPLES, kg_here

from extractors.pipeline import extract, pipeline
from extractors.policies.decisions import decision_rows
from extractors.readers import Limits, read_bytes
from extractors.reference.regions import chain
from kg.align.read import read as compared_plan
from kg.builder import build
from kg.builder.extraction import run
from kg.builder.jobs import Extracted, Job
from kg.builder.stamp import Stamp
from kg.corrections import append, correction_files, file_for, load
from kg.corrections.forms import form_of, recorded
from kg.corrections.replay import replay
from kg.corrections.things import thing_of
from kg.corrections.values import (
    CORRECTABLE_KINDS,
    BadValue,
    new_fact,
    region_named,
    required,
    settable,
    shown,
    value_of,
)
from kg.stores.oxigraph import OxigraphStore
from ontology import words
from ontology.iris import DEFAULT_BASE, Iris
from ontology.model.corrections import Correction, digest, read_corrections, relevant
from ontology.model.errors import Refused
from ontology.model.facts import AMBIGUOUS, Fact, Plan, Responsibility

TEXT = (SAMPLES / "qinghe.txt").read_text("utf-8")
NLP = pipeline()
FILE = {"file": "qinghe.txt"}
PLAN_TITLE = "青禾县“十四五”养老服务体系建设实施方案"
BUILT = "2023年底前，建成县级养老服务指导中心1个"
LEAD = "2023年底前，建成县级养老服务指导中心1个。（县民政局牵头，县自然资源和规划局、县住房城乡建设局参与）"


def replayed(corrections: Sequence[Correction], text: str = TEXT) -> tuple[list[Fact], list[str]]:
    source = read_bytes("qinghe.txt", text.encode())
    facts, outcomes = replay(source, extract(source, NLP), corrections)
    return facts, [outcome.state for outcome in outcomes]


def corrected(facts: list[Fact]) -> list[tuple[str, str | None]]:
    return [(type(fact).__name__, fact.origin) for fact in facts if fact.origin]


def target(field: str, value: str | None, quote: str = BUILT, **more: object) -> Correction:
    return Correction("set", kind="Target", quote=quote, field=field, value=value, **FILE, **more)  # type: ignore[arg-type]


def added(kind: str, quote: str = "护理型床位占比偏低", /, **values: str) -> Correction:
    return Correction("add", kind=kind, quote=quote, values=values, **FILE)


@pytest.mark.parametrize(
    ("correction", "state"),
    [
        (target("value", "2"), "applied"),
        (target("value", "2", quote=BUILT.replace("，", " ，\n ")), "applied"),  # white space says nothing
        (target("value", "1"), "unneeded"),  # it is read so already
        (target("relative_to", ""), "unneeded"),  # it has no value, as wanted
        (target("value", None), "applied"),
        (target("value", "two"), "invalid"),
        (target("value", "NaN"), "invalid"),
        (target("op", "=="), "invalid"),
        (target("deadline", "2025-12"), "applied"),
        (target("deadline", "2025年底"), "invalid"),  # the ontology has years and months
        (target("colour", "red"), "invalid"),
        (target("quote", "other words"), "invalid"),  # the proof is not a person's to write
        (target("value", "2", quote="建成九十九个中心"), "lost"),
        (target("value", "2", quote="护理型床位占比偏低"), "no fact"),
        (Correction("set", kind="Dream", quote=BUILT, field="value", value="2", **FILE), "invalid"),
        (Correction("set", kind="Plan", quote=BUILT, field="period", value="2022-2024", **FILE), "applied"),
        (Correction("set", kind="Plan", quote=BUILT, field="period", value="2025-2021", **FILE), "invalid"),
        (
            Correction("set", kind="Plan", quote=BUILT, field="period", value="60-65", **FILE),
            "invalid",
        ),  # the ontology has years from 1949 to 2100
        (Correction("remove", kind="Target", quote=BUILT, **FILE), "applied"),
        (Correction("remove", kind="Target", quote="护理型床位占比偏低", **FILE), "unneeded"),
        (Correction("remove", kind="Responsibility", quote=LEAD, **FILE), "ambiguous"),  # three bodies share the clause
        (Correction("remove", kind="Responsibility", quote=LEAD, of={"department": "县民政局"}, **FILE), "applied"),
        (Correction("remove", kind="Responsibility", quote=LEAD, of={"department": "县水利局"}, **FILE), "no fact"),
        (added("Target", subject="占比", value="60"), "applied"),
        (added("Target", BUILT, subject="县级养老服务指导中心", value="1"), "unneeded"),
        (added("Target", "养老", subject="占比"), "ambiguous"),  # at many places
        (added("Target", value="60"), "invalid"),  # no subject
        (
            Correction(
                "add",
                kind="Responsibility",
                quote="护理型床位占比偏低",
                of={"start": "here"},
                values={"department": "县民政局", "role": "lead"},
                **FILE,
            ),
            "invalid",
        ),  # no offset
        (
            Correction(
                "add",
                kind="Target",
                quote="护理型床位占比偏低",
                of={"start": "9" * 5000},
                values={"subject": "占比", "value": "6"},
                **FILE,
            ),
            "invalid",
        ),  # more digits than an offset has
        (added("Target", subject="缺口", value="0"), "applied"),  # 0 is a value
        (added("Target", subject="缺口"), "invalid"),  # neither a value nor a deadline or unit
        (added("Target", "没有这句话", subject="占比"), "lost"),
        (added("Responsibility", department="县民政局", role="lead"), "applied"),
        (added("Task", title="床位"), "applied"),
        (added("Heading", kind="item", title="床位"), "applied"),
        (added("Responsibility", function="民政", role="lead"), "invalid"),  # no department
        (added("Citation", doc_number="1号", relation="basis"), "invalid"),  # no title
        (
            Correction("set", kind="Plan", quote="青民发〔2022〕17号", field="issued", value="2022-03-05", **FILE),
            "applied",
        ),
        (Correction("set", kind="Plan", quote="青民发〔2022〕17号", field="issued", value="March", **FILE), "invalid"),
    ],
)
def test_what_becomes_of_a_correction(correction: Correction, state: str) -> None:
    facts, states = replayed([correction])
    plain, _ = replayed([])
    if state == "no fact" and correction.action == "remove":
        state = "unneeded"  # there is nothing to take away
    assert states == [state]
    assert (facts != plain) is (state == "applied")


@pytest.mark.parametrize(
    ("kind", "field", "written", "text"),
    [
        ("Target", "value", " 65.0 ", "65"),
        ("Target", "value", "", None),
        ("Target", "op", "≥", ">="),
        ("Target", "op", "不高于", "<="),
        ("Target", "op", "about", "~"),
        ("Target", "change", "增加", "increase"),
        ("Target", "change", "下降", "decrease"),
        ("Target", "deadline", "2025年", "2025"),
        ("Target", "deadline", "2025年6月", "2025-06"),
        ("Target", "deadline", "2025年底前", "2025-12"),  # as the text of a plan is read
        ("Target", "deadline", "2025-06", "2025-06"),
        ("Target", "unit", "≥", "≥"),  # a text is recorded as it is
        ("Indicator", "target_op", "≥", ">="),
        ("Indicator", "kind", "binding", "约束性"),
        ("Indicator", "target_basis", "年均", "年均"),
        ("Indicator", "baseline_year", "2020年", "2020"),
        ("Indicator", "departments", "县民政局、、县财政局", "县民政局、县财政局"),
        ("Responsibility", "role", "牵头", "lead"),
        ("Citation", "relation", "依据", "basis"),
        ("Heading", "kind", "专栏", "box"),
        ("Plan", "issued", "2022年3月1日", "2022-03-01"),
        ("Plan", "period", "2021—2025年", "2021-2025"),
        ("Plan", "region", "四川省达州市渠县", "四川省达州市渠县"),
    ],
)
def test_what_is_recorded_of_what_a_person_writes(kind: str, field: str, written: str, text: str | None) -> None:
    of = CORRECTABLE_KINDS[kind]
    assert recorded(of, field, written) == text
    value_of(of, field, text)  # a build takes it
    assert recorded(of, field, text) == text


@pytest.mark.parametrize(
    ("kind", "field", "written", "why"),
    [
        ("Target", "value", "abc", "value 'abc' is no number"),
        ("Target", "value", "1e999999999", "is no number"),  # a graph would have all its digits
        ("Target", "value", "95%", "is no number"),
        ("Target", "op", "==", "is none of =, >"),
        ("Target", "change", "不变", "is none of increase, decrease"),
        ("Target", "deadline", "6月底", "neither a year nor a month"),
        ("Target", "deadline", "2023年、2025年", "neither a year nor a month"),
        ("Target", "deadline", "比2020年", "neither a year nor a month"),
        ("Target", "subject", "", "subject cannot be empty"),
        ("Target", "colour", "red", "has no field 'colour'"),
        ("Indicator", "baseline_year", "20", "is no year"),
        ("Plan", "issued", "2022年2月30日", "is no day"),
        ("Plan", "period", "2025-2021", "is no period"),
        ("Plan", "period", "60-65", "is no period"),
        ("Plan", "region", "普陀区", "no region, or several"),
        ("Plan", "region", "", "region cannot be empty"),
    ],
)
def test_what_no_build_would_take_is_not_recorded(kind: str, field: str, written: str, why: str) -> None:
    with pytest.raises(BadValue, match=why):
        recorded(CORRECTABLE_KINDS[kind], field, written)


def test_choices_of_forms_have_labels_and_each_name_means_one() -> None:
    for kind in CORRECTABLE_KINDS.values():
        for name in settable(kind):
            form = form_of(kind, name)
            if form.list_name:
                names = [each for key in form.choices for each in words.terms(form.list_name)[key].names()]
                assert len(names) == len(set(names)) >= len(form.choices), name
    assert form_of(CORRECTABLE_KINDS["Target"], "op").choices == ("=", ">", ">=", "<", "<=", "~")
    assert required(CORRECTABLE_KINDS["Observation"]) == ["name", "year", "value"]


def test_a_correction_of_another_plan_is_not_met() -> None:
    assert (
        replayed([Correction("set", kind="Target", quote=BUILT, field="value", value="2", file="other.txt")])[1] == []
    )


def test_a_set_field_changes_what_follows_from_it() -> None:
    of = {"department": "县民政局"}
    facts, _ = replayed(
        [Correction("set", kind="Responsibility", quote=LEAD, of=of, field="department", value="县财政局", **FILE)]
    )
    (found,) = [fact for fact in facts if fact.origin]
    assert (shown(found, "department"), shown(found, "function")) == ("县财政局", "财政")


@pytest.mark.parametrize("order", [("function", "department"), ("department", "function")])
@pytest.mark.parametrize(
    ("region", "body"),
    [("四川省达州市渠县", "渠县"), (None, None)],  # without a region the body is not known
)
def test_a_function_that_is_given_is_kept(order: Sequence[str], region: str | None, body: str | None) -> None:
    values = {"department": "县税务局", "function": "民政"}
    plan = next(fact for fact in replayed([])[0] if isinstance(fact, Plan))
    where = region_named(region) or replace(plan.region, origin=AMBIGUOUS)  # type: ignore[type-var]
    plan = replace(plan, region=where)
    fact = new_fact(Responsibility, plan.evidence, {**{name: values[name] for name in order}, "role": "lead"}, plan)
    assert isinstance(fact, Responsibility)
    assert (fact.function, fact.organization and fact.organization.region.name) == ("民政", body)


def plan_corrected(field: str, value: str | None, quote: str, **more: object) -> Correction:
    return Correction("set", kind="Plan", quote=quote, field=field, value=value, **{**FILE, **more})  # type: ignore[arg-type]


def built(corrections: Sequence[Correction], tmp_path: Path) -> tuple[Extracted, list[ox.Quad]]:
    """What a build makes of the sample with the corrections."""
    path = tmp_path / "qinghe.txt"
    path.write_text(TEXT, "utf-8")
    digest = sha256(path.read_bytes()).hexdigest()
    done = run(Job(str(path), digest, Stamp("test"), DEFAULT_BASE, Limits(), tuple(corrections)))
    return done, list(ox.parse(done.nquads or b"", format=ox.RdfFormat.N_QUADS))


def said(quads: Sequence[ox.Quad], name: str) -> set[str]:
    return {unquote(q.object.value) for q in quads if q.predicate.value.endswith(name)}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("correction", "state", "title", "region"),
    [
        (plan_corrected("title", "青禾县养老规划", "青禾县民政局"), "applied", "青禾县养老规划", "青禾县"),
        (plan_corrected("region", "四川省达州市渠县", "青禾县民政局"), "applied", None, "渠县"),
        (plan_corrected("region", "渠县", "青禾县民政局"), "applied", None, "渠县"),
        (plan_corrected("region", "普陀区", "青禾县民政局"), "invalid", None, "青禾县"),  # two regions have the name
        (plan_corrected("region", "无此县", "青禾县民政局"), "invalid", None, "青禾县"),
        (plan_corrected("title", None, "青禾县民政局"), "invalid", None, "青禾县"),
        (plan_corrected("title", "青禾县养老规划", "没有这句话"), "lost", None, "青禾县"),
        (plan_corrected("title", PLAN_TITLE, "青禾县民政局"), "unneeded", None, "青禾县"),
    ],
)
def test_the_title_and_the_region_of_a_plan(
    correction: Correction, state: str, title: str | None, region: str, tmp_path: Path
) -> None:
    _, quads = built([correction], tmp_path)
    _, plain = built([], tmp_path)
    assert said(quads, "correctionState") == {state}
    assert said(quads, "terms/title") >= {title or PLAN_TITLE}
    home = {q.object for q in quads if q.predicate.value.endswith("ofRegion")}
    assert {q.object.value for q in quads if q.subject in home and q.predicate.value.endswith("label")} == {region}  # type: ignore[union-attr]
    if state == "applied":  # whose bodies are meant follows, and which plan it is
        assert (said(quads, "manifests") != said(plain, "manifests")) is True
        assert (said(quads, "heldBy") != said(plain, "heldBy")) is (correction.field == "region")
        assert [q for q in quads if q.predicate.value.endswith("wasGeneratedBy")]


def test_a_corrected_title_is_the_plans_name_from_then_on(tmp_path: Path) -> None:
    """Later corrections name the plan by it, those before by the title that was read; the stamp knows both."""
    first = plan_corrected("title", "青禾县养老规划", "青禾县民政局", file="other.txt", plan=PLAN_TITLE)
    then = replace(target("value", "2"), file="other.txt", plan="青禾县养老规划")
    other = replace(target("value", "2"), file="other.txt", plan="另一规划")
    done, quads = built([first, then, other], tmp_path)
    assert sorted(q.object.value for q in quads if q.predicate.value.endswith("correctionState")) == ["applied"] * 2
    assert relevant([first, then, other], "qinghe.txt", "青禾县养老规划") == [first, then]
    assert "2 corrections applied" in done.notes
    assert "1 correction applied" in built([first], tmp_path)[0].notes
    assert done.generator.endswith(digest([first, then]))


REGION = ("Region", "中国|100000|national|GB/T 2260", "四川省|510000|provincial|GB/T 2260")
COUNTY = (*REGION, "达州市|511700|prefectural|GB/T 2260", "渠县|511725|county|GB/T 2260")


def merged(action: str, one: tuple[str, ...], other: tuple[str, ...]) -> Correction:
    return Correction(action, kind=one[0], things=(one, other))  # type: ignore[arg-type]


def test_regions_and_organizations_can_be_merged_and_parted(tmp_path: Path) -> None:
    _, plain = built([], tmp_path)
    (home,) = said(plain, "ofRegion")
    place = Iris(DEFAULT_BASE)
    source = read_bytes("qinghe.txt", TEXT.encode())
    plan = next(fact for fact in extract(source, NLP) if isinstance(fact, Plan))
    assert plan.region
    assert unquote(place.region(plan.region).value) == home
    mine = ("Region", *(f"{r.name}|{r.code or ''}|{r.level}|{r.origin}" for r in reversed(chain(plan.region))))
    one = merged("merge", mine, COUNTY)
    _, quads = built([one], tmp_path)
    assert said(quads, "ofRegion") == {home.rpartition("/region/")[0] + "/region/511725渠县"}
    assert all("511725渠县" in body for body in said(quads, "heldBy"))
    _, parted = built([one, merged("part", mine, COUNTY)], tmp_path)
    assert said(parted, "ofRegion") == {home}
    bodies = ("Organization", "民政", *mine[1:]), ("Organization", "卫生健康", *mine[1:])
    _, joined = built([merged("merge", *bodies)], tmp_path)
    assert not [body for body in said(joined, "heldBy") if body.endswith("/民政")]
    assert [body for body in said(plain, "heldBy") if body.endswith("/民政")]
    ring = [merged("merge", mine, COUNTY), merged("merge", COUNTY, mine)]
    assert len(said(built(ring, tmp_path)[1], "ofRegion")) == 1


def test_a_region_that_was_merged_with_the_one_above_it_is_found(tmp_path: Path) -> None:
    above = COUNTY[:-1]
    _, quads = built([plan_corrected("region", "渠县", "青禾县民政局"), merged("merge", above, COUNTY)], tmp_path)
    (home,) = {q.object.value for q in quads if q.predicate.value.endswith("ofRegion")}  # type: ignore[union-attr]
    assert [q for q in quads if q.predicate.value.endswith("within") and q.subject == q.object]
    with OxigraphStore.open(str(tmp_path / "s.kg"), write=True) as store:
        store.inner.extend(quads)
        assert [step.split("|")[0] for step in thing_of(store, home)] == ["Region", "渠县"]
        (document,) = {q.graph_name.value for q in quads}  # type: ignore[union-attr]
        assert compared_plan(store, document).within == (home,)


def test_decisions_on_policies_leave_other_things_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policies = Correction("merge", policies=(("中国", "甲"), ("中国", "乙")))
    append(tmp_path / "corrections.jsonl", [merged("merge", COUNTY, REGION), policies])
    monkeypatch.setenv("KG_CORRECTIONS", str(tmp_path / "corrections.jsonl"))
    assert decision_rows()[-1] == ("same", *policies.policies)


def test_corrections_of_one_fact_follow_one_another() -> None:
    of = {"subject": "县级养老服务指导中心", "value": "1"}
    facts, states = replayed([target("value", "2", of=of), target("unit", "所", of=of), target("value", "3", of=of)])
    assert states == ["applied"] * 3
    (found,) = [fact for fact in facts if fact.origin]
    assert (shown(found, "value"), shown(found, "unit"), len(found.corrections)) == ("3", "所", 3)


def test_a_field_that_was_emptied_is_part_of_the_key_of_later_corrections() -> None:
    bodies = ("县民政局", "县水利局")
    added_facts = [added("Target", subject=body, op="=", value="3", unit="家") for body in bodies]
    of = {"subject": bodies[0], "op": "=", "value": "3", "unit": "家"}
    quote = "护理型床位占比偏低"
    facts, states = replayed(
        [*added_facts, target("unit", None, quote, of=of), target("deadline", "2025", quote, of=of)]
    )
    assert states == ["applied"] * 4
    found = [fact for fact in facts if fact.origin]
    assert [(shown(fact, "unit"), shown(fact, "deadline")) for fact in found] == [(None, "2025"), ("家", None)]


def test_a_heading_that_is_removed_leaves_what_stood_under_it_to_the_one_above() -> None:
    plain, _ = replayed([])
    headings = [fact for fact in plain if type(fact).__name__ == "Heading"]
    gone = next(h for h in headings if h.parent is not None and any(o.parent == h.position for o in headings))  # type: ignore[attr-defined]
    facts, states = replayed(
        [Correction("remove", kind="Heading", quote=gone.evidence.quote, of={"title": gone.title}, **FILE)]
    )  # type: ignore[attr-defined]
    assert states == ["applied"]
    left = [fact for fact in facts if type(fact).__name__ == "Heading"]
    assert len(left) == len(headings) - 1
    assert [h.position for h in left] == list(range(len(left)))
    assert all(h.parent is None or h.parent < h.position for h in left)  # type: ignore[attr-defined]


def test_it_survives_a_new_version_of_the_file() -> None:
    newer = TEXT.replace("1.2 主要短板", "1.2 主要短板\n\n本节由编制组修订。\n")
    facts, states = replayed([target("value", "2")], newer)
    assert states == ["applied"]
    assert corrected(facts) == [("Target", "corrected")]
    assert replayed([target("value", "2")], TEXT.replace("指导中心1个", "指导中心3个"))[1] == ["lost"]


@pytest.mark.parametrize("name", sorted(CORRECTABLE_KINDS))
def test_every_field_that_can_be_set_is_shown(name: str) -> None:
    facts, _ = replayed([])
    for fact in facts:
        if type(fact).__name__ == name:
            assert all(isinstance(shown(fact, field), str | None) for field in settable(type(fact)))


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"action": "burn"}',
        '{"action": "set", "plan": "甲"}',
        '{"action": "remove", "kind": "Target", "quote": "甲"}',
        '{"action": "set", "colour": 1}',
        '{"action": "remove", "plan": "甲", "kind": "Target", "quote": "\\ud800"}',
    ],
)
def test_a_line_that_is_no_correction_is_refused_with_its_place(line: str) -> None:
    with pytest.raises(Refused, match=r"corrections\.jsonl, line 2"):
        read_corrections("\n" + line, "corrections.jsonl")


@pytest.mark.parametrize("thing", [["Region"], ["Organization"], ["Organization", "民政"], ["Region", "四川省"], []])
def test_things_that_are_none_are_refused(thing: list[str], tmp_path: Path) -> None:
    file = tmp_path / "corrections.jsonl"
    append(file, [Correction("merge", things=(("Region", "四川省|510000|provincial|x"), tuple(thing)))])
    with pytest.raises(Refused, match="names no region or organization"):
        load([file])


def test_a_number_in_a_line_is_taken_as_its_text() -> None:
    line = '{"action": "set", "plan": "甲", "kind": "Target", "quote": 2025, "field": "value", "value": 2}'
    (found,) = read_corrections(line, "corrections.jsonl")
    assert (found.quote, found.value, found.why) == ("2025", "2", None)


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    one, other = (
        target("value", "2", of={"subject": "甲\n乙\u2028丙\x85丁"}, why="看过原件"),
        Correction("merge", policies=(("中国", "甲"), ("中国", "乙"))),
    )
    file = tmp_path / "new" / "corrections.jsonl"
    append(file, [one])
    append(file, [other])
    assert load([file]) == [one, other]
    with pytest.raises(Refused, match="not UTF-8"):
        append(file, [target("value", "2", why="\udcff")])  # an argument of the command with other bytes
    assert load([file]) == [one, other]
    append(file, [Correction("undo", undoes=one.id)])
    assert load([file]) == [other]
    assert load([tmp_path / "none"]) == []
    assert digest([one]) != digest([other])
    assert correction_files(None, [tmp_path]) == [file]


@pytest.mark.parametrize("name", ["x.zip", "规划.txt"])
def test_corrections_lie_beside_the_file_or_the_archive(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("附件/规划.txt", TEXT)
    (tmp_path / "规划.txt").write_text(TEXT, "utf-8")
    with OxigraphStore.open(str(tmp_path / "s.kg"), write=True) as store:
        build([tmp_path / name], store)
        (record,) = store.records()
        file = file_for(store, record.document, None)
    assert file == tmp_path / "corrections.jsonl"
    append(file, [target("value", "2")])
    assert correction_files(None, [tmp_path / name]) == correction_files(None, [Path(record.path)]) == [file]


def kg(*arguments: str) -> str:
    done = kg_here(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_from_the_command_to_the_rows(tmp_path: Path) -> None:
    plans, store = tmp_path / "plans", str(tmp_path / "s.kg")
    plans.mkdir()
    for name in ("qinghe.txt", "yunling.txt"):
        (plans / name).write_bytes((SAMPLES / name).read_bytes())
    kg("build", str(plans), "--store", store)
    rows = json.loads(kg("query", "targets", "-p", "plan=青禾", "--store", store, "--format", "json"))
    fact = next(row["fact_id"] for row in rows if row["quote"] == BUILT)
    for values in (["value=abc"], ["value=", "unit=", "deadline="], ["change=不变"], ["value=2", "subject="]):
        assert kg_here("correct", "set", fact, *values, "--store", store).returncode == 2
    missing = [
        "correct",
        "add",
        "--plan",
        "qinghe",
        "--kind",
        "Target",
        "--quote",
        "护理型床位占比偏低",
        "--store",
        store,
    ]
    for values in (["subject=占比"], ["value=60"], ["subject=占比", "value=六成"]):
        assert kg_here(*missing, *values).returncode == 2
    assert not (plans / "corrections.jsonl").exists()
    kg("correct", "set", fact, "value=2", "--why", "附表如此", "--by", "审核员", "--store", store)
    kg(*missing, "subject=占比", "value=60")
    assert kg("corrections", "--store", store, "--format", "csv").count("waiting") == 2
    assert kg("build", str(plans), "--store", store).startswith("1 loaded, 1 unchanged")  # the plan that it is about
    assert kg("build", str(plans), "--store", store).startswith("0 loaded, 2 unchanged")
    rows = json.loads(kg("query", "targets", "-p", "plan=青禾", "--store", store, "--format", "json"))
    assert {(row["origin"], row["value"]) for row in rows if row["origin"] != "read"} == {
        ("corrected", 2),
        ("added", 60),
    }
    listed = json.loads(kg("corrections", "--store", store, "--format", "json"))
    assert [(row["state"], row["by"]) for row in listed if row["action"] == "set"] == [("applied", "审核员")]
    assert "附表如此" in kg("export", "turtle", "--store", store)
    kg("check", "--store", store)
    kg("corrections", "--as-gold", "-o", str(tmp_path / "gold"), "--store", store)
    gold = json.loads((tmp_path / "gold" / "qinghe.json").read_text("utf-8"))
    assert {"占比", "县级养老服务指导中心"} <= {each["subject"] for each in gold["targets"]}
    for row in listed:
        kg("correct", "undo", row["id"], "--store", store)
    assert kg("build", str(plans), "--store", store).startswith("1 loaded, 1 unchanged")
    assert "corrected" not in kg("query", "targets", "--store", store, "--format", "csv")


def test_plan_facts_are_first(tmp_path: Path) -> None:
    facts, _ = replayed([target("value", "2")])
    assert isinstance(facts[0], Plan)
