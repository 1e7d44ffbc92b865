"""The command line: parse, call, render, exit code."""

from briefqa.cli.main import main, run

__all__ = ["main", "run"]
