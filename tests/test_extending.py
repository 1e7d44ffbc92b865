"""What docs/contributing.md says a new reader or output format takes, tried with toys."""

from pathlib import Path

import pytest

from briefqa import Assistant
from briefqa.editor import opener
from briefqa.errors import DocumentError
from briefqa.readers import Reading, registry
from briefqa.readers.plain_text import read_plain_text
from briefqa.readers.registry import Content, Format, Opens

MARK = b"TOY1\n"


def is_toy(content: Content) -> bool:
    return content.data.startswith(MARK)


def read_toy(name: str, data: bytes) -> Reading:
    """Read a text that is written backwards."""
    return read_plain_text(name, data.removeprefix(MARK)[::-1])


TOY = Format("toy", (".toy",), is_toy, read_toy, Opens.VIEWER, "a toy")


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A document in a format that one row of the table of formats adds."""
    monkeypatch.setattr(registry, "FORMATS", (TOY, *registry.FORMATS))
    path = tmp_path / "ships.toy"
    path.write_bytes(MARK + b"Forty ships were counted on Sunday."[::-1])
    return path


def test_a_row_of_the_table_adds_a_reader(toy: Path) -> None:
    answer = Assistant.open([str(toy)], cached=False).ask("How many ships were counted?")
    excerpt = answer.excerpts[0]
    assert excerpt.passage.text == "Forty ships were counted on Sunday."


def test_the_row_says_what_opens_the_document(toy: Path) -> None:
    assert opener({}, "linux", str(toy), 1).command == ("xdg-open", str(toy))


def test_the_row_says_what_the_suffix_promises(toy: Path) -> None:
    toy.write_bytes(b"It rained.\n")
    with pytest.raises(DocumentError, match="not a toy, though its name says so"):
        Assistant.open([str(toy)], cached=False)
