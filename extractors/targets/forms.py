"""The forms of a commitment, as an ordered table of functions. Each says whether a number, given with the words around
it, has that form; a number that has none is no commitment."""

from extractors import expressions as re
from extractors.targets.changes import is_amount_reduced
from extractors.targets.guards import NUMBER_GUARDS
from extractors.targets.guards.things import gets_done, keeps_land, sums_up
from extractors.targets.model import NumberRule, QuantityContext
from extractors.targets.words import (
    APIECE,
    AREA_REACHES,
    BETWEEN_THINGS,
    BUILT_UNIT,
    CHOOSING,
    COUNT_UNIT,
    EACH_HAS_BY_DATE,
    EVENT_UNITS,
    EVERY_PERIOD,
    EXPANSE,
    FOR_EACH,
    IN_EACH_PLACE,
    MONEY_UNITS,
    PARTNERED,
    PLANNED_THINGS,
    PROPORTION,
    RATE_NAME,
    SERVES,
    SERVING,
    SHARE_DONE,
    SHARE_UNITS,
    TIME_UNITS,
    WORK_DEEDS,
    YEARS_MONEY,
    last,
    some,
    words,
)
from extractors.vocabulary.numerals import ONES

# 餐厨垃圾目标任务日均 | 131吨, 税收目标为 | 5亿元
GOAL_SAID = re.compile(r"[\u4e00-\u9fff]{2}目标(?:任务|值|量)?[为是]?(?:[日月年]均)?\Z")
# nouns of measure, which 为 or 到 may join to a number
MEASURE_NOUN = re.compile(
    r"(?:率|比例|比重|占比|覆盖面|度|水平|系数|指数|数|量|额|值|积|里程|规模|能力|收入|支出|寿命|年限|时间|时长|浓度|装机|"
    r"容量|总数|增收|产能|产值|投入|投资|贷款|床位|用量|标准|得分|分值|人口|总长|外资|误差|间距|客流|用地|库容)\Z"
)
# 全县总人口 | 42万人左右, 耕地 | 60万亩左右: how a place is
HAS_BY_NATURE = re.compile(r"(?:人口|耕地|国土面积|县域面积|[全市县区]面积|径流量|降[水雨]量|气温|海拔)\Z")
# 网络零售额 | 12亿元、增长15%: a level and its growth
LEVEL_OF = re.compile(r"(?:其中)?(?![其现已])[\u4e00-\u9fff]{2,20}(?<!现有)(?<!已有)(?<!目前)")
AND_GROWS = re.compile(r"(?:同比|年均|比上年|较上年)*(?:增长|下降)(?:约|左右|达到)?\d[\d.]*\s?(?:%|个百分点)")
# 预留 | 30%的号源, 将 | 30%的号源预留给…
SET_ASIDE = re.compile(r"(?:预留|拿出|划出|留出)[\u4e00-\u9fff]{0,8}\Z")
SET_ASIDE_AFTER = re.compile(r"的[\u4e00-\u9fff]{2,10}?(?:预留|留给)")
# 床位数达到 | 每千名老年人 40张
EACH_AT_END = re.compile(rf"{FOR_EACH}\Z")
# 到位资金五年 | 累计800亿元以上
OVER_YEARS = re.compile(rf"(?:[\d{ONES}]年|规划期内?)\Z")
# 控制在 | 限额 | 80亿元以内: what the bound is beside the number
WITHIN_LIMIT = re.compile(r"(?<=控制)[在到].+\Z")
# 失业人员再就业 | 3000人, 养老保险参保 | 24.5万人: those who are to find work or be insured
TAKES_PART = re.compile(r"(?:就业|创业|参保|参训|参合)\Z")
PEOPLE = re.compile(r"[十百千]?万?(?:人|人次|名|户)")
# 80%以上 | 养老机构能够…: what the share is able to do, without 的
IS_ABLE = re.compile(r"[\u4e00-\u9fff]{2,14}?能够?(?![力源效量级耗])")
# 实施村道安防工程 | 50公里, 实施 | 7公里 | 管道改造
WORKS_CARRIED_OUT = re.compile(rf"实施[\u4e00-\u9fff“”\0]{{2,24}}(?:{WORK_DEEDS}|工程|项目)\Z")
WORKS_AFTER = re.compile(rf"[\u4e00-\u9fff]{{2,16}}(?:{WORK_DEEDS}|修缮|绿化|提升|更新|配套)")
# 实施粮田 | 52.2万亩、菜田1.75万亩的水利设施配套: the work stands after the last of a list
LANDS = re.compile(r"实施[\u4e00-\u9fff]{1,8}\Z")
WORKS_OF_LIST = re.compile(rf"(?:、[^，,。；;的]{{2,40}})?的[\u4e00-\u9fff]{{2,14}}(?:{WORK_DEEDS}|配套|工程)\Z")
# 销售福利彩票 | 30亿元以上, 年均销售 | 30亿元
SOLD = re.compile(r"销售(?![额量价总利收人网渠])[\u4e00-\u9fff]{0,10}\Z")
# 落实 | 20万亩 | 抚育任务
SET_TASK = re.compile(r"[\u4e00-\u9fff]{2,12}(?:目标|任务)")
# 供给 | 80万平方米 | 商品住宅
SUPPLIES = re.compile(r"(?:\A|新增|累计|年均|每年|计划|力争)供给(?![侧能结量率])[\u4e00-\u9fff]{0,8}\Z")
# 建设三个基地: with a Chinese numeral only what is built or grown counts
BUILT = re.compile(r"新?建成?|建设|改造|打造|培育|创建|新增|引进|形成|构建|布局|完成|设立")
# verbs of reaching that a mere fact may have too
WEAK_VERBS = frozenset(("占", "为", "到", "至", "约", "近", "分别", "年均", "接近", "累计"))
NEARLY = ("约", "近")  # 常住人口约42万人: a mere fact without a date and a verb of making
# 三千人次: from here on a Chinese numeral counts as digits do
MIN_AS_DIGITS = 20
# 按建设内容分：…, 其中：…
BY_KIND = re.compile(r"(?:分|其中|分别为|包括)[：:][^；;。]*\Z")
# 新建学校12所，其中： | 小学3所, 其中包括： | 小学3所
AMONG_THEM = re.compile(r"其中(?:包括|含|有)?\s?[：:]\s?\Z")
# 50 | 个项目建成投产
BECOMES = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:建成|投产|竣工|通车|达标|完工|上市|投入使用|投用|实现|完成|达到|接入|纳入|上线|得到|获得)"
)
# 90%以上 | 的乡镇和 | 60%以上的村建立设施: the deed stands after the last share
SHARES_DEED = re.compile(rf"的[\u4e00-\u9fff\0]{{1,16}}{BETWEEN_THINGS}")
# 80% | 和70%左右的乡镇、村建有…: several shares in a row before what they are of
SHARES_IN_ROW = re.compile(rf"\s?(?:{BETWEEN_THINGS}\s?\d[\d.]*\s?%(?:以[上下]|左右)?){{1,4}}的")
# 达到 | 11大类 | 37项: the kinds of what is counted then
KINDS_BEFORE = re.compile(r"\d+个?大?[类种]\Z")
# 为企业减负 | 10亿元
RELIEF = re.compile(r"(?:减税(?:降费)?|减负|降本|降费)\Z")
APPLIED_SHARE = re.compile(r"的?(?:比例|标准|比率|份额|股权|股份|额度|费率|税率|资金|幅度|速度)")
# 60%以上 | 达到标准, 100% | 全程网办: what the share does, without 的
ALL_OF_THEM = re.compile(r"\A(?:全部|全程|全面|均|都)")
# 新建建筑100% | 执行绿色建筑标准; but 按6%执行
APPLIES = re.compile(r"执行[\u4e00-\u9fff]")
# 推进30个 | 中心镇建设, 推动600项 | 事项“全程网办”
PUSHED = re.compile(
    r"[\u4e00-\u9fff]{0,14}(?:改造|整治|治理|建设|创建|更新|修缮|加固|与[\u4e00-\u9fff]{2,8}融合发展|\0+\Z)|[\u4e00-\u9fff]{2,36}的安装工作"
    r"|[\u4e00-\u9fff]{2,14}工程(?![\u4e00-\u9fff])"
)
# 加快 | 20个 | 老旧小区改造; not 加快10个园区建设, which may be there already
IMPROVES = re.compile(
    r"(?![\u4e00-\u9fff]{0,6}(?:领域|环节|方面|行业))[\u4e00-\u9fff]{2,14}(?:改造|整治|治理|更新|修缮|加固)(?![\u4e00-\u9fff])"
)
# 加快 | 30座 | 泵闸建设, 加快乡镇 | 30座 | 泵闸建设
HASTENED = re.compile(r"加快[\u4e00-\u9fff]{0,12}\Z")
# 提升旅游公路 | 180公里; not 提升面积占比, 提升至
IMPROVED = re.compile(r"(?:提升|提质|改善|美化|提标|提档升级)(?![至到为了])[\u4e00-\u9fff]{2,12}(?<![率比度])\Z")
# 中心城区按 | 50年一遇 | 防洪标准设防; 防洪标准 | 20年一遇
SAFE = re.compile(r"[\u4e00-\u9fff]{2}(?:均|全部|统一)?按照?(?:不低于)?\Z")
WITHSTANDS = re.compile(
    r"的?(?:防洪|防潮|防涝|排涝|除涝|内涝防治|洪水|暴雨|降雨|潮位|设计|校核)*(?:标准)?(?:设防|建设|设计|校核|治理|达标|控制|管控)"
)
PROTECTION = re.compile(
    r"(?:防洪|防潮|防涝|排涝|除涝|内涝防治|防御|排水|设防|洪水|防治)(?:能力|标准|水平|重现期)(?:提高|提升|达|按)?(?:为|到|至)?\Z"
)
COVERS = re.compile(r"覆盖(?!率|面|度)[\u4e00-\u9fff]{2,20}\Z")
# 个, 家: what is counted one by one
ACTED_ON_UNIT = re.compile(r"[十百千]?[万亿]?(?:个|项|家|人|名|处|所|座|件|户|种|条)")


def required(context: QuantityContext) -> bool:
    """Whether the number is a bound that must be kept: 轮训次数不少于20次, 至少开通一种渠道 (`normative`); or, with <
    or >, follows a noun of measure: 预报误差小于65公里."""
    return context.normative or bool(context.quantity.op in ("<", ">") and MEASURE_NOUN.search(context.before))


def reached(context: QuantityContext) -> bool:
    """Whether a verb of reaching stands right before the number: 覆盖率达到95%, 年均增长6%, 寿命提高到80岁. After a
    weak one (WEAK_VERBS: 为, 到, 占 …), and for a number in Chinese numerals without a comparator, only where its unit
    is a share (%) or the words before the verb end with a noun of measure (率, 规模; 五年 may follow it), after 累计
    also where it has a comparator (累计800亿元以上); two in a row (分别为) are not weak. After 约 or 近 it must also
    have a date or a verb of making before it in the sentence: False for 常住人口约42万人, True with 到2025年 before
    that. Words such as 每人每月 and 每千名老年人 may stand between verb and number, and so may kinds
    (达到11大类37项)."""
    words_before = KINDS_BEFORE.sub("", EACH_AT_END.sub("", APIECE.sub("", context.before)))
    cue = WITHIN_LIMIT.sub("", re.sub(r"[在到至为]?\Z", "", context.quantity.cue))
    found = last("reach").search(words_before + cue)
    if not found:
        return False
    if found[0] in NEARLY and not context.dated and not some("create").search(context.sentence_before + context.clause):
        return False
    vague = context.quantity.chinese and not context.bounded
    if found[0] not in WEAK_VERBS and not vague:
        return True
    measured = MEASURE_NOUN.search(OVER_YEARS.sub("", context.before[: found.start()]))
    return context.unit in SHARE_UNITS or bool(measured) or (found[0] == "累计" and context.bounded)


def is_rate(context: QuantityContext) -> bool:
    """Whether the number is the value of a rate, which needs no verb: a noun such as 率 stands before it, with 在 or 为
    between or nothing, and it is a share or has no unit (参保率95%以上); or its item begins with 人均 or 每千名 or the
    like (每千名老年人拥有床位35张)."""
    if re.match(r"(?:每[\d十百千万一]+[万亿]?|人均|户均|亩均|地均)", context.before):
        return True
    return bool(RATE_NAME.search(context.before.rstrip("在为 "))) and (context.unit in SHARE_UNITS or not context.unit)


def is_stated(context: QuantityContext) -> bool:
    """Whether the number, in digits, follows a noun of measure without a verb, and it has a date or ends its item with
    a lower bound or 左右: 到2025年，人口规模120万人; 产值800亿元以上; 粮食产量2万吨左右. In a list by kind
    (按建设内容分：, 其中：) a number with a comparator that ends its item needs none of this: 人工林761万亩以上. What a
    place has by nature is none without a date: 总人口42万人左右 (HAS_BY_NATURE)."""
    about = context.quantity.op == "~"
    if about and not context.dated and HAS_BY_NATURE.search(context.before):
        return False
    bounded = context.quantity.op in (">=", ">") or (about and not context.quantity.cue)
    stated = context.dated or (bounded and not context.after.strip("\0 "))
    if BY_KIND.search(context.spoken_before) and context.bounded and not context.after.strip("\0 "):
        return True  # 按建设内容分：人工林栽培761万亩以上
    return stated and context.digits and bool(MEASURE_NOUN.search(context.before))


def is_invested(context: QuantityContext) -> bool:
    """Whether the number, in digits and in money, is how much is to be invested in a year or brought in from outside:
    实施项目10个、年度计划投资20亿元, 实际利用外资4亿美元. Not where the size of a project is told
    (水库总投资5亿元，年度计划投资1亿元)."""
    money = context.digits and MONEY_UNITS.fullmatch(context.unit)
    return (
        bool(money and YEARS_MONEY.search(context.before)) and "总投资" not in context.sentence_before + context.clause
    )


def is_goal(context: QuantityContext) -> bool:
    """Whether the number, in digits and no count of single things, is the value of what is called a goal right before
    it: 餐厨垃圾目标任务日均131吨, 税收目标为5亿元."""
    return context.digits and not COUNT_UNIT.fullmatch(context.unit) and GOAL_SAID.search(context.before) is not None


def is_share_of(context: QuantityContext) -> bool:
    """Whether the number is the percentage of things that are to do or become something. With 的 after the percentage:
    where a verb of doing stands anywhere after it, or a verb of making or urging before it (推动90%的卫生院开通…).
    Without 的: where 能 or 能够 follows after a noun with a verb of doing (80%以上养老机构能够…提供…), or 执行 with an
    object follows at once, or 面积 with a verb of reaching (建成区40%以上面积达到要求), or a verb of doing at once or
    after 全部 or the like (80%以上建成…). Never where the share is applied to something (按5%的比例)."""
    if context.unit != "%" or APPLIED_SHARE.match(context.after):
        return False
    if SHARES_DEED.fullmatch(context.next_gap or "") and some("deed").search(context.rest):
        return True  # 90%的乡镇和60%的村建立设施
    row = SHARES_IN_ROW.match(context.rest)
    if row and not APPLIED_SHARE.match(context.rest, row.end() - 1):  # 80%和70%左右的乡镇、村建有设施
        return some("deed").search(context.rest, row.end()) is not None
    if not context.after.startswith("的"):
        if AREA_REACHES.match(context.after):
            return True
        if able := IS_ABLE.match(context.after):
            return bool(some("deed").search(context.after, able.end()))
        return ALL_OF_THEM.sub("", context.after, count=1).startswith(words("deed")) or bool(
            APPLIES.match(context.after)
        )
    listed = context.rest.startswith("、", len(context.after))  # 90%以上的行政村、社区建有文化中心
    return bool(
        some("deed").search(context.rest if listed else context.after)
        or some("create").search(context.before)
        or some("push").search(context.before)
    )


def is_proportion(context: QuantityContext) -> bool:
    """Whether the number is the percentage or multiple that is to be reached of something, or a percentage that is to
    be covered: 新能源车销量达到汽车总销量的20%左右, 低保标准达到扶贫标准的1.5倍, 服务覆盖经营主体90%以上,
    完成工程量的60%, 预留30%的号源. A share with 占 (面积占国土面积的18%) is only a fact, unless it has a comparator, a
    date, or a number before it in the sentence that is a commitment."""
    if context.unit == "%" and COVERS.search(context.before):
        return True
    if context.unit == "%" and (SET_ASIDE.search(context.before) or SET_ASIDE_AFTER.match(context.after)):
        return True
    if context.unit == "%" and SHARE_DONE.search(context.before):
        return True
    found = PROPORTION.search(context.before) if context.unit in ("%", "倍") else None
    if found and found[0].startswith("占"):  # 面积占国土面积的18%: so it is, unless there is more to it
        return context.bounded or context.dated or context.follows
    return found is not None


def is_portion(context: QuantityContext) -> bool:
    """Whether the number, in digits and no share, is a part, after 其中, of what an earlier number or verb of making in
    the sentence commits to: 建成一批示范园区，其中省级12家; 企业达到60家，其中：省级12家."""
    among = context.is_of_part() or AMONG_THEM.search(context.sentence_before)
    if not context.digits or context.unit in SHARE_UNITS or not among:
        return False
    return context.follows or bool(some("create").search(context.sentence_before))


def is_made(context: QuantityContext) -> bool:
    """Whether the number counts what is built, founded or trained, by a verb of making in the words before it:
    新建学校5所, 培训1万人次. A number below MIN_AS_DIGITS (20) in Chinese numerals (三项) counts only after a verb of
    building (建成三所; BUILT) or with a comparator; shares and lengths of time (5年) never do. 供给 makes only at the
    beginning of an item or after 年均 or the like (供给80万平方米商品住宅)."""
    few = context.quantity.chinese and context.quantity.value < MIN_AS_DIGITS
    if few and not context.bounded and not BUILT.search(context.before):
        return False
    made = context.makes() or (context.digits and SUPPLIES.search(context.before))
    return bool(made) and context.unit not in SHARE_UNITS | TIME_UNITS


def takes_part(context: QuantityContext) -> bool:
    """Whether the number, in digits and in people or households, says how many are to find work, to found a business,
    to be insured or to be trained, by the word right before it, and ends its item: 失业人员再就业3000人,
    返乡创业3000户, 工伤保险参保3.2万人; not 现有参保24万人."""
    people = context.digits and PEOPLE.fullmatch(context.unit) and TAKES_PART.search(context.before)
    return bool(people) and not context.after.strip("\0 ") and "现有" not in context.before


def is_in_each(context: QuantityContext) -> bool:
    """Whether the number, in digits and with a unit that is none of shares, time or money, says how many each place is
    to have: 每个乡镇有1所标准化卫生院, 各乡镇建有1个文化广场; after 各乡镇有 only with a date."""
    counted = context.digits and context.unit and context.unit not in SHARE_UNITS | TIME_UNITS
    by_date = context.dated and EACH_HAS_BY_DATE.search(context.before)
    in_each = IN_EACH_PLACE.search(context.before) or by_date
    return bool(counted and in_each and not MONEY_UNITS.fullmatch(context.unit))


def is_improved(context: QuantityContext) -> bool:
    """Whether the number, in digits, says how much of something that exists is made better, by length or area:
    提升旅游公路180公里, 改善灌溉面积6万亩."""
    return context.digits and bool(EXPANSE.fullmatch(context.unit) and IMPROVED.search(context.before))


def is_safe_from(context: QuantityContext) -> bool:
    """Whether the number, in 年一遇, is the rarity of the flood or storm that something is built to withstand: right
    after 防洪标准, 排涝能力 or the like (防洪标准20年一遇, 防洪标准按50年一遇); after another word with 按 only where
    设防 or the like follows (中心城区按50年一遇防洪标准设防)."""
    if context.unit != "年一遇":
        return False
    return bool((SAFE.search(context.before) and WITHSTANDS.match(context.after)) or PROTECTION.search(context.before))


def is_done(context: QuantityContext) -> bool:
    """Whether the number counts acts of holding or carrying out, things acted on or money spent: 举办活动100场,
    开展十余项培训, 落实资金2亿元. A verb of acting must be before it in the clause. With a comparator it needs nothing
    more; an exact number must be in digits and in a unit of events, of single things (次, 个, 万人) or of money, or of
    length or area after or before works that are carried out (实施安防工程50公里, 实施7公里管道改造,
    实施粮田50万亩、菜田1万亩的设施配套), or of a task that is set (落实20万亩抚育任务). Money that is sold for
    (年均销售彩票30亿元) counts with a comparator or a word such as 年均, at the end of its item."""
    sold = MONEY_UNITS.fullmatch(context.unit) and SOLD.search(context.before) and not context.after.strip("\0 ")
    if sold and (context.bounded or "年均" in context.clause or EVERY_PERIOD.search(context.clause)):
        return True
    if not some("act").search(context.clause):
        return False
    works = EXPANSE.fullmatch(context.unit) and (
        WORKS_CARRIED_OUT.search(context.before) or WORKS_AFTER.match(context.after)
    )
    exact = _is_count(context) or MONEY_UNITS.fullmatch(context.unit) or works
    listed = EXPANSE.fullmatch(context.unit) and LANDS.search(context.before) and WORKS_OF_LIST.match(context.rest)
    task = _is_task_set(context)
    return context.bounded or (context.digits and bool(exact or listed or task))


def is_pushed(context: QuantityContext) -> bool:
    """Whether the number, in digits and with a verb of urging before it in its item, counts those that are to do
    something or to be worked on: a verb of doing, 建设, 改造 or the like, or quoted words stand after it
    (推动10家企业上市, 推进30个中心镇建设), or nothing and its unit is one of counting (推进重点项目126个); so also
    after 加快 where it counts buildings or is a length or area (加快30座泵闸建设), or what is made better follows
    (加快20个老旧小区改造). Not where it sums up what is named before it: 推进甲、乙等2个园区建设, unless it counts more
    buildings than are named (推进青石泵闸等30座泵闸建设)."""
    if not context.digits:
        return False
    if context.before.endswith("等") and not _names_fewer(context):
        return False
    built = BUILT_UNIT.fullmatch(context.unit) or EXPANSE.fullmatch(context.unit)
    worked_on = PUSHED.match(context.after) if built else IMPROVES.match(context.after)
    if worked_on and HASTENED.search(context.before):  # 加快30座泵闸建设, 加快20个老旧小区改造
        return True
    if not some("push").search(context.before):
        return False
    if COUNT_UNIT.fullmatch(context.unit) and not context.after:  # 推进重点项目126个
        return True
    return bool(some("deed").search(context.after) or PUSHED.match(context.after))


def becomes(context: QuantityContext) -> bool:
    """Whether the number, in digits and at the beginning of its item, counts things that are to become something, by a
    word such as 建成, 上市 or 达标 (BECOMES) after at most 12 Chinese characters: 50个项目建成投产; or those in a place
    that are to have done something (城区20家餐饮企业完成油烟治理; `gets_done`)."""
    opens = context.digits and not context.before.strip("\0 ")
    return bool(opens and BECOMES.match(context.after)) or gets_done(context)


def is_repeated(context: QuantityContext) -> bool:
    """Whether the number, in times or the like (次, 轮), says how often something is to be done: 每年演练2次,
    干部轮训一次."""
    return context.unit in EVENT_UNITS and bool(EVERY_PERIOD.search(context.clause) or context.is_repeated())


def is_reduced(context: QuantityContext) -> bool:
    """Whether the number, in digits, is the amount by which something is to become less that stands between the verb
    and the number (压减燃煤100万吨, 降低企业成本20亿元), or the money by which a burden does (减税降费20亿元)."""
    saved = MONEY_UNITS.fullmatch(context.unit) and RELIEF.search(context.before)
    return context.digits and bool(saved or is_amount_reduced(context))


def is_within(context: QuantityContext) -> bool:
    """Whether the number is the longest time that a service may take: 普通货物48小时内放行, 一般事项5个工作日内办结;
    see `QuantityContext.is_service_time`."""
    return context.is_service_time()


def is_served(context: QuantityContext) -> bool:
    """Whether the number, in digits, counts those whom a measure serves or works with, or who are chosen. After 为, 对
    and the like, and after 加强与 and the like, what is done for them must follow, in this clause or the next
    (为5000名残疾人提供服务); after a word of choosing a noun (支持20个县)."""
    if not context.digits:
        return False
    if CHOOSING.search(context.before):
        return bool(re.match(r"的?[\u4e00-\u9fff]", context.after))
    partnered = PARTNERED.search(context.before)
    return bool(
        (partnered or SERVING.search(context.before)) and SERVES.match(context.after + context.following.lstrip("，,"))
    )


def is_planned(context: QuantityContext) -> bool:
    """Whether the number, in digits and with a unit of counting or in 公里, says how many of what stands right after
    规划 at the beginning of its item are planned, and ends the item: 规划高中12所 (PLANNED_THINGS)."""
    counted = COUNT_UNIT.fullmatch(context.unit) or context.unit == "公里"
    planned = PLANNED_THINGS.fullmatch(context.before.strip("\0 "))
    return bool(context.digits and counted and planned and not context.after.strip("\0 "))


def grows_to(context: QuantityContext) -> bool:
    """Whether the number, in digits and no share, is a level, and how much it grows or falls follows at once:
    网络零售额12亿元、增长15%, 零售额12亿元，同比下降5%. Its item must be 2 to 20 Chinese characters up to the number,
    whatever they say (a verb such as 达到 is left to the forms before this one), that do not begin with 现 or 已 and do
    not end with 现有, 已有 or 目前."""
    measured = LEVEL_OF.fullmatch(context.before.strip("\0 "))
    growth = context.rest.lstrip("\0 、") or context.following.lstrip("，, ")
    return bool(context.digits and context.unit not in SHARE_UNITS and measured and AND_GROWS.match(growth))


def continues(context: QuantityContext) -> bool:
    """Whether the number continues the list of a commitment right before it (`QuantityContext.joined`): 12 in
    新建养老院3所、敬老院12所."""
    return context.joined


NUMBER_FORMS: tuple[NumberRule, ...] = (
    required,
    reached,
    is_rate,
    is_stated,
    is_invested,
    keeps_land,
    is_goal,
    is_share_of,
    is_proportion,
    is_reduced,
    is_made,
    takes_part,
    is_in_each,
    sums_up,
    is_improved,
    is_safe_from,
    is_done,
    is_pushed,
    becomes,
    is_repeated,
    is_served,
    is_within,
    is_portion,
    is_planned,
    grows_to,
    continues,
)


def form(context: QuantityContext) -> tuple[str | None, str]:
    """The name of the first of NUMBER_FORMS that accepts the number, and '': ('is_made', '') for '新建学校5所'. Where a
    guard refuses it, whatever its form, (None, name of the first guard); where no form accepts it, (None,
    'no_form')."""
    if refused := next((guard.__name__ for guard in NUMBER_GUARDS if guard(context)), None):
        return None, refused
    accepted = next((rule.__name__ for rule in NUMBER_FORMS if rule(context)), None)
    return accepted, "" if accepted else "no_form"


def _is_task_set(context: QuantityContext) -> bool:
    """Whether the number is the amount of a task or goal that is carried out, right after 落实: 落实20万亩抚育任务."""
    set_task = context.before.endswith("落实") and SET_TASK.fullmatch(context.after.strip("\0 "))
    return bool(set_task) and context.unit not in SHARE_UNITS | TIME_UNITS


def _names_fewer(context: QuantityContext) -> bool:
    """Whether the number counts buildings or homes, more of them than the words of its item before 等 name."""
    named = len(re.split(BETWEEN_THINGS, context.clause))
    return bool(BUILT_UNIT.fullmatch(context.unit)) and context.quantity.value > named


def _is_count(context: QuantityContext) -> bool:
    """Whether the number's unit counts events or single things that are acted on: 次, 场, 个, 万人."""
    event = re.split("[（(]", context.base_unit)[0]  # 万场（次）
    return event in EVENT_UNITS or bool(ACTED_ON_UNIT.fullmatch(context.unit))
