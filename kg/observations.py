"""Actual values from a statistics office: a CSV file -> a derived graph, against which targets are tracked."""

import csv
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from io import StringIO
from pathlib import Path

from extractors.readers.decode import decode
from extractors.reference.concepts import concept
from ontology.derived import actual_quads
from ontology.iris import Iris
from ontology.model.derived import ActualValue
from ontology.model.errors import Refused
from ontology.model.store import Store
from queries.presets import preset

OBSERVATIONS_PREFIX = "observations/"
# Names of the columns, as in the header of the file; unit and source may be left out.
OBSERVATION_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "region": ("region", "地区", "区域"),
    "concept": ("concept", "indicator", "指标", "指标名称"),
    "year": ("year", "年份", "年度"),
    "value": ("value", "数值", "实际值", "值"),
    "unit": ("unit", "单位"),
    "source": ("source", "来源", "数据来源"),
}
OPTIONAL_COLUMNS = frozenset({"unit", "source"})
OBSERVATION_YEARS = range(1949, 2101)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The result of loading a file: how many values there were, and the names of their regions that no plan of the
    store has (`unknown`), sorted."""

    values: int
    unknown: tuple[str, ...]


def load_observations(path: Path, store: Store, base: str = Iris().base) -> Loaded:
    """Loads the actual values of a CSV file into a derived graph of the store, replacing those of a file of the same
    name, in one transaction. `base` is the IRI below which new IRIs are made. Raises Refused for a file that cannot be
    read or is no such table."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror}") from None
    name = os.path.basename(path)
    values = list(read_observations(decode(name, data).text, name))
    graph = OBSERVATIONS_PREFIX + sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    quads = actual_quads(values, name, Iris(base).derived(graph))
    store.load_derived(graph, sha256(data).hexdigest()[:16], quads)
    known = {row[0] for row in preset("plans").run(store).of(("region",)).rows}
    return Loaded(len(values), tuple(sorted({value.region for value in values} - known)))


def read_observations(text: str, name: str) -> Iterator[ActualValue]:
    r"""The values of a CSV text with a header, whose columns may be named in Chinese or English (OBSERVATION_COLUMNS):
    region, concept, year, value, and where they are known unit and source. An indicator is given the name of its
    concept; blank lines are left out. `name` is the file's, for messages. Raises Refused for a missing column and, with
    its line, for a row without region or concept, with no year, or with a value that is no number.

        '地区,指标,年份,数值,单位\n泽宁市,护理型床位占比,2023,48.5,%' -> 泽宁市, 养老机构护理型床位占比, 2023, 48.5, %
    """
    reader = csv.reader(StringIO(text.removeprefix("\ufeff")))
    header = [cell.strip().lower() for cell in next(reader, [])]
    places = {
        key: next((header.index(other) for other in others if other in header), None)
        for key, others in OBSERVATION_COLUMNS.items()
    }
    if missing := [key for key, place in places.items() if place is None and key not in OPTIONAL_COLUMNS]:
        raise Refused(f"{name}: no column {', '.join(missing)}; the first line names region, concept, year, value")
    for row in reader:
        if not any(cell.strip() for cell in row):
            continue
        cells = {
            key: row[place].strip() if place is not None and place < len(row) else "" for key, place in places.items()
        }
        yield _value(cells, reader.line_num, name)


def _value(cells: Mapping[str, str], line: int, name: str) -> ActualValue:
    """The value in the cells (by key of OBSERVATION_COLUMNS, '' for none) of one line of the file `name`; raises
    Refused where they give no region, concept, year or number."""
    if not cells["region"] or not cells["concept"]:
        raise Refused(f"{name}: line {line}: names no region or no concept")
    year = re.fullmatch(r"(\d{4})年?", cells["year"])
    if not year or int(year[1]) not in OBSERVATION_YEARS:
        raise Refused(f"{name}: line {line}: {cells['year']!r} is no year; write it as 2023")
    try:
        value = Decimal(cells["value"].replace(",", "").replace("，", "").removesuffix("%"))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise Refused(f"{name}: line {line}: {cells['value']!r} is no number; leave out rows without a value")
    unit = cells["unit"] or ("%" if cells["value"].endswith("%") else None)
    said = concept(cells["concept"], cells["region"]).name
    return ActualValue(cells["region"], said, int(year[1]), value, unit, cells["source"] or None, line)
