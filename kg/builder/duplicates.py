"""Files that hold one plan twice: the same bytes under two names, nearly the same text, as in two formats, or a part
of the text, as in an excerpt.

A rule chooses the file that counts in comparisons; the others stay in the store and are reported. The result is a
derived graph, so that a plan's own graph stays a function of its file.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from ontology.derived import duplicate_quads
from ontology.iris import Iris
from ontology.model.derived import Duplicate
from ontology.model.facts import squeeze
from ontology.model.store import Store
from ontology.reference import fingerprint
from ontology.schema import schema
from queries.presets import preset

DUPLICATES_GRAPH = "duplicates"  # the name of the derived graph
SAME_BYTES, SAME_TEXT = "same bytes", "same plan, nearly the same text"
PART_OF_TEXT = "same plan, a part of the text"
GRAM_LENGTH = 8  # characters
MIN_SHARED_GRAMS = 0.8  # the share of the n-grams of the shorter text that the other has
MIN_SIZE_RATIO = 0.6  # the number of n-grams of the shorter text to that of the other: from less on it is a part of it
# Of two files the one whose format knows its paragraphs and tables is used, then the one that is text as it was
# written, then the one that is a print. Of two of a format: the first by name.
FORMATS_BEST_FIRST = (
    "docx",
    "docm",
    "doc",
    "wps",
    "odt",
    "rtf",
    "html",
    "htm",
    "mht",
    "xlsx",
    "xls",
    "et",
    "txt",
    "md",
    "ofd",
    "pdf",
)


@dataclass(frozen=True, slots=True)
class _File:
    """A loaded file: the IRIs of its graph (`document`) and of the policy that it is, its name (`file`), its format as
    the suffix of its reader ('docx'), the SHA-256 of its bytes, the title of its plan, and whether its stamp says that
    OCR was allowed."""

    document: str
    file: str
    format: str
    sha256: str
    policy: str
    title: str
    ocr: bool

    @property
    def rank(self) -> tuple[bool, int, str, str]:
        """A key that sorts the file to use before the others of the same plan: those for which OCR was not allowed
        first, then by format (docx … txt, md, ofd, pdf as in FORMATS_BEST_FIRST, any other last), then by name, then by
        the IRI of the document."""
        place = FORMATS_BEST_FIRST.index(self.format) if self.format in FORMATS_BEST_FIRST else len(FORMATS_BEST_FIRST)
        return self.ocr, place, self.file, self.document


def find_duplicates(store: Store, base: str) -> list[Duplicate]:
    """The duplicates among the files of the store, sorted by the document that is left out. They are also written to
    the store's derived graph DUPLICATES_GRAPH, unless it has these already; where there are no duplicates that graph is
    deleted, if it is there. `base` is the IRI below which the graph's IRI is made."""
    files = [
        _File(
            document=str(row["document"]),
            file=str(row["file"]),
            format=str(row["format"]),
            sha256=str(row["sha256"]),
            policy=str(row["policy_id"]),
            title=str(row["plan"]),
            ocr="+ocr" in str(row["generator"]),
        )
        for row in preset("documents").run(store).dicts()
    ]
    candidates = [group for group in _groups(files) if len(group) > 1]
    duplicates = [duplicate for group in candidates for duplicate in _duplicates(store, group)]
    duplicates.sort(key=lambda duplicate: duplicate.left_out)
    quads = duplicate_quads(duplicates, Iris(base).derived(DUPLICATES_GRAPH))
    digest = fingerprint(quads) if quads else None
    if store.derived().get(DUPLICATES_GRAPH) != digest:
        store.load_derived(DUPLICATES_GRAPH, digest, quads)
    return duplicates


def _groups(files: Sequence[_File]) -> list[list[_File]]:
    """The files in groups that may hold one plan: two files are in one group if they have the same bytes, policy or
    title, or are linked by a chain of such files; a file without such another is a group of its own. A group is sorted
    by `_File.rank`; the groups are in an order that depends on `files` alone."""
    leader = {file.document: file.document for file in files}

    def find(document: str) -> str:
        while leader[document] != document:
            document = leader[document]
        return document

    for key in ("sha256", "policy", "title"):  # a plan whose region is not known has a policy of its own
        same: dict[str, list[_File]] = defaultdict(list)
        for file in files:
            same[getattr(file, key)].append(file)
        for group in same.values():
            for other in group[1:]:
                leader[find(other.document)] = find(group[0].document)
    groups: dict[str, list[_File]] = defaultdict(list)
    for file in sorted(files, key=lambda file: file.rank):
        groups[find(file.document)].append(file)
    return [groups[key] for key in sorted(groups)]


def _duplicates(store: Store, group: Sequence[_File]) -> Iterator[Duplicate]:
    """A `Duplicate` for each file of the group that repeats another, with that file and the reason: SAME_BYTES;
    SAME_TEXT where both have the same policy or title and nearly the same text (`_nearly_same`); PART_OF_TEXT where
    both have the same policy and its text is a part of the other's (`_is_part`). `group` is sorted by `_File.rank`: of
    two files the later repeats the earlier, but one that is a part of another comes after all that are none. Of several
    files that are repeated, the first that is no duplicate itself counts. Texts are read from the store only where not
    all files have the same bytes."""
    alike = len({file.sha256 for file in group}) == 1
    texts = {} if alike else {file.document: _grams(store, file.document) for file in group}
    parts = {
        (one.document, other.document)
        for one, other in permutations([] if alike else group, 2)
        if one.policy == other.policy and _is_part(texts[one.document], texts[other.document])
    }
    shorter = {one for one, _ in parts}
    left_out: set[str] = set()
    for used, other in combinations(sorted(group, key=lambda file: file.document in shorter), 2):
        if used.document in left_out or other.document in left_out:
            continue
        reason = None
        if used.sha256 == other.sha256:
            reason = SAME_BYTES
        elif (other.document, used.document) in parts:
            reason = PART_OF_TEXT
        elif used.policy == other.policy or used.title == other.title:
            reason = SAME_TEXT if _nearly_same(texts[used.document], texts[other.document]) else None
        if reason:
            left_out.add(other.document)
            yield Duplicate(other.document, used.document, reason)


def _grams(store: Store, document: str) -> frozenset[str]:
    """The n-grams of GRAM_LENGTH (8) characters of each quote in the plan's graph, without its white space; the quotes
    cover the text as far as facts were read. A shorter quote is one n-gram itself. Empty for a plan without quotes."""
    quote = schema().properties["quote"].iri
    texts = {squeeze(quad.object.value) for quad in store.quads(document) if quad.predicate == quote}  # type: ignore[union-attr]
    return frozenset(text[i : i + GRAM_LENGTH] for text in texts for i in range(max(1, len(text) - GRAM_LENGTH + 1)))


def _nearly_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of n-grams are of nearly the same text: the smaller has more than MIN_SIZE_RATIO (0.6) of the
    number of the other, and at least MIN_SHARED_GRAMS (0.8) of its members are in the other. False where one is
    empty."""
    shorter, longer = sorted((len(one), len(other)))
    return shorter > MIN_SIZE_RATIO * longer and len(one & other) >= MIN_SHARED_GRAMS * shorter


def _is_part(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the set of n-grams `one` is of a part of the text of `other`: it has members, at most MIN_SIZE_RATIO
    (0.6) of the number of the other, and at least MIN_SHARED_GRAMS (0.8) of them are in the other."""
    return 0 < len(one) <= MIN_SIZE_RATIO * len(other) and len(one & other) >= MIN_SHARED_GRAMS * len(one)
