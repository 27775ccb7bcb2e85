"""A SPARQL 1.1 endpoint by HTTP: queries (in pages if the server limits answers), updates, and uploads of graphs."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import httpx
import pyoxigraph as ox

from kg.stores.terms import data_block, first_line, ntriples
from ontology.model.errors import Refused, Usage

MAX_INSERTED_QUADS = 1_000  # quads in one INSERT DATA, where there is no graph store: some servers refuse long updates
RESULTS_TYPE = "application/sparql-results+json"
TRIPLES_TYPE = "application/n-triples"
_VIRTUOSO, ANSWER_START = b'"ordered":', 1_000  # "results": { "distinct": false, "ordered": true, "bindings": […
VIRTUOSO_TRUTH = "__ASK_RETVAL"  # it answers an ASK by a table: one row for yes, none for no
# Rows after which servers cut answers; those that do not say so cut at a round number.
ROUND_PAGE = 100

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
Answer = tuple[tuple[str, ...], list[tuple[Term, ...]]]


@dataclass(slots=True)
class Endpoint:
    """The addresses and the HTTP client of a SPARQL endpoint. `graph_store` is None where graphs are written by
    updates. `page` is the number of rows after which the server cuts an answer without reporting it; None where it is
    not known. `user` is the name that the server is asked with. `virtuoso` is True once an answer was that of a
    Virtuoso server."""

    queries: httpx.URL
    updates: httpx.URL
    graph_store: httpx.URL | None
    client: httpx.Client
    page: int | None = None
    user: str = ""
    virtuoso: bool = False

    @classmethod
    def of(cls, address: str, environment: Mapping[str, str] = os.environ) -> "Endpoint":
        """The endpoint that answers queries at `address`. The other addresses, user names, passwords and limits come
        from `environment` (see `kg.stores.sparql`); addresses that it lacks are derived from `address`. Raises Usage
        for a value that is wrong."""
        token = environment.get("KG_SPARQL_TOKEN")
        return cls(
            _url(address),
            _url(environment.get("KG_UPDATE_URL") or _sibling(address, "update")),
            _url(graph_store)
            if (graph_store := environment.get("KG_GRAPH_STORE_URL", _sibling(address, "store")))
            else None,
            httpx.Client(
                auth=_auth(environment),
                headers={"Authorization": f"Bearer {token}"} if token else {},
                timeout=_number(environment, "KG_SPARQL_TIMEOUT", 120),
            ),
            int(_number(environment, "KG_SPARQL_PAGE", 0)) or None,
            environment.get("KG_SPARQL_USERNAME", ""),
        )

    def select(self, query: str) -> Answer | bool | list[ox.Triple]:
        """The result of a query: names of variables and all rows of terms for SELECT, a truth value for ASK, triples
        for CONSTRUCT. Raises Usage for a wrong query, Refused where the server does not answer it."""
        response = self._ask(query)
        if response.headers.get("Content-Type", "").startswith(TRIPLES_TYPE):
            return [quad.triple for quad in ox.parse(response.content, format=ox.RdfFormat.N_TRIPLES)]
        results = self._read(response)
        if isinstance(results, ox.QueryBoolean):
            return bool(results)
        names, rows = _table(results)
        if names == (VIRTUOSO_TRUTH,):
            return bool(rows)
        cap = response.headers.get("X-SPARQL-MaxRows")
        whole = not rows or (len(rows) % ROUND_PAGE and len(rows) != self.page and str(len(rows)) != cap)
        return (names, rows) if whole or not names else (names, self._pages(query, names, len(rows)))

    def update(self, request: str) -> None:
        """Sends a SPARQL update request to the endpoint and waits until it is done. Raises Refused where the server
        does not do it."""
        self._request("POST", self.updates, data={"update": request}, headers={"Accept": "*/*"})

    def put(self, graph: str, quads: Sequence[ox.Quad]) -> None:
        """Stores the quads as the named graph `graph`, replacing one of that name; by updates, and so not in one step,
        where there is no graph store. Raises Refused where the server does not take them."""
        if self.graph_store:
            self._request(
                "PUT",
                self.graph_store.copy_merge_params({"graph": graph}),
                content=ntriples(quads),
                headers={"Content-Type": TRIPLES_TYPE},
            )
            return
        self.update(f"DROP SILENT GRAPH {ox.NamedNode(graph)}")
        for start in range(0, len(quads), MAX_INSERTED_QUADS):
            self.update(f"INSERT DATA {{ {data_block(quads[start : start + MAX_INSERTED_QUADS])} }}")

    def close(self) -> None:
        """Ends the connections."""
        self.client.close()

    def _pages(self, query: str, names: tuple[str, ...], size: int) -> list[tuple[Term, ...]]:
        """All rows of a query whose answer the server may have cut at `size` rows: requested again in pages of that
        size, and counted. `names` are the query's variables. Raises Refused where the count differs, or the server
        cannot do this.

        The order is inside and the page outside of a subquery, because Virtuoso otherwise refuses to sort more than its
        first 10,000 rows. Rows are sorted by one digest of all their values, because it sorts by 20 keys at most.
        """
        prologue, body = query[: _prologue(query)], query[_prologue(query) :]
        columns = " ".join(f"?{name}" for name in names)
        if not _ORDERED.search(body):
            values = ", '|', ".join(f"COALESCE(STR(?{name}), '')" for name in names)
            body = f"SELECT {columns} {{ {{ {body}\n}} }} ORDER BY MD5(CONCAT({values}, ''))"
        try:
            rows: list[tuple[Term, ...]] = []
            while True:
                page = f"{prologue} SELECT {columns} {{ {{ {body}\n}} }} LIMIT {size} OFFSET {len(rows)}"
                found = _table(self._read(self._ask(page)))[1]
                rows += found
                if len(found) < size:
                    break
            counted = f"{prologue} SELECT (COUNT(*) AS ?n) {{ {{ {body}\n}} }}"
            (total,) = _table(self._read(self._ask(counted)))[1][0]
        except Usage:
            raise Refused(
                f"{_shown(self.queries)}: the server may cut answers at {size} rows, and cannot give this one in "
                "pages: add LIMIT and OFFSET"
            ) from None
        if not isinstance(total, ox.Literal) or int(total.value) != len(rows):
            raise Refused(f"{_shown(self.queries)}: the answer changed while it was read; ask again")
        return rows

    def _ask(self, query: str) -> httpx.Response:
        """The response to a query sent as a form, which every server reads; Virtuoso does not answer queries that are
        posted directly. Raises what `_request` raises.

        Virtuoso returns triples as a table too, where a table is accepted.
        """
        accept = TRIPLES_TYPE if _GRAPH_FORM.match(query, _prologue(query)) else RESULTS_TYPE
        return self._request("POST", self.queries, data={"query": query}, headers={"Accept": accept})

    def _read(self, response: httpx.Response) -> "ox.QuerySolutions | ox.QueryBoolean":
        """The results in a response; raises Refused where it has none. Sets `virtuoso` where the response is a Virtuoso
        server's."""
        # A proxy may hide the name of the server, not how its answers begin.
        self.virtuoso |= (
            "Virtuoso" in response.headers.get("Server", "") or _VIRTUOSO in response.content[:ANSWER_START]
        )
        try:
            return ox.parse_query_results(response.content, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise Refused(
                f"{_shown(self.queries)}: no SPARQL results ({first_line(error)}); is this a query endpoint?"
            ) from None

    def _request(self, method: str, url: httpx.URL, **options: object) -> httpx.Response:
        """The response to a request, for which `options` are those of httpx; raises Usage for a query that the server
        cannot read, Refused for any other failure."""
        try:
            response = self.client.request(method, url, **options)  # type: ignore[arg-type]
        except httpx.TimeoutException:
            raise Refused(
                f"{_shown(url)}: no answer within {self.client.timeout.read:g} s; raise $KG_SPARQL_TIMEOUT"
            ) from None
        except httpx.HTTPError as error:
            advice = "check http or https, and the certificate" if "SSL" in str(error) else "is it running?"
            raise Refused(f"{_shown(url)}: no answer from the server ({first_line(error)}); {advice}") from None
        said = _said(response)
        if response.has_redirect_location:
            target = _shown(response.url.join(response.headers["Location"]))
            raise Refused(f"{_shown(url)}: the server sends on to {target}; use that address")
        if response.status_code in {401, 403}:
            raise Refused(
                f"{_shown(url)}: the server refuses (HTTP {response.status_code}): set $KG_SPARQL_USERNAME and "
                "$KG_SPARQL_PASSWORD, or $KG_SPARQL_TOKEN"
            )
        if response.status_code == 400 and url == self.queries:
            raise Usage(f"{_shown(url)}: the server cannot read the request: {said}")
        if response.status_code < 500 and not response.is_success and url != self.queries:
            setting = "$KG_UPDATE_URL" if url == self.updates else "$KG_GRAPH_STORE_URL (empty: load by updates)"
            raise Refused(
                f"{_shown(url)}: does not take what is written (HTTP {response.status_code}: {said}): set {setting}; "
                "README has the addresses of known servers"
            )
        if not response.is_success:
            raise Refused(f"{_shown(url)}: HTTP {response.status_code}: {said}")
        return response


def _said(response: httpx.Response) -> str:
    """The message of an error response for the user: the first line of its body, or where the body is a web page the
    reason of the HTTP status with a hint. '' for a response that is no error."""
    if response.headers.get("Content-Type", "").startswith("text/html"):
        return f"{response.reason_phrase}; is this a SPARQL endpoint?"
    return first_line(response.text)[:200] if not response.is_success else ""


# PREFIX kg: <…> BASE <…>, and comments between
_PROLOGUE = re.compile(r"(?:\s+|#[^\n]*\n|(?i:PREFIX)\s+[^\s:]*:\s*<[^>]*>|(?i:BASE)\s+<[^>]*>)*")
_GRAPH_FORM = re.compile(r"(?i)(?:CONSTRUCT|DESCRIBE)\b")
# … } ORDER BY ?plan LIMIT 5: an order of the query's own, after its last brace
_ORDERED = re.compile(r"(?i)\bORDER\s+BY\b[^}]*\Z")


def _prologue(query: str) -> int:
    """The offset at which the query begins after its BASE and PREFIX lines."""
    found = _PROLOGUE.match(query)
    return found.end() if found else 0


def _table(results: "ox.QuerySolutions | ox.QueryBoolean") -> Answer:
    """The names of the variables and the rows of the results of a SELECT query."""
    assert isinstance(results, ox.QuerySolutions)
    return tuple(variable.value for variable in results.variables), [tuple(row) for row in results]


def _url(address: str) -> httpx.URL:
    """The address as a URL; raises Usage where it is none, has no host, or contains a user or password."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise Usage(f"no address of a SPARQL endpoint ({error}); write http://HOST/…") from None
    if url.username or url.password:
        raise Usage(
            f"{url.host}: give user and password as $KG_SPARQL_USERNAME and $KG_SPARQL_PASSWORD, not in the address"
        )
    if not url.host:
        raise Usage(f"{_shown(url)}: no address of a SPARQL endpoint; write http://HOST/…")
    return url


def _shown(url: httpx.URL) -> str:
    """The address for messages, without user and password and without the part after a ?, which may contain a key."""
    return str(url.copy_with(userinfo=b"", query=None, fragment=None))


def _sibling(address: str, name: str) -> str:
    """The address of the service `name` of the same server: ('http://host/query', 'update') -> 'http://host/update',
    'http://host/ds/sparql' -> 'http://host/ds/update'. An address that ends otherwise is returned unchanged; what
    follows a ? is kept."""
    path, mark, query = address.partition("?")
    head, _, last = path.rpartition("/")
    return (f"{head}/{name}" if last in {"query", "sparql"} else path) + mark + query


def _auth(environment: Mapping[str, str]) -> httpx.Auth | None:
    """The user and password of the environment for HTTP, None where one is missing; raises Usage for an unknown
    method."""
    user, password = environment.get("KG_SPARQL_USERNAME"), environment.get("KG_SPARQL_PASSWORD")
    if user is None or password is None:
        return None
    kind = environment.get("KG_SPARQL_AUTH", "basic")
    if kind not in {"basic", "digest"}:
        raise Usage(f"$KG_SPARQL_AUTH is {kind!r}: write basic or digest")
    return httpx.DigestAuth(user, password) if kind == "digest" else httpx.BasicAuth(user, password)


def _number(environment: Mapping[str, str], name: str, default: float) -> float:
    """The number in the variable `name` of the environment, or the default where it is missing or empty; raises Usage
    where its text is no number from 0 up."""
    text = environment.get(name) or str(default)
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number < 1e9:
        raise Usage(f"${name} is {text!r}: write a number")
    return number
