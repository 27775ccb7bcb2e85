"""The facts that are read from a plan: typed, frozen, each with the text that proves it.

Everything else (RDF, property graph, JSON lines, tables) is a projection of these, by the classes and properties of
plan.ttl: a class of facts has the name of its `kg:key`. Other packages may have kinds of fact of their own, which are
subclasses of `Fact` too. Positions count from 0 in reading order within one plan; a fact refers to another of the same
plan by its position.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from ontology.model.source import Source

HeadingKind = Literal["chapter", "section", "item", "box", "box-item"]
Level = Literal["national", "provincial", "prefectural", "county", "township"]
Op = Literal["=", ">", ">=", "<", "<=", "~"]
Change = Literal["increase", "decrease"]
Relation = Literal["basis", "implements", "issued", "mentions"]
Role = Literal["lead", "participant"]
IndicatorKind = Literal["约束性", "预期性", "预测性"]
Basis = Literal["年均", "累计"]


def squeeze(text: str) -> str:
    """'医 疗\\n保障' -> '医疗保障': the form in which a quote and the text it was taken from are compared."""
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class Evidence:
    """The stretch `start:end` of the source text and its words, for people to read.

    Cannot be made unless `quote` equals the stretch, white space aside. `ocr` is True where the page was read by OCR.
    """

    start: int
    end: int
    quote: str
    page: int | None
    ocr: bool | None = None

    @classmethod
    def of(cls, source: Source, start: int, end: int) -> "Evidence":
        """The evidence at `start:end` of the source text, trimmed to its first and last visible character. Raises
        ValueError for a stretch without one."""
        text = source.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        if not text:
            raise ValueError(f"no text at {start}:{end} of {source.name}: a fact needs a quote")
        page = source.page_of(start)
        return cls(start, start + len(text), readable(text), page, page in source.ocr_pages or None)


def readable(text: str) -> str:
    """The text on one line: white space is dropped beside Chinese characters and is one space elsewhere."""
    if _SPACE.search(text) is None:
        return text
    return _BESIDE_CHINESE.sub("", _SPACE.sub(" ", text))


_SPACE = re.compile(r"\s+")
_BESIDE_CHINESE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative region as it was in the plan's year; `parent` leads up to 中国, whose parent is None.

    `code` is GB/T 2260, six digits, or None for what the standard does not list (development zones, unknown
    places). `origin` names the data set or the rule that the region comes from.
    """

    name: str
    code: str | None
    level: Level
    parent: "Region | None"
    origin: str


# The origin of a region whose name several regions have, where the plan does not say which is meant.
AMBIGUOUS = "named in the plan; several regions have the name"


@dataclass(frozen=True, slots=True)
class Policy:
    """The identity of a document, the same for every way of citing it.

    `scope` is the name of the region or body that the title is unique within (中国, 四川省, 中共中央);
    `name` the normalised title without scope, issuer, quotation marks and period. `label` is made from these
    two alone, as are level, type and region, so that every plan that cites it says the same of it.
    """

    scope: str
    name: str
    label: str
    level: Level | None
    type: str | None
    region: Region | None


@dataclass(frozen=True, slots=True)
class Concept:
    """What an indicator measures, shared by plans. `rule` says how the printed name led here."""

    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class Organization:
    """The body with this government function in this region (税务 of 渠县)."""

    function: str
    region: Region


@dataclass(frozen=True, slots=True)
class Fact:
    """Anything that a plan says, with its evidence.

    `position` counts the facts of a kind in reading order. The pipeline gives it after all components have run; what
    a component writes there is a number by which its own facts refer to one another (a task to its heading).

    `origin` and `corrections` (their ids) say that a person made the fact so; they are empty for a fact as it was
    read.
    """

    evidence: Evidence
    position: int = field(default=0, kw_only=True)
    origin: Literal["corrected", "added"] | None = field(default=None, kw_only=True)
    corrections: tuple[str, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True)
class Plan(Fact):
    """The plan itself. `issuers` are as printed; the evidence is the title.

    `title_origin` is 'file name' where the text has no title and the file's name is one; the evidence is then what the
    text begins with, and no `PlanField` proves what follows from the name.
    """

    title: str
    policy: Policy
    region: Region | None
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    issued: date | None = None
    period: tuple[int, int] | None = None
    horizon: int | None = None
    fields: tuple["PlanField", ...] = ()
    title_origin: str | None = None


@dataclass(frozen=True, slots=True)
class PlanField(Fact):
    """The proof of one value of the plan's metadata: `field` is the name of a field of `Plan`."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Heading(Fact):
    """A heading of the body; `parent` is the position of the heading above it in the outline."""

    kind: HeadingKind
    number: str | None
    title: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class Task(Fact):
    """The smallest titled unit of a task or safeguard chapter; the evidence is its whole text.

    `heading` is the position of its own heading (None for a run-in heading that is no heading of the outline, and
    for a lost one), `parent` that of the heading above. `label` is what to show where `title` is None.
    """

    title: str | None
    label: str
    heading: int | None
    parent: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """One of several values in a cell: 药品500个以上，耗材5类以上 has two."""

    subject: str | None
    op: Op
    value: Decimal
    unit: str | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A cell of an indicator's row: the printed text, and its meaning where it has a single number.

    `basis` is None for a level of its year; 年均 is an average over the plan's years, 累计 their sum.
    """

    year: int | None
    text: str
    op: Op | None = None
    value: Decimal | None = None
    unit: str | None = None
    parts: tuple[Part, ...] = ()
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Indicator(Fact):
    """A row of a forward-looking indicator table. `leads` are the identified bodies among `departments`."""

    name: str
    concept: Concept
    dimension: str | None = None
    kind: IndicatorKind | None = None
    departments: tuple[str, ...] = ()
    leads: tuple[Organization, ...] = ()
    unit: str | None = None
    baseline: Measure | None = None
    target: Measure | None = None


@dataclass(frozen=True, slots=True)
class Observation(Fact):
    """One number of a backward-looking table."""

    name: str
    concept: Concept
    year: int
    value: Decimal
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Target(Fact):
    """A commitment in running text. `deadline` is "2025", or "2023-12" where the text says year-end.

    A range (5—10家) has a unit and no value: it holds no single number. `change` is None for a level that is to be
    reached (提高到95%); for an amount by which a level is to change (提高10个百分点, 下降16%, 翻一番) it is its
    direction, `value` is the amount without a sign, `op` is None unless the text bounds the amount (下降16%以上), and
    `relative_to` is what the change is reckoned from as printed (2020年, “十三五”末), or None.
    A yearly rate of growth (年均增长6%) is a level of that rate: it keeps `op`, and has `change` all the same.
    """

    task: int | None
    subject: str
    op: Op | None = None
    value: Decimal | None = None
    unit: str | None = None
    deadline: str | None = None
    change: Change | None = None
    relative_to: str | None = None


@dataclass(frozen=True, slots=True)
class Citation(Fact):
    """A document that the plan names; `cue` is the text that decided the relation, None for `mentions` without one."""

    relation: Relation
    title: str
    work: str | None
    policy: Policy
    doc_number: str | None = None
    issuer: str | None = None
    level: Level | None = None
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class Responsibility(Fact):
    """A body's part in a measure. `function` is None for a body that the scheme of functions does not know."""

    task: int | None
    department: str
    function: str | None
    role: Role
    organization: Organization | None = None
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class Passage(Fact):
    """A stretch of the plan's text in the account of what was read as what.

    `kind` is the name of a kind of fact, `reason` for text that holds no fact for a known reason (a table of contents,
    page furniture), or `unread`. `reason` names that reason, or says why nothing was read. `suspicious` marks what
    looks like a fact, shown by the words `cue`. `share` is the passage's part of the plan's visible characters.
    """

    kind: str
    reason: str | None
    suspicious: bool
    cue: str | None
    share: Decimal
