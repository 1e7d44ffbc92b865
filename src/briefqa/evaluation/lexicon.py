"""Make the lexicon of English: its common terms, and which of them mean the same.

    python -m briefqa.evaluation.lexicon SCOWL WORDNET

SCOWL is the folder of the Spell Checker Oriented Word Lists (Kevin Atkinson), WORDNET the folder of
the database files of WordNet (Princeton University). Debian has both, as `scowl` and
`wordnet-base`.

SCOWL's sizes up to 50 have the words that readers know, including names; larger sizes have too many
words that are more likely to be typing errors. Of WordNet, only the most frequent meaning of each
word is used, with its synonyms and derivations: further meanings join words that differ for
readers.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from briefqa.analysis import english
from briefqa.records import Record

__all__ = ["main", "read_scowl", "read_wordnet"]

LARGEST = 50
VARIETIES = ("english", "american", "british", "british_z")
KINDS = ("words", "upper", "proper-names")

PARTS_OF_SPEECH = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
DERIVED = "+"
"""WordNet's sign for a derivation, as repair and repairman."""

HEADER = """\
# Terms of common English, one a line, each with the terms that mean the same; made by
# python -m briefqa.evaluation.lexicon from SCOWL 2020.12.07 and WordNet 3.0.
#
# SCOWL (Spell Checker Oriented Word Lists), copyright 2000-2018 by Kevin Atkinson:
# Permission to use, copy, modify, distribute and sell these word lists, the associated scripts, the
# output created from the scripts, and its documentation for any purpose is hereby granted without
# fee, provided that the above copyright notice appears in all copies and that both that copyright
# notice and this permission notice appear in supporting documentation. Kevin Atkinson makes no
# representations about the suitability of this array for any purpose. It is provided "as is"
# without express or implied warranty.
#
# WordNet 3.0, copyright 2006 by Princeton University, all rights reserved (SCOWL's inflections were
# made with WordNet 1.6, copyright 1997 by Princeton University): Permission to use, copy, modify
# and distribute this software and database and its documentation for any purpose and without fee or
# royalty is hereby granted, provided that you agree to comply with the copyright notice and
# statements, including the disclaimer, and that the same appear on all copies of the software,
# database and documentation, including modifications that you make for internal use or for
# distribution. This software and database is provided "as is" and Princeton University makes no
# representations or warranties, express or implied. The name of Princeton University or Princeton
# may not be used in advertising or publicity pertaining to distribution of the software and/or
# database. Title to copyright in this software, database and any associated documentation shall at
# all times remain with Princeton University and licensee agrees to preserve same.
"""


class Meaning(Record):
    """A synset of WordNet.

    Attributes:
        words: the words that have this meaning.
        derivations: for a word of it, by its number from 1, the place of a derived word: part of
            speech, offset, and number.
    """

    words: tuple[str, ...]
    derivations: tuple[tuple[int, str, str, int], ...]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("scowl", type=Path)
    parser.add_argument("wordnet", type=Path)
    options = parser.parse_args()
    terms = english.english_analyzer().terms
    known = {term for word in read_scowl(options.scowl) for term in terms(word)}
    synonyms: defaultdict[str, set[str]] = defaultdict(set)
    for word, other in read_wordnet(options.wordnet):
        for term in terms(word)[:1]:
            synonyms[term].update(terms(other))
    path = Path(english.__file__).parent / "english.txt"
    lines = (_line(term, synonyms[term] & known - {term}) for term in sorted(known))
    path.write_text(HEADER + "".join(lines), encoding="utf-8", newline="\n")


def _line(term: str, others: Set[str]) -> str:
    return f"{term}: {' '.join(sorted(others))}".rstrip() + "\n"


def read_scowl(folder: Path) -> Iterator[str]:
    """Yield the words of the lists that are used, with repetitions."""
    for path in sorted(folder.iterdir()):
        list_name, _, size = path.name.rpartition(".")
        variety, _, kind = list_name.partition("-")
        if variety in VARIETIES and kind in KINDS and int(size) <= LARGEST:
            yield from path.read_text(encoding="utf-8").split()


def read_wordnet(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield pairs of words that mean the same, or of which one is derived from the other."""
    meanings = dict(_meanings(folder))
    for letter, name in PARTS_OF_SPEECH.items():
        for fields in _records(folder / f"index.{name}"):
            word, offset = fields[0], fields[-int(fields[2])]
            yield from _related(word, meanings[letter, offset], meanings)


def _records(path: Path) -> Iterator[list[str]]:
    """Yield the fields of each line, without the licence at the start and the glosses."""
    for line in path.read_text(encoding="ascii").splitlines():
        if not line.startswith("  "):
            yield line.partition("|")[0].lower().split()


def _meanings(folder: Path) -> Iterator[tuple[tuple[str, str], Meaning]]:
    """Yield the synsets by part of speech and offset; the fields are those of wndb(5WN)."""
    for letter, name in PARTS_OF_SPEECH.items():
        for fields in _records(folder / f"data.{name}"):
            end = 4 + 2 * int(fields[3], 16)
            words = tuple(word.partition("(")[0] for word in fields[4:end:2])
            pointers = fields[end + 1 : end + 1 + 4 * int(fields[end])]
            quads = zip(*(pointers[part::4] for part in range(4)), strict=True)
            derivations = tuple(
                (int(numbers[:2], 16), speech, offset, int(numbers[2:], 16))
                for sign, offset, speech, numbers in quads
                if sign == DERIVED
            )
            yield (letter, fields[0]), Meaning(words, derivations)


def _related(
    word: str, meaning: Meaning, meanings: Mapping[tuple[str, str], Meaning]
) -> Iterator[tuple[str, str]]:
    if "_" in word:
        return
    derived = (
        meanings[speech, offset].words[number - 1]
        for source, speech, offset, number in meaning.derivations
        if meaning.words[source - 1] == word
    )
    yield from ((word, other) for other in (*meaning.words, *derived) if "_" not in other)


if __name__ == "__main__":
    main()
