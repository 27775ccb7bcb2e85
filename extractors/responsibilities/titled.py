"""Duties of bodies that head what they do: as headings (（一）市教育局 above 负责学校消防安全管理) and before a colon
(市教育局：负责学校消防安全管理).

In all functions `home` and `year` are those by which names of bodies are resolved (docs/glossary.md).
"""

from collections.abc import Iterator
from functools import cache

from extractors import expressions as re
from extractors.outline.sections import duties_above
from extractors.reading import FORWARD_ROLES, Reading, Rejected, SectionRole
from extractors.reference.departments import OTHERS_OF_KIND, organization
from extractors.reference.functions import BODY_SUFFIXES, functions_by_body
from extractors.responsibilities.duty import Duty
from extractors.responsibilities.lists import ListedBody, is_complete_name, listed
from extractors.responsibilities.mentions import SERVES_AS
from extractors.responsibilities.verbs import deed
from extractors.vocabulary.chapters import DUTIES_OF_BODIES, names_measure
from extractors.vocabulary.numbering import BULLETS
from extractors.vocabulary.numerals import ONES
from extractors.vocabulary.stops import SENTENCE_ENDS
from ontology.model.facts import Region, Role

MAX_BODY_TITLE = 40  # characters
MAX_WORK = 60  # characters that are looked at after a name to see whether they say what a place is for
CLAUSE_OF_WORK = re.compile(r"[，。；;]")
# what may stand before the work: a number, 职责：, 主要, 会同…, 除以上职责外，
BEFORE_WORK = (
    r"\s*(?:[（(]?\d{1,2}[)）.．、]\s*|[①-⑳]\s*)?(?:主要|具体|统一|依法|承担|认真|切实)*"
    r"(?:职责[：:]|任务[：:])?\s*(?:主要|具体|依法|认真|会同[^，。；]{2,30}|除[^，。；\n]{2,20}外，)*"
)
# 负责…, 牵头…, （1）指导…: what the text below such a heading begins with
WORK_OPENING = re.compile(
    rf"{BEFORE_WORK}"
    r"(?:负责|牵头|承担|组织|指导|督促|落实|参与|配合|协助|做好|开展|加强|制定|统筹|监督|履行|实施|推进|将|把|按照?|依据|根据|对)"
)
SENTENCE_BELOW = re.compile(rf"[^{SENTENCE_ENDS}\n]*\n?[^{SENTENCE_ENDS}\n]*[{SENTENCE_ENDS}]?")
# said between and after the names: 市教育局、市民政局等, 等建设主管部门, 市消防救援支队（市消防安委会办公室）
BETWEEN_TITLE_NAMES = re.compile(rf"{OTHERS_OF_KIND}|[、和及与，\s]|等|（[^（）]*）|\([^()]*\)")
# 财政、教育|等部门, 财政、|教育部门: what makes bare words before it names
NAMES_ENDING = re.compile(r"(?:等[^、，。；]{0,8}(?:部门|单位|机关|机构)|(?:部门|机关|机构))[）)]?$")
# 县|财政: the one bare word that a level makes a body, the county's treasury
TREASURY = re.compile(r"(?:[省市县区州旗盟]|各级|本级)级?财政")
# 参与制定规划；|负责(日常管理)。: a further duty, which is its own
FURTHER_DUTY = re.compile(
    r"[；;。]\s*(?:[（(]?\d{1,2}[)）.．、]|[①-⑳])?\s*(?:主要|具体)?(?P<cue>牵头|负责(?![人同]))[^。；;\n]*"
)
NEXT_COLON = re.compile(r"[：:∶]")
HELP_WORDS = ("参与", "配合", "协助")
TITLED_ROLES: tuple[SectionRole, ...] = ("tasks", "safeguards", "other")
COLON_ROLES: tuple[SectionRole, ...] = (*FORWARD_ROLES, "other")
# 县发改局：, （二）县财政局、县审计局：, ——各乡镇主要职责：, 县民政局——: names at the start of a line or sentence
NAMES_BEFORE_COLON = re.compile(
    rf"(?:(?<=[。；;\n])|\A)[ \t　]*(?:——?|[{BULLETS}]|[（(]?[\d{ONES}十]{{1,3}}[)）.．、]|[①-⑳])?[ \t　]*"
    rf"(?P<names>[^。；;\n：:∶—]{{2,{MAX_BODY_TITLE}}}?)的?"
    rf"(?:(?:主要|工作|具体)*(?:职责|职能|任务)(?:分工)?)?[ \t　]*(?:[：:∶]|——)"
)
CLAUSE_BELOW = re.compile(r"[^。；;\n]+")
# 挖掘地域文化，传承历史文脉: what a body does; not 张某某 and 3890001
WHOLE_CLAUSE = re.compile(r"[^。；;\n\d]{8}")
# 承担 and the like, which only a body does and no place: 河湾镇：负责征地, but 河湾镇：发展茶叶
BODY_WORK = re.compile(r"(?:负责|牵头|承担|落实|组织|履行|做好|抓好|参与|配合|协助)$")
# the same for a body that the scheme does not know: 县融媒体中心：负责宣传, but 区域中心：承担…功能
UNKNOWN_WORK = re.compile(r"(?:负责|牵头|参与|配合|协助)$")
UNKNOWN_BODY = re.compile(r"[省市县区州旗](?!级).{2,}")
# a region or zone by its name alone is a place first; 各乡镇 and 镇政府 are not
BY_OFFICE = re.compile(r"政府|办事处|管委会|党委|党工委|各|乡镇|镇街")
# 承担装备制造主阵地功能, 落实耕地保有量3.2万亩, 落实创新驱动发展战略, 做好茶旅融合文章: what a place is to be or has
PLACE_IS_FOR = re.compile(
    rf"(?:承担|发挥){SERVES_AS}"
    r"|落实[^，。；：\n]{0,20}(?:战略|定位|\d[\d.]{0,9}万?(?:亩|公顷|平方))|做好[^，。；：\n]{0,20}文章"
)
# 各县人民政府：为贯彻…: a letter to them, and no work of theirs
OPENS_LETTER = re.compile(r"(?:为|以|现|根据|依据|按照?|在|经)$")
# nothing else follows a colon at the end of its line
BELOW_COLON = re.compile(r"[ \t　]*\n")


def under_titles(state: Reading, home: Region, year: int) -> Iterator[Duty]:
    """The duties in sections with the role tasks, safeguards or other (TITLED_ROLES) whose heading (at most
    MAX_BODY_TITLE characters) consists of names of bodies, 等部门, brackets and what joins them, and whose text begins,
    with a number or not, with a word of work (WORK_OPENING: 负责, 加强, also 按照 and 对): 市教育局 / 负责学前教育….
    A heading that may be the subject of the section, such as a bare word (招商引资 / 落实优惠政策; `_only_bodies`) or
    a region (`_is_its_work`), gives none. In a chapter of duties (工作职责; DUTIES_OF_BODIES) the text may begin with
    any word, and a region has what stands below it too; the cue is then a verb of work at the beginning, else the word
    for the chapter (职责). Each body gets one: as participant where the word is 参与, 配合 or 协助 (主要配合…)
    and no further duty follows (`_part`), else as lead. The evidence is the heading with the first sentence below it.
    Names of a chapter of duties with other words among them are refused (`_refused`)."""
    text = state.document.text
    for section in state.sections:
        heading = section.heading
        if heading is None or section.role not in TITLED_ROLES or len(heading.title) > MAX_BODY_TITLE:
            continue
        works = WORK_OPENING.match(text, section.start, section.end)
        duties = duties_above(state.headings, heading)
        opening = works or (duties and (deed().match(text, section.start, section.end) or duties))
        if opening is None:
            continue
        first = text.rfind("\n", 0, max(section.start - 1, 0)) + 1
        title_start = text.find(heading.title[:2], first, section.start)
        if title_start < 0:
            continue
        words = text[title_start : section.start].rstrip("：:。 \n\u3000")
        items = _only_bodies(text, title_start, title_start + len(words), home, year)
        if not items and duties:
            state.rejected.extend(_refused(text, title_start, title_start + len(words), home, year))
        cue = works[0].strip() if works else opening["cue"]
        names = [text[item.start : item.end] for item in items]
        words_below = text[section.start : section.start + MAX_WORK]
        if not (_named(text, items) if duties else _is_work_of_each(names, home, year, words_below, cue, below=False)):
            continue
        sentence = SENTENCE_BELOW.match(text, section.start, section.end)
        end = sentence.end() if sentence and sentence.end() > section.start else section.end
        role, cue, end = _part(text, cue, end, section.start, section.end)
        for item in items:
            yield Duty(item.start, item.end, role, cue, (title_start, end))


def _named(text: str, items: list[ListedBody]) -> bool:
    """Whether the scheme knows each of the bodies that a heading or label of a chapter of duties names, or its name is
    not that of a measure (`names_measure`)."""
    return all(item.known or not names_measure(text[item.start : item.end]) for item in items)


def before_colons(state: Reading, home: Region, year: int) -> Iterator[Duty]:
    """The duties of the bodies that begin a line, or stand after 。 or ；, before a colon or dash, with a list sign
    before them or not, in sections of COLON_ROLES, where what they do follows: 县发改局：负责立项；县财政局：筹集资金
    -> two. Their names take at most MAX_BODY_TITLE characters, with nothing beside them but 等部门, brackets, what
    joins them, and 主要职责, 工作任务 or the like, and after the colon stands a word of work (`_work`), or, in or right
    below a chapter of duties, any clause (WHOLE_CLAUSE). Elsewhere, where the words after the colon are not the work of
    each of the bodies (`_is_its_work`: 县财政局、河湾镇：发展茶叶), none gets a duty. Else each gets one: as
    participant where the word is 参与, 配合 or 协助 and no further duty follows on the line (`_part`), else as lead.
    The evidence is the names and the clause after the colon, up to 。 or ；. Names of a chapter of duties with other
    words among them are refused (`_refused`)."""
    text = state.document.text
    reached = 0
    for section in state.sections:
        first, reached = reached, section.end
        if section.role not in COLON_ROLES:
            continue
        heading = section.heading
        duties = heading and (DUTIES_OF_BODIES.search(heading.title) or duties_above(state.headings, heading))
        for found in NAMES_BEFORE_COLON.finditer(text, first, section.end):
            works = _work().match(text, found.end(), section.end)
            said = works or (duties and WHOLE_CLAUSE.match(text, found.end(), section.end) and duties)
            if not said:
                continue
            items = _only_bodies(text, *found.span("names"), home, year)
            if not items and duties:
                state.rejected.extend(_refused(text, *found.span("names"), home, year))
            cue = works[0].strip() if works else said["cue"]
            names = [text[item.start : item.end] for item in items]
            below = BELOW_COLON.match(text, found.end()) is not None
            work = text[found.end() : found.end() + MAX_WORK]
            if not (_named(text, items) if duties else _is_work_of_each(names, home, year, work, cue, below)):
                continue
            clause = CLAUSE_BELOW.match(text, works.end() if works else found.end(), section.end)
            end = clause.end() if clause else found.end()
            line_end = text.find("\n", end, section.end)
            role, cue, end = _part(text, cue, end, found.end(), section.end if line_end < 0 else line_end)
            for item in items:
                yield Duty(item.start, item.end, role, cue, (found.start("names"), end))


def _only_bodies(text: str, start: int, end: int, home: Region, year: int) -> list[ListedBody]:
    """The bodies in `text[start:end]`; an empty list where other words stand there than names, 等部门, brackets and
    what joins them, or a name of no particular body (各有关部门). Bare words (招商引资, 教育) are the subject of what
    follows and no bodies, so that there are none either, unless 等部门 or the shared ending of the last name makes them
    names (财政、教育等部门) or 财政 has a level before it (县财政)."""
    items = [item for part in listed(text, start, end, home, year) for item in part.items]
    other_words = text[start:end]
    for item in items:
        other_words = other_words.replace(text[item.start : item.end], "", 1)
    if BETWEEN_TITLE_NAMES.sub("", other_words) or any(item.anybody for item in items):
        return []
    names = [text[item.start : item.end] for item in items]
    named = NAMES_ENDING.search(text, start, end) or all(
        is_complete_name(name) or TREASURY.fullmatch(name) for name in names
    )
    return items if named else []


def _refused(text: str, start: int, end: int, home: Region, year: int) -> Iterator[Rejected]:
    """The list `text[start:end]`, in which `_only_bodies` does not find bodies alone, where it is one of several names
    and at least one of them is the whole name of a body that the scheme knows: 县教育局、校园安全."""
    names = [
        text[item.start : item.end]
        for part in listed(text, start, end, home, year)
        for item in part.items
        if item.known
    ]
    if "、" in text[start:end] and any(is_complete_name(name) for name in names):
        yield Rejected(start, end, "responsibility", "other words stand among the bodies")


@cache
def _work() -> re.Pattern[str]:
    """The pattern of the words after a colon up to the first verb that gives work, one of `deed` or of helping:
    '负责立项', '（1）审查资格', '配合排查'."""
    return re.compile(rf"{BEFORE_WORK}(?:{deed().pattern}|会同|配合(?!比)|协助)")


def _is_work_of_each(names: list[str], home: Region, year: int, words: str, cue: str, below: bool) -> bool:
    """Whether the `words` of the work, which begin with the words `cue`, say what each of the bodies `names` does
    (`_is_its_work`); True for no names. `home` and `year` are those by which names are resolved, `below` says that the
    text stands on the line after the colon."""
    return all(_is_its_work(name, organization(name, home, year)[0], words, cue, below) for name in names)


def _is_its_work(name: str, function: str | None, words: str, cue: str, below: bool) -> bool:
    """Whether the words `cue`, with which the `words` of the work begin, say what the body `name` does, and not
    something of a place or to somebody.

    A word that only bodies have (BODY_WORK) is needed by a place without an office (河湾镇：发展茶叶), by a name that
    may be the subject as well, with no level before it and no ending of a department (工会, 档案馆, but not 乡镇), and
    where the text is `below`, on the line after the colon. Of a place without an office the first clause of `words`
    must not say what it is to be or to have (PLACE_IS_FOR: 河湾镇：承担生态涵养功能). A body that the scheme does not
    know, whose `function` is None, needs one of UNKNOWN_WORK and a level before it. Governments need another word than
    those that begin a letter (各县人民政府：为贯彻…)."""
    if function is None:
        return UNKNOWN_BODY.match(name) is not None and UNKNOWN_WORK.search(cue) is not None
    subject = name in functions_by_body() and not name.endswith(BODY_SUFFIXES)
    place = function in ("人民政府", "开发区") and not BY_OFFICE.search(name)
    if place and PLACE_IS_FOR.search(CLAUSE_OF_WORK.split(words, maxsplit=1)[0]):
        return False
    if below or place or (subject and not BY_OFFICE.search(name)):
        return BODY_WORK.search(cue) is not None
    return function != "人民政府" or not OPENS_LETTER.search(cue)


def _part(text: str, cue: str, end: int, start: int, stop: int) -> tuple[Role, str, int]:
    """The role of a body, the words that decide it, and the end of the evidence. Its work is `text[start:stop]`, begins
    with the words `cue`, and is proved up to `end`. A body that does other than 参与, 配合 or 协助 leads; one that does
    leads by a further duty of its own: (lead, 负责) for 参与制定规划；负责日常管理, with it in the evidence, but not
    for 配合检查，负责登记. What stands from the next colon on is another's (配合检查。县民政局：负责登记)."""
    if not cue.endswith(HELP_WORDS):
        return "lead", cue, end
    colon = NEXT_COLON.search(text, start, stop)
    further = FURTHER_DUTY.search(text, start, colon.start() if colon else stop)
    return ("lead", further["cue"], max(end, further.end())) if further else ("participant", cue, end)
