"""Worker processes that each read one file at a time: one that dies or hangs costs its file, not the build.

A single file that a command shows is read by such a process too.

A worker is `python -P -m kg.builder.worker`; jobs and answers pass through its pipes as pickles, so the caller needs no
`if __name__ == "__main__"`, as multiprocessing does, and a notebook may build too. `-P` keeps the working directory out
of the import path: a `calendar.py` beside the plans is a file of somebody else's, and must not be run.
"""

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

from kg.builder.jobs import Extracted, FileJob, Job, Step, run
from ontology.model.errors import Refused

WORKER_START_SECONDS = 60.0  # a worker's imports, on a slow disk

T = TypeVar("T")
J = TypeVar("J", Job, FileJob)
Answer = Extracted | Refused
Said = Callable[[str, str], None]  # the path of a file, and what its reader says on the way


def _unheard(path: str, text: str) -> None:
    """Takes a file's path and a message of its reader and does nothing: for a caller who shows no progress."""


def extract_all(jobs: Iterable[Job], count: int, said: Said = _unheard) -> Iterator[tuple[Job, Answer]]:
    """Each job with its result (`Refused`, as a value, where the file cannot be read), in the order in which they end.
    At most `count` worker processes run at once.

    `said` is called with a file's path and a message of its reader, 'page 3 of 60 by OCR', from other threads than the
    caller's.
    """
    waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
    # bounded, so that a slow store makes the workers wait instead of filling the memory with graphs
    done: queue.Queue[tuple[Job, Answer] | BaseException] = queue.Queue(2 * count)
    left = 0
    for job in jobs:
        waiting.put(job)
        left += 1
    workers = [_Worker() for _ in range(min(count, left))]
    for worker in workers:
        waiting.put(None)
        threading.Thread(target=_work, args=(worker, waiting, done, said), daemon=True).start()
    try:
        while left:
            answered = done.get()
            if isinstance(answered, BaseException):
                raise answered
            yield answered
            left -= 1
    finally:
        for worker in workers:
            worker.stop()


def answer_of(work: Callable[[FileJob], T], job: FileJob) -> T:
    """The result of `work(job)`, called in a process of its own; raises Refused where that process refuses the file,
    dies or takes too long."""
    worker = _Worker()
    try:
        answer = worker.answer(work, job)
    finally:
        worker.stop()
    if isinstance(answer, Refused):
        raise answer
    return answer


def _work(
    worker: "_Worker",
    waiting: "queue.SimpleQueue[Job | None]",
    done: "queue.Queue[tuple[Job, Answer] | BaseException]",
    said: Said,
) -> None:
    """Gives the worker jobs from `waiting` and puts each answer into `done`, until the job None comes; `said` is
    that of `extract_all`. An error of this program is put into `done` too, because the caller would otherwise wait
    for ever."""
    try:
        while (job := waiting.get()) is not None:
            done.put((job, worker.answer(run, job, said)))
    except BaseException as error:
        done.put(error)
    finally:
        worker.stop()


def _environment() -> dict[str, str]:
    """The environment of a worker, without relative entries of $PYTHONPATH, which could mean the folder of
    the plans."""
    environment = dict(os.environ)
    if paths := environment.pop("PYTHONPATH", None):
        kept = [path for path in paths.split(os.pathsep) if os.path.isabs(path)]
        environment |= {"PYTHONPATH": os.pathsep.join(kept)} if kept else {}
    return environment


class _Worker:
    """One worker process, started when it is first needed and again after it has died."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def answer(self, work: Callable[[J], T], job: J, said: Said = _unheard) -> T | Refused:
        """The result of `work(job)` in the worker's process; `Refused`, as a value, where the file cannot be used, no
        process can be started, or the process died or was killed because it took too long. `said` is called with the
        path and each message of the reader on the way."""
        try:
            process = self._running()
        except OSError as error:
            return Refused(f"{job.path}: no process could be started to read it ({error.strerror}); build again")
        assert process.stdin
        assert process.stdout
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(job.limits.seconds + WORKER_START_SECONDS, end)
        timer.start()
        try:
            pickle.dump((work, job), process.stdin)
            process.stdin.flush()
            while isinstance(answer := pickle.load(process.stdout), Step):
                said(job.path, answer.text)
            found: T | Refused = answer
            return found
        except (EOFError, OSError, pickle.UnpicklingError):
            process.kill()
            status = process.wait()
            self.process = None
            if late.is_set():
                return Refused(
                    f"{job.path}: not read within {job.limits.seconds:g} s; split it, or build with more --seconds"
                )
            return Refused(
                f"{job.path}: the process that read it died (exit {status}); "
                "the file may be broken or need more memory than there is"
            )
        finally:
            timer.cancel()

    def stop(self) -> None:
        """Ends the process. May be called by the worker's own thread and by the build at the same time."""
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()

    def _running(self) -> "subprocess.Popen[bytes]":
        """The process, which is started where there is none."""
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "kg.builder.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_environment(),
                start_new_session=True,  # Ctrl-C is for the build, which ends its workers
            )
        return self.process
