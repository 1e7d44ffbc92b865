"""Each of the 1,114,112 code points in each format: no control character reaches a terminal."""

import csv
import json
import os
import sys
from collections.abc import Iterator
from io import StringIO

import pytest

from briefqa.answers import Answer, CorpusSize, Excerpt, Status
from briefqa.citations import Citation, quote_lines
from briefqa.documents import Document
from briefqa.output import FORMATS, Layout, Reply
from briefqa.output.line_format import list_lines
from briefqa.passages import Passage
from briefqa.spans import Span
from fuzz.targets import CONTROLS

SHARE = 480
"""Characters of a text, few enough for the text format to show all of them."""


def replies() -> Iterator[Reply]:
    """Yield answers that together contain each code point in question, name, heading and text."""
    for start in range(0, sys.maxunicode + 1, SHARE):
        text = "".join(map(chr, range(start, min(start + SHARE, sys.maxunicode + 1))))
        span = Span(0, len(text))
        path = os.fsdecode(text.replace("\0", "").encode("utf-8", "surrogatepass"))
        passage = Passage(path, text, (text,), None, (1, 1), span, text)
        excerpt = Excerpt(1, 1.0, passage, span, span, text, None, None, (), ())
        yield Reply(
            Answer(
                text, Status.ANSWERED, 0.9, (text,), (text,), (), (), (excerpt,), CorpusSize(1, 1)
            )
        )


@pytest.mark.parametrize("name", ["line", "markdown", "csv", "paths", "plain"])
def test_no_raw_control_is_written(name: str) -> None:
    written: set[str] = set()
    for chunk in FORMATS[name].render(replies(), Layout(batch=True, explain=True)):
        written.update(chunk)
    assert CONTROLS.isdisjoint(map(ord, written))


def test_no_raw_control_is_listed() -> None:
    text = "".join(map(chr, range(sys.maxunicode + 1)))
    quoted = quote_lines(Document("a.txt", "A", text, ()), Citation("a.txt"))
    assert CONTROLS.isdisjoint(map(ord, "".join(list_lines(quoted))))


def test_text_holds_no_escape_but_its_own_colours() -> None:
    codes: set[str] = set()
    for chunk in FORMATS["text"].render(replies(), Layout(batch=True, color=True)):
        pieces = chunk.split("\x1b[")
        codes.update(piece.partition("m")[0] for piece in pieces[1:])
        assert all(CONTROLS.isdisjoint(map(ord, piece)) for piece in pieces)
    assert all(code.replace(";", "").isdigit() for code in codes)


def test_json_restores_all_but_lone_surrogates() -> None:
    for reply, line in zip(replies(), FORMATS["jsonl"].render(replies(), Layout()), strict=True):
        assert line.isascii()
        assert line.rstrip("\n").isprintable()
        text = reply.answer.question
        exact = "".join("\ufffd" if "\ud800" <= each <= "\udfff" else each for each in text)
        assert json.loads(line)["excerpts"][0]["text"] == exact


def test_the_cells_of_csv_stay_in_their_columns() -> None:
    for chunk in FORMATS["csv"].render(replies(), Layout()):
        rows = list(csv.reader(StringIO(chunk)))
        assert [len(row) for row in rows] == [8]
