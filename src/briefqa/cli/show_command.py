"""`briefqa show`: print a place of a document with the lines around it."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace

from briefqa.citations import QuotedLines, parse_citation, quote_lines
from briefqa.cli import ANSWERED, ERROR
from briefqa.cli.parser import Parser, first
from briefqa.cli.streams import complain, write
from briefqa.cli.terminals import use_color
from briefqa.configuration import values_in_force
from briefqa.documents import MAX_SIZE, Document, read_document
from briefqa.errors import DocumentError, UsageError
from briefqa.output.line_format import list_lines
from briefqa.text_safety import sanitise_name

__all__ = ["parser", "run"]

CONTEXT = 2
"""The default number of lines before and after; a blank line and a paragraph, in many texts."""
MAX_CONTEXT = 10**9
EXAMPLES = """\
  briefqa show notes.txt:9                  line 9, with two lines before and after
  briefqa show notes.txt:9-20 -C 0          lines 9 to 20 alone
  briefqa show report.pdf:p3                the text that begins on page 3
  briefqa show call.vtt:00:12:31            what is said at that time
  briefqa show notes.txt:9 notes.txt:40     two places
  briefqa show letter.docx                  the whole text
"""


def run(options: SimpleNamespace, operands: list[str]) -> int:
    """Run `briefqa show`.

    Args:
        options: those of `parser`.
        operands: the places.

    Returns:
        The exit code.

    Raises:
        BriefqaError: an argument, the only document or the output is at fault.
    """
    if not operands:
        raise UsageError("expected a place such as notes.txt:9; see briefqa show --help")
    values = values_in_force(complain)
    max_size = first(options.max_size, values.max_size, MAX_SIZE)
    color = use_color(options.color, os.environ, sys.stdout, values.color)
    code, left = ANSWERED, options.max_chars
    documents: dict[str, Document] = {}
    for number, cited in enumerate(operands):
        try:
            quoted = _quoted(cited, documents, max_size, options.context, left)
        except (DocumentError, UsageError) as error:
            if len(operands) == 1:
                raise
            complain(str(error))
            code = ERROR
            continue
        if len(operands) > 1:
            write([f"{chr(10) if number else ''}{sanitise_name(cited)}\n"])
        write(list_lines(quoted, color=color))
        left = None if left is None else left - len(quoted.text)
    return code


def _quoted(
    cited: str, documents: dict[str, Document], max_size: int, context: int, left: int | None
) -> QuotedLines:
    """Return the lines of a place, with as much of the context as there are characters left.

    Args:
        cited: the place.
        documents: those that were read before, by path; one that is read is added.
        max_size: the size limit of a file, in bytes.
        context: the number of lines before and after.
        left: the number of characters; None if there is no limit.
    """
    place = parse_citation(cited)
    if place.path not in documents:
        documents[place.path] = read_document(place.path, max_size)
    document = documents[place.path]
    quoted = quote_lines(document, place, context)
    if left is None or len(quoted.text) <= left:
        return quoted
    own = quote_lines(document, place, 0)
    lines = own.text.split("\n")
    while lines and len("\n".join(lines)) > left:
        lines.pop()
    shown = own._replace(text="\n".join(lines))
    complain(f"{cited}: left out {len(quoted.text) - len(shown.text):,} characters (--max-chars)")
    return shown


def parser() -> Parser:
    """Return the parser of `briefqa show`."""
    parser = Parser(
        "show",
        ["[OPTIONS] PATH[:LINE[-LINE]|:pPAGE|:TIME] ..."],
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
    parser.add_max_chars("whole lines")
    parser.add_color()
    parser.add_max_size()
    return parser


def _context(value: str) -> int:
    if value.isascii() and value.isdigit():
        return min(int(value[:10]), MAX_CONTEXT)
    raise UsageError(f"expected a number of lines, got {value}")
