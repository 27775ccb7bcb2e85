"""The pages of views and of the plans' texts."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from exports.views import FIGURES, VIEWS, Links, Selection, draw, in_language, page, pair_key
from exports.views.document import document_page, plan_text
from exports.views.model import Row, Rows
from kg.workbench.desk import compare_address, desk, language_of, plan_address
from kg.workbench.library import Library
from kg.workbench.pages.plan import plan_of
from ontology.words import Language

VIEW_CAPTIONS = {
    "lineage": ("政策依据与引用", "Plans and the policies they rest on"),
    "tasks": ("任务树", "Tasks as a tree"),
    "responsibilities": ("职责与协作", "Duties and who works together"),
    "indicators": ("指标：从基期到目标", "Indicators from baseline to target"),
    "graph": ("全图", "The whole graph"),
    "compare": ("两份规划的对应", "Two plans side by side"),
    "diffusion": ("政策扩散", "How policies spread"),
    "matrix": ("规划之间的文本重合", "Text that plans share"),
    "tracking": ("目标进展", "Targets and what was reached"),
    "regions": ("各地区的规划", "Plans by province"),
}
SELECTION_FIELDS = ("plan", "region", "relation")  # the first members of a `Selection` in an address
ALL_VIEWS = (*VIEWS, *FIGURES)


def views_page(request: Request) -> Response:
    """GET /views: the page that lists the views."""
    return desk(request).page(request, "views.html", views=_every())


def view_page(request: Request) -> Response:
    """GET /views/NAME?plan=…&region=…&relation=…: the page of the workbench that has the view in a frame, narrowed by
    these parameters; empty ones and others are ignored. The page offers the titles of all plans and the regions that
    have plans to choose from. For `compare` it offers titles alone, and has, where not exactly two plans are named, a
    list of all pairs of plans that were compared in place of the frame. Raises HTTPException (404) for an unknown
    view."""
    state = desk(request)
    name = request.path_params["name"]
    if name not in ALL_VIEWS:
        raise HTTPException(404, f"no view {name}")
    chosen = [(key, value) for key, value in request.query_params.multi_items() if key in SELECTION_FIELDS and value]
    address = f"/embed/views/{name}" + ("?" + urlencode(chosen) if chosen else "")
    plans = state.library.rows("plans")
    return state.page(
        request,
        "view.html",
        name=name,
        titles=VIEW_CAPTIONS.get(name, (name, name)),
        views=_every(),
        address=address,
        plans=[row["plan"] for row in plans],
        regions=sorted({row["region"] for row in plans if row["region"]}),
        chosen=dict(chosen),
        two=[value for key, value in chosen if key == "plan"] if name == "compare" else None,
        pairs=[(f"{row['other_plan']} ↔ {row['plan']}", address) for row, address in _pairs(state.library.rows)]
        if name == "compare"
        else [],
    )


def view(request: Request) -> Response:
    """GET /embed/views/NAME?plan=…&region=…&relation=…: the view itself, for the frame, of all plans where none are
    named (empty values do not count), in the language of the request; 404 for an unknown view. Raises Refused or Usage
    where it cannot be drawn of these plans."""
    library = desk(request).library
    name = request.path_params["name"]
    if name not in ALL_VIEWS:
        raise HTTPException(404)
    plans, regions, relations = (tuple(filter(None, request.query_params.getlist(key))) for key in SELECTION_FIELDS)
    selection = Selection(plans, regions, relations)
    make, spoken = _figure if name in FIGURES else _drawn, language_of(request)
    return HTMLResponse(
        library.cached(("view", name, selection, spoken), lambda: make(library, name, library.rows, selection, spoken))
    )


def concept_view(request: Request) -> Response:
    """GET /embed/concept?iri=…: the view of indicators with one concept alone, in the language of the request; without
    rows for an unknown one or none. Raises Refused where the store has no plan, Usage where the page would be too
    large."""
    library = desk(request).library
    iri = request.query_params.get("iri", "")

    def rows(name: str) -> list[Row]:
        """The rows of the preset `name`: of `indicators` those whose `concept_id` is the IRI, of any other all."""
        every = library.rows(name)
        return [row for row in every if row["concept_id"] == iri] if name == "indicators" else every

    spoken = language_of(request)
    return HTMLResponse(
        library.cached(("concept", iri, spoken), lambda: _drawn(library, "indicators", rows, Selection(), spoken))
    )


def document(request: Request) -> Response:
    """GET /embed/document/SHORT: the page of the document whose IRI has SHORT as its last segment, with every fact
    marked, in the language of the request; 404 where the store has no such document, or no text of it."""
    library = desk(request).library
    plan = plan_of(library, request.path_params["short"])
    iri, spoken = plan["plan_id"], language_of(request)
    return HTMLResponse(library.cached(("document", iri, spoken), lambda: _document(library, iri, spoken)))


def _every() -> list[tuple[str, str, str]]:
    """(name, title in Chinese, title in English) of each view; its name in place of titles that VIEW_CAPTIONS lacks."""
    return [(name, *VIEW_CAPTIONS.get(name, (name, name))) for name in ALL_VIEWS]


def _document(library: Library, iri: str, spoken: Language) -> str:
    """The HTML of a plan's text (IRI of its document) in the language, with its facts marked; raises HTTPException
    (404) where the store has no text of it."""
    rows = library.rows_of(iri)
    text = next(iter(rows("texts")), None)
    if text is None:
        raise HTTPException(404, "the store holds no text of this plan: build it without --no-text")
    with in_language(spoken):
        return document_page(plan_text(rows, text))


def _figure(library: Library, name: str, rows: Rows, selection: Selection, spoken: Language) -> str:
    """The HTML of a figure (one of FIGURES) in the language, with links to pages of the workbench. Raises Refused or
    Usage where it cannot be drawn: there is no data, too much for a page, or not two plans to compare. `rows` returns
    the rows of a preset by its name; `selection` says of which plans."""
    pairs = {pair_key(row["plan_id"], row["other_plan_id"]): address for row, address in _pairs(rows)}
    return draw(name, rows, selection, Links(_pages(library), pairs), spoken)


def _pairs(rows: Rows) -> Iterator[tuple[Row, str]]:
    """The pairs of plans that were compared, each as a row of preset `text-reuse` in which the lower or later plan, if
    one is known to be that, is `plan_id`, and the address of the page that shows both; in the order of the preset.
    `rows` returns the rows of a preset by its name."""
    seen: set[str] = set()
    for row in rows("text-reuse"):
        key = pair_key(row["plan_id"], row["other_plan_id"])
        if row["position"] not in ("upper", "earlier") and key not in seen:
            seen.add(key)
            yield row, compare_address(row["other_plan_id"], row["plan_id"])


def _drawn(library: Library, name: str, rows: Rows, selection: Selection, spoken: Language) -> str:
    """The HTML of a view (one of VIEWS) in the language, with links to pages of the workbench. `rows` returns the rows
    of a preset by its name; `selection` says of which plans. Raises Refused or Usage where it cannot be drawn of
    these."""
    with in_language(spoken):
        return page(VIEWS[name](rows, selection), Links(_pages(library)))


def _pages(library: Library) -> dict[str, str]:
    """The addresses of the pages of texts of all plans, by the files' names; names that several plans have are left
    out, because they do not say which is meant."""
    plans = library.rows("plans")
    names = Counter(row["file"] for row in plans)
    return {row["file"]: plan_address(row["plan_id"], "document") for row in plans if names[row["file"]] == 1}
