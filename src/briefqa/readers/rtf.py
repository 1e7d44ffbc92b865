"""Rich Text Format (.rtf, version 1.9.1): the text, with its headings, lists, tables and notes."""

from __future__ import annotations

import re
from copy import copy

from briefqa.errors import DocumentError
from briefqa.readers.blocks import Reading, ReadingWriter
from briefqa.readers.rtf_story import RtfStory

__all__ = ["read_rtf"]

TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})?[ ]?"
    r"|\\'(?P<byte>[0-9a-fA-F]{2})"
    r"|\\(?P<symbol>[^a-zA-Z])"
    r"|(?P<brace>[{}])"
    r"|[\r\n\0]++"
    r"|(?P<text>[^\\{}\r\n\0]++)",
    re.DOTALL,
)
DEPTH_LIMIT = 1000
"""The maximum depth of nested groups."""
LEFT_OUT = frozenset(
    "colortbl pict objdata objclass objname header headerl headerr headerf footer footerl footerr"
    " footerf fldinst xe tc tcn rxe txe nonshppict ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn"
    " listtable listoverridetable revtbl filetbl template author operator keywords comment"
    " doccomm subject sp shprslt hlinkbase category manager company creatim revtim printim buptim"
    " userprops nonesttables atnid atntime atnref atnparent bkmkstart bkmkend pntxta pntxtb"
    " datafield private".split()
)
"""Destinations whose contents are not of the text."""
STARRED = frozenset(["annotation", "atnauthor", "shpinst", "shptxt", "fldrslt", "pn", "pnseclvl"])
"""Destinations that old programs need not know, and that are read."""
OPENED = frozenset(["footnote", "annotation", "atnauthor", "listtext", "pntext", "shptxt"])
"""Destinations that the story is notified of when they open."""
SYMBOLS = {"~": "\xa0", "-": "", "_": "\N{NON-BREAKING HYPHEN}", "\n": None, "\r": None}
"""What control symbols stand for; None for the end of a paragraph."""
CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "emdash": "\N{EM DASH}",
    "endash": "\N{EN DASH}",
    "lquote": "\N{LEFT SINGLE QUOTATION MARK}",
    "rquote": "\N{RIGHT SINGLE QUOTATION MARK}",
    "ldblquote": "\N{LEFT DOUBLE QUOTATION MARK}",
    "rdblquote": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "bullet": "\N{BULLET}",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "nestcell": " ",
    "nestrow": "\n",
}
CHARSETS = {
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "big5hkscs",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
"""The encodings of fonts by their character sets."""
PLATFORMS = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}


def read_rtf(name: str, data: bytes) -> Reading:
    """Read a text.

    Each paragraph is a line. Notes and comments follow what they are to. Page headers and footers,
    hidden text and deletions are not read.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        DocumentError: its groups are nested too deeply.
    """
    parser = _Parser(name)
    parser.take_all(data.decode("latin-1"))
    writer = ReadingWriter()
    parser.story.flow.write_to(writer)
    return writer.reading(parser.story.title or parser.title())


class _Group:
    """What holds within a group, which ends with its brace.

    Attributes:
        destination: where the text goes; empty for the body.
        skipped: whether it goes nowhere.
        starred: whether what follows is a destination that need not be known.
        fresh: whether nothing stands in it yet, so that a destination may follow.
        encoding: of its bytes.
        fallback: how many characters after one in Unicode stand for it in old programs.
        bold: whether the text is bold.
        hidden: whether the text is hidden or deleted.
    """

    __slots__ = (
        *("bold", "destination", "encoding", "fallback", "fresh", "hidden", "skipped", "starred"),
    )

    def __init__(self) -> None:
        self.destination = ""
        self.skipped = self.starred = self.fresh = self.bold = self.hidden = False
        self.encoding = ""
        self.fallback = 1


class _Parser:
    """Takes the tokens of a file.

    Args:
        name: the document's path, for the error message.

    Attributes:
        story: the text.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._groups = [_Group()]
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._bytes = bytearray()
        self._units: list[int] = []
        self._to_skip = 0
        self._title: list[str] = []
        self.story = RtfStory()

    def title(self) -> str | None:
        """Return the title that the properties of the document have; None if they have none."""
        return " ".join("".join(self._title).split()) or None

    def take_all(self, source: str) -> None:
        """Take all of a file."""
        position = 0
        while token := TOKEN.match(source, position):
            position = token.end()
            if token["word"] == "bin":
                position += max(0, int(token["number"] or 0))
            elif token["brace"]:
                self._flush()
                self._take_brace(token["brace"])
            elif not self._groups[-1].skipped:
                self._take(token)
        self._flush()
        while len(self._groups) > 1:
            self._take_brace("}")
        self.story.finish()

    def _take_brace(self, brace: str) -> None:
        if brace == "{":
            if len(self._groups) > DEPTH_LIMIT:
                raise DocumentError(self._name, f"nests deeper than {DEPTH_LIMIT} groups")
            self._groups.append(copy(self._groups[-1]))
            self._groups[-1].starred, self._groups[-1].fresh = False, True
        elif len(self._groups) > 1:
            closed = self._groups.pop()
            if closed.destination != self._groups[-1].destination:
                self.story.close_destination(closed.destination)
        self._to_skip = 0

    def _take(self, token: re.Match[str]) -> None:
        group = self._groups[-1]
        if token["byte"]:
            if self._to_skip:
                self._to_skip -= 1
            else:
                self._flush_units()
                self._bytes.append(int(token["byte"], 16))
        elif token["text"]:
            self._take_text(token["text"])
        elif token["symbol"] == "*" and group.fresh:
            group.starred = True
            return
        elif token["symbol"]:
            self._take_symbol(token["symbol"])
        elif token["word"]:
            number = int(token["number"]) if token["number"] else None
            self._take_word(token["word"], number)
        group.fresh = False

    def _take_text(self, text: str) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(text))
            self._to_skip -= skipped
            text = text[skipped:]
        if not text:
            return
        if text.isascii():
            self._flush()
            self._write(text)
        else:
            self._flush_units()
            self._bytes += text.encode("latin-1")

    def _take_symbol(self, symbol: str) -> None:
        if self._to_skip:
            self._to_skip -= 1
            return
        self._flush()
        shown = SYMBOLS.get(symbol, symbol)
        if shown is None:
            self._end_paragraph("par")
        else:
            self._write(shown)

    def _take_word(self, word: str, number: int | None) -> None:
        if word == "u" and number is not None:
            self._flush_bytes()
            self._units.append(number % 0x10000)
            self._to_skip = self._groups[-1].fallback
            return
        self._flush()
        group = self._groups[-1]
        if group.fresh and (group.starred or word in LEFT_OUT):
            group.skipped = word in LEFT_OUT or word not in STARRED
        if word in CHARACTERS:
            self._write(CHARACTERS[word])
        elif word in ("par", "cell", "row", "sect", "page"):
            self._end_paragraph(word)
        elif not self._take_encoding(word, number) and not self._take_format(word, number):
            self._open_destination(word, number)

    def _take_encoding(self, word: str, number: int | None) -> bool:
        """Take a word that says how bytes are to be read; return whether it is one."""
        group = self._groups[-1]
        if word == "ansicpg" and number:
            self._encoding = f"cp{number}" if 437 <= number <= 1258 else "cp1252"
        elif word in PLATFORMS:
            self._encoding = PLATFORMS[word]
        elif word == "uc":
            group.fallback = min(max(number or 0, 0), 10)
        elif word == "f" and number is not None:
            self._font = number
            group.encoding = self._fonts.get(number, "")
        elif word == "fcharset" and group.destination == "fonttbl":
            self._fonts[self._font] = CHARSETS.get(number or 0, "")
        else:
            return False
        return True

    def _take_format(self, word: str, number: int | None) -> bool:
        """Take a word that says how the text looks; return whether it is one."""
        group = self._groups[-1]
        if word == "plain":
            group.bold = group.hidden = False
        elif word == "b":
            group.bold = number != 0
        elif word in ("v", "deleted"):
            group.hidden = number != 0
        else:
            return False
        return True

    def _open_destination(self, word: str, number: int | None) -> None:
        """Take a word that says what the text is."""
        group = self._groups[-1]
        if word in ("fonttbl", "stylesheet", "info") or (
            word == "title" and group.destination == "info"
        ):
            group.destination = word
        elif word in OPENED:
            if group.fresh and word != group.destination:
                group.destination = word
                self.story.open_destination(word)
        elif group.destination == "stylesheet":
            self.story.define_style(word, number)
        else:
            self.story.take_property(word, number)

    def _end_paragraph(self, word: str) -> None:
        if self._groups[-1].destination not in ("listtext", "pntext", "atnauthor"):
            self.story.end(word)

    def _write(self, text: str) -> None:
        group = self._groups[-1]
        if group.destination == "title":
            self._title.append(text)
        elif group.destination == "stylesheet":
            self.story.name_style(text)
        elif group.destination not in ("fonttbl", "info") and not group.hidden:
            self.story.write(text, bold=group.bold)

    def _flush(self) -> None:
        self._flush_bytes()
        self._flush_units()

    def _flush_bytes(self) -> None:
        if self._bytes:
            encoding = self._groups[-1].encoding or self._encoding
            data = bytes(self._bytes)
            self._bytes.clear()
            try:
                self._write(data.decode(encoding, "replace"))
            except LookupError:
                self._write(data.decode("cp1252", "replace"))

    def _flush_units(self) -> None:
        """Write characters in UTF-16, of which two may make one."""
        if self._units:
            data = b"".join(unit.to_bytes(2, "little") for unit in self._units)
            self._units.clear()
            self._write(data.decode("utf-16-le", "replace"))
