"""The documents that a plan names in 《》: which, where, by whom, and what the plan has to do with each."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors import expressions as re
from extractors.citations.attribution import (
    STANDARD_NUMBER,
    Attribution,
    issuer_as_subject,
    issuer_beside,
    issuer_of_standard,
)
from extractors.citations.bracketed import Bracketed, bracketed
from extractors.citations.not_documents import is_document
from extractors.citations.own import is_own, is_plan
from extractors.citations.relation import (
    OTHER_DOCUMENT,
    PLAN_ITSELF,
    CitationContext,
    RelationVerdict,
    governing_verb,
    relation_of,
)
from extractors.citations.surroundings import Around, Surroundings
from extractors.plain import span
from extractors.policies.identity import identified, stated_body
from extractors.policies.title_region import nationally_known
from extractors.policies.titles import carried, is_common, name_of, split_issuer
from extractors.reading import Reading, Section, reading
from extractors.reference.issuers import Body, chain_of
from extractors.reference.regions import NOWHERE
from extractors.vocabulary.stops import SENTENCE_ENDS
from ontology.model.facts import OPEN_SCOPE, Citation, Plan, Policy, Region, squeeze

if TYPE_CHECKING:
    from spacy.tokens import Doc

# The shortest name of common words alone that is believed to be one (政府工作报告, not 规划).
SHORTEST_COMMON = 6
# 教育部等八部门: what a title says of further issuers
AND_OTHERS = re.compile(r"等[^等，、]{0,8}$")
# 《A》和 | 《B》, 《A》、 | 《B》
NEXT_OF_LIST = re.compile(rf"{OTHER_DOCUMENT}[、和及与]?(?:以及)?$")
ADJACENT = re.compile(rf"{OTHER_DOCUMENT}、?$")
# 各地编制《…》, 指导各县区制定《…》, 本部门的《…》: documents of many, none of which is the region's own
OF_MANY = re.compile(
    r"(?:^|[，。；：]|指导|督促|支持|鼓励|推动|组织|引导|要求|由)各(?:地|省|市|州|县|区|乡|镇|级|设区|部门|有关|单位)"
    r"|本地区|本部门|本单位|当地|所在地"
)
# 。 ！ ？ ； or the end of a block
CITING_SENTENCE_END = re.compile(rf"[{SENTENCE_ENDS}\n]")
# A longer one is no help to a reader.
MAX_SENTENCE_LENGTH = 300
# How far before the bracket its evidence may begin, so that the words that decided the relation are in it.
CUE_REACH = 60


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A cited document and the bracket (`at`) in which it is cited. `title` and `number` (its 文号, None for none) are
    those of the bracket, but where it has a short name only (《条例》) those of the full name given earlier."""

    at: Bracketed
    title: str
    number: str | None


def citations(doc: "Doc") -> "Doc":
    """Appends a Citation for each relation of the plan to a document that it names in 《》, and puts their places on
    `doc.spans["citations"]`. A document that is named several times in one relation gets one, for the first of them
    that says most of it (its 文号 and its issuer); a bare mention in the opening (`_only_named`) is left out where the
    plan also has another relation to the document. Does nothing where no plan was read (`Reading.plan`). Raises Usage
    for a Doc that was not made of a plan, and Refused where a file of people's decisions on policies cannot be read or
    has a wrong line."""
    state = reading(doc)
    if state.plan is None:
        return doc
    brackets = outside_contents(state)
    own = [bracket for bracket in brackets if is_own(bracket, state, state.plan)]
    citing = Citing(state, state.plan, Surroundings(state, brackets, own))
    found = [citation for item in cited_documents(brackets, own) if (citation := citing.citation(item))]
    related = {_document(fact) for fact, *_ in found if fact.relation != "mentions"}
    cited: dict[tuple[str, str, str], tuple[Citation, int, int]] = {}
    for fact, start, tail in found:
        if _document(fact) in related and _only_named(fact, state.section_at(start)):
            continue
        key = (*_document(fact), fact.relation)
        if key not in cited or _said(fact) > _said(cited[key][0]):
            cited[key] = fact, start, tail
    told = sorted(cited.values(), key=lambda one: one[1])
    state.facts += [fact for fact, _, _ in told]
    doc.spans["citations"] = [span(doc, start, tail, label=fact.relation) for fact, start, tail in told]
    return doc


def _document(fact: Citation) -> tuple[str, str]:
    """The pair (scope, name) of the cited policy, which identifies it."""
    return fact.policy.scope, fact.policy.name


def _said(fact: Citation) -> int:
    """How much the citation says of its document: one each for its 文号 and for its issuer."""
    return (fact.doc_number is not None) + (fact.issuer is not None)


def _only_named(fact: Citation, section: Section | None) -> bool:
    """Whether the citation is a mention in the plan's opening (a notice or preface) without words that decided it: it
    stands in the plan's own title, or once more after 根据《…》. `section` is the section that contains it, None
    (always False) where none does."""
    opening = section is not None and section.role in ("notice", "preface")
    return opening and fact.relation == "mentions" and not fact.cue


def outside_contents(state: Reading) -> list[Bracketed]:
    """The brackets 《…》 of the text (`bracketed`), except those that begin in a table of contents."""
    contents = [block for block in state.document.blocks if block.kind == "contents"]
    starts = [block.start for block in contents]
    found = []
    for bracket in bracketed(state.document.text):
        i = bisect_right(starts, bracket.start) - 1
        if i < 0 or bracket.start >= contents[i].end:
            found.append(bracket)
    return found


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The start and end of the sentence that contains `text[start:end]`, from which a person can judge the relation; it
    ends after 。！？； or a line break, or at the end of the text. `start` and `end` themselves where the sentence has
    more than 300 characters."""
    reach = max(0, start - MAX_SENTENCE_LENGTH)
    ends = list(CITING_SENTENCE_END.finditer(text, reach, start))
    first = ends[-1].end() if ends else reach
    found = CITING_SENTENCE_END.search(text, end, end + MAX_SENTENCE_LENGTH)
    last = found.end() if found else len(text)
    return (first, last) if last - first <= MAX_SENTENCE_LENGTH else (start, end)


def cited_documents(brackets: list[Bracketed], own: list[Bracketed]) -> list[CitedDocument]:
    """The brackets that cite another document than the plan, whose own brackets are `own`, in order. A short name such
    as 《条例》 stands for the document that it was given to earlier in the text, and is left out where it was given to
    the plan. Other names of fewer than six characters that consist of common words alone (《规划》) say nothing of
    their subject and are left out."""
    aliases: dict[str, CitedDocument | None] = {}
    mine = {bracket.start for bracket in own}
    found: list[CitedDocument] = []
    for bracket in brackets:
        if bracket.start in mine:
            if bracket.alias:
                aliases[name_of(bracket.alias)] = None
            continue
        name = name_of(bracket.title)
        if name in aliases:
            if full := aliases[name]:
                found.append(CitedDocument(bracket, full.title, full.number))
            continue
        if is_common(name) and len(name) < SHORTEST_COMMON:
            continue
        item = CitedDocument(bracket, bracket.title, bracket.number)
        if bracket.alias:
            aliases[name_of(bracket.alias)] = item
        found.append(item)
    return found


class Citing:
    """Makes the citations of one plan. `citation` has to be called in the order of the text, because the issuer named
    before the first document of a list may be that of all: 国务院《A》《B》. `before` is the issuer that the previous
    document has from the words before it or from the document before it, else None. `home` is the plan's region, and
    `within` its own scope and name, which limit what a common title (《实施方案》) means where nothing else does."""

    def __init__(self, state: Reading, plan: Plan, surroundings: Surroundings) -> None:
        self.state = state
        self.plan = plan
        self.home = state.home
        self.surroundings = surroundings
        self.within = f"{plan.policy.scope}{plan.policy.name}"
        self.before: Attribution | None = None

    def citation(self, item: CitedDocument) -> tuple[Citation, int, int] | None:
        """The citation of `item` and a span in `Document.text` (start, end) that shows it: from where the words that
        decided the relation begin, if they stand close before the bracket (`verdict`), else from the bracket, to the
        end of what is printed beside the document's name. None where the bracket is no document or its policy is the
        plan itself.

        The evidence is the sentence around that span (`sentence`); the level is that of the issuer's region, else of
        the policy's. A document that the plan announces (issued), of which no issuer is named and which not many bodies
        issue (`of_many`), is made one of the plan's region (`drawn_up`).
        """
        around = self.surroundings.around(item.at)
        numbered = item.number is not None or STANDARD_NUMBER.match(around.right) is not None
        if not is_document(item.title, around.left, around.right, numbered):
            return None
        attribution = self.issuer(item, around)
        body = attribution.body if attribution else None
        policy = self.policy(item, body)
        region = body.region if body else policy.region
        verdict, cue, start = self.verdict(item, around, self.from_home(region, policy, attribution, around))
        if verdict.relation == "issued" and attribution is None and not self.of_many(around):
            policy = self.drawn_up(item, policy)
            region = policy.region
        if is_plan(policy, self.plan):
            return None
        notice = carried(item.title)
        fact = Citation(
            self.state.document.evidence(*sentence(self.state.document.text, start, item.at.tail)),
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

    def policy(self, item: CitedDocument, body: Body | None) -> Policy:
        """The policy that the title and the 文号 of `item` identify. Its issuer is the one that the title states, else
        `body`, if not None, else that of the 文号. As `identified` does, its scope is found from these and from the
        plan's region (`home`, `within`), and is open where none of them tells the issuer. Raises Refused where a file
        of decisions cannot be read."""
        return identified(item.title, body=body, doc_number=item.number, home=self.home, within=self.within)

    def drawn_up(self, item: CitedDocument, policy: Policy) -> Policy:
        """The policy as one of the plan's own region, where its scope is open or only guessed from the list of national
        documents; else `policy` unchanged, also where the plan has no region. To be called where the sentence says that
        the region made the document. `item` is the document that `policy` was made from."""
        bare = OPEN_SCOPE in policy.scope or self.only_listed(policy)
        return self.policy(item, Body(self.home, None)) if bare and self.home != NOWHERE else policy

    def only_listed(self, policy: Policy) -> bool:
        """Whether the policy is national and its name on the list of national documents (`nationally_known`). Where no
        body issued it by the words of the text, the list is then the only reason to take it for a national one."""
        return policy.region is not None and policy.region.level == "national" and nationally_known(policy.name)

    def of_many(self, around: Around) -> bool:
        """Whether the words before the title (`around.left`) say that many bodies have a document of this title each:
        指导各县区制定《…》, 各地《…》."""
        return OF_MANY.search(around.left) is not None

    def from_home(
        self, region: Region | None, policy: Policy, attribution: Attribution | None, around: Around
    ) -> bool | None:
        """Whether the document was issued by the plan's own region or one inside it: whether `region` is such a region.
        For a plan of the country only the country itself is one.
        `region` is that of the issuer, else of `policy`, the document. None where the text leaves it open:

        - No region is known. But where a verb of issuing governs the document and the words say that many bodies issue
          one of this title (`of_many`), the answer is False.
        - A verb of issuing governs the document, no issuer is named, and only the list of national documents gives the
          region.

        `attribution` is the issuer, None where nothing names one; `around` are the words beside the title.
        """
        verb = governing_verb(around.left)
        issuing = verb is not None and verb.lastgroup == "issue"
        if region is None and issuing and self.of_many(around):
            return False
        if region is None or (attribution is None and issuing and self.only_listed(policy)):
            return None
        return self.home == region or self.home in chain_of(region)

    def issuer(self, item: CitedDocument, around: Around) -> Attribution | None:
        """The issuer of the document `item`, from the first of these that names one; None where nothing does. `around`
        are the words beside the title.

        - the title itself, where it names a body before 印发 or 关于 (printed without 等部门);
        - the words before the title (`issuer_beside`), with the plan's own issuer as its partner (`with_partners`);
        - the issuer of the document before it in a list (`shared_issuer`);
        - the number of a standard (`issuer_of_standard`);
        - the subject of the verb of issuing that governs the document (`issuer_as_subject`).

        Keeps in `before`, for the next document, what the second or third gave, else None.
        """
        before, self.before = self.before, None
        notice = carried(item.title)
        printed = notice.issuer if notice else split_issuer(item.title)[0]
        body = stated_body(printed, self.home)
        if printed and body and body.name:
            return Attribution(body, AND_OTHERS.sub("", printed))
        if found := issuer_beside(around.left, self.home):
            self.before = self.with_partners(found, around.left)
            return self.before
        if before and (shared := self.shared_issuer(before, item, around.left)):
            self.before = shared
            return shared
        if found := issuer_of_standard(around.right, self.home):
            return found
        verb = governing_verb(around.left)
        if verb is not None and verb.lastgroup == "issue":
            return issuer_as_subject(around.left[: verb.start()], self.home)
        return None

    def shared_issuer(self, before: Attribution, item: CitedDocument, left: str) -> Attribution | None:
        """The issuer `before`, that of the previous document of a list, where it is also the issuer of `item`, the next
        document; else None. `left` are the words before the title of `item`.

        - An issuer with a verb (国务院印发的《A》和) is, where only 、, 和 or the like, or nothing, stands between the
          two documents, unless the title or number of `item` names another region.
        - Of an issuer without a verb only the region is (国家《A》、 -> the country), where only 、 or nothing stands
          between the two, and `item` has no number and names no region.
        """
        own = self.policy(item, None).region
        if before.verbal:
            return before if NEXT_OF_LIST.search(left) and own in (None, before.body.region) else None
        if not ADJACENT.search(left) or item.number or own:
            return None
        return Attribution(Body(before.body.region, None), None)

    def with_partners(self, found: Attribution, left: str) -> Attribution:
        """The plan's only issuer where `left`, the words before the title, name the body `found` as its partner, right
        after 联合: 联合市财政局印发◇ in the plan of 市教育局 -> the body 市教育局, printed 市教育局、市财政局. `found`
        unchanged where they do not, where it has no printed name, where the plan has not exactly one issuer, this one
        is no known body or has 政府 in its name, or where the two are of different regions."""
        issuers = self.plan.issuers
        if not found.printed or len(issuers) != 1 or f"联合{found.printed}" not in left:
            return found
        author = stated_body(issuers[0], self.home)
        if author is None or author.region != found.body.region or "政府" in issuers[0]:
            return found
        return Attribution(author, f"{issuers[0]}、{found.printed}", found.verbal)

    def verdict(
        self, item: CitedDocument, around: Around, ours: bool | None
    ) -> tuple[RelationVerdict, str | None, int]:
        """The relation to the document of `item`; the words that decided it (None for none); and the offset in
        `Document.text` from which a quote shows them: where they begin, if they stand before the bracket, at most 60
        characters away and with no other document and not the plan between, else where the bracket begins.

        The first that applies: basis in a section of grounds (`Surroundings.grounds`), whose title is then the words;
        what `relation_of` finds; and where that is a mention that no verb governs, basis in a list of grounds
        (`Surroundings.lead_in`), whose introducing line is the words.

        `around` are the words beside the title. `ours` says whether the plan's own region issued the document
        (`from_home`), None where that is open; in a section on chances and challenges None counts as False.
        """
        at, surroundings = item.at, self.surroundings
        if heading := surroundings.grounds(at):
            return RelationVerdict("basis"), heading, at.start
        if ours is None and surroundings.outlook(at):
            ours = False
        past = surroundings.past(around.left)
        verdict = relation_of(CitationContext(around.left, around.right, surroundings.zone(at), ours, past))
        if (
            verdict.relation == "mentions"
            and governing_verb(around.left) is None
            and (line := surroundings.lead_in(at))
        ):
            return RelationVerdict("basis"), squeeze(surroundings.text[slice(*line)]), at.start
        if verdict.start == verdict.end:
            return verdict, None, at.start
        words = around.right if verdict.after else around.left
        cue = words[verdict.start : verdict.end].replace(OTHER_DOCUMENT, "…")
        start = at.start
        if not verdict.after and not re.search(f"[{OTHER_DOCUMENT}{PLAN_ITSELF}]", words[verdict.start :]):
            first = around.offsets[verdict.start]
            start = first if at.start - first <= CUE_REACH else start
        return verdict, cue, start
