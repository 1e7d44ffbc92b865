"""Descriptions: what a sentence says that a person is.

"Who is Ann Lee?" asks for no other name, but for the apposition of hers, its predicate, or the
office before it. The rules are those of English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefqa.analysis.english import ENGLISH, english_analyzer
from briefqa.answers.answer_type import AUXILIARIES, question_words
from briefqa.answers.kinds import OFFICES
from briefqa.conventions import ARTICLES, word_set
from briefqa.spans import Span

__all__ = ["asked_person", "description", "is_role"]

LONGEST_NAME = 4
"""Words of the longest name of a person."""
FIRST_NAMES = 2
"""Words of a name before those that are asked for."""


ROLES = OFFICES | word_set(
    "aide archbishop artist author bishop boss caretaker chairperson colonel constable cook"
    " customer detective doctor driver editor engineer guard judge king landlord lawyer nurse pilot"
    " poet priest prince princess queen sergeant singer speaker spokesperson teacher thief widow"
    " winner"
)
"""What somebody is, beside what the endings tell."""
ROLE_ENDING = r"[a-z]{2,}(?:ist|er|or|ian|man|woman|ant)"
NO_ROLES = word_set(
    "assist another consider earlier either enter exist floor however insist later letter list"
    " neither never number offer order rather remember resist together weather whether winter"
)
"""Words with such an ending that say of nobody what he is."""
DEED = r"[a-z]+(?:ing|ed)"
MODIFIERS = word_set(
    "acting assistant chief club defence defense deputy district environment executive finance"
    " foreign former general head health interior lead police prime senior senate state team vice"
    " world"
)
"""Words before what somebody is, that belong to it."""
WORDS = r"[\w’'-]+"
DETERMINER = r"(?i:a|an|the|one of|his|her|its|their|our|my|former|formerly|now|until|acting)"
NOUNS = r"[^,;:()—–]+?"
END = r"(?=\.?$|[,;(]|\.?[\"”]|\s[—–-]\s)"
BEARS = rf"(?:,\s\d{{1,3}})?,\s(?:who\sis\s)?(?P<said>{NOUNS}){END}"
DOES = rf",\swho\s(?P<said>(?!is\b|was\b|has\b|does\b)[a-z]+s\s{NOUNS}){END}"
IS = rf"\s(?:is|was)\s(?:also\s)?(?P<said>{NOUNS}){END}"
BEFORE = rf"(?:^|[\s\"“(])(?P<said>{DETERMINER}\s{NOUNS})(?:,\s|\s(?:is|was)\s(?:now\s)?)$"
SOURCE = r"(?i:according to|for|like|unlike|with)\s$"
"""Words before a name, after which a comma opens no apposition."""


def asked_person(question: str) -> tuple[str, ...]:
    """Return the name of the person of whom a question asks who that is, case-folded.

    Args:
        question: as asked; a name of several words may have no capitals if the question has none.

    Returns:
        The words of the name; none for other questions.
    """
    words = question_words(question)
    name = words[2:]
    if words[:1] != ["who"] or words[1:2] not in (["is"], ["was"]):
        return ()
    others = ARTICLES | AUXILIARIES | ENGLISH.stop_words
    if not 0 < len(name) <= LONGEST_NAME or not others.isdisjoint(name):
        return ()
    written = question.rstrip(" ?!.").split()[-len(name) :]
    if all(word[:1].isupper() for word in written):
        return () if OFFICES.issuperset(name) else tuple(name)
    lower = len(name) > 1 and question[1:].islower() and OFFICES.isdisjoint(name)
    return tuple(name) if lower and not any(map(_is_common, name)) else ()


def _is_common(word: str) -> bool:
    """Whether a word is the common name of a deed or of what somebody is."""
    if word in ROLES or not re.fullmatch(DEED, word):
        return word in ROLES
    return any(term in ENGLISH.lexicon for term in english_analyzer().terms(word))


def description(sentence: str, name: Sequence[str]) -> Span | None:
    """Return the span that says what a person is; None if the sentence does not say it.

    Args:
        sentence: a sentence.
        name: the words of the person's name, case-folded.
    """
    places = list(_places(sentence, name))
    for describe in (_after, _before, _role):
        for place in places:
            if said := describe(sentence, place):
                return said
    pronoun = re.match(r"(?:He|She)\b", sentence)
    return _after(sentence, Span(*pronoun.span())) if pronoun and not places else None


def _places(sentence: str, name: Sequence[str]) -> Iterator[Span]:
    """Yield where a sentence has a name, written with a capital."""
    written = r"\s+".join(map(re.escape, name))
    for match in re.finditer(rf"(?i)\b{written}\b", sentence):
        if match[0][:1].isupper():
            yield Span(*match.span())


def _after(sentence: str, name: Span) -> Span | None:
    """Return the apposition or the predicate that follows a name."""
    for pattern in (BEARS, DOES, IS):
        match = re.compile(pattern).match(sentence, name.end)
        if match and (pattern == DOES or _is_noun(match["said"])):
            closed = sentence.startswith(",", match.end())
            if pattern == IS or closed or not re.search(SOURCE, sentence[: name.start]):
                return Span(*match.span("said"))
    return None


def _is_noun(said: str) -> bool:
    """Whether words say what somebody is, and are no clause."""
    words = [word.casefold() for word in re.findall(WORDS, said)]
    if not (AUXILIARIES - {"may", "will"}).isdisjoint(words):
        return False
    return re.match(rf"{DETERMINER}\s", said) is not None or any(map(is_role, words[:3]))


def is_role(word: str) -> bool:
    """Return whether a word, case-folded, says what somebody is, such as an office."""
    if word in ROLES:
        return True
    ends = re.fullmatch(ROLE_ENDING, word) is not None
    return ends and word not in NO_ROLES and word not in ENGLISH.stop_words


def _before(sentence: str, name: Span) -> Span | None:
    """Return the noun that a name is the apposition or the predicate of."""
    start = _with_first_names(sentence, name)
    match = re.search(BEFORE, sentence[:start])
    if not match or not _is_noun(match["said"]):
        return None
    is_apposition = sentence[: match.end()].endswith(", ")
    follows = sentence[name.end : name.end + 1]
    return Span(*match.span("said")) if not is_apposition or follows in ",.;" else None


def _with_first_names(sentence: str, name: Span) -> int:
    """Return where a name starts, with the first names before it."""
    start = name.start
    for word in list(re.finditer(WORDS, sentence[:start]))[: -FIRST_NAMES - 1 : -1]:
        gap = sentence[word.end() : start]
        if not gap.isspace() or not word[0][0].isupper() or is_role(word[0].casefold()):
            break
        start = word.start()
    return start


def _role(sentence: str, name: Span) -> Span | None:
    """Return the office or the occupation right before a name."""
    end = _with_first_names(sentence, name)
    start = end
    for word in reversed(list(re.finditer(WORDS, sentence[:end]))):
        written = word[0].casefold()
        belongs = written in MODIFIERS or (start == end and is_role(written))
        if not belongs or not sentence[word.end() : start].isspace():
            break
        start = word.start()
    said = sentence[start:end].rstrip()
    is_told = bool(said) and any(map(is_role, said.casefold().split()))
    return Span(start, start + len(said)) if is_told else None
