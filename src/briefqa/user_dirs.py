"""Folders that nobody has to name: the user's own, and that of the bundled briefing.

The user's are those of platformdirs, which takes longer to load than an answer from a cached index
may.
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
"""For each kind: the variable that names it, and where it is at home, elsewhere and on macOS."""


def user_folder(kind: str, environment: Mapping[str, str], platform: str) -> str | None:
    """Return this user's folder of a kind for briefqa; None where there is no such place.

    Args:
        kind: `cache` or `config`.
        environment: the environment variables.
        platform: as `sys.platform` has it.
    """
    variable, elsewhere, macos = HOMES[kind]
    parent = environment.get(variable, "")
    if not os.path.isabs(parent):
        home = os.path.expanduser("~")
        if platform == "win32":
            parent = environment.get("LOCALAPPDATA", "")
        elif platform == "darwin":
            parent = os.path.join(home, *macos)
        else:
            parent = os.path.join(home, elsewhere)
    return os.path.join(parent, "briefqa") if os.path.isabs(parent) else None


def bundled_briefing() -> str:
    """Return the folder's path that holds the bundled briefing.

    It is shipped inside the installed package; a checkout installed for development has it at
    its top level instead.
    """
    package = os.path.dirname(os.path.abspath(__file__))
    packaged = os.path.join(package, "seeds")
    if os.path.isdir(packaged):
        return packaged
    return os.path.join(os.path.dirname(os.path.dirname(package)), "seeds")
