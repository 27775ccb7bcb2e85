"""Dates by which a measure is to be complete, printed after it in a bracket or after a label.

The parameters `years` are those of the plan, by which a date is understood: 6月底 in a plan of 2023 is June 2023.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from extractors import expressions as re
from extractors.targets.commitments import Years
from extractors.targets.deadlines import Deadline
from extractors.vocabulary.dates import BARE_MONTH, CALENDAR_YEAR, DAY_NUMBER, integer
from extractors.vocabulary.quantities import half_width

# （6月底完成，牵头单位：市大数据局）, （责任单位：市教育局；完成时限：2023年底）, 完成时限：2024年6月底前
DUE_BRACKET = re.compile(r"[（(](?P<inner>[^（）()\n]{2,200})[）)]")
DUE_LABEL = r"(?:(?:完成|办结|办理|落实|整改)?(?:时限|期限|时间节点|时间要求)|完成时间)"
LABEL = r"[\u4e00-\u9fff]{2,8}\s?[：:]"
# 责任单位：县民政局|完成时限：2024年6月底: a blank between two labels may be lost
LABELLED_DATE = re.compile(
    rf"(?:^|(?<=[。；;，,、\s　（(【\[〔局委厅办府部院会镇乡道县区市]))(?<!全部|内部|地区){DUE_LABEL}[：:]\s?"
    rf"(?P<inner>[^。；;\n）)】\]〕]{{2,30}}?)(?=[。；;\n）)】\]〕]|[，,、\s　]{{1,8}}{LABEL}|\s*$)"
)
# 2024.6, 2024-06-30, 2024/6: dates as cells of tables print them
DOTTED = re.compile(rf"\A(?P<year>{CALENDAR_YEAR})[./．-](?P<month>{BARE_MONTH})(?:[./．-]{DAY_NUMBER})?月?(?!\d)")
# 2024, 2023—2024: years that stand alone in a cell
YEARS_ALONE = re.compile(rf"\s*(?:{CALENDAR_YEAR}\s?[-—–~～至]{{1,2}}\s?)?{CALENDAR_YEAR}")
# 完成时限：2024年12月 alone on its line, among lines such as 牵头单位：市教育局
LABEL_LINE = re.compile(rf"\s*{DUE_LABEL}\s?[：:]\s?(?P<inner>[^。；;\n]{{2,30}})[。；;]?\s*")
# 责任单位：县教育局。完成时限：2024年6月底前。, （责任单位：县教育局）（2024年6月底前完成）: lines below a measure
OTHER_LINE = re.compile(rf"\s*{LABEL}[^。\n]{{2,300}}(?:。\s{{0,4}}{LABEL}[^。\n]{{2,300}}){{0,3}}。?")
BRACKETS_LINE = re.compile(
    r"\s*(?:[（(【\[〔](?:[^（）()【】\[\]〔〕\n]|[（(][^（）()\n]{0,40}[）)]){2,200}[）)】\]〕]\s{0,4}){1,3}。?\s*"
)
# （市教育局、市科技局负责，2024年底前完成）
HOLDERS = re.compile(r"负责|牵头|配合|落实|单位[：:]|部门[：:]")
BRACKET_PIECE = re.compile(r"[^，,；;。\s　]+")
# （总投资1.2亿元，2024年底前建成）: how large the work is, before its date
SIZE_PIECE = re.compile(r"(?:总|计划|估算|概算)投资[^，,；;。]{2,20}")
DUE_LABEL_START = re.compile(rf"(?:{DUE_LABEL}|时间)[：:为]\s?")
# 6月底 | 前完成: nothing but the date and that it is done by then; not 取得阶段性成效, 持续推进, 启动
COMPLETE = re.compile(
    r"(?:全部|基本|全面|如期|予以)*"
    r"(?:完成|建成|办结|落实|实现|出台|上线|到位|投用|启用|印发|投入使用)?(?:到位|任务|目标)?"
)
INTENT = re.compile(r"(?:力争|确保|争取|计划|拟|应|须|需|要)*于?")


@dataclass(frozen=True, slots=True)
class Due:
    """A date by which a measure is to be complete: `printed` is "2025" or "2023-06" ("2023-12" for year-end),
    `start:end` the place of the bracket, of the label with the date, or of the whole line below the measure."""

    start: int
    end: int
    printed: str


def due_dates(text: str, years: Years) -> Iterator[Due]:
    """The dates in the text that say by when a measure is complete: '建成专区。（6月底完成，牵头单位：市大数据局）' in
    a plan of 2023 -> 2023-06, with the span of the bracket in `text`. First those in brackets; then those after a label
    (完成时限：2023年底) outside of the brackets that gave one. What belongs to a label ends at 。, a semicolon, a
    closing bracket, another label or the end of the line.

    A bracket, （） or (), is divided at commas, 。, semicolons and blanks. It counts where exactly one date (`_date`)
    is in the parts that are looked at: those that begin with a label of time; where none does, the last part, if the
    first says who does it (市教育局牵头，6月底完成; 责任单位：…; HOLDERS), else the first. Parts that are a sum
    invested (总投资1.2亿元) are passed over."""
    brackets: list[Due] = []
    for found in DUE_BRACKET.finditer(text):
        labelled = [piece for piece in BRACKET_PIECE.findall(found["inner"]) if DUE_LABEL_START.match(piece)]
        printed = [piece for piece in BRACKET_PIECE.findall(found["inner"]) if not SIZE_PIECE.fullmatch(piece)]
        pieces = labelled or (printed[-1:] if len(printed) > 1 and HOLDERS.search(printed[0]) else printed[:1])
        dates = [
            date for piece in pieces if (date := _date(DUE_LABEL_START.sub("", piece), years, labelled=bool(labelled)))
        ]
        if len(dates) == 1:
            brackets.append(Due(found.start(), found.end(), dates[0].printed))
    yield from brackets
    for found in LABELLED_DATE.finditer(text) if "限" in text or "时间" in text else ():
        date = _date(found["inner"].strip(), years, labelled=True)
        if date and not any(one.start < found.start() < one.end for one in brackets):
            yield Due(found.start(), found.end(), date.printed)


def due_of_line(text: str, years: Years) -> Due | None:
    """The date of a line that is a label of time and a date as `_date` reads it, with a 。 or semicolon after it or
    not: '完成时限：2024年12月' -> 2024-12, with the span of the line; None for '完成时限：持续推进' and any other
    line."""
    found = LABEL_LINE.fullmatch(text)
    date = _date(found["inner"].strip(), years, labelled=True) if found else None
    return Due(found.start(), found.end(), date.printed) if found and date else None


def due_below(text: str, years: Years) -> Due | None:
    """The date of a line of labels or brackets below a measure (`is_label_line`), with the span of the line:
    '责任单位：县教育局　　完成时限：2024年6月底' and '（责任单位：县教育局）（2024年6月底前完成）' -> 2024-06. None
    where it has no date by `due_dates`, or several that differ."""
    dates = {due.printed for due in due_dates(text, years)}
    if (whole := due_of_line(text, years)) is not None:
        dates.add(whole.printed)
    return Due(0, len(text), dates.pop()) if len(dates) == 1 else None


def is_label_line(text: str) -> bool:
    """Whether the line only says more of the measure above it. It is up to four labels of two to eight Chinese
    characters, each with a colon after it, at most one blank between, and 2 to 300 characters that it introduces,
    without a 。 but at their end: '牵头单位：市教育局', '完成时限：2024年12月。'. Or it is one to three brackets, of up
    to 200 characters each: '（责任单位：县教育局）'."""
    return OTHER_LINE.fullmatch(text) is not None or BRACKETS_LINE.fullmatch(text) is not None


def due_of_cell(text: str, years: Years) -> Deadline | None:
    """The date in a cell of a column of deadlines (完成时限), as `_date` reads what follows a label; years may also
    stand alone: '2024年6月底前', '2024.6' and '2024-06-30' -> 2024-06; '2024', '2021—2024' -> 2024. None for 持续推进,
    an empty cell and several dates."""
    text = half_width(text)
    if YEARS_ALONE.fullmatch(text):
        text += "年"
    return _date(DOTTED.sub(lambda date: f"{date['year']}年{integer(date['month'])}月", text), years, labelled=True)


def _date(piece: str, years: Years, *, labelled: bool) -> Deadline | None:
    """The date in `piece`, a part of a bracket or what follows a label: '6月底完成' in a plan of 2023 -> 2023-06. It
    must be the only date, with nothing before it but words of intent (力争) and nothing after it but words of
    completion, and no five-year period or past year; else None. A range of years is its last (2021—2023年 -> 2023).
    `labelled` says that it follows a label such as 完成时限, so that the date alone is enough; elsewhere a word of
    completion or a limit (6月底前) must be there."""
    piece = piece[INTENT.match(piece).end() :]  # type: ignore[union-attr]
    dates = years.deadlines(piece)
    if len(dates) != 1 or dates[0].kind != "date" or dates[0].start:
        return None
    rest = piece[dates[0].end :]
    done = COMPLETE.fullmatch(rest)
    return dates[0] if done and (rest or labelled or dates[0].firm) else None
