"""Hostile Word files, and zip archives that call themselves one."""

import random
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO

from hostile.texts import PLAN

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
P = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in PLAN.splitlines())
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def body(inner: str) -> str:
    return f"{HEAD}<w:document {W}><w:body>{inner}</w:body></w:document>"


def relations(**targets: str) -> str:
    """numbering='numbering.xml' -> the relations part of the document."""
    lines = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items())
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{HEAD}<Relationships xmlns="{space}">{lines}</Relationships>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2021, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def word(document: str | bytes, **parts: str) -> bytes:
    """A Word file of the document part and others: styles=…, numbering=…, footnotes=…"""
    names = {kind: f"{kind}.xml" for kind in parts}
    return packed(
        {
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": relations(**names),
            **{f"word/{names[kind]}": content for kind, content in parts.items()},
        }
    )


def words(scale: float) -> Iterator[tuple[str, bytes]]:
    """(name, content); at scale 1 the bombs unpack to a gigabyte."""
    sound = word(body(P))
    yield "sound.docx", sound
    dice = random.Random(9)
    for n in range(12):
        yield f"cut-{n}.docx", sound[: dice.randrange(1, len(sound))]
    for n in range(16):
        yield f"flipped-{n}.docx", flipped(sound, dice)
    yield "bomb-blank.docx", word(body(" " * int(1_000_000_000 * scale)))
    yield "bomb-tags.docx", word(body("<w:p/>" * int(30_000_000 * scale + 1_100_000)))
    yield "bomb-text.docx", word(body(f"<w:p><w:r><w:t>{'规划' * int(20_000_000 * scale)}</w:t></w:r></w:p>"))
    bomb = "x" * int(200_000_000 * scale)
    yield "bomb-styles.docx", word(body(P), styles=f"{HEAD}<w:styles {W}>{bomb}</w:styles>")
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    start = f'{HEAD}<!DOCTYPE w:document [<!ENTITY l0 "lol">{laughs}]>'
    yield "laughs.docx", word(start + body("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>").removeprefix(HEAD))
    start = f'{HEAD}<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    yield "external.docx", word(start + body(f"<w:p><w:r><w:t>&x;</w:t></w:r></w:p>{P}").removeprefix(HEAD))
    start = f'{HEAD}<!DOCTYPE w:document SYSTEM "http://example.invalid/x.dtd">'
    yield "dtd.docx", word(start + body(P).removeprefix(HEAD))
    yield "nested-tables.docx", word(body("<w:tbl><w:tr><w:tc>" * 5000 + P + "</w:tc></w:tr></w:tbl>" * 5000))
    yield "nested-30.docx", word(body("<w:tbl><w:tr><w:tc>" * 30 + P + "</w:tc></w:tr></w:tbl>" * 30))
    yield "nested-runs.docx", word(body("<w:p>" + "<w:ins>" * 240 + "</w:ins>" * 240 + "</w:p>" + P))
    many = " ".join(f'a{i}="1"' for i in range(100_000))
    yield "attributes.docx", word(body(f"<w:p {many}/>{P}"))
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="{}"/><w:vMerge{}/></w:tcPr><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc>'
    yield "spans.docx", word(body(f"<w:tbl>{('<w:tr>' + cell.format('999999', '') * 50 + '</w:tr>') * 50}</w:tbl>{P}"))
    yield "merge-only.docx", word(body(f"<w:tbl><w:tr>{cell.format('-3', '')}</w:tr></w:tbl>{P}"))
    yield "empty-table.docx", word(body(f"<w:tbl/><w:tbl><w:tr/></w:tbl>{P}"))
    style = '<w:style w:type="paragraph" w:styleId="{}"><w:basedOn w:val="{}"/></w:style>'
    loop = f"{HEAD}<w:styles {W}>{style.format('a', 'b')}{style.format('b', 'a')}</w:styles>"
    styled = P.replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr>')
    yield "style-loop.docx", word(body(styled), styles=loop)
    level = '<w:lvl w:ilvl="0"><w:start w:val="{}"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    numbered = P.replace("<w:p>", '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>')
    for name, start, form, pattern in (
        ("huge", "999999999999", "chineseCounting", "第%1章"), ("roman", "3998", "upperRoman", "%1."),
        ("letters", "999999", "lowerLetter", "%1)"), ("self", "1", "decimal", "%1%1%9%0%"),
        ("unknown", "-5", "noSuchForm", "%1、"), ("zero", "0", "chineseCountingThousand", "（%1）"),
    ):  # fmt: skip
        abstract = f'<w:abstractNum w:abstractNumId="0">{level.format(start, form, pattern)}</w:abstractNum>'
        numbering = f'{abstract}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        yield (
            f"numbers-{name}.docx",
            word(body(numbered), numbering=f"{HEAD}<w:numbering {W}>{numbering}</w:numbering>"),
        )
    yield "no-document.docx", packed({"readme.txt": "规划"})
    yield "empty-document.docx", word("")
    yield "no-body.docx", word(f"{HEAD}<w:document {W}/>")
    yield "other-xml.docx", word("<svg/>")
    yield "utf16.docx", word(body(P).replace("UTF-8", "UTF-16").encode("utf-16"))
    yield "lying-encoding.docx", word(body(P).encode("gb18030"))
    yield "controls.docx", word(body(P.replace("规", "规&#1;")))
    yield "surrogate.docx", word(body(P.replace("规", "规&#xd800;")))
    traversal = relations(officeDocument="../../../../etc/passwd")
    yield "traversal.docx", packed({"_rels/.rels": traversal, "word/document.xml": body(P)})
    yield "self-relation.docx", packed({"_rels/.rels": relations(officeDocument="_rels/.rels")})
    yield "entries.docx", packed({f"e{i}": "" for i in range(int(70_000 * scale) + 21_000)})
    yield (
        "password.docx",
        sound.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
            b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
        ),
    )
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    yield "encrypted.docx", ole + "EncryptedPackage".encode("utf-16-le") + bytes(500)


def flipped(data: bytes, dice: random.Random) -> bytes:
    """The data with a few bytes changed."""
    out = bytearray(data)
    for _ in range(dice.randrange(1, 30)):
        out[dice.randrange(len(out))] = dice.randrange(256)
    return bytes(out)
