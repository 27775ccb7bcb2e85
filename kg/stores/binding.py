"""Binds parameters in SPARQL: each `$name` in a query becomes a term, written by pyoxigraph.

pyoxigraph's own `substitutions` reach only variables that the query projects, not those in a FILTER of a subquery, and
a remote endpoint has none; so the query is changed for both kinds of store here. Strings, IRIs and comments are tokens
of their own, so a `$name` inside one stays as it is, and a value is always one term (a tuple of IRIs one term for
each)."""

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from ontology.model.errors import Usage
from ontology.model.store import Parameter, Scalar

_SPARQL_TOKEN = re.compile(
    r"""'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\"   # long strings
    |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*"             # strings
    |<[^<>"{}|^`\\\x00-\x20]*>                               # IRIs
    |\#[^\n\r]*                                              # comments
    |\$(?P<name>\w+)                                         # $parameter""",
    re.VERBOSE | re.DOTALL,
)


def bind(query: str, parameters: Mapping[str, Parameter]) -> str:
    """The SPARQL query with each `$name` that `parameters` has replaced by its value as a term: ('FILTER(?l = $level)',
    {'level': 'county'}) -> 'FILTER(?l = "county")'; 2025 becomes "2025"^^<http://www.w3.org/2001/XMLSchema#integer>,
    None the empty string "". Names that `parameters` lacks stay as they are, and so does what stands in strings, IRIs
    and comments. Raises Usage for a text with lone surrogates, ValueError for a member of a tuple that is no IRI.

    A tuple of IRIs becomes these IRIs, separated by commas where `$name` stands directly after (, else by blanks:
    ('VALUES ?g { $all }', {'all': ('urn:a', 'urn:b')}) -> 'VALUES ?g { <urn:a> <urn:b> }', but 'FILTER(?g IN ($all))'
    -> 'FILTER(?g IN (<urn:a>, <urn:b>))'. An empty tuple becomes nothing.
    """

    def term(token: re.Match[str]) -> str:
        """The text that replaces a token of the query, a match of _SPARQL_TOKEN: for a parameter that `parameters` has,
        its value as a literal, or the IRIs of a tuple with blanks between, with commas where the token stands directly
        after (; the token itself for anything else."""
        name = token["name"]
        if name is None or name not in parameters:
            return token[0]
        value = parameters[name]
        if not isinstance(value, tuple):
            return str(to_literal(value))
        between = ", " if query.endswith("(", 0, token.start()) else " "
        return between.join(str(NamedNode(iri)) for iri in value)

    return _SPARQL_TOKEN.sub(term, query)


def to_literal(value: Scalar) -> Literal:
    """A Python value as an RDF literal of its datatype: 2025 -> "2025"^^xsd:integer, None -> "". Raises Usage for a
    text with lone surrogates, which cannot be written as RDF."""
    value = "" if value is None else value
    try:
        return Literal(value)
    except ValueError:
        raise Usage(f"parameter value {value!r} cannot be written as RDF") from None
