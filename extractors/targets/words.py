"""The words that decide whether a number is a promise, as regular expressions built from their data file."""

from functools import cache
from pathlib import Path

from extractors import expressions as re

COMMITMENT_WORDS = Path(__file__).parents[1] / "data" / "commitment_words.tsv"


@cache
def words(of: str) -> tuple[str, ...]:
    """The words of a class of commitment_words.tsv, longest first: 'past' -> ('已经', '已', …). Raises KeyError for a
    class that the file does not have."""
    for line in COMMITMENT_WORDS.read_text("utf-8").splitlines():
        name, _, listed = line.partition("\t")
        if name == of:
            return tuple(sorted(dict.fromkeys(listed.split()), key=lambda word: (-len(word), word)))
    raise KeyError(of)


@cache
def some(of: str) -> re.Pattern[str]:
    """The pattern of the words of a class (`words`) anywhere in a text: some('create') finds 新建 in '计划新建学校'.
    Raises KeyError as `words` does."""
    return re.compile("|".join(map(re.escape, words(of))))


@cache
def last(of: str) -> re.Pattern[str]:
    """The pattern of the words of a class (`words`) at the end of a text only: last('reach') finds 达到 in
    '覆盖率达到'. 达 after 雷 (雷达) or 马 is none. Raises KeyError as `words` does."""
    return re.compile(rf"(?<![雷马])(?:{'|'.join(map(re.escape, words(of)))})+\Z")
