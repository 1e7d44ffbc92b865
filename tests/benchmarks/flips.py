"""Flip random bits of an index, one at a time, and check its answers.

python tests/benchmarks/flips.py /tmp/flips 100000

Each damaged index is opened and asked a question with explanations and quotations. Either the
answer is the same, since it does not read the damaged part, or the damage is detected.
"""

import argparse
import random
from collections import Counter
from io import BytesIO
from pathlib import Path

from corpus import questions, write_corpus

from briefqa.analysis.english import english_analyzer
from briefqa.documents import load
from briefqa.index import DamagedIndexError, Index, Query
from briefqa.index.container import ContainerWriter, IndexFile
from briefqa.index.writer import index_documents

PASSAGES = 5000
QUESTIONS = 20
SEED = 7


def answer(data: memoryview, question: str) -> object:
    """Return what an index returns: hits with passages and explanations, and word counts."""
    index = Index.of_file(IndexFile(data), english_analyzer())
    terms = question.casefold().split()
    hits = index.search(Query(tuple(terms)), 3)
    counts = [index.vocabulary.get(term) for term in terms]
    return len(index), hits, [index.explain(terms, hit) for hit in hits], counts


def outcome(data: memoryview, question: str, right: object) -> str:
    """Return the outcome of damage."""
    try:
        return "the same answer" if answer(data, question) == right else "WRONG"
    except DamagedIndexError:
        return "found out"


def index_of(folder: Path) -> bytearray:
    """Return the bytes of an index of a corpus."""
    buffer = BytesIO()
    index_documents(load([str(folder)]).documents, english_analyzer()).copy(
        ContainerWriter(buffer), {}
    )
    return bytearray(buffer.getbuffer())


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="where the documents go")
    parser.add_argument("flips", type=int)
    options = parser.parse_args()
    write_corpus(options.folder, PASSAGES)
    data = index_of(options.folder)
    view = memoryview(data)
    asked = [(each, answer(view, each)) for each in questions(options.folder, QUESTIONS)]
    chance, outcomes = random.Random(SEED), Counter[str]()
    for _ in range(options.flips):
        place, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        data[place] ^= bit
        outcomes[outcome(view, *chance.choice(asked))] += 1
        data[place] ^= bit
    print(f"{options.flips:,} flips in {len(data):,} bytes: {dict(outcomes)}")


if __name__ == "__main__":
    main()
