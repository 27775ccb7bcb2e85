"""The subjects of the commitments of a sentence, what they are about. `spoken` and `flat` are the two copies of a
sentence that docs/glossary.md describes."""

from collections.abc import Sequence

from extractors import expressions as re
from extractors.targets.changes import changed
from extractors.targets.contexts import in_one_list
from extractors.targets.in_turn import DEED_KEPT, LEVEL_OR_GRADE, MEASURE_NAME, in_turn
from extractors.targets.model import QuantityContext
from extractors.targets.parts import (
    BEARER,
    for_each_head,
    of_label,
    of_whole,
    parts_of_whole,
    rate_of_parts,
    with_deeds,
)
from extractors.targets.single import PLACE, SIZE_AFTER, Earlier, named_before, named_in_clause, subject, words_after
from extractors.targets.trimming import MEASURE_ALONE, is_cut_off, making_verb, size, stripped, trimmed, without_level
from extractors.targets.words import BETWEEN_THINGS, RATE_NAME, SHARE_UNITS, last, some
from extractors.vocabulary.numerals import ONES

# 规划|保留青石水厂: what stays
KEPT = re.compile(r"(?:规划)?[保预]留(?![率比])")
# 企业数量实现翻番, 外贸稳中提质, 经济规模持续扩大: a clause that says, without a number, that its subject grows
GROWS = re.compile(
    r"[\0\s]*(?P<subject>[\u4e00-\u9fff“”（）]{2,30}?)(?:实现|保持|得到|总体|力争|争取|确保|[均都])*"
    r"(?:倍增|翻[一两]?番|稳中[向有提求][\u4e00-\u9fff]{1,2}|[再迈跃登跨]上?(?:一个)?新的?台阶|(?:取得)?新的?(?:突破|跨越|提升)|[位稳]?居?全[省市国](?:前列|领先)|"
    r"(?:稳步|持续|不断|显著|大幅度?|进一步|逐[步年]|明显|稳定|快速|[平较]稳|较快|有效|继续|高速)+"
    r"(?:增[长加强多]|提[升高]|[扩壮做]大|[上攀回]升|改善|下降|降低|缩[小短]|减少|优化|发展|扩张|拓展|向好|好转|恢复))\Z"
)
# 农村面貌, 服务水平: what gets better and has no amount, so that a number after it may be of anything
WITHOUT_AMOUNT = re.compile(
    r"(?:面貌|实力|环境|结构|活力|动能|格局|影响力|竞争力|质量|效益|品质|体系|(?:服务|保障|治理|管理|发展|建设|生活)水平)\Z"
)
# 规模为, 总面积达到: a size that a thing has which the clause before makes (新建清河水厂，规模为40万立方米/日)
SIZE_OF_MADE = re.compile(r"总?(?:面积|规模|里程|长度|能力)")
# 用于住房的比重 | ，由8%上升到10%, 提高科技贡献率 | ，达到60%
MEASURE_BEFORE = re.compile(
    rf"(?:(?:稳步|不断|持续|进一步|逐步)?(?:提[高升]|增加|扩大|降低|减少|加大))?(?P<name>[^，。；]{{2,40}}(?:{MEASURE_NAME.pattern}|{RATE_NAME.pattern}))(?<![\u4e00-\u9fff]水平)"
)
# 12亿元、|增长…；|铁路：新建…: what parts a sentence where a number may get another subject
PART_OF_SENTENCE = re.compile(r"[，,；;]?[^，,；;]+")
LABELLED = re.compile(
    r"(?:[；;]|\A)\s*(?!目标|任务|指标|其中|主要|重点|措施|内容|包括|规划|总体)(?P<label>[\u4e00-\u9fff]{2,8})[：:]"
)
# 甲镇, 城区, 县人民医院, 县水利局, 一期: each has its part of the thing that is named once
WHERE_OR_WHO = re.compile(rf"{PLACE.pattern}|{BEARER.pattern}|[\u4e00-\u9fff]{{2,10}}[局委院]|[{ONES}]期|城区|农村")
# 公办|幼儿园, 集中式|污水处理站, 乡镇|站点: of which kind things are, before what they are
KIND_BEFORE_THING = re.compile(
    r"\A(?:城[市区镇乡]|农村|乡[镇村]|县城|社区|村级|公[办立]|民办|私立|老旧|新建|既有|专业|志愿|专职|兼职|[大中小]{1,2}型|[\u4e00-\u9fff]{2,3}[式型类化]"
    r"|上市|挂牌|高端|普惠性?)"
)
# 完成新增建设 | 13万亩: a number of what is named after the next
DEEDS_ALONE = re.compile(r"(?:完成|实施|新增|新建|改建|扩建|续建|改造|提升|建设|修复|整治|治理)+")
SIZE_OF_COUNTED = re.compile(SIZE_AFTER)
# 三级医院 | 开通…: what the share is of, and what it is to do
SHARE_DEED = re.compile(
    r"的(?P<what>(?:[\u4e00-\u9fff、]|（[\u4e00-\u9fff]{1,10}）){1,20}?)(?P<deed>(?:全部|均|都)?(?:建有|设有|配有|开通|建成|实现|达到|完成|配备|设立|设置|接入|纳入|通过|建立|"
    r"具备|提供|开展|普及|使用|应用|参加|成为|拥有|开设)[^，。；]*)"
)


def subjects(
    spoken: str, flat: str, clauses: Sequence[tuple[int, int]], contexts: Sequence[QuantityContext]
) -> list[str]:
    """The subject of each number of `contexts`, the commitments of one sentence in order; '' for one that the sentence
    does not name. `clauses` are the spans of the sentence's clauses.

    A number right after another (4条280公里) has the same subject, with 总里程 or the like where that stands between.
    Numbers in a row (甲率、乙率分别达到95%、90%; `_rows`) have the subjects that stand before them in the same order
    (`_in_row`); where these cannot be told apart, all have that of the first after 分别. Percentages that share a deed
    at the end of their clause have the deed in their subjects: 推动90%的村、80%的镇开通宽带 -> 村开通宽带, 镇开通宽带.
    Any other number has that of `subject`, with the first subject of the last clause before its own that has one as
    `earlier`; but where a number that is no commitment stands between, what that one is about, or nothing, and after a
    label (；铁路：…) the label (`_heading_between`); a clause between that names something without a number takes its
    place (`_named_between`), with the name '' for what has no amount (服务水平). A level alone (省级) gets the noun of
    the subject before it: 培育国家级企业5家、省级60家. One still alone, or a grade (500亿级), gets that of the subject
    after it, if that begins with one too: 1个省级、16个市级储备库; so does a kind (2所公办、3所民办幼儿园). A deed
    alone gets the subject that stands after the next number: 新增建设13万亩、改造11万亩高标准农田. A rate before a list
    of parts (污水处理率城市…) is said of each of them (`rate_of_parts`).
    """
    named: list[str] = []
    parts = parts_of_whole(contexts)
    for row in _rows(spoken, flat, contexts):
        each = _in_row(spoken, clauses, contexts, row, named) if len(row) > 1 else None
        for at in row:
            if each:
                named.append(each[at - row[0]])
            elif at > row[0] and "分别" in contexts[at].clause:
                named.append(named[row[0]])
            else:
                named.append(_one(spoken, clauses, contexts, at, named))
            named[at] = for_each_head(contexts, at) + named[at]
            named[at] = of_whole(contexts, at, named, parts)
            named[at] = of_label(spoken, contexts[at], named[at])
    for at in range(len(named) - 2, -1, -1):
        if _thing_follows(spoken, contexts[at], named[at], contexts[at + 1], named[at + 1]):
            named[at] = named[at + 1]  # 新增建设13万亩、改造11万亩高标准农田
            continue
        for kind in (LEVEL_OR_GRADE, KIND_BEFORE_THING):  # 1个省级、16个市级储备库, 5个城市、20个农村养老中心
            if kind.fullmatch(named[at]) and (same := kind.match(named[at + 1])) and contexts[at + 1].joined:
                named[at] += named[at + 1][same.end() :]
                break
    return with_deeds(spoken, contexts, rate_of_parts(contexts, named))


def _thing_follows(spoken: str, one: QuantityContext, deed: str, other: QuantityContext, thing: str) -> bool:
    """Whether the number `one` has only deeds before it and `deed`, its subject, is one of them, so that it is of
    `thing`, which stands after the next number, `other`, of the same clause and unit:
    新增建设13万亩、改造11万亩高标准农田."""
    if not (DEEDS_ALONE.fullmatch(deed) and DEEDS_ALONE.fullmatch(one.before.strip("\0 "))):
        return False
    alike = one.span[0] == other.span[0] and one.base_unit == other.base_unit
    return alike and thing != "" and words_after(spoken, other).removeprefix("的").startswith(thing)


def _rows(spoken: str, flat: str, contexts: Sequence[QuantityContext]) -> list[list[int]]:
    """The indices of the numbers `contexts`, in order, those together that stand in a row, so that no words beside them
    say what each is of: '8%和10%' (`in_one_list`), not 旅馆60个、2万个房间; and in a clause with 分别 also with words
    of reaching between (分别增长8%、增长10%) or a noun after them (分别建设3个和5个示范村)."""
    rows: list[list[int]] = []
    for at, context in enumerate(contexts):
        before_it = contexts[at - 1] if at else None
        goes_on = before_it is not None and before_it.span[0] == context.span[0]
        in_turn_said = "分别" in context.clause
        bare = before_it is not None and in_one_list(flat, before_it.quantity, context.quantity)
        after = words_after(spoken, context)
        shares = context.unit == "%" and SHARE_DEED.match(after)  # 80%和70%的镇、村建有设施
        bare = bare and bool(in_turn_said or shares or not re.match(r"[\u4e00-\u9fff]", after))
        if goes_on and (bare or (in_turn_said and context.joined and not stripped(context.before))):
            rows[-1].append(at)
        else:
            rows.append([at])
    return rows


def _in_row(
    spoken: str,
    clauses: Sequence[tuple[int, int]],
    contexts: Sequence[QuantityContext],
    row: Sequence[int],
    named: Sequence[str],
) -> list[str] | None:
    """The subjects of the numbers of a row, whose indices in `contexts` are `row`: those that the words before the row
    in its clause, without 各 at their end, name in the same order (`in_turn`), after the number before it there; where
    these words only say where or who, each with the thing after 分别 (甲镇养老中心). Where they name nothing
    (年均分别增长): those of numbers in clauses before (`_of_numbers_before`), or without a number before, after 分别
    those that the clause before names. None where they cannot be told apart. `named` are the subjects of the numbers
    before the row."""
    first = contexts[row[0]]
    if of_shares := _in_row_of_shares(spoken, contexts, row):
        return of_shares
    alone = not row[0] or contexts[row[0] - 1].span[0] != first.span[0]
    start = first.span[0] if alone else first.item[0]
    listed = stripped(spoken[start : first.quantity.start].replace("\0", "").split("分别")[0]).removesuffix("各")
    if not listed and row[0]:
        return _of_numbers_before(contexts, row, named)
    if not listed and "分别" in first.clause:  # 甲率、乙率，分别达到65%、40%
        listed = size().sub("", named_in_clause(spoken, clauses, first))
    turns = first.before.partition("分别")[2]
    thing = (kept[0] if (kept := DEED_KEPT.match(turns)) else "") + stripped(turns)
    each = re.split(BETWEEN_THINGS, listed)
    if thing and len(each) == len(row) and all(map(WHERE_OR_WHO.fullmatch, each)):  # 甲镇、乙镇分别建成养老中心2个、3个
        return [place + thing for place in each]
    one_unit = len({contexts[at].unit for at in row}) == 1  # 中小学20所、30个班 names no two things
    return in_turn(listed, len(row), in_short=one_unit or "分别" in first.clause) if listed else None


def _in_row_of_shares(spoken: str, contexts: Sequence[QuantityContext], row: Sequence[int]) -> list[str] | None:
    """The subjects of shares in a row, whose indices in `contexts` are `row`, before what they are of:
    80%和70%的镇、村建有设施 -> [镇建有设施, 村建有设施], 城区、农村分别有80%和70%的社区建有设施 ->
    [城区社区建有设施, 农村社区建有设施]. All have the same where only one thing is named. None where they are no such
    shares."""
    shares = SHARE_DEED.match(words_after(spoken, contexts[row[-1]]))
    if shares is None or any(contexts[at].unit != "%" for at in row):
        return None
    what, deed, count = shares["what"], shares["deed"], len(row)
    before = stripped(contexts[row[0]].before.split("分别")[0])
    places = re.split(BETWEEN_THINGS, before)
    if len(places) == count:
        return [place + what + deed for place in places]
    each = re.split(BETWEEN_THINGS, what)
    return [before + one + deed for one in (each if len(each) == count else [what] * count)]


def _of_numbers_before(
    contexts: Sequence[QuantityContext], row: Sequence[int], named: Sequence[str]
) -> list[str] | None:
    """The subjects of a row of numbers before which no words stand in its clause: those of as many numbers in the
    clauses before, `named`, in the same order. 游客突破1亿人次，收入达到900亿元，年均分别增长10%和12% -> [游客, 收入].

    They are the numbers of the last clause, if these are as many, else all of the sentence, else all but shares. A row
    of changes is about numbers of any unit; any other row only about those that have one of its units
    (到2030年分别达到75%和85%). None where none of these are as many.
    """
    pool = list(range(row[0]))
    if changed(contexts[row[0]]) is None:
        units = {contexts[at].unit for at in row}
        pool = [at for at in pool if contexts[at].unit in units]
    in_last_clause = [at for at in pool if contexts[at].span[0] == contexts[pool[-1]].span[0]]
    no_shares = [at for at in pool if contexts[at].unit not in SHARE_UNITS]
    found = next((some for some in (in_last_clause, pool, no_shares) if len(some) == len(row)), None)
    return [named[at] for at in found] if found else None


def _one(
    spoken: str,
    clauses: Sequence[tuple[int, int]],
    contexts: Sequence[QuantityContext],
    at: int,
    named: Sequence[str],
) -> str:
    """The subject of the number `contexts[at]`, as `subjects` says, where it stands in no row or in one that cannot be
    told apart. `named` are the subjects of the numbers before it."""
    context, before_it = contexts[at], contexts[at - 1] if at else None
    between = spoken[before_it.quantity.end : context.quantity.start] if before_it else "，"
    if between in ("", "项目", "工程"):
        return named[at - 1]  # 高速公路4条280公里, 高速公路18个项目1360公里
    if sized := SIZE_OF_COUNTED.fullmatch(between):
        return named[at - 1] + sized["size"]  # 高速公路2条总里程200公里
    last_of_clause = [one for one in contexts if one.span[0] == context.span[0]][-1]
    if context.unit == "%" and (shared := SHARE_DEED.match(words_after(spoken, last_of_clause))):
        own_share = SHARE_DEED.match(words_after(spoken, context))
        what = own_share["what"] if own_share else words_after(spoken, context).removeprefix("的")
        return named_before(spoken, context) + what + shared["deed"]
    earlier = _earlier(contexts, at, named) if at else None
    if heading := _heading_between(spoken, context, before_it):
        earlier = Earlier(heading, "")
    elif before_it and size().search(spoken, before_it.span[1], context.span[0]):
        earlier = None
    if nearer := _named_between(spoken, clauses, context, before_it):
        earlier = Earlier("" if WITHOUT_AMOUNT.search(nearer) else nearer, "")
    alike = any(other.base_unit == context.base_unit for other in contexts[:at])
    return subject(spoken, clauses, context, earlier, alike=alike)


def _heading_between(spoken: str, context: QuantityContext, before_it: QuantityContext | None) -> str:
    """What the words between the number `before_it`, None for none, and the item of `context` say that this number is
    about: the last of

    - the subject before a number that is no commitment itself, the first of its clause: 网络零售额 for 15% in
      …增长8%；网络零售额12亿元、增长15%;
    - a label at the beginning or after a semicolon: 铁路 for 30公里 in 公路：…120公里；铁路：新建30公里.

    '' where there is neither."""
    start = before_it.quantity.end if before_it else context.span[0]
    opening = LABELLED.match(spoken)
    found = opening["label"] if opening and not before_it and opening.end() == start else ""
    for part in PART_OF_SENTENCE.finditer(spoken, start, context.item[0]):
        if before_it and part.start() == start and part[0][0] not in "，,；;、":
            continue  # 增长78%多毛线9万吨: a stop was lost
        if label := LABELLED.match(part[0]):
            found = label["label"]
        elif number := size().search(part[0]):
            found = without_level(stripped(part[0][: number.start()].replace("\0", "").strip("，,；; ")))
    return found if len(found) > 1 and not MEASURE_ALONE.fullmatch(found) else ""


def _earlier(contexts: Sequence[QuantityContext], at: int, named: Sequence[str]) -> Earlier:
    """What the number `contexts[at]`, which is not the first, may go on with: the first number of the clause of the one
    before it; where that has another unit, the last number since, of another clause than its own, that has its unit
    (45处 for 20处 of 平台1个、水文站45处，其中2023年底前建成20处). Its name, of those in `named`, and its unit; both
    empty where the subject before is cut off (增长6%多农业总产值达到80亿元，增长3%: of what, is lost)."""
    if is_cut_off(named[at - 1]):
        return Earlier("", "")
    context, clause = contexts[at], contexts[at - 1].span[0]
    first = next(i for i in range(at) if contexts[i].span[0] == clause)
    if contexts[first].unit != context.unit:
        same_unit = (i for i in range(at - 1, first, -1) if contexts[i].unit == context.unit)
        first = next((i for i in same_unit if contexts[i].span != context.span), first)
    return Earlier(named[first], contexts[first].unit)


def _named_between(
    spoken: str, clauses: Sequence[tuple[int, int]], context: QuantityContext, before_it: QuantityContext | None
) -> str:
    """The subject of the nearest clause without a number between the number `before_it`, None for none, and the clause
    of `context`, where that subject takes the place of the one of `before_it`: 企业数量 for 500家 in
    占比达到3%，企业数量实现翻番，突破500家. The clause must say that its subject grows (GROWS), or, where the number is
    a size (SIZE_OF_MADE), that a thing is made or stays: 清河水厂 of 新建清河水厂，规模为40万立方米/日; or, right
    before a number that has no words of its own, be the name of a measure alone (用于住房的比重，由8%上升到10%). ''
    where no clause does, for parts of a number (其中…), and for a number of what is made or done. Words such as 规模
    alone are no subject."""
    own = last("reach").sub("", trimmed(context.before))
    if context.is_of_part() or making_verb().match(own) or some("act").search(own):
        return ""
    said = stripped(own)
    sized, unnamed = SIZE_OF_MADE.fullmatch(said), not said
    first = before_it.span[1] if before_it else 0
    for start, end in reversed(clauses):
        if start < first:
            break
        if end > context.span[0]:
            continue
        words = spoken[start:end].replace("\0", "").strip()
        grows = GROWS.fullmatch(words)
        if unnamed and grows is None and (measure := MEASURE_BEFORE.fullmatch(words)):
            return stripped(measure["name"])
        unnamed = False
        made = words[kept.end() :] if (kept := KEPT.match(words)) else words
        if grows is None and not (sized and (kept or making_verb().match(trimmed(words)))):
            continue
        name = without_level(stripped(grows["subject"] if grows else made))
        if len(name) > 1 and not MEASURE_ALONE.fullmatch(name):
            return name
    return ""
