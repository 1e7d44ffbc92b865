"""The words of a question as chips, and the row of chips under the question.

A chip says how its word was looked up, and its mark: `+` for a word that every excerpt must have,
`-` for one that none may have, `"` for one that is looked up exactly as written, and empty for a
plain word. What the mark means is also said in words, since a sign may be text. A word that only
asks is in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from briefqa.answers import WordLookup
from briefqa.corpus import DocumentScope
from briefqa.errors import QuestionError
from briefqa.records import Record
from briefqa.text_safety import sanitise_name
from briefqa.tui import keys

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer

__all__ = [
    "MARKS",
    "Chip",
    "ChipBar",
    "mark_next",
    "mark_of",
    "mark_word",
    "question_chips",
    "scope_text",
    "word_chip",
]

MARKS = ("", "+", "-", '"')
"""In the order in which one follows the other."""
FORMS = {"": "{}", "+": "+{}", "-": "-{}", '"': '"{}"'}
OPERATORS = {"+": '+"{}"', "-": '-"{}"'}
"""Forms that are operators wherever they stand."""
MEANINGS = {"": "", "+": " must", "-": " must not", '"': ""}
SIGNED = re.compile(r"[-+][^\W\d_]")
RELATIONS = {"": "", "corrected": "→", "alias": "/", "related": "~"}
ABSENT = "✗"
PLAIN = r"\1"
ESCAPED = re.compile(r"\[([*?\[])\]")
GAP = 2
"""Cells between two chips."""
STYLES = {
    "matched": "underline",
    "lacking": "$text-card",
    "absent": "$text-bad",
    "light": "$text-aside",
    "literal": "$text-mark",
    "filter": "bold $text-mark",
}


class Chip(Record):
    """A part of the row under the question that can be clicked.

    Attributes:
        text: what is shown.
        kind: `matched` for a word that the first excerpt has, `lacking` for another one, `absent`
            for one that no passage has; `literal` for how the words are looked up; `filter` for
            the documents that may answer.
        word: the word that it stands for, as asked; empty for none.
        mark: its mark.
        signs: the signs with which the documents write the word, so that they are text before it.
    """

    text: str
    kind: str
    word: str = ""
    mark: str = ""
    signs: str = ""


def word_chip(lookup: WordLookup) -> Chip:
    """Return the chip of a word: its mark, what it was looked up as, the number of its passages."""
    if lookup.light:
        return Chip(sanitise_name(f"({lookup.asked})"), "light", lookup.asked, "", lookup.signs)
    used = f"{RELATIONS[lookup.relation]}{lookup.used}"
    meaning = MEANINGS[lookup.mark]
    if not lookup.mark and SIGNED.match(lookup.asked):
        meaning = " as text"
    counts = {None: "", 0: f" {ABSENT}"}
    count = counts.get(lookup.passages, f" {lookup.passages or 0:,}")
    kind = "matched" if lookup.matched else "lacking" if lookup.passages != 0 else "absent"
    text = FORMS[lookup.mark].format(lookup.asked) + used + meaning + count
    return Chip(sanitise_name(text), kind, lookup.asked, lookup.mark, lookup.signs)


def question_chips(lookups: Sequence[WordLookup], *, literal: bool, scope: str = "") -> list[Chip]:
    """Return the chips of a question: the filter, its words, and whether they are taken as typed.

    Args:
        lookups: how its words were looked up.
        literal: whether they were looked up as typed.
        scope: the documents that may answer; empty for all.
    """
    words = [Chip(f"{scope} ✕", "filter")] if scope else []
    words += map(word_chip, lookups)
    if literal:
        return [Chip("✓ as typed", "literal"), *words]
    changed = any(each.used for each in lookups)
    return [*words, Chip("^l as typed", "literal")] if changed else words


def scope_text(scope: DocumentScope, shared: str) -> str:
    """Return a scope as one line, sanitised; empty if it has no limit."""
    rooted = f"/{shared.lstrip('/')}"
    names = [f"in {ESCAPED.sub(PLAIN, each).removeprefix(rooted)}" for each in scope.patterns]
    if scope.since:
        names.append(f"since {scope.since}")
    if scope.until:
        names.append(f"until {scope.until}")
    return sanitise_name(" ".join(names))


def mark_word(question: str, word: str, mark: str, *, surely: bool = False) -> str:
    """Return a question in which a word has another mark.

    Args:
        question: the question.
        word: the word as asked; a sign that is its text is not kept.
        mark: the mark.
        surely: whether to write the mark so that it counts wherever the word stands.
    """
    bare = word.lstrip("+-") if SIGNED.match(word) else word
    escaped = re.escape(bare)
    pattern = (
        rf'(?:(?<!\S)[-+])?["“]{escaped}["”]'
        rf"|(?<!\S)[-+]{escaped}(?!\w)|(?<!\w){escaped}(?!\w)"
    )
    form = OPERATORS.get(mark, FORMS[mark]) if surely else FORMS[mark]
    marked = re.sub(pattern, lambda _: form.format(bare), question).lstrip()
    # A sign counts only after white space.
    return f" {marked}" if marked[:1] in ("+", "-") else marked


def mark_next(question: str, chip: Chip, analyzer: Analyzer, among: Sequence[str]) -> str:
    """Return a question in which a word has the next mark that counts where the word stands.

    Args:
        question: the question.
        chip: the word with its present mark.
        analyzer: of the documents.
        among: the marks to choose from; the first follows the last.
    """
    place = among.index(chip.mark) + 1 if chip.mark in among else 0
    for mark in (*among[place:], *among[:place]):
        is_text = mark != "" and mark in chip.signs
        for surely in (True,) if is_text else (False, True):
            marked = mark_word(question, chip.word, mark, surely=surely)
            if mark_of(marked, chip.word, analyzer) == mark:
                return marked
    return question


def mark_of(question: str, word: str, analyzer: Analyzer) -> str | None:
    """Return the mark that counts for a word; None if the question has no such word.

    A number, for one, has no sign.
    """
    # The first paint does not wait for it to be loaded.
    from briefqa.answers.question import parse_question

    bare = word.lstrip("+-") if SIGNED.match(word) else word
    try:
        parsed = parse_question(question, analyzer)
    except QuestionError:
        return None
    if bare in parsed.excluded_words:
        return "-"
    found = next((each for each in parsed.words if each.text == bare), None)
    if found is None:
        return None
    return "+" if found.required else '"' if found.exact else ""


class ChipBar(Widget):
    """One row of chips; while it is focused, one of them is selected.

    Attributes:
        chips: the chips.
        selected: the number of the selected chip.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keys.WORDS]

    class Clicked(Message):
        """A chip was clicked."""

        def __init__(self, chip: Chip) -> None:
            super().__init__()
            self.chip = chip

    def __init__(self) -> None:
        super().__init__(id="chips")
        self.chips: Sequence[Chip] = ()
        self.selected = 0
        self._note = ""

    def show(self, chips: Sequence[Chip], note: str = "") -> None:
        """Show other chips, and a note after them."""
        self.chips, self._note = chips, note
        self.selected = max(0, min(self.selected, len(chips) - 1))
        self.refresh()

    def open(self) -> None:
        """Focus the row; Tab does not, since there is less to do than in the panes."""
        self.can_focus = True
        self.screen.set_focus(self)

    def on_blur(self) -> None:
        """Leave the row out of those that Tab focuses."""
        self.can_focus = False

    def action_select(self, step: int) -> None:
        """Select another chip."""
        self.selected = max(0, min(self.selected + step, len(self.chips) - 1))
        self.refresh()

    @property
    def chip(self) -> Chip | None:
        """The selected chip; None if there are none."""
        return self.chips[self.selected] if self.chips else None

    def on_click(self, event: events.Click) -> None:
        """Report the chip that is clicked."""
        position = event.get_content_offset(self)
        chips = self.chips[self._first :]
        starts = [*accumulate((cell_len(chip.text) + GAP for chip in chips[:-1]), initial=0)]
        if self._kept:
            starts[-1] = min(starts[-1], self.size.width + GAP - self._kept)
        # The last chip may cover part of another one.
        for chip, start in reversed([*zip(chips, starts, strict=False)]):
            if position and start <= position.x < start + cell_len(chip.text):
                self.post_message(self.Clicked(chip))
                return

    @property
    def _kept(self) -> int:
        """The cells of the last chip and of the gap before it, if it is kept in view, else 0."""
        last = self.chips[-1] if self.chips else None
        return cell_len(last.text) + GAP if last and last.kind == "literal" else 0

    @property
    def _first(self) -> int:
        """The number of the first chip in view: the selected chip is seen whole, if it fits."""
        is_kept = self._kept and self.selected == len(self.chips) - 1
        first = selected = self.selected if self.has_focus and not is_kept else 0
        room = self.size.width + GAP - self._kept
        for number in range(selected, -1, -1):
            room -= cell_len(self.chips[number].text) + GAP if self.chips else 0
            first = number if room >= 0 else first
        return first

    def render(self) -> Content:
        """Return the row."""
        selected = self.selected if self.has_focus else -1
        parts = [
            Content.styled(chip.text, STYLES[chip.kind] + " reverse" * (number == selected))
            for number, chip in enumerate(self.chips)
        ]
        note = [Content.styled(self._note, "$text-aside")] if self._note else []
        gap = Content(" " * GAP)
        row, room = gap.join([*parts[self._first :], *note]), self.size.width - self._kept
        if self._kept and row.cell_length > self.size.width:
            words = gap.join(parts[self._first : -1]).truncate(room, ellipsis=True, pad=True)
            return gap.join([words, parts[-1]])
        return row
