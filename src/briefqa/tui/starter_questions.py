"""Questions to start with, made from sentences of the documents themselves.

English only: a statement whose subject and auxiliary verb can be told is turned into a question. A
question is offered only if asking it finds the sentence that it was made from.
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

__all__ = ["Starter", "candidates", "starters"]

SENTENCES = 400
"""Sentences looked at: the beginning of a collection has questions enough."""
LONGEST = 100
"""Characters of a question: it is to be read at a glance."""

SUBJECT = (
    r"(?P<subject>(?:(?:The|A|An|Each|Every|This|These|Those|All|Most|Many|Some) )?"
    r"[\w.'’-]+(?: (?!(?:that|which|who|whose|because)\b)[\w.'’-]+){0,9}?)"
)
MODAL = re.compile(
    SUBJECT + r" (?P<verb>will|must|should|can|may|could|would) (?:also )?"
    r"(?P<rest>(?!not\b|be\b).+)"
)
BEING = re.compile(SUBJECT + r" (?P<verb>is|are|was|were) (?:also )?(?P<rest>(?!not\b).+)")
OPENING = re.compile(r"^(?:\w[\w ’'.-]*, )(?=[A-Z])|^(?:However|Also|Then|Later), ")
"""What stands before the subject: "In 2019, ..."."""
OBJECT = re.compile(r"(?P<action>\w+) (?:the|a|an|its|their|his|her|all|two|three|that)\b")
DEFINITION = re.compile(r"(?:a|an|the|one of) ")
DATE = re.compile(
    r" (?:on|in|at|by|since) (?=(?:(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b|(?:1[5-9]|20)\d\d\b))"
)
PLACE = re.compile(r" (?:in|at) (?=(?:the )?[A-Z])")
CLAUSE = re.compile(r"[,;:(—–]| (?:and|but|which|who|that|because|while|to|as|where|when)\b ")
POINTING = frozenset("he she it they this that these those we i you there here who what".split())
"""Words that stand for others: a question about them says nothing by itself."""
LOWERED = frozenset("The A An Each Every This These Those All Most Many Some Its Their".split())


class Starter(Record):
    """A question and where its answer is.

    Attributes:
        question: the question.
        passage: the passage that it was made from.
        sentence: the sentence of it: characters of its text.
    """

    question: str
    passage: Passage
    sentence: Span


def starters(
    documents: Iterable[Document], ask: Callable[[str], Answer], count: int = 3
) -> Iterator[Starter]:
    """Yield questions whose answers are the sentences that they were made from.

    Args:
        documents: the documents to make them from.
        ask: answers a question from the same documents.
        count: questions at the most, each of another passage, those of unlike kinds first.
    """
    seen: set[tuple[str, Span]] = set()
    kinds: set[str] = set()
    later: list[Starter] = []
    for starter in candidates(documents):
        place = (starter.passage.path, starter.passage.span)
        if len(kinds) == count:
            break
        kind = starter.question.split(" ", 1)[0]
        if place in seen or not _finds(starter, ask(starter.question)):
            continue
        if kind in kinds:
            later.append(starter)
            continue
        seen.add(place)
        kinds.add(kind)
        yield starter
    spare = (each for each in later if (each.passage.path, each.passage.span) not in seen)
    yield from islice(spare, count - len(kinds))


def candidates(documents: Iterable[Document]) -> Iterator[Starter]:
    """Yield questions made from the first sentences of the documents, in order."""
    places = (
        (passage, sentence)
        for document in documents
        for passage in split_passages(document)
        for sentence in split_sentences(passage.text)
    )
    for passage, sentence in islice(places, SENTENCES):
        text = " ".join(sentence.slice(passage.text).split())
        question = _question(text) if text.endswith(".") else None
        if question and len(question) <= LONGEST:
            yield Starter(question, passage, sentence)


def _finds(starter: Starter, answer: Answer) -> bool:
    best = answer.excerpts[0] if answer.excerpts else None
    return (
        best is not None
        and best.sentence == starter.sentence
        and (best.passage.path, best.passage.span) == (starter.passage.path, starter.passage.span)
    )


def _question(sentence: str) -> str | None:
    """Turn a statement into a question; None where its grammar is not plain."""
    statement = OPENING.sub("", sentence)
    for pattern in (MODAL, BEING):
        match = pattern.match(statement)
        if match and _speaks_for_itself(match["subject"]):
            return _asked(match)
    return None


def _speaks_for_itself(subject: str) -> bool:
    words = subject.split()
    names = any(word[0].isupper() for word in words[1:]) or words[0] in LOWERED
    return POINTING.isdisjoint(subject.lower().split()) and (names or words[0][0].isupper())


def _asked(match: re.Match[str]) -> str | None:
    first, _, others = match["subject"].partition(" ")
    subject = f"{first.lower() if first in LOWERED else first} {others}".strip()
    verb, rest = match["verb"], match["rest"].rstrip(".")
    for word, pattern in (("When", DATE), ("Where", PLACE)):
        place = pattern.search(rest)
        if place and not CLAUSE.search(rest.replace(" to ", " ", 1)[: place.start()]):
            return f"{word} {verb} {subject} {rest[: place.start()]}?"
    if verb in ("is", "are", "was", "were"):
        return f"What {verb} {subject}?" if DEFINITION.match(rest) else None
    done = OBJECT.match(rest)
    return f"What {verb} {subject} {done['action']}?" if done else None
