"""What is made from the declaration is what the declaration says."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def generated() -> dict[Path, str]:
    spec = importlib.util.spec_from_file_location("generate_ontology", ROOT / "tools" / "generate_ontology.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[Path, str] = module.generated()
    return found


@pytest.mark.parametrize("path", list(generated()), ids=lambda path: path.name)
def test_a_generated_file_is_up_to_date(path: Path) -> None:
    assert path.read_text("utf-8") == generated()[path], "run `make ontology`"
