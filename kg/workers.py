"""Worker processes that each take one file at a time: one that dies or hangs costs its file, not the build."""

import multiprocessing
import time
import traceback
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

from kg.extraction import Extracted, Job, run
from kg.model.errors import KgError, Refused

START_SECONDS = 60.0  # a worker's imports, on a slow disk


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: "Connection"
    job: Job | None = None
    deadline: float = 0.0


def extract_all(jobs: Iterable[Job], count: int) -> Iterator[tuple[Job, Extracted | Refused]]:
    """Each job with what came of it, as they end; at most `count` at once."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    waiting = list(reversed(list(jobs)))
    workers: list[_Worker] = []
    try:
        while waiting or any(worker.job for worker in workers):
            while waiting and (free := _free(workers, count, context)):
                free.job = waiting.pop()
                free.deadline = time.monotonic() + free.job.limits.seconds + START_SECONDS
                free.pipe.send(free.job)
            yield from _results(workers)
    finally:
        for worker in workers:
            _stop(worker)


def _free(workers: list[_Worker], count: int, context: BaseContext) -> _Worker | None:
    for worker in workers:
        if worker.job is None:
            return worker
    if len(workers) >= count:
        return None
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    workers.append(_Worker(process, ours))
    return workers[-1]


def _results(workers: list[_Worker]) -> Iterator[tuple[Job, Extracted | Refused]]:
    """What has ended since; waits for the first answer, death or deadline."""
    busy = [worker for worker in workers if worker.job]
    soonest = min(worker.deadline for worker in busy)
    ready = wait([worker.pipe for worker in busy], timeout=max(0.0, soonest - time.monotonic()))
    for worker in busy:
        job = worker.job
        assert job is not None
        if worker.pipe in ready:
            try:
                answer = worker.pipe.recv()
            except (EOFError, OSError):
                worker.process.join(5)
                answer = Refused(
                    f"{job.path}: the process that read it died (exit {worker.process.exitcode}); "
                    "the file may be broken or need more memory than there is"
                )
                workers.remove(worker)
                _stop(worker)
            worker.job = None
            yield job, answer
        elif time.monotonic() >= worker.deadline:
            workers.remove(worker)
            _stop(worker)
            yield job, Refused(f"{job.path}: not read within {job.limits.seconds:g} s; raise --seconds or split it")


def _stop(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.terminate()
    worker.process.join(2)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def _serve(pipe: Connection) -> None:
    """A worker's life: a job in, an answer out, until the pipe closes."""
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            job = pipe.recv()
            pipe.send(_answer(job))


def _answer(job: Job) -> Extracted | Refused:
    try:
        return run(job)
    except KgError as error:
        return Refused(str(error))
    except MemoryError:
        return Refused(f"{job.path}: needs more memory than there is; split it")
    except Exception as error:  # a fault of ours in one file must not cost the others; it is reported as one
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return Refused(
            f"{job.path}: internal error {type(error).__name__}: {error} "
            f"({frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}); please report it"
        )
