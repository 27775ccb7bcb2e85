"""What is found of a number in a sentence: its context, on which forms and guards decide, and what they decided."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from extractors.targets.words import NORMATIVE, REPEATED_DEED, SCALE_OF_UNIT, SERVICE_ACT, SERVICE_TIME_UNITS, some
from extractors.vocabulary.quantities import Quantity
from ontology.model.facts import Change, Op


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment of a sentence. `start:end` in the sentence proves it: from its deadline, if that stands before it,
    else from the start of its clause, to the end of its clause or, where the clause has several numbers, of its item,
    or of the clause of a deadline after it. `op`, `value` and `unit` are those of its number: all None where it has
    only a deadline, the first two where it is a range (5—8家), `op` for a change by exactly so much, unless it is
    yearly. `deadline` is "2025" or "2023-06". `change` is the direction if the value is the amount of a change, and
    `relative_to` what that is relative to, as printed (2020年). `rule` is the name of the form that accepted its
    number; without a number it is `dated`, or `due` for a date in a bracket, after a label or in a cell. `subject` is
    what the number is of (学校 in 新建学校5所), without a number what is to be done; '' where the sentence does not
    name it."""

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
    `no_form`, `past_date`, `no_subject` or `shared_subject`."""

    start: int
    end: int
    reason: str


class QuantityContext(NamedTuple):
    """A number of a sentence with the words around it, as far as they belong to it.

    `item` is the span of the number's item, from the 、, 和 or the like before it or the start of its clause to where
    the words after it end; `span` is the proof, from the start of the clause to the end of the item or of the clause.
    Both are offsets in the sentence. Texts in which numbering, dates, brackets and quoted words are NUL characters,
    which `before` and `clause` leave out: `before` is the item up to the number, `clause` the clause up to it, `after`
    the item after it, `following` the clause after this one with the comma before it, `sentence_before` the sentence
    before the clause, `spoken_before` the sentence up to the number, in which brackets and quoted words are printed;
    the last two begin after the last semicolon. `rest` is the clause after the number. `next_gap` is the text between
    the number and the next of its clause, None where there is none.

    `joined`: this number continues the list of the commitment before it (新建养老院3所、敬老院12所; after ， only where
    this item has no verb of its own). `follows`: a number with the form of a commitment stands anywhere before it in
    the sentence. `dated`: a year or month before it, not a period, is its deadline (到2025年，人口规模120万人).
    `counts`: it counts things that the next number describes (2个产值超千亿元的集群). `counted_before`: the number
    before counts things that this one describes.
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
    spoken_before: str = ""
    rest: str = ""

    @property
    def unit(self) -> str:
        """The unit of the number; '' for none."""
        return self.quantity.unit or ""

    @property
    def base_unit(self) -> str:
        """The unit without its scale: 户 of 万户; '' for none."""
        return SCALE_OF_UNIT.sub("", self.unit)

    @property
    def digits(self) -> bool:
        """Whether the number is written in digits, not in Chinese numerals."""
        return not self.quantity.chinese

    @property
    def normative(self) -> bool:
        """Whether the number is a lower or upper bound, and the word that makes it one stands right before it: 不少于,
        至少, 不超过, ≥; not 最高不超过, which limits a grant."""
        return self.quantity.op in (">=", "<=") and bool(NORMATIVE.match(self.quantity.cue))

    @property
    def bounded(self) -> bool:
        """Whether the number has a comparator (不低于, 以上, 约) and is not an exact value."""
        return self.quantity.op != "="

    def is_of_part(self) -> bool:
        """Whether 其中 begins the clause or the item of the number, which so is of a part of what was said before:
        12家 in 60家，其中省级12家 and in 60家、其中省级12家."""
        return self.clause.lstrip("\0 ").startswith("其中") or self.before.lstrip("\0 ").startswith("其中")

    def makes(self) -> bool:
        """Whether a verb of making (新建, 建成) is anywhere in the words of the item before the number."""
        return bool(some("create").search(self.before))

    def is_repeated(self) -> bool:
        """Whether the words before the number end with a deed that is done again and again, so that a number of times
        is a commitment: 干部轮训 (一次), 全面排查 (两次)."""
        return REPEATED_DEED.search(self.before) is not None

    def is_service_time(self) -> bool:
        """Whether the number is the longest time that a service may take: 48小时内放行, 不超过5个工作日办结. It has a
        unit of SERVICE_TIME_UNITS and is an upper bound, and what the service does follows it."""
        return (
            self.unit in SERVICE_TIME_UNITS and self.quantity.op == "<=" and SERVICE_ACT.match(self.after) is not None
        )


# What a form or a guard says of a number: whether it applies.
NumberRule = Callable[[QuantityContext], bool]
