"""What a new configuration file says."""

from __future__ import annotations

__all__ = ["TEMPLATE"]

TEMPLATE = """\
# What briefqa does unless the command line or the environment says otherwise.
# A line counts once its first # is removed; `briefqa config` shows what holds.

# The documents that answer where none are named; from this file's folder, or absolute.
# paths = ["~/reports", "~/notes.md"]

# Documents that answer together: briefqa ask -c energy "..."
# collections.energy.paths = ["~/reports/energy"]

# Of folders, what alone is read, and what is not; as in a .gitignore, from the folder.
# include = ["*.md", "*.txt"]
# exclude = ["drafts/"]

# Whether .gitignore and .briefqaignore are heeded in folders.
# ignore = true

# Excerpts of an answer at the most.
# top = 3

# text, line, json, jsonl, markdown, csv or paths; without it, text on a terminal, else line.
# format = "text"

# auto, always or never.
# color = "auto"

# Whether an answer that may not answer counts as none.
# strict = false

# Whether an index is kept, so that the next question need not read the documents.
# cache = true

# The largest file that is read.
# max-size = "256M"

# [app]
# theme = "nord"
# wrap = true

# [app.keys]
# "pane.zoom" = "f7"
"""
