"""Bodies that issue documents: printed names, 文号, the notices that carry a document, the data behind them."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.policies.doc_numbers import number_body
from extractors.policies.identity import identify
from extractors.policies.titles import carried, is_common, name_of, type_of
from extractors.reference.bodies import public_bodies
from extractors.reference.data_files import data_rows
from extractors.reference.functions import functions
from extractors.reference.issuers import issuer, listed_bodies, written_out
from extractors.reference.regions import CHINA, NOWHERE, gazetteer
from ontology.model.facts import Region


def region(name: str) -> Region:
    found = CHINA if name == "中国" else gazetteer(2023).resolve(name)
    assert found is not None, name
    return found


ISSUERS = [
    # the centre, in full and short
    ("国务院办公厅", "渠县", ("中国", "国务院办公厅")),
    ("中共中央 国务院", "渠县", ("中国", "中共中央、国务院")),
    ("党中央、国务院", "渠县", ("中国", "中共中央、国务院")),
    ("中办、国办", "渠县", ("中国", "中共中央办公厅、国务院办公厅")),
    ("国家发展改革委", "渠县", ("中国", "国家发展和改革委员会")),
    ("教育部办公厅等四部门", "渠县", ("中国", "教育部办公厅")),
    ("中央农村工作领导小组办公室", "渠县", ("中国", "中央农村工作领导小组")),
    ("国务院防汛抗旱总指挥部", "渠县", ("中国", "国务院防汛抗旱总指挥部")),  # not on the list, by its form
    # a place's, named
    ("四川省人民政府办公厅", "莆田市", ("四川省", "人民政府办公厅")),
    ("四川省医保局", "渠县", ("四川省", "医疗保障局")),
    ("中共四川省委 四川省人民政府", "渠县", ("四川省", "党委、人民政府")),
    ("中共成都市委宣传部", "渠县", ("成都市", "党委宣传部")),
    ("渠县县委、县政府", "渠县", ("渠县", "党委、人民政府")),  # with its level once more
    ("中共渠县县委办公室", "渠县", ("渠县", "党委办公室")),
    ("四川省委老干部局", "渠县", ("四川省", "党委老干部局")),
    ("四川省委教育工委办公室", "渠县", ("四川省", "党委教育工委办公室")),
    ("达州市委教育工作领导小组", "渠县", ("达州市", "党委教育工作领导小组")),
    ("成都市市政府", "渠县", ("成都市", "人民政府")),
    ("成都市市场监管局", "渠县", ("成都市", "市场监督管理局")),
    ("上海市奉贤区农业农村委员会", "渠县", ("奉贤区", "农业农村委员会")),
    ("上海市发展改革委、上海市财政局", "渠县", ("上海市", "发展和改革委员会")),
    ("四川省人大常委会", "渠县", ("四川省", "人民代表大会常务委员会")),
    ("国家税务总局四川省税务局", "渠县", ("四川省", "国家税务总局税务局")),  # a branch is the place's
    ("中国人民银行成都分行", "渠县", ("成都市", "中国人民银行分行")),
    # a place's, by the plan's own place
    ("市政府", "渠县", ("达州市", "人民政府")),
    ("省委、省政府", "渠县", ("四川省", "党委、人民政府")),
    ("县卫健局", "渠县", ("渠县", "卫生健康局")),
    ("市农业农村委", "上海市奉贤区", ("上海市", "农业农村委员会")),
    ("州人民政府办公室", "阿坝州", ("阿坝藏族羌族自治州", "人民政府办公室")),
    ("自治区党委、人民政府", "南宁市", ("广西壮族自治区", "党委、人民政府")),
    # no body
    ("全市", "渠县", None),
    ("城市建设", "渠县", None),
    ("区政府", "渠县", None),  # 渠县 lies in no district
    ("市政府", "中国", None),
    ("区政府", "阿里地区", None),  # 区 is no 地区
    ("", "渠县", None),
]


@pytest.mark.parametrize(("printed", "home", "expected"), ISSUERS)
def test_issuer(printed: str, home: str, expected: tuple[str, str] | None) -> None:
    found = issuer(printed, region(home))
    assert (found and (found.region.name, found.name)) == expected


@pytest.mark.parametrize(
    ("printed", "full"),
    [
        ("国家发展改革委", "国家发展和改革委员会"),
        ("国家 发改委", "国家发展和改革委员会"),
        ("市场监管总局", "国家市场监督管理总局"),
        ("四川省发改委", "四川省发展和改革委员会"),
        ("上海市杨浦区人民政府", "上海市杨浦区人民政府"),
        ("国家计委", "国家计委"),  # a former body, not its successor
        ("发展改革委", "发展改革委"),  # of any place
        ("县医保局", "县医保局"),
        ("四川省医保局关于", "四川省医保局关于"),  # no name
        ("", ""),
    ],
)
def test_written_out(printed: str, full: str) -> None:
    assert written_out(printed) == full


NUMBERS = [
    ("国办发〔2021〕36号", "渠县", ("中国", "国务院办公厅")),
    ("中发〔2019〕18号", "渠县", ("中国", "中共中央、国务院")),
    ("发改社会〔2021〕3号", "渠县", ("中国", "国家发展和改革委员会")),  # letters of the matter behind those of the body
    ("川府发〔2021〕3号", "莆田市", ("四川省", "人民政府")),
    ("川办发〔2021〕3号", "莆田市", ("四川省", None)),  # 办发 is the party's office in other provinces
    ("沪府办发〔2021〕4号", "上海市奉贤区", ("上海市", "人民政府办公厅")),
    ("沪奉府发〔2014〕88号", "上海市奉贤区", ("奉贤区", "人民政府")),
    ("沪青府发〔2014〕88号", "上海市奉贤区", None),  # another district's
    ("沪农委〔2019〕473号", "上海市奉贤区", ("上海市", None)),
    ("沪金府发〔2014〕88号", "上海市金山区", ("金山区", "人民政府")),  # 金 also begins an office
    ("沪金府发〔2014〕88号", "上海市奉贤区", None),
    ("沪金发〔2014〕88号", "上海市金山区", ("上海市", None)),
    ("川政府发〔2014〕8号", "渠县", ("四川省", None)),
    ("沪农委〔2019〕473号", "莆田市", ("上海市", None)),
    ("达市府办发〔2021〕49号", "渠县", ("达州市", "人民政府办公室")),
    ("达市府办发〔2021〕49号", "莆田市", None),  # nothing here explains 达
    ("渠府办〔2023〕69号", "渠县", ("渠县", "人民政府办公室")),
    ("宁政发〔2021〕3号", "成都市", None),  # 宁夏 or 南京
    ("宁政发〔2021〕3号", "银川市", ("宁夏回族自治区", "人民政府")),
    ("苏府〔2021〕3号", "苏州市", None),  # 江苏 or 苏州
    ("青政发〔2021〕3号", "青岛市", ("青岛市", "人民政府")),
    ("建发〔2021〕3号", "建德市", None),  # the ministry or the city
    ("建政发〔2021〕3号", "建德市", ("建德市", "人民政府")),
    ("GB/T 1—2020", "渠县", None),
]


@pytest.mark.parametrize(("number", "home", "expected"), NUMBERS)
def test_number_body(number: str, home: str, expected: tuple[str, str | None] | None) -> None:
    found = number_body(number, region(home))
    assert (found and (found.region.name, found.name)) == expected


CARRIED = [
    ("国务院办公厅关于印发<“十四五”全民医疗保障规划>的通知", "“十四五”全民医疗保障规划", "国务院办公厅"),
    ("国务院关于印发土壤污染防治行动计划的通知", "土壤污染防治行动计划", "国务院"),
    ("关于印发<上海市土壤工作方案>等的通知", "上海市土壤工作方案", None),
    ("关于印发《某办法》等三个文件的通知", "某办法", None),
    ("市政府办公厅关于转发市发展改革委制订的《某市充电方案》的通知", "某市充电方案", "市政府办公厅"),
    (
        "国务院办公厅转发国家发展改革委关于推动停车设施发展意见的通知",
        "国家发展改革委关于推动停车设施发展意见",
        "国务院办公厅",
    ),
    ("民政部关于公布养老服务示范名单的公告", "养老服务示范名单", "民政部"),
    # documents of their own
    ("关于贯彻落实《某条例》的通知", None, None),
    ("关于印发《某办法》和《某细则》的通知", None, None),  # two: which one is meant is open
    ("关于做好某规划印发工作的意见", None, None),
    ("国务院关于《某规划》的批复", None, None),
    ("某省实施<中华人民共和国消防法>办法", None, None),
]


@pytest.mark.parametrize(("title", "work", "sender"), CARRIED)
def test_carried(title: str, work: str | None, sender: str | None) -> None:
    found = carried(title)
    assert (found and found.work, found and found.issuer) == (work, sender)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("中华人民共和国消防法", "法律"),
        ("公司法", "法律"),
        ("预算法", "法律"),
        ("司法", None),
        ("医疗保障基金管理办法", "办法"),  # not a 法
        ("关于推进依法立法", None),  # not a law either
        ("某条例实施细则", "细则"),
        ("关于深化改革的实施意见", "实施意见"),
        ("国民经济和社会发展第十四个五年规划纲要", "规划纲要"),
        ("某市养老服务条例（修订）", "条例"),
        ("花开澄江", None),
    ],
)
def test_type_of(title: str, kind: str | None) -> None:
    assert type_of(title) == kind


@pytest.mark.parametrize(
    ("name", "expected"),
    [("三年行动计划", True), ("2021年工作要点", True), ("实施方案(试行)", True), ("养老实施方案", False)],
)
def test_common(name: str, expected: bool) -> None:
    assert is_common(name) is expected


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("全民医疗保障“十四五”规划（2021—2025年）", "十四五全民医疗保障规划"),
        ("养老行动计划（2021—2023年）", "养老行动计划(2021-2023)"),
        ("第十四个五年规划和二〇三五年远景目标纲要", "国民经济和社会发展十四五规划纲要"),
        ("15项编码标准和十五分钟生活圈规划", "15项编码标准和十五分钟生活圈规划"),  # no five-year plan
        ("消防法（2021年修正）", "消防法"),
        ("消防管理办法（2021年修订）", "消防管理办法(2021年修订)"),  # of rules, an edition may be another document
    ],
)
def test_name_of(title: str, name: str) -> None:
    assert name_of(title) == name


@given(st.text(alphabet="省市县区政府委办厅局国务院中共关于印发的通知《》“”（）〔〕2021号十五四川、 ", max_size=60))
def test_any_words_are_read_without_fault(text: str) -> None:
    for home in (region("渠县"), CHINA, NOWHERE):
        listed_bodies(text, home)
        number_body(text, home)
        found = identify(text, issuer=text, doc_number=text, home=home)
        assert found == identify(text, issuer=text, doc_number=text, home=home)


@pytest.mark.parametrize(
    ("file", "width", "key"),
    [
        ("issuers_local.tsv", 2, slice(0, 1)),
        ("national_documents.tsv", 1, slice(0, 1)),
        ("not_documents.tsv", 2, slice(0, 2)),
        ("policy_types.tsv", 2, slice(0, 1)),
        ("province_letters.tsv", 3, slice(0, 1)),
        ("bodies.tsv", 7, slice(0, 1)),
    ],
)
def test_a_list_holds_nothing_twice(file: str, width: int, key: slice) -> None:
    rows = data_rows(file)
    assert {len(row) for row in rows} == {width}
    found = Counter(tuple(row[key]) for row in rows)
    assert [row for row, count in found.items() if count > 1] == []
    assert len(found) > 10


def test_a_name_or_prefix_leads_to_one_central_body() -> None:
    names: Counter[str] = Counter()
    prefixes: Counter[str] = Counter()
    for body in public_bodies():
        if body.issuer:
            names.update({body.name, *body.aliases})
        prefixes.update(body.prefixes)
    assert [name for name, count in names.items() if count > 1] == []
    assert [prefix for prefix, count in prefixes.items() if count > 1] == []


def test_bodies_of_the_state_stand_in_one_list() -> None:
    listed = {body.name: body for body in public_bodies()}
    for body in listed.values():
        assert body.function is None or body.function in functions()
        if body.issuer is None:
            continue
        issuer = listed[body.issuer]  # what it became is a body of the list, and no former one itself
        assert issuer.issuer == issuer.name
        first, last = body.years
        assert body.name == body.issuer or last is not None, f"{body.name} has no end"
        assert first is None or last is None or first < last
    assert listed["国家计委"].years == (1952, 1998)
    assert listed["国家计委"].issuer == "国家发展和改革委员会"
    assert listed["国家计委"].function == "发展改革"
