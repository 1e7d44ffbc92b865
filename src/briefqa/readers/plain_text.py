"""Plain text: paragraphs, headings, lists and page furniture, recognised by their layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from os.path import basename

from briefqa.readers.blocks import Block, Kind, Reading, heading_form
from briefqa.readers.charset import decode_document
from briefqa.readers.layout_lines import TAB, is_day, masthead
from briefqa.readers.text_headings import NUMBERED, SECTION, is_numbered, outlined
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
QUOTED = ">"
"""What opens a line of the words of another in a message."""
SPOKEN = re.compile(r"[\"'“‘«„].*\?[\"'”’»“]")
"""What somebody asks in a story."""
MANUAL_PAGE = re.compile(r"(?P<name>[\w.:+-]+\(\d\w{0,3}\))\s.*\s(?P=name)")
"""The head of a manual page."""
MANUAL_HEADING = 3
"""The columns before the deepest heading of a manual page."""
RUNNING_HEAD = re.compile(
    r"(?P<before>[^\W\d_].*?\S)(?:\t| {3})\s*\d{1,4}|\d{1,4}(?:\t| {3})\s*(?P<after>[^\W\d_].*)"
)
"""The head of a page: a text and the number of the page, apart from each other."""
GAP = re.compile(r"\t| {3}")
VERSION = re.compile(r"\d\.\d")
YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
PAGE_NUMBERS_IN_A_ROW = 2
"""A longer run of bare numbers is data."""

SENTENCE_BEFORE = re.compile(r"[.!?]\s+\S")
"""Where a question is not the only sentence of its paragraph."""
QUESTION_LINES, QUESTION_LIMIT = 4, 300
"""Lines and characters of the longest one."""
QUESTIONS = 3
"""Paragraphs that ask, of a text of questions and answers at the least."""
ANSWER_LENGTH = 10
"""The maximum number of paragraphs for each question; a story seldom asks."""
HEADED_LIMIT = 60
"""Characters of the longest line that is a heading though the text follows right below it."""
HEADED_TEXT, HEADED_LONG = 30, 80
"""Characters that the text below it has at the least, and that it has where this is sure."""
LETTERS = 4
"""Letters of a heading in capitals right above its text at the least."""
HEADED = 2
"""Paragraphs where it is sure, of a text that has any."""
ENDS_TEXT = ".!;,…。！"
ENDS_NO_HEADING = ENDS_TEXT + ":"
ENDS_PROSE = '.!?:"”’»)'
FULL_LINE = 0.6
"""The least share of its width that a wrapped line of prose fills."""


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
    if chunks:
        head = masthead(text, chunks[0].span)
        chunks[:1] = [chunks[0]._replace(span=each, lines=1) for each in head] or chunks[:1]
    manual = _manual_page(text, chunks[0]) if chunks else None
    title = _title_of_manual(name, manual) if manual else _title(text, chunks)
    body = list(_without_furniture(text, chunks[1:] if title else chunks, title, manual))
    layout = LayoutParser(text, MANUAL_HEADING) if manual else LayoutParser(text)
    days = [each.span for each in body if each.may_be_heading and is_day(each.span.slice(text))]
    # Several days, or one below other text, name what follows each of them.
    dateline = days[0] if title and len(days) == 1 and body[0].span in days else None
    blocks = outlined(text, list(_drafts(text, body, layout, dateline))) if body else []
    return Reading(
        _blanked(text, layout.quotes),
        title,
        tuple(blocks or (Block(chunk.span, Kind.LINE) for chunk in body or chunks)),
    )


def _manual_page(text: str, first: Chunk) -> str | None:
    """Return the name of the manual page that a text is, if it opens with the head of one."""
    head = MANUAL_PAGE.fullmatch(first.span.slice(text)) if first.may_be_heading else None
    return head["name"] if head else None


def _title_of_manual(path: str, manual: str) -> str | None:
    """Return the name of a manual page as its title; none if the name of its file is like it."""
    file, page = basename(path).strip("-").casefold(), manual.partition("(")[0].casefold()
    return None if file and (file.partition(".")[0] in page or page in file) else manual


def _blanked(text: str, marks: Sequence[Span]) -> str:
    """Return a text with blanks in place of marks, so that all else stands where it did."""
    pieces, end = [], 0
    for mark in marks:
        pieces += [text[end : mark.start], " " * mark.length]
        end = mark.end
    return "".join([*pieces, text[end:]])


def _drafts(
    text: str, chunks: Sequence[Chunk], layout: LayoutParser, dateline: Span | None
) -> Iterator[LayoutDraft]:
    apart = _questions(text, chunks) | _numbered_lines(text, chunks)
    headed = _headed(text, chunks)
    for chunk, following in zip(chunks, [*chunks[1:], None], strict=True):
        heading = chunk.may_be_heading and (
            _looks_like_heading(text, chunk) or _names_release(text, chunk, following)
        )
        if chunk.span == dateline:
            yield LayoutDraft(chunk.span, Kind.LINE, 0)
        elif heading or chunk.span in apart:
            yield layout.alone(chunk.span, _indent(text, following) if following else 0)
        elif chunk.span in headed:
            end = text.index("\n", chunk.span.start)
            yield layout.alone(trim(text, Span(chunk.span.start, end)))
            yield from layout.drafts(trim(text, Span(end, chunk.span.end)))
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
    numbered = {span for span in short if is_numbered(span.slice(text))}
    if len(asked & numbered) >= QUESTIONS and 2 * len(asked & numbered) > len(asked):
        return frozenset(numbered)
    single = {
        span
        for span in asked
        if WORD.match(text, span.start) and not SENTENCE_BEFORE.search(span.slice(text))
    }
    least = max(QUESTIONS, len(chunks) // ANSWER_LENGTH)
    return frozenset(single) if len(single) >= least else frozenset()


def _numbered_lines(text: str, chunks: Sequence[Chunk]) -> frozenset[Span]:
    """Return the lines alone that are numbered as sections are, each with its text below it."""
    opens = [SECTION.match(text, chunk.span.start) for chunk in chunks]
    lines = {
        chunk.span: int(number[1])
        for chunk, number, following in zip(chunks, opens, [*opens[1:], None], strict=True)
        if number and not following and chunk.may_be_heading and _is_open(text, chunk)
    }
    rises = any(after == before + 1 for before, after in pairwise(lines.values()))
    return frozenset(lines) if rises and chunks[-1].span not in lines else frozenset()


def _headed(text: str, chunks: Sequence[Chunk]) -> frozenset[Span]:
    """Return the paragraphs whose first line is a heading: in capitals, or several of them."""
    paragraphs = [chunk.span for chunk in chunks if chunk.lines > 1]
    capitals = frozenset(span for span in paragraphs if _is_in_capitals(text, span))
    headed = [span for span in paragraphs if span in capitals or _is_headed(text, span)]
    long = [span for span in headed if span.end - text.index("\n", span.start) >= HEADED_LONG]
    return frozenset(headed) if len(long) >= HEADED else capitals


def _is_in_capitals(text: str, span: Span) -> bool:
    """Whether the first line of a paragraph is a heading in capitals, above a line that is not."""
    if text[span.start + 1].islower():
        return False
    first, second = text[span.start : span.end].split("\n", 2)[:2]
    if len(first) > HEADED_LIMIT or not first.isupper() or BULLET.match(first) or GAP.search(first):
        return False
    letters = len(WORD.findall(first))
    above = second[0].isupper() and not second.isupper() and len(second) >= HEADED_TEXT
    named = first[0].isalnum() and first.rstrip()[-1] not in ENDS_NO_HEADING
    return above and named and letters >= LETTERS


def _is_headed(text: str, span: Span) -> bool:
    """Whether the first line of a paragraph is short, breaks off, and prose stands below it."""
    end = text.index("\n", span.start)
    if end - span.start > HEADED_LIMIT or span.end - end < HEADED_TEXT or text[end + 1] in " \t":
        return False
    first, *rest = (line.strip() for line in span.slice(text).split("\n"))
    if first[-1] in ENDS_NO_HEADING or first[0].islower() or SENTENCE_INSIDE.search(first):
        return False
    opens = rest[0].lstrip("\"“‘'(")[:1]
    width = max(map(len, rest))
    return (
        opens.isupper()
        and rest[-1][-1] in ENDS_PROSE
        and len(first) + 1 + len(rest[0].split(None, 1)[0]) <= width
        and all(len(line) >= FULL_LINE * width for line in rest[:-1])
    )


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
    if not _is_open(text, chunk) or SPOKEN.fullmatch(line):
        return False
    return line[0] != QUOTED and (not BULLET.match(line) or _is_numbered_heading(line))


def _is_open(text: str, chunk: Chunk) -> bool:
    """Whether a line neither ends as a sentence does, nor has the end of one inside."""
    line = chunk.span.slice(text)
    ends = line.rstrip("\"'”’»)]")[-1:] in ENDS_TEXT
    return not ends and not SENTENCE_INSIDE.search(line)


def _names_release(text: str, chunk: Chunk, following: Chunk | None) -> bool:
    """Whether a line names a release and its date, and what is moved in below it is about that."""
    if following is None:
        return False
    name, _, day = chunk.span.slice(text).expandtabs().rpartition(COLUMNS)
    if not VERSION.search(name) or not YEAR.search(day):
        return False
    return _is_moved_in(text, following) and not _is_moved_in(text, chunk)


def _indent(text: str, chunk: Chunk) -> int:
    """Return the columns before a paragraph."""
    start = text.rfind("\n", 0, chunk.span.start) + 1
    return len(text[start : chunk.span.start].expandtabs(TAB))


def _is_moved_in(text: str, chunk: Chunk) -> bool:
    return chunk.span.start > 0 and text[chunk.span.start - 1] in " \t"


def _is_numbered_heading(line: str) -> bool:
    """Whether a line that opens as an item does is a heading: all of it is in capitals."""
    return line.isupper() and NUMBERED.match(line) is not None


def _title(text: str, chunks: Sequence[Chunk]) -> str | None:
    """Return the first chunk as the title if it looks like one and something follows it.

    The first of several headings that differ in their numbers alone is none.
    """
    if len(chunks) < 2 or not _looks_like_heading(text, chunks[0]):
        return None
    if text[chunks[1].span.start] == QUOTED:
        return None
    line = chunks[0].span.slice(text)
    form = heading_form(line)
    if form == line:
        return _plain(line)
    others = (chunk.span.slice(text) for chunk in chunks[1:] if chunk.may_be_heading)
    alike = any(heading_form(other) == form and other != line for other in others)
    return None if alike else _plain(line)


def _plain(line: str) -> str:
    """A heading without its decoration, such as the number signs and dashes around it."""
    return line.strip(DECORATION) or line


def _without_furniture(
    text: str, chunks: Sequence[Chunk], title: str | None, manual: str | None
) -> Iterator[Chunk]:
    """Leave out the title said again, and running heads: headings beside page numbers, again.

    The heads and feet of a manual page name it, as in `LS(1)`; its text is moved in.
    """
    seen = {title}
    for chunk in chunks:
        if not chunk.may_be_heading:
            yield chunk
            continue
        line = _plain(chunk.span.slice(text))
        running = RUNNING_HEAD.fullmatch(line)
        if running:
            line = running["before"] or running["after"]
            if line in seen:
                continue
            seen.add(line)
        if line == title or (chunk.paged and line in seen):
            continue
        names_page = manual and line.endswith(manual) and GAP.search(line)
        if names_page and not _is_moved_in(text, chunk):
            continue
        if chunk.paged or _looks_like_heading(text, chunk):
            seen.add(line)
        yield chunk
