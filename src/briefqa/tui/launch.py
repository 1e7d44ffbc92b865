"""How the app is started."""

from __future__ import annotations

from pathlib import Path

from briefqa.corpus import Corpus
from briefqa.documents import STANDARD_INPUT
from briefqa.records import Record
from briefqa.tui.state.settings import DEFAULTS, Settings

__all__ = ["Launch"]


class Launch(Record):
    """What the app is started with.

    Attributes:
        corpus: the documents.
        bundled: whether they are the bundled briefing, because none were named.
        cached: whether a cached index may be read and written.
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

    corpus: Corpus
    bundled: bool = False
    cached: bool = True
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
        return STANDARD_INPUT in self.corpus.paths

    @property
    def history_file(self) -> Path | None:
        """The file of the history; None to keep none."""
        return self.state / "history" if self.state and self.history else None
