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
from typing import Literal, get_args

from ontology.model.source import Source

HeadingKind = Literal["chapter", "section", "item", "box", "box-item"]
Level = Literal["national", "provincial", "prefectural", "county", "township"]
LEVELS: tuple[Level, ...] = get_args(Level)  # the highest first
Op = Literal["=", ">", ">=", "<", "<=", "~"]
Change = Literal["increase", "decrease"]
Relation = Literal["basis", "implements", "issued", "mentions"]
Role = Literal["lead", "participant"]
IndicatorKind = Literal["约束性", "预期性", "预测性"]
Basis = Literal["年均", "累计"]


def squeeze(text: str) -> str:
    r"""The text without any white space: '医 疗\n保障' -> '医疗保障'. A quote and the text that it was taken from are
    compared in this form."""
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class Evidence:
    """The stretch `start:end` of the source text that proves a fact, its words on one line (`quote`), and the number of
    its page, from 1, None where the file has no pages.

    `Evidence.of` makes it, so that the quote equals the stretch, white space aside. `ocr` is True where the page was
    read by OCR, else None.
    """

    start: int
    end: int
    quote: str
    page: int | None
    ocr: bool | None = None

    @classmethod
    def of(cls, source: Source, start: int, end: int) -> "Evidence":
        """The evidence at `start:end` of the source text, without white space at both ends; `page` is that of its
        first character. Raises ValueError for a stretch of white space alone, or of nothing."""
        text = source.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        if not text:
            raise ValueError(f"no text at {start}:{end} of {source.name}: a fact needs a quote")
        page = source.page_of(start)
        return cls(start, start + len(text), readable(text), page, page in source.ocr_pages or None)


def readable(text: str) -> str:
    r"""The text on one line: white space is dropped beside characters beyond ASCII, such as Chinese ones, and becomes
    one space elsewhere: '医 疗\n保障 by 2025' -> '医疗保障by 2025'."""
    if _BLANKS.search(text) is None:
        return text
    return _BESIDE_CHINESE.sub("", _BLANKS.sub(" ", text))


_BLANKS = re.compile(r"\s+")
_BESIDE_CHINESE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative region as it was in one year, usually that of the plan. `parent` is the region above it, up to
    中国, whose parent is None, as is that of the region that stands for an unknown one (未定).

    `code` is the code of GB/T 2260, six digits, or None for what the standard does not list (such as townships,
    development zones and unknown places). `origin` names the data set or the rule that the region comes from; it is
    AMBIGUOUS for a name that several regions have.
    """

    name: str
    code: str | None
    level: Level
    parent: "Region | None"
    origin: str


# The origin of a region whose name several regions have, where the plan does not say which is meant.
AMBIGUOUS = "named in the plan; several regions have the name"


OPEN_SCOPE = "未定"  # stands in the scope of a policy whose issuer the citing text leaves open


@dataclass(frozen=True, slots=True)
class Policy:
    """The identity of a document, the same for every way of citing it.

    `scope` is the name of the region or body within which the title is unique (中国, 四川省, 中共中央), and `name` the
    normalised title without scope, issuer and quotation marks, and without the years of a five-year period where it
    says 十四五 or the like (十四五养老服务规划). The other fields follow from these two, so that every plan that cites
    the document says the same of it: `label` is the title to show, `type` the kind of document (规划, 意见; None where
    the title does not say it), `region` the region of the scope and `level` that region's, both None where it is not
    known.
    """

    scope: str
    name: str
    label: str
    level: Level | None
    type: str | None
    region: Region | None


@dataclass(frozen=True, slots=True)
class Concept:
    """What an indicator measures, by a name that plans share. `rule` says how the name that the plan prints led to
    it."""

    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class Organization:
    """The body that has this function of government in this region: the function 税务 in 渠县."""

    function: str
    region: Region


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement of a plan, with its evidence.

    `position` counts the facts of one kind in reading order, from 0. The pipeline sets it after all components have
    run; what a component writes there is a number by which its own facts refer to one another (a task to its heading).

    `origin` says that a person corrected or added the fact, and `corrections` has the ids of the corrections that did
    so; they are None and () for a fact as it was read.
    """

    evidence: Evidence
    position: int = field(default=0, kw_only=True)
    origin: Literal["corrected", "added"] | None = field(default=None, kw_only=True)
    corrections: tuple[str, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True)
class Plan(Fact):
    """The plan itself. The evidence is its title as printed; `doc_number` is its own 文号, `issuers` are as printed,
    `issued` is the day on which it was issued, `period` its first and last year, `horizon` a later year that it looks
    ahead to, `region` the region that it is for, and `policy` the identity by which other plans cite it. What is not
    known is None or (). `fields` has the evidence of each of these values that the text prints.

    `title_origin` is 'file name' where the text has no title and the file's name is one; no `PlanField` then proves
    what follows from the name. It is None elsewhere. The evidence of a plan whose title is not from the text (also one
    that a person gave without a place in it) is that of the first of `fields`, or the first block of the text where
    there is none.
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
    """The evidence of one value of the plan: `field` is the name of a field of `Plan`, and `value` its value as text
    ('2021-2025' for the period, '2022-01-29' for a day, a region's name); for 'issuers' there is one for each body.
    `field` is 'status' for words of the title that say how far the plan has got (征求意见稿)."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Heading(Fact):
    """A heading of the outline: `kind` is chapter for one of the highest, section for one below a chapter, item for all
    further down, box for the title of a box, and box-item for a titled line in a box. `number` is as printed (第一章),
    None without one; `title` is the heading without it; `parent` is the position of the heading above it, None for the
    highest."""

    kind: HeadingKind
    number: str | None
    title: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class Task(Fact):
    """The smallest titled unit of a task or safeguard chapter; the evidence is its whole text.

    `heading` is the position of its own heading, None for a run-in heading that is not in the outline, for a heading
    that the file lost, and for a row of a table of work, which is a task too. `parent` is the position of the heading
    above it, None where there is none. `label` is what to show: the title, or words of its text where `title` is None.
    """

    title: str | None
    label: str
    heading: int | None
    parent: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """One of several values in a cell, with its comparator `op` and its unit: 药品500个以上，耗材5类以上 has two,
    ('药品', '>=', 500, '个') and ('耗材', '>=', 5, '类'), and the range 1～5年 too: >= 1 and <= 5. `subject` is what
    the value is of, None where the cell does not say it."""

    subject: str | None
    op: Op
    value: Decimal
    unit: str | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A cell of an indicator's row: its year (of the column, or printed beside the number), the text, and what that
    means.

    `op` and `value` are set where the text has a single number that counts as a value (前10位 has none), `parts` where
    it has several or a range; `unit` is that of the number, else that of the row, column or table, and may be set
    without a value. `basis` is None for a level of its year; 年均 is an average over the plan's years, 累计 their sum.
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
    """A row of a table of goals, or one of the targets of a row that has several: the name, what it measures
    (`concept`), the unit, and the cells with the baseline and the target, None where there are none. `kind` says
    whether it is binding, `dimension` is the group of rows that it belongs to. `departments` are the bodies, as
    printed, in the row's columns of bodies that lead, or, where the table has none of these, in those of bodies that
    help; `leads` are those of them that are identified."""

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
    """One single exact number of a table that looks back: the indicator's name, what it measures (`concept`), the year,
    and the value with its unit."""

    name: str
    concept: Concept
    year: int
    value: Decimal
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Target(Fact):
    """A commitment in running text, a box or a row of a table of work. `task` is the position of the task that it
    belongs to, None outside of tasks; `subject` is what the number is of (森林覆盖率), or what is to be done by a date
    without a number (`op`, `value` and `unit` are then None). `deadline` is a year, "2025", or a month, "2025-12", as
    where the text says year-end; None without a date.

    A range (5—10家) has a unit and no value: it holds no single number. `change` is None for a level that is to be
    reached (提高到95%). For an amount by which a level is to change (提高10个百分点, 下降16%, 翻一番) it is the
    direction, `value` is the amount without a sign, `op` is None unless the text bounds the amount (下降16%以上), and
    `relative_to` is what the change is reckoned from as printed (2020年, “十三五”末), or None. A yearly rate of growth
    (年均增长6%) is a level of that rate: it keeps `op`, and has `change` all the same.
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
    """A document that the plan names, and how it relates to it. `title` is as printed and `policy` the identity of the
    document. Where the title is that of a notice (关于印发《…》的通知), `work` is the document that the notice hands
    down, else None. `doc_number`, `issuer` (as printed) and `level` are those of the document, None where they are not
    known. `cue` is the words that decided the relation, None where there are none, as for a plain mention."""

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
    """The part of a body in a task. `task` is the position of the task, None outside of tasks; `department` is the
    body's name as printed. `function` and `organization` are None for a body that the scheme of functions does not
    know and for most offices inside a department, `organization` also where the region is not certain. `cue` is the
    words that decided the role, None where there are none."""

    task: int | None
    department: str
    function: str | None
    role: Role
    organization: Organization | None = None
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class Passage(Fact):
    """A stretch of the plan's text in the audit, which says what each stretch was read as.

    `kind` is the name of a kind of fact ('Task'); `reason` for text that holds no fact for a known reason (a table of
    contents, page furniture); or `unread`. The field `reason` names that reason, or says why nothing was read; it is
    None for a kind of fact. `suspicious` marks what looks like a fact but was not read, and `cue` has the words that
    look so. `share` is the part (0..1) of the plan's visible characters that the passage has.
    """

    kind: str
    reason: str | None
    suspicious: bool
    cue: str | None
    share: Decimal
