"""A proxy that disturbs requests, as networks and busy clusters do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread

__all__ = ["BUSY", "Disturbance", "disturbing", "pass_on", "respond"]

Disturbance = Callable[[int, BaseHTTPRequestHandler], bool]
"""Takes the number of a bulk request, from 0, and its handler; returns whether it has handled the
request, so that the request is not passed on."""
BUSY = b'{"error": {"type": "rejected_execution_exception"}, "status": 429}'


@contextmanager
def disturbing(port: int, disturb: Disturbance) -> Iterator[int]:
    """Run a proxy for a node of a cluster; yields its port."""
    bulks = count()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def relay(self) -> None:
            if "_bulk" in self.path and disturb(next(bulks), self):
                return
            respond(self, *pass_on(self, port))

        do_GET = do_POST = do_PUT = do_DELETE = relay  # noqa: N815  # as the library has it

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as above
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def respond(request: BaseHTTPRequestHandler, status: int, data: bytes) -> None:
    """Answer a request with JSON."""
    request.send_response(status)
    request.send_header("content-type", "application/json")
    request.send_header("content-length", str(len(data)))
    request.end_headers()
    request.wfile.write(data)


def pass_on(request: BaseHTTPRequestHandler, port: int) -> tuple[int, bytes]:
    """Send a request to the node; return the status and the body of the response."""
    body = request.rfile.read(int(request.headers.get("content-length", 0)))
    connection = HTTPConnection("127.0.0.1", port)
    kind = {"content-type": request.headers.get("content-type", "application/json")}
    connection.request(request.command, request.path, body, kind)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, data
