"""Words -> the passages that contain all of them, the best first."""

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
SCORE_DIGITS = 4  # decimals of a score, which are equal on every machine


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found: `spans` are the places of the words and of their other names in the document's text, in
    order and with overlapping ones joined. `row` has the columns HIT_COLUMNS: title and id of the plan (`plan`,
    `plan_id`), its region and file; heading, score, start, end, page and quote of the passage; the names that occur in
    it (`matched`), with 、 between; and the offsets of the first of `spans` (`hit_start`, `hit_end`)."""

    row: dict[str, Any]
    spans: tuple[Span, ...]
    passage: IndexedPassage

    def marked(self, before: str, after: str) -> str:
        """The passage's text as people read it (`readable`), with `before` and `after` around each of the spans:
        '推动⟦医养⟧结合', 'the plan ⟦by⟧ 2025'."""
        text = self.passage.text
        starts, ends = {start for start, _ in self.spans}, {end for _, end in self.spans}
        # `readable` changes white space alone, which is never the first or last character of a span
        places = iter(at for at, character in enumerate(text, self.passage.start) if not character.isspace())
        parts: list[str] = []
        for character in readable(text):
            if character == " ":
                parts.append(character)
            else:
                at = next(places)
                parts += [before] * (at in starts) + [character] + [after] * (at + 1 in ends)
        return "".join(parts)


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
    """The passages that contain every word, or another name of it (`other_names`) unless `exact`, the best first and at
    most `limit` (None for all). Width, case and white space do not matter. The index is searched as it is; `refresh`
    brings it up to date before.

    `parameters` limit the passages: `plan` (part of its title or file name), `region` (part of the name of the plan's
    region), in which width and case count, `level` (of the plan) and `kind` (of a fact whose evidence overlaps the
    passage), these two as key, label or other name: '县级', 'target'. Raises Usage for no words or a word that `fold`
    leaves nothing of, for an unknown parameter, and for a level or kind that is none; Refused where another process has
    locked the index (`Index.read`)."""
    ranking = ranked(index, words, parameters, exact=exact, limit=limit)
    return SearchResult(ranking.hits(), ranking.total)


class Ranked:
    """A ranking of passages, the best first: `len` is their number, `total` how many were found in all, which may be
    more. Passages are read from the index only by `hits`.

    It is made from `rows`, the (row number, score) of each passage, and `names`, which has for each word that was
    looked for the word and its other names, folded. Scores are rounded to SCORE_DIGITS (4) decimals, and equal ones
    sorted by file name, title and row number."""

    def __init__(
        self, index: Index, names: Sequence[Sequence[str]], rows: Sequence[tuple[int, float]], total: int
    ) -> None:
        self._index, self._names, self.total = index, names, total
        documents = _documents(index, "1", [])
        self._rows = [(row, round(score, SCORE_DIGITS), documents.of(row)) for row, score in rows]
        # so that all stores give one order; row numbers within a document are in the order of its text
        self._rows.sort(key=lambda item: (-item[1], item[2][FILE_AT], item[2][PLAN_AT], item[0]))

    def __len__(self) -> int:
        return len(self._rows)

    def about(self, number: int) -> tuple[str, tuple[str, ...]]:
        """The IRI of the document, and the kinds of the facts, of the passage at this place of the ranking (0 is the
        best). Raises IndexError for a place that it has not."""
        row, _, document = self._rows[number]
        return document[IRI_AT], self._index.kinds(row)

    def hits(self, numbers: Sequence[int] | None = None) -> tuple[Hit, ...]:
        """The passages at these places of the ranking (0 is the best), in the order of `numbers`; for None all, the
        best first. Raises IndexError for a place that the ranking has not."""
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
    """What `search` finds with the same arguments, for a caller that shows only some of the passages: those that
    contain every word, or another name of it unless `exact`, and satisfy the `parameters` (plan, region, level, kind),
    at most `limit` (None for all). Raises Usage for no words, a word that `fold` leaves nothing of, an unknown
    parameter, and a level or kind that is none; Refused where another process has locked the index."""
    folded_words = [fold(word) for word in words]
    if not folded_words or not all(folded_words):
        raise Usage("no word to search for: give one that has letters, digits or marks")
    unknown = set(parameters or {}) - set(SEARCH_PARAMETERS)
    if unknown:
        raise Usage(f"search has no parameter {min(unknown)!r}; it takes: {', '.join(SEARCH_PARAMETERS)}")
    names = [(word, *(() if exact else other_names(word))) for word in folded_words]
    groups = ["(" + " OR ".join(map(phrase, group)) + ")" for group in names]
    keys = {name: _key(name, value) for name, value in (parameters or {}).items()}
    kinds = [f'"{keys["kind"].lower()}"'] if "kind" in keys else []
    rows, total = _matches(index, " AND ".join([*groups, *kinds]), keys, limit)
    return Ranked(index, names, rows, total)


def why_nothing(index: Index, words: Sequence[str], parameters: Mapping[str, str], *, exact: bool = False) -> str:
    """Why `search` with these arguments, which it accepted, found no passage, in one sentence. Of these reasons the
    first that holds: no plan with a text matches one of the parameters plan, region and level (the first such of
    `parameters`); some words are in no text ('no text of the store has 护理园'); no passage has all words (with the
    number of passages of each); no passage with all words satisfies all parameters. Another name of a word counts as
    the word unless `exact`."""
    for name, value in parameters.items():
        if name in DOCUMENT_TESTS:
            test = DOCUMENT_TESTS[name]
            if not _documents(index, test, [_key(name, value)] * test.count("?")).rows:
                return f"no plan of the store matches {name}={value}"

    def count(some: Sequence[str]) -> int:
        """How many passages have all of some words."""
        return search(index, some, exact=exact, limit=1).total

    if nowhere := [word for word in words if not count([word])]:
        return f"no text of the store has {ontology_words.listed(nowhere)}"
    if not (elsewhere := count(words)):
        return "no passage has all of " + ontology_words.listed(f"{word} ({count([word])})" for word in words)
    return f"{elsewhere} passages have these words, none with " + ontology_words.listed(
        f"{k}={v}" for k, v in parameters.items()
    )


def _key(name: str, value: str) -> str:
    """The key of a value of the parameter `name`, which a user may write as key, label or other name: ('level', '县级')
    -> 'county'; the value itself for a parameter without a closed list (CLOSED_LISTS). Raises Usage for a value that is
    not in the list."""
    if name not in CLOSED_LISTS:
        return value
    if (key := ontology_words.understood(CLOSED_LISTS[name], value)) is None:
        names = [each for term in ontology_words.terms(CLOSED_LISTS[name]).values() for each in sorted(term.names())]
        listed = one_of(value, names, ontology_words.labels(CLOSED_LISTS[name]).values())
        raise Usage(f"parameter {name}: no such value {value!r}; {listed}")
    return key


CLOSED_LISTS = {"level": "level", "kind": "fact"}  # by parameter


def _matches(
    index: Index, match: str, parameters: Mapping[str, str], limit: int | None
) -> tuple[list[tuple[int, float]], int]:
    """The passages that match the FTS5 query `match`, as (row number, score), the highest score first and at most
    `limit` (None for all); and how many match in all. `parameters`, with values as `_key` returns them, limit them to
    documents by plan, region and level (DOCUMENT_TESTS); others are ignored. Equal scores are in the order of row
    numbers where such a parameter is given, else in that of SQLite."""
    tests = [DOCUMENT_TESTS[name] for name in parameters if name in DOCUMENT_TESTS]
    at_most = -1 if limit is None else limit
    if not tests:
        rows = index.read(
            "SELECT rowid, -rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?", (match, at_most)
        ).fetchall()
        if limit is None or len(rows) < limit:
            return rows, len(rows)
        return rows, index.read("SELECT count(*) FROM words WHERE words MATCH ?", (match,)).fetchone()[0]
    values = [value for name, value in parameters.items() for _ in range(DOCUMENT_TESTS.get(name, "").count("?"))]
    documents = _documents(index, " AND ".join(tests), values)
    every = index.read("SELECT rowid, -rank FROM words WHERE words MATCH ?", (match,))
    rows = sorted((row for row in every if documents.of(row[0])), key=lambda row: (-row[1], row[0]))
    return rows[:limit], len(rows)


# Conditions of SQL on the table `document` by parameter; each question mark stands for the parameter's value.
DOCUMENT_TESTS = {
    "plan": "(instr(plan, ?) OR instr(file, ?))",
    "region": "instr(region, ?)",
    "level": "level = ?",
}


PLAN_AT, IRI_AT, FILE_AT = 2, 3, 4  # in a row of `_Documents`


@dataclass(frozen=True, slots=True)
class _Documents:
    """Some documents of the index, to be found by the row numbers of their passages, which are consecutive. `firsts`
    has the row number of the first passage of each document, ascending, and `rows` the row of each: (its first row
    number, the one after its last, title, IRI, file name, region)."""

    firsts: list[int]
    rows: list[tuple[Any, ...]]

    def of(self, row: int) -> tuple[Any, ...]:
        """The document that contains the passage with the row number `row`: (its first row number, the one after its
        last, title, IRI, file name, region); empty where none of these documents contains it."""
        at = bisect_right(self.firsts, row) - 1
        return self.rows[at] if at >= 0 and row < self.rows[at][1] else ()


def _documents(index: Index, condition: str, values: Sequence[str]) -> _Documents:
    """The documents with at least one passage for which the SQL condition holds; `values` are those of its question
    marks."""
    rows = index.read(
        f"SELECT first, behind, plan, iri, file, region FROM document WHERE first < behind AND {condition} "
        "ORDER BY first",
        values,
    ).fetchall()
    return _Documents([row[0] for row in rows], rows)


def _hit(passage: IndexedPassage, score: float, document: Sequence[Any], names: Sequence[Sequence[str]]) -> Hit:
    """The hit for a passage, in which at least one of the names occurs. `names` has each word with its other names,
    folded; `document` is the row of the passage's document in `_Documents`. In the hit's row `matched` are the names
    that occur, with 、 between, `start` and `end` the offsets of the passage in the document, `quote` its readable
    text, and `hit_start` and `hit_end` the offsets of the first of the hit's spans: the first place of a name, with
    those that overlap it."""
    _, _, plan, plan_id, file, region = document
    folded = passage.characters()
    places_by_name = {name: _places(folded, name) for group in names for name in group}
    matched = [name for name, places in places_by_name.items() if places]
    spans = _joined(sorted(span for places in places_by_name.values() for span in places))
    values = {
        "plan": plan,
        "region": region,
        "file": file,
        "heading": passage.heading,
        "matched": "、".join(matched),
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


def _places(folded: FoldedText, word: str) -> list[Span]:
    """The places of a folded word, which is not empty, in the text that `folded` was made from, in order. Of
    places that overlap in the folded text only the first counts; those in one character of the text, as the three
    points of …, are all given, as the same span."""
    places, at = [], folded.text.find(word)
    while at >= 0:
        places.append((folded.origin[at], folded.origin[at + len(word) - 1] + 1))
        at = folded.text.find(word, at + len(word))
    return places


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans, which must be sorted, with those that overlap joined into one; those that only touch stay apart."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
