"""A source whose characters are those that are meant, with the way back to the file."""

from array import array
from bisect import bisect_left
from dataclasses import replace

from extractors.vocabulary.characters import INVISIBLE, substituted
from ontology.model.source import Source


def plain(source: Source) -> tuple[Source, "array[int] | None"]:
    r"""The source without invisible characters and with the usual characters for radicals and compatibility forms (⼀
    U+2F00 -> 一); all its offsets are adapted.

    The second value holds, for each character of the new text, its offset in the old one; None where no character was
    left out, so that the offsets are equal. 'A soft\xadhyphen' -> 'A softhyphen', [0, …, 5, 7, …].
    """
    text = substituted(source.text)
    hidden = [found.span() for found in INVISIBLE.finditer(text)]
    if not hidden:
        return (source if text == source.text else replace(source, text=text)), None
    edges = [0, *(at for span in hidden for at in span), len(text)]
    kept = list(zip(edges[::2], edges[1::2], strict=True))
    places = array("q", (at for start, end in kept for at in range(start, end)))

    def new(offset: int) -> int:
        return bisect_left(places, offset)

    return (
        replace(
            source,
            text="".join(text[start:end] for start, end in kept),
            pages=tuple(map(new, source.pages)),
            tables=tuple(
                replace(
                    table,
                    start=new(table.start),
                    end=new(table.end),
                    cells=tuple(replace(cell, start=new(cell.start), end=new(cell.end)) for cell in table.cells),
                )
                for table in source.tables
            ),
            marks=tuple(replace(mark, start=new(mark.start), end=new(mark.end)) for mark in source.marks),
        ),
        places,
    )
