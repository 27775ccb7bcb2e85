"""Tables that lost their columns: where they begin and end, and the grid that the solver finds in them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.document import Document
from extractors.patterns import NUMERAL
from extractors.table_groups import grouped
from extractors.table_header import LONGEST_LABEL, Column, Role, column
from extractors.table_model import Table, TableCell, from_tokens
from extractors.table_shapes import CHINESE, NAME_END, NO_FIT, is_dash, is_number, is_unit, misfit
from extractors.table_solver import Row, Solution, solve
from extractors.table_tokens import Gap, Token, tokens
from extractors.table_visual import solve_lines

MOST_TEXT = 20000  # characters of one table
HEAD_TEXT = 400
MOST_WAYS = 3  # of reading a head
OTHER_WAY = 3.0  # how much better another way must fit
GOOD_ROW = 1.5  # the price of a row that fits
SOME, MOST = (
    0.15,
    0.5,
)  # the share of doubtful rows from which the table is read another way, and from which it is refused
BAD_FIT = 2.5
DEAR_ROW = 2.2
# （续表）, 续表1
CONTINUED = re.compile(r"[（(]?续\s?表?\d{0,2}[）)]?(?:[：:].*)?|[（(]续[）)]")
# 到 2025 年, 到2025年
APART = re.compile(r"[\u4e00-\u9fff] \d{1,4} ?[\u4e00-\u9fff]")
TOGETHER = re.compile(r"[\u4e00-\u9fff]\d{1,4}[\u4e00-\u9fff]")
# 注：2020年为快报数; （资料来源：…
NOTE = re.compile(r"[（(*＊]?(?:备?注|说明|附注|资料来源|数据来源)\d{0,2}[：:]|[①②]\D|备注\d")
# 第三章, 第一节, 专栏2, 附件：
HEADING = re.compile(rf"第(?:{NUMERAL}|\d{{1,2}})[章节篇]|专栏(?:\d|{NUMERAL}|$)|附件")
# 表2：, 表3-1
CAPTION = re.compile(rf"附?[表图](?:{NUMERAL}|\d{{1,2}})(?:[-－—.]\d{{1,2}})?(?:[：:].*)?|[表图]")
# 完善多层次体系: the title behind the number of a heading
TITLE = re.compile(r"(?![万亿千百])[\u4e00-\u9fff]{4}")
# 3.1, 3.1.2
DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that begin with a head: `ways` of reading it, the words behind it up to where no row can be any more."""

    start: int
    end: int
    ways: tuple[list[Column], ...]
    head: str
    body: tuple[Token, ...]
    spaced: bool


def stretch(document: Document, start: int, limit: int) -> Stretch | None:
    """The stretch of a table whose head begins at `start`; None where no head does."""
    ways = heads(tokens(document, start, min(limit, start + HEAD_TEXT)))
    if not ways:
        return None
    words = tokens(document, start, min(limit, start + MOST_TEXT))
    first = ways[0][1]
    last = behind(words, first)
    if last <= first:
        return None
    head = "".join(word.text for word in words[:first])
    return Stretch(
        start,
        words[last - 1].end,
        tuple(columns for columns, _ in ways),
        head,
        tuple(words[first:last]),
        _spaced(document, start, words[last - 1].end),
    )


def _spaced(document: Document, start: int, end: int) -> bool:
    """The text about the table puts spaces between Chinese characters and figures: 到 2025 年."""
    text, first, last = document.source.text, document.origin[start], document.origin[end - 1]
    apart, together = (
        len(pattern.findall(text, 0, first)) + len(pattern.findall(text, last)) for pattern in (APART, TOGETHER)
    )
    return apart > together


def reach(document: Document, start: int, limit: int) -> int:
    """How far a table that begins at `start` may go."""
    words = tokens(document, start, min(limit, start + MOST_TEXT))
    last = behind(words, 1)
    return words[last - 1].end if last > 1 else start


def wrapped(found: Stretch, title: str | None) -> Iterator[Table]:
    """The table that the stretch holds, if its words make up rows."""
    body = without_repeated(found.body, found.head)
    solution = likeliest(found.ways, body, found.spaced)
    if solution is None or suspect(solution, len(body)):
        seen = (solve_lines(columns, body) for columns in found.ways)
        solution = min((way for way in (solution, *seen) if way is not None), key=lambda way: way.price, default=None)
    if solution is None or doubtful(solution) > MOST or not convincing(solution):
        return
    columns = solution.columns
    rows = [settled(row, columns) for row in solution.rows]
    end = max(word.end for row in rows for cell in row.cells.values() for word in cell)
    yield Table(
        found.start,
        end,
        title,
        "wrapped",
        columns,
        tuple(grouped(list(cells(rows, columns)), columns, len(rows), "wrapped")),
    )


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
    return [(list(columns), furthest) for _, columns in best[furthest] if plausible(columns)]


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


def behind(words: Sequence[Token], first: int) -> int:
    """The index of the word that no row can hold any more: a heading, a note, a caption, or running text."""
    for i in range(first, len(words)):
        word = words[i]
        if word.gap == Gap.SPACE:
            continue
        if NOTE.match(word.text) or HEADING.match(word.text) or CAPTION.fullmatch(word.text):
            return i
        if DECIMAL.fullmatch(word.text) and _alone(words, i + 1) and TITLE.match(words[i + 1].text):
            number = word.text.split(".")[0]
            return i - 2 if i - 2 >= first and words[i - 2].text == number and words[i - 1].gap == Gap.SPACE else i
        if _prose(words, i):
            return i
    return len(words)


def _alone(words: Sequence[Token], i: int) -> bool:
    """The word ends its line, and is no kind, unit or dash."""
    if i >= len(words) or words[i].gap != Gap.SPACE or (i + 1 < len(words) and words[i + 1].gap == Gap.SPACE):
        return False
    return misfit("kind", words[i].text) >= NO_FIT and not is_unit(words[i].text) and not is_dash(words[i].text)


def _prose(words: Sequence[Token], i: int) -> bool:
    """Lines of running text begin here: long, one word a line, with a sentence's end among them."""
    if len(words[i].text) >= 40 and words[i].text.endswith(("。", "；")):
        return True
    for j in range(i, min(i + 6, len(words))):
        if words[j].gap == Gap.SPACE and j > i:
            return False
        if "。" in words[j].text:
            return len(words[i].text) >= 16
        if len(words[j].text) < 16:
            return False
    return False


def without_repeated(words: Sequence[Token], head: str) -> list[Token]:
    """The words without the heads that come again on every page; what follows them begins a page. A few words of
    such a head may be missing, taken for a running title of the pages."""
    kept: list[Token] = []
    i, page = 0, False
    while i < len(words):
        j = _head_again(words, i, head)
        if j > i:
            i, page = j, True
        elif words[i].gap != Gap.SPACE and CONTINUED.fullmatch(words[i].text):
            i, page = i + 1, True
        else:
            kept.append(replace(words[i], gap=Gap.PAGE) if page else words[i])
            i, page = i + 1, False
    return kept


def _head_again(words: Sequence[Token], i: int, head: str) -> int:
    """The index behind the head that comes again at word `i`, else `i`."""
    if words[i].gap == Gap.SPACE:
        return i
    j, at, held = i, 0, 0
    while j < len(words) and (found := head.find(words[j].text, at)) >= 0:
        at, held, j = found + len(words[j].text), held + len(words[j].text), j + 1
    return j if j - i >= 2 and held * 10 >= len(head) * 6 and (held == len(head) or words[i].gap == Gap.PAGE) else i


def likeliest(ways: Sequence[Sequence[Column]], body: Sequence[Token], spaced: bool) -> Solution | None:
    """The solution under the first way of reading the head, unless it fits badly and another fits better."""
    best: Solution | None = None
    for columns in ways:
        found = solve(columns, body, spaced)
        if found is not None and (best is None or found.price + OTHER_WAY < best.price):
            best = found
        if best is not None and best.price <= GOOD_ROW * len(best.rows):
            break
    return best


def suspect(solution: Solution, count: int) -> bool:
    """The words may have come in another order than cell by cell: rows are doubtful or dear, names stop short, or a
    word or two are left over behind the last row, as the rest of its name would be."""
    roles = [head.role for head in solution.columns]
    at = roles.index("name") if "name" in roles else 0
    names = ["".join(word.text for word in row.cells[at]) for row in solution.rows if not row.band and at in row.cells]
    short = sum(NAME_END.search(name) is None for name in names)
    return (
        doubtful(solution) > SOME
        or solution.price > DEAR_ROW * len(solution.rows)
        or short * 10 >= len(names) * 3
        or 0 < count - solution.used <= 2
    )


def doubtful(solution: Solution) -> float:
    """The share of rows that something is wrong with: a cell that fits its column badly, a bare number among the
    words of a name, no value at all, no row number where the others have one."""
    rows = [row for row in solution.rows if not row.band]
    roles = [head.role for head in solution.columns]
    serial = (
        roles.index("serial") if "serial" in roles and any(roles.index("serial") in row.cells for row in rows) else None
    )
    bad = sum(
        (serial is not None and serial not in row.cells)
        or not any(roles[c] == "value" for c in row.cells)
        or any(_misplaced(roles[c], words) for c, words in row.cells.items())
        for row in rows
    )
    return bad / len(rows) if rows else 1.0


def _misplaced(role: Role, words: Sequence[Token]) -> bool:
    if role in ("name", "dimension", "group", "departments") and any(
        word.text.isdecimal() and (n == 0 or word.gap != Gap.SPACE) for n, word in enumerate(words)
    ):
        return True
    return role != "text" and misfit(role, "".join(word.text for word in words)) >= BAD_FIT


def convincing(solution: Solution) -> bool:
    """Rows enough, most of them with something beside the name, at a price that says they fit."""
    rows = [row for row in solution.rows if not row.band]
    full = [row for row in rows if len(row.cells) >= max(2, len(solution.columns) // 2)]
    return bool(rows) and len(full) * 3 >= len(rows) * 2 and solution.price <= 6.0 * len(rows) + 6.0


def settled(row: Row, columns: Sequence[Column]) -> Row:
    """Two wrapped values side by side are cut where they are most alike: 县级 / 统筹 / 州级 / 统筹 in the middle."""
    for c in range(len(columns) - 1):
        if row.band or columns[c].role != "value" or columns[c + 1].role != "value":
            continue
        left, right = row.cells.get(c, []), row.cells.get(c + 1, [])
        words = [*left, *right]
        if len(words) < 3 or len(words) > 24 or any(word.gap == Gap.SPACE for word in words[1:]):
            continue
        at = len(left)
        best = max(range(1, len(words)), key=lambda k: likeness(words, k) - abs(k - at) * 0.01)
        if likeness(words, best) > likeness(words, at) + 0.5:
            row.cells[c], row.cells[c + 1] = words[:best], words[best:]
    return row


def likeness(words: Sequence[Token], cut: int) -> float:
    """How alike the two texts are that the cut makes: their common end, less what makes either a bad cell."""
    left, right = ("".join(w.text for w in part) for part in (words[:cut], words[cut:]))
    common = 0
    while common < min(len(left), len(right)) and left[-1 - common] == right[-1 - common]:
        common += 1
    misfits = misfit("value", left) + misfit("value", right)
    return (common if common >= 2 else 0.0) - 0.5 * abs(len(left) - len(right)) / max(len(left), len(right)) - misfits


def cells(rows: Sequence[Row], columns: Sequence[Column]) -> Iterator[TableCell]:
    """The rows as cells."""
    for r, row in enumerate(rows):
        if row.band:
            yield replace(from_tokens(r, 0, row.cells[0]), column_span=len(columns))
            continue
        for c, words in sorted(row.cells.items()):
            span = _span(rows, r, c, columns) if columns[c].role == "unit" else 1
            yield replace(from_tokens(r, c, words), row_span=span)


def _span(rows: Sequence[Row], row: int, c: int, columns: Sequence[Column]) -> int:
    """A unit holds the rows below that have none, as long as they have a number."""
    behind = row + 1
    while (
        behind < len(rows)
        and not rows[behind].band
        and c not in rows[behind].cells
        and _has_number(rows[behind], columns)
    ):
        behind += 1
    return behind - row


def _has_number(row: Row, columns: Sequence[Column]) -> bool:
    return any(
        columns[c].role == "value" and is_number("".join(w.text for w in words)) for c, words in row.cells.items()
    )
