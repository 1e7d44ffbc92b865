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

from briefqa.analysis.language import ACRONYM, STOP_WORD
from briefqa.records import Record
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.language import Language

__all__ = ["TERM_LIMIT", "Analyzer", "Token", "plain_word"]

VERSION = 4
"""Part of the fingerprint; must be raised whenever a text gives other terms than before. A test
holds it to the terms of a sample."""

MINUS = "-\u2010\u2011\u2012\u2013\u2212"
"""Signs that are written before a negative number."""
APOSTROPHES = frozenset("'\u2018\u2019\u02bc")


def _token(word: str, joints: str, apostrophes: str, sharp: str = "") -> str:
    return (
        rf"[^\W\d_](?:\.[^\W\d_]){{1,15}}+(?!\w)\.?(?:[{apostrophes}]s(?!\w))?"  # U.S., e.g.
        r"|[vV]?\d++(?:[.,]\d++){1,15}+[A-Za-z]{0,3}+(?!\w)"  # 3.5, 1,000, 2.5GB, v2.1.0
        # A word, or several joined: bio-research, O'Neill's.
        rf"|{word}(?:{sharp}(?:[{joints}]{word})*+)"
    )


def _signed_token(word: str, joints: str, apostrophes: str, minus: str) -> str:
    sharp = r"\+\+(?![\w+#])|(?<![\w#][A-Za-z])(?<=[A-Za-z])#(?![\w#])|"  # C++, C#
    return (
        rf"{_token(word, joints, apostrophes, sharp)}"
        rf"|[{minus}](?<![\w.,'+#-].)\d++(?:[.,]\d++)*+[A-Za-z]{{0,3}}+(?!\w)"  # -18
        r"|(?:--(?<![\w.,'+#-]--)|[-+](?<![\w.,'+#-].))[A-Za-z][\w-]*+"  # -v, --dry-run, +x
        r"|\.(?<![\w.,'+#-]\.)[A-Za-z]\w*+(?!\.)"  # .NET
    )


# Compiling a pattern takes as long as answering from a small index, the more so if it has signs or
# classes of many characters; so each is compiled when a text needs it.
TOKEN = _token(r"\w++", "-'", "'")
SIGNED_TOKEN = _signed_token(r"\w++", "-'", "'", "-")


@cache
def _any_token() -> str:
    from briefqa.analysis.letters import JOINTS, MARKS

    return _signed_token(rf"[\w{MARKS}]++", JOINTS, "'\u2019", MINUS)


def _token_pattern(raw: str) -> str:
    """Return the pattern for the tokens of a raw token: the cheapest that finds all of them."""
    if not raw.isascii():
        return _any_token()
    return SIGNED_TOKEN if raw[:1] in "-." or "+" in raw or "#" in raw else TOKEN


_compiled = cache(re.compile)  # `re` looks patterns up by slower code
TOKEN_MARKS = "_.,-'+#"
"""What a token of ASCII may have besides letters and digits."""
SEPARATED = "".join(
    letter if letter.isalnum() or letter in TOKEN_MARKS else " " for letter in map(chr, range(128))
)
"""Maps each ASCII character that is in no token to a blank: faster than the pattern."""
SEPARATED_BYTES = SEPARATED.encode() + bytes(range(128, 256))
"""The same for UTF-8, where other letters than those of ASCII are larger bytes."""
PARTED = SEPARATED.translate(dict.fromkeys(map(ord, TOKEN_MARKS), " "))
"""Maps all of ASCII but letters and digits to a blank."""
EDGES = ".,-'+#"
"""Characters that may be at the ends of a raw token, and mostly are in no token there."""
COMPOUND = (
    rf"(?P<number>[{MINUS}]?\d[\d.,]*+)(?!(?:st|nd|rd|th)$)(?P<unit>[A-Za-z]{{1,3}})"
    r"|(?P<letters>[A-Za-z]{1,3})(?P<digits>\d++)"
)
"""A number with its unit, or a code: 16GB, E65."""
SIGNED = frozenset(MINUS + "+.")
GROUPING = r",(?=\d{3}(?!\d))"
WORDS_KEPT = 100_000
"""Raw tokens whose tokens an analyzer remembers."""
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
        rules = language.respellings
        self._respelled = {(each.letters + end)[-3:] for each in rules for end in each.endings}
        self._tokens = _AnalysedTokens(self)

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
        tokens, most = self._tokens, _most_common(text, stop_words)
        place = 0
        for raw in self.raw_tokens(text):
            place = text.index(raw, place)
            for term, _, start, end, common in tokens[raw]:
                if common <= most:
                    yield term, place + start, place + end
            place += len(raw)

    def terms(self, text: str, *, stop_words: bool = False) -> list[str]:
        """Return the terms of a text, in order and with repetitions: see `tokenize`."""
        tokens, most = self._tokens, _most_common(text, stop_words)
        return [
            term
            for raw in self.raw_tokens(text)
            for term, _, _, _, common in tokens[raw]
            if common <= most
        ]

    def terms_and_words(self, texts: Iterable[str]) -> Iterator[tuple[list[str], list[str]]]:
        """Yield, for each text, its terms, stop words included, and the words they were made from.

        The words are case-folded, but otherwise as written.
        """
        found = [self.raw_tokens(text) for text in texts]
        self._tokens.learn(chain.from_iterable(found))
        for raws in found:
            tokens = [token for raw in raws for token in self._tokens[raw]]
            yield [term for term, _, _, _, _ in tokens], [word for _, word, _, _, _ in tokens]

    def raw_tokens(self, text: str) -> list[str]:
        """Split a text into raw tokens: their tokens are the tokens of the text."""
        if text.isascii():
            return text.translate(SEPARATED).split()
        return _compiled(_any_token()).findall(text)

    def blank_separators(self, data: bytes) -> bytes:
        """Replace what separates raw tokens in UTF-8 by blanks, byte for byte.

        The blanks separate the raw tokens of `raw_tokens` if the text is ASCII. Other characters
        join what is beside them into longer raw tokens, which have the same tokens.
        """
        return data.translate(SEPARATED_BYTES)

    def raw_token_terms(self, raw: str) -> list[str]:
        """Return the terms of a raw token, stop words included."""
        return self.stem(self.raw_token_words(raw)[0])

    def raw_token_words(self, raw: str) -> tuple[list[str], list[str]]:
        """Return the words of a raw token and their parts, folded, and as `written_words` does."""
        written = self._words(raw)
        folded = [_fold(part[:TERM_LIMIT]) for word in written for part in self._split(word)]
        return folded, [word.casefold() for word in written]

    def stem(self, words: Sequence[str]) -> list[str]:
        """Return the terms of folded words."""
        regular, respelled = self.language.irregular.get, self._respelled
        spelled = [regular(word, word) for word in words]
        for place, word in enumerate(spelled):
            # Few words end as one with two spellings does.
            if word[-3:] in respelled or not word.isascii():
                plain = word if word.isascii() else _unaccented(word)
                spelled[place] = self.language.respelled(plain)
        terms: list[str] = self._stemmer.stemWords(spelled)
        return terms

    def written_words(self, raw: str) -> list[str]:
        """Return the words of a raw token as written, case-folded, words of several parts whole."""
        return [word.casefold() for word in self._words(raw)]

    def _words(self, raw: str) -> list[str]:
        word = plain_word(raw)
        return [word] if word else _compiled(_token_pattern(raw)).findall(raw)

    def analyse_raw_token(self, raw: str) -> Iterator[tuple[str, str, int, int, int]]:
        """Yield the tokens of a raw token, stop words included.

        Yields:
            The term, the word as written but case-folded, its start and end in the raw token, and
            how common it is: 0, `ACRONYM` or `STOP_WORD`.
        """
        for match in _compiled(_token_pattern(raw)).finditer(raw):
            word, place = match[0], match.start()
            for term, start, end, common in self._analyse_word(word):
                yield term, word[start:end].casefold(), place + start, place + end, common

    def _analyse_word(self, word: str) -> Iterator[tuple[str, int, int, int]]:
        """Yield the terms of a token's text, their places in it, and how common they are."""
        dotted, parts = "." in word or "," in word, self._split(word)
        folded = [_fold(part[:TERM_LIMIT]) for part in parts]
        start, end, compound = 0, len(word), _compound(word)
        terms = zip(parts, folded, self.stem(folded), strict=True)
        for place, (part, plain, term) in enumerate(terms):
            if place and not compound:
                start = word.index(part, end if place > 1 else 0)
                end = start + len(part)
            yield term, start, end, 0 if dotted else self.language.commonness(word, plain)

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
        if word.isascii():
            bare = _without_clitic(word) if "'" in word else word
            parts = bare.translate(PARTED).split()
        else:
            from briefqa.analysis import letters

            parts = letters.parts(_without_clitic(word))
        whole = "".join(parts)
        if len(parts) > 1 and _fold(whole[:TERM_LIMIT]) not in self.language.stop_words:
            return (whole, *parts)
        return (whole,) if whole else ()


class _AnalysedTokens(dict[str, tuple[tuple[str, str, int, int, int], ...]]):
    """The tokens of raw tokens: texts repeat their words. It is emptied once it is full."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def learn(self, raws: Iterable[str]) -> None:
        """Analyse plain words: many at once take a fraction of the time."""
        if len(self) >= WORDS_KEPT:
            self.clear()
        unknown = [raw for raw in dict.fromkeys(raws) if raw not in self and len(raw) <= TERM_LIMIT]
        plain = [(raw, word) for raw in unknown if (word := plain_word(raw))]
        folded = [word.lower() for _, word in plain]
        terms, commonness = self._analyzer.stem(folded), self._analyzer.language.commonness
        for (raw, word), lower, term in zip(plain, folded, terms, strict=True):
            start = 0 if raw is word else raw.index(word)
            self[raw] = ((term, lower, start, start + len(word), commonness(word, lower)),)

    def __missing__(self, raw: str) -> tuple[tuple[str, str, int, int, int], ...]:
        if len(raw) > TERM_LIMIT:
            return tuple(self._analyzer.analyse_raw_token(raw))
        if plain_word(raw):
            self.learn((raw,))
            return self[raw]
        if len(self) >= WORDS_KEPT:
            self.clear()
        tokens = self[raw] = tuple(self._analyzer.analyse_raw_token(raw))
        return tokens


def _most_common(text: str, stop_words: bool) -> int:
    """Return how common the tokens of a text may be that are terms."""
    if stop_words:
        return STOP_WORD
    return 0 if text.isupper() else ACRONYM


def _fingerprint(language: Language) -> str:
    words = [*sorted(language.stop_words), *sorted(language.acronyms)]
    words += [*chain.from_iterable(sorted(language.irregular.items()))]
    for rule in language.respellings:
        words += [rule.letters, rule.replacement, *sorted(rule.endings)]
    data = crc32("\0".join(words).encode())
    return f"{language.name} {VERSION}.{data:08x}, PyStemmer {Stemmer.version()}"


def plain_word(text: str) -> str:
    """Return the only token of a text of ASCII letters, or digits, perhaps in marks; else ""."""
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
    ends = word[0].isdigit() or word[-1].isdigit() or word[0] in MINUS
    return _compiled(COMPOUND).fullmatch(word) if ends else None


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
    bare = word.lstrip("-+.")
    alone = word[-1] in "+#" or (word[0] != "." and len(bare) < 2)
    return (word,) if alone else (word, *bare.translate(PARTED).split())


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
    from briefqa.analysis import letters

    return letters.fold(word)


def _unaccented(folded: str) -> str:
    from briefqa.analysis import letters

    return letters.unaccented(folded)
