"""Markdown (CommonMark), for notes and reports: quotations with their sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefqa.answers import Excerpt
from briefqa.output import Layout, Reply, one_line
from briefqa.output.wording import explanation, notes, omitted, repeats, verdict
from briefqa.spans import Span
from briefqa.text_safety import sanitise

__all__ = ["escape_markdown", "render_markdown"]

INLINE = re.compile(r"([\\`*_\[\]<>&~|$])")
"""Characters that CommonMark and its common extensions may treat as markup within a line."""
OPENING = re.compile(r"^([#+=-]|\d+(?=[.)]))")
"""What begins a heading, a rule or a list at the start of a line."""


def render_markdown(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield a section for each reply: the verdict, then the excerpts, their sentences in bold."""
    for number, reply in enumerate(replies):
        answer = reply.answer
        parts = [f"## {escape_markdown(answer.question)}", escape_markdown(verdict(answer))]
        parts += map(escape_markdown, notes(answer))
        parts += [_quotation(excerpt) for excerpt in answer.excerpts]
        if reply.omission:
            parts.append(escape_markdown(omitted(reply.omission)))
        if layout.explain:
            parts.append("\n".join(f"- {escape_markdown(line)}" for line in explanation(answer)))
        yield ("\n" if number else "") + "\n\n".join(parts) + "\n"


def _quotation(excerpt: Excerpt) -> str:
    passage = excerpt.passage
    start, end = excerpt.sentence.start, excerpt.sentence.end
    names = [part.span.end for part in passage.parts if part.kind == "heading"]
    opening = min(start, max(names, default=0))
    before, sentence, after = (
        escape_markdown(span.slice(passage.text))
        for span in (Span(opening, start), excerpt.sentence, Span(end, len(passage.text)))
    )
    quoted = " ".join(part for part in (before, f"**{sentence}**", after) if part)
    beside = [passage.told_date or "", " > ".join(passage.headings), excerpt.header or ""]
    source = " — ".join(escape_markdown(text) for text in (excerpt.citation, *beside) if text)
    also = f"\n\n   {escape_markdown(repeats(excerpt))}" if excerpt.also else ""
    return f"{excerpt.rank}. > {quoted}\n\n   {source}{also}"


def escape_markdown(text: str) -> str:
    """Return text on one line, with all markup escaped."""
    escaped = INLINE.sub(r"\\\1", one_line(sanitise(text)))
    return OPENING.sub(lambda match: _escaped(match[0]), escaped)


def _escaped(opening: str) -> str:
    return f"{opening}\\" if opening[0].isdigit() else f"\\{opening}"
