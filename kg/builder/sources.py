"""A table of where files come from (`kg build --source-csv`): columns file, url, retrieved."""

import csv
import os
from collections.abc import Mapping
from pathlib import Path

from extractors.readers import decode
from extractors.readers.provenance import Provenance, of_mapping
from ontology.model.errors import Refused

FILE_COLUMNS = ("file", "path", "filename", "file_name", "文件", "文件名", "路径")
MAX_SOURCES_BYTES = 64 * 1024 * 1024


def read_sources(path: Path) -> dict[str, Provenance]:
    """The provenance (web address and day of retrieval) of each file in a CSV table. Each row is found under two keys:
    the file's absolute path (of several rows the last counts) and its name without folders (the first counts). The
    table gives the file by its path from the table's folder, in the first column that has a name of FILE_COLUMNS
    (`file`, `path`, 文件名 …; in any case); the address stands in a column such as url, link or 来源网址
    (ADDRESS_KEYS), the day in one such as retrieved, fetched or 采集时间 (FETCHED_KEYS; both of
    `extractors.readers.provenance`). Rows without a file are left out. Raises Refused for a table of more than
    MAX_SOURCES_BYTES (64 MiB) or without a column of files, for a row of a file with neither a valid address nor a
    valid day, and for what is no CSV; OSError where the table cannot be read.

        file,url,retrieved
        规划.docx,https://www.zening.gov.cn/a.html,2024-05-01
    """
    if path.stat().st_size > MAX_SOURCES_BYTES:
        raise Refused(f"{path}: larger than {MAX_SOURCES_BYTES:,} bytes; is this a table of sources?")
    rows = csv.DictReader(decode(str(path), path.read_bytes()).text.splitlines())
    try:
        return _provenances(path, rows)
    except csv.Error as error:
        raise Refused(f"{path}: cannot be read: {error}") from None


def _provenances(path: Path, rows: "csv.DictReader[str]") -> dict[str, Provenance]:
    """The result of `read_sources` for the rows of the table at the path."""
    column = next((name for name in rows.fieldnames or () if name.strip().lower() in FILE_COLUMNS), None)
    if column is None:
        raise Refused(f"{path}: no column `file`; the table has file, url and retrieved")
    provenances: dict[str, Provenance] = {}
    for row in rows:
        provenance = of_mapping({key: value for key, value in row.items() if key and value})
        if name := (row[column] or "").strip():
            if provenance == Provenance():
                raise Refused(
                    f"{path}, line {rows.line_num}: neither a web address (url) nor a day (retrieved) for {name}"
                )
            provenances[os.path.abspath(path.parent / name)] = provenance
            provenances.setdefault(os.path.basename(name), provenance)
    return provenances


def source_of(path: str, table: Mapping[str, Provenance]) -> Provenance:
    """The provenance that the table (see `read_sources`) has for the file at this absolute path, else for its name; an
    empty one where it has neither."""
    return table.get(path) or table.get(os.path.basename(path)) or Provenance()
