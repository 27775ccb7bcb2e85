"""`kg view` on a store built from the samples."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from exports.views import FIGURES, VIEWS
from kg.cli import cli
from kg.cli.view import VIEW_TITLES
from ontology.model.errors import KgError, Refused, Usage

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("store") / "plans.kg")
    CliRunner().invoke(cli, ["build", str(SAMPLES), "--store", path, "--jobs", "1"], catch_exceptions=False)
    return path


@pytest.mark.parametrize("name", ["lineage", "tasks", "responsibilities", "indicators", "graph"])
def test_writes_a_page(store: str, tmp_path: Path, name: str) -> None:
    out = tmp_path / f"{name}.html"
    result = CliRunner().invoke(cli, ["view", name, "-o", str(out), "--store", store], catch_exceptions=False)
    assert result.exit_code == 0
    written = out.read_text("utf-8")
    assert written.startswith("<!DOCTYPE html>")
    assert "养老服务" in written


def test_every_view_and_figure_has_its_name() -> None:
    """The command line lists them without importing them."""
    assert set(VIEW_TITLES) == {*VIEWS, *FIGURES, "document", "all"}


def test_standard_output(store: str) -> None:
    args = ["view", "lineage", "-o", "-", "--store", store, "--plan", "青禾", "--depth", "1", "--relation", "basis"]
    result = CliRunner().invoke(cli, args, catch_exceptions=False)
    assert "青禾县" in result.output
    assert result.output.endswith("</html>\n")


@pytest.mark.parametrize(
    ("args", "error", "says"),
    [
        (["lineage", "--plan", "无此规划"], Refused, "no plan has '无此规划'"),
        (["lineage", "--region", "无此地"], Refused, "no region 无此地"),
        (["lineage", "--relation", "lead"], Usage, "one of basis, implements, issued, mentions"),
        (["tasks", "--relation", "basis"], Usage, "it draws none"),
    ],
)
def test_errors(store: str, tmp_path: Path, args: list[str], error: type[KgError], says: str) -> None:
    out = tmp_path / "page.html"
    result = CliRunner().invoke(cli, ["view", *args, "-o", str(out), "--store", store])
    assert isinstance(result.exception, error)
    assert says in str(result.exception)
    assert not out.exists()
