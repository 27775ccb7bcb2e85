"""What a table's column holds, read from its header label: its role, and the year, sense, unit and basis of its
values."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from extractors import expressions as re
from extractors.reference.units import unit_pattern
from extractors.vocabulary.dates import FIVE_YEAR, PRINTED_YEAR, YEAR_RANGE, five_year_period
from extractors.vocabulary.duties import WITH_HOLDER, head_kind
from extractors.vocabulary.numerals import HAN_ZERO, ONES
from extractors.vocabulary.quantities import half_width
from ontology.model.facts import Basis, squeeze

Role = Literal[
    "serial", "dimension", "group", "name", "unit", "value", "growth", "kind", "departments", "note",
    "task", "content", "duty", "deadline", "text",
]  # fmt: skip
FREE_ROLES: frozenset[Role] = frozenset(("task", "content", "duty", "deadline", "text"))  # roles of free text
Sense = Literal["actual", "target"]
GROUP_ROLES: frozenset[Role] = frozenset(("dimension", "group"))  # roles of labels of groups of rows
VALUE_ROLES: frozenset[Role] = frozenset(("value", "growth"))

# 序号, 编号, No.
SERIAL_LABEL = re.compile(r"(?:序|编)号|[Nn][Oo]\.?|序")
# 指标, 主要指标, 指标名称, 二级指标, 指标内容, 项目名称, 主要预期目标
NAME_LABEL = re.compile(
    r"(?:(?:主要|具体|核心|规划|发展|关键|重点|总体|二级|三级|监测|评价|考核|评估|统计|预期|约束性|预期性|目标)*"
    r"指标(?:体系|项)?(?:名称|内容|项目)?(?:[（(]单位[）)])?"
    r"|(?:约束|预期)性指标|指标名|名称|项目名称|工程名称|项目|主要预期目标|指标及单位|(?:主要)?(?:目标|监测)?指标[（(]单位[）)])"
)
# 类别, 考察维度, 一级指标, 领域, 指标类别
DIMENSION_LABEL = re.compile(
    r"(?:考察|考核|评价|指标|一级|目标)?维度|(?:指标|项目|任务|目标)?(?:类别|分类|大类)|一级指标|一级|类|分项目标"
    r"|(?:重点|所属|指标|发展|目标|主要)?(?:领域|方面|板块)|目标层|准则层"
)
# 单位, 计量单位
UNIT_LABEL = re.compile(r"(?:计量|数量)?单位|量纲")
# 属性, 指标属性, 指标性质, 指标类型
KIND_LABEL = re.compile(r"(?:指标)?(?:属性|性质|类型)|约束性[/／]预期性")
# 牵头单位, 责任部门, 主要责任单位, 配合单位, 责任市级部门
# 部门, 成员单位, 市直单位: bodies whose part another column or the title says
DEPARTMENTS_LABEL = re.compile(
    rf"(?:{WITH_HOLDER})(?:[（(](?:单位|部门|科室)[）)])?|(?:监测|业主|申报|数据(?:来源)?)(?:单位|部门|主体)"
    r"|(?:(?:省|市|县|区)(?:级|直)?)?(?:有关|相关|成员|各)?(?:部门|成员单位)(?:名称|[（(]单位[）)])?"
    r"|(?:省|市|县|区)直单位|单位名称|部门[、/／]单位"
)
# 备注, 指标解释, 数据来源, 计算方法
NOTE_HEADER = re.compile(
    r"备注|说明|附注|(?:指标)?(?:解释|释义|说明|含义|定义)|(?:数据|资料)来源|计算(?:方法|公式|口径)|统计口径"
    r"|指标解释及计算方法"
)
# 重点任务, 工作任务, 二级任务, 任务名称, 改革事项, 政策事项: what is to be done
TASK_LABEL = re.compile(
    r"(?:主要|重点|具体|工作|建设|改革|发展|年度|目标|攻坚|整治|细化|实施|分解|一级|二级|三级|政策|整改|专项|民生|督办|创建|试点|服务)*"
    r"(?:任务|工作|事项|行动|工程|项目|举措要点)+(?:名称|事项|清单|类型|分解|分工)?"
)
# 具体举措, 工作内容, 建设内容, 整改措施: how it is done
CONTENT_LABEL = re.compile(
    r"(?:主要|重点|具体|工作|建设|改革|发展|年度|目标|任务|落实|政策|推进|实施|细化|整改|保障|支持|创建|改进|配套|解决|相关|有关)*"
    r"(?:内容|措施|举措|要求|目标任务|做法|路径)(?:[及和与、](?:规模|要求|(?:年度)?目标|年度任务|内容|标准|举措|措施))?"
    r"|(?:主要|重点|具体|工作|建设|改革|发展)+(?:建设|服务|改革|任务)"
    r"|(?:政策)?(?:制定|制订|落实|推进)的?重点(?:领域|内容)?"
)
# 职责, 职责与任务, 工作职责, 职责分工: what a body has to do
DUTY_COLUMN_LABEL = re.compile(
    r"(?:主要|工作|部门|单位|具体|任务|重点)*(?:职责|职能|责任)(?:(?:与|和|及|、)?(?:任务|分工|内容|事项|要求|清单))*|(?:任务|工作|职责)分工|承担任务"
)
# 完成时限, 时间节点, 进度安排, 整改期限
DEADLINE_LABEL = re.compile(
    r"(?:计划|预计|拟)?(?:完成|办理|建设|起止|实施|推进|工作|整改|办结|落实|达标|销号|出台|截止)?(?:时限|期限|时间|进度|年限|年度|节点|日期)(?:要求|安排|节点|表)?"
    r"|(?:时间|进度)(?:节点|安排|要求)"
)
# 总投资（万元）, 建设地点, 县（市、区）, 备注栏
TEXT_LABEL = re.compile(
    r"(?:主要|重点|具体|工作|建设|改革|发展|年度|目标|任务)*(?:建设|工作|任务|项目|工程|服务|改革|措施|举措|内容|事项)+"
    r"(?:内容|措施|要求|目标|任务|事项|名称|规模|地点|地址|性质|年限|期限|进度|分工|及规模|举措|清单|类型|标准|对象)*"
    r"|(?:计划)?总?投资(?:额|估算|规模)?|规模|地点|地区|区域|县[（(]市、?区[）)]|(?:市|县|区)(?:名称)?|阶段|政策?依据"
    r"|服务(?:对象|内容|标准|项目)|支出责任|主要内容|数量|面积|合计|小计|成果形式|(?:责任|包抓|分管|牵头|挂钩|督办|包保)?(?:人|领导)|联系人|对应的?[\u4e00-\u9fff]{2,6}"
    r"|(?:主要|工作|总体|具体|整改)目标|(?:存在|反馈|突出|主要)?(?:的)?问题(?:清单|表现)?|(?:预期|工作|主要|阶段)?(?:成效|成果)(?:要求|标志)?|完成标志"
)
# 2025年目标值, “十三五”期末数（2020年）, 基期值, 2020年实际完成情况: made of these words alone
VALUE_LABEL_WORDS = re.compile(
    rf"(?>{PRINTED_YEAR}\s*年?\s*[-—–~～至]+\s*{PRINTED_YEAR}\s*年?|{PRINTED_YEAR}"
    rf"|{FIVE_YEAR.replace('?P<five_year>', '?:')}"
    r"|期末|期初|期间|时期|基期|基准|基数|基础|现状|实际|实绩|现有|完成|实现|达到|目标|规划|预期|预计|计划|发展"
    r"|指标(?=[值数完目现实])|(?<=[年期划])指标|情况|数值|数据|年度|年份|中期|远期|近期|阶段性?|累计|年均|五年|5年"
    r"|增长|增速|增幅|增减|增加|变化|升降|提高|降低|下降|幅度|比例|比重|比|对比|较|值|数|额|量|率|年|末|底|到|至|截至|约"
    r"|全[国省市州县区]|平均|水平|上报|考核|总量|其中|(?<=[划标年五”\"])任务[数量值]?|任务[数量]|远景|展望|[（()）〔〕［］\[\]【】/／、,，:：.·±+\-—–~～%％‰]|左右|以上|及|的|与|和|或|个百分点)++"
)
# what makes such words the head of a column of values
VALUE_LABEL = re.compile(
    rf"{PRINTED_YEAR}|五[期规时目末”\"]|五$|基期|基准|基数|现状|目标[值数]?|完成|实际|规划|期末|期初|指标值|数值|预期|实现|达到|(?:计划|规划|年)任务|任务[数量]"
)
# 其中：2021年任务: a part of the column beside it
PART_LABEL = re.compile(r"^其中")
BASIS_WORDS = (("年均", re.compile(r"年均|每年")), ("累计", re.compile(r"累计|五年|5年|总量")))
GROWTH_LABEL = re.compile(r"年均|增长|增速|增幅|增减|增加|变化|升降|提高|下降|降低|幅度|较")
# 2025年比2020年增长
# 基期值|2025年目标值: where one head ends and another begins
LABEL_SEAM = re.compile(
    rf"[值数状况](?={PRINTED_YEAR})|[值数状况][）)]?(?=目标|规划|预期|计划|现状|实际|基期|完成)"
    rf"|[值数状况][（(]{PRINTED_YEAR}年?[）)](?=目标|规划|预期|计划)"
)
COMPARISON_WORD = re.compile(r"比|较|至|到|[-—–~～]")
TARGET_LABEL = re.compile(r"目标|规划|预期|预计|计划|达到|考核|任务")
ACTUAL_LABEL = re.compile(r"基期|基准|基数|基础|现状|实际|实绩|完成|实现(?!目标)|现有")
LABEL_YEAR = re.compile(PRINTED_YEAR)
LABEL_YEAR_RANGE = re.compile(YEAR_RANGE)
LABEL_PERIOD = re.compile(FIVE_YEAR)
# 2025年1）, 2025年①, 目标值[2], 2025年*: a mark that leads to a note below the table
LABEL_FOOTNOTE = re.compile(
    r"(?:(?<=[\u4e00-\u9fff])\d{1,2}[）)]|[①-⑳⑴-⒇*＊※]|[\[［〔【]注?\d{1,2}[\]］〕】]|[（(]注?\d[）)])$"
)
# 责任单位（排第一位的为牵头单位）
REMARK_AFTER_LABEL = re.compile(r"[（(][^（）()]{1,20}[）)]$")
HAN_TO_DIGIT = {ord(c): str(i) for i, c in enumerate(ONES, 1)} | {ord(c): "0" for c in HAN_ZERO}
MAX_LABEL_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    `label` is its header as printed, without white space; of a header of several rows, their labels together,
    目标值（2025年）. `year` is that of its values (2025); `sense` says whether these were reached ("actual") or are
    aimed at ("target"); `unit` is the unit that the label gives (万元 of 总投资（万元）). Each is None where the label
    does not say it. A `growth` column holds a change or a sum over years instead of a level: `basis` says which (年均,
    累计), and is empty where the label does not. `spanning` is the header cell above that covers this column and
    others, else None. `part` says that the column counts a part of another (其中：2021年任务).
    """

    role: Role
    label: str
    year: int | None = None
    sense: Sense | None = None
    unit: str | None = None
    basis: tuple[Basis, ...] = ()
    spanning: str | None = None
    part: bool = False


def has_bodies(columns: Iterable[Column]) -> bool:
    """Whether one of the columns is of bodies, by its role or because its label says what part they have (牵头领导,
    责任人)."""
    return any(column.role == "departments" or head_kind(column.label) is not None for column in columns)


@cache
def unit_suffix() -> re.Pattern[str]:
    """The pattern of a unit in brackets at the end of a label: （万元） of 总投资（万元）, （%） of 2020年（%）. Its
    group `unit` is the unit without the brackets."""
    return re.compile(rf"[（(【\[]\s*(?:单位[:：])?\s*(?P<unit>{unit_pattern()})\s*[）)】\]]$")


@lru_cache(maxsize=1 << 14)
def column(text: str) -> Column | None:
    """The column that a header label stands over: '2025年目标值' -> role "value", year 2025, sense "target"; '牵头
    单位' -> role "departments". A mark of a note (①) and a unit in brackets at the end do not count for the role; the
    latter is the column's `unit`, but not in a column of bodies with a remark. The first rule that holds counts: a
    label on the list of a role; one of bodies with a remark behind it; words of labels of values, which are growth
    (年均, or 累计 without a year) or values, only where they name one point of time (`one_time`; growth also where it
    compares, 比2020年增长); a label of free text. None for any other text, for none, for more than MAX_LABEL_LENGTH
    characters, and where the brackets do not match."""
    label = squeeze(text)
    bare, unit = LABEL_FOOTNOTE.sub("", label), None
    if not label or len(label) > MAX_LABEL_LENGTH or not balanced(bare):
        return None
    if found := unit_suffix().search(bare):
        bare, unit = bare[: found.start()], found["unit"]
    for role, pattern in LABELS_BY_ROLE:
        if pattern.fullmatch(bare):
            return Column(role, label, unit=unit)
    if (
        (remark := REMARK_AFTER_LABEL.search(bare))
        and DEPARTMENTS_LABEL.fullmatch(bare[: remark.start()])
        and head_kind(bare)
    ):
        return Column("departments", label)
    if VALUE_LABEL_WORDS.fullmatch(bare):
        growth = GROWTH_LABEL.search(bare) or ("累计" in bare and not LABEL_YEAR.search(bare))
        if growth and (one_time(bare) or COMPARISON_WORD.search(bare)):
            return Column("growth", label, unit=unit, basis=basis(bare))
        if not growth and VALUE_LABEL.search(bare) and one_time(bare):
            return Column("value", label, year(bare), sense(bare), unit, part=PART_LABEL.match(bare) is not None)
    for role, pattern in LABELS_OF_FREE_ROLES:
        if pattern.fullmatch(bare):
            return Column(role, label, unit=unit)
    return None


def basis(label: str) -> tuple[Basis, ...]:
    """What a growth column holds, by its label: 年均 where it names changes per year (年均, 每年), 累计 where it names
    a sum over years (累计, 五年, 总量), in this order: '年均增速〔累计〕' -> 年均, 累计; '比2020年增长' -> (), it does
    not say."""
    return tuple(name for name, pattern in BASIS_WORDS if pattern.search(label))  # type: ignore[misc]


def balanced(label: str) -> bool:
    """Whether the label has as many closing brackets of any form as opening ones: '期末数（2020年）' -> True;
    '期末数（' and '2020年）目标值' -> False, because these are parts of a label."""
    return sum(map(label.count, "（([〔［【")) == sum(map(label.count, "）)]〕］】"))


def one_time(label: str) -> bool:
    """Whether the label names one point of time at most, so that it can head one column: '“十三五”期末数（2020年）' ->
    True; '2025年2035年', '（2015年）“十三五”' -> False. False are two years, two five-year periods, a year before a
    period, 其中 that does not begin the label, and the seam of two labels inside it (基期值2025年目标). A range
    (2021—2025年) is no point of time and does not count."""
    years = [m.end() for m in LABEL_YEAR.finditer(LABEL_YEAR_RANGE.sub("", label))]
    periods = [m.start() for m in LABEL_PERIOD.finditer(label)]
    if len(years) > 1 or len(periods) > 1 or LABEL_SEAM.search(label) or "其中" in label[1:]:
        return False
    return not (years and periods and years[0] <= periods[0])


def year(label: str) -> int | None:
    """The year of the values below a label, the last that it names: '“十三五”期末数（2020年）' -> 2020, '2021—2025年'
    -> 2025. Without a year, the last of the first five-year period: '“十四五”目标' -> 2025. None where it names neither
    ('基期值'), and for a period that is not known."""
    plain = half_width(label)
    if found := LABEL_YEAR.findall(plain):
        digits = found[-1].translate(HAN_TO_DIGIT)
        return int(digits)
    if match := LABEL_PERIOD.search(label):
        period = five_year_period(match["five_year"])
        return period[1] if period else None
    return None


def sense(label: str) -> Sense | None:
    """Whether the values below a label are targets or were reached: '2025年目标值' -> "target", '基期值' -> "actual";
    with words of both (规划目标完成情况) "actual", with none (2020年) None."""
    if ACTUAL_LABEL.search(label):
        return "actual"
    return "target" if TARGET_LABEL.search(label) else None


LABELS_BY_ROLE: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("serial", SERIAL_LABEL),
    ("unit", UNIT_LABEL),
    ("kind", KIND_LABEL),
    ("name", NAME_LABEL),
    ("dimension", DIMENSION_LABEL),
    ("departments", DEPARTMENTS_LABEL),
    ("note", NOTE_HEADER),
)
LABELS_OF_FREE_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("duty", DUTY_COLUMN_LABEL),
    ("deadline", DEADLINE_LABEL),
    ("task", TASK_LABEL),
    ("content", CONTENT_LABEL),
    ("text", TEXT_LABEL),
)
