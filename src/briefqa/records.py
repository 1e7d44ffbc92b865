"""Records: named tuples with types, cheap to define.

`typing.NamedTuple` writes and compiles a constructor for each class when the class is defined, and
loading `typing` costs as much again: together a sixth of a one-shot answer, mostly for classes that
the answer never makes an instance of. A `Record` is the same to users and to type checkers, but its
constructor is compiled once there are many instances.
"""

from __future__ import annotations

from operator import itemgetter
from types import MappingProxyType

__all__ = ["Record"]

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NamedTuple as Record
else:
    GETTERS = tuple(property(itemgetter(place), doc="") for place in range(32))
    """What gets the first, the second ... element of any tuple as an attribute."""
    OFTEN = 150
    """Instances, and fields given by name, from which on compiling a constructor pays."""
    MADE = {}
    """How many of each class there were until then."""

    class _Named(tuple):
        """What all records can do; see `collections.namedtuple`, whose names these are."""

        __slots__ = ()
        _fields = ()
        _field_defaults = MappingProxyType({})

        def __new__(cls, /, *values, **named):
            MADE[cls] = MADE.get(cls, 0) + 1 + len(named)
            whole = _filled(cls, values, named) if MADE[cls] < OFTEN else None
            if whole is not None:
                return tuple.__new__(cls, whole)
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

    def _filled(cls, values, named):
        """The values of all fields; None where that makes no sense, as the constructor will say."""
        if not named and len(values) == len(cls._fields):
            return values
        rest = cls._fields[len(values) :]
        given = {**cls._field_defaults, **named} if rest else {}
        wrong = len(values) > len(cls._fields) or not named.keys() <= set(rest)
        if wrong or not given.keys() >= set(rest):
            return None
        return (*values, *(given[name] for name in rest))

    def _constructor(fields, defaults):
        """Compile `__new__` with the fields as its parameters."""
        parameters = ", ".join(
            f"{name}=defaults[{name!r}]" if name in defaults else name for name in fields
        )
        values = "".join(f"{name}, " for name in fields)
        source = f"lambda cls, {parameters}: new(cls, ({values}))"
        return eval(source, {"defaults": defaults, "new": tuple.__new__, "__builtins__": {}})

    def _fields(body):
        """The names that the body of a class gives types to."""
        # From Python 3.14 on there is a function that makes the annotations (PEP 649).
        annotate = body.get("__annotate_func__")
        if annotate is None:
            return tuple(body.get("__annotations__", ()))
        from annotationlib import Format, call_annotate_function

        return tuple(call_annotate_function(annotate, Format.STRING))

    class _Definition(type):
        """Makes a record of a class that names its fields."""

        def __new__(mcs, name, bases, body):
            if not bases:
                return super().__new__(mcs, name, bases, body)
            fields = _fields(body)
            body["_field_defaults"] = {field: body[field] for field in fields if field in body}
            body.update(zip(fields, GETTERS[: len(fields)], strict=True))
            body.update(__slots__=(), _fields=fields, __match_args__=fields)
            return type(name, (_Named,), body)

    class Record(metaclass=_Definition):
        """The base of records; a class of fields with types, and methods."""
