"""Completion for PowerShell 5.1 and later."""

from collections.abc import Iterator, Sequence

from briefqa.cli import DEFAULT
from manual.command_reference import REFERENCE, CommandReference, filled

__all__ = ["powershell"]

COLLECTIONS = "{ briefqa config collections 2> $null }"
"""The command that prints the names of the collections."""
SCRIPT = """\
# Completion of briefqa for PowerShell.

Register-ArgumentCompleter -Native -CommandName briefqa -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commands = [ordered]@{
@SUMMARIES@
    }
    $options = @{
@OPTIONS@
    }
    $values = @{
@VALUES@
    }
    $actions = @{
@ACTIONS@
    }

    $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { "$_" })
    $named = $before.Count -gt 0 -and $commands.Contains($before[0])
    $command = if ($named) { $before[0] } else { '@DEFAULT@' }
    $words = @($before | Where-Object { $_ -notlike '-*' })
    $previous = if ($before.Count -gt 0) { $before[-1] } else { '' }

    $offered = if ($values.ContainsKey("$command $previous")) {
        $values["$command $previous"] | ForEach-Object {
            if ($_ -is [scriptblock]) { & $_ } else { $_ }
        }
    } elseif ($wordToComplete -like '-*') {
        $options[$command].Keys
    } elseif ($before.Count -eq 0) {
        $commands.Keys
    } elseif ($named -and $words.Count -eq 1) {
        $actions[$command]
    }
    # If nothing is offered, PowerShell completes file names.
    $fitting = $offered | Where-Object { $_ -and $_.StartsWith($wordToComplete) }
    $fitting | Sort-Object | ForEach-Object {
        $shown = @($options[$command][$_], $commands[$_], $_) | Where-Object { $_ }
        # The configuration may come from others: the shell must not run any part of a name.
        $text = if ($_ -match '^[\\w./=-]+$') { $_ } else {
            "'" + ($_ -replace "['\\u2018\\u2019\\u201a\\u201b]", '$0$0') + "'"
        }
        [System.Management.Automation.CompletionResult]::new(
            $text, $_, 'ParameterValue', @($shown)[0])
    }
}
"""


def powershell() -> str:
    """Return the script."""
    tables = {
        "@SUMMARIES@": [f"{one.name} = {_quoted(one.summary)}" for one in REFERENCE],
        "@OPTIONS@": [line for one in REFERENCE for line in _options(one)],
        "@VALUES@": [line for one in REFERENCE for line in _values(one)],
        "@ACTIONS@": [f"{one.name} = {_list(one.actions)}" for one in REFERENCE if one.actions],
    }
    indented = {mark: [f"        {line}" for line in lines] for mark, lines in tables.items()}
    return filled(SCRIPT, {"@DEFAULT@": [DEFAULT], **indented})


def _options(command: CommandReference) -> Iterator[str]:
    yield f"{command.name} = @{{"
    # Keys of the table ignore case, so no two options of a command may differ by case alone.
    for flag in command.flags:
        for name in flag.names:
            yield f"    {_quoted(name)} = {_quoted(flag.help)}"
    yield "}"


def _values(command: CommandReference) -> Iterator[str]:
    for flag in command.flags:
        offered = COLLECTIONS if flag.is_collection else _list(flag.choices)
        for name in flag.names if flag.is_collection or flag.choices else ():
            yield f"{_quoted(f'{command.name} {name}')} = {offered}"


def _list(words: Sequence[str]) -> str:
    return f"@({', '.join(map(_quoted, words))})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
