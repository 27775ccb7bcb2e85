"""Pages with one figure: a drawing as SVG, and below it the passages that prove it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from exports.views.frame import bounded, safe_json, whole_page
from exports.views.links import Links, navigation
from exports.views.markup import Markup, join, tag
from exports.views.words import localized, page_language
from ontology import words as ontology_words
from ontology.iris import last_segment


@dataclass(frozen=True, slots=True)
class Figure:
    """A page with one figure: its title, a line below it (`subtitle`), `drawing`, which is an svg element, and `body`,
    the HTML below that, to which links in the drawing lead. `name` is that of the figure (matrix), from which the
    page's file is named."""

    name: str
    title: str
    subtitle: str
    drawing: Markup
    body: Markup


def pair_key(one: str, other: str) -> str:
    """The key by which pages that compare two plans are found: the last segments of the plans' IRIs, given in either
    order, sorted and joined with a blank: 'https://…/document/9b7e', 'https://…/document/1f0c' -> '1f0c 9b7e'."""
    return " ".join(sorted((last_segment(one), last_segment(other))))


def figure_page(figure: Figure, links: Links | None = None) -> str:
    """The HTML of a figure as one file, which makes no network request and has buttons to save its drawing as SVG or
    PNG. `links` says to which other pages it leads; without it, to none. Raises Usage for a page that is larger than
    what browsers open (`frame.MAX_PAGE_BYTES`)."""
    links = links or Links()
    header = tag(
        "header",
        tag("h1", figure.title),
        tag("p", figure.subtitle),
        tag("button", "SVG", type="button", id="save-svg", title=localized("存为 SVG 图片")),
        tag("button", "PNG", type="button", id="save-png", title=localized("存为 PNG 图片")),
    )
    nav = navigation(links, f"{figure.name}.html")
    main = tag(
        "main", tag("div", figure.drawing, class_="drawing", id="drawing"), tag("div", figure.body, class_="body")
    )
    data = safe_json({"texts": dict(links.texts), "pairs": dict(links.pairs)})
    body = (
        f'<body data-view="{figure.name}">{header.text}{nav.text}{main.text}'
        f'<script type="application/json" id="links">{data}</script><script><!--script--></script></body></html>\n'
    )
    return bounded(whole_page(body, _part("figure.js"), _part("figure.css"), figure.title, "light"))


def index_page(groups: Iterable[tuple[str, Sequence[tuple[str, str]]]]) -> str:
    """The HTML of a page that lists others: each group has a title and its pages, as (title, address). These texts are
    escaped but not translated; the page's own title is in the page's language. Groups without pages are left out."""
    lists = [
        join(tag("h2", title), tag("ul", *(tag("li", tag("a", name, href=address)) for name, address in pages)))
        for title, pages in groups
        if pages
    ]
    body = f"<body>{tag('header', tag('h1', localized('目录'))).text}{tag('main', *lists).text}</body></html>\n"
    return whole_page(body, "", _part("figure.css"), localized("目录"), "light")


@cache
def _part(name: str) -> str:
    """The text of a file of this package that is part of pages (figure.css)."""
    return (files("exports.views") / name).read_text("utf-8")


KIND_NAMES = {"copied": "照搬", "adapted": "改编", "related": "相关"}


def relation_name(key: str | None) -> str:
    """The words, in the page's language, for how two plans are related, by a citation or otherwise, of which `key` is
    the key: 'basis' -> '依据' in Chinese. A key without words is returned unchanged, '' for None."""
    return str(ontology_words.value("comparison", key or "", page_language()))


# Colours that stay apart in print and for the colour-blind (Okabe and Ito 2008).
KIND_COLOURS = {
    "copied": "#0072b2",
    "adapted": "#e69f00",
    "related": "#999999",
    "basis": "#0072b2",
    "implements": "#009e73",
    "mentions": "#999999",
}
FONT = "system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"


def svg(width: float, height: float, *children: Markup) -> Markup:
    """An svg element of this size in CSS pixels that contains `children` on a white ground, so that it can be put into
    a paper unchanged."""
    return tag(
        "svg",
        tag("rect", width=round(width), height=round(height), fill="#ffffff"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        width=round(width),
        height=round(height),
        viewBox=f"0 0 {round(width)} {round(height)}",
        font_family=FONT,
    )


def words(text: str, x: float, y: float, **more: object) -> Markup:
    """An SVG text element with one line of text at (x, y), in CSS pixels; `more` are its attributes, which take the
    place of the usual size and colour."""
    return tag("text", text, x=round(x, 1), y=round(y, 1), **{"font_size": 12, "fill": "#222222", **more})


def staying(directions: str, *children: Markup, share: float = 0.5) -> Markup:
    """An SVG group of the `children` that the page's script keeps in sight where the drawing is larger than its frame
    and is moved: sideways for the directions 'x', up and down for 'y', both for 'x y'. Of a group that is wider or
    higher than `share` of the frame, its last part of this size stays."""
    return tag("g", *children, data_stay=directions, data_share=share)


def legend(entries: Iterable[tuple[Callable[[float, float], Markup], str]], x: float, y: float) -> list[Markup]:
    """The SVG elements of a legend on one line from (x, y), in CSS pixels, to the right. An entry is a function that
    makes the sign, 18 pixels wide at most, from its left end and the middle of the line, and the words beside it, in
    the page's language."""
    elements = []
    for sign, name in entries:
        elements += [sign(x, y - 4), words(name, x + 24, y, font_size=11)]
        x += 24 + text_width(name, 11) + 20
    return elements


def text_width(text: str, size: float) -> float:
    """About how wide a line of this text is in CSS pixels at this font size: a Chinese character counts as `size`, any
    other as 0.6 of it, which is more than most are."""
    return size * sum(1.0 if letter >= "\u2e80" else 0.6 for letter in text)


def place(row: Mapping[str, object], prefix: str = "") -> Markup:
    """The HTML that says where a row's quote stands: 'yunling.txt · 第3页 · 位置 812', the offset of its start. `row`
    is one of a preset with evidence; `prefix` begins the names of the columns: 'other_' for the other side of a
    pair."""
    file, start, end = (row.get(prefix + key) for key in ("file", "start", "end"))
    page = row.get(prefix + "page")
    text = " · ".join(filter(None, (str(file), localized(f"第{page}页") if page else None, localized(f"位置 {start}"))))
    return tag("span", text, data_file=file, data_at=f"c{start}-{end}")


def pair_link(one: object, other: object) -> Markup:
    """A hidden link to the page that compares the two plans with these ids; the page's script shows it where there is
    such a page."""
    return tag("a", localized("并排对照"), class_="pair-link", data_pair=pair_key(str(one), str(other)), hidden="")
