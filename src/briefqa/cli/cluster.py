"""`briefqa index` where the index is on a cluster."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import SimpleNamespace

from briefqa.cli.exit_codes import TROUBLE
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


def _client(where: str) -> Client:
    return Client(parse_address(where, os.environ))


def _build(where: str, paths: Sequence[str], options: SimpleNamespace) -> int:
    if not paths:
        raise UsageError("name the PATHs that the index on the cluster is to be built of")
    client = _client(where)
    with showing_progress() as progress:
        built = build(
            client,
            tuple(paths),
            options.max_size,
            shape=Shape(options.shards, options.replicas),
            rebuild=options.rebuild,
            progress=progress,
        )
    for problem in built.problems:
        complain(str(problem))
    write([f"sent       {built.sent:,} documents\n", f"removed    {built.removed:,} documents\n"])
    write(_described(status(client)))
    return TROUBLE if built.problems else DONE


def _status(where: str, paths: Sequence[str], options: SimpleNamespace) -> int:
    _refuse(paths)
    found = status(_client(where))
    write(_described(found))
    return DONE if found.is_whole else NOT_WHOLE


def _clear(where: str, paths: Sequence[str], options: SimpleNamespace) -> int:
    from briefqa.cli.index import cleared

    _refuse(paths)
    write([cleared(clear(_client(where)))])
    return DONE


CLUSTER_ACTIONS: Mapping[str, Callable[[str, Sequence[str], SimpleNamespace], int]] = {
    "build": _build,
    "status": _status,
    "clear": _clear,
}


def _refuse(paths: Sequence[str]) -> None:
    if paths:
        raise UsageError("an index on a cluster is looked at and cleared as a whole; name no PATH")


def _described(status: ClusterStatus) -> Iterator[str]:
    state = "complete" if status.is_whole else "a build was interrupted; run it again"
    yield f"index      {status.name}, {status.summary.shards} shards\n"
    yield f"state      {state}\n"
    yield f"documents  {status.summary.documents:,}\n"
    yield f"passages   {status.summary.passages:,}\n"
    yield f"size       {status.size:,} bytes\n"
