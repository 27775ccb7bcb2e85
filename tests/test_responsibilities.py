"""Who does what with whom: constructions of running text, lists behind measures, tables; and their near misses."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_of import doc_of

from extractors.layout import layout
from extractors.reading import Reading, Rejected, Section, SectionRole
from extractors.reference.regions import gazetteer
from extractors.responsibilities.component import DUTY_SPANS, responsibilities
from extractors.responsibilities.verbs import DUTY_VERBS as VERBS
from extractors.responsibilities.verbs import words
from ontology.model.facts import Evidence, Heading, Plan, Policy, Responsibility
from ontology.model.source import Source

HOME = gazetteer(2022).resolve("湖州市")
assert HOME is not None


def read(text: str, role: SectionRole = "tasks") -> list[Responsibility]:
    """The responsibilities of a plan of 湖州市 whose whole text is one section of this role."""
    return read_all(text, role)[0]


def read_all(text: str, role: SectionRole = "tasks") -> tuple[list[Responsibility], list[Rejected]]:
    """The same, and the lists that gave none."""
    source = Source("plan.txt", "0" * 64, text, "txt")
    document = layout(source)
    reading = Reading(document)
    policy = Policy(HOME.name, "规划", "规划", "prefectural", None, HOME)
    reading.plan = Plan(Evidence.of(source, 0, 1), "规划", policy, HOME, period=(2021, 2025))
    reading.sections = [Section(None, role, 0, len(document.text))]
    responsibilities(doc_of(reading))
    return [fact for fact in reading.facts if isinstance(fact, Responsibility)], reading.rejected


def said(text: str) -> str:
    """'由市教育局牵头，会同市财政局…' -> '市教育局 | 市财政局': who leads, who takes part."""
    facts = read(text)
    leads, parts = (" ".join(f.department for f in facts if f.role == role) for role in ("lead", "participant"))
    return f"{leads} | {parts}".strip() if parts else leads


RUNNING = [
    ("由市教育局教育引导学生节约用水。", "市教育局"),  # 教育 is what it does
    ("省级财政安排3亿元，用于职业院校建设。", ""),  # where the money comes from
    # 由…牵头 and …负责: who leads
    ("县水利局、用水合作社负责管护。", "县水利局"),  # the cooperative's name says nothing of acting together
    ("由市教育局牵头，会同市发展改革委、市财政局制定方案。", "市教育局 | 市发展改革委 市财政局"),
    ("市自然资源局负责耕地保护目标的分解落实。", "市自然资源局"),
    # those who must act together lead, whatever they share; the last of them is no branch of the one before
    (
        "市林业局、市公安局和市消防救援支队要建立联防联控机制，各县区要配备专职队伍。",
        "市林业局 市公安局 市消防救援支队 各县区",
    ),
    ("市公安局交警支队负责疏导交通。", "市公安局交警支队"),
    ("整合街道和社区的救援力量。", "| 街道"),
    ("民政部门负责低保对象认定工作。", "民政部门"),
    ("由水利部门牵头、自然资源部门配合开展排查。", "水利部门 | 自然资源部门"),
    ("由市规划局会同市林业局负责编制规划。", "市规划局 | 市林业局"),  # the verb is the first's
    ("规划实施情况由市发展改革委进行中期评估。", "市发展改革委"),
    ("由公安机关依法给予行政处罚。", "公安机关"),
    ("由市场监督管理部门责令限期改正。", "市场监督管理部门"),
    ("市水务局为牵头单位，抓好河道治理。", "市水务局"),
    ("各区政府是河湖管护工作的责任主体。", "各区政府"),
    ("以市文旅局为主体推进场馆建设。", "市文旅局"),
    ("街道办事处具体实施加装电梯工作。", "街道办事处"),
    ("乡镇政府统筹负责本辖区农村供水。", "乡镇政府"),
    ("完善医保部门主导、多部门参与的监管机制。", "医保部门"),
    ("健全党委领导、政府主导、农业农村部门牵头的工作机制。", "农业农村部门"),
    ("形成民政部门主管、行业部门各负其责的格局。", "民政部门"),
    ("由市应急局牵头，市公安局、市卫健委参加。", "市应急局 | 市公安局 市卫健委"),
    ("省科技厅、农业农村厅按职责分工负责，各设区市人民政府结合实际落实。", "省科技厅 农业农村厅 各设区市人民政府"),
    ("由市财政给予一次性资助。", "市财政"),
    ("由市市场监管局会同市卫健委、青禾海关负责。", "市市场监管局 | 市卫健委 青禾海关"),  # a port in no list
    # a government or department that is to do something
    ("市教育局2024年底前制定实施细则。", "市教育局"),
    ("市发展改革委于2023年12月底前组织开展中期评估。", "市发展改革委"),
    ("市教育局2024年的经费100万元。", ""),
    ("各级人民政府要把养老服务纳入发展规划。", "各级人民政府"),
    ("各级党委和政府要切实加强组织领导。", "各级党委和政府"),
    ("各县（市、区）人民政府应当建立粮食安全责任制。", "各县（市、区）人民政府"),
    ("各县（市、区）要结合实际制定实施方案。", "各县（市、区）"),  # the places stand for their governments
    ("有关部门、各县区要高度重视防汛工作。", "各县区"),
    ("乡镇（街道）负责辖区内日常巡查。", "乡镇（街道）"),
    ("各镇街要落实属地管理责任，守牢底线。", "各镇街"),
    ("市、县政府要落实属地管理责任。", "市、县政府"),
    ("县级政府承担控辍保学主体责任。", "县级政府"),
    ("市政府成立规划实施领导小组。", "市政府"),
    ("市发展改革委要加强统筹协调和督促检查。", "市发展改革委"),
    ("气象部门及时发布灾害性天气预警。", "气象部门"),
    ("税务部门落实小微企业税收优惠政策。", "税务部门"),
    ("人民银行分支机构引导金融机构加大投放。", "人民银行分支机构"),
    ("市总工会组织开展职业技能竞赛。", "市总工会"),
    ("供销合作社发挥为农服务综合平台作用。", "供销合作社"),
    ("团市委、市妇联、市关工委开展关爱活动。", "团市委 市妇联 市关工委"),
    ("供电公司负责配套电网的建设改造。", "供电公司"),
    ("国家税务总局湖州市税务局负责征收管理。", "国家税务总局湖州市税务局"),  # one body, not two
    ("住房公积金管理中心优化提取业务流程。", "住房公积金管理中心"),
    ("住房城乡建设部门应当自受理之日起十日内办结。", "住房城乡建设部门"),
    ("教育、卫生健康、残联等部门共同做好康复服务。", "教育 卫生健康 残联"),
    ("宣传、网信、广电等部门加强舆论引导。", "宣传 网信 广电"),
    ("组织、人社部门做好高层次人才引进。", "组织 人社部门"),  # the ending is shared
    ("农业农村、自然资源部门要依法查处违法占地。", "农业农村 自然资源部门"),
    ("市地方金融监管局、人民银行湖州市中心支行等部门加强引导。", "市地方金融监管局 人民银行湖州市中心支行"),
    ("人民法院、人民检察院依法独立行使职权。", "人民法院 人民检察院"),
    # responsibility, power, role laid upon somebody
    ("压实县区政府耕地保护主体责任。", "县区政府"),
    ("明确乡镇人民政府和村民委员会责任。", "乡镇人民政府"),
    ("落实各级政府安全生产属地责任。", "各级政府"),
    ("指导县（区）文旅部门制定年度计划。", "县（区）文旅部门"),
    ("督促各区交通运输部门落实安全责任。", "各区交通运输部门"),
    ("鼓励金融监管部门完善考核政策。", "金融监管部门"),
    ("支持供销合作社开展社会化服务。", "供销合作社"),
    ("将审批业务下放乡镇一级办理。", "乡镇一级"),
    ("充分发挥公安机关主力军作用。", "公安机关"),
    ("发挥工会、共青团、妇联等群团组织作用。", "工会 共青团 妇联"),
    # money: 财政 acts where it pays
    ("由同级财政予以保障所需经费。", "同级财政"),
    ("市金融办协调金融机构加大信贷支持。", "市金融办"),
    # in regulations an article opens the sentence; bodies for one task; names of their own
    ("第九条 　市数据主管部门应当编制发展规划。", "市数据主管部门"),
    ("第二十一条　市公安局负责网络安全监管。", "市公安局"),
    ("进一步落实省级人民政府负总责的要求，加强指导。", "省级人民政府"),
    ("市产业创新领导小组办公室会同有关部门统筹推进。", "市产业创新领导小组办公室"),
    ("区数字化转型领导小组办公室加强统筹协调。", "区数字化转型领导小组办公室"),
    ("健康云岭行动推进委员会统筹推进组织实施。", "健康云岭行动推进委员会"),
    ("市发展改革委、市财政局等成员单位按照职责分工抓好落实。", "市发展改革委 市财政局"),
    ("由云山国家公园管理局负责公园内的防火工作。", "云山国家公园管理局"),
    ("各市（特区、区）人民政府组织节水考核。", "各市（特区、区）人民政府"),
    ("省级财政对困难地区给予适当补助。", "省级财政"),
    ("各级财政要将所需经费纳入预算。", "各级财政"),
    ("建立财政对学前教育投入增长机制。", "财政"),
    # together with others
    ("加强与公安、司法、应急等部门的协同联动。", "| 公安 司法 应急"),
    ("会同住房城乡建设部门开展小区改造。", "| 住房城乡建设部门"),
    ("联合市场监管、公安部门严厉打击制假售假。", "| 市场监管 公安部门"),
    ("配合国家能源局做好电力市场建设。", "| 国家能源局"),
    ("争取国家发展改革委、财政部资金支持。", "| 国家发展改革委 财政部"),
    ("积极对接国家林草局，争取试点。", "| 国家林草局"),
    ("将涉嫌犯罪线索及时移送公安机关。", "| 公安机关"),
    ("将规划执行情况报送市发展改革委。", "| 市发展改革委"),
    ("报省自然资源厅备案后组织实施。", "| 省自然资源厅"),
    ("有关情况及时报市人民政府。", "| 市人民政府"),  # a government that is told
    ("评估结果报省人民政府备案。", "| 省人民政府"),
    ("报州人民政府批准后公布实施。", "| 州人民政府"),
    ("市水利局会同有关部门、各区政府开展排查。", "市水利局 | 各区政府"),
    ("组织协调公安、交通运输等有关部门开展执法。", "| 公安 交通运输"),
    ("与法院、检察院建立生态保护联动机制。", "| 法院 检察院"),
    ("与省级医保部门建立沟通协调机制。", "| 省级医保部门"),
    ("与科技部、中科院共建重点实验室。", "| 科技部 中科院"),
    ("依托市大数据局建设统一数据平台。", "| 市大数据局"),
    ("将审批权限下放至县级自然资源部门。", "| 县级自然资源部门"),
    ("推动服务事项下沉到街道、社区。", "| 街道"),
    ("县民政局、县财政局要密切配合做好工作。", "| 县民政局 县财政局"),
    ("完善公安、民政等部门参与的未成年人保护机制。", "| 公安 民政"),
    ("建立由发改、财政、住建等部门组成的联席会议。", "| 发改 财政 住建"),
    ("建立健全生态环境、水利等部门信息共享机制。", "| 生态环境 水利"),
    ("完善气象、水利、应急等部门会商研判机制。", "| 气象 水利 应急"),
    ("强化市场监管、药监、公安等部门的行刑衔接。", "| 市场监管 药监 公安"),
    ("加强公安、城管执法等部门的联合执法。", "| 公安 城管执法"),
    ("建立卫健、审计等部门联合监管机制。", "| 卫健 审计"),  # 联合 is no partner's verb here
    ("推动自然资源、林草等部门协同开展修复。", "| 自然资源 林草"),
    ("加强文物部门与公安机关协作配合。", "| 文物部门 公安机关"),
    ("加强社保、税务、银行三方业务合作。", "| 社保 税务"),  # 银行 is no public body
    ("推进疾控机构与医疗机构信息共享。", "| 疾控机构"),
    ("教育部门、学校、家庭协同育人。", "| 教育部门"),
    ("相关部门（市财政局、市民政局）要加强配合。", "| 市财政局 市民政局"),
    ("推广“税警关银”四方联动机制。", "| 税 警 关"),
    ("市教育局牵头，市财政局、市体育局等参与。", "市教育局 | 市财政局 市体育局"),  # 等 without 部门
    ("市商务局、市税务局适时组织开展评估。", "市商务局 市税务局"),
    ("推动旅游、交通运输、公安等部门信息共享。", "| 旅游 交通运输 公安"),  # an everyday word among the names
    ("县卫生健康和体育局负责场所巡查。", "县卫生健康和体育局"),  # one bureau of two functions
    ("县民政局会同县财政局核定补助标准。", "县民政局 | 县财政局"),  # 会同县 is a county too
    ("市安委会办公室负责督办重大隐患。", "市安委会办公室"),
    # townships, however they are put
    ("各镇（街道）负责辖区内窨井巡查。", "各镇（街道）"),
    ("各镇（区、街道）建成党群服务站。", "各镇（区、街道）"),
    ("乡镇人民政府（街道办事处）应当核实申请材料。", "乡镇人民政府（街道办事处）"),
    ("将审核权限下放至乡镇人民政府（街道办事处）。", "| 乡镇人民政府（街道办事处）"),
    ("推动窗口服务向乡镇（街道）延伸。", "| 乡镇（街道）"),
    ("压实区镇两级政府防汛责任。", "区镇两级政府"),
    ("强化地方政府属地责任。", "地方政府"),
    ("市商务局、市粮储局要加强统筹协调。", "市商务局 市粮储局"),  # 统筹协调 is done, not shared
    ("市商务局、市粮储局要加强沟通协调。", "| 市商务局 市粮储局"),
    ("中央财政通过现有渠道予以支持。", "中央财政"),
    ("健全由水利部门牵头、林草部门配合、乡镇实施的机制。", "水利部门 乡镇 | 林草部门"),
    ("建立教育部门统筹、学校主责、家庭参与的机制。", "教育部门"),
    ("教育、民政、妇联等部门和单位各司其职。", "教育 民政 妇联"),
    ("统筹地区医保部门与医院签订协议。", "| 统筹地区医保部门"),
    ("区、镇两级财政要加大对河道养护的投入。", "区、镇两级财政"),
    ("区民政局牵头，区卫生健康委、区医保局等部门协同推进。", "区民政局 | 区卫生健康委 区医保局"),
    # what follows the subject: any deed, also behind bodies that the scheme does not know
    ("县教育局抓好节水型学校创建。", "县教育局"),
    ("住建部门参照燃气管理加氢站。", "住建部门"),
    ("住房城乡建设部门在编制改造计划时要征求民政部门意见。", "住房城乡建设部门 | 民政部门"),  # 在编制 is no 在编
    ("县供销社、邮政企业要发挥流通主渠道作用。", "县供销社"),  # half a name of the scheme
    ("乡镇人民政府、村民委员会做好乡道管护。", "乡镇人民政府"),
    ("工会、共青团、妇联等人民团体和老龄协会等社会组织要维护其权益。", "工会 共青团 妇联"),
    ("各县（市）、各部门要各司其职。", "各县（市）"),
    ("鼓励各区县出台购房补贴政策。", "各区县"),
    ("推动地方财政给予适当补助。", "地方财政"),
    ("卫生计生、民政、保险等部门（机构）建立结算机制。", "卫生计生 民政"),
    ("城镇燃气：由住建部门牵头，市场监管、综合执法等部门参与。", "住建部门 | 市场监管 综合执法"),  # a topic ahead
    ("气象灾害：气象、应急等部门按职责分工开展排查。", "气象 应急"),
    ("县水利局牵头，教育、民政、水务等行业部门按月开展比对。", "县水利局 | 教育 民政 水务"),
    ("由交通、公安、公路养护等部门按照职责分工负责。", "交通 公安"),  # 公路养护 only begins like a name
    ("压实各县（市）人民政府属地责任、文旅部门行业监管责任。", "各县（市）人民政府 文旅部门"),
    ("建立县委书记主抓、部门协同、乡镇落实的工作机制。", "乡镇"),
    ("建立由区医保局牵头，区公安分局、区审计局参加的联席会议制度。", "区医保局 | 区公安分局 区审计局"),
    ("鼓励各区县、平湖新区及各部门开展试点。", "各区县 平湖新区"),  # a zone beside the governments
    ("市教育局、市工信局要加强与省教育厅的沟通衔接。", "市教育局 市工信局 | 省教育厅"),  # with another
    ("完善医保与公安、纪检监察等部门线索移交机制。", "| 医保 公安 纪检监察"),
    ("司法、公安、法院等部门予以支持。", "| 司法 公安 法院"),
    # names with what belongs to them
    ("县委农办（县农业农村局）发挥牵头抓总作用。", "县委农办（县农业农村局）"),
    ("市教育局党委要指导学校党建工作。", "市教育局党委"),
    ("各级党委（党组）要定期研究。", "各级党委（党组）"),
    ("强化地方党委政府领导责任。", "地方党委政府"),
    ("党委宣传部门和政府司法行政部门负责规划实施。", "党委宣传部门 政府司法行政部门"),
    ("市生态环境局临湖分局负责水源保护区划定。", "市生态环境局临湖分局"),
    ("市政府教育督导室对县级政府履职进行评价。", "市政府教育督导室"),
    ("新区行政审批局负责“一网通办”，新区党工委宣传部配合。", "新区行政审批局 | 新区党工委宣传部"),
    ("各区县人民政府、南太湖新区管委会参照执行。", "各区县人民政府 南太湖新区管委会"),
    ("水库除险由县水利局组织实施，所在乡镇做好协调。", "县水利局 所在乡镇"),
    ("各苏木镇人民政府、街道办事处要履行促进就业责任。", "各苏木镇人民政府 街道办事处"),
    ("乡镇（街道）司法所发挥基层普法骨干作用。", "乡镇（街道）司法所"),
    ("由住房城乡建设（历史文化名城）主管部门划定保护线。", "住房城乡建设（历史文化名城）主管部门"),
    ("加强医保经办机构内控机制建设，落实稽查审核责任。", "医保经办机构"),
    ("市卫生健康委、市财政局等分工负责深化改革。", "市卫生健康委 市财政局"),
    ("市人大常委会、市政协要加强监督。", "市人大常委会 市政协"),  # 市|政协, not 市政|协
    ("由行业主管部门、人力资源社会保障部门共同确定目录。", "人力资源社会保障部门"),
    ("建立由海关、边检组成的联合登临机制。", "| 海关"),
    ("沿河各县（市、区）人民政府负责河道清障。", "沿河各县（市、区）人民政府"),
    ("乡（镇）党委、政府及时化解矛盾。", "乡（镇）党委、政府"),
    ("医保部门牵头，公安、卫健参与。", "医保部门 | 公安 卫健"),  # 参|与 joins no names
    ("落实市、县两级财政补助责任。", "市、县两级财政"),
    ("推进民政与公安、税务等部门信息核对。", "| 民政 公安 税务"),
    ("切实履行市场监管部门监管责任。", "市场监管部门"),
    ("各镇要成立专班。", "各镇"),
    ("由医保经办机构编制、财政部门审核。", "医保经办机构 财政部门"),  # 编制 is what it does
    ("依托市政务服务管理局平台，接入数据。", "| 市政务服务管理局"),  # 市|政务, not 市政|务
    ("城建、城管、交管等部门完善机制。", "城建 城管 交管"),
    ("市民政局牵头，市财政局等部门按照职责分工做好工作。", "市民政局 市财政局"),  # each its own part
    ("市民政局牵头建设，市财政局负责资金保障。", "市民政局 市财政局"),  # a thing of its own
    ("各乡镇人民政府、平南街道办事处要建立消防工作所。", "各乡镇人民政府 平南街道办事处"),
    ("落实街道办事处责任，下放至街道办事处办理。", "街道办事处 街道办事处"),
    ("主动对接科技部、中国科学院。", "| 科技部 中国科学院"),
    ("森林公安机关打击违法犯罪。", "森林公安机关"),
    ("由县委县政府统一指挥，市委、市政府负责统筹。", "县委县政府 市委、市政府"),
    # places that stand for their governments, among others
    ("由各县（市、区）统筹安排，任务下达至有关县。", "各县（市、区） | 有关县"),
    ("教育、工信、工商联配合，实施见习计划。", "| 教育 工信 工商联"),  # bare words before the one that tells
    ("加强与解放军、武警部队的军地协同。", "| 武警部队"),
    ("村级组织、各街道落实属地责任。", "各街道"),
    ("各地政府要落实扩面主体责任。", "各地政府"),
    ("将任务分解至各区政府及有关部门。", "| 各区政府"),
    ("乡镇（街道）残联配备专职理事长。", "乡镇（街道）残联"),
    ("卫生健康部门规范医疗机构诊疗行为。", "卫生健康部门"),  # 部门规… is no regulation here
    ("浙江证监局引导企业上市，公安临湖分局加强打击。", "浙江证监局 公安临湖分局"),
    # words between 等 and 部门
    ("建立财政、审计等宏观管理部门的协调机制。", "| 财政 审计"),
    ("推动教育、民政等行业管理部门落实责任。", "教育 民政"),
    # a bracket that belongs to the name of places, and where something is
    ("各区（县级市）要建立专项资金。", "各区（县级市）"),
    ("市和各区（县级市）要健全机制。", "各区（县级市）"),
    ("由项目所在县（市、区）提供建设用地。", "项目所在县（市、区）"),
    ("企业所在区要落实配套资金。", "企业所在区"),
    # a place that is given something to do
    ("管护事项交由河湾镇牵头落实。", "河湾镇"),
    ("日常巡查由青石乡政府负责。", "青石乡政府"),
    ("市科技局、吴兴区牵头建立联动机制。", "市科技局 吴兴区"),  # 联动 is what they set up
    ("由河湾镇、青石乡牵头，县教育局、城关街道配合。", "河湾镇 青石乡 | 县教育局 城关街道"),
    ("河湾镇和青石乡共同负责管护。", "河湾镇 青石乡"),
    ("由城关街道、河湾镇人民政府牵头。", "城关街道 河湾镇人民政府"),
    ("由河湾镇、县教育局牵头。", "河湾镇 县教育局"),
    ("由辖区街道负责，由河湾镇、青石乡向外延伸服务。", "街道"),
    ("在老城区、新城区实施改造，鼓励企业、农村社区参与。", ""),
    # 以及, and a comma before what is to be done
    ("水利、卫生健康以及生态环境部门要定期检查。", "水利 卫生健康 生态环境部门"),
    ("推动商务、教育等部门，制定检查清单。", "商务 教育"),
    # where an office is housed, and whose means are pooled
    ("专班办公室设在市教育局，承担日常工作。", "市教育局"),
    ("指挥部办公室挂靠市水利局。", "市水利局"),
    ("统筹应急、交通和民防等部门的物资仓库。", "| 应急 交通 民防"),
    ("整合公安、民政等部门数据资源。", "| 公安 民政"),
    # bodies for one task, whose function no name tells
    ("泽宁市节水工作推进小组负责研究重大事项。", "泽宁市节水工作推进小组"),
    ("由市防汛抗旱指挥部统一负责调度。", "市防汛抗旱指挥部"),
    ("推动县乡党委和政府切实履行职责。", "县乡党委和政府"),
    ("建立市气象局、市应急局三方联络机制。", "| 市气象局 市应急局"),
    ("督促水务及维保企业按期检修消火栓。", "水务"),
    ("协调区建管委落实设施建设。", "| 区建管委"),
    # a prefecture of the kind 地区, and its government
    ("地区财政局要将经费纳入预算，地区林草局配合做好保障。", "地区财政局 | 地区林草局"),
    ("各县人民政府、行署要签订责任状。", "各县人民政府 行署"),
    ("地区行政公署负责统筹。", "地区行政公署"),
    ("有关地区可以先行先试。", ""),
    ("市能源局牵头，会同国网云岭东部电力公司制定细则。", "市能源局 | 国网云岭东部电力公司"),
    ("国网和市供电公司要保障供电。", "国网 市供电公司"),
    ("区发展改革局、区投资推广局负责招引项目。", "区发展改革局 区投资推广局"),
    ("计划部门要把握宏观经济运行状况。", "计划部门"),  # as they were called until 2003
]  # fmt: skip

# Words that a department's name is made of, and bodies that are given nothing to do.
NOTHING = [
    "为了支持商业部门扩大商品流通，增加贷款。",  # a purpose
    "整合街道和单位微型消防队力量，实现联勤联动。",  # whose teams are named
    "街道和单位微型消防队联动处置。",
    "坚持医疗、医保、医药协同发展和治理。",  # the three fields of 三医
    "推动“三医”联动改革，促进医保、医疗、医药三方协同。",
    "提高城乡居民医保财政补助标准。",
    "将民政对象纳入医疗救助保障范围。",
    "加强乡村教师教育培训。",
    "自觉接受人大监督、审计监督和社会监督。",
    "推进税务登记和注销便利化。",
    "发展卫生健康事业，完善交通运输体系。",
    "推进农业农村现代化，加强科技创新。",
    "推动文化和旅游、体育融合发展。",
    "统筹教育、科技、人才一体发展。",
    "统筹水利、交通、能源等基础设施建设。",
    "加强财政、金融、产业政策协同配合。",
    "做好教育、医疗、养老等公共服务。",
    "提升教育、卫生等机构服务能力。",  # schools and hospitals
    "鼓励企业、社会组织等单位参与。",  # 组织 inside another word
    "加快自然资源资产产权制度改革。",
    "构建应急管理体系，提升市场监管能力。",
    "加大财政投入力度，安排财政专项资金。",
    "加强组织领导和规划部署，加强教育部署。",  # 部署 is no 部
    "打开教育局面，完善科技办法。",  # nor 局面 a 局
    "成立项目建设办公室统筹推进。",  # anybody's office
    "推进海关特殊监管区域建设。",
    "邀请人大代表、政协委员视察调研。",
    "提高工会会员覆盖面。",
    "坚持政府主导、部门协同、社会参与。",  # a bare 政府 in a set phrase
    "推动政府职能转变，发挥政府作用。",
    "强化政府监管责任，完善政府购买服务。",
    "明确政府和企业的责任。",
    "成立由市政府分管领导任组长的领导小组。",
    "各地各部门要高度重视。",  # nobody in particular
    "市级有关部门按照职责分工抓好落实。",
    "在乡镇设立便民服务窗口。",  # a place
    "依托乡镇卫生院开展健康管理。",
    "建设乡镇（街道）综合养老服务中心。",
    "加快发展，建设乡镇（街道）综合养老服务中心。",
    "形成县、乡镇（街道）、村三级服务网络。",
    "完善乡镇综合执法体制，推进街道改革。",
    "按照国家发展改革委统一部署推进改革。",  # whose word is followed
    "根据省财政厅、省税务局有关要求执行。",
    "在省教育厅指导下开展试点工作。",
    "贯彻落实自然资源部关于耕地保护的要求。",
    "落实《国务院关于加强审计工作的意见》。",  # a title
    "依据《教育部等九部门关于推进职业教育的通知》开展试点。",
    "教育部认定的一流学科数量增加。",  # a remark on something else
    "国家统计局公布的数据显示。",
    "国家发展改革委等部门印发的《实施方案》",
    "到民政部门办理婚姻登记。",  # who goes there
    "未经林业主管部门批准不得占用林地。",
    "接受市场监管部门监督检查。",
    "取得公安部门颁发的许可证件。",
    "加强对县级人民政府履行教育职责的督导。",
    "公安部门负责人定期走访企业。",  # 负责人 is not 负责
    "深化“政银企”合作。",
    "支持地方政府发行专项债券。",
    "防范化解地方政府隐性债务风险。",
    "科技部门实施的计划有三项。",  # a remark, and no chain of parts
    "发挥乡镇作为商贸节点的作用。",  # what a place is
    "改善全市各乡镇（街道）。",  # a bracket within a name
    "加强市自然资源局（市林业局）。",
    "推动文化、旅游繁荣发展。",  # no 部门 behind the everyday words
    "向税务部门申报并缴纳水资源税。",  # who asks or pays, not what the body does
    "引导企业向国家知识产权局提交专利申请。",
    "充分发挥人大监督、政协民主监督作用。",
    "各级党委法治建设议事协调机构要加强领导。",  # another body than the committee
    "推动财政、金融、产业等政策协调联动。",
    "医保部门监管能力明显提升。",  # a noun, no deed
    "党政机关和国有企业要带头安置残疾人。",  # anybody
    "推进市、县疾控中心标准化建设。",  # what is built up, not what it does
    "推动各乡土特色产业发展。",
    "推动县城、乡镇、村三级物流网络建设。",
    "落实政府办医责任。",  # no 政府办
    "推动市县疾控中心与卫生监督所整合。",  # what is done to them
    "由乡镇卫生院提供康复服务。",  # what stands in a township
    "形成州、县（市）、乡镇、村（社区）四级服务体系。",
    "推进各县（市、区）医共体建设，发挥各县比较优势。",
    "优化由街道和单位微型消防队组成的邻里救援网络。",  # teams of streets and firms
    "发展志愿消防队，壮大企业专职力量。",
    "区政府相关部门按照职责分工落实任务。",  # the departments, nobody in particular
    "完善市政府门户网站，加强政府部门协同。",
    "由乡镇和村委会代表组成的议事会。",
    "科学制定年度计划、财政预算。",  # 计划 is a plan
    "统筹教育、卫生等领域资源。",
    "项目所在区域要加强绿化。",  # no governments
    "确保安全工作协同共治。",  # 作协 inside other words
    "接入市政府统一协同办公平台。",
    "报请市人民代表大会常务委员会审议批准。",  # the plan is put before it
    "由社区负责日常巡查，由园区牵头组织。",  # no governments
    "由主管部门和地区组织验收。",
    "由煤炭、造纸等用材部门建立基地。",  # industries
    "政务部门应当依托云岭省大数据中心平台建设系统。",  # a system
    "建立区产业发展领导小组协调机制。",
    "成立健康云岭行动推进委员会。",
    "落实县级人民政府的要求。",
    "成立工作推进小组。",  # of no place, and given nothing to do
    "督促教育和培训机构规范办学。",  # 教育 is a word of 培训机构
]

LISTED = [
    ("（牵头单位：市卫健委；配合单位：市教育局，各县〈市、区〉人民政府）", "市卫健委 | 市教育局 各县〈市、区〉人民政府"),
    # （…牵头，…配合）
    ("（生态环境部牵头，国家发展改革委、农业农村部参与）", "生态环境部 | 国家发展改革委 农业农村部"),
    ("（教育部、司法部牵头，财政部、各省级人民政府负责）", "教育部 司法部 | 财政部 各省级人民政府"),
    ("（海关总署、商务部等有关部门负责）", "海关总署 商务部"),
    ("（市教委、市财政局按职责分工负责）", "市教委 市财政局"),
    ("（各有关部门按职责分工负责）", ""),  # no body in particular
    ("（国家发展改革委、财政部等国务院有关部门及各地区按职责分工负责）", "国家发展改革委 财政部 各地区"),
    ("（民政部、公安部等按职责分工负责，持续推进）", "民政部 公安部"),
    ("（由市教委牵头，市财政局、市人社局等配合，2025年底前完成）", "市教委 | 市财政局 市人社局"),
    ("（市发展改革委会同市财政局、市民政局负责）", "市发展改革委 | 市财政局 市民政局"),
    ("（县级以上地方人民政府负责落实）", "县级以上地方人民政府"),
    ("（自然资源部牵头，水利部参与，地方各级人民政府负责落实）", "自然资源部 地方各级人民政府 | 水利部"),
    ("（市教委负责学校建设，市财政局负责资金保障）", "市教委 市财政局"),
    ("（自然资源部牵头，清溪市、白河市人民政府负责落实）", "自然资源部 清溪市 白河市人民政府"),  # done by themselves
    ("（教育部牵头，各地区按职责分工落实）", "教育部 | 各地区"),  # a share in it
    ("（各省级人民政府负责）（工业和信息化部等指导）", "各省级人民政府 | 工业和信息化部"),
    ("（民政部、国务院办公厅）", "民政部 国务院办公厅"),
    ("（全国总工会、共青团中央，地方人民政府）", "全国总工会 共青团中央 地方人民政府"),
    ("（司法部、全国人大常委会法工委、水利部）", "司法部 全国人大常委会法工委 水利部"),  # one that the scheme lacks
    ("（沿江地区省级人民政府负责）", "沿江地区省级人民政府"),
    ("（水利部等部门以及各省级人民政府）", "水利部 各省级人民政府"),
    ("（司法部、公安部及各级人民政府按职责分工负责）", "司法部 公安部 各级人民政府"),
    ("（教育部，国家语委）", "教育部 国家语委"),
    ("（文化部、共青团中央、中国文联、中国作协）", "文化部 共青团中央 中国文联 中国作协"),
    ("（民政部、教育部等有关部门，各省级人民政府）", "民政部 教育部 各省级人民政府"),
    ("（各县区人民政府、金沙湾管委会，市直有关单位）", "各县区人民政府 金沙湾管委会"),
    ("（水利部，有关省级人民政府。列在首位的为牵头单位，下同）", "水利部 | 有关省级人民政府"),
    ("（省水利厅牵头，各市、县〔市、区〕人民政府落实）", "省水利厅 各市、县〔市、区〕人民政府"),
    ("（牵头单位：水利部，参与单位：财政部，持续实施）", "水利部 | 财政部"),  # 持续实施 is said of the measure
    ("（市公安局交警支队、市卫生健康局负责）", "市公安局交警支队 市卫生健康局"),
    ("（责任单位：县农业农村局、各镇办）", "县农业农村局 各镇办"),
    ("（市水务局牵头，各县、区人民政府（管委会）负责落实）", "市水务局 各县、区人民政府（管委会）"),
    ("（市水务局为牵头单位，市教育局、市体育局为责任单位）", "市水务局 | 市教育局 市体育局"),
    ("（市水务局负主责，市教育局等相关单位配合）", "市水务局 | 市教育局"),
    ("（牵头单位∶市水务局；责任单位∶市教育局）", "市水务局 | 市教育局"),  # a colon of another script
    # blanks between the names, lost where Chinese stands on both sides
    ("（水利部 农业农村部 财政部负责）", "水利部 农业农村部 财政部"),
    ("（市水务局 市教育局）", "市水务局 市教育局"),
    ("（公安部交通管理局、国家税务总局湖州市税务局负责）", "公安部交通管理局 国家税务总局湖州市税务局"),
    # 和 and 、 inside names
    ("（文化和旅游部、各省、自治区、直辖市人民政府负责）", "文化和旅游部 各省、自治区、直辖市人民政府"),
    ("（市住房和城乡建设局和市水利局负责）", "市住房和城乡建设局 市水利局"),
    ("（市自然资源和规划局与市水利局负责）", "市自然资源和规划局 市水利局"),
    ("（市残疾人联合会牵头，市红十字会参与）", "市残疾人联合会 | 市红十字会"),  # 联合 inside a name
    ("（市委宣传部（市新闻出版局）、团市委负责，市城投集团参与）", "市委宣传部（市新闻出版局） 团市委 | 市城投集团"),
    ("（中央网信办、国家能源局、国务院国资委负责）", "中央网信办 国家能源局 国务院国资委"),
    ("（全国总工会、共青团中央、中国残联负责）", "全国总工会 共青团中央 中国残联"),
    # labels
    ("（牵头单位：市发展改革委；责任单位：市财政局、各县区人民政府）", "市发展改革委 | 市财政局 各县区人民政府"),
    ("（牵头单位：市发展改革委，配合单位：市财政局，完成时限：2024年底）", "市发展改革委 | 市财政局"),
    ("（责任单位：市教育局、市民政局、各县（市、区）人民政府）", "市教育局 市民政局 各县（市、区）人民政府"),
    ("（预期性指标，牵头单位：市发改委；责任单位：各县市区）", "市发改委 | 各县市区"),
    ("[责任部门：市教育局、市民政局]", "市教育局 市民政局"),
    ("【责任单位：市商务局】", "市商务局"),
    ("\n责任单位：市商务局、市市场监管局\n", "市商务局 市市场监管局"),  # no bracket, a line
    ("\n牵头单位：市民政局；配合单位：市卫生健康委、市医保局\n", "市民政局 | 市卫生健康委 市医保局"),
    ("\n主办单位：市民政局 承办单位：市大数据中心\n", ""),  # the foot of a web page
    ("\n主办单位：市民政局；协办单位：市医保局\n", "市民政局 | 市医保局"),
    ("（责任单位：市高院、市住房城乡建设管理委等；各区政府）", "市高院 市住房城乡建设管理委 各区政府"),
    ("（牵头单位：市民政局，配合单位：市财政局，各区、县级市）", "市民政局 | 市财政局 各区、县级市"),
    ("牵头单位：市民政局；责任单位：市教育局。扩大床位供给。", "市民政局 | 市教育局"),  # ends with its sentence
    ("\n牵头单位：市民政局\n责任单位：市财政局\n完成时限：2024年\n", "市民政局 | 市财政局"),  # a line each
    ("\n★牵头单位：市民政局　　责任单位：市财政局\n", "市民政局 | 市财政局"),
    ("\n【牵头单位】市民政局\n【责任单位】市财政局、市医保局\n", "市民政局 | 市财政局 市医保局"),
    ("\n责任领导：张某某  牵头单位：市民政局  责任单位：市财政局\n", "市民政局 | 市财政局"),
    ("——牵头单位：市民政局；责任单位：市财政局", "市民政局 | 市财政局"),
    ("（责任单位为市民政局，配合单位为市财政局）", "市民政局 | 市财政局"),
    ("（市水务局牵头，各县（市、区）人民政府负责具体实施）", "市水务局 各县（市、区）人民政府"),
    ("（市教育局、湖州供电公司，各发电企业）", "市教育局 湖州供电公司 各发电企业"),
    ("责任单位：市科技局。对企业增加投资给予奖励。责任单位：市商务局。", "市科技局 市商务局"),
    # bodies alone, behind a measure
    ("（市教育局、吴兴区）", "市教育局 吴兴区"),  # the government there
    ("（市教育局、市民政局、各县区）", "市教育局 市民政局 各县区"),
    ("【市教育局，市民政局】", "市教育局 市民政局"),
    # with when it is done, or that it goes on, behind the names or before them
    ("（市教育局、市财政局，2024年底前完成）", "市教育局 市财政局"),
    ("（市教育局、市财政局，2023—2025年）", "市教育局 市财政局"),
    ("（市教育局、市财政局，力争6月底前建成投用）", "市教育局 市财政局"),
    ("（市教育局、各乡镇，持续推进）", "市教育局 各乡镇"),
    ("（市教育局、市财政局；长期坚持）", "市教育局 市财政局"),
    ("（市教育局、市财政局等，每年12月，常态化开展）", "市教育局 市财政局"),
    ("（市教育局、市财政局；完成时限：2024年6月）", "市教育局 市财政局"),
    ("（市教育局、市财政局；责任人：市民政局局长）", "市教育局 市财政局"),
    ("（2024年底前，市教育局、市财政局）", "市教育局 市财政局"),
    ("（市教育局，2024年预算）", "市教育局"),
    ("（市教育局，发展学前教育）", ""),
    ("（2024年市教育局统计）", ""),
    # known departments among bodies that the scheme does not know
    ("（市教育局、市水文站、市气象局）", "市教育局 市水文站 市气象局"),
    ("（市教育局、市教科院、市电教馆）", "市教育局 市教科院 市电教馆"),
    ("（市教育局、中国移动湖州分公司、市铁塔公司）", "市教育局 中国移动湖州分公司 市铁塔公司"),
    ("（市委组织部、市农业农村局，团市委、云岭开放大学）", "市委组织部 市农业农村局 团市委 云岭开放大学"),
    ("（市卫生健康委、各医疗卫生机构）", "市卫生健康委 各医疗卫生机构"),
    ("（市教育局、市公路段、市农商行、各学校）", "市教育局 市公路段 市农商行 各学校"),
    ("（市疾控中心、市博物馆、市科技馆）", ""),  # buildings
    ("（市教育局、文化馆）", ""),
    # offices inside one body, by their verbs
    ("（医政科牵头，规划财务科、药政科配合）", "医政科 | 规划财务科 药政科"),
    ("（基层处、妇幼处负责）", "基层处 妇幼处"),
    ("【待遇科牵头，各县（区）分局配合】", "待遇科 | 各县（区）分局"),
    ("（责任科室：老龄健康科；市老年医院、各县（区）卫生健康局配合）", "老龄健康科 | 市老年医院 各县（区）卫生健康局"),
    ("（牵头科室：综合督导科；配合科室：组织处）", "综合督导科 | 组织处"),
    ("（骨科、儿科）", ""),
    ("（专业合作社牵头，种植大户配合）", ""),
    # the part of each, by brackets and by 、
    ("（责任单位：市财政局（牵头），市教育局、市民政局（配合））", "市财政局 | 市教育局 市民政局"),
    ("（责任单位：市财政局（牵头）、市教育局、市民政局（配合））", "市财政局 | 市教育局 市民政局"),
    ("（市财政局、市教育局（配合））", "市财政局 | 市教育局"),  # no leader's bracket before
    ("（责任单位：市教育局，市财政局、市人社局配合）", "市教育局 | 市财政局 市人社局"),
    ("（市教育局、市民政局，市财政局配合）", "市教育局 市民政局 | 市财政局"),
    ("（市教育局牵头，市民政局，市财政局配合）", "市教育局 | 市民政局 市财政局"),
    ("（市教育局，市财政局负责）", "市教育局 市财政局"),
    ("（市教育局牵头、市财政局等按职责分工负责）", "市教育局 | 市财政局"),
    ("（市教育局牵头、市财政局配合、各区县落实）", "市教育局 各区县 | 市财政局"),
    ("（市委组织部、市教育局督导室负责）", "市委组织部 市教育局督导室"),
    # a remark on the body
    ("\n牵头单位：市教育局（联系人：张某，电话：13900000000）、市财政局\n", "市教育局 市财政局"),
    ("（责任单位：市教育局（责任人：张某）；配合单位：市财政局）", "市教育局 | 市财政局"),
    # labels that blanks stretch
    ("\n牵 头 单 位：市民政局\n责 任 单 位：市财政局、市医保局\n", "市民政局 | 市财政局 市医保局"),
    ("\n牵头 单位：市民政局    配 合 单 位：市财政局\n责 任 人：市医保局局长\n", "市民政局 | 市财政局"),
    ("\n【责 任 单 位】市民政局\n", "市民政局"),
    ("\n成 员 名 单：市民政局\n", ""),
    # labels by their grammar, one of a kind
    ("（牵头考核单位：市民政局；考核单位：市财政局）", "市民政局 | 市财政局"),
    ("（6月底完成，牵头考核单位：市民政局、市财政局）", "市民政局 市财政局"),
    ("（责任单位：市教育局；督导单位：市财政局）", "市教育局 | 市财政局"),  # who guides does not lead it
    ("（牵头单位：市教育局；责任单位：市民政局；考核单位：市财政局）", "市教育局 | 市民政局 市财政局"),
    ("（督办单位：市审计局）", "| 市审计局"),
    ("（包抓单位：市财政局；组织单位：市教育局）", "市财政局 | 市教育局"),
    ("（主管单位：市财政局）", "市财政局"),
    ("（牵头市直单位：市大数据局；配合县级部门：各县（市、区）人民政府）", "市大数据局 | 各县（市、区）人民政府"),
    ("（牵头：市教育局，配合：市财政局）", "市教育局 | 市财政局"),
    ("（责任：市民政局、市残联）", "市民政局 市残联"),
    ("（任务分工：市教育局、市财政局）", "市教育局 市财政局"),
    ("（牵头领导：分管副市长；牵头单位：市公安局）", "市公安局"),  # a person is no department
    ("（责任领导：市教育局局长）", ""),
    ("（责任单位：市教育局；责任人：李某某、市财政局）", "市教育局"),
    ("（责任单位：市级：市教育局；县级：各县区政府）", "市教育局 各县区政府"),
    ("（责任单位：市教育局，其中：市财政局）", "市教育局 市财政局"),
    ("（牵头及配合单位：市教育局、市财政局、市民政局）", "市教育局 | 市财政局 市民政局"),
    ("（责任单位：市教育局（牵头）、市财政局（配合））", "市教育局 | 市财政局"),
    ("（牵头处室：基础教育处；配合处室：规划财务处、办公室）", "基础教育处 | 规划财务处 办公室"),
    ("（责任科室：人事科、财务科）", "人事科 财务科"),
    ("牵头单位（市教育局、市财政局）", "市教育局 市财政局"),
    ("加快建设，配合单位（市教育局、市财政局）然后", "| 市教育局 市财政局"),
    ("\n责任单位：1）市教育局、市自然资源局（市林业、海洋局）、市财政局\n", "市教育局 市自然资源局（市林业、海洋局） 市财政局"),
    ("（责任单位：市教育局\t市财政局）", "市教育局 市财政局"),
    ("（责任单位 市教育局）", "市教育局"),  # a blank for the colon
    ("（市水利局牵头，市财政局考核）", "市水利局 | 市财政局"),
    ("\n市级责任单位：市教育局\n县级责任单位：各县区人民政府\n", "市教育局 各县区人民政府"),
    ("\n责任单位：市教育局\n督办单位：市财政局\n", "市教育局 | 市财政局"),
    ("\n主办单位：市民政局\n协办单位：市财政局\n", "市民政局 | 市财政局"),
    ("\n主办单位：市民政局\n", "市民政局"),
    ("\n主办单位：湖州市人民政府办公室\n", ""),  # the foot of a web page
    ("（责任单位：河湾镇、青石乡）", "河湾镇 青石乡"),
    ("（承保机构：市医保局）", ""),  # another label
    ("（组织机构：市教育局）", ""),
    # a label that a blank parted from the name before it, which the text does not keep
    ("（主办：市民政局协办：市医保局）", "市民政局 | 市医保局"),
    ("（牵头：市民政局配合：市医保局）", "市民政局 | 市医保局"),
    # a body's own part in a bracket after its name
    ("（市民政局（牵头）、市财政局）", "市民政局 | 市财政局"),
    ("（市民政局〔牵头〕、市财政局）", "市民政局 | 市财政局"),
    ("（市民政局/市财政局）", "市民政局 市财政局"),
    ("（标*的为牵头单位）\n推进。（市财政局、市教育局*）", "市教育局 | 市财政局"),
    ("\n◎责任单位：1.市民政局；2.市财政局\n", "市民政局 市财政局"),
    # a label without a colon before its bracket
    ("责任单位（市民政局、市财政局）\n", "市民政局 市财政局"),
    ("牵头单位（市民政局）配合单位（市财政局）\n", "市民政局 | 市财政局"),
    ("责任单位（以下简称单位）\n", ""),
    ("责任部门:市民政局,市财政局.\n", "市民政局 市财政局"),  # half-width marks
    # lines of names below a label
    ("\n责任单位：\n市民政局、市财政局\n", "市民政局 市财政局"),
    ("\n责任单位：\n市民政局\n市财政局\n推进建设。\n", "市民政局 市财政局"),
    ("\n牵头单位：市民政局\n责任单位：市财政局、市医保局\n市教育局、市水利局\n", "市民政局 | 市财政局 市医保局 市教育局 市水利局"),
    ("\n责任单位：市民政局\n市教育局\n健全制度。\n", "市民政局"),  # one name may head what follows
    ("\n责任单位：\n湖州市人民政府\n2021年8月1日\n", ""),  # a signature
    # what is said once for all
    ("（列第一位者为牵头单位，下同）\n推进。（市教育局、市财政局）", "市教育局 | 市财政局"),
    ("（责任单位：市教育局、市财政局，排在首位的为牵头单位，下同）", "市教育局 | 市财政局"),
    ("【责任单位：市经信局（列首位的为牵头单位，下同）、市财政局，市民政局】", "市经信局 | 市财政局 市民政局"),
    ("\n责任单位：市教育局、市财政局（除标注外，列第一位的为牵头单位，下同）\n", "市教育局 | 市财政局"),
    ("\n责任单位：市教育局、市财政局分别牵头\n", "市教育局 市财政局"),
    ("（标★的为牵头单位）\n推进。（责任单位：市财政局、市教育局★）", "市教育局 | 市财政局"),
    # near misses
    ("（列第一位者为牵头单位，下同）", ""),
    ("（以下简称“规划”）", ""),
    ("（社会资本参与）", ""),
    ("（龙头企业牵头）", ""),  # no public body
    ("（教育、医疗）", ""),
    ("（市教育局、幼儿园）", ""),
    ("（负责人：张三）", ""),
    ("（参与率达到95%）", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RUNNING)
def test_running_text(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("乡镇人民政府和村民委员会负责乡道管护。", "负责"),  # not 会, the end of a name that is not known
        ("县水利局、业主大会会同物业企业开展巡查。", "开展"),
        ("县水利局、项目施工管理单位要加强巡查。", "要"),  # nor 管理, which is in the middle of one
        ("县水利局、供水合作社管理蓄水池。", "管理"),
    ],
)
def test_the_deciding_words_are_no_part_of_a_name(text: str, cue: str) -> None:
    assert [fact.cue for fact in read(text)] == [cue]


@pytest.mark.parametrize("text", NOTHING)
def test_words_that_give_nobody_work(text: str) -> None:
    assert said(text) == ""


@pytest.mark.parametrize(("text", "expected"), LISTED)
def test_lists_behind_measures(text: str, expected: str) -> None:
    assert said("完善设施网络，提升服务水平。" + text) == expected


REASONS = [
    ("推进工作。（责任领导：市教育局局长、市财政局）", "the label names a person"),
    ("推进工作。（承保单位：市医保局）", "the label is not known"),
    ("推进工作。（责任单位：某某某）", "no body is recognised under the label"),
    ("推进工作。（责任单位：各有关部门）", "no body in particular is named"),
    ("推进工作。（责任人：张三；责任单位：各有关部门）", "no body in particular is named"),  # once
    ("推进工作（详见附件；责任单位：各部门）后，市教育局会议通报。", "no body in particular is named"),  # not 市教育局
    ("推进工作（市教育局、市财政局）建设。", "the bracket does not end a measure"),
    ("在市委党校（市行政学院）、乡镇（街道）礼堂办班。", None),  # parts of names, which nobody would miss
    ("推进工作。（市教育局、校园安全）", "other words stand among the bodies"),
    ("推进工作。（市教育局*、市财政局）", "other words stand among the bodies"),  # a mark that nothing explains
    ("推进工作。（包括市教育局、市财政局）", "the bracket explains a word"),
    ("推进工作。\n主办单位：湖州市人民政府办公室\n", "foot of a web page"),
]


@pytest.mark.parametrize(("text", "reason"), REASONS)
def test_why_a_list_gives_no_duty(text: str, reason: str | None) -> None:
    facts, rejected = read_all(text)
    assert not facts
    assert [(one.kind, one.reason) for one in rejected] == ([("responsibility", reason)] if reason else [])


def test_words_of_deeds_stand_once_and_in_known_classes() -> None:
    lines = [line.split("\t") for line in VERBS.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [kind for kind, _ in lines] == ["class", "modal", "manner", "by", "verb"]
    entries = [entry.split("!")[0] for _, row in lines[1:] for entry in row.split()]
    assert len(entries) == len(set(entries)) == len(words())


def test_a_sentence_as_a_title_gives_work() -> None:
    source = Source("plan.txt", "0" * 64, "中期评估由市司法局、市普法办组织。", "txt")
    document = layout(source)
    reading = Reading(document)
    heading = Heading(Evidence.of(source, 0, len(source.text)), "section", "", source.text[:-1], None)
    reading.sections = [Section(heading, "tasks", len(source.text), len(source.text))]
    responsibilities(doc_of(reading))
    assert len(reading.facts) == 2


def test_there_are_enough_constructions() -> None:
    assert len(RUNNING) + len(LISTED) >= 120
    assert len({text for text, *_ in [*RUNNING, *LISTED]} | set(NOTHING)) == len(RUNNING + LISTED) + len(NOTHING)


def test_the_proof_of_a_list_ends_with_the_list_before() -> None:
    facts = read("完善管网。扩大供给（市教委负责）加快建设。（市水务局负责）")
    assert [fact.evidence.quote for fact in facts] == ["扩大供给（市教委负责）", "加快建设。（市水务局负责）"]


def test_functions_bodies_and_evidence() -> None:
    facts = read("加强考核。由市医保局牵头，推进与民政、省税务局等部门的信息共享。")
    assert [(f.function, f.organization and f.organization.region.name) for f in facts] == [
        ("医疗保障", "湖州市"),
        ("民政", "湖州市"),
        ("税务", "浙江省"),
    ]
    assert (
        facts[0].evidence.quote == "由市医保局牵头，推进与民政、省税务局等部门的信息共享"
    )  # seven characters prove little
    assert facts[1].evidence.quote == "推进与民政、省税务局等部门的信息共享"


def test_a_syllable_of_a_catchword_has_its_function() -> None:
    assert [f.function for f in read("推广“医保税银”等三方合作模式。")] == ["医疗保障", "税务"]


def test_the_part_in_a_bracket_after_a_name_is_what_decides() -> None:
    facts = read("推进（市财政局、市教育局（牵头））建设。")
    assert [(fact.role, fact.cue) for fact in facts] == [("participant", None), ("lead", "牵头")]
    assert said("推进（市财政局、市教育局）建设。") == ""  # no word says who does what


@pytest.mark.parametrize(
    ("text", "functions"),
    [
        ("推进。（责任科室：信访办、财务科）", [None, None]),
        ("推进。（责任科室：信访办会同财务科）", [None, None]),
        ("推进。（责任科室：市信访局会同财务科）", ["信访", None]),  # a whole bureau
        ("推进。（责任单位：信访办）", ["信访"]),
    ],
)
def test_an_office_inside_a_department_has_no_function(text: str, functions: list[str | None]) -> None:
    assert [fact.function for fact in read(text)] == functions


@pytest.mark.parametrize(
    ("role", "running", "listed"),
    [
        ("goals", 1, 1),
        ("tasks", 1, 1),
        ("safeguards", 1, 1),
        ("principles", 0, 1),  # a list behind a measure is work wherever it stands
        ("other", 0, 1),
        ("background", 0, 1),  # what was done is no task, but nobody writes 负责 behind it
        ("notice", 0, 1),
        ("preface", 0, 1),
    ],
)
def test_where_work_is_given(role: SectionRole, running: int, listed: int) -> None:
    assert len(read("市教育局负责学校布局调整。", role)) == running
    assert len(read("推进学校布局调整。（市教育局负责）", role)) == listed
    assert len(read("推进学校布局调整。（市教育局）", role)) == (listed and role not in ("background", "notice"))


def test_who_carries_out_the_whole_plan() -> None:
    (fact,) = read("本规划期限为五年，由市医疗保障局牵头组织实施。市民政局负责解释。", "preface")
    assert (fact.department, fact.role, fact.task) == ("市医疗保障局", "lead", None)


def test_tables_that_divide_work() -> None:
    table = (
        "任务分工表\n| 序号 | 重点任务 | 牵头单位 | 配合单位 |\n| --- | --- | --- | --- |\n"
        "| 1 | 建设养老服务中心 | 市民政局 | 市财政局、市住建局 |\n| 2 | 开展健康管理 | 市卫生健康委 | 市医保局 |\n"
    )
    assert said(table) == "市民政局 市卫生健康委 | 市财政局 市住建局 市医保局"
    assert "建设养老服务中心" in read(table)[0].evidence.quote


NO_BODY = "| 9 | 建设学校 | 由市教育局牵头建设新学校。 | 另定 |\n"


@pytest.mark.parametrize("rows", [NO_BODY, NO_BODY + "{}", "{}" + NO_BODY])
def test_no_row_of_a_table_is_read_as_running_text(rows: str) -> None:
    duty = "| 1 | 建设平台 | 由市财政局牵头建设信息平台。 | 市民政局 |\n"
    table = "任务分工表\n| 序号 | 重点任务 | 工作内容 | 牵头单位 |\n|---|---|---|---|\n" + rows.format(duty)
    facts, rejected = read_all(table)
    assert [fact.department for fact in facts] == ["市民政局"] * rows.count("{}")
    assert [one.reason for one in rejected] == ["no body is recognised in the cell"]


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        ("| 部门 | 职责与任务 |", "| 市教育局 | 开展学校健康教育。 |", "市教育局"),
        ("| 序号 | 成员单位 | 工作职责 |", "| 1 | 市民政局、市残联 | 建设康复机构。 |", "市民政局 市残联"),
        ("| 重点任务 | 责任分工 |", "| 建设康复机构 | 市民政局牵头，市残联配合 |", "市民政局 | 市残联"),
        ("| 重点任务 | 牵头处室 | 配合处室 |", "| 制定标准 | 基础教育处 | 规划财务处 |", "基础教育处 | 规划财务处"),
        ("| 重点任务 | 责任领导 | 责任单位 |", "| 制定标准 | 张某某 | 市教育局 |", "市教育局"),
        ("| 重点任务 | 责任单位 |", "| 制定标准 | 市教育局（牵头）、市民政局 |", "市教育局 | 市民政局"),
        ("| 重点任务 | 牵头考核单位 |", "| 制定标准 | 市教育局 |", "市教育局"),
        ("| 重点任务 | 督导单位 |", "| 制定标准 | 市教育局 |", "| 市教育局"),
        ("| 部门 | 联系电话 |", "| 市教育局 | 5550100 |", ""),  # given nothing to do
    ],
)
def test_tables_of_duties(head: str, row: str, expected: str) -> None:
    rule = "|" + "---|" * (head.count("|") - 1)
    assert said(f"附件 工作职责\n{head}\n{rule}\n{row}\n") == expected


CELLS = [["序号", "工作任务", "牵头部门", "参加部门"], ["1", "建设水文站", "水利部", "财政部、气象局"]]
CELLS += [["2", "开展巡查", "应急部、水利部", "公安部"]]


@pytest.mark.parametrize(("between", "behind"), [("\n\n", "\n\n"), ("  ", "\n"), ("\t", "\n")])
def test_tables_that_lost_their_form(between: str, behind: str) -> None:
    text = "附件\n\n任务分工表\n\n" + behind.join(between.join(row) for row in CELLS) + "\n"
    assert said(text) == "水利部 应急部 水利部 | 财政部 气象局 公安部"
    assert read(text)[0].evidence.quote.startswith("1")


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("| 重点任务 | 责任单位（排第一位的为牵头单位） | 备注 |", "| 建水文站 | 市水利局、市财政局 | |"),
        ("任务名称      责任领导  责任单位（排第一位的为牵头单位）", "建水文站      张某某    市水利局、市财政局"),
        ("| 重点任务 | 责任单位（标★的为牵头单位） | 备注 |", "| 建水文站 | 市财政局、★市水利局 | |"),
    ],
)
def test_tables_without_numbers(head: str, row: str) -> None:
    assert said(f"任务清单\n\n{head}\n\n{row}\n\n{row.replace('水利', '民政')}\n") == (
        "市水利局 市民政局 | 市财政局 市财政局"
    )


@pytest.mark.parametrize(
    "text",
    [
        "序号\n工作任务\n负责部门\n1\n建设水文站\n3\n开展巡查\n水利部\n",  # a cell is missing
        "序号\n指标\n责任部门\n1\n水文站个数\n水利部\n",  # no measures
        "工作任务\n负责部门\n建设水文站\n水利部\n",  # where a row begins cannot be told
    ],
)
def test_rows_that_cannot_be_told_are_left(text: str) -> None:
    assert read(text) == []


def test_tables_of_indicators_are_read_elsewhere() -> None:
    table = "主要指标\n| 指标名称 | 2020年 | 2025年 | 牵头单位 |\n|---|---|---|---|\n| 床位 | 10 | 20 | 市民政局 |\n"
    assert read(table) == []


def test_other_tables_give_no_work() -> None:
    table = "主要指标\n| 指标 | 2025年 | 备注 |\n|---|---|---|\n| 床位 | 20 | 市民政局负责、各乡镇（街道） |\n"
    assert read(table) == []


def test_a_sentence_that_serves_as_a_heading_gives_work() -> None:
    text = "健全公安、民政等部门信息共享机制，完善平台。"
    source = Source("plan.txt", "0" * 64, text, "txt")
    document = layout(source)
    for title, found in ((text[:-1], 2), ("健全公安、民政等部门信息共享机制", 0)):
        reading = Reading(document)
        heading = Heading(Evidence.of(source, 0, len(text)), "section", "1.", title, None)
        reading.sections = [Section(heading, "tasks", len(text), len(text))]
        responsibilities(doc_of(reading))
        assert len(reading.facts) == found


def test_spans_on_the_doc() -> None:
    source = Source("plan.txt", "0" * 64, "市教育局负责学校布局调整。", "txt")
    document = layout(source)
    reading = Reading(document)
    doc = doc_of(reading)
    reading.sections = [Section(None, "tasks", 0, len(document.text))]
    responsibilities(doc)
    assert [(span.text, span.label_) for span in doc.spans[DUTY_SPANS]] == [("市教育局", "lead")]
    (fact,) = reading.facts
    assert isinstance(fact, Responsibility)
    assert fact.organization is None  # a plan of no known region: whose bureau this is cannot be told


WORDS = [
    "市",
    "财政局",
    "各县（",
    "、",
    "，",
    "。",
    "（",
    "）",
    "负责",
    "牵头单位：",
    "由",
    "与",
    "等部门",
    "医保",
    "“",
    "乡镇",
    "协同",
    "\n",
    "要",
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_any_text_is_read(text: str) -> None:
    for fact in read("规划。" + text):
        assert fact.department
        assert len(fact.evidence.quote) >= len(fact.department.replace("\n", ""))


@pytest.mark.parametrize(
    "piece",
    [
        "（",
        "（市财政局、",
        "各县（市、",
        "责任单位：",
        "由市财政局、",
        "★牵头单位：民政局\n",
        "市财政局与",
        "民政、",
        "由",
        "“医保税",
        "等",
        "乡镇（",
    ],
)
def test_hostile_text_takes_no_longer_than_it_is_long(piece: str) -> None:
    began = time.process_time()
    read("规划。" + piece * (20_000 // len(piece)))
    assert time.process_time() - began < 5
