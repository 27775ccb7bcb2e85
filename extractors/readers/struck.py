"""Text that its author struck out: it is no text of the plan, whichever format draws the line through it."""

import re
from collections.abc import Sequence

# text-decoration: underline line-through; text-decoration-line: line-through
STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,60}?line-through", re.IGNORECASE)
STRUCK_TAGS = frozenset(("del", "s", "strike"))
MAX_SHOWN, MAX_SHOWN_LENGTH = 3, 20  # passages that the remark shows, and characters of each


def struck_note(passages: Sequence[str]) -> list[str]:
    """The remark for the user that text was left out because it is struck out, with the beginnings of the first three
    passages (20 characters at most) and the number of the others:
    ['2', '由市残联牵头。'] -> ['struck-out text, left out: 2 | 由市残联牵头。']. Blank passages do not count; []
    without any other."""
    words = [" ".join(passage.split()) for passage in passages if passage.strip()]
    if not words:
        return []
    shown = [each if len(each) <= MAX_SHOWN_LENGTH else f"{each[:MAX_SHOWN_LENGTH]}…" for each in words[:MAX_SHOWN]]
    more = f" and {len(words) - MAX_SHOWN} more" if len(words) > MAX_SHOWN else ""
    return [f"struck-out text, left out: {' | '.join(shown)}{more}"]
