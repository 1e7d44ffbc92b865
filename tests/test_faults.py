"""If a system call fails, the answer is right or there is a clear error, and the next run works."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from briefqa.cli import main
from briefqa.configuration.config_file import read_layer
from briefqa.tui.settings import Settings, save_settings, settings_of
from briefqa.tui.storage import History
from conftest import Result
from faults import Trial, every_trial, faults, one_trial

QUESTION = "How many ships were counted?"
REALLY_OPEN = open
TRIALS = every_trial if os.environ.get("BRIEFQA_FAULTS") == "all" else one_trial
NONE_STORED = "no index is stored\n"


class Setting:
    """Documents, commands about them, and a cache whose state can be restored.

    Args:
        folder: the folder of everything.
        capture: captures the output of the commands.
    """

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture
        self._cache = Path(os.environ["XDG_CACHE_HOME"])
        self._kept = folder / "kept"
        self.documents = folder / "documents"
        self.documents.mkdir()
        (self.documents / ".briefqaignore").write_text("north*\n", encoding="utf-8")
        for name, number in (("east", "Forty"), ("west", "Fifty"), ("north", "Sixty")):
            path = self.documents / f"{name}.txt"
            path.write_text(f"{number} ships were counted in the {name}.\n", encoding="utf-8")
            os.utime(path, (1, 1))
        self.known = folder / "known.jsonl"
        fields = {"question": QUESTION, "answers": ["Forty", "Fifty"]}
        self.known.write_text(json.dumps(fields), encoding="utf-8")

    def run(self, *arguments: str) -> Result:
        """Run a command in this process, with a document on standard input."""
        self._capture.readouterr()
        document = REALLY_OPEN(self.documents / "east.txt", encoding="utf-8")
        with document, pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdin", document)
            code = main(arguments)
        return Result(code, *self._capture.readouterr())

    def keep(self, *, cached: bool) -> None:
        """Save the state of the cache: empty, or with an index of the documents."""
        self._kept.mkdir()
        if cached:
            self.run("index", "build", str(self.documents))
            shutil.copytree(self._cache, self._kept, dirs_exist_ok=True)

    def reset(self) -> None:
        """Restore the state of the cache."""
        shutil.rmtree(self._cache, ignore_errors=True)
        shutil.copytree(self._kept, self._cache)


@pytest.fixture
def setting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Setting:
    return Setting(tmp_path, capsys)


COMMANDS: dict[str, Callable[[Setting], tuple[str, ...]]] = {
    "ask": lambda setting: ("ask", QUESTION, str(setting.documents)),
    "standard input": lambda setting: ("ask", QUESTION, "-"),
    "questions": lambda setting: (
        "ask", "--questions", str(setting.known), str(setting.documents), "-f", "json"
    ),
    "show": lambda setting: ("show", f"{setting.documents / 'east.txt'}:1"),
    "eval": lambda setting: ("eval", str(setting.known), str(setting.documents)),
    "index build": lambda setting: ("index", "build", str(setting.documents)),
    "index status": lambda setting: ("index", "status", str(setting.documents)),
    "config": lambda setting: ("config",),
    "index clear": lambda setting: ("index", "clear"),
}  # fmt: skip


def is_right_or_clear(result: Result, right: Result) -> bool:
    """Return whether a command was not affected, or reported the fault in one sentence.

    An index that could not be stored or checked is reported as missing or outdated.
    """
    told = result.err.splitlines()
    clear = all(line.startswith("briefqa: ") and "a mistake" not in line for line in told)
    stored = right.out.startswith("index ") and (
        result.out == NONE_STORED or result.out.splitlines()[:1] == right.out.splitlines()[:1]
    )
    return result == right or (result.code == 2 and bool(told) and clear) or stored


def check(
    setting: Setting, name: str, trials: Callable[[int], Iterable[Trial]], *, cached: bool
) -> int:
    """Check a command while system calls fail, and afterwards; return the number of runs."""
    setting.keep(cached=cached)
    asking, arguments = COMMANDS["ask"](setting), COMMANDS[name](setting)
    answer = setting.run(*asking)
    setting.reset()
    right, results = setting.run(*arguments), list[Result]()
    setting.reset()
    for fault in faults(lambda: results.append(setting.run(*arguments)), trials):
        assert is_right_or_clear(results[-1], right), (fault, results[-1])
        assert setting.run(*asking) == answer, fault
        setting.reset()
    return len(results)


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX calls")
@pytest.mark.parametrize("cached", [False, True], ids=["cold", "cached"])
@pytest.mark.parametrize("name", COMMANDS)
def test_whatever_call_fails(setting: Setting, name: str, cached: bool) -> None:
    runs = check(setting, name, TRIALS, cached=cached)
    print(f"{runs} runs")
    assert runs > 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX calls")
def test_whatever_call_fails_the_app_keeps_its_history_and_settings(tmp_path: Path) -> None:
    history, settings = tmp_path / "history", tmp_path / "config.toml"

    def remember() -> None:
        History(history).add("Who?")
        save_settings(settings, Settings(), Settings(theme="nord"))

    History(history).add("When?")
    for fault in faults(remember, TRIALS):
        assert set(History(history).questions) in ({"When?"}, {"Who?", "When?"}), fault
        kept = settings_of(read_layer(str(settings), personal=True).values)
        assert kept in (Settings(), Settings(theme="nord")), fault
        History(history).add("When?")
        assert History(history).questions[0] == "When?", fault
