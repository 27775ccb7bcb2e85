"""Tables without marks between their cells: from a header in the text to a grid of cells.

The words after the header come cell by cell, each cell wrapped over lines (text of a PDF, or of a Word file with one
cell a line), or row by row. `beam` reads the first order, `row_major` the second; `confidence` says how far a reading
can be used, and so decides between them.

Needed by: text layers of city and prefecture plans (cell by cell, wrapped), a provincial plan saved from Word as text
(one cell a line, blank lines between).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

from extractors import expressions as re
from extractors.document import Document
from extractors.tables.beam import MAX_SEARCHED_WORDS, MAX_WORDS_OF_ALL_READINGS, FittedRow, Solution, solve
from extractors.tables.bounds import (
    tokens_until_table_end,
)
from extractors.tables.cost import (
    CHINESE_START,
    DEPARTMENT_END,
    ENDS_IN_NUMBER,
    ITEM_COUNT,
    NAME_END,
    POOR_CELL,
    THING_END,
    UNIT_AT_END,
    VALUE_PHRASE,
    CellCosts,
    cell_cost,
    is_band,
    is_number,
    is_several,
)
from extractors.tables.header import column, word_header
from extractors.tables.model import (
    FREE_ROLES,
    GROUP_ROLES,
    UNCERTAIN,
    VALUE_ROLES,
    Caption,
    Column,
    PlanTable,
    Refusal,
    Role,
    TableCell,
    from_tokens,
    grouped,
)
from extractors.tables.row_major import solve_lines
from extractors.tables.whole_cells import ROOM, whole_cells
from extractors.tables.words import Gap, Token, tokens

MAX_WORD_HEADER_TEXT = 400
OTHER_READING_GAIN = 3.0  # how much better another way of reading the head must fit
GOOD_ROW_COST = 2.0  # the cost of a row that fits
# （续表）, 续表1
CONTINUED_TABLE = re.compile(r"[（(]?续\s?表?\d{0,2}[）)]?(?:[：:].*)?|[（(]续[）)]")
# 完成省下达|目标任务: how the words of an aim end, and labels of groups do not
REST_OF_AIM = re.compile(r"(?:任务|目标|要求|水平|指标|标准)$")
COUNT_ALONE = re.compile(ITEM_COUNT)
# 到 2025 年, 到2025年
SPACE_BESIDE_DIGITS = re.compile(r"[\u4e00-\u9fff] \d{1,4} ?[\u4e00-\u9fff]")
NO_SPACE_BESIDE_DIGITS = re.compile(r"[\u4e00-\u9fff]\d{1,4}[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class TableCandidate:
    """Text that begins with a header and may be a table; `start:end` is its place in `Document.text`.

    `ways` are the readings of the header, likeliest first, each as its columns; `head` is the header's text without
    white space; `body` are the words after it up to where no row can be. `spaced` says that the plan's text has spaces
    between Chinese characters and digits (到 2025 年).
    """

    start: int
    end: int
    ways: tuple[list[Column], ...]
    head: str
    body: tuple[Token, ...]
    spaced: bool


def candidate(document: Document, start: int, limit: int) -> TableCandidate | None:
    """The candidate of a table whose header begins at the offset `start` of `Document.text`, and which ends before the
    offset `limit`; None where the first MAX_WORD_HEADER_TEXT (400) characters from `start` do not begin with a header
    (`word_header`), or no word follows it in the table (`tokens_until_table_end`)."""
    ways = word_header(tokens(document, start, min(limit, start + MAX_WORD_HEADER_TEXT)))
    if not ways:
        return None
    first = ways[0][1]
    words, last = tokens_until_table_end(document, start, limit, first)
    if last <= first:
        return None
    head = "".join(word.text for word in words[:first])
    return TableCandidate(
        start,
        words[last - 1].end,
        tuple(columns for columns, _ in ways),
        head,
        tuple(words[first:last]),
        _spaced(document, start, words[last - 1].end),
    )


def _spaced(document: Document, start: int, end: int) -> bool:
    """Whether the file, outside `Document.text[start:end]`, has more numbers of up to four digits between Chinese
    characters with a space on both sides or on the left (到 2025 年) than without any (到2025年). Of two numbers with a
    single character between them (2025年3月) only the first is counted."""
    text, first, last = document.source.text, document.origin[start], document.origin[end - 1]
    apart, together = (
        len(pattern.findall(text, 0, first)) + len(pattern.findall(text, last))
        for pattern in (SPACE_BESIDE_DIGITS, NO_SPACE_BESIDE_DIGITS)
    )
    return apart > together


def wrapped(found: TableCandidate, caption: Caption) -> Iterator[PlanTable]:
    """The table that the candidate `found` holds: one, or none where it has no reading (`_reading`), the `confidence`
    in that is below REJECTED_SCORE (0.1), or no row has a cell left. `caption` gives its title and unit. Rows whose
    name may begin with a label of a group (`_may_begin_with_label`), or whose value may end with one
    (`_may_end_with_label`), or of which it is not known which value stands in which column (`divide_values`,
    `_lacks_a_value`, `_glues_numbers`), and words that no row has (`_unread_words`), are refused."""
    body = _with_counts(drop_repeated_headers(found.body, found.head))
    solution = _reading(found, body)
    if solution is None or confidence(solution, len(body)) < REJECTED_SCORE:
        return
    columns = solution.columns
    rows: list[FittedRow] = []
    refused = list(_unread_words(body, solution))
    gaps: list[int] = []  # the places of the refused rows
    widest = _widest_line_of_names(solution)
    for row, below in pairwise([*solution.rows, FittedRow()]):
        divided = row if row.band else divide_values(row, columns)
        if not row.band and _may_begin_with_label(row, columns, widest):
            gaps.append(len(rows))
            refused.append(_refusal(_words(row), "the first line of its name may be the class of the row"))
            divided = FittedRow()
        elif not row.band and _may_end_with_label(row, below, columns):
            gaps.append(len(rows))
            refused.append(_refusal(_words(row), "the last line of its value may be the class of the next row"))
            divided = FittedRow()
        elif divided is None or (not row.band and (_lacks_a_value(row, columns) or _glues_numbers(row, columns))):
            gaps.append(len(rows))
            refused.append(_refusal(_words(row), "it is not known which of its values stands in which column"))
            divided = FittedRow()
        rows.append(divided)
    rows = drop_unreliable_labels(join_name_rests(rows, columns), columns)
    if any(row.cells for row in rows):
        yield PlanTable(
            found.start,
            max(*(word.end for row in rows for word in _words(row)), *(row.end for row in refused), found.start),
            caption.title,
            "wrapped",
            columns,
            tuple(grouped(list(cells(rows, columns)), columns, len(rows), "wrapped", gaps)),
            caption.unit,
            tuple(refused),
        )


def _reading(found: TableCandidate, body: Sequence[Token]) -> Solution | None:
    """The reading to use of the words `body`, which the candidate `found` has after its header: the first of these that
    there is.

    1. The reading in which each word is a whole cell (`whole_cells`).
    2. The reading cell by cell (`best_solution`), where the `confidence` in it is CERTAIN_SCORE (0.9) or more. For more
       than MAX_WORDS_OF_ALL_READINGS (450) words it is the only other, whatever its confidence; None where there is
       none.
    3. The reading in row-major order (`solve_lines`) that has the lowest mean cost under any reading of the header:
       among the complete ones (`LineParse.complete`), if there are any. One that is not complete is used only where the
       confidence in the reading cell by cell, 0 where there is none, is below LOW_SCORE (0.5).
    4. The reading cell by cell, where the confidence in it is LOW_SCORE or more. Else None.
    """
    if (exact := whole_cells(found.ways, body)) is not None:
        return exact
    solution = best_solution(found.ways, body, found.spaced)
    score = confidence(solution, len(body)) if solution else 0.0
    if score >= CERTAIN_SCORE or len(body) > MAX_WORDS_OF_ALL_READINGS:
        return solution
    parses = [parse for columns in found.ways if (parse := solve_lines(columns, body))]
    complete = [parse for parse in parses if parse.complete]
    best = min(complete or parses, key=lambda parse: parse.solution.mean_cost, default=None)
    if best is not None and (best.complete or score < LOW_SCORE):
        return best.solution
    return None if score < LOW_SCORE else solution


def _words(row: FittedRow) -> list[Token]:
    """The words of the row, cell by cell."""
    return [word for cell in row.cells.values() for word in cell]


def _refusal(words: Sequence[Token], reason: str) -> Refusal:
    """The refusal, for this reason, of what stands from the first of these words to the last."""
    return Refusal(min(word.start for word in words), max(word.end for word in words), reason)


def _unread_words(body: Sequence[Token], solution: Solution) -> Iterator[Refusal]:
    """The refusals of what stands between the table's header and its last row and is in no row of the solution, one for
    each stretch of such words; and one of the words beyond MAX_SEARCHED_WORDS, which were not read, if the rows reach
    up to there. `body` are the words after the header. Words after the last row are no part of the table."""
    used = {word.start for row in solution.rows for word in _words(row)}
    last = max(used, default=0)
    run: list[Token] = []
    for word in body:
        if word.start > last:
            break
        if word.start not in used:
            run.append(word)
        elif run:
            yield _refusal(run, UNCERTAIN)
            run = []
    if solution.used >= MAX_SEARCHED_WORDS and len(body) > MAX_SEARCHED_WORDS:
        yield _refusal(body[MAX_SEARCHED_WORDS:], "the table is too long to be read as a whole")


def _lacks_a_value(row: FittedRow, columns: Sequence[Column]) -> bool:
    """Whether some columns of values or growth have a cell in the row and others do not even have a dash. Without marks
    between the cells it is then unknown which value is missing. False where no such column has one."""
    values = [c for c, head in enumerate(columns) if head.role in VALUE_ROLES]
    filled = [c for c in values if row.cells.get(c)]
    return 0 < len(filled) < len(values)


def _widest_line_of_names(solution: Solution) -> int:
    """The width of the widest line of a name, in half-width characters; 0 without names."""
    name = next(c for c, head in enumerate(solution.columns) if head.role == "name")
    return max((word.width for row in solution.rows if not row.band for word in row.cells.get(name, ())), default=0)


def _may_begin_with_label(row: FittedRow, columns: Sequence[Column], widest: int) -> bool:
    """Whether the name of the row may begin with a label of a group: the header names a column of these right before
    that of the names, the row has none there, and the first of several lines of the name is so much (ROOM, 4) shorter
    than `widest`, the widest line of a name, that the name would have gone on: 多元参与 | 河湖保护相关社会组织."""
    name = next(c for c, head in enumerate(columns) if head.role == "name")
    lines = row.cells.get(name, [])
    return (
        name > 0
        and columns[name - 1].role == "dimension"
        and name - 1 not in row.cells
        and len(lines) > 1
        and lines[1].gap != Gap.SPACE
        and lines[0].width + ROOM <= widest
    )


def _may_end_with_label(row: FittedRow, below: FittedRow, columns: Sequence[Column]) -> bool:
    """Whether the last cell of the row, a value, may end with the label of the group of the row `below`: the header
    names the first column as that of these, the row below has none there, and the last line of the value is one word
    that may be such a label (`is_band`) and has no words of values: 2028年进一步优化布局 | 优生态."""
    last = len(columns) - 1
    words = row.cells.get(last, [])
    return (
        columns[0].role == "dimension"
        and columns[last].role in VALUE_ROLES
        and bool(below.cells)
        and not below.band
        and 0 not in below.cells
        and len(words) > 1
        and words[-1].gap != Gap.SPACE
        and is_band(words[-1].text)
        and not VALUE_PHRASE.search(words[-1].text)
        and not REST_OF_AIM.search(words[-1].text)
    )


def _glues_numbers(row: FittedRow, columns: Sequence[Column]) -> bool:
    """Whether a cell of values or growth in the row has a line that ends with a number, and below it one whose first
    word is a number (≥50 / 7). They may be two cells, or the second the number of a page, and are no value together.
    False for a number whose first line shows that it goes on (1,200. / 5)."""
    return any(
        word.gap != Gap.SPACE and ENDS_IN_NUMBER.search(before.text) and is_number(word.text)
        for c, words in row.cells.items()
        if columns[c].role in VALUE_ROLES
        for before, word in pairwise(words)
    )


def drop_repeated_headers(words: Sequence[Token], head: str) -> list[Token]:
    """The words without the headers (`_after_repeated_header`) and the （续表） at the beginning of a line that are
    repeated on each page; the word after one has the gap `Gap.PAGE`. `head` is the header's text without white
    space."""
    body: list[Token] = []
    i, page = 0, False
    while i < len(words):
        j = _after_repeated_header(words, i, head)
        if j > i:
            i, page = j, True
        elif words[i].gap != Gap.SPACE and CONTINUED_TABLE.fullmatch(words[i].text):
            i, page = i + 1, True
        else:
            body.append(replace(words[i], gap=Gap.PAGE) if page else words[i])
            i, page = i + 1, False
    return body


def _with_counts(words: Sequence[Token]) -> list[Token]:
    """The words, with the number of the items of a group that stands on the line below its label (民生福祉 / （2项）)
    made part of that."""
    found: list[Token] = []
    for word in words:
        if found and COUNT_ALONE.fullmatch(word.text) and CHINESE_START.match(found[-1].text):
            label = found[-1]
            found[-1] = replace(label, text=label.text + word.text, end=word.end, width=max(label.width, word.width))
        else:
            found.append(word)
    return found


def _after_repeated_header(words: Sequence[Token], i: int, head: str) -> int:
    """The index of the word after the header that is repeated from word `i` on; `i` where none is, and where word `i`
    is not the first of its line. `head` is the header's text without white space. The header is made of the words from
    `i` on that `head` contains in the same order; they must be at least two, and together the whole of it. After a page
    break (`Gap.PAGE`), where the layout may have taken some words for a page header, it is enough that they are three
    fifths of its text, or that their text, or each word by itself, is the label of a column."""
    if words[i].gap == Gap.SPACE:
        return i
    j, at, length = i, 0, 0
    while j < len(words) and (found := head.find(words[j].text, at)) >= 0:
        at, length, j = found + len(words[j].text), length + len(words[j].text), j + 1
    if length == len(head) and j - i >= 2:
        return j
    if words[i].gap != Gap.PAGE:
        return i
    label = column("".join(word.text for word in words[i:j]))
    return j if length * 10 >= len(head) * 6 or label or all(column(word.text) for word in words[i:j]) else i


def best_solution(ways: Sequence[Sequence[Column]], body: Sequence[Token], spaced: bool) -> Solution | None:
    """The cheapest reading (`beam.solve`) of the words `body`, at most the first MAX_SEARCHED_WORDS (900). `ways` are
    the readings of the header, tried in their order until one gives a reading that costs at most GOOD_ROW_COST (2) a
    row; for more than MAX_WORDS_OF_ALL_READINGS (450) words only the first is tried. The result of a later one counts
    only if it is more than OTHER_READING_GAIN (3) cheaper than the best before. None where none gives a reading.
    `spaced` says that the plan has spaces between Chinese characters and digits (到 2025 年)."""
    best: Solution | None = None
    costs = CellCosts(body[:MAX_SEARCHED_WORDS], spaced)
    for columns in ways:
        best = solve(columns, costs, best.cost - OTHER_READING_GAIN if best else inf) or best
        if (best is not None and best.cost <= GOOD_ROW_COST * len(best.rows)) or len(body) > MAX_WORDS_OF_ALL_READINGS:
            break
    return best


def divide_values(row: FittedRow, columns: Sequence[Column]) -> FittedRow | None:
    """The row, changed in place, with the words of each two neighbouring columns of values divided between them anew:
    县级 | 统筹 州级 统筹 -> 县级 统筹 | 州级 统筹. The place is that where the two parts are most alike (`cut_score`,
    less 0.01 for each word of distance from the division so far), if its `cut_score` is more than 0.5 above that of the
    division so far, which else stays.

    Where each word is a list of values with what each is for (甲类县≥28 | 乙类县≥22 中心镇≥52 其他镇≥26; `is_several`)
    and the left column has a word, each column gets half of the words; None where their number is odd, when columns
    further left may be changed already. Fewer than 3 words, more than 24, and words of which two stand on one line stay
    as they are.
    """
    for c in range(len(columns) - 1):
        if columns[c].role != "value" or columns[c + 1].role != "value":
            continue
        left, right = row.cells.get(c, []), row.cells.get(c + 1, [])
        words = [*left, *right]
        if len(words) < 3 or len(words) > 24 or any(word.gap == Gap.SPACE for word in words[1:]):
            continue
        at = len(left)
        if at and all(is_several(word.text) for word in words):
            if len(words) % 2:
                return None
            best = len(words) // 2
        else:
            best = max(range(1, len(words)), key=lambda k: cut_score(words, k) - abs(k - at) * 0.01)
            if cut_score(words, best) <= cut_score(words, at) + 0.5:
                best = at
        if 0 < best < len(words):
            row.cells[c], row.cells[c + 1] = words[:best], words[best:]
    return row


def join_name_rests(rows: list[FittedRow], columns: Sequence[Column]) -> list[FittedRow]:
    """The rows, changed in place, with names that a page break divided complete again: the end of such a name, which
    was read as a label of the next row and shows by its unit (`is_name_end`), is put behind the name of the row above.
    住院费用占全部住 / (label 院费用的比例（%）) -> 住院费用占全部住院费用的比例（%）. Where the row above has no name,
    the end is dropped. One of `columns` must hold names."""
    name = next(n for n, head in enumerate(columns) if head.role == "name")
    for above, row in pairwise(rows):
        for c in [c for c in _labels(row, columns) if is_name_end(row.cells[c])]:
            rest = row.cells.pop(c)
            if name in above.cells:
                above.cells[name] = [*above.cells[name], *rest]
    return rows


def drop_unreliable_labels(rows: list[FittedRow], columns: Sequence[Column]) -> list[FittedRow]:
    """The rows, changed in place, without the labels of each column in which a label is, or may be, no whole one. A
    label of a single character is the rest of another (防洪安 / 全); labels of two characters in two rows that follow
    one another may be the lines of one (经济 / 发展), unless the table repeats one of them; one that holds a body
    (县财政局基金安全) has taken it from the cell of bodies, so that the bodies of its row are dropped too; and where
    the labels of the first column are vertically centred (`_first_labels_centred`), any of them may be only a part.
    Bands stay as they are."""
    unreliable = {0} if _first_labels_centred(rows, columns) else set()
    times = Counter((c, _text(row.cells[c])) for row in rows for c in _labels(row, columns))
    for above, row in pairwise(rows):
        for c in set(_labels(above, columns)) & set(_labels(row, columns)):
            if all(len(half := _text(one.cells[c])) == 2 and times[c, half] == 1 for one in (above, row)):
                unreliable.add(c)
    for row in rows:
        for c in _labels(row, columns):
            with_body = holds_body(row.cells[c])
            if with_body:
                row.cells = {d: words for d, words in row.cells.items() if columns[d].role != "departments"}
            if with_body or sum(len(word.text) for word in row.cells[c]) == 1:
                unreliable.add(c)
    for row in rows:
        if not row.band:
            row.cells = {c: words for c, words in row.cells.items() if c not in unreliable}
    return rows


def _first_labels_centred(rows: Sequence[FittedRow], columns: Sequence[Column]) -> bool:
    """Whether the first column holds labels of groups that are vertically centred in their groups of rows: the first
    row, bands and empty rows aside, has none, and in some row with a label and other cells the first word of these
    begins a line. False where there are only bands and empty rows."""
    body = [row for row in rows if row.cells and not row.band]
    if not body or columns[0].role not in GROUP_ROLES or 0 in body[0].cells:
        return False
    for row in body:
        if 0 in row.cells and len(row.cells) > 1:
            following = min(words[0].start for c, words in row.cells.items() if c)
            if next(word for word in _words(row) if word.start == following).gap != Gap.SPACE:
                return True
    return False


def _labels(row: FittedRow, columns: Sequence[Column]) -> list[int]:
    """The indices of the columns in which the row has a label of a group; none for a band."""
    return [] if row.band else [c for c in row.cells if columns[c].role in GROUP_ROLES]


def cut_score(words: Sequence[Token], cut: int) -> float:
    """How likely two columns of values hold the words before word `cut` and those from it on, higher for likelier: the
    number of characters in which the two texts end alike, if two or more, less half the difference of their lengths as
    a share of the longer one, less the cost of each as a cell. One of the parts may be empty."""
    left, right = ("".join(w.text for w in part) for part in (words[:cut], words[cut:]))
    common = 0
    while common < min(len(left), len(right)) and left[-1 - common] == right[-1 - common]:
        common += 1
    costs = cell_cost("value", left) + cell_cost("value", right)
    return (common if common >= 2 else 0.0) - 0.5 * abs(len(left) - len(right)) / max(len(left), len(right)) - costs


def cells(rows: Sequence[FittedRow], columns: Sequence[Column]) -> Iterator[TableCell]:
    """The cells of the rows, with their columns and spans: a band spans all columns, a unit the rows below that have a
    number and no unit."""
    for r, row in enumerate(rows):
        if row.band:
            yield replace(from_tokens(r, 0, row.cells[0]), column_span=len(columns))
            continue
        for c, words in sorted(row.cells.items()):
            span = _span(rows, r, c, columns) if columns[c].role == "unit" else 1
            yield replace(from_tokens(r, c, words), row_span=span)


def _span(rows: Sequence[FittedRow], row: int, c: int, columns: Sequence[Column]) -> int:
    """The number of rows that the unit in column `c` of the row of index `row` spans: its own, and those right below
    that have a number in a column of values and no unit, up to the next band."""
    end = row + 1
    while end < len(rows) and not rows[end].band and c not in rows[end].cells and _has_number(rows[end], columns):
        end += 1
    return end - row


def _has_number(row: FittedRow, columns: Sequence[Column]) -> bool:
    """Whether a column of the role value holds a number in the row; columns of growth do not count."""
    return any(
        columns[c].role == "value" and is_number("".join(w.text for w in words)) for c, words in row.cells.items()
    )


# scores below which another order of the words is tried, that order is preferred, the table is refused
CERTAIN_SCORE, LOW_SCORE, REJECTED_SCORE = 0.9, 0.5, 0.1
SOME_ROWS_SHARE, MOST_ROWS_SHARE = 0.15, 0.5  # shares of rows with a fault
REGULAR_ROW_COST = 1.0
POOR_ROW_COST, BAD_ROW_COST = 2.2, 3.6  # the mean cost of rows that fit poorly, and badly
UNFINISHED_NAMES_SHARE = 0.3  # the share of unfinished names from which the words may have come in another order


def confidence(solution: Solution, word_count: int) -> float:
    """How well `solution` explains a table of `word_count` words: 1 where the reading has no fault (`_faults`), 0 where
    it must not be used, else the score of its gravest fault. One of its columns must hold names."""
    return min(_faults(solution, word_count), default=1.0)


def _faults(solution: Solution, word_count: int) -> Iterator[float]:
    """The faults of a reading of `word_count` words, each as its score, which is lower for a graver fault; bands are
    not judged.

    - Rows: 0 where there are none, where more than a third have fewer than two cells or fewer than half of the columns,
      or where the reading costs more than 6 for each row and 6 besides.
    - Labels of groups: 0 where two or more end with a unit, as only names do (`is_name_end`).
    - Names that end neither as an indicator nor as a counted thing: 0 above MOST_ROWS_SHARE (0.5) of all names or where
      no row has a name, 0.7 from UNFINISHED_NAMES_SHARE (0.3) on; no fault where each row is surely whole (`_regular`).
    - Rows with a fault (`faulty_share`): 0 above MOST_ROWS_SHARE, 0.4 above SOME_ROWS_SHARE (0.15).
    - Mean cost of a row: 0.4 above BAD_ROW_COST (3.6), 0.7 above POOR_ROW_COST (2.2).
    - Order of the words: 0.4 where some names are misplaced (`misplaced_names`).
    - Words left over after the last row: 0.7 for one or two, which may be the rest of its name; more are other text.
    """
    rows = [row for row in solution.rows if not row.band]
    name = next(c for c, head in enumerate(solution.columns) if head.role == "name")
    names = [_text(row.cells[name]) for row in rows if name in row.cells]
    unfinished = _share(NAME_END.search(text) is None and THING_END.search(text) is None for text in names)
    faulty = faulty_share(solution)
    labels = [n for n, head in enumerate(solution.columns) if head.role in GROUP_ROLES]
    filled = sum(len(row.cells) >= max(2, len(solution.columns) // 2) for row in rows)
    if not rows or filled * 3 < len(rows) * 2 or solution.cost > 6.0 * len(rows) + 6.0:
        yield 0.0  # most rows have no value
    if sum(is_name_end(row.cells.get(n, ())) for row in rows for n in labels) > 1:
        yield 0.0  # group labels end with a unit as only names do
    if rows and _regular(solution, rows):
        unfinished = 0.0
    if unfinished > MOST_ROWS_SHARE:
        yield 0.0  # most names are unfinished
    elif unfinished >= UNFINISHED_NAMES_SHARE:
        yield 0.7  # some names are unfinished
    if faulty > MOST_ROWS_SHARE:
        yield 0.0  # most rows have a cell that does not fit its column
    elif faulty > SOME_ROWS_SHARE:
        yield 0.4  # some rows have a cell that does not fit its column
    if solution.mean_cost > BAD_ROW_COST:
        yield 0.4  # the rows fit badly
    elif solution.mean_cost > POOR_ROW_COST:
        yield 0.7  # the rows fit poorly
    if misplaced_names(rows, name):
        yield 0.4  # names stand on lines where cell by cell order would not put them
    if 0 < word_count - solution.used <= 2:
        yield 0.7  # words are left over after the last row


def _regular(solution: Solution, rows: Sequence[FittedRow]) -> bool:
    """Whether each of the rows is whole without doubt, so that it is certain where its name ends, whatever it ends with
    (新开河道): each has a cell in every column of names, values, growth and kinds, of which there are at least three;
    the cells, names aside, cost at most REGULAR_ROW_COST (1) a row; and either each row has its number or each cell is
    a single word. There must be rows."""
    needed = [c for c, head in enumerate(solution.columns) if head.role in ("name", "value", "growth", "kind")]
    serial = next((c for c, head in enumerate(solution.columns) if head.role == "serial"), None)
    complete = all(c in row.cells for row in rows for c in needed)
    numbered = serial is not None and all(serial in row.cells for row in rows)
    single = all(len(words) == 1 for row in rows for words in row.cells.values())
    return complete and len(needed) > 2 and (numbered or single) and _cells_cost(solution, rows) <= REGULAR_ROW_COST


def _cells_cost(solution: Solution, rows: Sequence[FittedRow]) -> float:
    """The mean cost per row of the texts of its cells in their columns (`cell_cost`), names left out."""
    costs = [
        cell_cost(solution.columns[c].role, _text(words))
        for row in rows
        for c, words in row.cells.items()
        if solution.columns[c].role != "name"
    ]
    return sum(costs) / len(rows)


def _share(found: Iterator[bool]) -> float:
    """The share of true values among those of `found`, from 0 to 1; 1 where there are none."""
    values = list(found)
    return sum(values) / len(values) if values else 1.0


def is_name_end(label: Sequence[Token]) -> bool:
    """Whether the words, read as the label of a group, are really the end of a name, because a unit in brackets ends
    them: '险参保率（%）' -> True; '民生福祉', '民生福祉（5项）' and no words -> False."""
    return UNIT_AT_END.search(_text(label)) is not None


def holds_body(label: Sequence[Token]) -> bool:
    """Whether the words, read as the label of a group, begin with the name of a body of three characters or more that
    ends with 局, 委 or 厅, with two characters or more after it: it belongs to the cell beside. '县财政局基金安全' ->
    True."""
    text = _text(label)
    return any(text[n - 1] in "局委厅" and DEPARTMENT_END.search(text[:n]) for n in range(3, len(text) - 1))


def misplaced_names(rows: Sequence[FittedRow], name: int) -> int:
    """The number of names whose place in the lines speaks against text that comes cell by cell. In such text every cell
    is vertically centred, so the next cell begins on the line of a name of one line, and on a new line after a name of
    several. Counted are names of several lines whose last line the next cell begins on, and names of one line above a
    line with all other cells of the row, the first of them one word. The latter do not count where four in five or more
    of the names of one line, with the next cell one word and all further cells beside it, are like that, because the
    file then begins a line after each name. Rows with no name or fewer than two cells after it are not looked at.
    `name` is the index of the column of names."""
    several = single = alone = 0
    for row in rows:
        after = [row.cells[c] for c in sorted(row.cells) if c > name]
        if name not in row.cells or len(after) < 2:
            continue
        beside, *rest = (words[0].gap == Gap.SPACE for words in after)
        if any(word.gap != Gap.SPACE for word in row.cells[name][1:]):
            several += beside
        elif len(after[0]) == 1 and all(rest):
            single += 1
            alone += not beside
    return several + (alone if alone * 5 < single * 4 else 0)


def faulty_share(solution: Solution) -> float:
    """The share, from 0 to 1, of the rows that have a fault, bands left out: a cell that fits its column badly
    (`_fits_badly`), no value or growth at all, or no row number where some row has one. 1 where there are no rows."""
    rows = [row for row in solution.rows if not row.band]
    roles = [head.role for head in solution.columns]
    serial = roles.index("serial") if "serial" in roles else None
    if not any(serial in row.cells for row in rows):
        serial = None
    return _share(
        (serial is not None and serial not in row.cells)
        or not any(roles[c] in VALUE_ROLES for c in row.cells)
        or any(_fits_badly(roles[c], words) for c, words in row.cells.items())
        for row in rows
    )


def _fits_badly(role: Role, words: Sequence[Token]) -> bool:
    """Whether the words fit badly as a cell of this role: their cost is POOR_CELL (2.5) or more (free text is not
    judged), or digits alone are the first word, or the first of a line, of a name, label or list of bodies."""
    if role in ("name", "dimension", "group", "departments") and any(
        word.text.isdecimal() and (n == 0 or word.gap != Gap.SPACE) for n, word in enumerate(words)
    ):
        return True
    return role not in FREE_ROLES and cell_cost(role, _text(words)) >= POOR_CELL


def _text(words: Sequence[Token]) -> str:
    """The texts of the words, joined without spaces."""
    return "".join(word.text for word in words)
