"""The workbench over many plans, as ratios to the store's own time in the same run.

    python tests/bench/workbench.py                       1,600 fictional plans, 10,000 requests
    python tests/bench/workbench.py --store plans.kg      the plans of a store that is there already

For each kind of page: the first request, the median and the p95 of warm ones, in CPU milliseconds of the server's
process, the p95 of the wall time, and the p95 against the store's own time. For a preset that is the CPU time of its
query with the same parameters, for other pages that of preset `plans`. A page kind is marked where its p95 is above
what is allowed. Memory is that of the server after the first tenth of the requests and after the last.
"""

import argparse
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
from cpu import least_cpu
from fictional import write

sys.path.insert(0, str(Path(__file__).parents[1]))
from workbench_site import serving

from exports.views import FIGURES, VIEWS
from kg.builder import build
from kg.stores import open_store
from kg.workbench.pages.plan import TABS
from ontology.iris import last_segment
from ontology.model.store import Store
from queries.presets import Preset, presets

SEARCHES = ("养老", "护理型床位", "老年助餐", "民政", "床位占比", "长期护理", "养老服务 床位", "2025年", "负责", "省")
ALLOWED, ALLOWED_SEARCH = 0.3, 0.1  # seconds
SOME, MORE = 12, 300  # plans and so on for times, and for memory
WARM = 3  # rounds over the addresses of a kind

Pages = dict[str, list[str]]


def main() -> None:
    """Prints the figures, each as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, help="a store to measure on, instead of a new one")
    parser.add_argument("--plans", type=int, default=1600)
    parser.add_argument("--requests", type=int, default=10_000, help="for the memory; 0 leaves it out")
    parser.add_argument("--kinds", default="", help="a regular expression for the kinds of pages that are asked for")
    parser.add_argument("--no-times", action="store_true", help="the memory alone")
    given = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    with tempfile.TemporaryDirectory() as name:
        store = given.store or made(Path(name), given.plans)
        with open_store(str(store)) as opened:
            pages, more = (_of(given.kinds, addresses(opened, some)) for some in (SOME, MORE))
            own = {} if given.no_times else own_times(opened, pages)
        with serving(store.parent, store=store) as site, httpx.Client(base_url=site.address, timeout=600) as client:
            if not given.no_times:
                late = [kind for kind, each in pages.items() if timed(client, site.process.pid, kind, each, own)]
                print(f"above what is allowed: {', '.join(late) or 'none'}")
            memory(client, site.process.pid, more, given.requests)


def made(folder: Path, plans: int) -> Path:
    """A store of so many fictional plans."""
    write(folder / "files", plans)
    with open_store(str(folder / "plans.kg"), write=True) as store:
        build([folder / "files"], store)
    return folder / "plans.kg"


def _of(kinds: str, pages: Pages) -> Pages:
    return {kind: each for kind, each in pages.items() if re.search(kinds, kind)}


def addresses(store: Store, number: int) -> Pages:
    """The addresses of each kind of page: of all plans, regions and so on so many, chosen by a seed."""
    every = presets()
    plans = [dict(zip(table.columns, row, strict=True)) for table in [every["plans"].run(store)] for row in table.rows]
    chance = random.Random(7)
    some = chance.sample(plans, min(number, len(plans)))
    shorts = [last_segment(str(row["plan_id"])) for row in some]
    found: Pages = {"home": ["/"], "presets": ["/presets"], "views": ["/views"], "api": ["/api/openapi.json"]}
    for name in ("plans", "regions", "departments", "concepts", "policies"):
        found[f"list {name}"] = [f"/{name}", f"/{name}?_page=2", f"/{name}?_q=%E5%B8%82"]
    for tab in TABS:
        found[f"plan {tab}".rstrip()] = [f"/plan/{each}" + (f"/{tab}" if tab else "") for each in shorts]
    found["plan's own page"] = [f"/embed/document/{each}" for each in shorts]
    for kind, name in (("region", "region_id"), ("policy", "policy_id"), ("document", "plan_id")):
        iris = [str(row[name]) for row in some if row[name]]
        found[kind] = ["/resource?" + urlencode({"iri": iri}) for iri in iris]
    concepts = sorted({str(iri) for (iri,) in every["indicators"].run(store).of(["concept_id"]).rows})
    found["concept"] = ["/resource?" + urlencode({"iri": iri}) for iri in concepts[:6]]
    found["concept's view"] = ["/embed/concept?" + urlencode({"iri": iri}) for iri in concepts[:6]]
    found["department"] = [f"/department?name={quote(name)}" for name in ("民政", "财政", "卫生健康")]
    found["search"] = [f"/search?q={quote(words)}" for words in SEARCHES]
    found["search, api"] = [f"/api/search?q={quote(words)}" for words in SEARCHES]
    for name in (*VIEWS, *FIGURES):
        plan = [f"plan={quote(str(row['plan']))}" for row in some[:2]]
        one = "&".join(plan) if name == "compare" else plan[0]
        found[f"view {name}"] = [f"/embed/views/{name}?{one}"]
        if name != "compare":
            found[f"view {name}, all"] = [f"/embed/views/{name}"]
    regions = [str(row["region"]) for row in some if row["region"]]
    for name, preset in every.items():
        known, needed = {p.name for p in preset.parameters}, _needed(preset)
        one = "plan" if "plan" in known else "region" if "region" in known else None
        of = {"plan": [str(row["plan"]) for row in some], "region": regions}.get(one or "", [])
        if of:
            found[f"preset {name}"] = [f"/presets/{name}?" + urlencode({**needed, str(one): each}) for each in of]
        query = urlencode(needed)
        found[f"preset {name}, all"] = [f"/presets/{name}?{query}", f"/presets/{name}?_page=2&{query}"]
    return found


def own_times(store: Store, pages: Pages) -> dict[str, float]:
    """CPU seconds of each preset's query on the store itself: for the first plan or region of those that are asked,
    and for all. '' is preset `plans`."""
    every = presets()
    table = every["plans"].run(store).of(["plan", "region"])
    plan, region = next(row for row in table.rows if row[1])
    found = {"": least_cpu(lambda: every["plans"].run(store), 3)}
    print(f"{len(table.rows)} plans; the store's own CPU time for preset plans: {found[''] * 1000:.0f} ms")
    for name, preset in every.items():
        known, needed = {p.name for p in preset.parameters}, _needed(preset)
        if f"preset {name}" in pages:
            one = {"plan": str(plan)} if "plan" in known else {"region": str(region)}
            found[f"preset {name}"] = least_cpu(lambda p=preset, g={**needed, **one}: p.run(store, g), 3)  # type: ignore[misc]
        if f"preset {name}, all" in pages:
            found[f"preset {name}, all"] = least_cpu(lambda p=preset, g=needed: p.run(store, g), 1)  # type: ignore[misc]
    return found


def _needed(preset: Preset) -> dict[str, str]:
    return {p.name: str(p.example) for p in preset.parameters if p.required}


def timed(client: httpx.Client, process: int, kind: str, each: list[str], own: dict[str, float]) -> bool:
    """Prints the times of one kind of page, and returns whether its p95 is above what is allowed."""
    first = _asked(client, process, each[:1])[0][0]
    _asked(client, process, each)
    times = _asked(client, process, each * max(WARM, -(-12 // len(each))))
    cpu, wall = _p95(cpu for cpu, _ in times), _p95(wall for _, wall in times)
    base = own.get(kind, own[""])
    late = cpu > (ALLOWED_SEARCH if kind.startswith("search") else ALLOWED)
    print(
        f"{kind:34} first {first * 1000:7.0f}  median {statistics.median(cpu for cpu, _ in times) * 1000:6.1f}  "
        f"p95 {cpu * 1000:6.1f} CPU ms  {wall * 1000:6.0f} ms wall  {cpu / base:6.2f} of the store's own {base * 1000:7.1f}"
        + ("  LATE" if late else "")
    )
    return late


def _asked(client: httpx.Client, process: int, addresses: Iterable[str]) -> list[tuple[float, float]]:
    """(CPU seconds of the server, wall seconds) of each request."""
    times = []
    for address in addresses:
        cpu, wall = _cpu(process), time.perf_counter()
        answer = client.get(address, follow_redirects=True)
        times.append((_cpu(process) - cpu, time.perf_counter() - wall))
        if answer.status_code >= 500 or answer.status_code == 404:
            raise SystemExit(f"{address}: {answer.status_code}\n{answer.text[:500]}")
    return times


def memory(client: httpx.Client, process: int, pages: Pages, requests: int) -> None:
    """Resident memory over many requests of every kind."""
    if not requests:
        return
    every = [address for each in pages.values() for address in each]
    chance = random.Random(3)
    held = [_resident(process)]
    for number in range(requests):
        client.get(chance.choice(every), follow_redirects=True)
        if (number + 1) % max(1, requests // 10) == 0:
            held.append(_resident(process))
    shown = " ".join(f"{each / 1e6:.0f}" for each in held)
    print(f"memory in MB, before and after each tenth of {requests} requests: {shown}; {held[-1] / held[1]:.2f} times")


def _resident(process: int) -> int:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * 4096


def _cpu(process: int) -> float:
    """CPU seconds of another process, all of its threads: the clock that Linux has for it (clock_getcpuclockid)."""
    return time.clock_gettime((~process << 3) | 2)


def _p95(times: Iterable[float]) -> float:
    found = sorted(times)
    return found[max(0, int(len(found) * 0.95) - 1)]


if __name__ == "__main__":
    main()
