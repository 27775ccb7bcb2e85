"""Numbers in text: read whole or refused, never a part of one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.layout import layout
from extractors.vocabulary.dates import read_date
from extractors.vocabulary.numerals import blanks_inside, chinese_number, exact_number, mixed_number
from extractors.vocabulary.quantities import comparators, quantities, quantity_expression, quantity_pattern
from ontology.model.source import Source

# comparator, number, unit; a range has two numbers
READ: list[tuple[str, list[tuple[str, str, str | None]]]] = [
    ("十万零一千人", [("=", "101000", "人")]),  # not 十万
    ("一百二十三万四千户", [("=", "1234000", "户")]),
    ("一万二千亿元以上", [(">=", "12000", "亿元")]),  # the last scale belongs to the unit
    ("一亿二千万元", [("=", "12000", "万元")]),
    ("两千零五户", [("=", "2005", "户")]),
    ("13万2千吨左右", [("~", "132000", "吨")]),  # digits and scales in turn
    ("1亿2000万元", [("=", "12000", "万元")]),
    ("3万5千亩", [("=", "35000", "亩")]),
    ("1.5万亿元", [("=", "1.5", "万亿元")]),  # one scale is the unit's
    ("1万多人", [(">", "1", "万人")]),  # 多 and 余 may follow the scale
    ("13万余吨", [(">", "13", "万吨")]),
    ("三十余万人", [(">", "30", "万人")]),
    ("百分之一三三·二", [("=", "133.2", "%")]),  # digits in their places
    ("百分之九五", [("=", "95", "%")]),
    ("百分之百", [("=", "100", "%")]),
    ("百分之二点五", [("=", "2.5", "%")]),
    ("百分之三十多", [(">", "30", "%")]),
    ("3-5个", [("=", "3-5", "个")]),
    ("8～10个", [("=", "8-10", "个")]),
    ("百分之二十至三十", [("=", "20-30", "%")]),
    ("1万2千至1万3千人", [("=", "12000-13000", "人")]),
    ("增长3·3％", [("=", "3.3", "%")]),  # a dot that was set in the middle
    ("总产值2，660亿元", [("=", "2660", "亿元")]),  # a Chinese comma between thousands
    ("48小时内放行", [("<=", "48", "小时")]),
    ("菌菇10亿棒，鲜花2亿枝以上", [("=", "10", "亿棒"), (">=", "2", "亿枝")]),
    ("储气1.2亿Nm³，电池10GWh", [("=", "1.2", "亿Nm³"), ("=", "10", "GWh")]),
    ("储气1.2亿Sm³，竹笋5万篓以上", [("=", "1.2", "亿Sm³"), (">=", "5", "万篓")]),  # not listed, as printed
    ("人口50万左右，市民50万的城市", [("~", "50", "万"), ("=", "50", "万")]),  # a scale and no measure word
    ("电池10GWx", []),  # no GW
    ("用水不突破2亿立方米", [("<=", "2", "亿立方米")]),
    ("5万10千伏", []),  # two numbers or one: unclear
    ("1万5人", []),  # 15,000 or 10,005
    ("三万五人", []),
    ("二百五个", []),
    ("三四百人", []),  # about so many
    ("一二三产业", []),  # the first, second and third
    ("几十个", []),
    ("数百家", []),
    ("20来个", []),
    ("三分之二", []),
    ("零部件", []),  # 零 is no number here
    ("12:8", []),
    ("1.2.3个", []),
    ("12,34个", []),  # neither 12 nor 34
    ("达到2 9 0 0亿元", []),  # joined by layout where it is running text, see below
    ("增加6 .5 %", []),
    ("达到L 32亿吨", []),  # a digit that was taken for a letter
    ("1L5万吨", []),
    ("培训1’200人次", []),  # 1,200 or two numbers
    ("第三十五条", []),
    ("二O二五年", []),  # a year
    ("48小时内部", [("=", "48", "小时")]),  # 内 of another word
]


# of each form that looks like a quantity and is none
LOOK_ALIKE = (
    "建成2021—2025年", "二〇二五年", "于12月底", "在6月30日", "分第3批", "按4+7", "推互联网+政务", "每天7×24小时", "比1:1.2",
    "占3/5",
    "至2 3岁", "约三分之二", "有几十个", "共数百家", "L 32亿吨", "达1L5万吨", "为2一3天", "见1.2.3", "降PM2.5", "建5A级",
    "布局5G",
    "为60岁以上老人", "近三年", "每千人口", "在每万人",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        *(text for text, _ in READ),
        *LOOK_ALIKE,
        *(f"覆盖率{hedge}{word}5%" for word in comparators("before") for hedge in ("", "原则上", "最")),
        "至少开展3次",
        "八成五",
        "力争不低于90%",
    ],
)
def test_the_look_at_the_first_character_leaves_out_nothing(text: str) -> None:
    whole = re.compile(quantity_expression())
    assert [found.span() for found in quantity_pattern().finditer(text)] == [
        found.span() for found in whole.finditer(text)
    ]
    assert whole.search(text) or text in dict(READ)


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_number_is_read_whole_or_not_at_all(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    found = [
        (q.op, f"{q.value}-{q.high}" if q.high is not None else str(q.value), q.unit)
        for q in quantities(text)
        if q.unit or q.high is not None
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("达到2 9 0 0亿元", "达到2900亿元"),
        ("提高到4 9 .5 %左右", "提高到49.5 %左右"),
        ("到2 0 0 5年,全省", "到2005年,全省"),
        ("20 25年", "2025年"),  # however a year is cut
        ("２ ０ ２ ５年", "２０２５年"),
        ("建设1 200公里", "建设1200公里"),  # thousands
        ("12 34个", "12 34个"),  # unclear
        ("1. 5个项目", "1. 5个项目"),  # the number of a line
        ("2020年 10个", "2020年 10个"),
    ],
)
def test_blanks_inside_a_number(text: str, joined: str) -> None:
    inside = list(blanks_inside(text))
    assert "".join(c for i, c in enumerate(text) if not any(a <= i < b for a, b in inside)) == joined


def test_a_line_that_may_be_a_row_keeps_its_cells_apart() -> None:
    assert list(blanks_inside("学校 1 2 3 4", years_only=True)) == []
    assert list(blanks_inside("2 0 2 1—2 0 2 5年", years_only=True)) != []


def test_numbers_set_apart_are_joined_in_running_text_and_keep_their_place() -> None:
    text = "第一章 目标\n到2 0 2 5年，全省旅游收入达到3 6 0 0亿元，新建公路1 .\n2万公里。"
    document = layout(Source("plan.txt", "0" * 64, text, "txt"))
    assert "到2025年，全省旅游收入达到3600亿元，新建公路1.2万公里。" in document.text
    start = document.text.index("3600亿元")
    assert document.evidence(start, start + 6).quote == "3 6 0 0亿元"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二一年十月廿八日", "2021-10-28"),
        ("二O二一年十月三十日", "2021-10-30"),  # the Latin letter
        ("二Ｏ二一年元月初一", "2021-01-01"),
        ("２０２１年１２月１日", "2021-12-01"),
        ("二零二一年二月三十日", None),  # no day of the calendar
    ],
)
def test_dates(text: str, day: str | None) -> None:
    found = read_date(text)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十三", 23),
        ("二〇三五", 2035),
        ("卅一", 31),
        ("叁", 3),
        ("贰拾", 20),
        ("一亿二千万", 120000000),
        ("甲", None),
    ],
)
def test_chinese_numbers(text: str, value: int | None) -> None:
    assert chinese_number(text) == value


@given(st.integers(1, 99_999_999))
def test_every_number_that_is_written_out_is_read(value: int) -> None:
    assert exact_number(_written(value)) == value


def _written(value: int) -> str:
    """100205 -> 十万零二百零五, as it is spoken"""
    if value >= 10_000:
        rest = value % 10_000
        zero = "零" if 0 < rest < 1000 else ""
        return _written(value // 10_000) + "万" + (zero + _section(rest) if rest else "")
    return _section(value)


def _section(value: int) -> str:
    words, pending = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // scale % 10
        if digit:
            words += ("零" if pending and words else "") + "一二三四五六七八九"[digit - 1] + name
            pending = False
        else:
            pending = True
    return words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("13万2千", "132000"),
        ("2千5百", "2500"),
        ("1万5", None),
        ("0万5", None),
        ("3万20", None),
        ("", None),
        ("万", None),
    ],
)
def test_digits_and_scales(text: str, value: str | None) -> None:
    found = mixed_number(text)
    assert (str(found) if found is not None else None) == value
