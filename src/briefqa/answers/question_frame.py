"""The frame of a question: words that ask, and that its answer has no reason to repeat.

The answer to "what does MILC stand for" need not say "stand", and "the steps to reset it" are
seldom called steps. Such words are searched for, but never count as missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefqa.answers.subject import MEANINGS

__all__ = ["frame_words"]

WORKS = (
    r"(articles?|books?|briefings?|contract|documents?|files?|guide|letter|manual|memo|minutes|page"
    r"|papers?|reports?|texts?)"
)
"""What a question may call the documents."""
NAMED = "|".join(sorted(MEANINGS))
FRAMES = (
    r"^what do(?:es)? .+ (mean)$",
    r"^what did .+ (mean)$",
    r"^what do(?:es)? .+ (stand) for$",
    r"^what do(?:es)? .+ (refer) to$",
    r"^what is .+ (short) for$",
    rf"^(?:what is )?(?:an? |the )?({NAMED}|full form|full name) (?:of|for) ",
    rf" ({NAMED}|full form)$",
    r"^(define|explain) ",
    r"\b(?:i|we) (want|need|like) to (know|learn|see|find)\b",
    r"^(?:any |the |latest )*(news|information|info|details|facts) (?:on|about|of|for|regarding) ",
    rf"\b(?:do|does|did) (?:the|this|that|these|those) {WORKS} (say|mention|tell|state|cover)\b",
    r"^(?:what are )?(?:the )?(steps|instructions|directions) (?:to|for|on) ",
    r"^(?:what is )?(?:the )?(?:best |right |correct )?(way) (?:to|of) ",
    r"^what (type|types) of ",
    r"^how many (times)\b",
)
"""Patterns of whole questions; the words in the groups are the frame."""


def frame_words(words: Sequence[str]) -> frozenset[str]:
    """Return the words of a question that are its frame.

    Args:
        words: all words of a question, case-folded, without marks.
    """
    text = " ".join(words)
    found = filter(None, (re.search(frame, text) for frame in FRAMES))
    return frozenset(
        word for match in found for group in match.groups() if group for word in group.split()
    )
