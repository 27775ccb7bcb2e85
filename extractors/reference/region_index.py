"""The region data files as an index: every name in each of its forms, with the years in which it was in use."""

from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from extractors import expressions as re
from extractors.reference.data_files import data_rows
from ontology.model.facts import Level

# How a form stands for a name: as it is, in an unmistakable short form (阿坝州), or bare (成都, 渠).
Form = Literal["full", "short", "bare"]
NAME_FORMS: tuple[Form, ...] = ("full", "short", "bare")


class RegionRow(NamedTuple):
    """A name of a region of this level under one parent, with the first and last year in which the data set has this
    name under this parent. `code` is that of GB/T 2260, None for a region that has none; `parent` is the code of the
    region above, 100000 for a province. `origin` names the data set with the years, or the act that set up a zone. Rows
    of one region, under its names and codes in turn, share their `identity`."""

    code: str | None
    name: str
    level: Level
    parent: str
    first: int
    last: int
    identity: str
    origin: str


@dataclass(frozen=True, slots=True)
class RegionIndex:
    """The data files as dicts. `forms` has, for each way to write a name, how it stands for the name and the rows with
    that name; `codes` has the rows with a code, `identities` those of one region. `first` and `last` are the years that
    the data cover, `longest` is the length of the longest name in characters."""

    forms: dict[str, list[tuple[Form, RegionRow]]]
    codes: dict[str, list[RegionRow]]
    identities: dict[str, list[RegionRow]]
    first: int
    last: int
    longest: int


# Full names that are also common nouns: only the direct parent tells that the region is meant.
GENERIC_NAMES = {"城区", "郊区", "矿区", "东区", "西区", "南区", "北区", "新区", "市郊区", "市区"}


@cache
def index() -> RegionIndex:
    """The index, read from the data files on first use. The rows of a form, code or identity are in the order of the
    files, divisions before zones. Beside the forms of `_forms` a name has the one that regions_aliases.tsv gives it, as
    a short one. Rows without a code are not in `codes`, and `first` and `last` are those of rows with one; `longest` is
    over all forms."""
    rows = [*_divisions(), *_zones()]
    coded_first = [row.first for row in rows if row.code]
    coded_last = [row.last for row in rows if row.code]
    forms: dict[str, list[tuple[Form, RegionRow]]] = {}
    codes: dict[str, list[RegionRow]] = {}
    identities: dict[str, list[RegionRow]] = {}
    nicknames = {name: short for short, name in data_rows("regions_aliases.tsv")}
    forms_of: dict[str, list[tuple[str, Form]]] = {}
    for row in rows:
        if row.name not in forms_of:
            forms_of[row.name] = _forms(row.name)
            if row.name in nicknames:
                forms_of[row.name].append((nicknames[row.name], "short"))
        for form, kind in forms_of[row.name]:
            forms.setdefault(form, []).append((kind, row))
        if row.code:
            codes.setdefault(row.code, []).append(row)
        identities.setdefault(row.identity, []).append(row)
    longest = max(map(len, forms))
    return RegionIndex(forms, codes, identities, min(coded_first), max(coded_last), longest)


def _divisions() -> list[RegionRow]:
    """The rows of the divisions of GB/T 2260."""
    lines = data_rows("regions.tsv")
    return [
        RegionRow(code, name, _level(code), parent, int(first), int(last), identity, f"GB/T 2260, {first}–{last}")
        for code, name, parent, first, last, identity in lines
    ]


def _level(code: str) -> Level:
    """The level that a code of GB/T 2260 shows: '510000' -> provincial, '511700' -> prefectural, '511725' -> county."""
    if code.endswith("0000"):
        return "provincial"
    return "prefectural" if code.endswith("00") else "county"


def _zones() -> list[RegionRow]:
    """The rows of regions_zones.tsv: new areas, zones and 新疆生产建设兵团, which have no code."""
    return [
        RegionRow(None, name, ZONE_LEVELS[level], parent, int(first), int(last), name, source)
        for name, level, parent, first, last, source in data_rows("regions_zones.tsv")
    ]


ZONE_LEVELS: dict[str, Level] = {"provincial": "provincial", "prefectural": "prefectural", "county": "county"}

# 阿坝藏族羌族自治州 -> 阿坝; 龙胜各族自治县 -> 龙胜; 瀍河回族区 -> 瀍河
PEOPLES = re.compile(
    "(?:(?<!内)蒙古族?|回族|藏族|维吾尔族?|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族"
    "|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族?|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族?|塔吉克族?"
    "|怒族|俄罗斯族|鄂温克族|保安族|裕固族|独龙族|鄂伦春族?|普米族|各族)+$"
)

REGION_SUFFIX = re.compile(r"(特别行政区|自治[区州县旗]|地区|林区|特区|新区|[省市州盟县区旗])$")


def _forms(name: str) -> list[tuple[str, Form]]:
    """The ways to write the name, each with how it stands for the name, in this order:

    - full: the name itself. A name without a usual ending (REGION_SUFFIX) and one of GENERIC_NAMES have no other form;
    - short, where the ending is 自治… or the stem, which stands before the ending, ends with 族: the stem without the
      names of peoples at its end, with the ending (if that is not the name itself), and for 自治州, 自治县 and 自治旗
      also with the last character of the ending: 阿坝藏族羌族自治州 -> 阿坝自治州, 阿坝州. A stem that consists of such
      names loses only 族: 鄂温克族自治旗 -> 鄂温克自治旗, 鄂温克旗;
    - short, for a 特别行政区: 香港特区;
    - bare: the stem, shortened as for the short form: 莆田市 -> 莆田, 阿坝藏族羌族自治州 -> 阿坝. Not a stem of one
      character (渠县), nor that of a 新区.
    """
    found: list[tuple[str, Form]] = [(name, "full")]
    suffix = REGION_SUFFIX.search(name)
    if suffix is None or name in GENERIC_NAMES:
        return found
    stem = name[: suffix.start()]
    if suffix[1].startswith("自治") or stem.endswith("族"):
        stem = PEOPLES.sub("", stem) or stem.removesuffix("族")
        if stem + suffix[1] != name:
            found.append((stem + suffix[1], "short"))
        if suffix[1] in ("自治州", "自治县", "自治旗"):
            found.append((stem + suffix[1][-1], "short"))
    elif suffix[1] == "特别行政区":
        found.append((stem + "特区", "short"))
    if len(stem) > 1 and suffix[1] != "新区":
        found.append((stem, "bare"))
    return found


@cache
def township_counties() -> dict[str, list[str]]:
    """The codes of the counties that have a township of the name, by that name, in the order of the data file: 头桥街道
    -> ['310120', '520103']."""
    found: dict[str, list[str]] = {}
    for code, names in data_rows("townships.tsv"):
        for name in names.split(" "):
            found.setdefault(name, []).append(code)
    return found


@cache
def provinces_by_letter() -> dict[str, RegionRow]:
    """The province by the character that its document numbers begin with: 川 -> 四川省."""
    provinces = {row.name: row for row in _divisions() if row.level == "provincial"}
    return {letter: provinces[name] for letter, name, *_ in data_rows("province_letters.tsv")}
