"""Writing of files and folders that get their names only when they are complete."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ontology.model.errors import Refused, Usage

EXPORT_MARKER = ".plan-kg-export"  # in a folder that was made here, and may be replaced


def safe_file_name(title: str, suffix: str) -> str:
    """A file name made from a title, with `suffix`, of at most MAX_NAME_BYTES (200) bytes of UTF-8: ('a/b:c', '.ttl')
    -> 'a_b_c.ttl'. Each control character, lone surrogate, mark that breaks or reorders a line (U+202E) and character
    that Windows forbids becomes _, then blanks and dots at the title's ends are dropped, _ stands for an empty rest, a
    name of a device of Windows (con, also con.txt) gets a _ before it, and what is too long is cut before the
    suffix."""
    stem = _FORBIDDEN_IN_NAMES.sub("_", title).strip(" .") or "_"
    stem = f"_{stem}" if _RESERVED.fullmatch(stem.partition(".")[0]) else stem
    stem = stem.encode()[: MAX_NAME_BYTES - len(suffix.encode())].decode("utf-8", "ignore")
    return f"{stem}{suffix}"


# ext4 and NTFS allow 255 bytes, of which a temporary name needs some.
MAX_NAME_BYTES = 200
_FORBIDDEN_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_RESERVED = re.compile(r"(?i)con|prn|aux|nul|com\d|lpt\d")  # devices of Windows


@contextmanager
def whole_file(path: str) -> Iterator[BinaryIO]:
    """An open file to write bytes to, in a `with`: it gets the name `path` when the `with` ends without an error, else
    nothing is left of it. Where `path` is a link, its target is replaced; a device is written in place. - is standard
    output, which keeps what was written. Raises Refused where `path` is a folder and for an OSError in the `with`, as
    where its folder does not exist, but not for standard output."""
    if path == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with whole_path(path) as part, part.open("wb") as out:
        yield out


@contextmanager
def whole_path(path: str) -> Iterator[Path]:
    """A temporary path beside `path` to write a file to, in a `with`; it is renamed to `path` when the `with` ends
    without an error, else removed. Where `path` is a link, its target is replaced. What is neither file nor folder,
    such as a device, is written in place: the path is then its own. Raises Refused where `path` is a folder, for an
    OSError in the `with`, as where its folder does not exist, and where no file was written."""
    target = Path(os.path.realpath(path))
    with _refusing(path):
        if target.exists() and not target.is_file():
            if target.is_dir():
                raise Refused(f"{path}: is a folder; name a file")
            yield target
            return
        part = _part(target)
        try:
            yield part
            _settle(part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: str) -> Iterator[Path]:
    """A temporary folder to fill with files, in a `with`, made with the folders above it, which stay; it has the empty
    file EXPORT_MARKER (.plan-kg-export), and is renamed to `path` when the `with` ends without an error, else removed.
    Where `path` is a link, its target is replaced. A folder of that name is replaced with all that it contains if it is
    empty or has EXPORT_MARKER, and comes back where the renaming fails. Raises Usage for `-`, and Refused where there
    is anything else of this name, a folder was made in the temporary one, or an OSError occurs, also in the `with`."""
    if path == "-":
        raise Usage("this format is a folder of files: name it with -o DIR")
    target = Path(os.path.realpath(path))
    part, replaced = _part(target), target.with_name(f"{target.name}.{os.getpid()}.old")
    with _refusing(path):
        if target.exists() and not _is_replaceable(target):
            raise Refused(f"{path}: is there and was not made by an export; name a new folder")
        try:
            part.mkdir(parents=True)
            (part / EXPORT_MARKER).touch()
            yield part
            for file in part.iterdir():
                _settle(file)
            if target.exists():
                target.rename(replaced)
            part.rename(target)
        finally:
            if replaced.exists() and not target.exists():
                replaced.rename(target)
            shutil.rmtree(replaced, ignore_errors=True)
            shutil.rmtree(part, ignore_errors=True)


def _is_replaceable(target: Path) -> bool:
    """Whether the target is a folder that is empty or has EXPORT_MARKER, as those that `whole_folder` made."""
    return target.is_dir() and (not any(target.iterdir()) or (target / EXPORT_MARKER).exists())


def _part(target: Path) -> Path:
    """The temporary path beside `target` that is renamed to it at the end; it has the id of the process in it."""
    return target.with_name(f"{target.name}.{os.getpid()}.part")


def _settle(file: Path) -> None:
    """Waits until the file is on disk, so that a power failure cannot leave its name without its content."""
    with file.open("rb") as written:
        os.fsync(written.fileno())


@contextmanager
def _refusing(path: str) -> Iterator[None]:
    """For a `with` that writes to the path: an OSError raised in it becomes Refused, which says that the path cannot be
    written and the reason of the system; any other exception passes."""
    try:
        yield
    except OSError as error:
        raise Refused(f"{path}: cannot be written: {error.strerror or error}; choose another place") from None
