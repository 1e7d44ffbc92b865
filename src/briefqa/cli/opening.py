"""Opening the documents that a command line means."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from briefqa.cli.progress import showing_progress
from briefqa.cli.streams import complain
from briefqa.documents import STANDARD_INPUT, bundled_briefing
from briefqa.errors import UsageError

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.assistant import Assistant
    from briefqa.configuration import Values

__all__ = ["named_paths", "open_assistant", "paths_from_environment"]


def open_assistant(
    paths: Sequence[str],
    max_size: int,
    *,
    questions: str | None = None,
    cached: bool = True,
    quiet: bool = False,
) -> Assistant | None:
    """Read and index documents, and say on standard error what could not be read.

    Args:
        paths: as `named_paths` has them; where there are none, the bundled briefing is meant.
        max_size: bytes of a file at the most.
        questions: the file of questions that will be asked, if any.
        cached: whether a cached index may be read and written.
        quiet: whether to say nothing as long as something can be read.

    Returns:
        The assistant; None where something was named and nothing could be read.

    Raises:
        UsageError: standard input is to be both a document and the questions.
    """
    from briefqa.assistant import Assistant
    from briefqa.index import open_library

    # Answers need no threads of linear algebra, and starting them costs tens of milliseconds.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    named = tuple(paths) or _bundled(quiet)
    if questions == STANDARD_INPUT and STANDARD_INPUT in named:
        raise UsageError("standard input cannot hold both the questions and a document")
    with showing_progress() as progress:
        assistant = Assistant(open_library(named, max_size, cached=cached, progress=progress))
    unreadable = bool(assistant.problems) and not assistant.documents
    if unreadable or not quiet:
        for problem in assistant.problems:
            complain(str(problem))
    return None if unreadable else assistant


def named_paths(paths: Sequence[str], values: Values) -> tuple[str, ...]:
    """Return the paths of the command line, of BRIEFQA_PATH or of the configuration.

    Args:
        paths: those of the command line.
        values: what is configured.

    Returns:
        The first of these that there are; empty where none are.
    """
    return tuple(paths) or paths_from_environment(os.environ) or values.paths or ()


def paths_from_environment(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the paths of BRIEFQA_PATH, parted as those of PATH are; none where it is empty."""
    return tuple(filter(None, environment.get("BRIEFQA_PATH", "").split(os.pathsep)))


def _bundled(quiet: bool) -> tuple[str, ...]:
    bundled = bundled_briefing()
    if not quiet:
        complain(f"no path given: answering from the bundled briefing in {bundled}")
    return (bundled,)
