"""Which paragraphs look like headings: an ordered table of rules.

A rule is a function of (index of a block, the block, its words) that returns a candidate for a heading, or None.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from extractors import expressions as re
from extractors.document import Block, Document
from extractors.layout.tables import TABLE_CAPTION
from extractors.vocabulary.chapters import BEGINS_WITH_VERB, TITLE_VERB, sets_no_work
from extractors.vocabulary.numbering import ANNEX_NUMBER, BULLETS, MEASURED, MENTION, TEXT_GAP, Marker, Style, marker
from extractors.vocabulary.numerals import DIGIT, ONES
from extractors.vocabulary.stops import SENTENCE_ENDS
from ontology.model.facts import squeeze

Form = Literal["lone", "run-in", "sentence"]

# 前言, 引 言, 附则: parts of a plan that carry no number
UNNUMBERED = re.compile(r"前言|引言|序言|序|导语|导言|绪论|总论|总则|引子|结语|结束语|后记|附则|附录|名词解释")
# 附件, 附件1：重点项目表, 附表2
ANNEX_HEADING = re.compile(
    rf"(?P<number>附\s{{0,6}}[件表录]{ANNEX_NUMBER}?)\s{{0,4}}[：:．.、]?\s{{0,4}}(?P<title>[^，。；]{{0,60}})"
)
# 、总体 after a number whose own mark is gone
LEFTOVER = re.compile(r"[、，。；：）)》”]")
NOT_HEADING_NUMBER: dict[Style, re.Pattern[str]] = {
    "part": MENTION, "chapter": MENTION, "section": MENTION, "article": MENTION, "box": MENTION, "action": MENTION,
    "decimal": MEASURED, "bare": MEASURED,
}  # fmt: skip
SENTENCE_MARKS = f"{SENTENCE_ENDS};!?"
# 健全完善医疗救助制度。建立救助对象…
LEADING_SENTENCE = re.compile(rf"(?P<title>[^{SENTENCE_ENDS}]{{2,60}})。")
# 健全完善医疗救助制度．建立救助对象…: a full-width point typed for the full stop
POINTED = re.compile(r"(?P<title>[\u4e00-\u9fff“”、，]{4,40})[．﹒](?=[\u4e00-\u9fff“])")
# 怎样建设网点？
QUESTION = re.compile(r"[^，。；：？?]{4,30}[？?]")
# 1.工作目标：到2025年 …
TITLE_LABEL = re.compile(r"(?P<title>[^，。；：:]{2,24})[：:](?=\S)")
# 【改造管网】实施…: a title in brackets; 【工作目标】, 【责任单位】 are labels of what follows, by their lack of a verb
TITLE_IN_BRACKETS = re.compile(rf"[【〖](?P<title>(?={TITLE_VERB})[^【】〖〗，。；：]{{2,24}})[】〗]")
# 市公安局：负责打击违法犯罪: a body and what it does
BODY_WORKS = re.compile(
    r"[^，。；：:]{2,24}(?:[局委厅办府院会队社处站]|部门|单位)[：:](?:主要|具体)?(?:负责|牵头|承担|指导|配合|协助|参与)"
)
# （一）加强组织领导　各部门要…: a gap stands for the full stop
GAPPED = re.compile(rf"(?P<title>[\u4e00-\u9fff“”、]{{4,24}}){TEXT_GAP}(?=[\u4e00-\u9fff“]\S{{14}})")
# （责任单位：市教育局）, 【牵头单位：…】 after a title
RESPONSIBLE_NOTE = re.compile(
    r"\s{0,4}[（(【\[〔](?:[^（）()【】]{0,12}(?:单位|部门)[：:]|[^（）()【】]{2,60}(?:负责|牵头))[^（）()【】]{0,200}[）)】\]〕]\s{0,4}$"
)
# （6月底完成，牵头单位：市工信局）
NOTE_ALONE = re.compile(r"\s*(?:[（(【][^（）()【】]{2,300}[）)】]\s*){1,3}。?")
ANY_DIGIT = re.compile(DIGIT)
MAX_LONE_LENGTH = 70
MAX_RUN_IN_LENGTH = 50
MAX_LABELLED_LENGTH = 12  # of a title after a colon; more is text
MAX_CLAUSES_LENGTH = 36  # of a title of several clauses
MAX_CLAUSE_LENGTH = 22  # of each of these
# 健全权益保障制度
PLAIN_LINE = re.compile(r"[\u4e00-\u9fff“”、（）\u3000 ]{2,26}")
# 专栏1 重点工程 1.道路工程。…
BOX_LINE = re.compile(r"(?<=\S)\s+(?=1\s?[.．、]|（[1一]）|\(1\))")
DASHES = f"—－―─-{BULLETS} "  # before a paragraph's title
# “ + ” 依托: quotation marks whose words the conversion lost; not "互联网+"医疗
LOST_WORDS = re.compile(r"[“‘\s+＋]*[”’]\s*|(?P<straight>[\"'])[\s+＋]*(?P=straight)")
QUOTES_AND_SIGNS = "“”‘’\"'+＋· 　"


@dataclass(frozen=True, slots=True)
class HeadingCandidate:
    """A paragraph that may be a heading.

    `block` is the index of its block, `marker` its number, None without one. `form` says whether it is alone on its
    line ('lone'), opens a paragraph ('run-in') or reads as a sentence. `title` has no white space. `start:end` is the
    place in `Document.text` of number and title with the note of who is responsible that the title has lost, and `body`
    the offset at which text goes on after them. `level` is the heading level that the file format gives it, from 1, or
    0 for none and for 前言 and the like (UNNUMBERED); a short line without a number (`short_line`) has 1 or 2, or 0
    with `below`. That says that it has no number and belongs below the lowest numbered heading above it.
    """

    block: int
    marker: Marker | None
    form: Form
    title: str
    start: int
    end: int
    body: int
    level: int = 0
    below: bool = False  # a heading without number under the lowest numbered one


def candidate(document: Document, index: int) -> HeadingCandidate | None:
    """Block `index` of the document as a candidate for a heading, by the first rule of HEADING_RULES that finds one:
    第二章　总体思路 -> HeadingCandidate with the form "lone" and the title 总体思路. None where no rule does, and for a
    block that is no paragraph."""
    block = document.blocks[index]
    if block.kind != "text":
        return None
    words = document.words(block)
    return next((found for rule in HEADING_RULES if (found := rule(index, block, words))), None)


def annex_heading(document: Document, index: int) -> HeadingCandidate | None:
    """Block `index` of the document as the heading of an annex (附件2), None where it is none."""
    one = candidate(document, index) if document.text.startswith("附", document.blocks[index].start) else None
    return one if one and one.marker and one.marker.style == "annex" else None


def run_in(words: str, bold: int = 0) -> tuple[str, int] | None:
    """A paragraph's run-in heading, without white space, and the offset in `words` at which its text begins:
    '——健全医疗救助制度。建立…' -> ('健全医疗救助制度', 11). None where the paragraph does not begin with one, or
    nothing follows it. Dashes, bullets and blanks before it are passed over. `bold` is the number of characters at the
    beginning of `words` that are printed in bold, 0 for none. It is the first of these:

    - 4 to MAX_RUN_IN_LENGTH (50) bold characters without 。 and ；, except at their end;
    - a title in 【】 or 〖〗 that begins with a verb (【改造管网】);
    - a first sentence, which 。 or a full-width point ends, without ： that reads as a title (`reads_as_title`);
    - a label of 2 to 24 characters that begins with a verb (强化监督：…), does not end with 是 or 为, and has no blank
      after its colon.
    """
    at = len(words) - len(words.lstrip(DASHES))
    if bold and at < bold < len(words) and 3 < bold - at <= MAX_RUN_IN_LENGTH:
        title = words[at:bold].rstrip("。：:. ")
        if not any(c in title for c in "。；"):
            body = bold + len(words[bold:]) - len(words[bold:].lstrip("。：: "))
            return (spaceless(title), body) if body < len(words) else None
    bracketed = TITLE_IN_BRACKETS.match(words, at)
    if bracketed and bracketed.end() < len(words):
        return spaceless(bracketed["title"]), bracketed.end()
    first = POINTED.match(words, at) or LEADING_SENTENCE.match(words, at)
    if first and first.end() < len(words) and "：" not in first["title"] and reads_as_title(first["title"]):
        return spaceless(first["title"]), first.end()
    label = TITLE_LABEL.match(words, at)
    if label and BEGINS_WITH_VERB.match(label["title"]) and label["title"][-1] not in "是为":
        return spaceless(label["title"]), label.end()
    return None


def clause(words: str) -> str:
    """The title in `words`, a line of a box after its number, without white space: the words before a gap that stands
    for a full stop, else its run-in heading, else what is before the first of ，。；：,;: in it, perhaps '':
    '评估付费实施绩效。' -> '评估付费实施绩效', '道路工程，新建…' -> '道路工程'. Where quotation marks at the start
    have lost their words (LOST_WORDS), all quotation marks, plus signs, · and blanks there are left out."""
    words = words.lstrip(QUOTES_AND_SIGNS) if LOST_WORDS.match(words) else words.strip()
    if gapped := GAPPED.match(words):
        return spaceless(gapped["title"])
    if found := run_in(words):
        return found[0]
    return spaceless(re.split(r"[，。,；;：:]", words, maxsplit=1)[0])


def titled_sentence(document: Document, one: HeadingCandidate) -> HeadingCandidate:
    """The candidate, which has a number and reads as a sentence, as a run-in heading: its title is its first sentence
    without the mark at its end, or the first clause of one of more than MAX_LONE_LENGTH (70) characters. The text goes
    on right after the number, so that the title is a part of it: （二）改造小区1.1万户，新建公园2个。建立台账。 -> the
    title 改造小区1.1万户，新建公园2个, and a `body` before 改造."""
    assert one.marker is not None
    body = one.start + one.marker.end
    words = document.text[body : document.blocks[one.block].end]
    first = re.split(rf"[{SENTENCE_MARKS}]", words, maxsplit=1)[0]
    if len(first) > MAX_LONE_LENGTH:
        first = re.split(r"[，,：:]", first, maxsplit=1)[0]
    printed = first.rstrip("：:。. ")
    return replace(one, form="run-in", title=spaceless(printed), end=body + len(printed), body=body)


def title_above_list(document: Document, one: HeadingCandidate) -> HeadingCandidate:
    """The candidate, which has a number and reads as a sentence, as a heading alone on its line, where it is one
    sentence of at most MAX_LONE_LENGTH (70) characters with its full stop that is a title but for its length
    (`reads_as_title`); else as it is. It is for candidates right above the first number of a list."""
    assert one.marker is not None
    words = document.text[one.start + one.marker.end : document.blocks[one.block].end]
    sentence = LEADING_SENTENCE.fullmatch(words) if len(words) <= MAX_LONE_LENGTH else None
    if sentence is None or not reads_as_title(sentence["title"], MAX_LONE_LENGTH):
        return one
    title = sentence["title"]
    return replace(one, form="lone", title=spaceless(title), end=one.start + one.marker.end + len(title))


def spaceless(text: str) -> str:
    """The words without white space: '前　言' -> '前言'."""
    return squeeze(text)


def _unnumbered(index: int, block: Block, words: str) -> HeadingCandidate | None:
    """Rule: the block is a heading of a part of a plan that has no number, by its name (前言, 总则, 附则). None for
    other blocks, and for more than MAX_LONE_LENGTH (70) characters. The level is 0, also where the file format gives
    one. `index` is the block's in the document, `words` its text."""
    title = spaceless(words[:MAX_LONE_LENGTH])
    if len(words) > MAX_LONE_LENGTH or not UNNUMBERED.fullmatch(title):
        return None
    return HeadingCandidate(index, None, "lone", title, block.start, block.end, block.end)


def _numbered(index: int, block: Block, words: str) -> HeadingCandidate | None:
    """Rule: the block begins with a number and words after it, so that it may be a heading of any form. The title is
    without the note of who is responsible at its end, unless that is all of it, and without the 【】 of a title in
    brackets (TITLE_IN_BRACKETS). None where the title has no letter or Chinese character; and where what follows makes
    a number of a division, article, box or action a mention (第三章规定的), a decimal or bare one a quantity (3.5万人),
    or, after one of another style, is a mark (一、，). `index` is the block's in the document, `words` its text."""
    number = marker(words)
    if number is None:
        return None
    rest = words[number.end :]
    guard = NOT_HEADING_NUMBER.get(number.style, LEFTOVER)
    if not rest or guard.match(rest):
        return None
    form, length = _caption(rest) if number.style == "box" else _form(rest)
    printed = rest[:length].rstrip("：:。. ")
    if not any(c.isalpha() for c in printed):
        return None
    end = block.start + number.end + len(printed)
    text = words[end - block.start :]
    body = end + len(text) - len(text.lstrip("。．﹒：: \t\u3000"))
    title = spaceless(RESPONSIBLE_NOTE.sub("", printed)).rstrip("。") or spaceless(printed)
    if bracketed := TITLE_IN_BRACKETS.fullmatch(title):
        title = bracketed["title"]
    return HeadingCandidate(index, number, form, title, block.start, end, body, block.level)


def _caption(rest: str) -> tuple[Form, int]:
    """The form of a box's caption, and how many characters of `rest`, the words after the number (专栏1), are its
    title, which ends before a blank with 1., （1） or （一） after it; what follows on the same line is the first
    numbered line of the box: '重点工程 1.道路' -> ('lone', 4). The form is 'lone' for a title of at most
    MAX_LONE_LENGTH (70) characters without ，。 and ；, and 'sentence', with all of `rest`, for anything else."""
    title = BOX_LINE.split(rest, maxsplit=1)[0]
    if len(title) > MAX_LONE_LENGTH or any(c in title for c in "，。；"):
        return "sentence", len(rest)
    return "lone", len(title)


def _form(rest: str) -> tuple[Form, int]:
    """How `rest`, the words after a heading's number, at least one character, read: as a heading by themselves
    ('lone'), a heading at the start of a paragraph ('run-in'), or a sentence ('sentence'); and how many of their
    characters are the title: '加强领导。各部门要…' -> ('run-in', 4). That is all of `rest` for a sentence and for a
    heading by itself, but '健全救助制度。' -> ('lone', 6).

    In this order: a question (QUESTION) is alone; a title in brackets (【改造管网】) is a run-in heading where text
    follows, else alone; a body and what it does (市公安局：负责…) is a run-in heading; up to MAX_LONE_LENGTH (70)
    characters without a 。 anywhere and without one of SENTENCE_MARKS (。！？；;!?) at the end are read by
    `_short_form`, any other text by `_long_form`.
    """
    if QUESTION.fullmatch(rest):
        return "lone", len(rest)
    if bracketed := TITLE_IN_BRACKETS.match(rest):
        return "run-in" if bracketed.end() < len(rest) else "lone", bracketed.end()
    label = TITLE_LABEL.match(rest)
    if label and BODY_WORKS.match(rest):
        return "run-in", label.end("title")
    if len(rest) <= MAX_LONE_LENGTH and rest[-1] not in SENTENCE_MARKS and "。" not in rest:
        return _short_form(rest, label)
    return _long_form(rest, label)


def _short_form(rest: str, label: re.Match[str] | None) -> tuple[Form, int]:
    """The form of the words after a heading's number, which do not end as a sentence does, and how many of their
    characters are the title. A sentence where they end with a comma or 、; a run-in heading, whose title is that of the
    `label` (工作目标：) with which they begin, where more than MAX_LABELLED_LENGTH (12) characters follow it and no
    note of who is responsible ends them; else alone. `label` is None for words without one. A sentence and a heading
    that is alone have all of the words as title."""
    if rest[-1] in "，,、":
        return "sentence", len(rest)
    if label and len(rest) > label.end() + MAX_LABELLED_LENGTH and not RESPONSIBLE_NOTE.search(rest):
        return "run-in", label.end("title")
    return "lone", len(rest)


def _long_form(rest: str, label: re.Match[str] | None) -> tuple[Form, int]:
    """The form of the text after a heading's number, and how many of its characters are the title, by the first of
    these that applies. `label` is the label (工作目标：) with which the text begins, None for a text without one.

    - 4 to 24 Chinese characters before a gap that stands for a full stop (GAPPED), where the text has a 。: a run-in
      heading;
    - the label's title, where what follows the label states something (`_states`): a run-in heading;
    - a first sentence that reads as a title (`reads_as_title`): alone where nothing follows it, else a run-in heading;
    - the label's title, unless the text ends with ； and has no 。: a run-in heading;
    - a text of at most 210 characters that ends with a note of who is responsible and has no full stop, except right
      before the note: alone;
    - else a sentence.
    """
    if (gapped := GAPPED.match(rest)) and "。" in rest:
        return "run-in", gapped.end("title")
    first = POINTED.match(rest) or LEADING_SENTENCE.match(rest)
    if label and first and _states(rest, label, first):
        return "run-in", label.end("title")
    if first and reads_as_title(first["title"]):
        return "run-in" if first.end() < len(rest) else "lone", first.end("title")
    if label and (rest[-1] not in "；;" or "。" in rest):
        return "run-in", label.end("title")
    if (
        len(rest) <= 3 * MAX_LONE_LENGTH
        and RESPONSIBLE_NOTE.search(rest)
        and "。" not in RESPONSIBLE_NOTE.sub("", rest).strip()[:-1]
    ):
        return "lone", len(rest)
    return "sentence", len(rest)


def _states(rest: str, label: re.Match[str], first: re.Match[str]) -> bool:
    """Whether `rest`, the words after a heading's number, says something after the `label` with which it begins
    (新建水源：新建水库3座。), so that it is no title with a colon (水环境：统筹推进治理): its first sentence, which is
    `first`, ends more than MAX_LABELLED_LENGTH (12) characters after the label or has a digit there; or it is all of
    `rest`, and the label begins with a verb."""
    statement = rest[label.end() : first.end("title")]
    if len(statement) > MAX_LABELLED_LENGTH or ANY_DIGIT.search(statement):
        return True
    return first.end() == len(rest) and BEGINS_WITH_VERB.match(label["title"]) is not None


def reads_as_title(sentence: str, longest: int | None = None) -> bool:
    """Whether the sentence, given without its full stop, is a title and no statement or measure: '健全完善医疗救助制度'
    -> True, '到2025年，参保率达到95%' -> False. A title is at most MAX_RUN_IN_LENGTH (50) characters long; one with
    commas has at most four clauses, of 2 to 22 characters each, and MAX_CLAUSES_LENGTH (36) in all. It has no words of
    a statement, such as 到…，, 不低于 and 是 (STATEMENT), no body as its subject (BODY_ACTS), and no number with %, 万
    or 亿, except 万 or 亿 inside a name (坚守18亿亩耕地红线: NAMED_QUANTITY). Where `longest` is given, that many
    characters bound it in place of all these lengths."""
    if len(sentence) > (longest or MAX_RUN_IN_LENGTH) or STATEMENT.search(sentence):
        return False
    if BODY_ACTS.match(sentence) and not BEGINS_WITH_VERB.match(sentence):
        return False
    if MEASURED_NUMBER.search(sentence) and not NAMED_QUANTITY.fullmatch(sentence):
        return False
    clauses = re.split(r"[，,]", sentence)
    if len(clauses) == 1:
        return True
    return (
        len(clauses) <= 4
        and len(sentence) <= (longest or MAX_CLAUSES_LENGTH)
        and all(1 < len(clause) <= (longest or MAX_CLAUSE_LENGTH) for clause in clauses)
    )


# 到2025年, 预计, 不低于: a sentence that states or measures
STATEMENT = re.compile(
    rf"^(?:到|至|在|对于?|根据|按照|依据|为(?:了|此)?|以(?!人|[^，\d]{{2,16}}为[^，\d]{{2,6}}，{TITLE_VERB})|当|若|如|凡|经|由|各|其中|同时|此外|截至|自\d|“?十[{ONES}]五”?(?:时期|期间))(?=.{{4,}}，)"
    rf"|^第[{ONES}十]{{1,2}}[，,]|以上$|以下$|不低于|不少于|不超过|左右$|如下|以下简称|为[：:]?\d|一是|二是|(?<![不但凡就还只而])是(?!否)|(?:^|，)可(?!再生|持续|燃|降解|视|信|穿戴|控|靠)"
)
# 市科技局会同市财政局制定细则, 东湖街道办事处负责排查: who does what; not 加强部门会同监管 and 市级部门负责制
BODY_ACTS = re.compile(
    r"(?:[省市县区州旗镇乡各]|[\u4e00-\u9fff]{2,8}(?:[省市县区州旗镇乡]|街道))[^，。；：、的]{0,14}"
    r"(?:[局委厅办府]|部门|办事处|管委会)(?:会同[^，]{4,}|(?:负责|牵头)(?!制|机制|人)[^，]{4,})"
)
# 95%, 18亿
MEASURED_NUMBER = re.compile(rf"{DIGIT}\s?[%％万亿]")
# 坚守18亿亩耕地红线: the number is part of a name, and the verb none that counts
NAMED_QUANTITY = re.compile(
    rf"(?!.{{0,2}}(?:建|增|达|完成|实现|培育|引进|累计|年均))[\u4e00-\u9fff“”]{{2,8}}{DIGIT}{{1,4}}[万亿][\u4e00-\u9fff]{{3,12}}"
)


def _annex(index: int, block: Block, words: str) -> HeadingCandidate | None:
    """Rule: the block is the heading of an annex on a line of its own (附件1, 附件, 附表2：重点项目表); without a title
    its label is the title. None for other blocks, for lines of more than 60 characters, and where the label has no
    number but a colon or a title after it (附件：, 附件 重点项目表), which only names what is attached. With the title
    of a part that sets no work (附录 名词解释, 附件：名词解释) it is a heading without a number too; whether text
    follows, as it must, is tested elsewhere (`nesting._pointers`). `index` is the block's in the document, `words` its
    text."""
    found = ANNEX_HEADING.fullmatch(words)
    if not found or len(words) > 60:
        return None
    printed = spaceless(found["number"])
    if words.endswith(("：", ":")) and not printed[2:]:
        return None
    title = spaceless(found["title"])
    if title and not printed[2:] and (not sets_no_work(title) or marker(title)):
        return None  # 附录 名词解释 opens one; 附件：重点任务清单 only names what is attached
    number = Marker("annex", printed, (0,), found.end("number"))
    return HeadingCandidate(index, number, "lone", title or printed, block.start, block.end, block.end, block.level)


def _leveled(index: int, block: Block, words: str) -> HeadingCandidate | None:
    """Rule: the block is a line that the file format marks as a heading (style of Word, h2 of HTML, # of Markdown), of
    at most MAX_LONE_LENGTH (70) characters and without ， or one of SENTENCE_MARKS (。！？；;!?) at its end; one that
    begins with a number comes here only where `_numbered` has refused it. None for other blocks, and for the caption
    of a table or figure (表1 主要指标). `index` is the block's in the document, `words` its text."""
    if not block.level or len(words) > MAX_LONE_LENGTH or words[-1] in SENTENCE_MARKS + "，":
        return None
    if TABLE_CAPTION.match(words):
        return None
    return HeadingCandidate(index, None, "lone", spaceless(words), block.start, block.end, block.end, block.level)


def short_line(document: Document, index: int) -> HeadingCandidate | None:
    """Block `index` of the document as a candidate of level 1, where it is a paragraph outside of boxes that consists
    of 2 to 26 Chinese characters, “ ” 、 （ ） and blanks; bullets, dashes and blanks before these are no part of the
    title. None for other blocks. Such a line is a heading only where the rest of the plan shows it."""
    block = document.blocks[index]
    words = document.words(block)
    first = len(words) - len(words.lstrip(DASHES))
    if block.kind != "text" or block.box or not PLAIN_LINE.fullmatch(words, first):
        return None
    title = spaceless(words[first:])
    return HeadingCandidate(index, None, "lone", title, block.start + first, block.end, block.end, 1)


HeadingRule = Callable[[int, Block, str], HeadingCandidate | None]
HEADING_RULES: tuple[HeadingRule, ...] = (_unnumbered, _annex, _numbered, _leveled)
