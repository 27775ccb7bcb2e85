"""Elements of HTML and SVG as text: whatever comes from a plan is escaped, for only `Markup` is taken as it is."""

import html
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Markup:
    """Text that is markup already."""

    text: str


Child = Markup | str | None


def tag(name: str, *children: Child, **attributes: object) -> Markup:
    """tag("a", "<1>", href="#x", class_="pair") -> <a href="#x" class="pair">&lt;1&gt;</a>

    Attributes without a value are left out; `_` in a name stands for `-`, and at its end for nothing.
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = join(*children).text
    if not inner and name in _EMPTY:
        return Markup(f"<{name}{said}/>")
    return Markup(f"<{name}{said}>{inner}</{name}>")


_EMPTY = frozenset({"br", "rect", "path", "line", "circle", "meta"})


def join(*children: Child) -> Markup:
    """Markup and text one after the other; text is escaped, lone surrogates become '?'."""
    parts = []
    for child in children:
        if isinstance(child, Markup):
            parts.append(child.text)
        elif child is not None:
            parts.append(html.escape(child.encode("utf-8", "replace").decode()))
    return Markup("".join(parts))


def told_apart(labels: Iterable[str], most: int) -> dict[str, str]:
    """Each label shortened to at most `most` characters. Where two would become equal, the part that differs is kept.

    ['云岭省国民经济和社会发展第十三个五年规划', '…第十四个五年规划'], 12 -> '云岭省国民…第十三个五年…'
    """
    found = {label: clipped(label, most) for label in labels}
    groups: dict[str, list[str]] = {}
    for label, short in found.items():
        groups.setdefault(short, []).append(label)
    for alike in groups.values():
        if len(alike) > 1:
            same = next((i for i, letters in enumerate(zip(*alike, strict=False)) if len(set(letters)) > 1), most)
            head = most // 2 - 1
            for label in alike:
                start = max(head, min(same - 2, len(label) - (most - head - 1)))
                rest = label[start:]
                room = most - head - 1
                found[label] = label[:head] + "…" + (rest if len(rest) <= room else rest[: room - 1] + "…")
    return found


def clipped(text: str, most: int) -> str:
    """The text cut to `most` characters: '加强养老服务人才队伍建设', 8 -> '加强养老服务人…'."""
    return text if len(text) <= most else text[: most - 1] + "…"
