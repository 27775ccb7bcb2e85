"""The scheme of government functions: the field of work of a public body, under every name the body has had."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractors import expressions as re
from extractors.reference.bodies import public_bodies
from extractors.reference.data_files import data_rows

FunctionKind = Literal["government", "party", "legislature", "judiciary", "mass", "enterprise", "institution"]

# What a body's name ends with after its stem, a longer one before those it ends with: 教育+行政主管部门.
BODY_SUFFIXES = (
    "行政主管部门", "行政管理部门", "监督管理部门", "行政执法部门", "行政部门", "主管部门", "监管部门", "监督部门",
    "管理部门", "执法部门", "职能部门", "部门", "主管机构", "工作领导小组办公室", "领导小组办公室",
    "工作联席会议办公室", "联席会议办公室", "委员会办公室", "办公室", "工作领导小组", "领导小组", "工作联席会议",
    "联席会议", "监督管理局", "监管局", "管理局", "总局", "分局", "局", "管理委员会", "工作委员会", "委员会",
    "管理委", "行政机关", "执法机关", "机关", "总署", "署", "厅", "工委", "委", "办", "部",
)  # fmt: skip
# Names that end so are the state's alone (财政部), save in the party, where every level has a 宣传部.
NATIONAL_SUFFIXES = frozenset({"部", "总局", "总署", "署"})

# What a body whose name is whole without it may end with: 安委会办公室, 医保经办机构部门.
OF_BODIES = frozenset({"部门", "机关", "办公室", "办"})
# What the name of a bureau of several functions ends with: 卫生健康和体育局; a department (部门) is of one.
OF_SEVERAL = ("管理局", "分局", "局", "委员会", "委", "厅")
# 人大|城建委, 政协|教科卫体委员会: the committees of an assembly, whatever bureaus have such names
ASSEMBLIES = ("人大", "政协")
CITY_SUPERVISION = ("市监委", "市监察")  # 市|监委 of a city, no 市监|委
OF_ASSEMBLY = re.compile(
    r"(?:(?:常委会|常务委员会)?(?:法制|监察|司法|内务|财政|财经|经济|预算|教科文卫体?|教科卫体|教育|科学|科技|文化|文史|卫生|体育|城建|城乡建设|城环|环境|环资|资源"
    r"|保护|农业|农村|农工|民族|民宗|宗教|社会|建设|外事|侨务|华侨|港澳台侨|人口|提案|代表|联络|工作|人事|任免|选举|社法|学习|与|和){1,5})"
    r"(?:委员会|工委|委(?![托派任员]))"
)


@dataclass(frozen=True, slots=True)
class Function:
    """An entry of the scheme of government functions, such as 财政; `name` is its canonical name, `english` the label
    in English.

    `stems` are the words that stand before an ending (财政 in 财政局) or alone in lists, `bodies` are complete names of
    bodies; those in `national` are names of central bodies only (海关总署). `kind` says what sort of body has the
    function (government, party, judiciary, …; FunctionKind). `successor` is the name of the function that took this one
    over completely, None where none did. `parts` are words that name the function only within the name of a bureau of
    several functions (工业 in 工业商务和信息化局).
    """

    name: str
    english: str
    kind: FunctionKind
    stems: tuple[str, ...]
    bodies: tuple[str, ...]
    national: frozenset[str]
    successor: str | None
    parts: tuple[str, ...] = ()


@cache
def functions() -> dict[str, Function]:
    """The scheme, each function by its canonical name, in the order of the data file. The names of central bodies are
    the `PublicBody.names` of those with that function; they are in `national` and also at the end of `bodies`."""
    national: dict[str, tuple[str, ...]] = {}
    for body in public_bodies():
        if body.function and body.names:
            national[body.function] = (*national.get(body.function, ()), *body.names)
    scheme = {}
    for name, english, kind, stems, bodies, successor, parts in data_rows("functions.tsv", header=True):
        scheme[name] = Function(
            name,
            english,
            kind,  # type: ignore[arg-type]
            tuple(stems.split()),
            (*bodies.split(), *national.get(name, ())),
            frozenset(national.get(name, ())),
            successor or None,
            tuple(parts.split()),
        )
    return scheme


@cache
def functions_by_stem() -> dict[str, Function]:
    """The function by each of its stems: '卫健' -> 卫生健康. Of two functions with one stem the later in the data
    file."""
    return {stem: function for function in functions().values() for stem in function.stems}


@cache
def _functions_by_part() -> dict[str, Function]:
    """The function by each of its stems and of the words that name it within the name of a bureau of several."""
    parts = {part: function for function in functions().values() for part in function.parts}
    return {**parts, **functions_by_stem()}


@cache
def functions_by_body() -> dict[str, Function]:
    """The function by each complete name of a body that has it: '社保经办机构' -> 人力资源社会保障. Of two functions
    with one name the later in the data file."""
    return {body: function for function in functions().values() for body in function.bodies}


def function_named(name: str) -> tuple[Function, bool] | None:
    """The function that a name without its region stands for, and whether the name is that of a central body: '财政部'
    -> (财政, True); '卫健' -> (卫生健康, False). None for a name that the scheme does not have. The first of these that
    the name is:

    - a complete name of a body, which is central if in `Function.national`; or a stem, which never is;
    - a stem with one of BODY_SUFFIXES, or a complete name of a body with one of OF_BODIES. The shortest suffix that
      leaves one counts. A stem with 部, 总局, 总署 or 署 (NATIONAL_SUFFIXES) is the name of a central body (财政部),
      but not where the function is one of the party (宣传部);
    - any of these with 和 in place of 与;
    - 人大 or 政协 with one of its committees (OF_ASSEMBLY: 人大城建委), whatever bureaus have such names;
    - several stems or `parts` with one of OF_SEVERAL, the first that leaves such words, by the first of them:
      '卫生健康和体育局' -> (卫生健康, False).

    None too for 市监委 and 市监察委员会, which are no 市监 but the 监委 of a city.
    """
    if name.startswith(CITY_SUPERVISION):
        return None
    if function := functions_by_body().get(name):
        return function, name in function.national
    if function := functions_by_stem().get(name):
        return function, False
    for suffix in reversed(BODY_SUFFIXES):  # 金融监管|部门, not 金融|监管部门
        if not name.endswith(suffix):
            continue
        core = name[: -len(suffix)]
        if suffix in OF_BODIES and (function := functions_by_body().get(core)):
            return function, False
        if function := functions_by_stem().get(core):
            return function, suffix in NATIONAL_SUFFIXES and function.kind != "party"
    if "与" in name and (found := function_named(name.replace("与", "和"))):  # 工业与信息化厅
        return found
    for assembly in ASSEMBLIES:
        if name.startswith(assembly) and OF_ASSEMBLY.fullmatch(name, len(assembly)):
            return functions()[assembly], False
    for suffix in OF_SEVERAL:  # 文化和城市管理|局 is no 文化和城市|管理局
        if name.endswith(suffix) and (function := _first_of_several(name[: -len(suffix)])):
            return function, False
    return None


def _first_of_several(core: str) -> Function | None:
    """The function of the first word of a body's name, where the name, without its ending (`core`), consists of stems
    and `parts` of functions, each of two characters or more, joined by 和, 与, 及 or nothing, of which at least one is
    a stem: '卫生健康和体育' -> 卫生健康; '工业商务和信息化' -> 工业和信息化, of which 工业 is a part. Where it can be
    divided in several ways, that with the longest first word counts. None where it does not consist of these alone, and
    for ''."""
    words, stems = _functions_by_part(), functions_by_stem()
    first: Function | None = None
    # The words that may start at each place, the longest first; 文旅广|电 is given up for 文旅|广电.
    ways = [(0, first, False)]
    while ways:
        at, first, has_stem = ways.pop()
        if at == len(core):
            if has_stem:
                return first
            continue
        start = at + (core[at] in "和与及" and at > 0)
        ends = [end for end in range(start + 2, len(core) + 1) if core[start:end] in words]
        ways.extend((end, first or words[core[start:end]], has_stem or core[start:end] in stems) for end in ends)
    return None
