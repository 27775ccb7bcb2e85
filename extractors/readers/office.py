"""Older office formats (.doc, .wps, .rtf, .odt, .xls, .et, .ods), converted by LibreOffice where it is installed. Where
it is not, the error says what to do."""

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from extractors.readers.docx import read_docx
from extractors.readers.formats import Reader
from extractors.readers.limits import Limits
from extractors.readers.signatures import format_of, suffix_of
from extractors.readers.xlsx import read_xlsx
from ontology.model.errors import Refused
from ontology.model.source import Source

OFFICE_PROGRAMS = ("soffice", "libreoffice")
OLDER_SUFFIXES = frozenset(("doc", "wps", "rtf", "odt", "xls", "et", "ods"))
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")  # the stream in which Word keeps a .docx with a password
CONVERSION_TIME_SHARE = 0.8  # of the time for the file, so that LibreOffice is stopped before its reader is
# no macros, nothing fetched from elsewhere, no dialogue about what went wrong last time
OFFICE_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


@dataclass(frozen=True, slots=True)
class _Conversion:
    """How LibreOffice converts a kind of file: the suffix (`ending`) and the export filter of the result, the part of
    LibreOffice that must be installed ('Writer'), and `what` messages call the kind of file."""

    ending: str
    filter: str
    part: str
    what: str


TEXT_CONVERSION = _Conversion(
    "docx", "Office Open XML Text", "Writer", "an older text document (.doc, .wps, .rtf, .odt)"
)
SHEET_CONVERSION = _Conversion("xlsx", "Calc MS Excel 2007 XML", "Calc", "an older workbook (.xls, .et, .ods)")


def read_office(name: str, data: bytes, limits: Limits) -> Source:
    """The Source of an older text document (.doc, .wps, .rtf, .odt), read from the .docx that LibreOffice makes of it;
    its digest and format are those of the given file, and a note names the conversion. The text depends on the version
    of LibreOffice.

    Raises Refused where the file has a password, where LibreOffice is missing, makes no file or takes too long, and
    where the .docx is damaged or beyond the limits.
    """
    return _read(name, data, limits, TEXT_CONVERSION, read_docx)


def read_workbook(name: str, data: bytes, limits: Limits) -> Source:
    """The Source of an older workbook (.xls, .et, .ods), read from the .xlsx that LibreOffice makes of it; its digest
    and format are those of the given file, and a note names the conversion. The text depends on the version of
    LibreOffice.

    Raises Refused where the file has a password, where LibreOffice is missing, makes no file or takes too long, and
    where the .xlsx is damaged or beyond the limits.
    """
    return _read(name, data, limits, SHEET_CONVERSION, read_xlsx)


def _read(name: str, data: bytes, limits: Limits, way: _Conversion, reader: Reader) -> Source:
    """The Source that `reader` makes of the file that LibreOffice converts as `way` says, with the digest of the given
    file and a last note that it was converted. Its format is the suffix of the file's name, where that is one of
    OLDER_SUFFIXES (wps), else what the bytes show (`format_of`). Raises Refused where the file has a password, where
    LibreOffice is missing, makes no file or takes too long, and where what it made is too large or `reader` refuses
    it."""
    if ENCRYPTED_STREAM in data:
        raise Refused(f"{name}: protected by a password; save it without one")
    program = next(filter(None, map(shutil.which, OFFICE_PROGRAMS)), None)
    if program is None:
        raise Refused(
            f"{name}: {way.what}; save it as .{way.ending} in Office, WPS or LibreOffice, "
            f"or install LibreOffice {way.part} (the command soffice) to have it converted"
        )
    with TemporaryDirectory(prefix="kg-office-") as folder:
        converted = _convert(name, data, Path(folder), program, limits, way)
    source = reader(name, converted, limits)
    suffix = suffix_of(name)
    kind = suffix if suffix in OLDER_SUFFIXES else format_of(name, data)
    notes = (*source.notes, "converted by LibreOffice")
    return replace(source, sha256=sha256(data).hexdigest(), format=kind, notes=notes)


def _convert(name: str, data: bytes, folder: Path, program: str, limits: Limits, way: _Conversion) -> bytes:
    """The bytes of the file that LibreOffice makes of `data`. `folder` is an empty folder to work in, `program` the
    path of LibreOffice, `way` the format to make, and `name` the file's name in messages. Raises Refused where
    LibreOffice takes more than CONVERSION_TIME_SHARE (0.8) of `limits.seconds`, makes no file, or makes one larger than
    `limits.size` bytes."""
    original, profile = folder / "in" / ("file.doc" if way is TEXT_CONVERSION else "file.xls"), folder / "profile"
    original.parent.mkdir()
    original.write_bytes(data)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(OFFICE_PROFILE, "utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"]
    command += ["--convert-to", f"{way.ending}:{way.filter}", "--outdir", str(folder), str(original)]
    _run(name, command, limits.seconds * CONVERSION_TIME_SHARE, way)
    converted = folder / f"file.{way.ending}"
    if not converted.is_file():
        raise Refused(
            f"{name}: LibreOffice cannot read it (damaged, protected by a password, or LibreOffice {way.part} is not "
            f"installed); save it as .{way.ending}"
        )
    if converted.stat().st_size > limits.size:
        raise Refused(f"{name}: larger than {limits.size:,} bytes as .{way.ending}; split the file or raise the limit")
    return converted.read_bytes()


def _run(name: str, command: list[str], seconds: float, way: _Conversion) -> None:
    """Runs LibreOffice by the command line `command`, which converts as `way` says, for at most `seconds`. Where it
    takes longer, it is ended and Refused is raised, with `name` as the file's name; except on Windows, the processes
    that it started are ended too. Whether it succeeded is not checked. Raises OSError where the program cannot be
    started."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise Refused(f"{name}: LibreOffice took more than {seconds:.0f} seconds; save it as .{way.ending}") from None
    finally:
        if process.poll() is None:
            if hasattr(os, "killpg"):  # not on Windows
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
