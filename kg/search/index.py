"""The index: an SQLite file with the passages of every text and an FTS5 table of their characters.

FTS5 holds no text of its own (`content=''`). What a hit shows is kept compressed, several passages together, which
makes the index about 1.4 times as large as the texts; see docs/decisions/search.md.
"""

import json
import sqlite3
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.closing import Closing
from kg.search.characters import FoldedText, characters, tokens
from kg.stores.cache import cache_path
from ontology.model.errors import Refused
from ontology.model.text import DocumentText, Span

INDEX_FORMAT = "3"
WAIT_SECONDS = 120.0  # for another process that brings the same index up to date
CHUNK_PASSAGES = 32  # passages that are compressed together
PAGE_BYTES = 2048  # of the SQLite file: small pages leave less room unused after each chunk
INDEX_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE document (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL,
  plan TEXT NOT NULL, file TEXT NOT NULL, region TEXT, level TEXT,
  first INTEGER NOT NULL, behind INTEGER NOT NULL
);
CREATE TABLE chunk (first INTEGER PRIMARY KEY, kinds TEXT NOT NULL, passages BLOB NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (text, content='', tokenize='ascii');
"""
CHUNK_ENCODING = "gb18030"  # two bytes for a Chinese character, against three of UTF-8


def index_path(address: str) -> Path:
    """The path of the index of the store at the address: in a folder that can be written to ('plans.kg' ->
    plans.kg/search.sqlite), else in the user's cache ('neo4j://host' -> ~/.cache/plan-kg/search-d5b1802a….sqlite); see
    `cache_path`."""
    return cache_path(address, "search")


@dataclass(frozen=True, slots=True)
class IndexedFact:
    """The parts of a fact that the index needs: its kind ('target'), the offsets of its evidence in the document, and
    its label, which is used for facts of the kind 'heading' alone, as the heading of passages."""

    kind: str
    start: int
    end: int
    label: str | None


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A document to index. `plan` is its title, `file` the name of its file; `region` is a name, `level` a key
    ('county'), these two None where not known. `stamp` identifies the version of the document that was indexed, so that
    a change is noticed. A document whose text the store was built without has its IRI and stamp alone: `plan`, `file`
    and `text` are empty."""

    iri: str
    stamp: str
    plan: str
    file: str
    region: str | None
    level: str | None
    text: DocumentText
    facts: tuple[IndexedFact, ...]


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A paragraph, or a row of a table, of a document as the index has it.

    `text` is the text of the document from the passage's beginning, at the offset `start`, to its end. `spans` are the
    parts of `text` that belong to the passage, as offsets in `text`: a page number in between does not. `page` is the
    page on which it begins, None where the document has no pages. `heading` is the label of the last heading that
    starts at or before the passage, None without one; `kinds` are the kinds of its facts, sorted."""

    start: int
    text: str
    spans: tuple[Span, ...]
    page: int | None
    heading: str | None
    kinds: tuple[str, ...]

    def characters(self) -> FoldedText:
        """The folded characters of the parts in `spans`, with their offsets in the document."""
        folded = characters(self.text, self.spans)
        return FoldedText(folded.text, tuple(self.start + at for at in folded.origin))

    def tokens(self) -> str:
        """The text of the passage for FTS5: its folded characters, then the kinds of its facts, all with blanks
        between. A kind is a token that no single character equals."""
        return " ".join([tokens(self.characters().text), *self.kinds])


class Index(Closing):
    """The index of a store's texts in the file at `path`, opened for reading and writing; use it in a `with` statement.
    Passages have row numbers from 1, which are consecutive within a document. A file that is missing, damaged or of
    another format is made anew. Raises Refused where that is not possible, and where another process has locked the
    file for WAIT_SECONDS (120)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = _open(path)
        self.connection.execute("PRAGMA cache_size = -65536")  # KiB
        self._chunk = lru_cache(maxsize=512)(self._read_chunk)
        self._kinds = lru_cache(maxsize=4096)(self._read_kinds)

    def close(self) -> None:
        """Closes the file."""
        self.connection.close()

    def read(self, query: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """The rows of a SELECT, to be fetched; `values` are those of its question marks. Raises Refused where another
        process has locked the file for WAIT_SECONDS (120)."""
        with _refused_if_locked(self.path):
            return self.connection.execute(query, values)  # has its lock when it returns, and keeps it to the last row

    def stamps(self) -> dict[str, str]:
        """The stamp of each indexed document by its IRI. Raises Refused as `read` does, as all methods that read do."""
        return dict(self.read("SELECT iri, stamp FROM document"))

    def without_text(self) -> int:
        """How many of the indexed documents have no text, because the store was built without it."""
        (count,) = self.read("SELECT count(*) FROM document WHERE first = behind").fetchone()
        return int(count)

    def update(self, removed: Iterable[str], entries: Iterable[IndexEntry]) -> None:
        """Removes the documents with the IRIs `removed`, then adds or replaces those of `entries`, in one transaction.
        IRIs that are not in the index are ignored. Raises Refused, without a change, where another process has locked
        the file for WAIT_SECONDS (120)."""
        with _refused_if_locked(self.path), self.connection:
            for iri in removed:
                self._remove(iri)
            for entry in entries:
                self._remove(entry.iri)
                self._add(entry)
        self._chunk.cache_clear()
        self._kinds.cache_clear()

    def merge(self) -> None:
        """Merges the parts of the FTS5 index and returns unused pages to the system, which makes the index smaller and
        faster; worth its time after many documents. Raises Refused where another process has locked the file for
        WAIT_SECONDS (120)."""
        with _refused_if_locked(self.path):
            with self.connection:
                self.connection.execute("INSERT INTO words (words) VALUES ('optimize')")
            self.connection.execute("VACUUM")

    def passage(self, number: int) -> IndexedPassage:
        """The passage with this row number. Only for a number of a passage of the index."""
        first = self._first(number)
        start, text, spans, page, heading = self._chunk(first)[number - first]
        return IndexedPassage(
            start, text, tuple((first, last) for first, last in spans), page, heading, self.kinds(number)
        )

    def kinds(self, number: int) -> tuple[str, ...]:
        """The kinds of the facts of the passage with this row number, read without its text. Only for a number of a
        passage of the index."""
        first = self._first(number)
        return self._kinds(first)[number - first]

    def _first(self, number: int) -> int:
        """The row number of the first passage of the chunk that contains the passage with this number."""
        (first,) = self.read("SELECT max(first) FROM chunk WHERE first <= ?", (number,)).fetchone()
        return int(first)

    def _read_kinds(self, first: int) -> list[tuple[str, ...]]:
        """The kinds of the facts of each passage of the chunk whose first passage has this number."""
        (kinds,) = self.read("SELECT kinds FROM chunk WHERE first = ?", (first,)).fetchone()
        return [tuple(words.split()) for words in kinds.split("\n")]

    def _read_chunk(self, first: int) -> list[Any]:
        """The passages of the chunk whose first passage has this number, each as the list [start, text, spans, page,
        heading] of `IndexedPassage`."""
        (blob,) = self.read("SELECT passages FROM chunk WHERE first = ?", (first,)).fetchone()
        passages: list[Any] = json.loads(zlib.decompress(blob).decode(CHUNK_ENCODING))
        return passages

    def _add(self, entry: IndexEntry) -> None:
        """Adds a document that the index has not, with its passages, whose row numbers follow those of all others."""
        (first,) = self.read("SELECT coalesce(max(behind), 1) FROM document").fetchone()
        passages = _passages(entry)
        values = (entry.iri, entry.stamp, entry.plan, entry.file, entry.region, entry.level)
        self.connection.execute(
            "INSERT INTO document (iri, stamp, plan, file, region, level, first, behind) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, first, first + len(passages)),
        )
        self.connection.executemany(
            "INSERT INTO chunk (first, kinds, passages) VALUES (?, ?, ?)", _chunks(first, passages)
        )
        self.connection.executemany(
            "INSERT INTO words (rowid, text) VALUES (?, ?)",
            ((row, passage.tokens()) for row, passage in enumerate(passages, first)),
        )

    def _remove(self, iri: str) -> None:
        """Removes a document and its passages; does nothing where the index has no document with this IRI."""
        rows = self.read("SELECT first, behind FROM document WHERE iri = ?", (iri,)).fetchone()
        if rows is None:
            return
        for row in range(*rows):  # FTS5 has no text of its own, and needs it to delete a row
            words = self.passage(row).tokens()
            self.connection.execute("INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)", (row, words))
        self.connection.execute("DELETE FROM chunk WHERE first >= ? AND first < ?", rows)
        self.connection.execute("DELETE FROM document WHERE iri = ?", (iri,))


def _passages(entry: IndexEntry) -> list[IndexedPassage]:
    """The paragraphs and table rows of a document (`DocumentText.paragraphs`) as passages, in order. The kinds of a
    passage are those of the facts whose evidence overlaps it, each once, sorted. Its heading is the label of the last
    fact of the kind 'heading' that starts at or before it, of several that start at one place the shortest; None where
    there is no such fact, or it has no label."""
    content = entry.text.content
    facts = sorted(entry.facts, key=lambda fact: (fact.start, -fact.end))
    headings = [fact for fact in facts if fact.kind == "heading"]
    starts = [fact.start for fact in headings]
    passages = []
    for spans in entry.text.paragraphs:
        start, end = spans[0][0], spans[-1][1]
        above = bisect_right(starts, start)
        kinds = sorted({fact.kind for fact in facts if fact.start < end and start < fact.end})
        words = tuple((first - start, last - start) for first, last in spans)
        heading = headings[above - 1].label if above else None
        passages.append(
            IndexedPassage(start, content[start:end], words, entry.text.page_of(start), heading, tuple(kinds))
        )
    return passages


def _chunks(first: int, passages: Sequence[IndexedPassage]) -> Iterator[tuple[int, str, bytes]]:
    """The passages in chunks of CHUNK_PASSAGES (32), the last of which may have fewer, each as (row number of its first
    passage, kinds as text, a line for each passage with blanks between its kinds, passages as compressed JSON); `first`
    is the row number of the first passage of all. No chunk for no passages."""
    for at in range(0, len(passages), CHUNK_PASSAGES):
        part = passages[at : at + CHUNK_PASSAGES]
        rows = [[p.start, p.text, p.spans, p.page, p.heading] for p in part]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        yield first + at, "\n".join(" ".join(p.kinds) for p in part), zlib.compress(text.encode(CHUNK_ENCODING), 9)


def _open(path: Path) -> sqlite3.Connection:
    """The connection to the index at the path; a missing index is made, with the folders above it. An index of another
    format, or one that SQLite cannot read or write, is deleted and made anew. Raises Refused, and deletes nothing,
    where another process has locked it for WAIT_SECONDS (120); Refused also where the index cannot be deleted or
    made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(2):
            connection = sqlite3.connect(path, timeout=WAIT_SECONDS)
            try:
                with suppress(sqlite3.DatabaseError), _refused_if_locked(path):
                    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
                    if _prepared(connection):
                        return connection
            except Refused:
                connection.close()
                raise
            connection.close()
            path.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise Refused(f"search index {path}: cannot be made: {error}; see that its folder can be written") from None
    raise Refused(f"search index {path}: cannot be made; see that its folder can be written")


@contextmanager
def _refused_if_locked(path: Path) -> Iterator[None]:
    """A context manager in which SQLite's error that another connection has locked the index at the path for the time
    that this one waits (SQLITE_BUSY) is raised as Refused; other errors are raised unchanged."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorcode", 0)  # missing where the error is the module's own
        if code & 0xFF != sqlite3.SQLITE_BUSY:  # the low byte is the primary code
            raise
        raise Refused(
            f"search index {path}: another process has locked it for {WAIT_SECONDS:g} s; wait until that has brought "
            "it up to date, or end it, and search again"
        ) from None


def _prepared(connection: sqlite3.Connection) -> bool:
    """Whether the index has this program's format. An empty file gets the tables of this format, and then has it.
    Raises sqlite3.DatabaseError for a file that is no database or damaged, and sqlite3.OperationalError, a kind of it,
    for one that has tables but none of the name meta, stays locked for the connection's timeout or cannot be
    written."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            for statement in INDEX_TABLES.split(";\n"):
                connection.execute(statement)
            connection.execute("INSERT INTO meta VALUES ('format', ?)", (INDEX_FORMAT,))
            return True
        row = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
        return bool(row) and row[0] == INDEX_FORMAT
