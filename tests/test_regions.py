"""Names -> regions of a year, and the near misses that must not become one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reference.data_files import DATA_FOLDER
from extractors.reference.region_index import index
from extractors.reference.regions import CHINA, chain, gazetteer
from ontology.model.facts import Region


def names(region: Region | None) -> str | None:
    return " ".join(one.name for one in chain(region)) if region else None


@pytest.mark.parametrize(
    ("name", "year", "wanted"),
    [
        ("中国", 2021, "中国"),
        ("四川省", 2021, "四川省 中国"),
        ("四川", 2021, "四川省 中国"),
        ("川", 2021, "四川省 中国"),  # the letter of 川府发, as a whole string only
        ("渠县", 2021, "渠县 达州市 四川省 中国"),
        ("莆田", 2021, "莆田市 福建省 中国"),
        ("阿坝州", 2021, "阿坝藏族羌族自治州 四川省 中国"),
        ("黔东南州", 2021, "黔东南苗族侗族自治州 贵州省 中国"),
        ("巴州", 2021, "巴音郭楞蒙古自治州 新疆维吾尔自治区 中国"),  # in use; 巴中's 巴州区 is called by its full name
        ("道真自治县", 2021, "道真仡佬族苗族自治县 遵义市 贵州省 中国"),  # its peoples left out
        ("北川县", 2021, "北川羌族自治县 绵阳市 四川省 中国"),
        ("莫旗", 2021, "莫力达瓦达斡尔族自治旗 呼伦贝尔市 内蒙古自治区 中国"),
        ("东乡族自治县", 2021, "东乡族自治县 临夏回族自治州 甘肃省 中国"),
        ("上海市普陀区", 2021, "普陀区 上海市 中国"),
        ("舟山市普陀区", 2021, "普陀区 舟山市 浙江省 中国"),
        ("普陀区", 2021, None),  # two of them
        ("鼓楼区", 2021, None),  # four
        ("朝阳", 2021, None),  # a city in Liaoning, and Beijing's district is as well known
        ("吉林", 2021, "吉林省 中国"),
        ("吉林市", 2021, "吉林市 吉林省 中国"),
        ("海南", 2021, "海南省 中国"),
        ("海南州", 2021, "海南藏族自治州 青海省 中国"),
        ("河北", 2021, "河北省 中国"),  # not 天津市河北区
        ("西安", 2021, "西安市 陕西省 中国"),  # not the districts 西安区 of 辽源 and 牡丹江
        ("忠县", 2021, "忠县 重庆市 中国"),  # no 县 between the municipality and its county
        ("浦东新区", 2021, "浦东新区 上海市 中国"),
        ("济源市", 2021, "济源市 河南省 中国"),  # no 省直辖县级行政区划 between
        ("石河子", 2021, "石河子市 新疆维吾尔自治区 中国"),
        ("东莞", 2021, "东莞市 广东省 中国"),  # a prefecture without counties
        ("儋州市", 2021, "儋州市 海南省 中国"),
        ("香港", 2021, "香港特别行政区 中国"),
        ("台湾省", 2021, "台湾省 中国"),
        ("龙港市", 2021, "龙港市 温州市 浙江省 中国"),
        ("襄樊市", 2009, "襄樊市 湖北省 中国"),
        ("襄樊市", 2021, "襄阳市 湖北省 中国"),  # the former name means today's city
        ("襄樊", 2021, "襄阳市 湖北省 中国"),
        ("郫县", 2021, "郫都区 成都市 四川省 中国"),
        ("沙县", 2021, "沙县 三明市 福建省 中国"),  # a district since that year: the year began with the county
        ("沙县", 2023, "沙县区 三明市 福建省 中国"),
        ("莱芜市", 2012, "莱芜市 山东省 中国"),
        ("莱芜市", 2021, "莱芜市 山东省 中国"),  # merged into 济南市: no single successor, so what it was last
        ("莱芜区", 2021, "莱芜区 济南市 山东省 中国"),
        ("白下区", 2021, "白下区 南京市 江苏省 中国"),  # merged into 秦淮区, which existed before
        ("寿县", 2012, "寿县 六安市 安徽省 中国"),
        ("寿县", 2021, "寿县 淮南市 安徽省 中国"),
        ("重庆市江北区", 2021, "江北区 重庆市 中国"),
        ("两江新区", 2021, "两江新区 重庆市 中国"),
        ("达茂旗", 2021, "达尔罕茂明安联合旗 包头市 内蒙古自治区 中国"),  # a short form that no rule gives
        ("雄安新区", 2021, "雄安新区 河北省 中国"),
        ("四川天府新区", 2021, "天府新区 四川省 中国"),
        ("内蒙古", 2021, "内蒙古自治区 中国"),
        ("内自治区", 2021, None),
        ("云岭省", 2021, None),
        ("城区", 2021, None),  # a common noun
        ("渠", 2021, None),
        ("市", 2021, None),
        ("", 2021, None),
    ],
)
def test_resolve(name: str, year: int, wanted: str | None):
    assert names(gazetteer(year).resolve(name)) == wanted


@pytest.mark.parametrize(
    ("name", "within", "wanted"),
    [
        ("普陀区", "上海市", "普陀区 上海市 中国"),
        ("普陀区", "上海市静安区", "普陀区 上海市 中国"),  # the plan's own city
        ("鼓楼区", "福州市", "鼓楼区 福州市 福建省 中国"),
        ("朝阳", "朝阳市", "朝阳市 辽宁省 中国"),
        ("朝阳区", "四川省渠县", None),  # nothing near
        ("市中区", "四川省达州市", None),  # 内江 and 乐山 both have one
        ("达州市", "四川省渠县", "达州市 四川省 中国"),  # above, not inside
        ("城区", "晋城市", "城区 晋城市 山西省 中国"),
        ("城区", "山西省", None),  # a common noun unless its own city is meant
        ("河北", "天津市", "河北省 中国"),
    ],
)
def test_resolve_within(name: str, within: str, wanted: str | None):
    places = gazetteer(2021)
    assert names(places.resolve(name, places.resolve(within))) == wanted


@pytest.mark.parametrize(
    ("text", "wanted", "length"),
    [
        ("上海市普陀区消防规划", "普陀区", 6),
        ("四川达州渠县人民政府", "渠县", 6),
        ("成都医疗保障", "成都市", 2),
        ("上海交通领域光伏推广", "上海市", 2),
        ("海南省海口市民政局", "海口市", 6),
        ("吉林市场监管条例", "吉林省", 2),  # 市场, not 吉林市
        ("昆山“十四五”规划", "昆山市", 2),
        ("江苏昆山经济技术开发区", "昆山市", 4),
        ("正定县林业规划", "正定县", 3),  # two codes over the years, one county
        ("平安建设条例", None, 0),  # 平安区 of 海东市 is not meant
        ("公安机关", None, 0),
        ("长治久安", None, 0),
        ("朝阳区卫生规划", None, 0),  # ambiguous as a name; not 朝阳市 either
        ("全民医疗保障", None, 0),
        ("主城区域规划", None, 0),
    ],
)
def test_prefix(text: str, wanted: str | None, length: int):
    found = gazetteer(2021).prefix(text)
    assert (found[0].name, found[1]) == (wanted, length) if wanted else found is None


@pytest.mark.parametrize(
    ("text", "year", "wanted"),
    [
        # a bare name is that of a region of the year; only a county of the year has it, so it counts like any county's
        ("达川养老规划", 2021, None),
        ("达川“十四五”规划", 2021, "达川区 达州市 四川省 中国"),
        ("达川养老规划", 1996, "达川地区 四川省 中国"),
        ("零陵教育局", 2021, None),
        ("湖南省零陵养老规划", 2021, "湖南省 中国"),
        ("零陵教育局", 1994, "零陵地区 湖南省 中国"),
        ("淮阴民政局", 2021, None),  # 淮阴市 is 淮安市 now, 淮阴区 a part of it
        ("通辽民政局", 2021, "通辽市 内蒙古自治区 中国"),
        ("通辽民政局", 1995, None),  # a county then, below 哲里木盟
        ("襄樊民政局", 2021, "襄阳市 湖北省 中国"),  # no region of the year has the name
        ("万县地区养老规划", 2021, "万县地区 四川省 中国"),
        ("江津市养老规划", 2003, "江津市 重庆市 中国"),
    ],
)
def test_prefix_means_a_region_of_the_year(text: str, year: int, wanted: str | None):
    found = gazetteer(year).prefix(text)
    assert names(found and found[0]) == wanted


@pytest.mark.parametrize(
    ("name", "within", "wanted"),
    [
        ("马陆镇", None, "马陆镇 嘉定区 上海市 中国"),
        ("头桥街道", None, None),  # 奉贤区 and 云岩区 both have one
        ("头桥街道", "上海市", "头桥街道 奉贤区 上海市 中国"),
        ("青石坝镇", None, None),
    ],
)
def test_township(name: str, within: str | None, wanted: str | None):
    places = gazetteer(2022)
    assert names(places.township(name, places.resolve(within) if within else None)) == wanted


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [("渠县", 2021, "511725"), ("渠县", 1995, "513030"), ("中国", 2021, "100000"), ("雄安新区", 2021, None)],
)
def test_code_is_that_of_the_year(name: str, year: int, code: str | None):
    region = gazetteer(year).resolve(name)
    assert region is not None
    assert region.code == code


def test_years_outside_the_data_mean_its_ends():
    assert gazetteer(9999) is not None
    assert gazetteer(9999).year == index().last
    assert gazetteer(1700).year == index().first


def test_an_unknown_region_keeps_its_parent():
    parent = gazetteer(2022).resolve("贵阳市")
    assert parent is not None
    zone = gazetteer(2022).unknown("贵阳高新区", "county", parent)
    assert (zone.code, zone.parent, zone.origin) == (None, parent, "named in the plan")


def test_origin_is_the_same_in_every_year_of_a_row():
    """So that two plans of different years say the same of a region that did not change."""
    assert gazetteer(2012).resolve("渠县") == gazetteer(2023).resolve("渠县")


def test_every_division_of_a_year_resolves_by_its_full_chain():
    places = gazetteer(2022)
    rows = [row for rows in index().codes.values() for row in rows if row.first <= 2022 <= row.last]
    assert len(rows) > 3000
    for row in rows:
        region = places.candidates(row.name)[0]
        here = [one for one in region if one.code == row.code]
        assert len(here) == 1
        assert places.resolve("".join(one.name for one in reversed(chain(here[0])[:-1]))) == here[0]


def test_counts_are_the_official_ones():
    """333 prefectures and 2844 counties at the end of 2023, as the Ministry of Civil Affairs counts them."""
    rows = [row for rows in index().codes.values() for row in rows if row.first <= 2023 <= row.last]
    assert sum(row.level == "provincial" for row in rows) == 34
    assert sum(row.level == "prefectural" for row in rows) == 333
    assert sum(row.level == "county" for row in rows) == 2844


def test_every_parent_is_a_division():
    codes = {CHINA.code, *index().codes}
    assert {row.parent for rows in index().codes.values() for row in rows} <= codes


def test_no_code_has_two_names_in_one_year():
    seen = [
        (row.code, year) for rows in index().codes.values() for row in rows for year in range(row.first, row.last + 1)
    ]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("name", ["regions.tsv", "regions_aliases.tsv", "regions_zones.tsv", "townships.tsv"])
def test_data_files_name_their_source_and_have_no_row_twice(name: str):
    lines = (DATA_FOLDER / name).read_text("utf-8").splitlines()
    assert any(line.startswith("# Source") for line in lines)
    rows = [line for line in lines if not line.startswith("#")]
    assert len(rows) == len(set(rows)) > 5


def test_aliases_lead_to_a_region():
    for line in (DATA_FOLDER / "regions_aliases.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            short, name = line.split("\t")
            found = gazetteer(2023).resolve(short)
            assert found is not None
            assert found.name == name


@given(st.text(alphabet="上海市普陀区四川省达州渠县朝阳吉林 新城中国\n“十四五", max_size=30))
def test_any_text_is_answered(text: str):
    places = gazetteer(2021)
    found = places.prefix(text)
    assert found is None or (0 < found[1] <= len(text) and chain(found[0])[-1] == CHINA)
    region = places.resolve(text)
    assert region is None or chain(region)[-1] == CHINA
