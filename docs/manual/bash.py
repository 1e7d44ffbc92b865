"""Completion for bash 3.2, the version of macOS, and later."""

from collections.abc import Iterator

from briefqa.cli import COMMANDS, DEFAULT
from manual.command_reference import REFERENCE, CommandReference, cases, filled

__all__ = ["bash"]

SCRIPT = """\
# Completion of briefqa for bash.

_briefqa() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local command= word options valued actions paths=1 words=0 ended= i=1
    COMPREPLY=()
    if ((COMP_CWORD > 1)); then
        case ${COMP_WORDS[1]} in
            @NAMES@) command=${COMP_WORDS[1]} i=2 ;;
        esac
    fi
    case $command in
@COMMANDS@
    esac

    for (( ; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ $word == -- ]]; then
            ended=1
        elif [[ " $valued " == *" $word "* ]]; then
            # Readline splits --option=value at the sign.
            [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
            ((i++))
        elif [[ $word != -* || $ended ]]; then
            ((words++))
        fi
    done

    if [[ $current == = ]]; then
        current=
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    if [[ ! $ended && " $valued " == *" $previous "* ]]; then
        _briefqa_value "${command:-@DEFAULT@} $previous" "$current"
    elif [[ ! $ended && $current == -* ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$current"))
    elif ((words == 0)) && [[ $actions ]]; then
        COMPREPLY=($(compgen -W "$actions" -- "$current"))
    fi
    # If nothing else is offered, bash completes file names.
    [[ $paths ]] || compopt +o default +o bashdefault 2> /dev/null
    return 0
}

_briefqa_value() {
    case $1 in
@VALUES@
        *) compopt +o default +o bashdefault 2> /dev/null ;;
    esac
}

_briefqa_collections() {
    local name
    while IFS= read -r name; do
        # The configuration may come from others: the shell must not run any part of a name.
        [[ $name == "$1"* ]] && COMPREPLY+=("$(printf %q "$name")")
    done < <(briefqa config collections 2> /dev/null)
}

complete -o bashdefault -o default -F _briefqa briefqa
"""


def bash() -> str:
    """Return the script."""
    parts = {
        "@NAMES@": [" | ".join(COMMANDS)],
        "@DEFAULT@": [DEFAULT],
        "@COMMANDS@": [line for name, command in cases() for line in _case(name, command)],
        "@VALUES@": [line for command in REFERENCE for line in _values(command)],
    }
    return filled(SCRIPT, parts)


def _case(name: str, command: CommandReference) -> Iterator[str]:
    """Yield what is offered for a command; the names of commands if none is typed yet."""
    actions = command.actions if name == command.name else tuple(COMMANDS)
    valued = [name for flag in command.flags if flag.value for name in flag.names]
    yield f"        {name})"
    yield f"            options='{' '.join(command.names)}'"
    yield f"            valued='{' '.join(valued)}'"
    yield f"            actions='{' '.join(actions)}'"
    if not command.takes_paths:
        yield "            paths="
    yield "            ;;"


def _values(command: CommandReference) -> Iterator[str]:
    """Yield a case for each option whose values can be offered; bash itself completes files."""
    for flag in command.flags:
        names = " | ".join(f"'{command.name} {name}'" for name in flag.names)
        if flag.is_file:
            yield f"        {names}) ;;"
        elif flag.is_collection:
            yield f'        {names}) _briefqa_collections "$2" ;;'
        elif flag.choices:
            words = " ".join(flag.choices)
            yield f"        {names}) COMPREPLY=($(compgen -W '{words}' -- \"$2\")) ;;"
