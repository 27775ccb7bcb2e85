"""Why a Neo4j server cannot be reached, in words for the user who wrote the address, because the driver's messages are
vague."""

import socket
import ssl

BOLT_PORT = 7687
PROBE_SECONDS = 3.0  # for each of a few connections, after the driver has given up
# Bolt's magic number, and the versions that a client offers: 5.4, 4.4, no more.
# https://neo4j.com/docs/bolt/current/bolt/handshake/
HANDSHAKE = bytes.fromhex("6060b017 00000405 00000404 00000000 00000000")


def reason(scheme: str, host: str, port: int | None) -> str | None:
    """Why the Neo4j server at the host and port cannot be reached with this scheme ('bolt+s'), as a part of a sentence;
    None where it can. The reason is that there is no such host, that no connection to the port is made within
    PROBE_SECONDS (3) ('nothing listens at port 7687; …'), or what is wrong with the scheme or the port (`judged`): for
    that of the server's web pages, 7474, 'no Neo4j server listens there; …'. `port` is None or 0 for 7687. Connects to
    the server up to three times."""
    port = port or BOLT_PORT
    try:
        plain = _speaks_bolt(host, port, None)
        encrypted = _speaks_bolt(host, port, ssl._create_unverified_context())
        trusted = _speaks_bolt(host, port, ssl.create_default_context())
    except socket.gaierror:
        return f"there is no host {host}; check the address"
    except OSError:
        return f"nothing listens at port {port}; start the server, or check the address"
    return judged(scheme, plain=plain, encrypted=encrypted, trusted=trusted)


def judged(scheme: str, *, plain: bool, encrypted: bool, trusted: bool) -> str | None:
    """What is wrong with the scheme of an address, and what to write; None where the scheme fits the server. `plain`,
    `encrypted` and `trusted` say whether the server speaks Bolt without TLS, with TLS, and with TLS and a certificate
    that this computer trusts. One of the first two must hold; a scheme with + (bolt+s, neo4j+ssc) needs `encrypted`,
    one without + `plain`, one with +s also `trusted`. The first of these that does not hold, in this order, is what is
    wrong."""
    bare, _, security = scheme.partition("+")
    if not plain and not encrypted:
        return f"no Neo4j server listens there; its Bolt port is usually {BOLT_PORT}, not that of its web pages"
    if security and not encrypted:
        return f"the server has no TLS; write {bare}://"
    if not security and not plain:
        return f"the server asks for TLS; write {bare}+s://"
    if security == "s" and not trusted:
        return f"the server's certificate is not trusted; have it signed, or write {bare}+ssc:// to trust it unseen"
    return None


def _speaks_bolt(host: str, port: int, tls: ssl.SSLContext | None) -> bool:
    """Whether the server speaks Bolt at this port, over TLS where `tls` is given: it answers HANDSHAKE with a version,
    or with zeros where it has none of those offered. False where it closes the connection, answers something else or
    not within PROBE_SECONDS (3), has no TLS, or has a certificate that `tls` does not trust. Raises OSError where no
    connection is made within PROBE_SECONDS, its subclass socket.gaierror for an unknown host."""
    with socket.create_connection((host, port), PROBE_SECONDS) as connection:
        try:
            channel = tls.wrap_socket(connection, server_hostname=host) if tls else connection
            with channel:
                channel.sendall(HANDSHAKE)
                return channel.recv(4)[:2] == b"\0\0"  # the version that the server chose
        except OSError:
            return False
