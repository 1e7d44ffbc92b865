"""Claims: what a sentence says, apart from where it was written and who is said to have said it.

News is copied from agencies with small edits: the dateline goes, or the words that name the source
at the end, numbers and dates are written in another way, and a tail is cut. What is left must have
the same numbers, dates, names and negations to be the same claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefqa.answers.notation import in_one_notation
from briefqa.conventions import MONTHS, WEEKDAYS
from briefqa.records import Record

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer

__all__ = ["Claim", "without_accents"]

SHARED = 0.85
"""The least share of the words of the longer claim that the shorter one has."""
SHARED_START = 0.7
"""The same if the longer one starts with all of the shorter one."""
DATELINE_WITHIN = 60
"""Characters of a sentence in which the dash after a dateline is looked for."""
DASH = r"\s*(?:—|–|--(?!\d))\s*|\s-\s+"
DASHES = ("—", "–", "--", " - ")
"""One of them is in each dash, where all white space is single blanks."""
QUOTATION_MARKS = frozenset("\"'”’")
SMALL_WORDS = frozenset("and de del la of the upon".split())
"""Words in lower case that are a part of names."""
CAPITALS = 4
"""Letters of a word in capitals that is a place, rather than a country, in a dateline."""
SAYING = frozenset(
    "added announced claimed confirmed estimated estimates explained learned noted reported reports"
    " said saw say says show showed shows stated states told wrote writes".split()
)
"""What the words that name a source have as their verb."""
AFTER_SAYING = frozenset(
    "at early from in journalists late on reporters this today yesterday last".split()
)
"""What may follow that verb, as well as a name."""
SOURCE_WORDS = 14
"""The maximum number of words that name a source."""
OPENS_CLAUSE = frozenset(
    "after and as because before but if nor or since that though when where which while who"
    " whose".split()
)
"""Words that open another clause, rather than name a source."""
NEGATIONS = frozenset("cannot hardly neither never no nobody none nor not nothing without".split())
MARKS = ".,;:!?()[]\"'“”‘’«»"
CALENDAR = frozenset((*WEEKDAYS, *MONTHS))
FEWEST_WORDS = 4
"""Content words that are left of a sentence without its dateline or source."""


class ClaimValues(Record):
    """The values of a part of a sentence: what must be the same in a repeat.

    Attributes:
        numbers: in order, with their units.
        dates: the names of days and months, sorted.
        names: other words with a capital, in order, without that of the first word.
        negations: in order.
    """

    numbers: tuple[str, ...]
    dates: tuple[str, ...]
    names: tuple[str, ...]
    negations: tuple[str, ...]


class Claim(Record):
    """What a sentence says.

    Attributes:
        dateline: the words of its dateline, if that may be more than one.
        words: its terms, stop words and numbers apart, in order.
        opening: its first word, if that has a capital; else empty.
        values: its values, without those of its dateline and source.
        source: the names in the words that say who said so.
    """

    dateline: frozenset[str]
    words: tuple[str, ...]
    opening: str
    values: ClaimValues
    source: frozenset[str]

    @classmethod
    def of(cls, sentence: str, analyzer: Analyzer) -> Claim:
        """Return the claim of a sentence.

        Args:
            sentence: its characters.
            analyzer: of its terms.
        """
        text = in_one_notation(" ".join(sentence.split()))
        dateline, text = _without_dateline(text)
        main, source = _without_source(text)
        if len(analyzer.terms(main)) < FEWEST_WORDS:
            main, source = text, ""
        words = main.split()
        first = words[0].strip(MARKS) if words else ""
        return cls(
            frozenset(dateline),
            _terms(main, analyzer),
            _bare(first) if first[:1].isupper() else "",
            _values(words),
            frozenset(_values(["", *source.split()]).names),
        )

    @property
    def without_dateline(self) -> Claim:
        """The claim, wherever it was written."""
        return self._replace(dateline=frozenset())

    def repeats(self, other: Claim) -> bool:
        """Whether both say the same."""
        return self.agrees(other) and _shares_words(self, other)

    def agrees(self, other: Claim) -> bool:
        """Whether no value differs; only one of them may have a dateline or a source."""
        mine, others = self.values, other.values
        # Near repeats are compared with each other: most differ in a number.
        return (
            mine.numbers == others.numbers
            and mine.dates == others.dates
            and mine.negations == others.negations
            and self._has_names(other)
            and _is_part(self.source, other.source)
            and (self.dateline == other.dateline or not (self.dateline and other.dateline))
        )

    def _has_names(self, other: Claim) -> bool:
        """Whether the names are the same; the first word has a capital, be it a name or not."""
        mine, others = self.values.names, other.values.names
        with_opening = ((self.opening, *mine), (other.opening, *others))
        return mine == others or mine == with_opening[1] or with_opening[0] == others


def _is_part(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _shares_words(one: Claim, other: Claim) -> bool:
    """Whether one has all words of the other, and only a few more, or a few more at its end."""
    fewer, more = sorted((one.words, other.words), key=len)
    few, many = frozenset(fewer), frozenset(more)
    if not few <= many:
        return False
    starts = more[: len(fewer)] == fewer
    return len(few) >= (SHARED_START if starts else SHARED) * len(many)


def _terms(text: str, analyzer: Analyzer) -> tuple[str, ...]:
    words = (word for word in text.split() if not any(map(str.isdigit, word)))
    return tuple(analyzer.terms(" ".join(words)))


def _values(words: Iterable[str]) -> ClaimValues:
    """Return the values of words; the first of them counts as no name."""
    bare = [word.strip(MARKS) for word in words]
    capitals = [_bare(word) for word in bare[1:] if word[:1].isupper()]
    folded = [word.casefold() for word in bare]
    return ClaimValues(
        tuple(word for word in bare if not word.isalpha() and any(map(str.isdigit, word))),
        tuple(sorted(word for word in map(_bare, bare) if word in CALENDAR)),
        tuple(word for word in capitals if word not in CALENDAR),
        tuple(word for word in folded if word in NEGATIONS or word.endswith("n't")),
    )


def _bare(word: str) -> str:
    """Return a name without the s of a genitive and without accents."""
    return without_accents(word).removesuffix("'s").removesuffix("'")


def without_accents(text: str) -> str:
    """Return a text without accents and the like, its ligatures and widths as plain letters."""
    if text.isascii():
        return text
    # Few texts have any, and loading it takes time.
    from unicodedata import combining, normalize

    return "".join(letter for letter in normalize("NFKD", text) if not combining(letter))


def _without_dateline(text: str) -> tuple[Iterable[str], str]:
    """Return the words of a dateline that may be more than one, and what follows it.

    `KARLSUND, Nov 23 (Capital Wire) - The ferry` has a dateline for certain; `Karlsund - The ferry`
    may have one.
    """
    dash = _dash(text[:DATELINE_WITHIN])
    if not dash:
        return (), text
    opening, rest = text[: dash.start()].split(), text[dash.end() :]
    named = all(map(_belongs_in_dateline, opening))
    starts = rest.lstrip(MARKS)[:1]
    if not named or not (starts.isupper() or starts.isdigit()) or _dash(rest):
        return (), text
    certain = any(
        word[0] == "(" or any(map(str.isdigit, word)) or (word.isupper() and len(word) >= CAPITALS)
        for word in opening
    )
    return () if certain else opening, rest


def _dash(text: str) -> re.Match[str] | None:
    # Few sentences have one, and compiling the pattern takes time.
    return re.search(DASH, text) if any(map(text.__contains__, DASHES)) else None


def _belongs_in_dateline(word: str) -> bool:
    """Whether a word is a part of a name, a number, or an agency in brackets."""
    named = word.strip(MARKS + "/")[:1].isupper() or word in SMALL_WORDS
    return named or word[0] == "(" or any(map(str.isdigit, word))


def _without_source(text: str) -> tuple[str, str]:
    """Return what is said, and the words at the end that say by whom."""
    if text.startswith("According to ") and ", " in text:
        source, _, main = text.partition(", ")
        return main, source
    comma = text.find(",")
    while comma >= 0:
        end = comma + 1 + (text[comma + 1 : comma + 2] in QUOTATION_MARKS)
        if text[end : end + 1] == " " and _names_source(text[end + 1 :].split()):
            return text[:comma], text[end + 1 :]
        comma = text.find(",", comma + 1)
    return text, ""


def _names_source(words: list[str]) -> bool:
    """Whether the words after a comma only say who said what is before it."""
    bare = [word.strip(MARKS) for word in words]
    if len(bare) > SOURCE_WORDS or bare[:1] == [] or bare[0] in OPENS_CLAUSE:
        return False
    if bare[:2] == ["according", "to"]:
        return True
    place = next((place for place, word in enumerate(bare) if word in SAYING), None)
    if place is None or not NEGATIONS.isdisjoint(bare):
        return False
    following = bare[place + 1 : place + 2]
    return not following or following[0] in AFTER_SAYING or following[0][:1].isupper()
