"""Bytes -> text, by what the bytes show: a byte order mark, then strict decoding, then which text consists of common
Chinese characters.

A general detector is not used: its answer changes with its version, and the text of a file must not.
"""

from dataclasses import dataclass
from functools import cache

from ontology.model.errors import Refused

# that of UTF-32 begins with that of UTF-16, so it is looked for first
BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
LEGACY_ENCODINGS = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
BIG5_TRAIL_BYTES = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
SAMPLE_LENGTH = 200_000  # characters that are enough to tell whether a text is Chinese
MIN_COMMON_SHARE = 0.6  # of everyday characters: over 0.99 in plans, under 0.35 in mojibake
MAX_DAMAGED_SHARE = 0.01  # of the characters: with more broken ones, or control characters, a file is not read


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and the name of the encoding that it was in, as Python spells it ('utf-8', 'gb18030').
    `damaged` is the number of U+FFFD in a text of which bytes were broken, for which they stand; 0 in a sound one."""

    text: str
    encoding: str
    damaged: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks for the user: one that names the encoding where it is another than UTF-8, then one with the number
        of damaged characters where there are any. () for sound UTF-8, with or without a byte order mark."""
        unusual = self.encoding not in ("utf-8", "utf-8-sig")
        return (
            *([f"decoded as {self.encoding}"] if unusual else []),
            *([f"{self.damaged} broken {self.encoding} characters stand as U+FFFD"] if self.damaged else []),
        )


def decode(name: str, data: bytes) -> Decoded:
    """The text of a file with its line breaks unchanged and without a byte order mark of UTF-8, UTF-16 or UTF-32:
    '规划'.encode('gbk') -> Decoded('规划', 'gb18030').

    The first of these readings that fits counts: the encoding that a byte order mark says (`_by_mark`); valid UTF-8
    without a NUL; valid GB 18030, Big5, or UTF-16 without a mark, where the text consists of common Chinese characters
    (`reads_like_chinese`); UTF-8, then GB 18030, of which one character, or at most 1 % of them, are broken and become
    U+FFFD, where the text consists of common Chinese characters (`_damaged`). Raises Refused, with `name` as the file's
    name, where none fits, and for text with a NUL or with more than 1 % control characters (`_controls`).
    """
    undamaged = _by_mark(data) or _strict_utf8(data) or _first_that_reads(data)
    decoded = undamaged or _damaged(data, "utf-8") or _damaged(data, "gb18030")
    if decoded is None and b"\0" not in data:
        raise Refused(f"{name}: neither UTF-8, GB18030, Big5 nor UTF-16 text; save it as UTF-8 and try again")
    if decoded is None or "\0" in decoded.text or _controls(decoded.text) > MAX_DAMAGED_SHARE:
        raise Refused(f"{name}: not text but binary data; give a txt, md, html, docx or pdf file")
    return decoded


def reads_like_chinese(text: str) -> bool:
    """Whether at least MIN_COMMON_SHARE (0.6) of the characters beyond U+3400 (such as Han characters, full-width marks
    and U+FFFD) are common ones (`_everyday`): '医疗保障规划' -> True; '瑙勫垝鏂囨湰' (UTF-8 taken for GBK) -> False; a
    text without a common one -> False. Only the first SAMPLE_LENGTH (200,000) characters of the text count."""
    sample = text[:SAMPLE_LENGTH]
    everyday = sum(c in _everyday() for c in sample)
    rare = sum(c > "\u3400" and c not in _everyday() for c in sample)
    return everyday > 0 and everyday / (everyday + rare) >= MIN_COMMON_SHARE


@cache
def _everyday() -> frozenset[str]:
    """The common characters of simplified and of traditional script (GB 2312 level 1, Big5 level 1), and the full-width
    forms of ASCII characters."""
    simplified = bytes(b for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for b in (lead, trail))
    traditional = bytes(b for lead in range(0xA4, 0xC7) for trail in BIG5_TRAIL_BYTES for b in (lead, trail))
    wide = "".join(map(chr, range(0xFF01, 0xFF5F)))
    common = simplified.decode("gb2312", "ignore") + traditional.decode("big5", "ignore")
    return frozenset(wide).union(c for c in common if c >= "\u4e00")  # Python's Big5 has kana after level 1


def _by_mark(data: bytes) -> Decoded | None:
    """The text of bytes that begin with a byte order mark, in the encoding that the mark says. One character, or 1 % of
    them, may be broken where the text consists of common Chinese characters (`_damaged`). None without a mark, where
    more characters are broken, and where a text with broken ones does not consist of common Chinese characters."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data, encoding) or _damaged(data, encoding)
    return None


def _strict_utf8(data: bytes) -> Decoded | None:
    """The text of bytes that are valid UTF-8, with a byte order mark as its first character where they have one
    (`decode` calls `_by_mark` before). None for other bytes, and for bytes with a NUL: UTF-16 of Latin letters is valid
    UTF-8, but has many NULs."""
    return None if b"\0" in data else _strict(data, "utf-8")


def _strict(data: bytes, encoding: str) -> Decoded | None:
    """The text of bytes that are valid in the encoding, which is named as in Python ('big5hkscs'); None for others."""
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _first_that_reads(data: bytes) -> Decoded | None:
    """The text in the first encoding of LEGACY_ENCODINGS (GB 18030, Big5, UTF-16) in which the bytes are valid and at
    least 60 % of the Chinese characters are common ones (`reads_like_chinese`); None where there is none. A text of a
    few characters may be taken for one in another encoding. Nearly any Big5 file is valid GB 18030 too, so validity
    alone does not decide."""
    for encoding in LEGACY_ENCODINGS:
        decoded = _strict(data, encoding)
        if decoded and reads_like_chinese(decoded.text):
            return decoded
    return None


def _damaged(data: bytes, encoding: str) -> Decoded | None:
    """The text of a file in this encoding that is cut off inside a character or has a few broken bytes, with U+FFFD in
    their place, or is sound. None where more than 1 % of the characters and more than one are U+FFFD, or where the text
    does not consist of common Chinese characters."""
    text = data.decode(encoding, "replace")
    damaged = text.count("\ufffd")
    if damaged > max(1, len(text) * MAX_DAMAGED_SHARE):
        return None
    return Decoded(text, encoding, damaged) if reads_like_chinese(text) else None


def _controls(text: str) -> float:
    """The share (0..1) of control characters up to U+001F in the text, tabs, line breaks, vertical tabs and form feeds
    not counted; 0 for ''."""
    return sum(text.count(chr(c)) for c in range(32) if c not in (9, 10, 11, 12, 13)) / max(1, len(text))
