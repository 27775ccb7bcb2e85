"""Which requests the server answers: by the Host header, the token and the key of forms; and the headers of every
answer."""

import ipaddress
import secrets
import socket
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.workbench.desk import language_of
from kg.workbench.settings import Settings
from ontology import words

TOKEN_COOKIE = "kg-token"  # the name of the cookie with the token
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; frame-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EMBEDDED_POLICY = (
    "frame-ancestors 'self'"  # the views' pages say the rest themselves, by hashes of their script and style
)
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Guard:
    """ASGI middleware that refuses requests with the host name of another server (DNS rebinding) and, where the
    settings have a token, requests without it. It adds headers for security to every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on to the application, or answers it with a refusal: 421 for another host's name, 401
        without the token. An address with ?token= is redirected to the same without it. Sets the language of messages
        to that of the request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        words.use(language_of(request))
        embedded = scope["path"].startswith("/embed/")

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                headers["Content-Security-Policy"] = EMBEDDED_POLICY if embedded else PAGE_POLICY
                headers["X-Frame-Options"] = "SAMEORIGIN" if embedded else "DENY"
            await send(message)

        if not host_allowed(request.headers.get("host", ""), self.settings):
            answer = PlainTextResponse("this name is not the server's: see kg serve --allow-host\n", 421)
            await answer(scope, receive, with_headers)
            return
        if self.settings.token and not scope["path"].startswith("/static/"):
            given = given_token(request)
            if given is None or not secrets.compare_digest(given.encode(), self.settings.token.encode()):
                refusal = PlainTextResponse(
                    "a token is needed: open the address that kg serve printed, or send "
                    "'Authorization: Bearer TOKEN'\n",
                    401,
                    {"WWW-Authenticate": 'Bearer realm="plan-kg"'},
                )
                await refusal(scope, receive, with_headers)
                return
            if "token" in request.query_params and request.method == "GET":
                await _without_token(request, given)(scope, receive, with_headers)
                return
        await self.app(scope, receive, with_headers)


def given_token(request: Request) -> str | None:
    """The token of a request: in its Authorization header, else as ?token= in its address, else in its cookie; None
    where it has none."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    return request.query_params.get("token") or request.cookies.get(TOKEN_COOKIE)


def _without_token(request: Request, token: str) -> RedirectResponse:
    """A redirect to the same address without ?token=; the token is put into a cookie."""
    rest = [(name, value) for name, value in parse_qsl(request.url.query) if name != "token"]
    answer = RedirectResponse(request.url.path + ("?" + urlencode(rest) if rest else ""), 303)
    answer.set_cookie(TOKEN_COOKIE, token, httponly=True, samesite="strict")
    return answer


def host_allowed(header: str, settings: Settings) -> bool:
    """Whether a Host header names this server: by a name of this computer for itself (localhost), by the host or one of
    the other names in the settings; where the server listens to other computers, also by an IP address or the
    computer's name.

    A page of another site reaches a server here only under that site's name.
    """
    try:
        name = urlsplit("//" + header).hostname or ""
    except ValueError:
        return False
    if name in LOOPBACK or name == settings.host.lower() or name in {host.lower() for host in settings.hosts}:
        return True
    if settings.host in LOOPBACK:
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name == socket.gethostname().lower()
    return True


def same_site(headers: Headers) -> bool:
    """Whether a form was sent by a page of this server, by the headers Sec-Fetch-Site and Origin; True where the
    browser sends neither."""
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def form_key_holds(given: str, settings: Settings) -> bool:
    """Whether `given` is the key that the forms of this server's pages contain."""
    return secrets.compare_digest(given.encode("utf-8", "replace"), settings.form_key.encode())
