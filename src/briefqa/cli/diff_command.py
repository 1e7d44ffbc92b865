"""`briefqa diff`: what changed between two editions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from types import SimpleNamespace

from briefqa.answers.answer import Answer, Place
from briefqa.assistant import Assistant
from briefqa.cli import ERROR
from briefqa.cli.open_documents import open_assistant
from briefqa.cli.parser import Parser, chosen_format, first
from briefqa.cli.streams import complain, write
from briefqa.configuration import values_in_force
from briefqa.corpus import Corpus
from briefqa.documents import MAX_SIZE, load
from briefqa.editions import (
    Change,
    ChangeKind,
    Comparison,
    Edition,
    compare_answers,
    compare_editions,
)
from briefqa.errors import NoDocumentsError, QuestionError, UsageError
from briefqa.output import one_line
from briefqa.output.json_format import SCHEMA, ascii_json, place_record
from briefqa.question_file import read_questions
from briefqa.records import Record
from briefqa.text_safety import sanitise, sanitise_name

__all__ = ["parser", "run"]

SAME, DIFFERENT = 0, 1
FORMATS = ("text", "json", "markdown")
EXAMPLES = """\
  briefqa diff monday.txt tuesday.txt            sentences that changed, are new or gone
  briefqa diff 2026-11-24/ 2026-11-25/           the same for two folders
  briefqa diff old/ new/ --questions daily.txt   answers that changed
"""

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


def run(options: SimpleNamespace, operands: list[str]) -> int:
    """Run `briefqa diff`.

    Args:
        options: those of `parser`.
        operands: the two editions.

    Returns:
        The exit code.

    Raises:
        BriefqaError: an argument, a document or the output is at fault.
    """
    if len(operands) != 2:
        raise UsageError("expected two editions: briefqa diff OLD NEW")
    output = chosen_format(options) or "text"
    limit = first(options.max_size, values_in_force(complain).max_size, MAX_SIZE)
    if options.questions is not None:
        return _compare_questions(options.questions, operands, limit, output)
    loaded = [load([root], limit) for root in operands]
    for each in loaded:
        if not each.documents:
            raise NoDocumentsError(each.problems)
        for problem in each.problems:
            complain(str(problem))
    old, new = (Edition(root, each.documents) for root, each in zip(operands, loaded, strict=True))
    comparison = compare_editions(old, new)
    write(_comparison(comparison, output))
    return _code(any(each.problems for each in loaded), bool(comparison.changes))


def _compare_questions(questions: str, operands: Sequence[str], limit: int, output: str) -> int:
    assistants = [open_assistant(Corpus((root,), limit)) for root in operands]
    faults: list[QuestionError] = []
    changes = list(_question_changes(questions, assistants, faults.append))
    for fault in faults:
        complain(str(fault))
    write(_questions(changes, output))
    differs = any(each.kind is not ChangeKind.SAME for each in changes)
    failed = bool(faults) or any(assistant.problems for assistant in assistants)
    return _code(failed, differs)


def _question_changes(
    questions: str, assistants: Sequence[Assistant], report: Callable[[QuestionError], object]
) -> Iterator[QuestionChange]:
    """Yield how the answer to each question of a file differs; bad questions are reported."""
    for entry in read_questions(questions, report, complain):
        try:
            old, new = (assistant.ask(entry.question, 1) for assistant in assistants)
        except QuestionError as error:
            report(QuestionError(f"{entry.place}: {error}"))
        else:
            kind = compare_answers(old, new, assistants[0].analyzer)
            yield QuestionChange(entry.question, kind, old, new)


def _code(failed: bool, differs: bool) -> int:
    return ERROR if failed else DIFFERENT if differs else SAME


def parser() -> Parser:
    """Return the parser of `briefqa diff`."""
    parser = Parser(
        "diff",
        ["[OPTIONS] OLD NEW"],
        EXAMPLES,
        "0 no difference, 1 differences, 2 usage or input error",
        "OLD and NEW are files or folders.\n",
    )
    parser.add_argument(
        "--questions",
        metavar="FILE",
        help="compare the answers to the questions in FILE; - is standard input",
    )
    parser.add_format(FORMATS, "text")
    parser.add_max_size()
    return parser


def _comparison(comparison: Comparison, name: str) -> Iterator[str]:
    """Yield the sentences that differ, by section.

    Args:
        comparison: of two editions.
        name: of the format: text, markdown or json.
    """
    if name == "json":
        differences = [
            {"kind": each.kind, "old": _sentence(each.old), "new": _sentence(each.new)}
            for each in comparison.changes
        ]
        fields = {"schema": SCHEMA, "same": comparison.same, "changes": differences}
        yield ascii_json(fields) + "\n"
        return
    yield f"{_summary(comparison)}\n"
    heading = "\n## {}\n\n" if name == "markdown" else "\n{}\n"
    for headings, changes in groupby(comparison.changes, lambda change: change.headings):
        yield heading.format(one_line(sanitise(" > ".join(headings))) or "(no heading)")
        for change in changes:
            yield from _sides(change, name)


def _summary(comparison: Comparison) -> str:
    counts = ((kind, comparison.count(kind)) for kind in ORDER)
    summary = ", ".join(f"{count} {kind}" for kind, count in counts if count) or "no difference"
    same = "1 sentence is" if comparison.same == 1 else f"{comparison.same} sentences are"
    return f"{summary}; {same} the same"


def _sides(change: Change, name: str) -> Iterator[str]:
    mark = "- " if name == "markdown" else "  "
    sides = ((change.old, "was "), (change.new, "is "))
    both = change.old is not None and change.new is not None
    yield f"{mark}{change.kind}\n"
    for place, verb in sides:
        if place is not None:
            yield f"  {mark}{verb if both else ''}{_cited(place)}\n"


def _cited(place: Place) -> str:
    quoted = one_line(sanitise(place.sentence.slice(place.passage.text)))
    return f"{sanitise_name(place.citation)}: {quoted}"


def _questions(changes: Sequence[QuestionChange], name: str) -> Iterator[str]:
    """Yield how the answers to questions differ.

    Args:
        changes: one for each question.
        name: of the format: text, markdown or json.
    """
    if name == "json":
        questions = [
            {
                "question": each.question,
                "kind": each.kind,
                "old": _answered(each.old),
                "new": _answered(each.new),
            }
            for each in changes
        ]
        yield ascii_json({"schema": SCHEMA, "questions": questions}) + "\n"
        return
    mark = "- " if name == "markdown" else ""
    for each in changes:
        yield f"{mark}{each.kind}: {one_line(sanitise(each.question))}\n"
        sides = ((each.old, "was"), (each.new, "is"))
        for answer, verb in sides if each.kind is not ChangeKind.SAME else sides[1:]:
            if answer.status == "answered":
                value = one_line(sanitise(answer.excerpts[0].said))
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
