"""The workbench over many plans, as ratios to the store's own time in the same run: python tests/bench/workbench.py [PLANS [REQUESTS]]

The plans are copies of the samples (or of ../shared/plans, where they are) under other names. Pages and presets are
asked for warm; p95 of each is set against the time that the store itself takes for preset `plans`, and the memory of the
server after the first tenth of the requests against that after the last.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import httpx
from copies import fill

sys.path.insert(0, str(Path(__file__).parents[1]))
from workbench_site import SAMPLES, serving

from kg.build import build
from kg.stores import open_store
from queries.presets import preset

SEARCHES = ("养老", "护理型床位", "老年助餐", "民政", "床位占比", "长期护理")


def main(plans: int = 1600, requests: int = 10_000) -> None:
    """Prints the figures, each as soon as it is known."""
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _fill(folder, plans)
        with open_store(str(folder / "plans.kg")) as store:
            own = min(_timed(lambda: preset("plans").run(store)) for _ in range(3))
            print(f"{plans} plans; the store's own time for preset plans: {own * 1000:.0f} ms")
        with serving(folder) as site, httpx.Client(base_url=site.address, timeout=600) as client:
            _pages(client, own)
            _memory(client, site.process.pid, requests)


def _fill(folder: Path, plans: int) -> None:
    with tempfile.TemporaryDirectory() as name, open_store(f"{name}/samples.kg", write=True) as source:
        build([SAMPLES], source)
        with open_store(str(folder / "plans.kg"), write=True) as target:
            fill(source, target, plans)


def _pages(client: httpx.Client, own: float) -> None:
    """p95 of each kind of page, warm, and of searches."""
    for kind, addresses in _addresses(client).items():
        for address in addresses[:3]:
            client.get(address).raise_for_status()
        times = sorted(_timed(lambda address=address: client.get(address)) for address in addresses * 3)  # type: ignore[misc]
        p95 = times[int(len(times) * 0.95) - 1]
        print(
            f"{kind:22} median {statistics.median(times) * 1000:6.0f} ms  p95 {p95 * 1000:6.0f} ms  {p95 / own:6.2f} of the store's own"
        )


def _addresses(client: httpx.Client) -> dict[str, list[str]]:
    rows = client.get("/api/presets/plans").json()
    chance = random.Random(7)
    some = [row["plan_id"].rpartition("/")[2] for row in chance.sample(rows, 12)]
    regions = [row["region"] for row in chance.sample(rows, 12) if row["region"]]
    found = {
        "home": ["/"] * 12,
        "lists": ["/plans", "/regions", "/departments", "/concepts", "/policies"] * 3,
        "plan": [f"/plan/{short}" for short in some],
        "plan, tasks": [f"/plan/{short}/tasks" for short in some],
        "plan, document": [f"/embed/document/{short}" for short in some],
        "department": ["/department?name=民政"] * 12,
        "search": [f"/search?q={quote(words)}" for words in SEARCHES * 2],
    }
    for name in ("due", "indicators", "tasks", "targets", "lineage", "responsibilities"):
        found[f"preset {name}"] = [f"/presets/{name}?region={quote(region)}&plan={quote(region)}" for region in regions]
    return found


def _memory(client: httpx.Client, process: int, requests: int) -> None:
    """Resident memory over many requests of every kind."""
    every = [address for addresses in _addresses(client).values() for address in addresses]
    chance = random.Random(3)
    early = 0
    for number in range(requests):
        client.get(chance.choice(every))
        if number == requests // 10:
            early = _resident(process)
    late = _resident(process)
    print(
        f"memory: {early / 1e6:.0f} MB after {requests // 10} requests, {late / early:.2f} times that after {requests}"
    )


def _resident(process: int) -> int:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * 4096


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
