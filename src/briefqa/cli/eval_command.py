"""`briefqa eval`: how good the answers are, on one's own documents and questions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from briefqa.assistant import Assistant
from briefqa.cli import TROUBLE
from briefqa.cli.open_documents import asked_scope, open_assistant
from briefqa.cli.parser import Parser, first
from briefqa.cli.streams import write
from briefqa.configuration import values_in_force
from briefqa.configuration.values import choice
from briefqa.errors import UsageError
from briefqa.evaluation import DEPTH, Measures, Outcome, judge, read_known_questions, summarise
from briefqa.records import Record
from briefqa.text_safety import sanitise_name

__all__ = ["eval_parser", "evaluate"]

PASSED = 0
BELOW = 1
"""A measure is below its `--min`."""

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
"""The names of the measures as people write them."""
HIGHER_IS_BETTER = ("passage@1", "passage@5", "mrr@10", "sentence@1", "auroc")

EXAMPLES = """\
  briefqa eval questions.jsonl reports/
  briefqa eval questions.jsonl reports/ --min sentence@1=70 --min passage@1=80

FILE holds JSON Lines such as
  {"question": "When do they meet?", "answers": ["April 10"], "answerable": true}
"""


class Floor(Record):
    """What a measure must reach.

    Attributes:
        name: the measure.
        least: in per cent.
    """

    name: str
    least: float


def evaluate(arguments: Sequence[str]) -> int:
    """Run `briefqa eval`.

    Args:
        arguments: what follows `eval`.

    Returns:
        The exit code: 1 where a measure is below its `--min`.

    Raises:
        BriefqaError: the command line, the questions or the output are at fault.
    """
    parser = eval_parser()
    options, words = parser.parse_anywhere(arguments)
    if not words:
        raise UsageError("a file of questions is missing; see briefqa eval --help")
    questions, *paths = words
    values = values_in_force()
    scope = asked_scope(options, paths, values)
    assistant = open_assistant(scope, questions=questions, cached=first(values.cache, True))
    if assistant is None:
        return TROUBLE
    outcomes = list(_outcomes(assistant, questions))
    measures = summarise(outcomes)
    render = _json if options.format == "json" else _text
    write(render(_named(measures), [outcome for outcome in outcomes if outcome.failed]))
    if assistant.problems:
        return TROUBLE
    return BELOW if any(_is_below(measures, floor) for floor in options.min) else PASSED


def eval_parser() -> Parser:
    """Return the parser of `briefqa eval`."""
    parser = Parser(
        "eval",
        ["[OPTIONS] FILE [PATH ...]"],
        EXAMPLES,
        "0 passed, 1 a measure is below its --min, 2 a usage or input error",
    )
    parser.add_argument(
        "--min",
        metavar="NAME=N",
        type=_floor,
        action="append",
        default=[],
        help=f"fail if a measure is below N per cent: {', '.join(HIGHER_IS_BETTER)}",
    )
    parser.add_argument(
        "-f", "--format", metavar="F", choices=("text", "json"), default="text", help="text or json"
    )
    parser.add_choosing()
    return parser


def _floor(value: str) -> Floor:
    name, _, least = value.partition("=")
    try:
        floor = Floor(choice(name.lower(), HIGHER_IS_BETTER), float(least))
    except ValueError as error:
        raise UsageError(f"{value} is not of the form sentence@1=70") from error
    if not 0 <= floor.least <= 100:
        raise UsageError(f"{least} is not a number from 0 to 100")
    return floor


def _outcomes(assistant: Assistant, questions: str) -> Iterator[Outcome]:
    for known in read_known_questions(questions):
        yield judge(known, assistant.ask(known.question, DEPTH))


def _named(measures: Measures) -> dict[str, float | None]:
    return {name: getattr(measures, field) for name, field in NAMES.items()}


def _is_below(measures: Measures, floor: Floor) -> bool:
    """Whether a measure falls short; one that no question tells of does."""
    reached = _named(measures)[floor.name]
    return reached is None or reached < floor.least


def _text(measures: Mapping[str, float | None], failed: Sequence[Outcome]) -> Iterator[str]:
    for name, value in measures.items():
        yield f"{name:<20}{'-' if value is None else f'{value:g}':>8}\n"
    for outcome in failed:
        yield "\n"
        for line in _failure(outcome):
            yield f"{sanitise_name(line)}\n"


def _failure(outcome: Outcome) -> Iterator[str]:
    known, answer = outcome.known, outcome.answer
    yield f"missed: {known.question}"
    yield f"  wanted: {' | '.join(dict.fromkeys(one.text for one in known.answers)) or 'no answer'}"
    yield f"  came: {answer.status}, confidence {answer.confidence}, {_came(outcome) or 'nothing'}"


def _came(outcome: Outcome) -> str:
    """The first sentence that came, on one line."""
    excerpts = outcome.answer.excerpts[:1]
    return " ".join(each.sentence.slice(each.passage.text) for each in excerpts)


def _json(measures: Mapping[str, float | None], failed: Sequence[Outcome]) -> Iterator[str]:
    record = {
        "measures": measures,
        "failed": [
            {
                "question": outcome.known.question,
                "answers": [one.text for one in outcome.known.answers],
                "answerable": outcome.known.answerable,
                "status": outcome.answer.status,
                "confidence": outcome.answer.confidence,
                "rank": outcome.rank,
                "sentence": _came(outcome),
            }
            for outcome in failed
        ],
    }
    yield f"{json.dumps(record)}\n"
