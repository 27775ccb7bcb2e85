"""Chinese and full-width numerals."""

import re
import unicodedata
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "Ｏ": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}


def chinese_number(text: str) -> int | None:
    """'二十三' -> 23, '一百零五' -> 105, '二〇三五' -> 2035, '十' -> 10; None for what is no numeral."""
    if not text or not all(c in DIGITS or c in SCALES or c in MYRIADS for c in text):
        return None
    if all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c]
        elif c in SCALES:
            section += (digit or 1) * SCALES[c]
            digit = 0
        else:
            total = (total + section + digit) * MYRIADS[c]
            section = digit = 0
    return total + section + digit


def number(text: str) -> Decimal | None:
    """'１５，０００．５' -> 15000.5, '九十五' -> 95; None for what is no plain number."""
    text = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+(?:\.\d+)?", text):
        return Decimal(text.replace(",", ""))
    value = chinese_number(text)
    return None if value is None else Decimal(value)
