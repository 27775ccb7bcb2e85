"""Lists of bodies with verbs or labels: 市教委牵头，市财政局、市民政局配合; 责任单位：市教育局."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.reference.departments import PARENT_BODY, organization
from ontology.model.facts import Region

LEAD_LABEL = (
    r"(?:总)?牵头(?:单位|部门|责任单位|主体)|主责(?:单位|部门)|主办(?:单位|部门)|第一责任单位|主要责任单位|"
    r"牵头和责任单位"
)
DUTY_LABEL = (
    r"责任(?:单位|部门|主体|分工)|实施(?:单位|主体|部门)|落实(?:单位|部门)|承办单位|承担单位|具体责任单位|"
    r"负责(?:单位|部门)|建设单位|完成单位|任务单位|执行单位"
)
HELP_LABEL = (
    r"(?:主要)?配合(?:单位|部门)|协同(?:单位|部门)|参与(?:单位|部门)|"
    r"(?:协办|参加|协助|协作|支持|指导|协调|会办|成员)单位"
)
OTHER_LABEL = (
    r"牵头领导|责任领导|责任人|分管领导|联系人|完成时限|时间节点|完成时间|时限要求|进度安排|工作目标|主要任务|指标性质"
)
# 牵头单位：, 责任部门:, （配合单位）
LABEL = re.compile(
    rf"[【\[]?(?:(?P<lead>{LEAD_LABEL})|(?P<duty>{DUTY_LABEL})|(?P<help>{HELP_LABEL})|(?P<other>{OTHER_LABEL}))"
    r"(?:[】\]]\s*[：:∶]?\s*|(?:包括|有|为)?\s*[：:∶]\s*|为(?=[国省市县区州旗各]))"
)
# how: 按职责分工, 分别, 共同
HOW = (
    r"(?:根据|依据|依照|按照?|依)(?:各自|有关|部门|法定|相应)?(?:工作)?(?:职责|职能|分工|任务|权限)(?:分工|任务|和分工)?|"
    r"各自|各负其责|分工|职责|分别|分头|共同|联合|具体|统一|统筹|主要|认真|切实|抓好|做好|积极|一并|同步|总体|综合|密切|全程|予以|依法|进一步|结合实际|要|应"
)
LEAD_VERB = (
    r"牵头负责|牵头组织实施|牵头组织|牵头推进|牵头落实|牵头实施|总牵头|牵头抓总|为牵头(?:单位|部门)|牵头|"
    r"主办|主抓|负主责|主责|负总责|抓总"
)
DUTY_VERB = (
    r"为(?:主要)?责任(?:单位|部门|主体)|组织实施|负责落实|负责实施|负责推进|负责|组织落实|贯彻落实|"
    r"落实|实施|承担|承办|推进|执行|组织|完成|办理|推动"
)
HELP_VERB = (
    r"为(?:配合|协办|参与|成员)(?:单位|部门)|参与配合|配合落实|配合做好|配合|"
    r"参与|参加|协助|协同|协办|支持|指导|协调|监督|督促|会办"
)
VERB = re.compile(
    rf"(?:{HOW}|，)*(?:(?P<lead>{LEAD_VERB})|(?P<help>{HELP_VERB})|(?P<duty>{DUTY_VERB}))"
    rf"(?:{HOW}|工作|到位|实施|落实|推进|落实工作)*$"
)
# 等有关部门, 等6个部门和单位
ETC = re.compile(
    r"等(?:国务院|中央|[省市县区州](?:级|直|政府)?|各|其他|其它|有关|相关|成员|主要|责任|职能|主管|行业|牵头|"
    r"[0-9一二三四五六七八九十多]+(?:个|家)?|部门|单位|机构|企业|和|及|方面|委办局|部委|地方|责任单位)*$"
)
# （市级）各有关部门, 各地区, 各成员单位: somebody, but no body in particular
ANYBODY = re.compile(
    r"(?:国务院|中央和国家机关|中央|全[国省市县区]|[省市县区州](?:级|直|政府|直属)?)?"
    r"(?:各|其他|其它|有关|相关|各级|各有关|各相关|各责任|成员|主管|责任|所有|行业|涉及|，|、|和|地区)*"
    r"(?:部门|单位|地区|地方|地|成员单位|部委|委办局|责任单位|责任部门|行业主管部门|企业|机构|高校|开发区|园区|功能区|国有企业)"
    r"(?:和(?:单位|部门|地区|地方))?"
)
# a body that the scheme does not know ends so: 市城投集团, 省农信联社, 市大数据公司
BODY_END = re.compile(
    r"中国(?:石油|石化|海油|海洋石油|石油化工|石油天然气|电信|移动|联通|铁塔|银联|信保|华能|大唐|华电|电建|能建|中车)|[\u4e00-\u9fffA-Za-z·（）]{1,28}(?:公司|集团|中心|协会|学会|商会|联合会|研究院|研究所|大学|学院|银行|总行|分行|"
    r"办公室|办|局|委|委员会|指挥部|领导小组|专班|总队|支队|大队|站|厅|部|署|院|社|处|管委会|联席会议|企业|兵团|会|基金|平台|行|馆|所|园|区|县|市|州)"
)
AREA = (
    r"(?:(?:设区|地级以上|地级|省级|自治|直辖|功能|副)?(?:[省市州盟县区旗]|新区|园区|开发区|乡|镇|乡镇|街道|地区)"
    r"(?:[级的、和]{0,2}|[（(〔\[][^（）()〔〕\[\]]{1,12}[）)〕\]]))"
)
# 各市、县人民政府: one name in spite of its 、
ONE_NAME = re.compile(
    rf"(?:各有关|各相关|有关|相关|各|地方各级){AREA}{{1,6}}(?:党委政府|党委、政府|人民政府|政府|办事处)?"
    r"(?:[（(][^（）()、]{2,8}[）)])?"
    r"(?=[、，；;。：）)\]】和及与等按分组负牵配参共落具]|$)"
)
# 市民政局|市教育局, 教育部|财政部
NEXT_NAME = re.compile(r"[局部委厅署](?=[省市县区州]..|国家|中央|全国|中国|[\u4e00-\u9fff]{2,30}(?:部|总局)$)")
# A|会同|B、C负责; not 残疾人联合会
WITH = re.compile(r"会同|商请|(?<=[局委部厅办署院行])(?:联合|商)(?![会社国体惩执])")
# (市教委)负责学校建设
OBJECT = re.compile(
    r"[^，。；]{2,24}?(?P<verb>(?P<lead>牵头)|(?P<duty>负责)(?![人同])|(?P<help>配合|参与|协助))[^，。；]{2,40}"
)
# 排在首位的为牵头单位，下同; 以下均需各区县落实，不再列出: said of all lists
ASIDE = re.compile(r"下同|首位|第一[位个家]|列第一|排第一|排名|不再|以下|标[注有]?[*＊★☆▲△●◆※]")
# little words before a name
LITTLE = re.compile(r"由|请|以及|及|和|与|并由|并|其中|分别由|共同由|原则上由|[*＊★☆▲△●◆※\s“\"]")
AND = re.compile(r"以及|[及和与]")
MARKS = "*＊★☆▲△●◆※"


@dataclass(frozen=True, slots=True)
class Item:
    start: int
    end: int
    known: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """Bodies under one verb or label: `kind` is lead, duty, help or '' where nothing is said."""

    items: tuple[Item, ...]
    kind: str
    cue: str


def listed(text: str, start: int, end: int, home: Region, year: int) -> Iterator[Listed]:
    """The labelled parts of the list, or its one part without label."""
    labels = list(LABEL.finditer(text, start, end))
    if not labels:
        yield from _phrases(text, start, end, "", "", home, year)
        return
    if labels[0].start() > start:
        yield from (part for part in _phrases(text, start, labels[0].start(), "", "", home, year) if part.kind)
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        if label["other"]:
            continue
        stop = following.start() if following else end
        sentence = text.find("。", label.end(), stop)
        stop = stop if sentence < 0 else sentence
        kind = "lead" if label["lead"] else "help" if label["help"] else "duty"
        yield from _phrases(text, label.end(), stop, kind, label[0].strip(" ：:∶　"), home, year)


def _phrases(text: str, start: int, end: int, kind: str, cue: str, home: Region, year: int) -> Iterator[Listed]:
    """The parts that have a verb of their own; `kind` and `cue` are for names that no verb follows."""
    pending: list[Item] = []
    for first, last in _split(text, start, end, "，,；;。"):
        if aside := ASIDE.search(text, first, last):
            last = max(text.rfind(bracket, first, aside.start()) for bracket in "（(")
            if last < first:
                continue
        if others := WITH.search(text, first, last):
            helping, _ = _names(text, others.end(), last, home, year)
            if helping:
                leading, _ = _names(text, first, others.start(), home, year)
                yield Listed((*pending, *leading), "lead", others[0])
                yield Listed(tuple(helping), "help", others[0])
                pending = []
                continue
        items, verb = _names(text, first, last, home, year)
        pending.extend(items)
        if verb and not items and (kind or verb.start() > first):
            continue  # 持续推进, 2025年底前完成: said of the measure
        if verb:
            how = "lead" if verb["lead"] else "help" if verb["help"] else "duty"
            yield Listed(tuple(pending), how, verb.groupdict().get("verb") or verb[0].strip("，"))
            pending = []
        elif text[last : last + 1] in "；;。":
            yield Listed(tuple(pending), kind, cue)
            pending = []
    if pending:
        yield Listed(tuple(pending), kind, cue)


def _names(text: str, start: int, end: int, home: Region, year: int) -> tuple[list[Item], re.Match[str] | None]:
    """The bodies of one phrase and the verb behind the last: 财政部、教育部等部门|按职责分工负责."""
    pieces = list(_split(text, start, end, "、/／ \u3000\xa0"))
    if not pieces:
        return [], None
    first, last = pieces[-1]
    verb = VERB.search(text, first, min(last, first + 80))
    if verb is None:
        verb = OBJECT.match(text, first, last)
        stop = verb.start("verb") if verb else last
    else:
        stop = verb.start()
    pieces[-1] = (first, stop)
    items = [item for piece in pieces for item in _items(text, *piece, home, year)]
    return items, verb


def _items(text: str, start: int, end: int, home: Region, year: int) -> Iterator[Item]:
    """The bodies of one piece: 由|市财政局, 市教委|和|市民政局, 商务部|等有关部门."""
    while start < end and (found := LITTLE.match(text, start, end)):
        start = found.end()
    if etc := ETC.search(text, start, end):
        end = etc.start()
    while start < end and (text[end - 1] in MARKS + '”"' or text[end - 1].isspace()):
        end -= 1
    piece = text[start:end]
    if not 1 < len(piece) <= 40:
        return
    if ANYBODY.fullmatch(piece):
        yield Item(start, end, False)
        return
    if behind := _first_of_run(piece, home, year):
        yield Item(start, start + behind, True)
        yield from _items(text, start + behind, end, home, year)
        return
    if organization(piece, home, year)[0]:
        yield Item(start, end, True)
        return
    if split := _joined(text, start, end, home, year):
        yield from split
        return
    if BODY_END.fullmatch(piece):
        yield Item(start, end, False)


def _first_of_run(piece: str, home: Region, year: int) -> int:
    """'教育部财政部', '市民政局市教育局' -> where the second name starts, 0 for one name.

    The blank between them is lost; 国家税务总局莆田市税务局 and 公安部交通管理局 are one.
    """
    for found in NEXT_NAME.finditer(piece, 2):
        first, rest = piece[: found.end()], piece[found.end() :]
        if PARENT_BODY.match(piece) or not organization(first, home, year)[0]:
            continue
        if _first_of_run(rest, home, year) or organization(rest, home, year)[0]:
            return found.end()
    return 0


def _joined(text: str, start: int, end: int, home: Region, year: int) -> list[Item]:
    """市民政局|和|市住房和城乡建设局: the split at 和 that leaves the fewest names, [] where none does."""
    best: list[Item] = []
    for conjunction in list(AND.finditer(text, start + 2, end - 2))[:4]:
        left = list(_items(text, start, conjunction.start(), home, year))
        right = list(_items(text, conjunction.end(), end, home, year))
        if left and right and (not best or len(left) + len(right) < len(best)):
            best = [*left, *right]
    return best


def _split(text: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int]]:
    """The stretches between the marks; marks in brackets and in names that hold a 、 do not count."""
    held = [found.span() for found in ONE_NAME.finditer(text, start, end)] if "、" in marks else []
    depth, first = 0, start
    for at in range(start, end):
        char = text[at]
        if char in "（(〔[":
            depth += 1
        elif char in "）)〕]":
            depth -= 1
        elif depth <= 0 and char in marks and not any(a < at < b for a, b in held):
            if at > first:
                yield first, at
            first = at + 1
    if end > first:
        yield first, end
