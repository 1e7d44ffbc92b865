"""Options of other programs, and what does the same here; loaded only for an unknown option."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefqa.configuration import suggestion

__all__ = ["option_hint"]

NO_MODEL = "briefqa has no model; it quotes the documents"
NAME_PATHS = "name files and folders after the question"
OPTIONS_BY_MEANING: Mapping[str, str] = {
    **dict.fromkeys(
        ("--limit", "--max", "--max-count", "--max-results", "--num", "--number",
         "--results", "--head", "--top-k", "-k", "-m"), "--top"),
    **dict.fromkeys(("--count",), "matches are ranked and not counted; --top N shows N of them"),
    **dict.fromkeys(("--output", "--out", "--output-format", "--type", "-o"), "--format"),
    **dict.fromkeys(("--jsonl", "--ndjson", "--json-lines"), "--format jsonl"),
    **dict.fromkeys(("--csv", "--tsv", "--table"), "--format csv"),
    **dict.fromkeys(("--text", "--pretty", "--human"), "--format text"),
    **dict.fromkeys(("--files", "--files-with-matches", "-l"), "--format paths"),
    **dict.fromkeys(("--markdown",), "--md"),
    **dict.fromkeys(("--exact", "--fixed-strings", "--verbatim", "--raw", "-F"), "--literal"),
    **dict.fromkeys(("--glob", "--only", "-g"), "--include"),
    **dict.fromkeys(("--hidden", "--no-gitignore", "-u"), "--no-ignore"),
    **dict.fromkeys(
        ("--fresh", "--refresh", "--reindex", "--rebuild", "--no-index"), "--no-cache"),
    **dict.fromkeys(("--debug", "--why", "-v"), "--explain"),
    **dict.fromkeys(("--silent", "-s"), "--quiet"),
    **dict.fromkeys(("--no-color", "--no-colour", "--no-colors"), "--color never"),
    **dict.fromkeys(("--colour", "--colors"), "--color"),
    **dict.fromkeys(("--threshold", "--min-score", "--confidence"), "--min-confidence"),
    **dict.fromkeys(("--not", "--exclude-word", "--omit"), "--without"),
    **dict.fromkeys(("--require", "--required", "--and"), "--must"),
    **dict.fromkeys(("--max-tokens", "--max-length", "--budget"), "--max-chars"),
    **dict.fromkeys(("--jq", "--print-template", "--printf"), "--template"),
    **dict.fromkeys(("--null", "--print0", "--zero"), "-0"),
    **dict.fromkeys(("--batch", "--queries", "--query-file"), "--questions"),
    **dict.fromkeys(("--editor", "--edit"), "--open"),
    **dict.fromkeys(("--name",), "--collection"),
    **dict.fromkeys(("--file", "--path", "--dir", "--docs", "--in", "-p", "-d"), NAME_PATHS),
    **dict.fromkeys(("--stdin",), "name the path - for standard input"),
    **dict.fromkeys(("--model", "--temperature", "--system"), NO_MODEL),
    **dict.fromkeys(("--ignore-case", "-i"), "case never matters"),
    **dict.fromkeys(("--recursive", "-r", "-R"), "folders are always read with all they contain"),
    **dict.fromkeys(("--word-regexp", "-w"), "words always match as a whole"),
    **dict.fromkeys(("--regexp", "-e", "-E", "-P"), "there are no patterns; ask in plain words"),
}  # fmt: skip
"""Options of other programs: the option that does the same, or a sentence."""
CLOSE = 0.7
"""How alike a misspelled option and the one that is suggested are, from 0 to 1."""


def option_hint(word: str, names: Sequence[str]) -> str | None:
    """Return what to do instead of an option that a command does not have.

    Args:
        word: the name of the option.
        names: the names of all options that the command has.

    Returns:
        A phrase: the nearest option in meaning, else the nearest in spelling; None if none is near.
    """
    meant = OPTIONS_BY_MEANING.get(word, "")
    if meant and not meant.startswith("-"):
        return meant
    if meant.split(" ")[0] in names:
        return f"use {meant}"
    return suggestion(word, names, CLOSE)
