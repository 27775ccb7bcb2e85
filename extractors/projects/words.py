"""How plans write projects: titles of their lists, names, headers of columns, sums and years.

The rules are narrow: a title, a name or a sum that could be anything else is not taken for one.
"""

from collections.abc import Sequence
from decimal import Decimal

from extractors import expressions as re
from extractors.vocabulary.chapters import BEGINS_WITH_VERB
from extractors.vocabulary.dates import CALENDAR_YEAR
from extractors.vocabulary.numbering import marker
from extractors.vocabulary.numerals import ONES, ORDINAL
from ontology.model.facts import squeeze

# 重大项目, “十四五”医疗卫生重点工程项目, 重点建设项目表: a list of projects, not a project
PROJECT_LIST = re.compile(
    r".{0,30}?(?:重大|重点|主要|标志性|储备)(?:建设|工程|基础设施)*(?:工程|项目)+(?:建设)?(?:汇总|计划|安排|规划)?"
    r"(?:一览表|清单|名单|列表|表|库)?(?:[（(].*[）)])?"
)
# 重大交通项目, “十四五”重点文旅项目: those of a field; 重点人群健康项目 is one, for 重点 belongs to 人群
PROJECTS_OF_FIELD = re.compile(
    rf"(?:[“\"]?十[{ONES}]五[”\"]?(?:时期|期间)?|[全我本][国省市州县区])*(?:重大|重点|标志性)"
    r"(?!疾病|病种|传染病|慢性?病|职业病|地方病|疫情|人群|人员|群体|对象|人才|区域|地区|流域|海域|水域|河段|路段|部位"
    r"|场所|领域|行业|企业|单位|学科|专科|实验室|污染|危险源|风险|隐患|灾害|事故|生态|物种|品种|作物|产品|技术|装备)"
    r"[\u4e00-\u9fff]{2,6}项目(?:建设)?"
)
# 表3 云岭省水利重点项目一览表, 附表：项目清单
PROJECT_TABLE = re.compile(
    r"(?:重大|重点|主要|标志性|建设|储备|投资)(?:建设)?(?:工程|项目)"
    r"|(?:工程|项目)(?:一览|汇总|清单|名单|计划|规划|建设|储备)*(?:表|库|清单)"
)
# 表3, 附表2-1：, 附件一、, 附件：; 表彰项目, 附件20个项目, 附件2023年项目 and 表一体化项目 have no label
LABEL_OF_TABLE = re.compile(
    rf"^附?[表件](?:\s{{0,3}}(?:\d{{1,3}}|[{ONES}]?十?[{ONES}]|[{ONES}]?十)(?:[-－—.]\d{{1,2}})?(?![\d{ONES}十年月个批类体般]|项(?!目))"
    r"[：:.．、—\s]*|[：:\s]+|$)"
)
# what a table of indicators or of other things is called
OTHER_TABLE = re.compile(r"指标|任务分工|职责|完成情况|目标")
# 项目名称, 工程名称, 重点项目, 建设项目名称
NAME_HEAD = re.compile(
    r"(?:重大|重点|主要|建设|拟建|续建|新建)*(?:工程|项目)(?:名称)?|(?:工程|项目)(?:（项目）|\(项目\)|/项目)?名称"
)
# columns that tables of projects have and others do not
PROJECT_COLUMNS = {
    "investment": re.compile(r"(?:计划|估算|规划|项目|工程)?(?:总)?投资(?:额|估算|规模|概算|总额)?(?:[（(].*[）)])?"),
    "place": re.compile(r"(?:建设|实施|项目|工程)?(?:地点|地址|选址|位置|所在地)"),
    "period": re.compile(r"(?:建设|实施|计划|起止|项目|工程)*(?:年限|起止年限|期限|周期|起止时间|年度|起止年)"),
}
# 实施…工程, 推进…项目: the verb is none of the name
CARRY_OUT_VERB = re.compile(r"^(?:组织实施|深入实施|继续实施|实施|启动实施|启动|推进)(?=.{4})")
PROJECT_NAME = re.compile(r"[^。；，,;：:\n]{2,44}(?:工程|项目)(?:[（(][^（）()]{1,20}[）)])?")
_WORKS = "基地|中心|园区?|平台|水库|电站|机场|铁路|高速|快线|公路|大桥|隧道|港区?|医院|学校|管网"
# what an item of a list of projects may end with beside these: 泽宁机场轨道快线, 云青铁路东段, 云青铁路
LISTED_NAME = re.compile(
    rf"(?:[^。；，,;：:\n]{{4,44}}(?:{_WORKS}|[{ONES[:4]}1-9]期)|[\u4e00-\u9fff]{{2,3}}(?:铁路|高速|水库|大桥)"
    r"|[\u4e00-\u9fff]{2,20}(?:铁路|高速|公路|国道|快线)[\u4e00-\u9fff]{1,6}段)(?:[（(][^（）()]{1,20}[）)])?"
)
# 普通国省干线公路, 城际铁路, 加固水库: what is built, with words that say of which kind or what is done to it, and no
# name
CLASS_OF_WORKS = re.compile(
    r"(?:高速|快速|普通|普速|城际|市域|干线|支线|客运|货运|地方|专用|国家|国际|省际|省道|国道|区域|跨[省江河海湖区]|既有|重载"
    r"|疏港|沿[江河海边]|城市|城镇|城乡|农村|乡村|乡镇|县乡|县级|村级|基层|国省|[大中小]{1,3}型|病险|重[点大]|新建|改建|扩建|续建|在建"
    r"|拟建|规划|其他|智慧|现代|绿色|综合|通用|民用|枢纽|公共|供水|污水|排水|雨水|燃气|供热|地下|抽水蓄能|工业|产业|物流|农业"
    r"|科技|服务|示范|养老|医疗|公立|中医|专科|中小|职业|公路|铁路|轨道|交通|道路|桥梁|[和及与、等]"
    r"|建设|加快|推进|推动|加固|完善|改造|提升|修建|修复|治理|养护|实施|优化|打造)*"
    rf"(?:{_WORKS})"
)
# 防洪工程, 学校工程: as short as this, a name may be a class of projects as well (天网工程 is a name)
SHORT_PROJECT_NAME = re.compile(r".{2}(?:工程|项目)")
# 新建堤防50公里, 医院2所: a number of things, none of money, years or shares
COUNTED_THINGS = re.compile(
    r"\d(?:\.\d+)?[万亿]?(?:余|多)?(?![\d.,:：—–～~%％元年月日期万亿余多-]|号线?)[\u4e00-\u9fff㎡]"
)
# 古村保护, 景区提升: what the column of names of a table of projects may hold
NAME_IN_COLUMN = re.compile(r"[^。；，,;：:\n]{2,44}")
CHINESE_WORD = re.compile(r"[\u4e00-\u9fff]{2}")
# 重点项目, 工程项目, 合计: words for projects, and rows that sum up, are no name
NO_PROJECT_NAME = re.compile(
    r"(?:(?:重大|重点|主要|建设|其他|新建|续建|拟建|储备|工程|基础设施)*(?:工程|项目)(?:建设)?|合计|小计|总计)"
    r"(?:[（(].*[）)])?"
)
# 人员经费, 不可预见费, 建设期利息, 中央车购税, 银行贷款, 地方财政资金: what money is spent on, or where it comes from
COST = re.compile(
    r".{0,30}(?:(?<![消收免缴])费用?|利息|车购税|购置税|贷款|资金|债券|拨款|自筹|资本金)(?:[（(][^（）()]{0,20}[）)])?"
)
MIN_SHARE_OF_COSTS = 3  # one row in so many makes a table one of costs
# 高速公路（2个）, 水利（共3项）: what several rows are together; 甲县小计, 高速公路合计: their sum
COUNTED_GROUP = re.compile(r".{0,40}[（(]共?计?\d{1,4}(?:个|项)(?:工程|项目)?[）)]")
GROUP_SUM = re.compile(r".{0,40}(?:合计|小计|总计|共计)(?:[（(].{0,20}[）)])?")
# 一、高速公路, （一）高速公路; 一 and （一） alone in the column of row numbers
NUMBER_OF_GROUP = re.compile(rf"[（(]?{ORDINAL}(?:[）)、.．]|$)")
# 总投资35亿元, 投资额为1,200万元, 总投资：12 亿元; 约12亿元, 达12亿元, 12亿余元, 10—12亿元 and 12亿元以上 leave the
# sum open
STATED_SUM = re.compile(
    r"(?P<before>总投资|计划投资|估算投资|投资估算|投资)额?(?:为|[：:])?[ \u3000]{0,2}"
    r"(?P<about>约|近|超过?|达到?|不[低少]于|预计)?"
    r"[ \u3000]{0,2}(?P<value>\d+(?:,\d{3})*(?:\.\d+)?)(?P<range>[—–~～至-]\d[\d.,]*)?"
    r"[ \u3000]{0,2}(?P<more>[余多])?(?P<scale>[万亿])(?P<more_scaled>[余多])?元(?P<open>以上|左右)?"
)
INEXACT = ("about", "range", "more", "more_scaled", "open")  # groups of STATED_SUM
# 每年投资, 其中2022年投资, 县级投资, 一期投资, “十三五”期间总投资: before a sum that is none of the whole
PART_OF_SUM = re.compile(
    rf"(?:(?:其中[，,：:]?|每年|年均|每个|平均|\d年|年度|期间|时期|[{ONES}首1-9]期|阶段|标段|已完成|累计|财政|自筹|配套"
    r"|社会资[本金]|社会力量|民间|企业|中央|[国省市县区乡镇村各]级)[^，,。；;、：:\s]{0,8}|(?:^|[，,。；;、：:])[省市县区乡镇村])$"
)
LONGEST_BEFORE_SUM = 20  # characters before a sum in which PART_OF_SUM is looked for
# 2021—2024年
_YEARS = rf"(?P<first>{CALENDAR_YEAR})年?(?:[-—－–~～至到]{{1,3}})(?P<last>{CALENDAR_YEAR})年"
# what stands before a clause
_OPENS_CLAUSE = r"(?:(?<=[，,。；;：:（(])|^)"
# 建设期限2021—2024年: years that say when it is built
STATED_YEARS = re.compile(
    r"(?:建设|实施|项目|工程|起止)(?:期限|年限|周期|时间|期)(?:[为是]|[：:])?"
    rf"{_YEARS}(?=[，,。；;）)]|$)"
)
# 2021—2023年，总投资5亿元, 总投资5亿元，2021—2023年。, 总投资5亿元，2021—2023年建设。: the same as a clause of
# their own; in 2021—2022年，建设大坝 and 2021—2022年建设大坝 they are those of a step
BUILDING_YEARS_ALONE = re.compile(
    rf"{_OPENS_CLAUSE}{_YEARS}(?:建设|实施)?"
    r"(?=[，,](?:总|计划|估算|项目|工程)*投资|[。）)]|$)"
)
# 2023年建成投产, 2026年底前全线建成通车; in 门诊楼2022年建成投用 it is the year of a part
YEAR_OF_COMPLETION = re.compile(
    rf"{_OPENS_CLAUSE}(?:(?:计划|预计|力争|确保|将)?[于在到至]?)(?P<last>{CALENDAR_YEAR})年(?:年?底|末)?前?"
    r"(?:全面|全部|全线|基本)?(?:建成|竣工|完工)"
    r"(?:并?投入(?:使用|运营|运行)|投产|投用|通车|运营|达产|使用|开园|开放)?(?=[，,。；;）)]|$)"
)
# 一期, 续建, 首段, 分期: a text about stages, of which the years may be those of one; 2021年开工 begins the whole
STAGES = re.compile(rf"[{ONES}首先后分1-9]期|续建|阶段|[首先分后]段")
OTHER_YEAR = re.compile(rf"(?<!\d){CALENDAR_YEAR}年(?!(?:年?[底初末]|\d{{1,2}}月)?(?:全面|正式)?(?:开工|动工|启动))")
MONEY_CELL = re.compile(r"(?P<value>\d+(?:,\d{3})*(?:\.\d+)?)(?P<unit>[万亿]?元)?")
MONEY_UNIT = re.compile(r"[万亿]?元")
# 2021—2025年, 2021-2025
YEARS_CELL = re.compile(rf"({CALENDAR_YEAR})年?(?:[-—－–~～至到]+)({CALENDAR_YEAR})年?")
YEAR_CELL = re.compile(rf"({CALENDAR_YEAR})年?")


def is_list(title: str) -> bool:
    """Whether a box's title heads a list of projects, and is not the name of one: 重大, 重点, 主要, 标志性 or 储备
    right before 工程 or 项目 (建设, 工程 and 基础设施 may stand between), at most 30 characters before, and nothing
    after but 建设, words for a plan or list (规划, 清单) and a bracket; or 重大, 重点 or 标志性, the two to six
    characters of a field, and 项目, with nothing before but “十四五” and words for the own region (全市).

    '“十四五”卫生健康重大工程', '重点项目一览表', '重大交通项目' -> True; '阿里山水库工程', '重大水利工程',
    '项目清单' -> False"""
    words = squeeze(title)
    return bool(PROJECT_LIST.fullmatch(words) or PROJECTS_OF_FIELD.fullmatch(words))


def work_name(title: str, text: str | None, *, labelled: bool, dated: bool) -> str | None:
    """The name of the project that a line of a list of projects names, as `project_name` reads it in a list: its title,
    or where a colon follows that (`labelled`), the first words of its text (`labelled_name`). `text` is what follows
    the title, None for nothing; `dated` says that it states an investment or years.

    The title is the name, unless it has only two characters before 工程 or 项目 (SHORT_PROJECT_NAME) and a colon
    follows it or its text counts things, as below a class of projects: 天网工程 -> 天网工程; 防洪工程, 新建堤防50公里
    -> None. The first words of the text are, where the title is not, if the line has a colon and is `dated`: 铁路工程
    and 云青铁路东段，总投资40亿元。 -> 云青铁路东段. None where neither is."""
    name = project_name(title, listed=True)
    short = name is not None and SHORT_PROJECT_NAME.fullmatch(name) is not None
    if name and not (short and (labelled or COUNTED_THINGS.search(text or ""))):
        return name
    return labelled_name(text) if labelled and dated and text else None


def labelled_name(text: str) -> str | None:
    """The name of the one project that the text names in its first clause, where a line of a list has a class before it
    (机场：泽宁通用机场，2021—2023年，总投资5亿元。), as `project_name` reads it in a list: '泽宁通用机场，…' ->
    '泽宁通用机场'. None where the clause begins with a verb or names several (甲高速、乙高速), and for a text without
    a comma."""
    clause = re.split(r"[，,]", text, maxsplit=1)[0]
    if len(clause) == len(text) or "、" in clause or BEGINS_WITH_VERB.match(squeeze(clause)):
        return None
    return project_name(clause, listed=True)


def stated_years(text: str) -> tuple[int | None, int, int] | None:
    """First and last year of the building of a project, and the offset after the words that state them, where the text
    does so exactly once: '总投资3亿元，建设期限2021—2024年。' -> (2021, 2024, 21). Of a year of completion, which opens
    a clause, perhaps behind 计划, 预计, 到 or the like, the first is None: '2023年建成投产。' -> (None, 2023, 9). Two
    years that open a clause without a word for a term (建设期限), perhaps with 建设 or 实施 after them, count where
    they end a sentence or an investment follows them. None where the text states none or several, has another year than
    that of the start (2023年开工) or a word for stages (一期, 续建), or the last year comes before the first."""
    # by the place of the year, for the years after 建设期限： also open a clause
    patterns = (BUILDING_YEARS_ALONE, YEAR_OF_COMPLETION, STATED_YEARS)
    found = {one.start("last"): one for pattern in patterns for one in pattern.finditer(text)}
    if len(found) != 1 or STAGES.search(text):
        return None
    (stated,) = found.values()
    groups = stated.groupdict()
    first, last = groups.get("first"), int(groups["last"])
    rest = text[: stated.start()] + "\n" + text[stated.end() :]
    if (first and int(first) > last) or OTHER_YEAR.search(rest):
        return None
    return int(first) if first else None, last, stated.end()


def project_name(text: str, *, listed: bool = False, in_column: bool = False) -> str | None:
    """The name of a project: '1.实施城乡供水一体化工程' -> '城乡供水一体化工程'; without white space, its number, a
    verb of carrying out (CARRY_OUT_VERB) before at least four characters, and 。 at the end. None where the text is not
    one: it does not end with 工程 or 项目, perhaps with a bracket after it, has fewer than 2 or more than 44 characters
    before these, only says so (重点项目, 合计), has one of 。；，,;：: in it, or has unpaired full-width brackets.

    `listed` says that the text is in a list of projects, where a name may also end with what is built, as LISTED_NAME
    has it (机场, 公路, 二期 …), after at least 4 characters, or 2 before 铁路, 高速, 水库 and 大桥: 泽宁国际机场. What
    only says of which kind it is or what is done to it (CLASS_OF_WORKS: 城际铁路, 加固水库) is none.

    `in_column` says that it stands in the column of names of a table that can only be one of projects (`invests`),
    where a name may have any end, and 2 characters are enough: 古村保护.
    """
    words = squeeze(text)
    if number := marker(words):
        words = words[number.end :]
    words = CARRY_OUT_VERB.sub("", words.rstrip("。"))
    if NO_PROJECT_NAME.fullmatch(words) or words.count("（") != words.count("）"):
        return None
    if in_column and CHINESE_WORD.search(words) and NAME_IN_COLUMN.fullmatch(words):
        return words
    if PROJECT_NAME.fullmatch(words):
        return words
    return words if listed and LISTED_NAME.fullmatch(words) and not CLASS_OF_WORKS.fullmatch(words) else None


def name_column(labels: Sequence[str], title: str | None) -> int | None:
    """The index of the column that has the names of projects, where `labels` (the headers of all columns) and `title`
    (None for none) are those of a table of projects; None for other tables. Exactly one label must be that of names
    (NAME_HEAD: 项目, 工程名称). Besides, either another must be that of an investment, place or years
    (PROJECT_COLUMNS), or the title must speak of projects (PROJECT_TABLE: 重点项目, 项目清单) and the table have at
    least two columns. A label or title with 指标, 目标, 任务分工, 职责 or 完成情况 in it rules the table out.

    (['序号', '项目名称', '建设地点', '总投资（万元）'], '重点项目表') -> 1"""
    words = squeeze(title or "")
    if OTHER_TABLE.search(words) or any(OTHER_TABLE.search(label) for label in labels):
        return None
    names = [n for n, label in enumerate(labels) if NAME_HEAD.fullmatch(label)]
    own = sum(any(pattern.fullmatch(label) for label in labels) for pattern in PROJECT_COLUMNS.values())
    return names[0] if len(names) == 1 and (own or (PROJECT_TABLE.search(words) and len(labels) > 1)) else None


def invests(labels: Sequence[str]) -> bool:
    """Whether one of the labels, the headers of a table with a column of names of projects (`name_column`), is that of
    an investment, so that each row is a project, whatever its name: ['项目名称', '建设内容', '总投资（亿元）'] ->
    True."""
    return any(PROJECT_COLUMNS["investment"].fullmatch(label) for label in labels)


def of_costs(names: Sequence[str]) -> bool:
    """Whether at least one in three (MIN_SHARE_OF_COSTS) of the names in the column of a table is what money is spent
    on or where it comes from (COST), so that no row of the table is a project: ['建筑工程', '设备购置费', '预备费'] ->
    True; ['古村保护', '石桥水库', '景区提升', '征地拆迁费'] -> False, and so for no names."""
    costs = sum(COST.fullmatch(squeeze(name)) is not None for name in names)
    return costs > 0 and costs * MIN_SHARE_OF_COSTS >= len(names)


def in_groups(rows: Sequence[tuple[str, str]]) -> list[bool]:
    """For each row of a table of projects, given as its row number ('' for none) and its name, whether it is a project
    in its group, and not the group itself, a sum or a cost: [('一', '高速公路'), ('1', '甲乙高速'), ('', '合计')] ->
    [False, True, False]. It is False where

    - the name ends with 合计, 小计 or the like (GROUP_SUM), or is a cost (COST);
    - the name ends with how many the group has (高速公路（2个）), and the row number has no digit;
    - the row number or the name has a Chinese number (一, 一、高速公路), and there are other rows without one, which
      are in these groups; where all rows have Chinese numbers, these only count the projects.
    """
    chinese = [any(NUMBER_OF_GROUP.match(squeeze(text)) for text in row) for row in rows]
    found = []
    for number, name in rows:
        words = squeeze(name)
        counted = COUNTED_GROUP.fullmatch(words) is not None and not re.search(r"\d", number)
        found.append(not (counted or GROUP_SUM.fullmatch(words) or COST.fullmatch(words)))
    divided = any(own and not numbered for own, numbered in zip(found, chinese, strict=True))
    return [own and not (divided and numbered) for own, numbered in zip(found, chinese, strict=True)]


def group_of_table(title: str | None) -> str | None:
    """The title of a table without the label of the table or annex at its start: '表3 重点项目一览表' ->
    '重点项目一览表', '附件：项目清单' -> '项目清单'. A label is 表, 件, 附表 or 附件 with a number that counts nothing,
    or with a colon, white space or the end of the title right after it; '表彰项目一览表', '附件20个项目' and
    '附件2023年项目' stay whole. None where nothing is left, and for None."""
    return LABEL_OF_TABLE.sub("", (title or "").strip()) or None


def money(text: str | None, unit: str | None) -> tuple[Decimal | None, str | None]:
    """The amount that a cell's text states and its unit: ('1,200', '万元') -> (1200, '万元'). `unit` is that of the
    column or table, for a text that has none of its own. (None, None) where the text is None or not an amount alone
    (约12万元), or the unit is missing or not one of money (元, 万元, 亿元)."""
    found = MONEY_CELL.fullmatch(text or "")
    unit = (found["unit"] if found else None) or unit
    if not found or not unit or not MONEY_UNIT.fullmatch(unit):
        return None, None
    return Decimal(found["value"].replace(",", "")), unit


def investment(text: str) -> tuple[Decimal, str, int] | None:
    """The amount of money, its unit and the offset after them, where the text states exactly one in 万元 or 亿元 right
    after 投资 or 投资估算, with 额, 为, a colon and blanks between or not, and states it exactly: '总投资：12 亿元' ->
    (12, '亿元', 9). None for two such amounts (one after other words, 中央资金3亿元, is none), for an approximate one
    (约12亿元, 达12亿元, 12亿余元), a range or a bound (12亿元以上), for that of a year, a part or a payer (PART_OF_SUM:
    每年投资, 其中投资, 县级投资), and where anything else stands between (投资共12亿元)."""
    sums = list(STATED_SUM.finditer(text))
    if len(sums) != 1 or any(sums[0][part] for part in INEXACT):
        return None
    start = sums[0].start()
    if PART_OF_SUM.search(text[max(0, start - LONGEST_BEFORE_SUM) : start]):
        return None
    return Decimal(sums[0]["value"].replace(",", "")), sums[0]["scale"] + "元", sums[0].end()


def years(text: str | None) -> tuple[int | None, int | None]:
    """First and last year of a cell's text that is one year from 1900 to 2099, or two with dashes, ～, 至 or 到
    between, each with 年 or without: '2021-2025年' -> (2021, 2025), '2023' -> (2023, 2023). (None, None) for other
    texts (2021年1月, 2021年起), for None, and where the last year comes before the first."""
    words = text or ""
    if found := YEARS_CELL.fullmatch(words):
        start, end = int(found[1]), int(found[2])
        return (start, end) if start <= end else (None, None)
    if found := YEAR_CELL.fullmatch(words):
        return int(found[1]), int(found[1])
    return None, None
