"""HTTP: sockets, headers and bodies around `kg.serve.site`. Python's own server, a thread a connection."""

import os
import shutil
import socket
import socketserver
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from kg.config import __version__
from kg.errors import OutputError
from kg.rdf.sparql.pool import QueryPool
from kg.serve.answers import TEXT, Refusal, Reply
from kg.serve.guard import allowed_origin, check_caller
from kg.serve.protocol import MAX_BODY
from kg.serve.site import Site

__all__ = ["GraphServer"]

_ALWAYS = {
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept, Origin",
    "X-Content-Type-Options": "nosniff",
}


class GraphServer(ThreadingHTTPServer):
    """Serves an output folder; `serve_forever` until `shutdown`, then `server_close`.

    Args:
        out: the folder of a build.
        host: name or address to listen on.
        port: 0 for a free one; `address` says which.
        pool: answers the queries on the folder's graph.ttl.

    Raises:
        OutputError: the address cannot be had.
    """

    daemon_threads = True

    def __init__(self, out: Path, host: str, port: int, pool: QueryPool) -> None:
        self.host, self.site = host, Site(out, pool)
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            super().__init__((host, port), _Handler)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise OutputError(
                f"cannot listen on {host}, port {port}: {reason}; choose another --port (0 takes a free one) or --host"
            ) from None

    def server_bind(self) -> None:
        """Take the address without asking the network for its name, as the standard library's server does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.host, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Show where an error comes from; that a client has gone away is none."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def address(self) -> str:
        """The address of the query page."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    server: GraphServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = f"kg/{__version__}", ""
    error_content_type, error_message_format = TEXT, "%(message)s\n"
    timeout = 60.0  # seconds for which a connection may be silent

    def do_GET(self) -> None:
        try:
            check_caller(self.headers, self.server.host)
            body = self._body()
            address = urlsplit(self.path)
            method = "GET" if self.command == "HEAD" else self.command
            reply = self.server.site.answer(method, unquote(address.path), address.query, self.headers, body)
        except Refusal as refusal:
            reply = refusal.reply()
        except ValueError:
            reply = Refusal(400, "the address of the request cannot be read").reply()
        self._send(reply)

    do_HEAD = do_POST = do_OPTIONS = do_PUT = do_DELETE = do_PATCH = do_GET  # noqa: N815  (names of http.server)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: a library does not print."""

    def _body(self) -> bytes | None:
        """Read the body of a POST; after a refusal the connection is closed, for the rest of it was not read."""
        length = self.headers.get("Content-Length") or "0"
        if self.command != "POST" and length == "0":
            return None
        try:
            if self.headers.get("Transfer-Encoding"):
                raise Refusal(411, "the length of a request is said first, in Content-Length")
            if not (length.isascii() and length.isdigit()):
                raise Refusal(400, f"Content-Length {length[:20]!r} is no number")
            if self.headers.get("Content-Encoding"):
                raise Refusal(415, "a query comes as it is, not compressed")
            if len(length) > 18 or int(length) > MAX_BODY:
                raise Refusal(413, f"a query has at most {MAX_BODY} bytes, this one has {length[:20]}")
            return self._read(int(length))
        except Refusal:
            self.close_connection = True
            raise

    def _read(self, length: int) -> bytes:
        try:
            body = self.rfile.read(length)
        except TimeoutError:
            raise Refusal(408, f"the request did not arrive within {self.timeout:g} s") from None
        if len(body) < length:
            raise Refusal(400, f"the request ended after {len(body)} of {length} bytes")
        return body

    def _send(self, reply: Reply) -> None:
        try:
            with _opened(reply.body) as stream:
                self._send_head(reply, stream.seek(0, os.SEEK_END))
                stream.seek(0)
                if self.command != "HEAD":
                    shutil.copyfileobj(stream, self.wfile)
        except (ConnectionError, TimeoutError):
            self.close_connection = True  # who asked has gone away

    def _send_head(self, reply: Reply, length: int) -> None:
        self.send_response(reply.status)
        own = {"Content-Type": reply.type} if reply.type else {}
        sizes = {} if reply.status == 204 else {"Content-Length": str(length)}
        for name, value in {**_ALWAYS, **own, **sizes, **self._cors(), **reply.headers}.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def _cors(self) -> dict[str, str]:
        origin = allowed_origin(self.headers)
        if origin is None:
            return {}
        return {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": "Accept, Content-Type",
            "Access-Control-Expose-Headers": "KG-Cut, KG-Warning",
        }


def _opened(body: bytes | Path) -> BinaryIO:
    return BytesIO(body) if isinstance(body, bytes) else body.open("rb")
