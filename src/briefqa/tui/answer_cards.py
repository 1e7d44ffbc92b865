"""The list of answers, set in rows: each answer a card of a source and its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from briefqa.answers import Excerpt
from briefqa.records import Record
from briefqa.spans import Span
from briefqa.text_safety import sanitise_name
from briefqa.tui.line_wrap import Rows

__all__ = ["SENTENCE_ROWS", "Card", "CardRow", "excerpt_card", "fit_end", "set_cards"]

HEADING_ROOM = 8
"""Cells; less of a heading tells nothing."""
SENTENCE_ROWS = 3
"""Rows of a sentence at the most."""


class Card(Record):
    """What one entry of the list shows.

    Attributes:
        source: the line above: where it stands; empty for none.
        text: what is quoted.
        matches: the words that match: characters of `text`.
        heading: the heading that it stands under; empty for none.
    """

    source: str
    text: str
    matches: tuple[Span, ...] = ()
    heading: str = ""


class CardRow(Record):
    """One row of the list.

    Attributes:
        card: the number of the card, from 0.
        text: what the row shows of it.
        matches: the words that match: characters of `text`.
        source: whether it is the line of the source.
        first: whether the card begins with it.
    """

    card: int
    text: str
    matches: tuple[Span, ...]
    source: bool
    first: bool


def excerpt_card(excerpt: Excerpt) -> Card:
    """Make the card of an excerpt: where it stands, and the sentence that answers."""
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


def set_cards(cards: Sequence[Card], width: int) -> list[CardRow]:
    """Set cards in rows of a width, in cells; a blank row parts them."""
    rows: list[CardRow] = []
    for number, card in enumerate(cards):
        if number and card.source:
            rows.append(CardRow(number - 1, "", (), source=False, first=False))
        rows.extend(_set_card(number, card, width))
    return rows


def _set_card(number: int, card: Card, width: int) -> Iterator[CardRow]:
    if card.source:
        yield CardRow(number, _source(card, width), (), source=True, first=True)
    text = card.text.replace("\n", " ").replace("\t", " ")
    rows = Rows(text, width)
    first = _first_row(rows, card.matches)
    shown = range(first, min(first + SENTENCE_ROWS, len(rows)))
    for place in shown:
        span = rows[place].span
        cut_before = place == first and first > 0
        cut_after = place == shown[-1] and place + 1 < len(rows)
        row = _row(number, text, span, card, cut_before, width if cut_after else None)
        yield row._replace(first=place == first and not card.source)


def _source(card: Card, width: int) -> str:
    """The place, at the least its end, and as much of the heading as fits."""
    place = fit_end(sanitise_name(card.source), width)
    heading = f" · {sanitise_name(card.heading)}" if card.heading else ""
    shown = place + heading
    if cell_len(shown) <= width:
        return shown
    room = width - cell_len(place) - 1
    return place + set_cell_size(heading, room).rstrip() + "…" if room > HEADING_ROOM else place


def fit_end(text: str, width: int) -> str:
    """Cut the beginning of a text off where it does not fit a width, in cells."""
    if cell_len(text) <= width:
        return text
    kept = text[-max(1, width - 1) :]
    while kept and cell_len(kept) >= width:
        kept = kept[1:]
    return f"…{kept}"


def _first_row(rows: Rows, matches: Sequence[Span]) -> int:
    """Begin where the most matches are seen, as early as possible."""
    latest = max(0, len(rows) - SENTENCE_ROWS)
    places = [rows.find(span.start) for span in matches]

    def seen(first: int) -> int:
        return sum(first <= place < first + SENTENCE_ROWS for place in places)

    return max(range(latest + 1), key=lambda first: (seen(first), -first))


def _row(
    number: int, text: str, span: Span, card: Card, cut_before: bool, cut_at: int | None
) -> CardRow:
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
