"""Parts of regular expressions that the rules of many modules share: named strings, with a sample above each."""

from extractors.vocabulary.numerals import DIGIT, HAN_DIGIT, NUMERAL, NUMERAL_CHARACTER, ONES, chinese_number

__all__ = [
    "CLOSE_QUOTE", "DOC_NUMBER", "FIVE_YEAR", "NUMERAL", "NUMERAL_CHARACTER", "OPEN_QUOTE", "ORDER_NUMBER", "YEAR",
    "YEAR_RANGE",
    "five_year_period",
]  # fmt: skip

# 2021, ２０２１, 二〇二一, 二O二一
YEAR = rf"(?:[12１２]{DIGIT}{{3}}|[一二]{HAN_DIGIT}{{3}})"
# 2021-2025, 2021—2025年, 2021至2025
YEAR_RANGE = rf"{YEAR}\s*年?\s*(?:[-－—–~～至]|——)+\s*{YEAR}\s*年?"
# “十四五” "十四五" ‘十四五’ 十四五
OPEN_QUOTE = r"[“\"‘'「『＂]"
CLOSE_QUOTE = r"[”\"’'」』＂]"
FIVE_YEAR = rf"{OPEN_QUOTE}?(?P<five_year>十[{ONES}]|二十|[{ONES}])五{CLOSE_QUOTE}?"
# 国办发〔2021〕36号, 川府发[2022]1号, 成医保发（2021）21 号, 沪府规〔2020〕第3号
DOC_NUMBER = (
    r"[\u4e00-\u9fff]{1,14}\s*[〔﹝\[［【（(]\s*(?:[1１][9９]|[2２][0０])"
    rf"{DIGIT}{{2}}\s*[〕﹞\]］】）)]\s*第?\s*{DIGIT}{{1,5}}\s*号"
)
# 国令第707号, 某省人民政府令第152号
_OF_YEAR = r"(?:[〔（(]?(?:19|20)\d{2}年?[〕）)]?)?"
ORDER_NUMBER = rf"[\u4e00-\u9fff]{{1,20}}令{_OF_YEAR}第\s{{0,2}}(?:[0-9]{{1,6}}|{NUMERAL})\s{{0,2}}号"


def five_year_period(ordinal: str) -> tuple[int, int] | None:
    """First and last year of a five-year plan by its number in Chinese: '十四' -> (2021, 2025), '九' -> (1996, 2000).
    None for those before the sixth (1981), which did not follow one another without a gap, and for other texts."""
    n = chinese_number(ordinal)
    if n is None or not 6 <= n <= 30:
        return None
    return 1951 + 5 * n, 1955 + 5 * n
