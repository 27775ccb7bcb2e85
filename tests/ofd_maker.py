"""Makes OFD files of lines and ruled tables, as the office programs of government bodies do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from hostile.word import HEAD, packed

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 5.6  # millimetres: about 16 points


@dataclass
class OfdPage:
    """Objects of a page, in millimetres from its top left."""

    objects: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, size: float = SIZE, font: str = "1", more: str = "") -> "OfdPage":
        """A line; `y` is its top."""
        steps = " ".join(f"{size / 2 if c.isascii() else size:.2f}" for c in words[:-1])
        box = f"{x} {y} {size * len(words):.2f} {size:.2f}"
        self.objects.append(
            f'<ofd:TextObject ID="9" Boundary="{box}" Font="{font}" Size="{size}" {more}>'
            f'<ofd:TextCode X="0" Y="{size * 0.86:.2f}" DeltaX="{steps}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
        )
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> "OfdPage":
        self.objects.append(
            f'<ofd:PathObject ID="8" Boundary="{x0} {y0} {x1 - x0 + 0.2} {y1 - y0 + 0.2}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
        )
        return self

    def table(
        self, x: float, y: float, widths: Sequence[float], rows: Iterable[Sequence[str]], height: float = 8
    ) -> float:
        """A ruled table; where it ends."""
        rows = list(rows)
        edges = [x + sum(widths[:n]) for n in range(len(widths) + 1)]
        for n in range(len(rows) + 1):
            self.rule(x, y + n * height, edges[-1], y + n * height)
        for edge in edges:
            self.rule(edge, y, edge, y + len(rows) * height)
        for n, row in enumerate(rows):
            for edge, words in zip(edges, row, strict=False):
                if words:
                    self.text(edge + 1, y + n * height + 1.5, words, 4)
        return y + len(rows) * height


def ofd(pages: Sequence[OfdPage], template: OfdPage | None = None, **parts: str | bytes) -> bytes:
    """The file; `template` stands on every page. Other parts replace those of that name: Document='…'."""

    def content(page: OfdPage, more: str = "") -> str:
        layer = f'<ofd:Content><ofd:Layer ID="5">{"".join(page.objects)}</ofd:Layer></ofd:Content>'
        return f"{HEAD}<ofd:Page {NAMESPACE}>{more}{layer}</ofd:Page>"

    shared = '<ofd:TemplatePage ID="3" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    listed = "".join(f'<ofd:Page ID="{n + 20}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    files: dict[str, str | bytes] = {
        "OFD.xml": f'{HEAD}<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"{HEAD}<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        f"{shared}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/PublicRes.xml": f'{HEAD}<ofd:Res {NAMESPACE}><ofd:Fonts><ofd:Font ID="1" FontName="仿宋"/>'
        '<ofd:Font ID="2" FontName="黑体" Bold="true"/></ofd:Fonts></ofd:Res>',
    }
    for n, page in enumerate(pages):
        files[f"Doc_0/Pages/Page_{n}/Content.xml"] = content(page, '<ofd:Template TemplateID="3"/>' if template else "")
    if template:
        files["Doc_0/Tpls/Tpl_0/Content.xml"] = content(template)
    return packed(
        files | {name if "/" in name or "." in name else f"Doc_0/{name}.xml": part for name, part in parts.items()}
    )
