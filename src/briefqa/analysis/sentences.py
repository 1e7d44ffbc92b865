"""Sentences of a passage, found in linear time.

A full stop ends a sentence unless it follows an abbreviation, an initial or the number of an item,
or precedes a lower-case letter. The rules are those that Grefenstette and Tapanainen ("What is a
word, what is a sentence?", 1994) found to decide nearly every full stop of English news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from briefqa.conventions import BULLETS
from briefqa.spans import Span, trim

__all__ = ["split_sentences"]

PLAIN_STOP = r"(?<![.!?])(?P<stop>[.!?]++[\"')\]]*+)(?!\S)"
"""What may end a sentence of a text in ASCII without brackets."""
ASCII_STOP = r"(?<![.!?])(?P<stop>[.!?]++[\"')\]]*+)(?:\[\^?\w{1,8}\]|\(\d{1,3}\)){0,8}+(?!\S)"
"""The same with the marks of notes behind it, slower to compile."""
STOP = (
    r"(?<![.!?…。！？।])(?P<stop>[.!?…。！？।]++[\"'”’»)\]]*+)"
    r"(?:\[\^?\w{1,8}\]|\(\d{1,3}\)|[⁰¹²³⁴-⁹],?|[*†‡](?!\w)){0,8}+(?!\S)|(?<=[。！？।])"
)
"""The same for any text; no space need follow in scripts without spaces."""

LINE_BREAK = r"\n[^\S\n]*+(?P<blank>\n\s*+)?"
ITEM = rf"[^\S\n]*+(?:[{BULLETS}]|\(?(?:\d{{1,3}}|[A-Za-z])[.)])[^\S\n]++\S"
"""The mark of an item of a list, and the first character of the item."""

OPENING = "([{\"'“‘«"
"""Characters that may precede a word without a space."""
WORD = re.compile(r"\w*")
NO_HEADING = ".!?…。！？।,;-–—(["
"""Characters that a heading never ends with."""
GOES_ON = frozenset(
    "a an and as at because between but by for from her his if in into is its my no not of on or"
    " our that the their to was were when which while who whose with your".split()
)
"""Words that never end a line of a list."""
SHORT_LINE = 30
"""Characters of lines that are too short to be wrapped text."""
FEW_WORDS = 3
"""Words of a line that is surely no wrapped text, if all lines have as few."""
WORD_LIMIT = 24
"""Characters before and after a full stop that are examined: no abbreviation is longer."""

NEVER_LAST = frozenset(
    "adm brig capt cf cmdr col cpl dr e.g eq fig figs gen gov hon i.e lt maj messrs mgr mm mr"
    " mrs ms mt mx pp pres prof rep reps rev rt secy sen sens sgt st ste supt treas viz vol vs"
    " feb apr aug"
    " sept oct nov dec".split()
)
"""Abbreviations that never end a sentence, most of them titles before a name.

This and the next two tables are those of the United States Government Publishing Office Style
Manual (2016), chapter 9, and what documents of other kinds use beside them.
"""

BEFORE_NUMBERS = frozenset(
    "no nos nr art ch sec para p pp jan mar jun jul fig vol ca c v ver ext tel apt rm".split()
)
"""Abbreviations if a number follows; elsewhere some of them are words that may end a sentence."""

SOMETIMES_LAST = frozenset(
    "ala ariz ark calif colo conn fla ill ind kan mass mich minn mont neb nev okla ore tenn tex wis"
    " wyo al approx assn ave bros co corp dept dist div est etc ext inc jr ltd mfg mts univ sr tel"
    " a.m p.m b.c a.d b.c.e c.e ph.d m.d b.a m.a u.s u.k u.n e.u d.c u.s.a u.s.s.r".split()
)
"""Abbreviations that end a sentence only if the next word is one of `OPENERS`."""

OPENERS = frozenset(
    "a according after all although among an and another as at because before both but by"
    " despite during each even every few following for from he her here his how however i if"
    " in instead is it its last later many meanwhile more moreover most my nevertheless no not"
    " now of on once one only or other others our over she since so some such that the their"
    " then there these they this those though through thus to today two under unlike until we"
    " what when where whether which while who why with yet you your".split()
)
"""Words that start sentences far more often than names."""


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a passage.

    Wrapped lines are joined; items of a list, and the lines of a table or poem, are sentences of
    their own.

    Args:
        text: a passage.

    Returns:
        Spans of `text` in order, disjoint, without white space at their ends; together they
        cover everything except white space.
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
    """Yield the ends of sentences in order; the last is the end of the text."""
    breaks = _line_boundaries(text)
    line_end = next(breaks)
    start = 0
    for match in re.finditer(_stop_pattern(text), text):
        while line_end < match.end():
            yield line_end
            start, line_end = line_end, next(breaks)
        if _ends_sentence(text, start, match):
            yield match.end()
            start = match.end()
    yield line_end
    yield from breaks


def _stop_pattern(text: str) -> str:
    """Return the pattern that is compiled fastest of those that find all stops of a text."""
    if not text.isascii():
        return STOP
    return ASCII_STOP if "[" in text or "(" in text else PLAIN_STOP


def _line_boundaries(text: str) -> Iterator[int]:
    """Yield the ends of the lines that end a sentence even without a full stop."""
    if "\n" not in text:
        yield len(text)
        return
    every_line = _is_line_structured(text)
    heading = -1 if every_line else _heading_end(text)
    for match in re.finditer(LINE_BREAK, text):
        separate = every_line or match["blank"] or match.start() == heading
        if separate or re.compile(ITEM).match(text, match.start() + 1):
            yield match.start()
    yield len(text)


def _heading_end(text: str) -> int:
    """Return the end of a heading on the first line; -1 if there is none.

    A heading is less than half as long as the longest other line, does not end as a sentence does,
    and the next line does not continue it.
    """
    end = text.find("\n")
    heading, rest = text[:end].rstrip(), text[end + 1 :]
    if end < 0 or not heading or heading[-1] in NO_HEADING or rest[:1].islower():
        return -1
    return end if 2 * len(heading) < max(map(len, rest.split("\n"))) else -1


def _is_line_structured(text: str) -> bool:
    """Whether lines are not wrapped text, as in a table, a list or a poem.

    They are not if no line continues the one before, and either the first word of some line would
    have fitted on the line before, or all lines are short and end without a full stop.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    stopped = any(line[-1] in ".!?;" for line in lines[:-1])
    if len(lines) > 2 and not stopped and all(len(line.split()) <= FEW_WORDS for line in lines):
        return True
    pairs = list(pairwise(lines))
    if not pairs or any(_continues(line, following) for line, following in pairs):
        return False
    width = max(map(len, lines))
    fits = any(len(line) + 1 + len(next_.split(None, 1)[0]) <= width for line, next_ in pairs)
    return fits or (width <= SHORT_LINE and not stopped)


def _continues(line: str, following: str) -> bool:
    """Whether a line is surely wrapped: the next starts with a small letter, or it leads on."""
    if following[0].islower() or line[-1] in ",-–—&":
        return True
    return line[-WORD_LIMIT:].split()[-1].lower() in GOES_ON


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a stop ends the sentence that starts at `start`."""
    following = text[stop.end() : stop.end() + WORD_LIMIT].lstrip().lstrip(OPENING)
    match = WORD.match(following)
    word = match[0] if match else ""
    if word[:1].islower() or following[:1] == "&":
        return False
    if stop["stop"] != ".":
        return True
    end = stop.start()
    last = _word_start(text, max(start, end - WORD_LIMIT), end)
    number = text[last:end].isdigit()
    if number or (end - last == 1 and last - start < WORD_LIMIT):
        # It may open an item of a list. The text before is examined only in this case: for every
        # full stop, or every initial, that would take quadratic time.
        opens = not text[start:last].strip()
        if number or opens:
            return not opens
    code = following.split(None, 1)[0] if following.strip() else ""
    return _word_ends_sentence(text[last:end], word, numbered=any(map(str.isdigit, code)))


def _word_start(text: str, start: int, end: int) -> int:
    """Return where the word before `end` starts, but not less than `start`."""
    while end > start and not text[end - 1].isspace() and text[end - 1] not in OPENING:
        end -= 1
    return end


def _word_ends_sentence(last: str, following: str, *, numbered: bool) -> bool:
    """Whether a single full stop ends a sentence, by the words before and after it.

    Args:
        last: the word before.
        following: the word after.
        numbered: whether a digit is in what stands after, as in `KP-17`.
    """
    word = last.lower()
    if word in BEFORE_NUMBERS and numbered:
        return False
    if word in SOMETIMES_LAST or _is_acronym(word):
        return following.lower() in OPENERS
    if len(word) == 1 and last.isupper():
        return following.lower() in OPENERS
    return word not in NEVER_LAST


def _is_acronym(word: str) -> bool:
    """Whether a word consists of single letters separated by dots: `u.s`, `j.r.r`."""
    parts = word.split(".")
    return len(parts) > 1 and all(len(part) == 1 and part.isalpha() for part in parts)
