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

OBSERVATIONS_PREFIX = "observations/"  # of the names of derived graphs
# What the columns of the file may be called in its header (in lower case), by key.
OBSERVATION_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "region": ("region", "地区", "区域"),
    "concept": ("concept", "indicator", "指标", "指标名称"),
    "year": ("year", "年份", "年度"),
    "value": ("value", "数值", "实际值", "值"),
    "unit": ("unit", "单位"),
    "source": ("source", "来源", "数据来源"),
}
OPTIONAL_COLUMNS = frozenset({"unit", "source"})  # keys of columns that a file may lack
OBSERVATION_YEARS = range(1949, 2101)  # years that are accepted


@dataclass(frozen=True, slots=True)
class Loaded:
    """The result of loading a file: how many values were loaded, and the names of their regions that are not the region
    of a plan of the store (`unknown`), sorted. The values of these regions are loaded too."""

    values: int
    unknown: tuple[str, ...]


def load_observations(path: Path, store: Store, base: str = Iris().base) -> Loaded:
    """Loads the actual values of a CSV file into a derived graph of the store, replacing that of a file of the same
    name (without its folder). `base` is the IRI below which new IRIs are made. Raises Refused for a file that cannot be
    read or is no such table (`read_observations`), and where the store cannot be written; nothing is changed then."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror}") from None
    name = os.path.basename(path)
    values = list(read_observations(decode(name, data).text, name))
    graph = OBSERVATIONS_PREFIX + sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    quads = actual_quads(values, name, Iris(base).derived(graph))
    store.load_derived(graph, sha256(data).hexdigest()[:16], quads)
    regions = {row[0] for row in preset("plans").run(store).of(("region",)).rows}
    return Loaded(len(values), tuple(sorted({value.region for value in values} - regions)))


def read_observations(text: str, name: str) -> Iterator[ActualValue]:
    r"""The values of a CSV text whose first line is a header, in the order of its rows. The columns are region,
    concept, year and value, and if they are there unit and source; OBSERVATION_COLUMNS has their names, Chinese and
    English, which may be in any case and order. Blanks around names and cells are dropped. Where several columns are
    named for the same thing, the one whose name comes first in OBSERVATION_COLUMNS counts; other columns are ignored,
    and cells that a row lacks are empty. An indicator is given the name of its concept; blank rows are left out. `name`
    is the file's, for messages. Raises Refused for a missing column, and at the first row that is no CSV or has no
    region, no concept, no year from 1949 to 2100 or no number (`_value`); the values before it are yielded first.

        '地区,指标,年份,数值,单位\n泽宁市,护理型床位占比,2023,48.5,%' -> 泽宁市, 养老机构护理型床位占比, 2023, 48.5, %
    """
    reader = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=None))
    rows = _rows(reader, name)
    header = [cell.strip().lower() for cell in next(rows, [])]
    columns = {
        key: next((header.index(other) for other in others if other in header), None)
        for key, others in OBSERVATION_COLUMNS.items()
    }
    if missing := [key for key, at in columns.items() if at is None and key not in OPTIONAL_COLUMNS]:
        raise Refused(f"{name}: no column {', '.join(missing)}; the first line names region, concept, year, value")
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        cells = {key: "" if at is None or at >= len(row) else row[at].strip() for key, at in columns.items()}
        yield _value(cells, reader.line_num, name)


def _rows(reader: Iterator[list[str]], name: str) -> Iterator[list[str]]:
    """The rows of a CSV reader, each as its cells. Raises Refused, naming the file `name`, for a row that is no
    CSV, such as one with a cell of more than 131,072 characters."""
    try:
        yield from reader
    except csv.Error as error:
        raise Refused(f"{name}: cannot be read: {error}") from None


def _value(cells: Mapping[str, str], line: int, name: str) -> ActualValue:
    """The value in the cells of one line of the file `name`; `cells` has a text for each key of OBSERVATION_COLUMNS, ''
    for an empty cell. The year has four digits and may end with 年. Commas (also ，) in the number and a % at its end
    are left out; the % is the unit where the unit's cell is empty. A unit or source that is missing is None. Raises
    Refused, naming the line, for the first of these: no region or concept, no year of OBSERVATION_YEARS (1949 to 2100),
    no finite number."""
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
    concept_name = concept(cells["concept"], cells["region"]).name
    return ActualValue(cells["region"], concept_name, int(year[1]), value, unit, cells["source"] or None, line)
