"""Standing questions: only answers that were not seen before."""

import json
import os
from pathlib import Path

import pytest

from briefqa.assistant import Assistant
from briefqa.errors import BriefqaError, UsageError
from briefqa.question_file import SeenAnswers
from conftest import Ask

QUESTIONS = "When does the bank meet?\nWhat arrived from Bremen?\n"
MEETING = "The bank meets on {} in Oslo to discuss the key rate."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "monday.txt").write_text(MEETING.format("Friday"))
    (tmp_path / "questions.txt").write_text(QUESTIONS)
    return tmp_path


def ask_new(ask: Ask) -> tuple[int, list[str]]:
    result = ask("--questions", "questions.txt", "--new", "state.json", "news", "-f", "paths")
    return result.code, result.out.splitlines()


def test_an_answer_is_shown_once(ask: Ask, folder: Path) -> None:
    assert ask_new(ask) == (0, ["news/monday.txt"])
    assert ask_new(ask) == (1, [])
    (folder / "news" / "tuesday.txt").write_text("A new crane arrived from Bremen this week.")
    assert ask_new(ask) == (0, ["news/tuesday.txt"])
    assert ask_new(ask) == (1, [])


def test_a_value_that_changed_is_new(ask: Ask, folder: Path) -> None:
    ask_new(ask)
    (folder / "news" / "monday.txt").write_text(MEETING.format("Saturday"))
    assert ask_new(ask) == (0, ["news/monday.txt"])


def test_a_sentence_whose_value_is_known_is_not_new(ask: Ask, folder: Path) -> None:
    ask_new(ask)
    (folder / "news" / "monday.txt").write_text(f"Once more: {MEETING.format('Friday')}")
    assert ask_new(ask) == (1, [])


@pytest.mark.parametrize(
    "contents",
    [
        "",
        "{",
        "[]",
        '{"form": "other"}',
        '{"form": "briefqa answers seen", "version": 1}',
        "[" * 9999,
    ],
)
def test_a_damaged_state_is_refused_and_kept(ask: Ask, folder: Path, contents: str) -> None:
    (folder / "state.json").write_text(contents)
    result = ask("--questions", "questions.txt", "--new", "state.json", "news")
    assert (result.code, result.out) == (2, "")
    assert "state.json is damaged" in result.err
    assert (folder / "state.json").read_text() == contents


def test_a_state_of_other_questions_is_refused_and_kept(ask: Ask, folder: Path) -> None:
    ask_new(ask)
    before = (folder / "state.json").read_bytes()
    (folder / "questions.txt").write_text("Who resigned?\n")
    result = ask("--questions", "questions.txt", "--new", "state.json", "news")
    assert (result.code, result.out) == (2, "")
    assert "of other questions" in result.err
    assert (folder / "state.json").read_bytes() == before


def test_a_question_may_be_added(ask: Ask, folder: Path) -> None:
    ask_new(ask)
    (folder / "questions.txt").write_text(QUESTIONS + "Where does the bank meet?\n")
    assert ask_new(ask) == (0, ["news/monday.txt"])


@pytest.mark.usefixtures("folder")
def test_a_single_question_has_no_state(ask: Ask) -> None:
    result = ask("When does the bank meet?", "--new", "state.json", "news")
    assert (result.code, "--questions FILE --new STATE" in result.err) == (2, True)


def test_a_state_that_cannot_be_written_is_told_and_leaves_nothing(folder: Path) -> None:
    (folder / "state.json").mkdir()
    answer = Assistant.open("news", cached=False).ask("When does the bank meet?")
    state = SeenAnswers(str(folder / "state.json"), {})
    assert state.take(answer) is not None
    with pytest.raises(BriefqaError, match="cannot be written"):
        state.write()
    assert sorted(path.name for path in folder.iterdir()) == ["news", "questions.txt", "state.json"]


def test_a_state_is_read_as_it_was_written(folder: Path) -> None:
    path = str(folder / "state.json")
    answer = Assistant.open("news", cached=False).ask("When does the bank meet?")
    state = SeenAnswers.read(path)
    state.take(answer)
    state.write()
    assert SeenAnswers.read(path).take(answer) is None
    assert json.loads(Path(path).read_text())["seen"]["When does the bank meet?"] == [
        ["news/monday.txt", "Friday"]
    ]
    with pytest.raises(UsageError):
        SeenAnswers.read(path).check(["Another question?"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_state_that_is_a_pipe_or_a_device_is_refused_without_waiting(
    ask: Ask, folder: Path
) -> None:
    os.mkfifo(folder / "pipe")
    for path in ("pipe", os.devnull):
        result = ask("--questions", "questions.txt", "--new", path, "news")
        assert (result.code, result.out) == (2, "")
        assert "not a regular file" in result.err


def test_a_state_keeps_its_mode_and_the_link_to_it(folder: Path) -> None:
    path = folder / "real.json"
    SeenAnswers(str(path), {}).write()
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    link = folder / "state.json"
    link.symlink_to(path)
    SeenAnswers(str(link), {"When?": frozenset({("a.txt", "Friday")})}).write()
    assert link.is_symlink()
    assert "Friday" in path.read_text()
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o644
