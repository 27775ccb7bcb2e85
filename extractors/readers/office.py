"""Older office formats (.doc, .wps, .rtf, .odt): through LibreOffice where it is installed, else the way out."""

import os
import shutil
import signal
import subprocess
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from extractors.readers.docx import read_docx
from extractors.readers.limits import Limits
from ontology.model.errors import Refused
from ontology.model.source import Source

PROGRAMS = ("soffice", "libreoffice")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream of a .docx behind a password
SHARE = 0.8  # of the time for the file, so that LibreOffice is stopped before its reader is
# no macros, nothing fetched from elsewhere, no dialogue about what went wrong last time
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def read_office(name: str, data: bytes, limits: Limits) -> Source:
    """A .doc file as LibreOffice's .docx of it; the text is then a function of LibreOffice's version too."""
    if ENCRYPTED in data:
        raise Refused(f"{name}: protected by a password; save it in Word without one")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise Refused(
            f"{name}: an older office format; save it as .docx in Word, WPS or LibreOffice, "
            "or install LibreOffice (soffice) to have it converted"
        )
    with TemporaryDirectory(prefix="kg-office-") as folder:
        converted = _convert(name, data, Path(folder), program, limits)
    source = read_docx(name, converted, limits)
    kind = name.rpartition(".")[2].lower()
    notes = (*source.notes, "converted by LibreOffice")
    return replace(source, sha256=sha256(data).hexdigest(), format=kind, notes=notes)


def _convert(name: str, data: bytes, folder: Path, program: str, limits: Limits) -> bytes:
    given, profile = folder / "in" / "file.doc", folder / "profile"
    given.parent.mkdir()
    given.write_bytes(data)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, "utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"]
    command += ["--convert-to", "docx:Office Open XML Text", "--outdir", str(folder), str(given)]
    _run(name, command, limits.seconds * SHARE)
    made = folder / "file.docx"
    if not made.is_file():
        raise Refused(f"{name}: LibreOffice cannot read it (damaged, or protected by a password); save it as .docx")
    if made.stat().st_size > limits.size:
        raise Refused(f"{name}: larger than {limits.size:,} bytes as .docx; split the file or raise the limit")
    return made.read_bytes()


def _run(name: str, command: list[str], seconds: float) -> None:
    """Runs LibreOffice, which starts processes of its own: on time out all of them are ended."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise Refused(f"{name}: LibreOffice took more than {seconds:.0f} seconds; save it as .docx") from None
    finally:
        if process.poll() is None:
            if hasattr(os, "killpg"):  # not on Windows
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
