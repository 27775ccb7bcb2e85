"""Whether more or less of what an indicator measures is better: from the curated scheme, else from its name."""

import re
from functools import cache
from pathlib import Path
from typing import Literal

from extractors.reference.concepts import scheme

DATA = Path(__file__).parents[1] / "data" / "polarity.tsv"
Polarity = Literal["more", "less"]


@cache
def polarity(concept: str) -> Polarity | None:
    """'孕产妇死亡率' -> 'less', '森林覆盖率' -> 'more', '常住人口' -> None: neither is better by itself."""
    curated = _curated()
    if concept in curated:
        return curated[concept]
    return next((better for pattern, better, _ in words() if pattern.search(concept)), None)


@cache
def words() -> tuple[tuple[re.Pattern[str], Polarity, str], ...]:
    """The rows of the data file: pattern, polarity, sample."""
    lines = [line for line in DATA.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    rows = [line.split("\t") for line in lines[1:]]
    return tuple((re.compile(pattern), better, sample) for pattern, better, sample in rows)  # type: ignore[misc]


@cache
def _curated() -> dict[str, Polarity | None]:
    return {entry.label: entry.polarity for entry in scheme()}
