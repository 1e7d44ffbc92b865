"""A server that sends bytes in place of the answers of a cluster, or in the middle of them."""

import json
import re
import socket
from contextlib import suppress
from functools import cache
from threading import Thread

from briefqa.analysis.english import english_analyzer
from briefqa.engines.opensearch.schema import meta

__all__ = ["SENT", "fuzzing_cluster"]

SOUND_MAPPING = {
    "a-000001": {
        "mappings": {"_meta": {**meta(english_analyzer(), inherit_all=True), "state": "complete"}}
    }
}
SOUND_SEARCH = {
    "timed_out": False,
    "status": 200,
    "_shards": {"total": 1, "successful": 1, "failed": 0},
    "hits": {"total": {"value": 1}, "hits": [{"_source": {"stored": {
        "path": "a.txt", "title": "A", "headings": [], "parts": "", "page": None, "time": None,
        "date": None, "date_from": None, "lines": [1, 1], "span": [0, 10], "text": "They meet.",
    }}}]},
    "aggregations": {"passages": {"value": 1.0}, "length": {"value": 5.0}},
    "suggest": {"near": []},
}  # fmt: skip
"""What a cluster sends."""
SENT = [b""]
"""What the server has to send in place of an answer, or in the middle of one."""


@cache
def fuzzing_cluster() -> int:
    """Start a server that answers as a cluster does, but for what is sent; return its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                request = connection.recv(65_536)
                length = re.search(rb"(?i)content-length: *(\d+)", request)
                while length and len(request.partition(b"\r\n\r\n")[2]) < int(length[1]):
                    more = connection.recv(65_536)
                    if not more:
                        break
                    request += more
                connection.sendall(_response(request, SENT[0][:1], SENT[0][1:]))

    Thread(target=serve, daemon=True).start()
    port: int = listening.getsockname()[1]
    return port


def _response(request: bytes, kind: bytes, sent: bytes) -> bytes:
    """Return what is sent, as a response, as its body, or in the middle of a sound body."""
    if kind < b"\x20":
        return sent
    is_search = b"/_msearch" in request
    body = _sound_body(request) if is_search else json.dumps(SOUND_MAPPING).encode()
    if is_search == (ord(kind) % 2 == 0):
        place = int.from_bytes(sent[:2], "little") % len(body)
        body = sent if kind < b"\x60" else body[:place] + sent[2:] + body[place + len(sent[2:]) :]
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n"
    return head + b"content-length: %d\r\n\r\n" % len(body) + body


def _sound_body(request: bytes) -> bytes:
    searches = request.partition(b"\r\n\r\n")[2].count(b"\n") // 2
    return json.dumps({"responses": [SOUND_SEARCH] * searches}).encode()
