"""The tasks that stand in running text: the smallest titled units of task and safeguard chapters."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from extractors import expressions as re
from extractors.document import Block, Document
from extractors.outline.headings import DASHES, NOTE_ALONE, RESPONSIBLE_NOTE, run_in
from extractors.outline.sections import duties_above
from extractors.reading import Reading, Section
from extractors.reference.departments import names_bodies, organization
from extractors.vocabulary.chapters import BEGINS_WITH_VERB, names_measure
from extractors.vocabulary.dates import PRINTED_DATE
from extractors.vocabulary.duties import COLON, LINE_LABEL, OF_PERSON, TIME_LABEL_LINE, WEB_PAGE_FOOT
from extractors.vocabulary.numbering import Marker, marker
from extractors.vocabulary.numerals import ONES
from extractors.vocabulary.pages import FILE_LINK, PAGE_LINE
from extractors.vocabulary.stops import CLAUSE_ENDS, FULL_STOPS, SENTENCE_ENDS
from ontology.model.facts import Heading, Region

TASK_ROLES = {"tasks", "safeguards"}
# 抄送：, 信息公开选项：: what stands after a plan's last words
CLOSING_LINE = re.compile(
    r"(?:(?:信息公开(?:选项|属性|类别)|公开(?:方式|属性|选项)|抄\s*送|主\s*送|主题词)[：:]"
    r"|[【\[]?(?:打印|关闭)(?:打印|关闭|收藏){0,2}(?:窗口|[本此]页|[】\]\s]|$)|扫一扫|(?:上|下)一[篇条][：:]|[【\[]?相关(?:解读|链接|附件|政策)[】\]]?[：:]?$|附件下载|责任编辑[：:]"
    rf"|分享到|版权所有|{WEB_PAGE_FOOT.pattern}|网站标识码|Copyright"
    rf"|{PAGE_LINE}|{FILE_LINK}"
    r"|[（(]此件.{0,12}公开.{0,8}[）)]|.{2,40}\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*印发|附\s*[件表录：:])"
)
# 云岭市人民政府, 教育部, 中国人民银行, 2021年8月1日, 抄送：…
SIGNATURE = re.compile(
    rf"[\u4e00-\u9fff\s、（）]{{2,40}}(?:[府厅局委会室院办部署处行社团司联]|中心|海关)|{PRINTED_DATE.pattern}|{CLOSING_LINE.pattern}.{{0,200}}"
)
_THIS_DOCUMENT = r"本(?:政策|措施|办法|意见|方案|规定|通知|计划|细则|规划|若干\w{2})"
# 本政策自2023年起施行, 本办法由市财政局负责解释
FINAL = re.compile(rf"{_THIS_DOCUMENT}[^。]{{0,30}}?(?:施行|执行|有效期|解释)")
# 市科技局会同有关部门制定实施细则: who makes the rules by which all measures are carried out
RULES_FOLLOW = re.compile(
    r"[^，。；：]{1,24}(?:[局委厅办]|部门|单位)(?:要|应|负责|抓紧|及时|分别){0,3}(?:研究)?(?:制定|出台)[^，。；]{0,12}(?:细则|申报指南|服务指南|操作指南)"
)
# 本方案有效期5年, 本方案自2023年起施行, 本方案由市财政局负责解释; not 本方案执行情况每年评估
ABOUT_ITSELF = re.compile(rf"{_THIS_DOCUMENT}(?:的?有效期|自[^。]{{2,20}}起|由[^。]{{2,30}}解释)")
# 截至2020年已建成…, 目前全县有农机50台, “十三五”期间，已…: how things stand
STATE_OF_THINGS = re.compile(
    rf"(?:截[至止]|目前|当前|现有|近几?年来?|[“\"]?十[{ONES}]五[”\"]?(?:以来|期间|时期)|去年|上年)"
    r"[^。]{0,40}?(?:已经?(?:建|完|实|改|新|达|有|投|培|累)|现有|有[^，。]{0,12}\d|存在|[尚仍][有缺存])"
)
# 目前存在的短板要补齐, 目前已建成的20个站点全部投运: what is to be done with that
STILL_AHEAD = re.compile(
    r"要|须|应(?!急)|将|力争|确保|争取|全部|加[快大强]|推[进动]|整改|补齐|解决|按照|进行|开展|实施|到\d{4}年|[底末月年]前|逐步|建设"
)
# 重点任务见下表。, 任务分工如下：
TABLE_POINTER = re.compile(r"见[^。]{0,12}表|如下|下[列表]|[：:]$")
ENDS_SENTENCE = re.compile(rf"[{SENTENCE_ENDS}：:]$")
# 牵头单位：市民政局, 责任领导：张某, 完成时限：6月底: who does a measure and when, on lines below it
LABEL_BELOW = re.compile(rf"{LINE_LABEL}|{OF_PERSON}{COLON}|{TIME_LABEL_LINE}")
MAX_POINTER_LENGTH = 60  # characters of a paragraph that only points to a table
MIN_RUN_IN_SHARE = 0.5  # of the units that hold run-in headings, before one of them alone counts


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph of running text, `start:end` in `Document.text`. `title` is its run-in heading, None where it has
    none, and `body` the offset after it. `lost` says that the conversion of the file lost its first words
    (`Block.lost`), among them such a heading; `bold` that it begins in bold type; `final` that it says from when the
    document is in force, who explains it, or who makes detailed rules for it; `listed` that it begins with a number
    (`marker`), dashes and bullets aside; `label` that it begins with a label of who does a measure or when
    (LABEL_BELOW). `number` is its number, None without one or behind dashes and bullets."""

    start: int
    end: int
    title: str | None
    body: int
    lost: bool
    bold: bool
    final: bool
    listed: bool  # a numbered line: of a box that lost its frame, or of a list
    label: bool = False
    number: Marker | None = None


@dataclass(frozen=True, slots=True)
class _Unit:
    """A heading without further headings below it, boxes aside, with its paragraphs; paragraphs of boxes are left out.
    `start:end` is from the first to the last paragraph, `opening` the offset at which the heading's words begin.
    `of_bodies` says that the heading only names the bodies that do what stands below it, in a chapter of duties."""

    heading: Heading
    opening: int
    start: int
    end: int
    paragraphs: tuple[_Paragraph, ...]
    of_bodies: bool = False


@dataclass(frozen=True, slots=True)
class TaskSpan:
    """A task, not yet a fact, at `start:end` of `Document.text`. `heading` is the position of its own heading, None for
    a run-in heading or a row; `parent` that of the heading above it. `label` are the words that name a task without a
    `title`, where those are not the first of its text. `opening` is the offset at which the words of its title begin,
    which stand right before `start`; None for a row."""

    start: int
    end: int
    title: str | None
    heading: int | None
    parent: int | None
    label: str | None = None
    opening: int | None = None


def tasks_of_text(state: Reading, tables: Sequence[tuple[int, int]]) -> Iterator[TaskSpan]:
    """The tasks outside of tables of work: those of the plan's chapters of tasks and safeguards. `tables` are the spans
    of these tables in `Document.text`, in order."""
    units = list(_units(state, tables))
    kinds = {unit.heading.kind for unit in units}  # two plans in one file have each its own style
    style = {kind: _run_in_style([unit for unit in units if unit.heading.kind == kind]) for kind in kinds}
    for unit in units:
        yield from _parts(unit, style[unit.heading.kind])
    yield from _untitled(state, tables)


def _untitled(state: Reading, tables: Sequence[tuple[int, int]]) -> Iterator[TaskSpan]:
    """A task without a title for each numbered sentence of a chapter of tasks or safeguards that stands beside headings
    and is none (`Section.untitled`), with all paragraphs up to the next heading, those in the tables of work `tables`
    aside; none for a sentence by itself that sets no work (`_sets_nothing`)."""
    for section in state.sections:
        if not section.untitled or section.role not in TASK_ROLES or section.heading is None:
            continue
        own = [p for p in _paragraphs(state.document, section) if not _inside(p.start, tables)]
        if own:
            number = marker(state.document.text[own[0].start : own[0].end])
            start = own[0].start + (number.end if number else 0)
            if len(own) == 1 and _sets_nothing(state.document.text[start : own[0].end]):
                continue
            yield TaskSpan(start, own[-1].end, None, None, section.heading.position, opening=own[0].start)


def _sets_nothing(sentence: str) -> bool:
    """Whether a numbered sentence, given without its number, sets no work, though it stands among measures: it says
    from when or how long the document is in force, or who explains it (ABOUT_ITSELF); or it begins with how things
    stand (STATE_OF_THINGS), and has no word of what is to be done (STILL_AHEAD: 要, 全部):
    '截至2020年已建成农田2万亩。' -> True; '目前存在的短板要补齐。', '目前已建成的20个站点全部投运。' -> False."""
    words = sentence.strip()
    if ABOUT_ITSELF.match(words):
        return True
    return STATE_OF_THINGS.match(words) is not None and STILL_AHEAD.search(words) is None


def _units(state: Reading, tables: Sequence[tuple[int, int]]) -> Iterator[_Unit]:
    """The units of the chapters of tasks and safeguards, in order: one for each heading that is no box or line of one,
    has text outside of boxes or is a sentence or ends with a note of who is responsible (`_own_words`), and has no
    other heading but boxes below it. `tables` are the spans of the tables of work, whose paragraphs are left out; in a
    chapter of tasks a heading has no unit where such a table begins below it and all paragraphs outside of tables only
    introduce it (任务分解见下表。)."""
    above = {h.parent for h in state.headings if h.kind not in ("box", "box-item")}
    pieces: dict[int, list[Section]] = {}
    openings: dict[int, int] = {}  # where the words of headings begin, by the start of the section below them
    before = 0
    for section in state.sections:
        openings[section.start], before = before, section.end
        if section.heading is not None:
            pieces.setdefault(section.heading.position, []).append(section)
    for heading in state.headings:
        own = pieces.get(heading.position, [])
        if heading.kind in ("box", "box-item") or heading.position in above or not own or own[0].role not in TASK_ROLES:
            continue
        found = [p for section in own for p in _paragraphs(state.document, section)]
        outside = [p for p in found if not _inside(p.start, tables)]
        tabled = own[0].role == "tasks" and any(_holds(section, tables) for section in own)
        if tabled and all(_introduces(state, p) for p in outside):
            continue
        opening = openings[own[0].start]
        paragraphs = _without_list_titles(outside) or _own_words(state.document, opening, own[0].start)
        if paragraphs:
            duties = duties_above(state.headings, heading)
            of_bodies = duties is not None and _names_bodies(heading.title, state.home)
            yield _Unit(heading, opening, paragraphs[0].start, paragraphs[-1].end, paragraphs, of_bodies)


def _names_bodies(title: str, home: Region) -> bool:
    """Whether the title only names bodies (`names_bodies`, with `home`), known ones or such as are no names of measures
    (`names_measure`)."""
    return names_bodies(title, home) and (organization(title, home)[0] is not None or not names_measure(title))


def _own_words(document: Document, opening: int, end: int) -> tuple[_Paragraph, ...]:
    """What a heading without text says by itself, as its only paragraph. The words of the heading are `opening:end`.

    - Where a note of who is responsible ends them, that is the text: （市水利局牵头） of 1.推广滴灌（市水利局牵头）
    - Where they are a sentence with its full stop, it is the text, without its number: 新建幼儿园30所。 of
      （一）新建幼儿园30所。
    - () for other headings, and for a sentence that sets no work (`_sets_nothing`).
    """
    words = document.text[opening:end].rstrip()
    if note := RESPONSIBLE_NOTE.search(words):
        start = opening + note.start() + len(note[0]) - len(note[0].lstrip())
        return (_Paragraph(start, opening + len(words), None, start, False, False, False, False),)
    if not words.endswith("。"):
        return ()
    number = marker(words.lstrip())
    start = opening + len(words) - len(words.lstrip()) + (number.end if number else 0)
    if _sets_nothing(document.text[start : opening + len(words)]):
        return ()
    return (_Paragraph(start, opening + len(words), None, start, False, False, False, True),)


def _inside(at: int, tables: Sequence[tuple[int, int]]) -> bool:
    """Whether the offset `at` is inside one of the spans `tables`, which are in order."""
    before = bisect_right(tables, at, key=lambda table: table[0]) - 1
    return before >= 0 and at < tables[before][1]


def _holds(section: Section, tables: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the spans `tables` begins in the section."""
    return any(section.start <= start < section.end for start, _ in tables)


def _introduces(state: Reading, paragraph: _Paragraph) -> bool:
    """Whether the paragraph only introduces a table. It does where it ends, as a caption does, with neither a colon nor
    a mark of the end of a sentence; it also does where it has at most MAX_POINTER_LENGTH (60) characters and either
    words that point to a table (TABLE_POINTER: 见下表, 如下, 下列) or a colon at its end (任务分工：)."""
    words = state.document.text[paragraph.start : paragraph.end].strip()
    return not ENDS_SENTENCE.search(words) or (
        len(words) <= MAX_POINTER_LENGTH and TABLE_POINTER.search(words) is not None
    )


def _without_list_titles(paragraphs: Sequence[_Paragraph]) -> tuple[_Paragraph, ...]:
    """The paragraphs; where fewer than two in three of the numbered ones begin with a title, these titles are taken
    away, except those in bold type: 19.梳理清单，完成挂载。… is a sentence."""
    listed = [p for p in paragraphs if p.listed]
    if sum(p.title is not None for p in listed) * 3 >= len(listed) * 2:
        return tuple(paragraphs)
    return tuple(replace(p, title=None) if p.listed and not p.bold else p for p in paragraphs)


def _paragraphs(document: Document, section: Section) -> Iterator[_Paragraph]:
    """The paragraphs of the section that have words, in order, up to the plan's last words (`_blocks`), boxes and all
    blocks that are no paragraphs aside. The title of a paragraph is its run-in heading (`_run_in`), unless its first
    words are lost; or its words, where it is a title without a number on a line of its own (健全服务体系。,
    `_lone_titles`), and then the paragraph below belongs to it. A paragraph in which the section begins has no title,
    and does not count as bold."""
    own = _blocks(document, section)
    lone = _lone_titles(document, section, own)
    titled = -1  # the end of the paragraph whose title stood on the line above it
    for block, below in zip_longest(own, own[1:]):
        if block.end <= titled:
            continue
        start = max(block.start, section.start)
        words = document.text[start : block.end]
        if block.kind != "text" or block.box or not words.strip():
            continue
        whole = start == block.start
        bold = block.bold_end - start if block.bold_end and whole else 0
        number = marker(words)  # of a line that is no heading, for the count of its list is broken
        found = _run_in(words, bold) if whole and not block.lost else None
        if block.start in lone and below is not None:
            found, titled = (words.rstrip("。"), len(words)), below.end  # 健全服务体系。 on a line of its own
        title, length = found or (None, 0)
        listed = number is not None or marker(words.lstrip(DASHES)) is not None
        yield _Paragraph(
            start,
            max(block.end, titled),
            title,
            start + length,
            block.lost,
            bool(bold),
            FINAL.search(words) is not None or (title is None and RULES_FOLLOW.match(words) is not None),
            listed,
            LABEL_BELOW.match(words) is not None,
            number,
        )


def _blocks(document: Document, section: Section) -> Sequence[Block]:
    """The blocks of which at least a part is in the section, in order, up to the plan's last words, which are left out:
    the first block that begins, in the section, as CLOSING_LINE has it, and all after it; the signature right above
    that block, or at the end of a section without one (`_closing`); and above these the appeal that closes a plan
    (`_appeal`)."""
    first = bisect_right(document.blocks, section.start, key=lambda block: block.end)
    stop = bisect_left(document.blocks, section.end, key=lambda block: block.start)
    ends = (
        at
        for at in range(first, stop)
        if CLOSING_LINE.match(document.text, max(document.blocks[at].start, section.start), document.blocks[at].end)
    )
    last = _closing(document, next(ends, stop))  # the day stands above （此件公开发布） and the foot of a web page
    about = section.heading.title if section.heading else ""
    return document.blocks[first : _appeal(document, first, last, about)]


def _run_in(words: str, bold: int) -> tuple[str, int] | None:
    """The run-in heading with which the paragraph `words` begins, after its number if it has one, and the offset at
    which its text begins (`run_in`). None where there is none, and where, after a number and not in bold, only a note
    in brackets follows it: 1.新增基站20座。（市工信局负责） says what is to be done, and who does it. `bold` is the
    number of characters at the beginning of `words` that are printed in bold, 0 for none."""
    number = marker(words)
    begin = number.end if number else 0
    found = run_in(words[begin:], max(0, bold - begin))
    if found is None or (number and not bold and NOTE_ALONE.fullmatch(words, begin + found[1])):
        return None
    return found[0], begin + found[1]


# 健全服务体系。: a measure in a few words, with nothing behind it
ALONE = re.compile(r"[\u4e00-\u9fff“”]{4,16}。")


def _lone_titles(document: Document, section: Section, blocks: Sequence[Block]) -> frozenset[int]:
    """The offsets of those of the section's `blocks` that are the titles of the paragraphs right below them:
    健全服务体系。 above 建设中医馆60个，完善三级网络。 The title has 4 to 16 characters and a full stop; the paragraph
    below is longer, is not of the same form, and begins with no number.

    One that begins with the verb of a measure, above a paragraph without a run-in heading, is one by itself
    (`_surely_alone`). Where there is such a one, or several of this form, one of which begins so, and the section
    begins with one, all are titles, whatever word they or the paragraphs below begin with: 加力扩大有效投资。"""
    running = [
        (block.start, document.words(block), document.words(below))
        for block, below in pairwise(blocks)
        if block.kind == below.kind == "text" and not block.box and not below.box and block.start >= section.start
    ]
    found = [(start, words, below) for start, words, below in running if _alone(words, below)]
    sure = frozenset(start for start, words, below in found if _surely_alone(words, below))
    opens = bool(found) and found[0][0] == blocks[0].start
    several = len(found) > 1 and any(BEGINS_WITH_VERB.match(words) for _, words, _ in found)
    return frozenset(start for start, _, _ in found) if opens and (sure or several) else sure


def _alone(words: str, below: str) -> bool:
    """Whether the paragraph `words` has the form of a title of the one below it, whose text is `below`."""
    return (
        ALONE.fullmatch(words) is not None
        and marker(words) is None
        and not ALONE.fullmatch(below)
        and len(below) > len(words)
        and marker(below) is None
    )


def _surely_alone(words: str, below: str) -> bool:
    """Whether a paragraph `words` of this form (`_alone`) is a title by itself."""
    return BEGINS_WITH_VERB.match(words) is not None and run_in(below) is None


def _closing(document: Document, stop: int) -> int:
    """The index in `document.blocks` of the block at which the signature begins, of a text whose last block is the one
    before `stop`: the first of the blocks right before `stop` that each are a body (a short text that ends with 府, 局,
    委, 部 or the like: SIGNATURE), a date or a closing line. `stop` where there are none, or none of them is a date."""
    at = stop
    while at and SIGNATURE.fullmatch(document.words(document.blocks[at - 1])):
        at -= 1
    signed = any(PRINTED_DATE.fullmatch(document.words(block)) for block in document.blocks[at:stop])
    return at if signed else stop


# 全国各族人民要在…领导下，紧密团结在以…同志为核心的党中央周围, 让我们…，为…而努力奋斗！: how a plan closes
_APPEAL = (
    r"(?:让我们|(?:全[国党省市县区州旗盟]|自治区)(?:各族|各级|广大)?(?:人民|干部群众|党员干部|上下))"
    rf"(?:[^{FULL_STOPS}]{{0,40}}?团结在以[^{CLAUSE_ENDS}]{{2,16}}为(?:核心|总书记)的党中央周围|[^{FULL_STOPS}]{{4,300}}！\Z)"
)
# “十五”计划是进入新世纪的第一个五年计划: what an appeal may say first, or on a line above it
_OF_PLAN = rf"[“\"]?[十第][^{CLAUSE_ENDS}]{{0,12}}?(?:规划|计划|纲要)》?是[^{FULL_STOPS}]{{2,120}}"
APPEAL = re.compile(rf"(?:{_OF_PLAN}。(?:[^{FULL_STOPS}]{{2,80}}。)?)?{_APPEAL}")
ABOUT_PLAN = re.compile(rf"{_OF_PLAN}[{FULL_STOPS}]?")
# 保持香港、澳门长期繁荣稳定; 按照“一国两制”方针…: of what plans of the country speak before it
UNITY = re.compile(rf"[^{FULL_STOPS}]{{0,30}}?(?:香港、?澳门(?:特别行政区|的?长期)|台湾是|两岸关系|一国两制|祖国统一)")


def _appeal(document: Document, first: int, stop: int, title: str) -> int:
    """The index in `document.blocks` of the block at which the close of a plan begins, in a section whose blocks are
    `first:stop` and whose heading is `title`: the block with the appeal to all (APPEAL), the last of the section, and
    right above it a line that says what the plan is (ABOUT_PLAN) and paragraphs on Hong Kong, Macao and Taiwan (UNITY),
    these unless the title is about them too. `stop` where the section does not end with an appeal, or holds nothing
    else."""
    at = stop - 1
    if at <= first or not APPEAL.match(document.words(document.blocks[at])):
        return stop
    if ABOUT_PLAN.fullmatch(document.words(document.blocks[at - 1])):
        at -= 1
    while not UNITY.match(title) and at - 1 > first and UNITY.match(document.words(document.blocks[at - 1])):
        at -= 1
    return at if at > first else stop


def _run_in_style(units: Sequence[_Unit]) -> bool:
    """Whether at least half of the units consist of paragraphs with run-in headings (`_all_titled` gives 2 or more), so
    that in another unit a single run-in heading counts too. False for no units."""
    titled = sum(_all_titled(unit) >= 2 for unit in units)
    return bool(units) and titled >= MIN_RUN_IN_SHARE * len(units)


def _all_titled(unit: _Unit) -> int:
    """The number of run-in headings in the unit, if the unit consists of paragraphs with such headings; else 0. The
    first of them is then one of the unit's first three paragraphs, and from there on at least two in three of the
    paragraphs have one (numbered lines without one and what closes the plan do not count), or at least two follow one
    another and all paragraphs without one stand after them (`_tail`)."""
    first = next((i for i, p in enumerate(unit.paragraphs) if p.title), None)
    if first is None or first > 2:
        return 0
    rest = [p for p in unit.paragraphs[first:] if p.title or not (p.listed or p.final)]
    count = sum(p.title is not None for p in rest)
    if count * 3 >= len(rest) * 2 or (count >= 2 and _tail(unit) is not None):
        return count
    return 0


def _tail(unit: _Unit) -> int | None:
    """The index of the first paragraph after those with run-in headings, if these stand one after the other; that
    paragraph may close the plan (本政策自2023年起执行。). None where there are none, where another paragraph stands
    between them, and where no paragraph follows them."""
    titled = [i for i, p in enumerate(unit.paragraphs) if p.title]
    if not titled or titled != list(range(titled[0], titled[0] + len(titled))):
        return None
    return titled[-1] + 1 if titled[-1] + 1 < len(unit.paragraphs) else None


def _final(unit: _Unit) -> int:
    """The index of the first paragraph that belongs to no task because it closes the plan. All paragraphs after those
    with run-in headings (`_tail`) close it where one of them is `final` (…，由市财政局负责解释。). The number of
    paragraphs where none closes it."""
    tail = _tail(unit) or len(unit.paragraphs)
    return tail if any(p.final for p in unit.paragraphs[tail:]) else len(unit.paragraphs)


def _labelled(unit: _Unit) -> list[_Paragraph]:
    """The numbered sentences of the unit, at least two, each of which has labels of its own below it before the next
    (牵头单位：市民政局), so that it is a measure by itself; [] where one of those with a number of the first one's
    style has none, or where more than one paragraph stands before the first.

    1.新建幼儿园30所。 / 牵头单位：市教育局 / 2.培训教师100名。 / 牵头单位：市教育局 -> both sentences."""
    first, number = next(((i, p.number) for i, p in enumerate(unit.paragraphs) if p.number), (0, None))
    if number is None or first > 1:
        return []
    items: list[tuple[_Paragraph, bool]] = []
    for p in unit.paragraphs[first:]:
        if p.number and p.number.style == number.style:
            items.append((p, False))
        elif p.label:
            items[-1] = (items[-1][0], True)
    return [p for p, _ in items] if len(items) > 1 and all(labelled for _, labelled in items) else []


def _short(title: str) -> bool:
    """Whether the title is one phrase, without ，, as it must be where it is the only one in its unit;
    做好宣传，回应关切，引导预期 is a sentence."""
    return "，" not in title


def _parts(unit: _Unit, style: bool) -> Iterator[TaskSpan]:
    """The tasks in a unit: one begins after each run-in heading that counts, and at the start of each paragraph that
    lost its first words, which gives a task without a title; it reaches to the next of these paragraphs. Paragraphs
    above the first are in no task, and the last task leaves out what closes the plan (`_final`). Where there are none,
    each numbered sentence with labels below it is a task without a title (`_labelled`), and else the whole unit is one
    task, with the title of the unit's heading, but without one where that only names bodies (市教育局 in 工作职责), as
    the rows of a table of duties have none. A run-in heading counts where it is in bold, where
    the unit consists of paragraphs with such headings (`_all_titled` gives 2 or more), or where `_all_titled` gives 1,
    the heading has no comma (`_short`), and `style` says that at least half of the units whose headings are of the same
    kind consist of them (`_run_in_style`)."""
    count = _all_titled(unit)
    opens = [
        p
        for p in unit.paragraphs
        if p.lost or (p.title and (p.bold or count >= 2 or (style and count and _short(p.title))))
    ]
    if not opens and (items := _labelled(unit)):
        opens = [replace(p, body=p.start + p.number.end) for p in items if p.number]
    if not opens:
        heading = unit.heading
        title = None if unit.of_bodies else heading.title
        yield TaskSpan(unit.start, unit.end, title, heading.position, heading.parent, opening=unit.opening)
        return
    starts = [p.start for p in unit.paragraphs]
    last = max(_final(unit), bisect_right(starts, opens[-1].start))  # one that lost its first words closes nothing
    for p, following in zip(opens, [*opens[1:], None], strict=True):
        stop = bisect_left(starts, following.start) if following else last
        end = unit.paragraphs[stop - 1].end
        start, words = (p.start, None) if p.lost else (p.body, p.title)
        yield TaskSpan(start, end, words, None, unit.heading.position, opening=p.start)
