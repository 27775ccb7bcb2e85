"""Which citations name the same document, and which do not: precision before recall.

Every row is two ways of naming a document, each a tuple of title, words beside it (issuer), 文号 and citing region.
"""

import csv
from pathlib import Path

import pytest

from extractors.policies.identity import identify
from extractors.policies.title_region import of_title
from extractors.reference.regions import CHINA, gazetteer
from ontology.model.facts import Policy, Region

ROWS = Path(__file__).parent / "policy_pairs.tsv"


def region(name: str) -> Region:
    found = CHINA if name == "中国" else gazetteer(2023).resolve(name)
    assert found is not None, name
    return found


def policy(printed: str) -> Policy:
    """'国务院|《计量发展规划（2021—2035年）》|国发〔2021〕37号@渠县' -> its policy; only the title must be there."""
    words, _, home = printed.partition("@")
    parts = words.split("|")
    number = [part for part in parts if part.endswith("号") and "《" not in part]
    *issuer, title = [part for part in parts if part not in number]
    return identify(
        title.strip("《》") if title.count("《") == 1 else title,
        issuer=issuer[0] if issuer and issuer[0] else None,
        doc_number=number[0] if number else None,
        home=region(home or "渠县"),
        within=home or "渠县",
    )


def pairs() -> list[list[str]]:
    with ROWS.open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if line.strip() and not line.startswith("#")]
    return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_pairs_are_many_and_of_both_kinds() -> None:
    kinds = [row[0] for row in pairs()]
    assert kinds.count("same") >= 50
    assert kinds.count("apart") >= 50
    assert set(kinds) == {"same", "apart"}
    assert len({tuple(row[:3]) for row in pairs()}) == len(kinds)


@pytest.mark.parametrize("row", pairs(), ids=lambda row: "~".join(row[1:3]))
def test_pair(row: list[str]) -> None:
    verdict, first, second, *_ = row
    one, other = policy(first), policy(second)
    assert ((one.scope, one.name) == (other.scope, other.name)) == (verdict == "same"), (one, other)
    if verdict == "same":
        assert one == other  # label, level, type and region follow from scope and name


@pytest.mark.parametrize(
    ("title", "named", "rest"),
    [
        ("“十四五”湖南省老龄事业发展规划", "湖南省", "“十四五”老龄事业发展规划"),
        ("湖南省“十四五”老龄事业发展规划", "湖南省", "“十四五”老龄事业发展规划"),
        ("“健康湖南2030”规划纲要", "湖南省", "“健康湖南2030”规划纲要"),
        ("“十四五”老龄事业发展规划", None, "“十四五”老龄事业发展规划"),
    ],
)
def test_the_region_of_a_title_and_the_rest_of_it(title: str, named: str | None, rest: str) -> None:
    found, words = of_title(title, CHINA)
    assert (found and found.name, words) == (named, rest)
