"""Subtitles (SubRip and WebVTT): what is said, put together again, with its times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefqa.readers.blocks import Kind, Reading, ReadingWriter
from briefqa.readers.charset import decode_document
from briefqa.readers.markdown_syntax import with_characters
from briefqa.records import Record

__all__ = ["read_subtitles"]

TIME = (
    r"(?:(\d{1,6})[ \t]*+:[ \t]*+)?(\d{1,2})[ \t]*+:[ \t]*+(\d{1,2})(?:[ \t]*+[.,:][ \t]*+\d{1,9})?"
)
TIMES = re.compile(rf"{TIME}[ \t]*+-->[ \t]*+{TIME}(?!\d)")
NUMBER = re.compile(r"\d{1,9}")
"""What stands above the times of a cue of SubRip."""
VOICE = re.compile(r"<v(?:\.[^\s<>]*+)?[ \t]++([^<>]++)>")
MARK = re.compile(r"</?[a-z0-9][^<>]*+>|\{\\[^{}]*+\}", re.IGNORECASE)
NAME = re.compile(r"(?P<name>[A-Z][\w .'’-]{0,40}):(?:\s++|$)")
DASH = re.compile(r"[-–—>]++[ \t]*+(?=\S)")
"""What opens what somebody else says, who is not named."""
FINISHED = re.compile(r"[.!?…][\"”’»)\]]*+$")
PAUSE = 4
"""Seconds of silence that separate passages."""
PASSAGE_LENGTH = 400
"""Characters after which a passage ends with its sentence, so that its time is near."""
HARD_LENGTH = 1000
"""Characters after which it ends in any case."""


class Cue(Record):
    """What is shown at one time.

    Attributes:
        start: when it appears, in whole seconds.
        end: when it goes.
        lines: its lines without mark-up, none of them blank.
    """

    start: int
    end: int
    lines: tuple[str, ...]


class Utterance(Record):
    """What one person says in a cue.

    Attributes:
        start: when it appears, in whole seconds.
        end: when it goes.
        speaker: the name before it; empty if there is only a dash; None if there is nothing.
        text: its words, on one line, without the name.
    """

    start: int
    end: int
    speaker: str | None
    text: str


def read_subtitles(name: str, data: bytes) -> Reading:
    """Read subtitles.

    Cues that make up sentences are put together as a paragraph, with the time of its first cue;
    another speaker or a pause begins a new one. What a cue repeats of the one before, as where
    captions roll, is left out.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        NotADocumentError: the bytes are not text.
    """
    speech = _Speech()
    for cue in _without_repeats(_cues(decode_document(name, data))):
        for utterance in _utterances(cue):
            speech.add(utterance)
    return speech.reading()


def _cues(text: str) -> Iterator[Cue]:
    """Yield the cues; notes, styles and numbers between them are left out."""
    lines = text.split("\n")
    # WebVTT ends a cue with an empty line; in SubRip a line within a cue may be empty too.
    strict = text.lstrip().startswith("WEBVTT")
    times: re.Match[str] | None = None
    shown: list[str] = []
    for line in lines:
        stripped = line.strip()
        if "-->" in line and (found := TIMES.match(stripped)):
            if times:
                yield _cue(times, _without_number(shown))
            times, shown = found, []
        elif times and strict and not line:
            yield _cue(times, shown)
            times = None
        elif times:
            shown.append(stripped)
    if times:
        yield _cue(times, shown)


def _without_number(lines: list[str]) -> list[str]:
    """Leave the number of the next cue out."""
    return lines[:-1] if lines and NUMBER.fullmatch(lines[-1]) else lines


def _cue(times: re.Match[str], lines: Iterable[str]) -> Cue:
    shown = tuple(filter(None, (" ".join(_shown(line).split()) for line in lines)))
    return Cue(_seconds(*times.group(1, 2, 3)), _seconds(*times.group(4, 5, 6)), shown)


def _seconds(hours: str | None, minutes: str, seconds: str) -> int:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)


def _shown(line: str) -> str:
    """Return a line without its mark-up, a speaker's tag as it is read."""
    return with_characters(MARK.sub("", VOICE.sub(r"\1: ", line)))


def _without_repeats(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Leave out what is still shown of the cue before; a cue without new words is none."""
    before: Cue | None = None
    for cue in cues:
        new = cue
        if before and cue.lines:
            new = cue._replace(lines=_new_lines(before, cue))
        if cue.lines:
            before = cue
        if new.lines:
            yield new


def _new_lines(before: Cue, cue: Cue) -> tuple[str, ...]:
    """Return the lines of a cue that the one before did not end with."""
    if cue.lines == before.lines:
        return ()
    if cue.start - before.end > 1:
        return cue.lines
    for count in range(min(len(before.lines), len(cue.lines)), 0, -1):
        if before.lines[-count:] == cue.lines[:count]:
            return cue.lines[count:]
    said, words = " ".join(before.lines).split(), " ".join(cue.lines).split()
    if len(said) > 1 and words[: len(said)] == said:
        return (" ".join(words[len(said) :]),)
    return cue.lines


def _utterances(cue: Cue) -> Iterator[Utterance]:
    """Split a cue where another speaker begins."""
    speaker: str | None = None
    words: list[str] = []
    for line in cue.lines:
        name, dash = NAME.match(line), DASH.match(line)
        if (name or dash) and words:
            yield Utterance(cue.start, cue.end, speaker, " ".join(words))
            words = []
        if name:
            speaker, line = name["name"], line[name.end() :]
        elif dash:
            speaker = ""
        words += line.split()
    if words:
        yield Utterance(cue.start, cue.end, speaker, " ".join(words))
    elif speaker:
        yield Utterance(cue.start, cue.end, None, f"{speaker}:")


class _Speech:
    """Puts together what is said."""

    def __init__(self) -> None:
        self._writer = ReadingWriter()
        self._spoken: list[Utterance] = []
        self._length = 0
        self._speaker: str | None = None

    def add(self, said: Utterance) -> None:
        """Take what is said next."""
        if self._spoken and self._parts(said):
            self._write()
        if said.speaker is not None:
            self._speaker = said.speaker
        self._spoken.append(said)
        self._length += len(said.text) + 1

    def reading(self) -> Reading:
        """Return what was said."""
        if self._spoken:
            self._write()
        return self._writer.reading()

    def _parts(self, said: Utterance) -> bool:
        """Whether a new paragraph begins."""
        last = self._spoken[-1]
        if said.speaker == "" or said.speaker not in (None, self._speaker):
            return True
        if self._length > HARD_LENGTH or said.start - last.end >= PAUSE:
            return True
        return self._length > PASSAGE_LENGTH and FINISHED.search(last.text) is not None

    def _write(self) -> None:
        first = self._spoken[0]
        text = " ".join(each.text for each in self._spoken)
        opening = f"{first.speaker}: " if first.speaker else ""
        self._writer.add(opening + text, Kind.PARAGRAPH, time=first.start)
        self._spoken.clear()
        self._length = 0
