"""The pages of corrections: a form for each fact, one for facts that were missed, and the list of what was
corrected."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from exports.people import COMPARATOR_SIGNS
from kg.corrections import append, correction_files, file_for, load
from kg.corrections.forms import Form, form_of
from kg.corrections.keys import FactKey, WrongValue, key_of, new_facts
from kg.corrections.states import STATE_COLUMNS, rows
from kg.corrections.values import CORRECTABLE_KINDS, settable
from kg.workbench import words
from kg.workbench.desk import Desk, desk, language_of, plan_address
from kg.workbench.pages.plan import plan_of
from kg.workbench.security import form_key_holds, same_site
from kg.workbench.settings import Settings
from kg.workbench.tables import sheet
from kg.workbench.waiting import folders_of_files
from kg.workbench.words import Language
from ontology.iris import last_segment
from ontology.messages import translated
from ontology.model.corrections import Correction
from ontology.model.errors import KgError, Usage
from ontology.model.store import Table

MAX_FORM_BYTES = 100_000  # bytes of a form
# How the values of a field are written, by its form.
HINTS: dict[Form, str] = {
    "number": "数字，如 12.5",
    "year": "年份，如 2025",
    "month": "年份或年月，如 2025、2025-06",
    "day": "日期，如 2025-06-30",
    "years": "起止年份，如 2021-2025",
    "several": "多项之间用、分隔",
    "region": "地区全称，如 四川省成都市",
}
NAME_COOKIE = "kg-name"  # the name of the cookie with the name of who corrects
# Of the list of corrections; new_value is the value that a correction gives.
LISTED_COLUMNS = (
    "state", "action", "plan", "kind", "field", "was", "new_value", "quote", "by", "at", "why", "id",
)  # fmt: skip
MAX_KEPT_NAME_LENGTH = 100  # characters of a name that the cookie keeps


async def correct(request: Request) -> Response:
    """GET /correct?fact=IRI: the form that corrects a fact; POST: writes the corrections of a filled-in form to their
    file, or shows the form again with what is wrong with it. Raises Refused for an id that is none of a fact that can
    be corrected, and where the file cannot be written; HTTPException as `_form` does for a form that is too long (413),
    not UTF-8 (400) or not of this server (403)."""
    state = desk(request)
    fact = request.query_params.get("fact", "")
    form = await _form(request, state.settings) if request.method == "POST" else {}
    return await run_in_threadpool(_correct, request, state, fact, form)


def _correct(request: Request, state: Desk, fact: str, form: Mapping[str, str]) -> Response:
    """For an empty `form`, the page with the form that corrects the fact with this IRI. Else writes the corrections
    that the filled-in form asks for (`_changes`), and returns the page that says so (`_saved`); where one of these two
    raises Usage, the form again, with the message and status 400. Raises Refused for an id that is none of a fact
    that can be corrected, and where the file cannot be written."""
    key = key_of(state.library.store(), fact)
    trouble = None
    if form:
        try:
            return _saved(request, state, key.document, _changes(key, form), form)
        except Usage as error:
            trouble = error
    values = {name: key.was(name) or "" for name in settable(CORRECTABLE_KINDS[key.kind])}
    row = {**key.row, "plan_id": key.document}
    return state.page(
        request,
        "correct.html",
        400 if trouble else 200,
        key=key,
        row=row,
        fields=_fields(key.kind, values, form, trouble, language_of(request)),
        given=form,
        trouble=_said(trouble, key.kind, language_of(request)),
        name=_kept_name(request),
    )


def _fields(
    kind: str, values: Mapping[str, str], form: Mapping[str, str], trouble: KgError | None, language: Language
) -> list[dict[str, Any]]:
    """What the page's form has for each field of a kind ('Target'), whose `values` (by field, as people write them) the
    store has, by the names that the template uses: `name`, `title`, `now` (the value in words), `given` (what the
    filled-in `form` has, else the value), `choices` (of a closed list, as (value, label), with an empty one where the
    field may be empty or the fact is not there yet), `hint` (Chinese words of HINTS, None for none), `number` (whether
    digits alone are typed), `required`, and `wrong` (whether `trouble` is about it)."""
    fields = []
    for name, now in values.items():
        of = form_of(CORRECTABLE_KINDS[kind], name)
        choices = [(key, _label(of.list_name, key, language)) for key in of.choices]
        if choices and (of.empty or not now):
            choices.insert(0, ("", ""))
        fields.append(
            {
                "name": name,
                "title": words.column(name, language),
                "now": _label(of.list_name, now, language),
                "given": form.get(f"field.{name}", now),
                "choices": choices,
                "hint": HINTS.get(of.form),
                "number": of.form in ("number", "year"),
                "required": of.required,
                "wrong": isinstance(trouble, WrongValue) and trouble.field == name,
            }
        )
    return fields


def _label(list_name: str | None, value: str, language: Language) -> str:
    """A value of a closed list in words, a comparator with its sign: ('role', 'lead', 'zh') -> '牵头', ('op', '>=',
    'zh') -> '≥ 不低于'; the value itself for no list, and where the list does not have it."""
    label = words.value(list_name, value, language) if list_name else value
    return f"{COMPARATOR_SIGNS.get(value, value)} {label}" if list_name == "op" and value else label


def _shown(kind: str | None, name: str | None, value: str | None, language: Language) -> str | None:
    """The value of the field `name` of a fact of a kind ('Target') in words (`_label`); unchanged for a kind or field
    that is not known, as a file that was not written by this program may have."""
    known = CORRECTABLE_KINDS.get(kind or "")
    if value is None or name is None or known is None or name not in settable(known):
        return value
    return _label(form_of(known, name).list_name, value, language)


def _said(trouble: KgError | None, kind: str, language: Language) -> str | None:
    """The message of an error in the language, None for no error. Of one about a field or a whole fact (`WrongValue`)
    the names of fields and of the `kind` ('Target') are in words: 数值 'abc' 不是数字."""
    if trouble is None:
        return None
    said = translated(str(trouble), language)
    if not isinstance(trouble, WrongValue):
        return said
    if trouble.field is not None:
        own = said.startswith(f"{trouble.field} ")
        return words.column(trouble.field, language) + said.removeprefix(trouble.field) if own else said
    titles = {name: words.column(name, language) for name in settable(CORRECTABLE_KINDS[kind])}
    titles[kind] = words.value("fact", kind, language)
    return re.sub(r"\w+", lambda word: titles.get(word[0], word[0]), said, flags=re.ASCII)


def _changes(key: FactKey, form: Mapping[str, str]) -> list[Correction]:
    """The corrections that a filled-in form asks for. Where its `action` is remove, one that removes the fact, whatever
    its fields have. Else one for each field that can be set and that the form has as `field.NAME` with another value
    than the fact's, blanks around it aside: '' is equal to None, and takes the fact's value away where it has one.
    Raises Usage where nothing was changed or the form has no name (`by`), WrongValue for a value that a build would not
    take (`FactKey.changes`)."""
    signed = _signed(form)
    if form.get("action") == "remove":
        return [Correction("remove", **key.members, **signed)]
    values = {
        name: form[f"field.{name}"].strip()
        for name in settable(CORRECTABLE_KINDS[key.kind])
        if f"field.{name}" in form and form[f"field.{name}"].strip() != (key.was(name) or "")
    }
    changes = [each for each in key.changes(values, signed) if each.value != each.was]
    if not changes:
        raise Usage("nothing was changed")
    return changes


async def add(request: Request) -> Response:
    """GET /correct/add?plan=SHORT&kind=KIND: the form for a missed fact of this kind (a key of CORRECTABLE_KINDS),
    Target where the address has none, in the plan whose document's IRI has SHORT as its last segment; POST: writes the
    corrections of a filled-in form to their file, or shows the form again with what is wrong with it. Raises
    HTTPException: 404 for an unknown plan, 400 for an unknown kind of fact, and as `_form` does for a form that is too
    long (413), not UTF-8 (400) or not of this server (403)."""
    state = desk(request)
    form = await _form(request, state.settings) if request.method == "POST" else {}
    return await run_in_threadpool(_add, request, state, form)


def _add(request: Request, state: Desk, form: Mapping[str, str]) -> Response:
    """For an empty `form`, the page with the form for a missed fact. Else writes the corrections that the filled-in
    form asks for (`_additions`), and returns the page that says so (`_saved`); where one of these two raises a KgError,
    the form again, with the message and status 400. The kind of the fact is that of the form, where that is missing or
    empty that of the address, else Target; the plan is that of the address. Raises HTTPException: 404 for an unknown
    plan, 400 for an unknown kind."""
    plan = plan_of(state.library, request.query_params.get("plan", ""))
    trouble = None
    kind = form.get("kind") or request.query_params.get("kind") or "Target"
    if kind not in CORRECTABLE_KINDS:
        raise HTTPException(400, f"no kind {kind}")
    if form:
        try:
            return _saved(request, state, *_additions(state, plan["plan_id"], kind, form), form)
        except KgError as error:
            trouble = error
    language = language_of(request)
    return state.page(
        request,
        "add.html",
        400 if trouble else 200,
        plan=plan,
        kind=kind,
        kinds=list(CORRECTABLE_KINDS),
        fields=_fields(kind, dict.fromkeys(settable(CORRECTABLE_KINDS[kind]), ""), form, trouble, language),
        given=form,
        trouble=_said(trouble, kind, language),
        name=_kept_name(request),
    )


def _additions(state: Desk, plan: str, kind: str, form: Mapping[str, str]) -> tuple[str, list[Correction]]:
    """The IRI of the document, and the corrections that a filled-in form asks for: one that adds a fact to the
    document, or for the kind Plan one for each value of the form, which sets a field of the plan (`new_facts`). The
    form has the `quote`, its offset as `at` (or nothing), and values of fields as `field.NAME`; fields that this kind
    cannot have are ignored, blanks around values dropped, and empty values left out. `plan` is the IRI of the document.
    Raises Usage for an offset that is no number, without a quote, without a value, and where the form has no name
    (`by`); WrongValue for a value that a build would not take, and where the kind needs more values; Refused where its
    text does not have the quote or, for other kinds than Plan, has it several times and no offset is given."""
    at = form.get("at", "").strip()
    if at and not (at.isascii() and at.isdigit()):
        raise Usage(f"{at!r} is no offset")
    quote = form.get("quote", "").strip()
    if not quote:
        raise Usage("a fact needs words that prove it")
    fields = {name: form.get(f"field.{name}", "").strip() for name in settable(CORRECTABLE_KINDS[kind])}
    values = {name: value for name, value in fields.items() if value}
    if not values:
        raise Usage("a fact needs a value of a field")
    return new_facts(state.library.store(), plan, kind, quote, int(at) if at else None, values, _signed(form))


def corrections(request: Request) -> Response:
    """GET /corrections: the page that lists the corrections with their states, the last one first, each with the time
    to the minute and a button that takes it back. Those that were undone, and those that undo another, are not listed
    (`load`). Raises Refused for a file that cannot be read."""
    state = desk(request)
    every = load(_files(state))
    known = Table(STATE_COLUMNS, rows(state.library.store(), every))
    language = language_of(request)
    listed = [
        (
            row["state"], row["action"], row["plan"], row["kind"],
            row["field"] and words.column(row["field"], language),
            _shown(row["kind"], row["field"], row["was"], language),
            _new_value(each, row["value"], language),
            row["quote"], row["by"], row["at"] and str(row["at"])[:16].replace("T", " "), row["why"], row["id"],
        )
        for row, each in zip(known.dicts(), every, strict=True)
    ]  # fmt: skip
    table = Table(LISTED_COLUMNS, listed[::-1])
    shown = sheet(table, request, lists=state.library.presets["corrections"].lists, undo="id")
    return state.page(request, "corrections.html", sheet=shown, name=_kept_name(request))


def _new_value(correction: Correction, value: str | None, language: Language) -> str | None:
    """What a correction gives, in words: the values of a fact that is added with the heads of their fields
    ('度量对象=占比；数值=60'), else that of its field; `value`, which has it as the file does, for a decision."""
    if not correction.values:
        return _shown(correction.kind, correction.field, value, language)
    parts = (
        f"{words.column(name, language)}={_shown(correction.kind, name, text, language)}"
        for name, text in correction.values.items()
    )
    return ("；" if language == "zh" else "; ").join(parts)


async def undo(request: Request) -> Response:
    """POST /corrections/undo: takes back the correction that the form names, and sends the browser to the list. Raises
    what `_undo` raises (Usage for a correction that is unknown or was undone already or without a name, Refused for a
    file that cannot be read or written), and HTTPException as `_form` does."""
    state = desk(request)
    form = await _form(request, state.settings)
    return await run_in_threadpool(_undo, state, form)


def _undo(state: Desk, form: Mapping[str, str]) -> Response:
    """Writes that the correction whose `id` the form has is undone into the first file that has it, and sends the
    browser to the list. Raises Usage where no file has it, or only as undone, and where the form has no name (`by`),
    Refused where a file cannot be read or written."""
    identity = form.get("id", "")
    for file in _files(state):
        if any(each.id == identity for each in load([file])):
            append(file, [Correction("undo", undoes=identity, **_signed(form))])
            return RedirectResponse("/corrections", 303)
    raise Usage(f"no correction {identity}")


def _files(state: Desk) -> list[Path]:
    """The files of corrections: those of the settings, where they name none those of $KG_CORRECTIONS, where that names
    none the existing corrections.jsonl in the folders of the loaded files and all folders below, as far as these are on
    this computer."""
    folders = [folder / "." for folder in folders_of_files(state) if folder.is_dir()]
    return correction_files(state.settings.corrections, folders)


def _saved(
    request: Request, state: Desk, document: str, corrections: Sequence[Correction], form: Mapping[str, str]
) -> Response:
    """Writes corrections of a document (IRI) to the first file that the settings name, else to the first of
    $KG_CORRECTIONS, else to corrections.jsonl beside the plan (`file_for`), and returns the page that says so. A cookie
    keeps the person's name (`by` of the form) for a year, so that forms have it filled in; of a name of more than
    MAX_KEPT_NAME_LENGTH (100) characters it keeps nothing, nor an earlier name. Raises Refused where the file cannot be
    written, Usage where no file is named and the plan's folder is not on this computer."""
    file = file_for(state.library.store(), document, state.settings.corrections)
    append(file, corrections)
    language = language_of(request)
    answer = state.page(
        request,
        "saved.html",
        made=[
            {
                "id": each.id,
                "action": each.action,
                "field": each.field,
                "was": _shown(each.kind, each.field, each.was, language),
                "value": _new_value(each, each.value, language),
            }
            for each in corrections
        ],
        file=str(file),
        back=plan_address(document),
        short=last_segment(document),
    )
    name = form.get("by", "").strip()
    kept = quote(name, safe="") if len(name) <= MAX_KEPT_NAME_LENGTH else ""
    answer.set_cookie(NAME_COOKIE, kept, max_age=31_536_000, samesite="strict", httponly=True)
    return answer


def _kept_name(request: Request) -> str:
    """The name of the person who corrects, as the cookie of an earlier correction keeps it (`_saved`); '' without a
    cookie."""
    return unquote(request.cookies.get(NAME_COOKIE, ""))


def _signed(form: Mapping[str, str]) -> dict[str, Any]:
    """The members of a correction that say who made it, when and why: `by` and `why` of the form, without blanks around
    them, and `at`, which is now, in UTC, to the second. `why` is None where that of the form is missing or
    blank. Raises Usage where `by` is."""
    by = form.get("by", "").strip()
    if not by:
        raise Usage("say who corrects it")
    return {"by": by, "at": datetime.now(UTC).isoformat(timespec="seconds"), "why": form.get("why", "").strip() or None}


async def _form(request: Request, settings: Settings) -> dict[str, str]:
    """The fields of a form that was sent, empty ones too, of several with one name the last. Raises HTTPException, the
    first that applies: 413 for more than MAX_FORM_BYTES (100,000), 400 where it is not UTF-8, 403 where the headers
    name another site (`same_site`) or `form_key` is not that of this server's pages."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FORM_BYTES:
            raise HTTPException(413, "the form is too long")
    try:
        form = dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True))
    except UnicodeDecodeError:
        raise HTTPException(400, "the form is not UTF-8") from None
    if not same_site(request.headers) or not form_key_holds(form.get("form_key", ""), settings):
        raise HTTPException(403, "the form was not sent by a page of this server; open it again")
    return form
