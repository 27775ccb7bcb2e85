"""Runs the workbench until it is interrupted."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from kg.workbench.app import workbench
from kg.workbench.security import LOOPBACK
from kg.workbench.settings import Settings
from ontology.model.errors import Refused, Usage

GRACE_SECONDS = 3  # for answers that are on their way when the server is ended
MAX_HEAD_BYTES = 262_144  # bytes of a request's line and headers: a query may be in the address


def serve(settings: Settings, port: int, announce: Callable[[str], None]) -> None:
    """Runs the workbench until SIGINT, and returns when all is closed; answers on their way have GRACE_SECONDS (3)
    until then. SIGTERM closes it in the same way, and then ends the process. `announce` is called with its address
    (http://127.0.0.1:8765/) once connections are accepted. `port` 0 stands for any free port. Raises Usage where the
    host of the settings is none of LOOPBACK and no token is set, Refused where the port cannot be used, and what
    `workbench` raises, such as Refused where there is no store."""
    if settings.host not in LOOPBACK and not settings.token:
        raise Usage(
            f"--host {settings.host} lets other machines in: give --token (or $KG_TOKEN), a secret that they must send"
        )
    app = workbench(settings)
    listener = _listen(settings.host, port)
    name = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{name}:{listener.getsockname()[1]}/"
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        h11_max_incomplete_event_size=MAX_HEAD_BYTES,
        http="h11",
        ws="none",
        limit_concurrency=200,
    )
    announce(address)
    with suppress(KeyboardInterrupt), listener:  # uvicorn raises the signal again once all is closed
        asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the port (0 for any free one) of the host, a name or an IP address, which is taken for
    IPv6 where it contains a colon, else for IPv4. Raises Refused, with the reason that the system gives, where that is
    not possible."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError, TypeError) as error:  # also for no port, and a host that can be no name of the DNS
        listener.close()
        reason = (error.strerror if isinstance(error, OSError) else None) or error
        raise Refused(f"{host}:{port} cannot be listened on ({reason}): choose another --port") from None
    return listener
