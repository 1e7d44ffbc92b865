"""Completion for fish."""

from collections.abc import Iterator

from briefqa.cli import COMMANDS, DEFAULT
from manual.command_reference import REFERENCE, Flag, filled

__all__ = ["fish"]

SCRIPT = """\
# Completion of briefqa for fish.

function __briefqa_command --description 'The command of the line; open if there is none'
    set -l words (commandline -opc)
    if set -q words[2]; and contains -- $words[2] @NAMES@
        echo $words[2]
    else
        echo @DEFAULT@
    end
end

function __briefqa_is --description 'Whether the command is this one'
    test (__briefqa_command) = $argv[1]
end

function __briefqa_begins --description 'Whether this is the first operand of the command'
    set -l words (commandline -opc | string match --invert -- '-*')
    test (count $words) -eq 2; and test $words[2] = $argv[1]
end

function __briefqa_starts --description 'Whether this is the first argument'
    test (count (commandline -opc)) -eq 1
end

@LINES@
"""


def fish() -> str:
    """Return the script."""
    names = " ".join(COMMANDS)
    return filled(SCRIPT, {"@NAMES@": [names], "@DEFAULT@": [DEFAULT], "@LINES@": _lines()})


def _lines() -> Iterator[str]:
    for command in REFERENCE:
        yield _complete("__briefqa_starts", "-a", command.name, "-d", _quoted(command.summary))
    for command in REFERENCE:
        here = f"__briefqa_is {command.name}"
        if command.actions:
            actions = _quoted(" ".join(command.actions))
            yield _complete(f"__briefqa_begins {command.name}", "-a", actions)
        if not command.takes_paths:
            yield _complete(here, "-f")
        yield from (_complete(here, *_flag(flag)) for flag in command.flags)


def _complete(condition: str, *words: str) -> str:
    return " ".join(["complete", "-c", "briefqa", "-n", _quoted(condition), *words])


def _flag(flag: Flag) -> Iterator[str]:
    for name in flag.names:
        yield f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
    if flag.value is not None:
        yield "-r" if flag.is_file else "-x"
    if flag.is_collection:
        yield "-a '(briefqa config collections 2>/dev/null)'"
    if flag.choices:
        yield f"-a {_quoted(' '.join(flag.choices))}"
    yield f"-d {_quoted(flag.help)}"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
