"""The Python interface: `import kg`.

    graph = kg.build(["plans/"], store="plans.kg")
    rows = graph.query("due", year=2025, region="云岭")
    rows.to_pandas(); rows.to_polars(); rows.citations()
    graph.query("lineage").to_networkx()
    graph.view("lineage", plans=["青禾县"])           # shows itself in Jupyter; .save("lineage.html")
    kg.extract("plan.pdf")                            # the facts of one file
    nlp = kg.load(); doc = nlp(kg.make_doc("plan.pdf"))   # spaCy

Values are str, int, float, bool or None; columns are those of `kg presets NAME`.
"""

import html
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from kg.closing import Closing
from ontology import words
from ontology.json_lines import fact_objects, json_value
from ontology.messages import translated
from ontology.model.errors import Refused, Usage
from ontology.model.store import Store, Table

if TYPE_CHECKING:
    import networkx
    import pandas
    import polars
    from spacy.language import Language
    from spacy.tokens import Doc

Row = dict[str, Any]
# The columns of rows that edges of a graph lead from and to: the first pair of which the rows have both.
EDGE_COLUMNS = (
    ("plan", "policy"),
    ("plan", "other_plan"),
    ("department", "task"),
    ("function", "other"),
    ("function", "plan"),
    ("parent", "region"),
    ("parent", "title"),
    ("region", "concept"),
)


@dataclass(frozen=True, slots=True)
class Rows(Sequence[Row]):
    """The rows of a query, a sequence of dicts by column; a slice of it is a `Rows` too. `columns` names the columns,
    and `values` has for each row the values in their order. `plans` has the document number and the day of issue (ISO)
    of plans by `plan_id`, each None where the plan has none, for `citations`; it may have other plans too. It is empty
    for rows of `Graph.sparql` and `Graph.cypher`, and for rows without the columns plan_id and quote."""

    columns: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]
    plans: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, table: Table) -> "Rows":
        """The rows of a table that a store answered, with a Decimal or float as int where it is whole (and below
        2**53), else as float."""
        return cls(table.columns, tuple(tuple(map(json_value, row)) for row in table.rows))

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> "Rows": ...
    def __getitem__(self, at: int | slice) -> "Row | Rows":
        if isinstance(at, slice):
            return Rows(self.columns, self.values[at], self.plans)
        return dict(zip(self.columns, self.values[at], strict=True))

    def __iter__(self) -> Iterator[Row]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.values)

    def to_pandas(self) -> "pandas.DataFrame":
        """A pandas DataFrame (pandas must be installed)."""
        import pandas

        return pandas.DataFrame(list(self.values), columns=list(self.columns))

    def to_polars(self) -> "polars.DataFrame":
        """A polars DataFrame (polars must be installed)."""
        import polars

        return polars.DataFrame(list(self.values), schema=list(self.columns), orient="row", infer_schema_length=None)

    def to_networkx(self, source: str | None = None, target: str | None = None) -> "networkx.MultiDiGraph[Any]":
        """A graph with an edge for each row, from the value in the column `source` to that in the column `target`; the
        row is the edge's data. Columns that are not given are those of the first pair of EDGE_COLUMNS, such as (plan,
        policy) or (department, task), of which the rows have both. Raises Usage where the rows do not have a column
        given, or one is not given and there is no such pair.

        A node is the id where the rows have one (`plan_id` for plan), else the value. It has the value as `label` and
        the column as `kind`, of the last row with the node. Rows in which one end has neither id nor value are left
        out.
        """
        import networkx

        default = next((pair for pair in EDGE_COLUMNS if set(pair) <= set(self.columns)), (None, None))
        named = source or default[0], target or default[1]
        ends = [name for name in named if name in self.columns]
        if len(ends) < len(named):
            raise Usage(f"name the columns of the graph's ends: to_networkx(source=…, target=…), of {self.columns}")
        graph: networkx.MultiDiGraph[Any] = networkx.MultiDiGraph()
        for row in self:
            nodes = [row.get(f"{name}_id") or row[name] for name in ends]
            if None in nodes:
                continue
            for node, name in zip(nodes, ends, strict=True):
                graph.add_node(node, label=row[name], kind=name)
            graph.add_edges_from([(*nodes, row)])  # add_edge would take a column named key for the edge's key
        return graph

    def citations(self) -> list[str]:
        """The evidence of each row as a citation, by the function `citation` with the document number and day that
        `plans` has under the row's `plan_id`; where `plans` does not have that plan or the rows have no such column, by
        `citation` of the row alone."""
        return [citation(row, *self.plans.get(row.get("plan_id", ""), ())) for row in self]

    def _repr_html_(self) -> str:
        """The first 100 rows as an HTML table for a notebook, with the names of the columns in the language of the
        program, without the columns whose name ends with _id; an empty cell for None. Where there are more rows a line
        below says how many, in that language."""
        visible = [i for i, name in enumerate(self.columns) if not name.endswith("_id")]
        head = "".join(f"<th>{html.escape(words.head(self.columns[i]))}</th>" for i in visible)
        body = "".join(
            "<tr>"
            + "".join(f"<td>{html.escape('' if row[i] is None else str(row[i]))}</td>" for i in visible)
            + "</tr>"
            for row in self.values[:100]
        )
        more = f"<p>{translated(f'{len(self)} rows, 100 shown')}</p>" if len(self) > 100 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def citation(row: Mapping[str, Any], doc_number: str | None = None, issued: str | None = None) -> str:
    """The evidence of a row of a preset as a citation, made from its columns plan, page and quote:
    《规划》（云府发〔2021〕3号），2021-12-30，第3页：“原文”. What is not known is left out. Where the row has no title
    (`plan`), the name of the file (`file`) stands in its place, and the document number is left out. `doc_number` and
    `issued` are those of the row's plan. Where they are not given, the row's columns of these names are used (preset
    `plans`), but not in a row that has a column `policy`: there they are the policy's."""
    if "policy" not in row:
        doc_number, issued = doc_number or row.get("doc_number"), issued or row.get("issued")
    number = f"（{doc_number}）" if doc_number else ""
    parts = [f"《{row['plan']}》{number}" if row.get("plan") else str(row.get("file") or "")]
    if issued:
        parts.append(issued)
    if row.get("page") is not None:
        parts.append(f"第{row['page']}页")
    quote = f"：“{row['quote']}”" if row.get("quote") else ""
    return "，".join(filter(None, parts)) + quote


@dataclass(frozen=True, slots=True)
class Page:
    """A view as an HTML page; a notebook shows it in a frame."""

    html: str

    def save(self, path: str | Path) -> Path:
        """Writes the page to a file, which is replaced, and returns its path. Raises OSError where that fails."""
        file = Path(path)
        file.write_text(self.html, "utf-8")
        return file

    def _repr_html_(self) -> str:
        """The page in a frame for a notebook."""
        frame = 'style="width:100%;height:600px;border:1px solid #ccc" sandbox="allow-scripts allow-downloads"'
        return f'<iframe srcdoc="{html.escape(self.html, quote=True)}" {frame}></iframe>'


MAX_QUERIED_PLANS = 20  # one query for each; of more plans all are queried at once


class Graph(Closing):
    """An open store, `store`. Use it in a `with` statement, or call `close`."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._issued_plans: dict[str, tuple[str | None, str | None]] = {}  # the results of `_issued`
        self._preset_rows: dict[str, list[Row]] = {}  # the results of `_rows_of`

    def query(self, preset: str, **parameters: object) -> Rows:
        """The rows of a preset of this program (not of the user's own) with these parameters: graph.query("tasks",
        plan="云岭"). A parameter that is None counts as not given. Rows with the columns plan_id and quote have the
        document numbers and days of their plans (`Rows.plans`). Raises Usage for an unknown preset or parameter, for a
        value that a parameter does not take, and where one that is required is not given; Refused where the store
        cannot answer."""
        from queries.presets import preset as load

        written = {name: _written(value) for name, value in parameters.items() if value is not None}
        rows = Rows.of(load(preset).run(self.store, written))
        return replace(rows, plans=self._issued(rows)) if {"plan_id", "quote"} <= set(rows.columns) else rows

    def _issued(self, rows: Rows) -> dict[str, tuple[str | None, str | None]]:
        """The document number and the day of issue of plans by their ids (`plan_id`), each None where the plan has
        none: of the plans in `rows`, which have that column, and of all that were queried before. A plan that is
        missing is queried by itself; where more than MAX_QUERIED_PLANS (20) are, one query brings all plans of the
        store."""
        from queries.presets import preset

        at = rows.columns.index("plan_id")
        missing = {row[at] for row in rows.values} - self._issued_plans.keys()
        for parameters in [{"plan": plan} for plan in missing] if len(missing) <= MAX_QUERIED_PLANS else [{}]:
            table = preset("plans").run(self.store, parameters).of(("plan_id", "doc_number", "issued"))
            self._issued_plans.update({str(plan): (number, day) for plan, number, day in table.rows})  # type: ignore[misc]
        return self._issued_plans

    def sparql(self, query: str) -> Rows:
        """The rows of a SPARQL query of the caller's own; the usual prefixes need not be declared. ASK has one row with
        the column `answer`, CONSTRUCT and DESCRIBE have a row for each triple with the columns subject, predicate and
        object, written as in N-Triples. Raises Usage on a Neo4j store and, with the line number in this query, for a
        wrong one, such as an update; Refused where the store cannot answer."""
        from queries.includes import declare_prefixes, own_line_numbers

        if self.store.language != "sparql":
            raise Usage(f"this store speaks {self.store.language}: use cypher()")
        try:
            return Rows.of(self.store.query(declare_prefixes(query)))
        except Usage as error:
            raise Usage(own_line_numbers(str(error), query)) from None

    def cypher(self, query: str) -> Rows:
        """The rows of a Cypher query of the caller's own, on a Neo4j store. Raises Usage on any other store and for a
        query that is wrong or writes, Refused where the store cannot answer."""
        if self.store.language != "cypher":
            raise Usage(f"this store speaks {self.store.language}: use sparql()")
        return Rows.of(self.store.query(query))

    def view(self, name: str, plans: Sequence[str] = (), regions: Sequence[str] = ()) -> Page:
        """A view or figure by its name (lineage, tasks, responsibilities, indicators, graph …), in the language of the
        program, of the plans that one of `plans` (parts of titles or file names, or ids) names and that are of one of
        `regions` (names, parts of names, or codes) or of a region in these; where one of the two is empty, it sets no
        condition. Two figures ignore `regions`: compare, for which each of exactly two `plans` names one plan, and
        diffusion, whose `plans` are parts of names of policies. The rows of a preset are read once for all views of
        this object. Raises Usage for an unknown view, for plans that it cannot show and for a page that is too large,
        Refused where one of `plans` matches no plan, where none of `regions` matches one, or where there is nothing to
        draw."""
        from exports.views import FIGURES, VIEWS, Selection, draw
        from queries.parameters import one_of

        if name not in {**VIEWS, **FIGURES}:
            raise Usage(f"no view {name!r}; {one_of(name, (*VIEWS, *FIGURES))}")
        selection = Selection(tuple(plans), tuple(regions), (), None)
        return Page(draw(name, self._rows_of, selection, language=words.language()))

    def _rows_of(self, preset: str) -> list[Row]:
        """The rows of a preset without parameters, queried at the first call; the list is kept and must not be
        changed."""
        if preset not in self._preset_rows:
            self._preset_rows[preset] = list(self.query(preset))
        return self._preset_rows[preset]

    def close(self) -> None:
        """Closes the store; the object cannot be queried any more."""
        self.store.close()


def _written(value: object) -> str:
    """A parameter as a user writes it: True -> 'true', any other value as `str` writes it: 2025 -> '2025'."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def open(store: str | Path | None = None) -> Graph:
    """Opens a store for reading: a folder, neo4j://HOST:PORT or http(s)://HOST/…; that of $KG_STORE, else plans.kg,
    where none is named. Raises Refused where it cannot be opened, Usage for a wrong address."""
    from kg.stores import open_store

    return Graph(open_store(str(store or os.environ.get("KG_STORE") or "plans.kg")))


def build(paths: Sequence[str | Path], store: str | Path | None = None, jobs: int = 1) -> Graph:
    """Reads plan files and folders into a store ($KG_STORE or plans.kg where none is named; a missing folder is made),
    and opens it for reading. Files that are unchanged are not read again; plans whose files are gone stay. The
    corrections in the files of $KG_CORRECTIONS, or else in those beside the plans, are applied. `jobs` is the number of
    processes that read files.

    Raises Refused where files were refused, which the message names; all others are in the store then. Raises Refused
    also where the store or a file of corrections cannot be used, Usage for a wrong address.
    """
    from kg.builder import build as run
    from kg.stores import open_store
    from ontology.iris import DEFAULT_BASE

    address = str(store or os.environ.get("KG_STORE") or "plans.kg")
    with open_store(address, write=True) as target:
        report = run([Path(path) for path in paths], target, base=DEFAULT_BASE, jobs=jobs)
    if report.refused:
        raise Refused("; ".join(report.refusals()))
    return open(address)


def extract(path: str | Path) -> list[Row]:
    """The facts of one file, the plan's own first, as `kg extract` prints them: dicts with `subject` (the plan's
    title), `predicate` (the kind of fact), `object` (its fields by name) and `evidence` (a dict with file, start, end,
    page and quote). The file is read by a process of its own, within the default limits and without corrections. Raises
    Refused where the file cannot be read or has no plan."""
    from extractors.readers import Limits
    from kg.builder.jobs import FileJob, read_facts
    from kg.builder.workers import answer_of  # a file that kills its reader must not take a notebook with it

    return list(fact_objects(*answer_of(read_facts, FileJob(str(path), None, Limits()))))


def load() -> "Language":
    """The spaCy pipeline that reads plans: nlp = kg.load(); doc = nlp(kg.make_doc("plan.pdf")). Then doc._.plan has the
    facts as dicts, as `extract` returns them ([] where the text has no plan), and doc.spans["facts"] their quotes."""
    from extractors.language import load as pipeline

    return pipeline()


def make_doc(path: str | Path) -> "Doc":
    """A plan file as a spaCy Doc, for the pipeline of `load`, read in this process. Raises Refused where the file
    cannot be read."""
    from extractors.language import make_doc as doc

    return doc(path)
