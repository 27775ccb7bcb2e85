"""Safe reading of a file's bytes, and file names for messages."""

import stat
from pathlib import Path

from extractors.readers.archive import archive_of, member
from extractors.readers.limits import Limits
from ontology.model.errors import Refused


def content(path: Path, limits: Limits) -> bytes:
    """The bytes of a file, or of a member of a zip archive where the path continues after a file (a.zip/规划.docx). Of
    a file that is larger than `limits.size`, only that many bytes and one more are read, by which the caller sees that
    it is too large.

    Raises Refused where there is no such file or member, where it cannot be read or is no regular file (a folder; a
    pipe, which would block for ever; a device, which has no end), where the archive is damaged or has a password, and
    where the member unpacks to more than `limits.size` bytes.
    """
    where = shown(str(path))
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise Refused(f"{where}: a folder, not a file; give the files in it")
        if not stat.S_ISREG(mode):
            raise Refused(f"{where}: a device or pipe, not a file; use - to read from stdin")
        with path.open("rb") as file:
            return file.read(limits.size + 1)
    except (FileNotFoundError, NotADirectoryError):
        if inside := archive_of(path):
            return member(shown(str(inside[0])), *inside, limits)
        raise Refused(f"{where}: no such file; check the path") from None
    except PermissionError:
        raise Refused(f"{where}: no permission to read it; check the file's rights") from None
    except (OSError, ValueError) as error:  # a loop of links, a name that is too long, a NUL in the path
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Refused(f"{where}: cannot be read: {reason}; check the path") from None


def legible(name: str) -> str:
    """The name with U+FFFD for bytes that are not UTF-8. Python represents such bytes in names of files as lone
    surrogates (U+DC80 to U+DCFF), which no store takes; raises UnicodeEncodeError for other lone surrogates."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def shown(name: str) -> str:
    """A file name for a message of one line, with escapes of Python for unprintable characters and for all white space
    but the ASCII space: a line break becomes a backslash and n, U+3000 a backslash and u3000."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in name)
