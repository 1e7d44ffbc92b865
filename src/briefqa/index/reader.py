"""Ranked search over the passages of an index."""

from __future__ import annotations

import sys
from _bisect import bisect_left  # `bisect` adds copies in Python
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from itertools import groupby, pairwise

from briefqa.analysis.english import english_analyzer
from briefqa.corpus import DocumentEntry
from briefqa.index.bm25 import inverse_document_frequency, rounded, title_terms
from briefqa.index.container import IndexFile
from briefqa.index.doc_store import DocStore
from briefqa.index.postings import PostingList, PostingsReader
from briefqa.index.query import (
    DocumentFilter,
    Query,
    Restriction,
    posting_count,
    rank_all,
    rank_few,
)
from briefqa.passages import Passage
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.index.term_dict import WordCounts

__all__ = ["Contribution", "Hit", "Index", "build_in_memory", "terms_above"]

CACHED_NAMES = 1024
ENTRIES = 1024
"""Documents whose paths, titles and dates are read at once."""
FEW_PASSAGES = 100
"""Up to this many allowed passages are scored one by one."""
SCORED_AT_ONCE = 4_000
"""Up to this many postings, scoring all is cheaper than pruning."""
LOOKUP = 40
"""Looking one path up costs about as much as reading this many."""


class Hit(Record):
    """A passage that contains a term of the query.

    Attributes:
        number: the passage's number in the index, from 0.
        passage: the passage.
        score: its BM25 score, above 0.
        inherited: terms of the query that it stands under, or that it inherits from its title.
    """

    number: int
    passage: Passage
    score: float
    inherited: frozenset[str]


class Contribution(Record):
    """What one term adds to the score of a passage.

    Attributes:
        term: the term.
        idf: its inverse document frequency.
        frequency: how often the passage contains it.
        score: what it adds to the passage's BM25 score.
    """

    term: str
    idf: float
    frequency: int
    score: float


class Index:
    """Passages by their terms.

    Passages inherit terms from titles; see `briefqa.index.bm25`.

    Args:
        passages: in the order that breaks ties: by document path, then position.
        analyzer: makes the terms; that of English by default.

    Attributes:
        analyzer: made the terms of the passages.
    """

    def __init__(self, passages: Iterable[Passage], analyzer: Analyzer | None = None) -> None:
        analyzer = analyzer or english_analyzer()
        self._open(build_in_memory(passages, analyzer), analyzer)

    @classmethod
    def of_file(cls, file: IndexFile, analyzer: Analyzer) -> Index:
        """Open an index file.

        Args:
            file: the file.
            analyzer: made its terms.
        """
        index = cls.__new__(cls)
        index._open(file, analyzer)
        return index

    partial = False
    """Whether the last search missed passages: never, since a file is whole or damaged."""

    def _open(self, file: IndexFile, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self._file = file
        self._store = DocStore(file)
        self._postings = PostingsReader(file, len(self._store))
        self._last_filter: tuple[frozenset[str], DocumentFilter] | None = None

    def __len__(self) -> int:
        return len(self._store)

    @property
    def documents(self) -> int:
        """The number of documents."""
        return len(self._store.paths)

    @property
    def paths(self) -> Sequence[str]:
        """The paths of the documents, in the order of their passages; verified."""
        self._store.paths.verify()
        return self._store.paths

    def entries(self, paths: Collection[str] | None = None) -> Iterator[DocumentEntry]:
        """Yield the documents of some paths, or all of them, in the order of their passages."""
        if paths is not None:
            for number in self._document_numbers(paths):
                yield from self._entries(number, number + 1)
            return
        for start in range(0, self.documents, ENTRIES):
            yield from self._entries(start, min(start + ENTRIES, self.documents))

    def _entries(self, start: int, end: int) -> Iterator[DocumentEntry]:
        """Yield the documents from number `start` to before `end`, read at once."""
        store = self._store
        firsts = store.firsts[start : end + 1].tolist()
        paths, titles = store.paths.range(start, end), store.titles.range(start, end)
        counts = (following - first for first, following in pairwise(firsts))
        for path, title, count, dated in zip(
            paths, titles, counts, store.dated(start, end), strict=True
        ):
            yield DocumentEntry(path, title, count, *dated)

    def passage(self, number: int) -> Passage:
        """Return a passage by its number, from 0."""
        return self._store[number]

    def passages(self, paths: Collection[str] | None = None) -> Iterator[Passage]:
        """Yield the passages of the documents of some paths, or all of them, in order."""
        firsts = self._store.firsts
        for document in range(self.documents) if paths is None else self._document_numbers(paths):
            yield from map(self.passage, range(firsts[document], firsts[document + 1]))

    @cached_property
    def vocabulary(self) -> WordCounts:
        """How often each word occurs in the passages, as written but case-folded."""
        from briefqa.index.term_dict import WordCounts

        return WordCounts(self._file, "words")

    def word_counts(self, words: Iterable[str]) -> dict[str, int]:
        """Return how often words occur in the passages; absent words are left out."""
        return {word: count for word in words if (count := self.vocabulary.get(word, 0))}

    def near(self, word: str, edits: int) -> dict[str, int]:
        """Return the words of the passages within an edit distance, with their counts.

        Args:
            word: a word, case-folded.
            edits: the distance: 1, or 2 for words that start with the same letter.
        """
        from briefqa.edit_distance import code_points_near, one_edit_away, two_edits_away

        if edits == 1:
            letters = partial(self.vocabulary.letters_after, among=code_points_near(word[0]))
            return self.word_counts(one_edit_away(word, letters))
        return self.word_counts(two_edits_away(word, self.vocabulary.with_prefix(word[0])))

    def beginning_with(self, start: str) -> dict[str, int]:
        """Return the words of the passages that begin with some letters, with their counts."""
        return self.word_counts(self.vocabulary.with_prefix(start))

    @property
    def max_idf(self) -> float:
        """The idf of a term that no passage contains; no idf is higher."""
        return inverse_document_frequency(len(self), 0)

    def idf(self, term: str) -> float:
        """Return the inverse document frequency of a term."""
        return inverse_document_frequency(len(self), self.document_frequency(term))

    def document_frequency(self, term: str) -> int:
        """Return the number of passages that contain a term, or inherit it."""
        return self._postings.document_frequency(term)

    def search(self, query: Query, top: int) -> list[Hit]:
        """Rank passages.

        Args:
            query: what to rank, and which passages may be hits.
            top: the maximum number of hits.

        Returns:
            The hits, highest score first, ties in the order of the passages.
        """
        lists = self._lists(query.terms)
        inherited = frozenset(postings.term for postings in lists if postings.inherited)
        asked = frozenset(query.terms)
        ranked = self.rank(query, top)
        return [self._hit(number, score, asked, inherited) for score, number in ranked]

    def prefetch(self, query: Query, top: int) -> None:
        """Do nothing: searches and document frequencies do not share any work here."""

    def rank(self, query: Query, top: int) -> list[tuple[float, int]]:
        """Rank passages without reading them.

        Args:
            query: what to rank, and which passages may be returned.
            top: the maximum number of passages.

        Returns:
            Rounded scores and passage numbers, in the order of `search`.
        """
        lists, impacts = self._lists(query.terms), self._postings.impacts
        if not lists:
            return []
        restriction = self._restriction(query)
        few = restriction.candidates(FEW_PASSAGES) if restriction else None
        if few is not None:
            return rank_few(restriction.select(few), lists, impacts, top)
        if not numpy_is_loaded():
            if sum(map(posting_count, lists)) <= SCORED_AT_ONCE:
                return rank_all(lists, impacts, top, restriction)
            # Small indexes do not need it, and loading it takes time.
            from briefqa.index import maxscore

            ranked = maxscore.top_k(lists, impacts, top, restriction)
            if ranked is not None:
                return ranked
        from briefqa.index import dense

        return dense.top_k(lists, impacts, top, restriction, len(self))

    def _lists(self, terms: Iterable[str]) -> list[PostingList]:
        """Return the posting lists of the terms that some passage contains."""
        return [postings for term in terms if (postings := self._postings[term])]

    def _restriction(self, query: Query) -> Restriction:
        return Restriction(
            [self._lists(group) for group in query.required],
            self._lists(query.excluded),
            None if query.filter is None else self._document_filter(query.filter),
        )

    def _document_filter(self, paths: frozenset[str]) -> DocumentFilter:
        """Return a filter; the last one is kept, since consecutive queries often share it."""
        if self._last_filter is None or self._last_filter[0] is not paths:
            flags = bytearray(self.documents)
            for number in self._document_numbers(paths):
                flags[number] = 1
            self._last_filter = paths, DocumentFilter(bytes(flags), self._store.firsts)
        return self._last_filter[1]

    def _document_numbers(self, paths: Collection[str]) -> Iterable[int]:
        """Return the ascending numbers of the documents of some paths."""
        known, count = self._store.paths, self.documents
        if LOOKUP * len(paths) > count:
            every = enumerate(known.range(0, count))
            return (number for number, path in every if path in paths)
        places = ((bisect_left(known, path), path) for path in paths)
        return sorted(at for at, path in places if at < count and known[at] == path)

    def _hit(
        self, number: int, score: float, asked: frozenset[str], inherited: frozenset[str]
    ) -> Hit:
        passage = self.passage(number)
        if inherited:
            inherited = inherited.intersection(title_terms(passage.title, self.analyzer))
        above = asked & terms_above(passage.above, self.analyzer)
        return Hit(number, passage, score, inherited | above)

    def explain(self, question: Sequence[str], hit: Hit) -> tuple[Contribution, ...]:
        """Return what each of some terms adds to a hit; absent terms add nothing."""
        return tuple(self._contribution(term, hit.number) for term in question)

    def _contribution(self, term: str, number: int) -> Contribution:
        idf, postings = self.idf(term), self._postings[term]
        position = postings.passages.position(number) if postings else -1
        if postings is None or position < 0:
            return Contribution(term, rounded(idf), 0, 0.0)
        code = postings.codes[position]
        score = rounded(idf * self._postings.impacts[code])
        return Contribution(term, rounded(idf), self._postings.frequency(code), score)


def numpy_is_loaded() -> bool:
    """Return whether ranking with numpy costs no import."""
    return "numpy" in sys.modules


@lru_cache(CACHED_NAMES)
def terms_above(names: tuple[str, ...], analyzer: Analyzer) -> frozenset[str]:
    """Return the terms of what a passage stands under; its neighbours stand under the same."""
    return frozenset(analyzer.terms("\n".join(names)))


def _document_of(passage: Passage) -> tuple[str, str, str | None, str | None]:
    return passage.path, passage.title, passage.date, passage.date_from


def build_in_memory(passages: Iterable[Passage], analyzer: Analyzer) -> IndexFile:
    """Build an index in memory."""
    from io import BytesIO

    from briefqa.index.doc_store_writer import encode_date
    from briefqa.index.writer import IndexWriter

    buffer = BytesIO()
    writer = IndexWriter(buffer, analyzer)
    for (path, title, *dated), group in groupby(passages, _document_of):
        writer.add_document(path, title, group, encode_date(*dated))
    writer.finish({})
    return IndexFile(buffer.getbuffer())
