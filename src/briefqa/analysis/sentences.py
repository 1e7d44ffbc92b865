"""Sentences of a passage, found in one linear sweep.

A full stop ends a sentence unless what stands before or after it says otherwise: an
abbreviation, an initial, the number of a list, a small letter to follow. The rules are those
that Grefenstette and Tapanainen ("What is a word, what is a sentence?", 1994) found to settle
nearly every full stop of English news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefqa.spans import Span, trim

__all__ = ["split_sentences"]

ASCII_STOP = r"(?<![.!?])[.!?]++[\"')\]]*+(?!\S)"
"""The end of a sentence, perhaps."""
STOP = r"(?<![.!?…。！？।])[.!?…。！？।]++[\"'”’»)\]]*+(?!\S)|(?<=[。！？।])"
"""The same in any text, slower to compile; the scripts that write no spaces need none after it."""

LINE_BREAK = r"\n[^\S\n]*+(?P<blank>\n\s*+)?"
ITEM = r"[^\S\n]*+(?:[-*+•‣◦·–—]|\(?(?:\d{1,3}|[A-Za-z])[.)])[^\S\n]++\S"
"""The mark that opens an item of a list, and the item."""

OPENING = "([{\"'“‘«"
"""What may stand before a word without a space between."""
WORD = re.compile(r"\w*")
NO_HEADING = ".!?…。！？।,;-–—(["
"""What no heading ends with."""
WORD_LIMIT = 24
"""Characters looked at before and after a full stop: no abbreviation is longer."""

NEVER_LAST = frozenset(
    "adm brig capt cf cmdr col cpl dr e.g eq fig figs gen gov hon i.e lt maj messrs mgr mm mr"
    " mrs ms mt mx pp pres prof rep reps rev rt sen sens sgt st supt viz vol vs feb apr aug"
    " sept oct nov dec".split()
)
"""Abbreviations that always lead to another word, most of them titles before a name."""

BEFORE_NUMBERS = frozenset("no nos nr art ch sec para p pp jan mar jun jul fig vol ca c".split())
"""Abbreviations before a number; elsewhere some of them are words that may end a sentence."""

SOMETIMES_LAST = frozenset(
    "ala ariz ark calif colo conn fla ill ind kan mass mich minn mont neb nev okla ore tenn tex wis"
    " wyo al approx assn ave bros co corp dept dist div est etc ext inc jr ltd mfg mts univ sr tel"
    " a.m p.m b.c a.d b.c.e c.e ph.d m.d b.a m.a u.s u.k u.n e.u d.c u.s.a u.s.s.r".split()
)
"""Abbreviations that end a sentence only where the next word likes to begin one."""

OPENERS = frozenset(
    "a according after all although among an and another as at because before both but by"
    " despite during each even every few following for from he her here his how however i if"
    " in instead is it its last later many meanwhile more moreover most my nevertheless no not"
    " now of on once one only or other others our over she since so some such that the their"
    " then there these they this those though through thus to today two under unlike until we"
    " what when where whether which while who why with yet you your".split()
)
"""Words that begin sentences far more often than names."""


def split_sentences(text: str) -> tuple[Span, ...]:
    """Find the sentences of a passage.

    Lines that wrap belong together; items of a list, and the lines of a table or poem, are
    sentences of their own.

    Args:
        text: a passage.

    Returns:
        Spans of `text` in order, disjoint, without white space at their ends; together they
        cover all that is not white space.
    """
    sentences = []
    start = 0
    for end in _boundaries(text):
        span = trim(text, Span(start, end))
        if span.length:
            sentences.append(span)
        start = end
    return tuple(sentences)


def _boundaries(text: str) -> Iterator[int]:
    """Yield where sentences end, in order, the end of the text last."""
    breaks = _line_boundaries(text)
    line_end = next(breaks)
    start = 0
    for match in re.finditer(ASCII_STOP if text.isascii() else STOP, text):
        while line_end < match.end():
            yield line_end
            start, line_end = line_end, next(breaks)
        if _ends_sentence(text, start, match):
            yield match.end()
            start = match.end()
    yield line_end
    yield from breaks


def _line_boundaries(text: str) -> Iterator[int]:
    """Yield the ends of the lines that end a sentence whatever they end with."""
    if "\n" not in text:
        yield len(text)
        return
    every_line = _is_line_structured(text)
    heading = -1 if every_line else _heading_end(text)
    for match in re.finditer(LINE_BREAK, text):
        parted = every_line or match["blank"] or match.start() == heading
        if parted or re.compile(ITEM).match(text, match.start() + 1):
            yield match.start()
    yield len(text)


def _heading_end(text: str) -> int:
    """Where a heading ends that stands right above the rest; -1 where there is none.

    It takes less than half of the width that the others have, ends like no sentence, and none
    goes on below it.
    """
    end = text.find("\n")
    heading, rest = text[:end].rstrip(), text[end + 1 :]
    if end < 0 or not heading or heading[-1] in NO_HEADING or rest[:1].islower():
        return -1
    return end if 2 * len(heading) < max(map(len, rest.split("\n"))) else -1


def _is_line_structured(text: str) -> bool:
    """Whether each line stands for itself, as in a table, a list or a poem.

    It does where every line opens with something other than a small letter and some line
    breaks off though the next word would have fitted, which wrapping never does.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 3 or any(line.lstrip()[0].islower() for line in lines[1:]):
        return False
    width = max(map(len, lines))
    following = (line.split(None, 1)[0] for line in lines[1:])
    return any(
        len(line) + 1 + len(word) <= width for line, word in zip(lines, following, strict=False)
    )


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    """Decide on one stop of the sentence that began at `start`."""
    following = text[stop.end() : stop.end() + WORD_LIMIT].lstrip().lstrip(OPENING)
    match = WORD.match(following)
    word = match[0] if match else ""
    if word[:1].islower():
        return False
    if stop[0] != ".":
        return True
    end = stop.start()
    last = _word_start(text, max(start, end - WORD_LIMIT), end)
    if text[last:end].isdigit():
        # A number may open an item of a list. Only here is what stands before looked at: at every
        # full stop that would take quadratic time.
        return bool(text[start:last].strip())
    return _word_ends_sentence(text[last:end], word)


def _word_start(text: str, start: int, end: int) -> int:
    """Where the word that stands before `end` begins, not before `start`."""
    while end > start and not text[end - 1].isspace() and text[end - 1] not in OPENING:
        end -= 1
    return end


def _word_ends_sentence(last: str, following: str) -> bool:
    """Decide on a single full stop by the words on its two sides."""
    word = last.lower()
    if word in BEFORE_NUMBERS and following[:1].isdigit():
        return False
    if word in SOMETIMES_LAST or _is_acronym(word):
        return following.lower() in OPENERS
    if len(word) == 1 and last.isupper():
        return following.lower() in OPENERS
    return word not in NEVER_LAST


def _is_acronym(word: str) -> bool:
    """Whether single letters parted by dots are all there is: `u.s`, `j.r.r`."""
    parts = word.split(".")
    return len(parts) > 1 and all(len(part) == 1 and part.isalpha() for part in parts)
