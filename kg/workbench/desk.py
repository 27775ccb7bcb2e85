"""What every page needs: the state of the application (`Desk`), the language of the page, and the addresses of pages,
which are paths on this server."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import quote, unquote, urlencode

from jinja2 import Environment, PackageLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse

from kg.workbench import words
from kg.workbench.library import Library
from kg.workbench.queries import Queries
from kg.workbench.settings import Settings
from kg.workbench.words import Language
from ontology.iris import DEFAULT_BASE, last_segment
from ontology.messages import translated
from ontology.namespaces import segment

LANGUAGE_COOKIE = "kg-lang"  # the name of the cookie with the reader's choice
NAVIGATION = (
    ("/", "首页"),
    ("/plans", "规划"),
    ("/regions", "地区"),
    ("/departments", "部门"),
    ("/concepts", "指标"),
    ("/policies", "政策"),
    ("/presets", "问题"),
    ("/views", "视图"),
    ("/corrections", "更正"),
    ("/sparql", "SPARQL"),
    ("/api", "程序接口"),
)


class Desk:
    """The state of the application: the settings, the store (`library`), the processes that run users' queries
    (`queries`), and the `templates` of pages. Raises Refused where the store cannot be opened, and for a preset of the
    user's own that is wrong; Usage for a folder of presets that is missing, and a wrong address of the store."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.library = Library(settings.store, settings.folders)
        self.queries = Queries(settings)
        self.templates = Environment(
            loader=PackageLoader("kg.workbench"), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        self.templates.globals.update(
            local=local, plan_address=plan_address, passage=passage_address, department=department_address
        )

    def page(self, request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """The page that a template makes, with this HTTP status, in the language of the request (`language_of`).
        `template` is the name of the template's file; it gets what all pages have (words, navigation, the key of forms)
        and `context`, which counts where both have a name. Where ?lang= is zh or en, a cookie keeps that language for a
        year."""
        language = language_of(request)
        variables = {
            "language": language,
            "t": partial(words.say, language=language),
            "value_of": partial(words.value, language=language),
            "column_of": partial(words.column, language=language),
            "kind_of": partial(words.value, "fact", language=language),
            "translated": partial(translated, language=language),
            "navigation": NAVIGATION + ((("/cypher", "Cypher"),) if self.library.language == "cypher" else ()),
            "path": request.url.path,
            "switch": same_address(request, lang="en" if language == "zh" else "zh"),
            "form_key": self.settings.form_key,
            **context,
        }
        answer = HTMLResponse(self.templates.get_template(template).render(variables), status)
        if request.query_params.get("lang") in words.LANGUAGES:
            answer.set_cookie(LANGUAGE_COOKIE, language, max_age=31_536_000, samesite="strict")
        return answer


def desk(request: Request) -> Desk:
    """The `Desk` of the application that serves the request."""
    state: Desk = request.app.state.desk
    return state


def language_of(request: Request) -> Language:
    """The language of the page: English where ?lang= is en, or where it is missing or empty and the cookie of an
    earlier choice says en; else Chinese."""
    choice = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    return "en" if choice == "en" else "zh"


def same_address(request: Request, **changes: str | int | None) -> str:
    """The path and query of the request's address, with other parameters: each name in `changes` is removed, however
    often it is there, and added at the end with its value, unless that is None. The other parameters keep their
    order."""
    items = [(name, value) for name, value in request.query_params.multi_items() if name not in changes]
    items += [(name, str(value)) for name, value in changes.items() if value is not None]
    return request.url.path + ("?" + urlencode(items) if items else "")


def local(iri: str) -> str:
    """The address, on this server, of the page of the thing with this IRI: 'https://…/id/region/100000中国' ->
    '/id/region/100000%E4%B8%AD%E5%9B%BD'; for an IRI of another base '/resource?iri=…'."""
    if not iri.startswith(DEFAULT_BASE):
        return "/resource?" + urlencode({"iri": iri})
    return "/id/" + quote(iri.removeprefix(DEFAULT_BASE), safe="/")


def iri_of(path: str) -> str:
    """The IRI of the thing whose page has this address, the inverse of `local`: `path` is the part after /id/ as it was
    sent, percent-encoded once or twice; what an IRI itself has encoded (`segment`) is so in the result.
    'region/100000%E4%B8%AD%E5%9B%BD' -> 'https://…/id/region/100000中国', 'policy/a%2520b' ->
    'https://…/id/policy/a%20b'."""
    return DEFAULT_BASE + "/".join(segment(unquote(unquote(part))) for part in path.split("/"))


def plan_address(document: str, tab: str = "") -> str:
    """The address of a plan's page, by the IRI of its document (its last segment, percent-encoded), at the tab with the
    key `tab`, '' for the first one: ('https://…/document/ab12', 'tasks') -> '/plan/ab12/tasks'."""
    return f"/plan/{quote(last_segment(document))}" + (f"/{tab}" if tab else "")


def compare_address(one: str, other: str) -> str:
    """The address of the page that shows two plans side by side, by the IRIs of their documents:
    '/views/compare?plan=…&plan=…'."""
    return "/views/compare?" + urlencode([("plan", one), ("plan", other)])


def department_address(name: str) -> str:
    """The address of the page of a department, by the name of its function (财政) or its own (县财政局): '民政' ->
    '/department?name=%E6%B0%91%E6%94%BF'."""
    return "/department?" + urlencode({"name": name})


def passage_address(row: Mapping[str, Any]) -> str | None:
    """The address of a row's evidence in the page of its document, by the columns `plan_id`, `start` and `end`:
    '/plan/ab12/document#c12-30' for 'https://…/document/ab12', 12 and 30. None where `start` or `end` is missing or
    None, or `plan_id` is no text, or empty."""
    document, start, end = row.get("plan_id"), row.get("start"), row.get("end")
    if not isinstance(document, str) or not document or start is None or end is None:
        return None
    return plan_address(document, "document") + f"#c{start}-{end}"
