"""Agreement: which values several documents give for what is asked, and which others differ.

Only numbers, dates and names are compared, of sentences that match the same words of the question.
That values differ is worth a look; whether they contradict each other, no words alone can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefqa.answers.answer import Value
from briefqa.answers.answer_type import answer_type
from briefqa.answers.features import Candidate
from briefqa.answers.passage_sentences import sentence_at
from briefqa.answers.question import Question
from briefqa.answers.repeats import MARKS
from briefqa.answers.snippets import focus_of
from briefqa.documents.dates import MONTHS
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer

__all__ = ["agreement", "majority_first"]

SPELLINGS = {"per cent": " %", "percent": " %", "%": " % ", "$": "$ ", "€": "€ ", "£": "£ "}
"""Applied in this order."""
ABBREVIATED = 3
"""Letters of an abbreviated month at the least."""


class _Statement(Record):
    """A candidate and the value that it gives.

    Attributes:
        candidate: the candidate.
        written: the value, as the candidate has it.
        normal: its words, the same for values that are written in other ways.
    """

    candidate: Candidate
    written: str
    normal: frozenset[str]


def agreement(
    candidates: Sequence[Candidate], question: Question, analyzer: Analyzer
) -> tuple[Value, ...]:
    """Return the values that documents give, those of most documents first, then the newest.

    Args:
        candidates: those that were compared, best first.
        question: the question that was searched for.
        analyzer: of the passages.

    Returns:
        The values; none where fewer than two documents give one.
    """
    kind = answer_type(question.text) or ""
    values: list[tuple[frozenset[str], Value]] = []
    for given in _statements(candidates, question, analyzer):
        same = (n for n, (each, _) in enumerate(values) if _is_same(each, given.normal, kind))
        place = next(same, None)
        places = tuple(each.place for each in (given.candidate, *given.candidate.repeats))
        if place is None:
            values.append((given.normal, Value(given.written, places)))
        else:
            normal, value = values[place]
            longer = max(value.written, given.written, key=len)
            values[place] = normal | given.normal, Value(longer, (*value.places, *places))
    documents = {place.passage.path for _, value in values for place in value.places}
    if len(documents) < 2:
        return ()
    return tuple(sorted((value for _, value in values), key=_weight, reverse=True))


def _weight(value: Value) -> tuple[int, str]:
    return value.documents, value.latest or ""


def majority_first(candidates: Sequence[Candidate], values: Sequence[Value]) -> list[Candidate]:
    """Return candidates with the best sentence of each value first, in the order of the values.

    Each of these gets the shares of all sentences that give its value. If the best candidate gives
    none of the values, nothing changes.

    Args:
        candidates: best first.
        values: see `agreement`.
    """
    giving = [[each for each in candidates if each.place in value.places] for value in values]
    leading = [each[0] for each in giving if each]
    if all(each is not candidates[0] for each in leading):
        return list(candidates)
    others = [each for each in candidates if all(each is not one for one in leading)]
    return [*(_with_shares(each) for each in giving if each), *others]


def _with_shares(giving: Sequence[Candidate]) -> Candidate:
    return giving[0]._replace(
        share=sum(each.share for each in giving),
        passage_share=sum(each.passage_share for each in giving),
    )


def _statements(
    candidates: Sequence[Candidate], question: Question, analyzer: Analyzer
) -> Iterator[_Statement]:
    """Yield the candidates that have a value and are about the same as the first.

    They match at least what that one does, and have half of its words, or it of theirs.
    """
    wanted, words = frozenset[str](), frozenset[str]()
    for candidate in candidates:
        matched = _matched(candidate, question, analyzer)
        text = candidate.span.slice(candidate.hit.passage.text)
        own = frozenset(analyzer.terms(text))
        if candidate is candidates[0]:
            wanted, words = matched, own
        near = 2 * len(words & own) >= min(len(words), len(own))
        span = focus_of(candidate.hit.passage, candidate.span, question, analyzer)
        if near and wanted <= matched and span is not None:
            written = " ".join(span.slice(candidate.hit.passage.text).split())
            yield _Statement(candidate, written, _normal(written))


def _matched(candidate: Candidate, question: Question, analyzer: Analyzer) -> frozenset[str]:
    """Return the telling words of the question that a sentence matches."""
    sentence = sentence_at(candidate.hit.passage, candidate.span, analyzer)
    terms = candidate.hit.inherited.union(sentence.terms)
    return frozenset(word.text for word in question.telling if word.is_matched(terms))


def _normal(written: str) -> frozenset[str]:
    """Return the words of a value, without the marks and forms that are written in several ways."""
    folded = written.casefold().replace(",", "")
    for one, other in SPELLINGS.items():
        folded = folded.replace(one, other)
    return frozenset(_number(word.strip(MARKS)) for word in folded.split()) - {""}


def _number(word: str) -> str:
    """Return a word; a number without the zeros that end it, and an abbreviated month whole."""
    whole, point, fraction = word.partition(".")
    if point and whole.isdigit() and fraction.isdigit():
        fraction = fraction.rstrip("0")
        return f"{whole}.{fraction}" if fraction else whole
    if len(word) < ABBREVIATED:
        return word
    return next((month for month in MONTHS if month.startswith(word)), word)


def _is_same(one: frozenset[str], other: frozenset[str], kind: str) -> bool:
    """Whether two values are one: of dates and names, one may be a part of the other."""
    if kind in ("date", "person"):
        return one <= other or other <= one
    return one == other
