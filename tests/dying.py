"""A process that is killed while it loads plans into an embedded store; `dies` runs one.

usage: python tests/dying.py STORE PLANS METHOD NUMBER MOMENT BULK

PLANS is a folder to build, or a pickle of pairs for `Store.load`. The process ends, with the signal that cannot be
caught, before, during or after the engine's call with this number of this method (load, bulk_load, extend, update).
BULK is the number of bytes from which new plans are loaded in bulk.
"""

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

KILLED = -signal.SIGKILL
SOON = 0.001  # seconds from the beginning of a call to a kill "during" it


def dies(store: Path, plans: Path, method: str, number: int, moment: str, bulk: int = 2**30) -> bool:
    """Whether the process came to the call; else it loaded all."""
    arguments = [str(store), str(plans), method, str(number), moment, str(bulk)]
    done = subprocess.run(
        [sys.executable, __file__, *arguments], capture_output=True, text=True, start_new_session=True
    )
    assert done.returncode in (0, KILLED), done.stderr
    return done.returncode == KILLED


class Dying:
    """The engine, with a method that ends the process."""

    def __init__(self, inner: Any, method: str, number: int, moment: str) -> None:
        self.inner, self.method, self.left, self.moment = inner, method, number, moment

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.inner, name)
        return self._counted(found) if name == self.method else found

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            self.left -= 1
            if self.left == 0 and self.moment == "before":
                end()
            if self.left == 0 and self.moment == "during" and not os.fork():
                time.sleep(SOON)
                end(os.getppid())
                os._exit(0)
            answer = real(*given, **named)
            if self.left == 0:
                end()
            return answer

        return call


def end(process: int | None = None) -> None:
    os.kill(process or os.getpid(), signal.SIGKILL)


def main() -> None:
    from kg.stores import open_store, oxigraph

    path, plans, method, number, moment, bulk = sys.argv[1:]
    oxigraph.BULK_BYTES = int(bulk)
    with open_store(path, write=True) as store:
        assert isinstance(store, oxigraph.OxigraphStore)
        store.inner = Dying(store.inner, method, int(number), moment)  # type: ignore[assignment]
        if Path(plans).is_dir():
            from kg.builder import build

            build([Path(plans)], store)
        else:
            store.load(pickle.loads(Path(plans).read_bytes()))


if __name__ == "__main__":
    main()
