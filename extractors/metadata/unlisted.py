"""Places that the data set of regions does not have, recognised where an issuer or a title prints them together with
their government or with the region above."""

from extractors import expressions as re
from extractors.document import Document
from extractors.metadata.bodies import BODY_ENDING
from extractors.reference.regions import CHINA, Gazetteer
from extractors.vocabulary.dates import CENTURY_YEAR
from extractors.vocabulary.notices import TITLE_KINDS
from extractors.vocabulary.numerals import ONES
from ontology.model.facts import Level, Region

# 云岭省某某市某某县: a chain of places that no data set has
PLACE_CHAIN = re.compile(
    r"(?P<province>(?![全本我各])[\u4e00-\u9fff]{2,3}(?:省|自治区))?(?P<city>(?![全本我各])[\u4e00-\u9fff]{1,8}?(?:自治州|盟|地区|市))?"
    r"(?P<county>(?![全本我各委党])[\u4e00-\u9fff]{1,7}?(?:自治县|自治旗|县|旗|区|市))?"
)
# What follows the name of a place that is not known: its government, congress (第五届) or plan; not 域 of 长三角区域.
CIVIC = re.compile(
    rf"(?![域场际间位块划])(?:人民政府|政府|委|党|[“\"‘]?十[{ONES}]五|国民经济|国土空间|{CENTURY_YEAR}|第十[{ONES}]个|第[{ONES}十]{{1,3}}届"
    rf"|[\u4e00-\u9fff]{{2,14}}{BODY_ENDING}$)"
)
# 青石市养老服务体系建设三年行动计划: what follows such a name in a plan's title
PLAN_AFTER = re.compile(
    rf"(?![域场际间位块划级属直])[\u4e00-\u9fff“”\"（）()《》〈〉、—\d－-]{{2,50}}?{TITLE_KINDS}(?:[（(].{{1,30}}[）)])?$"
)
# words that only end like the name of a city or a county: 集市, 试点县
NO_TOWN = re.compile(r"(?:[集夜早门都楼车县地省本我该各全上入退小大]市|[点范困强大小名列全各本我该外跨进郊]县)$")
NO_PLACE = re.compile(
    r"(?:[城社小园景校库灾山片辖牧林厂矿地街]|开发|示范|保护|功能|试验|合作)区$|(?:城|股|上|超|菜)市$|[郡]县$"
)


def unlisted(document: Document, gazetteer: Gazetteer, text: str) -> tuple[Region, int] | None:
    """A place that the data set does not have and with whose name the text begins, and the length of that name:
    '云岭省青石县人民政府' -> 青石县 in 云岭省, 6. The name may be a chain of province, city and county: those of them
    that the data set has by their names are taken from it, the others are made without a code, each in the one before.
    None where the words need not name a place: no government, other body, period or plan (`_of_plan`) follows, they
    only end as names of places do (开发区, 股市), or a known region's name ends them.

    `text` is the name of a body or a title, at whose beginning the gazetteer finds no region (`Gazetteer.prefix`);
    where it has no province, the regions above the place may be named elsewhere in the document (`_chain_in`).
    """
    found = PLACE_CHAIN.match(text)
    if not found or not found[0] or NO_PLACE.search(found[0]):
        return None
    if not CIVIC.match(text, found.end()) and not _of_plan(document, found, text):
        return None
    if any(gazetteer.candidates(found[0][i:])[1] == len(found[0]) - i for i in range(1, len(found[0]) - 2)):
        return None  # 某某总队上海市…: a known place after words that are none
    names: list[tuple[str | None, Level]]
    names = [(found["province"], "provincial"), (found["city"], "prefectural"), (found["county"], "county")]
    if not found["province"]:
        names[:0] = _chain_in(document, found[0])
    region = CHINA
    for name, level in names:
        if name:
            region = gazetteer.resolve(name) or gazetteer.unknown(name, level, region)
    return region, found.end()


def _of_plan(document: Document, place: re.Match[str], text: str) -> bool:
    """Whether `place`, a match of PLACE_CHAIN at the beginning of `text`, begins the title of a plan, though no body or
    period follows: the rest of `text` ends as such a title does. The name must be one of a city or county (市, 县) with
    3 or 4 characters and not one that only ends so (集市); and the plan must speak of its own level (全市 or 市教育局
    for 市, 全县 or 县教育局 for 县), or the county stand behind its city of at most 4 characters (青石市云溪县)."""
    name = place["county"] or place["city"] or ""
    if (
        not 3 <= len(name) <= 4
        or name[-1] not in "市县"
        or NO_TOWN.search(name)
        or not PLAN_AFTER.match(text, place.end())
    ):
        return False
    if place["city"] and place["county"] and len(place["city"]) <= 4:
        return True
    level = name[-1]
    own = rf"(?<![健安齐自])[全我本]{level}(?![域场])|(?<![\u4e00-\u9fff]){level}[\u4e00-\u9fff]{{2,10}}[局委办]"
    return re.search(own, document.text) is not None


def _chain_in(document: Document, name: str) -> list[tuple[str | None, Level]]:
    """The (name, level) of the province (省) and the city (市, 州, 盟 or 地区) of the place `name`, where the document
    first prints them in front of it, with no Chinese character before them (云岭省澄水市青石县). A name is None where
    only the other one is printed; [] where neither is."""
    chained = re.compile(
        r"(?<![\u4e00-\u9fff])(?P<province>[\u4e00-\u9fff]{2,3}省)?(?P<city>[\u4e00-\u9fff]{2,4}(?:市|州|盟|地区))?"
        + re.escape(name)
    )
    for found in chained.finditer(document.text):
        if found["province"] or found["city"]:
            return [(found["province"], "provincial"), (found["city"], "prefectural")]
    return []
