"""`kg serve` by HTTP: who is let in, what is escaped, the SPARQL protocol, the API, IRIs, corrections."""

import csv
import html
import io
import itertools
import json
import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import openpyxl
import pyoxigraph as ox
import pytest
import servers
from conftest import SAMPLES, need
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from starlette.testclient import TestClient
from workbench_site import EVIL, Site, made, serving

from exports.views import FIGURES, VIEWS
from kg.builder import build
from kg.corrections.keys import PRESET_BY_KIND
from kg.stores import open_store
from kg.workbench.accounted import shares
from kg.workbench.app import workbench
from kg.workbench.guard import calls_service, refusal
from kg.workbench.negotiation import best
from kg.workbench.pages.entities import indicator_words
from kg.workbench.protocol import EXAMPLE_PRESETS, _distinct, _plain
from kg.workbench.queries import Queries
from kg.workbench.results import written
from kg.workbench.security import host_allowed
from kg.workbench.server import _listen
from kg.workbench.settings import Settings
from kg.workbench.words import ENGLISH
from kg.workbench.worker import QueryAnswer, QueryJob, answer_of
from ontology.iris import last_segment
from ontology.model.errors import Refused
from ontology.model.store import Store
from queries.includes import declare_prefixes, error_line
from queries.presets import preset, presets

LIMITS = ("--seconds", "3", "--memory", "300", "--rows", "2000")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("workbench"))


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    with serving(folder, *LIMITS) as found:
        yield found


@pytest.fixture
def client(site: Site) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.address, timeout=300) as found:
        yield found


@pytest.mark.parametrize(
    ("started", "header", "allowed"),
    [
        ("127.0.0.1", "127.0.0.1:8765", True),
        ("127.0.0.1", "localhost", True),
        ("127.0.0.1", "[::1]:8765", True),
        ("127.0.0.1", "evil.example:8765", False),  # DNS rebinding: a page of evil.example whose name now leads here
        ("127.0.0.1", "127.0.0.1.evil.example", False),
        ("127.0.0.1", "10.0.0.5", False),
        ("127.0.0.1", "", False),
        ("127.0.0.1", "[::1", False),
        ("0.0.0.0", "10.0.0.5:8765", True),  # an address in numbers is not a name that someone else can point here
        ("0.0.0.0", "evil.example", False),
        ("0.0.0.0", "plans.office", True),  # --allow-host
    ],
)
def test_host_header(started: str, header: str, allowed: bool) -> None:
    assert host_allowed(header, Settings("x", started, hosts=("plans.office",))) is allowed


def test_other_names_are_refused_and_headers_set(client: httpx.Client) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
    answer = client.get("/")
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in client.get("/", headers={"Origin": "http://evil.example"}).headers
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_other_hosts_need_a_token(folder: Path) -> None:
    from kg.workbench.server import serve
    from ontology.model.errors import Usage

    with pytest.raises(Usage, match="--token"):
        serve(Settings(str(folder / "plans.kg"), host="0.0.0.0"), 0, print)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70_000), ("é" * 80, 0), ("no.such.host.invalid", 0)])
def test_what_cannot_be_listened_on_is_refused(host: str, port: int) -> None:
    with pytest.raises(Refused, match="cannot be listened on"):
        _listen(host, port)


def test_token(folder: Path) -> None:
    with serving(folder, "--token", "s3cret") as site, httpx.Client(base_url=site.address, timeout=60) as client:
        for address in ("/", "/sparql?query=ASK%7B%7D", "/api/presets", "/embed/views/lineage", "/plans?token=wrong"):
            assert client.get(address).status_code == 401
        assert client.get("/api/presets", headers={"Authorization": "Bearer s3cret"}).status_code == 200
        answer = client.get("/plans?token=s3cret&_q=x")
        assert (answer.status_code, answer.headers["location"]) == (303, "/plans?_q=x")
        assert "httponly" in answer.headers["set-cookie"].lower()
        assert client.get("/plans").status_code == 200  # by the cookie


def test_text_of_plans_is_escaped_everywhere(client: httpx.Client) -> None:
    plans = client.get("/api/presets/plans").json()
    hostile = next(row for row in plans if row["file"] == "baishi.txt")
    short = hostile["plan_id"].rpartition("/")[2]
    seen = 0
    for address in (
        "/", "/plans", "/search?q=" + quote(EVIL), "/search?q=白石", f"/plan/{short}", f"/plan/{short}/document",
        f"/plan/{short}/outline", f"/plan/{short}/tasks", f"/plan/{short}/lineage", f"/embed/document/{short}",
        "/presets/tasks", "/presets/tasks?plan=" + quote(EVIL), "/presets/tasks?_q=" + quote(EVIL), "/views/lineage",
        "/embed/views/lineage", "/nothing" + quote(EVIL), "/sparql?query=" + quote(EVIL), "/department?name=" + quote(EVIL),
        "/resource?iri=" + quote(EVIL), f"/correct/add?plan={short}", "/corrections", "/views/compare?plan=" + quote(EVIL),
        "/embed/views/regions",
    ):  # fmt: skip
        text = client.get(address, headers={"Accept": "text/html"}).text
        assert EVIL not in text, address
        seen += "alert(1)" in text
    assert seen > 10  # the words are there, as words


@pytest.mark.parametrize("name", [*VIEWS, *FIGURES])
def test_every_view_has_a_page(client: httpx.Client, name: str) -> None:
    assert f'href="/views/{name}"' in client.get("/views").text
    page = client.get(f"/views/{name}")
    assert page.status_code == 200
    assert ("<iframe" in page.text) == (name != "compare")  # which first asks for two plans


def test_what_a_view_has_nothing_of_is_said(client: httpx.Client) -> None:
    answer = client.get("/embed/views/matrix")  # the store was not aligned
    assert answer.status_code >= 400
    assert "kg align" in answer.text


PREFIX = "PREFIX kg: <https://w3id.org/plan-kg/ontology#> "
COUNT = PREFIX + "SELECT (COUNT(?d) AS ?n) { ?d a kg:Document }"


@pytest.mark.parametrize(
    ("method", "options", "status", "kind"),
    [
        ("GET", {"params": {"query": COUNT}}, 200, "application/sparql-results+json"),
        ("POST", {"data": {"query": COUNT}}, 200, "application/sparql-results+json"),
        ("POST", {"content": COUNT, "headers": {"Content-Type": "application/sparql-query"}}, 200, "application/sparql-results+json"),
        ("GET", {"params": {"query": COUNT}, "headers": {"Accept": "application/sparql-results+xml"}}, 200, "application/sparql-results+xml"),
        ("GET", {"params": {"query": COUNT}, "headers": {"Accept": "text/csv"}}, 200, "text/csv; charset=utf-8"),
        ("GET", {"params": {"query": COUNT}, "headers": {"Accept": "text/tab-separated-values;q=0.9, text/csv;q=0.1"}}, 200, "text/tab-separated-values; charset=utf-8"),
        ("GET", {"params": {"query": "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 3"}, "headers": {"Accept": "application/ld+json"}}, 200, "application/ld+json"),
        ("GET", {"params": {"query": "DESCRIBE <https://w3id.org/plan-kg/scheme/role/lead>"}}, 200, "text/turtle; charset=utf-8"),
        ("HEAD", {"params": {"query": COUNT}}, 200, "application/sparql-results+json"),
        ("HEAD", {"params": {"query": COUNT}, "headers": {"Accept": "text/html"}}, 200, "text/html; charset=utf-8"),
        ("GET", {}, 400, "text/plain; charset=utf-8"),  # no query
        ("GET", {"params": [("query", COUNT), ("query", COUNT)]}, 400, "text/plain; charset=utf-8"),
        ("GET", {"params": {"query": "SELEKT"}}, 400, "text/plain; charset=utf-8"),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 403, "text/plain; charset=utf-8"),
        ("POST", {"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}, 403, "text/plain; charset=utf-8"),
        ("POST", {"data": {"query": "CLEAR ALL"}}, 400, "text/plain; charset=utf-8"),  # an update where a query belongs
        ("POST", {"content": COUNT, "headers": {"Content-Type": "text/plain"}}, 415, "text/plain; charset=utf-8"),
        ("POST", {"data": {"query": "#" + "x" * 300_000}}, 413, "text/plain; charset=utf-8"),
        ("GET", {"params": {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}}, 400, "text/plain; charset=utf-8"),
        ("PUT", {"content": "x"}, 405, None),
    ],
)  # fmt: skip
def test_sparql_protocol(client: httpx.Client, method: str, options: dict, status: int, kind: str | None) -> None:
    answer = client.request(method, "/sparql", **options)
    assert answer.status_code == status, answer.text
    assert kind is None or answer.headers["content-type"] == kind


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("SELEKT", 1),
        ("SELECT * {\n ?s ?p \n}", 3),
        ("PREFIX kg: <https://example.org/>\nSELECT * {\n ?s kg:a }", 3),  # one prefix less is put before it
        ("SELECT * {", 1),
    ],
)
def test_errors_are_placed_in_the_lines_of_the_user(client: httpx.Client, query: str, line: int) -> None:
    said = client.get("/sparql", params={"query": query}).text
    assert said.startswith(f"error at {line}:")
    page = client.get("/sparql", params={"query": query}, headers={"Accept": "text/html"}).text
    assert f'data-failed="{line}"' in page


def test_a_query_has_all_its_columns_in_its_order(client: httpx.Client) -> None:
    query = "SELECT (1 AS ?x_id) (2 AS ?page) (3 AS ?file) (4 AS ?region) {}"
    page = client.get("/sparql", params={"query": query}, headers={"Accept": "text/html"}).text
    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", page.partition("<tbody>")[2].partition("</tbody>")[0], re.DOTALL)
    assert [re.sub(r"<[^>]+>", "", cell).strip() for cell in cells] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("target", "unit", "words"),
    [
        ("60", "%", "床位占比：60%"),
        ("60%", "%", "床位占比：60%"),
        ("达到55%以上", "%", "床位占比：达到55%以上"),
        ("60左右", "张", "床位占比：60左右（张）"),
        ("稳步提高", None, "床位占比：稳步提高"),
        (None, "%", "床位占比"),
        ("60", None, "床位占比：60"),
    ],
)
def test_an_indicator_among_duties_has_its_unit_once(target: str | None, unit: str | None, words: str) -> None:
    assert indicator_words("床位占比", target, unit) == words


FACT = "https://w3id.org/plan-kg/id/document/1/"


@pytest.mark.parametrize(
    ("select", "links"),
    [
        ('("a" AS ?quote) ("x/1" AS ?plan_id) (3 AS ?start) (5 AS ?end)', ["/plan/1/document#c3-5"]),
        ('("a" AS ?quote) ("x/1" AS ?plan_id) (3 AS ?start)', []),
        ('("a" AS ?quote) (1 AS ?plan_id) (3 AS ?start) (5 AS ?end)', []),
        ('("a" AS ?plan) ("x/document/1" AS ?plan_id)', ["/plan/1"]),
        ('("a" AS ?plan) (1 AS ?plan_id)', []),
        ('("a" AS ?file) (1 AS ?plan_id)', []),
        ('("a" AS ?region) ("x" AS ?region_id)', ["/resource?iri=x"]),
        ('("a" AS ?region) ("" AS ?region_id)', []),
        (f'("{FACT}target/2" AS ?fact_id)', [f"/correct?fact={quote(FACT, safe='')}target%2F2"]),
        (f'("{FACT}passage/2" AS ?fact_id)', []),
        ('("target" AS ?fact_id)', []),
        ('("" AS ?fact_id)', []),
        ("(1 AS ?fact_id)", []),
    ],
)
def test_links_of_rows_that_only_look_like_those_of_presets(
    client: httpx.Client, select: str, links: list[str]
) -> None:
    page = client.get("/sparql", params={"query": f"SELECT {select} {{}}"}, headers={"Accept": "text/html"})
    body = page.text.partition("<tbody>")[2].partition("</tbody>")[0]
    assert (page.status_code, re.findall(r'href="([^"]*)"', body)) == (200, links)


@pytest.mark.parametrize(
    ("names", "distinct"),
    [
        (["n", "m"], ("n", "m")),
        (["n", "m", "n"], ("n", "m", "n 2")),
        (["n", "n 2", "n"], ("n", "n 2", "n 3")),
        (["n", "n", "n 2"], ("n", "n 3", "n 2")),
        (["n 2", "n 2", "n", "n"], ("n 2", "n 2 2", "n", "n 3")),
    ],
)
def test_columns_of_one_name_are_told_apart(names: list[str], distinct: tuple[str, ...]) -> None:
    assert _distinct(names) == distinct


@pytest.mark.parametrize("preset", sorted(PRESET_BY_KIND.values()))
def test_every_kind_of_fact_that_can_be_corrected_links_to_its_form(client: httpx.Client, preset: str) -> None:
    link = re.search(r'class="fix" href="([^"]+)"', client.get(f"/presets/{preset}").text)
    assert link
    assert client.get(link[1]).status_code == 200


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("error at 3:2: expected OPTIONAL", 3),
        ('Parse error: Encountered " "}" at line 12, column 1.', 12),
        ("Cypher: Invalid input 'RETURN': expected ')' (line 2, column 10 (offset: 9))", 2),
        ("SERVICE is not allowed here: this endpoint asks no other server", None),
        ("a query only reads, this one writes", None),
        ("online 3 plans", None),
    ],
)
def test_error_line(message: str, line: int | None) -> None:
    assert error_line(message) == line


def test_terms_that_the_editor_completes(client: httpx.Client) -> None:
    def terms(address: str) -> dict[str, dict[str, str]]:
        return {term["name"]: term for term in client.get(address).json()}

    sparql, english = terms("/sparql/terms.json"), terms("/sparql/terms.json?lang=en")
    assert {**sparql["kg:Plan"], "comment": ""} == {"name": "kg:Plan", "kind": "class", "label": "规划", "comment": ""}
    assert english["kg:Plan"]["label"] == "plan"
    assert sparql["dcterms:title"]["kind"] == "property"
    assert sparql["kg:"] == {
        "name": "kg:",
        "kind": "prefix",
        "label": "https://w3id.org/plan-kg/ontology#",
        "comment": "",
    }
    assert all(term["label"] and not term["name"].startswith("<") for term in sparql.values())
    asked = "\n".join(f"OPTIONAL {{ ?s {name} ?o }}" for name, term in sparql.items() if term["kind"] == "property")
    assert (
        client.get("/sparql", params={"query": f"SELECT * {{ VALUES ?s {{ <x:y> }} {asked} }} LIMIT 1"}).status_code
        == 200
    )
    cypher = {name: term["kind"] for name, term in terms("/cypher/terms.json").items()}
    found = (cypher["Plan"], cypher["OF_REGION"], cypher["period_start"])
    assert found == ("label", "relationship", "property")
    assert "kg:Plan" not in cypher
    assert client.get("/sql/terms.json").status_code == 404


def test_queries_without_end_are_ended_and_others_go_on(client: httpx.Client) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    assert client.get("/sparql", params={"query": endless}).status_code == 503
    hungry = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"
    assert client.get("/sparql", params={"query": hungry}).status_code in {500, 503}
    many = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
    assert (many.status_code, "LIMIT" in many.text) == (500, True)  # refused, never cut without a word
    assert client.get("/sparql", params={"query": COUNT}).json()["results"]["bindings"][0]["n"]["value"] == "7"
    assert client.get("/").status_code == 200


def test_rdflib_reads_the_endpoint(site: Site) -> None:
    found = list(SPARQLStore(f"{site.address}sparql").query(PREFIX + "SELECT ?t { ?d a kg:Document ; kg:fileName ?t }"))
    assert len(found) == 7


def test_datasets_of_the_protocol(client: httpx.Client) -> None:
    graphs = [row["plan_id"] for row in client.get("/api/presets/plans").json()]
    query = PREFIX + "SELECT (COUNT(?d) AS ?n) { ?d a kg:Document }"
    for asked, count in (([("default-graph-uri", graphs[0])], 1), ([("named-graph-uri", graphs[0])], 0)):
        answer = client.get("/sparql", params=[("query", query), *asked]).json()
        assert int(answer["results"]["bindings"][0]["n"]["value"]) == count


QUERY = (
    'SELECT ?iri ?none ?word ?text ?number ?day ?direction ?triple { BIND(<http://a/b> AS ?iri) BIND("zh"@zh AS ?word) '
    'BIND("a\\t\\"<&>\\n,\\u00e9中" AS ?text) BIND(1.50 AS ?number) BIND("2025-01-01"^^<http://www.w3.org/2001/XMLSchema#date> AS ?day) '
    'BIND(STRLANGDIR("a", "en", "ltr") AS ?direction) BIND(<<( <http://a> <http://p> 1 )>> AS ?triple) }'
)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_results_are_written_as_pyoxigraph_writes_them(form: str) -> None:
    store = ox.Store()
    query = QUERY if form != "tsv" else QUERY.partition("BIND(<<")[0] + "}"  # its parser knows no triple terms
    format_ = {"json": "JSON", "xml": "XML", "csv": "CSV", "tsv": "TSV"}[form]
    expected = store.query(query).serialize(format=getattr(ox.QueryResultsFormat, format_))
    found = store.query(query)
    made_ = written([v.value for v in found.variables], [tuple(row) for row in found], form)
    if form == "json":
        assert json.loads(made_) == json.loads(expected)
    elif form == "csv":  # the line's end inside of quotes stays as it is
        assert list(csv.reader(io.StringIO(made_.decode()))) == list(csv.reader(io.StringIO(expected.decode())))
    elif form == "tsv":  # numbers may stand bare or typed
        results = [ox.parse_query_results(text, format=ox.QueryResultsFormat.TSV) for text in (made_, expected)]
        assert [tuple(row) for row in results[0]] == [tuple(row) for row in results[1]]
    else:
        assert made_ == expected


def test_a_triple_in_tsv_is_written_as_a_term() -> None:
    triple = ox.Triple(ox.NamedNode("http://a"), ox.NamedNode("http://p"), ox.Literal("x\ty"))
    assert written(["t"], [[triple]], "tsv").decode() == '?t\n<<( <http://a> <http://p> "x\\ty" )>>\n'


def test_the_example_of_a_preset_has_its_rows(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("养老服务发展规划\n一、总体要求\n到2025年，新建养老院12所。\n", "utf-8")
    known = presets(())
    with open_store(str(tmp_path / "plans.kg"), write=True) as store:
        build([tmp_path / "a.txt"], store)
        for name in EXAMPLE_PRESETS:
            found = store.query(declare_prefixes(_plain(known[name])))
            assert (name, len(found.rows)) == (name, len(known[name].run(store).rows))
        assert len(known["plans"].run(store).rows) == 1


@pytest.mark.parametrize(
    ("query", "calls"),
    [
        ("SELECT * { SERVICE <http://a> { ?s ?p ?o } }", True),
        ("select * {service silent ?x {?s ?p ?o}}", True),
        ("SELECT * {\n# no comment hides it\nSERVICE<http://a>{?s ?p ?o}}", True),
        ('SELECT * { ?s ?p "x" . SERVICE <http://a> {} }', True),
        ('SELECT * { ?s ?p "養老 SERVICE" }', False),
        ("SELECT ?service { ?service ?p ?o }", False),
        ("SELECT * { ?s <http://a/SERVICE> ?o } # SERVICE", False),
        ("PREFIX service: <http://a/> SELECT * { ?s service:service ?o }", False),
        ("SELECT ?service ?x { ?s ?service ?x }", False),
        ("SELECT * { ?s ?p 'public service' FILTER(?year < 2025 && ?year > 2020) }", False),
        # Oxigraph needs no blanks
        ("SELECT * { ?s ?p ?o.SERVICE <http://a> {} }", True),
        ('SELECT * { ?s ?p "x".SERVICE <http://a> {} }', True),
        ("SELECT * { ?s ?p 5SERVICE <http://a> {} }", True),
        ("SELECT * { ?s ?p trueSERVICE <http://a> {} }", True),
        ("SELECT * { SERVICESILENT <http://a> {} }", True),
        ("PREFIX a: <http://a/> SELECT * { SERVICEa:b {} }", True),
        ("PREFIX : <http://a/> SELECT * { SERVICE:b {} }", True),
        ("SELECT * { SERVICE # a {\n <a> # }\n {} }", True),
        # what looks as a string, a comment or an IRI, and is none
        ("PREFIX a: <http://a/> SELECT * { ?s a:b\\' ?o . SERVICE <http://a> {} FILTER(?o = 'a') }", True),
        ("PREFIX a: <http://a/> SELECT * { ?s ?p a:b\\# . SERVICE <http://a> {} }", True),
        ("SELECT * { ?s ?p <urn:'> . SERVICE <http://a> {} FILTER(?p = 'a') }", True),
        ("PREFIX : <http://a/> SELECT * { FILTER(1<2)SERVICE:a#>\n{} }", True),
        ("SELECT * { SERV\\u0049CE <http://a> {} }", True),
    ],
)
def test_calls_of_other_servers_are_seen(query: str, calls: bool) -> None:
    assert calls_service(query) is calls


NOT_OF_SPARQL = [
    "SELECT (bif:file_to_string('FILE') AS ?x) {}",
    "SELECT (BIF :file_to_string('FILE') AS ?x) {}",
    "SELECT ?x { BIND(<bif:file_to_string>('FILE') AS ?x) }",
    "SELECT ?x { BIND(<\\u0062if:file_to_string>('FILE') AS ?x) }",
    "PREFIX x: <bif:file_> SELECT ?x { BIND(x:to_string('FILE') AS ?x) }",
    "PREFIX x: <bi> SELECT ?x { BIND(x:f('FILE') AS ?x) }",
    "SELECT (sql:file_to_string('FILE') AS ?x) {}",
    "SELECT ?x { FILTER(EXISTS { ?x ?p ?o FILTER(<java:a.B>(?o)) }) }",
    "SELECT ?x { ?x ?p ?o } GROUP BY ?x HAVING(<http://a/f>(?x) > 1)",
    "SELECT ?x { ?x ?p ?o } ORDER BY DESC(<http://a/f>(?x))",
    "DEFINE get:soft 'replace' SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }",
    "#\rDEFINE get:soft 'replace'\nSELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }",
]


@pytest.mark.parametrize("query", NOT_OF_SPARQL)
def test_functions_of_a_server_are_refused(query: str) -> None:
    reason = refusal(query, server=True) or ""
    assert "not allowed here" in reason or "cannot be checked" in reason
    assert refusal(query, server=False) is None  # the embedded store has none


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o FILTER(xsd:integer(?o) > 1 && REGEX(STR(?o), 'sql') && ?o IN (1, 2)) }",
        "SELECT ?s { ?s ?p ?o . ?o bif:contains '养老' }",
        "SELECT (COUNT(*) AS ?n) (IF(BOUND(?o), STRLEN(?o), 0) AS ?l) { ?s ?p ?o } GROUP BY ?o",
    ],
)
def test_queries_of_sparql_are_not_refused(query: str) -> None:
    assert refusal(f"PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> {query}", server=True) is None


def test_a_wrong_query_for_a_server_is_told_by_line() -> None:
    assert (refusal("SELECT *\n{ ?s ?p }", server=True) or "").startswith("error at 2:")


@pytest.mark.parametrize("server", ["virtuoso"], indirect=True)
def test_a_visitor_reads_no_file_of_virtuosos(loaded: Store, server: servers.Server) -> None:
    (server.folder / "secret.txt").write_text("secret", "utf-8")
    with server.used() as store, TestClient(workbench(Settings(store))) as client:
        client.headers["Host"] = "127.0.0.1"
        assert client.get("/sparql", params={"query": "ASK { ?s a kg:Plan }"}).json()["boolean"] is True
        for query in NOT_OF_SPARQL:
            query = query.replace("FILE", str(server.folder / "secret.txt"))
            answer = client.get("/sparql", params={"query": query}, headers={"Accept": "application/json"})
            assert (answer.status_code, "secret</" in answer.text) == (400, False), query


@pytest.mark.parametrize(
    ("language", "kind", "body"),
    [
        ("sparql", "table", (["answer"], [(True,)])),
        ("cypher", "failed", "this store speaks sparql, not cypher: use 'kg sparql'"),
    ],
)
def test_a_store_answers_queries_in_its_own_language(folder: Path, language: str, kind: str, body: object) -> None:
    with open_store(str(folder / "plans.kg")) as store:
        answer = answer_of(store, QueryJob("ASK {}", table=True, language=language))
    assert (answer.kind, answer.body) == (kind, body)


@pytest.mark.parametrize(("changes", "same"), [(False, True), (True, False)])
def test_a_process_that_was_busy_when_the_store_changed_is_replaced(
    folder: Path, monkeypatch: pytest.MonkeyPatch, changes: bool, same: bool
) -> None:
    queries = Queries(Settings(str(folder / "plans.kg"), workers=1))
    answer, busy = queries._answer, []

    def answer_in_the_midst_of_a_change(worker: Any, job: QueryJob) -> QueryAnswer:
        busy.append(worker)
        if changes and len(busy) == 1:
            queries.stale()
        return answer(worker, job)

    monkeypatch.setattr(queries, "_answer", answer_in_the_midst_of_a_change)
    try:
        kinds = [queries.ask(QueryJob("ASK {}", table=True)).kind for _ in range(2)]
    finally:
        queries.close()
    assert kinds == ["table", "table"]
    assert (busy[0] is busy[1]) is same


def test_queries_of_users_see_what_was_built_since(tmp_path: Path) -> None:
    address = str(tmp_path / "plans.kg")
    queries, counts = None, []
    for name in ("qinghe.txt", "yunling.txt"):
        with open_store(address, write=True) as store:
            build([SAMPLES / name], store)
        queries = queries or Queries(Settings(address, workers=1))
        query = declare_prefixes("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?d a kg:Plan } }")
        counts.append(queries.ask(QueryJob(query, table=True)).body[1])
        process = queries._free.queue[0]
        assert queries.ask(QueryJob(query, table=True)).body[1] == counts[-1]
        assert queries._free.queue[0] is process  # nothing was built since
    assert queries
    queries.close()
    assert counts == [[(1,)], [(2,)]]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "a/json"),
        ("*/*", "a/json"),
        ("a/xml", "a/xml"),
        ("a/xml;q=0.2, a/json;q=0.1", "a/xml"),
        ("a/*;q=0.5, a/json;q=0", "a/xml"),
        ("b/c", None),
        ("a/xml;q=nonsense", None),
    ],
)
def test_negotiation(accept: str, chosen: str | None) -> None:
    assert best(accept, ["a/json", "a/xml"]) == chosen


def test_links_of_the_first_page_lead_to_the_plans_that_they_count(tmp_path: Path) -> None:
    """Of counties of a province, and of plans whose region is not known."""
    for number, name in enumerate(("渠县", "大竹县", "宣汉县", "开江县")):
        words = f"养老服务发展规划\n一、总体要求\n到2025年，新建养老院1{number}所。\n"
        (tmp_path / f"a{number}.txt").write_text(f"达州市{name}{words}", "utf-8")
        (tmp_path / f"b{number}.txt").write_text(words, "utf-8")
    with open_store(str(tmp_path / "plans.kg"), write=True) as store:
        build([tmp_path], store)
    with TestClient(workbench(Settings(str(tmp_path / "plans.kg"))), base_url="http://127.0.0.1") as client:
        links = re.findall(r'href="(/plans\?[^"]*)">全部 (\d+)<', client.get("/").text)
        assert [count for _, count in links] == ["4", "4"]
        for address, count in links:
            assert f'class="count">{count} / 8 行' in client.get(html.unescape(address)).text


def test_downloads_hold_what_the_page_shows(client: httpx.Client) -> None:
    address = "/presets/{}?_f.region=泽宁市&_sort=-target_value"
    rows = client.get(address.format("indicators.json")).json()
    assert {row["region"] for row in rows} == {"泽宁市"}
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(address.format("indicators.xlsx")).content)).active
    assert [row[2].value for row in list(sheet.rows)[1:]] == [row["indicator"] for row in rows]
    text = client.get(address.format("indicators.csv")).content.decode("utf-8")
    assert text.startswith("\ufeff")
    assert len(list(csv.DictReader(io.StringIO(text)))) == len(rows)


def test_iris_lead_to_pages_and_rdf(client: httpx.Client) -> None:
    seen = set()
    for listing in ("plans", "lineage", "indicators", "responsibilities"):
        for row in client.get(f"/api/presets/{listing}").json()[:4]:
            seen |= {value for name, value in row.items() if name.endswith("_id") and value}
    for iri in sorted(seen):
        local = "/id/" + iri.removeprefix("https://w3id.org/plan-kg/id/")
        page = client.get(local, headers={"Accept": "text/html"}, follow_redirects=True)
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8"), iri
        answer = client.get(local, headers={"Accept": "text/turtle"})
        assert ox.NamedNode(iri) in {quad.subject for quad in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)}
    for path in ("document/none", "document/none/target/1", "region/none", "concept/none", "policy/none/none", "none"):
        assert client.get(f"/id/{path}").status_code == 404, path


FORM = {"by": "李", "why": "表格第三行", "action": "set"}


def test_corrections_need_a_page_of_this_server(client: httpx.Client, site: Site) -> None:
    fact = client.get("/api/presets/targets").json()[0]["fact_id"]
    address = f"/correct?fact={quote(fact, safe='')}"
    key = client.get(address).text.partition('name="form_key" value="')[2].partition('"')[0]
    assert len(key) > 20
    before = sorted(site.folder.rglob("corrections.jsonl"))
    for form, headers in (
        (FORM, {}),
        ({**FORM, "form_key": "guess"}, {}),
        ({**FORM, "form_key": key}, {"Origin": "http://evil.example"}),
        ({**FORM, "form_key": key}, {"Origin": "http://["}),
        ({**FORM, "form_key": key}, {"Sec-Fetch-Site": "cross-site"}),
    ):
        assert client.post(address, data={**form, "field.value": "7"}, headers=headers).status_code == 403
    for form in ({"form_key": key, "by": ""}, {"form_key": key, "by": "李"}):  # nobody; nothing changed
        assert client.post(address, data=form).status_code == 400
    assert sorted(site.folder.rglob("corrections.jsonl")) == before


def test_a_missed_fact_is_added_to_the_plan_of_the_address_and_has_a_value(tmp_path: Path) -> None:
    for folder, region in (("a", "青禾县"), ("b", "白石县")):
        text = (SAMPLES / "qinghe.txt").read_text("utf-8").replace("青禾县", region)
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.txt").write_text(text, "utf-8")
    with open_store(str(tmp_path / "s.kg"), write=True) as store:
        build([tmp_path / "a", tmp_path / "b"], store)
        plans = [row["plan_id"] for row in preset("plans").run(store).dicts()]
    settings = Settings(str(tmp_path / "s.kg"), corrections=str(tmp_path / "c.jsonl"))
    with TestClient(workbench(settings), base_url="http://127.0.0.1") as client:
        for plan, kind in itertools.product(plans, ("Plan", "Target")):
            address = f"/correct/add?plan={last_segment(plan)}&kind={kind}"
            form = {"by": "李", "quote": "养老服务", "at": "3", "form_key": settings.form_key}
            assert client.post(address, data=form).status_code == 400  # nothing said of it
            subject = {**form, "field.subject": "甲"}
            if kind == "Target":
                assert client.post(address, data=subject).status_code == 400  # neither a value nor a deadline or unit
                assert client.post(address, data={**form, "field.value": "3"}).status_code == 400  # of what
                assert client.post(address, data={**subject, "field.value": "三"}).status_code == 400
            given = {"Plan": {"field.doc_number": "甲"}, "Target": {**subject, "field.value": "3.0", "field.op": "≥"}}
            assert client.post(address, data={**form, **given[kind]}).status_code == 200
    lines = [json.loads(line) for line in (tmp_path / "c.jsonl").read_text("utf-8").splitlines()]
    assert [line.get("values") for line in lines] == [None, {"subject": "甲", "op": ">=", "value": "3"}] * 2


@pytest.mark.parametrize(
    ("by", "kept"), [("李建国", "李建国"), (" Li ", "Li"), ('a"; b=c', "a&#34;; b=c"), ("%E6", "%E6"), ("李" * 101, "")]
)
def test_the_name_of_who_corrects_is_kept(folder: Path, tmp_path: Path, by: str, kept: str) -> None:
    settings = Settings(str(folder / "plans.kg"), corrections=str(tmp_path / "corrections.jsonl"))
    with TestClient(workbench(settings), base_url="http://127.0.0.1") as client:
        address = f"/correct?fact={quote(client.get('/api/presets/targets').json()[0]['fact_id'], safe='')}"
        form = {"by": by, "action": "remove", "form_key": settings.form_key}
        assert client.post(address, data=form).status_code == 200
        assert json.loads((tmp_path / "corrections.jsonl").read_text("utf-8"))["by"] == by.strip()
        assert f'name="by" required value="{kept}"' in client.get(address).text


def test_a_correction_is_checked_listed_in_words_seen_and_taken_back(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "c.jsonl"
    settings = Settings(str(folder / "plans.kg"), corrections=str(file))
    with TestClient(workbench(settings), base_url="http://127.0.0.1") as client:
        row = next(row for row in client.get("/api/presets/targets").json() if row["op"] == ">=" and row["value"])
        address = f"/correct?fact={quote(row['fact_id'], safe='')}"
        form = {"by": "李", "form_key": settings.form_key}
        shown = client.get(address).text
        assert re.search(r'<option value="&gt;=" selected>≥ 不低于</option>', shown)
        assert "年份或年月" in shown
        assert "a year or a month" in client.get(address + "&lang=en").text
        client.cookies.clear()
        for name, value, said in (
            ("value", "abc", "数值 &#39;abc&#39; 不是数字"),
            ("deadline", "明年", "期限 明年 既非年份也非年月"),
            ("subject", "", "度量对象 不能为空"),
        ):
            answer = client.post(address, data={**form, f"field.{name}": value})
            assert (answer.status_code, said in answer.text, 'aria-invalid="true"' in answer.text) == (400, True, True)
        empty = {"field.value": "", "field.unit": "", "field.deadline": ""}
        answer = client.post(address, data={**form, **empty})
        assert (answer.status_code, "目标 须有其一：数值, 期限, 单位" in answer.text) == (400, True)
        assert not file.exists()
        same = {"field.value": str(row["value"]) + ".0"}
        assert client.post(address, data={**form, **same}).status_code == 400  # it is so already
        given = {"field.op": "≤", "field.change": "增加", "field.deadline": "2025年"}
        assert client.post(address, data={**form, **given}).status_code == 200
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        assert {line["field"]: line["value"] for line in lines} == {
            "op": "<=", "change": "increase", "deadline": "2025",
        }  # fmt: skip
        listed = client.get("/corrections").text
        for words in ("尚未应用", "修改", ">目标<", ">比较符<", "≥ 不低于", "≤ 不高于", ">增加<", ">改为<", ">字段<"):
            assert words in listed, words
        assert not re.search(r">(?:waiting|set|Target|increase|id)<", listed)
        plan = "/plan/" + last_segment(row["plan_id"])
        assert "3 条更正待下次构建" in client.get(plan).text
        for page, number in ((f"{plan}/targets", 1), ("/presets/targets", 1), (f"{plan}/tasks", 0)):
            assert client.get(page).text.count("更正待生效") == number, page
        buttons = re.findall(r'form="undo" name="id" value="(\w+)"', listed)
        assert len(buttons) == 3
        undone = client.post("/corrections/undo", data={**form, "id": buttons[0]}, follow_redirects=False)
        assert undone.status_code == 303
        assert client.post("/corrections/undo", data={"by": "李", "id": buttons[1]}).status_code == 403
        assert re.findall(r'form="undo" name="id" value="(\w+)"', client.get("/corrections").text) == buttons[1:]


def test_the_audit_says_how_much_was_read_as_what(folder: Path, tmp_path: Path) -> None:
    text = "甲乙 丙丁戊己"
    facts = [{"kind": kind, "start": start, "end": end} for kind, start, end in (("Target", 3, 5), ("Task", 0, 6))]
    assert shares(text, facts) == [("Task", 0.5), ("Target", 1 / 3), ("", 1 / 6)]
    assert shares(" ", []) == []
    with TestClient(workbench(Settings(str(folder / "plans.kg"))), base_url="http://127.0.0.1") as client:
        plans = {
            row["file"]: "/plan/" + last_segment(row["plan_id"]) for row in client.get("/api/presets/plans").json()
        }
        page = client.get(plans["baishi.txt"] + "/audit").text
        assert "段看似事实却未读出，已列在前。" in page
        assert "<dt>目标</dt>" in page
        clean = client.get(plans["qinghe.txt"] + "/audit").text
        assert "没有看似事实却未读出的段落，也没有原因不明的文字。" in clean
        assert "没有符合条件的行" not in clean
        assert "<dt>任务</dt>" in clean


@pytest.mark.parametrize(
    ("query", "update"),
    [
        ("DELETE WHERE { ?s ?p ?o }", True),
        ("# a\nPREFIX a: <http://a/>\nBASE <http://b/> insert data { a:a a:b a:c }", True),
        ("WITH <http://g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", True),
        ("SELECT ?delete { ?delete ?p 'DELETE' }", False),
        ("PREFIX add: <http://a/> ASK { add:a add:b add:c }", False),
    ],
)
def test_an_update_is_told_so(query: str, update: bool) -> None:
    assert (refusal(query, server=False) == "this endpoint is read-only: it takes no update") is update


@pytest.mark.parametrize(
    ("query", "heads"),
    [
        ("CONSTRUCT { ?s a kg:Region } { ?s a kg:Region }", ["主语", "谓语", "宾语"]),
        ("SELECT ?subject ?value { ?t kg:subject ?subject ; kg:value ?value }", ["度量对象", "数值"]),
    ],
)
def test_the_subject_of_a_triple_is_not_that_of_a_target(client: httpx.Client, query: str, heads: list[str]) -> None:
    page = client.get("/sparql", params={"query": query}, headers={"Accept": "text/html"}).text
    assert re.findall(r'<th scope="col"[^>]*><a[^>]*>([^<]*)</a></th>', page) == heads


def test_every_word_of_the_pages_has_its_english() -> None:
    folder = Path(__file__).parents[1] / "kg/workbench"
    said = set()
    for file in folder.glob("templates/*.html"):
        said |= set(re.findall(r"\bt\('([^']+)'\)", file.read_text("utf-8")))
    assert len(said) > 80
    assert said <= set(ENGLISH)
    code = "".join(file.read_text("utf-8") for file in folder.rglob("*.py"))
    code += (folder / "templates/plan.html").read_text("utf-8")
    assert [word for word in ENGLISH if word not in said and f'"{word}"' not in code and f"'{word}'" not in code] == []


def test_the_clients_of_others_read_the_endpoint(site: Site) -> None:
    """curl by each way of the protocol, and Apache Jena's remote connection, which takes Thrift, XML or JSON."""
    need(servers.missing("fuseki"))
    query = PREFIX + "SELECT (STR(?f) AS ?v) { ?d a kg:Document ; kg:fileName ?f } ORDER BY ?v"
    address = f"{site.address}sparql"
    for options in (["-G"], [], ["-H", "Content-Type: application/sparql-query"]):
        body = ["--data-binary", query] if len(options) > 1 else ["--data-urlencode", f"query={query}"]
        command = ["curl", "-sf", *options, *body, "-H", "Accept: text/csv", address]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stdout.split()[:2] == ["v", "baishi.txt"]
    jena = ["-cp", str(servers.fuseki_jar()), str(Path(servers.HERE) / "JenaClient.java"), address]
    queries = [query, "ASK { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3"]
    done = subprocess.run([*servers.JAVA, *jena, *queries], capture_output=True, text=True, check=True)
    *names, asked, made = done.stdout.split()
    assert (names[0], len(names), asked, made) == ("baishi.txt", 7, "true", "3")


# What a session for reading lets pass: files and addresses, the server's settings, and what others ask it.
REACHING_BEYOND = [
    "LOAD CSV FROM 'ADDRESS' AS row RETURN row",
    "/* a */ CYPHER planner=cost LOAD CSV FROM 'ADDRESS' AS row RETURN row",
    "MATCH (n) CALL (n) { LOAD CSV FROM 'ADDRESS' AS row RETURN row } RETURN row",
    "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
    "SHOW SETTINGS",
    "SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery",
    "SHOW USERS",
    "TERMINATE TRANSACTION 'plans-transaction-999999'",
    "CALL dbms.listConfig()",
    "CALL dbms.killConnection('bolt-999999') YIELD message RETURN message",
]


@pytest.mark.parametrize("server", ["neo4j"], indirect=True)
def test_cypher_page_on_neo4j(loaded: Store, server: servers.Server) -> None:
    with server.used() as store, TestClient(workbench(Settings(store))) as client:
        client.headers["Host"] = "127.0.0.1"

        def asked(query: str) -> str:
            return client.get("/cypher", params={"query": query}).text

        assert 'href="/cypher"' in client.get("/").text
        page = asked("MATCH (p:Plan) RETURN p.label AS label ORDER BY label")
        assert "云岭省“十四五”养老服务发展规划" in page
        page = asked("MATCH (p:Plan) RETURN p, labels(p) AS l, [1, 2] AS list, {a: 1} AS map ORDER BY p.label LIMIT 1")
        assert "(:Plan" in page
        assert "{&#34;a&#34;: 1}" in page
        before = loaded.query("MATCH (n) RETURN count(n)").rows
        assert "只读" in asked("CREATE (n:Nothing) RETURN n")
        assert 'class="trouble"' in asked("CREATE (n:Nothing) RETURN n")
        wrong = asked("MATCH (n)\nRETURN n\nLIMIT ]")
        assert 'class="trouble"' in wrong
        assert 'data-failed="3"' in wrong
        assert 'data-terms="/cypher/terms.json?lang=zh"' in wrong
        assert loaded.query("MATCH (n) RETURN count(n)").rows == before
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(0.2)
            address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
            for query in REACHING_BEYOND:
                assert "查询只读取本图谱" in asked(query.replace("ADDRESS", address)), query
            with pytest.raises(TimeoutError):
                listener.accept()
        assert 'class="trouble"' in asked(f"PROFILE LOAD CSV FROM '{address}' AS row RETURN row")
        assert "Region" in asked("CALL db.labels() YIELD label RETURN label ORDER BY label")
        assert "AllNodesScan" not in asked("EXPLAIN MATCH (n) RETURN n")
        assert client.get("/sparql", params={"query": "ASK{}"}).status_code == 501
        for address in ("/plans", "/search?q=养老", "/presets/due?year=2025", "/concepts"):
            assert client.get(address).status_code == 200
