"""The concepts that indicators measure: all printed names of one measure lead to one concept, and names of other
measures that look alike do not."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractors import expressions as re
from extractors.reference import units
from extractors.reference.data_files import data_rows
from extractors.vocabulary.dates import CALENDAR_YEAR
from extractors.vocabulary.numerals import ONES
from ontology.model.facts import Concept, squeeze

CHINESE_BRACKETS = str.maketrans("(),:;[]【】〔〕", "（），：；（）（）（）")
# “十四五”, 《…》: marks that change nothing
QUOTATION_MARKS = re.compile(r"[“”\"‘’'＂]")
# 森林覆盖率*, 人均预期寿命①, 参保率[1]
FOOTNOTE_MARK = re.compile(r"(?:[*＊※①-⑳]|[\[［]\d{1,2}[\]］])+(?=$|[（(])")
# （%）, （万元/公顷）, （个/万人）
LAST_BRACKET = re.compile(r"（([^（）]{1,14})）$")
# 年末常住人口, 2025年森林覆盖率, “十四五”期间新增…
LEADING_TIME = re.compile(
    rf"^(?:(?:到|至)?{CALENDAR_YEAR}年(?:年?[末底])?|年[末底]|期末|十[{ONES[:6]}]五(?:期间|时期|末)?)"
)
# 全省森林覆盖率, 我市…; not 全市场, 全区域, 全县域
LEADING_SCOPE = re.compile(
    r"^(?:其中：)?(?:全省|全市|全县|全区|全州|全盟|全旗|全镇|全域|[我本][省市县区州盟旗])(?![域场级属直])"
)
# 全国…, 云岭省…: dropped only where what is left is a curated name, for 全国重点… is part of a name
LEADING_PLACE = re.compile(r"^(?:全国|[\u4e00-\u9fff]{2,7}?(?:自治区|自治州|省))")


@dataclass(frozen=True, slots=True)
class Curated:
    """A concept of the scheme: `label` is its Chinese name and `english` its English one, `domain` the field that it
    belongs to, `others` are other names of exactly this measure, `close` the labels of concepts that are similar.

    `polarity` says whether a higher ("more") or a lower value ("less") is better; None where neither is by itself.
    """

    label: str
    english: str
    domain: str
    others: tuple[str, ...]
    close: tuple[str, ...]
    polarity: Literal["more", "less"] | None = None


@cache
def concept(name: str, home: str | None = None) -> Concept:
    """The concept that an indicator's printed name stands for, with the steps that led to it: '全省森林覆盖率（%）' ->
    Concept('森林覆盖率', 'normalised: dropped unit （%）, dropped 全省'). The curated scheme is asked for the printed
    name, for its normalised form (`_key`), and for that without 全国 or words up to 省, 自治区 or 自治州 at its start
    (云岭省); a name that is not in it is a concept of its own under its normalised form. The second member is "printed
    name" where no more changed than `_plain` changes, "curated synonym: …", or "normalised: …" with the steps.

    `home` is the name of the plan's region, which is dropped at the start of a name where three or more characters
    stay: 澄江市森林覆盖率; None to drop none.
    """
    printed = _plain(name)
    if found := _names().get(printed):
        same = printed == _plain(found)
        return Concept(found, "printed name" if same else f"curated synonym: {name.strip()}")
    key, steps = _key(printed, home)
    if found := _keys().get(key):
        return Concept(found, "normalised: " + ", ".join(steps) if steps else f"curated synonym: {printed}")
    if place := LEADING_PLACE.match(key):
        local_name, more = _key(key[place.end() :])
        if found := _keys().get(local_name):
            return Concept(found, "normalised: " + ", ".join([*steps, f"dropped {place[0]}", *more]))
    return Concept(key, "normalised: " + ", ".join(steps) if steps else "printed name")


@cache
def scheme() -> tuple[Curated, ...]:
    """The curated concepts, in the order of the data file; an empty cell is None for the polarity, else '' or ()."""
    return tuple(
        Curated(label, english, domain, _list(others), _list(close), better or None)  # type: ignore[arg-type]
        for label, english, domain, others, close, better in data_rows("concepts.tsv", header=True)
    )


@cache
def terms() -> tuple[tuple[re.Pattern[str], str, str, str], ...]:
    """The rules by which words of names are rewritten, in the order of the data file, in which they are applied: for
    each the pattern, all of whose matches are replaced, the replacement (\\1 is a group), and a sample of a name with
    what the rule makes of it."""
    return tuple(
        (re.compile(p), r, sample, result) for p, r, sample, result, _ in data_rows("concept_terms.tsv", header=True)
    )


def _plain(name: str) -> str:
    """The name in one way of writing, with its words unchanged: '森林 覆盖率(%)①' -> '森林覆盖率（%）', 'Ⅲ类' ->
    'III类'. White space and quotation marks (“”, "", ‘’, '') are removed, and footnote marks (①, *, [1]) at the end and
    before a （ or (. Full-width characters become half-width (NFKC), but , : ; become ，：； and the brackets () []
    【】 〔〕 become （）."""
    text = squeeze(unicodedata.normalize("NFKC", FOOTNOTE_MARK.sub("", name.strip())))
    return unicodedata.normalize("NFC", QUOTATION_MARKS.sub("", text).translate(CHINESE_BRACKETS))


def _key(text: str, home: str | None = None, depth: int = 0) -> tuple[str, list[str]]:
    """The normalised name of an indicator, and the steps that led to it: '全市医保参保率（%）' ->
    ('基本医疗保险参保率', ['dropped unit （%）', …]). Dropped are units in brackets at the end (`unit`), one after the
    other, where anything stays; then at the start, in this order, the name of the plan's region, words such as 全省, a
    point or stretch of time (2025年, 年末), and again words such as 全省, each at most once and only where three or
    more characters stay. Then the words of `terms` are rewritten, and all is done again until nothing changes, up to
    four more times. `text` is the name as `_plain` writes it, `home` the name of the plan's region, None to drop no
    region; `depth` counts how often the function has called itself."""
    steps = []
    while (found := LAST_BRACKET.search(text)) and found.start() and units.unit(found[1]):
        steps.append(f"dropped unit {found[0]}")
        text = text[: found.start()]
    if home and text.startswith(home) and len(text) - len(home) >= 3:
        steps.append(f"dropped {home}")
        text = text[len(home) :]
    for pattern in (LEADING_SCOPE, LEADING_TIME, LEADING_SCOPE):
        found = pattern.match(text)
        if found and len(text) - found.end() >= 3:
            steps.append(f"dropped {found[0]}")
            text = text[found.end() :]
    for pattern, replacement, _, _ in terms():
        for match in pattern.finditer(text):
            if match[0] != (new := match.expand(replacement)):
                steps.append(f"{match[0]} as {new}" if new else f"dropped {match[0]}")
        text = pattern.sub(replacement, text)
    if steps and depth < 4:  # what one rule leaves may be what another waits for
        text, more = _key(text, home, depth + 1)
        steps += more
    return text, steps


@cache
def _names() -> dict[str, str]:
    """The label of a concept by each of its names as `_plain` writes them. Where two concepts share a name, the one
    that has it as its label wins, else the later one of the scheme."""
    found = {_plain(name): c.label for c in scheme() for name in c.others}
    return found | {_plain(c.label): c.label for c in scheme()}


@cache
def _keys() -> dict[str, str]:
    """The label of a concept by each of its names in normalised form: the name that `_key` returns for what `_plain`
    makes of it. Where two concepts share one, the concept that has it as its label wins, else the first of the
    scheme."""
    found = {_key(_plain(name))[0]: c.label for c in reversed(scheme()) for name in c.others}
    return found | {_key(_plain(c.label))[0]: c.label for c in scheme()}


def _list(cell: str) -> tuple[str, ...]:
    """The values of a cell of the data file, which | separates, without empty ones."""
    return tuple(part for part in cell.split("|") if part)
