"""The subject of a commitment, what it is about: words before the number, after it, or in an earlier clause. `spoken`
is the copy of the sentence that docs/glossary.md describes."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extractors import expressions as re
from extractors.reference.units import unit_pattern
from extractors.targets.changes import changed
from extractors.targets.contexts import in_one_list
from extractors.targets.in_turn import (
    DEED_KEPT,
    KIND_ALONE,
    LEVEL_NAME,
    LEVEL_OR_GRADE,
    MEASURE_NAME,
    MEASURE_WITHOUT_OBJECT,
    WHOLE_MEASURE,
    in_turn,
)
from extractors.targets.model import QuantityContext
from extractors.targets.words import (
    APIECE,
    COMPARED_WITH,
    COUNT_UNIT,
    FOR_EACH,
    FOUNDING,
    MONEY_UNITS,
    OF_THE_PLAN,
    PARTNERED,
    PLANNED_THINGS,
    PROPORTION,
    RATE_NAME,
    SHARE_DONE,
    SHARE_UNITS,
    last,
    some,
    words,
)
from extractors.vocabulary.dates import CALENDAR_YEAR
from extractors.vocabulary.numerals import ONES

# 推动, 全面: what a subject does not begin with
SUBJECT_LEAD = re.compile(
    r"^(?:[\s\0、—―-]|其中|建议(?=[将把])|把(?=[\u4e00-\u9fff]{3})|力争|争取|确保|保持(?![率度期力])(?=[\u4e00-\u9fff]{3})|(?:推动|推进|支持|帮助|鼓励|引导|促进|指导(?![员价线站意]|中心)|督促|(?:组织[和、])?发动(?!机))(?![性类型式](?![似别]))|原则上|必须(?=[\u4e00-\u9fff]{2})|按照?(?=[人户亩]均)|按照(?=[\u4e00-\u9fff]{2,30}(?:能力|用地|面积|规模)\Z)|为(?=[\u4e00-\u9fff]{2,8}减负)|实现(?!程度|率)|使(?![用命])得?|努力|全面(?=[建完实形推])|"
    r"基本(?=[建完实形消达普])(?!建设(?:投资|拨款|支出|项目|资金|规模|单位))|到(?![位期户账达])|全部|累计|分别|进一步|逐步|稳步|持续|不断|大力|积极|加快|预计|启动(?=[建实改])|限期|分[三四五\d]年|[各均](?=[完新建培]|改[造建]|治理|整治|实施|引进|创建|打造)|年均(?=[新培引建]|开[发展])|\d年(?=[新培引建吸])|并(?![购网轨联])|且|"
    r"再(?=[新建增打培创翻降])|将(?!军)|要(?=[建达新完实确不在力按将把通])|应(?=[不达建配当于在])|可(?=[新实建达满容提接增吸带])|也|还(?=[将要可])|"
    r"同时|至少|每(?:年(?!度)|季度|半年|学期|月|周)(?=.{2})|届时|(?:未来|今后)[三四五\d]年(?=[新建改培引完打])|[和及](?=每年|各[完新建培])|[今明]年(?=[\u4e00-\u9fff]{2})(?![底末初])|本年度?(?=[\u4e00-\u9fff]{2})(?![底末初])|全年(?=(?:城镇|农村)?新增|新登记|减税|减负|为企业)|年底前|年内(?=[新建完培引改开投])|(?:全年|[上下]半年|第?\w季度|今明两年)(?=新[建增扩]|建[成设]|[完创]成|完成|培[训育]|改[造建]|实施|引进|招[商引]|修|扩建|创建|打造|开工|实现|力争|确保)|高标准(?!农田|基本农田|良田|公路|厂房|学校)|(?!重点(?:建设|发展|培育|扶持|改造|开发)(?:区域?|项目|单位|企业|领域|产业|对象|工程))(?:重点|着力|集中|优先|统筹|联合|合作|有序|精准|择优)(?=[建打培推扶发改实创引完新布])|择优(?=支持)|(?:计划|规划)(?=[建打培推创引新布扩迁续]|改[造建]|设[置立]|[保预]留)|"
    r"（[^（）]{0,200}）|[从自][^，。]{0,6}起|三年内?|五年内?|\d{1,2}年内)+"
)
# 县住建局负责|完成老旧小区改造, 由市住建局牵头|改造小区, 县水利局应|: who acts is no part of what is to be reached
ACTING_OFFICE = re.compile(
    r"由?(?:[省市县区州盟旗]|[\u4e00-\u9fff]{2,4}[省市县区州盟旗])[\u4e00-\u9fff]{1,8}?(?:局|委|厅|办)"
    r"(?:负责|牵头|要|应当?|须|需|力争|争取|确保|计划|于|在|年底?[内前])*"
)
# 各县（市、区）要|(在2024年6月底前), 县水利局、县财政局应, 水利部门要, 县人民政府须: bodies that act, without a deed
ACTING_BODIES = re.compile(
    r"(?:(?:各|所有)[\u4e00-\u9fff、（）]{0,29}[省市县区州盟旗乡镇）]|[\u4e00-\u9fff、（）]{1,30}(?:[局委厅办]|部门|单位|政府|街道))"
    r"(?:要|应当?|必?须|需|负责|力争|争取|确保|计划){1,2}[在于]?"
)
# 市人社局|每年培训, 省财政厅|落实配套资金: what an office does
OFFICE_DOES = re.compile(r"(?:每年|每季度|每月)|(?:落实|安排|筹措|筹集|统筹|组织)[\u4e00-\u9fff]{2}")
# 新签约|亿元以上项目 50个，竣工30个: the deed of the first, which is not that of the second
NEW_DEED = re.compile(r"\A新?(?:签约|开工|引进|入库|立项)(?=[\u4e00-\u9fff]{2})")
# 高速公路|续建 8条，新开工5条
DEED_AT_END = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:新建|续建|改建|扩建|新?开工|新?签约|竣工|投产)\Z")
# 次数, 面积: no subject without what they are of
MEASURE_ALONE = re.compile(
    r"(?:提升|改造|建设)?(?:项目|任务|工程|工作|活动|试点|服务)|总?(?:次数|人数|人次|面积|规模|数量?|总量|里程|能力|比例|成本|时间|期数|场次|标准)"
)
# 建成区, 培训基地: no verbs
COMPOUND_NOUN = re.compile(
    r"安置(?:住?房|点|区)|建设(?:区域?|单位|标准|资金|投资|拨款|成本|主体|周期|水平|质量)|(?:更新)?改造投资|孵化(?:器|基地|园)|发展(?:水平|指数|基金|规模|中心|能力|质量|速度|中国?家)|研发(?:投入|经费|费用|支出|强度|人员|中心|机构|平台)|建成区|建设用地|新增劳动力|生产总值|"
    r"培训(?:基地|机构|中心)|服务(?:业|站|中心|设施|机构)|开发(?:区|边界|强度)|整治区域|覆盖(?:[面率]|范围|人口)|监测(?:企业|站|点|断面|体系|样本)|"
    r"保护(?:区|地|站)|治理(?:能力|体系)|(?:救助|检测|推广)(?:管理)?(?:站|中心|机构)|生产(?:能力|线|基地|安全)|储备[库粮林]|申请(?:材料|表)|"
    r"实施(?:方案|细则|意见|办法)|组织(?:机构|体系|化)|转移支付"
)
# 生产|性服务业, 集聚|提升类村庄, 培育|类企业, 节约|型机关: a kind of things, whose name begins with a verb
NAME_OF_KIND = re.compile(r"(?:提升|改善|保护|融合|发展|引导|控制|完善|更新|保留|服务)?[性类型式](?![似别])")
# 由33%提高到, 均达到: what leads over to the number
SUBJECT_TAIL = re.compile(
    r"(?:由|从(?![业事属]))[^，]{0,8}\d[^，]{0,6}\Z|(?:原则上|总体上)\Z|(?<=[\u4e00-\u9fff]{3})(?:要|将)(?:建成|完成|新建|培育|培训|改造)\Z|"
    r"(?:(?<![平人户年])均|(?<![主重需必])要|(?<![响供适对])应当?在?|将|力争|争取|确保|预计)\Z|(?:连续)?(?<!\d)(?:[三四五]|\d)年\Z|(?<=[率比重例速幅])在\Z|(?<=[率比重例量数])稳定\Z|每年\Z|(?<=[率量重例值度])目标值?\Z|[同环]比\Z|拟?按照?\Z|再\Z|全年\Z|(?<=[\u4e00-\u9fff]{2})(?:总计|合计|共计|共)\Z|"
    r"(?:(?:稳步|持续|逐步|平稳)?(?:回升|上升|提高|提升|增长|增加|扩大|下降))?并\Z|"
    rf"{COMPARED_WITH}(?:(?:\d{{4}}|上)年?(?:年?[底末]|同期|水平|基数)?|[“\"]?十[{ONES}]五[”\"]?(?:期间|时期|末)?|[同基]期|当前|目前|现在|现状|规划初期)"
    r"(?:的\d[\d.,·]*[^，\d]{0,6})?\Z|(?:与|同|和)(?=[“\"]?十|\d{4}|上年|去年|目前|当前|现|基[期准])[^，、]{1,14}相比\Z|在[^，、在]{1,14}的?基础上\Z|"
    rf"{COMPARED_WITH}(?:时期|末|期末|规划期|[“\"]?十[{ONES}]五[”\"]?(?:规划)?期末)\Z|"
    r"(?:与|同|和)[\u4e00-\u9fff]{2,10}?(?:基本|保持)*(?:同步|持平|一致)\Z|(?:力争|基本)?(?:实现)?(?:倍增|翻[一两]?番)\Z|[“\"]?只[增升]不[减降][”\"]?\Z|"
    r"(?:平均每年|每年平均|年平均|平均)\Z|"
    r"(?<=[\u4e00-\u9fff]{2})(?:始终|常年|长期|稳步|逐步|持续|平稳|一直|大幅|显著|明显|快速|总体|基本|(?:向|朝着?)\d[^，]{0,8}迈进)\Z"
)
# 完成|植树造林 | 6万亩, 封山育林 | 10万亩: deeds that hold their object and are what is measured
DEED_NOUN = re.compile(
    r"(?:完成|实施|开展|组织)?(?P<deed>[\u4e00-\u9fff]{0,6}?(?:造林(?:绿化)?|育林|还[林草湿]|种草|育苗|植树|抚育|封育|改厕|清淤|疏浚))"
)
# 与云岭大学、省科院合作|建立示范基地: with whom it is built
BUILT_WITH = re.compile(r"^与[^，。；]{2,24}?(?=共建|共同建|联合建|合作建)(?:共同|联合|合作)?")
# 规划|污水处理率: planned, before a measure; 规划实施率 and 规划用地规模 are measures of the plan
PLANNED = re.compile(
    rf"规划(?!{OF_THE_PLAN}|建)"
    r"(?=[\u4e00-\u9fff]{2,20}(?:[率比量]|比[重例])\Z)"
)
# 规划|保留青石水厂: what stays
KEPT = re.compile(r"(?:规划)?[保预]留(?![率比])")
# 西部路段|和: what the number counts is another thing; not 总和
JOINED_ON = re.compile(r"[\u4e00-\u9fff”](?:(?<![共总饱温缓调])和|以及|、)\Z")
# 对|排污口整治完成率: no part of a rate
FOR_WHAT = re.compile(r"\A对(?![外口接标照比象])(?=[\u4e00-\u9fff、]{4,40}率\Z)")
# 培养基地, 开放平台: what is reached is named by such a verb
FACILITY = re.compile(
    r"(?![新建改扩续创]|打造|完成|设立|布局|引进)[\u4e00-\u9fff]{2}(?:基地|平台|中心|站点?|机构|园区)"
)
# 完成造林面积: the verb before a measure
DOING = re.compile(
    r"(?:完成|实施|开展|组织|发展)(?!率|度|量|时[限间]|情况|指[标数]|方[案式]|细则|意见|办法|机构|体系|化|水平|能力)"
)
# 依托大型企业|组建…, 利用闲置校舍|改建…, 在服务区|新建…: the means or place, before what is made with or in them
WITH_MEANS = re.compile(
    rf"^(?:(?:充分)?(?:依托|利用|整合|发挥|借助|结合)|在(?![建校册库线职读研]))[^，。；]{{2,16}}?(?={FOUNDING}(?!的|了))"
)
# 现有, 全市, 沿江: no subject without what is counted
ATTRIBUTE = re.compile(
    r"(?:现有|沿[江海河湖边岸]|城区|市区|城镇|农村|剩余|其余|全部|所有|全[省市县区州盟旗乡镇国]|我[省市县区州盟旗乡镇])+"
)
# 城东片区 | 12个老旧小区, 青禾县 | 5个未来社区: where the things are that are named after the number
PLACE = re.compile(
    r"(?!城乡)[\u4e00-\u9fff]{1,12}(?:[市县区州盟旗镇乡]|街道|社区|流域|境内|建成区内?|[市县区]内|一带|沿[岸线江河湖海]|周边|组团|板块|新城|老城|城[东南西北中]|[东南西北中]部)"
)
# 县城, 苏南, 初中: a part of what a rate is of, and 污水集中处理率城市, a rate before the first part of a list
PART = re.compile(
    r"[\u4e00-\u9fff]{1,3}[市县区乡镇村城省州盟旗域南北东西中]|小学|初中|高中|幼儿园|男性|女性|职工|居民|城镇|农村|(?:东|西|中|南|北)部"
)
RATE_OF_PART = re.compile(rf"(?P<rate>[\u4e00-\u9fff]{{1,16}}(?:率|比例|比重|占比|满意度))(?P<part>{PART.pattern})")
# 全国重点|文物保护单位: not what a level below has
NATIONWIDE = re.compile(r"\A(?:全国(?:重点)?|全[省市县区州盟旗])(?=[\u4e00-\u9fff]{2})")
# 青禾县、泽宁城区, 农村居民, 中心城区: a part of what a measure is of
PART_WORD = (
    r"(?:(?:城市|市区|县城)?建成区|(?:中心城|老城|新城|主城|城|市|郊|山|牧|林|农|库)区|城市|城镇|农村|乡村|县城|(?![小社园景校灌辖示])[\u4e00-\u9fff]{1,3}(?<![小社园景校灌示范])[市县区镇旗州](?:城区)?"
    r"|[\u4e00-\u9fff]{2,3}城区|小学|初中|高中|幼儿园|男性|女性|[东西中南北]部)(?:居民|人口|地区|家庭|学校|学生)?"
)
PART_NAME = re.compile(rf"(?:其他|其余|各)?{PART_WORD}(?:[、和]{PART_WORD}){{0,5}}")
# 其中农村 | 20家: where so many of the things are
COUNTED = re.compile(r"[十百千]?万?(?:个|家|户|条|项|处|所|座|名|人|张|辆|台|套|册)")
WHERE_COUNTED = re.compile(
    r"(?:(?:中心城|老城|新城|主城|城|市|郊|山|牧)区|城市|城镇|农村|乡村|县城|[东西中南北]部)(?:地区)?"
)
PART_IN_BRACKETS = re.compile(r"（[^（）]{1,20}）\Z")
MAY_BE_PART = re.compile(r"[\u4e00-\u9fff、]{2,12}")
# 毛入园率, 防洪标准, 产量: the measure at the end of a subject
OF_MEASURE = re.compile(rf"{WHOLE_MEASURE.pattern}|{RATE_NAME.pattern}|(?:标准|能力|[^数质]量)\Z")
# 现有|茶园26万亩, 今年以来已新建|民宿100家, 截至目前已建成|民宿: what there is so far
_DONE = "建成|建有|新建|完成|培育|发展|引进|创建"
SO_FAR = re.compile(
    rf"^(?:截[至止](?:目前|当前|现在)|目前|当前|[今本]年以来|近年来)?，?(?:现有|共有|已有|现已|已经?)(?:累计)?(?:{_DONE})?(?=[\u4e00-\u9fff]{{2}})"
)
# 民宿|已建成 (100家)
DONE_SO_FAR = re.compile(rf"(?<=[\u4e00-\u9fff]{{2}})(?:现有|已有|已经?(?:{_DONE}))\Z")
# 占地区生产总值比重: of what was named before; not 占全球数量1%以上的物种, which says which ones
SHARE_OF = re.compile(r"占(?!比|地[面用])(?![^，。；]{0,24}[%％](?:以[上下])?的)")
# 文化产业增加值|年均增速 (8%)，占生产总值比重: of the amount, not of its growth
GROWTH = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:年均|年|平均)*(?:增速|增长率|增幅|增长)\Z")
# 超5亿元: how large, not what
SIZE = r"(?:超过?|达到?|过)?[\d.]*[十百千]?[万亿]元(?:以上)?"
SIZE_ALONE = re.compile(rf"(?:年?(?:主?营业?(?:业务)?收入?|产值|销售收入|销售额)|总?投资额?)?(?P<size>{SIZE})")
SIZE_OF_THINGS = re.compile(SIZE)
# 县财政每年安排 | 专项资金, 区级财政安排 | 人才资金, 市财政从2022年起每年安排 | 资金, 市本级每年安排: who pays
FUNDED = re.compile(
    r"[^，。；]{0,12}?(?:财政[^，。；]{0,4}?每年|财政(?:部门)?|[省市县区州]本级每年|财政[从自]?\d{4}年(?:起|开始)[，,]?每年)"
    r"(?:预算)?(?:安排|统筹|落实|拨付)(?!率|情况|到位)(?=.{3}|\Z)"
)
TOTAL = re.compile(r"(?<=[\u4e00-\u9fff]{2})总[\u4e00-\u9fff]{1,3}\Z")  # 旅游 | 总人数
# 每千人口拥有 | 床位6张、医师3人: holds for all of the list
FOR_EACH_HEAD = re.compile(rf"{FOR_EACH}(?:拥有|配备|配有|享有|有)?")
RECKONED_FOR = re.compile(rf"(?<=[至到为])(?:{FOR_EACH})\Z")
# 企业数量实现翻番, 外贸稳中提质, 经济规模持续扩大: a clause that says, without a number, that its subject grows
GROWS = re.compile(
    r"[\0\s]*(?P<subject>[\u4e00-\u9fff“”（）]{2,30}?)(?:实现|保持|得到|总体|力争|争取|确保|[均都])*"
    r"(?:倍增|翻[一两]?番|稳中[向有提求][\u4e00-\u9fff]{1,2}|[再迈跃登跨]上?(?:一个)?新的?台阶|(?:取得)?新的?(?:突破|跨越|提升)|[位稳]?居?全[省市国](?:前列|领先)|"
    r"(?:稳步|持续|不断|显著|大幅度?|进一步|逐[步年]|明显|稳定|快速|[平较]稳|较快|有效|继续|高速)+"
    r"(?:增[长加强多]|提[升高]|[扩壮做]大|[上攀回]升|改善|下降|降低|缩[小短]|减少|优化|发展|扩张|拓展|向好|好转|恢复))\Z"
)
# 农村面貌, 服务水平: what gets better and has no amount, so that a number after it may be of anything
WITHOUT_AMOUNT = re.compile(
    r"(?:面貌|实力|环境|结构|活力|动能|格局|影响力|竞争力|质量|效益|品质|体系|(?:服务|保障|治理|管理|发展|建设|生活)水平)\Z"
)
MAX_DEEDS_BETWEEN = 6  # characters of other verbs between a deed that is kept and the subject
# 规模为, 总面积达到: a size that a thing has which the clause before makes (新建清河水厂，规模为40万立方米/日)
SIZE_OF_MADE = re.compile(r"总?(?:面积|规模|里程|长度|能力)")
# 用于住房的比重 | ，由8%上升到10%, 提高科技贡献率 | ，达到60%
MEASURE_BEFORE = re.compile(
    rf"(?:(?:稳步|不断|持续|进一步|逐步)?(?:提[高升]|增加|扩大|降低|减少|加大))?(?P<name>[^，。；]{{2,40}}(?:{MEASURE_NAME.pattern}|{RATE_NAME.pattern}))(?<![\u4e00-\u9fff]水平)"
)
# 学校 | 至少配备 | 1名保安: the verb of the bound has its object after the number
LEAST_TO_HAVE = re.compile(
    r"(?:至少|最少)(?:要|应|须|能)?(?:配备|配置|安排|建有|建成|建设|建立|新建|打造|培育|拥有|配有|设有|设立|设置|创建|改造|开展|举办)"
)
# 占比, 覆盖率: no value of it is in 家 or 亿元
NAME_OF_SHARE = re.compile(r"(?:[率比]|比[重例])\Z")
SCALE_OF_UNIT = re.compile(r"^[十百千]?[万亿]")  # 万 | 户
CLASSIFIERS = "个家所座处名次期场批班"  # what is counted one by one, or takes place several times
# 年均|5000人, 每次|不少于50人: of what is said before
RATE_ALONE = re.compile(rf"(?:平均)?(?P<rate>年均|每(?:年|月|季度|[{CLASSIFIERS}村镇乡校户人]))(?:平均|为|约|达到?)?")
# 每个面积, 每所投资, 每座充电桩: of each of what is said before, where that is counted so or only a measure follows
OF_EACH = re.compile(rf"每(?P<by>[{CLASSIFIERS}])(?=[\u4e00-\u9fff])")
MEASURE_OF_EACH = re.compile(
    r"(?:总|建筑|占地|用地|使用|服务|培训|开放|活动)*(?:面积|投资|规模|时间|人数|长度|能力|产值|收入)"
)
# 户均 | 不低于: what each has
APIECE_ALONE = re.compile(r"[户人村县镇乡校班亩场]均(?:面积|投入|达到?|不[低少高]于|超过|拥有|配备|占有)*")
# 新建50万亩, 1985年生产1650万吨, 面积达到300万亩: of what?
NOTHING_SAID = re.compile(
    rf"(?:{CALENDAR_YEAR}年)?(?:新建|改建|扩建|新增|增加|减少|增产|生产|建成|投产|竣工|开工|安排|形成|达到|实现|力争|争取|确保|努力|完成(?!率)|[、和及并])+|总?面积"
    r"|(?:年均|平均每年|每年|[各均])+(?:递增|递减|增长|增加|下降|提高)?|(?:同比|环比|分别|增长|下降|提高|上升)+"
)
# 比1980年的4.9%, 由12.9吨, 山西大同（: a clause that began in words that are lost or were cut
CUT_OFF = re.compile(
    r"^(?:比(?![例重值率赛武])|较(?=\d|上年|[“\"]?十)|(?:由|从)[^，]{0,6}\d)|\d\s?[%％‰](?!以[上下内]|的)|[（(〈《〔]\Z"
)
# 按1980年不变价格计算, 就全国来说: what says how, not what
IN_TERMS_OF = re.compile(r"按(?:照)?[^，]{0,20}(?:计算|口径|价格?)|[就从][^，]{1,10}(?:来说|而言|来看)")
EVERY_TIME = re.compile(r"每(?:年|季度?|学期|半年|个?月|周|[\d两三四五]年)\Z")
WHOLE_REGION = re.compile(
    r"(?:全[省市县区州盟旗乡镇国]|我[省市县区州盟旗乡镇])(?=建成|新建|新增|培训|完成|打造|创建|培育|改造|引进|形成|推广|开展|实施)"
)
# 三级医院 | 开通…: what the share is of, and what it is to do
SHARE_DEED = re.compile(
    r"的(?P<what>[\u4e00-\u9fff]{1,20}?)(?P<deed>(?:全部|均|都)?(?:开通|建成|实现|达到|完成|配备|设立|设置|接入|纳入|通过|建立|"
    r"具备|提供|开展|普及|使用|应用|参加|成为|拥有|开设)[^，。；]*)"
)
# 40%的比例给予救助, 2000元标准发放生活费: the ratio of what
RATIO = re.compile(
    r"(?:的|(?=标准(?:发放|给予|安排|拨付)))(?P<ratio>比例|标准)(?:发放|给予|予以|进行|实行|安排|配备|支付)?(?P<of>(?!安排|[列纳]入|执行|落实|给予|予以|配[建备])[\u4e00-\u9fff]{2,10})(?![\u4e00-\u9fff])"
)
# 为老年人提供…, 县财政安排…: the object stands after the number
GIVING = re.compile(
    r"(?:提供|安排|拨付|落实|筹集|筹措|统筹|整合|投入|配备|设置|设立|开展|组织|实施|举办|召开|发放|建有|建成|新增|拥有|产生|构建|[均都应]有|(?:取消|下放)[、和](?:调整|下放|取消)|"
    r"(?:设立|组建|成立|筹建|发起)[\u4e00-\u9fff]{0,8}规模)\Z"
)
# 对|向 200家企业 开展 诊断: what is done to whom
TO_WHOM = re.compile(r"(?:对|为|向|给)\Z")
DONE_TO_WHOM = re.compile(
    r"的?(?P<whom>[^，。；\0]{0,30}?)(?:进行|实行|开展|实施|予以|给予|提供|安装|配备|配置|发放|更新|更换|购置|添置|购买|办理)(?P<what>[^，。；、\0]{2,20})"
)
APPLIED_VALUE = re.compile(r"的(?:标准|比例|要求|幅度|速度|水平)")
PURPOSE = re.compile(r"(?:用于|用来|以?支持|助力|服务于|赴)")
NOUN = re.compile(
    r"的?(?:以[^，。；\0]{2,24}?的|安排|用于)?(?P<noun>(?![以左和、])(?:[\u4e00-\u9fffA-Za-z0-9“”\"+]|（[^（）\n]{1,20}）){2,30})"
)


def subjects(
    spoken: str, flat: str, clauses: Sequence[tuple[int, int]], contexts: Sequence[QuantityContext]
) -> list[str]:
    """The subject of each number of `contexts`, the commitments of one sentence in order; '' for one that the sentence
    does not name. `clauses` are the spans of the sentence's clauses.

    A number right after another (4条280公里) has the same subject. Numbers in a row (甲率、乙率分别达到95%、90%;
    `_rows`) have the subjects that stand before them in the same order (`_in_row`); where these cannot be told apart,
    all have that of the first after 分别. Percentages that share a deed at the end of their clause have the deed in
    their subjects: 推动90%的村、80%的镇开通宽带 -> 村开通宽带, 镇开通宽带. Any other number has that of `subject`, with
    the first subject of the last clause before its own that has one as `earlier`, or with none where a number that is
    no commitment stands between the number before and its clause; a clause between that names something without a
    number takes its place (`_named_between`), with the name '' for what has no amount (服务水平). A level alone (省级)
    gets the noun of the subject before it: 培育国家级企业5家、省级60家. One still alone, or a grade (500亿级), gets
    that of the subject after it, if that begins with one too: 1个省级、16个市级储备库. A rate before a list of parts
    (污水处理率城市…) is said of each of them (`_of_parts`).
    """
    named: list[str] = []
    parts = _parts(contexts)
    for row in _rows(spoken, flat, contexts):
        each = _in_row(spoken, clauses, contexts, row, named) if len(row) > 1 else None
        for at in row:
            if each:
                named.append(each[at - row[0]])
            elif at > row[0] and "分别" in contexts[at].clause:
                named.append(named[row[0]])
            else:
                named.append(_one(spoken, clauses, contexts, at, named))
            named[at] = _for_each_head(contexts, at) + named[at]
            named[at] = _of_whole(contexts, at, named, parts)
    for at in range(len(named) - 2, -1, -1):
        if LEVEL_OR_GRADE.fullmatch(named[at]) and LEVEL_OR_GRADE.match(named[at + 1]):  # 1个省级、16个市级储备库
            named[at] += LEVEL_OR_GRADE.sub("", named[at + 1], count=1)
    return _with_deeds(spoken, contexts, _of_parts(contexts, named))


def _of_whole(contexts: Sequence[QuantityContext], at: int, named: Sequence[str], parts: Sequence[bool]) -> str:
    """The subject `named[at]` of the number `contexts[at]`; where that is only a level, a kind or a part, with what it
    is a part of: the subject in `named` of the nearest number before it that is no part after 其中 itself (`parts`,
    which `_parts` gives). That gives

    - 省级企业 for a level: 培育国家级企业5家、省级60家;
    - after 其中 and in the same unit, for a kind, unless what it is a part of is one too, and for where things are that
      are counted (WHERE_COUNTED): 五星级酒店 of 酒店200家，其中五星级100家, 农村养老院 of 养老院50家，其中农村20家;
    - in the same unit, neither number a change, where the subject before ends with a measure that the part has not, for
      any part after 其中 or one of PART_NAME: 入园率（农村） of 入园率达到90%，其中农村达到80%. Where both are of
      PART_NAME, the part takes the place of the other: 青禾县防洪标准 of 中心城区防洪标准…，青禾县达到50年一遇.
    """
    name, context = named[at], contexts[at]
    if not at or not name:
        return name
    whole, among = next((i for i in range(at - 1, -1, -1) if not parts[i]), at - 1), parts[at]
    if LEVEL_NAME.fullmatch(name):
        return name + NATIONWIDE.sub("", LEVEL_NAME.sub("", named[whole]))
    if SCALE_OF_UNIT.sub("", contexts[whole].unit) != SCALE_OF_UNIT.sub("", context.unit):
        return name
    if among and KIND_ALONE.fullmatch(name):
        return name if KIND_ALONE.fullmatch(named[whole]) else name + named[whole]
    of_all = PART_IN_BRACKETS.sub("", named[whole])
    own = context.before.replace("其中", "").strip("\0 ")
    if among and name == of_all and OF_MEASURE.search(of_all) and MAY_BE_PART.fullmatch(own):
        return f"{of_all}（{own}）"  # 水产品产量50万吨，其中养殖40万吨
    measured = OF_MEASURE.search(of_all) and not OF_MEASURE.search(name)
    part = MAY_BE_PART.fullmatch(name) if among else PART_NAME.fullmatch(name)
    counted = among and COUNTED.fullmatch(context.unit) and WHERE_COUNTED.fullmatch(name)
    if not ((measured and part) or counted) or changed(context) or changed(contexts[whole]):
        return name
    first = PART_NAME.match(of_all) if PART_NAME.fullmatch(name) else None
    return name + of_all[first.end() if first else 0 :] if first or counted else f"{of_all}（{name}）"


def _parts(contexts: Sequence[QuantityContext]) -> list[bool]:
    """For each number whether it is of a part of what was said before: 其中 begins its clause, or it goes on with the
    list of such a number, without a verb of reaching (其中水电133万千瓦，火电460万千瓦)."""
    found: list[bool] = []
    for context in contexts:
        goes_on = bool(found) and found[-1] and context.joined and not last("reach").search(context.before)
        listed = goes_on and MAY_BE_PART.fullmatch(context.before.strip("\0 ")) is not None
        found.append(context.is_of_part() or listed)
    return found


def _shares_deed(contexts: Sequence[QuantityContext], at: int, words: str) -> bool:
    """Whether the deed of the number before holds for `contexts[at]` too: that goes on with the list or is of a part
    (其中…), and its words before the number, `words`, have no verb of their own; or these are a rate (年均)."""
    context = contexts[at]
    listed = at > 0 and context.joined and contexts[at - 1].span[0] == context.span[0]
    if RATE_ALONE.fullmatch(words.strip("　 ")):
        return True
    if not listed and not context.is_of_part():
        return False
    verb = _making().match(trimmed(words)) or last("create").search(words) or last("reach").search(words)
    return verb is None


def _with_deeds(spoken: str, contexts: Sequence[QuantityContext], named: list[str]) -> list[str]:
    """The subjects `named` of the numbers `contexts`, with the deed before those of which the number says how much is
    added, moved or done away with, not how much there is (DEED_KEPT): 新增城镇就业 for 30万人 in 新增城镇就业30万人.
    The deed stands before or after the subject in the words of the number (`_deed_kept`). It holds too for the numbers
    that go on without a verb of their own: those of the same list, those of a part (其中护理型床位500张), and a rate
    (年均5000人). Verbs between the deed and the subject stay: 新增接入系统."""
    found, deed = list(named), ""
    for at, (context, name) in enumerate(zip(contexts, named, strict=True)):
        words = spoken[context.item[0] : context.quantity.start].replace("\0", "")
        own = _deed_kept(words)
        deed = own or (deed if deed and _shares_deed(contexts, at, words) else "")
        opened = 2 if name[:2] + deed in words else 0  # 全县 | 新增耕地
        if not name or not deed or name.startswith(deed, opened) or name.endswith(deed):
            continue
        start = words.find(deed)
        stop = words.find(name, start + len(deed)) if own else -1
        between = start + len(deed) <= stop <= start + len(deed) + MAX_DEEDS_BETWEEN  # 新增接入 | 系统
        found[at] = words[start:stop] + name if between else name[:opened] + deed + name[opened:]
    return found


def _deed_kept(words: str) -> str:
    """The deed of DEED_KEPT among the verbs of making with which the words before a number begin, after 全省 or the
    like, or at their end (停车位新增): '全省新增停车位' -> '新增', '新建、新增停车位' -> '新增'. '' where there is
    none, and where a rate or another share is what is said of it (淘汰率)."""
    rest = trimmed(words)
    if scope := WHOLE_REGION.match(rest):
        rest = rest[scope.end() :]
    while making := _making().match(rest):
        if deed := DEED_KEPT.match(rest):
            return "" if COMPOUND_NOUN.match(rest) or re.match("[率度量]", rest[deed.end() :]) else deed[0]
        rest = rest[making.end() :].lstrip("、和并及与或")
    ending = re.search(r"(?:新增|净增)\Z", words.rstrip("　 \0"))
    return ending[0] if ending else ""


def _of_parts(contexts: Sequence[QuantityContext], named: list[str]) -> list[str]:
    """The subjects `named` of the numbers `contexts`, in which a rate that stands once before a list of parts is said
    of each part: 污水处理率城市 95%、县城 90% -> 污水处理率（城市）, 污水处理率（县城）. The numbers are percentages;
    the first has the rate and a part (RATE_OF_PART), each other one only a part (PART)."""
    found = list(named)
    for at, name in enumerate(named):
        rate = RATE_OF_PART.fullmatch(name) if contexts[at].unit == "%" else None
        stop = at + 1
        while rate and stop < len(named) and contexts[stop].unit == "%" and PART.fullmatch(named[stop]):
            stop += 1
        if rate and stop > at + 1:
            parts = [rate["part"], *named[at + 1 : stop]]
            found[at:stop] = [f"{rate['rate']}（{part}）" for part in parts]
    return found


def _for_each_head(contexts: Sequence[QuantityContext], at: int) -> str:
    """The words of a rate that hold for the number `contexts[at]` too, because it continues the list of its clause that
    begins with them: 每千人口拥有 for 3人 in 每千人口拥有床位6张、医师3人. '' where there are none, for units of shares
    (SHARE_UNITS: %, ‰, 倍), and for a number whose item begins with 每, 人均 or 户均 or has a word that `stripped`
    takes off (a verb, 其中, 累计), unless that is one of reaching and both subjects end alike
    (每千人口医师数达到3.2人、护士数达到3.8人)."""
    context = contexts[at]
    opening = next(one for one in contexts if one.span[0] == context.span[0])
    rate = FOR_EACH_HEAD.match(opening.before.lstrip("\0 "))
    own = context.before.strip("\0 ")
    if rate is None or opening is context or not context.joined or context.unit in SHARE_UNITS:
        return ""
    named, of_opening = stripped(own), stripped(opening.before)
    reached = own.startswith(named) and named[-1:] == of_opening[-1:] != ""  # 医师数达到3.2人、护士数达到3.8人
    return "" if (own != named and not reached) or own.startswith(("每", "人均", "户均")) else rate[0]


def _one(
    spoken: str,
    clauses: Sequence[tuple[int, int]],
    contexts: Sequence[QuantityContext],
    at: int,
    named: Sequence[str],
) -> str:
    """The subject of the number `contexts[at]`, as `subjects` says, where it stands in no row or in one that cannot be
    told apart. `named` are the subjects of the numbers before it."""
    context, before_it = contexts[at], contexts[at - 1] if at else None
    if before_it and spoken[before_it.quantity.end : context.quantity.start] in ("", "项目", "工程"):
        return named[at - 1]  # 高速公路4条280公里, 高速公路18个项目1360公里
    last_of_clause = [one for one in contexts if one.span[0] == context.span[0]][-1]
    if context.unit == "%" and (shared := SHARE_DEED.match(_after(spoken, last_of_clause))):
        own_share = SHARE_DEED.match(_after(spoken, context))
        what = own_share["what"] if own_share else _after(spoken, context).removeprefix("的")
        return _before(spoken, context) + what + shared["deed"]
    earlier = _earlier(contexts, at, named) if at else None
    if before_it and size().search(spoken, before_it.span[1], context.span[0]):
        earlier = None  # 甲产值10亿元，增长9%；乙产值5亿元，增长8%: the second change is one of 乙
    if between := _named_between(spoken, clauses, context, before_it):
        earlier = _Earlier("" if WITHOUT_AMOUNT.search(between) else between, "")
    unit = SCALE_OF_UNIT.sub("", context.unit)
    alike = any(SCALE_OF_UNIT.sub("", other.unit) == unit for other in contexts[:at])
    return subject(spoken, clauses, context, earlier, alike=alike)


class _Earlier(NamedTuple):
    """The subject before a number that this number may be about where it has none of its own: its name, '' where it
    cannot be told, and the unit of the number that has it, '' where none has."""

    name: str
    unit: str


def _earlier(contexts: Sequence[QuantityContext], at: int, named: Sequence[str]) -> _Earlier:
    """What the number `contexts[at]`, which is not the first, may go on with: the first number of the clause of the one
    before it; where that has another unit, the last number since, of another clause than its own, that has its unit
    (45处 for 20处 of 平台1个、水文站45处，其中2023年底前建成20处). Its name, of those in `named`, and its unit; both
    empty where the subject before is cut off (增长6%多农业总产值达到80亿元，增长3%: of what, is lost)."""
    if is_cut_off(named[at - 1]):
        return _Earlier("", "")
    context, clause = contexts[at], contexts[at - 1].span[0]
    first = next(i for i in range(at) if contexts[i].span[0] == clause)
    if contexts[first].unit != context.unit:
        same_unit = (i for i in range(at - 1, first, -1) if contexts[i].unit == context.unit)
        first = next((i for i in same_unit if contexts[i].span != context.span), first)
    return _Earlier(named[first], contexts[first].unit)


def _named_between(
    spoken: str, clauses: Sequence[tuple[int, int]], context: QuantityContext, before_it: QuantityContext | None
) -> str:
    """The subject of the nearest clause without a number between the number `before_it`, None for none, and the clause
    of `context`, where that subject takes the place of the one of `before_it`: 企业数量 for 500家 in
    占比达到3%，企业数量实现翻番，突破500家. The clause must say that its subject grows (GROWS), or, where the number is
    a size (SIZE_OF_MADE), that a thing is made or stays: 清河水厂 of 新建清河水厂，规模为40万立方米/日; or, right
    before a number that has no words of its own, be the name of a measure alone (用于住房的比重，由8%上升到10%). ''
    where no clause does, for parts of a number (其中…), and for a number of what is made or done. Words such as 规模
    alone are no subject."""
    own = last("reach").sub("", trimmed(context.before))
    if context.is_of_part() or _making().match(own) or some("act").search(own):
        return ""
    said = stripped(own)
    sized, unnamed = SIZE_OF_MADE.fullmatch(said), not said
    first = before_it.span[1] if before_it else 0
    for start, end in reversed(clauses):
        if start < first:
            break
        if end > context.span[0]:
            continue
        words = spoken[start:end].replace("\0", "").strip()
        grows = GROWS.fullmatch(words)
        if unnamed and grows is None and (measure := MEASURE_BEFORE.fullmatch(words)):
            return stripped(measure["name"])
        unnamed = False
        made = words[kept.end() :] if (kept := KEPT.match(words)) else words
        if grows is None and not (sized and (kept or _making().match(trimmed(words)))):
            continue
        name = without_level(stripped(grows["subject"] if grows else made))
        if len(name) > 1 and not MEASURE_ALONE.fullmatch(name):
            return name
    return ""


def _rows(spoken: str, flat: str, contexts: Sequence[QuantityContext]) -> list[list[int]]:
    """The indices of the numbers `contexts`, in order, those together that stand in a row, so that no words beside them
    say what each is of: '8%和10%' (`in_one_list`), not 旅馆60个、2万个房间; and in a clause with 分别 also with words
    of reaching between (分别增长8%、增长10%) or a noun after them (分别建设3个和5个示范村)."""
    rows: list[list[int]] = []
    for at, context in enumerate(contexts):
        before_it = contexts[at - 1] if at else None
        goes_on = before_it is not None and before_it.span[0] == context.span[0]
        in_turn_said = "分别" in context.clause
        bare = before_it is not None and in_one_list(flat, before_it.quantity, context.quantity)
        bare = bare and (in_turn_said or not re.match(r"[\u4e00-\u9fff]", _after(spoken, context)))
        if goes_on and (bare or (in_turn_said and context.joined and not stripped(context.before))):
            rows[-1].append(at)
        else:
            rows.append([at])
    return rows


def _in_row(
    spoken: str,
    clauses: Sequence[tuple[int, int]],
    contexts: Sequence[QuantityContext],
    row: Sequence[int],
    named: Sequence[str],
) -> list[str] | None:
    """The subjects of the numbers of a row, whose indices in `contexts` are `row`: those that the words before the row
    in its clause, without 各 at their end, name in the same order (`in_turn`), after the number before it there; where
    these words name nothing (年均分别增长), those of numbers in clauses before (`_of_numbers_before`), or without a
    number before, after 分别 those that the clause before names. None where they cannot be told apart. `named` are the
    subjects of the numbers before the row."""
    first = contexts[row[0]]
    alone = not row[0] or contexts[row[0] - 1].span[0] != first.span[0]
    start = first.span[0] if alone else first.item[0]
    listed = stripped(spoken[start : first.quantity.start].replace("\0", "").split("分别")[0]).removesuffix("各")
    if not listed and row[0]:
        return _of_numbers_before(contexts, row, named)
    if not listed and "分别" in first.clause:  # 甲率、乙率，分别达到65%、40%
        listed = size().sub("", _clause_subject(spoken, clauses, first))
    one_unit = len({contexts[at].unit for at in row}) == 1  # 中小学20所、30个班 names no two things
    return in_turn(listed, len(row), in_short=one_unit or "分别" in first.clause) if listed else None


def _of_numbers_before(
    contexts: Sequence[QuantityContext], row: Sequence[int], named: Sequence[str]
) -> list[str] | None:
    """The subjects of a row of numbers before which no words stand in its clause: those of as many numbers in the
    clauses before, `named`, in the same order. 游客突破1亿人次，收入达到900亿元，年均分别增长10%和12% -> [游客, 收入].

    They are the numbers of the last clause, if these are as many, else all of the sentence, else all but shares. A row
    of changes is about numbers of any unit; any other row only about those that have one of its units
    (到2030年分别达到75%和85%). None where none of these are as many.
    """
    pool = list(range(row[0]))
    if changed(contexts[row[0]]) is None:
        units = {contexts[at].unit for at in row}
        pool = [at for at in pool if contexts[at].unit in units]
    in_last_clause = [at for at in pool if contexts[at].span[0] == contexts[pool[-1]].span[0]]
    no_shares = [at for at in pool if contexts[at].unit not in SHARE_UNITS]
    found = next((some for some in (in_last_clause, pool, no_shares) if len(some) == len(row)), None)
    return [named[at] for at in found] if found else None


class _Words(NamedTuple):
    """The words of a number's item: `before` the number and `after` it, without blanked characters in `before`; the
    subject that those before it name (`named`, by `stripped`), '' where they name none; and the match of NOUN at the
    beginning of `after`, None where no noun, another size (4条280公里) or a word that applies the number
    (0.1平方米的标准; APPLIED_VALUE) stands there."""

    before: str
    named: str
    after: str
    noun: re.Match[str] | None


def subject(
    spoken: str, clauses: Sequence[tuple[int, int]], context: QuantityContext, earlier: _Earlier | None, *, alike: bool
) -> str:
    """What the number commits to, without regard to numbers beside it in a list; '' where the sentence does not name
    it. The first of these that gives one:

    - the subject in the words before the number, with words after it that begin with 用于 (公益金不低于55%用于养老服务
      -> 公益金用于养老服务);
    - the noun after a number that counts what a bound with a verb is of: 保安 of 学校至少配备1名保安 (LEAST_TO_HAVE);
    - a ratio or deed with what it is of (`_by_deed`);
    - the object after the number (`_object`);
    - a part or measure of `earlier` (`_of_earlier`);
    - the subject in the words before the number (新建改建农村公路 before 10公里 -> 农村公路), to which a noun is added
      that 的 or 安排 joins to the number;
    - the words of the bound after its verb (中心 of 至少建成中心1处);
    - what `_unnamed` finds.

    `clauses` are the spans of the sentence's clauses; `earlier` is the subject before the number, None where there is
    none; `alike` says that a number before this one in the sentence has the same unit, whatever its scale.
    """
    words = _words(spoken, context)
    noun = words.noun
    if words.named and noun and noun[0].startswith("用于"):  # 公益金不低于55%用于养老服务
        return words.named + noun[0]
    if noun and LEAST_TO_HAVE.match(context.quantity.cue) and context.unit not in SHARE_UNITS:  # 学校至少配备1名保安
        return str(noun["noun"])
    if found := _by_deed(words) or _object(words, context.unit):
        return found
    if (larger := _of_earlier(words.named, earlier)) is not None:
        return larger
    if words.named:
        return words.named + noun["noun"] if noun and noun[0] != noun["noun"] else words.named
    if (verb := LEAST_TO_HAVE.match(context.quantity.cue)) and verb.end() + 1 < len(context.quantity.cue):
        return context.quantity.cue[verb.end() :].strip()  # 至少建成中心 | 1处
    return _unnamed(spoken, clauses, context, words.before, earlier, alike=alike)


def _words(spoken: str, context: QuantityContext) -> _Words:
    """The words around the number in its item (`QuantityContext.item`), as `_Words` describes them."""
    after = _after(spoken, context)
    noun = NOUN.match(after)
    if noun and (size().fullmatch(noun[0]) or APPLIED_VALUE.match(after)):  # 4条280公里, 0.1平方米的标准设置…
        noun = None
    before = spoken[context.item[0] : context.quantity.start].replace("\0", "")
    return _Words(before, stripped(before), after, noun)


def _by_deed(words: _Words) -> str:
    """What 的比例, 的标准 or 标准发放 after the number is for, with that word (按40%的比例给予救助 -> 救助比例); else,
    without a noun after the number, a deed that holds its object (植树造林 before 6万亩); else ''."""
    if ratio := RATIO.match(words.after):
        return str(ratio["of"] + ratio["ratio"])
    if not words.noun and (deed := DEED_NOUN.fullmatch(trimmed(words.before))):
        return str(deed["deed"])
    return ""


def _object(words: _Words, unit: str) -> str:
    """The object that stands after the number; '' where none does. The first of these that applies:

    - the noun after the number, up to 用于 or the like, where the words before the number end with a verb of giving,
      每年, 的 or a verb of making: 示范县 of 建成10个示范县. A verb of making does not count where the `unit` of the
      number is one of shares, or where these words begin with 全省 or the like and such a verb (全省建成);
    - what is done to those who are counted: 企业诊断 of 对200家企业开展诊断;
    - the noun, where it is of those who are served, or the words before the number name no subject, or one that begins
      with 每 or 各, ends with 等 or has a 、;
    - 全市, 现有, 沿江 or the like before the number, or the place or level of things that are counted, with the noun:
      城东片区老旧小区 of 改造城东片区12个老旧小区.
    """
    noun, before, share = words.noun, words.before, unit in SHARE_UNITS
    of_giving = GIVING.search(before) or EVERY_TIME.search(before) or before.endswith("的")
    of_making = not share and last("create").search(before) and not WHOLE_REGION.match(trimmed(before))
    if noun and (of_giving or of_making):
        return str(PURPOSE.split(noun["noun"])[0] or noun["noun"])
    if (TO_WHOM.search(before) or before.startswith("对")) and (served := DONE_TO_WHOM.match(words.after)):
        return str(served["whom"] + served["what"])
    if not noun:
        return ""
    served_noun = TO_WHOM.search(before) or PARTNERED.search(before)  # 面向2万名农技人员，…
    named = words.named
    if served_noun or not named or named.startswith(("每", "各")) or named.endswith("等") or "、" in named:
        return str(noun["noun"])
    counted = COUNT_UNIT.fullmatch(unit) and (PLACE.fullmatch(named) or LEVEL_NAME.fullmatch(named))
    return named + noun["noun"] if ATTRIBUTE.fullmatch(named) or counted else ""


def _of_earlier(named: str, earlier: _Earlier | None) -> str | None:
    """The subject made of the subject `earlier` and of `named`, the subject before the number, where that is only a
    part or measure of it (占…比重, 面积, 每所投资, after 10座 also 每座充电桩) or says how large it is (超50亿元); else
    None. A part or measure is put after it, but no measure after a subject that ends with one itself (MEASURE_NAME);
    one with 总 takes the place of another with 总 (旅游总人数 -> 旅游总收入). A size takes the place of the size in it
    (产值超百亿元企业 -> 产值超50亿元企业), or is put before it where it has none (企业 -> 产值亿元以上企业)."""
    if earlier is None or not earlier.name:
        return None
    if named.startswith("总") and MEASURE_WITHOUT_OBJECT.fullmatch(named) and (total := TOTAL.search(earlier.name)):
        return earlier.name[: total.start()] + named
    measure = bool(MEASURE_WITHOUT_OBJECT.fullmatch(named)) and not MEASURE_NAME.search(earlier.name)
    if each := OF_EACH.match(named):
        measure = earlier.unit.endswith(each["by"]) or bool(MEASURE_OF_EACH.fullmatch(named, each.end()))
    if measure or SHARE_OF.match(named):
        return (GROWTH.sub("", earlier.name) if SHARE_OF.match(named) else earlier.name) + named
    if (alone := SIZE_ALONE.fullmatch(named)) is None:
        return None
    if not SIZE_OF_THINGS.search(earlier.name):  # 企业100家，其中产值亿元以上20家
        return named + earlier.name
    return SIZE_OF_THINGS.sub(lambda _: str(alone["size"]), earlier.name, count=1)  # 百亿元企业10家、超50亿元20家


def _unnamed(
    spoken: str,
    clauses: Sequence[tuple[int, int]],
    context: QuantityContext,
    words_before: str,
    earlier: _Earlier | None,
    *,
    alike: bool,
) -> str:
    """The subject of a number of which its item names none. `words_before` are the words of the item before the number,
    `clauses`, `earlier` and `alike` are those of `subject`.

    '' for 户均 alone. After a verb of making or acting: `earlier` without a deed of its own (`_without_deed`), where
    the units are `alike` (新建公路4条，改建3条); else the subject in an earlier clause, if the number is money
    (设立专项资金，每年安排2000万元) or that subject ends with the same verb; else the words before, `trimmed`. Without
    a verb: `earlier` (旅游收入达到80亿元，年均增长9%), with 年均, 每次 or the like where only that stands before the
    number (应急演练2次，每次50人 -> 应急演练每次), but '' where it is a share and the number has another unit
    (占比达到3%，突破500家); without `earlier` the subject in an earlier clause, or all words of the proof.
    """
    if APIECE_ALONE.fullmatch(trimmed(words_before)):  # 户均不低于1套: of what, is said nowhere near
        return ""
    of_clause = _clause_subject(spoken, clauses, context)
    if verb := last("create").search(words_before) or last("act").search(words_before):
        if earlier and alike:
            return _without_deed(earlier.name)
        same_deed = of_clause and (MONEY_UNITS.fullmatch(context.unit) or of_clause.endswith(verb[0][-2:]))
        return of_clause if same_deed else trimmed(words_before)
    if earlier:
        if (
            earlier.unit in SHARE_UNITS
            and context.unit not in SHARE_UNITS | {""}
            and NAME_OF_SHARE.search(earlier.name)
        ):
            return ""  # 占比达到3%，…，突破500家
        rate = None if RATE_NAME.search(earlier.name) else RATE_ALONE.fullmatch(words_before.strip("　 "))
        return earlier.name + (rate["rate"] if rate else "")
    return of_clause or spoken[context.span[0] : context.span[1]].replace("\0", "").strip()


def _without_deed(subject: str) -> str:
    """The subject without a deed that another number does not share, at its beginning (新签约项目 -> 项目; NEW_DEED) or
    its end (公路续建 -> 公路; DEED_AT_END); two characters at least stay."""
    return DEED_AT_END.sub("", NEW_DEED.sub("", subject))


def _clause_subject(spoken: str, clauses: Sequence[tuple[int, int]], context: QuantityContext) -> str:
    """The subject in an earlier clause: of the last clause before the number's own that names something, which words of
    how it is reckoned (按1980年不变价格计算) do not; '' where none does. What there is so far is no part of it: 茶园 of
    现有茶园26万亩，到2025年发展到30万亩."""
    before = (span for span in reversed(clauses) if span[1] <= context.span[0])
    clause_words = (SO_FAR.sub("", spoken[start:end].replace("\0", "").strip()) for start, end in before)
    names = (DONE_SO_FAR.sub("", without_level(stripped(words))) for words in clause_words)
    return next((name for name in names if name and not IN_TERMS_OF.fullmatch(name)), "")


def _before(spoken: str, context: QuantityContext) -> str:
    """The subject in the words of the item before the number (`stripped`); '' where they name none."""
    return stripped(spoken[context.item[0] : context.quantity.start].replace("\0", ""))


def stripped(text: str) -> str:
    """The subject that the words before a number name: they without verbs at the beginning and end, without what
    `trimmed` takes off, without what leads over to the number at the end (由33%, 每年, 同比, 人均, 将), and without the
    means (依托…): '新建改建农村公路' -> '农村公路', '森林覆盖率由33%提高到' -> '森林覆盖率'. '' where they are only a
    verb of making or acting ('培训'), 年产 or 日产, or end with 和 or 、. 规划 goes before a rate or amount
    (规划污水处理率; PLANNED) or things (规划高中; PLANNED_THINGS).

    A verb of making stays where it is part of a word (建成区, 生产性服务业), where only a measure would be left
    (培训次数), and in words that end with the name of a measure (新建居住区达标率; 完成 and the like go there too).
    '床位数达到每千名老年人' -> '每千名老年人床位数', '县财政每年安排专项资金' -> '专项资金', '销量达到总销量的' ->
    '销量', '全省建成食堂' -> '全省食堂'.
    """
    whole = text = WITH_MEANS.sub("", trimmed(text))
    if funded := FUNDED.match(text):
        return SUBJECT_TAIL.sub("", last("reach").sub("", text[funded.end() :]))
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
    if FACILITY.fullmatch(text) and last("reach").search(whole):  # 培养基地达到30个
        return text
    if scope := WHOLE_REGION.match(text):  # 全省建成食堂
        return scope[0] + stripped(text[scope.end() :]) if text[scope.end() :] else text
    while not COMPOUND_NOUN.match(text) and (making := _making().match(text)) and making.end() < len(text) - 1:
        of_verb = MEASURE_ALONE.fullmatch(text, making.end()) or NAME_OF_KIND.match(text, making.end())
        if of_verb:  # 培训次数, 生产性服务业
            break
        text = text[making.end() :].lstrip("、和并及与或")
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
    if actor and any(verb.match(text, actor.end()) for verb in (DOING, _making(), OFFICE_DOES)):
        return text[actor.end() :]
    return text


def _after(spoken: str, context: QuantityContext) -> str:
    """The words of `spoken`, the sentence, that follow the number, its unit and its comparators, up to the end of the
    number's item (`QuantityContext.item`): 示范县 of 建成10个以上示范县."""
    return spoken[context.quantity.end : context.item[1]]


@cache
def _making() -> re.Pattern[str]:
    """The pattern of a verb of making: 新建, 培训, 实施."""
    return re.compile("|".join(map(re.escape, (*words("create"), "实施"))))


@cache
def size() -> re.Pattern[str]:
    """The pattern of a number with its unit: 280公里, 0.1平方米, 10 亿米."""
    return re.compile(rf"\d[\d.,]*\s?{unit_pattern()}")


@cache
def _level_at_end() -> re.Pattern[str]:
    """A pattern of the level at the end of a subject (1,050万吨 of 油料1,050万吨, 合计为 and 以上 included), and of the
    year from which it changes (将由1980年的2.17亿吨增加到). Two Chinese characters or brackets must stand before it."""
    return re.compile(
        rf"(?<=[\u4e00-\u9fff）)”][\u4e00-\u9fff）)”])(?:预计|计划|将)*(?:达到?|为|约|共|总计|合计为?)*"
        rf"(?:\d[\d.,]*[万亿]?[-~—–－]{{1,4}})?{size().pattern}(?:以上|左右)?\Z"
        rf"|(?:将|要|可)?(?:由|从){CALENDAR_YEAR}年[^，]{{0,30}}\Z"
    )


def without_level(subject: str) -> str:
    """The subject without the level that stands at its end, or that from which it changes, and without marks at its
    beginning; at least two Chinese characters or brackets must stand before the level: '油料1,050万吨' -> '油料',
    '全社会投资合计为26000亿元' -> '全社会投资', '吞吐能力将由1980年的2.17亿吨增加到' -> '吞吐能力'."""
    return _level_at_end().sub("", subject).lstrip("．.、，·")


def says_nothing(subject: str) -> bool:
    """Whether the subject is only deeds of making or changing an amount (NOTHING_SAID), 分别, or 面积 or 总面积 alone,
    without what it is of: '新建', '1985年生产', '增长', '面积' -> True; '绿地面积', '培训' -> False."""
    return NOTHING_SAID.fullmatch(subject) is not None


def is_cut_off(subject: str) -> bool:
    """Whether the subject begins with a comparison or start without what is compared ('比1980年的4.9%', '由12.9吨'),
    ends with an opening bracket, or holds a percentage without 以上, 以下, 以内 or 的 after it
    ('婴儿死亡率下降10%主要传染病报告发病率'; not '达标率90%以上的企业')."""
    return CUT_OFF.search(subject) is not None
