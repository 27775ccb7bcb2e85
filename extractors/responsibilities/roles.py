"""The role that a list gives each of its bodies: by its label or verb, and by a convention that the document states."""

from collections.abc import Iterable
from dataclasses import dataclass

from extractors import expressions as re
from extractors.responsibilities.lists import BodyGroup, ListedBody
from extractors.vocabulary.duties import FIRST_LEADS, MARK_LEADS, DutyKind
from ontology.model.facts import Role

# (牵头，各地)负责落实: done by oneself, not a share in what another leads
CARRIES_OUT = re.compile(r"(?:组织|具体|结合实际|负责|抓好|统筹)*(?:落实|实施)(?:工作)?")


@dataclass(frozen=True, slots=True)
class Convention:
    """What a document says once for all its lists of who leads: with `first` the first body of each list does; `mark`,
    if it has one, is the character beside the names of those that do (★)."""

    first: bool
    mark: str | None


def convention(text: str) -> Convention:
    """The convention that the text states, wherever in it: '（列第一位者为牵头单位，下同）' -> Convention(True, None);
    '标★的为牵头单位' -> Convention(False, '★'), of several such marks the first; Convention(False, None) where it
    states none."""
    marked = MARK_LEADS.search(text)
    return Convention(FIRST_LEADS.search(text) is not None, marked["mark"] if marked else None)


def roles(text: str, parts: list[BodyGroup], rule: Convention) -> list[tuple[ListedBody, BodyGroup, Role]]:
    """The bodies of one list, each with its group and its role, in order. `parts` are the groups of the list in `text`,
    `rule` is the document's convention. The kind of a body's duty is that of its own bracket (市教育局（牵头）), else
    that of its group.

    A label or verb of leading makes its bodies lead, one of helping, guiding or appraising (配合单位, 督导单位) makes
    them take part; of mixed duties (牵头及配合) the first body of the group leads and the others take part. Any other
    body (责任单位) takes part where the list names a leader: '牵头单位：A；责任单位：B' -> A leads, B takes part. It
    leads beside a leader where the list also names helpers (配合单位; bodies that guide or appraise are none), or its
    own verb is of carrying out (负责落实).

    Where the list names no leader, such a body leads if it has the mark of `rule`, and takes part if only others of the
    list have it. Where none of the list has it, or there is no mark, the first body of the list leads and the others
    take part if `rule.first` says so, but for bodies with 分别 (A、B分别负责), which lead each its own part; else every
    body leads.
    """
    kinds = {item.kind or part.kind for part in parts for item in part.items}
    leader_named = bool(kinds & {"lead", "mixed"})
    marked = {item for part in parts for item in part.items if rule.mark and is_marked(text, item, rule.mark)}
    first = next((item for part in parts for item in part.items), None)
    found: list[tuple[ListedBody, BodyGroup, Role]] = []
    for part in parts:
        for item in part.items:
            kind = item.kind or part.kind
            role: Role = "lead"
            if kind in ("help", "oversight"):
                role = "participant"
            elif kind == "mixed":
                role = "lead" if item is part.items[0] else "participant"
            elif kind != "lead" and leader_named and "help" not in kinds and not CARRIES_OUT.fullmatch(part.cue):
                role = "participant"
            elif not leader_named and marked:
                role = "lead" if item in marked else "participant"
            elif not leader_named and rule.first and "分别" not in part.cue:
                role = "lead" if item is first else "participant"
            found.append((item, part, role))
    return found


def role_in_column(kind: DutyKind | None, first: bool, leader_named: bool, rule: Convention) -> Role:
    """The role, "lead" or "participant", of a body in a column of a table. Those who lead by `kind` lead, those who
    help or guide take part; others (责任单位) take part where a leader is named; of the rest, where the duty is mixed
    (牵头及配合) or `rule.first` says so, only the first of the cell leads, else each does.

    `kind` is the kind of duty that the body's mark or bracket, its verb or label in the cell, or else the column's
    label gives it (牵头单位: lead), None where none does; `first` says that the body is the first of its cell,
    `leader_named` that another column, or a bracket, verb, label or mark in the cell, names the leader; `rule` is the
    document's convention.
    """
    if kind in ("help", "oversight") or (kind in ("duty", None) and leader_named):
        return "participant"
    return "lead" if kind == "lead" or first or not (rule.first or kind == "mixed") else "participant"


def leader_has_column(kinds: Iterable[DutyKind | None]) -> bool:
    """Whether a table has a column for those who lead and none for those who help, so that the bodies of 责任单位 only
    take part. `kinds` are the kinds of duty of its columns: ('lead', 'duty') -> True, ('lead', 'duty', 'help') ->
    False."""
    found = set(kinds)
    return "lead" in found and "help" not in found


def is_marked(text: str, item: ListedBody, mark: str) -> bool:
    """Whether the character `mark` stands right before or after the name of the body."""
    return mark in (text[max(0, item.start - 1) : item.start] + text[item.end : item.end + 1])
