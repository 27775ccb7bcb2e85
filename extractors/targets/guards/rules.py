"""Numbers of rules, terms, conditions, grants and means, which bind whom they are for and not the plan."""

from extractors import expressions as re
from extractors.targets.model import QuantityContext
from extractors.targets.words import FOUNDING, MONEY_UNITS, SERVING, SHARE_UNITS, TIME_UNITS, last

# 3年内不得, 5年以上刑期
BAN = re.compile(r"内?[^，。]{0,8}(?:不得|不予|不再|禁止|暂停|限制|取消)")
# 年度报销限额 | 最高10万元: how much is insured
INSURED = re.compile(r"(?:报销|支付|保障|赔付)(?:限额|额度)\Z|封顶线\Z")
# 给予50万元奖励
GRANT = re.compile(r"给予|奖励|补助|补贴|发放[\u4e00-\u9fff]{0,8}津贴|奖补|资助|返还|贴息|减免|处以|罚款|处罚")
# 按投资额20% | 的比例给予一次性奖补
GRANTED_SHARE = re.compile(r"的?(?:比例|标准)?(?:给予|予以|进行)[^，,。；;]{0,8}?(?:奖励|奖补|补助|补贴|资助|贴息)")
# 可申请购买1套: a right, no promise
PERMITTED = re.compile(r"^\0*可以?(?:申请|享受|购买|领取|选择)|可以?(?:提高|放宽|上浮|延长|增加|放大)(?:到|至)?\Z")
# 对超过60天的账款, 凡…的
CONDITION = re.compile(r"^(?:对(?![标接口照外内])于?|凡|如果|若(?!干)|当(?![年地好前])|针对|符合|年满|未(?!来)|超过)")
# 失业率超过6% | 时, 占总数10%以上 | 的: on what condition
WHEN = re.compile(r"的?(?:时|情况下)|的")
# 失业率超过6% | 时启动预案; not 时间, 时段
WHEN_DOES = re.compile(r"的?(?:情况下|时(?![间限段期效代速长刻序空尚]))[\u4e00-\u9fff]{2}")
# 支持 注册资本 | 不低于500万元 | 的企业: which ones; not 的企业贷款
FIRM_OF_SIZE = re.compile(r"(?:注册资[本金]|资产|收入|营收|产值|税收|纳税额?|销售额|投资额?|利润|投入)\Z")
SUCH_FIRMS = re.compile(r"的[\u4e00-\u9fff]{0,6}(?:企业|公司|单位|机构|个人|主体)(?![资贷奖补税融债信项集])")
# 申报单位注册资本不低于500万元
ELIGIBLE = re.compile(
    r"申[报请](?:单位|人|企业|对象|者|主体)|(?:遴选|申[报请]|入选|认定|评[选审定]|准入|参评|推荐)(?:条件|标准|要求)\s?[：:]"
)
# 依托…, 利用…
MEANS_USED = re.compile(
    r"(?:充分)?(?:在(?:现有|原有|已有|既有)|依托|利用|发挥|整合(?=现有|原有|闲置|各类|社会|辖区)|立足|根据|结合|基于|借助|用好)"
)
# 区级指标沿用 | 65个基础性指标: what there is stays in use
STAYS_IN_USE = re.compile("沿用")
# 依托大型企业 | 组建 专业队2支: what is made with the means
FOUNDED = re.compile(rf"{FOUNDING}(?!的|了|项目|工程)")
# 时限, 寿命: what a stretch of time may be the measure of
SHORTEN = re.compile(
    r"(?:压缩|缩短|压减|控制|延长|时限|寿命|住院日|时间|时长|期限|周期|工期|年限|耗时|响应|培训|学习|教育|开放|开馆|天数|时数)"
)
# 承包到期后再延长30年, 参照每千人1名的标准, 最低首付款比例为20%
APPLIED_RULE = re.compile(r"到期后|^\0*[参对比]照|最[低高](?:首付|开采|缴|出资|限[额价]|贷款)")
PAID = re.compile(r"标准为(?:每[人户亩年月日天次床生])*\Z")  # 补偿标准为每亩16元
IN_FORCE = ("的政策", "的规定", "的制度", "的要求", "的原则")
# 单笔贷款额度 | 不超过50万元，期限 | 不超过3年: the terms of a loan
LOAN = re.compile(r"单[笔户人][\u4e00-\u9fff]{0,4}(?:贷款|授信|担保|借款)")
LENT = re.compile(r"贷款?|债券|借款")  # 发行债券10亿元、 | 期限10年
LOAN_AMOUNT = re.compile(rf"{LOAN.pattern}(?:额度?|金额|限额|上限)?\Z")
LOAN_TIME = re.compile(r"(?:期限|期)\Z")
# 单位缴费比例为 | 7%; 日常考核占 | 40%, 指标权重占 | 20%: how much everybody pays, how much a part of a score weighs
PAID_SHARE = re.compile(r"(?:缴费|缴存|划入|计入|计提|提取)(?:比例|费率)(?:[均都]?为|是)\Z")
WEIGHED = r"(?:考[核评试]|评[价议分]|测评|权重|得分|分值|成绩|(?<![部成水组养])分)占(?:比为?)?"
WEIGHT, OTHER_WEIGHT = re.compile(rf"{WEIGHED}\Z"), re.compile(rf"{WEIGHED}\d")
# 不超过工资薪金总额8% | 的部分准予扣除
PART_THAT = re.compile(r"的部分")
# 参赛选手 | 不超过35周岁: who may take part; but 人均预期寿命不低于78岁
AGE_REACHED = re.compile(r"寿命|平均|年龄[\u4e00-\u9fff]{0,4}(?:提高|推迟|延)")
# 公示时间 | 不少于5个工作日, 合同期限 | 不低于30年: terms by which one goes
TERM = re.compile(r"(?:公示|公告|合同|保存|保管|留存|租赁|承包)(?:时间|时限|期限?)\Z")
# 核定编制 | 30名
STAFF_FIXED = re.compile(r"核定[\u4e00-\u9fff]{0,6}编制\Z")


def is_span_of_time(context: QuantityContext) -> bool:
    """Whether the number, in a unit of time, says how long something lasts: 为期5年, 3个月试用. Always, whatever else
    holds, where it stands before a ban (3年内不得) or is in Chinese numerals without a comparator (三年内). Else not
    where it is the longest time that a service may take (48小时内放行), continues the list of a commitment as a bound
    or without words of its own (缩短到2个、3个工作日), or stands after a verb of reaching or a word for a time that is
    set (时限压缩至5天, 开放时间)."""
    if context.unit not in TIME_UNITS:
        return False
    if BAN.match(context.after) or not (context.digits or context.bounded):
        return True
    if context.is_service_time():
        return False  # 48小时内放行
    if context.joined and (context.normative or not context.before.strip("\0 ")):
        return False  # 图书馆每周开放不少于63小时，文化馆不少于56小时; 分别缩短到2个、3个工作日
    return not (SHORTEN.search(context.before + context.quantity.cue) or last("reach").search(context.before))


def is_condition(context: QuantityContext) -> bool:
    """Whether the number is part of a condition under which a measure applies: the clause begins with 对, 凡 or the
    like and 的 stands after the number in its item (对超过60天的账款), unless it is the share of those whom the measure
    serves (对70%以上的村实施治理); or the number has a comparator, and the sentence before it names applicants
    (申报单位注册资本不低于500万元) or 时 or 情况下 follows it (失业率超过6%时启动预案), or 的 alone; or it is a bound
    in money that says which firms are meant (注册资本不低于500万元的企业)."""
    if context.bounded and WHEN_DOES.match(context.after):  # 失业率超过6%时启动预案
        return True
    of_size = context.normative and MONEY_UNITS.fullmatch(context.unit) and FIRM_OF_SIZE.search(context.before)
    if of_size and SUCH_FIRMS.match(context.after):  # 支持注册资本不低于500万元的企业
        return True
    if context.bounded and (ELIGIBLE.search(context.sentence_before + context.clause) or WHEN.fullmatch(context.after)):
        return True
    share = context.unit in SHARE_UNITS and SERVING.search(context.before)  # 对70%以上的村实施治理: how many
    return not share and bool(CONDITION.search(context.clause.lstrip("\0"))) and "的" in context.after


def is_grant(context: QuantityContext) -> bool:
    """Whether the number is what somebody gets or may buy by a rule: any number that is permitted (可申请购买1套);
    money right after 最高 (最高20万元), but for how much is insured (报销限额最高10万元); a share by which a grant is
    reckoned (按20%的比例给予奖补); and, with a word of giving (补助), money, a time, or any number where the sentence
    begins with a condition in a clause before (对不裁员的企业，…返还90%). The word of giving stands in the clause or
    after the number, with 最高 also before the clause; it does not count where 标准 stands before the number in the
    clause."""
    granted = context.clause + context.after
    if "最高" in context.clause + context.quantity.cue:  # 按投入的5%给予补助，最高不超过200万元
        granted += context.sentence_before
    money = MONEY_UNITS.fullmatch(context.unit)
    if PERMITTED.search(context.clause):
        return True
    if money and context.quantity.cue.startswith("最高"):
        return INSURED.search(context.before) is None
    ruled = CONDITION.search(context.sentence_before.lstrip("\0"))  # 对不裁员的企业，按…返还，返还比例不超过90%
    if context.unit == "%" and GRANTED_SHARE.match(context.rest):
        return True
    owed = GRANT.search(granted) and (money or context.unit in TIME_UNITS or ruled)
    return bool(owed) and "标准" not in context.clause


def is_rule_in_force(context: QuantityContext) -> bool:
    """Whether the number belongs to a rule that exists and is applied: before 的政策, 的规定 or the like
    (到期后再延长30年的政策), money right after 标准为 (补偿标准为每亩16元), or in a clause that begins with 参照, 对照
    or 比照, or has 到期后, 最低首付 or the like before the number. Not a bound: 落实占比不低于4%的要求 commits to it.

    Also what binds everybody alike, or a single contract (`_is_term`)."""
    if _is_term(context):
        return True
    if context.normative:
        return False
    paid = MONEY_UNITS.fullmatch(context.unit) and PAID.search(context.clause)
    return context.after.startswith(IN_FORCE) or bool(paid or APPLIED_RULE.search(context.clause))


def _is_term(context: QuantityContext) -> bool:
    """Whether the number is a term of a loan (单笔贷款不超过50万元, 发行债券10亿元、期限10年), another time that is set
    (公示时间不少于5个工作日), a share that everybody pays (单位缴费比例为7%) or before 的部分 (不超过总额8%的部分),
    the weight of a part of a score (日常考核占40%), a fixed number of posts (核定编制30名), or a bound of the age of
    those who may take part (参赛选手不超过35周岁)."""
    if MONEY_UNITS.fullmatch(context.unit) and LOAN_AMOUNT.search(context.before):
        return True
    if context.unit in TIME_UNITS:
        of_loan = LOAN_TIME.search(context.before) and LENT.search(context.sentence_before + context.clause)
        if of_loan or TERM.search(context.before):
            return True
    if context.unit == "%" and (PART_THAT.match(context.after) or PAID_SHARE.search(context.before)):
        return True
    if WEIGHT.search(context.before) or STAFF_FIXED.search(context.before):
        return True
    if context.before.endswith("占") and OTHER_WEIGHT.search(context.sentence_before):  # 权重占20%，满意度占30%
        return True
    return context.normative and context.unit in ("岁", "周岁") and not AGE_REACHED.search(context.clause)


def is_means(context: QuantityContext) -> bool:
    """Whether the number counts what exists already and is used for the measure, because the clause begins with 依托,
    利用 or the like (依托全省培训基地120个) or has 沿用 before the number. Not for shares, money and bounds, nor where
    a verb of founding follows before the number: 依托大型企业组建专业队2支."""
    if context.unit in SHARE_UNITS or context.normative or MONEY_UNITS.fullmatch(context.unit):
        return False
    if STAYS_IN_USE.search(context.clause):
        return True
    if (means := MEANS_USED.match(context.clause)) is None:
        return False
    return FOUNDED.search(context.clause, means.end()) is None
