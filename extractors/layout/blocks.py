"""Lines -> blocks: page furniture dropped, tables of contents and tables set apart, lines joined to paragraphs. For
every character of the result the place in the source is kept."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter

from extractors import expressions as re
from extractors.document import Block, BlockKind, Document
from extractors.layout.characters import plain
from extractors.layout.contents import contents, entry_key
from extractors.layout.lines import TextLine, lines
from extractors.layout.markup import Cut, is_markdown, markup, quoted_boxes, readable
from extractors.layout.noise import without_noise
from extractors.layout.paragraphs import Joiner
from extractors.layout.setting import is_sentence_a_line, line_width
from extractors.layout.tables import single_rule, tables
from extractors.vocabulary.numbering import TEXT_GAP, marker
from extractors.vocabulary.numerals import blanks_inside
from extractors.vocabulary.pages import FILE_ENDING
from ontology.model.source import Cell, Source, SourceTable

# # 第一章, - 条目
MARKDOWN_PREFIX = re.compile(r"(?P<hashes>#{1,6})[ \t\u3000]*|[*+-][ \t]++(?![-－—])")
WHITE_SPACE = re.compile(r"\s")
# white space beside a Chinese character or mark
SPACE_BESIDE_CHINESE = re.compile(r"\s(?<!\s\s)(?:(?<=[^\x00-\x7f]\s)\s*+|\s*+(?=[^\x00-\x7f]))")
# （一）加强组织领导　各部门: the gap after a title is kept
TITLE_GAP = re.compile(rf"[\u4e00-\u9fff“”、]{{4,24}}{TEXT_GAP}(?=[\u4e00-\u9fff“])")
# ┌───────┐, └───────┘: the edges of a frame drawn with characters
FRAME_SIDES = "┌└├┏┗┣╔╚╠"
FRAME_EDGE = re.compile(rf"[{FRAME_SIDES}][─━═]{{3,200}}[┐┘┤┓┛┫╗╝╣]")
# 附件1.docx, 附件：青禾县养老服务规划.pdf: the name of an attached file on a line of its own
ATTACHMENT_NAME = re.compile(rf"[^。；，]{{1,120}}(?:{FILE_ENDING}|\.(?:pptx?|jpe?g|png))", re.IGNORECASE)
MAX_NUMBER_LENGTH = 16  # characters of a line in which a number that began in the line before goes on
PAGE_FRAME_SHARE = 0.8  # of the text in boxes
MAX_DASH_LENGTH = 12  # characters of marks and white space before a paragraph's first words


@dataclass(slots=True)
class _Piece:
    """Lines that become one block of this kind; the lines of a paragraph are those that are joined. `table` has the
    cells where the file format knows them, None elsewhere; `lost` says that the paragraph's first words are missing,
    `sentences` that each of its lines is a sentence, perhaps without its full stop."""

    kind: BlockKind
    lines: list[TextLine]
    table: SourceTable | None = None
    lost: bool = False
    sentences: bool = False


def layout(source: Source) -> Document:
    r"""The document of a source: its text without page furniture, its broken lines joined, in blocks.

    '第一章 背景\n我市坚持创新驱动，加快建设制造强市，推动经济\n-1-\n社会发展。' -> the blocks 第一章 背景 |
    我市坚持创新驱动，加快建设制造强市，推动经济社会发展。

    `Document.file` is the source as it was given. `Document.source` is the same without invisible characters and with
    the usual ones for compatibility forms; `Document.origin` has offsets in it, which `Document.places` leads back to
    the file.
    """
    plainly, places = plain(source)
    if boxes := quoted_boxes(plainly):
        plainly = replace(plainly, marks=(*plainly.marks, *boxes))
    text = readable(plainly)
    document = _Assembly(plainly, text).document(_pieces(plainly, text))
    return replace(document, file=source, places=places)


def _pieces(source: Source, text: str) -> list[_Piece]:
    """The blocks of the text, in order, as the lines that they are made of, without page furniture and edges of frames.
    A table of the file format is one piece, or none where it has no line of text. One that begins inside another is no
    piece: its lines belong to the outer table, and those below the end of that are treated as lines outside of tables.
    `text` is `readable(source)`, which is as long as the source's text."""
    every = lines(source, text)
    starts = [line.start for line in every]
    pieces, free, stop = [], [], 0
    for table in sorted(source.tables, key=lambda table: table.start):
        first, last = bisect_left(starts, table.start), bisect_left(starts, table.end)
        if first < last and first >= stop:
            pieces.append(_Piece("table", every[first:last], table))
            free += every[stop:first]
            stop = last
    free += every[stop:]
    pieces += _grouped(source, text, [line for line in without_noise(free) if not _rule(line)])
    return sorted(pieces, key=lambda piece: piece.lines[0].start)


def _rule(line: TextLine) -> bool:
    """Whether the line is the edge of a frame drawn with characters (┌───┐), or a rule of 3 to 7 of the characters - =
    ─ ━ _ * —, mixed or not, of which the first is one of - = _ * (----). A longer rule is none, since it may be one of
    a table."""
    if line.text[0] in FRAME_SIDES and FRAME_EDGE.fullmatch(line.text):
        return True
    return len(line.text) < 8 and line.text[0] in "-=_*" and single_rule(line)


def _grouped(source: Source, text: str, kept: list[TextLine]) -> Iterator[_Piece]:
    """The pieces that the lines `kept` make, in order: the stretches that `_set_apart` finds, and between them
    paragraphs (`_paragraph`). A rule across the page ('------') between them is left out.

    `kept` are the lines that are left after page furniture and tables of the file format were taken out. `text` is
    `readable(source)`, in which the lines have their offsets.
    """
    listed = contents(kept)
    taken = {i for first, stop in listed for i in range(first, stop)}
    free = [line for i, line in enumerate(kept) if i not in taken]
    sentences = source.wrapped and is_sentence_a_line(free)
    full = line_width(free) if source.wrapped and not sentences else None
    apart = _set_apart(source, text, kept, listed, full)
    entries = [entry_key(line.text) for first, stop in listed for line in kept[first:stop]]
    joiner = Joiner(kept, full, entries, known=not source.wrapped, sentences=sentences)
    i = 0
    while i < len(kept):
        if i in apart:
            stop, kind = apart[i]
            yield _Piece(kind, kept[i:stop])
            i = stop
        elif single_rule(kept[i]):
            i += 1  # across the page, with no table at it
        else:
            paragraph = _paragraph(kept, i, apart, joiner)
            yield _Piece("text", paragraph, lost=joiner.lost(paragraph), sentences=sentences)
            i += len(paragraph)


def _set_apart(
    source: Source, text: str, kept: list[TextLine], listed: list[tuple[int, int]], full: float | None
) -> dict[int, tuple[int, BlockKind]]:
    """The stretches of the lines `kept` that are no paragraphs: {index of the first line: (index after the last line,
    kind)}. A line belongs to a table of contents, which are `listed` as (first, stop), else to a table, else it is the
    name of an attached file (`_attached`), a stretch of one line. `text` is `readable(source)`, in which the lines have
    their offsets, `full` the width of a full line, None where lines are not wrapped."""
    taken = {i for first, stop in listed for i in range(first, stop)}
    apart: dict[int, tuple[int, BlockKind]] = {first: (stop, "contents") for first, stop in listed}
    for first, stop in tables(kept, taken, text, full):
        apart[first] = stop, "table"
        taken |= set(range(first, stop))
    links = sorted((mark.start, mark.end) for mark in source.marks if mark.kind == "attachment")
    for i, line in enumerate(kept):
        if i not in taken and _attached(line, links):
            apart[i] = i + 1, "attachment"
    return apart


def _paragraph(
    kept: list[TextLine], i: int, apart: Mapping[int, tuple[int, BlockKind]], joiner: Joiner
) -> list[TextLine]:
    """The lines of the paragraph that begins with `kept[i]`. It ends before a line that `joiner` does not join to it,
    before one at which a stretch of `apart` begins, and before a rule across the page."""
    paragraph = [kept[i]]
    for j in range(i + 1, len(kept)):
        if j in apart or single_rule(kept[j]):
            break
        if not joiner.goes_on(paragraph, kept[j], kept[j + 1] if j + 1 < len(kept) else None):
            break
        paragraph.append(kept[j])
    return paragraph


def _attached(line: TextLine, links: list[tuple[int, int]]) -> bool:
    """Whether the line ends with the extension of a document, archive or image (附件1.docx; ATTACHMENT_NAME) and has no
    。；，, or lies inside a link to an attached file. `links` are the (start, end) of such links in the source text, in
    order."""
    if "." in line.text and ATTACHMENT_NAME.fullmatch(line.text):
        return True
    at = bisect_right(links, line.start, key=itemgetter(0)) - 1
    return at >= 0 and line.end <= links[at][1]


class _Assembly:
    """Builds a Document: the mended text (`parts`, of `length` characters so far), the `origin` of each of its
    characters, which is an offset in the source text, and the `blocks`. It is made from the source and
    `readable(source)`, a text of the same length, from which characters are copied. `marks` are those of the source in
    order, without the boxes where these hold more than PAGE_FRAME_SHARE (0.8) of its text."""

    def __init__(self, source: Source, text: str) -> None:
        self.source, self.text = source, text
        self.parts: list[str] = []
        self.origin: array[int] = array("q")
        self.places = array("q", range(len(text)))
        self.blocks: list[Block] = []
        self.length = 0
        self.markup = markup(source)
        self.markdown = is_markdown(source)
        framed = sum(mark.end - mark.start for mark in source.marks if mark.kind == "box")
        page = (
            framed > sum(map(len, source.text.split())) * PAGE_FRAME_SHARE
        )  # a frame around all of the text sets nothing apart
        marks = (mark for mark in source.marks if not (page and mark.kind == "box"))
        self.marks = sorted(marks, key=lambda mark: mark.start)
        self.mark_starts = [mark.start for mark in self.marks]

    def document(self, pieces: list[_Piece]) -> Document:
        """The document that consists of these pieces, in this order, with a line break after each block."""
        for piece in pieces:
            if piece.kind == "text":
                self._text(piece)
            else:
                self._lines(piece)
        return Document(self.source, "".join(self.parts), self.origin, tuple(self.blocks))

    def _copy(self, start: int, end: int) -> None:
        """Appends the characters `start:end` of the source text; nothing where that is empty."""
        if end > start:
            self.parts.append(self.text[start:end])
            self.origin += self.places[start:end]
            self.length += end - start

    def _replace(self, at: int, cut: int, stop: int, instead: str) -> int:
        """Appends `at:cut` of the source text and, in place of the stretch `cut:stop`, the characters `instead`, whose
        origin is `cut`; '' leaves the stretch out. Returns the offset in the source text from which to go on, the
        greater one of `at` and `stop`. Where an earlier replacement went beyond `cut` (`at` is greater), nothing is
        appended."""
        self._copy(at, cut)
        if instead and at <= cut:
            self.parts.append(instead)
            self.origin.extend([cut] * len(instead))
            self.length += len(instead)
        return max(at, stop)

    def _insert(self, text: str) -> None:
        """Appends characters that the source does not have, such as a space between joined lines. Their origin is that
        of the character before them, which there must be."""
        self.parts.append(text)
        self.origin.extend([self.origin[-1]] * len(text))
        self.length += len(text)

    def _text(self, piece: _Piece) -> None:
        """Appends a paragraph as a block of kind 'text', with what the marks of the file format say of it (`_marked`);
        nothing where no character of it is left.

        Its lines, without what `_cuts` leaves out (marks of markup such as **, blanks beside Chinese), are joined
        without a space, except where `_spaced` asks for one; where each line is a sentence (`piece.sentences`), a 。 is
        put between two lines of which the first does not end one. In a text with Markdown the prefix of the first line
        (# to ######; or one of * + - with blanks after it, unless a dash follows these) is left out, and the number
        of # in it becomes the block's level, 0 for other prefixes. Where the first words between ** and ** have no
        letter or digit before them, the block's `bold_end` is the offset in the mended text at which they end.
        """
        text, block = self.text, piece.lines
        start, before, level = self.length, len(self.parts), 0
        prose = any(line.prose for line in block)
        bold: list[int] = []
        for n, line in enumerate(block):
            at = line.start
            if self.markdown and n == 0 and (prefix := MARKDOWN_PREFIX.match(line.text)):
                level = len(prefix["hashes"] or "")
                at += prefix.end()
            if n and piece.sentences and not block[n - 1].finished:
                self._insert("。")
            elif n and _spaced(text[block[n - 1].end - 1], text[at]):
                self._insert(" ")
            following = block[n + 1].text[:MAX_NUMBER_LENGTH] if n + 1 < len(block) else ""
            for cut, stop, instead in self._cuts(line, at, prose, n == 0, following):
                at = self._replace(at, cut, stop, instead)
                if text.startswith("**", cut) and len(bold) < 2:
                    bold.append(self.length)
            self._copy(at, line.end)
        if self.length == start:
            return
        opening = len(bold) == 2 and not any(c.isalnum() for c in "".join(self.parts[before:])[: bold[0] - start])
        one = Block("text", start, self.length, len(block) == 1, bold[1] if opening else 0, level, lost=piece.lost)
        self.blocks.append(self._marked(one, block[0].start, block[-1].end))
        self._insert("\n")

    def _cuts(self, line: TextLine, at: int, prose: bool, first: bool, following: str) -> list[Cut]:
        """What is left out of the line from the offset `at` on: (start, end, replacement) for each stretch, as offsets
        in the source text, in order. Where a conversion added characters to the line, these are left out alone. Else it
        is the marks of markup; blanks inside numbers, outside of prose only inside years; and in prose the white space
        beside characters that are not ASCII, except, in the first line of the paragraph, that in the heading's number
        and the gap after the title there.

        `prose` says that the paragraph has the marks of a sentence, `first` that it begins with this line. `following`
        is the beginning of the next line of the paragraph, in which a number may continue; '' for the last line.
        """
        if line.added:
            return [(line.start + start, line.start + end, "") for start, end in line.added]
        words = self.text[at : line.end]
        found = [(at + start, at + end, instead) for start, end, instead in self.markup(words)]
        if WHITE_SPACE.search(words) is None:
            return sorted(set(found))
        if prose:
            number = marker(words) if first else None
            stop = number.end if number else 0
            if number and (gap := TITLE_GAP.match(words, stop)):
                stop = gap.end()
            found += [
                (at + m.start(), at + m.end(), "") for m in SPACE_BESIDE_CHINESE.finditer(words) if m.start() >= stop
            ]
        apart = blanks_inside(words + following, years_only=not prose)
        found += [(at + start, at + end, "") for start, end in apart if end <= len(words)]
        return sorted(set(found))

    def _marked(self, block: Block, start: int, end: int) -> Block:
        """The block with what the marks of the file format that begin in `start:end`, its place in the source text, say
        of it: the heading level (1 where the mark has none; of several marks the last counts), that it is in a box,
        that its first words are missing, and where its bold first words end. A bold run is among these where at most
        MAX_DASH_LENGTH (12) characters, none of them a letter or digit, are between it and the start of the block or
        the bold run before it. A block with the mark of a title has the level 0, whatever other marks it has."""
        first = bisect_left(self.mark_starts, start)
        title, opening = False, start
        for mark in self.marks[first : bisect_left(self.mark_starts, end)]:
            if mark.kind == "heading":
                block = replace(block, level=mark.level or 1)
            elif mark.kind == "box":
                block = replace(block, box=True)
            elif mark.kind == "gap":
                block = replace(block, lost=True)
            elif mark.kind == "title":
                title = True
            elif (
                mark.kind == "bold"
                and mark.start - opening <= MAX_DASH_LENGTH
                and not self._has_words(opening, mark.start)
            ):
                opening = min(mark.end, end)
                bold_end = bisect_left(self.origin, opening, block.start, block.end)
                block = replace(block, bold_end=bold_end)
        return replace(block, level=0) if title else block

    def _has_words(self, start: int, end: int) -> bool:
        """Whether a letter, digit or Chinese character is in `start:end` of the source text."""
        return any(c.isalnum() for c in self.text[start:end])

    def _lines(self, piece: _Piece) -> None:
        """Appends the piece, a table, a table of contents or the name of an attached file, as a block that keeps its
        line breaks, without marks of markup. A table of the file format keeps its cells, whose offsets become those in
        the mended text, and its `doubt` (why the cells cannot be trusted, or None). The lines of a table without cells
        keep the white space before them."""
        start = self.length
        for n, line in enumerate(piece.lines):
            if n:
                self._insert("\n")
            at = left = line.left if piece.kind == "table" and piece.table is None else line.start
            for cut, stop, instead in sorted(self.markup(self.text[left : line.end])):
                at = self._replace(at, left + cut, left + stop, instead)
            self._copy(at, line.end)
        cells: tuple[Cell, ...] = ()
        doubt: str | None = None
        if piece.table:
            cells = tuple(self._cell(cell, start) for cell in piece.table.cells)
            doubt = piece.table.doubt
        self.blocks.append(Block(piece.kind, start, self.length, line=False, cells=cells, doubt=doubt))
        self._insert("\n")

    def _cell(self, cell: Cell, start: int) -> Cell:
        """The cell with offsets in the mended text in place of those in the source text. An empty cell stays empty, and
        its offset is that of the next character that was kept; characters inserted after the last one of a cell, such
        as a line break, are not part of it. `start` is where its table begins in the mended text, so that only what is
        behind it is looked through."""
        first = bisect_left(self.origin, cell.start, start, self.length)
        if cell.start == cell.end:
            return replace(cell, start=first, end=first)
        end = bisect_left(self.origin, cell.end, first, self.length)
        while end - first > 1 and self.origin[end - 1] == self.origin[end - 2]:
            end -= 1  # a joining character has the origin of the one before it
        return replace(cell, start=first, end=end)


def _spaced(before: str, following: str) -> bool:
    """Whether a space replaces the line break between the last character of a line (`before`) and the first of the next
    one (`following`): True between two ASCII letters, or a letter and a digit; False between two digits ('202', '5年')
    and for all other characters."""
    letters = before.isalnum() and following.isalnum() and not (before.isdigit() and following.isdigit())
    return before.isascii() and following.isascii() and letters
