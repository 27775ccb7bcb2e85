"""What a loaded file was made with: the program, and the choices that decide what its graph holds.

It is kept as the generator of the file's record, `plan-kg 0.1.0+1f0c9a2b+ocr+no-text`; another stamp than the one that
a build asks for means that the file has to be read again.
"""

import re
from dataclasses import dataclass
from typing import Self

_STAMP_PATTERN = re.compile(
    r"(?P<generator>.*?)(?P<ocr>\+ocr)?(?P<no_text>\+no-text)?(?:\+corrections\.(?P<corrections>[0-9a-f]+))?"
    r"(?:\+source\.(?P<source>[0-9a-f]+))?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The program and the options that a file was read with.

    `generator` is the program's version, `ocr` and `text` say whether OCR was used and the text is kept. `corrections`
    is a digest of the corrections that concern the file, '' for none; `source` is a digest of the web address and day
    that a table of sources or a file next to it states, '' for none.
    """

    generator: str
    ocr: bool = False
    text: bool = True
    corrections: str = ""
    source: str = ""

    def __str__(self) -> str:
        """The stamp as a record has it: 'plan-kg 0.1.0+1f0c9a2b+ocr+no-text'."""
        return (
            self.generator
            + "+ocr" * self.ocr
            + "+no-text" * (not self.text)
            + (f"+corrections.{self.corrections}" if self.corrections else "")
            + (f"+source.{self.source}" if self.source else "")
        )

    @classmethod
    def read(cls, text: str) -> Self:
        """The stamp that a record has as text, the inverse of `str`.

        >>> Stamp.read("plan-kg 0.1.0+1f0c9a2b+no-text")
        Stamp(generator='plan-kg 0.1.0+1f0c9a2b', ocr=False, text=False, corrections='', source='')
        """
        found = _STAMP_PATTERN.fullmatch(text)
        assert found  # every part of the pattern may be absent
        parts = found["corrections"] or "", found["source"] or ""
        return cls(found["generator"], bool(found["ocr"]), not found["no_text"], *parts)

    def serves(self, wanted: "Stamp") -> bool:
        """Whether a file with this stamp need not be read again for a build that asks for `wanted`: all else is
        equal, and the file was read by OCR where that is wanted. A file that was read by OCR serves a build without
        OCR too."""
        return (self.generator, self.text, self.corrections, self.source) == (
            wanted.generator,
            wanted.text,
            wanted.corrections,
            wanted.source,
        ) and (self.ocr or not wanted.ocr)
