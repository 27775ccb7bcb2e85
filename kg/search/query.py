"""Words -> the passages that hold all of them, the best first."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.search.characters import FoldedText, fold, phrase
from kg.search.index import Index, IndexedPassage
from kg.search.names import other_names
from ontology import words as ontology_words
from ontology.model.errors import Usage
from ontology.model.facts import readable
from ontology.model.text import Span
from queries.parameters import one_of

HIT_COLUMNS = (
    "plan",
    "region",
    "file",
    "heading",
    "matched",
    "score",
    "start",
    "end",
    "page",
    "quote",
    "hit_start",
    "hit_end",
    "plan_id",
)
SEARCH_PARAMETERS = ("plan", "region", "level", "kind")
HIT_OPEN, HIT_CLOSE = "\ue000", "\ue001"  # of the private use area, which Unicode gives no character
SCORE_DIGITS = 4  # of a score: equal on every machine


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found: `row` has its columns (HIT_COLUMNS), where `matched` names the words found (医养、护理)
    and `hit_start` and `hit_end` are the first place of one, and `spans` are the places of the words in the document's
    text, in order."""

    row: dict[str, Any]
    spans: tuple[Span, ...]
    passage: IndexedPassage

    def marked(self, before: str, after: str) -> str:
        """The quote with `before` and `after` put around each hit: '推动⟦医养⟧结合'."""
        opens, closes = {start for start, _ in self.spans}, {end for _, end in self.spans}
        words: list[str] = []
        for at, character in enumerate(self.passage.text, self.passage.start):
            words += [HIT_OPEN] * (at in opens) + [character] + [HIT_CLOSE] * (at + 1 in closes)
        return readable("".join(words)).replace(HIT_OPEN, before).replace(HIT_CLOSE, after)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits that were asked for, the best first, and how many passages were found in all."""

    hits: tuple[Hit, ...]
    total: int


def search(
    index: Index,
    words: Sequence[str],
    parameters: Mapping[str, str] | None = None,
    *,
    exact: bool = False,
    limit: int | None = None,
) -> SearchResult:
    """The passages that contain every word, or another name of it unless `exact`, the best first and at most `limit`.
    The index is searched as it is; `refresh` brings it up to date before. Raises Usage for no words and for an unknown
    parameter.

    `parameters`: `plan` (part of a title or file name), `region` (part of a name), `level`, `kind` of a fact that the
    passage holds (`target`).
    """
    found = ranked(index, words, parameters, exact=exact, limit=limit)
    return SearchResult(found.hits(), found.total)


class Ranked:
    """The passages that contain all words, the best first, each read only when it is asked for. `total` is how many
    were found in all, which may be more than are kept here. It is made from (row number, score) of each passage kept
    (`rows`), and for each word the word and its other names, folded (`names`)."""

    def __init__(
        self, index: Index, names: Sequence[Sequence[str]], rows: Sequence[tuple[int, float]], total: int
    ) -> None:
        self._index, self._names, self.total = index, names, total
        documents = _documents(index, "1", [])
        found = [(row, round(score, SCORE_DIGITS), documents.of(row)) for row, score in rows]
        # equal scores by file, title and place, so that all stores give one order; rows of a document are in its order
        found.sort(key=lambda item: (-item[1], item[2][FILE_AT], item[2][PLAN_AT], item[0]))
        self._rows = found

    def __len__(self) -> int:
        return len(self._rows)

    def about(self, number: int) -> tuple[str, tuple[str, ...]]:
        """The IRI of the document, and the kinds of the facts, of the passage at this place of the ranking (0 is the
        best)."""
        row, _, document = self._rows[number]
        return document[IRI_AT], self._index.kinds(row)

    def hits(self, numbers: Sequence[int] | None = None) -> tuple[Hit, ...]:
        """The passages at these places of the ranking (0 is the best), in the order of `numbers`; by default all, the
        best first."""
        chosen = self._rows if numbers is None else [self._rows[number] for number in numbers]
        return tuple(_hit(self._index.passage(row), score, document, self._names) for row, score, document in chosen)


def ranked(
    index: Index,
    words: Sequence[str],
    parameters: Mapping[str, str] | None = None,
    *,
    exact: bool = False,
    limit: int | None = None,
) -> Ranked:
    """What `search` finds, for a caller that shows only some of the passages: the best `limit` of them in order (None
    for all), of which each is read from the index when it is asked for. `words`, `parameters` and `exact` are those of
    `search`; raises Usage as that does."""
    asked = [fold(word) for word in words]
    if not asked or not all(asked):
        raise Usage("no word to search for: give one that has letters, digits or marks")
    unknown = set(parameters or {}) - set(SEARCH_PARAMETERS)
    if unknown:
        raise Usage(f"search has no parameter {min(unknown)!r}; it takes: {', '.join(SEARCH_PARAMETERS)}")
    names = [(word, *(() if exact else other_names(word))) for word in asked]
    groups = ["(" + " OR ".join(map(phrase, group)) + ")" for group in names]
    given = {name: _understood(name, value) for name, value in (parameters or {}).items()}
    kinds = [f'"{given["kind"].lower()}"'] if "kind" in given else []
    rows, total = _ranked(index, " AND ".join([*groups, *kinds]), given, limit)
    return Ranked(index, names, rows, total)


def why_nothing(index: Index, words: Sequence[str], parameters: Mapping[str, str], *, exact: bool = False) -> str:
    """Why `search`, called with these arguments, found no passage, in one sentence: 'no text of the store has
    护理园'."""
    for name, value in parameters.items():
        if name in DOCUMENT_TESTS:
            test = DOCUMENT_TESTS[name]
            if not _documents(index, test, [_understood(name, value)] * test.count("?")).rows:
                return f"no plan of the store matches {name}={value}"

    def count(asked: Sequence[str], given: Mapping[str, str]) -> int:
        """How many passages have the words `asked` and satisfy the parameters `given`."""
        return search(index, asked, given, exact=exact, limit=1).total

    if nowhere := [word for word in words if not count([word], {})]:
        return f"no text of the store has {ontology_words.listed(nowhere)}"
    if not (elsewhere := count(words, {})):
        return "no passage has all of " + ontology_words.listed(f"{word} ({count([word], {})})" for word in words)
    return f"{elsewhere} passages have these words, none with " + ontology_words.listed(
        f"{k}={v}" for k, v in parameters.items()
    )


def _understood(name: str, value: str) -> str:
    """The key of the value of the parameter `name`, which a user may write as key or label: ('level', '县级') ->
    'county'. Raises Usage for a value that is not in the parameter's closed list; values of other parameters are
    returned unchanged."""
    if name not in CLOSED_LISTS:
        return value
    if (found := ontology_words.understood(CLOSED_LISTS[name], value)) is None:
        names = [each for term in ontology_words.terms(CLOSED_LISTS[name]).values() for each in sorted(term.names())]
        listed = one_of(value, names, ontology_words.labels(CLOSED_LISTS[name]).values())
        raise Usage(f"parameter {name}: no such value {value!r}; {listed}")
    return found


CLOSED_LISTS = {"level": "level", "kind": "fact"}


def _ranked(
    index: Index, match: str, parameters: Mapping[str, str], limit: int | None
) -> tuple[list[tuple[int, float]], int]:
    """The passages that match the FTS5 query `match`, as (row number, score), the highest score first and at most
    `limit`; and how many match in all. `parameters` limit them to documents by plan, region and level."""
    tests = [DOCUMENT_TESTS[name] for name in parameters if name in DOCUMENT_TESTS]
    connection, at_most = index.connection, -1 if limit is None else limit
    if not tests:
        rows = connection.execute(
            "SELECT rowid, -rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?", (match, at_most)
        ).fetchall()
        if limit is None or len(rows) < limit:
            return rows, len(rows)
        return rows, connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", (match,)).fetchone()[0]
    values = [value for name, value in parameters.items() for _ in range(DOCUMENT_TESTS.get(name, "").count("?"))]
    chosen = _documents(index, " AND ".join(tests), values)
    every = connection.execute("SELECT rowid, -rank FROM words WHERE words MATCH ?", (match,))
    rows = sorted((row for row in every if chosen.of(row[0])), key=lambda row: (-row[1], row[0]))
    return rows[:limit], len(rows)


DOCUMENT_TESTS = {
    "plan": "(instr(plan, ?) OR instr(file, ?))",
    "region": "instr(region, ?)",
    "level": "level = ?",
}


PLAN_AT, IRI_AT, FILE_AT = 2, 3, 4  # in a row of `_Documents`


@dataclass(frozen=True, slots=True)
class _Documents:
    """Some documents of the index, found by the row numbers of their passages, which are consecutive. `firsts` has the
    first number of each document, in order, and `rows` its row (see `of`)."""

    firsts: list[int]
    rows: list[tuple[Any, ...]]

    def of(self, row: int) -> tuple[Any, ...]:
        """The document that contains the passage with the row number `row`: (its first row, the row after its last,
        plan, plan_id, file, region); empty where no document of the list contains it."""
        at = bisect_right(self.firsts, row) - 1
        return self.rows[at] if at >= 0 and row < self.rows[at][1] else ()


def _documents(index: Index, condition: str, values: Sequence[str]) -> _Documents:
    """The documents with passages for which the SQL condition holds; `values` are those of its question marks."""
    rows = index.connection.execute(
        f"SELECT first, behind, plan, iri, file, region FROM document WHERE first < behind AND {condition} "
        "ORDER BY first",
        values,
    ).fetchall()
    return _Documents([row[0] for row in rows], rows)


def _hit(passage: IndexedPassage, score: float, document: Sequence[Any], names: Sequence[Sequence[str]]) -> Hit:
    """The hit for a passage: its places of the words and their other names (`names`, by word), and its row. `document`
    is the row of its document in `_Documents`."""
    _, _, plan, plan_id, file, region = document
    found = passage.characters()
    matched = {word: _places(found, word) for group in names for word in group}
    shown = [word for word, places in matched.items() if places]
    spans = _joined(sorted(span for places in matched.values() for span in places))
    values = {
        "plan": plan,
        "region": region,
        "file": file,
        "heading": passage.heading,
        "matched": "、".join(shown),
        "score": score,
        "start": passage.start,
        "end": passage.start + len(passage.text),
        "page": passage.page,
        "quote": readable(passage.text),
        "hit_start": spans[0][0],
        "hit_end": spans[0][1],
        "plan_id": plan_id,
    }
    return Hit(values, spans, passage)


def _places(found: FoldedText, word: str) -> list[Span]:
    """The places of a folded word in the document's text, whose passage is `found`; they do not overlap."""
    places, at = [], found.text.find(word)
    while at >= 0:
        places.append((found.origin[at], found.origin[at + len(word) - 1] + 1))
        at = found.text.find(word, at + len(word))
    return places


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans with overlapping ones joined; `spans` must be sorted."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
