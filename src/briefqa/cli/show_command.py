"""`briefqa show`: print a place of a document with the lines around it."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace

from briefqa.citations import parse_place, quote_lines
from briefqa.cli import ANSWERED
from briefqa.cli.parser import Parser, first
from briefqa.cli.streams import complain, write
from briefqa.cli.terminals import use_color
from briefqa.configuration import values_in_force
from briefqa.documents import MAX_SIZE, read_document
from briefqa.errors import UsageError
from briefqa.output.listing import list_lines

__all__ = ["parser", "run"]

CONTEXT = 2
"""The default number of lines before and after; a blank line and a paragraph, in many texts."""
MAX_CONTEXT = 10**9
EXAMPLES = """\
  briefqa show notes.txt:9                  line 9, with two lines before and after
  briefqa show notes.txt:9-20 -C 0          lines 9 to 20 alone
  briefqa show report.pdf:p3                the text that begins on page 3
  briefqa show call.vtt:00:12:31            what is said at that time
  briefqa show letter.docx                  the whole text
"""


def run(options: SimpleNamespace, operands: list[str]) -> int:
    """Run `briefqa show`.

    Args:
        options: those of `parser`.
        operands: the place.

    Returns:
        The exit code.

    Raises:
        BriefqaError: an argument, the document or the output is at fault.
    """
    if len(operands) != 1:
        raise UsageError("expected one place such as notes.txt:9; see briefqa show --help")
    place = parse_place(operands[0])
    values = values_in_force(complain)
    document = read_document(place.path, first(options.max_size, values.max_size, MAX_SIZE))
    color = use_color(options.color, os.environ, sys.stdout, values.color)
    write(list_lines(quote_lines(document, place, options.context), color=color))
    return ANSWERED


def parser() -> Parser:
    """Return the parser of `briefqa show`."""
    parser = Parser(
        "show",
        ["[OPTIONS] PATH[:LINE[-LINE]|:pPAGE|:TIME]"],
        EXAMPLES,
        "0 shown, 2 usage or input error",
        "PATH is a file, or - for standard input. LINE counts the lines of its text, from 1.\n",
    )
    parser.add_argument(
        "-C",
        "--context",
        metavar="N",
        type=_context,
        default=CONTEXT,
        help=f"lines to print before and after (default: {CONTEXT})",
    )
    parser.add_color()
    parser.add_max_size()
    return parser


def _context(value: str) -> int:
    if value.isascii() and value.isdigit():
        return min(int(value[:10]), MAX_CONTEXT)
    raise UsageError(f"expected a number of lines, got {value}")
