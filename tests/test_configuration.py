"""The configuration: the search for files, precedence, and messages about mistakes."""

import os
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from platformdirs import user_config_path

from briefqa.cli import main
from briefqa.cli.terminals import use_color
from briefqa.configuration import (
    count,
    project_file,
    size,
    size_written,
    top,
    user_file,
    values_in_force,
)
from briefqa.configuration.config_file import (
    LARGEST,
    line_of,
    load_configuration,
    locate,
    read_layer,
)
from briefqa.configuration.key_table import TEMPLATE
from briefqa.errors import UsageError
from briefqa.user_dirs import user_folder
from conftest import BRIEFING, ROOT, Ask, Run
from test_imports import loaded

MEETING = "When will Kishida and Biden meet?"
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")

Write = Callable[[str], Path]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes the configuration file of the project, in the working folder."""
    place = tmp_path / "project"
    (place / "deep" / "down").mkdir(parents=True)
    monkeypatch.chdir(place / "deep" / "down")

    def write(text: str) -> Path:
        path = place / ".briefqa.toml"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o644)
        return path

    return write


@pytest.fixture
def user() -> Write:
    """Writes the configuration file of the user."""

    def write(text: str) -> Path:
        path = Path(user_file() or "")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def answers(text: str) -> int:
    return text.count("\n")


def test_what_is_set_nearer_wins(ask: Ask, project: Write, user: Write) -> None:
    question = ("What will the leaders discuss?", str(ROOT / BRIEFING), "-f", "line")
    assert answers(ask(*question).out) == 3
    user("top = 2")
    assert answers(ask(*question).out) == 2
    project("top = 1")
    assert answers(ask(*question).out) == 1
    assert answers(ask(*question, "--top", "3").out) == 3


def test_each_key_of_a_file_counts_by_itself(ask: Ask, project: Write, user: Write) -> None:
    user('top = 2\nformat = "paths"')
    project("strict = true")
    result = ask("What did the leaders agree on fisheries?", str(ROOT / BRIEFING))
    assert (result.code, result.out) == (1, "")
    assert "No answer is certain enough" in result.err
    assert ask("What did the leaders agree?", str(ROOT / BRIEFING), "--no-strict").code == 0


@pytest.mark.parametrize("where", [".", "deep", "deep/down"])
def test_the_paths_of_a_project_are_seen_from_its_folder(
    ask: Ask, project: Write, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = project('paths = ["notes.txt"]').parent
    (place / "notes.txt").write_text("Forty ships were counted.\n")
    monkeypatch.chdir(place / where)
    result = ask("How many ships?", "-f", "line")
    assert result.out == f"{os.path.relpath(place / 'notes.txt')}:1: Forty ships were counted.\n"
    assert result.err == ""


def test_the_paths_of_the_user_may_be_at_home(
    ask: Ask, user: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path))
    (tmp_path / "notes.txt").write_text("Forty ships were counted.\n")
    user('paths = ["~/notes.txt"]')
    assert ask("How many ships?", "-f", "paths").out == f"{tmp_path / 'notes.txt'}\n"


def test_the_environment_comes_before_the_files(
    ask: Ask, project: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    project('paths = ["gone.txt"]')
    monkeypatch.setenv("BRIEFQA_PATH", str(ROOT / BRIEFING))
    assert ask(MEETING, "-f", "paths").out == f"{ROOT / BRIEFING}\n"


@pytest.mark.parametrize(
    ("when", "environment", "configured", "expected"),
    [
        (None, {}, "always", True),
        (None, {}, "never", False),
        (None, {"NO_COLOR": "1"}, "always", False),
        (None, {"FORCE_COLOR": "1"}, "never", True),
        (None, {}, "auto", False),
        ("auto", {}, "always", False),
        ("always", {}, "never", True),
    ],
)
def test_colour_is_settled_by_what_is_nearest(
    when: str | None, environment: dict[str, str], configured: str, expected: bool
) -> None:
    assert use_color(when, environment, None, configured) is expected


def test_no_index_is_kept_where_that_is_configured(ask: Ask, project: Write) -> None:
    cache = Path(user_folder("cache", os.environ, sys.platform) or "")
    project("cache = false")
    assert ask(MEETING, str(ROOT / BRIEFING)).code == 0
    assert not cache.exists()
    assert ask(MEETING, str(ROOT / BRIEFING), "--cache").code == 0
    assert any(cache.iterdir())


@pytest.mark.parametrize("text", ['max-size = "1K"', "max-size = 1024"])
def test_the_largest_size_is_configured(ask: Ask, user: Write, text: str) -> None:
    user(text)
    assert "larger than 1,024 bytes" in ask(MEETING, str(ROOT / BRIEFING)).err
    assert ask(MEETING, str(ROOT / BRIEFING), "--max-size", "1M").code == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n\ntpo = 3", ":3: unknown key tpo; did you mean top?"),
        ("quite = 3", ":1: unknown key quite; expected one of paths, collections"),
        ("top = 0", ":1: top: expected a number from 1 to 1000"),
        ("top = true", ":1: top: expected a number from 1 to 1000"),
        ("\n[colections.energy]", ":2: unknown key colections; did you mean collections?"),
        (f"top = 0x{'f' * 20_000}", ":1: top: expected a number from 1 to 1000"),
        (f"top = {'9' * 5000}", ": invalid TOML: exceeds the limit"),
        ('# x\nformat = "jsn"', ":2: format: unknown format jsn; did you mean json?"),
        ("format = 3", ":1: format: expected a string in quotes"),
        ('color = "blue"', ":1: color: unknown value blue; expected one of auto"),
        ('strict = "ture"', ":1: strict: expected true or false; did you mean true?"),
        ("cache = 1", ":1: cache: expected true or false"),
        ('max-size = "big"', ":1: max-size: expected a size such as 64M or 1G, got big"),
        ("max-size = -1", ":1: max-size: expected a size"),
        ("paths = [\n'a',\n3,\n]\n", ":1: paths: expected a list of strings such as"),
        ('\npaths = [""]', ":2: paths: a path is empty"),
        ("top = 3\n[app]\n", ":2: app: allowed only in the user's own file"),
        ("[app]\neditor = 'rm'", ":1: app: allowed only in the user's own file"),
        ("top = \n", ":1: invalid TOML: invalid value"),
        ("top = [", ": invalid TOML: "),
        ("a = " + "[" * 5000, ": nested too deeply"),
        ("a." * 30_000 + "b = 1", ": nested too deeply"),
        ("[" + "a . " * 15_000 + "b]", ": nested too deeply"),
        ("#" * (LARGEST + 1), ": larger than 65,536 bytes"),
        ('"\x1b]0;x\x07" = 3', ":1: invalid TOML: illegal"),
        ('"\\u001b]0;x" = 3', ":1: unknown key ␛]0;x"),
    ],
)
def test_a_mistake_is_told_with_its_line(ask: Ask, project: Write, text: str, message: str) -> None:
    project(text)
    result = ask(MEETING, str(ROOT / BRIEFING))
    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1
    assert result.err.startswith(f"briefqa: ../../.briefqa.toml{message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[app]\n\nthem = 'x'", ":3: unknown key them; did you mean theme?"),
        ("[app]\nwrap = 3", ":2: app.wrap: expected true or false"),
        ("app = 3", ":1: app: expected a table"),
        ("[app]\nkeys = 3", ":2: app.keys: expected a table"),
        ("[app.keys]\nquit = 3", ":1: app.keys: quit: expected a string such as"),
        ("app.theme = 3", ":1: app.theme: expected a string"),
    ],
)
def test_a_mistake_in_the_users_file_is_told(
    ask: Ask, user: Write, text: str, message: str
) -> None:
    path = user(text)
    result = ask(MEETING, str(ROOT / BRIEFING))
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"briefqa: {path}{message}")


def test_a_mistake_never_stops_help_version_or_config(
    run: Run, project: Write, user: Write
) -> None:
    project("top = 0\nquite = 1\nformat = 'csv'")
    user("]")
    for arguments in (["--help"], ["--version"], ["ask", "--help"], ["open", "--version"]):
        assert (run(*arguments).code, run(*arguments).err) == (0, "")
    assert run("config", "path").code == 0
    shown = run("config")
    assert shown.code == 2
    assert 'format    = "csv"' in shown.out
    assert [line.split(": ")[1] for line in shown.err.splitlines()] == [
        "../../.briefqa.toml:1",
        "../../.briefqa.toml:2",
        f"{user_file()}:1",
    ]


def test_show_tells_what_holds_and_where_it_is_set(
    run: Run, project: Write, user: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    project('format = "json"\npaths = ["a.txt"]')
    path = user("top = 7\n[app]\nkeys = {quit = 'f9'}")
    monkeypatch.setenv("NO_COLOR", "1")
    rows = [line.split("#") for line in run("config", "show").out.splitlines()]
    told = {key.split("=")[0].strip(): (key.split("=", 1)[1].strip(), origin.strip())
            for key, origin in rows}  # fmt: skip
    assert told["format"] == ('"json"', "../../.briefqa.toml")
    assert told["top"] == ("7", str(path))
    assert told["paths"] == ('["../../a.txt"]', "../../.briefqa.toml")
    assert told["color"] == ('"never"', "NO_COLOR")
    assert told["strict"] == ("false", "default")
    assert told["max-size"] == ('"256M"', "default")
    assert told["app.keys"] == ('{"quit" = "f9"}', str(path))
    assert told["app.theme"] == ("", "not set")


def test_show_is_safe_to_read(run: Run, project: Write) -> None:
    project('paths = ["a\\u001b]0;x\\u0007\\nb"]')
    assert "\x1b" not in run("config").out


def test_the_names_of_all_collections_are_listed_safe_to_read(
    run: Run, project: Write, user: Write
) -> None:
    project('collections.energy.paths = ["a"]')
    user('collections."\\u001b[2J\\n".paths = ["b"]\ncollections.energy.paths = ["c"]')
    assert run("config", "collections") == (0, "␛[2J\ufffd\nenergy\n", "")


def test_edit_makes_a_file_of_examples_and_opens_it(run: Run, tmp_path: Path) -> None:
    path, seen = Path(user_file() or ""), tmp_path / "seen"
    copying = "import shutil, sys; shutil.copy(sys.argv[2], sys.argv[1])"
    editor = f'"{sys.executable}" -c "{copying}" "{seen}"'
    assert run("config", "edit", env={"VISUAL": editor}) == (0, "", "")
    assert seen.read_text(encoding="utf-8") == TEMPLATE
    path.write_text("top = 4\n")
    assert run("config", "edit", env={"VISUAL": editor}).code == 0
    assert seen.read_text(encoding="utf-8") == "top = 4\n"


def test_a_mistake_is_told_as_soon_as_it_is_edited(run: Run) -> None:
    writing = "import sys; open(sys.argv[1], 'w').write('tpo = 3')"
    result = run("config", "edit", env={"VISUAL": f'"{sys.executable}" -c "{writing}"'})
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith("config.toml:1: unknown key tpo; did you mean top?\n")


@pytest.mark.parametrize("editor", ["it's", "/no/such/editor"])
def test_an_editor_that_cannot_be_opened_is_told(run: Run, editor: str) -> None:
    result = run("config", "edit", env={"VISUAL": editor})
    assert result.code == 2
    assert "cannot open" in result.err
    assert "Traceback" not in result.err


def test_the_examples_of_a_new_file_make_sense(user: Write) -> None:
    lines = [line.removeprefix("# ") for line in TEMPLATE.splitlines()]
    examples = "\n".join(line for line in lines if "= " in line or line.startswith("["))
    layer = read_layer(str(user(examples)), personal=True)
    assert layer.problems == ()
    assert all(value is not None for value in layer.values)


def test_an_editor_that_fails_is_told(run: Run) -> None:
    failing = f'"{sys.executable}" -c "raise SystemExit(3)"'
    told = f"briefqa: {sys.executable} failed with exit code 3\n"
    assert run("config", "edit", env={"VISUAL": failing}) == (2, "", told)
    opening = run("ask", MEETING, BRIEFING, "-n1", "--open", "1", env={"VISUAL": failing})
    assert (opening.code, opening.out.count("\n"), opening.err) == (2, 1, told)


SECRET = "The secret is a quokka.\n"


@posix
@pytest.mark.parametrize("mode", [0o664, 0o646, 0o666])
def test_a_project_that_others_can_write_to_does_not_count(
    ask: Ask, project: Write, mode: int
) -> None:
    project("top = [broken").chmod(mode)
    command = (MEETING, str(ROOT / BRIEFING), "-f", "line")
    told = "briefqa: ../../.briefqa.toml: not used: others can write to it; chmod go-w would"
    result = ask(*command)
    assert (result.code, answers(result.out)) == (0, 3)
    assert result.err == f"{told} change that\n"
    assert ask(*command, "--quiet") == (0, "", "")


@posix
@pytest.mark.parametrize("linked", [False, True])
def test_a_project_of_another_user_does_not_count(
    ask: Ask, project: Write, monkeypatch: pytest.MonkeyPatch, linked: bool
) -> None:
    path = project("top = 1")
    if linked:
        path.rename(path.with_name("real.toml"))
        path.symlink_to("real.toml")
    command = (MEETING, str(ROOT / BRIEFING), "-f", "line")
    assert ask(*command).err == ""
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    owner = path.stat().st_uid
    result = ask(*command)
    told = "briefqa: ../../.briefqa.toml: not used: it belongs to another user\n"
    assert (answers(result.out), result.err) == ((1, "") if owner == 0 else (3, told))
    real = os.lstat

    def of_a_stranger(path: str) -> os.stat_result:
        status = list(real(path))
        return os.stat_result([*status[:4], 54321, *status[5:]])

    monkeypatch.setattr(os, "lstat", of_a_stranger)
    result = ask(*command)
    assert (result.code, answers(result.out), result.err) == (0, 3, told)


@pytest.mark.parametrize("place", ["../secret.txt", "~/secret.txt", "link", "../project-b", "/"])
def test_a_project_names_documents_in_its_own_folder_alone(
    ask: Ask, project: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str
) -> None:
    if place == "link" and sys.platform == "win32":
        pytest.skip("needs links")
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path))
    (tmp_path / "secret.txt").write_text(SECRET)
    (tmp_path / "project-b").mkdir()
    (tmp_path / "project-b" / "secret.txt").write_text(SECRET)
    file = project(f'\npaths = ["notes", "{place}"]\n[collections.c]\npaths = ["{place}"]')
    monkeypatch.chdir(file.parent)
    if place == "link":
        Path("link").symlink_to(tmp_path)
    Path("notes").mkdir()
    Path("notes/a.txt").write_text("The notes are not secret.\n")
    result = ask("What is the secret?", "-f", "paths")
    assert result.out == f"{Path('notes/a.txt')}\n"
    lines = result.err.splitlines()
    told = "paths: not used outside the folder of the file: "
    assert lines[0].startswith(f"briefqa: .briefqa.toml:2: {told}")
    assert lines[1].startswith(f"briefqa: .briefqa.toml:4: collections.c.{told}")
    assert len(lines) == 2
    assert "quokka" not in ask("What is the secret?", "-c", "c").out
    assert main(["config"]) == 0


def test_a_project_may_name_its_own_folder(ask: Ask, project: Write) -> None:
    file = project('paths = [".", "deep/../notes"]\ncollections.all.paths = ["notes"]')
    (file.parent / "notes").mkdir()
    (file.parent / "notes" / "a.txt").write_text(SECRET)
    for arguments in ((), ("-c", "all")):
        result = ask("What is the secret?", "-f", "line", *arguments)
        assert (answers(result.out), result.err) == (1, "")


def test_only_the_user_sets_the_largest_size(
    ask: Ask, project: Write, user: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    user('max-size = "1K"')
    project('max-size = "900T"\ntop = 1')
    result = ask(MEETING, str(ROOT / BRIEFING))
    assert result.code == 2
    told = "briefqa: ../../.briefqa.toml:1: max-size: not used: only your own file may set it;"
    assert result.err.startswith(told)
    assert "larger than 1,024 bytes" in result.err
    assert main(["config"]) == 0
    shown = capsys.readouterr()
    assert '"1K"' in shown.out
    assert shown.err.startswith(told)


def test_the_app_says_what_does_not_count(project: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    from briefqa.cli import app_command

    project("max-size = 7")
    options = app_command.parser().parse([str(ROOT / BRIEFING)])[0]
    notices: list[str] = []
    values = values_in_force(notices.append)
    launch = app_command._launch_options(options, [str(ROOT / BRIEFING)], values, notices)
    assert len(launch.notices) == 1
    assert values.max_size is None
    assert values_in_force(None) == values


@posix
def test_a_project_names_nothing_that_is_waited_for(
    ask: Ask, project: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = project('paths = ["pipe"]')
    monkeypatch.chdir(file.parent)
    os.mkfifo("pipe")
    waiting = "may never end; name it on the command line instead\n"
    assert ask(MEETING) == (2, "", f"briefqa: .briefqa.toml:1: paths: pipe {waiting}")
    project('[collections.piped]\npaths = ["-"]')
    told = f"briefqa: .briefqa.toml:2: collections.piped.paths: - {waiting}"
    assert ask(MEETING, "-c", "piped") == (2, "", told)


@posix
@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_only_a_regular_file_is_read(project: Write, kind: str) -> None:
    path = project("top = 0")
    path.unlink()
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")
    assert load_configuration().layers == ()


def test_a_project_is_looked_for_up_to_the_home_folder(
    project: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = project("top = 1").parent
    assert project_file() == os.path.join("..", "..", ".briefqa.toml")
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("USERPROFILE", str(place))
    assert project_file() == os.path.join("..", "..", ".briefqa.toml")
    monkeypatch.setenv("HOME", str(place / "deep"))
    monkeypatch.setenv("USERPROFILE", str(place / "deep"))
    assert project_file() is None


def test_the_users_file_is_where_the_platform_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert user_file() == str(user_config_path("briefqa", appauthor=False) / "config.toml")
    monkeypatch.delenv("XDG_CONFIG_HOME")
    assert user_file() == str(user_config_path("briefqa", appauthor=False) / "config.toml")


def test_without_a_file_nothing_is_loaded_to_read_one() -> None:
    # Coverage measurement imports it too.
    assert "tomllib" not in loaded("ask", MEETING, BRIEFING) - loaded("--version")


def test_a_byte_order_mark_and_carriage_returns_are_no_mistake(ask: Ask, project: Write) -> None:
    project("\ufefftop = 1\r\nformat = 'line'\r\n")
    assert answers(ask("What will the leaders discuss?", str(ROOT / BRIEFING)).out) == 1


def test_the_largest_file_is_read_in_no_time(project: Write) -> None:
    path = project("\n".join(f"a{number} = [{{b = '=['}}]" for number in range(3000)))
    assert len(read_layer(str(path), personal=False).problems) == 3000


LAYOUT = '''# top = 1
[a] # [b]
"x.y" = """
c = 3
""" # d
  'd' = { e = 1, f = [
  2] }
g.h = "]"
[[z]]
[a.deep . "k"]
i = \'\'\'
=\'\'\'
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 2),
        (("a", "x.y"), 3),
        (("a", "d"), 6),
        (("a", "d", "f"), 6),
        (("a", "g", "h"), 8),
        (("a", "g"), 8),
        (("a", "gone"), 2),
        (("z",), 9),
        (("a", "deep", "k"), 10),
        (("a", "deep", "k", "i"), 11),
    ],
)
def test_a_key_is_found_on_its_line(path: tuple[str, ...], line: int) -> None:
    tomllib.loads(LAYOUT)
    assert line_of(path, locate(LAYOUT)) == line


KEYS = st.sampled_from(["top", "paths", "app", "app.theme", "collections.a.paths", "'x'", "a.b"])
VALUES = st.sampled_from(["3", "true", "['a']", "'json'", "{}", "{paths = ['a']}", '"""\n"""', "["])
LINES = st.builds("{} = {}".format, KEYS, VALUES) | st.builds("[{}]".format, KEYS) | st.text()


@settings(deadline=None)
@given(st.lists(LINES).map("\n".join).map(str.encode) | st.binary())
def test_any_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(data)
    layer = read_layer(str(path), personal=True)
    lines = data.count(b"\n") + 1
    assert all(each.name == str(path) for each in layer.problems)
    assert all(each.line is None or 1 <= each.line <= lines for each in layer.problems)
    if not layer.problems:
        tomllib.loads(data.decode("utf-8-sig"))


@posix
def test_without_a_place_for_a_file_none_is_read_or_edited(
    ask: Ask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "")
    monkeypatch.setenv("HOME", "nowhere")
    assert user_file() is None
    assert ask(MEETING, BRIEFING).code == 0
    assert main(["config", "edit"]) == 2
    assert "set XDG_CONFIG_HOME" in capsys.readouterr().err


@posix
def test_a_working_folder_that_is_gone_is_in_no_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert project_file() is None


@given(st.integers(0, 10**15 - 1))
def test_a_size_is_written_as_it_is_read(value: int) -> None:
    assert size(size_written(value)) == value


@pytest.mark.parametrize("written", ["0", "1001", "00000000010", "9" * 5000, "²", "-1", ""])
def test_a_number_of_excerpts_is_in_its_range(written: str) -> None:
    with pytest.raises(UsageError, match="expected a number from 1 to 1000, got "):
        top(written)
    assert top("0010") == 10


def test_a_number_that_is_too_long_is_told() -> None:
    assert count("999999999") == 999_999_999
    for written, message in (("1" * 10, "at most 9 digits, got 1"), ("x", "from 0, got x")):
        with pytest.raises(UsageError, match=message):
            count(written)


def test_a_word_too_many_and_an_unknown_action_are_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["config", "shwo"]) == 2
    assert "unknown action shwo; did you mean show?" in capsys.readouterr().err
    assert main(["config", "show", "top"]) == 2
    assert "unexpected argument: top" in capsys.readouterr().err
