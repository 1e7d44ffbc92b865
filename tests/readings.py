"""Helpers of the tests of all readers."""

import re
from typing import NamedTuple

from briefqa.errors import DocumentError, ReaderError
from briefqa.readers import Reading, read
from briefqa.readers.blocks import Member

__all__ = ["Part", "check_any", "check_reading", "parts", "words"]


class Part(NamedTuple):
    """A block as tests write it."""

    kind: str
    text: str
    line: int
    page: int | None = None
    time: int | None = None
    level: int | None = None
    header: str | None = None
    member: Member | None = None


def parts(reading: Reading) -> list[Part]:
    """Return the blocks of a reading, with the text and the line of each."""
    return [
        Part(
            block.kind.value,
            block.span.slice(reading.text),
            reading.text.count("\n", 0, block.span.start) + 1,
            block.page,
            block.time,
            block.level,
            block.header,
            block.member,
        )
        for block in reading.blocks
    ]


def check_reading(reading: Reading) -> None:
    """Check that blocks are in order, disjoint, in the text, and trimmed."""
    end = 0
    for block in reading.blocks:
        assert end <= block.span.start < block.span.end <= len(reading.text)
        piece = block.span.slice(reading.text)
        assert piece == piece.strip()
        end = block.span.end
    assert "\r" not in reading.text


def words(text: str) -> set[str]:
    """Return the words of a text, without punctuation around them."""
    return set(re.findall(r"[^\W_]+", text))


def check_any(name: str, data: bytes) -> None:
    """Check that bytes are read into valid blocks, or refused by a reader on purpose."""
    try:
        reading = read(name, data)
    except ReaderError:
        raise
    except DocumentError:
        return
    check_reading(reading)
