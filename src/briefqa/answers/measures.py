"""Whether a sentence has the form of number that a question asks for.

"How big" and "how much" ask for a number with a unit or of something, which the year in "a big hall
of 1902" is not; "how often" asks for a frequency. Other questions for a number ask for no form that
is recognised surely. The rules are those of English.
"""

from __future__ import annotations

import re

from briefqa.analysis.english import ENGLISH
from briefqa.answers.answer_type import find_expected, question_words
from briefqa.answers.quantities import meant_quantities
from briefqa.answers.question import Question
from briefqa.conventions import word_set
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer

__all__ = ["lacks_measure"]


OFTEN = word_set("frequently often")
WARMTH = word_set("cold hot warm")
SIZES = WARMTH | word_set(
    "big bright deep expensive far fast heavy high large loud much small steep tall thick thin wide"
)
"""Words after how that ask for a number with a measure."""
FREQUENCY = (
    r"(?i)\b(?:every|each|per|once|twice|times|always|never|rarely|seldom|usually|intervals?"
    r"|continuously|weekdays|weekends|whenever|\w{3,6}days|an?\s(?:hour|day|night|week|month|year)"
    r"|\w*(?:hourly|daily|nightly|weekly|monthly|quarterly|yearly|annual(?:ly)?))\b"
)
DEGREE = r"\s?(?:°|degrees?\b|celsius\b|fahrenheit\b)"
MEASURE = r"[-\s]?(?:[%°\u00d7/\"'\u2032\u2033]|(?P<word>[^\W\d_]+))"
"""A sign, or a unit or what is counted, right after a number."""
NO_MEASURE = ENGLISH.stop_words.difference(("a", "an", "by", "each", "per")) | word_set(
    "am nd o pm rd st th"
)
"""Words after a number that are neither."""
VAGUE = word_set("one several third")
"""Words for numbers that mostly do not measure, as in one of them."""
NAMING = (":", "=")
"""Signs between a name, as Capacity, and its number."""


def lacks_measure(question: Question, sentence: str, analyzer: Analyzer) -> bool:
    """Return whether a question asks for a measure or a frequency, and a sentence has none.

    Args:
        question: the question.
        sentence: the sentence, with those that are shown with it.
        analyzer: of the sentence.
    """
    words = question_words(question.text)
    asked = "".join(words[words.index("how") + 1 :][:1]) if "how" in words else ""
    if asked in OFTEN:
        return re.search(FREQUENCY, sentence) is None
    if asked not in SIZES:
        return False
    found = find_expected("quantity", sentence, frozenset(question.written))
    meant = meant_quantities(found, sentence, question, analyzer)
    return not any(_measures(sentence, span, is_warmth=asked in WARMTH) for span in meant)


def _measures(sentence: str, number: Span, *, is_warmth: bool) -> bool:
    """Whether a number has a unit, counts something, or follows the name of what it is."""
    written, after = number.slice(sentence), sentence[number.end :]
    if re.match(DEGREE, after, re.IGNORECASE):
        return is_warmth
    if not written[0].isalnum() or not written[-1].isalnum() or written.endswith("cent"):
        return True
    if sentence[: number.start].rstrip().endswith(NAMING):
        return True
    match = re.match(MEASURE, after)
    if match is None or written.casefold() in VAGUE:
        return False
    return not match["word"] or match["word"].casefold() not in NO_MEASURE
