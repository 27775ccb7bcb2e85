"""Character n-grams of Chinese text as integer ids, and sparse matrices of them: the basis of all measures of
similarity."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.vocabulary.stops import CLAUSE_ENDS

Matrix = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]
Columns = npt.NDArray[np.int32]

# Digits are left out: a lower plan that copies a measure puts its own numbers in.
_NO_LETTERS = re.compile(r"[\W\d_]+")
_CLAUSE_BOUNDARY = re.compile(rf"[{CLAUSE_ENDS}、,;:.!?\n]")
_CODE_POINT_BITS = 21  # bits of a code point
MIN_CLAUSE_LENGTH = 4  # characters


def letters(text: str) -> str:
    """The Chinese characters and letters of a text without digits and marks: '到2025年，建成3家。' -> '到年建成家'."""
    return _NO_LETTERS.sub("", text)


def clauses(text: str) -> list[str]:
    """The clauses of a text, as `letters`: what stands between its punctuation marks, without clauses of fewer than
    MIN_CLAUSE_LENGTH (4) letters. '到2025年，建成3家示范医院。' -> ['建成家示范医院']."""
    found = (letters(part) for part in _CLAUSE_BOUNDARY.split(text))
    return [part for part in found if len(part) >= MIN_CLAUSE_LENGTH]


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of several texts. Each different gram of each text is a cell; the cells of text i are those from
    `starts[i]` up to `starts[i + 1]`, sorted by id.

    `vocabulary` has the ids of all grams, sorted, and `frequency` the number of texts that each is in. The other arrays
    have a value for each cell: `columns` the gram's index in the vocabulary, `rows` the text's index, `counts` how
    often the gram is in the text, and `dampened` 1 + log(count), by which repetitions count less.
    """

    vocabulary: Ids  # the ids of all grams, sorted
    frequency: Ids  # in how many texts each is
    columns: Columns  # of each cell, its gram's place in the vocabulary
    rows: Columns  # of each cell, its text
    counts: Matrix  # of each cell
    dampened: Matrix  # the counts, so that a gram that is repeated counts less each time
    starts: Ids

    @classmethod
    def of(cls, texts: Iterable[str], sizes: Sequence[int], *, apart: bool = False) -> "Grams":
        """The n-grams of each text, of each length in `sizes` (characters); digits and marks are left out before
        (`letters`).

        With `apart` also each pair of letters with one letter between, as if they stood together: a short form such as
        医保 then has a pair in common with 医疗保险.
        """
        ids: list[Ids] = [_NO_IDS]
        counts: list[Ids] = [_NO_IDS]
        starts = [0]
        for text in texts:
            points = np.frombuffer(letters(text).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
            found = [_gram_ids(points, size) for size in sizes if len(points) >= size]
            if apart and len(points) > 2:
                found.append(points[:-2] << _CODE_POINT_BITS ^ points[2:])
            one, many = np.unique(np.concatenate(found), return_counts=True) if found else (_NO_IDS, _NO_IDS)
            ids.append(one)
            counts.append(many)
            starts.append(starts[-1] + len(one))
        vocabulary, columns = np.unique(np.concatenate(ids), return_inverse=True)
        return cls(
            vocabulary,
            np.bincount(columns, minlength=len(vocabulary)),
            columns.astype(np.int32),
            np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts)),
            every := np.concatenate(counts).astype(np.float64),
            1 + np.log(every),
            np.asarray(starts, dtype=np.int64),
        )

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def ids(self) -> Ids:
        """The id of the gram of each cell."""
        return self.vocabulary[self.columns]

    def sums(self, cells: Matrix) -> Matrix:
        """For each text the sum of the values of its cells, which `cells` has for all cells; 0 for a text without
        grams."""
        found: Matrix = np.bincount(self.rows, weights=cells, minlength=len(self)).astype(np.float64, copy=False)
        return found


_NO_IDS: Ids = np.zeros(0, dtype=np.int64)


def _gram_ids(points: Ids, size: int) -> Ids:
    """The id of each n-gram of `size` characters in a text, in order. `points` are the text's code points; an id is
    exact for up to three characters, a 63-bit hash for more."""
    length = len(points) - size + 1
    found = points[:length].copy()
    for i in range(1, size):
        room = found << _CODE_POINT_BITS if size <= 3 else found * np.int64(0x9E3779B97F4A7C1)
        found = room ^ points[i : i + length]
    return found


@dataclass(frozen=True, slots=True)
class SparseRows:
    """A matrix of which few cells are not 0, with `width` columns: row i has the values `values[starts[i]:starts[i +
    1]]` in the columns `columns[starts[i]:starts[i + 1]]`.

    What SciPy calls a CSR matrix. One product of such matrices is all that this program needs of SciPy, which would
    take a quarter of the installation (docs/install.md).
    """

    values: Matrix
    columns: Ids
    starts: Ids
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def times(self, other: "SparseRows") -> Matrix:
        """The product `self @ other.T` as a full matrix: a cell for each row of this matrix and each row of the other.

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
        while row < len(self):  # as many rows at once as have MAX_PRODUCTS products
            after = max(row + 1, int(np.searchsorted(ends, ends[row] + MAX_PRODUCTS, side="right")) - 1)
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


MAX_PRODUCTS = 1 << 20  # products whose places are held in memory together: some 40 MB


@dataclass(frozen=True, slots=True)
class Weighted:
    """The n-grams of two sets of texts (`one`, `other`), weighted by how frequent they are in both sets together. `idf`
    has the weight of each gram of the two vocabularies, and `shared` its number among the grams that both sets have, -1
    where one set alone has it.

    Weights depend on the two sets alone: what is common in both (their field, set phrases) weighs little, and the
    result for a pair of plans does not change when other plans are added to the store.
    """

    one: Grams
    other: Grams
    idf: tuple[Matrix, Matrix]  # of each gram of either vocabulary
    shared: tuple[Columns, Columns]  # of each gram of either vocabulary its number among those of both, else -1

    @classmethod
    def of(cls, one: Grams, other: Grams) -> "Weighted":
        """The grams of two sets of texts, weighted over both. The weight of a gram is the inverse document frequency
        log((1 + N) / (1 + df)) + 0.1, where N is the number of all texts and df the number of those that have it; so a
        gram of every text still counts a little."""
        _, mine, theirs = np.intersect1d(one.vocabulary, other.vocabulary, assume_unique=True, return_indices=True)
        total = 1.0 + len(one) + len(other)
        idf, shared = [], []
        for grams, at, frequency in (
            (one, mine, other.frequency[theirs]),
            (other, theirs, one.frequency[mine]),
        ):
            known = grams.frequency.astype(np.float64)
            known[at] += frequency
            idf.append(np.log(total / (1 + known)) + 0.1)
            numbers = np.full(len(grams.vocabulary), -1, dtype=np.int32)
            numbers[at] = np.arange(len(at), dtype=np.int32)
            shared.append(numbers)
        return cls(one, other, (idf[0], idf[1]), (shared[0], shared[1]))

    def cosine(self) -> Matrix:
        """The cosine similarity of each text of `one` (rows) with each of `other` (columns), by the dampened counts of
        grams times their weights."""
        left, right = (self._dampened(grams, idf) for grams, idf in zip((self.one, self.other), self.idf, strict=True))
        return self._product(left, right)

    def containment(self, weighted: bool = True) -> tuple[Matrix, Matrix]:
        """Two matrices with a row for each text of `one` and a column for each text of `other`: which share (0..1) of
        the row's grams the column's text has, and which share of the column's grams the row's text has. Grams count by
        their weights, or all the same where not `weighted`."""
        if weighted:
            left, right = (
                grams_idf[grams.columns] for grams, grams_idf in zip((self.one, self.other), self.idf, strict=True)
            )
        else:
            left, right = np.ones(len(self.one.columns)), np.ones(len(self.other.columns))
        shared = self._product(left, np.ones_like(right))
        mine, theirs = self.one.sums(left), self.other.sums(right)
        return shared / np.maximum(mine, _MIN_DIVISOR)[:, None], shared / np.maximum(theirs, _MIN_DIVISOR)[None, :]

    @staticmethod
    def _dampened(grams: Grams, idf: Matrix) -> Matrix:
        """For each cell its dampened count times the weight of its gram (`idf`, by the gram's index in the vocabulary),
        so scaled that the vector of each text has length 1."""
        cells = grams.dampened * idf[grams.columns]
        lengths = np.sqrt(grams.sums(cells * cells))
        found: Matrix = cells / np.maximum(lengths, _MIN_DIVISOR)[grams.rows]
        return found

    def _product(self, left: Matrix, right: Matrix) -> Matrix:
        """The scalar product of each text of `one` with each of `other`; `left` and `right` have the values of the
        cells of the two sets.

        Grams that one set alone has give nothing, so those of both alone are multiplied.
        """
        return self._in_both(0, left).times(self._in_both(1, right))

    def _in_both(self, side: int, cells: Matrix) -> SparseRows:
        """A row for each text of one set (side 0 is `one`, 1 is `other`) and a column for each gram that both sets
        have, with the values that `cells` has for the cells of that set."""
        grams, numbers = (self.one, self.other)[side], self.shared[side]
        columns = numbers[grams.columns]
        both = columns >= 0
        starts = np.concatenate([[0], np.cumsum(np.bincount(grams.rows[both], minlength=len(grams)))])
        return SparseRows(cells[both], columns[both].astype(np.int64), starts, int(numbers.max(initial=-1)) + 1)


_MIN_DIVISOR = 1e-9
