"""What changed between two editions, as text, Markdown or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from briefqa.answers.answer import Answer, Place
from briefqa.editions import Change, ChangeKind, Comparison
from briefqa.output import fold
from briefqa.output.json_format import ascii_json, place_record
from briefqa.records import Record
from briefqa.text_safety import sanitise, sanitise_name

__all__ = ["QuestionChange", "render_comparison", "render_questions"]

SCHEMA = 1
ORDER = (
    ChangeKind.CHANGED,
    ChangeKind.REWORDED,
    ChangeKind.MOVED,
    ChangeKind.NEW,
    ChangeKind.GONE,
)
"""The order in which kinds are counted."""


class QuestionChange(Record):
    """How the answer to a question differs.

    Attributes:
        question: as asked.
        kind: how it differs.
        old: the answer of the earlier edition.
        new: that of the later one.
    """

    question: str
    kind: ChangeKind
    old: Answer
    new: Answer


def render_comparison(comparison: Comparison, name: str) -> Iterator[str]:
    """Yield the sentences that differ, by section.

    Args:
        comparison: of two editions.
        name: of the format: text, markdown or json.
    """
    if name == "json":
        yield _line(
            {
                "schema": SCHEMA,
                "same": comparison.same,
                "changes": [
                    {"kind": each.kind, "old": _sentence(each.old), "new": _sentence(each.new)}
                    for each in comparison.changes
                ],
            }
        )
        return
    yield f"{_summary(comparison)}\n"
    heading = "\n## {}\n\n" if name == "markdown" else "\n{}\n"
    for headings, changes in groupby(comparison.changes, lambda change: change.headings):
        yield heading.format(fold(sanitise(" > ".join(headings))) or "(no heading)")
        for change in changes:
            yield from _lines(change, name)


def _summary(comparison: Comparison) -> str:
    counts = ((kind, comparison.count(kind)) for kind in ORDER)
    told = ", ".join(f"{count} {kind}" for kind, count in counts if count) or "no difference"
    same = "1 sentence is" if comparison.same == 1 else f"{comparison.same} sentences are"
    return f"{told}; {same} the same"


def _lines(change: Change, name: str) -> Iterator[str]:
    mark = "- " if name == "markdown" else "  "
    sides = ((change.old, "was "), (change.new, "is "))
    both = change.old is not None and change.new is not None
    yield f"{mark}{change.kind}\n"
    for place, verb in sides:
        if place is not None:
            yield f"  {mark}{verb if both else ''}{_cited(place)}\n"


def _cited(place: Place) -> str:
    quoted = fold(sanitise(place.sentence.slice(place.passage.text)))
    return f"{sanitise_name(place.citation)}: {quoted}"


def render_questions(changes: Sequence[QuestionChange], name: str) -> Iterator[str]:
    """Yield how the answers to questions differ.

    Args:
        changes: one for each question.
        name: of the format: text, markdown or json.
    """
    if name == "json":
        yield _line(
            {
                "schema": SCHEMA,
                "questions": [
                    {
                        "question": each.question,
                        "kind": each.kind,
                        "old": _answered(each.old),
                        "new": _answered(each.new),
                    }
                    for each in changes
                ],
            }
        )
        return
    mark = "- " if name == "markdown" else ""
    for each in changes:
        yield f"{mark}{each.kind}: {fold(sanitise(each.question))}\n"
        sides = ((each.old, "was"), (each.new, "is"))
        for answer, verb in sides if each.kind is not ChangeKind.SAME else sides[1:]:
            if answer.status == "answered":
                value = fold(sanitise(answer.excerpts[0].said))
                place = _cited(answer.excerpts[0].place)
                yield f"  {mark}{verb} {value}\n    {mark}{place}\n"


def _answered(answer: Answer) -> dict[str, object] | None:
    if answer.status != "answered":
        return None
    fields = _sentence(answer.excerpts[0].place) or {}
    return {"value": answer.excerpts[0].said, "confidence": answer.confidence, **fields}


def _sentence(place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    passage = place.passage
    return {
        **place_record(place),
        "headings": passage.headings,
        "sentence": place.sentence.slice(passage.text),
    }


def _line(fields: dict[str, object]) -> str:
    return ascii_json(fields) + "\n"
