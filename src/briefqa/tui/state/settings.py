"""The settings of the app, which the user's configuration file stores."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from briefqa.configuration import Values
from briefqa.configuration.config_file import read_layer
from briefqa.records import Record
from briefqa.tui.state.private_files import read_private, write_private

__all__ = ["DEFAULTS", "DEFAULT_THEME", "Settings", "save_settings", "settings_of"]

DEFAULT_THEME = "textual-dark"


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
