"""The body that issued a document, by the words next to its title: 国务院《…》, 市政府办公厅印发的《…》, 我省《…》."""

from dataclasses import dataclass
from itertools import pairwise

from extractors import expressions as re
from extractors.citations.relation import ISSUE, MEND, OTHER_DOCUMENT, PLAN_ITSELF
from extractors.reference.issuers import Body, ancestor, chain_of, joint, listed_bodies, region_prefix
from extractors.reference.regions import CHINA
from extractors.vocabulary.dates import CALENDAR_YEAR
from ontology.model.facts import Region

# as far back as an issuer's name begins
ISSUER_REACH = 60
# what an issuer's name stands after: a stop, another document and 和
BEFORE_ISSUER = re.compile(rf"[{OTHER_DOCUMENT}{PLAN_ITSELF}](?:[、和及与]|以及)?|[，；。：]")
# 等部门联合印发的, 出台了, 新修订的, 关于印发
AFTER_ISSUER = re.compile(
    rf"(?:等[^，。、]{{0,8}}?)?(?:联合|共同|会同[^，。]{{2,16}}(?<![对就将把按据]))?(?:于?{CALENDAR_YEAR}年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?)?"
    r"(?:先后|相继|陆续|已经?|正式|近日|最新|新|制定|层面|研究|组织)*(?:(?:强制性|推荐性)?标准|关于(?=[印转下颁]发|发布|公布|批转))?"
    rf"(?P<verb>{ISSUE}|{MEND})?(?:了|的|过)*(?:新版|新修订的?|修订后的|最新|新的)?"
)
# 与 | 邻市签订的, 同浙江省、安徽省、 | 江苏省签订的, 在 | 全省出台的: neither a partner nor a place issued it
PARTNERS = re.compile(r"[与同跟](?:[^，。；、]{1,12}、){0,8}$|在$")
# what may stand in front of 省, 市, 县 where a region is meant by them (落实省《…》, not 城市《…》)
BEFORE_LEVEL = re.compile(r"(?:^|[，、；：\s据照循实彻行合对按以和与及由为是到了动取助请]|◇|◆)$")
COUNTRY = re.compile(r"(?:国家|中央|我国|全国)(?:层面|级)?")
LEVEL_NAMED = re.compile(r"(?P<sure>[本我全该])?(?P<level>自治区|省|市|州|盟|县|区|旗|镇|乡|街道)(?:级|里|层面|直)?")


@dataclass(frozen=True, slots=True)
class Attribution:
    """The body that issued a document, of several the first.

    `body` has its region and name. `printed` is the name as printed (市政府办公厅), of several bodies the whole list
    (教育部、财政部). `printed` and `body.name` are None where only a region is named (国家, 我省). `verbal` says that a
    verb follows the name (市政府印发的《…》, 出台, 制定, 提出); only `issuer_beside` finds that.
    """

    body: Body
    printed: str | None
    verbal: bool = False


def issuer_beside(left: str, home: Region) -> Attribution | None:
    """The body that issued a document, by the words right before its title (`left`):
    '为贯彻落实国务院办公厅转发国家发展改革委' -> 国家发展改革委; '全面落实国家' -> 中国, without a body; '根据' ->
    None. `home` is the plan's region, which 省政府 or 我市 refers to.

    Only the words after the last ，；。： or document (◇, ◆) count, the last 60 characters at most. Of the names in
    them (`at_start`) it is the first between which and the title nothing stands but what AFTER_ISSUER allows: 等部门,
    words such as 联合 or 先后, 会同 with partners, 标准, a date, and one verb (印发, 制定, 提出) with 了 or 的. With a
    verb a name right after 在, or after 与, 同 or 跟 or in the list that these begin, is passed over (与邻市签订的).
    """
    words = BEFORE_ISSUER.split(left[-ISSUER_REACH:])[-1]
    for at in range(len(words)):
        if found := at_start(words, at, home):
            attribution, end = found
            if (following := AFTER_ISSUER.fullmatch(words, end)) and not (
                following["verb"] and PARTNERS.search(words[:at])
            ):
                return Attribution(attribution.body, attribution.printed, bool(following["verb"]))
    return None


# 市工信局|会同|市交通运输局: the words that join those who issue a document
ACTING_WITH = re.compile(r"会同|联合")
# 区农业农村委会同有关部门: what may follow a body that is the subject of a later verb
ACTING_ISSUER = re.compile(r"(?:先后|已|还|积极|及时|认真|(?:在全[省国市])?率先|专门|研究)?.{0,2}$|会同|联合|牵头|组织")


def issuer_as_subject(left: str, home: Region) -> Attribution | None:
    """The body that issued a document, as the subject of the sentence: the nearest clause of `left` (the words before
    the verb of issuing, the last 200 characters) that starts with a body or a region, after words such as 近年来 or 由.
    '区农业农村委会同有关部门，结合我区实际，' -> 区农业农村委. Where the body does something else in that clause
    (省政府高度重视养老服务，; not 会同, 联合, 牵头, 组织 and what else ACTING_ISSUER has), only its region is returned;
    None where no clause starts with one. `home` is the plan's region, which 我区 or 省政府 refers to."""
    for clause in reversed(re.split(r"[，；：]", left[-200:])):
        opening = rf"^(?:由|经|为此|近年来|同时|目前|此后|随后|{CALENDAR_YEAR}年(?:\d+月)?|会同|我们)*"
        words = re.sub(opening, "", clause)
        if found := at_start(words, 0, home):
            attribution, end = found
            if attribution.printed and not ACTING_ISSUER.match(words, end):
                return Attribution(Body(attribution.body.region, None), None)
            return attribution
    return None


# （GB38600—2019）, （DZ/T0223-2011）, （DB4403/T25—2019）; not （T/CAS12）, an association's, nor （ISO9001）
STANDARD_NUMBER = re.compile(
    r"[（(](?:(?!DB|ISO|IEC|PM)[A-Z]{2,4}(?:/[TZ])?[A-Z]?\d{2,6}|DB(?P<code>\d{2,6})(?:/T?)?[-—–]?\d)"
)


def issuer_of_standard(right: str, home: Region) -> Attribution | None:
    """The country or region that a standard belongs to, by its number in the bracket with which `right`, the words
    after its title without white space, begins: '（GB38600—2019）' -> 中国, '（DB51/T1—2020）' in a plan of 四川省 ->
    四川省. A local standard (DB) is one of `home` or a region above it with the code in the number; None where none of
    them has it. Two to four other capital letters before two digits or more (GB, DZ/T) mean the country. None where
    they begin with ISO, IEC or PM (PM2.5), for T/, of an association, and for other words."""
    found = STANDARD_NUMBER.match(right)
    if found is None:
        return None
    code = found["code"]
    if code is None:
        return Attribution(Body(CHINA, None), None)
    of_code = [region for region in chain_of(home) if region.code and _same_code(region.code, code)]
    return Attribution(Body(of_code[0], None), None) if of_code else None


def _same_code(code: str, other: str) -> bool:
    """Whether two codes of regions are the same, whatever zeros they end with: '510000', '51' -> True."""
    return code.rstrip("0").ljust(2, "0") == other.rstrip("0").ljust(2, "0")


def at_start(words: str, at: int, home: Region) -> tuple[Attribution, int] | None:
    """The body, country or region that the words name at offset `at`, and the offset after its name: '国务院办公厅印发'
    -> (国务院办公厅, 6). `home` is the plan's region, which 我省 or 市政府 refers to. None where no name begins there.
    The first of these:

    - A body. Of a list of bodies it is the first, a party committee and its government as one (`joint`); `printed` and
      the offset take in the whole list, with 、 in place of 会同 and 联合 between names.
    - 国家, 我国, 全国 or 中央: the country, without a body.
    - A level (省, 我市): the region of that level that `home` is in, without a body; None where it is in none.
    - The name of a region, without a body.

    A body that begins with 省, 市, 县, 区 or 州 (省政府), and a level without 我, 本, 全 or 该, count only at the
    beginning and after a mark or one of the characters of BEFORE_LEVEL, with which words such as 根据, 落实 and 和 end
    (not in 城市).
    """
    if found := listed_bodies(words[at:], home):
        first = found[0][0]
        body = (joint(first, found[1][0]) if len(found) > 1 else None) or first
        if body.name is not None:
            if words[at] in "省市县区州" and not BEFORE_LEVEL.search(words[:at]):
                return None
            end = at + found[-1][2]
            printed = words[at:end]
            for (_, _, stop), (_, start, _) in reversed(list(pairwise(found))):
                if ACTING_WITH.fullmatch(printed, stop, start):
                    printed = f"{printed[:stop]}、{printed[start:]}"
            return Attribution(body, printed), end
    if country := COUNTRY.match(words, at):
        return Attribution(Body(CHINA, None), None), country.end()
    if (level := LEVEL_NAMED.match(words, at)) and (level["sure"] or BEFORE_LEVEL.search(words[:at])):
        region = ancestor(home, level["level"])
        return (Attribution(Body(region, None), None), level.end()) if region else None
    if placed := region_prefix(words[at:], home):
        region, length = placed
        return Attribution(Body(region, None), None), at + length
    return None
