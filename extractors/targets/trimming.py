"""From the words before a number to the subject that they name: what is no part of it is taken off at both ends."""

from functools import cache

from extractors import expressions as re
from extractors.reference.units import unit_pattern
from extractors.targets.in_turn import MEASURE_NAME
from extractors.targets.words import (
    APIECE,
    COMPARED_WITH,
    FOR_EACH,
    FOUNDING,
    OF_THE_PLAN,
    PLANNED_THINGS,
    PROPORTION,
    SHARE_DONE,
    SMALL_PLACES,
    last,
    words,
)
from extractors.vocabulary.dates import CALENDAR_YEAR
from extractors.vocabulary.numerals import ONES

# what a subject does not begin with; each line says what of
_LEADS = (
    r"[\s\0、—―-]|其中",
    # intent: 力争, 确保, 把…, 保持(增长), 实现
    r"建议(?=[将把])|把(?=[\u4e00-\u9fff]{3})|力争|争取|确保|保持(?![率度期力])(?=[\u4e00-\u9fff]{3})",
    # whom it urges: 推动, 支持; not 引导基金, 指导员, 支持类…
    r"(?:推动|推进|支持|帮助|鼓励|引导(?!基金|资金)|促进|指导(?![员价线站意]|中心)|督促|(?:组织[和、])?发动(?!机))"
    r"(?![性类型式](?![似别]))",
    # how it is reckoned: 原则上, 按人均, 按照服务能力, 为企业减负
    r"原则上|必须(?=[\u4e00-\u9fff]{2})|按照?(?=[人户亩]均)|按照(?=[\u4e00-\u9fff]{2,30}(?:能力|用地|面积|规模)\Z)"
    r"|为(?=[\u4e00-\u9fff]{2,8}减负)",
    # manner: 努力, 全面, 基本(完成), 累计, 稳步, 限期, 分三年, 各(新建), 年均(培训)
    r"实现(?!程度|率)|使(?![用命])得?|努力|全面(?=[建完实形推])"
    r"|基本(?=[建完实形消达普])(?!建设(?:投资|拨款|支出|项目|资金|规模|单位))|到(?![位期户账达])|全部|累计|分别|进一步|逐步|稳步|持续"
    r"|不断|大力|积极|加快|预计|启动(?=[建实改])|限期|分[三四五\d]年|[各均](?=[完新建培]|改[造建]|治理|整治|实施|引进|创建|打造)"
    r"|年均(?=[新培引建]|开[发展])|\d年(?=[新培引建吸])",
    # what joins and leads on: 并, 再(新建), 将, 要(建成), 拟(安排)
    r"并(?![购网轨联])|且|再(?=[新建增打培创翻降])|将(?!军)|要(?=[建达新完实确不在力按将把通])|应(?=[不达建配当于在完])"
    r"|可(?=[新实建达满容提接增吸带])|也|还(?=[将要可])|(?:[三四五]年)?共计?(?=[培完新建投引打改])|拟(?=[安新建引培实])",
    # by which standard: 按Ⅲ级航道标准(整治), and 新（改）建
    r"按照?[^，。；\d]{0,16}(?:标准|要求|模式)(?=[建整治改新配实打完硬修购]|培[育训])|新[（(][改扩续、]{1,5}[）)]建",
    # time without a date: 同时, 每年, 未来三年, 今年, 全年(新增), 年内(完成), 上半年(开工)
    r"试点(?=推[动进广])|同时|同步(?=[推实建开完])|至少|每(?:年(?!度)|季度|半年|学期|月|周)(?=.{2})|届时|(?:未来|今后)[三四五\d]年(?=[新建改培引完打将投])"
    r"|[和及](?=每年|各[完新建培])|[今明]年(?=[\u4e00-\u9fff]{2})(?![底末初])|本年度?(?=[\u4e00-\u9fff]{2})(?![底末初])"
    r"|全年(?=(?:城镇|农村)?新增|新登记|减税|减负|为企业)|年底前|年内(?=[新建完培引改开投])"
    r"|(?:全年|[上下]半年|第?\w季度|今明两年)(?=新[建增扩]|建[成设]|[完创]成|完成|培[训育]|改[造建]|实施|引进|招[商引]|修|扩建|创建|打造"
    r"|开工|实现|力争|确保)",
    # how well, with whom: 高标准(建设), 重点(培育), 计划(建设); not 重点企业, 高标准农田
    r"高标准(?!农田|基本农田|良田|公路|厂房|学校)|(?!重点(?:建设|发展|培育|扶持|改造|开发)(?:区域?|项目|单位|企业|领域|产业|对象|工程))"
    r"(?:重点|着力|集中|优先|统筹|联合|合作|有序|精准|择优)(?=[建打培推扶发改实创引完新布])|择优(?=支持)"
    r"|(?:计划|规划)(?=[建打培推创引新布扩迁续]|改[造建]|设[置立]|[保预]留)",
    # （含续建）, 从2022年起, 三年内
    r"（[^（）]{0,200}）|[从自][^，。]{0,6}起|三年内?|五年内?|\d{1,2}年内",
)
SUBJECT_LEAD = re.compile(rf"^(?:{'|'.join(_LEADS)})+")
# 县住建局负责|完成老旧小区改造, 由市住建局牵头|改造小区, 县水利局应|: who acts is no part of what is to be reached
ACTING_OFFICE = re.compile(
    r"由?(?:[省市县区州盟旗]|[\u4e00-\u9fff]{2,4}[省市县区州盟旗])[\u4e00-\u9fff]{1,8}?(?:局|委|厅|办)"
    r"(?:负责|牵头|要|应当?|须|需|力争|争取|确保|计划|于|在|年底?[内前])*"
)
# 市人社局|每年培训, 省财政厅|落实配套资金: what an office does
OFFICE_DOES = re.compile(r"(?:每年|每季度|每月)|(?:落实|安排|筹措|筹集|统筹|组织)[\u4e00-\u9fff]{2}")
# 次数, 面积: no subject without what they are of
MEASURE_ALONE = re.compile(
    r"(?:提升|改造|建设)?(?:项目|任务|工程|工作|活动|试点|服务)|总?(?:次数|人数|人次|面积|规模|数量?|总量|里程|能力|比例|成本|时间|期数|场次|标准)"
)
# 建成区, 培训基地: no verbs
COMPOUND_NOUN = re.compile(
    r"新上市(?:公司|企业)|安置(?:住?房|点|区)|建设(?:区域?|单位|标准|资金|投资|拨款|成本|主体|周期|水平|质量)|(?:更新)?改造投资|孵化(?:器|基地|园)|发展(?:水平|指数|基金|规模|中心|能力|质量|速度|中国?家)|研发(?:投入|经费|费用|支出|强度|人员|中心|机构|平台)|建成区|建设用地|新增劳动力|生产总值|"
    r"培[训养](?:基地|机构|中心|周期|时间|学时)|带动(?:力|能力|作用)|服务(?:业|站|中心|设施|机构)|开发(?:区|边界|强度)|整治区域|覆盖(?:[面率]|范围|人口)|监测(?:企业|站|点|断面|体系|样本)|"
    r"保护(?:区|地|站)|治理(?:能力|体系)|(?:救助|检测|推广)(?:管理)?(?:站|中心|机构)|生产(?:能力|线|基地|安全)|储备[库粮林]|申请(?:材料|表)|"
    r"实施(?:方案|细则|意见|办法)|组织(?:机构|体系|化)|转移支付"
)
# 生产|性服务业, 集聚|提升类村庄, 培育|类企业, 节约|型机关: a kind of things, whose name begins with a verb
NAME_OF_KIND = re.compile(r"(?:提升|改善|保护|融合|发展|引导|控制|完善|更新|保留|服务)?[性类型式](?![似别])")
# what leads over to the number, at the end of the words before it; each line says what
_TAILS = (
    # from which level: 由33%(提高到)
    r"(?:由|从(?![业事属]))[^，]{0,8}\d[^，]{0,6}",
    # how, and what is to be: 原则上, 均, 要, 应当, 将, 力争, 拟按照, 再
    r"原则上|总体上|(?<=[\u4e00-\u9fff]{3})(?:要|将)(?:建成|完成|新建|培育|培训|改造)"
    r"|(?<![平人户年日月])均|(?<![主重需必])要|(?<![响供适对])应当?在?|将|力争|争取|确保|预计|拟?按照?|再",
    # time: 三年, 每年, 全年; 平均每年
    r"(?:连续)?(?<!\d)(?:[三四五]|\d)年|每年|全年|平均每年|每年平均|年平均|平均",
    # after a measure: 率在, 率稳定, 率目标值, 同比, 增速保持两位数
    r"(?<=[率比重例速幅])在|(?<=[率比重例量数])稳定|(?<=[率量重例值度])目标值?|[同环]比|(?:年均)?增速(?:保持)?(?:两位数?|较快|中高速)",
    # in all: 企业全部, 总计
    r"(?<=[率比重例])仅|(?<=[\u4e00-\u9fff]{4})全部|(?<=[\u4e00-\u9fff]{2})(?:总计|合计|共计|共)",
    # a change that goes on: 稳步提高并
    r"(?:(?:稳步|持续|逐步|平稳)?(?:回升|上升|提高|提升|增长|增加|扩大|下降))?并",
    # compared with what: 比2020年(的8%), 较年初, 与上年相比, 在2020年基础上, 与经济增长同步
    rf"{COMPARED_WITH}(?:(?:\d{{4}}|上)年?(?:年?[底末]|同期|水平|基数)?|(?:年|期|去年|上年)初"
    rf"|[“\"]?十[{ONES}]五[”\"]?(?:期间|时期|末)?|[同基]期|当前|目前|现在|现状|规划初期)(?:的\d[\d.,·]*[^，\d]{{0,6}})?",
    r"(?:与|同|和)(?=[“\"]?十|\d{4}|上年|去年|目前|当前|现|基[期准])[^，、]{1,14}相比|在[^，、在]{1,14}的?基础上",
    rf"{COMPARED_WITH}(?:时期|末|期末|规划期|[“\"]?十[{ONES}]五[”\"]?(?:规划)?期末)",
    r"(?:与|同|和)[\u4e00-\u9fff]{2,10}?(?:基本|保持)*(?:同步|持平|一致)",
    # kinds of what is counted then: 服务项目达到11大类 (37项)
    r"(?<=到)\d{1,3}个?大?[类种]",
    # a change in words: 翻一番, 只增不减, 大幅
    r"(?:力争|基本)?(?:实现)?(?:倍增|翻[一两]?番)|[“\"]?只[增升]不[减降][”\"]?",
    r"(?<=[\u4e00-\u9fff]{2})(?:始终|常年|长期|稳步|逐步|持续|平稳|一直|大幅|显著|明显|快速|总体|基本|(?:向|朝着?)\d[^，]{0,8}迈进)",
)
SUBJECT_TAIL = re.compile(rf"(?:{'|'.join(_TAILS)})\Z")
# 与云岭大学、省科院合作|建立示范基地: with whom it is built
BUILT_WITH = re.compile(r"^与[^，。；]{2,24}?(?=共建|共同建|联合建|合作建)(?:共同|联合|合作)?")
# 规划|污水处理率: planned, before a measure; 规划实施率 and 规划用地规模 are measures of the plan
PLANNED = re.compile(
    rf"规划(?!{OF_THE_PLAN}|建)"
    r"(?=[\u4e00-\u9fff]{2,20}(?:[率比量]|比[重例])\Z)"
)
# 6个|乡镇取水设施 (24处): where the things are, of which the number says how many
SO_MANY_PLACES = re.compile(rf"\A\d+个(?P<places>{SMALL_PLACES})(?:（[^（）]{{0,200}}）)?(?=[\u4e00-\u9fff]{{2}})")
# 西部路段|和: what the number counts is another thing; not 总和
JOINED_ON = re.compile(r"[\u4e00-\u9fff”](?:(?<![共总饱温缓调])和|以及|、)\Z")
# 对|排污口整治完成率: no part of a rate
FOR_WHAT = re.compile(r"\A对(?![外口接标照比象])(?=[\u4e00-\u9fff、]{4,40}率\Z)")
# 新建|学校达到50所: what makes the thing that is counted; not 种植大户, 签约金额, whose kind the verb says
MAKES = re.compile(
    r"[新改扩续迁重]建|新增|建[成设立造好]|完成|实现|打造|培育|创[建成]|引进|形成|争[创取]|力争|确保|获[得批]|取得|发展|改造|治理|培养|遴选|评[定选]|选[拔派聘]|"
    r"实施|培训|组建|成立|推广|新[改扩]建|改扩建|增加|设[立置]|开展|举办|组织|落实|资助"
)
# 新建成|学校, 新开通|公交线路: 新 and a verb of two characters; not 新建成品油库, 新开发区
NEW_DEED_DONE = (
    r"新(?:建成(?:投用)?(?![品片套本熟])|打造|建立|修订|开[通办设]|开发(?!区|边界)|购置|培育|组建|创建|投[用产放]|安装"
    r"|配备|招[录聘]|注册|纳统|挂牌)"
)
# 完成造林面积: the verb before a measure
DOING = re.compile(
    r"(?:完成|实施|开展|组织|发展)(?!率|度|量|时[限间]|情况|指[标数]|方[案式]|细则|意见|办法|机构|体系|化|水平|能力)"
)
# 依托大型企业|组建…, 利用闲置校舍|改建…, 在服务区|新建…: the means or place, before what is made with or in them
WITH_MEANS = re.compile(
    rf"^(?:(?:充分)?(?:依托|利用|整合|发挥|借助|结合)|在(?![建校册库线职读研]))[^，。；]{{2,16}}?(?={FOUNDING}(?!的|了))"
)
# 县财政每年安排 | 专项资金, 区级财政安排 | 人才资金, 市财政从2022年起每年安排 | 资金, 市本级每年安排: who pays
FUNDED = re.compile(
    r"[^，。；]{0,12}?(?:财政[^，。；]{0,4}?每年|财政(?:部门)?|[省市县区州]本级每年|财政[从自]?\d{4}年(?:起|开始)[，,]?每年)"
    r"(?:预算)?(?:安排|统筹|落实|拨付)(?!率|情况|到位)(?=.{3}|\Z)"
)
RECKONED_FOR = re.compile(rf"(?<=[至到为])(?:{FOR_EACH})\Z")
# 新建50万亩, 1985年生产1650万吨, 面积达到300万亩: of what?
NOTHING_SAID = re.compile(
    rf"(?:{CALENDAR_YEAR}年)?(?:新建|改建|扩建|新增|增加|减少|增产|生产|建成|投产|竣工|开工|安排|形成|达到|实现|力争|争取|确保|努力|完成(?!率)|[、和及并])+|总?面积"
    r"|(?:年均|平均每年|每年|[各均])+(?:递增|递减|增长|增加|下降|提高)?|(?:同比|环比|分别|增长|下降|提高|上升)+"
)
# 比1980年的4.9%, 由12.9吨, 山西大同（: a clause that began in words that are lost or were cut
CUT_OFF = re.compile(
    r"^(?:比(?![例重值率赛武])|较(?=\d|上年|[“\"]?十)|(?:由|从)[^，]{0,6}\d)|\d\s?[%％‰](?!以[上下内]|的)|[（(〈《〔]\Z"
)
WHOLE_REGION = re.compile(
    r"(?:全[省市县区州盟旗乡镇国]|我[省市县区州盟旗乡镇])(?=建成|新建|新增|培训|完成|打造|创建|培育|改造|引进|形成|推广|开展|实施)"
)
# 在100家企业中选择 | 20家, 取消20项收费中的 | 5项: some of these things; 在市场中选择: of others
_CHOOSES = r"(?:择优|重点)?(?:选择|遴选|选取|筛选|评选|选出|选定|确定|选派)"
SOME_OF_SO_MANY = re.compile(
    r"(?:[在从](?:全[省市县区州国])?)?\d[\d,]*[十百千]?万?[\u4e00-\u9fff](?P<things>[\u4e00-\u9fff]{2,16})中"
    rf"(?:的|{_CHOOSES})?\Z|[在从][\u4e00-\u9fff]{{2,16}}中{_CHOOSES}\Z"
)


def stripped(text: str, *, reached: bool = False) -> str:
    """The subject that the words before a number name: they without verbs at the beginning and end, without what
    `trimmed` takes off, without what leads over to the number at the end (由33%, 每年, 同比, 人均, 将), and without the
    means (依托…): '新建改建农村公路' -> '农村公路', '森林覆盖率由33%提高到' -> '森林覆盖率'. '' where they are only a
    verb of making or acting ('培训'), 年产 or 日产, or end with 和 or 、. 规划 goes before a rate or amount
    (规划污水处理率; PLANNED) or things (规划高中; PLANNED_THINGS).

    A verb of making stays where it is part of a word (建成区, 生产性服务业), where it says the kind of what is to reach
    an amount (种植大户达到; `reached` says that 超过 or the like follows these words), where only a measure would be
    left (培训次数), and in words that end with the name of a measure (新建居住区达标率; 完成 and the like go there
    too).
    '床位数达到每千名老年人' -> '每千名老年人床位数', '县财政每年安排专项资金' -> '专项资金', '销量达到总销量的' ->
    '销量', '全省建成食堂' -> '全省食堂', '在100家企业中选择' -> '企业'.
    """
    whole = text = WITH_MEANS.sub("", trimmed(text))
    if funded := FUNDED.match(text):
        return SUBJECT_TAIL.sub("", last("reach").sub("", text[funded.end() :]))
    if of_many := SOME_OF_SO_MANY.search(text):
        return stripped(text[: of_many.start()]) + (of_many["things"] or "")
    if part := SHARE_DONE.search(text):  # 完成工程量的60%
        return str(part["whole"])
    if proportion := PROPORTION.search(text):
        return SUBJECT_TAIL.sub("", text[: proportion.start()])
    if (each := RECKONED_FOR.search(text)) and last("reach").search(text, 0, each.start()):
        return each[0] + stripped(text[: each.start()])  # 床位数达到每千名老年人 | 40张
    for _ in range(2):  # 达到并保持在
        text = SUBJECT_TAIL.sub("", last("reach").sub("", APIECE.sub("", text)))
    text = DOING.sub("", text, count=1) if DOING.match(text) and len(text) > 4 else text
    if PLANNED.match(text) or PLANNED_THINGS.fullmatch(text):
        text = text.removeprefix("规划")
    if MEASURE_NAME.search(text):  # 新建居住区达标率
        return FOR_WHAT.sub("", text)
    if scope := WHOLE_REGION.match(text):  # 全省建成食堂
        return scope[0] + stripped(text[scope.end() :]) if text[scope.end() :] else text
    reached = reached or last("reach").search(whole) is not None
    while not COMPOUND_NOUN.match(text) and (making := making_verb().match(text)) and making.end() < len(text) - 1:
        if reached and not MAKES.fullmatch(making[0]):  # 种植|大户达到500户
            break
        of_verb = MEASURE_ALONE.fullmatch(text, making.end()) or NAME_OF_KIND.match(text, making.end())
        if of_verb:  # 培训次数, 生产性服务业
            break
        text = text[making.end() :].lstrip("、和并及与或")
    text = SO_MANY_PLACES.sub(lambda many: many["places"], text)
    if text in ("年产", "日产"):  # 形成年产30万吨锂盐的生产能力: the noun stands after the number
        return ""
    if JOINED_ON.search(text):  # 西部路段和 | 8条公路: what is counted stands after the number
        return ""
    return "" if text in words("create") or text in words("act") else text.rstrip("的")


def trimmed(text: str) -> str:
    """The words before a number without what a subject does not begin with, however much of it there is, and without
    white space around the rest. These are an office that acts (`_without_actor`); words (SUBJECT_LEAD) of intent and
    urging (力争, 推动), of time (三年内, 届时), of extent and manner (其中, 累计, 至少, 稳步), words that join or lead
    on (并, 还, 将), a bracket, dashes and 、; and then the partner in a work. '其中，' keeps its comma: only the marks
    named here go.

        '力争三年内累计推动企业' -> '企业', '（含续建）全面建成水库' -> '建成水库', '与某大学共同建立基地' -> '建立基地'
    """
    return BUILT_WITH.sub("", SUBJECT_LEAD.sub("", _without_actor(text)), count=1).strip()


def _without_actor(text: str) -> str:
    """The text without an office at its beginning that is to do what follows, a verb of making or doing, 落实资金 or
    the like, or 每年: '县住建局负责完成老旧小区改造' -> '完成老旧小区改造'. 各乡镇要建成敬老院 stays, since each has
    its own."""
    actor = ACTING_OFFICE.match(text)
    if actor and any(verb.match(text, actor.end()) for verb in (DOING, making_verb(), OFFICE_DOES)):
        return text[actor.end() :]
    return text


@cache
def making_verb() -> re.Pattern[str]:
    """The pattern of a verb of making: 新建, 培训, 实施, 新开通."""
    return re.compile("|".join((NEW_DEED_DONE, *map(re.escape, words("create")), "实施")))


@cache
def size() -> re.Pattern[str]:
    """The pattern of a number with its unit: 280公里, 0.1平方米, 10 亿米."""
    return re.compile(rf"\d[\d.,]*\s?{unit_pattern()}")


def without_level(subject: str) -> str:
    """The subject without the level that stands at its end, or that from which it changes, and without marks at its
    beginning; at least two Chinese characters or brackets must stand before the level: '油料1,050万吨' -> '油料',
    '全社会投资合计为26000亿元' -> '全社会投资', '吞吐能力将由1980年的2.17亿吨增加到' -> '吞吐能力'."""
    return _level_at_end().sub("", subject).lstrip("．.、，·")


@cache
def _level_at_end() -> re.Pattern[str]:
    """A pattern of the level or change at the end of a subject (1,050万吨 of 油料1,050万吨, 合计为 and 以上 included;
    提高5个百分点), and of the year from which it changes (将由1980年的2.17亿吨增加到). Two Chinese characters or
    brackets must stand before it."""
    return re.compile(
        r"(?<=[\u4e00-\u9fff）)”][\u4e00-\u9fff）)”])(?:提[高升]|增[长加]|上升|下降|降低|减少)?"
        r"(?:预计|计划|将)*(?:达到?|为|约|共|总计|合计为?)*"
        rf"(?:\d[\d.,]*[万亿]?[-~—–－]{{1,4}})?{size().pattern}(?:以上|左右)?\Z"
        rf"|(?:将|要|可)?(?:由|从){CALENDAR_YEAR}年[^，]{{0,30}}\Z"
    )


def says_nothing(subject: str) -> bool:
    """Whether the subject is only deeds of making or changing an amount (NOTHING_SAID), 分别, or 面积 or 总面积 alone,
    without what it is of: '新建', '1985年生产', '增长', '面积' -> True; '绿地面积', '培训' -> False."""
    return NOTHING_SAID.fullmatch(subject) is not None


def is_cut_off(subject: str) -> bool:
    """Whether the subject begins with a comparison or start without what is compared ('比1980年的4.9%', '由12.9吨'),
    ends with an opening bracket, or holds a percentage without 以上, 以下, 以内 or 的 after it
    ('婴儿死亡率下降10%主要传染病报告发病率'; not '达标率90%以上的企业')."""
    return CUT_OFF.search(subject) is not None
