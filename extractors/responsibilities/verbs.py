"""The verbs after the name of a body that show that a sentence gives it work: 各级政府|要…, 税务部门|依法…,
县民政局|核定…."""

from functools import cache
from pathlib import Path

from extractors import expressions as re

DUTY_VERBS = Path(__file__).parents[1] / "data" / "duty_verbs.tsv"


@cache
def words() -> dict[str, tuple[str, ...]]:
    """The verbs of duty_verbs.tsv in the order of the file, each with patterns of what must not follow it: '对' ->
    ('外', '口', …); () for none."""
    found = {}
    for line in DUTY_VERBS.read_text("utf-8").splitlines():
        if not line.startswith(("#", "class\t")):
            for entry in line.split("\t")[1].split():
                word, _, not_before = entry.partition("!")
                found[word] = tuple(not_before.split("/")) if not_before else ()
    return found


@cache
def deed() -> re.Pattern[str]:
    """The pattern of any of the verbs of `words`, the longest that fits, as the group `cue`; a verb does not match
    before what must not follow it."""
    parts = []
    for word, not_before in sorted(words().items(), key=lambda entry: (-len(entry[0]), entry[0])):
        parts.append(word + (f"(?!{'|'.join(not_before)})" if not_before else ""))
    return re.compile(f"(?P<cue>{'|'.join(parts)})")
