"""The reasons why a number is no commitment, as an ordered table of functions. Each says whether its reason applies to
a number, given with the words around it. The first that applies is the reason that the audit reports."""

from collections.abc import Callable

from extractors import expressions as re
from extractors.targets.changes import DOWN, UP
from extractors.targets.model import QuantityContext
from extractors.targets.words import (
    BETWEEN_THINGS,
    CHOOSING,
    COUNT_UNIT,
    EVENT_UNITS,
    EVERY_PERIOD,
    EXPANSE,
    FOUNDING,
    GROUNDWORK,
    IN_EACH_PLACE,
    ITEM_SEPARATOR,
    MONEY_UNITS,
    OTHER_SIZE_AFTER,
    PARTNERED,
    RATE_NAME,
    SERVES,
    SERVING,
    SHARE_UNITS,
    TIME_UNITS,
    last,
    some,
    words,
)
from extractors.vocabulary.dates import CALENDAR_YEAR
from extractors.vocabulary.numerals import ONES
from extractors.vocabulary.quantities import masked

# 推动全市 | 90家 | 商户实施…: of so many in the region
REGION_WIDE = re.compile(r"(?:推动|推进|引导|组织|支持|鼓励|督促|指导|帮助|促进|发动|动员)(?:全|我|本)[省市县区州]\Z")
SCOPE_OF = re.compile(r"(?:范围|对象)(?:包括|为|涉及|涵盖|是)[^；。]*\Z")
DESIGNATED = re.compile(r"[\u4e00-\u9fff]{2,12}作为")
# 甲、乙和丙 | 三项改革
THING_JOINT = re.compile(BETWEEN_THINGS)
# 流域面积 | 200平方公里以上 | 河流, 年综合能耗 | 1万吨标准煤以上 | 重点用能单位; but 建筑面积2万平方米以上建设
SIZE_NAMED = re.compile(
    r"(?:(?:流域|集雨|集水|汇水|建筑|占地|灌溉)面积|库容|装机容量|排水量|载重量|吨位|年?(?:综合)?能(?:源消费量|源消耗量|耗)|功率|年用[水电]量|[日年](?:处理|加工|产))\Z"
)
# 年产值 | 5000万元以上、带动农户 | 100户以上 | 的龙头企业: another size of the same things stood before
OTHER_SIZE_BEFORE = re.compile(
    r"(?:额|值|收入|营[收业]|税收|投资|规模|面积|能力|占比|比重|率)[\d.,]+[^，,、。；;\d]{1,6}?以[上下]、[^，,、。；;\d]{2,14}\Z"
)
# 满足 | 5000人以上 | 需求的避难场所
NEEDED_BY = re.compile(r"的?(?:[\u4e00-\u9fff]{0,6})?(?:需求|需要)的")
WORKED_ON_THEN = re.compile(r"(?:建设|改造|治理|整治|修复|任务|目标)")
# 南湖、北湖，共计 | 11.73平方公里 | 湿地修复; 建设用地面积共计 | 52平方公里 | 达到要求
SUM = re.compile(r"(?:总计|合计|共计)\Z")
DEALT_WITH = re.compile(r"[\u4e00-\u9fff]{2,16}(?:整治|改造|治理|修复|提升|建设|达标|评估|验收)")
COMES_TO = re.compile(r"(?:全部|全面|均|基本)?(?:达到|完成|实现)(?!情况|率|的|了)[\u4e00-\u9fff]{2}")
# 三项 | 基本医疗保险参保率 (提高3个百分点): part of the name of a measure
OF_MEASURE_NAME = re.compile(
    rf"[\u4e00-\u9fff]{{2,16}}(?:率|比例|比重|占比)(?:由|从|达到?|为|控制|稳定|保持|{UP}|{DOWN})"
)
# 新建文化馆、图书馆各 | 1座
EACH_OF_SEVERAL = re.compile(r"[、和及与][^，、。；]{1,24}各\Z")
# 城区 | 20家 | 餐饮企业完成油烟治理: how many of those in a place are to have done something
IN_PLACE = re.compile(
    r"(?:全[省市县区州盟旗乡镇国]|城区|市区|[\u4e00-\u9fff]{2,8}(?:[市县区乡镇](?:内|范围内)?|建成区内?))"
)
GETS_DONE = re.compile(
    r"[\u4e00-\u9fff]{2,14}?(?:全部|全面|均|基本)?(?:完成|实现|达到)(?!情况|率|的|了)(?![\u4e00-\u9fff]{1,12}的(?:基础|前提|同时|情况))[\u4e00-\u9fff]{2}"
)
# 取消20项 | 收费项目中的 | 5项, 120个 | 村中 | 90个: the things of which the next number is a part; not 其中
OUT_OF_THESE = re.compile(r"[\u4e00-\u9fff]{1,12}(?<![其集高初职])中的?")
# 完成全县 | 40个 | 行政村环境综合整治: work in all of the region
DONE_IN_REGION = re.compile(r"(?:完成|实施)(?:全|我|本)[省市县区州盟旗乡镇]\Z")
WORKED_ON = re.compile(r"[\u4e00-\u9fff]{2,14}(?:整治|改造|治理|修复|提升|建设)")
URGED = re.compile(r"[\u4e00-\u9fff]{2,16}")
# 省级以上 | 5家, 年营收10亿元以上 | 5家: a class, no extent
OF_CLASS = re.compile(r"(?:级|元)以[上下]\Z")
# 甲类镇指…5万以上的镇, 规上企业是指…: a definition
DEFINES = re.compile(
    r"(?:是指|系指|特指|专指|即指|指的是|所称|定义为"
    r"|(?<=[\u4e00-\u9fff：:）)])指(?![标数导引挥示南定针明向教派望纹认战]))|\A\s*注[：:释]"
)
# 虚拟电厂：指聚合用户的系统，接入用户1000户以上: a term stands first, and all that follows explains it
EXPLAINED_TERM = re.compile(r"[^，。；：:]{2,20}(?:[：:]指|是指|[：:]是指)(?![标数导引挥示南定针明])")
NAMING_UNITS = frozenset(("期", "届", "档", "层", "片", "类"))
# 十个县, 13个县（市）, 4个片区, but not 10个县级中心, 5个区域中心
COUNTED_REGION = re.compile(
    r"(?:地级|县级|设区的?|省级|国家级)?(?:省(?!级)|市(?![场级政民])|州(?!级)|盟|县(?![级城域])|区(?!域)|旗(?!舰)|县市|"
    r"市县|片区|国家(?=\Z|[和及与或、的（(参建签开推]|实(?!验)|市场|游客|地区|布局|达成)|地区|兄弟市|省份|组团|板块|分区)"
)
# 1个 | 中心、2个平台、N个站点的“1+2+N”体系: the parts of a system
PARTS_OF_SYSTEM = re.compile(r"(?:[^，,。；;、]{1,12}、){1,4}[NnXx]个")
# 示范县, 特色镇: a title to be earned
TITLED = re.compile(
    r"[\u4e00-\u9fff“”\"\0]{0,14}?(?:示范|试点|样板|先行|先进|达标|文明|卫生|园林|森林|生态|特色|强|先导)"
)
VILLAGES = re.compile(r"(?:乡镇?|镇|街道|村|社区|行政村|建制村|自然村|嘎查|苏木|园区|开发区|林场|农场)")
# 30户以上 | 自然村, 56人以上 | 大班额
SETTLEMENT = re.compile(
    r"的?(?:(?:自然|行政|建制)?(?:村|组|屯|寨|聚居|城市|县城|集镇|单位|企业|机构|学校)|超?大?班[额级])"
)
# 取消 | 30项审批事项, 取消和调整 | 30项
LETS_GO = re.compile(r"(?<!决定)(?:取消|下放)(?:[、和](?:取消|下放|调整))?\Z")
# 淘汰|10蒸吨以下锅炉: verbs after which a bound says which things are to go
DOES_AWAY = re.compile(r"(?:消除|淘汰|取消|关闭|关停|取缔|拆除|化解|清退|腾退|杜绝|退出)(?:全部|所有|现有)?\Z")
# 产值达到 | 千亿元, 迈上 | 万亿元台阶: such an amount of money is a level
LEVEL_REACHED = re.compile(r"(?:达到?|迈上|迈过|跨越|跨上|跨过|站上|跃上|[增升]至|[提增升][高加]?到|冲刺|冲击)\Z")
OF_LEVEL = re.compile(r"(?:的?新?(?:台阶|大关|关口|水平|规模))?")
# 级, 型: the number is part of a name or a class
NAMED_AFTER = re.compile(
    r"(?:级(?!别)|分辨率|直径|口径|跨度|更新|服务半径|型|制|式|强[县市镇企国]|计划|行动(?!不便)|年代|年级|部门|人民|周年|强企|新村|联动|大棚车|"
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
# 由2020年的 | 62% | 提高到80%, 由“十三五”末的 | 50万吨: where the change begins
STARTING_TIME = (
    rf"[由从](?:{CALENDAR_YEAR}年?(?:年?[底末初])?的?|(?:十[{ONES}]五)?(?:规划|时)?期?[末间]?的?(?:平均)?"
    r"|目前的?|现在的?|现有的?|当前的?)?\s?(?:约|近)?"
)
STARTS_FROM = re.compile(rf"{STARTING_TIME}\Z")
# 由2.8 | 缩小到2.6, 由2020年的2.35 | 缩小到2.2, 从2.5∶1 | 缩小到2.3∶1
FROM = re.compile(rf"{STARTING_TIME}[\d.]+(?:[:∶：]1)?\Z")
# 耕地流失量降为 | 0: none of it
LOWERED_TO = re.compile(r"[量数率值积度](?:逐步|全部|均|下)?降[到至为]\Z")
# 收入差距 | 缩小到2.2:1, 得分 | 达到85: measures whose value may have no unit
GAP = re.compile(r"(?:差距|倍差|得分|评分|安全感)\Z")
RISES_TO = re.compile(
    rf"(?:左右|以上|以下)?[，,]?(?:稳步|逐步|大幅|进一步|分别|逐年)?(?:{UP}|{DOWN}|发展|调整)(?:为|[到至])"
)
# 3年内不得, 5年以上刑期
BAN = re.compile(r"内?[^，。]{0,8}(?:不得|不予|不再|禁止|暂停|限制|取消)")
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
# 申报单位注册资本不低于500万元
ELIGIBLE = re.compile(
    r"申[报请](?:单位|人|企业|对象|者|主体)|(?:遴选|申[报请]|入选|认定|评[选审定]|准入|参评|推荐)(?:条件|标准|要求)\s?[：:]"
)
# 占比达到30%以上 | 的机构优先支持: which ones; but 保持8%以上的增速
ATTRIBUTIVE = re.compile(r"(?:达到?|超过|占)\Z")
# 占全球数量1%以上 | 的物种数: which ones; but 占人口30%以上的地区普及义务教育, what a share of all is to do
PART_OF_ALL = re.compile(r"(?:\A|[、和及])\0*占(?!比)[\u4e00-\u9fff]{2,16}\Z")
OF_THINGS = re.compile(r"的(?!增|速|涨|水平|目标|比例|要求|标准|规模|能力|覆盖)[\u4e00-\u9fff]")
# 现有茶园26万亩，茶叶产量达到 | 9000吨: what is said beside what there is, is so now; with a verb of making or a word
# of intent between it is a promise
EXISTING_NUMBER = re.compile(
    r"(?:\A|[，,])\s?(?:[\u4e00-\u9fff]{1,6}[省市县区州盟旗乡镇村])?现有[\u4e00-\u9fff]{1,12}\d"
)
# 去年建成的 | 20个项目, 2023年开工的 | 20个项目: things of another time, not how many are to be made
OF_AN_EARLIER_TIME = re.compile(
    rf"\A\s?(?:[去上前往历]年|{CALENDAR_YEAR}年)[底末]?(?:以?前)?[已新]?(?:建成|新建|开工|竣工|投产|投用|立项|签约|引进|认定|实施)的\Z"
)
INTENDED = re.compile(r"力争|争取|确保|[将要]|计划|拟|到20|今后|未来|下一步|逐步|提[高升]到|增加到|扩大到|发展到|增至")
# 近五年|累计投入12亿元: the years up to now; not 近三年内建成
RECENT_YEARS = re.compile(rf"近[{ONES}两几\d]年(?!内)[^。；]{{0,10}}?(?:累计|共|先后|年均|平均)")
# 仅为 | 9.8平方米, 只有 | 4.8张, 高达 | 18%, 刚刚突破 | 10亿元, 不足 | 5%: how things are
AS_IT_IS = re.compile(
    r"(?:(?<!不)仅仅?(?!限)(?:为|有|占|达到?|约|相当于)?|只(?:有|占|达到?|为)|(?<![提最增更升])高达|刚刚?(?:突破|超过|达到?|过)?)\Z"
)
SHORT_OF = ("不足", "不到")
# 项目前期工作; 由目前的50%提高到60%, 比目前: no word of what is past
NOT_PAST = re.compile(
    r"存在[^，。；]{1,14}?的(?=[\u4e00-\u9fff])|(?<=项)目前|已建成?(?=[^\d，。；]{1,16}(?:率|比例))|已(?:垦|脱贫|污染|退化|关闭|出让|批)|[由从比较与和同](?:目前|当前)|在(?:目前|当前)(?=的?(?:水平|基础))"
)
# 最多跑一次, 只进一扇门
ERRAND = re.compile(r"(?:跑|只[\u4e00-\u9fff]|一)\Z")
# 一次 | 告知, 一次 | 办成
ONCE = re.compile(r"(?:性|办|申|告|受|提|录|采|登|成|评|审|认证|录入|就)")
# 依托…, 利用…
MEANS_USED = re.compile(
    r"(?:充分)?(?:在(?:现有|原有|已有|既有)|依托|利用|发挥|整合(?=现有|原有|闲置|各类|社会|辖区)|立足|根据|结合|基于|借助|用好)"
)
# 区级指标沿用 | 65个基础性指标: what there is stays in use
STAYS_IN_USE = re.compile("沿用")
# 依托大型企业 | 组建 专业队2支: what is made with the means
FOUNDED = re.compile(rf"{FOUNDING}(?!的|了|项目|工程)")
# 完成 | 投资500亿元: with a deed, the size is a promise
ACHIEVED = re.compile(r"完成|新增|达到?|引进|实现|力争|争取|累计|新建|建成|扩大|增加")
# 设立总规模 | 10亿元的基金
FUND = re.compile(r"(?:设立|组建|成立|筹建|发起)[\u4e00-\u9fff]{0,8}规模\Z")
# 建成后可容纳学生3000人
EFFECT = re.compile(r"\0*(?:项目|工程)?(?:全部|全面)?(?:建成|投产|达产|竣工|投用|投入使用)后")
# 日分拣处置能力 | 300吨/日: how much can be done now
DAILY = re.compile(r"[日年][\u4e00-\u9fff]{2,8}能力")
# 路基宽度不小于12米: a rule of construction, no promise
BUILT_DIMENSION = re.compile(r"宽度|(?:设计)?时速|坝高|高程|海拔|直径|间距|水深")
# 固定资产 | 投资1500亿元以上: what is invested in all, no size of a project
INVESTED_IN_ALL = re.compile(r"(?:固定资产|民间|工业|技改|技术改造|有效|社会|基础设施)\Z")
# 建设年产36万片的项目, 总投资12亿元
# 形成|年产 30万吨 |锂盐的生产能力: a capacity that is the deed itself
CAPACITY_GAINED = re.compile(r"(?:形成|新增|具备|达到|实现|增加)\Z")
ABILITY = re.compile(r"[^，。；\d]{0,20}?能力(?!提升|建设)")
CAPACITY = re.compile(r"年产|日产|日处理")
SURFACE = re.compile(r"(?:四至)?面积|[\u4e00-\u9fff]{0,8}(?:区域|片区)面积")
TOTAL_SIZE = re.compile(r"总|占地|估算|概算|计划|注册|设计")
# 预计…达到; not 预测准确率
FORECAST = re.compile(r"预计|预测(?![准预模能指性精误业系平])|有望|测算|随着")
# 向 | 500亿元 | 迈进
TOWARDS_NUMBER = re.compile(r"(?:向|朝着?)\Z")
HEADS_FOR = re.compile(r"(?:的?(?:目标|大关|台阶|规模))?(?:迈进|进军|冲刺|挺进|进发|靠拢|看齐|努力)")
# 时限, 寿命: what a stretch of time may be the measure of
SHORTEN = re.compile(
    r"(?:压缩|缩短|压减|控制|延长|时限|寿命|住院日|时间|时长|期限|周期|工期|年限|耗时|响应|培训|学习|教育|开放|开馆|天数|时数)"
)

# 关键核心技术, 主题公园: things whose names begin with a word for an abstraction
THING = re.compile(
    r"主题(?:公园|乐园|馆|街区|酒店|邮局|线路|园)|关键(?:核心|共性|技术|零部件|设备|材料)|优势(?:特色|产业|学科|品种|集群|专业|企业|农)"
)
# 承包到期后再延长30年, 参照每千人1名的标准, 最低首付款比例为20%
APPLIED_RULE = re.compile(r"到期后|^\0*[参对比]照|最[低高](?:首付|开采|缴|出资|限[额价]|贷款)")
PAID = re.compile(r"标准为(?:每[人户亩年月日天次床生])*\Z")  # 补偿标准为每亩16元
IN_FORCE = ("的政策", "的规定", "的制度", "的要求", "的原则")
# ，高于全省平均水平 | 0.5个百分点; 增速高于投资增速 names what is so much higher
OVER_ANOTHER = re.compile(r"[\0\s]*(?:并|且)?(?:[高低快慢]于|高出|领先于?)[^，。；\d]{2,20}\Z")
# 单笔贷款额度 | 不超过50万元，期限 | 不超过3年: the terms of a loan
LOAN = re.compile(r"单[笔户人][\u4e00-\u9fff]{0,4}(?:贷款|授信|担保|借款)")
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
MIN_NO_PROGRAMME = 100  # so many programmes are no programmes: 2000个小区改造任务

# 合计|120座, 共计|50公里; not 共有, 总共有
IN_ALL = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:总计|合计|共计|共)$")
# 小学、初中生师比分别达到19:1、 | 13.5:1: the rates whose values stand in a row
RATES_IN_TURN = re.compile(r"(?P<rates>[^，,；;]{2,60}?)分别[\u4e00-\u9fff]{0,6}\d[\d.:：∶、和及与\s]{0,60}\Z")

NumberRule = Callable[[QuantityContext], bool]


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


def is_past(context: QuantityContext) -> bool:
    """Whether the words before the number, since the last semicolon and after the last date or quoted words, say that
    it has been reached or is so now: 已建成10个, 目前有10个; or begin with what there is
    (现有茶园26万亩，产量达到9000吨; EXISTING_NUMBER), without a verb of making or a word of intent from there on; or
    that the number is of things of another time, with which its item begins (去年建成的20个项目), or of the years up to
    now (近五年累计投入12亿元), without a word of intent before it. Words that only look so (项目前期, 由目前的50%,
    已脱贫) do not count. So is a number right after 仅, 只有 or 高达, or after 不足 or 不到 without a verb of reaching
    (占比不足5%, not 降到不足5%)."""
    if AS_IT_IS.search(context.before + context.quantity.cue):
        return True
    if context.quantity.cue.startswith(SHORT_OF) and not last("reach").search(context.before.rstrip("在到至为")):
        return True
    words_before = masked(context.spoken_before).rpartition("\0")[2]
    if existing := EXISTING_NUMBER.search(words_before):
        rest = words_before[existing.end() :]
        return not (some("create").search(rest) or INTENDED.search(rest))
    if OF_AN_EARLIER_TIME.search(context.before):
        return True
    if RECENT_YEARS.search(words_before) and not INTENDED.search(words_before):
        return True
    return bool(some("past").search(NOT_PAST.sub("", words_before)))


def is_start_of_change(context: QuantityContext) -> bool:
    """Whether the number is the level from which a change begins: 由 or 从 stands before it, with a year, “十三五”末,
    目前 or the like between or nothing, and the words after it lead to another level: 62% in
    达标率由2020年的62%提高到80%."""
    words_before = context.before.replace("\0", "")
    return bool(
        STARTS_FROM.search(words_before) and RISES_TO.match((context.next_gap or context.after).replace("\0", ""))
    )


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
    一次办成, 每年推广一批技术. Not in 翻一番, nor after 至少, 不少于, 不低于 or 最少 (至少开通一种). With a unit of
    events (一次) and no words of a visit beside it (跑, 办成), also not where the clause has 每年 or the like before it
    or the deed is one that is done again and again (轮训一次)."""
    if not context.quantity.chinese or context.quantity.value != 1:
        return False
    if context.quantity.cue.startswith(("至少", "不少于", "不低于", "最少")):
        return False
    if context.unit == "批":  # 每年推广一批新技术
        return True
    if context.unit in ("番", "倍"):  # 翻一番, 增加一倍
        return False
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


def gets_done(context: QuantityContext) -> bool:
    """Whether the number, in digits and with a unit of counting, is right after the name of a place alone and counts
    those there that are to complete or reach something: 城区20家餐饮企业完成油烟治理."""
    counted = context.digits and COUNT_UNIT.fullmatch(context.unit) and IN_PLACE.fullmatch(context.before.strip("\0 "))
    return bool(counted and GETS_DONE.match(context.after))


def sums_up(context: QuantityContext) -> bool:
    """Whether the number, a length or area right after 共计 or the like, is that of things named before it that are
    dealt with, by a verb of making or urging before it and a word such as 修复 or 建设 after it
    (推进南湖、北湖共计11平方公里湿地修复); or that has a date and is to reach something
    (面积共计52平方公里达到要求)."""
    if not EXPANSE.fullmatch(context.unit) or not SUM.search(context.before):
        return False
    words_before = context.sentence_before + context.clause
    worked_on = some("push").search(words_before) or some("create").search(words_before)
    return bool((worked_on and DEALT_WITH.match(context.after)) or (context.dated and COMES_TO.match(context.after)))


def is_extent(context: QuantityContext) -> bool:
    """Whether the number says how many places or things there are that the plan or a measure is about. True for a range
    of ages (由0—6岁扩大到0—14岁) and for things of which the next number is a part (20项收费项目中的5项). Before a word
    for regions (13个县; not 13个示范县): True unless the regions are chosen or counted in another unit than 个.

    Elsewhere it is True before 作为, after 范围包括, and after a word of extent (涉及, 全市), but not for shares,
    bounds, times of a service, numbers after a verb of reaching and those whom one works with
    (推动与1000家企业开展合作). After a word of extent it is also False for a total of what is made
    (新建、改建公厕合计120座), for each of several things (新建文化馆、图书馆各1座), for those who are urged
    (推动全市90家商户实施…), have done something (全市120个行政村完成治理) or are worked on (完成全县40个行政村整治) and
    for things of a class (省级以上5家).
    """
    if context.quantity.high is not None and context.unit in ("岁", "周岁"):
        return True
    if OUT_OF_THESE.fullmatch(context.next_gap or ""):
        return True
    if COUNTED_REGION.match(context.after.lstrip("以上左右")) and not TITLED.match(context.after):
        return context.unit in ("个", "") and not CHOOSING.search(context.before)
    if PARTNERED.search(context.before) and SERVES.match(context.after):  # 推动与1000家企业开展合作
        return False
    if (
        context.unit in SHARE_UNITS
        or context.normative
        or context.is_service_time()
        or last("reach").search(context.before)
    ):
        return False
    if SCOPE_OF.search(context.spoken_before) or context.after.startswith("作为") or DESIGNATED.search(context.after):
        return True  # 建设范围包括…6个集团, 将…的792个单位作为适度建设区域
    if sums_up(context):
        return False
    if IN_ALL.search(context.before) and context.makes():  # 新建、改建公厕合计120座
        return False
    each = EACH_OF_SEVERAL.search(context.before) and not context.after.startswith("的")
    if each and context.makes():  # 新建文化馆、图书馆各1座
        return False
    if REGION_WIDE.search(context.before) and URGED.match(context.after):  # 推动全市90家商户实施诚信承诺
        return False
    if gets_done(context):
        return False  # 全市120个行政村完成生活污水治理
    if DONE_IN_REGION.search(context.before) and WORKED_ON.match(context.after):  # 完成全县40个行政村环境综合整治
        return False
    return bool(last("extent").search(context.before)) and not OF_CLASS.search(context.before)


def is_village_extent(context: QuantityContext) -> bool:
    """Whether the number, in whatever unit, stands right before a word for villages, towns or zones, in which a measure
    is carried out: 在100个村, 60个乡镇的干部. Not a bound, nor after a verb of making (创建50个村) or right after a
    word of choosing or serving (为100个村), but always after 覆盖 that begins the clause (，覆盖30个村), nor where it
    continues the list of a commitment, is of what each place is to have (每个村有1名村医) or those in a place have done
    something (全市120个行政村完成治理; `gets_done`)."""
    covers = context.clause.strip("\0 ") == "覆盖" and not context.bounded  # 建设示范点，覆盖30个村
    if not covers and (context.makes() or context.joined or context.normative or gets_done(context)):
        return False
    chosen = SERVING.search(context.before) or CHOOSING.search(context.before)
    return bool(VILLAGES.match(context.after)) and not (chosen or IN_EACH_PLACE.search(context.before))


def counts_abstractions(context: QuantityContext) -> bool:
    """Whether the number counts parts of the plan, or rules, and so nothing that can be reached: the noun after it
    begins with a word for an abstraction (三个方面), or begins a list that goes on with N个 (1个中心、N个站点), or ends
    with one for rules or programmes (八项任务, 15项编码标准).

    Never for shares, events, lengths and areas, times of a service (6小时内放行措施), numbers of at least
    MIN_NO_PROGRAMME (100; 2000个小区改造任务), things whose names only begin so (3个主题公园), and with nothing or 的
    after the number. For a noun that ends with a word for rules or programmes also False where something is carried out
    (10个社区开展试点); and, unless 等 or 这 before the number says that they have been named (甲、乙等七项), or its
    clause names so many (甲、乙和丙三项改革), where the rules are drawn up or the programmes completed (制定20项标准,
    完成八项任务), given up or handed down in a number given in digits (取消30项审批事项), or formed in a number given
    in digits (形成30个解决方案)."""
    if context.unit in SHARE_UNITS | EVENT_UNITS or EXPANSE.fullmatch(context.unit) or context.is_service_time():
        return False
    if not context.after or context.after.startswith("的"):
        return False
    noun = re.match(r"[\u4e00-\u9fff]{1,12}", context.after)
    listed_on = noun and context.after.startswith("、", noun.end())  # 20个高标准、规模化基地
    if PARTS_OF_SYSTEM.match(context.rest):
        return True
    if not noun or listed_on or THING.match(noun[0]) or _many(context):
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


def is_span_of_time(context: QuantityContext) -> bool:
    """Whether the number, in a unit of time, says how long something lasts: 为期5年, 3个月试用. Always where it stands
    before a ban (3年内不得) or is in Chinese numerals without a comparator (三年内). Not where it is the longest time
    that a service may take (48小时内放行), continues the list of a commitment as a bound or without words of its own
    (缩短到2个、3个工作日), or stands after a verb of reaching or a word for a time that is set (时限压缩至5天,
    开放时间)."""
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
    (申报单位注册资本不低于500万元) or nothing but 的, 时 or 情况下 follows it in its item (失业率超过6%时)."""
    if context.bounded and (ELIGIBLE.search(context.sentence_before + context.clause) or WHEN.fullmatch(context.after)):
        return True
    share = context.unit in SHARE_UNITS and SERVING.search(context.before)  # 对70%以上的村实施治理: how many
    return not share and bool(CONDITION.search(context.clause.lstrip("\0"))) and "的" in context.after


def is_grant(context: QuantityContext) -> bool:
    """Whether the number is what somebody gets or may buy by a rule: any number that is permitted (可申请购买1套);
    money right after 最高 (最高20万元); a share by which a grant is reckoned (按20%的比例给予奖补); and, with a word of
    giving (补助), money, a time, or any number where the sentence begins with a condition in a clause before
    (对不裁员的企业，…返还90%). The word of giving stands in the clause or after the number, with 最高 also before the
    clause; it does not count where 标准 stands before the number in the clause."""
    granted = context.clause + context.after
    if "最高" in context.clause + context.quantity.cue:  # 按投入的5%给予补助，最高不超过200万元
        granted += context.sentence_before
    money = MONEY_UNITS.fullmatch(context.unit)
    if PERMITTED.search(context.clause) or (money and context.quantity.cue.startswith("最高")):
        return True
    ruled = CONDITION.search(context.sentence_before.lstrip("\0"))  # 对不裁员的企业，按…返还，返还比例不超过90%
    if context.unit == "%" and GRANTED_SHARE.match(context.rest):
        return True
    owed = GRANT.search(granted) and (money or context.unit in TIME_UNITS or ruled)
    return bool(owed) and "标准" not in context.clause


def is_attribute(context: QuantityContext) -> bool:
    """Whether the number only says which things are meant: after 达到, 超过 or 占 and before 的 with a noun
    (占比达到30%以上的机构, but not 达到8%以上的增速); after 占 and what it is a part of, before 的 with a noun that
    does nothing (占全球数量1%以上的物种数); after a rate and before 的 with those that the next number counts
    (投入占比5%以上的企业达到200家); where it has a comparator after it and is one of several sizes of the same things
    (投资额5000万元以上、亩均税收20万元以上的项目); after 满足 and before 需求的; or, with such a word or without,
    before 的, where it has a comparator that is no bound such as 不低于 (50张以上的机构). The last does not hold for
    shares, nor where a unit of counting and a verb of making or acting show that the things are counted
    (建设5家以上的机构)."""
    of_things = OF_THINGS.match(context.after)
    if of_things and ATTRIBUTIVE.search(context.before + context.quantity.cue):
        return True
    gap = context.next_gap or ""
    rated = of_things and context.bounded and RATE_NAME.search(context.before) and last("reach").search(gap)
    if rated and not ITEM_SEPARATOR.search(gap):  # 投入占收入比重5%以上的企业达到200家
        return True
    sized = context.bounded and not context.normative
    if sized and (OTHER_SIZE_AFTER.match(context.rest) or (of_things and OTHER_SIZE_BEFORE.search(context.clause))):
        return True
    if context.before.endswith("满足") and NEEDED_BY.match(context.after):
        return True
    if of_things and PART_OF_ALL.search(context.before) and not some("deed").search(context.after):
        return True
    if not context.bounded or context.normative or context.unit in SHARE_UNITS or not context.after.startswith("的"):
        return False
    return not (COUNT_UNIT.fullmatch(context.unit) and (context.makes() or some("act").search(context.before)))


def is_class_of_thing(context: QuantityContext) -> bool:
    """Whether the number says of what class or size the things are that another number counts or the measure is about:

    - another number follows in the clause with words between, but no 、, ，, 和 or the like (ITEM_SEPARATOR), and this
      one neither is a share nor counts what that one describes: 10亿元 in 10亿元以上企业20家; or it follows at once,
      and this one is money with a comparator;
    - the number before counts the things, no verb of reaching stands right before it, and this one is no share, and is
      money, or has a comparator, or stands before a noun without a unit of counting: 千亿元 in 2个产值超千亿元的集群;
    - it counts households or people with a comparator and says the size of a village, town, firm, school or class:
      30户以上的村, 56人以上大班额;
    - it has a comparator and no unit of counting, and stands between a verb of doing away and a noun:
      淘汰10蒸吨以上锅炉;
    - it has a comparator after it and stands between the name of a size and a noun: 流域面积200平方公里以上河流治理;
    - it has a comparator other than 不低于 and the like, stands before a noun, has no unit of counting, and is money,
      has a unit such as 元/吨, or is an upper bound of what is made: 30万千瓦 in 建设30万千瓦以下机组.

    False for the time of a service (`QuantityContext.is_service_time`).
    """
    if context.is_service_time():  # 2小时内到达灾害地域
        return False
    counts = COUNT_UNIT.fullmatch(context.unit)
    noun = re.match(r"(?!大关|关口|台阶)[\u4e00-\u9fff]", context.after)
    if context.next_gap == "" and context.bounded and MONEY_UNITS.fullmatch(context.unit):  # 年营收10亿元以上 | 5家
        return True
    if (
        context.next_gap
        and not context.counts
        and context.unit not in SHARE_UNITS
        and not ITEM_SEPARATOR.search(context.next_gap)
    ):
        return True
    described = context.counted_before and context.unit not in SHARE_UNITS and not last("reach").search(context.before)
    if described and (context.bounded or MONEY_UNITS.fullmatch(context.unit) or (noun and not counts)):
        return True
    if context.bounded and context.unit in ("户", "人", "万人") and SETTLEMENT.match(context.after):
        return True
    if noun and not counts and context.bounded and DOES_AWAY.search(context.before):  # 淘汰10蒸吨以上锅炉
        return True
    named = noun and not ABILITY.match(context.after)  # 形成年产10万吨以上锂盐生产能力
    if named and context.bounded and not context.quantity.cue and SIZE_NAMED.search(context.before):
        return not WORKED_ON_THEN.match(context.after)
    sized = (
        MONEY_UNITS.fullmatch(context.unit) or "/" in context.unit or (context.quantity.op == "<=" and context.makes())
    )
    return bool(noun and context.bounded and not context.normative and sized and not counts)


def is_rule_in_force(context: QuantityContext) -> bool:
    """Whether the number belongs to a rule that exists and is applied: before 的政策, 的规定 or the like
    (到期后再延长30年的政策), money right after 标准为 (补偿标准为每亩16元), or in a clause that begins with 参照, 对照
    or 比照, or has 到期后, 最低首付 or the like before the number. Not a bound: 落实占比不低于4%的要求 commits to it.

    Also the terms of a loan (单笔贷款不超过50万元), a share that everybody pays (单位缴费比例为7%) or of which a part
    is meant (8%的部分), the weight of a part of a score (日常考核占40%), a fixed number of posts (核定编制30名), and a
    bound of the age of those who may take part (参赛选手不超过35周岁)."""
    if MONEY_UNITS.fullmatch(context.unit) and LOAN_AMOUNT.search(context.before):
        return True
    if context.unit in TIME_UNITS and LOAN_TIME.search(context.before) and LOAN.search(context.sentence_before):
        return True
    if context.unit == "%" and (PART_THAT.match(context.after) or PAID_SHARE.search(context.before)):
        return True
    if context.unit in TIME_UNITS and TERM.search(context.before):
        return True
    if WEIGHT.search(context.before) or STAFF_FIXED.search(context.before):
        return True
    if context.before.endswith("占") and OTHER_WEIGHT.search(context.sentence_before):  # 权重占20%，满意度占30%
        return True
    if context.normative:
        return context.unit in ("岁", "周岁") and not AGE_REACHED.search(context.clause)
    paid = MONEY_UNITS.fullmatch(context.unit) and PAID.search(context.clause)
    return context.after.startswith(IN_FORCE) or bool(paid or APPLIED_RULE.search(context.clause))


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


def is_forecast(context: QuantityContext) -> bool:
    """Whether the sentence expects something without promising it, by a word before the number, since the last
    semicolon: 预计老年人口占比超过20%, 有望, 随着."""
    return FORECAST.search(context.sentence_before + context.clause) is not None


def is_groundwork(context: QuantityContext) -> bool:
    """Whether the clause only prepares for what the number says, beginning with 为 (为总产值翻一番奠定坚实基础), or
    only heads for it (总产值向500亿元迈进)."""
    if TOWARDS_NUMBER.search(context.before) and HEADS_FOR.match(context.after):
        return True
    return context.clause.startswith("为") and GROUNDWORK.search(context.after) is not None


def describes_project(context: QuantityContext) -> bool:
    """Whether the number describes a project, by its cost, area or capacity. True for what a finished project can do
    (建成后可容纳3000人) and for the area of a part, or 面积 alone, that is no bound with 不少于 or the like and has no
    verb of making before it (甲片区面积约8平方公里). Else it needs a word of description (`descriptor`) right before it
    (总投资12亿元, 占地200亩) and no comparator between both but 约 or the like (以上 after it does not count); after a
    dimension (宽度) any may stand.

    False in 设立总规模10亿元的基金, where the amount is what is set up, 形成年产30万片晶圆制造能力, where the capacity
    is what is to be gained, and 固定资产投资1500亿元以上, which is no project's. Unless the word is for a total (总,
    占地, 设计 or another of TOTAL_SIZE) or a dimension, or is 年产 or the like after a verb of making
    (建设年产36万片的项目), it is also False after a verb of making or achieving (完成投资500亿元), and after 规模 (not
    用地规模) with a date or in the list of a commitment.
    """
    if EFFECT.match(context.clause):
        return True
    part_area = SURFACE.fullmatch(context.before.strip("\0 "))  # 甲片区面积约8平方公里
    if part_area and not (context.normative or context.makes()):
        return True
    if DAILY.fullmatch(context.before.strip("\0 ")) and not (context.dated or context.bounded):
        return True
    found = last("descriptor").search(context.before)
    if found and FUND.search(context.before) and context.after.startswith("的"):
        return False
    if not found or not (BUILT_DIMENSION.match(found[0]) or context.quantity.cue in ("", "约", "近", "约为", "大约")):
        return False
    rest = context.before[: found.start()]
    if found[0] == "投资" and context.bounded and INVESTED_IN_ALL.search(rest):
        return False
    if found[0].endswith("能力") and context.dated:  # 到2025年，日处理能力300吨/日
        return False
    if CAPACITY_GAINED.search(rest) and ABILITY.match(context.after):  # 形成年产30万片晶圆制造能力
        return False
    if CAPACITY.match(found[0]) and last("create").search(rest):  # 建设年产36万片的项目
        return True
    size = TOTAL_SIZE.match(found[0]) or BUILT_DIMENSION.match(found[0])
    made = bool(ACHIEVED.search(rest) or some("create").search(rest))
    in_passing = found[0].endswith("规模") and (context.joined or context.dated) and found[0] != "用地规模"
    return bool(size) or not (made or in_passing)


def is_lead(context: QuantityContext) -> bool:
    """Whether the number only says by how many percentage points something that was named before is above or below
    another rate: …增长7%，高于全省平均水平0.5个百分点; not 增速高于投资增速2个百分点, which names it."""
    return context.unit.endswith("百分点") and OVER_ANOTHER.match(context.before) is not None


NUMBER_GUARDS: tuple[NumberRule, ...] = (
    measures_nothing,
    is_definition,
    is_past,
    is_start_of_change,
    is_article,
    is_bare_scale,
    is_name,
    is_extent,
    is_village_extent,
    counts_abstractions,
    is_span_of_time,
    is_condition,
    is_grant,
    is_attribute,
    is_class_of_thing,
    is_rule_in_force,
    is_means,
    is_forecast,
    is_groundwork,
    describes_project,
    is_lead,
)
