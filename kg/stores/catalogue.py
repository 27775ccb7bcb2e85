"""The catalogue of an embedded store: in which documents a part of a title, of a file name or of a region's name
occurs.

A SPARQL engine finds such a part by reading all titles, so that a question about one plan would cost more with every
plan that is loaded. The catalogue is an SQLite file beside the store with an index of all pairs of neighbouring
characters; it is made anew when the store's files are others than those that it was made of (`stamp`).
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from ontology.namespaces import PREFIXES, RDFS
from ontology.schema import schema

FORMAT = "1"
NAME, REGION = 0, 1  # what a text is of: the document itself, or its region
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE document (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, file TEXT NOT NULL);
CREATE TABLE text (id INTEGER PRIMARY KEY, document INTEGER NOT NULL, kind INTEGER NOT NULL);
CREATE TABLE identifier (value TEXT NOT NULL, document INTEGER NOT NULL, kind INTEGER NOT NULL);
CREATE VIRTUAL TABLE pairs USING fts5 (text, content='', tokenize='ascii');
"""
_TEXT = "SELECT document FROM text WHERE kind >= :kind AND id IN (SELECT rowid FROM pairs WHERE pairs MATCH :phrase)"
_IDENTIFIER = "SELECT document FROM identifier WHERE value = :text AND kind >= :kind"
_NAMED = f"{_TEXT} UNION {_IDENTIFIER}"
# What each parameter of a preset can name (`queries.selection`).
_FOUND = {
    "plan": f"{_NAMED} UNION SELECT id FROM document WHERE iri = :text",
    "region": _NAMED,
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


def documents_named(path: Path, inner: ox.Store, stamped: str, given: Mapping[str, str]) -> dict[str, str] | None:
    """The file names, by the documents' IRIs, of the documents that match all of the values of `plan`, `region` and
    `document` in `given`. They are looked up in the catalogue at `path`, which is made of the store `inner` where it is
    missing or has another stamp than `stamped`.

    None where no catalogue can be kept at the path, so that the store has to be queried.
    """
    for _ in range(2):
        with suppress(sqlite3.Error):
            if path.is_file():
                with closing(sqlite3.connect(path.as_uri() + "?mode=ro", uri=True)) as catalogue:
                    if dict(catalogue.execute("SELECT key, value FROM meta")) == _meta(stamped):
                        return _found(catalogue, given)
        if not _made(path, inner, stamped):
            return None
    return None


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
    """The file names by IRI of the documents in the catalogue that match all values of `given`; an empty value matches
    all."""
    queries: list[str] = []
    values: dict[str, str | int] = {}
    for name, text in given.items():
        if text:  # nothing is a part of every name
            kind = REGION if name == "region" else NAME
            values |= {f"{name}_text": text, f"{name}_kind": kind, f"{name}_phrase": _phrase(text)}
            queries.append(_FOUND[name].replace(" :", f" :{name}_"))
    where = "".join(f" {'AND' if at else 'WHERE'} id IN ({query})" for at, query in enumerate(queries))
    return dict(catalogue.execute(f"SELECT iri, file FROM document{where}", values))


def _meta(stamped: str) -> dict[str, str]:
    """The rows of the table `meta` of a complete catalogue with this stamp."""
    return {"format": FORMAT, "stamp": stamped, "complete": "yes"}


def _made(path: Path, inner: ox.Store, stamped: str) -> bool:
    """Makes the catalogue of the store `inner` at the path, in a temporary file that is renamed when it is
    complete, with `stamped` as its stamp; returns whether that was possible."""
    part = path.with_name(f"{path.name}.{os.getpid()}.{id(inner)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part)) as catalogue:
            catalogue.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {SCHEMA}")
            with catalogue:
                _fill(catalogue, inner)
                catalogue.executemany("INSERT INTO meta VALUES (?, ?)", _meta(stamped).items())
        part.replace(path)
    except (OSError, sqlite3.Error):
        return False
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return True


def _fill(catalogue: sqlite3.Connection, inner: ox.Store) -> None:
    """Writes the documents of the store into the empty tables of a catalogue."""
    terms = schema().properties
    documents: dict[ox.NamedNode, int] = {}
    names: list[tuple[int, int, str]] = []
    for iri, file in _said(inner, terms["file"].iri):
        number = documents.setdefault(iri, len(documents) + 1)
        names.append((number, NAME, _value(file)))
    files = {number: text for number, _, text in reversed(names)}
    rows = ((number, iri.value, files[number]) for iri, number in documents.items())
    catalogue.executemany("INSERT INTO document VALUES (?, ?, ?)", rows)
    identifiers: list[tuple[str, int, int]] = []
    names += ((documents[iri], NAME, _value(title)) for iri, title in _said(inner, _TITLE) if iri in documents)
    for iri, policy in _said(inner, terms["MANIFESTS"].iri):
        if iri in documents:
            identifiers.append((_value(policy), documents[iri], NAME))
    for iri, region in _said(inner, terms["OF_REGION"].iri):
        if iri in documents:
            number = documents[iri]
            identifiers.append((_value(region), number, REGION))
            for predicate, text in ((quad.predicate, quad.object) for quad in _of(inner, region, iri)):
                if predicate == _LABEL:
                    names.append((number, REGION, _value(text)))
                elif predicate == terms["code"].iri:
                    identifiers.append((_value(text), number, REGION))
    catalogue.executemany("INSERT INTO identifier VALUES (?, ?, ?)", sorted(set(identifiers)))
    catalogue.execute("CREATE INDEX identifiers ON identifier (value)")
    texts = list(enumerate(dict.fromkeys(names), 1))
    catalogue.executemany(
        "INSERT INTO text VALUES (?, ?, ?)", ((row, number, kind) for row, (number, kind, _) in texts)
    )
    words = ((row, " ".join(pairs(text))) for row, (_, _, text) in texts)
    catalogue.executemany("INSERT INTO pairs (rowid, text) VALUES (?, ?)", words)
    catalogue.execute("INSERT INTO pairs (pairs) VALUES ('optimize')")


_TITLE, _LABEL = ox.NamedNode(PREFIXES["dcterms"] + "title"), ox.NamedNode(RDFS + "label")


def _said(inner: ox.Store, predicate: ox.NamedNode) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    """The values of the property `predicate` that documents have in their own graphs, as (document, value)."""
    for quad in inner.quads_for_pattern(None, predicate, None, None):
        if quad.subject == quad.graph_name and not isinstance(quad.object, (ox.BlankNode, ox.Triple)):
            yield quad.subject, quad.object  # type: ignore[misc]


def _of(inner: ox.Store, node: object, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """The quads of a graph that have the node as subject."""
    return inner.quads_for_pattern(node, None, None, graph)  # type: ignore[arg-type]


def _value(term: object) -> str:
    """The text of an IRI or literal; '' for other terms."""
    return str(getattr(term, "value", ""))
