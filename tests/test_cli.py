"""The command line: options, paths, exit codes, messages."""

import json
import os
from pathlib import Path

import pytest

from briefqa import __version__
from briefqa.cli import COMMANDS, main
from conftest import BRIEFING, Ask, Run

MEETING = "When will Kishida and Biden meet?"
FISHERIES = "What did the leaders agree on fisheries?"
CUP = "Who won the World Cup in 2022?"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((MEETING,), 0),
        ((FISHERIES,), 0),
        ((FISHERIES, "--strict"), 1),
        ((CUP,), 1),
        ((MEETING, "--quiet"), 0),
        ((CUP, "-q"), 1),
        (("???",), 2),
        (("",), 2),
    ],
)
def test_the_exit_code_follows_the_answer(ask: Ask, arguments: tuple[str, ...], code: int) -> None:
    question, *options = arguments
    assert ask(*options, question, BRIEFING).code == code


@pytest.mark.parametrize("name", ["line", "paths"])
def test_no_answer_is_no_output(ask: Ask, name: str) -> None:
    assert ask(CUP, BRIEFING, "-f", name).out == ""
    assert ask(FISHERIES, BRIEFING, "-f", name, "--strict").out == ""


def test_quiet_prints_nothing(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(MEETING, "-q") == (0, "", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["-n", "1", "-f", "line", MEETING, BRIEFING],
        [MEETING, BRIEFING, "-n", "1", "-f", "line"],
        [MEETING, "--top", "1", BRIEFING, "--format", "line"],
        [MEETING, "--top=1", "--format=line", BRIEFING],
        ["-n1", "-fline", "--", MEETING, BRIEFING],
        ["-n", "1", MEETING, "-f", "line", "--", BRIEFING],
    ],
)
def test_options_may_stand_anywhere(ask: Ask, arguments: list[str]) -> None:
    result = ask(*arguments)
    assert result.code == 0
    assert result.out.startswith(f"{BRIEFING}:9: Prime Minister Fumio Kishida")
    assert result.out.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "expected a question"),
        (["x", "--fromat", "json"], "unknown option --fromat; did you mean --format?"),
        (["x", "--form", "json"], "unknown option --form; did you mean --format?"),
        (["x", "--zzz"], "unknown option --zzz; see briefqa ask --help"),
        (["x", "-f", "jsn"], "unknown value jsn; did you mean json?"),
        (["x", "-f", "qqq"], "expected one of text, line, json"),
        (["x", "--color", "blue"], "unknown value blue"),
        (["x", "--top", "0"], "expected a number from 1 to 1000, got 0"),
        (["x", "--top", "1001"], "expected a number from 1 to 1000, got 1001"),
        (["x", "--top", "many"], "expected a number from 1 to 1000, got many"),
        (["x", "--max-size", "big"], "expected a size such as 64M or 1G, got big"),
        (["x", "--top"], "expected a value"),
        (["--questions", "-", "-"], "both the questions and a document"),
        (["x", "no/such/file.txt"], "no/such/file.txt: no such file or directory"),
        (["--questions", "no/such/file.txt"], "no/such/file.txt: no such file or directory"),
    ],
)
def test_a_bad_command_line_is_told_in_one_line(
    ask: Ask, arguments: list[str], message: str
) -> None:
    result = ask(*arguments)
    assert (result.code, result.out) == (2, "")
    lines = result.err.splitlines()
    assert lines[-1].startswith("briefqa: ")
    assert message in lines[-1]


@pytest.mark.parametrize(
    "options",
    [
        ("-n1", "-f", "paths"),
        ("-n=1", "-f=paths"),
        ("--top=1", "--format=paths", "--max-size", "64MiB"),
        ("--max-size=1g", "--top", "1", "-fpaths"),
    ],
)
def test_values_may_be_written_in_any_usual_way(ask: Ask, options: tuple[str, ...]) -> None:
    assert ask("Who will Kishida meet?", BRIEFING, *options).out == f"{BRIEFING}\n"


def test_short_options_may_stand_together(ask: Ask) -> None:
    assert ask("Who will Kishida meet?", BRIEFING, "-qn1") == (0, "", "")


@pytest.mark.parametrize("size", ["64I", "big", "-1", "1000000000000000000", "B", ""])
def test_a_size_that_makes_no_sense_is_refused(ask: Ask, size: str) -> None:
    assert "expected a size such as 64M" in ask("x", "--max-size", size).err


def test_words_that_look_like_options_after_two_dashes_are_words(ask: Ask) -> None:
    result = ask("-f", "json", "--", "--top Kishida", BRIEFING)
    assert json.loads(result.out)["question"] == "--top Kishida"


def test_a_question_may_begin_with_a_dash(ask: Ask) -> None:
    assert json.loads(ask("-5 degrees in Washington?", BRIEFING, "-f", "json").out)["excerpts"]


def test_the_largest_size_read_can_be_set(ask: Ask) -> None:
    refused = ask(MEETING, BRIEFING, "--max-size", "1K")
    assert refused.code == 2
    assert "larger than 1,024 bytes; increase --max-size to read it" in refused.err
    assert ask(MEETING, BRIEFING, "--max-size", "1MiB").code == 0


def test_a_missing_file_among_others_is_told_and_the_others_answer(ask: Ask) -> None:
    result = ask(MEETING, BRIEFING, "gone.txt", "-f", "line")
    assert result.code == 2
    assert "April 10, 2023" in result.out
    assert result.err == "briefqa: gone.txt: no such file or directory\n"
    assert ask(MEETING, BRIEFING, "gone.txt", "-q") == (0, "", "")
    assert ask(CUP, BRIEFING, "gone.txt", "-q") == (2, "", "")


@pytest.mark.parametrize("text", ["", " \n\n", "...\n"])
def test_a_document_without_words_is_no_answer(ask: Ask, tmp_path: Path, text: str) -> None:
    path = tmp_path / "empty.txt"
    path.write_text(text)
    told = "briefqa: No passage matches; not matched: anything\n"
    assert ask("anything at all", str(path)) == (1, "", told)


def test_a_folder_without_documents_is_an_error(ask: Ask, tmp_path: Path) -> None:
    result = ask("anything at all", str(tmp_path))
    assert result.code == 2
    assert result.err == f"briefqa: {tmp_path}: a folder without documents\n"


def test_a_binary_file_is_refused_where_named_and_counted_in_a_folder(
    ask: Ask, tmp_path: Path
) -> None:
    (tmp_path / "picture.bin").write_bytes(b"\x89PNG\0\0")
    (tmp_path / "ships.txt").write_text("Forty ships were counted.\n")
    refused = ask("How many ships?", str(tmp_path / "picture.bin"))
    assert (refused.code, refused.err) == (
        2,
        f"briefqa: {tmp_path / 'picture.bin'}: a picture; run text recognition on it\n",
    )
    assert ask("How many ships?", str(tmp_path), "-f", "paths") == (
        0,
        f"{tmp_path / 'ships.txt'}\n",
        "briefqa: 1 file not read: 1 .bin; --verbose lists it\n",
    )


def test_without_a_path_the_bundled_briefing_answers_and_is_named(ask: Ask) -> None:
    result = ask(MEETING, "-f", "line")
    assert "April 10, 2023" in result.out
    assert "answering from the bundled briefing" in result.err


def test_the_environment_names_the_paths(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("east", "west"):
        (tmp_path / name).write_text(f"Forty ships lay in the {name}.\n")
    paths = os.pathsep.join(str(tmp_path / name) for name in ("east", "west"))
    monkeypatch.setenv("BRIEFQA_PATH", paths)
    result = ask("How many ships lay there?", "-f", "paths")
    assert result.out.splitlines() == [str(tmp_path / "east"), str(tmp_path / "west")]
    assert result.err == ""


def test_a_question_a_line_is_answered_in_order(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "questions.txt"
    path.write_bytes("\ufeffWho leads?\r\n\r\n  When do they meet?  \r\n".encode())
    result = ask("--questions", str(path), BRIEFING, "-f", "jsonl")
    answers = [json.loads(line) for line in result.out.splitlines()]
    assert [answer["question"] for answer in answers] == ["Who leads?", "When do they meet?"]
    assert all("input" not in answer for answer in answers)


def test_the_other_fields_of_a_question_are_echoed(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    fields = {"id": "q7", "tags": ["a", None], "odd": "\ud800", "ü": {"deep": 1.5}}
    path.write_text(json.dumps({"question": MEETING, **fields}), encoding="utf-8")
    (answer,) = json.loads(ask("--questions", str(path), BRIEFING, "-f", "json").out)
    assert answer["input"] == {**fields, "odd": "\ufffd"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{not json}", "line 2: invalid JSON"),
        ('{"q": "a?"}', 'line 2: expected a field "question"'),
        ('{"question": 3}', 'line 2: expected a field "question"'),
        ('{"question": "Kishida", "score": NaN}', "line 2: invalid JSON: invalid number NaN"),
        ("{" + '"a":[' * 100_000, "line 2: invalid JSON"),
        ("?!", "line 2: the question contains no word"),
    ],
)
@pytest.mark.parametrize("name", ["json", "jsonl", "line", "csv", "text"])
def test_a_bad_line_of_questions_is_told_by_its_number(
    ask: Ask, tmp_path: Path, line: str, reason: str, name: str
) -> None:
    path = tmp_path / "questions.txt"
    path.write_text(f"{MEETING}\n{line}\n{MEETING}\n", encoding="utf-8")
    result = ask("--questions", str(path), BRIEFING, "-f", name, "-n1")
    assert result.code == 2
    assert f"{path}: {reason}" in result.err
    assert result.err.count("\n") == 1
    assert result.out.count("April 10, 2023, to discuss") >= 2
    if name == "json":
        assert len(json.loads(result.out)) == 2
    quiet = ask("--questions", str(path), BRIEFING, "-q")
    assert quiet == (0, "", "")


def test_questions_that_are_all_bad_are_an_error(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text("{\n???\n")
    assert ask("--questions", str(path), BRIEFING, "-q").code == 2
    result = ask("--questions", str(path), BRIEFING, "-f", "json")
    assert (result.code, json.loads(result.out), result.err.count("\n")) == (2, [], 2)


@pytest.mark.parametrize("depth", [100, 900, 975, 990, 1_000, 3_000])
def test_fields_are_echoed_or_refused_however_deep_they_are(
    ask: Ask, tmp_path: Path, depth: int
) -> None:
    path = tmp_path / "questions.jsonl"
    deep = "[" * depth + "]" * depth
    path.write_text(f'{{"question": "{MEETING}", "deep": {deep}}}\n{MEETING}\n')
    result = ask("--questions", str(path), BRIEFING, "-f", "jsonl", "-n1")
    assert result.out.count("\n") == (1 if result.err else 2)
    assert result.code == (2 if result.err else 0)


def test_no_question_in_a_file_is_no_answer(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "questions.txt"
    path.write_text("\n\n")
    result = ask("--questions", str(path), BRIEFING, "-f", "json")
    assert (result.code, json.loads(result.out)) == (1, [])
    note = f"briefqa: {path} has no questions; expected one on each line\n"
    assert result.err == note
    assert ask("--questions", str(path), BRIEFING, "--each") == (1, "", note)
    assert ask("--questions", str(path), BRIEFING, "-q") == (1, "", "")


def test_questions_come_by_standard_input(run: Run) -> None:
    result = run(
        "ask", "--questions", "-", "-f", "jsonl", BRIEFING,
        stdin=json.dumps({"question": MEETING, "id": "q7"}).encode(),
    )  # fmt: skip
    assert json.loads(result.out)["input"] == {"id": "q7"}


def test_a_document_comes_by_standard_input(run: Run) -> None:
    result = run("ask", "How many ships?", "-", stdin=b"\xff\xfeF\0o\0r\0t\0y\0 \0s\0h\0i\0p\0s\0")
    assert result == (0, "-:1: Forty ships\n", "")


def test_help_shows_examples_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--help"]) == 0
    out = capsys.readouterr().out
    assert out.index("examples:") < out.index("options:")
    assert "exit codes: 0 answered, 1 no answer, 2" in out


def test_help_and_version(run: Run) -> None:
    assert run("--help").out.startswith("briefqa: ask your documents")
    assert run("--version") == (0, f"briefqa {__version__}\n", "")


@pytest.mark.parametrize("arguments", [[], ["open"], [BRIEFING], ["open", BRIEFING]])
def test_without_a_terminal_the_app_says_what_to_use(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        'briefqa: the app needs a terminal; without one, use: briefqa ask "QUESTION" [PATH ...]\n'
    )


@pytest.mark.parametrize(
    ("word", "meant"),
    [*((f"{name}x", name) for name in COMMANDS), ("hlp", "--help"), ("versions", "--version")],
)
def test_a_slip_in_a_command_is_told(
    capsys: pytest.CaptureFixture[str], word: str, meant: str
) -> None:
    assert main([word, BRIEFING]) == 2
    told = f"briefqa: no command or file is named {word}; did you mean {meant}?\n"
    assert capsys.readouterr() == ("", told)


def test_a_file_that_has_nearly_the_name_of_a_command_is_no_slip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shows").touch()
    for words in (["shows"], ["open", "indx"]):
        assert main(words) == 2
        assert "did you mean" not in capsys.readouterr().err


def test_a_question_behind_its_path_is_told(ask: Ask) -> None:
    told = f'briefqa: the question goes first: briefqa ask "{MEETING}" {BRIEFING}\n'
    assert ask(BRIEFING, MEETING) == (2, "", told)
    assert ask("src", BRIEFING).err == "briefqa: No passage matches; not matched: src\n"


def test_an_empty_path_is_told(ask: Ask) -> None:
    assert ask(MEETING, "") == (
        2,
        "",
        "briefqa: empty PATH; is a shell variable unset?\n",
    )


def test_an_unknown_option_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--verison"]) == 2
    assert capsys.readouterr().err == "briefqa: unknown option --verison; did you mean --version?\n"


@pytest.mark.parametrize("seed", ["0", "1", "42"])
def test_the_same_question_is_the_same_bytes(run: Run, seed: str) -> None:
    arguments = ("ask", "Which technology projects does Japan join?", "seeds", "-f", "json")
    first = run(*arguments, env={"PYTHONHASHSEED": "7"})
    assert run(*arguments, env={"PYTHONHASHSEED": seed}) == first


def test_names_are_shown_without_control_characters(ask: Ask) -> None:
    result = ask("anything", "evil\x1b]0;x\x07\n.txt")
    assert result.err == "briefqa: evil␛]0;x␇\ufffd.txt: no such file or directory\n"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            ZeroDivisionError("by\nchance"),
            "internal error: ZeroDivisionError: by\ufffdchance; set BRIEFQA_DEBUG=1",
        ),
        (OSError(24, "Too many open files", "english.txt"), "english.txt: too many open files"),
        (MemoryError(), "out of memory; try fewer or smaller documents"),
        (
            ModuleNotFoundError("No module named 'rank_bm25'", name="rank_bm25"),
            "the Python module rank_bm25 is missing; reinstall briefqa\n",
        ),
        (
            ImportError("libm.so.6: failed to map segment\nfrom shared object", name="numpy"),
            "cannot load numpy: libm.so.6: failed to map segment\n",
        ),
    ],
)
def test_what_nobody_foresaw_is_one_line_too(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, error: Exception, message: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("briefqa.assistant.Assistant.ask", fail)
    result = ask(MEETING, BRIEFING)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.startswith(f"briefqa: {message}")


@pytest.mark.parametrize("error", [ZeroDivisionError, OSError, ImportError, MemoryError])
def test_where_a_mistake_is_can_be_shown(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setenv("BRIEFQA_DEBUG", "1")
    monkeypatch.setattr("briefqa.assistant.Assistant.ask", fail)
    with pytest.raises(error):
        ask(MEETING, BRIEFING)
