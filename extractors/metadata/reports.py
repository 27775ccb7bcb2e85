"""Reports of a government on its work (政府工作报告): the past year is looked back on, and the work of the new year is
set, as in a plan of one year.
"""

from extractors import expressions as re
from extractors.metadata.front import GIVEN_LINE
from extractors.metadata.notices import Title
from extractors.reading import Reading, Section
from extractors.vocabulary.dates import PRINTED_YEAR, SINGLE_YEAR, integer
from extractors.vocabulary.notices import WORK_REPORT
from extractors.vocabulary.words import Words
from ontology.model.errors import Refused

MAX_LINES_TO_DELEGATES = 8  # between the title and 各位代表
MAX_LINES_TO_MEETING = 3
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
        heard = any(GIVEN_LINE.fullmatch(one.text) for one in below[:MAX_LINES_TO_MEETING])
        spoken = any(one.text.startswith("各位代表") for one in below)
        if heard or spoken or (i == 0 and SINGLE_YEAR.search(line.text)):
            return Title(line, first=i, stop=i + 1, whole=line)
    return None


def report_year(state: Reading) -> tuple[tuple[int, int], Words] | None:
    """The year for which a report sets the work, as a period, and the words that name it: the year of the chapters that
    set work (二、2024年重点工作), where they name one only; None where they name none or several."""
    found = []
    for section in _chapters(state):
        if section.heading and not LOOKS_BACK.search(section.heading.title):
            title_at = state.document.text.rfind(section.heading.title, 0, section.start)
            if (named := AHEAD.search(section.heading.title)) and title_at >= 0:
                start, end = named.span("year")
                found.append(
                    (integer(named["year"]), Words(named["year"], tuple(range(title_at + start, title_at + end))))
                )
    years = {year for year, _ in found}
    year, words = found[0] if found else (None, None)
    return ((year, year), words) if len(years) == 1 and year and words else None


def refuse_unless_told_apart(state: Reading) -> None:
    """Raises Refused for a report whose headings do not tell the past year from the work ahead, because what was done
    would be read as tasks: no chapter of background comes before one of tasks, or a chapter of tasks looks back
    (LOOKS_BACK) or names a year before the last that a chapter names."""
    chapters = _chapters(state)
    roles = [section.role for section in chapters]
    titles = [section.heading.title for section in chapters if section.heading and section.role == "tasks"]
    years = [_last_year(section.heading.title) for section in chapters if section.heading]
    last = max((year for year in years if year), default=0)
    past = any(LOOKS_BACK.search(title) or 0 < (_last_year(title) or last) < last for title in titles)
    if past or "tasks" not in roles or "background" not in roles[: roles.index("tasks")]:
        raise Refused(
            f"{state.document.source.name}: a government's work report whose headings do not tell the past year from "
            "the work ahead; it is not read"
        )


def _chapters(state: Reading) -> list[Section]:
    """The sections whose headings are below no other, in order."""
    return [section for section in state.sections if section.heading and section.heading.parent is None]


def _last_year(title: str) -> int | None:
    """The last year that a title names; None where it names none."""
    years = [year for found in YEAR_OF_CHAPTER.finditer(title) if (year := integer(found["year"]))]
    return max(years, default=None)
