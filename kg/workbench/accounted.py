"""How much of a plan's text was read as what, for the page of what was not understood."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from extractors.audit.account import PRECEDENCE, visible_length

OTHER = ""  # the kind of what no fact proves


def shares(text: str, facts: Iterable[Mapping[str, Any]]) -> list[tuple[str, float]]:
    """The shares of a text's visible characters that prove each kind of fact, from 0 to 1, the largest first, and at
    the end that of OTHER ('') for the rest: [('Task', 0.7), ('', 0.3)]. Together they are 1; [] for a text without
    visible characters. `facts` are rows of preset `facts`, with offsets in the text; a character that several facts
    prove counts for the most particular kind, as in the account that a build makes (PRECEDENCE; other kinds are more
    particular than those)."""
    order = {kind.__name__: at for at, kind in enumerate(PRECEDENCE)}
    kinds = [OTHER]
    owner = array("H", bytes(2 * len(text)))
    for fact in sorted(facts, key=lambda fact: order.get(fact["kind"], len(order))):
        if fact["kind"] not in kinds:
            kinds.append(fact["kind"])
        first, last = int(fact["start"]), min(int(fact["end"]), len(text))
        owner[first:last] = array("H", [kinds.index(fact["kind"])]) * max(0, last - first)
    every = visible_length(text)
    if not every:
        return []
    counts = Counter(of for of, character in zip(owner, text, strict=True) if not character.isspace())
    read = [(kinds[of], number / every) for of, number in counts.most_common() if kinds[of] != OTHER]
    return [*read, (OTHER, counts[0] / every)]
