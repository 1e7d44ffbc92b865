"""The syntax of Markdown around CommonMark's blocks: front matter, dialects, mark-up in a block.

Admonitions (MkDocs, Docusaurus), attributes (kramdown) and directives of templates (Jekyll) are not
seen as such by a reader of the page; they are written as CommonMark, each line on its line.

The mark-up inside a block is taken out in one sweep, whatever stands there: CommonMark leaves the
nesting of brackets and stars to parsers that may need quadratic time, which a hostile document
would make them take.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from html import unescape

from briefqa.readers.blocks import RAISED
from briefqa.records import Record

__all__ = [
    "LABEL",
    "NOTE_NUMBER",
    "TAG",
    "Field",
    "as_commonmark",
    "front_matter",
    "plain_text",
    "with_characters",
]

FENCE = re.compile(r" {0,3}(?P<fence>`{3,}+|~{3,}+)(?P<info>[^`]*+)$")
ADMONITION = re.compile(
    r"(?P<indent>[ \t]*+)(?:(?:!!!|\?\?\?\+?)[ \t]++(?:[\w-]++[ \t]*+)*+|===[ \t]++(?=[\"“]))"
    r"(?:[\"“](?P<title>[^\"“”]*+)[\"”])?[ \t]*+$"
)
"""The line above an admonition or tab, whose text is moved in below it."""
CONTAINER = re.compile(
    r"[ \t]*+:{3,}+[ \t]*+(?:\{[^{}]*+\}|[\w-]*+)[ \t]*+"
    r"(?:\[(?P<title>[^\[\]]*+)\]|(?P<rest>[^\[\]]*+))$"
)
DIRECTIVE = re.compile(
    r"[ \t]*+(?:\{:[^{}]*+\}|\{%[^%]*+%\}|\{#[\w-]++\}|\[\[?_?toc_?\]\]?|<!--[^>]*+-->)[ \t]*+$",
    re.IGNORECASE,
)
"""A line that is not text."""
INDENT = 4
LABEL = "\ue000"
"""Opens a line that names what follows it; a character for private use."""

FRONT_MATTER = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*+\n(?=[\w-]++[ \t]*+[:=])(?:(?!(?P=fence)).*+\n)++"
    r"(?P=fence)[ \t]*+(?:\n|$)"
)
FIELD = re.compile(r"[ \t]*+(?P<name>[\w-]++)[ \t]*+[:=](?:[ \t]++(?P<value>\S.*+))?")
ITEM = re.compile(r"[ \t]*+-[ \t]++(?P<value>\S.*+)")
BLOCK_MARK = re.compile(r"[|>][+-]?\d?[+-]?")
"""What stands for a value on the lines below."""
FLOW = re.compile(r"\[(?P<items>[^\[\]{}]*+)\]")
"""A list on one line."""
QUOTES = "\"' \t,"

TAG = re.compile(
    r"<!--(?:[^-]|-(?!->))*+(?:-->)?|</?[A-Za-z](?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+>"
)
"""A comment, or a tag of HTML."""

MARK = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~]|(?=\n))"
    r"|(?<!`)(?P<ticks>`++)(?P<code>[^`]++(?:`++[^`]++){0,4}?)(?P=ticks)(?!`)"
    r"|<(?P<link>[a-z][a-z+.-]{1,31}:[^\s<>]*+|[^\s<>@]{1,64}@[^\s<>@]{1,255})>"
    r"|<sup>(?P<raised>[\d, ]{1,12})</sup>"
    rf"|(?P<tag>{TAG.pattern})"
    r"|\{\{(?P<sign>[%<])(?P<shortcode>[^{}\n]{0,400})[%>]\}\}"
    r"|(?P<directive>\{:[^{}\n]{0,200}\}|\{%[^%\n]{0,400}%\})"
    r"|(?P<open>!?\[)"
    r"|(?P<close>\])(?P<target>\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\)|\[(?P<ref>[^\[\]]*+)\])?"
    r"|(?P<run>\*++|_++|~~)",
    re.IGNORECASE | re.DOTALL,
)
"""What may be mark-up; each alternative is left after one look at what follows."""

SHORTCODE_NAME = re.compile(
    r"\b(?P<key>abbr|caption|label|name|term|title)=\"(?P<value>[^\"<>]++)\"", re.IGNORECASE
)
"""What a shortcode of a site generator, such as Hugo, calls what follows it."""
DASH = " \N{EN DASH}"
"""After a name that ends its line: a colon would end its sentence before what it names."""
PERMALINKS = frozenset("#¶§🔗")
"""The text of links that only lead to where they stand."""
NOTE_NUMBER = re.compile(r"[\d,\s]+")
"""The number of a note, or an exponent."""
LABEL_LIMIT = 999
"""The maximum length of a link's label in characters (CommonMark)."""
BIG_NUMBER = re.compile(r"&#x?[0-9a-f]{8,};?", re.IGNORECASE)
"""A reference to a character that cannot exist."""


def as_commonmark(lines: Sequence[str]) -> list[str]:
    """Write the lines of a file as CommonMark.

    The text of an admonition becomes a quotation. Its title, and that of a container, is a line
    that opens with `LABEL`.
    """
    written: list[str] = []
    fence = ""
    inside: int | None = None
    for line in lines:
        mark = FENCE.match(line)
        if fence:
            if mark and mark["fence"].startswith(fence) and not mark["info"].strip():
                fence = ""
        elif mark:
            fence = mark["fence"]
        inside = None if fence or mark else _depth(line, inside)
        written.append(line if fence or mark else _line(line, inside))
    return written


def _depth(line: str, inside: int | None) -> int | None:
    """How far the text of the admonition is moved in that a line belongs to; None for none."""
    found = ADMONITION.match(line)
    if found:
        return len(found["indent"].expandtabs(INDENT))
    if inside is None or not line.strip():
        return inside
    indent = len(line) - len(line.lstrip())
    return inside if len(line[:indent].expandtabs(INDENT)) >= inside + INDENT else None


def _line(line: str, inside: int | None) -> str:
    if DIRECTIVE.match(line):
        return ""
    found = ADMONITION.match(line) or CONTAINER.match(line)
    if found:
        title = (found["title"] or found.groupdict().get("rest") or "").strip()
        return f"{'> ' if inside is not None else ''}###### {LABEL}{title}" if title else ""
    if inside is None or not line.strip():
        return line
    text = line.expandtabs(INDENT)
    return "> " + text[inside + INDENT :]


class Field(Record):
    """A field, or an item of one.

    Attributes:
        name: its name.
        line: the line of the file that its value begins on, from 0.
        lines: the lines of its value.
    """

    name: str
    line: int
    lines: tuple[str, ...]


def front_matter(source: str) -> tuple[list[Field], int]:
    """Read the front matter of a file.

    Lists, of either form, have a field for each item; text that is folded or goes on below is one
    field.

    Args:
        source: the file.

    Returns:
        The fields that have values, and how many lines the front matter takes; 0 if there is none.
    """
    matter = FRONT_MATTER.match(source)
    if matter is None:
        return [], 0
    lines = matter[0].rstrip().split("\n")
    return list(_fields(lines[:-1])), len(lines)


def _fields(lines: Sequence[str]) -> Iterator[Field]:
    """Yield the fields of the lines between the fences; the first line is a fence."""
    name, start, value, folded = "", 0, list[str](), False
    for number, line in enumerate(lines[1:], 1):
        item, field = ITEM.fullmatch(line.rstrip()), FIELD.fullmatch(line.rstrip())
        indented = line[:1].isspace()
        if not (item or field) or (indented and folded):
            if line.strip():
                start = start if value else number
                value.append(line.strip(QUOTES))
            continue
        if value:
            yield Field(name, start, tuple(value))
        start, value, folded = number, [], False
        if item:
            value = [item["value"].strip(QUOTES)]
        elif field:
            name, written = field["name"], field["value"] or ""
            value, folded = _value(written), BLOCK_MARK.fullmatch(written) is not None
    if value:
        yield Field(name, start, tuple(value))


def _value(written: str) -> list[str]:
    """The beginning of a value, as the rest of its line has it; empty if it stands below."""
    if BLOCK_MARK.fullmatch(written) or written[0:1] in "&{" or not written:
        return []
    flow = FLOW.fullmatch(written)
    if flow:
        items = (item.strip(QUOTES) for item in flow["items"].split(","))
        return [", ".join(filter(None, items))]
    return [written.strip(QUOTES)]


class Bracket(Record):
    """A mark that may turn out to open something.

    Attributes:
        piece: its place among the pieces of the result.
        end: where it ends in the source.
    """

    piece: int
    end: int


def plain_text(source: str, references: Collection[str] = ()) -> str:
    """Take the mark-up out of the contents of a block.

    Links and images become their text, code its characters; emphasis, tags and backslashes go.

    Args:
        source: the contents; its lines end with line feeds.
        references: labels that links may refer to, white space folded, in capitals.

    Returns:
        As many lines as the source has, each with the text of that line.
    """
    return _Sweep(source, references).text()


class _Sweep:
    """One pass over the contents of a block; what opens something is blanked once it is closed."""

    def __init__(self, source: str, references: Collection[str]) -> None:
        self._source = source
        self._references = references
        self._pieces: list[str] = []
        self._brackets: list[Bracket] = []
        self._runs: dict[str, list[int]] = {"*": [], "_": [], "~": []}

    def text(self) -> str:
        start = 0
        for mark in MARK.finditer(self._source):
            self._pieces.append(with_characters(self._source[start : mark.start()]))
            self._take(mark)
            start = mark.end()
        self._pieces.append(with_characters(self._source[start:]))
        return "".join(self._pieces)

    def _take(self, mark: re.Match[str]) -> None:
        if mark["open"]:
            self._brackets.append(Bracket(len(self._pieces), mark.end()))
            self._pieces.append(mark[0])
        elif mark["close"]:
            self._close(mark)
        elif mark["run"]:
            self._emphasise(mark)
        elif mark["sign"]:
            # What embeds a file, such as a figure, does not name the next line.
            ends_line = self._source.startswith("\n", mark.end())
            names_next = ends_line and "src=" not in mark["shortcode"]
            self._pieces.append(_name_in(mark["shortcode"], DASH if names_next else ":"))
        elif mark["raised"]:
            self._pieces.append(mark["raised"].translate(RAISED))
        else:
            shown = mark["code"] or mark["link"] or mark["escaped"] or ""
            self._pieces.append(_on_its_lines(shown, mark[0]))

    def _close(self, mark: re.Match[str]) -> None:
        """Take a link's brackets and target out, where it is a link."""
        opener = self._brackets.pop() if self._brackets else None
        if opener is None or not self._is_link(opener, mark):
            self._pieces.append(mark[0])
            return
        self._pieces[opener.piece] = ""
        if "".join(self._pieces[opener.piece + 1 : opener.piece + 3]).strip() in PERMALINKS:
            self._pieces[opener.piece + 1 :] = []
        self._pieces.append(_on_its_lines("", mark[0]))

    def _is_link(self, opener: Bracket, mark: re.Match[str]) -> bool:
        target = mark["target"] or ""
        if target.startswith("("):
            return True
        label = mark["ref"]
        if not label and self._references and mark.start() - opener.end <= LABEL_LIMIT:
            label = self._source[opener.end : mark.start()]
        return bool(label) and " ".join(label.split()).upper() in self._references

    def _emphasise(self, mark: re.Match[str]) -> None:
        """Take the marks that open and close emphasis out, as many as have a partner."""
        opens, closes = _flanks(self._source, mark)
        openers = self._runs[mark[0][0]]
        left = mark[0]
        while closes and left and openers:
            opened = self._pieces[openers[-1]]
            taken = min(len(opened), len(left))
            self._pieces[openers[-1]] = opened[taken:]
            left = left[taken:]
            if taken == len(opened):
                openers.pop()
        if opens and left:
            openers.append(len(self._pieces))
        self._pieces.append(left)


def _name_in(shortcode: str, mark: str) -> str:
    """Return the name that a shortcode gives what follows it, and a mark; empty without a name."""
    named = {each["key"].lower(): each["value"] for each in SHORTCODE_NAME.finditer(shortcode)}
    short = named.pop("abbr", "")
    names = ", ".join(named.values())
    if names and short:
        return f"{names} ({short}){mark}"
    return f"{names or short}{mark}" if named or short else ""


def _flanks(source: str, mark: re.Match[str]) -> tuple[bool, bool]:
    """Whether a run of marks may open, and may close, emphasis (CommonMark 0.31, section 6.2)."""
    before = source[mark.start() - 1] if mark.start() else " "
    after = source[mark.end()] if mark.end() < len(source) else " "
    left = not after.isspace() and (after.isalnum() or not before.isalnum())
    right = not before.isspace() and (before.isalnum() or not after.isalnum())
    if mark[0][0] == "_":
        return left and not before.isalnum(), right and not after.isalnum()
    return left, right


def _on_its_lines(shown: str, mark: str) -> str:
    """What is shown of a mark, with the line breaks that go with the rest of it."""
    return shown + "\n" * (mark.count("\n") - shown.count("\n"))


def with_characters(text: str) -> str:
    """Put in the characters that entities such as `&amp;` stand for; lines stay lines."""
    if "&" not in text:
        return text
    lines = BIG_NUMBER.sub("\N{REPLACEMENT CHARACTER}", text).split("\n")
    return "\n".join(" ".join(unescape(line).split("\n")) for line in lines)
