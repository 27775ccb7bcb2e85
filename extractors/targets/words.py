"""The words that decide whether a number is a promise, as regular expressions built from their data file."""

import re
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data" / "commitment_words.tsv"


@cache
def words(of: str) -> tuple[str, ...]:
    """'past' -> its words, longest first."""
    for line in DATA.read_text("utf-8").splitlines():
        name, _, listed = line.partition("\t")
        if name == of:
            return tuple(sorted(dict.fromkeys(listed.split()), key=lambda word: (-len(word), word)))
    raise KeyError(of)


@cache
def some(of: str) -> re.Pattern[str]:
    """One word of the class, anywhere."""
    return re.compile("|".join(map(re.escape, words(of))))


@cache
def last(of: str) -> re.Pattern[str]:
    """One or more words of the class at the end of the text; 达 of 雷达 is none."""
    return re.compile(rf"(?<![雷马])(?:{'|'.join(map(re.escape, words(of)))})+\Z")
