"""The line that says how far the answer can be trusted."""

from __future__ import annotations

import os
from collections.abc import Iterator

from textual.content import Content

from briefqa.answers import Answer, CorpusSize, Status
from briefqa.corpus import Skipped
from briefqa.errors import BriefqaError, DocumentError
from briefqa.output.wording import PARTIAL, agreement, left_out, verdict
from briefqa.records import Record
from briefqa.text_safety import sanitise_name
from briefqa.tui.session import Session

__all__ = ["TICK", "TITLES", "AppStatus", "error_text", "pane_title", "status_line"]

SYMBOLS = {Status.ANSWERED: "●", Status.WEAK: "◐", Status.NONE: "○"}
"""The status of an answer as a character, which can be recognised without colours."""
STYLES = {
    Status.ANSWERED: "bold $text-found",
    Status.WEAK: "bold $text-unsure",
    Status.NONE: "bold $text-bad",
}
TITLES = {
    Status.ANSWERED: "Answers",
    Status.WEAK: "Closest passages",
    Status.NONE: "Nearest passages",
}
TICK = 0.25
"""Seconds between two changes of the status line while the documents are read."""
TURNS = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
"""Characters that, one after the other, look like something that turns."""
MUTED = "$text-aside"
SEPARATOR = " · "
SEE_ALL = "F3 all"


class AppStatus(Record):
    """What the status line shows besides the answer.

    Attributes:
        corpus: the size of the corpus; None while it is being read.
        percent: the share that has been read, while it is being read.
        ticks: the time that reading has taken, in `TICK` seconds.
        bundled: whether it is the bundled briefing.
        problems: the paths that could not be read.
        skipped: how many files were not read, by reason.
        searching: whether the answer takes longer than usual.
        refusal: why the question cannot be answered; empty if it can.
        error: an error, shown instead of everything else; empty for none.
    """

    corpus: CorpusSize | None = None
    percent: int = 0
    ticks: int = 0
    bundled: bool = False
    problems: tuple[DocumentError, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    searching: bool = False
    refusal: str = ""
    error: str = ""


def status_line(session: Session, status: AppStatus, width: int) -> Content:
    """Return the status line, its most important part first.

    Args:
        session: the question and its answer.
        status: what else it shows.
        width: in cells; values that have less room are shortened, and it says how to see all.
    """
    if status.error:
        return _line(f"✗ {status.error}", STYLES[Status.NONE], ["F5 tries again"])
    if status.corpus is None:
        return _reading_line(status)
    if status.searching:
        return _line("◌ Searching …", "bold", [])
    if status.refusal:
        return _line(status.refusal[:1].upper() + status.refusal[1:], MUTED, [])
    if session.answer is None:
        return _start_line(status.corpus, status)
    return _answer_line(session, session.answer, width)


def _reading_line(status: AppStatus) -> Content:
    """Return the step that opening the documents is at, and a sign that it goes on."""
    seconds = int(status.ticks * TICK)
    percent = f" {status.percent} %" if status.percent else ""
    step = "Indexing" if status.percent >= 100 else f"Reading the documents …{percent}"
    rest = [f"{seconds} s"] if seconds else []
    turn = TURNS[status.ticks % len(TURNS)]
    return _line(f"{turn} {step}", "bold", [*rest, "you may type meanwhile"])


def pane_title(answer: Answer | None) -> str:
    """Return the title of the list of answers."""
    if answer is None:
        return "Questions to start with"
    return TITLES[answer.status] if answer.excerpts else "No passages"


def error_text(error: Exception) -> str:
    """Return the message of an exception on one line, with its class if it is unexpected."""
    message = str(error) if isinstance(error, BriefqaError) else f"{type(error).__name__}: {error}"
    return sanitise_name(message)


def _start_line(corpus: CorpusSize, status: AppStatus) -> Content:
    rest = ["the bundled briefing"] if status.bundled else []
    if status.problems:
        more = len(status.problems) - 1
        rest.append(f"not read: {status.problems[0]}{f' and {more} more' if more else ''}")
    if sum(each.files for each in status.skipped) > len(status.problems):
        rest.append(left_out(status.skipped))
    return _line(_size_text(corpus), "bold", rest)


def _answer_line(session: Session, answer: Answer, width: int) -> Content:
    """Return the answer itself if it is certain enough, else the verdict; then the notes."""
    if answer.status is Status.NONE and not session.request.finished:
        # The word may become one that passages have.
        return _line("◌ …", MUTED, [])
    first = answer.excerpts[0] if answer.excerpts else None
    told, style = verdict(answer), STYLES[answer.status]
    trust = f"{SEPARATOR}{answer.confidence:.0%}".replace("%", " %")
    doubts: list[str] = []
    if first and first.focus and answer.status is Status.ANSWERED:
        told = " ".join(first.focus.slice(first.passage.text).split()) + trust
    elif answer.status is Status.ANSWERED:
        told = f"Answered{trust}"
    elif answer.status is Status.WEAK:
        told = TITLES[answer.status] + trust
        doubts = ["they may not answer"]

    def line(said: str, *doubts: str) -> Content:
        rest = [*doubts, *_notes(session, answer, said), *_left_out(answer)]
        return _line(f"{SYMBOLS[answer.status]} {told}", style, rest)

    whole = line(agreement(answer), *doubts)
    if not answer.values or whole.cell_length <= width:
        return whole
    more = Content.styled(f"{SEPARATOR}{SEE_ALL}", MUTED)
    room, said = width - more.cell_length, _in_short(answer)
    short = line(said, *doubts)
    short = short if short.cell_length <= room else line(said)
    return short.truncate(max(0, room), ellipsis=True) + more


def _in_short(answer: Answer) -> str:
    """Return which values how many documents give, in fewer words."""
    if len(answer.values) == 1:
        return agreement(answer)
    return f"Differ: {', '.join(f'{each.written} in {each.documents}' for each in answer.values)}"


def _notes(session: Session, answer: Answer, said: str) -> Iterator[str]:
    if session.changed:
        yield f"{os.path.basename(session.changed)} changed"
    if answer.partial:
        yield PARTIAL
    if said:
        yield said


def _left_out(answer: Answer) -> Iterator[str]:
    if answer.skipped:
        yield left_out(answer.skipped)


def _size_text(corpus: CorpusSize) -> str:
    passages, documents = _count(corpus.passages, "passage"), _count(corpus.documents, "document")
    return f"{passages}{SEPARATOR}{documents}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _line(first: str, style: str, rest: list[str]) -> Content:
    return Content.assemble(
        (sanitise_name(first), style),
        *((f"{SEPARATOR}{sanitise_name(part)}", MUTED) for part in rest),
    )
