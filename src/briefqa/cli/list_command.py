"""`briefqa list`: the documents that would be read."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from types import SimpleNamespace

from briefqa.assistant import Assistant
from briefqa.cli import ANSWERED, ERROR
from briefqa.cli.open_documents import open_named
from briefqa.cli.parser import Parser, chosen_format, first
from briefqa.cli.streams import complain, is_terminal, write
from briefqa.configuration import bytes_written, values_in_force
from briefqa.copies import Copy
from briefqa.corpus import DocumentEntry
from briefqa.documents.file_system import STANDARD_INPUT, stat_path
from briefqa.output.json_format import ascii_json, path_fields
from briefqa.records import Record
from briefqa.text_safety import sanitise_name

__all__ = ["parser", "run"]

EXAMPLES = """\
  briefqa list reports/                     the documents of a folder, with size and date
  briefqa list reports/ --json | jq '.documents[].title'
  briefqa list reports/ -f paths -0 | xargs -0 grep -l harbour
"""
FORMATS = ("text", "json", "paths")
COMPARED = 20_000
"""Near-copies are listed without `--copies` up to this many passages."""


class ListedDocument(Record):
    """A document, and the file it is read from.

    Attributes:
        path: as given, or as found in a folder; `-` is standard input.
        title: the title it gives itself, else the name of its file.
        passages: the number of its passages.
        size: bytes of the file; None if it no longer exists.
        date: its date in ISO 8601; None if it has none.
        date_from: what that was taken from, a value of `briefqa.documents.DateSource`.
        copies: the documents that share most of its text, the nearest first.
    """

    path: str
    title: str
    passages: int
    size: int | None
    date: str | None
    date_from: str | None
    copies: tuple[Copy, ...] = ()


def run(options: SimpleNamespace, operands: list[str]) -> int:
    """Run `briefqa list`.

    Args:
        options: those of `parser`.
        operands: the paths.

    Returns:
        The exit code.

    Raises:
        BriefqaError: an argument, a document or the output is at fault.
    """
    assistant = open_named(options, operands, values_in_force(complain))
    default = "text" if options.copies or is_terminal(sys.stdout) else "paths"
    chosen = chosen_format(options) or default
    wanted = first(options.copies, assistant.size.passages <= COMPARED)
    compares = wanted and chosen != "paths"
    copies = assistant.copies() if compares else {}
    documents = (_listed(entry, copies) for entry in assistant.documents())
    match chosen:
        case "json":
            write(_json(documents, assistant))
        case "paths":
            exact = options.null and not is_terminal(sys.stdout)
            write(_paths(documents, null=options.null, exact=exact), exact=exact)
        case _:
            write(_text(documents))
    return ERROR if assistant.problems else ANSWERED


def parser() -> Parser:
    """Return the parser of `briefqa list`."""
    parser = Parser("list", ["[OPTIONS] [PATH ...]"], EXAMPLES, "0 listed, 2 usage or input error")
    parser.add_format(FORMATS, "text on a terminal and with --copies, else paths")
    parser.add_null("paths")
    parser.add_corpus_options()
    parser.add_verbose()
    parser.add_switch("--cache", "read and write cached indexes (default)")
    parser.add_switch(
        "--copies", f"name near-copies of documents (default up to {COMPARED:,} passages)"
    )
    return parser


def _listed(entry: DocumentEntry, copies: Mapping[str, tuple[Copy, ...]]) -> ListedDocument:
    size = None
    if entry.path != STANDARD_INPUT:
        try:
            size = stat_path(entry.path).st_size
        except (OSError, ValueError):
            # An index on a cluster may be of files that are elsewhere.
            pass
    return ListedDocument(
        entry.path,
        entry.title,
        entry.passages,
        size,
        entry.date,
        entry.date_from,
        copies.get(entry.path, ()),
    )


def _text(documents: Iterator[ListedDocument]) -> Iterator[str]:
    """Yield a line a document, in columns as wide as they usually need to be."""
    yield f"{'date':<10} {'size':>6} {'passages':>8}  path  title\n"
    for each in documents:
        size = "-" if each.size is None else bytes_written(each.size)
        title = sanitise_name(" ".join(each.title.split()))
        columns = f"{each.date or '-':<10} {size:>6} {each.passages:>8}"
        copies = f"  (near-copy of {_named(each.copies)})" if each.copies else ""
        yield f"{columns}  {sanitise_name(each.path)}  {title}{copies}\n"


def _named(copies: tuple[Copy, ...]) -> str:
    """Return the path of the nearest copy, and how many others there are."""
    others = len(copies) - 1
    return sanitise_name(copies[0].path) + (f" and {others} more" if others else "")


def _paths(documents: Iterator[ListedDocument], *, null: bool, exact: bool) -> Iterator[str]:
    for each in documents:
        yield (each.path if exact else sanitise_name(each.path)) + ("\0" if null else "\n")


def _json(documents: Iterator[ListedDocument], assistant: Assistant) -> Iterator[str]:
    """Yield one object, a line a document, so that any number of them is written as it comes."""
    yield '{"documents": ['
    before = "\n"
    for each in documents:
        fields = {**each._asdict(), **path_fields(each.path)}
        fields["copies"] = [copy._asdict() for copy in each.copies]
        if not each.copies:
            del fields["copies"]
        yield before + ascii_json(fields)
        before = ",\n"
    corpus = ascii_json(assistant.size._asdict())
    skipped = ascii_json({each.reason: each.files for each in assistant.skipped})
    yield f'\n], "corpus": {corpus}, "skipped": {skipped}}}\n'
