"""Numbers that say which things are meant, how large these are or how far a measure reaches."""

from extractors import expressions as re
from extractors.targets.model import QuantityContext
from extractors.targets.words import (
    CHOOSING,
    COUNT_UNIT,
    EXPANSE,
    IN_EACH_PLACE,
    ITEM_SEPARATOR,
    MONEY_UNITS,
    OTHER_SIZE_AFTER,
    PARTNERED,
    RATE_NAME,
    SERVES,
    SERVING,
    SHARE_UNITS,
    SMALL_PLACES,
    WORK_DEEDS,
    YEARS_MONEY,
    last,
    some,
)

# 推动全市 | 90家 | 商户实施…: of so many in the region
REGION_WIDE = re.compile(r"(?:推动|推进|引导|组织|支持|鼓励|督促|指导|帮助|促进|发动|动员)(?:全|我|本)[省市县区州]\Z")
SCOPE_OF = re.compile(r"(?:范围|对象)(?:包括|为|涉及|涵盖|是)[^；。]*\Z")
DESIGNATED = re.compile(r"[\u4e00-\u9fff]{2,12}作为")
# 流域面积 | 200平方公里以上 | 河流, 年综合能耗 | 1万吨标准煤以上 | 重点用能单位; but 建筑面积2万平方米以上建设
SIZE_NAMED = re.compile(
    r"(?:(?:流域|集雨|集水|汇水|建筑|占地|灌溉)面积|库容|装机容量|排水量|载重量|吨位|年?(?:综合)?能(?:源消费量|源消耗量|耗)|功率|年用[水电]量|[日年](?:处理|加工|产))\Z"
)
# 年产值 | 5000万元以上、带动农户 | 100户以上 | 的龙头企业: another size of the same things stood before
OTHER_SIZE_BEFORE = re.compile(
    r"(?:额|值|栏|量|收入|营[收业]|税收|投资|规模|面积|能力|占比|比重|率)[\d.,]+[^，,、。；;\d]{1,6}?以[上下]、[^，,、。；;\d]{2,14}\Z"
)
# 5家 | 园区向新向优发展: a wish for those who are named
GETS_ON = re.compile(
    r"[\u4e00-\u9fff]{2,12}?(?:向[\u4e00-\u9fff]{1,8}发展|做[大强优精]|(?:转型|健康|高质量|创新|特色)发展|发展壮大)"
)
# 确保…202万亩 | 耕地、150万亩 | 永久基本农田保护底线
KEEPING = re.compile(r"确保|守[住牢好]|[严坚]守")
KEPT_LAND = re.compile(r"(?:永久)?(?:基本农田|耕地|林地|草[地原]|湿地|公益林)")
BOTTOM_LINE = re.compile(r"(?:底线|红线)(?:不(?:动摇|突破|减少))?\Z")
# 8万人 | 大型开放空间, 3万座 | 体育场: how many a place holds
PEOPLE_HELD = re.compile(r"[十百千]?万?[人座]")
ROOM_FOR_THEM = re.compile(
    r"的?(?:(?:大|中|超大)型|综合|专业|现代化)*(?:开放空间|体育[场馆]|足球场|会[场堂议]|剧[场院]|演艺中心|报告厅|看台|广场)"
)
# 满足 | 5000人以上 | 需求的避难场所
NEEDED_BY = re.compile(r"的?(?:[\u4e00-\u9fff]{0,6})?(?:需求|需要)的")
WORKED_ON_THEN = re.compile(rf"(?:{WORK_DEEDS}|任务|目标)")
# 南湖、北湖，共计 | 11.73平方公里 | 湿地修复; 建设用地面积共计 | 52平方公里 | 达到要求
SUM = re.compile(r"(?:总计|合计|共计)\Z")
WORK_ON_IT = re.compile(rf"[\u4e00-\u9fff]{{2,16}}(?:{WORK_DEEDS}|提升|达标|评估|验收)")
COMES_TO = re.compile(r"(?:全部|全面|均|基本)?(?:达到|完成|实现)(?!情况|率|的|了)[\u4e00-\u9fff]{2}")
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
# 场所类型分为等级场所和社区场所 | 2类: a classification
DIVIDED = re.compile(r"(?<!部)(?:划?分[为成])[^，,。；]*\Z")
KIND_UNIT = re.compile("[个大]?[类级档种型]")
# 完成全县 | 40个 | 行政村环境综合整治, 推进青石泵闸等全县 | 30座 | 泵闸建设: work in all of the region
DONE_IN_REGION = re.compile(r"(?:完成|实施|等)(?:全|我|本)[省市县区州盟旗乡镇]\Z")
WORKED_ON = re.compile(rf"[\u4e00-\u9fff]{{2,14}}(?:{WORK_DEEDS}|提升)")
URGED = re.compile(r"[\u4e00-\u9fff]{2,16}")
# 省级以上 | 5家, 年营收10亿元以上 | 5家: a class, no extent
OF_CLASS = re.compile(r"(?:级|元)以[上下]\Z")
# 新增医疗资源优先向 | 两个新城区 | 配置, 新增资源配置到 | 三个乡镇: who gets what is made; not 新增贷款向100家企业发放
GOES_TO = re.compile(
    r"(?:向|(?:投|流)向|(?:配置|布局|布点|投放|投入|下沉|分配|倾斜|延伸|输送)[到至在给于])(?:全[省市县区州]|我[省市县区州])?\Z"
)
NEW_MEANS = re.compile(r"(?:新增|净增|增加|扩大|筹[集措]|安排|引进)(?![^，]*(?:实现|完成|确保|力争))")
# 推进 | 300个 | 村生活污水处理工程: work that is urged in so many villages; not 推进甲、乙等3个园区建设
URGED_AT_ONCE = re.compile(r"(?:加快|同步|全面|继续|稳步|持续|深入|统筹)?(?:推[进动]|实施|开展)|加快")
WORK_IN_VILLAGES = re.compile(
    r"[\u4e00-\u9fff]{4,18}(?:改造|整治|治理|修复|加固|提升|工程|设施建设)(?![\u4e00-\u9fff])"
)
# 十个县, 13个县（市）, 4个片区, but not 10个县级中心, 5个区域中心
COUNTED_REGION = re.compile(
    r"(?:地级|县级|设区的?|省级|国家级)?(?:省(?!级)|市(?![场级政民])|州(?!级)|盟|县(?![级城域])|区(?!域)|旗(?!舰)|县市|"
    r"市县|片区|国家(?=\Z|[和及与或、的（(参建签开推]|实(?!验)|市场|游客|地区|布局|达成)|地区|兄弟市|省份|组团|板块|分区)"
)
# 示范县, 特色镇: a title to be earned
TITLED = re.compile(
    r"[\u4e00-\u9fff“”\"\0]{0,14}?(?:示范|试点|样板|先行|先进|达标|文明|卫生|园林|森林|生态|特色|强|先导)"
)
VILLAGES = re.compile(r"(?:乡镇?|镇|街道|村|社区|行政村|建制村|自然村|嘎查|苏木|园区|开发区|林场|农场)")
# 增建6个 | 乡镇取水设施 | 24处: in which places the things are that the next number counts
PLACES_OF = re.compile(rf"{SMALL_PLACES}[\u4e00-\u9fff]{{2,16}}(?<![超过达到约共各少于])")
# 30户以上 | 自然村, 56人以上 | 大班额
SETTLEMENT = re.compile(
    r"的?(?:(?:自然|行政|建制)?(?:村|组|屯|寨|聚居|城市|县城|集镇|单位|企业|机构|学校)|超?大?班[额级])"
)
# 淘汰|10蒸吨以下锅炉: verbs after which a bound says which things are to go
DOES_AWAY = re.compile(r"(?:消除|淘汰|取消|关闭|关停|取缔|拆除|化解|清退|腾退|杜绝|退出)(?:全部|所有|现有)?\Z")
# 占比达到30%以上 | 的机构优先支持: which ones; but 保持8%以上的增速
ATTRIBUTIVE = re.compile(r"(?:达到?|超过?|占)\Z")
# 占全球数量1%以上 | 的物种数: which ones; but 占人口30%以上的地区普及义务教育, what a share of all is to do
PART_OF_ALL = re.compile(r"(?:\A|[、和及])\0*占(?!比)[\u4e00-\u9fff]{2,16}\Z")
OF_THINGS = re.compile(r"的(?!增|速|涨|水平|目标|比例|要求|标准|规模|能力|覆盖)[\u4e00-\u9fff]")
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
# 合计|120座, 共计|50公里; not 共有, 总共有
IN_ALL = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:总计|合计|共计|共)$")


def gets_done(context: QuantityContext) -> bool:
    """Whether the number, in digits and with a unit of counting, is right after the name of a place alone and counts
    those there that are to complete or reach something: 城区20家餐饮企业完成油烟治理."""
    counted = context.digits and COUNT_UNIT.fullmatch(context.unit) and IN_PLACE.fullmatch(context.before.strip("\0 "))
    return bool(counted and GETS_DONE.match(context.after))


def keeps_land(context: QuantityContext) -> bool:
    """Whether the number, in digits, is the area of land that is not to become less, in a clause with 确保, 守住 or the
    like or a date before the number and 底线 or 红线 at its end: 确保全县202万亩耕地、150万亩永久基本农田保护底线."""
    land = context.digits and EXPANSE.fullmatch(context.unit) and KEPT_LAND.match(context.after)
    kept = context.dated or KEEPING.search(context.clause)  # 确保 may be a part of the date: 确保至2035年…
    return bool(land and kept and BOTTOM_LINE.search(context.rest))


def sums_up(context: QuantityContext) -> bool:
    """Whether the number, a length or area right after 共计 or the like, is that of things named before it that are
    dealt with, by a verb of making or urging before it and a word such as 修复 or 建设 after it
    (推进南湖、北湖共计11平方公里湿地修复); or that has a date and is to reach something
    (面积共计52平方公里达到要求)."""
    if not EXPANSE.fullmatch(context.unit) or not SUM.search(context.before):
        return False
    words_before = context.sentence_before + context.clause
    worked_on = some("push").search(words_before) or some("create").search(words_before)
    return bool((worked_on and WORK_ON_IT.match(context.after)) or (context.dated and COMES_TO.match(context.after)))


def is_extent(context: QuantityContext) -> bool:
    """Whether the number says how many places or things there are that the plan or a measure is about. True for a range
    of ages (由0—6岁扩大到0—14岁) and for things of which the next number is a part (20项收费项目中的5项). Before a word
    for regions (13个县; not 13个示范县): True unless the regions are chosen or counted in another unit than 个.

    Also for those to whom something new goes (新增资源优先向两个新城区配置). Elsewhere it is True before 作为, after
    范围包括, and after a word of extent (涉及, 全市), but not for shares, bounds, times of a service, numbers after a
    verb of reaching and those whom one works with (推动与1000家企业开展合作). After a word of extent it is also False
    for a total of what is made (新建、改建公厕合计120座), for each of several things (新建文化馆、图书馆各1座), for
    those who are urged (推动全市90家商户实施…), have done something (全市120个行政村完成治理) or are worked on
    (完成全县40个行政村整治) and for things of a class (省级以上5家)."""
    if context.quantity.high is not None and context.unit in ("岁", "周岁"):
        return True
    if OUT_OF_THESE.fullmatch(context.next_gap or "") or (
        KIND_UNIT.fullmatch(context.unit) and DIVIDED.search(context.clause)
    ):
        return True
    if COUNTED_REGION.match(context.after.lstrip("以上左右")) and not TITLED.match(context.after):
        return context.unit in ("个", "") and not CHOOSING.search(context.before)
    receives = GOES_TO.search(context.before) and NEW_MEANS.search(context.before)
    if receives and COUNT_UNIT.fullmatch(context.unit) and not SERVES.match(context.after):  # 新增资源向两个新区配置
        return True
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
    if context.before.endswith("等") and some("push").search(context.before) and GETS_ON.match(context.after):
        return True  # 支持甲园区等5家园区向新向优发展
    if IN_ALL.search(context.before) and context.makes():  # 新建、改建公厕合计120座
        return False
    each = EACH_OF_SEVERAL.search(context.before) and not context.after.startswith("的")
    if each and context.makes():  # 新建文化馆、图书馆各1座
        return False
    if REGION_WIDE.search(context.before) and URGED.match(context.after):  # 推动全市90家商户实施诚信承诺
        return False
    if keeps_land(context):
        return False  # 确保全县202万亩耕地保护底线
    if gets_done(context):
        return False  # 全市120个行政村完成生活污水治理
    if DONE_IN_REGION.search(context.before) and WORKED_ON.match(context.after):  # 完成全县40个行政村环境综合整治
        return False
    return bool(last("extent").search(context.before)) and not OF_CLASS.search(context.before)


def is_village_extent(context: QuantityContext) -> bool:
    """Whether the number, in whatever unit, stands right before a word for villages, towns or zones, in which a measure
    is carried out: 在100个村, 60个乡镇的干部; or before one and things there that the next number counts
    (增建6个乡镇取水设施24处; PLACES_OF). The former not for a bound, nor after a verb of making (创建50个村) or right
    after a word of choosing or serving (为100个村), but always after 覆盖 that begins the clause (，覆盖30个村), nor
    before work that is urged in digits right before it (推进300个村生活污水处理工程), nor where it continues the list
    of a commitment, is of what each place is to have (每个村有1名村医) or those in a place have done something
    (全市120个行政村完成治理; `gets_done`)."""
    if context.counts and not context.bounded and PLACES_OF.fullmatch((context.next_gap or "").replace("\0", "")):
        return not some("create").search(context.next_gap or "")
    covers = context.clause.strip("\0 ") == "覆盖" and not context.bounded  # 建设示范点，覆盖30个村
    if not covers and (context.makes() or context.joined or context.normative or gets_done(context)):
        return False
    urged = context.digits and URGED_AT_ONCE.fullmatch(context.before.strip("\0 "))
    if urged and WORK_IN_VILLAGES.match(context.after):  # 推进300个村生活污水处理工程
        return False
    chosen = SERVING.search(context.before) or CHOOSING.search(context.before)
    return bool(VILLAGES.match(context.after)) and not (chosen or IN_EACH_PLACE.search(context.before))


def is_attribute(context: QuantityContext) -> bool:
    """Whether the number only says which things are meant: after 达到, 超过 or 占 and before 的 with a noun
    (占比达到30%以上的机构, but not 达到8%以上的增速); after 占 and what it is a part of, before 的 with a noun that
    does nothing (占全球数量1%以上的物种数); after a rate and before 的 with those that the next number counts
    (投入占比5%以上的企业达到200家); before a place for so many people (8万人体育场); where it has a comparator after
    it and is one of several sizes of the same things (投资额5000万元以上、亩均税收20万元以上的项目);
    after 满足 and before 需求的; or, with such a word or without,
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
    if PEOPLE_HELD.fullmatch(context.unit) and ROOM_FOR_THEM.match(context.after):  # 8万人大型开放空间
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


def describes_project(context: QuantityContext) -> bool:
    """Whether the number describes a project, by its cost, area or capacity. True for what a finished project can do
    (建成后可容纳3000人) and for the area of a part, or 面积 alone, that is no bound with 不少于 or the like and has no
    verb of making before it (甲片区面积约8平方公里). Else it needs a word of description (`descriptor`) right before it
    (总投资12亿元, 占地200亩) and no comparator between both but 约 or the like (以上 after it does not count); after a
    dimension (宽度) any may stand.

    False for shares (占工业用地70%以上), for what is to be invested in a year (年度计划投资20亿元; YEARS_MONEY), in
    设立总规模10亿元的基金, where the amount is what is set up, 形成年产30万片晶圆制造能力, where the capacity
    is what is to be gained, and 固定资产投资1500亿元以上, which is no project's. Unless the word is for a total (总,
    占地, 设计 or another of TOTAL_SIZE) or a dimension, or is 年产 or the like after a verb of making
    (建设年产36万片的项目), it is also False after a verb of making or achieving (完成投资500亿元), and after 规模 (not
    用地规模) with a date or in the list of a commitment.
    """
    if EFFECT.match(context.clause):
        return True
    if context.unit in SHARE_UNITS:  # 占工业用地70%以上
        return False
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
    if YEARS_MONEY.search(context.before):
        return False
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
