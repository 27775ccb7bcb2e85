"""The documents that a preset has to read, found before its own query.

The filter on a plan's title comes after the joins of a query, so that a preset for one plan would read the facts of
all. A preset names in its header the parameters that choose documents:

`#+ documents: [plan, region]`

Where one of them is given, `chosen_documents` asks the store which documents it names: a store with a catalogue
(`Catalogued`) by the catalogue, a property graph by a query for each parameter, another store by a query for each
parameter and one for the file names. The preset's query is then run with the IRIs of these documents only, and, for a
preset with `follows`, with those of the documents that they cite, in turn. It is run over all documents where more than
MAX_CHOSEN_DOCUMENTS (500) are chosen, unless the rows are limited in number and asked for in groups (`batches`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from ontology.model.store import Catalogued, Scalar, Store
from queries.includes import NO_CODE, declare_prefixes

# Beyond so many documents a query over all of them costs less than one that lists them.
MAX_CHOSEN_DOCUMENTS = 500
# Up to so many, each has a query of its own with its IRI in place of ?doc: the engine reads no other graph for that.
# For one document among 1,600 Oxigraph takes 3 ms so, and 270 ms where the IRI is in a FILTER (2,600 ms in VALUES).
# Not Virtuoso, which loses a FILTER beside an OPTIONAL of a graph that is given by its IRI (`Catalogued`).
MAX_DOCUMENTS_ASKED_SINGLY = 10
CHOOSING_PARAMETERS = frozenset({"plan", "region", "document"})

# For each parameter the documents that it can name, more of them than its filter keeps: the filter is in the preset's
# query too. Each branch reads one or two properties of a document.
_SPARQL_PLACE = """{ GRAPH ?doc { ?doc kg:ofRegion ?r . ?r rdfs:label ?name } FILTER(CONTAINS(?name, $text)) }
  UNION { GRAPH ?doc { ?r kg:code $text . ?doc kg:ofRegion ?r } }
  UNION { GRAPH ?doc { ?doc kg:ofRegion ?r } FILTER(STR(?r) = $text) }"""
_SPARQL = {
    "plan": f"""{{ GRAPH ?doc {{ ?doc kg:fileName ?name }} FILTER(CONTAINS(?name, $text) || STR(?doc) = $text) }}
  UNION {{ GRAPH ?doc {{ ?doc kg:fileName ?any ; dcterms:title ?name }} FILTER(CONTAINS(?name, $text)) }}
  UNION {{ GRAPH ?doc {{ ?doc kg:manifests ?work }} FILTER(STR(?work) = $text) }}
  UNION {_SPARQL_PLACE}""",
    "region": _SPARQL_PLACE,
    "document": "GRAPH ?doc { ?doc kg:fileName ?name } FILTER(STRSTARTS(STR(?doc), $text))",
}
# A statement for each index that Neo4j keeps of one property (`ontology.neo4j_schema`), text indexes for CONTAINS.
_CYPHER_PLACE = """MATCH (r:Region) WHERE r.label CONTAINS $text MATCH (d:Document)-[:OF_REGION]->(r) RETURN d
UNION MATCH (r:Region {code: $text}) MATCH (d:Document)-[:OF_REGION]->(r) RETURN d
UNION MATCH (r:Region {iri: $text}) MATCH (d:Document)-[:OF_REGION]->(r) RETURN d"""
_CYPHER = {
    "plan": f"""MATCH (d:Document) WHERE d.title CONTAINS $text RETURN d
UNION MATCH (d:Document) WHERE d.file CONTAINS $text RETURN d
UNION MATCH (d:Document {{iri: $text}}) RETURN d
UNION MATCH (w:Policy {{iri: $text}}) MATCH (d:Document)-[:MANIFESTS]->(w) RETURN d
UNION {_CYPHER_PLACE}""",
    "region": _CYPHER_PLACE,
    "document": "MATCH (d:Document) WHERE d.iri STARTS WITH $text RETURN d",
}
_CYPHER_OF_ALL = "MATCH (d:Document) RETURN d.iri AS doc, d.file AS file"
_SPARQL_OF_POLICIES = "SELECT DISTINCT ?doc WHERE { VALUES ?work { $policies } GRAPH ?doc { ?doc kg:manifests ?work } }"
_CYPHER_OF_POLICIES = (
    "MATCH (d:Document)-[:MANIFESTS]->(w:Policy) WHERE w.iri IN $policies RETURN DISTINCT d.iri AS doc"
)
_GRAPH = re.compile(r"\bGRAPH[ \t]+\?doc[ \t]*\{")
_DOC = re.compile(r"\?doc\b")
_MATCH = re.compile(r"^(?=MATCH\b)", re.MULTILINE)
_BRACE = re.compile(rf"{NO_CODE.pattern}|(?P<brace>[{{}}])", re.DOTALL)


def chosen_documents(store: Store, values: Mapping[str, Scalar]) -> list[tuple[str, str]]:
    """IRI and file name of the documents that all of the values of `plan`, `region` and `document` name, sorted by file
    name, then IRI. `values` has the values of a preset's parameters by name; one that is missing or None names all
    documents. `region` is part of the name of a document's region, or its code or IRI; `plan` is that, or part of the
    title or file name, or the IRI of the document or of its policy; `document` is the beginning of the document's IRI.
    Case counts. Some of the documents may have no rows: the filter of the preset's query decides."""
    written = {name: str(value) for name in sorted(CHOOSING_PARAMETERS) if (value := values.get(name)) is not None}
    if isinstance(store, Catalogued) and (listed := store.documents_named(written)) is not None:
        names = listed
    elif store.language == "cypher":
        names = _files_of_nodes(store, written)
    else:
        names = _files(store, *(_named(store, name, text) for name, text in written.items()))
    return sorted(names.items(), key=lambda pair: (pair[1], pair[0]))


def _files_of_nodes(store: Store, written: Mapping[str, str]) -> dict[str, str]:
    """The file names by IRI of the documents of a property graph that match all values of `written`, which are texts by
    the name of the parameter (`plan`, `region`, `document`); of all documents where there are none."""
    files: dict[str, str] | None = None
    for name, text in written.items():
        query = f"CALL {{ {_CYPHER[name]} }} RETURN d.iri AS doc, d.file AS file"
        rows = {str(document): str(file) for document, file in store.query(query, {"text": text}).rows}
        files = rows if files is None else {document: rows[document] for document in rows.keys() & files.keys()}
    if files is None:
        files = {str(document): str(file) for document, file in store.query(_CYPHER_OF_ALL).rows}
    return files


def _named(store: Store, name: str, text: str) -> set[str]:
    """The IRIs of the documents that the value `text` of the parameter `name` names, as part of a name or as an
    identifier (`chosen_documents`); `name` is `plan`, `region` or `document`. The store answers SPARQL."""
    query = declare_prefixes(f"SELECT DISTINCT ?doc WHERE {{\n  {_SPARQL[name]}\n}}")
    return {str(document) for (document,) in store.query(query, {"text": text}).rows}


def _files(store: Store, *sets: set[str]) -> dict[str, str]:
    """The file names by IRI of the documents, given as sets of IRIs, that are in all of these; of all documents where
    there is no set. Documents that the store has no file name of are left out; of more than MAX_CHOSEN_DOCUMENTS (500)
    all names in the store are asked for at once."""
    documents = set.intersection(*sets) if sets else None
    if documents is None or len(documents) > MAX_CHOSEN_DOCUMENTS:
        table = store.query(declare_prefixes("SELECT ?doc ?file WHERE { GRAPH ?doc { ?doc kg:fileName ?file } }"))
        return {str(d): str(f) for d, f in table.rows if documents is None or str(d) in documents}
    query = "SELECT ?doc ?file WHERE { VALUES ?doc { $documents } GRAPH ?doc { ?doc kg:fileName ?file } }"
    return {
        str(d): str(f) for d, f in store.query(declare_prefixes(query), {"documents": tuple(sorted(documents))}).rows
    }


def documents_of_policies(store: Store, policies: Iterable[str]) -> list[str]:
    """The IRIs of the documents whose plan is one of the policies with these IRIs, sorted; [] for no policies, without
    a query."""
    iris = tuple(sorted(set(policies)))
    if not iris:
        return []
    text = declare_prefixes(_SPARQL_OF_POLICIES) if store.language == "sparql" else _CYPHER_OF_POLICIES
    return sorted(str(row[0]) for row in store.query(text, {"policies": iris}).rows)


def limited_to_documents(query: str, language: str, one: bool = False) -> str:
    """The query, in the `language` "sparql" or "cypher", limited to the documents of a parameter `documents` that is
    added to it, a tuple of IRIs: in SPARQL by a filter before the first `GRAPH ?doc`, in Cypher by a MATCH before the
    first line that begins with MATCH; unchanged where there is no such place. With `one`, which counts in SPARQL only,
    the parameter itself stands in place of each ?doc, and the tuple must hold one IRI.

        >>> limited_to_documents("SELECT ?h { GRAPH ?doc { ?h a kg:Heading } }", "sparql")
        'SELECT ?h { FILTER(?doc IN ($documents)) GRAPH ?doc { ?h a kg:Heading } }'
        >>> limited_to_documents("SELECT ?h { GRAPH ?doc { ?h a kg:Heading } }", "sparql", one=True)
        'SELECT ?h { GRAPH $documents { ?h a kg:Heading } }'
    """
    if language == "sparql" and one:
        return _DOC.sub("$documents", query)
    if language == "sparql":
        # Not VALUES: Virtuoso takes an OPTIONAL beside it for one of any graph, and gives rows that are not true.
        return _GRAPH.sub(lambda found: "FILTER(?doc IN ($documents)) " + found[0], query, count=1)
    return _MATCH.sub("MATCH (d:Document) WHERE d.iri IN $documents\n", query, count=1)


def batches(documents: Sequence[tuple[str, str]], first: int = 8) -> Iterable[tuple[str, ...]]:
    """The IRIs of the documents, given as pairs of IRI and file name in order, in groups of `first` documents, then of
    twice as many each time, up to MAX_CHOSEN_DOCUMENTS (500): 8, 16, 32 …. A group is larger where documents of one
    file name would be parted, and the last one has what is left; no group for no documents.

    >>> list(batches([("a", "1.txt"), ("b", "2.txt"), ("c", "2.txt"), ("d", "3.txt")], 1))
    [('a',), ('b', 'c'), ('d',)]
    """
    group: list[str] = []
    size = first
    for index, (iri, file) in enumerate(documents):
        group.append(iri)
        last = index + 1 == len(documents)
        if last or (len(group) >= size and documents[index + 1][1] != file):
            yield tuple(group)
            group = []
            size = min(2 * size, MAX_CHOSEN_DOCUMENTS)


def optional_last(query: str) -> str:
    """The query with each OPTIONAL that begins a line of a `GRAPH ?doc` block, up to its closing brace, moved after the
    block's other parts.

    An OPTIONAL between required patterns keeps an engine from joining those by their selectivity. A block stays as it
    is where the move could change its meaning: a required pattern uses a variable that an OPTIONAL before it
    introduces, or a line begins with BIND, MINUS, VALUES or a subquery. Blocks inside a block are not looked at.
    """
    pieces, at = [], 0
    for found in _GRAPH.finditer(query):
        if found.start() < at:
            continue
        end = _closing(query, found.end())
        pieces += [query[at : found.end()], _reordered(query[found.end() : end])]
        at = end
    return "".join([*pieces, query[at:]])


def _reordered(block: str) -> str:
    """The content of a block, without its braces, with its OPTIONAL parts after the required ones, both in their order;
    parts are lines, or several lines up to a closing brace (`_items`), and OPTIONAL where they begin with it. It is
    unchanged where all parts are OPTIONAL or none is, where a required part begins with BIND, MINUS, VALUES or a
    subquery, and where a required part uses a variable that stands first in an OPTIONAL part before it."""
    items = _items(block)
    required = [item for item in items if not _is_optional(item)]
    optional = [item for item in items if _is_optional(item)]
    if any(re.match(r"\s*(?:BIND|MINUS|VALUES|\{\s*SELECT)\b", item) for item in required):
        return block
    earlier: set[str] = set()
    introduced: set[str] = set()
    for item in items:
        variables = set(re.findall(r"[?$]\w+", item))
        if _is_optional(item):
            introduced |= variables - earlier
        else:
            if variables & introduced:
                return block
            earlier |= variables
    return "".join(required[:-1] + _with_newline(required[-1:]) + optional) if optional and required else block


def _is_optional(item: str) -> bool:
    return item.lstrip().startswith("OPTIONAL")


def _with_newline(items: list[str]) -> list[str]:
    """The items, each with a line break at its end; one that has it is unchanged."""
    return [item if item.endswith("\n") else item + "\n" for item in items]


def _items(block: str) -> list[str]:
    """The parts of a block's content: its lines, where a line with an open brace is joined with those up to the closing
    one, and a line of white space with the part before it. Joined without separator they are the block."""
    items: list[str] = []
    depth = 0
    for line in block.splitlines(keepends=True):
        if depth or (items and not line.strip()):
            items[-1] += line
        else:
            items.append(line)
        depth += _depth(line)
    return items


def _depth(line: str) -> int:
    """The number of braces that the line opens less those that it closes; braces in strings, addresses and comments do
    not count."""
    bare = NO_CODE.sub("", line)
    return bare.count("{") - bare.count("}")


def _closing(query: str, start: int) -> int:
    """The offset of the brace that closes the block whose content begins at `start`; the length of the query where none
    does. Braces in strings, addresses and comments do not count."""
    depth = 1
    for found in _BRACE.finditer(query, start):
        depth += {"{": 1, "}": -1}.get(found["brace"] or "", 0)
        if not depth:
            return found.start()
    return len(query)
