"""A language: what the analysis and the answers know of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from mmap import ACCESS_READ, mmap
from types import MappingProxyType

from briefqa.records import Record

__all__ = ["ACRONYM", "STOP_WORD", "Language", "Lexicon", "Respelling"]

CACHED_TERMS = 16384
ACRONYM = 1
"""How common a stop word is that in capitals is also an acronym."""
STOP_WORD = 2
RESPELLED_FROM = 5
"""Letters of the shortest word that has two spellings."""
NO_EXAMPLES: Mapping[str, frozenset[str]] = MappingProxyType({})


class Lexicon:
    """The common terms of a language, names included, and which of them mean the same.

    The file has one term a line, sorted by its bytes, with its synonyms and, after a semicolon,
    terms of a wider meaning: `summit: acme peak; meet`. Comments, which start with `#`, precede the
    first term. A question reads little of the file, so it is mapped and searched in place.

    Args:
        path: the file.

    Attributes:
        synonyms: returns the terms that share a frequent meaning of a term or are derived from it;
            none for a term that is not in the lexicon.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self.synonyms = lru_cache(CACHED_TERMS)(self._find_synonyms)

    def __contains__(self, term: str) -> bool:
        return self._find(term) is not None

    def wider(self, term: str) -> frozenset[str]:
        """Return the terms that mean something wider; none for a term not in the lexicon."""
        return frozenset((self._find(term) or b"").partition(b";")[2].decode().split())

    def _find_synonyms(self, term: str) -> frozenset[str]:
        return frozenset((self._find(term) or b"").partition(b";")[0].decode().split())

    def _find(self, term: str) -> bytes | None:
        """Return what follows a term on its line; None if there is no such line."""
        lines, wanted = self._lines, term.encode("utf-8", "replace")
        low, high = 0, len(lines)
        while low < high:
            start = max(low, lines.rfind(b"\n", low, (low + high) // 2) + 1)
            end = lines.find(b"\n", start)
            key, _, synonyms = lines[start:end].partition(b":")
            if key == wanted:
                return synonyms
            low, high = (end + 1, high) if key < wanted else (low, start)
        return None

    @cached_property
    def _lines(self) -> mmap:
        with open(self._path, "rb") as file:
            return mmap(file.fileno(), 0, access=ACCESS_READ)


class Respelling(Record):
    """A rule that gives two spellings of a word the same term, as of labour and labor.

    Attributes:
        letters: the letters to replace, where they occur last in the word.
        replacement: the letters to replace them with.
        endings: what may follow the letters up to the end of the word.
        applies: tells from what precedes the letters whether the rule applies.
    """

    letters: str
    replacement: str
    endings: frozenset[str]
    applies: Callable[[str], bool]


class Language(Record):
    """A language, as far as questions and documents need it. Words are case-folded.

    Attributes:
        name: its English name, in lower case.
        stemmer: the name of its Snowball algorithm.
        stop_words: words that say nothing about the subject of a question.
        acronyms: stop words that mean something else in capitals.
        irregular: the regular forms of words that the stemmer cannot lead to them, as of mice.
        respellings: rules for words that have two spellings.
        lexicon: its common terms.
        interrogatives: words that open a question.
        measures: words after "how" that ask for a number, each with nouns that its answer may have
            in its place: how heavy is the weight.
        light_words: words that say little about the subject of a question, though stop words say
            less: light verbs, as in "take place", and hedges, as in "mention anything".
        pronouns: words that, at the start of a sentence, refer to the sentence before.
        titles: words before a surname that are not first names.
        examples: terms that name a kind of thing, each with terms of that kind, where the
            lexicon has none.
    """

    name: str
    stemmer: str
    stop_words: frozenset[str]
    acronyms: frozenset[str]
    irregular: Mapping[str, str]
    respellings: tuple[Respelling, ...]
    lexicon: Lexicon
    interrogatives: frozenset[str]
    measures: Mapping[str, str]
    light_words: frozenset[str]
    pronouns: frozenset[str]
    titles: frozenset[str]
    examples: Mapping[str, frozenset[str]] = NO_EXAMPLES

    def commonness(self, word: str, folded: str) -> int:
        """Return how common a word, or a part of it, is: 0, `ACRONYM` or `STOP_WORD`.

        Args:
            word: as written.
            folded: the word or its part, folded.
        """
        if folded not in self.stop_words:
            return 0
        return ACRONYM if word in self.acronyms else STOP_WORD

    def respelled(self, word: str) -> str:
        """Return a folded word in the first of its spellings."""
        if len(word) >= RESPELLED_FROM and word.isascii():
            for rule in self.respellings:
                if rule.letters in word:
                    head, _, ending = word.rpartition(rule.letters)
                    if ending in rule.endings and rule.applies(head):
                        word = head + rule.replacement + ending
        return word
