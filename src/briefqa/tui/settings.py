"""What the app remembers of how its reader likes it."""

import json
from collections.abc import Mapping
from pathlib import Path

from briefqa.records import Record
from briefqa.tui.state import read_private, write_private

__all__ = ["DEFAULT_THEME", "Settings", "load_settings", "save_settings"]

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


def load_settings(path: Path | None) -> Settings:
    """Read the settings; what is missing or makes no sense is as if never set."""
    try:
        fields = json.loads(read_private(path)) if path else {}
    except (ValueError, RecursionError):
        fields = {}
    if not isinstance(fields, dict):
        return Settings()
    theme, wrap, keys = (fields.get(name) for name in Settings._fields)
    return Settings(
        theme=theme if isinstance(theme, str) else DEFAULT_THEME,
        wrap=wrap if isinstance(wrap, bool) else True,
        keys=_strings(keys) if isinstance(keys, dict) else {},
    )


def save_settings(path: Path | None, settings: Settings) -> None:
    """Write the settings, unless nothing is to be kept."""
    if path:
        write_private(path, json.dumps(settings._asdict(), indent=2) + "\n")


def _strings(fields: Mapping[object, object]) -> dict[str, str]:
    return {
        name: value
        for name, value in fields.items()
        if isinstance(name, str) and isinstance(value, str)
    }
