"""What is printed before and after a plan: the notice by which it was issued, its signature, a web page's key lines,
the printing line.

`head` are the first lines of the text, without key lines; in `signature` and `_above` they can be any lines in order,
the last ones among them. `Words` are without white space.
"""

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise, zip_longest

from extractors import expressions as re
from extractors.document import Block, Document
from extractors.metadata.bodies import bodies_of, is_body
from extractors.vocabulary.dates import (
    CALENDAR_YEAR,
    FULL_DATE,
    FULL_DATE_RE,
    PRINTED_YEAR,
    WEEKDAY,
    date_of,
)
from extractors.vocabulary.notices import DOC_NUMBER, ORDER_NUMBER
from extractors.vocabulary.numbering import HIGH_STYLES, marker
from extractors.vocabulary.numerals import ONES
from extractors.vocabulary.pages import PAGE_LABELS, spaced_labels
from extractors.vocabulary.words import Words, joined, lines
from ontology.model.facts import squeeze

HEAD_BLOCKS = 80  # a notice with its list of attachments and a cover fit into these
HEAD_LENGTH = 6_000  # characters
TAIL_BLOCKS = 14
MAX_LINES_TO_ADDRESSEE = 3  # below the title: a document number, and a name on two lines
MAX_SIGNER_LINES = 20  # lines above a date that may name who signed
MAX_PARAGRAPH_LENGTH = 600  # characters of a paragraph that are looked at


@dataclass(frozen=True, slots=True)
class Dated:
    """A day with the words that name it."""

    day: date
    words: Words


@dataclass(frozen=True, slots=True)
class Signature:
    """The issuing bodies and the day at the end of a notice (落款); () and None where they are missing."""

    bodies: tuple[Words, ...] = ()
    dated: Dated | None = None


@dataclass(slots=True)
class Front:
    """The lines before and after a plan's text: `head` and `tail` are the first and last lines of the document, without
    key lines. `keys` has the values of the key lines by role, a key of PAGE_LABELS ('number', 'body', 'date'):
    {'number': [某府发〔2024〕1号]}."""

    head: list[Words] = field(default_factory=list)
    tail: list[Words] = field(default_factory=list)
    keys: dict[str, list[Words]] = field(default_factory=dict)


def front(document: Document) -> Front:
    """The first and last lines of the document, with the values of key lines ('文号: 某府发〔2024〕1号') set apart.

    - The first lines are those of the blocks that begin within HEAD_LENGTH (6000) characters, at most HEAD_BLOCKS (80)
      blocks; the last lines those of the blocks after these that may hold a signature (`_signed_blocks`). Of a line
      the first MAX_PARAGRAPH_LENGTH (600) characters are read; tables of contents and empty lines are left out.
    - The value of a key line of title, number, body or date may be on the next line, if that is no key line. A line of
      300 characters or more is no key line.
    - Labels in 【】 among the last lines, as databases set them below a text, count where no key line above the text
      has the same role.
    - Left out of the first lines are those that say where a newspaper printed the text, 分类号：…, and tags that a
      database sets before a title (【政策汇编】; `_untagged`).
    """
    found = Front()
    near = [block for block in document.blocks[:HEAD_BLOCKS] if block.start < HEAD_LENGTH]
    every = lines(document, near, MAX_PARAGRAPH_LENGTH)
    waiting: str | None = None
    for line in every:
        printed = document.text[line.start : line.end]
        pairs = _keys(printed, line) if len(line) < 300 else []
        if waiting and not pairs:
            found.keys.setdefault(waiting, []).append(line)
            waiting = None
            continue
        waiting = None
        for role, value in pairs:
            if value.text:
                found.keys.setdefault(role, []).append(value)
            elif role in ("title", "number", "body", "date"):
                waiting = role
        if not pairs and not MASTHEAD.fullmatch(line.text):
            found.head.append(_untagged(line))
    for line in lines(document, _signed_blocks(document, len(near)), MAX_PARAGRAPH_LENGTH):
        pairs = _keys(document.text[line.start : line.end], line) if line.text.startswith("【") else []
        for role, value in pairs:
            if value.text:
                found.keys.setdefault(role, [value])  # 【文号】 全绿字〔2018〕5号, below the text in a database
        if not pairs:
            found.tail.append(line)
    return found


# 云岭日报/2001年/02月/20日/第A01版/: where a newspaper printed the text; 分类号:BH66
MASTHEAD = re.compile(
    rf"[^，。；《》]{{2,24}}?[/／|\s]?{CALENDAR_YEAR}[年.\-/]{{1,2}}\d{{1,2}}[月.\-/]{{1,2}}\d{{1,2}}日?[/／|,，]?(?:星期.)?[/／|]?第?[A-Za-z]?\d{{1,3}}版.{{0,8}}|分类号[:：].{{1,12}}"
)
# 【法规库】关于…的意见: the tag that a database sets before a title
DATABASE_TAG = re.compile(r"[【［](?!专栏)[^【】［］]{2,20}[】］](?=.{6})")


def _untagged(line: Words) -> Words:
    """The line without the tag that a database sets before a title: '【政策汇编】某市关于…的意见' -> 某市关于…的意见.
    The line itself where it has no tag (2 to 20 characters in 【】 or ［］), where the tag begins with 专栏, and where
    fewer than six characters follow the tag."""
    found = DATABASE_TAG.match(line.text)
    return line.part(found.end()) if found else line


def _signed_blocks(document: Document, first: int) -> list[Block]:
    """The blocks from index `first` on that may hold a signature, in order: the last TAIL_BLOCKS (14) of the document,
    and each paragraph of fewer than 60 characters with a date, together with the MAX_SIGNER_LINES (20) blocks right
    above it."""
    blocks = document.blocks
    last = max(first, len(blocks) - TAIL_BLOCKS)
    chosen = set(range(last, len(blocks)))
    for i in range(first, last):
        block = blocks[i]
        if (
            block.end - block.start < 60
            and block.kind == "text"
            and FULL_DATE_RE.search(document.text, block.start, block.end)
        ):
            chosen |= set(range(max(first, i - MAX_SIGNER_LINES), i + 1))
    return [blocks[i] for i in sorted(chosen)]


# A line break may be lost between two of them (…的通知文号：), but not before the first, which begins the line.
KEY_LABEL = re.compile(
    r"(?:^|(?<=[\s|\t】］\]；;，])|(?=[^\s|:：]{2,8}[:：]))[|\s【［\[]{0,4}(?:"
    + "|".join(f"(?P<{role}>{spaced_labels(keys)})" for role, keys in PAGE_LABELS.items())
    + r")\s{0,4}(?:[】］\]]\s{0,2}[:：]?|[:：|\t])[|\s]{0,4}"
)
AFTER_KEY = re.compile(r"[】］\]:：|\t]")  # one of these is after every key


# 索引号  201703  发布日期 2017-01-24: cells of a register set apart by spaces, told by there being several
SPACED_KEY = re.compile(
    r"(?:^|(?<=\s\s)|(?<=\t))(?:"
    + "|".join(f"(?P<{role}>{spaced_labels(keys)})" for role, keys in PAGE_LABELS.items())
    + r")\s{1,8}(?=\S)"
)


# 2022-05-2317:30: when a page was published, printed without a label
PAGE_STAMP = re.compile(rf"{FULL_DATE}(?:{WEEKDAY})?(?:\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)[|｜]?")


def _keys(printed: str, line: Words) -> list[tuple[str, Words]]:
    """The labels and values in a line of a web page, as (role, value), by the labels of each role in PAGE_LABELS:
    '文号：某府发〔2024〕1号 发布日期：2024-01-02' -> ('number', 某府发〔2024〕1号), ('published', 2024-01-02). Labels
    have a colon, bracket, pipe or tab after them; where a line has no such label, two or more with only blanks after
    them count, each at the start of the line or behind two blanks or a tab. A day with a time, before them or alone on
    the line, is the day of publication; [] where anything else stands before the first label, and for other lines. A
    value goes up to the next label, without a mark or bracket at its end that separates them, and may be empty.
    `printed` is the line with its white space, `line` without."""
    matches = list(KEY_LABEL.finditer(printed)) if AFTER_KEY.search(printed) else []
    if not matches and len(printed.split(maxsplit=1)) > 1 and len(spaced := list(SPACED_KEY.finditer(printed))) > 1:
        matches = spaced
    pairs: list[tuple[str, Words]] = []
    ahead = printed[: matches[0].start()] if matches else printed
    if stamp := PAGE_STAMP.fullmatch(line.text, 0, len(squeeze(ahead))):
        pairs.append(("published", _date_words(line, stamp)))
    elif not matches or ahead.strip(" |\t"):
        return []
    for match, following in zip_longest(matches, matches[1:]):
        first, last = line.start + match.end(), line.start + (following.start() if following else len(printed))
        chosen = [i for i, at in enumerate(line.at) if first <= at < last]
        value = line.part(chosen[0], chosen[-1] + 1) if chosen else line.part(0, 0)
        while value.text and value.text[-1] in "|；;【［[":
            value = value.part(0, len(value) - 1)
        pairs.append((str(match.lastgroup), value))
    return pairs


# 见国发〔2016〕73号, 根据国发〔2016〕73号: that of another document
_OWN_NUMBER = r"(?!见|根据|依据|按照|依照|遵照|落实|贯彻|执行)"
# 国发〔2016〕73号, 国发〔2016〕73号签发人：某某, （国发〔2016〕73号）
NUMBER_LINE = re.compile(rf"[（(]?{_OWN_NUMBER}(?P<number>{DOC_NUMBER}|{ORDER_NUMBER})[）)]?(?:签发人.{{0,20}})?")
# （某政办发〔2021〕48号　2021年11月7日）: as gazettes and collections of law print it below the title
NUMBER_AND_DATE = re.compile(
    rf"[（(]?{_OWN_NUMBER}(?P<number>{DOC_NUMBER}|{ORDER_NUMBER})[，,、]?{FULL_DATE}(?:印发|发布|公布|颁布)?[）)]?"
)
# （2021年11月7日某市人民政府办公厅发布）
PUBLISHED_BRACKET = re.compile(rf"[（(]{FULL_DATE}(?P<body>[\u4e00-\u9fff]{{4,40}})(?:印发|发布|公布|颁布)[）)]")
# 某市医疗保障局文件
LETTERHEAD_AND_NUMBER = re.compile(r"(?P<body>.{3,60})文件(?P<number>.{0,40})")
# 某省人民政府令|第152号, a line each or one for both
ORDER_HEAD = re.compile(rf"(?P<body>[\u4e00-\u9fff]{{4,30}})令(?:[（(]?第[0-9〇{ONES}十百]{{1,5}}号[）)]?)")
# 2022年1月29日, （2022年1月29日）, 2022年1月29日（此件公开发布）, 2022年1月29日 星期六
DATE_LINE = re.compile(rf"[（(]?{FULL_DATE}(?:{WEEKDAY})?[）)]?(?:[（(][^（）()0-9]{{2,20}}[）)])?")
# 某市教育局2022年1月29日
SIGNED = re.compile(rf"(?P<body>[^\d]{{3,80}}?){FULL_DATE}(?:[（(][^（）()0-9]{{2,20}}[）)])?")
# 某市人民政府办公室2022年1月29日印发
PRINTED = re.compile(rf"(?P<body>[\u4e00-\u9fff（）()]{{3,40}}?)?{FULL_DATE}(?:印发|印制|印)(?:[（(]?共印.{{0,12}})?")
# （2016年1月15日某市人民代表大会第五次会议批准）: the day a document bears that a meeting passed
PASSED_BRACKET = re.compile(rf"[（(]{FULL_DATE}[^（）()]{{0,60}}(?:通过|批准|审议|修订)[）)]")
# ——2006年2月24日在某州第十一届人民代表大会第四次会议上通过: so too behind a dash, or alone on its line
PASSED_LINE = re.compile(
    rf"[—―─－–-]{{0,4}}\s?{FULL_DATE}[^（）()，。；：]{{0,60}}(?:会议?|全会)上?(?:审议|表决)?(?:通过|批准)"
)
# ——2024年1月23日在某市第九届人民代表大会第三次会议上, also in brackets: the day on which a meeting heard a report
GIVEN_LINE = re.compile(
    rf"[（(]?[—―─－–-]{{0,4}}\s?{FULL_DATE}在(?P<meeting>[^（）()，。；：]{{4,60}}(?:会议|全会|大会))上[）)]?"
)
# 某市发展和改革委员会|主任张某: who gives it
SPEAKER = re.compile(r"(?:党组书记|书记|主任|局长)[、\u4e00-\u9fff]{0,8}$")
# 20181113: a day as a database has it
COMPACT_DATE = re.compile(rf"(?P<year>{CALENDAR_YEAR})(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
# 二〇二一年十二月: a cover's date
MONTH_LINE = re.compile(rf"{PRINTED_YEAR}(?:年|[-.])(?:[0-9]{{1,2}}|[{ONES}十]{{1,2}})月?")


def number_line(line: Words) -> Words | None:
    """The document number, or that of an order (某省人民政府令第152号), that is alone on the line, perhaps in brackets
    or with 签发人 or a day after it (NUMBER_AND_DATE), or stands after 3 to 60 characters and 文件, as after a
    letterhead: '国发〔2016〕73号', '（国发〔2016〕73号）', '某市医疗保障局文件国发〔2016〕73号' -> 国发〔2016〕73号.
    None for other lines, and for the number of another document (见国发〔2016〕73号)."""
    if (head := LETTERHEAD_AND_NUMBER.fullmatch(line.text)) and (found := NUMBER_LINE.fullmatch(head["number"])):
        at = head.start("number")  # first, for the pattern of a number would take the letterhead along
        return line.part(at + found.start("number"), at + found.end("number"))
    if found := NUMBER_LINE.fullmatch(line.text) or NUMBER_AND_DATE.fullmatch(line.text):
        return line.part(found.start("number"), found.end("number"))
    return None


def date_beside_number(head: list[Words]) -> Dated | None:
    """The day behind the document number on its line (某政办发〔2021〕48号　2021年11月7日; NUMBER_AND_DATE), one of the
    first twelve of the lines `head`. None where none has one."""
    for line in head[:12]:
        if (found := NUMBER_AND_DATE.fullmatch(line.text)) and (day := date_of(found)):
            return Dated(day, _date_words(line, found))
    return None


def date_below_number(head: list[Words]) -> Dated | None:
    """The day alone on the line below the document number, which is on one of the first twelve of the lines `head`. It
    may be that of a page's publication. None where there is none."""
    for line, below in pairwise(head[:13]):
        if number_line(line) and (dated := date_line(below)):
            return dated
    return None


def published(document: Document, head: list[Words], first: int) -> Signature:
    """The day and the body in a bracket alone on one of the first three of the lines `head` from line `first` on
    (（2021年11月7日某市人民政府办公厅发布）: PUBLISHED_BRACKET). An empty Signature where there is none, or the words
    between are not the name of a body."""
    for line in head[first : first + 3]:
        if (
            (found := PUBLISHED_BRACKET.fullmatch(line.text))
            and (day := date_of(found))
            and (bodies := bodies_of(document, line.part(found.start("body"), found.end("body"))))
        ):
            return Signature(tuple(bodies), Dated(day, _date_words(line, found)))
    return Signature()


def order(document: Document, head: list[Words]) -> tuple[Words, list[Words]] | None:
    """The number and the issuers of an order (令) in the first twelve lines of `head`, on one line or two:
    '某省人民政府令第152号' -> the whole line as the number, and 某省人民政府. The first whose words before 令 are
    bodies counts; None where there is none. A year between 令 and 第 makes it none."""
    for i in range(min(12, len(head))):
        for size in (1, 2):
            line = joined(head[i : i + size])
            if (found := ORDER_HEAD.fullmatch(line.text)) and (
                who := bodies_of(document, line.part(0, found.end("body")))
            ):
                return line, who
    return None


def letterhead(document: Document, line: Words) -> list[Words] | None:
    """The bodies of a letterhead: '某市医疗保障局文件' -> 某市医疗保障局; after 文件 a document number may follow. None
    for a line that is no letterhead, or holds anything else than bodies."""
    found = LETTERHEAD_AND_NUMBER.fullmatch(line.text)
    if not found or (found["number"] and not NUMBER_LINE.fullmatch(found["number"])):
        return None
    return bodies_of(document, line.part(0, found.end("body")))


def date_line(line: Words) -> Dated | None:
    """The day on a line that is a date, perhaps in brackets or with a weekday or with a remark of 2 to 20 characters
    without digits in brackets: '二〇二二年一月二十九日' -> that day, with the words of the date alone. None for other
    lines."""
    found = DATE_LINE.fullmatch(line.text)
    if not found or (day := date_of(found)) is None:
        return None
    return Dated(day, _date_words(line, found))


def _date_words(line: Words, found: re.Match[str]) -> Words:
    """The words of the date in `found`, a match of FULL_DATE and what surrounds it in the text of the line:
    2022年1月29日 of 某市教育局2022年1月29日."""
    stop = found.end("day")
    return line.part(found.start("year"), stop + (line.text[stop : stop + 1] == "日"))


def signature(document: Document, head: list[Words], first: int, stop: int, bare: bool) -> Signature:
    """The first signature in the lines `first:stop` of `head`: a date on its own line with the bodies right above it,
    or a line with bodies and date, to which the bodies right above are added. A date without bodies counts only where
    it is in brackets, or where `bare` is true. An empty Signature where there is none."""
    for i in range(first, stop):
        if (dated := date_line(head[i])) is not None:
            signers = _above(document, head, first, i)
            if signers or bare or head[i].text[0] in "（(":
                return Signature(tuple(signers), dated)
        elif found_signed := _signed(document, head[i]):
            return Signature((*_above(document, head, first, i), *found_signed.bodies), found_signed.dated)
    return Signature()


def _signed(document: Document, line: Words) -> Signature | None:
    """The bodies and the day on one line: '某市教育局2022年1月29日'; also where they follow the last 。 of a paragraph.
    None where no day or no body is there."""
    line = line.part(line.text.rfind("。", 0, -1) + 1)
    found = SIGNED.fullmatch(line.text)
    day = date_of(found) if found else None
    if not found or not day:
        return None
    signers = bodies_of(document, line.part(0, found.end("body")))
    return Signature(tuple(signers), Dated(day, _date_words(line, found))) if signers else None


def _above(document: Document, head: list[Words], first: int, date_at: int) -> list[Words]:
    """The bodies in the lines of `head` right above line `date_at`, in reading order, up to the first line that names
    none; [] where there are none. Lines before line `first` are not read. A line that repeats an earlier one from line
    `first` on, as a running head does, and names none is passed over; lines of 200 characters or more name none."""
    found: list[Words] = []
    for i in range(date_at - 1, first - 1, -1):
        signers = bodies_of(document, head[i]) if len(head[i]) < 200 else None
        if not signers and any(line.text == head[i].text for line in head[first:i]):
            continue  # the title once more, as a running head
        if not signers:
            break
        found[:0] = signers
    return found


def addressees(document: Document, head: list[Words], first: int) -> list[Words]:
    """The bodies to which a document is addressed, in the first of the lines `head` from line `first` on, below its
    title, that ends with a colon: '某市人民政府、某省水利厅：' -> both. [] where that line names anything else, or is
    not among the first MAX_LINES_TO_ADDRESSEE (3)."""
    for line in head[first : first + MAX_LINES_TO_ADDRESSEE]:
        if line.text.endswith(("：", ":")):
            return bodies_of(document, line.part(0, len(line) - 1)) or []
    return []


def passed(head: list[Words]) -> Dated | None:
    """The day on which a meeting passed the plan, from the first bracket that begins with a valid day, ends with 通过,
    批准, 审议 or 修订 and is alone on one or two lines, beginning on one of the first twelve of `head`:
    '（2016年1月15日某市人民代表大会批准）' -> 2016-01-15. Without brackets, with a dash before it or not, the words
    must name the meeting (…第四次会议上通过: PASSED_LINE). None where there is none."""
    for i in range(min(12, len(head))):
        for size in (1, 2):  # the bracket may take two lines
            line = joined(head[i : i + size])
            found = PASSED_BRACKET.fullmatch(line.text) or PASSED_LINE.fullmatch(line.text)
            if found and (day := date_of(found)):
                return Dated(day, _date_words(line, found))
    return None


def given_to_meeting(document: Document, head: list[Words], first: int) -> Signature:
    """The day on which a meeting heard the plan as a report (——2024年1月23日在某市…会议上: GIVEN_LINE), in one of the
    first three of the lines `head` from line `first` on, and the bodies on the line below it, without the name of who
    speaks for them (某市发展和改革委员会主任张某). An empty Signature where no such line is there."""
    for i in range(first, min(first + 3, len(head))):
        found = GIVEN_LINE.fullmatch(head[i].text)
        if found and (day := date_of(found)):
            below = head[i + 1] if i + 1 < len(head) else None
            speaker = SPEAKER.search(below.text) if below else None
            body = below.part(0, speaker.start()) if below and speaker else below
            signers = bodies_of(document, body) if body else None
            return Signature(tuple(signers or ()), Dated(day, _date_words(head[i], found)))
    return Signature()


def heard_by(head: list[Words], first: int) -> list[Words]:
    """The meeting that heard a report, in one of the first three of the lines `head` from line `first` on
    (——2024年1月23日在|泽宁市第九届人民代表大会第三次会议|上), and the line below it, on which the speaker stands
    (泽宁市市长张某), which both may begin with the name of a region. [] where no such line is there."""
    for i in range(first, min(first + 3, len(head))):
        if found := GIVEN_LINE.fullmatch(head[i].text):
            return [head[i].part(*found.span("meeting")), *head[i + 1 : i + 2]]
    return []


def cover(document: Document, head: list[Words], title_at: int) -> Signature:
    """The issuing bodies on a cover, and nothing else of a signature (no date): those right above the first line with
    year and month (某市发展和改革委员会, 二〇二一年十二月) that has bodies there, from the second to the twelfth line
    of `head`, else those right above the title, which begins on line `title_at` of `head`. A Signature without bodies
    where neither place has any."""
    for i, line in enumerate(head[:12]):
        if i and MONTH_LINE.fullmatch(line.text) and (signers := _above(document, head, 0, i)):
            return Signature(tuple(signers))
    return Signature(tuple(_above(document, head, 0, title_at)))


def printing(document: Document, near: list[Words]) -> Signature:
    """The day in the last of the lines `near` that is a printing line with a valid date, and its body where the words
    before the date are the name of one: '某市人民政府办公室2022年1月29日印发'. Empty where there is no such line."""
    for line in reversed(near):
        if (found := PRINTED.fullmatch(line.text)) and (day := date_of(found)):
            printer = line.part(0, found.end("body")) if found["body"] and is_body(found["body"]) else None
            return Signature((printer,) if printer else (), Dated(day, _date_words(line, found)))
    return Signature()


def last_date(tail: list[Words]) -> Dated | None:
    """The day on the last of the lines `tail`, where that is a date only; else None, also where there are no lines."""
    return date_line(tail[-1]) if tail else None


def key_date(front: Front, role: str) -> Dated | None:
    """The day in the first key line (`front.keys`) of this role whose value begins with a date, with the words of that
    date: role 'published', '发布日期: 2024-12-16 10:30' -> 2024-12-16; also 20241216. None where there is none."""
    for value in front.keys.get(role, []):
        if (found := FULL_DATE_RE.match(value.text)) and (day := date_of(found)):
            return Dated(day, _date_words(value, found))
        if (found := COMPACT_DATE.match(value.text)) and (day := date_of(found)):
            return Dated(day, value.part(*found.span()))
    return None


def is_heading(line: Words) -> bool:
    """Whether the line, of at most 40 characters, begins with the number of a high level (style "part", "chapter",
    "formal" or "han"), as a heading does with which the plan's text begins; a numbered sentence of that length counts
    too: '一、总体要求', '第一章 背景' -> True; '（一）背景' -> False."""
    found = marker(line.text)
    return found is not None and found.style in HIGH_STYLES and len(line) <= 40
