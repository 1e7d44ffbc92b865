"""The app for a terminal: ask, read, and move through the answers."""
