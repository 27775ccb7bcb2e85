"""The head of a table that lost its columns: words that name columns, one after another."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.tables.columns import LONGEST_LABEL, Column, column
from extractors.tables.shapes import CHINESE, NO_FIT, is_unit, misfit
from extractors.tables.tokens import Gap, Token

MOST_WAYS = 3  # of reading a head


def heads(words: Sequence[Token], most: int = 40) -> list[tuple[list[Column], int]]:
    """The ways to read the head that begins with the first word: its columns and the index behind it, likeliest
    first; none for what is no head.

    序号 | 指标 / 名称 | “十二五” / 期末数 / （2015年） -> serial, name, value 2015
    """
    limit = min(len(words), most)
    best: dict[int, list[tuple[float, tuple[Column, ...]]]] = {0: [(0.0, ())]}
    for i in range(limit):
        for price, found in best.get(i, ()):
            for j, head, more in _labels(words, i, limit):
                _offer(best.setdefault(j, []), price + more, (*found, head))
    furthest = max(best)
    ways = [spread(columns) for _, columns in best[furthest]]
    return [(columns, furthest) for columns in ways if plausible(columns)]


def spread(columns: Sequence[Column]) -> list[Column]:
    """指标 2020年 目标值 属性 / 2025年 2035年 -> the years below under the head that spans them, in its place."""
    last = len(columns)
    while last and columns[last - 1].role in ("value", "growth"):
        last -= 1
    below = columns[last:]
    over = [n for n, c in enumerate(columns[:last]) if c.role == "value" and c.year is None and c.sense == "target"]
    if len(below) < 2 or len(over) != 1 or not any(c.year for c in below):
        return list(columns)
    at = over[0]
    under = [replace(c, sense=c.sense or columns[at].sense) if c.role == "value" else c for c in below]
    return [*columns[:at], *under, *columns[at + 1 : last]]


def _labels(words: Sequence[Token], i: int, limit: int) -> Iterator[tuple[int, Column, float]]:
    """The heads that may begin with word `i`: the index behind, the column, the price."""
    text, inside = "", 0.0
    for j in range(i, min(i + 7, limit)):
        if j > i:
            inside += 1.2 if words[j].gap == Gap.SPACE else 0.1
        text += words[j].text
        if len(text) > LONGEST_LABEL:
            return
        head = column(text)
        if head is None and j == i > 0 and _beside(words, i):
            yield j + 1, Column("text", text), 3.0
        elif head is not None and (head.role != "text" or _beside(words, i)):
            yield j + 1, head, 1.0 + inside


def _offer(ways: list[tuple[float, tuple[Column, ...]]], price: float, columns: tuple[Column, ...]) -> None:
    """The cheapest way for each number of columns, the three cheapest of them."""
    for n, (known, found) in enumerate(ways):
        if len(found) == len(columns):
            if price < known:
                ways[n] = price, columns
            break
    else:
        ways.append((price, columns))
    ways.sort(key=lambda way: (way[0], len(way[1])))
    del ways[MOST_WAYS:]


def _beside(words: Sequence[Token], i: int) -> bool:
    """The word shares its line with a head: one that the rules do not know may be a head too."""
    text = words[i].text
    beside = [words[k] for k in (i - 1, i + 1) if 0 <= k < len(words) and words[max(k, i)].gap == Gap.SPACE]
    if not 2 <= len(text) <= 10 or not CHINESE.match(text) or is_unit(text) or misfit("kind", text) < NO_FIT:
        return False
    return words[i].gap == Gap.SPACE and any(column(word.text) for word in beside)


def plausible(columns: Sequence[Column]) -> bool:
    """A head has a name and at least two more columns, of values or of what goes with them."""
    roles = Counter(c.role for c in columns)
    names = roles["name"] + roles["text"]
    rest = roles["value"] * 2 + roles["unit"] + roles["kind"] + roles["departments"] + roles["serial"] + roles["growth"]
    return 1 <= roles["name"] <= 1 and roles["serial"] <= 1 and names <= 6 and len(columns) >= 3 and rest >= 2
