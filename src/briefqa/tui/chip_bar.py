"""The row of chips under the question."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from briefqa.tui import keys
from briefqa.tui.word_chips import Chip

__all__ = ["ChipBar"]

GAP = 2
"""Cells between two chips."""
STYLES = {
    "matched": "bold underline",
    "lacking": "$text-card",
    "absent": "$text-bad",
    "literal": "$text-mark",
    "filter": "bold $text-mark",
}


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
        starts = accumulate((cell_len(chip.text) + GAP for chip in chips), initial=0)
        for chip, start in zip(chips, starts, strict=False):
            if position and start <= position.x < start + cell_len(chip.text):
                self.post_message(self.Clicked(chip))

    @property
    def _first(self) -> int:
        """The number of the first chip in view: the selected chip is seen whole, if it fits."""
        first = selected = self.selected if self.has_focus else 0
        room = self.size.width + GAP
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
        return Content(" " * GAP).join([*parts[self._first :], *note])
