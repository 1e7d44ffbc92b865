"""Generate the completions, the manual page and the page of the Python API.

    cd docs && python -m manual.generate

With `--check` nothing is written, and the exit code is 1 if a file is outdated.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from manual.api import api
from manual.bash import bash
from manual.fish import fish
from manual.man import man
from manual.powershell import powershell
from manual.zsh import zsh

__all__ = ["FILES", "outdated"]

ROOT = Path(__file__).parents[2]
COMPLETIONS = "src/briefqa/completions"
FILES: Mapping[str, Callable[[], str]] = {
    f"{COMPLETIONS}/briefqa.bash": bash,
    f"{COMPLETIONS}/briefqa.zsh": zsh,
    f"{COMPLETIONS}/briefqa.fish": fish,
    f"{COMPLETIONS}/briefqa.ps1": powershell,
    "docs/briefqa.1": man,
    "docs/api.md": api,
}
"""The generated files, by path in the repository, with what generates each."""


def outdated() -> list[str]:
    """Return the paths of the files that differ from what would be generated."""
    return [path for path, make in FILES.items() if _read(ROOT / path) != make()]


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _main(check: bool) -> int:
    for path in outdated():
        print(path)
        if not check:
            (ROOT / path).write_text(FILES[path](), encoding="utf-8", newline="\n")
    return 1 if check and outdated() else 0


if __name__ == "__main__":
    sys.exit(_main("--check" in sys.argv[1:]))
