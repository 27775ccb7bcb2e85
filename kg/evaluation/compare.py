"""When a value of an annotation and a value of a row count as the same."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

Row = dict[str, Any]


def squeezed(text: object) -> str:
    """A text, or another value as `str` writes it, in the Unicode form NFKC and without white space: '２０２５ 年' ->
    '2025年'; '' for None and other empty values, such as 0."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text or "")))


def name(text: object) -> str:
    """The letters, digits, underscores and per cent signs of a text, in lower case and half width: '《“十四五”规划》'
    -> '十四五规划', 'ＡＢ' -> 'ab'; '' for None and other empty values, such as 0."""
    return re.sub(r"[^\w%]", "", squeezed(text)).lower()


def number(value: object) -> float | None:
    """The number that a text or a value is, without commas and rounded to 6 decimal places: '1,000' -> 1000.0; None for
    what is no number as `float` reads it, for '' and for None."""
    try:
        return None if value in (None, "") else round(float(str(value).replace(",", "")), 6)
    except ValueError:
        return None


def year(deadline: object) -> str:
    """The year of a deadline, which is its first four characters: '2023-12' -> '2023', 2023 -> '2023'; '' for None and
    ''."""
    return str(deadline or "")[:4]


def names_in(text: object) -> set[str]:
    """The names in a list, divided by commas, semicolons, 、 or white space, as the function `name` makes them:
    '县医保局、县税务局' -> {'县医保局', '县税务局'}; empty for None."""
    return {name(part) for part in re.split(r"[、,，;；\s]+", str(text or ""))} - {""}


def near(flat: str, one: object, other: object) -> bool:
    """Whether two quotes share text: one contains the other, or the places in `flat` at which they first stand overlap.
    False where one is empty, and where neither contains the other and one does not stand in `flat`. `flat` is the
    plan's text as `squeezed` returns it; the quotes are squeezed here."""
    a, b = squeezed(one), squeezed(other)
    if not a or not b:
        return False
    if a in b or b in a:
        return True
    i, j = flat.find(a), flat.find(b)
    return i >= 0 and j >= 0 and i < j + len(b) and j < i + len(a)


def pair(
    gold: Sequence[Row], rows: Sequence[Row], same: Callable[[Row, Row], bool], earlier: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    """Pairs (index of an annotation in `gold`, index of a row): each annotation, in their order, with the first row
    that is the `same` fact and in no pair yet. Annotations and rows of the pairs in `earlier` are not paired again, and
    these pairs are not returned."""
    used = {j for _, j in earlier}
    paired = {i for i, _ in earlier}
    pairs = []
    for i, annotation in enumerate(gold):
        if i in paired:
            continue
        for j, row in enumerate(rows):
            if j not in used and same(annotation, row):
                used.add(j)
                pairs.append((i, j))
                break
    return pairs
