"""Fit the weights that rank sentences and estimate confidence.

    python -m briefqa.evaluation.fit [--write] SET ...

A SET is a folder with `documents/NAME.txt` and, for each, `questions/NAME.jsonl`, or with
`questions.jsonl`, whose questions name their `path` below the folder; the answers are known. Each
set counts alike, however many questions it has. The figures printed are of a cross-validation: the
articles of each set are divided into two halves, and the weights fitted on one half are measured on
the other. With `--write`, the weights fitted on all articles replace those of the package.
What each feature gains is printed by `briefqa.evaluation.ablation`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefqa.answers.confidence import ChoiceEvidence, Confidence, TopicEvidence, evidence
from briefqa.answers.features import Candidate, Features
from briefqa.answers.pipeline import AnswerOptions, answer, rewrite
from briefqa.answers.question import Question, parse_question
from briefqa.answers.ranker import (
    RERANK_DEPTH,
    WEIGHTS_FILE,
    Weights,
    rerank_depth,
    rerank_sentences,
)
from briefqa.answers.sentence_matcher import measure
from briefqa.answers.snippets import extent, shows_whole
from briefqa.documents import load
from briefqa.evaluation import (
    KnownQuestion,
    Outcome,
    judge,
    read_known_questions,
    summarise,
)
from briefqa.index import Hit, Index
from briefqa.passage_splitter import split_passages
from briefqa.question_file import read_questions
from briefqa.records import Record

__all__ = ["Article", "Example", "cross_fit", "fit", "main", "read_articles", "written"]

Array = NDArray[Any]

STEPS = 200
RATE = 0.1
FIXED = {
    "named": 2.2,
    "quoted": 4.0,
    "division": 4.0,
    "entry": 1.5,
    "option": 1.5,
    "steps": 1.5,
}
"""Weights set by hand: the sets have too few questions about who holds an office, too few with a
quoted phrase, a numbered section or an option, and too few about steps, to fit them. The other
questions do not get worse."""
SHRINKAGE = 0.002
"""The ridge penalty on large weights, which limits overfitting."""
MOST_UNANSWERABLE = 0.4
"""The share of a set that its questions without an answer count at most: people do not ask every
second question of documents that do not answer it."""
CONFIDENCE_SHRINKAGE = 1.0
"""The same for the weights of evidence."""


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

WEIGHTS = Path(WEIGHTS_FILE)
"""The weights of the package."""
NO_CONFIDENCE = Confidence(
    TopicEvidence(*[0.0] * len(TopicEvidence._fields)),
    ChoiceEvidence(*[0.0] * len(ChoiceEvidence._fields)),
    0.0,
    0.0,
)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    parser.add_argument("--write", action="store_true", help="replace the weights of the package")
    options = parser.parse_args()
    sets = {folder.name: read_articles(folder) for folder in options.sets}
    for name, outcomes in cross_fit(sets).items():
        print(name, json.dumps(summarise(outcomes)._asdict()), flush=True)
    if options.write:
        text = written(fit(*sets.values()), list(sets))
        WEIGHTS.write_text(text, encoding="utf-8", newline="\n")


def cross_fit(sets: dict[str, list[Article]]) -> dict[str, list[Outcome]]:
    """Answer the questions of each half of the articles with weights fitted on the other half.

    Args:
        sets: the articles of each set, by its name.

    Returns:
        The outcomes of the questions of each set, by its name.
    """
    fitted = [fit(*(articles[half::2] for articles in sets.values())) for half in (1, 0)]
    return {
        name: [
            judge(
                example.known,
                answer(
                    example.known.question,
                    example.engine,
                    AnswerOptions(RERANK_DEPTH),
                    weights=fitted[number % 2],
                ),
            )
            for number, article in enumerate(articles)
            for example in article
        ]
        for name, articles in sets.items()
    }


def fit(*sets: Sequence[Article]) -> Weights:
    """Fit the weights of features, then those of the confidence in what they rank first.

    Args:
        sets: the articles of each set; each set counts alike.
    """
    examples = [list(chain(*articles)) for articles in sets]
    sentence = fit_sentences(examples)
    return _fit_confidence(examples, Weights(sentence, NO_CONFIDENCE))


def read_articles(folder: Path) -> list[Article]:
    """Read a set; see the command."""
    if (folder / "questions.jsonl").exists():
        return list(_articles_by_path(folder))
    return list(_articles(folder))


def _articles(folder: Path) -> Iterator[Article]:
    for questions in sorted((folder / "questions").glob("*.jsonl")):
        index = _index(folder / "documents" / f"{questions.stem}.txt")
        yield [_example(known, index) for known in read_known_questions(str(questions))]


def _articles_by_path(folder: Path) -> Iterator[Article]:
    """Yield the questions of each path, those of one folder below `documents` together."""
    questions = str(folder / "questions.jsonl")
    paths = [str((asked.fields or {})["path"]) for asked in read_questions(questions)]
    pairs = sorted(
        zip(paths, read_known_questions(questions), strict=True), key=lambda pair: pair[0]
    )
    for _, group in groupby(pairs, key=lambda pair: pair[0].split("/")[:2]):
        examples = []
        for path, several in groupby(group, key=lambda pair: pair[0]):
            index = _index(folder / path)
            examples += [_example(known, index) for _, known in several]
        yield examples


def _index(path: Path) -> Index:
    return Index(list(chain(*map(split_passages, load([str(path)]).documents))))


def _example(known: KnownQuestion, index: Index) -> Example:
    parsed = parse_question(known.question, index.analyzer, index)
    search = partial(index.search, top=rerank_depth(parsed, len(index)))
    question = rewrite(parsed, index, search)
    hits = search(question.query)
    rows, right = [], []
    for hit, sentence, features in measure(question, hits, index, len(hits)):
        rows.append(features)
        right.append(_is_right(known, Candidate(hit, sentence.span, features, 0.0)))
    table = np.array(rows, dtype=float).reshape(-1, len(Features._fields))
    return Example(known, question, hits, index, table, np.array(right, dtype=bool))


def _is_right(known: KnownQuestion, candidate: Candidate) -> bool:
    """Whether a sentence answers, for a regular expression with what is shown with it."""
    if not known.answerable:
        return False
    passage, span = candidate.hit.passage, candidate.span
    whole = shows_whole(known.question, candidate.features)
    shown = extent(passage, span, whole=whole, beside=candidate.beside)
    return any(one.is_in(passage, shown if one.is_pattern else span) for one in known.answers)


def fit_sentences(sets: Sequence[Sequence[Example]], without: str = "") -> Features:
    """Maximise the probability that a softmax over a question's sentences gives to the right ones.

    By Adam (Kingma and Ba 2015), starting from zeros.

    Args:
        sets: the questions of each set.
        without: the name of a feature that gets no weight.
    """
    answered = [[each for each in examples if each.right.any()] for examples in sets]
    examples = list(chain(*answered))
    rows = np.concatenate([example.features for example in examples])
    right = np.concatenate([example.right for example in examples]).astype(float)
    lengths = [len(example.features) for example in examples]
    starts = np.cumsum([0, *lengths[:-1]])
    owner = np.repeat(np.arange(len(examples)), lengths)
    counts = _alike(answered)[owner]
    weights, first, second = np.zeros((3, rows.shape[1]))
    given = FIXED | {without: 0.0} if without else FIXED
    fixed = [number for number, name in enumerate(Features._fields) if name in given]
    weights[fixed] = [given[Features._fields[number]] for number in fixed]
    for step in range(1, STEPS + 1):
        probabilities = _softmax(rows @ weights, starts, owner)
        of_right = probabilities * right
        wanted = of_right / np.add.reduceat(of_right, starts)[owner]
        gradient = rows.T @ ((probabilities - wanted) * counts) + SHRINKAGE * weights
        gradient[fixed] = 0
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        weights -= RATE * first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return Features(*(round(float(weight), 3) for weight in weights))


def _alike(sets: Sequence[Sequence[object]]) -> Array:
    """Return what each question counts, so that each set counts alike; together they count 1."""
    filled = [examples for examples in sets if examples]
    return np.concatenate([np.full(len(each), 1 / len(each) / len(filled)) for each in filled])


def _softmax(scores: Array, starts: Array, owner: Array) -> Array:
    """Return the softmax of scores, over the sentences of each question."""
    powers = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
    probabilities: Array = powers / np.add.reduceat(powers, starts)[owner]
    return probabilities


class _Outcome(Record):
    """What the first sentence of a question shows, and whether it is right."""

    topic: TopicEvidence
    choice: ChoiceEvidence
    answerable: bool
    right: bool


def _fit_confidence(sets: Sequence[Sequence[Example]], chosen: Weights) -> Weights:
    """Fit one regression of whether there is an answer, one of success where there is."""
    outcomes = [list(_outcomes(examples, chosen)) for examples in sets]
    answerable = [[each for each in some if each.answerable] for some in outcomes]
    topic = _fit_logistic(
        [each.topic for each in chain(*outcomes)],
        [each.answerable for each in chain(*outcomes)],
        np.concatenate([_as_asked(each) for each in outcomes if each]) * _alike(outcomes),
    )
    choice = _fit_logistic(
        [each.choice for each in chain(*answerable)],
        [each.right for each in chain(*answerable)],
        _alike(answerable),
    )
    return chosen._replace(
        confidence=Confidence(
            TopicEvidence(*topic[1:]), ChoiceEvidence(*choice[1:]), topic[0], choice[0]
        )
    )


def _as_asked(outcomes: Sequence[_Outcome]) -> Array:
    """Return what each question of a set counts, on average 1.

    Those without an answer count less if they are more than `MOST_UNANSWERABLE`.
    """
    unanswerable = np.array([not each.answerable for each in outcomes])
    share = float(np.mean(unanswerable))
    if share <= MOST_UNANSWERABLE:
        return np.ones(len(outcomes))
    less, more = MOST_UNANSWERABLE / share, (1 - MOST_UNANSWERABLE) / (1 - share or 1)
    return np.where(unanswerable, less, more)


def _outcomes(examples: Sequence[Example], chosen: Weights) -> Iterator[_Outcome]:
    for example in examples:
        question, engine = example.question, example.engine
        candidates = rerank_sentences(question, example.hits, engine, chosen)
        if candidates:
            first = candidates[0]
            right = _is_right(example.known, first)
            depth = rerank_depth(question, len(engine))
            pair = evidence(question, candidates[:depth], engine, depth)
            yield _Outcome(*pair, example.known.answerable, right)


def _fit_logistic(
    rows: Sequence[Sequence[float]], happened: Sequence[bool], counts: Array
) -> list[float]:
    """Fit a logistic regression by Newton's method.

    Args:
        rows: the evidence of each case.
        happened: whether each happened.
        counts: what each counts; together 1.

    Returns:
        The intercept, then the weights.
    """
    table = np.hstack([np.ones((len(rows), 1)), np.array(rows, dtype=float)])
    success, cases = np.array(happened, dtype=float), counts * len(rows)
    ridge = CONFIDENCE_SHRINKAGE * np.eye(table.shape[1])
    ridge[0, 0] = 1e-6
    weights = np.zeros(table.shape[1])
    for _ in range(50):
        probabilities = 1 / (1 + np.exp(-table @ weights))
        gradient = table.T @ ((probabilities - success) * cases) + ridge @ weights
        hessian = (table * (probabilities * (1 - probabilities) * cases)[:, None]).T @ table
        weights -= np.clip(np.linalg.solve(hessian + ridge, gradient), -3, 3)
    return [round(float(weight), 3) for weight in weights]


def written(weights: Weights, sets: Sequence[str]) -> str:
    """Return weights as text, as `shipped_weights` reads them.

    Args:
        weights: the weights.
        sets: the names of the sets that they were fitted on.
    """
    confidence = weights.confidence
    topic = {"intercept": confidence.topic_intercept, **confidence.topic._asdict()}
    choice = {"intercept": confidence.choice_intercept, **confidence.choice._asdict()}
    tables = {"sentence": weights.sentence._asdict(), "topic": topic, "choice": choice}
    lines = [
        f"# python -m briefqa.evaluation.fit --write {' '.join(sets)}",
        *(
            f"{kind} {name} {value}"
            for kind, table in tables.items()
            for name, value in table.items()
        ),
    ]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
