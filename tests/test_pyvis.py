"""The hand-over to pyvis: loads nothing, runs nothing of a plan's text, keeps our positions."""

import io
import re
from dataclasses import dataclass
from typing import Any

import pytest
from views_rows import evil, sample

from exports import options as chosen
from exports import pyvis as module
from exports.views import VIEWS, GraphSheet, Selection

pytest.importorskip("pyvis")


@dataclass
class Store:
    """Stands for a store whose presets answer with the given rows."""

    rows: Any


@pytest.fixture(params=[sample, evil], ids=["sample", "evil"])
def written(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    rows = request.param()
    monkeypatch.setattr(module, "_rows", lambda store, selected: store.rows)
    out = io.BytesIO()
    module.pyvis(Store(rows), chosen.ExportSelection((), None, chosen.Options()), out)  # type: ignore[arg-type]
    return out.getvalue().decode()


def test_loads_nothing(written: str) -> None:
    assert not re.search(r"<(link|script)[^>]*\"(https?:)?//", written)


def test_no_markup_of_the_data(written: str) -> None:
    assert "<img src=x" not in written
    assert "</script><img" not in written
    assert "<b>“" not in written


def test_physics_off_and_all_nodes(written: str) -> None:
    sheet = VIEWS["graph"](sample(), Selection()).sheets[0]
    assert isinstance(sheet, GraphSheet)
    assert re.search(r'"physics":\s*\{\s*"enabled":\s*false', written)
    assert written.count('"shape": ') == len(sheet.nodes)
