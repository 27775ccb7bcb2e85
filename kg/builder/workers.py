"""Worker processes that each read one file at a time: one that dies or hangs costs its file, not the build.

A single file that a command shows is read by such a process too.

A worker is `python -P -m kg.builder.worker`; jobs and answers pass through its pipes as pickles, so that, other than
with multiprocessing, the caller needs no `if __name__ == "__main__"` and a notebook may build too. `-P` keeps the
working directory out of the import path: a file `calendar.py` beside the plans must not be run."""

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
OnMessage = Callable[[str, str], None]  # is called with the path of a file and a message of its reader


def _ignore_message(path: str, text: str) -> None:
    """An `OnMessage` that does nothing: for a caller who shows no progress."""


def extract_all(
    jobs: Iterable[Job], count: int, on_message: OnMessage = _ignore_message
) -> Iterator[tuple[Job, Answer]]:
    """Each job with its result (`Refused`, as a value, where the file cannot be read), in the order in which they end.
    At most `count` worker processes, from 1 up, run at once; they are stopped when the iterator ends or is closed. An
    error outside of the worker processes, such as one that `on_message` raises, is raised here.

    `on_message` is called with a file's path and a message of its reader, 'page 3 of 60 by OCR', from other threads
    than the caller's."""
    waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
    # bounded, so that a slow store makes the workers wait instead of filling the memory with graphs
    results: queue.Queue[tuple[Job, Answer] | BaseException] = queue.Queue(2 * count)
    unanswered = 0
    for job in jobs:
        waiting.put(job)
        unanswered += 1
    workers = [_Worker() for _ in range(min(count, unanswered))]
    for worker in workers:
        waiting.put(None)
        threading.Thread(target=_work, args=(worker, waiting, results, on_message), daemon=True).start()
    try:
        while unanswered:
            result = results.get()
            if isinstance(result, BaseException):
                raise result
            yield result
            unanswered -= 1
    finally:
        for worker in workers:
            worker.stop()


def answer_of(work: Callable[[FileJob], T], job: FileJob) -> T:
    """The result of `work(job)`, called in a worker process that is stopped then; raises Refused where that process
    refuses the file, cannot be started, dies or takes too long. `work` must be a function that can be pickled."""
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
    results: "queue.Queue[tuple[Job, Answer] | BaseException]",
    on_message: OnMessage,
) -> None:
    """Has the worker read jobs from `waiting` and puts each with its answer into `results`, until the job None comes;
    then stops the worker. `on_message` is that of `extract_all`. An error that this thread meets itself, such as one
    that `on_message` raises, ends the work and is put into `results`, because the caller would otherwise wait for
    ever."""
    try:
        while (job := waiting.get()) is not None:
            results.put((job, worker.answer(run, job, on_message)))
    except BaseException as error:
        results.put(error)
    finally:
        worker.stop()


def _environment() -> dict[str, str]:
    """The environment of a worker: that of this process, with the absolute entries of $PYTHONPATH alone, since a
    relative one could mean the folder of the plans; without $PYTHONPATH where it has no absolute entry."""
    environment = dict(os.environ)
    if paths := environment.pop("PYTHONPATH", None):
        absolute = [path for path in paths.split(os.pathsep) if os.path.isabs(path)]
        environment |= {"PYTHONPATH": os.pathsep.join(absolute)} if absolute else {}
    return environment


class _NotReaders(Exception):
    """An `error` of the caller's `on_message`, which says nothing of the process that reads; the caller gets the error
    itself."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error


class _Worker:
    """One worker process, started when it is first needed and again after it has died."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def answer(self, work: Callable[[J], T], job: J, on_message: OnMessage = _ignore_message) -> T | Refused:
        """The result of `work(job)` in the worker's process, which is started where there is none. `Refused`, as a
        value, where the file cannot be used, no process can be started, or the process died or was killed because it
        took longer than the job's limit plus WORKER_START_SECONDS (60); the next call then starts another. `on_message`
        is called with the path and each message of the reader on the way; an error that it raises ends the process and
        is raised here."""
        try:
            process = self._running()
        except OSError as error:
            return Refused(f"{job.path}: no process could be started to read it ({error.strerror}); build again")
        assert process.stdin
        assert process.stdout
        late = threading.Event()

        def end_late() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(job.limits.seconds + WORKER_START_SECONDS, end_late)
        timer.start()
        try:
            pickle.dump((work, job), process.stdin)
            process.stdin.flush()
            answer = pickle.load(process.stdout)
            while isinstance(answer, Step):
                try:
                    on_message(job.path, answer.text)
                except BaseException as error:
                    raise _NotReaders(error) from error
                answer = pickle.load(process.stdout)
            result: T | Refused = answer
            return result
        except _NotReaders as raised:
            self.stop()  # its answer would be taken for that of the next job
            raise raised.error from None
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
        """Kills the process, if there is one, and closes its pipes. May be called by the worker's own thread and by the
        build at the same time."""
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
        """The process, which is started where there is none. Raises OSError where that fails."""
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "kg.builder.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_environment(),
                start_new_session=True,  # Ctrl-C is for the build, which ends its workers
            )
        return self.process
