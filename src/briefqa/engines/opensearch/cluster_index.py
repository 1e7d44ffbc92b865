"""Asking a cluster: terms go out, the leading passages come back.

The cluster ranks by the same formula, but knows the lengths of passages only roughly. So a few more
are fetched than are asked for, and scored again as the local index scores them: by what the whole
index knows of the terms, to the same six decimals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from briefqa.analysis.analyzer import Analyzer
from briefqa.corpus import DocumentEntry
from briefqa.engines.opensearch.client import Client, is_partial, refusal
from briefqa.engines.opensearch.schema import (
    DOCUMENT,
    PASSAGE,
    document_id,
    encoded,
    passage_of,
    passage_terms,
    path_of,
)
from briefqa.index import Contribution, Hit, Query
from briefqa.index.bm25 import bm25, inverse_document_frequency, rounded
from briefqa.index.reader import terms_above
from briefqa.index.title_terms import title_terms
from briefqa.passages import Passage
from briefqa.records import Record

__all__ = ["ClusterIndex", "Summary", "records", "summarise"]

MARGIN = 10
"""Passages that are fetched beyond those asked for, as the cluster's order may be a little off."""
SMALL_SHARD = 200_000
"""Passages of a shard up to which its own statistics are no measure of the whole's."""
PAGE = 5_000
"""Records that are fetched at a time where all are."""
CLAUSE_TERMS = 65_536
"""Values that a cluster accepts in one `terms` clause, unless it is configured otherwise."""
SUGGESTIONS = 500
"""Words a shard names at the most of those that are near to another."""


class Summary(Record):
    """How much an index holds.

    Attributes:
        documents: the number of documents.
        passages: the number of their passages.
        length: the terms of all passages together.
        shards: the parts into which the index is divided.
    """

    documents: int
    passages: int
    length: int
    shards: int


class ClusterIndex:
    """Passages by their terms, on a cluster; see `briefqa.engines.Engine`.

    Args:
        client: speaks to the cluster.
        analyzer: what the index was built with.
        lends: whether titles lend passages all their terms, or only those that no passage holds
            itself; see `briefqa.index.title_terms`.

    Raises:
        EngineError: the cluster cannot be asked.
    """

    def __init__(self, client: Client, analyzer: Analyzer, *, lends: bool) -> None:
        self._client = client
        self.analyzer = analyzer
        self._lends = lends
        self.summary = summarise(client)
        self.partial = self._was_partial = False
        self._counts: dict[tuple[str, str], int] = {}
        self._prefetched: tuple[Query, int, list[Hit]] | None = None

    def __len__(self) -> int:
        return self.summary.passages

    @property
    def documents(self) -> int:
        """The number of documents that the passages are from."""
        return self.summary.documents

    @cached_property
    def paths(self) -> Sequence[str]:
        """The paths of those documents, sorted."""
        return sorted(path_of(record["stored"]) for record in records(self._client, DOCUMENT))

    def entries(self) -> Iterator[DocumentEntry]:
        for record in records(self._client, DOCUMENT):
            stored = record["stored"]
            yield DocumentEntry(path_of(stored), stored["title"], record["passages"])

    @property
    def max_idf(self) -> float:
        """The idf of a term that no passage holds: no term's idf is higher."""
        return inverse_document_frequency(len(self), 0)

    def idf(self, term: str) -> float:
        """Return how telling a term is; `max_idf` where no passage holds it."""
        return inverse_document_frequency(len(self), self.document_frequency(term))

    def document_frequency(self, term: str) -> int:
        """Return the number of passages that contain a term, or inherit it from a title."""
        word = encoded(term)
        return self._counted(self._field(term), [word])[word]

    def _field(self, term: str) -> str:
        """The field in which a term is looked up."""
        if self._lends or self._counted("terms", [encoded(term)])[encoded(term)]:
            return "terms"
        return "title"

    def prefetch(self, query: Query, top: int) -> None:
        """Search for the hits and the document frequencies of a query in one request.

        Args:
            query: what is probably searched for next.
            top: the maximum number of hits.
        """
        self._prefetched = query, top, self._search(query, top)

    def search(self, query: Query, top: int) -> list[Hit]:
        """Rank passages, unless the hits were prefetched.

        Args:
            query: what to rank, and which passages may be hits.
            top: the maximum number of hits.

        Returns:
            The hits, highest score first, ties by document path, then position.
        """
        prefetched, self._prefetched = self._prefetched, None
        if prefetched and prefetched[:2] == (query, top):
            return prefetched[2]
        return self._search(query, top)

    def _search(self, query: Query, top: int) -> list[Hit]:
        if not query.terms:
            return []
        if self.partial:
            self._counts.clear()
            self.partial = False
        words = list(map(encoded, query.terms))
        if not self._lends:
            self._counted("terms", words)
        found = self._find(self._leading(query, top + MARGIN), "terms", words)
        passages = [passage_of(hit["_source"]["stored"]) for hit in found["hits"]["hits"]]
        hits = [self._hit(number, each, query.terms) for number, each in enumerate(passages)]
        return sorted((hit for hit in hits if hit.score > 0), key=_order)[:top]

    def _hit(self, number: int, passage: Passage, question: Sequence[str]) -> Hit:
        score = rounded(sum(part for _, part in self._parts(question, passage)))
        above = terms_above(passage.above, self.analyzer)
        inherited = above.union(self._inherited(passage, question))
        return Hit(number, passage, score, inherited.intersection(question))

    def _parts(self, question: Sequence[str], passage: Passage) -> Iterator[tuple[int, float]]:
        """Yield how often a passage contains or inherits each term, and what that adds."""
        found = passage_terms(passage.indexed, self.analyzer) + self._inherited(passage, question)
        mean = self.summary.length / max(1, len(self)) or 1.0
        for term in question:
            frequency = found.count(term)
            yield frequency, self.idf(term) * bm25(frequency, len(found), mean)

    def _inherited(self, passage: Passage, question: Sequence[str]) -> list[str]:
        """The terms that a passage inherits; in few documents, only those of the question."""
        above = title_terms(passage.title, self.analyzer)
        if self._lends:
            return above
        return [term for term in above if term in question and self._field(term) == "title"]

    def _leading(self, query: Query, size: int) -> dict[str, Any]:
        """The search for the leading passages."""
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
        return [{"term": {self._field(term): encoded(term)}} for term in terms]

    def explain(self, question: Sequence[str], hit: Hit) -> tuple[Contribution, ...]:
        """Tell what each of the question's terms adds to a hit; absent terms add nothing."""
        parts = zip(question, self._parts(question, hit.passage), strict=True)
        return tuple(
            Contribution(term, rounded(self.idf(term)), frequency, rounded(score))
            for term, (frequency, score) in parts
        )

    def texts(self) -> Iterator[str]:
        """Yield the texts of all passages."""
        return (str(each["stored"]["text"]) for each in records(self._client, PASSAGE, whole=False))

    def word_counts(self, words: Iterable[str]) -> dict[str, int]:
        """Return in how many passages words, case-folded, stand; in none, they are left out."""
        counted = self._counted("words", list(dict.fromkeys(words)))
        return {word: count for word, count in counted.items() if count}

    def near(self, word: str, edits: int) -> dict[str, int]:
        """Return the words of the passages so many edits from `word`, and in how many each stands.

        Args:
            word: a word, case-folded.
            edits: 1, or 2 for words that begin with the same letter.
        """
        [found] = self._client.search(_suggestion(word, edits))
        options = [option for each in found["suggest"]["near"] for option in each["options"]]
        return {option["text"]: option["freq"] for option in options}

    def _counted(self, field: str, words: Sequence[str]) -> dict[str, int]:
        """In how many passages each word stands; those not asked before are asked together."""
        if any((field, word) not in self._counts for word in words):
            self._find(None, field, words)
        return {word: self._counts.get((field, word), 0) for word in words}

    def _find(self, leading: Mapping[str, Any] | None, field: str, words: Sequence[str]) -> Any:
        """Search, and count the passages that hold words, in one request."""
        new = [word for word in words if (field, word) not in self._counts]
        counting = [_holding(field, word) for word in new]
        searches = [*([leading] if leading else []), *counting]
        kind = self._search_type if leading else ""
        found = self._client.search(*searches, search_type=kind, patient=not self._was_partial)
        self._was_partial = any(map(is_partial, found))
        self.partial = self.partial or self._was_partial
        totals = (each["hits"]["total"]["value"] for each in found[len(found) - len(new) :])
        self._counts.update(zip(((field, word) for word in new), totals, strict=True))
        return found[0]

    @property
    def _search_type(self) -> str:
        """Let small shards put their statistics together before they rank."""
        small = len(self) < SMALL_SHARD * self.summary.shards
        return "dfs_query_then_fetch" if small else ""


def _order(hit: Hit) -> tuple[float, str, int]:
    return -hit.score, hit.passage.path, hit.passage.span.start


def _in_documents(paths: Iterable[str]) -> list[dict[str, Any]]:
    """The clauses of which one holds for each passage of some documents, and for no other."""
    identities = sorted(map(document_id, paths))
    starts = range(0, max(1, len(identities)), CLAUSE_TERMS)
    return [{"terms": {"document": identities[start : start + CLAUSE_TERMS]}} for start in starts]


def _holding(field: str, word: str) -> dict[str, Any]:
    """The search that only counts the passages that hold a word."""
    return {"size": 0, "track_total_hits": True, "query": {"term": {field: word}}}


def _suggestion(word: str, edits: int) -> dict[str, Any]:
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


def summarise(client: Client) -> Summary:
    """Tell how much an index holds.

    Raises:
        EngineError: it cannot be asked.
    """
    counts = {name: {"sum": {"field": name}} for name in ("passages", "length")}
    search = {"size": 0, "track_total_hits": True, "query": {"term": {"kind": DOCUMENT}}}
    [found] = client.search({**search, "aggs": counts})
    return Summary(
        documents=found["hits"]["total"]["value"],
        passages=int(found["aggregations"]["passages"]["value"]),
        length=int(found["aggregations"]["length"]["value"]),
        shards=found["_shards"]["total"],
    )


def records(
    client: Client, kind: str, document: str | None = None, *, whole: bool = True
) -> Iterator[dict[str, Any]]:
    """Yield all records of a kind, as they are stored, page by page.

    Args:
        client: speaks to the cluster.
        kind: `PASSAGE` or `DOCUMENT`.
        document: the id of the only document that they are to be of.
        whole: whether those that can be had are not enough where parts of the index are missing.

    Raises:
        EngineError: the cluster cannot be asked, or some records are missing.
    """
    wanted = {"kind": kind} | ({"document": document} if document else {})
    search: dict[str, Any] = {
        "size": PAGE,
        "track_total_hits": False,
        "query": {"bool": {"filter": [{"term": {name: wanted[name]}} for name in wanted]}},
        "sort": ["document"] if kind == DOCUMENT else ["document", "number"],
    }
    while True:
        [found] = client.search(search)
        if whole and is_partial(found):
            raise refusal(str(client.address), 503, "")
        page = found["hits"]["hits"]
        yield from (hit["_source"] for hit in page)
        if len(page) < PAGE:
            return
        search["search_after"] = page[-1]["sort"]
