"""The headings of a plan: what stands under what, and what part each chapter plays."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from extractors.document import Document
from extractors.headings import STRONG, Candidate, candidate, clause, plain, spaceless
from extractors.layout.contents import entry_key
from extractors.layout.tables import NOTE
from extractors.numbering import Style, marker
from extractors.reading import Section, SectionRole, reading
from extractors.roles import chapter_role, familiar, part_role
from kg.model.facts import Heading, HeadingKind

Key = tuple[str, int]
# which number usually stands above which
RANK: dict[str, float] = {
    "part": 0, "chapter": 1, "section": 2, "han": 3, "bare": 3, "han-paren": 4, "arabic": 5, "arabic-paren": 6, "circled": 7
}  # fmt: skip
LISTS: frozenset[Style] = frozenset({"arabic", "arabic-paren", "circled"})
LOOKAHEAD = 80
FEWEST_UNNUMBERED = 2
# 现将《…规划》印发, 关于印发…规划的通知: what a notice names, the plan among others
NAMED = re.compile(r"《(?P<title>[^》]{4,80})》|(?:印发|转发|批转|发布)(?P<bare>[^《》。]{6,80})的(?:通知|函)")
LONGEST_TITLE = 100
# what only a notice says
NOTICE = re.compile(r"通知|印发|转发|批转|批复|遵照执行|贯彻执行|组织实施")


@dataclass(slots=True)
class _Open:
    """A heading that the next one may stand under."""

    key: Key
    ordinal: int
    heading: int
    level: int


def outline(doc: Doc) -> Doc:
    """Finds the headings and sections of the plan and puts them on the reading and on `doc.spans["headings"]`."""
    state = reading(doc)
    document = state.document
    body = _body_start(document)
    found = _Builder(document, body).build()
    state.headings = [heading for heading, _ in found]
    state.sections = _sections(document, found, body)
    state.facts.extend(state.headings)
    doc.spans["headings"] = [
        Span(doc, seen.start, seen.end, label=heading.kind) for heading, seen in found if seen.end > seen.start
    ]
    return doc


def _body_start(document: Document) -> int:
    """The block at which the plan itself begins, behind the notice that carries it and the table of contents."""
    blocks = document.blocks
    behind_contents = max((i + 1 for i, block in enumerate(blocks) if block.kind == "contents"), default=0)
    if behind_contents * 3 > len(blocks) * 2:
        behind_contents = 0
    titles: set[str] = set()
    last = 0
    early = range(min(len(blocks), max(60, behind_contents)))
    words = [document.words(blocks[i]) if blocks[i].kind == "text" else "" for i in early]
    for i in early:
        titles |= {_title_key(named["title"] or named["bare"]) for named in NAMED.finditer(words[i])}
        if not titles or len(words[i]) > LONGEST_TITLE:
            continue
        # a title may stand on up to three lines
        for lines in (1, 2, 3):
            together = words[i : i + lines]
            key = _title_key("".join(together))
            if marker(words[i]) or words[i].startswith("附") or any(c in line for line in together for c in "。：；"):
                continue
            if any(key == title or (len(key) > 6 and (title.endswith(key) or key.endswith(title))) for title in titles):
                last = i + lines
    return max(min(last, len(blocks)), behind_contents)


def _title_key(title: str) -> str:
    return re.sub(r"[\s“”‘’\"'<>〈〉《》*]|[（(〔][^（）()]*[）)〕]", "", title)


def _with_unnumbered(document: Document, body: int, found: list[Candidate]) -> list[Candidate]:
    """Adds the headings that carry no number where the plan's numbering shows that there must be some: 一、 begins
    anew under each of them, or nothing is numbered at all."""
    tops = [one for one in found if one.marker and one.form != "sentence" and one.marker.style != "box"]
    if any(one.level for one in found if one.marker is None):
        return found
    if tops:
        assert tops[0].marker is not None
        first = tops[0].marker
        openings = [one for one in tops if one.marker and one.marker.style == first.style and one.marker.ordinals == (1,)]
        if first.style not in ("han", "han-paren", "arabic") or len(openings) < FEWEST_UNNUMBERED:
            return found
        above = [plain(document, one.block - 1) for one in openings if one.block > body]
        parents = [one for one in above if one]
        return _merged(found, parents) if len(parents) == len(openings) else found
    lines = [one for i in range(body, len(document.blocks) - 1) if (one := plain(document, i))]
    chapters = [one for one in lines if familiar(one.title)]
    if len(chapters) < FEWEST_UNNUMBERED:
        return found
    sections = [
        replace(one, level=2)
        for one in lines
        if one not in chapters and one.block > chapters[0].block and _introduces(document, one.block)
    ]
    return _merged(found, chapters + sections)


def _merged(found: list[Candidate], more: list[Candidate]) -> list[Candidate]:
    known = {one.block for one in found}
    return sorted([*found, *(one for one in more if one.block not in known)], key=lambda one: one.block)


def _introduces(document: Document, index: int) -> bool:
    """Running text follows the line."""
    following = document.blocks[index + 1]
    return following.kind == "text" and "。" in document.words(following)


class _Builder:
    """Takes the candidates in order and keeps those that the plan's numbering bears out."""

    def __init__(self, document: Document, body: int) -> None:
        self.document = document
        found = (candidate(document, i) for i in range(body, len(document.blocks)))
        self.candidates = _with_unnumbered(document, body, [one for one in found if one])
        self.contents = {
            entry_key(line)
            for block in document.blocks
            if block.kind == "contents"
            for line in document.words(block).split("\n")
        }
        self.decimals = any(one.marker and one.marker.style == "decimal" and one.form == "lone" for one in self.candidates)
        self.stack: list[_Open] = []
        self.last: dict[Key, int] = {}  # the number that each style has come to
        self.found: list[tuple[Heading, Candidate]] = []
        self.box: tuple[int, Key | None, int, int] | None = None  # heading, key, last ordinal, last block

    def build(self) -> list[tuple[Heading, Candidate]]:
        for n, one in enumerate(self.candidates):
            if one.marker and one.marker.style == "box":
                self._open_box(one)
            elif self.box and self._in_box(n, one):
                continue
            elif one.marker is None or one.marker.ordinals == (0,):
                self._unnumbered(one)
            elif self._accepted(n, one):
                self._push(one)
            else:
                self.last.pop(_key(one), None)
        return self.found

    # boxes

    def _open_box(self, one: Candidate) -> None:
        parent = self.stack[-1].heading if self.stack else None
        self._append("box", one, parent)
        self.box = len(self.found) - 1, None, 0, one.block

    def _in_box(self, n: int, one: Candidate) -> bool:
        """The paragraph is the next numbered line of the box at hand."""
        assert self.box is not None
        heading, key, last, block = self.box
        if one.marker is None or one.marker.style in STRONG or len(one.marker.ordinals) > 1:
            self.box = None
            return False
        own = _key(one)
        ordinal = one.marker.ordinals[-1]
        between = [b for b in self.document.blocks[block + 1 : one.block] if b.kind == "text"]
        if key is None:
            opens = ordinal == 1 and one.marker.style != "han"
            if opens and self._expected(one) and one.form != "sentence" and between:
                opens = False
            if not opens:
                self.box = None
                return False
        elif own != key:
            if one.marker.style in LISTS or (one.marker.style == "han-paren" and not self._expected(one)):
                return True  # a list inside the box's line
            self.box = None
            return False
        elif ordinal != last + 1 or (between and (self._expected(one) or len(between) > 4)):
            self.box = None
            return False
        title = clause(self.document.text[one.start + one.marker.end : self.document.blocks[one.block].end])
        end = one.end
        self._append("box-item", one, heading, title or one.title, end)
        self.box = heading, own, ordinal, one.block
        return True

    def _expected(self, one: Candidate) -> bool:
        """The number is the one that the body's own numbering waits for."""
        assert one.marker is not None
        own = _key(one)
        return any(entry.key == own and one.marker.ordinals[-1] == entry.ordinal + 1 for entry in self.stack)

    # the body's headings

    def _unnumbered(self, one: Candidate) -> None:
        """前言 and the like are chapters; a heading of the format stands under those of a higher level."""
        if one.marker is not None:
            if not self.found:
                return
            self.stack = []
            one = self._annex(one)
            self._append("chapter", one, None)
            self.stack.append(_Open(("annex", 0), 0, len(self.found) - 1, 0))
            return
        if not self.found and one.level and self._is_title(one):
            return
        if one.level:
            while self.stack and (self.stack[-1].level == 0 or self.stack[-1].level >= one.level):
                self.stack.pop()
        else:
            self.stack = []
        parent = self.stack[-1].heading if self.stack else None
        self._append(_kind(len(self.stack)), one, parent)
        self.stack.append(_Open(("level", one.level), 0, len(self.found) - 1, one.level))

    def _is_title(self, one: Candidate) -> bool:
        """The plan's own title, marked as a heading above all others."""
        return all(other.level > one.level for other in self.candidates if other is not one and other.level)

    def _annex(self, one: Candidate) -> Candidate:
        """附件1, with the title that stands on the next line."""
        following = one.block + 1
        blocks = self.document.blocks
        if one.marker is None or one.title != one.marker.printed or following >= len(blocks):
            return one
        words = self.document.words(blocks[following])
        if blocks[following].kind != "text" or len(words) > 50 or words[-1] in "。；：，" or candidate(self.document, following):
            return one
        end = blocks[following].end
        return replace(one, title=spaceless(words), end=end, body=end)

    def _accepted(self, n: int, one: Candidate) -> bool:
        assert one.marker is not None
        number, own = one.marker, _key(one)
        if one.form == "sentence":
            return False
        if number.style == "bare" and not (self.decimals and one.form == "lone"):
            return False
        if number.style == "decimal" and one.form != "lone" and not self._known_parent(number.ordinals):
            return False
        listed = spaceless(self.document.text[one.start : one.end]) in self.contents
        ordinal = number.ordinals[-1]
        entry = next((entry for entry in self.stack if entry.key == own), None)
        if entry is not None:
            if ordinal == entry.ordinal + 1 or listed:
                return True
            if number.style in STRONG:
                return one.form == "lone"
            if entry.ordinal < ordinal <= entry.ordinal + 3:
                return number.style not in LISTS or one.form == "lone"
            return ordinal == 1 and one.form == "lone" and self._run(n, own) >= 2 or (
                ordinal == entry.ordinal and one.form == "lone" and number.style not in LISTS
            )
        if listed or number.style in STRONG:
            return one.form == "lone"
        if ordinal != 1:
            # （五） under a new chapter: the plan numbers its items through
            continued = ordinal > 1 and ordinal == self.last.get(own, -1) + 1
            return continued or (number.style in ("han", "decimal") and one.form == "lone")
        return self._run(n, own) >= (2 if number.style in LISTS else 1)

    def _known_parent(self, ordinals: tuple[int, ...]) -> bool:
        return any(entry.ordinal == ordinals[-2] for entry in self.stack) if len(ordinals) > 1 else False

    def _run(self, n: int, own: Key) -> int:
        """How many of the same list follow in order from candidate `n` on; 0 where most are plain sentences or
        stand one under the other without a text between."""
        count = titled = bare = expected = 0
        behind = -1
        rank = RANK.get(own[0], 3.5)
        for one in self.candidates[n : n + LOOKAHEAD]:
            if one.marker is None:
                break
            key = _key(one)
            if key != own:
                if RANK.get(key[0], 3.5) < rank and one.form == "lone":
                    break
                continue
            if one.marker.ordinals[-1] != expected + 1:
                break
            expected += 1
            count += 1
            titled += one.form != "sentence"
            bare += one.block == behind
            behind = one.block + 1 if one.form == "lone" else -1
        if count > 2 and own[0] in LISTS and bare * 3 >= (count - 1) * 2:
            return 0
        return titled if titled * 3 >= count * 2 else 0

    def _push(self, one: Candidate) -> None:
        assert one.marker is not None
        own = _key(one)
        if any(entry.key == own for entry in self.stack):
            while self.stack[-1].key != own:
                self.stack.pop()
            self.stack.pop()
        elif one.marker.style == "decimal":
            while self.stack and (
                (self.stack[-1].key[0] == "decimal" and self.stack[-1].key[1] >= own[1])
                or self.stack[-1].key[0] in ("arabic-paren", "circled", "annex", "level")
            ):
                self.stack.pop()
        else:
            while self.stack and self._below(self.stack[-1], one, own):
                self.stack.pop()
        parent = self.stack[-1].heading if self.stack else None
        self._append(_kind(len(self.stack)), one, parent)
        self.stack.append(_Open(own, one.marker.ordinals[-1], len(self.found) - 1, one.level))
        self.last[own] = one.marker.ordinals[-1]
        self.box = None

    def _below(self, entry: _Open, one: Candidate, own: Key) -> bool:
        """The open heading cannot stand above the new one."""
        if entry.key[0] == "annex":
            return False
        if entry.key[0] == "level":
            return entry.level == 0 or bool(one.level and entry.level >= one.level)
        return RANK.get(entry.key[0], 3.5) >= RANK[own[0]]

    def _append(self, kind: HeadingKind, one: Candidate, parent: int | None, title: str = "", end: int = 0) -> None:
        number = one.marker.printed if one.marker else None
        evidence = self.document.evidence(one.start, end or one.end)
        self.found.append((Heading(evidence, len(self.found), kind, number, title or one.title, parent), one))


def _key(one: Candidate) -> Key:
    assert one.marker is not None
    return one.marker.style, len(one.marker.ordinals)


def _kind(depth: int) -> HeadingKind:
    kinds: tuple[HeadingKind, ...] = ("chapter", "section", "item")
    return kinds[min(depth, 2)]


def _sections(document: Document, found: Sequence[tuple[Heading, Candidate]], body: int) -> list[Section]:
    """The text cut at its headings, from its first character to its last."""
    blocks, length = document.blocks, len(document.text)
    first = found[0][1].start if found else length
    start = min(blocks[body].start if body < len(blocks) else length, first)
    sections = []
    if start or not found:
        noticed = NOTICE.search(document.text, 0, start or length) is not None
        sections.append(Section(None, "notice" if noticed else "preface" if found else "other", 0, start or length))
    if 0 < first - start and found or (start and start < first):
        sections.append(Section(None, "preface" if found else sections[0].role, start, first))
    roles = _roles([heading for heading, _ in found])
    for n, (heading, seen) in enumerate(found):
        behind = found[n + 1][1].start if n + 1 < len(found) else length
        end = behind
        if heading.kind in ("box", "box-item"):
            end = _box_end(document, found, n, behind)
        sections.append(Section(heading, roles[n], min(seen.body, end), end))
        if end < behind:
            box = heading if heading.kind == "box" else found[heading.parent or 0][0]
            above = None if box.parent is None else found[box.parent][0]
            role = roles[above.position] if above else "other"
            sections.append(Section(above, role, end, behind))
    return sections


def _box_end(document: Document, found: Sequence[tuple[Heading, Candidate]], n: int, behind: int) -> int:
    """A box ends with its last numbered line, its table, or the frame that the format draws around it."""
    heading, seen = found[n]
    blocks = document.blocks
    if n + 1 < len(found) and found[n + 1][0].kind == "box-item":
        return behind
    at = seen.block
    if blocks[at].box:
        while at + 1 < len(blocks) and blocks[at + 1].box and blocks[at + 1].start < behind:
            at += 1
    elif heading.kind == "box":
        if at + 1 >= len(blocks) or blocks[at + 1].kind != "table":
            return behind
        while at + 1 < len(blocks) and (blocks[at + 1].kind == "table" or NOTE.match(document.words(blocks[at + 1]))):
            at += 1
    elif found[n - 1][0].kind == "box-item" and seen.form == "lone":
        # 01 高端新材料, with its text on the lines below: the last has as many as the one before
        at += max(0, seen.block - found[n - 1][1].block - 1)
    return min(behind, blocks[min(at, len(blocks) - 1)].end + 1)


def _roles(headings: Sequence[Heading]) -> list[SectionRole]:
    chapters = [heading for heading in headings if heading.kind == "chapter"]
    nth = {heading.position: n for n, heading in enumerate(chapters)}
    roles: list[SectionRole] = []
    before: SectionRole | None = None
    for heading in headings:
        if heading.number and heading.number.startswith("附"):
            roles.append("other")
        elif heading.parent is None:
            role = chapter_role(heading.title, nth.get(heading.position, 0), len(chapters), before)
            if role == "tasks":
                role = _of_children([child for child in headings if child.parent == heading.position]) or role
            before = role
            roles.append(role)
        else:
            inherited = roles[heading.parent]
            own = part_role(heading.title) if heading.kind not in ("box", "box-item") else None
            roles.append(own or inherited)
    return roles


def _of_children(children: Sequence[Heading]) -> SectionRole | None:
    """第一篇 开启新征程 with 发展环境 and 指导方针 under it is no chapter of tasks."""
    roles = [part_role(child.title) for child in children]
    return roles[0] if roles and None not in roles else None
