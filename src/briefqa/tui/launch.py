"""The options that the app is started with."""

from __future__ import annotations

from pathlib import Path

from briefqa.corpus import Corpus
from briefqa.documents import STANDARD_INPUT
from briefqa.records import Record
from briefqa.tui.state.settings import DEFAULTS, Settings

__all__ = ["LaunchOptions"]


class LaunchOptions(Record):
    """The options that the app is started with.

    Attributes:
        corpus: the documents.
        bundled: whether they are the bundled briefing, since no path was given.
        cached: whether a cached index may be read and written.
        literal: whether words are looked up exactly as asked.
        print_on_enter: whether Enter exits the app and prints the selected excerpt.
        state_folder: the folder of the history; None to store no history.
        settings: the user's settings.
        settings_file: the configuration file that stores changes of them; None to store nothing.
        history: whether to store the history.
        debounce: seconds without a key press after which a question is asked.
        searching_delay: seconds after which the status line says that an answer is awaited.
        watch_interval: seconds between checks whether documents have changed; 0 for none.
    """

    corpus: Corpus
    bundled: bool = False
    cached: bool = True
    literal: bool = False
    print_on_enter: bool = False
    state_folder: Path | None = None
    settings: Settings = DEFAULTS
    settings_file: Path | None = None
    history: bool = True
    debounce: float = 0.08
    searching_delay: float = 0.15
    watch_interval: float = 2.0

    @property
    def reads_standard_input(self) -> bool:
        """Whether a document is piped in, so that it can be read only once."""
        return STANDARD_INPUT in self.corpus.paths

    @property
    def history_file(self) -> Path | None:
        """The file of the history; None to store no history."""
        return self.state_folder / "history" if self.state_folder and self.history else None
