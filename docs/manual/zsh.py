"""Completion for zsh."""

import re
from collections.abc import Iterator

from briefqa.cli import COMMANDS
from manual.command_reference import REFERENCE, CommandReference, Flag, cases, filled

__all__ = ["zsh"]

SPECIAL = re.compile(r"([\\\[\]:])")
SCRIPT = """\
#compdef briefqa
# Completion of briefqa for zsh.

_briefqa() {
  local command=
  if ((CURRENT > 2)); then
    case $words[2] in
      @NAMES@)
        command=$words[2]
        shift words
        ((CURRENT--))
        ;;
    esac
  fi
  case $command in
@COMMANDS@
  esac
}

_briefqa_start() {
  local -a commands=(
@SUMMARIES@
  )
  _alternative "commands:command:{_describe command commands}" 'paths:path:_files'
}

_briefqa_collections() {
  local -a names=(${(f)"$(briefqa config collections 2> /dev/null)"})
  compadd -a names
}

_briefqa_actions() {
  _alternative "actions:action:($*)" 'paths:path:_files'
}

# As a file in fpath this runs when it is first needed; as a script it declares the function.
if [[ $funcstack[1] == _briefqa ]]; then
  _briefqa "$@"
else
  compdef _briefqa briefqa
fi
"""


def zsh() -> str:
    """Return the script."""
    parts = {
        "@NAMES@": [" | ".join(COMMANDS)],
        "@COMMANDS@": [line for name, command in cases() for line in _case(name, command)],
        "@SUMMARIES@": [f"    {_summary(command)}" for command in REFERENCE],
    }
    return filled(SCRIPT, parts)


def _case(name: str, command: CommandReference) -> Iterator[str]:
    """Yield what is offered for a command; the names of commands if none is typed yet."""
    first = _first_word(command) if name == command.name else "1: : _briefqa_start"
    specs = [spec for flag in command.flags for spec in _flag(flag)]
    specs += [_quoted(word) for word in (first, "*:path:_files" * command.takes_paths) if word]
    yield f"    {name})"
    yield "      _arguments -s -S : \\"
    yield from (f"        {spec} \\" for spec in specs[:-1])
    yield f"        {specs[-1]}"
    yield "      ;;"


def _first_word(command: CommandReference) -> str:
    if not command.actions:
        return ""
    if not command.takes_paths:
        return f"1:action:({' '.join(command.actions)})"
    return f"1: : _briefqa_actions {' '.join(command.actions)}"


def _flag(flag: Flag) -> Iterator[str]:
    """Yield a spec for each name of an option; the others are not offered after it."""
    others = "*" if flag.repeated else f"({' '.join(flag.names)})"
    for name in flag.names:
        # `=` and `+` let a value follow in the same word: --name=value, -nvalue.
        glue = "" if flag.value is None else "=" if name.startswith("--") else "+"
        yield _quoted(f"{others}{name}{glue}[{_escaped(flag.help)}]{_value(flag)}")


def _value(flag: Flag) -> str:
    if flag.value is None:
        return ""
    return f":{flag.value}:{_offered(flag)}"


def _offered(flag: Flag) -> str:
    """Return what offers the values of an option in zsh; a space if they cannot be listed."""
    if flag.is_collection:
        return "_briefqa_collections"
    if flag.is_file:
        return "_files"
    return f"({' '.join(flag.choices)})" if flag.choices else " "


def _summary(command: CommandReference) -> str:
    return _quoted(f"{command.name}:{_escaped(command.summary)}")


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"
