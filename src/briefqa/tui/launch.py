"""How the app is started."""

from __future__ import annotations

from pathlib import Path

from briefqa.documents import MAX_SIZE, STANDARD_INPUT, USUAL, Selection
from briefqa.records import Record
from briefqa.tui.state.settings import DEFAULTS, Settings

__all__ = ["Launch"]


class Launch(Record):
    """What the app is started with.

    Attributes:
        paths: the documents.
        max_size: bytes of a file at the most.
        selection: what of folders is wanted.
        cluster: the address of an index on a cluster, which is asked then; None for documents here.
        folder: where index files are kept; None for the user's cache folder.
        cached: whether a cached index may be read and written.
        bundled: whether the documents are the bundled briefing, because none were named.
        literal: whether to look up the words exactly as asked.
        printing: whether Enter leaves the app with the chosen excerpt.
        state: the folder for the history; None to keep none.
        settings: how the reader likes it.
        settings_file: the configuration file that keeps changes of them; None to keep none.
        history: whether to keep the history.
        debounce: seconds without a key before a question is asked.
        patience: seconds before the reader is told that an answer is awaited.
        watch: seconds between looks at whether a document has changed; 0 for none.
    """

    paths: tuple[str, ...]
    max_size: int = MAX_SIZE
    selection: Selection = USUAL
    cluster: str | None = None
    folder: str | None = None
    cached: bool = True
    bundled: bool = False
    literal: bool = False
    printing: bool = False
    state: Path | None = None
    settings: Settings = DEFAULTS
    settings_file: Path | None = None
    history: bool = True
    debounce: float = 0.08
    patience: float = 0.15
    watch: float = 2.0

    @property
    def piped(self) -> bool:
        """Whether a document is piped in, so that it can be read only once."""
        return self.cluster is None and STANDARD_INPUT in self.paths

    @property
    def history_file(self) -> Path | None:
        """The file of the history; None to keep none."""
        return self.state / "history" if self.state and self.history else None
