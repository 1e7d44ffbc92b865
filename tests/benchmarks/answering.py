"""The time of an answer in a running process: `python tests/benchmarks/answering.py SET`.

The documents of a SET (see quality.py) are repeated until there are enough passages, and the
questions of the set are asked about them. Each question is asked once before the measurement, as in
the app, where frequent words are soon cached.
"""

import sys
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles

from briefqa.answers.pipeline import AnswerOptions, answer
from briefqa.documents import load
from briefqa.evaluation import read_known_questions
from briefqa.index import Index
from briefqa.passage_splitter import split_passages
from briefqa.passages import Passage

SIZES = (100, 1_000, 10_000)
QUESTIONS = 300
TOP = 3


def main() -> None:
    """Run the command line."""
    folder = Path(sys.argv[1])
    documents = load([str(folder / "documents")]).documents
    passages = [passage for each in documents for passage in split_passages(each)]
    questions = [
        known.question
        for path in sorted((folder / "questions").glob("*.jsonl"))
        for known in read_known_questions(str(path))
    ]
    print("passages  median ms  95 % below")
    for size in SIZES:
        times = _times(_repeated(passages, size), questions[:: len(questions) // QUESTIONS])
        print(f"{size:8} {median(times):10.1f} {quantiles(times, n=20)[-1]:11.1f}")


def _repeated(passages: Sequence[Passage], size: int) -> list[Passage]:
    return [
        passage._replace(path=f"{number // len(passages)}/{passage.path}")
        for number, passage in enumerate(islice(cycle(passages), size))
    ]


def _times(passages: Sequence[Passage], questions: Sequence[str]) -> list[float]:
    """Return the milliseconds of each question in the second round."""
    index = Index(passages)
    times: list[float] = []
    for _ in range(2):
        times.clear()
        for question in questions:
            started = time.perf_counter()
            answer(question, index, AnswerOptions(TOP))
            times.append(1000 * (time.perf_counter() - started))
    return times


if __name__ == "__main__":
    main()
