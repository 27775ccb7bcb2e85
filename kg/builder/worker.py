"""A worker process: reads pickled pairs of a function and a job from standard input, calls the function with the job,
and writes the pickled result to standard output, until the input ends. What the extractors log on the way is written
before the result, each message as a `Step`."""

import gc
import logging
import os
import pickle
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import PurePath
from typing import BinaryIO

from extractors.readers.limits import cap_memory
from kg.builder.jobs import FileJob, Job, Step
from ontology.model.errors import KgError, Refused

# The objects of a plan live until its graph is made: looking for garbage after every 700 of them, as Python does, takes
# an eighth of the reading and finds none.
GARBAGE_AFTER = 50_000


def main() -> None:
    """Reads jobs from standard input, each pickled with the function to call with it, and writes pickled answers to
    standard output, until the input ends, nobody reads the answers any more, or the process is interrupted. What a
    library prints goes to standard error, so that it cannot garble an answer. Before each job the memory of the process
    is limited as the job says (`cap_memory`)."""
    gc.set_threshold(GARBAGE_AFTER, *gc.get_threshold()[1:])
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    logger = logging.getLogger("extractors")
    logger.setLevel(logging.INFO)
    logger.addHandler(_Steps(answers))
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            work, job = pickle.load(sys.stdin.buffer)
            cap_memory(job.limits)
            pickle.dump(_answer(work, job), answers)
            answers.flush()


class _Steps(logging.Handler):
    """A log handler that writes each message as a pickled `Step` to the stream `answers`."""

    def __init__(self, answers: BinaryIO) -> None:
        super().__init__()
        self.answers = answers

    def emit(self, record: logging.LogRecord) -> None:
        pickle.dump(Step(record.getMessage()), self.answers)
        self.answers.flush()


def _answer(work: Callable[[Job | FileJob], object], job: Job | FileJob) -> object:
    """The result of `work(job)`. Where that raises an error, a `Refused`, as a value: with the text of an error of this
    program (KgError), else with the path and that it needs too much memory, is nested too deeply, or that there was an
    internal error, with its type, message and place in the code. Errors that are no `Exception` (KeyboardInterrupt) are
    raised."""
    try:
        return work(job)
    except KgError as error:
        return Refused(str(error))
    except MemoryError:
        return Refused(f"{job.path}: needs more memory than there is; split it")
    except RecursionError:
        return Refused(f"{job.path}: nested too deeply to be read")
    except Exception as error:  # a fault of ours in one file must not cost the others; it is reported as one
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return Refused(
            f"{job.path}: internal error {type(error).__name__}: {error} "
            f"({PurePath(frame.filename).name}:{frame.lineno}); please report it"
        )


if __name__ == "__main__":
    main()
