"""JSON, for programs: schema 1, ASCII only, the text exact.

    {"schema": 1, "question", "status", "confidence", "matched", "missing",
     "relaxation", "corrections": [{"asked", "used"}, ...], "aliases": [{"asked", "used"}, ...],
     "excerpts": [{"rank", "score", "path", "title", "heading", "lines", "line", "page", "time",
                   "span", "text", "sentence", "lead", "focus", "highlights"}, ...],
     "corpus": {"documents", "passages"}}

Spans are half-open and in characters (code points): `span` of the document's text, `sentence`,
`lead`, `focus` and `highlights` of the excerpt's. `lines` and `line` count from 1. A path that is
not UTF-8 adds `path_bytes` in base64; a question that was a JSON object has its other fields under
`input`; `--explain` adds `explain` to each excerpt; an answer from a cluster of which parts are
down adds `"partial": true`. Fields may be added; none changes its meaning
without a new `schema`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator

from briefqa.answers import Excerpt
from briefqa.errors import BriefqaError, QuestionError
from briefqa.output import Layout, Reply

__all__ = ["SCHEMA", "render_json", "render_jsonl"]

SCHEMA = 1
SURROGATE = "[\ud800-\udfff]"
UNSAFE = r"[^ -~]++"


def render_jsonl(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield one object a line, one line a reply."""
    for reply in replies:
        yield _dump(_record(reply, layout)) + "\n"


def render_json(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield one object, or an array of them for a batch; whole even where an error ends it."""
    if not layout.batch:
        yield from render_jsonl(replies, layout)
        return
    before = "[\n"
    try:
        for line in render_jsonl(replies, layout):
            yield before + line.rstrip("\n")
            before = ",\n"
    except BriefqaError:
        yield _closing(before)
        raise
    yield _closing(before)


def _closing(before: str) -> str:
    return "[]\n" if before == "[\n" else "\n]\n"


def _dump(record: dict[str, object]) -> str:
    """Write JSON in printable ASCII: no control or bidirectional character reaches a terminal."""
    try:
        exact = json.dumps(record, ensure_ascii=False, allow_nan=False)
    except RecursionError as error:
        raise QuestionError("the fields of the question are nested too deeply") from error
    if _has_surrogates(exact):
        exact = re.sub(SURROGATE, "\N{REPLACEMENT CHARACTER}", exact)
    return re.sub(UNSAFE, _escape, exact)


def _has_surrogates(text: str) -> bool:
    """Whether a text holds what is no character, as a path that is not UTF-8 does."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]


def _record(reply: Reply, layout: Layout) -> dict[str, object]:
    answer = reply.answer
    record: dict[str, object] = {
        "schema": SCHEMA,
        "question": answer.question,
        "status": answer.status,
        "confidence": answer.confidence,
        "matched": answer.matched,
        "missing": answer.missing,
        "relaxation": answer.relaxation,
        "corrections": [correction._asdict() for correction in answer.corrections],
        "aliases": [alias._asdict() for alias in answer.aliases],
        "excerpts": [_excerpt(excerpt, layout) for excerpt in answer.excerpts],
        "corpus": answer.corpus._asdict(),
    }
    if answer.partial:
        record["partial"] = True
    if reply.fields is not None:
        record["input"] = reply.fields
    return record


def _excerpt(excerpt: Excerpt, layout: Layout) -> dict[str, object]:
    passage = excerpt.passage
    record: dict[str, object] = {
        "rank": excerpt.rank,
        "score": excerpt.score,
        "path": passage.path,
        "title": passage.title,
        "heading": passage.heading,
        "lines": passage.lines,
        "line": excerpt.line,
        "page": passage.page,
        "time": passage.time,
        "span": passage.span,
        "text": passage.text,
        "sentence": excerpt.sentence,
        "lead": excerpt.lead,
        "focus": excerpt.focus,
        "highlights": excerpt.highlights,
    }
    if _has_surrogates(passage.path):
        from base64 import b64encode

        record["path_bytes"] = b64encode(os.fsencode(passage.path)).decode("ascii")
    if layout.explain:
        record["explain"] = [each._asdict() for each in excerpt.contributions]
    return record
