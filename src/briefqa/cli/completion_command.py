"""`briefqa completion`: the script that makes a shell complete on Tab."""

from __future__ import annotations

from importlib.resources import files
from types import SimpleNamespace

from briefqa.cli import ANSWERED
from briefqa.cli.parser import Parser
from briefqa.cli.streams import write
from briefqa.configuration import choice
from briefqa.errors import UsageError

__all__ = ["SHELLS", "parser", "run"]

SHELLS = {
    "bash": "briefqa.bash",
    "zsh": "briefqa.zsh",
    "fish": "briefqa.fish",
    "powershell": "briefqa.ps1",
}
"""The script for each shell, in the folder `completions`."""
EXAMPLES = """\
  eval "$(briefqa completion bash)"         now, and in ~/.bashrc
  eval "$(briefqa completion zsh)"          now, and in ~/.zshrc after compinit
  briefqa completion fish > ~/.config/fish/completions/briefqa.fish
  briefqa completion powershell | Out-String | Invoke-Expression
"""


def run(options: SimpleNamespace, operands: list[str]) -> int:
    """Run `briefqa completion`.

    Args:
        options: those of `parser`.
        operands: the shell.

    Returns:
        The exit code.

    Raises:
        BriefqaError: an argument or the output is at fault.
    """
    if len(operands) != 1:
        raise UsageError(f"expected one shell: {', '.join(SHELLS)}")
    name = SHELLS[choice(operands[0], tuple(SHELLS), "shell")]
    write([files("briefqa").joinpath("completions", name).read_text(encoding="utf-8")])
    return ANSWERED


def parser() -> Parser:
    """Return the parser of `briefqa completion`."""
    return Parser(
        "completion",
        [f"[OPTIONS] {'|'.join(SHELLS)}"],
        EXAMPLES,
        "0 printed, 2 usage error",
        "Packages of briefqa may have installed the scripts already.\n",
        tuple(SHELLS),
    )
