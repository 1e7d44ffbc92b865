"""The documents and folders that answers can be limited to, without Textual."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from briefqa.corpus import DocumentEntry
from briefqa.documents.dates import parse_day
from briefqa.errors import UsageError
from briefqa.records import Record
from briefqa.scope import DocumentScope, exact_pattern
from briefqa.text_safety import sanitise_name

__all__ = ["Facet", "date_range", "find_facets", "matching_facets", "scope_text"]

WILDCARDS = re.compile(r"[*?\[]")
PLAIN = r"\1"
ESCAPED = re.compile(r"\[([*?\[])\]")


class Facet(Record):
    """A document, a folder, or the documents whose paths match a pattern.

    Attributes:
        name: its path, without what all paths have in common; a folder ends with a separator.
        pattern: what stands for it in a scope; empty for all documents.
        passages: how many of its passages match the question, or all if there is no question; None
            if that is not known.
    """

    name: str
    pattern: str = ""
    passages: int | None = None


def find_facets(
    documents: Iterable[DocumentEntry], hits: Mapping[str, int] | None, shared: str
) -> list[Facet]:
    """Return the documents and folders that match a question, those with most hits first.

    Args:
        documents: all documents.
        hits: the number of hits of each path; None if there is no question.
        shared: what all paths begin with.
    """
    counts: Counter[str] = Counter()
    for entry in documents:
        passages = entry.passages if hits is None else hits.get(entry.path, 0)
        if passages or hits is None:
            counts.update(dict.fromkeys((entry.path, *_folders(entry.path, shared)), passages))
    found = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Facet(path.removeprefix(shared), exact_pattern(path), count) for path, count in found]


def _folders(path: str, shared: str) -> Iterator[str]:
    """Yield the folders of a document below the one that all are in."""
    end = path.find(os.sep, len(shared))
    while end >= 0:
        yield path[: end + 1]
        end = path.find(os.sep, end + 1)


def matching_facets(facets: Sequence[Facet], words: str) -> list[Facet]:
    """Return all documents as one facet, then a pattern that is typed, then those that match.

    Args:
        facets: to choose from.
        words: parts of names, in any order; or a pattern as in a shell.
    """
    if WILDCARDS.search(words):
        return [Facet(words.strip(), words.strip())]
    parts = words.casefold().split()
    found = [each for each in facets if all(part in each.name.casefold() for part in parts)]
    return found if parts else [Facet("All documents"), *found]


def date_range(since: str, until: str) -> DocumentScope:
    """Return the scope of the days that a person names; an empty name is no limit.

    Raises:
        UsageError: there is no such day, or the range has none.
    """
    today = datetime.now(UTC).astimezone().date()
    first, last = (parse_day(day, today) if day.strip() else None for day in (since, until))
    if first and last and first > last:
        raise UsageError(f"{first} is after {last}")
    return DocumentScope(first, last)


def scope_text(scope: DocumentScope, shared: str) -> str:
    """Return a scope as one line, sanitised; empty if it has no limit."""
    rooted = f"/{shared.lstrip('/')}"
    names = [f"in {ESCAPED.sub(PLAIN, each).removeprefix(rooted)}" for each in scope.patterns]
    if scope.since:
        names.append(f"since {scope.since}")
    if scope.until:
        names.append(f"until {scope.until}")
    return sanitise_name(" ".join(names))
