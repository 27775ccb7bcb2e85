"""The notice by which a plan was issued: 某市人民政府关于印发《X规划》的通知 -> X规划, sent by 某市人民政府; and other
documents about a plan, which may have it behind them: 某省人民政府关于同意《X规划》的批复.

In all functions `head` are the first lines of the text, without key lines; `Words` are without white space.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from extractors import expressions as re
from extractors.document import Document
from extractors.metadata.bodies import bodies_of, is_body
from extractors.metadata.front import Front, date_line, number_line
from extractors.reference.issuers import listed_bodies
from extractors.reference.regions import CHINA
from extractors.vocabulary.dates import PERIOD_BRACKET
from extractors.vocabulary.notices import (
    ABOUT,
    ABOUT_ENDING,
    BROKEN_OFF,
    CARRY,
    CARRY_ON,
    CARRY_PLAIN,
    DOC_NUMBER,
    DRAFT_STATUS,
    HANDS_ON,
    LETTERHEAD_BEFORE,
    NOTICE_ENDING,
)
from extractors.vocabulary.numerals import ONES
from extractors.vocabulary.words import Words, joined

TITLE_LINES = 5  # a title broken over more lines than these is not put together
NOTICE_LINES = 60  # lines from the top in which the notice has its title
MAX_NOTICE_TITLE_LENGTH = 300  # characters of a notice's title
OPEN, CLOSE = "《〈<＜", "》〉>＞"


@dataclass(frozen=True, slots=True)
class Title:
    """A title and where it was found.

    `words` are the title with its period, `senders` the bodies before 关于 in the notice or title, or on the lines
    right above a notice's; `several` says that 等部门 follows them, so that there are more. `carried` says that the
    title was found inside the title of a notice, or in its text.

    The title, with the senders above it, takes up the lines `first:stop` of the head; both are 0 for one from a key
    line or the file's name. `whole` is the text in which the title was read, with what that holds beside the title, but
    not the senders above and not the lines that continue the title; None where that is not known.
    """

    words: Words
    senders: tuple[Words, ...] = ()
    several: bool = False
    carried: bool = False
    first: int = 0
    stop: int = 0
    whole: Words | None = None


# …的通知国发〔2016〕73号
NUMBER_AT_END = re.compile(rf"(?:(?<=通知|公告|通告|命令|决定|批复)|[（(]){DOC_NUMBER}[）)]?$")
# 的通知_政策文件_某市人民政府网, 的通知 - 某市门户网站
SITE = re.compile(r"(?<=[通知告函令定》规划案见要])[_|｜\-—－–].{0,60}$")
SEVERAL = re.compile(rf"等(?:[0-9{ONES}十]{{0,3}}个?)?(?:部门|部委|单位|委办局|委|部|厅|局|家){{0,2}}(?:联合)?$")


# how the title of a notice is read: its words -> the title of the plan in it
Reader = Callable[[Document, Words], "Title | None"]


def notices(document: Document, front: Front) -> list[Title]:
    """The titles of plans inside titles of notices (`carried`), in the first NOTICE_LINES (60) lines of `front.head`
    and then in the key lines of a title, in order."""
    return _all(document, front, carried)


def works_spoken_of(document: Document, front: Front) -> list[Title]:
    """The titles of works inside titles of documents about them (`spoken_of`: a reply, a call for opinions), in the
    first NOTICE_LINES (60) lines of `front.head` and then in the key lines of a title, in order."""
    return _all(document, front, spoken_of)


def _all(document: Document, front: Front, read: Reader) -> list[Title]:
    """What `read` finds in the titles of notices that begin on one of the first NOTICE_LINES (60) lines of `front.head`
    (`_at`, which joins a title's lines and adds the senders above it), and then in each key line of a title, in order.
    Lines on which no notice begins are not given to `read`."""
    found = [title for i in range(min(NOTICE_LINES, len(front.head))) if (title := _at(document, front.head, i, read))]
    return found + [title for value in front.keys.get("title", []) if (title := read(document, value))]


def _at(document: Document, head: list[Words], i: int, read: Reader) -> Title | None:
    """The plan's title that `read` finds in the title of a notice that begins on line `i` of `head`, with 关于 or the
    words of a notice in it, and takes up to TITLE_LINES (5) lines and MAX_NOTICE_TITLE_LENGTH (300) characters, the
    fewest lines that hold one; no line after the first may be one that ends it (`goes_on`). The names of its senders
    may be on lines above. None where no notice begins there."""
    if "关于" not in head[i].text and not CARRY_PLAIN.search(head[i].text) and not BROKEN_OFF.search(head[i].text):
        return None
    for size in range(1, min(TITLE_LINES, len(head) - i) + 1):
        whole = joined(head[i : i + size])
        if len(whole) > MAX_NOTICE_TITLE_LENGTH or (size > 1 and not goes_on(head[i + size - 1])):
            return None
        if title := read(document, whole):
            return _with_senders(document, head, replace(title, first=i, stop=i + size))
    return None


def goes_on(line: Words) -> bool:
    """Whether the line can be the second or a later line of a title that began on the line above: 实施方案的通知 ->
    True. False for a line that ends with a colon, 。 or ； (各县人民政府：), for one that is a date (`date_line`) and
    for one with a document number (`number_line`)."""
    return not (line.text.endswith(("：", ":", "。", "；")) or date_line(line) or number_line(line))


def carried(document: Document, whole: Words) -> Title | None:
    """The plan's title inside the title of a notice (`whole`): '某市人民政府关于印发《X规划》的通知' -> X规划, sent by
    某市人民政府. None where the words are no such title."""
    for pattern in (CARRY, CARRY_PLAIN, CARRY_ON):
        start = pattern.search(whole.text)
        if start and (title := _carried(document, whole, start)):
            return title
    return None


def spoken_of(document: Document, whole: Words) -> Title | None:
    """The title of the work that a document speaks of, inside the document's title (`whole`):
    '某省人民政府关于同意《X规划》的批复' -> X规划, sent by 某省人民政府; '关于公开征求X规划（草案）意见的公告' ->
    X规划（草案）. The work need not be in the text: a reply may stand alone. None where the words before 关于 are not
    names of bodies (there may be none), or the words do not end as the title of such a document does
    (ABOUT_ENDING)."""
    start = ABOUT.search(whole.text)
    ending = ABOUT_ENDING.search(whole.text, start.end()) if start else None
    if not start or not ending or ending.start() == start.end():
        return None
    senders, several = senders_of(document, _without_number(whole.part(0, start.start())))
    inner = _inner(whole.part(start.end(), ending.start()), False) if senders is not None else None
    return Title(inner, senders or (), several, carried=True, whole=whole) if inner else None


def _carried(document: Document, whole: Words, start: re.Match[str]) -> Title | None:
    """The plan's title inside the title of a notice (`whole`), where `start` is the match in it of 关于印发 or the
    like, which the plan's title follows. A document number and the name of a website at the end are passed over. None
    where the words before `start` are not names of bodies (there may be none), no title follows, or the words do not
    end as a notice's title does (…的通知; or a closing 》, where `start` is like 关于印发 or is followed by 《)."""
    text = NUMBER_AT_END.sub("", SITE.sub("", whole.text))
    ending = NOTICE_ENDING.search(text)
    stop = ending.start() if ending else len(text)
    if (
        start.end() >= stop
        or (start.re.pattern == CARRY_ON.pattern and ending is None)
        or (ending is None and text[-1] not in "》〉")
    ):
        return None
    senders, several = senders_of(document, _without_number(whole.part(0, start.start())))
    if senders is None:
        return None
    inner = _inner(whole.part(start.end(), stop), HANDS_ON.search(start[0]) is not None)
    return Title(inner, senders, several, carried=True, whole=whole) if inner else None


def _without_number(who: Words) -> Words:
    """The words before 关于 in a notice, without a document number in front of them, and a letterhead in front of that:
    '某府办〔2019〕29号某市人民政府', '某市人民政府文件某府办〔2019〕29号某市人民政府' -> 某市人民政府."""
    found = re.match(rf"{LETTERHEAD_BEFORE}[（(]?{DOC_NUMBER}[）)]?", who.text)
    return who.part(found.end()) if found else who


def senders_of(document: Document, who: Words) -> tuple[tuple[Words, ...] | None, bool]:
    """The bodies that the words before 关于 (`who`) name, and whether 等部门 after them says that there are more. ((),
    False) for no words; (None, False) where the words are not names of bodies, or others than those of SEVERAL follow
    these (等有关部门)."""
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
ABOUT_WORK = re.compile(
    r"(?:实施方案|实施意见|实施细则|实施办法|行动方案|行动计划|工作方案|分工|任务分解|措施|重点任务|责任清单).{0,20}$"
)
AND_OTHER_WORKS = re.compile(rf"等(?:[0-9{ONES}十两]{{0,3}}[个项份]?)?(?:文件|规定|办法|方案|制度|规划|意见)?$")


def _inner(rest: Words, forwarded: bool) -> Words | None:
    """The title of the work in the words `rest`, which stand between 印发 and 的通知 of a notice. None where there is
    no title, or no closing bracket after the first 《.

    - It is what stands in the first 《》, with a period or a status in brackets right after it:
      '《X规划》（2021—2025年）等' -> X规划（2021—2025年）.
    - Without 《》 it is all the words, without an author in front (`_bare_work`): '市发改委关于Y的意见' -> 关于Y的意见.
    - It is all the words too where the work is about the document in 《》. That is where words such as 实施方案 stand
      in the last characters of `rest`, not joined to the 》 by 和 or the like (《X》实施方案), or where 贯彻, 落实,
      实施, 执行 or 关于 stands right before the 《 (but not where a notice hands on 关于《X》 and nothing else).

    `forwarded` says that the notice hands on a document of another body, whose name may then come first.
    """
    first = next((i for i, c in enumerate(rest.text) if c in OPEN), None)
    if first is None:
        return _bare_work(rest, forwarded)
    close = closing(rest.text, first)
    if close is None:
        return None
    before, after = rest.text[:first], rest.text[close + 1 :]
    about = ABOUT_WORK.search(after) is not None and after[0] not in "和及与、等"
    handed_on = forwarded and before.endswith("关于") and not after  # 转发市委宣传部关于《X》的通知
    if not handed_on and (about or before.endswith(("贯彻", "落实", "实施", "关于", "执行"))):
        return _bare_work(rest, False)
    inner = rest.part(first + 1, close)
    if bracket := PERIOD_BRACKET.match(after) or DRAFT_STATUS.match(after):
        inner = inner + rest.part(close + 1, close + 1 + bracket.end())
    return inner if inner.text else None


def closing(text: str, first: int) -> int | None:
    """The index of the bracket (》, 〉, >) that closes the one at the index `first`; brackets inside may be nested,
    whatever their form. Where it is never closed, the index of the last closing bracket after `first`; None where there
    is none."""
    depth = 0
    for i in range(first, len(text)):
        depth += (text[i] in OPEN) - (text[i] in CLOSE)
        if depth == 0:
            return i
    last = max(text.rfind(c) for c in CLOSE)
    return last if last > first else None


# 制定的, 起草的: after the names of authors
_WRITTEN_BY = r"(?:联合)?(?:制定的|制订的|拟订的|编制的|起草的)"
_WRITTEN = rf"(?:{_WRITTEN_BY})?"
_LOCAL_BODY = (
    r"(?:自治区|[省市县区州旗盟])"
    r"(?:人民政府|政府|(?:(?!和[省市县区州旗盟])[\u4e00-\u9fff]){1,14}?(?:委员会|委|局|厅|办公室|办))"
)
_OTHERS_TOO = rf"等[0-9{ONES}十]{{0,3}}个?(?:部门|单位|委办局)"
# 云岭市水网规划, 全县…, “十五五”…: where the title begins for certain
_TITLE_BEGINS = r"(?=[\u4e00-\u9fff]{2,5}?[省市县区州旗盟]|全[省市县区州旗盟]|[“\"])"
# 市发展改革委, 省林业厅等部门, 市发改委、市水利局制定的: the authors of what is forwarded, named without their region.
# Of several without such words behind them, the last may begin the title: 市发改委、|市国资委监管企业改革方案
LOCAL_AUTHOR = re.compile(
    rf"{_LOCAL_BODY}(?:[、和]{_LOCAL_BODY}){{0,9}}(?:{_OTHERS_TOO}{_WRITTEN}|{_WRITTEN_BY}|{_TITLE_BEGINS})"
    rf"|{_LOCAL_BODY}(?:(?:[、和]{_LOCAL_BODY}){{0,8}}[、和](?={_LOCAL_BODY}))?"
)
# 教育部|等部门, 财政部|等九个单位制定的, 教育部|制定的: those who wrote it with the bodies named
OTHER_AUTHORS = re.compile(rf"(?:等[0-9{ONES}十]{{0,3}}个?(?:部门|单位|部委|部))?{_WRITTEN}")


def _bare_work(rest: Words, forwarded: bool) -> Words | None:
    """The title of the work in words (`rest`) without 《》, or whose 《》 are part of the title: what is left without
    等文件 at the end, if more than four characters are before it, and without the author in front. That is a body
    before a 关于 among the first 40 characters; else, where `forwarded`, the bodies at the beginning that
    `listed_bodies` knows, or local ones (LOCAL_AUTHOR), with 等部门 and 制定的 or the like after them or not
    ('市发改委制定的某市水网规划' -> 某市水网规划), if more than five characters are left; the last of several local
    ones is part of the title where neither such words nor a place follow it
    ('市发改委、市国资委监管企业改革方案' -> 市国资委监管企业改革方案). None where the title has at most three
    characters. `forwarded` says that the notice hands on a document of another body, whose name may then come first."""
    more = AND_OTHER_WORKS.search(rest.text)
    work = rest.part(0, more.start()) if more and more.start() > 4 else rest
    about = work.text.find("关于")
    if 0 < about < 40 and is_body(SEVERAL.sub("", AUTHOR.sub("", work.text[:about]))):
        work = work.part(about)
    elif forwarded:
        authors = listed_bodies(work.text, CHINA)
        local = LOCAL_AUTHOR.match(work.text)
        end = authors[-1][2] if authors else local.end() if local else 0
        if authors and (others := OTHER_AUTHORS.match(work.text, end)):
            end = others.end()
        work = work.part(end) if len(work) - end > 5 else work
    return work if len(work) > 3 else None


def _with_senders(document: Document, head: list[Words], title: Title) -> Title:
    """The title with the names of its senders, where these are on the lines of `head` right above it (of fewer than 200
    characters each), which its `first` then includes. A title that has senders is returned as it is."""
    senders: list[Words] = []
    first = title.first
    while not title.senders and first > 0 and len(head[first - 1]) < 200:
        above = bodies_of(document, head[first - 1])
        if not above:
            break
        senders[:0] = above
        first -= 1
    return replace(title, senders=title.senders or tuple(senders), first=first)
