"""What annotations, which people made of plans, have to hold so that they can be scored."""

from typing import Any

# The schema of annotations: a dict stands for an object of JSON with these keys and perhaps others, where ? marks a key
# that may be missing or null; a list for a list whose members are as its one member; a type for a value of that type,
# `object` for any value and null.
SCHEMA: dict[str, Any] = {
    "doc?": str,
    "plan": {"title": object, "region": object, "period?": [object]},
    "region_chain": [object],
    "citations": [{"title": object, "relation": object}],
    "ignore?": {"targets?": [object], "responsibilities?": [object]},
}
# That of annotations with an outline, which have the other kinds of fact too.
OUTLINED_SCHEMA = SCHEMA | {
    "outline": [{"kind": object, "title": object, "parent": object}],
    "tasks": [{"title": object, "start": object}],
    "indicators": [{"name": object, "departments?": [object], "baseline?": {}, "target?": {}}],
    "observations?": [{"name": object, "values": {}}],
    "targets": [{"op": object, "value": object, "unit": object, "quote": object}],
    "assignments": [{"department": object, "canonical": str, "role": object, "quote": object}],
}
_NAMES: dict[type, str] = {dict: "object", list: "list", str: "text"}


def what_is_wrong(annotations: object) -> str | None:
    """The first thing in which the annotations of a plan, as Python reads them from JSON, are not as SCHEMA says, or
    OUTLINED_SCHEMA where they have the key `outline`, in words: 'tasks is missing', 'indicators[2].name is missing',
    'citations is no list'; None where there is none."""
    outlined = isinstance(annotations, dict) and "outline" in annotations
    return _difference(annotations, OUTLINED_SCHEMA if outlined else SCHEMA, "")


def _difference(value: object, schema: Any, place: str) -> str | None:
    """The first thing in which a value is not as its schema says, in words; None where there is none. `place` is where
    the value stands: 'indicators[2]', '' for the whole."""
    expected = schema if isinstance(schema, type) else type(schema)
    if not isinstance(value, expected):
        return f"{place or 'the whole'} is no {_NAMES[expected]}"
    if isinstance(schema, dict) and isinstance(value, dict):
        for marked, inner in schema.items():
            key = marked.removesuffix("?")
            below = f"{place}.{key}".removeprefix(".")
            if key == marked and key not in value:
                return f"{below} is missing"
            left_out = key != marked and value.get(key) is None
            if not left_out and (found := _difference(value[key], inner, below)):
                return found
    if isinstance(schema, list) and isinstance(value, list):
        for i, member in enumerate(value):
            if found := _difference(member, schema[0], f"{place}[{i}]"):
                return found
    return None
