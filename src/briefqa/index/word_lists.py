"""Writing dictionaries: all words anew, or new words among those of an earlier index."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

import numpy as np

from briefqa.index.container_writer import Writer
from briefqa.index.external_sort import Numbers
from briefqa.index.term_dict import PAGE, Dictionary, beginning_of

__all__ = ["insert_words", "write_words"]


def write_words(writer: Writer, name: str, words: Iterable[str]) -> None:
    """Write a dictionary.

    Args:
        writer: of the file.
        name: of the section.
        words: in the order of their code points, each once, not empty.
    """
    _write_lines(writer, name, "".join(f"{word}\n" for word in words).encode())


def insert_words(
    writer: Writer, name: str, dictionary: Dictionary, words: Sequence[str]
) -> Numbers:
    """Write a dictionary of the words of another and new ones.

    Args:
        writer: of the file.
        name: of the section.
        dictionary: the other.
        words: what it lacks, in the order of their code points.

    Returns:
        For each of the words, the place in the other dictionary before which it stands.
    """
    lines, reached, parts, places = dictionary.lines(), 0, list[bytes | memoryview](), list[int]()
    for word in words:
        place, offset = dictionary.gap(word)
        parts += (lines[reached:offset], f"{word}\n".encode())
        places.append(place)
        reached = offset
    _write_lines(writer, name, b"".join([*parts, lines[reached:]]))
    return np.array(places, np.int64)


def _write_lines(writer: Writer, name: str, lines: bytes) -> None:
    ends = np.flatnonzero(np.frombuffer(lines, np.uint8) == ord("\n")) + 1
    starts = np.concatenate((np.zeros(min(1, ends.size)), ends[:-1]))
    pages = starts[::PAGE].astype(np.int64).tolist()
    beginnings = [beginning_of(lines[start : start + PAGE]) for start in pages]
    writer.add(name, lines)
    writer.add(f"{name}.pages", array("Q", [*pages, len(lines), ends.size]).tobytes())
    writer.add(f"{name}.beginnings", array("Q", beginnings).tobytes())
