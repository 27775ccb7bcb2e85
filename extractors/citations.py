"""The documents that a plan names in 《》: which, where, by whom, and what the plan has to do with each."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from extractors.attribution import Attribution, beside, subject
from extractors.bracketed import Bracketed, bracketed
from extractors.issuers import Body, chain_of
from extractors.not_documents import is_document
from extractors.policies import UNKNOWN, identified, place
from extractors.reading import Reading, reading
from extractors.regions import CHINA
from extractors.relation import OTHER, SELF, Place, Verdict, governing, relation_of
from extractors.surroundings import Around, Surroundings
from extractors.titles import carried, common, name_of, split_issuer
from kg.model.facts import Citation, Plan, Policy, squeeze

# The shortest name of common words alone that is believed to be one (政府工作报告, not 规划).
SHORTEST_COMMON = 6
# 教育部等八部门
AND_OTHERS = re.compile(r"等[^等，、]{0,8}$")
# How far before the bracket its evidence may begin, so that the words that decided the relation are in it.
CUE_REACH = 60


@dataclass(frozen=True, slots=True)
class Named:
    """A document where it is cited: `title` and `number` are the full ones where the bracket holds a short name."""

    at: Bracketed
    title: str
    number: str | None


def citations(doc: Doc) -> Doc:
    """Appends a Citation for each document and relation, and puts them on `doc.spans["citations"]`."""
    state = reading(doc)
    if state.plan is None:
        return doc
    brackets = outside_contents(state)
    own = [b for b in brackets if is_own(b, state)]
    surroundings = Surroundings(state, brackets, own)
    seen: set[tuple[str, str, str]] = set()
    spans: list[Span] = []
    before: tuple[Named, Attribution] | None = None
    for item in named(brackets, own):
        around = surroundings.around(item.at)
        if not is_document(item.title, around.left, around.right, item.number is not None):
            continue
        attribution = attributed(item, around, before, state)
        before = (item, attribution) if attribution else None
        fact, start, end = cited(item, around, attribution, surroundings, len(seen))
        if is_plan(fact.policy, state.plan):
            continue
        key = (fact.policy.scope, fact.policy.name, fact.relation)
        if key not in seen:
            seen.add(key)
            state.facts.append(fact)
            spans.append(Span(doc, start, end, label=fact.relation))
    doc.spans["citations"] = spans
    return doc


def outside_contents(state: Reading) -> list[Bracketed]:
    """The brackets of the text that do not stand in a table of contents."""
    contents = [block for block in state.document.blocks if block.kind == "contents"]
    starts = [block.start for block in contents]
    found = []
    for bracket in bracketed(state.document.text):
        i = bisect_right(starts, bracket.start) - 1
        if i < 0 or bracket.start >= contents[i].end:
            found.append(bracket)
    return found


def is_own(bracket: Bracketed, state: Reading) -> bool:
    """Whether the bracket names the plan itself, or the notice that carries it."""
    plan = state.plan
    if plan is None:
        return False
    notice = carried(bracket.title)
    title = squeeze(notice.work if notice else bracket.title)
    if without_period(name_of(title)) == without_period(name_of(plan.title)):
        return not notice or notice.issuer is None or is_plan(identified(bracket.title, home=plan.region), plan)
    section = state.section_at(bracket.start)
    if section is None or section.role in ("notice", "preface"):
        return noisy(title, plan.title)
    return False


def noisy(title: str, own: str) -> bool:
    """Whether the title is the plan's with the words of a page's header in it: 云岭市能源云岭市文件发展规划."""
    letters = iter(name_of(title))
    return len(title) <= 2 * len(own) + 20 and title[:4] == own[:4] and all(c in letters for c in name_of(own))


def is_plan(policy: Policy, plan: Plan | None) -> bool:
    """Whether the policy is the plan's own; a period in brackets may be left out."""
    if plan is None:
        return False
    mine = plan.policy
    return policy.scope == mine.scope and without_period(policy.name) == without_period(mine.name)


def without_period(name: str) -> str:
    return re.sub(r"\(\d{4}-\d{4}\)$", "", name)


def named(brackets: list[Bracketed], own: list[Bracketed]) -> list[Named]:
    """The brackets that cite another document; 《条例》 is the one that was given this short name."""
    aliases: dict[str, Named | None] = {}
    mine = {b.start for b in own}
    found: list[Named] = []
    for bracket in brackets:
        if bracket.start in mine:
            if bracket.alias:
                aliases[name_of(bracket.alias)] = None
            continue
        name = name_of(bracket.title)
        if name in aliases:
            if full := aliases[name]:
                found.append(Named(bracket, full.title, full.number))
            continue
        if common(name) and len(name) < SHORTEST_COMMON:
            continue
        item = Named(bracket, bracket.title, bracket.number)
        if bracket.alias:
            aliases[name_of(bracket.alias)] = item
        found.append(item)
    return found


def attributed(
    item: Named, around: Around, before: tuple[Named, Attribution] | None, state: Reading
) -> Attribution | None:
    """Who issued the document: the title's own words, else those beside it, else the subject of 制定, 印发."""
    home = state.plan.region if state.plan else CHINA
    notice = carried(item.title)
    printed = notice.issuer if notice else split_issuer(item.title)[0]
    body = place(printed, home)
    if printed and body and body.name:
        return Attribution(body, AND_OTHERS.sub("", printed))
    if found := beside(around.left, home):
        return with_partners(found, around.left, state)
    if before and before[1].verbal and re.search(rf"{OTHER}[、和及与]?(?:以及)?$", around.left):
        return before[1]
    verb = governing(around.left)
    if verb is not None and verb.lastgroup == "issue":
        return subject(around.left[: verb.start()], home)
    return None


def with_partners(found: Attribution, left: str, state: Reading) -> Attribution:
    """联合市财政局印发◇ in a bureau's plan: the bureau and its partner."""
    issuers = state.plan.issuers if state.plan else ()
    if not found.printed or len(issuers) != 1 or f"联合{found.printed}" not in left:
        return found
    author = place(issuers[0], state.plan.region if state.plan else CHINA)
    if author is None or author.region != found.body.region or "政府" in issuers[0]:
        return found
    return Attribution(author, f"{issuers[0]}、{found.printed}", found.verbal)


def cited(
    item: Named, around: Around, attribution: Attribution | None, surroundings: Surroundings, position: int
) -> tuple[Citation, int, int]:
    """The citation, and its evidence's place in the mended text."""
    state = surroundings.state
    home = state.plan.region if state.plan else CHINA
    within = state.plan.title if state.plan else state.document.source.name
    body = attribution.body if attribution else None
    policy = identified(item.title, body=body, doc_number=item.number, home=home, within=within)
    region = body.region if body else policy.region
    ours = None if region is None else home in (region, *chain_of(region)) or home == CHINA == region
    verdict, cue, start = judged(item, around, ours, surroundings)
    if verdict.relation == "issued" and UNKNOWN in policy.scope:
        policy = identified(item.title, body=Body(home, None), doc_number=item.number, home=home, within=within)
        region = policy.region
    notice = carried(item.title)
    evidence = state.document.evidence(start, item.at.tail)
    fact = Citation(
        evidence,
        position,
        verdict.relation,
        item.title,
        notice.work if notice else None,
        policy,
        item.number,
        attribution.printed if attribution else None,
        region.level if region else policy.level,
        cue,
    )
    return fact, start, item.at.tail


def judged(
    item: Named, around: Around, ours: bool | None, surroundings: Surroundings
) -> tuple[Verdict, str | None, int]:
    """The verdict, the words that decided it, and where the evidence begins."""
    at = item.at
    if heading := surroundings.grounds(at):
        return Verdict("basis"), heading, at.start
    zone = surroundings.zone(at)
    past = surroundings.past(around.left)
    verdict = relation_of(Place(around.left, around.right, zone, ours, past))
    if verdict.relation == "mentions" and governing(around.left) is None and (line := surroundings.lead_in(at)):
        return Verdict("basis"), squeeze(surroundings.text[slice(*line)]), at.start
    if verdict.start == verdict.end:
        return verdict, None, at.start
    words = around.right if verdict.behind else around.left
    cue = words[verdict.start : verdict.end].replace(OTHER, "…")
    start = at.start
    if not verdict.behind:
        first = around.offsets[verdict.start]
        if at.start - first <= CUE_REACH and not re.search(f"[{OTHER}{SELF}]", words[verdict.start :]):
            start = first
    return verdict, cue, start
