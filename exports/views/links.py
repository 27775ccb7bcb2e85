"""How the pages of a set lead to one another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from exports.views.markup import Markup, tag
from exports.views.words import say


@dataclass(frozen=True, slots=True)
class Links:
    """Where a page leads beyond itself: pages of texts by a file's name, pages that compare two plans by
    `pair_key`, and the other pages of the set, as (title, address); all empty for a page that stands by itself."""

    texts: Mapping[str, str] = field(default_factory=dict)
    pairs: Mapping[str, str] = field(default_factory=dict)
    others: tuple[tuple[str, str], ...] = ()


def navigation(links: Links, here: str = "", compared: Sequence[tuple[str, str]] = ()) -> Markup:
    """A bar of links to the other pages of a set, with the page that is at `here` marked; nothing for a page that is
    alone. `compared` are pages that compare this document with another, as (title of the other, address)."""
    if not links.others:
        return Markup("")
    entries = [
        tag("a", say(title), href=address, aria_current="page" if address == here else None)
        for title, address in links.others
    ]
    if compared:
        pairs = [tag("li", tag("a", title, href=address)) for title, address in compared]
        entries.append(tag("details", tag("summary", f"{say('并排对照')} {len(compared)}"), tag("ul", *pairs)))
    return tag("div", *entries, class_="set", role="navigation", aria_label=say("各页"))
