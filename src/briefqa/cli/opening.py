"""Opening the documents that a command line means."""

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from briefqa.cli.progress import showing_progress
from briefqa.cli.streams import complain
from briefqa.documents import bundled_briefing
from briefqa.errors import UsageError

if TYPE_CHECKING:
    from typing import TypeGuard

    from briefqa.assistant import Assistant
    from briefqa.engines.opensearch import ClusterCollection

__all__ = ["chosen_index", "is_cluster", "named_paths", "open_assistant", "open_cluster"]


def open_assistant(
    paths: Sequence[str],
    max_size: int,
    *,
    cached: bool = True,
    quiet: bool = False,
    index: str | None = None,
) -> "Assistant | None":
    """Read and index documents, and say on standard error what could not be read.

    Args:
        paths: as named; where none are, those of BRIEFQA_PATH, else the bundled briefing.
        max_size: bytes of a file at the most.
        cached: whether a cached index may be read and written.
        quiet: whether to say nothing as long as something can be read.
        index: where the index is, as named.

    Returns:
        The assistant; None where something was named and nothing could be read.

    Raises:
        BriefqaError: the index is on a cluster that cannot be asked.
    """
    from briefqa.assistant import Assistant
    from briefqa.index import open_library

    # Answers need no threads of linear algebra, and starting them costs tens of milliseconds.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    folder = chosen_index(index, paths)
    if is_cluster(folder):
        if paths:
            raise UsageError(f"{folder} answers from what it was built of; name no PATH with it")
        return Assistant(open_cluster(folder))
    named = named_paths(paths) or _bundled(quiet)
    with showing_progress() as progress:
        library = open_library(named, max_size, cached=cached, progress=progress, folder=folder)
        assistant = Assistant(library)
    unreadable = bool(assistant.problems) and not assistant.documents
    if unreadable or not quiet:
        for problem in assistant.problems:
            complain(str(problem))
    return None if unreadable else assistant


def chosen_index(index: str | None, paths: Sequence[str] = ()) -> str | None:
    """Return where the index is; None for the cache folder.

    Args:
        index: as named on the command line; else BRIEFQA_INDEX tells.
        paths: as named there: they are asked rather than a cluster that only the environment names.
    """
    if index is not None:
        return index
    from_environment = os.environ.get("BRIEFQA_INDEX") or None
    return None if paths and is_cluster(from_environment) else from_environment


def is_cluster(index: str | None) -> "TypeGuard[str]":
    """Whether an index is on a cluster, not in a folder."""
    return index is not None and "://" in index


def open_cluster(index: str) -> "ClusterCollection":
    """Open an index on a cluster.

    Raises:
        BriefqaError: it cannot be asked.
    """
    from briefqa.engines.opensearch import Client, ClusterCollection, parse_address

    return ClusterCollection.open(Client(parse_address(index, os.environ)))


def named_paths(paths: Sequence[str]) -> tuple[str, ...]:
    """Return the paths of the command line, else of BRIEFQA_PATH; empty where there are none."""
    return tuple(paths) or _paths_from_environment(os.environ)


def _paths_from_environment(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The paths of BRIEFQA_PATH, parted as those of PATH are; none where it is empty or unset."""
    return tuple(filter(None, environment.get("BRIEFQA_PATH", "").split(os.pathsep)))


def _bundled(quiet: bool) -> tuple[str, ...]:
    bundled = bundled_briefing()
    if not quiet:
        complain(f"no path given: answering from the bundled briefing in {bundled}")
    return (bundled,)
