"""Questions to start with, which are generated from sentences of the documents.

A statement in English whose subject and auxiliary verb can be recognised is turned into a question.
The question is offered only if its answer is the sentence that it was generated from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from briefqa.analysis.sentences import split_sentences
from briefqa.answers import Answer
from briefqa.documents import Document
from briefqa.passage_splitter import split_passages
from briefqa.passages import Passage
from briefqa.records import Record
from briefqa.spans import Span

__all__ = ["StarterQuestion", "find_starters"]

SENTENCE_LIMIT = 400
"""The number of sentences that are tried: the first documents yield enough questions."""
LENGTH_LIMIT = 100
"""Characters; a longer question cannot be read at a glance."""

SUBJECT = (
    r"(?P<subject>(?:(?:The|A|An|Each|Every|This|These|Those|All|Most|Many|Some) )?"
    r"[\w.'’-]+(?: (?!(?:that|which|who|whose|because)\b)[\w.'’-]+){0,9}?)"
)
MODAL = re.compile(
    SUBJECT + r" (?P<verb>will|must|should|can|may|could|would) (?:also )?"
    r"(?P<rest>(?!not\b|be\b).+)"
)
COPULA = re.compile(SUBJECT + r" (?P<verb>is|are|was|were) (?:also )?(?P<rest>(?!not\b).+)")
INTRODUCTION = re.compile(r"^(?:\w[\w ’'.-]*, )(?=[A-Z])|^(?:However|Also|Then|Later), ")
"""The words before the subject, such as "In 2019, "."""
OBJECT = re.compile(r"(?P<action>\w+) (?:the|a|an|its|their|his|her|all|two|three|that)\b")
DEFINITION = re.compile(r"(?:a|an|the|one of) ")
DATE = re.compile(
    r" (?:on|in|at|by|since) (?=(?:(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b|(?:1[5-9]|20)\d\d\b))"
)
PLACE = re.compile(r" (?:in|at) (?=(?:the )?[A-Z])")
CLAUSE = re.compile(r"[,;:(—–]| (?:and|but|which|who|that|because|while|to|as|where|when)\b ")
OPENERS = frozenset(
    (
        "if but and or so because when while although though since as unless until after before"
        " for yet nor instead otherwise also then once whether however with without from under"
        " during by"
    ).split()
)
"""Words that open a clause which depends on another, or a phrase before the subject."""
VAGUE = re.compile(r"\b(?:an?|the) (?:\w+ )?\w+$")
"""An object at the end, of which the place after it would be a part: "visit an area in Iowa"."""
PRONOUNS = frozenset("he she it they this that these those we i you there here who what".split())
"""Words that refer to something else, so that a question with them cannot be understood alone."""
DETERMINERS = frozenset("The A An Each Every This These Those All Most Many Some Its Their".split())
"""Words that lose their capital when they no longer start the sentence."""


class StarterQuestion(Record):
    """A question and the sentence that it was generated from.

    Attributes:
        question: the question.
        passage: the passage of the sentence.
        sentence: the sentence: characters of the passage's text.
    """

    question: str
    passage: Passage
    sentence: Span


def find_starters(
    documents: Iterable[Document], ask: Callable[[str], Answer], count: int = 3
) -> Iterator[StarterQuestion]:
    """Yield questions whose answers are the sentences that they were generated from.

    Questions with different first words come first. Each is from another passage.

    Args:
        documents: the documents to generate questions from.
        ask: answers a question from the same documents.
        count: the largest number of questions.
    """
    seen: set[tuple[str, Span]] = set()
    kinds: set[str] = set()
    later: list[StarterQuestion] = []
    for starter in _candidates(documents):
        place = (starter.passage.path, starter.passage.span)
        if len(kinds) == count:
            break
        kind = starter.question.split(" ", 1)[0]
        if place in seen or not _is_answered(starter, ask(starter.question)):
            continue
        if kind in kinds:
            later.append(starter)
            continue
        seen.add(place)
        kinds.add(kind)
        yield starter
    spare = (each for each in later if (each.passage.path, each.passage.span) not in seen)
    yield from islice(spare, count - len(kinds))


def _candidates(documents: Iterable[Document]) -> Iterator[StarterQuestion]:
    """Yield the questions of the first sentences of the documents, in order."""
    places = (
        (passage, sentence)
        for document in documents
        for passage in split_passages(document)
        for sentence in split_sentences(passage.text)
    )
    for passage, sentence in islice(places, SENTENCE_LIMIT):
        text = " ".join(sentence.slice(passage.text).split())
        question = _question(text) if text.endswith(".") else None
        if question and len(question) <= LENGTH_LIMIT:
            yield StarterQuestion(question, passage, sentence)


def _is_answered(starter: StarterQuestion, answer: Answer) -> bool:
    """Return whether an answer is the sentence that the question was generated from."""
    best = answer.excerpts[0] if answer.excerpts else None
    return (
        best is not None
        and best.sentence == starter.sentence
        and (best.passage.path, best.passage.span) == (starter.passage.path, starter.passage.span)
    )


def _question(sentence: str) -> str | None:
    """Turn a statement into a question; return None if its grammar is not recognised."""
    statement = INTRODUCTION.sub("", sentence)
    for pattern in (MODAL, COPULA):
        match = pattern.match(statement)
        if match and _is_self_contained(match["subject"]):
            return _invert(match)
    return None


def _is_self_contained(subject: str) -> bool:
    """Return whether a subject can be understood without the sentences before it."""
    words = subject.split()
    has_name = any(word[0].isupper() for word in words[1:]) or words[0] in DETERMINERS
    return (
        words[0].lower() not in OPENERS
        and PRONOUNS.isdisjoint(subject.lower().split())
        and (has_name or words[0][0].isupper())
    )


def _invert(match: re.Match[str]) -> str | None:
    """Put the verb before the subject, and a question word before the verb."""
    first, _, others = match["subject"].partition(" ")
    subject = f"{first.lower() if first in DETERMINERS else first} {others}".strip()
    verb, rest = match["verb"], match["rest"].rstrip(".")
    for word, pattern in (("When", DATE), ("Where", PLACE)):
        place = pattern.search(rest)
        if place and word == "Where" and VAGUE.search(rest[: place.start()]):
            continue
        if place and not CLAUSE.search(rest.replace(" to ", " ", 1)[: place.start()]):
            return f"{word} {verb} {subject} {rest[: place.start()]}?"
    if verb in ("is", "are", "was", "were"):
        return f"What {verb} {subject}?" if DEFINITION.match(rest) else None
    object_ = OBJECT.match(rest)
    return f"What {verb} {subject} {object_['action']}?" if object_ else None
