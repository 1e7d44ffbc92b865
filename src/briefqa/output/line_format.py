"""Formats of one line an item: `path:line: sentence`, as grep and compilers have it, and paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefqa.output import Layout, Reply, fold, shown
from briefqa.text_safety import sanitise, sanitise_name

__all__ = ["render_line", "render_paths"]


def render_line(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield the sentences that answer, with their places; nothing without an answer."""
    for reply in replies:
        for excerpt in shown(reply.answer):
            source = sanitise_name(excerpt.citation)
            sentence = fold(sanitise(excerpt.sentence.slice(excerpt.passage.text)))
            yield f"{source}: {sentence}\n"


def render_paths(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield the paths of the documents that answer, each once, in the order of the excerpts."""
    seen: set[str] = set()
    for reply in replies:
        for excerpt in shown(reply.answer):
            path = excerpt.passage.path
            if path not in seen:
                seen.add(path)
                yield f"{sanitise_name(path)}\n"
