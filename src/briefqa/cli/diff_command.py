"""`briefqa diff`: what changed between two editions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace

from briefqa.assistant import Assistant
from briefqa.cli import ERROR
from briefqa.cli.open_documents import open_assistant
from briefqa.cli.parser import Parser, chosen_format, first
from briefqa.cli.streams import complain, write
from briefqa.configuration import values_in_force
from briefqa.corpus import Corpus
from briefqa.documents import MAX_SIZE, load
from briefqa.editions import ChangeKind, Edition, compare_answers, compare_editions
from briefqa.errors import NoDocumentsError, QuestionError, UsageError
from briefqa.output.edition_format import QuestionChange, render_comparison, render_questions
from briefqa.question_file import read_questions

__all__ = ["parser", "run"]

SAME, DIFFERENT = 0, 1
FORMATS = ("text", "json", "markdown")
EXAMPLES = """\
  briefqa diff monday.txt tuesday.txt            sentences that changed, are new or gone
  briefqa diff 2026-11-24/ 2026-11-25/           the same for two folders
  briefqa diff old/ new/ --questions daily.txt   answers that changed
"""


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
    write(render_comparison(comparison, output))
    return _code(any(each.problems for each in loaded), bool(comparison.changes))


def _compare_questions(questions: str, operands: Sequence[str], limit: int, output: str) -> int:
    assistants = [open_assistant(Corpus((root,), limit)) for root in operands]
    faults: list[QuestionError] = []
    changes = list(_question_changes(questions, assistants, faults.append))
    for fault in faults:
        complain(str(fault))
    write(render_questions(changes, output))
    differs = any(each.kind is not ChangeKind.SAME for each in changes)
    failed = bool(faults) or any(assistant.problems for assistant in assistants)
    return _code(failed, differs)


def _question_changes(
    questions: str, assistants: Sequence[Assistant], report: Callable[[QuestionError], object]
) -> Iterator[QuestionChange]:
    """Yield how the answer to each question of a file differs; bad questions are reported."""
    for entry in read_questions(questions, report):
        try:
            old, new = (assistant.ask(entry.question, 1) for assistant in assistants)
        except QuestionError as error:
            report(QuestionError(f"{entry.place}: {error}"))
        else:
            yield QuestionChange(entry.question, compare_answers(old, new), old, new)


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
