"""Fields of documents: the date of a page, the sender of a message, and the like.

The front matter of a page and the head of a message say something of the document, not of what it
is about. They answer a question for just that, and no other one.
"""

from __future__ import annotations

import re

from briefqa.conventions import word_set
from briefqa.passages import Part, Passage

__all__ = ["asks_for_field", "is_field"]


FIELDS = word_set(
    "author authors bcc byline categories category cc created date edition from keywords lang"
    " language lastmod modified published reply-to section sent source subject tag tags to updated"
)
"""The names of fields."""
FIELD = r"(?P<name>[A-Za-z][\w-]{0,20}):\s"
ASKING = FIELDS - {"from", "to", "language", "source"} | word_set(
    "copied dated e-mail email emails mail mails message newsletter posted publish receive"
    " received recipient recipients send sender sends tagged writer write writes written wrote"
)
"""Words of questions that ask for a field."""
HEAD = 20
"""Lines of a document below which it has no fields."""
DAY_LIMIT = 40
"""Characters of the longest day alone."""


def asks_for_field(words: frozenset[str]) -> bool:
    """Return whether a question may ask for a field of a document.

    Args:
        words: all words of the question, case-folded.
    """
    return not ASKING.isdisjoint(words)


def is_field(passage: Passage, part: Part, sentence: str) -> bool:
    """Return whether a sentence is only a field of its document, or the day below its title.

    Args:
        passage: the passage that it is in.
        part: the block of the passage that it is in.
        sentence: its text.
    """
    if passage.lines[0] > passage.member_line + HEAD:
        return False
    if part.kind == "line" and (field := re.match(FIELD, sentence)):
        return field["name"].casefold() in FIELDS and _has_fields(passage)
    # A day below a heading may be what that asks for.
    return part.kind in ("line", "paragraph") and not passage.headings and _is_day(sentence)


def _has_fields(passage: Passage) -> bool:
    """Whether all lines of a passage have names, and most of these are names of fields."""
    fields = [re.match(FIELD, part.span.slice(passage.text)) for part in passage.all_parts]
    known = [each for each in fields if each and each["name"].casefold() in FIELDS]
    return all(fields) and 2 * len(known) > len(fields)


def _is_day(sentence: str) -> bool:
    """Whether a text is a day of a year, with its name, and nothing else."""
    if len(sentence) > DAY_LIMIT or not any(map(str.isdigit, sentence)):
        return False
    # Few sentences need it, and loading it takes time.
    from briefqa.answers.date_spans import find_date_spans

    rest = "".join(sentence.split())
    for span in find_date_spans(sentence):
        rest = rest.replace("".join(span.slice(sentence).split()), "", 1)
    return not any(map(str.isalnum, rest))
