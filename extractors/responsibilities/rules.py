"""The role of a list of bodies in a clause, by an ordered table of constructions.

Each rule takes the words around a list of bodies. It returns the role ("lead" or "participant") with the words that
decide it, or None where the clause is not of its construction.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from extractors import expressions as re
from extractors.responsibilities.guards import SPREADS, BodyContext, not_acting, only_obeyed
from extractors.responsibilities.verbs import deed
from extractors.vocabulary.dates import BARE_MONTH, CENTURY_YEAR
from extractors.vocabulary.duties import NEXT_LABEL
from extractors.vocabulary.numerals import ONES
from ontology.model.facts import Role

RoleVerdict = tuple[Role, str]
RoleRule = Callable[[BodyContext], RoleVerdict | None]

# …部门牵头、(乡镇)实施的机制: one of several who each have their part
CHAINED = re.compile(
    r"(?:牵头|负责|主导|主管|主责|主抓|主体|抓总|负总责|领导|指导|配合|参与|协同|统筹|监管|实施|落实)[、，]$"
)
IN_CHAIN = re.compile(r"(?:具体|组织|统一)?(?P<cue>统筹|抓总|主抓|主责|实施|落实|监管|推进|执行|承办)(?=[、，的]|$)")
# 建立(发展改革部门)统筹、…牵头的机制
HEADS_CHAIN = re.compile(r"(?:统筹|抓总|主抓|主责|监管)、")
# 由(发改、财政等部门)组成的联席会议
MEMBERS = re.compile(r"(?:[、和及][^、，。；：和及]{2,10}){0,3}?(?P<cue>(?:共同|联合)?(?:组成|构成)|(?:等|为)?成员)")

DOES = (
    r"(?:共同|联合|分别|具体|统一|统筹|主要|全面|依法|要|应当|应|须|根据职责|按照?(?:各自)?职责(?:分工)?|"
    r"按照?分工|分工|分头|各自|直接|归口|会商后)"
)
# (市发展改革委)牵头, (税务部门)负责统一征缴
LEADING_VERB = re.compile(
    rf"{DOES}{{0,3}}(?P<cue>牵头|负总责|负责(?![人同])|负主责|主责|主抓|主导|主管|承担|主办|承办|为主体|为责任主体|"
    rf"是[^，。；]{{0,20}}(?:责任)?主体|为主(?!要)|履行)"
)
# (民政部门)会同财政部门
WITH_OTHERS = re.compile(
    rf"{DOES}{{0,2}}(?P<cue>会同|商请|联合(?=[^，。；]{{1,16}}(?:部门|[局委厅办院]|机关|单位|公司|企业|组织|高校)))"
)
HELPING_VERB = re.compile(
    rf"{DOES}{{0,2}}(?P<cue>(?:给予|予以)(?:大力|积极)?(?:支持|配合)|做好(?:相关|有关)?(?:配合|协助)(?:工作)?(?![\u4e00-\u9fff])|配合|参与|参加|协助|协同(?!办公|平台|机制|系统|共治)|支持配合|密切配合|积极配合)"
)
# 由(同级财政)承担, 由相应的(教育部门)审核
BY = re.compile(
    r"(?P<cue>由)(?:[^，。；、和与及]{2,10}(?:部门|单位|企业|机构|组织)[、和与及])?(?:(?:所在地|本级|同级|当地|相关|有关|相应|对应|各自|主管|属地|各级?)的?)?$"
)
# 由(街道)和单位微型消防队组成的网络
CONSISTS_OF = re.compile(r"(?:组成|构成)")
# 指挥部办公室设在(市水利局), 专班下设办公室，设在(县住建局), 下设办公室在(县住建局)
HOUSES = re.compile(
    r"(?:办公室|办|专班|小组|指挥部|秘书处|中心)(?P<cue>设在|设于|挂靠在?)$"
    r"|(?:办公室|专班|小组|指挥部|秘书处)(?:，|（|\()(?P<apart>设在|设于|挂靠在?)$"
    r"|(?P<below>下设)[^，。；]{0,4}办公室在$"
)
# 领导小组办公室（(省民政厅)）负责, 专班办公室（设在(县教育局)）: the body in the bracket is the office
SEAT = re.compile(r"(?:办公室|办|专班|小组|指挥部|秘书处|联席会议)[（(](?P<cue>设在|设于|挂靠在?)?$")
SEAT_ENDS = re.compile(r"[）)]")
# 统筹(应急、交通等部门)的物资仓库
POOLS = re.compile(r"(?P<cue>统筹|整合|汇集|汇聚|归集|集成|融合|打通|盘活|汇总|联通)(?:各级?|本级|全[省市县区])?$")
POOLED_MEANS = re.compile(
    r"(?![和与及、](?:社会)?(?:单位|企业|学校|村))的?[^，。；]{0,12}(?:资源|数据|信息|系统|平台|仓库|力量|队伍|资金|设施|物资|设备|业务|渠道|网络|站点)"
)
# (市应急局)为副召集人单位: what it is in a group
HEADS_GROUP = re.compile(r"(?P<cue>为|任|担任|作为)(?:总|副|常务副)?(?:召集人?|组长|主任|指挥长|总指挥|指挥)单位")
# 压实(乡镇)参保征缴责任
LAYS_DUTY = re.compile(
    r"(?P<cue>压紧压实|层层压实|压实|压紧|落实|明确|强化|夯实|厘清|细化|靠实|落细|健全|完善|界定|划清|理顺|严格|督促落实|严格落实|履行|严肃)(?:好|了)?$"
)
# 压实(县级政府属地管理责任、)文旅部门监管责任
LAYS_ANOTHER_DUTY = re.compile(rf"{LAYS_DUTY.pattern[:-1]}[^，。；]{{2,40}}(?:责任|职责)[、和与及]$")
# the second with a list of what it is for: 健全(地方政府)预防与准备、调查及监测预警等工作责任制
DUTY_NOUN = re.compile(
    r"(?:[^，。；、]{0,16}|[^，。；]{2,60}等(?:方面|工作|领域|环节)的?(?=责任制))(?P<cue>责任|职责|主责|职能|事权)"
)

# 会同解放军、(武警部队), 加强与企业、(税务部门)
WITH_UNKNOWN_BODY = re.compile(r"(?P<cue>会同|联合|(?:加强|强化|深化|建立)(?:与|同))[^，。；、]{1,10}[、和及]$")
# 牵头(县住建局、县公安局)开展检查: who leads them is named elsewhere; not where 牵头 is the label of the first
LEADS_OTHERS = re.compile(r"(?<!总)(?P<cue>牵头)$")
# 会同(市林业局)负责编制
JOINED = re.compile(r"(?P<cue>会同|商请|联合|配合|协助|协同)(?:上级|同级|当地|相关|有关|各级?|本级|属地)?$")
WHICH_LEVEL = r"(?:上级|同级|当地|相关|有关|各级?|本级|属地|其他|其它|省内外|周边|地方)?"
# 会同(公安部门), 加强与(税务部门), 移送(公安机关)
CONSULTED = re.compile(
    r"(?P<cue>会同|联合|商请|商|配合|协助|协同|移送|移交|通报|抄送|抄告|推送|争取|对接|衔接|联动|提请|函告|征求|征询|"
    rf"协调|与|同|跟|联系|邀请|并向|及时向|主动向|积极向|向|报请|报送|报告|报经|上报|(?<!申)报|依托){WHICH_LEVEL}$"
)
# 会同市级相关部门、(各区政府): governments that are asked to act with the leader
ACTS_WITH = re.compile(r"(?P<cue>会同|联合|商请)(?:[^，。；、]{1,10}[、和及])?$")
# 报(省人民政府)备案, 每年向(县人民政府)报告: a government that is told
TOLD = re.compile(
    r"(?P<cue>报送|报告|上报|呈报|报请|报经|提请|提交|呈请|呈送|报|(?:及时|每年|按年|按季|按月|定期|主动|书面)?向)(?:本级|同级|上级|当地|属地)?$"
)
TELLS = re.compile(
    rf"(?![^，。；]*(?:{SPREADS})$)(?:和[^，。；]{{2,14}})?(?:书面|专题|专项|如实|汇总|提交|研究)*"
    r"(?:备案|备查|报告|汇报|通报|反馈|批准|批复|同意|审定|审批|审核|审查|审议|核准|核定|研究|决定|$)"
)
# 下沉到(乡镇)
DELEGATED = re.compile(
    r"(?P<cue>下沉到?|下沉至|下放到?|下放至|下放给|下放|延伸到|延伸至|移交给|移交|转交|交给|反馈给?|反馈至|分解(?:落实)?[到至]|下达[到至给]|推送至|推送到|报送至|报送到|共享给|列入|针对[^，。；]{0,10}|面向|提供给|通报给)"
    rf"(?:全[国省市县]范围内的)?{WHICH_LEVEL}$"
)
# 推动服务向(乡镇（街道）)延伸; 网络, 管网 and the like reach a place
TOWARDS = re.compile(r"向$")
OFFICIAL_WORK = re.compile(
    r"(?:(?<!公交)(?<!快递)(?<!物流)(?<!客运)(?<!寄递)(?<!文化)(?<!医疗)(?<!卫生)(?<!金融)(?<!养老)(?<!体育)服务|事项|业务|窗口|经办|审批|权限?"
    r"|职能|力量|监管|管理|执法)(?:工作)?(?:有序|逐步|全面|进一步|加快)?向$"
)
REACHES = re.compile(rf"(?:[、和][^，。；、]{{1,8}}){{0,2}}(?:有序|逐步|全面)?(?P<cue>{SPREADS})")
# 下沉到乡镇|、村 but not 下沉到乡镇|卫生院
TOWN_ITSELF = re.compile(r"$|[、和与及等（]|一级|层面|基层")
# 发挥(乡镇)在征缴中的作用
PLAYS = re.compile(r"(?P<cue>发挥)(?:好|了)?$")
# 发挥(乡镇)作为区域中心作用 says what a place is
ROLE_OR_STRENGTH = re.compile(
    r"(?!作为[^，。；]{0,16}(?:中心|节点|枢纽|载体|阵地|窗口|门户))[^，。；]{0,20}(?P<cue>作用|优势)"
)

SHARING = (
    r"共享|联络|联防|联控|联治|联审|联查|联办|联调|协同|协作|合作(?!社)|联动|联合|对接|衔接|互认|互通|联通|联网|沟通|会商|(?<!统筹)(?<!组织)(?<!综合)(?<!指导)协调|联席|比对|交换|互联(?!网)|谈判|"
    r"信息系统|交互|核对|共建|共治|数据交互|交流|配合|合力|磋商|协商|协议|移交|移送|数据(?:归集|汇聚|汇交|接入)"
)
# (县级教育部门)要加强与残联的沟通: who shares is named apart
WITH_ANOTHER = re.compile(
    r"[^，。；、和与]{0,8}(?:加强|强化|深化|加大|推进|推动|开展|健全|建立|完善|做好|要|主动|积极)(?:与|同)"
)
# (市林业局、市公安局)要建立联防联控机制
MUST = re.compile(
    r"(?:要|应当?|须|必须)(?!求|[^，。；]{0,4}(?:加强|强化|密切|深化)[^，。；]{0,6}"
    r"(?:沟通|协调|协作|配合|合作|衔接|联动|协同|(?:信息|数据)(?:共享|互通)))"
)
SHARED_WORK = re.compile(rf"(?P<cue>{SHARING})")
# 指导(各区县医疗保障部门)准确执行政策
URGES = re.compile(
    r"(?<!为)(?<!为了)(?P<cue>指导|督促|要求|敦促|责成|推行|实行|引导|鼓励|支持|推动|组织|授权|委托|允许|确保|监督|督导|推进|促进|保障|赋予|依托|通过)"
    rf"{WHICH_LEVEL}$"
)
OWN_ACTS = re.compile(
    r"(?:一级|直接|依法|统一|及时|予以|进行|具体|按规定|依职权|先行|集中|代为|定期|分级|负责)*"
    r"(?P<cue>办理|核实|代办|受理|审核|审批|审查|承接|作出|处罚|查处|处理|处置|承担|兜底|管理|实施|组织实施|代缴|征收|征缴|"
    r"核定|认定|复核|核查|监管|评估|考核|监督检查|向社会公布|公布|公示|发布|拨付|给予|安排)"
)
# 由乡镇初审、(县级民政部门)审核, 移交给有条件的(乡镇)办理; not 获得(省科技厅)认定, 规范(公安机关)处罚, where the act is
# what one gets or puts right
ACTS_IN_TURN = re.compile(
    r"(?:交给|交由|下放[给至到])[^，。；]{1,8}的$|由[^，。；]*[、和及与]$|(?:初审|复审|受理|审核|审批|办理|核实|确认|公示|评估)[、和]$"
)
# 财政对医疗救助投入机制
FUNDS = re.compile(r"对[^，。；]{1,20}?(?P<cue>投入|补助|补贴|支持|保障|倾斜|资助)")
# 压缩(财政)对竞争性领域的投入: it is to pay less
PAYS_LESS = re.compile(r"(?<![不止免禁])(?<!不得)(?:压缩|压减|减少|削减|降低|取消|退出|控制|限制)$")
STRENGTHENS = re.compile(r"(?P<cue>加强|强化|健全|完善|推进|规范|提升|提高)(?:全[省市县州区])?$")
OWN_CAPACITY = re.compile(r"(?:内控|内部控制|内部管理|自身建设|能力建设|队伍建设|规范化建设|标准化建设)")
OTHERS_FOLLOW = re.compile(r"(?:[、和与及以同跟]|等?(?:与|和|同))(?P<others>[^，。；]{2,})")
# 企业、高校、(海关)等联合攻关: others that are no public bodies, before the name
OTHERS_AHEAD = re.compile(r"(?:企业|高校|院校|院所|机构|医院|学校|公司|银行|协会|商会)(?:以及|[、和与及])$")
# 城镇燃气：, 2025年底前: what a clause may open with
TOPIC = rf"(?:[^，。；：]{{1,12}}：)?(?:(?:到)?{CENTURY_YEAR}年(?:年?底)?(?:前|起)?)?"
# 村级组织、: bodies that the scheme does not know, ahead of those it does
UNKNOWN_BODIES = (
    r"(?:(?!会同|联合|配合|协助|与|同|向|对|由|按|根据|经|在|到|将|把)[^，。；、：的]{1,12}"
    r"(?<!国家)(?<!中央)(?<![省市县区州旗乡镇村）)级])[、和及]){0,4}"
)
_LIKEWISE = "也均都还亦"
# 建设单位|, 龙头企业|等, 村（社区）|也: where the name of a body may end that the scheme does not know
UNKNOWN_BODY_ENDS = (
    rf"(?<=[位业司团织构会社门关局委办厅院所站校馆队行部心区村组户方场员家人镇乡街道）)])等?[{_LIKEWISE}]?"
)
# 县发展改革委|于2023年12月底前|组织开展中期评估, |年底前|完成, |每年6月底前|组织, |10个工作日内|完成,
# |自2026年1月起|实行, |于2023年、2025年|组织, |于11月下旬|开展: by when or when, before the verb
BY_WHEN = re.compile(
    rf"(?:于|在|到)?(?=[^，。]{{0,6}}\d)(?:{CENTURY_YEAR}年|每年)?(?:{BARE_MONTH}月份?)?年?(?:[初底末]|[上中下]旬|\d{{1,2}}日)?(?:以|之)?前[，,]?"
    rf"|(?:于|在)?(?:[今明当每]年|本年度?)?年?(?:内|[底末]之?前)(?!容|部|外|设|控|河|涝|需|陆|在)"
    rf"|在?[\d{ONES}十两]{{1,3}}(?:个?(?:工作)?[日天周月]|个月|年)(?:之|以)?内"
    rf"|[自从]{CENTURY_YEAR}年(?:{BARE_MONTH}月(?:\d{{1,2}}日)?)?起"
    rf"|[于在](?:{CENTURY_YEAR}年(?:[、和]{CENTURY_YEAR}年)?(?:{BARE_MONTH}月份?|[上下]半年|年?[中底末])?"
    rf"|(?:每年)?{BARE_MONTH}月(?:份|[初中底末]|[上中下]旬)?)"
    r"(?=(?:组织|开展|启动|牵头|负责|对(?!外))[^，。；]{2,40}$)(?![^，。；]*(?:[了过]|的[\u4e00-\u9fff]{1,8}(?:要|应|须)))"
)
# 也|要开展, 都|制定; 也是, 均建立了 tell how things are
ALSO_DOES = re.compile(rf"[{_LIKEWISE}](?!为|是|建立了)")
# “十四五”时期|各县要…: of the past where no word such as 要 follows
FIVE_YEARS = re.compile(rf"^在?[“\"]?十[{ONES}]五[”\"]?(?:时期|期间)")
CLAUSE_START = re.compile(
    rf"{TOPIC}{UNKNOWN_BODIES}(?:原则上|规划期内?|(?:有|具备)条件的|每年年?底前|[省市县区州旗]委[、和]?|[省市县州](?:和|、)$|其中|同时|此外|并|且|而|对|经|请|凡|各|所有|全部|要求|[{ONES[:6]}]是"
    rf"|第[0-9{ONES}十百零〇]+条|[（(]?[0-9{ONES}十]+[）)]?[、.．是]?|\s)*"
)


def classify_role(context: BodyContext) -> RoleVerdict | None:
    """The role of the bodies and the words that decide it, by the first rule that applies; None where none does, or
    where a guard says that the bodies have no part in the measure. A chain of bodies with verbs (`link_of_chain`)
    counts although `not_acting` would refuse it."""
    if only_obeyed(context):
        return None
    if verdict := link_of_chain(context):
        return verdict
    if not_acting(context):
        return None
    return next((verdict for rule in ROLE_RULES if (verdict := rule(context))), None)


def link_of_chain(context: BodyContext) -> RoleVerdict | None:
    """Lead: a verb such as 实施, 落实 or 监管 (IN_CHAIN; not 负责, 牵头 or 配合) follows the body, with 、, ，, 的 or
    nothing behind it, and the body is in a chain of bodies with verbs, because another verb with 、 or ， is right
    before it (乡镇 in 自然资源部门牵头、农业农村部门配合、乡镇实施的机制) or its own is 统筹 or the like with a 、
    (发展改革部门 in 发展改革部门统筹、财政部门牵头的机制)."""
    in_chain = CHAINED.search(context.before) or HEADS_CHAIN.match(context.after)
    return ("lead", found["cue"]) if in_chain and (found := IN_CHAIN.match(context.after)) else None


def joined_to_leader(context: BodyContext) -> RoleVerdict | None:
    """Participant: 会同 or the like stands before the name: 市林业局 in 由市规划局会同市林业局负责编制; for governments
    only 会同, 联合 and 商请, also with another name between (会同有关部门、各区政府)."""
    found = (ACTS_WITH if context.government else JOINED).search(context.before)
    return ("participant", found["cue"]) if found else None


def lead_verb(context: BodyContext) -> RoleVerdict | None:
    """Lead: a verb of leading follows the name ('市民政局牵头')."""
    return ("lead", found["cue"]) if (found := LEADING_VERB.match(context.after)) else None


def member_of_group(context: BodyContext) -> RoleVerdict | None:
    """Participant: words after the list of bodies, or after up to three more names, make them members of a group
    (由市财政局、市民政局组成; 等成员); None for governments."""
    found = MEMBERS.match(context.after)
    return ("participant", found["cue"]) if found and not context.government else None


def agent_of_passive(context: BodyContext) -> RoleVerdict | None:
    """Lead: 由 stands right before the name ('由市民政局负责'), or with 同级, 有关 or the like or another body and 和
    between (市住建局 in 由施工单位和市住建局负责), but not where words of making up (组成, 构成) stand anywhere after
    the name in the clause."""
    if CONSISTS_OF.search(context.after):
        return None
    return ("lead", found["cue"]) if (found := BY.search(context.before)) else None


def heads_group(context: BodyContext) -> RoleVerdict | None:
    """Lead: the body is the unit that convenes or heads a group, or its deputy: 市应急局为副召集人单位."""
    return ("lead", found["cue"]) if (found := HEADS_GROUP.match(context.after)) else None


def houses_office(context: BodyContext) -> RoleVerdict | None:
    """Lead: the body has the office of a group: 指挥部办公室设在市水利局，承担日常工作, decided by 设在, which may
    begin the clause after (下设办公室，设在市水利局). A body in a bracket after the office has it only where a verb of
    work follows the bracket, which then decides: 负责 in 领导小组办公室（省民政厅）负责统筹协调."""
    if found := HOUSES.search(f"{context.ahead}{context.before}"):
        return "lead", found[found.lastgroup or 0]
    if SEAT.search(context.before) and (closed := SEAT_ENDS.match(context.after)):
        acts = deed().match(context.after, closed.end())
        return ("lead", acts["cue"]) if acts else None
    return None


def means_pooled(context: BodyContext) -> RoleVerdict | None:
    """Participant: means of the bodies, such as data or stores, are pooled: 统筹应急、交通等部门的物资仓库."""
    found = POOLS.search(context.before)
    return ("participant", found["cue"]) if found and POOLED_MEANS.match(context.after) else None


def bearer_of_duty(context: BodyContext) -> RoleVerdict | None:
    """Lead: a duty is laid on the body, or on another before it in the same list of duties: 压实乡镇参保征缴责任,
    压实县级政府属地责任、文旅部门监管责任. The words are the verb and the duty: 压实…责任."""
    if (found := LAYS_DUTY.search(context.before) or LAYS_ANOTHER_DUTY.search(context.before)) and (
        thing := DUTY_NOUN.match(context.after)
    ):
        return "lead", f"{found['cue']}…{thing['cue']}"
    return None


def consulted_or_informed(context: BodyContext) -> RoleVerdict | None:
    """Participant: work is coordinated with the bodies, or they are asked, told, handed something or relied on, by the
    word right before them: 加强与人社、税务等部门业务衔接, 移送公安机关, 依托公安机关.
    Governments only where results are reported to them (报省人民政府备案); else None."""
    if context.government:
        told = TOLD.search(context.before) if TELLS.match(context.after) else None
        return ("participant", told["cue"]) if told else None
    found = CONSULTED.search(context.before) or WITH_UNKNOWN_BODY.search(context.before)
    return ("participant", found["cue"]) if found else None


def own_act(context: BodyContext) -> RoleVerdict | None:
    """Lead: the words after the name say what the body itself does: 下放乡镇一级办理. The body begins the clause, is
    handed or urged to the work, or acts after another; 认定 in 获得省科技厅认定 gives it none."""
    acts = CLAUSE_START.fullmatch(context.before) or any(
        words.search(context.before) for words in (DELEGATED, URGES, ACTS_IN_TURN)
    )
    found = OWN_ACTS.match(context.after) if acts else None
    return ("lead", found["cue"]) if found and deed().match(context.after, found.start("cue")) else None


def delegated_to(context: BodyContext) -> RoleVerdict | None:
    """Participant: something is handed down, passed on, reported or addressed to the body: 服务下沉到乡镇（街道）,
    移交给市民政局, 推送至市税务局. For governments only where nothing follows the name in the clause, or 一级, 层面,
    基层, 等, a joining word or a bracket does (下沉到乡镇一级)."""
    found = DELEGATED.search(context.before)
    if context.government and not TOWN_ITSELF.match(context.after):
        return None
    return ("participant", found["cue"]) if found else None


def service_extended_to(context: BodyContext) -> RoleVerdict | None:
    """Participant: a service is extended towards the body: 推动服务向乡镇（街道）延伸. For governments only what the
    authorities do themselves (服务, 审批; OFFICIAL_WORK): 向乡镇延伸 is said of a network in a place."""
    towards = OFFICIAL_WORK if context.government else TOWARDS
    if towards.search(context.before) and (found := REACHES.match(context.after)):
        return "participant", found["cue"]
    return None


def led_by_another(context: BodyContext) -> RoleVerdict | None:
    """Participant: several bodies follow 牵头, and what they do with the leader, who is named elsewhere, follows them
    or begins the next clause: 牵头县住建局、县公安局，每周开展检查. None for governments, and where 牵头 is a label."""
    found = LEADS_OTHERS.search(context.before)
    if not found or not context.several or context.government or NEXT_LABEL.match(context.after or context.rest):
        return None
    acts = deed().search(context.after or context.rest)
    return ("participant", found["cue"]) if acts else None


def leader_with_others(context: BodyContext) -> RoleVerdict | None:
    """Lead: words that add other bodies follow the name ('市民政局会同有关部门')."""
    return ("lead", found["cue"]) if (found := WITH_OTHERS.match(context.after)) else None


def help_verb(context: BodyContext) -> RoleVerdict | None:
    """Participant: a verb of helping follows the name ('市财政局配合')."""
    return ("participant", found["cue"]) if (found := HELPING_VERB.match(context.after)) else None


def each_of_a_kind(context: BodyContext) -> RoleVerdict | None:
    """Lead: all bodies of a kind, which begin the clause, must do something:
    所有医保经办机构和定点医药机构全面完成系统对接."""
    return subject_of_deed(context) if context.marked else None


def shared_with(context: BodyContext) -> RoleVerdict | None:
    """Participant: the bodies, several or one with another after or before it, share data or a system, or work
    together: 建立健全医保、税务、民政等部门数据共享机制, 畅通医保部门与定点医药机构间的信息系统,
    高校、海关等联合攻关. The word for it may stand anywhere after the names. None for governments, and for bodies
    that begin the clause and act with somebody else (市民政局加强与残联的合作)."""
    if context.government:
        return None
    other = OTHERS_FOLLOW.match(context.after) or OTHERS_AHEAD.search(context.before)
    if CLAUSE_START.fullmatch(context.before) and WITH_ANOTHER.match(context.after):
        return None
    if not (other or context.several):
        return None
    return ("participant", found["cue"]) if (found := SHARED_WORK.search(context.after)) else None


def told_to_act(context: BodyContext) -> RoleVerdict | None:
    """Lead: 要, 应, 应当, 须 or 必须 follows the names at once, and `subject_of_deed` applies, whose verdict is
    returned: 市林业局、市公安局要建立联防联控机制; the period of the plan may begin the clause (“十四五”时期各县要…).
    None where the bodies shall only work together with others (要加强与残联的沟通, 要加强沟通)."""
    if not MUST.match(context.after) or WITH_ANOTHER.match(context.after):
        return None
    return subject_of_deed(replace(context, before=FIVE_YEARS.sub("", context.before)))


def subject_of_deed(context: BodyContext) -> RoleVerdict | None:
    """Lead: the bodies begin the clause, with nothing or words of CLAUSE_START before them, and a verb of work follows,
    at once, after 也 or 都, after a date by which it is to be done, or after bodies that are not known:
    各级人民政府要高度重视, 县教育局2024年底前制定方案, 县供销社、邮政公司要发挥主渠道作用."""
    if not CLAUSE_START.fullmatch(context.before):
        return None
    when = BY_WHEN.match(context.after)
    verb = when.end() if when else 0
    if also := ALSO_DOES.match(context.after, verb):
        verb = also.end()
    found = deed().match(context.after, verb) or _followed().match(context.after)
    return ("lead", found["cue"]) if found else None


@cache
def _followed() -> re.Pattern[str]:
    """The pattern of the words after a name where one to three bodies that are not known follow before the verb:
    、建设单位负责 in 县水利局、建设单位负责管护. The last of them ends as a body does (UNKNOWN_BODY_ENDS), not as the
    thing of a place (、行政村覆盖率). Its group `cue` is the verb, which is no part of such a body's name: not 会 of
    村民委员会, nor 建设 of 工程建设单位."""
    return re.compile(
        rf"(?:(?:以及|[、和及])[^、，。；：和及更的]{{2,12}}?){{1,3}}{UNKNOWN_BODY_ENDS}(?!会(?!商))(?>{deed().pattern})(?!单位)"
    )


def urged_to_act(context: BodyContext) -> RoleVerdict | None:
    """Lead: the bodies are urged or guided to do something, and a verb of work follows the name:
    指导各区县医疗保障部门准确执行政策; where nothing follows in the clause, it may begin the next
    (推动教育、民政等部门，制定…). Where others that are not known follow them, only after 督促 and 责成."""
    found = URGES.search(context.before)
    if found is None:
        return None
    if OTHERS_FOLLOW.match(context.after):
        acts = found["cue"] in ("督促", "责成") and _followed().match(context.after)
    else:
        acts = deed().match(context.after or context.rest)
    return ("lead", found["cue"]) if acts else None


def asked_to_play_part(context: BodyContext) -> RoleVerdict | None:
    """Lead: the body is to play its part: 发挥乡镇在征缴中的作用. The words are the verb and the noun: 发挥…作用."""
    if (found := PLAYS.search(context.before)) and (thing := ROLE_OR_STRENGTH.match(context.after)):
        return "lead", f"{found['cue']}…{thing['cue']}"
    return None


def own_duty(context: BodyContext) -> RoleVerdict | None:
    """Lead: the body's own capacity is to be strengthened, and the rest of the sentence speaks of a duty (责任):
    加强医保经办机构内控机制建设，落实稽查审核责任."""
    found = STRENGTHENS.search(context.before)
    if found and OWN_CAPACITY.match(context.after) and "责任" in context.rest:
        return "lead", found["cue"]
    return None


# What the words next to the name say, then what the clause as a whole says.
ROLE_RULES: tuple[RoleRule, ...] = (
    joined_to_leader,
    lead_verb,
    member_of_group,
    heads_group,
    houses_office,
    agent_of_passive,
    consulted_or_informed,
    bearer_of_duty,
    own_act,
    delegated_to,
    service_extended_to,
    led_by_another,
    leader_with_others,
    help_verb,
    each_of_a_kind,
    told_to_act,
    means_pooled,
    shared_with,
    subject_of_deed,
    urged_to_act,
    asked_to_play_part,
    own_duty,
)
