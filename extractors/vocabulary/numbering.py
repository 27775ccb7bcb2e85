"""The numbers that headings and list items are printed with, and what they count."""

import re
from dataclasses import dataclass
from typing import Literal

from extractors.vocabulary.numerals import chinese_number
from extractors.vocabulary.patterns import NUMERAL_CHARACTER

Style = Literal[
    "part", "chapter", "section", "article", "action", "box", "annex",
    "han", "han-paren", "arabic", "arabic-paren", "circled", "decimal", "bare",
]  # fmt: skip

# 二十三; longer ones count nothing
NUMERAL = rf"{NUMERAL_CHARACTER}{{1,6}}"
DIGITS = r"[0-9０-９]{1,3}"
COUNT = rf"(?:{NUMERAL}|{DIGITS})"
# 十 一: numerals that a conversion spread out
SPREAD = rf"(?:(?:{NUMERAL_CHARACTER}\s?){{1,6}}|{DIGITS})"
# a break that may follow a number: 第一章　规划背景, 一、总体要求
GAP = r"[ \t\u3000\xa0:：、.．]*"

# 加强组织领导　各部门要…: a gap for the full stop behind a title; 加强组 织领导。… has a stray space
TEXT_GAP = r"(?:[ \t\u3000]{2,8}|[\t\u3000]| (?![^。\s]{1,7}。))"

# 3.5 万人, 2 个: a number that measures
UNIT = re.compile(
    r"年(?!度)|月|日(?!间|常)|个(?!人|体|性)|家(?!庭|政|园)|项(?!目)|条(?!件)|次(?!生)|万|亿|元(?!宇宙)|人(?![才口民工员居力文均])"
    r"|名(?![录牌称])|[%％倍位岁度吨亩米千百款]|公里|平方|立方"
)

STYLES: tuple[tuple[Style, re.Pattern[str]], ...] = (
    # 第一篇 总论, 第二部分：重点任务
    ("part", re.compile(rf"第\s{{0,3}}(?P<n>{SPREAD})\s{{0,3}}(?:篇|编|部分){GAP}")),
    # 第一章规划背景, 第 三 章　重点任务
    ("chapter", re.compile(rf"第\s{{0,3}}(?P<n>{SPREAD})\s{{0,3}}章{GAP}")),
    # 第一节 发展基础
    ("section", re.compile(rf"第\s{{0,3}}(?P<n>{SPREAD})\s{{0,3}}节{GAP}")),
    # 第12条 规划期限, 第一条 规划目的: plans for land are set out like a law
    ("article", re.compile(rf"第\s{{0,3}}(?P<n>{SPREAD})\s{{0,3}}条[ \t\u3000\xa0:：]*")),
    # 行动一：黑土地保护行动, 专项行动1 道路畅通: the parts of a plan of action
    (
        "action",
        re.compile(
            rf"(?:重点|专项|主要|重大)?(?:行\s?动|任\s?务|举\s?措|工\s?程)\s?(?P<n>{COUNT})"
            rf"(?:\s{{0,3}}[：:、.．]{GAP}|[ \t\u3000\xa0]+)"
        ),
    ),
    # 专栏1 信息资源建设工程, 专栏 一：重点项目, 【专栏1】
    (
        "box",
        re.compile(
            rf"[【\[]?专\s{{0,3}}栏\s{{0,3}}[（(]?(?P<n>{COUNT}(?:\s?[-－—.]\s?{DIGITS})?)[）)]?\s{{0,3}}[】\]]?{GAP}"
        ),
    ),
    # 专栏：重点工程
    ("box", re.compile(r"[【\[]?专\s{0,3}栏[】\]]?(?:\s{0,3}[：:]|\s)\s{0,3}(?=[\u4e00-\u9fff“])")),
    # （一）指导思想。, ㈠
    ("han-paren", re.compile(rf"(?:[（(〔]\s{{0,2}}(?P<n>{NUMERAL})\s{{0,2}}[）)〕]|(?P<m>[㈠-㈩])){GAP}")),
    # 一、总体要求; 一．总体要求; 一　总体要求
    (
        "han",
        re.compile(rf"(?P<n>{NUMERAL})(?:\s{{0,3}}[、．.][ \t\u3000\xa0]*|[ \t\u3000\xa0]+(?=[\u4e00-\u9fff]{{2}}))"),
    ),
    # 1.1.1 全民医疗保障体系, 3.2机制
    ("decimal", re.compile(rf"(?P<n>{DIGITS}(?:[.．]\s?{DIGITS}){{1,4}})(?![0-9０-９%％])[.．、]?[ \t\u3000\xa0]*")),
    # 1.海塘达标。, 2、 开展普查
    ("arabic", re.compile(rf"(?P<n>{DIGITS})\s{{0,2}}[.．、](?![0-9０-９])[ \t\u3000\xa0]*")),
    # （1）, 1）, ⑴
    ("arabic-paren", re.compile(rf"(?:[（(]?\s{{0,2}}(?P<n>{DIGITS})\s{{0,2}}[）)]|(?P<m>[⑴-⒇])){GAP}")),
    # ① ❶
    ("circled", re.compile(rf"(?P<m>[①-⑳❶-❿]){GAP}")),
    # 01农村道路提升工程: the lines of a box
    (
        "bare",
        re.compile(r"(?P<n>0[1-9]|[1-9][0-9](?=[\u4e00-\u9fff]{2,16}(?:工程|行动|项目|计划)))(?=[\u4e00-\u9fff“])"),
    ),
    # 3 重点任务
    ("bare", re.compile(r"(?P<n>[0-9０-９]{1,2})[ \t\u3000\xa0]+(?=[^\s0-9.．%％])")),
    # 3重点任务: the space lost, and nothing but the title behind it
    ("bare", re.compile(rf"(?P<n>[1-9１-９][0-9０-９]?)(?!{UNIT.pattern})(?=[\u4e00-\u9fff、]{{2,20}}$)")),
)

# the characters that a number begins with
STARTS = frozenset("第专行任举工重主【[（(〔〇零一二三四五六七八九十百两0123456789０１２３４５６７８９") | {
    chr(code)
    for first, last in ((0x3220, 0x3229), (0x2460, 0x2487), (0x2776, 0x277F))
    for code in range(first, last + 1)
}
ENCLOSED = {"㈠": 0x3220, "⑴": 0x2474, "①": 0x2460, "❶": 0x2776}


@dataclass(frozen=True, slots=True)
class Marker:
    """`printed` is the number with its marks (第一章, 一、, （1）; 1 for "1."), `ordinals` what it counts, `end` where
    the words begin."""

    style: Style
    printed: str
    ordinals: tuple[int, ...]
    end: int


def marker(text: str) -> Marker | None:
    """'第二章　总体思路' -> Marker("chapter", "第二章", (2,), 4); None for what begins with no number."""
    if text[:1] not in STARTS:
        return None
    for style, pattern in STYLES:
        if found := pattern.match(text):
            counts = _ordinals(found)
            if counts is None:
                continue
            printed = re.sub(r"[\s【】\[\]]+", "", found[0]).rstrip(":：.．")
            if style not in ("han",):
                printed = printed.rstrip("、")
            return Marker(style, printed, counts, found.end())
    return None


def _ordinals(found: re.Match[str]) -> tuple[int, ...] | None:
    groups = found.groupdict()
    if not groups:
        return (0,)
    if groups.get("m"):
        base = max(code for code in ENCLOSED.values() if code <= ord(groups["m"]))
        return (ord(groups["m"]) - base + 1,)
    counts = []
    for piece in re.split(r"[-－—.．]", re.sub(r"\s+", "", groups["n"])):
        count = int(piece) if piece.isdecimal() else chinese_number(piece)
        if count is None:
            return None
        counts.append(count)
    return tuple(counts)
