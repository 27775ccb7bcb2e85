"""The properties that styles of a Word file give to paragraphs and runs: bold, font, hidden, heading level, list."""

import re
from dataclasses import dataclass

from extractors.readers.ooxml import Element, attribute, child, integer, is_true, local

# heading 1, 标题 1
HEADING_STYLE = re.compile(r"(?:heading|标题)\s?(?P<level>[1-9])", re.IGNORECASE)
# Title, 标题
TITLE_STYLE = re.compile(r"title|标题", re.IGNORECASE)
# toc 1, TOC Heading, 目录 1
CONTENTS_STYLE = re.compile(r"(?:toc|目录)\s?(?:heading|标题|\d)", re.IGNORECASE)
# what run-in headings are set in beside 仿宋: 黑体, 楷体_GB2312, SimHei, KaiTi, 方正小标宋简体
DISPLAY_FONT = re.compile(r"黑体|楷|小标宋|SimHei|KaiTi|Kai\b", re.IGNORECASE)
MAX_STYLE_CHAIN = 20  # styles of which each is based on the next; a longer chain may be a circle


@dataclass(frozen=True, slots=True)
class Formatting:
    """The properties set by a style or by direct formatting; None where a property is not set.

    `font` is the name of the font of Chinese characters, or of the theme font; `hidden` says that the text is not
    shown, `struck` that a line is drawn through it. `level` is the outline level of a heading, from 0 (9 is body text);
    `number` the id of the list that the paragraph belongs to and the depth in it, from 0, each None where it is not
    set."""

    bold: bool | None = None
    font: str | None = None
    hidden: bool | None = None
    struck: bool | None = None
    level: int | None = None
    number: tuple[str | None, int | None] = (None, None)

    def over(self, other: "Formatting") -> "Formatting":
        """These properties, each replaced by that of `other` where it is None (a font's name or a list's id also where
        it is ''). Of `number`, the list's id and the depth are replaced each by itself."""
        mine, theirs = self.number, other.number
        return Formatting(
            other.bold if self.bold is None else self.bold,
            self.font or other.font,
            other.hidden if self.hidden is None else self.hidden,
            other.struck if self.struck is None else self.struck,
            other.level if self.level is None else self.level,
            (mine[0] or theirs[0], theirs[1] if mine[1] is None else mine[1]),
        )


class Styles:
    """The styles of a Word file by their ids, each with the properties that it inherits. It is made from the root
    element of styles.xml, None where the file has no such part, and then has no styles.

    `default` is the formatting of runs that no style changes, `default_paragraph` the id of the style of paragraphs
    that name none, None where the file marks none; of several the last.
    """

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._looks: dict[str, Formatting] = {}
        self._names: dict[str, str] = {}
        self.default_paragraph: str | None = None
        defaults = child(root, "docDefaults", "rPrDefault")
        self.default = run_look(child(defaults, "rPr"))
        for each in root if root is not None else ():
            identity = attribute(each, "styleId")
            if local(each) != "style" or identity is None:
                continue
            self._elements[identity] = each
            self._names[identity] = attribute(child(each, "name"), "val") or ""
            if attribute(each, "type") == "paragraph" and is_true(each, "default"):
                self.default_paragraph = identity

    def look(self, identity: str | None) -> Formatting:
        """The properties of the style with this id, its own before those of the styles that it is based on, one after
        the other; with itself the first MAX_STYLE_CHAIN (20) count, and an id that the file does not define ends them.
        For None and for an `identity` that the file does not define, a Formatting with nothing set."""
        if identity is None or identity not in self._elements:
            return Formatting()
        if identity not in self._looks:
            look = Formatting()
            based: str | None = identity
            for _ in range(MAX_STYLE_CHAIN):
                if based is None or based not in self._elements:
                    break
                each = self._elements[based]
                look = look.over(run_look(child(each, "rPr")).over(paragraph_look(child(each, "pPr"))))
                based = attribute(child(each, "basedOn"), "val")
            self._looks[identity] = look
        return self._looks[identity]

    def level(self, identity: str | None, look: Formatting) -> int:
        """The level of a heading, from 1; 0 for a paragraph that is no heading. An outline level in `look`, the
        formatting of the paragraph with that of its style, decides alone: 0 gives 1, and so on, 9 and more give 0. Else
        the level is the digit in the name of the style with the id `identity`, which has to be of the form 标题 1 or
        Heading 1 as a whole, in any case, with or without the blank."""
        if look.level is not None:
            return look.level + 1 if look.level < 9 else 0
        heading = HEADING_STYLE.fullmatch(self._names.get(identity or "", ""))
        return int(heading["level"]) if heading else 0

    def is_title(self, identity: str | None) -> bool:
        """Whether the style with this id is named Title or 标题, in any case; False for None and for an unknown id."""
        return TITLE_STYLE.fullmatch(self._names.get(identity or "", "")) is not None

    def is_contents(self, identity: str | None) -> bool:
        """Whether the name of the style with this id begins like that of a line or title of a table of contents (toc 1,
        TOC Heading, 目录 1); False for None and for an unknown id."""
        return CONTENTS_STYLE.match(self._names.get(identity or "", "")) is not None


def run_look(properties: Element | None) -> Formatting:
    """The properties that a w:rPr element gives a run, which are `bold`, `font`, `hidden` and `struck` (w:strike,
    w:dstrike): <w:rPr><w:b/></w:rPr> -> Formatting(bold=True). The font is that of Chinese characters: w:eastAsia of
    w:rFonts, else w:eastAsiaTheme, the name of a theme font; the fonts of other scripts (w:ascii, w:hAnsi) do not
    count. For None a Formatting with nothing set."""
    fonts = child(properties, "rFonts")
    font = attribute(fonts, "eastAsia") or attribute(fonts, "eastAsiaTheme")
    once, twice = _switch(child(properties, "strike")), _switch(child(properties, "dstrike"))
    struck = None if once is None and twice is None else bool(once or twice)
    return Formatting(_switch(child(properties, "b")), font, _switch(child(properties, "vanish")), struck)


def paragraph_look(properties: Element | None) -> Formatting:
    """The properties that a w:pPr element gives a paragraph, which are `level` and `number`: <w:pPr><w:outlineLvl
    w:val="0"/></w:pPr> -> Formatting(level=0). An outline level that is no number is body text (9), a depth that is
    none is 0. For None a Formatting with nothing set."""
    outline = attribute(child(properties, "outlineLvl"), "val")
    depth = attribute(child(properties, "numPr", "ilvl"), "val")
    return Formatting(
        level=None if outline is None else integer(outline, 9),
        number=(
            attribute(child(properties, "numPr", "numId"), "val"),
            None if depth is None else integer(depth),
        ),
    )


def _switch(element: Element | None) -> bool | None:
    """Whether an element such as <w:b/> switches its property on: yes, unless its value is 0, false, off or none. None
    where there is no element."""
    if element is None:
        return None
    return attribute(element, "val") not in ("0", "false", "off", "none")
