"""The last component: it adds the passages that were not understood to the facts, so that a store can be asked for
them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from extractors.audit.account import account, share, visible_length
from extractors.audit.checks import suspicious
from extractors.reading import reading
from ontology.model.facts import Fact, Passage

if TYPE_CHECKING:
    from spacy.tokens import Doc

MIN_UNREAD_LENGTH = 8  # characters of an unread passage that is worth keeping; shorter ones are marks and stray numbers


def audit(doc: "Doc") -> "Doc":
    """Appends to `Reading.facts` a Passage for each suspicious stretch, and for each stretch of at least
    MIN_UNREAD_LENGTH (8) characters, white space inside it included, that no fact and no known reason holds, and
    returns the same `doc`. Raises Usage for a Doc that was not made of a plan.

    The whole account, with what was understood, is put on `doc.user_data["account"]`, because a person who looks at one
    file wants the shares of the text too.
    """
    read = reading(doc)
    passages = account(read)
    file = read.document.file or read.document.source
    every = visible_length(file.text)
    found = []
    for one in suspicious(doc):
        proof = read.document.evidence(one.start, one.end)
        part = share(file.text[proof.start : proof.end], every)
        found.append(Passage(proof, "unread", one.reason, True, one.cue, part))
    unread = [p for p in passages if p.kind == "unread" and len(p.evidence.quote) >= MIN_UNREAD_LENGTH]
    doc.user_data["account"] = passages
    read.facts.extend([*found, *unread])
    return doc


def worth_a_look(facts: Iterable[Fact]) -> int:
    """The number of suspicious passages among the facts: those that look like facts and were not understood."""
    return sum(isinstance(fact, Passage) and fact.suspicious for fact in facts)
