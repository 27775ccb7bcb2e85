"""The administrative regions that names stand for, as they were in a year (GB/T 2260, new areas, townships)."""

from functools import cache

from extractors import expressions as re
from extractors.reference.region_index import (
    GENERIC_NAMES,
    NAME_FORMS,
    RegionRow,
    index,
    provinces_by_letter,
    township_counties,
)
from extractors.vocabulary.dates import CENTURY_YEAR
from extractors.vocabulary.numerals import ONES
from ontology.model.facts import Level, Region

# The year for names in titles of documents, one for all plans, so that all of them mean the same region, and for any
# name where the caller knows no year.
REFERENCE_YEAR = 2023
CHINA = Region("中国", "100000", "national", None, "GB/T 2260")
TOWNSHIP_ORIGIN = "national database of place names, 2026-09-11"
# The home of a plan whose region is not known: nothing is resolved within it.
NOWHERE = Region("未定", None, "township", None, "no region")
NAMED_ORIGIN = "named in the plan"  # the origin of a region that no data set has


@cache
def gazetteer(year: int) -> "Gazetteer":
    """The regions as they were at the end of `year`; for a year that the data do not cover, those of the nearest year
    that they do."""
    return Gazetteer(min(max(year, index().first), index().last))


class Gazetteer:
    """The regions as they were at the end of `year`; made by `gazetteer`. Where a name could mean several regions, the
    answer is None, but `candidates` and `townships` give them all."""

    def __init__(self, year: int) -> None:
        self.year = year
        self._regions: dict[RegionRow, Region] = {}

    def resolve(self, name: str, within: Region | None = None) -> Region | None:
        """The region of this name, whatever white space is in it: '渠县' -> 渠县 of 达州市; '成都' -> 成都市;
        '上海市普陀区' -> that one; '川', the character of document numbers, -> 四川省; 中国, 全国, 国家 and
        中华人民共和国 -> CHINA; '普陀区' alone -> None, because there are two. None also for a township (`township`),
        and for what is no region's name.

        `within` decides between several: the one inside it is meant, else the one inside its parent, and so on upwards.
        """
        name = re.sub(r"\s+", "", name)
        if name in ("中国", "全国", "国家", "中华人民共和国"):
            return CHINA
        if (one := provinces_by_letter().get(name)) is not None:
            return self._choose([one], within)
        found = self._walk(name, within, whole=True)
        return found[0] if found else None

    def prefix(self, text: str, within: Region | None = None) -> tuple[Region, int] | None:
        """The region that the text starts with, and the length of its name in characters: '上海市普陀区消防规划' ->
        (普陀区, 6); '成都医保' -> (成都市, 2); '平安建设' -> None. `within` as in `resolve`.

        Of several names in a row the last region is meant. A bare name (成都) counts for a province, a prefecture or a
        district or county of a municipality, save in words such as 长治久安; for another county only before words like
        十四五 or 经济开发区, and at the end of the text. After a full name, any bare name counts only so:
        '云南省丽江古城保护条例' -> (云南省, 3). A region that had ended by this year, or had not begun, counts only
        where none of this year has the name: '达川养老规划' -> None in 2021, when 达川 is a 区 and no longer a 地区.
        """
        return self._walk(text, within, whole=False)

    def townships(self, name: str) -> list[Region]:
        """All townships of this name, each under its county as it was in this year: '头桥街道' -> that of 奉贤区 and
        that of 云岩区. Empty where no list has the name."""
        counties = [self._row(row) for code in township_counties().get(name, ()) if (row := self._at(code))]
        return [Region(name, None, "township", county, TOWNSHIP_ORIGIN) for county in counties]

    def township(self, name: str, within: Region | None = None) -> Region | None:
        """The township of this name: '头桥街道' within 上海市 -> that of 奉贤区. `within` decides between several as in
        `resolve`; None where it does not, and where there is none."""
        return _nearest(self.townships(name), within)

    def candidates(self, text: str) -> tuple[list[Region], int]:
        """Every region that has the longest full name with which the text starts, save names whose last character
        belongs to the next word (`_runs_on`), and the length of that name in characters (2 or more): '普陀区商业规划'
        -> ([普陀区 of 上海市, 普陀区 of 舟山市], 3); ([], 0) where the text starts with none. Of regions that did not
        exist in this year, those of the nearest year."""
        for length in range(min(len(text), index().longest), 1, -1):
            rows = [row for form, row in index().forms.get(text[:length], ()) if form == "full"]
            if rows and not _runs_on(text, length):
                return list(dict.fromkeys(self._row(row) for row in self._valid(rows))), length
        return [], 0

    def unknown(self, name: str, level: Level, parent: Region) -> Region:
        """A new `Region` of this name, level and parent, for one that no data set has, such as a development zone; it
        has no code, and NAMED_ORIGIN as its origin."""
        return Region(name, None, level, parent, NAMED_ORIGIN)

    def _walk(self, text: str, within: Region | None, *, whole: bool) -> tuple[Region, int] | None:
        """The last region of the names at the start of the text (四川省成都市武侯区), and the length of them all in
        characters; None where the text starts with no region. `within` decides between several as in `resolve`.

        A last name without 省, 市, 县 or the like at its end (FULL_NAME_ENDS; 丽江, but not 杭州), which stands after
        one with it and does not end the text, is taken as a part of the title's subject and left out
        (云南省丽江古城保护条例 is the province's), unless words of AFTER_COUNTY (“十四五”, 经济) follow. With `whole`
        the names must take up the whole text, else the result is None.
        """
        chained: list[tuple[Region | None, int]] = [(None, 0)]
        while (at := chained[-1][1]) < len(text):
            step = self._step(text[at : at + index().longest], chained[-1][0], within, whole)
            if step is None:
                break
            chained.append((step[0], at + step[1]))
        region, at = chained[-1]
        if (
            at < len(text)
            and len(chained) > 2
            and text[at - 1] not in FULL_NAME_ENDS
            and text[chained[-2][1] - 1] in FULL_NAME_ENDS
        ):
            region, at = (region, at) if AFTER_COUNTY.match(text, at) else chained[-2]
        return None if region is None or (whole and at < len(text)) else (region, at)

    def _step(self, text: str, above: Region | None, within: Region | None, whole: bool) -> tuple[Region, int] | None:
        """The region with the longest name of two characters or more that starts the text, and the length of the name;
        one whose last character belongs to the next word does not count (`_runs_on`). A text that is a name in several
        forms is read as a full one before a short or bare one. Of the regions with a name those of this year count
        (`_valid`), and with a bare name (成都) of these only those that `_bare_start` lets it mean, or all with
        `whole`, and of these only the likeliest (`_leading`).

        `above` is the region that the names before the text mean, None at the first name. Where `above` is None,
        `_choose` decides between the regions of that name, by `within`; None where it cannot. Else the region must be
        the only one of the name inside `above`; where it is not, other forms and then shorter names are tried. None
        where no name starts the text.
        """
        for length in range(len(text), 1, -1):
            entries = index().forms.get(text[:length])
            if entries is None or _runs_on(text, length):
                continue
            for form in NAME_FORMS:
                rows = [row for kind, row in entries if kind == form]
                if above is not None:
                    rows = [row for row in rows if above in chain(self._then(row))[1:]]
                rows = self._valid(rows)
                if form == "bare":  # of the regions of this year: 达川 is no 达川地区 where there is a 达川区
                    rows = [row for row in rows if whole or _bare_start(row, text[:length], text[length:])]
                    rows = _leading(rows)
                if not rows:
                    continue
                if above is None:
                    found = self._choose(rows, within)
                    return (found, length) if found else None
                inside = {self._then(row) for row in rows}
                if len(inside) == 1:
                    return inside.pop(), length
        return None

    def _choose(self, rows: list[RegionRow], within: Region | None) -> Region | None:
        """The one region that the rows, which one form of a name stands for, mean in this year or else in the nearest
        one (`_valid`); None where there are several and `within` does not decide between them (`_nearest`). Of a
        generic name (城区) only `within` itself and the regions directly in it count. `rows` is not empty."""
        if rows[0].name in GENERIC_NAMES:
            rows = [row for row in rows if within in (self._then(row), self._then(row).parent)]
        return _nearest([self._then(row) for row in self._valid(rows)], within)

    def _valid(self, rows: list[RegionRow]) -> list[RegionRow]:
        """The rows of this year; where there are none, those of the nearest year before or after it, all that are
        equally near. [] for []."""
        if not rows:
            return rows
        nearest = min(self._distance(row) for row in rows)
        return [row for row in rows if self._distance(row) == nearest]

    def _distance(self, row: RegionRow) -> int:
        """The number of years between the years of the row and this year; 0 where the row holds in this year."""
        return max(row.first - self.year, self.year - row.last, 0)

    def _then(self, row: RegionRow) -> Region:
        """The region of the row under its name of this year: 襄樊市 -> 襄阳市 in 2021.

        The data show the end of a year, so a name that they last have for the year before this one was still in use for
        most of this year and stays. A region whose identity has no row or several rows for this year, one that was
        merged into another (莱芜市; `_together`) and one whose name comes into use only after this year keep the name
        of the row.
        """
        if row.last < self.year - 1:
            after = [r for r in index().identities[row.identity] if r.first <= self.year <= r.last]
            if len(after) == 1 and not self._together(row, after[0]):
                return self._row(after[0])
        return self._row(row)

    @staticmethod
    def _together(row: RegionRow, after: RegionRow) -> bool:
        """Whether the region existed under the names of both rows in one year, so that the region of `row` was merged
        into that of `after` and not renamed."""
        same = [r for r in index().identities[row.identity] if r.name == after.name]
        return any(r.first <= row.last and row.first <= r.last for r in same)

    def _row(self, row: RegionRow) -> Region:
        """The region of the row, with the regions above it, under the row's own name, whatever it is called this
        year."""
        found = self._regions.get(row)
        if found is None:
            parent = CHINA if row.parent == CHINA.code else self._parent(row)
            found = Region(row.name, row.code, row.level, parent, row.origin)
            self._regions[row] = found
        return found

    def _parent(self, row: RegionRow) -> Region:
        """The region above that of the row (`row.parent` is its code), as it was in this year, or where the row does
        not hold in it, in the nearest year of the row: the first of the rows with this code that hold in that year,
        else of those nearest to it. Raises KeyError where the data have no row with the code."""
        year = min(max(self.year, row.first), row.last)
        rows = index().codes[row.parent]
        return self._row(min(rows, key=lambda r: max(r.first - year, year - r.last, 0)))

    def _at(self, code: str) -> RegionRow | None:
        """The row with this code whose years are nearest to this year, of equal ones the first; None where the code is
        not in the data."""
        rows = index().codes.get(code)
        return min(rows, key=self._distance) if rows else None


def chain(region: Region) -> list[Region]:
    """The region and all regions above it: 渠县 -> [渠县, 达州市, 四川省, 中国]."""
    found = [region]
    while (above := found[-1].parent) is not None:
        found.append(above)
    return found


def _nearest(regions: list[Region], within: Region | None) -> Region | None:
    """The region of the list that is meant in a text about `within`: the only one of the list, or the only one inside
    `within`, else the only one inside its parent, and so on upwards. None where the first of these with any inside has
    several, where there are several and none has one inside, or `within` is None, and for an empty list."""
    left = list(dict.fromkeys(regions))
    for ring in chain(within) if within else ():
        inside = [region for region in left if ring in chain(region)]
        if inside:
            return inside[0] if len(inside) == 1 else None
    return left[0] if len(left) == 1 else None


# what a full name ends with
FULL_NAME_ENDS = "省市区县州盟旗"

# 吉林市场监管 is no 吉林市, 海南县域经济 no 海南县, 主城区域 no 城区
CONTINUATIONS = {"市": "场", "县": "域", "区": "域位间块划", "州": "际"}


def _runs_on(text: str, length: int) -> bool:
    """Whether the last of the first `length` characters of the text, which are a name, belongs to the next word
    instead, so that the name is not there: ('吉林市场监管', 3) -> True, because of 市场."""
    return length < len(text) and text[length] in CONTINUATIONS.get(text[length - 1], "")


# Words that begin with the bare name of a province or prefecture and mean something else.
ORDINARY = re.compile(r"长治久安|安康工程|大同社会|中卫星|日照时|日照资|海西经济|海西两岸|来宾接|黄山松|吉安全|广安全")

# What follows a county's bare name that is used as a name: 昆山“十四五”, 普陀十四五, 昆山经济技术开发区
AFTER_COUNTY = re.compile(
    rf"[“\"‘《「]?(?:二?十[{ONES}]?五|第[十{ONES}]{{1,3}}个|{CENTURY_YEAR}|国民经济|经济|高新|开发区|新区)"
)


def _bare_start(row: RegionRow, form: str, following: str) -> bool:
    """Whether a bare name at the start of a longer text means the region: 成都 in 成都医保 does, 平安 in 平安建设 does
    not. A province, a prefecture or a district or county of a municipality is meant, except in words that only begin so
    (ORDINARY: 长治久安); another county only before words of AFTER_COUNTY, or where nothing follows, with the same
    exception. `row` is the region, `form` the name as it stands, `following` what comes after it."""
    if ORDINARY.match(form + following):
        return False
    return _rank(row) < 2 or not following or AFTER_COUNTY.match(following) is not None


def _rank(row: RegionRow) -> int:
    """The place of the region among those that a bare name may mean, 0 for the likeliest: 0 for a province (河北), 1
    for a prefecture or a district or county of a municipality, 2 for another county, 3 for another 区: 大同 means the
    city and not 大同区 of 大庆市."""
    if row.level == "provincial":
        return 0
    if row.level == "prefectural" or row.parent in MUNICIPALITIES:
        return 1
    return 3 if row.name.endswith("区") else 2


MUNICIPALITIES = {"110000", "120000", "310000", "500000"}


def _leading(rows: list[RegionRow]) -> list[RegionRow]:
    """The rows of the lowest `_rank`, which are those that a bare name most likely means; [] for []."""
    best = min(map(_rank, rows), default=0)
    return [row for row in rows if _rank(row) == best]
