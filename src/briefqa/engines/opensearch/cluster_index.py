"""Searching a cluster: terms are sent, the leading passages come back.

The cluster ranks by the same formula, but knows the lengths of passages only approximately. A few
more passages than wanted are therefore fetched, and scored again as the local index scores them,
with the statistics of the whole index and to the same six decimals.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from briefqa.analysis.analyzer import Analyzer
from briefqa.corpus import DocumentEntry
from briefqa.engines import Engine
from briefqa.engines.opensearch.client import Client, answers_of, is_partial
from briefqa.engines.opensearch.connection import refusal
from briefqa.engines.opensearch.schema import (
    DOCUMENT,
    PASSAGE,
    document_id,
    encode_term,
    optional,
    passage_of,
    passage_terms,
    path_of,
)
from briefqa.index import Contribution, Hit, Query
from briefqa.index.bm25 import bm25, inverse_document_frequency, rounded, title_terms
from briefqa.index.reader import terms_above
from briefqa.passages import Passage
from briefqa.records import Record

__all__ = ["ClusterIndex", "Summary", "read_summary", "records"]

MARGIN = 10
"""The number of passages fetched beyond those wanted, since the cluster's order is approximate."""
SMALL_SHARD = 200_000
"""Passages; the statistics of a smaller shard differ too much from those of the whole index."""
PAGE_RECORDS = 5_000
"""The number of records in a page of all records."""
FEW_DOCUMENTS = 10
"""Up to this many documents are asked for one by one."""
CLAUSE_TERMS = 65_536
"""The number of values that a cluster accepts in one `terms` clause by default."""
MOST = 1 << 60
"""The largest size of an index that is believed."""
SUGGESTIONS = 500
"""The largest number of similar words that a shard returns."""


class Summary(Record):
    """The size of an index.

    Attributes:
        documents: the number of documents.
        passages: the number of passages.
        length: the number of terms in all passages together.
        shards: the number of parts that the index is divided into.
    """

    documents: int
    passages: int
    length: int
    shards: int


class Prefetched(Record):
    """The hits of a search that was announced.

    Attributes:
        query: what was ranked.
        top: the largest number of hits.
        hits: the hits.
    """

    query: Query
    top: int
    hits: list[Hit]


class ClusterIndex(Engine):
    """Ranked search over passages on a cluster.

    Args:
        client: sends requests to the cluster.
        analyzer: what the index was built with.
        inherit_all: whether passages inherit all terms of titles, or only those that no passage
            contains itself; see `briefqa.index.bm25`.

    Attributes:
        summary: the size of the index when it was opened.

    Raises:
        EngineError: the cluster cannot be reached, or refuses.
    """

    def __init__(self, client: Client, analyzer: Analyzer, *, inherit_all: bool) -> None:
        self._client = client
        self._analyzer = analyzer
        self._inherit_all = inherit_all
        self.summary = read_summary(client)
        self._partial = self._was_partial = False
        self._frequencies: dict[tuple[str, str], int] = {}
        self._prefetched: Prefetched | None = None

    def __len__(self) -> int:
        return self.summary.passages

    @property
    def analyzer(self) -> Analyzer:
        return self._analyzer

    @property
    def documents(self) -> int:
        return self.summary.documents

    @cached_property
    def paths(self) -> Sequence[str]:
        with answers_of(self._client):
            return sorted(path_of(record["stored"]) for record in records(self._client, DOCUMENT))

    def entries(self, paths: Collection[str] | None = None) -> Iterator[DocumentEntry]:
        with answers_of(self._client):
            for record in self._records(DOCUMENT, paths, whole=True):
                stored = record["stored"]
                yield DocumentEntry(
                    path_of(stored),
                    str(stored["title"]),
                    int(record["passages"]),
                    optional(stored["date"], str),
                    optional(stored["date_from"], str),
                )

    @property
    def partial(self) -> bool:
        return self._partial

    @property
    def max_idf(self) -> float:
        return inverse_document_frequency(len(self), 0)

    def idf(self, term: str) -> float:
        frequency = self.document_frequency(term)
        # There is none if more passages have the term than there are.
        with answers_of(self._client):
            return inverse_document_frequency(len(self), frequency)

    def document_frequency(self, term: str) -> int:
        word = encode_term(term)
        return self._count(self._field(term), [word])[word]

    def _field(self, term: str) -> str:
        """Return the field in which a term is looked up."""
        word = encode_term(term)
        return "terms" if self._inherit_all or self._count("terms", [word])[word] else "title"

    def prefetch(self, query: Query, top: int) -> None:
        self._prefetched = Prefetched(query, top, self._search(query, top))

    def search(self, query: Query, top: int) -> list[Hit]:
        prefetched, self._prefetched = self._prefetched, None
        if prefetched and prefetched.query == query and prefetched.top == top:
            return prefetched.hits
        return self._search(query, top)

    def _search(self, query: Query, top: int) -> list[Hit]:
        if not query.terms:
            return []
        if self._partial:
            self._frequencies.clear()
            self._partial = False
        words = list(map(encode_term, query.terms))
        if not self._inherit_all:
            self._count("terms", words)
        found = self._request(self._leading(query, top + MARGIN), "terms", words)
        with answers_of(self._client):
            passages = [passage_of(hit["_source"]["stored"]) for hit in found["hits"]["hits"]]
        hits = [self._hit(number, each, query.terms) for number, each in enumerate(passages)]
        return sorted((hit for hit in hits if hit.score > 0), key=_order)[:top]

    def _hit(self, number: int, passage: Passage, terms: Sequence[str]) -> Hit:
        score = rounded(sum(each.score for each in self._contributions(terms, passage)))
        above = terms_above(passage.above, self._analyzer)
        inherited = above.union(self._inherited(passage, terms))
        return Hit(number, passage, score, inherited.intersection(terms))

    def _contributions(self, terms: Sequence[str], passage: Passage) -> Iterator[Contribution]:
        """Yield what each term, contained or inherited, adds to the score, not yet rounded."""
        found = passage_terms(passage.indexed, self._analyzer) + self._inherited(passage, terms)
        mean = self.summary.length / max(1, len(self)) or 1.0
        for term in terms:
            frequency, idf = found.count(term), self.idf(term)
            yield Contribution(term, idf, frequency, idf * bm25(frequency, len(found), mean))

    def _inherited(self, passage: Passage, terms: Sequence[str]) -> list[str]:
        """Return the terms that a passage inherits, unless it inherits all, among those given."""
        above = title_terms(passage.title, self._analyzer)
        if self._inherit_all:
            return above
        return [term for term in above if term in terms and self._field(term) == "title"]

    def _leading(self, query: Query, size: int) -> dict[str, Any]:
        """Return the search for the leading passages."""
        restrictions = [{"bool": {"should": self._matches(group)}} for group in query.required]
        if query.filter is not None:
            restrictions.append({"bool": {"should": _in_documents(query.filter)}})
        return {
            "size": size,
            "track_total_hits": False,
            "_source": ["stored"],
            "query": {
                "bool": {
                    "should": self._matches(query.terms),
                    "minimum_should_match": 1,
                    "filter": restrictions,
                    "must_not": self._matches(query.excluded),
                }
            },
            "sort": ["_score", {"document": "asc"}, {"number": "asc"}],
        }

    def _matches(self, terms: Iterable[str]) -> list[dict[str, Any]]:
        return [{"term": {self._field(term): encode_term(term)}} for term in terms]

    def explain(self, question: Sequence[str], hit: Hit) -> tuple[Contribution, ...]:
        return tuple(
            each._replace(idf=rounded(each.idf), score=rounded(each.score))
            for each in self._contributions(question, hit.passage)
        )

    def passages(self, paths: Collection[str] | None = None) -> Iterator[Passage]:
        with answers_of(self._client):
            for record in self._records(PASSAGE, paths, whole=False):
                yield passage_of(record["stored"])

    def _records(
        self, kind: str, paths: Collection[str] | None, *, whole: bool
    ) -> Iterator[dict[str, Any]]:
        """Yield the records of the documents of some paths; see `records`."""
        if paths is None:
            yield from records(self._client, kind, whole=whole)
        elif len(paths) <= FEW_DOCUMENTS:
            for document in sorted(map(document_id, paths)):
                yield from records(self._client, kind, document, whole=whole)
        else:
            for record in records(self._client, kind, whole=whole):
                if path_of(record["stored"]) in paths:
                    yield record

    def word_counts(self, words: Iterable[str]) -> dict[str, int]:
        counted = self._count("words", list(dict.fromkeys(words)))
        return {word: count for word, count in counted.items() if count}

    def near(self, word: str, edits: int) -> dict[str, int]:
        [found] = self._client.search(_suggestion(word, edits))
        with answers_of(self._client):
            options = [option for each in found["suggest"]["near"] for option in each["options"]]
            return {str(option["text"]): int(option["freq"]) for option in options}

    def beginning_with(self, start: str) -> dict[str, int]:
        """Return none: the words of a cluster are not asked for by their first letters."""
        return {}

    def _count(self, field: str, words: Sequence[str]) -> dict[str, int]:
        """Return the number of passages that contain each word; new words are counted together."""
        if any((field, word) not in self._frequencies for word in words):
            self._request(None, field, words)
        return {word: self._frequencies.get((field, word), 0) for word in words}

    def _request(self, leading: Mapping[str, Any] | None, field: str, words: Sequence[str]) -> Any:
        """Search, and count the passages that contain each word, in one request."""
        new = [word for word in words if (field, word) not in self._frequencies]
        counts = [_count_search(field, word) for word in new]
        searches = [*([leading] if leading else []), *counts]
        kind = self._search_type if leading else ""
        found = self._client.search(*searches, search_type=kind, patient=not self._was_partial)
        self._was_partial = any(map(is_partial, found))
        self._partial = self._partial or self._was_partial
        with answers_of(self._client):
            totals = [
                int(each["hits"]["total"]["value"]) for each in found[len(found) - len(new) :]
            ]
        self._frequencies.update(zip(((field, word) for word in new), totals, strict=True))
        return found[0]

    @property
    def _search_type(self) -> str:
        """The search type that merges the statistics of shards if these are small."""
        small = len(self) < SMALL_SHARD * self.summary.shards
        return "dfs_query_then_fetch" if small else ""


def _order(hit: Hit) -> tuple[float, str, int]:
    return -hit.score, hit.passage.path, hit.passage.span.start


def _in_documents(paths: Iterable[str]) -> list[dict[str, Any]]:
    """Return clauses of which one matches each passage of some documents, and no other passage."""
    identities = sorted(map(document_id, paths))
    starts = range(0, max(1, len(identities)), CLAUSE_TERMS)
    return [{"terms": {"document": identities[start : start + CLAUSE_TERMS]}} for start in starts]


def _count_search(field: str, word: str) -> dict[str, Any]:
    """Return the search that only counts the passages that contain a word."""
    return {"size": 0, "track_total_hits": True, "query": {"term": {field: word}}}


def _suggestion(word: str, edits: int) -> dict[str, Any]:
    """Return the search for the words at an edit distance."""
    term = {
        "field": "words",
        "max_edits": edits,
        "prefix_length": edits - 1,
        "suggest_mode": "always",
        "string_distance": "damerau_levenshtein",
        "accuracy": 0.0,
        "size": SUGGESTIONS,
        "shard_size": SUGGESTIONS,
    }
    return {
        "size": 0,
        "query": {"match_none": {}},
        "suggest": {"near": {"text": word, "term": term}},
    }


def read_summary(client: Client) -> Summary:
    """Return the size of an index.

    Raises:
        EngineError: the cluster cannot be reached, or refuses.
    """
    sums = {name: {"sum": {"field": name}} for name in ("passages", "length")}
    search = {"size": 0, "track_total_hits": True, "query": {"term": {"kind": DOCUMENT}}}
    [found] = client.search({**search, "aggs": sums})
    with answers_of(client):
        summary = Summary(
            documents=int(found["hits"]["total"]["value"]),
            passages=int(found["aggregations"]["passages"]["value"]),
            length=int(found["aggregations"]["length"]["value"]),
            shards=int(found["_shards"]["total"]),
        )
        if not all(0 <= count <= MOST for count in summary):
            raise ValueError("not the size of an index")
        return summary


def records(
    client: Client, kind: str, document: str | None = None, *, whole: bool = True
) -> Iterator[dict[str, Any]]:
    """Yield all records of a kind, page by page, by document and then by number.

    Args:
        client: sends requests to the cluster.
        kind: `PASSAGE` or `DOCUMENT`.
        document: the id of the document to select; None for all documents.
        whole: whether to raise an error if shards are down, rather than leave their records out.

    Raises:
        EngineError: the cluster cannot be reached, or refuses, or some records are missing.
    """
    wanted = {"kind": kind} | ({"document": document} if document else {})
    search: dict[str, Any] = {
        "size": PAGE_RECORDS,
        "track_total_hits": False,
        "query": {"bool": {"filter": [{"term": {name: wanted[name]}} for name in wanted]}},
        "sort": ["document"] if kind == DOCUMENT else ["document", "number"],
    }
    while True:
        [found] = client.search(search)
        if whole and is_partial(found):
            raise refusal(str(client.address), 503, "")
        with answers_of(client):
            page = [hit["_source"] for hit in found["hits"]["hits"]]
            after = found["hits"]["hits"][-1]["sort"] if len(page) == PAGE_RECORDS else None
        yield from page
        if after is None:
            return
        search["search_after"] = after
