"""Character n-grams of Chinese text as integer ids, and sparse matrices of them: the basis of all measures."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.vocabulary.stops import CLAUSE_ENDS

Matrix = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]

# Digits are left out: a lower plan that copies a measure puts its own numbers in.
_LEFT_OUT = re.compile(r"[\W\d_]+")
_CLAUSE_ENDS = re.compile(rf"[{CLAUSE_ENDS}、,;:.!?\n]")
_SHIFT = 21  # bits of a code point
SHORTEST_CLAUSE = 4  # characters


def letters(text: str) -> str:
    """The Chinese characters and letters of a text without digits and marks: '到2025年，建成3家。' -> '到年建成家'."""
    return _LEFT_OUT.sub("", text)


def clauses(text: str) -> list[str]:
    """The stretches between marks, as letters, without those that are too short to say anything."""
    found = (letters(part) for part in _CLAUSE_ENDS.split(text))
    return [part for part in found if len(part) >= SHORTEST_CLAUSE]


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of several texts: those of text i are `ids[starts[i]:starts[i + 1]]`, sorted, with their counts."""

    ids: Ids
    counts: npt.NDArray[np.float64]
    starts: Ids

    @classmethod
    def of(cls, texts: Iterable[str], sizes: Sequence[int], *, apart: bool = False) -> "Grams":
        """The n-grams of these sizes (at most 3 characters are kept apart; longer ones are hashed) in each text.

        With `apart` also each pair of letters with one letter between, as if they stood together: a short form such as
        医保 then has a pair in common with 医疗保险.
        """
        ids: list[Ids] = []
        counts: list[npt.NDArray[np.float64]] = []
        starts = [0]
        for text in texts:
            points = np.frombuffer(letters(text).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
            found = [_gram_ids(points, size) for size in sizes if len(points) >= size]
            if apart and len(points) > 2:
                found.append(points[:-2] << _SHIFT ^ points[2:])
            one, many = np.unique(np.concatenate(found), return_counts=True) if found else (_NONE, _NONE)
            ids.append(one)
            counts.append(many.astype(np.float64))
            starts.append(starts[-1] + len(one))
        return cls(
            np.concatenate(ids) if ids else _NONE,
            np.concatenate(counts) if counts else _NONE.astype(np.float64),
            np.asarray(starts, dtype=np.int64),
        )

    def __len__(self) -> int:
        return len(self.starts) - 1


_NONE: Ids = np.zeros(0, dtype=np.int64)


def _gram_ids(points: Ids, size: int) -> Ids:
    """The id of each n-gram: exact for up to three characters, a 63-bit hash for longer ones."""
    length = len(points) - size + 1
    found = points[:length].copy()
    for i in range(1, size):
        found = (found << _SHIFT if size <= 3 else found * np.int64(0x9E3779B97F4A7C1)) ^ points[i : i + length]
    return found


@dataclass(frozen=True, slots=True)
class SparseRows:
    """A matrix of which few cells are not 0: row i has `values[starts[i]:starts[i + 1]]` in the columns `columns[…]`.

    What SciPy calls a CSR matrix. One product of such matrices is all that this program needs of SciPy, which would
    take a quarter of the installation (docs/install.md).
    """

    values: Matrix
    columns: Ids
    starts: Ids
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of_values(self, values: Matrix) -> "SparseRows":
        """The same cells with other values."""
        return SparseRows(values, self.columns, self.starts, self.width)

    def sums(self) -> Matrix:
        """The sum of each row; 0 for a row without cells."""
        sums: Matrix = np.diff(np.concatenate([[0.0], np.cumsum(self.values)])[self.starts])
        return sums

    def times(self, other: "SparseRows") -> Matrix:
        """The products of each row with each row of the other matrix, all cells: `self @ other.T`.

        The products of a cell are added in the order of the columns, so that the sums are the same on every machine.
        """
        by_column = np.argsort(other.columns, kind="stable")
        other_rows = np.repeat(np.arange(len(other)), np.diff(other.starts))[by_column]
        other_values = other.values[by_column]
        begins = np.concatenate([[0], np.cumsum(np.bincount(other.columns, minlength=self.width))])
        matches = begins[self.columns + 1] - begins[self.columns]  # of each value: the rows of the other in its column
        ends = np.concatenate([[0], np.cumsum(matches)])[self.starts]
        found = np.zeros((len(self), len(other)))
        row = 0
        while row < len(self):  # as many rows at once as have AT_ONCE products
            after = max(row + 1, int(np.searchsorted(ends, ends[row] + AT_ONCE, side="right")) - 1)
            part, height = slice(self.starts[row], self.starts[after]), after - row
            count = matches[part]
            at = np.repeat(begins[self.columns[part]] - (np.cumsum(count) - count), count)
            at += np.arange(len(at))
            cells = np.repeat(np.repeat(np.arange(height) * len(other), np.diff(self.starts[row : after + 1])), count)
            cells += other_rows[at]
            products = other_values[at] * np.repeat(self.values[part], count)
            found[row:after] = np.bincount(cells, products, height * len(other)).reshape(height, len(other))
            row = after
        return found


AT_ONCE = 1 << 20  # products whose places are held in memory together: some 40 MB


@dataclass(frozen=True, slots=True)
class Weighted:
    """Two sets of texts as rows over one vocabulary, weighted by the frequency of grams in both sets together.

    Weights depend on the two sets alone: what is common in both (their field, set phrases) weighs little, and the
    result for a pair of plans does not change when other plans are added to the store.
    """

    one: SparseRows
    other: SparseRows
    idf: npt.NDArray[np.float64]

    @classmethod
    def of(cls, one: Grams, other: Grams) -> "Weighted":
        """The two sets of texts weighted over the grams of both: the inverse document frequency of a gram is log((1
        + N) / (1 + df)) + 0.1, N texts in all of which df have it, so that a gram of every text still counts a
        little."""
        vocabulary, columns = np.unique(np.concatenate([one.ids, other.ids]), return_inverse=True)
        frequency = np.bincount(columns, minlength=len(vocabulary))
        total = len(one) + len(other)
        idf = np.log((1 + total) / (1 + frequency)) + 0.1
        split, width = len(one.ids), len(vocabulary)
        left = SparseRows(one.counts, columns[:split], one.starts, width)
        return cls(left, SparseRows(other.counts, columns[split:], other.starts, width), idf)

    def cosine(self) -> Matrix:
        """The cosine similarity of each text of one set with each of the other; counts of grams are dampened, so that
        a gram that is repeated counts less each time."""
        return self._dampened(self.one).times(self._dampened(self.other))

    def containment(self) -> tuple[Matrix, Matrix]:
        """For each text the weighted share of its grams that each text of the other set has; first for the one set's
        texts, then for the other's."""
        mine = self.one.of_values(self.idf[self.one.columns])
        theirs = self.other.of_values(self.idf[self.other.columns])
        shared = mine.times(self.other.of_values(np.ones_like(self.other.values)))
        return shared / np.maximum(mine.sums(), _TINY)[:, None], shared / np.maximum(theirs.sums(), _TINY)[None, :]

    def _dampened(self, rows: SparseRows) -> SparseRows:
        values = (1 + np.log(rows.values)) * self.idf[rows.columns]
        lengths = np.sqrt(rows.of_values(values * values).sums())
        return rows.of_values(values / np.repeat(np.maximum(lengths, _TINY), np.diff(rows.starts)))


_TINY = 1e-9
