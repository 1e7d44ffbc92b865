"""The fitted model: the weights of features, and those of the evidence for the confidence.

The weights are in `weights.txt`, one a line, below the command that fitted them and the names of
the sets that they were fitted on. The file is not JSON, whose module most answers do not load.
"""

from __future__ import annotations

import os
from functools import cache
from math import fsum

from briefqa.answers.confidence import Choice, Confidence, Topic
from briefqa.answers.features import Features
from briefqa.records import Record

__all__ = ["Weights", "shipped_weights"]


class Weights(Record):
    """The weights of features and of evidence.

    Attributes:
        sentence: the weight of each feature of a sentence.
        confidence: the weights of the evidence that the first sentence answers.
    """

    sentence: Features
    confidence: Confidence

    def score(self, features: Features) -> float:
        """Return the weighted sum of features, rounded so that all machines agree."""
        products = (weight * value for weight, value in zip(self.sentence, features, strict=True))
        return round(fsum(products), 6)


@cache
def shipped_weights() -> Weights:
    """Return the weights of the package."""
    fitted: dict[str, dict[str, float]] = {"sentence": {}, "topic": {}, "choice": {}}
    with open(os.path.join(os.path.dirname(__file__), "weights.txt"), encoding="utf-8") as file:
        next(file)
        for line in file:
            kind, name, value = line.split()
            fitted[kind][name] = float(value)
    return Weights(Features(**fitted["sentence"]), _confidence(fitted["topic"], fitted["choice"]))


def _confidence(topic: dict[str, float], choice: dict[str, float]) -> Confidence:
    intercepts = topic.pop("intercept"), choice.pop("intercept")
    return Confidence(Topic(**topic), Choice(**choice), *intercepts)
