"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from tempfile import mkstemp

__all__ = ["replace_file"]

PREFIX_LIMIT = 40
"""Characters of a file's name that the name of its temporary file begins with."""


def replace_file(path: str, text: str) -> None:
    """Write a file whole: if the process is killed or the disk is full, it is as it was before.

    A new file can be read by its owner only; one that is replaced keeps its mode, and a link stays.

    Raises:
        OSError: the file cannot be written.
    """
    path = os.path.realpath(path)
    folder, name = os.path.split(path)
    descriptor, temporary = mkstemp(dir=folder, prefix=f".{name[:PREFIX_LIMIT]}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            os.chmod(temporary, stat.S_IMODE(os.stat(path).st_mode))
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
