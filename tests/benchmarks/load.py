"""Ask under load: many at once with an empty cache, changing documents, little memory.

python tests/benchmarks/load.py /tmp/load 1000000

Sixty-four processes ask at once; processes ask while a thousand files are written, replaced and
removed; and processes with 512 MB of address space ask about the given number of passages.
"""

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from corpus import questions, write_corpus

AT_ONCE = 64
FILES = 1000
ROUNDS = 12
ADDRESSES = 512 * 1024 * 1024
SEED = 7
QUESTION = "Which ship left the harbour?"


def command(documents: Path, question: str = QUESTION) -> list[str]:
    """Return the command line of a question."""
    return [sys.executable, "-m", "briefqa", "ask", question, str(documents), "-f", "json"]


def asked(documents: Path, *options: str) -> bytes:
    """Ask while nothing else runs."""
    return subprocess.run([*command(documents), *options], capture_output=True).stdout


def write(path: Path, chance: random.Random) -> None:
    """Write a document of a few paragraphs."""
    ships = (f"Ship {chance.randrange(10**6)} left the harbour.\n" for _ in range(3))
    path.write_text("\n".join(ships), encoding="utf-8")


def ask_at_once(documents: Path, cache: Path) -> str:
    """Ask many times at once, with an empty cache."""
    shutil.rmtree(cache, ignore_errors=True)
    running = [
        subprocess.Popen(command(documents), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(AT_ONCE)
    ]
    outputs = Counter(process.communicate() for process in running)
    right = outputs[(asked(documents, "--no-cache"), b"")]
    return f"{right} of {AT_ONCE} right, {len(list(cache.rglob('*.index')))} index"


def change(documents: Path, stop: threading.Event, chance: random.Random) -> None:
    """Write, replace and remove files until stopped."""
    while not stop.is_set():
        path = documents / f"{chance.randrange(FILES):04}.txt"
        beside = documents / ".beside"
        if chance.random() < 0.2:
            path.unlink(missing_ok=True)
        elif chance.random() < 0.5:
            write(path, chance)
        else:
            write(beside, chance)
            beside.replace(path)


def ask_of_changing(documents: Path) -> str:
    """Ask while documents change, and check the cached answers afterwards."""
    stop, chance = threading.Event(), random.Random(SEED)
    changing = threading.Thread(target=change, args=(documents, stop, chance))
    changing.start()
    done = [subprocess.run(command(documents), capture_output=True) for _ in range(ROUNDS)]
    stop.set()
    changing.join()
    codes = Counter(process.returncode for process in done)
    traced = sum(b"Traceback" in process.stderr for process in done)
    right = asked(documents) == asked(documents, "--no-cache")
    return f"exit codes {dict(codes)}, {traced} tracebacks, after it right: {right}"


def ask_in_little_memory(documents: Path) -> str:
    """Ask with little address space."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))

    right = 0
    made = questions(documents, ROUNDS)
    for question in made:
        free, bound = (outcome(documents, question, before) for before in (None, limit))
        right += free == bound
    return f"{right} of {len(made)} right"


def outcome(documents: Path, question: str, before: Callable[[], None] | None) -> bytes:
    """Ask a question in a process after a preparation in it."""
    done = subprocess.run(command(documents, question), capture_output=True, preexec_fn=before)
    return done.stdout


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="where documents and the cache go")
    parser.add_argument("passages", type=int, help="0 leaves that part out")
    options = parser.parse_args()
    cache, documents = options.folder / "cache", options.folder / "changing"
    os.environ["XDG_CACHE_HOME"] = str(cache)
    documents.mkdir(parents=True, exist_ok=True)
    chance = random.Random(SEED)
    for number in range(FILES):
        write(documents / f"{number:04}.txt", chance)
    print(f"at once: {ask_at_once(documents, cache)}", flush=True)
    print(f"changing: {ask_of_changing(documents)}", flush=True)
    if options.passages:
        corpus = options.folder / f"corpus-{options.passages}"
        write_corpus(corpus, options.passages)
        print(f"in 512 MB: {ask_in_little_memory(corpus)}", flush=True)


if __name__ == "__main__":
    main()
