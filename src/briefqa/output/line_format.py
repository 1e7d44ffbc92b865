"""Lines as grep and compilers print them: `path:line: sentence`, paths, and lines with numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from briefqa.answers import Excerpt, Place
from briefqa.output import Layout, Reply, one_line, shown
from briefqa.passages import NAMES, placed_sentences
from briefqa.spans import Span, lines_of
from briefqa.text_safety import sanitise, sanitise_name

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.citations import QuotedLines

__all__ = ["list_lines", "render_line", "render_paths"]

NUMBER = "\x1b[36m{}\x1b[0m"
CONTEXT = "\x1b[2m{}\x1b[0m"


def render_line(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield the sentences that answer, with their places; nothing without an answer.

    In a batch each line follows its question and a tab; one without an answer has these alone. With
    `Layout.heading` the question is a line above them, and a blank line precedes it.
    """
    for number, reply in enumerate(replies):
        lines = list(_lines(shown(reply.answer), context=layout.context))
        if layout.batch:
            question = one_line(sanitise(reply.answer.question))
            if layout.heading:
                lines = ["", question, *lines] if number else [question, *lines]
            else:
                lines = [f"{question}\t{line}" for line in lines or [""]]
        yield "".join(f"{line}{layout.terminator}" for line in lines)


def _lines(excerpts: Sequence[Excerpt], *, context: bool) -> Iterator[str]:
    """Yield a line for each excerpt, or its lines with context as `grep -C` prints them."""
    for number, excerpt in enumerate(excerpts):
        if not context:
            yield _line(excerpt.place)
            continue
        if number:
            yield "--"
        for span, part in placed_sentences(excerpt.passage):
            if part.kind not in NAMES or span == excerpt.sentence:
                yield _line(Place(excerpt.passage, span), excerpt.sentence)


def _line(place: Place, sentence: Span | None = None) -> str:
    """Return a sentence with its place; signs as those of grep tell context from the sentence."""
    source, passage = place.citation, place.passage
    sign = ":"
    if sentence and not sentence.contains(place.sentence):
        sign = "-"
        source = f"{passage.source}-{source[len(passage.source) + 1 :]}"
    return f"{sanitise_name(source)}{sign} {one_line(sanitise(place.sentence.slice(passage.text)))}"


def render_paths(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield the paths of the documents that answer, each once, in the order of the excerpts."""
    seen: set[str] = set()
    for reply in replies:
        for excerpt in shown(reply.answer):
            for place in (excerpt.place, *excerpt.also):
                path = place.passage.path
                if path not in seen:
                    seen.add(path)
                    name = path if layout.exact_names else sanitise_name(path)
                    yield name + layout.terminator


def list_lines(quoted: QuotedLines, *, color: bool = False) -> Iterator[str]:
    """Yield numbered lines: `9: text` in the place itself, `8- text` around it.

    Args:
        quoted: the lines.
        color: whether to dim the context, with escape sequences.
    """
    first, last = quoted.cited
    width = len(str(quoted.first + quoted.text.count("\n")))
    for number, span in enumerate(lines_of(quoted.text), quoted.first):
        wanted = first <= number <= last
        place = f"{number:>{width}}{':' if wanted else '-'}"
        line = sanitise(span.slice(quoted.text))
        if color:
            place = (NUMBER if wanted else CONTEXT).format(place)
            line = line if wanted or not line else CONTEXT.format(line)
        yield f"{place} {line}".rstrip() + "\n"
