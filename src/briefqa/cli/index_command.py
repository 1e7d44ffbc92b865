"""`briefqa index`: build, inspect or delete indexes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace

from briefqa.cli import ERROR
from briefqa.cli.open_documents import corpus_of, or_bundled, report_skipped
from briefqa.cli.parser import Parser
from briefqa.cli.progress import show_progress
from briefqa.cli.streams import complain, write
from briefqa.configuration import values_in_force
from briefqa.corpus import Corpus, count_skipped
from briefqa.engines import BuildOptions, IndexStatus
from briefqa.engines.adapters import adapter_of
from briefqa.errors import UsageError
from briefqa.text_safety import sanitise_name

__all__ = ["parser", "run"]

DONE = 0
NOT_CURRENT = 1

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
        BriefqaError: an argument, the output or an engine is at fault.
    """
    named = bool(operands) and operands[0] in ACTIONS
    action, paths = (operands[0], operands[1:]) if named else ("build", operands)
    corpus = corpus_of(options, paths, values_in_force())
    if action == "clear" and not paths and not options.collection:
        corpus = corpus._replace(paths=())
    return ACTIONS[action](corpus, options)


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
    parser.add_verbose()
    parser.add_argument(
        "--quick",
        action="store_true",
        help="with build and status: do not look for damage in all of a stored index",
    )
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


def _build(corpus: Corpus, options: SimpleNamespace) -> int:
    named = or_bundled(corpus)
    if named != corpus:
        complain(f"no path given: indexing the bundled briefing in {named.paths[0]}")
    adapter = adapter_of(named)
    how = BuildOptions(options.rebuild, options.shards, options.replicas, options.quick)
    with show_progress() as progress:
        built = adapter.build(named, how, progress)
    for problem in built.problems:
        complain(str(problem))
    report_skipped(count_skipped(built.skipped), lambda: built.skipped, verbose=options.verbose)
    if built.sent is not None:
        write([f"sent       {built.sent:,} documents\n"])
    if built.removed is not None:
        write([f"removed    {built.removed:,} documents\n"])
    status = adapter.status(named, quick=True)
    write(_described(status))
    if built.problems:
        return ERROR
    return DONE if status else NOT_CURRENT


def _status(corpus: Corpus, options: SimpleNamespace) -> int:
    named = or_bundled(corpus)
    status = adapter_of(named).status(named, quick=options.quick)
    write(_described(status))
    return DONE if status and status.is_current else NOT_CURRENT


def _clear(corpus: Corpus, options: SimpleNamespace) -> int:
    count = adapter_of(corpus).clear(corpus)
    write([f"{count} {'index' if count == 1 else 'indexes'} removed\n"])
    return DONE


ACTIONS: Mapping[str, Callable[[Corpus, SimpleNamespace], int]] = {
    "build": _build,
    "status": _status,
    "clear": _clear,
}


def _described(status: IndexStatus | None) -> Iterator[str]:
    if status is None:
        yield "no index is stored\n"
        return
    yield f"index      {sanitise_name(status.name)}\n"
    yield f"state      {status.state}\n"
    yield f"documents  {status.documents:,}\n"
    yield f"passages   {status.passages:,}\n"
    yield f"size       {status.size:,} bytes\n"
