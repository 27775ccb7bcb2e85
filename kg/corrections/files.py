"""The files of corrections, which a user names or which are beside the plans: where they are, what they contain, and
how corrections are added to them."""

import os
from collections.abc import Iterable
from pathlib import Path

from extractors.readers import archive_of
from kg.corrections.things import read
from ontology.model.corrections import CORRECTIONS_VARIABLE, Correction, read_corrections
from ontology.model.errors import Refused, Usage
from ontology.model.store import Store

CORRECTIONS_FILE = "corrections.jsonl"


def named_files(option: str | None) -> list[Path]:
    """The files that the command's option names, else those that $KG_CORRECTIONS names, both separated as in $PATH;
    empty names do not count. [] where neither names one."""
    every = (paths.split(os.pathsep) for paths in (option, os.environ.get(CORRECTIONS_VARIABLE)) if paths)
    return next((named for paths in every if (named := [Path(path) for path in paths if path])), [])


def correction_files(option: str | None, plans: Iterable[Path] = ()) -> list[Path]:
    """The files to read corrections from: those of the command's option (one or several, separated as in $PATH), else
    those of $KG_CORRECTIONS, both whether they exist or not; else the existing corrections.jsonl in the folders of the
    plans (`folder_of`), each once, in the order of `plans`. `plans` are files, and folders that are searched with all
    below them."""
    if named := named_files(option):
        return named
    found: dict[Path, None] = {}
    for path in plans:
        places = path.rglob(CORRECTIONS_FILE) if path.is_dir() else [folder_of(path) / CORRECTIONS_FILE]
        found |= dict.fromkeys(sorted(place.absolute() for place in places if place.is_file()))
    return list(found)


def file_for(store: Store, document: str, option: str | None) -> Path:
    """The file to write corrections of a document (IRI) to: the first of the command's option (files separated as in
    $PATH), else the first of $KG_CORRECTIONS, else corrections.jsonl in the folder (`folder_of`) of the first of the
    files that were loaded as the document whose folder exists on this computer. The file need not exist. Raises Usage
    where no such folder exists."""
    if named := named_files(option):
        return named[0]
    folders = [folder_of(Path(record.path)) for record in store.records() if record.document == document]
    if not any(folder.is_dir() for folder in folders):
        raise Usage(
            f"the plan's folder is not on this machine: name a file with --corrections or ${CORRECTIONS_VARIABLE}"
        )
    return next(folder for folder in folders if folder.is_dir()) / CORRECTIONS_FILE


def folder_of(plan: Path) -> Path:
    """The folder that has the corrections of a plan: that of its file, or for a plan in an archive that of the archive:
    '/plans/a.zip/附件/规划.docx' -> Path('/plans'). The folder of a file that is not on this computer need not
    exist."""
    archive = archive_of(plan)
    return (archive[0] if archive else plan).parent


def load(files: Iterable[Path]) -> list[Correction]:
    """The corrections of all the files, in the order of files and lines; a file that does not exist has none. A
    correction that a later line of the same file undoes is left out, and one that the same file repeats counts once;
    what another file undoes or repeats stays. Raises Refused for a file that cannot be read or is not UTF-8, for a line
    that is no correction, and for one of whose `things` is no region or organization."""
    corrections: list[Correction] = []
    for file in files:
        try:
            text = file.read_text("utf-8")
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError) as error:
            raise Refused(f"corrections {file}: cannot be read ({error})") from None
        corrections += (_checked(each, file) for each in read_corrections(text, str(file)))
    return corrections


def _checked(correction: Correction, file: Path) -> Correction:
    """The correction itself. Raises Refused, naming its file, where one of its `things` is no region or
    organization (`kg.corrections.things.read`)."""
    try:
        for thing in correction.things:
            read(thing)
    except ValueError:
        raise Refused(f"corrections {file}: correction {correction.id} names no region or organization") from None
    return correction


def append(file: Path, corrections: Iterable[Correction]) -> None:
    """Adds corrections at the end of a file, a line each; makes the file and its folders where they are missing, and
    ends a last line that has no line break, also where there are no corrections. Raises Refused where the file cannot
    be written or read, and, with the file as it was, where a value is not UTF-8 (it has lone surrogates)."""
    try:
        lines = "".join(correction.line() + "\n" for correction in corrections).encode()
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab") as out:
            if out.tell() and not file.read_bytes().endswith(b"\n"):
                out.write(b"\n")
            out.write(lines)
    except UnicodeEncodeError:
        raise Refused(f"corrections {file}: cannot be written (a value is not UTF-8)") from None
    except OSError as error:
        raise Refused(f"corrections {file}: cannot be written ({error.strerror})") from None
