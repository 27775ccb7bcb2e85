"""What is known of a number in a sentence, with the words around it, and the vocabulary that guards and forms share."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from extractors import expressions as re
from extractors.targets.words import some
from extractors.vocabulary.quantities import HEDGE, Quantity
from extractors.vocabulary.stops import CLAUSE_ENDS
from ontology.model.facts import Change, Op

EVENT_UNITS = frozenset(("次", "轮", "遍", "场", "场次", "期", "批", "批次", "人次", "届"))
TIME_UNITS = frozenset(("年", "个月", "月", "天", "日", "周", "小时", "分钟", "秒", "工作日", "个工作日"))
SERVICE_TIME_UNITS = frozenset(("小时", "分钟", "个工作日", "工作日", "天", "日", "个小时"))
SHARE_UNITS = frozenset(("%", "‰", "个百分点", "百分点", "倍", "番"))
ITEM_SEPARATOR = re.compile(r"[、和及与，并或]")
# words of rates: 参保率95%
RATE_NAME = re.compile(
    r"(?:率|比例|比重|占比|(?<![对相])比|覆盖面|满意度|知晓度|水平|系数|指数|贡献度|渗透率|浓度|强度|倍数|值|PUE)\Z"
)
# 销量达到总销量的20%: what the share is of stands between the verb and the number
PROPORTION = re.compile(r"(?:达到?|占到?|提高到|提升到|不低于|超过)[^，、]{2,24}的\Z")
EVERY_PERIOD = re.compile(r"每(?:[\d两二三四五]年|年度?|季度?|半年|个?月|周|学期)|年度|定期")
# 支持20个县: some are chosen
CHOOSING = re.compile(r"(?:支持|选择|遴选|选取|确定|择优)\Z")
# 12家, 3万户: what is counted one by one
COUNT_UNIT = re.compile(r"[十百千]?[万亿]?(?:个|家|户|条|项|处|所|座|名|批|支|种|类)")
# 组建专业队, 新建中心: what is made of means that exist
FOUNDING = r"(?:组建|新建|改建|扩建|创建|筹建|新增|增设|建成)"
# 亿元, 万美元
MONEY_UNITS = re.compile(r"[十百千]?[万亿]*(?:美?元|元人民币)")
# 对|为 500个村 开展…: whom it serves
SERVING = re.compile(r"(?:为|对|给|向|帮助|帮扶)\Z")
# 加强与 | 1000家企业 开展合作
PARTNERED = re.compile(r"(?:加强|推动|深化|强化|组织)[\u4e00-\u9fff]{0,6}与\Z")
# what is done for those who are served
SERVES = re.compile(
    r"[\u4e00-\u9fff、]{0,24}?(?:提供|适配|免费|实现|解决|实施|实行|开展|发放|(?<!村)落实|配备|安装|进行|办理|建立)"
)
# 提高到 | 每人每月 110元
APIECE = re.compile(r"(?:每[人户亩年月日次生床村套]|人均|户均|亩均)+\Z")
# 轮训一次, 排查两遍
REPEATED_DEED = re.compile(r"(?:轮?训|普查|排查|检查|巡查|演练|体检|覆盖|评估|调查|考核|督查|监测|会商|调度)\Z")
# 不少于, 原则上不超过, 至少; not 最高不超过, which limits what is granted
NORMATIVE = re.compile(rf"(?!最[高多]){HEDGE}?(?:不|至|≥|≤|最少)")

# 48小时 | 放行, 5个工作日 | 办结: what a public service does within a time
SERVICE_ACT = re.compile(
    r"(?:内|之内|以内)?(?:全部|一律|即|予以|完成|予|及时|依法|给予)*"
    r"(?:放行|办结|办理|办好|答复|回复|反馈|到达|到场|到位|赶到|抵达|出动|送达|处置|处理|响应|验放|通关|拨付|兑付|兑现|修复|恢复|抢通|出证|发证|出具|审结|审核|审批|核准|解决|受理|转办|签收|完成|查处|发布|报送|评审)"
)

# what parts the clauses of a sentence
CLAUSE_MARKS = f"{CLAUSE_ENDS},;:!?\n"


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment of a sentence. `start:end` in the sentence proves it: from its deadline, if that stands before it,
    to the end of its clause. `op`, `value` and `unit` are those of its number: all None where it has only a deadline,
    the first two where it is a range (5—8家). `deadline` is "2025" or "2023-06". `change` is the direction if the value
    is the amount of a change, and `relative_to` what that is relative to, as printed (2020年). `rule` is the name of
    the form that accepted it, or `dated`, `due`. `subject` is what is promised, '' where the sentence does not name
    it."""

    subject: str
    op: Op | None
    value: Decimal | None
    unit: str | None
    deadline: str | None
    start: int
    end: int
    rule: str
    change: Change | None = None
    relative_to: str | None = None


@dataclass(frozen=True, slots=True)
class RefusedNumber:
    """A number that is no commitment, `start:end` in its sentence. `reason` is the name of the guard that refused it,
    `no_form`, `past_date` or `no_subject`."""

    start: int
    end: int
    reason: str


class QuantityContext(NamedTuple):
    """A number of a sentence with the words around it, as far as they belong to it.

    `item` is the span of the number's item, from the 、 before it or the start of its clause up to the next 、 or
    number; `span` is that from the start of the clause to the end of the item. Both are offsets in the sentence. Texts
    without numbering and dates: `before` is the item up to the number, `clause` the clause up to it, `after` the item
    after it, `following` the clause after this one with the comma before it, `sentence_before` the sentence before the
    clause, `said` the sentence up to the number with quoted words, the last two only since the last semicolon.
    `next_gap` is the text between the number and the next of its clause, None where there is none.

    `joined`: a number that is a commitment stands right before, with 、 or 和 between (or ， where this item has no
    verb of its own). `follows`: one stands anywhere before it in the sentence. `dated`: a year or month, not a period,
    is its deadline (到2025年，人口规模120万人). `counts`: it counts things that the next number describes
    (2个产值超千亿元的集群). `counted_before`: the number before counts things that this one describes.
    """

    quantity: Quantity
    before: str
    clause: str
    after: str
    sentence_before: str
    joined: bool
    follows: bool
    dated: bool
    item: tuple[int, int]
    span: tuple[int, int]
    counts: bool
    counted_before: bool
    next_gap: str | None
    following: str = ""
    said: str = ""

    @property
    def unit(self) -> str:
        """The unit of the number; '' for none."""
        return self.quantity.unit or ""

    @property
    def digits(self) -> bool:
        """Whether the number is written in digits, not in Chinese numerals."""
        return not self.quantity.chinese

    @property
    def normative(self) -> bool:
        """Whether a word that sets a bound stands right before the number: 不少于, 至少, 不超过."""
        return self.quantity.op in (">=", "<=") and bool(NORMATIVE.match(self.quantity.cue))

    @property
    def bounded(self) -> bool:
        """Whether the number has a comparator (不低于, 以上, 约) and is not an exact value."""
        return self.quantity.op != "="

    def makes(self) -> bool:
        """Whether a verb of making is in the words before the number: '新建', '建成'."""
        return bool(some("create").search(self.before))


def repeats(before: str) -> bool:
    """Whether the words before a number end with a deed that is done again and again, so that a number of times after
    it is a commitment: 干部轮训 (一次), 全面排查 (两次)."""
    return bool(REPEATED_DEED.search(before))


def within(place: QuantityContext) -> bool:
    """Whether the number is the longest time that a service may take: 48小时内放行, 不超过5个工作日办结."""
    return place.unit in SERVICE_TIME_UNITS and place.quantity.op == "<=" and bool(SERVICE_ACT.match(place.after))
