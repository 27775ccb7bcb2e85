"""Lists of bodies with verbs or labels: 市教委牵头，市财政局、市民政局配合; 责任单位：市教育局.

In all functions `home` and `year` are those by which names of bodies are resolved (docs/glossary.md); `offices` says
that the names are those of offices inside one body (规划处).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors import expressions as re
from extractors.reference.areas import ALL_REGIONS, REGIONS_IN_LIST
from extractors.reference.departments import ANY_ZONES, OTHERS_OF_KIND, PARENT_BODY, organization
from extractors.reference.functions import functions_by_stem
from extractors.vocabulary.duties import (
    LIST_VERB,
    OWN_PART,
    VERB_OF_PART,
    VERB_WITH_OBJECT,
    DutyKind,
    Label,
    kind_of,
    labels,
)
from extractors.vocabulary.numerals import ONES
from ontology.model.facts import Region

VERB_KINDS: tuple[DutyKind, ...] = ("lead", "oversight", "help", "duty")
MAX_PHRASE = 80  # characters up to the verb after the last name
MAX_BODY_NAME = 40
# 牵头处室, 责任科室: the bodies are offices of one department
OFFICE_LABEL = re.compile(r"处室|科室|股室|内设|[处科股]$")
OFFICE_NAME = re.compile(
    r"(?:局|委|机关)?[\u4e00-\u9fff（）()]{1,18}(?:处|科|股|室|办|办公室|中心|队|所|站|部|组|院|党委|党总支|工会|团委)"
)

# 等有关部门, 等6个部门和单位, 等建设主管部门
ETC = re.compile(
    r"等(?:国务院|中央|[省市县区州](?:级|直|政府|(?=有关|相关|各|部门|单位))|各|其他|其它|有关|相关|成员|主要|责任|职能|主管|行业|牵头|"
    rf"[0-9{ONES}十多]+(?:个|家)?|部门|单位|机构|企业|和|及|方面|委办局|部委|地方|责任单位)*$"
    rf"|{OTHERS_OF_KIND}$"
)
# （市级）各有关部门, 各地区, 各成员单位: somebody, but no body in particular
ANYBODY = re.compile(
    r"(?:国务院|中央和国家机关|中央|全[国省市县区]|[省市县区州](?:级|直|政府|直属)?)?"
    r"(?:各|其他|其它|有关|相关|各级|各有关|各相关|各责任|成员|主管|责任|所有|行业|涉及|，|、|和|地区)*"
    r"(?:部门|单位|地区|地方|地|成员单位|部委|委办局|责任单位|责任部门|行业主管部门|企业|机构|高校|园区|功能区|国有企业)"
    r"(?:和(?:单位|部门|地区|地方))?"
)
# a body that the scheme does not know ends so: 市城投集团, 省农信联社, 市大数据公司
BODY_END = re.compile(
    r"中国(?:石油|石化|海油|海洋石油|石油化工|石油天然气|电信|移动|联通|铁塔|银联|信保|华能|大唐|华电|电建|能建|中车)|[\u4e00-\u9fffA-Za-z·（）]{1,28}(?:公司|集团|中心|协会|学会|商会|联合会|研究院|研究所|大学|学院|银行|总行|分行|"
    r"办公室|办|局|委|委员会|指挥部|领导小组|专班|总队|支队|大队|站|厅|部|署|院|社|处|科|股|室|段|学?校|机构|管委会|联席会议|企业|国企|央企|兵团|会|基金|平台|行|馆|所|园|区|县|市|州)"
    r"|各[\u4e00-\u9fff]{1,8}(?:单位|小学|中学)"
)
# 市民政局|市教育局, 教育部|财政部
NEXT_NAME = re.compile(r"[局部委厅署](?=[省市县区州]..|国家|中央|全国|中国|[\u4e00-\u9fff]{2,30}(?:部|总局)$)")
# A|会同|B、C负责; not 残疾人联合会
TOGETHER_WITH = re.compile(r"会同|商请|(?<=[局委部厅办署院行])(?:联合|商)(?![会社国体惩执])")
# 排在首位的为牵头单位，下同; 以下均需各区县落实，不再列出: said of all lists
CONVENTION_REMARK = re.compile(r"下同|首位|第一[位个家]|列第一|排第一|排名|不再|以下|标[注有]?[*＊★☆▲△●◆※]")
# little words and numbers before a name
WORD_BEFORE_NAME = re.compile(
    r"由|请|以及|及|和|与|并由|并|其中|分别由|共同由|原则上由|以上(?:各?(?:项|任务|措施|事项|工作){1,2})?由|[（(]?\d{1,2}[)）.．]|[①-⑳]|[*＊★☆▲△●◆※\s“\"]"
)
CONJUNCTION = re.compile(r"以及|[及和与]")
# 县教育局|（联系人：张某，电话：…）: a remark on the body, with a label or a number of its own
CONTACT = re.compile(
    r"[（(\[［【〔][^（）()\[\]］【】〔〕\n]{0,60}(?:[：:]|联系人|电话|\d{7})[^（）()\[\]］【】〔〕\n]{0,60}[）)\]］】〕]$"
)
# the last characters of bodies and offices, after which a verb is none of their words: 规划科|配合, not 督导|配合科
BODY_ENDS = "处科股室局委办厅院队站所部心组会府行司团校联）)"
# 市|教育, 国家|标准委: the level before a name
LEVEL_WORDS = re.compile(r"^(?:中国|全国|国家|中央|[本全]?(?:自治[区州县旗]|[省市县区州旗盟乡镇])级?|各级|本级|同级)+")
OPENING_BRACKET = re.compile(r"[（(【]")
CLOSING_BRACKET = re.compile(r"[）)]")
LEADER_MARKS = "*＊★☆▲△●◆※"


@dataclass(frozen=True, slots=True)
class ListedBody:
    """A body that a list names, at `start:end` of the text. `known` says that the scheme of functions has it, `anybody`
    that no particular body is meant (各有关部门). `kind` is the kind of duty that a bracket after the name gives it
    alone (市教育局（牵头）), else None; `cue` is the word for it (牵头), '' where `kind` is None."""

    start: int
    end: int
    known: bool
    anybody: bool = False
    kind: DutyKind | None = None
    cue: str = ""


@dataclass(frozen=True, slots=True)
class BodyGroup:
    """Bodies of a list that share a verb or a label, which is `cue` ('' where there is none); `kind` is the kind of
    duty that it gives them, None without `cue`. `offices` says that they are offices inside one body, as after the
    label 牵头处室."""

    items: tuple[ListedBody, ...]
    kind: DutyKind | None
    cue: str
    offices: bool = False


def listed(
    text: str,
    start: int,
    end: int,
    home: Region,
    year: int,
    offices: bool = False,
    found: Sequence[Label] | None = None,
    head: tuple[DutyKind | None, str] = (None, ""),
) -> Iterator[BodyGroup]:
    """The groups of bodies in the list `text[start:end]`: '牵头单位：市教委；配合单位：市财政局' -> (市教委, lead),
    (市财政局, help). Bodies before the first label count only with a verb (`_phrases`). A list of which no label gives
    duties is read up to its first label, if any, and there bodies without a verb count too. `offices` says that names
    of offices inside one body (规划处) count; after labels such as 牵头处室 they always do.

    A label holds up to the next one or the first full stop. What stands after a label of a person or of anything else
    (责任领导：, 完成时限：) is left out; what stands after 其中： and 市级： belongs to the label before. `found` are
    the labels of the list, where the caller has them already; `head` is the kind of duty, with its words, of a list
    without a label of its own. Labels in the remark on a body (县教育局（联系人：张某）) do not count.
    """
    yield from _with_shared_parts(_groups(text, start, end, home, year, offices, found, head))


def _groups(
    text: str,
    start: int,
    end: int,
    home: Region,
    year: int,
    offices: bool,
    found: Sequence[Label] | None,
    head: tuple[DutyKind | None, str],
) -> Iterator[BodyGroup]:
    """The groups as `listed` gives them, where a part in a bracket is that of the name before it alone."""
    found = _outside_remarks(text, list(labels(text, start, end)) if found is None else found)
    while end > start and text[end - 1] in ".．":  # the full stop of a text with half-width marks
        end -= 1
    if not any(label.gives_duty for label in found):
        yield from _phrases(text, start, found[0].start if found else end, *head, offices, home, year)
        return
    if found[0].start > start:
        yield from (part for part in _phrases(text, start, found[0].start, None, "", offices, home, year) if part.kind)
    label = found[0]
    for printed, following in zip(found, [*found[1:], None], strict=True):
        label = label if printed.kind == "scope" else printed
        if not label.gives_duty:
            continue
        stop = following.start if following else end
        sentence = text.find("。", printed.end, stop)
        stop = stop if sentence < 0 else sentence
        of_offices = offices or OFFICE_LABEL.search(label.name) is not None
        yield from _phrases(text, printed.end, stop, label.kind, label.name, of_offices, home, year)


def _outside_remarks(text: str, found: Sequence[Label]) -> list[Label]:
    """The labels `found`, which are in order, without those in a bracket that begins with a label of no duty and
    follows the bodies of one: 责任单位： alone of 责任单位：县教育局（联系人：张某，电话：…）."""
    kept: list[Label] = []
    closed = 0
    for label in found:
        if label.start < closed:
            continue
        before = text[label.start - 1 : label.start]
        if kept and kept[-1].gives_duty and not label.gives_duty and label.kind != "scope" and before in ("（", "("):
            bracket = CLOSING_BRACKET.search(text, label.end)
            if bracket and kept[-1].end < label.start - 1 and "\n" not in text[label.start : bracket.end()]:
                closed = bracket.end()
                continue
        kept.append(label)
    return kept


def _with_shared_parts(parts: Iterable[BodyGroup]) -> Iterator[BodyGroup]:
    """The groups `parts` of a list, where the bodies between one that leads and one that helps by their brackets help
    too, if they have no bracket and stand in the group of the latter: 县教育局 in
    县财政局（牵头），县教育局、县民政局（配合）."""
    led = False
    for part in parts:
        items: list[ListedBody] = []
        waiting = 0
        for item in part.items:
            items.append(item)
            if item.kind in ("help", "oversight") and led:
                items[waiting:] = [replace(each, kind=item.kind, cue=item.cue) for each in items[waiting:]]
            if item.kind:
                waiting = len(items)
                led = led or item.kind in ("lead", "mixed")
        yield replace(part, items=tuple(items))


def _phrases(
    text: str, start: int, end: int, kind: DutyKind | None, cue: str, offices: bool, home: Region, year: int
) -> Iterator[BodyGroup]:
    """The groups of bodies in `text[start:end]`, divided by the verbs after them: '市教委牵头，市财政局配合' -> two
    groups. Bodies before a verb get its kind and words; bodies that no verb follows up to the next ；, 。 or the end
    get `kind` and `cue`, those of the label before the text. A group may have no bodies. Around 会同 or the like
    (商请), whatever verb follows, those before it lead and those after it help, both with this word as `cue`. A verb
    without bodies of its own is left out where there is a label (`kind`) or other words stand before it
    (2025年底前完成); else it is that of the bodies before it. Remarks (列首位的为牵头单位，下同) are left out, with the
    bodies of their phrase unless they stand in a bracket.

    Bodies that a comma divides from those before a verb share it (市教委，市财政局负责), but not a verb of helping
    where nobody before them leads: these get `kind` and `cue` (市教委，市财政局配合). With `offices` names of offices
    inside one body count (规划处)."""
    pending: list[ListedBody] = []
    led = False
    for first, last in _parts(text, start, end):
        if aside := CONVENTION_REMARK.search(text, first, last):
            opened = max(text.rfind(bracket, first, aside.start()) for bracket in "（(")
            if opened < first:
                continue
            closed = CLOSING_BRACKET.search(text, aside.end(), last)
            if closed and closed.end() < last:  # 市经信局（列首位的为牵头单位，下同）、市发改委
                pending.extend(_names(text, first, opened, offices, home, year)[0])
                first = closed.end()
            else:
                last = opened
        if others := TOGETHER_WITH.search(text, first, last):
            helping, _ = _names(text, others.end(), last, offices, home, year)
            if helping:
                leading, _ = _names(text, first, others.start(), offices, home, year)
                yield BodyGroup((*pending, *leading), "lead", others[0], offices)
                yield BodyGroup(tuple(helping), "help", others[0], offices)
                pending, led = [], True
                continue
        items, verb = _names(text, first, last, offices, home, year)
        if verb and not items and (kind or verb.start() > first):
            continue  # 持续推进, 2025年底前完成: said of the measure
        if verb:
            how = next(kind for kind in VERB_KINDS if verb.groupdict().get(kind))
            if pending and items and how in ("help", "oversight") and not led:
                yield BodyGroup(tuple(pending), kind, cue, offices)
                pending = []
            led = led or how in ("lead", "duty")
        pending.extend(items)
        if verb:
            yield BodyGroup(tuple(pending), how, verb.groupdict().get("verb") or verb[0].strip("，"), offices)
            pending = []
        elif text[last : last + 1] in "；;。":
            yield BodyGroup(tuple(pending), kind, cue, offices)
            pending = []
    if pending:
        yield BodyGroup(tuple(pending), kind, cue, offices)


def _names(
    text: str, start: int, end: int, offices: bool, home: Region, year: int
) -> tuple[list[ListedBody], re.Match[str] | None]:
    """The bodies in one phrase of a list, and the match of the verb after the last of them, None where there is none:
    '财政部、教育部等部门按职责分工负责' -> two bodies and 按职责分工负责. The phrase is divided at 、, /, blanks, tabs
    and line ends. The verb is looked for in the last part, within MAX_PHRASE characters: one that ends it, else one
    with an object (负责学校建设). With `offices`, whose names may contain such verbs, only one with an object
    counts."""
    pieces = list(_split(text, start, end, "、/／ \t\n\u3000\xa0"))
    if not pieces:
        return [], None
    first, last = pieces[-1]
    verb = LIST_VERB.search(text, first, min(last, first + MAX_PHRASE))
    if verb and offices and verb.start() > first and text[verb.start() - 1] not in BODY_ENDS:
        verb = None
    if verb is None:
        verb = VERB_WITH_OBJECT.match(text, first, last)
        stop = verb.start("verb") if verb else last
    else:
        stop = verb.start()
    pieces[-1] = (first, stop)
    items = [item for piece in pieces for item in _items(text, *piece, offices, home, year)]
    return items, verb


def _items(text: str, start: int, end: int, offices: bool, home: Region, year: int) -> Iterator[ListedBody]:
    """The bodies in `text[start:end]`, a part of a list between two separators, without a remark in brackets at its
    end (县教育局（联系人：张某）; CONTACT). A duty of its own that a bracket after the name gives a body
    (市教育局（牵头）) is set as the `kind` of all bodies of the part, with its `cue`."""
    if remark := CONTACT.search(text, start, end):
        end = remark.start()
    own = OWN_PART.search(text, start, end)
    for item in _plain_items(text, start, own.start() if own else end, offices, home, year):
        yield replace(item, kind=kind_of(own["act"]), cue=own["act"]) if own else item


def _plain_items(text: str, start: int, end: int, offices: bool, home: Region, year: int) -> Iterator[ListedBody]:
    """The bodies in `text[start:end]`, a part of a list between two separators, without a bracket for a duty of its
    own; none where it has fewer than two or more than MAX_BODY_NAME characters. Words such as 由 and 和 at the
    beginning of the part, 等 with words for other bodies at its end (等有关部门, 等6个部门; ETC), and marks around the
    part do not count. The first of these that the part is gives its bodies, else there is none:

    - 各有关部门 and the like, no particular body, but not 各地区 and 各园区, which are the governments and zones there;
    - with `offices`, an office inside one body (规划处, 信访办), which is not `known`, even if the scheme has the name;
    - names side by side; a name that the scheme knows; names joined by 和;
    - a name that ends like a body's (市城投集团), which is not `known`.
    """
    while start < end and (found := WORD_BEFORE_NAME.match(text, start, end)):
        start = found.end()
    if etc := ETC.search(text, start, end):
        end = etc.start()
    while start < end and (text[end - 1] in LEADER_MARKS + '”"' or text[end - 1].isspace()):
        end -= 1
    while end > start and text[end - 1] in "）)】]" and not OPENING_BRACKET.search(text, start, end):
        end -= 1  # the end of a bracket that opened elsewhere
    piece = text[start:end]
    if not 1 < len(piece) <= MAX_BODY_NAME:
        return
    if ANYBODY.fullmatch(piece) and piece not in ALL_REGIONS and not ANY_ZONES.fullmatch(piece):
        yield ListedBody(start, end, False, anybody=True)
        return
    if offices and OFFICE_NAME.fullmatch(piece):
        yield ListedBody(start, end, False)
        return
    if second := _first_of_run(piece, home, year):
        yield ListedBody(start, start + second, True)
        yield from _items(text, start + second, end, offices, home, year)
        return
    if organization(piece, home, year)[0]:
        yield ListedBody(start, end, True)
        return
    if split := _joined(text, start, end, offices, home, year):
        yield from split
        return
    if BODY_END.fullmatch(piece):
        yield ListedBody(start, end, False)


def is_complete_name(name: str) -> bool:
    """Whether the name of a body, with and without the level at its start (市, 国家, 全省; LEVEL_WORDS), is more than
    the bare word of a function: '中国作协', '共青团中央' -> True; '市教育', '镇财政', '财政', '市场监管' (whose 市 is
    no level) -> False."""
    return not {name, LEVEL_WORDS.sub("", name)} & functions_by_stem().keys()


def _first_of_run(piece: str, home: Region, year: int) -> int:
    """The offset in `piece` of the second name where it consists of two or more names that the scheme knows, without a
    mark between them: '教育部财政部' -> 3, the first place that divides it so. 0 where it is no such run, and for
    国家税务总局莆田市税务局, which is one name."""
    for found in NEXT_NAME.finditer(piece, 2):
        first, rest = piece[: found.end()], piece[found.end() :]
        if PARENT_BODY.match(piece) or not organization(first, home, year)[0]:
            continue
        if _first_of_run(rest, home, year) or organization(rest, home, year)[0]:
            return found.end()
    return 0


def _joined(text: str, start: int, end: int, offices: bool, home: Region, year: int) -> list[ListedBody]:
    """The bodies in `text[start:end]`, divided at the one of its first four 和, 与, 及 or 以及 (not within the first
    two or the last two characters) that gives the fewest, of several the first, because a name may contain one:
    '市民政局和市住房和城乡建设局' -> two bodies. An empty list where no division gives bodies on both sides."""
    best: list[ListedBody] = []
    for conjunction in list(CONJUNCTION.finditer(text, start + 2, end - 2))[:4]:
        left = list(_items(text, start, conjunction.start(), offices, home, year))
        right = list(_items(text, conjunction.end(), end, offices, home, year))
        if left and right and (not best or len(left) + len(right) < len(best)):
            best = [*left, *right]
    return best


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The phrases of the list `text[start:end]`, as (start, end): the stretches between ，；。 (`_split`), and those
    divided at a 、 that follows a verb of a part (VERB_OF_PART) with a name before it: 县教育局牵头 and 县财政局配合 of
    县教育局牵头、县财政局配合."""
    for first, last in _split(text, start, end, "，,；;。"):
        for begin, stop in list(_split(text, first, last, "、"))[:-1]:
            verb = VERB_OF_PART.search(text, begin, stop)
            if verb and verb.start() > begin:
                yield first, stop
                first = stop + 1
        yield first, last


def _split(text: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int]]:
    """The stretches of `text[start:end]` between the separators, which are the characters of `marks`, as (start, end);
    empty ones are left out. A separator does not divide inside a bracket, or after one that is not closed; only （ ( 〔
    〈 [ and their counterparts are brackets here, so that 【甲、乙】 and 《甲、乙》 are divided. Where 、 is one of
    `marks`, no separator inside the names of many governments (各市、县人民政府) divides either."""
    undivided = [found.span() for found in REGIONS_IN_LIST.finditer(text, start, end)] if "、" in marks else []
    depth, first = 0, start
    for at in range(start, end):
        char = text[at]
        if char in "（(〔〈[":
            depth += 1
        elif char in "）)〕〉]":
            depth = max(depth - 1, 0)  # one without its counterpart closes nothing
        elif not depth and char in marks and not any(a < at < b for a, b in undivided):
            if at > first:
                yield first, at
            first = at + 1
    if end > first:
        yield first, end
