"""What the commands load: start-up is the larger part of a one-shot answer."""

import subprocess
import sys

import pytest

from conftest import BRIEFING

REPORT = """
import sys
from briefqa.cli import main
code = main({arguments!r})
print(*sorted(name for name in sys.modules if "." not in name), file=sys.stderr)
sys.exit(code)
"""


def loaded(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", REPORT.format(arguments=list(arguments))],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(done.stderr.splitlines()[-1].split())


HEAVY = {"numpy", "rank_bm25", "rich", "textual", "dataclasses", "pathlib", "tempfile", "hashlib"}


@pytest.mark.parametrize("output", ["json", "jsonl", "line"])
def test_with_a_cached_index_an_answer_loads_nothing_heavy(output: str) -> None:
    command = ("ask", "--format", output, "When will Kishida and Biden meet?", BRIEFING)
    assert "rank_bm25" in loaded(*command)
    assert loaded(*command).isdisjoint(HEAVY)


def test_lines_load_neither_textual_nor_rich() -> None:
    modules = loaded("ask", "--format", "line", "When will Kishida and Biden meet?", BRIEFING)
    assert modules.isdisjoint({"textual", "rich"})


def test_the_version_loads_next_to_nothing() -> None:
    modules = loaded("--version")
    assert modules.isdisjoint({"textual", "rich", "numpy", "rank_bm25", "Stemmer", "argparse"})
