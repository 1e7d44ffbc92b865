"""Opening the documents that a command line means."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import SimpleNamespace

from briefqa.cli.parser import first
from briefqa.cli.streams import complain, is_terminal
from briefqa.configuration.values import choice
from briefqa.documents import MAX_SIZE, STANDARD_INPUT, Selection
from briefqa.errors import UsageError
from briefqa.records import Record
from briefqa.user_dirs import bundled_briefing

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.assistant import Assistant
    from briefqa.configuration import Values
    from briefqa.engines.opensearch import ClusterCollection
    from briefqa.index import IndexedLibrary

__all__ = [
    "Scope",
    "asked_scope",
    "open_assistant",
    "open_cluster",
    "paths_from_environment",
    "scope_of",
]


class Scope(Record):
    """The documents that a command line means.

    Attributes:
        named: the paths; empty where none are named, which means the bundled briefing.
        max_size: bytes of a file at the most.
        selection: what of folders is wanted.
        where: the index is, if not in the cache folder: another folder, or an address on a cluster.
    """

    named: tuple[str, ...]
    max_size: int
    selection: Selection
    where: str | None

    @property
    def cluster(self) -> str | None:
        """The address of the index on a cluster; None where it is on this machine."""
        return self.where if self.where and "://" in self.where else None

    @property
    def folder(self) -> str | None:
        """The folder that keeps the index; None where that is the cache folder."""
        return None if self.cluster else self.where

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths that are meant."""
        return self.named or (bundled_briefing(),)


def scope_of(options: SimpleNamespace, words: Sequence[str], values: Values) -> Scope:
    """Find out which documents are meant, by what is set nearest.

    Args:
        options: those of `Parser.add_corpus_options`.
        words: the paths of the command line.
        values: what is configured.

    Raises:
        UsageError: there is no collection of a name, or a path is empty.
    """
    if "" in words:
        raise UsageError("a PATH is empty, as a variable is that is not set")
    named = (*_collected(options.collection, values.collections or {}), *words)
    return Scope(
        named or paths_from_environment(os.environ) or values.paths or (),
        first(options.max_size, values.max_size, MAX_SIZE),
        Selection(
            tuple(options.include) or values.include or (),
            tuple(options.exclude) or values.exclude or (),
            first(options.ignore, values.ignore, True),
        ),
        options.index or os.environ.get("BRIEFQA_INDEX") or None,
    )


def asked_scope(options: SimpleNamespace, words: Sequence[str], values: Values) -> Scope:
    """Find out what is asked: documents that are named, or an index on a cluster.

    What is named on the command line goes before an address that only the environment has. For the
    arguments see `scope_of`.

    Raises:
        UsageError: there is no collection of a name, or a cluster is named beside documents.
    """
    scope = scope_of(options, words, values)
    if scope.cluster and (words or options.collection):
        if options.index:
            raise UsageError(
                f"{scope.where} answers from what it was built of; name no PATH with it"
            )
        return scope._replace(where=None)
    return scope


def _collected(names: Sequence[str], collections: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the paths of collections."""
    for name in names:
        if not collections:
            raise UsageError(f"there is no collection {name}; briefqa config edit can add it")
        yield from collections[choice(name, tuple(collections), "collection")]


def open_assistant(
    scope: Scope, *, questions: str | None = None, cached: bool = True, quiet: bool = False
) -> Assistant | None:
    """Read and index documents, and say on standard error what could not be read.

    Args:
        scope: the documents.
        questions: the file of questions that will be asked, if any.
        cached: whether a cached index may be read and written.
        quiet: whether to say nothing as long as something can be read.

    Returns:
        The assistant; None where something was named and nothing could be read.

    Raises:
        UsageError: standard input is to be both a document and the questions.
        ClusterError: the index on a cluster cannot be asked.
    """
    from briefqa.assistant import Assistant

    if scope.cluster:
        return Assistant(open_cluster(scope.cluster))
    if not scope.named and not quiet:
        complain(f"no path given: answering from the bundled briefing in {bundled_briefing()}")
    if questions == STANDARD_INPUT and STANDARD_INPUT in scope.paths:
        raise UsageError("standard input cannot hold both the questions and a document")
    assistant = Assistant(_index(scope, cached=cached), cached=cached)
    unreadable = bool(assistant.problems) and not assistant.documents
    if unreadable or not quiet:
        for problem in assistant.problems:
            complain(str(problem))
    return None if unreadable else assistant


def _index(scope: Scope, *, cached: bool) -> IndexedLibrary:
    """Read and index documents, and show how far that is."""
    from briefqa.index import open_library

    # Answers need no threads of linear algebra, and starting them costs tens of milliseconds.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    opened = partial(
        open_library,
        scope.paths,
        scope.max_size,
        scope.selection,
        cached=cached,
        folder=scope.folder,
    )
    if not is_terminal(sys.stderr):
        return opened()
    from briefqa.cli.progress import showing_progress

    with showing_progress() as progress:
        return opened(progress=progress)


def open_cluster(address: str) -> ClusterCollection:
    """Open an index on a cluster.

    Raises:
        UsageError: the address or the credentials make no sense.
        ClusterError: the index cannot be asked.
    """
    from briefqa.engines.opensearch import Client, ClusterCollection, parse_address

    return ClusterCollection.open(Client(parse_address(address, os.environ)))


def paths_from_environment(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the paths of BRIEFQA_PATH, parted as those of PATH are; none where it is empty."""
    return tuple(filter(None, environment.get("BRIEFQA_PATH", "").split(os.pathsep)))
