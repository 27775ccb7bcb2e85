"""The extractors as a spaCy pipeline that behaves as spaCy's users expect.

    nlp = load()
    doc = nlp(make_doc("plan.pdf"))         # or nlp("the text of a plan"), nlp.pipe(docs)
    doc._.plan                              # the facts, as JSON lines have them
    doc.spans["facts"]                      # their places, labelled Target, Indicator, …

The Doc's text is the plan's text with its layout mended, a token a character.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import spacy
import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab

from extractors.document import Document
from extractors.layout import layout
from extractors.pipeline import add_components
from extractors.positions import FoundFact, settled
from extractors.readers import read, read_bytes
from extractors.reading import Reading, reading
from extractors.tables import read_tables
from ontology.json_lines import fact_objects
from ontology.model.source import Source

TOKENIZER = "plan_kg.characters.v1"
FACTS_COMPONENT = "plan_facts"
_FACTS_KEY = "plan_facts"  # in Doc.user_data: what Doc.to_bytes can keep


class CharacterTokenizer:
    """The tokenizer of the pipeline: it mends the layout of a text and makes each character of the result a token, line
    breaks too. Raises Refused for a text that `read_bytes` refuses as a txt file, such as one that is empty, is white
    space alone, has a NUL or is longer than the default limits."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        return doc_of(read_bytes("text.txt", text.encode()), self.vocab)

    def pipe(self, texts: Iterable[str], batch_size: int = 1) -> Iterable[Doc]:
        """The Docs of several texts, one by one; `batch_size` is there for spaCy and has no effect."""
        return map(self, texts)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing: the tokenizer has no state."""
        return b""

    def from_bytes(self, _data: bytes, **_options: Any) -> "CharacterTokenizer":
        """The tokenizer itself: there is nothing to load."""
        return self

    def to_disk(self, _path: Path, **_: Any) -> None:
        """Writes nothing."""

    def from_disk(self, _path: Path, **_: Any) -> "CharacterTokenizer":
        """The tokenizer itself: there is nothing to load."""
        return self


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], CharacterTokenizer]:
    """A function that makes the tokenizer for a `Language`, as spaCy's registry of tokenizers wants it."""
    return lambda nlp: CharacterTokenizer(nlp.vocab)


def load() -> Language:
    """A spaCy pipeline that takes a Doc of `make_doc` or the text of a plan. Its parts are the tokenizer, which mends
    the layout, the components of plan-kg and of other packages, the audit, and at the end `plan_facts`, which numbers
    the facts that they found. A call of it raises Refused as `CharacterTokenizer` and `pipeline.extract` do."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    add_components(nlp)
    nlp.add_pipe(FACTS_COMPONENT)
    return nlp


def make_doc(path: str | Path, vocab: Vocab | None = None) -> Doc:
    """A plan file of any format as a Doc that the pipeline takes: its mended text, with no fact read yet. `vocab` is
    the vocabulary of the pipeline; without it the Doc has one that any pipeline accepts. Raises Refused for a file that
    cannot be read."""
    return doc_of(read(Path(path)), vocab or _vocab())


def doc_of(source: Source, vocab: Vocab) -> Doc:
    """The Doc of a source: its mended text, a token a character, with the vocabulary `vocab`. Its `user_data` holds the
    empty `Reading` that the components fill ("reading"), and the tables of the text ("tables")."""
    document, found = read_tables(layout(source))
    doc = Doc(vocab, words=list(document.text), spaces=[False] * len(document.text))
    doc.user_data["reading"] = Reading(document)
    doc.user_data["tables"] = found
    return doc


_shared: list[Vocab] = []


def _vocab() -> Vocab:
    """The vocabulary of Docs that are made outside of a pipeline: strings alone, which any pipeline can take."""
    if not _shared:
        _shared.append(spacy.blank("zh").vocab)
    return _shared[0]


@Language.component(FACTS_COMPONENT)
def plan_facts(doc: Doc) -> Doc:
    """The last component: gives the facts their positions, and sets `doc._.plan` (the facts as dicts) and
    `doc.spans["facts"]` (the places of their evidence in the Doc, labelled by kind; evidence behind the last character
    of the mended text has no span). It removes from `doc.user_data` what cannot be serialised, the `Reading` too, so
    that the Doc can be pickled. Returns `doc`. Raises Refused where two facts cannot be told apart, two headings or
    tasks have one number, or a fact refers to one that is not there (`positions.settled`), and Usage for a Doc that was
    not made of a plan."""
    state = reading(doc)
    source = state.document.file or state.document.source
    facts = settled(source.name, [FoundFact("pipeline", fact) for fact in state.facts])
    doc.user_data[_FACTS_KEY] = list(fact_objects(source, facts))
    place = _places(state.document)
    spans = []
    for fact in facts:
        start, end = place(fact.evidence.start), place(fact.evidence.end - 1)
        if start is not None and end is not None and start <= end:
            spans.append(Span(doc, start, end + 1, label=type(fact).__name__))
    doc.spans["facts"] = spans
    for name in [name for name, value in doc.user_data.items() if not _can_be_kept(value)]:
        del doc.user_data[name]  # what the components shared
    return doc


def _can_be_kept(value: object) -> bool:
    """Whether `Doc.to_bytes` can write the value: True unless msgpack raises TypeError for it. Other errors are not
    caught."""
    try:
        srsly.msgpack_dumps(value)
    except TypeError:
        return False
    return True


def _places(document: Document) -> Callable[[int], int | None]:
    """A function from an offset in the text of the file as it was read, which evidence counts in, to the index of the
    token with that character, or with the next one that the mended text has. The function returns None after the
    last."""
    origin = list(document.origin)
    if document.places is not None:
        origin = [document.places[at] for at in origin]
    ordered = sorted(range(len(origin)), key=origin.__getitem__)
    offsets = [origin[at] for at in ordered]

    def at(offset: int) -> int | None:
        found = bisect_left(offsets, offset)
        return ordered[found] if found < len(ordered) else None

    return at


def _plan(doc: Doc) -> list[dict[str, Any]]:
    """The facts of a Doc as dicts, as `kg extract` prints them; empty for a Doc in which none was found, and for one
    that the pipeline has not read."""
    found: list[dict[str, Any]] = doc.user_data.get(_FACTS_KEY, [])
    return found


Doc.set_extension("plan", getter=_plan, force=True)
