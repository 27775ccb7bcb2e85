"""Names of indicators that are one measure, and look-alikes that are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reference.concepts import concept, scheme, terms

SAME = [
    # ways to print one name
    ("森林覆盖率", "森林 覆盖率（%）"),
    ("森林覆盖率", "森林覆盖率(％)"),
    ("森林覆盖率", "全省森林覆盖率"),
    ("森林覆盖率", "全市森林覆盖率（%）"),
    ("森林覆盖率", "我县森林覆盖率"),
    ("森林覆盖率", "云岭省森林覆盖率"),
    ("森林覆盖率", "2025年森林覆盖率"),
    ("森林覆盖率", "森林覆盖率*"),
    ("森林覆盖率", "森林覆盖率①"),
    ("常住人口", "年末常住人口（万人）"),
    ("公路总里程", "公路通车总里程（公里）"),
    ("“十四五”新增停车位", "新增停车位"),
    ("地表水劣Ⅴ类水体比例", "地表水劣V类水体比例"),
    # short and full forms
    ("基本医疗保险参保率", "基本医保参保率"),
    ("基本医疗保险参保率", "全市基本医保参保率（%）"),
    ("基本医疗保险参保率", "医保参保率"),
    ("职工基本医疗保险参保人数", "城镇职工医保参保人数"),
    ("城乡居民基本医疗保险参保人数", "居民医保参保人数"),
    ("城镇职工基本养老保险参保人数", "职工基本养老保险参保人数"),
    ("长期护理保险参保人数", "长期照护保险参保人数"),
    ("医保电子凭证激活率", "医疗保障电子凭证激活率"),
    ("地区生产总值", "GDP"),
    ("地区生产总值", "国内生产总值（亿元）"),
    ("人均地区生产总值", "人均GDP（元）"),
    ("研发经费投入强度", "全社会R&D经费投入强度（%）"),
    ("研究与试验发展（R&D）经费投入强度", "全社会研发经费投入占地区生产总值比重"),
    ("单位GDP能源消耗降低", "单位地区生产总值能耗下降率（%）"),
    ("单位GDP能源消耗降低", "单位国内生产总值能源消耗降低"),
    ("单位GDP二氧化碳排放降低", "单位地区生产总值二氧化碳排放下降"),
    ("细颗粒物（PM2.5）浓度", "PM2.5年均浓度（微克/立方米）"),
    ("规模以上工业增加值增长", "规上工业增加值增速（%）"),
    # two words for the same thing
    ("医疗保障政务服务满意度", "医疗保障政务服务满意率"),
    ("办事企业满意率", "办事企业满意度"),
    ("职工医保政策范围内住院报销比例", "职工基本医疗保险政策范围内住院费用基金支付比例"),
    (
        "居民医保政策范围内住院报销比例（含大病保险）",
        "城乡居民医保政策范围内住院费用基金支付比例(含大病保险)",
    ),
    ("住院医疗费用跨省直接结算率", "住院费用跨省直接结算率"),
    ("政务服务事项网上可办率", "政务服务事项线上可办率"),
    ("药品、医用耗材集中带量采购品种", "药品和医用耗材集中带量采购品种"),
    ("养老机构数量", "养老机构数（家）"),
    ("人均预期寿命", "居民平均预期寿命（岁）"),
    ("高速公路通车里程", "高速公路总里程"),
    ("市场主体数量", "市场主体总数（万户）"),
    ("非化石能源占一次能源消费比重", "非化石能源消费占比"),
    ("非化石能源占能源消费总量的比重", "非化石能源占能源消费总量比重（%）"),
    ("服务业增加值占GDP的比重", "服务业增加值占地区生产总值比重"),
    ("每千人口拥有执业（助理）医师数", "每千常住人口执业（助理）医师数（人）"),
    ("每千名老年人拥有养老床位数", "每千老年人口养老床位数"),
    ("护理型养老床位占比", "养老机构护理型床位占比（%）"),
    ("空气质量优良天数比例", "地级及以上城市空气质量优良天数比率"),
    ("地表水达到或好于Ⅲ类水体比例", "地表水达到或优于III类水体比例"),
    ("永久基本农田保护面积", "基本农田保护面积（万亩）"),
    ("学前三年毛入园率", "学前教育毛入园率"),
    ("农业灌溉用水有效利用系数", "农田灌溉水有效利用系数"),
    ("接待游客总人数", "旅游总人次（万人次）"),
    ("电视综合人口覆盖率", "电视节目综合人口覆盖率"),
    # unknown measures, by their normalised name
    ("智慧路灯覆盖率", "全市智慧路灯覆盖率（%）"),
    ("海水淡化工程规模", "我市海水淡化工程规模（万吨/日）"),
    ("古树、名木挂牌率", "古树和名木挂牌率"),
]

APART = [
    # which way, who, where, how
    ("基本医疗保险基金收入", "基本医疗保险基金支出"),
    ("职工医保参保人数", "居民医保参保人数"),
    ("职工医保政策范围内住院报销比例", "居民医保政策范围内住院报销比例"),
    ("城镇居民基本医疗保险参保人数", "城乡居民基本医疗保险参保人数"),  # the scheme before the merger
    ("政务服务事项线上可办率", "政务服务事项窗口可办率"),
    ("住院费用跨省直接结算率", "住院费用省内异地直接结算率"),
    ("城镇居民人均可支配收入", "农村居民人均可支配收入"),
    ("居民人均可支配收入", "农村居民人均可支配收入"),
    ("进口总额", "出口总额"),
    ("进出口总额", "出口总额"),
    ("电视节目综合人口覆盖率", "广播节目综合人口覆盖率"),
    ("药品抽检合格率", "食品抽检合格率"),
    ("城市生活污水处理率", "农村生活污水处理率"),
    # level and change
    ("地区生产总值", "地区生产总值增长"),
    ("地区生产总值", "地区生产总值年均增速"),
    ("居民人均可支配收入", "居民人均可支配收入增长"),
    ("单位GDP能耗", "单位GDP能耗降低"),
    ("PM2.5浓度", "PM2.5浓度下降"),
    ("社会消费品零售总额", "社会消费品零售总额增速"),
    # new and cumulative, total and share, total and per head
    ("新增高标准农田面积", "累计建成高标准农田面积"),
    ("新增养老床位数", "养老床位总数"),
    ("养老床位总数", "每千名老年人养老床位数"),
    ("地区生产总值", "人均地区生产总值"),
    ("煤炭消费总量", "煤炭消费比重"),
    ("生态保护红线面积", "生态保护红线面积占国土面积比例"),
    ("参保人数", "参保率"),
    ("旅游总收入", "旅游总人数"),
    # part and whole
    ("基本医疗保险基金收入", "基本医疗保险（含生育保险）基金收入"),
    ("居民医保政策范围内住院报销比例", "居民医保政策范围内住院报销比例（含大病保险）"),
    ("药品集中带量采购品种", "药品和医用耗材集中带量采购品种"),
    ("公路总里程", "高速公路总里程"),
    ("公路总里程", "农村公路总里程"),
    ("铁路营业里程", "高速铁路营业里程"),
    ("城镇化率", "户籍人口城镇化率"),
    ("常住人口城镇化率", "户籍人口城镇化率"),
    ("港口货物吞吐量", "港口集装箱吞吐量"),
    ("电力装机容量", "风电装机容量"),
    ("农作物耕种收综合机械化率", "主要农作物耕种收综合机械化率"),
    ("建成区绿化覆盖率", "建成区绿地率"),
    ("产业园区研发投入强度", "研发投入强度"),  # a place that is no region
    ("自然保护区森林覆盖率", "森林覆盖率"),
    ("全国文明城市数", "文明城市数"),  # part of the name, not its scope
    ("全区域公交覆盖率", "公交覆盖率"),
    ("全市场消费额", "消费额"),
    # measures with names that are alike
    ("城镇调查失业率", "城镇登记失业率"),
    ("森林覆盖率", "林木覆盖率"),
    ("森林覆盖率", "森林蓄积量"),
    ("婴儿死亡率", "5岁以下儿童死亡率"),
    ("人均预期寿命", "人均健康预期寿命"),
    ("高新技术产业增加值占规模以上工业增加值比重", "高技术制造业增加值占规模以上工业增加值比重"),
    ("农村居民人均可支配收入", "农村居民人均纯收入"),
    ("耕地保有量", "永久基本农田保护面积"),
    ("粮食产量", "粮食综合生产能力"),
    ("万元GDP用水量下降", "万元工业增加值用水量下降"),
    ("实行按疾病诊断相关分组付费的住院费用占比", "实行按病种分值付费的住院费用占比"),
    ("道路交通万车死亡率", "亿元GDP生产安全事故死亡率"),
    ("海洋生产总值", "地区生产总值"),
    ("人口自然增长率", "人口自然增长"),  # a rate in its own right, not a growth of something
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_measure_is_one_concept(one: str, other: str) -> None:
    assert concept(one).name == concept(other).name


@pytest.mark.parametrize(("one", "other"), APART)
def test_look_alikes_stay_apart(one: str, other: str) -> None:
    assert concept(one).name != concept(other).name


def test_there_are_enough_pairs() -> None:
    assert len(SAME) >= 50
    assert len(APART) >= 50


@pytest.mark.parametrize(
    ("name", "label", "rule"),
    [
        ("森林覆盖率", "森林覆盖率", "printed name"),
        ("智慧路灯覆盖率", "智慧路灯覆盖率", "printed name"),  # unknown: a concept of its own
        ("全省森林覆盖率（%）", "森林覆盖率", "normalised: dropped unit （%）, dropped 全省"),
        ("基本医保参保率", "基本医疗保险参保率", "curated synonym: 基本医保参保率"),
        ("办事企业满意率", "办事企业满意度", "normalised: 满意率 as 满意度"),
        ("云岭省森林覆盖率", "森林覆盖率", "normalised: dropped 云岭省"),
    ],
)
def test_the_rule_that_joined_is_recorded(name: str, label: str, rule: str) -> None:
    assert (concept(name).name, concept(name).rule) == (label, rule)


def test_the_name_of_the_plans_own_region_is_dropped() -> None:
    assert concept("澄江市智慧路灯覆盖率", "澄江市").name == concept("智慧路灯覆盖率").name
    assert concept("澄江市智慧路灯覆盖率").name != concept("智慧路灯覆盖率").name


def test_the_scheme_has_no_duplicates_and_its_near_matches_exist() -> None:
    names = [name for c in scheme() for name in (c.label, *c.others)]
    labels = {c.label for c in scheme()}
    assert len(names) == len(set(names))
    assert len({c.english for c in scheme()}) == len(labels) == len(scheme()) >= 200
    assert all(near in labels and near != c.label for c in scheme() for near in c.close)
    assert len({c.domain for c in scheme()}) >= 12


@pytest.mark.parametrize("curated", scheme(), ids=lambda c: c.label)
def test_every_name_of_a_curated_concept_leads_to_it_alone(curated) -> None:  # type: ignore[no-untyped-def]
    for name in (curated.label, *curated.others):
        assert concept(name).name == curated.label
        assert concept(f"全市{name}（%）").name == curated.label
    for near in curated.close:
        assert concept(near).name == near


@pytest.mark.parametrize(("pattern", "replacement", "sample", "result"), terms())
def test_every_rewriting_rule_does_what_its_sample_says(pattern, replacement, sample, result) -> None:  # type: ignore[no-untyped-def]
    assert pattern.sub(replacement, sample) == result


NAMES = st.lists(
    st.sampled_from(
        [
            "医保",
            "全市",
            "居民",
            "职工",
            "参保率",
            "（%）",
            "GDP",
            "增速",
            "占比",
            "、",
            "PM2.5",
            "满意率",
            "住院",
        ]
    )
    | st.text(max_size=4),
    max_size=6,
).map("".join)


@given(NAMES)
def test_a_concepts_own_name_leads_back_to_it(name: str) -> None:
    assert concept(concept(name).name).name == concept(name).name
