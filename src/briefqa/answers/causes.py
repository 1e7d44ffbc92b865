"""Causes: what a sentence gives as the reason of something.

A reason follows "because", "due to" and the like, or "the reason is"; it precedes "caused", "led
to" and "as the reason". None of these words is a reason itself. The rules are those of English.
"""

from __future__ import annotations

import re

from briefqa.conventions import MONTHS, NUMBERS, WEEKDAYS
from briefqa.spans import Span

__all__ = ["find_cause"]

REST = r"(?:[^,;:.()\n]|[.,](?=\d)|(?<=\b[A-Z])\.)+"
"""What stands in the same clause."""
DATES = "|".join((*MONTHS, *WEEKDAYS, *NUMBERS[1:]))
NOUN = r"(?:reasons?|causes?|purposes?|aims?|goals?|objectives?)"
CUES = (
    r"because(?:\s+of)?|due\s+to|owing\s+to|thanks\s+to|on\s+account\s+of|in\s+response\s+to"
    r"|as\s+a\s+(?:result|consequence)\s+of|(?:the\s+)?result\s+of|caused\s+by|citing"
    rf"|since(?!\s+(?:\d|then|last|early|late|mid|the\s+(?:start|beginning|end|{DATES})|{DATES}))"
)
FOLLOWING = (
    rf"\b(?:{CUES})\s+(?P<cause>{REST})",
    rf"\b{NOUN}\b[^,;:.]{{0,80}}?(?:\s(?:is|was|are|were|being)(?:\s(?:that|because))?\s|:\s)(?P<cause>{REST})",
    rf"\b(?P<cause>(?:so\s+that|in\s+order\s+to|in\s+(?:a\s+bid|an\s+effort)\s+to)\s+{REST})",
    rf"\b(?:intended|meant|aims?|aimed)\s+(?P<cause>to\s+{REST})",
)
"""Patterns of what a cause follows, the surest first."""
PRECEDING = (
    rf"\b(?:gave|gives?|cited|cites?|named|names?)\s+(?P<cause>{REST}?)\s+as\s+(?:the|a|its|his|her|their|one)\b"
    rf"[^,;:.]{{0,30}}?\b{NOUN}\b",
    rf"(?:^|[,;:.]\s)(?P<cause>{REST}?)\s+(?:is|was|are|were)\s+(?:the|a|one)\s+(?:\w+\s)?{NOUN}\b",
    rf"(?:^|[,;:.]\s)(?P<cause>{REST}?)\s+(?:(?:has|have|had)\s+)?"
    r"(?:caused|causes|led\s+to|leads?\s+to|resulted\s+in)\b",
)
"""Patterns of what a cause precedes."""
UNTOLD = (
    r"(?i)(?:still\s|as\syet\s|so\sfar\s)*"
    r"(?:not|un(?:clear|known|certain|explained)|being|under|open)\b"
)
"""How a sentence goes on after "the cause is" that gives none."""
POINTERS = frozenset("he it she that these they this those what which who".split())
"""Words that point to a cause in another sentence."""
RELATIVE = r"\s+(?:that|which|who)$"


def find_cause(sentence: str) -> Span | None:
    """Return the span of what a sentence gives as a cause; None if it gives none.

    Args:
        sentence: any text.
    """
    for pattern in (*FOLLOWING, *PRECEDING):
        match = re.search(f"(?i){pattern}", sentence)
        cause = re.sub(RELATIVE, "", match["cause"].rstrip()) if match else ""
        if match and not re.match(UNTOLD, cause) and cause.casefold() not in POINTERS:
            return Span(match.start("cause"), match.start("cause") + len(cause))
    return None
