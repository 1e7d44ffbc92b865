"""What the commands import: start-up takes most of the time of a one-shot answer."""

import subprocess
import sys

import pytest

from conftest import BRIEFING

REPORT = """
import sys
from briefqa.cli import main
code = main({arguments!r})
print(*sorted(sys.modules), file=sys.stderr)
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


LIGHT = frozenset(
    "Stemmer array bisect briefqa collections copyreg cython_runtime enum functools heapq"
    " importlib itertools json keyword math mmap operator re reprlib struct types unicodedata"
    " warnings zlib".split()
)
"""What an answer from a cached index may import, with private modules."""
NOT_OURS = frozenset(
    "answers.divisions answers.quantities answers.spelling cli.terminals"
    " configuration.config_file documents.document engines evaluation index.cache_writer"
    " index.doc_store_writer index.manifest_writer index.maxscore index.postings_writer"
    " index.writer readers tui".split()
)
"""The modules of this package that it must not import."""
FOR_NAMES = frozenset({"briefqa.answers.aliases", "briefqa.answers.definitions"})
"""What is imported only for a question with words that may be aliases."""


def bare() -> set[str]:
    """Return what is imported without briefqa, such as by coverage measurement."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(done.stdout.split())


def beyond(modules: set[str]) -> set[str]:
    """Return the modules that neither bare Python imports nor `LIGHT` contains."""
    heavy = {name for name in modules - bare() if name.partition(".")[0] not in LIGHT}
    ours = {name for name in modules if name.removeprefix("briefqa.") in NOT_OURS}
    return ours | {name for name in heavy if not name.startswith("_")}


@pytest.mark.parametrize("output", ["json", "jsonl", "line"])
def test_with_a_cached_index_an_answer_loads_nothing_heavy(output: str) -> None:
    command = ("ask", "--format", output, "When will they meet?", BRIEFING)
    assert "rank_bm25" in loaded(*command)
    modules = loaded(*command)
    assert beyond(modules) == set()
    assert modules.isdisjoint({*FOR_NAMES, "briefqa.documents.files"})


def test_what_writes_json_is_loaded_for_json_alone() -> None:
    command = ("ask", "--format", "line", "When will they meet?", BRIEFING)
    loaded(*command)
    assert "json" not in loaded(*command) - bare()


def test_what_finds_other_names_is_light_too() -> None:
    command = ("ask", "-f", "json", "When will Kishida and Biden meet?", BRIEFING)
    loaded(*command)
    modules = loaded(*command)
    assert beyond(modules) == set()
    assert modules >= FOR_NAMES


def test_choosing_among_what_a_folder_holds_loads_nothing_heavy() -> None:
    command = ("ask", "-f", "json", "When will they meet?", "seeds", "--exclude", "*.m[ad]*")
    loaded(*command)
    assert beyond(loaded(*command)) == set()


def test_the_version_loads_next_to_nothing() -> None:
    modules = loaded("--version")
    assert modules.isdisjoint({"textual", "rich", "numpy", "rank_bm25", "Stemmer", "argparse"})
