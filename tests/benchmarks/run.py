"""Compare briefqa with its peers, on corpora from text on this machine.

    python -m venv /tmp/bench && /tmp/bench/bin/pip install '.[bench]'
    /tmp/bench/bin/python tests/benchmarks/run.py /tmp/benchmarks --sizes 1000 10000

prints a table for each size; docs/performance.md describes the figures. A million passages take
half an hour and 10 GB.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus import questions, write_corpus
from engines import ENGINES

HERE = Path(__file__).parent
PAIRS = 25
RANK_BM25_LIMIT = 100_000
"""The number of passages from which the original rank-bm25 takes minutes and gigabytes."""
BARE = (sys.executable, "-c", "pass")


def measured(*arguments: str) -> dict[str, float]:
    """Run one measurement in a process of its own."""
    command = [sys.executable, str(HERE / "engines.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def cpu_of(command: Sequence[str], environment: dict[str, str]) -> float:
    """Return the seconds of processor time of a whole process."""
    nowhere = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    child = os.posix_spawn(command[0], list(command), environment, file_actions=nowhere)
    _, _, spent = os.wait4(child, 0)
    return spent.ru_utime + spent.ru_stime


def one_shot(corpus: Path | None, cache: Path) -> str:
    """Return the median ratio of a one-shot's processor time to bare Python's, in paired runs."""
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    briefqa = str(Path(sys.executable).with_name("briefqa"))
    asked = questions(corpus, PAIRS) if corpus else ["When will Kishida and Biden meet?"] * PAIRS
    paths = [str(corpus)] if corpus else []
    commands = [[briefqa, "ask", "--format", "json", question, *paths] for question in asked]
    for _ in range(3):
        cpu_of(commands[0], environment)
    pairs = [(cpu_of(each, environment), cpu_of(BARE, environment)) for each in commands]
    ratios = sorted(ours / bare for ours, bare in pairs)
    ours = 1000 * statistics.median(ours for ours, _ in pairs)
    return f"{statistics.median(ratios):.2f} times bare Python ({ours:.0f} ms of cpu time)"


def row(name: str, *cells: object) -> None:
    print("| " + " | ".join([name, *map(str, cells)]) + " |", flush=True)


def compare(corpus: Path, folder: Path, passages: int, engines: Sequence[str]) -> None:
    """Print the table of one size."""
    text = sum(path.stat().st_size for path in corpus.glob("*.txt")) / 1e6
    print(f"\n### {passages:,} passages, {text:.1f} MB of text\n")
    row("engine", "build, s of cpu", "peak, MB", "file, MB", "p50, ms", "p90, ms", "p99, ms")
    row(*["---"] * 7)
    for engine in engines:
        if engine == "rank-bm25" and passages > RANK_BM25_LIMIT:
            continue
        index = folder / f"{engine}-{passages}"
        shutil.rmtree(index, ignore_errors=True)
        built = measured("build", engine, str(corpus), str(index))
        asked = measured("query", engine, str(corpus), str(index))
        figures = [f"{built[name]:.1f}" for name in ("cpu", "peak", "size")]
        row(engine, *figures, *(f"{asked[name]:.3f}" for name in ("p50", "p90", "p99")))
    print(f"\nOne-shot: {one_shot(corpus, folder / f'briefqa-{passages}')}.", flush=True)
    print(f"\nOne file changed: {again(corpus, folder / f'briefqa-{passages}')}.", flush=True)


def again(corpus: Path, index: Path) -> str:
    """Return the cost of updating the index after a file has changed; the file is restored."""
    path = sorted(corpus.glob("*.txt"))[0]
    before = path.read_bytes()
    path.write_bytes(before + b"\nOne line more.\n")
    changed = measured("build", "briefqa", str(corpus), str(index))
    path.write_bytes(before)
    measured("build", "briefqa", str(corpus), str(index))
    return f"{changed['cpu']:.2f} s of cpu time to index again"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="where corpora and indexes go")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=list(ENGINES))
    options = parser.parse_args()
    print(f"Briefing, one-shot: {one_shot(None, options.folder / 'briefing')}.")
    for passages in options.sizes:
        corpus = options.folder / f"corpus-{passages}"
        write_corpus(corpus, passages)
        compare(corpus, options.folder, passages, options.engines)


if __name__ == "__main__":
    main()
