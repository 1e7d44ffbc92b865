"""reStructuredText: sections, lists, tables, directives and code."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from briefqa.conventions import CELL_SEPARATOR
from briefqa.readers.blocks import INNERMOST, Kind, Reading
from briefqa.readers.charset import decode_document
from briefqa.readers.line_text import Indents, LineText, bold_heading, take_blocks
from briefqa.readers.rst_inline import ROLE, plain_rst
from briefqa.readers.tables import GRID, SIMPLE, DrawnRow, grid_rows, simple_rows

__all__ = ["read_rst"]

ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1++[ \t]*+")
"""A line of one sign, under or over a title, or between paragraphs."""
DIRECTIVE = re.compile(
    r"(?P<indent>[ \t]*+)\.\.[ \t]++(?:\|[^|]++\|[ \t]++)?(?P<name>[\w:+.-]*\w)::"
    r"(?:[ \t]++(?P<value>.*))?"
)
EXPLICIT = re.compile(r"(?P<indent>[ \t]*+)\.\.(?:[ \t]|$)")
NOTE = re.compile(r"(?P<indent>[ \t]*+)\.\.[ \t]++\[[^\]]++\][ \t]++(?P<text>.*)")
OPTION = re.compile(r"[ \t]++:(?P<name>[\w -]++):(?:[ \t]++(?P<value>.*))?")
FIELD = re.compile(r":(?P<name>[^:`\s](?:[^:`]*[^:`\s])?):(?:[ \t]++(?P<value>.*))?")
ITEM = re.compile(
    r"(?P<indent>[ \t]*+)(?P<mark>[-*+•]|\(?(?:\d{1,9}|#|[A-Za-z]|[ivxlcIVXLC]{1,8})[.)])"
    r"[ \t]++(?=\S)"
)
OPTIONS = re.compile(
    r"(?:--?|/)[\w?][^\s,]*+(?:[ =]\S++)?"
    r"(?:,[ ](?:--?|/)[\w?][^\s,]*+(?:[ =]\S++)?){0,9}[ ]{2,}\S"
)
"""An option of a program and what it does."""
LINE_BLOCK = re.compile(r"[ \t]*+\|(?:[ \t]|$)")
DOCTEST = re.compile(r"[ \t]*+>>>[ \t]")
RULE_LENGTH = 4
"""The minimum number of signs of a rule between paragraphs."""
TABLE_LIMIT = 1000
"""The maximum number of lines of a table whose columns are separated by spaces."""
CODE = frozenset(
    "code code-block sourcecode parsed-literal prompt math ipython console-log highlight".split()
)
LEFT_OUT = frozenset(
    "raw contents toctree index meta sectnum include default-role tabularcolumns role"
    " default-domain module currentmodule py:module py:currentmodule program".split()
)
"""Directives whose contents are not read."""
ADMONITIONS = frozenset(
    "note warning tip important caution danger attention hint admonition seealso versionadded"
    " versionchanged deprecated todo".split()
)
TERMS = frozenset("option cmdoption envvar confval setting describe object".split())
"""Directives that name what their contents define, as do those of a domain, such as `c:macro`."""

REFERENCES = re.compile(rf"(?:{ROLE}`[^`<>]*+`[\s,.]*+)++")
"""References to other places alone, which say no more than their names."""


def read_rst(name: str, data: bytes) -> Reading:
    """Read reStructuredText.

    Each line of the extracted text is the text of that line of the file. Comments, targets of links
    and options of directives are left out.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        NotADocumentError: the bytes are not text.
    """
    text = decode_document(name, data).expandtabs(8)
    return _Sections(text.split("\n")).reading()


class _Sections:
    """Reads lines from the first to the last.

    Args:
        lines: those of the file.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._text = LineText(len(lines))
        self._indents = Indents()
        self._styles: list[str] = []
        self._literal = False
        self._inside: tuple[int, Kind] | None = None
        self._terms = False

    def reading(self) -> Reading:
        """Read all of it."""
        take_blocks(len(self._lines), self._take)
        return self._text.reading(None)

    def _take(self, number: int) -> int:
        """Take the block that begins on a line, and return the line after it."""
        line = self._lines[number]
        if not line.strip():
            return number + 1
        indent = len(line) - len(line.lstrip())
        if self._inside and indent <= self._inside[0]:
            self._inside, self._terms = None, False
        if self._literal:
            self._literal = False
            if indent:
                return self._take_indented(number, indent, Kind.CODE)
        return (
            self._take_section(number)
            or self._take_table(number)
            or self._take_explicit(number)
            or self._take_marked(number, indent)
            or self._take_prose(number, indent)
        )

    def _take_section(self, number: int) -> int:
        """Take a title or a rule between paragraphs; return 0 if there is none."""
        line, under, last = (self._line(number + each).rstrip() for each in range(3))
        over = ADORNMENT.fullmatch(line)
        if over and under.strip() and last == line and not ADORNMENT.fullmatch(under):
            self._put_title(number + 1, f"{over[1]}{over[1]}")
            return number + 3
        if over:
            return number + 1 if len(line) >= RULE_LENGTH else 0
        below = ADORNMENT.fullmatch(under)
        if below and not line[:1].isspace() and len(under) >= min(len(line), RULE_LENGTH):
            self._put_title(number, below[1])
            return number + 2
        return 0

    def _put_title(self, number: int, style: str) -> None:
        if style not in self._styles:
            self._styles.append(style)
        self._indents.leave()
        level = self._styles.index(style) + 1
        self._put(number, [self._lines[number]], Kind.HEADING, level)

    def _take_table(self, number: int) -> int:
        """Take a table; return 0 if there is none."""
        line = self._lines[number]
        if GRID.fullmatch(line):
            end = number
            while self._line(end).lstrip().startswith(("+", "|")):
                end += 1
            self._put_rows(number, list(grid_rows(self._lines[number:end])))
            return end
        if SIMPLE.fullmatch(line):
            for end in range(number + 1, min(number + TABLE_LIMIT, len(self._lines))):
                # Rows may have blank lines between them; a rule and a blank line end the table.
                if SIMPLE.fullmatch(self._lines[end]) and not self._line(end + 1).strip():
                    self._put_rows(number, list(simple_rows(self._lines[number : end + 1])))
                    return end + 1
        return 0

    def _put_rows(self, number: int, rows: Sequence[DrawnRow]) -> None:
        header: str | None = None
        for row in rows:
            text = " ".join(plain_rst(row.text).split())
            if row.is_header:
                header = text
                self._text.put(number + row.line, [text], Kind.HEADER)
            else:
                self._text.put(number + row.line, [text], Kind.ROW, header=header)

    def _take_explicit(self, number: int) -> int:
        """Take a directive, a note, or a comment; return 0 if there is none."""
        line = self._lines[number]
        if directive := DIRECTIVE.fullmatch(line):
            return self._take_directive(number, directive)
        if note := NOTE.fullmatch(line):
            end = self._indented_end(number + 1, len(note["indent"]) + 1, blank=False)
            self._put(number, [note["text"], *self._lines[number + 1 : end]], Kind.NOTE)
            return end
        if explicit := EXPLICIT.match(line):
            return self._indented_end(number + 1, len(explicit["indent"]) + 1)
        return number + 1 if line.startswith("__ ") else 0

    def _take_directive(self, number: int, directive: re.Match[str]) -> int:
        """Take a directive; what it contains is taken as any text where it is that."""
        indent = len(directive["indent"])
        if not indent:
            self._indents.leave()
        name = directive["name"].lower()
        value = directive["value"] or ""
        options, body = self._options(number + 1, indent)
        if name in LEFT_OUT:
            return self._indented_end(body, indent + 1)
        if name in CODE:
            return self._take_indented(body, indent + 1, Kind.CODE)
        if name in ("csv-table", "list-table", "table"):
            self._put(number, [value], Kind.CAPTION)
            if name == "table":
                return body
            end = self._indented_end(body, indent + 1)
            take = self._put_csv if name == "csv-table" else self._put_list
            take(body, self._lines[body:end], options)
            return end
        if name in ADMONITIONS:
            self._inside = (indent, Kind.NOTE)
            if value and body == number + 1 and not REFERENCES.fullmatch(value):
                body = self._indented_end(body, indent + 1, blank=False)
                return self._put_prose(
                    number, [value, *self._lines[number + 1 : body]], Kind.NOTE, None
                )
            self._put(number, [] if REFERENCES.fullmatch(value) else [value], Kind.NOTE)
        elif name == "glossary":
            self._inside, self._terms = (indent, Kind.DEFINITION), True
        elif name in TERMS or ":" in name:
            self._put(number, [value], Kind.TERM)
            self._inside = (indent, Kind.DEFINITION)
        elif name in ("image", "figure"):
            self._put(number, [options.get("alt", "")], Kind.NOTE)
        else:
            self._put(number, [value], Kind.LINE)
        return body

    def _options(self, number: int, indent: int) -> tuple[dict[str, str], int]:
        """Return the options of a directive, and the line after them."""
        options = {}
        while (option := OPTION.fullmatch(self._line(number))) and option.start("name") > indent:
            options[option["name"]] = option["value"] or ""
            number += 1
        return options, number

    def _put_csv(self, number: int, lines: Sequence[str], options: dict[str, str]) -> None:
        header = None
        if options.get("header"):
            header = CELL_SEPARATOR.join(next(csv.reader([options["header"]])))
            self._text.put(number - 1, [header], Kind.HEADER)
        count = _count(options)
        for place, line in enumerate(lines):
            if not line.strip():
                continue
            row = plain_rst(CELL_SEPARATOR.join(each.strip() for each in _values(line)))
            if count > 0:
                header, count = row, count - 1
                self._text.put(number + place, [row], Kind.HEADER)
            else:
                self._text.put(number + place, [row], Kind.ROW, header=header)

    def _put_list(self, number: int, lines: Sequence[str], options: dict[str, str]) -> None:
        """Put a table that is written as a list of lists."""
        rows: list[tuple[int, list[list[str]]]] = []
        for place, line in enumerate(lines):
            text = line.strip()
            if text.startswith("* -"):
                rows.append((place, [[text[3:]]]))
            elif rows and (text == "-" or text.startswith("- ")):
                rows[-1][1].append([text[1:]])
            elif rows:
                rows[-1][1][-1].append(text)
        count = _count(options)
        drawn: list[DrawnRow] = []
        for place, cells in rows:
            texts = [" ".join(" ".join(pieces).split()) for pieces in cells]
            drawn.append(DrawnRow(place, CELL_SEPARATOR.join(texts), len(drawn) < count))
        self._put_rows(number, drawn)

    def _take_marked(self, number: int, indent: int) -> int:
        """Take lines that begin with a mark; return 0 if none does."""
        line = self._lines[number]
        if LINE_BLOCK.match(line):
            self._put(number, [line.strip().removeprefix("|")], Kind.LINE)
            return number + 1
        if DOCTEST.match(line):
            end = number
            while self._line(end).strip():
                end += 1
            self._text.put(number, [each[indent:] for each in self._lines[number:end]], Kind.CODE)
            return end
        if field := FIELD.fullmatch(line.strip()):
            end = self._indented_end(number + 1, indent + 1, blank=False)
            first = f"{field['name']}: {field['value'] or ''}"
            self._put(number, [first, *self._lines[number + 1 : end]], Kind.LINE)
            return end
        if OPTIONS.match(line.strip()):
            end = self._indented_end(number + 1, indent + 1, blank=False)
            self._put(number, self._lines[number:end], Kind.DEFINITION)
            return end
        if item := ITEM.match(line):
            level = self._indents.enter(indent)
            if line.startswith(".. _", item.end()):
                return number + 1
            end = self._indented_end(number + 1, indent + 1, blank=False, item=True)
            number_of_item = str(self._indents.number)
            mark = "-" if item["mark"] in "*+•" else item["mark"].replace("#", number_of_item)
            first = f"{mark} {line[item.end() :]}"
            return self._put_prose(
                number, [first, *self._lines[number + 1 : end]], Kind.ITEM, level
            )
        return 0

    def _take_prose(self, number: int, indent: int) -> int:
        """Take a paragraph, or a term with its definition."""
        if indent == 0:
            self._indents.leave()
        following = self._line(number + 1)
        inner = len(following) - len(following.lstrip())
        if following.strip() and inner > indent and not self._lines[number].rstrip().endswith("::"):
            self._put(number, [self._lines[number]], Kind.TERM)
            end = self._indented_end(number + 1, indent + 1, blank=False)
            return self._put_prose(number + 1, self._lines[number + 1 : end], Kind.DEFINITION, None)
        below = self._line(number + 2)
        if self._terms and not following.strip() and len(below) - len(below.lstrip()) > indent:
            self._put(number, [self._lines[number]], Kind.TERM)
            return number + 1
        end = number + 1
        while self._line(end).strip() and not EXPLICIT.match(self._lines[end]):
            end += 1
        kind = self._inside[1] if self._inside else Kind.PARAGRAPH
        level = self._indents.level if indent else None
        lines = self._lines[number:end]
        bold = 0 if indent or kind is not Kind.PARAGRAPH else bold_heading(lines, "**")
        self._put(number, lines[:bold], Kind.HEADING, INNERMOST)
        return self._put_prose(number + bold, lines[bold:], kind, level)

    def _put_prose(self, number: int, lines: Sequence[str], kind: Kind, level: int | None) -> int:
        """Put text that may introduce code, and return the line after it."""
        shown = list(lines)
        if shown and shown[-1].rstrip().endswith("::"):
            self._literal = True
            shown[-1] = shown[-1].rstrip().removesuffix(":") if shown[-1].strip() != "::" else ""
        self._put(number, shown, kind, level)
        return number + len(lines)

    def _take_indented(self, number: int, indent: int, kind: Kind) -> int:
        """Take lines that are indented, with the blank ones between them."""
        end = self._indented_end(number, indent)
        lines = self._lines[number:end]
        depth = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
        self._text.put(number, [line[depth:].rstrip() for line in lines], kind)
        return end

    def _indented_end(
        self, number: int, indent: int, *, blank: bool = True, item: bool = False
    ) -> int:
        """Return the line after those that are indented.

        Args:
            number: the first line that may be.
            indent: the minimum number of characters before their text.
            blank: whether blank lines may stand between them.
            item: whether an item of a list ends them too.
        """
        while number < len(self._lines):
            line = self._lines[number]
            if not line.strip():
                if not blank:
                    break
            elif len(line) - len(line.lstrip()) < indent or (item and ITEM.match(line)):
                break
            number += 1
        return number

    def _line(self, number: int) -> str:
        """Return a line; those after the last are blank."""
        return self._lines[number] if number < len(self._lines) else ""

    def _put(self, number: int, lines: Sequence[str], kind: Kind, level: int | None = None) -> None:
        shown = plain_rst("\n".join(line.strip() for line in lines)).split("\n")
        self._text.put(number, shown, kind, level)


def _count(options: dict[str, str]) -> int:
    """Return how many rows name the columns."""
    value = options.get("header-rows", "0").strip()
    return int(value) if value.isdecimal() and len(value) < 4 else 0


def _values(line: str) -> list[str]:
    """Return the values of a line of CSV."""
    try:
        return next(csv.reader([line.strip()], skipinitialspace=True), [])
    except csv.Error:
        return line.split(",")
