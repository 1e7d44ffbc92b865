"""What the app remembers of how its reader likes it, in the user's configuration file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from briefqa.configuration import Values
from briefqa.configuration.config_file import read_layer
from briefqa.records import Record
from briefqa.tui.state.private_files import read_private, write_private

__all__ = [
    "DEFAULTS",
    "DEFAULT_THEME",
    "Settings",
    "adopt_earlier",
    "save_settings",
    "settings_of",
]

DEFAULT_THEME = "textual-dark"


class Settings(Record):
    """How the reader likes it.

    Attributes:
        theme: the name of a theme of Textual.
        wrap: whether long lines are wrapped.
        keys: for ids of bindings, the keys that they have instead, parted by commas.
    """

    theme: str = DEFAULT_THEME
    wrap: bool = True
    keys: Mapping[str, str] = {}


DEFAULTS = Settings()


def settings_of(values: Values) -> Settings:
    """Return what is configured; the rest is as if never set."""
    given = {name: getattr(values, name) for name in Settings._fields}
    return DEFAULTS._replace(**{name: value for name, value in given.items() if value is not None})


def save_settings(path: Path | None, before: Settings, settings: Settings) -> bool:
    """Write what has changed into the configuration file, and leave the rest as it stands.

    Args:
        path: the file, there or not; None to keep nothing.
        before: what the file is known to say.
        settings: what it is to say.

    Returns:
        Whether it was written; a file with a mistake in it is left alone.
    """
    if path is None:
        return False
    # A file that is kept elsewhere, under version control perhaps, stays the link that it is.
    path = Path(os.path.realpath(path))
    text = read_private(path)
    if text is None or (text and read_layer(str(path), personal=True).problems):
        return False
    return write_private(path, _changed(text, before, settings))


def _changed(text: str, before: Settings, settings: Settings) -> str:
    """Put settings into a text of TOML; all else in it stays."""
    from tomlkit import parse, table

    document = parse(text)
    if "app" not in document:
        document["app"] = table()
    for name in Settings._fields:
        if getattr(settings, name) != getattr(before, name):
            document["app"][name] = getattr(settings, name)
    return str(document.as_string())


def adopt_earlier(earlier: Path, path: Path | None, values: Values) -> Settings:
    """Take over what an earlier version kept in a JSON file, once.

    Args:
        earlier: the JSON file, there or not; it goes once the other has all of it.
        path: the configuration file that takes its place.
        values: what is configured; it wins.

    Returns:
        What holds now.
    """
    settings = settings_of(values)
    text = read_private(earlier) if os.path.exists(earlier) else None
    if text is None:
        return settings
    kept = _earlier_fields(text)
    unset = {name: value for name, value in kept.items() if getattr(values, name) is None}
    adopted = settings._replace(**unset)
    if adopted == settings or save_settings(path, settings, adopted):
        with suppress(OSError):
            earlier.unlink()
    return adopted


def _earlier_fields(text: str) -> dict[str, Any]:
    """Return what of the JSON file makes sense."""
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    found = {}
    for name, kind in {"theme": str, "wrap": bool, "keys": dict}.items():
        if isinstance(fields, dict) and isinstance(fields.get(name), kind):
            found[name] = fields[name]
    if not all(isinstance(keys, str) for keys in found.get("keys", {}).values()):
        del found["keys"]
    return found
