"""Hard-wrapped lines put back together into paragraphs.

A rule is a function of (Joiner, LineBoundary) that returns True where the next line belongs to the paragraph, False
where it begins a new one, and None where it cannot tell. In the docstrings of rules `joiner` knows the whole text and
`seam` is the boundary between the paragraph so far and the next line.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors import expressions as re
from extractors.layout.contents import entry_key
from extractors.layout.lines import TextLine
from extractors.layout.setting import (
    LINE_SLACK,
    MIN_GAP_WIDTH,
    MIN_WIDE_LINES,
    PAUSE_MARK,
    has_gaps,
    indents_all,
    is_indented,
    is_stepped,
)
from extractors.vocabulary.chapters import BEGINS_WITH_VERB, is_part_title
from extractors.vocabulary.dates import PRINTED_DATE
from extractors.vocabulary.duties import LINE_LABEL, TIME_LABEL_LINE
from extractors.vocabulary.notices import DOC_NUMBER, NOTICE_TITLE, NOTICE_TITLE_END, WORK_REPORT
from extractors.vocabulary.numbering import DIVISION_STYLES, HEADING_STYLES, STRONG_STYLES, WEAK_STYLES, Marker
from extractors.vocabulary.pages import KEY_LINE, KEY_ROW
from extractors.vocabulary.stops import CLAUSE_ENDS

# ——坚持党的领导。, ● 优化布局, # 一级标题, 附件：, 抄送：, 表 1：…, 序号 (of a table with a cell a line)
OPENS = re.compile(
    r"[—－―─]{2}|[●◆■★▲◇□○※➢]|#{1,6}\s|附\s{0,2}[件表录](?:\s{0,2}\d{1,2})?\s{0,2}(?:[：:]|$)|附表\s?\d|[（(]?注\d?[：:]"
    rf"|{LINE_LABEL}|{TIME_LABEL_LINE}"
    r"|(?:抄送|主送|主题词|信息公开(?:选项|属性))[：:]|表\s{0,2}\d{1,2}(?:[-－]\d{1,2})?[\s：:]"
    r"|[前引序]\s{0,8}言$|序\s{0,8}号$"
)
# …（责任单位：省教育厅）, …（市水利局牵头，各县区负责）: the note of who does it ends a paragraph as a full stop does
ASSIGNING_WORDS = re.compile(r"(?:单位|部门)[：:]|牵头|负责|配合|落实")
# （2024年6月底前完成）, （完成时限：2024年底）, （长期坚持）: the note of when it is to be done
NOTE_OF_TIME = re.compile(
    rf"(?:{TIME_LABEL_LINE}[^（）()]{{1,20}}|[^（）()，,；;。]{{0,16}}[年月底前日内度](?:全部|基本)?(?:完成|办结|落实|到位)"
    r"|(?:长期|持续)(?:坚持|推进|实施|落实)?)[）)】\]〕]\Z"
)
# 牵头单位：, 完成时限：: what may also go on in a bracket that the line before opened
DUTY_OR_TIME_LABEL = re.compile(rf"{LINE_LABEL}|{TIME_LABEL_LINE}")
# 责任单位：市医保局、市民政局
BODIES_LABEL = re.compile(LINE_LABEL)
# 责任单位：县民政局　完成时限：2024年6月底, …。完成时限：持续推进: the time of a measure at the end of its line
TIME_OF_MEASURE = re.compile(
    rf"(?:\A|[。；;，,、\s　局委厅办府部院会镇乡道县区市]){TIME_LABEL_LINE}[^。；;：:\n]{{0,20}}"
    r"(?:[年月日底末前]|完成|全年|推进|坚持|实施|开展|落实|长期|持续)\Z"
)
# 2024年6月|底前: how a date goes on that a line break divides
DATE_GOES_ON = re.compile(r"[底末前\d]|[上中下]旬|(?:完成|办结|落实)[。；（）()]|至")
ANY_BRACKET = re.compile(r"[（(【\[〔]|[）)】\]〕]")
MAX_NOTE_LENGTH = 400
# （责任单位：, （责任单, （市水利局、市财: how a note begins that names who is responsible
NOTE_BEGINS = re.compile(
    r"责任|牵头|配合|主办|协办|承办|实施|落实|负责|[国省市县区州][^。；：]{0,3}$"
    r"|[^。；]{2,12}[局委厅部办院府署][、，,；;]"
)
# ## 一、总体要求: the heading of a Markdown file
MARKDOWN_HEADING = re.compile(r"#{1,6}[ \t]")
# 云政办发〔2021〕12号 on a line of its own
DOC_NUMBER_LINE = re.compile(DOC_NUMBER)
# 文    号：云政办发〔2021〕12号, and a row of several such
LABELLED_KEY = re.compile(KEY_LINE)
REGISTER_ROW = re.compile(KEY_ROW)
# 市民政局联系人：张某，联系电话：12345678; （联 系 人：张某）; 电子邮箱：…: a line of a notice that says whom to ask
CONTACT_LINE = re.compile(
    r"[（(]?[\u4e00-\u9fff（）()]{0,24}?"
    r"(?:联\s{0,4}系\s{0,4}(?:人|方\s{0,4}式)|电\s{0,4}话|传\s{0,4}真|邮\s{0,4}(?:箱|编)|电子邮件)[：:]"
)
# 首页>政务公开>政府文件: a page's way to itself
BREADCRUMBS = re.compile(r"(?:您现?在?的?|当前|所在)*位置[：:].*|首页\s?[>›»＞].*")
# the sentence goes on for certain
OPEN_END = re.compile(r"[，、,（(〔【《〈“‘「『—－]$")
CONTINUES = re.compile(rf"[{CLAUSE_ENDS}、,;）)》〉”’」』]")
# 有效利用系数提高到 | 0.57，…, 生机比达到8： | 1，…: a value, or the rest of a ratio, at the start of the next line
VALUE_GOES_ON = (
    (re.compile(r"[到至过于达]\Z"), re.compile(r"\d{1,9}[，；]")),
    (re.compile(r"[到至过于达为]\Z"), re.compile(r"\d{1,9}\.\d{1,6}(?:[，。；]|\Z)")),
    (re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3})?[：:]\Z"), re.compile(r"\d{1,3}(?:\.\d{1,3})?(?:[，。；]|\Z)")),
)
# 1.云桥改造工程：对老旧桥梁…: the label of a line and its text; not 发布日期：2021-06-25, a page's key line
LABELLED_LINE = re.compile(
    r"(?![^：]{0,30}(?:日期|时间|来源|[文字编]号|机[关构]|单位|标题|名称|分类|索引号|类别|次数|主体|方式|范围|属性|主题词|关键词)\s*：)"
    r"[^：]{5,30}：[^\s：0-9][^：]{3}"
)
STOP_OR_COLON = re.compile(r"[。；：;:]")
# 健全完善医疗救助制度。建立救助对象 : a paragraph that opens with its own title
RUN_IN = re.compile(r"[^，。；：]{4,30}。.")
# （2026年1月27日在…会议上）, ——2024年1月5日在…会议上: the meeting that heard a report, below its title
MEETING_BELOW = re.compile(r"[（(—―－]{1,2}[^。]{0,14}\d日在")
MAX_HEADING_LINE = 40
MIN_LONG_TITLE = 18  # characters of a line that may have had no room for the whole title
MIN_EMPTY_LINES = 4  # empty lines
# 建设科技强市, “一核两翼”布局; not 表1 …
TITLE_LINE = re.compile(r"(?![图表]\s?\d)[\u4e00-\u9fff“”、\s]+")


class LineBoundary(NamedTuple):
    """The boundary between a paragraph so far (its lines, of which `last` is the last one) and the next line, on which
    the rules decide.

    `following` is the next line and `after` the one after that, None at the end; `number` is the heading's number that
    `following` begins with, `own` the one that the paragraph begins with. `full` is the width of a full line in Chinese
    characters, without a meaning where lines are not wrapped. `prose` says that the paragraph is taken to have the
    marks of a sentence: one of its lines has some, it has more than two lines, or it begins with a label and its text
    (LABELLED_LINE); `finished` that it ends with a sentence, with a note of who is responsible, or with the label of a
    measure's time and that time.
    """

    paragraph: Sequence[TextLine]
    last: TextLine
    following: TextLine
    after: TextLine | None
    number: Marker | None
    own: Marker | None
    full: float
    prose: bool  # the paragraph counts as one with the marks of a sentence
    finished: bool  # it ends with a sentence, or with the note of who does what or by when


class Joiner:
    """Decides, line by line, whether the next line belongs to the paragraph so far.

    It is made from all lines of the text, the width of a full line in Chinese characters (`full`, None where lines are
    not wrapped), and the entries of the table of contents as `entry_key` returns them. `known` says that the file
    format tells where paragraphs end, `sentences` that each line is a sentence that lost its full stop.

    Of the text it finds out whether empty lines separate the paragraphs (`parted`), whether first lines are indented
    (`indented`), in a text that is not wrapped nearly all of them (`all_indented`), or narrower than the others
    (`stepped`), and, where they are, whether run-in headings were lost (`gaps`).
    """

    def __init__(
        self, lines: Sequence[TextLine], full: float | None, entries: Sequence[str], known: bool, sentences: bool
    ) -> None:
        self.full = full
        self.sentences = sentences
        self.known = known  # the format says where paragraphs end
        self.contents = "".join(entries)  # the entries of the table of contents, one after the other
        self.entries = {*entries, *(a + b for a, b in pairwise(entries))}
        self.parted = _is_parted(lines)
        self.indented = is_indented(lines, full)
        self.all_indented = full is None and self.indented and indents_all(lines)
        self.stepped = full is not None and is_stepped(lines, full)
        self.gaps = full is not None and self.stepped and has_gaps(lines, full)

    def goes_on(self, paragraph: Sequence[TextLine], following: TextLine, after: TextLine | None) -> bool:
        """Whether the line `following` belongs to the paragraph whose lines so far are `paragraph`: 高速公路六百公里。
        after the line 到2025年，全市公路总里程达到一万二千公里，其中 -> True. `after` is the line after `following`,
        None at the end.

        The first rule that has an answer decides: of FORMAT_RULES where the file format tells where paragraphs end,
        else of FIRST_RULES and then, by how the lines of the text are set, of WRAPPED_RULES (hard-wrapped),
        SENTENCE_RULES (each line a sentence) or PAGE_CUT_RULES (each line a paragraph). Where the paragraph's first
        line is wider than a full line by more than 2, the text is a box in smaller type, and the widest of its first
        MIN_WIDE_LINES (8) lines counts as full.
        """
        first = paragraph[0]
        full = self.full or 0.0
        if first.width > full + 2:  # a box in smaller type
            full = max(line.width for line in paragraph[:MIN_WIDE_LINES])
        prose = (
            len(paragraph) > 2 or any(line.prose for line in paragraph) or LABELLED_LINE.match(first.text) is not None
        )
        last = paragraph[-1]
        finished = last.finished or _assigned(paragraph) or _timed(last.text, following.text)
        seam = LineBoundary(paragraph, last, following, after, following.number, first.number, full, prose, finished)
        unwrapped = SENTENCE_RULES if self.sentences else PAGE_CUT_RULES
        rules = FORMAT_RULES if self.known else FIRST_RULES + (unwrapped if self.full is None else WRAPPED_RULES)
        return next(answer for rule in rules if (answer := rule(self, seam)) is not None)

    def lost(self, paragraph: Sequence[TextLine]) -> bool:
        """Whether the first words of the paragraph, given by its lines, are missing: its first line stops inside a
        sentence more than MIN_GAP_WIDTH (4 characters) before the margin and does not open a part (OPENS), in a text
        whose run-in headings a conversion lost. The margin is that of its widest line where its second line is wider
        than a full line by more than 2. False for a paragraph of one line."""
        if not self.gaps or self.full is None or len(paragraph) < 2:
            return False
        first = paragraph[0]
        full = max(line.width for line in paragraph) if paragraph[1].width > self.full + 2 else self.full
        return not first.finished and first.width < full - MIN_GAP_WIDTH and not OPENS.match(first.text)

    def begins(self, line: TextLine, after: TextLine | None) -> bool:
        """Whether the line looks like the first of a paragraph. `after` is the next line, None at the end. The first
        that applies:

        - a text with indented paragraphs: the line is indented;
        - another that is not hard-wrapped: False;
        - a line that ends a sentence or is the last: it begins with a run-in heading and with a verb, and the text is
          not `stepped` (its first lines are not narrower than the others);
        - another line in a text that is not `stepped`: it begins with a run-in heading;
        - another line: it is narrower than a full line by more than 1.2 characters (0.8 with a run-in heading), and
          narrower than the next line.
        """
        if self.indented:
            return line.indent > 0
        if self.full is None:
            return False
        run_in = RUN_IN.match(line.text) is not None
        if after is None or line.finished:  # the only line of its paragraph
            return run_in and not self.stepped and BEGINS_WITH_VERB.match(line.text) is not None
        if not self.stepped:
            return run_in
        return line.width < self.full - (0.8 if run_in else 1.2) and after.width > line.width


def _is_parted(lines: Sequence[TextLine]) -> bool:
    """Whether empty lines separate the paragraphs of the text: there are such before at least MIN_EMPTY_LINES (4)
    lines, and at most one in ten of these stands inside a sentence, after a line with the marks of a sentence that has
    no number and does not end one."""
    parted = [before for before, line in pairwise(lines) if line.blanks]
    inside = sum(before.prose and not before.finished and before.number is None for before in parted)
    return len(parted) >= MIN_EMPTY_LINES and inside * 10 <= len(parted)


def _assigned(paragraph: Sequence[TextLine]) -> bool:
    """Whether the paragraph, given by its lines, ends with a bracket that is a note of who is responsible or until
    when: it has 单位：, 部门：, 牵头, 负责, 配合 or 落实 （责任单位：…）, or stands right after 。 or ；:
    。（省水利厅）, or it has a time by which something is done and nothing else (NOTE_OF_TIME: （2024年6月底前完成）;
    not （2024年）, after which a title goes on). The note may have begun some lines above, within MAX_NOTE_LENGTH
    (400) characters and eight lines."""
    if paragraph[-1].text[-1] not in "）)】]〕":
        return False
    for bracket, depth in _brackets(paragraph):
        if not depth:
            after_stop = bracket.string[max(bracket.start() - 1, 0)] in "。；"
            noted = after_stop or ASSIGNING_WORDS.search(bracket.string, bracket.end()) is not None
            return noted or NOTE_OF_TIME.match(bracket.string, bracket.end()) is not None
    return False


def _timed(line: str, following: str) -> bool:
    """Whether the line ends with a label of time and a time that is complete, as the last words on a measure:
    '新建敬老院1所。完成时限：2024年6月底', '…　完成时限：持续推进' -> True. False where the line `following` goes on
    with the date: '完成时限：2024年6月' before '底前完成。'."""
    return TIME_OF_MEASURE.search(line) is not None and DATE_GOES_ON.match(following) is None


def _brackets(paragraph: Sequence[TextLine]) -> Iterator[tuple[re.Match[str], int]]:
    """The brackets in the last eight lines of the paragraph, given by its lines, and the last MAX_NOTE_LENGTH (400)
    characters of them, the last bracket first, each as a match in these words with the number of closing brackets less
    that of opening ones from it to the end: '（甲）（乙' -> （ -1, ） 0, （ -1."""
    words = "".join(line.text for line in paragraph[-8:])[-MAX_NOTE_LENGTH:]
    depth = 0
    for bracket in reversed([*ANY_BRACKET.finditer(words)]):
        depth += 1 if bracket[0] in "）)】]〕" else -1
        yield bracket, depth


# guards: what holds however the text is set


def _open_bracket(paragraph: Sequence[TextLine]) -> re.Match[str] | None:
    """The last bracket of the paragraph, given by its lines, that is not closed yet, as `_brackets` gives it: （ in
    …改造。（牵头单位：市水利局；. None where all within their reach are closed."""
    return next((bracket for bracket, depth in _brackets(paragraph) if depth < 0), None)


def _opens_part(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: False (a new paragraph) after a heading of a Markdown file (# 总体要求), which is a line; before a line
    that opens a part of the text, such as 附件： or a bullet; and, unless a 《 is open, before a chapter's heading
    (第二章 …) or the caption of a box; even after an unfinished line, for a box may be set into a sentence. True (the
    same paragraph) where a line begins with a label of bodies or of a time (责任单位：, 完成时限：) in an open bracket.
    None for other lines."""
    if MARKDOWN_HEADING.match(seam.last.text):
        return False
    if OPENS.match(seam.following.text):
        return DUTY_OR_TIME_LABEL.match(seam.following.text) is not None and _open_bracket(seam.paragraph) is not None
    if seam.number and seam.number.style in STRONG_STYLES and not _title_open(seam):
        return False
    return None


def _bracket_goes_on(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: True (the same paragraph) where the next line, which has no number, closes a bracket that the paragraph
    opened for a note of who is responsible: …改造。（责任单位： / 市水利局、市财政局）. What the bracket has so far
    must be the beginning of a label or of a list of bodies (`NOTE_BEGINS`). None elsewhere."""
    closing = ANY_BRACKET.search(seam.following.text)
    if closing is None or closing[0] not in "）)】]〕" or seam.number:
        return None
    opened = _open_bracket(seam.paragraph)
    return True if opened and NOTE_BEGINS.match(opened.string, opened.end()) else None


def _in_contents(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: True (the same paragraph) where the table of contents has the paragraph and the next line, which has no
    number, as one heading (三、打通物流通道，培育新优 / 势), False (a new one) where it has the paragraph alone, None
    where it has neither, and for a paragraph without a number or of more than three lines. Two entries that follow one
    another also count as one, since a line break may divide an entry."""
    if seam.own is None or len(seam.paragraph) > 3 or not joiner.entries:
        return None
    words = "".join(line.text for line in seam.paragraph)
    if seam.number is None and entry_key(words + seam.following.text) in joiner.entries:
        return True
    return False if entry_key(words) in joiner.entries else None


def _blank_line(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: False (a new paragraph) where an empty line follows a heading with a number like 第一章, 一、 or （一）
    (HEADING_STYLES) without a full stop (（一）开展排查，摸清底数), in a text where empty lines separate paragraphs.
    None elsewhere; and also where the last line ends with one of 。；：;: or a mark inside a sentence (OPEN_END, such
    as a comma or an opening bracket), or the next one begins with a stop, a comma or a closing mark (CONTINUES)."""
    if not joiner.parted or not seam.following.blanks or seam.own is None or seam.own.style not in HEADING_STYLES:
        return None
    if (
        STOP_OR_COLON.search(seam.last.text[-1])
        or OPEN_END.search(seam.last.text)
        or CONTINUES.match(seam.following.text)
    ):
        return None
    return False if not any("。" in line.text for line in seam.paragraph) else None


def _inside_title(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: True (the same paragraph) where a 《 in the last three lines of the paragraph is not closed yet. None
    elsewhere."""
    return True if _title_open(seam) else None


def _counts_on(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: False (a new paragraph) before a line with a number in two cases, None elsewhere.

    - The paragraph begins with a label of responsibilities: 1.… after 责任单位：市医保局.
    - The number is one more than that of the paragraph, in the same style, and the last line does not end with a mark
      inside a sentence: 3.… after 2.…, also where no full stop is between.
    """
    own, number = seam.own, seam.number
    if number and BODIES_LABEL.match(seam.paragraph[0].text):
        return False
    if own is None or number is None or own.style != number.style or OPEN_END.search(seam.last.text):
        return None
    return False if number.ordinals == (*own.ordinals[:-1], own.ordinals[-1] + 1) else None


def _value_goes_on(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: True (the same paragraph) where the next line begins with a value that the last line announces, and which
    looks like the number of a heading: 利用系数提高到 / 0.57，城镇化率…. The value has no unit. It is one of these, and
    None is returned elsewhere:

    - a decimal number before ，。； or at the end of the line, after 到, 至, 过, 于, 达 or 为;
    - a whole number before ， or ；, after these words except 为 (not 重点任务为 / 1，…);
    - the second number of a ratio before ，。； or at the end of the line: 生机比达到8： / 1，…"""
    if seam.number is None:
        return None
    last, following = seam.last.text, seam.following.text
    return True if any(end.search(last) and value.match(following) for end, value in VALUE_GOES_ON) else None


def _number_alone(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: True (the same paragraph) where the paragraph is one line with nothing but a number like 第三章, 一、 or
    （一） (HEADING_STYLES), whose title is on the next line: that has no number, does not end a sentence, and has at
    most MAX_HEADING_LINE (40) characters. None elsewhere."""
    if seam.own is None or len(seam.paragraph) > 1 or seam.own.end < len(seam.last.text):
        return None
    following = seam.following
    if seam.own.style not in HEADING_STYLES or seam.number or following.finished:
        return None
    return True if len(following.text) <= MAX_HEADING_LINE else None


def _second_line(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: True (the same paragraph) where the next line is the second line of a division's title (第三章 坚持创新驱动
    / 建设科技强市), None elsewhere. The paragraph must be one line of title, without the marks or the end of a
    sentence, perhaps below a line with the number alone, and the next line look like a second one (`_may_be_second`).
    And either the table of contents has both together, or the line after the next begins with the number 1, or one
    whose last part is 1 (一、…, 2.1), in another style than the title's and not as a box does (专栏1).

    A title with a comma is divided where `_rest_of_long` says so. False (a new paragraph) below an empty line after the
    second line of a title."""
    own, following = seam.own, seam.following
    if own is None or own.style not in DIVISION_STYLES:
        return None
    titles = len(seam.paragraph) - (own.end == len(seam.paragraph[0].text))  # lines besides the number's own
    if titles == 2 and len(seam.paragraph) == 2 and _may_be_second(seam.last) and following.blanks:
        return False
    if titles != 1 or seam.finished or not _may_be_second(following):
        return None
    if seam.prose:
        return _rest_of_long(seam) or None
    if entry_key("".join(line.text for line in (*seam.paragraph, following))) in joiner.contents:
        return True
    below = seam.after.number if seam.after else None
    return True if below and below.style not in {own.style, "box"} and below.ordinals[-1] == 1 else None


def _rest_of_long(seam: LineBoundary) -> bool:
    """Whether the next line is the rest of a division's title that has a comma and at least MIN_LONG_TITLE (18)
    characters on one line (第三篇 坚持做深做透“两篇大文章”，打造更高水平 / 创新活力之城): it is shorter, right below
    the title, and above an empty line or the heading of another division, and is no title of its own, neither a usual
    one (指导思想) nor one that begins with a verb (培育市场主体)."""
    first, following, after = seam.last, seam.following, seam.after
    if len(seam.paragraph) > 1 or "，" not in first.text or first.width < MIN_LONG_TITLE or first.indent:
        return False
    if following.blanks or following.width >= first.width or not after:
        return False
    if is_part_title(following.text):
        return False
    if BEGINS_WITH_VERB.match(following.text) and following.text[-2] != "之":  # 创新活力之城 is a noun
        return False
    return after.blanks > 0 or bool(after.number and after.number.style in DIVISION_STYLES)


def _may_be_second(line: TextLine) -> bool:
    """Whether the line may be the second line of a title: at most MAX_HEADING_LINE (40) Chinese characters, quotation
    marks, 、 and blanks, no heading's number, neither the marks nor the end of a sentence, and no caption (表1)."""
    if line.number or line.prose or line.finished or len(line.text) > MAX_HEADING_LINE:
        return False
    return TITLE_LINE.fullmatch(line.text) is not None


def _one_paragraph(joiner: Joiner, seam: LineBoundary) -> bool:
    """Rule: always False, so that each line is a paragraph, for files whose format tells where paragraphs end."""
    return False


def _stands_alone(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: False (a new paragraph) after the end of a notice's title: 》的通知 (NOTICE_TITLE_END) at the end of a
    line, or a whole title with 关于 that ends with 的通知, 的批复 or 的函 on up to four lines; after a web page's
    breadcrumbs and a row of its register (文号：… 有效性：…); before a line with a label of such a register (文号：…);
    after a line of a notice that says whom to ask (联系人：…), unless it is a full line or ends with a mark inside a
    sentence (OPEN_END); before and after a date or a document number on a line of its own; and before the title of a
    government's work report with the meeting that heard it below (MEETING_BELOW). None elsewhere."""
    if NOTICE_TITLE_END.search(seam.last.text) or BREADCRUMBS.fullmatch(seam.last.text):
        return False
    if LABELLED_KEY.match(seam.following.text) or REGISTER_ROW.match(seam.last.text):
        return False
    if CONTACT_LINE.match(seam.last.text) and not OPEN_END.search(seam.last.text):
        return False if joiner.full is None or seam.last.width < seam.full - LINE_SLACK else None
    if any(_is_date(line.text) or _is_doc_number(line.text) for line in (seam.last, seam.following)):
        return False
    if seam.after and WORK_REPORT.fullmatch(seam.following.text) and MEETING_BELOW.match(seam.after.text):
        return False
    if seam.last.text.endswith(("通知", "批复", "函")) and len(seam.paragraph) < 5:
        return None if NOTICE_TITLE.fullmatch("".join(line.text for line in seam.paragraph)) is None else False
    return None


def _is_date(text: str) -> bool:
    """Whether the text, which is not empty, is a date with 年 and 月 and nothing else: 2021年9月15日, 二〇二一年九月;
    not 2021-09-15."""
    return text[-1] in "月日" and PRINTED_DATE.fullmatch(text) is not None


def _is_doc_number(text: str) -> bool:
    """Whether the text is a document number and nothing else: 云政办发〔2021〕12号."""
    return text[-1] == "号" and DOC_NUMBER_LINE.fullmatch(text) is not None


def _indent(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule, for an indented line in a text with indented paragraphs: False, for it begins a paragraph; but True (the
    same paragraph) where it is the second line of a centred heading: it and the line before are indented by more than 4
    characters, the paragraph has a number and no mark of a sentence, and the line has no number and ends no sentence.
    None for other lines."""
    if not joiner.indented or not seam.following.indent:
        return None
    centred = seam.last.indent > 4 and seam.following.indent > 4 and seam.own is not None and not seam.prose
    return centred and not seam.number and not seam.following.finished


def _at_margin(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: True (the same paragraph) for a sentence at the margin, without a number or a run-in heading, below the end
    of a sentence of an indented paragraph, in a text that is not wrapped and of which nearly all paragraphs are
    indented: a page break divides the paragraph there. None for other lines."""
    following = seam.following
    if not joiner.all_indented or following.indent or following.number or not seam.paragraph[0].indent:
        return None
    sentences = seam.prose and seam.finished and following.prose and following.finished
    return True if sentences and not seam.last.text.endswith(("：", ":")) and not RUN_IN.match(following.text) else None


def _title_open(seam: LineBoundary) -> bool:
    """Whether the last 《 or 》 in the last three lines of the paragraph before the boundary is a 《, so that a title
    continues on the next line."""
    words = "".join(line.text for line in seam.paragraph[-3:])
    return words.rfind("《") > words.rfind("》")


# lines that are whole paragraphs, but for page breaks


def _cut_by_page(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule for lines that are whole paragraphs, which only a page break divides. False (a new paragraph) before a
    heading's number and before bold words below an empty line. True (the same paragraph) where the last line ends with
    a mark inside a sentence, or the paragraph has the marks of a sentence, at least 20 characters in its first three
    lines, and does not end a sentence. Else False."""
    if seam.number or (seam.following.blanks and seam.following.text.startswith("**")):
        return False
    if OPEN_END.search(seam.last.text):
        return True
    length = sum(len(line.text) for line in seam.paragraph[:3])
    return not seam.finished and seam.prose and length >= 20


def _short_title(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: False (a new paragraph) after a single numbered line that has no full stop, semicolon or colon and is at
    most MAX_HEADING_LINE (40) characters long, for it is a complete heading: 三、优化发展方式，提高发展质量. None
    elsewhere; and also where the next line begins a page, the line ends with a mark inside a sentence (OPEN_END), the
    next one begins with a stop, a comma or a closing mark (CONTINUES), or the text lost its run-in headings."""
    if seam.own is None or len(seam.paragraph) > 1 or joiner.gaps or CONTINUES.match(seam.following.text):
        return None
    if seam.following.page or len(seam.last.text) > MAX_HEADING_LINE or OPEN_END.search(seam.last.text):
        return None
    return None if STOP_OR_COLON.search(seam.last.text) else False


# lines that are whole sentences


def _next_sentence(joiner: Joiner, seam: LineBoundary) -> bool:
    """Rule for lines that are whole sentences: True (the same paragraph) where the next line, neither numbered nor
    indented, follows a paragraph with the marks of a sentence; else False."""
    return seam.number is None and not seam.following.indent and seam.prose


# hard-wrapped lines


def _after_full_stop(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule, after the end of a sentence. False (a new paragraph) where the next line is shorter than a full one by more
    than LINE_SLACK (3 characters) and ends no sentence, in a text that kept its run-in headings. True (the same
    paragraph) where the last line is at most 1.5 characters narrower than a full one and the next line has no number
    and does not look like a first line. Else False. None where no sentence has ended."""
    if not seam.finished:
        return None
    if not joiner.gaps and seam.following.width < seam.full - LINE_SLACK and not seam.following.finished:
        return False
    return seam.last.width >= seam.full - 1.5 and not seam.number and not joiner.begins(seam.following, seam.after)


def _open_end(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: True (the same paragraph) after a mark at which no sentence ends, such as a comma or an opening bracket.
    None elsewhere."""
    return True if OPEN_END.search(seam.last.text) else None


def _after_heading(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule, after a numbered paragraph without the marks of a sentence; None after others, and, in a text that lost its
    run-in headings, after a short line with a number of WEAK_STYLES: （一）, 1., （1）, ①. A line is short that is
    narrower than a full line by more than LINE_SLACK (3 characters). The first of these that applies decides:

    - another number follows: False (a new paragraph);
    - the next line is the second line of the heading, as the last line is not short and the next is, and has neither
      the marks nor the end of a sentence: True (the same paragraph);
    - the heading is complete, as its number cannot open a sentence (none of WEAK_STYLES) or the next line looks like a
      first line: False;
    - True where the last line is not short, and, where the next line ends a sentence, is at most 1.5 characters
      narrower than a full line; else False.
    """
    is_full = seam.last.width >= seam.full - LINE_SLACK
    if seam.own is None or seam.prose or (joiner.gaps and not is_full and seam.own.style in WEAK_STYLES):
        return None
    if seam.number:
        return False
    following = seam.following
    rest = following.width < seam.full - LINE_SLACK and not following.prose and not following.finished
    if is_full and rest:
        return True
    if seam.own.style not in WEAK_STYLES or joiner.begins(following, seam.after):
        return False
    return seam.last.width >= seam.full - (1.5 if following.finished else LINE_SLACK)


def _below_long_heading(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: False (a new paragraph) before a number that follows a paragraph of one or two lines that is no sentence
    yet, in two cases. None elsewhere.

    - Below a numbered heading without 。；： whose last line does not end with a mark inside a sentence: the number 1
      of another style, though the heading has commas and is as wide as the text (1.… below
      （一）完善制度，为群众提供更好的保障).
    - Below a paragraph without a number, such as the plan's title, that does not end with 《 （ or 、: 一、, where
      neither the paragraph nor the line of 一、 has the marks of a sentence.
    """
    if seam.number is None or len(seam.paragraph) > 2 or seam.finished:
        return None
    if seam.own is None:  # 云岭市养老服务规划 | 一、发展基础
        first = seam.number.style == "han" and seam.number.ordinals == (1,)
        return (
            False
            if first and not seam.prose and not seam.following.prose and seam.last.text[-1] not in "《（、"
            else None
        )
    if any(STOP_OR_COLON.search(line.text) for line in seam.paragraph):
        return None
    opens = seam.number.style != seam.own.style and seam.number.ordinals[-1] == 1
    return False if opens and not OPEN_END.search(seam.last.text) else None


def _full_line(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: True (the same paragraph) after a line that is at most LINE_SLACK (3 characters) narrower than a full line,
    or wider. None after a shorter one."""
    return True if seam.last.width >= seam.full - LINE_SLACK else None


def _numbered(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: False (a new paragraph) before a line with a heading's number. None before others."""
    return False if seam.number else None


def _short_second(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: False (a new paragraph) after the second line of a heading with a number like 第一章, 一、 or （一）
    (HEADING_STYLES), where that line is less than half as wide as a full line and neither line has a full stop,
    semicolon or colon: 三、打通口岸园区和物流通道，培育新优 / 势. None elsewhere; and also where the next line begins a
    page or begins with a stop, a comma or a closing mark (CONTINUES), or the text lost its run-in headings."""
    if seam.own is None or seam.own.style not in HEADING_STYLES or len(seam.paragraph) != 2 or joiner.gaps:
        return None
    if CONTINUES.match(seam.following.text) or any(STOP_OR_COLON.search(line.text) for line in seam.paragraph):
        return None
    return False if seam.last.width < seam.full / 2 and not seam.following.page else None


def _inside_sentence(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """Rule: True (the same paragraph) where the paragraph counts as one with the marks of a sentence (`seam.prose`; one
    of more than two lines always does), or the next line begins with a stop, a comma or a closing mark (CONTINUES).
    None elsewhere."""
    return True if seam.prose or CONTINUES.match(seam.following.text) else None


def _after_gap(joiner: Joiner, seam: LineBoundary) -> bool | None:
    """The last rule, which always answers. True (the same paragraph) only in a text whose run-in headings a conversion
    lost: the short line before is then what is left of a first line. The next line must have the mark of a clause
    (，。；、) and not look like a first line, and be full or follow a numbered paragraph. False elsewhere."""
    following = seam.following
    full = seam.own is not None or following.width >= seam.full - 1.0
    return (
        joiner.gaps
        and full
        and PAUSE_MARK.search(following.text) is not None
        and not joiner.begins(following, seam.after)
    )


JoinRule = Callable[[Joiner, LineBoundary], bool | None]
FIRST_RULES: tuple[JoinRule, ...] = (
    _opens_part,
    _bracket_goes_on,
    _in_contents,
    _blank_line,
    _number_alone,
    _second_line,
    _inside_title,
    _value_goes_on,
    _counts_on,
    _stands_alone,
    _indent,
    _at_margin,
)
FORMAT_RULES: tuple[JoinRule, ...] = (_opens_part, _bracket_goes_on, _number_alone, _second_line, _one_paragraph)
PAGE_CUT_RULES: tuple[JoinRule, ...] = (_short_title, _cut_by_page)
SENTENCE_RULES: tuple[JoinRule, ...] = (_short_title, _next_sentence)
WRAPPED_RULES: tuple[JoinRule, ...] = (
    _after_full_stop,
    _open_end,
    _after_heading,
    _below_long_heading,
    _full_line,
    _numbered,
    _short_title,
    _short_second,
    _inside_sentence,
    _after_gap,
)
