"""Records as JSON and back; what is read is checked against the annotations of the fields."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

__all__ = ["read_record", "to_json"]

Value = TypeVar("Value")


def to_json(value: Any) -> Any:
    """Return a record, or a value of one of its fields, as `json` writes it."""
    if hasattr(value, "_fields"):
        return {name: to_json(getattr(value, name)) for name in value._fields}
    if isinstance(value, tuple):
        return [to_json(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def read_record(kind: type[Value], stored: object) -> Value:
    """Return the record that was stored as JSON, which anybody may have written.

    Args:
        kind: its class.
        stored: what `json` read.

    Raises:
        ValueError: it is no such record.
        KeyError: it lacks a field that has no default.
        TypeError: it is of another structure.
    """
    read: Value = _read(kind, stored)
    return read


def _read(kind: Any, stored: Any) -> Any:
    if get_origin(kind) is UnionType:
        (other,) = (each for each in get_args(kind) if each is not type(None))
        return None if stored is None else _read(other, stored)
    if get_origin(kind) is tuple:
        return _read_tuple(get_args(kind), stored)
    if hasattr(kind, "_fields"):
        return kind(*_read_fields(kind, stored))
    if kind is date:
        return date.fromisoformat(stored)
    if issubclass(kind, Enum):
        return kind(stored)
    return _read_plain(kind, stored)


def _read_fields(kind: Any, stored: Any) -> Iterator[Any]:
    """Yield the fields of a record; one that an earlier version did not have is the default."""
    hints, defaults = _hints(kind), kind._field_defaults
    for name in kind._fields:
        is_missing = name in defaults and name not in stored
        yield defaults[name] if is_missing else _read(hints[name], stored[name])


def _read_tuple(kinds: tuple[Any, ...], stored: Any) -> tuple[Any, ...]:
    if not isinstance(stored, list):
        raise ValueError("expected an array")
    if kinds[-1] is Ellipsis:
        kinds = kinds[:1] * len(stored)
    return tuple(_read(kind, each) for kind, each in zip(kinds, stored, strict=True))


def _read_plain(kind: type, stored: Any) -> Any:
    """Return a text, a number or a truth value."""
    stored = float(stored) if kind is float and type(stored) is int else stored
    if type(stored) is not kind or stored != stored or stored in (math.inf, -math.inf):
        raise ValueError(f"expected {kind.__name__}")
    if isinstance(stored, str) and "\0" in stored:
        raise ValueError("expected a text without null characters")
    return stored


@cache
def _hints(kind: type) -> dict[str, Any]:
    # Modules that only annotate with dates do not import them.
    return get_type_hints(kind, localns={"date": date})
