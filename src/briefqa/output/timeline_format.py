"""Timelines as text, lines, Markdown, CSV and JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from briefqa.output import Layout, fold
from briefqa.output.csv_format import csv_row
from briefqa.output.json_format import SCHEMA, ascii_json, path_fields, place_record
from briefqa.output.markdown_format import escape_markdown
from briefqa.text_safety import sanitise, sanitise_name
from briefqa.timeline import Event, Timeline, UnplacedDate

__all__ = ["TIMELINE_FORMATS", "event_record"]

COLUMNS = (
    *("date", "first", "last", "written", "counted_from"),
    *("path", "line", "page", "sentence", "also"),
)
INDENT = 2


def render_text(timeline: Timeline, layout: Layout) -> Iterator[str]:
    """Yield each date, and under it the sentences that mention it, with their places."""
    # Loading these takes time, and most formats need none of them.
    from rich.padding import Padding
    from rich.text import Text

    from briefqa.output.text_format import BOLD, DIM, MATCH, PLACE, console_of, written_to

    for date, events in groupby(timeline.events, lambda event: event.iso):
        console = console_of(layout)
        console.print(Text(date, BOLD))
        for event in events:
            sentence = event.place.sentence
            told = Text(_on_one_line(sentence.slice(event.place.passage.text)))
            told.stylize(
                MATCH, event.mention.start - sentence.start, event.mention.end - sentence.start
            )
            place = Text(sanitise_name(event.place.citation), PLACE)
            place.append(_beside(event), DIM)
            console.print(Padding(told, (0, 0, 0, INDENT)))
            console.print(Padding(place, (0, 0, 0, INDENT)))
        yield "".join(f"{line.rstrip()}\n" for line in written_to(console).splitlines())


def _on_one_line(text: str) -> str:
    """Return a text without line feeds, character by character."""
    return sanitise(text).replace("\n", " ").replace("\t", " ")


def _beside(event: Event) -> str:
    """Return what is said of the place of an event."""
    counted = f", counted from {event.counted_from}" if event.counted_from else ""
    others = len(event.also)
    return counted + (f", also in {others} more" if others else "")


def render_line(timeline: Timeline, layout: Layout) -> Iterator[str]:
    """Yield a line for each event: its date, a tab, its place and its sentence."""
    for event in timeline.events:
        place = sanitise_name(event.place.citation)
        yield f"{event.iso}\t{place}: {fold(sanitise(event.sentence))}\n"


def render_markdown(timeline: Timeline, layout: Layout) -> Iterator[str]:
    """Yield a list, with the dates in bold."""
    for event in timeline.events:
        place = event.place.citation + _beside(event)
        yield f"- **{event.iso}** {escape_markdown(f'{event.sentence} ({place})')}\n"


def render_csv(timeline: Timeline, layout: Layout) -> Iterator[str]:
    """Yield a header, then a row for each event."""
    yield csv_row(COLUMNS)
    for event in timeline.events:
        passage = event.place.passage
        yield csv_row(
            [
                *(event.iso, event.first, event.last),
                *(fold(sanitise(event.written)), event.counted_from),
                *(sanitise_name(passage.path), event.place.line, passage.page),
                sanitise(event.sentence),
                "; ".join(sanitise_name(place.citation) for place in event.also),
            ]
        )


def render_json(timeline: Timeline, layout: Layout) -> Iterator[str]:
    """Yield one object, an event a line."""
    yield f'{{"schema": {SCHEMA}, "events": ['
    before = "\n"
    for event in timeline.events:
        yield before + ascii_json(event_record(event))
        before = ",\n"
    unplaced = ascii_json([_unplaced_record(each) for each in timeline.unplaced])
    yield f'\n], "unplaced": {unplaced}}}\n'


def render_jsonl(timeline: Timeline, layout: Layout) -> Iterator[str]:
    """Yield an object for each event, one a line."""
    for event in timeline.events:
        yield ascii_json({"schema": SCHEMA, **event_record(event)}) + "\n"


def event_record(event: Event) -> dict[str, object]:
    """Return an event as an object of JSON.

    `date` is in ISO 8601, of the precision that the document has; `first` and `last` are its days.
    """
    return {
        "date": event.iso,
        "first": event.first.isoformat(),
        "last": event.last.isoformat(),
        "written": event.written,
        "counted_from": event.counted_from,
        **place_record(event.place),
        **path_fields(event.place.passage.path),
        "title": event.place.passage.title,
        "headings": event.place.passage.headings,
        "sentence": event.sentence,
        "also": [place_record(place) for place in event.also],
    }


def _unplaced_record(unplaced: UnplacedDate) -> dict[str, object]:
    return {
        "reason": unplaced.reason,
        "dates": unplaced.dates,
        "written": unplaced.written,
        **place_record(unplaced.place),
    }


TIMELINE_FORMATS: Mapping[str, Callable[[Timeline, Layout], Iterator[str]]] = {
    "text": render_text,
    "line": render_line,
    "json": render_json,
    "jsonl": render_jsonl,
    "markdown": render_markdown,
    "csv": render_csv,
}
"""The formats of timelines by name."""
