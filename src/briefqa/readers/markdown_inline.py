"""The text of a line of Markdown as a reader of the page sees it.

One sweep, whatever stands there: CommonMark leaves the nesting of brackets and stars to parsers
that may need quadratic time, which a hostile document would make them take.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape

from briefqa.readers.numerals import RAISED
from briefqa.records import Record

__all__ = ["NOTE_NUMBER", "TAG", "plain_text", "with_characters"]

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
"""Characters of a link's label at the most, as CommonMark has it."""
BIG_NUMBER = re.compile(r"&#x?[0-9a-f]{8,};?", re.IGNORECASE)
"""A reference to a character that cannot exist."""


class Opener(Record):
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
        source: the contents, lines parted by line feeds.
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
        self._brackets: list[Opener] = []
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
            self._brackets.append(Opener(len(self._pieces), mark.end()))
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

    def _is_link(self, opener: Opener, mark: re.Match[str]) -> bool:
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
