"""`briefqa completion`: what makes a shell complete on Tab."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from briefqa.cli import ANSWERED
from briefqa.cli.parser import Parser
from briefqa.cli.streams import write
from briefqa.configuration.values import choice
from briefqa.errors import UsageError

__all__ = ["SHELLS", "completion", "completion_parser"]

SHELLS = {
    "bash": "briefqa.bash",
    "zsh": "briefqa.zsh",
    "fish": "briefqa.fish",
    "powershell": "briefqa.ps1",
}
"""The file for each shell, in the folder of completions."""
EXAMPLES = """\
  eval "$(briefqa completion bash)"         in ~/.bashrc, and now
  eval "$(briefqa completion zsh)"          in ~/.zshrc after compinit, and now
  briefqa completion fish > ~/.config/fish/completions/briefqa.fish
  briefqa completion powershell | Out-String | Invoke-Expression
"""


def completion(arguments: Sequence[str]) -> int:
    """Run `briefqa completion`.

    Args:
        arguments: what follows `completion`.

    Returns:
        The exit code.

    Raises:
        BriefqaError: the command line or the output is at fault.
    """
    _, words = completion_parser().parse_anywhere(arguments)
    if len(words) != 1:
        raise UsageError(f"name one shell: {', '.join(SHELLS)}")
    name = SHELLS[choice(words[0], tuple(SHELLS))]
    write([files("briefqa").joinpath("completions", name).read_text(encoding="utf-8")])
    return ANSWERED


def completion_parser() -> Parser:
    """Return the parser of `briefqa completion`."""
    return Parser(
        "completion",
        [f"[OPTIONS] {'|'.join(SHELLS)}"],
        EXAMPLES,
        "0 printed, 2 a usage error",
        "Where an installer has put the files in place, nothing need be done.\n",
    )
