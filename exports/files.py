"""Files that are there under their name only once they are whole."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.model.errors import Refused, Usage


@contextmanager
def whole_file(path: str) -> Iterator[BinaryIO]:
    """A file written beside its name and renamed at the end; - is standard output."""
    if path == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = Path(path + ".part")
    try:
        with part.open("wb") as out:
            yield out
        part.replace(path)
    except OSError as error:
        raise Refused(f"{path}: cannot be written: {error.strerror}; choose another place") from None
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: str) -> Iterator[Path]:
    """A folder of files that is filled beside its name and renamed at the end; one that an export made is replaced."""
    target, part = Path(path), Path(path.rstrip("/") + ".part")
    if path == "-":
        raise Usage("this format is a folder of files: name it with -o DIR")
    if target.exists() and not (target.is_dir() and (not any(target.iterdir()) or (target / MARKER).exists())):
        raise Refused(f"{path}: is there and was not made by an export; name a new folder")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        (part / MARKER).touch()
        yield part
        shutil.rmtree(target, ignore_errors=True)
        part.replace(target)
    except OSError as error:
        raise Refused(f"{path}: cannot be written: {error.strerror}; choose another place") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


MARKER = ".plan-kg-export"
