"""Fit the weights that rank sentences and estimate confidence.

    python -m briefqa.evaluation.fit [--write] SET ...

A SET is a folder with `documents/NAME.txt` and, for each, `questions/NAME.jsonl` with questions
whose answers are known. The figures printed are of a cross-validation: the articles of each set are
divided into two halves, and the weights fitted on one half are measured on the other. With
`--write`, the weights fitted on all articles replace those of the package.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefqa.answers import Question, answer, model, parse_question
from briefqa.answers.features import Features, measure
from briefqa.answers.model import Evidence, Weights, evidence
from briefqa.answers.pipeline import rewrite
from briefqa.answers.ranker import RERANK_DEPTH, rerank_depth, rerank_sentences
from briefqa.documents import load
from briefqa.evaluation.measures import Outcome, judge, summarise
from briefqa.evaluation.question_set import KnownQuestion, read_known_questions
from briefqa.index import Hit, Index
from briefqa.passage_splitter import split_passages
from briefqa.records import Record
from briefqa.spans import Span

__all__ = ["Article", "Example", "cross_fit", "fit", "main", "read_articles", "written"]

Array = NDArray[Any]

STEPS = 300
RATE = 0.1
FIXED = {"named": 1.5, "quoted": 4.0}
"""Weights set by hand: the sets have too few questions about who holds an office, and too few with
a quoted phrase, to fit them. The other questions do not get worse."""
SHRINKAGE = 0.5
"""The ridge penalty on large weights, which limits overfitting."""


class Example(Record):
    """A question with the features of the sentences of its leading passages.

    Attributes:
        known: the question and its answers.
        question: the question, parsed and rewritten.
        hits: the leading passages.
        engine: searches the article that answers it.
        features: one row for each sentence, one column for each feature.
        right: for each sentence, whether it contains an answer.
    """

    known: KnownQuestion
    question: Question
    hits: Sequence[Hit]
    engine: Index
    features: Array
    right: Array


Article = Sequence[Example]

WEIGHTS = Path(model.__file__).parent / "weights.txt"
"""The weights of the package."""


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    parser.add_argument("--write", action="store_true", help="replace the weights of the package")
    options = parser.parse_args()
    sets = {folder.name: read_articles(folder) for folder in options.sets}
    for name, outcomes in cross_fit(sets).items():
        print(name, json.dumps(summarise(outcomes)._asdict()))
    if options.write:
        text = written(fit(list(chain(*sets.values()))), list(sets))
        WEIGHTS.write_text(text, encoding="utf-8", newline="\n")


def cross_fit(sets: dict[str, list[Article]]) -> dict[str, list[Outcome]]:
    """Answer the questions of each half of the articles with weights fitted on the other half.

    Args:
        sets: the articles of each set, by its name.

    Returns:
        The outcomes of the questions of each set, by its name.
    """
    halves = [list(chain(*(articles[half::2] for articles in sets.values()))) for half in (0, 1)]
    fitted = [fit(halves[1]), fit(halves[0])]
    return {
        name: [
            judge(
                example.known,
                answer(
                    example.known.question,
                    example.engine,
                    top=RERANK_DEPTH,
                    weights=fitted[number % 2],
                ),
            )
            for number, article in enumerate(articles)
            for example in article
        ]
        for name, articles in sets.items()
    }


def fit(articles: Sequence[Article]) -> Weights:
    """Fit the weights of features, then those of the confidence in what they rank first."""
    examples = list(chain(*articles))
    sentence = _fit_sentences([each for each in examples if each.right.any()])
    chosen = Weights(sentence, 0.0, Evidence(*[0.0] * len(Evidence._fields)))
    return _fit_confidence(examples, chosen)


def read_articles(folder: Path) -> list[Article]:
    """Read a set: `documents/NAME.txt` and, for each, `questions/NAME.jsonl`."""
    return list(_articles(folder))


def _articles(folder: Path) -> Iterator[Article]:
    for questions in sorted((folder / "questions").glob("*.jsonl")):
        library = load([str(folder / "documents" / f"{questions.stem}.txt")])
        index = Index(list(chain(*map(split_passages, library.documents))))
        yield [_example(known, index) for known in read_known_questions(str(questions))]


def _example(known: KnownQuestion, index: Index) -> Example:
    parsed = parse_question(known.question, index.analyzer)
    search = partial(index.search, top=rerank_depth(parsed, len(index)))
    question = rewrite(parsed, index, search)
    hits = search(question.query)
    rows, right = [], []
    for hit, sentence, features in measure(question, hits, index, len(hits)):
        rows.append(features)
        right.append(_is_right(known, hit, sentence.span))
    table = np.array(rows, dtype=float).reshape(-1, len(Features._fields))
    return Example(known, question, hits, index, table, np.array(right, dtype=bool))


def _is_right(known: KnownQuestion, hit: Hit, span: Span) -> bool:
    return known.answerable and any(one.is_in(hit.passage, span) for one in known.answers)


def _fit_sentences(examples: Sequence[Example]) -> Features:
    """Maximise the probability that a softmax over a question's sentences gives to the right ones.

    By Adam (Kingma and Ba 2015), starting from zeros.
    """
    rows = np.concatenate([example.features for example in examples])
    right = np.concatenate([example.right for example in examples]).astype(float)
    lengths = [len(example.features) for example in examples]
    starts = np.cumsum([0, *lengths[:-1]])
    owner = np.repeat(np.arange(len(examples)), lengths)
    weights, first, second = np.zeros((3, rows.shape[1]))
    fixed = [number for number, name in enumerate(Features._fields) if name in FIXED]
    weights[fixed] = [FIXED[Features._fields[number]] for number in fixed]
    for step in range(1, STEPS + 1):
        probabilities = _softmax(rows @ weights, starts, owner)
        of_right = probabilities * right
        wanted = of_right / np.add.reduceat(of_right, starts)[owner]
        gradient = (rows.T @ (probabilities - wanted) + SHRINKAGE * weights) / len(examples)
        gradient[fixed] = 0
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        weights -= RATE * first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return Features(*(round(float(weight), 3) for weight in weights))


def _softmax(scores: Array, starts: Array, owner: Array) -> Array:
    """Return the softmax of scores, over the sentences of each question."""
    powers = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
    probabilities: Array = powers / np.add.reduceat(powers, starts)[owner]
    return probabilities


def _fit_confidence(examples: Sequence[Example], chosen: Weights) -> Weights:
    """Fit a logistic regression of success on the evidence, by Newton's method."""
    rows, right = [], []
    for example in examples:
        candidates = rerank_sentences(example.question, example.hits, example.engine, chosen, 1)
        if candidates:
            first = candidates[0]
            rows.append([1.0, *evidence(example.question, first.features, example.engine)])
            right.append(_is_right(example.known, first.hit, first.span))
    table, success = np.array(rows), np.array(right, dtype=float)
    weights = np.zeros(table.shape[1])
    for _ in range(50):
        probabilities = 1 / (1 + np.exp(-table @ weights))
        gradient = table.T @ (probabilities - success) + SHRINKAGE * weights
        hessian = (table * (probabilities * (1 - probabilities))[:, None]).T @ table
        weights -= np.linalg.solve(hessian + SHRINKAGE * np.eye(len(weights)), gradient)
    intercept, *others = (round(float(weight), 3) for weight in weights)
    return chosen._replace(intercept=intercept, confidence=Evidence(*others))


def written(weights: Weights, sets: Sequence[str]) -> str:
    """Return weights as text, as `shipped_weights` reads them.

    Args:
        weights: the weights.
        sets: the names of the sets that they were fitted on.
    """
    confidence = {"intercept": weights.intercept, **weights.confidence._asdict()}
    lines = [
        f"# python -m briefqa.evaluation.fit --write {' '.join(sets)}",
        *(f"sentence {name} {value}" for name, value in weights.sentence._asdict().items()),
        *(f"confidence {name} {value}" for name, value in confidence.items()),
    ]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
