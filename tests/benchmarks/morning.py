"""The cost of dates, editions and repeats.

    python tests/benchmarks/morning.py since FOLDER PASSAGES ...
    python tests/benchmarks/morning.py diff FOLDER DOCUMENTS
    python tests/benchmarks/morning.py answers DOCUMENTS QUESTIONS ...

`since` prints what a question costs that is asked of half of the documents by their dates, as a
multiple of the same question to all of them: in one process, and as a command of its own. `diff`
prints what comparing two editions of as many documents costs, as a multiple of indexing one of
them. `answers` asks each question with folding and comparison of values, and
without both, and prints where the first sentence differs. All figures are processor times, and each
multiple is the median of pairs that are measured in turn.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from unittest.mock import patch

from corpus import questions, write_corpus

from briefqa.answers import pipeline
from briefqa.assistant import Assistant
from briefqa.documents import load
from briefqa.editions import Edition, compare_editions
from briefqa.question_file import read_questions

QUESTIONS = 20
PAIRS = 9
FIRST_DAY = date(2024, 1, 1)
CHANGED = 0.1
"""The share of the sentences of an edition that the next one changes."""
SEED = 19


def multiple(
    run: Callable[[], object], base: Callable[[], object], pairs_wanted: int = PAIRS
) -> tuple[float, float]:
    """Return the processor time of `base` in milliseconds, and the multiple that `run` takes."""
    run(), base()
    pairs = [(processor_time(run), processor_time(base)) for _ in range(pairs_wanted)]
    return 1000 * median(other for _, other in pairs), median(one / other for one, other in pairs)


def processor_time(run: Callable[[], object]) -> float:
    """Return the processor time of this process and its children, in seconds."""
    start = spent()
    run()
    return spent() - start


def spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def since(folder: Path, sizes: Sequence[int]) -> None:
    """Print the cost of `--since` for corpora of some sizes."""
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    for passages in sizes:
        corpus = folder / f"corpus-{passages}"
        write_corpus(corpus, passages)
        half = spread_dates(corpus)
        base, times = warm_cost(corpus, half)
        print(f"{passages:,} passages")
        print(f"  in one process: {base / QUESTIONS:.2f} ms, with --since {times:.2f} times")
        base, times = command_cost(corpus, half)
        print(f"  as a command: {base:.0f} ms, with --since {times:.2f} times", flush=True)


def spread_dates(corpus: Path) -> date:
    """Give each file of a corpus a day of its own, and return the day in the middle."""
    files = sorted(corpus.glob("*.txt"))
    for number, path in enumerate(files):
        day = datetime.combine(FIRST_DAY, datetime.min.time(), UTC) + timedelta(number)
        os.utime(path, (day.timestamp(), day.timestamp()))
    return FIRST_DAY + timedelta(len(files) // 2)


def warm_cost(corpus: Path, half: date) -> tuple[float, float]:
    """Return what many questions to an open corpus cost: see `multiple`."""
    assistant = Assistant.open(str(corpus))
    asked = questions(corpus, QUESTIONS)

    def ask(day: date | None) -> None:
        for question in asked:
            documents = None if day is None else assistant.select(since=day)
            assistant.ask(question, documents=documents)

    return multiple(partial(ask, half), partial(ask, None))


def command_cost(corpus: Path, half: date) -> tuple[float, float]:
    """Return what one question costs as a command: see `multiple`."""
    [question] = questions(corpus, 1)
    command = [sys.executable, "-m", "briefqa", "ask", "-f", "line", question, str(corpus)]
    return multiple(partial(run, [*command, "--since", str(half)]), partial(run, command))


def run(command: Sequence[str]) -> None:
    subprocess.run(command, check=False, capture_output=True)


def diff(folder: Path, documents: int) -> None:
    """Print the cost of comparing two editions of as many documents, of ten passages each."""
    old, new = folder / "old", folder / "new"
    write_corpus(folder / "corpus", 10 * documents)
    divide(folder / "corpus", old)
    write_edition(old, new)
    roots = [str(old), str(new)]

    def compare() -> None:
        compare_editions(*(Edition(root, load([root]).documents) for root in roots))

    base, times = multiple(compare, lambda: Assistant.open(str(old), cached=False), 3)
    print(f"{documents:,} documents: indexing {base / 1000:.1f} s, diff {times:.2f} times")


def divide(corpus: Path, folder: Path) -> None:
    """Write each ten passages of a corpus as a document."""
    folder.mkdir(exist_ok=True)
    for path in sorted(corpus.glob("*.txt")):
        passages = path.read_text(encoding="utf-8").split("\n\n")
        for start in range(0, len(passages), 10):
            text = "\n\n".join(passages[start : start + 10])
            (folder / f"{path.stem}-{start:03}.txt").write_text(text, encoding="utf-8")


def write_edition(old: Path, new: Path) -> None:
    """Write an edition in which some sentences have another number, are new, or are gone."""
    chance = random.Random(SEED)
    new.mkdir(exist_ok=True)
    for path in sorted(old.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").split("\n")
        changed = [
            chance.choice(("", f"{line} It was {chance.randrange(1000)}.", f"In 2026 {line}"))
            if line and chance.random() < CHANGED
            else line
            for line in lines
        ]
        (new / path.name).write_text("\n".join(changed), encoding="utf-8")


def answers(documents: str, files: Sequence[str]) -> None:
    """Print the questions whose first sentence folding or the comparison of values changes."""
    assistant = Assistant.open(documents)
    asked = [entry.question for file in files for entry in read_questions(file)]
    found = [assistant.ask(question) for question in asked]
    with patch.object(pipeline, "_compares_values", return_value=False):
        plain = [assistant.ask(question, fold=False) for question in asked]
    changed = 0
    for new, old in zip(found, plain, strict=True):
        if [each.place for each in new.excerpts[:1]] == [each.place for each in old.excerpts[:1]]:
            continue
        changed += 1
        values = [f"{value.written} in {value.documents}" for value in new.values]
        print(f"{new.question}: {old.status}, then {new.status}")
        for excerpt in (*old.excerpts[:1], *new.excerpts[:1]):
            print(f"  {excerpt.citation}, also in {len(excerpt.also)}: {excerpt.said}")
        print(f"  values: {', '.join(values) or 'none'}")
    print(f"{changed} of {len(asked)} first sentences differ")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    commands = parser.add_subparsers(dest="command", required=True)
    dated = commands.add_parser("since")
    dated.add_argument("folder", type=Path)
    dated.add_argument("passages", type=int, nargs="+")
    compared = commands.add_parser("diff")
    compared.add_argument("folder", type=Path)
    compared.add_argument("documents", type=int)
    folded = commands.add_parser("answers")
    folded.add_argument("documents")
    folded.add_argument("questions", nargs="+")
    options = parser.parse_args()
    match options.command:
        case "since":
            since(options.folder, options.passages)
        case "diff":
            diff(options.folder, options.documents)
        case "answers":
            answers(options.documents, options.questions)


if __name__ == "__main__":
    main()
