"""The row of keys at the bottom of the screen."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

__all__ = ["KeyFooter"]


class KeyFooter(Footer):
    """The keys that act now, in the order of their bindings, as many as fit whole."""

    def __init__(self) -> None:
        super().__init__(compact=True)

    def compose(self) -> ComposeResult:
        """Create the keys up to the first that does not fit."""
        # There is no blank after the last key.
        room = self.content_size.width + 1
        for key in super().compose():
            assert isinstance(key, FooterKey)
            room -= cell_len(f"{key.key_display} {key.description} ")
            if room < 0:
                break
            yield key

    async def on_resize(self) -> None:
        """Show as many keys as fit now."""
        await self.recompose()
