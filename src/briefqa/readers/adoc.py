"""AsciiDoc: sections, lists, tables and code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from briefqa.conventions import CELL_SEPARATOR
from briefqa.readers import current_budget
from briefqa.readers.blocks import INNERMOST, Kind, Reading
from briefqa.readers.charset import decode_document
from briefqa.readers.line_text import LineText, bold_heading, take_blocks, without_marks

__all__ = ["read_adoc"]

HEADING = re.compile(r"(?P<marks>={1,6}|#{1,6})[ \t]++(?P<text>\S.*+)")
ATTRIBUTE = re.compile(r":(?P<name>!?\w[\w-]*+!?):(?:[ \t]++(?P<value>.*))?")
DELIMITER = re.compile(r"(?P<mark>-{4,}|\.{4,}|_{4,}|={4,}|\*{4,}|\+{4,}|/{4,}|--|```\w*+)[ \t]*+")
TABLE = re.compile(r"[|,:!]={3,}[ \t]*+")
BLOCK_LINE = re.compile(
    r"\[(?P<list>[^\[\]]*+(?:\[[^\[\]]*+\][^\[\]]*+)?)\][ \t]*+|\[\[[^\]]++\]\][ \t]*+"
)
TITLE = re.compile(r"\.(?P<text>[^\s.].*+)")
MACRO = re.compile(r"(?P<name>[a-z]\w++)::(?P<target>[^\s\[]*+)\[(?P<text>.*)\][ \t]*+")
ADMONITION = re.compile(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]++\S")
ITEM = re.compile(
    r"[ \t]*+(?P<mark>\*{1,5}|-{1,5}|\.{1,5}|\d{1,9}\.|[a-zA-Z]\.|<(?:\d{1,4}|\.)>)[ \t]++(?=\S)"
)
TERM = re.compile(
    r"[ \t]*+(?P<term>\S(?:.*?\S)?)(?:::|:::|::::|;;)(?:[ \t]++(?P<text>\S.*+))?[ \t]*+"
)
CELL = re.compile(r"(?:^|(?<=[ \t|]))(?:\d*+(?:\.\d++)?[+*])?[<^>]?(?:\.[<^>])?[adehlmsv]?\|")
RULE = re.compile(r"(?:'{3,}|<{3,}|-{3}|\*{3})[ \t]*+")
COMMENT = re.compile(r"//(?!/)")
COLUMNS = re.compile(r"cols\s*+=\s*+\"?(?P<value>[^\"\]]*+)")
FORMAT = re.compile(r"\bformat=\"?(csv|dsv|tsv)\b")
SEPARATORS = {"csv": ",", "dsv": ":", "tsv": "\t"}
"""What stands between the cells of tables by their formats; others have a mark before each."""
HEADED = re.compile(r"%header|options\s*+=\s*+\"?[^\"]*?\bheader|opts\s*+=\s*+\"?[^\"]*?\bheader")
CODE = frozenset("-.`")
LEFT_OUT = frozenset("/+")
OPTIONS_LIMIT = 500
"""The maximum length of the options of a block in characters."""
COLUMN_LIMIT = 1000
"""The maximum number of columns of a table."""

INLINE = re.compile(
    r"\[\[[^\[\]]++\]\]"
    r"|<<(?P<anchor>[^<>,]++)(?:,(?P<reference>[^<>]++))?>>"
    r"|(?P<macro>(?:link|xref|mailto|image|kbd|btn|menu|footnote|anchor|icon|pass|stem|indexterm)"
    r":(?P<target>[^\s\[\]]*+)|(?:https?|ftp|irc)://[^\s\[\]<>]++)\[(?P<text>[^\[\]]*+)\]"
    r"|\{(?P<base>\w[\w-]*+)\}(?P<path>[^\s\[\]{}]*+)\[(?P<label>[^\[\]]++)\]"
    r"|\{(?P<attribute>\w[\w-]*+)\}"
    r"|\(\(\((?P<hidden>[^()]*+)\)\)\)|\(\((?P<index>[^()]*+)\)\)"
)
MARK = re.compile(r"\*{1,2}|_{1,2}|`{1,2}|#{1,2}|\+{1,3}")
ROLE = re.compile(r"\[[.#][\w.# -]*+\](?=[#*_`])")
ADDRESS = re.compile(r"\{|(?:https?|ftp|irc|link|xref|mailto):")
"""How the value of an attribute begins that is the beginning of a link."""
NAMES = {"nbsp": " ", "sp": " ", "empty": "", "blank": "", "lt": "<", "gt": ">", "amp": "&"}
"""Attributes that stand for characters."""
VALUE_LIMIT = 200
"""Characters of an attribute that are put in its place."""


def read_adoc(name: str, data: bytes) -> Reading:
    """Read AsciiDoc.

    Each line of the extracted text is the text of that line of the file. Comments and settings are
    left out; what other files hold is not included.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        NotADocumentError: the bytes are not text.
        DocumentError: what its attributes stand for is larger than the budget.
    """
    return _Sections(name, decode_document(name, data).split("\n")).reading()


class _Sections:
    """Reads lines from the first to the last.

    Args:
        name: the document's path, for error messages.
        lines: those of the file.
    """

    def __init__(self, name: str, lines: Sequence[str]) -> None:
        self._name = name
        self._lines = lines
        self._text = LineText(len(lines))
        self._attributes: dict[str, str] = {}
        self._marks: list[str] = []
        self._counts: list[int] = []
        self._quoted: str | None = None
        self._options = ""

    def reading(self) -> Reading:
        """Read all of it."""
        take_blocks(len(self._lines), self._take)
        return self._text.reading(None)

    def _take(self, number: int) -> int:
        """Take the block that begins on a line, and return the line after it."""
        line = self._lines[number].rstrip()
        if not line or line == "+" or COMMENT.match(line) or RULE.fullmatch(line):
            return number + 1
        if attribute := ATTRIBUTE.fullmatch(line):
            return self._take_attribute(number, attribute)
        if heading := HEADING.fullmatch(line):
            return self._take_heading(number, heading)
        if delimiter := DELIMITER.fullmatch(line):
            return self._take_delimited(number, delimiter["mark"])
        if TABLE.fullmatch(line):
            return self._take_table(number, line)
        if block := BLOCK_LINE.fullmatch(line):
            self._options = (block["list"] or self._options)[:OPTIONS_LIMIT]
            return number + 1
        if title := TITLE.fullmatch(line):
            self._put(number, [title["text"]], Kind.CAPTION)
            return number + 1
        if macro := MACRO.fullmatch(line):
            if macro["name"] in ("image", "video", "audio"):
                self._put(number, [macro["text"].partition(",")[0].strip('"')], Kind.NOTE)
            return number + 1
        return self._take_text(number, line)

    def _take_attribute(self, number: int, attribute: re.Match[str]) -> int:
        """Take a setting, whose value goes on after a line that ends with a backslash."""
        value = [attribute["value"] or ""]
        end = number + 1
        while value[-1].endswith(" \\") and end < len(self._lines):
            value.append(self._lines[end].strip())
            end += 1
        self._attributes[attribute["name"]] = " ".join(each.rstrip(" \\") for each in value)
        return end

    def _take_heading(self, number: int, heading: re.Match[str]) -> int:
        self._marks.clear()
        self._counts.clear()
        level = len(heading["marks"])
        self._put(number, [heading["text"]], Kind.HEADING, level)
        end = number + 1
        # The authors and the revision stand right under the title.
        while level == 1 and end <= number + 2 and self._is_author(end):
            self._put(end, [self._lines[end]], Kind.LINE)
            end += 1
        return end

    def _is_author(self, number: int) -> bool:
        line = self._lines[number] if number < len(self._lines) else ""
        return bool(line.strip()) and not (
            ATTRIBUTE.fullmatch(line.rstrip()) or COMMENT.match(line) or HEADING.match(line)
        )

    def _take_delimited(self, number: int, mark: str) -> int:
        """Take the line that begins or ends a block; of code, all of the block."""
        kind = mark[0]
        end = number + 1
        if kind not in CODE | LEFT_OUT or mark == "--":
            if kind == "_":
                self._quoted = None if self._quoted == mark else mark
            return end
        closing = "```" if kind == "`" else mark
        while end < len(self._lines) and self._lines[end].rstrip() != closing:
            end += 1
        if kind in CODE:
            lines = [line.rstrip() for line in self._lines[number + 1 : end]]
            self._text.put(number + 1, lines, Kind.CODE, self._level)
        return end + 1

    def _take_text(self, number: int, line: str) -> int:
        """Take an item, a term, a note or a paragraph."""
        if item := ITEM.match(line):
            end = self._paragraph_end(number + 1)
            marker = self._marker(item["mark"])
            lines = [marker + line[item.end() :], *self._lines[number + 1 : end]]
            self._put(number, lines, Kind.ITEM, self._level)
            return end
        if "::" in line or ";;" in line:
            term = TERM.fullmatch(line)
            if term and term["text"]:
                end = self._paragraph_end(number + 1)
                colon = ":" if term["term"][-1].isalnum() else ""
                first = f"{term['term']}{colon} {term['text']}"
                self._put(number, [first, *self._lines[number + 1 : end]], Kind.DEFINITION)
                return end
            if term:
                self._put(number, [term["term"]], Kind.TERM)
                return self._take_definition(number + 1)
        end = self._paragraph_end(number + 1)
        kind = Kind.QUOTATION if self._quoted else Kind.PARAGRAPH
        if line[:1].isspace() and not self._marks:
            kind = Kind.CODE
        elif ADMONITION.match(line) or self._options in ("NOTE", "TIP", "WARNING"):
            kind = Kind.NOTE
        above = self._lines[number - 1].strip() if number else ""
        if above == "":
            self._marks.clear()
            self._counts.clear()
        self._options = ""
        paragraph = self._lines[number:end]
        plain = kind is Kind.PARAGRAPH and above != "+"
        bold = bold_heading(paragraph, "**", "*") if plain else 0
        self._put(number, paragraph[:bold], Kind.HEADING, INNERMOST)
        self._put(number + bold, paragraph[bold:], kind, self._level if above == "+" else None)
        return end

    def _take_definition(self, number: int) -> int:
        """Take what stands right under a term, unless it is a block of another kind."""
        line = self._lines[number].strip() if number < len(self._lines) else ""
        if not line or ITEM.match(line) or DELIMITER.fullmatch(line) or TERM.fullmatch(line):
            return number
        end = self._paragraph_end(number + 1)
        self._put(number, self._lines[number:end], Kind.DEFINITION)
        return end

    @property
    def _level(self) -> int | None:
        return len(self._marks) or None

    def _marker(self, mark: str) -> str:
        """Enter the list of an item, and return what stands before it."""
        kind = "1." if mark[0].isalnum() else "<>" if mark[0] == "<" else mark
        while kind in self._marks and self._marks[-1] != kind:
            self._marks.pop()
            self._counts.pop()
        if kind not in self._marks:
            self._marks.append(kind)
            self._counts.append(0)
        self._counts[-1] += 1
        if kind in ("1.", "<>"):
            return f"{mark} "
        return f"{self._counts[-1]}. " if mark[0] == "." else "- "

    def _paragraph_end(self, number: int) -> int:
        while number < len(self._lines):
            line = self._lines[number].rstrip()
            if not line or line == "+" or _begins(line):
                break
            number += 1
        return number

    def _take_table(self, number: int, delimiter: str) -> int:
        end = number + 1
        while end < len(self._lines) and self._lines[end].rstrip() != delimiter:
            end += 1
        form = FORMAT.search(self._options)
        separator = SEPARATORS[form[1]] if form else delimiter[0]
        rows = list(_rows(self._lines[number + 1 : end], _columns(self._options), separator))
        first = self._lines[number + 1].strip() if number + 1 < end else ""
        after = self._lines[number + 2].strip() if number + 2 < end else "x"
        headed = bool(HEADED.search(self._options)) or (bool(first) and not after)
        self._options = ""
        header: str | None = None
        for place, group in groupby(rows, key=itemgetter(0)):
            # Rows that begin on one line are one.
            cells = [cell for _, row in group for cell in row]
            texts = (" ".join(self._plain(cell).split()) for cell in cells)
            row = CELL_SEPARATOR.join(texts)
            if headed:
                header, headed = row, False
                self._text.put(number + 1 + place, [row], Kind.HEADER)
            else:
                self._text.put(number + 1 + place, [row], Kind.ROW, header=header)
        return end + 1

    def _put(self, number: int, lines: Sequence[str], kind: Kind, level: int | None = None) -> None:
        source = "\n".join(line.strip() for line in lines)
        shown = [line.removesuffix(" +") for line in source.split("\n")]
        self._text.put(number, self._plain("\n".join(shown)).split("\n"), kind, level)

    def _plain(self, text: str) -> str:
        return plain_adoc(text, self._attributes, self._name)


def _begins(line: str) -> bool:
    """Whether a line within a paragraph begins a block of its own."""
    return bool(
        ITEM.match(line)
        or DELIMITER.fullmatch(line)
        or TABLE.fullmatch(line)
        or BLOCK_LINE.fullmatch(line)
        or COMMENT.match(line)
        or TERM.fullmatch(line)
    )


def _columns(options: str) -> int:
    """Return how many columns the options of a table tell; 0 if they tell none."""
    found = COLUMNS.search(options)
    if found is None:
        return 0
    count = 0
    for column in re.split(r"[,;]", found["value"].strip().strip('"')):
        times = re.match(r"\s*+(\d{1,3})\*", column)
        count += int(times[1]) if times else 1
    return min(count, COLUMN_LIMIT)


def _rows(lines: Sequence[str], columns: int, kind: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table, each with the line that it begins on."""
    if kind in SEPARATORS.values():
        yield from ((n, line.split(kind)) for n, line in enumerate(lines) if line.strip())
        return
    row: list[list[str]] = []
    first = 0
    for number, line in enumerate(lines):
        marks = list(CELL.finditer(line))
        lead = line[: marks[0].start()] if marks else line
        if row and lead.strip():
            row[-1].append(lead)
        ends = [*(mark.start() for mark in marks[1:]), len(line)]
        cells = [line[mark.end() : end] for mark, end in zip(marks, ends, strict=False)]
        columns = columns or len(cells)
        for cell in cells:
            if len(row) == columns:
                yield first, [" ".join(each) for each in row]
                row = []
            first = first if row else number
            row.append([cell])
    if row:
        yield first, [" ".join(each) for each in row]


def plain_adoc(text: str, attributes: Mapping[str, str], name: str) -> str:
    """Take the mark-up out of the contents of a block.

    Args:
        text: the contents; its lines end with line feeds.
        attributes: what names in braces stand for.
        name: the document's path, for error messages.

    Returns:
        As many lines, each with the text of that line.

    Raises:
        DocumentError: what the names stand for is larger than the budget.
    """
    budget = current_budget()
    pieces = []
    end = 0
    for found in INLINE.finditer(text):
        pieces.append(_without_marks(text[end : found.start()]))
        end = found.end()
        shown = _shown(found, attributes)
        budget.spend(name, max(0, len(shown) - len(found[0])))
        pieces.append(shown + "\n" * (found[0].count("\n") - shown.count("\n")))
    return "".join([*pieces, _without_marks(text[end:])])


def _without_marks(text: str) -> str:
    return without_marks(ROLE.sub("", text), MARK)


def _shown(found: re.Match[str], attributes: Mapping[str, str]) -> str:
    """Return what is shown of a reference, a macro or an attribute."""
    if name := found["attribute"] or found["base"]:
        value = attributes.get(name, NAMES.get(name, found[0]))
        if found["base"] and (name not in attributes or ADDRESS.match(value)):
            return str(found["label"]).partition(",")[0].removesuffix("^")
        shown = value + found[0][len(name) + 2 :] if name in attributes else value
        return shown if len(value) <= VALUE_LIMIT else found[0]
    if found["anchor"]:
        return (found["reference"] or found["anchor"]).strip()
    if found["index"]:
        return str(found["index"])
    if found["macro"] is None:
        return ""
    kind = found["macro"].partition(":")[0]
    text = found["text"].partition(",")[0].strip().removesuffix("^").strip('"')
    if kind == "footnote":
        return f" ({found['text']})" if found["text"] else ""
    if kind in ("anchor", "icon", "indexterm"):
        return ""
    if kind in ("kbd", "btn", "menu", "pass", "stem"):
        return found["text"]
    target = found["target"] if kind in ("link", "xref", "mailto") else found["macro"]
    return text or (target if kind != "image" else "")
