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
from briefqa import Assistant

assistant = Assistant.open(["seeds"])
answer = assistant.ask("When will Kishida and Biden meet?", top=3)
for excerpt in answer.excerpts:
    passage = excerpt.passage
    print(f"{passage.path}:{excerpt.line}: {excerpt.sentence.slice(passage.text)}")
```

Names are imported from `briefqa` itself; all of them are typed. Values are named tuples: they never
change, and two of the same contents are equal. No configuration file is read.
"""
SECTION = re.compile(r"(Args|Attributes|Returns|Raises|Example):\n")
ENTRY = re.compile(r"([\w.]+): (.*)", re.DOTALL)
FIRST = ("Assistant", "Answer", "Status", "Excerpt", "Passage", "Span", "CorpusSize")
"""The order in which a reader meets them; the others follow."""
MODULE = re.compile(r"\b(?:briefqa|collections)(?:\.[a-z_]+)*\.")
"""Where a type lives, which a reader need not know."""


def api() -> str:
    """Return the page."""
    names = [name for name in briefqa.__all__ if not name.startswith("_")]
    ordered = [*FIRST, *sorted(set(names) - set(FIRST))]
    return "\n".join([HEAD, *(line for name in ordered for line in _class(name))])


def _class(name: str) -> Iterator[str]:
    """Yield a class: what it is, what it holds, and what it does."""
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
        yield f"```py\n{name}{_signature(value)}\n```\n"
        yield from _docstring(value, {})


def _signature(value: Any) -> str:
    function = getattr(value, "__func__", value)
    written = inspect.signature(function)
    parameters = list(written.parameters.values())[1:]
    return MODULE.sub("", str(written.replace(parameters=parameters))).replace("'", "")


def _docstring(described: Any, types: Mapping[str, Any]) -> Iterator[str]:
    """Yield a docstring as Markdown, the types of attributes beside their names."""
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
    """Yield a list of what a section names."""
    for entry in re.split(r"\n(?=\S)", inspect.cleandoc(body)):
        found = ENTRY.fullmatch(entry)
        assert found, entry
        name, told = found[1], " ".join(found[2].split())
        yield f"- `{name}`{_type(types[name]) if name in types else ''}: {told}"
    yield ""


def _type(annotation: Any) -> str:
    written = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return f" (`{MODULE.sub('', written)}`)"
