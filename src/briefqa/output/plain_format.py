"""Text for screen readers: whole sentences, without colour, drawing or alignment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefqa.answers import Excerpt
from briefqa.output import Layout, Reply, one_line
from briefqa.output.extract import EXCERPT_LIMIT, window
from briefqa.output.wording import explanation, notes, omitted, verdict
from briefqa.spans import Span
from briefqa.text_safety import sanitise, sanitise_name

__all__ = ["render_plain"]


def render_plain(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield the verdict and the numbered excerpts of each reply.

    In an excerpt the sentence that answers comes first, then the text before and after it. The
    place is given in words.
    """
    opening = f"{sanitise_name(layout.notice)}.\n" if layout.notice else ""
    for number, reply in enumerate(replies):
        yield ("\n" if number else opening) + "".join(f"{line}\n" for line in _lines(reply, layout))


def _lines(reply: Reply, layout: Layout) -> Iterator[str]:
    answer = reply.answer
    if layout.batch:
        yield f"Question: {one_line(sanitise(answer.question))}"
    yield f"{verdict(answer)}."
    for note in notes(answer):
        yield f"{one_line(sanitise(note))}."
    for excerpt in answer.excerpts:
        yield ""
        yield from _excerpt(excerpt, len(answer.excerpts), layout)
    if reply.omission:
        yield ""
        yield f"{omitted(reply.omission)}."
    if layout.explain:
        yield ""
        yield from map(sanitise_name, explanation(answer))


def _excerpt(excerpt: Excerpt, count: int, layout: Layout) -> Iterator[str]:
    passage, answer = excerpt.passage, excerpt.answer
    shown = window(excerpt, None if layout.context else EXCERPT_LIMIT)
    yield f"{excerpt.rank} of {count}: {_place(excerpt)}."
    if passage.headings:
        yield f"Heading: {' > '.join(one_line(sanitise(each)) for each in passage.headings)}"
    if excerpt.header:
        yield f"Columns: {one_line(sanitise(excerpt.header))}"
    parts = {
        "Sentence": Span(max(answer.start, shown.start), min(answer.end, shown.end)),
        "Before it": Span(shown.start, max(answer.start, shown.start)),
        "After it": Span(min(answer.end, shown.end), shown.end),
    }
    for name, span in parts.items():
        if text := one_line(sanitise(span.slice(passage.text))):
            yield f"{name}: {text}"


def _place(excerpt: Excerpt) -> str:
    passage = excerpt.passage
    path = sanitise_name(passage.path)
    if passage.member:
        path += f", in {sanitise_name(passage.member)}"
    if passage.time is not None:
        return f"{path}, at {excerpt.citation[len(passage.source) + 1 :]}"
    return f"{path}, page {passage.page}" if passage.page else f"{path}, line {excerpt.member_line}"
