"""Features of a sentence: how well it answers a question, measured.

Each feature is a number from 0 to 1. Their weights are fitted on questions with known answers: see
`briefqa.answers.model`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from briefqa.answers.answer_type import (
    answer_type,
    find_counted,
    find_expected,
    find_full_name,
    what_is_counted,
)
from briefqa.answers.question import Question, QuestionWord
from briefqa.index import Hit
from briefqa.index.bm25 import bm25
from briefqa.index.reader import terms_above
from briefqa.passages import NAMES, Part, Passage, placed_sentences
from briefqa.records import Record
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.engines import Engine

__all__ = ["Features", "Sentence", "measure", "sentences_of"]

COMPLETE = 0.999
"""Coverage of a sentence that has all words of a question, but for rounding."""
INNERMOST = 100
"""The depth of blocks inside which there are no lists."""

COMMON_WEIGHT = 1.0
"""What a matched word adds however common it is. Among a handful of passages, idf alone would make
the words that all of them share worthless."""

STEM_LENGTH = 4
"""Letters that two related words have in common at the start: repair, reparation."""
RELATED_LENGTH = 5
"""Letters of the shortest word for which that means something."""

CACHED_PASSAGES = 4096
"""Passages whose sentences are kept: one question's leading passages are often the next one's."""


class Features(Record):
    """The features of a sentence; each is from 0 to 1.

    Attributes:
        passage: the BM25 score of its passage, as a share of the best passage's (Robertson and
            Zaragoza 2009): a sentence is rarely better than its passage.
        sentence: its own BM25 score among the sentences, as a share of the best sentence's.
        coverage: the share of the question that it matches, by itself or by its heading, words
            weighted by their idf; words that no passage has weigh most.
        verbatim: the same for words as written, not stemmed: a stem may join what differs.
        bigrams: the share of the question's pairs of neighbouring words that it has as well.
        context: coverage by the sentence and both its neighbours together.
        lead: coverage by the sentence and the one before, which often names its subject.
        first: 1 if it opens its passage: paragraphs say first what they are about.
        expected: two thirds if it has one span of the expected kind, such as a date for "when", 1
            if it has three or more, 0 for none.
        counted: 1 if it has a number before what the question counts.
        related: the share of the question that it does not match, but has words with the same start
            as: a stemmer joins inflections only.
        synonyms: the share of the question that it does not match, but has synonyms of (WordNet,
            Fellbaum 1998). It helps to choose a sentence; the words do not count as matched.
        named: 1 if it has, beside the question's words, both names of a person asked for: news
            gives both where it introduces somebody, and later the surname alone.
        quoted: the share of the question's quoted phrases that it has.
    """

    passage: float
    sentence: float
    coverage: float
    verbatim: float
    bigrams: float
    context: float
    lead: float
    first: float
    expected: float
    counted: float
    related: float
    synonyms: float
    named: float
    quoted: float


class Sentence(Record):
    """A sentence of a passage and its words.

    Attributes:
        span: characters of the passage's text.
        part: the block of the passage that it is in.
        text: the characters themselves.
        terms: the terms of its words, in order.
        words: the words as written, case-folded, in order.
    """

    span: Span
    part: Part
    text: str
    terms: tuple[str, ...]
    words: tuple[str, ...]


@lru_cache(CACHED_PASSAGES)
def sentences_of(passage: Passage, analyzer: Analyzer) -> tuple[Sentence, ...]:
    """Return the sentences of a passage, with their words."""
    placed = placed_sentences(passage)
    texts = [span.slice(passage.text) for span, _ in placed]
    # No token extends beyond the end of a sentence.
    pairs = analyzer.terms_and_words(texts)
    return tuple(
        Sentence(span, part, text, tuple(terms), tuple(words))
        for (span, part), text, (terms, words) in zip(placed, texts, pairs, strict=True)
    )


def measure(
    question: Question, hits: Sequence[Hit], engine: Engine, depth: int
) -> Iterator[tuple[Hit, Sentence, Features]]:
    """Measure all sentences of passages.

    Args:
        question: the question.
        hits: the passages, best first.
        engine: found the hits.
        depth: how many of the passages, from the first on, the scores of sentences are relative to.

    Yields:
        The sentences in the order of the hits, each with its passage and its features.
    """
    sentences = [sentences_of(hit.passage, engine.analyzer) for hit in hits]
    leading = list(chain.from_iterable(sentences[:depth]))
    if not leading:
        return
    compared = _ComparedQuestion(question, engine)
    mean = sum(len(sentence.terms) for sentence in leading) / len(leading) or 1.0
    scores = [[compared.bm25(sentence, mean) for sentence in each] for each in sentences]
    best_score = max(chain.from_iterable(scores[:depth])) or 1.0
    best_hit = hits[0].score
    # What a passage inherits counts as a sentence's own only if no sentence has it.
    bodies = [each for each in chain.from_iterable(sentences) if each.part.kind not in NAMES]
    written = frozenset[str]().union(*map(compared.matched, bodies))
    told = any(map(compared.is_told_by, bodies))
    for hit, own_sentences, own_scores in zip(hits, sentences, scores, strict=True):
        matches = compared.matches(hit, own_sentences, written)
        first = next((each.span.start for each in own_sentences if each.part.kind not in NAMES), 0)
        for sentence, score, match in zip(own_sentences, own_scores, matches, strict=True):
            if sentence.part.kind in NAMES and not (
                _has_names_only(hit.passage) or (not told and compared.may_be_told_by(sentence))
            ):
                continue
            yield (
                hit,
                sentence,
                Features(
                    passage=hit.score / best_hit,
                    sentence=score / best_score,
                    coverage=compared.coverage(match.own),
                    verbatim=compared.verbatim(sentence),
                    bigrams=compared.bigrams(sentence),
                    context=compared.coverage(match.context),
                    lead=compared.coverage(match.lead),
                    first=float(sentence.span.start == first),
                    expected=compared.expected(sentence),
                    counted=compared.counted(sentence),
                    related=compared.related(sentence, match.own),
                    synonyms=compared.synonyms(sentence, match.own),
                    named=compared.named(sentence),
                    quoted=compared.quoted(sentence),
                ),
            )


def _has_names_only(passage: Passage) -> bool:
    """Return whether a passage consists of headings and names of columns."""
    return all(part.kind in NAMES for part in passage.parts)


def _introductions(sentences: Sequence[Sentence]) -> Iterator[int]:
    """Yield, for each sentence, the place of the one that it depends on; its own for the first.

    That is the sentence before; for an item the one that introduces its list, for a row what is
    above its table.
    """
    opened: list[tuple[int, int]] = []
    for place, sentence in enumerate(sentences):
        depth = _depth(sentence.part)
        before = max(0, place - 1)
        if sentence.span.start == sentence.part.span.start:
            while opened and opened[-1][0] >= depth:
                opened.pop()
            yield opened[-1][1] if opened else before
        else:
            opened.pop()
            yield before
        opened.append((depth, place))


def _depth(part: Part) -> int:
    """Return how deep a block is nested in a passage; 0 for prose."""
    if part.kind in ("row", "header", "code"):
        return INNERMOST
    return part.level if part.kind != "heading" else 0


class _Match(Record):
    """The terms of the question that a sentence has.

    Attributes:
        own: by itself, or by what no sentence has and its passage inherits.
        lead: together with the sentence before, or the one that introduces its list or table.
        context: together with the sentences on both sides, and with what its passage inherits.
    """

    own: frozenset[str]
    lead: frozenset[str]
    context: frozenset[str]


class _ComparedQuestion:
    """A question, prepared to be compared with many sentences.

    Args:
        question: the question.
        engine: has the idf of the terms.
    """

    def __init__(self, question: Question, engine: Engine) -> None:
        self._analyzer = engine.analyzer
        synonyms = self._analyzer.language.lexicon.synonyms
        self._idf = {term: engine.idf(term) for term in question.terms}
        self._terms = frozenset(self._idf)
        self._coverages: dict[frozenset[str], float] = {}
        self._weights = {word: _weight(word, engine) for word in question.telling}
        self._total = sum(self._weights.values())
        self._words = frozenset(question.written)
        self._pairs = frozenset(pairwise(question.written))
        self._kind = answer_type(question.text)
        self._synonyms = {
            word: frozenset().union(*map(synonyms, word.terms)) - self._terms
            for word in question.words
        }
        self._phrases = question.phrases
        self._counted = what_is_counted(question.text, self._analyzer)

    def bm25(self, sentence: Sentence, mean: float) -> float:
        """Score a sentence as passages are scored, with the idf of the whole index.

        Args:
            sentence: the sentence.
            mean: the mean number of terms of a sentence.
        """
        if self._terms.isdisjoint(sentence.terms):
            return 0.0
        frequencies = Counter(term for term in sentence.terms if term in self._idf)
        length = len(sentence.terms)
        return sum(self._idf[term] * bm25(n, length, mean) for term, n in frequencies.items())

    def matched(self, sentence: Sentence) -> frozenset[str]:
        """Return the terms of the question that a sentence or the columns of a row have."""
        matched = self._terms.intersection(sentence.terms)
        header = sentence.part.header
        if not header:
            return matched
        return matched | (self._terms & terms_above((header,), self._analyzer))

    def matches(
        self, hit: Hit, sentences: Sequence[Sentence], written: frozenset[str]
    ) -> Iterator[_Match]:
        """Yield what each sentence of a passage matches.

        Args:
            hit: the passage.
            sentences: its sentences.
            written: the terms of the question that some sentence has.
        """
        own = [(hit.inherited - written) | self.matched(sentence) for sentence in sentences]
        for place, before in enumerate(_introductions(sentences)):
            lead = own[place] | own[before]
            after = own[min(place + 1, len(own) - 1)]
            yield _Match(own[place], lead, lead | after | hit.inherited)

    def is_told_by(self, sentence: Sentence) -> bool:
        """Return whether a sentence has all words of the question."""
        return self.coverage(self.matched(sentence)) > COMPLETE

    def may_be_told_by(self, name: Sentence) -> bool:
        """Return whether a heading has all words of the question, and further words."""
        if name.part.kind != "heading" or not self.is_told_by(name):
            return False
        return not self._terms.issuperset(self._analyzer.terms(name.text))

    def coverage(self, matched: frozenset[str]) -> float:
        """Return the weight of the words that some terms match, as a share of all words' weight."""
        if matched not in self._coverages:
            covered = (self._covered(word, matched) for word in self._weights)
            self._coverages[matched] = sum(covered) / self._total
        return self._coverages[matched]

    def _covered(self, word: QuestionWord, matched: frozenset[str]) -> float:
        if word.is_paraphrased(matched):
            return self._weights[word]
        idfs = [self._idf[term] for term in word.terms if term in matched]
        return max(idfs) + COMMON_WEIGHT if idfs else 0.0

    def verbatim(self, sentence: Sentence) -> float:
        words = frozenset(sentence.words)
        matched = (
            weight
            for word, weight in self._weights.items()
            if word.written in words or word.is_paraphrased(sentence.terms)
        )
        return sum(matched) / self._total

    def bigrams(self, sentence: Sentence) -> float:
        shared = self._pairs.intersection(pairwise(sentence.words))
        return len(shared) / max(1, len(self._pairs))

    def expected(self, sentence: Sentence) -> float:
        if self._kind is None:
            return 0.0
        found = len(find_expected(self._kind, sentence.text, self._words))
        return (min(found, 3) + 3) / 6 if found else 0.0

    def counted(self, sentence: Sentence) -> float:
        if self._counted is None:
            return 0.0
        return float(find_counted(sentence.text, self._counted, self._analyzer))

    def named(self, sentence: Sentence) -> float:
        if self._kind != "person":
            return 0.0
        return float(find_full_name(sentence.text, self._terms, self._analyzer))

    def quoted(self, sentence: Sentence) -> float:
        found = [_has_phrase(sentence.terms, phrase) for phrase in self._phrases]
        return sum(found) / max(1, len(found))

    def related(self, sentence: Sentence, matched: frozenset[str]) -> float:
        starts = {word[:STEM_LENGTH] for word in sentence.words}
        related = (
            weight
            for word, weight in self._weights.items()
            if len(word.written) >= RELATED_LENGTH
            and word.written[:STEM_LENGTH] in starts
            and matched.isdisjoint(word.terms)
        )
        return sum(related) / self._total

    def synonyms(self, sentence: Sentence, matched: frozenset[str]) -> float:
        meant = (
            weight
            for word, weight in self._weights.items()
            if not self._synonyms[word].isdisjoint(sentence.terms) and not word.is_matched(matched)
        )
        return sum(meant) / self._total


def _has_phrase(terms: Sequence[str], phrase: tuple[str, ...]) -> bool:
    """Whether the terms of a phrase are somewhere next to each other."""
    starts = range(len(terms) - len(phrase) + 1)
    return any(tuple(terms[start : start + len(phrase)]) == phrase for start in starts)


def _weight(word: QuestionWord, engine: Engine) -> float:
    """Return how much a word counts: as its rarest known term, or as a word no passage has."""
    terms = (*word.terms, *word.phrase)
    known = [engine.idf(term) for term in terms if engine.document_frequency(term)]
    return max(known, default=engine.max_idf) + COMMON_WEIGHT
