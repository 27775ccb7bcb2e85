"""Prints figures as ratios within one run, so that they mean the same on every machine.

make bench              the figures, beside those that are recorded in tests/bench/recorded.json
make bench STRICT=1     the same, and exit status 1 where one is worse than recorded by more than a third, or than allowed
make bench RECORD=1     the same, and they are recorded
"""

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pyoxigraph as ox
import spacy
from copies import fill
from cpu import growth_of, least_cpu
from fictional import write
from neo4j_loading import neo4j_loading

from exports import Options, export
from exports.views import VIEWS, Selection, page
from extractors.pipeline import extract, reader
from extractors.readers import read
from kg.builder import build
from kg.builder.extraction import facts_of
from kg.stores import open_store
from kg.stores.oxigraph import OxigraphStore
from kg.stores.state import DOCUMENTS_NODE, STATE, VERSION
from kg.validation import violations
from ontology.graph import plan_graph
from ontology.iris import DEFAULT_BASE, Iris
from ontology.model.facts import Plan
from ontology.model.store import Record, Store
from queries.presets import preset

ROOT = Path(__file__).parent.parent.parent
REAL = ROOT.parent / "shared" / "plans"
QUADS = 200_000
RECORDED = Path(__file__).parent / "recorded.json"
WORSE = 4 / 3  # times the recorded figure, above which --strict fails
KG = [sys.executable, "-P", "-m", "kg"]
SELECTIVE = ("outline", "lineage-path", "responsibilities", "facts")
sys.path.insert(0, str(ROOT / "tests" / "servers"))


class Figures:
    """What was measured: ratios by name, each the better the smaller it is."""

    def __init__(self, recorded: Path = RECORDED) -> None:
        self.recorded: dict[str, float] = json.loads(recorded.read_text("utf-8")) if recorded.is_file() else {}
        self.found: dict[str, float] = {}
        self.most: dict[str, float] = {}

    def add(self, name: str, ratio: float, words: str, most: float | None = None) -> None:
        """Prints a figure beside the recorded one, and beside what it may be at `most`."""
        self.found[name] = round(ratio, 3)
        before = f"recorded: {self.recorded[name]:.2f}" if name in self.recorded else ""
        if most is not None:
            self.most[name] = most
        allowed = f"at most {most:g}" if most is not None else ""
        beside = f" ({', '.join(filter(None, (before, allowed)))})" if before or allowed else ""
        print(f"{name}: {ratio:.2f}{beside} {words}", flush=True)

    def worse(self) -> list[str]:
        """Those that are worse than recorded by more than a third."""
        return [name for name, ratio in self.found.items() if ratio > WORSE * self.recorded.get(name, ratio)]

    def above(self) -> list[str]:
        """Those that are above what is allowed."""
        return [name for name, most in self.most.items() if self.found[name] > most]


def extraction(files: Iterable[Path], figures: Figures) -> float:
    """Extraction against spaCy's plain tokenisation of the same text; answers the CPU seconds of a file."""
    sources = [read(file) for file in files]
    plain, nlp = spacy.blank("zh"), reader()
    for source in sources:
        extract(source, nlp)
    tokens = least_cpu(lambda: [plain(source.text) for source in sources])
    facts = least_cpu(lambda: [extract(source, nlp) for source in sources])
    figures.add("extraction", facts / tokens, "times the CPU time of plain tokenisation")
    return facts / len(sources)


def starting(file: Path, folder: Path, figures: Figures) -> None:
    """Commands for one file, in CPU time of all their processes, against a bare import of spaCy."""
    bare = children_cpu([sys.executable, "-c", "import spacy"])
    for name, command in (
        ("kg --help", [*KG, "--help"]),
        ("kg extract of one file", [*KG, "extract", str(file)]),
        ("kg build of one file", [*KG, "build", str(file), "--store", str(folder / "one{run}.kg")]),
    ):
        figures.add(name, children_cpu(command) / bare, "times the CPU time of importing spaCy")


def children_cpu(command: list[str]) -> float:
    """The least CPU seconds of a few runs of a command and its processes; {run} in it is the number of the run."""

    def used() -> float:
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        return spent.ru_utime + spent.ru_stime

    times = []
    for run in range(3):
        before = used()
        parts = [part.replace("{run}", str(run)) for part in command]
        subprocess.run(parts, check=True, capture_output=True, cwd=ROOT)
        times.append(used() - before)
    return min(times)


def checking(made: list[tuple[Record, bytes]], seconds: float, figures: Figures) -> None:
    """Validation of new graphs against their extraction."""
    graphs = []
    for _, data in made:
        quads = ox.parse(data, format=ox.RdfFormat.N_QUADS)
        graphs.append(ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b"")
    cost = least_cpu(lambda: [violations(data) for data in graphs], 9) / len(graphs)
    figures.add("kg check", cost / seconds, "times the CPU time of the extraction", 1)


def growth(folder: Path, figures: Figures, counts: tuple[int, int] = (25, 100)) -> None:
    """Building fictional plans, in CPU time a plan, all processes together."""
    costs = []
    for count in counts:
        write(folder / f"plans{count}", count)
        store = str(folder / f"grown{count}.kg")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*KG, "build", str(folder / f"plans{count}"), "--store", store], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        costs.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / count)
    figures.add(
        "kg build, growth",
        costs[1] / costs[0],
        f"times the cost a plan with {counts[1]} as with {counts[0]}, start included",
        1.3,
    )


def plans(files: Iterable[Path], least: int = 1) -> list[tuple[Record, bytes]]:
    """The plans' graphs, and copies of them under other names until there are so many quads."""
    made: list[tuple[Record, bytes]] = []
    count = number = 0
    facts = [(read(file), facts_of(read(file))) for file in files]
    while count < least:
        for source, found in facts:
            number += 1
            policy = next(fact.policy for fact in found if isinstance(fact, Plan))
            iris = Iris(DEFAULT_BASE)
            quads = plan_graph(source, found, "bench", iris, iris.document(policy, source.name, number))
            count += len(quads)
            name = quads[0].graph_name.value  # type: ignore[union-attr]
            data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
            made.append((Record(f"/bench/{number}", name, "0" * 64, "bench"), data))
    return made


def loading(made: list[tuple[Record, bytes]], folder: Path, figures: Figures) -> Path:
    """Loading a store against pyoxigraph's bulk load of the same N-Quads."""
    whole = b"".join(data for _, data in made)

    def raw() -> None:
        store = ox.Store(tempfile.mkdtemp(dir=folder))
        store.bulk_load(io.BytesIO(whole), format=ox.RdfFormat.N_QUADS)
        store.flush()

    def ours() -> Path:
        path = Path(tempfile.mkdtemp(dir=folder)) / "s.kg"
        with open_store(str(path), write=True) as store:
            store.load(made)
        return path

    quads = whole.count(b" .\n")
    words = f"times the CPU time of a raw bulk load of {quads:,} quads"
    figures.add("load", least_cpu(ours, 3) / least_cpu(raw, 3), words, 1.3)
    return ours()


def exporting(path: Path, folder: Path, figures: Figures) -> None:
    """Exports against pyoxigraph's own dump of the same quads, from a store on disk."""
    with open_store(str(path)) as store:
        assert isinstance(store, OxigraphStore)
        for name, format_ in (("nquads", ox.RdfFormat.N_QUADS), ("turtle", ox.RdfFormat.TURTLE)):
            graph = None if name == "nquads" else ox.NamedNode(store.graphs()[0])

            def raw(format_: ox.RdfFormat = format_, graph: ox.NamedNode | None = graph) -> None:
                names = [graph] if graph is None else [ox.NamedNode(name) for name in store.graphs()]
                for number, each in enumerate(names):
                    target = str(folder / f"raw{number % 4}")
                    if each is None:
                        store.inner.dump(target, format=format_)
                    else:
                        store.inner.dump(target, format=format_, from_graph=each)

            def ours(name: str = name) -> None:
                export(name, store, str(folder / "ours"), Options())

            figures.add(
                f"export {name}", least_cpu(ours, 3) / least_cpu(raw, 3), "times the CPU time of pyoxigraph's dump"
            )


def selective(folder: Path, figures: Figures, counts: tuple[int, int] = (50, 400)) -> None:
    """Presets for one plan in a corpus eight times as large, in CPU time; the rows are the same. And what must not grow
    faster than the corpus: the pairs of policies that may be one, and the page of all plans."""
    samples = str(folder / "samples.kg")
    with open_store(samples, write=True) as store:
        build([ROOT / "samples"], store)
    for count in counts:
        with open_store(samples) as source, open_store(str(folder / f"{count}.kg"), write=True) as target:
            fill(source, target, count)
    few, many = (str(folder / f"{count}.kg") for count in counts)
    words = f"times the cost among {counts[1]} plans as among {counts[0]}"
    with open_store(few) as one, open_store(many) as other:
        for name in SELECTIVE:
            runs = (partial(preset(name).run, store, {"plan": "青禾县"}) for store in (one, other))
            figures.add(f"{name} of one plan", growth_of(*runs), words, 1.3)
        sizes = []
        for store in (one, other):
            rows = len(preset("possible-matches").run(store).rows)
            sizes.append((rows, len(draw_page(store)), len(preset("policy-influence").run(store).rows)))
    pairs, page, policies = (after / before for before, after in zip(*sizes, strict=True))
    figures.add("possible-matches", pairs / policies, "times the growth of the policies", 1.3)
    figures.add("view graph", page / (counts[1] / counts[0]), "times the growth of the corpus, in bytes", 1)
    with served(few) as one, served(many) as other:
        for name in SELECTIVE:
            runs = (partial(preset(name).run, store, {"plan": "青禾县"}) for store in (one, other))
            figures.add(f"{name} of one plan, SPARQL server", growth_of(*runs), words, 1.3)


@contextmanager
def served(path: str) -> Iterator[Store]:
    """The store at the path behind the SPARQL Protocol, by a server in this process, so that its CPU time counts; the
    catalogue is kept beside it."""
    from oxigraph_server import Handler

    inner = ox.Store(f"{path}/quads")
    inner.add(ox.Quad(DOCUMENTS_NODE, VERSION, ox.Literal("bench"), STATE))
    handler = type("Served", (Handler,), {"store": inner, "authorization": None, "rows": 0, "delay": 0})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(Path(path).parent / "cache")
    try:
        with open_store(f"http://127.0.0.1:{server.server_port}/query") as store:
            yield store
    finally:
        os.environ.pop("XDG_CACHE_HOME")
        if before is not None:
            os.environ["XDG_CACHE_HOME"] = before
        server.shutdown()
        server.server_close()


def draw_page(store: Store) -> str:
    """The page of `kg view graph`."""

    def rows(name: str) -> list[dict[str, object]]:
        table = preset(name).run(store)
        return [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    return page(VIEWS["graph"](rows, Selection()))


def measure(figures: Figures, quick: bool) -> None:
    """All figures, on the real plans where they are, else on the samples."""
    files = sorted(REAL.glob("*.txt")) if REAL.is_dir() else sorted((ROOT / "samples").glob("*.[tm]*"))
    seconds = extraction(files, figures)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        starting(files[0], folder, figures)
        checking(plans(files), seconds, figures)
        growth(folder, figures)
        store = loading(plans(files, QUADS), folder, figures)
        exporting(store, folder, figures)
        selective(folder, figures)
    if not quick:
        print(neo4j_loading(plans(files)))


def main(arguments: list[str] | None = None, measure: Callable[[Figures, bool], None] = measure) -> None:
    """Measures, and compares or records what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strict", action="store_true", help="fail where a figure is worse by more than a third")
    parser.add_argument("--record", action="store_true", help="record the figures")
    parser.add_argument("--recorded", type=Path, default=RECORDED, help="the file with the recorded figures")
    parser.add_argument("--quick", action="store_true", help="leave out Neo4j")
    given = parser.parse_args(arguments)
    figures = Figures(given.recorded)
    started = time.perf_counter()
    measure(figures, given.quick)
    print(f"measured in {(time.perf_counter() - started) / 60:.1f} minutes")
    if given.record:
        given.recorded.write_text(json.dumps(figures.found, indent=1) + "\n", "utf-8")
    worse, above = figures.worse(), figures.above()
    for name in worse:
        print(f"worse by more than a third: {name} {figures.found[name]} instead of {figures.recorded[name]}")
    for name in above:
        print(f"above what is allowed: {name} {figures.found[name]} instead of {figures.most[name]}")
    if (worse or above) and given.strict:
        sys.exit(1)


if __name__ == "__main__":
    main()
