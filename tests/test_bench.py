"""The benchmark's verdict: `make bench STRICT=1` fails where a ratio is worse than recorded by more than a third."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "bench"))
from cpu import growth_of
from run import Figures, main


def planted(figures: Figures, quick: bool) -> None:
    figures.add("load", 1.5, "times")
    figures.add("new", 9, "times")  # not recorded yet


def status_of(arguments: list[str], measure: Callable[[Figures, bool], None]) -> int:
    """The exit status of a benchmark that measures so."""
    try:
        main(arguments, measure)
    except SystemExit as error:
        return int(error.code or 0)
    return 0


@pytest.mark.parametrize(
    ("recorded", "options", "status"),
    [
        (1.5, ["--strict"], 0),
        (1.13, ["--strict"], 0),  # worse, by less than a third
        (1.12, ["--strict"], 1),
        (1.12, [], 0),
        (3, ["--strict"], 0),
    ],
)
def test_what_is_worse_by_more_than_a_third_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], recorded: float, options: list[str], status: int
) -> None:
    file = tmp_path / "recorded.json"
    file.write_text(json.dumps({"load": recorded}))
    assert status_of([*options, "--recorded", str(file)], planted) == status
    said = capsys.readouterr().out
    assert f"load: 1.50 (recorded: {recorded:.2f})" in said
    assert ("worse by more than a third: load" in said) == (recorded == 1.12)
    assert json.loads(file.read_text()) == {"load": recorded}


def test_figures_are_recorded(tmp_path: Path) -> None:
    file = tmp_path / "recorded.json"
    main(["--record", "--recorded", str(file)], planted)
    assert json.loads(file.read_text()) == {"load": 1.5, "new": 9}


@pytest.mark.parametrize(
    ("ratio", "options", "status"), [(1.3, ["--strict"], 0), (1.31, ["--strict"], 1), (1.31, [], 0)]
)
def test_what_is_above_what_is_allowed_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ratio: float, options: list[str], status: int
) -> None:
    """Also where nothing is recorded."""
    arguments = [*options, "--recorded", str(tmp_path / "recorded.json")]
    assert status_of(arguments, lambda figures, quick: figures.add("outline", ratio, "times", 1.3)) == status
    said = capsys.readouterr().out
    assert f"outline: {ratio:.2f} (at most 1.3) times" in said
    assert ("above what is allowed: outline 1.31 instead of 1.3" in said) == (ratio > 1.3)


def test_growth_is_measured_in_turn() -> None:
    """What takes the same time twice as often grows two times, within what a busy machine makes of it."""
    assert 1.5 < growth_of(lambda: sum(range(100_000)), lambda: sum(range(200_000))) < 2.7
