"""What the SPARQL query of a visitor may not do: ask another server, or have a server of SPARQL do what only its owner
may. Virtuoso, for one, calls any procedure that its user may call: bif:file_to_string reads a file, bif:http_get asks
an address, bif:user_set_password sets a password; and DEFINE get:soft loads a page.
"""

import re
import sys

import pyoxigraph as ox

from ontology.namespaces import XSD


def refusal(query: str, *, server: bool) -> str | None:
    """Why a visitor's SPARQL query is refused, None where it may be asked: because it is an update, or may contain
    SERVICE (`calls_service`); nothing else is refused unless `server` says that the store is a server. Then the query
    must be SPARQL 1.1, call no functions but those of SPARQL and XML Schema, and have none of bif:, sql: and DEFINE
    NAME:, not even in a string or comment, apart from bif:contains and sql:contains.

    >>> refusal("SELECT * { SERVICE <http://a> {} }", server=False)
    'SERVICE is not allowed here: this endpoint asks no other server'
    >>> refusal("SELECT (bif:http_get('http://a') AS ?x) {}", server=True)
    'bif: is not allowed here: it is no SPARQL but a language of the server'"""
    if _UPDATE.match(query):
        return "this endpoint is read-only: it takes no update"
    if calls_service(query):
        return "SERVICE is not allowed here: this endpoint asks no other server"
    if not server:
        return None
    if own := _OWN_LANGUAGE.search(_without_escapes(query)):
        return f"{own[0].strip()} is not allowed here: it is no SPARQL but a language of the server"
    from kg.workbench.functions import functions_called  # here, because rdflib takes 0.5 s to import

    try:
        functions = list(functions_called(query.replace("\r", "\n")))
    except Exception as error:  # rdflib raises errors of many kinds, bare ones too, for a query that is wrong
        return _what_is_wrong(query) or f"the query cannot be checked: {' '.join(str(error).split())[:200]}"
    other = next((iri for iri in functions if not iri.startswith(XSD)), None)
    if other:
        return f"the function <{other}> is not allowed here: only those of SPARQL and the types of XML Schema"
    return None


# DELETE WHERE { … }, also after PREFIX a: <…> and comments: with these words begins no query, but an update
_UPDATE = re.compile(
    r"(?:\s+|#[^\n\r]*|BASE\s*<[^<>]*>|PREFIX\s+[\w.-]*:\s*<[^<>]*>)*+"
    r"(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b",
    re.IGNORECASE,
)
# The prefixes of Virtuoso's procedures, apart from its full-text search, and the directives that may precede a query.
_OWN_LANGUAGE = re.compile(r"\b(?:bif|sql)\s*:(?!contains\b)|\bdefine\s+\w+\s*:", re.IGNORECASE)


def _what_is_wrong(query: str) -> str | None:
    """The error of the embedded store's parser, which tells the line; None where it finds none."""
    try:
        ox.Store().query(query)
    except (SyntaxError, ValueError) as error:
        return str(error).strip()
    return None


def _without_escapes(query: str) -> str:
    """The query with the characters that its escapes \\uXXXX and \\UXXXXXXXX stand for; U+10FFFF for a number
    above it."""
    return _CODE_POINT.sub(lambda escape: chr(min(int(escape[1] or escape[2], 16), sys.maxunicode)), query)


def calls_service(query: str) -> bool:
    """Whether the query may contain SERVICE, which sends a query to another server: whether the letters service, in
    upper or lower case and also as part of a word, stand before a term and {, with SILENT before the term or not:
    'SERVICE <http://a> {', '5service:a{'. Strings, comments, IRIs with ://, variables and names after a colon do not
    count. True also where the query has these letters anywhere, but it is not certain where its strings and comments
    are: there is a quotation mark or # after a backslash, or ' or # after a < in a stretch without blanks that is no
    IRI with ://. The query counts with and without its escapes \\uXXXX."""
    plain = _without_escapes(query)
    if plain != query and calls_service(plain):
        return True
    if "service" not in query.lower():
        return False
    if _UNCLEAR_QUOTING.search(query):
        return True
    return bool(_SERVICE_CALL.search(_HARMLESS.sub(lambda token: _IN_PLACE_OF.get(token[0][0], token[0][0]), query)))


# Oxigraph needs no blanks between words, and takes names with escapes (a:b\'): words cannot be told apart by a pattern,
# so what may be SERVICE is found.
_SERVICE_CALL = re.compile(r"(?i)service\s*(?:silent\s*)?[^\s{}]+\s*\{")
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_FULL_IRI = r"<[A-Za-z][A-Za-z0-9+.-]*://"
_HARMLESS = re.compile(
    rf"""'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\"|'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*"
    |\#[^\n\r]*|{_FULL_IRI}[^<>"{{}}|^`\\\x00-\x20]*>|[?$]\w+|:[\w-]+""",
    re.VERBOSE | re.DOTALL,
)
_IN_PLACE_OF = {"#": " ", "<": "<>"}  # of other tokens, by their first character, that character
_UNCLEAR_QUOTING = re.compile(rf"""\\['"#]|<(?!{_FULL_IRI[1:]})[^<>"{{}}|^`\\\x00-\x20]*['#]""")
