"""Development zones, new areas and their like: in the names of their committees, in the titles of their plans."""

from extractors import expressions as re
from extractors.reference.regions import CHINA, Gazetteer
from extractors.vocabulary.dates import CENTURY_YEAR
from extractors.vocabulary.numerals import ONES
from ontology.model.facts import Level, Region

# 某|高新技术产业开发区, 临港|新片区
ZONE_KINDS = (
    r"(?:经济技术开发区|高新技术产业开发区|高新技术开发区|高新区|经开区|开发区|经济区|新区|新片区|示范区|综合保税区|保税区|旅游度假区|度假区"
    r"|工业园区|产业园区|科技园区|园区|风景名胜区|自由贸易试验区|自贸试验区|合作区|试验区|功能区|集聚区|管理区|实验区|农场|林区)"
)
# 某开发区|管理委员会
ZONE_BODY = re.compile(
    rf"(?P<name>[\u4e00-\u9fff（）()]{{0,16}}?{ZONE_KINDS})(?:管理委员会|管委会|执行委员会|执委会|党工委|工作?委)"
)
# 长三角生态绿色一体化发展示范区|水利专项规划
SHARED_ZONE = re.compile(rf"(?:(?!建设|推进|关于|支持|深化)[\u4e00-\u9fff]){{2,16}}?{ZONE_KINDS}")
# 苏州工业园区国民经济…规划, 某市经开区“十四五”…规划: a zone's own plan
ZONE_PLAN = re.compile(
    rf"(?P<name>[\u4e00-\u9fff（）()]{{0,10}}?{ZONE_KINDS})(?=[“\"‘]?十[{ONES}]五|国民经济|{CENTURY_YEAR}|第十[{ONES}]个五年|总体规划|国土空间)"
)
# 遵义|经开区新材料产业规划
ZONE_NEXT = re.compile(rf"[\u4e00-\u9fff]{{0,6}}?{ZONE_KINDS}")
# 国家高新技术产业开发区, 经开区: a zone whose name says nothing but its kind
PLAIN_ZONE = re.compile(rf"(?:国家级?|省级)?{ZONE_KINDS}")


def zone_of(gazetteer: Gazetteer, name: str, outer: Region | None) -> Region:
    """The zone of this name in the region `outer`, the country where that is None; one that the gazetteer does not have
    is made, without a code. '临港新片区' in 上海市 -> 临港新片区. A name that says only the kind of zone and is not in
    the gazetteer gets the name of the region in front, unless that is the country, without 市, 县, 区 or 自治区 where
    two characters or more are left: '经开区' in 贵阳市 -> 贵阳经开区, in 渠县 -> 渠县经开区."""
    outer = outer or CHINA
    if known := gazetteer.resolve(name, outer):
        return known
    if PLAIN_ZONE.fullmatch(name) and outer != CHINA:
        name = re.sub(r"(?<=..)(?:自治区|[市县区])$", "", outer.name) + name
    return gazetteer.unknown(name, below(outer), outer)


def below(outer: Region) -> Level:
    """The level of a zone inside the region `outer`: "prefectural" in the country or a province, else "county", for the
    districts of a city have that level too."""
    return "prefectural" if outer.level in ("national", "provincial") else "county"
