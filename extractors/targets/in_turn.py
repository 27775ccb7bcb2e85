"""Numbers that stand in a row for several things: the words before them, divided into what each number is of."""

from functools import cache

from extractors import expressions as re
from extractors.reference.data_files import data_rows
from extractors.vocabulary.numerals import ONES

# a measure keeps all its words: 新增造林面积; 全省 stays where 建成 goes
MEASURE_NAME = re.compile(
    r"(?:率|比例|比重|占比|满意度|覆盖面|强度|水平|指数|密度|[^，、](?:面积|年限|总量|数量|里程|能力|收入|产量|人数|人口|浓度|次数|规模|产值|总额))\Z"
)
# 面积, 总数: of what was named before
MEASURE_WITHOUT_OBJECT = re.compile(r"总?(?:面积|产量|数量?|总量|规模|产值|人数|里程|长度|能力|收入)|使用率|覆盖率")
# 新增城镇就业30万人, 补充耕地, 转移农村劳动力, 淘汰落后产能: without the deed the number would be how much there is
DEED_KEPT = re.compile(
    r"新增|净增|新[造植栽种](?!型|业)|新登记|补充|转移(?=[^，]{0,8}(?:劳动力|就业|人口|农民|富余))|淘汰|化解|退出|关停|关闭|取缔|拆除|[腾清]退|取消|下放|撤并|减免|低改|节约(?!型)"
)
# 粮食|播种面积, 企业|数量: what a thing has so much of, at the end of its first measure
OBJECT_OF_MEASURE = re.compile(
    rf"(?P<object>[\u4e00-\u9fff]{{2,12}}?)(?:播种|种植|栽培|养殖|收获)?(?:{MEASURE_WITHOUT_OBJECT.pattern})"
)
# 工业增加值、固定资产投资: measures of their own in a list
WHOLE_MEASURE = re.compile(rf"{MEASURE_NAME.pattern}|[^，、](?:增加值|总值|总额|投资|余额|支出|利润|税收)\Z")
# 城镇居民收入、农民收入|增速: a measure of all that stands before it
SHARED_MEASURE = re.compile(r"(?:增速|增幅|降幅|增长率|下降率|增长|占比|比重|比例)\Z")
# 第一、二、三产业, 一、二、三产业: several of one kind, counted
ORDINALS = re.compile(
    rf"(?:第|(?=[^第]{{3,7}}产业))([{ONES}](?:[、和及与][{ONES}])+)(?=[\u4e00-\u9fff])(?![、和及与第])"
)
# 省级, 市县级, 市级以上: whose things are counted
LEVEL_NAME = re.compile(
    r"(?:国家|省|市|州|县|区|自治区|部|世界|地市|省市|市县|县区|县市|乡镇|[乡镇村])级(?:以上|及以上)?"
)
# 五星级, 企业类, A类: a kind of what is counted in all
KIND_ALONE = re.compile(r"[A-Z\u4e00-\u9fff]{1,4}[级型类]")
# 省级, 500亿级: in a list, of what the last is
GRADE = re.compile(rf"[\d两{ONES}十百千万亿]+级")
LEVEL_OR_GRADE = re.compile(rf"\A(?:{LEVEL_NAME.pattern}|{GRADE.pattern})")
# 城乡居民收入比, 男女性别比, 城乡差距: a measure of both together; not 占比
OF_BOTH = re.compile(r"(?:(?<!占)比|比值|倍差|差距?)\Z")
# 甲率、乙率|两项指标: the things that were named, once more
NAMED_ONCE_MORE = re.compile(rf"等?[\d{ONES}两]{{1,2}}(?:[项个类种](?:指标|目标|任务)|大?指标)\Z")
# 二氧化硫、氮氧化物 | 排放总量: each of them is emitted, so that the measure is of each
POLLUTANT = re.compile(
    r"(?:二氧化[硫碳]|氮氧化物|化学需氧量|氨氮|总[氮磷]|挥发性有机物|VOCs|COD|烟?粉尘|烟尘|颗粒物|细颗粒物|甲烷|重金属)"
)
EMITTED = re.compile(
    rf"{POLLUTANT.pattern}(?P<measure>(?:等?主要污染物)?(?:重点工程)?(?:排放总?量|排放|浓度|减排量?|累计减排量))"
)
# 甲、乙 | 两类事故: the last of the list, before the words that count the list
COUNTED_LIST = re.compile(rf"(?P<item>.{{1,20}}?)[{ONES}两][类种项级大]")
# 甲和乙, 甲以及乙; not 普及率, 参与度, 和田, 总和, 与其他; brackets, quotation marks and 新建、改建 hold no joint
BUILDS = "[新改扩续迁重]建?"
ONE_PIECE = rf"（[^（）]{{0,60}}）|\([^()]{{0,60}}\)|“[^“”]{{0,60}}”|{BUILDS}(?:[、和及]{BUILDS})+(?<=建)(?![成设])"
JOINING_WORD = r"以及|(?<!总)和(?![谐田平])|(?<![普涉触企波顾])及(?![格时第以])|(?<!参)与(?!会|其他)"
ENUMERATION_COMMA = "、"


def in_turn(words: str, count: int, *, in_short: bool = True) -> list[str] | None:
    """What each of `count` numbers is of that stand in a row after `words`: '甲率、乙率' with two numbers -> [甲率,
    乙率]; '第一、二产业比重' -> [第一产业比重, 第二产业比重]; '城乡居民收入' -> [城镇居民收入, 农村居民收入];
    '国家级、省级企业' -> [国家级企业, 省级企业]. None where the words do not name so many things, or it cannot be told
    which.

    The words are divided at all 、 and words such as 和 (not in brackets, nor in 普及率). Where that gives more things
    than numbers, at 、 alone or at 和 alone, if one of the two gives as many and each ends with the name of a measure
    (道路和桥梁完好率、绿化率). Where it gives one, a word that names several in short (short_lists.tsv) is written out,
    unless `in_short` is False.

    Where all are pollutants (POLLUTANT), a measure of what is emitted is one of each: '二氧化硫、氮氧化物排放总量' ->
    [二氧化硫排放总量, 氮氧化物排放总量]. Where the things end with different characters and not all name a measure (率,
    面积), the last may hold words that all share, so each that is no measure by itself gets the whole list, with itself
    in brackets: '甲、乙排放量' -> [甲、乙排放量（甲）, 乙排放量]. A last one that is a measure alone is one of what the
    first, of two, is a measure of: '粮食播种面积、产量' -> [粮食播种面积, 粮食产量]; else it is written so too. Before
    a measure of all, such as 增速 or 占比, that not all have, all but the last get it, measures too:
    '粮食产量、油料产量增速' -> [粮食产量、油料产量增速（粮食产量）, 油料产量增速]; in a list that is counted
    (甲、乙两类事故死亡率) also the last.
    """
    words = NAMED_ONCE_MORE.sub("", words)
    if ordinals := ORDINALS.match(words):  # 第一、二、三产业比重
        common = words[ordinals.end() :]
        each = [f"第{ordinal}{common}" for ordinal in re.split(r"[、和及与]", ordinals[1])]
        return each if len(each) == count else None
    pieces = divided(words, f"{ENUMERATION_COMMA}|{JOINING_WORD}")
    if len(pieces) == 1:
        return _written_out(words, count) if in_short else None
    if len(pieces) == count:
        return _whole_names(words, pieces)
    if len(pieces) < count:
        return None
    outer = [found for joint in (ENUMERATION_COMMA, JOINING_WORD) if len(found := divided(words, joint)) == count]
    measures = [found for found in outer if all(map(MEASURE_NAME.search, found))]
    return measures[0] if len(measures) == 1 else None


def each_of(subject: str) -> list[str]:
    """What a number is of that counts each of several things: '文化馆、图书馆各' -> [文化馆, 图书馆], as `in_turn`
    names them, each after a deed that is kept (新增文化馆、图书馆各 -> 新增文化馆, 新增图书馆); only the subject itself
    where it does not end with 各 or names one thing."""
    if not subject.endswith("各"):
        return [subject]
    deed, words = deed_of(subject.removesuffix("各"))
    pieces = divided(words, f"{ENUMERATION_COMMA}|{JOINING_WORD}")
    if len(pieces) < 2 or (named := in_turn(words, len(pieces))) is None:
        return [subject]
    return [deed + name for name in named]


def deed_of(subject: str) -> tuple[str, str]:
    """The deed that is kept (DEED_KEPT) at the beginning of the subject, and the rest: '新增床位' -> ('新增', '床位');
    without one '' and the subject."""
    found = DEED_KEPT.match(subject)
    return (found[0], subject[found.end() :]) if found else ("", subject)


def divided(words: str, joint: str) -> list[str]:
    """The words divided at each match of the pattern `joint` that stands outside of brackets and quotation marks; empty
    pieces are left out: ('甲（丙、丁）、乙', '、') -> [甲（丙、丁）, 乙]."""
    pieces, start = [], 0
    for found in re.finditer(rf"{ONE_PIECE}|(?P<joint>{joint})", words):
        if found["joint"] is not None:
            pieces.append(words[start : found.start()])
            start = found.end()
    return [piece for piece in [*pieces, words[start:]] if piece]


def _whole_names(words: str, pieces: list[str]) -> list[str]:
    """The names of the things that `words` lists, each as `in_turn` describes it: one that shares its end with the last
    gets that end, or is the whole list with itself in brackets (甲、乙排放量（甲）)."""
    last = pieces[-1]
    if all(LEVEL_OR_GRADE.fullmatch(piece) for piece in pieces[:-1]) and (level := LEVEL_OR_GRADE.match(last)):
        return [piece + last[level.end() :] for piece in pieces[:-1]] + [last]
    shared = SHARED_MEASURE.search(last)
    if shared and not all(piece.endswith(shared[0]) for piece in pieces):
        return [f"{words}（{piece}）" for piece in pieces[:-1]] + [last]
    if (emitted := EMITTED.fullmatch(last)) and all(map(POLLUTANT.fullmatch, pieces[:-1])):
        return [piece + emitted["measure"] for piece in pieces[:-1]] + [last]
    if len({piece[-1] for piece in pieces}) == 1 or DEED_KEPT.match(last):  # 城镇新增就业和转移农业劳动力
        return pieces
    if counted := COUNTED_LIST.match(last):  # 甲、乙两类事故死亡率
        return [f"{words}（{piece}）" for piece in [*pieces[:-1], counted["item"]]]
    named = [piece if WHOLE_MEASURE.search(piece) else f"{words}（{piece}）" for piece in pieces[:-1]]
    if not MEASURE_WITHOUT_OBJECT.fullmatch(last):
        return [*named, last]
    thing = OBJECT_OF_MEASURE.fullmatch(pieces[0]) if len(pieces) == 2 else None
    return [*named, thing["object"] + last if thing else f"{words}（{last}）"]


@cache
def _short_lists() -> dict[str, tuple[str, ...]]:
    """The words of short_lists.tsv with the kinds that they name, longer words first: {'城镇农村': ('城镇', '农村'),
    …}."""
    rows = data_rows("short_lists.tsv", header=True)
    return {word: tuple(kinds.split()) for word, kinds in sorted(rows, key=lambda row: -len(row[0]))}


def _written_out(words: str, count: int) -> list[str] | None:
    """The names that `words` has in short by the longest word of short_lists.tsv in it: ('存贷款余额', 2) -> [存款余额,
    贷款余额]. None where it has none, or that names more or fewer than `count` or stands there twice; and for a measure
    of both together, such as 城乡居民收入比."""
    if OF_BOTH.search(words):
        return None
    word = next((word for word in _short_lists() if word in words), "")
    kinds = _short_lists().get(word, ())
    return [words.replace(word, kind) for kind in kinds] if len(kinds) == count and words.count(word) == 1 else None
