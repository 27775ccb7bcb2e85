"""The kind of fact `Project`. Its properties are declared as kg:Project in ontology/plan.ttl."""

from dataclasses import dataclass
from decimal import Decimal

from ontology.model.facts import Fact, Organization


@dataclass(frozen=True, slots=True)
class Project(Fact):
    """A project (重大项目, 重大工程) that a box or a table names.

    `group` is the title of the box or table, `task` the position of the task that holds it. `place` is where it is
    built, as printed but for white space. `investment` is in `unit` (亿元), which is not converted; `period_start` and
    `period_end` are years. `departments` are the responsible bodies as printed, `leads` those of them whose function
    and region are known. What the plan does not give is None, or an empty tuple.
    """

    name: str
    group: str | None = None
    task: int | None = None
    place: str | None = None
    investment: Decimal | None = None
    unit: str | None = None
    period_start: int | None = None
    period_end: int | None = None
    departments: tuple[str, ...] = ()
    leads: tuple[Organization, ...] = ()
