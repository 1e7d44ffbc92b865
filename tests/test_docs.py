"""The documents say what is true: their commands run, and each option is told."""

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from briefqa.configuration.reading import SHARED, read_layer
from briefqa.output import FORMATS
from conftest import ROOT, Run

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = r"^```sh\n(.*?)^```$"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
SETTING_UP, *TASKS = [block for language, block in BLOCKS if language == "sh"]
PAGES = [(ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("configuration.md",)]
TASKS += [block for page in PAGES for block in re.findall(SHELL, page, re.DOTALL | re.MULTILINE)]
posix = pytest.mark.skipif(sys.platform == "win32", reason="the commands are for a POSIX shell")


def in_shell(script: str) -> subprocess.CompletedProcess[str]:
    """Run a block of the documents as a reader would, with the installed command."""
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-e", "-c", script],
        capture_output=True, text=True, cwd=ROOT, env=os.environ | {"PATH": path}, timeout=60,
        check=False,
    )  # fmt: skip


@posix
@pytest.mark.parametrize("block", TASKS)
def test_the_commands_of_the_documents_answer(block: str) -> None:
    done = in_shell(block)
    assert done.returncode == 0
    assert done.stdout
    assert "Traceback" not in done.stderr


@posix
def test_the_main_job_of_the_readme_answers() -> None:
    main_job = SETTING_UP.splitlines()[0].split(" && ")[-1]
    assert "April 10, 2023" in in_shell(main_job.removeprefix(".venv/bin/")).stdout


def test_the_python_of_the_readme_runs() -> None:
    (block,) = [block for language, block in BLOCKS if language == "python"]
    done = subprocess.run(
        [sys.executable, "-c", block], capture_output=True, text=True, check=True, timeout=60
    )
    assert "April 10, 2023" in done.stdout.splitlines()[0]


def test_setting_up_is_two_commands() -> None:
    assert len(SETTING_UP.splitlines()) == 2


def test_each_format_is_told(run: Run) -> None:
    assert all(name in run("ask", "--help").out for name in FORMATS)
    assert all(f"`{name}`" in README for name in FORMATS if name != "line")


def test_each_file_that_the_readme_points_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)", README):
        assert (ROOT / target).exists(), target


def test_each_key_of_the_configuration_is_told() -> None:
    (page,) = PAGES
    tables = {
        "app": ("app.theme", "app.wrap", "app.keys"),
        "collections": ("collections.NAME.paths",),
    }
    keys = [each for key in SHARED for each in tables.get(key, (key,))]
    assert all(f"| `{key}` |" in page for key in keys)


def test_the_example_of_a_configuration_makes_sense(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```toml\n(.*?)^```$", PAGES[0], re.DOTALL | re.MULTILINE)
    (tmp_path / "config.toml").write_text(example, encoding="utf-8")
    assert read_layer(str(tmp_path / "config.toml"), personal=True).problems == ()


def test_the_bundled_briefing_is_the_seeds() -> None:
    assert [path.name for path in Path(ROOT / "seeds").iterdir()] == ["000_1c0b0a5638379c89.txt"]
