"""The scoring model: BM25 as rank-bm25 defines it, with an idf that is never negative."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from rank_bm25 import BM25Okapi

from briefqa.index.bm25 import K1, B, inverse_frequency

__all__ = ["PassageBM25", "impacts"]


class PassageBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no type hints
    """BM25 over passages: the definition that the index is held to.

    The classic idf, which rank-bm25 uses, is zero or negative for a term in half of the passages
    or more, so that on a short document true matches score nothing. See `inverse_frequency`.

    Args:
        corpus: the terms of each passage; at least one passage must hold a term.
    """

    def __init__(self, corpus: Sequence[Sequence[str]]) -> None:
        super().__init__(corpus, k1=K1, b=B)

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        self.idf = {term: inverse_frequency(self.corpus_size, n) for term, n in nd.items()}


def impacts(frequencies: Any, lengths: Any, mean: float) -> Any:
    """Score a term of idf 1 by the model, for many passages at once.

    Args:
        frequencies: how often each passage holds the term.
        lengths: how many terms each passage has.
        mean: the mean length over the whole index.

    Returns:
        An array of what the term adds to the score of each passage.
    """
    model = PassageBM25([["term"]])
    model.idf = {"term": 1.0}
    model.doc_freqs = [{"term": int(frequency)} for frequency in frequencies]
    model.doc_len, model.corpus_size, model.avgdl = np.asarray(lengths), len(lengths), mean
    return np.asarray(model.get_scores(["term"]), np.float64)
