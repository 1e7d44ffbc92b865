"""The analyzer: text to terms, the same way for documents and questions.

A token's term is normalised, folded and stemmed; its span is its place in the text as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from zlib import crc32

import Stemmer

from briefqa.records import Record
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.language import Language

__all__ = ["TERM_LIMIT", "Analyzer", "Token"]

VERSION = 4
"""Part of the fingerprint; must be raised whenever a text gives other terms than before. A test
holds it to the terms of a sample."""

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
MINUS = "-\u2010\u2011\u2012\u2013\u2212"
"""Signs that are written before a negative number."""
APOSTROPHES = frozenset("'\u2018\u2019\u02bc")


def _token(word: str, joints: str, apostrophes: str, minus: str) -> re.Pattern[str]:
    return re.compile(
        rf"[^\W\d_](?:\.[^\W\d_]){{1,15}}+(?!\w)\.?(?:[{apostrophes}]s(?!\w))?"  # U.S., e.g.
        r"|[vV]?\d++(?:[.,]\d++){1,15}+[A-Za-z]{0,3}+(?!\w)"  # 3.5, 1,000, 2.5GB, v2.1.0
        rf"|{word}(?:\+\+(?![\w+#])|(?<![\w#][A-Za-z])(?<=[A-Za-z])#(?![\w#])"  # C++, C#
        rf"|(?:[{joints}]{word})*+)"  # a word, or several joined: bio-research, O'Neill's
        rf"|[{minus}](?<![\w.,'+#-].)\d++(?:[.,]\d++)*+[A-Za-z]{{0,3}}+(?!\w)"  # -18
        r"|(?:--(?<![\w.,'+#-]--)|[-+](?<![\w.,'+#-].))[A-Za-z][\w-]*+"  # -v, --dry-run, +x
        r"|\.(?<![\w.,'+#-]\.)[A-Za-z]\w*+(?!\.)"  # .NET
    )


# Compiling a pattern takes as long as answering from a small index, so it waits until it is needed.
@cache
def _ascii_token() -> re.Pattern[str]:
    # Classes of many characters take long to compile and to match, and plain English needs none.
    return _token(r"\w++", "-'", "'", "-")


@cache
def _any_token() -> re.Pattern[str]:
    return _token(rf"[\w{MARKS}]++", JOINTS, "'\u2019", MINUS)


def _token_pattern(text: str) -> re.Pattern[str]:
    """Return the pattern for the tokens of a text; both find the same tokens in ASCII."""
    return _ascii_token() if text.isascii() else _any_token()


PART = rf"[^\W_](?:[^\W_]|[{MARKS}])*+"
ACCENTS = r"(?<=[a-z\u03b1-\u03c9\u0435])[\u0300-\u036f]++"
"""The marks of Latin and Greek letters, and of the Russian io, that many people omit; marks of
other scripts make another letter."""
TOKEN_MARKS = "_.,-'+#"
"""What a token of ASCII may have besides letters and digits."""
STROKES = str.maketrans(dict(zip("\u0131øđħłŧæœ", "i o d h l t ae oe".split(), strict=True)))
"""Letters that Unicode does not decompose, and how they are written on a plain keyboard."""
DOTTED_I = "i\u0307"
"""The case-folded form of the Turkish capital I with a dot."""
SEPARATED = "".join(
    letter if letter.isalnum() or letter in TOKEN_MARKS else " " for letter in map(chr, range(128))
)
"""Maps each ASCII character that is in no token to a blank: faster than the pattern."""
SEPARATED_BYTES = SEPARATED.encode() + bytes(range(128, 256))
"""The same for UTF-8, where other letters than those of ASCII are larger bytes."""
EDGES = ".,-'+#"
"""Characters that may be at the ends of a raw token, and mostly are in no token there."""
COMPOUND = (
    rf"(?P<number>[{MINUS}]?\d[\d.,]*+)(?!(?:st|nd|rd|th)$)(?P<unit>[A-Za-z]{{1,3}})"
    r"|(?P<letters>[A-Za-z]{1,3})(?P<digits>\d++)"
)
"""A number with its unit, or a code: 16GB, E65."""
SIGNED = frozenset(MINUS + "+.")
GROUPING = r",(?=\d{3}(?!\d))"
INVISIBLE = "[\u00ad\u200c-\u200f\u2060\ufe00-\ufe0f\ufeff]"
RESPELLED_FROM = 5
"""Letters of the shortest word that has two spellings."""
WORDS_KEPT = 100_000
"""Words whose terms an analyzer remembers."""
TERM_LIMIT = 100
"""Characters of a term at most; more of them never tell two words apart."""


class Token(Record):
    """A term and its place.

    Attributes:
        term: what is looked up: normalised (NFKC), case-folded, without accents and stemmed.
        span: the characters of the text that it was made from.
    """

    term: str
    span: Span


class Analyzer:
    """Turns text into terms. Documents and the questions about them need the same analyzer.

    A raw token is a part of a text that no token extends beyond. Texts repeat their raw tokens, so
    that an index needs to analyse each only once.

    Args:
        language: the language of the text.

    Attributes:
        language: as given.
        fingerprint: names all that terms depend on, except for the version of Python's Unicode
            tables: an index that was made with another fingerprint cannot be searched.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self.fingerprint = _fingerprint(language)
        # The stemmer has its own cache, of no use to words that come only once.
        self._stemmer = Stemmer.Stemmer(language.stemmer, 0)
        self._words = _AnalysedWords(self)

    def tokenize(self, text: str, *, stop_words: bool = False) -> Iterator[Token]:
        """Yield the tokens of a text in order.

        A word of several parts (`bio-research`, `snake_case`, `--dry-run`) gives a token for the
        whole, then one for each part; a number with its unit and a code (`16GB`, `E65`) do too, all
        of them in the place of the whole. Signs that change a word belong to it (`-18`, `-v`, `+x`,
        `C++`, `.NET`), the v of a version does not. The term is without the dots of an acronym, a
        possessive s and the commas in a number. A stop word in capitals that is also an acronym
        (WHO, IT) is kept, unless the whole text is in capitals.

        Args:
            text: any text.
            stop_words: whether stop words give tokens too.
        """
        for term, start, end in self.placed_terms(text, stop_words=stop_words):
            yield Token(term, Span(start, end))

    def placed_terms(
        self, text: str, *, stop_words: bool = False
    ) -> Iterator[tuple[str, int, int]]:
        """Yield the tokens of a text as plain tuples of term, start and end: see `tokenize`.

        An answer needs thousands of them.
        """
        words, acronyms = self._words, self.language.acronyms
        shouted = text.isupper()
        for match in _token_pattern(text).finditer(text):
            word, place = match[0], match.start()
            kept = stop_words or (not shouted and word in acronyms)
            for term, start, end, stop in words[word]:
                if kept or not stop:
                    yield term, place + start, place + end

    def terms(self, text: str, *, stop_words: bool = False) -> list[str]:
        """Return the terms of a text, in order and with repetitions: see `tokenize`."""
        return [term for term, _, _ in self.placed_terms(text, stop_words=stop_words)]

    def terms_and_words(self, texts: Iterable[str]) -> Iterator[tuple[list[str], list[str]]]:
        """Yield, for each text, its terms, stop words included, and the words they were made from.

        The words are case-folded, but otherwise as written.
        """
        found = [_token_pattern(text).findall(text) for text in texts]
        self._words.learn(chain.from_iterable(found))
        for words in found:
            parts = [(part, word) for word in words for part in self._words[word]]
            yield (
                [term for (term, _, _, _), _ in parts],
                [word[start:end].casefold() for (_, start, end, _), word in parts],
            )

    def raw_tokens(self, text: str) -> list[str]:
        """Split a text into raw tokens: their tokens are the tokens of the text."""
        return text.translate(SEPARATED).split() if text.isascii() else _any_token().findall(text)

    def blank_separators(self, data: bytes) -> bytes:
        """Replace what separates raw tokens in UTF-8 by blanks, byte for byte.

        The blanks separate the raw tokens of `raw_tokens` if the text is ASCII. Other characters
        join what is beside them into longer raw tokens, which have the same tokens.
        """
        return data.translate(SEPARATED_BYTES)

    def raw_token_terms(self, raw: str) -> list[str]:
        """Return the terms of a raw token, stop words included."""
        return self.stem(self.raw_token_words(raw))

    def raw_token_words(self, raw: str) -> list[str]:
        """Return the words of a raw token and their parts: folded, not stemmed, stop words too."""
        word = _plain_word(raw)
        if word:
            return [word.lower()[:TERM_LIMIT]]
        words = _token_pattern(raw).findall(raw)
        return [_fold(part[:TERM_LIMIT]) for word in words for part in self._split(word)]

    def stem(self, words: Sequence[str]) -> list[str]:
        """Return the terms of folded words."""
        regular, respelled = self.language.irregular.get, self._respelled
        spelled = [respelled(regular(word, word)) for word in words]
        terms: list[str] = self._stemmer.stemWords(spelled)
        return terms

    def written_words(self, text: str) -> list[str]:
        """Return the words of a text as written, case-folded, words of several parts whole."""
        word = _plain_word(text)
        if word:
            return [word.lower()]
        return [word.casefold() for word in _token_pattern(text).findall(text)]

    def analyse_word(self, word: str) -> Iterator[tuple[str, int, int, bool]]:
        """Yield the terms of a token's text, their places in it, and whether it is a stop word."""
        dotted = "." in word or "," in word
        parts = self._split(word)
        folded = [_fold(part[:TERM_LIMIT]) for part in parts]
        stop_words = self.language.stop_words
        start, end, compound = 0, len(word), _compound(word)
        terms = zip(parts, folded, self.stem(folded), strict=True)
        for place, (part, plain, term) in enumerate(terms):
            if place and not compound:
                start = word.index(part, end if place > 1 else 0)
                end = start + len(part)
            yield term, start, end, plain in stop_words and not dotted

    def _split(self, word: str) -> Sequence[str]:
        """Return the whole of a word, then, if there are several, its parts."""
        if word.isalpha() or word.isdigit():
            return (word,) if word.isascii() else self._joined_parts(word)
        compound = _compound(word)
        if compound:
            return _compound_parts(compound)
        if word.isascii() and word.isalnum():
            return (word,)
        if word[0] in SIGNED or word[-1] in "+#":
            return _signed_parts(word)
        if "." in word or "," in word:
            return (_undotted(word),)
        return self._joined_parts(word)

    def _joined_parts(self, word: str) -> Sequence[str]:
        """Return the whole of a word without what joins its parts, then its parts if several."""
        bare = _without_clitic(word)
        parts = _ascii_parts(bare) if word.isascii() else re.findall(PART, bare)
        whole = "".join(parts)
        if len(parts) > 1 and _fold(whole[:TERM_LIMIT]) not in self.language.stop_words:
            return (whole, *parts)
        return (whole,) if whole else ()

    def _respelled(self, folded: str) -> str:
        """Return a folded word without accents, in the first of its spellings."""
        word = folded if folded.isascii() else _unaccented(folded)
        if len(word) >= RESPELLED_FROM and word.isascii():
            for rule in self.language.respellings:
                if rule.letters in word:
                    head, _, ending = word.rpartition(rule.letters)
                    if ending in rule.endings and rule.applies(head):
                        word = head + rule.replacement + ending
        return word


class _AnalysedWords(dict[str, tuple[tuple[str, int, int, bool], ...]]):
    """The terms of words: texts repeat their words. It is emptied once it is full."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def _make_room(self) -> None:
        if len(self) >= WORDS_KEPT:
            self.clear()

    def learn(self, words: Iterable[str]) -> None:
        """Analyse plain words: many at once take a fraction of the time."""
        self._make_room()
        stop_words = self._analyzer.language.stop_words
        unknown = (word for word in dict.fromkeys(words) if word not in self)
        new = [word for word in unknown if len(word) <= TERM_LIMIT and _plain_word(word) == word]
        folded = [word.lower() for word in new]
        for word, lower, term in zip(new, folded, self._analyzer.stem(folded), strict=True):
            self[word] = ((term, 0, len(word), lower in stop_words),)

    def __missing__(self, word: str) -> tuple[tuple[str, int, int, bool], ...]:
        terms = tuple(self._analyzer.analyse_word(word))
        if len(word) <= TERM_LIMIT:
            self._make_room()
            self[word] = terms
        return terms


def _fingerprint(language: Language) -> str:
    words = [*sorted(language.stop_words), *sorted(language.acronyms)]
    words += [*chain.from_iterable(sorted(language.irregular.items()))]
    for rule in language.respellings:
        words += [rule.letters, rule.replacement, *sorted(rule.endings)]
    data = crc32("\0".join(words).encode())
    return f"{language.name} {VERSION}.{data:08x}, PyStemmer {Stemmer.version()}"


def _plain_word(text: str) -> str:
    """The only token of a text of ASCII letters, or digits, perhaps in marks; else empty."""
    if text.isalpha() and text.isascii():
        return text
    word = text.strip(EDGES)
    if not (word.isalpha() or word.isdigit()) or not text.isascii():
        return ""
    # A sign before a word may belong to it, and so may a plus or a sharp behind it.
    signed = word is not text and (text[0] in "-." or "+" in text or "#" in text)
    return "" if signed else word


def _compound(word: str) -> re.Match[str] | None:
    """Match a number with its unit, or a code; most texts have none that needs the pattern."""
    return re.fullmatch(COMPOUND, word) if any(map(str.isdigit, word)) else None


def _compound_parts(compound: re.Match[str]) -> Sequence[str]:
    """Return a number with its unit, or a code, and both of its parts."""
    if compound["letters"]:
        return (compound[0], compound["letters"], compound["digits"])
    number = _undotted(compound["number"])
    return (number + compound["unit"], number, compound["unit"])


def _signed_parts(word: str) -> Sequence[str]:
    """Return a word with its sign, and its parts if there are several, or a dot is the sign."""
    if word[0] in MINUS and word[1].isdigit():
        return (_undotted(word),)
    if word[-1] in "+#":
        return (word,)
    bare = word.lstrip("-+.")
    if word[0] == "." or len(bare) > 1:
        return (word, *_ascii_parts(bare))
    return (word,)


def _ascii_parts(word: str) -> list[str]:
    """Return the parts of a token that is ASCII: its letters and digits."""
    for mark in TOKEN_MARKS:
        word = word.replace(mark, " ")
    return word.split()


def _undotted(word: str) -> str:
    """A number without its commas and with a plain sign, a version without its v, an acronym."""
    if word[0] in MINUS:
        return "-" + re.sub(GROUPING, "", word[1:])
    if word[0].isdigit() or word[1].isdigit():
        return re.sub(GROUPING, "", word.lstrip("vV"))
    return _without_clitic(word).replace(".", "")


def _without_clitic(word: str) -> str:
    """A word without its 's, 'd, 'm, 'll, 're or 've."""
    if word[-2:-1] in APOSTROPHES and word[-1] in "sdmSDM":
        return word[:-2]
    contracted = word[-3:-2] in APOSTROPHES and word[-2:].lower() in ("ll", "re", "ve")
    return word[:-3] if contracted else word


def _fold(word: str) -> str:
    """Return the folded form, equal for words that differ in case, ligatures or widths only."""
    if word.isascii():
        # Options of one letter differ in their case.
        return word if len(word) == 2 and word[0] == "-" else word.lower()
    from unicodedata import normalize

    visible = re.sub(INVISIBLE, "", word)
    folded = normalize("NFKC", visible).casefold()
    return normalize("NFKC", folded.replace(DOTTED_I, "i"))


def _unaccented(folded: str) -> str:
    """Return a folded word as it is written on a keyboard without accents."""
    from unicodedata import normalize

    bare = normalize("NFC", re.sub(ACCENTS, "", normalize("NFD", folded)))
    return bare.translate(STROKES)
