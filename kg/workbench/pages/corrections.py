"""The pages of corrections: a form for each fact, one for facts that were missed, and the list of what was
corrected."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.corrections import append, correction_files, file_for, folder_of, load
from kg.corrections.keys import FactKey, key_of, new_facts
from kg.corrections.states import STATE_COLUMNS, rows
from kg.corrections.values import CORRECTABLE_KINDS, settable
from kg.workbench.desk import Desk, desk, plan_address
from kg.workbench.pages.plan import plan_of
from kg.workbench.security import form_key_holds, same_site
from kg.workbench.settings import Settings
from kg.workbench.tables import sheet
from ontology.iris import last_segment
from ontology.model.corrections import Correction
from ontology.model.errors import KgError, Usage
from ontology.model.store import Table

MAX_FORM_BYTES = 100_000  # bytes of a form
NAME_COOKIE = "kg-name"  # the name of the cookie with the name of who corrects
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
            trouble = str(error)
    fields = [(name, key.was(name) or "") for name in settable(CORRECTABLE_KINDS[key.kind])]
    row = {**key.row, "plan_id": key.document}
    return state.page(
        request,
        "correct.html",
        400 if trouble else 200,
        key=key,
        row=row,
        fields=fields,
        given=form,
        trouble=trouble,
        name=_kept_name(request),
    )


def _changes(key: FactKey, form: Mapping[str, str]) -> list[Correction]:
    """The corrections that a filled-in form asks for. Where its `action` is remove, one that removes the fact, whatever
    its fields have. Else one for each field that can be set and that the form has as `field.NAME` with another value
    than the fact's, blanks around it aside: '' is equal to None, and takes the fact's value away where it has one.
    Raises Usage where nothing was changed or the form has no name (`by`)."""
    signed = _signed(form)
    if form.get("action") == "remove":
        return [Correction("remove", **key.members, **signed)]
    changes = []
    for name in settable(CORRECTABLE_KINDS[key.kind]):
        value = form.get(f"field.{name}", "").strip()
        if f"field.{name}" in form and value != (key.was(name) or ""):
            changes.append(
                Correction("set", **key.members, field=name, was=key.was(name), value=value or None, **signed)
            )
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
            trouble = str(error)
    return state.page(
        request,
        "add.html",
        400 if trouble else 200,
        plan=plan,
        kind=kind,
        kinds=list(CORRECTABLE_KINDS),
        fields=settable(CORRECTABLE_KINDS[kind]),
        given=form,
        trouble=trouble,
        name=_kept_name(request),
    )


def _additions(state: Desk, plan: str, kind: str, form: Mapping[str, str]) -> tuple[str, list[Correction]]:
    """The IRI of the document, and the corrections that a filled-in form asks for: one that adds a fact to the
    document, or for the kind Plan one for each value of the form, which sets a field of the plan (`new_facts`). The
    form has the `quote`, its offset as `at` (or nothing), and values of fields as `field.NAME`; fields that this kind
    cannot have are ignored, blanks around values dropped, and empty values left out. `plan` is the IRI of the document.
    Raises Usage for an offset that is no number, without a quote, without a value, and where the form has no name
    (`by`); Refused where its text does not have the quote or, for other kinds than Plan, has it several times and no
    offset is given."""
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
    """GET /corrections: the page that lists the corrections with their states, and has a form to undo one of them,
    chosen by its id from a list with the last one first. Those that were undone, and those that undo another, are not
    listed (`load`). Raises Refused for a file that cannot be read."""
    state = desk(request)
    every = load(_files(state))
    table = Table(STATE_COLUMNS, rows(state.library.store(), every))
    shown = table.of(["state", "action", "plan", "kind", "field", "was", "value", "quote", "by", "at", "why", "id"])
    open_ = [each.id for each in reversed(every)]
    return state.page(request, "corrections.html", sheet=sheet(shown, request), open=open_, name=_kept_name(request))


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
    records = state.library.store().records()
    folders = dict.fromkeys(folder_of(Path(record.path)) for record in records)
    return correction_files(state.settings.corrections, [folder / "." for folder in folders if folder.is_dir()])


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
    answer = state.page(
        request,
        "saved.html",
        made=corrections,
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
