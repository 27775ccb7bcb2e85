"""Reports of a government on its work (政府工作报告): the past year is looked back on, and the work of the new year is
set, as in a plan of one year.
"""

from extractors import expressions as re
from extractors.metadata.front import heard_by
from extractors.metadata.notices import Title
from extractors.reading import Reading, Section
from extractors.vocabulary.dates import PRINTED_YEAR, SINGLE_YEAR, integer
from extractors.vocabulary.notices import WORK_REPORT
from extractors.vocabulary.words import Words
from ontology.model.errors import Refused

MAX_LINES_TO_DELEGATES = 8  # between the title and 各位代表
# 过去五年, 一年来, 2023年工作回顾, 2023年工作情况: what is looked back on
LOOKS_BACK = re.compile(r"过去|回顾|以来|[年五]来|总结|成[就效绩]|情况")
# 2024年|重点工作, 2024年政府工作任务, 2024年目标任务
AHEAD = re.compile(rf"(?P<year>{PRINTED_YEAR})年[^，。]{{0,12}}(?:工作|任务|目标|安排)")
# 2023年工作, 2023年政府工作: a year and no word that tells whether it is past
YEAR_OF_CHAPTER = re.compile(rf"(?P<year>{PRINTED_YEAR})年")


def work_report_title(head: list[Words]) -> Title | None:
    """The title of a report of a government on its work, on the first of the lines `head` that is one (WORK_REPORT:
    政府工作报告, 泽宁市2024年政府工作报告) and stands above the line on the meeting that heard it, or above 各位代表;
    also on the very first line, if it names a year. None where there is none."""
    for i, line in enumerate(head):
        if not WORK_REPORT.fullmatch(line.text):
            continue
        below = head[i + 1 : i + 1 + MAX_LINES_TO_DELEGATES]
        spoken = any(one.text.startswith("各位代表") for one in below)
        if heard_by(head, i + 1) or spoken or (i == 0 and SINGLE_YEAR.search(line.text)):
            return Title(line, first=i, stop=i + 1, whole=line)
    return None


def report_year(state: Reading) -> tuple[tuple[int, int], Words] | None:
    """The year for which a report sets the work, as a period, and the words that name it: the year of the chapters that
    set work (二、2024年重点工作), where they name one only; None where they name none or several."""
    found: dict[int | None, Words] = {}
    for title, section in _chapters(state):
        at = state.document.text.rfind(title, 0, section.start)
        if at >= 0 and not LOOKS_BACK.search(title) and (named := AHEAD.search(title)):
            offsets = range(at + named.start("year"), at + named.end("year"))
            found.setdefault(integer(named["year"]), Words(named["year"], tuple(offsets)))
    year, words = next(iter(found.items()), (None, None))
    return ((year, year), words) if len(found) == 1 and year and words else None


def refuse_unless_told_apart(state: Reading) -> None:
    """Raises Refused for a report whose headings do not tell the past year from the work ahead, because what was done
    would be read as tasks: no chapter of background comes before one of tasks, or a chapter of tasks looks back
    (LOOKS_BACK) or names a year before the last that a chapter names."""
    chapters = _chapters(state)
    roles = [section.role for _, section in chapters]
    last = max((_last_year(title) for title, _ in chapters), default=0)
    ahead = [title for title, section in chapters if section.role == "tasks"]
    past = any(LOOKS_BACK.search(title) or 0 < _last_year(title) < last for title in ahead)
    if past or "tasks" not in roles or "background" not in roles[: roles.index("tasks")]:
        raise Refused(
            f"{state.document.source.name}: a government's work report whose headings do not tell the past year from "
            "the work ahead; it is not read"
        )


def _chapters(state: Reading) -> list[tuple[str, Section]]:
    """The sections whose headings are below no other, in order, each with the title of its heading."""
    headed = [(section.heading, section) for section in state.sections if section.heading]
    return [(heading.title, section) for heading, section in headed if heading.parent is None]


def _last_year(title: str) -> int:
    """The last year that a title names; 0 where it names none."""
    return max((integer(found["year"]) or 0 for found in YEAR_OF_CHAPTER.finditer(title)), default=0)
