"""Cells of indicator tables: what they mean, and what is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.indicators.values import CellValue, read_value
from extractors.reference.data_files import DATA_FOLDER
from extractors.reference.units import convert, unit, unit_table
from extractors.vocabulary.quantities import comparators, half_width, quantities
from ontology.model.facts import Op, Part

# printed text, unit of the row, comparator, number, unit
READ: list[tuple[str, str | None, Op, str, str | None]] = [
    # plain numbers take the unit of the row
    ("995", "家", "=", "995", "家"),
    ("84.54", "%", "=", "84.54", "%"),
    ("0", "个", "=", "0", "个"),
    ("100", None, "=", "100", None),
    ("1,234.5", "亿元", "=", "1234.5", "亿元"),
    ("1,234,567", "人", "=", "1234567", "人"),
    ("１５００", "公里", "=", "1500", "公里"),
    ("１，５００", "公里", "=", "1500", "公里"),  # a full-width comma inside a full-width number
    ("９８．５", "％", "=", "98.5", "%"),
    ("-2.10", "亿元/年", "=", "-2.10", "亿元/年"),
    ("－3.5", "%", "=", "-3.5", "%"),
    ("−3.5", "%", "=", "-3.5", "%"),  # U+2212
    ("+6.5", "%", "=", "6.5", "%"),
    ("12.0", "(万亩)", "=", "12.0", "万亩"),  # a unit column that prints its brackets
    ("3.08", "/", "=", "3.08", None),  # a unit column that says "none"
    ("1.2万", "人", "=", "12000", "人"),  # in the unit of the row
    ("1.2万亿", "元", "=", "1200000000000", "元"),
    ("3千", "人", "=", "3000", "人"),
    ("5万", "千瓦", "=", "50000", "千瓦"),
    ("1.2万", "万人", "=", "1.2", "万人"),  # one of the scales is too many
    # a printed unit comes before the row's
    ("98%", "%", "=", "98", "%"),
    ("98.0%", "%", "=", "98.0", "%"),
    ("98％", None, "=", "98", "%"),
    ("98 %", None, "=", "98", "%"),
    ("5个", "%", "=", "5", "个"),
    ("26710.4万元", None, "=", "26710.4", "万元"),
    ("3.6亿元", "万元", "=", "36000", "万元"),
    ("100万人次", None, "=", "100", "万人次"),
    ("1.2亿吨标准煤", None, "=", "1.2", "亿吨标准煤"),
    ("35微克/立方米", None, "=", "35", "微克/立方米"),
    ("35μg/m³", None, "=", "35", "μg/m³"),
    ("42平方米/人", None, "=", "42", "平方米/人"),
    ("560元/人·年", None, "=", "560", "元/人·年"),
    ("0.45吨标准煤/万元", None, "=", "0.45", "吨标准煤/万元"),
    ("7.2册/人", None, "=", "7.2", "册/人"),
    ("500千瓦", None, "=", "500", "千瓦"),  # 千 belongs to the unit
    ("5千公里", None, "=", "5", "千公里"),
    ("80万千瓦", None, "=", "80", "万千瓦"),
    ("20万亩", None, "=", "20", "万亩"),
    ("3.5万公顷", None, "=", "3.5", "万公顷"),
    ("8亿立方米", None, "=", "8", "亿立方米"),
    ("4.2‰", None, "=", "4.2", "‰"),
    ("2.5倍", None, "=", "2.5", "倍"),
    ("3个百分点", None, "=", "3", "个百分点"),
    ("15分钟", None, "=", "15", "分钟"),
    ("79.8岁", None, "=", "79.8", "岁"),
    ("1200标准箱", None, "=", "1200", "标准箱"),
    ("15/10万", None, "=", "15", "/10万"),
    ("10Gbps", None, "=", "10", "Gbps"),
    ("1.5EFLOPS", None, "=", "1.5", "EFLOPS"),
    ("85dB", None, "=", "85", "dB"),
    # at least
    ("98%以上", None, ">=", "98", "%"),
    ("稳定在95%以上", None, ">=", "95", "%"),
    ("保持在95%以上", None, ">=", "95", "%"),
    ("达到80%以上", None, ">=", "80", "%"),
    ("力争达到80%以上", None, ">=", "80", "%"),
    ("95%及以上", None, ">=", "95", "%"),
    ("95%（含）以上", None, ">=", "95", "%"),
    ("不低于95%", None, ">=", "95", "%"),
    ("不低于95", "%", ">=", "95", "%"),
    ("不得低于30%", None, ">=", "30", "%"),
    ("不少于100种", None, ">=", "100", "种"),
    ("不小于3米", None, ">=", "3", "米"),
    ("至少5家", None, ">=", "5", "家"),
    ("至少建成一家", None, ">=", "1", "家"),  # the verb between comparator and number
    ("≥90", "%", ">=", "90", "%"),
    ("≥ 90％", None, ">=", "90", "%"),
    ("≧90%", None, ">=", "90", "%"),
    ("⩾90%", None, ">=", "90", "%"),
    (">=90%", None, ">=", "90", "%"),
    ("大于等于90%", None, ">=", "90", "%"),
    ("≥90%以上", None, ">=", "90", "%"),
    (">90%以上", None, ">=", "90", "%"),  # 以上 takes the number in
    ("考核得分90分以上", None, ">=", "90", "分"),
    ("100人以上", None, ">=", "100", "人"),
    ("79岁以上", None, ">=", "79", "岁"),  # not an age group: nobody follows
    ("不低于人均收入的20%", None, ">=", "20", "%"),  # the reference between comparator and number
    ("覆盖90%以上的行政村", None, ">=", "90", "%"),
    # at most
    ("控制在10%以内", None, "<=", "10", "%"),
    ("控制在10%以下", None, "<=", "10", "%"),
    ("控制在1.8亿立方米以内", None, "<=", "1.8", "亿立方米"),
    ("控制在10%", None, "<=", "10", "%"),
    ("控制在25以内", "万亩", "<=", "25", "万亩"),
    ("不超过3%", None, "<=", "3", "%"),
    ("不高于3%", None, "<=", "3", "%"),
    ("不大于3%", None, "<=", "3", "%"),
    ("不得超过5个", None, "<=", "5", "个"),
    ("≤3", "%", "<=", "3", "%"),
    ("≦3%", None, "<=", "3", "%"),
    ("小于等于3%", None, "<=", "3", "%"),
    ("3%以内", None, "<=", "3", "%"),
    ("3%以下", None, "<=", "3", "%"),
    ("30分钟以内", None, "<=", "30", "分钟"),
    ("30日内", None, "<=", "30", "日"),
    ("至多2次", None, "<=", "2", "次"),
    # more, less
    (">98%", None, ">", "98", "%"),
    ("＞98％", None, ">", "98", "%"),
    ("﹥98％", None, ">", "98", "%"),
    ("超过50%", None, ">", "50", "%"),
    ("超50%", None, ">", "50", "%"),
    ("高于60%", None, ">", "60", "%"),
    ("大于60", "%", ">", "60", "%"),
    ("突破1000亿元", None, ">", "1000", "亿元"),
    ("十余项", None, ">", "10", "项"),
    ("100余家", None, ">", "100", "家"),
    ("100多家", None, ">", "100", "家"),
    ("三十多个", None, ">", "30", "个"),
    ("<5%", None, "<", "5", "%"),
    ("＜5‰", None, "<", "5", "‰"),
    ("低于5%", None, "<", "5", "%"),
    ("小于5", "%", "<", "5", "%"),
    ("少于5起", None, "<", "5", "起"),
    ("不足10%", None, "<", "10", "%"),
    # about
    ("85%左右", None, "~", "85", "%"),
    ("稳定在70%左右", None, "~", "70", "%"),
    ("接近70%", None, "~", "70", "%"),
    ("约50万人", None, "~", "50", "万人"),
    ("近百家", None, "~", "100", "家"),
    ("约为12%", None, "~", "12", "%"),
    ("大约300公里", None, "~", "300", "公里"),
    ("控制在5.5%左右", None, "~", "5.5", "%"),  # the exact word is the one behind
    ("≈30", "%", "~", "30", "%"),
    # growth and change: the number as printed, never negated
    ("年均增长6.5%左右", None, "~", "6.5", "%"),
    ("年均增长6.5", "%", "=", "6.5", "%"),
    ("年均>6.5%", None, ">", "6.5", "%"),
    ("6.5（年均）", "%", "=", "6.5", "%"),
    ("下降18%", None, "=", "18", "%"),
    ("累计下降13.5%以上", None, ">=", "13.5", "%"),
    ("提高3个百分点", None, "=", "3", "个百分点"),
    ("增加20", "万亩", "=", "20", "万亩"),
    ("降至10%以下", None, "<=", "10", "%"),
    ("比2020年下降14%", None, "=", "14", "%"),  # the year is no number
    ("2021—2025年均增长8%", None, "=", "8", "%"),
    # cumulative values in brackets
    ("[1200]", "公里", "=", "1200", "公里"),
    ("〔18〕", "%", "=", "18", "%"),
    ("［13.5］", "%", "=", "13.5", "%"),
    ("【5】", "%", "=", "5", "%"),
    ("（18）", "%", "=", "18", "%"),
    ("[13.5%]以上", None, ">=", "13.5", "%"),
    ("[18]%", None, "=", "18", "%"),
    ("1000（5年累计）", "个", "=", "1000", "个"),
    ("1000[五年累计]", "个", "=", "1000", "个"),
    ("50.5（2019年）", "%", "=", "50.5", "%"),  # the remark names the year of the number
    ("50.5（2019年底）", "%", "=", "50.5", "%"),
    ("[100]个", None, "=", "100", "个"),
    ("累计[18]", "%", "=", "18", "%"),
    ("36.5*", "%", "=", "36.5", "%"),  # a mark that leads to a note
    ("36.5①", "%", "=", "36.5", "%"),
    ("36.2（含飞地）", "万亩", "=", "36.2", "万亩"),
    # Chinese numerals
    ("九成", None, "=", "90", "%"),
    ("九成以上", None, ">=", "90", "%"),
    ("八成五左右", None, "~", "85", "%"),
    ("百分之九十五", None, "=", "95", "%"),
    ("百分之九十五以上", None, ">=", "95", "%"),
    ("不低于百分之三十", None, ">=", "30", "%"),
    ("千分之五以内", None, "<=", "5", "‰"),
    ("不少于二十家", None, ">=", "20", "家"),
    ("一百零五个", None, "=", "105", "个"),
    ("两个以上", None, ">=", "2", "个"),
    ("建成十二座", None, "=", "12", "座"),
    # the one number in words that say what it counts
    ("覆盖100%定点机构", None, "=", "100", "%"),
    ("60个试点村实行统一管护", None, "=", "60", "个"),
    ("省级和国家级平台25个", None, "=", "25", "个"),
    ("国家要求的示范基地15个以上", None, ">=", "15", "个"),
    ("65岁以上老年人健康管理率75%", None, "=", "75", "%"),  # whom it is about is no value
    ("3岁以下婴幼儿托位达到4.5个", None, "=", "4.5", "个"),
    ("每千人口4.6个", None, "=", "4.6", "个"),
    ("每千名老年人50张", None, "=", "50", "张"),
    ("PM2.5浓度35微克/立方米", None, "=", "35", "微克/立方米"),
    ("4A级景区2家", None, "=", "2", "家"),
    ("“一站式”窗口20个", None, "=", "20", "个"),
    ("到2025年达到90%", None, "=", "90", "%"),
    ("2025年6月底前建成12处", None, "=", "12", "处"),
    ("第三方评价得分≥85", "分", ">=", "85", "分"),
]

REFUSED = [
    # nothing there
    "", " ", "—",
    "——", "-", "--", "－", "／", "/", "\\", "…", "―", "无", "暂无", "待定",
    "一",  # a dash that was read as a numeral
    # words
    "保持稳定", "稳定可持续", "国家下达目标", "完成省下达任务", "政策范围全覆盖", "实现市级统筹", "进一步提高",
    "达到国家标准", "与经济发展水平相适应", "全覆盖", "基本消除", "应保尽保", "逐年提高", "Ⅲ类以上", "翻一番",
    # numbers that measure nothing
    "实现“一站式”办理", "全面推行15项编码标准", "落实三项制度", "二级以上医院全覆盖", "水质达到三类以上",
    "实现一次办好", "一网通办", "迈上一个新台阶", "“十四五”末全面建成", "第一方阵", "完善“1+3+N”体系",
    "1+3+N", "7×24小时", "5G全覆盖", "建成5A级景区", "12345热线并线运行", "两区三中心",
    # dates
    "2025年", "2025年底前完成", "2023年12月31日", "2021—2025年", "12月底前",
    # ambiguous
    "—2.1",  # minus, or a dash and the next cell
    "控制在10%以上",  # the two words contradict each other
    "超过50%以下",
    "三分之一", "3/5", "1:1.2", "1∶0.8", "十几家", "数百家", "上千人", "过半",
    "68.2（57.2）",  # which of the two?
    "13.5[18]",
    "80% 85%",
    "5-3个",  # no range
    "50%±2",
    "98±2%",  # was 2 %
    # ranks
    "第3位", "全国前10位", "全省排名前3", "进入前三强", "居全国第5位",
]  # fmt: skip

PARTS: list[tuple[str, str | None, list[tuple[str | None, Op, str, str | None]]]] = [
    ("药品500个以上，耗材5类以上", None, [("药品", ">=", "500", "个"), ("耗材", ">=", "5", "类")]),
    ("112个品种和1类设备", None, [("品种", "=", "112", "个"), ("设备", "=", "1", "类")]),
    ("城市95%,农村达到80%以上", None, [("城市", "=", "95", "%"), ("农村", ">=", "80", "%")]),
    ("新建30公里、改建50公里", None, [("新建", "=", "30", "公里"), ("改建", "=", "50", "公里")]),
    # without a mark between them the words before a number begin behind the number before
    ("设区市≥25县级市≥20", "%", [("设区市", ">=", "25", "%"), ("县级市", ">=", "20", "%")]),
    ("60个品种和30家学校", None, [("品种", "=", "60", "个"), ("学校", "=", "30", "家")]),
    ("城区5个以上和县城3个", None, [("城区", ">=", "5", "个"), ("县城", "=", "3", "个")]),
    ("5个甲3个乙", None, [("甲", "=", "5", "个"), ("乙", "=", "3", "个")]),
    ("不低于5且不高于8", None, [(None, ">=", "5", None), (None, "<=", "8", None)]),
    ("1～5年", None, [(None, ">=", "1", "年"), (None, "<=", "5", "年")]),
    ("80%-85%", None, [(None, ">=", "80", "%"), (None, "<=", "85", "%")]),
    ("80％—85％", None, [(None, ">=", "80", "%"), (None, "<=", "85", "%")]),
    ("6-7", "%", [(None, ">=", "6", "%"), (None, "<=", "7", "%")]),
    ("10至15个", None, [(None, ">=", "10", "个"), (None, "<=", "15", "个")]),
    ("两到三家", None, [(None, ">=", "2", "家"), (None, "<=", "3", "家")]),
]


@pytest.mark.parametrize(("text", "of", "op", "value", "printed"), READ)
def test_a_cell_with_one_number(text: str, of: str | None, op: Op, value: str, printed: str | None) -> None:
    assert read_value(text, of) == CellValue(op, Decimal(value), printed)


@pytest.mark.parametrize("text", REFUSED)
def test_a_cell_without_one_number_is_refused(text: str) -> None:
    found = read_value(text)
    assert (found.op, found.value) == (None, None)


@pytest.mark.parametrize(("text", "of", "parts"), PARTS)
def test_a_cell_with_several_numbers_yields_its_parts(
    text: str, of: str | None, parts: list[tuple[str | None, Op, str, str | None]]
) -> None:
    found = read_value(text, of)
    assert (found.op, found.value) == (None, None)
    assert list(found.parts) == [Part(s, op, Decimal(v), u) for s, op, v, u in parts]


def test_the_table_is_large_enough() -> None:
    assert len(READ) + len(REFUSED) >= 150
    assert len({(text, of) for text, of, *_ in READ}) == len(READ)
    assert len(set(REFUSED)) == len(REFUSED)


NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
WORDS: dict[Op, list[tuple[str, str]]] = {
    ">=": [("", "以上"), ("不低于", ""), ("至少", ""), ("≥", ""), ("稳定在", "以上")],
    "<=": [("", "以内"), ("不超过", ""), ("≤", ""), ("控制在", "以内")],
    ">": [("超过", ""), (">", ""), ("＞", "")],
    "<": [("低于", ""), ("<", ""), ("不足", "")],
    "~": [("", "左右"), ("约", ""), ("接近", "")],
    "=": [("", ""), ("达到", ""), ("为", "")],
}


@given(NUMBERS, st.sampled_from(sorted(WORDS)), st.sampled_from(sorted(unit_table())), st.data())
def test_a_value_printed_from_its_parts_reads_back(value: Decimal, op: Op, of: str, data: st.DataObject) -> None:
    before, after = data.draw(st.sampled_from(WORDS[op]))
    number = data.draw(st.sampled_from([f"{value}", f"{value:,}"]))
    text = f"{before}{number}{of}{after}"
    if data.draw(st.booleans()):
        text = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.%"})
    assert read_value(text) == CellValue(op, value, half_width(of))


@given(st.text(max_size=60), st.none() | st.text(max_size=5))
def test_odd_text_never_raises_and_invents_no_number(text: str, of: str | None) -> None:
    found = read_value(text, of)
    if found.value is not None:
        assert found.op is not None
        assert any(c.isnumeric() for c in text) or any(c in "两成十百千" for c in text)


def test_hostile_length_stays_linear() -> None:
    for piece in ("1-", "不低于", "9" * 50, "（", "至少至少", "1,", "一百", "“", "近1"):
        read_value(piece * 2000)


def test_places_are_those_of_the_text() -> None:
    text = "力争高标准农田达到１２０万亩以上，灌溉面积不少于80万亩。"
    assert [text[q.start : q.end] for q in quantities(text)] == ["１２０万亩以上", "不少于80万亩"]
    assert [text[q.number_start : q.unit_end] for q in quantities(text)] == ["１２０万亩", "80万亩"]


@pytest.mark.parametrize(
    ("value", "printed", "to", "result"),
    [
        ("150792.1", "万元", "亿元", "15.07921"),
        ("3", "万人", "人", "30000"),
        ("15", "亩", "公顷", "1"),
        ("1", "公顷", "平方公里", "0.01"),
        ("2000", "公顷", "万亩", "3"),
        ("1.2", "亿吨标准煤", "万吨标准煤", "12000"),
        ("10", "亿元/年", "万元/年", "100000"),
        ("5", "‰", "%", "0.5"),
        ("80", "万千瓦", "兆瓦", "800"),
        ("2", "小时", "分钟", "120"),
        ("120", "元/人·月", "元/人·年", "1440"),
        ("2E+30", "万人", "人", "2E+34"),  # more digits than the precision
        ("7", "名", "人", "7"),
        ("98", "%", "%", "98"),
        ("15", "1/10万", "/10万", "15"),
        ("5", "个", "家", None),  # two measure words
        ("5", "%", "个百分点", None),  # a share and a difference of shares
        ("5", "元", "美元", None),
        ("5", "亿元", "亿元/年", None),
        ("5", "人", "人次", None),
        ("5", "吨", "吨标准煤", None),
        ("5", None, "个", None),
        ("5", "什么", "个", None),
    ],
)
def test_conversion_for_comparison(value: str, printed: str | None, to: str | None, result: str | None) -> None:
    assert convert(Decimal(value), printed, to) == (None if result is None else Decimal(result))


def test_unit_data_is_sound() -> None:
    lines = [line.split("\t") for line in (DATA_FOLDER / "units.tsv").read_text("utf-8").splitlines()]
    names = [row[0] for row in lines if len(row) == 3][1:]
    assert len(names) == len(set(names)) == len(unit_table())
    assert all(factor > 0 for _, factor in unit_table().values())
    assert all(unit(name) is not None for name in unit_table())
    assert not set(comparators("before")) & set(comparators("after"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("药品品种达到\ufffd00个以上", []),  # not 0
        ("达到5\ufffd0个", []),
        ("建成500\ufffd以上", []),  # the unit is not known
        ("\ufffd90%", []),  # may be ≥90%
        ("不低于 \ufffd 90%", []),
        ("≥90%\ufffd", []),
        ("达到\ufffd类以上，建成20个", [20]),
        ("达到500个以上，\ufffd耗材", [500]),  # a hole elsewhere
    ],
)
def test_a_number_beside_an_unread_character_is_none(text: str, found: list[int]) -> None:
    assert [quantity.value for quantity in quantities(text)] == found
