"""Conversions for the embedded store and SPARQL endpoints: RDF terms to values of Python, results of ASK and CONSTRUCT
to tables, quads to N-Triples and to the body of an update, an error to one line."""

from collections.abc import Callable, Iterable
from decimal import Decimal

import pyoxigraph as ox

from ontology.model.store import Table

_BOOLEAN = ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")


def python_value(term: object) -> object:
    """An RDF term as a value of Python: a literal as int, Decimal, float or bool where the last part of its datatype's
    IRI, after #, is integer, decimal, double or float, or boolean (a boolean other than 'true' and '1' is False), else
    as text; an IRI or the name of a blank node as text; a triple as N-Triples have it; None for None. Raises an error
    of the type (ValueError, InvalidOperation) where a number is not of its datatype."""
    if isinstance(term, ox.Literal):
        return _PYTHON_TYPES.get(term.datatype.value.rsplit("#", 1)[-1], str)(term.value)
    return getattr(term, "value", None if term is None else str(term))


def canonical(term: object) -> object:
    """A term in the form in which it was stored: a boolean "1" or "0", as Virtuoso returns it, as "true" or "false";
    any other term unchanged."""
    if isinstance(term, ox.Literal) and term.datatype == _BOOLEAN and term.value in {"0", "1"}:
        return ox.Literal(term.value == "1")
    return term


def truth_table(answer: bool) -> Table:
    """The result of an ASK query as a table with one cell: the column `answer`, the value True or False."""
    return Table(("answer",), [(answer,)])


def triples_table(triples: Iterable[ox.Triple]) -> Table:
    """The result of a CONSTRUCT or DESCRIBE query as a table with the columns subject, predicate and object and a row
    for each triple, its terms written as in N-Triples."""
    return Table(
        ("subject", "predicate", "object"), [(str(t.subject), str(t.predicate), str(t.object)) for t in triples]
    )


def ntriples(quads: Iterable[ox.Quad]) -> bytes:
    """The quads without their graph, as N-Triples."""
    return ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""


def data_block(quads: Iterable[ox.Quad]) -> str:
    """Quads of named graphs as the body of INSERT DATA or DELETE DATA: a GRAPH block for each graph, in the order in
    which the graphs first occur; '' for no quads."""
    by_graph: dict[object, list[ox.Quad]] = {}
    for quad in quads:
        by_graph.setdefault(quad.graph_name, []).append(quad)
    return "\n".join(f"GRAPH {graph} {{ {ntriples(members).decode()} }}" for graph, members in by_graph.items())


def first_line(error: object) -> str:
    """The first line of an error's message that is not blank; where there is none, the name of the error's type.
    `error` may also be the message itself."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _boolean(text: str) -> bool:
    return text in {"true", "1"}


# by the last part of the datatype's IRI
_PYTHON_TYPES: dict[str, Callable[[str], object]] = {
    "integer": int,
    "decimal": Decimal,
    "double": float,
    "float": float,
    "boolean": _boolean,
}
