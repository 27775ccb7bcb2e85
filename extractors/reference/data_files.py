"""The tables in `extractors/data`: lists of names, units and words as TSV files with comments."""

from pathlib import Path

DATA_FOLDER = Path(__file__).parents[1] / "data"


def data_rows(name: str, *, header: bool = False) -> list[list[str]]:
    """The rows of the file `name` in `extractors/data`, in its order, each as the text of its cells, which tabs
    separate: data_rows("policy_types.tsv") -> [['宪法', '法律'], …]; an empty cell is ''. Blank lines and lines that
    begin with # are left out, and with `header` also the first line of the others, which names the columns."""
    lines = (DATA_FOLDER / name).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return rows[1:] if header else rows
