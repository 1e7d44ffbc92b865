"""`briefqa [PATH ...]`: the app."""

import sys
from collections.abc import Sequence

from briefqa.cli.exit_codes import ANSWERED
from briefqa.cli.opening import named_paths
from briefqa.cli.parsing import Parser
from briefqa.cli.streams import is_terminal
from briefqa.documents import bundled_briefing
from briefqa.errors import UsageError

__all__ = ["open_app"]

EXAMPLES = """\
  briefqa                                the bundled briefing
  briefqa reports/                       a folder
"""

NO_TERMINAL = 'the app needs a terminal; without one, use: briefqa ask "QUESTION" [PATH ...]'


def open_app(arguments: Sequence[str]) -> int:
    """Run the app.

    Args:
        arguments: the words and options of the command line, without `open`.

    Returns:
        The exit code.

    Raises:
        UsageError: the command line is at fault, or there is no terminal.
    """
    parser = Parser("open", ["[OPTIONS] [PATH ...]"], EXAMPLES, "0 left, 2 a usage error")
    parser.add_max_size()
    options, words = parser.parse_anywhere(arguments)
    if not is_terminal(sys.stdout):
        raise UsageError(NO_TERMINAL)
    from briefqa.tui.app import BriefqaApp

    paths = named_paths(words) or (bundled_briefing(),)
    BriefqaApp(paths, options.max_size).run()
    return ANSWERED
