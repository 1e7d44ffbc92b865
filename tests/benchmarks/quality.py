"""The quality of the answers, compared with other lexical rankings of the same passages.

    python tests/benchmarks/quality.py [--picture FILE] SET ...

A SET is a folder of documents and questions, as for `python -m briefqa.evaluation.fit`. All
rankings use the same passages and sentences in the same run. The best sentence of a peer is that of
its first passage which it ranks first among all sentences. briefqa is measured twice: with weights
fitted on the other half of the articles, and with the released weights.
"""

import argparse
import random
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol

from rank_bm25 import BM25Okapi

from briefqa.analysis.english import english_analyzer
from briefqa.analysis.sentences import split_sentences
from briefqa.answers.pipeline import AnswerOptions, answer
from briefqa.answers.question import parse_question
from briefqa.evaluation import DEPTH, Measures, Outcome, judge, summarise
from briefqa.evaluation.fit import Article, Example, cross_fit, read_articles
from briefqa.index import Index
from briefqa.passages import Passage
from briefqa.spans import Span

ANALYZER = english_analyzer()

SHOWN = ("passage_1", "passage_5", "mrr_10", "sentence_1")
SHOWN_OF_BRIEFQA = (*SHOWN, "false_answers", "false_abstentions", "auroc", "calibration_error")
BINS = 10
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SIDE = 300
"""Pixels of the width and height of the diagram."""


class Peer(Protocol):
    """A ranking of texts."""

    def rank(self, question: str) -> list[int]:
        """Return the numbers of the texts that match, best first."""


class OurBM25:
    """The ranking of the index alone, without sentences."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._index = Index(passages)

    def rank(self, question: str) -> list[int]:
        """Return the numbers of the passages that match, best first."""
        hits = self._index.search(parse_question(question, ANALYZER).query, len(self._index))
        return [hit.number for hit in hits]


class SplitBM25:
    """rank-bm25 as in its documentation: words are separated by white space."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._model = BM25Okapi([passage.text.split() for passage in passages])

    def rank(self, question: str) -> list[int]:
        """Return the numbers of all passages, best first."""
        scores = self._model.get_scores(question.split())
        return sorted(range(len(scores)), key=lambda number: -scores[number])


class FTS5:
    """SQLite's full-text search for any of the words, with its English stemmer."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "create virtual table t using fts5(text, tokenize='porter unicode61')"
        )
        texts = [(number, passage.text) for number, passage in enumerate(passages)]
        self._database.executemany("insert into t(rowid, text) values (?, ?)", texts)

    def rank(self, question: str) -> list[int]:
        """Return the numbers of the passages that match, best first."""
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
        rows = self._database.execute("select rowid from t where t match ? order by rank", (words,))
        return [number for (number,) in rows]


Maker = Callable[[Sequence[Passage]], Peer]
PEERS: dict[str, Maker] = {
    "BM25 alone": OurBM25,
    "rank-bm25, split()": SplitBM25,
    "SQLite FTS5": FTS5,
}


class Score(NamedTuple):
    """The result of a question with a peer: the rank of the right passage, and the sentence."""

    rank: int | None
    right: bool


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    parser.add_argument("--picture", type=Path, help="where to draw the reliability diagram")
    options = parser.parse_args()
    sets = {folder.name: read_articles(folder) for folder in options.sets}
    unfitted = cross_fit(sets)
    for name, articles in sets.items():
        _compare(name, articles, unfitted[name])
    outcomes = list(chain(*unfitted.values()))
    print("\nreliability, articles not fitted on: confidence, right, questions")
    for confidence, right, count in reliability(outcomes):
        print(f"  {confidence:5.1f} {right:5.1f} {count:5}")
    if options.picture:
        options.picture.write_text(diagram(outcomes), encoding="utf-8", newline="\n")


def _compare(name: str, articles: Sequence[Article], unfitted: Sequence[Outcome]) -> None:
    print(f"\n{name}: {sum(map(len, articles))} questions, {len(articles)} articles")
    print(f"  {'':28}" + "".join(f"{each.removesuffix('_error'):>18}" for each in SHOWN_OF_BRIEFQA))
    _row("briefqa, not fitted on", summarise(unfitted))
    fitted = [_ask(example, example.known.question) for example in chain(*articles)]
    _row("briefqa, as it ships", summarise(fitted))
    slipped = random.Random(0)
    typos = [_ask(each, slip(each.known.question, slipped)) for each in chain(*articles)]
    _row("briefqa, a typo in each", summarise(typos))
    for peer, make in PEERS.items():
        scores = list(chain(*(_scores(article, make) for article in articles)))
        figures = [
            _share([score.rank == 1 for score in scores]),
            _share([score.rank is not None and score.rank <= 5 for score in scores]),
            _share([1 / score.rank if score.rank else 0 for score in scores]),
            _share([score.right for score in scores]),
        ]
        print(f"  {peer:28}" + "".join(f"{figure:18.1f}" for figure in figures))


def _row(name: str, measures: Measures) -> None:
    figures = [getattr(measures, field) for field in SHOWN_OF_BRIEFQA]
    shown = ("-" if figure is None else f"{figure:.1f}" for figure in figures)
    print(f"  {name:28}" + "".join(f"{figure:>18}" for figure in shown), flush=True)


def _ask(example: Example, question: str) -> Outcome:
    return judge(example.known, answer(question, example.engine, AnswerOptions(DEPTH)))


def _scores(article: Article, make: Maker) -> Iterator[Score]:
    if not article:
        return
    index = article[0].engine
    passages = [index.passage(number) for number in range(len(index))]
    sentences = [(number, part) for number, each in enumerate(passages) for part in _parts(each)]
    by_passage, by_sentence = make(passages), make([part for _, part in sentences])
    for known in (example.known for example in article if example.known.answerable):
        ranked = by_passage.rank(known.question)[:DEPTH]
        holding = (
            rank
            for rank, number in enumerate(ranked, 1)
            if any(one.is_in(passages[number], _all(passages[number])) for one in known.answers)
        )
        best = (sentences[number] for number in by_sentence.rank(known.question))
        first = next((part for number, part in best if ranked and number == ranked[0]), None)
        right = first is not None and any(one.is_in(first, _all(first)) for one in known.answers)
        yield Score(next(holding, None), right)


def _parts(passage: Passage) -> Iterator[Passage]:
    for span in split_sentences(passage.text):
        yield passage._replace(text=span.slice(passage.text), span=span.shift(passage.span.start))


def _all(passage: Passage) -> Span:
    return Span(0, len(passage.text))


def _share(values: Sequence[float]) -> float:
    return 100 * sum(values) / len(values)


def slip(question: str, chance: random.Random) -> str:
    """Make one random typing error in one content word."""
    tokens = [token.span for token in ANALYZER.tokenize(question) if token.span.length > 1]
    if not tokens:
        return question
    start, end = chance.choice(tokens)
    place, letter = chance.randrange(start, end - 1), chance.choice(LETTERS)
    head, one, other, tail = (
        question[:place],
        question[place],
        question[place + 1],
        question[place:],
    )
    return head + chance.choice(
        [tail[1:], letter + tail, letter + tail[1:], other + one + tail[2:]]
    )


def reliability(outcomes: Sequence[Outcome]) -> Iterator[tuple[float, float, int]]:
    """Yield for each tenth of the confidence its mean, the share of right answers, and the number.

    The first two are in per cent; a tenth without questions is skipped.
    """
    for part in range(BINS):
        inside = [
            outcome
            for outcome in outcomes
            if min(int(outcome.answer.confidence * BINS), BINS - 1) == part
        ]
        if inside:
            confidence = _share([outcome.answer.confidence for outcome in inside])
            yield confidence, _share([outcome.right for outcome in inside]), len(inside)


def diagram(outcomes: Sequence[Outcome]) -> str:
    """Draw how often answers of a confidence were right; the diagonal is ideal."""
    dots = "".join(
        f'<circle cx="{40 + SIDE * confidence / 100:.1f}" cy="{20 + SIDE * (1 - right / 100):.1f}"'
        f' r="{2 + count**0.5 / 3:.1f}" fill="#2a7" fill-opacity="0.8"/>'
        for confidence, right, count in reliability(outcomes)
    )
    bottom, right = 20 + SIDE, 40 + SIDE
    axes = f"M40 20V{bottom}H{right}M40 {bottom}L{right} 20"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE + 60} {SIDE + 60}"'
        ' font-family="sans-serif" font-size="12" fill="#777">'
        f'<path d="{axes}" stroke="#777" fill="none"/>{dots}'
        f'<text x="{SIDE / 2}" y="{bottom + 30}">confidence, 0 to 100 %</text>'
        f'<text transform="translate(25 {SIDE / 2 + 60}) rotate(-90)">right, 0 to 100 %</text>'
        "</svg>\n"
    )


if __name__ == "__main__":
    main()
