"""Analysis: text to terms. One analyzer serves documents and questions.

A token's term is normalised, folded and stemmed; its span is where it stands in the text as
written, and never moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain

import Stemmer

from briefqa.records import Record
from briefqa.spans import Span

__all__ = [
    "ANALYSIS",
    "STEMMER",
    "STOP_WORDS",
    "Token",
    "parted",
    "piece_terms",
    "piece_words",
    "pieces",
    "placed_terms",
    "stemmed",
    "terms",
    "terms_and_words",
    "tokenize",
    "written_words",
]

STOP_WORDS = frozenset(
    "a about after all also am an and any are as at be because been before being between both"
    " but by can cannot could did do does doing done during each either for from get going had"
    " has have having he her hers here herself him himself his how i if in into is it its"
    " itself just many me might more most much must my myself no nor not of off on once only"
    " onto or other our ours out over own per please shall she should so some such tell than"
    " that the their theirs them themselves then there these they this those through to too"
    " under until up upon very was we were what whatever when where whether which while who"
    " whoever whom whose why will with within without would you your yours yourself arent cant"
    " couldnt didnt doesnt dont hadnt hasnt havent hes im isnt ive lets shes shouldnt thats"
    " theres theyre wasnt werent whats whens wheres whos wont wouldnt youre".split()
)
"""Words that say nothing of a question's subject. "us" is none of them: it may mean the U.S."""
ACRONYMS = frozenset({"IT", "WHO"})
"""Stop words that mean something else in capitals; others are written so for emphasis."""

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
    "\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
JOINTS = "-'\u2010\u2011\u2018\u2019\u02bc"
APOSTROPHES = frozenset("'\u2018\u2019\u02bc")


def _token(word: str, joints: str, apostrophes: str) -> re.Pattern[str]:
    return re.compile(
        rf"[^\W\d_](?:\.[^\W\d_]){{1,15}}+(?!\w)\.?(?:[{apostrophes}]s(?!\w))?"  # U.S., e.g.
        r"|\d++(?:[.,]\d++){1,15}+(?!\w)"  # a number: 3.5 or 1,000
        rf"|{word}(?:[{joints}]{word})*+"  # a word, or several joined: bio-research, O'Neill's
    )


# Classes of many characters take long to compile and to match, and plain English needs none.
ASCII_TOKEN = _token(r"\w++", "-'", "'")


@cache
def _any_token() -> re.Pattern[str]:
    return _token(rf"[\w{MARKS}]++", JOINTS, "'\u2019")


def _tokens_of(text: str) -> re.Pattern[str]:
    """The expression for the tokens of a text; both find the same where both would do."""
    return ASCII_TOKEN if text.isascii() else _any_token()


ASCII_PART = re.compile(r"[^\W_]++")
PART = rf"[^\W_](?:[^\W_]|[{MARKS}])*+"
ACCENTS = r"(?<=[a-z\u03b1-\u03c9\u0435])[\u0300-\u036f]++"
"""The marks of Latin and Greek letters, and of the Russian io, that many write without; marks of
other scripts make another letter."""
STROKES = {
    ord(letter): written
    for letter, written in zip("\u0131øđħłŧæœ", "i o d h l t ae oe".split(), strict=True)
}
"""Letters that Unicode does not decompose, and how they are written without their keys."""
DOTTED_I = "i\u0307"
"""What case folding makes of the Turkish capital I with a dot."""
APART = "".join(
    letter if letter.isalnum() or letter in "_.,-'" else " " for letter in map(chr, range(128))
)
"""What no token holds becomes a blank; for ASCII, where that is faster than the expression."""
APART_BYTES = APART.encode() + bytes(range(128, 256))
"""The same for UTF-8, where other letters than those of ASCII are larger bytes."""
EDGES = ".,-'"
"""What may stand at the ends of a piece and is in no token there."""
GROUPING = r",(?=\d{3}(?!\d))"
INVISIBLE = "[\u00ad\u200c\u200d\ufe00-\ufe0f]"
VOWELS = frozenset("aeiou")
BEFORE_ISE = frozenset("ic id im ir gn rd rn vn".split()).union(
    vowel + letter for vowel in VOWELS for letter in "glnrst"
)
BEFORE_ENCE = frozenset("def lic off pret".split())


def _is_long(head: str) -> bool:
    return len(head) > 1


SPELLINGS = (
    (
        "is",
        "iz",
        "e ed es er ers ing able ation ations ational",
        lambda head: head[-2:] in BEFORE_ISE,
    ),
    ("lys", "lyz", "e ed es er ers ing", bool),
    ("our", "or", " s ed ing er ers al able ably ful less ite ites hood", _is_long),
    ("bre", "ber", " s", _is_long),
    ("tre", "ter", " s", _is_long),
    ("bred", "bered", "", _is_long),
    ("tred", "tered", "", _is_long),
    ("ogu", "og", "e es ed ing", _is_long),
    ("ell", "el", "ed ing er ers", lambda head: not VOWELS.isdisjoint(head[-3:])),
    ("enc", "ens", "e es", BEFORE_ENCE.__contains__),
    ("amme", "am", " s", _is_long),
)
"""What the British write, what Americans do, what ends the word, parted by blanks, and whether what
goes before fits: organisation, analyse, labour, fibre, centre, centred, dialogue, travelled,
defence, programme; what only looks so becomes another string, but the same one in documents and
questions."""
SPELLED_ALIKE = 4
"""Letters of a word at the most that is spelled alike on both sides of the Atlantic."""
WORDS_KEPT = 100_000
"""Words whose terms are remembered while many texts are analysed."""
TERM_LIMIT = 100
"""Characters of a term; more of them never tell two words apart."""


class Token(Record):
    """A term and where it stands.

    Attributes:
        term: what is looked up: normalised (NFKC), case-folded, without accents and stemmed.
        span: the characters of the text that it was made from.
    """

    term: str
    span: Span


def tokenize(text: str, *, stop_words: bool = False) -> Iterator[Token]:
    """Yield the tokens of a text in order.

    A word of several parts (`bio-research`, `snake_case`) gives a token for the whole, then one
    for each part; the dots of an acronym, a possessive and the commas in a number are dropped
    from the term. WHO and IT in capitals are acronyms and kept, unless the whole text is in
    capitals.

    Args:
        text: any text.
        stop_words: whether stop words give tokens too.
    """
    for term, start, end in placed_terms(text, stop_words=stop_words):
        yield Token(term, Span(start, end))


def placed_terms(text: str, *, stop_words: bool = False) -> Iterator[tuple[str, int, int]]:
    """Yield the tokens of a text as `tokenize` does, but plain: term, start and end.

    An answer looks at thousands of them.
    """
    shouted = text.isupper()
    for match in _tokens_of(text).finditer(text):
        word, place = match[0], match.start()
        kept = stop_words or (not shouted and word in ACRONYMS)
        for term, start, end, stop in _parts[word]:
            if kept or not stop:
                yield term, place + start, place + end


def terms_and_words(texts: Iterable[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the terms of texts, stop words too, and beside each what it was made from.

    That is case-folded, but otherwise as written.
    """
    found = [_tokens_of(text).findall(text) for text in texts]
    _parts.learn(chain.from_iterable(found))
    for words in found:
        parts = [(part, word) for word in words for part in _parts[word]]
        yield (
            [term for (term, _, _, _), _ in parts],
            [word[start:end].casefold() for (_, start, end, _), word in parts],
        )


def pieces(text: str) -> list[str]:
    """Part a text where no token reaches across: the tokens of the pieces are those of the text.

    Texts repeat their pieces, so that each needs to be analysed only once.
    """
    return text.translate(APART).split() if text.isascii() else _any_token().findall(text)


def parted(data: bytes) -> bytes:
    """Make blanks stand between the pieces of a text in UTF-8, byte for byte.

    Where all of it is ASCII they are those of `pieces`; other characters hold what is beside them
    together. The terms are the same ones.
    """
    return data.translate(APART_BYTES)


def piece_terms(piece: str) -> list[str]:
    """Return the terms of a piece, stop words too."""
    return stemmed(piece_words(piece))


def piece_words(piece: str) -> list[str]:
    """Return the words of a piece and their parts, folded but not stemmed, stop words too."""
    word = _plain_word(piece)
    if word:
        return [word.lower()[:TERM_LIMIT]]
    words = _tokens_of(piece).findall(piece)
    return [_fold(part[:TERM_LIMIT]) for word in words for part in _split(word)]


def stemmed(words: Sequence[str]) -> list[str]:
    """Return the terms of folded words."""
    terms: list[str] = _stemmer.stemWords([_spelled(word) for word in words])
    return terms


def written_words(text: str) -> list[str]:
    """Return the words of a text as written, case-folded, those of several parts whole."""
    word = _plain_word(text)
    if word:
        return [word.lower()]
    return [word.casefold() for word in _tokens_of(text).findall(text)]


def _plain_word(text: str) -> str:
    """The only token of a text of ASCII letters and digits, perhaps in marks; else empty."""
    word = text.strip(EDGES)
    return word if word.isalnum() and text.isascii() else ""


def terms(text: str, *, stop_words: bool = False) -> list[str]:
    """Return the terms of a text, in order and with repetitions; see `tokenize`."""
    return [term for term, _, _ in placed_terms(text, stop_words=stop_words)]


class _Parts(dict[str, tuple[tuple[str, int, int, bool], ...]]):
    """What words met give: a text repeats its words many times. Once they are many all go."""

    def _make_room(self) -> None:
        if len(self) >= WORDS_KEPT:
            self.clear()

    def learn(self, words: Iterable[str]) -> None:
        """Take plain words apart: many at once take a fraction of the time."""
        self._make_room()
        new = [word for word in dict.fromkeys(words) if word not in self and _is_plain(word)]
        folded = [word.lower() for word in new]
        for word, lower, term in zip(new, folded, stemmed(folded), strict=True):
            self[word] = ((term, 0, len(word), lower in STOP_WORDS),)

    def __missing__(self, word: str) -> tuple[tuple[str, int, int, bool], ...]:
        parts = tuple(_parts_of(word))
        if len(word) <= TERM_LIMIT:
            self._make_room()
            self[word] = parts
        return parts


ANALYSIS = 2
"""Raised whenever a text gives other terms than before: an index kept elsewhere is refused then."""
STEMMER = f"PyStemmer {Stemmer.version()}"
"""What terms depend on, beside the version of Python, that is not ours."""

_parts = _Parts()
# Words come here once each: remembering them would only take time.
_stemmer = Stemmer.Stemmer("english", 0)


def _parts_of(word: str) -> Iterator[tuple[str, int, int, bool]]:
    """Yield the terms of a word, where they stand in it, and whether they are stop words."""
    dotted = "." in word or "," in word
    parts = _split(word)
    folded = [_fold(part[:TERM_LIMIT]) for part in parts]
    start, end = 0, len(word)
    for place, (part, plain, term) in enumerate(zip(parts, folded, stemmed(folded), strict=True)):
        if place:
            start = word.index(part, end if place > 1 else 0)
            end = start + len(part)
        yield term, start, end, plain in STOP_WORDS and not dotted


def _split(word: str) -> Sequence[str]:
    """Take a word apart: the whole of it as one, then, where there are several, its parts."""
    if word.isascii() and word.isalnum():
        return (word,)
    if "." in word or "," in word:
        return (_undotted(word),)
    parts = (ASCII_PART if word.isascii() else re.compile(PART)).findall(_without_clitic(word))
    whole = "".join(parts)
    if len(parts) > 1 and _fold(whole[:TERM_LIMIT]) not in STOP_WORDS:
        return (whole, *parts)
    return (whole,) if whole else ()


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalnum() and len(word) <= TERM_LIMIT


def _undotted(word: str) -> str:
    """A number without its grouping commas, or an acronym without its dots."""
    if word[0].isdigit():
        return re.sub(GROUPING, "", word)
    return _without_clitic(word).replace(".", "")


def _without_clitic(word: str) -> str:
    """A word without its 's, 'd, 'm, 'll, 're or 've."""
    if word[-2:-1] in APOSTROPHES and word[-1] in "sdmSDM":
        return word[:-2]
    contracted = word[-3:-2] in APOSTROPHES and word[-2:].lower() in ("ll", "re", "ve")
    return word[:-3] if contracted else word


def _spelled(folded: str) -> str:
    """Spell a folded word as Americans do, and without accents."""
    word = folded if folded.isascii() else _unaccented(folded)
    if len(word) > SPELLED_ALIKE and word.isascii():
        for british, american, endings, fits in SPELLINGS:
            if british in word:
                head, _, ending = word.rpartition(british)
                if ending in endings.split(" ") and fits(head):
                    word = head + american + ending
    return word


def _fold(word: str) -> str:
    """Make equal what readers hold equal: letter case, ligatures, widths, composed accents."""
    if word.isascii():
        return word.lower()
    from unicodedata import normalize

    visible = re.sub(INVISIBLE, "", word)
    folded = normalize("NFKC", visible).casefold()
    return normalize("NFKC", folded.replace(DOTTED_I, "i"))


def _unaccented(folded: str) -> str:
    """Write a folded word as those do whose keys have no accents."""
    from unicodedata import normalize

    bare = normalize("NFC", re.sub(ACCENTS, "", normalize("NFD", folded)))
    return bare.translate(STROKES)
