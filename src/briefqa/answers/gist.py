"""The gist: what documents are about, told by their own leading sentences.

The first paragraphs of a text are a hard summary to beat (Nenkova, "Automatic Text Summarization of
Newswire", 2005). A single document is summarised by the first sentence of each of its first
paragraphs; of several documents, each is represented by its first sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from briefqa.answers.answer import Answer, CorpusSize, Status
from briefqa.answers.features import Candidate, Features
from briefqa.answers.passage_sentences import sentences_of
from briefqa.answers.question import Question
from briefqa.answers.snippets import snippets
from briefqa.index.query import Query
from briefqa.passages import NAMES

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.corpus import DocumentEntry
    from briefqa.engines import Engine
    from briefqa.index import Hit

__all__ = ["gist"]

OF_ONE, OF_MANY = 0.6, 0.3
"""Confidences, set by hand: whether a sentence is the gist of a text is not known for enough texts
to fit them."""
SEARCHED = 200
"""Passages of a document among which its first ones are looked for."""
SHORTEST = 5
"""Words of the shortest sentence that may tell the gist."""
NO_FEATURES = Features(*[0.0] * len(Features._fields))


def gist(question: Question, engine: Engine, *, top: int, strict: bool) -> Answer | None:
    """Answer what the documents are about; None if they have no sentence that tells it.

    Args:
        question: of the kind gist, with the filter of the documents that are asked.
        engine: searches the documents.
        top: the largest number of excerpts.
        strict: whether an answer that would be weak is none.
    """
    asked = list(islice(engine.entries(question.filter), top + 1))
    alone = len(asked) == 1
    openings = (_opening(entry, engine) for entry in asked)
    chosen = (each for opening in openings for each in islice(opening, top if alone else 1))
    candidates = list(islice(chosen, top))
    if not candidates:
        return None
    weak = Status.NONE if strict else Status.WEAK
    return Answer(
        question=question.asked,
        status=Status.ANSWERED if alone else weak,
        confidence=OF_ONE if alone else OF_MANY,
        matched=(),
        missing=(),
        corrections=question.corrections,
        aliases=(),
        excerpts=snippets(candidates, question, engine),
        corpus=CorpusSize(engine.documents, len(engine)),
        kind="gist",
        partial=engine.partial,
    )


def _opening(entry: DocumentEntry, engine: Engine) -> Iterator[Candidate]:
    """Yield the first sentences of the first paragraphs of a document, in order.

    The paragraphs are found by the words of the title, which all passages of a document inherit.
    """
    terms = tuple(dict.fromkeys(engine.analyzer.terms(entry.title)))
    hits = engine.search(Query(terms, filter=frozenset([entry.path])), SEARCHED)
    for hit in sorted(hits, key=lambda each: each.passage.span.start):
        if candidate := _first_sentence(hit, engine):
            yield candidate


def _first_sentence(hit: Hit, engine: Engine) -> Candidate | None:
    for sentence in sentences_of(hit.passage, engine.analyzer):
        if sentence.part.kind not in NAMES and len(sentence.words) >= SHORTEST:
            return Candidate(hit, sentence.span, NO_FEATURES, 0.0)
    return None
