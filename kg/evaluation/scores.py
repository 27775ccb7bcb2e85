"""Precision and recall of each facet of the presets' rows against annotations, which people made of plans.

A plan's rows are those whose file has the name of the annotations, without its suffix. A facet adds its differences as
`Miss`, its counts as `Score`; a few scores look only at the facts that another one found.
"""

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.evaluation.compare import Row, name, names_in, near, number, pair, squeezed, year

RowsOf = Callable[[str], Sequence[Row]]
EVIDENCE_PRESETS = ("outline", "tasks", "indicators", "observations", "targets", "lineage", "responsibilities")
# The functions that are annotated where annotations do not say that all are; rows of others are not judged.
ANNOTATED_FUNCTIONS = frozenset((
    "医疗保障", "税务", "财政", "民政", "教育", "卫生健康", "公安",
    "司法", "人力资源社会保障", "退役军人", "乡村振兴", "残联", "市场监管", "药品监管",
    "银保监", "审计", "纪检监察", "住房城乡建设", "发展改革", "大数据管理", "网络理政",
    "扶贫", "人民政府",
))  # fmt: skip
MIN_NAME_SIMILARITY = 0.6  # of two names of observations, as difflib's ratio (0 to 1)
MAX_CHAIN_LENGTH = 9  # regions, each above the one before


@dataclass(slots=True)
class Score:
    """The counts for one facet: `right` of the `found` rows are among the `gold` annotations."""

    right: int = 0
    found: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """The share (0..1) of the rows found that are right. Where none was found it is 1 if there are no annotations,
        else 0."""
        return self.right / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        """The share (0..1) of the annotations that was found; 1 where there are none."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean (0..1) of precision and recall; 0 where both are 0."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """A difference from the annotations: its facet, the name of the plan (`doc`), and what is missing or wrong in
    words."""

    facet: str
    doc: str
    what: str


@dataclass(slots=True)
class Evaluation:
    """The scores by facet, in the order in which they are shown, and the differences."""

    scores: dict[str, Score] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)


def evaluate(gold: Iterable[Mapping[str, Any]], rows: RowsOf, texts: Mapping[str, str]) -> Evaluation:
    """Scores the annotations of plans, each a dict as `kg corrections --as-gold` writes it, with the plan's name as
    `doc`. `rows` returns the rows of a preset by its name, and `texts` are the plans' texts by `doc`. Raises KeyError
    where a plan has no text; only for annotations of which `what_is_wrong` finds nothing."""
    found = Evaluation()
    for annotations in gold:
        _Plan(annotations, rows, texts[annotations["doc"]], found).score()
    return found


class _Plan:
    """The scoring of one plan: the methods that are named after a facet compare its annotations in `gold` with the
    rows, and add its counts and differences to `into`. `all_rows` returns the rows of a preset by its name, of all
    plans; `text` is the plan's text, `flat` the same as `squeezed` returns it."""

    def __init__(self, gold: Mapping[str, Any], rows: RowsOf, text: str, into: Evaluation) -> None:
        self.gold, self.all_rows, self.text, self.into = gold, rows, text, into
        self.doc: str = gold["doc"]
        self.flat = squeezed(text)

    def score(self) -> None:
        """Scores all facets that are annotated: plan, region chain, citations and evidence always; outline, tasks,
        indicators, observations, targets and responsibilities where there is an outline (the key `outline`, though it
        be empty)."""
        self.plan()
        self.chain()
        if "outline" in self.gold:
            self.outline()
            self.tasks()
            self.indicators()
            self.observations()
            self.targets()
            self.assignments()
        self.citations()
        self.evidence()

    def rows(self, preset: str) -> list[Row]:
        """The rows of a preset that are of this plan, in its order: their `file` has the plan's name before the suffix,
        in any folder; rows without a file are of none."""
        return [row for row in self.all_rows(preset) if Path(str(row.get("file") or "")).stem == self.doc]

    def add(self, facet: str, right: int, found: int, gold: int) -> None:
        """Adds the counts (see `Score`) to the score of a facet in `into`."""
        score = self.into.scores.setdefault(facet, Score())
        score.right, score.found, score.gold = score.right + right, score.found + found, score.gold + gold

    def miss(self, facet: str, what: str) -> None:
        """Adds a difference in a facet, in words (`what`), to those in `into`."""
        self.into.misses.append(Miss(facet, self.doc, what))

    def unpaired(
        self,
        facet: str,
        gold: Sequence[Row],
        rows: Sequence[Row],
        pairs: Sequence[tuple[int, int]],
        wanted: Callable[[Row], object],
        spurious: Callable[[Row], object] | None,
    ) -> None:
        """Adds a difference for each annotation without a row, and for each row without an annotation unless `spurious`
        is None. `pairs` are (index in `gold`, index in `rows`) of those that are the same fact; `wanted` returns what
        is shown of an annotation, `spurious` what of a row."""
        hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
        for i, annotation in enumerate(gold):
            if i not in hit:
                self.miss(facet, f"missing {wanted(annotation)}")
        for j, row in enumerate(rows):
            if spurious is not None and j not in used:
                self.miss(facet, f"spurious {spurious(row)}")

    def plan(self) -> None:
        """Scores "plan" by the first row of preset `plans`, one point each: title, issuer and region are the same by
        their letters and digits (`name`), the number but for white space and width (`squeezed`), the day of issue by
        its first 10 characters, the period (one point) and, where it is annotated, the horizon as text; None is the
        same as ''. All points count as found and as annotated; without a row none is right. Each point that is missed
        is a difference, and so is that there are several rows."""
        rows = self.rows("plans")
        want, row = self.gold["plan"], rows[0] if rows else {}
        years = [str(each or "") for each in want.get("period") or (None, None)]
        checks = {
            "title": name(want["title"]) == name(row.get("plan")),
            "doc_number": squeezed(want.get("doc_number")) == squeezed(row.get("doc_number")),
            "issuer": name(want.get("issuer")) == name(row.get("issuer")),
            "issued": str(want.get("issued") or "")[:10] == str(row.get("issued") or "")[:10],
            "region": name(want["region"]) == name(row.get("region")),
            "period": years == [str(row.get("period_start") or ""), str(row.get("period_end") or "")],
        }
        if "horizon" in want:
            checks["horizon"] = str(want["horizon"] or "") == str(row.get("horizon") or "")
        period = [row.get("period_start"), row.get("period_end")]
        have = {**row, "title": row.get("plan"), "period": period} if rows else {}
        for key, right in checks.items():
            if not (right and rows):
                self.miss("plan", f"{key}: want {_cell(want.get(key))}, got {_cell(have.get(key))}")
        self.add("plan", sum(checks.values()) if rows else 0, len(checks), len(checks))
        if len(rows) > 1:
            self.miss("plan", f"{len(rows)} rows for one file")

    def chain(self) -> None:
        """Scores "region chain", one point found and annotated: the region of the first row of preset `plans` and those
        above it by preset `regions`, found by their names (of rows with one name the last), at most MAX_CHAIN_LENGTH
        (9), the lowest first, are those annotated, in this order, compared by their letters and digits (`name`);
        without a row there are none. Another chain is a difference."""
        parents = {name(row.get("region")): row.get("parent") for row in self.all_rows("regions")}
        rows = self.rows("plans")
        region, chain = rows[0].get("region") if rows else None, list[str]()
        while region and len(chain) < MAX_CHAIN_LENGTH:
            chain.append(name(region))
            region = parents.get(name(region))
        want = [name(region) for region in self.gold["region_chain"]]
        if chain != want:
            self.miss("region chain", f"want {want}, got {chain}")
        self.add("region chain", int(chain == want), 1, 1)

    def outline(self) -> None:
        """Scores "outline", headings by kind and title, and "outline parent", how many of the headings found have the
        title of the right parent. Titles are compared by their letters and digits (`name`). Headings that only the
        annotations or only the rows have are differences."""
        rows, want = self.rows("outline"), self.gold["outline"]
        pairs = pair(want, rows, lambda g, p: g["kind"] == p.get("kind") and name(g["title"]) == name(p.get("title")))
        self.add("outline", len(pairs), len(rows), len(want))
        parents = sum(name(want[i]["parent"]) == name(rows[j].get("parent")) for i, j in pairs)
        self.add("outline parent", parents, len(pairs), len(pairs))

        def shown(heading: Row) -> str:
            return f"{heading['kind']} {heading.get('number')} {heading['title']}"

        self.unpaired("outline", want, rows, pairs, shown, shown)

    def tasks(self) -> None:
        """Scores "tasks". A row is the task of an annotation where their titles are equal; where the annotation has no
        title, where the first 10 characters of its `start` stand in the first 40 of the row's quote. Only letters and
        digits count (`name`). Differences are tasks that only the annotations have; rows without an annotation count as
        found, but are no differences."""

        def same(g: Row, p: Row) -> bool:
            if g["title"]:
                return name(g["title"]) == name(p.get("task"))
            return name(g["start"])[:10] in name(p.get("quote"))[:40]

        rows, want = self.rows("tasks"), self.gold["tasks"]
        pairs = pair(want, rows, same)
        self.add("tasks", len(pairs), len(rows), len(want))
        self.unpaired("tasks", want, rows, pairs, lambda g: g["title"] or g["start"], None)

    def indicators(self) -> None:
        """Scores "indicator names", indicators by their names, and "indicator rows, every cell", in which of these only
        those are right whose unit, kind, dimension, departments, baseline and target are as annotated (`_differing`).
        Differences are the cells that are not as annotated, and the indicators that only the annotations or only the
        rows have."""
        rows, want = self.rows("indicators"), self.gold["indicators"]
        pairs = pair(want, rows, lambda g, p: name(g["name"]) == name(p.get("indicator")))
        self.add("indicator names", len(pairs), len(rows), len(want))
        right = 0
        for i, j in pairs:
            bad = _differing(want[i], rows[j])
            right += not bad
            if bad:
                self.miss("indicators", f"{want[i]['name']}: {'; '.join(bad)}")
        self.add("indicator rows, every cell", right, len(rows), len(want))
        self.unpaired("indicators", want, rows, pairs, lambda g: g["name"], lambda p: p.get("indicator"))

    def observations(self) -> None:
        """Scores "observations": observations by year, value and a name that is similar (difflib's ratio is
        MIN_NAME_SIMILARITY, 0.6, at least); annotated years without a value do not count. Differences are observations
        that only the annotations have; rows without an annotation count as found, but are no differences."""
        want = [
            {"name": each["name"], "year": at, "value": value}
            for each in self.gold.get("observations") or ()
            for at, value in each["values"].items()
            if value is not None
        ]

        def same(g: Row, p: Row) -> bool:
            alike = (
                difflib.SequenceMatcher(None, name(g["name"]), name(p.get("indicator"))).ratio() >= MIN_NAME_SIMILARITY
            )
            return str(g["year"]) == str(p.get("year")) and number(g["value"]) == number(p.get("value")) and alike

        rows = self.rows("observations")
        pairs = pair(want, rows, same)
        self.add("observations", len(pairs), len(rows), len(want))
        self.unpaired("observations", want, rows, pairs, lambda g: tuple(g.values()), None)

    def targets(self) -> None:
        """Scores "targets": a row is the target of an annotation where their values are equal and their quotes share
        text (`near`), and where the annotation has no value the years of their deadlines are equal too. Scores
        "targets: op, unit, deadline right": how many of the targets found have all three as annotated, of the deadline
        the year. Rows that `judged` leaves out do not count. Targets that only the annotations or only the rows have
        are differences."""

        def same(g: Row, p: Row) -> bool:
            if number(g["value"]) != number(p.get("value")) or not near(self.flat, g["quote"], p.get("quote")):
                return False
            return g["value"] is not None or year(g.get("deadline")) == year(p.get("deadline"))

        want, rows = self.gold["targets"], self.rows("targets")
        pairs = pair(want, rows, same)
        rows, pairs = self.judged("targets", rows, pairs)
        self.add("targets", len(pairs), len(rows), len(want))
        right = sum(
            (want[i]["op"] or "") == (rows[j].get("op") or "")
            and name(want[i]["unit"]) == name(rows[j].get("unit"))
            and year(want[i].get("deadline")) == year(rows[j].get("deadline"))
            for i, j in pairs
        )
        self.add("targets: op, unit, deadline right", right, len(pairs), len(pairs))
        self.unpaired("targets", want, rows, pairs, lambda g: g["quote"], lambda p: p.get("quote"))

    def assignments(self) -> None:
        """Scores "responsibilities": a row is that of an annotation where their quotes share text (`near`), and the
        row's function or department is one of the names in the annotation's `canonical` (divided by |). Rows with the
        name of the annotated department are paired first. Scores "responsibility roles": how many of those found have
        the annotated role. Rows that `judged` leaves out do not count; nor, unless `functions` of the plan's
        annotations is "all", do rows whose function is neither in ANNOTATED_FUNCTIONS nor in any `canonical`. Those
        that only the annotations or only the rows have are differences."""
        want, rows = self.gold["assignments"], self.rows("responsibilities")
        if self.gold.get("functions") != "all":
            functions = ANNOTATED_FUNCTIONS | {name(c) for each in want for c in each["canonical"].split("|")}
            rows = [row for row in rows if name(row.get("function")) in functions]

        def same(g: Row, p: Row) -> bool:
            bodies = {name(p.get("function")), name(p.get("department"))}
            return bool({name(c) for c in g["canonical"].split("|")} & bodies) and near(
                self.flat, g["quote"], p.get("quote")
            )

        pairs = pair(want, rows, lambda g, p: same(g, p) and name(g["department"]) == name(p.get("department")))
        pairs += pair(want, rows, same, pairs)
        rows, pairs = self.judged("responsibilities", rows, pairs)
        self.add("responsibilities", len(pairs), len(rows), len(want))
        roles = sum(want[i]["role"] == rows[j].get("role") for i, j in pairs)
        self.add("responsibility roles", roles, len(pairs), len(pairs))
        self.unpaired(
            "responsibilities",
            want,
            rows,
            pairs,
            lambda g: f"{g['canonical']} {g['role']}: {g['quote'][:40]}",
            lambda p: f"{p.get('function')} {p.get('role')}: {str(p.get('quote'))[:40]}",
        )

    def citations(self) -> None:
        """Scores "citations": a row is that of an annotation where the title or the work of the annotation is the
        policy or the work of the row, by their letters and digits (`name`); rows with the annotated relation are paired
        first. Scores "citations with relation", in which only rows with the annotated relation are right, and "citation
        doc numbers": how many of the citations found whose annotation has a number have this number. Differences are
        wrong relations, and the citations that only the annotations or only the rows have."""

        def same(g: Row, p: Row) -> bool:
            titles = {name(g["title"]), name(g.get("work"))} - {""}
            return bool(titles & ({name(p.get("policy")), name(p.get("work"))} - {""}))

        want, rows = self.gold["citations"], self.rows("lineage")
        exact = pair(want, rows, lambda g, p: same(g, p) and g["relation"] == p.get("relation"))
        others = pair(want, rows, same, exact)
        pairs = exact + others
        self.add("citations", len(pairs), len(rows), len(want))
        self.add("citations with relation", len(exact), len(rows), len(want))
        numbered = [(i, j) for i, j in pairs if want[i].get("doc_number")]
        right = sum(squeezed(want[i]["doc_number"]) == squeezed(rows[j].get("doc_number")) for i, j in numbered)
        self.add("citation doc numbers", right, len(numbered), len(numbered))
        for i, j in others:
            want_got = f"want {want[i]['relation']}, got {rows[j].get('relation')}"
            self.miss("citations", f"relation of {want[i]['title']}: {want_got}")

        def shown(g: Row) -> str:
            return f"{g['relation']} {g['title']}"

        self.unpaired("citations", want, rows, pairs, shown, lambda p: f"{p.get('relation')} {p.get('policy')}")

    def evidence(self) -> None:
        """Scores "evidence verbatim at its offsets": how many rows of EVIDENCE_PRESETS have a quote that is not empty
        and stands between their offsets in the text, white space and the width of characters aside. All rows count as
        found and as annotated; each row whose quote does not stand there is a difference, with the quote's first 40
        characters."""
        right = total = 0
        for preset in EVIDENCE_PRESETS:
            for row in self.rows(preset):
                total += 1
                stretch = self.text[int(row["start"]) : int(row["end"])]
                good = bool(row.get("quote")) and squeezed(row["quote"]) == squeezed(stretch)
                right += good
                if not good:
                    self.miss("evidence", f"{preset}: {str(row.get('quote'))[:40]!r}")
        self.add("evidence verbatim at its offsets", right, total, total)

    def judged(
        self, facet: str, rows: list[Row], pairs: list[tuple[int, int]]
    ) -> tuple[list[Row], list[tuple[int, int]]]:
        """The rows and pairs without the rows that are neither right nor wrong: those in no pair whose quote shares
        text (`near`) with one that the annotations list for this facet under `ignore`. The rows keep their order; the
        pairs returned have the indices of the rows returned. `pairs` are (index of an annotation, index in `rows`)."""
        ignored = (self.gold.get("ignore") or {}).get(facet) or ()
        used = {j for _, j in pairs}
        counted = [
            j
            for j, row in enumerate(rows)
            if j in used or not any(near(self.flat, quote, row.get("quote")) for quote in ignored)
        ]
        index = {j: at for at, j in enumerate(counted)}
        return [rows[j] for j in counted], [(i, index[j]) for i, j in pairs]


def _differing(want: Row, row: Row) -> list[str]:
    """The cells of an indicator that are not as annotated, in words. Kind and dimension are compared by `name`,
    departments as a set of names, the text of baseline and target by `name`, their value by `number`; their comparator
    only where the value is annotated and right. What of these is not annotated has to be empty. The unit (`squeezed`)
    and the years are compared where the annotation has their keys. For example 'dimension', 'target_text 60左右', which
    names the text found, and 'target_value 60 want 65', where 60 was found and 65 is annotated."""
    bad = [key for key in ("kind", "dimension") if name(want.get(key)) != name(row.get(key))]
    if {name(each) for each in want.get("departments") or ()} != names_in(row.get("departments")):
        bad.append("departments")
    if "unit" in want and squeezed(want["unit"]) != squeezed(row.get("unit")):
        bad.append(f"unit {_cell(row.get('unit'))} want {_cell(want['unit'])}")
    for side in ("baseline", "target"):
        measure = want.get(side) or {}
        text, value, op = (row.get(f"{side}_{part}") for part in ("text", "value", "op"))
        if name(measure.get("text")) != name(text):
            bad.append(f"{side}_text {_cell(text)}")
        if number(measure.get("value")) != number(value):
            bad.append(f"{side}_value {_cell(value)} want {_cell(measure.get('value'))}")
        elif measure.get("value") is not None and measure.get("op") != op:
            bad.append(f"{side}_op {_cell(op)} want {_cell(measure.get('op'))}")
        if "year" in measure and str(measure["year"] or "") != str(row.get(f"{side}_year") or ""):
            bad.append(f"{side}_year {_cell(row.get(f'{side}_year'))} want {_cell(measure['year'])}")
    return bad


def _cell(value: object) -> str:
    """A value as a difference shows it: its text, ∅ for None."""
    return "∅" if value is None else str(value)
