"""The options of `briefqa ask`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from types import SimpleNamespace

from briefqa.cli.open_documents import corpus_to_ask, scope_of
from briefqa.cli.parser import Parser, chosen_format, first
from briefqa.cli.streams import complain
from briefqa.configuration import Values, count, top, values_in_force
from briefqa.corpus import Corpus, DocumentScope
from briefqa.errors import UsageError
from briefqa.output import FORMATS, ITEMS
from briefqa.records import Record

__all__ = ["TOP", "AskOptions", "EachOptions", "OutputOptions", "ask_options", "parser"]

CONTEXT = (
    ("-A", "--after-context", "after"),
    ("-B", "--before-context", "before"),
    ("-C", "--context", "before and after"),
)
TOP = 3
"""The default number of excerpts."""
NOT_FOR_EACH = {
    "--after-context": None,
    "--before-context": None,
    "--by-date": False,
    "--context": None,
    "--explain": False,
    "--fold": None,
    "--heading": None,
    "--max-chars": None,
    "--new": None,
    "--null": False,
    "--open": None,
    "--template": None,
    "--top": None,
}
"""Options that say nothing of the cells of a grid, and their defaults."""
EXAMPLES = """\
  briefqa ask "When will they meet?" notes.txt
  briefqa ask "Who leads the project?" reports/ --top 5
  briefqa ask "What changed?" report.txt --format json | jq .excerpts
  briefqa ask --questions questions.txt --format jsonl reports/
  briefqa ask --questions questions.txt --each --format csv reports/
"""


class OutputOptions(Record):
    """How `briefqa ask` writes answers.

    Attributes:
        format: the name of an output format; None for the default.
        template: the form of each excerpt, in place of a format; None for none.
        null: whether a NUL character ends each item.
        heading: whether lines of a batch stand below their question; None for the default.
        before: sentences to show before the best one; None to show the passage.
        after: the same, after it.
        max_chars: the largest number of characters of documents in an answer; None for no limit.
        explain: whether to explain the scores.
        color: auto, always or never, as the command line has it; None if it does not say.
        preferred_color: the same, as the configuration has it.
    """

    format: str | None
    template: str | None
    null: bool
    heading: bool | None
    before: int | None
    after: int | None
    max_chars: int | None
    explain: bool
    color: str | None
    preferred_color: str | None


class EachOptions(Record):
    """How each document is asked by itself.

    Attributes:
        by_folder: whether the documents of a folder are asked together.
        max_cells: the largest number of answers; None for the default.
    """

    by_folder: bool
    max_cells: int | None


class AskOptions(Record):
    """What `briefqa ask` is to do: its arguments, completed by the configuration.

    Attributes:
        question: the question; None if a file has the questions.
        questions: the file of questions; None if there is one question.
        state: the file of the answers that were seen; None to show all answers.
        each: how each document is asked by itself; None to ask all of them together.
        corpus: the documents.
        top: the largest number of excerpts.
        strict: whether a weak answer counts as none.
        min_confidence: the confidence below which an answer counts as none, 0 to 1.
        literal: whether to search for the words exactly as written.
        must: words that every excerpt must have.
        without: words that no excerpt may have.
        fold: whether places that say the same are one excerpt.
        scope: which of the documents may answer.
        newest: whether newer documents come before those that answer hardly better.
        by_date: whether the excerpts are in the order of their dates.
        output: how to write the answers.
        opened: the rank of the excerpt to open in the editor; None for none.
        quiet: whether only the exit code matters.
        cached: whether a cached index may be read and written.
        verbose: whether to list the files that are not read.
    """

    question: str | None
    questions: str | None
    state: str | None
    each: EachOptions | None
    corpus: Corpus
    top: int
    strict: bool
    min_confidence: float
    literal: bool
    must: tuple[str, ...]
    without: tuple[str, ...]
    fold: bool
    scope: DocumentScope
    newest: bool
    by_date: bool
    output: OutputOptions
    opened: int | None
    quiet: bool
    cached: bool
    verbose: bool


def ask_options(options: SimpleNamespace, operands: Sequence[str]) -> AskOptions:
    """Complete the arguments of `briefqa ask` by the configuration.

    Args:
        options: those of `parser`.
        operands: the question, unless a file has the questions, and the paths.

    Raises:
        UsageError: the question is missing, or arguments contradict each other.
        ConfigurationError: a configuration file is invalid.
    """
    questions = options.questions
    question, paths = _question_and_paths(operands, batch=questions is not None)
    values = values_in_force(None if options.quiet else complain)
    excerpts = first(options.top, values.top, TOP)
    return AskOptions(
        question=question,
        questions=questions,
        state=_state(options.new, batch=questions is not None),
        each=_each(options),
        corpus=corpus_to_ask(options, paths, values),
        top=excerpts,
        strict=first(options.strict, values.strict, False),
        min_confidence=options.min_confidence,
        literal=options.literal,
        must=tuple(options.must),
        without=tuple(options.without),
        fold=first(options.fold, True),
        scope=scope_of(options),
        newest=options.newest,
        by_date=options.by_date,
        output=_output_options(options, values),
        opened=_opened(options.open, excerpts, batch=questions is not None),
        quiet=options.quiet,
        cached=first(options.cache, values.cache, True),
        verbose=options.verbose,
    )


def _question_and_paths(
    operands: Sequence[str], *, batch: bool
) -> tuple[str | None, Sequence[str]]:
    """Return the question, which is None if a file has the questions, and the paths."""
    if batch:
        return None, operands
    if not operands:
        raise UsageError('expected a question; try: briefqa ask "When will they meet?"')
    question, *paths = operands
    _refuse_swap(question, paths)
    _refuse_unquoted(question, paths)
    return question, paths


def _state(path: str | None, *, batch: bool) -> str | None:
    if path is not None and not batch:
        raise UsageError("--new needs the questions in a file: --questions FILE --new STATE")
    return path


def _each(options: SimpleNamespace) -> EachOptions | None:
    if not (options.each or options.each_folder):
        if options.max_cells is not None:
            raise UsageError("--max-cells goes with --each or --each-folder")
        return None
    name = "--each-folder" if options.each_folder else "--each"
    for other, default in NOT_FOR_EACH.items():
        if getattr(options, other[2:].replace("-", "_")) != default:
            raise UsageError(f"{other} cannot be combined with {name}")
    from briefqa.output.grid_format import GRID_FORMATS

    if (named := chosen_format(options)) and named not in GRID_FORMATS:
        raise UsageError(f"--format {named} cannot be combined with {name}")
    return EachOptions(options.each_folder, options.max_cells)


def _output_options(options: SimpleNamespace, values: Values) -> OutputOptions:
    named = chosen_format(options)
    if options.template is not None and named:
        raise UsageError(f"--template cannot be combined with --format {named}")
    if options.null and named not in (None, *ITEMS):
        raise UsageError(f"--null is for {', '.join(ITEMS)} and --template, not for {named}")
    context = (options.before_context, options.after_context, options.context)
    before = after = None
    if any(each is not None for each in context):
        before = first(options.before_context, options.context, 0)
        after = first(options.after_context, options.context, 0)
    return OutputOptions(
        format=named or ("line" if options.null and values.format not in ITEMS else values.format),
        template=options.template,
        null=options.null,
        heading=options.heading,
        before=before,
        after=after,
        max_chars=options.max_chars,
        explain=options.explain,
        color=options.color,
        preferred_color=values.color,
    )


def _refuse_swap(question: str, paths: Sequence[str]) -> None:
    """Raise an error if the question is a path and one of the paths looks like a question."""
    missing = (path for path in paths if " " in path and not os.path.lexists(path))
    if os.path.lexists(question) and (meant := next(missing, None)):
        raise UsageError(f'the question goes first: briefqa ask "{meant}" {question}')


def _refuse_unquoted(question: str, paths: Sequence[str]) -> None:
    """Raise an error if the first path is missing, and may be a word of an unquoted question."""
    if paths and " " not in question and not os.path.lexists(paths[0]):
        from briefqa.cli.intent import refuse_unquoted

        refuse_unquoted(question, paths)


def parser() -> Parser:
    """Return the parser of `briefqa ask`."""
    parser = Parser(
        "ask",
        ["[OPTIONS] QUESTION [PATH ...]", "[OPTIONS] --questions FILE [PATH ...]"],
        EXAMPLES,
        "0 answered, 1 no answer, 2 usage or input error, 130 interrupted",
    )
    _add_what_to_ask(parser)
    _add_how_to_answer(parser)
    return parser


def _add_what_to_ask(parser: Parser) -> None:
    parser.add_argument(
        "--questions",
        metavar="FILE",
        help="ask the questions in FILE, one a line or JSON Lines; - is standard input",
    )
    parser.add_argument(
        "--new",
        metavar="STATE",
        help="show only answers that STATE has not seen, and write them to it; with --questions",
    )
    parser.add_argument(
        "--each",
        action="store_true",
        help="answer from each document by itself: a table of questions and documents",
    )
    parser.add_argument(
        "--each-folder", action="store_true", help="the same for each folder with documents in it"
    )
    parser.add_argument(
        "--max-cells",
        metavar="N",
        type=partial(count, least=1),
        help="with --each: at most N answers (default: 20000)",
    )
    parser.add_argument(
        "-n", "--top", metavar="N", type=top, help=f"show at most N excerpts (default: {TOP})"
    )
    parser.add_switch("--strict", "treat a weak answer as no answer")
    parser.add_argument(
        "--min-confidence",
        metavar="P",
        type=_probability,
        default=0.0,
        help="treat an answer of less confidence as no answer; 0 to 1, or per cent as in 80%",
    )
    parser.add_argument(
        "--literal", action="store_true", help="search for the words as written; + and - are text"
    )
    _add_which_passages(parser)


def _add_which_passages(parser: Parser) -> None:
    for name, effect in (("--must", "with"), ("--without", "without")):
        parser.add_argument(
            name,
            metavar="WORD",
            action="append",
            default=(),
            help=f"answer only from passages {effect} WORD; may be repeated",
        )
    parser.add_switch("--fold", "show places that say the same as one excerpt (default)")
    parser.add_argument(
        "--newest", action="store_true", help="prefer newer documents where answers are about equal"
    )
    parser.add_argument(
        "--by-date", action="store_true", help="show the excerpts in the order of their dates"
    )
    parser.add_scope_options()
    parser.add_corpus_options()
    parser.add_switch("--cache", "read and write cached indexes (default)")


def _add_how_to_answer(parser: Parser) -> None:
    parser.add_format(tuple(FORMATS), "text on a terminal, else line")
    parser.add_argument(
        "--template",
        metavar="T",
        help="print each excerpt in the form of T, such as '{path}:{line}: {sentence}', with the"
        " fields of JSON",
    )
    parser.add_null("line, paths and --template")
    for short, name, where in CONTEXT:
        parser.add_argument(
            short, name, metavar="N", type=count, help=f"show N sentences {where} the best one"
        )
    parser.add_max_chars("whole sentences")
    parser.add_argument(
        "--open", metavar="N", type=top, help="open excerpt N in the editor afterwards"
    )
    parser.add_switch(
        "--heading",
        "with --questions and line: print each question once, above its lines (default on a"
        " terminal), or before each of its lines, with a tab",
    )
    parser.add_argument("--explain", action="store_true", help="explain the scores")
    parser.add_color()
    parser.add_verbose()
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="print nothing; only set the exit code"
    )


def _probability(value: str) -> float:
    number, percent = value.removesuffix("%"), value.endswith("%")
    try:
        probability = float(number) / (100 if percent else 1)
    except ValueError:
        probability = -1.0
    if 0 <= probability <= 1:
        return probability
    raise UsageError(f"expected a number from 0 to 1, or per cent as in 80%, got {value}")


def _opened(rank: int | None, excerpts: int, *, batch: bool) -> int | None:
    if rank is not None and batch:
        raise UsageError("--open cannot be combined with --questions")
    if rank is not None and rank > excerpts:
        raise UsageError(f"--open {rank} needs as many excerpts; add --top {rank}")
    return rank
