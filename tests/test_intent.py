"""What people type first: it works, or one line says what to type."""

from pathlib import Path

import pytest

from briefqa import __version__
from briefqa.cli import main
from conftest import BRIEFING, Ask

BOUGHT = "Acme bought the harbour in 2019.\n\nNobody outbid them.\n"


@pytest.fixture(autouse=True)
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with one document, in a folder `news`."""
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    Path("news", "harbour.txt").write_text(BOUGHT, encoding="utf-8")


Written = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    "arguments",
    [
        ["Who bought the harbour?", "news"],
        ["who bought the harbour", "news"],
        ["harbour?", "news"],
        ["--top", "1", "Who bought the harbour?", "news"],
        ["-fline", "Who bought the harbour?", "news"],
        ["search", "Who bought the harbour?", "news"],
        ["query", "Who bought the harbour?", "news"],
        ["find", "harbour", "news"],
        ["grep", "harbour", "news"],
    ],
)
def test_a_question_is_asked(capsys: Written, arguments: list[str]) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("news/harbour.txt:1: Acme bought")


@pytest.mark.parametrize(
    ("option", "beginning"), [("--json", '{"schema"'), ("--md", "## "), ("--plain", "Closest")]
)
def test_formats_have_short_names(capsys: Written, option: str, beginning: str) -> None:
    for arguments in (["ask", "Who bought the harbour?", "news", option],
                      [option, "Who bought the harbour?", "news"]):  # fmt: skip
        assert main(arguments) == 0
        assert capsys.readouterr().out.startswith(beginning)


def test_two_formats_are_one_too_many(ask: Ask) -> None:
    assert ask("x", "--json", "--md").err == "briefqa: --md cannot be combined with --json\n"
    assert ask("harbour", "news", "--json", "-f", "json").code == 0


@pytest.mark.parametrize("arguments", [["-V"], ["version"], ["--version"], ["open", "-V"]])
def test_the_version_is_printed(capsys: Written, arguments: list[str]) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out == f"briefqa {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "seen"),
    [(["help"], "commands:"), (["help", "ask"], "--questions FILE"), (["search", "-h"], "--top")],
)
def test_help_is_printed(capsys: Written, arguments: list[str], seen: str) -> None:
    assert main(arguments) == 0
    assert seen in capsys.readouterr().out


def test_a_file_of_such_a_name_is_a_file(capsys: Written) -> None:
    for name in ("search", "version", "help", "Who bought it?"):
        Path(name).write_text(BOUGHT, encoding="utf-8")
        assert main([name]) == 2
        assert "the app needs a terminal" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", "Who", "outbid", "them", "news"],
         "no file is named outbid; if it is part of the question, type:"
         ' briefqa ask "Who outbid them" news'),
        (["ask", "Who", "outbid", "them?"],
         "no file is named outbid; if it is part of the question, type:"
         ' briefqa ask "Who outbid them?"'),
        (["Who", "outbid", "them", "news"],
         'no command or file is named Who; to ask, type: briefqa ask "Who outbid them" news'),
        (["me", "the", "harbour"],
         'no command or file is named me; to ask, type: briefqa ask "me the harbour"'),
        (["harbour"], 'no command or file is named harbour; to ask, type: briefqa ask "harbour"'),
        (["news", "Who bought it?"],
         'the question goes first: briefqa ask "Who bought it?" news'),
        (["ask", "news"],
         'news is a path, not a question; type: briefqa ask "QUESTION" news'),
        (["get", "news"], "no command or file is named get; did you mean show?"),
        (["status"], "no command or file is named status; did you mean index?"),
        (["sohw"], "no command or file is named sohw; did you mean show?"),
    ],
)  # fmt: skip
def test_what_to_type_is_said_in_one_line(
    capsys: Written, arguments: list[str], message: str
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"briefqa: {message}")


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "Who outbid them", "outbid"],
        ["ask", "Who", "news/none.txt"],
        ["ask", "Who", "a.txt"],
    ],
)
def test_a_path_that_is_missing_is_a_missing_path(capsys: Written, arguments: list[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err == f"briefqa: {arguments[-1]}: no such file or directory\n"


@pytest.mark.parametrize("name", ["my notes.txt", "news/my notes", "*.m?", "none.txt"])
def test_the_name_of_a_missing_file_is_no_question(capsys: Written, name: str) -> None:
    assert main([name]) == 2
    assert "the app needs a terminal" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "hint"),
    [
        ("--limit", "use --top"),
        ("-k", "use --top"),
        ("--limit=5", "use --top"),
        ("--csv", "use --format csv"),
        ("--output", "use --format"),
        ("-v", "use --explain"),
        ("-l", "use --format paths"),
        ("-i", "case never matters"),
        ("--model", "briefqa has no model; it quotes the documents"),
        ("--path", "name files and folders after the question"),
        ("--tpo", "did you mean --top?"),
        ("--quite", "did you mean --quiet?"),
        ("--zzz", "see briefqa ask --help"),
    ],
)
def test_the_hint_for_an_unknown_option_is_the_nearest_in_meaning(
    ask: Ask, option: str, hint: str
) -> None:
    result = ask("harbour", "news", option)
    assert (result.code, result.out) == (2, "")
    assert result.err == f"briefqa: unknown option {option}; {hint}\n"


def test_an_option_of_ask_is_no_option_of_the_app(capsys: Written) -> None:
    assert main(["news", "--explain"]) == 2
    told = 'briefqa: --explain goes with a question: briefqa ask "QUESTION" [PATH ...]\n'
    assert capsys.readouterr().err == told


def test_an_option_of_the_app_stays_one_beside_a_question(capsys: Written) -> None:
    assert main(["--print", "Who bought it?"]) == 2
    assert "the app needs a terminal" in capsys.readouterr().err
    assert main(["Who bought it?", "--print"]) == 2
    assert "unknown option --print" in capsys.readouterr().err


def test_the_briefing_is_asked_without_naming_the_command(capsys: Written) -> None:
    root = Path(__file__).parents[1]
    assert main(["When will they meet?", str(root / BRIEFING), "-n1"]) == 0
    assert "April 10, 2023" in capsys.readouterr().out
