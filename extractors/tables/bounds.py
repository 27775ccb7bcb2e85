"""What stands around a table: the title, unit and notes above and below it, and the heading, note, signature or running
text that ends it."""

from collections.abc import Sequence
from functools import cache

from extractors import expressions as re
from extractors.document import Document
from extractors.reference.units import unit_pattern
from extractors.tables.cost import (
    NO_FIT,
    cell_cost,
    is_dash,
    is_unit,
)
from extractors.tables.model import Caption
from extractors.tables.words import Gap, Token, tokens
from extractors.vocabulary.numbering import DIVISION_NUMBER, marker
from extractors.vocabulary.numerals import HAN_DIGIT, NUMERAL
from ontology.model.facts import squeeze

MAX_CAPTION_LENGTH = 60
MAX_CAPTION_DISTANCE = 1200  # characters above the table in which its title is looked for
MAX_CAPTION_LINES = 12
# （续表）, +-----+: what may stand between a table and its title
BEFORE_TABLE = re.compile(r"[（(]?续表.{0,4}|[-+=─━\s|:]+")
# | 甲县、乙县 |: a row of the table above
ROW_OF_PIPES = re.compile(r"[|│┃].{0,200}[|│┃]$")
# 表2：, 表3-1
TABLE_NUMBER = re.compile(rf"附?[表图](?:{NUMERAL}|\d{{1,2}})(?:[-－—.]\d{{1,2}})?(?:[：:].*)?|[表图]")
# 注：2020年为快报数; （资料来源：…
NOTE_BELOW_TABLE = re.compile(r"[（(*＊]?(?:备?注|说明|附注|资料来源|数据来源)\d{0,2}[：:]|[①②]\D|备注\d")


@cache
def _unit_line() -> re.Pattern[str]:
    """The pattern, for `fullmatch`, of a line without white space that is 单位 (计量单位, 数量单位, 金额单位), a colon
    and up to 16 characters, in brackets or not: 单位：万元, （单位：亿元，%）. Its group `units` is the text after the
    colon, which may be no unit (单位：市财政局)."""
    return re.compile(r"[（(\[【]?(?:计量|数量|金额)?单位[：:](?P<units>[^（）()]{1,16})[）)\]】]?")


@cache
def _unit_suffix() -> re.Pattern[str]:
    """The pattern of the unit in round brackets, after 单位, 计量单位 or 金额单位, at the end of a table's title:
    （单位：万元） of 表1 主要指标（单位：万元）. For `search`; its group `units` is the text after the colon, which may
    be no unit."""
    return re.compile(r"[（(](?:计量|金额)?单位[：:](?P<units>[^（）()]{1,16})[）)]$")


def caption(document: Document, start: int) -> Caption:
    """The caption of the table that begins at the offset `start` of `Document.text`, from the lines of the file above
    it (at most MAX_CAPTION_LINES, in MAX_CAPTION_DISTANCE characters), the nearest first. Lines that give only a unit
    (单位：万元) are read and passed over, the uppermost of them counts; the next line, without * and # at its ends, is
    the title, as printed, where it has 3 to MAX_CAPTION_LENGTH characters, ends with none of 。；，, and is no row of
    another table (ROW_OF_PIPES); a unit in brackets at its end counts before those of the other lines. Empty lines,
    drawn lines and （续表） are passed over. Where that line is no title, `title` is None and `unit` what was read so
    far; a `start` after the text gives Caption()."""
    if start >= len(document.origin):
        return Caption()
    at = document.origin[start]
    lines = document.source.text[max(0, at - MAX_CAPTION_DISTANCE) : at].split("\n")[:-1][-MAX_CAPTION_LINES:]
    found = Caption()
    for line in reversed([line.strip(" \t\r\u3000*#") for line in lines]):
        if not line or BEFORE_TABLE.fullmatch(line):
            continue
        if (read := with_line(found, line)).title is None and read is not found:
            found = read
            continue
        fits = (
            2 < len(line) <= MAX_CAPTION_LENGTH
            and not line.endswith(("。", "；", "，"))
            and ROW_OF_PIPES.match(line) is None
        )
        return read if fits else found
    return found


def with_line(above: Caption, line: str) -> Caption:
    """The caption `above`, read so far, with one more line read: a line that gives only a unit (单位：万元) changes the
    unit, any other line becomes the title, and changes the unit too if it ends with one in brackets. Where a line names
    several units or an unknown one (单位：万元、%), the unit is None.

    >>> with_line(Caption(), "表1 主要指标（单位：万元）")
    Caption(title='表1 主要指标（单位：万元）', unit='万元')
    """
    if found := _unit_line().fullmatch(squeeze(line)):
        return Caption(above.title, _single(found["units"]))
    found = _unit_suffix().search(squeeze(line))
    return Caption(line, _single(found["units"]) if found else above.unit)


def _single(units: str) -> str | None:
    """The text itself where it is exactly one known unit, else None: '万元' -> '万元'; '万元、%' -> None."""
    return units if re.fullmatch(unit_pattern(), units) else None


ANNEX_BELOW = re.compile(r"附\s{0,6}[件表录]")
# 第三章, 附件2, 表3: what ends a table
AFTER_WORK_TABLE = re.compile(rf"{DIVISION_NUMBER}|附[件表]|专栏|表\s?\d|[（(]?(?:备?注|说明|抄送|联系人)[：:]")
# 2023年5月6日; 泽宁市人民政府办公室: the signature below
SIGNATURE_DATE = re.compile(rf"(?:\d{{4}}|{HAN_DIGIT}{{4}})年\S{{1,3}}月\S{{1,3}}日")
SIGNING_BODY = re.compile(r"(?:政府|办公[厅室]|委员会|[局厅委])$")
MAX_CANDIDATE_TEXT = 20000  # characters of one table
FIRST_TEXT = 800  # of which so many are looked at first
MAX_WORDS_AHEAD = 6  # words that tell whether running text begins
# 第三章, 第一节, 专栏2, 附件：
HEADING_BELOW = re.compile(rf"{DIVISION_NUMBER}|专栏(?:\d|{NUMERAL}|$)|附件")
# 完善多层次体系: the title after the number of a heading
HEADING_TITLE = re.compile(r"(?![万亿千百])[\u4e00-\u9fff]{4}")
# 3.1, 3.1.2
DECIMAL_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}")


def tokens_until_table_end(document: Document, start: int, limit: int, first: int) -> tuple[list[Token], int]:
    """Words from the offset `start` of `Document.text` on, none from `limit` on, and the index of the first that is no
    longer in the table (`table_end`), which is their number where there is none; the first `first` words are its
    header. At most MAX_CANDIDATE_TEXT characters are read, in growing stretches, so that little is read where a header
    only seems to stand in running text."""
    most = FIRST_TEXT
    while True:
        words = tokens(document, start, min(limit, start + most))
        last = table_end(words, first)
        if last + MAX_WORDS_AHEAD < len(words) or most >= MAX_CANDIDATE_TEXT or start + most >= limit:
            return words, last
        most = min(MAX_CANDIDATE_TEXT, 4 * most)


def table_end(words: Sequence[Token], first: int) -> int:
    """The index of the first word, from word `first` on, at the beginning of a line that cannot be in a table, because
    it begins a note (NOTE_BELOW_TABLE: 注：, 资料来源：, ①…), a heading (第三章, 专栏2, 附件, or 3.1 with a word that
    begins with four Chinese characters and ends the line) or running text, or is the number of a table or figure (表2,
    图1, 表); the number of words where there is none. Where the two words before 3.1 are the number of its chapter and,
    on the same line, another word (3 保障措施 / 3.1 …), the index is that of the chapter's number."""
    for i in range(first, len(words)):
        word = words[i]
        if word.gap == Gap.SPACE:
            continue
        if NOTE_BELOW_TABLE.match(word.text) or HEADING_BELOW.match(word.text) or TABLE_NUMBER.fullmatch(word.text):
            return i
        if DECIMAL_HEADING.fullmatch(word.text) and _ends_line(words, i + 1) and HEADING_TITLE.match(words[i + 1].text):
            number = word.text.split(".")[0]
            return i - 2 if i - 2 >= first and words[i - 2].text == number and words[i - 1].gap == Gap.SPACE else i
        if _is_running_text(words, i):
            return i
    return len(words)


def _ends_line(words: Sequence[Token], i: int) -> bool:
    """Whether word `i` follows another on its line, is the last of it, and is no kind, unit or dash: then it can be the
    title of a heading whose number is before it (3.1 重点任务). False where `words` has no word `i`."""
    if i >= len(words) or words[i].gap != Gap.SPACE or (i + 1 < len(words) and words[i + 1].gap == Gap.SPACE):
        return False
    return cell_cost("kind", words[i].text) >= NO_FIT and not is_unit(words[i].text) and not is_dash(words[i].text)


def _is_running_text(words: Sequence[Token], i: int) -> bool:
    """Whether running text begins with word `i`: it has 40 characters or more and ends with 。 or ；; or it has at
    least 16 and a 。; or it and the words after it, each of at least 16 characters and at the beginning of a line, lead
    to a word with 。 at the beginning of a line, which may be shorter, among the MAX_WORDS_AHEAD words from `i` on."""
    if len(words[i].text) >= 40 and words[i].text.endswith(("。", "；")):
        return True
    for j in range(i, min(i + MAX_WORDS_AHEAD, len(words))):
        if words[j].gap == Gap.SPACE and j > i:
            return False
        if "。" in words[j].text:
            return len(words[i].text) >= 16
        if len(words[j].text) < 16:
            return False
    return False


def comes_after_table(text: str) -> bool:
    """Whether the line with this text comes after the end of a table: 二、保障措施, 附件3, 注：…, 表2, 2023年2月1日. It
    begins with a number (`marker`: 二、, 1., 第三章, 专栏2) other than a bare one (3 重点任务), or with the label of a
    note or an annex (NOTE_BELOW_TABLE, ANNEX_BELOW); its first word is the number of a table or figure, or 表 or 图; it
    is a date with its day; or it has no visible character."""
    number = marker(text)
    return (
        not text.strip()
        or (number is not None and number.style != "bare")
        or NOTE_BELOW_TABLE.match(text) is not None
        or ANNEX_BELOW.match(text) is not None
        or TABLE_NUMBER.fullmatch(text.split()[0]) is not None
        or SIGNATURE_DATE.fullmatch(squeeze(text)) is not None
    )
