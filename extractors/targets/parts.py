"""What the numbers of a sentence take from one another: what a part is one of, and the deed or rate that stands once
and holds for those after it too. `spoken` is the copy of the sentence that docs/glossary.md describes."""

from collections.abc import Sequence

from extractors import expressions as re
from extractors.targets.changes import changed
from extractors.targets.in_turn import DEED_KEPT, KIND_ALONE, LEVEL_NAME, WHOLE_MEASURE
from extractors.targets.model import QuantityContext
from extractors.targets.trimming import COMPOUND_NOUN, WHOLE_REGION, making_verb, stripped, trimmed
from extractors.targets.words import (
    FOR_EACH_HEAD,
    NAME_OF_SHARE,
    PART_IN_BRACKETS,
    RATE_ALONE,
    RATE_NAME,
    SHARE_UNITS,
    last,
)

# 县城, 苏南, 初中: a part of what a rate is of, and 污水集中处理率城市, a rate before the first part of a list
PART = re.compile(
    r"[\u4e00-\u9fff]{1,3}[市县区乡镇村城省州盟旗域南北东西中]|丘陵|平原|高原"
    r"|小学|初中|高中|幼儿园|男性|女性|职工|居民|城镇|农村|(?:东|西|中|南|北)部"
)
RATE_OF_PART = re.compile(
    rf"(?P<rate>[\u4e00-\u9fff]{{1,16}}(?:率|比例|比重|占比|满意度|标准|时间))(?P<part>{PART.pattern})"
)
# 全国重点|文物保护单位: not what a level below has
NATIONWIDE = re.compile(r"\A(?:全国(?:重点)?|全[省市县区州盟旗])(?=[\u4e00-\u9fff]{2})")
# 青禾县、泽宁城区, 农村居民, 中心城区: a part of what a measure is of
PART_WORD = (
    r"(?:(?:城市|市区|县城)?建成区|(?:中心城|老城|新城|主城|城|市|郊|山|牧|林|农|库)区|城市|城镇|农村|乡村|县城|(?![小社园景校灌辖示])[\u4e00-\u9fff]{1,3}(?<![小社园景校灌示范])[市县区镇旗州](?:城区)?"
    r"|[\u4e00-\u9fff]{2,3}城区|小学|初中|高中|幼儿园|男性|女性|[东西中南北]部)(?:居民|人口|地区|家庭|学校|学生)?"
)
# 公共停车场, 京津冀地区, 初中生, 县中医医院, 省保: who or what has so much of a measure
BEARER = re.compile(
    r"(?!每|人均)(?:各[\u4e00-\u9fff（）、]{1,10}|[男女]性|[\u4e00-\u9fff]{0,14}(?:(?:居民|职工|生育)医保|地区|[山郊城园牧林农灌库景]区|[省市县镇乡村]|流域|丘陵|平原|高原|医院|卫生院|学校|[小初高中大]学?生"
    r"|小学|初中|高中|幼儿园|企业|单位|机构|停车场|小区|[国省市县]保|居民|职工|老年人|儿童|少年|幼儿|高校|保健院|福利院|敬老院))"
)
PART_NAME = re.compile(rf"(?:其他|其余|各)?{PART_WORD}(?:[、和]{PART_WORD}){{0,5}}")
# 其中农村 | 20家: where so many of the things are
COUNTED = re.compile(r"[十百千]?万?(?:个|家|户|条|项|处|所|座|名|人|张|辆|台|套|册)")
WHERE_COUNTED = re.compile(
    r"(?:(?:中心城|老城|新城|主城|城|市|郊|山|牧)区|城市|城镇|农村|乡村|县城|[东西中南北]部)(?:地区)?"
)
PERSONS_OR_BEDS = re.compile(r"[张名人位]\Z")
SHARE_VERB = re.compile(r"占(?:到|比)?(?:约|达)?\Z")  # 其中职业教育占 | 45%
MAY_BE_PART = re.compile(r"[\u4e00-\u9fff、]{2,12}")
# 毛入园率, 防洪标准, 产量: the measure at the end of a subject
OF_MEASURE = re.compile(
    rf"{WHOLE_MEASURE.pattern}|{RATE_NAME.pattern}|(?:标准|能力|时[间长]|年限|床位|班额|寿命|[^数质]量)\Z"
)
LABEL_OF_MEASURE = re.compile(r"(?P<measure>[\u4e00-\u9fff“”]{2,30})[：:]\Z")
MAX_DEEDS_BETWEEN = 6  # characters of other verbs between a deed that is kept and the subject


def parts_of_whole(contexts: Sequence[QuantityContext]) -> list[bool]:
    """For each number whether it is of a part of what was said before (`is_of_part`), or goes on with the list of such
    a number, without a verb of reaching (其中水电133万千瓦，火电460万千瓦)."""
    found: list[bool] = []
    for context in contexts:
        goes_on = bool(found) and found[-1] and context.joined and not last("reach").search(context.before)
        listed = goes_on and MAY_BE_PART.fullmatch(context.before.strip("\0 ")) is not None
        found.append(context.is_of_part() or listed)
    return found


def of_whole(contexts: Sequence[QuantityContext], at: int, named: Sequence[str], parts: Sequence[bool]) -> str:
    """The subject `named[at]` of the number `contexts[at]`; where that is only a level, a kind or a part, with what it
    is a part of: the subject in `named` of the nearest number before it that is no part after 其中 itself (`parts`,
    which `parts_of_whole` gives). That gives

    - 省级企业 for a level: 培育国家级企业5家、省级60家;
    - after 其中 and in the same unit, for a kind, unless what it is a part of is one too, and for where things are that
      are counted (WHERE_COUNTED): 五星级酒店 of 酒店200家，其中五星级100家, 农村养老院 of 养老院50家，其中农村20家;
    - in the same unit, neither number a change, where the subject before ends with a measure that the part has not, for
      any part after 其中 or one of PART_NAME: 入园率（农村） of 入园率达到90%，其中农村达到80%. Where both are of
      PART_NAME, or both begin with who has it (BEARER), the part takes the place of the other: 青禾县防洪标准 of
      中心城区防洪标准…，青禾县达到50年一遇, 初中生睡眠时间 of 小学生睡眠时间不少于10小时，初中生不少于9小时;
    - 职业教育占比 of 其中职业教育占45%.
    """
    name, context = named[at], contexts[at]
    if not at or not name or name.startswith("每"):
        return name
    whole, among = next((i for i in range(at - 1, -1, -1) if not parts[i]), at - 1), parts[at]
    if LEVEL_NAME.fullmatch(name):
        return name + NATIONWIDE.sub("", LEVEL_NAME.sub("", named[whole]))
    if among and context.unit == "%" and SHARE_VERB.search(context.before):
        return name if NAME_OF_SHARE.search(name) else f"{name}占比"  # 毛入学率92%，其中职业教育占45%
    if contexts[whole].base_unit != context.base_unit:
        return name
    if among and KIND_ALONE.fullmatch(name):
        return name if KIND_ALONE.fullmatch(named[whole]) else name + named[whole]
    of_all = PART_IN_BRACKETS.sub("", named[whole])
    own = context.before.replace("其中", "").strip("\0 ")
    if among and name == of_all and OF_MEASURE.search(of_all) and MAY_BE_PART.fullmatch(own):
        return f"{of_all}（{own}）"  # 水产品产量50万吨，其中养殖40万吨
    measured = OF_MEASURE.search(of_all) and not OF_MEASURE.search(name)
    part = MAY_BE_PART.fullmatch(name) if among else PART_NAME.fullmatch(name)
    counted = among and COUNTED.fullmatch(context.unit) and WHERE_COUNTED.fullmatch(name)
    if changed(context) or changed(contexts[whole]):
        return name
    bearer = BEARER.match(of_all) if measured and not part and BEARER.fullmatch(name) else None
    if bearer and not RATE_OF_PART.fullmatch(name):  # 小学生睡眠时间10小时，初中生9小时
        return f"{of_all}（{name}）" if of_all != named[whole] else name + of_all[bearer.end() :]
    if not ((measured and part) or counted):
        return name
    first = PART_NAME.match(of_all) if PART_NAME.fullmatch(name) else None
    return name + of_all[first.end() if first else 0 :] if first or counted else f"{of_all}（{name}）"


def of_label(spoken: str, context: QuantityContext, name: str) -> str:
    """The subject `name` of the number; where that is only who has so much (BEARER, PART_NAME) and the clause before
    ends with a measure and a colon, with that measure: 教师比例（小学） of 教师比例：小学达到75%，初中达到92%."""
    label = LABEL_OF_MEASURE.search(spoken, 0, context.span[0])
    if label and OF_MEASURE.search(label["measure"]) and (BEARER.fullmatch(name) or PART_NAME.fullmatch(name)):
        return f"{label['measure']}（{name}）"
    return name


def for_each_head(contexts: Sequence[QuantityContext], at: int) -> str:
    """The words of a rate that hold for the number `contexts[at]` too, because it continues the list that begins with
    them, in its clause or, for people and beds, the one before: 每千人口拥有 for 3人 in 每千人口拥有床位6张、医师3人.
    '' where there are none, for units of shares (SHARE_UNITS: %, ‰, 倍), and for a number whose item begins with 每,
    人均 or 户均 or has a word that `stripped` takes off (a verb, 其中, 累计), unless that is one of reaching and both
    subjects end alike (每千人口医师数达到3.2人、护士数达到3.8人)."""
    context = contexts[at]
    opening = _opening(contexts, at)
    if opening is context:
        start = at
        while start and contexts[start].joined and PERSONS_OR_BEDS.search(contexts[start].unit):
            start -= 1
        opening = _opening(contexts, start)
    rate = FOR_EACH_HEAD.match(opening.before.lstrip("\0 "))
    own = context.before.strip("\0 ")
    if rate is None or opening is context or not context.joined or context.unit in SHARE_UNITS:
        return ""
    named, of_opening = stripped(own), stripped(opening.before)
    reached = own.startswith(named) and named[-1:] == of_opening[-1:] != ""  # 医师数达到3.2人、护士数达到3.8人
    return "" if (own != named and not reached) or own.startswith(("每", "人均", "户均")) else rate[0]


def _opening(contexts: Sequence[QuantityContext], at: int) -> QuantityContext:
    """The first number of the clause of `contexts[at]`, which may be that one."""
    return next(one for one in contexts if one.span[0] == contexts[at].span[0])


def with_deeds(spoken: str, contexts: Sequence[QuantityContext], named: list[str]) -> list[str]:
    """The subjects `named` of the numbers `contexts`, with the deed before those of which the number says how much is
    added, moved or done away with, not how much there is (DEED_KEPT): 新增城镇就业 for 30万人 in 新增城镇就业30万人.
    The deed stands before or after the subject in the words of the number (`_deed_kept`). It holds too for the numbers
    that go on without a verb of their own: those of the same list, those of a part (其中护理型床位500张), and a rate
    (年均5000人). Verbs between the deed and the subject stay: 新增接入系统."""
    found, deed = list(named), ""
    for at, (context, name) in enumerate(zip(contexts, named, strict=True)):
        words = spoken[context.item[0] : context.quantity.start].replace("\0", "")
        own = _deed_kept(words)
        deed = own or (deed if deed and _shares_deed(contexts, at, words) else "")
        opened = 2 if name[:2] + deed in words else 0  # 全县 | 新增耕地
        if not name or not deed or deed in name:
            continue
        start = words.find(deed)
        stop = words.find(name, start + len(deed)) if own else -1
        between = words[start + len(deed) : stop] if stop > 0 else None  # 新增|接入|系统
        if between is None or len(between) > MAX_DEEDS_BETWEEN or re.search(r"\d", between):  # 取消|20项|收费项目
            found[at] = name[:opened] + deed + name[opened:]
        else:
            found[at] = deed + between + name
    return found


def _shares_deed(contexts: Sequence[QuantityContext], at: int, words: str) -> bool:
    """Whether the deed of the number before holds for `contexts[at]` too: that goes on with the list or is of a part
    (其中…), and its words before the number, `words`, have no verb of their own; or these are a rate (年均)."""
    context = contexts[at]
    listed = at > 0 and context.joined and contexts[at - 1].span[0] == context.span[0]
    if RATE_ALONE.fullmatch(words.strip("　 ")):
        return True
    if not listed and not context.is_of_part():
        return False
    verb = making_verb().match(trimmed(words)) or last("create").search(words) or last("reach").search(words)
    return verb is None


def _deed_kept(words: str) -> str:
    """The deed of DEED_KEPT among the verbs of making with which the words before a number begin, after 全省 or the
    like, or 新增 or 净增 at their end (停车位新增): '全省新增停车位' -> '新增', '新建、新增停车位' -> '新增'. '' where
    there is none, where the verb is part of a noun (新增劳动力), and where a rate or another share is what is said of
    it (淘汰率)."""
    rest = trimmed(words)
    if scope := WHOLE_REGION.match(rest):
        rest = rest[scope.end() :]
    while making := making_verb().match(rest):
        if deed := DEED_KEPT.match(rest):
            return "" if COMPOUND_NOUN.match(rest) or re.match("[率度量]", rest[deed.end() :]) else deed[0]
        rest = rest[making.end() :].lstrip("、和并及与或")
    ending = re.search(r"(?:新增|净增)\Z", words.rstrip("　 \0"))
    return ending[0] if ending else ""


def rate_of_parts(contexts: Sequence[QuantityContext], named: list[str]) -> list[str]:
    """The subjects `named` of the numbers `contexts`, in which a rate that stands once before a list of parts is said
    of each part: 污水处理率城市 95%、县城 90% -> 污水处理率（城市）, 污水处理率（县城）. The numbers have one unit;
    the first has the rate and a part (RATE_OF_PART), each other one only a part (PART)."""
    found = list(named)
    for at, name in enumerate(named):
        rate = RATE_OF_PART.fullmatch(name)
        stop = at + 1
        while rate and stop < len(named) and contexts[stop].unit == contexts[at].unit and PART.fullmatch(named[stop]):
            stop += 1
        if rate and stop > at + 1:
            parts = [rate["part"], *named[at + 1 : stop]]
            found[at:stop] = [f"{rate['rate']}（{part}）" for part in parts]
    return found
