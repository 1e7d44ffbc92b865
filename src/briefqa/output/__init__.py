"""Renderings of answers: the table of output formats, and what a rendering takes.

Each format renders replies as they come, and yields text to be written at once. To add one, write a
module and add a row to `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from briefqa.answers import Answer, Excerpt, Status
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.output.extract import Omission

__all__ = [
    "FORMATS",
    "ITEMS",
    "Layout",
    "OutputFormat",
    "Renderer",
    "Reply",
    "one_line",
    "shown",
]


class Reply(Record):
    """An answer and what its question came with.

    Attributes:
        answer: the answer.
        fields: the other fields of a question that was a JSON object; None for a plain one.
        omission: what of the answer is not shown, to keep within a limit; None if nothing is.
    """

    answer: Answer
    fields: Mapping[str, object] | None = None
    omission: Omission | None = None


class Layout(Record):
    """How to lay out answers.

    Attributes:
        batch: whether a file of questions is answered, not a single one.
        explain: whether to explain the scores.
        color: whether escape sequences may be used.
        links: whether paths may be links; only with `color`.
        width: columns of the terminal.
        unicode: whether the stream can show more than ASCII.
        terminator: what ends each item of a format that has one line an item.
        exact_names: whether paths are written as they are, for other programs.
        context: whether the excerpts are sentences with a given context, to be shown whole.
        heading: whether lines of a batch stand below their question, instead of each beside it.
        notice: what to say of the documents before the first answer; empty for nothing.
    """

    batch: bool = False
    explain: bool = False
    color: bool = False
    links: bool = False
    width: int = 80
    unicode: bool = True
    terminator: str = "\n"
    exact_names: bool = False
    context: bool = False
    heading: bool = False
    notice: str = ""


Renderer = Callable[[Iterable[Reply], Layout], Iterator[str]]
"""Takes replies as they come; yields text, at least once for each reply that shows anything."""


class OutputFormat(Record):
    """A format that answers can be written in.

    Attributes:
        name: as `--format` has it.
        render: renders replies.
        bare: whether it has no place for notes; they are written to standard error.
        styled: whether it uses what the terminal can show: colour, links, its width.
        noted: whether it shows the notice of the layout, else that goes to standard error.
    """

    name: str
    render: Renderer
    bare: bool = False
    styled: bool = False
    noted: bool = False


def one_line(text: str) -> str:
    """Fold each run of white space into one space."""
    return " ".join(text.split())


def shown(answer: Answer) -> tuple[Excerpt, ...]:
    """Return the excerpts that answer; empty with status none, even if there are nearest ones."""
    return answer.excerpts if answer.status is not Status.NONE else ()


def _render_text(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    from briefqa.output.text_format import render_text

    return render_text(replies, layout)


def _render_line(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    from briefqa.output.line_format import render_line

    return render_line(replies, layout)


def _render_json(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    from briefqa.output.json_format import render_json

    return render_json(replies, layout)


def _render_jsonl(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    from briefqa.output.json_format import render_jsonl

    return render_jsonl(replies, layout)


def _render_markdown(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    from briefqa.output.markdown_format import render_markdown

    return render_markdown(replies, layout)


def _render_csv(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    from briefqa.output.csv_format import render_csv

    return render_csv(replies, layout)


def _render_paths(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    from briefqa.output.line_format import render_paths

    return render_paths(replies, layout)


def _render_plain(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    from briefqa.output.plain_format import render_plain

    return render_plain(replies, layout)


FORMATS: Mapping[str, OutputFormat] = {
    each.name: each
    for each in (
        OutputFormat("text", _render_text, styled=True, noted=True),
        OutputFormat("line", _render_line, bare=True),
        OutputFormat("json", _render_json),
        OutputFormat("jsonl", _render_jsonl),
        OutputFormat("markdown", _render_markdown),
        OutputFormat("csv", _render_csv, bare=True),
        OutputFormat("paths", _render_paths, bare=True),
        OutputFormat("plain", _render_plain, noted=True),
    )
}
"""All formats by name, in the order in which help lists them."""

ITEMS = ("line", "paths")
"""The formats that have one item a line, and nothing of a passage but its sentence."""
