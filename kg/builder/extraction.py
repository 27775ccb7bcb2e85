"""One file -> its facts and its graph: what a worker process does for the build, and for a command that shows one
file."""

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat, serialize

from extractors.audit import worth_a_look
from extractors.layout import paragraphs
from extractors.pipeline import NOTHING_GIVEN, Plain, accounted, analyse, reader
from extractors.readers import read, read_bytes
from extractors.readers.provenance import Provenance
from extractors.reading import Given
from extractors.version import PROGRAM_NAME
from kg.builder.jobs import Extracted, FileJob, Job
from kg.corrections.replay import identity_given, replay
from kg.corrections.things import with_things
from ontology.graph import plan_graph
from ontology.iris import Iris
from ontology.model.corrections import Outcome, digest, relevant
from ontology.model.errors import Refused
from ontology.model.facts import Fact, Heading, Passage, Plan
from ontology.model.source import Source
from ontology.model.text import DocumentText

if TYPE_CHECKING:
    from spacy.language import Language


def run(job: Job) -> Extracted:
    """Reads one file and makes its graph, with the corrections that concern it and, where the job's stamp says so, with
    the text. Where the corrections give the plan another title or region, the file's text is read once more with these.
    The web address and the day of retrieval that the job knows each go before what the file itself states. Raises
    Refused where the file cannot be read, has other bytes than the job says, or has no title of a plan."""
    source = read(Path(job.path), job.limits)
    if source.sha256 != job.sha256:
        raise Refused(f"{source.name}: changed while it was being read; build again")
    provenance = job.known.over(Provenance(source.source_url, source.retrieved))
    source = replace(source, source_url=provenance.url, retrieved=provenance.retrieved)
    facts, text = read_plan(source)
    corrected, states = identity_given(source, facts, job.corrections)
    if corrected != NOTHING_GIVEN:
        facts, text = read_plan(source, corrected)
    facts, outcomes = replay(source, facts, job.corrections, states)
    facts = with_things(facts, job.corrections)
    iris = Iris(job.base)
    plan = next(fact for fact in facts if isinstance(fact, Plan))
    stamp = replace(job.stamp, corrections=digest(relevant(job.corrections, source.name, plan.title)))
    document = iris.document(plan.policy, source.name, job.number)
    stored_text = text if job.stamp.text else None
    quads: list[Quad] = plan_graph(source, facts, str(stamp), iris, document, stored_text, outcomes)
    return Extracted(
        document.value,
        str(stamp),
        serialize(quads, format=RdfFormat.N_QUADS) or b"",
        dict(Counter(type(fact).__name__ for fact in facts if not isinstance(fact, Passage))),
        (*source.notes, *_lacking(facts, source), *_correction_notes(outcomes)),
        worth_a_look(facts),
    )


def read_source(job: FileJob) -> Source:
    """The source of one file, from its path or the job's data: its text, tables and marks of layout, without facts.
    Raises Refused where it cannot be read."""
    return read(Path(job.path), job.limits) if job.data is None else read_bytes(job.path, job.data, job.limits)


def read_facts(job: FileJob) -> tuple[Source, list[Fact]]:
    """The source of one file and its facts, the plan's own first, as a build without corrections reads them. Raises
    Refused where the file cannot be read or has no plan."""
    source = read_source(job)
    return source, facts_of(source)


def read_graph(job: FileJob) -> tuple[str, bytes]:
    """The IRI of one file's graph, and the graph with the text as N-Quads, as a build without corrections and without
    a table of sources makes it, but without the program's version. Raises Refused where the file cannot be read or has
    no plan."""
    source = read_source(job)
    facts, text = read_plan(source)
    iris = Iris()
    plan = next(fact for fact in facts if isinstance(fact, Plan))
    document = iris.document(plan.policy, source.name)
    quads = plan_graph(source, facts, PROGRAM_NAME, iris, document, text)
    return document.value, serialize(quads, format=RdfFormat.N_QUADS) or b""


def account_of(job: FileJob) -> tuple[str, str, list[Passage]]:
    """The plan's title, the file's name, and the account of its text: what each passage was read as, together with
    those that look like facts and were not understood, sorted by start, of several with one start the longest first.
    Raises Refused where the file cannot be read or has no plan."""
    source = read_source(job)
    facts, passages = accounted(source, _pipeline())
    plan = _plan(source, facts)
    suspicious = [fact for fact in facts if isinstance(fact, Passage) and fact.suspicious]
    passages = sorted([*passages, *suspicious], key=lambda passage: (passage.evidence.start, -passage.evidence.end))
    return plan.title, source.name, passages


def facts_of(source: Source) -> list[Fact]:
    """The facts of a source, the `Plan` first; raises Refused where it has no title of a plan."""
    return read_plan(source)[0]


def read_plan(source: Source, given: Given = NOTHING_GIVEN) -> tuple[list[Fact], DocumentText]:
    """The facts of a source, the `Plan` first, the others as the components found them, and its text with its
    paragraphs. `given` is the title or region that corrections state, which is used in place of those read. Raises
    Refused where the source has no title of a plan."""
    reading = analyse(source, _pipeline(), given)
    plan = _plan(source, reading.facts)
    ordered = [plan, *(fact for fact in reading.facts if fact is not plan)]
    return ordered, DocumentText.of(source, paragraphs(reading.document))


def _plan(source: Source, facts: list[Fact]) -> Plan:
    """The first `Plan` among the facts. Raises Refused, naming the source, where there is none, because no title was
    found."""
    plan = next((fact for fact in facts if isinstance(fact, Plan)), None)
    if plan is None:
        raise Refused(
            f"{source.name}: no title of a plan, notice or policy found; if it is a plan, write its title into the "
            "first line or name the file after it"
        )
    return plan


def _correction_notes(outcomes: list[Outcome]) -> list[str]:
    """Remarks for the user on the corrections of a plan: how many were applied, if any ('2 corrections applied'), and
    for each other one its id, action, kind, field if it has one, the first 20 characters of its quote and its state
    ('correction 3f9a… (set Target unit, '建成…') not applied: lost'). Empty for no corrections."""
    applied = sum(outcome.state == "applied" for outcome in outcomes)
    notes = ["1 correction applied" if applied == 1 else f"{applied} corrections applied"] if applied else []
    for outcome in outcomes:
        if outcome.state != "applied":
            correction = outcome.correction
            what = f"{correction.action} {correction.kind}" + (f" {correction.field}" if correction.field else "")
            quote = (correction.quote or "")[:20]
            notes.append(f"correction {correction.id} ({what}, {quote!r}) not applied: {outcome.state}")
    return notes


MIN_LONG_TEXT = 500  # characters of a text that one expects to have headings


def _lacking(facts: list[Fact], source: Source) -> list[str]:
    """Remarks for the user on what the plan lacks, in this order: a title in its text (`title_origin` is set), a
    region, headings. `facts` has the plan among them. Where a text of at least MIN_LONG_TEXT (500) characters has no
    headings and its longest stretch without white space is more than half of it, the remark says that its line breaks
    are lost."""
    plan = next(fact for fact in facts if isinstance(fact, Plan))
    lacking = ["its title is taken from the file's name"] if plan.title_origin else []
    lacking += [] if plan.region else ["no region found in title or issuer"]
    if any(isinstance(fact, Heading) for fact in facts):
        return lacking
    stretches = source.text.split()
    if len(source.text) >= MIN_LONG_TEXT and max(map(len, stretches)) * 2 > len(source.text):
        return [*lacking, "no headings found: the text stands on one line; get it with its line breaks"]
    return [*lacking, "no headings found"]


@cache
def _pipeline() -> "Language | Plain":
    """The components that read a plan (`extractors.pipeline.reader`), loaded once for each process."""
    return reader()
