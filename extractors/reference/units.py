"""Units of measure: which are known, what they are composed of, and conversion for comparison."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import cache

from extractors import expressions as re
from extractors.reference.data_files import data_rows

UNIT_SCALES = {
    "": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
# 万, 百万, 千亿: before a unit; 千瓦 and 千米 are units of their own
SCALE = r"(?:万亿|[十百千]?[万亿]|[百千])"
# 元/人·年, 吨标准煤/万元, 起/每万枚
PER = re.compile(r"[/／·]每?|每")
# 2万套（间）, 300个（名）: the other unit that a measure word stands for
ALSO = "[套间处座个名人家户次项所件支台组条只头匹羽尾株]"
# 万m³/d, t/h, 元/月: times that are units only after the stroke
TIMES = {"d": "日", "h": "小时", "a": "年", "月": "个月"}
PRECISION = Context(prec=28, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in base units. `dimension` are the base dimensions, sorted by name, each with its power: (('money CNY',
    1), ('time month', -1)), () where they cancel out. A value in this unit times `factor` is that in base units."""

    dimension: tuple[tuple[str, int], ...]
    factor: Fraction


@cache
def unit_table() -> dict[str, tuple[str, Fraction]]:
    """Each listed unit with its base dimension and its factor to the base unit: '亩' -> ('area m2', 2000/3)."""
    rows = data_rows("units.tsv", header=True)
    return {unit: (dimension, Fraction(factor)) for unit, dimension, factor in rows}


@cache
def unit_pattern() -> str:
    """A regular expression, as text and without named groups, for one unit, scaled or compound: 万人次, 亿吨标准煤,
    微克/立方米, 元/人·年, 万; also with another measure word in half-width brackets, 套(间). A unit that ends with a
    letter is one only where no letter follows."""
    listed = sorted(unit_table(), key=len, reverse=True)
    # of an unknown GWx the GW is no unit
    names = "|".join(re.escape(u) + ("(?![A-Za-z²³])" if u[-1].isascii() and u[-1].isalpha() else "") for u in listed)
    one = rf"(?:(?:{names})|{SCALE}(?:{names})|{SCALE}(?![年月日个点级能方分]))"
    per = rf"每?(?:[dha](?![A-Za-z])|{names}|百户|GDP|月|周|季度?|(?:{SCALE}|单位)(?:{names}))"
    return rf"(?:{one}(?:\s?[/／·]\s?{per})*(?:\({ALSO}\))?)"


@cache
def unit(text: str) -> Unit | None:
    """The unit that a text stands for: '亿元/年' -> a Unit of money CNY 1, time month -1, with its factor. A listed
    unit counts as a whole; else scales (万亩), rates (/, ·, 每: what follows each mark divides, with d, h, a and 月 for
    days, hours, years and months) and measure words in brackets (套（间）) are understood. A dimension that both
    multiplies and divides falls out. White space around the text does not count, nor a 1 before its stroke where a unit
    is listed with the stroke (1/万 is the listed /万). None where a part is no known unit (1/年), and for ''."""
    powers: dict[str, int] = {}
    factor = Fraction(1)
    text = text.strip().removeprefix("1") if text.strip().startswith("1/") else text.strip()
    if text in unit_table():
        dimension, factor = unit_table()[text]
        return Unit(((dimension, 1),), factor)
    pieces = PER.split(text)
    for place, piece in enumerate(pieces):
        found = _single(TIMES.get(piece, piece) if place else piece)
        if found is None:
            return None
        sign = 1 if place == 0 else -1
        dimension, value = found
        powers[dimension] = powers.get(dimension, 0) + sign
        factor = factor * value if sign == 1 else factor / value
    return Unit(tuple(sorted((d, p) for d, p in powers.items() if p)), factor)


def _single(piece: str) -> tuple[str, Fraction] | None:
    """The base dimension and the factor of a unit without a stroke: '万亩', '套（间）'. The measure word in brackets
    and white space around do not count. The scale before the unit has at most two characters; the shortest that leaves
    a listed unit counts, none before all; a scale alone (万) is of the dimension "number". None for other texts and
    ''."""
    piece = re.sub(rf"[（(]{ALSO}[）)]$", "", piece.strip())
    for cut in range(min(3, len(piece))):
        scale, name = piece[:cut], piece[cut:]
        if scale in UNIT_SCALES and name in unit_table():
            dimension, factor = unit_table()[name]
            return dimension, factor * UNIT_SCALES[scale]
    return ("number", Fraction(UNIT_SCALES[piece])) if piece and piece in UNIT_SCALES else None


def convert(value: Decimal, printed: str | None, to: str | None) -> Decimal | None:
    """A value in the unit `printed` as one in the unit `to`: (150792.1, '万元', '亿元') -> 15.07921. Two units that are
    equal, known or not, and also two that are None, leave the value as it is; else None where one is None or not known,
    or where they measure different things.

    For comparing and drawing only: what is stored is what was printed.
    """
    if printed == to:
        return value
    if printed is None or to is None:
        return None
    source, target = unit(printed), unit(to)
    if source is None or target is None or source.dimension != target.dimension:
        return None
    ratio = source.factor / target.factor
    scaled = PRECISION.multiply(value, Decimal(ratio.numerator))
    return plain_decimal(PRECISION.divide(scaled, Decimal(ratio.denominator)))


def plain_decimal(value: Decimal) -> Decimal:
    """The same number, rounded to 28 digits, without zeros at the end of its fraction and without a positive exponent:
    3E+4 -> 30000, 1.50 -> 1.5."""
    return Decimal(f"{value.normalize(PRECISION):f}")
