"""Text without white space that keeps the offset of each of its characters in the plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from extractors import expressions as re
from extractors.document import Block, Document


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a document, or several, without its white space: character i of `text` is `Document.text[at[i]]`."""

    text: str
    at: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.text)

    def __add__(self, other: "Words") -> "Words":
        return Words(self.text + other.text, self.at + other.at)

    def part(self, start: int, end: int | None = None) -> "Words":
        """The characters `start:end` of `text`, with their offsets in the document."""
        return Words(self.text[start:end], self.at[start:end])

    @property
    def start(self) -> int:
        """The offset in `Document.text` of the first character. Raises IndexError where there is none."""
        return self.at[0]

    @property
    def end(self) -> int:
        """The offset in `Document.text` after the last character. Raises IndexError where there is none."""
        return self.at[-1] + 1


NOT_BLANK = re.compile(r"\S+")


def words(document: Document, start: int, end: int) -> Words:
    """The characters of `Document.text[start:end]` without white space: '成 都 市' at 5:10 -> '成都市' with the offsets
    5, 7, 9."""
    stretches = [(found[0], found.start(), found.end()) for found in NOT_BLANK.finditer(document.text, start, end)]
    at = tuple(chain.from_iterable(range(first, stop) for _, first, stop in stretches))
    return Words("".join(text for text, _, _ in stretches), at)


def joined(several: Sequence[Words]) -> Words:
    """Several `Words` as one: their characters and offsets one after the other."""
    return Words("".join(one.text for one in several), tuple(chain.from_iterable(one.at for one in several)))


def lines(document: Document, blocks: Iterable[Block], longest: int) -> list[Words]:
    """The lines of the document's `blocks`, in order, each without white space and with at most its first `longest`
    characters (white space counts). Tables of contents, and lines with nothing else than white space in these, are left
    out."""
    found = []
    for block in blocks:
        if block.kind == "contents":
            continue
        start = block.start
        for line in document.text[block.start : block.end].split("\n"):
            one = words(document, start, start + min(len(line), longest))
            if one.text:
                found.append(one)
            start += len(line) + 1
    return found
