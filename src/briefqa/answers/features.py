"""The features of a sentence: how well it answers a question, as numbers from 0 to 1.

Their weights are fitted on questions with known answers: see `briefqa.answers.ranker`. They are
measured by `briefqa.answers.sentence_matcher`. A candidate is a sentence with its features.
"""

from __future__ import annotations

from briefqa.answers.answer import Place
from briefqa.index import Hit
from briefqa.records import Record
from briefqa.spans import Span

__all__ = ["Candidate", "Features"]


class Features(Record):
    """The features of a sentence; each is from 0 to 1.

    "Coverage" is the share of the question's words that are matched, weighted by their idf; words
    that no passage has weigh most, and light words nothing.

    Attributes:
        passage: the BM25 score of its passage, as a share of the best passage's (Robertson and
            Zaragoza 2009): a sentence is rarely better than its passage.
        sentence: its own BM25 score among the sentences, as a share of the best sentence's.
        coverage: coverage by the sentence, or by what its passage inherits and no sentence has.
        headed: coverage by the sentence and what its passage stands under.
        before: coverage by the sentence and all those before it in its passage.
        vicinity: coverage by its passage and those beside it.
        related: coverage by words that start alike: a stemmer joins inflections only.
        synonyms: coverage by synonyms and derivations (WordNet, Fellbaum 1998). They help to choose
            a sentence; the words do not count as matched.
        implied: coverage by the sentence and the one before, related forms and synonyms included.
        pronoun: what the sentence before adds to the coverage, if the sentence opens with a pronoun
            that refers to it.
        words: the share of all words of the question, stop words included, that it has as written.
        bigrams: the share of the question's pairs of neighbouring words that it has as well.
        quoted: the share of the question's quoted phrases that it has.
        absent: the share of the question's names and numbers that neither it, nor what is before it
            in its passage, nor what the passage stands under, has.
        length: its length, on a logarithmic scale.
        first: 1 if it opens its passage: paragraphs say first what they are about.
        early: how near its passage is to the start of its document: documents too say first what
            they are about.
        expected: two thirds if it has one span of the expected type, such as a person for "who", 1
            if it has three or more, 0 for none.
        dated: the same for dates, durations and the fine types (see `briefqa.answers.fine_types`),
            which are recognised more surely.
        unit: 1 if it has the unit asked for: dollars, per cent, or a number before what is counted.
        named: 1 if it has, beside the question's words, both names of the holder of an office who
            is asked for: news gives both where it introduces somebody, and later the surname alone.
        items: 1 if it lists several things for a plural.
        reason: 1 if it gives a reason for "why".
        manner: 1 if it says by what, or is a step, for "how".
        definition: how surely it defines what is asked for.
        division: 1 if it is in the numbered part of the document that is asked for.
        entry: coverage by the name of what it says, such as a term or the first cell of a row, if
            that is what is asked for.
        option: 1 if it has an option of a program, and one is asked for.
        steps: 1 if it leads to steps, a list or code, or is a step, for "how" and all of a list.
    """

    passage: float
    sentence: float
    coverage: float
    headed: float
    before: float
    vicinity: float
    related: float
    synonyms: float
    implied: float
    pronoun: float
    words: float
    bigrams: float
    quoted: float
    absent: float
    length: float
    first: float
    early: float
    expected: float
    dated: float
    unit: float
    named: float
    items: float
    reason: float
    manner: float
    definition: float
    division: float
    entry: float
    option: float
    steps: float


class Candidate(Record):
    """A sentence that may answer.

    Attributes:
        hit: its passage.
        span: characters of the passage's text.
        features: its features.
        score: the weighted sum of the features; comparable within one question only.
        share: its share among all compared sentences, by a softmax of their scores.
        passage_share: the share of all sentences of its passage.
        beside: the sentence next to it, if that answers nearly as well.
        repeats: candidates of other passages that say the same.
    """

    hit: Hit
    span: Span
    features: Features
    score: float
    share: float = 0.0
    passage_share: float = 0.0
    beside: Span | None = None
    repeats: tuple[Candidate, ...] = ()

    @property
    def place(self) -> Place:
        """Where the sentence is."""
        return Place(self.hit.passage, self.span)

    @property
    def text(self) -> str:
        """The sentence."""
        return self.span.slice(self.hit.passage.text)
