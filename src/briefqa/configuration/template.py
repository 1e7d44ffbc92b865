"""The contents of a new configuration file: each key, commented out, with an example."""

from __future__ import annotations

from briefqa.output import FORMATS

__all__ = ["TEMPLATE"]

TEMPLATE = f"""\
# What briefqa does unless the command line or the environment says otherwise.
# Remove the first # of a line to set it; `briefqa config` shows what is in force.

# The documents to answer from where no PATH is given; relative to this file, or absolute.
# paths = ["~/reports", "~/notes.md"]

# Named groups of documents: briefqa ask -c energy "..."
# collections.energy.paths = ["~/reports/energy"]

# Which files of folders are read and which are not; patterns as in a .gitignore.
# include = ["*.md", "*.txt"]
# exclude = ["drafts/"]

# Whether .gitignore and .briefqaignore apply in folders.
# ignore = true

# The largest number of excerpts in an answer.
# top = 3

# One of {", ".join(FORMATS)}.
# The default is text on a terminal and line elsewhere.
# format = "text"

# auto, always or never.
# color = "auto"

# Whether a weak answer counts as no answer.
# strict = false

# Whether indexes are cached, so that the next question need not read the documents again.
# cache = true

# The largest file that is read.
# max-size = "256M"

# [app]
# theme = "nord"
# wrap = true

# [app.keys]
# "pane.zoom" = "f7"
"""
