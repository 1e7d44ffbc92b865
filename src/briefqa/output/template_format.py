"""Lines of a user's own form: a template with the names of the fields of JSON in braces."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from briefqa.answers import Excerpt
from briefqa.errors import UsageError
from briefqa.output import Layout, OutputFormat, Reply, one_line, shown
from briefqa.output.json_format import answer_record, excerpt_record
from briefqa.records import Record
from briefqa.spans import Span
from briefqa.text_safety import sanitise, sanitise_name

__all__ = ["FIELDS", "Template", "parse_template", "template_format"]

ANSWER_FIELDS = (
    "question", "status", "confidence", "matched", "missing", "relaxation", "corrections",
    "aliases", "kind", "related", "values", "required", "excluded", "corpus", "skipped",
)  # fmt: skip
EXCERPT_FIELDS = (
    "rank", "score", "path", "title", "heading", "headings", "lines", "line", "page", "time",
    "date", "date_from", "span", "text", "sentence", "answer", "header", "lead", "focus",
    "highlights", "also", "member", "member_line", "citation",
)  # fmt: skip
FIELDS = (*EXCERPT_FIELDS, *ANSWER_FIELDS)
"""The fields of a template: those of JSON, and `citation`."""
INPUT = "input."
"""What stands before the name of a field of the question in a file of questions."""
TEXTS = ("sentence", "answer", "lead", "focus")
"""Spans that stand for the characters themselves."""
ESCAPES = {"n": "\n", "t": "\t", "0": "\0", "\\": "\\"}
TOKEN = re.compile(
    r"\\(?P<escape>[nt0\\])|(?P<brace>\{\{|\}\})|\{(?P<field>[^{}]*)\}|(?P<stray>[{}])"
)


class Template(Record):
    """A parsed template: literal text before each field, and after the last.

    Attributes:
        texts: one more than there are fields.
        fields: names among `FIELDS`, or `input.` and the name of a field of the question.
    """

    texts: tuple[str, ...]
    fields: tuple[str, ...]


def parse_template(template: str) -> Template:
    r"""Parse a template.

    Args:
        template: text with `{field}`; `{{` and `}}` are braces, `\n`, `\t`, `\0` and `\\`
            what they are in C.

    Raises:
        UsageError: a brace has no other one, or fields are unknown; the message has all names.
    """
    texts, fields, end = [""], [], 0
    for token in TOKEN.finditer(template):
        texts[-1] += template[end : token.start()]
        end = token.end()
        if token["stray"]:
            raise UsageError(f"a {token['stray']} of the template is not closed; write it twice")
        if token["field"] is not None:
            fields.append(token["field"].strip())
            texts.append("")
        elif token["brace"]:
            texts[-1] += token["brace"][0]
        else:
            texts[-1] += ESCAPES[token["escape"]]
    texts[-1] += template[end:]
    unknown = [name for name in fields if name not in FIELDS and not name.startswith(INPUT)]
    if unknown:
        names = ", ".join(name or "{}" for name in dict.fromkeys(unknown))
        raise UsageError(f"unknown in the template: {names}; its fields are {', '.join(FIELDS)}")
    return Template(tuple(texts), tuple(fields))


def template_format(template: Template) -> OutputFormat:
    """Return the format that writes each excerpt in the form of a template."""
    return OutputFormat("template", partial(_render, template), bare=True)


def _render(template: Template, replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    """Yield an item for each excerpt that answers; one line each, unless a NUL ends them."""
    for reply in replies:
        asked = {f"{INPUT}{name}": value for name, value in (reply.fields or {}).items()}
        about = {**answer_record(reply.answer), **asked}
        items = (_item(template, about, excerpt, layout) for excerpt in shown(reply.answer))
        yield "".join(items)


def _item(template: Template, about: Mapping[str, object], excerpt: Excerpt, layout: Layout) -> str:
    fields = {**about, **excerpt_record(excerpt), "citation": excerpt.citation}
    first, *rest = template.texts
    item = first
    for name, text in zip(template.fields, rest, strict=True):
        item += _value(name, fields.get(name), excerpt, layout) + text
    return item + layout.terminator


def _value(name: str, value: object, excerpt: Excerpt, layout: Layout) -> str:
    """Return the value of a field as text; empty if there is none."""
    if value is None:
        return ""
    if name == "path" and layout.exact_names:
        return excerpt.passage.path
    text = sanitise(_text(name, value, excerpt))
    if name in ("path", "citation"):
        return sanitise_name(text)
    return text if layout.terminator == "\0" else one_line(text)


def _text(name: str, value: object, excerpt: Excerpt) -> str:
    if isinstance(value, Span):
        text = value.slice(excerpt.passage.text)
        return text if name in TEXTS else f"{value.start}-{value.end}"
    if name == "lines":
        return "-".join(map(str, dict.fromkeys(excerpt.passage.lines)))
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence) and all(isinstance(each, str) for each in value):
        return (" > " if name == "headings" else ", ").join(map(str, value))
    return json.dumps(value, ensure_ascii=False)
