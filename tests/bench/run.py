"""Prints figures as ratios within one run, so that they mean the same on every machine: make bench."""

import io
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import spacy
from copies import fill
from many_quads import many, peak
from neo4j_loading import neo4j_loading

from exports import FORMATS, Options, export
from extractors.pipeline import extract, pipeline
from extractors.readers import read
from kg.build import build
from kg.build.extraction import facts_of
from kg.stores import open_store
from kg.stores.oxigraph import OxigraphStore
from ontology.graph import plan_graph
from ontology.iris import Iris
from ontology.model.store import Record
from queries.presets import preset

ROOT = Path(__file__).parent.parent.parent
REAL = ROOT.parent / "shared" / "plans"
QUADS = 200_000
MILLION = 1_000_000


def best(work: Callable[[], object], runs: int = 3) -> float:
    """The least of a few times, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def extraction(files: Iterable[Path]) -> None:
    """Extraction against spaCy's plain tokenisation of the same text."""
    sources = [read(file) for file in files]
    plain, nlp = spacy.blank("zh"), pipeline()
    for source in sources:
        extract(source, nlp)
    characters = sum(len(source.text) for source in sources)
    tokens = best(lambda: [plain(source.text) for source in sources])
    facts = best(lambda: [extract(source, nlp) for source in sources])
    print(f"extraction: {characters / facts:,.0f} characters/s, {facts / tokens:.1f} times the tokenisation")


def plans(files: Iterable[Path], least: int = 1) -> list[tuple[Record, bytes]]:
    """The plans' graphs, and copies of them under other names until there are so many quads."""
    made: list[tuple[Record, bytes]] = []
    count = number = 0
    facts = [(read(file), facts_of(read(file))) for file in files]
    while count < least:
        for source, found in facts:
            quads = plan_graph(source, found, "bench", Iris(f"https://bench.example/{number // len(facts)}/"))
            count += len(quads)
            number += 1
            name = quads[0].graph_name.value  # type: ignore[union-attr]
            data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
            made.append((Record(f"/bench/{number}", name, "0" * 64, "bench"), data))
    return made


def loading(made: list[tuple[Record, bytes]], folder: Path) -> Path:
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

    print(
        f"loading: {best(ours) / best(raw):.2f} times the time of a bulk load of {whole.count(b' .' + chr(10).encode()):,} quads"
    )
    return ours()


def exporting(path: Path, folder: Path) -> None:
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

            print(f"export {name}: {best(raw) / best(ours):.2f} of the speed of pyoxigraph's dump")


def export_memory(path: Path, folder: Path) -> None:
    """The peak of memory of each export of so many quads, in a process of its own."""
    quads = many(str(path), str(folder / "million.kg"), MILLION)
    peaks = (f"{name} {peak(str(folder / 'million.kg'), [name])}" for name in FORMATS if name != "pyvis")
    print(f"memory of an export of {quads:,} quads, in MB: {', '.join(peaks)}")


def selective(folder: Path) -> None:
    """Presets for one plan in a corpus four times as large, in CPU time; the rows are the same."""
    samples = str(folder / "samples.kg")
    with open_store(samples, write=True) as store:
        build([ROOT / "samples"], store)
    for name in ("outline", "lineage-path"):
        costs = []
        for count in (50, 200):
            path = str(folder / f"{count}.kg")
            if not Path(path).exists():
                with open_store(samples) as source, open_store(path, write=True) as target:
                    fill(source, target, count)
            with open_store(path) as store:
                costs.append(least_cpu(partial(preset(name).run, store, {"plan": "青禾县"})))
        print(f"{name} of one plan: {costs[1] / costs[0]:.2f} times the cost among 200 plans of that among 50")


def least_cpu(work: Callable[[], object], runs: int = 5) -> float:
    """The least of a few runs, in CPU seconds."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """All figures, on the real plans where they are, else on the samples."""
    files = sorted(REAL.glob("*.txt")) if REAL.is_dir() else sorted((ROOT / "samples").glob("*.*"))
    extraction(files)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = loading(plans(files, QUADS), folder)
        exporting(store, folder)
        export_memory(store, folder)
        selective(folder)
    print(neo4j_loading(plans(files)))


if __name__ == "__main__":
    main()
