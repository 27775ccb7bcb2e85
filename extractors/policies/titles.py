"""Titles of policy documents: the document in a notice's title, the body before 关于, one spelling for all ways to
print a title."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from extractors import expressions as re
from extractors.reference.data_files import data_rows
from extractors.vocabulary.dates import CALENDAR_YEAR, CENTURY_YEAR, five_year_period
from extractors.vocabulary.notices import CARRIER, DOC_NUMBER
from extractors.vocabulary.numerals import HAN_DIGIT, ONES, ORDINAL, chinese_number
from ontology.model.facts import squeeze

TITLE_OPENERS = "《〈<＜「『"
TITLE_CLOSERS = "》〉>＞」』"
# <“十四五”全民医疗保障规划>, 国家发展改革委制订的《X》
INNER_TITLE = re.compile(
    rf"(?P<before>[^{TITLE_OPENERS}{TITLE_CLOSERS}]{{0,40}})[{TITLE_OPENERS}](?P<work>.+)[{TITLE_CLOSERS}](?P<after>[^{TITLE_OPENERS}{TITLE_CLOSERS}]*)"
)
# 任务分解表 and its like end a title without being its subject; so does the part after 附件.
DRAWN_UP_BY = re.compile(r"(?:制定|制订|编制|拟订|拟定|起草|提出)的?$")


@dataclass(frozen=True, slots=True)
class Carried:
    """The document that a notice distributes, read from the notice's title: `work` is the document's title, `issuer`
    the body that sent the notice and `author` the one that wrote the document, both as printed and None where the title
    does not name them; `verb` is 印发, 转发, 批转, 发布, 公布, 颁布, 下发 or 颁发."""

    work: str
    issuer: str | None
    author: str | None
    verb: str


def carried(title: str) -> Carried | None:
    """The document that a notice's title names: '国务院办公厅关于印发<“十四五”全民医疗保障规划>的通知' -> work
    “十四五”全民医疗保障规划, issuer 国务院办公厅, verb 印发; '转发市发改委制订的《X》的通知' -> author 市发改委;
    '转发市委宣传部关于《X》的通知' -> author 市委宣传部.

    White space does not count, nor do 等文件 and the like before 的通知. Without brackets the work is all that stands
    between the verb and these, and `author` is None. None for a title that distributes no document or several
    (关于贯彻落实<X>的通知, 印发关于《X》的意见的通知):

    - it has no verb of those of `Carried`, or does not end with 通知, 公告, 通告, 命令, 令 or 函 (a bracket may
      follow);
    - 贯彻, 落实, 实施, 做好, or a 关于 other than that of 关于印发, stands before the verb;
    - 关于 stands right before the brackets, and the verb is neither 转发 nor 批转;
    - several documents are in brackets, or other words stand after the brackets.
    """
    text = squeeze(title)
    if not (found := CARRIER.fullmatch(text)):
        return None
    issuer = found["issuer"].removesuffix("关于") or None
    if issuer and re.search(r"关于|贯彻|落实|实施|做好", issuer):
        return None
    work, author = found["work"], None
    if any(c in TITLE_OPENERS for c in work):
        inner = INNER_TITLE.fullmatch(work)
        if not inner or any(
            c in TITLE_CLOSERS and d in TITLE_OPENERS for c, d in zip(inner["work"], inner["work"][1:], strict=False)
        ):
            return None
        if re.search(rf"[{TITLE_CLOSERS}][、，和与及]", inner["work"]) or inner["after"]:
            return None
        before = DRAWN_UP_BY.sub("", inner["before"])
        if before.endswith("关于"):
            if "转" not in found["verb"]:
                return None
            before = before.removesuffix("关于")  # 转发市委宣传部关于《X》的通知
        work, author = inner["work"], before or None
    return Carried(work, issuer, author, found["verb"])


# 四川省人民政府 | 关于深化医疗保障制度改革的意见, 中共中央办公厅国务院办公厅 | 印发 | 关于…的意见
ISSUER_ABOUT = re.compile(r"(?P<issuer>[^《〈<]{2,80}?)(?:联合)?(?:印发|发布|公布)?(?P<rest>关于.{2,})")


def split_issuer(title: str) -> tuple[str | None, str]:
    """A title divided before the first 关于 that has 2 to 80 characters before it, none of them 《, 〈 or <, and at
    least two after it: '四川省人民政府关于深化改革的意见' -> ('四川省人民政府', '关于深化改革的意见'). The words before
    are as printed, without a 印发, 发布 or 公布 at their end, and whether they name a body is not tested. (None, title)
    for a title without such a 关于."""
    found = ISSUER_ABOUT.fullmatch(title)
    return (found["issuer"], found["rest"]) if found else (None, title)


TITLE_QUOTES = re.compile(r"[“”\"‘’'「」『』《》〈〉<>＂]")
# 第十四个五年规划, 十四五, 第十四个五年计划
ORDINAL_PLAN = re.compile(rf"第(?P<n>{ORDINAL})个五年(?=规划|计划)")
FIVE_YEAR_WORDS = re.compile(
    rf"(?P<n>十[{ONES}])五(?=[^年、个大位项类级星线指条分])|(?<![{ONES}十])(?P<one>[六七八九十])五(?=规划|计划|期间|时期)"
)
# 二〇三五年, 二○二一年
CHINESE_YEAR = re.compile(rf"[一二]{HAN_DIGIT}{{3}}(?=年|[-—–－~～至到])")
# （2021—2025年）, (2021-2023)
BRACKETED_PERIOD = re.compile(rf"\((?P<from>{CALENDAR_YEAR})年?(?:[-—–－~～至到]+)(?P<to>{CALENDAR_YEAR})年?\)")
# （2019年修正）, (2021年修订), (修订)
AMENDED = re.compile(rf"\((?:{CALENDAR_YEAR}年?)?(?:第[{ONES}十]+次)?(?:修正|修订|修改)(?:版|本)?\)$")
# 国民经济和社会发展十四五规划和2035年远景目标纲要, 十四五国民经济和社会发展规划, 十四五规划纲要: the five-year
# plan of a country or region as a whole, of which it has one
WHOLE_PLAN = re.compile(
    rf"国民经济[和与及]社会发展(?P<a>十?[{ONES}十]五)(?:规划|计划)(?:纲要)?"
    rf"(?:[和及暨与](?:{CENTURY_YEAR}年?)?远景目标)?(?:纲要)?"
    rf"|(?P<b>十?[{ONES}十]五)国民经济[和与及]社会发展(?:规划|计划)(?:纲要)?"
    rf"|(?P<c>十?[{ONES}十]五)规划(?:[和及暨与]{CENTURY_YEAR}年?远景目标)?纲要"
)


# a 文号 that is printed inside the brackets: 关于…的意见（川府发〔2021〕3号）
NUMBER_IN_TITLE = re.compile(rf"[（(]{DOC_NUMBER}[）)]")


def name_of(title: str) -> str:
    """The normalised name of a document, one spelling for all ways to print its title:
    '《“十四五”全民医疗保障规划（2021—2025年）》' -> '十四五全民医疗保障规划'. Compatible forms are those of NFKC, so
    （） are ().

    Quotation marks, spaces, the stops 、，；：。· and a 文号 in brackets go. Years in brackets go where they are those
    of the only five-year period that the title names in words; others stay (三年行动计划(2021-2023) is not that of
    2024–2026), and so do (试行) and (暂行). Years in Chinese numerals before 年 or a dash become digits,
    第十四个五年规划 becomes 十四五规划. The only five-year period of a title goes to the front, unless the title begins
    with 关于. The plan of a whole country or region is 国民经济和社会发展十四五规划纲要 in all its forms
    (…和2035年远景目标纲要; nothing else may follow). A law or 条例 loses its amendment: 森林法（2019年修订） -> 森林法.
    """
    text = unicodedata.normalize("NFKC", NUMBER_IN_TITLE.sub("", squeeze(title)))
    text = TITLE_QUOTES.sub("", text)
    text = re.sub(r"[、,,;:·•.。]", "", text)
    text = CHINESE_YEAR.sub(lambda m: str(chinese_number(m[0]) or m[0]), text)
    text = ORDINAL_PLAN.sub(lambda m: f"{m['n']}五", text)
    text = re.sub(r"(?<=\d)[—–－~～-]+(?=\d)", "-", text)
    text = BRACKETED_PERIOD.sub(lambda m: f"({m['from']}-{m['to']})", text)
    if found := WHOLE_PLAN.fullmatch(text):
        return f"国民经济和社会发展{found['a'] or found['b'] or found['c']}规划纲要"
    ordinals = {m["n"] or m["one"] for m in FIVE_YEAR_WORDS.finditer(text)}
    if len(ordinals) == 1:
        ordinal = ordinals.pop()
        if period := five_year_period(ordinal):
            text = text.replace(f"({period[0]}-{period[1]})", "")
        if not text.startswith("关于"):
            text = period_first(text, ordinal)
    if type_of(text) in ("法律", "条例"):
        text = AMENDED.sub("", text)
    return text


def period_first(text: str, ordinal: str) -> str:
    """The name `text`, as `name_of` makes it, with its five-year period moved to the front, because plans print it at
    different places: ('全民医疗保障十四五规划', '十四') -> '十四五全民医疗保障规划'. `ordinal` is the number of the
    period; a name that does not have the period, has it several times or begins with it is returned unchanged."""
    if text.count(f"{ordinal}五") != 1 or text.startswith(f"{ordinal}五"):
        return text
    return f"{ordinal}五" + text.replace(f"{ordinal}五", "")


# 十四五全民医疗保障规划, 健康中国2030规划纲要: what people print in quotation marks
SHOWN_QUOTED = re.compile(
    rf"^(?:二十|十[{ONES}]|[六七八九十])五(?=[^年])|^[\u4e00-\u9fff]{{4}}20[2-5]\d(?=规划|行动|纲要)"
)


def display_title(name: str) -> str:
    """The normalised name of a policy as a reader expects it: '十四五医疗保障规划' -> '“十四五”医疗保障规划'. At its
    start a five-year period, or four characters and a year before 规划, 行动 or 纲要 (健康中国2030规划), get quotation
    marks; brackets are full-width, and (2021-2023) is （2021—2023年）. The plan of a whole country or region is
    '国民经济和社会发展第十四个五年规划纲要' in all its forms (WHOLE_PLAN); 十四五规划 right after 社会发展 becomes
    第十四个五年规划 in other names too."""
    if found := WHOLE_PLAN.fullmatch(name):
        return f"国民经济和社会发展第{(found['a'] or found['b'] or found['c'])[:-1]}个五年规划纲要"
    name = re.sub(rf"(?<=社会发展)([{ONES}十]{{1,2}})五(?=规划|计划)", r"第\1个五年", name)
    name = re.sub(r"\((\d{4})-(\d{4})\)", r"（\1—\2年）", name)
    return SHOWN_QUOTED.sub(lambda m: f"“{m[0]}”", name).replace("(", "（").replace(")", "）")


def type_of(name: str) -> str | None:
    """The type of a document by the ending of its title or name, without one pair of round brackets at its end:
    '关于深化医疗保障制度改革的实施意见' -> '实施意见', '消防法' -> '法律'. The longest ending that is listed counts,
    but 法 not in 办法, 立法 and the like. None where the ending is that of no type, and for ''."""
    text = re.sub(r"\([^()]*\)$", "", unicodedata.normalize("NFKC", squeeze(name)))
    kinds = types()
    for length in range(min(len(text), max(map(len, kinds))), 0, -1):
        kind = kinds.get(text[-length:])
        if kind and not (kind == "法律" and NO_LAW.search(text)):
            return kind
    return None


# 办法, 立法, 用法: words that end with 法 and are no law, as 公司法 and 预算法 are
NO_LAW = re.compile(r"(?:[办立执普方做用疗书无非合依手看说想违守学历魔写语技诊兵]|(?<!公)司|(?<!预)算)法$")
# 实施方案, 三年行动计划, 规划纲要: words that every department uses
COMMON_WORDS = re.compile(
    r"^(?:关于|的|总体|专项|工作|实施|指导|若干|行动|发展|建设|三年|五年|年度|重点|任务|分工|试点|改革|管理|近期|中长期"
    r"|规划|纲要|计划|方案|意见|办法|条例|规定|细则|措施|政策|通知|决定|目录|清单|要点|指南|标准|预案|制度|汇编|报告|章程|规则|协议"
    rf"|政府|{CENTURY_YEAR}年?|\(.*?\)|试行|暂行)*$"
)


def is_common(name: str) -> bool:
    """Whether the name (as `name_of` writes it) consists of words that say nothing of its subject, so that a region may
    have many documents of that name: '三年行动计划' -> True, '养老服务三年行动计划' -> False. True for ''."""
    return COMMON_WORDS.match(name) is not None


@cache
def types() -> dict[str, str]:
    """The type of document by the ending of a name that shows it, from the data file: '实施意见' -> '实施意见', '法' ->
    '法律'."""
    return dict(data_rows("policy_types.tsv"))
