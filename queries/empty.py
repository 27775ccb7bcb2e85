"""Why a preset gave no rows: which of its parameters matches nothing in the store."""

from collections.abc import Mapping

from ontology.model.store import Store
from queries.parameters import nearest
from queries.presets import Preset, preset

_NAMES = ("region", "plan", "file", "region_code")


def why_empty(asked: Preset, store: Store, given: Mapping[str, str]) -> str:
    """Which of the parameters matches nothing in the store, in one sentence: 'no plan of the store matches plan=云龄;
    did you mean 云岭省?'"""
    plans = preset("plans").run(store).of(_NAMES).rows
    if not plans:
        return "the store holds no plans: build it with 'kg build PATH…'"
    for name in ("plan", "region"):
        text = given.get(name)
        if text and any(p.name == name for p in asked.parameters) and not preset("plans").run(store, {name: text}).rows:
            names = {str(cell) for row in plans for cell in row if cell is not None}
            near = nearest(text, sorted(names))
            return f"no plan of the store matches {name}={text}" + (
                f"; did you mean {', '.join(near)}?" if near else ""
            )
    needed = {p.name for p in asked.parameters if p.required}
    alone = [
        f"{name}={text}"
        for name, text in given.items()
        if not asked.run(store, {key: given[key] for key in {name, *needed} if key in given}).rows
    ]
    if alone:
        return f"nothing in the store has {', '.join(alone)}"
    if len(given) > 1:
        return "each parameter by itself finds rows, all together find none: " + ", ".join(
            f"{name}={text}" for name, text in given.items()
        )
    return f"the {len(plans)} plans of the store hold nothing for preset {asked.name}"
