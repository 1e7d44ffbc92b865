"""The cards of the answer list, laid out in rows: a citation and the sentence that answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from briefqa.answers import Excerpt
from briefqa.records import Record
from briefqa.spans import Span
from briefqa.text_safety import sanitise_name
from briefqa.tui.text_rows import WrappedText

__all__ = ["Card", "CardRow", "excerpt_card", "keep_end", "lay_out_cards"]

HEADING_MINIMUM = 8
"""Cells; less of a heading is not shown."""
SENTENCE_ROWS = 3
"""The largest number of rows of a sentence."""


class Card(Record):
    """An entry of the list.

    Attributes:
        source: the citation, shown above the text; empty for none.
        text: the sentence.
        matches: the words that match: characters of `text`.
        heading: the heading above the passage; empty for none.
    """

    source: str
    text: str
    matches: tuple[Span, ...] = ()
    heading: str = ""


class CardRow(Record):
    """A row of the list.

    Attributes:
        card: the number of the card, from 0.
        text: the characters to show.
        matches: the words that match: characters of `text`.
        source: whether it is the row of the citation.
        first: whether it is the first row of the card.
    """

    card: int
    text: str
    matches: tuple[Span, ...]
    source: bool
    first: bool


def excerpt_card(excerpt: Excerpt) -> Card:
    """Return the card of an excerpt."""
    passage = excerpt.passage
    return Card(
        source=excerpt.citation,
        heading=passage.heading or "",
        text=excerpt.sentence.slice(passage.text),
        matches=tuple(
            span.shift(-excerpt.sentence.start)
            for span in excerpt.highlights
            if excerpt.sentence.contains(span)
        ),
    )


def lay_out_cards(cards: Sequence[Card], width: int) -> list[CardRow]:
    """Return the rows of cards, with a blank row between two that have a citation.

    Args:
        cards: the cards.
        width: in cells.
    """
    rows: list[CardRow] = []
    for number, card in enumerate(cards):
        if number and card.source:
            rows.append(CardRow(number - 1, "", (), source=False, first=False))
        rows.extend(_lay_out_card(number, card, width))
    return rows


def _lay_out_card(number: int, card: Card, width: int) -> Iterator[CardRow]:
    if card.source:
        yield CardRow(number, _source_text(card, width), (), source=True, first=True)
    text = card.text.replace("\n", " ").replace("\t", " ")
    wrapped = WrappedText(text, width)
    first = _best_first_row(wrapped, card.matches)
    shown = range(first, min(first + SENTENCE_ROWS, len(wrapped)))
    for row_number in shown:
        span = wrapped[row_number].span
        cut_before = row_number == first and first > 0
        cut_after = row_number == shown[-1] and row_number + 1 < len(wrapped)
        row = _text_row(number, text, span, card, cut_before, width if cut_after else None)
        yield row._replace(first=row_number == first and not card.source)


def _source_text(card: Card, width: int) -> str:
    """Return the citation, cut at its start if need be, and as much of the heading as fits."""
    source = keep_end(sanitise_name(card.source), width)
    heading = f" · {sanitise_name(card.heading)}" if card.heading else ""
    if cell_len(source + heading) <= width:
        return source + heading
    room = width - cell_len(source) - 1
    if room <= HEADING_MINIMUM:
        return source
    return source + set_cell_size(heading, room).rstrip() + "…"


def keep_end(text: str, width: int) -> str:
    """Cut a text at its start so that it fits a width in cells."""
    if cell_len(text) <= width:
        return text
    end = text[-max(1, width - 1) :]
    while end and cell_len(end) >= width:
        end = end[1:]
    return f"…{end}"


def _best_first_row(wrapped: WrappedText, matches: Sequence[Span]) -> int:
    """Return the first row to show so that most matches are seen; the earliest of these."""
    rows = [wrapped.find(span.start) for span in matches]

    def seen_from(first: int) -> int:
        return sum(first <= row < first + SENTENCE_ROWS for row in rows)

    last = max(0, len(wrapped) - SENTENCE_ROWS)
    return max(range(last + 1), key=lambda first: (seen_from(first), -first))


def _text_row(
    number: int, text: str, span: Span, card: Card, cut_before: bool, cut_at: int | None
) -> CardRow:
    """Return a row of the sentence.

    Args:
        number: the number of the card.
        text: the sentence.
        span: the characters of the row.
        card: the card.
        cut_before: whether earlier rows are not shown.
        cut_at: the width in cells if later rows are not shown; else None.
    """
    shown = sanitise_name(span.slice(text))
    if cut_before:
        shown = "…" + shown[1:]
    if cut_at is not None:
        shown = shown.rstrip()
        while cell_len(shown) >= cut_at:
            shown = shown[:-1]
        shown += "…"
    matches = (
        Span(max(match.start, span.start), min(match.end, span.end)).shift(-span.start)
        for match in card.matches
        if match.start < span.end and match.end > span.start
    )
    return CardRow(number, shown, tuple(matches), source=False, first=False)
