"""Writes the hostile files into a folder. usage: python tests/hostile/make.py FOLDER [SCALE]

At scale 1 they are as large as they come (a line of 100 MB, bombs of a gigabyte); tests use a smaller one.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

from hostile.packages import packages
from hostile.pages import pages
from hostile.prints import prints, sound
from hostile.texts import PLAN, texts
from hostile.word import words


def make(folder: Path, scale: float) -> list[Path]:
    """The files, links and pipes, all with names that are unique."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for kind, content in contents(scale):
        path = folder / kind
        path.write_bytes(content)
        made.append(path)
    return made + odd_paths(folder)


def contents(scale: float) -> Iterator[tuple[str, bytes]]:
    for group, makers in (("text", texts), ("page", pages), ("word", words), ("print", prints), ("package", packages)):
        for name, content in makers(scale):
            yield f"{group}-{name}", content
    plan = PLAN.encode()
    yield "office-broken.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    yield "office-page.doc", b"<html><body><p>" + plan + b"</p></body></html>"
    yield "office-text.wps", plan
    yield "office-broken.odt", b"PK\x03\x04" + bytes(2000)
    yield "office-broken.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x09" * 3000
    yield "office-broken.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    yield "page-server.shtml", b"<!--#include virtual='/etc/passwd'--><p>" + plan + b"</p>" + b"<!--" * 1000
    yield "text-one-line.txt", ("一、加强设施建设，提高水平。" * int(1 + 60_000 * scale)).encode()
    yield "text-run-on.txt", ("第一节加强水利建设" + "加强水利" * int(1 + 500_000 * scale)).encode()
    yield "text-scattered.txt", ("目录\n第一章 总则（1）\n第一节\n（32D\n" * int(1 + 20_000 * scale)).encode()
    yield "text-unread.txt", ("达到\ufffd0个" * int(1 + 100_000 * scale)).encode()
    yield "office-broken.ods", b"PK\x03\x04" + bytes(2000)
    yield "office-broken.rtf", b"{\\rtf1" + b"{" * 100_000
    yield "called.docx", sound()
    yield "called.txt", sound()
    yield "a\nb\r.txt", plan
    yield "\u202etxt.cod.txt", plan
    yield "-rf.txt", plan
    yield "空 格 .txt", plan
    yield "🏛" * 50 + ".txt", plan
    yield "quote'\"$(id).txt", plan


def odd_paths(folder: Path) -> list[Path]:
    """What is no plain file."""
    loop, dangling, pipe, inner = (folder / f"{name}.txt" for name in ("loop", "dangling", "pipe", "folder"))
    loop.symlink_to(loop)
    dangling.symlink_to(folder / "nowhere.txt")
    os.mkfifo(pipe)
    inner.mkdir()
    (inner / "up").symlink_to(folder)
    bytes_name = Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.txt"))
    bytes_name.write_text(PLAN, "utf-8")
    unreadable = folder / "unreadable.txt"
    unreadable.write_text(PLAN, "utf-8")
    unreadable.chmod(0)
    return [loop, dangling, pipe, inner, bytes_name, unreadable, folder / "missing.txt", folder / ("长" * 200)]


if __name__ == "__main__":
    files = make(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0)
    sys.stdout.write(f"{len(files)} files\n")
