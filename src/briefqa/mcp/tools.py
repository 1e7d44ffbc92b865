"""What the tools do: answers, places and lists, as text that an agent can cite.

Some clients give their model the text of a result, others its structure, so each is complete. The
text that is quoted from documents stands between fences, and is no more than was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from briefqa.answers import Answer, Excerpt
from briefqa.citations import parse_citation
from briefqa.errors import BriefqaError, QuestionError, UsageError
from briefqa.mcp.library import Library, Served
from briefqa.mcp.overviews import ask_each, list_dates
from briefqa.mcp.protocol import ToolResult
from briefqa.mcp.quotation import (
    LEFT_OUT,
    NAME_LIMIT,
    clipped,
    counted,
    cut,
    in_shares,
    named,
    quote,
)
from briefqa.output import one_line, shown
from briefqa.output.line_format import list_lines
from briefqa.output.wording import PARTIAL, changes, repeats
from briefqa.records import Record
from briefqa.text_safety import sanitise_name

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from briefqa.citations import QuotedLines
    from briefqa.corpus import DocumentEntry
    from briefqa.documents import Document

__all__ = ["call_tool"]

LIST_LIMIT = 20_000
"""The maximum length of a list of documents or headings, in characters."""
NEAR = 3
"""The maximum number of documents with a similar name that a message names."""

Arguments = Mapping[str, "Any"]


def call_tool(name: str, library: Library, arguments: Arguments) -> ToolResult:
    """Run a tool; an error becomes a result that a model can act on.

    Args:
        name: one of `TOOLS`.
        library: the documents.
        arguments: as its schema has them, with the defaults of those that were not given.
    """
    try:
        served = library.served()
        result = TOOLS[name](served, arguments)
    except BriefqaError as error:
        return ToolResult.of_error(error)
    if not served.notice:
        return result
    structure = result.structure and {"notice": served.notice, **result.structure}
    return result._replace(text=f"{served.notice}\n\n{result.text}", structure=structure)


def _ask(served: Served, arguments: Arguments) -> ToolResult:
    documents = served.choose(arguments["path"], arguments["since"], arguments["until"])
    if arguments["each"]:
        return ask_each(served.assistant, documents, arguments)
    records: list[dict[str, object]] = []

    def answered(question: str, budget: int) -> str:
        try:
            answer = served.assistant.ask(question, arguments["top"], documents=documents)
        except QuestionError as error:
            records.append({"question": named(question), "error": sanitise_name(str(error))})
            return f"{clipped(question, budget // 3)}\nerror: {error}"[:budget]
        text, quoted = _answer_text(answer, budget)
        records.append(_answer_record(answer, quoted))
        return text

    text = in_shares(arguments["questions"], "question", arguments["max_chars"], answered)
    return ToolResult(text, {"answers": records})


def _answer_text(answer: Answer, budget: int) -> tuple[str, int]:
    """Return an answer in at most so many characters, and the number of its excerpts in it."""
    head = f"{clipped(answer.question, budget // 3)}\n{answer.status}"
    if shown(answer):
        head += f" {answer.confidence:.2f}"
    if answer.missing:
        head += f"; not found: {clipped(', '.join(answer.missing), budget // 4)}"
    for note in _notes(answer):
        if len(head) + len(note) < budget // 2:
            head += f"\n{note}"
    excerpts = shown(answer)
    spare = len(LEFT_OUT) + 4
    quotation = quote(map(_cited, excerpts), budget - len(head) - spare)
    text = head + quotation.text
    if left_out := excerpts[quotation.size :]:
        text += "\n" + LEFT_OUT.format(len(left_out))
        places = f"; read {', '.join(sanitise_name(each.citation) for each in left_out[:NEAR])}"
        text += places if len(text) + len(places) <= budget else ""
    return text, quotation.size


def _notes(answer: Answer) -> Iterator[str]:
    if changed := changes(answer):
        yield sanitise_name(changed)
    if answer.partial:
        yield PARTIAL


def _cited(excerpt: Excerpt) -> str:
    """Return the line of an excerpt: its place, its sentence and what belongs to that."""
    line = f"{sanitise_name(excerpt.citation)}: {_sentence(excerpt)}"
    if excerpt.header:
        line += f"\n  columns: {named(excerpt.header)}"
    if also := repeats(excerpt):
        line += f"\n  {sanitise_name(also)}"
    return line


def _sentence(excerpt: Excerpt) -> str:
    """Return the sentence on one line, and the list, steps or code that follow it line by line."""
    text, end = excerpt.passage.text, excerpt.sentence.end
    lines = [text[excerpt.answer.start : end], *text[end : excerpt.answer.end].split("\n")]
    folded = [sanitise_name(one_line(lines[0]))]
    folded += [f"  {sanitise_name(line.rstrip())}" for line in lines[1:] if line.strip()]
    return "\n".join(folded)


def _answer_record(answer: Answer, quoted: int) -> dict[str, object]:
    return {
        "question": named(answer.question),
        "status": str(answer.status),
        "confidence": round(answer.confidence, 2),
        "missing": [named(word) for word in answer.missing],
        "notes": list(_notes(answer)),
        "excerpts": [
            {
                "citation": sanitise_name(excerpt.citation),
                "sentence": _sentence(excerpt),
                **({"columns": named(excerpt.header)} if excerpt.header else {}),
                **({"also": sanitise_name(also)} if (also := repeats(excerpt)) else {}),
            }
            for excerpt in shown(answer)[:quoted]
        ],
        "left_out": len(shown(answer)) - quoted,
    }


def _read(served: Served, arguments: Arguments) -> ToolResult:
    def read(place: str, budget: int) -> str:
        try:
            return _place_text(served, place, arguments["context"], budget)
        except BriefqaError as error:
            return sanitise_name(str(error))[:budget]

    return ToolResult(in_shares(arguments["places"], "place", arguments["max_chars"], read))


def _place_text(served: Served, cited: str, context: int, budget: int) -> str:
    """Return the lines of a place in at most so many characters.

    Raises:
        BriefqaError: there is no such place.
    """
    place = parse_citation(cited, lambda path: served.find_by_end(path) is not None)
    path = served.find_by_end(place.path)
    if path is None:
        raise UsageError(f"{cited[:NAME_LIMIT]}: no such document{_near(served, place.path)}")
    quoted = served.show(path + cited.removeprefix(place.path), path, context)
    source = f"{path}!{place.member}" if place.member else path
    head = clipped(cited, budget // 3)
    reserved = min(len(LEFT_OUT) + len(source) + 40, budget // 2)
    lines = (line.rstrip("\n") for line in list_lines(quoted))
    quotation = quote(lines, budget - len(head) - reserved)
    if not quotation.size:
        first = next(list_lines(quoted)).rstrip("\n")
        # Fences longer than this line would find no room.
        shortened = cut(first.replace("```", "'''"), budget - len(head) - reserved - 10)
        quotation = quote([shortened], budget)
    text = head + quotation.text
    return text + _rest(quoted, source, quotation.size, budget - len(text))


def _rest(quoted: QuotedLines, source: str, size: int, budget: int) -> str:
    """Return a note on the lines that do not fit in; empty if all do."""
    left_out = quoted.text.count("\n") + 1 - size
    if not left_out:
        return ""
    first = quoted.first + size
    note = "\n" + LEFT_OUT.format(counted(left_out, "line"))
    place = f"; read {sanitise_name(source)}:{first}-{first + left_out - 1}"
    return note + place if len(note) + len(place) <= budget else note


def _near(served: Served, path: str) -> str:
    """Return a hint for a path that no document has: it is a folder, or others are similar."""
    if any(each.startswith(f"{path.rstrip('/')}/") for each in served.paths):
        return "; it is a folder, which documents lists"
    name = _file_name(path)
    near = [each for each in served.paths if _file_name(each) == name][:NEAR]
    return f"; did you mean {', '.join(near)}?" if near else "; documents lists what there is"


def _documents(served: Served, arguments: Arguments) -> ToolResult:
    pattern = arguments["path"]
    offset, limit = arguments["offset"], arguments["limit"]
    if path := pattern and served.find_by_end(pattern):
        headings = list(_headings(served.assistant.document(path)))
        lines = [f"{each.line}: {'#' * each.level} {each.text}" for each in headings]
        return _page(
            f"{sanitise_name(path)}: {counted(len(headings), 'heading')}", lines, offset, limit
        )
    matching = served.choose(pattern)
    every = served.assistant.documents()
    entries = [entry for entry in every if matching is None or entry.path in matching]
    head = counted(len(entries), "document")
    if served.assistant.problems:
        head += f"; {len(served.assistant.problems)} could not be read"
    return _page(head, [_listed(entry) for entry in entries], offset, limit)


def _listed(entry: DocumentEntry) -> str:
    return (
        f"{sanitise_name(entry.path)}: {named(entry.title)} ({counted(entry.passages, 'passage')})"
    )


def _page(head: str, lines: Sequence[str], offset: int, limit: int) -> ToolResult:
    """Return the part of a list that was asked for, and where the next part begins."""
    quotation = quote(lines[offset : offset + limit], LIST_LIMIT)
    following = offset + quotation.size
    if more := following < len(lines):
        head += f"; next offset {following}"
    structure = {
        "summary": head,
        "items": lines[offset:following],
        "total": len(lines),
        **({"next_offset": following} if more else {}),
    }
    return ToolResult(head + quotation.text, structure)


class HeadingLine(Record):
    """A heading of a document.

    Attributes:
        line: the line on which it starts, from 1.
        level: from 1, the outermost.
        text: the heading, without control characters.
    """

    line: int
    level: int
    text: str


def _headings(document: Document) -> Iterator[HeadingLine]:
    line, reached = 1, 0
    for block in document.blocks:
        line += document.text.count("\n", reached, block.span.start)
        reached = block.span.start
        if block.is_heading:
            yield HeadingLine(line, block.level or 1, named(block.span.slice(document.text)))


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


TOOLS: Mapping[str, Callable[[Served, Arguments], ToolResult]] = {
    "ask": _ask,
    "read": _read,
    "timeline": list_dates,
    "documents": _documents,
}
