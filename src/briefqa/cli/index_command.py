"""`briefqa index`: build, look at and clear indexes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from briefqa.cli import TROUBLE
from briefqa.cli.open_documents import Scope, open_assistant, scope_of
from briefqa.cli.parser import Parser
from briefqa.cli.streams import write
from briefqa.configuration import values_in_force
from briefqa.documents import Selection
from briefqa.errors import UsageError
from briefqa.index.cache_admin import IndexStatus, clear_index, clear_indexes, index_status
from briefqa.text_safety import sanitise_name

__all__ = ["index", "index_parser", "removed"]

DONE = 0
NOT_FRESH = 1

EXAMPLES = """\
  briefqa index build reports/           so that the first question is quick too
  briefqa index status reports/          is it there, and up to date?
  briefqa index clear                    remove all indexes; they are made again when needed
  briefqa index build reports/ --index https://search.example:9200/reports
"""


def index(arguments: Sequence[str]) -> int:
    """Run `briefqa index`.

    Args:
        arguments: what follows `index`.

    Returns:
        The exit code.

    Raises:
        BriefqaError: the command line, the output or a cluster is at fault.
    """
    options, words = index_parser().parse_anywhere(arguments)
    action = words.pop(0) if words and words[0] in ACTIONS else "build"
    scope = scope_of(options, words, values_in_force())
    if scope.cluster:
        from briefqa.cli.cluster_command import CLUSTER_ACTIONS

        return CLUSTER_ACTIONS[action](scope, options)
    if action == "clear" and not words and not options.collection:
        return removed(clear_indexes(scope.folder))
    return ACTIONS[action](scope)


def index_parser() -> Parser:
    """Return the parser of `briefqa index`."""
    parser = Parser(
        "index",
        ["[OPTIONS] [build|status|clear] [PATH ...]"],
        EXAMPLES,
        "0 done, or up to date; 1 no index, or out of date; 2 a usage or input error",
    )
    parser.add_choosing()
    parser.add_argument(
        "--rebuild",
        action="store_true",
        help="on a cluster: make a new index that replaces the old",
    )
    parser.add_argument(
        "--shards", metavar="N", type=_count, default=3, help="of a new index there (default 3)"
    )
    parser.add_argument(
        "--replicas", metavar="N", type=_count, default=1, help="of each shard there (default 1)"
    )
    return parser


def _count(value: str) -> int:
    if value.isascii() and value.isdigit() and len(value) <= 3:
        return int(value)
    raise UsageError(f"{value} is not a number from 0 to 999")


def _build(scope: Scope) -> int:
    assistant = open_assistant(scope)
    if assistant is None:
        return TROUBLE
    found = index_status(*_meant(scope))
    write(_described(found))
    if assistant.problems:
        return TROUBLE
    return DONE if found else NOT_FRESH


def _status(scope: Scope) -> int:
    found = index_status(*_meant(scope))
    write(_described(found))
    return DONE if found and found.fresh else NOT_FRESH


def _clear(scope: Scope) -> int:
    return removed(int(clear_index(*_meant(scope))))


def removed(count: int) -> int:
    """Say how many indexes were removed; return the exit code."""
    write([f"{count} {'index' if count == 1 else 'indexes'} removed\n"])
    return DONE


def _meant(scope: Scope) -> tuple[tuple[str, ...], int, Selection, str | None]:
    return scope.paths, scope.max_size, scope.selection, scope.folder


ACTIONS: Mapping[str, Callable[[Scope], int]] = {
    "build": _build,
    "status": _status,
    "clear": _clear,
}


def _described(status: IndexStatus | None) -> Iterator[str]:
    if status is None:
        yield "no index is stored\n"
        return
    yield f"index      {sanitise_name(status.path)}\n"
    yield f"state      {'up to date' if status.fresh else 'out of date'}\n"
    yield f"documents  {status.documents:,}\n"
    yield f"passages   {status.passages:,}\n"
    yield f"size       {status.size:,} bytes\n"
