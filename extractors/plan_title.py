"""The title of the plan: inside the notice that carries it, on a line of its own, in a page's key lines."""

import re
import unicodedata
from dataclasses import dataclass

from extractors.bodies import is_body
from extractors.dates import BRACKET
from extractors.document import Document
from extractors.front import Front, bodies_of, date_line, letterhead, number_line
from extractors.issuers import bodies
from extractors.numbering import marker
from extractors.regions import CHINA
from extractors.words import Words

TITLE_LINES = 5  # a title broken over more lines than these is not put together
OWN_TITLE_WITHIN = 25  # lines from the top in which a plan without a notice has its title
OPEN, CLOSE = "《〈<＜", "》〉>＞"


@dataclass(frozen=True, slots=True)
class Title:
    """`words` are the title with its period; `senders` the bodies before 关于 in the notice or title.

    `several` says that more bodies stand behind them (等部门). `first:behind` are the head's lines that the notice
    or title takes up, empty for a key line's.
    """

    words: Words
    senders: tuple[Words, ...] = ()
    several: bool = False
    carried: bool = False
    first: int = 0
    behind: int = 0


def plan_title(document: Document, front: Front) -> Title | None:
    """The title, from the best of the places that have one; None where no line looks like a plan's title."""
    notice = _best([*_notices(document, front.head), *_key_titles(document, front)])
    if notice and notice.carried:
        return notice
    return notice or _marked(document, front.head) or _own(document, front.head) or _announced(front.head)


def _best(titles: list[Title]) -> Title | None:
    """A notice before a title of the document's own, and the one that names its senders before one that does not."""
    if not titles:
        return None
    best = max(titles, key=lambda title: (title.carried, bool(title.senders)))
    first = max(titles, key=lambda title: title.behind) if best.behind == 0 else best
    if best is first or _key(best.words.text) != _key(first.words.text):
        return best
    return Title(first.words, best.senders, best.several, best.carried, first.first, first.behind)


# 关于印发, 关于转发, 关于公布实施; the words of a notice that carries another document
CARRY = re.compile(
    r"关于(?:联合|重新|修订|调整|公开|全面)?(?:印发实施|发布实施|公布实施|印发|转发|批转|发布|公布|颁布|下发|下达|颁发|印送|实施)(?:新修订的|修订后的|修订的|调整后的)?"
)
# 国务院办公厅印发《…》的通知, 中共中央办公厅国务院办公厅印发《…》
CARRY_PLAIN = re.compile(r"(?<=.{3})(?:联合)?(?:印发|转发|批转|发布|公布)(?=[《〈])")
ENDING = re.compile(
    r"的?(?:通知|公告|通告|函|命令|令|决定|批复|请示)(?P<note>[（(][^（）()]{1,40}[）)])?$"
)
# 的通知_政策文件_某市人民政府网, 的通知 - 某市门户网站
SITE = re.compile(r"(?<=[通知告函令定》规划案见要])[_|｜\-－—–].{0,60}$")
SEVERAL = re.compile(r"等(?:[0-9一二三四五六七八九十]{0,3}个?)?(?:部门|部委|单位|委办局|委|部|厅|局|家)*(?:联合)?$")


def _notices(document: Document, head: list[Words]) -> list[Title]:
    """The notices' titles in the lines, each put together from the lines that it is broken over."""
    found = []
    for i, line in enumerate(head[:60]):
        if "关于" not in line.text and not CARRY_PLAIN.search(line.text):
            continue
        for size in range(1, TITLE_LINES + 1):
            piece = _joined(head[i : i + size])
            if len(head[i : i + size]) < size or len(piece) > 300:
                break
            start = CARRY.search(piece.text) or (CARRY_PLAIN.search(piece.text) if "》" in piece.text else None)
            if size > 1 and not _may_go_on(head[i + size - 1]):
                break
            if start and (title := _carried(document, piece, start)):
                found.append(_with_senders(document, head, title, i, i + size))
                break
    return found


def _may_go_on(line: Words) -> bool:
    """Whether a line can be the next one of a title."""
    return not (line.text.endswith(("：", ":", "。", "；")) or date_line(line) or number_line(line))


def _joined(lines: list[Words]) -> Words:
    whole = lines[0]
    for line in lines[1:]:
        whole = whole + line
    return whole


def _carried(document: Document, piece: Words, start: re.Match[str]) -> Title | None:
    """'某市人民政府关于印发《X规划》的通知' -> X规划, sent by 某市人民政府."""
    site = SITE.search(piece.text)
    text = piece.text[: site.start()] if site else piece.text
    ending = ENDING.search(text)
    behind = ending.start() if ending else len(text)
    if start.end() >= behind or (ending is None and text[-1] not in "》〉"):
        return None
    senders, several = _senders(document, piece.part(0, start.start()))
    if senders is None:
        return None
    inner = _inner(piece.part(start.end(), behind), re.search("转发|批转", start[0]) is not None)
    return Title(inner, senders, several, carried=True) if inner else None


def _senders(document: Document, who: Words) -> tuple[tuple[Words, ...] | None, bool]:
    """The bodies before 关于; (None, …) where something else stands there."""
    if not who.text:
        return (), False
    several = SEVERAL.search(who.text)
    if several:
        who = who.part(0, several.start())
    found = bodies_of(document, who)
    return (tuple(found), several is not None) if found else (None, False)


# 市发展改革委制订的《X》: who wrote what the notice forwards
AUTHOR = re.compile(r"(?:制定|制订|编制|拟订|拟定|起草|提出)的?$")
# 《X》实施方案, 《X》任务分工: a document about X
ABOUT = re.compile(r"(?:实施方案|实施意见|实施细则|实施办法|行动方案|行动计划|工作方案|分工|任务分解|措施|重点任务|责任清单).{0,20}$")
MORE = re.compile(r"等(?:[0-9一二三四五六七八九十两]{0,3}[个项份]?)?(?:文件|规定|办法|方案|制度|规划|意见)?$")


def _inner(rest: Words, forwarded: bool) -> Words | None:
    """'《X规划（2021—2025年）》等' -> X规划（2021—2025年）; 'X规划' -> itself; '市发改委关于Y的意见' -> 关于Y的意见.

    `forwarded` says that another body's document is handed on, so that its name may stand first.
    """
    first = next((i for i, c in enumerate(rest.text) if c in OPEN), None)
    if first is None:
        return _bare_work(rest, forwarded)
    close = _closing(rest.text, first)
    if close is None:
        return None
    before, after = rest.text[:first], rest.text[close + 1 :]
    if before.endswith(("贯彻", "落实", "实施", "关于", "执行")) or (ABOUT.search(after) and after[0] not in "和及与、等"):
        return _bare_work(rest, False)
    inner = rest.part(first + 1, close)
    if (period := BRACKET.match(after)) and period.end() <= len(after):
        inner = inner + rest.part(close + 1, close + 1 + period.end())
    return inner if inner.text else None


def _closing(text: str, first: int) -> int | None:
    """Where the mark that opens at `first` closes, marks inside it counted."""
    depth = 0
    for i in range(first, len(text)):
        depth += (text[i] in OPEN) - (text[i] in CLOSE)
        if depth == 0:
            return i
    last = max(text.rfind(c) for c in CLOSE)
    return last if last > first else None


# 市发展改革委, 省林业厅等部门: the author of what is forwarded, named without its region
LOCAL_AUTHOR = re.compile(
    r"(?:自治区|[省市区县州旗盟])(?:人民政府|政府|[\u4e00-\u9fff]{1,14}?(?:委员会|委|局|厅|办公室|办))(?:等(?:部门|单位))?(?:制定的|制订的|拟订的|编制的)?"
)


def _bare_work(rest: Words, forwarded: bool) -> Words | None:
    more = MORE.search(rest.text)
    work = rest.part(0, more.start()) if more and more.start() > 4 else rest
    about = work.text.find("关于")
    if 0 < about < 40 and is_body(AUTHOR.sub("", work.text[:about])):
        work = work.part(about)
    elif forwarded:
        authors = bodies(work.text, CHINA)
        local = LOCAL_AUTHOR.match(work.text)
        end = authors[-1][2] if authors else local.end() if local else 0
        work = work.part(end) if len(work) - end > 5 else work
    return work if len(work) > 3 else None


def _with_senders(document: Document, head: list[Words], title: Title, first: int, behind: int) -> Title:
    """The title with the senders that stand on lines of their own above 关于印发…"""
    senders: list[Words] = []
    while not title.senders and first > 0:
        above = bodies_of(document, head[first - 1]) if len(head[first - 1]) < 200 else None
        if not above:
            break
        senders[:0] = above
        first -= 1
    return Title(title.words, title.senders or tuple(senders), title.several, title.carried, first, behind)


def _key_titles(document: Document, front: Front) -> list[Title]:
    """The titles in the key lines: a notice's, or the document's own."""
    found = []
    for value in front.keys.get("title", []):
        start = CARRY.search(value.text) or CARRY_PLAIN.search(value.text)
        if start and (title := _carried(document, value, start)):
            found.append(title)
        elif own := _as_title(document, value):
            found.append(own)
    return found


# What a plan's title ends with; a bracket may follow (试行, 2021—2025年, 征求意见稿).
KINDS = (
    r"(?:规划|纲要|计划|方案|意见|战略|行动|要点|办法|措施|建议|决定|决议|通知|批复|目标|规定|细则|安排|指引|导则|蓝图|任务|政策|条例|指南|总规|工程|思路)"
)
# The bracket （某市人民代表大会批准） below a title is no part of it.
BRACKETS = r"(?:[（(【〔](?![^（）()]{0,60}(?:通过|批准|审议|会议|公开|年[0-9一二三四五六七八九十]{1,3}月))[^（）()【】〔〕]{1,40}[）)】〕]){0,3}"
TITLE = re.compile(rf"(?P<title>[^。；：:！？;!?]{{2,90}}?{KINDS}{BRACKETS})")
ATTACHED = re.compile(r"附(?:件|录)?[0-9一二三四五]{0,2}[:：.、]?")
ADDRESS = re.compile(r"(?:各|现将|有关单位|抄送|主送|目录|特此|编者按|为贯彻|为深入|为全面|为进一步|根据)")


def _as_title(document: Document, piece: Words) -> Title | None:
    """A whole line as a title of the document's own: 某市人民政府关于加快养老服务发展的意见."""
    if (site := SITE.search(piece.text)) is not None:
        piece = piece.part(0, site.start())
    attached = ATTACHED.match(piece.text)
    if attached:
        piece = piece.part(attached.end())
    while len(piece) > 2 and piece.text[0] in OPEN and _closing(piece.text, 0) == len(piece) - 1:
        piece = piece.part(1, len(piece) - 1)
    if not piece.text or ADDRESS.match(piece.text) or marker(piece.text):
        return None
    if not TITLE.fullmatch(piece.text) or _unbalanced(piece.text):
        return None
    about = piece.text.find("关于")
    senders, several = _senders(document, piece.part(0, about)) if about > 0 else ((), False)
    return Title(piece, senders or (), several)


def _unbalanced(text: str) -> bool:
    return any(text.count(a) != text.count(b) for a, b in ("《》", "（）", "()", "“”"))


def _own(document: Document, head: list[Words]) -> Title | None:
    """The first line, or lines, near the top that look like a title."""
    for i, line in enumerate(head[:OWN_TITLE_WITHIN]):
        if number_line(line) or date_line(line) or letterhead(document, line):
            continue
        for size in range(1, TITLE_LINES):
            if len(head) < i + size or (size > 1 and not _may_go_on(head[i + size - 1])):
                break
            piece = _joined(head[i : i + size])
            if len(piece) > 90 or (size == 1 and not _may_go_on(line)):
                break
            if title := _as_title(document, piece):
                return _extended(document, head, title, i, i + size)
    return None


# 和二〇三五年远景目标纲要, （2021—2025年）, 纲要: the rest of a title that could have ended before
REST = re.compile(rf"(?:[和及与暨].{{2,60}}|纲要|{BRACKETS})")


def _extended(document: Document, head: list[Words], title: Title, first: int, behind: int) -> Title:
    """The title with the lines that go on with it."""
    words = title.words
    while behind < len(head) and behind - first < TITLE_LINES and REST.fullmatch(head[behind].text):
        more = _as_title(document, words + head[behind])
        if more is None or date_line(head[behind]):
            break
        words, behind = more.words, behind + 1
    return Title(words, title.senders, title.several, title.carried, first, behind)


def _marked(document: Document, head: list[Words]) -> Title | None:
    """What the file format marks as the title."""
    spans = [(mark.start, mark.end) for mark in document.source.marks if mark.kind == "title"]
    for i, line in enumerate(head):
        if any(start <= document.origin[line.start] < end for start, end in spans):
            start = CARRY.search(line.text) or CARRY_PLAIN.search(line.text)
            if start and (title := _carried(document, line, start)):
                return title
            if own := _as_title(document, line):
                return _extended(document, head, own, i, i + 1)
    return None


# 现将《X规划》印发给你们, 《X规划》已经市政府同意，现印发给你们
ANNOUNCED = re.compile(r"现将[^《》]{0,40}《(?P<now>[^《》]{4,80})》|《(?P<passed>[^《》]{4,80})》[^《》]{0,60}现(?:予|将)?(?:以)?(?:印发|公布|发布|转发)")


def _announced(head: list[Words]) -> Title | None:
    """The title in the sentence that sends the plan out."""
    for i, line in enumerate(head[:OWN_TITLE_WITHIN]):
        if found := ANNOUNCED.search(line.text):
            group = "now" if found["now"] else "passed"
            return Title(line.part(found.start(group), found.end(group)), carried=True, first=i, behind=i + 1)
    return None


def body_line(head: list[Words], title: Title) -> tuple[Words, int] | None:
    """The line or lines behind the notice that print the title as the plan's own, and the first line's place."""
    wanted = _key(title.words.text)
    for i in range(title.behind, len(head)):
        if len(head[i]) > 120:
            continue
        start = ATTACHED.match(head[i].text)
        if start and start[0][-1] in ":：":  # the notice's list of what is attached
            continue
        for size in range(1, TITLE_LINES):
            if len(head) < i + size:
                break
            piece = _joined(head[i : i + size])
            piece = piece.part(start.end()) if start else piece
            key = _key(piece.text)
            if key == wanted and "关于印发" not in piece.text:
                return piece, i
            if not wanted.startswith(key):
                break
    return None


def _key(text: str) -> str:
    """A title's letters and digits, its period left out: equal for two printings of one title."""
    text = BRACKET.sub("", text)
    return re.sub(r"[^\w]", "", unicodedata.normalize("NFKC", text)).lower()


