"""`briefqa index`: build, look at and clear cached indexes."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from briefqa.cli.exit_codes import TROUBLE
from briefqa.cli.opening import Scope, open_assistant, scope_of
from briefqa.cli.parsing import Parser
from briefqa.cli.streams import write
from briefqa.configuration import values_in_force
from briefqa.documents import Selection
from briefqa.index.maintenance import IndexStatus, clear_index, clear_indexes, index_status
from briefqa.sanitising import sanitise_name

__all__ = ["index", "index_parser"]

DONE = 0
NOT_FRESH = 1

EXAMPLES = """\
  briefqa index build reports/           so that the first question is quick too
  briefqa index status reports/          is it there, and up to date?
  briefqa index clear                    remove all indexes; they are made again when needed
"""


def index(arguments: Sequence[str]) -> int:
    """Run `briefqa index`.

    Args:
        arguments: what follows `index`.

    Returns:
        The exit code.

    Raises:
        BriefqaError: the command line or the output is at fault.
    """
    options, words = index_parser().parse_anywhere(arguments)
    action = ACTIONS.get(words[0]) if words else None
    paths = words[1:] if action else words
    if action is _clear and not paths and not options.collection:
        return _removed(clear_indexes())
    return (action or _build)(scope_of(options, paths, values_in_force()))


def index_parser() -> Parser:
    """Return the parser of `briefqa index`."""
    parser = Parser(
        "index",
        ["[OPTIONS] [build|status|clear] [PATH ...]"],
        EXAMPLES,
        "0 done, or up to date; 1 no index, or out of date; 2 a usage or input error",
    )
    parser.add_choosing()
    return parser


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
    return _removed(int(clear_index(*_meant(scope))))


def _removed(count: int) -> int:
    write([f"{count} {'index' if count == 1 else 'indexes'} removed\n"])
    return DONE


def _meant(scope: Scope) -> tuple[tuple[str, ...], int, Selection]:
    return scope.paths, scope.max_size, scope.selection


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
