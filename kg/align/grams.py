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

# Digits are left out: a lower plan that copies a policy measure states its own numbers.
_NO_LETTERS = re.compile(r"[\W\d_]+")
_CLAUSE_BOUNDARY = re.compile(rf"[{CLAUSE_ENDS}、,;:.!?\n]")
_CODE_POINT_BITS = 21  # bits of a code point
MIN_CLAUSE_LENGTH = 4  # letters


def letters(text: str) -> str:
    """The Chinese characters and letters of a text, without decimal digits, marks and white space (① and Ⅷ stay):
    '到2025年，建成3家。' -> '到年建成家'."""
    return _NO_LETTERS.sub("", text)


def clauses(text: str) -> list[str]:
    """The clauses of a text, as `letters`: what stands between line feeds and the marks of _CLAUSE_BOUNDARY, which are
    。！？；，：、 and the ASCII marks .,;:!? (so a decimal point divides too), but not …, —, brackets, quotation marks
    and blanks. Clauses of fewer than MIN_CLAUSE_LENGTH (4) letters are left out. '到2025年，建成（含改建）3家医院。' ->
    ['建成含改建家医院']."""
    parts = (letters(part) for part in _CLAUSE_BOUNDARY.split(text))
    return [part for part in parts if len(part) >= MIN_CLAUSE_LENGTH]


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of several texts. Each different gram of each text is a cell; the cells of text i are those from
    `starts[i]` up to `starts[i + 1]`, sorted by id.

    `vocabulary` has the ids of all grams, sorted, and `frequency` the number of texts that each is in. The other arrays
    have a value for each cell: `columns` the gram's index in the vocabulary, `rows` the text's index, `counts` how
    often the gram is in the text, and `dampened` 1 + log(count), by which repetitions count less. `len` is the number
    of texts."""

    vocabulary: Ids
    frequency: Ids
    columns: Columns
    rows: Columns
    counts: Matrix
    dampened: Matrix
    starts: Ids

    @classmethod
    def of(cls, texts: Iterable[str], sizes: Sequence[int], *, skip: bool = False) -> "Grams":
        """The n-grams of the letters (`letters`) of each text, of each length in `sizes`; none of a length for a text
        that is shorter. With `skip` also each pair of letters with one letter between, as if they stood together: a
        short form such as 医保 then has a pair in common with 医疗保险; none for a text of fewer than three letters."""
        ids: list[Ids] = [_NO_IDS]
        counts: list[Ids] = [_NO_IDS]
        starts = [0]
        for text in texts:
            points = code_points(text)
            grams = [gram_ids(points, size) for size in sizes]
            if skip:
                grams.append(points[:-2] << _CODE_POINT_BITS ^ points[2:])
            distinct, times = np.unique(np.concatenate(grams), return_counts=True)
            ids.append(distinct)
            counts.append(times)
            starts.append(starts[-1] + len(distinct))
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
        """For each text the sum of the values of its cells; `cells`, of one dimension, has a value for each cell of all
        texts. 0 for a text without grams."""
        total: Matrix = np.bincount(self.rows, weights=cells, minlength=len(self)).astype(np.float64, copy=False)
        return total


_NO_IDS: Ids = np.zeros(0, dtype=np.int64)


def code_points(text: str) -> Ids:
    """The code points of the letters (`letters`) of a text, in order."""
    return np.frombuffer(letters(text).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)


def gram_ids(points: Ids, size: int) -> Ids:
    """The id of each n-gram of `size` characters in a text, in order; none for a text of fewer. `points` are the text's
    code points. Different grams of up to three characters have different ids; for more an id is a 64-bit hash."""
    length = max(0, len(points) - size + 1)
    ids = points[:length].copy()
    for i in range(1, size):
        shifted = ids << _CODE_POINT_BITS if size <= 3 else ids * np.int64(0x9E3779B97F4A7C1)
        ids = shifted ^ points[i : i + length]
    return ids


@dataclass(frozen=True, slots=True)
class SparseRows:
    """A matrix of which few cells are not 0, with `width` columns: row i has the values `values[starts[i]:starts[i +
    1]]` in the columns `columns[starts[i]:starts[i + 1]]`. `len` is the number of rows.

    It is what SciPy calls a CSR matrix. One product of such matrices is all that this program needs of SciPy, which
    would take a quarter of the installation (docs/install.md)."""

    values: Matrix
    columns: Ids
    starts: Ids
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def times(self, other: "SparseRows") -> Matrix:
        """The product `self @ other.T` as a full matrix: a row for each row of this matrix and a column for each row of
        the other, which must be of the same width.

        The products of a cell are added in the order of the values of this matrix's row, so that the sums are the same
        on every machine."""
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


MAX_PRODUCTS = 1 << 20  # of two numbers, which are in memory at once: some 40 MB


@dataclass(frozen=True, slots=True)
class Weighted:
    """The n-grams of two sets of texts (`one`, `other`), weighted by how frequent they are in both sets together. `idf`
    has the weight of each gram of the vocabulary of `one` and of `other`. `shared` has for each gram of these its index
    (from 0) among the grams that both sets have, -1 where one set alone has it.

    Weights depend on the two sets alone: what is common in both (their field, set phrases) weighs little, and the
    result for a pair of plans does not change when other plans are added to the store.
    """

    one: Grams
    other: Grams
    idf: tuple[Matrix, Matrix]
    shared: tuple[Columns, Columns]

    @classmethod
    def of(cls, one: Grams, other: Grams) -> "Weighted":
        """The grams of two sets of texts, weighted over both. The weight of a gram is the inverse document frequency
        log((1 + N) / (1 + df)) + 0.1 (natural logarithm), where N is the number of texts of both sets and df the number
        of those that have it; so a gram of every text still counts a little."""
        _, mine, theirs = np.intersect1d(one.vocabulary, other.vocabulary, assume_unique=True, return_indices=True)
        total = 1.0 + len(one) + len(other)
        idf, shared = [], []
        for grams, at, frequency in (
            (one, mine, other.frequency[theirs]),
            (other, theirs, one.frequency[mine]),
        ):
            in_both = grams.frequency.astype(np.float64)
            in_both[at] += frequency
            idf.append(np.log(total / (1 + in_both)) + 0.1)
            numbers = np.full(len(grams.vocabulary), -1, dtype=np.int32)
            numbers[at] = np.arange(len(at), dtype=np.int32)
            shared.append(numbers)
        return cls(one, other, (idf[0], idf[1]), (shared[0], shared[1]))

    def cosine(self) -> Matrix:
        """The cosine similarity (0..1) of each text of `one` (rows) with each of `other` (columns), by the dampened
        counts of grams times their weights; 0 for a text without grams."""
        left, right = (self._dampened(grams, idf) for grams, idf in zip((self.one, self.other), self.idf, strict=True))
        return self._product(left, right)

    def containment(self, weighted: bool = True) -> tuple[Matrix, Matrix]:
        """Two matrices with a row for each text of `one` and a column for each text of `other`: which share (0..1) of
        the row's different grams the column's text has, and which share of the column's grams the row's text has; 0 for
        no grams. Grams count by their weights, or all the same where not `weighted`."""
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
        scaled: Matrix = cells / np.maximum(lengths, _MIN_DIVISOR)[grams.rows]
        return scaled

    def _product(self, left: Matrix, right: Matrix) -> Matrix:
        """The scalar product of each text of `one` (rows) with each of `other` (columns); `left` and `right` have a
        value for each cell of the two sets. Only grams that both sets have are multiplied, since the others add
        nothing."""
        return self._in_both(0, left).times(self._in_both(1, right))

    def _in_both(self, side: int, cells: Matrix) -> SparseRows:
        """A row for each text of one set (side 0 is `one`, 1 is `other`) and a column for each gram that both sets
        have, with the values of `cells`, which has one for each cell of that set (`Grams`), in their order."""
        grams, numbers = (self.one, self.other)[side], self.shared[side]
        columns = numbers[grams.columns]
        both = columns >= 0
        starts = np.concatenate([[0], np.cumsum(np.bincount(grams.rows[both], minlength=len(grams)))])
        return SparseRows(cells[both], columns[both].astype(np.int64), starts, int(numbers.max(initial=-1)) + 1)


_MIN_DIVISOR = 1e-9  # stands for 0
