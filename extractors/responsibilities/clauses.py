"""Which body does what in running text: 由…牵头, 会同…, 加强与…协同, 压实…责任."""

from collections.abc import Iterator

from extractors import expressions as re
from extractors.responsibilities.compounds import compounds
from extractors.responsibilities.duty import DUTY_CLAUSE, Duty, long_enough
from extractors.responsibilities.guards import BodyContext
from extractors.responsibilities.mentions import Mention
from extractors.responsibilities.names import Name, lists_of, names_of, vague
from extractors.responsibilities.rules import (
    BY,
    CLAUSE_START,
    DUTY_NOUN,
    FUNDS,
    LAYS_DUTY,
    PAYS_LESS,
    POOLS,
    URGES,
    classify_role,
)
from extractors.responsibilities.verbs import deed
from extractors.vocabulary.numerals import ONES
from ontology.model.facts import Region

# a clause without a mark that is longer, in characters, is no prose
MAX_DUTY_CLAUSE = 1500
# how far around a name the words are that decide its part
MAX_CONTEXT = 80
# what makes a list of bare words one of bodies: 等部门, 等部门单位, 等有关单位, 三方, 等6个部门
BODIES_TAIL = re.compile(
    rf"(?:[、和与及][^、和与及，。；：等]{{1,8}}){{0,3}}?等?(?:[0-9多各几{ONES}十两]{{1,2}}(?:个|家)?)?"
    r"(?:有关|相关|主要|职能|行政|行业|主管|成员|政府|党政|责任|涉农|[市县州省区]级|[市县州省区]直|各级|各){0,3}"
    r"(?:(?<=等)(?:宏观|综合|经济|业务|行业|监管|执法|管理|行政|审批|协调|调控|监督|政府|公共|服务|专业|职能|主管|党政|政法){1,4}(?=部门))?"
    r"(?:部门(?:[和及]?(?:单位|组织|机构))?|部委|(?<=等)单位|(?<=[有相]关)单位|(?<=责任)单位|(?<=成员)单位(?=按|要|应|根据|分别|各自|各司|负责|加强|落实)|群团(?:组织)?|人民团体|[二两三四五六多]方(?![面位式案法]))"
    r"(?:[（(](?:单位|机构|组织)[）)])?"
)
# 医疗、医保、医药 are three fields of policy and no bodies
POLICY_FIELDS = re.compile(r"医[疗药保]、医[疗药保]、医[疗药保]|医疗、医药|医药、医疗")
# 县安委会(成员单位), 爱卫会(各成员单位): the members act, and not the body that they form
ITS_MEMBERS = re.compile(r"(?:各|所有|全体|有关|相关)*(?:成员|组成)(?:单位|部门)")
TITLE_IN_CLAUSE = re.compile(r"《[^》\n]{1,80}》")
# words without which bare names in a clause are no bodies
BODIES_MEANT = re.compile(r"部门|部委|单位|[二两三四五六多]方|财政|配合|牵头|参与|负责|督促|责成|力量")
# 电力、通信|等单位, but not 电力、通信|等部门: firms
UTILITIES = frozenset({"电力", "供电", "通信", "电信", "供水", "供热", "燃气", "热力"})
# 引导|电网企业, 鼓励(供电企业)加大投入: a firm is free to do it
INVITED = re.compile(r"(?:引导|鼓励|支持)$")
# 整合|公安、城管、应急|等(执法)力量: the men of authorities; those of 教育、医疗、科技 are anybody's
FORCES = re.compile(r"等?(?:行政|执法|监管|巡查|检查|治安|应急|专业|部门){0,2}力量")
ENFORCERS = frozenset({"公安", "城市管理", "市场监管", "消防救援", "应急管理", "综合执法", "司法行政"})
# 由财政(承担)
PAYS = re.compile(
    r"(?:按规定|全额|统一|分级|予以)*(?P<cue>承担|安排|保障|补助|补贴|负担|解决|兜底|支付|统筹|代缴|补足|出资|列支|拨付|支出|给予|资助)"
)
# 省级财政 | 安排3亿元: where the money comes from, and how much; no body is given work
LEVEL_OF_MONEY = re.compile(r"(?:中央|国家|[省市州县区旗]级|各级|本级|上级)")
ALLOTS = re.compile(
    r"[^，。；\d]{0,14}(?:安排|投入|补助|拨付|下达|配套|落实|筹措|筹集|统筹|设立|预算)[^，。；\d]{0,14}\d"
)
# 教育、工信、国资|配合: what follows bodies alone
ACTED = re.compile(r"等?(?:配合|牵头|参与|参加|协同|协助|负责|按(?:各自)?职责)")
# 督促(水务)及维保企业: the authority is named before the firms
PRESSES = re.compile(r"(?:督促|责成)$")
WITH_FIRMS = re.compile(r"(?:以及|及)[\u4e00-\u9fff]{2,6}(?:企业|公司)")
# 相关区政府|（以下统称监管部门）|落实…: a name that is given to them all, and nothing that they do
NAME_GIVEN = re.compile(r"[（(]以下(?:统称|合称|并称|简称)[^（）()，。；]{2,20}[）)]")
# “县级统筹、乡镇落实”, “公安牵头，部门联动”: what a phrase in quotation marks has that is a slogan of several parts
PARTS_OF_SLOGAN = re.compile(r"[、，+＋]")
MAX_SLOGAN = 40
# endings that the names before share: 发展改革、财政、民政部门
SHARED_ENDING = re.compile(r"(?:部门|机关|机构)$")


def running(text: str, start: int, end: int, found: list[Mention], home: Region, year: int) -> Iterator[Duty]:
    """The duties that the running text `text[start:end]` gives, clause by clause: to the bodies `found`, which are its
    mentions in order, and to those in catchwords (“医保税银”), which are looked for in each clause with quotation
    marks. A clause gives mentions duties only where one of them is `whole` or it has a word such as 部门 or 负责, and
    not where it has more than MAX_DUTY_CLAUSE characters. `home` and `year` are those by which names are resolved."""
    at = 0
    for clause in DUTY_CLAUSE.finditer(text, start, end):
        first = at
        while at < len(found) and found[at].core < clause.end():
            at += 1
        inside = found[first:at] if clause.end() - clause.start() <= MAX_DUTY_CLAUSE else []
        if inside and (any(mention.whole for mention in inside) or BODIES_MEANT.search(clause[0])):
            yield from _in_clause(text, clause.start(), clause.end(), inside, home, year)
        if "“" in clause[0] or '"' in clause[0]:
            yield from compounds(text, *clause.span())


def _in_clause(text: str, start: int, end: int, inside: list[Mention], home: Region, year: int) -> Iterator[Duty]:
    """The duties that the clause `text[start:end]` gives to the bodies of `inside`, its mentions, list by list. All
    names of a list that count have the role of `classify_role`; where that is None, they get no duty.

    Bare words (民政、财政) count only where one of these shows that bodies are meant: a word such as 部门 or 方 after
    the list, a shared ending of its last name (发展改革、民政部门), a verb such as 配合 right after a list of several
    that begins the clause (教育、国资配合), 督促 or 责成 right before the list and firms after it, forces that are
    pooled (整合公安、交通等力量). Else only the whole names of the list count. Names in titles (《…》) and names that
    are too general (政府) never count, nor do fields of policy (医疗、医保、医药等部门), firms (电力 of
    电力、通信等单位; UTILITIES) and those that are only invited (引导电网企业…), bodies of which only the members act
    (县安委会成员单位), and kinds of bodies in a slogan (“县级统筹、乡镇落实”). A list of which no name counts gives
    only what `_money` says."""
    if "《" in text[start:end]:
        titles = [title.span() for title in TITLE_IN_CLAUSE.finditer(text, start, end)]
        inside = [m for m in inside if not any(a < m.core < b for a, b in titles)]
    for group in lists_of(text, names_of(text, start, inside, home, year)):
        tail = BODIES_TAIL.match(text, group[-1].end, end)
        members = group
        urged = PRESSES.search(text, start, group[0].start) and WITH_FIRMS.match(text, group[-1].end)
        opens = len(group) > 1 and CLAUSE_START.fullmatch(text, start, group[0].start)
        trusted = urged or (opens and ACTED.match(text, group[-1].end)) or _forces_pooled(text, start, group)
        if tail is None and not trusted and not SHARED_ENDING.search(group[-1].mention.suffix):
            members = _by_ending(group)
            group = group[group.index(members[0]) : group.index(members[-1]) + 1] if members else group
        members = [name for name in members if not vague(text, name)]
        if tail and "单位" in tail[0] and "部门" not in tail[0]:
            members = [name for name in members if text[name.start : name.end] not in UTILITIES]
        if INVITED.search(text, max(start, group[0].start - MAX_CONTEXT), group[0].start):
            members = [name for name in members if name.mention.function.kind != "enterprise"]
        if tail and POLICY_FIELDS.search(text, max(start, group[0].start - 6), tail.end()):
            continue
        if ITS_MEMBERS.match(text, group[-1].end, end) or _in_slogan(text, group):
            continue
        if not members:
            yield from _money(text, start, end, group)
            continue
        stop = tail.end() if tail else group[-1].end + text.startswith("等", group[-1].end)
        if given := NAME_GIVEN.match(text, stop, end):
            stop = given.end()
        context = BodyContext(
            ahead=text[max(0, start - MAX_CONTEXT) : start].rpartition("。")[2].rpartition("\n")[2],
            before=text[max(start, group[0].start - MAX_CONTEXT) : group[0].start],
            after=text[stop : min(end, stop + MAX_CONTEXT)],
            rest=text[end : end + MAX_CONTEXT].partition("。")[0].partition("\n")[0].lstrip("，,"),
            several=len(group) > 1,
            government=all(name.mention.function.name in ("人民政府", "党委") for name in members),
            marked=text[group[0].start] == "各" or text[start : group[0].start].endswith(("所有", "全部")),
        )
        if decided := classify_role(context):
            clause = long_enough(text, start, end)
            for name in members:
                yield Duty(name.start, name.end, decided[0], decided[1], clause)


def _forces_pooled(text: str, start: int, group: list[Name]) -> bool:
    """Whether the men of the bodies of the list `group` are pooled, of which one at least enforces the law or saves
    (ENFORCERS): 整合公安、民政、交通等力量, but not 整合教育、医疗等力量, which are those of schools and hospitals.
    `start` is the offset at which the clause begins."""
    pooled = POOLS.search(text, start, group[0].start) and FORCES.match(text, group[-1].end)
    return bool(pooled) and len(group) > 1 and any(name.mention.function.name in ENFORCERS for name in group)


def _in_slogan(text: str, group: list[Name]) -> bool:
    """Whether the list `group`, of bodies without a level or region before their names (乡镇, 公安部门), is one of
    several parts of a phrase in quotation marks: 乡镇 in “县级统筹、部门协同、乡镇落实”, but not the names of
    “市教育局、市民政局” nor 乡镇 in “乡镇”."""
    first, last = group[0].start, group[-1].end
    opened = text.rfind("“", max(0, first - MAX_SLOGAN), first)
    closed = text.find("”", last, last + MAX_SLOGAN)
    if opened < 0 or closed < 0 or any(name.start < name.mention.core for name in group):
        return False
    before, after = text[opened + 1 : first], text[last:closed]
    if any(mark in before + after for mark in "”“。\n"):
        return False
    return PARTS_OF_SLOGAN.search(before + after) is not None


def _by_ending(group: list[Name]) -> list[Name]:
    """The names of the list `group` that name bodies by themselves: the whole ones, and the bare words right before
    one whose ending they share (SHARED_ENDING): all of 公安、司法行政部门和人民法院, but not 教育 of 市财政局、教育."""
    members: list[Name] = []
    shared = False
    for name in reversed(group):
        if name.mention.whole:
            shared = SHARED_ENDING.search(name.mention.suffix) is not None
        if name.mention.whole or shared:
            members.insert(0, name)
    return members


def _money(text: str, start: int, end: int, group: list[Name]) -> Iterator[Duty]:
    """The duty to lead, one or none, of the bare word 财政 in the clause `text[start:end]`, which counts as a body
    where it pays: before 对…投入 or the like (财政对医疗救助的投入, but not 压缩财政对…的投入); between 由 and a verb
    of paying (由同级财政承担); between 压实 or the like and 责任; and, only with a level or region before it, before a
    verb of work, at the beginning of the clause or after 指导 and the like (各级财政要…). Not where a level gives an
    amount (省级财政安排3亿元). `group` are the names of its list, of which it must be the only one."""
    name = group[0]
    if text[name.mention.core : name.end] != "财政" or len(group) > 1:
        return
    before, after = (
        text[max(start, name.start - MAX_CONTEXT) : name.start],
        text[name.end : min(end, name.end + MAX_CONTEXT)],
    )
    cue = (
        (None if PAYS_LESS.search(before) else FUNDS.match(after))
        or (BY.search(before) and PAYS.match(after))
        or (LAYS_DUTY.search(before) and DUTY_NOUN.match(after))
    )
    if LEVEL_OF_MONEY.match(text, name.start, name.end) and ALLOTS.match(after):
        return
    if not cue and name.start < name.mention.core and (CLAUSE_START.fullmatch(before) or URGES.search(before)):
        cue = deed().match(after)
    if cue:
        yield Duty(name.start, name.end, "lead", cue["cue"], long_enough(text, start, end))
