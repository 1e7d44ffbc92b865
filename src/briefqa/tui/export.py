"""Answers outside the app: an excerpt as text, and questions and answers as a file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from briefqa.answers import Answer, Excerpt
from briefqa.errors import OutputError, describe
from briefqa.output import FORMATS, Layout, Reply
from briefqa.output.markdown_format import escape_markdown
from briefqa.text_safety import sanitise, sanitise_name

__all__ = [
    "SUFFIXES",
    "citation_text",
    "export_answers",
    "export_path",
    "markdown_quotation",
    "passage_text",
    "write_new",
]

SUFFIXES = {".md": "markdown", ".json": "json", ".csv": "csv"}
"""The ends of names of files, and the format that each stands for."""


def citation_text(excerpt: Excerpt) -> str:
    """Return the citation of an excerpt, sanitised."""
    return sanitise_name(excerpt.citation)


def passage_text(excerpt: Excerpt) -> str:
    """Return the passage of an excerpt and its citation, sanitised."""
    return f"{sanitise(excerpt.passage.text)}\n\n— {citation_text(excerpt)}\n"


def markdown_quotation(excerpt: Excerpt) -> str:
    """Return the answer of an excerpt as a quotation, with its title and a link to its source."""
    from urllib.parse import quote

    passage = excerpt.passage
    lines = sanitise(excerpt.answer.slice(passage.text)).split("\n")
    quoted = "\\\n".join(f"> {escape_markdown(line)}" for line in lines if line.strip())
    # Only what would end the link is escaped, so that the path can be read.
    target = quote(passage.path, safe="/ :~!$&'*+,;=@", errors="surrogateescape")
    source = f"[{escape_markdown(excerpt.citation)}](<{target}>)"
    is_named = passage.title == os.path.basename(passage.path)
    title = "" if is_named else f"{escape_markdown(passage.title)}, "
    return f"{quoted}\n>\n> — {title}{source}\n"


def export_path(name: str) -> Path:
    """Return the path of a file whose name is typed.

    Raises:
        OutputError: there is no name, or its end stands for no format.
    """
    path = Path(name.strip()).expanduser()
    if path.suffix.lower() not in SUFFIXES:
        named = f"{name.strip()}: " if name.strip() else ""
        raise OutputError(f"{named}expected a name that ends in {', '.join(SUFFIXES)}")
    return path


def export_answers(answers: Sequence[Answer], path: Path, *, replace: bool = False) -> None:
    """Write questions and answers to a file, in the format that its name ends in.

    Args:
        answers: the answers, in order.
        path: the file.
        replace: whether to replace an existing file.

    Raises:
        FileExistsError: the file exists, and is not to be replaced.
        OutputError: the file cannot be written.
    """
    render = FORMATS[SUFFIXES[path.suffix.lower()]].render
    text = "".join(render((Reply(answer) for answer in answers), Layout(batch=True)))
    try:
        write_new(path, text, replace=replace)
    except FileExistsError:
        raise
    except OSError as error:
        raise OutputError(f"{sanitise_name(str(path))}: {describe(error)}") from error


def write_new(path: Path, text: str, *, replace: bool) -> None:
    """Write a file atomically: at any moment it is as before, or complete.

    Raises:
        FileExistsError: the file exists, and is not to be replaced.
        OSError: it cannot be written.
    """
    # What is replaced may be a link, which stays a link.
    path = Path(os.path.realpath(path)) if replace else path
    temporary = path.with_name(f".{os.urandom(8).hex()}.new")
    try:
        with temporary.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            os.replace(temporary, path)
        else:
            _move(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink()


def _move(source: Path, target: Path) -> None:
    """Rename a file, unless there is one of that name already."""
    if os.name == "nt":
        source.rename(target)
        return
    # POSIX has no renaming that refuses to replace, but a second name does.
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        # The file system has no hard links.
        if os.path.lexists(target):
            raise FileExistsError(target) from None
        os.replace(source, target)
