"""Records: typed named tuples that are cheap to define.

`typing.NamedTuple` generates and compiles a constructor when a class is defined, and importing
`typing` costs as much again: together a sixth of the time of a one-shot answer, mostly for classes
that it never instantiates. A `Record` behaves in the same way for its users and for type checkers,
but its constructor is compiled only after many calls.
"""

from __future__ import annotations

# What named tuples read a field with: a property would take four times as long.
from collections import _tuplegetter  # type: ignore[attr-defined]
from types import MappingProxyType

__all__ = ["Record"]

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NamedTuple as Record
else:
    GETTERS = tuple(_tuplegetter(place, "") for place in range(48))
    """Descriptors that return the first, the second ... element of a tuple."""
    COMPILE_AFTER = 400
    """The number of instances and keyword arguments after which compiling a constructor pays."""
    USES = {}
    """That number so far, by class."""

    class _NamedTuple(tuple):
        """The methods of all records, named as in `collections.namedtuple`."""

        __slots__ = ()
        _fields = ()
        _field_defaults = MappingProxyType({})

        def __new__(cls, /, *values, **named):
            uses = USES[cls] = USES.get(cls, 0) + 1 + len(named)
            if uses < COMPILE_AFTER:
                if not named and len(values) == len(cls._fields):
                    return tuple.__new__(cls, values)
                bound = _bind(cls, values, named)
                if bound is not None:
                    return tuple.__new__(cls, bound)
            cls.__new__ = staticmethod(_constructor(cls._fields, cls._field_defaults))
            return cls.__new__(cls, *values, **named)

        @classmethod
        def _make(cls, values):
            return cls(*values)

        def _replace(self, /, **changes):
            return type(self)(**{**self._asdict(), **changes})

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            values = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({values})"

        def __getnewargs__(self):
            return tuple(self)

    def _bind(cls, values, named):
        """Return the values of all fields; None for arguments that the constructor will refuse."""
        rest = cls._fields[len(values) :]
        given = {**cls._field_defaults, **named} if rest else {}
        wrong = len(values) > len(cls._fields) or not named.keys() <= set(rest)
        if wrong or not given.keys() >= set(rest):
            return None
        return (*values, *map(given.__getitem__, rest))

    def _constructor(fields, defaults):
        """Compile a `__new__` whose parameters are the fields, which have no leading `_`."""
        parameters = ", ".join(
            f"{name}=_defaults[{name!r}]" if name in defaults else name for name in fields
        )
        values = "".join(f"{name}, " for name in fields)
        source = f"lambda _cls, {parameters}: _new(_cls, ({values}))"
        names = {"_defaults": defaults, "_new": tuple.__new__, "__builtins__": {}}
        return eval(source, names)

    def _fields(body):
        """Return the names that are annotated in the body of a class."""
        # From Python 3.14 on, annotations are computed by a function (PEP 649).
        annotate = body.get("__annotate_func__")
        if annotate is None:
            return tuple(body.get("__annotations__", ()))
        from annotationlib import Format, call_annotate_function

        return tuple(call_annotate_function(annotate, Format.STRING))

    class _RecordMeta(type):
        """The metaclass that turns annotations into fields."""

        def __new__(mcs, name, bases, body):
            if not bases:
                return super().__new__(mcs, name, bases, body)
            fields = _fields(body)
            if not body.keys().isdisjoint(fields):
                body["_field_defaults"] = {field: body[field] for field in fields if field in body}
            body.update(zip(fields, GETTERS[: len(fields)], strict=True))
            body.update(__slots__=(), _fields=fields, __match_args__=fields)
            return type(name, (_NamedTuple,), body)

    class Record(metaclass=_RecordMeta):
        """The base class of records: annotated fields, and methods."""
