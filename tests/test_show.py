"""`briefqa show`: the places that answers cite, in each format, and error messages."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.assistant import Assistant
from briefqa.citations import Citation, count_lines, find_lines, parse_citation, quote_lines
from briefqa.cli import main
from briefqa.documents import Document, load
from briefqa.errors import UsageError
from briefqa.output.line_format import list_lines
from conftest import BRIEFING, Result, Run
from test_formats import ASKED, WRITERS

SHIPS = "Title\n\nForty ships came.\nThey left on Sunday.\n\nNobody knows why.\n"


@pytest.fixture
def show(capsys: pytest.CaptureFixture[str]) -> Run:
    def run_show(*arguments: str) -> Result:
        return Result(main(["show", *arguments]), *capsys.readouterr())

    return run_show


@pytest.fixture
def ships(tmp_path: Path) -> str:
    path = tmp_path / "ships.txt"
    path.write_text(SHIPS)
    return str(path)


def test_a_line_is_shown_with_its_neighbours(show: Run, ships: str) -> None:
    assert show(f"{ships}:3", "-C1") == (
        0,
        "2-\n3: Forty ships came.\n4- They left on Sunday.\n",
        "",
    )
    assert show(f"{ships}:3-4", "-C", "0").out == "3: Forty ships came.\n4: They left on Sunday.\n"
    assert show(f"{ships}:5-99", "-C0").out == "5:\n6: Nobody knows why.\n"


def test_without_a_place_all_is_shown(show: Run, ships: str) -> None:
    shown = show(ships).out.splitlines()
    assert [line[3:] for line in shown] == SHIPS.splitlines()
    assert all(line[1] == ":" for line in shown)


MAIL = b"""From: Ann
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

Ships are counted.
--b
Content-Type: text/plain; name=ships.txt

Counts

Forty ships came.

They left on Sunday.
--b
Content-Type: text/vtt; name=call.vtt

WEBVTT

00:01.000 --> 00:02.000
Nobody knows why.
--b--
"""


@pytest.fixture
def mail(tmp_path: Path) -> str:
    path = tmp_path / "a!b.eml"
    path.write_bytes(MAIL)
    return str(path)


@pytest.mark.parametrize(
    ("question", "place", "line"),
    [
        ("What are counted?", ":3", "3: Ships are counted."),
        ("How many ships came?", "!ships.txt:3", "3: Forty ships came."),
        ("What left on Sunday?", "!ships.txt:5", "5: They left on Sunday."),
        ("Who knows why?", "!call.vtt:00:00:01", "1: Nobody knows why."),
    ],
)
def test_a_place_in_an_attachment_is_cited_and_shown(
    show: Run, mail: str, question: str, place: str, line: str
) -> None:
    excerpt = Assistant.open([mail], cached=False).ask(question).excerpts[0]
    assert excerpt.citation == mail + place
    assert line in show(excerpt.citation).out.splitlines()
    assert show(excerpt.citation, "-C0").out == f"{line}\n"


def test_of_an_attachment_only_its_own_lines_are_shown(show: Run, mail: str) -> None:
    lines = ["1: Counts", "2:", "3: Forty ships came.", "4:", "5: They left on Sunday."]
    assert show(f"{mail}!ships.txt").out.splitlines() == lines
    assert show(f"{mail}!ships.txt:2-9", "-C9").out.splitlines() == [
        line.replace(":", "-", 1) if line[0] == "1" else line for line in lines
    ]


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("!ships.txt:6", "it has 5 lines, so there is no line 6"),
        ("!ships.doc", "it has no ships.doc; it has ships.txt, call.vtt"),
        ("!ships.txt:p2", "it has no pages; name a line, as in :9"),
    ],
)
def test_a_place_that_no_attachment_has_is_refused(
    show: Run, mail: str, place: str, message: str
) -> None:
    assert show(mail + place) == (2, "", f"briefqa: {mail}: {message}\n")


def test_a_file_named_like_a_place_is_that_file(show: Run, ships: str) -> None:
    for name in (f"{ships}:3", f"{ships}!a:3"):
        Path(name).write_text("Nobody came.\n")
        assert show(name).out == "1: Nobody came.\n"


def test_a_citation_as_printed_before_its_sentence_is_understood(show: Run, ships: str) -> None:
    assert show(f"{ships}:3:") == show(f"{ships}:3")


@pytest.mark.parametrize(
    ("place", "message"),
    [
        (":7", "it has 6 lines, so there is no line 7"),
        (":0", "lines count from 1"),
        (":4-3", "lines count from 1, and the last cannot precede the first"),
        (":p1", "it has no pages"),
        (":00:00:01", "it has no times"),
        (".gone:3", "no such file"),
    ],
)
def test_a_place_that_is_not_there_is_told(show: Run, ships: str, place: str, message: str) -> None:
    result = show(ships + place)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"briefqa: {ships}")
    assert message in result.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "expected a place such as notes.txt:9"),
        (("a:1", "b:2"), "b: no such file or directory"),
        (("seeds:3",), "seeds: a folder; name a file in it"),
        ((f"{BRIEFING}:3", "-C", "few"), "expected a number of lines, got few"),
    ],
)
def test_what_makes_no_sense_is_told(show: Run, arguments: tuple[str, ...], message: str) -> None:
    result = show(*arguments)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


def test_an_empty_document_has_no_line(show: Run, tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    assert "it has 0 lines" in show(f"{path}:1").err
    assert "it has 0 lines" in show(str(path)).err


def test_standard_input_has_places_too(run: Run) -> None:
    assert run("show", "-:2", "-C0", stdin=b"one\ntwo\n") == (0, "2: two\n", "")
    assert run("show", "-", stdin=b"one\ntwo\n").out == "1: one\n2: two\n"


def test_the_context_is_dimmed_where_colours_are_wanted(show: Run, ships: str) -> None:
    out = show(f"{ships}:3", "-C1", "--color", "always").out.splitlines()
    assert out[1] == "\x1b[36m3:\x1b[0m Forty ships came."
    assert out[2] == "\x1b[2m4-\x1b[0m \x1b[2mThey left on Sunday.\x1b[0m"


def test_no_control_character_of_a_document_is_listed(show: Run, tmp_path: Path) -> None:
    path = tmp_path / "evil.txt"
    path.write_text("One \x1b]0;owned\x07 \u202e two \x9b31m\n", encoding="utf-8")
    (line,) = show(f"{path}:1").out.splitlines()
    assert line.isprintable()
    assert "owned" in line


@pytest.mark.parametrize("name", WRITERS)
def test_what_an_answer_cites_is_shown(show: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(WRITERS[name][0]())
    assistant = Assistant.open([str(path)])
    for question in ASKED:
        excerpt = assistant.ask(question).excerpts[0]
        shown = show(excerpt.citation, "-C0").out
        said = [line.split(": ", 1)[-1] for line in shown.splitlines()]
        assert excerpt.sentence.slice(excerpt.passage.text).split("\n")[0] in " \n".join(said)


def test_a_page_beyond_the_last_is_told(show: Run, tmp_path: Path) -> None:
    path = tmp_path / "b.pdf"
    path.write_bytes(WRITERS["b.pdf"][0]())
    assert "no text begins on page 9; the last page with text is 3" in show(f"{path}:p9").err


def test_what_is_said_at_a_time_is_what_began_last(show: Run, tmp_path: Path) -> None:
    path = tmp_path / "call.vtt"
    path.write_text("WEBVTT\n\n00:05.000 --> 00:09.000\nHello.\n\n01:05.000 --> 01:09.000\nBye.\n")
    assert show(f"{path}:00:01:04", "-C0").out == "1: Hello.\n"
    assert show(f"{path}:00:59:59", "-C0").out == "3: Bye.\n"
    assert "nothing is said that early" in show(f"{path}:00:00:04").err


@pytest.mark.parametrize(
    ("citation", "place"),
    [
        ("notes.txt", Citation("notes.txt")),
        ("notes.txt:9", Citation("notes.txt", (9, 9))),
        ("a:b:9-12", Citation("a:b", (9, 12))),
        (r"C:\notes.txt:9", Citation(r"C:\notes.txt", (9, 9))),
        (r"C:\notes.txt", Citation(r"C:\notes.txt")),
        ("report.pdf:p3", Citation("report.pdf", page=3)),
        ("call.vtt:01:12:31", Citation("call.vtt", time=4351)),
        ("-:1", Citation("-", (1, 1))),
        ("a\nb:1", Citation("a\nb", (1, 1))),
        (":1", Citation(":1")),
        ("x:12345678901", Citation("x:12345678901")),
    ],
)
def test_citations_are_taken_apart(citation: str, place: Citation) -> None:
    assert parse_citation(citation) == place


@given(st.text(alphabet="ab\n\t :9", max_size=40), st.integers(1, 12), st.integers(0, 3))
def test_lines_are_those_that_an_editor_shows(text: str, line: int, context: int) -> None:
    lines = text.removesuffix("\n").split("\n") if text else []
    assert count_lines(text) == len(lines)
    if line <= len(lines):
        document = Document("a.txt", "A", text, ())
        quoted = quote_lines(document, Citation("a.txt", (line, line)), context)
        assert quoted.text.split("\n") == lines[quoted.first - 1 : line + context]
        shown = list(list_lines(quoted))
        numbers = range(max(1, line - context), min(len(lines), line + context) + 1)
        width = len(str(numbers[-1]))
        assert shown == [
            f"{n:>{width}}{':' if n == line else '-'} {lines[n - 1]}".rstrip() + "\n"
            for n in numbers
        ]


def test_the_whole_is_all_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a\nb")
    (document,) = load([os.fspath(path)]).documents
    assert find_lines(document, Citation(os.fspath(path))) == (1, 2)


@given(st.text(max_size=30) | st.from_regex(r"\A.{0,3}(:[p0-9:-]{0,9}){0,3}:?\Z"))
def test_any_citation_is_a_place_or_refused_in_words(citation: str) -> None:
    with suppress(UsageError):
        place = parse_citation(citation)
        assert citation.startswith(place.path)
