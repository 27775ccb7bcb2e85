"""Makes small PDF files for tests: Chinese text at given places, rules, no other program."""

import zlib
from dataclasses import dataclass, field

FONTS = {"song": "FangSong", "hei": "SimHei", "bold": "FangSong-Bold"}
A4 = (595.0, 842.0)
Box = tuple[float, float, float, float]  # left, bottom, right, top
SOLID = "健全养老服务体系，提升质量。到年"


@dataclass
class Sheet:
    """A page; y runs down from its top, as a reader sees it. `operators` is its content stream. `media` and `crop` are
    its boxes; without, the media box is the page, and there is no crop box."""

    width: float = A4[0]
    height: float = A4[1]
    rotate: int = 0
    media: Box | None = None
    crop: Box | None = None
    operators: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, size: float = 16, font: str = "song", turned: bool = False) -> float:
        """Words on one line from x; gives the x behind them. `turned` text runs up the page and is of the
        characters in SOLID."""
        if turned:
            codes = "".join(f"{SOLID.index(character) + 65:02x}" for character in words)
            self.operators.append(f"BT /solid {size} Tf 0 1 -1 0 {x} {self.height - y} Tm <{codes}> Tj ET")
            return x
        # pdfium passes over text without extent, which a single character of a font without outlines is
        codes = "".join(f"{ord(character):04x}" for character in (words if len(words) > 1 else f"{words} "))
        self.operators.append(f"BT /{font} {size} Tf 1 0 0 1 {x} {self.height - y} Tm <{codes}> Tj ET")
        return x + width(words, size)

    def paragraph(
        self, y: float, *parts: str | tuple[str, str], left: float = 79, measure: int = 27, size: float = 16,
        indent: float = 2, leading: float = 28,
    ) -> float:  # fmt: skip
        """Sets the parts, words or (words, font), in lines of `measure` characters; gives the next line's y."""
        x = left + indent * size
        right = left + measure * size
        for part in parts:
            words, font = part if isinstance(part, tuple) else (part, "song")
            while words:
                fits = next((n for n in range(len(words)) if x + width(words[: n + 1], size) > right + 0.1), len(words))
                if fits:
                    x = self.text(x, y, words[:fits], size, font)
                words = words[fits:]
                if words:
                    x, y = left, y + leading
        return y + leading

    def centred(self, y: float, words: str, size: float = 16, font: str = "hei", leading: float = 28) -> float:
        self.text((self.width - size * len(words)) / 2, y, words, size, font)
        return y + leading

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.operators.append(f"0.5 w {x0} {self.height - y0} m {x1} {self.height - y1} l S")

    def grid(self, xs: list[float], ys: list[float]) -> None:
        """All rules of a table."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)


def width(words: str, size: float) -> float:
    return sum(size if ord(character) > 255 else size / 2 for character in words)


def pdf(sheets: list[Sheet]) -> bytes:
    """The file; every character is its own code, which /ToUnicode maps to itself."""
    objects: list[bytes] = [b"", b""]  # the catalogue and the page tree come last, but are numbered first
    fonts = {key: _font(objects, name) for key, name in FONTS.items()}
    fonts["solid"] = _solid(objects)
    resources = "<< /Font << " + " ".join(f"/{key} {number} 0 R" for key, number in fonts.items()) + " >> >>"
    pages = []
    for sheet in sheets:
        content = "\n".join(sheet.operators).encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        media = sheet.media or (0, 0, sheet.width, sheet.height)
        box = f"/MediaBox [{' '.join(map(str, media))}] /Rotate {sheet.rotate}"
        if sheet.crop:
            box += f" /CropBox [{' '.join(map(str, sheet.crop))}]"
        page = f"<< /Type /Page /Parent 2 0 R {box} /Contents {len(objects)} 0 R /Resources {resources} >>"
        objects.append(page.encode())
        pages.append(len(objects))
    kids = " ".join(f"{number} 0 R" for number in pages)
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()
    return _file(objects)


def scanned(pages: list[tuple[int, int, bytes]]) -> bytes:
    """Pictures (width, height, grey bytes), each filling a page."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for width, height, grey in pages:
        packed, content = zlib.compress(grey), b"q 595 0 0 842 0 0 cm /I Do Q"
        kind = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 8"
        head = f"<< {kind} /ColorSpace /DeviceGray /Filter /FlateDecode /Length {len(packed)} >>"
        objects.append(head.encode() + b"\nstream\n" + packed + b"\nendstream")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        place = f"/Contents {len(objects)} 0 R /Resources << /XObject << /I {len(objects) - 1} 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {place} >>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(objects)


def _font(objects: list[bytes], name: str) -> int:
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def "
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
        b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
    )
    objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap))
    number = len(objects)
    objects.append(
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [0 -200 1000 880] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>".encode()
    )
    objects.append(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDToGIDMap /Identity /DW 1000 /W [0 255 500] "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor {number + 1} 0 R >>".encode()
    )
    objects.append(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
        f"/DescendantFonts [{number + 2} 0 R] /ToUnicode {number} 0 R >>".encode()
    )
    return len(objects)


def _solid(objects: list[bytes]) -> int:
    """Letters of Helvetica, which have outlines, under other names: pdfium passes over turned text without them."""
    pairs = " ".join(f"<{65 + n:02x}> <{ord(character):04x}>" for n, character in enumerate(SOLID))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def "
        f"1 begincodespacerange <00> <FF> endcodespacerange {len(SOLID)} beginbfchar {pairs} endbfchar endcmap end end"
    ).encode()
    objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap))
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode %d 0 R >>" % len(objects))
    return len(objects)


def _file(objects: list[bytes]) -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
