"""The documentation is true: its commands run, and each option is described."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from briefqa import Assistant
from briefqa.cli import DEFAULT
from briefqa.configuration.config_file import read_layer
from briefqa.configuration.key_table import SHARED
from briefqa.output import FORMATS
from briefqa.output.json_format import answer_record
from conftest import ROOT, Run
from manual.command_reference import REFERENCE

PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
}
README, CONFIGURATION = PAGES["README.md"], PAGES["docs/configuration.md"]
ARCHITECTURE = PAGES["docs/architecture.md"]
ELSEWHERE = "docs/cluster.md"
"""Its commands need a cluster, and are run by tests/cluster."""


def blocks(language: str) -> list[str]:
    """Return the code blocks of all pages in a language, each once."""
    pattern = re.compile(rf"^```{language}\n(.*?)^```$", re.DOTALL | re.MULTILINE)
    texts = [text for page, text in PAGES.items() if page != ELSEWHERE]
    return list(dict.fromkeys(block for text in texts for block in pattern.findall(text)))


SETTING_UP, *TASKS = blocks("sh")
SHOWN = [line[2:] for block in blocks("console") for line in block.splitlines() if line[:2] == "$ "]
BENCHMARKS = [
    words
    for page in PAGES.values()
    for words in re.findall(r"^    python (\S+)", page, re.MULTILINE)
]
PROGRAMS = ("jq", "fzf", "vim", "git", "make", "curl", "xargs", "find")
"""Other programs of the commands."""
posix = pytest.mark.skipif(sys.platform == "win32", reason="the commands are for a POSIX shell")


def in_shell(script: str) -> subprocess.CompletedProcess[str]:
    """Run a code block with the installed command."""
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-e", "-c", script],
        capture_output=True, text=True, cwd=ROOT, env=os.environ | {"PATH": path}, timeout=60,
        check=False,
    )  # fmt: skip


@posix
@pytest.mark.parametrize("block", TASKS)
def test_the_commands_of_the_documents_answer(block: str) -> None:
    for program in PROGRAMS:
        is_run = re.search(rf"(?:^|[|]\s*|&& ){program} ", block, re.MULTILINE)
        if is_run and shutil.which(program) is None:
            pytest.skip(f"{program} is missing")
    done = in_shell(block)
    assert done.returncode == 0
    assert done.stdout
    assert "Traceback" not in done.stderr


@posix
def test_the_main_job_of_the_readme_answers() -> None:
    main_job = SETTING_UP.splitlines()[0].split(" && ")[-1]
    assert "April 10, 2023" in in_shell(main_job.removeprefix(".venv/bin/")).stdout


@pytest.mark.parametrize("line", [line for line in SHOWN if line.startswith("briefqa")])
def test_the_commands_that_are_only_shown_make_sense(line: str) -> None:
    _, *words = shlex.split(line.partition(" > ")[0])
    parsers = {command.name: command.parser for command in REFERENCE}
    parser = parsers[words.pop(0)] if words and words[0] in parsers else parsers[DEFAULT]
    parser.parse(words)


@pytest.mark.parametrize("script", BENCHMARKS)
def test_the_scripts_of_the_documents_are_there(script: str) -> None:
    assert script == "-m" or (ROOT / script).is_file()


@pytest.mark.parametrize("block", blocks("python"))
def test_the_python_of_the_documents_runs(block: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", block], capture_output=True, text=True, check=True, timeout=60
    )
    assert "April 10, 2023" in done.stdout.splitlines()[0]


def test_setting_up_is_two_commands() -> None:
    assert len(SETTING_UP.splitlines()) == 2


def test_each_format_is_told(run: Run) -> None:
    assert all(name in run("ask", "--help").out for name in FORMATS)
    assert all(f"`{name}`" in PAGES["docs/script.md"] for name in FORMATS)


@pytest.mark.parametrize("page", PAGES)
def test_each_file_that_a_page_points_to_is_there(page: str) -> None:
    folder = (ROOT / page).parent
    targets = re.findall(r"\]\(([^)#]+)", PAGES[page])
    targets += re.findall(r'(?:src|srcset)="([^"]+)"', PAGES[page])
    for target in targets:
        assert target.startswith("http") or (folder / target).exists(), target


def test_each_page_is_in_the_index() -> None:
    for path in (ROOT / "docs").glob("*.md"):
        assert f"]({path.name})" in PAGES["docs/README.md"] or path.name == "README.md"


def test_each_picture_is_used_and_is_there_in_light_and_dark() -> None:
    text = "".join(PAGES.values())
    for path in (ROOT / "docs" / "pictures").glob("*.svg"):
        assert f"pictures/{path.name}" in text
        for one, other in (("light", "dark"), ("dark", "light")):
            assert path.stem.removesuffix(one) == path.stem or (
                path.with_stem(path.stem.removesuffix(one) + other).exists()
            )


def test_each_key_of_the_configuration_is_told() -> None:
    tables = {
        "app": ("app.theme", "app.wrap", "app.keys"),
        "collections": ("collections.NAME.paths",),
    }
    keys = [each for key in SHARED for each in tables.get(key, (key,))]
    assert all(f"| `{key}` |" in CONFIGURATION for key in keys)


def test_the_example_of_a_configuration_makes_sense(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```toml\n(.*?)^```$", CONFIGURATION, re.DOTALL | re.MULTILINE)
    (tmp_path / "config.toml").write_text(example, encoding="utf-8")
    assert read_layer(str(tmp_path / "config.toml"), personal=True).problems == ()


def test_the_bundled_briefing_is_the_seeds() -> None:
    assert [path.name for path in Path(ROOT / "seeds").iterdir()] == ["000_1c0b0a5638379c89.txt"]


def test_each_module_is_in_the_architecture() -> None:
    named = {name.rpartition("/")[2] for name in re.findall(r"`([\w/]+)`", ARCHITECTURE)}
    modules = {path.stem for path in (ROOT / "src" / "briefqa").rglob("*.py")}
    assert modules - named == {"__init__", "__main__"}


def test_each_field_of_the_json_is_described() -> None:
    answer = Assistant.open("seeds").ask("When will Kishida and Biden meet?")
    record = answer_record(answer, explain=True)
    excerpts = record["excerpts"]
    assert isinstance(excerpts, list)
    described = ARCHITECTURE.partition("## JSON")[2]
    for name in {*record, *excerpts[0]}:
        assert re.search(rf"`(excerpts\[\])?\.?{name}`", described), name
