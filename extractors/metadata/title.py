"""The title of the plan: inside a notice's title, on a line of its own, or in a web page's key lines.

In all functions `head` are the first lines of the text, without key lines; `Words` are without white space.
"""

import unicodedata
from dataclasses import replace

from extractors import expressions as re
from extractors.document import Document
from extractors.metadata.annexes import ANY_YEAR, after_label, label_end
from extractors.metadata.bodies import is_body
from extractors.metadata.front import Front, date_line, is_heading, letterhead, number_line
from extractors.metadata.notices import (
    OPEN,
    SITE,
    TITLE_LINES,
    Title,
    carried,
    closing,
    goes_on,
    notices,
    senders_of,
    works_spoken_of,
)
from extractors.metadata.reports import work_report_title
from extractors.metadata.untitled import opening_title, table_title
from extractors.reference.regions import gazetteer
from extractors.vocabulary.dates import PERIOD_BRACKET
from extractors.vocabulary.notices import ANNOUNCED, DRAFT_STATUS, EXPLANATION_TITLE, TITLE_KINDS
from extractors.vocabulary.numbering import marker
from extractors.vocabulary.numerals import ONES
from extractors.vocabulary.stops import SENTENCE_ENDS
from extractors.vocabulary.words import Words, joined

OWN_TITLE_WITHIN = 25  # lines from the top in which a plan without a notice has its title
MAX_PLAN_TITLE_LENGTH = 90  # characters of a title
MIN_WORK_LENGTH = 200  # characters of a plan's text; what is only attached has fewer behind its name


def plan_title(document: Document, front: Front) -> Title | None:
    """The title of the plan; None where no line looks like one. `front` has the first lines and the key lines.

    The first of these that has a title: a text that explains a plan, a notice (of several the first with senders), a
    document about the plan that has it behind it (`_behind`), a key line, a government's work report, the mark
    of the file format, the sentence that issues the plan, a line of its own, the opening sentence, a table."""
    if explained := _explanation(front):
        return explained
    keyed = [title for value in front.keys.get("title", []) if (title := _as_title(document, value))]
    found = _best(notices(document, front)) or _best(_behind(document, front)) or _best(keyed)
    found = found or work_report_title(front.head[:OWN_TITLE_WITHIN])
    found = found or _marked(document, front.head) or _announced(front.head) or _own(document, front.head)
    return found or opening_title(front.head) or table_title(document, front.head)


def _explanation(front: Front) -> Title | None:
    """The title of a text that explains a plan (《云岭省水网规划》政策解读), of 9 to MAX_PLAN_TITLE_LENGTH (90)
    characters: one of the first six lines; else one of these that ends with 》 together with the next, of at most 12
    characters; else in a key line. The first counts; numbered lines, those of an annex (附件：1.起草说明) and those
    that end with a digit are passed over. None for other texts."""
    lines = [(line, i, i + 1) for i, line in enumerate(front.head[:6])]
    lines += [
        (joined(front.head[i : i + 2]), i, i + 2)
        for i in range(min(6, len(front.head) - 1))
        if front.head[i].text.endswith("》") and len(front.head[i + 1]) <= 12
    ]
    lines += [(value, 0, 0) for value in front.keys.get("title", [])]
    for line, first, stop in lines:
        if (
            8 < len(line) <= MAX_PLAN_TITLE_LENGTH
            and EXPLANATION_TITLE.search(line.text)
            and not _names_another_text(line)
        ):
            return Title(line, first=first, stop=stop, whole=line)
    return None


def _names_another_text(line: Words) -> bool:
    """Whether the line is an entry of a list and not the title of the text: 附件：1.起草说明, 编制说明……3."""
    return marker(line.text) is not None or label_end(line.text) > 0 or line.text[-1].isdecimal()


def _behind(document: Document, front: Front) -> list[Title]:
    """The titles of the works of which a document at the beginning of the text speaks (`works_spoken_of`: a reply, a
    call for opinions), and which stand behind it: the title is printed again (`body_line`), and a heading of a high
    level (`is_heading`) or more than MIN_WORK_LENGTH (200) characters follow, which is not so where the work is only
    attached."""
    found = []
    for title in works_spoken_of(document, front):
        if own := body_line(document, front.head, title):
            words, at = own
            longer = len(document.text) - words.end > MIN_WORK_LENGTH
            if longer or any(is_heading(line) for line in front.head[at + 1 :]):
                found.append(title)
    return found


def _best(titles: list[Title]) -> Title | None:
    """The first title that names its senders, else the first of all; None for no titles. Where this title is from a key
    line and one of `titles` on the lines of the head is the same, the one on the lines is returned, with the senders of
    either."""
    if not titles:
        return None
    best = max(titles, key=lambda title: bool(title.senders))
    same = [title for title in titles if title.stop and _key(title.words.text) == _key(best.words.text)]
    if best.stop or not same:
        return best
    return replace(same[0], senders=same[0].senders or best.senders, several=best.several)


# The bracket （某市人民代表大会批准） below a title is no part of it.
TITLE_BRACKETS = (
    rf"(?:[（(【〔](?![^（）()]{{0,60}}(?:通过|批准|审议(?!稿)|会议|公开(?!征求)|年[0-9{ONES}十]{{1,3}}月))"
    r"[^（）()【】〔〕]{1,40}[）)】〕]){0,3}"
)
WHOLE_TITLE = re.compile(rf"[^{SENTENCE_ENDS}：:;!?>›»|]{{2,{MAX_PLAN_TITLE_LENGTH}}}{TITLE_KINDS}{TITLE_BRACKETS}")
# Lines that are no title: the addressee, a page's way to itself, the words that open a notice, a sentence of the text.
NO_PLAN_TITLE = re.compile(
    r"各|现将|有关单位|抄送|主送|目录|特此|编者按|为贯彻|为深入|为全面|为进一步|根据|首页|当前位置|您的位置|您现在|所在位置|政策解读"
    r"|(?:上述|以上|其中|这[些一])|.*，(?:是|其中|但|而|要|都|均|应)"
)


def _as_title(document: Document, piece: Words) -> Title | None:
    """The words `piece`, of one or several lines, as the title of the document itself, without 附件, 《》, specks of a
    scan and the name of a website around it: 某市人民政府关于加快养老服务发展的意见 -> the same, sent by 某市人民政府.
    Where the words before 关于 are not names of bodies, it has no senders.

    None where the words do not look like a title. A title ends with the kind of a plan (TITLE_KINDS), perhaps with up
    to three brackets after it (TITLE_BRACKETS, not （某会议批准）). Before the kind it has 2 to MAX_PLAN_TITLE_LENGTH
    (90) characters, none of them a colon, the end of a sentence, | or >. It does not begin with a number or words of
    NO_PLAN_TITLE (各, 现将, 根据), and none of its brackets and quotation marks is unpaired.
    """
    while len(piece) > 2 and piece.text[-1] in "·.…":  # specks of a scan
        piece = piece.part(0, len(piece) - 1)
    whole = piece
    if site := SITE.search(piece.text):
        piece = piece.part(0, site.start())
    piece = after_label(document, piece)
    while len(piece) > 2 and piece.text[0] in OPEN and closing(piece.text, 0) == len(piece) - 1:
        piece = piece.part(1, len(piece) - 1)
    if (
        not WHOLE_TITLE.fullmatch(piece.text)
        or NO_PLAN_TITLE.match(piece.text)
        or marker(piece.text)
        or _unbalanced(piece.text)
    ):
        return None
    about = piece.text.find("关于")
    senders, several = senders_of(document, piece.part(0, about)) if about > 0 else ((), False)
    return Title(piece, senders or (), several, whole=whole)


def _unbalanced(text: str) -> bool:
    """Whether the text has not as many closing marks as opening ones of 《》, （）, () or “”; their order does not
    count."""
    return any(text.count(a) != text.count(b) for a, b in ("《》", "（）", "()", "“”"))


# 某省第十一届委员会第八次全体会议通过: a line above or below a title, not its beginning
PASSED_ENDINGS = ("通过", "批准")


def _own(document: Document, head: list[Words]) -> Title | None:
    """The title on lines of its own, beginning on the first of the OWN_TITLE_WITHIN (25) first lines of `head` on which
    one does: alone or, where the line begins as a title does (`_begins`), with up to TITLE_LINES - 1 (4) lines after
    it, as few as will do, and with those that continue it (`_extended`). None where none does. No title begins on a
    letterhead, a line that ends with 通过 or 批准, or the name of a body alone, unless 关于 begins the line below that;
    none begins or goes on with a document number, a date, or a line that ends with a colon, 。 or ；."""
    for i, line in enumerate(head[:OWN_TITLE_WITHIN]):
        if number_line(line) or not goes_on(line) or letterhead(document, line) or line.text.endswith(PASSED_ENDINGS):
            continue
        following = head[i + 1].text if i + 1 < len(head) else ""
        if is_body(line.text) and not following.startswith("关于"):
            continue
        sizes = TITLE_LINES if _begins(line.text) else 1
        for size in range(1, min(sizes, len(head) - i) + 1):
            if size > 1 and not goes_on(head[i + size - 1]):
                break
            if title := _as_title(document, joined(head[i : i + size])):
                return _extended(document, head, replace(title, first=i, stop=i + size))
    return None


# “十四五”…, 关于…, 国家…, 中共…: how a title begins that goes on in the next line
TITLE_BEGINNING = re.compile(
    rf"[“\"‘《]?(?:二?十[{ONES}]五|国家|全国|中国|中华|中共|关于|第十|国民经济)|[\u4e00-\u9fff]{{2,8}}[省市区县州旗盟镇乡]|附件"
)


def _begins(text: str) -> bool:
    """Whether the words can be the first line of a title of several lines: they begin as titles do (TITLE_BEGINNING:
    “十四五”, 国家, a name with 省 or 市), with the name of a region, or are the name of a body, up to 关于 if they have
    it: 云岭省, 泽宁市“十四五”, 国务院关于 -> True; 政策文件 -> False."""
    sender = text.partition("关于")[0]
    return TITLE_BEGINNING.match(text) is not None or is_body(sender) or gazetteer(ANY_YEAR).prefix(text) is not None


# 和二〇三五年远景目标纲要, （2021—2025年）, 纲要, 实施情况中期评估报告, 执行情况与2024年计划草案的报告:
# the rest of a title that could have ended
TITLE_REST = re.compile(
    r"(?:(?:执行|实施|完成)情况)?[和及与暨].{2,60}|纲要|(?:实施|执行)?(?:情况|进展)?(?:的?中期|总结)?评估的?报告"
    rf"|{TITLE_BRACKETS}"
)


def _extended(document: Document, head: list[Words], title: Title) -> Title:
    """The title with the lines of `head` after it that continue it (TITLE_REST: 和二〇三五年远景目标纲要, 纲要,
    中期评估报告, brackets), up to TITLE_LINES (5) lines in all; its `stop` is then after them. A date does not continue
    it, nor does a line with which the words would not look like a title any more (`_as_title`)."""
    while title.stop < len(head) and title.stop - title.first < TITLE_LINES:
        line = head[title.stop]
        if not TITLE_REST.fullmatch(line.text) or date_line(line):
            break
        more = _as_title(document, title.words + line)
        if more is None:
            break
        title = replace(title, words=more.words, stop=title.stop + 1)
    return title


def _marked(document: Document, head: list[Words]) -> Title | None:
    """The title on the first line of `head` that the file format marks as a title (the style Title of a Word file) and
    that is the title of a notice (`carried`) or looks like a title by itself (`_as_title`, then with the lines that
    continue it, `_extended`); None where no line is such."""
    spans = [(mark.start, mark.end) for mark in document.source.marks if mark.kind == "title"]
    for i, line in enumerate(head):
        if any(start <= document.origin[line.start] < end for start, end in spans):
            if title := carried(document, line):
                return replace(title, first=i, stop=i + 1)
            if own := _as_title(document, line):
                return _extended(document, head, replace(own, first=i, stop=i + 1))
    return None


def _announced(head: list[Words]) -> Title | None:
    """The title, of 4 to 80 characters, in the first words by which a notice issues the plan: that in 《》 after 现将
    or before 现印发, 现予公布 and the like (现将《养老规划》印发给你们 -> 养老规划). None where no such words are among
    the first OWN_TITLE_WITHIN (25) lines of `head`."""
    for i, line in enumerate(head[:OWN_TITLE_WITHIN]):
        if found := ANNOUNCED.search(line.text):
            group = "now" if found["now"] else "passed"
            words = line.part(found.start(group), found.end(group))
            return Title(words, carried=True, first=i, stop=i + 1)
    return None


def body_line(document: Document, head: list[Words], title: Title) -> tuple[Words, int] | None:
    """The title as the plan itself prints it after the notice, on up to TITLE_LINES (5) lines, with a period in
    brackets on the line below it, and the index of its first line in `head`; the first such printing, None where it is
    not printed again. Printings are compared by `_key`; where the notice has 本县, the plan may have the county's name.
    附件 before it is left out; passed over are lines of a list of what is attached (附件：…) and lines of more than 120
    characters. `title` is the one found in the notice."""
    wanted = _key(title.words.text)
    named = _with_name(wanted)
    for i in range(title.stop, len(head)):
        own = after_label(document, head[i])
        label = head[i].text[: len(head[i]) - len(own)]
        if len(head[i]) > MAX_PLAN_TITLE_LENGTH + 30 or label.endswith((":", "：")):
            continue  # the notice's list of what is attached
        for size in range(1, min(TITLE_LINES, len(head) - i) + 1):
            piece = joined([own, *head[i + 1 : i + size]])
            key = _key(piece.text)
            if key and (key == wanted or (named and named.fullmatch(key))):
                below = head[i + size] if i + size < len(head) else None
                return (piece + below if below and PERIOD_BRACKET.fullmatch(below.text) else piece), i
            if not (named or wanted.startswith(key)):
                break
    return None


# 2021年|本县|湿地保护工作方案: whose the notice says that the plan is
OUR_REGION = re.compile(r"[本我全](?P<level>[省市县区州旗盟镇乡])")


def _with_name(key: str) -> re.Pattern[str] | None:
    """The pattern of the key of a title (`_key`) with the name of a region, of at most eight characters before its
    level, in place of the one 本县, 我市 or 全省 that it has: '2021年本县湿地保护工作方案' -> a pattern that matches
    '2021年青禾县湿地保护工作方案'. None for a title without such a word."""
    found = OUR_REGION.search(key)
    if found is None:
        return None
    before, after = re.escape(key[: found.start()]), re.escape(key[found.end() :])
    return re.compile(rf"{before}[\u4e00-\u9fff]{{1,8}}{found['level']}{after}")


def _key(text: str) -> str:
    """The letters and digits of a title, in lower case and in NFKC, without a period and a status that stand in
    brackets (（2021—2025年）, （征求意见稿）), 的, and 关于 in front: equal for two ways of printing one title."""
    text = DRAFT_STATUS.sub("", PERIOD_BRACKET.sub("", text)).removeprefix("关于")
    return re.sub(r"[^\w]|的", "", unicodedata.normalize("NFKC", text)).lower()
