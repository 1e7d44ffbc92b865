"""What twice the document costs, for bad documents of thirteen shapes.

    python tests/benchmarks/growth.py

Each is asked in a process of its own, at 2 MB and at 4 MB, in turn; printed are the medians of the
ratios of processor time and of peak memory, less what an empty document costs. POSIX only.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

MEGABYTE = 1024 * 1024
SMALL = 2 * MEGABYTE
PAIRS = 5
QUESTION = "Who said that word here?"
UNITS = {
    "prose": "Somebody said a word here, and then went on. ",
    "paragraphs": "Somebody said a word here.\n\n",
    "one line of one letter": "a",
    "one letter, spaced": "a ",
    "punctuation": ".,;:!?",
    "initials": "A. B. ",
    "acronyms": "U.S. ",
    "brackets": "((\"[('",
    "blank lines": "\n \n",
    "list": "- said\n",
    "headings": "Said\n\nsaid that word here.\n\n",
    "marks": "e\u0301\u0316",
    "new words": "",
}
"""What each shape repeats; new words are numbers, none of them twice."""


class Cost(NamedTuple):
    """What one process took: seconds of processor time, and bytes at the peak."""

    seconds: float
    memory: float


def main() -> None:
    """Run the command line."""
    with TemporaryDirectory() as folder:
        path = _write(Path(folder) / "empty.txt", "\n")
        empty = Cost(*map(median, zip(*(_cost(path) for _ in range(PAIRS)), strict=True)))
        print("shape                     time x2   memory x2")
        for name, unit in UNITS.items():
            small = _write(Path(folder) / "small.txt", _shape(unit, SMALL))
            large = _write(Path(folder) / "large.txt", _shape(unit, 2 * SMALL))
            pairs = [(_cost(small), _cost(large)) for _ in range(PAIRS)]
            time = median(
                (b.seconds - empty.seconds) / (a.seconds - empty.seconds) for a, b in pairs
            )
            room = median((b.memory - empty.memory) / (a.memory - empty.memory) for a, b in pairs)
            print(f"{name:24} {time:8.2f} {room:11.2f}", flush=True)


def _shape(unit: str, size: int) -> str:
    return unit * (size // len(unit)) if unit else "".join(_numbers(size))


def _numbers(size: int) -> Iterator[str]:
    for number in range(size // 9):
        yield f"w{number:07} "


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _cost(path: Path) -> Cost:
    """Ask one question of a document, in a process of its own."""
    command = [sys.executable, "-m", "briefqa", "ask", QUESTION, str(path), "--no-cache", "-q"]
    process = os.posix_spawn(sys.executable, command, os.environ)
    _, _, usage = os.wait4(process, 0)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


if __name__ == "__main__":
    main()
