"""The one place where an IRI of data is made and taken apart. Ids come from content, so two machines that read a plan
make the same graph."""

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
    """Makes the IRIs of data below a base, which ends with / or #."""

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]*[/#:]", self.base):
            raise Usage(f"base IRI {self.base!r}: give an absolute IRI that ends with / or #")

    def document(self, policy: Policy, name: str, number: int = 1) -> NamedNode:
        """The IRI of a document and of its named graph, made from the policy that the plan is and the name of its
        file.

        Nothing else in the file is part of the IRI, so that a corrected file keeps it. `number` is for files of one
        name in different folders that hold one plan.
        """
        digest = sha256("\0".join((policy.scope, policy.name, name)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return self._node("document", digest if number == 1 else f"{digest}-{number}")

    def text(self, document: NamedNode) -> NamedNode:
        """The node that holds the text of the document."""
        return NamedNode(f"{document.value}/text")

    def correction(self, document: NamedNode, identity: str) -> NamedNode:
        """The IRI of the node that says what became of the correction with the id `identity` in this document."""
        return NamedNode(f"{document.value}/correction/{identity}")

    def fact(self, document: NamedNode, kind: str, identity: str) -> NamedNode:
        """A fact of a document; `identity` is that of `ontology.identity`."""
        return NamedNode(f"{document.value}/{kind.lower()}/{segment(identity)}")

    def policy(self, policy: Policy) -> NamedNode:
        """The IRI of a policy, '…/policy/SCOPE/NAME': …/policy/中国/十四五规划."""
        return self._node("policy", policy.scope, policy.name)

    def region(self, region: Region) -> NamedNode:
        """The IRI of a region, '…/region/CODE+NAME': …/region/510000四川省.

        For a region without a code: the code of the nearest region above that has one (000000 for none), and the
        names from there down.
        """
        if region.code:
            return self._node("region", region.code + region.name)
        names, above = [region.name], region.parent
        while above is not None and not above.code:
            names.append(above.name)
            above = above.parent
        return self._node("region", (above.code or "") if above else "000000", *reversed(names))

    def organization(self, organization: Organization) -> NamedNode:
        """The IRI of an organization, '…/organization/REGION/FUNCTION': …/organization/510000四川省/民政."""
        region = self.region(organization.region).value.removeprefix(f"{self.base}region/")
        return NamedNode(f"{self.base}organization/{region}/{segment(organization.function)}")

    def concept(self, concept: Concept) -> NamedNode:
        """The IRI of an indicator concept, '…/concept/NAME': …/concept/森林覆盖率."""
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
    """The IRI of a concept of a closed list: ('level', 'county') -> …/scheme/level/county. `scheme` is the name of
    the list or its IRI, `notation` the key of the concept."""
    scheme = scheme.removeprefix(SCHEMES)
    return NamedNode(f"{SCHEMES}{scheme}/{segment(notation)}")


def base_of(document: str) -> str:
    """The base of a document's IRI: 'https://plans.test/document/ab12' -> 'https://plans.test/'."""
    return document.rpartition("document/")[0]


def owned(iri: str, document: str) -> bool:
    """Whether the IRI is the document's or below it, as those of facts, parts of facts and places without a
    code are."""
    return iri == document or iri.startswith(document + "/")


def is_document(graph: str) -> bool:
    """Whether the named graph is that of a plan's document, and not the reference graph."""
    return graph.rpartition("/")[0].endswith("/document")


def organization_parts(iri: str) -> tuple[str, str]:
    """The region's IRI, and the function: '…/organization/510000四川省/民政' -> ('…/region/510000四川省', '民政')."""
    base, _, rest = iri.partition("organization/")
    region, _, function = rest.rpartition("/")
    return f"{base}region/{region}", unquote(function)


def is_concept(iri: str) -> bool:
    """Whether the IRI is that of an indicator concept."""
    return "/concept/" in iri


def policy_key(iri: str) -> str:
    """The part of a policy's IRI that identifies it: '…/policy/中国/十四五规划' -> '中国/十四五规划'."""
    return iri.rpartition("/policy/")[2]


def policy_name(iri: str) -> str:
    """The name in a policy's IRI: '…/policy/中国/十四五规划' -> '十四五规划'."""
    return unquote(iri.rpartition("/")[2])


def document_key(iri: str) -> str:
    """The part of an IRI below documents: '…/document/1a2b/task/3c' -> '1a2b/task/3c'."""
    return iri.rpartition("document/")[2]


def short(iri: str) -> str:
    """The last segment of an IRI, still percent-encoded."""
    return iri.rpartition("/")[2]
