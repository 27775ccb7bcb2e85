"""Headers: which labels name the columns of a table, and what each column holds.

`column` reads one label: the role of its column, and the year, sense, unit and basis of the values below. The labels of
a header are found in a stream of words (`word_header`), in rows of cells (`row_header`), between blanks
(`blanks_header`), one a line (`work_header`), or in lines of which only the number is asked for (`header_lines`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from extractors import expressions as re
from extractors.reference.units import unit_pattern
from extractors.tables.cost import (
    CHINESE_START,
    NO_FIT,
    cell_cost,
    is_number,
    is_unit,
)
from extractors.tables.model import FREE_ROLES, VALUE_ROLES, Column, RawRow, Role, Sense, TableCell
from extractors.tables.words import Gap, Token
from extractors.vocabulary.dates import FIVE_YEAR, PRINTED_YEAR, YEAR_RANGE, five_year_period
from extractors.vocabulary.duties import OF_PERSON, WITH_HOLDER, head_kind
from extractors.vocabulary.numerals import HAN_ZERO, ONES
from extractors.vocabulary.quantities import half_width
from ontology.model.facts import Basis, squeeze

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
# 单位, 计量单位, 指标单位
UNIT_LABEL = re.compile(r"(?:计量|数量|指标)?单位|量纲")
# 属性, 指标属性, 指标性质, 指标类型
KIND_LABEL = re.compile(r"(?:指标)?(?:属性|性质|类型)|约束性[/／]预期性")
# 类型 before 属性: the class of a row, where another column holds the kinds
CLASS_LABEL = re.compile(r"(?:指标)?类型")
# 牵头单位, 责任部门, 主要责任单位, 配合单位, 责任市级部门
# 部门, 成员单位, 市直单位: bodies whose part another column or the title says
DEPARTMENTS_LABEL = re.compile(
    rf"(?:{WITH_HOLDER})(?:[（(](?:单位|部门|科室)[）)])?|(?:监测|业主|申报|数据(?:来源)?)(?:单位|部门|主体)"
    r"|(?:(?:省|市|县|区)(?:级|直)?)?(?:有关|相关|成员|各)?(?:部门|成员单位)(?:名称|[（(]单位[）)])?"
    r"|(?:省|市|县|区)直单位|单位名称|部门[、/／]单位"
)
# 备注, 指标解释, 数据来源, 计算方法; 进展情况, 评估结果: what a report says of a row
NOTE_HEADER = re.compile(
    r"备注|说明|附注|(?:指标)?(?:解释|释义|说明|含义|定义)|(?:数据|资料)来源|计算(?:方法|公式|口径)|统计口径"
    r"|指标解释及计算方法|(?:总体|实施|目标|指标)?(?:进展|进度)(?:情况|评价|判断)|(?:评估|评价|监测)(?:结果|结论|意见|情况)"
)
# 重点任务, 工作任务, 二级任务, 任务名称, 改革事项, 政策事项: what is to be done; 权力责任名称: in a list of powers
TASK_LABEL = re.compile(
    r"(?:权力|职权|权责)(?:[和与及、]?责任)?名称|"
    r"(?:主要|重点|具体|工作|建设|改革|发展|年度|目标|攻坚|整治|细化|实施|分解|一级|二级|三级|政策|整改|专项|民生|督办|创建|试点|服务)*"
    r"(?:任务|工作|事项|行动|工程|项目|举措要点)+(?:名称|事项|清单|类型|分解|分工)?"
)
# 具体举措, 工作内容, 建设内容, 整改措施: how it is done
CONTENT_LABEL = re.compile(
    r"(?:主要|重点|具体|工作|建设|改革|发展|年度|目标|任务|落实|政策|推进|实施|细化|整改|保障|支持|创建|改进|配套|解决|相关|有关)*"
    r"(?:内容|措施|举措|要求|目标任务|做法|路径)(?:[及和与、](?:规模|要求|(?:年度)?目标|年度任务|内容|标准|举措|措施))?"
    r"|(?:主要|重点|具体|工作|建设|改革|发展)+(?:建设|服务|改革|任务)"
    r"|(?:政策)?(?:制定|制订|落实|推进)的?重点(?:领域|内容)?|(?:权力|职权|权责)(?:[和与及、]?责任)?事项"
)
# 职责, 职责与任务, 工作职责, 职责分工: what a body has to do
DUTY_COLUMN_LABEL = re.compile(
    r"(?:主要|工作|部门|单位|具体|任务|重点)*(?:职责|职能|责任)(?:(?:与|和|及|、)?(?:任务|分工|内容|事项|要求|清单))*|(?:任务|工作|职责)分工|承担任务"
)
# 完成时限, 时间节点, 进度安排, 时间进度, 整改期限
DEADLINE_LABEL = re.compile(
    r"(?:计划|预计|拟)?(?:完成|办理|建设|起止|实施|推进|工作|整改|办结|落实|达标|销号|出台|截止)?(?:时限|期限|时间|进度|年限|年度|节点|日期)(?:要求|安排|节点|表)?"
    r"|(?:时间|进度)(?:节点|安排|要求)|时间(?:和|与|及|、)?进度(?:要求|安排)?"
)
# 总投资（万元）, 建设地点, 县（市、区）, 参考文件
TEXT_LABEL = re.compile(
    r"(?:主要|重点|具体|工作|建设|改革|发展|年度|目标|任务)*(?:建设|工作|任务|项目|工程|服务|改革|措施|举措|内容|事项)+"
    r"(?:内容|措施|要求|目标|任务|事项|名称|规模|地点|地址|性质|年限|期限|进度|分工|及规模|举措|清单|类型|标准|对象)*"
    r"|(?:计划)?总?投资(?:额|估算|规模)?|规模|地点|地区|区域|县[（(]市、?区[）)]|(?:市|县|区)(?:名称)?|阶段|(?:政策|文件)?依据"
    r"|(?:权力|职权|权责)(?:[和与及、]?责任)?(?:类别|类型|依据)|(?:设定|实施|法律|法定|追责)依据|行使层级|追责情形"
    r"|(?:参考|参照|依据|政策|相关)文件|参考(?:资料|依据)"
    r"|服务(?:对象|内容|标准|项目)|支出责任|主要内容|数量|面积|合计|小计|成果形式|对应的?[\u4e00-\u9fff]{2,6}"
    r"|(?:主要|工作|总体|具体|整改)目标|(?:存在|反馈|突出|主要)?(?:的)?问题(?:清单|表现)?|(?:预期|工作|主要|阶段)?(?:成效|成果)(?:要求|标志)?|完成标志"
)
# 责任领导, 责任县领导, 联系人: persons, whose column names nothing
PERSON_LABEL = re.compile(OF_PERSON)
_FIVE_YEAR_ALONE = FIVE_YEAR.replace("?P<five_year>", "?:")  # without its group
# 2025年目标值, “十三五”期末数（2020年）, 基期值, 2020年实际完成情况: made of these words alone
VALUE_LABEL_WORDS = re.compile(
    rf"(?>{PRINTED_YEAR}\s*年?\s*[-—–~～至]+\s*{PRINTED_YEAR}\s*年?|{PRINTED_YEAR}"
    rf"|{_FIVE_YEAR_ALONE}"
    r"|期末|期初|期间|时期|基期|基准|基数|基础|现状|实际|实绩|现有|完成|实现|达到|目标|规划|预期|预计|计划|发展"
    r"|指标(?=[值数完目现实])|(?<=[年期划])指标|情况|绝对(?=[值数量额])|总额|数值|数据|年度|年份|中期|远期|近期|阶段性?|累计|年均|五年|5年"
    r"|增长|增速|增幅|增减|增加|变化|升降|提高|降低|下降|幅度|比例|比重|比|对比|较|值|数|额|量|率|年|末|底|到|至|截至|约"
    r"|全[国省市州县区]|平均|水平|上报|考核|总量|其中|(?<=[划标年五”\"])任务[数量值]?|任务[数量]|远景|展望|[（()）〔〕［］\[\]【】/／、,，:：.·±+\-—–~～%％‰]|左右|以上|及|的|与|和|或|个百分点)++"
)
# what makes such words the head of a column of values
VALUE_LABEL = re.compile(
    rf"{PRINTED_YEAR}|五[期规时目末”\"]|五$|基期|基准|基数|现状|目标[值数]?|完成|实际|规划|期末|期初|指标值|数值|预期|实现|达到|(?:计划|规划|年)任务|任务[数量]"
)
# 绝对值, 总量 below 2030年: the level itself, beside 年均增长; alone such words are no label
LEVEL_LABEL = re.compile(r"绝对[值数量额]|总[量额值]|数[量值额]")
# 其中：2021年任务: a part of the column beside it
PART_LABEL = re.compile(r"^其中")
BASIS_WORDS = (("年均", re.compile(r"年均|每年")), ("累计", re.compile(r"累计|五年|(?<!\d)5年|总量")))
GROWTH_LABEL = re.compile(r"年均|增长|增速|增幅|增减|增加|变化|升降|提高|下降|降低|幅度|较")
# 2025年比2020年增长
# 基期值|2025年目标值, 完成值|“十五五”目标值: where one head ends and another begins
LABEL_SEAM = re.compile(
    rf"[值数状况](?={PRINTED_YEAR}|{_FIVE_YEAR_ALONE})"
    rf"|[值数状况][）)]?(?=目标|规划|预期|计划|现状|实际|基期|完成)"
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
    ("text", PERSON_LABEL),
)


def has_bodies(columns: Iterable[Column]) -> bool:
    """Whether one of the columns is of bodies: by its role, or because `head_kind` knows its label, as it does labels
    of some columns of free text, without a word for bodies (责任分工, 任务分工, 责任; not 职责)."""
    return any(column.role == "departments" or head_kind(column.label) is not None for column in columns)


@cache
def unit_suffix() -> re.Pattern[str]:
    """The pattern of a known unit in brackets at the end of a label, after 单位： or not: （万元） of 总投资（万元）,
    （%） of 2020年（%）. Its group `unit` is the unit without the brackets."""
    return re.compile(rf"[（(【\[]\s*(?:单位[:：])?\s*(?P<unit>{unit_pattern()})\s*[）)】\]]$")


@lru_cache(maxsize=1 << 14)
def column(text: str) -> Column | None:
    """The column that a header label stands over: '2025年目标值' -> role "value", year 2025, sense "target"; '牵头
    单位' -> role "departments"; '总投资（万元）' -> role "text", unit 万元. Only columns of values have a year and a
    sense, only columns of growth a `basis` (年均, 累计). White space, a mark of a note (①) at the end and a known unit
    in brackets before it do not count for the role. It is that of the first rule that holds:

    - a label on a list of LABELS_BY_ROLE: 序号, 单位, 指标名称, 责任单位;
    - "departments": the label of bodies with a part in a measure (`head_kind`), with any remark in brackets
      (责任单位（第一位为牵头单位）; not 部门（…）);
    - "growth": words of labels of values with a word of change (年均, 增长), or 累计 without a year, that name one
      point of time at most (`one_time`) or compare two (比2020年增长, 2020—2025年增速);
    - "value": such words without a word of change, one of which says whose values they are (VALUE_LABEL), that name one
      point of time at most: 基期值, 2020年;
    - a label on a list of LABELS_OF_FREE_ROLES: 重点任务, 完成时限.

    None for any other text, for '', for more than MAX_LABEL_LENGTH (24) characters, and where it is not `balanced`."""
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
    a sum over years (累计, 五年, 5年, 总量), in this order: '年均增速〔累计〕' -> 年均, 累计; '2025年增速' -> (), which
    does not say."""
    return tuple(name for name, pattern in BASIS_WORDS if pattern.search(label))  # type: ignore[misc]


def balanced(label: str) -> bool:
    """Whether the label has as many closing brackets (round or square ones, 〕 and 】) as opening ones, in whatever
    order: '期末数（2020年）' -> True; '期末数（' and '2020年）目标值' -> False, because these are parts of a label."""
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
    """The year of the values below a label, the last that it names, as any four digits that begin with 1 or 2 or such
    Chinese ones (二〇二五): '“十三五”期末数（2020年）' -> 2020, '2021—2025年' -> 2025. Without a year, the last of the
    first five-year period: '“十四五”目标' -> 2025. None where it names neither ('基期值'), and for a period that is not
    known."""
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
    with words of both (规划目标完成情况) "actual", but 实现目标 is a target; with none (2020年) None. None also where
    预计 alone stands with a year: 2025年预计 is a target in a plan until 2025, but in a later one, which was drawn up
    in that year, what will have been reached."""
    if ACTUAL_LABEL.search(label):
        return "actual"
    if LABEL_YEAR.search(label):
        label = label.replace("预计", "")
    return "target" if TARGET_LABEL.search(label) else None


TASK_OR_VALUE_LABEL = re.compile(r"任务$")  # 计划任务, 目标任务
# 目标任务, 预期目标 before 2023年目标值: what is aimed at, whose values are in another column
AIMS_LABEL = re.compile(r"(?:主要|重点|年度|工作)*(?:目标任务|预期目标)")
MAX_HEADER_READINGS = 3  # readings of a header that are kept


def word_header(words: Sequence[Token], most: int = 40) -> list[tuple[list[Column], int]]:
    """The readings of the header that begins with the first word: for each its columns and the index of the word after
    the header, likeliest first. Only readings that reach furthest are given, and of these only those that are
    `plausible`. Of the words at most the first `most` are read. An empty list where no header begins, and for no words.

    In the example / stands between the words of one label, | between labels:

        序号 | 指标 / 名称 | “十二五” / 期末数 / （2015年） -> serial, name, value 2015
    """
    limit = min(len(words), most)
    best: dict[int, list[tuple[float, tuple[Column, ...]]]] = {0: [(0.0, ())]}
    for i in range(limit):
        for cost, found in best.get(i, ()):
            for j, head, more in _labels(words, i, limit):
                _keep_cheapest(best.setdefault(j, []), cost + more, (*found, head))
    furthest = max(best)
    ways = [in_context(way) for _, columns in best[furthest] for way in _readings(columns)]
    return [(columns, furthest) for columns in ways if plausible(columns)]


def _readings(columns: Sequence[Column]) -> Iterator[list[Column]]:
    """The readings of a header whose labels are `columns`, in the order of the text; a reading is the list of the
    columns that the table really has.

    The label of a target without a year in digits (目标值) may span several columns. It is then no column itself: the
    columns that it spans take its place and its sense.

    Where there is only one label of that form before the columns of values and growth that end the header, and these
    are at least two, one of them with a year, it spans them, and this is the only reading: 指标 目标值 属性 2025年
    2035年 -> 指标, 2025年, 2035年, 属性. Else the labels as they stand are the first reading, and there is one more for
    each label of that form that at least two columns with a year or of growth follow: 指标 目标值 2020年 2025年 属性 ->
    指标, 2020年, 2025年, 属性.
    """
    last = len(columns)
    while last and columns[last - 1].role in VALUE_ROLES:
        last -= 1
    below = columns[last:]
    over = [n for n, c in enumerate(columns[:last]) if _may_span(c)]
    if len(over) == 1 and len(below) > 1 and any(c.year for c in below):
        at = over[0]
        yield [*columns[:at], *_under(columns[at], below), *columns[at + 1 : last]]
        return
    yield list(columns)
    for at in [n for n, c in enumerate(columns) if _may_span(c)]:
        end = at + 1
        while end < len(columns) and (columns[end].role == "growth" or columns[end].year):
            end += 1
        if end - at > 2:
            yield [*columns[:at], *_under(columns[at], columns[at + 1 : end]), *columns[end:]]


def _may_span(head: Column) -> bool:
    """Whether the label of the column `head` may stand over several columns: it is that of a target and has no year in
    digits, Chinese ones included (目标值, “十四五”目标)."""
    return head.role == "value" and head.sense == "target" and (head.year is None or not LABEL_YEAR.search(head.label))


def _under(head: Column, below: Sequence[Column]) -> list[Column]:
    """The columns `below`, all of which the label `head` stands over (目标值 over 2020年 and 2025年), in order: the
    columns of values get the label as `spanning`, and its sense ("target") where their own labels give none; others
    stay as they are."""
    return [
        replace(c, sense=c.sense or head.sense, spanning=head.label) if c.role == "value" else c for c in below
    ]  # fmt: skip


def _labels(words: Sequence[Token], i: int, limit: int) -> Iterator[tuple[int, Column, float]]:
    """The header labels that may begin with word `i`, one to seven words long, of at most MAX_LABEL_LENGTH characters
    and before word `limit`: for each the index of the word after it, its column and its cost, which is 1, and 1.2 more
    for each space and 0.1 for each other gap inside it. A label of free text counts only where word `i` is beside
    another label (`_beside`); only one of tasks (重点任务) counts wherever it stands, but not at the beginning of
    `words`. Word `i` that is no label, but beside one, is a column of text at the cost 3."""
    text, inside = "", 0.0
    for j in range(i, min(i + 7, limit)):
        if j > i:
            inside += 1.2 if words[j].gap == Gap.SPACE else 0.1
        before, text = text, text + words[j].text
        if len(text) > MAX_LABEL_LENGTH:
            return
        head = column(text)
        if head is not None and head.role == "unit" and column(before) is not None:
            continue  # 指标 | 单位 are two labels
        if head is None and j == i > 0 and _beside(words, i):
            yield j + 1, Column("text", text), 3.0
        elif head is not None and (head.role not in FREE_ROLES or (head.role == "task" and i > 0) or _beside(words, i)):
            yield j + 1, head, 1.0 + inside


def _keep_cheapest(ways: list[tuple[float, tuple[Column, ...]]], cost: float, columns: tuple[Column, ...]) -> None:
    """Adds the columns as a reading of a header, at this cost, to `ways`, which is changed: a list of (cost, columns)
    of the readings so far, the cheapest first. Of readings with the same number of columns only the cheapest stays, of
    equal ones the earlier, and of all only the MAX_HEADER_READINGS cheapest, of equal ones those with fewer columns."""
    for n, (lowest, reading) in enumerate(ways):
        if len(reading) == len(columns):
            if cost < lowest:
                ways[n] = cost, columns
            break
    else:
        ways.append((cost, columns))
    ways.sort(key=lambda way: (way[0], len(way[1])))
    del ways[MAX_HEADER_READINGS:]


def _beside(words: Sequence[Token], i: int) -> bool:
    """Whether word `i` follows another on its line, and the word before or after it on the line is a label, so that it
    may be a label although it is on no list. It must begin with a Chinese character, have 2 to 10 characters, and be no
    unit, kind or word for an empty cell (暂无). The word beside it must be a label by itself, not with a further
    word."""
    text = words[i].text
    beside = [words[k] for k in (i - 1, i + 1) if 0 <= k < len(words) and words[max(k, i)].gap == Gap.SPACE]
    if not 2 <= len(text) <= 10 or not CHINESE_START.match(text) or is_unit(text) or cell_cost("kind", text) < NO_FIT:
        return False
    return words[i].gap == Gap.SPACE and any(column(word.text) for word in beside)


def in_context(columns: Sequence[Column]) -> list[Column]:
    """The columns with the roles and senses that they have beside one another; the rules apply in this order:

    1. Where another column is that of kinds (属性), one of 类型 is that of dimensions.
    2. Where every label of values ends with 任务 (计划任务, 目标任务) and there is no unit, kind or growth, the columns
       of values become columns of tasks.
    3. In a table of duties without values, growth and bodies, the first column of units (单位) becomes that of the
       bodies.
    4. The only column of values, in a table with kinds and without growth, becomes a target where its label names
       neither a year nor a sense (指标 | 指标值 | 属性).
    5. In a table of values or growth without a column of names, one of these becomes that of the names: the first
       column of values, where its label is AIMS_LABEL and another column holds values that are aimed at (目标任务 |
       2023年目标值); else the last column of tasks, of free text ("text") but for that of persons (责任领导), of
       measures, or of classes (序号 | 项目类别 | 单位 | 规划目标).
    """
    columns = list(columns)
    if any(c.role == "kind" and not CLASS_LABEL.fullmatch(c.label) for c in columns):
        columns = [replace(c, role="dimension") if CLASS_LABEL.fullmatch(c.label) else c for c in columns]
    roles = [c.role for c in columns]
    values = [n for n, role in enumerate(roles) if role in VALUE_ROLES]
    if (
        values
        and not {"unit", "kind", "growth"} & set(roles)
        and all(TASK_OR_VALUE_LABEL.search(columns[n].label) for n in values)
    ):
        columns = [replace(c, role="task", year=None, sense=None) if n in values else c for n, c in enumerate(columns)]
        values = []
    if not values and "duty" in roles and "departments" not in roles and "unit" in roles:
        at = roles.index("unit")
        columns[at] = replace(columns[at], role="departments")
    if len(values) == 1 and "kind" in roles and "growth" not in roles:
        only = columns[values[0]]
        if only.year is None and only.sense is None:  # 指标 | 指标值 | 属性: what has an attribute is aimed at
            columns[values[0]] = replace(only, sense="target")
    if values and "name" not in roles:
        named = values[0] if _names_aims(columns, values) else _last_of_names(columns)
        if named is not None:
            columns[named] = replace(columns[named], role="name", year=None, sense=None)
    return columns


def _names_aims(columns: Sequence[Column], values: Sequence[int]) -> bool:
    """Whether the first of the columns `values` (those of values and growth; at least one) says what is aimed at, and
    one of the others holds the values of it: 目标任务 | 2022年完成 | 2023年目标值."""
    first, *others = (columns[n] for n in values)
    return AIMS_LABEL.fullmatch(first.label) is not None and any(
        c.role == "value" and c.sense != "actual" for c in others
    )


def _last_of_names(columns: Sequence[Column]) -> int | None:
    """The index of the column that holds the names in a table whose labels do not say it: the last of tasks; where
    there is none, the last of free text ("text") that is not of persons (PERSON_LABEL), of measures, or of classes;
    None for none of these."""
    for role in ("task", "text", "content", "dimension"):
        found = [n for n, c in enumerate(columns) if c.role == role and not PERSON_LABEL.fullmatch(c.label)]
        if found:
            return found[-1]
    return None


def plausible(columns: Sequence[Column]) -> bool:
    """Whether the columns can be those of a table of values: at least three, exactly one of them for names, at most one
    for row numbers and at most six for names and free text together; and beside them a column of values, or two of
    unit, kind, bodies, row number and growth."""
    roles = Counter(c.role for c in columns)
    names = roles["name"] + sum(roles[role] for role in FREE_ROLES)
    others = sum(roles[role] for role in ("value", "value", "unit", "kind", "departments", "serial", "growth"))
    return roles["name"] == 1 and roles["serial"] <= 1 and names <= 6 and len(columns) >= 3 and others >= 2


MAX_HEADER_COLUMNS = 30
MAX_HEADER_ROWS = 3  # rows of one header


def row_header(rows: Sequence[RawRow], i: int) -> tuple[list[Column] | None, int]:
    """The columns of the header that begins with the row of index `i`, and the number of rows that the header takes, at
    most MAX_HEADER_ROWS; (None, 1) where the row is no header (`is_head`) or has more than MAX_HEADER_COLUMNS cells.

    A row below continues the header where `_level_below` says so: 指标 | 目标值 | 目标值 above the same cell 指标,
    which spans both rows, 2020年 and 2025年 gives 指标, 目标值（2020年）, 目标值（2025年）; the last two have 目标值 as
    `spanning`.
    """
    cells = rows[i].cells
    if len(cells) > MAX_HEADER_COLUMNS or not is_head(cells):
        return None, 1
    spanning: list[str | None] = [None] * len(cells)
    used = 1
    while (
        used < MAX_HEADER_ROWS
        and i + used < len(rows)
        and (below := _level_below(cells, spanning, rows[i + used].cells))
    ):
        cells, spanning = below
        used += 1
    columns = columns_of_labels([cell.flat for cell in cells])
    return [replace(c, spanning=s) for c, s in zip(columns, spanning, strict=True)], used


def is_head(cells: Sequence[TableCell]) -> bool:
    """Whether the cells are a header row: at least two have text; at least three in five of these are labels
    (`column`), of at least two roles, among them one for names, bodies or free text, or for classes beside units and
    values (项目类别 | 单位 | 规划目标); and no cell is a number that is not a label too."""
    texts = [cell.flat for cell in cells if cell.text]
    known = [found for text in texts if (found := column(text))]
    roles = {found.role for found in known}
    return (
        len(texts) >= 2
        and len(roles) >= 2
        and len(known) * 5 >= len(texts) * 3
        and (bool(roles & {"name", "departments", *FREE_ROLES}) or roles >= {"dimension", "unit", "value"})
        and not any(is_number(text) and column(text) is None for text in texts)
    )


Level = tuple[list[TableCell], list[str | None]]  # the header cells so far, and what spans each


def _level_below(
    upper: Sequence[TableCell], spanning: Sequence[str | None], lower: Sequence[TableCell]
) -> Level | None:  # fmt: skip
    """The header with the row `lower` taken in, as two lists with an entry for each column: a cell with the labels of
    all header rows together, and the label that spans the column with others, or None. `upper` and `spanning` are these
    lists for the header so far. A row has a cell for each column (`_level_of_all`), or only those below one label
    (`_level_of_one`).

    None where `lower` is no row of the header: none of its cells has text, or one with text is no label
    (`_below_label`), or a label of row numbers or names. A row with another number of cells than the header must
    besides have at least two labels, all of them of values or growth, and `_level_of_one` must find the label above
    them; else None too. Cells that are in both rows do not count, because they span both: the same object, or in rows
    of as many cells the same text in the same place, as a format without merged cells repeats it.
    """
    if len(lower) == len(upper):
        lower = [
            above if under.text and under.flat == above.flat else under
            for under, above in zip(lower, upper, strict=True)
        ]
    below = [cell for cell in lower if cell.text and not any(cell is above for above in upper)]
    known = [_below_label(cell.flat) for cell in below]
    if not below or not all(known) or any(k is not None and k.role in ("serial", "name") for k in known):
        return None
    if len(lower) == len(upper):
        return _level_of_all(upper, spanning, lower)
    values = all(k is not None and k.role in VALUE_ROLES for k in known)
    return _level_of_one(upper, spanning, below) if values and len(below) > 1 else None


def _below_label(text: str) -> Column | None:
    """What a label in a row below the first of a header says, as `column` reads it; a word for the level itself
    (LEVEL_LABEL: 绝对值, 总量), which needs the label above (2030年) for its year, is one of values too. None for any
    other text."""
    found = column(text)
    return found or (Column("value", squeeze(text)) if LEVEL_LABEL.fullmatch(squeeze(text)) else None)


def _level_of_all(
    upper: Sequence[TableCell], spanning: Sequence[str | None], lower: Sequence[TableCell]
) -> Level:  # fmt: skip
    """The header with the row `lower` taken in, which has a cell for each column; the arguments and the result are
    those of `_level_below`. A new label is joined with the label above it or, where that is empty, with the nearest
    label to the left of that, which in both cases is the label that spans its column; without either it is not taken
    in. A new label that says alone what its column holds (`_says_itself`) takes the place of the label above it."""
    cells: list[TableCell] = []
    over: list[str | None] = []
    last: TableCell | None = None
    for above, under, span in zip(upper, lower, spanning, strict=True):
        last = above if above.text else last
        if last is None or not under.text or under is above:
            cells.append(above)
            over.append(span)
        else:
            label = under.flat if _says_itself(under.flat) else together(last.flat, under.flat)
            cells.append(replace(above, text=label, pieces=under.pieces))
            over.append(last.flat)
    return cells, over


def _level_of_one(
    upper: Sequence[TableCell], spanning: Sequence[str | None], below: Sequence[TableCell]
) -> Level | None:  # fmt: skip
    """The header with the cells `below` in the place of its only label of values without a year, which spans them and
    is joined with theirs (2020年 | 2025年 below 目标值 -> 目标值（2020年） | 目标值（2025年）); None where there is no
    such label, or more than one. The other arguments and the result are those of `_level_below`."""
    open_heads = [
        n for n, cell in enumerate(upper) if (c := column(cell.flat)) and c.role == "value" and c.year is None
    ]
    if len(open_heads) != 1:
        return None
    at = open_heads[0]
    label = upper[at].flat
    cells = [replace(cell, text=together(label, cell.flat)) for cell in below]
    return [*upper[:at], *cells, *upper[at + 1 :]], [*spanning[:at], *[label] * len(cells), *spanning[at + 1 :]]


def _says_itself(label: str) -> bool:
    """Whether a label of the lower row of a header says alone what its column holds: true for labels of units, kinds,
    bodies and notes. 单位 below 指标值 -> True; 2025年 below 目标值 -> False, it needs the label above."""
    found = column(label)
    return found is not None and found.role in ("unit", "kind", "departments", "note")


def together(upper: str, lower: str) -> str:
    """A label of two rows of a header, `upper` and below it `lower`, as one text: ('目标值', '2025年') ->
    目标值（2025年）. Where one is empty, or the lower one begins with （, (, 〔 or [, they are joined without
    brackets."""
    return f"{upper}（{lower}）" if upper and lower and lower[0] not in "（(〔[" else upper + lower


def columns_of_labels(labels: Sequence[str]) -> list[Column]:
    """The columns of these labels, with at most one for names. Of a label of more than 12 characters that is on no
    list, the last 12 are tried too; one that is on no list then holds text ("text"). An empty label right after that of
    the names belongs to it: its column holds the names, and the one before it labels of groups ("group"). An empty
    label before that of the names holds labels of groups, any other one text. Roles are those that the columns have
    beside one another (`in_context`)."""
    columns: list[Column] = []
    for label in labels:
        found = column(label) or (column(label[-12:]) if len(label) > 12 else None)
        if not label and columns and columns[-1].role == "name":
            columns[-1] = replace(columns[-1], role="group")
            found = Column("name", "")
        groups = not label and not any(c.role == "name" for c in columns)
        columns.append(replace(found, label=label) if found else Column("group" if groups else "text", label))
    if sum(c.role == "name" for c in columns) > 1:
        columns = _one_name(columns)
    return in_context(columns)


def _one_name(columns: list[Column]) -> list[Column]:
    """The columns with only one for names, the others for labels of groups: the last whose label has 指标 or is empty,
    else the last. Of 指标 | 指标 (one label over two columns) the second, of 项目 | 指标 the column 指标. Raises
    ValueError where none of the columns is for names."""
    names = [n for n, c in enumerate(columns) if c.role == "name"]
    best = max(names, key=lambda n: ("指标" in columns[n].label or not columns[n].label, n))
    return [replace(c, role="group") if n in names and n != best else c for n, c in enumerate(columns)]


def same_labels(found: Sequence[Column], head: Sequence[Column]) -> bool:
    """Whether the headers `found` and `head` have the same labels in the same order, white space aside."""
    return [squeeze(c.label) for c in found] == [squeeze(c.label) for c in head]


NO_WORK_ROLES = VALUE_ROLES | {"kind", "unit"}  # of columns that a table of work does not have
MAX_WORK_COLUMNS = 9
LIST_TITLE = re.compile(r"清单$|分工$")


def work_header(lines: Sequence[str]) -> tuple[tuple[Column, ...], int]:
    """The columns of the header that begins with the first of the lines, and the number of lines that it takes, up to
    the first that is no label; a label takes one line, or two where the first of them is none by itself. ((), 0) where
    it is not that of a table of work: 2 to MAX_WORK_COLUMNS (9) columns, among them one of bodies (`has_bodies`) and
    one of free text other than deadlines, which may be the same (责任分工), none of values, growth, units or kinds, and
    row numbers in the first where in any. A first label that ends with 清单 or 分工 is a title (重点任务清单), and
    gives ((), 0) too. `lines` are texts without spaces."""
    columns: list[Column] = []
    n = 0
    while n < len(lines) and len(columns) <= MAX_WORK_COLUMNS:
        two = lines[n] + lines[n + 1] if n + 1 < len(lines) else ""
        if (head := column(lines[n])) is not None:
            n += 1
        elif (head := column(two)) is not None:
            n += 2
        else:
            break
        columns.append(head)
    roles = {head.role for head in columns}
    if not columns or ("serial" in roles and columns[0].role != "serial") or LIST_TITLE.search(columns[0].label):
        return (), 0  # 重点任务清单 above the header is a title
    work = has_bodies(columns) and roles & (FREE_ROLES - {"deadline"}) and not roles & NO_WORK_ROLES
    return (tuple(columns), n) if work and 2 <= len(columns) <= MAX_WORK_COLUMNS else ((), 0)


def blanks_header(words: Sequence[str], *, values: bool) -> tuple[Column, ...]:
    """The columns of the header whose labels are these words, one each, for a table of work, of projects, or of bodies
    and their duties: 3 to MAX_WORK_COLUMNS (9) columns (2 only for bodies and duties), one of free text, none of
    values, growth, units or kinds, and one of bodies (`has_bodies`) unless the first numbers the rows; or, with
    `values`, also for a table of values (`plausible`) of as many columns at most. An empty tuple where a word is no
    label, and for any other header."""
    columns = tuple(head for word in words if (head := column(word)))
    roles = {head.role for head in columns}
    if len(columns) < len(words) or len(columns) > MAX_WORK_COLUMNS:
        return ()
    if values and roles & VALUE_ROLES and plausible(in_context(columns)):
        return tuple(in_context(columns))
    if len(columns) < 3 and roles != {"departments", "duty"}:
        return ()
    counted = columns[0].role == "serial"
    return columns if roles & FREE_ROLES and not roles & NO_WORK_ROLES and (counted or has_bodies(columns)) else ()


MIN_LABELS, MAX_LABELS = 2, 12
MIN_LABEL_LINES = 3  # labels that stand on a line each
MAX_LABEL_WORDS = 3  # words that a label was broken into: 序 号


def columns_of_words(words: Sequence[str]) -> list[Column]:
    """The columns whose labels the words are together, each label one to MAX_LABEL_WORDS (3) words; of several
    divisions that with most labels, of as many the one whose last label is longest: ('序', '号', '重点任务') -> 序号,
    重点任务. An empty list for no words, where a word belongs to no label, and where there are more than MAX_LABELS
    (12) words."""
    if len(words) > MAX_LABELS:
        return []
    best: list[list[Column] | None] = [[], *[None] * len(words)]
    for stop in range(1, len(words) + 1):
        for start in range(max(0, stop - MAX_LABEL_WORDS), stop):
            before, head = best[start], column("".join(words[start:stop]))
            if before is not None and head is not None and len(before) + 1 > len(best[stop] or ()):
                best[stop] = [*before, head]
    return best[-1] or []


def header_lines(lines: Sequence[Sequence[str]]) -> int:
    """The number of lines of the header that the lines, each given as its words, begin with: one with all labels (at
    least MIN_LABELS, 2), or one for each label (at least MIN_LABEL_LINES, 3); 0 where no header of a table of work
    begins. Such a header has a label of free text other than a deadline (重点任务), and one of row numbers, bodies
    (`has_bodies`; 责任分工 is both) or a deadline; labels of any other role may stand beside them. There must be a
    line."""
    columns = columns_of_words(lines[0])
    used = 1
    if columns and len(lines[0]) == 1:
        while used < len(lines) and len(lines[used]) == 1 and (more := column(lines[used][0])):
            columns, used = [*columns, more], used + 1
    if len(columns) < (MIN_LABELS if used == 1 else MIN_LABEL_LINES):
        return 0
    roles = {head.role for head in columns}
    sets = roles & {"serial", "deadline"} or has_bodies(columns)
    return used if sets and roles & (FREE_ROLES - {"deadline"}) else 0
