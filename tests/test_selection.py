"""Presets for one plan choose its document first: the same rows, at a cost that does not grow with the corpus."""

import dataclasses
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from bench.copies import fill

from kg.stores import open_store
from ontology.model.store import Parameter, Store, Table
from queries.presets import Preset, presets
from queries.selection import batches, limited_to_documents, optional_last

SELECTIVE = {name: found for name, found in presets().items() if found.documents}


def asked(found: Preset, **given: str) -> dict[str, str]:
    """The values, with an example for each parameter that must be given."""
    needed = {p.name: str(p.example) for p in found.parameters if p.required}
    return {**needed, **given}


@pytest.mark.parametrize("name", SELECTIVE)
def test_the_cypher_form_matches_the_documents_first(name: str) -> None:
    text = limited_to_documents(SELECTIVE[name].cypher or "", "cypher")
    assert text.startswith("MATCH (d:Document) WHERE d.iri IN $documents\nMATCH ")


@pytest.mark.parametrize("name", SELECTIVE)
def test_the_rows_are_those_of_a_query_over_all_documents(name: str, store: Store) -> None:
    """By title, file name, region, id of the document, of the work and of the region, and by what nothing is named."""
    found = SELECTIVE[name]
    plain = dataclasses.replace(found, documents=())
    plan, file, region, work, plan_id, region_id = next(
        row
        for row in presets()["plans"]
        .run(store)
        .of(["plan", "file", "region", "policy_id", "plan_id", "region_id"])
        .rows
        if row[1] == "qinghe.txt"
    )
    cases = [
        (p, v) for p in found.documents for v in (plan, file, region, work, plan_id, region_id, "无此规划", "养老")
    ]
    for parameter, value in cases:
        given = asked(found, **{parameter: str(value)})
        assert found.run(store, given) == plain.run(store, given), given


@pytest.mark.parametrize("name", ["outline", "lineage", "plans", "facts"])
def test_a_limit_gives_the_first_rows(name: str, store: Store) -> None:
    whole = SELECTIVE[name].run(store)
    for limit in (1, 3, 40, 10_000):
        assert SELECTIVE[name].run(store, limit=limit).rows == whole.rows[:limit]


class Counting:
    """A store that counts the queries it is asked, and the rows that it answers with."""

    language = "sparql"

    def __init__(self, inner: Store) -> None:
        self.inner, self.rows = inner, 0

    def query(self, text: str, parameters: Mapping[str, Parameter] | None = None) -> Table:
        table = self.inner.query(text, parameters)
        self.rows += len(table.rows)
        return table


@pytest.fixture(scope="module")
def corpora(corpus_store: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The samples copied to 20 and to 200 plans."""
    folder = tmp_path_factory.mktemp("corpora")
    small, large = str(folder / "small.kg"), str(folder / "large.kg")
    for path, plans in ((small, 20), (large, 200)):
        with open_store(corpus_store) as source, open_store(path, write=True) as target:
            fill(source, target, plans)
    return small, large


@pytest.mark.parametrize("name", ["outline", "lineage-path", "responsibilities", "department-workload", "facts"])
def test_a_preset_for_one_plan_costs_the_same_in_a_corpus_ten_times_as_large(
    name: str, corpora: tuple[str, str]
) -> None:
    """In rows that the store hands over, exactly; in CPU time less than a third of what a scan of all would cost."""
    found, costs, rows = SELECTIVE[name], [], []
    for path in corpora:
        with open_store(path) as store:
            counting = Counting(store)
            given = asked(found, plan="青禾县")
            table = found.run(counting, given)  # type: ignore[arg-type]
            assert table.rows
            rows.append((counting.rows, table.rows))
            costs.append(min(_cpu(found, store, given) for _ in range(5)))
    assert rows[0] == rows[1]
    assert costs[1] < 3 * costs[0]


def _cpu(found: Preset, store: Store, given: dict[str, str]) -> float:
    start = time.process_time()
    found.run(store, given)
    return time.process_time() - start


def test_a_limit_reads_the_first_files_alone(corpora: tuple[str, str]) -> None:
    with open_store(corpora[1]) as store:
        counting = Counting(store)
        SELECTIVE["outline"].run(counting, limit=10)  # type: ignore[arg-type]
        assert counting.rows < 600  # of some 3,000: the list of files, and the headings of eight


# (block, what it becomes); a block whose meaning a move could change stays as it is
BLOCKS = [
    ("?d a ?c .\nOPTIONAL { ?d kg:n ?n }\n?d kg:m ?m .\n", "?d a ?c .\n?d kg:m ?m .\nOPTIONAL { ?d kg:n ?n }\n"),
    (
        "?d a ?c .\nOPTIONAL {\n  ?d kg:n ?n\n}\n?d kg:m ?m .\n",
        "?d a ?c .\n?d kg:m ?m .\nOPTIONAL {\n  ?d kg:n ?n\n}\n",
    ),
    ("?d a ?c .\nOPTIONAL { ?d kg:n ?n }\n?n kg:m ?m .\n", None),  # ?n would be required, not optional
    ("?d a ?c .\nOPTIONAL { ?d kg:n ?n }\nBIND(?n AS ?m)\n", None),
    ('?d kg:q "OPTIONAL { }" .\n?d kg:m ?m .\n', None),
    (
        "?d a ?c .\nOPTIONAL { ?d kg:n ?n }\nFILTER(?c != '}')\n?d kg:m ?m .\n",
        "?d a ?c .\nFILTER(?c != '}')\n?d kg:m ?m .\nOPTIONAL { ?d kg:n ?n }\n",
    ),
]


@pytest.mark.parametrize(("block", "expected"), BLOCKS)
def test_optional_patterns_go_last(block: str, expected: str | None) -> None:
    query = f"SELECT * WHERE {{ GRAPH ?doc {{\n{block}}} }}"
    assert optional_last(query) == (query if expected is None else query.replace(block, expected))


def test_documents_of_one_file_name_stay_in_one_batch() -> None:
    """Rows are in the order of file names, so that a limit may only fall between two of them."""
    documents = [("a", "1"), ("b", "2"), ("c", "2"), ("d", "2"), ("e", "3"), ("f", "4"), ("g", "5")]
    assert list(batches(documents, 2)) == [("a", "b", "c", "d"), ("e", "f", "g")]


def test_copies_are_plans_of_their_own(corpora: tuple[str, str]) -> None:
    with open_store(corpora[1]) as store:
        plans = presets()["plans"].run(store).of(["plan", "region", "file"]).rows
        assert len(plans) == 200
        own = [row for row in plans if not str(row[2]).endswith("literals.md")]  # the plan of literals.txt once more
        assert len({(plan, region) for plan, region, _ in own}) == len(own) > 150
    assert Path(corpora[1]).is_dir()
