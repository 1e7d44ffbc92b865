"""Questions to start with, which are generated from sentences of the documents.

A sentence in English that has one of a few simple forms is turned into a question. What is not
surely a whole clause with a subject that can be understood alone is left: most sentences are. A
question is offered only if its first answer is the sentence that it was generated from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from briefqa.answers import Answer, Status
from briefqa.conventions import BULLETS
from briefqa.passages import Passage, placed_sentences
from briefqa.records import Record
from briefqa.spans import Span
from briefqa.tui.question_forms import FORMS, PLAIN, PRESENT, ROLE, Form

__all__ = ["StarterQuestion", "find_starters"]

ASKED = 40
"""The number of questions that are asked to see whether they are answered."""
SENTENCE_LENGTH = range(25, 260)
"""Characters of a sentence that is tried."""
QUESTION_LENGTH = range(12, 100)
"""Characters of a question; a longer one cannot be read at a glance."""

PROSE = frozenset(["paragraph", "definition", "item"])
"""The kinds of parts that may have whole sentences."""
VAGUE = frozenset(
    "more less other another such same first second third fourth last next following above below"
    " previous former latter only idea goal purpose reason result problem question point thing"
    " things one ones way case example difference rest latter here there now current main key"
    " important good better best worst few several both either neither no none nobody nothing"
    " each every all any some most many much own figure table section chapter step note it its"
    " he she they them their his her we our us you your i my me this that these those who what"
    " which whose if but and or so because when while although though since unless until after"
    " before for yet nor instead otherwise also then once whether however with without from under"
    " during by in on at to into about as than not only however therefore thus moreover please"
    " perhaps today yesterday tomorrow is are was were be been has have had do does did will would"
    " shall should can could may might must let see used using based given made called name"
    " itself themselves zero a an the further sometimes often usually never always still again even"
    " just almost soon".split()
)
"""Words that refer to something else, or do not belong to a subject."""
GENERIC = frozenset(
    "argument client command data document field file format function input list manpage message"
    " method name number object option output page parameter phenomenon process program rule"
    " server syntax system text type user value word".split()
)
"""Nouns that say too little alone."""
MARK = re.compile(rf"^(?:[{BULLETS}o]|\d{{1,3}}[.)]) ")
INTRODUCTION = re.compile(
    r"^(?:After|At|Before|By|During|Following|In|On|Since|Under) [\w ’'.-]+, (?=[A-Z]|the |an? )"
)
"""The words before the subject, such as "In 2019, "."""
ARTICLES = frozenset("a an the".split())
REFERRING = frozenset("it them this that these those they which who so such here there".split())
PREPOSITIONS = frozenset("to in on at by for from into onto of with".split())
PERSON = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)?(?:-[A-Z][a-z]+)?|[A-Z]\.")


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


class _Candidate(Record):
    """A question that may be offered, and how good it is: lower numbers are better."""

    rank: tuple[int, ...]
    starter: StarterQuestion


def find_starters(
    documents: Iterable[Sequence[Passage]], ask: Callable[[str], Answer], count: int = 3
) -> Iterator[StarterQuestion]:
    """Yield questions whose first answers are the sentences that they were generated from.

    The most telling come first, with different first words and from different documents as far as
    there are such.

    Args:
        documents: the passages of each document.
        ask: answers a question from the same documents.
        count: the largest number of questions.
    """
    waiting = [
        each for number, passages in enumerate(documents) for each in _candidates(number, passages)
    ]
    used: Counter[object] = Counter()
    found = 0
    for _ in range(ASKED):
        if not waiting or found == count:
            return
        best = min(waiting, key=lambda each: (*(used[key] for key in _keys(each)), *each.rank))
        waiting.remove(best)
        if _is_answered(best.starter, ask(best.starter.question)):
            used.update(_keys(best))
            found += 1
            yield best.starter


def _keys(candidate: _Candidate) -> tuple[object, ...]:
    """Return what no other question should have in common with a question."""
    starter = candidate.starter
    passage = starter.passage
    return (passage.path, passage.span), starter.question.split(" ", 1)[0], passage.path


def _candidates(number: int, passages: Sequence[Passage]) -> Iterator[_Candidate]:
    """Yield the questions of the sentences of a document."""
    names = _Names(passages)
    for place, passage in enumerate(passages):
        for span, part in placed_sentences(passage):
            text = MARK.sub("", " ".join(span.slice(passage.text).split()))
            if part.kind not in PROSE or not _is_whole(text):
                continue
            for form in FORMS:
                if question := _question(form, text, names):
                    starter = StarterQuestion(question, passage, span)
                    yield _Candidate((form.rank, place, number), starter)
                    break


def _is_whole(text: str) -> bool:
    """Return whether a text looks like a whole sentence of prose."""
    return (
        len(text) in SENTENCE_LENGTH
        and text.endswith(".")
        and text[0].isupper()
        and not re.search(r"https?:|[<>{}|\\*_=\[\]]|\.\.|…|: |\d\) ", text)
        and text.count("(") == text.count(")")
        and sum(map(str.isupper, text)) * 3 < len(text)
    )


def _question(form: Form, text: str, names: _Names) -> str | None:
    """Return the question of a sentence in a form; None if it is not in that form."""
    text = INTRODUCTION.sub("", text)
    match = form.pattern.match(text[0].upper() + text[1:])
    if not match:
        return None
    groups = {name: found.strip() for name, found in match.groupdict("").items()}
    if "subject" in groups:
        subject = names.subject(groups["subject"])
        is_person = _is_person(groups["subject"]) and bool(ROLE.search(text))
        if subject is None or not _agrees(subject, groups) or is_person != form.asks_who:
            return None
        if form.is_about_one and subject.startswith(("a ", "an ")):
            return None
        groups["subject"] = subject
        is_plural = _is_plural(subject) and groups.get("verb", "").split(" ")[0] not in PLAIN
        groups["do"] = "do" if is_plural else "does"
    if not _is_clear(groups.get("object", "")) or not _is_clear(groups.get("done", "")):
        return None
    groups["object"] = groups.get("object", "").replace("your ", "my ")
    groups["verb"] = _plain_verb(groups.get("verb", ""))
    question = form.question.format_map(groups)
    return question if len(question) in QUESTION_LENGTH else None


def _is_clear(words: str) -> bool:
    """Return whether words can be understood without the sentences before them."""
    folded = words.lower().split()
    return REFERRING.isdisjoint(folded) and not (folded and folded[0] in PREPOSITIONS)


def _plain_verb(verb: str) -> str:
    """Return the plain form of a verb in the third person or the past."""
    first, _, rest = verb.partition(" ")
    return f"{PLAIN.get(first, first)} {rest}".strip()


def _agrees(subject: str, groups: Mapping[str, str]) -> bool:
    """Return whether the verb has the number of the subject, as far as that can be told."""
    verb = groups.get("be") or groups.get("verb", "").split(" ")[0]
    if verb in ("is", "was") or verb in PRESENT:
        return not _is_plural(subject) or subject[0].isupper()
    return verb not in ("are", "were") or _is_plural(subject)


def _is_plural(subject: str) -> bool:
    head = subject.split(" of ")[0].split()[-1]
    is_singular = head.isupper() or head.endswith(("ss", "us", "is", "ics"))
    return " and " in subject or (head.endswith("s") and not is_singular)


def _is_capital(word: str) -> bool:
    return word[0].isupper()


def _is_person(subject: str) -> bool:
    """Return whether a subject may be the name of a person."""
    words = subject.split()
    return len(words) <= 4 and words[0] != "The" and all(map(PERSON.fullmatch, words))


class _Names:
    """How the words of a document are written where no sentence begins.

    Args:
        passages: its passages.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._counts: Counter[str] = Counter()
        for passage in passages:
            self._counts.update(re.findall(r"(?<=[a-z,] )[A-Za-z][\w’'-]*", passage.text))

    def subject(self, phrase: str) -> str | None:
        """Return a subject as it is written within a sentence; None if it is no clear subject."""
        both = [self._noun_phrase(part) for part in phrase.split(" and ")]
        return " and ".join(filter(None, both)) if len(both) <= 2 and all(both) else None

    def _noun_phrase(self, phrase: str) -> str | None:
        words = phrase.split()
        if not words or len(words) > 6:
            return None
        if words[0].lower() in ARTICLES:
            rest = words[1:]
            return " ".join([words[0].lower(), *rest]) if len(rest) < 5 and _is_noun(rest) else None
        if words[0].endswith("ing") or (len(words) > 3 and not all(map(_is_capital, words))):
            return None
        words[0] = self._within_sentence(words) or ""
        # A name and a noun in the singular need an article.
        lacks_article = words[0][:1].isupper() and words[-1].islower() and not _is_plural(phrase)
        return " ".join(words) if words[0] and not lacks_article and _is_noun(words) else None

    def _within_sentence(self, words: Sequence[str]) -> str | None:
        """Return the first of some words as it is written within a sentence; None if unknown."""
        first = words[0]
        lower = first[0].lower() + first[1:]
        if any(map(str.isupper, first[1:])) or any(map(str.isdigit, first)):
            return first
        follows_name = len(words) > 1 and words[1][0].isupper()
        if self._counts[lower] > self._counts[first]:
            return None if follows_name and not words[-1].endswith("s") else lower
        return first if self._counts[first] or follows_name else None


def _is_noun(words: Sequence[str]) -> bool:
    """Return whether words without an article are a noun and what belongs to it."""
    folded = [word.lower() for word in words]
    linked = [word for word in folded if word != "of"]
    return (
        bool(linked)
        and "of" not in (folded[0], folded[-1])
        and VAGUE.isdisjoint(linked)
        and (len(folded) > 1 or folded[0] not in GENERIC)
        and not any(word.endswith("ly") for word in folded)
        and not any(word.endswith("ed") for word in folded[1:])
    )


def _is_answered(starter: StarterQuestion, answer: Answer) -> bool:
    """Return whether the answer is the sentence that the question was generated from."""
    best = answer.excerpts[0] if answer.excerpts else None
    return (
        best is not None
        and answer.status is Status.ANSWERED
        and best.sentence == starter.sentence
        and (best.passage.path, best.passage.span) == (starter.passage.path, starter.passage.span)
    )
