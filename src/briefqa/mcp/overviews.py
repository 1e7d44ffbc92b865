"""What tools tell of many documents at once: what each of them answers, and the dates in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from briefqa.answers import Status
from briefqa.documents.dates import parse_day_range
from briefqa.errors import UsageError
from briefqa.grid import GridCell, GridRow
from briefqa.mcp.library import Served
from briefqa.mcp.protocol import ToolResult
from briefqa.mcp.quotation import LEFT_OUT, clipped, counted, in_shares, named, quote
from briefqa.output import one_line
from briefqa.text_safety import sanitise_name
from briefqa.timeline import Event, Timeline

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from briefqa.assistant import Assistant

__all__ = ["ask_each", "list_dates"]

MAX_CELLS = 2_000
"""Answers of one call: more take longer than a client waits."""


def ask_each(
    assistant: Assistant, documents: Collection[str] | None, arguments: Mapping[str, Any]
) -> ToolResult:
    """Answer questions from each document by itself.

    Args:
        assistant: has the documents.
        documents: the paths of those that are asked; None for all.
        arguments: those of `ask`.

    Raises:
        UsageError: there are too many answers for one call.
    """
    questions = arguments["questions"]
    try:
        grid = assistant.grid(questions, documents=documents, max_cells=MAX_CELLS)
    except UsageError as error:
        raise UsageError(f"{error}; name a path, since or until, or ask fewer questions") from error
    rows, records = iter(grid), list[dict[str, object]]()

    def answered(question: str, budget: int) -> str:
        row = next(rows)
        head = f"{clipped(question, budget // 3)}\n"
        if row.error is not None:
            records.append({"question": named(question), "error": sanitise_name(str(row.error))})
            return f"{head}error: {row.error}"[:budget]
        answering = [cell for cell in row.cells if cell.excerpt]
        head += f"{len(answering)} of {counted(len(row.cells), 'document')}"
        quotation = quote(map(_cell_line, answering), budget - len(head) - len(LEFT_OUT) - 8)
        records.append(_row_record(row, answering[: quotation.size]))
        left_out = len(answering) - quotation.size
        return head + quotation.text + (f"\n{LEFT_OUT.format(left_out)}" if left_out else "")

    text = in_shares(questions, "question", arguments["max_chars"], answered)
    return ToolResult(text, {"answers": records})


def _cell_line(cell: GridCell) -> str:
    """Return the place and the sentence of a cell, with its value if it is named."""
    assert cell.excerpt is not None
    doubt = f"{Status.WEAK}: " if cell.status is Status.WEAK else ""
    sentence = sanitise_name(one_line(cell.sentence or ""))
    return f"{sanitise_name(cell.excerpt.citation)}: {doubt}{sentence}"


def _row_record(row: GridRow, quoted: list[GridCell]) -> dict[str, object]:
    answers = sum(cell.excerpt is not None for cell in row.cells)
    return {
        "question": named(row.question),
        "documents": len(row.cells),
        "excerpts": [
            {
                "citation": sanitise_name(cell.excerpt.citation),
                "status": str(cell.status),
                "confidence": round(cell.confidence, 2),
                "value": cell.value and named(cell.value),
                "sentence": sanitise_name(one_line(cell.sentence or "")),
            }
            for cell in quoted
            if cell.excerpt
        ],
        "left_out": answers - len(quoted),
    }


def list_dates(served: Served, arguments: Mapping[str, Any]) -> ToolResult:
    """List the sentences that mention dates.

    Args:
        served: the documents.
        arguments: those of `timeline`.

    Raises:
        BriefqaError: a day or the range is invalid, there are no such documents, or too many dates.
    """
    days = parse_day_range(arguments["since"], arguments["until"])
    timeline = served.assistant.timeline(
        arguments["about"] or None,
        since=days.since,
        until=days.until,
        documents=served.choose(arguments["path"]),
    )
    budget = arguments["max_chars"]
    head = "; ".join(_counts(timeline))
    quotation = quote(map(_event_line, timeline.events), budget - len(head) - len(LEFT_OUT) - 60)
    text = head + quotation.text
    if left_out := len(timeline.events) - quotation.size:
        after = timeline.events[quotation.size].first
        text += f"\n{LEFT_OUT.format(left_out)}; they follow with since {after}"
    events = [_event_record(event) for event in timeline.events[: quotation.size]]
    return ToolResult(text, {"events": events, "left_out": left_out})


def _counts(timeline: Timeline) -> Iterator[str]:
    yield counted(len(timeline.events), "date")
    for each in timeline.unplaced:
        yield f"{each.dates} {each.reason} left out"


def _event_line(event: Event) -> str:
    place = sanitise_name(event.place.citation)
    return f"{event.iso} {place}: {sanitise_name(one_line(event.sentence))}"


def _event_record(event: Event) -> dict[str, object]:
    return {
        "date": event.iso,
        "written": named(event.written),
        "counted_from": event.counted_from,
        "citation": sanitise_name(event.place.citation),
        "sentence": sanitise_name(one_line(event.sentence)),
        "also": [sanitise_name(place.citation) for place in event.also],
    }
