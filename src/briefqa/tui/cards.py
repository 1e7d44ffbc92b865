"""The list of answers, set in rows: each answer a card of a source and its sentence."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefqa.answers import Excerpt
from briefqa.sanitising import sanitise_name
from briefqa.spans import Span
from briefqa.tui.wrapping import Rows

__all__ = ["SENTENCE_ROWS", "Card", "CardRow", "excerpt_card", "set_cards"]

SENTENCE_ROWS = 3
"""Rows of a sentence at the most."""


class Card(NamedTuple):
    """What one entry of the list shows.

    Attributes:
        source: the line above; empty for none.
        text: what is quoted.
        matches: the words that match: characters of `text`.
    """

    source: str
    text: str
    matches: tuple[Span, ...] = ()


class CardRow(NamedTuple):
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
    heading = f" · {passage.heading}" if passage.heading else ""
    return Card(
        source=f"{passage.path}:{excerpt.line}{heading}",
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
        yield CardRow(number, sanitise_name(card.source), (), source=True, first=True)
    text = card.text.replace("\n", " ").replace("\t", " ")
    rows = Rows(text, width)
    first = _first_row(rows, card.matches)
    shown = range(first, min(first + SENTENCE_ROWS, len(rows)))
    for place in shown:
        span = rows[place].span
        cut_before = place == first and first > 0
        cut_after = place == shown[-1] and place + 1 < len(rows)
        yield _row(number, text, span, card, cut_before, cut_after)


def _first_row(rows: Rows, matches: Sequence[Span]) -> int:
    """Begin where the most matches are seen, as early as possible."""
    latest = max(0, len(rows) - SENTENCE_ROWS)
    places = [rows.find(span.start) for span in matches]

    def seen(first: int) -> int:
        return sum(first <= place < first + SENTENCE_ROWS for place in places)

    return max(range(latest + 1), key=lambda first: (seen(first), -first))


def _row(
    number: int, text: str, span: Span, card: Card, cut_before: bool, cut_after: bool
) -> CardRow:
    shown = sanitise_name(span.slice(text))
    if cut_before:
        shown = "…" + shown[1:]
    if cut_after:
        shown = shown.rstrip()[: max(0, span.length - 1)] + "…"
    matches = (
        Span(max(match.start, span.start), min(match.end, span.end)).shift(-span.start)
        for match in card.matches
        if match.start < span.end and match.end > span.start
    )
    return CardRow(number, shown, tuple(matches), source=False, first=not card.source)
