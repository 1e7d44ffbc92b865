"""`briefqa show`: a place of a document, with what stands around it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from briefqa.citations import find_lines, parse_place
from briefqa.cli import ANSWERED
from briefqa.cli.parser import Parser, first
from briefqa.cli.streams import write
from briefqa.cli.terminals import use_color
from briefqa.configuration import values_in_force
from briefqa.documents import MAX_SIZE, Document, load
from briefqa.errors import DocumentError, UsageError
from briefqa.output.listing import list_lines

__all__ = ["show", "show_parser"]

CONTEXT = 2
"""Lines before and after: where blank lines part paragraphs, one paragraph each."""
MAX_CONTEXT = 10**9
EXAMPLES = """\
  briefqa show notes.txt:9                  line 9, and two around it
  briefqa show notes.txt:9-20 -C 0          these lines alone
  briefqa show report.pdf:p3                what begins on page 3
  briefqa show call.vtt:00:12:31            what is said then
  briefqa show letter.docx                  all of its text, as it is read
"""


def show(arguments: Sequence[str]) -> int:
    """Run `briefqa show`.

    Args:
        arguments: what follows `show`.

    Returns:
        The exit code.

    Raises:
        BriefqaError: the command line, the document or the output is at fault.
    """
    options, words = show_parser().parse_anywhere(arguments)
    if len(words) != 1:
        raise UsageError("name one place, such as notes.txt:9; see briefqa show --help")
    place = parse_place(words[0])
    values = values_in_force()
    document = _read(place.path, first(options.max_size, values.max_size, MAX_SIZE))
    lines = find_lines(document, place)
    color = use_color(options.color, os.environ, sys.stdout, values.color)
    write(list_lines(document.text, lines, options.context, color=color))
    return ANSWERED


def show_parser() -> Parser:
    """Return the parser of `briefqa show`."""
    parser = Parser(
        "show",
        ["[OPTIONS] PATH[:LINE[-LINE]|:pPAGE|:TIME]"],
        EXAMPLES,
        "0 shown, 2 a usage or input error",
        "PATH is a file, or - for standard input; lines are those of its text as it is read.\n",
    )
    parser.add_argument(
        "-C",
        "--context",
        metavar="N",
        type=_context,
        default=CONTEXT,
        help=f"lines before and after (default {CONTEXT})",
    )
    parser.add_color()
    parser.add_max_size()
    return parser


def _context(value: str) -> int:
    if value.isascii() and value.isdigit():
        return min(int(value[:10]), MAX_CONTEXT)
    raise UsageError(f"{value} is not a number of lines")


def _read(path: str, max_size: int) -> Document:
    if os.path.isdir(path):
        raise DocumentError(path, "a folder; name a document in it")
    library = load([path], max_size)
    if library.problems:
        raise library.problems[0]
    return library.documents[0]
