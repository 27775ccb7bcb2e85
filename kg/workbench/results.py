"""Rows of a SPARQL query in the four formats of SPARQL 1.1, written row by row.

pyoxigraph's own serializer takes all rows or none: it cannot stop at a limit.
"""

import csv
import json
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any
from xml.sax.saxutils import escape

import pyoxigraph as ox

from ontology.namespaces import XSD

XSD_STRING = XSD + "string"
# What an element with the attribute its:dir, of the Internationalization Tag Set, needs beside it.
ITS_ATTRIBUTES = {"xmlns:its": "http://www.w3.org/2005/11/its", "its:version": "2.0"}
Rows = Iterable[Sequence[Any]]


def written(names: Sequence[str], rows: Rows, format_: str) -> bytes:
    """The rows in the format `json`, `xml`, `csv` or `tsv`, as UTF-8, with ? for lone surrogates; a row has an RDF
    term, or None where it is unbound, for each of the variables `names`. Raises what `rows` raises, and KeyError for
    another format."""
    return WRITERS[format_](names, rows).encode("utf-8", "replace")


def _json(names: Sequence[str], rows: Rows) -> str:
    """The rows, each with an RDF term or None for each of `names`, in the SPARQL 1.1 Query Results JSON Format, without
    white space between its parts; a row leaves out unbound variables."""
    bindings = [
        {name: _json_term(term) for name, term in zip(names, row, strict=True) if term is not None} for row in rows
    ]
    answer = {"head": {"vars": list(names)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def _json_term(term: Any) -> dict[str, Any]:
    """A term in the JSON format: {"type": "literal", "value": "渠县"}. The type is uri, bnode, literal or triple, whose
    value is its three terms by name; a literal has the members of `_typed`."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Literal):
        return {"type": "literal", "value": term.value, **_typed(term)}
    parts = {name: _json_term(getattr(term, name)) for name in ("subject", "predicate", "object")}
    return {"type": "triple", "value": parts}


def _typed(term: ox.Literal) -> dict[str, str]:
    """The members, or attributes, that say what a literal is: {'xml:lang': 'zh'} for one with a language, and with
    'its:dir' where that has a base direction ('ltr'); {'datatype': IRI} for one of another type than xsd:string; {} for
    a plain string."""
    if term.language:
        direction = {"its:dir": str(term.direction)} if term.direction else {}
        return {"xml:lang": term.language, **direction}
    return {} if term.datatype.value == XSD_STRING else {"datatype": term.datatype.value}


def _xml(names: Sequence[str], rows: Rows) -> str:
    """The rows, each with an RDF term or None for each of `names`, in the SPARQL Query Results XML Format, without
    white space between its elements; a row leaves out unbound variables."""
    head = "".join(f"<variable name={_quoted(name)}/>" for name in names)
    body = "".join(
        "<result>"
        + "".join(
            f"<binding name={_quoted(name)}>{_xml_term(term)}</binding>"
            for name, term in zip(names, row, strict=True)
            if term is not None
        )
        + "</result>"
        for row in rows
    )
    return (
        '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
        f"<head>{head}</head><results>{body}</results></sparql>"
    )


def _xml_term(term: Any) -> str:
    """A term in the XML format: <literal>渠县</literal>. The element is uri, bnode, literal or triple, which contains
    the elements subject, predicate and object; a literal has the attributes of `_typed`, and those that its:dir
    needs."""
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_escaped(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_escaped(term.value)}</bnode>"
    if isinstance(term, ox.Literal):
        typed = _typed(term)
        named = {**typed, **ITS_ATTRIBUTES} if "its:dir" in typed else typed
        attributes = "".join(f" {name}={_quoted(value)}" for name, value in named.items())
        return f"<literal{attributes}>{_escaped(term.value)}</literal>"
    parts = (f"<{name}>{_xml_term(getattr(term, name))}</{name}>" for name in ("subject", "predicate", "object"))
    return f"<triple>{''.join(parts)}</triple>"


def _quoted(text: str) -> str:
    """The text as the value of an attribute in XML, with its quotation marks."""
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    """The text escaped for XML, quotation marks and carriage returns too, with U+FFFD in place of the control
    characters below U+0020, which XML cannot contain, except tab and line ends."""
    valid = "".join(c if c >= " " or c in "\t\n\r" else "\ufffd" for c in text)
    return escape(valid, {'"': "&quot;", "'": "&apos;", "\r": "&#13;"})


def _csv(names: Sequence[str], rows: Rows) -> str:
    """The rows, each with an RDF term or None for each of `names`, in the SPARQL 1.1 Query Results CSV Format."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_csv_term(term) for term in row] for row in rows)
    return out.getvalue()


def _csv_term(term: Any) -> str:
    """A term as the value of a CSV cell, not yet quoted: an IRI as it is; of a literal its text alone, without datatype
    and language; a blank node with `_:` before its name; a triple as its three terms, each written in this way, with
    blanks between; '' for None."""
    if term is None:
        return ""
    if isinstance(term, ox.Triple):
        return " ".join(_csv_term(part) for part in (term.subject, term.predicate, term.object))
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(term.value)


def _tsv(names: Sequence[str], rows: Rows) -> str:
    """The rows, each with an RDF term or None for each of `names`, in the SPARQL 1.1 Query Results TSV Format."""
    lines = ["\t".join(f"?{name}" for name in names)]
    lines += ["\t".join(map(_tsv_term, row)) for row in rows]
    return "\n".join(lines) + "\n"


def _tsv_term(term: Any) -> str:
    """A term as the value of a TSV cell: as in N-Triples, a number too ("1"^^<…#integer>) and a triple (<<( … )>>),
    with \\t for tabs; '' for None."""
    if term is None:
        return ""
    text = f"<<( {term} )>>" if isinstance(term, ox.Triple) else str(term)  # str gives no brackets to the outer one
    return text.replace("\t", "\\t")


WRITERS = {"json": _json, "xml": _xml, "csv": _csv, "tsv": _tsv}
