"""The page of the Python API, from the docstrings of the public names."""

import inspect
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

import briefqa

__all__ = ["api"]

HEAD = """\
# The Python API

```python
from briefqa import Assistant, answer_record

assistant = Assistant.open("seeds")
answer = assistant.ask("When will Kishida and Biden meet?", top=3)
for excerpt in answer.excerpts:
    print(f"{excerpt.citation}: {excerpt.sentence.slice(excerpt.passage.text)}")
    print(assistant.show(excerpt.citation, context=2).text)
record = answer_record(answer)  # as `briefqa ask --format json` prints it
for document in assistant.documents():
    print(document.path, document.title, document.passages)
```

Several paths are a list, `Assistant.open(["reports", "notes.txt"])`; a `Corpus` says more, such as
where the index is. Names are imported from `briefqa` itself; all of them are typed. Values are
named tuples: they never change, and two values of equal contents are equal. No configuration file
is read.
"""
SECTION = re.compile(r"(Args|Attributes|Returns|Raises|Example):\n")
ENTRY = re.compile(r"([\w.]+): (.*)", re.DOTALL)
FIRST = (
    "Assistant",
    "Corpus",
    "Selection",
    "Answer",
    "Status",
    "Excerpt",
    "Passage",
    "Span",
    "CorpusSize",
    "answer_record",
    "Document",
    "DocumentEntry",
    "QuotedLines",
)
"""The order of the first names; the others follow alphabetically."""
MODULE = re.compile(r"\b(?:briefqa|collections)(?:\.[a-z_]+)*\.")
"""The module of a type, which is left out."""


def api() -> str:
    """Return the page."""
    names = [name for name in briefqa.__all__ if not name.startswith("_")]
    ordered = [*FIRST, *sorted(set(names) - set(FIRST))]
    return "\n".join([HEAD, *(line for name in ordered for line in _section(name))])


def _section(name: str) -> Iterator[str]:
    """Yield the section of a public name, a class or a function."""
    described = getattr(briefqa, name)
    if inspect.isclass(described):
        yield from _class(name)
    else:
        yield f"## {name}\n"
        yield f"```py\n{name}{_signature(described)}\n```\n"
        yield from _docstring(described, {})


def _class(name: str) -> Iterator[str]:
    """Yield a class with its attributes and methods."""
    described = getattr(briefqa, name)
    yield f"## {name}\n"
    yield from _docstring(described, inspect.get_annotations(described))
    if issubclass(described, Enum):
        yield "\n".join(f"- `{name}.{each.name}`: {each.value}" for each in described) + "\n"
    for member, value in vars(described).items():
        if not member.startswith("_") and getattr(value, "__doc__", None):
            yield from _member(name, member, value)


def _member(owner: str, name: str, value: Any) -> Iterator[str]:
    if isinstance(value, property):
        yield f"### {owner}.{name}\n"
        yield from _docstring(value, {})
    elif isinstance(value, classmethod) or inspect.isfunction(value):
        yield f"### {owner}.{name}\n"
        signature = _signature(getattr(value, "__func__", value), 1)
        yield f"```py\n{name}{signature}\n```\n"
        yield from _docstring(value, {})


def _signature(function: Any, first: int = 0) -> str:
    """Return a signature as it is written, without `self` or `cls` for methods."""
    written = inspect.signature(function)
    parameters = list(written.parameters.values())[first:]
    return MODULE.sub("", str(written.replace(parameters=parameters))).replace("'", "")


def _docstring(described: Any, types: Mapping[str, Any]) -> Iterator[str]:
    """Yield a docstring as Markdown, with the types of attributes after their names."""
    text, *sections = SECTION.split(inspect.getdoc(described) or "")
    yield text.strip() + "\n"
    for title, body in zip(sections[::2], sections[1::2], strict=True):
        if title == "Example":
            yield f"```pycon\n{inspect.cleandoc(body)}\n```\n"
        elif title == "Returns":
            yield f"Returns: {' '.join(body.split())}\n"
        else:
            yield f"{title}:\n"
            yield from _entries(body, types)


def _entries(body: str, types: Mapping[str, Any]) -> Iterator[str]:
    """Yield the entries of a section as a list."""
    for entry in re.split(r"\n(?=\S)", inspect.cleandoc(f"\n{body}")):
        found = ENTRY.fullmatch(entry)
        assert found, entry
        name, told = found[1], " ".join(found[2].split())
        yield f"- `{name}`{_type(types[name]) if name in types else ''}: {told}"
    yield ""


def _type(annotation: Any) -> str:
    written = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return f" (`{MODULE.sub('', written)}`)"
