"""The paths of the documents that answer, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefqa.output import Layout, Reply, shown
from briefqa.text_safety import sanitise_name

__all__ = ["render_paths"]


def render_paths(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield each path once, in the order of the excerpts."""
    seen: set[str] = set()
    for reply in replies:
        for excerpt in shown(reply.answer):
            path = excerpt.passage.path
            if path not in seen:
                seen.add(path)
                yield f"{sanitise_name(path)}\n"
