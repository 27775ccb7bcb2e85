"""Printed names of public bodies: what they are there for, and whose they are."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reference.data_files import DATA_FOLDER
from extractors.reference.departments import organization
from extractors.reference.functions import BODY_SUFFIXES, function_named, functions
from extractors.reference.regions import CHINA, gazetteer
from ontology.model.facts import Region

YEAR = 2022
PRINTED = Path(__file__).with_name("printed_names.tsv")


def region(name: str) -> Region:
    found = CHINA if name == "中国" else gazetteer(YEAR).resolve(name)
    assert found is not None, name
    return found


# Of what whose level is meant: a name is read from the plan's own region.
LEVELS = [
    ("县医保局", "安吉县", "医疗保障", "安吉县"),
    ("县税务局", "安吉县", "税务", "安吉县"),
    ("市税务局", "安吉县", "税务", "湖州市"),  # the city above the county
    ("省医保局", "湖州市", "医疗保障", "浙江省"),
    ("县税务局", "湖州市", "税务", None),  # in a city's plan one of many
    ("各区县税务局", "湖州市", "税务", None),
    ("税务部门", "湖州市", "税务", "湖州市"),  # no level printed: the plan's own
    ("卫健", "湖州市", "卫生健康", "湖州市"),  # the bare word of a list
    ("市教委", "上海市普陀区", "教育", "上海市"),  # 市 is the municipality in its districts' plans
    ("区教育局", "上海市普陀区", "教育", "上海市普陀区"),
    ("区教育局", "上海市", "教育", None),
    ("市发展改革委", "上海市", "发展改革", "上海市"),
    ("市财政局", "义乌市", "财政", "义乌市"),  # a county-level city calls itself 市
    ("自治区教育厅", "南宁市", "教育", "广西壮族自治区"),
    ("区市场监管局", "广西壮族自治区", "市场监管", "广西壮族自治区"),  # 区 for 自治区
    ("行署水务局", "大兴安岭地区", "水利", "大兴安岭地区"),  # the 行署 is the prefecture's government
    ("行署财政局", "黑龙江省", "财政", None),  # in a province's plan one of many
    ("行政公署教育局", "漠河市", "教育", "大兴安岭地区"),
    ("盟行署卫生健康委", "阿拉善盟", "卫生健康", "阿拉善盟"),
    ("大兴安岭地区行署交通运输局", "黑龙江省", "交通运输", "大兴安岭地区"),
    ("行署办公室", "大兴安岭地区", "政府办公", "大兴安岭地区"),
    ("行署", "大兴安岭地区", "人民政府", "大兴安岭地区"),
    ("各团场", "新疆生产建设兵团", "人民政府", None),
    ("各师市", "新疆生产建设兵团", "人民政府", None),
    ("沿海各县（市、区）", "湖州市", "人民政府", None),
    ("州医保局", "凉山彝族自治州", "医疗保障", "凉山彝族自治州"),
    ("教育厅", "湖州市", "教育", "浙江省"),  # 厅 are the provinces' alone
    ("省发展和改革委员会", "湖州市", "发展改革", "浙江省"),
    ("自治区财政厅", "上海市奉贤区", "财政", None),  # the district is no autonomous region
    ("地区财政局", "上海市奉贤区", "财政", None),
    ("区财政厅", "阿里地区", "财政", "西藏自治区"),  # 区 is no 地区
    ("市级财政", "安吉县", "财政", "湖州市"),
    ("县级财政部门", "安吉县", "财政", "安吉县"),
    ("湖州市医疗保障局", "安吉县", "医疗保障", "湖州市"),
    ("零陵教育局", "祁阳市", "教育", None),  # no bureau of 零陵地区, which has ended; 零陵 is a district
    ("达川教育局", "渠县", "教育", None),
    ("成都市医疗保障局", "安吉县", "医疗保障", "成都市"),  # a place of its own
    ("中共湖州市委组织部", "湖州市", "组织人事", "湖州市"),
    ("县委编办", "安吉县", "机构编制", "安吉县"),
    ("市委办公室", "安吉县", "党委办公", "湖州市"),  # every committee has one
    ("湖州市委政策研究室", "安吉县", "政策研究", "湖州市"),
    ("市劳动保障监察支队", "湖州市", "人力资源社会保障", "湖州市"),
    ("市生态环境综合行政执法支队", "湖州市", "生态环境", "湖州市"),  # a unit that is named by its function
    ("县公路事业发展中心", "安吉县", "交通运输", "安吉县"),
    # bureaus of several functions, of which the first counts
    ("县工业商务和信息化局", "安吉县", "工业和信息化", "安吉县"),
    ("县工业信息化和商务科技局", "安吉县", "工业和信息化", "安吉县"),
    ("县发展和改革科技局", "安吉县", "发展改革", "安吉县"),
    ("区政务和数据局", "上海市普陀区", "大数据管理", "上海市普陀区"),
    ("县工业贸易局", "安吉县", None, None),  # no word of it alone names a function
    ("中央军委后勤保障部卫生局", "安吉县", "军队", "中国"),  # a part of the body before it
    # older ones, and short names
    ("市监察局", "湖州市", "纪检监察", "湖州市"),
    ("市监委", "湖州市", "纪检监察", "湖州市"),  # 市|监委, not 市监|委
    ("市监局", "湖州市", "市场监管", "湖州市"),
    ("市物价局", "湖州市", "发展改革", "湖州市"),
    ("县委办", "安吉县", "党委办公", "安吉县"),
    ("县经开区", "安吉县", "开发区", None),
    ("化工新材料产业园管委会", "安吉县", "开发区", None),
    ("开发区", "安吉县", "开发区", None),
    ("经开区", "安吉县", "开发区", None),
    ("各开发区", "安吉县", "开发区", None),
    ("各园区、开发区", "安吉县", "开发区", None),
    ("园区", "安吉县", None, None),
    ("市投促办", "湖州市", "商务", "湖州市"),
    ("市机管局", "湖州市", "机关事务", "湖州市"),
    ("市信息委", "湖州市", "工业和信息化", "湖州市"),
    ("市信息化委", "湖州市", "工业和信息化", "湖州市"),
    ("市网络安全和信息化委员会", "湖州市", "网信", "湖州市"),
    ("市经济信息委", "湖州市", "工业和信息化", "湖州市"),
    ("东湖街道管理办", "湖州市", "人民政府", None),
    ("各街道管理办", "湖州市", "人民政府", None),
    ("公安消防支队", "湖州市", "消防救援", "湖州市"),  # its name until 2018
    ("县公安消防局", "安吉县", "消防救援", "安吉县"),
    ("区绿容局", "上海市奉贤区", "城市管理", "上海市奉贤区"),
    ("各街镇（管委会）", "上海市奉贤区", "人民政府", None),
    ("各乡镇（园区管委会）", "安吉县", "人民政府", None),
    ("县水电局", "安吉县", "水利", "安吉县"),
    ("县乡镇企业局", "安吉县", "农业农村", "安吉县"),
    ("县体改委", "安吉县", "发展改革", "安吉县"),
    ("县水利建设管理局", "安吉县", "水利", "安吉县"),  # 水利 is no place that has a 建设管理局
    ("县科工局", "安吉县", None, None),
    ("县健康安吉建设委员会", "安吉县", None, None),  # no 建设委员会 of a place
    ("县城关公安分局", "安吉县", "公安", None),
    ("县金融服务中心", "安吉县", "地方金融", "安吉县"),
    ("国网湖南省电力有限公司", "安吉县", "电网", "湖南省"),
    ("中国铁路广州局集团有限公司", "安吉县", "铁路", None),
    ("国网信息通信产业集团有限公司", "安吉县", None, None),
    ("市公安机关交通管理部门", "湖州市", "公安", "湖州市"),  # a part of the police, and not 交通
    ("交通管理部门", "湖州市", "交通运输", "湖州市"),
    ("市委宣传部", "安吉县", "宣传", "湖州市"),  # every level has one, unlike 财政部
    ("市委宣传部（市新闻出版局）", "湖州市", "宣传", "湖州市"),  # the first of two names
]

# Bodies of the state, in plans of anywhere.
NATIONAL = [
    ("国务院办公厅", "政府办公"),
    ("国家防总", "应急管理"),
    ("国务院安委会办公室", "应急管理"),
    ("财政部", "财政"),
    ("国家发展改革委", "发展改革"),
    ("国家卫生健康委", "卫生健康"),
    ("税务总局", "税务"),
    ("国家税务总局", "税务"),
    ("公安部交通管理局", "公安"),  # a part of the ministry, no branch in a place
    ("海关总署", "海关"),
    ("审计署", "审计"),
    ("中央宣传部", "宣传"),
    ("中央网信办", "网信"),
    ("国务院国资委", "国资监管"),
    ("全国总工会", "工会"),
    ("共青团中央", "共青团"),
    ("中国残联", "残联"),
    ("全国妇联", "妇联"),
    ("供销合作总社", "供销合作"),
    ("中国民航局", "民航"),
    ("国家能源局", "能源"),
    ("国家铁路局", "铁路"),
    ("国铁集团", "国铁集团"),
    ("国家数据局", "大数据管理"),
    ("国家粮食和物资储备局", "粮食物资储备"),
    ("中央军委后勤保障部", "军队"),
    ("最高人民法院", "法院"),
    ("中国证监会", "证监"),
    ("金融监管总局", "银保监"),
    ("人力资源社会保障部", "人力资源社会保障"),
    ("文化和旅游部", "文化和旅游"),
    ("国家计委", "发展改革"),  # before 2003
    ("国家卫生计生委", "卫生健康"),  # 2013 to 2018
    ("国家食品药品监督管理总局", "市场监管"),  # 2013 to 2018
    ("国务院扶贫办", "扶贫"),  # until 2021
    ("国家乡村振兴局", "乡村振兴"),  # 2021 to 2023
    ("中国银保监会", "银保监"),  # 2018 to 2023
    ("农业部", "农业农村"),  # until 2018
    ("环境保护部", "生态环境"),  # until 2018
    ("国土资源部", "自然资源"),  # until 2018
]

# Names before and after the reforms, short and long, of local bodies: one function each.
NAMES = [
    ("卫生健康和体育局", "卫生健康"),  # two functions in one bureau: the first
    ("文体广电和旅游局", "文化和旅游"),
    ("文化体育和城市管理局", "文化和旅游"),  # 管理 belongs to 城市管理
    ("公安局交警支队", "公安"),  # a part of a body
    ("生态环境局临湖分局", "生态环境"),
    ("人社局", "人力资源社会保障"),
    ("人力资源和社会保障局", "人力资源社会保障"),
    ("劳动保障局", "人力资源社会保障"),
    ("社会保险经办机构", "人力资源社会保障"),
    ("医保经办机构", "医疗保障"),
    ("医疗保险经办机构", "医疗保障"),
    ("基本医保经办机构", "医疗保障"),
    ("医疗保障经办管理服务机构", "医疗保障"),
    ("卫计局", "卫生健康"),
    ("卫生局", "卫生健康"),
    ("工商局", "市场监管"),
    ("质监局", "市场监管"),
    ("食药监局", "市场监管"),
    ("市监局", "市场监管"),
    ("自然资源和规划局", "自然资源"),
    ("规划和自然资源局", "自然资源"),
    ("国土局", "自然资源"),
    ("住建局", "住房城乡建设"),
    ("住房和城乡建设交通委员会", "住房城乡建设"),
    ("房管局", "住房城乡建设"),
    ("环保局", "生态环境"),
    ("安监局", "应急管理"),
    ("安委会", "应急管理"),
    ("经信局", "工业和信息化"),
    ("经济和信息化委员会", "工业和信息化"),
    ("文广旅局", "文化和旅游"),
    ("水务局", "水利"),
    ("林草局", "林业和草原"),
    ("大数据发展管理局", "大数据管理"),
    ("政务服务数据管理局", "大数据管理"),
    ("网络理政办", "网络理政"),
    ("行政审批局", "政务服务"),
    ("金融办", "地方金融"),
    ("住房公积金管理中心", "住房公积金"),
    ("公安机关", "公安"),
    ("司法机关", "司法"),
    ("纪检监察机关", "纪检监察"),
    ("纪委监委", "纪检监察"),
    ("团委", "共青团"),
    ("妇联", "妇联"),
    ("红十字会", "红十字会"),
    ("科技局", "科技"),
    ("经济发展局", "发展改革"),  # of a new area
    ("金融监管部门", "银保监"),  # the longest name before an ending: not 金融|监管部门
    ("金融部门", "地方金融"),
    ("政府督查室", "政府办公"),
    ("就业工作领导小组", "人力资源社会保障"),
    ("教育局党委", "教育"),
    ("住房城乡建设（房管）主管部门", "住房城乡建设"),
]

# Governments: many at once have no node of their own.
GOVERNMENTS = [
    ("沿江地区省级人民政府", "湖州市", None),
    ("各镇（区、街道）", "湖州市", None),
    ("各苏木镇人民政府", "湖州市", None),
    ("地方党委政府", "湖州市", "湖州市"),
    ("县镇两级政府", "湖州市", None),
    ("乡镇人民政府（街道办事处）", "湖州市", None),
    ("市政府", "湖州市", "湖州市"),
    ("省政府", "湖州市", "浙江省"),
    ("各级人民政府", "湖州市", "湖州市"),  # its own is among them
    ("各级党委和政府", "湖州市", "湖州市"),
    ("各区县人民政府", "湖州市", None),
    ("各县（市、区）", "湖州市", None),
    ("各省（区、市）", "中国", None),
    ("各省、自治区、直辖市人民政府", "中国", None),
    ("各省级人民政府", "中国", None),
    ("各市（州）人民政府", "浙江省", None),
    ("乡镇", "安吉县", None),
    ("各乡镇（街道）", "安吉县", None),
    ("乡镇（街道）人民政府（办事处）", "安吉县", None),
    ("各街镇", "上海市普陀区", None),
    ("街道办事处", "上海市普陀区", None),
]

PLACES = [
    ("国家税务总局湖州市税务局", "安吉县", "税务", "湖州市"),  # the city's in spite of its first words
    ("中国人民银行湖州市中心支行", "湖州市", "人民银行", "湖州市"),
    ("人民银行分支机构", "湖州市", "人民银行", "湖州市"),
    ("人民银行市中心支行", "安吉县", "人民银行", "湖州市"),  # of the city that 市 is
    ("湖州海关", "安吉县", "海关", "湖州市"),
    ("县经济开发区", "安吉县", "开发区", None),  # its place stands for who runs it
    ("平南街道办事处", "安吉县", "人民政府", None),
    ("民航浙江监管局", "湖州市", "民航", "浙江省"),
    ("公安安吉分局", "湖州市", "公安", "安吉县"),
    ("公安各分局", "湖州市", "公安", None),  # several
    ("县公安局各派出所", "安吉县", "公安", "安吉县"),
    ("市公安局城东派出所", "湖州市", "公安", "湖州市"),
    ("县公安局和河湾派出所", "安吉县", None, None),  # two
    ("县教育局河湾派出所", "安吉县", None, None),
    ("税务总局湖州市税务局", "安吉县", "税务", "湖州市"),
    ("共青团湖州市委", "安吉县", "共青团", "湖州市"),
    ("共青团市委", "安吉县", "共青团", "湖州市"),  # of the city that 市 is
    ("共青团县委", "湖州市", "共青团", None),  # one of several below the city
    ("共青团各县委", "安吉县", "共青团", None),  # of all counties
    ("共青团青屿市委", "湖州市", "共青团", None),  # of a place that nobody knows
    ("新区行政审批局", "湖州市", "政务服务", None),  # one of several below the city
    ("县委宣传部（县新闻办）", "安吉县", "宣传", "安吉县"),
    ("乡镇（街道）司法所", "安吉县", "司法", None),
    ("青屿海关", "湖州市", "海关", None),  # nobody knows the place, so it is nobody's
]

# Near misses: what has no function, or is no body at all.
NONE = [
    "水利局等部门以及各省级人民政府",  # two names in one
    "教育和培训局",  # half of it is no function
    "各有关部门",  # anybody
    "有关单位",
    "市城投集团",
    "市文化中心",  # a place, no body
    "市、区各部门",
    "各级",  # levels alone are no party committee
    "省市县三级",
    "（市、区）",
    "龙头企业",
    "项目建设指挥部",
    "基本公共服务",
    "",
    "市",
]


@pytest.mark.parametrize(("printed", "home", "function", "place"), LEVELS + PLACES)
def test_whose_body_it_is(printed: str, home: str, function: str, place: str | None) -> None:
    name, body = organization(printed, region(home), YEAR)
    assert name == function
    assert (body and body.region) == (place and region(place))


@pytest.mark.parametrize(("printed", "function"), NATIONAL)
def test_bodies_of_the_state(printed: str, function: str) -> None:
    name, body = organization(printed, region("安吉县"), YEAR)
    assert name == function
    assert body is not None
    assert body.region == CHINA


@pytest.mark.parametrize(("printed", "function"), NAMES)
def test_every_name_of_a_function(printed: str, function: str) -> None:
    assert organization(printed, region("湖州市"), YEAR)[0] == function
    assert organization("市" + printed, region("湖州市"), YEAR)[0] == function


@pytest.mark.parametrize(("printed", "home", "place"), GOVERNMENTS)
def test_governments(printed: str, home: str, place: str | None) -> None:
    name, body = organization(printed, region(home), YEAR)
    assert name == "人民政府"
    assert (body and body.region) == (place and region(place))


def test_printed_names_of_all_levels() -> None:
    """Each name of the list has its function; the failure lists all that have not."""
    rows = [line.split("\t") for line in PRINTED.read_text("utf-8").splitlines()[2:]]
    names = [(name, function) for function, listed in rows for name in listed.split()]
    assert len(names) == len(set(names)) >= 1000
    assert [
        (name, function)
        for name, function in names
        if (organization(name, region("湖州市"), YEAR)[0] or "-") != function
    ] == []


@pytest.mark.parametrize("printed", NONE)
def test_what_has_no_function(printed: str) -> None:
    assert organization(printed, region("湖州市"), YEAR) == (None, None)


@given(st.text(alphabet="各省市县区（）、级财政教育局委部人民政府国家中央银行税务总和及 \n", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    function, body = organization(text, region("湖州市"), YEAR)
    assert function is None or function in functions()
    assert body is None or body.function == function


def test_no_name_stands_for_two_functions() -> None:
    names = [name for function in functions().values() for name in (*function.stems, *function.bodies)]
    assert len(names) == len(set(names))


def test_bodies_are_only_what_the_endings_do_not_make() -> None:
    made = {stem + suffix for function in functions().values() for stem in function.stems for suffix in BODY_SUFFIXES}
    stated = {body for function in functions().values() for body in function.bodies if body not in function.national}
    assert not made & stated


def test_longer_endings_come_first() -> None:
    for at, suffix in enumerate(BODY_SUFFIXES):
        assert not any(suffix.endswith(shorter) for shorter in BODY_SUFFIXES[:at])


def test_successors_are_functions() -> None:
    assert {f.successor for f in functions().values() if f.successor} <= set(functions())


def test_the_data_names_its_source_and_date() -> None:
    head = [line for line in (DATA_FOLDER / "functions.tsv").read_text("utf-8").splitlines() if line.startswith("#")]
    assert any(line.startswith("# Source:") for line in head)
    assert any(line.startswith("# Date:") for line in head)


def test_names_without_a_region() -> None:
    assert function_named("财政部") == (functions()["财政"], True)
    assert function_named("财政局") == (functions()["财政"], False)
    assert function_named("统计图") is None
