"""Numbers as plans write them: Chinese numerals, full-width digits, digits with blanks between them.

Patterns are parts of regular expressions, or compiled ones where a whole text is read.
"""

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from extractors import expressions as re

# 〇 as it is typed: the ideographic zero, 零, circles, and the letters O of three alphabets
ZERO = "〇零○◯Ｏ０OoＯｏОо0"
HAN_ZERO = "〇零○"
ONES = "一二三四五六七八九"
FORMAL_ONES = "壹贰叁肆伍陆柒捌玖"
DIGIT_VALUES = (
    {c: i for i, c in enumerate(ONES, 1)}
    | dict.fromkeys(ZERO, 0)
    | {c: i for i, c in enumerate(FORMAL_ONES, 1)}
    | {"两": 2}
)
SCALE_VALUES = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
TENS = {"廿": 20, "卅": 30}
MYRIADS = {"万": 10**4, "亿": 10**8}
_DIGIT_CHARACTERS = frozenset(DIGIT_VALUES)
_NUMERAL_CHARACTERS = frozenset({*DIGIT_VALUES, *SCALE_VALUES, *TENS, *MYRIADS})

# ０ -> 0, for str.translate
WIDE_DIGITS = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
# 2, ２
DIGIT = "[0-9０-９]"
# 二; 〇 of 二〇二一
HAN_DIGIT = f"[{ZERO}{ONES}]"
# 二, 十, 百, 两
NUMERAL_CHARACTER = f"[〇零{ONES}十百千两]"
# 二十三
NUMERAL = rf"{NUMERAL_CHARACTER}+"
# 二十三: an ordinal, which needs no 百 (第二十三章, （三）)
ORDINAL_CHARACTER = f"[{ONES}十]"
ORDINAL = rf"{ORDINAL_CHARACTER}{{1,3}}"
# 三, 12, nothing: how many there are, where the number may be left out (等三个部门, 等12项)
OPTIONAL_COUNT = rf"[0-9{ONES}十两]{{0,3}}"

# what a Chinese numeral is made of: 两千零五, 一百二十, 十五, 三
_ONE = f"[{ONES}两]"
_TEN = f"[{ONES}]?十[{ONES}]?"
_HUNDRED = rf"{_ONE}百(?:零[{ONES}]|[{ONES}]十[{ONES}]?)?"
_THOUSAND = rf"{_ONE}千(?:零{_ONE}|零{_TEN}|{_HUNDRED})?"
_SECTION = rf"(?:{_THOUSAND}|{_HUNDRED}|{_TEN}|{_ONE})"
# what may follow 万: 三万五千, 三万零五; 三万五 means 35,000 to one reader and nothing to the next
_AFTER_MYRIAD = rf"(?:零{_SECTION}|零?{_THOUSAND}|零?{_HUNDRED})"
# 二百五, 百千 and 三四 are no exact numbers
EXACT_NUMERAL = re.compile(
    rf"{_SECTION}亿(?:零?{_SECTION}万{_AFTER_MYRIAD}?|{_AFTER_MYRIAD})?|{_SECTION}万{_AFTER_MYRIAD}?|{_SECTION}|[百千]"
)
# 一三三, 二〇二五: digits in their places
POSITIONAL = re.compile(rf"[{ONES}][〇零○{ONES}]+")
# 13万2千, 1亿2000万, 2千5百
_DIGITS_AND_SCALE = re.compile(r"(?P<digits>\d+(?:\.\d+)?)(?P<scale>[亿万千百]?)零?")
SCALE_PLACES = {"亿": 8, "万": 4, "千": 3, "百": 2}


def chinese_number(text: str) -> int | None:
    """The number that a Chinese numeral stands for: '二十三' -> 23, '一百零五' -> 105, '二〇三五' -> 2035, '廿八' ->
    28, '叁' -> 3. Any text of characters of numerals is read, also an approximation: '三四' -> 34, '二百五' -> 205
    (`exact_number` refuses these). The letters O and the digits 0 of ZERO count as 〇. A 万 or 亿 multiplies what
    stands before it, and nothing counts as 0 ('万' -> 0; but '百' -> 100). None for '' and texts with another
    character, such as '2'."""
    if not text or not _NUMERAL_CHARACTERS.issuperset(text):
        return None
    if _DIGIT_CHARACTERS.issuperset(text):
        return int("".join(str(DIGIT_VALUES[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in DIGIT_VALUES:
            digit = DIGIT_VALUES[c]
        elif c in SCALE_VALUES:
            section += (digit or 1) * SCALE_VALUES[c]
            digit = 0
        elif c in TENS:
            section += TENS[c]
        else:  # 一亿二千万: 万 counts what follows 亿; 一万亿: 亿 counts all before it
            counted = section + digit
            total = total + counted * MYRIADS[c] if total > MYRIADS[c] else (total + counted) * MYRIADS[c]
            section = digit = 0
    return total + section + digit


def exact_number(text: str) -> Decimal | None:
    """The number that a Chinese numeral states exactly: '十万零一千' -> 101000, '一点五' -> 1.5, '三百三十三·二' ->
    333.2, '一三三' -> 133, '零' and '〇' -> 0, '百' and '千' alone -> 100 and 1000. After a point (点 · . ．) there
    must be one Chinese digit or more and nothing else. Digits in a row that could be an approximation or an enumeration
    (三四, 九五, 一二三; `_counts_up`) count only before decimals: '三四·二' -> 34.2. None for these, for other
    approximations (二百五) and for other texts, also ''."""
    integral, mark, decimals = re.fullmatch(r"([^点·.．]*)([点·.．]?)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    if (
        EXACT_NUMERAL.fullmatch(integral)
        or integral in ("零", "〇")
        or (POSITIONAL.fullmatch(integral) and (mark or not _counts_up(integral)))
    ):
        value = chinese_number(integral)
    else:
        return None
    if not mark:
        return None if value is None else Decimal(value)
    digits = [DIGIT_VALUES.get(c) for c in decimals]
    if value is None or not digits or None in digits:
        return None
    return Decimal(f"{value}.{''.join(map(str, digits))}")


def _counts_up(text: str) -> bool:
    """Whether each of the digits in the text is one more than the one before, or there are fewer than three of them,
    whatever they are (三四, 九五), so that they may be an approximation or an enumeration (一二三) and no number."""
    values = [DIGIT_VALUES[c] for c in text]
    return len(text) < 3 or all(b - a == 1 for a, b in pairwise(values))


def mixed_number(text: str) -> Decimal | None:
    """The number that digits and Chinese scales (亿, 万, 千, 百) in turn stand for: '13万2千' -> 132000, '1亿2000万' ->
    120000000, '500' -> 500. A 零 may follow each scale. Each scale must be smaller than the one before, and the digits
    before it, without decimals, must fit below that one. Digits after the last scale must fill every place below it
    (1万5000), unless a 零 stands in the text (1万零500 -> 10500): None for 1万5 and 1万500, whose last digits could
    also be meant in a higher place. None also for other texts and ''."""
    total, at, before = Decimal(0), 0, 9
    for group in _DIGITS_AND_SCALE.finditer(text):
        places = SCALE_PLACES.get(group["scale"], 0)
        open_ended = not places and len(group["digits"]) != before and "零" not in text
        if group.start() != at or places >= before or (at and len(group["digits"].split(".")[0]) > before - places):
            return None
        if at and open_ended:
            return None
        total += Decimal(group["digits"]) * 10**places
        at, before = group.end(), places
    return total if text and at == len(text) else None


def number(text: str) -> Decimal | None:
    """The number that a text of digits, with sign, commas in thousands and decimals, or a Chinese numeral
    (`chinese_number`) stands for, after NFKC (① is 1): '１５，０００．５' -> 15000.5, '九十五' -> 95; None for other
    texts. White space around it is ignored."""
    text = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+(?:\.\d+)?", text):
        return Decimal(text.replace(",", ""))
    value = chinese_number(text)
    return None if value is None else Decimal(value)


# 2 9 0 0, 4 9 .5, 2 0 2 5, 1 200: digits and points with blanks between them
_INNER_BLANKS = " \u3000\xa0\u2002\u2009\u202f"
_SPACED_DIGITS = re.compile(
    rf"(?<![\w.．,，])\d[\d.．]*(?:[{_INNER_BLANKS}]{{1,3}}[\d.．]+)+(?![\w.．]*[A-Za-z])", re.ASCII
)
_BLANK_BETWEEN = re.compile(rf"[0-9０-９.．][{_INNER_BLANKS}]{{1,3}}[0-9０-９.．]")  # what every such stretch has
# 2 9 0 0 | 4 9 .5 | 6 . 5: one digit each
_SPACED_ONE_BY_ONE = re.compile(r"\d(?: \d)*(?: ?[.．] ?\d(?: \d)*)?")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
# 1 200 000: thousands set apart by blanks
_SPACED_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?: \d{3})+")


def blanks_inside(text: str, *, years_only: bool = False) -> Iterator[tuple[int, int]]:
    """Start and end, as offsets in the text, of the blanks that a conversion put between the digits of one number, in
    order: those at 3:4, 5:6 and 7:8 of '达到2 9 0 0亿元'.

    Digits are joined where they make a year from 1900 to 2099 before 年, 至 or a dash; where each digit stands alone,
    unless the first one opens the text and has a point and a blank after it (1. 5, a list item); and where they are
    grouped by thousands right after a Chinese character or a full-width mark such as （. Others (12 34) stay as they
    are, because what was meant cannot be told. Digits right after a Latin letter, a point or a comma, or before a Latin
    letter, take no part: of 'A2 9 0' only the blank at 4:5. With `years_only`, for a line that may hold the cells of a
    table, only years are joined.
    """
    if not _BLANK_BETWEEN.search(text):
        return
    wide = text.translate(WIDE_DIGITS)
    for found in _SPACED_DIGITS.finditer(wide):
        printed = re.sub(rf"[{_INNER_BLANKS}]+", " ", found[0])
        year = bool(_BARE_YEAR.fullmatch(printed.replace(" ", ""))) and re.match(
            r"\s{0,3}[年—–－~～至-]", wide[found.end() : found.end() + 4]
        )
        alone = _SPACED_ONE_BY_ONE.fullmatch(printed) and not (
            printed[1:3] == ". " and not wide[: found.start()].strip()
        )
        grouped = _SPACED_THOUSANDS.fullmatch(printed) and wide[: found.start()][-1:] > "\u3400"
        if year or (not years_only and (alone or grouped)):
            for blank in re.finditer(rf"[{_INNER_BLANKS}]+", found[0]):
                yield found.start() + blank.start(), found.start() + blank.end()
