"""Topical questions about a larger collection: is the order worse than that of BM25 alone?

    python tests/benchmarks/topical.py

The collection consists of the docstrings of the standard library. The first paragraph of a
docstring is the question; the rest is the document that should come first.
"""

import inspect
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from briefqa.answers.pipeline import AnswerOptions, answer
from briefqa.answers.question import parse_question
from briefqa.documents import load
from briefqa.index import Index
from briefqa.passage_splitter import split_passages

DEPTH = 10
SHORTEST = 120
"""The smallest number of characters of the rest of a docstring."""
SHOWY = frozenset({"antigravity", "this", "idlelib", "turtledemo", "test", "lib2to3"})
"""Modules that have an effect when imported, or that document nothing."""


class Topic(NamedTuple):
    """An object of the library: its name, the first paragraph of its docstring, and the rest."""

    name: str
    purpose: str
    rest: str


def main() -> None:
    """Run the command line."""
    topics = list({topic.rest: topic for topic in topics_of(sys.stdlib_module_names)}.values())
    with TemporaryDirectory() as folder:
        for number, topic in enumerate(topics):
            (Path(folder) / f"{number:06}.txt").write_text(topic.rest, encoding="utf-8")
        documents = load([folder]).documents
    index = Index([passage for each in documents for passage in split_passages(each)])
    print(f"{len(topics)} questions, {len(documents)} documents, {len(index)} passages")
    ours, plain = [], []
    for number, topic in enumerate(topics):
        got = answer(topic.purpose, index, AnswerOptions(DEPTH))
        ours.append(_rank([excerpt.passage.path for excerpt in got.excerpts], number))
        query = parse_question(topic.purpose, index.analyzer).query
        hits = index.search(query, DEPTH)
        plain.append(_rank([hit.passage.path for hit in hits], number))
    for name, ranks in (("briefqa", ours), ("BM25 alone", plain)):
        print(f"{name:12} first {_share([r == 1 for r in ranks]):5.1f}", end="")
        print(f"  MRR@10 {_share([1 / r if r else 0 for r in ranks]):5.1f}")


def topics_of(modules: Iterable[str]) -> Iterator[Topic]:
    """Yield the documented objects of the modules that can be imported."""
    for name in sorted(modules):
        if name.startswith("_") or name in SHOWY:
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                module = import_module(name)
        except ImportError:
            continue
        for thing, value in inspect.getmembers(module):
            yield from _topic(f"{name}.{thing}", value)


def _topic(name: str, value: object) -> Iterator[Topic]:
    if not callable(value):
        return
    purpose, _, rest = (inspect.getdoc(value) or "").partition("\n\n")
    if len(rest) >= SHORTEST and any(map(str.isalpha, purpose)):
        yield Topic(name, purpose, rest)


def _rank(paths: Sequence[str], number: int) -> int | None:
    """Return the rank of a document, from 1; None if it is not among the paths."""
    names = [Path(path).stem for path in paths]
    wanted = f"{number:06}"
    return names.index(wanted) + 1 if wanted in names else None


def _share(values: Sequence[float]) -> float:
    return 100 * sum(values) / len(values)


if __name__ == "__main__":
    main()
