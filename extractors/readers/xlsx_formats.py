"""A number as Excel shows it: 0.95 in the format 0% is 95%, 45292 in yyyy/m/d is a date."""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

# ECMA-376 part 1, 18.8.30: the formats without a text of their own
BUILT_IN_FORMATS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "yyyy/m/d",
    17: "yyyy年m月", 22: "yyyy/m/d", 27: "yyyy年m月", 31: "yyyy年m月d日", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
EPOCH_1900 = date(1899, 12, 30)  # day 0 of the 1900 calendar, which counts a 29 February 1900
EPOCH_1904 = date(1904, 1, 1)
# [$-804], [红色], [>100]: what is not printed
BRACKETED_CODE = re.compile(r"\[[^\]]{0,40}\]")
# "人", \人, _): literal characters, and blanks as wide as a character
FORMAT_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
NUMBER_FORMAT = re.compile(r"(?P<before>[^#0?]*)(?P<whole>[#0?,]+)(?:\.(?P<decimals>[#0?]+))?(?P<after>[^#0?]*)")
DATE_FORMAT = re.compile(r"(?i)y|m+[^0#]*d|d+[^0#]*m")
EXCEL_DIGITS = 15  # significant digits that Excel keeps of a number


def formatted(value: str, pattern: str, from_1904: bool = False) -> str:
    """The text that Excel shows for a number in a number format, with the literal characters of the format but without
    separators of thousands: ('0.95', '0%') -> '95%', ('45292', 'yyyy年m月') -> '2024年1月', ('-5', '0;"减"0') -> '减5':
    a part for negative numbers has its own sign. `from_1904` says that day 0 is 1904-01-01, not 1899-12-30.

    The number with up to EXCEL_DIGITS (15) significant digits (`_general`) for a format that is not known, such as one
    of times or fractions, one with an exponent or more than EXCEL_DIGITS decimals, for a number that is no day in a
    format of dates, and for one of more than 16 digits before the point. A value that is no finite number, is 10^41 or
    more, or is smaller than 10^-40 and not 0, is returned as it is.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > 40:
        return value
    words = BRACKETED_CODE.sub("", _section(pattern, number))
    bare = FORMAT_LITERAL.sub("", words)
    if DATE_FORMAT.search(bare):
        return _day(number, words, from_1904) or _general(number)
    parts = NUMBER_FORMAT.fullmatch(FORMAT_LITERAL.sub(_printed_literal, words))
    decimals = parts["decimals"] or "" if parts else ""
    if not parts or "E+" in bare.upper() or len(decimals) > EXCEL_DIGITS or number.adjusted() > EXCEL_DIGITS:
        return _general(number)
    if "%" in bare:
        number *= 100
    unsigned = ";" in pattern and number < 0  # the part of the format for negative numbers has its own sign
    return f"{parts['before']}{_rounded(abs(number) if unsigned else number, decimals)}{parts['after']}".strip()


def _rounded(number: Decimal, decimals: str) -> str:
    """The number rounded half up to as many decimals as the format has: (0.95, '0#') -> '0.95', (0.5, '0#') -> '0.5'.
    `decimals` is the part of the format after the point, in which 0 stands for a digit and # or ? for one that is left
    out where it and all after it are 0."""
    text = f"{number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP):f}"
    least = decimals.count("0")
    if len(decimals) == least:
        return text
    integer, _, fraction = text.partition(".")
    fraction = fraction[:least] + fraction[least:].rstrip("0")
    return f"{integer}.{fraction}" if fraction else integer


def _section(pattern: str, number: Decimal) -> str:
    """The part of a number format that applies to the number. A format has up to four parts, separated by semicolons:
    for positive numbers, negative ones, zero, and text. Where the part for a negative number or zero is missing, the
    first applies."""
    parts = pattern.split(";")
    if len(parts) > 1 and number < 0:
        return parts[1]
    return parts[2] if len(parts) > 2 and number == 0 else parts[0]


def _printed_literal(literal: re.Match[str]) -> str:
    """The characters that a literal of a number format (a match of FORMAT_LITERAL) prints: '"人"' -> '人', a backslash
    and 人 -> '人'; '' for a blank as wide as a character (_x), a fill (*x) and ""."""
    return literal[1] or literal[2] or ""


def _general(number: Decimal) -> str:
    """The number with at most EXCEL_DIGITS (15) significant digits, rounded half up, which drops the error of binary
    fractions, and without zeros at the end of its decimals: 0.30000000000000004 -> '0.3'. A number with more digits
    before the point keeps all of them and its decimals."""
    if number.adjusted() < EXCEL_DIGITS:
        number = number.quantize(Decimal(1).scaleb(number.adjusted() - EXCEL_DIGITS + 1), ROUND_HALF_UP)
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _day(number: Decimal, words: str, from_1904: bool) -> str | None:
    """The day with this number in the date format `words`: 45292 in 'yyyy年m月' -> '2024年1月', in 'm/d' -> '1/1'.
    Year, month and day stand in this order, those of the three that the format has, with 年月日 where it has 年 or 月,
    else with slashes between them; a time of day is left out. None for a number that is no day up to the year 9999.
    `from_1904` says that day 0 is 1904-01-01, not 1899-12-30."""
    first = EPOCH_1904 if from_1904 else EPOCH_1900
    if not 0 <= number <= (date.max - first).days:
        return None
    day = first + timedelta(days=int(number))
    bare = FORMAT_LITERAL.sub("", words).lower()
    parts = [
        (value, unit)
        for value, code, unit in zip((day.year, day.month, day.day), "ymd", "年月日", strict=True)
        if code in bare
    ]
    if "年" in words or "月" in words:
        return "".join(f"{value}{unit}" for value, unit in parts)
    return "/".join(str(value) for value, _ in parts)
