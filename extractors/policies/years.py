"""The year of a policy, with the rule that gave it: from the file that holds it, its number, its title."""

from dataclasses import dataclass

from extractors import expressions as re
from extractors.vocabulary.dates import CALENDAR_YEAR, title_period

# 国发〔2021〕35号, 云政办发[2022]6号
_YEAR_OF_NUMBER = re.compile(rf"[〔\[［【（(]\s*({CALENDAR_YEAR})\s*[〕\]］】）)]")
# 2022年工作要点, （2018年修正）; not 2021—2025年, 2025年前
_YEAR_OF_TITLE = re.compile(
    rf"(?<![\d—–~-])({CALENDAR_YEAR})年(?![前末底]|[—–~-]|[以之]?[前后])(?=.*(?:要点|修[正订]|计划|方案|通知|版|本))"
)
# （2021—2025年）
_PERIOD_OF_TITLE = re.compile(rf"(?<!\d)({CALENDAR_YEAR})\s*年?\s*(?:[—–~-]+|[至到])\s*{CALENDAR_YEAR}\s*年?")
# 中共云岭省委关于制定…第十四个五年规划的建议: it is made before the years of that plan, in which year it does not say
_PROPOSAL = re.compile(r"关于(?:制定|编制).*(?:规划|计划|纲要)(?:[^》]{0,16})的?建议")


@dataclass(frozen=True, slots=True)
class PolicyYear:
    """A year, and the rule that gave it: "date of issue", "document number", "year in the title", "first year of the
    period in the title" or "first year of the plan's period"."""

    year: int
    rule: str


def policy_year(
    title: str, doc_number: str | None = None, issued: str | None = None, period_start: int | None = None
) -> PolicyYear | None:
    """The year in which a policy was issued, or the nearest year that is known; None if nothing tells one. The first of
    these that does, of a proposal for making a plan (_PROPOSAL) only of the first two:

    - `issued`, an ISO date, where the store has the file of the policy;
    - the year in brackets in `doc_number`;
    - the first year of the first period of years in digits in the title (2021—2025年);
    - the first single year in digits in the title (2022年, but not 2025年前, 2025年底 and the like) with 要点, 修正,
      修订, 计划, 方案, 通知, 版 or 本 anywhere after it;
    - the period in the title that `title_period` finds (“十四五”);
    - `period_start`, the first year of the plan, where the store has the file of the policy.

    ('…规划', '国发〔2021〕35号') -> 2021 'document number'; ('“十四五”…规划',) -> 2021 'first year of the period in the
    title'
    """
    if issued:
        return PolicyYear(int(issued[:4]), "date of issue")
    if doc_number and (found := _YEAR_OF_NUMBER.search(doc_number)):
        return PolicyYear(int(found[1]), "document number")
    if _PROPOSAL.search(title):
        return None
    if found := _PERIOD_OF_TITLE.search(title):
        return PolicyYear(int(found[1]), "first year of the period in the title")
    if found := _YEAR_OF_TITLE.search(title):
        return PolicyYear(int(found[1]), "year in the title")
    if period := title_period(title):
        return PolicyYear(period[0][0], "first year of the period in the title")
    if period_start:
        return PolicyYear(period_start, "first year of the plan's period")
    return None
