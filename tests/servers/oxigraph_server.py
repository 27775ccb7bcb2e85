"""pyoxigraph behind the SPARQL Protocol and the Graph Store Protocol, for tests.

usage: oxigraph_server.py PORT FOLDER AUTHORIZATION ROWS DELAY

Every request needs the authorization. Answers are cut at ROWS (0: never) and come after DELAY seconds.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox


class Handler(BaseHTTPRequestHandler):
    """/query, /update and /store. The default graph is no union of the others."""

    store: ox.Store
    authorization: str
    rows: int
    delay: float
    writing = threading.Lock()

    def do_POST(self) -> None:
        self._guarded(self._post)

    def do_PUT(self) -> None:
        self._guarded(self._put)

    def log_message(self, format: str, *args: object) -> None:
        return

    def _guarded(self, handle: Callable[[bytes], None]) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        time.sleep(self.delay)
        if self.headers.get("Authorization") != self.authorization:
            self._answer(401, b"not allowed", "text/plain")
            return
        try:
            handle(body)
        except (SyntaxError, ValueError) as error:
            self._answer(400, str(error).encode(), "text/plain")

    def _post(self, body: bytes) -> None:
        form = parse_qs(body.decode())
        path = urlsplit(self.path).path
        if path == "/update":
            with self.writing:
                self.store.update(form["update"][0])
            self._answer(204, b"", "text/plain")
            return
        if path != "/query":
            self._answer(404, b"no such page", "text/plain")
            return
        if "query" not in form:  # an update
            self._answer(400, b"no query", "text/plain")
            return
        results = self.store.query(form["query"][0])
        if isinstance(results, ox.QueryTriples):
            self._answer(200, results.serialize(format=ox.RdfFormat.N_TRIPLES) or b"", "application/n-triples")
            return
        content = results.serialize(format=ox.QueryResultsFormat.JSON) or b""
        if isinstance(results, ox.QuerySolutions) and self.rows:
            answer = json.loads(content)
            del answer["results"]["bindings"][self.rows :]
            content = json.dumps(answer).encode()
        self._answer(200, content, "application/sparql-results+json")

    def _put(self, body: bytes) -> None:
        if urlsplit(self.path).path != "/store":
            self._answer(404, b"no such page", "text/plain")
            return
        graph = ox.NamedNode(parse_qs(urlsplit(self.path).query)["graph"][0])
        with self.writing:
            self.store.remove_graph(graph)
            self.store.extend(ox.Quad(*t.triple, graph) for t in ox.parse(body, format=ox.RdfFormat.N_TRIPLES))
        self._answer(204, b"", "text/plain")

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    port, folder, Handler.authorization, rows, delay = sys.argv[1:]
    Handler.store, Handler.rows, Handler.delay = ox.Store(folder), int(rows), float(delay)
    ThreadingHTTPServer(("127.0.0.1", int(port)), Handler).serve_forever()
