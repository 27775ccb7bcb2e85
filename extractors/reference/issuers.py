"""The names of bodies that issue documents, as they are printed, and of the regions in them."""

from dataclasses import dataclass
from functools import cache

from extractors import expressions as re
from extractors.reference.bodies import public_bodies
from extractors.reference.data_files import data_rows
from extractors.reference.regions import CHINA, REFERENCE_YEAR, gazetteer
from extractors.vocabulary.numerals import ONES
from ontology.model.facts import Region, squeeze


@dataclass(frozen=True, slots=True)
class Body:
    """A body that issues documents; `name` is without its region: Body(四川省, "人民政府"), Body(中国,
    "国务院办公厅").

    `name` is None where only the region is known (a 文号 whose first character is 川).
    """

    region: Region
    name: str | None


def issuer(printed: str, home: Region) -> Body | None:
    """The body that a printed name stands for: '四川省人民政府办公厅' -> Body(四川省, '人民政府办公厅'), '中共中央
    国务院' -> Body(中国, '中共中央、国务院'); None for what is no body. `home` is the plan's region, to which 市政府 or
    省委 refers.

    Of several bodies the first is taken; a party committee together with its government is one (`joint`). Words after
    the name do not count.
    """
    found = listed_bodies(printed, home)
    if not found:
        return None
    first = found[0][0]
    if len(found) > 1 and (pair := joint(first, found[1][0])):
        return pair
    return first


def joint(first: Body, second: Body) -> Body | None:
    """A party committee and its government, in this order, as one body: 中共中央 and 国务院 -> Body(中国,
    '中共中央、国务院'), 党委 and 人民政府 of one region likewise, and the offices of both; None for any other two
    bodies."""
    if first.region != second.region or first.name is None or second.name is None:
        return None
    pairs = {
        ("中共中央", "国务院"),
        ("中共中央办公厅", "国务院办公厅"),
        ("党委", "人民政府"),
        ("党委办公厅", "人民政府办公厅"),
        ("党委办公室", "人民政府办公室"),
    }
    return Body(first.region, f"{first.name}、{second.name}") if (first.name, second.name) in pairs else None


# 某某自治区党委、自治区人民政府, 某某市委、政府: the second without its region's name
GOVERNMENT_LEVEL = re.compile(r"(?P<level>自治[区州县旗]|[省市县区州旗盟])?(?=(?:人民)?政府)")
# 、 between two bodies, and the words that stand for more of them
BETWEEN_BODIES = re.compile(rf"[、,，;；和与及]|联合|会同|等(?:[0-9{ONES}十]+个?)?(?:部门|部委|单位|委|部)?")


def listed_bodies(printed: str, home: Region) -> tuple[tuple[Body, int, int], ...]:
    """The bodies at the start of a printed list: '国家发展改革委、财政部' -> the two, each with start and end of its
    name as offsets in the text without white space. `home` is the plan's region, to which 市政府 or 省委 refers. After
    a body, 政府 with or without its level is that of the same region (`government_of`).

    Stops at the first word that is neither a body nor, after a body, one of the marks and words that join bodies (、,
    和, 会同, 等部门; BETWEEN_BODIES). Empty where the list does not start with a body.
    """
    text = squeeze(printed)
    found: list[tuple[Body, int, int]] = []
    at = 0
    while at < len(text):
        if named := (found and government_of(found[-1][0].region, text, at)) or body_at(text, at, home):
            found.append((named[0], at, named[1]))
            at = named[1]
        elif found and (between := BETWEEN_BODIES.match(text, at)) and between.end() > at:
            at = between.end()
        else:
            break
    return tuple(found)


def government_of(region: Region, text: str, at: int) -> tuple[Body, int] | None:
    """The government of `region`, or its office, that is named at offset `at` of the text, right after another body of
    that region, such as its party committee, and the offset after its name: '自治区人民政府' after the committee of
    内蒙古自治区 -> (Body(内蒙古自治区, '人民政府'), …). The level before 人民政府 may be left out; it counts as that
    of `region` where the name of `region` ends with it. None where other words are there, or another level."""
    if not (found := GOVERNMENT_LEVEL.match(text, at)) or not region.name.endswith(found["level"] or ""):
        return None
    return office_at(text, found.end(), region)


def body_at(text: str, at: int, home: Region) -> tuple[Body, int] | None:
    """The body whose name starts at offset `at` of the text, and the offset after the name; None where none does.
    `home` is the plan's region, to which 市政府 or 省委 refers. `central_body_at`, `party_body_at`, `home_body_at` and
    `local_body_at`, which are tried in this order, do the same for one kind of body each."""
    for rule in (central_body_at, party_body_at, home_body_at, local_body_at):
        if found := rule(text, at, home):
            return found
    return None


# 国家数据局, 中央农村工作领导小组办公室, 全国绿化委员会, 国务院食品安全委员会
NATIONAL_BODY = re.compile(
    r"(?:国务院|中央|全国|国家)(?!办公厅|关于|转发|印发)[\u4e00-\u9fff]{2,14}?"
    r"(?:委员会(?:办公室)?|领导小组(?:办公室)?|总局|联席会议(?:办公室)?|局(?=$|[、，,等关《])|办公室|指挥部)"
)
# 教育部办公厅, 民政部办公厅
CENTRAL_OFFICE = re.compile(r"办公厅|办公室|综合司")
# 国家税务总局四川省税务局, 中国证监会四川监管局: the branch of a central body in a place
CENTRAL_BRANCH = re.compile(
    r"[\u4e00-\u9fff]{0,4}?(?:分行|中心支行|支行|分局|监管局|监管分局|税务局|调查总队|调查队|管理局|海关)"
)


def central_body_at(text: str, at: int, home: Region) -> tuple[Body, int] | None:
    """A central body at the offset `at` of the text, and the offset after its name with its office: '国务院办公厅' ->
    Body(中国, '国务院办公厅'), '教育部办公厅' -> Body(中国, '教育部办公厅'). None where no such name begins there.

    A body on the list has its canonical name, with 办公厅, 办公室 or 综合司 after it (not 国务院 and 中共中央, whose
    offices are on the list); the branch of one in a place, which is looked up from `home`, has the region of that place
    and the name as printed without it: 国家税务总局四川省税务局 -> Body(四川省, '国家税务总局税务局'). A name that is
    not on the list, or only with its first word (国务院 of 国务院食品安全委员会), is recognised by its form
    (国务院…委员会) and is as printed.
    """
    listed, formed = central_names().match(text, at), NATIONAL_BODY.match(text, at)
    if formed and (listed is None or (formed.end() > listed.end() and listed[0] in ("国务院", "中央", "中共中央"))):
        return Body(CHINA, formed[0]), formed.end()
    if listed is None:
        return None
    placed = region_at(text, listed.end(), home)
    if placed and (branch := CENTRAL_BRANCH.match(text, placed[1])):
        return Body(placed[0], listed[0] + branch[0]), branch.end()
    name = central_bodies()[listed[0]]
    office = CENTRAL_OFFICE.match(text, listed.end())
    if office and name not in ("国务院", "中共中央"):
        return Body(CHINA, name + office[0]), office.end()
    return Body(CHINA, name), listed.end()


# 中共四川省委员会, 中共成都市委办公厅, 中国共产党渠县委员会
PARTY_PREFIX = re.compile(r"(?:中共|中国共产党)")
# 委办公厅, 委员会, 委全面深化改革委员会
PARTY_BODY = re.compile(
    r"(?:委员会|委|党委)(?P<office>办公厅|办公室|[\u4e00-\u9fff]{2,12}?(?:部|领导小组|委员会)(?:办公室)?)?"
)
PARTY_OFFICE_NAME = re.compile(
    r"办公厅|办公室|(?:宣传|组织|统战|政法|统一战线工作)部|(?!省|市|县|区|州).*(?:领导小组|委员会)(?:办公室)?"
)


def party_body_at(text: str, at: int, home: Region) -> tuple[Body, int] | None:
    """The body of the party whose name begins with 中共 or 中国共产党 at the offset `at` of the text, and the offset
    after the name: '中共四川省委办公厅' -> Body(四川省, '党委办公厅'). Regions are looked up from `home`. None where no
    such name begins there."""
    if not (start := PARTY_PREFIX.match(text, at)):
        return None
    if not (placed := region_at(text, start.end(), home)):
        return None
    region, end = placed
    if not (found := PARTY_BODY.match(text, after_level(text, end))):
        return None
    return committee_or_office(region, found)


def committee_or_office(region: Region, found: re.Match[str]) -> tuple[Body, int]:
    """The party committee of the region, with its office where one is named (委办公厅 -> 党委办公厅), and the offset
    after the name. `found` is a match of PARTY_BODY. An office is 办公厅, 办公室, 宣传部, 组织部, 统战部
    (统一战线工作部), 政法部, or a 领导小组 or 委员会, with its 办公室 or without, whose name does not begin with a
    region, as the second name in 中共四川省委四川省委员会 does; other words after the committee are not included."""
    office = found["office"]
    if office and (not PARTY_OFFICE_NAME.fullmatch(office) or region_prefix(office, region)):
        return Body(region, "党委"), found.start("office")
    return Body(region, "党委" + (office or "")), found.end()


# 市政府办公厅, 省委, 我市, 区农业农村委, 州人民政府
HOME_LEVEL = re.compile(r"(?:本|我|全)?(?P<level>自治区|省|市|州|盟|县|区|旗|镇|乡|街道)")


def home_body_at(text: str, at: int, home: Region) -> tuple[Body, int] | None:
    """The body named by its level alone at the offset `at` of the text, and the offset after its name: '市政府' in a
    plan of 渠县 (`home`) -> Body(达州市, '人民政府'). None where no such name begins there, or `home` is in no region
    of that level."""
    if not (found := HOME_LEVEL.match(text, at)):
        return None
    if not (region := ancestor(home, found["level"])):
        return None
    return office_at(text, found.end(), region)


def ancestor(home: Region, level: str) -> Region | None:
    """The first of home and the regions above it whose name has the ending `level`: '市' from 渠县 -> 达州市. 州 stands
    for 自治州 alone, 街道 also for 街道办事处, and 区 not for 自治区, 行政区 and 地区. None where none has it."""
    endings = {"州": ("自治州",), "街道": ("街道", "街道办事处")}.get(level, (level,))
    region: Region | None = home
    while region is not None:
        if region.name.endswith(endings) and not (level == "区" and region.name.endswith(("自治区", "行政区", "地区"))):
            return region
        region = region.parent
    return None


def local_body_at(text: str, at: int, home: Region) -> tuple[Body, int] | None:
    """The body named with its region at the offset `at` of the text, and the offset after its name: '四川省医保局' ->
    Body(四川省, '医疗保障局'), '渠县县委' -> Body(渠县, '党委'). Regions are looked up from `home`. None where no such
    name begins there."""
    if not (placed := region_at(text, at, home)):
        return None
    return office_at(text, after_level(text, placed[1]), placed[0])


def after_level(text: str, at: int) -> int:
    """The offset after the level of a region that is printed once more after its name, which ends at `at`, before 委,
    政府 or 人民政府: that of 委 in 渠县县委; else `at`."""
    again = text[at : at + 1] == text[at - 1] and text.startswith(("委", "政府", "人民政府"), at + 1)
    return at + 1 if again and text[at - 1] in "省市县区州旗盟" else at


# 委, 党委办公厅, 委宣传部: what begins so is the party committee or a body of it
PARTY_NAME = re.compile(r"党?委(?![员托])")
# 人民政府办公厅, 发展改革委, 医疗保障局, 残联, 委、 (市委)
LOCAL_OFFICE = re.compile(
    r"(?:人民)?政府(?:办公厅|办公室|办)?(?![\u4e00-\u9fff]{2,12}(?:街道办事处|镇人民政府))"
    r"|府办公?[厅室]?"
    r"|(?:党委|委)(?:办公厅|办公室)?(?=$|[、，,和及与关《市省县区州]|自治|人民政府|印发|出台|制定|发布)"
    r"|(?:党委|委)[\u4e00-\u9fff]{2,12}?(?:部(?!局)|老干部局|工委|领导小组|委员会)(?:办公室)?"
    r"|人大常委会|人民代表大会(?:常务委员会)?"
    r"|[\u4e00-\u9fff]{1,16}?(?:(?:委员会|指挥部|领导小组|联席会议|厅|局)(?:办公室)?"
    r"|(?<!党)委(?!员)|安委会|安委办|总工会|联合会|残联|妇联|科协|办公室|管理办|法院|检察院|总队|街道办事处|金融办|国动办)"
)


def office_at(text: str, at: int, region: Region) -> tuple[Body, int] | None:
    """The body of `region` whose name without the region starts at the offset `at` of the text, and the offset after
    it: '发展改革委' of 四川省 -> Body(四川省, '发展和改革委员会'); '委办公厅' -> '党委办公厅', with 党 before 委. None
    where no such name begins there, and for words with 关于 in them."""
    if not (found := LOCAL_OFFICE.match(text, at)):
        return None
    name = found[0]
    if "关于" in name:
        return None
    if PARTY_NAME.match(name):
        return Body(region, "党" + name.removeprefix("党")), found.end()
    return Body(region, full_name(name)), found.end()


def full_name(name: str) -> str:
    """The name of a local body without its region, written out, by the list of abbreviations: '发改委' ->
    '发展和改革委员会', '政府' -> '人民政府'. A name that is not on it has 委员会 in place of a 委 at its end (not after
    员, nor of 委 alone), and is else unchanged, as is one that begins with 人民政府."""
    if name.startswith("人民政府"):
        return name
    return abbreviations().get(name, re.sub(r"(?<=[^员])委$", "委员会", name))


def written_out(printed: str) -> str:
    """The name of one body in full, without white space, so that two ways of writing it are equal: '国家发展改革委' ->
    '国家发展和改革委员会', '四川省发改委' -> '四川省发展和改革委员会'. A former body keeps its own name. The words are
    returned as printed where they are no such name, and where a central and a local body may be called so
    (发展改革委)."""
    text = squeeze(printed)
    if name := _names_of_central_bodies().get(text):
        return name
    if not (placed := region_at(text, 0, CHINA)):
        return text
    region, end = placed
    office = office_at(text, after_level(text, end), region)
    return text[:end] + (office[0].name or "") if office and office[1] == len(text) else text


@cache
def _names_of_central_bodies() -> dict[str, str]:
    """The full name of a central body, of today or a former one, by each other name that no local body has:
    '国家发改委' -> '国家发展和改革委员会', '市场监管总局' -> '国家市场监督管理总局'; not 发展改革委."""
    return {
        alias: body.name
        for body in public_bodies()
        for alias in body.aliases
        if alias.startswith(("国", "中", "全国")) or alias.endswith("总局") or not LOCAL_OFFICE.fullmatch(alias)
    }


# 上海市, 四川省达州市, 奉贤区
def region_at(text: str, at: int, home: Region) -> tuple[Region, int] | None:
    """The region whose name starts at offset `at` of the text, in a plan of `home`, and the offset after the name; of
    several in a row (上海市奉贤区) the last. None where no region's name starts there. It is what `region_prefix` finds
    in the 40 characters from `at` on, so that a bare name may count too (达州 in a plan of 渠县)."""
    found = region_prefix(text[at : at + 40], home)
    return (found[0], at + found[1]) if found else None


def region_prefix(text: str, home: Region) -> tuple[Region, int] | None:
    """The region that the text starts with, and the length of its name in characters: '上海市奉贤区耕地保护规划' ->
    (奉贤区, 6); '达州' in a plan of 渠县 -> (达州市, 2). None where it starts with none.

    The full names of home and of the regions above it go before others that are not longer. A county's name without 县,
    区 or 市, where `Gazetteer.prefix` takes it for one, counts only for home and the regions above it (奉贤教育 names
    奉贤区 in a plan of that district, not in others).
    """
    above = chain_of(home)
    best = max((region for region in above if text.startswith(region.name)), key=lambda r: len(r.name), default=None)
    found = gazetteer(REFERENCE_YEAR).prefix(text, home)
    if best is not None and (found is None or found[1] <= len(best.name)):
        return best, len(best.name)
    if found is None:
        return None
    region, length = found
    bare = text[:length][-1] not in "省市县区州旗盟" and region.name != text[:length]
    if bare and region.level == "county" and region not in above:
        return None
    return region, length


def chain_of(home: Region) -> list[Region]:
    """The region and those above it, without the country: 渠县 -> [渠县, 达州市, 四川省]; [] for the country."""
    chain: list[Region] = []
    region: Region | None = home
    while region is not None and region.level != "national":
        chain.append(region)
        region = region.parent
    return chain


@cache
def central_bodies() -> dict[str, str]:
    """The canonical name of a central body by each way of writing it: '国家发改委' -> '国家发展和改革委员会'. Of two
    with one name the later in the data file; bodies without `PublicBody.issuer` are left out."""
    found: dict[str, str] = {}
    for body in public_bodies():
        if body.issuer:
            found.update(dict.fromkeys((body.name, *body.aliases), body.issuer))
    return found


@cache
def central_names() -> re.Pattern[str]:
    """A pattern that matches the name of a central body in any way of writing (the keys of `central_bodies`), the
    longest that fits."""
    names = sorted(central_bodies(), key=lambda n: (-len(n), n))
    return re.compile("|".join(map(re.escape, names)))


@cache
def abbreviations() -> dict[str, str]:
    """The full name of a kind of local body by its abbreviation: '发改委' -> '发展和改革委员会'."""
    return dict(data_rows("issuers_local.tsv"))
