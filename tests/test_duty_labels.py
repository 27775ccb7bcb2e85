"""The grammar of duty labels: what is a label, of which kind, where it starts and ends; and that it has one home."""

import re
from pathlib import Path

import pytest

from extractors.vocabulary.duties import head_kind, kind_of, labels

ROOT = Path(__file__).parents[1]

KINDS = [
    ("牵头单位", "lead"),
    ("总牵头部门", "lead"),
    ("主责处室", "lead"),
    ("主管单位", "lead"),  # in charge of the measure
    ("包抓单位", "lead"),
    ("第一责任单位", "lead"),
    ("主要责任部门", "lead"),
    ("牵头考核单位", "lead"),  # the act that leads decides
    ("考核牵头单位", "lead"),
    ("牵头（责任）单位", "lead"),
    ("牵头、责任单位", "lead"),
    ("行业主管部门", "lead"),
    ("牵头市直单位", "lead"),  # the level stands inside
    ("市直牵头单位", "lead"),
    ("牵头县（市、区）", "lead"),
    ("责任单位", "duty"),
    ("责任市级部门", "duty"),
    ("县级责任单位", "duty"),
    ("工作责任单位", "duty"),
    ("具体责任科室", "duty"),
    ("责任部门和单位", "duty"),
    ("责任单位（部门）", "duty"),
    ("责任单位及责任人", "duty"),
    ("实施主体", "duty"),
    ("组织实施单位", "duty"),
    ("统筹协调单位", "duty"),  # 协调 alone helps
    ("任务分工", "duty"),
    ("部门分工", "duty"),
    ("整改责任单位", "duty"),
    ("配合单位", "help"),
    ("主要配合部门", "help"),
    ("配合责任单位", "help"),  # 责任 stands in many labels and decides last
    ("协办股室", "help"),
    ("参与方", "help"),
    ("省级协同部门", "help"),
    ("联办部门", "help"),
    ("督导单位", "oversight"),
    ("督导考核单位", "oversight"),
    ("督办单位", "oversight"),
    ("业务指导处室", "oversight"),
    ("行业监管部门", "oversight"),
    ("监督管理单位", "oversight"),
    ("考核单位", "oversight"),
    ("考核责任单位", "oversight"),
    ("牵头及配合单位", "mixed"),
    ("归口管理单位", "lead"),
    ("主导单位", "lead"),
    ("会商单位", "help"),
    ("跟踪督办单位", "oversight"),
]

OTHERS = [
    ("牵头领导", "person"),
    ("牵头县领导", "person"),
    ("责任领导", "person"),
    ("包联领导", "person"),
    ("分管副县长", "person"),
    ("责任人", "person"),
    ("负责人", "person"),
    ("联系人", "person"),
    ("责任处室负责人", "person"),
    ("市级", "scope"),
    ("其中", "scope"),
    ("完成时限", "other"),
    ("组织机构", "other"),  # a set word
    ("组织部门", "other"),  # a department of the party
    ("监测单位", "other"),  # has no part in a measure
    ("申报单位", "other"),
    ("业主单位", "other"),
    ("监管方式", "other"),
    ("责任清单", "other"),
    ("实施方案", "other"),
    ("信息公开责任部门", "other"),  # who answers for a web page
    ("起草责任单位", "other"),
]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_kind_of_a_duty_label(name: str, kind: str) -> None:
    (label,) = labels(f"（{name}：市教育局）", 0, 99)
    assert (label.name, label.kind) == (name, kind)
    assert head_kind(name) == kind


@pytest.mark.parametrize(("name", "kind"), OTHERS)
def test_labels_of_other_things(name: str, kind: str) -> None:
    (label,) = labels(f"（{name}：市教育局）", 0, 99)
    assert (label.name, label.kind) == (name, kind)
    assert head_kind(name) is None


ACTS = (
    *("牵头", "责任", "主责", "配合", "协办", "督导", "指导", "监管", "主管", "组织"),
    *("考核", "督办", "包抓", "实施", "落实", "承办", "参与", "协同", "主办", "验收"),
)
HOLDERS = ("单位", "部门", "处室", "科室", "股室", "机构", "主体")
SET_WORDS = {"组织部门", "组织机构"}


@pytest.mark.parametrize("level", ["", "市直", "县级", "省级", "区直", "各"])
def test_every_act_goes_with_every_holder(level: str) -> None:
    for name in (f"{level}{act}{holder}" for act in ACTS for holder in HOLDERS):
        if name.removeprefix(level) in SET_WORDS:
            continue
        assert [label.name for label in labels(f"（{name}：市教育局）", 0, 99)] == [name]
        assert head_kind(name) == kind_of(name)


@pytest.mark.parametrize(
    "printed",
    [
        *("责任单位：", "责任单位:", "责任单位∶", "责任单位 ：", "【责任单位】", "【责任单位】：", "[责任单位："),
        *("责任单位为", "责任单位是", "责任单位——", "责任单位（列第一位的为牵头单位）：", "责任单位　"),
    ],
)
def test_what_ends_a_label(printed: str) -> None:
    (label,) = labels(f"{printed}市教育局", 0, 99)
    assert (label.name, label.end) == ("责任单位", len(printed))


@pytest.mark.parametrize(
    "text",
    [
        "压实各责任单位工作责任",  # no mark follows
        "落实主体责任，明确责任部门。",
        "各市、县〔市、区〕人民政府",  # a closing bracket without its opening one
        "责任单位、市教育局",
        "压实责任单位是关键",  # no body follows
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert list(labels(text, 0, len(text))) == []


def test_a_label_starts_behind_a_mark_a_date_or_a_body() -> None:
    text = "2025年6月底前牵头单位：市教育局配合单位：市财政局"
    assert [label.name for label in labels(text, 0, len(text))] == ["牵头单位", "配合单位"]


# A pattern with acts and holders of labels spells the grammar a second time.
SPELT = re.compile(
    r"(?:牵头|责任|配合|协办|主办|参与)[^\n\"']{0,60}\)?\(?\?:?(?:单位|部门)\|(?:单位|部门|主体)[^\n]{0,40}[：:]"
)
ELSEWHERE = {
    "extractors/vocabulary/duties.py",
}


def test_labels_are_written_in_the_vocabulary_alone() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "extractors").rglob("*.py"))
        if path.relative_to(ROOT).as_posix() not in ELSEWHERE
        for line in path.read_text("utf-8").splitlines()
        if not line.lstrip().startswith("#") and SPELT.search(line)
    ]
    assert found == []
