"""The app on real terminals: in tmux, and by the bytes that it writes."""

import os
import re
import shutil
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

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
    terminal = Tmux(tmp_path, f"env XDG_STATE_HOME={tmp_path} PS1='ready> ' sh")
    yield terminal
    terminal.close()


def test_a_session_in_tmux_leaves_the_terminal_as_it_was(tmux: Tmux) -> None:
    tmux.until("ready>")
    tmux.type(f"cd {ROOT} && {COMMAND} {BRIEFING}; echo left with $?")
    tmux.send("Enter")
    tmux.until("Questions to start with")
    tmux.type("when will they meet")
    tmux.until("Answered")
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
    tmux.until("Answered")
    tmux.send("Enter")
    assert f"— {BRIEFING}:9]" in tmux.until(":9]")


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


def drawn(arguments: list[str], keys: list[tuple[bytes, bytes]], state: Path) -> bytes:
    """Run the app on a pseudo-terminal, press keys once a text is drawn, and return all output.

    Args:
        arguments: the arguments of the command.
        keys: the texts to wait for, and the keys to press then.
        state: the folder for history and settings.
    """
    process, terminal = pty.fork()
    if process == 0:
        environment = os.environ | {"TERM": "xterm-256color", "XDG_STATE_HOME": str(state)}
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
