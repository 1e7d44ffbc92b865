"""Kinds of question, and what each expects of the sentence that answers it.

The words of a question tell its kind. Each kind expects a form: a reason after "why", several items
after a plural, a definition of the subject after "what is". `QuestionKind` has a test for each of
them that looks at the words of a sentence only; how much a test counts is fitted. The rules are
those of English.
"""

from __future__ import annotations

from functools import lru_cache

from briefqa.answers.answer_type import (
    AUXILIARIES,
    DIVISIONS,
    FINE_TYPES,
    UNITS_OF_TIME,
    answer_type,
    question_words,
)
from briefqa.answers.subject import asked_subject
from briefqa.conventions import ARTICLES, BULLETS, MONTHS, NUMBERS, TENS
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Literal

    from briefqa.answers.answer_type import AnswerType
    from briefqa.answers.passage_sentences import Sentence

    Kind = Literal[
        "gist",  # what documents are about
        "define",  # what something is, or what a word means
        "say",  # what somebody said
        "who",
        "when",
        "where",
        "number",
        "why",
        "section",  # what a numbered part of a document says
        "compare",  # how things differ
        "how",
        "list",
        "yesno",
        "what",  # a what or which of no other kind
        "keyword",  # words that are no question
    ]
    """What a question asks for."""

__all__ = ["QuestionKind", "question_kind"]


KIND_OF_TYPE: dict[AnswerType, Kind] = {
    "person": "who",
    "date": "when",
    "place": "where",
    "quantity": "number",
    "duration": "number",
    "reason": "why",
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GIST_CUES = _words(
    "about gist highlights overview point points subject sum summaries summarise summarize summary"
    " takeaway takeaways theme themes tldr topic topics"
)
GIST_WORDS = (
    GIST_CUES
    | AUXILIARIES
    | ARTICLES
    | _words(
        "all article articles brief briefing content contents document documents file files for"
        " give happening i idea in it key main me meeting memo message news note notes of page"
        " paper piece please quick report reports short so story tell text texts that these this"
        " those up us what which you"
    )
)
"""Words of which a question consists if it asks for the gist of whatever the documents are."""

SPEECH = _words(
    "accuse accused according add added announce announced argue argued ask asked believe believed"
    " believes call called claim claimed claims complain criticise criticize declare declared"
    " describe described explain explained insist insisted mention mentioned note noted predict"
    " promise promised recommend remark say said says state stated suggest suggested tell think"
    " thinks thought told urge urged urges warn warned write wrote"
)
REASONS = _words(
    "aim aimed aims because cause caused causes causing concern concerned concerns due intended"
    " lead leads led owing purpose reason reasons result resulted resulting since so therefore thus"
)
MEANS = _words("through using via")
DIFFERENCES = _words("compare compared differ difference differences different versus vs")
INTERROGATIVES = _words("how what which")
ORDERS = _words(
    "activate add build change check configure connect convert copy create delete disable display"
    " edit enable exclude export extract filter find format generate get hide ignore import install"
    " keep limit load make merge move open prevent print read remove rename replace reset restart"
    " restore run save search send set setup share show skip sort split start stop switch test turn"
    " uninstall update upgrade upload use write"
)
"""Verbs that, at the start of words that are no question, ask how to do something."""
TIMES = _words(" ".join(MONTHS).casefold() + " spring summer autumn winter")
"""Words for when something is open."""
OFFICES = _words(
    "administrator ambassador captain ceo chair chairman chairwoman chancellor chief coach"
    " commissioner dean director executive founder governor head leader manager mayor minister"
    " owner premier president principal secretary superintendent"
)
MONEY = _words("$ £ ¥ € cents dollar dollars euro euros pence pounds")
SHARE = _words("% percent percentage")
DEGREES = _words("° degree degrees celsius fahrenheit")
LENGTHS = _words(
    "centimeters centimetres cm feet foot ft inch inches kilometers kilometres km light-years"
    " meter meters metre metres mile miles mm yard yards"
)
WEIGHTS = _words("g gram grams kg kilograms kilos lb lbs ounces oz pound pounds ton tonnes tons")
SPEEDS = _words("km/h kph mph per")
UNITS = (
    (
        _words("charge cost costs dollars fee funding money paid pay price spend spent worth"),
        MONEY,
    ),
    (_words("percent percentage proportion rate share"), SHARE),
    (_words("cold hot temperature warm"), DEGREES),
    (_words("big close deep distance far height high length tall thick wide width"), LENGTHS),
    (_words("heavy weigh weighed weighs weight"), WEIGHTS),
    (_words("fast quickly speed"), SPEEDS),
)
"""What asks for a number, with the units and signs that such a number has."""
COUNTS = frozenset(NUMBERS[1:])
NUMBER_WORDS = COUNTS.union(
    TENS, _words("billion dozen half hundred hundreds million several thousand thousands")
)
NUMBER_WITHIN = 3
"""Words before a unit among which its number is."""
ITEM = tuple(f"{bullet} " for bullet in BULLETS)
SINGULAR_ENDINGS = ("is", "ss", "us")
VERBS = _words("comes counts follows goes happens makes matters remains")
"""Words in -s that are verbs after what."""
AFTER_VERB = ARTICLES | _words("if it this when")  # As in what happens if.
NOUNS_AFTER_WHICH = 3
"""Words after "which" among which the noun is that it asks for."""


class QuestionKind(Record):
    """The kind of a question, and the form of its answer.

    Attributes:
        kind: what it asks for.
        expects: the type of name or number that answers it; None if no rule applies.
        form: what it asks for, also within a numbered part; None if its kind says that.
        subject: what it asks to define, case-folded; empty for other kinds.
        division: the ways to write the number of the part, or of versions, that it asks for.
        is_plural: whether it asks for several things.
        is_office: whether it asks who holds an office.
        units: the units and signs of the number that it asks for.
    """

    kind: Kind
    expects: AnswerType | None
    form: Kind | None = None
    subject: str = ""
    division: frozenset[str] = frozenset()
    is_plural: bool = False
    is_office: bool = False
    units: frozenset[str] = frozenset()

    def has_unit(self, sentence: Sentence) -> bool:
        """Return whether a sentence has the unit that the question asks for, after a number."""
        if not self.units:
            return False
        words = sentence.words
        places = (place for place, word in enumerate(words) if word in self.units)
        return any(
            any(map(_is_number, words[max(0, place - NUMBER_WITHIN) : place])) for place in places
        ) or any(sign in sentence.text for sign in self.units if not sign[0].isalpha())

    def has_items(self, sentence: Sentence) -> bool:
        """Return whether several things are asked for, and a sentence lists several."""
        if not self.is_plural:
            return False
        text = sentence.text
        enumerates = text.count(",") + text.count(";") > 1 and (
            "and" in sentence.words or "or" in sentence.words
        )
        return enumerates or text.startswith(ITEM) or (text.endswith(":") and sentence.leads_on)

    def has_reason(self, sentence: Sentence) -> bool:
        """Return whether a reason is asked for, and a sentence gives one."""
        return self.form == "why" and not REASONS.isdisjoint(sentence.words)

    def has_manner(self, sentence: Sentence) -> bool:
        """Return whether a manner is asked for, and a sentence says by what or is a step."""
        if self.form != "how":
            return False
        words = sentence.words
        if not MEANS.isdisjoint(words) or sentence.text.startswith(ITEM):
            return True
        after = zip(words, words[1:], (*words[2:], ""), strict=False)
        return sentence.text[:1].isdigit() or any(
            first == "by" and (second.endswith("ing") or third.endswith("ing"))
            for first, second, third in after
        )

    def definition(self, sentence: Sentence) -> float:
        """Return how surely a sentence defines the subject, 0 to 1."""
        if not self.subject:
            return 0.0
        # Few questions need it, and loading it takes time.
        from briefqa.answers.definitions import definition_strength

        return definition_strength(self.subject, sentence.text)


@lru_cache(256)
def question_kind(text: str) -> QuestionKind:
    """Recognise the kind of a question.

    Args:
        text: the question as asked.
    """
    words = question_words(text)
    if not words:
        return QuestionKind("keyword", None)
    if GIST_WORDS.issuperset(words) and not GIST_CUES.isdisjoint(words):
        return QuestionKind("gist", None)
    division = _division(words)
    expects = answer_type(text)
    subject = "" if expects in FINE_TYPES else asked_subject(text, words)
    if subject and not division:
        return QuestionKind("define", None, subject=subject)
    kind = _kind(words, expects)
    return QuestionKind(
        "section" if division else kind,
        expects,
        kind,
        division=division or _dotted_numbers(words),
        is_plural=kind != "why" and _is_plural(words),
        is_office=kind == "who" and not OFFICES.isdisjoint(words),
        units=_units(words) if kind == "number" else frozenset(),
    )


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in NUMBER_WORDS


def _division(words: list[str]) -> frozenset[str]:
    if DIVISIONS.isdisjoint(words):
        return frozenset()
    # Few questions need it, and loading it takes time.
    from briefqa.answers.divisions import find_division

    return find_division(words)


def _dotted_numbers(words: list[str]) -> frozenset[str]:
    if not any("." in word for word in words):
        return frozenset()
    from briefqa.answers.divisions import find_dotted_numbers

    return find_dotted_numbers(words)


def _units(words: list[str]) -> frozenset[str]:
    """Return the units and signs of the number that a question asks for."""
    asked = (units for asks, units in UNITS if not asks.isdisjoint(words))
    counted = words[words.index("many") + 1 :][:1] if "many" in words else []
    times = (frozenset((word, word[:-1])) for word in counted if word in UNITS_OF_TIME)
    return frozenset[str]().union(*asked, *times)


def _kind(words: list[str], expects: AnswerType | None) -> Kind:
    """Return the kind of a question that asks neither for the gist nor for a definition."""
    if _asks_for_speech(words):
        return "say"
    if expects:
        return KIND_OF_TYPE.get(expects, "what")
    if _compares(words):
        return "compare"
    if _asks_for_manner(words):
        return "how"
    if words[0] in AUXILIARIES:
        return "yesno"
    if _is_plural(words):
        return "list"
    return "keyword" if INTERROGATIVES.isdisjoint(words) else "what"


def _compares(words: list[str]) -> bool:
    """Whether a question compares; with a number, as in more than one, it does not."""
    if not DIFFERENCES.isdisjoint(words):
        return True
    following = words[words.index("than") + 1 :][:1] if "than" in words else []
    return bool(following) and following[0] not in COUNTS and not following[0][0].isdigit()


def _asks_for_manner(words: list[str]) -> bool:
    """Whether a question asks how something is done; how serious it is asks for no manner."""
    if "steps" in words or (words[0] in ORDERS and not _names_state(words)):
        return True
    if "how" not in words:
        return False
    following = words[words.index("how") + 1 :]
    return (
        following[:1] == []
        or following[0] in AUXILIARIES
        or following[1:2] == []
        or (following[1] not in AUXILIARIES)
    )


def _names_state(words: list[str]) -> bool:
    """Whether a verb is none: a share of something, or open at some time."""
    if words[0] == "open":
        return words[1:2] in (["at"], ["on"]) or not TIMES.isdisjoint(words[2:3])
    return words[1:2] == ["of"]


def _asks_for_speech(words: list[str]) -> bool:
    """Whether a question asks what somebody said."""
    if "according" in words:
        return True
    return (
        words[0] == "what"
        and words[1:2] != []
        and (words[1] in AUXILIARIES and not SPEECH.isdisjoint(words[2:]))
    )


def _is_plural(words: list[str]) -> bool:
    """Whether a list is asked for, or a plural follows what, which or whose."""
    if words[0] == "list" or (words[0] == "name" and words[1:2] != ["of"]):
        return True
    if words[1:2] in (["are"], ["were"]):
        return True
    for place, word in enumerate(words):
        if word in ("what", "which", "whose"):
            nouns = words[place + 1 : place + 1 + NOUNS_AFTER_WHICH]
            opens = word == "what" and not VERBS.isdisjoint(nouns[:1])
            is_verb = opens or not AFTER_VERB.isdisjoint(nouns[1:2])
            return not is_verb and any(map(_is_plural_noun, _until_verb(nouns)))
    return False


def _until_verb(words: list[str]) -> list[str]:
    verbs = [place for place, word in enumerate(words) if word in AUXILIARIES]
    return words[: verbs[0]] if verbs else words


def _is_plural_noun(word: str) -> bool:
    return word in NUMBERS[2:] or (word.endswith("s") and not word.endswith(SINGULAR_ENDINGS))
