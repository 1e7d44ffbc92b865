"""Chooses how much of the documents an answer shows: within a limit, or with sentences around."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from briefqa.answers import Answer, Excerpt
from briefqa.passages import NAMES, Part, placed_sentences, sentences_of_part
from briefqa.records import Record
from briefqa.spans import Span, trim

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.documents import Document

__all__ = ["EXCERPT_LIMIT", "Omission", "add_context", "fit_answer", "window"]

EXCERPT_LIMIT = 500
"""Characters of a passage that people are shown: no neighbours beyond."""


class Omission(Record):
    """What is not shown, to keep within a limit.

    Attributes:
        limit: characters of the documents that may be shown.
        excerpts: the number of excerpts that are left out.
        characters: the number of characters of passages that are left out, theirs among them.
        of: the number of excerpts before.
        is_cut: whether the only sentence that is shown is not whole, since it is longer.
    """

    limit: int
    excerpts: int
    characters: int
    of: int
    is_cut: bool = False

    @property
    def record(self) -> dict[str, object]:
        """The fields of `omitted` in JSON."""
        return {"excerpts": self.excerpts, "characters": self.characters, "cut": self.is_cut}


def window(excerpt: Excerpt, limit: int | None = EXCERPT_LIMIT) -> Span:
    """Choose the part of a passage to show: the answer, and as many neighbours as fit.

    Headings are shown beside the passage, so that they are no neighbours.

    Args:
        excerpt: the passage and the answer in it.
        limit: characters up to which neighbours are shown; None to show all of the passage.

    Returns:
        A span of the passage's text that contains the answer; if the sentence alone is too long,
        the part of it around the first match.
    """
    text, sentence, shown = excerpt.passage.text, excerpt.sentence, excerpt.answer
    if limit is None:
        return Span(0, len(text))
    if sentence.length > limit:
        return _cut_sentence(text, sentence, excerpt.highlights, limit)
    sentences = [span for span, part in placed_sentences(excerpt.passage) if part.kind not in NAMES]
    before = [span for span in sentences if span.end <= shown.start]
    after = [span for span in reversed(sentences) if span.start >= shown.end]
    while before or after:
        if before and shown.end - before[-1].start <= limit:
            shown = Span(before.pop().start, shown.end)
        elif after and after[-1].end - shown.start <= limit:
            shown = Span(shown.start, after.pop().end)
        else:
            break
    return shown


def _cut_sentence(text: str, sentence: Span, highlights: Sequence[Span], limit: int) -> Span:
    """Cut a long sentence at words, a quarter of the limit before the first match."""
    first = next((span.start for span in highlights if sentence.contains(span)), sentence.start)
    start = max(sentence.start, min(first - limit // 4, sentence.end - limit))
    if start > sentence.start:
        start = _next_word(text, start, first)
    end = min(start + limit, sentence.end)
    if end < sentence.end:
        space = text.rfind(" ", start, end)
        end = space if space > first else end
    return trim(text, Span(start, end))


def _next_word(text: str, start: int, limit: int) -> int:
    space = text.find(" ", start, limit)
    return space + 1 if space >= 0 else start


def fit_answer(answer: Answer, limit: int) -> tuple[Answer, Omission | None]:
    """Shorten an answer until its excerpts have no more characters than a limit.

    The best sentences have precedence; then their neighbours, the best excerpt's first. Sentences
    stay whole, unless even the first is longer than the limit: it is cut at words.

    Args:
        answer: the answer.
        limit: characters of all passages together; at least 1.

    Returns:
        The answer, and what was left out; None if all of it fits.
    """
    excerpts = answer.excerpts
    before = sum(len(excerpt.passage.text) for excerpt in excerpts)
    if before <= limit:
        return answer, None
    kept: list[Excerpt] = []
    room = limit
    for excerpt in excerpts:
        if excerpt.sentence.length > room:
            break
        kept.append(excerpt)
        room -= excerpt.sentence.length
    is_cut = not kept
    if is_cut:
        shown = [_part(excerpts[0], window(excerpts[0], limit))]
    else:
        shown = []
        for excerpt in kept:
            grown = _part(excerpt, _grown(excerpt, excerpt.sentence.length + room))
            room -= len(grown.passage.text) - excerpt.sentence.length
            shown.append(grown)
    after = sum(len(excerpt.passage.text) for excerpt in shown)
    omitted = Omission(limit, len(excerpts) - len(shown), before - after, len(excerpts), is_cut)
    return answer._replace(excerpts=tuple(shown)), omitted


def _grown(excerpt: Excerpt, room: int) -> Span:
    """Return the best sentence with as many neighbours as there is room for."""
    text = excerpt.passage.text
    if len(text) <= room:
        return Span(0, len(text))
    return window(excerpt, room) if excerpt.answer.length <= room else excerpt.sentence


def add_context(
    answer: Answer, before: int, after: int, document: Callable[[str], Document | None]
) -> Answer:
    """Make each excerpt the best sentence with a number of sentences around it.

    Args:
        answer: the answer.
        before: the number of sentences before.
        after: the number of sentences after.
        document: returns a document by its path; None if it cannot be read any more, so that the
            sentences are those of the passage.
    """
    excerpts = (
        _with_context(excerpt, document(excerpt.passage.path), before, after)
        for excerpt in answer.excerpts
    )
    return answer._replace(excerpts=tuple(excerpts))


def _with_context(excerpt: Excerpt, document: Document | None, before: int, after: int) -> Excerpt:
    passage = excerpt.passage
    text, parts, start = passage.text, passage.all_parts, 0
    # A document that has changed since it was indexed has other text at this place.
    if document is not None and passage.span.slice(document.text) == text:
        start = passage.span.start
        text = document.text
        parts = tuple(
            Part(block.span, block.kind, block.level or 0, block.header or "")
            for block in document.blocks
            if (block.member.name if block.member else None) == passage.member
        )
    sentence = excerpt.sentence.shift(start)
    first = _last_of(_sentences_before(text, parts, sentence), before, sentence)
    last = _last_of(_sentences_after(text, parts, sentence), after, sentence)
    return _recut(excerpt, text, Span(first.start, last.end), start, parts)


def _last_of(sentences: Iterator[Span], count: int, sentence: Span) -> Span:
    """Return the last of so many sentences, or of all; the sentence itself if there are none."""
    found = list(islice(sentences, count))
    return found[-1] if found else sentence


def _sentences_before(text: str, parts: Sequence[Part], sentence: Span) -> Iterator[Span]:
    """Yield the sentences before one, the nearest first; headings are none."""
    for part in reversed(parts):
        if part.kind not in NAMES and part.span.start < sentence.start:
            for each in reversed(list(sentences_of_part(text, part))):
                if each.end <= sentence.start:
                    yield each


def _sentences_after(text: str, parts: Sequence[Part], sentence: Span) -> Iterator[Span]:
    for part in parts:
        if part.kind not in NAMES and part.span.end > sentence.end:
            for each in sentences_of_part(text, part):
                if each.start >= sentence.end:
                    yield each


def _part(excerpt: Excerpt, span: Span) -> Excerpt:
    """Return an excerpt of which only a part of the passage is left."""
    return _recut(excerpt, excerpt.passage.text, span, 0, excerpt.passage.all_parts)


def _recut(excerpt: Excerpt, text: str, span: Span, start: int, parts: Sequence[Part]) -> Excerpt:
    """Return an excerpt whose passage is another stretch of its document.

    Args:
        excerpt: the excerpt.
        text: the document's, or a part of it that contains the passage.
        span: the stretch: characters of the text.
        start: where the passage starts in the text.
        parts: the blocks of the text.
    """
    passage = excerpt.passage
    offset = start - span.start
    size = span.length
    before, between = sorted((span.start, start))
    line = passage.lines[0] + (1 if span.start > start else -1) * text.count("\n", before, between)

    def moved(other: Span) -> Span:
        return Span(max(0, other.start + offset), max(0, min(size, other.end + offset)))

    def within(other: Span | None) -> Span | None:
        inside = other and other.start + offset >= 0 and other.end + offset <= size
        return moved(other) if other and inside else None

    shown = span.slice(text)
    return excerpt._replace(
        passage=passage._replace(
            text=shown,
            span=Span(passage.span.start - offset, passage.span.start - offset + size),
            lines=(line, line + shown.count("\n")),
            parts=tuple(_within(parts, span)),
        ),
        sentence=moved(excerpt.sentence),
        answer=moved(excerpt.answer),
        lead=within(excerpt.lead),
        focus=within(excerpt.focus),
        highlights=tuple(filter(None, map(within, excerpt.highlights))),
    )


def _within(parts: Sequence[Part], span: Span) -> Iterator[Part]:
    """Yield the blocks of a text that a span contains or cuts, as blocks of the span's text."""
    for part in parts:
        start, end = max(part.span.start, span.start), min(part.span.end, span.end)
        if start < end:
            yield part._replace(span=Span(start - span.start, end - span.start))
