"""The HTML of a document's page, as one file that makes no network request.

The text is in the page as elements, so that a browser's own search finds it and it can be read without the script. Each
line is a paragraph; each stretch that the same facts hold is a span with `data-s`, the offset of its first character.
Spans of several kinds lie in one another, each with a line of its own below the text.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import pairwise

from exports.views.document.data import MARKED_KINDS, MarkedFact, PlanText
from exports.views.frame import escaped, safe_json, whole_page
from exports.views.links import Links, navigation
from exports.views.words import localized
from ontology.iris import last_segment

UNDERLINED_KINDS = (
    "planfield",
    "citation",
    "indicator",
    "observation",
    "project",
    "responsibility",
    "target",
    "unread",
)
HIDDEN_KINDS = frozenset({"unread"})  # until the reader asks for them


def page_name(plan: str) -> str:
    """The file name of a document's page, made of the last segment of the document's IRI: 'https://…/document/1f0c' ->
    'document-1f0c.html'."""
    return f"document-{last_segment(plan)}.html"


def document_page(document: PlanText, links: Links | None = None, compared: Sequence[tuple[str, str]] = ()) -> str:
    """The HTML of a document's page as one file. Its bar of links leads to the pages of the set in `links` and to those
    in `compared`, which compare this plan with another, as (title of the other plan, address); where there are no
    `links`, or `links.others` is empty, there is no bar, and `compared` is not shown."""
    return whole_page(
        _asset("document.html"),
        _asset("document.js"),
        _asset("document.css"),
        document.title,
        file=escaped(document.file),
        set=navigation(links or Links(), compared=compared).text,
        filters="".join(_filters(document)),
        outline="".join(
            f'<a class="d{entry.depth}" href="#c{entry.start}-{entry.end}">{escaped(entry.label)}</a>'
            for entry in document.outline
        ),
        text="".join(_paragraphs(document)),
        data=safe_json([[f.kind, f.label, f.start, f.end, f.page, f.fields, f.links] for f in document.facts]),
        kinds=safe_json({key: localized(title) for key, (_, title) in MARKED_KINDS.items()}),
        hidden=" ".join(f"off-{kind}" for kind in sorted(HIDDEN_KINDS)),
        **{"outline-title": localized("大纲")},
    )


def _asset(name: str) -> str:
    """The text of a file of this package that is part of the page (document.css)."""
    return (files("exports.views.document") / name).read_text("utf-8")


def _filters(document: PlanText) -> Iterator[str]:
    """The HTML of a check box for each kind of fact that the document has, with the number of its facts, in the order
    of MARKED_KINDS; those of HIDDEN_KINDS are not checked."""
    counts = Counter(fact.kind for fact in document.facts)
    for kind, (_, title) in MARKED_KINDS.items():
        if counts[kind]:
            checked = "" if kind in HIDDEN_KINDS else " checked"
            yield (
                f'<label class="k-{kind}"><input type="checkbox" value="{kind}"{checked}>'
                f"<span>{localized(title)} {counts[kind]}</span></label>"
            )


def _paragraphs(document: PlanText) -> Iterator[str]:
    """The HTML of each line of the document's text, with a span for each stretch that the same facts hold; a line of
    white space alone is an empty paragraph of the class `empty`. Before the first line that begins at or after the
    start of a page there is a rule with the page's number, from 1; several where several pages have begun since the
    line before, none for a page that begins within the last line."""
    content, pages = document.text.content, list(document.text.pages)
    bounds = sorted({edge for fact in document.facts for edge in (fact.start, fact.end)})
    begins = sorted(range(len(document.facts)), key=lambda i: document.facts[i].start)
    active: list[int] = []
    upcoming = 0
    at = page = 0
    for line in content.split("\n"):
        while page < len(pages) and pages[page] <= at:
            page += 1
            yield f'<hr data-page="{localized(f"第 {page} 页")}">'
        end = at + len(line)
        cuts = [at, *bounds[bisect_right(bounds, at) : bisect_left(bounds, end)], end]
        spans = []
        for start, stop in pairwise(cuts):
            while upcoming < len(begins) and document.facts[begins[upcoming]].start <= start:
                active.append(begins[upcoming])
                upcoming += 1
            active = [i for i in active if document.facts[i].end > start]
            if stop > start:
                spans.append(_span(content[start:stop], start, active, document.facts))
        yield f"<p>{''.join(spans)}</p>" if line.strip() else '<p class="empty"></p>'
        at = end + 1


def _span(text: str, start: int, holding: list[int], facts: tuple[MarkedFact, ...]) -> str:
    """The HTML of the stretch `text`, which begins at the offset `start` of the document's text; `holding` are the
    indexes in `facts` of the facts that contain it. A stretch in no fact is a plain span with its offset. In a task
    (fact 2) and a target (fact 5) it is

        <span class="f k-task" data-s="12" data-f="2 5"><span class="k-target">…</span></span>

    Tasks and headings are classes of the outer span; each of UNDERLINED_KINDS is a span inside, the last outermost.
    """
    words = escaped(text)
    if not holding:
        return f'<span data-s="{start}">{words}</span>'
    kinds = {facts[i].kind for i in holding}
    for kind in UNDERLINED_KINDS:
        if kind in kinds:
            words = f'<span class="k-{kind}">{words}</span>'
    outer = " ".join(["f", *(f"k-{kind}" for kind in ("task", "heading") if kind in kinds)])
    return f'<span class="{outer}" data-s="{start}" data-f="{" ".join(map(str, holding))}">{words}</span>'
