"""What a query language cannot say: functions from a preset's rows to its final rows, named in preset headers."""

from collections.abc import Callable, Mapping
from typing import Any

from kg.model.store import Scalar

Row = dict[str, Any]
COMPUTE: dict[str, Callable[[list[Row], Mapping[str, Scalar]], list[Row]]] = {}
