"""The lines above and below a table: its title, the unit that is stated once for all its values, and its notes."""

from functools import cache

from extractors import expressions as re
from extractors.document import Document
from extractors.reference.units import unit_pattern
from extractors.tables.model import Caption
from extractors.vocabulary.numerals import NUMERAL
from ontology.model.facts import squeeze

LONGEST_TITLE = 60
ABOVE = 1200  # characters above the table in which its title is looked for
MOST_LINES = 12
# （续表）, +-----+: what may stand between a table and its title
BETWEEN = re.compile(r"[（(]?续表.{0,4}|[-+=─━\s|:]+")

# 表2：, 表3-1
CAPTION = re.compile(rf"附?[表图](?:{NUMERAL}|\d{{1,2}})(?:[-－—.]\d{{1,2}})?(?:[：:].*)?|[表图]")
# 注：2020年为快报数; （资料来源：…
NOTE = re.compile(r"[（(*＊]?(?:备?注|说明|附注|资料来源|数据来源)\d{0,2}[：:]|[①②]\D|备注\d")


@cache
def _unit_line() -> re.Pattern[str]:
    """The pattern of a line that gives the unit of a table and nothing else: 单位：万元, （单位：亿元，%）. Its group
    `units` is the text of the unit."""
    return re.compile(r"[（(\[【]?(?:计量|数量|金额)?单位[：:](?P<units>[^（）()]{1,16})[）)\]】]?")


@cache
def _unit_suffix() -> re.Pattern[str]:
    """The pattern of the unit in brackets at the end of a table's title: （单位：万元） of 表1 主要指标（单位：万元）.
    Its group `units` is the text of the unit."""
    return re.compile(r"[（(](?:计量|金额)?单位[：:](?P<units>[^（）()]{1,16})[）)]$")


def caption(document: Document, start: int) -> Caption:
    """The caption of the table that begins at the offset `start` of `Document.text`, from the lines of the file above
    it (at most MOST_LINES, in ABOVE characters): the nearest is the title where it has 3 to LONGEST_TITLE characters
    and is no sentence; a line 单位：万元 between title and table, or the brackets at the end of the title, give the
    unit. Empty lines, drawn lines and （续表） are passed over."""
    if start >= len(document.origin):
        return Caption()
    at = document.origin[start]
    lines = document.source.text[max(0, at - ABOVE) : at].split("\n")[:-1][-MOST_LINES:]
    found = Caption()
    for line in reversed([line.strip(" \t\r\u3000*#") for line in lines]):
        if not line or BETWEEN.fullmatch(line):
            continue
        if (read := with_line(found, line)).title is None and read is not found:
            found = read
            continue
        fits = 2 < len(line) <= LONGEST_TITLE and not line.endswith(("。", "；", "，"))
        return read if fits else found
    return found


def with_line(above: Caption, line: str) -> Caption:
    """The caption `above`, read so far, with one more line read: 单位：万元 gives the unit, any other line the title,
    and the unit too if the line ends with it in brackets. Where a line names several units (单位：万元、%), the unit is
    None.

    >>> with_line(Caption(), "表1 主要指标（单位：万元）")
    Caption(title='表1 主要指标（单位：万元）', unit='万元')
    """
    if found := _unit_line().fullmatch(squeeze(line)):
        return Caption(above.title, _single(found["units"]))
    found = _unit_suffix().search(squeeze(line))
    return Caption(line, _single(found["units"]) if found else above.unit)


def _single(units: str) -> str | None:
    """The text itself where it is exactly one unit, else None: '万元' -> '万元'; '万元、%' -> None."""
    return units if re.fullmatch(unit_pattern(), units) else None
