"""`briefqa eval`: measure answers to questions whose answers are known."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace

from briefqa.cli import ERROR
from briefqa.cli.open_documents import open_named
from briefqa.cli.parser import Parser, chosen_format
from briefqa.cli.streams import complain, write
from briefqa.configuration import choice, values_in_force
from briefqa.corpus import Skipped
from briefqa.errors import UsageError
from briefqa.evaluation import (
    DEPTH,
    Measures,
    Outcome,
    ReliabilityBin,
    judge,
    read_known_questions,
    reliability,
    summarise,
)
from briefqa.records import Record
from briefqa.text_safety import sanitise_name

__all__ = ["parser", "run"]

PASSED = 0
BELOW = 1
"""The exit code if a measure is below its `--min`."""

NAMES = {
    "questions": "questions",
    "passage@1": "passage_1",
    "passage@5": "passage_5",
    "mrr@10": "mrr_10",
    "sentence@1": "sentence_1",
    "words": "words",
    "false-answers": "false_answers",
    "false-abstentions": "false_abstentions",
    "auroc": "auroc",
    "calibration-error": "calibration_error",
}
"""The fields of `Measures`, by the names that people write."""
UNITS = {"questions": "", "words": "words"}
"""The units of the measures that are not in per cent."""
BY_KIND = ("questions", "passage@1", "sentence@1", "false-answers", "calibration-error")
"""The measures shown for each kind of question."""
GROUPS = ("kind",)
"""What questions can be grouped by."""
HIGHER_IS_BETTER = ("passage@1", "passage@5", "mrr@10", "sentence@1", "auroc")

EXAMPLES = """\
  briefqa eval questions.jsonl reports/
  briefqa eval questions.jsonl reports/ --by kind
  briefqa eval questions.jsonl reports/ --min sentence@1=70 --min passage@1=80

FILE has JSON Lines such as
  {"question": "When do they meet?", "answers": ["April 10"], "answerable": true}
  {"question": "How many came?", "answers": [{"pattern": "(1,?200|twelve hundred) people"}]}
"""


class Floor(Record):
    """A lower bound of a measure.

    Attributes:
        name: the measure, one of `NAMES`.
        least: the bound, in per cent.
    """

    name: str
    least: float


class Report(Record):
    """What is printed.

    Attributes:
        measures: of all questions, by the names that people write.
        groups: of each kind of question, by its name; empty if they are not grouped.
        reliability: how often answers of about the same confidence were right.
        failed: the questions that failed.
        skipped: how many files were not read, by reason.
    """

    measures: Mapping[str, float | None]
    groups: Mapping[str, Mapping[str, float | None]]
    reliability: Sequence[ReliabilityBin]
    failed: Sequence[Outcome]
    skipped: Sequence[Skipped]


def run(options: SimpleNamespace, operands: list[str]) -> int:
    """Run `briefqa eval`.

    Args:
        options: those of `parser`.
        operands: the file of questions and the paths.

    Returns:
        The exit code: 1 if a measure is below its `--min`.

    Raises:
        BriefqaError: an argument, the questions or the output are at fault.
    """
    if not operands:
        raise UsageError("expected a FILE of questions; see briefqa eval --help")
    questions, *paths = operands
    values = values_in_force(complain)
    assistant = open_named(options, paths, values, questions=questions)
    outcomes = [
        judge(known, assistant.ask(known.question, DEPTH))
        for known in read_known_questions(questions, complain)
    ]
    measures = summarise(outcomes)
    report = Report(
        _named(measures),
        _by_kind(outcomes) if options.by else {},
        reliability(outcomes),
        [outcome for outcome in outcomes if outcome.failed],
        assistant.skipped,
    )
    write(_json(report) if chosen_format(options) == "json" else _text(report))
    if assistant.problems:
        return ERROR
    return BELOW if any(_is_below(measures, floor) for floor in options.min) else PASSED


def parser() -> Parser:
    """Return the parser of `briefqa eval`."""
    parser = Parser(
        "eval",
        ["[OPTIONS] FILE [PATH ...]"],
        EXAMPLES,
        "0 passed, 1 a measure is below its --min, 2 usage or input error",
    )
    parser.add_argument(
        "--min",
        metavar="NAME=N",
        type=_floor,
        action="append",
        default=[],
        help="fail if a measure is below N per cent; may be repeated; NAME is one of"
        f" {', '.join(HIGHER_IS_BETTER)}",
    )
    parser.add_argument(
        "--by",
        metavar="FIELD",
        choices=GROUPS,
        help="also measure each group of questions: kind, as the file has it, else as recognised",
    )
    parser.add_format(("text", "json"), "text")
    parser.add_corpus_options()
    parser.add_verbose()
    return parser


def _floor(value: str) -> Floor:
    name, _, least = value.partition("=")
    try:
        floor = Floor(choice(name.lower(), HIGHER_IS_BETTER, "measure"), float(least))
    except ValueError as error:
        raise UsageError(f"expected NAME=N such as sentence@1=70, got {value}") from error
    if not 0 <= floor.least <= 100:
        raise UsageError(f"expected a number from 0 to 100, got {least}")
    return floor


def _named(measures: Measures) -> dict[str, float | None]:
    return {name: getattr(measures, field) for name, field in NAMES.items()}


def _is_below(measures: Measures, floor: Floor) -> bool:
    """Whether a measure is below its bound; one without a value is."""
    reached = _named(measures)[floor.name]
    return reached is None or reached < floor.least


def _by_kind(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float | None]]:
    """Return the measures of each kind, as the questions say, else as it was recognised."""
    kinds: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        kinds.setdefault(outcome.known.kind or str(outcome.answer.kind), []).append(outcome)
    return {kind: _named(summarise(some)) for kind, some in sorted(kinds.items())}


def _text(report: Report) -> Iterator[str]:
    for name, value in report.measures.items():
        yield f"{name:<20}{_number(value):>8} {UNITS.get(name, '%')}".rstrip() + "\n"
    if report.groups:
        rows = [
            [kind, *map(_number, map(measures.get, BY_KIND))]
            for kind, measures in report.groups.items()
        ]
        yield from _table(["kind", *BY_KIND], rows)
    bins = [
        [
            f"{each.lowest:.1f} to {each.highest:.1f}",
            f"{each.questions}",
            _number(each.confidence),
            _number(each.right),
        ]
        for each in report.reliability
    ]
    if bins:
        yield from _table(["confidence", "questions", "mean %", "right %"], bins)
    for outcome in report.failed:
        yield "\n"
        for line in _failure(outcome):
            yield f"{sanitise_name(line)}\n"


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table; its first column is text, the others are numbers."""
    yield "\n"
    for label, *others in [names, *rows]:
        cells = (f"  {cell:>{len(name)}}" for cell, name in zip(others, names[1:], strict=True))
        yield f"{sanitise_name(label):<18}{''.join(cells)}\n"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"


def _failure(outcome: Outcome) -> Iterator[str]:
    known, answer = outcome.known, outcome.answer
    yield f"missed: {known.question}"
    expected = " | ".join(dict.fromkeys(one.text for one in known.answers))
    yield f"  expected: {expected or 'no answer'}"
    sentence = _first_sentence(outcome) or "no sentence"
    yield f"  got: {answer.status}, confidence {answer.confidence}, {sentence}"


def _first_sentence(outcome: Outcome) -> str:
    """Return the sentence that leads an answer, on one line; empty if there is none."""
    excerpts = outcome.answer.excerpts[:1]
    return " ".join(each.sentence.slice(each.passage.text) for each in excerpts)


def _json(report: Report) -> Iterator[str]:
    record = {
        "measures": report.measures,
        **({"kinds": report.groups} if report.groups else {}),
        "reliability": [each._asdict() for each in report.reliability],
        "skipped": {each.reason: each.files for each in report.skipped},
        "failed": [
            {
                "question": outcome.known.question,
                "kind": outcome.known.kind or outcome.answer.kind,
                "answers": [one.text for one in outcome.known.answers],
                "answerable": outcome.known.answerable,
                "status": outcome.answer.status,
                "confidence": outcome.answer.confidence,
                "rank": outcome.rank,
                "sentence": _first_sentence(outcome),
            }
            for outcome in report.failed
        ],
    }
    yield f"{json.dumps(record)}\n"
