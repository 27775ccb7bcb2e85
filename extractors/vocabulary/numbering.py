"""The numbers that headings and list items are printed with, and what they count."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from extractors import expressions as re
from extractors.vocabulary.numerals import NUMERAL_CHARACTER, ONES, ORDINAL, chinese_number

Style = Literal[
    "part", "chapter", "section", "article", "action", "box", "annex",
    "formal", "han", "han-paren", "ordinal", "arabic", "arabic-paren", "circled", "decimal", "bare",
]  # fmt: skip

# 二十三; longer ones count nothing
SHORT_NUMERAL = rf"{NUMERAL_CHARACTER}{{1,6}}"
SHORT_DIGITS = r"[0-9０-９]{1,3}"
SHORT_NUMBER = rf"(?:{SHORT_NUMERAL}|{SHORT_DIGITS})"
# 壹, 贰拾叁: the numerals of documents that must not be altered
FORMAL_NUMERAL = "[壹贰叁肆伍陆柒捌玖拾]"
AS_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
# 十 一: numerals that a conversion spread out
SPREAD_NUMBER = rf"(?:(?:{NUMERAL_CHARACTER}\s?){{1,6}}|{SHORT_DIGITS})"
# the signs before the items of lists that have no numbers
BULLETS = "●○◎◆◇■□▪▫★☆▲△▼▶►➤➢❖✦※•·"
BLANK_CHARACTER = r"[ \t\u3000\xa0]"
# a break that may follow a number: 第一章　规划背景, 一、总体要求
MARKER_GAP = r"[ \t\u3000\xa0:：、.．]*"

# 加强组织领导　各部门要…: a gap for the full stop after a title; 加强组 织领导。… has a stray space
TEXT_GAP = r"(?:[ \t\u3000]{2,8}|[\t\u3000]| (?![^。\s]{1,7}。))"

# 3.5 万人, 2 个: a number that measures
MEASURED = re.compile(
    r"年(?!度)|月|日(?!间|常)|个(?!人|体|性)|家(?!庭|政|园)|项(?!目)|条(?!件)|次(?!生)|万|亿|元(?!宇宙)|人(?![才口民工员居力文均])"
    r"|名(?![录牌称])|[%％倍位岁度吨亩米千百款]|公里|平方|立方"
)

Needs = Literal["nothing", "title", "list", "decimals"]


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """A style of number: how it is printed, and what it may do.

    `forms` are pairs of a sample and a pattern; `rank` says which style usually stands above which (the smaller one).
    `lists` is true for styles that also number the items of plain lists, `cuts` for those that end a table. `needs` is
    what must stand beside the number before it is believed to open a heading:

    - "nothing": 第三章 begins a heading even after an unfinished line;
    - "title": the line must be a title, or begin with one;
    - "list": a second number must follow on the first;
    - "decimals": the plan must number other headings 1.1, 1.2.
    """

    style: Style
    rank: float
    needs: Needs
    forms: tuple[tuple[str, str], ...]
    lists: bool = False
    cuts: bool = False


def _ungrouped(pattern: str) -> str:
    """`pattern`, that of a form of number, with its groups, whose names are one letter, as plain ones without a name,
    to be used inside another pattern."""
    return re.sub(r"\(\?P<\w>", "(?:", pattern)


# Every style that plans number with. A new style is one row here; the first row that matches wins.
NUMBER_STYLES: tuple[NumberStyle, ...] = (
    NumberStyle(
        "part",
        0,
        "nothing",
        (("第一篇 总论", rf"第\s{{0,3}}(?P<n>{SPREAD_NUMBER})\s{{0,3}}(?:篇|编|部分){MARKER_GAP}"),),
        cuts=True,
    ),
    NumberStyle(
        "chapter",
        1,
        "nothing",
        (("第 三 章　重点任务", rf"第\s{{0,3}}(?P<n>{SPREAD_NUMBER})\s{{0,3}}章{MARKER_GAP}"),),
        cuts=True,
    ),
    NumberStyle(
        "section",
        2,
        "nothing",
        (("第一节 发展基础", rf"第\s{{0,3}}(?P<n>{SPREAD_NUMBER})\s{{0,3}}节{MARKER_GAP}"),),
        cuts=True,
    ),
    # plans for land are set out like a law
    NumberStyle(
        "article",
        2.5,
        "title",
        (("第一条 规划目的", rf"第\s{{0,3}}(?P<n>{SPREAD_NUMBER})\s{{0,3}}条[ \t\u3000\xa0:：]*"),),
    ),
    # 行动一：黑土地保护行动, 专项行动1 道路畅通, 方面一：…: the parts of a plan of action
    NumberStyle(
        "action",
        3.5,
        "title",
        (
            (
                "行动一：黑土地保护行动",
                rf"(?:重点|专项|主要|重大)?(?:行\s?动|任\s?务|举\s?措|工\s?程|方\s?面|措\s?施|专\s?项)\s?(?P<n>{SHORT_NUMBER})"
                rf"(?:\s{{0,3}}[：:、.．]{MARKER_GAP}|{BLANK_CHARACTER}+)",
            ),
        ),
    ),
    NumberStyle(
        "box",
        9,
        "nothing",
        (
            (
                "专栏1 信息资源建设工程",
                rf"[【\[]?专\s{{0,3}}栏\s{{0,3}}[（(]?(?P<n>{SHORT_NUMBER}(?:\s?[-－—.]\s?{SHORT_DIGITS})?)[）)]?\s{{0,3}}[】\]]?{MARKER_GAP}",
            ),
            ("专栏：重点工程", r"[【\[]?专\s{0,3}栏[】\]]?(?:\s{0,3}[：:]|\s)\s{0,3}(?=[\u4e00-\u9fff“])"),
        ),
        cuts=True,
    ),
    NumberStyle(
        "han-paren",
        4,
        "title",
        (
            ("（一）指导思想", rf"[（(〔]\s{{0,2}}(?P<n>{SHORT_NUMERAL})\s{{0,2}}[）)〕]{MARKER_GAP}"),
            ("㈠指导思想", rf"(?P<m>[㈠-㈩]){MARKER_GAP}"),
            ("一）指导思想", rf"(?P<n>{SHORT_NUMERAL})\s{{0,2}}[）)]{MARKER_GAP}"),
        ),
    ),
    # 壹、贰、叁: above 一、 where both are used
    NumberStyle(
        "formal",
        2.7,
        "title",
        (
            ("壹、总体要求", rf"(?P<f>{FORMAL_NUMERAL}{{1,4}})\s{{0,3}}[、．.﹒·]{BLANK_CHARACTER}*"),
            ("壹　总体要求", rf"(?P<f>{FORMAL_NUMERAL}{{1,4}}){BLANK_CHARACTER}+(?=[\u4e00-\u9fff]{{2}})"),
        ),
        cuts=True,
    ),
    NumberStyle(
        "han",
        3,
        "title",
        (
            (
                "一、总体要求",
                rf"(?P<n>{SHORT_NUMERAL})\s{{0,3}}(?:[、．.﹒]|[·•](?!{NUMERAL_CHARACTER})){BLANK_CHARACTER}*",
            ),
            ("一　总体要求", rf"(?P<n>{SHORT_NUMERAL}){BLANK_CHARACTER}+(?=[\u4e00-\u9fff]{{2}})"),
            ("【一】总体要求", rf"[【〖]\s{{0,2}}(?P<n>{SHORT_NUMERAL})\s{{0,2}}[】〗]{MARKER_GAP}"),
        ),
        cuts=True,
    ),
    NumberStyle(
        "decimal",
        3.5,
        "title",
        (
            (
                "1.1.1 全民医疗保障体系",
                rf"(?P<n>{SHORT_DIGITS}(?:[.．﹒]\s?[0-9０-９]{{1,2}}){{1,4}})(?![0-9０-９%％]|[GD](?![A-Za-z])|\+[0-9A-Z])[.．、]?{BLANK_CHARACTER}*",
            ),
        ),
    ),
    # the measures of older plans; 第一、二产业 and 第一、第二产业 count what they name
    NumberStyle(
        "ordinal",
        4.5,
        "list",
        (
            (
                "第一、完善服务网络",
                rf"第(?P<n>{SHORT_NUMERAL})、{BLANK_CHARACTER}*(?!第|{NUMERAL_CHARACTER}{{1,3}}[、和及与产季期批])(?=[\u4e00-\u9fff“])",
            ),
        ),
        lists=True,
    ),
    NumberStyle(
        "arabic",
        5,
        "list",
        (
            ("1.海塘达标", rf"(?P<n>{SHORT_DIGITS})\s{{0,2}}[.．、﹒·•](?![0-9０-９]){BLANK_CHARACTER}*"),
            ("⒈海塘达标", rf"(?P<m>[⒈-⒛]){BLANK_CHARACTER}*"),
            (
                "3。海塘达标",
                rf"(?P<n>{SHORT_DIGITS})。(?=[\u4e00-\u9fff])",
            ),  # a full stop of sentences, typed for the point
            # commas that OCR or a typist put for the 、
            ("1，海塘达标", rf"(?P<n>{SHORT_DIGITS})[，,]{BLANK_CHARACTER}?(?=[\u4e00-\u9fff])"),
            # the title begins with digits of its own, which measure nothing: 2.5G网络建设, 12.2025年目标
            (
                "11.121人才项目",
                rf"(?P<n>{SHORT_DIGITS})\s{{0,2}}[.．、﹒·•]"
                rf"(?=(?:[0-9]{{3,5}}(?!{MEASURED.pattern})|[2-6][GD])[\u4e00-\u9fff]|20[0-9]{{2}}年|[0-9]\+[0-9A-Z])",
            ),
        ),
        lists=True,
    ),
    NumberStyle(
        "arabic-paren",
        6,
        "list",
        (
            ("（1）备塘", rf"[（(]?\s{{0,2}}(?P<n>{SHORT_DIGITS})\s{{0,2}}[）)]{MARKER_GAP}"),
            ("⑴备塘", rf"(?P<m>[⑴-⒇]){MARKER_GAP}"),
        ),
        lists=True,
    ),
    NumberStyle("circled", 7, "list", (("①备塘", rf"(?P<m>[①-⑳❶-❿]){MARKER_GAP}"),), lists=True),
    NumberStyle(
        "bare",
        3,
        "decimals",
        (
            # the lines of a box
            (
                "01农村道路提升工程",
                r"(?P<n>0[1-9]|[1-9][0-9](?=[\u4e00-\u9fff]{2,16}(?:工程|行动|项目|计划)))(?=[\u4e00-\u9fff“])",
            ),
            ("3 重点任务", rf"(?P<n>[0-9０-９]{{1,2}}){BLANK_CHARACTER}+(?=[^\s0-9.．%％])"),
            # the space lost, and nothing but the title after it
            ("3重点任务", rf"(?P<n>[1-9１-９][0-9０-９]?)(?!{MEASURED.pattern})(?=[\u4e00-\u9fff、]{{2,20}}$)"),
        ),
    ),
)
BY_STYLE = {row.style: row for row in NUMBER_STYLES}
FORM_PATTERNS = tuple((row.style, re.compile(pattern)) for row in NUMBER_STYLES for _, pattern in row.forms)
# all forms as one: `lastindex` is the place in FORM_PATTERNS, from 1, of the first that matches
ANY_FORM = re.compile("|".join(rf"(?:{_ungrouped(pattern)})()" for row in NUMBER_STYLES for _, pattern in row.forms))

# which number usually stands above which, `below` being a heading without number under the lowest; 3.5 for the rest
STYLE_RANK: dict[str, float] = {row.style: row.rank for row in NUMBER_STYLES} | {"below": 8}
UNRANKED = 3.5


def styles(**fields: object) -> frozenset[Style]:
    """The styles whose row of NUMBER_STYLES has these values, by the names of the fields of `NumberStyle`:
    styles(lists=True) -> ordinal, arabic, arabic-paren, circled."""
    return frozenset(
        row.style for row in NUMBER_STYLES if all(getattr(row, name) == value for name, value in fields.items())
    )


LIST_STYLES = styles(lists=True)
CUTTING_STYLES = styles(cuts=True)
# begin a block even where the line before stops inside its sentence
STRONG_STYLES = styles(needs="nothing")
# of these, the ones that are headings of the plan's text
DIVISION_STYLES = STRONG_STYLES - {"box"}
# numbers that lists and boxes use as well as headings
WEAK_STYLES = LIST_STYLES | {"han-paren"}
# numbers of a high level: with these a text begins, and no list in a plan
HIGH_STYLES: frozenset[Style] = frozenset(("part", "chapter", "formal", "han"))
# numbers of headings that may take two lines
HEADING_STYLES = STRONG_STYLES | {"formal", "han", "han-paren"}


def number_pattern(*chosen: Style) -> str:
    """A pattern without named groups for a number of any of these styles, to be used inside other patterns:
    number_pattern("han") matches '一、' of '一、总体要求' and '一　' of '一　总体要求'."""
    forms = [pattern for style in chosen for _, pattern in BY_STYLE[style].forms]
    return "(?:" + "|".join(map(_ungrouped, forms)) + ")"


# 第一章 至第三章, 第二章 规定的任务: what follows a number that a sentence only mentions
MENTION = re.compile(
    r"[至到和与及、，。；：）)》”]|第[^\s]{1,4}[章节篇]|专栏|所[列述]|规定|明确(?:的|了)|中[的，]|的|以[上下]|[—－-]{1,2}第"
)
# 第三章, 第一节, 第二篇
DIVISION_NUMBER = number_pattern(*sorted(DIVISION_STYLES))
# 附件1, 附件 二：, 附件一云岭省…: the number after 附件. A numeral behind a blank counts only before a blank, a mark or
# the end, because it may begin a name (附件 三亚市…), and none does as a part of 附件一览.
ANNEX_NUMBER = (
    rf"(?:{BLANK_CHARACTER}{{0,4}}(?:[0-9０-９]{{1,3}}(?![0-9０-９])|[1-9](?=20[0-9]{{2}}年)"
    rf"|{ORDINAL}(?=\s|[：:．.、]|$))|(?<=[件表录])(?:[{ONES}]?十[{ONES}]?|[{ONES}])(?!览))"
)
# （一）, 一、, 1., （1）, ①: the numbers that stand before a sentence
ITEM_NUMBER = number_pattern("han-paren", "han", "arabic", "arabic-paren", "circled")

_INLINE_NUMERAL = rf"{NUMERAL_CHARACTER}{{1,4}}"
# （二）, 1.1 , 第二节 : what may be a number with a title after it
INLINE = re.compile(
    rf"(?=\s?[（(\d①-⑳专任行举工第{NUMERAL_CHARACTER[1:-1]}])(?<!\d[-－—])(?<![\d.．（(第件表图录栏])\s?"
    rf"(?=[（(]\s?{_INLINE_NUMERAL}\s?[）)]|{_INLINE_NUMERAL}\s?、|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[.．、\s]"
    r"|[（(]\d{1,2}[）)]|[①-⑳]|专\s?栏\s?\d{1,2}(?:[-－—.]\d{1,2})?[\s：:]"
    rf"|(?:任务|行动|举措|工程){_INLINE_NUMERAL}[：:])"
    rf"|(?=第{_INLINE_NUMERAL}[篇编章节条][\s\u3000])"
)
# 15三、强化科技创新, 50第五章 …, 7（二）…: the number of a page glued to the heading below it
GLUED_PAGE = re.compile(
    rf"[0-9]{{1,3}}(?={SHORT_NUMERAL}、[\u4e00-\u9fff]|第{SHORT_NUMERAL}[篇章节][\s\u4e00-\u9fff]|[（(]{SHORT_NUMERAL}[）)][\u4e00-\u9fff])"
)
# the characters that a number begins with
ENCLOSED_RANGES = ((0x3220, 0x3229), (0x2460, 0x249B), (0x2776, 0x277F))  # ㈠-㈩, ①-⒛, ❶-❿
NUMBER_STARTS = frozenset(
    "第专行任举工方措重主【[（(〔〇零一二三四五六七八九十百两壹贰叁肆伍陆柒捌玖拾0123456789０１２３４５６７８９"
) | {chr(code) for first, last in ENCLOSED_RANGES for code in range(first, last + 1)}
NUMBER_SEPARATOR = re.compile(r"[-－—.．﹒]")  # of 1.2.3 and 2-1
ENCLOSED = {"㈠": 0x3220, "⑴": 0x2474, "⒈": 0x2488, "①": 0x2460, "❶": 0x2776}


class Marker(NamedTuple):
    """The number with which a heading or list item begins. `style` is how it is printed (a row of NUMBER_STYLES),
    `printed` is the number without white space and without the marks after it (第一章, （1）, 1 for "1."; but 一、 and
    壹、 keep the 、), that of a box also without 【】 and [] (专栏1 for 【专栏1】). `ordinals` are the numbers that it
    counts ((1, 2) for 1.2, (0,) for 专栏 without a number), `end` is the offset in the text at which the words after it
    begin."""

    style: Style
    printed: str
    ordinals: tuple[int, ...]
    end: int


def marker(text: str) -> Marker | None:
    """The number with which the text begins, in the first form of NUMBER_STYLES that fits and counts something
    (`_ordinals`): '第二章 总体思路' -> Marker("chapter", "第二章", (2,), 4). It may be no number of a heading but a
    quantity: 3.5 of '3.5万人' is "decimal". None where the text begins with none, or with white space, and for ''."""
    if text[:1] not in NUMBER_STARTS or not (first := ANY_FORM.match(text)):
        return None
    for style, pattern in FORM_PATTERNS[first.lastindex - 1 :]:  # type: ignore[operator]
        if found := pattern.match(text):
            counts = _ordinals(found)
            if counts is None:
                continue
            words = "".join(found[0].split())
            if style == "box":
                words = re.sub(r"[【】\[\]]", "", words)
            words = words.rstrip(":：.．﹒·•。，," if style in ("han", "formal") else ":：.．﹒·•。，,、")
            return Marker(style, words, counts, found.end())
    return None


def _ordinals(found: re.Match[str]) -> tuple[int, ...] | None:
    """What the number counts, as in `Marker.ordinals`, from a match of one of FORM_PATTERNS: (0,) where the form has no
    number (专栏：), one for 贰 (2), ③ and ㈢ (3), one for each part of a number that points or dashes divide (1.2.1,
    2-1), white space apart. None where a part is neither digits nor a numeral."""
    if found.lastgroup is None:
        return (0,)
    printed = found[found.lastgroup]  # of the one group that a form has
    if found.lastgroup == "f":
        formal = chinese_number(printed.translate(AS_PLAIN))
        return None if formal is None else (formal,)
    if found.lastgroup == "m":
        base = max(code for code in ENCLOSED.values() if code <= ord(printed))
        return (ord(printed) - base + 1,)
    counts = []
    for piece in NUMBER_SEPARATOR.split("".join(printed.split())):
        count = int(piece) if piece.isdecimal() else chinese_number(piece)
        if count is None:
            return None
        counts.append(count)
    return tuple(counts)
