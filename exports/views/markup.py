"""Elements of HTML and SVG as text. Plain strings are always escaped; only `Markup` is written as it is, so that
nothing that a plan says becomes markup."""

import html
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest


@dataclass(frozen=True, slots=True)
class Markup:
    """Text that is HTML or SVG already, and is not escaped again."""

    text: str


Child = Markup | str | None


def tag(name: str, *children: Child, **attributes: object) -> Markup:
    """An element of HTML or SVG with these children, of which strings are escaped and None is left out, and with these
    attributes, whose values are escaped. Attributes that are None are left out; `_` in the name of an attribute is
    written as `-`, and left out at its end (`class_`). An element of _VOID_ELEMENTS without content has no end tag
    (<br/>).

    tag("a", "<1>", href="#x", class_="pair") -> <a href="#x" class="pair">&lt;1&gt;</a>
    """
    attribute_text = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = join(*children).text
    if not inner and name in _VOID_ELEMENTS:
        return Markup(f"<{name}{attribute_text}/>")
    return Markup(f"<{name}{attribute_text}>{inner}</{name}>")


_VOID_ELEMENTS = frozenset({"br", "rect", "path", "line", "circle", "meta"})


def join(*children: Child) -> Markup:
    """The children one after the other as one `Markup`: strings are escaped, None is left out, lone surrogates become
    '?'."""
    parts = []
    for child in children:
        if isinstance(child, Markup):
            parts.append(child.text)
        elif child is not None:
            parts.append(html.escape(child.encode("utf-8", "replace").decode()))
    return Markup("".join(parts))


def distinct_labels(labels: Iterable[str], most: int) -> dict[str, str]:
    """A short form of each label, at most `most` characters long, by the label.

    It is the label as `clipped` has it. Where several labels would become equal, the short form of each is its
    beginning (half of `most`, less one, characters), …, and of the rest of the label what fits: from two characters
    before the first difference of these labels on, clipped too, or, where less follows than fits, its end. Labels that
    differ only in what is left out stay equal.

    ['云岭省国民经济和社会发展第十三个五年规划', '…第十四个五年规划'], 12 -> '云岭省国民…第十三个五…', …
    """
    short_forms = {label: clipped(label, most) for label in labels}
    groups: dict[str, list[str]] = {}
    for label, short in short_forms.items():
        groups.setdefault(short, []).append(label)
    for alike in groups.values():
        if len(alike) > 1:
            same = next(i for i, letters in enumerate(zip_longest(*alike)) if len(set(letters)) > 1)
            head = most // 2 - 1
            for label in alike:
                start = max(head, min(same - 2, len(label) - (most - head - 1)))
                tail = label[start:]
                room = most - head - 1
                short_forms[label] = label[:head] + "…" + (tail if len(tail) <= room else tail[: room - 1] + "…")
    return short_forms


def clipped(text: str, most: int) -> str:
    """The text cut to at most `most` characters, the last of which is then …: '加强养老服务人才队伍建设', 8 ->
    '加强养老服务人…'."""
    return text if len(text) <= most else text[: most - 1] + "…"
