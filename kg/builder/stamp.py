"""What a loaded file was made with: the program, and the choices that decide what its graph holds.

It is kept as the generator of the file's record, `plan-kg 0.1.0+1f0c9a2b+ocr+no-text`; a file whose stamp does not
serve (`Stamp.serves`) the one that a build needs has to be read again."""

import re
from dataclasses import dataclass, replace
from typing import Self

_STAMP_PATTERN = re.compile(
    r"(?P<generator>.*?)(?P<ocr>\+ocr)?(?P<no_text>\+no-text)?(?:\+corrections\.(?P<corrections>[0-9a-f]+))?"
    r"(?:\+source\.(?P<source>[0-9a-f]+))?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The program and the options that a file was read with, or is to be read with.

    `generator` is that of `extractors.version.generator` (name, version and digest of the program), `ocr` says whether
    OCR may be used, and `text` whether the graph has the file's text. `corrections` is a digest of the corrections that
    concern the file, '' for none; `source` is a digest of the web address and day that a table of sources or a file
    next to it states, '' for none; both in hexadecimal digits."""

    generator: str
    ocr: bool = False
    text: bool = True
    corrections: str = ""
    source: str = ""

    def __str__(self) -> str:
        """The stamp as a record has it: the generator, then '+ocr' with OCR, '+no-text' without text, and
        '+corrections.DIGEST' and '+source.DIGEST' where there are any: 'plan-kg 0.1.0+1f0c9a2b+ocr+no-text'."""
        return (
            self.generator
            + "+ocr" * self.ocr
            + "+no-text" * (not self.text)
            + (f"+corrections.{self.corrections}" if self.corrections else "")
            + (f"+source.{self.source}" if self.source else "")
        )

    @classmethod
    def read(cls, text: str) -> Self:
        """The stamp that a record has as text, the inverse of `str`; a text without these endings is the generator.

        >>> Stamp.read("plan-kg 0.1.0+1f0c9a2b+no-text")
        Stamp(generator='plan-kg 0.1.0+1f0c9a2b', ocr=False, text=False, corrections='', source='')
        """
        match = _STAMP_PATTERN.fullmatch(text)
        assert match  # every part of the pattern may be absent
        digests = match["corrections"] or "", match["source"] or ""
        return cls(match["generator"], bool(match["ocr"]), not match["no_text"], *digests)

    def serves(self, required: "Stamp") -> bool:
        """Whether a file with this stamp need not be read again for a build that needs the stamp `required`: they are
        equal, or differ only in that this one has OCR."""
        return self == required or self == replace(required, ocr=True)
