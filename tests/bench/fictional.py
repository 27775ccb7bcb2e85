"""Fictional plans of any number as files: the samples under other names, each with parts left out and other numbers.

    python tests/bench/fictional.py FOLDER 1600 --seed 0

The same number and seed give the same bytes in every run.
"""

import argparse
import random
import re
from itertools import count
from pathlib import Path

from copies import PLACES, invented

SAMPLES = Path(__file__).parent.parent.parent / "samples"
FILES = ("qinghe.txt", "qinghe-shisanwu.txt", "yunling.txt", "zening.md", "zening-shisanwu.md")
KEPT = 0.85  # of the paragraphs that are no headings
_NUMBER = re.compile(r"(?<![\d.〔第])[1-9]\d{0,2}(?=(?:\.\d+)?(?:%|个|家|所|张|万|人|亩|公里))")
_HEADING = re.compile(
    r"\s*(?:#|第[一二三四五六七八九十]+[章节]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[专附]|\|)"
)


def write(folder: Path, plans: int, seed: int = 0) -> list[Path]:
    """Writes so many plans into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    used = set(PLACES)
    made: list[Path] = []
    for number in count():
        places = dict(zip(PLACES, invented(chance, used), strict=True))
        for name in FILES:
            if len(made) == plans:
                return made
            text = _varied((SAMPLES / name).read_text("utf-8"), chance)
            for old, new in places.items():
                text = text.replace(old, new)
            path = folder / f"{number:06}-{name}"
            path.write_text(text, "utf-8")
            made.append(path)
    raise AssertionError


def _varied(text: str, chance: random.Random) -> str:
    """The title and the headings stay; of the other paragraphs some go, and their numbers are others."""
    lines = text.splitlines()
    kept = [
        line
        for at, line in enumerate(lines)
        if at < 12 or not line.strip() or _HEADING.match(line) or chance.random() < KEPT
    ]
    return "\n".join(
        line if at < 12 else _NUMBER.sub(lambda found: str(chance.randrange(1, 10 ** len(found[0]))), line)
        for at, line in enumerate(kept)
    )


def main() -> None:
    """Writes the plans of the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("plans", type=int)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    print(f"{len(write(given.folder, given.plans, given.seed))} plans")


if __name__ == "__main__":
    main()
