"""`briefqa index`: build, look at and clear cached indexes."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from briefqa.cli.exit_codes import TROUBLE
from briefqa.cli.opening import named_paths, open_assistant
from briefqa.cli.parsing import Parser, first
from briefqa.cli.streams import write
from briefqa.configuration import values_in_force
from briefqa.documents import MAX_SIZE, bundled_briefing
from briefqa.index.maintenance import IndexStatus, clear_indexes, index_status
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
    values = values_in_force()
    max_size = first(options.max_size, values.max_size, MAX_SIZE)
    if action is _clear:
        return _clear(paths, max_size)
    return (action or _build)(named_paths(paths, values), max_size)


def index_parser() -> Parser:
    """Return the parser of `briefqa index`."""
    parser = Parser(
        "index",
        ["[OPTIONS] [build|status|clear] [PATH ...]"],
        EXAMPLES,
        "0 done, or up to date; 1 no index, or out of date; 2 a usage or input error",
    )
    parser.add_max_size()
    return parser


def _build(paths: Sequence[str], max_size: int) -> int:
    assistant = open_assistant(paths, max_size)
    if assistant is None:
        return TROUBLE
    found = index_status(_meant(paths), max_size)
    write(_described(found))
    if assistant.problems:
        return TROUBLE
    return DONE if found else NOT_FRESH


def _status(paths: Sequence[str], max_size: int) -> int:
    found = index_status(_meant(paths), max_size)
    write(_described(found))
    return DONE if found and found.fresh else NOT_FRESH


def _clear(paths: Sequence[str], max_size: int) -> int:
    count = clear_indexes(paths, max_size)
    write([f"{count} {'index' if count == 1 else 'indexes'} removed\n"])
    return DONE


ACTIONS: Mapping[str, Callable[[Sequence[str], int], int]] = {
    "build": _build,
    "status": _status,
    "clear": _clear,
}


def _meant(paths: Sequence[str]) -> tuple[str, ...]:
    return tuple(paths) or (bundled_briefing(),)


def _described(status: IndexStatus | None) -> Iterator[str]:
    if status is None:
        yield "no index is stored\n"
        return
    yield f"index      {sanitise_name(status.path)}\n"
    yield f"state      {'up to date' if status.fresh else 'out of date'}\n"
    yield f"documents  {status.documents:,}\n"
    yield f"passages   {status.passages:,}\n"
    yield f"size       {status.size:,} bytes\n"
