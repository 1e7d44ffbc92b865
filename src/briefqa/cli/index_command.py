"""`briefqa index`: build, inspect or delete indexes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace

from briefqa.cli import ERROR
from briefqa.cli.open_documents import Scope, open_assistant, scope_of
from briefqa.cli.parser import Parser
from briefqa.cli.streams import write
from briefqa.configuration import values_in_force
from briefqa.documents import Selection
from briefqa.errors import UsageError
from briefqa.index.cache_admin import IndexStatus, clear_index, clear_indexes, index_status
from briefqa.text_safety import sanitise_name

__all__ = ["parser", "removed", "run"]

DONE = 0
NOT_FRESH = 1

EXAMPLES = """\
  briefqa index build reports/           index a folder before the first question
  briefqa index status reports/          show whether an index exists and is up to date
  briefqa index clear                    delete all cached indexes; they are rebuilt as needed
  briefqa index build reports/ --index https://search.example:9200/reports
"""


def run(options: SimpleNamespace, operands: list[str]) -> int:
    """Run `briefqa index`.

    Args:
        options: those of `parser`.
        operands: the action, if any, and the paths.

    Returns:
        The exit code: 1 if there is no index, or it is out of date.

    Raises:
        BriefqaError: an argument, the output or a cluster is at fault.
    """
    named = bool(operands) and operands[0] in ACTIONS
    action, paths = (operands[0], operands[1:]) if named else ("build", operands)
    scope = scope_of(options, paths, values_in_force())
    if scope.cluster:
        from briefqa.cli.cluster_command import CLUSTER_ACTIONS

        return CLUSTER_ACTIONS[action](scope, options)
    if action == "clear" and not paths and not options.collection:
        return removed(clear_indexes(scope.folder))
    return ACTIONS[action](scope)


def parser() -> Parser:
    """Return the parser of `briefqa index`."""
    parser = Parser(
        "index",
        ["[OPTIONS] [build|status|clear] [PATH ...]"],
        EXAMPLES,
        "0 done, or up to date; 1 no index, or out of date; 2 usage or input error",
        actions=tuple(ACTIONS),
    )
    parser.add_corpus_options()
    parser.add_argument(
        "--rebuild",
        action="store_true",
        help="on a cluster: build a new index that replaces the old one",
    )
    parser.add_argument(
        "--shards",
        metavar="N",
        type=_count,
        default=3,
        help="on a cluster: shards of a new index (default: 3)",
    )
    parser.add_argument(
        "--replicas",
        metavar="N",
        type=_count,
        default=1,
        help="on a cluster: replicas of each shard (default: 1)",
    )
    return parser


def _count(value: str) -> int:
    if value.isascii() and value.isdigit() and len(value) <= 3:
        return int(value)
    raise UsageError(f"expected a number from 0 to 999, got {value}")


def _build(scope: Scope) -> int:
    assistant = open_assistant(scope)
    if assistant is None:
        return ERROR
    found = index_status(*_meant(scope))
    write(_described(found))
    if assistant.problems:
        return ERROR
    return DONE if found else NOT_FRESH


def _status(scope: Scope) -> int:
    found = index_status(*_meant(scope))
    write(_described(found))
    return DONE if found and found.fresh else NOT_FRESH


def _clear(scope: Scope) -> int:
    return removed(int(clear_index(*_meant(scope))))


def removed(count: int) -> int:
    """Print how many indexes were deleted, and return the exit code."""
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
