"""Measures the search index: python tests/bench/search.py FILE... [--passages N]

The sentences of the files are drawn into N passages of one to six each, which are indexed; then words of one to eight
characters from the same texts are searched twice, the second time measured.
"""

import argparse
import random
import re
import tempfile
import time
from pathlib import Path

from extractors.readers import read
from kg.search import search
from kg.search.index import Index, IndexEntry
from ontology.model.text import DocumentText

WORDS = (
    "县",
    "税",
    "医保",
    "护理",
    "财政",
    "数字经济",
    "职业教育",
    "医疗保障",
    "长期护理保险",
    "森林覆盖率",
    "2025",
    "90%",
)
OF_A_PLAN = 300  # passages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--passages", type=int, default=100_000)
    given = parser.parse_args()
    draw = random.Random(1)
    texts = [re.sub(r"\s+", "", read(path).text) for path in given.files]
    sentences = [s[:400] for text in texts for s in re.split(r"(?<=[。；])", text) if len(s) > 3]
    entries = []
    for number in range(-(-given.passages // OF_A_PLAN)):
        passages = ["".join(draw.choices(sentences, k=draw.choice([1, 2, 2, 3, 4, 6]))) for _ in range(OF_A_PLAN)]
        spans, at = [], 0
        for passage in passages:
            spans.append(((at, at + len(passage)),))
            at += len(passage) + 1
        text = DocumentText("\n".join(passages), (), tuple(spans))
        entries.append(
            IndexEntry(f"document/{number}", "", f"规划{number}", f"{number}.txt", "泽宁市", "prefectural", text, ())
        )
    size = sum(len(entry.text.content.encode()) for entry in entries)
    words = [*WORDS, *(_word(draw, draw.choice(sentences)) for _ in range(88))]
    with tempfile.TemporaryDirectory() as folder, Index(Path(folder) / "index") as index:
        begun = time.perf_counter()
        index.update((), entries)
        index.merge()
        took = time.perf_counter() - begun
        ratio = index.path.stat().st_size / size
        print(
            f"{OF_A_PLAN * len(entries):,} passages, {size / 1e6:.1f} MB; indexed in {took:.1f} s; {ratio:.2f} x text"
        )
        for exact in (True, False):
            times: list[tuple[float, str]] = []
            for _ in range(2):
                times = [_timed(index, word, exact) for word in words]
            times.sort()
            p50, p95 = times[len(times) // 2][0], times[int(len(times) * 0.95)][0]
            print(f"exact={exact}: p50 {p50:.1f} ms, p95 {p95:.1f} ms, worst {times[-1][0]:.1f} ms ({times[-1][1]})")


def _word(draw: random.Random, sentence: str) -> str:
    length = draw.choice([1, 2, 2, 2, 3, 4, 4, 6, 8])
    start = draw.randrange(max(1, len(sentence) - length))
    return sentence[start : start + length]


def _timed(index: Index, word: str, exact: bool) -> tuple[float, str]:
    begun = time.process_time()  # of this process alone, whatever else the machine does
    found = search(index, [word], exact=exact, limit=20)
    return (time.process_time() - begun) * 1000, f"{word}: {found.total}"


if __name__ == "__main__":
    main()
