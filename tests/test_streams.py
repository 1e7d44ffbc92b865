"""Standard streams that are closed, full, narrow, terminals, or interrupted."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

import pytest

from briefqa.assistant import Assistant
from briefqa.cli.streams import is_broken_pipe
from briefqa.cli.terminals import supports_links, supports_unicode, use_color
from briefqa.documents import files
from conftest import BRIEFING, Ask, Run

MEETING = "When will Kishida and Biden meet?"
COMMAND = [sys.executable, "-m", "briefqa", "ask"]
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX descriptors")


class Terminal(StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        return True


PIPE, TERMINAL = StringIO(), Terminal()


@pytest.mark.parametrize(
    ("when", "environment", "stream", "color"),
    [
        ("auto", {}, TERMINAL, True),
        ("auto", {}, PIPE, False),
        ("auto", {"TERM": "dumb"}, TERMINAL, False),
        ("auto", {"FORCE_COLOR": "1"}, PIPE, True),
        ("auto", {"FORCE_COLOR": "0"}, PIPE, False),
        ("auto", {"FORCE_COLOR": ""}, PIPE, False),
        ("auto", {"CLICOLOR_FORCE": "1", "TERM": "dumb"}, PIPE, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, TERMINAL, False),
        ("auto", {"NO_COLOR": ""}, TERMINAL, True),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, PIPE, True),
        ("never", {"FORCE_COLOR": "1"}, TERMINAL, False),
    ],
)
def test_colour_is_decided_in_the_order_of_the_contract(
    when: str, environment: Mapping[str, str], stream: StringIO, color: bool
) -> None:
    assert use_color(when, environment, stream) is color


@pytest.mark.parametrize(
    ("term", "stream", "links"),
    [
        ("xterm-256color", TERMINAL, True),
        ("xterm-256color", PIPE, False),
        ("linux", TERMINAL, False),
        ("dumb", TERMINAL, False),
    ],
)
def test_links_go_to_terminals_that_take_them(term: str, stream: StringIO, links: bool) -> None:
    assert supports_links({"TERM": term}, stream) is links


def test_a_stream_of_unknown_encoding_gets_ascii() -> None:
    assert not supports_unicode(None)


def test_what_the_encoding_lacks_is_replaced(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "curly.txt"
    path.write_text("“Forty ships”, they said.\n", encoding="utf-8")
    result = run("ask", "ships", str(path), "-f", "line", env={"PYTHONIOENCODING": "ascii"})
    assert (result.code, result.err) == (0, "")
    assert "?Forty ships?, they said." in result.out


@pytest.mark.parametrize("columns", ["0", "1", "5", "nonsense"])
def test_any_width_prints(run: Run, columns: str) -> None:
    result = run("ask", MEETING, BRIEFING, "-f", "text", env={"COLUMNS": columns})
    assert (result.code, result.err) == (0, "")
    assert "Kishida" in result.out


@posix
def test_a_reader_who_leaves_is_no_error() -> None:
    shell = '"$@" -n 1000 -f json | head -c 1; echo "${PIPESTATUS[0]}"'
    done = subprocess.run(
        ["bash", "-c", shell, "bash", *COMMAND, MEETING, BRIEFING],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("{0\n", "")


@posix
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_is_told() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*COMMAND, MEETING, BRIEFING], stdout=full, stderr=subprocess.PIPE, text=True,
            timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "briefqa: standard output: no space left on device\n"


@posix
@pytest.mark.parametrize(
    ("closed", "code", "message"),
    [
        ("<&-", 0, ""),
        (">&-", 2, "briefqa: standard output: closed\n"),
        ("2>&-", 0, ""),
        ("<&- >&- 2>&-", 2, ""),
    ],
)
def test_closed_descriptors_are_survived(closed: str, code: int, message: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f'"$@" {closed}', "bash", *COMMAND, MEETING, BRIEFING],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (code, message)


@posix
def test_closed_standard_input_is_told_where_it_is_asked_for() -> None:
    for arguments in (["ships", "-"], ["--questions", "-", BRIEFING]):
        done = subprocess.run(
            ["bash", "-c", '"$@" <&-', "bash", *COMMAND, *arguments],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "briefqa: -: standard input is closed\n"


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """Let interrupts reach child processes, even if the tests run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@posix
@pytest.mark.usefixtures("_interruptible")
def test_an_interrupt_is_130_without_a_traceback() -> None:
    with subprocess.Popen(
        [*COMMAND, "--questions", "-", "-f", "jsonl", BRIEFING],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{MEETING}\n")
        process.stdin.flush()
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        _, err = process.communicate()
    assert "April 10, 2023" in first
    assert (process.returncode, err) == (130, "")


@posix
def test_a_terminal_gets_text_in_colour_with_links(tmp_path: Path) -> None:
    out = on_a_terminal([*COMMAND, MEETING, BRIEFING], {"TERM": "xterm-256color"})
    assert "\x1b[1;32mAnswered" in out
    assert "\x1b]8;;file:///" in out


@posix
def test_no_color_leaves_no_escape_on_a_terminal(run: Run) -> None:
    # With a cached index there is no progress to show.
    assert run("index", "build", BRIEFING).code == 0
    out = on_a_terminal([*COMMAND, MEETING, BRIEFING], {"TERM": "xterm", "NO_COLOR": "1"})
    assert "Answered, confidence" in out
    assert "\x1b" not in out


def on_a_terminal(command: list[str], environment: Mapping[str, str]) -> str:
    """Run a command on a pseudo-terminal and return its output."""
    import pty

    # The documents are indexed first, since a slow machine would show progress.
    Assistant.open([BRIEFING])
    parent, child = pty.openpty()
    with subprocess.Popen(
        command, stdin=child, stdout=child, stderr=child, env=os.environ | environment
    ) as process:
        os.close(child)
        drawn = b"".join(iter(lambda: read_terminal(parent), b""))
    os.close(parent)
    assert process.returncode == 0
    return drawn.decode()


def read_terminal(descriptor: int) -> bytes:
    """Read what is available; nothing once the other side is closed, an error on Linux."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


INTERRUPTED_WHERE = """
import os, signal, sys

class Finder:
    def find_spec(self, name, *_):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)

sys.argv = ["briefqa", "ask", {question!r}, {path!r}, "-f", "text"]
sys.meta_path.insert(0, Finder())
from briefqa.__main__ import start
start()
"""


@posix
@pytest.mark.usefixtures("_interruptible")
@pytest.mark.parametrize("module", ["briefqa.cli", "briefqa.errors", "numpy", "rich.console"])
def test_an_interrupt_while_modules_are_loaded_is_130_too(module: str) -> None:
    script = INTERRUPTED_WHERE.format(module=module, question=MEETING, path=BRIEFING)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@posix
def test_standard_input_that_does_not_wait_is_waited_for() -> None:
    read, write = os.pipe()
    os.set_blocking(read, False)
    with subprocess.Popen(
        [*COMMAND, "--questions", "-", "-n1", BRIEFING], stdin=read, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        for question in (b"When will they meet?\n", b"Who leads the projects?\n"):
            os.write(write, question)
            assert process.stdout.readline().startswith(question.strip() + b"\t")
        os.close(write)
        assert process.stdout.read() == b""
    os.close(read)


@pytest.mark.parametrize(
    ("lines", "output"), [([MEETING], "line"), ([MEETING], "json"), ([], "json")]
)
def test_a_line_of_standard_input_is_only_so_long(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lines: list[str], output: str
) -> None:
    path = tmp_path / "line"
    path.write_bytes("\n".join([*lines, "x" * 3_000_000]).encode())
    monkeypatch.setattr(files, "LINE_LIMIT", 2_000_000)
    with path.open(encoding="utf-8") as line:
        monkeypatch.setattr(sys, "stdin", line)
        result = ask("--questions", "-", BRIEFING, "-n1", "-f", output)
    assert result.code == 2
    if output == "json":
        assert [answer["question"] for answer in json.loads(result.out)] == lines
    else:
        assert result.out.startswith(f"{MEETING}\t{BRIEFING}:9: ")
    assert result.err == "briefqa: -: a line is longer than 2,000,000 bytes\n"


@pytest.mark.parametrize(
    ("error", "system", "gone"),
    [
        (BrokenPipeError(32, "Broken pipe"), "posix", True),
        (OSError(22, "Invalid argument"), "nt", True),
        (OSError(22, "Invalid argument"), "posix", False),
        (OSError(28, "No space left on device"), "nt", False),
    ],
)
def test_a_reader_that_is_gone_is_known_on_each_system(
    error: OSError, system: str, gone: bool
) -> None:
    assert is_broken_pipe(error, system) is gone
