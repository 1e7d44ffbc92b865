"""What a command line means that names no command.

Words of other programs lead to what means the same here, not to what is spelled alike. This module
is not loaded for a command line that names a command.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import takewhile

from briefqa.cli.parser import Parser
from briefqa.configuration import suggestion
from briefqa.errors import UsageError

__all__ = ["intended", "refuse_unquoted"]

ASKING = ("search", "query", "find", "grep")
"""Words of other programs that are other names of `ask`."""
COMMANDS_BY_MEANING: Mapping[str, str] = {
    **dict.fromkeys(("answer", "chat", "prompt", "vsearch"), "ask"),
    **dict.fromkeys(("cat", "get", "print", "quote", "read", "view"), "show"),
    **dict.fromkeys(("build", "clear", "embed", "reindex", "status", "update"), "index"),
    **dict.fromkeys(("docs", "documents", "files", "ls"), "list"),
    **dict.fromkeys(("configure", "set", "settings", "collection"), "config"),
    **dict.fromkeys(("benchmark", "evaluate", "measure", "test"), "eval"),
    **dict.fromkeys(("app", "gui", "tui", "ui"), "open"),
    **dict.fromkeys(("changes", "compare"), "diff"),
    **dict.fromkeys(("serve", "server"), "mcp"),
    **dict.fromkeys(("calendar", "chronology", "dates", "events"), "timeline"),
}
"""Words of other programs, and the command that does what they do."""
UNQUOTED = 3
"""So many words that are no paths are a question, whatever the first of them is."""

QUESTION = re.compile(r"[^\s/\\*]+\?+")
"""One word with a question mark; patterns for file names have other signs too."""
FILE_NAME = re.compile(r"[/\\*]|\.[A-Za-z]\w{0,4}$")


def intended(
    arguments: Sequence[str], commands: Collection[str], default: Parser, ask: Callable[[], Parser]
) -> Sequence[str]:
    """Return a command line that names its command, for one whose first word is none.

    Args:
        arguments: what follows the program's name; at least one.
        commands: the names of all commands.
        default: the parser of the command that runs if none is named.
        ask: returns the parser of the command that takes a question.

    Raises:
        UsageError: the first word is neither a command nor a path, or an option is one of `ask`
            alone; the message says what to type.
    """
    first, *rest = arguments
    if not os.path.lexists(first):
        if first == "help":
            return [*rest[:1], "--help"]
        if first == "version":
            return [default.command, "--version"]
        if first in ASKING:
            return ["ask", *rest]
    if _asks(arguments, ask):
        return ["ask", *arguments]
    if _is_bare(first):
        raise UsageError(f"no command or file is named {first}; {_word_hint(arguments, commands)}")
    options = {word for word in arguments if word.startswith("-")}.difference(default.names)
    if options and (foreign := options.intersection(ask().names)):
        raise UsageError(f'{min(foreign)} goes with a question: briefqa ask "QUESTION" [PATH ...]')
    return [default.command, *arguments]


def _asks(arguments: Sequence[str], ask: Callable[[], Parser]) -> bool:
    """Whether a question is among the operands."""
    if not any(map(_is_question, arguments)):
        return False
    try:
        _, operands = ask().parse(arguments)
    except UsageError:
        # The options may be those of another command.
        return _is_question(arguments[0])
    return any(map(_is_question, operands))


def _is_question(word: str) -> bool:
    """Whether a word of a command line is a question, or several words that are no path."""
    if os.path.lexists(word):
        return False
    several = len(word.split()) > 1
    return bool(QUESTION.fullmatch(word)) or (
        several and (word.rstrip().endswith("?") or not FILE_NAME.search(word))
    )


def _is_bare(word: str) -> bool:
    """Whether a word is no option and no path, and does not look like one."""
    return not (word.startswith("-") or os.path.lexists(word) or FILE_NAME.search(word))


def _word_hint(arguments: Sequence[str], commands: Collection[str]) -> str:
    """Return what to type, for a first word that is neither a command nor a path."""
    words = list(takewhile(_is_bare, arguments))
    meant = COMMANDS_BY_MEANING.get(arguments[0].lower())
    hint = (
        f"did you mean {meant}?"
        if meant in commands
        else suggestion(arguments[0], (*commands, "--help", "--version"))
    )
    if len(words) < UNQUOTED and hint:
        return hint
    return f"to ask, type: {_quoted(words, arguments[len(words) :])}"


def refuse_unquoted(question: str, paths: Sequence[str]) -> None:
    """Raise an error if what looks like paths are the other words of a question.

    Args:
        question: the first operand of `ask`.
        paths: the others.

    Raises:
        UsageError: there is no file of the name of the first path, which is a plain word.
    """
    if " " in question or not _is_bare(paths[0]):
        return
    words = [question, *takewhile(_is_bare, paths)]
    command = _quoted(words, paths[len(words) - 1 :])
    raise UsageError(f"no file is named {paths[0]}; if it is part of the question, type: {command}")


def _quoted(words: Sequence[str], paths: Sequence[str]) -> str:
    """Return the command that asks some words about some paths."""
    return " ".join(["briefqa ask", f'"{" ".join(words)}"', *paths])
