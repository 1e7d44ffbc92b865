"""Standard input where no path is given: read if it holds anything, and said."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefqa.cli import main
from conftest import BRIEFING, Run

SHIPS = b"Forty ships were counted in the harbour.\n"
MEETING = "When will they meet?"
COMMAND = [sys.executable, "-m", "briefqa"]
SILENT = "briefqa: reading standard input; name a PATH to ask files\n"


@pytest.mark.parametrize("output", ["json", "line", "text", "csv"])
def test_what_is_piped_in_is_asked_and_said(run: Run, output: str) -> None:
    result = run("ask", "How many ships?", "-f", output, stdin=SHIPS)
    assert result.code == 0
    assert "Forty ships" in result.out
    assert result.err == "briefqa: no path given: reading standard input\n"


def test_a_file_on_standard_input_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ships.txt"
    path.write_bytes(SHIPS)
    with path.open("rb") as opened:
        done = subprocess.run(
            [*COMMAND, "ask", "How many ships?"],
            stdin=opened, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, f"-:1: {SHIPS.decode()}")


@pytest.mark.parametrize("nothing", ["</dev/null", "<&-", ": |", "</dev/zero"])
def test_what_holds_nothing_is_no_input(nothing: str) -> None:
    piped, redirected = ("", nothing) if "<" in nothing else (nothing, "")
    script = f'{piped} "$@" -f json {redirected}'
    done = subprocess.run(
        ["bash", "-c", script, "bash", *COMMAND, "ask", MEETING],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "April 10, 2023" in done.stdout
    assert "no path given: answering from the bundled briefing in" in done.stderr


@pytest.mark.parametrize("output", ["text", "plain"])
def test_for_people_the_bundled_briefing_is_named_in_the_first_line(run: Run, output: str) -> None:
    result = run("ask", MEETING, "-f", output)
    assert "bundled briefing" in result.out.splitlines()[0]
    assert result.err == ""
    assert "bundled" not in run("ask", MEETING, BRIEFING, "-f", output).out


def test_the_bundled_briefing_is_named_once_for_many_questions(run: Run, tmp_path: Path) -> None:
    questions = tmp_path / "questions.txt"
    questions.write_text(f"{MEETING}\n{MEETING}\n")
    result = run("ask", "--questions", str(questions), "-f", "text")
    assert result.out.count("bundled briefing") == 1


@pytest.mark.parametrize("place", ["-", "/dev/stdin"])
def test_questions_on_standard_input_are_no_document(run: Run, place: str) -> None:
    result = run("ask", "--questions", place, "-f", "jsonl", stdin=f"{MEETING}\n".encode())
    assert json.loads(result.out)["status"] == "answered"
    assert "bundled briefing" in result.err


def test_documents_may_be_piped_in_beside_a_file_of_questions(run: Run, tmp_path: Path) -> None:
    questions = tmp_path / "questions.txt"
    questions.write_text("How many ships?\n")
    assert "-:1: Forty" in run("ask", "--questions", str(questions), stdin=SHIPS).out
    missing = run("ask", "--questions", "no/such/file.txt", stdin=SHIPS)
    assert missing.err.endswith("briefqa: no/such/file.txt: no such file or directory\n")


def test_whatever_names_documents_goes_before_standard_input(run: Run, tmp_path: Path) -> None:
    (tmp_path / "east.txt").write_text("Fifty ships lay in the east.\n")
    east = {"BRIEFQA_PATH": str(tmp_path / "east.txt")}
    assert "Fifty" in run("ask", "How many ships?", stdin=SHIPS, env=east).out
    assert "Forty" in run("ask", "How many ships?", stdin=SHIPS, env={"BRIEFQA_PATH": ""}).out
    config = Path(os.environ["XDG_CONFIG_HOME"], "briefqa", "config.toml")
    config.parent.mkdir(parents=True)
    config.write_text(f'paths = ["{tmp_path}"]\n')
    assert "Fifty" in run("ask", "How many ships?", stdin=SHIPS).out


def test_a_silent_pipe_is_said_and_still_read() -> None:
    process = subprocess.Popen(
        [*COMMAND, "ask", "How many ships?"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with process:
        assert process.stderr is not None
        assert process.stderr.readline().decode() == SILENT
        out, _ = process.communicate(SHIPS, timeout=60)
    assert (process.returncode, out) == (0, b"-:1: " + SHIPS)


def test_with_quiet_nothing_is_said(run: Run) -> None:
    assert run("ask", "How many ships?", "-q", stdin=SHIPS) == (0, "", "")
    assert run("ask", MEETING, "-q") == (0, "", "")


def test_known_questions_are_measured_on_what_is_piped_in(run: Run, tmp_path: Path) -> None:
    known = tmp_path / "known.jsonl"
    known.write_text('{"question": "How many ships?", "answers": ["Forty"]}\n')
    result = run("eval", str(known), "--min", "sentence@1=100", stdin=SHIPS)
    assert result.code == 0
    assert "reading standard input" in result.err
    known.write_text('{"question": "When will they meet?", "answers": ["April 10"]}\n')
    assert "bundled briefing" in run("eval", str(known)).err


def test_where_waiting_for_a_pipe_is_not_supported_it_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def unsupported(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("select.select", unsupported)
    (tmp_path / "ships.txt").write_bytes(SHIPS)
    with (tmp_path / "ships.txt").open(encoding="utf-8") as piped:
        monkeypatch.setattr(sys, "stdin", piped)
        assert main(["ask", "How many ships?", "-f", "line"]) == 0
    assert capsys.readouterr().out == f"-:1: {SHIPS.decode()}"


def test_a_stream_that_is_no_descriptor_is_no_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["ask", MEETING, "-f", "line"]) == 0
    assert "bundled briefing" in capsys.readouterr().err
