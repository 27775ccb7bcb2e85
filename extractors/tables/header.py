"""Headers: which labels name the columns of a table, in a stream of words or in rows of cells."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors import expressions as re
from extractors.tables.cell_cost import CHINESE, NO_FIT, cell_cost, is_number, is_unit
from extractors.tables.columns import FREE, LONGEST_LABEL, YEARS, Column, column
from extractors.tables.model import RawRow, TableCell
from extractors.tables.tokens import Gap, Token
from ontology.model.facts import squeeze

TASK_LABEL = re.compile(r"任务$")  # 计划任务, 目标任务
MOST_READINGS = 3  # readings of a header that are kept


def word_header(words: Sequence[Token], most: int = 40) -> list[tuple[list[Column], int]]:
    """The readings of the header that begins with the first word: for each its columns and the index of the word after
    the header, likeliest first. Only readings that reach furthest are given. An empty list where no header begins, or
    where no reading is `plausible`. Of the words at most the first `most` are read.

    In the example / stands between the words of one label, | between labels:

        序号 | 指标 / 名称 | “十二五” / 期末数 / （2015年） -> serial, name, value 2015
    """
    limit = min(len(words), most)
    best: dict[int, list[tuple[float, tuple[Column, ...]]]] = {0: [(0.0, ())]}
    for i in range(limit):
        for cost, found in best.get(i, ()):
            for j, head, more in _labels(words, i, limit):
                _keep_cheapest(best.setdefault(j, []), cost + more, (*found, head))
    furthest = max(best)
    ways = [in_context(way) for _, columns in best[furthest] for way in _readings(columns)]
    return [(columns, furthest) for columns in ways if plausible(columns)]


def _readings(columns: Sequence[Column]) -> Iterator[list[Column]]:
    """The readings of a header whose labels are `columns`, in the order of the text; a reading is the list of the
    columns that the table really has.

    A target without a year (目标值) may be a label over several columns of years. It is then no column itself, and
    these take its place and its sense. Where they stand at the end of the header, on its second line (指标 2020年
    目标值 属性 | 2025年 2035年), this is the only reading. Else the labels as they stand are the first reading, and
    there is one more for each such label that two or more columns with a year follow (指标 目标值 2020年 2025年 属性).
    """
    last = len(columns)
    while last and columns[last - 1].role in ("value", "growth"):
        last -= 1
    below = columns[last:]
    over = [n for n, c in enumerate(columns[:last]) if _may_span(c)]
    if len(over) == 1 and len(below) > 1 and any(c.year for c in below):
        at = over[0]
        yield [*columns[:at], *_under(columns[at], below), *columns[at + 1 : last]]
        return
    yield list(columns)
    for at in [n for n, c in enumerate(columns) if _may_span(c)]:
        end = at + 1
        while end < len(columns) and (columns[end].role == "growth" or columns[end].year):
            end += 1
        if end - at > 2:
            yield [*columns[:at], *_under(columns[at], columns[at + 1 : end]), *columns[end:]]


def _may_span(head: Column) -> bool:
    """Whether the label of the column `head` may stand over several columns: it is that of a target and has no year in
    digits (目标值, “十四五”目标)."""
    return head.role == "value" and head.sense == "target" and (head.year is None or not YEARS.search(head.label))


def _under(head: Column, below: Sequence[Column]) -> list[Column]:
    """The columns `below` the label `head` that stands over them (目标值 over 2020年 and 2025年): the columns of values
    get the label as `spanning`, and its sense ("target") where their own labels give none."""
    return [
        replace(c, sense=c.sense or head.sense, spanning=head.label) if c.role == "value" else c for c in below
    ]  # fmt: skip


def _labels(words: Sequence[Token], i: int, limit: int) -> Iterator[tuple[int, Column, float]]:
    """The header labels that may begin with word `i`, one to seven words long and before word `limit`: for each the
    index of the word after it, its column and its cost, which is 1 and more for spaces and line breaks inside it. A
    label of free text counts only next to another label (`_beside`), one of tasks (重点任务) also elsewhere, but not as
    the first word. A word that is on no list, but stands next to a label, is a column of text at the cost 3."""
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
        elif head is not None and (head.role not in FREE or (head.role == "task" and i > 0) or _beside(words, i)):
            yield j + 1, head, 1.0 + inside


def _keep_cheapest(ways: list[tuple[float, tuple[Column, ...]]], cost: float, columns: tuple[Column, ...]) -> None:
    """Adds the columns as a reading of a header, at this cost, to `ways`, which is changed: a list of (cost, columns)
    of the readings so far. Of readings with the same number of columns only the cheapest stays, and of all only the
    MOST_READINGS cheapest."""
    for n, (known, found) in enumerate(ways):
        if len(found) == len(columns):
            if cost < known:
                ways[n] = cost, columns
            break
    else:
        ways.append((cost, columns))
    ways.sort(key=lambda way: (way[0], len(way[1])))
    del ways[MOST_READINGS:]


def _beside(words: Sequence[Token], i: int) -> bool:
    """Whether word `i` follows another on its line and stands next to a known label there, so that it may be a label
    although it is on no list. Units, kinds, and words of less than 2 or more than 10 characters are not."""
    text = words[i].text
    beside = [words[k] for k in (i - 1, i + 1) if 0 <= k < len(words) and words[max(k, i)].gap == Gap.SPACE]
    if not 2 <= len(text) <= 10 or not CHINESE.match(text) or is_unit(text) or cell_cost("kind", text) < NO_FIT:
        return False
    return words[i].gap == Gap.SPACE and any(column(word.text) for word in beside)


def in_context(columns: Sequence[Column]) -> list[Column]:
    """The columns with the roles and senses that they have beside one another.

    In a table of values without a column of indicators, the names are in the column of tasks, free text, measures or
    classes (序号 | 项目类别 | 单位 | 规划目标 -> 项目类别 has the role "name"). 计划任务 and 目标任务 are labels of
    values only beside a unit, an attribute or growth; otherwise of tasks. 单位 beside a column of duties is the label
    of the bodies, if no other column is. The only column of values beside one of kinds is a target where its label
    names no year (指标 | 指标值 | 属性).
    """
    columns = list(columns)
    roles = [c.role for c in columns]
    values = [n for n, role in enumerate(roles) if role in ("value", "growth")]
    if (
        values
        and not {"unit", "kind", "growth"} & set(roles)
        and all(TASK_LABEL.search(columns[n].label) for n in values)
    ):
        columns = [replace(c, role="task", year=None, sense=None) if n in values else c for n, c in enumerate(columns)]
        values = []
    if not values and "duty" in roles and "departments" not in roles and "unit" in roles:
        at = roles.index("unit")
        columns[at] = replace(columns[at], role="departments")
    if len(values) == 1 and "kind" in roles and "growth" not in roles:
        only = columns[values[0]]
        if only.year is None and only.sense is None:  # 指标 | 指标值 | 属性: what has an attribute is aimed at
            columns[values[0]] = replace(only, sense="target")
    if values and "name" not in roles:
        names = [n for role in ("task", "text", "content", "dimension") if (n := _last(roles, role)) is not None]
        if names:
            columns[names[0]] = replace(columns[names[0]], role="name")
    return columns


def _last(roles: Sequence[str], role: str) -> int | None:
    """The index of the last of the roles that is `role`; None where none is."""
    return max((n for n, found in enumerate(roles) if found == role), default=None)


def plausible(columns: Sequence[Column]) -> bool:
    """Whether the columns can be those of a table of values: at least three, exactly one of them for names, at most one
    for row numbers and at most six for names and free text together; and beside them a column of values, or two of
    unit, kind, bodies, row number and growth."""
    roles = Counter(c.role for c in columns)
    names = roles["name"] + sum(roles[role] for role in FREE)
    rest = roles["value"] * 2 + roles["unit"] + roles["kind"] + roles["departments"] + roles["serial"] + roles["growth"]
    return 1 <= roles["name"] <= 1 and roles["serial"] <= 1 and names <= 6 and len(columns) >= 3 and rest >= 2


MOST_COLUMNS = 30
MOST_LEVELS = 3  # rows of one header


def row_header(rows: Sequence[RawRow], i: int) -> tuple[list[Column] | None, int]:
    """The columns of the header that begins with the row of index `i`, and the number of rows that the header takes;
    (None, 1) where the row is no header (`is_head`) or has more than MOST_COLUMNS cells.

    A header has up to three rows: 指标 | 目标值 | 目标值 above 指标 | 2020年 | 2025年 gives 指标, 目标值（2020年）,
    目标值（2025年）; the last two have 目标值 as `spanning`.
    """
    cells = rows[i].cells
    if len(cells) > MOST_COLUMNS or not is_head(cells):
        return None, 1
    spanning: list[str | None] = [None] * len(cells)
    used = 1
    while (
        used < MOST_LEVELS and i + used < len(rows) and (below := _level_below(cells, spanning, rows[i + used].cells))
    ):
        cells, spanning = below
        used += 1
    columns = named([cell.flat for cell in cells])
    return [replace(c, spanning=s) for c, s in zip(columns, spanning, strict=True)], used


def is_head(cells: Sequence[TableCell]) -> bool:
    """Whether the cells are a header row: at least two have text; at least three in five of these are labels
    (`column`), of at least two roles, among them one for names, bodies or free text, or for classes beside units and
    values (项目类别 | 单位 | 规划目标); and no cell is a number that is not a label too."""
    texts = [cell.flat for cell in cells if cell.text]
    known = [found for text in texts if (found := column(text))]
    roles = {found.role for found in known}
    return (
        len(texts) >= 2
        and len(roles) >= 2
        and len(known) * 5 >= len(texts) * 3
        and (bool(roles & {"name", "departments", *FREE}) or roles >= {"dimension", "unit", "value"})
        and not any(is_number(text) and column(text) is None for text in texts)
    )


Level = tuple[list[TableCell], list[str | None]]  # the header cells so far, and what spans each


def _level_below(
    upper: Sequence[TableCell], spanning: Sequence[str | None], lower: Sequence[TableCell]
) -> Level | None:  # fmt: skip
    """The header continued by the row `lower`: for each column the cell with the labels of all its rows together, and
    the label that spans it, or None. `upper` and `spanning` are these two lists for the rows of the header so far.

    The row has as many cells as the header (指标 | 目标值 | 目标值 above 指标 | 2020年 | 2025年), or only those below
    the one label of values without a year (2020年 | 2025年 below 目标值). None where it has neither, or where it is a
    row of the body because one of its new cells is no label, or one of row numbers or names.
    """
    below = [cell for cell in lower if cell.text and not any(cell is above for above in upper)]
    known = [column(cell.flat) for cell in below]
    if not below or not all(known) or any(k is not None and k.role in ("serial", "name") for k in known):
        return None
    cells: list[TableCell] = []
    over: list[str | None] = []
    if len(lower) == len(upper):
        last: TableCell | None = None
        for above, under, span in zip(upper, lower, spanning, strict=True):
            last = above if above.text else last
            extra = under.text and under is not above
            if last is None or not extra:
                cells.append(above)
                over.append(span)
            else:
                said = under.flat if _says_itself(under.flat) else together(last.flat, under.flat)
                cells.append(replace(above, text=said, pieces=under.pieces))
                over.append(last.flat)
        return cells, over
    years = [k for k in known if k is not None and k.role in ("value", "growth")]
    open_heads = [
        n for n, cell in enumerate(upper) if (c := column(cell.flat)) and c.role == "value" and c.year is None
    ]
    if len(years) == len(below) and len(open_heads) == 1 and len(below) > 1:
        at = open_heads[0]
        spanned = [replace(cell, text=together(upper[at].flat, cell.flat)) for cell in below]
        return (
            [*upper[:at], *spanned, *upper[at + 1 :]],
            [*spanning[:at], *[upper[at].flat] * len(spanned), *spanning[at + 1 :]],
        )
    return None


def _says_itself(label: str) -> bool:
    """Whether a label of the lower level says alone what its column holds: 单位 below 指标值 heads units, while 2025年
    below 目标值 needs both."""
    found = column(label)
    return found is not None and found.role in ("unit", "kind", "departments", "note")


def together(upper: str, lower: str) -> str:
    """A label of two rows of a header, `upper` and below it `lower`, as one text: ('目标值', '2025年') ->
    目标值（2025年）. Where one is empty, or the lower one begins with a bracket, they are joined without brackets."""
    return f"{upper}（{lower}）" if upper and lower and lower[0] not in "（(〔[" else upper + lower


def named(labels: Sequence[str]) -> list[Column]:
    """The columns of these labels, with exactly one for names where any label has that role. An empty label right after
    that of the names belongs to it: its column holds the names, and the one before it labels of groups. Other columns
    with an empty label hold labels of groups ("group"), and those with a label that is on no list hold text ("text").
    Of a label of more than 12 characters the last 12 are tried too."""
    columns: list[Column] = []
    for label in labels:
        found = column(label) or (column(label[-12:]) if len(label) > 12 else None)
        if not label and columns and columns[-1].role == "name":
            columns[-1] = replace(columns[-1], role="group")
            found = Column("name", "")
        columns.append(replace(found, label=label) if found else Column("text" if label else "group", label))
    if sum(c.role == "name" for c in columns) > 1:
        columns = _one_name(columns)
    return in_context(columns)


def _one_name(columns: list[Column]) -> list[Column]:
    """The columns with only one for names, the others for labels of groups: of 指标 | 指标 (one label over two columns)
    the last is that of the names, of 项目 | 指标 the column 指标."""
    names = [n for n, c in enumerate(columns) if c.role == "name"]
    best = max(names, key=lambda n: ("指标" in columns[n].label or not columns[n].label, n))
    return [replace(c, role="group") if n in names and n != best else c for n, c in enumerate(columns)]


def same_labels(found: Sequence[Column], head: Sequence[Column]) -> bool:
    """Whether the headers `found` and `head` have the same labels in the same order, white space aside."""
    return [squeeze(c.label) for c in found] == [squeeze(c.label) for c in head]
