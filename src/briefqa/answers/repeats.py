"""Repeats: what several places say in the same words is one excerpt.

Two sentences say the same only if they have the same numbers and names in the same order, the same
negations, and the same other words; one of them may have a few words more. Sets of words alone
would join sentences that differ in the one word that matters: of pages that share 85 % of their
words, 8.8 % were different pages (garrytan/gbrain, issue 4612).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from briefqa.answers.features import Candidate
from briefqa.answers.passage_sentences import Sentence, sentences_of
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer

__all__ = ["fold_repeats"]

SHARED = 0.85
"""The least share of the words of the longer sentence that the shorter one has."""
TELLING_WORDS = 4
"""Content words that a sentence needs to say something without its context."""
NEGATIONS = frozenset("cannot hardly neither never no nobody none nor not nothing without".split())
PROSE = frozenset(["paragraph", "quotation", "note"])
"""Kinds of blocks whose sentences say something without a list, a table or a heading."""


class _Statement(Record):
    """What a sentence says, as far as its words tell.

    Attributes:
        fixed: what must be equal: numbers, names, negations, and the context that it needs.
        words: its content words.
    """

    fixed: tuple[object, ...]
    words: frozenset[str]

    def repeats(self, other: _Statement) -> bool:
        """Whether both say the same; they are known to have the same fixed parts."""
        fewer, more = sorted((self.words, other.words), key=len)
        return fewer <= more and len(fewer) >= SHARED * len(more)


def fold_repeats(candidates: Iterable[Candidate], analyzer: Analyzer) -> list[Candidate]:
    """Keep the first of the candidates that say the same; it gets the others as its `repeats`.

    Args:
        candidates: best first.
        analyzer: of their passages.

    Returns:
        Different candidates, best first; each has the shares of its repeats too.
    """
    kept: list[Candidate] = []
    alike: defaultdict[tuple[object, ...], list[tuple[int, _Statement]]] = defaultdict(list)
    for candidate in candidates:
        statement = _statement(candidate, analyzer)
        earlier = alike[statement.fixed]
        places = (place for place, other in earlier if statement.repeats(other))
        place = next(places, None)
        if place is None:
            earlier.append((len(kept), statement))
            kept.append(candidate)
        else:
            kept[place] = _with_repeat(kept[place], candidate)
    return kept


def _with_repeat(first: Candidate, repeat: Candidate) -> Candidate:
    return first._replace(
        share=first.share + repeat.share,
        passage_share=first.passage_share + repeat.passage_share,
        repeats=(*first.repeats, repeat),
    )


def _statement(candidate: Candidate, analyzer: Analyzer) -> _Statement:
    passage = candidate.hit.passage
    sentences = sentences_of(passage, analyzer)
    sentence = next(each for each in sentences if each.span == candidate.span)
    written = sentence.text.split()
    content = frozenset(analyzer.terms(sentence.text))
    fixed = (
        tuple(word for word in sentence.words if any(map(str.isdigit, word))),
        tuple(word.strip(".,;:!?()\"'“”’") for word in written[1:] if word[:1].isupper()),
        tuple(word for word in sentence.words if _negates(word)),
        None if _stands_alone(sentence, content, analyzer) else " ".join(passage.indexed.split()),
    )
    return _Statement(fixed, content)


def _negates(word: str) -> bool:
    return word in NEGATIONS or word.endswith(("n't", "n’t"))


def _stands_alone(sentence: Sentence, content: frozenset[str], analyzer: Analyzer) -> bool:
    """Whether a sentence says something without what is around it."""
    opens = sentence.words[:1]
    refers = bool(opens) and opens[0] in analyzer.language.pronouns
    return sentence.part.kind in PROSE and len(content) >= TELLING_WORDS and not refers
