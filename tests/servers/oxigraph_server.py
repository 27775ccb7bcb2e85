"""pyoxigraph behind the SPARQL Protocol and the Graph Store Protocol, for tests: oxigraph_server.py PORT TOKEN."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

STORE = ox.Store()


class Handler(BaseHTTPRequestHandler):
    """/query, /update and /store; every request needs the token. The default graph is no union."""

    token = ""

    def do_POST(self) -> None:
        self._guarded(self._post)

    def do_PUT(self) -> None:
        self._guarded(self._put)

    def log_message(self, format: str, *args: object) -> None:
        return

    def _guarded(self, handle: "object") -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers.get("Authorization") != f"Bearer {self.token}":
            self._answer(401, b"no token", "text/plain")
            return
        try:
            handle(body)  # type: ignore[operator]
        except (SyntaxError, ValueError) as error:
            self._answer(400, str(error).encode(), "text/plain")

    def _post(self, body: bytes) -> None:
        form = parse_qs(body.decode())
        if urlsplit(self.path).path == "/update":
            STORE.update(form["update"][0])
            self._answer(204, b"", "text/plain")
            return
        results = STORE.query(form["query"][0])
        self._answer(200, results.serialize(format=ox.QueryResultsFormat.JSON), "application/sparql-results+json")  # type: ignore[union-attr]

    def _put(self, body: bytes) -> None:
        graph = ox.NamedNode(parse_qs(urlsplit(self.path).query)["graph"][0])
        STORE.remove_graph(graph)
        STORE.extend(ox.Quad(*t.triple, graph) for t in ox.parse(body, format=ox.RdfFormat.N_TRIPLES))
        self._answer(204, b"", "text/plain")

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    Handler.token = sys.argv[2]
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
