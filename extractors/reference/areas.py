"""How plans name regions below one without their own names, whose governments are meant: 各县（市、区）, 各市县,
有关旗县区, 项目所在县.

The kinds of regions and the marks between them are written in many ways, with several forms of brackets. Each pattern
here is for one place where such words stand, and its exceptions are those of that place.
"""

from extractors import expressions as re

KIND_CHARACTERS = "省市州盟县区旗"
OPENING, CLOSING = "（(〔〈[［", "）)〕〉]］"
# 项目所在区（县级市）, 所在县: where something is
LOCATED = r"(?:(?:项目|企业|工程|学校|水库|矿山|河段|资源|园区|基地|试点|户籍|事发|辖区)?所在)"
# 各, 有关, 项目所在: which of the regions
SOME = "各有关|各相关|有关|相关|各"
WHICH = rf"(?:{SOME}|{LOCATED})"
# 沿河(各县), 库区(各县), 泽江流域(各县): the regions that lie somewhere; a river's name only where it begins a clause
LYING = (
    r"(?:(?:(?:(?<=[，。；：、\n])|^)[\u4e00-\u9fff]{1,3}[江河湖海])?(?:沿线|沿岸|流域|两岸)"
    r"|沿[河江海湖边黄淮]|环湖|库区|山区|牧区|林区|湖区|边境)"
)
# 全市(各县), 沿河(各县), 全市沿江(各县)
ALONG = rf"(?:(?:全[国{KIND_CHARACTERS[:-1]}])?{LYING}|全[国{KIND_CHARACTERS[:-1]}])"
# 各|涉农|区, 有关|产粮大|县, 各|沿海|市: which regions of a kind, by what they have or do
SORT_OF_AREA = r"(?:涉农|涉海|沿海|沿江|边境|产粮大|粮食主产|脱贫|主城|郊)"
# 县, 设区的市, 自治县, 新区, 县级城市, 涉农区: a kind of region with what qualifies it
AREA_KIND = (
    rf"(?:(?:{SORT_OF_AREA}(?=[市县区旗])|设区的?|省辖|地级以上|地级|县级(?=城?市)|地(?=[（(]?市)|省级|自治|直辖|计划单列|功能|副|特(?=区))?"
    rf"(?:城?市|[{KIND_CHARACTERS}]|地(?=[）)])|地区|地市|师市|师(?=[（(]市)|新区|园区|开发区))"
)
# 县（, 市、, 区）: the same with the marks after it
AREA = rf"(?:{AREA_KIND}[级的、和及/{re.escape(OPENING + CLOSING)}]{{0,3}})"
GOVERNMENT = r"(?:党委、政府|党委政府|人民政府|政府)"
# 县(（市、区）), 旗(（县、市、区）)县: the kinds after the first, in a bracket
FURTHER_KINDS = rf"[（(〔〈][{KIND_CHARACTERS}特、]{{1,6}}[）)〕〉][县区市]?"
# 各地区, 各地方, 各地 as the whole name of bodies
ALL_REGIONS = frozenset({"各地区", "各地方", "各地"})
# 市县, 县（市、区）: regions of several kinds, without 各
REGIONS_BELOW = rf"(?:市县|县区|区县|[市县区旗]{FURTHER_KINDS})"
# the whole name of the governments of many regions, which may be named by their regions alone
GOVERNMENTS_NAME = re.compile(
    rf"{ALONG}?{WHICH}(?:(?!地区){AREA}|[（(]县级市[）)]){{1,6}}{GOVERNMENT}?|{REGIONS_BELOW}"
)
# the same at the beginning of a body's name: 各县（市、区）|教育局
REGIONS_BEFORE_NAME = re.compile(rf"{ALONG}?(?:{SOME})(?:地方?|{AREA}{{1,6}})(?=.)")
# 省、市、县级, 市、县（区）两级, 区镇两级: the levels of which each is meant
SEVERAL_KINDS = (
    rf"(?:自治区|设区的?市|[{KIND_CHARACTERS}])级?(?:[、和]?[{KIND_CHARACTERS[1:]}乡镇]级?(?:[（(][{KIND_CHARACTERS[1:]}、]{{1,5}}[）)])?){{1,3}}"
    r"(?:[两二三四]?级)?"
)
_BRACKET = rf"[{re.escape(OPENING)}][^{re.escape(OPENING + CLOSING)}]{{1,12}}[{re.escape(CLOSING)}]"
# Such a name in a list of bodies, where its 、 is no mark of the list: 各市、县人民政府, 省、市、县级财政部门; towns
# and the remarks of a bracket are part of it too. It must end where a name can.
REGIONS_IN_LIST = re.compile(
    rf"(?:(?<![\u4e00-\u9fff]){SEVERAL_KINDS}(?:(?<=级)[\u4e00-\u9fff]{{2,6}}|(?:人民)?政府)|(?:{SOME}|地方各级)"
    rf"(?:(?:{AREA_KIND}|乡镇|[乡镇]|街道)"
    rf"(?:[级的、和]{{0,2}}|{_BRACKET})){{1,6}}"
    rf"(?:{GOVERNMENT}|办事处)?(?:[（(][^（）()、]{{2,8}}[）)])?)"
    r"(?=[、，；;。：）)\]】和及与等按分组负牵配参共落具]|$)"
)
_REGIONS = (
    rf"(?:(?:{SORT_OF_AREA}(?=[市县区旗])|设区|地级|省辖)?(?:县级市|地市|师市|师(?=[（(〔〈]市)|[{KIND_CHARACTERS}])|自治[区州县旗]|直辖市|计划单列市)"
    rf"(?:[（(〔〈][{KIND_CHARACTERS}特、自治直辖级]{{1,8}}[）)〕〉])?"
)
# Such a name in running text, with its government or without (各县（市、区）|要…), also without 各 where they are set
# to work (支持|市县|设立基金), and 各镇, 各乡, 各镇（管委会）. Not before words that make it a place (各县区|域) or the
# name of something there (各镇|村); zones have no government of this name.
REGIONS_IN_TEXT = re.compile(
    r"各[镇乡](?:[（(](?:[乡镇场]|(?:园区|开发区)?管委会)[）)]|(?![镇（(街政人党办场域村级土情]))"
    rf"|(?:{LYING}?{WHICH}{_REGIONS}(?:[、和及]?{_REGIONS}){{0,4}}"
    rf"|(?<=支持|鼓励|指导|督促|引导|要求|允许){REGIONS_BELOW}(?!联动|协同|一体|共建|融合|统筹|合作))"
    r"(?![级直委域内间情外场块位城际长属]|人民政府|政府|党委|管委会)"
)
