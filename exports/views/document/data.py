"""The data of the page of a document: its text, its outline, its facts with their fields and links."""

from collections.abc import Iterable
from dataclasses import dataclass

from exports.views.model import Row, Rows
from exports.views.words import page_language, shown
from ontology import words
from ontology.model.errors import Refused
from ontology.model.text import DocumentText

# Kinds by their key on the page: the preset that has their fields, and their Chinese name, in the order of the filters.
MARKED_KINDS = {
    "heading": ("outline", "标题"),
    "task": ("tasks", "任务"),
    "indicator": ("indicators", "指标"),
    "observation": ("observations", "观测值"),
    "target": ("targets", "目标承诺"),
    "citation": ("lineage", "引用"),
    "responsibility": ("responsibilities", "职责"),
    "project": ("projects", "项目"),
    "planfield": ("", "元数据"),
    "unread": ("unread", "未读懂"),
}
PLACE_COLUMNS = frozenset(
    {"plan", "file", "start", "end", "page", "quote", "position", "fact_id", "plan_id", "region_id"}
)


@dataclass(frozen=True, slots=True)
class MarkedFact:
    """A fact, or a passage that was not read, as it is marked in the text. `kind` is a key of MARKED_KINDS, `label` the
    words that stand for it; `start:end` are offsets in the text, `page` is the page, None where the file has none.
    `fields` are pairs of heading and value; `links` are other facts that it refers to, as (title, start, end)."""

    kind: str
    label: str
    start: int
    end: int
    page: int | None
    fields: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading in the outline beside the text: `label` is its number and title, `start:end` are the offsets of its
    words in the text, `depth` is 0 for a chapter, 1 for a section or box, 2 for what is in these."""

    label: str
    start: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class PlanText:
    """A document for its page: `id` is its IRI, `title` the plan's, `file` its file's name; `outline` and `facts` are
    in the order of the text. `facts` also has the passages that were not read (kind `unread`)."""

    id: str
    title: str
    file: str
    text: DocumentText
    outline: tuple[OutlineEntry, ...]
    facts: tuple[MarkedFact, ...]


HEADING_DEPTHS = {"chapter": 0, "section": 1, "item": 2, "box": 1, "box-item": 2}


def documents(rows: Rows) -> list[Row]:
    """The rows of the preset `texts`, one for each document whose text the store has. `rows` returns the rows of a
    preset by its name."""
    return list(rows("texts"))


def document_of(rows: Rows, plans: Iterable[str]) -> Row:
    """The row of the preset `texts` whose title or file name is one of `plans`, or, where there is no such row,
    contains one of them; without `plans` the only row. `rows` returns the rows of a preset by its name. Raises Refused
    where the store has no text, and where no row or more than one fits; the message then names those that fit, five at
    most."""
    names = list(plans)
    texts = documents(rows)
    if not texts:
        raise Refused("the store holds no text: build it without --no-text")
    matching = [row for row in texts if not names or any(name in (row["plan"], row["file"]) for name in names)] or [
        row for row in texts if any(name in row["plan"] or name in row["file"] for name in names)
    ]
    if len(matching) != 1:
        some_names = "; ".join(f"{row['plan']} ({row['file']})" for row in matching[:5]) or "none"
        raise Refused(f"a document page is that of one plan: name it with --plan (found: {some_names})")
    return matching[0]


def plan_text(rows: Rows, row: Row) -> PlanText:
    """The document of `row`, a row of the preset `texts`, for its page. `rows` returns the rows of a preset by its
    name.

    The outline is all its headings in their order, of a kind that HEADING_DEPTHS lacks at depth 2. The facts are those
    of the kinds in MARKED_KINDS and the passages of the preset `unread`, sorted by start, then the longer first, then
    by kind. The fields and links of a fact come from its row in the preset of its kind; a fact of a kind without one
    has none. A link to a fact without a label has that fact's quote as title. A passage that was not read has the
    reason, in the page's language, as label and its row's fields, no links.
    """
    plan_id = row["plan_id"]
    details = {
        r["fact_id"]: r
        for preset, _ in MARKED_KINDS.values()
        if preset
        for r in rows(preset)
        if r["plan_id"] == plan_id
    }
    facts = [r for r in rows("facts") if r["plan_id"] == plan_id and r["kind"].lower() in MARKED_KINDS]
    places = {r["fact_id"]: (r["label"] or r["quote"], r["start"], r["end"]) for r in facts}
    marked = [_marked(r["kind"].lower(), r["label"], r, details.get(r["fact_id"], {}), places) for r in facts]
    for passage in rows("unread"):
        if passage["plan_id"] == plan_id:
            reason = shown("unread", "reason", passage["reason"])
            marked.append(_marked("unread", reason, passage, passage, {}))
    headings = [r for r in rows("outline") if r["plan_id"] == plan_id]
    outline = tuple(
        OutlineEntry(
            " ".join(filter(None, (r["number"], r["title"]))), r["start"], r["end"], HEADING_DEPTHS.get(r["kind"], 2)
        )
        for r in sorted(headings, key=lambda r: r["position"])
    )
    text = DocumentText.stored(row["text"], row["page_starts"], row["paragraphs"])
    marked.sort(key=lambda fact: (fact.start, -fact.end, fact.kind))
    return PlanText(plan_id, row["plan"], row["file"], text, outline, tuple(marked))


def _marked(kind: str, label: str | None, row: Row, detail: Row, places: dict[str, tuple[str, int, int]]) -> MarkedFact:
    """The mark of a fact of this kind (a key of MARKED_KINDS), whose quote and place are in `row`; without a `label`
    the first 30 characters of the quote stand for it.

    `detail` is the fact's row in the preset of its kind, {} for none. Left out of it are PLACE_COLUMNS, columns that
    are None, and the origin 'read'. Of the others, a column of ids (…_id) becomes a link to the fact that `places`,
    (title, start, end) by id, has for the id, nothing where it has none; any other becomes a field, whose heading and
    value, where that is of a closed list, are in the page's language.
    """
    fields: list[tuple[str, str]] = []
    links = []
    for name, value in detail.items():
        if name in PLACE_COLUMNS or value is None or (name == "origin" and value == "read"):
            continue
        if name.endswith("_id"):
            if value in places:
                links.append(places[value])
        else:
            fields.append((words.head(name, page_language()), shown(MARKED_KINDS[kind][0], name, value)))
    return MarkedFact(
        kind, label or row["quote"][:30], row["start"], row["end"], row["page"], tuple(fields), tuple(links)
    )
