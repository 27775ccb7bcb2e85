"""Who is named behind a measure: （市发展改革委牵头，市财政局配合）, 【责任单位：市教委】, 牵头单位：市民政局."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.reference.functions import SUFFIXES, stems
from extractors.responsibilities.duty import Duty
from extractors.responsibilities.lists import (
    ANYBODY,
    DUTY_LABEL,
    HELP_LABEL,
    LABEL,
    LEAD_LABEL,
    OTHER_LABEL,
    Item,
    listed,
)
from ontology.model.facts import Region, Role

# （…）, one bracket inside allowed: （各县（市、区）人民政府负责）
BRACKET = re.compile(
    r"[（(\[［【〔](?:[^（）()\[\]［］【】〔〕\n]|[（(〔\[][^（）()〔〕\[\]\n]{1,30}[）)〕\]]){2,1500}[）)\]］】〕]"
)
# the foot of a web page: 主办单位：市教育局 承办单位：市教育信息中心
FOOT = re.compile(r"主办(?!.*(?:协办|配合|参与|责任))")
LABELS = rf"{LEAD_LABEL}|{DUTY_LABEL}|{HELP_LABEL}"
# such labels without a bracket, on one line or several: …体系。牵头单位：市教委；责任单位：市财政局
SIGN = r"[ \t　]*(?:[—－-]{1,2}|[★☆●◆▲■◇※▶➤•·])?[ \t　]*"
ONE = rf"[【\[]?(?:{LABELS})(?:\s*[：:∶]|[】\]])[^\n。]{{2,400}}"
OTHER = rf"(?:{OTHER_LABEL})[：:][^\n。；;：]{{0,20}}?[；;，,\s　]*"
LABELLED = re.compile(
    rf"(?:^|(?<=[。；;])){SIGN}(?:责任分工[：:])?(?:{OTHER}){{0,3}}{ONE}"
    rf"(?:\n\s{{0,4}}{SIGN}{ONE})*(?=[。\n]|$)",
    re.MULTILINE,
)
# the sentence before a bracket is what it is about, up to this length
LONGEST = 200
ENDS = re.compile(r"[。！？；;\n]")
# 列第一位者为牵头单位，下同
FIRST_LEADS = re.compile(
    r"(?:第一位|首位|第一个|首个|第一家|排名第一|列第一|排第一|排在第一|最前面?)[^。；，）\n]{0,8}(?:为|是|系)[^。；，）\n]{0,4}"
    r"(?:牵头|主责|主办|主要责任|第一责任)"
    r"|牵头(?:单位|部门)[^。；，）\n]{0,6}(?:列|排|放)[^。；）\n]{0,4}(?:首位|第一|最前)"
)
# 标★的为牵头单位
MARK_LEADS = re.compile(r"(?:标|加|带|注|打)[^。；）\n]{0,6}(?P<mark>[*＊★☆▲△●◆※])[^。；）\n]{0,10}牵头")
# what stands before a bracket that explains a word and gives nobody work
EXPLAINS = re.compile(r"(?:部门|单位|机构|企业|主体|地区|以下|平台|专栏|等|[“”])$")
# between two brackets that belong to one measure: （各地负责）（民政部指导）
BEHIND = re.compile(r"[。；;\s]*")
PART_OF_NAME = re.compile(r"(?:政府|街道|[镇乡县区市州局委办厅])$")
NOT_NAMES = re.compile(r"^(?:以下|简称|含|包括|包含|不含|如|例如|即|原|见|注|附|指|详见|除|或)")


# the last words of whole names, which the bare words of a list are not
WHOLE = (
    *SUFFIXES,
    *(
        "联",
        "社",
        "会",
        "院",
        "政府",
        "办事处",
        "中心",
        "银行",
        "兵团",
        "集团",
        "公司",
        "海关",
        "共青团",
        "乡镇",
        "街道",
        "县",
        "区",
        "市",
        "旗",
        "）",
    ),
)
# (牵头，各地)负责落实: done by oneself, not a share in what another leads
CARRIES_OUT = re.compile(r"(?:组织|具体|结合实际|负责|抓好|统筹)*(?:落实|实施)(?:工作)?")
LEVEL_WORDS = re.compile(r"^(?:中国|全国|国家|中央|[省市县区州旗盟]级?|各级|本级|同级)+")
BETWEEN = re.compile(r"(?:[、，,；;\s和及与以等]|有关|相关|国务院|部门|单位)*")
# 。列在首位的为牵头单位，下同: a remark behind the names
REMARK = re.compile(r"[。；，,][^。；，,]{0,12}(?:首位|第一)[^。]*$|[。；，,]下同。?$")


@dataclass(frozen=True, slots=True)
class Convention:
    """What the document says once for all its lists: the first leads, those with `mark` lead."""

    first: bool
    mark: str | None


def convention(text: str) -> Convention:
    """'（列第一位者为牵头单位，下同）' -> the first leads."""
    marked = MARK_LEADS.search(text)
    return Convention(FIRST_LEADS.search(text) is not None, marked["mark"] if marked else None)


def bracketed(
    text: str, start: int, end: int, home: Region, year: int, rule: Convention
) -> Iterator[tuple[tuple[int, int], list[Duty]]]:
    """The brackets and labelled lines of `start:end` that give bodies work: the stretch of each, and its duties."""
    reached = measure = start
    for found in BRACKET.finditer(text, start, end):
        if BEHIND.fullmatch(text, reached, found.start()) is None or reached == start:
            measure = _measure(text, reached, found.start())
        duties = _duties(text, found.start() + 1, found.end() - 1, (measure, found.end()), home, year, rule)
        if duties and (duties[0].cue or _closes(text, found.start(), found.end(), len(duties))):
            yield from _labelled(text, reached, found.start(), home, year, rule)
            yield found.span(), duties
            reached = found.end()
    yield from _labelled(text, reached, end, home, year, rule)


def _labelled(
    text: str, start: int, end: int, home: Region, year: int, rule: Convention
) -> Iterator[tuple[tuple[int, int], list[Duty]]]:
    for found in LABELLED.finditer(text, start, end):
        if FOOT.match(found[0].strip()):
            continue
        if duties := _duties(text, *found.span(), found.span(), home, year, rule):
            yield found.span(), duties


def _measure(text: str, start: int, bracket: int) -> int:
    """Where the sentence starts that a bracket stands in or behind: 扩大供给。|加快建设。（市教委负责）"""
    behind = bracket
    while behind > start and text[behind - 1] in "。；; ":
        behind -= 1
    first = max(start, bracket - LONGEST)
    before = [found.end() for found in ENDS.finditer(text, first, behind)]
    if before:
        return before[-1]
    return first if first == start else bracket


def _duties(
    text: str, start: int, end: int, clause: tuple[int, int], home: Region, year: int, rule: Convention
) -> list[Duty]:
    """The duties of the list `start:end`, of which `clause` is the proof; [] where it is no list of bodies."""
    if NOT_NAMES.match(text[start:end]):
        return []
    parts = list(listed(text, start, end, home, year))
    items = [item for part in parts for item in part.items]
    if not items or (not any(part.kind for part in parts) and not _only_names(text, start, end, items)):
        return []
    if not LABEL.search(text, start, end) and not any(_public(text, item) for item in items):
        return []
    said = {part.kind for part in parts}
    marked = {item for item in items if rule.mark and _starred(text, item, rule.mark)}
    duties = []
    for part in parts:
        for item in part.items:
            shares = (
                part.kind != "lead" and "lead" in said and "help" not in said and not CARRIES_OUT.fullmatch(part.cue)
            )
            if part.kind == "help" or shares:
                role: Role = "participant"
            elif "lead" in said or not (rule.first or marked):
                role = "lead"
            elif marked:
                role = "lead" if item in marked else "participant"
            else:
                role = "lead" if item is items[0] else "participant"
            duties.append(Duty(item.start, item.end, role, part.cue, clause))
    return duties


def _only_names(text: str, start: int, end: int, items: list[Item]) -> bool:
    """（市教委、市民政局） is a list of bodies, （教育、医疗） and （市教委、幼儿园） are none."""
    rest = REMARK.sub("", text[start:end])
    somebody = 0
    for item in items:
        name = text[item.start : item.end]
        if ANYBODY.fullmatch(name):
            somebody += 1
        elif not (name.endswith(WHOLE) or name[0] in "各有相" or (item.known and _whole(name))):
            return False
        rest = rest.replace(name, "", 1)
    known = sum(item.known for item in items)
    return known > 0 and 2 * (known + somebody) >= len(items) and BETWEEN.fullmatch(rest) is not None


def _whole(name: str) -> bool:
    """'中国作协', '共青团中央' -> True; '市教育', '财政' are bare words."""
    return LEVEL_WORDS.sub("", name) not in stems()


def _public(text: str, item: Item) -> bool:
    """市城投集团 and 各有关部门 have a part in what the state does, 龙头企业 has none that a plan could give."""
    return item.known or text[item.start] in "省市县区州旗国中全各有相"


def _starred(text: str, item: Item, mark: str) -> bool:
    return mark in (text[max(0, item.start - 1) : item.start] + text[item.end : item.end + 1])


def _closes(text: str, start: int, end: int, names: int) -> bool:
    """A list without a verb belongs to a measure only where it ends a sentence: …建设。（市教委、市财政局）

    A single name behind another belongs to that: 各乡镇（街道）, 市自然资源局（市林业局）.
    """
    before, after = text[max(0, start - 6) : start].rstrip()[-3:], text[end : end + 2].lstrip()
    if names == 1 and PART_OF_NAME.search(before):
        return False
    return (after[:1] in ("", "。", "；", ";") or text[end : end + 1] == "\n") and not EXPLAINS.search(before)
