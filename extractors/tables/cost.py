"""How badly a text fits as a cell of a column of each role, as a cost: about 0 for a good fit (but 0.15 or 0.3 for a
label of a group, 0.8 for free text), NO_FIT (9) or more for none.

`cell_cost` takes the text of a whole cell. Where the cells of a table have no marks between them, `CellCosts` has the
costs of words that follow one another in the text.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from itertools import product

from extractors import expressions as re
from extractors.reference.units import unit_pattern
from extractors.tables.model import FREE_ROLES, GROUP_ROLES, VALUE_ROLES, Column, Role
from extractors.tables.words import Gap, Token
from extractors.vocabulary.chapters import BEGINS_WITH_VERB
from extractors.vocabulary.numerals import ORDINAL
from extractors.vocabulary.quantities import half_width

# —, ——, -, /, 无
NO_VALUE_MARK = re.compile(r"[-－—–―─_/／\\*]{1,4}|无|暂无|…{1,2}|N/?A|不适用")
# 约束性, 预期性, 【约束性】, 预期
KIND_CELL = re.compile(
    r"[（(【\[]?(?:约束|预期|预测|引导|指导|激励|导向|控制|考核|监测|参考|评价)[性型]?(?:指标)?[）)】\]]?"
)
KIND_STRICT = re.compile(r"[（(【\[]?(?P<kind>约束|预期|预测)性?(?:指标)?[）)】\]]?")
# 参保率95%约束性: a kind within words is another cell's
KIND_INSIDE = re.compile(r"(?:约束|预期|预测)性(?!指标)")
# 17, 3., （5）
SERIAL_CELL = re.compile(r"[（(]?(?P<n>\d{1,3})[）).、．]?")
# 县医保局、县税务局: between the bodies of a list
LIST_MARK = re.compile(r"[、，,；;\s]")
# 县医保局|: how a body's name ends
DEPARTMENT_END = re.compile(
    r"(?:局|委|办|办公室|部|厅|院|政府|中心|银行|公司|集团|单位|部门|残联|妇联|学校|大学|署|队|所|站|社|会|镇|乡|街道|区|县|市)"
    r"[)）]?等?$"
)
# 国家统计局, 国家税务总局, 国家发展改革委; not 国家级开发区, 国家标准化试点
NATIONAL_BUREAU = re.compile(r"国家(?!级)[\u4e00-\u9fff]{2,8}?(?:总?局|委)")
# 发展改革局, 建设局, 组织部: bodies whose names begin with a verb
NAMED_BY_VERB = re.compile(r"(?:发展(?:和|与)?改革|建设(?:交通)?|组织(?:人事)?)(?:局|委|部)")
# 市水利局|牵头, 各县区政府|负责实施: what a body in a list of bodies does
PART_IN_WORK = re.compile(
    r"(?:按照?(?:各自)?职责(?:分工)?|分工|共同|分别|具体|组织)?(?:牵头|主办|承办|协办|(?<!负责)配合|参与|协助|协同|负责)(?:负责)?(?:组织)?(?:实施|落实|推进|建设)?$"
)
CELL_NUMBER = r"[-+]?\d[\d,，]*(?:\.\d+)?"
CELL_COMPARATOR = (
    r"(?:[<>≤≥≦≧＜＞≈~＝=]=?|不低于|不少于|不高于|不超过|大于|小于|高于|低于|超过|达到?|约|接近|近"
    r"|控制在|稳定在|保持在|(?:累计|年均|平均|每年)?(?:下降|降低|减少|增长|提高|增加|上升|新增)|\+|-)?"
)
# 一、经济发展; （二）民生福祉
BAND_NUMBER = re.compile(rf"{ORDINAL}[、．.]|[（(]{ORDINAL}[）)]")
ITEM_COUNT = r"[（(]\d{1,2}[项个][）)]"  # （5项）: how many items a group has, behind its label
BAND = re.compile(rf"(?:{BAND_NUMBER.pattern})?[\u4e00-\u9fff、]{{2,14}}(?:{ITEM_COUNT})?")
# 保持稳定, 政策范围全覆盖, 更加适应: words that values are made of and names are not
VALUE_PHRASE = re.compile(
    r"保持|稳定|实现|达到|覆盖|完成|提高|提升|适应|合理|全部|持续|逐步|不断|落实|建立|建成|基本|明显|进一步|巩固|增长|下降"
    r"|不低于|不少于|以上|以下|左右|以内|增加|减少|降低|高于|低于|控制|国家|省级|下达|同步|按照|确定|更|统筹|县级|市级|州级"
    r"|起步|初步|试点|启动|省内|达标|同步|优良|良好|有序|推进|力争"
)
# 参保率, 森林覆盖率, 用水总量: how an indicator's name ends
NAME_END = re.compile(
    r"(?:率|数|量|额|值|比|例|比重|面积|收入|支出|水平|程度|次|度|品种|能力|里程|规模|人口|寿命|消耗|消费|排放|覆盖|覆盖面|范围|结余"
    r"|效果|指数|床位|距离|密度|投入|投资|资金|经费|库容|年限|时间|时长|级|等级|质量|差距|弹性|成效|情况|标准|指标|GDP|价格|成本"
    r"|产出|用地|用水|能耗|水耗|供给|储备|装机|家|个|增速|总值)(?:[（(].*[）)])?\d?$"
)
# 文物保护单位, 5A级旅游景区: what is counted; a name may end so, and its first line too
THING_END = re.compile(
    r"(?:项目|单位|景区|企业|机构|基地|平台|品牌|学校|医院|公园|设施|场馆|园区|示范区|集聚区|工程|产品|站点|泊位|学位|岗位|人才|公司)$"
)
# 浓度（微克/立方米）质量: nothing follows a unit in brackets
UNIT_INSIDE = re.compile(r"[（(](?P<unit>[^（）()]{1,12})[）)](?=[\u4e00-\u9fff]{2})")
# 险参保率（%）: a unit in brackets at the end; 民生福祉（5项） has a number of items
UNIT_AT_END = re.compile(
    rf"(?!{ITEM_COUNT})[（(](?:%|％|‰|[^（）()]{{0,6}}[万亿个项人次家张元吨亩公平方里米千瓦时])[）)]$"
)
# 民生福祉（5项）失业率: the label of a group before a name
COUNT_INSIDE = re.compile(r"[（(]\d{1,2}项[）)](?=[\u4e00-\u9fff])")
# 市水利局、…: a list of bodies
BODIES_INSIDE = re.compile(r"[局委办厅][、，]")
OPENING_BRACKETS = "（([【〔《“"
CLOSING_BRACKETS = "）)]】〕》”"
NO_CELL_START = tuple("，。、；：）)】〕》”%％‰")
NO_CELL_END = tuple("，、；：（(【〔《“的和与及或为")
# 多元参与: words that end as those do
WHOLE_END = ("参与", "饱和")
# 于1所, 相适应, 以上: no cell begins so
CELL_REST = re.compile(r"[并且于的与和及等者]|相适应|以[上下内]|左右|之[内上]")
# 5 | 左右: no cell by itself
REST_OF_NUMBER = re.compile(r"左右|及?以[上下内]")
# 及以上综合医院, 的比例; not 等级公路, 和谐, 并网: no name begins so
NAME_REST = re.compile(
    r"[及的于与]|和(?![谐平美睦])|或(?!许)|并(?![网联购])|等(?![级效外])|以[上下内]|左右|相适应|占(?!用|地[面率补])|之[内上]"
)
# —与经济增长同步, （%）7.4: the cell before belongs to this one's neighbour
NEIGHBOUR_REST = re.compile(r"[-—–]+[\u4e00-\u9fff]|[（(](?:%|％|‰|[^\d（）()]{1,8})[）)]\d")
# 城镇化率（%）53.7, 城镇化率（%）≥60: a name with its unit, and the number of the next cell
UNIT_BEFORE_NUMBER = re.compile(r"[（(](?P<unit>[^\d（）()]{1,12})[）)][<>≥≤＜＞约]?\d")
# 收入增长（%）4.居民人均…: the number of another name
ITEM_NUMBER_INSIDE = re.compile(r"[^\d.．]\d{1,2}[.．、](?=[\u4e00-\u9fff])")
# 每个县（区）: how many, is said after it
# 保持稳定|实现全覆盖: how a value begins
VALUE_START = re.compile(r"保持|实现|持续|完成|控制在|基本建成|稳步|巩固|达到国家|不低于|县级|市级|省级|全面建成")
EACH_PLACE = re.compile(r"每(?:个|一|[县市区乡镇村])[^\d]*$")
# 不含城市道路, 三级及以上, 比2020年: what is said of a value; 占比, 率: the rest of a name. They head no group
NO_GROUP_LABEL = re.compile(
    r"^(?:不|含|包[含括]|按|比|较|指|其中|为|见|以|新(?![型兴能质])|仅)|以[上下内]$|及以[上下]|左右$|口径$|累计$|^.{0,2}(?:率|占比|比[例重])$"
)
CHINESE_START = re.compile(r"“?[\u4e00-\u9fff]")  # also “最多跑一次”事项网上可办率
ARABIC_DIGIT = re.compile(r"\d")
CELL_BRACKET = re.compile(f"[{re.escape(OPENING_BRACKETS + CLOSING_BRACKETS)}]")
# 达到95%, 3%以内: how no name sounds; 达到建成区面积比例 is a name
REACHED_VALUE = re.compile(r"以上$|左右$|达到(?![\u4e00-\u9fff])|稳定在|保持|以内$|以下$")
NO_FIT = 9.0
POOR_CELL = 2.5  # the cost from which a cell fits its column badly
# the cost of an empty cell, by column: merged with the one above, or left out
EMPTY_COST: dict[str, float] = {
    "serial": 4.0, "dimension": 0.05, "group": 0.2, "name": 9.0, "unit": 2.2, "value": 3.5, "growth": 2.0,
    "kind": 3.0, "departments": 2.0, "note": 0.2, "text": 1.5, "task": 1.5, "content": 1.5,
    "duty": 3.0, "deadline": 1.5,
}  # fmt: skip
SPACED_ROLES = FREE_ROLES | {"name", "departments", "note"}  # whose words may have spaces between them
MAX_BODIES_COST = 1.0  # the cost below which a text is a list of bodies
FREE_CELL_COST = 0.8  # the cost of a cell of free text, of which nothing is known
MAX_UNIT_LENGTH = 18  # 千克标准煤/平方米·年, in brackets


@cache
def _unit_only() -> re.Pattern[str]:
    """The pattern of what `is_unit` takes for a unit, whatever its length: %, （万元）, 1/10万, whether letters are
    capital or small. For `fullmatch`: it has no anchors of its own."""
    return re.compile(rf"[（(]?(?:{unit_pattern()}|1?[/／](?:10|百|十)?万|[/／])[）)]?", re.IGNORECASE)


@cache
def _value_only() -> re.Pattern[str]:
    """The pattern, for `fullmatch` with half-width text, of one value or range, with comparator, unit, a remark of up
    to 12 characters in brackets and a mark of a note, or without: 95, ≥95%, [12.5], 1~5年, 降低5%, 95%以上（累计），
    45*."""
    unit = unit_pattern()
    return re.compile(
        rf"{CELL_COMPARATOR}[\[〔［【(（]?{CELL_COMPARATOR}{CELL_NUMBER}\s?(?:{unit})?(?:[-—–~～至/:：]{CELL_NUMBER}\s?(?:{unit})?)?[\]〕］】)）]?(?:{unit})?"
        r"(?:及?以上|及?以下|以内|左右|之间)?(?:[（(〔\[［【][^（）()]{0,12}[）)〕\]］】])?[*＊※①-⑳]?"
    )


@cache
def _labelled_values() -> re.Pattern[str]:
    """The pattern, for `fullmatch` with half-width text, of one to eight values, each after two to ten Chinese
    characters that say what it is for and a comparator: a sign other than ~ and ≈ (≥, <, =), or 不低于, 不少于, 不高于
    or 不超过. One of 、，,； may part the values: 设区市≥25县级市≥20."""
    unit = unit_pattern()
    sign = "(?:[<>≤≥≦≧＜＞=]=?|不低于|不少于|不高于|不超过)"
    one = rf"[\u4e00-\u9fff]{{2,10}}?[：:]?{sign}{CELL_NUMBER}(?:{unit})?(?:以上|以下|左右)?"
    return re.compile(rf"{one}(?:[、，,；;]?{one}){{0,7}}")


def is_dash(text: str) -> bool:
    """Whether the text is a mark or word for an empty cell: one to four dashes, underscores, strokes or asterisks, …,
    ……, 无, 暂无, NA, N/A or 不适用."""
    return NO_VALUE_MARK.fullmatch(text) is not None


def is_unit(text: str) -> bool:
    """Whether the text, full-width or not, is a unit that `reference.units` knows, of at most MAX_UNIT_LENGTH (18)
    characters, with a round bracket on each side, on one or on none: '%', '％', '万人', '（公里）', '公里）'; or is /
    or a rate of one in 万, 十万, 10万 or 百万: '/', '/万', '1/10万'."""
    return len(text) <= MAX_UNIT_LENGTH and _unit_only().fullmatch(half_width(text)) is not None


def is_number(text: str) -> bool:
    """Whether the text, of at most 40 characters, is one value or range in digits, full-width ones too, with its
    comparators, unit and remark, and nothing else: '95%以上', '[12.5]', '1～5年', '112', '约112个', '5（累计）' ->
    True; '约112个项目', '二十' -> False."""
    return (
        len(text) <= 40
        and ARABIC_DIGIT.search(text) is not None
        and _value_only().fullmatch(half_width(text)) is not None
    )


def is_several(text: str) -> bool:
    """Whether the text, of at most 160 characters, is a list of one to eight values, each after the place or thing that
    it is for, in two to ten Chinese characters, and one of some comparators (`_labelled_values`): '设区市≥25县级市≥20',
    '城区≥95%，镇区≥90%' -> True; '城区95%以上，镇区90%以上', '市≥25', '城区约95%' -> False."""
    return (
        len(text) <= 160
        and ARABIC_DIGIT.search(text) is not None
        and _labelled_values().fullmatch(half_width(text)) is not None
    )


def serial_number(text: str) -> int | None:
    """The row number that the text is: one to three digits, full-width ones too, after an opening round bracket or not,
    before one of ）, ), ., 、 and ．or not: '17', '17.', '17、', '（17）' and '17）' -> 17. None for other text."""
    found = SERIAL_CELL.fullmatch(text)
    return int(found["n"]) if found else None


def is_band(text: str) -> bool:
    """Whether the text can be a band, a title across all columns: two to fourteen Chinese characters and 、, after a
    Chinese number (一、, （一）) or not, with or without a number of items with 项 or 个 in brackets at its end, and
    neither a kind nor a word for an empty cell (暂无): '一、经济发展', '民生福祉', '创新驱动（4项）' -> True;
    '1.经济发展', '约束性' -> False."""
    return BAND.fullmatch(text) is not None and cell_cost("kind", text) >= NO_FIT and not is_number(text)


def is_numbered_band(text: str) -> bool:
    """Whether the text can be a band (`is_band`) and begins with a Chinese number: '一、经济发展',
    '（一）经济发展' -> True, '经济发展', '1.经济发展' -> False."""
    return BAND_NUMBER.match(text) is not None and is_band(text)


def may_be_part(role: Role, text: str) -> bool:
    """Whether a word can be the text, or a part of the text, of a cell of this role: ('kind', '约束性') -> True,
    ('name', '约束性') -> False, ('unit', '95%') -> False.

    - kind: a kind (约束性) or a dash; a kind fits no other role.
    - serial: a row number.
    - unit: a unit, a dash, or other text of at most four characters that is no number.
    - value: every word; growth: a number or a dash.
    - Every other role: a word with a Chinese character or of letters alone. A number fits only deadlines, a dash only
      deadlines and departments; other words (①) only names, notes and free text.
    """
    if cell_cost("kind", text) == 0.0:
        return role == "kind"
    if role == "kind":
        return is_dash(text)
    if role == "serial":
        return serial_number(text) is not None
    if role == "unit":
        return is_unit(text) or is_dash(text) or (len(text) <= 4 and not is_number(text))
    if role in VALUE_ROLES:
        return role == "value" or is_number(text) or is_dash(text)
    if is_number(text) or is_dash(text):
        return role == "deadline" or (role == "departments" and is_dash(text))
    return CHINESE_START.search(text) is not None or text.isalpha() or role in ("name", "note") or role in FREE_ROLES


@lru_cache(maxsize=1 << 16)
def cell_cost(role: Role, text: str) -> float:
    """How badly the text, given without white space, fits a column of this role: from about 0 (well) upwards; NO_FIT
    (9) or more means not at all. Each role has its function below, but three: in a column of row numbers such a number
    costs 0, other text NO_FIT; growth costs 0 for a number or dash, 1.2 for text with a phrase of values (保持稳定)
    that is no kind, 4 for other text, and what a fragment costs; a label of a column that the header names
    ("dimension") costs 0.15 less than one of a column that it does not ("group")."""
    if role == "serial":
        return 0.0 if SERIAL_CELL.fullmatch(text) else NO_FIT
    if role == "kind":
        return _kind_cost(text)
    if role == "unit":
        return _unit_cost(text)
    if role == "value":
        return _value_cost(text)
    if role == "growth":
        if is_number(text) or is_dash(text):
            return 0.0
        return (1.2 if VALUE_PHRASE.search(text) and not KIND_CELL.fullmatch(text) else 4.0) + _fragment_cost(text)
    if role == "name":
        return _name_cost(text)
    if role == "dimension":
        return _group_cost(text) - 0.15  # the head says that there are labels
    if role == "group":
        return _group_cost(text)
    if role == "departments":
        return _departments_cost(text)
    return _free_text_cost(text)


def _kind_cost(text: str) -> float:
    """`cell_cost` in a column of kinds: 0 for a kind (KIND_CELL: 约束性, 预期性, 引导性, 考核 …, each with 性 or 型,
    指标 and brackets or without), 1 for a dash, NO_FIT for other text."""
    if KIND_CELL.fullmatch(text):
        return 0.0
    return 1.0 if is_dash(text) else NO_FIT


def _unit_cost(text: str) -> float:
    """`cell_cost` in a column of units, by the first that holds: 0 for a unit (`is_unit`, so also for /), 0.3 for a
    dash, NO_FIT for a kind, a number, or other text of more than four characters, 2.5 for shorter text."""
    if is_unit(text):
        return 0.0
    if is_dash(text):
        return 0.3
    if KIND_CELL.fullmatch(text) or is_number(text):
        return NO_FIT
    return 2.5 if len(text) <= 4 else NO_FIT


def _value_cost(text: str) -> float:
    """`cell_cost` in a column of values, by the first that holds: 0.1 for a dash, NO_FIT for a kind, 5 for a unit that
    begins with no digit or with 1/ (1/10万), for text without a digit that ends with a unit in brackets, as names do
    (城镇化率（%）), and for the rest of a number (左右), 0 for a number or a list of values. Other text costs 0.6 with
    a digit, else 1 with a phrase that values consist of (保持稳定), both 0.01 more a character; else 3.3 where it ends
    as names do, 2.5 otherwise. To other text is added what a fragment costs, 1 where it begins as the rest of a cell
    (CELL_REST: 于1所) or ends with each place and no figure after it (EACH_PLACE: 每个县), and 3 where it begins with
    the rest of the cell beside (NEIGHBOUR_REST: （%）7.4) or has a unit in brackets and then a number, as a name and
    the cell after it have (城镇化率（%）53.7)."""
    if is_dash(text):
        return 0.1
    if KIND_CELL.fullmatch(text):
        return NO_FIT
    if is_unit(text) and (not text[0].isdigit() or text.startswith(("1/", "1／"))):
        return 5.0
    if (UNIT_AT_END.search(text) and not ARABIC_DIGIT.search(text)) or REST_OF_NUMBER.fullmatch(text):
        return 5.0
    if is_number(text) or is_several(text):
        return 0.0
    cost = _fragment_cost(text)
    if ARABIC_DIGIT.search(text):
        cost += 0.6 + 0.01 * len(text)
    elif VALUE_PHRASE.search(text):
        cost += 1.0 + 0.01 * len(text)
    else:
        cost += 3.3 if NAME_END.search(text) else 2.5
    if CELL_REST.match(text) or EACH_PLACE.search(text):
        cost += 1.0
    if NEIGHBOUR_REST.match(text) or ((found := UNIT_BEFORE_NUMBER.search(text)) and is_unit(found["unit"])):
        cost += 3.0
    return cost


def _name_cost(text: str) -> float:
    """`cell_cost` in a column of names of indicators or items: NO_FIT for a kind, a dash, a number or a row number; 6
    where there is only one Chinese character, whatever letters or digits stand beside it, or none and fewer than four
    letters. Other text costs 0.1 for each character beyond 36, 2 where it is a unit, 3 with 局, 委, 办 or 厅 before 、
    or ， inside, 1.5 with a unit in brackets and two Chinese characters after it, 0.6 where it does not end as such
    names do (率, 收入: NAME_END), 1.5 where it begins as the rest of one (NAME_REST), 3 with the number of an item
    inside (收入4.人均), 3 with a number of items before Chinese characters (（5项）), 2 with a value that is reached
    (REACHED_VALUE: 保持, …以上), and what a fragment costs, added up."""
    if KIND_CELL.fullmatch(text) or is_dash(text) or is_number(text) or SERIAL_CELL.fullmatch(text):
        return NO_FIT
    letters = len(CHINESE_START.findall(text)) or sum(c.isalpha() for c in text) / 2
    if letters < 2:
        return 6.0
    cost = _fragment_cost(text) + max(0, len(text) - 36) * 0.1
    if is_unit(text):
        cost += 2.0
    if BODIES_INSIDE.search(text):
        cost += 3.0
    if (found := UNIT_INSIDE.search(text)) and is_unit(found["unit"]):
        cost += 1.5
    if not NAME_END.search(text):
        cost += 0.6
    if NAME_REST.match(text):
        cost += 1.5
    if ITEM_NUMBER_INSIDE.search(text):
        cost += 3.0
    if REACHED_VALUE.search(text):
        cost += 2.0
    if COUNT_INSIDE.search(text):
        cost += 3.0
    return cost


def _group_cost(text: str) -> float:
    """`cell_cost` in a column with labels of groups: NO_FIT for kinds, dashes and numbers; else 0.3, and 0.3 for each
    character beyond 12, 2 for a single character or text that by its first or last characters is said of a value
    (NO_GROUP_LABEL: 不含…, …以上, 增长率), 1 for a digit, 1.5 for 局, 委, 厅 or 办 at the end, 4 for a unit, text
    without a Chinese character or text with —, and what a fragment costs, added up."""
    if KIND_CELL.fullmatch(text) or is_dash(text) or is_number(text):
        return NO_FIT
    cost = 0.3 + _fragment_cost(text) + max(0, len(text) - 12) * 0.3
    if NO_GROUP_LABEL.search(text) or len(text) < 2:
        cost += 2.0
    if ARABIC_DIGIT.search(text):
        cost += 1.0
    if text.endswith(("局", "委", "厅", "办")):
        cost += 1.5
    if is_unit(text) or not CHINESE_START.search(text) or "—" in text:
        cost += 4.0
    return cost


def _departments_cost(text: str) -> float:
    """`cell_cost` in a column of bodies: 0 where every part of the list begins with a Chinese character, has two
    characters or more, and ends as the name of a body or place does (DEPARTMENT_END: 局, 中心, 各县区), with or without
    what it does (市水利局牵头); 2.5 more where such a list has a word that values have too (VALUE_PHRASE: 保持, but
    also 国家, 省级), national bodies aside (国家统计局: NATIONAL_BUREAU); 0.5 for a dash, 4 for other text. The cost
    of a fragment (`_fragment_cost`) is added to all but the dash."""
    bodies = [PART_IN_WORK.sub("", body) for body in LIST_MARK.split(text) if body]
    if bodies and all(len(body) > 1 and DEPARTMENT_END.search(body) and CHINESE_START.match(body) for body in bodies):
        return (2.5 if VALUE_PHRASE.search(NATIONAL_BUREAU.sub("", text)) else 0.0) + _fragment_cost(text)
    return 0.5 if is_dash(text) else 4.0 + _fragment_cost(text)


def is_bodies(text: str) -> bool:
    """Whether each part of the text, as a list, ends as the name of a body or place does, with or without a label
    before it or what it does after it: '县教育局、县民政局', '责任单位：县教育局', '县教育局牵头' -> True; '省级部门'
    -> False, because 省级 is a word of values too (`_departments_cost`). '打造夜间街区' -> False, although it ends like
    the name of a body, because text that begins with a verb of measures (also 保障局, 服务中心) is a task, but for the
    names of bodies in NAMED_BY_VERB: 发展改革, 发展和改革, 建设, 建设交通, 组织 or 组织人事 with 局, 委 or 部. Later
    parts may begin with a verb."""
    if is_dash(text) or (BEGINS_WITH_VERB.match(text) and not NAMED_BY_VERB.match(text)):
        return False
    return _departments_cost(text) < MAX_BODIES_COST


def _free_text_cost(text: str) -> float:
    """`cell_cost` in a column of free text or notes, where every text is equally likely: FREE_CELL_COST, and half of
    what a fragment costs."""
    return FREE_CELL_COST + 0.5 * _fragment_cost(text)


def _fragment_cost(text: str) -> float:
    """What `cell_cost` adds for a text that cannot be a complete cell: 4 where it has more brackets of one side than of
    the other, 4 for a mark at its start that cannot be first (，, ％), 3 for a mark or word at its end that cannot be
    last (、, 的; not 参与), 3 for a full stop before its end, 5 for 约束性, 预期性 or 预测性 in it, except before 指标,
    added up. The marks and words are those of NO_CELL_START and NO_CELL_END. 0 for other text."""
    cost = 0.0
    if CELL_BRACKET.search(text) and sum(map(text.count, OPENING_BRACKETS)) != sum(map(text.count, CLOSING_BRACKETS)):
        cost += 4.0
    if text.startswith(NO_CELL_START):
        cost += 4.0
    if text.endswith(NO_CELL_END) and not text.endswith(WHOLE_END):
        cost += 3.0
    if "。" in text[:-1]:
        cost += 3.0
    if KIND_INSIDE.search(text):
        cost += 5.0
    return cost


def serials(words: Sequence[Token], *, first: bool) -> frozenset[int]:
    """The indices of the words that number the rows: the ascending sequence of numbers that scores best, if it scores
    1.5 or more; else an empty set. Each number scores 1, less 0.6 for each number that is missing before it; the first
    one, n, scores 1 - 0.2 (n - 1). A number must stand at least three words after the one before, and before a word
    that begins with a Chinese character and is no unit, or is a name that begins otherwise (65岁及以上老年人比重, PM2.5
    年均浓度: `_is_whole_name`). It begins a line; where the numbers do not stand in the first
    column (`first` is false), it may also come after a Chinese word on its line."""
    candidates = [
        (i, n)
        for i, word in enumerate(words[:-1])
        if (word.gap != Gap.SPACE or (not first and i and CHINESE_START.match(words[i - 1].text)))
        and (n := serial_number(word.text)) is not None
        and (
            (CHINESE_START.match(words[i + 1].text) and not is_unit(words[i + 1].text))
            or _is_whole_name(words[i + 1].text)
        )
    ]
    best: list[tuple[float, int]] = []  # score, index of the one before
    for k, (i, n) in enumerate(candidates):
        score, before = 1.0 - 0.2 * (n - 1), -1
        for earlier in range(k):
            at, m = candidates[earlier]
            if m < n and i - at >= 3:
                gained = best[earlier][0] + 1.0 - 0.6 * (n - m - 1)
                if gained > score:
                    score, before = gained, earlier
        best.append((score, before))
    if not best:
        return frozenset()
    k = max(range(len(best)), key=lambda x: best[x][0])
    if best[k][0] < 1.5:
        return frozenset()
    found = set()
    while k >= 0:
        found.add(candidates[k][0])
        k = best[k][1]
    return frozenset(found)


def _is_whole_name(text: str) -> bool:
    """Whether the text fits the column of names without any fault, and so ends as names do: '5G用户普及率' -> True;
    '65岁及以上', '12家以上' -> False."""
    return cell_cost("name", text) <= 0.0


def repeated(words: Sequence[Token]) -> dict[str, int]:
    """The texts of one to three neighbouring words, joined, that occur at least twice, with how often: labels of
    groups, kinds and bodies occur often, names do not. Only texts of 2 to 16 characters with a Chinese one among them
    that are not as a whole a number (95%以上) or the mark of an empty cell (暂无); 约束性60 counts. Occurrences may
    overlap."""
    counts: Counter[str] = Counter()
    for i in range(len(words)):
        text = ""
        for j in range(i, min(i + 3, len(words))):
            text += words[j].text
            if len(text) > 16:
                break
            counts[text] += 1
    return {
        text: n for text, n in counts.items()
        if n >= 2 and len(text) >= 2 and CHINESE_START.search(text) and not is_number(text) and not is_dash(text)
    }  # fmt: skip


def line_costs(words: Iterable[Token], role: str, wide: int | None, rate: float) -> Iterator[tuple[float, float]]:
    """How badly the text of a cell is divided into lines. `words` are the words that it may consist of, in order; for
    each, two costs of the cell that ends with it. The first counts the lines that are too short though another follows,
    because a line should be filled before the next begins; more words can only add to it. The second is the first and
    what counts only if the cell does end here: a word wider than the column by more than 2 (0.3 for each half-width
    character beyond these, at most 2), and a line break in a text that has room on one line (0.7).

    `role` is that of the column, `wide` its width in half-width characters, None where it is not known: then no word is
    too wide for it and no line break needless. A line should be as wide as the column, or as the widest word of the
    cell if that is wider; each half-width character that it lacks, beyond 3, costs `rate`, a line at most 2.5. Of a
    line of several words, with blanks between them, only the last word is measured. A line of a label of a group should
    be as wide as the label's widest word; each character that it lacks, beyond 1, costs 0.3, a line at most 1.5, a word
    too wide at most 1, and a line break where there is room nothing; the width of a column that the header does not
    name ("group") is not used.
    """
    grouped = role in GROUP_ROLES
    slack, rate, most = (1, 0.3, 1.5) if grouped else (3, rate, 2.5)
    wide = None if role == "group" else wide
    full = 0 if grouped else wide or 0
    widest = total = last = 0
    short = 0.0
    followed: list[int] = []  # the widths of the lines that another follows
    for word in words:
        if last and word.gap != Gap.SPACE:
            followed.append(last)
            if last < full - slack:
                short += min(most, rate * (full - last - slack))
        last = width = word.width
        total += width
        if width > widest:
            widest = width
            if width > full:
                full = width
                short = sum(min(most, rate * (full - w - slack)) for w in followed if w < full - slack)
        cost = short
        if wide:
            if followed and total <= wide and not grouped:
                cost += 0.7
            if widest > wide + 2:
                cost += min(1.0 if grouped else 2.0, 0.3 * (widest - wide - 2))
        yield short, cost


# words in one cell
MAX_CELL_WORDS: dict[str, int] = {"serial": 2, "unit": 3, "kind": 3, "growth": 4, "dimension": 14, "group": 14}
# 县级市≥20, 85%, 45*: no other number follows in the same cell
ENDS_IN_NUMBER = re.compile(r"[\d%％‰][*＊※①-⑳]?$|\d(?:以上|以下|左右|以内)$")
MAX_OTHER_CELL_WORDS = 22
MAX_CELL_TEXT = 160  # characters in one cell
REPEATED_COST = {"name": 0.8, "dimension": -0.15, "departments": -0.3}  # for a text that comes again
LABEL_AFTER_NUMBER_COST = 2.0  # the cost of a value that goes on with a label after a whole number
SECOND_PHRASE_COST = 0.8  # the cost of a value that goes on with words that values begin with
MAX_GAPS_COST = 5.0  # the cost of the gaps and lines in it at which a cell is given up
MAX_CELL_COST = 8.0  # the cost at which a run of words is no cell
# the cost of a line that is a half-width character too short: where lines are broken by hand, where they are full
RAGGED_COST, TIGHT_COST = 0.2, 0.6
WORD_ROLES = frozenset(("name", "dimension", "group", "departments"))
CellEnd = tuple[int, float]  # the index after its last word, its cost


class CellCosts:
    """The cost of each cell that the words of a table can make up. It depends on the words, the role of the column, the
    width at which its lines end, and the cost of a line that is too short. It is computed when it is first asked for,
    and kept for all columns and all readings of the header, except the costs of `continued_cells`.

    `spaced` says that the text has spaces between Chinese characters and digits (达到 85 %左右), so that a space there
    hardly separates cells.
    """

    def __init__(self, words: Sequence[Token], spaced: bool = False) -> None:
        """Makes the costs for `words`, the words of the table below its header; `spaced` is explained at the class.

        What a line break means in this table is seen from the words that are cells by themselves: kinds, numbers and
        dashes. A line break divides cells (`line_parts`) where at least two of these words come right after one, and
        empty lines before words are at least a third as many as line breaks. It is inside a cell (`line_joins`) where
        none of these words comes right after a line break, and at least four come after an empty line."""
        self.words = words
        self.repeated = repeated(words)
        self.dash = [is_dash(w.text) for w in words]
        self.number = [dash or is_number(w.text) for w, dash in zip(words, self.dash, strict=True)]  # whole values
        self.kind = [cell_cost("kind", w.text) == 0.0 for w in words]
        gaps = Counter(w.gap for w in words)
        before = Counter(w.gap for w, a, b in zip(words, self.number, self.kind, strict=True) if a or b)
        # where the lines of a cell are set apart by empty lines, a mere line break parts two cells; but where every
        # value has an empty line before it, a mere line break is inside a cell
        self.line_parts = before[Gap.LINE] >= 2 and gaps[Gap.BLANK] * 3 >= gaps[Gap.LINE]
        self.line_joins = before[Gap.LINE] == 0 and before[Gap.BLANK] >= 4
        self.script_change = 0.5 if spaced else 1.6  # the cost of a space between Chinese and other characters
        self._texts: dict[tuple[Role, int], list[tuple[Token, float, float]]] = {}
        self._cells: dict[tuple[Role, int | None, float], list[list[CellEnd] | None]] = {}

    @cached_property
    def leading(self) -> frozenset[int]:
        """The indices of the words that number the rows, if the column of row numbers is the first: each begins a
        line."""
        return serials(self.words, first=True)

    @cached_property
    def inner(self) -> frozenset[int]:
        """The indices of the words that number the rows, if the column of row numbers is not the first."""
        return serials(self.words, first=False)

    def row_numbers(self, columns: Sequence[Column]) -> frozenset[int]:
        """The indices of the words that number the rows: `leading` where the first column is that of row numbers,
        `inner` where another is; empty where none is."""
        at = next((c for c, head in enumerate(columns) if head.role == "serial"), None)
        return frozenset() if at is None else self.leading if at == 0 else self.inner

    def openings(self, columns: Sequence[Column], rows: frozenset[int]) -> list[list[int]]:
        """For each word the indices of the columns whose cells may begin with it (`_may_begin`); for a word that
        numbers a row only the columns of row numbers. `rows` are the indices of the words that number the rows."""
        by_kind = {
            kind: [c for c, head in enumerate(columns) if _may_begin(head.role, *kind, numbered=bool(rows))]
            for kind in product((False, True), repeat=3)
        }
        serial = [c for c, head in enumerate(columns) if head.role == "serial"]
        kinds = zip(self.kind, self.number, self.dash, strict=True)
        return [serial if i in rows else by_kind[kind] for i, kind in enumerate(kinds)]

    def memory(self, role: Role, wide: int | None, rate: float) -> list[list[CellEnd] | None]:
        """The results of `cells` that are kept for its arguments `role`, `wide` (the width of the column in half-width
        characters, or None) and `rate` (the cost of each that a line lacks): for each word its list of cells, None
        where that was not computed yet. `cells` fills the list in place."""
        return self._cells.setdefault((role, wide, rate), [None] * len(self.words))

    def cells(self, role: Role, wide: int | None, rate: float, i: int) -> list[CellEnd]:
        """The cells that may begin with word `i` in a column of this role: for each the index of the word after it, and
        its cost, which is what stands between its words (`_fits`), its division into lines (`line_costs`) and its text
        (`fit`). They have at most the words and characters that `_fits` allows. `wide` is the width of the column in
        half-width characters, None where it is not known; `rate` is the cost of each character that a line is too
        short. Cells that cost MAX_CELL_COST or more are left out, and so are the first whose gaps and short lines cost
        more than MAX_GAPS_COST and all longer ones."""
        memory = self.memory(role, wide, rate)
        if (found := memory[i]) is None:
            found = memory[i] = list(self._cell_ends(role, wide, rate, i))
        return found

    def _cell_ends(self, role: Role, wide: int | None, rate: float, i: int) -> Iterator[CellEnd]:
        """The cells that may begin with word `i`, as `cells` has them (see there for the parameters), one by one: each
        as the index of the word after it, and its cost. Only the costs of the texts (`_fits`) are kept, for all widths
        of the column."""
        if (texts := self._texts.get((role, i))) is None:
            texts = self._texts[role, i] = list(self._fits(role, i))
        lines = line_costs((word for word, _, _ in texts), role, wide, rate)
        for j, ((_, inner, fit), (short, cost)) in enumerate(zip(texts, lines, strict=True), i + 1):
            if inner + short > MAX_GAPS_COST:
                return
            if (whole := inner + fit + cost) < MAX_CELL_COST:
                yield j, whole

    def _fits(self, role: Role, i: int) -> Iterator[tuple[Token, float, float]]:
        """For each word from `i` on with which a cell that begins with word `i` may end: that word, the cost of the
        gaps between the words of the cell (`gap`), and how badly its text fits the role (`fit`). No cell has a word
        before which it must end (`_ends_before`), more words than its role allows (MAX_CELL_WORDS, else
        MAX_OTHER_CELL_WORDS), more than MAX_CELL_TEXT characters, or gaps that cost more than MAX_GAPS_COST. The cost
        of the gaps includes SECOND_PHRASE_COST in a value for a word that values begin with (VALUE_START) after four
        characters or more with a phrase of values (VALUE_PHRASE), LABEL_AFTER_NUMBER_COST for a label on a line of its
        own after a whole number (`_is_label_after`), 3 for a number or dash after a dash or the end of a
        number in values and growth, and 1.5 for a cell that begins after a mere line break where line breaks are inside
        cells (`line_joins`)."""
        words, text = self.words, ""
        inner = 1.5 if self.line_joins and words[i].gap == Gap.LINE else 0.0
        for j in range(i, min(len(words), i + MAX_CELL_WORDS.get(role, MAX_OTHER_CELL_WORDS))):
            word = words[j]
            if j > i:
                if self._ends_before(role, j):
                    return
                inner += self.gap(role, words[j - 1], word, text)
                if role == "value" and len(text) >= 4 and VALUE_START.match(word.text) and VALUE_PHRASE.search(text):
                    inner += SECOND_PHRASE_COST
                if role in VALUE_ROLES and self._is_label_after(text, j):
                    inner += LABEL_AFTER_NUMBER_COST
                if role in VALUE_ROLES and self.number[j] and (is_dash(text) or ENDS_IN_NUMBER.search(text)):
                    inner += 3.0
                if inner > MAX_GAPS_COST:
                    return
            text += word.text
            if len(text) > MAX_CELL_TEXT:
                return
            yield word, inner, self.fit(role, text)

    def _is_label_after(self, text: str, j: int) -> bool:
        """Whether word `j`, at the beginning of a line, may be the label of the rows below rather than the rest of the
        value `text` before it: that is a whole number, and the word adds nothing to it: '54左右' and 基础设施 -> True;
        '54' and 左右, '7.9' and 万人次 -> False."""
        word = self.words[j]
        return word.gap != Gap.SPACE and is_band(word.text) and is_number(text) and not is_number(text + word.text)

    def continued_cells(
        self, earlier: Sequence[Token], role: Role, wide: int | None, rate: float, i: int
    ) -> Iterator[CellEnd]:  # fmt: skip
        """The cells that begin before a page break with the words `earlier` and are continued after it with word `i`:
        for each the index of the word after it, and what it costs more than the cell of the words `earlier` alone,
        which may be less than 0. `role`, `wide` and `rate` are those of `cells`; gaps cost nothing, and costs of
        MAX_CELL_COST and more are not left out here. The words from `i` on are at most as many as a whole cell of the
        role has (`_fits`); they end where `_ends_before` says so of one after word `i`, or where short lines cost more
        than MAX_GAPS_COST."""
        words = self.words[i : i + MAX_CELL_WORDS.get(role, MAX_OTHER_CELL_WORDS)]
        costs = line_costs([*earlier, *words], role, wide, rate)
        text, had = "".join(w.text for w in earlier), 0.0
        for _ in earlier:
            _, had = next(costs)
        had += self.fit(role, text)
        for j, (word, (short, cost)) in enumerate(zip(words, costs, strict=True), i + 1):
            if short > MAX_GAPS_COST or (j > i + 1 and self._ends_before(role, j - 1)):
                return
            text += word.text
            yield j, self.fit(role, text) + cost - had

    def _ends_before(self, role: Role, j: int) -> bool:
        """Whether a cell of this role must end before word `j`: because that is a kind, which is a cell by itself, or a
        number or dash at the beginning of a line, which is no part of a name, label or body."""
        return self.kind[j] or (role in WORD_ROLES and self.number[j] and self.words[j].gap != Gap.SPACE)

    def fit(self, role: Role, text: str) -> float:
        """The cost of the text as a cell of this role, for a text that the table repeats changed by REPEATED_COST: a
        name costs more, a label of a column that the header names ("dimension") or a body less."""
        return cell_cost(role, text) + (REPEATED_COST.get(role, 0.0) if text in self.repeated else 0.0)

    def gap(self, role: Role, before: Token, word: Token, text: str) -> float:
        """The cost of taking `word` into the same cell as the word `before` it, by what is between them in the file.
        `role` is that of the column, `text` what the cell holds so far.

        A line break or empty line costs nothing, except that a line break costs 2 in a table where a mere line break
        divides cells and an empty line does not (`line_parts`); a page break costs 0.4. A space costs 0.4 in a column
        of bodies and 0.3 in values between a number and what makes it a longer number (7.9 万人次); elsewhere
        `script_change` (1.6, or 0.5 where the text is `spaced`) between a Chinese character and another one, but not in
        units, row numbers and kinds, and else 3.
        """
        if word.gap == Gap.SPACE:
            if role == "departments":
                return 0.4
            if role == "value" and is_number(text) and not is_number(word.text) and is_number(text + word.text):
                return 0.3  # 85 %, 7.9 万人次以上
            mixed = (before.text[-1] > "\u2e80") != (word.text[0] > "\u2e80")
            return self.script_change if mixed and role not in ("unit", "serial", "kind") else 3.0
        if word.gap == Gap.LINE and self.line_parts:
            return 2.0
        return 0.4 if word.gap == Gap.PAGE else 0.0


def _may_begin(role: Role, kind: bool, number: bool, dash: bool, *, numbered: bool) -> bool:
    """Whether a cell of this role may begin with a word of which the three flags say whether it is a kind (约束性), a
    number or dash, and a dash. A kind begins only cells of kinds, notes and free text; a number begins no name, label
    or body, but a dash may stand for a body; other words begin every cell but that of a row number. `numbered` says
    that the words that number the rows are known; no other word is then a row number."""
    if role == "serial" and (numbered or not number):
        return False
    if kind:
        return role in ("kind", "note") or role in FREE_ROLES
    if number:
        return role not in WORD_ROLES or (dash and role == "departments")
    return True
