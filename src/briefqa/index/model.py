"""The scoring model: BM25 as rank-bm25 defines it, with an idf that is never negative."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from rank_bm25 import BM25Okapi

__all__ = ["K1", "B", "PassageBM25"]

K1 = 0.9
B = 0.7


class PassageBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no type hints
    """BM25 over passages.

    The classic idf, which rank-bm25 uses, is zero or negative for a term in half of the passages
    or more, so that on a short document true matches score nothing. The idf here is
    ln(1 + (N - n + 0.5) / (n + 0.5)) for a term in n of N passages (Robertson and Zaragoza, "The
    Probabilistic Relevance Framework: BM25 and Beyond", 2009; Lucene's choice too).

    Args:
        corpus: the terms of each passage; at least one passage must hold a term.

    Attributes:
        postings: for each term, the numbers of the passages that hold it, rising.
    """

    def __init__(self, corpus: Sequence[Sequence[str]]) -> None:
        super().__init__(corpus, k1=K1, b=B)
        # Scoring makes an array of the lengths each time, which an array speeds up.
        self.doc_len: Any = np.asarray(self.doc_len)
        self.postings: dict[str, list[int]] = {}
        for number, frequencies in enumerate(self.doc_freqs):
            for term in frequencies:
                self.postings.setdefault(term, []).append(number)

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        size = self.corpus_size
        self.idf = {term: math.log(1 + (size - n + 0.5) / (n + 0.5)) for term, n in nd.items()}
