"""The sample briefing that answers where no path is given."""

__all__ = ["bundled_briefing"]


def bundled_briefing() -> str:
    """Return the folder's path that holds the bundled briefing.

    It is shipped inside the installed package; a checkout installed for development has it at
    its top level instead.
    """
    from importlib import resources
    from pathlib import Path

    package = Path(str(resources.files("briefqa")))
    packaged = package / "seeds"
    return str(packaged if packaged.is_dir() else package.parents[1] / "seeds")
