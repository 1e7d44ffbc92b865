"""Files of the app's own, in the user's state folder; for nobody else to read."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

__all__ = ["read_private", "state_folder", "write_private"]

LARGEST = 4 * 1024 * 1024
"""Bytes of a file that is taken for ours; a larger one is none."""


def state_folder() -> Path:
    """Return where the platform keeps such files; it may not exist yet."""
    from platformdirs import user_state_path

    return user_state_path("briefqa", appauthor=False)


def read_private(path: Path) -> str | None:
    """Return what a file holds.

    Returns:
        Nothing where it is missing or far too large; None where it is there, but unreadable.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError:
        return None
    return data.decode("utf-8", "replace") if len(data) <= LARGEST else ""


def write_private(path: Path, text: str) -> bool:
    """Write a file, wholly or not at all, whatever ends the process meanwhile.

    Returns:
        Whether it was written: a full disk or a read-only folder is no reason to fail.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, temporary = mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError:
        return False
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)
        return False
    return True
