"""How cost grows when a document doubles in size, for thirteen shapes of bad documents.

    python tests/benchmarks/growth.py

Each is asked in a process of its own, with 2 MB and 4 MB in turn. It prints the medians of the
ratios of processor time and peak memory, minus the cost of an empty document. Linux only.
"""

import subprocess
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
"""The text that each shape repeats; new words are distinct numbers."""


ASK = f"""
import sys, time
sys.path.insert(0, {str(Path(__file__).parent)!r})
from briefqa.cli import main
main(sys.argv[1:])
from engines import peak_memory
print(time.process_time(), peak_memory())
"""
"""Runs the command line, and prints what it took."""


class Cost(NamedTuple):
    """The cost of a process: seconds of processor time, and megabytes of peak memory."""

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
    command = [sys.executable, "-c", ASK, "ask", QUESTION, str(path), "--no-cache", "-q"]
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    seconds, memory = told.split()
    return Cost(float(seconds), float(memory))


if __name__ == "__main__":
    main()
