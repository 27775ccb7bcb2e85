"""Scanned pages: pdfium draws them and Tesseract recognises the characters."""

import csv
import io
import os
import re
import shutil
import subprocess

import pypdfium2 as pdfium

from extractors.readers.pdf_page import UNKNOWN_FACE, Glyph, drawing_scale
from extractors.vocabulary.characters import UNREADABLE
from extractors.vocabulary.numerals import DIGIT

TESSERACT = "tesseract"
TESSERACT_MODEL = "chi_sim"
TESSERACT_SCALE = 300 / 72  # pixels to a point
MAX_TESSERACT_PIXELS = 40_000_000  # of a page of A2; larger pages are drawn coarser
WORD_LEVEL = "5"  # Tesseract's level of a word
MIN_WORD_CONFIDENCE = 30.0  # per cent, of a word
MIN_NUMBER_CONFIDENCE = 80.0  # of a word with a digit or a comparison, which a value would be read from
NUMERIC_CHARACTER = re.compile(rf"{DIGIT}|[%％≥≤<>＜＞]")
TESSERACT_SPACE_WIDTH = 1.2  # of a word's height: a gap as wide before it is a space


def recognised(page: pdfium.PdfPage, seconds: float) -> list[Glyph] | None:
    """The characters that Tesseract finds on the page, with their places in points from its top left; words that it is
    not sure of are one U+FFFD each (`_glyphs`). [] for a blank page; None where Tesseract is not installed, ends with
    an error, or takes more than `seconds`."""
    program = shutil.which(TESSERACT)
    if program is None:
        return None
    scale = drawing_scale(page, TESSERACT_SCALE, MAX_TESSERACT_PIXELS)
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    picture = b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(
        rows[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height)
    )
    command = [program, "stdin", "stdout", "-l", TESSERACT_MODEL, "--psm", "3", "--dpi", str(round(scale * 72)), "tsv"]
    settings = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # its threads cost more than they bring
    try:
        process = subprocess.run(
            command, input=picture, capture_output=True, timeout=seconds, check=False, env=settings
        )
    except subprocess.TimeoutExpired:
        return None
    return None if process.returncode else _glyphs(process.stdout.decode("utf-8", "replace"), scale)


def _glyphs(table: str, scale: float) -> list[Glyph]:
    """The glyphs of Tesseract's output, a table in TSV with a row for each word: one for each character, line by line,
    numbered from 0 in each line. Rows of other levels and blank words are left out. `scale` is the number of pixels to
    a point.

    Each glyph has an equal part of its word's width, and all of a line stand on the bottom of its first word. A word
    begins no farther left than the glyph before it ends, and that glyph reaches to it, unless the gap is a space,
    TESSERACT_SPACE_WIDTH (1.2) of the word's height. A word with a confidence below MIN_WORD_CONFIDENCE (30), or
    MIN_NUMBER_CONFIDENCE (80) where it has a digit, a per cent sign or a comparison, is one glyph U+FFFD, so that it is
    visible that something is there.
    """
    lines: dict[tuple[str, ...], list[Glyph]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row["text"] or "").strip()
        if row["level"] != WORD_LEVEL or not text:
            continue
        line = lines.setdefault(tuple(row[key] for key in ("block_num", "par_num", "line_num")), [])
        left, top = int(row["left"]) / scale, int(row["top"]) / scale
        width, height = int(row["width"]) / scale, int(row["height"]) / scale
        base, right = line[0].base if line else top + height, left + width
        left = max(left, line[-1].right) if line else left
        if line and left - line[-1].right < TESSERACT_SPACE_WIDTH * height:  # boxes are drawn tight around the ink
            line[-1].right = left
        least = MIN_NUMBER_CONFIDENCE if NUMERIC_CHARACTER.search(text) else MIN_WORD_CONFIDENCE
        text = text if float(row["conf"]) >= least else UNREADABLE
        step = max(0.1, right - left) / len(text)
        for n, character in enumerate(text):
            place = left + n * step
            line.append(Glyph(character, place, place + step, base - height, base, base, UNKNOWN_FACE, len(line)))
    return [glyph for line in lines.values() for glyph in line]
