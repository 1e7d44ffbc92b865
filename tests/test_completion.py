"""Completions and the manual page: complete, and working in real shells."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefqa.cli.completion_command import SHELLS
from conftest import ROOT, Run
from terminals import Tmux

SCRIPTS = sysconfig.get_path("scripts")
MAN = ROOT / "docs" / "briefqa.1"
INTERACTIVE = {
    "bash": ("bash --norc --noprofile -i", 'eval "$(briefqa completion bash)"'),
    "zsh": ("zsh -f -i", 'autoload -Uz compinit; compinit -u -D; eval "$(briefqa completion zsh)"'),
    "fish": ("fish --no-config -i", "briefqa completion fish | source"),
}
"""How to start each shell with completions and without the settings of the user."""

COMPLETED = [
    ("briefqa ask 'who' --for", "briefqa ask 'who' --format"),
    ("briefqa ask 'who' --format mark", "--format markdown"),
    ("briefqa ask 'who' -f mark", "-f markdown"),
    ("briefqa ask 'who' --color=alw", "--color=always"),
    ("briefqa compl", "briefqa completion"),
    ("briefqa completion fi", "briefqa completion fish"),
    ("briefqa index stat", "briefqa index status"),
    ("briefqa index status seeds/000", "seeds/000_1c0b0a5638379c89.txt"),
    ("briefqa ask 'who' --questions READ", "--questions README.md"),
    ("briefqa show -C 1 READ", "-C 1 README.md"),
    ("briefqa READ", "briefqa README.md"),
    ("briefqa ask 'who' -c ener", "-c energy"),
    ("briefqa index --collection=ener", "--collection=energy"),
]
"""What is typed before Tab, and what it completes to."""
COLLECTIONS = """\
collections.energy.paths = ["seeds"]
collections."evil$(touch evil)`touch evil`;touch evil".paths = ["seeds"]
"""


def test_the_files_are_as_the_options_have_them() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "manual.generate", "--check"],
        capture_output=True, text=True, cwd=ROOT / "docs", timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, ""), "cd docs && python -m manual.generate"


@pytest.mark.parametrize(("shell", "name"), SHELLS.items())
def test_the_file_of_each_shell_is_printed(run: Run, shell: str, name: str) -> None:
    text = (ROOT / "src" / "briefqa" / "completions" / name).read_text(encoding="utf-8")
    assert run("completion", shell) == (0, text, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "expected one shell: bash, zsh, fish, powershell"),
        (("bash", "zsh"), "expected one shell"),
        (("fsh",), "unknown shell fsh; did you mean fish?"),
    ],
)
def test_another_shell_is_told(run: Run, arguments: tuple[str, ...], message: str) -> None:
    result = run("completion", *arguments)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


@pytest.fixture(scope="module", params=INTERACTIVE)
def shell(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Tmux]:
    """A shell in a terminal with the completions."""
    if not (shutil.which(request.param) and shutil.which("tmux")):
        pytest.skip(f"{request.param} or tmux is missing")
    start, load = INTERACTIVE[request.param]
    home = tmp_path_factory.mktemp("home")
    (home / ".config" / "briefqa").mkdir(parents=True)
    (home / ".config" / "briefqa" / "config.toml").write_text(COLLECTIONS)
    path = os.pathsep.join([SCRIPTS, os.environ["PATH"]])
    terminal = Tmux(home, f"cd {ROOT} && env -i HOME={home} TERM=screen PATH='{path}' {start}")
    terminal.type(f"{load}; echo lo''aded")
    terminal.send("Enter")
    assert "rror" not in terminal.until("\nloaded")
    yield terminal
    terminal.close()


@pytest.mark.parametrize(("typed", "seen"), COMPLETED)
def test_tab_completes(shell: Tmux, typed: str, seen: str) -> None:
    shell.send("C-u", "C-l")
    shell.type(typed)
    shell.until(typed)
    shell.send("Tab")
    shell.until(seen)


def test_tab_offers_all_values_and_nothing_else(shell: Tmux) -> None:
    shell.send("C-u", "C-l")
    shell.type("briefqa completion ")
    shell.send("Tab", "Tab")
    offered = shell.until("powershell")
    assert all(name in offered for name in SHELLS)
    assert "README" not in offered


def test_no_name_of_a_collection_is_run(shell: Tmux) -> None:
    shell.send("C-u", "C-l")
    shell.type("briefqa ask ships -c evil")
    shell.send("Tab")
    shell.until("touch")
    shell.type("-not; echo as''ked")
    shell.send("Enter")
    assert "touch" in shell.until("\nasked")
    assert not (ROOT / "evil").exists()


def test_a_folder_of_completions_is_enough_for_zsh(tmp_path: Path) -> None:
    if shutil.which("zsh") is None:
        pytest.skip("zsh is missing")
    shutil.copy(ROOT / "src" / "briefqa" / "completions" / "briefqa.zsh", tmp_path / "_briefqa")
    script = (
        f"fpath=({tmp_path} $fpath); autoload -Uz compinit; compinit -u -D; echo $_comps[briefqa]"
    )
    done = subprocess.run(
        ["zsh", "-f", "-c", script], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stdout, done.stderr) == ("_briefqa\n", "")


def test_powershell_completes() -> None:
    if shutil.which("pwsh") is None:
        pytest.skip("PowerShell is missing")
    script = (ROOT / "src" / "briefqa" / "completions" / "briefqa.ps1").read_text(encoding="utf-8")
    for typed, expected in [
        ("briefqa ask who --format mark", "markdown"),
        ("briefqa compl", "completion"),
        ("briefqa index st", "status"),
        ("briefqa show --col", "--color"),
    ]:
        asking = f"(TabExpansion2 '{typed}' {len(typed)}).CompletionMatches.CompletionText"
        done = subprocess.run(
            ["pwsh", "-NoProfile", "-Command", f"{script}\n{asking}"],
            capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
        assert done.stdout.split() == [expected]


@pytest.mark.skipif(sys.platform != "linux", reason="man is another elsewhere")
@pytest.mark.parametrize(
    "command", [["man", "--warnings", "-l"], ["groff", "-ww", "-z", "-man", "-Tutf8"]]
)
def test_the_page_of_the_manual_has_no_warnings(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is missing")
    done = subprocess.run(
        [*command, str(MAN)], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_page_of_the_manual_tells_each_variable_of_the_environment() -> None:
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    names = {name for source in sources for name in re.findall(r"BRIEFQA_[A-Z_]+", source)}
    page = MAN.read_text(encoding="utf-8")
    assert {name for name in names if not re.search(rf"\b{name}\b", page)} == set()


def test_the_page_of_the_manual_tells_each_option() -> None:
    page = MAN.read_text(encoding="utf-8").replace("\\-", "-")
    for name in ("--questions", "--open", "--no-cache", "--min", "--print", "--context"):
        assert f"\\fB{name}\\fR" in page
