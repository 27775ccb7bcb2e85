"""The files under the paths of a build: those that a reader takes, also inside archives; all others are counted by
kind, but for sidecars, files of operating systems and editors, and hidden files outside of archives."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extractors.readers import Limits, archive_of, members, shown, suffix_of, suffixes
from ontology.model.errors import Refused

# Suffixes of files that state where the file beside them comes from (extractors.readers.provenance) and are not counted
# as skipped; and names of files that systems leave in folders.
SIDECAR_SUFFIXES = frozenset(("url", "webloc", "json", "jsonl", "csv"))
SYSTEM_FILES = frozenset(("thumbs.db", "desktop.ini"))
LOCK_PREFIX = "~$"  # ~$规划.docx: Word's mark that a file is open
# The kinds of file that no reader takes, by suffix: (name, what to do with them, '' for nothing).
UNREADABLE_KINDS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("jpg", "jpeg", "png", "tif", "tiff", "bmp", "gif"),
        ("pictures", "put them into a PDF file and build with --ocr"),
    ),
    **dict.fromkeys(("rar", "7z", "gz", "tar", "tgz", "bz2"), ("archives other than zip", "unpack them")),
    **dict.fromkeys(("ppt", "pptx", "dps", "pps", "ppsx"), ("presentations", "save them as .docx or .pdf")),
    **dict.fromkeys(("eml", "msg"), ("e-mails", "save their attachments as files")),
    **dict.fromkeys(("ceb", "caj", "kdh", "nh", "djvu", "gd", "sep"), ("files of other readers", "print them as PDF")),
    "in a zip": ("archives in archives", "unpack them"),
    **dict.fromkeys(("mp4", "mp3", "wav", "avi", "mov"), ("recordings", "")),
}
NO_SUFFIX = "without a suffix"


@dataclass(slots=True)
class FoundFiles:
    """The files that a build finds. `files` are absolute paths, each once, in the order of `find`; `skipped` counts the
    others by (name of their kind, suffix), such as ("pictures", ".jpg"), but for the files of which `find` takes no
    notice (sidecars, hidden files); `refused` and `notes` are (path, remark for the user), some paths as the user gave
    them.

    `roots` are the absolute paths of the folders and archives that the user named; `unread` those of folders and
    archives, these or below these, that cannot be listed, and of links to folders."""

    files: list[str] = field(default_factory=list)
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def listed(self, path: str) -> bool:
        """Whether the build looked at the place of this absolute path, so that a file that it did not find there is
        gone: the path is one of `roots` or below one, and neither one of `unread` nor below one."""
        return any(_is_under(path, root) for root in self.roots) and not any(
            _is_under(path, place) for place in self.unread
        )


def find(paths: Iterable[Path], limits: Limits) -> FoundFiles:
    """The files at the paths, each once. A path of a file is taken, whatever its suffix; a folder or zip archive stands
    for the files in it that a reader takes. The order is that of `paths`; of a folder its files by name, then those of
    its subfolders by name. A path where nothing is goes into `refused`; but a link that leads nowhere, and a path that
    leads into a file that exists (as into an archive), are taken as files without looking further.

    A member of an archive has the path of the archive before its own: /plans/a.zip/附件/规划.docx. `limits` bound what
    an archive may unpack to.
    """
    found = FoundFiles()
    for path in paths:
        if path.is_dir():
            found.roots.append(os.path.abspath(path))
            for file in _walk(path, found):
                _take(file, found, limits)
        elif path.suffix.lower() == ".zip" and path.is_file():
            found.roots.append(os.path.abspath(path))
            _take(os.path.abspath(path), found, limits)
        elif is_there(path):
            found.files.append(os.path.abspath(path))
        else:
            found.refused.append((str(path), f"{path}: no such file or folder; check the path"))
    found.files = list(dict.fromkeys(found.files))
    return found


def is_there(path: Path) -> bool:
    """Whether there is something at the path: a file, a folder, or a link, which may lead nowhere. True also for a path
    that leads into a file that exists, as that of a member of an archive does (/plans/a.zip/附件/规划.docx); whether
    the archive has the member is not looked at."""
    return os.path.lexists(path) or archive_of(path) is not None


def skipped_lines(skipped: Counter[tuple[str, str]]) -> Iterator[str]:
    """A line for each kind of file in `skipped` (see `FoundFiles`), sorted by kind and suffix, with what to do where
    there is something: 'skipped pictures: 9 .jpg, 3 .png; put them into a PDF file and build with --ocr'."""
    kinds: dict[str, list[tuple[str, int]]] = {}
    for (kind, suffix), count in sorted(skipped.items()):
        kinds.setdefault(kind, []).append((suffix, count))
    advice_by_kind = dict(UNREADABLE_KINDS.values())
    for kind, counts in kinds.items():
        listed = ", ".join(f"{count} {suffix}" for suffix, count in counts)
        advice = advice_by_kind.get(kind, "")
        yield f"skipped {kind}: {listed}" + (f"; {advice}" if advice else "")


def _walk(top: Path, found: FoundFiles) -> Iterator[str]:
    """The absolute paths of the files below the folder: those of the folder by name, then those of its subfolders by
    name. Hidden files and folders and those of operating systems and editors (__MACOSX, SYSTEM_FILES, ~$a.docx) are
    left out. Links to folders are not followed, so a ring of links ends; they are added to `notes` and `unread` of
    `found`, and folders that cannot be read to `refused` and `unread`."""

    def failed(error: OSError) -> None:
        found.unread.append(os.path.abspath(error.filename))
        reason = f"the folder cannot be read ({error.strerror}); plans loaded from it before stay in the store"
        found.refused.append((error.filename, f"{error.filename}: {reason}"))

    for folder, folders, names in os.walk(top, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__MACOSX")
        for name in folders:
            if os.path.islink(link := os.path.join(folder, name)):
                found.unread.append(os.path.abspath(link))
                found.notes.append((link, "is a link to a folder, which is not followed; name the folder itself"))
        for name in sorted(names):
            if not name.startswith((".", LOCK_PREFIX)) and name.lower() not in SYSTEM_FILES:
                yield os.path.abspath(os.path.join(folder, name))


def _take(file: str, found: FoundFiles, limits: Limits) -> None:
    """Adds the file at this absolute path to `found`: to `files` where a reader takes its suffix, else counted by its
    kind in `skipped`, unless it is a sidecar (SIDECAR_SUFFIXES). Of a zip archive, if it is a file, adds the members
    (/plans/a.zip/b.txt) in the same way, sorted, and not itself; an archive in it is skipped. An archive that cannot be
    read, or that holds more than `limits` or `members` allow, goes into `refused` and `unread`."""
    suffix = suffix_of(file)
    if suffix == "zip" and os.path.isfile(file):
        try:
            inner = members(shown(file), Path(file), limits)
        except Refused as refusal:
            found.unread.append(file)
            found.refused.append((file, str(refusal)))
            return
        for member in sorted(inner):
            if suffix_of(member) == "zip":
                found.skipped["archives in archives", ".zip"] += 1
            else:
                _take(f"{file}/{member}", found, limits)
    elif suffix in suffixes():
        found.files.append(file)
    elif suffix not in SIDECAR_SUFFIXES:
        kind = UNREADABLE_KINDS.get(suffix, ("files that no reader knows", ""))[0]
        found.skipped[kind, f".{suffix}" if suffix else NO_SUFFIX] += 1


def _is_under(path: str, root: str) -> bool:
    """Whether a path is the folder or archive `root` itself, or below it."""
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)
