"""A SPARQL 1.1 endpoint by HTTP: queries (in pages if the server limits answers), updates, and uploads of graphs."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import httpx
import pyoxigraph as ox

from kg.stores.terms import data_block, first_line, ntriples
from ontology.model.errors import Refused, Usage

MAX_INSERTED_QUADS = 1_000  # in one INSERT DATA, where there is no graph store: some servers refuse long updates
RESULTS_TYPE = "application/sparql-results+json"
TRIPLES_TYPE = "application/n-triples"
# What the first bytes of Virtuoso's answers contain: "results": { "distinct": false, "ordered": true, "bindings": […
_VIRTUOSO, ANSWER_START = b'"ordered":', 1_000
VIRTUOSO_TRUTH = "__ASK_RETVAL"  # it answers an ASK by a table: one row for yes, none for no
# Servers that cut answers without saying so cut at a multiple of so many rows.
ROUND_PAGE = 100
UPDATE_SETTING, GRAPH_STORE_SETTING = "$KG_UPDATE_URL", "$KG_GRAPH_STORE_URL (empty: load by updates)"

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
Answer = tuple[tuple[str, ...], list[tuple[Term, ...]]]


@dataclass(slots=True)
class Endpoint:
    """The HTTP client of a SPARQL endpoint, and its addresses for `queries`, `updates` and the Graph Store Protocol;
    `graph_store` is None where graphs are written by updates. `page` is the number of rows after which the server cuts
    an answer without reporting it; None where it is not known. `user` is the user name that the server is asked with,
    '' for none. `virtuoso` is False until an answer was that of a Virtuoso server."""

    queries: httpx.URL
    updates: httpx.URL
    graph_store: httpx.URL | None
    client: httpx.Client
    page: int | None = None
    user: str = ""
    virtuoso: bool = False

    @classmethod
    def of(cls, address: str, environment: Mapping[str, str] = os.environ) -> "Endpoint":
        """The endpoint that answers queries at `address`; nothing is sent to it yet. All else comes from variables of
        `environment`. The address of updates is $KG_UPDATE_URL, or `_sibling(address, "update")` (http://host/query ->
        http://host/update) where that is missing or empty; the address of the graph store is $KG_GRAPH_STORE_URL, or
        `_sibling(address, "store")` where that is missing, and there is no graph store where it is empty. The others
        are $KG_SPARQL_USERNAME, $KG_SPARQL_PASSWORD and $KG_SPARQL_AUTH, $KG_SPARQL_TOKEN, $KG_SPARQL_TIMEOUT (seconds,
        120 by default) and $KG_SPARQL_PAGE (`page`). User and password are sent, where both are there, in place of a
        token. Raises Usage for an address, method or number that is wrong, and for a token, user or password that
        cannot be sent."""
        auth = _auth(environment)
        token = None if auth else _sendable(environment, "KG_SPARQL_TOKEN", _TOKEN)
        return cls(
            _url(address),
            _url(environment.get("KG_UPDATE_URL") or _sibling(address, "update")),
            _url(graph_store)
            if (graph_store := environment.get("KG_GRAPH_STORE_URL", _sibling(address, "store")))
            else None,
            httpx.Client(
                auth=auth,
                headers={"Authorization": f"Bearer {token}"} if token else {},
                timeout=_number(environment, "KG_SPARQL_TIMEOUT", 120),
            ),
            int(_number(environment, "KG_SPARQL_PAGE", 0)) or None,
            environment.get("KG_SPARQL_USERNAME", ""),
        )

    def select(self, query: str) -> Answer | bool | list[ox.Triple]:
        """The result of a query: (names of the variables, all rows of terms, None for no value) for SELECT, a truth
        value for ASK, triples for CONSTRUCT and DESCRIBE. Where the server may have cut the rows of a SELECT with
        variables, they are requested again in pages of so many rows (`_pages`): where it returned a multiple of
        ROUND_PAGE (100) but not 0, `page` rows, or as many as its header X-SPARQL-MaxRows says. Raises Usage for a
        query that the server cannot read, Refused where it does not answer or gives no complete answer."""
        response = self._ask(query)
        if response.headers.get("Content-Type", "").startswith(TRIPLES_TYPE):
            try:
                return [quad.triple for quad in ox.parse(response.content, format=ox.RdfFormat.N_TRIPLES)]
            except (SyntaxError, ValueError) as error:
                raise self._unreadable("N-Triples", error) from None
        results = self._read(response)
        if isinstance(results, ox.QueryBoolean):
            return bool(results)
        names, rows = _table(results)
        if names == (VIRTUOSO_TRUTH,):
            return bool(rows)
        cap = response.headers.get("X-SPARQL-MaxRows")
        complete = not rows or (len(rows) % ROUND_PAGE and len(rows) != self.page and str(len(rows)) != cap)
        return (names, rows) if complete or not names else (names, self._pages(query, names, len(rows)))

    def update(self, request: str) -> None:
        """Sends a SPARQL update request to the endpoint and waits until it is done. Raises Refused where the server
        does not do it."""
        self._request("POST", self.updates, UPDATE_SETTING, data={"update": request}, headers={"Accept": "*/*"})

    def put(self, graph: str, quads: Sequence[ox.Quad]) -> None:
        """Stores the quads, all of the named graph with the IRI `graph`, in place of what it has: by one PUT; where
        there is no graph store by an update that deletes the graph and further ones of at most MAX_INSERTED_QUADS
        (1,000) quads, so that others may see a part of the graph meanwhile. Raises Refused where the server does not
        take them."""
        if self.graph_store:
            self._request(
                "PUT",
                self.graph_store.copy_merge_params({"graph": graph}),
                GRAPH_STORE_SETTING,
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
        """All rows of a SELECT query whose answer the server may have cut at `size` rows: they are requested in pages
        of that size, and then counted by one more query. `names` are the query's variables. Rows are in the order of
        the query's own ORDER BY, else in that of a digest of their values. Raises Refused where the count differs from
        the number of rows, or the server cannot read the query of a page.

        ORDER BY stands inside of a subquery and LIMIT outside, because Virtuoso otherwise refuses to sort more than its
        first 10,000 rows. The digest is one key, because Virtuoso sorts by 20 keys at most.
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
        """The response to a query that is sent as a form by POST; N-Triples are accepted for CONSTRUCT and DESCRIBE,
        else JSON results. Raises Usage where the server cannot read the query, Refused where it does not answer or
        reports another error."""
        # Virtuoso returns triples as a table where a table is accepted too, and answers no query that is posted
        # directly, not as a form.
        accept = TRIPLES_TYPE if _GRAPH_FORM.match(query, _prologue(query)) else RESULTS_TYPE
        return self._request("POST", self.queries, data={"query": query}, headers={"Accept": accept})

    def _read(self, response: httpx.Response) -> "ox.QuerySolutions | ox.QueryBoolean":
        """The JSON results in a response; raises Refused where its content is something else. Sets `virtuoso` where the
        response is a Virtuoso server's, by its header Server or by how the content begins."""
        # A proxy may hide the name of the server, not how its answers begin.
        self.virtuoso |= (
            "Virtuoso" in response.headers.get("Server", "") or _VIRTUOSO in response.content[:ANSWER_START]
        )
        try:
            return ox.parse_query_results(response.content, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise self._unreadable("SPARQL results", error) from None

    def _unreadable(self, what: str, error: Exception) -> Refused:
        """The error to raise where an answer that should be `what` ('N-Triples') cannot be parsed; `error` says why."""
        return Refused(f"{_shown(self.queries)}: no {what} ({first_line(error)}); is this a query endpoint?")

    def _request(self, method: str, url: httpx.URL, setting: str | None = None, **options: object) -> httpx.Response:
        """The successful response to a request, for which `options` are those of httpx. `setting` is None for a query;
        for a request that writes it names the variable of the environment with its address, for the message where the
        server does not take it. Raises, for the first of these that holds, Refused where it does not answer in time or
        at all, redirects to another address, wants other credentials (HTTP 401, 403); Usage where it cannot read a
        query (HTTP 400); Refused where it does not take what is written (any other status below 500 that is no
        success), or reports any other error."""
        try:
            response = self.client.request(method, url, **options)  # type: ignore[arg-type]
        except httpx.TimeoutException:
            raise Refused(
                f"{_shown(url)}: no answer within {self.client.timeout.read:g} s; raise $KG_SPARQL_TIMEOUT"
            ) from None
        except httpx.HTTPError as error:
            advice = "check http or https, and the certificate" if "SSL" in str(error) else "is it running?"
            raise Refused(f"{_shown(url)}: no answer from the server ({first_line(error)}); {advice}") from None
        message = _error_message(response)
        if response.has_redirect_location:
            target = _shown(response.url.join(response.headers["Location"]))
            raise Refused(f"{_shown(url)}: the server sends on to {target}; use that address")
        if response.status_code in {401, 403}:
            raise Refused(
                f"{_shown(url)}: the server refuses (HTTP {response.status_code}): set $KG_SPARQL_USERNAME and "
                "$KG_SPARQL_PASSWORD, or $KG_SPARQL_TOKEN"
            )
        if response.status_code == 400 and setting is None:
            raise Usage(f"{_shown(url)}: the server cannot read the request: {message}")
        if response.status_code < 500 and not response.is_success and setting is not None:
            raise Refused(
                f"{_shown(url)}: does not take what is written (HTTP {response.status_code}: {message}): "
                f"set {setting}; README has the addresses of known servers"
            )
        if not response.is_success:
            raise Refused(f"{_shown(url)}: HTTP {response.status_code}: {message}")
        return response


def _error_message(response: httpx.Response) -> str:
    """What the server reports in its response, for the user: '' for a success; the reason of the HTTP status ('Not
    Found') with a hint where the body is a web page, and alone where the body is empty; else the first 200 characters
    of the body's first line that is not blank."""
    if response.is_success:
        return ""
    if response.headers.get("Content-Type", "").startswith("text/html"):
        return f"{response.reason_phrase}; is this a SPARQL endpoint?"
    return first_line(response.text)[:200] if response.text.strip() else response.reason_phrase


# PREFIX kg: <…> BASE <…>, and comments between
_PROLOGUE = re.compile(r"(?:\s+|#[^\n]*\n|(?i:PREFIX)\s+[^\s:]*:\s*<[^>]*>|(?i:BASE)\s+<[^>]*>)*")
_GRAPH_FORM = re.compile(r"(?i)(?:CONSTRUCT|DESCRIBE)\b")
# … } ORDER BY ?plan LIMIT 5: an order of the query's own, after its last brace
_ORDERED = re.compile(r"(?i)\bORDER\s+BY\b[^}]*\Z")


def _prologue(query: str) -> int:
    """The offset at which the query begins after its BASE and PREFIX declarations: of the first character that is
    neither in one of them nor white space or a comment before, between or after them. 0 for 'SELECT …'."""
    declarations = _PROLOGUE.match(query)
    return declarations.end() if declarations else 0


def _table(results: "ox.QuerySolutions | ox.QueryBoolean") -> Answer:
    """The names of the variables and the rows of the results of a SELECT query."""
    assert isinstance(results, ox.QuerySolutions)
    return tuple(variable.value for variable in results.variables), [tuple(row) for row in results]


def _url(address: str) -> httpx.URL:
    """The address as a URL, of any scheme. Raises Usage, of these for the first that holds, where it cannot be read as
    a URL, contains a user or a password (which the message does not show), or has no host, or one that no host can be
    called (a..b)."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise Usage(f"no address of a SPARQL endpoint ({error}); write http://HOST/…") from None
    if url.username or url.password:
        raise Usage(
            f"{url.host}: give user and password as $KG_SPARQL_USERNAME and $KG_SPARQL_PASSWORD, not in the address"
        )
    try:
        if url.raw_host.decode("ascii").encode("idna"):  # as it is looked up
            return url
    except UnicodeError:
        pass
    raise Usage(f"{_shown(url)}: no address of a SPARQL endpoint; write http://HOST/…")


def _shown(url: httpx.URL) -> str:
    """The address for messages, without user and password and without the parts after ? and #, which may contain a
    key."""
    return str(url.copy_with(userinfo=b"", query=None, fragment=None))


def _sibling(address: str, name: str) -> str:
    """The address of the service `name` beside that of queries, whose path ends in /query or /sparql:
    ('http://host/query', 'update') -> 'http://host/update', 'http://host/ds/sparql?a=b' -> 'http://host/ds/update?a=b'.
    An address with another path is returned unchanged."""
    path, mark, query = address.partition("?")
    head, _, last = path.rpartition("/")
    return (f"{head}/{name}" if last in {"query", "sparql"} else path) + mark + query


def _auth(environment: Mapping[str, str]) -> httpx.Auth | None:
    """How the user and password of the environment are sent: by the method that $KG_SPARQL_AUTH names, basic by
    default. None where the user or the password is missing (an empty one is not). Raises Usage for another method than
    basic and digest, and for a user or password that cannot be sent by it."""
    kind = environment.get("KG_SPARQL_AUTH", "basic")
    user = _sendable(environment, "KG_SPARQL_USERNAME", _DIGEST_USER if kind == "digest" else _UTF8)
    password = _sendable(environment, "KG_SPARQL_PASSWORD", _UTF8)
    if user is None or password is None:
        return None
    if kind not in {"basic", "digest"}:
        raise Usage(f"$KG_SPARQL_AUTH is {kind!r}: write basic or digest")
    return httpx.DigestAuth(user, password) if kind == "digest" else httpx.BasicAuth(user, password)


# What can be sent, as a pattern of the whole text, and what is none of it. A token, and a user by digest, are parts of
# a header; others are encoded once more.
_TOKEN = r"[!-~]*", "white space and characters beyond ASCII"
_DIGEST_USER = r"[ -~]*", "line breaks and characters beyond ASCII, or set $KG_SPARQL_AUTH to basic"
_UTF8 = r"[^\ud800-\udfff]*", "bytes that are not UTF-8"


def _sendable(environment: Mapping[str, str], name: str, allowed: tuple[str, str]) -> str | None:
    """The text in the variable `name` of the environment, None where it is missing. `allowed` (_TOKEN, _DIGEST_USER or
    _UTF8) is a pattern, and words for the characters that do not match it. Raises Usage where the pattern does not
    match the whole text; the message does not show this text, as it may be a secret."""
    pattern, others = allowed
    text = environment.get(name)
    if text is not None and not re.fullmatch(pattern, text):
        raise Usage(f"${name} has a character that cannot be sent: write it without {others}")
    return text


def _number(environment: Mapping[str, str], name: str, default: float) -> float:
    """The number in the variable `name` of the environment, or the default where it is missing or empty. Raises Usage
    where the text, or the default, is no number from 0 up to but without 1e9."""
    text = environment.get(name) or str(default)
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number < 1e9:
        raise Usage(f"${name} is {text!r}: write a number")
    return number
