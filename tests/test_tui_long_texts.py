"""Long texts in the app: kept in pieces, wrapped, searched, and read by another process."""

import io
import json
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.assistant import Assistant
from briefqa.corpus import Corpus
from briefqa.documents import read_document
from briefqa.errors import DocumentError
from briefqa.tui import large_files, long_text, session
from briefqa.tui.document_search import find_text
from briefqa.tui.fields import parse_line
from briefqa.tui.large_files import AnyDocument, LongDocument, read_apart, serve
from briefqa.tui.long_text import LongText
from briefqa.tui.outline import Outline
from briefqa.tui.session import OpenCorpus
from briefqa.tui.text_rows import TextLayout, WrappedText

TEXTS = st.text(alphabet="ab \t\n日é\ud800", max_size=80)
OFFSETS = st.integers(-90, 90) | st.none()


@pytest.fixture(autouse=True, scope="module")
def short_pieces() -> Iterator[None]:
    """Cut texts that are short enough to try many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_text, "PIECE", 7)
        yield


@given(text=TEXTS, start=OFFSETS, end=OFFSETS)
def test_a_long_text_has_the_characters_of_the_string(
    text: str, start: int | None, end: int | None
) -> None:
    pieces = LongText(text)
    assert len(pieces) == len(text)
    assert pieces[start:end] == text[start:end]
    assert "".join(piece.text for piece in pieces.pieces()) == text
    assert pieces.count("\n") == text.count("\n")
    assert pieces.count("a", 3, 50) == text.count("a", 3, 50)
    assert pieces.endswith("\n") == text.endswith("\n")
    assert pieces == LongText(text)
    assert pieces != LongText(f"{text}.")


@given(text=TEXTS, width=st.integers(1, 12) | st.none())
def test_a_long_text_has_the_rows_of_the_string(text: str, width: int | None) -> None:
    rows, expected = WrappedText(LongText(text), width), WrappedText(text, width)
    assert [*map(rows.__getitem__, range(len(rows)))] == [
        *map(expected.__getitem__, range(len(expected)))
    ]
    assert (rows.lines, rows.width) == (expected.lines, expected.width)
    offsets, lines = range(len(text) + 1), range(rows.lines + 3)
    assert [*map(rows.find, offsets)] == [*map(expected.find, offsets)]
    assert [*map(rows.line_start, lines)] == [*map(expected.line_start, lines)]


@given(text=st.text(alphabet="aB  \n", max_size=120), wanted=st.text("ab ", max_size=6))
def test_a_long_text_has_the_matches_of_the_string(text: str, wanted: str) -> None:
    matches, expected = find_text(LongText(text), wanted), find_text(text, wanted)
    assert [*matches.spans] == [*expected.spans]


def report(folder: Path, chapters: int) -> Path:
    path = folder / "report.md"
    text = "".join(f"# Chapter {number}\n\nForty ships.\n\n" for number in range(chapters))
    path.write_text(text, encoding="utf-8")
    return path


def test_a_process_reads_what_this_one_does(tmp_path: Path) -> None:
    path = report(tmp_path, 3)
    assert read_apart(str(path), 10**6) == read_document(str(path))
    with pytest.raises(DocumentError, match="larger than 10 bytes"):
        read_apart(str(path), 10)


def served(path: Path) -> tuple[AnyDocument | None, str]:
    """Return what the process replies, which is not another one here."""
    replies = io.BytesIO()
    serve(json.dumps([str(path), 10**6]).encode(), replies)
    reply: tuple[AnyDocument | None, str] = pickle.loads(replies.getvalue())
    return reply


def test_a_short_document_is_sent_whole(tmp_path: Path) -> None:
    path = report(tmp_path, 3)
    assert served(path) == (read_document(str(path)), "")
    assert served(tmp_path / "none.md") == (None, "no such file or directory")


def test_a_process_that_ends_has_read_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_files, "PROGRAM", "import sys; sys.stdin.readline()")
    with pytest.raises(OSError, match="ended"):
        read_apart("a.txt", 10)


def test_of_a_long_document_its_text_and_its_headings_are_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_files, "LONG_TEXT", 20)
    path = report(tmp_path, 3)
    document, _ = served(path)
    assert isinstance(document, LongDocument)
    whole = read_document(str(path))
    assert document.text[:] == whole.text
    headings = [heading.text for heading in Outline(document).headings()]
    assert headings == ["Chapter 0", "Chapter 1", "Chapter 2"]
    assert parse_line(document, "5") == 5
    with pytest.raises(DocumentError, match="it has 12 lines"):
        parse_line(document, "13")
    assert TextLayout(40, wrapped=True).wrap(document.text).lines == whole.text.count("\n") + 1


def test_times_of_a_long_document_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_files, "LONG_TEXT", 20)
    path = tmp_path / "call.vtt"
    cues = (f"00:0{n}:00.000 --> 00:0{n}:09.000\nForty ships, {n}.\n\n" for n in range(9))
    path.write_text(f"WEBVTT\n\n{''.join(cues)}", encoding="utf-8")
    document, _ = served(path)
    assert isinstance(document, LongDocument)
    whole = read_document(str(path))
    assert parse_line(document, "0:04:00") == parse_line(whole, "0:04:00")


def test_a_large_file_is_read_apart_if_a_process_can_be_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []

    def reader(path: str, max_size: int) -> LongDocument:
        read.append(path)
        return LongDocument(path, "Report", LongText("Forty ships."), ())

    monkeypatch.setattr(large_files, "LARGE_FILE", 10)
    monkeypatch.setattr(session, "read_apart", reader)
    path = str(report(tmp_path, 3))
    other = str(tmp_path / "other.md")
    Path(other).write_text("# Of no corpus\n\nForty ships.\n", encoding="utf-8")
    opened = Corpus.of(path)
    corpus = OpenCorpus(Assistant.open(opened, cached=False), opened)
    document = corpus.document(path)
    assert document is not None
    assert document.text[:] == "Forty ships."
    assert corpus.document(other) is None
    assert read == [path]
    monkeypatch.undo()
    monkeypatch.setattr(large_files, "LARGE_FILE", 10)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    assert OpenCorpus(corpus.assistant, opened).document(path) == read_document(path)


def test_long_documents_are_not_all_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "CACHED_TEXT", 50)
    paths = [str(tmp_path / name) for name in ("a.txt", "b.txt", "c.txt")]
    for path in paths:
        Path(path).write_text("Forty ships were seen.\n", encoding="utf-8")
    corpus = OpenCorpus(Assistant.open(tmp_path, cached=False))
    for path in paths:
        assert corpus.document(path) is corpus.cached(path)
    assert [corpus.cached(path) is not None for path in paths] == [False, True, True]
