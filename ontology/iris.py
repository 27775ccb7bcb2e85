"""The one place where an IRI is made. Ids come from content, so two machines that read a plan make the same graph."""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from pyoxigraph import NamedNode

from ontology.model.errors import Usage
from ontology.model.facts import Concept, Organization, Policy, Region
from ontology.schema import SCHEMES

DEFAULT_BASE = "https://plan-kg.example/id/"


@dataclass(frozen=True, slots=True)
class Iris:
    """Mints the IRIs of data under a base that ends with / or #."""

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]*[/#:]", self.base):
            raise Usage(f"base IRI {self.base!r}: give an absolute IRI that ends with / or #")

    def document(self, name: str, digest: str) -> NamedNode:
        """The file as read, and its named graph. Its name counts: the same bytes under two names are two documents."""
        return self._node("document", sha256(f"{name}\0{digest}".encode()).hexdigest()[:16])

    def fact(self, document: NamedNode, kind: str, position: int | str) -> NamedNode:
        return NamedNode(f"{document.value}/{kind}/{segment(str(position))}")

    def policy(self, policy: Policy) -> NamedNode:
        return self._node("policy", policy.scope, policy.name)

    def region(self, region: Region) -> NamedNode:
        if region.code:
            return self._node("region", region.code + region.name)
        names, above = [region.name], region.parent
        while above is not None and not above.code:
            names.append(above.name)
            above = above.parent
        return self._node("region", (above.code or "") if above else "000000", *reversed(names))

    def organization(self, organization: Organization) -> NamedNode:
        return NamedNode(
            self.region(organization.region).value.replace("/region/", "/organization/", 1)
            + "/"
            + segment(organization.function)
        )

    def concept(self, concept: Concept) -> NamedNode:
        return self._node("concept", concept.name)

    def reference(self) -> NamedNode:
        """The named graph of what all plans share."""
        return self._node("graph", "reference")

    def derived(self, name: str) -> NamedNode:
        """The named graph of something derived: 'alignment/0f3a…' -> …/derived/alignment/0f3a…"""
        return self._node("derived", *name.split("/"))

    def _node(self, *parts: str) -> NamedNode:
        return NamedNode(self.base + "/".join(segment(part) for part in parts))


def scheme_concept(scheme: str, notation: str) -> NamedNode:
    """('level', 'county') -> the concept's IRI; a scheme may be given by its IRI."""
    scheme = scheme.removeprefix(SCHEMES)
    return NamedNode(f"{SCHEMES}{scheme}/{segment(notation)}")


def segment(text: str) -> str:
    """A path segment: letters and punctuation of any script stay readable, all else is percent-encoded.

    '渠县' -> '渠县', '中共中央、国务院' -> the same, 'a/b' -> 'a%2Fb', '药品 <试行>' -> '药品%20%3C试行%3E'.
    """
    return re.sub(r"[^\w.~-]", _encoded, text)


def _encoded(found: re.Match[str]) -> str:
    """RFC 3987 allows what is beyond ASCII, but for spaces and marks that nobody sees."""
    character = found[0]
    if ord(character) >= 0xA0 and unicodedata.category(character)[0] in "PS":
        return character
    return quote(character.encode("utf-8", "surrogatepass"), safe="")
