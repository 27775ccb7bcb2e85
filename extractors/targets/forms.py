"""The forms of a commitment, as an ordered table of functions. Each says whether a number, given with the words around
it, has that form; a number that has none is no commitment."""

from extractors import expressions as re
from extractors.targets.changes import REDUCED
from extractors.targets.guards import NUMBER_GUARDS, NumberRule
from extractors.targets.place import (
    APIECE,
    CHOOSING,
    COUNT_UNIT,
    EVENT_UNITS,
    EVERY_PERIOD,
    MONEY_UNITS,
    PARTNERED,
    PROPORTION,
    RATE_NAME,
    SERVES,
    SERVING,
    SHARE_UNITS,
    TIME_UNITS,
    QuantityContext,
    repeats,
    within,
)
from extractors.targets.words import last, some, words

# nouns of measure, which 为 or 到 may join to a number
MEASURE_NOUN = re.compile(
    r"(?:率|比例|比重|占比|覆盖面|度|水平|系数|指数|数|量|额|值|积|里程|规模|能力|收入|支出|寿命|年限|时间|时长|浓度|装机|"
    r"容量|总数|产能|产值|投入|床位|用量|标准|得分|分值|人口|总长|外资|误差|间距|客流|用地|库容)\Z"
)
# 建设三个基地: with a Chinese numeral only what is built or grown counts
BUILT = re.compile(r"新?建成?|建设|改造|打造|培育|创建|新增|引进|形成|构建|布局|完成|设立")
# 三千人次: from here on a Chinese numeral counts as digits do
MIN_AS_DIGITS = 20
# 按建设内容分：…, 其中：…
BY_KIND = re.compile(r"(?:分|其中|分别为|包括)[：:][^；;。]*\Z")
# 50 | 个项目建成投产
BECOMES = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:建成|投产|竣工|通车|达标|完工|上市|投入使用|投用|实现|完成|达到|接入|纳入|上线|得到|获得)"
)
APPLIED_SHARE = re.compile(r"的?(?:比例|标准|比率|份额|股权|股份|额度|费率|税率|资金|幅度|速度)")
# 60%以上 | 达到标准, 100% | 全程网办: what the share does, without 的
ALL_OF_THEM = re.compile(r"\A(?:全部|全程|全面|均|都)")
# 新建建筑100% | 执行绿色建筑标准; but 按6%执行
APPLIES = re.compile(r"执行[\u4e00-\u9fff]")
# 推进30个 | 中心镇建设, 推动600项 | 事项“全程网办”
PUSHED = re.compile(r"[\u4e00-\u9fff]{0,14}(?:改造|整治|治理|建设|创建|\0+\Z)")
# 公里, 万亩: lengths and areas
EXPANSE = re.compile(r"[十百千]?万?(?:公里|千米|延米|米|平方米|平方公里|亩|公顷)")
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


def required(place: QuantityContext) -> bool:
    """Whether the number is a bound that must be kept: 轮训次数不少于20次, 至少开通一种渠道, 预报误差小于65公里. 小于
    and 大于 give a bound only after a noun of measure (误差)."""
    return place.normative or bool(place.quantity.op in ("<", ">") and MEASURE_NOUN.search(place.before))


def reached(place: QuantityContext) -> bool:
    """Whether a verb of reaching stands before the number: 覆盖率达到95%, 年均增长6%, 寿命提高到80岁. After a weak one
    (为, 到, 占, 约, 年均), and for a number in Chinese numerals without a comparator, only where its unit is a share
    (%) or the words before the verb end with a noun of measure (率, 规模)."""
    found = last("reach").search(APIECE.sub("", place.before) + re.sub(r"[在到至为]?\Z", "", place.quantity.cue))
    if not found:
        return False
    weak = {"占", "为", "到", "至", "约", "近", "分别", "年均", "接近", "累计"}
    vague = place.quantity.chinese and not place.bounded
    if found[0] not in weak and not vague:
        return True
    return place.unit in SHARE_UNITS or bool(MEASURE_NOUN.search(place.before[: found.start()]))


def is_rate(place: QuantityContext) -> bool:
    """Whether the number is the value of a rate, given as a share or without a unit, or an amount for each person or
    thing, which need no verb: 参保率95%以上, 每千名老年人拥有床位35张, 人均公园绿地15平方米."""
    if re.match(r"(?:每[\d十百千万一]+[万亿]?|人均|户均|亩均|地均)", place.before):
        return True
    return bool(RATE_NAME.search(place.before.rstrip("在为 "))) and (place.unit in SHARE_UNITS or not place.unit)


def is_stated(place: QuantityContext) -> bool:
    """Whether the number, in digits, follows a noun of measure without a verb, and the sentence has a date or the
    number is a lower bound that ends its item: 到2025年，人口规模120万人; 产值800亿元以上. In a list by kind a bound
    needs no such noun: 按建设内容分：人工林761万亩以上."""
    stated = place.dated or (place.quantity.op in (">=", ">") and not place.after.strip("\0 "))
    if BY_KIND.search(place.said) and place.bounded and not place.after.strip("\0 "):
        return True  # 按建设内容分：人工林栽培761万亩以上
    return stated and place.digits and bool(MEASURE_NOUN.search(place.before))


def is_share_of(place: QuantityContext) -> bool:
    """Whether the number is the percentage of things that are to do or become something: 推动90%的卫生院开通…,
    80%以上的村建成…, 矿山60%以上达到标准. Not where it is a share that is applied: 按5%的比例."""
    if place.unit != "%" or APPLIED_SHARE.match(place.after):
        return False
    if not place.after.startswith("的"):
        return ALL_OF_THEM.sub("", place.after, count=1).startswith(words("deed")) or bool(APPLIES.match(place.after))
    return bool(
        some("deed").search(place.after) or some("create").search(place.before) or some("push").search(place.before)
    )


def is_proportion(place: QuantityContext) -> bool:
    """Whether the number is the percentage that is to be reached as a share of a whole, or that is to be covered:
    新能源车销量达到汽车总销量的20%左右, 服务覆盖经营主体90%以上. A share with 占 (面积占国土面积的18%) is only a fact,
    unless it has a comparator, a date, or a number before it in the sentence that is a commitment."""
    if place.unit == "%" and COVERS.search(place.before):
        return True
    found = PROPORTION.search(place.before) if place.unit == "%" else None
    if found and found[0].startswith("占"):  # 面积占国土面积的18%: so it is, unless there is more to it
        return place.bounded or place.dated or place.follows
    return found is not None


def is_portion(place: QuantityContext) -> bool:
    """Whether the number, in digits and no share, is a part, after 其中, of what an earlier number or verb of making in
    the sentence commits to: 建成一批示范园区，其中省级12家; 企业达到60家，其中省级12家."""
    if not place.digits or place.unit in SHARE_UNITS or not place.clause.lstrip("\0 ").startswith("其中"):
        return False
    return place.follows or bool(some("create").search(place.sentence_before))


def is_made(place: QuantityContext) -> bool:
    """Whether the number counts what is built, founded or trained: 新建学校5所, 培训1万人次, 建成10个示范县. A small
    number in Chinese numerals (三项) counts only after a verb of building (建成三所) or with a bound; shares and times
    (5年) do not."""
    few = place.quantity.chinese and place.quantity.value < MIN_AS_DIGITS
    if few and not place.bounded and not BUILT.search(place.before):
        return False
    return place.makes() and place.unit not in SHARE_UNITS | TIME_UNITS


def is_improved(place: QuantityContext) -> bool:
    """Whether the number, in digits, says how much of something that exists is made better, by length or area:
    提升旅游公路180公里, 改善灌溉面积6万亩."""
    return place.digits and bool(EXPANSE.fullmatch(place.unit) and IMPROVED.search(place.before))


def is_safe_from(place: QuantityContext) -> bool:
    """Whether the number, in 年一遇, is the rarity of the flood or storm that something is built to withstand:
    中心城区按50年一遇防洪标准设防, 防洪标准20年一遇. After 按 only where what is built is named before it."""
    if place.unit != "年一遇":
        return False
    return bool((SAFE.search(place.before) and WITHSTANDS.match(place.after)) or PROTECTION.search(place.before))


def is_done(place: QuantityContext) -> bool:
    """Whether the number counts acts of holding or carrying out, things acted on or money spent: 举办活动100场,
    开展十余项培训, 落实资金2亿元. A verb of acting is before it in the clause; an exact number must be in digits."""
    if not some("act").search(place.clause):
        return False
    return place.bounded or (place.digits and (_is_count(place) or bool(MONEY_UNITS.fullmatch(place.unit))))


def is_pushed(place: QuantityContext) -> bool:
    """Whether the number, in digits, counts those that are urged to do something or to be worked on: 推动10家企业上市,
    推进30个中心镇建设, 推进重点项目126个. Not where it sums up what is named before it: 推进甲、乙等2个园区建设."""
    if not place.digits or not some("push").search(place.before) or place.before.endswith("等"):
        return False
    if COUNT_UNIT.fullmatch(place.unit) and not place.after:  # 推进重点项目126个
        return True
    return bool(some("deed").search(place.after) or PUSHED.match(place.after))


def becomes(place: QuantityContext) -> bool:
    """Whether the number, in digits and at the beginning of its item, counts things that are to become something,
    without a verb before it: 50个项目建成投产."""
    return bool(place.digits and not place.before.strip("\0 ") and BECOMES.match(place.after))


def is_repeated(place: QuantityContext) -> bool:
    """Whether the number, in times or the like (次, 轮), says how often something is to be done: 每年演练2次,
    干部轮训一次."""
    return place.unit in EVENT_UNITS and bool(EVERY_PERIOD.search(place.clause) or repeats(place.before))


def is_reduced(place: QuantityContext) -> bool:
    """Whether the number, in digits, is an amount by which something is to become less: 压减燃煤100万吨,
    降低企业成本20亿元."""
    return place.digits and REDUCED.search(place.before) is not None


def is_within(place: QuantityContext) -> bool:
    """Whether the number is the longest time that a service may take: 普通货物48小时内放行, 一般事项5个工作日内办结;
    see `place.within`."""
    return within(place)


def is_served(place: QuantityContext) -> bool:
    """Whether the number, in digits, counts those whom a measure serves, supports, chooses or works with:
    为5000名残疾人提供服务, 支持20个县开展试点, 加强与30家企业开展合作."""
    if not place.digits:
        return False
    if CHOOSING.search(place.before):
        return bool(re.match(r"的?[\u4e00-\u9fff]", place.after))
    partnered = PARTNERED.search(place.before)
    return bool(
        (partnered or SERVING.search(place.before)) and SERVES.match(place.after + place.following.lstrip("，,"))
    )


def continues(place: QuantityContext) -> bool:
    """Whether the number continues the list of a commitment right before it: 12 in 新建养老院3所、敬老院12所."""
    return place.joined


NUMBER_FORMS: tuple[NumberRule, ...] = (
    required,
    reached,
    is_rate,
    is_stated,
    is_share_of,
    is_proportion,
    is_reduced,
    is_made,
    is_improved,
    is_safe_from,
    is_done,
    is_pushed,
    becomes,
    is_repeated,
    is_served,
    is_within,
    is_portion,
    continues,
)


def form(place: QuantityContext) -> tuple[str | None, str]:
    """The name of the first of NUMBER_FORMS that accepts the number, and '': ('is_made', '') for '新建学校5所'. Where a
    guard refuses it, whatever its form, (None, name of the guard); where no form accepts it, (None, 'no_form')."""
    if refused := next((guard.__name__ for guard in NUMBER_GUARDS if guard(place)), None):
        return None, refused
    accepted = next((rule.__name__ for rule in NUMBER_FORMS if rule(place)), None)
    return accepted, "" if accepted else "no_form"


def _is_count(place: QuantityContext) -> bool:
    """Whether the number's unit counts events or single things: 次, 场, 个, 万人."""
    return place.unit in EVENT_UNITS or bool(ACTED_ON_UNIT.fullmatch(place.unit))
