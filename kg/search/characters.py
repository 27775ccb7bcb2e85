"""Text as the index has it: one token for each character, whatever its width and case, and without white space.

A segmenter would decide where words begin, and miss 保障 in 医疗保|障金 when it decides wrongly; a phrase of single
characters finds every word wherever it stands.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ontology.model.text import Span

# From the code point of ! to that of ！: the tokenizer takes ASCII punctuation for a separator, full-width marks for
# tokens.
FULL_WIDTH_SHIFT = 0xFEE0


@dataclass(frozen=True, slots=True)
class FoldedText:
    """Text as it is searched (`fold`), one character for each token; `origin[i]` is the offset, in the text that it was
    made from, of the character that character i was made from."""

    text: str
    origin: tuple[int, ...]


def fold(text: str) -> str:
    """The form in which words and passages are compared: each character by itself in NFKC and lower case, without white
    space, control and format characters and lone surrogates, ASCII marks full-width: 'ＰＭ2.5 浓度' -> 'pm2．5浓度'."""
    return "".join(_folded(character) for character in text)


def characters(content: str, spans: Iterable[Span]) -> FoldedText:
    """The folded characters of these spans (start, end) of the text `content`, in the order of the spans and without
    anything between them, with their offsets in `content`."""
    folded: list[str] = []
    origin: list[int] = []
    for start, end in spans:
        for at in range(start, end):
            characters_of = _folded(content[at])
            folded.append(characters_of)
            origin += [at] * len(characters_of)
    return FoldedText("".join(folded), tuple(origin))


def tokens(folded: str) -> str:
    """The folded text with spaces between its characters, because FTS5's tokenizer `ascii` then takes each for a word:
    '医保' -> '医 保'."""
    return " ".join(folded)


def phrase(word: str) -> str:
    """A folded word as an FTS5 phrase: '医保' -> '"医 保"'. It contains no quotation marks that would end the phrase,
    because folding makes them full-width."""
    return f'"{tokens(word)}"'


_FOLDED: dict[str, str] = {}


def _folded(character: str) -> str:
    """A character as it is compared (see `fold`): none where it is white space, a control or format character or a lone
    surrogate; one; or several, since NFKC turns ㎡ into m2. The results are kept for further calls."""
    folded = _FOLDED.get(character)
    if folded is None:
        folded = _FOLDED[character] = "".join(
            chr(ord(c) + FULL_WIDTH_SHIFT) if "!" <= c <= "~" and not c.isalnum() else c
            for c in unicodedata.normalize("NFKC", character).lower()
            if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf", "Cs"}
        )
    return folded
