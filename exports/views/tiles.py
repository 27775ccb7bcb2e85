"""The page with a tile for each province: how many plans are of it and of the regions within it. Tiles have no outlines
of provinces, so that the page shows no borders."""

from collections import defaultdict

from exports.views.figure import Figure, svg, words
from exports.views.markup import Markup, join, tag
from exports.views.model import Row, Rows
from exports.views.selection import Selection, chosen_plans, levels_of
from exports.views.words import LEVEL_NAMES, UNKNOWN_LEVEL, localized
from ontology.model.errors import Refused

TILE, GAP, MARGIN = 74, 5, 18  # pixels
# The provinces by the first two digits of their codes: name, column, row, about where they lie.
TILES = {
    "65": ("新疆", 0, 1), "54": ("西藏", 0, 3), "63": ("青海", 1, 2), "62": ("甘肃", 2, 2), "64": ("宁夏", 3, 2),
    "15": ("内蒙古", 4, 1), "23": ("黑龙江", 7, 0), "22": ("吉林", 7, 1), "21": ("辽宁", 6, 1), "11": ("北京", 5, 1),
    "12": ("天津", 6, 2), "13": ("河北", 5, 2), "14": ("山西", 4, 2), "37": ("山东", 6, 3), "61": ("陕西", 3, 3),
    "41": ("河南", 5, 3), "32": ("江苏", 7, 3), "34": ("安徽", 6, 4), "42": ("湖北", 5, 4), "51": ("四川", 2, 3),
    "50": ("重庆", 4, 4), "31": ("上海", 8, 4), "33": ("浙江", 7, 4), "36": ("江西", 6, 5), "43": ("湖南", 5, 5),
    "52": ("贵州", 4, 5), "53": ("云南", 3, 5), "35": ("福建", 7, 5), "45": ("广西", 4, 6), "44": ("广东", 5, 6),
    "46": ("海南", 4, 7), "81": ("香港", 6, 7), "82": ("澳门", 5, 7), "71": ("台湾", 8, 6),
}  # fmt: skip
ELSEWHERE = "其他"  # regions without a code of a province in TILES


def tiles_view(rows: Rows, selection: Selection) -> Figure:
    """The page of the chosen plans by province. A plan of national level counts for the country, any other for the
    province of the first two digits of its region's code, or for ELSEWHERE (其他) where TILES has no such province. A
    tile with plans leads to the list of these; the lists are in the order of TILES, then the country, then ELSEWHERE.
    No tile counts plans without a region, and files whose plan another chosen file holds too, which counts in their
    place (preset `duplicates`); both have a list at the end, and their number in the subtitle. Raises Refused where no
    chosen plan has a region, and as `chosen_plans` does."""
    chosen = {row["plan_id"]: row for row in chosen_plans(rows, selection)}
    twice = {row["plan_id"] for row in rows("duplicates") if row["other_plan_id"] in chosen} & chosen.keys()
    counted = [row for key, row in chosen.items() if key not in twice]
    plans = [row for row in counted if row["region"]]
    unknown = [row for row in counted if not row["region"]]
    levels = levels_of(rows)
    places: dict[str, list[Row]] = defaultdict(list)
    for plan in plans:
        if levels.get((plan["region"], plan["region_code"])) != "national":
            code = (plan["region_code"] or "")[:2]
            places[code if code in TILES else ELSEWHERE].append(plan)
    nation = [plan for plan in plans if levels.get((plan["region"], plan["region_code"])) == "national"]
    if not plans:
        raise Refused("no plan of the store has a region: see `kg query plans`")
    province_count = sum(1 for code in places if code != ELSEWHERE)
    subtitle = [localized(f"{len(plans)} 份规划 · {province_count} 个省级地区 · 全国性 {len(nation)} 份")]
    if unknown:
        subtitle.append(localized(f"另有 {len(unknown)} 份地区不明，列于页末"))
    if twice:
        subtitle.append(localized(f"重复文件 {len(twice)} 个，不另计"))
    return Figure(
        "regions",
        localized("各省级地区的规划"),
        " · ".join(subtitle),
        _drawing(places, nation),
        join(
            *(_list(code, TILES[code][0], places[code], levels) for code in TILES if code in places),
            _list("nation", localized("全国"), nation, levels) if nation else None,
            _list("other", localized(ELSEWHERE), places[ELSEWHERE], levels) if ELSEWHERE in places else None,
            _list("unknown", localized("地区不明"), unknown, levels) if unknown else None,
            _list("twice", localized("重复文件"), [chosen[key] for key in twice], levels) if twice else None,
        ),
    )


def _drawing(places: dict[str, list[Row]], nation: list[Row]) -> Markup:
    """The drawing: a tile for each province, one for the country, and one for ELSEWHERE where that has plans. `places`
    has the plans (rows of the preset `plans`) of each province by the first two digits of its code, and those of
    regions without such a code under ELSEWHERE; `nation` are the national ones."""
    most = max(1, len(nation), *map(len, places.values()))
    tiles = [
        _tile(name, column, row, len(places.get(code, ())), most, code) for code, (name, column, row) in TILES.items()
    ]
    tiles.append(_tile(localized("全国"), 0, 6, len(nation), most, "nation"))
    if ELSEWHERE in places:
        tiles.append(_tile(localized(ELSEWHERE), 1, 6, len(places[ELSEWHERE]), most, "other"))
    step = TILE + GAP
    return svg(2 * MARGIN + 9 * step, 2 * MARGIN + 8 * step, *tiles)


def _tile(name: str, column: int, row: int, count: int, most: int, anchor: str) -> Markup:
    """The tile at this column and row of the grid, with its `name` and the number of its plans (`count`); `most` is the
    largest number of all tiles. It leads to '#region-ANCHOR', the list of its plans; a tile without plans has no number
    and leads nowhere."""
    x, y = MARGIN + column * (TILE + GAP), MARGIN + row * (TILE + GAP)
    dark = count / most > 0.45
    ink = "#ffffff" if dark else "#222222" if count else "#66707a"
    box = tag("rect", x=x, y=y, width=TILE, height=TILE, rx=6, fill=_shade(count, most))
    label = words(name, x + TILE / 2, y + TILE / 2 - 2, text_anchor="middle", fill=ink, font_size=14)
    if not count:
        return join(box, label)
    number = words(f"{count}", x + TILE / 2, y + TILE / 2 + 20, text_anchor="middle", fill=ink, font_weight="bold")
    return tag("a", tag("title", localized(f"{name}：{count} 份规划")), box, label, number, href=f"#region-{anchor}")


def _shade(count: int, most: int) -> str:
    """The colour of a tile, as #rrggbb, by its number of plans: light grey for none, then from pale to dark blue at
    `most`, the largest number, which `count` must not exceed."""
    if not count:
        return "#eef1f3"
    part = (count / most) ** 0.6
    low, high = (205, 226, 240), (0, 63, 114)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(low, high, strict=True))


def _list(anchor: str, name: str, plans: list[Row], levels: dict[tuple[str, str | None], str]) -> Markup:
    """The HTML of the list of these plans (rows of the preset `plans`) below this name: level, region, title
    (else the file's name) and file, sorted by level from the highest down, the unknown one last, then by code, first
    year and file. Its id is 'region-ANCHOR'; `levels` has the level of each region by its name and code."""
    order = [*LEVEL_NAMES, None]

    def rank(plan: Row) -> tuple[int, str, int, str]:
        level = levels.get((plan["region"], plan["region_code"]))
        return order.index(level), plan["region_code"] or "", plan["period_start"] or 0, plan["file"]

    lines = [
        tag(
            "tr",
            tag(
                "td", localized(LEVEL_NAMES.get(levels.get((plan["region"], plan["region_code"])) or "", UNKNOWN_LEVEL))
            ),
            tag("td", plan["region"] or ""),
            tag("td", plan["plan"] or plan["file"]),
            tag("td", tag("span", plan["file"], data_file=plan["file"], data_at="")),
        )
        for plan in sorted(plans, key=rank)
    ]
    return tag("section", tag("h2", f"{name}（{len(plans)}）"), tag("table", *lines), id=f"region-{anchor}")
