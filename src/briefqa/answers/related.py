"""Related forms: words that mean what a word of a question means, in another form.

A stemmer joins inflections only. Here a word is related to words with the same start (repair,
reparation) and to the synonyms, derivations and peoples that the lexicon has for it. They count
less than the word itself: they help to choose a sentence, and are shown as related.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from briefqa.answers.answer import Related
from briefqa.answers.question import QuestionWord

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.answers.passage_sentences import Sentence

__all__ = ["RelatedForms", "bits", "related_terms", "wider_terms"]

STEM_LENGTH = 4
"""Letters that two related words have in common at the start: repair, reparation."""
SHORTEST = 5
"""Letters of the shortest word for which that means something."""


def related_terms(word: QuestionWord, analyzer: Analyzer) -> frozenset[str]:
    """Return the terms that the lexicon relates to a word of a question.

    For a word that no passage has, `related` has those of `wider_terms` too. A letter is related to
    nothing: it stands for too many things.
    """
    if _is_letter(word):
        return frozenset()
    lexicon = analyzer.language.lexicon
    related = frozenset(word.related).union(*map(lexicon.synonyms, word.terms))
    return related.difference(word.terms)


def _is_letter(word: QuestionWord) -> bool:
    return len(word.text) == 1 and word.text.isalpha()


def wider_terms(word: QuestionWord, analyzer: Analyzer) -> frozenset[str]:
    """Return the terms related to a word, with those of a wider meaning and of examples.

    They stand in for a word that no passage has, as meeting does for summit, or wind for renewable.
    """
    if _is_letter(word):
        return frozenset()
    language = analyzer.language
    wider = (language.lexicon.wider(term) for term in word.terms)
    examples = (language.examples.get(term, frozenset()) for term in word.terms)
    return related_terms(word, analyzer).union(*wider, *examples)


class RelatedForms:
    """The forms that are related to the words of a question.

    Sets of its words are written as bits: the first word is 1, the second 2, the third 4.

    Args:
        words: those of the question.
        analyzer: of the documents.
    """

    def __init__(self, words: Sequence[QuestionWord], analyzer: Analyzer) -> None:
        self._words = words
        self._synonyms: defaultdict[str, int] = defaultdict(int)
        self._starts: defaultdict[str, int] = defaultdict(int)
        for place, word in enumerate(words):
            if word.exact:
                continue
            for term in related_terms(word, analyzer):
                self._synonyms[term] |= 1 << place
            if len(word.written) >= SHORTEST:
                self._starts[word.written[:STEM_LENGTH]] |= 1 << place

    def by_start(self, sentence: Sentence) -> int:
        """Return the words that start like a word of a sentence."""
        found, starts = 0, self._starts
        written = [word[:STEM_LENGTH] for word in sentence.words] if starts else ()
        if not starts.keys().isdisjoint(written):
            for start in written:
                found |= starts.get(start, 0)
        return found

    def by_meaning(self, sentence: Sentence) -> int:
        """Return the words that a word of a sentence is a synonym of, or derived from."""
        found, synonyms = 0, self._synonyms
        if not synonyms.keys().isdisjoint(sentence.terms):
            for term in sentence.terms:
                found |= synonyms.get(term, 0)
        return found

    def find(self, sentences: Sequence[Sentence]) -> tuple[Related, ...]:
        """Return the first related form of each word in some sentences."""
        found: dict[int, str] = {}
        for sentence in sentences:
            for term, written in zip(sentence.terms, sentence.words, strict=True):
                places = self._synonyms.get(term, 0) | self._starts.get(written[:STEM_LENGTH], 0)
                for place in bits(places):
                    found.setdefault(place, written)
        return tuple(Related(self._words[place].text, found[place]) for place in sorted(found))


def bits(places: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, from 0."""
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest
