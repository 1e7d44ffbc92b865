"""Plain text: paragraphs, headings, lists and page furniture, recognised by their layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from briefqa.readers.blocks import Block, Kind, Reading
from briefqa.readers.charset import decode_document
from briefqa.readers.text_layout import BULLET, COLUMNS, LayoutDraft, LayoutParser
from briefqa.records import Record
from briefqa.spans import Span, lines_of, reversed_lines_of, trim

__all__ = ["read_plain_text"]

STRETCH = re.compile(r"\S.*+(?:\n[^\S\n]*+\S.*+)*+")
"""Neighbouring lines, none of them blank."""
PAGE_NUMBER = re.compile(
    r"\W*(?:\d{1,3}|page\s+\d{1,4})(?:\s*(?:/|of)\s*\d{1,4})?\W*|.*\[page\s+\d{1,4}\]",
    re.IGNORECASE,
)
PLAIN_LINE = re.compile(r"[^\w\n]*+(?![Pp][Aa][Gg][Ee])[^\W\d_]")
"""The beginning of a line that is surely no page number and no rule, as nearly all are."""
WORD = re.compile(r"[^\W_]")
DECORATION = " \t#*=_~-–—"
HEADING_LIMIT = 120
"""Characters; a longer line is a paragraph."""
SENTENCE_INSIDE = re.compile(r"\b[a-z]{3,}[.!?][\"”’»)\]]*+[ \t]++[A-Z]| {3}|\t")
"""What no heading has inside: the end of a sentence, or the room between columns."""
SPOKEN = re.compile(r"[\"'“‘«„].*\?[\"'”’»“]")
"""What somebody asks in a story."""
MANUAL_PAGE = re.compile(r"(?P<name>[\w.:+-]+\(\d\w{0,3}\))\s.*\s(?P=name)")
"""The head of a manual page."""
GAP = re.compile(r"\t| {3}")
VERSION = re.compile(r"\d\.\d")
YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
PAGE_NUMBERS_IN_A_ROW = 2
"""A longer run of bare numbers is data."""

HEADINGS_IN_A_ROW = 2
"""A section's heading and its first subsection's; a longer run without numbers is a list."""
NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*+)\.?[ \t]++[^\W_]")
DIVISIONS = (
    ("part", "book", "title", "volume"),
    ("chapter", "article", "appendix", "annex", "schedule", "amendment"),
    ("section", "sec", "§", "rule", "clause"),
)
"""What divisions of a text are called, the larger ones first."""
DIVISION = re.compile(
    r"(?P<name>part|book|title|volume|chapter|article|appendix|annex|schedule|amendment|section|sec"
    r"|rule|clause|§)\.?[ \t]*+"
    r"(?:\d{1,4}[a-z]?(?:\.\d{1,3})*+|[ivxlc]{1,7}|[a-z]|one|two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve|first|second|third)\b",
    re.IGNORECASE,
)
RUN_IN = re.compile(
    r"(?:Section|SECTION|Sec\.|SEC\.|§|Article|ARTICLE|Art\.|Clause|Rule|Amendment)[ \t]*+"
    r"(?:\d{1,4}[a-z]?(?:\.\d{1,3})*+|[IVXLC]{1,7})[.:)]?(?=[ \t]++\S)"
)
"""The number that opens the first paragraph of a section, as that of a law."""
RUN_IN_OPENING = frozenset("SACR§")
"""The characters that such a number may open with."""
SENTENCE_BEFORE = re.compile(r"[.!?]\s+\S")
"""Where a question is not the only sentence of its paragraph."""
QUESTION_LINES, QUESTION_LIMIT = 4, 300
"""Lines and characters of the longest one."""
QUESTIONS = 3
"""Paragraphs that ask, of a text of questions and answers at the least."""
ANSWER_LENGTH = 10
"""The maximum number of paragraphs for each question; a story seldom asks."""
CAPITALS, PLAIN = len(DIVISIONS), 20
"""Ranks: of headings in capitals, and of those that nothing tells apart from others."""


class Chunk(Record):
    """Neighbouring lines without a blank one between, furniture at the edges left out."""

    span: Span
    lines: int
    paged: bool
    """Whether a page number stands at its edge or next to it."""

    @property
    def may_be_heading(self) -> bool:
        """Whether it is as short as a heading, as few paragraphs are."""
        return self.lines == 1 and self.span.end - self.span.start <= HEADING_LIMIT


def read_plain_text(name: str, data: bytes) -> Reading:
    """Read a text file.

    A short line alone between blank lines, without a full stop, is a heading if a paragraph
    follows; the first of the document is its title. A bare page number, a rule of dashes, the
    title said again and a heading beside a page number said again are page furniture. Lists keep
    their lines. A document of headings alone is a list.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        NotADocumentError: the bytes are not text.
    """
    text = decode_document(name, data)
    chunks = list(_chunks(text))
    title = _title(text, chunks)
    body = list(_without_furniture(text, chunks[1:] if title else chunks, title))
    if not body:
        return Reading(text, title, tuple(Block(chunk.span, Kind.LINE) for chunk in chunks))
    return Reading(text, title, tuple(outlined(text, list(_drafts(text, body)))))


def _drafts(text: str, chunks: Sequence[Chunk]) -> Iterator[LayoutDraft]:
    layout = LayoutParser(text)
    questions = _questions(text, chunks)
    for chunk, following in zip(chunks, [*chunks[1:], None], strict=True):
        heading = chunk.may_be_heading and (
            _looks_like_heading(text, chunk) or _names_release(text, chunk, following)
        )
        if heading or (questions and chunk.span in questions):
            yield layout.alone(chunk.span)
        else:
            yield from layout.drafts(chunk.span)


def _questions(text: str, chunks: Sequence[Chunk]) -> frozenset[Span]:
    """Return the paragraphs that ask what others answer, if a text has several.

    If most are numbered, the others with such numbers are among them: "2.2. The build fails". If
    not, each is a single sentence.
    """
    short = [
        chunk.span
        for chunk in chunks
        if chunk.lines <= QUESTION_LINES and chunk.span.length <= QUESTION_LIMIT
    ]
    asked = {span for span in short if text[span.end - 1] == "?"}
    if len(asked) < QUESTIONS:
        return frozenset()
    numbered = {span for span in short if _is_numbered(span.slice(text))}
    if len(asked & numbered) >= QUESTIONS and 2 * len(asked & numbered) > len(asked):
        return frozenset(numbered)
    single = {
        span
        for span in asked
        if WORD.match(text, span.start) and not SENTENCE_BEFORE.search(span.slice(text))
    }
    least = max(QUESTIONS, len(chunks) // ANSWER_LENGTH)
    return frozenset(single) if len(single) >= least else frozenset()


def _chunks(text: str) -> Iterator[Chunk]:
    """Split the text at its blank lines; chunks that are only furniture are left out."""
    chunks = [_chunk(text, stretch) for stretch in _stretches(text)]
    numbered = [chunk.paged and not chunk.lines for chunk in chunks]
    if not any(numbered):
        yield from (chunk for chunk in chunks if chunk.lines)
        return
    above, below = [False, *numbered], [*numbered[1:], False]
    for chunk, *beside in zip(chunks, above, below, strict=False):
        if chunk.lines:
            yield chunk._replace(paged=True) if any(beside) else chunk


def _stretches(text: str) -> Iterator[Span]:
    """Yield what stands between blank lines, trimmed."""
    for match in STRETCH.finditer(text):
        start, end = match.span()
        yield Span(start, start + len(match[0].rstrip()) if text[end - 1].isspace() else end)


def _chunk(text: str, stretch: Span) -> Chunk:
    """Leave the rules and page numbers at both edges out, which may leave nothing."""
    start, end = stretch.start, stretch.end
    last_line = max(start, text.rfind("\n", start, end) + 1)
    plain = text[end - 1] != "]" and PLAIN_LINE.match(text, start)
    if plain and PLAIN_LINE.match(text, last_line):
        return Chunk(stretch, text.count("\n", start, end) + 1, False)
    first, paged_above = _skip_furniture(text, lines_of(text, stretch))
    if first is None:
        return Chunk(Span(0, 0), 0, paged_above)
    rest = Span(first.start, stretch.end)
    last, paged_below = _skip_furniture(text, reversed_lines_of(text, rest))
    span = trim(text, Span(rest.start, last.end if last else rest.end))
    return Chunk(span, text.count("\n", span.start, span.end) + 1, paged_above or paged_below)


def _skip_furniture(text: str, lines: Iterable[Span]) -> tuple[Span | None, bool]:
    """Find the first line that is no furniture, and tell whether a page number is before it."""
    numbers, first = 0, None
    for line in lines:
        first = first or line
        piece = line.slice(text).strip()
        if _is_page_number(piece):
            numbers += 1
        elif WORD.search(piece):
            break
    else:
        line = None
    if numbers > PAGE_NUMBERS_IN_A_ROW:
        return first, False
    return line, numbers > 0


def _is_page_number(line: str) -> bool:
    return len(line) <= HEADING_LIMIT and PAGE_NUMBER.fullmatch(line) is not None


def _looks_like_heading(text: str, chunk: Chunk) -> bool:
    if not chunk.may_be_heading:
        return False
    line = chunk.span.slice(text)
    if line.rstrip("\"'”’»)]")[-1:] in ".!;,…。！" or SENTENCE_INSIDE.search(line):
        return False
    if SPOKEN.fullmatch(line):
        return False
    return not BULLET.match(line) or _is_numbered_heading(line)


def _names_release(text: str, chunk: Chunk, following: Chunk | None) -> bool:
    """Whether a line names a release and its date, and what is moved in below it is about that."""
    if following is None:
        return False
    name, _, day = chunk.span.slice(text).expandtabs().rpartition(COLUMNS)
    if not VERSION.search(name) or not YEAR.search(day):
        return False
    return _is_moved_in(text, following) and not _is_moved_in(text, chunk)


def _is_moved_in(text: str, chunk: Chunk) -> bool:
    return chunk.span.start > 0 and text[chunk.span.start - 1] in " \t"


def _is_numbered_heading(line: str) -> bool:
    """Whether a line that opens as an item does is a heading: all of it is in capitals."""
    return line.isupper() and NUMBERED.match(line) is not None


def _title(text: str, chunks: Sequence[Chunk]) -> str | None:
    """Return the first chunk as the title if it looks like one and something follows it."""
    if len(chunks) < 2 or not _looks_like_heading(text, chunks[0]):
        return None
    return _plain(chunks[0].span.slice(text))


def _plain(line: str) -> str:
    """A heading without its decoration, such as the number signs and dashes around it."""
    return line.strip(DECORATION) or line


def _without_furniture(text: str, chunks: Sequence[Chunk], title: str | None) -> Iterator[Chunk]:
    """Leave out the title said again, and running heads: headings beside page numbers, again.

    The heads and feet of a manual page name it, as in `LS(1)`; its text is moved in.
    """
    seen = {title}
    first = chunks[0].span.slice(text) if chunks else ""
    manual = MANUAL_PAGE.fullmatch(first) if len(first) <= HEADING_LIMIT else None
    for chunk in chunks:
        if not chunk.may_be_heading:
            yield chunk
            continue
        line = _plain(chunk.span.slice(text))
        if line == title or (chunk.paged and line in seen):
            continue
        names_page = manual and line.endswith(manual["name"]) and GAP.search(line)
        if names_page and not _is_moved_in(text, chunk):
            continue
        if chunk.paged or _looks_like_heading(text, chunk):
            seen.add(line)
        yield chunk


def outlined(text: str, drafts: Sequence[LayoutDraft]) -> list[Block]:
    """Decide on the headings among the blocks of a text.

    Args:
        text: the text.
        drafts: its blocks; what may be a heading is one.

    Returns:
        The blocks, headings with their levels. A run of lines that nothing stands beneath is no
        headings, and a line with a colon above what it introduces is text.
    """
    drafts = _with_run_in_numbers(text, drafts)
    kinds = list(_kinds(text, drafts))
    ranks = [
        _rank(draft.span.slice(text)) if kind is Kind.HEADING else None
        for draft, kind in zip(drafts, kinds, strict=True)
    ]
    present = sorted({rank for rank in ranks if rank is not None})
    levels = {rank: level for level, rank in enumerate(present, 1)}
    flat = len(levels) < 2
    return [
        Block(
            draft.span,
            kind,
            None,
            None,
            draft.level if rank is None else None if flat else levels[rank],
            draft.header,
        )
        for draft, kind, rank in zip(drafts, kinds, ranks, strict=True)
    ]


def _with_run_in_numbers(text: str, drafts: Sequence[LayoutDraft]) -> Sequence[LayoutDraft]:
    """Make the numbers that open paragraphs headings, where there are several."""
    numbers = {
        place: number
        for place, draft in enumerate(drafts)
        if text[draft.span.start] in RUN_IN_OPENING
        and draft.kind is Kind.PARAGRAPH
        and (number := RUN_IN.match(text, *draft.span))
    }
    if len(numbers) < 2:
        return drafts
    divided: list[LayoutDraft] = []
    for place, draft in enumerate(drafts):
        number = numbers.get(place)
        if number:
            divided.append(LayoutDraft(Span(*number.span()), Kind.HEADING, draft.indent))
            rest = trim(text, Span(number.end(), draft.span.end))
            draft = draft._replace(span=rest)
        divided.append(draft)
    return divided


def _kinds(text: str, drafts: Sequence[LayoutDraft]) -> Iterator[Kind]:
    start = 0
    for is_heading, run in groupby(draft.kind is Kind.HEADING for draft in drafts):
        length = len(list(run))
        following = drafts[start + length] if start + length < len(drafts) else None
        if not is_heading:
            yield from (draft.kind for draft in drafts[start : start + length])
            start += length
            continue
        for place in range(start, start + length):
            draft = drafts[place]
            if _is_numbered(draft.span.slice(text)):
                yield Kind.HEADING
            elif following is None or length > HEADINGS_IN_A_ROW:
                yield Kind.LINE
            else:
                yield _heading_or_text(text, draft, drafts[place + 1])
        start += length


def _heading_or_text(text: str, draft: LayoutDraft, following: LayoutDraft) -> Kind:
    """A line with a colon introduces what is moved in or a list; it names what is not.

    A small letter opens a line that goes on, unless it stands right above what is moved in.
    """
    listed = following.kind not in (Kind.PARAGRAPH, Kind.HEADING)
    moved_in = following.indent > draft.indent
    if text[draft.span.end - 1] == ":" and (listed or moved_in):
        return Kind.PARAGRAPH
    names = moved_in and text.count("\n", draft.span.end, following.span.start) == 1
    goes_on = not names and draft.span.slice(text)[:1].islower()
    return Kind.LINE if goes_on or following.kind is Kind.LINE else Kind.HEADING


def _is_numbered(line: str) -> bool:
    """Whether a heading has a number of several parts, or is that of a division."""
    number = NUMBERED.match(line)
    return bool(number and "." in number[1]) or DIVISION.match(line) is not None


def _rank(line: str) -> int:
    """How high a heading stands among those of a text: 0 for the highest."""
    division = DIVISION.match(line)
    if division:
        name = division["name"].lower()
        return next(rank for rank, names in enumerate(DIVISIONS) if name in names)
    number = NUMBERED.match(line)
    if number:
        return CAPITALS + 1 + number[1].count(".")
    return CAPITALS if line.isupper() and "_" not in line else PLAIN
