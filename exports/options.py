"""What an export takes from a store, and how it is written."""

from dataclasses import dataclass

from kg.model.errors import Refused
from kg.model.store import Store
from queries.presets import preset


@dataclass(frozen=True, slots=True)
class Options:
    """`plan` is part of a plan's title or file name, `region` a region's name, which takes in all below it.

    `evidence` keeps quotes and offsets; `ontology` adds the ontology's own triples to RDF; `bom` marks CSV as UTF-8
    for Excel. `licence` goes into the description of the data set, which `describe` adds.
    """

    plan: str | None = None
    region: str | None = None
    evidence: bool = True
    ontology: bool = False
    describe: bool = False
    bom: bool = False
    licence: str | None = None

    @property
    def whole(self) -> bool:
        """True where nothing is left out."""
        return not (self.plan or self.region)


@dataclass(frozen=True, slots=True)
class Selection:
    """The plan graphs to export, sorted, with the reference graph where `reference` is not None."""

    graphs: tuple[str, ...]
    reference: str | None
    plans: frozenset[str]  # IRIs of the plans whose text is exported


def select(store: Store, options: Options) -> Selection:
    """The graphs that the options name; refuses where there are none."""
    table = preset("documents").run(store)
    rows = [dict(zip(table.columns, map(str, row), strict=True)) for row in table.rows]
    wanted = [
        row
        for row in rows
        if (not options.plan or options.plan in row["plan"] or options.plan in row["file"])
        and (not options.region or options.region in row["regions"].split("、"))
    ]
    if not wanted:
        what = f"plan {options.plan!r}" if options.plan else f"region {options.region!r}" if options.region else "plan"
        raise Refused(f"nothing to export: the store holds no {what}; 'kg query plans' lists what it holds")
    documents = {row["document"] for row in rows}
    reference = next((graph for graph in store.graphs() if graph not in documents), None)
    return Selection(
        tuple(sorted(row["document"] for row in wanted)), reference, frozenset(row["policy_id"] for row in wanted)
    )
