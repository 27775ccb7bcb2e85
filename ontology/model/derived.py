"""What no single plan says: comparisons of two plans with their alignments, plans that two documents hold, and actual
values from tables of statistics. They have a rule, a reason or a line of the table in place of a quote."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

PlanRelation = Literal["basis", "implements", "issued", "mentions", "region", "period", "domain", "text"]
PlanOrder = Literal["cited", "earlier", "above"]
AlignmentKind = Literal["copied", "adapted", "related"]


@dataclass(frozen=True, slots=True)
class ActualValue:
    """A value that was reached according to a statistics office, from a line of a table that was loaded.

    `region` is the region's name as the table has it and `concept` the name of the indicator concept
    ('养老机构护理型床位占比'). `unit` and `source`, the publication that states the value, are None where the table
    leaves them empty (a % after the number is then the unit). `line` is the line of the file, from 1, with which the
    row ends.
    """

    region: str
    concept: str
    year: int
    value: Decimal
    unit: str | None
    source: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an alignment: a task, by its IRI. Or, where `task` is None, a passage that is no task: its kind
    (`part`: 'goal', 'indicator' or 'box'), its label, its words (`quote`), and its place (`start:end`) and page in the
    text of its plan."""

    task: str | None
    part: str = "task"
    label: str = ""
    quote: str = ""
    start: int = 0
    end: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """A passage of the upper plan and its counterpart in the lower one; at least one of them is a task. `kind` says
    whether the one is copied from the other, adapted or related. `score` is the estimated probability (0..1) that both
    are the same policy measure, and `shared` the share (0..1) of the different four-character sequences of one that
    stand in the other, the greater of the two directions."""

    upper: Side
    lower: Side
    kind: AlignmentKind
    score: Decimal
    shared: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans that were compared, by the IRIs of their documents, and the alignments that were found; `upper` is the
    one that the other rests on (`order` is "cited"), else the earlier ("earlier"), or of one time that of the region
    above ("above"). Where `order` is None, the order of the two is not known or their relation gives none, and `upper`
    is merely the first of them.

    `upper_sha256` and `lower_sha256` are the digests of the files: that a passage has no counterpart is said of these
    files alone. `relation` says why the plans were compared: the relation of a citation, or 'region', 'period',
    'domain' or 'text' (`kg.align.related.related`). `rule` names the method by which their passages were compared, with
    its version. `upper_share` is the share (0..1) of the text of the upper plan's tasks that stands in the lower plan's
    tasks, `lower_share` the reverse. `looked_at` says how many passages of each kind the lower plan has in which
    counterparts were looked for ('tasks 62, goals 0, indicators 20, items of boxes 1'), `upper_looked_at` how many the
    upper plan has.
    """

    upper: str
    lower: str
    upper_sha256: str
    lower_sha256: str
    relation: PlanRelation
    order: PlanOrder | None
    rule: str
    upper_share: Decimal
    lower_share: Decimal
    looked_at: str
    upper_looked_at: str
    alignments: tuple[Alignment, ...]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two documents that hold one plan, by their IRIs: `used` counts in comparisons, `left_out` does not. `reason` says
    why they are taken for one plan."""

    left_out: str
    used: str
    reason: str
