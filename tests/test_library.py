"""What the workbench keeps between requests: tables, pages, and what is known of columns, all within bounds."""

from kg.workbench.library import Cache, shared, size_of
from kg.workbench.measured import SELECTIONS, ColumnFacts, measured
from ontology.model.store import Table


def test_what_was_not_used_for_longest_is_dropped() -> None:
    kept = Cache(100)
    kept.put("a", 1, 40)
    kept.put("b", 2, 40)
    assert kept.get("a") == (1,)
    kept.put("c", 3, 40)
    assert (kept.get("a"), kept.get("b"), kept.get("c"), kept.bytes) == ((1,), None, (3,), 80)
    kept.put("c", 4, 60)
    assert (kept.get("c"), kept.bytes) == ((4,), 100)
    kept.put("large", 5, 1000)  # the last one stays, whatever its size: it is what is asked for now
    assert (kept.get("large"), kept.get("a"), kept.bytes) == ((5,), None, 1000)
    kept.put("d", 6, 1)
    assert (kept.get("large"), kept.get("d"), kept.bytes) == (None, (6,), 1)


def test_equal_texts_of_a_table_are_one_object() -> None:
    titles = ["青禾县规划", "".join(["青禾县", "规划"])]
    assert titles[0] is not titles[1]
    table, size = shared(Table(("plan", "n"), [(titles[0], 1), (titles[1], 2.0), (titles[0], True)]))
    assert table.rows == [(titles[0], 1), (titles[0], 2.0), (titles[0], True)]
    assert table.rows[0][0] is table.rows[1][0]
    assert [type(row[1]) for row in table.rows] == [int, float, bool]
    longer = shared(Table(("plan", "n"), [(f"{titles[0]}{n}", n) for n in range(3)]))[1]
    assert size < longer


def test_sizes_grow_with_what_is_kept() -> None:
    rows = [{"plan": f"规划{number}", "n": number} for number in range(1000)]
    assert size_of("字" * 1000) > 2000
    assert 700 < size_of(rows) / size_of(rows[:1]) < 1100
    assert size_of({"a": rows}) > size_of(rows)


def test_columns_of_a_table_are_looked_at_once() -> None:
    rows = [("一", 65.0, None, "read", None), ("二二", 3, None, "corrected", "a"), ("一", None, None, "read", "b")]
    table = measured(Table(("text", "number", "none", "origin", "many"), rows))
    assert measured(table) is table
    assert table.about is table.about
    assert table.about["text"] == ColumnFacts(2, True, False, True, ("一", "二二"))
    assert table.about["number"] == ColumnFacts(0, True, True, True, ("3", "65"))
    assert table.about["none"] == ColumnFacts(0, False, False, False, ())
    assert table.about["origin"] == ColumnFacts(9, True, False, True, ("corrected", "read"))
    assert not measured(Table(("origin",), [("read",), (None,)])).about["origin"].changed
    assert measured(Table(("many",), [(str(n),) for n in range(100)])).about["many"].values == ()


def test_the_last_selections_of_a_table_are_kept() -> None:
    asked = []
    table = measured(Table(("n",), [(n,) for n in range(10)]))

    def even() -> list[tuple[object, ...]]:
        asked.append("even")
        return [(0,), (2,)]

    assert table.selected("even", even) is table.selected("even", even)
    assert asked == ["even"]
    for number in range(SELECTIONS):
        table.selected(number, list)
    table.selected("even", even)
    assert asked == ["even", "even"]
