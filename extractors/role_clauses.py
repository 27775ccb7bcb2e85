"""Who does what in running text: 由…牵头, 会同…, 加强与…协同, 压实…责任."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.departments import TOWNSHIP
from extractors.role_mentions import Mention, name_start
from extractors.role_rules import BY, FUNDS, OBLIGED, START, Place, part
from kg.model.facts import Region, Role, squeeze

# one clause of a sentence; a line break ends it too
CLAUSE = re.compile(r"[^，。；！？,;\n]+")
# what joins the names of a list: 医保、税务和民政; a quotation mark may stand around a name
JOINT = re.compile(r"[、和与及同跟或以“”\"]{1,3}")
# between two names of a list one that the scheme does not know: 医保、|银行|、税务
STRANGER = re.compile(r"(?:以及|[、和与及])[^、和与及，。；：“”]{1,9}(?:以及|[、和与及])")
# what makes a list of bare words one of bodies: 等部门, 等有关单位, 三方, 等6个部门
TAIL = re.compile(
    r"(?:[、和与及][^、和与及，。；：]{1,8}){0,3}?等?(?:[0-9多各几一二三四五六七八九十两]{1,2}(?:个|家)?)?"
    r"(?:有关|相关|主要|职能|行政|主管|成员|政府|党政|责任|[市县州省区]级|[市县州省区]直|各级|各){0,3}"
    r"(?:部门|部委|(?<=等)单位|(?<=[有相]关)单位|(?<=责任)单位|群团(?:组织)?|人民团体|[二两三四五六多]方(?![面位式案法]))"
)
# 医疗、医保、医药 are three fields of policy and no bodies
FIELDS = re.compile(r"医[疗药保]、医[疗药保]、医[疗药保]|医疗、医药|医药、医疗")
TITLE = re.compile(r"《[^》\n]{1,80}》")
# 各县（市、区）|要结合实际
AREAS_SUBJECT = re.compile(
    r"(?P<areas>各(?:(?:设区|地级|功能)?[市州盟县区旗][、和]?(?:[（(][市州盟县区旗、]{1,8}[）)])?){1,4})"
    r"(?P<cue>要|应当|应|须|必须|需|负责|承担|结合实际|按照|根据)"
)
# names of governments below a department's rank: of no body in particular without 各级, 各, 县, …
TOWNS = frozenset({"乡镇", "街道", "镇街", "街镇", "乡镇街道"})
VAGUE = frozenset({"政府", "地方政府", "基层政府", "党委", "党组", "党工委", "管委会", "管理委员会", "国务院"})
# words without which bare names in a clause are no bodies
NAMING = re.compile(r"部门|部委|单位|[二两三四五六多]方|财政")
# 由财政(承担)
PAYS = re.compile(
    r"(?:按规定|全额|统一|分级|予以|给予)*(?P<cue>承担|安排|保障|补助|补贴|负担|解决|兜底|支付|统筹|列支|拨付|支出)"
)
# “医保税银”等三方合作, “税警关银”联合打击: a catchword that takes a syllable from each body's name
COMPOUND = {
    **{
        "医保": "医疗保障",
        "社保": "人力资源社会保障",
        "人社": "人力资源社会保障",
        "税": "税务",
        "警": "公安",
    },
    **{"公安": "公安", "关": "海关", "检": "检察院", "法": "法院", "邮": "邮政", "银": None, "企": None},
    **{
        "保": None,
        "担": None,
        "医": None,
        "校": None,
        "政": None,
        "库": None,
        "民政": "民政",
        "司": "司法",
        "公": "公安",
    },
}
SYLLABLES = re.compile("|".join(sorted(COMPOUND, key=len, reverse=True)))
QUOTED = re.compile(
    r"[“\"](?P<word>[^“”\"，。；]{2,8})[”\"](?:等|[二两三四五六多]方|[+＋]|线上|线下|[“”\"]|部门){0,6}?"
    r"(?P<cue>[二两三四五六多]方|合作|协作|协同|联动|联合|共享|机制|联办|互动|对接|会商)"
)
# 各级(党委和)政府
PARTY_AND = re.compile(r"党委(?:和|、|及|与)")
# endings that the names before share: 发展改革、财政、民政部门
SHARED = re.compile(r"(?:部门|机关|机构)$")


@dataclass(frozen=True, slots=True)
class Duty:
    """A body's part: `start:end` is where its name stands, `clause` the stretch that proves it, all in the text.

    `printed` is the name where it is not the stretch itself (broken over the lines of a cell), `function` what it
    stands for where the name alone does not tell (the 税 of 医保税银).
    """

    start: int
    end: int
    role: Role
    cue: str
    clause: tuple[int, int]
    printed: str | None = None
    function: str | None = None


def running(text: str, start: int, end: int, found: list[Mention], home: Region, year: int) -> Iterator[Duty]:
    """The parts that the running text `start:end` gives to the bodies `found` in it, in order of place."""
    at = 0
    for clause in CLAUSE.finditer(text, start, end):
        first = at
        while at < len(found) and found[at].core < clause.end():
            at += 1
        inside = found[first:at]
        yield from _areas(text, clause)
        if inside and (any(mention.whole for mention in inside) or NAMING.search(clause[0])):
            yield from _in_clause(text, clause.start(), clause.end(), inside, home, year)
        yield from _compound(text, clause.start(), clause.end())


def _areas(text: str, clause: re.Match[str]) -> Iterator[Duty]:
    """各县（市、区）要结合实际制定方案: the governments there, named by their places alone."""
    for found in AREAS_SUBJECT.finditer(text, clause.start(), clause.end()):
        if START.fullmatch(text, clause.start(), found.start()):
            yield Duty(*found.span("areas"), "lead", found["cue"], _long_enough(text, *clause.span()))


def _in_clause(text: str, start: int, end: int, found: list[Mention], home: Region, year: int) -> Iterator[Duty]:
    if "《" in text[start:end]:
        titles = [title.span() for title in TITLE.finditer(text, start, end)]
        found = [m for m in found if not any(a < m.core < b for a, b in titles)]
    names = [_name(text, start, mention, home, year) for mention in found]
    names = list(_whole_names(text, names))
    for group in _lists(text, names):
        tail = TAIL.match(text, group[-1].end, end)
        if tail is None and len(group) > 1 and not SHARED.search(group[-1].mention.suffix):
            members = [name for name in group if name.mention.whole]
        elif tail is None:
            members = group if group[-1].mention.whole else []
        else:
            members = group
        members = [name for name in members if not _vague(text, name)]
        if tail and FIELDS.search(text, max(start, group[0].start - 6), tail.end()):
            continue
        if not members:
            yield from _money(text, start, end, group)
            continue
        place = Place(
            before=text[start : group[0].start],
            after=text[tail.end() if tail else group[-1].end : end],
            several=len(group) > 1,
            government=all(name.mention.function.name in ("人民政府", "党委") for name in members),
            marked=text[group[0].start] == "各" or text[start : group[0].start].endswith(("所有", "全部")),
        )
        if decided := part(place):
            clause = _long_enough(text, start, end)
            for name in members:
                yield Duty(name.start, name.end, decided[0], decided[1], clause)


@dataclass(frozen=True, slots=True)
class Name:
    """A mention with what belongs to its name: 各|乡镇|（街道）."""

    start: int
    end: int
    mention: Mention


def _name(text: str, clause: int, mention: Mention, home: Region, year: int) -> Name:
    if text[mention.core : mention.end] in TOWNS:
        start = mention.core - (text[max(clause, mention.core - 1)] == "各")
        town = TOWNSHIP.match(text, start)
        return Name(start, town.end() if town else mention.end, mention)
    return Name(max(clause, name_start(text, mention.core, home, year)), mention.end, mention)


def _whole_names(text: str, names: list[Name]) -> Iterator[Name]:
    """国家税务总局|莆田市税务局 is one name, and so is 各级党委和|政府; a name inside another is none."""
    held: Name | None = None
    for name in names:
        if held is None or (name.start <= held.start and name.end > held.end):
            held = name
        elif name.start < held.end:
            continue
        elif (name.start == held.end and name.mention.function == held.mention.function) or (
            held.start < held.mention.core
            and PARTY_AND.fullmatch(text, held.mention.core, name.start)
            and text[name.start : name.end] in VAGUE
        ):
            held = Name(held.start, name.end, name.mention)
        else:
            yield held
            held = name
    if held:
        yield held


def _lists(text: str, names: list[Name]) -> Iterator[list[Name]]:
    """The names joined by 、 and 和, with at most one stranger between two of them."""
    group: list[Name] = []
    for name in names:
        if group:
            gap = text[group[-1].end : name.start]
            if not (JOINT.fullmatch(gap) or STRANGER.fullmatch(gap)):
                yield group
                group = []
        group.append(name)
    if group:
        yield group


def _vague(text: str, name: Name) -> bool:
    """政府 alone is in every set phrase; 各级政府 and 县政府 are governments."""
    return name.start == name.mention.core and text[name.start : name.end] in VAGUE


def _money(text: str, start: int, end: int, group: list[Name]) -> Iterator[Duty]:
    """财政 without an ending acts where it pays: 完善财政对医疗救助投入机制, 由同级财政承担."""
    name = group[0]
    if text[name.mention.core : name.end] != "财政" or len(group) > 1:
        return
    before, after = text[start : name.start], text[name.end : end]
    cue = FUNDS.match(after) or (BY.search(before) and PAYS.match(after))
    if not cue and name.start < name.mention.core and START.fullmatch(before):
        cue = OBLIGED.match(after)
    if cue:
        yield Duty(name.start, name.end, "lead", cue["cue"], _long_enough(text, start, end))


def _compound(text: str, start: int, end: int) -> Iterator[Duty]:
    """推广“医保税银”等三方合作: the bodies that a catchword stands for."""
    for found in QUOTED.finditer(text, start, end):
        parts = list(SYLLABLES.finditer(text, found.start("word"), found.end("word")))
        if "".join(part[0] for part in parts) != found["word"] or len(parts) < 2:
            continue
        for part in parts:
            if function := COMPOUND[part[0]]:
                clause = _long_enough(text, start, end)
                yield Duty(part.start(), part.end(), "participant", found["cue"], clause, function=function)


def _long_enough(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause, with its neighbours in the sentence while it is shorter than eight characters."""
    while len(squeeze(text[start:end])) < 8 and start > 0 and text[start - 1] in "，,":
        start = max(text.rfind(mark, 0, start - 1) for mark in "，,。；;\n") + 1
    while len(squeeze(text[start:end])) < 8 and text[end : end + 1] in ("，", ",", "；"):
        following = CLAUSE.match(text, end + 1)
        if following is None:
            break
        end = following.end()
    return start, end
