"""Reads files, each in a process of its own, and says what became of them. usage: python tests/hostile/run.py FILE...

A process is ended after LIMIT seconds. Prints outcome, seconds and megabytes of each file that is out of the common
run, and the totals.
"""

import os
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

LIMIT = 60


@dataclass(frozen=True)
class Outcome:
    """`kind` is loaded, refused, crashed or hung; `words` the refusal or the error."""

    path: Path
    kind: str
    words: str
    seconds: float
    megabytes: float


def outcomes(paths: Iterable[Path], work: Callable[[Path], str], limit: float = LIMIT) -> Iterator[Outcome]:
    """What `work` makes of each file; it raises Refused, or gives a line."""
    for path in paths:
        yield _one(path, work, limit)


def _one(path: Path, work: Callable[[Path], str], limit: float) -> Outcome:
    ours, theirs = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if not child:
        os.close(ours)
        _child(path, work, theirs)
    os.close(theirs)
    kind, words = "hung", f"after {limit} s"
    usage = None
    while usage is None and time.monotonic() - started < limit:
        done, status, usage_ = os.wait4(child, os.WNOHANG)
        if done:
            usage = usage_
        else:
            time.sleep(0.002)
    seconds = time.monotonic() - started
    if usage is None:
        os.kill(child, signal.SIGKILL)
        _, status, usage = os.wait4(child, 0)
    else:
        with os.fdopen(os.dup(ours), "rb") as pipe:
            answer = pipe.read().decode("utf-8", "replace")
        kind, _, words = answer.partition(" ") if answer else ("crashed", "", f"status {status}")
    os.close(ours)
    return Outcome(path, kind, words, seconds, usage.ru_maxrss / 1024)


def _child(path: Path, work: Callable[[Path], str], theirs: int) -> None:
    from ontology.model.errors import Refused

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = f"loaded {work(path)}"
    except Refused as refusal:
        answer = f"refused {refusal}"
    except BaseException as error:
        answer = f"crashed {type(error).__name__}: {error}"
    os.write(theirs, answer.encode("utf-8", "replace")[:4000])
    os._exit(0)


def read_and_extract() -> Callable[[Path], str]:
    """Reads the file, checks the Source, extracts the facts."""
    from extractors.pipeline import extract, pipeline
    from extractors.readers import read, read_bytes
    from hostile.texts import PLAN

    nlp = pipeline()
    extract(read_bytes("first.txt", PLAN.encode()), nlp)  # what is loaded once is loaded before the processes part

    def work(path: Path) -> str:
        source = read(path)
        source.text.encode()
        facts = extract(source, nlp)
        for fact in facts:
            repr(fact).encode()
        return f"{len(source.text)} characters, {len(facts)} facts"

    return work


def main() -> None:
    totals: Counter[str] = Counter()
    slowest = most = 0.0
    for outcome in outcomes(map(Path, sys.argv[1:]), read_and_extract()):
        totals[outcome.kind] += 1
        slowest, most = max(slowest, outcome.seconds), max(most, outcome.megabytes)
        if outcome.kind in ("crashed", "hung") or outcome.seconds > 5 or outcome.megabytes > 600 or "-v" in os.environ:
            name = ascii(outcome.path.name)
            sys.stdout.write(
                f"{outcome.kind} {name} {outcome.seconds:.1f} s {outcome.megabytes:.0f} MB {outcome.words[:200]}\n"
            )
            sys.stdout.flush()
    sys.stdout.write(f"{dict(totals)}, slowest {slowest:.1f} s, most {most:.0f} MB\n")


if __name__ == "__main__":
    main()
