"""The bodies of the state in one list: function, names, prefixes of document numbers, and the years in which each
existed."""

from dataclasses import dataclass
from functools import cache

from extractors.reference.data_files import data_rows


@dataclass(frozen=True, slots=True)
class PublicBody:
    """A row of the list: PublicBody('国家发展计划委员会', '发展改革', '国家发展和改革委员会', …, years=(1998, 2003)).

    `function` is None for a body without a function of its own (中共中央). `issuer` is the body under whose name its
    documents are identified, None where it issues no policies. `aliases` are other ways of writing `name`; `prefixes`
    are what its document numbers begin with: '国办发' as it stands, '~发改' where more characters may follow 发改
    (发改社会). `names` are names used in lists of bodies that cannot be formed from a function and an ending (标准委).
    `years` are the first and the last year in which the body existed, None where it is open or not known.
    """

    name: str
    function: str | None
    issuer: str | None
    aliases: tuple[str, ...]
    prefixes: tuple[str, ...]
    names: tuple[str, ...]
    years: tuple[int | None, int | None]


@cache
def public_bodies() -> tuple[PublicBody, ...]:
    """All bodies of bodies.tsv, in its order, one for each line. An empty cell is None, or () where several values may
    stand in it; of the years, written first-last, either may be missing."""
    found = []
    for name, function, issuer, aliases, prefixes, names, years in data_rows("bodies.tsv", header=True):
        first, _, last = years.partition("-")
        found.append(
            PublicBody(
                name,
                function or None,
                issuer or None,
                _several(aliases),
                _several(prefixes),
                _several(names),
                (int(first) if first else None, int(last) if last else None),
            )
        )
    return tuple(found)


def _several(cell: str) -> tuple[str, ...]:
    """The values of a cell of the data file, which | separates; () for an empty cell."""
    return tuple(cell.split("|")) if cell else ()
