"""Formats of one line an item: `path:line: sentence`, as grep and compilers have it, and paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefqa.answers import Excerpt
from briefqa.output import Layout, Reply, fold, shown
from briefqa.text_safety import sanitise, sanitise_name

__all__ = ["render_line", "render_paths"]


def render_line(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield the sentences that answer, with their places; nothing without an answer.

    In a batch each line follows its question and a tab; one without an answer has these alone. With
    `Layout.heading` the question is a line above instead, and a blank line parts it from the last.
    """
    for number, reply in enumerate(replies):
        lines = list(map(_line, shown(reply.answer)))
        if layout.batch:
            question = fold(sanitise(reply.answer.question))
            if layout.heading:
                lines = ["", question, *lines] if number else [question, *lines]
            else:
                lines = [f"{question}\t{line}" for line in lines or [""]]
        yield "".join(f"{line}\n" for line in lines)


def _line(excerpt: Excerpt) -> str:
    source = sanitise_name(excerpt.citation)
    return f"{source}: {fold(sanitise(excerpt.sentence.slice(excerpt.passage.text)))}"


def render_paths(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield the paths of the documents that answer, each once, in the order of the excerpts."""
    seen: set[str] = set()
    for reply in replies:
        for excerpt in shown(reply.answer):
            for place in (excerpt.place, *excerpt.also):
                path = place.passage.path
                if path not in seen:
                    seen.add(path)
                    yield f"{sanitise_name(path)}\n"
