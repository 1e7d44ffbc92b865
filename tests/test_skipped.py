"""Nothing is skipped in silence: what is said of files that are not read, and where."""

import json
import os
import sys
from pathlib import Path

import fpdf
import pytest

from briefqa.answers import CorpusSize
from briefqa.assistant import Assistant
from briefqa.cli import main
from briefqa.corpus import Skipped, count_skipped
from briefqa.documents import load
from briefqa.errors import DocumentError, NoDocumentsError, SkippedFileError
from briefqa.index import in_memory, writer
from briefqa.output.wording import left_out
from conftest import Ask, Run
from tui import Driver, drive

SHIPS = "How many ships were counted?"
ANSWER = "Forty ships were counted.\n"
PICTURE = b"\x89PNG\r\n\x1a\n\0\0"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
NO_TEXT = "<html><body><img src='ship.png'></body></html>"


def write_scan(path: Path) -> None:
    document = fpdf.FPDF()
    document.add_page()
    path.write_bytes(document.output())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(ANSWER)
    (folder / "empty.txt").write_text("")
    (folder / "blank.md").write_text(" \n\n")
    (folder / "b.doc").write_bytes(OLD_OFFICE)
    (folder / "c.DOC").write_bytes(OLD_OFFICE)
    write_scan(folder / "d.pdf")
    return folder


@pytest.fixture
def mixed(folder: Path) -> Path:
    """Return a folder with a file of each kind that is not read."""
    (folder / "e.html").write_text(NO_TEXT)
    (folder / "f").write_bytes(bytes(9))
    (folder / "g.txt").write_bytes(b"text\0")
    (folder / "h.png").write_bytes(PICTURE)
    (folder / "i.txt").write_text("large " * 2000)
    if sys.platform != "win32":
        os.mkfifo(folder / "j.txt")
    return folder


LINE = "briefqa: 3 files not read: 2 .doc, 1 scan; --verbose lists them\n"


def test_files_that_are_left_out_are_told_in_one_line_and_are_no_error(
    ask: Ask, folder: Path
) -> None:
    result = ask(SHIPS, str(folder))
    assert result == (0, f"{folder / 'a.txt'}:1: {ANSWER}", LINE)
    assert ask(SHIPS, str(folder), "--quiet") == (0, "", "")


def test_a_cached_index_tells_the_same_without_reading_again(
    ask: Ask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    first = ask(SHIPS, str(folder), "--format", "json")
    monkeypatch.setattr(writer, "write_index", None)
    assert ask(SHIPS, str(folder), "--format", "json") == first
    assert first.err == LINE
    assert json.loads(first.out)["skipped"] == {".doc": 2, "scan": 1}


def test_nothing_that_is_left_out_is_read_again_once_it_has_settled(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefqa.index.manifest_writer.TICK", -(10**12))
    first = Assistant.open(folder)
    monkeypatch.setattr("briefqa.documents.files.read_file", None)
    monkeypatch.setattr("briefqa.documents.document.read_file", None)
    second = Assistant.open(folder)
    assert second.skipped == first.skipped
    assert list(map(str, second.skipped_files())) == list(map(str, first.skipped_files()))


@pytest.mark.parametrize("documents", [1, 30])
def test_a_changed_folder_tells_of_the_files_that_were_not_changed_too(
    ask: Ask, folder: Path, documents: int
) -> None:
    for number in range(documents):
        (folder / f"note{number:02}.txt").write_text(f"Note {number} is on harbours.\n")
    (folder / "e.html").write_text(NO_TEXT)
    ask(SHIPS, str(folder))
    (folder / "b.doc").unlink()
    (folder / "note00.txt").write_text("A new note.\n")
    (folder / "h.png").write_bytes(PICTURE)
    changed = ask(SHIPS, str(folder), "--verbose")
    assert changed == ask(SHIPS, str(folder), "--verbose", "--no-cache")
    assert changed.err.endswith("4 files not read: 1 .doc, 1 .png, 1 no text, 1 scan\n")


def test_a_file_that_becomes_readable_is_read(ask: Ask, folder: Path) -> None:
    ask(SHIPS, str(folder))
    (folder / "b.doc").write_text("Fifty boats were counted.\n")
    assert "Fifty boats" in ask("How many boats?", str(folder)).out


def test_verbose_lists_each_file_and_why(ask: Ask, mixed: Path) -> None:
    command = (SHIPS, str(mixed), "--max-size", "9K", "--verbose")
    first, second = ask(*command), ask(*command)
    assert first == second
    assert first.code == 2
    told = [line.removeprefix(f"briefqa: {mixed}{os.sep}") for line in first.err.splitlines()]
    pipe = ["j.txt: not a regular file"] if sys.platform != "win32" else []
    assert told[:-1] == [
        "i.txt: larger than 9,216 bytes; increase --max-size to read it",
        "b.doc: an old Office file; save it as .docx or .pdf",
        "c.DOC: an old Office file; save it as .docx or .pdf",
        "d.pdf: no text in it; if it is a scan, run text recognition on it",
        "e.html: no text in it",
        "f: a binary file, not text",
        "g.txt: a binary file, not text",
        "h.png: a picture; run text recognition on it",
        *pipe,
    ]
    counts = json.loads(ask(*command, "--format", "json").out)["skipped"]
    assert counts == {
        ".doc": 2,
        "binary": 2,
        ".png": 1,
        "no text": 1,
        "scan": 1,
        **({"special file": 1} if pipe else {}),
        "too large": 1,
    }


def test_what_failed_is_told_by_itself_alone(ask: Ask, folder: Path) -> None:
    for name in ("b.doc", "c.DOC", "d.pdf"):
        (folder / name).unlink()
    result = ask(SHIPS, str(folder), "gone.txt", "--format", "json")
    assert result.code == 2
    assert result.err == "briefqa: gone.txt: no such file or directory\n"
    assert json.loads(result.out)["skipped"] == {"failed": 1}


def test_a_folder_of_nothing_else_says_what_is_in_it(ask: Ask, folder: Path) -> None:
    (folder / "a.txt").unlink()
    (folder / "empty.txt").unlink()
    (folder / "blank.md").unlink()
    result = ask(SHIPS, str(folder))
    assert result == (2, "", f"{LINE}briefqa: {folder}: a folder without documents\n")
    with pytest.raises(NoDocumentsError) as raised:
        Assistant.open(folder)
    assert [error.kind for error in raised.value.skipped] == [".doc", ".doc", "scan"]


def test_a_named_file_without_text_is_told_too(ask: Ask, folder: Path) -> None:
    (folder / "e.html").write_text(NO_TEXT)
    result = ask(SHIPS, str(folder / "e.html"))
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("briefqa: 1 file not read: 1 no text; --verbose lists it\n")
    refused = ask(SHIPS, str(folder / "d.pdf"))
    assert refused.code == 2
    assert "run text recognition on it" in refused.err


def test_standard_input_without_text_is_told(run: Run) -> None:
    result = run("ask", SHIPS, "-", stdin=NO_TEXT.encode())
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("briefqa: 1 file not read: 1 no text; --verbose lists it\n")


def test_all_commands_that_open_documents_tell(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps({"question": SHIPS, "answers": ["Forty"]}))
    assert main(["index", "build", str(folder)]) == 0
    assert capsys.readouterr().err == LINE
    assert main(["eval", str(questions), str(folder), "--format", "json"]) == 0
    result = capsys.readouterr()
    assert result.err == LINE
    assert json.loads(result.out)["skipped"] == {".doc": 2, "scan": 1}
    assert main(["index", "build", str(folder), "--verbose"]) == 0
    assert capsys.readouterr().err.count("\n") == 4


def test_a_name_that_is_no_suffix_is_counted_as_binary(ask: Ask, folder: Path) -> None:
    (folder / "k.\N{RIGHT-TO-LEFT OVERRIDE}gpj").write_bytes(bytes(9))
    (folder / "l.backup-of-monday").write_bytes(bytes(9))
    result = ask(SHIPS, str(folder))
    assert result.err == LINE.replace("3 files", "5 files").replace("2 .doc", "2 .doc, 2 binary")


def test_documents_in_memory_have_counts_as_well(folder: Path) -> None:
    loaded = load([str(folder)])
    assistant = Assistant(in_memory(loaded))
    assert assistant.ask(SHIPS).skipped == (Skipped(".doc", 2), Skipped("scan", 1))
    assert assistant.skipped_files() == loaded.skipped
    assert assistant.size == CorpusSize(3, 1)


def test_reasons_are_sorted_and_the_rarest_are_summed_up() -> None:
    errors = [
        SkippedFileError("x", "unknown", f".k{number}")
        for number in range(9)
        for _ in range(number + 1)
    ]
    assert isinstance(errors[0], DocumentError)
    counted = count_skipped(errors)
    assert [each.files for each in counted] == [9, 8, 7, 6, 5, 4, 3, 2, 1]
    assert left_out(counted) == (
        "45 files not read: 9 .k8, 8 .k7, 7 .k6, 6 .k5, 5 .k4, 4 .k3, 6 of other kinds"
    )
    assert left_out([Skipped("scan", 1200)]) == "1,200 files not read: 1,200 scans"
    assert left_out([]) == ""


def test_the_app_tells_in_its_status(folder: Path) -> None:
    async def scenario(app: Driver) -> None:
        assert app.status.endswith("3 files not read: 2 .doc, 1 scan")
        await app.ask("How many ships?")
        assert app.status.startswith("●")
        assert app.status.endswith("3 files not read: 2 .doc, 1 scan")

    drive(scenario, str(folder), size=(200, 40))


def test_the_app_tells_of_what_failed_once(folder: Path) -> None:
    async def scenario(app: Driver) -> None:
        assert "not read: gone.txt: no such file or directory" in app.status
        assert "files not read" not in app.status

    drive(scenario, str(folder / "a.txt"), "gone.txt")
