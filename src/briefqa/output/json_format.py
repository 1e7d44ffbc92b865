"""JSON, for programs: schema 1, ASCII only, the text exact.

`answer_record` has the fields. `--explain` adds `explain` to each excerpt; a question that was a
JSON object has its other fields under `input`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import isfinite

from briefqa.answers import Answer, Excerpt, Place, Value
from briefqa.errors import BriefqaError
from briefqa.output import Layout, Reply

__all__ = [
    "SCHEMA",
    "answer_record",
    "ascii_json",
    "excerpt_record",
    "path_fields",
    "place_record",
    "render_json",
    "render_jsonl",
]

SCHEMA = 1
"""The version of the fields' meaning; new fields may be added without a new version."""
LITERALS = {None: "null", True: "true", False: "false"}
UNSAFE = r"[^ !#-\[\]-~]++"
"""What is escaped in a string."""
SHORT_ESCAPES = {'"': '"', "\\": "\\", "\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t"}
ESCAPES_KEPT = 4096
"""Characters whose escape sequences are remembered: a text repeats those of its alphabet."""


def render_jsonl(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield one object a line, one line a reply."""
    for reply in replies:
        fields = answer_record(reply.answer, explain=layout.explain)
        if reply.fields is not None:
            fields["input"] = reply.fields
        if reply.omission is not None:
            fields["omitted"] = reply.omission.record
        yield ascii_json(fields) + "\n"


def render_json(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield one object, or an array of them for a batch; the array is closed even on an error."""
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


def ascii_json(value: object) -> str:
    """Return a value as `json.dumps` does, in printable ASCII.

    No control or bidirectional character reaches a terminal. Lone surrogates become U+FFFD. Loading
    `json` would take a twentieth of the time of an answer.

    Args:
        value: None, a bool, a number, a string, or a list, tuple or dictionary of these.

    Raises:
        ValueError: a number is not finite.
    """
    if value is None or isinstance(value, bool):
        return LITERALS[value]
    if isinstance(value, str):
        if value.isascii() and value.isprintable() and '"' not in value and "\\" not in value:
            return f'"{value}"'
        return f'"{re.sub(UNSAFE, _escape, value)}"'
    # A loop, since a generator would halve the depth that the interpreter's stack allows.
    parts = []
    if isinstance(value, dict):
        for name, member in value.items():
            parts.append(f"{ascii_json(name)}: {ascii_json(member)}")
        return f"{{{', '.join(parts)}}}"
    if isinstance(value, (list, tuple)):
        for part in value:
            parts.append(ascii_json(part))
        return f"[{', '.join(parts)}]"
    if isinstance(value, float) and not isfinite(value):
        raise ValueError(f"{value} is not JSON")
    return repr(value)


def _escape(match: re.Match[str]) -> str:
    return "".join(map(_escape_character, match[0]))


@lru_cache(ESCAPES_KEPT)
def _escape_character(character: str) -> str:
    """Return the escape sequence of a character; that of U+FFFD for a lone surrogate."""
    if character in SHORT_ESCAPES:
        return "\\" + SHORT_ESCAPES[character]
    if _has_surrogates(character):
        character = "\N{REPLACEMENT CHARACTER}"
    units = character.encode("utf-16-be").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))


def _has_surrogates(text: str) -> bool:
    """Whether a text has lone surrogates, as a path that is not UTF-8 does."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def answer_record(answer: Answer, *, explain: bool = False) -> dict[str, object]:
    """Return an answer as the object that `--format json` writes; `json.dumps` takes it.

    The fields are those of `Answer` and `Excerpt` by name, and of each excerpt's passage `path`,
    `title`, `heading`, `headings`, `page`, `time`, `text`, `date` and `date_from`. `skipped` has
    the number of files by reason. The others are `schema`, 1; `rank`; `lines`, the first and the
    last line of the passage; and `span`, the characters of the document's text that it is.

    Ranks, lines and pages count from 1. Spans are half-open, in characters (code points): `span` of
    the document's text; `sentence`, `answer`, `lead`, `focus` and `highlights` of the excerpt's
    `text`. Fields may be added; none changes its meaning without a new `schema`. `partial` is there
    only if it is true; `path_bytes`, the path in base64, only if the path is not UTF-8; `member`,
    the name of an embedded document, and `member_line`, the line of the sentence there, only
    if the passage is in one. `also` has the other places that say the same: `path`, `line`, `page`
    and `citation`.

    Args:
        answer: the answer.
        explain: whether each excerpt has `explain`: what each term adds to its score.
    """
    return {
        "schema": SCHEMA,
        "question": answer.question,
        "status": answer.status,
        "confidence": answer.confidence,
        "matched": answer.matched,
        "missing": answer.missing,
        "relaxation": answer.relaxation,
        "corrections": [correction._asdict() for correction in answer.corrections],
        "aliases": [alias._asdict() for alias in answer.aliases],
        "required": answer.required,
        "excluded": answer.excluded,
        "kind": answer.kind,
        "related": [related._asdict() for related in answer.related],
        "values": [_value_record(value) for value in answer.values],
        "excerpts": [excerpt_record(excerpt, explain=explain) for excerpt in answer.excerpts],
        "corpus": answer.corpus._asdict(),
        "skipped": {each.reason: each.files for each in answer.skipped},
        **({"partial": True} if answer.partial else {}),
    }


def _value_record(value: Value) -> dict[str, object]:
    return {
        "value": value.written,
        "count": value.documents,
        "earliest": value.earliest,
        "latest": value.latest,
        "places": [place_record(place) for place in value.places],
    }


def place_record(place: Place) -> dict[str, object]:
    """Return a place as an object of `values` and `also`."""
    passage = place.passage
    return {
        "path": passage.path,
        "line": place.line,
        "page": passage.page,
        "citation": place.citation,
    }


def excerpt_record(excerpt: Excerpt, *, explain: bool = False) -> dict[str, object]:
    """Return an excerpt as an object of `answer_record`."""
    passage = excerpt.passage
    fields: dict[str, object] = {
        "rank": excerpt.rank,
        "score": excerpt.score,
        "path": passage.path,
        "title": passage.title,
        "heading": passage.heading,
        "headings": passage.headings,
        "lines": passage.lines,
        "line": excerpt.line,
        "page": passage.page,
        "time": passage.time,
        "span": passage.span,
        "text": passage.text,
        "sentence": excerpt.sentence,
        "answer": excerpt.answer,
        "header": excerpt.header,
        "lead": excerpt.lead,
        "focus": excerpt.focus,
        "highlights": excerpt.highlights,
        "date": passage.date,
        "date_from": passage.date_from,
        "also": [place_record(place) for place in excerpt.also],
    }
    if passage.member:
        fields["member"] = passage.member
        fields["member_line"] = excerpt.member_line
    fields.update(path_fields(passage.path))
    if explain:
        fields["explain"] = [each._asdict() for each in excerpt.contributions]
    return fields


def path_fields(path: str) -> dict[str, str]:
    """Return the field `path_bytes`, in base64, for a path that is not UTF-8; else nothing."""
    if not _has_surrogates(path):
        return {}
    from base64 import b64encode

    return {"path_bytes": b64encode(os.fsencode(path)).decode("ascii")}
