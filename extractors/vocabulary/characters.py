"""Characters that stand for others, and characters that show nothing.

Conversions leave CJK radicals where characters are meant (⼀ U+2F00 for 一), compatibility forms (﹪ for %, ︵ for （)
and invisible characters inside words (zero-width spaces, soft hyphens, direction marks).

Sources: the Unicode Character Database, NFKC for compatibility forms, EquivalentUnifiedIdeograph.txt for the radicals
of the CJK Radicals Supplement, of which NFKC changes two only.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from extractors import expressions as re

UNREADABLE = (
    "\ufffd"  # stands where OCR or a decoder could not tell the character: something is there, what is not known
)
RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺳⺴⺶⺹⺺⺻⺼⺾⺿⻀"
    "⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
UNIFIED = (
    "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王目示礻糹纟罓罒㓁冗羊耂肀聿肉艹艹艹"
    "虎衤覀西见角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
# Kangxi radicals, CJK compatibility ideographs and forms, small forms, half-width marks (｡ ､), mathematical digits
COMPATIBLE = (
    (0x2F00, 0x2FD5), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F), (0xFE10, 0xFE19), (0xFE30, 0xFE48), (0xFE50, 0xFE6B),
    (0xFF61, 0xFF64),
    (0x1D7CE, 0x1D7FF),
)  # fmt: skip
# What NFKC makes half-width is full-width in Chinese text, and the two dots of vertical text (︰) are typed for a
# colon. The others: the private-use character that GB18030 gives for the full-width space of Founder systems (A3A0),
# other forms of ≥, ≤ and the middle dot, and blanks of a width of their own.
FULL_WIDTH_MARKS = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）", "..": "："}
WIDE_BLANKS, NARROW_BLANKS = "\u2001\u2003", "\u2000\u2002\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
OTHER_SUBSTITUTES = {
    "\ue5e5": "\u3000",
    **dict.fromkeys("≧⩾", "≥"),
    **dict.fromkeys("≦⩽", "≤"),
    **dict.fromkeys("・･‧⋅", "·"),
    **dict.fromkeys(WIDE_BLANKS, "\u3000"),
    **dict.fromkeys(NARROW_BLANKS, " "),
}
# soft hyphen, combining grapheme joiner, Arabic letter mark, Mongolian vowel separator, zero-width characters and
# direction marks, invisible operators, variation selectors, byte order mark, interlinear annotation, tags
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef]+"
)


def _substitutes() -> Iterator[tuple[int, str]]:
    """The code of each character that stands for another, with the character that is meant: (0x2F00, '一'). Sources are
    the tables above, and NFKC for the characters of COMPATIBLE, except those that it turns into a blank or several
    characters; what it turns into a key of FULL_WIDTH_MARKS is meant in full width (﹕ and ︰ -> ：)."""
    yield from zip(map(ord, RADICALS), UNIFIED, strict=True)
    for first, last in COMPATIBLE:
        for code in range(first, last + 1):
            meant = unicodedata.normalize("NFKC", chr(code))
            meant = FULL_WIDTH_MARKS.get(meant, meant)
            if len(meant) == 1 and meant != chr(code) and meant != " ":
                yield code, meant
    yield from ((ord(character), meant) for character, meant in OTHER_SUBSTITUTES.items())


SUBSTITUTES: Mapping[int, str] = MappingProxyType(dict(_substitutes()))
# those of them up to U+FFFF, and any character beyond: a set of single characters there is slow
UNUSUAL = re.compile(
    f"[{re.escape(''.join(chr(code) for code in SUBSTITUTES if code < 0x10000))}\U00010000-\U0010ffff]"
)


def substituted(text: str) -> str:
    """The text with each character that stands for another (SUBSTITUTES) replaced by the one that is meant, one for
    one, so that offsets hold: '⼀、⽔利﹕95﹪' -> '一、水利：95%'. Full-width letters, digits and marks (９, ％)
    stay."""
    return UNUSUAL.sub(lambda found: SUBSTITUTES.get(ord(found[0]), found[0]), text)
