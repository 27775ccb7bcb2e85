"""Two passages with the words and numbers marked in which they differ."""

import re
from difflib import SequenceMatcher

from exports.views.markup import Markup, join, tag

# Numbers stay whole: 50 and 55 differ as numbers, not in their second digit.
_DIFF_TOKEN = re.compile(r"\d+(?:[.,，]\d+)*[%％‰]?|[A-Za-z]+|.", re.DOTALL)
MIN_SHARED_LENGTH = 2  # characters: what is shared in shorter stretches is chance


def with_differences(one: str, other: str) -> tuple[Markup, Markup]:
    """Both texts as HTML in which the words that the other text does not have in this place are marked; a number is
    marked as a whole, with a class of its own. A stretch that both texts share counts as different where it is shorter
    than MIN_SHARED_LENGTH (2) characters.

    '到2025年达到50%', '到2025年达到55%' -> '到2025年达到<mark class="number">50%</mark>', …
    """
    first, second = _DIFF_TOKEN.findall(one), _DIFF_TOKEN.findall(other)
    shared_first, shared_second = [False] * len(first), [False] * len(second)
    for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks():
        if sum(map(len, first[block.a : block.a + block.size])) >= MIN_SHARED_LENGTH:
            for i in range(block.size):
                shared_first[block.a + i] = shared_second[block.b + i] = True
    return _markup(first, shared_first), _markup(second, shared_second)


def _markup(tokens: list[str], shared: list[bool]) -> Markup:
    """The tokens of a text as HTML, with marks on those for which `shared`, in the same order, is False; neighbours get
    one mark, numbers one each."""
    parts: list[Markup | str] = []
    run: list[str] = []

    def close() -> None:
        if run:
            parts.append(tag("mark", "".join(run)))
            run.clear()

    for token, same in zip(tokens, shared, strict=True):
        if same:
            close()
            parts.append(token)
        elif token[0].isdigit():
            close()
            parts.append(tag("mark", token, class_="number"))
        else:
            run.append(token)
    close()
    return join(*parts)
