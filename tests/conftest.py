"""Fixtures of all tests: the briefing, and two ways to run the command."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from briefqa.assistant import Assistant
from briefqa.cli import main

ROOT = Path(__file__).parents[1]
BRIEFING = "seeds/000_1c0b0a5638379c89.txt"
GOLDEN = ROOT / "tests/golden"
GOLDEN_WRITING = os.environ.get("BRIEFQA_GOLDEN") == "write"
"""Whether golden files are written, rather than compared."""
SETTINGS = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM")


# A busy machine is no failure.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


class Result(NamedTuple):
    """The result of a run of the command."""

    code: int
    out: str
    err: str


Ask = Callable[..., Result]
Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run each test in the checkout, without the settings and the cache of the user."""
    monkeypatch.chdir(ROOT)
    for kind in ("cache", "config"):
        place = tmp_path.with_name(f"{tmp_path.name}-{kind}")
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", str(place))
    ours = [name for name in os.environ if name.startswith("BRIEFQA_")]
    for name in (*SETTINGS, *ours):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs `briefqa ask` in this process."""

    def run_ask(*arguments: str) -> Result:
        capsys.readouterr()
        code = main(["ask", *arguments])
        return Result(code, *capsys.readouterr())

    return run_ask


@pytest.fixture
def run() -> Run:
    """Runs `briefqa` in a process of its own."""

    def run_process(
        *arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None
    ) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "briefqa", *arguments],
            input=stdin,
            capture_output=True,
            env=os.environ | (env or {}),
            timeout=60,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run_process


@pytest.fixture(scope="session")
def briefing() -> Assistant:
    """An assistant for the sample briefing."""
    return Assistant.open([str(ROOT / BRIEFING)])


def check_golden(name: str, text: str) -> None:
    """Compare a text with a golden file, or write that; see `GOLDEN_WRITING`."""
    path = GOLDEN / name
    # The time of the file depends on when it was checked out.
    text = re.sub(r'"date": "[-\d]{10}", "date_from": "file"', '"date": null', text)
    if GOLDEN_WRITING:
        path.write_bytes(text.encode())
    assert text.encode() == path.read_bytes()
