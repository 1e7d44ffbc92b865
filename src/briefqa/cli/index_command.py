"""`briefqa index`: build, inspect or delete indexes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from types import SimpleNamespace

from briefqa.cli import ERROR
from briefqa.cli.open_documents import corpus_of, or_bundled, report_skipped
from briefqa.cli.parser import Parser, chosen_format
from briefqa.cli.streams import complain, write
from briefqa.cli.terminals import show_progress
from briefqa.configuration import bytes_written, values_in_force
from briefqa.corpus import Corpus, count_skipped
from briefqa.engines import BuildOptions, IndexStatus, StoredIndex
from briefqa.engines.adapters import adapter_of
from briefqa.errors import UsageError
from briefqa.output.json_format import ascii_json
from briefqa.text_safety import sanitise_name

__all__ = ["parser", "run"]

DONE = 0
NOT_CURRENT = 1

EXAMPLES = """\
  briefqa index build reports/           index a folder before the first question
  briefqa index status reports/          show whether an index exists and is up to date
  briefqa index list                     list all cached indexes
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
    corpus = corpus_of(options, paths, values_in_force(complain))
    if action == "list" and (paths or options.collection):
        raise UsageError("briefqa index list takes no PATH; see briefqa index status PATH")
    if action == "clear" and not paths and not options.collection:
        corpus = corpus._replace(paths=())
    return ACTIONS[action](corpus, options)


def parser() -> Parser:
    """Return the parser of `briefqa index`."""
    parser = Parser(
        "index",
        ["[OPTIONS] [build|status|list|clear] [PATH ...]"],
        EXAMPLES,
        "0 done, or up to date; 1 no index, or out of date; 2 usage or input error",
        actions=tuple(ACTIONS),
    )
    parser.add_format(("text", "json"), "text")
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
    status = adapter.status(named, quick=True)
    counts = {"sent": built.sent, "removed": built.removed}
    write(
        _described(
            status,
            {name: count for name, count in counts.items() if count is not None},
            json=chosen_format(options) == "json",
        )
    )
    if built.problems:
        return ERROR
    return DONE if status else NOT_CURRENT


def _status(corpus: Corpus, options: SimpleNamespace) -> int:
    named = or_bundled(corpus)
    status = adapter_of(named).status(named, quick=options.quick)
    write(_described(status, {}, json=chosen_format(options) == "json"))
    return DONE if status and status.is_current else NOT_CURRENT


def _list(corpus: Corpus, options: SimpleNamespace) -> int:
    stored = adapter_of(corpus).stored(corpus)
    if chosen_format(options) == "json":
        write([ascii_json({"indexes": list(map(_stored_fields, stored))}) + "\n"])
    else:
        write(_stored_text(stored))
    return DONE


def _clear(corpus: Corpus, options: SimpleNamespace) -> int:
    count = adapter_of(corpus).clear(corpus)
    if chosen_format(options) == "json":
        write([ascii_json({"removed": count}) + "\n"])
    else:
        write([f"{count} {'index' if count == 1 else 'indexes'} removed\n"])
    return DONE


ACTIONS: Mapping[str, Callable[[Corpus, SimpleNamespace], int]] = {
    "build": _build,
    "status": _status,
    "list": _list,
    "clear": _clear,
}


def _described(
    status: IndexStatus | None, counts: Mapping[str, int], *, json: bool
) -> Iterator[str]:
    """Yield what an index contains.

    Args:
        status: the index; None if there is none.
        counts: of the documents that were sent or removed, by what was done.
        json: whether to yield JSON, not text.
    """
    if json:
        yield ascii_json({**counts, **(status._asdict() if status else {})}) + "\n"
        return
    for name, count in counts.items():
        yield f"{name:<10} {count:,} documents\n"
    if status is None:
        yield "no index is stored\n"
        return
    yield f"index      {sanitise_name(status.name)}\n"
    yield f"state      {status.state}\n"
    yield f"documents  {status.documents:,}\n"
    yield f"passages   {status.passages:,}\n"
    yield f"size       {status.size:,} bytes\n"


def _paths(stored: StoredIndex) -> list[str]:
    """Return the paths that an index was built from, absolute."""
    return [os.path.normpath(os.path.join(stored.folder, path)) for path in stored.paths]


def _stored_text(stored: Iterator[StoredIndex]) -> Iterator[str]:
    """Yield a line an index, in columns as wide as they usually need to be."""
    yield f"{'used':<10} {'size':>6} {'documents':>9} {'passages':>9}  paths\n"
    for each in stored:
        columns = f"{_used(each) or '-':<10} {bytes_written(each.size):>6}"
        columns += f" {each.documents:>9} {each.passages:>9}"
        yield f"{columns}  {'  '.join(map(sanitise_name, _paths(each) or [each.name]))}\n"


def _stored_fields(stored: StoredIndex) -> dict[str, object]:
    fields = {"name": stored.name, "paths": _paths(stored), "used": _used(stored)}
    counts = {"documents": stored.documents, "passages": stored.passages, "size": stored.size}
    return {**fields, **counts}


def _used(stored: StoredIndex) -> str | None:
    """Return the day on which an index was last used, as in ISO 8601."""
    return (
        None if stored.used is None else datetime.fromtimestamp(stored.used, UTC).date().isoformat()
    )
