"""What the exit code tells a script; see docs/architecture.md."""

__all__ = ["ANSWERED", "INTERRUPTED", "NO_ANSWER", "TROUBLE"]

ANSWERED = 0
NO_ANSWER = 1
TROUBLE = 2
"""A usage or input error, even where there are answers."""
INTERRUPTED = 130
"""128 and the number of SIGINT, as shells have it."""
