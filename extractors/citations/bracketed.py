"""Where 《…》 stand in a text: nested, broken over lines, unclosed, with the 文号 and the short name beside them."""

from bisect import bisect_right
from dataclasses import dataclass

from extractors import expressions as re
from extractors.policies.titles import type_of
from extractors.vocabulary.notices import CARRYING, DOC_NUMBER, LATE_CLOSE, REST_OF_NOTICE
from extractors.vocabulary.numerals import ONES
from ontology.model.facts import squeeze

# The longest title that is believed, white space included, and how many line breaks a page may put into it.
MAX_CITED_TITLE = 240
MAX_LINE_BREAKS = 3

TITLE_MARK = re.compile(r"[《》]")
# 〈云岭省水网规划〉, <<云岭省水网规划>>: what a conversion may make of 《》
SINGLE_BRACKETS = re.compile(
    r"(?:<<|[〈＜<«『])(?P<title>[\u4e00-\u9fff“][\u4e00-\u9fff“”0-9A-Za-z（）()、—\-－～~\s]{3,80}?)(?:>>|[〉＞>»』])"
)
# 国办发〔2021〕36号, 国务院令第735号, 住房和城乡建设部令第5号, 公告2021年第5号
CITED_NUMBER = (
    rf"(?:{DOC_NUMBER}"
    rf"|[\u4e00-\u9fff]{{1,16}}令\s*(?:[（(〔\[]?\s*\d{{4}}\s*年?[）)〕\]]?)?\s*第?\s*[0-9〇{ONES}十百]{{1,6}}\s*号"
    r"|(?:公告)?\d{4}\s*年第\s*\d{1,4}\s*号(?:公告)?)"
)
# （国办发〔2021〕36号，以下简称《意见》）
UNBRACKETED = r"[^（(〔\[【）)〕\]】。]"
BRACKET_AFTER = re.compile(
    rf"\s*[（(〔\[【](?P<words>(?:{UNBRACKETED}|[（(〔\[【]{UNBRACKETED}{{0,12}}[）)〕\]】]){{2,90}})[）)〕\]】]"
)
# 即 and 原 begin the numbers of places too (即政发, 原政发)
NUMBER_IN_BRACKET = re.compile(
    rf"(?:^|[，,、；;：:\s])(?:[\u4e00-\u9fff]{{2,14}}(?:印发|颁布|发布)的?|见|由|文号|即(?![政府委墨])"
    rf"|原(?=国|[\u4e00-\u9fff]{{1,14}}[部局署委厅办]))?(?P<number>{CITED_NUMBER})"
)
# 国发〔2021〕37号 right after or in front of the brackets, without brackets of its own
NUMBER_AFTER = re.compile(rf"\s*(?P<number>{CITED_NUMBER})")
NUMBER_AHEAD = re.compile(rf"[（(]?(?P<number>{CITED_NUMBER})[）)]?\s*(?:文件?)?[，,]?\s*$")
# 根据国发〔2021〕37号: what the pattern of a 文号 takes along in front of it; behind a title it shows that the
# number is that of another document (《甲规划》和国发〔2021〕37号)
NOT_NUMBER = re.compile(
    r"^(?:.*(?:根据|依据|按照|依照|遵照|落实|贯彻|执行|结合|对照|参照|以及|印发的?|颁布的?|发布的?)|[和与及以、的等由]+)"
)
# 以下简称《规划》, 下称“纲要”
SHORT_NAME = re.compile(
    r"(?:以下|下|后文?)(?:均|统一?)?(?:简)?称(?:为|作)?[：:]?\s*[“\"《〈]*(?P<name>[^”\"》〉，,；;。）)]{1,30})"
)
# — 2 —, on a line of its own inside a title
PAGE_NUMBER_INSIDE = re.compile(r"\n[\s\-—–·]*\d{1,3}[\s\-—–·]*(?=\n)")
UNCLOSED_END = re.compile(r"[。；，：《\n]|[、和及与](?=《)|[（(](?=[\u4e00-\u9fff]{1,10}[〔\[（(]\d{4})")


@dataclass(frozen=True, slots=True)
class Bracketed:
    """One 《…》 of a text: `start:end` with its brackets, `tail` the offset after what belongs to it (文号, short
    name), `end` where nothing does.

    `title` is without white space and brackets, `number` the 文号 as printed without white space, `alias` the short
    name given to it (以下简称《规划》); None where there is none.
    """

    start: int
    end: int
    tail: int
    title: str
    number: str | None = None
    alias: str | None = None


def bracketed(text: str) -> list[Bracketed]:
    """The titles in brackets of a text, in order: '《能源规划》（国办发〔2021〕36号）和《水法》' -> 能源规划 with its
    number, and 水法. Also found are titles whose closing bracket is missing (`unclosed_end`), and outside of others
    those in single brackets (〈…〉, <<…>>, 『…』) that have 4 to 81 characters, the first of them a Chinese one or “,
    and end as the title of a document does (`type_of`). A title inside another is part of it."""
    found = double_bracketed(text)
    if not SINGLE_BRACKETS.search(text):
        return found
    starts = [item.start for item in found]
    for match in SINGLE_BRACKETS.finditer(text):
        i = bisect_right(starts, match.start()) - 1
        if (i < 0 or match.start() >= found[i].tail) and type_of(match["title"]) is not None:
            item = with_tail(text, match.start(), match.end(), found[i].tail if i >= 0 else 0)
            found += [item] if item else []
    return sorted(found, key=lambda item: item.start)


def double_bracketed(text: str) -> list[Bracketed]:
    """The titles that an opening 《 begins, in the order of the text, each with the 文号 and the short name printed
    beside it; `bracketed` adds those in single brackets. A 《 inside a title, or inside what is printed beside it,
    begins none. A title without two Chinese characters in a row (`with_tail`) is passed over with all inside it; of a
    《 without an end (`closing_end`, else `unclosed_end`) only the mark is, and the next 《 may begin one."""
    marks = [m.start() for m in TITLE_MARK.finditer(text)]
    found: list[Bracketed] = []
    i = 0
    while i < len(marks):
        at = marks[i]
        if text[at] != "《":
            i += 1
            continue
        end = closing_end(text, marks, i) or unclosed_end(text, at)
        if end is None:
            i += 1
            continue
        item = with_tail(text, at, end, found[-1].tail if found else 0)
        if item is not None:
            found.append(item)
        limit = item.tail if item is not None else end
        while i < len(marks) and marks[i] < limit:
            i += 1
    return found


def closing_end(text: str, marks: list[int], first: int) -> int | None:
    """The offset after the 》 that closes the 《 at `marks[first]`, where `marks` are the offsets of all 《 and 》.
    Words of the title that stand after the 》 by mistake are included, with the 》 after them:
    《关于印发水规划》的通知》 (LATE_CLOSE). None where it is not closed within 240 characters and 12 marks, or the
    title has a 。 or more than 3 line breaks."""
    start, depth = marks[first], 0
    for i in range(first, min(first + 12, len(marks))):
        at = marks[i]
        if at - start > MAX_CITED_TITLE:
            return None
        depth += 1 if text[at] == "《" else -1
        if depth:
            continue
        inside = text[start:at]
        if "。" in inside or inside.count("\n") > MAX_LINE_BREAKS:
            return None
        late = LATE_CLOSE.match(text, at + 1)
        return late.end() if late else at + 1
    return None


def unclosed_end(text: str, start: int) -> int | None:
    """The offset after the title that the 《 at `start` begins and whose closing bracket is missing. The title goes to
    the next stop (UNCLOSED_END: 。；，：, a line break, another 《 or 、和及与 right before it, a bracket before a
    文号), at most to 240 characters or the end of the text. None where it does not have 6 to 80 characters, white space
    not counted, or does not end as a document's title does.

    The title of a notice goes further (《关于印发《X规划》的通知): where the stop is a 《 right after 印发, 转发, 批转,
    发布, 公布, 下发 or 颁发, and the next 》, within the 240 characters, is followed by 的通知, 的公告 or 的函, the
    title ends after that word.
    """
    stop = UNCLOSED_END.search(text, start + 1, start + MAX_CITED_TITLE)
    end = stop.start() if stop else min(len(text), start + MAX_CITED_TITLE)
    if stop and stop[0] == "《" and CARRYING.search(text, start, end):
        inner = text.find("》", end)
        notice_end = REST_OF_NOTICE.match(text, inner + 1) if 0 <= inner < start + MAX_CITED_TITLE else None
        if notice_end:
            return notice_end.end()
    title = squeeze(text[start + 1 : end])
    if 6 <= len(title) <= 80 and type_of(title) is not None:
        return end
    return None


def with_tail(text: str, start: int, end: int, floor: int) -> Bracketed | None:
    """The title in the brackets `start:end` of the text, with the 文号 and the short name printed beside it; None where
    the brackets hold no two Chinese characters in a row, white space aside (`_title_inside`). The number is the first
    that is found

    - in the brackets after the title (`_asides`);
    - right after the title without brackets, of which `tail` is then the end; not after 和, 等, 根据 and what else
      NOT_NUMBER has, with which it is that of another document;
    - right before the title, within 50 characters, but not before the offset `floor`, the end of the title before;
    - in round brackets inside the title.
    """
    title = _title_inside(text[start:end])
    if title is None:
        return None
    number, alias, tail = _asides(text, end)
    following = NUMBER_AFTER.match(text, end) if number is None else None
    if following and not NOT_NUMBER.match(squeeze(following["number"])):
        number, tail = squeeze(following["number"]), max(tail, following.end())
    if number is None and (preceding := NUMBER_AHEAD.search(text[max(floor, start - 50) : start])):
        number = NOT_NUMBER.sub("", squeeze(preceding["number"])) or None
    if number is None and (within := re.search(rf"[（(](?P<number>{CITED_NUMBER})[）)]", title)):
        number = within["number"]
    return Bracketed(start, end, tail, title, number, alias)


def _title_inside(printed: str) -> str | None:
    """The title in `printed`, a title with its brackets, without these, a second pair of 《》 in them, white space, and
    a page number on a line of its own: '《《云岭省水 网规划》》' -> '云岭省水网规划'. None where it has no two Chinese
    characters in a row."""
    inside = PAGE_NUMBER_INSIDE.sub("", printed)
    title = squeeze(re.sub(r"^(?:<<|[《〈＜<«『])|(?:>>|[》〉＞>»』])$", "", inside))
    if re.fullmatch(r"《[^《》]*》", title):
        title = title[1:-1]
    return title if re.search(r"[\u4e00-\u9fff]{2}", title) else None


def _asides(text: str, at: int) -> tuple[str | None, str | None, int]:
    """The first 文号 and the first short name in the brackets that follow one another from the offset `at` on, and the
    offset after these brackets: '（国办发〔2021〕36号，以下简称《规划》）' -> ('国办发〔2021〕36号', '规划', 23). 见,
    由, 文号 and X印发的 before a number are left out; one after 根据 or the like is another document's and does not
    count. At most three brackets are read, and none from the first on that has neither. (None, None, `at`) where none
    has any."""
    number = alias = None
    for _ in range(3):
        aside = BRACKET_AFTER.match(text, at)
        if not aside:
            break
        words = aside["words"].replace("\n", "")
        numbered, short = NUMBER_IN_BRACKET.search(words), SHORT_NAME.search(words)
        if numbered and NOT_NUMBER.match(squeeze(numbered["number"])):
            numbered = None
        if not numbered and not short:
            break
        number = number or (squeeze(numbered["number"]) if numbered else None)
        alias = alias or (squeeze(short["name"]) if short else None)
        at = aside.end()
    return number, alias, at
