"""Files in the user's state folder that only the user can read."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

__all__ = ["read_private", "state_folder", "write_private"]

SIZE_LIMIT = 4 * 1024 * 1024
"""Bytes; a larger file was not written by the app, and is read as empty."""


def state_folder() -> Path:
    """Return the platform's folder for such files; it may not exist yet."""
    from platformdirs import user_state_path

    return user_state_path("briefqa", appauthor=False)


def read_private(path: Path) -> str | None:
    """Return the text of a file.

    Returns:
        The text, empty if the file is missing or too large; None if it exists but cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError:
        return None
    return data.decode("utf-8", "replace") if len(data) <= SIZE_LIMIT else ""


def write_private(path: Path, text: str) -> bool:
    """Write a file atomically: if the process is killed, the file is as before or complete.

    Returns:
        Whether it was written; a full disk or a read-only folder is not an error.
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
