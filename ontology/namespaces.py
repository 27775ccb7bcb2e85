"""Namespaces, and functions that read an IRI. `ontology.iris` makes the IRIs of data.

The default root is a w3id.org path, which can be pointed at any server. $KG_BASE moves all of it: data stands below the
base itself, the ontology, the closed lists and the shapes beside it. The base must end with /, which is checked where
IRIs of data are made (`Iris`), not here. A base that ends with id/ has them one level higher, as the default has.

    KG_BASE=https://data.example/plans/    data       https://data.example/plans/document/…
                                           ontology   https://data.example/plans/ontology#
                                           shapes     https://data.example/plans/shapes#
"""

import os
import re
import unicodedata
from urllib.parse import quote, unquote

DEFAULT_ROOT = "https://w3id.org/plan-kg/"
DEFAULT_BASE = os.environ.get("KG_BASE") or DEFAULT_ROOT + "id/"
ROOT = DEFAULT_BASE.removesuffix("id/")
KG = ROOT + "ontology#"
ONTOLOGY = ROOT + "ontology"
SCHEMES = ROOT + "scheme/"
SHAPES = ROOT + "shapes#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "kg": KG,
    "org": "http://www.w3.org/ns/org#",
    "owl": OWL,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "xsd": XSD,
}
ALL_PREFIXES = {**PREFIXES, "scheme": SCHEMES, "sh": "http://www.w3.org/ns/shacl#"}


def with_base(text: str) -> str:
    """The text of a declaration with its IRIs below the root that $KG_BASE sets (ROOT) in place of the default one."""
    return text if ROOT == DEFAULT_ROOT else text.replace(DEFAULT_ROOT, ROOT)


def segment(text: str) -> str:
    """The text as a segment of an IRI's path: letters and digits of any script, _ . ~ - and punctuation and symbols
    beyond ASCII stay, all else is percent-encoded.

    '渠县' -> '渠县', '中共中央、国务院' -> the same, 'a/b' -> 'a%2Fb', '药品 <试行>' -> '药品%20%3C试行%3E'.
    """
    return re.sub(r"[^\w.~-]", _encoded, text)


def _encoded(found: re.Match[str]) -> str:
    """The matched character, percent-encoded as UTF-8 unless it is punctuation or a symbol beyond ASCII, which RFC 3987
    allows in a path."""
    character = found[0]
    if ord(character) >= 0xA0 and unicodedata.category(character)[0] in "PS":
        return character
    return quote(character.encode("utf-8", "surrogatepass"), safe="")


def local_name(iri: str) -> str:
    """The last part of an IRI, after its last # or /: 'https://…/ontology#docNumber' -> 'docNumber'. Raises IndexError
    for a text with neither."""
    return iri.replace("#", "/").rsplit("/", 1)[1]


def notation_of(iri: str) -> str:
    """The key of a member of a closed list, by its IRI, decoded: '…/scheme/level/county' -> 'county'. Raises IndexError
    as `local_name` does."""
    return unquote(local_name(iri))


def scheme_name(iri: str) -> str:
    """The name of a list, closed or open, by its IRI: 'https://…/scheme/level' -> 'level'; an IRI that does not begin
    with SCHEMES is returned unchanged."""
    return iri.removeprefix(SCHEMES)


def turtle_name(iri: str) -> str:
    """An IRI as Turtle and SPARQL write it: 'kg:Task', or '<https://…>' where it begins with none of ALL_PREFIXES or
    what follows is no simple name (letters, digits and _, no digit first)."""
    found = compact(iri)
    return found if found != iri and found.partition(":")[2].isidentifier() else f"<{iri}>"


def compact(iri: str) -> str:
    """An IRI with one of ALL_PREFIXES, the first that fits, in place of its beginning: 'kg:Task'; unchanged where none
    does."""
    for prefix, namespace in ALL_PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
