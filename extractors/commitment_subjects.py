"""What a promise is about: the words before the number, behind it, or in a clause before."""

import re
from collections.abc import Sequence
from functools import cache

from extractors.commitment_place import Place
from extractors.commitment_words import last, words
from extractors.quantities import quantities

# 推动, 全面: what a subject does not begin with
LEAD = re.compile(
    r"^(?:[\s\0、—―-]|其中|力争|争取|确保|推动|促进|实现|使得?|努力|全面(?=[建完实形推])|基本(?=[建完实形消达普])|到(?!位)|全部|累计|"
    r"进一步|逐步|稳步|持续|不断|大力|积极|加快|并|且|再|将|要|应|可|也|还|同时|至少|每年|届时|年底前|高标准)+"
)
# 次数, 面积: no subject without what they are of
MEASURED = re.compile(r"总?(?:次数|人数|人次|面积|规模|数量?|总量|里程|能力|比例|成本|时间|期数|场次|标准)")
# 由33%提高到, 均达到: what leads over to the number
TAIL = re.compile(r"(?:由|从)[^，]{0,8}\d[^，]{0,6}\Z|[均要应将]\Z")
# a rate keeps all its words; 全省 stays where 建成 goes
RATIO_NAME = re.compile(r"(?:率|比例|比重|占比|满意度|覆盖面)\Z")
SCOPE = re.compile(r"(?:全[省市县区州国]|我[省市县区州])(?=建成|新建|新增|培训|完成|打造|创建|培育|改造|引进)")
# 三级医院 | 开通…: what the share is of, and what it is to do
SHARED = re.compile(
    r"的(?P<what>[\u4e00-\u9fff]{2,20}?)(?P<deed>(?:全部|均|都)?(?:开通|建成|实现|达到|完成|配备|设立|设置|接入|纳入|通过|建立|"
    r"具备|提供|开展|普及|使用|应用|参加|成为|拥有|开设)[^，。；]*)"
)
# 40%的比例给予救助: the ratio of what
RATIO = re.compile(r"的(?P<ratio>比例|标准)(?:给予|予以|进行|实行|安排|配备|支付)?(?P<of>[\u4e00-\u9fff]{2,10})")
NOUN = re.compile(r"的?(?P<noun>(?![以左和、])(?:[\u4e00-\u9fffA-Za-z0-9“”\"+]|（[^（）\n]{1,20}）){2,30})")


def subjects(spoken: str, clauses: Sequence[tuple[int, int]], places: Sequence[Place]) -> list[str]:
    """The subject of each promise of a sentence, in order: 95%、90% behind 分别 take the subjects named in turn.

    `spoken` is the sentence with numbering and dates blanked out.
    """
    named = [subject(spoken, clauses, place) for place in places]
    for at, place in enumerate(places):
        same = [i for i in range(len(places)) if places[i].span[0] == place.span[0]]
        if "分别" in place.clause and same[0] == at and len(same) > 1:
            each = _in_turn(spoken, clauses, place, len(same)) or [named[at]] * len(same)
            for i, name in zip(same, each, strict=True):
                named[i] = name
        elif place.unit == "%" and (shared := SHARED.match(_after(spoken, places[same[-1]]))):
            own = SHARED.match(_after(spoken, place))
            named[at] = (own["what"] if own else named[at]) + shared["deed"]
    return named


def subject(spoken: str, clauses: Sequence[tuple[int, int]], place: Place) -> str:
    """'新建改建农村公路' -> 农村公路; '建成' before 10个示范县 -> 示范县; '森林覆盖率达到' -> 森林覆盖率"""
    after = _after(spoken, place)
    if ratio := RATIO.match(after):
        return ratio["of"] + ratio["ratio"]
    words_before = spoken[place.item[0] : place.quantity.start].replace("\0", "")
    before = stripped(words_before)
    noun = NOUN.match(after)
    if noun and (not before or before.startswith(("每", "各")) or before.endswith("等") or noun[0] != noun["noun"]):
        return noun["noun"]
    if before:
        return before
    if last("create").search(words_before) or last("act").search(words_before):
        return trimmed(words_before)
    earlier = _earlier(spoken, clauses, place)
    return earlier[-1] if earlier else spoken[place.span[0] : place.span[1]].replace("\0", "").strip()


def stripped(text: str) -> str:
    """'新建改建农村公路' -> '农村公路', '森林覆盖率由33%提高到' -> '森林覆盖率', '培训' -> ''"""
    text = TAIL.sub("", last("reach").sub("", trimmed(text)))
    if RATIO_NAME.search(text):  # 新建居住区达标率
        return text
    if scope := SCOPE.match(text):  # 全省建成食堂
        return scope[0] + stripped(text[scope.end() :]) if text[scope.end() :] else text
    while (made := _making().match(text)) and made.end() < len(text) - 1:
        if MEASURED.fullmatch(text, made.end()):  # 培训次数
            break
        text = text[made.end() :].lstrip("、和并及")
    return "" if text in words("create") or text in words("act") else text.rstrip("的")


def trimmed(text: str) -> str:
    """'力争推动企业' -> '企业'"""
    return LEAD.sub("", text).strip()


def _after(spoken: str, place: Place) -> str:
    return spoken[place.quantity.end : place.item[1]]


@cache
def _making() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words("create"))))


def _in_turn(spoken: str, clauses: Sequence[tuple[int, int]], place: Place, count: int) -> list[str] | None:
    """'甲率、乙率分别达到' -> [甲率, 乙率]; '，年均分别增长' -> those of the clauses before; None where they do
    not fit."""
    listed = re.split(r"[、和及与]", stripped(place.clause.split("分别")[0]))
    if len(listed) == count and all(listed):
        return listed
    earlier = _earlier(spoken, clauses, place)[-count:]
    return earlier if len(earlier) == count and not listed[0] else None


def _earlier(spoken: str, clauses: Sequence[tuple[int, int]], place: Place) -> list[str]:
    """The subjects of the clauses before that have a number, or of the last one: 旅游收入达到80亿元，年均增长9%"""
    found = []
    for start, end in clauses:
        if end > place.span[0]:
            break
        number = next((q.start for q in quantities(spoken[start:end])), end - start)
        found.append(stripped(spoken[start : start + number].replace("\0", "")))
    return [name for name in found if name]
