"""The timeline: sentences that mention a date, in the order of these dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta

from briefqa.answers.answer import Place
from briefqa.answers.question import Question, parse_question
from briefqa.documents.date_mentions import DateMention, Reason, find_mentions, may_mention
from briefqa.documents.dates import FIELD
from briefqa.errors import UsageError
from briefqa.index import Hit
from briefqa.passages import NAMES, Passage, placed_sentences
from briefqa.records import Record
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.engines import Engine

    ReportPassages = Callable[[int, int], object]
    """Called with the number of passages that are read, and of all passages."""

__all__ = ["MAX_EVENTS", "Event", "Timeline", "UnplacedDate", "timeline"]

MAX_EVENTS = 100_000
"""The maximum number of events of a timeline."""
MAX_HITS = 9_000
"""The maximum number of passages about something; a cluster returns hardly more."""


class Event(Record):
    """A sentence and a date that it mentions.

    Attributes:
        first: the first day of the date.
        last: the last day; it is not the first for a month, a week, a year, or a number of days.
        place: where the sentence is.
        mention: where the date is: characters of the passage's text.
        counted_from: the date of the document, as in ISO 8601, if the date was counted from it, as
            "on Friday" is; else None.
        also: other places that say the same of the same date.
    """

    first: date
    last: date
    place: Place
    mention: Span
    counted_from: str | None
    also: tuple[Place, ...] = ()

    @property
    def written(self) -> str:
        """The date as the document has it, on one line."""
        return " ".join(self.mention.slice(self.place.passage.text).split())

    @property
    def sentence(self) -> str:
        """The sentence, on one line."""
        return " ".join(self.place.sentence.slice(self.place.passage.text).split())

    @property
    def iso(self) -> str:
        """The date in ISO 8601: 2026-11-24, 2026-11, 2026, or 2026-11-23/2026-11-29."""
        first, last = self.first, self.last
        if first == last:
            return first.isoformat()
        following = last + timedelta(1) if last < date.max else first
        if first.day == following.day == 1 and (last - first).days < 31:
            return first.isoformat()[:7]
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return f"{first.year:04}" if first.year == last.year else f"{first.year}/{last.year}"
        return f"{first}/{last}"


class UnplacedDate(Record):
    """Dates that are mentioned, but are no day of the calendar.

    Attributes:
        reason: why.
        dates: how many there are.
        written: the first of them, as its document has it.
        place: where that one is.
    """

    reason: Reason
    dates: int
    written: str
    place: Place


class Timeline(Record):
    """What documents say of some days.

    Attributes:
        events: in order of their first days, those that last longer first, then by place.
        unplaced: the dates that are left out, by reason.
    """

    events: tuple[Event, ...]
    unplaced: tuple[UnplacedDate, ...]


def timeline(
    engine: Engine,
    about: str | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    documents: Collection[str] | None = None,
    day_first: bool | None = None,
    max_events: int | None = None,
    progress: ReportPassages | None = None,
) -> Timeline:
    """Return the sentences that mention a date, in the order of these dates.

    Args:
        engine: has the passages.
        about: words that the passages must have, of which the sentence or a heading above it has
            one at least; None for all sentences.
        since: the first day; events that last longer need only reach it.
        until: the last day, likewise.
        documents: paths of the documents to read; None for all.
        day_first: whether 03/04/2026 is in April or in March; None if that is not known.
        max_events: the largest number of events; by default 100,000.
        progress: called as passages are read.

    Raises:
        QuestionError: `about` contains no word.
        UsageError: there are more events, or too many passages are about the words.
    """
    limit = MAX_EVENTS if max_events is None else max_events
    collected = _Collected(since or date.min, until or date.max)
    for place in _places(engine, about, documents, progress):
        passage = place.passage
        dated = date.fromisoformat(passage.told_date) if passage.told_date else None
        sentence = place.sentence.slice(passage.text)
        for mention in find_mentions(sentence, dated, day_first=day_first):
            collected.add(place, mention)
        if len(collected) > limit:
            raise UsageError(f"more than {limit:,} sentences mention a date in that time")
    return Timeline(tuple(sorted(collected.events(), key=_order)), collected.unplaced())


def _order(event: Event) -> tuple[date, int, str, int]:
    return event.first, -event.last.toordinal(), *_position(event.place)


def _position(place: Place) -> tuple[str, int]:
    """Return what orders places, whatever the order that an engine yields passages in."""
    return place.passage.path, place.passage.span.start + place.sentence.start


class _Collected:
    """What was found so far.

    Args:
        since: the first day that counts.
        until: the last day that counts.
    """

    def __init__(self, since: date, until: date) -> None:
        self._since = since
        self._until = until
        self._events: dict[tuple[date, date, str], list[Event]] = {}
        self._unplaced: dict[Reason, UnplacedDate] = {}

    def __len__(self) -> int:
        return len(self._events)

    def events(self) -> Iterator[Event]:
        """Yield the events; what several places say in the same words is one."""
        for repeated in self._events.values():
            first, *others = sorted(repeated, key=_order)
            places = dict.fromkeys(each.place for each in others if each.place != first.place)
            yield first._replace(also=tuple(places))

    def unplaced(self) -> tuple[UnplacedDate, ...]:
        """Return the dates that are left out, by the names of the reasons."""
        return tuple(self._unplaced[reason] for reason in sorted(self._unplaced))

    def add(self, place: Place, mention: DateMention) -> None:
        """Add a date that a sentence mentions."""
        if mention.first is None or mention.last is None:
            self._leave_out(place, mention)
        elif mention.first <= self._until and mention.last >= self._since:
            counted_from = place.passage.told_date if mention.is_relative else None
            span = mention.span.shift(place.sentence.start)
            event = Event(mention.first, mention.last, place, span, counted_from)
            key = (event.first, event.last, event.sentence.casefold())
            self._events.setdefault(key, []).append(event)

    def _leave_out(self, place: Place, mention: DateMention) -> None:
        reason = mention.reason or Reason.UNCLEAR
        written = mention.span.shift(place.sentence.start).slice(place.passage.text)
        known = self._unplaced.get(reason)
        dates = known.dates + 1 if known else 1
        if known is None or _position(place) < _position(known.place):
            known = UnplacedDate(reason, dates, " ".join(written.split()), place)
        self._unplaced[reason] = known._replace(dates=dates)


def _places(
    engine: Engine,
    about: str | None,
    documents: Collection[str] | None,
    progress: ReportPassages | None,
) -> Iterator[Place]:
    """Yield the sentences of the documents, or those about something."""
    if about is None:
        total = len(engine)
        if progress and documents is not None:
            total = sum(entry.passages for entry in engine.entries(documents))
        for number, passage in enumerate(engine.passages(documents), 1):
            yield from _dated_sentences(passage)
            if progress:
                progress(number, total)
        return
    question = parse_question(about, engine.analyzer, engine)
    for hit in _hits(question, engine, documents):
        for place in _dated_sentences(hit.passage):
            sentence = engine.analyzer.terms(place.sentence.slice(hit.passage.text))
            terms = hit.inherited.union(sentence)
            if any(word.is_matched(terms) for word in question.telling):
                yield place


def _dated_sentences(passage: Passage) -> Iterator[Place]:
    """Yield the sentences of a passage if some date may be in it.

    A field such as `Date:` has the date of the document, which is no event.
    """
    if may_mention(passage.text):
        for span, part in placed_sentences(passage):
            if part.kind not in NAMES and not re.match(FIELD, span.slice(passage.text)):
                yield Place(passage, span)


def _hits(question: Question, engine: Engine, documents: Collection[str] | None) -> list[Hit]:
    """Return the passages that have all telling words of a question.

    Raises:
        UsageError: they are too many.
    """
    words = tuple(word._replace(required=word in question.telling) for word in question.words)
    paths = None if documents is None else frozenset(documents)
    hits = engine.search(question._replace(words=words, filter=paths).query, MAX_HITS)
    if len(hits) == MAX_HITS:
        raise UsageError(f"{MAX_HITS:,} passages or more have these words")
    return hits
