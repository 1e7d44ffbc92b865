"""`briefqa index`: build, look at and clear indexes."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from briefqa.cli.exit_codes import TROUBLE
from briefqa.cli.opening import index_place, is_cluster, named_paths, open_assistant
from briefqa.cli.parsing import Parser, first
from briefqa.cli.streams import write
from briefqa.configuration import values_in_force
from briefqa.documents import MAX_SIZE, bundled_briefing
from briefqa.errors import UsageError
from briefqa.index.maintenance import IndexStatus, clear_indexes, index_status
from briefqa.sanitising import sanitise_name

__all__ = ["cleared", "index"]

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
    options, words = _parser().parse_anywhere(arguments)
    action = words.pop(0) if words and words[0] in ACTIONS else "build"
    values = values_in_force()
    options.max_size = first(options.max_size, values.max_size, MAX_SIZE)
    where = index_place(options.index)
    paths = tuple(words) if action == "clear" else named_paths(words, values)
    if is_cluster(where):
        from briefqa.cli.cluster import CLUSTER_ACTIONS

        return CLUSTER_ACTIONS[action](where, paths if action == "build" else words, options)
    return ACTIONS[action](paths, options.max_size, where)


def _parser() -> Parser:
    parser = Parser(
        "index",
        ["[OPTIONS] [build|status|clear] [PATH ...]"],
        EXAMPLES,
        "0 done, or up to date; 1 no index, or out of date; 2 a usage or input error",
    )
    parser.add_max_size()
    parser.add_index()
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


def _build(paths: Sequence[str], max_size: int, folder: str | None) -> int:
    assistant = open_assistant(paths, max_size, where=folder)
    if assistant is None:
        return TROUBLE
    found = index_status(_meant(paths), max_size, folder)
    write(_described(found))
    if assistant.problems:
        return TROUBLE
    return DONE if found else NOT_FRESH


def _status(paths: Sequence[str], max_size: int, folder: str | None) -> int:
    found = index_status(_meant(paths), max_size, folder)
    write(_described(found))
    return DONE if found and found.fresh else NOT_FRESH


def _clear(paths: Sequence[str], max_size: int, folder: str | None) -> int:
    write([cleared(clear_indexes(paths, max_size, folder))])
    return DONE


ACTIONS: Mapping[str, Callable[[Sequence[str], int, str | None], int]] = {
    "build": _build,
    "status": _status,
    "clear": _clear,
}


def cleared(count: int) -> str:
    """Say how many indexes were removed."""
    return f"{count} {'index' if count == 1 else 'indexes'} removed\n"


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
