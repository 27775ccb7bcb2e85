"""Numbers that are part of a name, of a text or of a way of speaking, and measure nothing."""

from extractors import expressions as re
from extractors.targets.changes import DOWN, UP
from extractors.targets.model import QuantityContext
from extractors.targets.words import (
    BETWEEN_THINGS,
    BUILT_UNIT,
    COUNT_UNIT,
    EVENT_UNITS,
    EVERY_PERIOD,
    EXPANSE,
    MONEY_UNITS,
    RATE_NAME,
    SHARE_UNITS,
    STARTING_TIME,
    TIME_UNITS,
    WORK_DEEDS,
    last,
    words,
)

# 甲、乙和丙 | 三项改革
THING_JOINT = re.compile(BETWEEN_THINGS)
# 三项 | 基本医疗保险参保率 (提高3个百分点): part of the name of a measure
OF_MEASURE_NAME = re.compile(
    rf"[\u4e00-\u9fff]{{2,16}}(?:率|比例|比重|占比)(?:由|从|达到?|为|控制|稳定|保持|{UP}|{DOWN})"
)
# 甲类镇指…5万以上的镇, 规上企业是指…: a definition
DEFINES = re.compile(
    r"(?:是指|系指|特指|专指|即指|指的是|所称|定义为"
    r"|(?<=[\u4e00-\u9fff：:）)])指(?![标数导引挥示南定针明向教派望纹认战]))|\A\s*注[：:释]"
)
# 虚拟电厂：指聚合用户的系统，接入用户1000户以上: a term stands first, and all that follows explains it
EXPLAINED_TERM = re.compile(r"[^，。；：:]{2,20}(?:[：:]指|是指|[：:]是指)(?![标数导引挥示南定针明])")
NAMING_UNITS = frozenset(("期", "届", "档", "层", "片", "类"))
# 1个 | 中心、2个平台、N个站点的“1+2+N”体系: the parts of a system
PARTS_OF_SYSTEM = re.compile(r"(?:[^，,。；;、]{1,12}、){1,4}[NnXx]个")
# 取消 | 30项审批事项, 取消和调整 | 30项
LETS_GO = re.compile(r"(?<!决定)(?:取消|下放)(?:[、和](?:取消|下放|调整))?\Z")
# 产值达到 | 千亿元, 迈上 | 万亿元台阶: such an amount of money is a level
LEVEL_REACHED = re.compile(r"(?:达到?|迈上|迈过|跨越|跨上|跨过|站上|跃上|[增升]至|[提增升][高加]?到|冲刺|冲击)\Z")
OF_LEVEL = re.compile(r"(?:的?新?(?:台阶|大关|关口|水平|规模))?")
# 级, 型: the number is part of a name or a class
NAMED_AFTER = re.compile(
    r"(?:级(?!别)|分辨率|直径|口径|跨度|更新(?!改造)|服务半径|型(?!材)|制(?![造药种])|式|强[县市镇企国]|计划|行动(?!不便)|年代|年级|部门|人民(?![调陪])|周年|强企|新村|联动|大棚车|"
    r"[\u4e00-\u9fff]{0,6}(?:行动|计划|攻坚|战略|规划)(?:[^\u4e00-\u9fff]|\Z))"
)
# 15分钟 | 生活圈, 1小时 | 经济圈; but 10个 | 便民商圈
CIRCLE = re.compile(r"[\u4e00-\u9fff]{0,4}圈")
# 15分钟 | 可达: how near things are to be
NEAR = re.compile(r"[可直通][达及]")
# 产值达到1000 | 亿级: a number without a unit is of the class
SCALED_CLASS = re.compile(r"[十百千]?[万亿]+级(?!别)")
# 110千伏变电站: the unit of a class
CLASS_UNIT = re.compile(r"毫米|厘米|马力|千伏安?|kVA?|KV|伏|兆|GB|TB|℃")
# 由2.8 | 缩小到2.6, 由2020年的2.35 | 缩小到2.2, 从2.5∶1 | 缩小到2.3∶1
FROM = re.compile(rf"{STARTING_TIME}[\d.]+(?:[:∶：]1)?\Z")
# 耕地流失量降为 | 0: none of it
LOWERED_TO = re.compile(r"[量数率值积度](?:逐步|全部|均|下)?降[到至为]\Z")
# 收入差距 | 缩小到2.2:1, 得分 | 达到85: measures whose value may have no unit
GAP = re.compile(r"(?:差距|倍差|得分|评分|安全感)\Z")
# 最多跑一次, 只进一扇门
ERRAND = re.compile(r"(?:跑|只[\u4e00-\u9fff]|一)\Z")
# 一次 | 告知, 一次 | 办成
AT_ONE_GO = re.compile(r"性|办[成结好完]")  # 至少一次性办成, whatever bound stands before it
ONCE = re.compile(r"(?:性|办|申|告|受|提|录|采|登|成|评|审|认证|录入|就)")
# 关键核心技术, 主题公园: things whose names begin with a word for an abstraction
THING = re.compile(
    r"主题(?:公园|乐园|馆|街区|酒店|邮局|线路|园)|关键(?:核心|共性|技术|零部件|设备|材料)|文明单位|(?:信息|监测|管理|预警|灌溉|物流|服务)系统|统一标识|优势(?:特色|产业|学科|品种|集群|专业|企业|农)"
)
# 外环以外的排水系统: what is built of pipes
PIPE_SYSTEM = re.compile(r"(?:排水|供水|雨水|污水|污水处理)系统\Z")
MIN_NO_PROGRAMME = 100  # so many programmes are no programmes: 2000个小区改造任务
# 30个 | 老旧小区的改造工作: what is done to so many things; 5项 | 能力的模型: what it can do
DEED_ON_THINGS = re.compile(rf"[\u4e00-\u9fff]{{2,12}}的(?:{WORK_DEEDS}|安装|更新|建成)工作\Z")
CAPABILITIES = re.compile(r"(?:核心|基础|关键)?能力的")
# 小学、初中生师比分别达到19:1、 | 13.5:1: the rates whose values stand in a row
RATES_IN_TURN = re.compile(r"(?P<rates>[^，,；;]{2,60}?)分别[\u4e00-\u9fff]{0,6}\d[\d.:：∶、和及与\s]{0,60}\Z")


def measures_nothing(context: QuantityContext) -> bool:
    """Whether the number has no unit and needs one: 12345 of 12345热线. The value of a rate (系数0.57, with words such
    as 达到 or 由0.5 between), also one in a row of values after 分别 (甲、乙生师比分别达到19:1、13.5:1), and a bound
    (不低于) need none, nor does a 0 to which an amount is lowered (耕地流失量降为0)."""
    if context.unit or context.normative:
        return False
    if context.quantity.value == 0 and LOWERED_TO.search(context.before):
        return False
    row = RATES_IN_TURN.search(context.clause)
    if row and RATE_NAME.search(row["rates"]):
        return False
    measure = FROM.sub("", last("reach").sub("", context.before.rstrip()))
    return not (RATE_NAME.search(measure) or GAP.search(measure))


def is_definition(context: QuantityContext) -> bool:
    """Whether the words from the last ；, or the beginning of the sentence, to the number only say what a word means:
    they begin with a term that they explain (甲类镇是指…, 系统：指…) and the number has no date; or they have a word of
    defining or begin with 注：, and no verb of making is before the number."""
    sentence = context.sentence_before.rpartition("；")[2] + context.clause
    if EXPLAINED_TERM.match(sentence.lstrip("\0 ")) and not context.dated:
        return True
    return bool(DEFINES.search(sentence)) and not context.makes()


def is_article(context: QuantityContext) -> bool:
    """Whether 一 stands for 'a' or for 'one visit', and counts nothing: 建设一支队伍, 形成一套机制, 最多跑一次,
    一次办成, 每年推广一批技术. Not in 百分之一, 翻一番 and 增加一倍, nor after 至少, 不少于, 不低于 or 最少
    (至少开通一种; but 至少一次性办成). With a unit of events (一次) and no words of a visit beside it (跑, 办成), also
    not where the clause has 每年 or the like before it or the deed is one that is done again and again (轮训一次)."""
    if not context.quantity.chinese or context.quantity.value != 1:
        return False
    if context.unit in SHARE_UNITS:  # 百分之一, 翻一番, 增加一倍
        return False
    if context.unit in EVENT_UNITS and AT_ONE_GO.match(context.after):
        return True
    if context.quantity.cue.startswith(("至少", "不少于", "不低于", "最少")):
        return False
    if context.unit == "批":  # 每年推广一批新技术
        return True
    if context.unit not in EVENT_UNITS or ONCE.match(context.after) or ERRAND.search(context.before):
        return True
    return not (EVERY_PERIOD.search(context.clause) or context.is_repeated())


def is_bare_scale(context: QuantityContext) -> bool:
    """Whether the number is 100, 1000 or 10000 in Chinese numerals without a comparator, and so only means 'many':
    百家企业, 一百家, 千人计划, 百年. 三百家 and 百分之百 are not, nor money that is a level: 产值达到千亿元,
    迈上万亿元台阶."""
    if not context.quantity.chinese or context.bounded or context.quantity.value not in (100, 1000, 10000):
        return False
    if context.unit == "%":  # 百分之百
        return False
    level = MONEY_UNITS.fullmatch(context.unit) and LEVEL_REACHED.search(context.before)
    return not (level and OF_LEVEL.fullmatch(context.after.strip("\0 ")))


def is_name(context: QuantityContext) -> bool:
    """Whether the number is part of a name or says the class of a thing: always before 级, 行动 or the like
    (千吨级码头, 1000亿级, 三年行动; NAMED_AFTER); before 圈, unless its unit is one of counting (15分钟生活圈, not
    10个商圈), and in a unit of time before 可达 or the like (15分钟可达); in a unit of class (110千伏变电站) or as
    24小时, unless it is a bound with a word such as 不低于 or stands after a verb of reaching; in Chinese numerals
    before a rate that another number is the value of (三项医疗保险参保率提高3个百分点); and in Chinese numerals with
    期, 届 or another of NAMING_UNITS (商城二期), unless it has a comparator or 每年 or the like stands before it in the
    clause (每年一期). 24小时内办结, the time that a service may take, is no name."""
    if CIRCLE.match(context.after) and not COUNT_UNIT.fullmatch(context.unit):  # 15分钟生活圈
        return True
    if context.unit in TIME_UNITS and NEAR.match(context.after):
        return True
    if NAMED_AFTER.match(context.after) or (not context.unit and SCALED_CLASS.match(context.after)):
        return True
    if CLASS_UNIT.fullmatch(context.unit) and not (context.normative or last("reach").search(context.before)):
        return True
    if context.quantity.chinese and OF_MEASURE_NAME.match(context.next_gap or ""):  # 三项基本医疗保险参保率提高
        return True
    if (
        context.quantity.chinese
        and context.unit in NAMING_UNITS
        and not context.bounded
        and not EVERY_PERIOD.search(context.clause)
    ):
        return True
    if context.is_service_time():  # 24小时内办结
        return False
    service = context.unit == "小时" and context.quantity.value == 24
    return service and not (context.normative or last("reach").search(context.before))


def counts_abstractions(context: QuantityContext) -> bool:
    """Whether the number counts parts of the plan, or rules, and so nothing that can be reached: the noun after it
    begins with a word for an abstraction (三个方面), or begins a list that goes on with N个 (1个中心、N个站点), or ends
    with one for rules or programmes (八项任务, 15项编码标准).

    Never for shares, events, lengths and areas, buildings and homes (30座污水处理厂工程; BUILT_UNIT), times of a
    service (6小时内放行措施), numbers of at least MIN_NO_PROGRAMME (100; 2000个小区改造任务), things whose names only
    begin so (3个主题公园) or that are worked on (30个老旧小区的改造工作), and with nothing or 的 after the number. For
    a noun that ends with a word for rules or programmes also False where something is carried out (10个社区开展试点);
    and, unless 等 or 这 before the number says that they have been named (甲、乙等七项), or its clause names so many
    (甲、乙和丙三项改革), where the rules are drawn up or the programmes completed (制定20项标准, 完成八项任务), given
    up or handed down in a number given in digits (取消30项审批事项), or formed in a number given in digits
    (形成30个解决方案)."""
    if context.unit in SHARE_UNITS | EVENT_UNITS or EXPANSE.fullmatch(context.unit) or context.is_service_time():
        return False
    if not context.after or context.after.startswith("的") or BUILT_UNIT.fullmatch(context.unit):
        return False
    if context.unit in ("项", "种", "类", "个") and CAPABILITIES.match(context.after):  # 具备5项能力的模型
        return True
    noun = re.match(r"[\u4e00-\u9fff]{1,12}", context.after)
    if noun and DEED_ON_THINGS.match(context.after):  # 推进30个老旧小区的改造工作
        return False
    listed_on = noun and context.after.startswith("、", noun.end())  # 20个高标准、规模化基地
    if PARTS_OF_SYSTEM.match(context.rest):
        return True
    if not noun or listed_on or THING.match(noun[0]) or PIPE_SYSTEM.search(noun[0]) or _many(context):
        return False
    if any(noun[0].startswith(word) or noun[0] == word for word in words("abstract")):
        return True
    if re.search(r"开展|实[行施]|进行", noun[0]):  # 选择10个社区开展试点
        return False
    listed = context.quantity.chinese and len(THING_JOINT.findall(context.clause)) + 1 == context.quantity.value > 1
    named = listed or context.before.rstrip("\0 ").endswith(
        ("等", "等等", "这")
    )  # 甲、乙等七项举措, 甲、乙和丙三项改革
    if context.digits and not named and re.search(r"(?:形成|打造|推出|建成)\Z", context.before):  # 形成30个解决方案
        return False
    if context.digits and LETS_GO.search(context.before) and not named:  # 取消30项审批事项
        return False
    drawn_up = not named and re.search(r"制修?订|修订|出台|发布|编制|新增|制定|完成|主导|参与", context.before)
    return not drawn_up and any(noun[0].endswith(word) for word in words("rules"))


def _many(context: QuantityContext) -> bool:
    """Whether the number is at least MIN_NO_PROGRAMME (100) or its unit begins with 百, 千, 万 or 亿, so that it hardly
    counts parts of a plan."""
    return context.quantity.value >= MIN_NO_PROGRAMME or context.unit[:1] in ("百", "千", "万", "亿")
