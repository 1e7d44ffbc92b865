"""Kill a process at each call of the system by which it writes the cache, and look at what is left.

python tests/benchmarks/crashes.py /tmp/crashes

Needs strace. The cache is empty before, or holds an index of the documents as they were. After each
kill the answer must be the right one, twice, with one index in the cache and nothing half-written.
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
    """When to kill: at one of the times that a call is made."""

    call: str
    time: int


class Place:
    """Documents, and the cache of their index.

    Args:
        folder: where all of it goes.
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
        """Ask in a process that nobody kills."""
        command = [*COMMAND, "ask", QUESTION, str(self.documents), "-f", "json", *options]
        return subprocess.run(command, capture_output=True).stdout

    def keep(self, *, stale: bool) -> None:
        """Take what the cache holds before each kill: nothing, or an index out of date."""
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
        """Yield all that a process does with the cache, one call after the other."""
        self._run_traced()
        counts = Counter(CALL.findall(self._log.read_text()))
        return (Kill(call, time + 1) for call in counts for time in range(counts[call]))

    def kill(self, kill: Kill) -> bool:
        """Kill a process at a call; return whether all is well after."""
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
        """The paths whose calls are watched: folders, index, lock, and what is half-written."""
        self.ask()
        (index,) = self.cache.rglob("*.index")
        beside = [index.with_name(index.name + suffix) for suffix in (".new", ".lock")]
        return [self.cache, index.parent, index, *beside]


def main() -> None:
    """Kill at each call, from both beginnings."""
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
