"""The region of a document by its title alone: 四川省…, “健康四川2030”…, 中华人民共和国…, or the exact title of a
national document."""

from functools import cache

from extractors import expressions as re
from extractors.policies.titles import name_of, type_of
from extractors.reference.data_files import data_rows
from extractors.reference.issuers import ancestor, central_body_at, region_prefix
from extractors.reference.regions import CHINA
from extractors.vocabulary.dates import CENTURY_YEAR
from extractors.vocabulary.numerals import ONES
from ontology.model.facts import Region

# treaties and programmes of international bodies, as plans name them
INTERNATIONAL = re.compile(
    r"联合国|巴黎协定|伙伴关系协定|气候变化框架公约|生物多样性公约|歧视公约|儿童权利公约|残疾人权利公约|烟草控制框架公约"
    r"|湿地公约|可持续发展议程|世界遗产公约"
)


def without_ministry(title: str, home: Region) -> str | None:
    """The title without a central body's name (with its office) at its start, where a five-year period after an opening
    quotation mark follows that name: '文化和旅游部“十四五”发展规划' -> '“十四五”发展规划'; None for other titles.
    `home` is the region of the citing plan, from which `central_body_at` looks up places."""
    found = central_body_at(title, 0, home)
    following = title[found[1] :] if found else ""
    return following if re.match(r"[“\"](?:二十|十.)五", following) else None


# “健康四川2030”规划纲要, 数字福建建设规划, 平安成都
THEMED_TITLE = re.compile(
    r"[“\"]?(?:健康|平安|数字|美丽|法治|信用|智慧|清洁|绿色|质量|幸福|文明|海上|人文|书香|诚信|清廉)"
)
# 武汉|都市圈, 成都|平原, 赤水|河流域, 青海|湖: what starts with a region's bare name and is none; but
# 福建省|流域水环境保护条例, 海南|湖泊
LONGER_NAME = re.compile(
    r"湖(?![泊区长])|湾(?![区长])|大?都市圈|城市群|经济圈|经济区|经济带|[江河湖]?流域|平原|湾区|三角洲|走廊|盆地|半岛|海峡"
)
# 长沙|—株洲, 四川省|和重庆市
AND_OTHER = re.compile(r"[-—–至和与、]|到(?!\d)")


def is_part_of_name(text: str, length: int) -> bool:
    """Whether the region's name with which the text begins, `length` characters long, is one of several or a part of a
    longer name, so that the text is not named after this region: ('四川省、重庆市', 3), ('武汉都市圈发展规划', 2) ->
    True; ('四川省能源规划', 3) -> False. It is one of several where 和, 与, 、, 至, a dash, or 到 without a digit after
    it follows. It is part of a longer name where it does not end with 省, 市, 县 or the like, and 都市圈, 流域, 平原 or
    the like (LONGER_NAME) follows."""
    bare = text[length - 1] not in "省市县区州旗盟"
    return AND_OTHER.match(text, length) is not None or (bare and LONGER_NAME.match(text, length) is not None)


# 我省“十四五”…, 自治区“十四五”…
OF_HOME = re.compile(r"(?:[本我全](?=[省市县区州旗盟自]))?(?P<level>(?<=[本我全])[省市县区州旗盟]|自治[区州县旗])")
# 中国（上海）自由贸易试验区总体方案: what the State Council has issued for each of the zones
OF_TRADE_ZONES = ("总体方案", "深化改革开放方案")


def of_title(title: str, home: Region) -> tuple[Region | None, str]:
    """The region that a title names, and the rest of the title. `home` is the plan's region, which 我省 refers to. The
    first that applies; an opening quotation mark before a name with 省 or 市 is ignored:

    - 我省, 全省, 自治区 at the start: `home` or the region above it that has this level (None where there is none), and
      what follows;
    - 中华人民共和国 at the start: 中国, and what follows;
    - 中国（上海） at the start: the region in the brackets and the whole title, 中国 for what the State Council issues
      for such zones (…总体方案, …深化改革开放方案); (None, title) where the brackets name no region;
    - a region's name at the start or after a five-year period (十一五 or later), unless it is one of several or part of
      a longer name (`is_part_of_name`): that region, and the title without it: '十四五四川省能源规划' -> (四川省,
      '十四五能源规划'); the whole title where 经济特区 follows the name (深圳经济特区绿色金融条例);
    - a region's name after 健康, 数字 and the like: that region, and the whole title ('健康四川2030规划');
    - (None, title).
    """
    text = re.sub(r"^[“\"‘'](?=[^”\"’']{2,12}[省市])", "", title)
    if found := OF_HOME.match(text):
        return ancestor(home, found["level"]), text[found.end() :]
    if text.startswith("中华人民共和国"):
        return CHINA, text.removeprefix("中华人民共和国")
    if found := re.match(r"中国[(（](?P<region>[^()（）]{2,8})[)）]", text):
        if text.endswith(OF_TRADE_ZONES):
            return CHINA, text
        placed = region_prefix(found["region"], home)
        return (placed[0], text) if placed else (None, title)
    start = ""
    if found := re.match(rf"[“\"]?(?:二十|十[{ONES}])五[”\"]?(?:时期|期间)?", text):
        start, text = found[0], text[found.end() :]
    placed = region_prefix(text, home)
    if placed and text.startswith("经济特区", placed[1]):
        return placed[0], title
    if placed and not is_part_of_name(text, placed[1]):
        return placed[0], start + text[placed[1] :].lstrip("”\"’'")
    if found := THEMED_TITLE.match(text):
        placed = region_prefix(text[found.end() :], home)
        if placed and not is_part_of_name(text[found.end() :], placed[1]):
            return placed[0], title
    return None, title


# 国家信息化发展战略纲要, “健康中国2030”规划纲要, 交通强国建设纲要; not 国家园林城市创建方案, 交通强国江苏方案
NATIONAL_TITLE = re.compile(
    rf"[“\"]?(?:十[{ONES}]五[”\"]?)?"
    r"(?:中华人民共和国|国家(?!级|公园|湿地|森林|园林|卫生城|文明|高新|生态)|全国(?!文明|卫生|双拥|重点)|中国(?![（(])"
    rf"|[\u4e00-\u9fff]{{2,4}}(?:中国|强国)(?:{CENTURY_YEAR})?[”\"]?(?:建设|行动|整体|发展)*(?:规划|纲要|战略|布局))"
)
LOCAL_WORK = re.compile(r"创建|申报|迎检|争创|巩固")


def national_name(title: str) -> bool:
    """Whether the title itself shows that the document is national: it is a law (法), which only the country can make,
    or begins, perhaps after a five-year period (十一五 to 十九五), with 国家, 全国, 中国, 中华人民共和国 or the 规划,
    纲要, 战略 or 布局 of a programme such as 健康中国2030 or 交通强国 (NATIONAL_TITLE: 国家信息化发展战略纲要; not
    国家级…, 国家园林城市…, 健康中国行动) and has no word for how a place takes part (创建, 申报, 迎检, 争创, 巩固)."""
    if type_of(title) == "法律":
        return True
    return NATIONAL_TITLE.match(title) is not None and not LOCAL_WORK.search(title)


@cache
def known_documents() -> frozenset[str]:
    """The names, as `name_of` writes them, of national documents whose titles name neither the country nor a region,
    from the data file."""
    return frozenset(name_of(row[0]) for row in data_rows("national_documents.tsv"))


def nationally_known(name: str) -> bool:
    """Whether the name, as `name_of` writes it, is exactly one of `known_documents`."""
    return name in known_documents()
