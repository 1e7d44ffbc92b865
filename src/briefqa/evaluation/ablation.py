"""What each feature gains: the model fitted without it, compared with the whole one.

    python -m briefqa.evaluation.ablation SET ...

A SET is a folder as for `briefqa.evaluation.fit`. The table is in Markdown.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefqa.answers.features import Features
from briefqa.evaluation.fit import FIXED, Article, Example, fit_sentences, read_articles

__all__ = ["ablation_table", "main"]

Array = NDArray[Any]

SAMPLES = 1000
"""Bootstrap samples from which an interval is computed."""


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    options = parser.parse_args()
    sets = {folder.name: read_articles(folder) for folder in options.sets}
    print(*ablation_table(sets), sep="\n")


def ablation_table(sets: dict[str, list[Article]]) -> Iterator[str]:
    """Yield the lines of a table in Markdown: each feature, its weight and what it gains.

    The gain is the difference of sentence@1 in points, the sets counting alike, on articles that
    were not fitted on; the interval is of 95 %, by a bootstrap over the questions of each set.

    Args:
        sets: the articles of each set, by its name.
    """
    whole, weights = _successes(sets, "")
    yield f"| feature | weight | {' | '.join(sets)} | gain | 95 % |"
    yield f"|{' --- |' * (len(sets) + 4)}"
    for name in Features._fields:
        if name in FIXED:
            continue
        less, _ = _successes(sets, name)
        gains = [100 * (a - b) for a, b in zip(whole, less, strict=True)]
        low, high = _interval(gains)
        cells = " | ".join(f"{gain.mean():+.1f}" for gain in gains)
        mean = np.mean([gain.mean() for gain in gains])
        weight = getattr(weights, name)
        yield f"| {name} | {weight:.2f} | {cells} | {mean:+.2f} | {low:+.2f} to {high:+.2f} |"


def _successes(sets: dict[str, list[Article]], without: str) -> tuple[list[Array], Features]:
    """Return for each set whether the first sentence of each answerable question is right."""
    fitted = [
        fit_sentences([list(chain(*articles[half::2])) for articles in sets.values()], without)
        for half in (1, 0)
    ]
    successes = [
        np.array(
            [
                _is_right(example, fitted[number % 2])
                for number, article in enumerate(articles)
                for example in article
                if example.known.answerable
            ],
            dtype=float,
        )
        for articles in sets.values()
    ]
    return successes, Features(*np.mean(fitted, axis=0))


def _is_right(example: Example, weights: Features) -> bool:
    """Whether the first of all sentences is right; in small collections it is the one shown."""
    if not len(example.features):
        return False
    return bool(example.right[np.argmax(np.round(example.features @ np.array(weights), 6))])


def _interval(gains: Sequence[Array]) -> tuple[float, float]:
    draw = np.random.default_rng(0)
    means = np.mean(
        [gain[draw.integers(0, len(gain), (SAMPLES, len(gain)))].mean(axis=1) for gain in gains],
        axis=0,
    )
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


if __name__ == "__main__":
    main()
