"""Changes: whether a number says by how much a level is to rise or fall, in place of the level that is to be
reached."""

from dataclasses import dataclass

from extractors import expressions as re
from extractors.targets.model import QuantityContext
from extractors.targets.words import COMPARED_WITH
from extractors.vocabulary.numerals import ONES
from extractors.vocabulary.quantities import THOUSANDS_COMMA
from ontology.model.facts import Change

UP = "(?<!负)增长|提高|上调|提升|增加|增多|上升|上涨|扩大|延长|回升|递增|攀升|上浮|增幅|拓展"
DOWN = "负增长|下降|降低|减少|减排|削减|压减|压缩|压降|缩短|缩小|缩减|精简|减小|减轻|递减|下调|下浮|降|减"
# 提高 | 10个百分点, 下降约 | 16%, 增长幅度不低于 | 5%; 提高到 and 降至 lead to a level
CHANGE_VERB = re.compile(
    rf"(?<!改造)(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:幅度?|了|超过?|达到?|约|近|再|分别|各|均|都|不低于|不少于|不超过?|不突破|不高于|至少|[\s\0]|大约|将近){{0,3}}\Z"
)
# 年均增长保持在 | 6%: a yearly change, whose rate is kept
YEARLY_RATE = re.compile(
    r"(?:年均|每年|逐年|年度)[\u4e00-\u9fff]{0,2}(?:(?P<up>增长|递增|增加|提高)|(?P<down>下降|递减|减少|降低))"
    r"(?:均|都|力争|争取|确保|继续|始终|实现)?(?:保持|稳定|维持|控制|达到|处于)?在?\Z"
)
# 增速达到6%, 增幅保持在5%: the level of a rate, whatever it is the rate of
RATE_NAMED = re.compile(r"(?:增速|增长率|下降率|降幅|增幅)(?:达到?|保持|稳定|控制|在|为|不低于|超过|[\s\0])*\Z")
# 压减燃煤 | 100万吨: the object stands between the verb and the amount; but 压缩空气储能电站 | 2座 and
# 购置压缩式垃圾车 | 18辆, where the word is part of the name of a thing
REDUCED = re.compile(
    r"(?<!新建|新增|购置|采购|配备|配置|购买|安装|投放|投用)(?:压减(?![至到])|退减|削减(?![至到])|减少(?![至到])|减排|缩减|压缩(?![至到]|式|型|机|空气|天然气|氢|包)|精简(?!版|型)|压降(?![至到])|降低(?![至到])|减轻)(?!量|率|幅度?)[\u4e00-\u9fff]{1,14}(?<![到至为在])(?<!工程|项目|行动|试点|任务|基地|企业|机构)\Z"
)
# 建设|压缩垃圾中转站 3座, 推广秸秆|压缩打捆机 200台: what is made or bought has such a word in its name
MADE_THING = re.compile(
    r"(?:新建|改建|扩建|新增|建设|建成|购置|采购|配备|配置|购买|更新|安装|推广|引进|培育|投放|投用)[\u4e00-\u9fff]{0,8}\Z"
)
COUNTED_THING = re.compile(r"[十百千]?万?[个家座台套辆只处条艘架部件]")
# 新增 and 净增 say how many are made
NEWLY_ADDED = re.compile(r"(?:新增|净增|新增加|增设|增配)\Z")
# 年均增长, 每年递增
YEARLY_CHANGE = re.compile(rf"(?:年均|每年|逐年|年度)(?:[\u4e00-\u9fff]{{0,2}})(?:{UP}|{DOWN})")
# 比2020年 | 下降, 较“十三五”末 | 提高, 在2020年基础上 | 翻一番, 与2020年相比 | 提高, 同比 | 增长
CHANGE_BASE = re.compile(
    rf"(?:(?<![可对]){COMPARED_WITH}(?P<than>(?=[^，,。；;]{{0,14}}(?:[年期末]|十[{ONES}]五|[全上]|平均|基[准数期]|目前|现在|现状|当前|水平))"
    rf"(?:[^，,。；;：:、]|{THOUSANDS_COMMA}){{1,16}}?)"
    r"(?:年均|累计|平均|分别|再|各|均|总体|相比|[\s\0])*"
    rf"(?={UP}|{DOWN}|翻)|在(?!此|这|上述|以上)(?P<on>[^，,。；;：:]{{1,16}}?)的?基础上|(?:与|同|和)(?P<with>(?=[“\"]?十|\d{{4}}|上年|去年|目前|当前|现|基[期准])[^，,。；;：:、]{{1,16}}?)相比|(?P<same>同比|环比))"
)
# between clauses, but not in 5,100亿元
CLAUSE_SEPARATOR = re.compile(rf"[，：:]|(?!{THOUSANDS_COMMA}),")
# 与2020年相比，…: for all that follows; 在2020年基础上，…
OPENING_BASE = re.compile(
    r"(?:与|同|和)(?P<with>[^，,。；;：:]{1,16}?)相比[，,]|在(?!此|这|上述|以上)(?P<on>[^，,。；;：:]{1,16}?)的?基础上[，,]"
)


@dataclass(frozen=True, slots=True)
class Changed:
    """What the words around a number say of a change: its direction (`change`), what it is relative to (`relative_to`:
    2020年 of 比2020年, 同比), and the words of a yearly rate (`yearly`: 年均增长, without 分别); the last two are None
    where the words do not say it."""

    change: Change
    relative_to: str | None
    yearly: str | None


def changed(context: QuantityContext) -> Changed | None:
    """The change that the words around the number state: '护理费用限额提高' before 20% -> an increase. None where the
    number is a level, as after '提高到', and after 控制 or 限制 unless 年均增长 stands before it, and where no verb of
    change leads to it.

    What the change is relative to stands in the part of the clause right before the number (比, 较 or 相对于2020年,
    与2020年相比, 在2020年基础上, 同比, 环比); where that has none, and the clause no yearly rate, it is the first
    phrase of the form 与2020年相比， or 在…基础上， before the number in the sentence, since its last semicolon.
    在此基础上 names nothing.
    """
    if context.quantity.cue.startswith(("控制", "限制")) and not YEARLY_RATE.search(context.before):
        return None
    direction = _direction(context)
    if direction is None:
        return None
    yearly = YEARLY_CHANGE.search(context.clause)
    clause = CLAUSE_SEPARATOR.split(context.spoken_before)[-1]
    base = CHANGE_BASE.search(clause) or (None if yearly else OPENING_BASE.search(context.spoken_before))
    relative_to = base[base.lastgroup or 0].strip("\0 的") if base else None
    return Changed(direction, relative_to or None, yearly[0].replace("分别", "") if yearly else None)


def _direction(context: QuantityContext) -> Change | None:
    """Whether the number is the amount of an increase or of a decrease; None where it is neither. 翻一番 and 翻一倍 are
    increases. None after 新增 and the like and after the name of a rate (增速达到6%); else the verb right before the
    number decides (提高10个百分点), with up to three words such as 约, 超过 or 不低于 between (下降约16%); 提高到 and
    改造提升 are no such verbs. 压减, 减少 and the like (REDUCED; not 缩短, 下降) also count with their object between
    themselves and the number (压减燃煤100万吨)."""
    before = context.before.rstrip("\0 ") + re.sub(r"[到至]\s*\Z", "到", context.quantity.cue)
    if context.unit == "番" or (context.unit == "倍" and before.endswith("翻")):
        return "increase"
    if NEWLY_ADDED.search(context.before.rstrip("\0 ")) or RATE_NAMED.search(before):
        return None
    if found := CHANGE_VERB.search(before) or YEARLY_RATE.search(before):
        return "increase" if found["up"] else "decrease"
    return "decrease" if is_amount_reduced(context) else None


def is_amount_reduced(context: QuantityContext) -> bool:
    """Whether the number is the amount by which something becomes less that stands between the verb and the number
    (REDUCED): 燃煤 in 压减燃煤100万吨. False where it counts things (座, 台, 个) that are made or bought, by a verb at
    most eight characters before that word: 建设压缩垃圾中转站3座."""
    reduced = REDUCED.search(context.before)
    if reduced is None:
        return False
    return not (COUNTED_THING.fullmatch(context.unit) and MADE_THING.search(context.before[: reduced.start()]))
