"""`briefqa mcp`: serve documents to agents by the Model Context Protocol."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace

from briefqa import __version__
from briefqa.cli import ANSWERED
from briefqa.cli.open_documents import corpus_to_ask, or_bundled
from briefqa.cli.parser import Parser, first
from briefqa.cli.streams import complain, write
from briefqa.configuration import values_in_force
from briefqa.documents import STANDARD_INPUT
from briefqa.errors import UsageError

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.assistant import Assistant
    from briefqa.corpus import Corpus

__all__ = ["parser", "run"]

EXAMPLES = """\
  briefqa mcp docs/            serve a folder to the agent that starts this
  briefqa mcp --skill          print a skill that tells agents when to use it
"""


def run(options: SimpleNamespace, operands: list[str]) -> int:
    """Run `briefqa mcp`.

    Args:
        options: those of `parser`.
        operands: the paths to serve; nothing outside them is read.

    Returns:
        The exit code.

    Raises:
        BriefqaError: an argument is at fault.
    """
    if options.skill:
        from importlib.resources import files

        write([files("briefqa.mcp").joinpath("SKILL.md").read_text(encoding="utf-8")])
        return ANSWERED
    from briefqa.mcp.library import Library
    from briefqa.mcp.protocol import Protocol
    from briefqa.mcp.stdio import serve
    from briefqa.mcp.tool_definitions import INSTRUCTIONS, tools

    values = values_in_force(complain)
    corpus = or_bundled(corpus_to_ask(options, operands, values))
    if STANDARD_INPUT in corpus.paths:
        raise UsageError("standard input carries the protocol; name files or folders")
    library = Library(
        partial(_open, corpus, first(options.cache, values.cache, True)), corpus.paths
    )
    serve(Protocol(tools(library), "briefqa", __version__, INSTRUCTIONS), library.interrupt)
    return ANSWERED


def _open(corpus: Corpus, cached: bool, progress: Callable[[int, int], None]) -> Assistant:
    from briefqa.assistant import Assistant

    return Assistant.open(corpus, cached=cached, progress=progress)


def parser() -> Parser:
    """Return the parser of `briefqa mcp`."""
    parser = Parser("mcp", ["[OPTIONS] [PATH ...]"], EXAMPLES, "0 input ended, 2 usage error")
    parser.add_argument(
        "--skill", action="store_true", help="print a skill file for agents, and exit"
    )
    parser.add_corpus_options()
    parser.add_switch("--cache", "read and write a cached index, or neither")
    return parser
