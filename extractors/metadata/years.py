"""The years that a plan is for, and the later year that it looks ahead to."""

from extractors import expressions as re
from extractors.reading import Reading
from extractors.vocabulary.dates import (
    FIVE_YEAR,
    PERIOD_RANGE,
    PRINTED_YEAR,
    TENTH,
    five_year_period,
    integer,
    range_of,
    title_period,
)
from extractors.vocabulary.numbering import marker
from extractors.vocabulary.numerals import ONES
from extractors.vocabulary.words import Words

# 规划期为2021至2025年, 规划期限：2021—2035年, 本方案实施期限为2023年1月至2025年12月, 试点周期为2021年到2025年
STATED_PERIOD = re.compile(
    r"(?:规划|计划|方案|行动|实施|编制|纲要|试点|执行)(?:的)?(?:基期[^，。；]{0,20}，)?(?:规划)?(?:期限?|年限|时限|周期|时段|时间)(?:范围)?"
    rf"(?:为|是|[：:]|自|从)?\s{{0,2}}(?:[五三十两]年|[0-9]{{1,2}}年)?[，,]?(?:即|自|从)?(?P<range>{PERIOD_RANGE})"
)
# 本纲要根据…编制，是|“十五”期间（2001年至2005年）|国民经济和社会发展的宏伟蓝图: what the plan says that it is
SAID_OF_ITSELF = re.compile(
    rf"本(?:规划|纲要|计划|方案)(?:[^。；\n]{{0,120}}，)?是(?:[我全本][国省市县区州])?"
    rf"(?P<period>(?:{TENTH.pattern}|{FIVE_YEAR})(?:期间|时期)(?:[（(]{PERIOD_RANGE}年?[）)])?)[^。；，\n]{{0,40}}的[^。；，\n]{{0,10}}(?:蓝图|纲领)"
)


def plan_period(state: Reading, titles: tuple[Words, ...]) -> tuple[tuple[int, int], Words] | None:
    """The first and last year of the plan as a pair, and the words that state them: in the first of its `titles` that
    has a period (`title_period`), else in the first statement in the text (规划期为2021至2025年 -> (2021, 2025)), else
    in what the plan says that it is (本纲要是“十五”期间…的蓝图 -> (2001, 2005)). None where none states them. Years
    stated among the tasks are those of a project or a pilot, and do not count."""
    for words in titles:
        if read := title_period(words.text):
            return read[0], words.part(read[1], read[2])
    for stated in STATED_PERIOD.finditer(state.document.text):
        section = state.section_at(stated.start())
        if (section is None or section.role != "tasks") and (years := range_of(stated)):
            return years, _words(stated, "range")
    if said := SAID_OF_ITSELF.search(state.document.text):
        period = range_of(said) if said["from"] else five_year_period(said["five_year"] or "十")
        return (period, _words(said, "period")) if period else None
    return None


# 展望到2035年, 展望二〇三五年, 远景展望至2050年, 展望期到2035年, 远景目标到2035年
OUTLOOK_YEAR = re.compile(rf"(?:展望(?:期|年限)?(?:为|到|至)?|远景目标[到至])\s?(?P<year>{PRINTED_YEAR})\s?年?")
# 二〇三五年远景目标, 2035年愿景
VISION = re.compile(rf"(?P<year>{PRINTED_YEAR})\s?年(?:的)?(?:远景|愿景|长远|展望|中长期目标)")
# （三）2035年目标: a heading
GOAL_YEAR = re.compile(rf"(?P<year>{PRINTED_YEAR})\s?年(?:主要|发展|总体|规划)?目标")
# 在此基础上再奋斗五年，|到2035年; 接续奋斗，; 再经过五年的努力，; 远期目标：: what leads on from the plan's own years
_ONWARD = (
    rf"(?:在(?:此|这[一个]*|{PRINTED_YEAR}年)(?:目标)?的?基础上[，,]?"
    rf"|(?:接续|继续|接力|持续)奋斗[，,]|再(?:经过|用|奋斗|努力)[{ONES}十0-9]{{1,3}}年(?:左右)?(?:的)?(?:时间|努力|奋斗|发展)?[，,]"
    r"|(?:远期|远景|长远|长期)(?:发展|总体)?(?:目标)?[：:])"
)
# 到二〇三五年，; after words that lead on to it, and before 我县 and the like, the comma may be missing
_UNTIL = (
    rf"(?P<onward>{_ONWARD}{{1,2}})?到(?P<year>{PRINTED_YEAR})\s?年"
    r"(?:[，,]|(?=[我全本][省市县区州旗])|(?(onward)(?![的底末前间至])|(?!)))"
)
# （二）到二〇三五年，…, ——到2035年，…: the sentence that begins a paragraph on the goals
PARAGRAPH_UNTIL = re.compile(rf"(?:[（(][{ONES}][）)]|[0-9{ONES[:5]}]{{1,2}}[.、．]|[—－―─]{{1,2}}|[●◆■•])?{_UNTIL}")
# …达到900亿元。到2035年，…: after the goals for the plan's own years
SENTENCE_UNTIL = re.compile(rf"(?<=。){_UNTIL}")
MAX_HORIZON_HEADING = 40  # characters


def plan_horizon(state: Reading, titles: tuple[Words, ...], end: int | None) -> tuple[int, Words] | None:
    """The year after `end`, the plan's last year, and up to 2100 that the plan looks ahead to, and the words that state
    it: in the text (展望到2035年), else in one of its `titles`, in a heading, or, where `end` is known, among the
    goals; of several in one of these the first. None where there is none. Years inside 《》 in the text and in headings
    are not the plan's. `end` is None where it is not known; then any year up to 2100 counts."""
    text = state.document.text
    for found in OUTLOOK_YEAR.finditer(text):
        if (read := _later(found, end)) and not _cited(text, found.start()):
            return read
    for words in titles:
        if (in_title := VISION.search(words.text)) and (read := _later(in_title, end)):
            return read[0], words.part(in_title.start(), in_title.end())
    return _of_headings(state, end) or (_of_goals(state, end) if end else None)


def _of_headings(state: Reading, end: int | None) -> tuple[int, Words] | None:
    """The horizon, and the words that state it, in the first heading or line of at most MAX_HORIZON_HEADING (40)
    characters that names one, outside of 《》: 二〇三五年远景目标 -> 2035 and 二〇三五年远景; where `end` is known,
    also in a numbered one （三）2035年目标. None where none does. `end` is the plan's last year, None where it is not
    known; the horizon is after it and not after 2100."""
    document = state.document
    for block in document.blocks:
        if block.kind != "text" or block.end - block.start > MAX_HORIZON_HEADING:
            continue
        found = VISION.search(document.text, block.start, block.end)
        if not found and end and marker(document.words(block)):
            found = GOAL_YEAR.search(document.text, block.start, block.end)
        if found and (read := _later(found, end)) and not _cited(document.text, found.start()):
            return read
    return None


def _of_goals(state: Reading, end: int) -> tuple[int, Words] | None:
    """The horizon, and the words that state it, of the first block of text that states one in a section of goals or
    principles: 到二〇三五年， at the start of the block, perhaps after a dash or a number such as （一）, 一、 (to
    五、) or 1. (not （1） or ①), which is then one of the words, else right after a 。 in it. The words before it may
    lead on to it (在此基础上再奋斗五年，到…), and are then among the words too. The year must be after `end`, the
    plan's last one, and not after 2100. None where there is none."""
    document = state.document
    for block in document.blocks:
        if block.kind != "text":
            continue
        opening = PARAGRAPH_UNTIL.match(document.text, block.start, block.end)
        for found in (opening, *SENTENCE_UNTIL.finditer(document.text, block.start, block.end)):
            if not found or not (read := _later(found, end)):
                continue
            section = state.section_at(block.start)
            if section and section.role in ("goals", "principles"):
                return read
    return None


def _later(found: re.Match[str], end: int | None) -> tuple[int, Words] | None:
    """The year in the group 'year' of a match in `Document.text`, and the words of the whole match; None where the year
    is not after `end` or is after 2100."""
    year = integer(found["year"])
    if year is None or not (end or 0) < year <= 2100:
        return None
    return year, _words(found, 0)


def _words(found: re.Match[str], group: str | int) -> Words:
    """The words of a group of a match in `Document.text`, with their offsets."""
    return Words(found[group], tuple(range(found.start(group), found.end(group))))


def _cited(text: str, at: int) -> bool:
    """Whether the offset `at` of the text is inside 《》 that open within 80 characters before it."""
    before = text[max(0, at - 80) : at]
    return before.rfind("《") > before.rfind("》")
