"""The page of plans by plans: how much of the text of the tasks of the plan in the row also stands in the plan in the
column. A cell leads to the passages that the two plans share."""

from collections import defaultdict

from exports.views.compare import pair_block
from exports.views.figure import Figure, pair_link, relation_name, staying, svg, words
from exports.views.markup import Markup, distinct_labels, join, tag
from exports.views.model import Row, Rows
from exports.views.selection import MAX_PLANS, Selection, chosen_plans, levels_of, told_apart
from exports.views.words import LEVEL_NAMES, localized
from ontology.model.errors import Refused

LABELS, TOP, MARGIN = 300, 190, 16  # pixels
CELL_SIZES = (22, 46)  # the least and the most
MATRIX_SIZE = 900
MAX_PASSAGES_OF_PAIR = 40  # passages shown of two plans, the best first
MAX_PASSAGES = 4_000  # shown of all plans, for the two that share most first


def matrix_view(rows: Rows, selection: Selection) -> Figure:
    """The page of the chosen plans against each other, sorted by level from the national one downwards, region, first
    year and file. Two plans have cells where `kg align` has compared them; a plan without any is left out.

    Below the drawing are the passages of each two plans that are copied or adapted, at most MAX_PASSAGES_OF_PAIR (40)
    of two plans and MAX_PASSAGES (4,000) on the page. Of more than MAX_PLANS (100) compared plans those are drawn that
    have the largest shares with another, with a line for each two of them in place of passages, and the subtitle says
    so. Raises Refused where no two of the plans were compared, and as `chosen_plans` does.
    """
    chosen = {row["plan_id"]: row for row in chosen_plans(rows, selection)}
    levels = levels_of(rows)
    order = [*LEVEL_NAMES, None]

    def rank(plan: Row) -> tuple[int, str, int, str]:
        level = levels.get((plan["region"], plan["region_code"]))
        return order.index(level), plan["region"] or "", plan["period_start"] or 0, plan["file"]

    shares = [row for row in rows("text-reuse") if row["plan_id"] in chosen and row["other_plan_id"] in chosen]
    if not shares:
        raise Refused("no two of these plans have been compared: run `kg align`; it compares plans that are related")
    best = sorted(shares, key=lambda row: -row["share"])
    compared_plans = list(dict.fromkeys(plan for row in best for plan in (row["plan_id"], row["other_plan_id"])))
    drawn = set(compared_plans[:MAX_PLANS])
    shares = [row for row in shares if row["plan_id"] in drawn and row["other_plan_id"] in drawn]
    plans = sorted((plan for key, plan in chosen.items() if key in drawn), key=rank)
    subtitle = localized(
        f"{len(plans)} 份规划 · {len(shares) // 2} 对经比对 · 行规划的任务文本见于列规划的比例（连续八字以上）"
    )
    of_pairs: dict[frozenset[str], Row] = {}  # of two plans without an order the row with the larger share
    for row in shares:
        if row["position"] not in ("lower", "later"):
            of_pairs.setdefault(_key(row), row)
    uppers = list(of_pairs.values())
    numbers = {plan["plan_id"]: i for i, plan in enumerate(plans)}
    if len(compared_plans) > MAX_PLANS:
        subtitle += " · " + localized(
            f"共 {len(compared_plans)} 份规划经比对，图中为重合最多的；其他用 --plan 或 --region 选择"
        )
        body = join(*(_pair_without(row, numbers) for row in uppers))
    else:
        pairs: dict[frozenset[str], list[Row]] = defaultdict(list)
        for row in rows("task-alignment"):
            if row["kind"] != "related":
                pairs[frozenset((row["plan_id"], row["other_plan_id"]))].append(row)
        most = _passage_counts(uppers, pairs)
        body = join(*(_pair(row, pairs, numbers, most[_key(row)]) for row in uppers))
    return Figure("matrix", localized("规划之间的文本重合"), subtitle, _drawing(plans, shares, numbers), body)


def _key(row: Row) -> frozenset[str]:
    return frozenset((row["plan_id"], row["other_plan_id"]))


def _passage_counts(uppers: list[Row], pairs: dict[frozenset[str], list[Row]]) -> dict[frozenset[str], int]:
    """How many passages are shown of each two plans, by the set of the two ids: all, but at most MAX_PASSAGES_OF_PAIR
    (40) of two plans and MAX_PASSAGES (4,000) on the page. Two plans of which one shares more of its text with the
    other come first, and the last may have 0. `uppers` has a row of the preset `text-reuse` for each two plans,
    `pairs`, a defaultdict, the rows of `task-alignment` of each two plans by the set of the two ids."""
    room, counts = MAX_PASSAGES, {}
    for row in sorted(uppers, key=lambda row: -max(row["share"], row["other_share"])):
        counts[_key(row)] = min(MAX_PASSAGES_OF_PAIR, len(pairs[_key(row)]), room)
        room -= counts[_key(row)]
    return counts


def _anchor(row: Row, numbers: dict[str, int]) -> str:
    """The id on the page of the passages of the two plans of a row, the same for either order: 'plans-0-3'. `numbers`
    has the number of each plan by its id."""
    one, other = sorted((numbers[row["plan_id"]], numbers[row["other_plan_id"]]))
    return f"plans-{one}-{other}"


def _drawing(plans: list[Row], shares: list[Row], numbers: dict[str, int]) -> Markup:
    """The drawing: a row and a column for each of the plans (rows of the preset `plans`), and for each of `shares`
    (rows of the preset `text-reuse`) a cell, in the row of its plan and the column of the other plan, with the share in
    percent. The names of rows and columns stay in sight (`staying`). `numbers` has the place in `plans` of each plan by
    its id."""
    cell = min(CELL_SIZES[1], max(CELL_SIZES[0], MATRIX_SIZE / len(plans)))
    size = cell * len(plans)
    drawn = []
    for row in shares:
        x = MARGIN + LABELS + cell * numbers[row["other_plan_id"]]
        y = TOP + cell * numbers[row["plan_id"]]
        share = float(row["share"])
        box = tag(
            "rect",
            tag("title", localized(f"{row['plan']} 见于 {row['other_plan']}：{share:.1%}")),
            x=round(x + 1, 1),
            y=round(y + 1, 1),
            width=round(cell - 2, 1),
            height=round(cell - 2, 1),
            fill=_shade(share),
        )
        number = words(
            f"{share:.0%}",
            x + cell / 2,
            y + cell / 2 + 4,
            font_size=10 if cell < 36 else 12,
            text_anchor="middle",
            fill="#ffffff" if share > 0.22 else "#222222",
        )
        drawn.append(tag("a", box, number, href=f"#{_anchor(row, numbers)}"))
    names = _labels(plans)
    long, short = distinct_labels(names, 24), distinct_labels(names, 17)
    left, width, height = MARGIN + LABELS, MARGIN + LABELS + size + 170, TOP + size + MARGIN
    beside = [tag("rect", x=0, y=TOP, width=left, height=height - TOP, fill="#ffffff")]
    above = [tag("rect", x=0, y=0, width=width, height=TOP, fill="#ffffff")]
    for index, name in enumerate(names):
        middle = cell * (index + 0.5)
        beside.append(words(long[name], left - 8, TOP + middle + 4, text_anchor="end"))
        x, y = left + middle, TOP - 8
        above.append(words(short[name], x, y, transform=f"rotate(-50 {x:.1f} {y})"))
    corner = tag("rect", x=0, y=0, width=left, height=TOP, fill="#ffffff")
    return svg(width, height, *drawn, staying("x", *beside), staying("y", *above), staying("x y", corner))


def _shade(share: float) -> str:
    """The colour of a cell, as #rrggbb, by the share of text (0 to 1) that it stands for: from nearly white at 0 to
    dark blue at 0.5 and above."""
    part = min(1.0, share * 2) ** 0.6
    low, high = (242, 246, 250), (0, 63, 114)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(low, high, strict=True))


def _labels(plans: list[Row]) -> list[str]:
    """A label for each plan (a row of the preset `plans`), in their order: the plan's region, a blank and the title
    without this region at its beginning: '云岭省 养老服务规划'. The title alone where no region is known, the file's
    name where there is no title. Where several plans would have one label, the file's name follows it in brackets."""
    names = []
    for plan in plans:
        region, title = plan["region"] or "", plan["plan"] or plan["file"]
        shortened = title.removeprefix(region)
        names.append(f"{region} {shortened}".strip())
    return told_apart(names, plans)


def _pair(row: Row, pairs: dict[frozenset[str], list[Row]], numbers: dict[str, int], most: int) -> Markup:
    """The HTML of the passages that two plans share, the `most` with the highest scores, the highest first, and a note
    with the number of the others, if any. `row` is one of the preset `text-reuse`, `pairs` has the rows of
    `task-alignment` by the set of the two plans' ids, `numbers` the number of each plan by its id."""
    alignments = sorted(pairs[_key(row)], key=lambda pair: -pair["score"])
    relation = relation_name(row["relation"])
    summary = localized(f"{row['plan']} ↔ {row['other_plan']}（{relation}；对应任务 {len(alignments)} 对）")
    anchor = _anchor(row, numbers)
    shown = [pair_block(pair, f"{anchor}-{index}") for index, pair in enumerate(alignments[:most])]
    more = len(alignments) - most
    note = tag("p", localized(f"其余 {more} 对见 kg query task-alignment"), class_="note") if more > 0 else None
    link = pair_link(row["plan_id"], row["other_plan_id"])
    return tag("details", tag("summary", tag("span", summary, id=anchor), " ", link), *shown, note)


def _pair_without(row: Row, numbers: dict[str, int]) -> Markup:
    """A line of HTML for the two plans of a row of the preset `text-reuse`, whose passages are not shown; `numbers` has
    the number of each plan by its id."""
    text = f"{row['plan']} ↔ {row['other_plan']} · {relation_name(row['relation'])} "
    return tag("p", tag("span", text, id=_anchor(row, numbers)), pair_link(row["plan_id"], row["other_plan_id"]))
