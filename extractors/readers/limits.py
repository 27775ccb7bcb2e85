"""The limits on what reading one file may cost. A file beyond them is refused with the reason."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024
OCR_SECONDS = 3600.0  # what a build with OCR allows for one file


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost. The defaults allow any plan seen in practice (the longest has some 300,000
    characters on 400 pages).

    `size` is the size in bytes of the file, or of all files in an archive when they are unpacked; `unpacked` that of a
    packed stream of a PDF or of all that is unpacked from an office file, or the number of characters of a web page;
    `elements` is the number of opening angle brackets in a web page or a part of an office file, `characters` that of
    the extracted text and of all characters in a PDF or OFD file, `pages` that of the pages of a PDF or OFD file.
    `seconds` and `memory` (bytes) are kept by the build's workers; the readers stop only LibreOffice and Tesseract,
    after a part of `seconds`. `ocr` allows pages without text to be read by OCR, which takes seconds for each page, so
    that `seconds` should be OCR_SECONDS (3,600).
    """

    size: int = 128 * MEBIBYTE
    unpacked: int = 32 * MEBIBYTE
    elements: int = 1_000_000
    characters: int = 2_000_000
    pages: int = 2_000
    seconds: float = 120
    memory: int = 1024 * MEBIBYTE
    ocr: bool = False


DEFAULTS = Limits()


def cap_memory(limits: Limits) -> None:
    """Limits the data memory of this process to `limits.memory` bytes, or to the system's own hard limit where that is
    lower; nothing where the operating system has no such limits (Windows). An allocation beyond it then raises
    MemoryError."""
    try:
        import resource
    except ImportError:  # Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    most = limits.memory if hard == resource.RLIM_INFINITY else min(limits.memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
