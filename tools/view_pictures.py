"""Makes the pictures of the views in docs/images/ from the fictional samples.

    kg build samples --store samples.kg && python tools/view_pictures.py samples.kg

Needs Chromium and Playwright's Python package.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from chromium import CHROMIUM
from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent.parent / "docs" / "images"
VIEWS = ("lineage", "tasks", "responsibilities", "indicators", "graph")


def main(store: str) -> None:
    """Writes a picture of each view of VIEWS of the store to docs/images, of lineage also one with an edge chosen."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name in VIEWS:
            file = Path(folder) / f"{name}.html"
            subprocess.run(["kg", "view", name, "-o", str(file), "--store", store], check=True)
            page = browser.new_page(viewport={"width": 1360, "height": 820})
            page.goto(file.as_uri())
            page.wait_for_selector("[data-drawn]")
            if name == "lineage":  # with an edge chosen, so that the sentence is to be seen
                reach = "kgView.state().edgeKeys().map(key => kgView.state().reach(key)).find(place => place)"
                x, y = page.evaluate(reach)
                box = page.locator(".stage").bounding_box()
                assert box
                page.screenshot(path=IMAGES / "lineage.png")
                page.mouse.click(box["x"] + x, box["y"] + y)
                page.wait_for_selector(".panel blockquote")
                page.mouse.move(0, 0)
            page.screenshot(path=IMAGES / ("lineage-edge.png" if name == "lineage" else f"{name}.png"))
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
