"""Fuzzes the readers and the layout with atheris. usage: python tests/fuzz/run.py [--seconds N] [TARGET]...

Each target runs for N seconds (default 600) in a process of its own. Findings are kept in tests/fuzz/found, where
tests/test_fuzz.py reads them again for ever after; the corpora grow in .fuzz.
"""

import argparse
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

CORPORA = HERE.parent.parent / ".fuzz"
FOUND = HERE / "found"


def main() -> None:
    parser = argparse.ArgumentParser(description="Fuzzes the readers and the layout.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="all by default")
    parser.add_argument("--seconds", type=int, default=600, help="for each target")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        fuzz(arguments.targets[0], arguments.seconds)
        return
    from fuzz.targets import TARGETS  # not above: what is imported before atheris is not instrumented

    chosen = arguments.targets or list(TARGETS)
    if unknown := set(chosen) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    failed = []
    for target in chosen:
        command = [sys.executable, __file__, "--inside", "--seconds", str(arguments.seconds), target]
        if subprocess.run(command, check=False).returncode:
            failed.append(target)
    if failed:
        sys.exit(f"findings in {', '.join(failed)}: see {FOUND}")


def fuzz(target: str, seconds: int) -> None:
    """Runs until the time is over or something is found; does not come back."""
    import atheris

    os.environ["PATH"] = ""  # not LibreOffice, which is slow and not ours
    with atheris.instrument_imports(include=["extractors"]):
        from extractors.readers.formats import READERS
        from fuzz.targets import TARGETS, seeds

        for place in READERS.values():  # else loaded when needed, which is too late
            import_module(place.partition(":")[0])

    corpus = CORPORA / target
    corpus.mkdir(parents=True, exist_ok=True)
    FOUND.mkdir(exist_ok=True)
    for n, seed in enumerate(seeds(target)):
        (corpus / f"seed-{n}").write_bytes(seed)
    options = [f"-max_total_time={seconds}", "-timeout=30", "-rss_limit_mb=2048", "-max_len=50000", "-verbosity=1"]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={FOUND}/{target}-", str(corpus)], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
