"""The bodies that stand after a measure, in a bracket or after a label: （市发展改革委牵头，市财政局配合）,
【责任单位：市教委】, 牵头单位：市民政局.

In all functions `home` and `year` are those by which names of bodies are resolved, and `rule` is the convention of the
document on who leads (docs/glossary.md).
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from extractors import expressions as re
from extractors.reference.areas import REGIONS_BELOW
from extractors.reference.departments import OTHERS_OF_KIND
from extractors.reference.functions import BODY_SUFFIXES
from extractors.responsibilities.clauses import ITS_MEMBERS
from extractors.responsibilities.duty import Duty
from extractors.responsibilities.guards import PERSONS, POST
from extractors.responsibilities.lists import ListedBody, is_complete_name, listed
from extractors.responsibilities.mentions import mentions, name_start
from extractors.responsibilities.roles import Convention, roles
from extractors.vocabulary.dates import PRINTED_DATE
from extractors.vocabulary.duties import (
    BEHIND_BODIES,
    MEASURE_TIME,
    WEB_PAGE_FOOT,
    DutyKind,
    Label,
    head_kind,
    labels,
)
from extractors.vocabulary.numbering import BULLETS
from extractors.vocabulary.stops import SENTENCE_ENDS
from ontology.model.facts import Region

BRACKET_OR_LINE = re.compile(r"[（(\[［【〔）)\]］】〕\n]")
# Sizes of a bracket in characters, and how deep brackets in brackets are looked into.
MIN_BRACKET, MAX_BRACKET, MAX_BRACKET_DEPTH = 4, 1500, 3
# 责任单位|（市教育局）: a label without a colon; not 建设乡镇|（街道）
MAX_HEAD = 12
WORD_BEFORE = re.compile(
    r"(?:\A|(?<=[。；;，,、\s（）()】\]]))(?P<label>[\u4e00-\u9fff]{3,8})(?<!乡镇|街道|镇街|县区|区县|市县|市州|地区)\s?\Z"
)
MAX_BARE_WORD = 2  # 水务 in （水务） is a word of another name
# what may stand before a label in its line: ★, ——, 1.
LIST_SIGN = re.compile(rf"[ \t　]*(?:[—－-]{{1,2}}|[{BULLETS}]|[（(]?\d{{1,2}}[)）.．、]|[①-⑳])?[ \t　]*")
BEFORE_LABEL = re.compile(rf"(?:^|\n|[。；;，,：:\s\u3000]){LIST_SIGN.pattern}$")
SENTENCE_OR_LINE_END = re.compile(r"[。\n]")
MAX_LABELLED_LINE = 400
MAX_NAMES_LINE = 120
DATE_BELOW = re.compile(rf"\s*{PRINTED_DATE.pattern}")
# the sentence before a bracket is what it is about, up to this length
MAX_MEASURE = 200
# and so many characters of it and of its brackets are the proof of a further one
MAX_PROOF = 600
MEASURE_END = re.compile(rf"[{SENTENCE_ENDS};\n]")
# what stands before a bracket that explains a word and gives nobody work
EXPLAINED_WORD = re.compile(r"(?:部门|单位|机构|企业|主体|地区|以下|平台|专栏|等|[“”])$")
# between two brackets that belong to one measure: （各地负责）（民政部指导）
BETWEEN_BRACKETS = re.compile(r"[。；;\s]*")
PART_OF_NAME = re.compile(r"(?:政府|街道|[镇乡县区市州局委办厅])$")
NOT_NAMES = re.compile(r"^(?:以下|简称|含|包括|包含|不含|如|例如|即|原|见|注|附|指|详见|除|或)")


# the last words of whole names, which the bare words of a list are not
WHOLE_NAME_ENDINGS = (
    *BODY_SUFFIXES,
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
# 医政科, 妇幼处, 局办公室: an office inside a department
OFFICE = re.compile(r"[\u4e00-\u9fff]{2,12}(?:[科股处]|办公室)")
# the last words of names of firms and schools, which are bodies wherever they stand; 馆, 站, 中心 may be buildings
FIRM_ENDINGS = ("公司", "集团", "银行", "大学", "学院", "学校", "分校")
# 市教育局, 市委宣传部, 团市委: the departments with which a list of bodies begins, and no list of places
DEPARTMENT_ENDINGS = tuple(suffix for suffix in BODY_SUFFIXES if suffix not in ("分局", "机关"))
# the parts of a list, between marks
PART_OF_LIST = re.compile(r"[^、，,；;。：:（）()〔〕【】\[\]\s]+")
# 建设主体|为省级及以上开发区: what is so described, where a label is a word of the sentence
IS_DESCRIBED = re.compile(r"(?:[为是有]|包括)$")
ZONE_END = re.compile(r"(?:园区|开发区|新区|功能区|片区|街区|校区)$")
# 县区, 县（市、区）: who acts only beside others, for alone it may be where something is
BELOW = re.compile(REGIONS_BELOW)
BETWEEN_NAMES = re.compile(rf"(?:{OTHERS_OF_KIND}|[、，,；;/／\s和及与以等]|有关|相关|国务院|部门|单位)*")
# 。列在首位的为牵头单位，下同: a remark after the names
REMARK_AFTER_NAMES = re.compile(r"[。；，,][^。；，,]{0,12}(?:首位|第一)[^。]*$|[。；，,]下同。?$")
# ，2024年底前完成, ；长期坚持: when the measure is done, behind the names or before them
TIME_AFTER_NAMES = re.compile(rf"(?:[，,；;。、\s]{{1,3}}{MEASURE_TIME}){{1,3}}[，,；;。\s]*$")
TIME_BEFORE_NAMES = re.compile(rf"^{MEASURE_TIME}[，,；;：:\s]")


@dataclass(frozen=True, slots=True)
class DutyList:
    """A bracket, or a run of labels with their bodies, at `start:end` of the text. It has `duties`, or else none and a
    `reason` why, as an English phrase that is a key of ontology/messages.toml."""

    start: int
    end: int
    duties: tuple[Duty, ...]
    reason: str | None = None


def duty_lists(text: str, start: int, end: int, home: Region, year: int, rule: Convention) -> Iterator[DutyList]:
    """The brackets and labels of `text[start:end]` that give bodies work, and those for which a reason is known why
    they give none, with that in place of duties. Left out without a reason are a single name that does not end a
    measure (市自然资源局（市林业局）负责), bare words (（教育、民政）), labels outside of brackets that give no duty
    (责任人：), brackets shorter than MIN_BRACKET or longer than MAX_BRACKET, and such. Brackets are in the order of the
    text, and so are labels; the labels between two brackets with duties come before the second of these. `home` and
    `year` are those by which names are resolved, `rule` is the document's convention on who leads.

    '…体系。（市教委牵头，市财政局配合）' -> the bracket with two duties. The evidence of a bracket begins with the
    sentence before it (`_measure_start`); a bracket right after one with duties shares its sentence, if that begins at
    most MAX_PROOF characters before. The time is linear in the text's length.
    """
    reached = measure = start
    refused: list[DutyList] = []
    for first, last in _brackets(text, start, end):
        goes_on = reached > start and BETWEEN_BRACKETS.fullmatch(text, reached, first)
        if not goes_on or first - measure > MAX_PROOF:
            measure = _measure_start(text, reached, first)
        found = _in_bracket(text, first, last, measure, home, year, rule, MAX_BRACKET_DEPTH)
        if found is None:
            continue
        if found.duties:
            yield from _labelled_lines(text, reached, first, refused, home, year, rule)
            reached = found.end
            refused = []
        else:
            refused.append(found)
        yield found
    yield from _labelled_lines(text, reached, end, refused, home, year, rule)


def left_out(text: str, found: DutyList, home: Region, year: int) -> Iterator[tuple[int, int]]:
    """The parts of the list `found`, which has duties, that begin with the whole name of a known body and gave none,
    as (start, end): 县民政局全程跟进 in （县住建局牵头，县民政局全程跟进）. Parts after a label that gives no duty
    (责任人：) and those that name a person (县民政局局长) or a body's members (县安委会成员单位) are none of these."""
    printed = list(labels(text, found.start, found.end))
    for part in PART_OF_LIST.finditer(text, found.start, found.end):
        if any(part.start() < duty.end and duty.start < part.end() for duty in found.duties):
            continue
        above = next((label for label in reversed(printed) if label.end <= part.start()), None)
        if above and not above.gives_duty and above.kind != "scope":
            continue
        body = next((mention for mention in mentions(part[0]) if mention.whole and mention.core), None)
        if body is None or name_start(part[0], body.core, home, year) > 0:
            continue
        if not any(words.match(part[0], body.end) for words in (PERSONS, POST, ITS_MEMBERS)):
            yield part.span()


def _in_bracket(
    text: str, first: int, last: int, measure: int, home: Region, year: int, rule: Convention, depth: int
) -> DutyList | None:
    """The bracket `text[first:last]`, its marks included, with the duties that `_duties` reads of it; a list without a
    verb, a label or a part in a bracket (市教育局（牵头）) counts only where it ends a measure (`_ends_measure`). Where
    it has none, the first bracket inside it that has some; `depth` is the number of levels that are looked into, of
    which the bracket itself is one. Else the bracket with the reason of `_duties`, or that a list of several bodies
    does not end a measure. `measure` is the offset at which the evidence begins, with the sentence that the bracket
    belongs to.

    None where there are neither duties nor a reason (`_duties`), where a single name without any of these does not end
    a measure, and where the bracket is shorter than MIN_BRACKET or longer than MAX_BRACKET characters.
    """
    if not MIN_BRACKET <= last - first <= MAX_BRACKET:
        return None
    clause = (measure, last)
    head = _label_before(text, measure, first)
    duties, reason = _duties(text, first + 1, last - 1, clause, home, year, rule, head)
    if duties and not any(duty.cue for duty in duties) and not _ends_measure(text, first, last, len(duties)):
        several = len(duties) > 1  # 各乡镇（街道）, 省委党校（省行政学院） belong to a name
        duties, reason = [], "the bracket does not end a measure" if several else None
    if not duties and depth > 1:
        for inner, stop in _brackets(text, first + 1, last - 1):
            found = _in_bracket(text, inner, stop, measure, home, year, rule, depth - 1)
            if found and found.duties:
                return found
    return DutyList(first, last, tuple(duties), reason) if duties or reason else None


def _brackets(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The outermost brackets in `text[start:end]` that open and close on the same line, as (start, end), their marks
    included, in order. The forms of the marks are not compared; a mark without its counterpart is passed over."""
    opened: list[int] = []
    closed: list[tuple[int, int]] = []
    for found in BRACKET_OR_LINE.finditer(text, start, end):
        mark = found[0]
        if mark == "\n":
            yield from closed
            opened.clear()
            closed.clear()
        elif mark in "（([［【〔":
            opened.append(found.start())
        elif opened:
            first = opened.pop()
            while closed and closed[-1][0] > first:
                closed.pop()
            closed.append((first, found.end()))
    yield from closed


def _labelled_lines(
    text: str, start: int, end: int, refused: list[DutyList], home: Region, year: int, rule: Convention
) -> Iterator[DutyList]:
    """The labels in `text[start:end]` outside of the brackets `refused`, which are in order, each with the bodies after
    it up to the end of the sentence or line and on lines of names below, and with further labels that follow at once
    (`_runs`). 主办单位： in the foot of a web page (WEB_PAGE_FOOT), unless 协办 follows it, has a reason in place of
    duties; labels without a public body and without a reason are left out."""
    opened = [bracket.start for bracket in refused]
    printed = []
    for label in labels(text, start, end):
        before = bisect_right(opened, label.start) - 1
        if label.gives_duty and (before < 0 or refused[before].end <= label.start):
            printed.append(label)
    for first, last in _runs(text, printed, start, end, partial(_with_names_below, text, end, home, year)):
        if WEB_PAGE_FOOT.match(text[first : last + 60]) and "协办" not in text[first:last]:
            yield DutyList(first, last, (), "foot of a web page")
            continue
        duties, reason = _duties(text, first, last, (first, last), home, year, rule)
        if duties or reason:
            yield DutyList(first, last, tuple(duties), reason)


def _with_names_below(text: str, end: int, home: Region, year: int, label: Label, line_end: int) -> int:
    """The offset at which the bodies after `label` end: `line_end`, the end of the label's own line, or that of the
    last of the lines right below, up to the offset `end`, that consist of names of bodies only (`_names_line`) and
    belong to the label. No line does where 。 ends the label's own. A line right above a printed date is a signature
    and ends the names. Where names follow the label on its own line, a line belongs to it only if it has a 、, for a
    single name may head what follows; after a label alone on its line (责任单位：) any does."""
    alone = not text[label.end : line_end].strip()
    while line_end < end and text[line_end] == "\n":
        stop = text.find("\n", line_end + 1, end)
        stop = end if stop < 0 else stop
        line = text[line_end + 1 : stop]
        if not (alone or "、" in line) or not _names_line(text, line_end + 1, stop, home, year):
            break
        if DATE_BELOW.match(text, stop, end):
            break  # a signature
        line_end = stop
    return line_end


def _names_line(text: str, start: int, end: int, home: Region, year: int) -> bool:
    """Whether the line `text[start:end]`, of 3 to MAX_NAMES_LINE (120) characters, consists of whole names of bodies,
    as `_only_names` says, without labels and verbs: 市水利局、市财政局 -> True; 教育、医疗 -> False."""
    if not 2 < end - start <= MAX_NAMES_LINE or any(labels(text, start, end)):
        return False
    parts = list(listed(text, start, end, home, year, found=()))
    items = [item for part in parts for item in part.items]
    return bool(items) and not any(part.kind for part in parts) and _only_names(text, start, end, items, None)


def _runs(
    text: str, found: list[Label], start: int, end: int, names_below: Callable[[Label, int], int]
) -> Iterator[tuple[int, int]]:
    """The stretches of `text[start:end]` that labels (牵头单位：) and the bodies after them take up, as (start, end).
    `found` are the labels there that give duties; `names_below` gives, for a label and the end of its line, the end of
    the lines of names that belong to it.

    A stretch reaches from a label to the end of its sentence or line, at most MAX_LABELLED_LINE characters, on over its
    lines of names and over the next lines that begin with another of the labels. A label that comes a second time after
    that begins a new stretch, that of the next measure. A label begins a stretch only at the beginning of a line or of
    the text, or after a blank or one of 。；;，,：:, with a list sign (★, 1.) before it or not; that in
    加快平台建设、责任单位： begins none.
    """
    run: tuple[int, int] | None = None
    names: set[str] = set()
    for label in found:
        if run and label.start < run[1]:
            names.add(label.name)
            continue
        stop = SENTENCE_OR_LINE_END.search(text, label.end, min(end, label.end + MAX_LABELLED_LINE))
        line_end = names_below(label, stop.start() if stop else min(end, label.end + MAX_LABELLED_LINE))
        if (
            run
            and label.name not in names
            and LIST_SIGN.fullmatch(text[run[1] : label.start].lstrip("。\n \t\u3000\r"))
        ):
            run = (run[0], line_end)
            names.add(label.name)
            continue
        if run:
            yield run
        before = text[max(start, label.start - 8) : label.start]
        opens = label.start - len(before) == start and LIST_SIGN.fullmatch(before)
        run = (label.start, line_end) if opens or BEFORE_LABEL.search(before) else None
        names = {label.name}
    if run:
        yield run


def _measure_start(text: str, start: int, bracket: int) -> int:
    """The offset at which the sentence begins that the bracket at the offset `bracket` is in or right after: that of
    加快 in 扩大供给。加快建设。（市教委负责）. It is not before `start`; where no sentence begins within MAX_MEASURE
    characters before the bracket, it is `start` if that is so near, else `bracket` itself."""
    last = bracket
    while last > start and text[last - 1] in "。；; ":
        last -= 1
    first = max(start, bracket - MAX_MEASURE)
    before = [found.end() for found in MEASURE_END.finditer(text, first, last)]
    if before:
        return before[-1]
    return first if first == start else bracket


def _label_before(text: str, start: int, bracket: int) -> tuple[DutyKind | None, str]:
    """The label without a colon right before the bracket at the offset `bracket`, and not before `start`, with the kind
    of duty that it names (`head_kind`): 责任单位 of 责任单位（市教育局）. It has three to eight characters, does not
    end with a word for regions (建设乡镇（街道）), and begins the text or stands after a blank, one of 。；，、 or a
    bracket; (None, "") where none stands there."""
    word = WORD_BEFORE.search(text, max(start, bracket - MAX_HEAD), bracket)
    kind = head_kind(word["label"]) if word else None
    return (kind, word["label"]) if word and kind else (None, "")


def _duties(
    text: str,
    start: int,
    end: int,
    clause: tuple[int, int],
    home: Region,
    year: int,
    rule: Convention,
    head: tuple[DutyKind | None, str] = (None, ""),
) -> tuple[list[Duty], str | None]:
    """The duties that the list `text[start:end]` gives, the inside of a bracket or a label with what follows it, and
    None; or an empty list and the reason, by the first of these that holds: no body is found (then what
    `_reason_without_bodies` says, unless the list has a label of duties); the list has no such label and begins with a
    word that explains (以下, 简称); no label or verb gives work and the list does not consist of names (`_only_names`;
    then what `_reason_in_list` says); all bodies are none in particular (责任单位：各有关部门). A label of time or of a
    person ends the names (市教育局；完成时限：6月底).

    The reason is None where `_reason_without_bodies` gives none, where a list that does not consist of names has none
    by `_reason_in_list` (（各有关部门）), and where a list without a label of duties has no public body (`_is_public`)
    and no office with a verb (医政科牵头; OFFICE). Among others, words for no particular body get no duty. `clause` is
    the span of the evidence, `head` the label before a bracket (`_label_before`).
    """
    printed = list(labels(text, start, end))
    labelled = any(label.gives_duty for label in printed)
    parts = list(listed(text, start, end, home, year, found=printed, head=head))
    items = [item for part in parts for item in part.items]
    if not items:
        return [], "no body is recognised under the label" if labelled else _reason_without_bodies(
            text, printed, end, home, year
        )
    labelled = labelled or head[0] is not None
    if not labelled and NOT_NAMES.match(text[start:end]):
        return [], "the bracket explains a word"
    with_part = any(part.kind for part in parts) or any(item.kind for item in items)
    behind = next((label.start for label in printed if BEHIND_BODIES.search(label.name)), end)
    if not with_part and not _only_names(text, start, behind, items, rule.mark):
        return [], _reason_in_list([text[item.start : item.end] for item in items if item.known], text, items)
    acting = [item for part in parts if part.kind for item in part.items]
    if (
        not labelled
        and not any(_is_public(text, item) for item in items)
        and not any(OFFICE.fullmatch(text, item.start, item.end) for item in acting)
    ):
        return [], None
    if all(item.anybody for item in items) or _kinds_of_zones(text, printed, items):
        return [], "no body in particular is named"
    return [
        Duty(item.start, item.end, role, item.cue or part.cue, clause, of_offices=part.offices)
        for item, part, role in roles(text, parts, rule)
        if not item.anybody
    ], None


def _kinds_of_zones(text: str, printed: list[Label], items: list[ListedBody]) -> bool:
    """Whether the list says where something may be and not who does it: its only label is part of a sentence
    (建设主体为, without a colon), and of the bodies `items` after it the scheme knows none but zones:
    建设主体为省级及以上开发区和物流园区 -> True; 建设主体为县水利局, 实施主体为市城投集团 -> False."""
    if len(printed) != 1 or not IS_DESCRIBED.search(text, printed[0].start, printed[0].end):
        return False
    zones = [ZONE_END.search(text, item.start, item.end) is not None for item in items]
    return any(zones) and not any(item.known and not zone for item, zone in zip(items, zones, strict=True))


def _reason_without_bodies(text: str, printed: list[Label], end: int, home: Region, year: int) -> str | None:
    """The reason why a list in which no body has work names one after a label: （责任人：县教育局） -> "the label names
    a person", and for a label of another kind (联系单位) "the label is not known", by the first such label with a body
    that the scheme knows; None where there is none. `printed` are the labels of the list, `end` is its end."""
    for label, following in pairwise([*printed, None]):
        if label is None or label.kind not in ("person", "other"):
            continue
        stop = following.start if following else end
        if any(item.known for part in listed(text, label.end, stop, home, year) for item in part.items):
            return "the label names a person" if label.kind == "person" else "the label is not known"
    return None


def _reason_in_list(known: list[str], text: str, items: list[ListedBody]) -> str | None:
    """The reason why a list with the bodies `items`, of which the scheme knows those named `known`, gives nobody work
    where no label or verb does: where one of `known` is a whole name, that other words stand among the bodies; else,
    where there are several and all are firms or schools of governments (FIRM_ENDINGS: （县城投集团、县水务公司）), that
    no body is known; else None."""
    if any(len(name) > MAX_BARE_WORD and name.endswith(WHOLE_NAME_ENDINGS) for name in known):
        return "other words stand among the bodies"
    firms = [item for item in items if text.endswith(FIRM_ENDINGS, item.start, item.end)]
    public = all(text[item.start] in "省市县区州旗" for item in items)
    return "no body of the list is known" if public and len(firms) == len(items) > 1 else None


def _only_names(text: str, start: int, end: int, items: list[ListedBody], leader_mark: str | None) -> bool:
    """Whether the list `text[start:end]`, in which the bodies `items` were found, consists of whole names of bodies:
    （市教委、市民政局） -> True; （教育、医疗）, （市教委、幼儿园） -> False. Each must be a whole name (`_is_name`)
    or mean no particular body; nothing but marks of punctuation, the `leader_mark` of the document (★; None where it
    has none), words such as 等, a remark at the end, and when the measure is done (持续推进; MEASURE_TIME) may be left.

    At least one must be known, and no mere kind of regions (县区). At least half of them must be known, mean no
    particular body or be a firm or school (FIRM_ENDINGS), or else the first must be a known department
    (DEPARTMENT_ENDINGS): （市教育局、市水文站、市科技馆） -> True, but （市疾控中心、市博物馆、市科技馆）, which are
    buildings -> False.
    """
    other_words = REMARK_AFTER_NAMES.sub("", text[start:end])
    other_words = TIME_AFTER_NAMES.sub("", TIME_BEFORE_NAMES.sub("", other_words))
    if leader_mark:
        other_words = other_words.replace(leader_mark, "")
    several = 0
    for item in items:
        name = text[item.start : item.end]
        if not (item.anybody or _is_name(name, item)):
            return False
        other_words = other_words.replace(name, "", 1)
        several += item.known or item.anybody or name.endswith(FIRM_ENDINGS)
    led = items[0].known and text.endswith(DEPARTMENT_ENDINGS, items[0].start, items[0].end)
    known_bodies = any(item.known and not BELOW.fullmatch(text, item.start, item.end) for item in items)
    return known_bodies and (led or 2 * several >= len(items)) and BETWEEN_NAMES.fullmatch(other_words) is not None


def _is_name(name: str, item: ListedBody) -> bool:
    """Whether the `name` of the `item` is the whole name of a body: by its ending (市城投集团), its beginning (各,
    有关; for one that the scheme does not know also a level: 市水文站, 中国移动分公司), or as a known name that is no
    bare word. 幼儿园, 财政 -> False."""
    if name.endswith((*WHOLE_NAME_ENDINGS, *FIRM_ENDINGS)) or name[0] in "各有相":
        return True
    return is_complete_name(name) if item.known else name[0] in "省市县区州旗中"


def _is_public(text: str, item: ListedBody) -> bool:
    """Whether the item is a public body, which can have a duty: one that is known, or whose first character is 市, 各
    or the like: 市城投集团, 各有关部门 -> True; 龙头企业 -> False."""
    return item.known or text[item.start] in "省市县区州旗国中全各有相"


def _ends_measure(text: str, start: int, end: int, names: int) -> bool:
    """Whether the bracket `text[start:end]`, a list of `names` bodies without a verb, is at the end of a sentence or
    line, as it must be to belong to the measure: …建设。（市教委、市财政局） A 。 or ；, two blanks, or the end of the
    text or line follows it. It is not where it stands after a word that it explains (EXPLAINED_WORD: 部门, 企业, 等),
    nor, with a single name, after another name, which it then explains: 各乡镇（街道）, 市自然资源局（市林业局） ->
    False."""
    before, after = text[max(0, start - 6) : start].rstrip()[-3:], text[end : end + 2].lstrip()
    if names == 1 and PART_OF_NAME.search(before):
        return False
    return (after[:1] in ("", "。", "；", ";") or text[end : end + 1] == "\n") and not EXPLAINED_WORD.search(before)
