"""The cost of an excluded word, a required word or a filter of documents for the ranking.

    python tests/benchmarks/restrictions.py FOLDER PASSAGES ...

prints, for corpora of these sizes, the processor time of restricted queries as a multiple of that
of the same queries without restrictions: the ranking alone, with and without numpy, and whole
answers. The questions are those of run.py; the excluded word is one of the documents.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Self

from corpus import questions, write_corpus

from briefqa.analysis.analyzer import Analyzer
from briefqa.answers.pipeline import AnswerOptions, answer
from briefqa.answers.question import PassageScope, parse_question
from briefqa.assistant import Assistant
from briefqa.index import Index, Query, reader
from briefqa.records import Record

TOP = 20
QUESTIONS = 100
ROUNDS = 3
SEED = 11


class Asked(Record):
    """A question, the documents it is asked of, and the query that an engine ranks for it."""

    text: str
    documents: frozenset[str] | None
    query: Query

    @classmethod
    def of(cls, text: str, analyzer: Analyzer, documents: frozenset[str] | None = None) -> Self:
        query = parse_question(text, analyzer).query
        return cls(text, documents, query._replace(filter=documents))


Run = Callable[[Asked], object]


def restricted(
    texts: Sequence[str], paths: Sequence[str], analyzer: Analyzer
) -> Mapping[str, list[Asked]]:
    """Return the questions with each kind of restriction."""
    chance = random.Random(SEED)
    words = [chance.choice(text.split()) for text in texts]
    chance.shuffle(words)

    def filtered(share: int) -> list[Asked]:
        admitted = frozenset(chance.sample(paths, max(1, len(paths) // share)))
        return [Asked.of(text, analyzer, admitted) for text in texts]

    return {
        "a word excluded": [
            Asked.of(text if word in text else f"{text} -{word}", analyzer)
            for text, word in zip(texts, words, strict=True)
        ],
        "a word of the question required": [
            Asked.of(" +".join(text.rsplit(" ", 1)), analyzer) for text in texts
        ],
        "half of the documents": filtered(2),
        "a tenth of the documents": filtered(10),
        "a hundredth of the documents": filtered(100),
        "one document": filtered(len(paths)),
    }


def milliseconds(run: Run, asked: Sequence[Asked]) -> float:
    """Return the processor time of a question, in milliseconds; the best of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for question in asked:
            run(question)
        times.append(1000 * (time.process_time() - start) / len(asked))
    return min(times)


def ways(index: Index) -> Iterator[tuple[str, Run]]:
    """Yield what is measured."""

    def rank(asked: Asked) -> object:
        return index.rank(asked.query, TOP)

    def ask(asked: Asked) -> object:
        return answer(asked.text, index, AnswerOptions(3), PassageScope(documents=asked.documents))

    for name, loaded in (("without numpy", False), ("with numpy", True)):
        setattr(reader, "numpy_is_loaded", partial(bool, loaded))  # noqa: B010  # not assignable
        yield f"ranking {name}", rank
        yield f"answer {name}", ask


def main() -> None:
    """Print a table for each size."""
    folder = Path(sys.argv[1])
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    for passages in map(int, sys.argv[2:]):
        corpus = folder / f"corpus-{passages}"
        write_corpus(corpus, passages)
        index = Assistant.open(str(corpus))._opened.engine
        assert isinstance(index, Index)
        texts = questions(corpus, QUESTIONS)
        asked = [Asked.of(text, index.analyzer) for text in texts]
        print(f"\n{passages:,} passages; milliseconds, and multiples of them\n")
        for name, run in ways(index):
            milliseconds(run, asked)
            plain = milliseconds(run, asked)
            print(f"{name:40} {plain:8.3f}", flush=True)
            for kind, others in restricted(texts, index.paths, index.analyzer).items():
                milliseconds(run, others)
                print(f"  {kind:38} {milliseconds(run, others) / plain:8.2f}", flush=True)


if __name__ == "__main__":
    main()
