"""`path:line: sentence`, one line an excerpt, as grep and compilers write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefqa.output import Layout, Reply, fold, shown
from briefqa.text_safety import sanitise, sanitise_name

__all__ = ["render_line"]


def render_line(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield the sentences that answer, with their places; nothing without an answer."""
    for reply in replies:
        for excerpt in shown(reply.answer):
            source = sanitise_name(excerpt.citation)
            sentence = fold(sanitise(excerpt.sentence.slice(excerpt.passage.text)))
            yield f"{source}: {sentence}\n"
