"""The catalogue of a store: in which documents a part of a title, of a file name or of a region's name occurs.

A SPARQL engine finds such a part by reading all titles, so that a question about one plan would cost more with every
plan that is loaded. The catalogue is an SQLite file with an index of all pairs of neighbouring characters, beside an
embedded store or, for a server, in the user's cache. It is used as long as the stamp that it was made with is that of
the store: for an embedded one of its files (`stamp`), for a server what its list of loaded files says
(`kg.stores.sparql`).
"""

import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from ontology.model.store import Table
from ontology.namespaces import PREFIXES, RDFS
from ontology.schema import schema

Ask = Callable[[str], Table]  # a store's method `query`
CATALOGUE_FORMAT = "1"
OF_DOCUMENT, OF_REGION = 0, 1  # what a text is of: the document itself, or its region
CATALOGUE_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE document (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, file TEXT NOT NULL);
CREATE TABLE text (id INTEGER PRIMARY KEY, document INTEGER NOT NULL, kind INTEGER NOT NULL);
CREATE TABLE identifier (value TEXT NOT NULL, document INTEGER NOT NULL, kind INTEGER NOT NULL);
CREATE VIRTUAL TABLE pairs USING fts5 (text, content='', tokenize='ascii');
"""
_WITH_TEXT = (
    "SELECT document FROM text WHERE kind >= :kind AND id IN (SELECT rowid FROM pairs WHERE pairs MATCH :phrase)"
)
_WITH_IDENTIFIER = "SELECT document FROM identifier WHERE value = :text AND kind >= :kind"
_WITH_NAME = f"{_WITH_TEXT} UNION {_WITH_IDENTIFIER}"
# What each parameter of a preset can name (`queries.selection`).
_CONDITIONS = {
    "plan": f"{_WITH_NAME} UNION SELECT id FROM document WHERE iri = :text",
    "region": _WITH_NAME,
    "document": "SELECT id FROM document WHERE iri >= :text AND iri < :text || char(1114111)",
}


def stamp(folder: Path) -> str | None:
    """A text that identifies the state of a RocksDB folder without reading the files: it changes with every write.

    A table file never changes under one name, and a log that is not empty contains what is in no table yet. None for
    a folder that cannot be listed.
    """
    found = []
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return None
    for entry in entries:
        if entry.name.endswith((".sst", ".log")):
            with suppress(FileNotFoundError):  # a writer has just merged it
                status = entry.stat()
                if status.st_size:
                    found.append(f"{entry.name} {status.st_size} {status.st_mtime_ns}")
    return sha256("\n".join(sorted(found)).encode()).hexdigest()


def documents_named(path: Path, stamped: str, given: Mapping[str, str]) -> dict[str, str] | None:
    """The file names, by the documents' IRIs, of the documents that match all of the values of `plan` (part of a title
    or file name, or an IRI), `region` (part of a name, a code or an IRI) and `document` (the beginning of an IRI) in
    `given`, by the catalogue at `path`; an empty value matches all. None where there is none that was made with this
    stamp."""
    with suppress(sqlite3.Error):
        if path.is_file():
            with closing(sqlite3.connect(path.as_uri() + "?mode=ro", uri=True)) as catalogue:
                if dict(catalogue.execute("SELECT key, value FROM meta")) == _meta(stamped):
                    return _found(catalogue, given)
    return None


def documents_kept(
    path: Path, ask: Ask, stamped: str, given: Mapping[str, str], same: Callable[[], bool] = lambda: True
) -> dict[str, str] | None:
    """As `documents_named`, after the catalogue was made anew (`make`) where there is none with this stamp. None where
    none can be made."""
    found = documents_named(path, stamped, given)
    if found is None and make(path, ask, stamped, same):
        found = documents_named(path, stamped, given)
    return found


def pairs(text: str) -> list[str]:
    """The words by which a text is indexed: each character with the next one, and the last by itself, as code points in
    hexadecimal digits.

    >>> pairs("ab1")
    ['61x62', '62x31', '31x']
    """
    codes = [f"{ord(character):x}" for character in text]
    return [f"{code}x{following}" for code, following in zip(codes, [*codes[1:], ""], strict=True)]


def _phrase(text: str) -> str:
    """The FTS5 query for a part of a text, which must not be empty: its pairs in order; for a single character, all
    pairs that begin with it."""
    found = pairs(text)
    return f'"{" ".join(found[:-1])}"' if len(found) > 1 else f'"{found[0]}" *'


def _found(catalogue: sqlite3.Connection, given: Mapping[str, str]) -> dict[str, str]:
    """The file names by IRI of the documents in the catalogue that match all values of `given` (see
    `documents_named`)."""
    queries: list[str] = []
    values: dict[str, str | int] = {}
    for name, text in given.items():
        if text:  # nothing is a part of every name
            kind = OF_REGION if name == "region" else OF_DOCUMENT
            values |= {f"{name}_text": text, f"{name}_kind": kind, f"{name}_phrase": _phrase(text)}
            queries.append(_CONDITIONS[name].replace(" :", f" :{name}_"))
    where = "".join(f" {'AND' if at else 'WHERE'} id IN ({query})" for at, query in enumerate(queries))
    return dict(catalogue.execute(f"SELECT iri, file FROM document{where}", values))


def _meta(stamped: str) -> dict[str, str]:
    """The rows of the table `meta` of a complete catalogue with this stamp."""
    return {"format": CATALOGUE_FORMAT, "stamp": stamped, "complete": "yes"}


def make(path: Path, ask: Ask, stamped: str, same: Callable[[], bool] = lambda: True) -> bool:
    """Makes the catalogue of the store that answers `ask` at the path, in a temporary file that is renamed when it is
    complete, with `stamped` as its stamp; returns whether that was possible. It is not kept where `same`, which is
    called when all is read, is False."""
    part = path.with_name(f"{path.name}.{os.getpid()}.{id(ask)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part)) as catalogue:
            catalogue.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {CATALOGUE_TABLES}")
            with catalogue:
                _fill(catalogue, ask)
                catalogue.executemany("INSERT INTO meta VALUES (?, ?)", _meta(stamped).items())
        if not same():
            return False
        part.replace(path)
    except (OSError, sqlite3.Error):
        return False
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return True


def _fill(catalogue: sqlite3.Connection, ask: Ask) -> None:
    """Writes the documents of the store, whose method `query` is `ask`, into the empty tables of a catalogue."""
    files: dict[str, str] = {}
    names: dict[tuple[str, int, str], None] = {}
    identifiers: dict[tuple[str, str, int], None] = {}
    for document, file in _rows(ask, "file"):
        files[document] = max(file, files.get(document, ""))
        names[document, OF_DOCUMENT, file] = None
    names |= dict.fromkeys((document, OF_DOCUMENT, title) for document, title in _rows(ask, "title"))
    identifiers |= dict.fromkeys((policy, document, OF_DOCUMENT) for document, policy in _rows(ask, "policy"))
    for document, region, label, code in _rows(ask, "region"):
        identifiers[region, document, OF_REGION] = None
        if label:
            names[document, OF_REGION, label] = None
        if code:
            identifiers[code, document, OF_REGION] = None
    numbers = {document: number for number, document in enumerate(files, 1)}
    rows = ((numbers[document], document, file) for document, file in files.items())
    catalogue.executemany("INSERT INTO document VALUES (?, ?, ?)", rows)
    found = sorted((value, numbers[document], kind) for value, document, kind in identifiers if document in numbers)
    catalogue.executemany("INSERT INTO identifier VALUES (?, ?, ?)", found)
    catalogue.execute("CREATE INDEX identifiers ON identifier (value)")
    texts = list(enumerate((name for name in names if name[0] in numbers), 1))
    catalogue.executemany(
        "INSERT INTO text VALUES (?, ?, ?)", ((row, numbers[document], kind) for row, (document, kind, _) in texts)
    )
    words = ((row, " ".join(pairs(text))) for row, (_, _, text) in texts)
    catalogue.executemany("INSERT INTO pairs (rowid, text) VALUES (?, ?)", words)
    catalogue.execute("INSERT INTO pairs (pairs) VALUES ('optimize')")


def _rows(ask: Ask, name: str) -> list[tuple[str, ...]]:
    """The rows of the query of this name in `_queries`, with values as texts; a value that is missing is ''. `ask` is
    the store's method `query`."""
    return [tuple("" if value is None else str(value) for value in row) for row in ask(_queries()[name]).rows]


@cache
def _queries() -> dict[str, str]:
    """The SPARQL queries by name for what documents have in their own graphs, each with the document's IRI as its first
    column: `file` names, `title`s, the IRI of the `policy`, and of the `region` the IRI, label and code."""
    terms = {name: schema().properties[name].iri for name in ("file", "MANIFESTS", "OF_REGION", "code")}
    title, label = f"<{PREFIXES['dcterms']}title>", f"<{RDFS}label>"
    return {
        "file": f"SELECT ?doc ?file {{ GRAPH ?doc {{ ?doc {terms['file']} ?file }} }}",
        "title": f"SELECT ?doc ?title {{ GRAPH ?doc {{ ?doc {title} ?title }} }}",
        "policy": f"SELECT ?doc ?work {{ GRAPH ?doc {{ ?doc {terms['MANIFESTS']} ?work }} }}",
        "region": f"SELECT ?doc ?region ?label ?code {{ GRAPH ?doc {{ ?doc {terms['OF_REGION']} ?region "
        f"OPTIONAL {{ ?region {label} ?label }} OPTIONAL {{ ?region {terms['code']} ?code }} }} }}",
    }
