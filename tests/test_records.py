"""Records behave as named tuples."""

import pickle
from typing import Any, NamedTuple

import pytest

from briefqa.records import Record


class Place(Record):
    """A place in a text."""

    path: str
    line: int
    page: int | None = None
    kind: str = "text"

    @property
    def citation(self) -> str:
        return f"{self.path}:{self.line}"


class Pair(Record):
    """Two numbers."""

    first: int
    second: int


class Named(NamedTuple):
    """The named tuple that `Place` is compared with."""

    path: str
    line: int
    page: int | None = None
    kind: str = "text"


ARGUMENTS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    (("a", 1), {}),
    (("a", 1, 2), {}),
    (("a", 1, 2, "pdf"), {}),
    (("a",), {"line": 3, "kind": "pdf"}),
    ((), {"line": 1, "path": "b"}),
]


@pytest.mark.parametrize(("values", "named"), ARGUMENTS)
def test_a_record_is_made_as_a_named_tuple_is(
    values: tuple[Any, ...], named: dict[str, Any]
) -> None:
    other = Named(*values, **named)
    # After many instances, the constructor is another one.
    first, *_, place = (Place(*values, **named) for _ in range(100))
    assert first == place
    assert tuple(place) == tuple(other)
    assert hash(place) == hash(other)
    assert repr(place) == repr(other).replace("Named", "Place")
    assert place._asdict() == other._asdict()
    assert tuple(place._replace(line=9)) == tuple(other._replace(line=9))
    assert (place.path, place.line, place.page, place.kind) == tuple(other)
    assert pickle.loads(pickle.dumps(place)) == place


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), (("a",), {}), (("a", 1, 2, "b", 3), {}), (("a", 1), {"path": "b"})],
)
def test_wrong_arguments_are_refused(values: tuple[Any, ...], named: dict[str, Any]) -> None:

    class New(Record):
        """A class without instances."""

        path: str
        line: int
        page: int | None = None
        kind: str = "text"

    for kind in (New, Place, Named):
        with pytest.raises(TypeError):
            kind(*values, **named)
    assert New("a", line=2) == ("a", 2, None, "text")


def test_a_record_can_be_taken_apart_and_has_methods() -> None:
    match Place("a", 1):
        case Place(path, line=line):
            assert (path, line) == ("a", 1)
    assert Place("a", 1).citation == "a:1"
    assert Place._fields == Named._fields
    assert Pair._make([1, 2]) == (1, 2)
    assert sorted([Pair(2, 1), Pair(1, 2)])[0].second == 2


def test_a_record_never_changes() -> None:
    place = Place("a", 1)
    for name in ("path", "other"):
        with pytest.raises(AttributeError):
            setattr(place, name, "b")


class Edit(Record):
    """Fields whose names a constructor might use itself."""

    cls: int
    new: int
    defaults: int = 3


def test_a_field_may_have_any_name() -> None:
    assert [Edit(1, 2) for _ in range(1000)] == [(1, 2, 3)] * 1000
