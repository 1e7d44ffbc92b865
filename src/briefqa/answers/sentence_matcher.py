"""Matching sentences with a question: measures the features of each.

What a sentence matches is a set of words of the question, written as bits: the first word is 1, the
second 2, the third 4. So sets of a hundred sentences are joined and weighed in little time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import reduce
from itertools import chain, pairwise, permutations
from math import log1p
from operator import or_

from briefqa.answers.answer_type import (
    SURE_TYPES,
    asks_for_several,
    find_counted,
    find_expected,
    what_is_counted,
)
from briefqa.answers.document_fields import asks_for_field, is_field
from briefqa.answers.features import Features
from briefqa.answers.kinds import question_kind
from briefqa.answers.passage_sentences import Sentence, sentences_of
from briefqa.answers.program_options import AskedOptions, fullness
from briefqa.answers.question import Question
from briefqa.answers.related import RelatedForms, bits
from briefqa.answers.sentence_setting import (
    Match,
    SentenceSetting,
    end_before,
    settings,
    vicinities,
)
from briefqa.answers.value_span import meant_spans
from briefqa.index import Hit
from briefqa.index.bm25 import bm25, title_terms
from briefqa.index.reader import terms_above
from briefqa.passages import NAMES

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.engines import Engine

__all__ = ["measure"]

LONG = 54
"""Words of a sentence whose length is 1."""
EARLY = 1000
"""Characters before a passage that is half as early as the first one."""
UNTOLD = Features(**{**dict.fromkeys(Features._fields, 0.0), "absent": 1.0})
"""The features of what tells nothing that is asked for."""
COMPLETE = 0.999
"""Coverage of a sentence that has all words of a question, but for rounding."""


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
    compared = _ComparedQuestion(question, hits[:depth], engine)
    mean = sum(len(sentence.terms) for sentence in leading) / len(leading) or 1.0
    scores = [[compared.bm25(sentence, mean) for sentence in each] for each in sentences]
    best_score = max(chain.from_iterable(scores[:depth])) or 1.0
    bodies = [each for hit in hits[:depth] for each in compared.bodies(hit)]
    told = any(map(compared.is_told_by, bodies))
    matches = compared.matches(hits, sentences, bodies)
    near = vicinities(hits, matches, depth)
    places = {hit.number: place for place, hit in enumerate(hits)}
    for number, (hit, own) in enumerate(zip(hits, sentences, strict=True)):
        before = end_before(hit, hits, matches, places)
        around = settings(own, matches[number], compared.above(hit), near[number], before)
        for sentence, score, setting in zip(own, scores[number], around, strict=True):
            if sentence.part.kind in NAMES and not (
                all(part.kind in NAMES for part in hit.passage.parts)
                or (not told and compared.may_be_told_by(sentence))
            ):
                continue
            shares = hit.score / hits[0].score, score / best_score
            is_told = compared.may_tell(hit, sentence)
            features = compared.features(hit, sentence, setting, shares) if is_told else UNTOLD
            yield hit, sentence, features


class _ComparedQuestion:
    """A question, prepared to be compared with many sentences.

    Args:
        question: the question.
        hits: those that are compared.
        engine: has the idf of the terms.
    """

    def __init__(self, question: Question, hits: Sequence[Hit], engine: Engine) -> None:
        self._analyzer = engine.analyzer
        self._question = question
        self._asks_for_field = asks_for_field(frozenset(question.written))
        self._telling = question.telling
        self._idf = {term: engine.idf(term) for term in question.terms}
        self._weights = [word.weight(engine) for word in self._telling]
        self._total = sum(self._weights)
        self._coverages: dict[int, float] = {0: 0.0}
        self._places: defaultdict[str, int] = defaultdict(int)
        for place, word in enumerate(self._telling):
            for term in word.terms:
                self._places[term] |= 1 << place
        self._paraphrases = [
            (1 << place, word) for place, word in enumerate(self._telling) if word.phrase
        ]
        self._related = RelatedForms(self._telling, self._analyzer)
        self._words = frozenset(question.written)
        self._pairs = frozenset(pairwise(question.written))
        self._kind = question_kind(question.text)
        self._subject = frozenset(self._analyzer.terms(self._kind.subject))
        self._phrases = question.phrases
        self._names = sum(1 << place for place in question.names)
        self._counted = what_is_counted(question.text, self._analyzer)
        self._terms = frozenset(question.terms)
        self._options = AskedOptions(question, hits, engine.analyzer)
        self._said = 0
        self._asks_for_steps = self._kind.kind == "how" or asks_for_several(question.text)

    def bodies(self, hit: Hit) -> Iterator[Sentence]:
        """Yield the sentences of a passage that are neither headings nor fields."""
        for sentence in sentences_of(hit.passage, self._analyzer):
            if sentence.part.kind not in NAMES and not self._is_field(hit, sentence):
                yield sentence

    def _is_field(self, hit: Hit, sentence: Sentence) -> bool:
        """Whether a sentence is a field of its document, and the question asks for none."""
        asks = self._asks_for_field
        return not asks and is_field(hit.passage, sentence.part, sentence.text)

    def may_tell(self, hit: Hit, sentence: Sentence) -> bool:
        """Return whether a sentence is no field, or has a word that no other sentence has."""
        return not self._is_field(hit, sentence) or self._words_in(sentence) & ~self._said > 0

    def bm25(self, sentence: Sentence, mean: float) -> float:
        """Score a sentence as passages are scored, with the idf of the whole index.

        Args:
            sentence: the sentence.
            mean: the mean number of terms of a sentence.
        """
        if self._idf.keys().isdisjoint(sentence.terms):
            return 0.0
        length, idf = len(sentence.terms), self._idf
        found = [term for term in sentence.terms if term in idf]
        counts = {term: found.count(term) for term in found}
        return sum(idf[term] * bm25(n, length, mean) for term, n in counts.items())

    def matches(
        self,
        hits: Sequence[Hit],
        sentences: Sequence[Sequence[Sentence]],
        bodies: Sequence[Sentence],
    ) -> list[list[Match]]:
        """Return what each sentence of each passage matches.

        Args:
            hits: the passages.
            sentences: their sentences.
            bodies: the leading sentences that are not headings; what a passage inherits counts as
                a sentence's own only if none of them has it, and so does what a field says.
        """
        self._said = reduce(or_, map(self._words_in, bodies), 0)
        rows = zip(hits, map(self.above, hits), sentences, strict=True)
        return [[self._match(hit, one, above) for one in own] for hit, above, own in rows]

    def _match(self, hit: Hit, sentence: Sentence, above: int) -> Match:
        own = self._words_in(sentence) | above & ~self._said
        if self._options.defined_by(hit, sentence):
            own |= above | self._words_among(sentence.name_terms)
        starts = self._related.by_start(sentence) & ~own
        return Match(own, starts, self._related.by_meaning(sentence) & ~own)

    def _words_in(self, sentence: Sentence) -> int:
        """Return the words that a sentence or the columns of a row have."""
        header = (sentence.part.header,) if sentence.part.header else ()
        found = self._words_among(sentence.terms)
        return found | self._words_among(terms_above(header, self._analyzer)) if header else found

    def _words_among(self, terms: Collection[str]) -> int:
        found, places = 0, self._places
        if not places.keys().isdisjoint(terms):
            for term in terms:
                found |= places.get(term, 0)
        for place, word in self._paraphrases:
            if word.is_paraphrased(terms):
                found |= place
        return found

    def above(self, hit: Hit) -> int:
        """Return the words that a passage inherits from what it stands under."""
        above = terms_above(hit.passage.above, self._analyzer)
        title = title_terms(hit.passage.title, self._analyzer) if self._options.terms else ()
        return self._words_among((*hit.inherited, *above, *title))

    def is_told_by(self, sentence: Sentence) -> bool:
        """Return whether a sentence has all words of the question."""
        return self.coverage(self._words_in(sentence)) > COMPLETE

    def may_be_told_by(self, name: Sentence) -> bool:
        """Return whether a heading has all words of the question, and further words."""
        if name.part.kind != "heading" or not self.is_told_by(name):
            return False
        return not self._idf.keys() >= set(self._analyzer.terms(name.text))

    def coverage(self, words: int) -> float:
        """Return the weight of some words, as a share of the weight of all."""
        if words not in self._coverages:
            weight = sum(self._weights[place] for place in bits(words))
            self._coverages[words] = weight / self._total
        return self._coverages[words]

    def features(
        self, hit: Hit, sentence: Sentence, setting: SentenceSetting, shares: tuple[float, float]
    ) -> Features:
        """Return the features of a sentence; the shares are its passage's score and its own."""
        coverage, kind, match = self.coverage, self._kind, setting.match
        words, bigrams = self._written_shares(hit, sentence, match)
        expected = self._expected(sentence)
        return Features(
            passage=1.0 if self._options.defined_by(hit, sentence) else shares[0],
            sentence=shares[1],
            coverage=coverage(match.own),
            headed=coverage(match.own | setting.above),
            before=coverage(setting.before),
            vicinity=coverage(setting.vicinity),
            related=coverage(match.starts),
            synonyms=coverage(match.meanings & ~match.starts),
            implied=coverage(match.implied | setting.lead.implied),
            pronoun=coverage(setting.lead.own & ~match.own) * self._refers(sentence),
            words=words,
            bigrams=bigrams,
            quoted=self._quoted(sentence),
            absent=(self._names & ~(match.own | setting.before | setting.above)).bit_count()
            / (self._names.bit_count() or 1),
            length=min(1.0, log1p(len(sentence.words)) / log1p(LONG)),
            first=float(setting.opens),
            early=EARLY / (EARLY + hit.passage.span.start),
            expected=expected * (kind.expects not in SURE_TYPES),
            dated=expected * (kind.expects in SURE_TYPES),
            unit=float(kind.has_unit(sentence) or self._counts(sentence)),
            named=self._named(sentence),
            items=float(kind.has_items(sentence)),
            reason=float(kind.has_reason(sentence)),
            manner=float(kind.has_manner(sentence)),
            definition=self._definition(hit, sentence, setting.above),
            division=float(self._is_in_division(hit.passage.headings, sentence.text)),
            entry=self._entry(sentence),
            option=float(self._options.may_be_in(hit, sentence)),
            steps=coverage(match.own | setting.lead.own | setting.above)
            * (self._asks_for_steps and sentence.leads_on),
        )

    def _written_shares(self, hit: Hit, sentence: Sentence, match: Match) -> tuple[float, float]:
        """Return the shares of the words and of their pairs that a sentence has, or is named by."""
        written, is_named = sentence.words, self._options.defined_by(hit, sentence)
        matched = [self._telling[place] for place in bits(match.own)] if is_named else []
        named = [word for each in matched for word in (each.written, *each.terms)]
        words = self._words.intersection((*written, *named))
        pairs = self._pairs.intersection((*pairwise(written), *permutations(named, 2)))
        return len(words) / len(self._words), len(pairs) / (len(self._pairs) or 1)

    def _definition(self, hit: Hit, sentence: Sentence, above: int) -> float:
        """Return how surely a sentence defines what is asked for: by its words, or by its name.

        So is what somebody says, if the name before it is that of the speaker who is asked for.
        """
        if self._subject and self._subject == sentence.name_terms:
            return 1.0
        if self._kind.kind == "say" and sentence.name_terms and sentence.name_terms <= self._terms:
            return 1.0
        if options := self._options.defined_by(hit, sentence):
            named = self.coverage(above | self._options.nouns | self._words_among(options))
            return named * fullness(hit.passage)
        return self._kind.definition(sentence)

    def _is_in_division(self, headings: Sequence[str], text: str) -> bool:
        """Return whether a sentence is in the part of a document that is asked for."""
        if not self._kind.division:
            return False
        # Few questions need it, and loading it takes time.
        from briefqa.answers.divisions import is_in_division

        return is_in_division(self._kind.division, headings, text)

    def _entry(self, sentence: Sentence) -> float:
        """Return the coverage by the name of what a sentence says, if that is asked for."""
        names = sentence.name_terms
        if options := self._options.terms & names:
            return self.coverage(self._words_among(options))
        return self.coverage(self._words_among(names)) if names and names <= self._terms else 0.0

    def _refers(self, sentence: Sentence) -> bool:
        """Whether a sentence opens with a pronoun for something in the sentence before."""
        return bool(sentence.words) and sentence.words[0] in self._analyzer.language.pronouns

    def _expected(self, sentence: Sentence) -> float:
        kind, text = self._kind.expects, sentence.text
        spans = find_expected(kind, text, self._words) if kind else []
        if kind and not self._kind.subject:
            spans = meant_spans(kind, spans, text, self._question, self._analyzer)
        return (min(len(spans), 3) + 3) / 6 if spans else 0.0

    def _counts(self, sentence: Sentence) -> bool:
        return self._counted is not None and find_counted(
            sentence.text, self._counted, self._analyzer
        )

    def _named(self, sentence: Sentence) -> float:
        if not self._kind.is_office:
            return 0.0
        # Few questions need it, and loading it takes time.
        from briefqa.answers.name_spans import find_full_name

        return float(find_full_name(sentence.text, self._terms, self._analyzer))

    def _quoted(self, sentence: Sentence) -> float:
        return sum(map(sentence.has_phrase, self._phrases)) / max(1, len(self._phrases))
