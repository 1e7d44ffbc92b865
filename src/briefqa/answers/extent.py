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
WHOLE = frozenset(["item", "code", "definition"])
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
    parts = passage.parts or (Part(Span(0, len(passage.text)), "paragraph"),)
    place = next(i for i, part in enumerate(parts) if part.span.contains(sentence))
    first, last = _reach(passage, place, sentence, whole=whole) if passage.parts else (0, 0)
    start = min(sentence.start, parts[first].span.start) if first < place else sentence.start
    end = max(sentence.end, parts[last].span.end) if last > place else sentence.end
    if first == last == place and _is_whole(parts[place], whole=whole):
        start, end = parts[place].span
    return _bounded(passage, sentence, Span(start, end))


def _is_whole(part: Part, *, whole: bool) -> bool:
    """Whether the answer is a whole block if it is a sentence of it."""
    kinds = WHOLE | {"paragraph"} if whole else WHOLE
    return part.kind in kinds and part.span.length <= SHORT


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
        return (first, place) if sentence.end - parts[first].span.start <= SHORT else (place, place)
    if whole and part.kind == "item":
        return _list_around(parts, place)
    return place, place


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
