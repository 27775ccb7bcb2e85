"""The addresses of the other pages to which a page can lead, as whoever makes the set gives them, and the bar of links
to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from exports.views.markup import Markup, tag
from exports.views.words import localized, localized_title


@dataclass(frozen=True, slots=True)
class Links:
    """The other pages to which a page can lead: `texts` has the addresses of pages with plans' texts by the name of the
    file, `pairs` those of pages that compare two plans by their `pair_key`, and `others` are the other pages of the set
    as (title, address). All are empty for a page that stands by itself."""

    texts: Mapping[str, str] = field(default_factory=dict)
    pairs: Mapping[str, str] = field(default_factory=dict)
    others: tuple[tuple[str, str], ...] = ()


def navigation(links: Links, here: str = "", compared: Sequence[tuple[str, str]] = ()) -> Markup:
    """A bar of links to the pages of a set (`links.others`), in which the page with the address `here` is marked; empty
    where there are none. `compared` are pages that compare this document with another, as (title of the other document,
    address); they are in a list that opens."""
    if not links.others:
        return Markup("")
    entries = [
        tag("a", localized_title(title), href=address, aria_current="page" if address == here else None)
        for title, address in links.others
    ]
    if compared:
        pairs = [tag("li", tag("a", title, href=address)) for title, address in compared]
        entries.append(tag("details", tag("summary", f"{localized('并排对照')} {len(compared)}"), tag("ul", *pairs)))
    return tag("div", *entries, class_="set", role="navigation", aria_label=localized("各页"))
