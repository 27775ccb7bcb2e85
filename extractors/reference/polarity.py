"""Whether a higher or a lower value of an indicator is better: by the curated scheme, else by its name."""

from functools import cache
from typing import Literal

from extractors import expressions as re
from extractors.reference.concepts import scheme
from extractors.reference.data_files import data_rows

Polarity = Literal["more", "less"]


@cache
def polarity(concept: str) -> Polarity | None:
    """Which values of the concept with this name are the better ones, as the curated scheme says, else as the first
    rule of `polarity_words` that a word in the name fits: "less" for '孕产妇死亡率', "more" for '森林覆盖率', None
    where neither is better by itself ('常住人口') or no word tells."""
    curated = _curated()
    if concept in curated:
        return curated[concept]
    return next((better for pattern, better, _ in polarity_words() if pattern.search(concept)), None)


@cache
def polarity_words() -> tuple[tuple[re.Pattern[str], Polarity, str], ...]:
    """The rows of the data file: a pattern that concepts' names are searched with, the polarity of those that have it,
    and a sample."""
    rows = data_rows("polarity.tsv", header=True)
    return tuple((re.compile(pattern), better, sample) for pattern, better, sample in rows)  # type: ignore[misc]


@cache
def _curated() -> dict[str, Polarity | None]:
    """The polarity of each concept of the curated scheme by its label."""
    return {entry.label: entry.polarity for entry in scheme()}
