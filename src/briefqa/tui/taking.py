"""Taking an answer away: as text, to an editor, to a file."""

import os
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

from briefqa.answers import Answer, Excerpt
from briefqa.errors import OutputError, describe
from briefqa.output import Layout, Reply, renderer
from briefqa.sanitising import sanitise, sanitise_name

__all__ = ["editor_command", "export", "passage_with_source", "place"]

GOING_TO_LINES = frozenset({"code", "code-insiders", "codium", "cursor", "windsurf"})
"""Editors that take a line by `--goto PATH:LINE`; the others by `+LINE PATH`."""
ATTEMPTS = 1000
"""Names tried for a new file."""


def place(excerpt: Excerpt) -> str:
    """Return the source of the sentence that answers."""
    return sanitise_name(excerpt.citation)


def passage_with_source(excerpt: Excerpt) -> str:
    """Return the passage, and below it where it stands."""
    return f"{sanitise(excerpt.passage.text)}\n\n— {place(excerpt)}\n"


def editor_command(environment: Mapping[str, str], path: str, line: int) -> list[str]:
    """Return the command that opens a file at a line in the reader's editor.

    Args:
        environment: the environment variables: VISUAL, else EDITOR, else vi.
        path: the file.
        line: from 1.

    Raises:
        ValueError: the variable cannot be split into words, as where a quotation is not closed.
    """
    words = shlex.split(environment.get("VISUAL") or environment.get("EDITOR") or "vi") or ["vi"]
    path = os.path.abspath(path)
    if os.path.basename(words[0]).removesuffix(".exe") in GOING_TO_LINES:
        return [*words, "--goto", f"{path}:{line}"]
    return [*words, f"+{line}", path]


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
    text = "".join(renderer("markdown")((Reply(answer) for answer in answers), Layout()))
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
