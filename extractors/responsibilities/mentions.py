"""The public bodies that a text names, by whole names (市财政局) and by the bare words of lists (民政、财政等部门)."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from extractors import expressions as re
from extractors.reference.areas import ALONG, AREA, FURTHER_KINDS, LOCATED, REGIONS_IN_TEXT, SEVERAL_KINDS
from extractors.reference.departments import MEANT_FOR, PLACE_ENDS, ZONE_KIND, service_function
from extractors.reference.functions import (
    ASSEMBLIES,
    BODY_SUFFIXES,
    CITY_SUPERVISION,
    OF_ASSEMBLY,
    Function,
    function_named,
    functions,
    functions_by_body,
    functions_by_stem,
)
from extractors.reference.regions import chain as with_regions_above
from extractors.reference.regions import gazetteer
from extractors.vocabulary.chapters import BEGINS_WITH_VERB
from extractors.vocabulary.numerals import ONES
from ontology.model.facts import Region

# 部署, 委托, 办法 … do not end a body's name
LONGER_WORDS = {
    "部": "[署分门位件队长下级]",
    "委": "[托派任屈书]",
    "办": "[学理公法事案证好医税结件成得]",
    "局": "[部面限势域长促]",
    "厅": "[堂长]",
    "协": "[同作调商议力定助]",
    "署": "[名长]",
    "部门": "规[章定]|规范性",
    "机关": "[单事党干作]",
    "工委": "托",
    "组": "织",  # 基层党组|织
}
NAME_SUFFIX = re.compile(
    "|".join(f"{suffix}(?!{LONGER_WORDS[suffix]})" if suffix in LONGER_WORDS else suffix for suffix in BODY_SUFFIXES)
)
LONGER_WORD = {suffix: re.compile(pattern) for suffix, pattern in LONGER_WORDS.items()}
_PLACE_END = f"[{''.join(sorted(PLACE_ENDS))}]"
# 县|, 行署|: what stands before a bureau's name
_AFTER_PLACE = rf"(?:(?<={_PLACE_END})|(?<=[行公]署))"
# 县|卫生健康和体育局: what may be a bureau of several functions
MERGED_BUREAU = re.compile(
    rf"{_AFTER_PLACE}(?=(?P<name>[\u4e00-\u9fff]{{4,16}}?(?P<suffix>"
    rf"局(?!{LONGER_WORDS['局']})|委员会|委(?!{LONGER_WORDS['委']})|厅(?!{LONGER_WORDS['厅']}))))"
)
# 安委会|办公室: what may follow a name that is whole without it
OF_WHOLE = re.compile(r"部门|机关(?![单事党干作])|(?<=[会组])办公室")
# 县|公路事业发展中心, 市|生态环境综合行政执法支队: a unit that is named by its function; 服务中心 may be a building,
# and 社区 and 城市 are no regions
UNIT = re.compile(
    r"(?:(?<=[省县州旗盟])|(?<=(?<![城都超上门夜股])市)|(?<=[，。；：、\n由和同及]区))"
    r"(?=(?P<name>[\u4e00-\u9fff]{2,10}?(?:事业|事务|推广|发展|监测|监察|监督|执法|保障|管理)[\u4e00-\u9fff]{0,6}?(?:中心|[支大总]队)))"
)
# Everyday words: 项目建设办公室 is no body of construction and 经济规划部门 none of land, 市建设局 and
# 会同规划部门 are, and 规资, which is also cut from 违规资金
EVERYDAY_WORDS = frozenset(
    {
        "组织",
        "建设",
        "规划",
        "环境",
        "健康",
        "数据",
        "人才",
        "金融",
        "劳动",
        "宣传",
        "文化",
        "能源",
        "旅游",
        "农业",
        "科技",
        "计划",
        "规资",
    }
)
# 各县（市、区）|编制规划, 组织|有关部门: words of bodies that are verbs after the governments of many regions, and
# before bodies without a name
VERBS_TOO = ("编制", "统计", "组织", "宣传")
ANY_OTHERS = ("多部门", "多个", "多方", "多家", "各", "几个", "有关", "相关", "所有", "其他", "其它", "成员单位")
REGIONS_BEFORE_VERB = re.compile(rf"(?:{REGIONS_IN_TEXT.pattern})$")
BOUNDARY = frozenset("省市县区州旗盟国央各级家直和与及同跟、由合商送接请助托导促确实强向报给对，。；：（(的“ \n委")
# 人大|代表, 海关|特殊监管区域: not the body itself
NOT_THE_BODY = re.compile(
    r"代表|委员(?!会)|会员|团员|经费|提案|主席|大学|学院|编码|特殊监管|统计数|出口|进口|系统内|会费|人士|附属|附[中小]|之家|(?:共享|交换|云|信息|服务|管理|应用)?(?:平台|网站|系统)(?!管理中心)"
)
# 人民银行|云岭市中心支行, 国家统计局|云岭调查队: the body in a place
BRANCH_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:中心支行|分行|支行|监管分局|监管局|监管办|分局|调查(?:总)?队|派出机构|分支机构)"
)
BRANCHED = frozenset({"人民银行", "银保监", "统计", "证监", "能源", "民航", "公安"})
# 国家工业信息安全|发展研究中心: an institute of its own; not 国家卫生健康委|疾控中心, 全国各级|疾控中心
OF_LONGER_NAME = re.compile(
    r"(?:国家|全国|中国)(?:(?![和与及由的、等])[\u4e00-\u9fff]){2,12}(?<![级地省市县区州局委部会院署办厅])$"
)
# 国网|云岭省电力公司, 国网|云岭省电力有限公司云岭县供电分公司
GRIDS = frozenset({"国网", "国家电网", "南网", "南方电网"})
_BRANCH_PLACE = r"(?:(?![和与及由])[\u4e00-\u9fff]){2,8}?"
_SUPPLIER = r"(?:供电(?:有限|分)?公司|供电局)"
# 中国铁路|上海局集团有限公司
OF_RAILWAY = re.compile(r"[\u4e00-\u9fff]{2,6}局集团(?:有限(?:责任)?)?公司")
OF_GRID = re.compile(rf"{_BRANCH_PLACE}(?:电力(?:有限)?公司(?:{_BRANCH_PLACE}{_SUPPLIER})?|{_SUPPLIER})")
# 民航|华东管理局, 民航|华东地区管理局
OF_AVIATION = re.compile(rf"{_BRANCH_PLACE}管理局|{BRANCH_OFFICE.pattern}")
# what may follow a name as a part of the body, by the body's function and by its name
PART_OF_FUNCTION = (
    dict.fromkeys(BRANCHED, BRANCH_OFFICE) | {"民航": OF_AVIATION} | dict.fromkeys(ASSEMBLIES, OF_ASSEMBLY)
)
PART_OF_NAMED = dict.fromkeys(GRIDS, OF_GRID) | {"铁路": OF_RAILWAY}
# 微型|消防队: a team of a firm or of volunteers; 区政府|相关部门, 市政府|门户网站: what belongs to the government
NOT_PUBLIC = re.compile(r"(?:微型|志愿|义务|企业|单位|民间|兼职)$")
TEAMS = frozenset({"消防队"})
OF_GOVERNMENT = re.compile(
    r"(?:各|有关|相关|所属|组成|直属|工作|职能|主管|行业){1,3}(?:部门|单位|机构)|部门|网站|门户|采购|购买|投资|公报|规章|专题会议"
    r"|常务会议|工作报告|债[务券]|热线"
)
GOVERNMENTS = frozenset({"人民政府", "政府"})
# 各区|行业主管部门, 各县|相关部门: departments there, and not the governments; not 各县、|有关部门
OF_AREAS = re.compile(r"(?:有关|相关|所属|职能|主管|行业){1,3}(?:部门|单位|机构)")
# 负责, 会同, 加强统筹: what a body for one task does
GROUP_ACTS = (
    r"(?:要|应当?|须)?(?:统一|具体|切实|充分|定期|及时|加强)*"
    r"(?:负责|牵头|统筹|承担|组织|会同|协调|督促|指导|调度|研究|推进|督导|检查|发挥|履行)"
)
# 市节水工作|推进小组|负责…, 省防汛指挥部统筹: a body for one task, whose function no name tells
TASK_BODY = re.compile(
    r"(?:(?<=[，。；：、由\n])|^)(?:[\u4e00-\u9fff]{2,6}?)?[省市县区州旗][^，。；：、和与及由在的要对\n]{2,14}"
    r"(?:(?:推进|领导|工作|协调|专项)小组|工作专班|指挥部|联席会议)(?:办公室)?"
    rf"(?={GROUP_ACTS})"
    # 健康云岭行动|推进委员会: no other body has such a name
    rf"|(?:(?<=[，。；：、由\n])|^)[\u4e00-\u9fff]{{2,14}}推进委员会(?:办公室)?(?={GROUP_ACTS})",
    re.MULTILINE,
)
# what every such body has at its end: a text without it is not searched for the beginnings
ACTING_GROUP = re.compile(rf"(?:小组|工作专班|指挥部|联席会议|推进委员会)(?:办公室)?{GROUP_ACTS}")
# 各旗县区、|稀土高新区: the zone that is named beside the governments
ZONE_IN_LIST = re.compile(
    r"[、和及](?P<zone>[\u4e00-\u9fff]{2,4}(?:高新区|经开区|开发区|新区))(?!管委会|党工委)(?![\u4e00-\u9fff]{0,4}[局办委])"
)
# 河湾镇, 城关街道: a place whose government may be meant, but not 辖区街道
PLACE_NAME = re.compile(
    r"(?!辖区|所[辖属在]|属地|有关|相关|当地|社区|乡镇|基层)(?:(?![、和与及由各本全该部委局厅院])[\u4e00-\u9fff]){2,6}(?:镇|乡|街道|县|区|市|旗|州)"
)
_PLACES = rf"{PLACE_NAME.pattern}(?:[、和与及]{PLACE_NAME.pattern}){{0,19}}"
# 承担|综合服务功能, 承担|制造业主阵地作用: what a place or zone is to be, and no work of its government
SERVES_AS = r"[^，。；：\n]{0,20}(?:功能(?![区性])|职能(?!部门)|阵地|作用|角色)"
# 支持|河湾镇、青石乡|承担, 积极督促|河湾镇、青石乡|落实: whom somebody sets to work
_SETS_TO_WORK = (
    r"[\u4e00-\u9fff]{0,12}(?:支持|指导|督促|督导|鼓励|推动|要求|引导|安排|委托|授权|责成|动员|组织|协调|确保|帮助)"
)
# places that are given something to do: 交由|河湾镇|牵头落实, 市科委、|平湖区|牵头, ，|河湾镇、青石乡|负责,
# 由|河湾镇、城关街道|、市科委负责; and those that share the word with the last: 江阴市|、宜兴市政府要…
HANDED_TO = re.compile(
    rf"(?:(?<=[由、])|(?:(?<=[，。；：\n])|^)(?:{_SETS_TO_WORK})?(?={PLACE_NAME.pattern}[、和与及]))(?P<acting>{_PLACES})"
    rf"(?=(?:统一|具体|分别|共同)?(?:牵头|负责|组织|承担(?!{SERVES_AS})|落实|统筹|主抓|实施|配合|协助|参与))"
    rf"|(?<=由)(?P<first>{_PLACES})(?=[、和与及][^，。；：\n]{{2,40}}?(?:牵头|负责|承担|主抓|落实|配合))"
    rf"|(?:(?<=[，。；：\n由])|^)(?P<listed>{_PLACES})(?=[、和与及]{PLACE_NAME.pattern}(?:人民)?政府(?!网|采购|门户|部门|办公|机关|工作人员|驻))",
    re.MULTILINE,
)
# 项目在河湾镇|、青石乡实施, 沿河湾镇|、青石乡: the first of a list of places where something is done or that are dealt
# with; 沿河县 and 将乐县 are places, 所在地政府 acts, and so does who 将会同 others
WHERE_DONE = re.compile(
    r"(?:(?<!所)在|沿|依托|将(?!会|由|与)|把|以|从|对|到|经过?|途经|选择|选取|选定|围绕|覆盖|涉及|连接|利用|借助|通过|位于|[建设用]于)"
    r"[\u4e00-\u9fff]{3}|的[\u4e00-\u9fff]{3}"  # 条件好的河湾镇
)
# what begins a list: the beginning of its clause, and 由
LIST_OPENING = re.compile(r"[，。；：\n由]")
MAX_LIST = 120  # characters that a list may have before a place in it
# 县|科工局|要…, 由县|林牧局|、县财政局负责: a bureau that the scheme does not know, with its level before it and what
# it is to do behind it, or further names between; 县|融媒体中心 needs a word that only bodies have. Not 市|场…, 区|域…,
# 城市|供水…, 社区|物业…
_MUST_DO = (
    r"(?:要(?![求素件点])|应当|必须|负责(?![人同])|牵头|会同|配合|协助"
    r"|承担|组织(?!部)|开展|制定|落实|加强|做好|抓好|督促|指导|推进|推动|实施)"
)
_BODY_DOES = r"(?:负责(?![人同])|牵头|配合|协助|要(?:切实|认真|主动|积极|严格)?(?:抓好|做好|负责|配合|落实))"
_FURTHER_NAMES = rf"(?:[、和及与]{_PLACE_END}[\u4e00-\u9fff]{{2,10}}){{0,5}}"
_OWN_WORDS = r"(?:(?![局委办厅各里和的与及由在要对将把被向从等全所本该其每是为以到或至起因])[\u4e00-\u9fff]){2,8}?"
# 产业布局, 城镇化格局; 企业开办, 集成办; 营业厅: no bureaus, but 国家安全局, 政务公开办, 财经办 and 政协办 are
_NO_BUREAU = (
    r"(?<![布格大结时变战残僵当骗定危开]局)(?<!(?<!安)全局)(?<!(?<!高)新局)"
    r"(?<![联成承举督帮代主申领查快易自续停包集一]办)(?<!(?<!公)开办)(?<!(?<!交)通办)(?<!(?<!财)经办)(?<!(?<!振)兴办)(?<!(?<!政)协办)"
    r"(?<![业前大展餐客舞门影歌车机告议事音演听]厅)(?<!服务厅)(?<!功能厅)"
)
_NO_LEVEL = r"(?![级直属域内场民区县市镇际会辖管外政长情容值间块舰])"  # 市|场, 区|域
_BUREAU = rf"{_OWN_WORDS}(?:局|委员会|委|办公室|办|厅)"
UNKNOWN_BUREAU = re.compile(
    rf"{_AFTER_PLACE}(?<![城都超上门夜股]市)(?<![联同]盟)"
    rf"(?<![城市县社园景小校片辖库山林牧灌矿厂港湖街老郊能务住济护税范业验聚假]区){_NO_LEVEL}"
    rf"(?:(?P<bureau>{_BUREAU}){_NO_BUREAU}(?={_FURTHER_NAMES}{_MUST_DO})"
    rf"|(?P<unit>{_OWN_WORDS}(?:中心|公司|集团|站))(?={_FURTHER_NAMES}{_BODY_DOES})"
    # 市委|目督办, 县委|督查办: an office of the party; not 市委挂牌督办
    rf"|委(?P<office>{_OWN_WORDS}办)(?<![合牌点直批跟]督办)(?<![交转承协联]办)(?={_FURTHER_NAMES}{_MUST_DO}))"
)
# 会同|市历保办、市风貌办, 发挥|市历保办、风貌办、旧改办|等综合部门: bureaus that are asked to act, whether the scheme
# knows them or not. Without a level of its own one counts only beside others: after 会同, or before 等部门 where the
# first has a level
_LISTED_BUREAU = rf"(?:[省市县区州旗]{_NO_LEVEL})?(?!有关|相关|其他|其它){_BUREAU}{_NO_BUREAU}"
ASKED_BUREAUS = re.compile(
    rf"(?P<cue>会同|商请|发挥)(?P<bureaus>{_LISTED_BUREAU}(?:[、和及与]{_LISTED_BUREAU}){{0,9}})"
    r"(?P<all>等[^，。；、]{0,6}(?:部门|单位))?"
)
LISTED_BUREAU = re.compile(rf"(?P<level>[省市县区州旗]{_NO_LEVEL})?(?P<name>{_BUREAU}){_NO_BUREAU}")
# 石河子经济技术开发区、|化工产业园管委会, 云岭高新区、东湖新区|要加快落实: zones that share the word for their
# committee with the last of them, or are given what only a body does
_ZONE = (
    r"(?:(?![、和与及由的在对向要各类级有])[\u4e00-\u9fff]){1,14}?"
    r"(?:开发区|高新区|经开区|产业园区|工业园区|新区|度假区|保税区)"
)
ZONE_ACTS = re.compile(
    rf"(?:(?<=[，。；：、由\n])|^)(?P<zone>{_ZONE})(?=(?:[、和及与]{_ZONE}){{0,4}}"
    r"(?:[、和及与][\u4e00-\u9fff]{2,14}?管委会"
    r"|(?:要|应当?)?(?:加快|切实|认真|抓紧|严格|积极|全面){0,2}"
    rf"(?:落实|负责|牵头|履行|承担(?!{SERVES_AS})|配合)))",
    re.MULTILINE,
)
# What may stand before a body's name and belongs to it: 市, 市委, 各区（市）县, 国家, 州级, 县级以上地方, 三市
NAME_PREFIX = re.compile(
    r"(?:(?:中共中央|中华全国|国务院|国家|全国|中央|中国)"
    rf"|{ALONG}?(?:各有关|有关|相关|各|辖)(?:地方)?{AREA}{{0,6}}(?:地方)?(?:各级)?"
    r"|各地|(?:中央[和与])?(?:地方)?(?:各地)?各级(?:地方)?(?:党委(?:和|、|及|与)?)?"
    r"|(?:各|本|我|全)?地区(?:级|直)?"
    rf"|(?:本|我|全)?{ZONE_KIND}(?:党工委|管委会)?"
    r"|(?:本|我|(?<![健安])全|师)?(?:自治区|自治州|自治县|地市|(?:设区的?|县级|地级)?城?市|[省州县区旗盟])(?:级|直|委)?(?:以上)?(?:地方)?(?:各级)?"
    rf"|[市州县区旗](?:{FURTHER_KINDS}|、?[市州县区旗])(?:两级|级)?"
    rf"|[{ONES[1:]}两][省市州县区旗]"
    rf"|{SEVERAL_KINDS}"
    rf"|(?:统筹|参保|就医|所在|辖区)地区|就医地|参保地|户籍地|居住地|事发地|流[入出]地|输[入出]地|{LOCATED}(?:城市|地)?(?:县(?:[（(][市、区]{{1,3}}[）)])?)?|辖区|基层|本级|同级|上级|当地|属地|乡[（(]?镇[）)]?|地方)$"
)


# 县委|县政府, 市委、|市人民政府
PARTY_AHEAD = re.compile(r"(?<!团)[省市州县区旗盟]委[、和]?[省市州县区旗盟]$")
# 会同|县财政局, 和|县公安局: 会同县 and 和县 are counties too
WORDS_TOO = frozenset({"会同县", "和县"})


class Mention(NamedTuple):
    """A mention of a public body: `core:end` is its name in the text without the region before it, `function` its
    government function, UNKNOWN_FUNCTION for a body that the scheme does not know (县科工局). Of a body for one task
    (市节水工作推进小组) it is the whole name; of an area (各县（市、区）) the whole phrase.

    `whole` says that these words name a body by themselves (财政局), and not only beside others in a list (财政).
    `suffix` is the ending of the name (局, 委员会) beyond the words of its function, '' where there is none; for a
    place that is named in place of its government (河湾镇) it is 'place' (PLACE_SUFFIX).
    """

    core: int
    end: int
    function: Function
    whole: bool
    suffix: str


MIN_BODY_NAME = 2  # characters of a name
# The `suffix` of a place that stands for its government, if it is one: 由|河湾镇|牵头, but 由|社区|负责
PLACE_SUFFIX = "place"
# The function of a body that the scheme does not know.
UNKNOWN_FUNCTION = Function("", "", "government", (), (), frozenset(), None)


@cache
def _names() -> dict[str, dict[int, frozenset[str]]]:
    """The names of bodies and the bare words of functions, by their first MIN_BODY_NAME characters and then by their
    lengths, the longest first."""
    found: dict[str, dict[int, set[str]]] = {}
    for name in sorted({*functions_by_stem(), *functions_by_body()}, key=len, reverse=True):
        found.setdefault(name[:MIN_BODY_NAME], {}).setdefault(len(name), set()).add(name)
    return {
        beginning: {length: frozenset(names) for length, names in by_length.items()}
        for beginning, by_length in found.items()
    }


def _matches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of names and bare words that begin in `text[start:end]`, from left to right; of several that begin
    together the longest first."""
    names = _names()
    for first in _beginnings().finditer(text, start, end):
        start = first.start()
        if candidates := names.get(text[start : start + MIN_BODY_NAME]):
            for length, same_length in candidates.items():
                if text[start : start + length] in same_length:
                    yield start, start + length


@cache
def _beginnings() -> re.Pattern[str]:
    """The pattern of a character that begins a name, before one that can be its second; it makes the search fast,
    because few other places in a text match it."""
    first, second = ("".join(sorted({beginning[at] for beginning in _names()})) for at in range(MIN_BODY_NAME))
    return re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])")


def mentions(text: str, stretches: Sequence[tuple[int, int]] | None = None) -> list[Mention]:
    """The bodies that the text names, from left to right; of names that overlap the first, and of those that begin
    together the longest. Of names found by their words, those that begin outside of the spans `stretches`, if given and
    not empty, are left out; the bodies of `_areas` (各县（市、区）) are found in the whole text. `core` and `end` of a
    mention are offsets in `text`.

    Left out are what belongs to a government (政府网站), names cut in the wrong place (`_in_other_word`), and everyday
    words (EVERYDAY_WORDS: 建设) except at the beginning of the text, after a boundary such as 省, 由 or 、, before 、
    and before a branch (能源监管局), whether an ending follows or not: 市|建设局 gives 建设局, 项目建设局 nothing, and
    项目水利局 水利局. Where a name is no body there, a shorter name in it may be: 消防, not `whole`, in 微型消防队, a
    team of a firm. A body's name is a mention that is not `whole` before words with which it does not mean the body
    itself (人大|代表, 海关|特殊监管区域).
    """
    found: list[Mention] = []
    reached = 0
    for start, end in chain.from_iterable(_matches(text, *each) for each in stretches or [(0, len(text))]):
        if start < reached or _in_other_word(text, start, end):
            continue
        if text[start:end] in GOVERNMENTS and OF_GOVERNMENT.match(text, end):
            reached = end
        elif mention := _mention(text, start, end):
            reached = mention.end
            found.append(mention)
    known = {mention.core: mention.end for mention in found if mention.whole}
    merged = list(chain.from_iterable(_merged(text, *each, known) for each in stretches or [(0, len(text))]))
    inside = {at for one in merged for at in range(one.core, one.end)}
    found = [*(mention for mention in found if mention.core not in inside and not _is_verb(text, mention)), *merged]
    return sorted([*found, *_areas(text, found)], key=lambda mention: mention.core)


def _in_other_word(text: str, start: int, end: int) -> bool:
    """Whether the name or bare word `text[start:end]` is no body there: 市政府, 市政协, 市政务, 市监察 or 市监委 begins
    with it (市政 is cut in the wrong place); its last character begins a longer word (LONGER_WORDS: 政府办 in
    政府办医); it ends the longer name of an institute of the state (OF_LONGER_NAME); or it is a team of a firm or of
    volunteers (微型|消防队)."""
    core = text[start:end]
    if text.startswith(("市政府", "市政协", "市政务", *CITY_SUPERVISION), start):  # 市|政府, not 市政|府
        return True
    if (run_on := LONGER_WORD.get(core[-1])) and run_on.match(text, end):
        return True
    if core.endswith("中心") and OF_LONGER_NAME.search(text, max(0, start - 16), start):
        return True
    return core in TEAMS and NOT_PUBLIC.search(text, max(0, start - 2), start) is not None


def _mention(text: str, start: int, end: int) -> Mention | None:
    """The mention at the name or bare word `text[start:end]`, up to the end of an ending (局), a branch, a committee of
    an assembly (人大|城建委) or a company of the power grid that follows. A bare word is one that is not `whole` (水利
    in 水利设施), but an everyday word (EVERYDAY_WORDS: 建设) is a mention only at the beginning of the text, after a
    boundary such as 省 or 、, before 、 or with a branch after it (能源|监管局); an ending is part of an everyday word
    only at the beginning or after a boundary: 建设局 in 市建设局, None for 项目建设局, 建设 in 项目建设、教育."""
    core, suffix = text[start:end], ""
    begins = start == 0 or text[start - 1] in BOUNDARY
    function = functions_by_body().get(core)
    is_whole = function is not None and not NOT_THE_BODY.match(text, end)
    if function is not None:
        if ending := OF_WHOLE.match(text, end):
            end, suffix = ending.end(), ending[0]
    else:
        function = functions_by_stem()[core]
        ending = NAME_SUFFIX.match(text, meant.end() if (meant := MEANT_FOR.match(text, end)) else end)
        if ending and (core not in EVERYDAY_WORDS or begins):
            end, suffix, is_whole = ending.end(), ending[0], True
    part = PART_OF_FUNCTION.get(function.name) or PART_OF_NAMED.get(core)
    if part and (rest := part.match(text, end)):
        end, is_whole = rest.end(), True
    in_list = text.startswith("、", end)  # 推动文化、教育等部门…
    if core in EVERYDAY_WORDS and not (is_whole or in_list or begins):
        return None
    return Mention(start, end, function, is_whole, suffix)


def _areas(text: str, found: list[Mention]) -> Iterator[Mention]:
    """The mentions of bodies that are not found by their names: governments of areas (各县（市、区）|要…) and a
    development zone listed right after them (各区、甲高新区), zones that act (甲高新区负责; ZONE_ACTS), the government
    of a place that work is handed to (由河湾镇牵头; HANDED_TO), and bodies for one task (市节水工作推进小组负责). They
    come in this order, not in that of the text.

    `found` are the mentions known already; areas right before one of these (各县（市、区）|教育局) or before
    departments without a name (各区|行业主管部门), a place in which one begins, unless it is 街道 (城关|街道), and a
    zone or a body for one task in which a whole one begins give none.
    """
    cores = {mention.core for mention in found}
    in_other_name = cores - {mention.core for mention in found if text[mention.core : mention.end] == "街道"}
    whole = {mention.core for mention in found if mention.whole}  # 健康 of 健康云岭行动推进委员会 is no body
    for areas in REGIONS_IN_TEXT.finditer(text):
        if areas.end() not in cores and not OF_AREAS.match(text, areas.end()):
            yield Mention(*areas.span(), functions_by_body()["人民政府"], True, "")
            if zone := ZONE_IN_LIST.match(text, areas.end()):
                yield Mention(*zone.span("zone"), functions_by_body()["管委会"], True, "")
    for zone in ZONE_ACTS.finditer(text):
        if not whole.intersection(range(*zone.span("zone"))):
            yield Mention(*zone.span("zone"), functions_by_body()["管委会"], True, "")
    for places in HANDED_TO.finditer(text):
        if _where_done(text, places.start(places.lastgroup or 0)):
            continue
        for place in PLACE_NAME.finditer(text, *places.span(places.lastgroup or 0)):
            if not in_other_name.intersection(range(*place.span())):
                yield Mention(*place.span(), functions_by_body()["人民政府"], True, PLACE_SUFFIX)
    for body in TASK_BODY.finditer(text) if ACTING_GROUP.search(text) else ():
        if not whole.intersection(range(*body.span())):
            yield Mention(*body.span(), UNKNOWN_FUNCTION, True, "")


def _is_verb(text: str, mention: Mention) -> bool:
    """Whether the mention is a bare word that is a verb of work, and no name of a list: before bodies without a name
    (组织 in 组织有关部门, but not in 组织部门 nor in 人社、组织有关部门), and after 各县 or the like (编制 in
    各县编制规划, but not in 各县编制、人社部门)."""
    if mention.whole or not text.startswith(VERBS_TOO, mention.core):
        return False
    if text.startswith(ANY_OTHERS, mention.end) and not text.startswith("、", mention.core - 1):
        return True
    return (
        not text.startswith(("、", "和", "与", "及"), mention.end)
        and REGIONS_BEFORE_VERB.search(text, max(0, mention.core - 16), mention.core) is not None
    )


def _where_done(text: str, start: int) -> bool:
    """Whether the places of a list, of which one begins at the offset `start`, are where something is done or what is
    dealt with, and not who acts. By the first name of the whole list with the words before it in its clause
    (WHERE_DONE): True for 青石乡 in '项目在河湾镇、青石乡实施' and 河湾镇 in '将河湾镇、青石乡负责的地块收回', False in
    '由河湾镇、青石乡实施'. Or because the words from `start` on, which look like a name, are a verb and a place as its
    object: True for 推进河湾镇 in '推进河湾镇、青石乡实施…', False for 新建镇, which is no place without its verb."""
    ahead = max(0, start - MAX_LIST)
    opened = max((found.end() for found in LIST_OPENING.finditer(text, ahead, start)), default=ahead)
    place = PLACE_NAME.match(text, start)
    words = re.split(r"[、和与及]", text[opened : place.end() if place else start], maxsplit=1)[0]
    if WHERE_DONE.search(words):
        return True
    verb = BEGINS_WITH_VERB.match(text, start)
    return verb is not None and PLACE_NAME.match(text, verb.end()) is not None


def _merged(text: str, start: int, end: int, known: dict[int, int]) -> Iterator[Mention]:
    """The mentions of bureaus of several functions whose names are in `text[start:end]` right after the last character
    of a region: 县|卫生健康和体育局, 县|工业商务和信息化局; the function of such a bureau is the first
    (`function_named`). After these the units that are named by their function (县|公路事业发展中心; UNIT), then bureaus
    and units that the scheme does not know but that are given something to do (县|科工局|要…; UNKNOWN_BUREAU) or asked
    to act (会同市|历保办; ASKED_BUREAUS). A bureau or unit is left out where a name in `known` begins at the same
    offset and is as long or longer: `known` has the `Mention.end` of whole names by their `Mention.core`, and gets
    those of the bureaus and units that are found here."""
    for name in MERGED_BUREAU.finditer(text, start, end):
        if known.get(name.start("name"), 0) < name.end("name") and (function := function_named(name["name"])):
            known[name.start("name")] = name.end("name")
            yield Mention(*name.span("name"), function[0], True, name["suffix"])
    for name in UNIT.finditer(text, start, end):
        if known.get(name.start("name"), 0) < name.end("name") and (served := service_function(name["name"])):
            known[name.start("name")] = name.end("name")
            yield Mention(*name.span("name"), functions()[served], True, "")
    unknown = (name.span(name.lastgroup or 0) for name in UNKNOWN_BUREAU.finditer(text, start, end))
    for first, last in chain(unknown, _asked(text, start, end)):
        if known.get(first, 0) < last and not _in_other_word(text, first, last):
            known[first] = last
            yield Mention(first, last, UNKNOWN_FUNCTION, True, "")


def _asked(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names of the bureaus in `text[start:end]` that are asked to act (ASKED_BUREAUS), without their levels, as
    (start, end), whether the scheme knows them or not: 历保办 and 风貌办 of 会同市历保办、风貌办."""
    for asked in ASKED_BUREAUS.finditer(text, start, end):
        bureaus = list(LISTED_BUREAU.finditer(text, *asked.span("bureaus")))
        beside = len(bureaus) > 1 and (asked["cue"] != "发挥" or (asked["all"] and bureaus[0]["level"]))
        yield from (name.span("name") for name in bureaus if name["level"] or beside)


def name_start(text: str, core: int, home: Region, year: int) -> int:
    """The offset at which the name of a body begins, its region included, whose name without the region begins at
    `core`: at 市 in 由|市|财政局, at 成 in 会同|成都市|医保局, at 广 in 广东|银保监局. The region is one of the
    gazetteer of `year`, looked up within `home` (`_is_named`), or words such as 各县 (NAME_PREFIX), or before a
    government the party committee too (县委|县政府); the longest of these counts. `core` where nothing before it
    belongs to the name."""
    window = text[max(0, core - 16) : core]
    start = core
    governs = text.startswith(("政府", "人民政府"), core)
    if found := (governs and PARTY_AHEAD.search(window)) or NAME_PREFIX.search(window):
        start = core - len(window) + found.start()
    if window and window[-1] not in PLACE_ENDS:
        for short in (window[-4:], window[-3:], window[-2:]):  # 广东|银保监局
            short_place = gazetteer(year).prefix(short + text[core : core + 6], within=home)
            if short_place and short_place[1] == len(short):
                return min(start, core - len(short))
    bare = window.removesuffix("委")
    if bare and bare[-1] in PLACE_ENDS:
        for length in range(min(12, len(bare)), 1, -1):
            place = gazetteer(year).resolve(bare[-length:], within=home)
            if place and _is_named(bare, length, place, home):
                return min(start, core - len(window) + len(bare) - length)
    return start


def _is_named(words: str, length: int, place: Region, home: Region) -> bool:
    """Whether the last `length` characters of `words`, which are a name of `place`, name it there, in a plan of the
    region `home`, and are not the end of one word with the level of the body behind it:

    - 会同县 and 和县 (WORDS_TOO) do so only where `home` is that county or the region right above it.
    - A name with white space in it never does: 新 县 of 管道更新 县住建局.
    - One of two characters (新县) does so only where `home` is the place or a region above it, or a boundary such as 由
      or 、, or nothing, stands before it: not in 设备更新|县住建局 or 医疗健康|县卫健局.
    - Any other name does.
    """
    name, before = words[-length:], words[:-length]
    if name in WORDS_TOO:
        return home in (place, place.parent)
    if len(name.split()) > 1:
        return False
    return length > 2 or not before or before[-1] in BOUNDARY or home in with_regions_above(place)
