"""The region that a plan is for: from its title and the bodies that issued it."""

from dataclasses import dataclass
from itertools import combinations

from extractors import expressions as re
from extractors.document import Document
from extractors.metadata.unlisted import unlisted
from extractors.metadata.zones import SHARED_ZONE, ZONE_BODY, ZONE_NEXT, ZONE_PLAN, zone_of
from extractors.policies.doc_numbers import number_body
from extractors.policies.title_region import is_part_of_name, without_ministry
from extractors.reference.issuers import central_body_at
from extractors.reference.regions import CHINA, NAMED_ORIGIN, TOWNSHIP_ORIGIN, Gazetteer, chain
from extractors.vocabulary.numerals import ONES, ORDINAL
from extractors.vocabulary.words import Words
from ontology.model.facts import AMBIGUOUS, Region


@dataclass(frozen=True, slots=True)
class Placed:
    """A region and the words that name it. `sure` says that no other region is taken to be meant: the full name
    (中山市) is printed and not a bare one (中山), or something else in the text decides which of several regions is
    meant."""

    region: Region
    words: Words
    sure: bool


def plan_region(
    document: Document,
    gazetteer: Gazetteer,
    title: Words,
    issuers: list[Words],
    others: list[Words],
    number: Words | None,
) -> Placed | None:
    """The region that a plan is for: '头桥街道…方案' of 上海市奉贤区人民政府头桥街道办事处 -> 头桥街道 in 奉贤区. None
    where the text leaves it open. `gazetteer` has the regions of the plan's year. By the first of these that applies:

    - Issuers of two regions, of which neither contains the other: the region that the title names for `sure`, else the
      country where a central body is among them, else the zone that the title names (`_zone_of_title`), else None.
    - The region of the title (`of_title`) or of the first of `issuers` that has one (`of_body`). Where both have one,
      that of the title if it is `sure` or if one of the two contains the other, else that of the issuer (`_both` has
      the exceptions).
    - The country, where the title begins with it (OPENS_WITH_COUNTRY), or with a ministry before a five-year period.
    - The region of the first of `others` (bodies only printed nearby) that has one which is not AMBIGUOUS, else that of
      the document number (`number`), else the first AMBIGUOUS one of `others`.
    - The region that the title names behind verbs, where the text speaks of its own level (`_of_inner_title`).
    - The country or the authority that the text of the `document` names (`_of_country`, `_of_authority`).

    A name that several regions have is meant in the first region that is known of an issuer, of `others`, or of the
    document number; where that does not decide, and no other name in the document does, its region is AMBIGUOUS.
    """
    placed = _places(document, gazetteer, issuers, None)
    nearby = _places(document, gazetteer, others, None)
    near = next((found for found in [*placed, *nearby] if found.region.origin != AMBIGUOUS), None)
    if near is None and number and (body := number_body(number.text, CHINA)):
        near = Placed(body.region, number, True)
    province = gazetteer.resolve(number.text[0]) if number else None  # 冀 in 冀石长政办
    within = near.region if near else province
    if within and placed and placed[0].region.origin == AMBIGUOUS:
        placed = _places(document, gazetteer, issuers, within)
    by_issuer = placed[0] if placed else None
    by_title = of_title(document, gazetteer, title, within)
    if _apart(placed):
        country = next((found for found in placed if found.region == CHINA), None)
        return by_title if by_title and by_title.sure else country or _zone_of_title(gazetteer, title)
    if by_title and by_issuer:
        return _both(by_title, by_issuer, title)
    if found := by_title or by_issuer:
        return found
    if OPENS_WITH_COUNTRY.match(title.text) or without_ministry(title.text, CHINA):
        return Placed(CHINA, title, True)
    if near or nearby:
        return near or nearby[0]
    return _of_inner_title(document, gazetteer, title) or _of_country(document) or _of_authority(document, gazetteer)


def _places(document: Document, gazetteer: Gazetteer, named: list[Words], within: Region | None) -> list[Placed]:
    """The regions of those of the bodies `named` whose names have one, in order. `within` is the region in which a name
    is meant that several regions have, None where that is not known."""
    return [found for body in named if (found := of_body(document, gazetteer, body, within))]


def _apart(placed: list[Placed]) -> bool:
    """Whether two of the regions that have a code are different, and neither contains the other: 重庆市 and 四川省 ->
    True."""
    regions = [found.region for found in placed if found.region.code]
    return any(one not in chain(other) and other not in chain(one) for one, other in combinations(regions, 2))


def _zone_of_title(gazetteer: Gazetteer, title: Words) -> Placed | None:
    """The zone with whose name the title begins, of a plan issued by several provinces:
    '长三角生态绿色一体化发展示范区水利专项规划' -> the zone, in the country. None where it begins otherwise, or words
    such as 建设 and 关于 are before the kind of zone."""
    if not (found := SHARED_ZONE.match(title.text)):
        return None
    return Placed(zone_of(gazetteer, found[0], CHINA), title.part(0, found.end()), True)


def _both(by_title: Placed, by_issuer: Placed, whole: Words) -> Placed:
    """The region of a plan whose title (`whole`) and first issuer both name one. The first that applies:

    - Only one of the two is AMBIGUOUS (its name is one of several regions, and which is meant is open): the other.
    - The issuer's is a zone or township right below the title's, and the title means that (`_of_part`: 昆山|高新区):
      the title's where that is `sure`, else the issuer's.
    - The title's, where it is `sure`, or one of the two contains the other.
    - The issuer's: the title's bare name (中山, 大同) means something else.
    """
    title, issuer = by_title.region, by_issuer.region
    if AMBIGUOUS in (title.origin, issuer.origin) and title.origin != issuer.origin:
        return by_title if issuer.origin == AMBIGUOUS else by_issuer
    if (
        issuer.origin in (NAMED_ORIGIN, TOWNSHIP_ORIGIN)
        and issuer.parent == title
        and _of_part(issuer, by_title, whole)
    ):
        return by_title if by_title.sure else by_issuer
    related = issuer in chain(title) or title in chain(issuer)
    return by_title if related or by_title.sure else by_issuer


def _of_part(issuer: Region, by_title: Placed, whole: Words) -> bool:
    """Whether the title (`whole`) means `issuer`, although the name in it is that of the region around `issuer`
    (`by_title`): `issuer` is a township, or the name of a kind of zone (ZONE_KINDS) stands within six characters after
    the region's (昆山|高新区)."""
    stop = whole.text.find(by_title.words.text) + len(by_title.words)
    return issuer.level == "township" or ZONE_NEXT.match(whole.text, stop) is not None


# 上海市奉贤区人民政府头桥街道办事处, 某县某镇人民政府, 中共某街道工作委员会
TOWNSHIP_BODY = re.compile(
    r"(?:人民政府|政府)?(?P<name>[\u4e00-\u9fff]{1,8}?(?:街道|镇|民族乡|乡|苏木))(?=办事处|人民政府|党工委|党委|工作?委|委员会|$)"
)
# 新疆生产建设兵团第八师|石河子市: the division that is one with its city
CORPS_DIVISION = rf"(?:新疆生产建设兵团|兵团)?第?{ORDINAL}师(?=[\u4e00-\u9fff]{{2,5}}市)"
PARTY_OR_DIVISION = re.compile(rf"(?:中国共产党|中共|共青团|中国共产主义青年团)?(?:{CORPS_DIVISION})?")
# 中国（上海）自由贸易试验区临港新片区管理委员会
FREE_TRADE = re.compile(
    r"中国[（(](?P<region>[\u4e00-\u9fff]{2,6})[）)](?:自由贸易试验区(?=[\u4e00-\u9fff]{2,12}新片区))?"
)


def of_body(document: Document, gazetteer: Gazetteer, body: Words, within: Region | None = None) -> Placed | None:
    """The region of a body by its name, None where the name has none. By the first of these that the body is:

    - a central body: 中国, or for a branch the region in its name (国家税务总局上海市税务局);
    - a zone's committee: the zone (某市某开发区管理委员会), unless its name is 开发区, 新区 or 园区 alone;
    - a township's body: the township;
    - another: the region with which the name begins, after 中共 and the like ('中共上海市奉贤区委员会' -> 奉贤区), if
      need be one that the data set does not have (`unlisted`).

    The region is `sure` in the first three cases, and in the last where its name is printed with 省, 市, 县 or the
    like, or where other names in the document decide between several. A name that several regions have is meant in
    `within`; where that has none of them, or is None, other names in the `document` decide, and it is AMBIGUOUS where
    these do not, unless a zone's committee follows.
    """
    text = body.text
    if found := central_body_at(text, 0, CHINA):
        branch = found[0].region  # 国家税务总局上海市税务局, 中国人民银行上海总部
        if branch == CHINA and (prefix := gazetteer.prefix(text[found[1] :])):
            branch = prefix[0]
        return Placed(gazetteer.resolve(branch.name, branch.parent) or branch, body, True)
    start = PARTY_OR_DIVISION.match(text)
    at = start.end() if start else 0
    outer: Region | None = within
    name_at = at
    if trade := FREE_TRADE.match(text):
        outer, at = gazetteer.resolve(trade["region"]), trade.end()
    elif prefix := gazetteer.prefix(text[at:], within):
        outer, at = prefix[0], at + prefix[1]
    elif open_name := _ambiguous(document, gazetteer, body, at):
        if not ZONE_BODY.match(text, at + len(open_name.words)):
            return open_name
    elif named := unlisted(document, gazetteer, text[at:]):
        outer, at = named[0], at + named[1]
    if (zone := ZONE_BODY.match(text, at)) and zone["name"] not in ("开发区", "新区", "园区"):
        return Placed(zone_of(gazetteer, zone["name"], outer), body.part(name_at, zone.end("name")), True)
    if township := TOWNSHIP_BODY.match(text, at):
        region = _township(document, gazetteer, township["name"], outer)
        return Placed(region, body.part(name_at, township.end("name")), True)
    if outer is None or at == name_at:
        return None
    return Placed(outer, body.part(name_at, at), text[at - 1] in "省市区县州盟旗")


def _township(document: Document, gazetteer: Gazetteer, name: str, outer: Region | None) -> Region:
    """The township of this name in the region `outer`, or anywhere where that is None; of several, the only one whose
    county the text of the `document` names. Where none or several are left, a township without a code in `outer`, or in
    the country where that is None."""
    listed = [region for region in gazetteer.townships(name) if outer is None or outer in chain(region)]
    if len(listed) > 1:
        listed = [region for region in listed if region.parent and region.parent.name in document.text]
    return listed[0] if len(listed) == 1 else gazetteer.unknown(name, "township", outer or CHINA)


# “十四五”, “十四五”时期: what may stand before the name in a title
BEFORE_NAME = re.compile(rf"(?:[“\"‘]?(?:二十|十[{ONES}])五[”\"’]?(?:时期|期间)?|中共|《|关于|{CORPS_DIVISION})")
# 健康四川2030, 中国（四川）自由贸易试验区
THEME = re.compile(
    r"[“\"]?(?:健康|平安|数字|美丽|法治|信用|智慧|绿色|质量|幸福|文明|书香|诚信)(?=[^中])|中国[（(](?=[\u4e00-\u9fff]{2,6}[）)])"
)
OPENS_WITH_COUNTRY = re.compile(
    rf"[“\"‘]?(?:(?:二十|十[{ONES}])五[”\"’]?(?:时期)?)?(?:国家|全国|中国|我国|中华人民共和国|中央)"
)
TOWN_TITLE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,6}?(?:街道|镇(?!江|远|宁|坪|安|赉|原|雄|康|沅|巴|海|平|赍)|乡(?!村|镇|土|宁|城)))(?=[\u4e00-\u9fff“\"20])"
)


def of_title(document: Document, gazetteer: Gazetteer, title: Words, within: Region | None) -> Placed | None:
    """The region that a title names, after words such as 关于, 数字 or a five-year period:
    '“十四五”时期上海市普陀区消防规划' -> 普陀区. None where it names none, where 、, 和 or the like (四川省、重庆市) or
    another region of that level (成都眉山) follows the first name, or where it names what only begins with a region's
    name (武汉都市圈).

    After the region's name, a zone before words such as 十四五, 国民经济, 总体规划 or a year (ZONE_PLAN:
    昆山|高新区“十四五”…; not 昆山高新区养老规划) or a township is the region; and so is a township without a region
    before it (`_town_of_title`). A zone `within` is the region where its name follows that of the region around it, or
    begins with that (昆山高新区). The words 开发区, 新区, 园区 alone name no zone.

    A name that several regions have is meant in `within`, the region of the issuers or of the document number; where
    that has none of them, or is None, other names in the `document` decide, and the region is AMBIGUOUS where these do
    not.
    """
    at = 0
    while ahead := BEFORE_NAME.match(title.text, at):
        at = ahead.end()
    rest = title.text[at:]
    prefix = gazetteer.prefix(rest, within)
    if (trade := FREE_TRADE.match(rest)) and (of_trade := gazetteer.resolve(trade["region"])):
        prefix = of_trade, trade.end()
    if prefix is None and (themed := THEME.match(rest)):
        at = at + themed.end()
        rest = title.text[at:]
        prefix = gazetteer.prefix(rest, within)
    if prefix is None and (open_name := _ambiguous(document, gazetteer, title, at)):
        return open_name
    if prefix is None and (named := unlisted(document, gazetteer, rest)):
        prefix = named
    if prefix is None:
        return _town_of_title(gazetteer, title, at, within)
    region, length = prefix
    if is_part_of_name(rest, length) or _and_another(gazetteer, region, rest, length):
        return None
    if within is not None and within.origin == NAMED_ORIGIN and within.parent == region:
        for start in (0, length):
            if rest.startswith(within.name, start):
                return Placed(within, title.part(at, at + start + len(within.name)), True)
    stop = at + length
    sure = title.text[stop - 1] in "省市区县州盟旗"
    if (zone := ZONE_PLAN.match(title.text, stop)) and zone["name"] not in ("开发区", "新区", "园区"):
        return Placed(zone_of(gazetteer, zone["name"], region), title.part(at, zone.end("name")), True)
    if town := _town_of_title(gazetteer, title, stop, region):
        return town
    return Placed(region, title.part(at, stop), sure)


# 我|市, 本|县; not 自我, 资本, 基本, 成本
OUR = r"(?:(?<!自)我|(?<![基资成])本)"
# 关于推进|泽宁市养老服务…方案, 关于进一步做好|…: with these verbs a body speaks of its own region; not 支持, 同意
VERBS_BEFORE_NAME = re.compile(
    r"(?:关于)?(?:(?:进一步|全面|全力|深入|加快|大力|扎实|切实|积极|持续|着力|有序|统筹)"
    r"|(?:推进|推动|促进|加强|强化|深化|完善|健全|提升|提高|做好|建立|规范|实施|落实)){1,4}"
)


def _of_inner_title(document: Document, gazetteer: Gazetteer, title: Words) -> Placed | None:
    """The region that the title names in full right behind verbs such as 推进 and 加快, in a text that speaks of its
    own level: '关于推进广州市养老服务…方案' in a text with 我市 or 本市 -> 广州市. None where it names none there, and
    in a text without such words: a higher body may write of a region."""
    if not (verbs := VERBS_BEFORE_NAME.match(title.text)):
        return None
    found = of_title(document, gazetteer, title.part(verbs.end()), None)
    if found is None or not found.sure or found.region.origin == AMBIGUOUS:
        return None
    level = found.region.name[-1]
    return found if re.search(rf"{OUR}{level}(?![场域])", document.text) else None


def _and_another(gazetteer: Gazetteer, region: Region, text: str, length: int) -> bool:
    """Whether the name of another region of the same level follows that of `region`, which has `length` characters at
    the beginning of the text: '成都眉山同城化发展规划' with 成都 -> True."""
    after = gazetteer.prefix(text[length:])
    return after is not None and after[0].level == region.level and after[0] != region


def _town_of_title(gazetteer: Gazetteer, title: Words, at: int, within: Region | None) -> Placed | None:
    """The township named at the offset `at` of the title, before Chinese characters, a quotation mark or a year:
    '头桥街道养老服务方案' with 奉贤区 as `within` -> 头桥街道. It is `within` where that has this name; else the one
    township of this name right below the region `within`, or anywhere where that is None. None for other words, such as
    城镇, and where no such township is known or several are."""
    found = TOWN_TITLE.match(title.text, at)
    if not found or re.search(r"[城乡村集小新重全各]镇|乡镇|街镇", found["name"][-2:]):
        return None
    words = title.part(at, found.end("name"))
    if within is not None and within.name == found["name"]:
        return Placed(within, words, True)
    region = gazetteer.township(found["name"], within)
    return Placed(region, words, True) if region and within in (region.parent, None) else None


def _ambiguous(document: Document, gazetteer: Gazetteer, words: Words, at: int) -> Placed | None:
    """The region of a name, at the offset `at` of the words, that several regions have, by what else the text names:
    '普陀区…' in a text with 上海 and without 舟山 -> 普陀区 of 上海市, which is then `sure`. Where that leaves several
    or none, a region of the origin AMBIGUOUS, which is not: the name as printed, without a code, in CHINA, of the level
    of the first. None for a name that fewer than two regions have."""
    regions, length = gazetteer.candidates(words.text[at:])
    if len(regions) < 2:
        return None
    spoken = [region for region in regions if _stem(region) in document.text]
    one = (
        spoken[0]
        if len(spoken) == 1
        else Region(words.text[at : at + length], None, regions[0].level, CHINA, AMBIGUOUS)
    )
    return Placed(one, words.part(at, at + length), len(spoken) == 1)


def _stem(region: Region) -> str:
    """The first two characters of the name of the region above, by which a text would name it: 普陀区 of 舟山市 ->
    舟山. The region's own whole name where there is none above."""
    return region.parent.name[:2] if region.parent else region.name


# 中共云岭市委, 云岭市人民政府: the authorities that a plan names without which its title has no place
LOCAL_AUTHORITY = re.compile(
    r"(?:中共|(?<=[《、，。和由经根据按照]))(?=(?P<place>[\u4e00-\u9fff]{2,14}?(?P<level>[省市县区州旗盟]))(?:委|人民政府))"
)
AUTHORITY_WITHIN = 4000  # characters in which they are looked for


def _of_authority(document: Document, gazetteer: Gazetteer) -> Placed | None:
    """The region whose party committee or government is named among the first AUTHORITY_WITHIN (4000) characters, after
    中共, a comma, 《 or words such as 根据, in a text that speaks of its own level:
    《中共泽宁市委、泽宁市人民政府关于…的决定》 in a text with 我市 (or 全市, 本市) -> 泽宁市. None where there is none,
    or there are several."""
    found: dict[Region, Words] = {}
    for named in LOCAL_AUTHORITY.finditer(document.text, 0, AUTHORITY_WITHIN):
        if not re.search(f"[我全本]{named['level']}", document.text):
            continue
        rest = document.text[named.end() : named.end() + 20]
        prefix = gazetteer.prefix(rest) or unlisted(document, gazetteer, rest)
        if prefix and prefix[0].origin != AMBIGUOUS and prefix[0].name.endswith(named["level"]):
            at = range(named.end(), named.end() + prefix[1])
            found.setdefault(prefix[0], Words(document.text[at.start : at.stop], tuple(at)))
    return Placed(*found.popitem(), True) if len(found) == 1 else None


# 我省, 全市, 本县: the words of a plan that is not the country's; not 健全市场, 资本市场, nor what the country says:
# 各省、自治区、直辖市
LOCAL = re.compile(
    rf"(?<![健安齐])(?:{OUR}|全)(?:省|市(?!场)|县(?!域)|区(?![域别间块])|州|旗|盟|镇|乡(?!村)|街道)"
    r"|(?<![省各族])(?<!省、)(?<!民族)自治区(?![域、])"
)


def _of_country(document: Document) -> Placed | None:
    """The country, for a text that has 我国 and does not speak of a place of its own, from a province to a township
    (我省, 全市, 本县, 自治区: LOCAL); else None."""
    at = document.text.find("我国")
    if at < 0 or LOCAL.search(document.text):
        return None
    return Placed(CHINA, Words("我国", (at, at + 1)), False)
