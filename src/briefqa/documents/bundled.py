"""The sample briefing that answers where no path is given."""

import os

__all__ = ["bundled_briefing"]


def bundled_briefing() -> str:
    """Return the folder's path that holds the bundled briefing.

    It is shipped inside the installed package; a checkout installed for development has it at
    its top level instead.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    packaged = os.path.join(package, "seeds")
    if os.path.isdir(packaged):
        return packaged
    return os.path.join(os.path.dirname(os.path.dirname(package)), "seeds")
