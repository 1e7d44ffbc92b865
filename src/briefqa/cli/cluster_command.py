"""`briefqa index` where the index is on a cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace

from briefqa.cli import ERROR
from briefqa.cli.open_documents import Scope
from briefqa.cli.progress import showing_progress
from briefqa.cli.streams import complain, write
from briefqa.engines.opensearch import (
    Client,
    ClusterStatus,
    Shape,
    build,
    clear,
    parse_address,
    status,
)
from briefqa.errors import UsageError

__all__ = ["CLUSTER_ACTIONS"]

DONE = 0
NOT_WHOLE = 1


def _build(scope: Scope, options: SimpleNamespace) -> int:
    if not scope.named:
        raise UsageError("name the PATHs that the index on the cluster is to be built of")
    client = _client(scope)
    with showing_progress() as progress:
        built = build(
            client,
            scope.named,
            scope.max_size,
            scope.selection,
            shape=Shape(options.shards, options.replicas),
            rebuild=options.rebuild,
            progress=progress,
        )
    for problem in built.problems:
        complain(str(problem))
    write([f"sent       {built.sent:,} documents\n", f"removed    {built.removed:,} documents\n"])
    write(_described(status(client)))
    return ERROR if built.problems else DONE


def _status(scope: Scope, options: SimpleNamespace) -> int:
    found = status(_client(scope))
    write(_described(found))
    return DONE if found.is_whole else NOT_WHOLE


def _clear(scope: Scope, options: SimpleNamespace) -> int:
    from briefqa.cli.index_command import removed

    return removed(clear(_client(scope)))


CLUSTER_ACTIONS: Mapping[str, Callable[[Scope, SimpleNamespace], int]] = {
    "build": _build,
    "status": _status,
    "clear": _clear,
}


def _client(scope: Scope) -> Client:
    return Client(parse_address(scope.where or "", os.environ))


def _described(status: ClusterStatus) -> Iterator[str]:
    state = "complete" if status.is_whole else "a build was interrupted; run it again"
    yield f"index      {status.name}, {status.summary.shards} shards\n"
    yield f"state      {state}\n"
    yield f"documents  {status.summary.documents:,}\n"
    yield f"passages   {status.summary.passages:,}\n"
    yield f"size       {status.size:,} bytes\n"
