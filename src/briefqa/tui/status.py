"""The line that says how far the answers can be trusted."""

from textual.content import Content

from briefqa.answers import Answer, Status
from briefqa.output import notes, verdict
from briefqa.sanitising import sanitise_name
from briefqa.tui.collection import Collection
from briefqa.tui.session import Session

__all__ = ["status_line"]

SIGNS = {Status.ANSWERED: "●", Status.WEAK: "◐", Status.NONE: "○"}
STYLES = {
    Status.ANSWERED: "$text-success",
    Status.WEAK: "$text-warning",
    Status.NONE: "$text-error",
}


def status_line(session: Session, collection: Collection | None) -> Content:
    """Say what the app is doing or has found."""
    if collection is None:
        return Content("Reading the documents …")
    answer = session.answer
    if answer is None:
        return Content(f"{len(collection.documents)} documents")
    return _answered(answer)


def _answered(answer: Answer) -> Content:
    rest = [
        *notes(answer),
        f"{answer.corpus.passages} passages",
        f"{answer.corpus.documents} documents",
    ]
    return Content.assemble(
        (f"{SIGNS[answer.status]} {verdict(answer)}", f"bold {STYLES[answer.status]}"),
        *((f" · {sanitise_name(part)}", "$text-muted") for part in rest),
    )
