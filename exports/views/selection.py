"""Which plans and relations a view shows, as the options `--plan`, `--region`, `--depth` and `--relation` say."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exports.views.model import Row, Rows
from ontology import words
from ontology.model.errors import Refused, Usage
from queries.parameters import one_of

PlanKey = str
# The most plans whose facts one page can hold: at 2 to 3 MB a hundred, more would make no page that a browser opens.
MAX_PLANS = 100


@dataclass(frozen=True, slots=True)
class Selection:
    """What a view shows. `plans` are parts of titles or file names, or ids of documents or policies; `regions` are
    names, parts of names or codes of regions (`regions_within`), which include all regions within them; `relations` are
    keys of relations or roles (`basis`, `lead`). Empty means all. `depth` is a number of levels or steps, from 1, as
    each view says, None for all."""

    plans: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    depth: int | None = None


def relation_key(written: str) -> str:
    """The key of a relation or role that a person named: '依据' -> 'basis', '牵头' -> 'lead'; other words unchanged."""
    return words.understood("relation", written) or words.understood("role", written) or written


def check_relations(selection: Selection, drawn: Iterable[str]) -> None:
    """Raises Usage where the selection names a relation that is not in `drawn`, the keys of the relations that the view
    draws. The message lists these: relations and roles by their words in the user's language (牵头, lead), edges that
    no closed list has (`under`) by their keys."""
    drawn = list(drawn)
    for relation in selection.relations:
        if relation not in drawn:
            terms = words.terms("relation") | words.terms("role")
            names = [name for key in drawn for name in (sorted(terms[key].names()) if key in terms else [key])]
            shown = [terms[key].labels[words.language()] if key in terms else key for key in drawn]
            listed = one_of(relation, names, shown) if drawn else "it draws none"
            raise Usage(f"this view has no relation {relation!r}; {listed}")


def key_of(row: Row) -> PlanKey:
    """The id of the document that a preset's row is of (`plan_id`). It tells plans apart, because two files may carry
    the same title and name."""
    key: str = row["plan_id"]
    return key


def told_apart(names: Sequence[str | None], plans: Sequence[Row]) -> list[str]:
    """A name for each of the plans (rows of a preset with their files), given by `names` in the same order: that name
    itself, with the file's name where several have one ('云岭省养老服务规划（yunling.txt）'), and the file's name where
    there is none."""
    counts = Counter(names)
    return [
        f"{name}（{plan['file']}）" if name and counts[name] > 1 else name or plan["file"]
        for name, plan in zip(names, plans, strict=True)
    ]


def by_plan(rows: Iterable[Row]) -> dict[PlanKey, list[Row]]:
    """The rows, in their order, by the ids of their plans' documents (`key_of`); a defaultdict, [] for other plans."""
    groups: dict[PlanKey, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key_of(row)].append(row)
    return groups


def chosen_plans(rows: Rows, selection: Selection) -> list[Row]:
    """The rows of the preset `plans` that the selection names, sorted by title and file: those that one of
    `selection.plans` fits (`_named`), and of these those whose region is among `regions_within` for
    `selection.regions`. Where one of the two is empty, it sets no condition. `rows` returns the rows of a preset by its
    name.

    Raises Refused for a store without plans, for one of `selection.plans` that fits no plan, where the regions' names
    match no region, and where none of the named plans is of these regions.
    """
    plans = sorted(rows("plans"), key=lambda row: (row["plan"] or "", row["file"]))
    if not plans:
        raise Refused("the store holds no plan: run `kg build` first")
    for name in selection.plans:
        if not any(_named(plan, name) for plan in plans):
            raise Refused(f"no plan has {name!r} in its title or file name: see `kg query plans`")
    if selection.plans:
        plans = [plan for plan in plans if any(_named(plan, name) for name in selection.plans)]
    if selection.regions:
        inside = regions_within(list(rows("regions")), selection.regions)
        plans = [plan for plan in plans if (plan["region"], plan["region_code"]) in inside]
        if not plans:
            raise Refused(f"no plan of {'、'.join(selection.regions)}: see `kg query plans`")
    return plans


def _named(plan: Row, name: str) -> bool:
    """Whether the name is part of the title or file name of a row of the preset `plans`, or is the id of its document
    or policy."""
    return name in (plan["plan"] or "") or name in plan["file"] or name in (plan["plan_id"], plan.get("policy_id"))


def regions_within(regions: list[Row], names: Iterable[str]) -> set[tuple[str, str | None]]:
    """Name and code of each of the named regions and of all regions inside them, found by the name of their parent.
    `regions` are rows of the preset `regions`, `names` names or codes. A name that no region has as its name or code
    stands for those whose name contains it: 云岭 for 云岭省. Raises Refused where none of the names matches a region;
    where some do, the others have no effect."""
    inside = set()
    for name in names:
        exact = [r for r in regions if name in (r["region"], r["code"])]
        inside |= {(r["region"], r["code"]) for r in exact or regions if exact or name in r["region"]}
    if not inside:
        raise Refused(f"no region {'、'.join(names)} in the store: see `kg query regions`")
    size = 0
    while len(inside) > size:
        size = len(inside)
        parents = {name for name, _ in inside}
        inside |= {(r["region"], r["code"]) for r in regions if r["parent"] in parents}
    return inside


def levels_of(rows: Rows) -> dict[tuple[str, str | None], str]:
    """The key of the level of government of each region of the store by the region's name and code. `rows` returns the
    rows of a preset by its name."""
    return {(row["region"], row["code"]): row["level"] for row in rows("regions")}
