"""Fine types of answer: telephone numbers, addresses, versions, codes and colours.

"Coarse" and "fine" classes of questions are those of Li and Roth ("Learning Question Classifiers",
2002). A question names a fine type: "the support team's phone number", "which version fixed it".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from briefqa.answers.date_spans import NUMERIC_DATE, YEARS
from briefqa.conventions import ARTICLES
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Literal

    FineType = Literal["email", "phone", "website", "address", "version", "code", "colour"]
    NamedType = FineType | Literal["date"]
    """A type that the words for it name: opening hours are dates."""

__all__ = ["FINE_PATTERNS", "find_fine", "fine_type"]

NUMBERED = (
    "account application bill bookings? case claim contract customer docket file flight gate"
    " invoice licen[cs]e member membership model order part patent permit policy reference"
    " registration room serial ticket tracking vat"
).replace(" ", "|")
"""What has a number that identifies it, rather than counts."""
PHRASES: Mapping[NamedType, str] = {
    "email": r"(?:e-?mails?|(?:e-?)?mail address(?:es)?)",
    "phone": r"(?:(?:tele)?phone|fax|mobile|hotline|helpline|contact) numbers?|telephone|hotline",
    "website": r"web ?sites?|web (?:address|page)|url|home ?page",
    "address": r"(?<!ip )(?<!mac )(?<!web )(?<!memory )address(?:es)?",
    "version": r"versions?",
    "code": rf"(?:{NUMBERED}) (?:numbers?|id|no|code|reference)",
    "colour": r"colou?rs?",
    "date": r"(?:opening|office|business|visiting) (?:hours|times)",
}
"""Patterns of the last words of what is asked for."""
AT_ONCE: tuple[NamedType, ...] = ("version", "code", "colour")
"""Types whose words may have a verb after them, as in "which version fixed it"."""
ENDS_PHRASE = frozenset(
    "of for in on at to by from with about do does did is are was were has have had will would can"
    " could should must may that which i we you it".split()
)
ASKS_OTHERWISE = frozenset("how when where who whom whose why".split())
LONGEST_OPENING = 4
"""Words after "which" that may name the type."""

STREETS = (
    "Avenue|Ave|Boulevard|Blvd|Close|Court|Crescent|Drive|Highway|Hwy|Lane|Parkway|Place|Quay|Road"
    "|Rd|Row|Square|Street|St|Terrace|Way"
)
STREET_ENDINGS = (
    "allee|gasse|gatan|gate|laan|plads|platz|straat|strasse|straße|str\\.|vej|veien|weg"
)
NAME_PART = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*+"
DOMAINS = (
    "com|org|net|gov|edu|int|info|io|dev|app|eu|uk|us|ca|au|de|fr|nl|be|at|ch|dk|se|no|fi|es|it"
)
NO_VERSION = r"(?!\s*(?:%|per\s?cent|million|billion|[kKMGT]i?B\b|[ap]\.?m\b)|[\w:])"

REST = rf"(?:,?\s+(?:{NAME_PART}|\d{{4,6}}\b|\d[A-Z]{{2}}\b))*+"
"""A town and its postcode, after the street."""

FINE_PATTERNS: Mapping[FineType, str] = {
    "email": r"(?<![\w.+-])[\w.+-]++@\w[\w-]*+(?:\.\w[\w-]*+)++",
    "phone": (
        r"\b1-[89]\d\d-[A-Z\d-]{4,}"
        r"|(?<![\w.+/-])\+?(?:\(\d{1,5}\)|\d++)(?:[ ./-]{0,2}(?:\(\d{1,5}\)|\d++))*+"
    ),
    "website": (
        r"(?i)\b(?:https?://|www\.)[^\s<>()\"'“”]++"
        rf"|(?<![\w@.-])[a-z\d][a-z\d-]*+(?:\.[a-z\d-]++)*?\.(?:{DOMAINS})\b(?:/[^\s<>()\"'“”]*+)?"
    ),
    "address": (
        rf"\b\d{{1,5}}[A-Za-z]?\s+(?:{NAME_PART}\s+){{1,4}}?(?:{STREETS})\b\.?"
        rf"{REST}"
        rf"|\b[A-ZÀ-ÖØ-Þ]\w*(?:{STREET_ENDINGS})\s+\d++[a-z]?{REST}"
        rf"|\bP\.?\s?O\.?\s+Box\s+\d++{REST}"
    ),
    "version": (
        rf"(?<![\w.$€£¥])[vV]?\d++(?:\.\d++)+(?:[-.]?(?:alpha|beta|rc|dev|post)\.?\d*+)?{NO_VERSION}"
        r"|(?<=\b[Vv]ersion )\d\S*+|(?<=\b[Rr]elease )\d\S*+"
    ),
    "code": (
        r"\b[A-Z]{2}\d\d(?: ?[A-Z\d]{4}){3,}(?: [A-Z\d]{1,3})?\b"
        r"|(?<![\w/-])(?:[A-Z]{1,3} (?=\d))?+(?=[\w/-]*\d)[A-Z\d]++(?:[/-][A-Z\d]++)*+"
        r"(?![\w/]|[.,]\d)"
    ),
    "colour": (
        r"(?i)\b(?:(?:dark|light|bright|pale)[\s-])?(?:amber|beige|black|blue|brown|crimson|gold"
        r"|golden|gr[ae]y|green|ivory|magenta|maroon|navy|orange|pink|purple|red|scarlet|silver"
        r"|teal|transparent|turquoise|violet|white|yellow)\b"
    ),
}
"""Each starts at a place that no longer match of it has inside, so that the time is linear."""
SIGNS: Mapping[FineType, str] = {"email": "@", "website": ".", "version": "0123456789"}
"""Characters of which a sentence needs one."""
FEWEST_DIGITS = 7
"""Digits of a telephone number, unless a call is spoken of."""
CALLS = r"(?i)\b(?:call|dial|fax|hotline|phone|telephone|tel\.?)\W+(?:\w+\W+){0,2}$"
BEFORE = 40
"""Characters before a number in which a call may be spoken of."""


def fine_type(words: Sequence[str]) -> NamedType | None:
    """Return the fine type that a question asks for; None if it names none.

    Args:
        words: all words of the question, case-folded, without marks.
    """
    if not ASKS_OTHERWISE.isdisjoint(words):
        return None
    place = next((place for place, word in enumerate(words) if word in ("what", "which")), None)
    rest = list(words if place is None else words[place + 1 :])
    direct = place is not None and rest[:1] not in (["is"], ["are"], ["was"], ["were"])
    if place is not None and not direct:
        rest = rest[1:]
    ends = (n for n, word in enumerate(rest) if word in ENDS_PHRASE or (n and word in ARTICLES))
    end = next(ends, len(rest))
    if kind := _named_by(rest[:end], tuple(PHRASES)):
        return kind
    if not direct:
        return None
    openings = (_named_by(rest[:n], AT_ONCE) for n in range(1, min(end, LONGEST_OPENING) + 1))
    return next(filter(None, openings), None)


def _named_by(words: Sequence[str], kinds: Sequence[NamedType]) -> NamedType | None:
    phrase = " ".join(words).replace("'s ", " ")
    return next(
        (kind for kind in kinds if re.search(rf"(?:^|\s)(?:{PHRASES[kind]})$", phrase)), None
    )


def find_fine(kind: FineType, sentence: str) -> Iterator[Span]:
    """Yield the spans of a fine type in a sentence, in order.

    Args:
        kind: one of `FINE_PATTERNS`.
        sentence: any text.
    """
    if kind in SIGNS and not any(sign in sentence for sign in SIGNS[kind]):
        return
    for match in re.finditer(FINE_PATTERNS[kind], sentence):
        span = Span(match.start(), match.start() + len(match[0].rstrip(".,;:!?")))
        if kind not in ("phone", "code") or _is_number(kind, span, sentence):
            yield span


def _is_number(kind: FineType, span: Span, sentence: str) -> bool:
    """Return whether digits are a telephone number or a code, rather than a date or a count."""
    written, before = span.slice(sentence), sentence[max(0, span.start - BEFORE) : span.start]
    if re.fullmatch(rf"{NUMERIC_DATE}|{YEARS}", written) or len(written) < 2:
        return False
    if kind == "code":
        return True
    # Digits alone may be an account as well.
    digits = 0 if written.isdigit() and written[0] != "0" else sum(map(str.isdigit, written))
    enough = digits >= FEWEST_DIGITS or (len(written) > 2 and bool(re.search(CALLS, before)))
    return (written[0] == "1" and written[-1].isalpha()) or (
        enough and not sentence[span.end : span.end + 1].isalnum()
    )
