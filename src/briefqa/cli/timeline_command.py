"""`briefqa timeline`: the sentences that mention a date, in the order of these dates."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from types import SimpleNamespace

from briefqa.assistant import Assistant
from briefqa.cli import ANSWERED, ERROR, NO_ANSWER
from briefqa.cli.open_documents import (
    open_named,
    scope_of,
    select_documents,
)
from briefqa.cli.parser import Parser, chosen_format
from briefqa.cli.streams import complain, is_terminal, write
from briefqa.cli.terminals import READING, show_progress, use_color
from briefqa.configuration import values_in_force
from briefqa.corpus import DocumentScope
from briefqa.documents.date_mentions import Reason
from briefqa.errors import UsageError
from briefqa.output import Layout, one_line
from briefqa.output.csv_format import csv_row
from briefqa.output.json_format import SCHEMA, ascii_json, path_fields, place_record
from briefqa.output.markdown_format import escape_markdown
from briefqa.text_safety import sanitise, sanitise_name
from briefqa.timeline import Event, Timeline, UnplacedDate

__all__ = ["TIMELINE_FORMATS", "parser", "run"]

WHY = {
    Reason.UNCLEAR: "it may be two days, or is no day; --day-first reads 03/04/2026 as 3 April",
    Reason.UNDATED: "its document has no date of its own to count from",
}
"""Why a date is left out."""
EXAMPLES = """\
  briefqa timeline reports/                         all dates that the documents mention
  briefqa timeline reports/ --about "harbour crane"
  briefqa timeline news/ --since 2026-11-01 --until 2026-12-31 --format csv
"""

COLUMNS = (
    *("date", "first", "last", "written", "counted_from"),
    *("path", "line", "page", "sentence", "also"),
)
INDENT = 2


def run(options: SimpleNamespace, operands: list[str]) -> int:
    """Run `briefqa timeline`.

    Args:
        options: those of `parser`.
        operands: the paths.

    Returns:
        The exit code.

    Raises:
        BriefqaError: an argument, a document or the output is at fault.
    """
    values = values_in_force(complain)
    scope = scope_of(options)
    # The days are those of events, not of documents.
    chosen = scope._replace(since=None, until=None)
    assistant = open_named(options, operands, values, scope=chosen)
    timeline = _timeline(assistant, options, scope, select_documents(chosen, assistant))
    name = chosen_format(options) or ("text" if is_terminal(sys.stdout) else "line")
    write(TIMELINE_FORMATS[name](timeline, _layout(options, values.color)))
    _report(timeline.unplaced)
    if assistant.problems:
        return ERROR
    return ANSWERED if timeline.events else NO_ANSWER


def _timeline(
    assistant: Assistant,
    options: SimpleNamespace,
    scope: DocumentScope,
    documents: frozenset[str] | None,
) -> Timeline:
    with show_progress(READING) as progress:
        try:
            return assistant.timeline(
                options.about,
                since=scope.since,
                until=scope.until,
                documents=documents,
                day_first=True if options.day_first else None,
                progress=progress,
            )
        except UsageError as error:
            hint = "narrow it with --about, --since, --until or --in"
            raise UsageError(f"{error}; {hint}") from error


def _report(unplaced: Iterable[UnplacedDate]) -> None:
    """Say which dates are left out."""
    for each in unplaced:
        one = each.dates == 1
        dates = "1 date is left out" if one else f"{each.dates:,} dates are left out"
        complain(f"{dates}, such as {each.written} in {each.place.citation}: {WHY[each.reason]}")


def _layout(options: SimpleNamespace, preferred_color: str | None) -> Layout:
    """Return what the terminal can show."""
    from shutil import get_terminal_size

    color = use_color(options.color, os.environ, sys.stdout, preferred_color)
    return Layout(color=color, width=get_terminal_size().columns)


def parser() -> Parser:
    """Return the parser of `briefqa timeline`."""
    parser = Parser(
        "timeline",
        ["[OPTIONS] [PATH ...]"],
        EXAMPLES,
        "0 dates are listed, 1 there are none, 2 usage or input error",
    )
    parser.add_argument(
        "--about", metavar="WORDS", help="list sentences of passages that have all WORDS"
    )
    parser.add_scope_options("list", "dates")
    parser.add_format(tuple(TIMELINE_FORMATS), "text on a terminal, else line")
    parser.add_color()
    parser.add_corpus_options()
    parser.add_verbose()
    parser.add_switch("--cache", "read and write cached indexes (default)")
    return parser


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
            shown = Text(_without_line_ends(sentence.slice(event.place.passage.text)))
            shown.stylize(
                MATCH, event.mention.start - sentence.start, event.mention.end - sentence.start
            )
            place = Text(sanitise_name(event.place.citation), PLACE)
            place.append(_beside(event), DIM)
            console.print(Padding(shown, (0, 0, 0, INDENT)))
            console.print(Padding(place, (0, 0, 0, INDENT)))
        yield "".join(f"{line.rstrip()}\n" for line in written_to(console).splitlines())


def _without_line_ends(text: str) -> str:
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
        yield f"{event.iso}\t{place}: {one_line(sanitise(event.sentence))}\n"


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
                *(one_line(sanitise(event.written)), event.counted_from),
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
        yield before + ascii_json(_event_record(event))
        before = ",\n"
    unplaced = ascii_json([_unplaced_record(each) for each in timeline.unplaced])
    yield f'\n], "unplaced": {unplaced}}}\n'


def render_jsonl(timeline: Timeline, layout: Layout) -> Iterator[str]:
    """Yield an object for each event, one a line."""
    for event in timeline.events:
        yield ascii_json({"schema": SCHEMA, **_event_record(event)}) + "\n"


def _event_record(event: Event) -> dict[str, object]:
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
