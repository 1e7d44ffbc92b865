"""The manual page, in the macros of man(7)."""

from collections.abc import Iterator

from briefqa.cli import EXAMPLES
from manual.command_reference import REFERENCE, Flag

__all__ = ["man"]

HEAD = r"""
.TH BRIEFQA 1 "" briefqa "User commands"
.SH NAME
briefqa \- ask your documents; read the exact sentences that answer
""".lstrip()
DESCRIPTION = """
Answers questions in plain language from documents, with their own sentences: ranked, highlighted,
and cited to the line, the page or the time.
It says so if no passage matches.
It uses no language model and no network.
.PP
It reads plain text, Markdown, HTML, PDF, Word, EPUB, e\\-mail and subtitles.
A path is a file, a folder, or
.B \\-
for standard input.
Options may come anywhere.
Arguments after
.B \\-\\-
are not options.
""".strip()
ENVIRONMENT = {
    "BRIEFQA_PATH": "The paths to read where none are given, separated as those of PATH are.",
    "BRIEFQA_INDEX": "The folder or address of the index, as for --index.",
    "BRIEFQA_INDEX_USER, BRIEFQA_INDEX_PASSWORD, BRIEFQA_INDEX_PASSWORD_COMMAND": "The"
    " credentials for a cluster: a user, and the password or a command that prints it.",
    "BRIEFQA_INDEX_CA, BRIEFQA_INDEX_CERTIFICATE, BRIEFQA_INDEX_KEY": "PEM files: the"
    " certificate authorities to trust, a client certificate and its key.",
    "BRIEFQA_INDEX_PLAIN_HTTP": "Set to 1 to allow plain HTTP to other machines.",
    "BRIEFQA_DEBUG": "Set to 1 to show a traceback for unexpected errors.",
    "VISUAL, EDITOR": "The editor for documents and the configuration.",
    "NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE": "Whether to use colours, where --color does not say.",
    "XDG_CONFIG_HOME": "The folder whose subfolder briefqa has your configuration.",
    "XDG_CACHE_HOME": "The folder whose subfolder briefqa has the indexes; they may be deleted.",
}


def man() -> str:
    """Return the page."""
    return HEAD + "\n".join([*_synopsis(), *_description(), *_commands(), *_surroundings()]) + "\n"


def _synopsis() -> Iterator[str]:
    yield ".SH SYNOPSIS"
    yield ".nf"
    for form in (*_forms(), "--help | --version"):
        yield rf"\fBbriefqa\fR {_escaped(form)}"
    yield ".fi"


def _forms() -> Iterator[str]:
    """Yield the synopses of all commands; the name of the default one is optional."""
    yield "[PATH ...]"
    for command in REFERENCE:
        yield from (f"{command.name} {form}" for form in command.parser.usage)


def _description() -> Iterator[str]:
    yield ".SH DESCRIPTION"
    yield DESCRIPTION
    yield ".SH EXAMPLES"
    yield from _examples(EXAMPLES)


def _commands() -> Iterator[str]:
    yield ".SH COMMANDS"
    for command in REFERENCE:
        yield f".SS {_quoted(f'briefqa {command.name}')}"
        yield f"{_sentence(command.summary)}"
        yield ".PP"
        yield ".nf"
        yield from (_escaped(f"briefqa {command.name} {form}") for form in command.parser.usage)
        yield ".fi"
        for flag in command.flags:
            yield from _flag(flag)
        yield ".PP"
        yield f"Exit status: {_escaped(command.parser.exit_codes)}."
        yield ".PP"
        yield from _examples(command.parser.examples)


def _flag(flag: Flag) -> Iterator[str]:
    value = rf" \fI{_escaped(flag.value)}\fR" if flag.value else ""
    yield ".TP"
    yield ", ".join(rf"\fB{_escaped(name)}\fR{value}" for name in flag.names)
    yield _sentence(flag.help)


def _examples(examples: str) -> Iterator[str]:
    yield ".RS 4"
    yield ".nf"
    yield from (_escaped(line.strip()) for line in examples.strip().split("\n"))
    yield ".fi"
    yield ".RE"


def _surroundings() -> Iterator[str]:
    yield ".SH ENVIRONMENT"
    for names, text in ENVIRONMENT.items():
        yield ".TP"
        yield f".B {_escaped(names)}"
        yield _escaped(text)
    yield ".SH FILES"
    yield ".TP"
    yield ".B .briefqa.toml"
    yield "The configuration of a project, in the working folder or one above it."
    yield ".SH SEE ALSO"
    yield ".BR grep (1),"
    yield ".BR rg (1)"


def _sentence(text: str) -> str:
    return _escaped(text[0].upper() + text[1:]) + "."


def _escaped(text: str) -> str:
    r"""Return text with the characters that are special in roff escaped."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("~", r"\(ti")
    text = text.replace("^", r"\(ha").replace("`", r"\(ga")
    return rf"\&{text}" if text.startswith((".", "'")) else text


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'
