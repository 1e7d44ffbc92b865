"""Renderings of answers: pure functions, one module a format.

Each takes the replies as they come and yields text to be written as soon as it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from briefqa.answers import Answer, Excerpt, Question, Status, parse_question
from briefqa.records import Record

__all__ = [
    "FORMATS",
    "PARTIAL",
    "Layout",
    "Renderer",
    "Reply",
    "changes",
    "explanation",
    "fold",
    "notes",
    "renderer",
    "shown",
    "verdict",
]

FORMATS = ("text", "line", "json", "jsonl", "markdown", "csv", "paths", "plain")

PARTIAL = "Partial: parts of the index are down, so that better passages may be missing"


class Reply(Record):
    """An answer and what its question came with.

    Attributes:
        answer: the answer.
        fields: the other fields of a question that was a JSON object; None for a plain one.
    """

    answer: Answer
    fields: Mapping[str, object] | None = None


class Layout(Record):
    """How to set the answers out.

    Attributes:
        batch: whether a file of questions is answered, not a single one.
        explain: whether to tell how each score came about.
        color: whether escape sequences may be used.
        links: whether paths may be links; only with `color`.
        width: columns of the terminal.
        unicode: whether the stream can show more than ASCII.
    """

    batch: bool = False
    explain: bool = False
    color: bool = False
    links: bool = False
    width: int = 80
    unicode: bool = True


Renderer = Callable[[Iterable[Reply], Layout], Iterator[str]]
"""Takes replies as they come; yields text, at least once for each reply that shows anything."""


def renderer(name: str) -> Renderer:
    """Return the renderer of a format, loading only what that format needs.

    Args:
        name: one of `FORMATS`.
    """
    # importlib does the same, but takes half a millisecond to load.
    module = __import__(
        f"briefqa.output.{'json' if name == 'jsonl' else name}_format", fromlist=["render"]
    )
    render: Renderer = getattr(module, f"render_{name}")
    return render


def fold(text: str) -> str:
    """Fold each run of white space into one space."""
    return " ".join(text.split())


def shown(answer: Answer) -> tuple[Excerpt, ...]:
    """Return the excerpts that answer: none with status none, whatever is nearest."""
    return answer.excerpts if answer.status is not Status.NONE else ()


def verdict(answer: Answer) -> str:
    """Say how far the excerpts can be trusted, and no more than a lexical method can know."""
    trust = f"confidence {answer.confidence:.0%}".replace("%", " %")
    if answer.status is Status.ANSWERED:
        return f"Answered, {trust}"
    if answer.status is Status.WEAK:
        return f"Closest passages; they may not answer, {trust}"
    return "No passage matches; the nearest" if answer.excerpts else "No passage matches"


def changes(answer: Answer) -> str:
    """Name the words that were looked up by other words; empty where none were."""
    used = [f"{each.used} instead of {each.asked}" for each in answer.corrections]
    used += [f"{each.used} as well as {each.asked}" for each in answer.aliases]
    return f"Showing results for {', '.join(used)}" if used else ""


def notes(answer: Answer) -> Iterator[str]:
    """Yield what a reader must know of how the answer came about."""
    if answer.partial:
        yield PARTIAL
    if told := changes(answer):
        yield told
    if answer.missing:
        where = "" if answer.excerpts else _passages_left(parse_question(answer.question))
        yield f"Not matched{where}: {', '.join(answer.missing)}"


def _passages_left(question: Question) -> str:
    """Say of which passages a question could be answered, where its signs leave not all of them."""
    signs = ["with each +word"] * bool(question.required)
    signs += ["without any -word"] * bool(question.excluded)
    return f" in passages {' and '.join(signs)}" if signs else ""


def explanation(answer: Answer) -> Iterator[str]:
    """Yield lines that tell how the scores came about."""
    yield f"Words of the question that the first excerpt matches: {answer.relaxation}"
    for excerpt in answer.excerpts:
        yield f"{excerpt.rank}. {excerpt.citation} scores {excerpt.score:.6f}"
        for term, idf, frequency, score in excerpt.contributions:
            yield f"{term}: idf {idf:.6f}, frequency {frequency}, adds {score:.6f}"
