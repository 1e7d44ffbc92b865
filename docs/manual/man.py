"""The page of the manual, in the macros of man(7)."""

from collections.abc import Iterator

from manual.commands import COMMANDS, Flag, section

__all__ = ["man"]

HEAD = r"""
.TH BRIEFQA 1 "" briefqa "User commands"
.SH NAME
briefqa \- ask your documents; read the exact sentences that answer
""".lstrip()
DESCRIPTION = """
Answers questions in plain language from documents, with their own sentences: ranked, highlighted,
and cited to the line, the page or the time.
Where no passage matches, it says so.
There is no model and no network.
.PP
Plain text, Markdown, HTML, PDF, Word, EPUB, e\\-mail and subtitles are read.
A path is a file, a folder, or
.B \\-
for standard input.
Options may stand anywhere; after
.B \\-\\-
everything is a word.
""".strip()
ENVIRONMENT = {
    "BRIEFQA_PATH": "Paths to answer from where none are named, parted as those of PATH are.",
    "BRIEFQA_INDEX": "Where the index is, as --index has it.",
    "BRIEFQA_INDEX_USER, BRIEFQA_INDEX_PASSWORD, BRIEFQA_INDEX_PASSWORD_COMMAND": "Who asks a"
    " cluster: a user, and the password or a command that prints it.",
    "BRIEFQA_INDEX_CA, BRIEFQA_INDEX_CERTIFICATE, BRIEFQA_INDEX_KEY": "Files in PEM: the"
    " authorities to trust, a client certificate and its key.",
    "BRIEFQA_INDEX_PLAIN_HTTP": "1 allows plain http to other machines.",
    "BRIEFQA_DEBUG": "Whether an unforeseen error shows where it happened.",
    "VISUAL, EDITOR": "The editor that documents are opened in.",
    "NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE": "Whether there are colours, where --color does not"
    " tell.",
    "XDG_CONFIG_HOME": "The folder whose subfolder briefqa holds your own configuration.",
    "XDG_CACHE_HOME": "The folder whose subfolder briefqa holds the indexes; they may be deleted.",
}


def man() -> str:
    """Return the page."""
    return HEAD + "\n".join([*_synopsis(), *_description(), *_commands(), *_surroundings()]) + "\n"


def _synopsis() -> Iterator[str]:
    yield ".SH SYNOPSIS"
    yield ".nf"
    for form in section("usage"):
        program, _, rest = form.partition(" ")
        yield f".B {program}" if not rest else rf"\fB{program}\fR {_escaped(rest)}"
    yield ".fi"


def _description() -> Iterator[str]:
    yield ".SH DESCRIPTION"
    yield DESCRIPTION
    yield ".SH EXAMPLES"
    yield from _examples("\n".join(section("examples")))


def _commands() -> Iterator[str]:
    yield ".SH COMMANDS"
    for command in COMMANDS:
        yield f".SS {_quoted(f'briefqa {command.name}')}"
        yield f"{_sentence(command.summary)}"
        yield ".PP"
        yield ".nf"
        yield from (_escaped(f"briefqa {command.name} {form}") for form in command.parser.usage)
        yield ".fi"
        for flag in command.flags:
            yield from _flag(flag)
        yield ".PP"
        yield f"Exit status: {_escaped(command.parser.codes)}."
        yield ".PP"
        yield from _examples(command.parser.examples)


def _flag(flag: Flag) -> Iterator[str]:
    value = rf" \fI{_escaped(flag.value)}\fR" if flag.value else ""
    yield ".TP"
    yield ", ".join(rf"\fB{_escaped(name)}\fR{value}" for name in flag.names)
    # A value stays as it is to be written.
    yield f"{_escaped(flag.help)}." if flag.choices else _sentence(flag.help)


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
    yield "The configuration of a project, found from the working folder upwards."
    yield ".SH SEE ALSO"
    yield ".BR grep (1),"
    yield ".BR rg (1)"


def _sentence(text: str) -> str:
    return _escaped(text[0].upper() + text[1:]) + "."


def _escaped(text: str) -> str:
    r"""Text as it is: a backslash, a dash or a sign at the beginning would mean something."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("~", r"\(ti")
    text = text.replace("^", r"\(ha").replace("`", r"\(ga")
    return rf"\&{text}" if text.startswith((".", "'")) else text


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'
