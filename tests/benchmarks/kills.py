"""Kill processes that ask and build, twenty at once, and check the answers of the others.

python tests/benchmarks/kills.py /tmp/kills 200
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from corpus import write_corpus

AT_ONCE = 20
PASSAGES = 1000
SEED = 7
COMMAND = [sys.executable, "-m", "briefqa", "ask", "--format", "json", "cache memory configuration"]


def asked(corpus: Path, *options: str) -> bytes:
    """Ask in a process that is not killed."""
    return subprocess.run([*COMMAND, str(corpus), *options], capture_output=True).stdout


def round_of_kills(corpus: Path, right: bytes, chance: random.Random) -> int:
    """Start processes, kill half of them within a second, and count wrong answers of the rest."""
    command = [*COMMAND, str(corpus)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(AT_ONCE)]
    for process in running[: AT_ONCE // 2]:
        time.sleep(chance.random() * 2 / AT_ONCE)
        process.kill()
    answers = [(process.communicate()[0], process.returncode) for process in running]
    return sum(out != right for out, code in answers if code != -signal.SIGKILL)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="where documents and the cache go")
    parser.add_argument("kills", type=int)
    options = parser.parse_args()
    corpus, cache = options.folder / "corpus", options.folder / "cache"
    write_corpus(corpus, PASSAGES)
    os.environ["XDG_CACHE_HOME"] = str(cache)
    right, chance, killed, wrong = asked(corpus, "--no-cache"), random.Random(SEED), 0, 0
    while killed < options.kills:
        if chance.random() < 0.5:
            shutil.rmtree(cache, ignore_errors=True)
        os.utime(chance.choice(sorted(corpus.glob("*.txt"))))
        wrong += round_of_kills(corpus, right, chance)
        killed += AT_ONCE // 2
    os.utime(min(corpus.glob("*.txt")))
    wrong += asked(corpus) != right
    left = [path.name for path in cache.rglob("*.new")]
    print(f"{killed} killed, {wrong} wrong answers, temporary files left: {left or 'none'}")


if __name__ == "__main__":
    main()
