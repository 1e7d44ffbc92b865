"""The answers as cards, and the cards laid out in rows, without Textual.

The cards of one document follow its title. A card is the sentence that answers, with the place of
it at the right end of the first row, under the heading of its passage.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from briefqa.answers import Answer, Excerpt, Status
from briefqa.records import Record
from briefqa.spans import Span
from briefqa.text_safety import sanitise_name
from briefqa.tui.document_names import ELLIPSIS, DocumentNames
from briefqa.tui.text_rows import WrappedText

__all__ = [
    "SENTENCE_ROWS",
    "Card",
    "CardRow",
    "answer_cards",
    "cut_end",
    "lay_out_cards",
    "squeeze",
]

SENTENCE_ROWS = 3
"""The number of rows of a sentence, unless all cards have room for more."""
LEAST_WIDTH = 8
"""Cells of a sentence; a narrower list is cut."""
LEAST_NAME = 8
"""Cells; less of a file's name is not shown."""
GAP = 2
"""Cells between a title and the name of the file."""


class Card(Record):
    """An entry of the list.

    Attributes:
        text: the sentence.
        matches: the words that match: characters of `text`.
        focus: the part that looks like the answer itself; None for none.
        place: where it is in its document, such as `:9`, and how many other places say the same;
            empty for none.
        heading: the heading above the passage; empty for none.
        title: the title of the document; empty if no document is named.
        name: the path of the document, without what all paths have in common; likewise. Without a
            text, it is all that is shown.
        marked: whether it is pinned.
        value: the part that may be the answer: the rows that are shown have it. None for none.
    """

    text: str
    matches: tuple[Span, ...] = ()
    focus: Span | None = None
    place: str = ""
    heading: str = ""
    title: str = ""
    name: str = ""
    marked: bool = False
    value: Span | None = None


class CardRow(Record):
    """A row of the list.

    Attributes:
        card: the number of the card, from 0.
        kind: `title`, `heading`, `text`, `name` or `blank`.
        text: the characters to show.
        matches: the words that match: characters of `text`.
        focus: the part of `text` that looks like the answer itself; None for none.
        first: whether it is the first row of a sentence.
        aside: what follows at the right end: the place of a sentence, the file of a title.
    """

    card: int
    kind: str
    text: str = ""
    matches: tuple[Span, ...] = ()
    focus: Span | None = None
    first: bool = False
    aside: str = ""


def answer_cards(answer: Answer, shared: str, pinned: Sequence[Excerpt] = ()) -> list[Card]:
    """Return the cards of an answer.

    Args:
        answer: the answer.
        shared: what the paths of all documents begin with.
        pinned: the excerpts that are pinned.
    """
    places = {(each.passage.path, each.passage.span, each.sentence) for each in pinned}
    return [
        _excerpt_card(
            excerpt,
            shared if answer.corpus.documents > 1 else None,
            answer.status is Status.ANSWERED,
        )._replace(marked=(excerpt.passage.path, excerpt.passage.span, excerpt.sentence) in places)
        for excerpt in answer.excerpts
    ]


def _excerpt_card(excerpt: Excerpt, shared: str | None, answered: bool) -> Card:
    """Return the card of an excerpt.

    Args:
        excerpt: the excerpt.
        shared: what the paths of all documents begin with; None for one document.
        answered: whether the part that looks like the answer may be shown as one.
    """
    passage, sentence = excerpt.passage, excerpt.sentence
    spans = [span for span in excerpt.highlights if sentence.contains(span)]
    focus = [excerpt.focus] if excerpt.focus else []
    text, moved = squeeze(
        sentence.slice(passage.text), [each.shift(-sentence.start) for each in (*focus, *spans)]
    )
    place = excerpt.citation.removeprefix(passage.source).removeprefix(":")
    place = f":{place}" if place.isdigit() else place
    card = Card(
        text=text,
        matches=tuple(moved[len(focus) :]),
        value=moved[0] if focus else None,
        focus=moved[0] if focus and answered else None,
        place=f"{place} +{len(excerpt.also)}" if excerpt.also else place,
        heading=sanitise_name(passage.heading or ""),
    )
    if shared is None:
        return card
    name = passage.source.removeprefix(shared)
    return card._replace(title=sanitise_name(passage.title), name=sanitise_name(name))


def squeeze(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """Replace each run of white space by one space.

    Returns:
        The text, and the spans of the same characters in it.
    """
    pieces = list(re.finditer(r"\S+", text))
    starts = [match.start() for match in pieces]
    squeezed = " ".join(match[0] for match in pieces)
    offsets, length = [], 0
    for match in pieces:
        offsets.append(length)
        length += len(match[0]) + 1

    def move(place: int) -> int:
        number = max(0, bisect_right(starts, place) - 1)
        return min(offsets[number] + place - starts[number], len(squeezed)) if starts else 0

    return squeezed, [Span(move(span.start), move(span.end - 1) + 1) for span in spans]


def lay_out_cards(
    cards: Sequence[Card], width: int, sentence_rows: int = SENTENCE_ROWS
) -> list[CardRow]:
    """Return the rows of cards; a blank row precedes each card that has a place, but the first.

    Args:
        cards: the cards.
        width: in cells.
        sentence_rows: the largest number of rows of a sentence.
    """
    rows: list[CardRow] = []
    names = DocumentNames(card.name for card in cards if card.name)
    before = Card("")
    for number, card in enumerate(cards):
        if card.name and not card.text:
            rows.append(CardRow(number, "name", names.cut(card.name, width - 1)))
            continue
        if number and card.place:
            rows.append(CardRow(number - 1, "blank"))
        if card.name and card.name != before.name:
            rows.append(_title_row(number, card, width, names))
            before = Card("")
        if card.heading and card.heading not in (before.heading, card.title):
            rows.append(CardRow(number, "heading", cut_end(card.heading, width)))
        rows.extend(_text_rows(number, card, width, sentence_rows))
        before = card
    return rows


def _title_row(number: int, card: Card, width: int, names: DocumentNames) -> CardRow:
    """Return the row with the title of a document, and the name of its file if there is room."""
    if card.title == os.path.basename(card.name):
        return CardRow(number, "title", names.cut(card.name, width))
    needed = min(names.width(card.name), width // 2)
    room = max(LEAST_NAME, width - GAP - cell_len(card.title), width // 3, needed)
    name = names.cut(card.name, room) if width > 2 * LEAST_NAME else ""
    title = cut_end(card.title, max(1, width - GAP - cell_len(name)))
    return CardRow(number, "title", title, aside=name)


def _text_rows(number: int, card: Card, width: int, most: int) -> Iterator[CardRow]:
    aside = cell_len(card.place) + len(ELLIPSIS) if card.place else 0
    room = max(LEAST_WIDTH, width - aside - GAP)
    wrapped = WrappedText(card.text, room)
    first = _best_first_row(wrapped, card, most)
    shown = range(first, min(first + most, len(wrapped)))
    for row_number in shown:
        is_first = row_number == first
        cut_before = ELLIPSIS if is_first and first else ""
        cut_after = row_number == shown[-1] and row_number + 1 < len(wrapped)
        span = wrapped[row_number].span
        row = CardRow(
            number,
            "text",
            cut_before + sanitise_name(span.slice(card.text)),
            tuple(_within(card.matches, span, len(cut_before))),
            next(iter(_within([card.focus] if card.focus else [], span, len(cut_before))), None),
            first=is_first,
            aside=card.place if is_first else "",
        )
        yield row._replace(text=row.text.rstrip() + ELLIPSIS) if cut_after else row


def _within(spans: Sequence[Span], row: Span, offset: int) -> Iterator[Span]:
    """Yield the parts of spans that are in a row, whose text begins after `offset` characters."""
    for span in spans:
        if span.start < row.end and span.end > row.start:
            cut = Span(max(span.start, row.start), min(span.end, row.end))
            yield cut.shift(offset - row.start)


def _best_first_row(wrapped: WrappedText, card: Card, most: int) -> int:
    """Return the first row to show so that the value, then most matches are seen."""
    rows = [wrapped.find(span.start) for span in card.matches]
    ends = (card.value.start, card.value.end - 1) if card.value else ()
    value = list(map(wrapped.find, ends))

    def seen_from(first: int) -> tuple[int, int]:
        shown = range(first, first + most)
        return sum(row in shown for row in value), sum(row in shown for row in rows)

    last = max(0, len(wrapped) - most)
    return max(range(last + 1), key=lambda first: (*seen_from(first), -first))


def cut_end(text: str, width: int) -> str:
    """Cut a text at a word so that it fits a width in cells."""
    if cell_len(text) <= width:
        return text
    cut = text[:width]
    while cut and cell_len(cut) >= width:
        cut = cut[:-1]
    # Where a space follows, the last word is whole.
    word_end = len(cut) if text[len(cut)] == " " else cut.rfind(" ")
    return f"{cut[:word_end].rstrip() if word_end > len(cut) // 2 else cut}{ELLIPSIS}"
