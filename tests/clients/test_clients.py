"""Real clients of the Model Context Protocol, where BRIEFQA_CLIENTS names a folder with them.

    .ci/clients FOLDER && BRIEFQA_CLIENTS=FOLDER pytest tests/clients

A client that could not be installed is skipped.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from conftest import BRIEFING

HERE = Path(__file__).parent
CLIENTS = Path(os.environ.get("BRIEFQA_CLIENTS", "/nowhere"))
SERVER = (sys.executable, "-m", "briefqa", "mcp", "seeds")
CALLS: dict[str, dict[str, Any]] = {
    "ask": {"questions": ["When will Kishida and Biden meet?"]},
    "read": {"places": [f"{BRIEFING}:9"]},
    "timeline": {"about": "Kishida"},
    "documents": {},
}
TOLD = {
    "ask": "April 10, 2023",
    "read": "April 10, 2023",
    "timeline": "2023-04-10",
    "documents": BRIEFING,
}


def output_of(*command: str, data: str = "", env: Mapping[str, str] | None = None) -> str:
    """Return what a command prints; it must succeed."""
    done = subprocess.run(
        command,
        input=data,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | (env or {}),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def check_kit(folder: str, script: str, arguments: Sequence[str], version: str) -> None:
    python = CLIENTS / folder / "bin" / "python"
    if not python.exists():
        pytest.skip(f"the kit in {python.parent.parent} is not installed")
    command = (str(python), str(HERE / script), *arguments, *SERVER)
    told: dict[str, Any] = json.loads(output_of(*command, data=json.dumps(CALLS)))
    assert told["version"] == version
    assert told["tools"] == list(CALLS)
    for name, expected in TOLD.items():
        assert expected in told["texts"][name]


@pytest.mark.parametrize(
    ("mode", "version"),
    [("auto", "2026-07-28"), ("legacy", "2025-11-25"), ("2026-07-28", "2026-07-28")],
)
def test_the_newest_kit_calls_all_tools(mode: str, version: str) -> None:
    check_kit("newest", "newest_kit.py", [mode], version)


def test_the_oldest_kit_calls_all_tools() -> None:
    check_kit("oldest", "oldest_kit.py", [], "2025-11-25")


@pytest.mark.parametrize("era", ["legacy", "auto", "modern"])
def test_the_inspector_accepts_all_tools(era: str) -> None:
    programs = CLIENTS / "inspector" / "node_modules" / ".bin"
    if not (programs / "mcp-inspector").exists():
        pytest.skip(f"the inspector is not in {programs}")
    env = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    inspect = (str(programs / "mcp-inspector"), "--cli", "--protocol-era", era)
    listed = output_of(*inspect, "--strict", "--method", "tools/list", "--", *SERVER, env=env)
    assert [tool["name"] for tool in json.loads(listed)["tools"]] == list(CALLS)
    for name, arguments in CALLS.items():
        pairs = [f"{key}={json.dumps(value)}" for key, value in arguments.items()]
        given = ["--tool-arg", *pairs] if pairs else []
        call = ("--method", "tools/call", "--tool-name", name, *given)
        called = json.loads(output_of(*inspect, *call, "--", *SERVER, env=env))
        assert not called["isError"]
        assert TOLD[name] in called["content"][0]["text"]
