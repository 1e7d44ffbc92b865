"""Snippets: what an excerpt shows of its passage, and what is marked in it.

The best sentence is shown with what belongs to it, such as the list that it introduces: its extent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefqa.answers.answer import Excerpt
from briefqa.answers.answer_type import asks_for_several
from briefqa.answers.features import Candidate, Features
from briefqa.answers.passage_sentences import sentences_of
from briefqa.answers.question import Question
from briefqa.answers.value_span import value_span
from briefqa.passages import QUOTED, Part, Passage, introduces, is_attribution
from briefqa.spans import Span, merge, trim

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.engines import Engine

__all__ = ["ANSWER_LIMIT", "extent", "shows_whole", "snippets"]

ANSWER_LIMIT = 1200
"""Characters of the longest answer."""
WHOLE_LIMIT = 600
"""Characters up to which the answer is a whole item, definition or piece of code."""
TABLE = frozenset(["header", "row"])
WHOLE = frozenset(["item", "code", "definition"])
ENTRY = r"\W{0,4}[^\s:.!?;,]++(?: [^\s:.!?;,]++){0,5}:\s"
"""How an entry opens that a paragraph is: with a term, a label or a speaker."""
FIELD = r"\w[\w -]{0,30}:\s"
PROSE = frozenset(["paragraph", "quotation", "definition", "note", "caption"])


def snippets(
    candidates: Sequence[Candidate], question: Question, engine: Engine
) -> tuple[Excerpt, ...]:
    """Make excerpts.

    Args:
        candidates: passages and the sentences of them that answer best, best first.
        question: the question that was searched for.
        engine: found the passages.
    """
    return tuple(
        _excerpt(rank, candidate, question, engine) for rank, candidate in enumerate(candidates, 1)
    )


def _excerpt(rank: int, candidate: Candidate, question: Question, engine: Engine) -> Excerpt:
    hit = candidate.hit
    passage, analyzer = hit.passage, engine.analyzer
    highlights = _highlights(passage, question, analyzer)
    return Excerpt(
        rank=rank,
        score=hit.score,
        passage=passage,
        sentence=candidate.span,
        answer=extent(
            passage,
            candidate.span,
            whole=shows_whole(question.text, candidate.features),
            beside=candidate.beside,
        ),
        header=_header(passage, candidate.span),
        lead=_lead(passage, candidate.span, analyzer),
        focus=_focus(passage.text, candidate.span, question, highlights, analyzer),
        highlights=highlights,
        contributions=engine.explain(question.terms, hit),
        also=tuple(each.place for each in candidate.repeats),
    )


def _highlights(passage: Passage, question: Question, analyzer: Analyzer) -> tuple[Span, ...]:
    wanted = frozenset(question.terms)
    return merge(
        Span(start, end).shift(sentence.span.start)
        for sentence in sentences_of(passage, analyzer)
        if not wanted.isdisjoint(sentence.terms)
        for term, start, end in analyzer.placed_terms(sentence.text, stop_words=True)
        if term in wanted
    )


def _header(passage: Passage, sentence: Span) -> str | None:
    """Return the names of the columns, if a sentence is a row of a table that has them."""
    headers = (part.header for part in passage.parts if part.span.contains(sentence))
    return next(headers, "") or None


def _lead(passage: Passage, sentence: Span, analyzer: Analyzer) -> Span | None:
    """Return the sentence before one that opens with a pronoun; None for other sentences."""
    written = sentence.slice(passage.text)
    first = next(analyzer.tokenize(written, stop_words=True), None)
    if first is None or first.span.slice(written).lower() not in analyzer.language.pronouns:
        return None
    spans = (each.span for each in sentences_of(passage, analyzer))
    return max((span for span in spans if span.end <= sentence.start), default=None)


def _focus(
    text: str,
    sentence: Span,
    question: Question,
    highlights: Sequence[Span],
    analyzer: Analyzer,
) -> Span | None:
    """Return the span of the sentence that is the value asked for; None if there is none."""
    start = sentence.start
    words = [Span(each.start - start, each.end - start) for each in highlights]
    value = value_span(sentence.slice(text), question, words, analyzer)
    return value and value.shift(start)


def shows_whole(question: str, features: Features) -> bool:
    """Return whether the answer is a whole list or paragraph, not an item or a sentence of it.

    It is if all is asked for, and if the best sentence has no word of the question, so that only
    what it stands under has.

    Args:
        question: the question as asked.
        features: of the best sentence.
    """
    return asks_for_several(question) or features.sentence == 0


def extent(passage: Passage, sentence: Span, *, whole: bool, beside: Span | None = None) -> Span:
    """Return the span of a sentence with what belongs to it: characters of the passage's text.

    The answer is extended from a sentence that introduces a list, table or piece of code to that;
    from a term to its definition and back; from a heading to what follows it; from a sentence to
    the one beside it in its block that may as well answer.

    Args:
        passage: the passage.
        sentence: the sentence of it that answers best.
        whole: whether the answer is a whole list, not an item of it; see `shows_whole`.
        beside: the sentence next to it that may as well answer; None for none.
    """
    parts = passage.all_parts
    place = next(i for i, part in enumerate(parts) if part.span.contains(sentence))
    beside = beside if beside and parts[place].span.contains(beside) else sentence
    is_whole = whole and _is_whole(passage.text, parts[place], sentence.start, whole=True)
    later = parts[place].span if is_whole else max(sentence, beside)
    first, last = _reach(passage, place, later, whole=whole) if passage.parts else (0, 0)
    start = min(sentence.start, parts[first].span.start) if first < place else sentence.start
    end = max(sentence.end, parts[last].span.end) if last > place else sentence.end
    if last == place and _is_whole(passage.text, parts[place], start, whole=whole):
        start, end = min(start, parts[place].span.start), parts[place].span.end
    start, end = min(start, beside.start), max(end, beside.end)
    return _bounded(passage, sentence, Span(start, end))


def _is_whole(text: str, part: Part, start: int, *, whole: bool) -> bool:
    """Whether the answer, from a place on, is a whole block if it is a sentence of it."""
    if part.span.end - min(start, part.span.start) > WHOLE_LIMIT:
        return False
    is_entry = part.kind == "paragraph" and bool(re.match(ENTRY, part.span.slice(text)))
    return part.kind in WHOLE or is_entry or (whole and part.kind == "paragraph")


def _reach(passage: Passage, place: int, sentence: Span, *, whole: bool) -> tuple[int, int]:
    """Return the places of the first and the last block of the answer."""
    parts = passage.parts
    part = parts[place]
    if part.kind == "heading":
        return place, _beneath(passage, place)
    if sentence.end == part.span.end and introduces(passage.text, part.span):
        return place, _introduced(parts, place)
    if whole and part.kind in PROSE and _is_followed_by_steps(passage, place):
        return place, _introduced(parts, place)
    if part.kind == "term":
        return place, _run(parts, place, frozenset(["term", "definition"]))
    if part.kind == "definition":
        first = _first_term(parts, place)
        is_short = sentence.end - parts[first].span.start <= WHOLE_LIMIT
        return first if is_short else place, place
    if whole and part.kind == "item":
        return _list_around(parts, place)
    if place and parts[place - 1].kind in QUOTED and is_attribution(passage.text, part.span):
        return place - 1, place
    if part.kind == "line":
        return _record_around(passage, place)
    return place, place


def _record_around(passage: Passage, place: int) -> tuple[int, int]:
    """Return the first and the last of the fields around one, such as those of a mail, if few."""
    parts, first, last = passage.parts, place, place
    while first and _is_field(passage, first) and _is_field(passage, first - 1):
        first -= 1
    while last + 1 < len(parts) and _is_field(passage, last) and _is_field(passage, last + 1):
        last += 1
    is_short = parts[last].span.end - parts[first].span.start <= WHOLE_LIMIT
    return (first, last) if is_short else (place, place)


def _is_field(passage: Passage, place: int) -> bool:
    part = passage.parts[place]
    return part.kind == "line" and bool(re.match(FIELD, part.span.slice(passage.text)))


def _first_term(parts: Sequence[Part], place: int) -> int:
    """Return the place of the first of the terms that a definition is of; its own for none."""
    first = place
    for kind in ("definition", "term"):
        while first and parts[first - 1].kind == kind:
            first -= 1
    return first if parts[first].kind == "term" else place


def _is_followed_by_steps(passage: Passage, place: int) -> bool:
    """Whether code or numbered steps follow a block."""
    if place + 1 == len(passage.parts):
        return False
    following = passage.parts[place + 1]
    is_step = following.kind == "item" and passage.text[following.span.start].isdigit()
    return is_step or following.kind == "code"


def _beneath(passage: Passage, place: int) -> int:
    """Return the place of the last block that follows a heading directly."""
    parts = passage.parts
    last = _run(parts, place, frozenset(["heading"]))
    if last + 1 == len(parts):
        return last
    last += 1
    if introduces(passage.text, parts[last].span):
        return _introduced(parts, last)
    return _introduced(parts, last - 1) if parts[last].kind not in PROSE else last


def _introduced(parts: Sequence[Part], place: int) -> int:
    """Return the place of the last block that a block introduces."""
    if place + 1 == len(parts):
        return place
    # The level of a heading is not that of a list.
    level = 0 if parts[place].kind == "heading" else parts[place].level
    following = parts[place + 1]
    if following.kind in TABLE:
        return _run(parts, place, TABLE)
    if following.kind == "item":
        return _list_end(parts, place + 1, level + 1)
    if following.kind == "line":
        return _run(parts, place, frozenset(["line"]))
    return place if following.kind == "heading" else place + 1


def _run(parts: Sequence[Part], place: int, kinds: frozenset[str]) -> int:
    """Return the place of the last block in the run of blocks of some kinds after a place."""
    last = place
    while last + 1 < len(parts) and parts[last + 1].kind in kinds:
        last += 1
    return last


def _list_end(parts: Sequence[Part], place: int, level: int) -> int:
    """Return the place of the last block of a list, of which a block at a place is one."""
    last = place
    while last + 1 < len(parts) and _is_in_list(parts[last + 1], level):
        last += 1
    return last


def _is_in_list(part: Part, level: int) -> bool:
    return part.level >= level and part.kind != "heading"


def _list_around(parts: Sequence[Part], place: int) -> tuple[int, int]:
    """Return the first and the last block of the list around an item, with its introduction."""
    level = parts[place].level
    first = place
    while first and _is_in_list(parts[first - 1], level):
        first -= 1
    if first and parts[first - 1].kind != "heading":
        first -= 1
    return first, _list_end(parts, place, level)


def _bounded(passage: Passage, sentence: Span, answer: Span) -> Span:
    """Cut an answer that is too long, between blocks if possible, else between words."""
    if answer.length <= ANSWER_LIMIT:
        return answer
    start = answer.start if sentence.end - answer.start <= ANSWER_LIMIT else sentence.start
    limit = start + ANSWER_LIMIT
    ends = [part.span.end for part in passage.parts if sentence.end < part.span.end <= limit]
    if ends:
        return Span(start, max(ends))
    end = max(sentence.end, passage.text.rfind(" ", start, limit))
    return trim(passage.text, Span(start, end))
