"""The reason why a preset gave no rows, as a sentence for the user: most often a parameter that matches nothing in the
store."""

from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher

from ontology import words
from ontology.model.store import Store, Table
from queries.parameters import nearest
from queries.presets import Preset, preset

# So many plans are asked again for what else there is.
MAX_PLANS_FOR_HINTS = 500
# The most values of a column that are listed.
MAX_LISTED_VALUES = 12
# Presets whose rows `kg align` makes, and the one of them that has a row for every two plans compared.
ALIGNED = ("task-alignment", "coverage-gaps", "own-additions", "unmatched-tasks", "taken-up-elsewhere", "text-reuse")
_NOT_ALIGNED = "no two of these plans have been compared: run `kg align`; it compares plans that are related"
# Presets of plans of which one is above or before the other, and the one of all that were compared.
_ORDERED, _UNORDERED = ("coverage-gaps", "own-additions"), "unmatched-tasks"
_NAME_COLUMNS = ("region", "plan", "file", "region_code")
# What the query of a preset has that leaves out files whose plan another file holds too (include `counted`).
_LEAVES_OUT = "a kg:Duplicate ; kg:leftOut ?doc }"

Run = Callable[[Preset, Mapping[str, str]], Table]


def preset_runner(store: Store) -> Run:
    """The `run` of `why_empty`: a function that runs a preset on the store, with parameters as a user wrote them, by
    name, and returns the table of its rows (`Preset.run`)."""
    return lambda queried, values: queried.run(store, values)


def why_empty(queried: Preset, run: Run, values: Mapping[str, str]) -> str:
    """Why the preset `queried` finds no rows for the parameters `values`, in one sentence for the user: 'no plan of the
    store matches plan=云龄省; did you mean 云岭省?' To be called only where it found none. The reason is the first of
    these that holds:

    - the store has no plans;
    - the value of `plan` or `region`, where the preset takes it, matches no plan of the store; names spelled nearly
      alike are added;
    - the preset leaves out files whose plan another file holds too, and `plan` names such files only;
    - the preset is one of those whose rows `kg align` makes (ALIGNED), and it has compared no plans;
    - it is of plans of which one is above or before the other (_ORDERED), and of some that were compared that is not
      known;
    - one or more parameters find nothing even if each is given alone, with the required ones only; what the store has
      in place of the first of them (`_instead`) is added where the store has at most MAX_PLANS_FOR_HINTS (500) plans;
    - each of several parameters finds rows by itself, but all together find none;
    - the plans hold nothing of the kind.

    `run` returns the rows of a preset for some parameters: `preset_runner(store)`, or one that keeps what it was asked
    before.
    """
    plans_preset = preset("plans")
    plans = run(plans_preset, {}).of(_NAME_COLUMNS).rows
    if not plans:
        return "the store holds no plans: build it with 'kg build PATH…'"
    for name in ("plan", "region"):
        text = values.get(name)
        if text and any(p.name == name for p in queried.parameters) and not run(plans_preset, {name: text}).rows:
            names = {str(cell) for row in plans for cell in row if cell is not None}
            near = nearest(text, sorted(names))
            return f"no plan of the store matches {name}={text}" + (
                f"; did you mean {words.listed(near)}?" if near else ""
            )
    if values.get("plan") and (instead := _counted_instead(queried, run, values["plan"])):
        return instead
    if queried.name in ALIGNED and not run(preset("text-reuse"), {}).rows:
        return _NOT_ALIGNED
    if queried.name in _ORDERED and any(
        row[0] is None for row in run(preset(_UNORDERED), values).of(["position"]).rows
    ):
        return f"of these plans it is not known which is above or before the other: see preset {_UNORDERED}"
    needed = {p.name for p in queried.parameters if p.required}
    alone = [
        name for name in values if not run(queried, {key: values[key] for key in {name, *needed} if key in values}).rows
    ]
    if alone:
        what = f"preset {queried.name} finds nothing for {words.listed(f'{name}={values[name]}' for name in alone)}"
        return what + (_instead(queried, run, values, alone[0]) if len(plans) <= MAX_PLANS_FOR_HINTS else "")
    if len(values) > 1:
        return "each parameter by itself finds rows, all together find none: " + words.listed(
            f"{name}={text}" for name, text in values.items()
        )
    return f"the {len(plans)} plans of the store hold nothing for preset {queried.name}"


def _counted_instead(queried: Preset, run: Run, plan: str) -> str | None:
    """The message where all files that the parameter `plan` names are left out by the preset because another file holds
    their plan too: 'a.pdf holds the same plan as b.docx, which counts in its place: ask for plan=b.docx'. None where
    the preset leaves none out (_LEAVES_OUT), and where `plan` names other files too. `run` returns the rows of a preset
    for some parameters."""
    if queried.name not in ALIGNED and _LEAVES_OUT not in (queried.sparql or ""):
        return None
    named = {row[0] for row in run(preset("plans"), {"plan": plan}).of(("plan_id",)).rows}
    left_out = run(preset("duplicates"), {"plan": plan}).of(("plan_id", "file", "used")).rows
    if not left_out or named - {row[0] for row in left_out}:
        return None
    _, file, used = left_out[0]
    return f"{file} holds the same plan as {used}, which counts in its place: ask for plan={used}"


def _instead(queried: Preset, run: Run, values: Mapping[str, str], name: str) -> str:
    """The end of the message on the parameter `name` of `values`, with which the preset finds nothing: what the store
    has in place of this value. That is read from the column `name`, else due_NAME, else NAME_label, of the rows that
    the preset finds for the other `values`, with '' in place of the value of each required parameter, also of `name`.
    `run` returns the rows of a preset for some parameters.

    A string whose parameter names no list gives '; did you mean …?' with the names spelled nearly alike, else with
    those that share most (`sharing`). Where there are none, and for other parameters, the result is '; it has …' with
    all names, if they are 1 to MAX_LISTED_VALUES (12), else ''. It is '' too where there is no such column.
    """
    free = {p.name: "" for p in queried.parameters if p.required}
    table = run(queried, {key: text for key, text in values.items() if key != name} | free)
    column = next((c for c in (name, f"due_{name}", f"{name}_label") if c in table.columns), None)
    if column is None:
        return ""
    names = sorted({str(row[0]) for row in table.of((column,)).rows if row[0] is not None})
    parameter = next(p for p in queried.parameters if p.name == name)
    if isinstance(parameter.values, str):
        names = [str(words.value(parameter.values, value)) for value in names]
    elif parameter.type == "string" and (near := nearest(values[name], names) or sharing(values[name], names)):
        return f"; did you mean {words.listed(near)}?"
    return f"; it has {words.listed(names)}" if 0 < len(names) <= MAX_LISTED_VALUES else ""


def sharing(written: str, names: Iterable[str]) -> list[str]:
    """Up to three of the names that contain more than half of `written` in one piece, those with the longest piece
    first, then the shortest names, then by name: 参保绿 -> 居民参保率. Empty where `written` has one character or
    none."""

    def shared(name: str) -> int:
        return SequenceMatcher(None, written, name, autojunk=False).find_longest_match().size

    ranked = [
        (-shared(name), len(name), name) for name in names if shared(name) * 2 > len(written) and len(written) > 1
    ]
    return [name for _, _, name in sorted(ranked)[:3]]
