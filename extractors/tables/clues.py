"""What tells the cells of a table that lost its columns: row numbers, words that come again, the lines' widths."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from extractors.tables.shapes import CHINESE, is_dash, is_number, is_serial, is_unit
from extractors.tables.tokens import Gap, Token


def serials(words: Sequence[Token], *, first: bool) -> frozenset[int]:
    """The words that number the rows: the longest run of 1, 2, 3 … (a number or two may be missing), each followed by
    words, and at the beginning of a line if they stand in the first column."""
    candidates = [
        (i, n)
        for i, word in enumerate(words[:-1])
        if (word.gap != Gap.SPACE or (not first and i and CHINESE.match(words[i - 1].text)))
        and (n := is_serial(word.text)) is not None
        and CHINESE.match(words[i + 1].text)
        and not is_unit(words[i + 1].text)
    ]
    best: list[tuple[float, int]] = []  # score, index of the one before
    for k, (i, n) in enumerate(candidates):
        score, before = 1.0 - 0.2 * (n - 1), -1
        for earlier in range(k):
            at, m = candidates[earlier]
            if m < n and i - at >= 3:
                gained = best[earlier][0] + 1.0 - 0.6 * (n - m - 1)
                if gained > score:
                    score, before = gained, earlier
        best.append((score, before))
    if not best:
        return frozenset()
    k = max(range(len(best)), key=lambda x: best[x][0])
    if best[k][0] < 1.5:
        return frozenset()
    found = set()
    while k >= 0:
        found.add(candidates[k][0])
        k = best[k][1]
    return frozenset(found)


def repeated(words: Sequence[Token]) -> dict[str, int]:
    """Texts that come twice or more, of one to three words: the groups, kinds and bodies of a table do."""
    counts: Counter[str] = Counter()
    for i in range(len(words)):
        text = ""
        for j in range(i, min(i + 3, len(words))):
            text += words[j].text
            if len(text) > 16:
                break
            counts[text] += 1
    return {
        text: n for text, n in counts.items()
        if n >= 2 and len(text) >= 2 and CHINESE.search(text) and not is_number(text) and not is_dash(text)
    }  # fmt: skip


def line_prices(words: Iterable[Token], role: str, wide: int | None, rate: float) -> Iterator[tuple[float, float]]:
    """Word by word, the price of the lines of a cell that ends there: every line but the last fills the column, as
    far as words allow. First that of the lines that others follow, then that of all.

    `wide` is the column's width, where it is known; a line that is a half-width character too short costs `rate`.
    """
    grouped = role in ("group", "dimension")
    slack, rate, most = (1, 0.3, 1.5) if grouped else (3, rate, 2.5)
    wide = None if role == "group" else wide
    full = 0 if grouped else wide or 0
    widest = total = last = 0
    short = 0.0
    followed: list[int] = []  # the widths of the lines that another follows
    for word in words:
        if last and word.gap != Gap.SPACE:
            followed.append(last)
            if last < full - slack:
                short += min(most, rate * (full - last - slack))
        last = width = word.width
        total += width
        if width > widest:
            widest = width
            if width > full:
                full = width
                short = sum(min(most, rate * (full - w - slack)) for w in followed if w < full - slack)
        price = short
        if wide:
            if followed and total <= wide and not grouped:
                price += 0.7
            if widest > wide + 2:
                price += min(1.0 if grouped else 2.0, 0.3 * (widest - wide - 2))
        yield short, price
