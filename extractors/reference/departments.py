"""The government function and the region of a public body, by its printed name."""

from functools import lru_cache

from extractors import expressions as re
from extractors.reference.areas import ALL_REGIONS, FURTHER_KINDS, GOVERNMENTS_NAME, REGIONS_BEFORE_NAME, SEVERAL_KINDS
from extractors.reference.functions import OF_SEVERAL, Function, function_named, functions_by_body, functions_by_stem
from extractors.reference.regions import CHINA, REFERENCE_YEAR, gazetteer
from ontology.model.facts import Organization, Region, squeeze

# 各市、县〔市、区〕: one form for brackets
ROUND_BRACKETS = str.maketrans("()〔〕[]［］〈〉", "（）（）（）（）（）")

# 中央宣传部, 国务院国资委, 全国妇联, 中国残联
NATIONAL_PREFIX = re.compile(r"(?:中共中央|中华全国|国务院|国家|全国|中央|中国)(?=.)")
# 国家税务总局莆田市税务局 is the city's
PARENT_BODY = re.compile(r"(?:国家)?(?:税务总局|(?<=国家)统计局)(?=.{2,}(?:局|队)$)")
# 中国人民银行莆田市中心支行, 国家统计局莆田调查队, 人民银行分支机构
BRANCH_OF_BODY = re.compile(
    r"(?P<body>(?:中国)?人民银行|人行|(?:中国)?银保监会?|国家金融监督管理总局|金融监管总局|国家统计局|(?:国家)?能源局|"
    r"(?:中国)?证监会?|(?:中国)?民航局?|公安(?!部)局?|税务局?)(?P<place>[省市州盟县区旗]|.{2,10}?)?(?P<each>各)?"
    r"(?:中心支行|分行|支行|营业管理部|营管部|监管分局|监管局|监管办|管理局|分局|调查总?队|派出机构|分支机构)"
)
# 新区, 高新区: governed like a county or a city
ZONE_KIND = r"(?:高新|经开|开发|新|园|示范|试验|保税|合作|度假)区"
# 国网湖南省电力有限公司, 国网安吉县供电公司, 中国铁路广州局集团有限公司: companies of a group, each in its place
GRID_COMPANY = re.compile(
    r"(?:国网|国家电网|南网|(?:中国)?南方电网)(?P<place>[\u4e00-\u9fff]{2,10}?)(?:电力|供电|电网)(?:有限)?(?:责任)?(?:公司|局|分公司)"
)
RAILWAY_COMPANY = re.compile(r"中国铁路(?P<place>[\u4e00-\u9fff]{2,6})局集团(?:有限)?(?:责任)?公司")
# 公安机关交通管理部门, 公安机关网络安全保卫部门: a part of the police by what it does
POLICE_PART = re.compile(
    r"公安(?:机关|部门)(?:道路|交通|交警|治安|出入境|网络安全|网安|经侦|刑侦|经济犯罪|刑事|禁毒|消防|户籍|户政|人口|边防|环境|食品药品){1,2}"
    r"(?:管理|监督|侦查|保卫|监察|执法|登记){0,2}(?:主管)?(?:部门|机构|机关)"
)
# 市(教育局), 市委(宣传部), 市级(财政部门), 州直, 自治区, 新区党工委(宣传部), 高新区管委会(财政局)
LEVEL_PREFIX = re.compile(
    rf"(?:中共)?[本我全师]?(?P<level>自治区|自治州|自治县|地区|地市|{ZONE_KIND}|[省市州县区旗盟])"
    r"(?:本级|级|直|属)?(?:(?P<party>党?工?委(?![员托]))|管委会(?=.))?[、和]?"
)
# 行署(财政局), 盟行政公署(教育局), whose region is named before it or is the plan's
PREFECTURE_OFFICE = re.compile(r"(?:行政公署|行署)(?=..)")
# 地方各级, 各级, 各地各级: home's own among them
ALL_LEVELS = re.compile(r"(?:全[国省市州县区])?(?:地方)?(?:各地)?各级(?:地方)?(?:党委[和、及与]?)?")
# 区镇两级, 省、市、县三级, 省、市、县级: each of them
SEVERAL_LEVELS = re.compile(rf"各?(?:{SEVERAL_KINDS}|[乡镇]{{2}}[两二]级)(?:(?<=级)|(?=(?:人民)?政府|财政|党委|党政))")
# 县(（市、区）)财政局: after the first of several
FURTHER_LEVELS = re.compile(FURTHER_KINDS)
# words before a name that say nothing of whose it is
EMPTY_PREFIX = re.compile(
    r"(?:中共|党(?:工)?委[和、及与]?|本级|同级|上级|当地|属地的?|所在地?|地方|有关|相关|原|各)(?=..)"
)
# 乡镇（街道）人民政府（办事处）, 各乡镇, 镇街, 各街道办事处, 各街道管理办, 有关镇, 各镇（区、街道）, 各街镇（管委会）
ANY_TOWNSHIPS = re.compile(
    r"(?:[省市州县区旗]?(?:(?:各|有关|相关)涉农|各|有关|相关|所有|所在地?|各?属地))?"
    r"(?:乡(?:[（(]镇[）)]|、?镇)?|镇|街道|街|苏木|团场|区、镇)(?:办(?![理事公学企])|管理办(?!法))?"
    r"(?:[、（(/和及与]{0,3}(?:乡|镇|街道|街|苏木|团场|(?<=[（(、])(?:园区|开发区)?管委会(?=[、）)])|(?:开发区|园区)(?!管委会|管理委员会|党工委)|农场|[区场](?=[、）)]))[）)]?){0,5}"
    r"(?:[（(]?(?:党(?:工)?委[、和]?|党政|人民政府|政府|办事处)[）)]?){0,4}"
    r"(?:[（(](?:街道|镇|乡)(?:办事处|人民政府|政府)[）)])?(?:一?级)?"
)
# 河湾镇, 青石乡人民政府, 平南街道: a township by its own name, as no list of names has them all; not 特色小镇, 城乡
TOWN_NAME = re.compile(
    r"(?![各有相本该全有等])[\u4e00-\u9fff]{2,5}(?<!城)(?<!集)(?<!场)(?<!乡)(?<!建制)(?<!中心)(?<!重点)(?<!特色)(?<!美丽)(?<!小)(?<!古)(?<!名)(?<!强)"
    r"(?:镇|(?<!故)(?<!家)(?<!城)(?<!水)(?<!他)(?<!老)乡|街道)(?:党委|党工委)?(?:人民政府|政府|办事处|管理办)?"
)
# 长三角地区省级人民政府
PROVINCES = re.compile(r"[^等、和及与]{2,12}(?:省级|地区)人民政府")
# 市公安局|交警支队, 县公安局|各派出所, 公安部|交通管理局, 后勤保障部|卫生局, 财政部|各地监管局, 市教育局|党委: a part
PART_OF_BODY = re.compile(
    r"(?P<body>.{2,14}?[局部委厅署])(?:(?:各地|驻各地|驻)?[^等、和及与局部委厅署]{2,8}(?:支队|大队|中队|总队|分局|监管局|管理局|交管局|中心|专员办事处|司|处)|(?<=部)[^等、和及与局部委厅署]{2,6}局|党委|党组|交管局"
    r"|(?<=公安局)[^等、和及与局部委厅署]{0,8}派出所)"
)
# 县|林业服务中心, 市|生态环境|综合行政执法支队: a part that is named by its function alone
SERVICE = re.compile(
    r"(?P<task>综合|行政|服务|管理|事务|保障|发展|推广|监测|监察|监督|执法|技术|建设|促进|事业|指导|保护|运行|安全|工程|质量|运输|水利)*"
    r"(?:支队|大队|总队|执法队|监察队|(?<!^)中心)"
)
# 共青团|湖州市委, 共青团|旗委
YOUTH = re.compile(r"(?:中国)?共青团(?P<place>.{0,8}[省市州县区旗盟])委(?:员会)?")
# (湖州市)委(办公室)
COMMITTEE_PREFIX = re.compile(r"党?工?委(?!员)")
# 县经济开发区, 澄湖高新区, 云台山旅游度假区: the name of its place for the committee that runs it; 化工产业园管委会
ZONE_NAME = re.compile(
    r"[^等、和及与各]{1,14}"
    r"(?:开发区|高新区|经开区|产业园区|工业园区|新区|度假区|保税区|[园区](?:管委会|管理委员会|党工委))"
)
# 开发区, 经开区, 各开发区, 各园区、功能区: one or all of them without a name, but not 园区 alone
ANY_ZONES = re.compile(r"(?:各|有关|相关){1,2}(?:(?:开发区|园区|功能区)[、和]?){1,3}(?<=区)|开发区|经开区")
# 乡镇（街道）|司法所
TOWN_OFFICE = re.compile(r"(?:各)?(?:乡镇|镇街|镇|乡|街道)(?:[（(/][乡镇街道、]{1,6}[）)]?)?(?=..)")
# 住房城乡建设|（历史文化名城）|主管部门: what a department of several tasks is meant for here
MEANT_FOR = re.compile(r"[（(][^（）()]{1,10}[）)](?=(?:主管|行政|管理|监管)*(?:部门|机关))")
# 市委宣传部（市新闻出版局）, 财政厅（局）: a second name
SECOND_NAME_BRACKET = re.compile(r"[（(](?:[^（）()]{2,20}|[厅局委])[）)]$")
# 县水利局|等建设主管部门: bodies of a kind, of which some are named; not 高等学校主管部门
OTHERS_OF_KIND = r"(?<![高初中平同])等[^、，。；：（）()\s]{0,8}?(?:部门|单位|机关|机构)"
# 市水务局|、市教育局|等部门: what parts the names of a list and ends it
BESIDE_NAMES = re.compile(rf"{OTHERS_OF_KIND}$|等$|[、和及与，\s]")
# 新城公司, 区房屋急修中心: a body that the scheme need not know
NAMED_AS_BODY = re.compile(r"[\u4e00-\u9fff]{2,14}(?:公司|集团|中心|[局委办])")
# the last characters of regions' full names
PLACE_ENDS = frozenset("省市县区州盟旗")
# 规划局与|市水利局 starts with no place
NOT_IN_PLACES = frozenset("局委部厅办署院和与及、")


# The function and the organization of a body, as `organization` returns them.
FunctionAndBody = tuple[str | None, Organization | None]


@lru_cache(maxsize=16384)
def organization(printed: str, home: Region, year: int | None = None) -> FunctionAndBody:
    """The function of a body, and the body as an organization of a region, from its name as printed: ('县税务局', 渠县)
    -> ('税务', 税务 of 渠县); ('省医保局', 莆田市) -> ('医疗保障', 医疗保障 of 福建省). `home` is the plan's region, to
    which 市 or 省 in a name refers. Marks around the name (“”"，。、；：) do not count, nor do remarks in brackets
    before 主管部门 and the like (住房城乡建设（历史文化名城）主管部门; MEANT_FOR), what a part of 公安机关 does
    (公安机关交通管理部门; POLICE_PART) and 税务总局 or 国家统计局 before a bureau's name (国家税务总局莆田市税务局).

    The function is None for a body that the scheme does not know. The organization is None for a name that stands for
    many bodies (各区县教育局), where the region is not known (河湾镇), and where the function is None. `year` is the
    year whose regions are meant, None for REFERENCE_YEAR.
    """
    # The rules before `_read` are for names of a form of their own, and the first whose form the name has decides.
    # Those after `_read` are for names that it does not know, until one knows a function.
    text = MEANT_FOR.sub("", squeeze(printed).translate(ROUND_BRACKETS).strip('“”"，。、；：'))
    for rule in (_townships, _zones, _governments_below, _company, _branch, _government_of_region, _youth_league):
        if body := rule(text, home, year):
            return body
    text = POLICE_PART.sub("公安机关", text)
    body = _read(PARENT_BODY.sub("", text), home, year)
    for rule in (_first_name, _provinces, _whole_body, _township_office, _zone, _named_township):
        if body[0] is not None:
            break
        body = rule(text, home, year) or body
    return body


def names_bodies(text: str, home: Region) -> bool:
    """Whether the text consists of names of bodies, side by side: '市水务局、各街镇', '区信息委', '新城公司' -> True;
    '加强巡查', '教育' -> False. Names that the scheme does not know count by their endings (NAMED_AS_BODY). `home` is
    the region by which names are resolved."""
    if text in functions_by_stem():
        return False
    if organization(text, home)[0]:
        return True
    names = [name for name in BESIDE_NAMES.split(text) if name]
    return bool(names) and all(organization(name, home)[0] or NAMED_AS_BODY.fullmatch(name) for name in names)


def _townships(text: str, home: Region, year: int | None) -> FunctionAndBody | None:
    """For a name of townships in general (镇, 乡镇（街道）, 各乡镇人民政府, 各街道党工委; ANY_TOWNSHIPS): the function
    人民政府 and, where `home` is a township, its government; else None as organization. None for any other text."""
    if not ANY_TOWNSHIPS.fullmatch(text):
        return None
    return "人民政府", Organization("人民政府", home) if home.level == "township" else None


def _zones(text: str, home: Region, year: int | None) -> FunctionAndBody | None:
    """For development zones without a name, which stand for those who run them (开发区, 经开区, 各开发区, 各园区;
    ANY_ZONES): the function 开发区 and no organization (None). None for any other text, 园区 among them."""
    return ("开发区", None) if ANY_ZONES.fullmatch(text) else None


def _governments_below(text: str, home: Region, year: int | None) -> FunctionAndBody | None:
    """For a common name of the governments of regions below that GOVERNMENTS_NAME or ALL_REGIONS has (各县（市、区）,
    各地区, 项目所在县): the function 人民政府 and no organization (None). None for any other text."""
    return ("人民政府", None) if GOVERNMENTS_NAME.fullmatch(text) or text in ALL_REGIONS else None


def _company(text: str, home: Region, year: int | None) -> FunctionAndBody | None:
    """For a company of the power grid or the railways that is named after its place (国网湖南省电力有限公司): the
    function 电网 or 铁路, and for the grid the company of that place, None as organization where the place is not known
    (中国铁路广州局集团有限公司, of several provinces). None for any other text."""
    if grid := GRID_COMPANY.fullmatch(text):
        return "电网", _of("电网", _named_or_level(grid["place"], home, year))
    return ("铁路", None) if RAILWAY_COMPANY.fullmatch(text) else None


def _branch(text: str, home: Region, year: int | None) -> FunctionAndBody | None:
    """For the branch of a body such as 人民银行, 国家统计局, 公安 or 税务 (BRANCH_OF_BODY; 公安安吉分局): the function
    of the body, and the branch as an organization of the place in its name (`_named_or_level`), or of `home` where it
    names no place: 人民银行莆田市中心支行 is that of 莆田市, 人民银行分支机构 that of `home`. None as organization
    where the place is not known, and for several (公安各分局). None for any other text."""
    branch = BRANCH_OF_BODY.fullmatch(text)
    if branch is None:
        return None
    function, _ = _read(branch["body"], home, year)
    place = _named_or_level(branch["place"], home, year) if branch["place"] else home
    return function, _of(function, place) if function and not branch["each"] else None


def _government_of_region(text: str, home: Region, year: int | None) -> FunctionAndBody | None:
    """For the name of a region alone (越秀区): the function 人民政府 and the region's government. None for a name of
    one or two characters, one that does not end with 省, 市, 县 or the like (PLACE_ENDS), and one that is no region's
    or could mean several (`_place`)."""
    if len(text) <= 2 or text[-1] not in PLACE_ENDS or (place := _place(text, home, year)) is None:
        return None
    return "人民政府", _of("人民政府", place)


def _first_name(text: str, home: Region, year: int | None) -> FunctionAndBody | None:
    """For a name that ends with a second name in brackets (市委宣传部（市新闻出版局）, 财政厅（局）): what
    `_read` says of the first name. None for any other text."""
    first = SECOND_NAME_BRACKET.sub("", text)
    return _read(first, home, year) if first != text else None


def _provinces(text: str, home: Region, year: int | None) -> FunctionAndBody | None:
    """For a name that ends with 省级人民政府 or 地区人民政府 after two to twelve characters other than 等、和及与,
    which means the governments of an area (长三角地区省级人民政府): the function 人民政府 and no organization (None).
    None for any other text. Not asked for names that `_read` knows, such as 阿里地区人民政府."""
    return ("人民政府", None) if PROVINCES.fullmatch(text) else None


def _whole_body(text: str, home: Region, year: int | None) -> FunctionAndBody | None:
    """For a part of a body whose name ends in 局, 部, 委, 厅 or 署, with 支队, 中心, 处, 党组 or another ending of
    PART_OF_BODY behind it, most of them with a name before them (市公安局交警支队): what `_read` says of the body
    (市公安局). None for any other text."""
    part = PART_OF_BODY.fullmatch(text)
    return _read(part["body"], home, year) if part else None


def _township_office(text: str, home: Region, year: int | None) -> FunctionAndBody | None:
    """For a text that starts with 乡镇, 乡, 镇, 镇街 or 街道, with 各 before it or other kinds in brackets after it or
    not (各乡镇（街道）司法所), and goes on for two characters or more, which is taken for an office of townships: the
    function that `_read` gives for what goes on (司法所), None where it gives none, and no organization (None), because
    there are many. None for any other text."""
    township = TOWN_OFFICE.match(text)
    return (_read(text[township.end() :], home, year)[0], None) if township else None


def _youth_league(text: str, home: Region, year: int | None) -> FunctionAndBody | None:
    """For a committee of the youth league: the function 共青团, and the committee of the region in the name
    (共青团湖州市委) or of that level (共青团市委; `_named_or_level`). None as organization for a place that is no
    region's name or could mean several (共青团各区委), and where `home` is in no region of the level. None for any
    other text."""
    youth = YOUTH.fullmatch(text)
    if youth is None:
        return None
    return "共青团", _of("共青团", _named_or_level(youth["place"], home, year))


def _named_or_level(place: str, home: Region, year: int | None) -> Region | None:
    """The region that a place within a name means: by its name (湖州市; `_place`), or by its level alone, where that is
    one character or 自治区, 自治州, 自治县 or 自治旗 (`_nearest`). None where that gives none."""
    level_alone = len(place) == 1 or place in ("自治区", "自治州", "自治县", "自治旗")
    return _nearest(home, place) if level_alone else _place(place, home, year)


def _zone(text: str, home: Region, year: int | None) -> FunctionAndBody | None:
    """For a name that ends with 开发区, 高新区, 经开区, 产业园区, 工业园区, 新区, 度假区 or 保税区 after one to
    fourteen characters (县经济开发区), which stands for the committee of the zone, or with 管委会, 管理委员会 or 党工委
    after 园 or 区 (化工产业园管委会): the function 开发区 and no organization (None). None for any other text. Not
    asked for names that the rules before know, such as 浦东新区."""
    return ("开发区", None) if ZONE_NAME.fullmatch(text) else None


def _named_township(text: str, home: Region, year: int | None) -> FunctionAndBody | None:
    """For what has the form of a township's name (河湾镇; TOWN_NAME), with 党委 or 党工委 and then 人民政府, 政府 or
    办事处 after it, each of which may be missing: the function 人民政府 and no organization (None), because no list has
    all townships. None for any other text."""
    return ("人民政府", None) if TOWN_NAME.fullmatch(text) else None


def _read(text: str, home: Region, year: int | None) -> FunctionAndBody:
    """The function and the organization, as `organization` gives them, of the name `text` without white space: up to
    five prefixes (市, 县委, names of regions) are removed until the rest is a name of the scheme; where nothing is
    left, the function is 党委 if the last prefix has 党委 in it (各级党委), else both are None (省市县三级). Without a
    prefix that determines the region, a name of a central body is that of China, one that ends with 厅 that of the
    province. Where no rest is in the scheme, a unit with the name of a function (`service_function`) after a prefix
    that determines the region is an organization, and a body of an unknown place (`_of_unknown_place`) has a function
    alone; else both are None. `home` and `year` are those of `organization`, here and below."""
    region: Region | None = home
    prefixed = False
    for _ in range(6):
        if found := function_named(text):
            function, national = found
            if not prefixed and national:
                region = CHINA
            elif not prefixed and text.endswith("厅"):
                region = _province(home)
            return function.name, _of(function.name, region)
        shorter = _after_prefix(text, region, home, year)
        if shorter is None:
            break
        whole = text
        text, region, determines = shorter
        prefixed = prefixed or determines
        if not text:
            return ("党委", _of("党委", region)) if "党委" in whole else (None, None)
    if prefixed and (service := service_function(text)):
        return service, _of(service, region)
    return _of_unknown_place(text), None


def _of(function: str, region: Region | None) -> Organization | None:
    """The organization with this function in the region; None where the region is None."""
    return Organization(function, region) if region else None


def _after_prefix(
    text: str, region: Region | None, home: Region, year: int | None
) -> tuple[str, Region | None, bool] | None:
    """The name `text` without its first prefix, the region of the body, and whether the prefix determined that region:
    ('市财政局', …) -> ('财政局', the city, True). None where the text starts with no prefix. The first of these
    prefixes counts, each with the region that it gives:

    - 国家 and the like: China; 各级: `home`; words for many (各县): None;
    - the name of a region (`_place_at`): that region;
    - words for a level (市, 省委, but not 市 as the whole text): the region of that level that is `home` or contains
      it, None where there is none;
    - 行署: `region`, that of the prefixes removed before, or the 地区 or 盟 that it is in (`_prefecture`);
    - （市、区）: None;
    - words that say nothing of the region (有关): `region`, that of the prefixes removed before, at first `home`. Only
      these do not determine it.

    After a party committee (市委, 县委) the rest is as `_of_party` writes it: 党委办公室 of 市委办公室, 党委 of 市委.
    """
    if found := NATIONAL_PREFIX.match(text):
        return text[found.end() :], CHINA, True
    if found := ALL_LEVELS.match(text):
        return text[found.end() :], home, True
    if found := REGIONS_BEFORE_NAME.match(text) or SEVERAL_LEVELS.match(text):
        return text[found.end() :], None, True
    if place := _place_at(text, home, year):
        body = text[place[1] :]
        office = COMMITTEE_PREFIX.match(body)
        return _of_party(body[office.end() :]) if office else body, place[0], True
    found = LEVEL_PREFIX.match(text)
    if found and (found["party"] or found.end() < len(text)):
        body = text[found.end() :]
        return _of_party(body) if found["party"] else body, _nearest(home, found["level"]), True
    if found := PREFECTURE_OFFICE.match(text):
        return text[found.end() :], _prefecture(region), True
    if found := FURTHER_LEVELS.match(text):
        return text[found.end() :], None, True
    if found := EMPTY_PREFIX.match(text):
        return text[found.end() :], region, False
    return None


def _of_party(office: str) -> str:
    """`office`, what follows 市委 in a name, as the scheme has it: an office that every committee has gets 党委 in
    front ('办公室' -> '党委办公室', '' -> '党委'), any other name stays ('宣传部')."""
    return f"党委{office}" if f"党委{office}" in functions_by_body() else office


def service_function(text: str) -> str | None:
    """The function in the name of a unit, which stands without its place: '交通运输综合行政执法支队' -> '交通运输', by
    the longest stem of a function (2 to 10 characters) that begins the name and has words of units after it:
    '金融服务中心' -> '地方金融' by the stem 金融, though 金融服务 is a stem too. None where there is none, as where
    nothing or 中心 alone follows: '交通运输', '林业中心' -> None."""
    for length in range(min(len(text), 10), 1, -1):
        if (function := functions_by_stem().get(text[:length])) and SERVICE.fullmatch(text[length:]):
            return function.name
    return None


def _place_at(text: str, home: Region, year: int | None) -> tuple[Region, int] | None:
    """The region whose name starts the text, and the length of that name, where more follows it: '渠县财政局' -> (渠县,
    2). `home` and the regions above it, without the country, are tried first, from the lowest up, by full and short
    name (`_short`), then all regions (`Gazetteer.prefix`). None where no region's name starts the text, or nothing
    follows it."""
    above: Region | None = home
    while above is not None and above.parent is not None:
        for name in (above.name, _short(above.name)):
            if text.startswith(name) and len(text) > len(name):
                return above, len(name)
        above = above.parent
    found = gazetteer(year or REFERENCE_YEAR).prefix(text, within=home)
    return found if found and found[1] < len(text) else None


def _place(name: str, home: Region, year: int | None) -> Region | None:
    """The region of this name in `year` (None: REFERENCE_YEAR), also one outside of `home`, which only decides between
    several of the name, as `Gazetteer.resolve` says; None for a township, for what is no region's name, and where it
    could mean several."""
    return gazetteer(year or REFERENCE_YEAR).resolve(name, home)


def _short(name: str) -> str:
    """The name of a region without 省, 市, 县 or 区: '莆田市' -> '莆田'; unchanged for a name of two characters (渠县)
    or with another ending."""
    return name[:-1] if len(name) > 2 and name[-1] in "省市县区" else name


def _nearest(home: Region, level: str) -> Region | None:
    """The region that 市 or 省 before the name of a body (市财政局, 省级部门) refers to in a plan of `home`: the first
    of home and the regions above it whose name ends with `level`, the word for the kind of region, without 级 (市, 省,
    自治区, 高新区); of 地市 only its last character counts. 省 is also an autonomous region or a municipality, 区 no
    地区.

    None where none has it: 县税务局 in a city's plan is one of many.
    """
    ending = level.removeprefix("地") if level == "地市" else level
    region: Region | None = home
    while region is not None:
        if ending == "省" and region.level == "provincial":
            return region
        if region.name.endswith(ending) and not (ending == "区" and region.name.endswith("地区")):
            return region
        region = region.parent
    return None


def _prefecture(region: Region | None) -> Region | None:
    """The 地区 or 盟 that `region` is or lies in, whose government is a 行署; None where it is in none."""
    while region is not None and not region.name.endswith(("地区", "盟")):
        region = region.parent
    return region


def _province(home: Region) -> Region:
    """The province of `home`; `home` itself where it is in none."""
    region: Region | None = home
    while region is not None and region.level != "provincial":
        region = region.parent
    return region or home


def _of_unknown_place(text: str) -> str | None:
    """The function of a body's whole name of two characters or more (not of a bare stem such as 教育) after two to six
    characters, the short name of a place that is in no list: '黄埔海关' -> '海关', by the shortest such place; None
    where the text is no such name, or the place would have a mark or digit, or after its first character one of
    NOT_IN_PLACES (局, 和), or begin with the word of another function (`_begins_otherwise`)."""
    for start in range(2, min(7, len(text) - 1)):
        if text[start - 1] in NOT_IN_PLACES or not text[:start].isalpha():
            break
        body = text[start:]
        if body not in functions_by_stem() and (found := function_named(body)):
            return None if _begins_otherwise(text, found[0], body) else found[0].name
    return None


def _begins_otherwise(text: str, function: Function, body: str) -> bool:
    """Whether `text`, which ends with the name `body` of a bureau with this function, begins with the word of another
    function, where a place should stand: True for 健康云岭|建设委员会, which is no 建设委员会, False for 城关|公安分局.
    False also where `body` does not end as bureaus do (OF_SEVERAL: 局, 委员会)."""
    words = (functions_by_stem().get(text[:length]) for length in range(2, len(text) - len(body) + 1))
    return body.endswith(OF_SEVERAL) and any(word is not None and word != function for word in words)
