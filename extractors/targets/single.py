"""The subject of one number, without regard to numbers beside it in a list: words before the number, after it, or in an
earlier clause. `spoken` is the copy of the sentence that docs/glossary.md describes."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extractors import expressions as re
from extractors.targets.in_turn import LEVEL_NAME, MEASURE_NAME, MEASURE_WITHOUT_OBJECT
from extractors.targets.model import QuantityContext
from extractors.targets.trimming import COMPOUND_NOUN, WHOLE_REGION, size, stripped, trimmed, without_level
from extractors.targets.words import (
    AREA_REACHES,
    CLASSIFIERS,
    COUNT_UNIT,
    EXPANSE,
    FOR_EACH_HEAD,
    MAX_SUBJECT,
    MONEY_UNITS,
    NAME_OF_SHARE,
    PART_IN_BRACKETS,
    PARTNERED,
    RATE_ALONE,
    RATE_NAME,
    SHARE_UNITS,
    WORK_DEEDS,
    YEARS_INVESTMENT,
    last,
    words,
)
from extractors.vocabulary.chapters import BEGINS_WITH_VERB

# 新签约|亿元以上项目 50个，竣工30个: the deed of the first, which is not that of the second
NEW_DEED = re.compile(r"\A新?(?:签约|开工|引进|入库|立项)(?=[\u4e00-\u9fff]{2})")
# 高速公路|续建 8条，新开工5条
DEED_AT_END = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:新建|续建|改建|扩建|新?开工|新?签约|竣工|投产)\Z")
# 完成|植树造林 | 6万亩, 封山育林 | 10万亩: deeds that hold their object and are what is measured
DEED_NOUN = re.compile(
    r"(?:完成|实施|开展|组织)?(?P<deed>[\u4e00-\u9fff]{0,6}?(?:送戏下乡|造林(?:绿化)?|育林|还[林草湿]|种草|育苗|植树|抚育|封育|改厕|清淤|疏浚))"
)
# 现有, 全市, 沿江: no subject without what is counted
ATTRIBUTE = re.compile(
    r"(?:现有|沿[江海河湖边岸]|城区|市区|城镇|农村|剩余|其余|全部|所有|全[省市县区州盟旗乡镇国]|我[省市县区州盟旗乡镇])+"
)
# 城东片区 | 12个老旧小区, 青禾县 | 5个未来社区: where the things are that are named after the number
PLACE = re.compile(
    r"(?!城乡)[\u4e00-\u9fff]{1,12}(?:[市县区州盟旗镇乡]|街道|社区|流域|境内|建成区内?|[市县区]内|一带|沿[岸线江河湖海]|周边|组团|板块|新城|老城|城[东南西北中]|[东南西北中]部)"
)
# 现有|茶园26万亩, 今年以来已新建|民宿100家, 截至目前已建成|民宿: what there is so far
_DONE = "建成|建有|新建|完成|培育|发展|引进|创建"
SO_FAR = re.compile(
    rf"^(?:截[至止](?:目前|当前|现在)|目前|当前|[今本]年以来|近年来)?，?(?:现有|共有|已有|现已|已经?)(?:累计)?(?:{_DONE})?(?=[\u4e00-\u9fff]{{2}})"
)
# 民宿|已建成 (100家)
DONE_SO_FAR = re.compile(rf"(?<=[\u4e00-\u9fff]{{2}})(?:现有|已有|已经?(?:{_DONE}))\Z")
WORKED_ON_NOUN = re.compile(rf"(?:{WORK_DEEDS})\Z")  # 50公里 | 管网改造
# 占地区生产总值比重: of what was named before; not 占全球数量1%以上的物种, which says which ones
SHARE_OF = re.compile(r"占(?!比|地[面用])(?![^，。；]{0,24}[%％](?:以[上下])?的)")
# 文化产业增加值|年均增速 (8%)，占生产总值比重: of the amount, not of its growth
GROWTH = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:年均|年|平均)*(?:增速|增长率|增幅|增长)\Z")
# 超5亿元: how large, not what
SIZE = r"(?:超过?|达到?|过)?[\d.]*[十百千]?[万亿]元(?:以上)?"
SIZE_ALONE = re.compile(rf"(?:年?(?:主?营业?(?:业务)?收入?|产值|销售收入|销售额)|总?投资额?)?(?P<size>{SIZE})")
SIZE_OF_THINGS = re.compile(SIZE)
STOCK = re.compile(r"[存出]栏")  # 生猪存栏 | 30万头、出栏 | 50万头
# 生产总值年均增长7%，总量 | 达到500亿元
TOTAL_VALUE = re.compile(r"(?:总值|总额|总产值|增加值)\Z")
TOTAL = re.compile(r"(?<=[\u4e00-\u9fff]{2})总[\u4e00-\u9fff]{1,3}\Z")  # 旅游 | 总人数
# 学校 | 至少配备 | 1名保安: the verb of the bound has its object after the number
LEAST_TO_HAVE = re.compile(
    r"(?:至少|最少)(?:要|应|须|能)?(?:配备|配置|安排|建有|建成|建设|建立|新建|打造|培育|拥有|配有|设有|设立|设置|创建|改造|开展|举办|有)"
)
# 每个面积, 每所投资, 每座充电桩: of each of what is said before, where that is counted so or only a measure follows
OF_EACH = re.compile(rf"每(?P<by>[{CLASSIFIERS}])(?=[\u4e00-\u9fff])")
MEASURE_OF_EACH = re.compile(
    r"(?:总|建筑|占地|用地|使用|服务|培训|开放|活动)*(?:面积|投资|规模|时间|人数|长度|能力|产值|收入)"
)
# 户均 | 不低于: what each has
APIECE_ALONE = re.compile(r"[户人村县镇乡校班亩场]均(?:面积|投入|达到?|不[低少高]于|超过|拥有|配备|占有)*")
# 按1980年不变价格计算, 就全国来说: what says how, not what
IN_TERMS_OF = re.compile(r"按(?:照)?[^，]{0,20}(?:计算|口径|价格?)|[就从][^，]{1,10}(?:来说|而言|来看)")
EVERY_TIME = re.compile(r"每(?:年|季度?|学期|半年|个?月|周|[\d两三四五]年)\Z")
# 40%的比例给予救助, 2000元标准发放生活费: the ratio of what
RATIO = re.compile(
    r"(?:的|(?=标准(?:发放|给予|安排|拨付)))(?P<ratio>比例|标准)(?:发放|给予|予以|进行|实行|安排|配备|支付)?(?P<of>(?!安排|[列纳]入|执行|落实|给予|予以|配[建备])[\u4e00-\u9fff]{2,10})(?![\u4e00-\u9fff])"
)
# 为老年人提供…, 县财政安排…: the object stands after the number
GIVING = re.compile(
    r"(?:提供|供给|预留|拿出|安排|拨付|落实|筹集|筹措|统筹|整合|投入|配备|设置|设立|开展|组织|实施|举办|召开|发放|建有|建成|新增|拥有|产生|构建|[均都应]有|(?P<every>[村户镇乡校县组人])(?P=every)有|(?:取消|下放)[、和](?:调整|下放|取消)|"
    r"(?:设立|组建|成立|筹建|发起)[\u4e00-\u9fff]{0,8}规模)\Z"
)
# 对|向 200家企业 开展 诊断: what is done to whom
TO_WHOM = re.compile(r"(?:对|为|向|给)\Z")
DONE_TO_WHOM = re.compile(
    r"的?(?P<whom>[^，。；\0]{0,30}?)(?:进行|实行|开展|实施|予以|给予|提供|安装|配备|配置|发放|更新|更换|购置|添置|购买|办理)(?P<what>[^，。；、\0]{2,20})"
)
# 两条|总投资20亿元: how large the things are that are counted, not what they are
SIZE_AFTER = r"(?P<size>(?:总|估算|计划|建筑|占地)*(?:投资额?|里程|长度?|面积|规模))(?:约|为|达到?)?"
APPLIED_VALUE = re.compile(r"的(?:标准|比例|要求|幅度|速度|水平)")
PURPOSE = re.compile(r"(?:用于|用来|以?支持|助力|服务于|赴)")
# 南湖、北湖，共计 | 11平方公里湿地修复; 空运货物，实行 | 6小时内放行
NAMES_NOTHING = re.compile(r"[总合共]计|实行")
# 每个街道, 全县每个乡镇 | 至少有1辆: to whom so many belong
EACH_OF = re.compile(r"(?:全[省市县区州盟旗国]|所有)?[每各]")
# 1名|食品安全协管员的要求: that something is required is no part of it
OF_REQUIREMENT = re.compile(r"的(?:要求|原则)\S*")
# 4个铁路项目|加快建设, 80%年度任务量|和 (20%…), 14条公路项目|和黄百等 (4个…),
# 150万亩永久基本农田|保护底线
NO_PART_OF_NOUN = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:(?:加快|加速|尽快|早日|全面|顺利)(?:建设|推进|实施|开工|落地|投产|达产|发展)|保护(?:底线|红线)|(?<![总饱温缓调])和(?:[\u4e00-\u9fff“”]{2,14}等)?)\Z"
)
# 节能减排达标、|群众满意度, 投资额领跑全省、|项目占比: what is said of another thing before a measure
SAID_BESIDE = re.compile(
    r"\A.*(?:达标|领[跑先]全[省国市县区州]|全[省国市县区州](?:前列|领先)|(?:稳步|持续|不断|显著|明显|较快)(?:提[升高]|增长|扩大|改善|下降|降低|优化))、"
    r"(?=[^、，]{2,24}\Z)(?=[^、，]+(?:率|满意度|占比|比[重例])(?:达到?|为|提[升高]到)?\Z)"
)
QUOTED_ALONE = re.compile(r"(?:“[^“”]{1,20}”[、和及与]?)+")
# 占比, 比重: of the part that was named before
SHARE_ALONE = re.compile(r"占比|比[重例]|占有率")
APIECE_AT_START = re.compile(r"[人户亩地单村校]均")
# 10个|示范县, 85%以上|的村, 20个|以人才为主的团队: the noun after a number
NOUN = re.compile(
    r"(?P<lead>的?(?:以[^，。；\0]{2,24}?的|安排|用于)?)(?P<noun>(?![以左和、的]|等(?!级)|给予|予以|(?:新?台阶|大关|关口|门槛)(?![\u4e00-\u9fff]))(?:[\u4e00-\u9fffA-Za-z0-9“”\"+＋·-]|（[^（）\n]{1,20}）){2,40}|(?:(?<=的)|\A)[村县乡镇户校桥路塘井坝渠店楼药茶](?![\u4e00-\u9fff]))"
)
REACHING_CUE = re.compile(r"超过?|突破|不[低少高大]于|不超过|达到|高于")  # 旅客吞吐量 | 超过 | 500万人次
# 专业化|、特色化养老服务企业
FURTHER_NOUN = re.compile(r"、(?P<noun>(?:[\u4e00-\u9fffA-Za-z0-9“”\"+%％]|（[^（）\n]{1,20}）){2,30})")
# 生态宜居、|治理有效的美丽乡村, 研发、|推广平台: no verb of the measure
IS_QUALITY = re.compile(
    r"[\u4e00-\u9fff]{2,6}(?:有效|有力|有序|有方|优质|优良|优美|引领|推进|完善|到位|规范|健全|先进|突出|鲜明|显著|[大强高好优广深新美])的"
    r"|[\u4e00-\u9fff]{2}(?:平台|中心|服务?点|基地|站|工程|机构)(?![\u4e00-\u9fff])"
)
DOES_ALSO = re.compile(r"覆盖(?![面率])|惠及|辐射|宣传(?=政策|法)|服务(?=全|周边|群众)")


class Earlier(NamedTuple):
    """The subject before a number that this number may be about where it has none of its own: its name, '' where it
    cannot be told, and the unit of the number that has it, '' where none has."""

    name: str
    unit: str


def subject(
    spoken: str, clauses: Sequence[tuple[int, int]], context: QuantityContext, earlier: Earlier | None, *, alike: bool
) -> str:
    """What the number commits to, without regard to numbers beside it in a list; '' where the sentence does not name
    it. The first of these that gives one:

    - the subject in the words before the number, with words after it that begin with 用于 (公益金不低于55%用于养老服务
      -> 公益金用于养老服务);
    - the noun after a number that counts what a bound with a verb is of: 保安 of 学校至少配备1名保安 (LEAST_TO_HAVE);
    - a ratio or deed with what it is of (`_by_deed`);
    - the object after the number (`_object`);
    - a part or measure of `earlier` (`_of_earlier`);
    - the subject in the words before the number (新建改建农村公路 before 10公里 -> 农村公路), to which a noun is added
      that 的 or 安排 joins to the number, or what a share of it is to do (自然村 before 100%通公路 -> 自然村通公路);
    - the words of the bound after its verb (中心 of 至少建成中心1处);
    - what `_unnamed` finds.

    `clauses` are the spans of the sentence's clauses; `earlier` is the subject before the number, None where there is
    none; `alike` says that a number before this one in the sentence has the same unit, whatever its scale.
    """
    item = _words(spoken, context)
    if item.named and item.lead == "用于":  # 公益金不低于55%用于养老服务
        return item.named + item.lead + item.noun
    verb = LEAST_TO_HAVE.match(context.quantity.cue)
    if item.noun and verb and context.unit not in SHARE_UNITS:  # 学校至少配备1名保安
        return item.noun
    if found := _by_deed(item) or _object(item, context.unit):
        return found
    if (larger := _of_earlier(item.named, earlier)) is not None:
        return larger
    if item.named and item.lead:
        return item.named + item.noun
    if item.named:
        # 自然村100%通公路, 建成区40%以上面积达到要求
        does = context.unit == "%" and (item.after.startswith(words("deed")) or AREA_REACHES.match(item.after))
        return item.named + (item.after if does else "")
    if verb and verb.end() + 1 < len(context.quantity.cue):
        return context.quantity.cue[verb.end() :].strip()  # 至少建成中心 | 1处
    return _unnamed(spoken, clauses, context, item.before, earlier, alike=alike)


class _Words(NamedTuple):
    """The words of a number's item: `before` the number and `after` it, without blanked characters in `before`; the
    subject that those before it name (`named`, by `stripped`), '' where they name none or are 共计 or 实行 alone; and
    the noun at the beginning of `after` with what joins it to the number (`lead`: 的, 安排, 用于 or ''). The noun has
    the further nouns of its list (综合医院、中医医院 of 85%以上的综合医院、中医医院; `_list_end`). Both are '' where no
    noun, another size (4条280公里, 两条总投资20亿元) or a word that applies the number (0.1平方米的标准; APPLIED_VALUE)
    stands there."""

    before: str
    named: str
    after: str
    lead: str
    noun: str


def _words(spoken: str, context: QuantityContext) -> _Words:
    """The words around the number in its item (`QuantityContext.item`), as `_Words` describes them."""
    after = words_after(spoken, context)
    before = SAID_BESIDE.sub("", spoken[context.item[0] : context.quantity.start].replace("\0", ""))
    reached = REACHING_CUE.match(context.quantity.cue) is not None
    named = "" if NAMES_NOTHING.fullmatch(before.strip("　 ")) else stripped(before, reached=reached)
    found = NOUN.match(after)
    if found is None or _size_after().fullmatch(found[0]) or APPLIED_VALUE.match(after):  # 4条280公里, 0.1平方米的标准
        return _Words(before, named, after, "", "")
    noun = NO_PART_OF_NOUN.sub("", OF_REQUIREMENT.sub("", after[found.start("noun") : _list_end(after, found)]))
    return _Words(before, named, after, found["lead"], noun)


def _list_end(after: str, noun: re.Match[str]) -> int:
    """The offset in the words `after` a number at which the list ends that the match `noun` of NOUN begins: that of its
    last noun before one that begins with a verb (10个公园、完善设施), unless that is part of a quality or of a name
    (治理有效的村, 推广平台), and before one with which the list would be longer than a subject may be."""
    stop = noun.end()
    while (piece := FURTHER_NOUN.match(after, stop)) and piece.end() - noun.start("noun") <= MAX_SUBJECT:
        if DOES_ALSO.match(piece["noun"]):  # 10个站点、覆盖全部乡镇
            break
        verb = BEGINS_WITH_VERB.match(piece["noun"]) and not COMPOUND_NOUN.match(piece["noun"])
        if verb and not IS_QUALITY.match(piece["noun"]):
            break
        stop = piece.end()
    return stop


@cache
def _size_after() -> re.Pattern[str]:
    """The pattern of a size that stands after a number of things: 280公里, 总投资20亿元."""
    return re.compile(rf"(?:{SIZE_AFTER})?{size().pattern}")


def _by_deed(item: _Words) -> str:
    """What 的比例, 的标准 or 标准发放 after the number is for, with that word (按40%的比例给予救助 -> 救助比例); else,
    without a noun after the number, a deed that holds its object (植树造林 before 6万亩); else ''."""
    if ratio := RATIO.match(item.after):
        return str(ratio["of"] + ratio["ratio"])
    if not item.noun and (deed := DEED_NOUN.fullmatch(trimmed(item.before))):
        return str(deed["deed"])
    return ""


def _object(item: _Words, unit: str) -> str:
    """The object that stands after the number; '' where none does. The first of these that applies:

    - the noun after the number, with the words before the number where these only say for whom it is reckoned
      (每千人口拥有床位 of 每千人口拥有7张床位);
    - the noun after the number, up to 用于 or the like, where the words before the number end with a verb of giving,
      每年, 的 or a verb of making: 示范县 of 建成10个示范县; a noun of one character with these words:
      建成桥 of 建成7座桥. A verb of making does not count where the `unit` of the number is one of shares, or where
      these words begin with 全省 or the like and such a verb (全省建成);
    - what is done to those who are counted: 企业诊断 of 对200家企业开展诊断;
    - the noun, where it is of those who are served, or the words before the number name no subject, or one that begins
      with 每 or 各, ends with 等 or has a 、;
    - 全市, 现有, 沿江 or the like before the number, or the place or level of things that are counted or of a length or
      area that is worked on, with the noun: 城东片区老旧小区 of 改造城东片区12个老旧小区.
    """
    noun, before, share = item.noun, item.before, unit in SHARE_UNITS
    if noun and (rate := FOR_EACH_HEAD.fullmatch(trimmed(before))):  # 每千人口拥有7张床位
        return rate[0] + noun
    of_giving = GIVING.search(before) or EVERY_TIME.search(before) or before.endswith("的")
    of_making = not share and last("create").search(before) and not WHOLE_REGION.match(trimmed(before))
    if noun and (of_giving or of_making):
        return trimmed(before) + noun if len(noun) == 1 else PURPOSE.split(noun)[0] or noun  # 覆盖80%的村
    if (TO_WHOM.search(before) or before.startswith("对")) and (served := DONE_TO_WHOM.match(item.after)):
        return str(served["whom"] + served["what"])
    if not noun:
        return ""
    served_noun = TO_WHOM.search(before) or PARTNERED.search(before)  # 面向2万名农技人员，…
    named = item.named
    if QUOTED_ALONE.fullmatch(named):  # 研发“甲”“乙”2个模型
        return noun
    if served_noun or not named or EACH_OF.match(named) or named.endswith("等") or "、" in named:
        return noun
    worked_on = EXPANSE.fullmatch(unit) and WORKED_ON_NOUN.search(noun)  # 实施城区50公里管网改造
    counted = (COUNT_UNIT.fullmatch(unit) or worked_on) and (PLACE.fullmatch(named) or LEVEL_NAME.fullmatch(named))
    return named + noun if ATTRIBUTE.fullmatch(named) or counted else ""


def _of_earlier(named: str, earlier: Earlier | None) -> str | None:
    """The subject made of the subject `earlier` and of `named`, the subject before the number, where that is only a
    part or measure of it (占…比重, 面积, 每所投资, after 10座 also 每座充电桩) or says how large it is (超50亿元); else
    None.

    A part or measure is put after it, or after only its 亩均 or the like (亩均税收 -> 亩均产值), but no measure after a
    subject that ends with one itself (MEASURE_NAME). 总量 of a total is that total (生产总值); another measure with 总
    takes the place of one with 总 (旅游总人数 -> 旅游总收入). 占比 alone is that of the part in brackets at its end, if
    there is one. A size takes the place of the size in it (产值超百亿元企业 -> 产值超50亿元企业), or is put before it
    where it has none (企业 -> 产值亿元以上企业)."""
    if earlier is None or not earlier.name:
        return None
    if named == "总量" and TOTAL_VALUE.search(earlier.name):
        return earlier.name
    if named.startswith("总") and MEASURE_WITHOUT_OBJECT.fullmatch(named) and (total := TOTAL.search(earlier.name)):
        return earlier.name[: total.start()] + named
    if YEARS_INVESTMENT.fullmatch(named) and COUNT_UNIT.fullmatch(earlier.unit):  # 项目10个、年度计划投资20亿元
        return earlier.name + named
    if SHARE_ALONE.fullmatch(named):  # 新能源汽车1万辆，占比12.5%
        part = PART_IN_BRACKETS.search(earlier.name)
        return (part[0][1:-1] if part else earlier.name) + named
    measure = bool(MEASURE_WITHOUT_OBJECT.fullmatch(named)) and not MEASURE_NAME.search(earlier.name)
    if each := OF_EACH.match(named):
        measure = earlier.unit.endswith(each["by"]) or bool(MEASURE_OF_EACH.fullmatch(named, each.end()))
    if measure:
        apiece = APIECE_AT_START.match(earlier.name)  # 亩均税收15万元、产值300万元
        return (apiece[0] if apiece else earlier.name) + named
    if SHARE_OF.match(named):
        return GROWTH.sub("", earlier.name) + named
    if (alone := SIZE_ALONE.fullmatch(named)) is None:
        return None
    if not SIZE_OF_THINGS.search(earlier.name):  # 企业100家，其中产值亿元以上20家
        return named + earlier.name
    return SIZE_OF_THINGS.sub(lambda _: str(alone["size"]), earlier.name, count=1)  # 百亿元企业10家、超50亿元20家


def _unnamed(
    spoken: str,
    clauses: Sequence[tuple[int, int]],
    context: QuantityContext,
    words_before: str,
    earlier: Earlier | None,
    *,
    alike: bool,
) -> str:
    """The subject of a number of which its item names none. `words_before` are the words of the item before the number,
    `clauses`, `earlier` and `alike` are those of `subject`.

    '' for 户均 alone. After 存栏 or 出栏: that of what `earlier` says of the other (生猪存栏30万头、出栏50万头). After
    another verb of making or acting: `earlier` without a deed of its own (`_without_deed`), where
    the units are `alike` (新建公路4条，改建3条); else the subject in an earlier clause, if the number is money
    (设立专项资金，每年安排2000万元) or that subject ends with the same verb; else the words before, `trimmed`. Without
    a verb: `earlier` (旅游收入达到80亿元，年均增长9%), with 年均, 每次 or the like where only that stands before the
    number (应急演练2次，每次50人 -> 应急演练每次), but '' where it is a share and the number has another unit
    (占比达到3%，突破500家); without `earlier` the subject in an earlier clause, or all words of the proof.
    """
    own = trimmed(words_before)
    if APIECE_ALONE.fullmatch(own):  # 户均不低于1套: of what, is said nowhere near
        return ""
    stock = last("reach").sub("", own)
    if earlier and STOCK.fullmatch(stock) and STOCK.search(earlier.name):
        return STOCK.sub(stock, earlier.name)
    of_clause = named_in_clause(spoken, clauses, context)
    if verb := last("create").search(words_before) or last("act").search(words_before):
        if earlier and alike:
            return _without_deed(earlier.name)
        same_deed = of_clause and (MONEY_UNITS.fullmatch(context.unit) or of_clause.endswith(verb[0][-2:]))
        return of_clause if same_deed else own
    if earlier:
        if (
            earlier.unit in SHARE_UNITS
            and context.unit not in SHARE_UNITS | {""}
            and NAME_OF_SHARE.search(earlier.name)
        ):
            return ""  # 占比达到3%，…，突破500家
        rate = None if RATE_NAME.search(earlier.name) else RATE_ALONE.fullmatch(words_before.strip("　 "))
        return earlier.name + (rate["rate"] if rate else "")
    return of_clause or spoken[context.span[0] : context.span[1]].replace("\0", "").strip()


def _without_deed(subject: str) -> str:
    """The subject without a deed that another number does not share, at its beginning (新签约项目 -> 项目; NEW_DEED) or
    its end (公路续建 -> 公路; DEED_AT_END); two characters at least stay."""
    return DEED_AT_END.sub("", NEW_DEED.sub("", subject))


def named_in_clause(spoken: str, clauses: Sequence[tuple[int, int]], context: QuantityContext) -> str:
    """The subject in an earlier clause: of the last clause before the number's own that names something, which words of
    how it is reckoned (按1980年不变价格计算) do not; '' where none does. What there is so far is no part of it: 茶园 of
    现有茶园26万亩，到2025年发展到30万亩."""
    before = (span for span in reversed(clauses) if span[1] <= context.span[0])
    clause_words = (SO_FAR.sub("", spoken[start:end].replace("\0", "").strip()) for start, end in before)
    names = (DONE_SO_FAR.sub("", without_level(stripped(words))) for words in clause_words)
    return next((name for name in names if name and not IN_TERMS_OF.fullmatch(name)), "")


def named_before(spoken: str, context: QuantityContext) -> str:
    """The subject in the words of the item before the number (`stripped`); '' where they name none."""
    return stripped(spoken[context.item[0] : context.quantity.start].replace("\0", ""))


def words_after(spoken: str, context: QuantityContext) -> str:
    """The words of `spoken`, the sentence, that follow the number, its unit and its comparators, up to the end of the
    number's item (`QuantityContext.item`): 示范县 of 建成10个以上示范县."""
    return spoken[context.quantity.end : context.item[1]]
