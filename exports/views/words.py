"""The Chinese words of the pages: levels, roles and heading kinds, in the order in which the ontology lists them."""

from ontology import words

LEVELS = words.labels("level", "zh")
UNKNOWN_LEVEL = words.head("unclear", "zh")
ROLES = words.labels("role", "zh")
HEADINGS = words.labels("heading", "zh")


def properties(**values: object) -> tuple[tuple[str, str], ...]:
    """properties(文号="云府发〔2021〕3号", 发布=None) -> (("文号", "云府发〔2021〕3号"),); absent: left out."""
    return tuple((name, str(value)) for name, value in values.items() if value not in (None, ""))


def number(value: float | int) -> str:
    """98.0 -> '98', 0.5 -> '0.5'"""
    return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def amount(op: str | None, value: float | None, unit: str | None) -> str:
    """('>=', 100, '种') -> '≥100种'"""
    if value is None:
        return ""
    return f"{ {'>=': '≥', '<=': '≤', '=': '', '~': '约'}.get(op or '=', op) }{number(value)}{unit or ''}"
