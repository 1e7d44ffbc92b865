"""The line that says how far the answers can be trusted, or what the app is doing."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from briefqa.answers import Answer, CorpusSize, Status
from briefqa.errors import BriefqaError, DocumentError
from briefqa.output.wording import notes, verdict
from briefqa.records import Record
from briefqa.text_safety import sanitise_name
from briefqa.tui.state.session import Session

__all__ = ["SIGNS", "Situation", "failure", "pane_title", "size", "status_line"]

SIGNS = {Status.ANSWERED: "●", Status.WEAK: "◐", Status.NONE: "○"}
"""The verdict in one character, for those who see no colours."""
STYLES = {
    Status.ANSWERED: "bold $text-success",
    Status.WEAK: "bold $text-warning",
    Status.NONE: "bold $text-error",
}
TITLES = {
    Status.ANSWERED: "Answers",
    Status.WEAK: "Closest passages",
    Status.NONE: "Nearest passages",
}
QUIET = "$text-muted"
SEPARATOR = " · "
"""Between the parts of the line."""


class Situation(Record):
    """What is to be told besides the answer.

    Attributes:
        corpus: how much there is to ask; None while it is being read.
        percent: how much of it is read, while it is.
        bundled: whether that is the bundled briefing.
        problems: the paths that could not be read.
        searching: whether the answer is late.
        refusal: why the question cannot be asked.
        error: what went wrong; it comes before all else.
    """

    corpus: CorpusSize | None = None
    percent: int = 0
    bundled: bool = False
    problems: tuple[DocumentError, ...] = ()
    searching: bool = False
    refusal: str = ""
    error: str = ""


def status_line(session: Session, situation: Situation) -> Content:
    """Say it in one line, what matters most first."""
    if situation.error:
        return _line(f"✗ {situation.error}", STYLES[Status.NONE], ["F5 tries again"])
    if situation.corpus is None:
        done = f" {situation.percent} %" if situation.percent else ""
        reading = f"◌ Reading and indexing the documents …{done}"
        return _line(reading, "bold", ["you may type meanwhile"])
    if situation.searching:
        return _line("◌ Searching …", "bold", [])
    if situation.refusal:
        return _line(situation.refusal.capitalize(), QUIET, [])
    if session.answer is None:
        return _start(situation.corpus, situation)
    return _answered(session, session.answer)


def pane_title(answer: Answer | None) -> str:
    """Return the title of the list of answers."""
    if answer is None:
        return "Questions to start with"
    return TITLES[answer.status] if answer.excerpts else "Nothing near"


def size(corpus: CorpusSize) -> str:
    """Say how much there is to ask."""
    passages, documents = _count(corpus.passages, "passage"), _count(corpus.documents, "document")
    return f"{passages}{SEPARATOR}{documents}"


def failure(error: Exception) -> str:
    """Say what went wrong, in one line; what nobody foresaw is named by its kind."""
    message = str(error) if isinstance(error, BriefqaError) else f"{type(error).__name__}: {error}"
    return sanitise_name(message)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _start(corpus: CorpusSize, situation: Situation) -> Content:
    rest = ["the bundled briefing"] if situation.bundled else []
    if situation.problems:
        more = len(situation.problems) - 1
        rest.append(f"not read: {situation.problems[0]}{f' and {more} more' if more else ''}")
    return _line(size(corpus), "bold", rest)


def _answered(session: Session, answer: Answer) -> Content:
    return _line(
        f"{SIGNS[answer.status]} {verdict(answer)}",
        STYLES[answer.status],
        [*_notes(session, answer), size(answer.corpus)],
    )


def _notes(session: Session, answer: Answer) -> Iterator[str]:
    yield from notes(answer)
    if answer.corrections:
        yield "^l asks exactly that"
    elif session.asking.literal:
        yield "exactly as asked, ^l corrects"


def _line(first: str, style: str, rest: list[str]) -> Content:
    return Content.assemble(
        (sanitise_name(first), style),
        *((f"{SEPARATOR}{sanitise_name(part)}", QUIET) for part in rest),
    )
