"""A number as Excel shows it: 0.95 in the format 0% is 95%, 45292 in yyyy/m/d is a date."""

import operator
import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

# ECMA-376 part 1, 18.8.30: the formats that files name by number, of language zh-cn for 27 to 58
BUILT_IN_FORMATS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "yyyy/m/d",
    16: "m/d", 17: "yyyy年m月", 22: "yyyy/m/d", 27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "yyyy/m/d",
    31: "yyyy年m月d日", 36: "yyyy年m月", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 50: "yyyy年m月",
    51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
EPOCH_1900 = date(1899, 12, 30)  # day 0 of the 1900 calendar, which counts a 29 February 1900
EPOCH_1904 = date(1904, 1, 1)
EXCEL_PATTERN_LENGTH = 255  # characters of a number format that Excel allows
# [$-804], [红色], [>100]: what is not printed
BRACKETED_CODE = re.compile(r"\[[^\]]{0,40}\]")
FORMAT_CONDITION = re.compile(r"\[(?P<sign><=|>=|<>|<|>|=)(?P<limit>-?\d{1,40}(?:\.\d{1,40})?)\]")
COMPARISONS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
# "人", \人, !. (East Asian Excel), _), *-: literal characters, blanks as wide as a character, and fills
LITERAL = r'"[^"]*"|[\\!_*].'
FORMAT_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|[_*].')
FORMAT_SEPARATOR = re.compile(rf"({LITERAL})|;")
# the digits of a number are in `whole`, after the point in `decimals`, or after a literal in `tail`: 0!.0
NUMBER_FORMAT = re.compile(
    rf"(?P<before>(?:{LITERAL}|[^#0?.,\"\\!_*])*)(?P<whole>(?i:General)|[#0?][#0?,]*|(?=\.[#0?]))"
    rf"(?:\.(?P<decimals>[#0?]+)|(?P<mark>{LITERAL})(?P<tail>[#0?]+))?(?P<thousands>,*)"
    rf"(?P<after>(?:{LITERAL}|[^#0?,\"\\!_*])*)"
)
NO_LITERAL = re.compile(r"[#0?@A-Za-z/\"\\!]")  # what stands for a number, a text, a date or a time
DATE_FORMAT = re.compile(r"(?i)y|m+[^0#]*d|d+[^0#]*m")
MINUTES = re.compile(r"(?i)(?<=h)[^a-z]*m+|m+(?=[^a-z]*s)")  # m is the month elsewhere
EXCEL_DIGITS = 15  # significant digits that Excel keeps of a number
WIDE = Context(prec=60)  # more digits than a number before and after its point has here


def formatted(value: str, pattern: str, from_1904: bool = False) -> str:
    """The text that Excel shows for a number in a number format, with the literal characters of the format but without
    separators of thousands, and of a date the year, month and day that the format has, always in this order, as in
    '2024年1月' or '2024/1/1' (`_day`): ('0.95', '0%') -> '95%', ('45292', 'dd-mm-yyyy') -> '2024/1/1', ('12345',
    '0!.0,"万"') -> '1.2万', ('-5', '0;"减"0') -> '减5', ('0', '0;-0;"无"') -> '无', and '' for a number that the format
    hides. `from_1904` says that day 0 is 1904-01-01, not 1899-12-30.

    The number with up to EXCEL_DIGITS (15) significant digits, or all where more stand before the point (`_general`),
    for a format that is not known, such as one of times, fractions, exponents, a month alone or a day alone, that is
    longer than EXCEL_PATTERN_LENGTH (255 characters) or has more than 15 decimals; for a number that is no day in a
    format of dates, and for one of more than 16 digits before the point. A value that is no finite number is returned
    as it is, and so is one that is, its sign aside, 10^41 or more, or below 10^-40 and not 0.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or (number and abs(number.adjusted()) > 40):
        return value
    pattern = pattern if len(pattern) <= EXCEL_PATTERN_LENGTH else ""
    part, unsigned = _part(pattern, number)
    words = BRACKETED_CODE.sub("", part)
    bare = MINUTES.sub("", FORMAT_LITERAL.sub("", words))
    if DATE_FORMAT.search(bare):
        return _day(number, words, from_1904) or _general(number)
    if (words or ";" in pattern) and not NO_LITERAL.search(bare):
        return _printed(words).strip()
    shape = NUMBER_FORMAT.fullmatch(words)
    if not shape or len(shape["decimals"] or "") > EXCEL_DIGITS or number.adjusted() > EXCEL_DIGITS:
        return _general(number)
    before, after = _printed(shape["before"]), _printed(shape["after"])
    if "%" in bare:
        number *= 100
    return f"{before}{_digits(abs(number) if unsigned or before.endswith('-') else number, shape)}{after}".strip()


def _digits(number: Decimal, shape: re.Match[str]) -> str:
    """The digits of the number in a number format (`shape` is a match of NUMBER_FORMAT), with its minus: 5 in 000 ->
    '005', 0 in # -> ''. Otherwise at least one digit is before the point: 0.5 in .0 -> '0.5'. Each comma at the end of
    the digits divides by 1,000: 12345 in 0.0, -> '12.3'; and a literal among them stands before as many digits as
    follow it: 12345 in 0!.0, -> '1.2'."""
    whole = shape["whole"].rstrip(",")
    if whole.lower() == "general":
        return _general(number)
    decimals, tail = shape["decimals"] or "", len(shape["tail"] or "")
    text = _rounded(number.scaleb(-3 * (len(shape["whole"]) - len(whole) + len(shape["thousands"]))), decimals)
    if not decimals and not tail and "0" not in whole and not Decimal(text):
        return ""
    integer, point, fraction = text.partition(".")
    digits = integer.lstrip("-").zfill(max(whole.count("0"), tail + 1 if tail else 1))
    if tail:
        digits = digits[:-tail] + _printed(shape["mark"]) + digits[-tail:]
    return f"{'-' if integer.startswith('-') else ''}{digits}{point}{fraction}"


def _rounded(number: Decimal, decimals: str) -> str:
    """The number rounded half up to as many decimals as the format has: (0.95, '0#') -> '0.95', (0.5, '0#') -> '0.5'.
    `decimals` is the part of the format after the point, in which 0 stands for a digit, and each # or ? after them for
    one that is left out where it and all after it are 0."""
    text = f"{number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, WIDE):f}"
    least = decimals.count("0")
    if len(decimals) == least:
        return text
    integer, _, fraction = text.partition(".")
    fraction = fraction[:least] + fraction[least:].rstrip("0")
    return f"{integer}.{fraction}" if fraction else integer


def _part(pattern: str, number: Decimal) -> tuple[str, bool]:
    """The part of a number format that applies to the number, and whether it shows the number without a minus, because
    the part is that for negative numbers. A format has up to four parts, separated by semicolons: for positive numbers,
    negative ones, zero, and text; where that for a negative number or zero is missing, the first applies: (-5,
    '0;"减"0') -> ('"减"0', True).

    Where one of the first two parts has a condition, [>=10000]0!.0,"万";0, the first whose condition holds applies,
    else the first of the first three without one, else 'General'; the minus is then always shown.
    """
    parts = FORMAT_SEPARATOR.sub(lambda found: found[1] or "\0", pattern).split("\0")
    conditions = [(part, FORMAT_CONDITION.search(part)) for part in parts[:3]]
    if any(condition for _, condition in conditions[:2]):
        for part, condition in conditions[:2]:
            if condition and COMPARISONS[condition["sign"]](number, Decimal(condition["limit"])):
                return part, False
        return next((part for part, condition in conditions if not condition), "General"), False
    if len(parts) > 1 and number < 0:
        return parts[1], True
    return (parts[2] if len(parts) > 2 and number == 0 else parts[0]), False


def _printed(literals: str) -> str:
    """What literals of a number format (FORMAT_LITERAL) and characters between them print: '"人"' -> '人', a backslash
    or ! and 人 -> '人', '%' -> '%'; nothing for a blank as wide as a character (_x), a fill (*x) and ""."""
    return FORMAT_LITERAL.sub(lambda literal: literal[1] or literal[2] or "", literals)


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
    Year, month and day stand in this order, those of the three that the format has, without zeros before them, with
    年月日 where it has 年 or 月, else with slashes between them; a time of day is left out. None for a number that is
    no day up to the year 9999. `from_1904` says that day 0 is 1904-01-01, not 1899-12-30."""
    first = EPOCH_1904 if from_1904 else EPOCH_1900
    if not 0 <= number <= (date.max - first).days:
        return None
    day = first + timedelta(days=int(number))
    bare = MINUTES.sub("", FORMAT_LITERAL.sub("", words)).lower()
    parts = [
        (value, unit)
        for value, code, unit in zip((day.year, day.month, day.day), "ymd", "年月日", strict=True)
        if code in bare
    ]
    if "年" in words or "月" in words:
        return "".join(f"{value}{unit}" for value, unit in parts)
    return "/".join(str(value) for value, _ in parts)
