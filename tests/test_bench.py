"""The benchmark's verdict: `make bench STRICT=1` fails where a ratio is worse than recorded by more than a third."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "bench"))
from run import Figures, main


def planted(figures: Figures, quick: bool) -> None:
    figures.add("load", 1.5, "times")
    figures.add("new", 9, "times")  # not recorded yet


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
    try:
        main([*options, "--recorded", str(file)], planted)
        ended = 0
    except SystemExit as error:
        ended = int(error.code or 0)
    assert ended == status
    said = capsys.readouterr().out
    assert f"load: 1.50 (recorded: {recorded:.2f})" in said
    assert ("worse by more than a third: load" in said) == (recorded == 1.12)
    assert json.loads(file.read_text()) == {"load": recorded}


def test_figures_are_recorded(tmp_path: Path) -> None:
    file = tmp_path / "recorded.json"
    main(["--record", "--recorded", str(file)], planted)
    assert json.loads(file.read_text()) == {"load": 1.5, "new": 9}
