"""Generators of the completions, the manual page and docs/api.md."""
