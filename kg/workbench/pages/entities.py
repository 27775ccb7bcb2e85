"""The pages of things that have an IRI: regions, departments, indicator concepts, policies, and any other thing by its
statements; RDF for requests that prefer it."""

from collections import Counter
from itertools import islice
from typing import Any

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from exports.views.model import Row
from kg.stores.oxigraph import OxigraphStore
from kg.workbench.desk import department_address, desk, iri_of, local, plan_address
from kg.workbench.library import Library
from kg.workbench.negotiation import best
from kg.workbench.tables import chosen, file_of, sheet
from ontology.iris import DEFAULT_BASE, Iris, policy_name
from ontology.model.store import Table
from ontology.namespaces import PREFIXES, compact

RDF_TYPES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
MAX_STATEMENTS = 5_000  # about a thing, on its page and as RDF


def dereference(request: Request) -> Response:
    """GET /id/…: the page of the thing with this IRI below the base; or its statements as RDF, where the header Accept
    of the request prefers that to HTML. 404 where the store has none."""
    raw = request.scope.get("raw_path", b"").decode("ascii", "replace").partition("/id/")[2].partition("?")[0]
    return _about(request, iri_of(raw or request.path_params["path"]))


def resource(request: Request) -> Response:
    """GET /resource?iri=…: a redirect to /id/… for an IRI below the base; for any other the page of its statements, or
    these as RDF where the header Accept prefers that to HTML. 404 where the store has none, or no IRI is given."""
    iri = request.query_params.get("iri", "")
    if iri.startswith(DEFAULT_BASE):
        return RedirectResponse(local(iri), 303)
    return _about(request, iri)


def _about(request: Request, iri: str) -> Response:
    """The answer for the thing with this IRI. Where the header Accept weighs a type of RDF_TYPES higher than HTML, it
    is what `_rdf` answers. Else it depends on the kind of thing, the first segment of the IRI below the base: for
    document, concept, region and policy it is what the function of that name answers (`_document` …), for organization
    a redirect to the page of the department, for any other kind, and for an IRI of another base, what `_thing` answers:
    the page of its statements. All but the redirect raise HTTPException (404) where the store has nothing of the
    thing."""
    library = desk(request).library
    media_type = best(request.headers.get("accept", "*/*"), ["text/html", *RDF_TYPES])
    if media_type in RDF_TYPES:
        return _rdf(library, iri, media_type)
    kind = iri.removeprefix(DEFAULT_BASE).partition("/")[0] if iri.startswith(DEFAULT_BASE) else ""
    if kind == "organization":
        return RedirectResponse(department_address(policy_name(iri)), 303)
    pages = {"document": _document, "concept": _concept, "region": _region, "policy": _policy}
    return pages.get(kind, _thing)(request, iri)


def _document(request: Request, iri: str) -> Response:
    """The answer for the IRI of a document or of something below it: for the document a redirect to the plan's page,
    for a fact one to its place in the document's page, for anything else the page of the thing's statements. Raises
    HTTPException (404) where the store does not have the document, or no statements of the thing."""
    library = desk(request).library
    document = DEFAULT_BASE + "/".join(iri.removeprefix(DEFAULT_BASE).split("/")[:2])
    if document not in library.grouped("plans", "plan_id"):
        raise HTTPException(404, f"no {iri} in the store")
    if iri == document:
        return RedirectResponse(plan_address(document), 303)
    for row in library.rows("facts", document=document):
        if row["fact_id"] == iri:
            return RedirectResponse(f"{plan_address(document, 'document')}#c{row['start']}-{row['end']}", 303)
    return _thing(request, iri)


def _concept(request: Request, iri: str) -> Response:
    """The page of an indicator concept (IRI), with its indicators in all plans. Its title is the name that the first of
    these indicators' rows has for the concept. For a concept that no indicator has, the page of its statements, 404
    where there are none."""
    state = desk(request)
    table = state.library.cached(("concept's rows", iri), lambda: _concept_rows(state.library, iri))
    if not table.rows:
        return _thing(request, iri)
    name = table.rows[0][table.columns.index("concept")]
    return state.page(
        request,
        "concept.html",
        name=name,
        iri=iri,
        sheet=sheet(table, request, lists={"kind": "kind"}, hide=("concept",)),
        question={"concept": name},
    )


def _concept_rows(library: Library, iri: str) -> Table:
    """The rows of preset `indicator-comparison` that are of the concept (IRI); none, but with all columns, where no
    indicator has it."""
    name = library.cached("names of concepts", lambda: _concept_names(library)).get(iri)
    if name is None:
        return Table(library.presets["indicator-comparison"].columns, [])
    table = library.table("indicator-comparison", {"concept": name})
    at = table.columns.index("concept_id")
    return Table(table.columns, [row for row in table.rows if row[at] == iri])


def _concept_names(library: Library) -> dict[str, str]:
    """The names of the concepts that indicators have, by IRI, each as in its last row of preset `indicators`."""
    return {str(iri): str(name) for iri, name in library.table("indicators").of(["concept_id", "concept"]).rows}


def _region(request: Request, iri: str) -> Response:
    """The page of a region (IRI), with the regions above it, its plans, and the regions directly below it, at most 300:
    the one with most plans of its own first, of equal ones by name. For a region that is not in preset `regions`, the
    page of its statements, 404 where there are none."""
    state = desk(request)
    regions = state.library.cached("regions", lambda: {row["region_id"]: row for row in state.library.rows("regions")})
    if iri not in regions:
        return _thing(request, iri)
    plans = state.library.grouped("plans", "region_id")
    columns = state.library.table("plans").columns
    plans_here = Table(columns, [tuple(row.values()) for row in plans.get(iri, [])])
    children = state.library.grouped("regions", "parent_id").get(iri, [])
    below = [(row, len(plans.get(row["region_id"], []))) for row in children]
    below.sort(key=lambda item: (-item[1], item[0]["region"]))
    return state.page(
        request,
        "region.html",
        region=regions[iri],
        chain=_regions_above(iri, regions),
        sheet=sheet(plans_here, request, hide=("region", "level", "region_code")),
        below=below,
        iri=iri,
    )


def _regions_above(iri: str, regions: dict[str, Row]) -> list[Row]:
    """The rows of the regions above this one, the highest first, up to one that is not in `regions` (rows by IRI) or
    repeats one of them (in a cycle the region itself is among them). Raises KeyError where this one is not in
    `regions`."""
    chain: list[Row] = []
    above = regions[iri]["parent_id"]
    while above in regions and regions[above] not in chain:
        chain.append(regions[above])
        above = regions[above]["parent_id"]
    return chain[::-1]


def _policy(request: Request, iri: str) -> Response:
    """The page of a policy (IRI), with the plans that cite it and the files that hold its text. Its name is the one in
    its first row of preset `policy-influence`, else the title of the plan in the first of these files. For a policy
    that no plan cites or is, the page of its statements, 404 where there are none."""
    state = desk(request)
    name = next((row["policy"] for row in state.library.grouped("policy-influence", "policy_id").get(iri, [])), None)
    held = state.library.grouped("plans", "policy_id").get(iri, [])
    if name is None and not held:
        return _thing(request, iri)
    name = name or held[0]["plan"]
    table = state.library.cached(("citations", iri), lambda: _citations(state.library, iri, name))
    return state.page(request, "policy.html", name=name, held=held, iri=iri, sheet=sheet(table, request))


def _citations(library: Library, iri: str, name: str) -> Table:
    """The rows of preset `cited-by` for the policy with this IRI and name, in the preset's order. The column `policy`
    is left out, and `issued` added: the day of issue of the plan that cites the policy, None where the store does not
    know it. The columns that people look for first stand first (plan, region, issued, relation …)."""
    table = library.table("cited-by", {"policy": name})
    at, plan = table.columns.index("policy_id"), table.columns.index("plan_id")
    plans = library.grouped("plans", "plan_id")
    rows = [
        (*row, plans[row[plan]][0]["issued"] if row[plan] in plans else None) for row in table.rows if row[at] == iri
    ]
    dated = Table((*table.columns, "issued"), rows)
    first = ("plan", "region", "issued", "relation", "title", "doc_number", "issuer", "cue")
    return dated.of([*first, *(column for column in dated.columns if column not in {*first, "policy"})])


def department_page(request: Request) -> Response:
    """GET /department?name=财政: the page of a department, with its duties, and their numbers for each plan, of the
    first 200 by title. Raises HTTPException: 404 where it has none in any plan, 400 without a name."""
    state = desk(request)
    name = _department(request)
    table = state.library.cached(("department", name), lambda: _duties(state.library, name))
    if not table.rows:
        raise HTTPException(404, f"no plan gives anything to {name}")
    return state.page(
        request,
        "department.html",
        name=name,
        sheet=sheet(table, request, lists={"kind": "fact"}, download="/department"),
        plans=_by_plan(table),
    )


def department_download(request: Request) -> Response:
    """GET /department.FORMAT?name=财政: the duties of a department as a file (csv, xlsx, json, jsonl), filtered and
    sorted as its page is, but with all of DUTY_COLUMNS, also those that the page hides, such as start and end; without
    rows where the department has none. 400 without a name. Raises Usage for another format."""
    library = desk(request).library
    name = _department(request)
    table = library.cached(("department", name), lambda: _duties(library, name))
    return file_of(chosen(table, request), request.path_params["format"], name)


def _department(request: Request) -> str:
    """The name of the department in the address, without blanks around it; raises HTTPException (400) where it is
    missing or blank."""
    name = request.query_params.get("name", "").strip()
    if not name:
        raise HTTPException(400, "name a department: /department?name=财政")
    return name


DUTY_COLUMNS = (
    "plan", "region", "kind", "what", "role", "department", "file", "start", "end", "page", "quote",
    "plan_id", "region_id", "fact_id",
)  # fmt: skip


def _duties(library: Library, name: str) -> Table:
    """The duties of a function or body, by its name, as a table with the columns DUTY_COLUMNS; without rows where no
    plan has any. `kind` is 'responsibility' or 'indicator'. For a responsibility, `what` is the title of the task, or
    the first 40 characters of the quote where the responsibility is in no task or in one without a title; for an
    indicator that the body leads it is what `indicator_words` returns, `role` is 'lead', and `department` has all
    bodies of the indicator. Sorted by title and id of the plan, in a plan responsibilities before indicators, and then
    by place."""
    duties: list[dict[str, Any]] = []
    for row in library.rows("department-tasks", department=name):
        duties.append({**row, "kind": "responsibility", "what": row["task"] or row["quote"][:40]})
    for row in library.rows("indicators-by-department", department=name):
        what = indicator_words(row["indicator"], row["target_text"], row["unit"])
        duties.append({**row, "kind": "indicator", "what": what, "role": "lead", "department": row["departments"]})
    duties.sort(key=lambda row: (row["plan"], row["plan_id"], row["kind"] != "responsibility", row["start"]))
    return Table(DUTY_COLUMNS, [tuple(row.get(column) for column in DUTY_COLUMNS) for row in duties])


def indicator_words(name: str, target: str | None, unit: str | None) -> str:
    """The name of an indicator with the printed text of its target, and the unit where that text lacks it: behind a
    number ('护理型床位占比', '60', '%') -> '护理型床位占比：60%', in brackets behind words ('床位', '60左右', '张') ->
    '床位：60左右（张）'. The name alone without a target."""
    if not target:
        return name
    if not unit or unit in target:
        return f"{name}：{target}"
    return f"{name}：{target}{unit}" if target[-1].isdigit() else f"{name}：{target}（{unit}）"


def _by_plan(table: Table) -> list[tuple[str, str, int, int, int]]:
    """For each plan, in the order of their first rows, its title, its id, and how many of its rows in `table`, as
    `_duties` returns it, are duties as lead, duties as participant, and indicators, whose role does not count."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for values in table.rows:
        row: dict[str, Any] = dict(zip(table.columns, values, strict=True))
        counter = counts.setdefault((row["plan"], row["plan_id"]), Counter())
        counter["indicator" if row["kind"] == "indicator" else row["role"]] += 1
    return [(*plan, n["lead"], n["participant"], n["indicator"]) for plan, n in counts.items()]


def _thing(request: Request, iri: str) -> Response:
    """The page of any thing (IRI) with its statements, as (property with its prefix, value, address of the value's page
    or ''), each once, sorted; raises HTTPException (404) where the store has none."""
    state = desk(request)
    triples = statements(state.library, iri)
    if not triples:
        raise HTTPException(404, f"no {iri} in the store")
    rows = sorted({(compact(t.predicate.value), _term_text(t.object), _href(t.object)) for t in triples})
    return state.page(request, "thing.html", iri=iri, said=rows)


def _term_text(term: Any) -> str:
    """The text of a term: the value of a literal, the IRI of a named node, else the term as in N-Triples."""
    return str(term.value) if isinstance(term, ox.Literal | ox.NamedNode) else str(term)


def _href(term: Any) -> str:
    """The address of the page of the thing that the term names by an IRI below the base; '' for other terms."""
    return local(term.value) if isinstance(term, ox.NamedNode) and term.value.startswith(DEFAULT_BASE) else ""


def _rdf(library: Library, iri: str, media_type: str) -> Response:
    """The statements of a thing (IRI) as RDF in the media type, one of RDF_TYPES; of a document with a row in preset
    `plans` its whole graph. Raises HTTPException (404) where the store has none."""
    if iri in library.grouped("plans", "plan_id"):
        triples = [quad.triple for quad in ox.parse(library.store().dump(iri), format=ox.RdfFormat.N_TRIPLES)]
    else:
        triples = statements(library, iri)
    if not triples:
        raise HTTPException(404, f"no {iri} in the store")
    body = ox.serialize(triples, format=RDF_TYPES[media_type], prefixes=PREFIXES)
    return Response(body, media_type=media_type, headers={"Vary": "Accept"})


def statements(library: Library, iri: str) -> list[ox.Triple]:
    """The statements with the IRI as subject, each once, sorted as text; none for a text that is no IRI. From an
    Oxigraph store they are those of all graphs (of more than MAX_STATEMENTS (5,000) any so many, where one in several
    graphs counts for each, so that fewer may come out), from a SPARQL server those of all named graphs. From Neo4j they
    are those of one graph: for the IRI of a document, or of something below it, the graph of that document, for any
    other IRI the reference graph."""
    try:
        subject = ox.NamedNode(iri)
    except ValueError:
        return []
    store = library.store()
    if isinstance(store, OxigraphStore):
        quads = store.inner.quads_for_pattern(subject, None, None)
        triples = {quad.triple for quad in islice(quads, MAX_STATEMENTS)}
    elif store.language == "sparql":
        rows = store.query(f"CONSTRUCT {{ {subject} ?p ?o }} WHERE {{ GRAPH ?g {{ {subject} ?p ?o }} }}").rows
        lines = "".join(f"{s} {p} {o} .\n" for s, p, o in rows)
        triples = {quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)}
    else:
        path = iri.removeprefix(DEFAULT_BASE)
        graph = f"{DEFAULT_BASE}document/{path.split('/')[1]}" if path.startswith("document/") else None
        quads = store.quads(graph or Iris(DEFAULT_BASE).reference().value)
        triples = {quad.triple for quad in quads if quad.subject == subject}
    return sorted(triples, key=str)
