"""An HTTP server with scripted responses, for what a real cluster cannot be made to do."""

import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple

__all__ = ["Request", "Response", "StandIn", "standing_in"]


class Request(NamedTuple):
    """A request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def searches(self) -> int:
        """The number of searches in it."""
        return self.body.count(b"\n") // 2


class Response(NamedTuple):
    """A response: a status, and JSON or any other body; with status 0 the connection is closed."""

    status: int
    body: object


class StandIn(NamedTuple):
    """A running server.

    Attributes:
        port: the port that it listens on, on 127.0.0.1.
        requests: all requests received.
    """

    port: int
    requests: list[Request]


@contextmanager
def standing_in(
    answer: Callable[[Request], Response], tls: ssl.SSLContext | None = None
) -> Iterator[StandIn]:
    """Run a server."""
    requests: list[Request] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def respond(self) -> None:
            sent = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, self.path.partition("?")[0], headers, sent)
            requests.append(request)
            status, body = answer(request)
            if not status:
                self.close_connection = True
                return
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            kind = "text/html" if data.startswith(b"<") else "application/json"
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = respond  # noqa: N815  # as the library has it

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as above
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield StandIn(server.server_address[1], requests)
        finally:
            # Else its thread runs on, and takes the time of all tests that follow.
            server.shutdown()
