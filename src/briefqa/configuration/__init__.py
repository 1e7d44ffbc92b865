"""The configuration: what files set for the command line and the app, and how they are read.

TOML is loaded where there is such a file, and nowhere else.
"""

from briefqa.configuration.configuration import (
    Configuration,
    Layer,
    Values,
    load_configuration,
    project_file,
    user_file,
    values_in_force,
)

__all__ = [
    "Configuration",
    "Layer",
    "Values",
    "load_configuration",
    "project_file",
    "user_file",
    "values_in_force",
]
