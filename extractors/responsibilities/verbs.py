"""The words after the name of a body that a sentence gives work to: 各级政府|要…, 税务部门|依法…, 县民政局|核定…."""

from functools import cache
from pathlib import Path

from extractors import expressions as re

DATA = Path(__file__).parents[1] / "data" / "duty_verbs.tsv"


@cache
def words() -> dict[str, tuple[str, ...]]:
    """The words of the data file, each with the words that must not follow it: '对' -> ('外', '口', …)."""
    found = {}
    for line in DATA.read_text("utf-8").splitlines():
        if not line.startswith(("#", "class\t")):
            for entry in line.split("\t")[1].split():
                word, _, not_before = entry.partition("!")
                found[word] = tuple(not_before.split("/")) if not_before else ()
    return found


@cache
def deed() -> re.Pattern[str]:
    """A pattern of any of the words, the longest first, as group `cue`."""
    parts = []
    for word, not_before in sorted(words().items(), key=lambda entry: (-len(entry[0]), entry[0])):
        parts.append(word + (f"(?!{'|'.join(not_before)})" if not_before else ""))
    return re.compile(f"(?P<cue>{'|'.join(parts)})")
