"""Decisions made by people on documents: which of them are one policy, and which are not."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ontology.model.corrections import CORRECTIONS_VARIABLE, read_corrections
from ontology.model.errors import Refused

SHIPPED = Path(__file__).parents[1] / "data" / "policy_decisions.tsv"
# The user's own decisions are read after the shipped ones, which they overrule: tables, and files of corrections, whose
# lines that merge or part policies are decisions.
DECISIONS_VARIABLE = "KG_DECISIONS"
VERDICTS = {"merge": "same", "part": "apart"}
DECISION_COLUMNS = 6

# scope and name of a policy
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions on policies, each of which is given as (scope, name). `same` maps a policy to the one that it is
    the same as, at the end of the chain where that one was joined with a third; the members of `different` are pairs of
    policies that were found to be different, so that nobody is asked about them again."""

    same: dict[Key, Key]
    different: frozenset[frozenset[Key]]


def decision_files() -> tuple[Path, ...]:
    """The files that hold decisions: the shipped one, then those that $KG_DECISIONS and after it $KG_CORRECTIONS name,
    separated as in $PATH, without empty parts; whether they exist is not tested."""
    own = [
        path
        for name in (DECISIONS_VARIABLE, CORRECTIONS_VARIABLE)
        for path in os.environ.get(name, "").split(os.pathsep)
        if path
    ]
    return (SHIPPED, *map(Path, own))


def decision_rows() -> list[tuple[str, Key, Key]]:
    """All decisions in the files of `decision_files`, in their order, as (verdict, one policy, the other): "same",
    where the first policy is from then on known as the second, or "apart". A file of corrections (.jsonl) need not
    exist. Raises Refused where another file does not exist, a file cannot be read, or one has a wrong line."""
    return [row for file in decision_files() for row in _rows(file)]


def decisions() -> Decisions:
    """All decisions in the files of `decision_files`; of several about one pair, and of several that say of one policy
    which other it is, the last counts (`_read`), but A is B and B is A are both kept (`_last`). The result is kept for
    the process, also where a file changes. A file of corrections (.jsonl) need not exist. Raises Refused where another
    file does not exist, a file cannot be read, or one has a wrong line."""
    return _read(decision_files())


@cache
def _read(files: tuple[Path, ...]) -> Decisions:
    """The decisions of the files, in the order of files and lines: "same" ends an earlier "apart" of the pair and an
    earlier "same" of its first policy with any other; "apart" ends an earlier "same" of the pair, whichever of the two
    came first in it. Raises Refused as `decisions` does."""
    same: dict[Key, Key] = {}
    different: set[frozenset[Key]] = set()
    for file in files:
        for verdict, one, other in _rows(file):
            pair = frozenset([one, other])
            if verdict == "same":
                different.discard(pair)
                same[one] = other
            else:
                different.add(pair)
                for first, second in ((one, other), (other, one)):
                    if same.get(first) == second:
                        del same[first]
    return Decisions({one: _last(one, same) for one in same}, frozenset(different))


def _last(one: Key, same: dict[Key, Key]) -> Key:
    """The policy at the end of the chain of decisions that begins with the policy `one`: with `same` saying A is B and
    B is C, A -> C. Where the chain comes back to one of its policies, the one of them all, `one` included, that sorts
    first."""
    followed = [one]
    while (following := same.get(followed[-1])) is not None:
        if following in followed:
            return min(followed)
        followed.append(following)
    return followed[-1]


def _rows(file: Path) -> list[tuple[str, Key, Key]]:
    """The decisions of one file, as ("same" or "apart", one policy, the other). The file is a table with the columns
    verdict, scope, name, scope, name and reason between tabs, or one of corrections (.jsonl), of which those that merge
    or part two policies are decisions. Empty lines and lines that begin with # are left out of a table. A file of
    corrections that does not exist has none. Raises Refused for a file that cannot be read or is not UTF-8, and, with
    the number of the line, for a line of a table with fewer than six columns, another verdict than same or apart, or an
    empty scope or name, and for one of a file of corrections that is no correction."""
    try:
        if file.suffix == ".jsonl":
            corrections = read_corrections(file.read_text("utf-8"), str(file)) if file.exists() else []
            decided = (c for c in corrections if c.action in VERDICTS and c.policies)  # others merge regions and bodies
            return [(VERDICTS[c.action], *c.policies) for c in decided]  # type: ignore[misc]
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"decisions {file}: cannot be read ({error}); see ${DECISIONS_VARIABLE}") from None
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        row = line.split("\t")
        if len(row) < DECISION_COLUMNS or row[0] not in ("same", "apart") or not all(row[1:5]):
            raise Refused(
                f"decisions {file}, line {number}: want same or apart, scope, name, scope, name, reason between tabs"
            )
        found.append((row[0], (row[1], row[2]), (row[3], row[4])))
    return found
