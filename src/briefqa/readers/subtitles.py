"""Subtitles (SubRip and WebVTT): what is said, put together again, with its times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefqa.readers.blocks import Kind, Reading
from briefqa.readers.builder import ReadingWriter
from briefqa.readers.decoding import decode_document
from briefqa.readers.markdown_inline import with_characters
from briefqa.records import Record

__all__ = ["read_subtitles"]

TIMES = re.compile(
    r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,]\d{1,3}[ \t]++-->"
    r"[ \t]*+(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})"
)
VOICE = re.compile(r"<v(?:\.[^\s<>]*+)?[ \t]++([^<>]++)>")
MARK = re.compile(r"</?[a-z0-9][^<>]*+>|\{\\[^{}]*+\}", re.IGNORECASE)
SPEAKER = re.compile(r"(?:[-–—>]++[ \t]*+\S|[A-Z][\w .'’-]{0,40}:(?:\s|$))")
"""What opens what somebody else says."""
FINISHED = re.compile(r"[.!?…][\"”’»)\]]*+$")
PAUSE = 4
"""Seconds of silence that part passages."""
PASSAGE_LENGTH = 400
"""Characters after which a passage ends with its sentence, so that its time is near."""
HARD_LENGTH = 1000
"""Characters after which it ends in any case."""


class Cue(Record):
    """What is shown at one time.

    Attributes:
        start: when it appears, in whole seconds.
        end: when it goes.
        text: its words, on one line.
    """

    start: int
    end: int
    text: str


def read_subtitles(name: str, data: bytes) -> Reading:
    """Read subtitles.

    Cues that make up sentences are put together as a paragraph, with the time of its first cue;
    another speaker or a pause begins a new one. A cue that only says the last again is left out.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        NotADocumentError: the bytes are no text.
    """
    writer = ReadingWriter()
    spoken: list[Cue] = []
    for cue in _cues(decode_document(name, data)):
        if spoken and cue.text == spoken[-1].text:
            continue
        if spoken and _parts(spoken, cue):
            _write(writer, spoken)
            spoken = []
        spoken.append(cue)
    if spoken:
        _write(writer, spoken)
    return writer.reading()


def _cues(text: str) -> Iterator[Cue]:
    """Yield the cues; notes, styles and numbers between them are left out."""
    for part in re.split(r"\n[ \t]*+\n", text):
        lines = part.strip("\n").split("\n")
        for number, line in enumerate(lines[:2]):
            if times := TIMES.match(line.strip()):
                words = " ".join(_shown(line) for line in lines[number + 1 :])
                if said := " ".join(words.split()):
                    yield Cue(
                        _seconds(*times.group(1, 2, 3)), _seconds(*times.group(4, 5, 6)), said
                    )
                break


def _seconds(hours: str | None, minutes: str, seconds: str) -> int:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)


def _shown(line: str) -> str:
    """A line without its mark-up, a speaker's tag as it is read."""
    return with_characters(MARK.sub("", VOICE.sub(r"\1: ", line)))


def _parts(spoken: list[Cue], cue: Cue) -> bool:
    """Whether a new paragraph begins with a cue."""
    last = spoken[-1]
    length = sum(len(each.text) + 1 for each in spoken)
    if length > HARD_LENGTH or SPEAKER.match(cue.text) or cue.start - last.end >= PAUSE:
        return True
    return length > PASSAGE_LENGTH and FINISHED.search(last.text) is not None


def _write(writer: ReadingWriter, spoken: list[Cue]) -> None:
    text = " ".join(cue.text for cue in spoken)
    writer.add(text, Kind.PARAGRAPH, time=spoken[0].start)
