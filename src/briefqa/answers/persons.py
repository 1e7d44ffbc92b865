"""Persons: which names of a sentence may answer "who".

"Who stole the portrait?" asks for neither the title of the portrait nor the museum that it hung in,
and "Who leads Altona?" not for Altona Motors. The rules are those of English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from briefqa.answers.answer_type import AUXILIARIES, IS, clause, preferred, question_words
from briefqa.answers.descriptions import is_role
from briefqa.answers.kinds import OFFICES, SPEECH
from briefqa.answers.name_spans import CAPITAL
from briefqa.answers.question import Question
from briefqa.answers.repeats import MARKS
from briefqa.conventions import ARTICLES, NUMBERS, word_set
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer

__all__ = ["likely_persons", "meant_persons"]


CACHED_QUESTIONS = 256
OPENS_TITLE = r"[\"“„«](?:(?:The|A|An)\s)?$"
ENDS_TITLE = r"[.,!?]?[\"”“»]"
"""What stands around a title, such as that of a painting."""
DATELINE = rf"(?:[A-Z]{{3,}}[^\n]{{0,60}}?|{CAPITAL}\w+)\s[-–—]\s"
"""What stands before a report: its place, day and agency."""
THINGS = word_set(
    "album bar boat bridge café city club county district drama ferry film hotel hurricane island"
    " lake movie musical novel opera painting picture play poem port province region restaurant"
    " river sculpture series ship song storm street tavern town vessel village yacht"
)
"""What has a name after it that is no person's."""
INSIDE = word_set("across around at in inside into near off outside through")
"""Words before a name that is the place of something."""
PARTS = INSIDE | word_set("from of over")
"""Words before an article and a name, together with which they are no person."""
REPORTS = r"\s(?:has\s|have\s)?(?:learn(?:ed|t)|reports?|reported|understands|writes|wrote)\b"
"""What follows the name of a paper that tells the news."""
SITES = rf"\b(?:Avenue|Bridge|Island|Islands|Lane|Road|Square|Street|Valley|{CAPITAL}\w*\sCounty)$"
"""Names of places, after "on"."""
NATIONS = r"^(?:\w+(?:ese|ish|[ei]an)|Czech|Dutch|French|German|Greek|Swiss|Thai|Turk)$"
"""Nationalities, which are no answer to "who" where there are others."""
NAMESAKES = word_set(
    "brother built child children created daughter designed established family father founded"
    " founder husband invented inventor mother named sister son started wife"
)
"""Words of questions whose answer may share a name with what they ask about."""
BORROWED = AUXILIARIES - word_set("did do does")
"""Verbs before the main verb of a question whose subject is asked for."""
PAST_ENDINGS = ("ed", "ing")


def meant_persons(
    found: list[Span], sentence: str, question: Question, analyzer: Analyzer
) -> list[Span]:
    """Leave out the names that are no answer to "who".

    Args:
        found: names of a sentence.
        sentence: the sentence.
        question: the question that was searched for.
        analyzer: of the sentence.
    """
    subject = _subject(question, analyzer)
    verbs = _verbs(sentence, _verb(question.text), analyzer)
    return [
        span
        for span in found
        if not _is_thing(sentence, span, question)
        and not _is_object(sentence, span, verbs)
        and subject.isdisjoint(_name_proper(span.slice(sentence)))
    ]


def likely_persons(found: list[Span], sentence: str) -> list[Span]:
    """Return the names that are no nationalities and do not follow "of"; all if none is left.

    Args:
        found: names of a sentence.
        sentence: the sentence.
    """
    found = preferred(found, lambda span: not re.search(NATIONS, span.slice(sentence)))
    return preferred(found, lambda span: _words(sentence[: span.start])[-1:] != ["of"])


def _words(text: str) -> list[str]:
    return [
        word.strip(MARKS).removesuffix("'s").removesuffix("’s") for word in text.casefold().split()
    ]


def _name_proper(name: str) -> list[str]:
    """Return the words of a name without the place that a person is of: Ann Lee of Lund."""
    person, _, _ = name.partition(" of ")
    return _words(person if " " in person else name)


@lru_cache(CACHED_QUESTIONS)
def _subject(question: Question, analyzer: Analyzer) -> frozenset[str]:
    """Return the names that the question asks about; no common words, and no offices."""
    if not NAMESAKES.isdisjoint(question.written):
        return frozenset()
    lexicon, names = analyzer.language.lexicon, question.names
    return frozenset(
        word.written.removesuffix("'s").removesuffix("’s")
        for place, word in enumerate(question.telling)
        if not is_role(word.written) and (place in names or word.terms[0] not in lexicon)
    )


def _is_thing(sentence: str, name: Span, question: Question) -> bool:
    """Whether a name is a title, a place, that of a thing, or no name at all."""
    before, dateline = sentence[: name.start], re.match(DATELINE, sentence)
    if (dateline and name.start < dateline.end()) or name.slice(sentence).casefold() in NUMBERS:
        return True
    *others, last = _words(name.slice(sentence))
    if others and last in question.written and last in question.text:
        return not is_role(last)
    if re.search(OPENS_TITLE, before):
        return re.compile(ENDS_TITLE).match(sentence, name.end) is not None
    *_, two, one = ["", "", *_words(before)]
    stranded = PARTS.intersection(question_words(question.text)[-1:])
    if not stranded.isdisjoint((one, two)) or before.rstrip()[-1:] in MARKS:
        return False
    if one == "on":
        return re.search(SITES, name.slice(sentence)) is not None
    if one == "of":
        return two in THINGS or two in OFFICES
    if one == "the":
        return two in PARTS or re.compile(REPORTS).match(sentence, name.end) is not None
    return one in INSIDE or one in THINGS


@lru_cache(CACHED_QUESTIONS)
def _verb(question: str) -> str:
    """Return the verb whose subject a question asks for; empty for other questions."""
    words = question_words(question)
    after = [word for word in words[1:] if word not in BORROWED]
    if words[:1] != ["who"] or not after:
        return ""
    verb = after[0]
    is_main = len(after) == len(words) - 1 or verb.endswith("ing") or words[1] not in IS
    return verb if is_main and verb not in AUXILIARIES | ARTICLES | SPEECH else ""


def _verbs(sentence: str, verb: str, analyzer: Analyzer) -> list[Span]:
    """Return where a sentence has a verb, in the same form or in the past."""
    if not verb:
        return []
    terms, irregular = analyzer.terms(verb), analyzer.language.irregular
    found = (
        Span(start, end) for term, start, end in analyzer.placed_terms(sentence) if term in terms
    )

    def is_verb(written: str) -> bool:
        return written == verb or written.endswith(PAST_ENDINGS) or written in irregular

    return [span for span in found if is_verb(span.slice(sentence))]


def _is_object(sentence: str, name: Span, verbs: Sequence[Span]) -> bool:
    """Whether a name follows the verb in its clause, and is no agent of a passive."""
    within = clause(sentence, name)
    for verb in verbs:
        if within.start <= verb.start and verb.end <= name.start:
            between = frozenset(_words(sentence[verb.end : name.start]))
            return between.isdisjoint(IS | {"by"})
    return False
