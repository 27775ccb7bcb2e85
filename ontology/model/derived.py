"""Facts derived from several plans. They are not read from one text, so they name a rule in place of a quote."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

PlanRelation = Literal["basis", "implements", "issued", "mentions", "region", "period", "domain", "text"]
AlignmentKind = Literal["copied", "adapted", "related"]


@dataclass(frozen=True, slots=True)
class ActualValue:
    """A value that was reached according to a statistics office. `region` is the name as the file has it, `concept` the
    name of the concept ('养老机构护理型床位占比'), `line` the line, from 1, of the file that it was loaded from; `unit`
    and `source` are None where the file leaves them empty."""

    region: str
    concept: str
    year: int
    value: Decimal
    unit: str | None
    source: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an alignment: a task (its IRI), or a passage of a `part` (goal, indicator, box) by its place."""

    task: str | None
    part: str = "task"
    label: str = ""
    quote: str = ""
    start: int = 0
    end: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two passages of which at least one is a task. `shared` is the share of one's words that stand in the other."""

    upper: Side
    lower: Side
    kind: AlignmentKind
    score: Decimal
    shared: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans (IRIs of their documents) that were compared: `upper` is of the higher level, or else the earlier one.

    The SHA-256 digests are those of the files that were compared: what is said of passages without a counterpart holds
    for these files alone. `upper_share` is the share of the upper plan's text that stands in the lower one's,
    `lower_share` the reverse.
    `looked_at` says in which passages of the lower plan counterparts were looked for, `upper_looked_at` in which of the
    upper one.
    """

    upper: str
    lower: str
    upper_sha256: str
    lower_sha256: str
    relation: PlanRelation
    rule: str
    upper_share: Decimal
    lower_share: Decimal
    looked_at: str
    upper_looked_at: str
    alignments: tuple[Alignment, ...]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two documents that hold one plan: `used` counts in comparisons, `left_out` does not. Both are IRIs."""

    left_out: str
    used: str
    reason: str
