"""The columns of a table that is set by gaps, from the labels that stand over the stretches of its words."""

from collections.abc import Sequence
from dataclasses import replace

from extractors import expressions as re
from extractors.tables.cell_cost import DIGIT
from extractors.tables.columns import FREE, Column, column
from extractors.tables.gaps.page import WIDE_GAP, PageLine, PageWord, Run, columns_of, distance
from extractors.tables.header import in_context, plausible, together
from extractors.vocabulary.duties import head_kind

VALUES = frozenset(("value", "growth"))
MOST_OF_IT = 0.6  # share of a label that stands in its column
# 年基期值: the year stands elsewhere
YEAR_LOST = re.compile(r"年(?![均度份])")


def gap_header(head: Sequence[PageLine], runs: Sequence[Run]) -> tuple[Column, ...] | None:
    """The columns of a table, one for each of `runs`, the stretches of the page that words stand in; `head` are the
    lines of its header. A label over several stretches is the `spanning` of their columns. None unless over each
    stretch there is exactly one complete label that stands for a column, and the columns are those of a table of values
    or of work."""
    labels: list[list[str]] = [[] for _ in runs]
    over: list[str | None] = [None] * len(runs)
    for line in head:
        before = -1
        for k, word in enumerate(line.words):
            places = columns_of(word, runs)
            nearest = min(places, key=lambda n: distance(word, runs[n]))
            if k and nearest == before and word.left - line.words[k - 1].right >= WIDE_GAP:
                return None  # two heads over one stretch
            before = nearest
            if len(places) > 1 and max(_shares(word, [runs[n] for n in places])) < MOST_OF_IT:
                if any(labels[n] or over[n] for n in places):
                    return None
                for n in places:
                    over[n] = word.text
            else:
                labels[nearest].append(word.text)
    found: list[Column] = []
    for own, spanning in zip(labels, over, strict=True):
        known = _label(own, spanning)
        if known is None:
            return None
        found.append(known)
    columns = in_context(found)
    roles = {c.role for c in columns}
    bodies = "departments" in roles or any(head_kind(c.label) for c in columns)
    work = bodies and bool(roles & FREE) and not roles & VALUES
    return tuple(columns) if plausible(columns) or work else None


def _shares(word: PageWord, runs: Sequence[Run]) -> list[float]:
    """For each column the share of the word's width that stands in it: 1 where it is inside, below 0 where it does not
    reach the column. `runs` are the stretches of the page that the columns take up."""
    wide = word.right - word.left
    return [(min(word.right, right) - max(word.left, left)) / wide for left, right in runs]


def _label(own: Sequence[str], spanning: str | None) -> Column | None:
    """The column that a label stands over: `own` are the lines of the label, from top to bottom, `spanning` is a label
    above that covers several columns, or None. Digits may be printed lower than the characters beside them, so two
    lines are read in either order: (['年基期值', '2020'], None) -> value of 2020. None where the words are no label."""
    if not own or (len(own) == 1 and YEAR_LOST.match(own[0])):
        return None
    if spanning is not None:
        below = column("".join(own))
        found = column(together(spanning, "".join(own))) if below and below.role in VALUES and below.year else None
        return None if found is None else replace(found, spanning=spanning)
    ways = {"".join(own), "".join(reversed(own))} if len(own) == 2 and DIGIT.search(own[1]) else {"".join(own)}
    found_ways = [head for text in sorted(ways, key=lambda way: way != "".join(own)) if (head := column(text))]
    return found_ways[0] if found_ways else None
