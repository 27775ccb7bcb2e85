"""Processes that run queries of users, each ended when a query takes too long."""

import queue
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from kg.workbench.settings import Settings
from kg.workbench.worker import QueryAnswer, QueryJob

OPEN_SECONDS = 60.0  # seconds in which a process must have opened the store


@dataclass(slots=True, eq=False)
class _QueryProcess:
    """A process that runs queries, with the connection to it; `ready` is whether it has opened the store."""

    process: subprocess.Popen[bytes]
    connection: Connection
    ready: bool = False


class Queries:
    """Runs the queries of users in processes, at most `settings.workers` at a time; others wait. `ask` may be called
    from many threads. The processes are started at once, and each opens the store."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._free: queue.Queue[_QueryProcess | None] = queue.Queue()
        self._all: set[_QueryProcess] = set()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(settings.workers):
            self._free.put(self._start())

    def ask(self, job: QueryJob) -> QueryAnswer:
        """The answer of a process to a job. Its kind is `time` where the query was ended because it took too long,
        `memory` where its process died, `busy` where no process became free in time; else one of those of
        `QueryAnswer`."""
        try:
            worker = self._free.get(timeout=self.settings.seconds)
        except queue.Empty:
            return QueryAnswer("busy", "other queries are running; try again in a moment")
        try:
            if worker is None or worker.process.poll() is not None:
                self._end(worker)
                worker = self._start()
            answer = self._answer(worker, job)
        finally:
            alive = worker is not None and worker.process.poll() is None and not self._closed
            if not alive:
                self._end(worker)
                worker = None if self._closed else self._start()
            self._free.put(worker)
        return answer

    def stale(self) -> None:
        """Ends the processes that are free and starts new ones, because the store has changed and they opened it
        before."""
        for _ in range(self._free.qsize()):
            with suppress(queue.Empty):
                self._end(self._free.get_nowait())
                self._free.put(self._start())

    def close(self) -> None:
        """Ends all processes."""
        self._closed = True
        with self._lock:
            workers = list(self._all)
        for worker in workers:
            self._end(worker)

    def _answer(self, worker: _QueryProcess, job: QueryJob) -> QueryAnswer:
        """The answer of one process to the job; where it gives none in time or dies, it is ended, and the kind of the
        answer is `time` or `memory`. Where it could not open the store, its answer of kind `failed`."""
        try:
            if not worker.ready:
                if not worker.connection.poll(OPEN_SECONDS):
                    raise TimeoutError
                first: QueryAnswer = worker.connection.recv()
                if first.kind != "ready":
                    return first
                worker.ready = True
            worker.connection.send(job)
            if worker.connection.poll(self.settings.seconds):
                answer: QueryAnswer = worker.connection.recv()
                return answer
            raise TimeoutError
        except TimeoutError:
            self._end(worker)
            return QueryAnswer("time", f"the query was ended after {self.settings.seconds:g} s: make it narrower")
        except (EOFError, OSError):
            self._end(worker)
            return QueryAnswer("memory", "the query was ended: it took too much memory; make it narrower")

    def _start(self) -> _QueryProcess:
        """Starts a process, which opens the store meanwhile."""
        here, there = Pipe()
        command = "from kg.workbench.worker import main; main()"
        arguments = [str(there.fileno()), self.settings.store, str(self.settings.memory)]
        process = subprocess.Popen(
            [sys.executable, "-c", command, *arguments],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # what the runtime says when memory is refused
            pass_fds=[there.fileno()],
        )
        there.close()
        worker = _QueryProcess(process, here)
        with self._lock:
            self._all.add(worker)
        return worker

    def _end(self, worker: _QueryProcess | None) -> None:
        """Kills a process, whatever it does, waits until it has ended and closes the connection to it; nothing for
        None. It is then no longer among `_all`."""
        if worker is None:
            return
        with self._lock:
            self._all.discard(worker)
        worker.process.kill()
        worker.process.wait()
        with suppress(OSError):
            worker.connection.close()
