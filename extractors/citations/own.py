"""Which of the documents in 《》 is the plan itself."""

from functools import lru_cache

from extractors import expressions as re
from extractors.citations.attribution import ISSUER_REACH, issuer_beside
from extractors.citations.bracketed import Bracketed
from extractors.policies.identity import identified
from extractors.policies.title_region import of_title
from extractors.policies.titles import Carried, carried, name_of
from extractors.reading import Reading, Section
from extractors.reference.regions import NOWHERE
from extractors.vocabulary.notices import PLAN_TITLE_END, sent_out
from ontology.model.facts import Plan, Policy, squeeze

# (2021-2023), in which a name of ours may end
PERIOD_AT_END = re.compile(r"\((?P<from>\d{4})-(?P<to>\d{4})\)$")
# (征求意见稿), (公示稿): what a draft's own title bears, not the name by which it speaks of itself
DRAFT = re.compile(r"\([^()]{0,8}(?:稿|草案|公示版?|公众版)\)$")

# 《A》《B》, 《A》和《B》: the title of a notice that carries several works
SEVERAL_WORKS = re.compile(r"(?:《[^《》]+》(?:（[^（）]+）)?[、和及与]?){2,}")

# 《…》全文如下: with what a newspaper or an office leads over to the text
LED_OVER = re.compile(r"《((?:[^《》]|《[^《》]*》){1,200})》(?:全文|主要内容|内容)如下")
LED_OVER_WITHIN = 2000  # characters from the top


def is_own(bracket: Bracketed, state: Reading, plan: Plan) -> bool:
    """Whether the bracket names the plan itself: 《云岭省水网规划》 in 云岭省水网规划 -> True. In a notice's title
    (`carried`) the name is that of its work. The first that applies:

    - a name that ends with another period of years than the plan's (`_earlier`): False;
    - the text says that the document of this title follows (`_text_follows`): True;
    - the name is the plan's, but for period and status (`without_period`): as `_is_namesake` says;
    - the title is one of several works in the plan's title (`_among_works`), or is sent out by the notice in which the
      bracket stands (`_is_sent_out`): True;
    - in a notice, a preface or outside of all sections, the title is a noisy copy of the plan's (`is_noisy_copy`):
      True; else False.
    """
    notice = carried(bracket.title)
    title = squeeze(notice.work if notice else bracket.title)
    if _earlier(name_of(title), plan):
        return False
    if _text_follows(bracket.title, state):
        return True
    if without_period(name_of(title)) == without_period(name_of(plan.title)):
        return _is_namesake(bracket, notice, state, plan)
    if _among_works(title, plan.title):
        return True
    section = state.section_at(bracket.start)
    if section is not None and section.role not in ("notice", "preface"):
        return False
    return _is_sent_out(bracket.title, section, state) or is_noisy_copy(title, plan.title)


def _is_namesake(bracket: Bracketed, notice: Carried | None, state: Reading, plan: Plan) -> bool:
    """Whether the bracket, whose name is that of the plan, names the plan and not the work of another region with the
    same name: by the policy of the notice's title (`notice`, as `carried` reads it) where that names who sent it, else
    by the words before the bracket (`_of_others`)."""
    if notice is None or notice.issuer is None:
        return not _of_others(bracket, state)
    return is_plan(identified(bracket.title, home=state.home), plan)


def _among_works(title: str, own: str) -> bool:
    """Whether the plan's title (`own`) consists of several works in 《》, of which `title`, without white space, is
    one: 'A规划' in '《A规划》和《B方案》' -> True."""
    return SEVERAL_WORKS.fullmatch(squeeze(own)) is not None and f"《{title}》" in squeeze(own)


def _is_sent_out(title: str, section: Section | None, state: Reading) -> bool:
    """Whether the title ends as a plan's does and the text of the section, a notice or preface, sends it out
    (`sent_out`: 现将《…》印发给你们). False for a section with a heading, and for None."""
    if section is None or section.heading is not None or not PLAN_TITLE_END.search(title):
        return False
    text = state.document.text
    works = (squeeze(text[first:stop]) for first, stop in sent_out(text, section.start, section.end))
    return any(f"《{squeeze(title)}》" in work for work in works)


def _text_follows(title: str, state: Reading) -> bool:
    """Whether the title, white space aside, stands in 《》 right before 全文如下, 主要内容如下 or 内容如下 in the first
    2000 characters of the text (`_led_over_to`)."""
    return squeeze(title) in _led_over_to(state.document.text[:LED_OVER_WITHIN])


@lru_cache(maxsize=1)  # one plan's titles are asked one after the other
def _led_over_to(head: str) -> frozenset[str]:
    """The titles, without white space, that stand in 《》 right before 全文如下, 主要内容如下 or 内容如下 in the text
    `head`: '《云岭省水网规划》全文如下' -> {'云岭省水网规划'}."""
    return frozenset(LED_OVER.findall(squeeze(head)))


def _of_others(bracket: Bracketed, state: Reading) -> bool:
    """Whether the words before the bracket say that another region than the plan's, or a body of it, made a document of
    the same name: 国家林业局《林业发展“十三五”规划》 in a province's 林业发展“十三五”规划. False where the title itself
    names a region, the plan has none, or the words name neither."""
    if state.home == NOWHERE or of_title(bracket.title, state.home)[0] is not None:
        return False
    left = squeeze(state.document.text[max(0, bracket.start - ISSUER_REACH) : bracket.start])
    found = issuer_beside(left, state.home)
    return found is not None and found.body.region != state.home


def is_noisy_copy(title: str, own: str) -> bool:
    """Whether the title (as printed) is that of the plan with other characters between its own, as a page header leaves
    them: '云岭市能源云岭市文件发展规划' for the plan 云岭市能源发展规划. Both must begin, as printed, with the same
    four characters, all characters of the plan's name (`name_of`) must stand in the title's in their order, and the
    title may have at most twice the characters of the plan's (`own`) and 20 more. True also for the plan's title
    itself."""
    letters = iter(name_of(title))
    return len(title) <= 2 * len(own) + 20 and title[:4] == own[:4] and all(c in letters for c in name_of(own))


def is_plan(policy: Policy, plan: Plan) -> bool:
    """Whether the policy is the plan itself: their scopes and names agree, apart from a status and a period at the end
    of a name (`without_period`); the period must be the plan's own where both are known (`_earlier`)."""
    mine = plan.policy
    same = policy.scope == mine.scope and without_period(policy.name) == without_period(mine.name)
    return same and not _earlier(policy.name, plan)


def _earlier(name: str, plan: Plan) -> bool:
    """Whether the name ends with another period than the plan's: '土地利用规划(1997-2010)' beside the plan for
    2006–2020 -> True, for it is the plan before. False where either has no period."""
    found = PERIOD_AT_END.search(name)
    return bool(found and plan.period and plan.period != (int(found["from"]), int(found["to"])))


def without_period(name: str) -> str:
    """The name (as `name_of` writes it) without the status with which it ends, and without the period (2021-2023) with
    which it, or what is left, ends: '三年行动计划(2021-2023)(征求意见稿)' -> '三年行动计划'. A status is a bracket that
    ends with 稿, 草案, 公示, 公示版 or 公众版 after at most 8 characters; (试行) and (修订版) stay, with a period
    before them."""
    return PERIOD_AT_END.sub("", DRAFT.sub("", name))
