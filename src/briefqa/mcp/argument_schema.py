"""Checking the arguments of a tool against its schema, with messages that a model can act on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from briefqa.errors import UsageError

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

__all__ = ["Schema", "boolean", "check", "integer", "object_of", "string", "strings"]

Schema = dict[str, object]
"""A JSON Schema of one plain type: some clients know no unions, references or nulls."""


def string(description: str = "") -> Schema:
    """Return the schema of a string."""
    return {"type": "string", **({"description": description} if description else {})}


def boolean(description: str) -> Schema:
    """Return the schema of what is so or is not; if it is not given, it is not."""
    return {"type": "boolean", "description": description}


def strings(description: str, most: int) -> Schema:
    """Return the schema of one string or more, at most `most`."""
    return {
        "type": "array",
        "items": {"type": "string"},
        "minItems": 1,
        "maxItems": most,
        "description": description,
    }


def integer(least: int, most: int, default: int, description: str = "") -> Schema:
    """Return the schema of a whole number from `least` to `most`."""
    told = {"description": description} if description else {}
    return {"type": "integer", "minimum": least, "maximum": most, "default": default, **told}


def object_of(properties: Mapping[str, Schema], *required: str) -> Schema:
    """Return the schema of arguments, of which no others than the named are taken."""
    needed = {"required": list(required)} if required else {}
    return {
        "type": "object",
        "properties": dict(properties),
        **needed,
        "additionalProperties": False,
    }


def check(schema: Mapping[str, Any], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments, with the defaults of those that are not given.

    Args:
        schema: made by `object_of`.
        arguments: as the client sent them.

    Raises:
        UsageError: an argument is unknown, missing or of the wrong kind.
    """
    properties = schema["properties"]
    for name in arguments:
        if name not in properties:
            raise UsageError(f"unknown argument {name[:100]}; {_hint(name, list(properties))}")
    for name in schema.get("required", ()):
        if name not in arguments:
            raise UsageError(f"the argument {name} is missing")
    checked = {name: each.get("default") for name, each in properties.items()}
    for name, value in arguments.items():
        checked[name] = CHECKS[properties[name]["type"]](name, value, properties[name])
    return checked


def _hint(name: str, known: Sequence[str]) -> str:
    # Only mistakes need it, and loading it takes time.
    from briefqa.configuration import suggestion

    return suggestion(name[:100], known) or f"the arguments are {', '.join(known)}"


def _string(name: str, value: object, schema: Mapping[str, Any]) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{name}: expected a string")
    return value


def _boolean(name: str, value: object, schema: Mapping[str, Any]) -> bool:
    if not isinstance(value, bool):
        raise UsageError(f"{name}: expected true or false")
    return value


def _integer(name: str, value: object, schema: Mapping[str, Any]) -> int:
    # In JSON, 5.0 is a whole number as well.
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    least, most = schema["minimum"], schema["maximum"]
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise UsageError(f"{name}: expected a whole number from {least} to {most}")
    return value


def _strings(name: str, value: object, schema: Mapping[str, Any]) -> list[str]:
    most = schema["maxItems"]
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        raise UsageError(f"{name}: expected an array of 1 to {most} strings")
    return [_string(name, each, schema) for each in value]


CHECKS: Mapping[str, Callable[[str, object, Mapping[str, Any]], object]] = {
    "boolean": _boolean,
    "string": _string,
    "integer": _integer,
    "array": _strings,
}
