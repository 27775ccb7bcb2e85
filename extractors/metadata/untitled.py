"""Titles of texts that have no title line: from the sentence that opens the text, from a table, from the file's
name."""

from array import array
from collections.abc import Sequence
from dataclasses import replace

from extractors import expressions as re
from extractors.document import Document
from extractors.metadata.annexes import label_end
from extractors.metadata.notices import Title
from extractors.vocabulary.chapters import is_part_title
from extractors.vocabulary.notices import TITLE_KINDS
from extractors.vocabulary.numbering import DIVISION_STYLES, marker
from extractors.vocabulary.stops import SENTENCE_ENDS
from extractors.vocabulary.words import Words, words
from ontology.model.facts import Heading

FROM_FILE_NAME = "file name"  # Plan.title_origin
TITLE_WORDS = rf"[^{SENTENCE_ENDS}：:;!?>›»|]{{2,90}}?"
# 中华人民共和国…第十二个五年规划纲要，根据《…》编制，主要阐明…
DRAWN_UP_OPENING = re.compile(
    rf"(?P<title>{TITLE_WORDS}{TITLE_KINDS}(?:[（(][^（）()]{{1,30}}[）)])?)[，,]?(?:是)?(?:根据|依据|按照)《[^》]{{4,60}}》[^。]{{0,60}}?(?:编制|制定)"
)
# 泽宁市养老服务“十四五”规划重点任务分工表
TABLE_TITLE = re.compile(
    rf"{TITLE_WORDS}{TITLE_KINDS}[^。；：:，,]{{0,20}}?(?:表|清单|台账)(?:[（(][^（）()]{{1,30}}[）)])?"
)
# 1、…, 20210625_…, P020210625_…: what stands before the title in a file's name, beside 附件1：
BEFORE_TITLE = re.compile(r"[A-Za-z]{0,3}[0-9]{1,20}[、._\-—\s)）]{1,3}|[\s_\-—]+")
# …(1), …_终稿, … - 副本, … - 某市人民政府: what stands after it
AFTER_TITLE = re.compile(
    r"(?:[\s_\-—]*(?:[（(](?:[0-9]{1,2}|终稿|定稿|印发稿|正式稿|最终版|扫描件|副本)[）)]|终稿|定稿|印发稿|正式稿|最终版?|扫描件?|副本|[vV]?[0-9.]{1,8})"
    r"|\s[-—]\s[\u4e00-\u9fff]{4,30}(?:政府|网|委员会|局|厅))+$"
)
TITLE_AND_BRACKETS = re.compile(rf"{TITLE_WORDS}{TITLE_KINDS}(?:[（(【〔][^（）()【】〔〕]{{1,40}}[）)】〕]){{0,2}}")
MIN_DIVISIONS = 6  # 第一章, 第一节, of a text that is a plan whatever its file is called
MIN_FAMILIAR = 3  # chapters with a name that any plan has
TABLE_TITLE_LINES = 3  # from the top, in which a table has its title


def opening_title(head: list[Words]) -> Title | None:
    """The title at the beginning of one of the first TABLE_TITLE_LINES (3) lines of `head`, in a sentence that says
    according to which document it was drawn up: '云岭省水网建设规划，根据《国家水网建设规划纲要》编制' ->
    云岭省水网建设规划. None where there is none."""
    for i, line in enumerate(head[:TABLE_TITLE_LINES]):
        if found := DRAWN_UP_OPENING.match(line.text):
            return Title(line.part(found.start("title"), found.end("title")), first=i, stop=i + 1)
    return None


def table_title(document: Document, head: list[Words]) -> Title | None:
    """The first of the first TABLE_TITLE_LINES (3) lines of `head` that is the title of a table, with 表, 清单 or 台账
    after the kind of a plan, and does not begin with the number of a heading (一、 or 1.; a year is none), in a
    document with a table: '泽宁市养老服务规划重点任务分工表'. None where there is none."""
    if not any(block.kind == "table" for block in document.blocks):
        return None
    for i, line in enumerate(head[:TABLE_TITLE_LINES]):
        if TABLE_TITLE.fullmatch(line.text) and marker(line.text) is None:
            return Title(line, first=i, stop=i + 1, whole=line)
    return None


def named_by_file(document: Document, headings: Sequence[Heading]) -> tuple[Document, Title] | None:
    """The document with the title in the file's name added at the end of its text, because it stands nowhere in the
    file, and that title. None where the text does not look like a plan: the table of contents aside, it has neither a
    table nor a block that begins with a number. The characters added have the origin of the last one of the text.

    What stands before the title and after it in the name is cut off (`_begun`, AFTER_TITLE):
    '附件1：泽宁市养老服务规划（终稿）(1).docx' -> 泽宁市养老服务规划. A name whose rest is no title (plan07.txt) or
    still begins with a number (一、) is taken unchanged, without its suffix, where the `headings` are those of a plan
    (`_set_out`), and otherwise the result is None.
    """
    whole = document.source.name.rpartition("/")[2].rpartition(".")[0] or document.source.name
    stem = AFTER_TITLE.sub("", whole[_begun(whole) :]).strip("《》 \t_")
    if not (TITLE_AND_BRACKETS.fullmatch(stem) or TABLE_TITLE.fullmatch(stem)) or marker(stem):
        if not _set_out(headings):
            return None
        stem = whole
    blocks = [block for block in document.blocks if block.kind != "contents"]
    if not any(block.kind == "table" or marker(document.words(block)[:20]) for block in blocks):
        return None
    start = len(document.text) + 1
    origin = array("q", document.origin)
    origin.extend([origin[-1]] * (len(stem) + 1))
    longer = replace(document, text=f"{document.text}\n{stem}", origin=origin)
    return longer, Title(words(longer, start, start + len(stem)))


def _begun(name: str) -> int:
    """The offset in the name of a file at which the title begins, after numbers, dates (BEFORE_TITLE) and the label of
    an annex in any order: '20210625_附件1：泽宁市养老服务规划' -> 13. 0 where nothing of the kind is before it."""
    at = 0
    while more := label_end(name[at:]) or ((found := BEFORE_TITLE.match(name, at)) and found.end() - at):
        at += more
    return at


def _set_out(headings: Sequence[Heading]) -> bool:
    """Whether the headings are those of a plan: at least MIN_DIVISIONS (6) have numbers like 第一章, 第一节 or 第一部分
    (DIVISION_STYLES), or at least MIN_FAMILIAR (3) that are below no other heading have names that any plan has
    (总体要求, 重点任务, 保障措施)."""
    numbers = [found.style for h in headings if h.number and (found := marker(f"{h.number} 题目"))]
    known = sum(heading.parent is None and is_part_title(heading.title) for heading in headings)
    return sum(style in DIVISION_STYLES for style in numbers) >= MIN_DIVISIONS or known >= MIN_FAMILIAR
