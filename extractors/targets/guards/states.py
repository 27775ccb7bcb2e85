"""Numbers of how things are, were or are expected to be, and not of what is to be reached."""

from extractors import expressions as re
from extractors.targets.changes import DOWN, UP
from extractors.targets.model import QuantityContext
from extractors.targets.words import GROUNDWORK, STARTING_TIME, last, some
from extractors.vocabulary.dates import CALENDAR_YEAR
from extractors.vocabulary.numerals import ONES
from extractors.vocabulary.quantities import masked

STARTS_FROM = re.compile(rf"{STARTING_TIME}\Z")
RISES_TO = re.compile(
    rf"(?:左右|以上|以下)?[，,]?(?:稳步|逐步|大幅|进一步|分别|逐年)?(?:{UP}|{DOWN}|发展|调整)(?:为|[到至])"
)
# 现有茶园26万亩，茶叶产量达到 | 9000吨: what is said beside what there is, is so now; with a verb of making or a word
# of intent between it is a promise
EXISTING_NUMBER = re.compile(
    r"(?:\A|[，,])\s?(?:[\u4e00-\u9fff]{1,6}[省市县区州盟旗乡镇村])?现有[\u4e00-\u9fff]{1,12}\d"
)
# 去年建成的 | 20个项目, 2023年开工的 | 20个项目: things of another time, not how many are to be made
OF_AN_EARLIER_TIME = re.compile(
    rf"\A\s?(?:[去上前往历]年|{CALENDAR_YEAR}年)[底末]?(?:以?前)?[已新]?(?:建成|新建|开工|竣工|投产|投用|立项|签约|引进|认定|实施)的\Z"
)
# 去年城镇就业 | 2100人; not 比去年, 去年同期
LAST_YEAR = re.compile(
    r"(?:\A|[，,。；])[\0\s]*(?:去年|上年度?|往年|前年)(?!同期|水平|基数|的?基础|末?相比|[底末]的)(?:(?![今本]年|计划|力争|到20)[^。；])*\Z"
)
INTENDED = re.compile(r"力争|争取|确保|[将要]|计划|拟|到20|今后|未来|下一步|逐步|提[高升]到|增加到|扩大到|发展到|增至")
# 近五年|累计投入12亿元: the years up to now; not 近三年内建成
RECENT_YEARS = re.compile(rf"近[{ONES}两几\d]年(?!内)[^。；]{{0,10}}?(?:累计|共|先后|年均|平均)")
# 仅为 | 9.8平方米, 只有 | 4.8张, 高达 | 18%, 刚刚突破 | 10亿元, 不足 | 5%: how things are
AS_IT_IS = re.compile(
    r"(?:(?<!不)仅仅?(?!限)(?:为|有|占|达到?|约|相当于)?|只(?:有|占|达到?|为)|(?<![提最增更升])高达|刚刚?(?:突破|超过|达到?|过)?)\Z"
)
SHORT_OF = ("不足", "不到")
# 项目前期工作; 已建系统完善: what there is and is worked on; 由目前的50%提高到60%, 比目前: no word of what is past
NOT_PAST = re.compile(
    r"存在[^，。；]{1,14}?的(?=[\u4e00-\u9fff])|(?<=项)目前|已建成?(?=[^\d，。；]{1,16}(?:率|比例))|已建(?=(?!成)[\u4e00-\u9fff]{2,6}(?:完善|改造|提[标升]|修复|整治|更新|维[修护]))|已(?:垦|脱贫|污染|退化|关闭|出让|批)|[由从比较与和同](?:目前|当前)|在(?:目前|当前)(?=的?(?:水平|基础))"
)
# 预计…达到; not 预测准确率
FORECAST = re.compile(
    r"预计|预测(?![准预模能指性精误业系平])|有望|测算(?!费用|成本|价格|经费|资金|投资|标准|办法|方法|基数|依据)|随着"
)
# 向 | 500亿元 | 迈进
TOWARDS_NUMBER = re.compile(r"(?:向|朝着?)\Z")
HEADS_FOR = re.compile(r"(?:的?(?:目标|大关|台阶|规模))?(?:迈进|进军|冲刺|挺进|进发|靠拢|看齐|努力)")
# ，高于全省平均水平 | 0.5个百分点; 增速高于投资增速 names what is so much higher
OVER_ANOTHER = re.compile(r"[\0\s]*(?:并|且)?(?:[高低快慢]于|高出|领先于?)[^，。；\d]{2,20}\Z")


def is_past(context: QuantityContext) -> bool:
    """Whether the words before the number, since the last semicolon and after the last date or quoted words, say that
    it has been reached or is so now: 已建成10个, 目前有10个; or begin with what there is
    (现有茶园26万亩，产量达到9000吨; EXISTING_NUMBER), without a verb of making or a word of intent from there on; or
    that the number is of things of another time, with which its item begins (去年建成的20个项目), or of the years up to
    now (近五年累计投入12亿元), without a word of intent before it; or follow 去年 at the beginning of a clause. Words
    that only look so (项目前期, 由目前的50%, 已脱贫) do not count. So is a number without a date right after 仅, 只有
    or 高达, or after 不足 or 不到 without a verb of reaching (占比不足5%, not 降到不足5%)."""
    if not context.dated and AS_IT_IS.search(context.before + context.quantity.cue):
        return True
    if (
        not context.dated
        and context.quantity.cue.startswith(SHORT_OF)
        and not last("reach").search(context.before.rstrip("在到至为"))
    ):
        return True
    words_before = masked(context.spoken_before).rpartition("\0")[2]
    if existing := EXISTING_NUMBER.search(words_before):
        rest = words_before[existing.end() :]
        return not (some("create").search(rest) or INTENDED.search(rest))
    if OF_AN_EARLIER_TIME.search(context.before) or LAST_YEAR.search(context.spoken_before):
        return True
    if RECENT_YEARS.search(words_before) and not INTENDED.search(words_before):
        return True
    return bool(some("past").search(NOT_PAST.sub("", words_before)))


def is_start_of_change(context: QuantityContext) -> bool:
    """Whether the number is the level from which a change begins: 由 or 从 stands before it, with a year, “十三五”末,
    目前 or the like between or nothing, and the words after it lead to another level: 62% in
    达标率由2020年的62%提高到80%."""
    words_before = context.before.replace("\0", "")
    return bool(
        STARTS_FROM.search(words_before) and RISES_TO.match((context.next_gap or context.after).replace("\0", ""))
    )


def is_forecast(context: QuantityContext) -> bool:
    """Whether the sentence expects something without promising it, by a word before the number, since the last
    semicolon: 预计老年人口占比超过20%, 有望, 随着."""
    return FORECAST.search(context.sentence_before + context.clause) is not None


def is_groundwork(context: QuantityContext) -> bool:
    """Whether the clause only prepares for what the number says, beginning with 为 (为总产值翻一番奠定坚实基础), or
    only heads for it (总产值向500亿元迈进)."""
    if TOWARDS_NUMBER.search(context.before) and HEADS_FOR.match(context.after):
        return True
    return context.clause.startswith("为") and GROUNDWORK.search(context.after) is not None


def is_lead(context: QuantityContext) -> bool:
    """Whether the number only says by how many percentage points something that was named before is above or below
    another rate: …增长7%，高于全省平均水平0.5个百分点; not 增速高于投资增速2个百分点, which names it."""
    return context.unit.endswith("百分点") and OVER_ANOTHER.match(context.before) is not None
