"""What a question asks to define: the subject of "what is", "what does X mean" and the like.

The rules are those of English.
"""

from __future__ import annotations

from briefqa.analysis.english import ENGLISH
from briefqa.answers.answer_type import IS
from briefqa.conventions import ARTICLES

__all__ = ["MEANINGS", "asked_subject"]

MEANINGS = frozenset("abbreviation acronym definition meaning".split())
OUTCOMES = frozenset("decision outcome result results score verdict".split())
"""What is told, not defined, where an article says that there is one of it."""
LONGEST_SUBJECT = 4
"""Words of the longest subject that "what is" asks to define; a longer one describes something."""


def asked_subject(text: str, words: list[str]) -> str:
    """Return what a question asks to define, case-folded; empty if it asks for something else.

    Args:
        text: the question as asked.
        words: its words, case-folded.
    """
    meaning = _after_define(words) or _before_meaning(words)
    subject = meaning or _after_is(text, words)
    while subject and subject[0] in ARTICLES:
        subject = subject[1:]
    phrase = bool(meaning) and words[-1] == "mean"
    if len(subject) > LONGEST_SUBJECT or not (phrase or ENGLISH.stop_words.isdisjoint(subject)):
        return ""
    return "" if any(word.endswith("'s") for word in subject[:-1]) else " ".join(subject)


def _after_define(words: list[str]) -> list[str]:
    if words[0] in ("define", "explain"):
        return words[1:]
    if words[:2] == ["what", "is"] and words[2:3] in (["a"], ["the"]):
        words = words[3:]
    if words[1:2] in (["of"], ["for"]) and words[0] in MEANINGS:
        return words[2:]
    if words[0] == "what" and words[1:3] in (["counts", "as"], ["qualifies", "as"]):
        return words[3:]
    if words[:2] == ["what", "constitutes"]:
        return words[2:]
    return words[4:] if words[:4] == ["what", "is", "meant", "by"] else []


def _before_meaning(words: list[str]) -> list[str]:
    """Return the subject of `what does X mean` and of `X meaning`."""
    asks = words[0] == "what" and words[1:2] in (["do"], ["does"], ["did"])
    if asks and words[-1] == "mean":
        return words[2:-1]
    if asks and words[-2:] in (["stand", "for"], ["refer", "to"]):
        return words[2:-2]
    if words[:2] == ["what", "is"] and words[-2:] == ["short", "for"]:
        return words[2:-2]
    noun = words[-1] in MEANINGS and words[0] not in ENGLISH.interrogatives
    return words[:-1] if noun else []


def _after_is(text: str, words: list[str]) -> list[str]:
    """Return the subject of `what is X`, and of `who is X` if X is a name."""
    if words[1:2] == [] or words[1] not in IS:
        return []
    if words[0] == "what":
        return [] if words[2:3] == ["the"] and words[-1] in OUTCOMES else words[2:]
    names = text.rstrip(" ?").split()[-len(words[2:]) :] if words[2:] else []
    is_name = bool(names) and all(name[:1].isupper() for name in names)
    return words[2:] if words[0] == "who" and is_name else []
