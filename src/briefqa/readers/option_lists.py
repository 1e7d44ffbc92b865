"""Lists of the options of a program in plain text, as in manual pages and what `--help` prints.

The meaning of an option stands beside it in a column of its own, or moved in below it:

    -q, --quiet    Print nothing.
    -o FILE
    --output=FILE
                   Write to FILE.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefqa.readers.layout_lines import MOVED_IN, TAB, TextLine, breaks_off
from briefqa.records import Record
from briefqa.spans import Span

__all__ = ["OptionEntry", "OptionList", "opens_with_option", "option_lists"]

OPTION = re.compile(r"--?(?:[A-Za-z?#@]|\d(?![\d.,]*\d))")
"""How the line of an option opens; a line of figures does not."""
BESIDE = re.compile(
    r"(?P<term>\S(?:.*?[^\s,])??)(?<!\w[.;:])(?:[ \t]{2,}|\t)(?!or\s)"
    r"(?=[^\s-]*[^\W\d_]{2}|[A-Z]\s|[(\"'`“‘])"
)
"""An option with its meaning beside it, up to that."""
HANGING = 7
"""Columns of an option of a manual page that has its meaning right behind it."""
SHORT = 70
"""Columns of an option that has what it does below it, however short that is."""
ENDS = ".;:"
"""What no option ends with that stands alone on its line."""


class OptionEntry(Record):
    """An option and what it does.

    Attributes:
        terms: its names, each on a line of its own.
        definition: the lines of what it does, the first one perhaps a part of a line.
    """

    terms: tuple[TextLine, ...]
    definition: tuple[TextLine, ...]


class OptionList(Record):
    """A list of options among neighbouring lines.

    Attributes:
        start: the place of its first line.
        end: one past the place of its last line.
        entries: the options.
    """

    start: int
    end: int
    entries: tuple[OptionEntry, ...]


def opens_with_option(text: str) -> bool:
    """Return whether a line opens as that of an option does."""
    return text[0] == "-" and OPTION.match(text) is not None


def option_lists(lines: Sequence[TextLine]) -> Iterator[OptionList]:
    """Yield the lists of options among some lines.

    Args:
        lines: neighbouring lines, none of them blank.
    """
    place = 0
    while place < len(lines):
        line, above = lines[place], lines[place - 1] if place else None
        moved_in = above is None or above.indent < line.indent
        found = _list_at(lines, place) if moved_in and opens_with_option(line.text) else None
        if found:
            yield found
        place = found.end if found else place + 1


def _list_at(lines: Sequence[TextLine], start: int) -> OptionList | None:
    """Return the list that starts on a line, if what some option does is told there."""
    entries: list[OptionEntry] = []
    terms: list[TextLine] = []
    place = start
    while place < len(lines) and opens_with_option(lines[place].text):
        term, meaning = _beside(lines[place])
        end = _definition_end(lines, place, meaning)
        if meaning and end > place + 1 and lines[place + 1].indent < meaning.indent:
            # Only room between two of its words.
            term, meaning = lines[place], None
        named = term.text[-1] not in ENDS or term.text.endswith("...")
        if meaning or (named and end > place + 1 and breaks_off(lines[place:end], SHORT)):
            first = (meaning,) if meaning else ()
            entries.append(OptionEntry((*terms, term), (*first, *lines[place + 1 : end])))
            terms = []
        elif end > place + 1 or not named:
            break
        else:
            terms.append(term)
        place = end
    place -= len(terms)
    return OptionList(start, place, tuple(entries)) if entries else None


def _definition_end(lines: Sequence[TextLine], place: int, meaning: TextLine | None) -> int:
    """Return the place after what belongs to the option on a line."""
    line = lines[place]
    column = meaning.indent if meaning else line.indent + MOVED_IN
    end = place + 1
    while end < len(lines) and lines[end].indent >= line.indent + MOVED_IN:
        if opens_with_option(lines[end].text) and (
            lines[end].indent < column
            or (end == place + 1 and not meaning and _is_term(lines, end))
        ):
            break
        if end == place + 1 and not meaning:
            column = lines[end].indent
        end += 1
    return end


def _is_term(lines: Sequence[TextLine], place: int) -> bool:
    """Whether an option stands above what is moved in further, or its meaning beside it."""
    below = lines[place + 1 : place + 2]
    deeper = bool(below) and below[0].indent >= lines[place].indent + MOVED_IN
    return deeper or BESIDE.match(lines[place].text) is not None


def _beside(line: TextLine) -> tuple[TextLine, TextLine | None]:
    """Return the option of a line, and what it does if that stands beside it."""
    text, found = line.text, BESIDE.match(line.text)
    end, start = (found.end("term"), found.end()) if found else (HANGING - 1, HANGING)
    if not (found or (line.indent and text[end:start] == " " and text[start:][:1].isupper())):
        return line, None
    first = line.span.start
    indent = len((" " * line.indent + text[:start]).expandtabs(TAB))
    term = TextLine(Span(first, first + end), line.indent, text[:end])
    return term, TextLine(Span(first + start, line.span.end), indent, text[start:])
