"""Changes and levels, months without a year, dates in brackets, lists, times of service: kinds of commitment, each with
its near misses, and why a number was refused."""

import datetime

import pytest
from reading_of import doc_of

from extractors.layout import layout
from extractors.pipeline import extract, pipeline
from extractors.reading import Reading
from extractors.targets.changes import REDUCED
from extractors.targets.commitments import Years, commitments, read_sentence
from extractors.targets.due import due_dates, due_of_cell
from extractors.targets.guards import NUMBER_GUARDS
from ontology.model.facts import Target
from ontology.model.source import Source

FIVE_YEARS, ONE_YEAR = Years((2021, 2025), 2035), Years((2024, 2024))
ISSUED_IN_MARCH = Years((2021, 2025), None, datetime.date(2023, 3, 11))

# sentence; for each commitment: subject, comparator, number, change, relative to
CHANGES: list[tuple[str, list[tuple[str, str | None, str, str | None, str | None]]]] = [
    # the year stands between 提高至 and the level: no increase by 92 %
    ("自来水普及率由2020年的88%提高至2025年的92%。", [("自来水普及率", "=", "92", None, None)]),
    ("自来水普及率从2020年88%提高到2025年92%以上。", [("自来水普及率", ">=", "92", None, None)]),
    ("化学需氧量重点工程减排量0.3万吨。", [("化学需氧量重点工程减排量", "=", "0.3", None, None)]),  # an amount by name
    ("减少化肥使用量3%。", [("化肥使用量", None, "3", "decrease", None)]),
    ("改造提升农田20万亩。", [("农田", "=", "20", None, None)]),  # a deed, no rise
    # numbers with a wide comma, a point in the middle, a dash that OCR read as 一
    (
        "工业总产值由1980年的5，100亿元增加到6，500亿元，比1980年的5，100亿元增加1，400亿元，平均每年增长5·1％。",
        [
            ("工业总产值", "=", "6500", None, None),
            ("工业总产值", None, "1400", "increase", "1980年的5,100亿元"),
            ("工业总产值每年增长", "=", "5.1", "increase", None),
        ],
    ),
    ("发电机组规模为6，000万一6，500万千瓦。", [("发电机组规模", None, "None", None, None)]),
    ("装机容量为3，000万---3，500万千瓦。", [("装机容量", None, "None", None, None)]),  # not -3500
    # the level beside a change is no part of what changes
    (
        "轻工业产值2，980亿元，比1980年的2，333亿元增长27·7％；重工业产值3，070亿元，比1980年增长16％。",
        [
            ("轻工业产值", None, "27.7", "increase", "1980年的2,333亿元"),
            ("重工业产值", None, "16", "increase", "1980年"),  # not of the first
        ],
    ),
    (
        "国民生产总值，按照1985年价格计算，达到11，170亿元，比1985年增长44％。",
        [("国民生产总值", "=", "11170", None, None), ("国民生产总值", None, "44", "increase", "1985年")],
    ),
    ("港口吞吐能力将由1980年的2·17亿吨增加到1985年的3·17亿吨。", [("港口吞吐能力", "=", "3.17", None, None)]),
    ("培育年产值100亿元产业集群3个。", [("年产值100亿元产业集群", "=", "3", None, None)]),  # of the cluster's size
    (
        "2025年第一、二、三产业增加值占生产总值的比重分别为13％、51％和36％。",
        [
            (f"第{n}产业增加值占生产总值的比重", "=", value, None, None)
            for n, value in zip("一二三", ("13", "51", "36"), strict=True)
        ],
    ),
    ("其中2022年建成3座，2023年建成8座。", []),  # what, is said in the sentence before
    ("到2025年，新建泵站10座，其中2022年建成3座。", [("泵站", "=", "10", None, None), ("泵站", "=", "3", None, None)]),
    ("为到2010年生产总值比2000年翻一番奠定坚实基础。", []),
    ("粮食播种面积要稳定在17亿亩的水平上。", [("粮食播种面积", "=", "17", None, None)]),
    ("改造汽轮发电机组巧0万千瓦。", []),  # 150 in print
    # what a number is of is said nowhere
    ("1985年生产1，650万吨，比1980年增长14％。", []),
    ("建成投产270万千瓦。", []),
    ("比1980年的4·9％提高1.8％。", []),
    ("高标准农田占耕地面积比重超过60%，新建50万亩。", [("高标准农田占耕地面积比重", ">", "60", None, None)]),
    ("城镇人均住房建筑面积达到40平方米，户均不低于1套。", [("城镇人均住房建筑面积", "=", "40", None, None)]),
    # the comparator stands before the verb
    ("每年至少开展应急演练2次。", [("应急演练", ">=", "2", None, None)]),
    ("发展食用菌5000万袋。", [("食用菌", "=", "5000", None, None)]),
    (
        "确保生产安全事故起数和死亡人数较“十三五”时期分别下降10%、15%。",
        [
            ("生产安全事故起数", None, "10", "decrease", "“十三五”时期"),
            ("死亡人数", None, "15", "decrease", "“十三五”时期"),
        ],
    ),
    ("万元产值用水量比2020年下降16%。", [("万元产值用水量", None, "16", "decrease", "2020年")]),
    ("备案率提高12个百分点。", [("备案率", None, "12", "increase", None)]),
    # the change goes on
    ("收入年均增长保持在6%以上。", [("收入年均增长", ">=", "6", "increase", None)]),
    # a share of another kind does not grow by so much
    (
        "财政收入年均增长6%，民生支出85%以上。",
        [("财政收入年均增长", "=", "6", "increase", None), ("民生支出", ">=", "85", None, None)],
    ),
    (
        "常住人口增长0.5%，60岁以上人口20%。",
        [("常住人口", None, "0.5", "increase", None), ("60岁以上人口", "=", "20", None, None)],
    ),
    ("能耗下降13%，非化石能源25%。", [("能耗", None, "13", "decrease", None), ("非化石能源", "=", "25", None, None)]),
    ("医疗费用年均增长不超8%。", [("医疗费用年均增长", "<=", "8", "increase", None)]),
    ("退减耕地300亩。", [("退减耕地", None, "300", "decrease", None)]),
    ("城镇和农村居民收入年均增长均达到12%以上。", [("城镇和农村居民收入年均增长", ">=", "12", "increase", None)]),
    (
        "第一产业增加值年均增长5%，第二产业10%。",
        [("第一产业增加值年均增长", "=", "5", "increase", None), ("第二产业年均增长", "=", "10", "increase", None)],
    ),
    (
        "生产总值年均增长6.5%，力争7%。",
        [("生产总值年均增长", "=", "6.5", "increase", None), ("生产总值年均增长", "=", "7", "increase", None)],
    ),
    (
        "城镇化率提高5个百分点，绿化率3个百分点。",
        [("城镇化率", None, "5", "increase", None), ("绿化率", None, "3", "increase", None)],
    ),
    (
        "产量增长5%，机械化率80%。",
        [("产量", None, "5", "increase", None), ("机械化率", "=", "80", None, None)],
    ),  # near miss
    ("失业率下降到5%，力争4%。", [("失业率", "=", "5", None, None), ("失业率", "=", "4", None, None)]),  # near miss
    # 个 stands for 个百分点
    (
        "污水处理率、垃圾处理率分别提高2个和3个百分点。",
        [("污水处理率", None, "2", "increase", None), ("垃圾处理率", None, "3", "increase", None)],
    ),
    ("备案率提高到12%。", [("备案率", "=", "12", None, None)]),  # a level
    ("备案率提高至12%以上。", [("备案率", ">=", "12", None, None)]),
    ("护理限额增长20%左右。", [("护理限额", "~", "20", "increase", None)]),  # a bounded change keeps its comparator
    ("化学需氧量排放量较“十三五”末减少10%以上。", [("化学需氧量排放量", ">=", "10", "decrease", "“十三五”末")]),
    ("营业收入比2020年翻两番。", [("营业收入", None, "2", "increase", "2020年")]),
    ("税收收入同比增长6%。", [("税收收入", None, "6", "increase", "同比")]),
    ("在2020年基础上，粮食产量增长5%。", [("粮食产量", None, "5", "increase", "2020年")]),
    (
        "与2020年相比，能耗下降13%，水耗下降16%。",  # said once for both
        [("能耗", None, "13", "decrease", "2020年"), ("水耗", None, "16", "decrease", "2020年")],
    ),
    (
        "能耗比2020年下降13%，成本压缩5%。",  # of the first alone
        [("能耗", None, "13", "decrease", "2020年"), ("成本", None, "5", "decrease", None)],
    ),
    # the end of the period before the plan, which only is compared with
    ("与“十三五”末相比，粮食产量提高10%。", [("粮食产量", None, "10", "increase", "“十三五”末")]),
    ("粮食产量与“十三五”末相比提高10%。", [("粮食产量", None, "10", "increase", "“十三五”末")]),
    ("粮食产量在“十三五”末的基础上提高10%。", [("粮食产量", None, "10", "increase", "“十三五”末")]),
    ("粮食产量由“十三五”末的50万吨提高到60万吨。", [("粮食产量", "=", "60", None, None)]),
    ("粮食产量与2020年相比提高10%。", [("粮食产量", None, "10", "increase", "2020年")]),
    ("合同额和2020年相比提高10%。", [("合同额", None, "10", "increase", "2020年")]),
    ("单位产值水耗相对于2020年下降5%。", [("单位产值水耗", None, "5", "decrease", "2020年")]),
    ("单位产值水耗相较于2020年下降5%。", [("单位产值水耗", None, "5", "decrease", "2020年")]),
    ("单位产值水耗相较“十三五”末下降5%。", [("单位产值水耗", None, "5", "decrease", "“十三五”末")]),
    ("入学率在此基础上提高5个百分点。", [("入学率", None, "5", "increase", None)]),  # names nothing
    ("在此基础上，入学率提高5个百分点。", [("入学率", None, "5", "increase", None)]),
    ("粮食总产量达到“十三五”末的2倍。", [("粮食总产量", "=", "2", None, None)]),
    ("“十三五”末，粮食产量提高10%。", []),  # so much was reached
    ("工业增加值年均增长6%。", [("工业增加值年均增长", "=", "6", "increase", None)]),  # the level of a yearly rate
    ("工业增加值增速达到6%。", [("工业增加值增速", "=", "6", None, None)]),
    ("办理时限压缩50%。", [("办理时限", None, "50", "decrease", None)]),
    ("办理时限压缩至5个工作日。", [("办理时限", "=", "5", None, None)]),
    ("人均寿命提高2岁。", [("人均寿命", None, "2", "increase", None)]),
    # part of the name of a thing
    ("新增压缩式垃圾转运车18辆。", [("新增压缩式垃圾转运车", "=", "18", None, None)]),
    ("新建压缩空气储能电站2座。", [("压缩空气储能电站", "=", "2", None, None)]),
    ("建设压缩垃圾中转站3座。", [("压缩垃圾中转站", "=", "3", None, None)]),
    ("推广秸秆压缩打捆机200台。", [("秸秆压缩打捆机", "=", "200", None, None)]),
    (  # a level beside a change
        "零售总额增长5%左右、突破1万亿元。",
        [("零售总额", "~", "5", "increase", None), ("零售总额", ">", "1", None, None)],
    ),
    ("减少锅炉30台。", [("减少锅炉", None, "30", "decrease", None)]),
    ("压缩财政支出2亿元。", [("压缩财政支出", None, "2", "decrease", None)]),
    ("压减燃煤100万吨。", [("压减燃煤", None, "100", "decrease", None)]),
    ("新增学位5000个。", [("新增学位", "=", "5000", None, None)]),  # so many are made
    ("失业率由6%降低到5%。", [("失业率", "=", "5", None, None)]),
    (
        "甲、乙排放量分别下降8%和10%。",
        [("甲、乙排放量（甲）", None, "8", "decrease", None), ("乙排放量", None, "10", "decrease", None)],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), CHANGES)
def test_a_change_is_no_level(
    sentence: str, expected: list[tuple[str, str | None, str, str | None, str | None]]
) -> None:
    found = commitments(sentence, FIVE_YEARS)
    assert [(c.subject, c.op, str(c.value), c.change, c.relative_to) for c in found] == expected


# sentence; for each commitment: subject, comparator with number and unit ("" for none), deadline
OF_MANY_KINDS: list[tuple[str, list[tuple[str, str, str | None]]]] = [
    # deeds
    ("补建公厕30座，新增停车位200个。", [("公厕", "=30座", None), ("新增停车位", "=200个", None)]),
    ("补建市政消火栓169具。", [("市政消火栓", "=169具", None)]),
    (
        "入围世界500强企业4家、中国民营企业500强超30家。",
        [("世界500强企业", "=4家", None), ("中国民营企业500强", ">30家", None)],
    ),
    ("入围中国软件百强企业2家。", [("中国软件百强企业", "=2家", None)]),
    ("新上市公司10家。", [("新上市公司", "=10家", None)]),
    ("新上市企业3家，新上项目5个。", [("新上市企业", "=3家", None), ("新上项目", "=5个", None)]),
    ("推进10万户燃气报警装置的安装工作。", [("燃气报警装置的安装工作", "=10万户", None)]),
    ("推进30个老旧小区的改造工作。", [("老旧小区的改造工作", "=30个", None)]),
    (
        "推进10万户高龄独居老人等风险较高的重点燃气用户家用燃气报警装置的安装工作。",
        [("高龄独居老人等风险较高的重点燃气用户家用燃气报警装置的安装工作", "=10万户", None)],
    ),
    ("推进3项重点任务的落实工作。", []),
    ("推进8项重点工作。", []),
    (
        "2024年底前，以县动物园为重点，试点推动30座公园与周边地区融合发展。",
        [("公园与周边地区融合发展", "=30座", "2024-12")],
    ),
    ("支持甲园区等5家化工园区向新向优发展。", []),
    ("支持甲公司等5家企业做大做强。", []),
    ("支持20家企业做大做强。", [("企业做大做强", "=20家", None)]),
    # sums, and goals by name
    (
        "实施市重点项目1085个、年度计划投资2190亿元。",
        [("市重点项目", "=1085个", None), ("市重点项目年度计划投资", "=2190亿元", None)],
    ),
    ("年度计划投资2190亿元。", [("年度计划投资", "=2190亿元", None)]),
    ("水库总投资5亿元，年度计划投资1亿元。", []),
    ("鼓励外资企业利润再投资，实际利用外资44亿美元。", [("实际利用外资", "=44亿美元", None)]),
    ("实际使用外资20亿美元以上。", [("实际使用外资", ">=20亿美元", None)]),
    ("合同利用外资5亿美元。", [("合同利用外资", "=5亿美元", None)]),
    ("去年实际利用外资44亿美元。", []),
    ("对实际利用外资1000万美元以上的企业给予奖励。", []),
    ("餐厨垃圾目标任务日均131吨。", [("餐厨垃圾目标任务日均", "=131吨", None)]),
    ("税收目标为5亿元。", [("税收目标", "=5亿元", None)]),
    ("围绕目标任务，改造小区5个。", [("小区", "=5个", None)]),
    (
        "养护工程按照总里程8%的维修率测算费用，县级资金用于村道养护应不低于投入总额的50%。",
        [("县级资金用于村道养护", ">=50%", None)],
    ),
    ("经测算，全县老年人达到10万人。", []),
    ("据测算，带动就业将达到5万人。", []),
    # parts, land that is kept, shares of an area
    (
        "确保新出让工业用地占出让土地总量50%以上、其中投向先进制造业集群占工业用地70%以上。",
        [("新出让工业用地占出让土地总量", ">=50%", None), ("投向先进制造业集群占工业用地", ">=70%", None)],
    ),
    (
        "招引1亿元以上制造业项目300个、其中10亿元以上55个，1亿元以上服务业项目100个、其中10亿元以上35个。",
        [
            ("1亿元以上制造业项目", "=300个", None),
            ("10亿元以上制造业项目", "=55个", None),
            ("1亿元以上服务业项目", "=100个", None),
            ("10亿元以上服务业项目", "=35个", None),
        ],
    ),
    ("培育示范园60家、其中省级12家。", [("示范园", "=60家", None), ("省级示范园", "=12家", None)]),
    (
        "确保全县202万亩耕地、150万亩永久基本农田保护底线。",
        [("全县耕地", "=202万亩", None), ("永久基本农田", "=150万亩", None)],
    ),
    (
        "确保至2035年全县202万亩耕地、150万亩永久基本农田保护底线。",
        [("全县耕地", "=202万亩", "2035"), ("永久基本农田", "=150万亩", "2035")],
    ),
    ("守住120万亩耕地红线。", [("耕地红线", "=120万亩", None)]),
    ("全县202万亩耕地实行轮作。", []),
    ("确保全县202万亩耕地适时播种。", []),
    ("到2023年底，建成区40%以上面积达到海绵城市建设要求。", [("建成区面积达到海绵城市建设要求", ">=40%", "2023-12")]),
    ("城市建成区60%的面积达到目标要求。", [("城市建成区面积达到目标要求", "=60%", None)]),
    (
        "树种和草种在新建、改建绿地的应用比例分别达到80%、50%以上。",
        [
            ("树种和草种在新建、改建绿地的应用比例（树种）", ">=80%", None),
            ("草种在新建、改建绿地的应用比例", ">=50%", None),
        ],
    ),
    (
        "新建、扩建和改建学校的达标率、合格率分别达到90%、95%。",
        [("新建、扩建和改建学校的达标率", "=90%", None), ("合格率", "=95%", None)],
    ),
    # what the number is of
    (
        "地区生产总值年均增长5%左右、迈上3万亿元台阶。",
        [("地区生产总值年均增长", "~5%", None), ("地区生产总值", "=3万亿元", None)],
    ),
    ("完成剩余1620亩整治任务量。", [("剩余整治任务量", "=1620亩", None)]),
    ("2023年应完成1620亩整治任务量。", [("整治任务量", "=1620亩", "2023")]),
    (
        "9月底前完成80%年度任务量和11月底前完成20%的整治任务。",
        [("年度任务量", "=80%", None), ("整治任务", "=20%", None)],
    ),
    (
        "推动甲高速扩容工程等14条高速公路项目和乙高速等4个在建铁路项目加快建设。",
        [("高速公路项目", "=14条", None), ("在建铁路项目", "=4个", None)],
    ),
    ("确保2023年底前全面实行。", []),
    ("2023年底前全面实行告知承诺制。", [("实行告知承诺制", "", "2023-12")]),
    ("研发“悟空”“指数”“数资”6个垂类模型。", [("垂类模型", "=6个", None)]),
    ("培育“青禾”品牌农产品20个。", [("“青禾”品牌农产品", "=20个", None)]),
    (
        "建设100个专题领域、不少于22亿词元的专业知识库。",
        [("专题领域", "=100个", None), ("专业知识库", ">=22亿词元", None)],
    ),
    ("确保项目投资额继续领跑全省、产业类项目占比达55%。", [("产业类项目占比", "=55%", None)]),
    ("节能减排达标、群众满意度不低于95%等内容作为考核指标。", [("群众满意度", ">=95%", None)]),
    ("水质达标率、出厂水合格率达到95%。", [("水质达标率、出厂水合格率", "=95%", None)]),
    ("增建6个乡镇取水设施24处。", [("乡镇取水设施", "=24处", None)]),
    ("增建6个街镇（甲街道、乙街道）取水设施24处。", [("街镇取水设施", "=24处", None)]),
    ("新建12个村级物流站点20个。", [("村级物流站点", "=20个", None)]),
    ("创建6个乡镇卫生院，配备床位20张。", [("乡镇卫生院", "=6个", None), ("床位", "=20张", None)]),
    # classes, years of papers, sizes
    ("避难场所建设类型分为等级场所和社区场所2类。", []),
    ("建设等级场所和社区场所2类。", [("等级场所和社区场所", "=2类", None)]),
    ("制定2023年改造项目计划。", []),
    ("编制2022年、2023年重点项目清单。", []),
    ("2023年制定改造项目计划。", [("制定改造项目计划", "", "2023")]),
    ("2023年底前制定改造项目计划。", [("制定改造项目计划", "", "2023-12")]),
    ("打造岛北8万人大型开放空间，举办音乐活动。", []),
    ("建成3万座体育场。", []),
    ("建成体育场3座，培训8万人。", [("体育场", "=3座", None), ("培训", "=8万人", None)]),
    ("研发具备知识问答、图件调取等5项能力的大模型。", []),
    # a deed alone; a level beside a change
    (
        "完成新增建设13万亩、改造提升11万亩高标准农田。",
        [("新增高标准农田", "=13万亩", None), ("高标准农田", "=11万亩", None)],
    ),
    ("新建5公里、改建10公里农村公路。", [("农村公路", "=5公里", None), ("农村公路", "=10公里", None)]),
    ("新建5公里农村公路、改建10公里县道。", [("农村公路", "=5公里", None), ("县道", "=10公里", None)]),
    ("培训5000人、改造10公里县道。", [("培训", "=5000人", None), ("县道", "=10公里", None)]),
    (
        "社会消费品零售总额增长5%左右、突破1万亿元。",
        [("社会消费品零售总额", "~5%", None), ("社会消费品零售总额", ">1万亿元", None)],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), OF_MANY_KINDS)
def test_subject_number_and_deadline(sentence: str, expected: list[tuple[str, str, str | None]]) -> None:
    found = commitments(sentence, FIVE_YEARS)
    said = ["" if c.value is None else f"{c.op}{c.value}{c.unit}" for c in found]
    assert [(c.subject, number, c.deadline) for c, number in zip(found, said, strict=True)] == expected


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("排查整治阶段（9月1日至11月30日）。", "排查整治阶段"),
        ("排查整治阶段（2024年9月1日至11月30日）。", "排查整治阶段"),
        ("总结阶段（9月至11月底）。", "总结阶段"),
        ("大数据中心（二期）11月底前建成。", "大数据中心（二期）"),
    ],
)
def test_a_bracket_of_dates_is_no_part_of_the_subject(sentence: str, subject: str) -> None:
    assert [(c.subject, c.deadline) for c in commitments(sentence, ONE_YEAR)] == [(subject, "2024-11")]


def test_an_object_between_verb_and_amount_is_no_place_or_project() -> None:
    assert REDUCED.search("降低企业成本")
    assert not REDUCED.search("实施减排工程")  # so many projects
    assert not REDUCED.search("办理时限压缩至")


@pytest.mark.parametrize(
    ("sentence", "years", "deadlines"),
    [
        ("6月底前完成平台验收。", ONE_YEAR, ["2024-06"]),
        ("7月初前完成平台验收。", ONE_YEAR, ["2024-07"]),
        ("九月底前完成平台验收。", ONE_YEAR, ["2024-09"]),
        ("9月底前新增接入系统40个。", ONE_YEAR, ["2024-09"]),
        ("年底前完成全部改造任务。", ONE_YEAR, ["2024-12"]),
        ("第三季度末前完成改造任务。", ONE_YEAR, ["2024-09"]),
        ("上半年完成改造任务。", ONE_YEAR, ["2024-06"]),
        (
            "2023年实现主体完工，6月底前完成安装工程。",
            FIVE_YEARS,
            ["2023", "2023-06"],
        ),  # the year before it in the sentence
        ("6月底前出台实施细则。", Years(issued=datetime.date(2024, 3, 1)), ["2024-06"]),
        # nothing says which year
        ("6月底前完成平台验收。", FIVE_YEARS, []),
        ("2月底前出台实施细则。", Years(issued=datetime.date(2024, 3, 1)), []),
        # of this year, whatever year is named before
        ("今年6月底前完成平台验收。", ONE_YEAR, ["2024-06"]),
        ("今年底前完成平台验收。", ONE_YEAR, ["2024-12"]),
        ("2025年实现主体完工，今年6月底前完成安装工程。", ONE_YEAR, ["2025", "2024-06"]),
        ("力争今年底前出台实施细则。", Years(issued=datetime.date(2024, 3, 1)), ["2024-12"]),
        ("年内新增公交车30辆。", ONE_YEAR, ["2024-12"]),
        ("三年内新增公交车30辆。", ONE_YEAR, [None]),
        ("二季度前开工建设厂房2万平方米。", ONE_YEAR, ["2024-06"]),
        ("一季度完成招投标，二季度开工建设，四季度竣工验收。", ONE_YEAR, ["2024-03", "2024-12"]),
        ("三季度前建成电池项目，工业增加值增长12%。", ONE_YEAR, ["2024-09", None]),  # the growth of the year
        ("今年内完成平台验收。", ONE_YEAR, ["2024-12"]),
        # in a plan of several years, of the year of its issue
        ("今年9月底前完成平台验收。", ISSUED_IN_MARCH, ["2023-09"]),
        ("今年底前完成平台验收，明年6月底前完成移交。", ISSUED_IN_MARCH, ["2023-12", "2024-06"]),
        ("今年2月底前完成平台验收。", ISSUED_IN_MARCH, []),  # past
        ("今年9月底前完成平台验收。", FIVE_YEARS, []),  # which?
        # of another year
        ("明年底前完成平台验收。", ONE_YEAR, []),
        ("去年底前完成平台验收。", ONE_YEAR, []),
        ("上年底完成平台验收。", ONE_YEAR, []),
        ("甲级以上年底前完成平台验收。", ONE_YEAR, ["2024-12"]),
        # each year, or no limit
        ("每年6月底前完成上年度评估工作。", ONE_YEAR, []),
        ("通报上半年考评分值和完成情况。", ONE_YEAR, []),
        ("每月5日前报送进展。", ONE_YEAR, []),
    ],
)
def test_a_month_without_a_year(sentence: str, years: Years, deadlines: list[str]) -> None:
    assert [c.deadline for c in commitments(sentence, years)] == deadlines


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("建成专区。（6月底完成，牵头单位：市大数据局）", ["2024-06"]),
        ("建成专区。（责任单位：市教育局；完成时限：2024年9月底）", ["2024-09"]),
        ("建成专区（12月底前）。", ["2024-12"]),
        ("建成专区。完成时限：6月底前", ["2024-06"]),
        ("建成专区3个（总投资1.2亿元，6月底前建成）。", ["2024-06"]),
        ("建成专区3个（总投资1.2亿元，2023年建成2个）。", []),
        ("建成专区。（6月底取得阶段性成效，牵头单位：市大数据局）", []),  # not complete
        ("建成专区。（持续推进，牵头单位：市大数据局）", []),
        ("专区（2023年建成的）扩容。", []),  # a date that describes
        ("贯彻规划（2021—2025年）。", []),
    ],
)
def test_dates_after_a_measure(text: str, printed: list[str]) -> None:
    assert [due.printed for due in due_dates(text, ONE_YEAR)] == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2024年6月底前", "2024-06"),
        ("2024.6", "2024-06"),
        ("２０２４．６", "2024-06"),
        ("2024-06-30", "2024-06"),
        ("2024", "2024"),
        ("2021—2024", "2024"),
        ("2021-2024年", "2024"),
        ("2024年6月、2025年6月", None),
        ("持续推进", None),
        ("", None),
    ],
)
def test_the_date_of_a_cell(text: str, printed: str | None) -> None:
    found = due_of_cell(text, FIVE_YEARS)
    assert (found.printed if found else None) == printed


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("每年培训讲解员30名、中级人才60名、从业人员900名。", ["30", "60", "900"]),
        ("培育4家跨区域、跨品类的综合型电商，25家专业型、特色型电商，120家村级电商。", ["4", "25", "120"]),
        ("重点支持300名领军人才赴外培训，1000名骨干参加研修，3000名技术员参加培训。", ["300", "1000", "3000"]),
        ("实现“新增技师达到300名左右，技师占比达到35%”的目标。", ["300", "35"]),
        ("打造“3公里就医圈”和“100家名店”品牌。", []),  # names
        ("每年面向2万名农技人员，由市县联合开展培训。", ["2"]),
        ("推动全市90家商户实施诚信承诺。", ["90"]),
        ("全市90家商户已实施诚信承诺。", []),
        ("加强与100家企业开展合作。", ["100"]),
        ("普通货物48小时内放行，生鲜货物6小时内放行。", ["48", "6"]),
        ("提供24小时服务，3年内不得申报。", []),  # no time of a service
        ("接警后5分钟内到场，工单24小时内办结。", ["5", "24"]),
        ("5分钟内掌握情况，落实24小时值班。", []),
        ("检查取水口300个，抽查用水户50户。", ["300", "50"]),
        ("检查3个方面的内容。", []),
        ("研究设立专用设备和零部件展示专区。", []),
        ("甲类镇指常住人口5万以上的镇；乙类镇指常住人口2万以上5万以下的镇。", []),
        ("注：大型水库指库容1亿立方米以上的水库。", []),
        ("虚拟电厂：指聚合用户的系统，接入用户1000户。", []),  # all that follows the term explains it
        ("算力设施是指数据中心，到2025年，建成数据中心3个。", ["3"]),
        ("完成指标：指导企业上市20家。", ["20"]),
        ("建设范围包括甲、乙、丙等6个集团的1849个建设单位。", []),  # an extent
        ("将北部的792个建设单位作为适度建设区域。", []),
        ("甲片区东至河岸，面积约8平方公里。", []),
        ("甲片区面积约8平方公里。", []),
        ("建成钢、铁生产能力各400万吨的配套工程。", []),  # of what size
        ("建成示范片区面积10平方公里。", ["10"]),  # made
        ("推进3.8米直径运载火箭研制。", []),
        ("形成30个应用场景解决方案。", ["30"]),
        ("形成等三项制度。", []),
        ("划分为东部、西部、中部3个片区。", []),  # a classification
        ("落实好自然保护、志愿服务等8类尽责形式。", []),
        ("在现有62项便民服务的基础上，实现一网通办。", []),
        ("按建设内容分：人工林栽培761万亩以上，现有林改培1593万亩以上。", ["761", "1593"]),
        ("排涝能力不低于100立方米/小时（高风险区排涝能力不低于150立方米/小时）。", ["100", "150"]),
        ("粮食播种面积达到1,234万亩。", ["1234"]),  # the comma parts no clauses
    ],
)
def test_kinds_of_commitment(sentence: str, values: list[str]) -> None:
    assert [str(c.value) for c in commitments(sentence, FIVE_YEARS)] == values


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("覆盖全市13个县。", "is_extent"),
        ("截至2020年底，全市参保人数达到120万人。", "past_date"),
        ("已建成水库12座。", "is_past"),
        ("大型水库指库容1亿立方米以上的水库。", "is_definition"),
        ("≥97", "no_subject"),
        ("中心城区收入年均增长5%和7%。", "shared_subject"),
        ("预计老年人口占比超过20%。", "is_forecast"),
        ("为年接待游客100万人次奠定坚实基础。", "is_groundwork"),
        ("地区生产总值向500亿元迈进。", "is_groundwork"),
        ("道路旁有路灯300盏。", "no_form"),
        ("2000年之前的早期商品房有300幢。", "no_form"),  # no date of what was
    ],
)
def test_a_refused_number_keeps_its_reason(sentence: str, reason: str) -> None:
    promised, refused = read_sentence(sentence, FIVE_YEARS)
    assert promised == []
    assert {one.reason for one in refused} == {reason}
    assert any(c.isdigit() for c in sentence[refused[0].start : refused[0].end])


PLAN = """泽宁市2024年数字政府建设工作要点

一、重点任务

（一）建设平台。建成公开专区。（6月底完成，牵头单位：市大数据局）

（二）接入系统。新增接入系统40个。（9月底前完成，牵头单位：市大数据局）覆盖全市13个县。
"""


def test_dates_in_brackets_and_refused_numbers_of_a_plan() -> None:
    source = Source("plan.txt", "0" * 64, PLAN, "txt")
    found = [fact for fact in extract(source, pipeline()) if isinstance(fact, Target)]
    assert [(t.subject, t.value and str(t.value), t.deadline) for t in found] == [
        ("建成公开专区", None, "2024-06"),
        ("新增接入系统", "40", "2024-09"),
    ]
    assert found[0].evidence.quote == "建成公开专区。（6月底完成，牵头单位：市大数据局）"

    doc = doc_of(Reading(layout(source)))
    for _, component in pipeline().pipeline:
        doc = component(doc)
    reasons = {span.label_ for span in doc.spans["refused_targets"]}
    assert reasons == {"is_extent"}
    assert reasons <= {guard.__name__ for guard in NUMBER_GUARDS}
