"""Processes that run queries of users, each ended when a query takes too long."""

import queue
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from kg.workbench.changes import version_of
from kg.workbench.settings import Settings
from kg.workbench.worker import QueryAnswer, QueryJob

OPEN_SECONDS = 60.0  # seconds in which a process must have opened the store


@dataclass(slots=True, eq=False)
class _QueryProcess:
    """A process that runs queries, with the connection to it. `generation` is the number of changes of the store before
    it was started, `ready` whether it has opened the store."""

    process: subprocess.Popen[bytes]
    connection: Connection
    generation: int
    ready: bool = False


class Queries:
    """Runs the queries of users in `settings.workers` processes, one at a time in each; other queries wait for that. A
    query that waits or runs longer than `settings.seconds` is given up, as its answer says (`QueryAnswer.kind`). `ask`
    may be called from many threads. The processes are started when this is made, and each opens the store; a store in a
    folder does not show them what is built later, so they are started anew when it has changed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._free: queue.Queue[_QueryProcess | None] = queue.Queue()
        self._all: set[_QueryProcess] = set()
        self._lock = threading.Lock()
        self._closed = False
        self._generation = 0
        self._version = version_of(settings.store)
        for _ in range(settings.workers):
            self._free.put(self._start())

    def ask(self, job: QueryJob) -> QueryAnswer:
        """The answer of a process to a job, from the store as it is now. It is of the kind `busy` where no process
        became free within `settings.seconds`; `time` where the query was ended after as many seconds, or the process
        had not opened the store within OPEN_SECONDS (60); `memory` where the process died; `failed`, with the reason,
        where the process could not open the store; else as `answer_of` in the process makes it: `syntax` for a wrong
        query, `rows` for too many rows, `failed` where the store could not answer, or what was found.

        A process that has ended, or that opened the store before its last change, is replaced by a new one, before the
        query and after it. After `close` a process is started for each query alone, and ended after it."""
        with self._lock:
            before, self._version = self._version, version_of(self.settings.store)
            changed = self._version != before
        if changed and not self._closed:
            self.stale()
        try:
            worker = self._free.get(timeout=self.settings.seconds)
        except queue.Empty:
            return QueryAnswer("busy", "other queries are running; try again in a moment")
        try:
            if worker is None or not self._usable(worker):
                self._end(worker)
                worker = self._start()
            answer = self._answer(worker, job)
        finally:
            if worker is None or not self._usable(worker):
                self._end(worker)
                worker = None if self._closed else self._start()
            self._free.put(worker)
        return answer

    def _usable(self, worker: _QueryProcess) -> bool:
        """Whether a process can take a query: it still runs, was started after the last change of the store, and
        `close` was not called."""
        return worker.process.poll() is None and worker.generation == self._generation and not self._closed

    def stale(self) -> None:
        """Replaces the processes, which opened the store before it changed: those that are free at once, the others
        after their query."""
        self._generation += 1
        for _ in range(self._free.qsize()):
            with suppress(queue.Empty):
                self._end(self._free.get_nowait())
                self._free.put(self._start())

    def close(self) -> None:
        """Ends all processes, those that run a query too."""
        self._closed = True
        with self._lock:
            workers = list(self._all)
        for worker in workers:
            self._end(worker)

    def _answer(self, worker: _QueryProcess, job: QueryJob) -> QueryAnswer:
        """The answer of one process to the job. Before its first job the process has OPEN_SECONDS (60) to open the
        store; where that fails, the answer is of the kind `failed` and has the reason that the process gave. The answer
        is of the kind `time` where the process does not open the store in this time or does not answer the job within
        `settings.seconds`, and of the kind `memory` where the connection to the process breaks, because it died; the
        process is ended in both cases."""
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
        """A new process, which opens the store while this method returns already; `generation` is the number of changes
        of the store so far. The process is one of those that `close` ends (`_all`)."""
        generation = self._generation
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
        worker = _QueryProcess(process, here, generation)
        with self._lock:
            self._all.add(worker)
        return worker

    def _end(self, worker: _QueryProcess | None) -> None:
        """Kills a process, whatever it does, waits until it has ended, closes the connection to it and takes it out of
        `_all`; does nothing for None."""
        if worker is None:
            return
        with self._lock:
            self._all.discard(worker)
        worker.process.kill()
        worker.process.wait()
        with suppress(OSError):
            worker.connection.close()
