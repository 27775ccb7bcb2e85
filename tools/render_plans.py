"""Renders txt and md plans as txt, md, html, docx and pdf, to measure that every format gives the same facts.

usage: python tools/render_plans.py FILE... -o FOLDER [--formats txt md html docx pdf print.pdf]

Needs python-docx; pdf needs LibreOffice (soffice), print.pdf Chromium. A table that the text has lost the rules of is
taken as `extractors.tables` reads it, so the files say what the txt file says and no more.
"""

import argparse
import html
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import docx
from chromium import CHROMIUM
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell as WordCell

from extractors.document import Document
from extractors.layout import layout
from extractors.readers import read
from extractors.tables import PlanTable, tables
from extractors.vocabulary.numbering import marker

HEADING_LEVELS = {"part": 1, "chapter": 1, "section": 2, "han": 2, "han-paren": 3, "box": 3}
MAX_HEADING_LENGTH = 45  # characters
RENDERED_FORMATS = ("txt", "md", "html", "docx", "pdf", "print.pdf")

WEB_PAGE = """<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{title}-云岭省人民政府</title>
<style>.nav li{{display:inline}} td,th{{border:1px solid #000}} table{{border-collapse:collapse}}
.article p{{text-indent:2em;text-align:justify}}</style></head>
<body><div class="top"><ul class="nav"><li><a href="/">首页</a></li>
<li><a href="/zwgk">政务公开</a></li><li><a href="/hd">互动交流</a></li></ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/gh">规划计划</a> &gt; 正文</div>
<div class="main"><div class="info">发布时间：2021-12-30　来源：办公厅　<a href="#">大</a> <a href="#">小</a></div>
<div class="article" id="zoom">
{body}
</div><div class="share"><a href="#">打印</a><a href="#">关闭</a></div></div>
<div class="footer">版权所有：云岭省人民政府办公厅　<a href="/map">网站地图</a></div></body></html>
"""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or, with a level, a heading; its first `bold` characters are bold. With a `gap` the file lost its
    first words, and the place where they were stays empty."""

    text: str
    level: int = 0
    bold: int = 0
    gap: bool = False

    @property
    def indent(self) -> str:
        return "　" * (12 if self.gap else 0)


@dataclass(frozen=True)
class Cell:
    row: int
    column: int
    text: str
    row_span: int
    column_span: int


Grid = tuple[Cell, ...]
Piece = Paragraph | Grid


def main() -> None:
    parser = argparse.ArgumentParser(description="Renders plans as md, html, docx and pdf.")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--formats", nargs="+", choices=RENDERED_FORMATS, default=RENDERED_FORMATS)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    render(arguments.files, arguments.out, arguments.formats)


def render(files: Sequence[Path], out: Path, formats: Sequence[str] = RENDERED_FORMATS) -> None:
    """Writes the plans of the files in these formats to the folder `out`: plan.txt -> out/plan.txt, out/plan.md,
    out/plan.html, out/plan.docx, out/plan.pdf, out/plan.print.pdf. LibreOffice, which takes long to start, makes all
    PDF files in one run. Raises CalledProcessError where LibreOffice or Chromium fails."""
    with tempfile.TemporaryDirectory() as folder:
        words = [_render(file, out, formats, Path(folder)) for file in files]
        if "pdf" in formats:
            command = ["soffice", f"-env:UserInstallation={Path(folder).as_uri()}/profile", "--headless"]
            command += ["--convert-to", "pdf", "--outdir", str(out), *map(str, words)]
            subprocess.run(command, check=True, timeout=300 * len(words))


def _render(file: Path, out: Path, formats: Sequence[str], folder: Path) -> Path:
    """Writes the plan of one file in these formats to `out`, but for pdf; returns its Word file in `folder`."""
    contents = list(pieces(layout(read(file))))
    place = out / file.stem
    if "txt" in formats:
        place.with_name(f"{file.stem}.txt").write_text("\n".join(map(_txt, contents)) + "\n", "utf-8")
    if "md" in formats:
        place.with_name(f"{file.stem}.md").write_text("\n\n".join(map(_md, contents)) + "\n", "utf-8")
    page = WEB_PAGE.format(title=html.escape(file.stem), body="\n".join(map(_html, contents)))
    if "html" in formats:
        place.with_name(f"{file.stem}.html").write_text(page, "utf-8")
    word = folder / f"{file.stem}.docx"
    _word(contents, file.stem).save(str(word))
    if "docx" in formats:
        shutil.copy(word, place.with_name(word.name))
    if "print.pdf" in formats:
        web = folder / "page.html"
        web.write_text(page.replace("gb2312", "utf-8"), "utf-8")
        printed = place.with_name(f"{file.stem}.print.pdf")
        command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={printed}"]
        subprocess.run([*command, web.as_uri()], check=True, timeout=300, capture_output=True)
    return word


def pieces(document: Document) -> Iterator[Piece]:
    """The paragraphs and tables of a plan in order; each table once, where its text begins, and text of a block beside
    it line by line."""
    grids = tables(document)
    written: set[int] = set()
    for block in document.blocks:
        start, end = block.start, block.end
        for n, table in enumerate(grids):
            if table.start >= end or table.end <= start:
                continue
            if any(map(str.isalnum, document.text[start : table.start])):
                yield _paragraph(document.text[start : table.start].strip(), 0, 0)
            if n not in written:
                written.add(n)
                yield _grid(table)
            start = max(start, min(end, table.end))
        if block.kind == "text" and start == block.start:
            one = _paragraph(document.text[start:end], block.level, max(0, block.bold_end - start))
            yield replace(one, gap=block.lost)
        else:
            yield from (
                _paragraph(line, 0, 0) for line in document.text[start:end].splitlines() if any(map(str.isalnum, line))
            )


def _paragraph(text: str, level: int, bold: int) -> Paragraph:
    """A paragraph with its first `bold` characters bold; a short one that begins with a number is a heading of the
    level of its numbering style, unless `level` says which."""
    number = marker(text)
    short = len(text) <= MAX_HEADING_LENGTH and not any(c in text for c in "，。；\t")
    if not level and number and short:
        level = HEADING_LEVELS.get(number.style, 0)
    return Paragraph(text, level, bold)


def _grid(table: PlanTable) -> Grid:
    """The cells of a table by row and column, the labels of the columns as row 0, with empty cells where it has
    none."""
    head = [Cell(0, at, column.label, 1, 1) for at, column in enumerate(table.columns)]
    body = [
        Cell(cell.row - cell.above + 1, cell.column, cell.text, cell.row_span + cell.above, cell.column_span)
        for cell in table.cells
    ]
    covered = {place for cell in head + body for place in _places(cell)}
    height = max(cell.row + cell.row_span for cell in head + body)
    holes = [(row, at) for row in range(height) for at in range(len(head)) if (row, at) not in covered]
    filled = head + body + [Cell(row, at, "", 1, 1) for row, at in holes]
    return tuple(sorted(filled, key=lambda cell: (cell.row, cell.column)))


def _places(cell: Cell) -> Iterator[tuple[int, int]]:
    """(row, column) of each place that the cell covers."""
    for row in range(cell.row, cell.row + cell.row_span):
        for at in range(cell.column, cell.column + cell.column_span):
            yield row, at


def _txt(piece: Piece) -> str:
    """A paragraph indented by two characters, a heading not; a table with tabs between its cells."""
    if isinstance(piece, Paragraph):
        return ("" if piece.level else "　　") + piece.indent + piece.text
    return "\n".join("\t".join(row) for row in _filled(piece))


def _md(piece: Piece) -> str:
    """A heading, paragraph or table in Markdown."""
    if isinstance(piece, Paragraph):
        if piece.level:
            return f"{'#' * piece.level} {piece.text}"
        bold = piece.text[: piece.bold]
        return f"**{bold}**{piece.text[piece.bold :]}" if bold else piece.text
    rows = [f"| {' | '.join(row)} |" for row in _filled(piece)]
    rows.insert(1, "|" + " --- |" * len(_filled(piece)[0]))
    return "\n".join(rows)


def _filled(grid: Grid) -> list[list[str]]:
    """The texts of a table's cells by row and column; one that spans rows stands in each of them, one that spans
    columns in the first only."""
    height = max(cell.row + cell.row_span for cell in grid)
    width = max(cell.column + cell.column_span for cell in grid)
    rows = [[""] * width for _ in range(height)]
    for cell in grid:
        for row in range(cell.row, cell.row + cell.row_span):
            rows[row][cell.column] = cell.text
    return rows


def _html(piece: Piece) -> str:
    """A paragraph, a heading as a centred bold one, or a table, as web pages of governments have them."""
    if isinstance(piece, Paragraph):
        text = html.escape(piece.text)
        if piece.level:
            return f'<p style="text-align:center"><strong>{text}</strong></p>'
        if piece.bold:
            bold, rest = html.escape(piece.text[: piece.bold]), html.escape(piece.text[piece.bold :])
            return f"<p>　　<strong>{bold}</strong>{rest}</p>"
        return f"<p>　　{piece.indent}{text}</p>"
    rows: dict[int, str] = {}
    for cell in piece:
        spans = "".join(
            f' {name}="{n}"' for name, n in (("rowspan", cell.row_span), ("colspan", cell.column_span)) if n > 1
        )
        rows[cell.row] = rows.get(cell.row, "") + f"<td{spans}><p>{html.escape(cell.text)}</p></td>"
    height = max(cell.row + cell.row_span for cell in piece)
    return "<table>" + "".join(f"<tr>{rows.get(row, '')}</tr>" for row in range(height)) + "</table>"


def _word(contents: list[Piece], name: str) -> WordFile:
    """The plan as a docx file, set as GB/T 9704 asks: 仿宋 of 16 points, lines of 28 points, first lines indented by
    two characters; with a header that names the plan, and page numbers."""
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header.paragraphs[0].text = f"{name}文件"
    _page_number(section.footer.paragraphs[0])
    for piece in contents:
        if isinstance(piece, Paragraph):
            _word_paragraph(word, piece)
        else:
            _word_table(word, piece)
    return word


def _word_paragraph(word: WordFile, piece: Paragraph) -> None:
    """Adds a paragraph to the file; a heading of level 1 is centred, every heading bold."""
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(28)
    paragraph.paragraph_format.space_after = Pt(0)
    if piece.level == 1:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Pt(32)
    parts = [(piece.indent + piece.text[: piece.bold], True), (piece.text[piece.bold :], False)]
    for text, bold in parts:
        if text:
            run = paragraph.add_run(text)
            run.font.size = Pt(16)
            run.bold = bold or piece.level > 0
            run.font.name = "仿宋_GB2312"
            run._element.rPr.rFonts.set(qn("w:eastAsia"), "黑体" if piece.level else "仿宋_GB2312")


def _word_table(word: WordFile, grid: Grid) -> None:
    """Adds a table to the file, with the cells that span rows or columns merged."""
    height = max(cell.row + cell.row_span for cell in grid)
    width = max(cell.column + cell.column_span for cell in grid)
    table = word.add_table(height, width, style="Table Grid")
    for cell in grid:
        corner: WordCell = table.cell(cell.row, cell.column)
        if cell.row_span > 1 or cell.column_span > 1:
            corner = corner.merge(table.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1))
        corner.text = cell.text
        for run in corner.paragraphs[0].runs:
            run.font.size = Pt(12)


def _page_number(paragraph: "docx.text.paragraph.Paragraph") -> None:
    """Adds the number of the page to a paragraph: — 12 —."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —")


if __name__ == "__main__":
    main()
