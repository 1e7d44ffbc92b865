"""The app on real terminals: in tmux, and by the bytes that it writes."""

import os
import re
import shutil
import signal
import sys
import sysconfig
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste

from conftest import BRIEFING, ROOT
from fuzz.targets import CONTROLS
from terminals import PATIENCE, Tmux

if sys.platform == "win32":
    pytest.skip("terminals as POSIX has them", allow_module_level=True)

import fcntl
import pty
import select
import struct
import termios

from briefqa.tui.posix_terminal import InputParser

COMMAND = os.path.join(sysconfig.get_path("scripts"), "briefqa")
HOSTILE = """\
Title [/] \x1b]0;owned\x07

A paragraph \x1b]52;c;b3duZWQ=\x07 with [@click=app.quit]markup[/] and \u202e overrides \x9b31m.

Heading \x1b[2J here

The boat leaves at nine [bold] \x1b]0;owned\x07 sharp \u2028 they say.
"""
OUR_OWN = re.compile(
    r"\x1b(?:\[[0-9;?<>=$]*[ -/]*[@-~]|[()][0-9A-B]|[=>78Mc]|P[^\x1b]*\x1b\\|\]22;[a-z-]*\x07)"
)
"""The escape sequences that draw the screen: none of them sets the title or the clipboard; 22 is
the shape of the pointer."""


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is missing")
    terminal = Tmux(tmp_path, f"env -C {tmp_path} XDG_STATE_HOME={tmp_path} PS1='ready> ' sh")
    yield terminal
    terminal.close()


def test_a_session_in_tmux_leaves_the_terminal_as_it_was(tmux: Tmux) -> None:
    tmux.until("ready>")
    tmux.type(f"cd {ROOT} && {COMMAND} {BRIEFING}; echo left with $?")
    tmux.send("Enter")
    tmux.until("Questions to start with")
    tmux.type("when will they meet")
    tmux.until("●")
    tmux.send("Enter")
    tmux.until("y Copy")
    tmux.send("y")
    tmux.until("Copied")
    tmux.send("C-q")
    after = tmux.until("left with 0")
    assert "Answers" not in after
    tmux.type("echo still $((40 + 2)) here")
    tmux.send("Enter")
    tmux.until("still 42 here")


def test_the_chosen_excerpt_is_printed_for_a_script(tmux: Tmux) -> None:
    tmux.until("ready>")
    tmux.type(f'cd {ROOT} && got="$({COMMAND} --print {BRIEFING})"; echo "[$got]" | tail -n 1')
    tmux.send("Enter")
    tmux.until("Questions to start with")
    tmux.type("when will they meet")
    tmux.until("●")
    tmux.send("Enter")
    assert f"— {BRIEFING}:9]" in tmux.until(":9]")


def test_paths_that_are_not_there_are_told_before_the_app_is_drawn(tmux: Tmux) -> None:
    tmux.until("ready>")
    tmux.type(f"{COMMAND} nowhere.txt; echo left with $?")
    tmux.send("Enter")
    assert "briefqa: nowhere.txt: no such file" in tmux.until("left with 2")


def test_a_terminal_that_cannot_be_drawn_on_is_refused(tmux: Tmux) -> None:
    tmux.until("ready>")
    tmux.type(f"TERM=dumb {COMMAND} {ROOT / BRIEFING}; echo left with $?")
    tmux.send("Enter")
    assert "use: briefqa ask" in tmux.until("left with 2")


def test_a_mistake_in_the_app_is_one_sentence_and_leaves_the_terminal_as_it_was(
    tmux: Tmux, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text(
        "import sys\nfrom briefqa.cli import main\nfrom briefqa.tui.app import BriefqaApp\n"
        "BriefqaApp.action_help = lambda app: {}['gone \\x1b[2J']\nsys.exit(main(sys.argv[1:]))\n"
    )
    tmux.until("ready>")
    for debug, told in [("", "briefqa: internal error: KeyError"), ("1", "KeyError: 'gone")]:
        tmux.type(f"clear; BRIEFQA_DEBUG={debug} {sys.executable} {broken} {ROOT / BRIEFING}; ")
        tmux.type("echo left with $?")
        tmux.send("Enter")
        tmux.until("Questions to start with")
        tmux.send("F1")
        seen = tmux.until("left with")
        assert told in seen
        assert ("in <lambda>" in seen) == bool(debug)
        assert "Questions to start with" not in seen


@pytest.mark.parametrize("named", [" -", ""])
def test_a_document_that_is_piped_in_is_read_and_the_keys_still_work(
    tmux: Tmux, named: str
) -> None:
    tmux.until("ready>")
    tmux.type(f"echo 'The boat leaves at nine.' | {COMMAND}{named}; echo left with $?")
    tmux.send("Enter")
    tmux.until("1 passage")
    tmux.type("when does the boat leave")
    tmux.until("boat leaves at nine")
    tmux.send("C-q")
    tmux.until("left with 0")


@pytest.mark.parametrize(("theme", "green"), [("nord", "92"), ("textual-light", "34")])
def test_a_terminal_of_16_colours_shows_its_own(
    tmux: Tmux, tmp_path: Path, theme: str, green: str
) -> None:
    (tmp_path / "briefqa").mkdir()
    (tmp_path / "briefqa" / "config.toml").write_text(f'[app]\ntheme = "{theme}"\n')
    tmux.until("ready>")
    tmux.type(f"env TERM=xterm COLORTERM= XDG_CONFIG_HOME={tmp_path} {COMMAND} {ROOT / BRIEFING}")
    tmux.send("Enter")
    tmux.until("1 document")
    tmux.type("when will they meet")
    tmux.until("●")
    assert re.search(rf"\x1b\[[\d;]*{green}m(?:\x1b\[\d+m)*April 10, 2023", tmux.styled())
    assert f'theme = "{theme}"' in (tmp_path / "briefqa" / "config.toml").read_text()


@pytest.mark.parametrize("name", ["TERM", "HUP"])
def test_a_signal_ends_the_app_and_leaves_the_terminal_as_it_was(
    tmux: Tmux, tmp_path: Path, name: str
) -> None:
    tmux.until("ready>")
    before = tmux.modes
    tmux.type(f"sh -c 'echo $$ > pid; exec {COMMAND} {ROOT / BRIEFING}'; echo left with $?")
    tmux.send("Enter")
    tmux.until("Questions to start with")
    assert tmux.modes != before
    number = signal.Signals[f"SIG{name}"]
    os.kill(int((tmp_path / "pid").read_text()), number)
    seen = tmux.until(f"left with {128 + number}")
    assert "Questions to start with" not in seen
    assert tmux.modes == before


def test_a_terminal_that_is_gone_ends_the_app() -> None:
    process, terminal = pty.fork()
    if process == 0:
        os.execve(COMMAND, [COMMAND, BRIEFING], os.environ | {"TERM": "xterm-256color"})
    output = b""
    while b"start with" not in output:
        output += os.read(terminal, 65536)
    os.close(terminal)
    status = os.waitpid(process, 0)[1]
    assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGHUP


@pytest.mark.parametrize("stop", ["C-z", signal.SIGTSTP, signal.SIGSTOP])
def test_the_app_is_stopped_and_drawn_again_when_it_goes_on(
    tmux: Tmux, tmp_path: Path, stop: str | signal.Signals
) -> None:
    tmux.until("ready>")
    tmux.type("bash --norc")
    tmux.send("Enter")
    tmux.until("ready>")
    tmux.type(f"sh -c 'echo $$ > pid; exec {COMMAND} {ROOT / BRIEFING}'")
    tmux.send("Enter")
    tmux.until("1 document")
    if isinstance(stop, str):
        tmux.send(stop)
    else:
        os.kill(int((tmp_path / "pid").read_text()), stop)
    tmux.until("Stopped")
    tmux.type("clear; echo still $((40 + 2)) here")
    tmux.send("Enter")
    tmux.until("still 42 here")
    tmux.type("fg")
    tmux.send("Enter")
    # The first row is where the shell wrote.
    assert "still 42 here" not in tmux.until("Ask>")
    tmux.type("toyota")
    tmux.until("Ask> toyota")


def test_the_app_is_not_stopped_where_no_shell_could_let_it_go_on(tmp_path: Path) -> None:
    terminal = Tmux(tmp_path, f"env XDG_STATE_HOME={tmp_path} {COMMAND} {ROOT / BRIEFING}")
    try:
        terminal.until("Questions to start with")
        terminal.send("C-z")
        terminal.until("No shell could let the app go on.")
        terminal.type("toyota")
        terminal.until("Ask> toyota")
    finally:
        terminal.close()


def test_the_app_goes_on_after_an_editor_that_fails(tmux: Tmux) -> None:
    tmux.until("ready>")
    tmux.type(f"VISUAL=false {COMMAND} {ROOT / BRIEFING}")
    tmux.send("Enter")
    tmux.until("Questions to start with")
    tmux.type("when will they meet")
    tmux.send("Enter")
    tmux.until("y Copy")
    tmux.send("e")
    tmux.until("false failed with exit code 1")
    tmux.send("Escape")
    tmux.until("↑↓ Choose")
    tmux.type(" again")
    tmux.until("Ask> when will they meet again")


def test_an_exception_that_no_program_handles_ends_the_app(tmux: Tmux, tmp_path: Path) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text(
        "import sys\nfrom briefqa.cli import main\nfrom briefqa.tui import background\n"
        "class Panic(BaseException): pass\n"
        "def ask(*_): raise Panic('by chance')\n"
        "background.ask = ask\nsys.exit(main(sys.argv[1:]))\n"
    )
    tmux.until("ready>")
    before = tmux.modes
    tmux.type(f"{sys.executable} {broken} {ROOT / BRIEFING}; echo left with $?")
    tmux.send("Enter")
    tmux.until("Questions to start with")
    tmux.type("t")
    seen = tmux.until("left with 2")
    assert "a thread ended with Panic: by chance" in seen
    assert tmux.modes == before


def drawn(arguments: list[str], keys: list[tuple[bytes, bytes]], state: Path) -> bytes:
    """Run the app on a pseudo-terminal, press keys once a text is drawn, and return all output.

    The locale is one of ISO-8859-1, which has no lines to draw boxes with.

    Args:
        arguments: the arguments of the command.
        keys: the texts to wait for, and the keys to press then.
        state: the folder for history and settings.
    """
    process, terminal = pty.fork()
    if process == 0:
        environment = os.environ | {
            "TERM": "xterm-256color",
            "XDG_STATE_HOME": str(state),
            "LC_ALL": "POSIX",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
        }
        os.execve(COMMAND, [COMMAND, *arguments], environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    output, since = b"", 0
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        ready, _, _ = select.select([terminal], [], [], 1)
        try:
            piece = os.read(terminal, 65536) if ready else b""
        except OSError:
            break
        output += piece
        if keys and keys[0][0] in output[since:]:
            since = len(output)
            os.write(terminal, keys.pop(0)[1])
        elif ready and not piece:
            break
    os.close(terminal)
    assert os.waitpid(process, 0)[1] == 0
    assert not keys
    return output


def test_no_document_reaches_the_terminal_raw(tmp_path: Path) -> None:
    path = tmp_path / "evil \x1b]0;owned\x07 [b].txt"
    path.write_text(HOSTILE, encoding="utf-8")
    keys = [(b"passages", b"boat leaves"), (b"matches", b"\r"), (b"Copy", b"n\x11")]
    output = drawn([str(path)], keys, tmp_path).decode("utf-8", "replace")
    assert "owned" in output
    assert "╭" in output
    assert "\\u256d" not in output
    assert "\x1b]0;owned" not in output
    assert "\x1b]52" not in output
    assert "[@click=app.quit]" in output
    others = OUR_OWN.sub("", output)
    assert CONTROLS.isdisjoint({*map(ord, others)} - {ord("\r"), ord("\b")})


def test_an_editor_has_the_terminal_though_all_streams_are_piped(
    tmux: Tmux, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\n[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo opened $*\n")
    editor.chmod(0o700)
    tmux.until("ready>")
    request = f"{COMMAND} ask 'When will they meet?' {BRIEFING} --open 1"
    tmux.type(f"cd {ROOT} && true | VISUAL={editor} {request} 2>&1 | cat > {tmp_path}/out")
    tmux.send("Enter")
    tmux.until("opened +9 /")


def parsed(pieces: list[str]) -> list[str]:
    """Return the keys and pastes in what a terminal sends."""
    parser = InputParser()
    events = [event for piece in pieces for event in parser.feed(piece)]
    return [
        event.text if isinstance(event, Paste) else event.key
        for event in events
        if isinstance(event, Paste | Key)
    ]


@given(
    text=st.text(alphabet="ab\n\x1b[m~", max_size=20).filter(lambda text: "\x1b[2" not in text),
    cuts=st.lists(st.integers(0, 40), max_size=6),
)
def test_a_paste_is_whole_wherever_it_is_cut(text: str, cuts: list[int]) -> None:
    sent = f"x\x1b[200~{text}\x1b[201~y"
    # Before the third character, a key may be what begins with an escape.
    edges = sorted({0, *(cut for cut in cuts if 4 <= cut < len(sent)), len(sent)})
    assert parsed([sent[start:end] for start, end in pairwise(edges)]) == ["x", text, "y"]


def test_keys_around_a_paste_are_keys() -> None:
    assert parsed(["\x1b[A", "\x1b[2", "~", "\x1b[200~a\x00b", "\x1b[201~", "\r", ""]) == [
        "up", "insert", "ab", "enter",
    ]  # fmt: skip
