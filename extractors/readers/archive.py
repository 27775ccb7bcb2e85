"""Zip archives of files: the list of their members, and the bytes of one, within limits. Nothing is unpacked
to disk.

The parameter `name` is what messages call the archive. The path of a member is relative, with slashes; of several
members with one path the last counts.
"""

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO

from extractors.readers.limits import Limits
from ontology.model.errors import Refused

END_RECORD = b"PK\x05\x06"  # the record at the end of a zip file
MAX_END_LENGTH = 65_557  # bytes of it with the longest comment
MAX_DIRECTORY_SIZE = 4 * 1024 * 1024  # bytes of the list of entries: about 40,000 of them
MAX_MEMBERS = 2_000  # files of an archive
# what zipfile and the decompressors below it raise for damaged and for encrypted files
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    KeyError,
)


def check_directory(name: str, data: bytes) -> None:
    """Raises Refused where the zip file's list of entries is longer than MAX_DIRECTORY_SIZE (4 MiB), which would take
    too long to read; its end record, of which the last counts, says how long it is. Nothing where there is no end
    record. `data` is the whole file, or its end; only its last MAX_END_LENGTH (65,557) bytes are looked at."""
    at = data.rfind(END_RECORD, max(0, len(data) - MAX_END_LENGTH))
    if at >= 0 and int.from_bytes(data[at + 12 : at + 16], "little") > MAX_DIRECTORY_SIZE:
        raise Refused(f"{name}: a zip file with too many entries; unpack it and give the folder")


@contextmanager
def _opened(name: str, archive: Path | bytes) -> Iterator[zipfile.ZipFile]:
    """The zip archive, given as a file or its bytes, open for reading within a `with` block. Raises Refused where the
    file cannot be opened, its list of entries is too long, or it is damaged. What ZIP_ERRORS lists becomes Refused
    inside the block too: "protected by a password" where the error's message has this word, else "damaged"."""
    try:
        file: IO[bytes] = BytesIO(archive) if isinstance(archive, bytes) else archive.open("rb")
    except OSError as error:
        raise Refused(f"{name}: cannot be read: {error.strerror}; check the file's rights") from None
    with file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - MAX_END_LENGTH))
        check_directory(name, file.read())
        try:
            with zipfile.ZipFile(file) as opened:
                yield opened
        except ZIP_ERRORS as error:
            words = " ".join(str(error).split())[:200] or type(error).__name__
            reason = "protected by a password" if "password" in words else f"damaged or cut off: {words}"
            raise Refused(f"{name}: a zip archive, {reason}; unpack it and give the folder") from None


def members(name: str, archive: Path | bytes, limits: Limits) -> dict[str, int]:
    """The files in the archive, given as a file or its bytes: a dict of the path of each to its unpacked size in bytes,
    {'附件/规划.docx': 20480}. Files of any format count; of several with one path the last does. Left out are folders,
    paths with an empty part (/a.txt) or the part .. (../a.txt), __MACOSX, and paths with a part that begins with
    ._ or ~$, as systems and editors write them (~$a.docx; `_path`).

    Raises Refused where the archive cannot be read or is damaged, has more than MAX_MEMBERS (2,000) such files, or
    where they together unpack to more than `limits.size` bytes.
    """
    with _opened(name, archive) as opened:
        sizes = {path: info.file_size for path, info in _entries(opened).items()}
    if len(sizes) > MAX_MEMBERS:
        raise Refused(f"{name}: an archive of more than {MAX_MEMBERS:,} files; unpack it and give the folder")
    if sum(sizes.values()) > limits.size:
        raise Refused(f"{name}: unpacks to more than {limits.size:,} bytes; unpack it and give the folder")
    return sizes


def member(name: str, archive: Path | bytes, path: str, limits: Limits) -> bytes:
    """The unpacked bytes of the member `path`, a path as `members` gives it, of an archive given as a file or its
    bytes. Raises Refused where the archive cannot be read, is damaged or has a password, has no such member, or where
    the member unpacks to more than `limits.size` bytes."""
    with _opened(name, archive) as opened:
        info = _entries(opened).get(path)
        if info is None:
            raise Refused(f"{name}: no file {path!r} in the archive; check the path")
        if info.file_size > limits.size:
            raise Refused(f"{name}: {path} unpacks to more than {limits.size:,} bytes; unpack it and split it")
        with opened.open(info) as file:
            return file.read(limits.size + 1)


def archive_of(path: Path) -> tuple[Path, str] | None:
    """A path that leads into a file -> that file and the rest of the path: '/plans/a.zip/附件/规划.docx' ->
    (Path('/plans/a.zip'), '附件/规划.docx'). The file is the nearest parent of `path` that exists; None where that is a
    folder or a device, and where no parent exists. Whether the file is a zip archive is not checked."""
    for parent in path.parents:
        try:
            mode = parent.stat().st_mode
        except (OSError, ValueError):
            continue
        inside = path.relative_to(parent).as_posix()
        return (parent, inside) if stat.S_ISREG(mode) else None
    return None


def _entries(opened: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The entries of the open archive that are files, by their paths, without those for which `_path` gives None."""
    return {path: info for info in opened.infolist() if (path := _path(info))}


def _path(info: zipfile.ZipInfo) -> str | None:
    """The path of an entry of a zip archive, with slashes for backslashes. A name that is not marked as UTF-8 is
    decoded from UTF-8 or else GB 18030, and stays in the code page of DOS (cp437) where it is neither. A name with
    characters that cp437 lacks, which newer versions of zipfile take from an extra field, stays as it is.

    Parts . are left out. None for folders, for paths with an empty part (/a.txt) or the part .., which may lead out of
    the archive, and for __MACOSX with all below it and paths with a part that begins with ._ or ~$, as systems and
    editors write them.
    """
    if not info.filename or info.filename.endswith("/"):
        return None
    name = info.filename
    if not info.flag_bits & 0x800:  # not marked as UTF-8: zipfile took it for the code page of DOS
        for encoding in ("utf-8", "gb18030"):
            try:
                name = name.encode("cp437").decode(encoding)
                break
            except UnicodeError:  # newer versions of zipfile take a name in Unicode from an extra field
                continue
    parts = [part for part in name.replace("\\", "/").split("/") if part != "."]
    if any(part in ("", "..") or part.startswith(("._", "~$")) for part in parts) or parts[:1] == ["__MACOSX"]:
        return None
    return "/".join(parts) or None
