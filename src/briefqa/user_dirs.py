"""The user's folders for caches and configuration, and the folder of the bundled briefing.

The user's folders are those of platformdirs, whose import takes longer than an answer from a cached
index may; a test compares the two.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["bundled_briefing", "user_folder"]

HOMES: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "cache": ("XDG_CACHE_HOME", ".cache", ("Library", "Caches")),
    "config": ("XDG_CONFIG_HOME", ".config", ("Library", "Application Support")),
}
"""For each kind: the environment variable, and the folder below the home folder, on Linux and on
macOS."""


def user_folder(kind: str, environment: Mapping[str, str], platform: str) -> str | None:
    """Return the user's folder of a kind for briefqa; None if the platform has none.

    Args:
        kind: `cache` or `config`.
        environment: the environment variables.
        platform: the value of `sys.platform`.
    """
    variable, linux, macos = HOMES[kind]
    parent = environment.get(variable, "")
    if not os.path.isabs(parent):
        home = os.path.expanduser("~")
        if platform == "win32":
            parent = environment.get("LOCALAPPDATA", "")
        elif platform == "darwin":
            parent = os.path.join(home, *macos)
        else:
            parent = os.path.join(home, linux)
    return os.path.join(parent, "briefqa") if os.path.isabs(parent) else None


def bundled_briefing() -> str:
    """Return the path of the folder with the bundled briefing.

    It is part of the installed package; in a checkout installed for development it is at the top
    level instead.
    """
    package = os.path.dirname(os.path.abspath(__file__))
    packaged = os.path.join(package, "seeds")
    if os.path.isdir(packaged):
        return packaged
    return os.path.join(os.path.dirname(os.path.dirname(package)), "seeds")
