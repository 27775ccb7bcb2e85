"""A build on a Dask cluster: each worker gets paths of plans, writes the graph of each into its shard,
and returns what its record is made of."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from ontology.model.errors import KgError, Refused

if TYPE_CHECKING:
    from kg.builder.jobs import Extracted, Job

TASKS_PER_THREAD = 4  # that are submitted at once for each thread of the cluster
SCHEDULER_TIMEOUT = 10  # seconds in which the scheduler must answer


@contextmanager
def cluster(address: str, shards: str) -> Iterator[Callable[["Iterable[Job]", int], "Iterator[tuple[Job, Any]]"]]:
    """A context manager that gives a function to call in place of `kg.builder.workers.extract_all`, with the jobs and a
    number that is ignored: it reads the plans on the Dask cluster with the scheduler at this address and yields each
    job with its result, or with the `Refused` of a file that cannot be used (`_extracted`). Raises Refused where Dask
    is not installed, the address is wrong or no scheduler answers within SCHEDULER_TIMEOUT (10 s).

    Each worker writes its graphs into `shards`: a folder that all workers can write to under this name, or an address
    of fsspec. Paths of plans must be readable by all workers too."""
    try:
        from distributed import Client
    except ImportError:
        raise Refused("--dask needs Dask: pip install 'plan-kg[dask]'") from None
    try:
        client = Client(address, timeout=SCHEDULER_TIMEOUT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise Refused(f"--dask {address}: no scheduler answers ({error}); start one with 'dask scheduler'") from None
    with client:
        yield lambda jobs, _: _extracted(client, jobs, shards)


def extract_to_shard(job: "Job", shards: str) -> "Extracted | Refused":
    """Reads one plan in a worker of the cluster and writes its graph as N-Quads into the file `stem_of(job.path)` with
    the suffix .nq below `shards`, a folder or an address of fsspec; returns the result without the graph. Where the
    file cannot be used a `Refused`, as a value, and nothing is written. Raises Refused or OSError where the graph
    cannot be written (`Folder`)."""
    from kg.builder.jobs import run
    from kg.builder.places import Folder
    from kg.builder.shards import stem_of

    try:
        answer = run(job)
    except KgError as error:
        return Refused(str(error))
    Folder(shards).write(f"{stem_of(job.path)}.nq", answer.nquads or b"")
    return replace(answer, nquads=None)


def _extracted(client: Any, jobs: "Iterable[Job]", shards: str) -> "Iterator[tuple[Job, Extracted | Refused]]":
    """Each job with its result, whose graph the worker has written below `shards` already (`extract_to_shard`), in the
    order in which they end; a task that ends with an error has a `Refused` (`_refusal`). The tasks of a worker that
    dies are given to others; a file at which several workers died is refused
    (`distributed.scheduler.allowed-failures`). At most TASKS_PER_THREAD (4) tasks for each thread of the cluster (which
    counts as one where it has none) are submitted at once, so that the scheduler's memory is bounded."""
    from distributed import as_completed

    waiting = iter(list(jobs))
    threads = sum(client.nthreads().values()) or 1
    submitted = {}
    for job in islice(waiting, TASKS_PER_THREAD * threads):
        submitted[client.submit(extract_to_shard, job, shards, pure=False)] = job
    completed = as_completed(list(submitted), loop=client.loop)
    for future in completed:
        job = submitted.pop(future)
        error = future.exception()
        answer = future.result() if error is None else _refusal(job, error)
        future.release()
        yield job, answer
        if (following := next(waiting, None)) is not None:
            more = client.submit(extract_to_shard, following, shards, pure=False)
            submitted[more] = following
            completed.add(more)


def _refusal(job: "Job", error: BaseException) -> Refused:
    """The error, as a value, for a file whose task ended with `error`: that its workers died where it is Dask's
    KilledWorker, an internal error with its type and message where it is any other."""
    if type(error).__name__ == "KilledWorker":
        return Refused(f"{job.path}: the workers that read it died; it may need more memory than there is")
    return Refused(f"{job.path}: internal error {type(error).__name__}: {error}; please report it")
