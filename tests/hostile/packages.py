"""Hostile OFD files, workbooks, saved web pages and archives."""

import random
import zipfile
from collections.abc import Iterator
from io import BytesIO

from ofd_maker import NAMESPACE, OfdPage, ofd

from hostile.texts import PLAN
from hostile.word import HEAD, packed

SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELS = '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></Relationships>'
BOOK = f'<workbook {SHEET}><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'


def book(sheet: str, **parts: str) -> bytes:
    files = {
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": RELS,
        "xl/s.xml": f"<worksheet {SHEET}>{sheet}</worksheet>",
    }
    return packed(files | {f"xl/{name}.xml": part for name, part in parts.items()})


def rows(count: int, columns: int = 3, text: str = "1") -> str:
    row = "".join(f"<c><v>{text}</v></c>" for _ in range(columns))
    return "<sheetData>" + f"<row>{row}</row>" * count + "</sheetData>"


def packages(scale: float) -> Iterator[tuple[str, bytes]]:
    yield from _ofds(scale)
    yield from _books(scale)
    yield from _saved(scale)
    yield from _archives(scale)


def _ofds(scale: float) -> Iterator[tuple[str, bytes]]:
    def n(most: int) -> int:
        return max(2, int(most * scale))

    lines = OfdPage()
    for number, line in enumerate(PLAN.splitlines()[:40]):
        lines.text(20, 10 + 6 * number, line[:30], 4)
    sound = ofd([lines])
    yield "sound.ofd", sound
    yield "no-document.ofd", packed({"OFD.xml": f"{HEAD}<ofd:OFD {NAMESPACE}/>"})
    yield "no-pages.ofd", ofd([])
    yield "missing-page.ofd", ofd([lines], Document='<d><Pages><Page BaseLoc="nowhere.xml"/></Pages></d>')
    yield "pages.ofd", ofd([OfdPage().text(20, 20, "规划")] * n(5_000))
    yield (
        "one-page-often.ofd",
        ofd([lines], Document="<d><Pages>" + '<Page BaseLoc="Pages/Page_0/Content.xml"/>' * n(3_000) + "</Pages></d>"),
    )
    yield (
        "itself.ofd",
        ofd([lines], Document='<d><Pages><Page BaseLoc="../OFD.xml"/><Page BaseLoc="Document.xml"/></Pages></d>'),
    )
    yield "out.ofd", ofd([lines], Document='<d><Pages><Page BaseLoc="../../../../etc/passwd"/></Pages></d>')
    yield "template-of-itself.ofd", ofd([lines], lines)
    blocks = "<ofd:PageBlock>" * n(100_000) + "</ofd:PageBlock>" * n(100_000)
    yield "blocks.ofd", ofd([OfdPage([blocks])])
    yield "objects.ofd", ofd([OfdPage([OfdPage().text(20, 20, "规划").objects[0] * n(200_000)])])
    yield "text.ofd", ofd([OfdPage().text(20, 20, "规划" * n(1_000_000))])
    yield (
        "steps.ofd",
        ofd(
            [
                OfdPage(
                    [
                        f'<ofd:TextObject Size="5"><ofd:TextCode DeltaX="{"g 999999 1 " * n(100_000)}">{"规划" * 50}</ofd:TextCode></ofd:TextObject>'
                    ]
                )
            ]
        ),
    )
    for number, value in enumerate(
        ("1e308", "-1e308", "nan", "9" * 400, "1e-400", "", "0", "x", "0 0 0 0", "-5 -5 -5 -5")
    ):
        text = f'<ofd:TextObject Boundary="{value} 0 1 1" Size="{value}" CTM="{value} 0 0 {value} 0 0"><ofd:TextCode X="{value}" Y="{value}" DeltaX="{value}">规划</ofd:TextCode></ofd:TextObject>'
        path = f'<ofd:PathObject Boundary="{value} 0 1 1"><ofd:AbbreviatedData>M {value} {value} L {value} 0 C L B A 1</ofd:AbbreviatedData></ofd:PathObject>'
        yield f"number-{number}.ofd", ofd([OfdPage([text, path])])
        yield (
            f"box-{number}.ofd",
            ofd(
                [lines],
                Document=f"<d><CommonData><PageArea><PhysicalBox>{value}</PhysicalBox></PageArea></CommonData></d>",
            ),
        )
    grid = OfdPage([OfdPage().rule(10, 10, 200, 10).objects[0] * n(50_000)])
    yield "rules.ofd", ofd([grid])
    yield (
        "path.ofd",
        ofd(
            [
                OfdPage(
                    [
                        f"<ofd:PathObject><ofd:AbbreviatedData>{'M 0 0 L 100 0 ' * n(200_000)}</ofd:AbbreviatedData></ofd:PathObject>"
                    ]
                )
            ]
        ),
    )
    yield "bomb.ofd", ofd([lines], Document=b" " * n(1_000_000_000))
    yield "entities.ofd", ofd([lines], Document="<!DOCTYPE d [<!ENTITY a 'x'>]><d>&a;</d>")
    yield from _damaged("cut", sound, 12)


def _books(scale: float) -> Iterator[tuple[str, bytes]]:
    def n(most: int) -> int:
        return max(2, int(most * scale))

    sound = book(rows(5))
    yield "sound.xlsx", sound
    yield "rows.xlsx", book(rows(n(300_000)))
    yield "columns.xlsx", book(rows(2, n(300_000)))
    yield "square.xlsx", book(rows(n(5_000), 190))
    yield (
        "far.xlsx",
        book(
            '<sheetData><row r="999999"><c r="ZZZ999999"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row></sheetData>'
        ),
    )
    yield (
        "backwards.xlsx",
        book(
            "<sheetData>"
            + "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c></row>' for r in range(n(20_000), 0, -1))
            + "</sheetData>"
        ),
    )
    merged = "".join(f'<mergeCell ref="A{r}:ZZ{r + 9000}"/>' for r in range(1, n(15_000)))
    yield "merged.xlsx", book(rows(n(5_000), 50) + f"<mergeCells>{merged}</mergeCells>")
    yield (
        "merged-many.xlsx",
        book(
            rows(5)
            + "<mergeCells>"
            + '<mergeCell ref="A1:B2"/>' * n(100_000)
            + "".join(f'<mergeCell ref="A{r}:B{r}"/>' for r in range(n(50_000)))
            + "</mergeCells>"
        ),
    )
    yield (
        "merged-odd.xlsx",
        book(
            rows(5)
            + '<mergeCells><mergeCell ref="B9:A1"/><mergeCell ref="A1"/><mergeCell/><mergeCell ref="A0:A9999999"/></mergeCells>'
        ),
    )
    yield (
        "hidden.xlsx",
        book(
            "<sheetData>"
            + "".join(
                f'<row r="{r * 2}" hidden="1"/><row r="{r * 2 + 1}"><c><v>1</v></c><c><v>2</v></c></row>'
                for r in range(1, n(50_000))
            )
            + "</sheetData>"
        ),
    )
    shared = '<sheetData><row><c t="s"><v>99999</v></c><c t="s"><v>-1</v></c><c t="s"/><c t="e"><v>#REF!</v></c><c t="n" s="777"><v>1</v></c></row></sheetData>'
    yield "references.xlsx", book(shared)
    yield (
        "numbers.xlsx",
        book(
            "<sheetData>"
            + "".join(
                f"<row><c><v>{v}</v></c><c><v>1</v></c></row>"
                for v in ("1e308", "-1e-308", "nan", "inf", "9" * 300, "0x10", "１２")
            )
            + "</sheetData>"
        ),
    )
    formats = "".join(
        f'<numFmt numFmtId="{200 + k}" formatCode="{code}"/>'
        for k, code in enumerate(
            (
                "[" * 5000,
                "&quot;" * 4999,
                "0" * 5000,
                "0." + "0" * 300,
                ";;;;;;",
                "yyyy" * 1000,
                "%%%%0",
                "#" * 3000 + "x",
            )
        )
    )
    cells = "".join(f'<c s="{k}"><v>45292.7</v></c>' for k in range(8))
    styles = f'<styleSheet><numFmts>{formats}</numFmts><cellXfs>{"".join(f"""<xf numFmtId="{200 + k}"/>""" for k in range(8))}</cellXfs></styleSheet>'
    related = RELS.replace("</Rel", '<Relationship Id="r2" Type="x/styles" Target="styles.xml"/></Rel', 1)
    yield (
        "formats.xlsx",
        packed(
            {
                "xl/workbook.xml": BOOK,
                "xl/_rels/workbook.xml.rels": related,
                "xl/s.xml": f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>",
                "xl/styles.xml": styles,
            }
        ),
    )
    yield (
        "sheets.xlsx",
        packed(
            {
                "xl/workbook.xml": f'<workbook {SHEET}><sheets>{"""<sheet r:id="r1"/>""" * n(20_000)}</sheets></workbook>',
                "xl/_rels/workbook.xml.rels": RELS,
                "xl/s.xml": f"<w>{rows(2)}</w>",
            }
        ),
    )
    yield (
        "bomb.xlsx",
        packed({"xl/workbook.xml": BOOK, "xl/_rels/workbook.xml.rels": RELS, "xl/s.xml": b" " * n(1_000_000_000)}),
    )
    yield "no-sheets.xlsx", packed({"xl/workbook.xml": "<workbook/>"})
    yield from _damaged("cut-book", sound, 12)


def _saved(scale: float) -> Iterator[tuple[str, bytes]]:
    def n(most: int) -> int:
        return max(2, int(most * scale))

    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    page = b"--b\r\nContent-Type: text/html\r\n\r\n<p>" + PLAN.encode() + b"</p>\r\n"
    yield "sound.mht", head + page + b"--b--\r\n"
    yield "no-end.mht", head + page
    yield "parts.mht", head + b"--b\r\nContent-Type: image/png\r\n\r\nx\r\n" * n(200_000)
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (k, k) for k in range(min(3_000, n(100_000)))
    )
    yield "nested.mht", b"MIME-Version: 1.0\r\n" + nested + b"Content-Type: text/html\r\n\r\n<p>x</p>"
    yield "headers.mht", b"MIME-Version: 1.0\r\n" + b"X-A: y\r\n" * n(1_000_000) + b"\r\n" + PLAN.encode()
    yield (
        "long-header.mht",
        b"MIME-Version: 1.0\r\nContent-Type: text/html; a=" + b"x" * n(10_000_000) + b"\r\n\r\n<p>x</p>",
    )
    yield (
        "base64.mht",
        b"MIME-Version: 1.0\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + b"A" * n(5_000_001),
    )
    yield "boundary.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\r\n\r\n" + page
    yield "charset.mht", b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=\xff\xfe\r\n\r\n<p>x</p>"


def _archives(scale: float) -> Iterator[tuple[str, bytes]]:
    def n(most: int) -> int:
        return max(2, int(most * scale))

    sound = packed({"plan.txt": PLAN})
    yield "sound.zip", sound
    yield "empty.zip", packed({})
    yield "nothing-readable.zip", packed({"a.jpg": b"x", "b": b"y"})
    yield "several.zip", packed({"a.txt": PLAN, "b.txt": PLAN})
    yield "bomb.zip", packed({"plan.txt": b" " * n(1_000_000_000)})
    yield "many.zip", packed({f"{k}.txt": b"x" for k in range(n(100_000))})
    yield "inner.zip", packed({"a.zip": packed({"a.zip": sound})})
    yield "paths.zip", packed({"../../a.txt": PLAN, "/etc/a.txt": PLAN, "a/./b.txt": PLAN, "c:\\a.txt": PLAN, "": PLAN})
    yield "same-name.zip", sound[: len(sound) // 2] + sound
    lying = bytearray(packed({"plan.txt": b" " * 100_000}))
    at = lying.rfind(b"PK\x01\x02")
    lying[at + 24 : at + 28] = (10).to_bytes(4, "little")  # says that it unpacks to 10 bytes
    yield "lying.zip", bytes(lying)
    locked = bytearray(sound)
    locked[6] |= 1
    locked[locked.rfind(b"PK\x01\x02") + 8] |= 1
    yield "password.zip", bytes(locked)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("plan.txt", PLAN, zipfile.ZIP_BZIP2)
    yield "bzip2.zip", out.getvalue()
    yield from _damaged("cut-archive", sound, 12)
    yield "rar.rar", b"Rar!\x1a\x07\x01\x00" + bytes(100)
    yield "picture.pdf", b"\xff\xd8\xff\xe0" + bytes(100)


def _damaged(name: str, sound: bytes, count: int) -> Iterator[tuple[str, bytes]]:
    chance = random.Random(0)
    ending = {"cut": "ofd", "cut-book": "xlsx", "cut-archive": "zip"}[name]
    for k in range(count):
        data = bytearray(sound)
        for _ in range(4):
            data[chance.randrange(len(data))] = chance.randrange(256)
        yield f"{name}-{k}.{ending}", bytes(data[: chance.randrange(len(data) // 2, len(data) + 1)])
