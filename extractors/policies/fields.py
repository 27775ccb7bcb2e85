"""The field of a plan (医疗保障, 养老服务, 数字经济), from its title."""

from collections.abc import Iterable
from functools import cache

from extractors import expressions as re
from extractors.vocabulary.dates import CALENDAR_YEAR
from extractors.vocabulary.numerals import HAN_ZERO, ONES


def field(title: str, places: Iterable[str] = ()) -> str:
    """The field of a plan: what is left of its title without the names `places` (its region as printed in the title)
    wherever they stand, round brackets with their content, years, digits, marks, and general words (_GENERIC_WORDS,
    such as 规划, 建设, 国家, 和), also inside longer ones (国家公园 -> 公园). A single 省, 市, 州, 县 or 区 goes only
    where it is then the first character (市养老服务 -> 养老服务), and not in 市场, 市政 (other than 市政府), 市容,
    市民, 市区, 区块, 区位, 县城 and the like, nor before 域 and 级 (市域, 县级).

    '云岭省“十四五”医疗保障事业发展规划', ['云岭省'] -> '医疗保障'; '' for an outline plan (国民经济和社会发展规划纲要).
    """
    for place in places:
        title = title.replace(place, "")
    title = _OUTSIDE_FIELD.sub("", title)
    while (shorter := _GENERIC_WORDS.sub("", title)) != title:
        title = shorter
    return re.sub(r"[\W\d_]+", "", title)


# 关于印发《…》的通知, （2021—2025年）
_OUTSIDE_FIELD = re.compile(r"中华人民共和国|[（(][^（()）]*[)）]|关于印发|的?通知$|关于")
_GENERIC_WORDS = re.compile(
    rf"[“”\"]?(?:[{ONES}]?十[{ONES}]?|[{ONES}])五[“”\"]?(?:时期|期间)?|第[{ONES}十]+个五年|"
    rf"二[{HAN_ZERO}]\w{{2}}年|{CALENDAR_YEAR}\s*(?:[—–~-]+|至)?\s*年?|国民经济和社会|远景目标|人民政府|办公[厅室]|"
    r"实施方案|行动计划|行动方案|工作方案|实施意见|指导意见|工作要点|三年行动|规划纲要|"
    r"高质量|事业|发展|规划|计划|纲要|方案|意见|专项|重点|全民|体系|建设|工作|实施|推进|加快|促进|加强|保障和|"
    r"改革|全国|国家|全[省市州县区]|(?<![\u4e00-\u9fff])(?:市(?!场|容|民|域|区|级|政(?!府))|[区县](?![域块位城级])|[省州](?!级))|和|与|及|的|年"
)


@cache
def bigrams(name: str) -> frozenset[str]:
    """The pairs of neighbouring characters in the name of a field: '医疗保障' -> {'医疗', '疗保', '保障'}."""
    return frozenset(name[i : i + 2] for i in range(len(name) - 1))


# What fields of all kinds have in common: 竹产业创新, 食品科技创新赋能产业
_FIELD_WORDS = re.compile(r"产业|创新|服务|管理|提升|升级|转型|融合|示范|工程|行动|赋能|培育|打造")


@cache
def _own_characters(name: str) -> frozenset[str]:
    """The characters of the name of a field outside of the words that fields of all kinds have (_FIELD_WORDS)."""
    return frozenset(_FIELD_WORDS.sub("", name))


def same_field(one: str, other: str) -> bool:
    """Whether two fields share at least half of the pairs of neighbouring characters of the one that has fewer, and a
    character outside of the words that fields of all kinds have (_FIELD_WORDS, such as 产业 and 创新), where both have
    other words; False where one of them has fewer than two characters.

    '医疗保障', '全民医疗保障' -> True; '养老服务', '数字经济' -> False; '竹产业创新', '食品科技创新赋能产业' -> False
    """
    first, second = bigrams(one), bigrams(other)
    if not (first and second) or 2 * len(first & second) < min(len(first), len(second)):
        return False
    own, its = _own_characters(one), _own_characters(other)
    return not (own and its) or not own.isdisjoint(its)
