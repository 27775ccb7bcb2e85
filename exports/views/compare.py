"""The page that shows two plans side by side: their tasks, which of them are counterparts, and where their words and
numbers differ."""

from collections.abc import Callable, Iterator
from functools import partial

from exports.views.differences import with_differences
from exports.views.figure import KIND_COLOURS, KIND_NAMES, Figure, legend, place, relation_name, staying, svg, words
from exports.views.markup import Markup, clipped, distinct_labels, join, tag
from exports.views.model import Row, Rows
from exports.views.selection import Selection, chosen_plans
from exports.views.words import localized, page_language
from ontology.model.errors import Refused, Usage
from ontology.words import listed

ROW, WIDTH, MIDDLE, MARGIN, TOP = 24, 350, 250, 16, 54  # pixels
COMPARED_LABEL_LENGTH = 26  # characters
# What the page says of the two sides, and of the tasks that are left over on each, by `plan_order`.
_SIDES = {
    "cited": "左为上位规划，右为下位规划；",
    "above": "左为上位规划，右为下位规划；",
    "earlier": "左为较早规划，右为较晚规划；",
    None: "两份规划的先后上下不明；",
}
_LEFT_OVER = {
    "cited": ("上位规划中无对应的任务", "下位规划自主增加的任务"),
    "above": ("上位规划中无对应的任务", "下位规划自主增加的任务"),
    "earlier": ("较早规划中无对应的任务", "较晚规划新增的任务"),
}


def compare_view(rows: Rows, selection: Selection) -> Figure:
    """The page of the two plans that the selection names; the upper one, as `kg align` has it, is on the left, and is
    called so only where `plan_order` says why. Tasks are in the order of the text. Pairs of tasks are sorted by the
    place of the right task, then the highest score first, then by the place of the left task; a pair of the kind
    `related` has a line but no block of passages. Each other task stands in one of three lists of its plan: taken up
    outside of tasks (preset `taken-up-elsewhere`), perhaps taken up, and without a counterpart (`unmatched-tasks`).
    Raises Usage and Refused as `_two` does, and Refused where `kg align` found no counterparts in the two."""
    plans = _two(rows, selection)
    keys = {plan["plan_id"] for plan in plans}

    def of_both(name: str) -> list[Row]:
        """The rows of the preset `name` that are of one of the two plans and the other."""
        return [row for row in rows(name) if {row["plan_id"], row["other_plan_id"]} == keys]

    alignments = of_both("task-alignment")
    if not alignments:
        raise Refused("these two plans have not been compared: run `kg align`; it compares plans that are related")
    upper_id, lower_id = alignments[0]["other_plan_id"], alignments[0]["plan_id"]
    upper = next(plan for plan in plans if plan["plan_id"] == upper_id)
    lower = next(plan for plan in plans if plan["plan_id"] == lower_id)
    tasks = sorted(rows("tasks"), key=lambda row: row["start"])
    upper_tasks = [row for row in tasks if row["plan_id"] == upper_id]
    lower_tasks = [row for row in tasks if row["plan_id"] == lower_id]
    pairs = sorted(alignments, key=lambda row: (row["start"], -row["score"], row["other_start"]))
    order = alignments[0]["plan_order"]
    elsewhere, unmatched = of_both("taken-up-elsewhere"), of_both("unmatched-tasks")
    kinds = ("copied", "adapted", "related")
    numbers = (f"{localized(KIND_NAMES[kind])} {sum(row['kind'] == kind for row in pairs)}" for kind in kinds)
    counts = listed(numbers, page_language())
    relation = relation_name(alignments[0]["relation"])
    return Figure(
        "compare",
        f"{upper['plan']} ↔ {lower['plan']}",
        localized(f"{relation} · {len(upper_tasks)} 与 {len(lower_tasks)} 项任务 · {counts}"),
        _drawing(upper, lower, upper_tasks, lower_tasks, pairs),
        join(
            tag("h2", localized("对应任务")),
            tag(
                "p",
                localized(_SIDES[order]) + localized("标色处为两方不同的词句与数字。"),
                class_="note",
            ),
            *(pair_block(row, number) for number, row in enumerate(pairs) if row["kind"] != "related"),
            *(
                _left_over(
                    localized(title) if order else localized("无对应的任务：") + plan["plan"],
                    [row for row in unmatched if row["plan_id"] == plan["plan_id"]],
                    [row for row in elsewhere if row["plan_id"] == plan["plan_id"]],
                )
                for plan, title in zip((upper, lower), _LEFT_OVER.get(order, ("", "")), strict=True)
            ),
        ),
    )


def _two(rows: Rows, selection: Selection) -> list[Row]:
    """The rows (of the preset `plans`, for which `rows` is called) of the two plans that `selection.plans` names, in
    its order; the selection's other fields are not used. Raises Usage where it has more or fewer than two names,
    Refused where the store has no plans or a name fits none, and Usage where a name fits several plans or both fit the
    same plan."""
    if len(selection.plans) != 2:
        raise Usage("compare shows two plans: kg view compare A B, each a part of a title or file name")
    named_plans = [chosen_plans(rows, Selection(plans=(name,))) for name in selection.plans]
    for name, plans in zip(selection.plans, named_plans, strict=True):
        if len(plans) > 1:
            titles = "、".join(f"{plan['plan']}（{plan['file']}）" for plan in plans[:4])
            raise Usage(f"{name!r} names several plans: {titles}; write more of the title, or the file's name")
    if named_plans[0][0]["plan_id"] == named_plans[1][0]["plan_id"]:
        raise Usage("both names are of the same plan")
    return [named_plans[0][0], named_plans[1][0]]


def _drawing(upper: Row, lower: Row, upper_tasks: list[Row], lower_tasks: list[Row], pairs: list[Row]) -> Markup:
    """The drawing: the tasks of both plans as two columns, and a line for each pair of counterparts. `upper` and
    `lower` are the plans' rows of the preset `plans`, `upper_tasks` and `lower_tasks` those of their tasks (preset
    `tasks`), `pairs` rows of `task-alignment`. The line of a pair leads to the block (`pair_block`) with the number
    that the pair has in `pairs`, from 0; that of a related pair leads nowhere. Lines of copied tasks lie on top, then
    those of adapted tasks. Raises KeyError for a pair with a task of neither list."""
    height = TOP + ROW * max(len(upper_tasks), len(lower_tasks)) + MARGIN
    x1, x2 = MARGIN + WIDTH, MARGIN + WIDTH + MIDDLE
    y1 = {row["task_id"]: TOP + ROW * (i + 0.5) for i, row in enumerate(upper_tasks)}
    y2 = {row["task_id"]: TOP + ROW * (i + 0.5) for i, row in enumerate(lower_tasks)}
    drawn = []
    numbered = sorted(enumerate(pairs), key=lambda item: ("related", "adapted", "copied").index(item[1]["kind"]))
    for number, row in numbered:
        a, b = y1[row["other_task_id"]], y2[row["task_id"]]
        related = row["kind"] == "related"
        line = tag(
            "path",
            tag(
                "title",
                f"{row['other_label']} → {row['task_label']} · {localized(KIND_NAMES[row['kind']])} {row['score']:.2f}",
            ),
            d=f"M{x1} {a:.1f}C{x1 + MIDDLE / 2:.0f} {a:.1f} {x2 - MIDDLE / 2:.0f} {b:.1f} {x2} {b:.1f}",
            fill="none",
            stroke=KIND_COLOURS[row["kind"]],
            stroke_width=1 if related else 2,
            stroke_opacity=0.35 if related else 0.85,
            stroke_dasharray="3 4" if related else None,
        )
        drawn.append(line if related else tag("a", line, href=f"#pair-{number}"))
    heads = (
        words(clipped(upper["plan"], COMPARED_LABEL_LENGTH), x1, 24, text_anchor="end", font_weight="bold"),
        words(clipped(lower["plan"], COMPARED_LABEL_LENGTH), x2, 24, font_weight="bold"),
        *legend(_signs(), x1 + 14, 42),
    )
    short = distinct_labels([row["label"] for row in (*upper_tasks, *lower_tasks)], COMPARED_LABEL_LENGTH)
    labels = [words(short[row["label"]], x1 - 6, y1[row["task_id"]] + 4, text_anchor="end") for row in upper_tasks]
    labels += [words(short[row["label"]], x2 + 6, y2[row["task_id"]] + 4) for row in lower_tasks]
    width = 2 * (MARGIN + WIDTH) + MIDDLE
    ground = tag("rect", width=width, height=TOP - 2, fill="#ffffff")
    return svg(width, height, *drawn, *labels, staying("y", ground, *heads))


def _signs() -> Iterator[tuple[Callable[[float, float], Markup], str]]:
    """The entries of the legend (`legend`), each as what draws its sign at (x, y) and its words: the colours of the
    lines."""
    for kind, name in KIND_NAMES.items():
        yield partial(_dash, KIND_COLOURS[kind]), localized(name)


def _dash(colour: str, x: float, y: float) -> Markup:
    return tag("rect", x=x, y=y - 2, width=18, height=4, fill=colour)


def pair_block(row: Row, number: int | str) -> Markup:
    """The HTML of two passages that are counterparts, that of the upper plan first, with the differences marked. `row`
    is one of the preset `task-alignment`; `number` makes the id of the block, 'pair-NUMBER', to which a drawing can
    lead."""
    upper_text, lower_text = with_differences(row["other_quote"], row["quote"])
    return tag(
        "section",
        tag(
            "div",
            tag("span", localized(KIND_NAMES[row["kind"]]), class_=f"badge {row['kind']}"),
            f"{row['score']:.2f} · {row['other_label']} → {row['task_label']}",
            class_="head",
        ),
        tag("p", upper_text),
        tag("p", lower_text),
        tag("div", place(row, "other_"), class_="where"),
        tag("div", place(row), class_="where"),
        class_="pair",
        id=f"pair-{number}",
    )


def _left_over(title: str, unmatched: list[Row], elsewhere: list[Row]) -> Markup:
    """The HTML of the lists of a plan's tasks that no task of the other plan takes up: those of `unmatched` (rows of
    the preset `unmatched-tasks`) that are not `perhaps` taken up, below `title` with their number, also where there are
    none: 'TITLE（3）'; then, where there are any, those that are, with the nearest task and its score, and those of
    `elsewhere` (rows of `taken-up-elsewhere`), with the words of the passage. All are in the given order."""
    nobody = [_item(row) for row in unmatched if not row["perhaps"]]
    perhaps = [
        _item(row, localized("或对应：") + f"{row['nearest']} {row['nearest_score']:.2f}")
        for row in unmatched
        if row["perhaps"]
    ]
    outside = [
        _item(row, localized("任务之外的承接：") + row["other_quote"], place(row, "other_")) for row in elsewhere
    ]
    parts = [tag("h2", f"{title}（{len(nobody)}）"), tag("ul", *nobody)]
    for name, items in ((localized("或有对应的任务"), perhaps), (localized("任务之外承接的任务"), outside)):
        if items:
            parts += [tag("h3", f"{name}（{len(items)}）"), tag("ul", *items)]
    return join(*parts)


def _item(row: Row, note: str | None = None, where: Markup | None = None) -> Markup:
    """The item of a list for the task of a row: its label, which opens its words, with a `note` below the label and the
    place of what the note quotes, if any."""
    details = tag("details", tag("summary", row["task_label"]), tag("p", row["quote"], class_="note"))
    return tag(
        "li", details, *([tag("p", note)] if note else []), *([tag("div", where, class_="where")] if where else [])
    )
