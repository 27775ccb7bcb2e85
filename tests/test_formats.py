"""The same plan as txt, md, html, docx and pdf gives the same facts, each proved by its own file."""

import dataclasses
import shutil
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from render_plans import render
from spacy.language import Language

from extractors.pipeline import extract, pipeline
from extractors.readers import read
from ontology.model.facts import Evidence, Fact, Passage, squeeze
from ontology.model.source import Source

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "samples").glob("*.txt")) + sorted((ROOT / "samples").glob("*.md"))
FORMATS = ["txt", "md", "html", "docx", "pdf"]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline()


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("formats")
    render(SAMPLES, folder, [kind for kind in FORMATS if kind != "pdf" or shutil.which("soffice")])
    return folder


def said(value: object) -> object:
    """What a fact says, without where it stands and what marks of its format stand in between."""
    if isinstance(value, Evidence):
        return None
    if dataclasses.is_dataclass(value):
        return type(value).__name__, *(said(getattr(value, field.name)) for field in dataclasses.fields(value))
    if isinstance(value, tuple):
        return tuple(map(said, value))
    return squeeze(value) if isinstance(value, str) else value


def proved(value: object, source: Source) -> int:
    """The number of pieces of evidence in the fact, each of which holds."""
    if isinstance(value, Evidence):
        assert squeeze(source.text[value.start : value.end]) == squeeze(value.quote)
        assert value.page == source.page_of(value.start)
        return 1
    if isinstance(value, tuple):
        return sum(proved(part, source) for part in value)
    if dataclasses.is_dataclass(value):
        return sum(proved(getattr(value, field.name), source) for field in dataclasses.fields(value))
    return 0


def facts(path: Path, nlp: Language) -> tuple[Source, list[Fact]]:
    source = read(path)
    return source, extract(source, nlp)


facts_of_text = cache(facts)  # what every format of a sample is compared with


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_same_facts(sample: Path, kind: str, rendered: Path, nlp: Language) -> None:
    if kind == "pdf" and not shutil.which("soffice"):
        pytest.skip("needs LibreOffice")
    _, expected = facts_of_text(sample, nlp)
    source, found = facts(rendered / f"{sample.stem}.{kind}", nlp)
    wanted, got = (  # the account of the text tells how long the text is, which the formats do not agree on
        Counter(said(fact) for fact in each if not isinstance(fact, Passage)) for each in (expected, found)
    )
    assert (list(wanted - got), list(got - wanted)) == ([], [])
    assert sum(proved(fact, source) for fact in found) >= len(found) > 25
