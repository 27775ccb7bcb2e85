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
from itertools import zip_longest
from pathlib import Path

from ontology.model.store import Table
from ontology.namespaces import PREFIXES, RDFS
from ontology.schema import schema

RunQuery = Callable[[str], Table]  # a store's method `query`
CATALOGUE_FORMAT = "1"
# What a text or identifier is of: the document itself, or its region. The parameter `plan` finds both (kind >= 0),
# since people call a plan by its region; `region` finds the second alone.
OF_DOCUMENT, OF_REGION = 0, 1
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
    """A digest of the state of a RocksDB folder, which changes with every write: of the name, size and time of change
    of each table file (.sst) and each log (.log) that is not empty; a file that is deleted meanwhile is left out. None
    for a folder that cannot be listed."""
    # A table file never changes under one name, and a log that is not empty contains what is in no table yet.
    states = []
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return None
    for entry in entries:
        if entry.name.endswith((".sst", ".log")):
            with suppress(FileNotFoundError):  # a writer has just merged it
                status = entry.stat()
                if status.st_size:
                    states.append(f"{entry.name} {status.st_size} {status.st_mtime_ns}")
    return sha256("\n".join(sorted(states)).encode()).hexdigest()


def documents_named(path: Path, store_stamp: str, names: Mapping[str, str]) -> dict[str, str] | None:
    """The file name of each document that matches all of `names`, by the document's IRI, as the catalogue at `path`,
    which must be absolute, has them; None where there is no catalogue that can be read, or it was made with another
    stamp or format.

    `names` has a value for each of the parameters (any of them may be missing): `plan` is part of a title, file name or
    name of the region, or the IRI of a document, policy or region, or the region's code; `region` is part of a region's
    name, its code or its IRI; `document` is the beginning of a document's IRI. Case counts. An empty value matches all.
    Raises KeyError for another parameter with a value that is not empty, where there is a catalogue to ask."""
    with suppress(sqlite3.Error):
        if path.is_file():
            with closing(sqlite3.connect(path.as_uri() + "?mode=ro", uri=True)) as catalogue:
                if dict(catalogue.execute("SELECT key, value FROM meta")) == _meta(store_stamp):
                    return _matching(catalogue, names)
    return None


def documents_after_update(
    path: Path, run: RunQuery, store_stamp: str, names: Mapping[str, str], unchanged: Callable[[], bool] = lambda: True
) -> dict[str, str] | None:
    """The file names of documents by IRI, as `documents_named` finds them for the values `names` of the parameters
    `plan`, `region` and `document`. Where the catalogue at `path`, which must be absolute, is missing, cannot be read,
    or has another stamp or format, it is made anew first from the answers of `run` to queries. None where it cannot be
    written, and where `unchanged`, which is called when all is read, returns False because the store has changed
    meanwhile. Raises what `run` raises, other than an OSError or sqlite3.Error, where None is returned."""
    documents = documents_named(path, store_stamp, names)
    if documents is None and make(path, run, store_stamp, unchanged):
        documents = documents_named(path, store_stamp, names)
    return documents


def pairs(text: str) -> list[str]:
    """The words by which a text is indexed: each character with the next one, and the last by itself, as code points in
    hexadecimal digits; none for an empty text.

    >>> pairs("ab1")
    ['61x62', '62x31', '31x']
    """
    codes = [f"{ord(character):x}" for character in text]
    return [f"{code}x{following}" for code, following in zip_longest(codes, codes[1:], fillvalue="")]


def _phrase(text: str) -> str:
    """The FTS5 query for the texts that contain this one, which must not be empty: its pairs of characters in order;
    for a single character, all words that begin with it."""
    words = pairs(text)
    return f'"{" ".join(words[:-1])}"' if len(words) > 1 else f'"{words[0]}" *'


def _matching(catalogue: sqlite3.Connection, names: Mapping[str, str]) -> dict[str, str]:
    """The file names by IRI of the documents in the catalogue that match all of `names`, which has parts of names or
    identifiers by the parameter `plan`, `region` or `document` (`documents_named`); an empty value matches all. Raises
    KeyError for another parameter with a value that is not empty."""
    queries: list[str] = []
    values: dict[str, str | int] = {}
    for name, text in names.items():
        if text:  # an empty text is part of every name
            kind = OF_REGION if name == "region" else OF_DOCUMENT
            values |= {f"{name}_text": text, f"{name}_kind": kind, f"{name}_phrase": _phrase(text)}
            queries.append(_CONDITIONS[name].replace(" :", f" :{name}_"))
    where = "".join(f" {'AND' if at else 'WHERE'} id IN ({query})" for at, query in enumerate(queries))
    return dict(catalogue.execute(f"SELECT iri, file FROM document{where}", values))


def _meta(store_stamp: str) -> dict[str, str]:
    """The rows (key, value) of the table `meta` of a complete catalogue with this stamp: `format`, `stamp`, and
    `complete`, which is 'yes'."""
    return {"format": CATALOGUE_FORMAT, "stamp": store_stamp, "complete": "yes"}


def make(path: Path, run: RunQuery, store_stamp: str, unchanged: Callable[[], bool] = lambda: True) -> bool:
    """Makes the catalogue at the path of the store whose queries `run` answers, with this stamp, in a temporary file
    that replaces the one at the path when it is complete. Returns whether it was made: False where the file cannot be
    written, where `run` or `unchanged` raises an OSError or sqlite3.Error, and where `unchanged`, which is called when
    all is read, returns False because the store has changed meanwhile. Raises what else `run` raises."""
    part = path.with_name(f"{path.name}.{os.getpid()}.{id(run)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part)) as catalogue:
            catalogue.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {CATALOGUE_TABLES}")
            with catalogue:
                _fill(catalogue, run)
                catalogue.executemany("INSERT INTO meta VALUES (?, ?)", _meta(store_stamp).items())
        if not unchanged():
            return False
        part.replace(path)
    except (OSError, sqlite3.Error):
        return False
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return True


def _fill(catalogue: sqlite3.Connection, run: RunQuery) -> None:
    """Fills the tables of an empty catalogue, all but `meta`, with what the store has whose queries `run` answers. A
    document without a file name is left out. `document` has a row for each document with its file name (of several the
    greatest); `text` and `pairs` have all file names and titles of the document and the labels of its regions;
    `identifier` the IRIs of its policies and regions, and the regions' codes."""
    files: dict[str, str] = {}
    names: dict[tuple[str, int, str], None] = {}
    identifiers: dict[tuple[str, str, int], None] = {}
    for document, file in _rows(run, "file"):
        files[document] = max(file, files.get(document, ""))
        names[document, OF_DOCUMENT, file] = None
    names |= dict.fromkeys((document, OF_DOCUMENT, title) for document, title in _rows(run, "title"))
    identifiers |= dict.fromkeys((policy, document, OF_DOCUMENT) for document, policy in _rows(run, "policy"))
    for document, region, label, code in _rows(run, "region"):
        identifiers[region, document, OF_REGION] = None
        if label:
            names[document, OF_REGION, label] = None
        if code:
            identifiers[code, document, OF_REGION] = None
    numbers = {document: number for number, document in enumerate(files, 1)}
    rows = ((numbers[document], document, file) for document, file in files.items())
    catalogue.executemany("INSERT INTO document VALUES (?, ?, ?)", rows)
    values = sorted((value, numbers[document], kind) for value, document, kind in identifiers if document in numbers)
    catalogue.executemany("INSERT INTO identifier VALUES (?, ?, ?)", values)
    catalogue.execute("CREATE INDEX identifiers ON identifier (value)")
    texts = list(enumerate((name for name in names if name[0] in numbers), 1))
    catalogue.executemany(
        "INSERT INTO text VALUES (?, ?, ?)", ((row, numbers[document], kind) for row, (document, kind, _) in texts)
    )
    words = ((row, " ".join(pairs(text))) for row, (_, _, text) in texts)
    catalogue.executemany("INSERT INTO pairs (rowid, text) VALUES (?, ?)", words)
    catalogue.execute("INSERT INTO pairs (pairs) VALUES ('optimize')")


def _rows(run: RunQuery, name: str) -> list[tuple[str, ...]]:
    """The rows of the query of this name in `_queries`, which `run` answers, with values as texts; a value that is
    missing is ''."""
    return [tuple("" if value is None else str(value) for value in row) for row in run(_queries()[name]).rows]


@cache
def _queries() -> dict[str, str]:
    """The SPARQL queries for what documents have in their own graphs, by name. Each returns the document's IRI and
    then, for 'file' the name of its file, for 'title' its title, for 'policy' the IRI of its policy, for 'region' the
    IRI, label and code of its region."""
    terms = {name: schema().properties[name].iri for name in ("file", "MANIFESTS", "OF_REGION", "code")}
    title, label = f"<{PREFIXES['dcterms']}title>", f"<{RDFS}label>"
    return {
        "file": f"SELECT ?doc ?file {{ GRAPH ?doc {{ ?doc {terms['file']} ?file }} }}",
        "title": f"SELECT ?doc ?title {{ GRAPH ?doc {{ ?doc {title} ?title }} }}",
        "policy": f"SELECT ?doc ?work {{ GRAPH ?doc {{ ?doc {terms['MANIFESTS']} ?work }} }}",
        "region": f"SELECT ?doc ?region ?label ?code {{ GRAPH ?doc {{ ?doc {terms['OF_REGION']} ?region "
        f"OPTIONAL {{ ?region {label} ?label }} OPTIONAL {{ ?region {terms['code']} ?code }} }} }}",
    }
