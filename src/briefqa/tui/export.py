"""Answers outside the app: an excerpt as text, and a session as a Markdown file."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from briefqa.answers import Answer, Excerpt
from briefqa.errors import OutputError, describe
from briefqa.output import FORMATS, Layout, Reply
from briefqa.text_safety import sanitise, sanitise_name

__all__ = ["citation_text", "export_answers", "passage_text"]


def citation_text(excerpt: Excerpt) -> str:
    """Return the citation of an excerpt, sanitised."""
    return sanitise_name(excerpt.citation)


def passage_text(excerpt: Excerpt) -> str:
    """Return the passage of an excerpt and its citation, sanitised."""
    return f"{sanitise(excerpt.passage.text)}\n\n— {citation_text(excerpt)}\n"


def export_answers(answers: Sequence[Answer], folder: Path, path: Path | None = None) -> Path:
    """Write questions and answers to a Markdown file.

    Args:
        answers: the answers, in the order asked.
        folder: where to create a new file; no existing file is changed.
        path: the file of an earlier export of the session, which is replaced; None to create one.

    Returns:
        The path of the file.

    Raises:
        OutputError: the file cannot be written.
    """
    text = "".join(FORMATS["markdown"].render((Reply(answer) for answer in answers), Layout()))
    try:
        path = path or _create_file(folder)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{path or folder}: {describe(error)}") from error
    return path


def _create_file(folder: Path) -> Path:
    """Create `briefqa-1.md`, or the file with the next number that is not in use."""
    number = 0
    while True:
        number += 1
        path = folder / f"briefqa-{number}.md"
        with suppress(FileExistsError):
            path.touch(exist_ok=False)
            return path
