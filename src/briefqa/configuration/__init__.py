"""The configuration: what files set for the command line and the app, and how they are read.

What is set nearer wins: on the command line, by an environment variable, in the project's file, in
the user's. TOML is loaded where there is such a file, and nowhere else.
"""

from briefqa.configuration.configuration import Values, project_file, user_file, values_in_force

__all__ = ["Values", "project_file", "user_file", "values_in_force"]
