"""Opening documents in editors and viewers: the program, the line, error messages."""

import sys
from pathlib import Path

import pytest

from briefqa.editor import editor_command, find_opener
from briefqa.errors import BriefqaError, OpeningError
from conftest import BRIEFING, ROOT, Ask, Run
from test_formats import WRITERS

MEETING = "When will Kishida and Biden meet?"
posix = pytest.mark.skipif(sys.platform == "win32", reason="the editor is a script for sh")


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({}, ("vi", "+9", "/a b.txt")),
        ({"EDITOR": "nano"}, ("nano", "+9", "/a b.txt")),
        ({"VISUAL": "emacs -nw", "EDITOR": "nano"}, ("emacs", "-nw", "+9", "/a b.txt")),
        ({"VISUAL": " "}, ("vi", "+9", "/a b.txt")),
        ({"VISUAL": "/bin/code --wait"}, ("/bin/code", "--wait", "--goto", "/a b.txt:9")),
        ({"VISUAL": "hx"}, ("hx", "/a b.txt:9")),
    ],
)
def test_the_editor_is_the_readers_own(
    environment: dict[str, str], command: tuple[str, ...]
) -> None:
    assert editor_command(environment, "linux", "/a b.txt", 9) == command


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({}, ("notepad", "C:\\a.txt")),
        ({"EDITOR": r'"C:\Program Files\vim.exe" -n'},
         (r"C:\Program Files\vim.exe", "-n", "+9", "C:\\a.txt")),
        ({"EDITOR": r"C:\bin\Code.exe"}, (r"C:\bin\Code.exe", "--goto", "C:\\a.txt:9")),
    ],
)  # fmt: skip
def test_the_editor_of_windows_is_found_by_its_own_rules(
    environment: dict[str, str], command: tuple[str, ...]
) -> None:
    assert editor_command(environment, "win32", "C:\\a.txt", 9) == command


def test_no_batch_file_gets_the_name_of_a_document() -> None:
    with pytest.raises(OpeningError, match=r"code.cmd; name the program itself"):
        editor_command({"EDITOR": r"C:\bin\code.cmd"}, "win32", "C:\\a&calc.txt", 9)


@pytest.mark.parametrize("name", WRITERS)
def test_lines_are_gone_to_only_where_the_file_has_them(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(WRITERS[name][0]())
    found = find_opener({"EDITOR": "vi"}, "linux", str(path), 9)
    if name.endswith((".pdf", ".docx", ".epub", ".odt", ".pptx", ".rtf", ".gz")):
        assert found == (str(path), ("xdg-open", str(path)), False)
        assert find_opener({}, "darwin", str(path), 9).command == ("open", str(path))
        assert find_opener({}, "win32", str(path), 9).command == ()
    else:
        at = ("+9",) if name.endswith((".md", ".org", ".rst", ".adoc")) else ()
        assert found == (str(path), ("vi", *at, str(path)), True)
        assert not find_opener({"EDITOR": "code"}, "linux", str(path), 9).uses_terminal


@pytest.mark.parametrize(
    ("path", "reason"),
    [("-", "standard input"), ("no/such.txt", "no such file"), (".", "regular file")],
)
def test_what_is_no_file_is_refused(path: str, reason: str) -> None:
    with pytest.raises(BriefqaError, match=reason):
        find_opener({}, "linux", path, 1)


def test_an_editor_that_makes_no_sense_is_told() -> None:
    with pytest.raises(OpeningError, match="no closing quotation"):
        find_opener({"VISUAL": "it's"}, "linux", BRIEFING, 1)


@posix
@pytest.mark.parametrize(("code", "refused"), [(0, False), (3, True)])
def test_a_viewer_that_cannot_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, refused: bool
) -> None:
    path = tmp_path / "b.pdf"
    path.write_bytes(WRITERS["b.pdf"][0]())
    monkeypatch.setenv("PATH", str(tmp_path))
    found = find_opener({}, "linux", str(path), 9)
    with pytest.raises(OpeningError, match="cannot open xdg-open: no such file"):
        found.run()
    script(tmp_path / "xdg-open", f"exit {code}")
    if refused:
        with pytest.raises(OpeningError, match="no program opens it; briefqa show"):
            found.run()
    else:
        found.run()


def script(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o700)


@posix
def test_an_answer_is_opened_at_its_line(run: Run, tmp_path: Path) -> None:
    script(tmp_path / "editor", f'echo "$@" > {tmp_path}/opened')
    environment = {"VISUAL": str(tmp_path / "editor")}
    result = run("ask", MEETING, BRIEFING, "--open", "2", env=environment)
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[1].startswith(f"{BRIEFING}:17: ")
    assert (tmp_path / "opened").read_text() == f"+17 {ROOT / BRIEFING}\n"


@posix
def test_an_interrupt_is_left_to_the_editor(run: Run, tmp_path: Path) -> None:
    script(tmp_path / "editor", f"kill -INT $PPID; echo done > {tmp_path}/done")
    result = run("ask", MEETING, BRIEFING, "--open", "1", env={"EDITOR": str(tmp_path / "editor")})
    assert result.code == 0
    assert (tmp_path / "done").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ((MEETING, "--open", "4"), 2, "--open 4 needs as many excerpts; add --top 4"),
        ((MEETING, "--open", "0"), 2, "expected a number from 1 to 1000, got 0"),
        (("--questions", BRIEFING, "--open", "1"), 2, "--open cannot be combined with --questions"),
        ((MEETING, "--open", "9", "--top", "9"), 0, "there is no excerpt 9 to open"),
        (("Who won the World Cup?", "--open", "1"), 1, "there is no excerpt 1 to open"),
    ],
)
def test_what_cannot_be_opened_is_told(
    ask: Ask, arguments: tuple[str, ...], code: int, message: str
) -> None:
    result = ask(*arguments, BRIEFING)
    assert result.code == code
    assert message in result.err
