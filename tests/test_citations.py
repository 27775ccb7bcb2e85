"""Documents that plans name in 《》: found, numbered, attributed, and related to the plan.

All texts are written for these tests; 云岭省, 澄江市 and 石桥县 do not exist.
"""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_of import doc_of

from extractors.citations.component import citations
from extractors.document import Block, Document
from extractors.policies.identity import identify
from extractors.reading import Reading, Section, SectionRole
from extractors.reference.regions import CHINA
from extractors.vocabulary.notices import sent_out
from ontology.model.facts import Citation, Evidence, Heading, Plan, Region, squeeze
from ontology.model.source import Source

PROVINCE = Region("云岭省", None, "provincial", CHINA, "test")
CITY = Region("澄江市", None, "prefectural", PROVINCE, "test")
COUNTY = Region("石桥县", None, "county", CITY, "test")
TITLE = "澄江市“十四五”综合交通运输发展规划"


def read(
    text: str,
    role: SectionRole | None = "tasks",
    heading: str | None = None,
    title: str = TITLE,
    home: Region = CITY,
    issuer: str = "澄江市人民政府办公室",
) -> list[Citation]:
    """The citations of a text that is one section of this role."""
    source = Source("plan.txt", "0" * 64, text, "txt")
    document = Document(source, text, array("i", range(len(text))), (Block("text", 0, len(text)),))
    state = Reading(document)
    policy = identify(title, issuer=issuer, home=home)
    state.plan = Plan(Evidence(0, 1, text[0], None), title, policy, home, None, (issuer,), None, (2021, 2025), 2035)
    if role:
        evidence = Evidence(0, 1, text[0], None)
        above = Heading(evidence, "chapter", None, heading, None) if heading else None
        state.sections = [Section(above, role, 0, len(text))]
    citations(doc_of(state))
    return [fact for fact in state.facts if isinstance(fact, Citation)]


def pairs(found: list[Citation]) -> list[tuple[str, str]]:
    return [(fact.title, fact.relation) for fact in found]


BASIS = [
    # one document, the plainest form
    ("根据《云岭省综合交通体系规划》，制定本规划。", ["云岭省综合交通体系规划"]),
    # 依据, several in a row, with and without 、
    ("依据《中华人民共和国公路法》《云岭省公路条例》、《澄江市城市总体规划（2018—2035年）》，编制本规划。",
     ["中华人民共和国公路法", "云岭省公路条例", "澄江市城市总体规划（2018—2035年）"]),
    # the verb of a purpose clause: 为贯彻落实
    ("为深入贯彻落实《国务院关于印发“十四五”现代综合交通运输体系发展规划的通知》（国发〔2021〕27号）精神，结合我市实际，特制定本规划。",
     ["国务院关于印发“十四五”现代综合交通运输体系发展规划的通知"]),
    # two purposes and a list; each document has its own verb
    ("为落实《交通强国建设纲要》，按照《云岭省人民政府关于加快交通强省建设的意见》要求，制定本规划。",
     ["交通强国建设纲要", "云岭省人民政府关于加快交通强省建设的意见"]),
    # 以…为指导
    ("本规划以《国家综合立体交通网规划纲要》《云岭省综合立体交通网规划纲要》为指导，衔接《澄江市国土空间总体规划（2021—2035年）》编制。",
     ["国家综合立体交通网规划纲要", "云岭省综合立体交通网规划纲要", "澄江市国土空间总体规划（2021—2035年）"]),
    # 本规划是…的细化, a plan that says what it is
    ("本规划是贯彻落实《澄江市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要》的重要专项规划。",
     ["澄江市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要"]),
    # 旨在
    ("本方案旨在落实《云岭省养老服务条例》，明确重点任务。", ["云岭省养老服务条例"]),
    # the verb stands far ahead, issuers stand before the titles
    ("按照国务院办公厅《关于推进养老服务发展的意见》（国办发〔2019〕5号）、省政府《关于加快发展养老服务业的实施意见》（云政发〔2020〕8号）以及民政部等部门印发的《养老机构服务质量基本规范》等文件要求，结合我市实际，制定本方案。",
     ["关于推进养老服务发展的意见", "关于加快发展养老服务业的实施意见", "养老机构服务质量基本规范"]),
    # 提出如下意见 of a State Council paper
    ("为贯彻落实《中共中央 国务院关于加快建设全国统一大市场的意见》，经国务院同意，现提出如下意见。",
     ["中共中央国务院关于加快建设全国统一大市场的意见"]),
    # 现就…通知如下
    ("根据《云岭省耕地保护条例》有关规定，现就进一步做好耕地保护工作通知如下：", ["云岭省耕地保护条例"]),
    # 衔接
    ("规划与《澄江市国土空间总体规划（2021—2035年）》相衔接，依据《云岭省水网建设规划》制定本规划。",
     ["澄江市国土空间总体规划（2021—2035年）", "云岭省水网建设规划"]),
    # 为推进…, a clause without a document in between
    ("为推进全市能源绿色低碳转型，根据《云岭省“十四五”能源发展规划》，结合本市资源禀赋，在充分征求各方意见基础上，制定本规划。",
     ["云岭省“十四五”能源发展规划"]),
    # without 本规划 but with the plan's own name
    ("根据《云岭省“十四五”交通规划》要求，我局组织编制了《澄江市“十四五”综合交通运输发展规划》。", ["云岭省“十四五”交通规划"]),
    # 遵照
    ("遵照《中华人民共和国城乡规划法》和《云岭省城乡规划条例》的规定，编制本规划。",
     ["中华人民共和国城乡规划法", "云岭省城乡规划条例"]),
    # an unclosed bracket, cut at the comma
    ("根据《云岭省“十四五”文化发展规划，结合实际，制定本规划。", ["云岭省“十四五”文化发展规划"]),
    # a bracket broken over two lines by the page
    ("根据《云岭省“十四五”现代服务业\n发展规划》，制定本规划。", ["云岭省“十四五”现代服务业发展规划"]),
    # spaces inside
    ("根据《 中共中央  国务院 关于 全面推进乡村振兴的意见 》，制定本规划。", ["中共中央国务院关于全面推进乡村振兴的意见"]),
    # nested with the same brackets
    ("按照《省人民政府关于印发《云岭省推进城镇化实施方案》的通知》（云政发〔2021〕3号），制定本方案。",
     ["省人民政府关于印发《云岭省推进城镇化实施方案》的通知"]),
    # the years of issue between issuer and verb, 按 for 按照, a framework
    ("按国务院办公厅2021年印发的《关于推动生活性服务业补短板的若干意见》要求，在《云岭省服务业发展纲要》基础上，编制本规划。",
     ["关于推动生活性服务业补短板的若干意见", "云岭省服务业发展纲要"]),
    # the grounds behind their names
    ("《云岭省水网建设规划》《云岭省河流条例》是本规划编制的重要依据。", ["云岭省水网建设规划", "云岭省河流条例"]),
    # a page number inside the bracket
    ("根据《云岭省“十四五”教育\n— 2 —\n发展规划》，制定本规划。", ["云岭省“十四五”教育发展规划"]),
    # brackets that a conversion has changed
    ("根据<<云岭省“十四五”教育发展规划>>和〈云岭省学前教育条例〉，制定本规划。", ["云岭省“十四五”教育发展规划", "云岭省学前教育条例"]),
    # the aside with the number broken where the layout kept the line's end
    ("本规划根据《云岭省水网建设规划》（云政\n办〔2021〕59号）《澄江市河道规划》（澄政发〔2021〕3号）编制，是全市水利工作的依据。",
     ["云岭省水网建设规划", "澄江市河道规划"]),
    # a ministry's standard by its number, and one whose title has no word of a document
    ("依据《矿山治理方案编制技术要求》（DZ/T 0223-2011）和《幼儿园安全防范》（GB/T29315-2022），编制本规划。",
     ["矿山治理方案编制技术要求", "幼儿园安全防范"]),
    # a programme named by its year
    ("根据《云岭教育现代化2035》，制定本规划。", ["云岭教育现代化2035"]),
    # the plan says the same in more detail
    ("专项规划是《澄江市国民经济和社会发展第十四个五年规划纲要》在交通领域的细化和延伸。", ["澄江市国民经济和社会发展第十四个五年规划纲要"]),
    # 以…为上位规划 behind a verb of making
    ("本次规划修编以《澄江市城市总体规划》为上位规划，以《云岭省公路网规划》为依据。", ["澄江市城市总体规划", "云岭省公路网规划"]),
    # what a speech or a meeting set is the first of the list
    ("根据习近平总书记重要讲话精神，《云岭省消防条例》，结合我市情况，制定本计划。", ["云岭省消防条例"]),
    ("按照省委、省政府决策部署，《云岭省水网建设规划》《云岭省河流条例》等文件要求，制定本规划。",
     ["云岭省水网建设规划", "云岭省河流条例"]),
    ("为贯彻落实党的二十大精神、《云岭省水网建设规划》要求，制定本规划。", ["云岭省水网建设规划"]),
    ("依据市委全会部署，《云岭省公路条例》和《云岭省航道条例》，编制本规划。", ["云岭省公路条例", "云岭省航道条例"]),
    # 关于印发 without 的通知 is none of the plan's verbs
    ("根据云岭省人民政府关于印发《云岭省消防条例实施办法》，制定本预案。", ["云岭省消防条例实施办法"]),
    ("根据国务院办公厅关于印发《消防安全责任制实施办法》的通知要求。制定本方案。", ["消防安全责任制实施办法"]),
    # nested with half brackets and the plain signs
    ("根据《关于印发〈云岭省消防条例实施细则〉的通知》《关于印发<云岭省防汛预案>的通知》，制定本预案。",
     ["关于印发〈云岭省消防条例实施细则〉的通知", "关于印发<云岭省防汛预案>的通知"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "titles"), BASIS)
def test_a_plan_is_made_on_what_its_preface_rests_on(text: str, titles: list[str]) -> None:
    assert pairs(read(text, "preface")) == [(title, "basis") for title in titles]


IMPLEMENTS = [
    ("严格执行国家评价标准《云岭省绿色工厂评价办法》，每年开展评估。", ["云岭省绿色工厂评价办法"]),
    ("严格执行《中华人民共和国噪声污染防治法》，加强施工噪声监管。", ["中华人民共和国噪声污染防治法"]),
    ("贯彻落实国家《养老机构管理办法》，健全养老机构备案制度。", ["养老机构管理办法"]),
    ("按照《云岭省残疾人就业办法》规定，落实残疾人就业保障金制度。", ["云岭省残疾人就业办法"]),
    ("深入实施《澄江市质量提升三年行动计划（2021—2023年）》，培育一批知名品牌。", ["澄江市质量提升三年行动计划（2021—2023年）"]),
    ("依据《云岭省国土空间规划条例》，完善详细规划编制管理。", ["云岭省国土空间规划条例"]),
    ("推动《保障农民工工资支付条例》落地见效。", ["保障农民工工资支付条例"]),
    ("以贯彻实施《中华人民共和国乡村振兴促进法》为契机，健全制度体系。", ["中华人民共和国乡村振兴促进法"]),
    ("对照《国家基本公共服务标准（2021年版）》，查漏补缺。", ["国家基本公共服务标准（2021年版）"]),
    ("抓好《云岭省全民健身实施计划》贯彻落实。", ["云岭省全民健身实施计划"]),
    ("认真贯彻《中华人民共和国文物保护法》《云岭省文物保护条例》，压实属地责任。",
     ["中华人民共和国文物保护法", "云岭省文物保护条例"]),
    ("全面落实省政府《关于促进服务业发展的若干政策》，降低企业成本。", ["关于促进服务业发展的若干政策"]),
    ("学习宣传贯彻《中华人民共和国民法典》，提升法治素养。", ["中华人民共和国民法典"]),
    ("严格遵守《风景名胜区条例》，禁止违规建设。", ["风景名胜区条例"]),
    ("落实国务院印发的《气象高质量发展纲要（2022—2035年）》任务要求。", ["气象高质量发展纲要（2022—2035年）"]),
    ("结合《云岭省新型储能发展规划》，有序布局储能设施。", ["云岭省新型储能发展规划"]),
    ("持续推进《云岭省水土保持规划》实施。", ["云岭省水土保持规划"]),
    ("确保《云岭省学前教育条例》各项规定落实到位。", ["云岭省学前教育条例"]),
    ("根据《建设工程质量管理条例》，强化参建各方责任。", ["建设工程质量管理条例"]),
    ("围绕《云岭省数字经济促进条例》，培育数字产业。", ["云岭省数字经济促进条例"]),
    ("以《云岭省中医药条例》为依据，支持中医药传承创新。", ["云岭省中医药条例"]),
    # a list with its own words between: the verb reaches over the comma
    ("严格落实《云岭省土壤条例》，《云岭省固体废物条例》等法规要求。", ["云岭省土壤条例", "云岭省固体废物条例"]),
    # what is made is another document
    ("制定《云岭省消防条例》实施细则，明确各方责任。", ["云岭省消防条例"]),
    ("出台贯彻落实《云岭省种子条例》的实施意见。", ["云岭省种子条例"]),
    ("健全以《云岭省环境保护条例》为核心的制度体系。", ["云岭省环境保护条例"]),
    ("达到《云岭省幼儿园办园标准》规定的条件。", ["云岭省幼儿园办园标准"]),
    ("健全《云岭省食品安全条例》落实机制。", ["云岭省食品安全条例"]),
    ("加强《云岭省节约用水条例》宣传贯彻。", ["云岭省节约用水条例"]),
    ("按省政府《关于稳定生猪生产的意见》，落实补贴。", ["关于稳定生猪生产的意见"]),
    # the verb of handing on belongs to the document's authors, of whom there are two
    ("贯彻落实国务院办公厅转发国家发展改革委、国家能源局《关于促进新能源发展的实施方案》。", ["关于促进新能源发展的实施方案"]),
    ("对照《煤炭利用标杆水平和基准水平（2022年版）》，加快改造。", ["煤炭利用标杆水平和基准水平（2022年版）"]),
    ("切实履行《湿地公约》。", ["湿地公约"]),
    ("将《云岭省退耕还林总体方案》确定的任务落实到地块。", ["云岭省退耕还林总体方案"]),
    ("达到《校园安全防范》（GB/T29315-2022）标准。", ["校园安全防范"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "titles"), IMPLEMENTS)
def test_a_measure_applies_what_it_carries_out(text: str, titles: list[str]) -> None:
    assert pairs(read(text, "tasks")) == [(title, "implements") for title in titles]


ISSUED = [
    # done, in the achievements
    ("background", "先后出台《澄江市促进民营经济发展若干措施》《澄江市优化营商环境办法》。",
     ["澄江市促进民营经济发展若干措施", "澄江市优化营商环境办法"]),
    ("background", "印发实施《澄江市河湖长制实施方案》，河湖面貌明显改善。", ["澄江市河湖长制实施方案"]),
    ("background", "我市率先在全省出台《关于支持网络货运的意见》。", ["关于支持网络货运的意见"]),
    ("background", "我市制定了《关于加快推进农村客运发展的实施意见》。", ["关于加快推进农村客运发展的实施意见"]),
    ("background", "《澄江市文明行为促进条例》颁布实施，城市文明程度持续提升。", ["澄江市文明行为促进条例"]),
    ("background", "修订完善《澄江市突发事件总体应急预案》等制度，应急体系不断健全。", ["澄江市突发事件总体应急预案"]),
    ("background", "市政府相继印发了《澄江市推进多式联运工作方案》和《澄江市城市绿色货运配送实施方案》。",
     ["澄江市推进多式联运工作方案", "澄江市城市绿色货运配送实施方案"]),
    ("background", "市交通运输局会同市发展改革委，结合全市实际，编制了《澄江市综合立体交通网规划》。", ["澄江市综合立体交通网规划"]),
    # to be done, in tasks
    ("tasks", "研究制定《澄江市城市更新管理办法》，有序推进更新。", ["澄江市城市更新管理办法"]),
    ("tasks", "出台《关于支持专精特新企业发展的若干政策》。", ["关于支持专精特新企业发展的若干政策"]),
    ("tasks", "加快《澄江市物业管理条例》立法进程。", ["澄江市物业管理条例"]),
    ("tasks", "推动《澄江市节约用水条例》修订出台。", ["澄江市节约用水条例"]),
    ("tasks", "编制《澄江市海绵城市专项规划》，建设一批海绵设施。", ["澄江市海绵城市专项规划"]),
    ("tasks", "统筹各县区需求，编制《公路网专项规划》。", ["公路网专项规划"]),
    ("tasks", "完成《澄江市“十五五”交通规划》前期研究。", ["澄江市“十五五”交通规划"]),
    # approved by a body above, in force since; two verbs run together
    ("background", "《澄江市城市公共交通条例》经省人大常委会批准，自2020年起施行。", ["澄江市城市公共交通条例"]),
    ("background", "《澄江市港口总体规划》获省政府批复。", ["澄江市港口总体规划"]),
    ("background", "编制完成《澄江市港口总体规划》《澄江市航道规划》。", ["澄江市港口总体规划", "澄江市航道规划"]),
    ("tasks", "根据国家部署，制定《澄江市碳达峰行动方案》。", ["澄江市碳达峰行动方案"]),
    ("tasks", "适时修订《澄江市城市供水管理办法》。", ["澄江市城市供水管理办法"]),
    ("tasks", "起草《澄江市养老服务条例（草案）》，提请市人大常委会审议。", ["澄江市养老服务条例（草案）"]),
    ("safeguards", "配套出台《澄江市规划实施评估办法》，每年评估一次。", ["澄江市规划实施评估办法"]),
    # signed with another, made for a later year, passive with a date
    ("background", "与邻市签订《跨区域公交运营合作框架协议》。", ["跨区域公交运营合作框架协议"]),
    ("background", "与浙江省、江苏省等友好省市签订《文旅合作框架协议》。", ["文旅合作框架协议"]),
    ("background", "《澄江市电动自行车管理办法》于2020年5月颁布实施。", ["澄江市电动自行车管理办法"]),
    ("tasks", "全面启动《澄江市公路网规划》编制工作。", ["澄江市公路网规划"]),
    ("tasks", "完善《医保基金举报奖励办法》，畅通渠道。", ["医保基金举报奖励办法"]),  # nobody mends another's document
    ("tasks", "对《澄江市公交线网规划》进行修订。", ["澄江市公交线网规划"]),
    ("tasks", "立法项目。制定类：《澄江市停车条例》《澄江市文明养犬条例》。", ["澄江市停车条例", "澄江市文明养犬条例"]),
    ("tasks", "加快修订《物业管理条例》。", ["物业管理条例"]),  # the country's title, but made here
    # in the notice: what is issued along with the plan
    ("notice", "现将《澄江市“十四五”综合交通运输发展规划》《澄江市交通重点项目清单》印发给你们。", ["澄江市交通重点项目清单"]),
    ("notice", "经研究，我局制定了《澄江市“十四五”综合交通运输发展规划》和《澄江市交通任务分工方案》，现印发给你们。",
     ["澄江市交通任务分工方案"]),
]  # fmt: skip


@pytest.mark.parametrize(("role", "text", "titles"), ISSUED)
def test_the_region_issued_what_it_drew_up_itself(role: SectionRole, text: str, titles: list[str]) -> None:
    assert pairs(read(text, role)) == [(title, "issued") for title in titles]


MENTIONS = [
    # what a value is judged or counted by, in the note of a table
    ("goals", "②评价依据：《云岭省海绵城市建设评估办法》。", ["云岭省海绵城市建设评估办法"]),
    ("goals", "绿化覆盖率的计算方法参照《云岭省城市绿化统计办法》。", ["云岭省城市绿化统计办法"]),
    ("goals", "数据来源：《云岭省统计年鉴编制方案》。", ["云岭省统计年鉴编制方案"]),
    # what others issued
    ("background", "国务院印发《“十四五”现代综合交通运输体系发展规划》，对未来五年作出部署。", ["“十四五”现代综合交通运输体系发展规划"]),
    ("background", "省政府出台《云岭省促进航空物流发展意见》，为我市带来机遇。", ["云岭省促进航空物流发展意见"]),
    ("background", "《交通强国建设纲要》明确提出建设人民满意的交通。", ["交通强国建设纲要"]),
    ("background", "《云岭省高速公路网布局规划》将我市列为重要枢纽。", ["云岭省高速公路网布局规划"]),
    ("background", "国家先后出台《中华人民共和国长江保护法》等法律法规，生态约束趋紧。", ["中华人民共和国长江保护法"]),
    ("background", "“十三五”期间，全面贯彻落实《云岭省大气污染防治条例》，空气质量持续改善。", ["云岭省大气污染防治条例"]),
    ("background", "随着《区域全面经济伙伴关系协定》签署，开放空间进一步拓展。", ["区域全面经济伙伴关系协定"]),
    ("preface", "近年来，我市认真落实《云岭省消防条例》，火灾形势总体平稳。", ["云岭省消防条例"]),
    ("preface", "2021年，中共中央、国务院印发《国家标准化发展纲要》，标准化事业进入新阶段。", ["国家标准化发展纲要"]),
    ("tasks", "支持企业参与制修订《充电桩通用标准》。", ["充电桩通用标准"]),
    ("tasks", "参与制定国家标准《智慧港口建设规范》。", ["智慧港口建设规范"]),
    ("tasks", "推动省出台《云岭省低空经济促进条例》。", ["云岭省低空经济促进条例"]),
    ("background", "《物业管理条例》修订后，行业监管要求更高。", ["物业管理条例"]),
    ("background", "严格执行《澄江市公路条例》，完善《澄江市公路条例》配套政策。", ["澄江市公路条例"]),
    ("tasks", "开展《云岭省法治宣传条例》宣传。", ["云岭省法治宣传条例"]),
    # what rests on the plan; what a notice asks others to keep to; what others draw up; a talk about a law
    ("preface", "本规划是全市交通的纲领，是制定《澄江市年度交通计划》的依据。", ["澄江市年度交通计划"]),
    ("notice", "请各单位结合实际，对照《重点任务分工方案》，抓好落实。", ["重点任务分工方案"]),
    ("tasks", "各县区要结合实际，制定《农村公路养护实施细则》。", ["农村公路养护实施细则"]),
    ("tasks", "配合省做好《云岭省航道条例》修订工作。", ["云岭省航道条例"]),
    ("tasks", "开展《云岭省道路安全条例》进校园活动。", ["云岭省道路安全条例"]),
    # a part of another plan need not be made on it
    ("preface", "本规划是《澄江市发展纲要》的重要组成部分。", ["澄江市发展纲要"]),
    # in step with another: the verb ahead does not reach over the comma
    ("tasks", "编制专项规划，与《澄江市国土空间总体规划（2021—2035年）》相衔接。", ["澄江市国土空间总体规划（2021—2035年）"]),
    # what a plan looks back on is not what it is made on; what is answered was not issued by the answer
    ("preface", "在总结评估《澄江市“十三五”公路规划》的基础上，谋划长远。", ["澄江市“十三五”公路规划"]),
    ("notice", "省政府关于同意《石桥县城乡规划》的批复。", ["石桥县城乡规划"]),
    ("background", "《仙台减灾框架》提出了目标。", ["仙台减灾框架"]),
    # no verb at all
    ("tasks", "将有关项目纳入《云岭省重大项目清单》。", ["云岭省重大项目清单"]),
    ("notice", "《澄江市公路养护管理办法》（澄政发〔2015〕9号）同时废止。", ["澄江市公路养护管理办法"]),
    ("tasks", "优秀案例入选《全国乡村旅游重点名录》。", ["全国乡村旅游重点名录"]),
    # a new clause begins with it
    ("preface", "落实总书记重要讲话精神，《云岭省消防条例》明确了责任。", ["云岭省消防条例"]),
    ("preface", "贯彻党中央决策部署，《交通强国建设纲要》提出建设人民满意的交通。", ["交通强国建设纲要"]),
    # how a word is defined
    ("preface", "淘汰类用地是指根据《云岭省产业结构调整指导目录》规定的“淘汰类”产业使用的工业用地。",
     ["云岭省产业结构调整指导目录"]),
    ("preface", "指按照《云岭省公路条例》认定的农村公路。", ["云岭省公路条例"]),
    ("preface", "本方案所称企业，指符合《中小企业划型标准规定》的企业。", ["中小企业划型标准规定"]),
]  # fmt: skip


@pytest.mark.parametrize(("role", "text", "titles"), MENTIONS)
def test_everything_else_is_mentioned(role: SectionRole, text: str, titles: list[str]) -> None:
    assert pairs(read(text, role)) == [(title, "mentions") for title in titles]


MIXED = [
    # a measure that applies one document to make another
    ("tasks", "按照《云岭省公共数据条例》要求，制定《澄江市公共数据管理办法》。",
     [("云岭省公共数据条例", "implements"), ("澄江市公共数据管理办法", "issued")]),
    # an achievement between two documents of others
    ("background", "国务院印发《扎实稳住经济的一揽子政策措施》后，我市随即出台《澄江市稳经济若干措施》，助企纾困。",
     [("扎实稳住经济的一揽子政策措施", "mentions"), ("澄江市稳经济若干措施", "issued")]),
    # the same document with two relations is two entries, with one relation it is one
    ("tasks", "落实《云岭省气象条例》。依据《云岭省气象条例》，开展监测。研究制定《澄江市气象办法》，落实《澄江市气象办法》。",
     [("云岭省气象条例", "implements"), ("澄江市气象办法", "issued"), ("澄江市气象办法", "implements")]),
    # a purpose, and a list of what was drawn up, in one sentence
    ("notice", "为贯彻落实《中华人民共和国水法》，根据《云岭省河道条例》，我市制定了《澄江市“十四五”综合交通运输发展规划》《澄江市航道养护方案》。",
     [("中华人民共和国水法", "basis"), ("云岭省河道条例", "basis"), ("澄江市航道养护方案", "issued")]),
    # the verb of the first document's title is none of the measure
    ("tasks", "根据国务院办公厅关于印发《消防安全责任制实施办法》，推动制定《澄江市消防安全责任制实施办法》等配套文件。",
     [("消防安全责任制实施办法", "implements"), ("澄江市消防安全责任制实施办法", "issued")]),
    ("tasks", "落实省政府关于印发《绿道建设办法》的通知，制定《澄江市绿道建设办法》。",
     [("绿道建设办法", "implements"), ("澄江市绿道建设办法", "issued")]),
    ("background", "市政府关于印发《澄江市绿道建设办法》，绿道加快建设。", [("澄江市绿道建设办法", "issued")]),
]  # fmt: skip


@pytest.mark.parametrize(("role", "text", "expected"), MIXED)
def test_each_document_has_the_verb_that_governs_it(
    role: SectionRole, text: str, expected: list[tuple[str, str]]
) -> None:
    assert pairs(read(text, role)) == expected


NOT_CITED = [
    # the plan itself, with and without region, period and notice
    "《澄江市“十四五”综合交通运输发展规划》是未来五年的行动指南。",
    "关于印发《澄江市“十四五”综合交通运输发展规划》的通知",
    "《澄江市人民政府办公室关于印发<澄江市“十四五”综合交通运输发展规划（2021—2025年）>的通知》",
    "现将《“十四五”综合交通运输发展规划》印发给你们。",
    "《澄江市“十四五”综合交通运输发展规划》（以下简称《规划》）已经市政府同意，现印发给你们。《规划》提出了目标。",
    # a bare word that nothing explains
    "各部门要抓好《规划》的组织实施。",
    # newspapers, programmes, works, certificates, forms
    "在《人民日报》《云岭日报》刊发报道。",
    "原创舞剧《花开澄江》荣获大奖。",
    "推出《山乡巨变》《石桥往事》等一批优秀作品。",
    "拍摄纪录片《航道人家》。",
    "为农民工核发《居住证》。",
    "企业提交《项目申请表》即可办理。",
    "开设《法治在线》栏目。",
    "开发《走读澄江》课程，编写教材《家乡的河》。",
    "在《求是》杂志发表文章。",
    "广播剧《大山里的明白人》和歌曲《法治乡村》获全国一等奖。",
    "《政策宣讲进万家》荣获全省优秀案例奖。",
    "学习《新时代文化思想学习纲要》。",
    "督促企业签订《用工合同书》。",
    "出版《澄江史话》《澄江考古报告集》。",
    "幼儿园发出《新生录取通知书》。",
    # what a newspaper says before the text, whose title line a page has spelled otherwise
    "近日，市政府印发了《澄江市老年教育发展纲要》，并发出通知。《澄江市老年教育发展纲要》主要内容如下。",
    # nothing inside, a lone bracket
    "《》，《",
]


@pytest.mark.parametrize("text", NOT_CITED)
def test_the_plan_itself_and_what_is_no_document_are_not_cited(text: str) -> None:
    assert pairs(read(text, "notice")) == []


NUMBERS = [
    ("落实《A城乡规划意见》（国办发〔2021〕36号）。", "国办发〔2021〕36号"),
    ("落实《A城乡规划意见》(云政办发[2022]1 号)。", "云政办发[2022]1号"),
    ("落实《A城乡规划意见》 （ 澄市府办发（2021）49号 ）。", "澄市府办发（2021）49号"),
    ("落实《A城乡规划意见》（国务院令第735号）。", "国务院令第735号"),
    ("落实《A城乡规划意见》（云府令60号）。", "云府令60号"),
    ("落实《A城乡规划意见》（国令第 735 号）。", "国令第735号"),
    ("落实《A城乡规划意见》（文号：国发〔2021〕4号）。", "国发〔2021〕4号"),
    ("落实《A城乡规划意见》〔国发（2021）4号〕。", "国发（2021）4号"),
    ("落实《A城乡规划意见》（国发〔2020〕1号，以下简称《意见》）。", "国发〔2020〕1号"),
    ("落实《A城乡规划意见》（以下简称《意见》）（国发〔2020〕1号）。", "国发〔2020〕1号"),
    ("落实国发〔2021〕27号《A城乡规划意见》。", "国发〔2021〕27号"),
    ("落实《A城乡规划意见》国发〔2021〕27号要求。", "国发〔2021〕27号"),
    ("落实《A城乡规划意见（国发〔2021〕27号）》。", "国发〔2021〕27号"),
    ("落实《A城乡规划意见》（见国发〔2021〕27号）。", "国发〔2021〕27号"),
    ("落实《A城乡规划意见》（原国家林业局令第5号）。", "国家林业局令第5号"),
    ("落实《A城乡规划意见》（云岭省人民政府印发的云政发〔2021〕27号）。", "云政发〔2021〕27号"),
    ("落实《A城乡规划意见》（即政发〔2021〕27号）。", "即政发〔2021〕27号"),  # 即 is a place here, and so is 原
    ("落实《A城乡规划意见》（原政发〔2021〕27号）。", "原政发〔2021〕27号"),
    ("落实《A城乡规划意见》（由国发〔2021〕27号印发）。", "国发〔2021〕27号"),
    ("落实《A城乡规划意见》和国发〔2021〕27号文件。", None),  # another document's number
    ("落实《A城乡规划意见》以及国发〔2021〕27号文件。", None),
    ("落实《A城乡规划意见》（根据国发〔2021〕27号制定）。", None),
    ("落实《A城乡规划意见》（2021年版）。", None),  # an edition is no number
    ("落实《A城乡规划意见》（共12条）和《B意见稿》（国发〔2020〕1号）。", None),  # the neighbour's number
]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_the_number_is_the_one_printed_beside_it(text: str, number: str | None) -> None:
    assert read(text)[0].doc_number == number


def test_the_plan_of_the_years_before_is_another_document() -> None:
    text = "《澄江市综合交通规划（2021—2025年）》在《澄江市综合交通规划（2016—2020年）》的基础上修编。"
    found = read(text, "preface", title="澄江市综合交通规划")
    assert [fact.title for fact in found] == ["澄江市综合交通规划（2016—2020年）"]


def test_an_opening_names_a_document_again() -> None:
    text = "依据《云岭省水网规划》制定本规划。现就《云岭省水网规划》确定的工作安排如下。"
    assert pairs(read(text, "preface")) == [("云岭省水网规划", "basis")]
    assert len(read(text, "background")) == 2  # elsewhere it is said of it


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("现将《A方案》和《B方案》印发给你们，《C规定》同时废止。", ["《A方案》和《B方案》"]),
        ("《A方案》《B方案》已经省政府同意，现印发给你们。", ["《A方案》《B方案》"]),
        ("我县制定了《A方案》，成效明显。", []),
        ("根据《D规划》，现就有关事项通知如下。", []),
    ],
)
def test_works_that_a_notice_sends_out(text: str, works: list[str]) -> None:
    assert [text[start:end] for start, end in sent_out(text)] == works


def test_two_documents_have_their_own_numbers() -> None:
    found = read("根据《A意见稿》（国发〔2021〕1号）、《B意见稿》和《C意见稿》（云政发〔2021〕3号），推进改革。")
    assert [fact.doc_number for fact in found] == ["国发〔2021〕1号", None, "云政发〔2021〕3号"]


ISSUERS = [
    ("落实《中共中央 国务院关于推进价格机制改革的若干意见》。", "中共中央国务院", "national"),
    ("落实《国务院办公厅关于促进医药产业健康发展的指导意见》。", "国务院办公厅", "national"),
    ("落实国务院办公厅转发国家发展改革委《城市社区建设方案》。", "国家发展改革委", "national"),
    ("落实省政府《关于本省贯彻标准化纲要的意见》。", "省政府", "provincial"),
    ("落实市政府办公室印发的《澄江市绿道建设方案》。", "市政府办公室", "prefectural"),
    ("落实中共云岭省委、云岭省人民政府《关于推进共同富裕的意见》。", "中共云岭省委、云岭省人民政府", "provincial"),
    ("落实住房和城乡建设部、财政部联合印发的《关于推进老旧小区改造的通知》。", "住房和城乡建设部、财政部", "national"),
    ("落实《云岭省发展改革委关于电价改革的通知》。", "云岭省发展改革委", "provincial"),
    ("落实国家《养老机构管理办法》。", None, "national"),
    ("落实国家标准《养老机构等级划分与评定》。", None, "national"),
    ("落实《路灯设计要求》（DZ/T0223-2011）。", None, "national"),  # an industry's standard is the country's too
    ("落实《路灯设计要求》（T/CAS12-2020）。", None, None),  # an association's is not
    ("落实《云岭省流域水环境条例》。", None, "provincial"),  # 流域 behind a full name begins the subject
    ("落实《海南自由贸易港建设总体方案》。", None, "national"),  # on the list, though a region starts the title
    ("落实《中国（上海）自由贸易试验区总体方案》。", None, "national"),
    ("落实《中国（上海）自由贸易试验区条例》。", None, "provincial"),
    ("落实《云南省丽江古城保护条例》。", None, "provincial"),
    ("落实《国务院关于〈石桥县养老规划〉的批复》。", "国务院", "national"),
    (
        "落实《中共中央办公厅 国务院办公厅印发关于完善医疗卫生服务体系的意见》。",
        "中共中央办公厅国务院办公厅",
        "national",
    ),
    ("落实《澄江市教育局等五部门联合印发关于规范校外培训的意见》。", "澄江市教育局", "prefectural"),
    ("落实我省《关于促进服务业发展的若干政策》。", None, "provincial"),
    ("落实《云岭省水资源条例》。", None, "provincial"),
    ("落实《石桥县城乡规划》。", None, "county"),
    ("落实《中华人民共和国水法》。", None, "national"),
    ("落实《养老机构星级评定办法》。", None, None),  # nothing says whose it is
    ("落实《澄江市教育局等五部门关于规范校外培训的通知》。", "澄江市教育局", "prefectural"),
    ("落实《养老机构服务安全规范》（GB38600—2019）。", None, "national"),  # the country's standard by its number
    ("落实教育部办公厅等四部门《关于学生近视防控的通知》。", "教育部办公厅", "national"),
    ("省政府高度重视养老工作，制定《养老机构等级评定办法》。", None, "provincial"),  # not said who signed it
    ("区自然资源局会同有关部门，结合实际，编制了《石桥县绿道规划》。", None, "county"),  # a district that is not ours
    ("落实城市《绿道建设办法》。", None, None),  # 市 of 城市 names no one
    ("澄江市教育局会同澄江市财政局制定《石桥县校车办法》。", "澄江市教育局、澄江市财政局", "prefectural"),
    ("县发展改革委会同县直有关部门对《石桥县水网规划》实施情况进行评估。", None, "county"),  # who evaluates it
]


@pytest.mark.parametrize(("text", "issuer", "level"), ISSUERS)
def test_issuer_and_level(text: str, issuer: str | None, level: str | None) -> None:
    (found,) = read(text, home=COUNTY, title="石桥县“十四五”养老规划", issuer="石桥县民政局")
    assert (found.issuer, found.level) == (issuer, level)


def test_titles_in_a_row_share_the_country_that_the_first_is_given_to() -> None:
    levels = [
        fact.level
        for fact in read("落实国家《“十四五”文化规划》《“十四五”旅游规划》、《澄江市旅游条例》和《民宿规划》。")
    ]
    assert levels == ["national", "national", "prefectural", None]


def test_the_body_of_the_first_title_is_not_that_of_another_region() -> None:
    found = read("依据国务院批复的《贸易改革总体方案》、《云岭省商务规划》，制定本规划。", "preface")
    assert [(fact.issuer, fact.level) for fact in found] == [("国务院", "national"), (None, "provincial")]


def test_another_bodys_document_of_the_plans_name() -> None:
    found = read("为落实国家林业局《林业发展规划》，编制了《林业发展规划》。", "preface", title="林业发展规划")
    assert pairs(found) == [("林业发展规划", "basis")]
    assert found[0].level == "national"


def test_another_body_sent_out_what_has_the_plans_name() -> None:
    text = "根据云岭省民政厅、云岭省消防救援总队关于印发《加强独居老人消防安全工作实施方案》的通知要求。制定本方案。"
    (found,) = read(text, "preface", title="澄江市加强独居老人消防安全工作实施方案")
    assert (found.relation, found.issuer) == ("basis", "云岭省民政厅、云岭省消防救援总队")
    own = "澄江市民政局关于印发《加强独居老人消防安全工作实施方案》的通知"
    assert read(own, "notice", title="澄江市加强独居老人消防安全工作实施方案") == []


@pytest.mark.parametrize(
    ("text", "number", "issuer", "quote"),
    [
        ("根据《云岭省燃气方案》，现印发给你们。落实省应急厅《云岭省燃气方案》（云安〔2023〕3号）部署，制定本方案。",
         "云安〔2023〕3号", "省应急厅", "落实省应急厅"),
        ("根据《云岭省燃气方案》，制定本方案。按照《云岭省燃气方案》（云安〔2023〕3号），制定本方案。",
         "云安〔2023〕3号", None, "按照"),
        ("根据《云岭省燃气方案》（云安〔2023〕3号），制定本方案。按照《云岭省燃气方案》，制定本方案。",
         "云安〔2023〕3号", None, "根据"),
        ("根据《云岭省燃气方案》，制定本方案。按照《云岭省燃气方案》，制定本方案。", None, None, "根据"),
    ],
)  # fmt: skip
def test_of_a_document_named_twice_the_fuller_one_counts(
    text: str, number: str | None, issuer: str | None, quote: str
) -> None:
    (found,) = read(text, "preface")
    assert (found.doc_number, found.issuer) == (number, issuer)
    assert found.evidence.quote.startswith(quote)


def test_a_draft_names_itself_without_its_mark() -> None:
    found = read("编制《澄江市绿道规划（2021—2025年）》。", "preface", title="澄江市绿道规划（公示稿）")
    assert found == []


def test_a_short_name_stands_for_the_document_that_it_was_given_to() -> None:
    found = read(
        "根据《云岭省数据条例》（云政发〔2022〕5号，以下简称《条例》），我省出台政策。严格执行《条例》。《纲要》提出。"
    )
    assert pairs(found) == [("云岭省数据条例", "implements")]
    found = read("《云岭省数据条例》（以下简称“《条例》”）已实施。严格执行《条例》。")
    assert pairs(found) == [("云岭省数据条例", "mentions"), ("云岭省数据条例", "implements")]
    assert found[1].evidence.quote == "严格执行《条例》。"


def test_the_carried_document_is_the_work() -> None:
    (found,) = read("落实《国务院办公厅关于印发<“十四五”全民健身规划>的通知》。")
    assert found.work == "“十四五”全民健身规划"
    (found,) = read("落实《云岭省教育厅关于贯彻落实<学前教育条例>的通知》。")
    assert found.work is None


def test_the_grounds_of_a_plan_are_its_basis() -> None:
    lines = "1.《中华人民共和国土地管理法》；\n2.《云岭省国土空间规划（2021—2035年）》；\n3.《澄江市林地保护规划》。"
    assert [r for _, r in pairs(read(lines, "background", "规划依据"))] == ["basis"] * 3
    assert [r for _, r in pairs(read("本规划的编制依据如下：\n" + lines, "other"))] == ["basis"] * 3
    ahead = "制造业是立市之本。为加快发展，依据：\n"  # behind a sentence, on the list's first line
    assert [r for _, r in pairs(read(ahead + lines + "\n制定本规划。", "preface"))] == ["basis"] * 3
    assert [r for _, r in pairs(read("主要成果如下：\n" + lines, "background"))] == ["mentions"] * 3


def test_guiding_thought_is_where_a_plan_is_made_and_principles_are_not() -> None:
    text = "以习近平新时代中国特色社会主义思想为指导，认真落实《云岭省文化强省建设纲要》，推动文化繁荣。"
    assert pairs(read(text, "principles", "指导思想")) == [("云岭省文化强省建设纲要", "basis")]
    text = "坚持依法治理。严格执行《云岭省文化市场条例》。"
    assert pairs(read(text, "principles", "基本原则")) == [("云岭省文化市场条例", "implements")]


def test_in_the_outlook_others_act() -> None:
    text = "《关于推动物流高质量发展的意见》等政策相继出台，带来机遇。"
    assert pairs(read(text, "background", "面临形势")) == [("关于推动物流高质量发展的意见", "mentions")]
    assert pairs(read(text, "background", "发展形势")) == [
        ("关于推动物流高质量发展的意见", "mentions")
    ]  # 发展 is no verb
    assert pairs(read(text, "background", "主要成效")) == [("关于推动物流高质量发展的意见", "issued")]


def test_a_task_whose_title_has_a_word_of_the_outlook_is_no_outlook() -> None:
    text = "制定出台《澄江市营商环境办法》，健全机制。"
    assert pairs(read(text, "tasks", "优化营商环境")) == [("澄江市营商环境办法", "issued")]
    own = "制定出台《生态补偿办法》，健全机制。"
    assert pairs(read(own, "tasks", "生态环境保护")) == [("生态补偿办法", "issued")]
    assert pairs(read(own, "tasks", "外部环境")) == [("生态补偿办法", "mentions")]
    text = "制定出台《关于支持企业发展的若干政策》，健全机制。"
    assert pairs(read(text, "tasks", "优化营商环境")) == [("关于支持企业发展的若干政策", "issued")]


def test_the_cue_and_the_evidence_prove_the_relation() -> None:
    sentence = "加强监管，严格执行省政府《关于船舶污染防治的意见》（云政发〔2021〕7号）。"
    (found,) = read("航道建设提速。" + sentence + "水运增长。")
    assert (found.cue, found.evidence.quote) == ("执行", sentence)
    first, second = read("依据《云岭省公路条例》《云岭省航道条例》，推进建设。")
    assert first.evidence.quote == second.evidence.quote == "依据《云岭省公路条例》《云岭省航道条例》，推进建设。"
    long = "，".join(["改善船舶岸电设施"] * 40)
    (found,) = read(f"{long}，执行《云岭省航道条例》，{long}。")
    assert found.evidence.quote == "执行《云岭省航道条例》"  # a sentence of a page proves nothing at a glance
    (found,) = read("《云岭省公路条例》共八章。")
    assert found.cue is None


def test_a_state_council_paper_issues_what_the_country_drew_up() -> None:
    def national(text: str, role: SectionRole) -> list[tuple[str, str]]:
        return pairs(read(text, role, home=CHINA, title="“十四五”文化发展规划", issuer="国务院办公厅"))

    assert national("出台《关于推动文化金融的意见》，健全政策。", "background") == [
        ("关于推动文化金融的意见", "issued")
    ]
    assert national("研究制定《文化产业促进法》。", "tasks") == [("文化产业促进法", "issued")]
    assert national("修订《中华人民共和国文物保护法》。", "tasks") == [("中华人民共和国文物保护法", "issued")]
    assert national(
        "根据《中华人民共和国国民经济和社会发展第十四个五年规划和2035年远景目标纲要》，编制本规划。", "preface"
    ) == [("中华人民共和国国民经济和社会发展第十四个五年规划和2035年远景目标纲要", "basis")]


@given(st.text(alphabet="《》〈〉（）〔〕2021号国发办落实制定，。、；\n 条例以下简称", max_size=120))
def test_any_text_is_read_without_fault(text: str) -> None:
    for fact in read("。" + text):
        assert squeeze(fact.evidence.quote) in squeeze(text)


@pytest.mark.parametrize(
    "text",
    ["《" * 3000, "《a》（" * 3000, "根据" * 5000 + "《某地城乡规划》", "《某地规划》、" * 800],
    ids=["open brackets", "open brackets in brackets", "verbs", "a long list"],
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    read("。" + text)
