"""The public Python API, as its documentation shows it."""

import doctest
from pathlib import Path
from typing import Any

import pytest

import briefqa
from briefqa import assistant
from briefqa.errors import DocumentError


@pytest.mark.parametrize("module", [briefqa, assistant])
def test_the_examples_run(module: object) -> None:
    results = doctest.testmod(module)  # type: ignore[arg-type]  # a module, by the table above
    assert results.attempted > 0
    assert results.failed == 0


def test_each_public_name_exists() -> None:
    for name in briefqa.__all__:
        assert getattr(briefqa, name) is not None


def test_the_lazy_names_are_the_public_ones() -> None:
    assert {*briefqa.HOMES, "__version__"} == set(briefqa.__all__)


def test_another_name_does_not_exist() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        briefqa.nonsense  # noqa: B018


@pytest.mark.parametrize(
    "paths", ["seeds", Path("seeds"), [Path("seeds")], ("seeds",), iter(["seeds"])]
)
def test_one_path_or_several_of_either_kind_are_opened(paths: Any) -> None:
    opened = briefqa.Assistant.open(paths)
    assert (opened.size.documents, opened.problems) == (1, ())
    assert list(opened.paths) == ["seeds/000_1c0b0a5638379c89.txt"]


def test_opening_nothing_readable_raises() -> None:
    with pytest.raises(DocumentError, match="no such file"):
        briefqa.Assistant.open(["no/such/file.txt"])


def test_what_cannot_be_read_is_told_and_the_rest_answers(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Forty ships were counted on Sunday.\n")
    opened = briefqa.Assistant.open([str(tmp_path / "good.txt"), str(tmp_path / "gone.txt")])
    assert [problem.name for problem in opened.problems] == [str(tmp_path / "gone.txt")]
    assert opened.ask("How many ships?").excerpts
