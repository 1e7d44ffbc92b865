"""The settings, which the user's configuration file stores, and the options of the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from briefqa.configuration import Values
from briefqa.corpus import Corpus
from briefqa.documents import STANDARD_INPUT
from briefqa.records import Record
from briefqa.tui.storage import LastSession, read_private, write_private

__all__ = [
    "DEFAULTS",
    "DEFAULT_THEME",
    "SESSION_FILE",
    "LaunchOptions",
    "Settings",
    "save_settings",
    "settings_of",
]

DEFAULT_THEME = "textual-dark"
SESSION_FILE = "session.json"


class Settings(Record):
    """The settings of the app.

    Attributes:
        theme: the name of a theme of Textual.
        wrap: whether long lines are wrapped.
        keys: for the ids of bindings, the keys to use instead, separated by commas.
    """

    theme: str = DEFAULT_THEME
    wrap: bool = True
    keys: Mapping[str, str] = {}


DEFAULTS = Settings()


def settings_of(values: Values) -> Settings:
    """Return the settings that are configured, and the defaults of the others."""
    configured = {name: getattr(values, name) for name in Settings._fields}
    return DEFAULTS._replace(
        **{name: value for name, value in configured.items() if value is not None}
    )


def save_settings(path: Path | None, before: Settings, settings: Settings) -> bool:
    """Write the settings that changed into the configuration file, and leave the rest as it is.

    Args:
        path: the file, which need not exist; None to store nothing.
        before: the settings in the file.
        settings: the settings to store.

    Returns:
        Whether they were written; a file with a mistake in it is not changed.
    """
    if path is None:
        return False
    # Few sessions change a setting, and loading it takes time.
    from briefqa.configuration.config_file import read_layer

    # The file may be a link to one under version control, which stays a link.
    path = Path(os.path.realpath(path))
    text = read_private(path)
    if text is None or (text and read_layer(str(path), personal=True).problems):
        return False
    return write_private(path, _changed(text, before, settings))


def _changed(text: str, before: Settings, settings: Settings) -> str:
    """Return a text of TOML with the settings that changed."""
    from tomlkit import parse, table

    document = parse(text)
    if "app" not in document:
        document["app"] = table()
    for name in Settings._fields:
        if getattr(settings, name) != getattr(before, name):
            document["app"][name] = getattr(settings, name)
    return str(document.as_string())


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
        notices: what to tell once the app has started.
        last_session: where to go on; None to start anew.
        debounce: seconds without a key press after which a question is asked.
        word_delay: seconds without a key press after which the last word is taken for finished; 0
            to take it so at once. A letter that leaves the screen acts after it, too.
        searching_delay: seconds after which the status line says that an answer is awaited.
        keep_delay: seconds that an answer is shown after which its question is kept; 0 for never.
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
    notices: tuple[str, ...] = ()
    last_session: LastSession | None = None
    debounce: float = 0.03
    word_delay: float = 0.4
    searching_delay: float = 0.15
    keep_delay: float = 5.0
    watch_interval: float = 2.0

    @property
    def reads_standard_input(self) -> bool:
        """Whether a document is piped in, so that it can be read only once."""
        return STANDARD_INPUT in self.corpus.paths

    @property
    def history_file(self) -> Path | None:
        """The file of the history; None to store no history."""
        return self.state_folder / "history" if self.state_folder and self.history else None

    @property
    def session_file(self) -> Path | None:
        """The file of the session; None to store none, as where a script waits for the excerpt."""
        stores = self.state_folder and self.history and not self.print_on_enter
        return self.state_folder / SESSION_FILE if self.state_folder and stores else None
