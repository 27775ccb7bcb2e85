"""Scanned pages: Tesseract reads what pdfium draws."""

import csv
import io
import shutil
import subprocess

import pypdfium2 as pdfium

from extractors.readers.pdf_page import Face, Glyph
from kg.model.errors import Refused

PROGRAM = "tesseract"
LANGUAGE = "chi_sim"
DOTS = 300 / 72  # per point
MOST_DOTS = 40_000_000  # a page of A2; larger ones are drawn coarser
WORD = "5"  # Tesseract's level of a word
SURE = 30.0  # per cent
SCANNED = Face("", False)


def recognised(page: pdfium.PdfPage, seconds: float) -> list[Glyph]:
    """The words of the page with their places; none where the page is blank."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise Refused("--ocr needs Tesseract with chi_sim; install tesseract-ocr and tesseract-ocr-chi-sim")
    width, height = page.get_size()
    scale = min(DOTS, (MOST_DOTS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    picture = b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(
        rows[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height)
    )
    command = [program, "stdin", "stdout", "-l", LANGUAGE, "--psm", "3", "--dpi", str(round(scale * 72)), "tsv"]
    try:
        done = subprocess.run(command, input=picture, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return []
    if done.returncode:
        reason = " ".join(done.stderr.decode("utf-8", "replace").split())[:200]
        raise Refused(f"Tesseract failed: {reason}; install tesseract-ocr-chi-sim")
    return _glyphs(done.stdout.decode("utf-8", "replace"), scale)


def _glyphs(table: str, scale: float) -> list[Glyph]:
    """Tesseract's table -> one glyph a character, each an equal part of its word; the base is that of the line."""
    found: list[Glyph] = []
    bases: dict[tuple[str, ...], float] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] != WORD or not (row["text"] or "").strip() or float(row["conf"]) < SURE:
            continue
        left, top = int(row["left"]) / scale, int(row["top"]) / scale
        width, height = int(row["width"]) / scale, int(row["height"]) / scale
        line = tuple(row[key] for key in ("block_num", "par_num", "line_num"))
        base = bases.setdefault(line, top + height)
        text = row["text"].strip()
        step = width / len(text)
        for n, character in enumerate(text):
            found.append(Glyph(character, left + n * step, left + (n + 1) * step, base - height, base, base, SCANNED))
    return found
