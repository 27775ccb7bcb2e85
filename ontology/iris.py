"""The one place where IRIs of data are made and taken apart. They come from content, so that two machines that read a
plan make the same graph."""

import re
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import unquote

from pyoxigraph import NamedNode

from ontology.model.errors import Usage
from ontology.model.facts import Concept, Organization, Policy, Region
from ontology.namespaces import DEFAULT_BASE, SCHEMES, segment

__all__ = ["DEFAULT_BASE", "Iris", "base_of", "scheme_concept", "segment"]


@dataclass(frozen=True, slots=True)
class Iris:
    """Makes the IRIs of data below a base IRI, which begins with a scheme in lower case (https:), ends with /, and has
    no #, white space or other character that IRIs forbid there. Raises Usage for another base."""

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`#]*/", self.base):
            raise Usage(f"base IRI {self.base!r}: give an absolute IRI that ends with / and has no #")

    def document(self, policy: Policy, name: str, number: int = 1) -> NamedNode:
        """The IRI of a document, which is also that of its named graph, made from the policy that the plan is and the
        name of its file. A corrected file keeps it, because nothing else in the file is part of it.

        `number` is above 1 for further files of one name, in different folders, that hold one plan.
        """
        digest = sha256("\0".join((policy.scope, policy.name, name)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return self._node("document", digest if number == 1 else f"{digest}-{number}")

    def text(self, document: NamedNode) -> NamedNode:
        """The IRI of the node that holds the text of the document: '…/document/1a2b/text'."""
        return NamedNode(f"{document.value}/text")

    def correction(self, document: NamedNode, identity: str) -> NamedNode:
        """The IRI of the node that says what became of the correction with the id `identity` in this document:
        '…/document/1a2b/correction/3c'."""
        return NamedNode(f"{document.value}/correction/{identity}")

    def fact(self, document: NamedNode, kind: str, identity: str) -> NamedNode:
        """The IRI of a fact of the document: '…/document/1a2b/task/3c'. `kind` is the key of its class ('Task'),
        of which the IRI has the lower case, and `identity` as `ontology.identity` gives it. Also that of a region whose
        name is ambiguous, for which they are 'region' and its name."""
        return NamedNode(f"{document.value}/{kind.lower()}/{segment(identity)}")

    def policy(self, policy: Policy) -> NamedNode:
        """The IRI of a policy, '…/policy/SCOPE/NAME': …/policy/中国/十四五规划."""
        return self._node("policy", policy.scope, policy.name)

    def region(self, region: Region) -> NamedNode:
        """The IRI of a region, its code and name: …/region/510000四川省.

        For a region without a code it has the code of the nearest region above that has one (000000 for none), and the
        names from below that down to the region: …/region/510100成都市 has a zone at …/region/510100/成都高新区.
        """
        if region.code:
            return self._node("region", region.code + region.name)
        names, above = [region.name], region.parent
        while above is not None and not above.code:
            names.append(above.name)
            above = above.parent
        return self._node("region", (above.code or "") if above else "000000", *reversed(names))

    def organization(self, organization: Organization) -> NamedNode:
        """The IRI of an organization, '…/organization/REGION/FUNCTION', in which REGION is what the IRI of its region
        has after region/: …/organization/510000四川省/民政."""
        region = self.region(organization.region).value.removeprefix(f"{self.base}region/")
        return NamedNode(f"{self.base}organization/{region}/{segment(organization.function)}")

    def concept(self, concept: Concept) -> NamedNode:
        """The IRI of an indicator concept, '…/concept/NAME': …/concept/森林覆盖率."""
        return self._node("concept", concept.name)

    def reference(self) -> NamedNode:
        """The IRI of the reference graph."""
        return self._node("graph", "reference")

    def derived(self, name: str) -> NamedNode:
        """The IRI of the derived graph of this name: 'alignment/0f3a…' -> …/derived/alignment/0f3a…"""
        return self._node("derived", *name.split("/"))

    def _node(self, *parts: str) -> NamedNode:
        """The IRI below the base that has these path segments, which are percent-encoded where they must be
        (`segment`)."""
        return NamedNode(self.base + "/".join(segment(part) for part in parts))


def scheme_concept(scheme: str, notation: str) -> NamedNode:
    """The IRI of a member of a closed list: ('level', 'county') -> …/scheme/level/county. `scheme` is the name of the
    list or its IRI, `notation` the key of the member."""
    scheme = scheme.removeprefix(SCHEMES)
    return NamedNode(f"{SCHEMES}{scheme}/{segment(notation)}")


def base_of(document: str) -> str:
    """The base below which a document's IRI was made: 'https://plans.test/document/ab12' -> 'https://plans.test/', what
    stands before the last document/; '' for an IRI without it."""
    return document.rpartition("document/")[0]


def belongs_to(iri: str, document: str) -> bool:
    """Whether the IRI is that of the document, or begins with that and a /. Nodes with such IRIs belong to this
    document alone: its facts, parts of facts, and regions whose name is ambiguous."""
    return iri == document or iri.startswith(document + "/")


def organization_parts(iri: str) -> tuple[str, str]:
    """The IRI of the region and the function of an organization, by its IRI: '…/organization/510000四川省/民政' ->
    ('…/region/510000四川省', '民政')."""
    base, _, tail = iri.partition("organization/")
    region, _, function = tail.rpartition("/")
    return f"{base}region/{region}", unquote(function)


def is_concept(iri: str) -> bool:
    """Whether the IRI is that of an indicator concept: whether it contains /concept/."""
    return "/concept/" in iri


def policy_key(iri: str) -> str:
    """The part of a policy's IRI that identifies it, scope and name, still percent-encoded: '…/policy/中国/十四五规划'
    -> '中国/十四五规划'. An IRI that is no policy's is returned unchanged."""
    return iri.rpartition("/policy/")[2]


def policy_name(iri: str) -> str:
    """The name in a policy's IRI, its last segment, decoded: '…/policy/中国/十四五规划' -> '十四五规划'."""
    return unquote(iri.rpartition("/")[2])


def document_key(iri: str) -> str:
    """The part of the IRI of a document, or of what is below it, that identifies it: '…/document/1a2b/task/3c' ->
    '1a2b/task/3c'; another IRI is returned unchanged."""
    return iri.rpartition("document/")[2]


def last_segment(iri: str) -> str:
    """What stands after the last / of an IRI, still percent-encoded: '…/document/1a2b' -> '1a2b'; the whole where there
    is none."""
    return iri.rpartition("/")[2]
