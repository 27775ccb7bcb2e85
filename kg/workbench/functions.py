"""The functions that a SPARQL query calls by an IRI."""

from collections.abc import Iterator

from pyparsing import ParseResults
from rdflib.plugins.sparql.algebra import translatePrologue
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue


def functions_called(query: str) -> Iterator[str]:
    """The IRIs of the functions that the query calls by an IRI, as `xsd:integer("1")` does; not those with a name of
    SPARQL (REGEX). Raises what rdflib raises where the query is wrong or has an undeclared prefix."""
    prologue, body = parseQuery(query)
    declared = translatePrologue(prologue, None)
    for part in _parts(body):
        if part.name == "Function":
            yield str(declared.absolutize(part.iri))


def _parts(parsed: object) -> Iterator[CompValue]:
    """The named parts of a query as rdflib parses it, each before those inside it."""
    if isinstance(parsed, CompValue):
        yield parsed
        for value in parsed.values():
            yield from _parts(value)
    elif isinstance(parsed, list | tuple | ParseResults):
        for member in parsed:
            yield from _parts(member)
