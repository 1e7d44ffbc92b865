"""Taking an answer away: as text, to a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefqa.answers import Answer, Excerpt
from briefqa.errors import OutputError, describe
from briefqa.output import FORMATS, Layout, Reply
from briefqa.text_safety import sanitise, sanitise_name

__all__ = ["export", "passage_with_source", "place"]

ATTEMPTS = 1000
"""Names tried for a new file."""


def place(excerpt: Excerpt) -> str:
    """Return the source of the sentence that answers."""
    return sanitise_name(excerpt.citation)


def passage_with_source(excerpt: Excerpt) -> str:
    """Return the passage, and below it where it stands."""
    return f"{sanitise(excerpt.passage.text)}\n\n— {place(excerpt)}\n"


def export(answers: Sequence[Answer], folder: Path, path: Path | None = None) -> Path:
    """Write questions and answers to a file, as Markdown.

    Args:
        answers: the answers, in the order asked.
        folder: where to make a new file; none that is there is touched.
        path: the file that an earlier export of the session made; it is written again.

    Returns:
        The file.

    Raises:
        OutputError: it cannot be written.
    """
    text = "".join(FORMATS["markdown"].render((Reply(answer) for answer in answers), Layout()))
    try:
        path = path or _new_file(folder)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{path or folder}: {describe(error)}") from error
    return path


def _new_file(folder: Path) -> Path:
    for number in range(1, ATTEMPTS):
        path = folder / f"briefqa-{number}.md"
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(f"{ATTEMPTS} exports are there already")
