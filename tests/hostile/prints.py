"""Hostile PDF files."""

import random
import zlib
from collections.abc import Iterator
from hashlib import md5

from pdf_maker import Sheet, _file, pdf

from hostile.texts import PLAN
from hostile.word import flipped

PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def sound() -> bytes:
    sheet = Sheet()
    y = sheet.centred(100, "第一章 发展基础", 22)
    for line in PLAN.splitlines():
        y = sheet.paragraph(y, line)
    sheet.grid([80, 200, 320], [y, y + 30, y + 60])
    sheet.text(90, y + 20, "指标", 12)
    sheet.text(210, y + 20, "2025年", 12)
    return pdf([sheet])


def prints(scale: float) -> Iterator[tuple[str, bytes]]:
    """(name, content); at scale 1 the stream bomb unpacks to a gigabyte."""
    good = sound()
    yield "sound.pdf", good
    dice = random.Random(9)
    for n in range(12):
        yield f"cut-{n}.pdf", good[: dice.randrange(10, len(good))]
    for n in range(20):
        yield f"flipped-{n}.pdf", flipped(good, dice)
    yield "head-only.pdf", b"%PDF-1.7\n"
    yield "no-xref.pdf", good[: good.rindex(b"xref\n0")]
    yield "password.pdf", locked(good, b"secret")
    yield "owner-only.pdf", locked(good, b"")
    yield "odd-filter.pdf", good.replace(b"trailer << ", b"trailer << /Encrypt << /Filter /NoSuch /V 9 >> ")
    yield "page-loop.pdf", _raw("<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>")
    yield "lying-count.pdf", _raw("<< /Type /Pages /Kids [3 0 R] /Count 999999999 >>", _page(""))
    yield "many-pages.pdf", _raw(f"<< /Type /Pages /Kids [{'3 0 R ' * 5000}] /Count 5000 >>", _page(""))
    yield "no-pages.pdf", _raw("<< /Type /Pages /Kids [] /Count 0 >>")
    tree = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    yield "no-text.pdf", _raw(tree, _page("0 0 m 10 10 l S"))
    yield (
        "form-loop.pdf",
        _raw(tree, _page("/F Do", "/XObject << /F 5 0 R >>"), _form("/F Do", "/XObject << /F 5 0 R >>")),
    )
    ruled = _form("80 700 m 300 700 l 80 730 m 300 730 l 80 700 m 80 730 l 300 700 m 300 730 l S", "")
    yield "rules-in-form.pdf", _raw(tree, _page("1 0 0 1 5 5 cm /F0 Do", "/XObject << /F0 5 0 R >>"), ruled)
    yield "stream-bomb.pdf", _raw(tree, _page(b"0 0 m 9 9 l S\n" * 10 + b" " * int(1_000_000_000 * scale)))
    twice = zlib.compress(zlib.compress(b" " * int(200_000_000 * scale), 9), 9)
    head = b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n" % len(twice)
    yield "packed-twice.pdf", _raw(tree, [_page("")[0], head + twice + b"\nendstream"])
    yield "operators.pdf", _raw(tree, _page(b"q 1 0 0 1 0 0 cm\n" * int(2_000_000 * scale + 10)))
    yield (
        "rules.pdf",
        _raw(tree, _page("\n".join(f"0 {i % 800} m 500 {i % 800} l S" for i in range(int(300_000 * scale + 100))))),
    )
    yield (
        "vertical-rules.pdf",
        _raw(tree, _page("\n".join(f"{i % 590} 0 m {i % 590} 800 l {i % 7} 5 l S" for i in range(30_000)))),
    )
    yield "infinite.pdf", _raw(tree, _page("1e38 0 0 1e38 1e38 1e38 cm 0 0 m 1e38 1e38 l S 0 0 5 5 re S"))
    huge = Sheet(width=1e7, height=1e7)
    huge.text(1e6, 1e6, "规划", 1e5)
    yield "huge-page.pdf", pdf([huge])
    for name, box in (("flat", (0, 0)), ("negative", (-500, -500)), ("dot", (1, 1))):
        small = Sheet(width=box[0], height=box[1])
        small.text(0, 0, "规划，服务。", 0)
        small.text(0, 0, "规划，服务。", -12)
        yield f"{name}-page.pdf", pdf([small])
    yield "crowd.pdf", pdf([_crowd(int(200_000 * scale) + 2_000)])
    yield "one-place.pdf", pdf([_one_place(int(50_000 * scale) + 500)])
    yield "raised.pdf", pdf([_raised(int(60_000 * scale) + 300)])
    yield "blanks.pdf", pdf([_blanks(int(60_000 * scale) + 300)])
    yield "lines.pdf", pdf([_lines(int(60_000 * scale) + 300)])
    yield "turned.pdf", pdf([Sheet(rotate=angle) for angle in (37, 90, 180, 270, -90)] + [_crowd(100)])
    yield "staircase.pdf", pdf([_staircase()])
    yield "checkers.pdf", pdf([_checkers(60)])
    yield "images.pdf", _raw(tree, _page("BI /W 999999 /H 999999 /BPC 8 /CS /G ID x EI"))
    picture = bytes(255 if (x // 7 + y // 9) % 5 else 0 for y in range(200) for x in range(200))
    yield (
        "scanned.pdf",
        _raw(tree, _page(b"q 500 0 0 700 40 40 cm BI /W 200 /H 200 /BPC 8 /CS /G ID " + picture + b" EI Q")),
    )
    yield (
        "odd-font.pdf",
        _raw(tree, _page("BT /F 9 Tf (abc) Tj ET", "/Font << /F << /Type /Font /Subtype /Type0 >> >>")),
    )
    yield "deep.pdf", _raw("[" * 100_000 + "]" * 100_000)


def deadly() -> bytes:
    """Ten forms in each of ten forms, and so on: pdfium takes all the memory there is, and dies."""
    fan = [_form(f"/F{n + 1} Do " * 10, f"/XObject << /F{n + 1} {n + 6} 0 R >>") for n in range(12)]
    tree = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return _raw(tree, _page("/F0 Do", "/XObject << /F0 5 0 R >>"), *fan, _form("0 0 m 9 9 l S", ""))


def _raw(*objects: str | bytes | list[bytes]) -> bytes:
    """A file of these objects behind the catalogue."""
    flat = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    for one in objects:
        flat += one if isinstance(one, list) else [one.encode() if isinstance(one, str) else one]
    return _file(flat)


def _page(content: str | bytes, resources: str = "") -> list[bytes]:
    """A page, object 3, and its content, object 4."""
    packed = zlib.compress(content.encode() if isinstance(content, str) else content, 9)
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << {resources} >> >>"
    return [page.encode(), b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)]


def _form(content: str, resources: str) -> bytes:
    head = (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << {resources} >> /Length {len(content)} >>"
    )
    return f"{head}\nstream\n{content}\nendstream".encode()


def _crowd(count: int) -> Sheet:
    sheet = Sheet()
    dice = random.Random(3)
    for _ in range(count // 20):
        sheet.text(
            dice.random() * 600, dice.random() * 850, "规划服务发展建设体系规划服务发展建设体系", 5 + dice.random() * 20
        )
    return sheet


def _one_place(count: int) -> Sheet:
    sheet = Sheet()
    for _ in range(count // 2):
        sheet.text(100, 100, "规划", 16)
    return sheet


def _raised(count: int) -> Sheet:
    """One long line, and over it as many small ones."""
    sheet = Sheet()
    sheet.text(0, 400, "规划" * (count // 2), 0.01)
    for n in range(count // 2):
        sheet.text(n * 0.02, 399.995 + n % 7 * 0.0001, "规划", 0.006)
    return sheet


def _blanks(count: int) -> Sheet:
    sheet = Sheet()
    sheet.text(0, 400, "规 " * count, 0.005)
    return sheet


def _lines(count: int) -> Sheet:
    """Lines of a page as thin as hairs."""
    sheet = Sheet()
    for n in range(count // 2):
        sheet.text(n % 300, n * 800 / count, "规划", 800 / count)
    return sheet


def _staircase() -> Sheet:
    """No two characters on one base line."""
    sheet = Sheet()
    for n in range(3000):
        sheet.text(n % 500, n * 0.27, "规划", 9)
    return sheet


def _checkers(n: int) -> Sheet:
    """Rules that meet everywhere, with gaps."""
    sheet = Sheet()
    for i in range(n):
        for j in range(n):
            if (i + j) % 3:
                sheet.rule(i * 9, j * 9, i * 9 + 9, j * 9)
                sheet.rule(i * 9, j * 9, i * 9, j * 9 + 9)
    sheet.text(100, 100, "规划，服务。", 9)
    return sheet


def locked(data: bytes, password: bytes) -> bytes:
    """The file behind a password, by the standard's oldest way (40-bit RC4); its streams are not even encrypted."""
    owner = _rc4(md5((password + PAD)[:32]).digest()[:5], (password + PAD)[:32])
    identity = b"0123456789abcdef"
    key = md5((password + PAD)[:32] + owner + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + identity).digest()[:5]
    user = _rc4(key, PAD)
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (owner.hex().encode(), user.hex().encode())
    extra = b"trailer << /Encrypt %s /ID [<%s> <%s>] " % (lock, identity.hex().encode(), identity.hex().encode())
    return data.replace(b"trailer << ", extra)


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
