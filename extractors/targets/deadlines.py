"""By when: the years in a sentence that say when something is to be reached, and those that only refer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extractors.vocabulary.numerals import chinese_number
from extractors.vocabulary.patterns import FIVE_YEAR, five_year_period
from extractors.vocabulary.quantities import narrow

# 2025, 二〇二五
YEAR = r"(?:20[0-4]\d|二[〇零○Ｏ][〇零○Ｏ一二三四][〇零○Ｏ一二三四五六七八九])"
# 到2025年底前, 力争2023年, 2021—2023年, 2024年6月底前
DATE = re.compile(
    rf"(?P<lead>(?:到|至|截至|截止到?|力争在?|争取在?|确保在?|计划在?|原则上|于|在|自|从|比|较|与|同|以|对比|由){{1,4}})?"
    rf"(?P<from>{YEAR}\s?年?\s?(?:[-—–~－]{{1,2}}|至|到)\s?)?(?<!\d)(?P<year>{YEAR})\s?(?:年(?![均报鉴版代])|(?=年均))"
    r"(?P<part>年?[底末]|内|\s?(?P<month>1[0-2]|0?[1-9])\s?月\s?(?P<day>[底末]|\d{1,2}\s?日)?|[上下]半年|第?[一二三四1-4]季度)?"
    r"(?P<before>年?(?:以|之)?前)?"
)
# “十四五”期间, 规划期末
PERIOD = re.compile(
    rf"{FIVE_YEAR}(?P<when>期间|时期|规划期|期?末|以来|(?=新增|累计|新?建成?|完成|培[育训]|引进|实现|计划|[、和及][“\"]?十[一二三四五六七八九]五))|(?P<plan>(?:本?规划)期(?:内|末|间))"
)
# what makes a year the point of comparison or the start
REFERS_BEFORE = ("比", "较", "与", "同", "以", "自", "从", "由", "对比")
REFERS_AFTER = re.compile(
    r"(?:建成|投用|投产|竣工|设立|成立|制定|发布|实施|完成|取得)的|起|以来|开始|启动|开工|动工|修订|颁布|印发|出台的|(?:底|末)?前?建成[\u4e00-\u9fff]{0,4}的|度|的?基础上|为基[期准数]|基[期准数]|相比|水平|同期|实现值|国务院|"
    r"\s?[-—–~－]\s?20\d\d"
)
# （2021—2023年）: the period in the title of a plan of action
IN_BRACKETS = re.compile(r"[（(][^（）()]{0,6}\Z")

# 《…规划（2021—2025年）》
TITLE = re.compile(r"《[^《》]{0,100}》")

Kind = Literal["date", "period", "past"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """`printed` is "2025", or "2023-12" where the text says year-end. `past`: a year before the plan's period, so
    that what stands behind it has been reached already. `start:end` is the expression with its preposition."""

    printed: str
    kind: Kind
    start: int
    end: int
    firm: bool

    @property
    def year(self) -> int:
        return int(self.printed[:4])


def deadlines(text: str, period: tuple[int, int] | None, issued: int | None = None) -> Iterator[Deadline]:
    """'到2025年，…；2023年底前，…' -> 2025, 2023-12, each with its place in `text`.

    “十四五”期间 is the end of that period. A year of comparison (比2020年) and a start (2022年起) are left out.
    `firm` says that a preposition or 底, 前 makes it a limit (到2023年, 2023年底), not only a year.
    """
    flat = TITLE.sub(lambda title: "\0" * len(title[0]), narrow(text))
    found = [*_dates(flat, period, issued), *_periods(flat, period)]
    yield from sorted(found, key=lambda deadline: deadline.start)


def _dates(flat: str, period: tuple[int, int] | None, issued: int | None) -> Iterator[Deadline]:
    first = period[0] if period else issued
    for found in DATE.finditer(flat):
        lead, year = found["lead"] or "", _year(found["year"])
        if REFERS_AFTER.match(flat, found.end()) or IN_BRACKETS.search(flat[: found.start()][-8:]):
            continue
        past = first is not None and year < first
        if past and lead in ("由", "从") and first is not None and year == first - 1:
            continue  # 由2020年的35%提高到60%: the year from which the plan reckons
        if flat.startswith("年均", found.end()) and not found["from"]:
            continue
        if lead.startswith(REFERS_BEFORE) and not (past and lead in ("由", "从")):
            continue
        firm = bool(
            (lead and lead not in ("在", "于")) or found["before"] or (found["part"] or "")[-1:] in ("底", "末")
        )
        yield Deadline(_printed(found, year), "past" if past else "date", found.start(), found.end(), firm)


def _periods(flat: str, period: tuple[int, int] | None) -> Iterator[Deadline]:
    for found in PERIOD.finditer(flat):
        years = five_year_period(found["five_year"]) if found["five_year"] else period
        if years is None or flat[: found.start()].endswith(("比", "较", "较之", "相比于")):
            continue  # 较“十三五”末
        past = found["when"] == "以来" or (period is not None and years[1] < period[0])
        yield Deadline(str(years[1]), "past" if past else "period", found.start(), found.end(), False)


def _year(printed: str) -> int:
    """'二〇二五' -> 2025"""
    return int(printed) if printed.isascii() else chinese_number(printed.replace("Ｏ", "〇")) or 0


def _printed(found: re.Match[str], year: int) -> str:
    """2023年底 -> 2023-12, 2024年6月底前 -> 2024-06, 2025年 -> 2025"""
    if found["month"]:
        return f"{year}-{int(found['month']):02d}"
    return f"{year}-12" if (found["part"] or "")[-1:] in ("底", "末") else str(year)
