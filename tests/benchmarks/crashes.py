"""Kill a process at each system call that writes the cache, and check the cache.

python tests/benchmarks/crashes.py /tmp/crashes

Needs strace. The cache is empty at first, or contains an outdated index. After each kill, two
answers must be right, and the cache must contain one index and no incomplete file.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from corpus import write_corpus

PASSAGES = 300
COMMAND = [sys.executable, "-m", "briefqa"]
QUESTION = "cache memory configuration"
CALL = re.compile(r"^\d+ +(\w+)\(", re.MULTILINE)


class Kill(NamedTuple):
    """When to kill: at the Nth occurrence of a system call."""

    call: str
    time: int


class Place:
    """Documents and the cache of their index.

    Args:
        folder: the folder of both.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.documents, self.cache = folder / "documents", folder / "cache"
        self._before, self._log = folder / "before", folder / "calls"
        for path in (self.documents, self.cache):
            shutil.rmtree(path, ignore_errors=True)
        write_corpus(self.documents, PASSAGES)
        os.environ["XDG_CACHE_HOME"] = str(self.cache)
        self.answer = self.ask("--no-cache")
        self._watched = self._paths()

    def ask(self, *options: str) -> bytes:
        """Ask in a process that is not killed."""
        command = [*COMMAND, "ask", QUESTION, str(self.documents), "-f", "json", *options]
        return subprocess.run(command, capture_output=True).stdout

    def keep(self, *, stale: bool) -> None:
        """Save the cache as it is before each kill: empty, or with an outdated index."""
        for path in (self.cache, self._before):
            shutil.rmtree(path, ignore_errors=True)
        self._before.mkdir()
        if stale:
            changed = min(self.documents.glob("*.txt"))
            text = changed.read_bytes()
            changed.write_bytes(b"Nothing of the kind.\n")
            self.ask()
            changed.write_bytes(text)
            shutil.copytree(self.cache, self._before, dirs_exist_ok=True)

    def calls(self) -> Iterator[Kill]:
        """Yield the system calls of a process that affect the cache, in order."""
        self._run_traced()
        counts = Counter(CALL.findall(self._log.read_text()))
        return (Kill(call, time + 1) for call in counts for time in range(counts[call]))

    def kill(self, kill: Kill) -> bool:
        """Kill a process at a system call; return whether the cache is valid afterwards."""
        self._run_traced(f"inject={kill.call}:signal=KILL:when={kill.time}")
        right = self.ask() == self.answer == self.ask()
        left = Counter(path.suffix for path in self.cache.rglob("*") if path.is_file())
        return right and left[".index"] == 1 and not left[".new"]

    def _run_traced(self, *injections: str) -> None:
        shutil.rmtree(self.cache, ignore_errors=True)
        shutil.copytree(self._before, self.cache)
        command = ["strace", "-f", "-qq", "-o", str(self._log)]
        command += [word for path in self._watched for word in ("-P", str(path))]
        command += [word for injection in injections for word in ("-e", injection)]
        command += [*COMMAND, "index", "build", str(self.documents)]
        subprocess.run(command, capture_output=True)

    def _paths(self) -> list[Path]:
        """Return the paths to trace: folders, index, lock and incomplete files."""
        self.ask()
        (index,) = self.cache.rglob("*.index")
        beside = [index.with_name(index.name + suffix) for suffix in (".new", ".lock")]
        return [self.cache, index.parent, index, *beside]


def main() -> None:
    """Kill at each system call, with an empty cache and with an outdated index."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="where documents and the cache go")
    place = Place(parser.parse_args().folder)
    for stale in (False, True):
        place.keep(stale=stale)
        kills = list(place.calls())
        bad = [kill for kill in kills if not place.kill(kill)]
        print(f"{'stale' if stale else 'empty'} cache: {len(kills)} kills, bad: {bad or 'none'}")


if __name__ == "__main__":
    main()
