"""The extent of an answer: the best sentence with what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

from briefqa.passages import Part, Passage, introduces
from briefqa.spans import Span, trim

__all__ = ["ANSWER_LIMIT", "extent"]

ANSWER_LIMIT = 1200
"""Characters of the longest answer."""
SHORT = 400
"""Characters up to which the answer is a whole item, definition or piece of code."""
TABLE = frozenset(["header", "row"])
PROSE = frozenset(["paragraph", "quotation", "definition", "note", "caption"])


def extent(passage: Passage, sentence: Span, *, whole: bool) -> Span:
    """Return the span of a sentence with what belongs to it: characters of the passage's text.

    The answer is extended from a sentence that introduces a list, table or piece of code to that;
    from a term to its definition and back; from a heading to what follows it.

    Args:
        passage: the passage.
        sentence: the sentence of it that answers best.
        whole: whether all items of a list are asked for, not one.
    """
    parts = passage.parts
    place = next((i for i, part in enumerate(parts) if part.span.contains(sentence)), None)
    if place is None:
        return sentence
    first, last = _reach(passage, place, sentence, whole=whole)
    start = min(sentence.start, parts[first].span.start) if first < place else sentence.start
    end = max(sentence.end, parts[last].span.end) if last > place else sentence.end
    if first == last == place and _is_whole(parts[place]):
        start, end = parts[place].span
    return _bounded(passage, sentence, Span(start, end))


def _is_whole(part: Part) -> bool:
    """Whether the answer is a whole block if it is a sentence of it."""
    return part.kind in ("item", "code", "definition") and part.span.length <= SHORT


def _reach(passage: Passage, place: int, sentence: Span, *, whole: bool) -> tuple[int, int]:
    """Return the places of the first and the last block of the answer."""
    parts = passage.parts
    part = parts[place]
    if part.kind == "heading":
        return place, _beneath(passage, place)
    if sentence.end == part.span.end and introduces(passage.text, part.span):
        return place, _introduced(parts, place)
    if part.kind == "term":
        return place, _run(parts, place, frozenset(["term", "definition"]))
    if part.kind == "definition":
        first = place
        while first and parts[first - 1].kind in ("term", "definition"):
            first -= 1
        return (first, place) if sentence.end - parts[first].span.start <= SHORT else (place, place)
    if whole and part.kind == "item":
        return _list_around(passage, place)
    return place, place


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
    level, following = parts[place].level, parts[place + 1]
    if following.kind in TABLE:
        return _run(parts, place, TABLE)
    if following.kind == "item":
        last = place + 1
        while (
            last + 1 < len(parts)
            and parts[last + 1].level > level
            and parts[last + 1].kind != "heading"
        ):
            last += 1
        return last
    if following.kind == "line":
        return _run(parts, place, frozenset(["line"]))
    return place if following.kind == "heading" else place + 1


def _run(parts: Sequence[Part], place: int, kinds: frozenset[str]) -> int:
    """Return the place of the last block in the run of blocks of some kinds after a place."""
    last = place
    while last + 1 < len(parts) and parts[last + 1].kind in kinds:
        last += 1
    return last


def _list_around(passage: Passage, place: int) -> tuple[int, int]:
    """Return the first and the last block of the list around an item, with its introduction."""
    parts = passage.parts
    level = parts[place].level
    first = place
    while first and parts[first - 1].level >= level and parts[first - 1].kind != "heading":
        first -= 1
    last = place
    while (
        last + 1 < len(parts)
        and parts[last + 1].level >= level
        and parts[last + 1].kind != "heading"
    ):
        last += 1
    if first and parts[first - 1].kind != "heading":
        first -= 1
    if parts[last].span.end - parts[first].span.start > ANSWER_LIMIT:
        return place, place
    return first, last


def _bounded(passage: Passage, sentence: Span, answer: Span) -> Span:
    """Cut an answer that is too long, between blocks if possible, else between words."""
    if answer.length <= ANSWER_LIMIT:
        return answer
    start = answer.start if sentence.end - answer.start <= ANSWER_LIMIT else sentence.start
    limit = start + ANSWER_LIMIT
    ends = [part.span.end for part in passage.parts if sentence.end <= part.span.end <= limit]
    if ends:
        return Span(start, max(ends))
    end = max(sentence.end, passage.text.rfind(" ", start, limit))
    return trim(passage.text, Span(start, end))
