"""Where configuration files are looked for."""

import os
import sys

from briefqa.folders import user_folder

__all__ = ["PROJECT_FILE", "project_file", "user_file"]

PROJECT_FILE = ".briefqa.toml"
USER_FILE = "config.toml"


def user_file() -> str | None:
    """Return the path of the user's file, there or not; None where there is no place for it."""
    folder = user_folder("config", os.environ, sys.platform)
    return os.path.join(folder, USER_FILE) if folder else None


def project_file() -> str | None:
    """Find the file of the project that the working folder is in.

    It is looked for from there upwards, to the user's home folder or the file system's root.

    Returns:
        Its path, from the working folder; None where there is none.
    """
    try:
        folder = os.getcwd()
    except OSError:
        return None
    home, way = os.path.realpath(os.path.expanduser("~")), ""
    while not os.path.isfile(os.path.join(way, PROJECT_FILE)):
        parent = os.path.dirname(folder)
        if folder in (home, parent):
            return None
        folder, way = parent, os.path.join(os.pardir, way)
    return os.path.join(way, PROJECT_FILE)
