"""`briefqa ask`: answer one question, or each question of a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import SimpleNamespace

from briefqa.answers import Answer, Status
from briefqa.assistant import Assistant
from briefqa.cli import ANSWERED, ERROR, NO_ANSWER
from briefqa.cli.ask_options import AskOptions, OutputOptions, ask_options, parser
from briefqa.cli.open_documents import check_scope, open_assistant, or_default, select_documents
from briefqa.cli.parser import first
from briefqa.cli.streams import complain, is_terminal, write
from briefqa.errors import BriefqaError, QuestionError, UsageError
from briefqa.output import FORMATS, ITEMS, Layout, OutputFormat, Reply, one_line, shown

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.documents import Document
    from briefqa.question_file import QuestionEntry

__all__ = ["parser", "run"]


def run(options: SimpleNamespace, operands: list[str]) -> int:
    """Run `briefqa ask`.

    Args:
        options: those of `parser`.
        operands: the question, unless a file has the questions, and the paths.

    Returns:
        The exit code: 1 if no question is answered.

    Raises:
        BriefqaError: an argument, the questions or the output are at fault.
    """
    return _ask(ask_options(options, operands))


def _ask(options: AskOptions) -> int:
    output = _output(options)
    found = or_default(options.corpus, questions=options.questions, quiet=options.quiet)
    check_scope(found, options.scope)
    if found.bundled and options.question and os.path.exists(options.question):
        path = options.question
        raise UsageError(f'{path} is a path, not a question; type: briefqa ask "QUESTION" {path}')
    # For people the sample names itself where they read, ahead of what it answers.
    noted = found.bundled and output.noted and not options.each
    if found.notice and not (noted or options.quiet):
        complain(found.notice)
    assistant = open_assistant(
        found.corpus, cached=options.cached, quiet=options.quiet, verbose=options.verbose
    )
    if options.each:
        from briefqa.cli.ask_grid import answer_each

        return answer_each(assistant, options, options.each)
    replies = _Replies(assistant, options)
    _show(replies, output, options, found.notice if noted else "")
    if options.opened and replies.last:
        _open(replies.last, options.opened)
    if (assistant.problems or replies.faulty) and not (options.quiet and replies.answered):
        return ERROR
    return ANSWERED if replies.answered else NO_ANSWER


def _output(options: AskOptions) -> OutputFormat:
    """Return the format of the answers."""
    if options.output.template is not None:
        from briefqa.output.template_format import parse_template, template_format

        return template_format(parse_template(options.output.template))
    return FORMATS[options.output.format or ("text" if is_terminal(sys.stdout) else "line")]


class _Replies:
    """The replies to the questions of a command line, each made when it is needed.

    Args:
        assistant: answers the questions.
        options: has the questions.

    Attributes:
        answered: whether any reply so far answers.
        faulty: whether any is partial, or a question could not be asked.
        last: the last reply.
    """

    def __init__(self, assistant: Assistant, options: AskOptions) -> None:
        self._assistant = assistant
        self._options = options
        self.answered = self.faulty = False
        self.last: Reply | None = None

    def __iter__(self) -> Iterator[Reply]:
        for reply in self._all():
            self.answered |= reply.answer.status is not Status.NONE
            self.faulty |= reply.answer.partial
            self.last = reply
            yield reply

    def _all(self) -> Iterator[Reply]:
        options = self._options
        if options.questions is None:
            yield self._reply(_answer(self._assistant, options, options.question or "", "ask"))
            return
        from briefqa.question_file import read_questions

        entries: Iterable[QuestionEntry] = read_questions(
            options.questions, self._report, self._note
        )
        if options.state is not None:
            yield from self._new(list(entries), options.state)
            return
        for entry in entries:
            if (answer := self._answer(entry)) is not None:
                yield self._reply(answer, entry.fields)

    def _reply(self, answer: Answer, fields: Mapping[str, object] | None = None) -> Reply:
        """Return a reply with as much of the documents as is asked for."""
        output = self._options.output
        omission = None
        if output.before is not None or output.max_chars is not None:
            from briefqa.output.extract import add_context, fit_answer

            if output.before is not None and output.after is not None:
                answer = add_context(answer, output.before, output.after, self._document)
            if output.max_chars is not None:
                answer, omission = fit_answer(answer, output.max_chars)
        return Reply(answer, fields, omission)

    def _document(self, path: str) -> Document | None:
        try:
            return self._assistant.document(path)
        except BriefqaError:
            return None

    def _new(self, entries: Sequence[QuestionEntry], state: str) -> Iterator[Reply]:
        """Yield the replies that a state file has not seen, then write it."""
        from briefqa.question_file import SeenAnswers

        seen = SeenAnswers.read(state)
        seen.check(entry.question for entry in entries)
        for entry in entries:
            answer = self._answer(entry)
            new = seen.take(answer) if answer is not None else None
            if new is not None:
                yield self._reply(new, entry.fields)
        seen.write()

    def _answer(self, entry: QuestionEntry) -> Answer | None:
        try:
            return _answer(self._assistant, self._options, entry.question, entry.place)
        except QuestionError as error:
            self._report(error)
            return None

    def _report(self, error: QuestionError) -> None:
        """Say which question is skipped; the others are asked."""
        self.faulty = True
        self._note(str(error))

    def _note(self, message: str) -> None:
        if not self._options.quiet:
            complain(message)


def _answer(assistant: Assistant, options: AskOptions, question: str, place: str) -> Answer:
    """Answer a question; an error names its place."""
    try:
        answered = assistant.ask(
            question,
            options.top,
            strict=options.strict,
            literal=options.literal,
            must=options.must,
            without=options.without,
            fold=options.fold,
            newest=options.newest,
            documents=select_documents(options.scope, assistant),
        )
    except QuestionError as error:
        raise QuestionError(f"{place}: {error}") from error
    if options.by_date:
        answered = answered.by_date()
    if answered.confidence < options.min_confidence:
        return answered._replace(status=Status.NONE)
    return answered


def _show(replies: Iterable[Reply], output: OutputFormat, options: AskOptions, notice: str) -> None:
    """Write the replies in a format, or only count them with `--quiet`."""
    if options.quiet:
        for _ in replies:
            pass
        return
    if output.bare:
        replies = _annotated(replies, options, items=output.name in ITEMS)
    how = options.output
    layout = Layout(
        batch=options.questions is not None,
        explain=how.explain,
        terminator="\0" if how.null else "\n",
        # A terminal must not get what may be escape sequences.
        exact_names=how.null and not is_terminal(sys.stdout),
        context=how.before is not None,
        heading=first(how.heading, is_terminal(sys.stdout)) and not how.null,
        notice=notice,
    )
    layout = _styled(layout, how) if output.styled else layout
    write(output.render(replies, layout), exact=layout.exact_names)


def _annotated(replies: Iterable[Reply], options: AskOptions, *, items: bool) -> Iterator[Reply]:
    """Pass replies on, and write to standard error what their format has no place for.

    Args:
        replies: the replies.
        options: those of the command line.
        items: whether the format shows no more of a passage than its sentence.
    """
    for reply in replies:
        about = f"{one_line(reply.answer.question)}: " if options.questions else ""
        for note in _notes(reply, explain=options.output.explain, items=items):
            complain(f"{about}{note}")
        yield reply


def _notes(reply: Reply, *, explain: bool, items: bool) -> Iterator[str]:
    answer, omission = reply.answer, reply.omission
    if not (explain or omission or _has_notes(answer)):
        return
    # Most answers have no notes, and loading this takes time.
    from briefqa.output.wording import PARTIAL, changes, doubt, explanation, omitted, operators

    if changed := changes(answer):
        yield changed
    yield from operators(answer)
    if answer.partial:
        yield PARTIAL
    if doubted := doubt(answer):
        yield doubted
    if omission and (omission.excerpts or omission.is_cut or not items):
        yield omitted(omission)
    if explain:
        yield from explanation(answer)


def _has_notes(answer: Answer) -> bool:
    """Return whether an answer is less than certain, or was searched for in other words."""
    changed = answer.corrections or answer.aliases or answer.required or answer.excluded
    signed = " -" in answer.question or " +" in answer.question
    return bool(changed) or signed or answer.partial or answer.status is not Status.ANSWERED


def _open(reply: Reply, rank: int) -> None:
    """Open an excerpt of an answer in the user's editor."""
    excerpts = shown(reply.answer)
    if rank > len(excerpts):
        complain(f"there is no excerpt {rank} to open")
        return
    from briefqa.editor import find_opener

    excerpt = excerpts[rank - 1]
    find_opener(os.environ, sys.platform, excerpt.passage.path, excerpt.line).run()


def _styled(layout: Layout, options: OutputOptions) -> Layout:
    """Return the layout with what the terminal can show."""
    from shutil import get_terminal_size

    from briefqa.cli.terminals import supports_links, supports_unicode, use_color

    color = use_color(options.color, os.environ, sys.stdout, options.preferred_color)
    return layout._replace(
        color=color,
        links=color and supports_links(os.environ, sys.stdout),
        width=get_terminal_size().columns,
        unicode=supports_unicode(sys.stdout),
    )
