"""The application: which function answers which address."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.workbench import api, protocol, terms
from kg.workbench.desk import Desk, desk
from kg.workbench.pages import corrections, entities, home, lists, plan, questions, search, views
from kg.workbench.security import Guard
from kg.workbench.settings import Settings
from ontology.model.errors import KgError, Usage

ROUTES = [
    Route("/", home.home),
    Route("/search", search.search_page),
    Route("/plans", lists.plans),
    Route("/regions", lists.regions),
    Route("/departments", lists.departments),
    Route("/concepts", lists.concepts),
    Route("/policies", lists.policies),
    Route("/lists/{name}.{format}", lists.download),
    Route("/plan/{short}", plan.plan_page),
    Route("/plan/{short}/{tab}.{format}", plan.download),
    Route("/plan/{short}/{tab}", plan.plan_page),
    Route("/department", entities.department_page),
    Route("/department.{format}", entities.department_download),
    Route("/id/{path:path}", entities.dereference),
    Route("/resource", entities.resource),
    Route("/presets", questions.questions),
    Route("/presets/{name}.{format}", questions.download),
    Route("/presets/{name}", questions.question),
    Route("/views", views.views_page),
    Route("/views/{name}", views.view_page),
    Route("/embed/views/{name}", views.view),
    Route("/embed/concept", views.concept_view),
    Route("/embed/document/{short}", views.document),
    Route("/correct", corrections.correct, methods=["GET", "POST"]),
    Route("/correct/add", corrections.add, methods=["GET", "POST"]),
    Route("/corrections", corrections.corrections),
    Route("/corrections/undo", corrections.undo, methods=["POST"]),
    Route("/sparql", protocol.sparql, methods=["GET", "POST"]),
    Route("/cypher", protocol.cypher, methods=["GET"]),
    Route("/{query_language}/terms.json", terms.terms_of),
    Route("/api", api.overview),
    Route("/api/openapi.json", api.openapi),
    Route("/api/presets", api.presets),
    Route("/api/presets/{name}", api.run_preset),
    Route("/api/search", api.search),
    Mount("/static", StaticFiles(packages=[("kg.workbench", "static")])),
]


def workbench(settings: Settings) -> Starlette:
    """The ASGI application for the store of the settings. The processes that run queries are started at once, and ended
    when the server stops. Raises Refused where the store cannot be opened, and for a preset of the user's own that is
    wrong; Usage for a folder of presets that is missing, and a wrong address of the store."""
    state = Desk(settings)

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        """Ends the processes and closes the store when the server stops."""
        yield
        state.queries.close()
        state.library.close()

    app = Starlette(
        routes=ROUTES,
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers={KgError: _refused, HTTPException: _failed},
        lifespan=life,
    )
    app.state.desk = state
    return app


async def _refused(request: Request, error: Exception) -> Response:
    """The answer for an error of this program: status 400 for a wrong request (Usage), 409 for one that the store
    cannot answer (Refused)."""
    return _error_answer(request, str(error), 400 if isinstance(error, Usage) else 409)


async def _failed(request: Request, error: Exception) -> Response:
    """The answer for an HTTPException, with its status and message."""
    assert isinstance(error, HTTPException)
    return _error_answer(request, error.detail, error.status_code)


def _error_answer(request: Request, message: str, status: int) -> Response:
    """An answer with the message and the HTTP status: JSON for addresses that begin with /api/, a page in the language
    of the request for all others."""
    if request.url.path.startswith("/api/"):
        return api.problem(message, status)
    return desk(request).page(request, "error.html", status, message=message, code=status)
