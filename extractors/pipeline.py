"""The way from a file to facts: the text of a `Source` is mended, and components find facts in it, one after the
other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from extractors.audit import audit
from extractors.citations import citations
from extractors.indicators import indicators
from extractors.layout import layout
from extractors.metadata import metadata
from extractors.outline import outline
from extractors.plain import plain_doc
from extractors.positions import FoundFact, settled
from extractors.projects import projects
from extractors.reading import Given, Reading, reading
from extractors.responsibilities import responsibilities
from extractors.tables import read_tables
from extractors.targets import targets
from extractors.tasks import tasks
from ontology.model.facts import Fact, Passage
from ontology.model.source import Source

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENT_GROUP = "kg.components"
AUDIT = "plan_audit"  # the name of the last component
NOTHING_GIVEN = Given()
COMPONENTS = {
    "plan_outline": outline,
    "plan_metadata": metadata,
    "plan_tasks": tasks,
    "plan_indicators": indicators,
    "plan_targets": targets,
    "plan_citations": citations,
    "plan_responsibilities": responsibilities,
    "plan_projects": projects,
}


@dataclass(frozen=True, slots=True)
class Plain:
    """The components of this program in order, as (name, component), for use without spaCy. `pipeline` has the name and
    the meaning of the attribute of spaCy's `Language`."""

    pipeline: tuple[tuple[str, "Callable[[Doc], Doc]"], ...]


def reader() -> "Language | Plain":
    """The components with which a build reads plans: a spaCy pipeline where another package has added a component,
    else a `Plain`."""
    return pipeline() if entry_points(group=COMPONENT_GROUP) else Plain(tuple(_components()))


def pipeline() -> "Language":
    """A blank Chinese spaCy pipeline with the components in order: those of this program, those of other packages
    (entry points `kg.components`), and at the end the audit of what all of them found."""
    import spacy

    nlp = spacy.blank("zh")
    add_components(nlp)
    return nlp


def add_components(nlp: "Language") -> None:
    """Adds the components of this program and of other packages, and the audit, to the pipeline `nlp`, in their order.
    Where spaCy already knows a component by the name of one of them, the one that spaCy knows is added."""
    from spacy.language import Language

    for name, component in _components():
        if not Language.has_factory(name):
            Language.component(name, func=component)
        nlp.add_pipe(name)


def _components() -> "Iterable[tuple[str, Callable[[Doc], Doc]]]":
    """All components with their names, in the order in which they run: those of this program, those of other packages
    (one with the name of one in COMPONENTS takes its place), and last the audit, which needs what all of them found. It
    cannot be replaced: a component of another package that is called plan_audit is left out."""
    points = [point for point in entry_points(group=COMPONENT_GROUP) if point.name != AUDIT]
    return {**COMPONENTS, **{point.name: point.load() for point in points}, AUDIT: audit}.items()


def extract(source: Source, nlp: "Language | Plain") -> list[Fact]:
    """The facts of one plan, each with its position: the plan itself first, which is missing where no title is found,
    the others in the order in which the components found them. `nlp` is what `reader` or `pipeline` returned.

    Raises Refused, with the name of the component, where two facts cannot be told apart, two headings or tasks have one
    number, or a fact refers to one that is not there (`settled`). Raises Refused too where a file of people's
    decisions on policies cannot be read or has a wrong line, and for a government's work report whose headings do not
    tell the past year from the work ahead.
    """
    return analyse(source, nlp).facts


def accounted(source: Source, nlp: "Language | Plain") -> tuple[list[Fact], list[Passage]]:
    """The facts as `extract` gives them, and the account of the text: what each passage of it was read as. `nlp` is
    what `reader` or `pipeline` returned. Raises Refused as `extract` does."""
    doc = _read(source, nlp)
    return reading(doc).facts, doc.user_data["account"]


def analyse(source: Source, nlp: "Language | Plain", given: Given = NOTHING_GIVEN) -> Reading:
    """One plan with all that the components found in it: its mended text, sections and facts with their positions.
    `nlp` is what `reader` or `pipeline` returned, `given` the title and the region that a person gave the plan. Raises
    Refused as `extract` does."""
    return reading(_read(source, nlp, given))


def _read(source: Source, nlp: "Language | Plain", given: Given = NOTHING_GIVEN) -> "Doc":
    """The Doc of one plan, given as its source, after all components have run; its reading has the facts with their
    positions. `nlp` is what `reader` or `pipeline` returned, `given` the title and the region that a person gave the
    plan. Raises Refused as `extract` does."""
    document, found_tables = read_tables(layout(source))
    if isinstance(nlp, Plain):
        doc = plain_doc()
    else:
        from spacy.tokens import Doc

        doc = Doc(nlp.vocab, words=list(document.text), spaces=[False] * len(document.text))
    doc.user_data["reading"] = Reading(document, given)
    doc.user_data["tables"] = found_tables
    found: list[FoundFact] = []
    for name, component in nlp.pipeline:
        doc = component(doc)
        state = reading(doc)
        found += [FoundFact(name, fact) for fact in state.facts[len(found) :]]
    reading(doc).facts = settled(source.name, found)
    return doc
