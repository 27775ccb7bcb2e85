"""A page with one figure and its evidence: a drawing as SVG, the passages as text below."""

import html
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from exports.views.markup import Markup, tag
from exports.views.page import content_hash


@dataclass(frozen=True, slots=True)
class Figure:
    """A page: `drawing` is an svg element, `body` the HTML below it, to which the drawing's links lead."""

    name: str
    title: str
    subtitle: str
    drawing: Markup
    body: Markup


def figure_page(figure: Figure) -> str:
    """The whole page; it makes no network request, and saves its drawing as SVG or PNG."""
    script, style = _part("figure.js"), _part("figure.css")
    policy = (
        f"default-src 'none'; script-src '{content_hash(script)}'; style-src '{content_hash(style)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(figure.title)}</title><style>{style}</style>"
    )
    header = tag(
        "header",
        tag("h1", figure.title),
        tag("p", figure.subtitle),
        tag("button", "SVG", type="button", id="save-svg", title="存为 SVG 图片"),
        tag("button", "PNG", type="button", id="save-png", title="存为 PNG 图片"),
    )
    main = tag("main", tag("div", figure.drawing, class_="drawing", id="drawing"), figure.body)
    return (
        f'<!doctype html>\n<html lang="zh"><head>{head}</head><body data-view="{figure.name}">'
        f"{header.text}{main.text}<script>{script}</script></body></html>\n"
    )


@cache
def _part(name: str) -> str:
    return (files("exports.views") / name).read_text("utf-8")


KIND_NAMES = {"copied": "照搬", "adapted": "改编", "related": "相关"}
RELATION_NAMES = {
    "basis": "依据",
    "implements": "贯彻落实",
    "issued": "制定出台",
    "mentions": "提及",
    "period": "前后两期",
    "region": "上下级区域",
    "domain": "同一领域",
    "text": "文本重合",
}
# Colours that stay apart in print and for the colour-blind (Okabe and Ito 2008).
COLOURS = {
    "copied": "#0072b2",
    "adapted": "#e69f00",
    "related": "#999999",
    "basis": "#0072b2",
    "implements": "#009e73",
    "mentions": "#999999",
}
FONT = "system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"


def svg(width: float, height: float, *children: Markup) -> Markup:
    """An svg element with a white ground, so that it can be put into a paper as it is."""
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
    """A line of text in a drawing."""
    return tag("text", text, x=round(x, 1), y=round(y, 1), **{"font_size": 12, "fill": "#222222", **more})


def place(file: str, start: object, page: object) -> str:
    """'yunling.txt · 第3页 · 位置 812'"""
    return " · ".join(filter(None, (file, f"第{page}页" if page else None, f"位置 {start}")))
