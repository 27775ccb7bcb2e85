"""How fast the pages are, beside pyvis's default on the same graph in the same run, on a machine without a GPU.

    python tests/bench_views.py [--pyvis-seconds 150]

First picture: from the start of navigation to the first whole drawing (ours), to the end of the layout's iterations,
before which pyvis shows a progress bar (pyvis). Pan: frames a second while the picture is moved for four seconds.
"""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from conftest import CHROMIUM
from playwright.sync_api import Browser, Error, sync_playwright
from pyvis.network import Network
from views_rows import large

from exports.views import VIEWS, GraphSheet, Selection, page

# plans (of more than 100 the view draws regions), tasks a plan, citations a plan, and whether pyvis is run as well
SIZES = ((3, 75, 10, True), (20, 84, 10, True), (100, 172, 10, False))
PAN = """async () => {
    const frame = () => new Promise(done => requestAnimationFrame(done));
    const view = kgView.state(), start = performance.now();
    let frames = 0, worst = 0, last = start;
    while (performance.now() - start < 4000) {
        view.pan(Math.floor(frames / 90) % 2 ? -11 : 11, 3);
        await frame();
        frames++;
        worst = Math.max(worst, performance.now() - last);
        last = performance.now();
    }
    return [frames / (performance.now() - start) * 1000, worst];
}"""
SETTLED = """() => new Promise(done => {
    const wait = () => typeof network === 'undefined' ? setTimeout(wait, 1)
        : network.once('stabilizationIterationsDone', () => done(performance.now()));
    wait();
})"""


def ours(browser: Browser, file: Path) -> dict[str, float]:
    tab = browser.new_page(viewport={"width": 1440, "height": 900})
    tab.goto(file.as_uri())
    tab.wait_for_selector("[data-drawn]", timeout=60_000)
    first = tab.evaluate("performance.getEntriesByName('kg-first-picture')[0].startTime")
    rate, worst = tab.evaluate(PAN)
    tab.close()
    return {"first": first / 1000, "rate": rate, "worst": worst}


def theirs(browser: Browser, sheet: GraphSheet, file: Path, seconds: float) -> float | None:
    """Seconds until pyvis's default has laid the graph out; None where that takes longer than allowed."""
    network = Network(cdn_resources="in_line")
    for node in sheet.nodes:
        network.add_node(node.id, label=node.label)
    network.directed = True  # else adding an edge looks through all the others
    for edge in sheet.edges:
        network.add_edge(edge.source, edge.target)
    file.write_text(network.generate_html(), "utf-8")
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    tab = context.new_page()
    tab.set_default_timeout(seconds * 1000)
    try:
        tab.goto(file.as_uri(), wait_until="commit")
        found: Any = tab.evaluate(f"Promise.race([({SETTLED})(), new Promise(d => setTimeout(d, {seconds * 1000}))])")
        return None if found is None else found / 1000
    except Error:
        return None
    finally:
        context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pyvis-seconds", type=float, default=150, help="how long pyvis may take")
    seconds = parser.parse_args().pyvis_seconds
    print("nodes   edges   size     first    pan       worst frame  pyvis first   ratio")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        for plans, tasks, cited, beside in SIZES:
            view = VIEWS["graph"](large(plans, tasks, cited), Selection())
            sheet = view.sheets[0]
            assert isinstance(sheet, GraphSheet)
            file = Path(folder) / "view.html"
            file.write_text(page(view), "utf-8")
            found = ours(browser, file)
            line = f"{len(sheet.nodes):<7} {len(sheet.edges):<7} {file.stat().st_size / 1e6:.2f} MB  "
            line += f"{found['first']:.2f} s   {found['rate']:.0f}/s      {found['worst']:.0f} ms       "
            if beside:
                other = theirs(browser, sheet, Path(folder) / "pyvis.html", seconds)
                bound = other or seconds
                line += (
                    f"{'' if other else '>'}{bound:.1f} s      {'<' if not other else ''}{found['first'] / bound:.3f}"
                )
            print(line, flush=True)
        browser.close()


if __name__ == "__main__":
    main()
