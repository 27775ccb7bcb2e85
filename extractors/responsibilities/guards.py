"""Reasons why a body that a clause names has no part in the measure: the measure follows its orders, it is a place, it
is only mentioned."""

from dataclasses import dataclass

from extractors import expressions as re
from extractors.vocabulary.numerals import ONES


@dataclass(frozen=True, slots=True)
class BodyContext:
    """The words around a list of bodies (one name or more, with 等部门 or the like after it) in a clause: `before` and
    `after` are those of the clause before and after the list, `ahead` are those of the sentence before the clause, with
    the comma between, `rest` are those of the sentence after the clause, without the comma between; at most
    `clauses.MAX_CONTEXT` characters each.

    `several` says that the list has more than one name, `government` that all of them are governments or party
    committees, `marked` that the list stands for all bodies of a kind (各级…, 各区县…, 所有…).
    """

    ahead: str
    before: str
    after: str
    rest: str
    several: bool
    government: bool
    marked: bool


# 按照(国家、省医保局)统一部署
OBEYING = re.compile(
    r"(?:按照?|根据|依据|依照|遵照|遵循|落实|贯彻|执行|结合|对照|参照|对接|纳入|符合|达到|在|(?<!报)经过?|以|使用|应用|上线|完成|承接)"
    r"(?:[^，。；]{0,6}[、和及])?(?:好|了|严格)?$"
)
ORDER_NOUN = re.compile(
    r"(?:的|关于|有关|相关|统一|总体|具体|最新|工作|年度|[^，。；]{0,10}的)*"
    r"(?:部署|要求|规定|安排|精神|决策|决定|指示|标准|文件|意见|指导意见|规范|批复|通知|指引|规划|目录|政策|口径|编码|平台|印发|制定|出台|确定|批准|同意|授权|公布|下达)"
)
# 落实(省级人民政府)负总责的要求
BEARS_ALL = re.compile(r"(?:负|承担)(?:总责|主责|主体责任)")
# 在(省医保局)指导下
UNDER = re.compile(r"(?:的|正确|坚强|统一|业务|大力|精心)*(?:领导|指导|支持|帮助|关心|组织)下")
# (自觉接受)人大监督
WATCHED = re.compile(r"(?:自觉)?接受$")
# (乡镇)卫生院: what stands there
INSTITUTION_OF_PLACE = re.compile(
    r"(?:中心)?(?:卫生院|敬老院|养老|福利院|学校|小学|中学|幼儿园|文化|医院|医疗|连队|职工|卫生服务|政务|党群|便民|综合服务|企业|干部|集镇"
    r"|居民|商贸|市场|区域|污水|垃圾|道路|公路|消防|(?:比较|资源|区位|特色|产业)*优势)"
)
# 发挥(人大)监督、(政协)民主监督作用
WATCHES = re.compile(r"(?:民主|法律|工作)?监督(?:[、和与及]|作用|合力|$)")
# 发挥(人大、政协)以及智库、媒体、公众等监督作用
PLAYING = re.compile(r"发挥(?:好|了)?$")
WATCHES_WITH = re.compile(
    r"(?:(?:以及|[、和与及])[^，。；、和与及]{1,10}?){1,8}等?的?(?:民主|法律|社会|舆论|群众)?监督(?:作用|合力)"
)
# (街道)和单位微型消防队: whose teams are named
TEAM_OF = re.compile(r"(?:[和及、与](?:社会|重点)?(?:单位|企业|社区|村居?|村级)){1,3}(?:微型|志愿|义务|专职|兼职|消防)")
# 向(税务部门)申报并缴纳: who asks or pays, not what the body does
APPLICANT_ACT = re.compile(r"[^，。；]{0,12}?(?:申请|申报|提交|提出|缴纳|登记|投诉|举报|咨询|反映|缴费|报名)")
# 到(民政部门)办理登记, 加强对(县级人民政府)履行职责的督导: it is gone to or looked at
TARGETED = re.compile(r"(?:(?<![沉放伸移送馈解交配])到|赴|(?<!针)对|(?<!报)经|未经|取得)$")
# 按病种付费是(医保部门)基于…; not 一是(各街镇)…
MEANING = re.compile(rf"(?:是指|(?:(?<![{ONES}])|(?<=之一))是|即|指|所谓|称为|原)$")
# (国务院办公厅)印发《…》, (市教育局)发布的《…》
ISSUED = re.compile(
    r"(?:联合|近期|已)?(?:印发|发布|出台|下发|颁布|制定|制订|公布)[了的]?《|联合(?:印发|发文|下发)(?:[）)]|$)"
)
# (教育部)认定的学科, (市政府)或主管部门认可的园区
RELATIVE = re.compile(
    r"[或和及与、][^，。；、的]{2,10}(?:认可|认定|批准|核准|确认|授予|命名)的|"
    r"(?!参与|参加|协同|配合|联动|负责|牵头|主导|协作|合作|共同|主管|组成|构成|之间)(?:统一|联合|共同)?[\u4e00-\u9fff]{2}的"
)
# 报请(人大)审议批准: the plan is put before it
DECIDES = re.compile(r"(?:及其)?(?:常务委员会|常委会)?审议")
# (公安部门)负责人, (医保部门)工作人员, (民政局)相关领导
PERSONS = re.compile(
    r"(?:(?:相关|有关)(?:领导(?!小组|机构|核心)|人员|同志|负责)|负责人(?![才口工员民文均居大防力])|分管|主要领导|主管领导|负责同志|工作人员|干部|领导(?!责任|核心|作用)|主要负责|分管负责|执法人员|从业)(?!责任)"
)

# (市民政局)局长担任召集人, (市发展改革委)主要领导: who holds a post in it
POST = re.compile(
    r"(?:党组|党委)?(?:常务)?副?(?:[局厅部署院行所站队]长|主任|书记|检察长|主席|会长|秘书长)(?![\u4e00-\u9fff]{0,2}(?:会议|制))"
)
# (公安机关)打击治理成效明显提升: how things are
GETS_BETTER = re.compile(
    r"(?!要|应|须|必须|力争|推动|推进|促进|实现|确保|保障)[^，。；]{0,14}(?:成效|能力|水平|质量|效率|效能|率|满意度)"
    r"(?:明显|显著|持续|稳步|大幅|不断|进一步|全面|有效|逐年)+(?:提升|提高|增强|改善|增长|优化|下降|降低)$"
)
# 推动(公共就业服务机构)向乡村延伸: it is set up there, or more of it
SPREADS = "延伸|下沉|下放|拓展|倾斜|覆盖"
IS_EXTENDED = re.compile(rf"(?:逐步|有序|加快|进一步)?向[^，。；]{{1,12}}(?:{SPREADS}|集聚|集中|转移|转型|转变)$")
# (县农业技术推广中心)建设要加快, (县派出所)建设完成: it is built
IS_BUILT = re.compile(
    r"(?:新建|建设|改扩建|扩建|改造|迁建|搬迁|装修)(?:项目|工程|用地)?(?:要|应当?|须|由|纳入|加快|抓紧|落实用地|(?:全面)?(?:完成|完工|竣工|投用)$)"
)

# (交通、海关)、电子商务等方面的合作: the fields of a work
FIELDS = re.compile(
    r"(?:[、和及与][^，。；、]{2,10}){0,6}等?(?:各|多|诸多|重点|相关)?个?(?:方面|领域)"
    r"(?!(?:主管|有关|相关)?部门|配合|协同|参与|支持|要|应|须|代表|共同|组成|负责)"
)
# 对完成任务好的(乡镇)给予奖励: what is dealt with; not 将事项移交给有条件的(乡镇)办理
DEALT_WITH = re.compile(r"(?:(?<![针应面])对(?!口)|将|把)(?:(?![给到至由交])[^，。；]){1,20}的$")
# 列入(住房城乡建设部)试点城市: what one is named
APPOINTED = re.compile(r"(?:列入|纳入|入选|获评|获批|评为|认定为|命名为|创建|争创|打造)(?:为|成)?$")
HONOUR = re.compile(
    r"[\u4e00-\u9fff]{0,12}?(?:试点|示范|基地|实验室|名单|名录|目录|案例|样板|项目库|荣誉|称号|计划|工程)"
)
# 通过(市场监管部门)审核后上市: what one passes, or gets
PASSING = re.compile(r"(?:通过|获得?)$")
TEST = re.compile(
    r"(?:依法|统一|组织的)?(?:审核|审批|审查|评审|认定|评估|验收|考核|考试|批准|核准|批复|备案|登记|注册|许可)"
)
# 申报(国家药监局)创新研究基地: what is named after it
BASE_NAMED_AFTER = re.compile(
    r"(?:创新|研究|科学|技术|科普|重点|监管|转化|成果|标准|质量|评价|工程){1,5}(?:基地|实验室)"
)

# 企业应及时向(应急管理部门)报告: a duty of firms
FIRM_TO = re.compile(
    r"(?:企业|公司|经营者|业主|当事人|个人|(?:经营|用人|施工|建设|使用|运营)单位)(?:应当?|必?须|要|需|可以?)?"
    r"(?:及时|立即|主动|定期|每[年季月]|按规定|依法|如实)*向$"
)
TELLS_IT = re.compile(r"[^，。；]{0,16}?(?:报告|报送|报备|上报|备案|反映|说明)")
# (市民政局)负责的养老机构, 原由(乡镇)负责的事项: whose something is, or was; not 由(市民政局)负责的机制
NOT_BY = re.compile(r"(?<!由)$")
ITS_OWN = re.compile(r"负责的(?![^，。；]{0,16}(?:机制|体制|体系|制度|格局|模式|网络|责任))")
FORMERLY = re.compile(r"原(?:先|来)?由$")
# (县财政局)下达资金到位率100%: a share that is measured
SHARE_OF_ACT = re.compile(
    r"(?:下达|拨付|安排|配套|发放|办理|受理|审批|核定)的?[^，。；]{1,12}率"
    r"(?:达到?|为|不低于|高于|超过|保持|稳定|实现)?在?[\d百]"
)
# (各县)完成投资情况每月通报: how far they have come, which somebody looks at
STATE_OF_ACT = re.compile(
    r"(?:完成|落实|执行|实施|推进|开展|贯彻)[^，。；、的]{0,8}情况(?=每|按|定期|纳入|列入|作为|进行|实行|予以|由|要|应|$)"
)

# (县政府)组织编制了《…规划》: what it did; not (民政局)负责了解需求
DID = re.compile(
    r"(?:已经?|先后|共同|联合|组织|牵头|研究|积极|认真){0,3}(?!必须|应当|为了)[\u4e00-\u9fff]{2}了(?![解如断])"
)

NO_PART_BETWEEN = (
    (APPOINTED, HONOUR),
    (PASSING, TEST),
    (FIRM_TO, TELLS_IT),
    (NOT_BY, ITS_OWN),
    (PLAYING, WATCHES_WITH),
)
NO_PART_BEFORE = (WATCHED, MEANING, TARGETED, DEALT_WITH, FORMERLY)
NO_PART_AFTER = (
    TEAM_OF,
    UNDER,
    ISSUED,
    PERSONS,
    RELATIVE,
    WATCHES,
    DECIDES,
    IS_BUILT,
    FIELDS,
    BASE_NAMED_AFTER,
    POST,
    IS_EXTENDED,
    GETS_BETTER,
    SHARE_OF_ACT,
    STATE_OF_ACT,
    DID,
)


def only_obeyed(context: BodyContext) -> bool:
    """Whether the measure only follows the orders of the bodies, which therefore have no part in it: 按照 or the like
    before and 部署 or the like after (按照国家、省医保局统一部署), or 在…领导下. Not where the words after the
    bodies give them the whole duty: 落实省级人民政府负总责的要求."""
    if OBEYING.search(context.before) and ORDER_NOUN.match(context.after):
        return not BEARS_ALL.match(context.after)
    return context.before.endswith("在") and UNDER.match(context.after) is not None


def not_acting(context: BodyContext) -> bool:
    """Whether the bodies are named without being given work: by a word before them (到民政部门办理登记,
    自觉接受人大监督, 对完成任务好的乡镇给予奖励, 原由乡镇负责) or after them (教育部认定的学科, 县教育局印发《…》,
    民政部门负责人, 县推广中心建设要加快, 海关等方面的合作, 市民政局局长担任…, 各县完成投资情况每月通报,
    县政府编制了《…》) or both (列入住房城乡建设部试点城市, 通过市场监管部门审核, 企业向应急管理部门报告,
    市民政局负责的养老机构); after 向 where somebody applies to them (向税务部门申报); and governments that are only a
    place (乡镇卫生院)."""
    if any(words.search(context.before) for words in NO_PART_BEFORE) or any(
        words.match(context.after) for words in NO_PART_AFTER
    ):
        return True
    if any(before.search(context.before) and after.match(context.after) for before, after in NO_PART_BETWEEN):
        return True
    if context.before.endswith("向"):
        return APPLICANT_ACT.match(context.after) is not None
    return context.government and INSTITUTION_OF_PLACE.match(context.after) is not None
