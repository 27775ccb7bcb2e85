"""Commitments with a date and without a number, and dates that stand after what they are for. `spoken` and `flat` are
the two copies of a sentence that docs/glossary.md describes."""

from collections.abc import Iterator, Sequence

from extractors import expressions as re
from extractors.targets.deadlines import Deadline
from extractors.targets.model import Commitment
from extractors.targets.trimming import ACTING_OFFICE, says_nothing, size, stripped, trimmed, without_level
from extractors.targets.words import CLAUSE_MARK, CLAUSE_MARKS, GROUNDWORK, MIN_DEED, RATE_NAME, last
from extractors.vocabulary.dates import COMING_YEAR as YEAR
from extractors.vocabulary.numerals import ONES

# 各县（市、区）要|(在2024年6月底前), 县水利局、县财政局应, 水利部门要, 县人民政府须: bodies that act, without a deed
ACTING_BODIES = re.compile(
    r"(?:(?:各|所有)[\u4e00-\u9fff、（）]{0,29}[省市县区州盟旗乡镇）]|[\u4e00-\u9fff、（）]{1,30}(?:[局委厅办]|部门|单位|政府|街道))"
    r"(?:要|应当?|必?须|需|负责|力争|争取|确保|计划){1,2}[在于]?"
)
# 建成使用, 完成: a clause whose subject stood before the date
COMPLETED = re.compile(
    r"[\s，,]?(?:全面|基本|力争|确保|正式|全部|率先|提前|如期|陆续|建成|完成|投入|投产|投用|竣工|通车|使用|运营|运行|启用|达标|实现|"
    r"开通|上线|完工|落地|达产|挂牌|验收|交付|全覆盖|完毕|到位|建设|改造|任务|工作|并|和|试|通水|通电|见效|发电|目标|"
    r"印发(?:实施|执行)?|出台|开放|开园|开业|开馆|开诊|开学|招生|补齐|通航|合龙|下闸|蓄水|清零|销号|贯通|并网|投运|落成|对外|面向社会)+"
)
# 项目2024年6月底前|开工建设: a clause that only says that work begins
BEGUN = re.compile(r"(?:全面|正式|陆续|全部|力争|确保|实现)*(?:开工|启动|动工|开建)(?:建设|实施)?")
# 二季度开工建设, 项目|2022年开工建设: the time of a beginning is no deadline, and no part of the subject
BEGUN_THEN = (
    rf"(?:力争|确保|计划)?(?:{YEAR}年?)?(?:(?:\d{{1,2}}月)?[底初]?|第?[{ONES[:4]}]季度|[上下]半年){BEGUN.pattern}"
)
BEGUN_ALONE, BEGUN_AT_END = re.compile(BEGUN_THEN), re.compile(rf"{BEGUN_THEN}\Z")
# 完成全部任务: the work of which steps with dates of their own were named, and none of these
WHOLE_DONE = re.compile(
    r"[\s，,]?(?:全面|全部|基本|如期)*完成(?:全部|各项|全年)?(?:建设|改造|整改)?(?:任务|工作|目标)?"
)
# 机场公路2027年10月|建成通车: what a clause with a date of its own says of its subject
DONE_AT_END = re.compile(rf"{COMPLETED.pattern}\Z")
# 到2023年，已… / 有效期至2025年: no promise
NO_PROMISE = re.compile(r"[，,]?(?:是|为|已|以前|之前|的(?!确)|版|间|，?本规划|，?规划|近期|远期|中期|基期|目标年)")
OPENING_YEAR = re.compile(rf"\A{YEAR}年(?!(?:\d{{1,2}}月)?[底末]?(?:以|之)?前)(?:\d{{1,2}}月)?(?:底|起)?")
# 2021年底，全县|已完成…: what has been done; not 完成已建成小区改造
HAS_BEEN_DONE = re.compile(
    r"[\0\s]*[，,]?(?:(?!完成|建成|实现|推[进动]|开展|改造|治理)[^，,。；;已])*"
    r"已经?(?=完成|建成|实现|投[入产用]|开[工通展]|启动|印发|出台|达到|通过|全部|全面|基本)(?![\u4e00-\u9fff]{2,4}的)"
)
# 2022年，县委印发|了…: what was done in a year that is no limit; not 为了, 除了, 了解
WAS_DONE = re.compile(r"[\0\s]*[，,]?[^，,。；;]*?[\u4e00-\u9fff](?<![为除])了(?![解结然如])")
# 第一阶段到2022年，第二阶段…: nothing that is to be done
STAGE_ALONE = re.compile(rf"第[{ONES}]阶段|[近中远]期")
# 整治阶段|（9月1日至11月30日）: no part of a subject
BRACKET_OF_DATES = re.compile(r"[（(][\d年月日底末初前上中下旬至到—–~～-]*[）)]")
# 2027年底前|全面实行: what, is said elsewhere
DONE_TO_NOTHING = re.compile(r"(?:全面|正式|全部|逐步|基本)*(?:实行|实施|推行|推开|推广|执行|落实|铺开|施行)(?:到位)?")
# 除…外，, 以县动物园为重点，: an exception or manner before what is promised
EXCEPTION = re.compile(
    r"除[^，,。；]{1,30}外[，,]"
    r"|以[^，,。；]{2,30}为(?:重点|抓手|载体|核心|主线|引领|契机|依托|突破口|导向|牵引|统领|支撑|基础|切入点|着力点|主体|单位|中心)[，,]"
)
# 完成城乡供水一体化改造, 建成投用体育馆: the verb is no part of what is done
DOING_VERB = re.compile(r"^(?:全面|基本|全部|如期|组织)?(?:完成|建成|投入使用|投用|投产|投运|开展|进行|组织)+(?=.{4})")
DATE_JOINTS = ("和", "及", "与", "以及", "至", "或")  # 2023年|和|2024年: no words of a subject
# 分别于|2023年、2024年: the last of several dates, each of its own thing
IN_TURN = re.compile(r"分别\0+\Z")
LEVELS_IN_A_ROW = re.compile(r"\0(?:[、和及与]\0)+\Z")
# 2024年实现…: a bare year is a date where a deed follows
DEED_AFTER_YEAR = re.compile(
    r"[，,]|全[面部省市县区州域]|基本|完成|实现|建[成立设]|出台|制定|编制|启用|上线|覆盖|达[到标]|投[入产用]|通车|竣工|开[展通]|组织|进行|"
    r"通过[^，,。；;]{0,12}(?:评估|验收|认定|评审|审查|考核|认证|复核)|创建(?!的)|推[行广]|力争|争取|确保|所有|各|形成|新[建增]|改造|培育|率先|全面|正式|[^，。]{1,20}(?:建成|投用|投产|通车|完成|竣工)"
)
# 2022年全面推行林长制: a bare year with a beginning; but 2023年开展中期评估
BEGINNING_AFTER_YEAR = re.compile(
    r"(?:全面|正式|逐步|启动)?(?:推[行广开]|启动|实施|开展|组织|进行|铺开|部署)(?![^，,。；]{0,14}(?:评估|考核|验收|普查|检查|调查|清查|总结))"
)
# 出台《…管理办法》: a document is what is drawn up; 2030年前|碳达峰
SAID_IN_SHORT = re.compile(r"(?:制定|制订|出台|印发|编制|修订|发布|完成)[^，。；]{0,6}?《|(?:实现)?碳(?:达峰|中和)")
# 力争2024年|实现全覆盖: a level of its own, not that of the number before
COVERS_ALL = re.compile(r"(?:力争|确保)?(?:基本)?(?:实现)?(?:全覆盖|全面覆盖|全部覆盖)(?:目标)?")
# 抽查|比例: how far it covers, which 全覆盖 says itself
COVERAGE = re.compile(r"(?:覆盖)?(?:率|比例|面|比重|占比)\Z")
MAX_CLAUSES_BACK = 12  # from a date to what it is for; no sentence goes on so long about one project
VALIDITY = re.compile(
    r"(?:有效期?|期限|延[长续]|规划期|实施期|近期|远期|中期(?!评估|考核|检查|调整|审查)|展望期?|基期|目标年|水平年)\S{0,4}\Z"
)
# 县财政局、各乡镇参与, 责任领导：张三: who does it, not what is to be done
WHO_DOES_IT = re.compile(
    r"[\u4e00-\u9fff](?:单位|部门|领导|责任人)\s?[：:]|[局委厅办府镇乡村区县）)](?:共同|具体)?(?:牵头|配合|参与|负责|落实)\Z"
)
# 总投资35亿元: a clause about the project's size, which is not what is promised
PROJECT_SIZE = re.compile(
    r"[\0\s]*(?:项目|工程|线路|全线)?(?:总投资|计划投资|估算|概算|占地|用地|总?建筑面积|规划面积|建设(?:内容|规模|期限|地点|周期)|总长|全长|涉及|设计|规划[\u4e00-\u9fff]{1,8}\d|"
    r"总?库容|(?:完成)?(?:项目)?(?:前期|招投?标|立项|可研|征地|审批手续)|已|完成投资|[年日][产输供调发处]|建成后)"
)
# 2021—2023年，总投资5亿元: a size by itself is nothing that is to be done by a date
SIZE_OF_WORK = re.compile(
    r"(?:项目|工程|线路|全线)?(?:(?:总|计划|估算)投资|占地|用地|总?建筑面积|规划面积|[总全]长|总?库容)(?:[额约为达]|面积){0,3}"
    r"\d[\d.,]{0,12}[\u4e00-\u9fff㎡]{1,6}"
)
# 2023年，有关部门要在总结经验的基础上，…: what is done stands behind the comma
ONLY_MANNER = re.compile(r"(?:基础上|前提下|条件下|情况下|过程中|的同时)\Z")
# 按照“发现一座、改造一座”原则: how it is done
MANNER = re.compile(r"[\0\s]*按照?[^，,；;]{2,30}?(?:原则|要求|思路|标准|部署|方式|模式)\Z")
# 2023年主体完工，2024年投入使用: a part of what is brought into use
PART_OF_WORK = r"(?:完成)?主体(?:工程|结构|建设)?\Z"
BESIDE_THE_POINT = re.compile(rf"{PROJECT_SIZE.pattern}|{MANNER.pattern}|{PART_OF_WORK}")


def dated(
    spoken: str,
    flat: str,
    dates: Sequence[Deadline],
    measured: Sequence[Commitment],
    period: tuple[int, int] | None,
    horizon: int | None,
) -> Iterator[Commitment]:
    """The commitments that have a date and no number: '2022年底前，数字书屋覆盖全部建制镇' -> 数字书屋覆盖全部建制镇,
    deadline 2022-12. `dates` are the dates of the sentence, `measured` its commitments with a number, `period` and
    `horizon` the plan's years.

    A date gives one if it is a deadline of its own (`is_own`), sets a deadline for a deed (`_bounds_deed`), and the
    words that it is for (`_dated_words`), which with the date are the proof, say what is done (`_names_no_deed`), and
    not that it has been done: in at least MIN_DEED (4) characters, or by announcing a document (出台《…》). Not where
    the date is the deadline of one of `measured` whose proof ends in these words."""
    for date in dates:
        if not is_own(date, period, horizon) or not _bounds_deed(flat, date, dates):
            continue
        start, end, subject = _dated_words(spoken, flat, date)
        subject = BRACKET_OF_DATES.sub("", subject)
        done = HAS_BEEN_DONE.match(flat, start, end) or (not date.firm and WAS_DONE.match(flat, start, end))
        if done or _names_no_deed(subject):
            continue
        whole = WHOLE_DONE.fullmatch(flat, date.end, _clause_end(flat, date.end))
        if whole and any(start <= other.start < date.start for other in dates):
            continue  # 5月完成编制，12月底前完成全部任务
        if any(m.deadline == date.printed and date.start >= m.start and start < m.end <= end for m in measured):
            continue
        deed_words = flat[start:end].replace("\0", "").strip("，, ")
        if len(deed_words) >= MIN_DEED or (
            deed_words and SAID_IN_SHORT.match(spoken[start:end].replace("\0", "").strip("，, "))
        ):
            yield Commitment(subject, None, None, None, date.printed, start, end, "dated")


def _names_no_deed(subject: str) -> bool:
    """Whether the subject of a date says nothing that is done by then: only how many (其中2022年建成3座: of what?), who
    does it, a stage of the plan, that work begins, on what condition, how large the work is, a level that is reached
    (`_is_level`), or what the ground is laid for (为翻一番奠定基础)."""
    alone = size().sub("", subject)
    return bool(
        says_nothing(alone)
        or (not alone and subject)
        or WHO_DOES_IT.search(subject)
        or STAGE_ALONE.fullmatch(subject)
        or DONE_TO_NOTHING.fullmatch(subject)
        or BEGUN_ALONE.fullmatch(subject)
        or ONLY_MANNER.search(subject)
        or SIZE_OF_WORK.fullmatch(subject)
        or _is_level(subject)
        or (subject.startswith("为") and GROUNDWORK.search(subject))
    )


def _bounds_deed(flat: str, date: Deadline, dates: Sequence[Deadline]) -> bool:
    """Whether something is to be done by the date: it is a limit (到, 底, 前; `firm`), closes its clause (`closes`), or
    stands before a comma, a verb of doing that only ends then (2023年建成…, not 2023年推行…), or a word such as 全省,
    力争 or 所有 (DEED_AFTER_YEAR). Not where 已 or the like follows, after a time of validity (有效期至), and where
    another of `dates` follows after one character (2021年、2022年各…), or stands before it so and 各 or 均 follows."""
    if VALIDITY.search(flat[: date.start]) or NO_PROMISE.match(flat, date.end):
        return False
    if any(other.start == date.end + 1 for other in dates):
        return False  # 2021年、2022年各完成40个
    if IN_TURN.search(flat, 0, date.start):
        return False  # 甲片区、乙片区分别于2023年、2024年完成
    if flat.startswith(("各", "均"), date.end) and any(other.end == date.start - 1 for other in dates):
        return False
    if date.firm or closes(flat, date):
        return True
    return bool(DEED_AFTER_YEAR.match(flat, date.end) and not BEGINNING_AFTER_YEAR.match(flat, date.end))


def _is_level(subject: str) -> bool:
    """Whether the subject is a rate with its level, which no later date completes (整改率达到90%), or several in a row
    (占比分别达到30%、20%和10%)."""
    words = LEVELS_IN_A_ROW.sub("\0", size().sub("\0", subject))
    return words.endswith("\0") and RATE_NAME.search(last("reach").sub("", words[:-1])) is not None


def later_date(flat: str, end: int, dates: Sequence[Deadline]) -> Deadline | None:
    """The first of `dates` after a number, whose clause ends at the offset `end`, where it says when that is complete:
    新建学校10所，2023年底前投入使用. Words of completion, at least one, must follow it in its clause, and no others,
    and they must say more than 实现全覆盖, which is a level of its own. None also where anything but commas and blanks
    is between, and where it is a period or past."""
    date = next((d for d in dates if d.start >= end), None)
    if date is None or date.kind != "date" or flat[end : date.start].strip("，,\0 "):
        return None
    stop = _clause_end(flat, date.end)
    if COVERS_ALL.fullmatch(flat, date.end, stop):
        return None  # 比例达到70%，2024年实现全覆盖: another level
    return date if COMPLETED.fullmatch(flat, date.end, stop) else None


def closes(flat: str, date: Deadline) -> bool:
    """Whether the date is for the words before it in the sentence: there are some, and only words of completion, at
    least one, stand between the date and the end of its clause. 清河水库2024年底前竣工 -> True, 2024年底前建成水库 ->
    False."""
    spoken_before = flat[: date.start].strip("\0 　；") != ""
    return spoken_before and COMPLETED.fullmatch(flat, date.end, _clause_end(flat, date.end)) is not None


def is_own(date: Deadline, period: tuple[int, int] | None, horizon: int | None) -> bool:
    """Whether the date is a deadline of its own. It is one if its year is neither the last of the plan's `period` nor
    its `horizon`; in that last year, if it has a month other than December. In a plan for a single year each date of it
    with a month is one. In a plan without a period it is one if it has a month or is no round year (2025, 2030). Never
    the end of a five-year period or a date before the plan (`Deadline.kind`)."""
    if date.kind != "date":
        return False
    month = date.printed[5:]
    if period is None:  # a paper without a period gives its milestones in round years
        return date.year % 5 != 0 or bool(month)
    if date.year == period[1] and month:
        return month != "12" or period[0] == period[1]  # the end of the last year is the plan's own end
    return date.year not in (period[1], horizon)


def _dated_words(spoken: str, flat: str, date: Deadline) -> tuple[int, int, str]:
    """The words that the date is for, as start and end in the sentence, and their subject, without the date and often
    without the verb (实现, 建成): '县级馆2023年实现总分馆制' -> all of it, 县级馆总分馆制;
    '建设中心，力争2023年建成投用' -> all of it, 中心.

    They are the words after the date in its clause, or after the comma behind it, without an exception (除…外，); with
    those before the date in its clause if there are any (but not 和 after another date), which begin the subject too
    unless a comma or an exception follows the date or they are only who acts (县水利局应, 各县（市、区）要).

    Where only words of completion follow the date, the subject is the one that the words before it name, in its own
    clause or the nearest that names one (`_subject_before`); the span then begins with that clause. The subject is ''
    where none does. 全覆盖 is put after it, in place of 覆盖率, 比例 or the like at its end, where that is what is to
    be done by the date.
    """
    start = date.end + flat.startswith(("，", ",", "：", ":"), date.end)
    if exception := EXCEPTION.match(flat, start):
        start = exception.end()
    end = _clause_end(flat, start)
    opened = _clause_start(flat, date.start)
    before = BEGUN_AT_END.sub("", _subject_words(spoken, opened, date.start))
    if before in DATE_JOINTS:
        before = ""
    acting = any(who.fullmatch(before) for who in (ACTING_OFFICE, ACTING_BODIES))
    if not COMPLETED.fullmatch(flat, date.end, end):
        subject = _subject_words(spoken, start, end)
        subject = trimmed(DOING_VERB.sub("", subject)) or subject
        whole = start == date.end and not acting
        return (opened if before else date.start), end, before + subject if whole else subject
    opened, subject = _subject_before(spoken, flat, opened, before)
    if COVERS_ALL.fullmatch(flat, date.end, end):  # 抽查比例达到70%以上，2024年实现全覆盖
        named = COVERAGE.sub("", stripped(without_level(subject)))
        return opened, end, "全覆盖" if size().search(named) else named + "全覆盖"
    return opened, end, subject


def _subject_before(spoken: str, flat: str, opened: int, before: str) -> tuple[int, str]:
    """The start of the clause that names the subject of words of completion, and the subject: that of `before`, the
    words before the date in its own clause, which begins at the offset `opened`, else of the nearest of the
    MAX_CLAUSES_BACK (12) clauses before that names one and is not about a project's size or how it is done. What is
    said of the subject with a date of that clause (建成通车), and that work begins (2022年开工建设), is no part of it.
    The subject is '' where none of them names one."""
    for _ in range(MAX_CLAUSES_BACK):
        if not opened or (stripped(before) and not BESIDE_THE_POINT.match(before)):
            break
        closed, opened = opened - 1, _clause_start(flat, opened - 1)
        before = _subject_words(spoken, opened, closed)
        if "\0" in spoken[opened:closed]:  # 机场公路2027年10月建成通车，2028年6月投入运营
            before = DONE_AT_END.sub("", before)
        before = BEGUN_AT_END.sub("", before)
    return opened, "" if BESIDE_THE_POINT.match(before) else stripped(before)


def _subject_words(spoken: str, start: int, end: int) -> str:
    """The words of `spoken[start:end]` that can be a subject: without blanked characters, without blanks and 、 around
    them, then without a year at the beginning, with a month and 底 or 起 behind it (2022年6月底开工建设), and then
    without what `trimmed` takes off (力争)."""
    return trimmed(OPENING_YEAR.sub("", spoken[start:end].replace("\0", "").strip("、 　")))


def _clause_start(flat: str, end: int) -> int:
    """The offset at which the clause begins that ends at the offset `end` or contains the character before it."""
    return max((flat.rfind(stop, 0, end) for stop in CLAUSE_MARKS), default=-1) + 1


def _clause_end(flat: str, start: int) -> int:
    """The offset of the first of CLAUSE_MARKS (not 、) from the offset `start` on, which ends its clause; the length of
    the sentence where there is none."""
    stop = CLAUSE_MARK.search(flat, start)
    return stop.start() if stop else len(flat)
