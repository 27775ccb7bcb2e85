"""The whole names of bodies in a clause, made from mentions and the words around them (各|乡镇|（街道）,
市教育局|党委), and the lists that they form (民政、财政等部门)."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractors import expressions as re
from extractors.reference.departments import ANY_TOWNSHIPS, POLICE_PART, organization
from extractors.responsibilities.mentions import PLACE_SUFFIX, Mention, name_start
from extractors.responsibilities.verbs import deed
from extractors.vocabulary.numerals import ONES
from ontology.model.facts import Region

# what joins the names of a list: 医保、税务和民政; a quotation mark may stand around a name
LIST_JOINT = re.compile(r"(?:[，,]?以及|[、和与及同跟或以“”\"]){1,3}")
# between two names of a list one that the scheme does not know: 医保、|银行|、税务
STRANGER = re.compile(r"(?:以及|[、和与及])[^、和与及，。；：“”]{1,9}(?:以及|[、和与及])")
# (交通、)公路|养护、: a word that only begins like a bare name
STRAY = re.compile(r"(?!参与|以及|部门|部委|单位|[二两三四五六多]方)[^、和与及，。；：等]{1,6}(?:[、和与及]|等)")
# 各镇（|街道）, 各区、镇（|街道）: what stands before 街道 and belongs to its name
TOWN_AHEAD = re.compile(
    r"(?:各|有关|相关|所在)?(?:[乡镇区、和]|乡镇|苏木|园区|开发区){1,5}[（(](?:[乡镇区、]|园区|开发区){0,6}$"
)
# 市、县、|乡人民政府, 县、|乡镇人民政府: the levels above in one name; not 渠|县、乡镇人民政府
LEVELS_AHEAD = re.compile(r"(?:(?<![\u4e00-\u9fff])|(?<=由)|(?<=指导|督促|压实))(?:[省市县区州旗][、和]){1,3}$")
# names of governments below a department's rank: of no body in particular without 各级, 各, 县, …
TOWN_WORDS = ("乡镇", "街道", "镇街", "街镇", "镇人民政府", "乡人民政府", "镇政府", "乡政府", "苏木", "团场")
# 各|乡镇, 所在|街道, 属地|街镇, 各涉农|街镇
TOWN_EACH = re.compile(r"(?:(?:各|有关|相关)涉农|各|所有|所在|有关|相关|各?属地)$")
OF_ONE_TOWN = ("政府", "办事处", "街道办")
# 1.|平南|街道办事处, （2）, 一是: what may number a clause
CLAUSE_NUMBER = rf"(?:\s*(?:[（(]?\d{{1,2}}[)）.．、]|[①-⑳]|[（(]?[{ONES}十]{{1,2}}[)）、]|[{ONES}]是)\s*)?"
MAX_CLAUSE_NUMBER = 5  # characters
# 、|南太湖|新区管委会, 由|平南|街道办事处, 移交给|平南|街道办事处
OWN_NAME = re.compile(
    rf"(?:.{{0,9}}(?:[、和与及由]|(?:交|转|移|托)给|会同|委托|督促|指导)|^{CLAUSE_NUMBER})(?P<name>(?!会同|配合|协助|协同|协调|联系|联合|邀请|商请|要求|授权|赋予|责成|敦促|允许|依托|发挥|移送|通报|报[送请]|上报|对接|下放|各|有关|相关|所[在属])(?:(?![、和与及由])[\u4e00-\u9fff]){{2,8}}(?<![至到给向对等的级地为]))$"
)
# Kinds of bodies whose name need not begin with a region (南太湖|新区管委会, 云岭|公安分局; 海关 is named after a
# port), with the most characters that their own name has.
OWN_NAME_LENGTHS = {"开发区": 8, "国家公园": 8, "海关": 4, "街道": 4, "分局": 4}
VAGUE = frozenset({"政府", "党委", "党组", "党工委", "管委会", "管理委员会", "国务院"})
# 各级党委(和)政府, 各级党委(（党组）和)政府
PARTY_AND = re.compile(r"(?:党委|党工委)(?:[（(]党组[）)])?(?:和|、|及|与)?")
# 市教育局|党委, 市生态环境局|青禾分局, 各级党委|（党组）, 财政厅|（局）: what goes on after a name and belongs to it
AFTER_NAME = re.compile(
    r"(?<=局)(?:(?![和与及同会由])[\u4e00-\u9fff]){0,6}?(?:分局|支队|大队|中队|总队)|党委|党组(?!织)|[（(]党组[）)]"
    r"|(?<=[厅局委])[（(][厅局委][）)]"
)
# 省发展改革委|（省能源局）
NAME_IN_BRACKETS = re.compile(r"[（(](?P<name>[^（）()，。；、\n]{2,16})[）)]")


@dataclass(frozen=True, slots=True)
class Name:
    """The whole name of a body, a mention with what belongs to it (各|乡镇|（街道）), at `start:end` of the `text`
    given to `names_of`, of which the clause is a part."""

    start: int
    end: int
    mention: Mention


def names_of(text: str, clause: int, found: list[Mention], home: Region, year: int) -> list[Name]:
    """The whole names of the bodies that the mentions `found` are in; they all stand in one clause, which begins at the
    offset `clause` of `text`. A place without a government (社区, 园区) and a name inside another are left out; parts
    of one name (国家税务总局|湖州市税务局) are joined. `home` and `year` are those by which names are resolved."""
    named = [_name(text, clause, mention, home, year) for mention in found]
    return list(_whole_names(text, [name for name in named if _is_body(text, name, home, year)]))


def _is_body(text: str, name: Name, home: Region, year: int) -> bool:
    """Whether the name is that of a body. Only a place that is named in place of its government is doubted: 河湾镇 has
    one, 社区 and 园区 have none."""
    return name.mention.suffix != PLACE_SUFFIX or organization(text[name.start : name.end], home, year)[0] is not None


def lists_of(text: str, names: list[Name]) -> Iterator[list[Name]]:
    """The names, which are in the order of the text, in groups, each a list of the text, also of one name: neighbours
    are in one list where only words and marks that join (、, 和, 以及) are between them, or one unknown word with such
    marks around it.

    A bare word (组织, 公路) is left out where it is no name: right after the whole name of a body, of which it says
    what it does (市教育局组织…; 财政 alone is a name there), and, after another name of its list, where a longer word
    begins with it (交通、公路养护、).
    """
    group: list[Name] = []
    for before, name in zip([None, *names], names, strict=False):
        bare = not name.mention.whole
        if (
            bare
            and before
            and before.mention.whole
            and before.end == name.start
            and text[name.start : name.end] != "财政"
        ):
            continue  # 医保经办机构|编制…, 市教育局|组织…: what it does
        if group and bare and text[name.start - 1] in "、和与及" and STRAY.match(text, name.end):
            continue
        if group:
            gap = text[group[-1].end : name.start]
            if not (LIST_JOINT.fullmatch(gap) or STRANGER.fullmatch(gap)):
                yield group
                group = []
        group.append(name)
    if group:
        yield group


def vague(text: str, name: Name) -> bool:
    """Whether the name is too general to be given work: 政府, 党委 or another of VAGUE with nothing before it is;
    各级政府 and 县政府 are not."""
    return name.start == name.mention.core and text[name.start : name.end] in VAGUE


def _name(text: str, clause: int, mention: Mention, home: Region, year: int) -> Name:
    """The whole name of the mention: from its region, 各 or the like on, but not from before the offset `clause` of
    `text`, at which the clause begins. That of townships in general (乡镇（街道）) has no region before it (not 渠县 of
    渠县各乡镇), but the levels above where its government is named with theirs (县、乡镇人民政府), and reaches as far
    as `ANY_TOWNSHIPS` matches; of another mention that is `whole` it includes an ending such as 党委 or 分局
    (AFTER_NAME) or a part of the police (公安机关|交通管理部门), and then a second name in brackets that the scheme
    knows. A development zone that is named without its committee (各区、|平湖新区) is its mention alone."""
    if text.startswith(TOWN_WORDS, mention.core) and mention.function.name == "人民政府":  # not 乡镇企业局
        start = mention.core
        if each := TOWN_EACH.search(text, max(clause, start - 4), start):
            start = each.start()
        if words_before := TOWN_AHEAD.search(text[max(clause, start - 14) : start]):
            start -= len(words_before[0])
        town = ANY_TOWNSHIPS.match(text, start)
        end = town.end() if town else mention.end
        if text.endswith("政府", start, end) and (above := LEVELS_AHEAD.search(text, max(clause, start - 14), start)):
            return Name(above.start(), end, mention)
        if start == mention.core and text.endswith(OF_ONE_TOWN, start, end):
            start = _own_name(text, clause, start, OWN_NAME_LENGTHS["街道"])
        return Name(start, end, mention)
    if mention.function.name == "开发区" and text[mention.end - 1] == "区":  # 各区县、|平湖新区
        return Name(mention.core, mention.end, mention)
    start = max(clause, name_start(text, mention.core, home, year))
    kind = "国家公园" if text.startswith("国家公园", mention.core) else mention.function.name
    if mention.suffix == "分局":
        kind = "分局"
    if longest := OWN_NAME_LENGTHS.get(kind):
        start = min(start, _own_name(text, clause, mention.core, longest))
    end = mention.end
    if mention.whole:
        if following := POLICE_PART.match(text, mention.core) or AFTER_NAME.match(text, end):
            end = max(end, following.end())
        if (second := NAME_IN_BRACKETS.match(text, end)) and organization(second["name"], home, year)[0]:
            end = second.end()
    return Name(start, end, mention)


def _own_name(text: str, clause: int, core: int, longest: int) -> int:
    """The offset at which the name of a body begins whose region is in no list: 南太湖新区管委会, 平南街道办事处.
    `core` is the offset of the part of the name that is known (新区管委会); the name before it has at most `longest`
    characters, begins the clause (at the offset `clause`) or follows 、, 由 or the like, and does not begin with a verb
    of work. `core` itself where the words before it are no such name."""
    name = OWN_NAME.search(text[max(clause, core - longest - 1 - MAX_CLAUSE_NUMBER) : core])
    is_name = name and len(name["name"]) <= longest and not deed().match(name["name"])
    return core - len(name["name"]) if name and is_name else core


def _whole_names(text: str, names: list[Name]) -> Iterator[Name]:
    """The names, with those joined that are parts of one: a whole name right after one with the same function
    (国家税务总局|湖州市税务局) or as an office of a government (`_of_government`); 各级党委和|政府. A joined name has
    the mention, and so the function, of its last part. Of names inside another only the outer one is kept, and of two
    that overlap otherwise only the first. `names` are sorted by the offset of their `core`."""
    pending: Name | None = None
    for name in names:
        if pending is None or (name.start <= pending.start and name.end > pending.end):
            pending = name
        elif name.start < pending.end:
            continue
        elif (
            (
                name.start == pending.end
                and name.mention.whole  # 市教育局|教育引导学生
                and (name.mention.function == pending.mention.function or _of_government(text, pending, name))
            )
            or (
                pending.start < pending.mention.core
                and PARTY_AND.fullmatch(text, pending.mention.core, name.start)
                and text[name.start : name.end] in VAGUE
            )
        ):
            pending = Name(pending.start, name.end, name.mention)
        else:
            yield pending
            pending = name
    if pending:
        yield pending


def _of_government(text: str, first: Name, name: Name) -> bool:
    """Whether the body `name`, printed right after the name `first`, is a part of it and both are one name:
    市政府|教育督导室, 乡镇（街道）|司法所. True where `first` is a government, a party committee or a development zone,
    and `name` is a body's whole name without a region that does not end in 中心."""
    whose = first.mention.function.name in ("人民政府", "党委", "开发区")
    own = name.mention.whole and name.start == name.mention.core and not text.endswith("中心", 0, name.end)
    return whose and own
