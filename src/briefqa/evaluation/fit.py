"""Fit the weights of sentence choice and confidence.

    python -m briefqa.evaluation.fit [--write] SET ...

A SET is a folder with `documents/NAME.txt` and, for each, `questions/NAME.jsonl` of questions with
known answers. Every figure printed is measured on articles that were not fitted on: the articles of
each set are dealt into two halves, the weights are fitted on one and measured on the other, and the
other way round. With `--write`, the weights fitted on everything replace those of the package.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefqa import answers
from briefqa.answers import Question, parse_question
from briefqa.answers.features import Features, measure
from briefqa.answers.model import Evidence, Weights, evidence
from briefqa.answers.pipeline import answer, understand
from briefqa.answers.ranker import LEADING, rank_sentences
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
GIVEN = {"named": 1.5, "quoted": 4.0}
"""Weights set by hand: the sets hold too few questions for an office's holder, and too few with a
phrase quoted, to fit them. They cost those questions nothing."""
SHRINKAGE = 0.5
"""The penalty on large weights (ridge), against fitting chance."""


class Example(Record):
    """A question with what the sentences of its leading passages look like.

    Attributes:
        known: the question and its answers.
        question: the question, taken apart.
        hits: the leading passages.
        collection: the article that is asked.
        features: a row a sentence, a column a feature.
        right: for each sentence, whether it holds an answer.
    """

    known: KnownQuestion
    question: Question
    hits: Sequence[Hit]
    collection: Index
    features: Array
    right: Array


Article = Sequence[Example]

SHIPPED = Path(answers.__file__).parent / "weights.txt"
"""The weights that ship with the package."""


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    parser.add_argument("--write", action="store_true", help="ship the weights fitted on all")
    options = parser.parse_args()
    sets = {folder.name: read_articles(folder) for folder in options.sets}
    for name, outcomes in cross_fit(sets).items():
        print(name, json.dumps(summarise(outcomes)._asdict()))
    if options.write:
        text = written(fit(list(chain(*sets.values()))), list(sets))
        SHIPPED.write_text(text, encoding="utf-8", newline="\n")


def cross_fit(sets: dict[str, list[Article]]) -> dict[str, list[Outcome]]:
    """Answer the questions of each half of the articles with the weights of the other half.

    Args:
        sets: the articles of each set.

    Returns:
        How each question of each set went, by the sets' names.
    """
    halves = [list(chain(*(articles[half::2] for articles in sets.values()))) for half in (0, 1)]
    fitted = [fit(halves[1]), fit(halves[0])]
    return {
        name: [
            judge(example.known, _answer(example, fitted[number % 2]))
            for number, article in enumerate(articles)
            for example in article
        ]
        for name, articles in sets.items()
    }


def fit(articles: Sequence[Article]) -> Weights:
    """Fit the weights of sentences, then those of the confidence in the sentences they choose."""
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
    question, _, _, hits = understand(parse_question(known.question, index.analyzer), index)
    rows, right = [], []
    for hit, sentence, features in measure(question, hits, index, len(hits)):
        rows.append(features)
        right.append(_is_right(known, hit, sentence.span))
    table = np.array(rows, dtype=float).reshape(-1, len(Features._fields))
    return Example(known, question, hits, index, table, np.array(right, dtype=bool))


def _is_right(known: KnownQuestion, hit: Hit, span: Span) -> bool:
    return known.answerable and any(one.is_in(hit.passage, span) for one in known.answers)


def _fit_sentences(examples: Sequence[Example]) -> Features:
    """Maximise the probability that a softmax over its sentences gives to a question's right ones.

    By Adam (Kingma and Ba 2015), from nothing: the problem is smooth and small.
    """
    rows = np.concatenate([example.features for example in examples])
    right = np.concatenate([example.right for example in examples]).astype(float)
    lengths = [len(example.features) for example in examples]
    starts = np.cumsum([0, *lengths[:-1]])
    owner = np.repeat(np.arange(len(examples)), lengths)
    weights, first, second = np.zeros((3, rows.shape[1]))
    given = [number for number, name in enumerate(Features._fields) if name in GIVEN]
    weights[given] = [GIVEN[Features._fields[number]] for number in given]
    for step in range(1, STEPS + 1):
        odds = _softmax(rows @ weights, starts, owner)
        wanted = odds * right / np.add.reduceat(odds * right, starts)[owner]
        slope = (rows.T @ (odds - wanted) + SHRINKAGE * weights) / len(examples)
        slope[given] = 0
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        weights -= RATE * first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return Features(*(round(float(weight), 3) for weight in weights))


def _softmax(scores: Array, starts: Array, owner: Array) -> Array:
    """The softmax of the scores of each question's sentences."""
    powers = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
    probabilities: Array = powers / np.add.reduceat(powers, starts)[owner]
    return probabilities


def _fit_confidence(examples: Sequence[Example], chosen: Weights) -> Weights:
    """Fit a logistic regression of success on the evidence, by Newton's method."""
    rows, right = [], []
    for example in examples:
        candidates = rank_sentences(example.question, example.hits, example.collection, chosen, 1)
        if candidates:
            first = candidates[0]
            rows.append([1.0, *evidence(example.question, first.features, example.collection)])
            right.append(_is_right(example.known, first.hit, first.span))
    table, success = np.array(rows), np.array(right, dtype=float)
    weights = np.zeros(table.shape[1])
    for _ in range(50):
        trust = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (trust - success) + SHRINKAGE * weights
        bend = (table * (trust * (1 - trust))[:, None]).T @ table
        weights -= np.linalg.solve(bend + SHRINKAGE * np.eye(len(weights)), slope)
    intercept, *others = (round(float(weight), 3) for weight in weights)
    return chosen._replace(intercept=intercept, confidence=Evidence(*others))


def _answer(example: Example, weights: Weights) -> answers.Answer:
    return answer(
        example.question, example.collection, 1, top=LEADING, strict=False, weights=weights
    )


def written(weights: Weights, sets: Sequence[str]) -> str:
    """Write weights as `shipped_weights` reads them.

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
