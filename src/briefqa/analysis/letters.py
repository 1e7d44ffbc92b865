"""Letters beyond ASCII: what belongs to a word, and how they are folded.

Most English texts have none of them, so that this is loaded for the first text that does.
"""

from __future__ import annotations

import re
from unicodedata import normalize

__all__ = ["JOINTS", "MARKS", "fold", "parts", "unaccented"]

# Marks that belong to the letter before them, where \w alone would break the word: combining
# accents, the points of Hebrew and Arabic, the vowel signs of the scripts of India and
# South-East Asia, joiners, soft hyphens and variation selectors.
MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0711\u0730-\u074a\u07a6-\u07b0\u0816-\u082d\u0859-\u085b\u08d3-\u08ff"
    "\u0900-\u0963\u0966-\u096f\u0971-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc"
    "\u0ec8-\u0ecd\u0f18\u0f19\u0f35\u0f37\u0f39\u0f71-\u0f84\u0f86\u0f87\u0f8d-\u0fbc"
    "\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d"
    "\u200e\u200f\u2060\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)
JOINTS = "-'\u2010\u2011\u2018\u2019\u02bc"
PART = rf"[^\W_](?:[^\W_]|[{MARKS}])*+"
ACCENTS = r"(?<=[a-z\u03b1-\u03c9\u0435])[\u0300-\u036f]++"
"""The marks of Latin and Greek letters, and of the Russian io, that many people omit; marks of
other scripts make another letter."""
STROKES = str.maketrans(dict(zip("\u0131øđħłŧæœ", "i o d h l t ae oe".split(), strict=True)))
"""Letters that Unicode does not decompose, and how they are written on a plain keyboard."""
DOTTED_I = "i\u0307"
"""The case-folded form of the Turkish capital I with a dot."""
INVISIBLE = "[\u00ad\u200c-\u200f\u2060\ufe00-\ufe0f\ufeff]"


def parts(word: str) -> list[str]:
    """Return the parts of a word: its letters, with their marks, and digits."""
    return re.findall(PART, word)


def fold(word: str) -> str:
    """Return the folded form, equal for words that differ in case, ligatures or widths only."""
    visible = re.sub(INVISIBLE, "", word)
    folded = normalize("NFKC", visible).casefold()
    return normalize("NFKC", folded.replace(DOTTED_I, "i"))


def unaccented(folded: str) -> str:
    """Return a folded word as it is written on a keyboard without accents."""
    bare = normalize("NFC", re.sub(ACCENTS, "", normalize("NFD", folded)))
    return bare.translate(STROKES)
