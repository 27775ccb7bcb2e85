"""Which requests the server answers: by the Host header, the token and the key of forms; and the headers of every
answer."""

import ipaddress
import secrets
import socket
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
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
    settings have a token, requests without it. It adds headers for security (SECURITY_HEADERS, a content security
    policy) to every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers an HTTP request by `_refusal`, or where that is None passes it on to the application; sets the
        language of messages to that of the request. The answer gets SECURITY_HEADERS, as far as the application has not
        set them, Content-Security-Policy and X-Frame-Options; below /embed/ the last two allow frames of this server.
        What is no HTTP request is passed on as it is."""
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

        await (self._refusal(request) or self.app)(scope, receive, with_headers)

    def _refusal(self, request: Request) -> Response | None:
        """The answer that a request gets in place of the application's; None where the application is to answer. It is
        421 where the Host header names another server.

        Where the settings have a token and the address is not below /static/, it is 401 for a request without the token
        or with another one (`token_of`), else for a GET with ?token= in its address a redirect to the same address
        without that (`_without_token`)."""
        if not host_allowed(request.headers.get("host", ""), self.settings):
            return PlainTextResponse("this name is not the server's: see kg serve --allow-host\n", 421)
        if not self.settings.token or request.scope["path"].startswith("/static/"):
            return None
        token = token_of(request)
        if token is None or not secrets.compare_digest(token.encode(), self.settings.token.encode()):
            return PlainTextResponse(
                "a token is needed: open the address that kg serve printed, or send 'Authorization: Bearer TOKEN'\n",
                401,
                {"WWW-Authenticate": 'Bearer realm="plan-kg"'},
            )
        if "token" in request.query_params and request.method == "GET":
            return _without_token(request, token)
        return None


def token_of(request: Request) -> str | None:
    """The token that a request has: where its Authorization header is of the scheme Bearer, the token there, even an
    empty one; else ?token= in its address, where that is missing or empty its cookie TOKEN_COOKIE; None where it has
    none."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    return request.query_params.get("token") or request.cookies.get(TOKEN_COOKIE)


def _without_token(request: Request, token: str) -> RedirectResponse:
    """A redirect (303) to the same address without its parameter `token`; the token is put into the cookie
    TOKEN_COOKIE, which scripts cannot read."""
    parameters = [
        (name, value) for name, value in parse_qsl(request.url.query, keep_blank_values=True) if name != "token"
    ]
    answer = RedirectResponse(request.url.path + ("?" + urlencode(parameters) if parameters else ""), 303)
    answer.set_cookie(TOKEN_COOKIE, token, httponly=True, samesite="strict")
    return answer


def host_allowed(header: str, settings: Settings) -> bool:
    """Whether a Host header names this server: by a name of this computer for itself (LOOPBACK: localhost, 127.0.0.1,
    ::1), by `host` or one of `hosts` of the settings; where `host` is not of LOOPBACK, so that other computers are
    served, also by any IP address or by this computer's name. Upper and lower case do not count, nor what stands beside
    the host: a port, anything up to @ or from / on. An empty header and one with a bracket that is not closed name
    none.

    A page of another site can make a browser send requests here only under that site's name.
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
    """Whether a form was sent by a page of this server, or by hand: the header Sec-Fetch-Site is same-origin or none,
    and Origin names exactly the host and port that the header Host has. A header of these two that is missing says
    nothing against it."""
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    try:
        return origin is None or urlsplit(origin).netloc == headers.get("host")
    except ValueError:  # a bracket that is not closed: http://[
        return False


def form_key_holds(key: str, settings: Settings) -> bool:
    """Whether `key` is the one that the forms of this server's pages contain."""
    return secrets.compare_digest(key.encode("utf-8", "replace"), settings.form_key.encode())
