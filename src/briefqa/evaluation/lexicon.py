"""Make the lexicon of English: its common terms, and which of them mean the same.

    python -m briefqa.evaluation.lexicon SCOWL WORDNET

SCOWL is the folder of the Spell Checker Oriented Word Lists (Kevin Atkinson), WORDNET the folder of
the database files of WordNet (Princeton University). Debian has both, as `scowl` and
`wordnet-base`.

SCOWL's sizes up to 50 have the words that readers know, including names; larger sizes have too many
words that are more likely to be typing errors. Of WordNet, the frequent meanings of each word are
used, with their synonyms, their derivations and the nouns that adjectives belong to (Japan,
Japanese): rare meanings join words that differ for readers. The wider meaning of a noun, as meeting
for summit, is listed apart.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from pathlib import Path

from briefqa.analysis import english
from briefqa.records import Record

__all__ = ["main", "read_scowl", "read_wordnet"]

LARGEST = 50
VARIETIES = ("english", "american", "british", "british_z")
KINDS = ("words", "upper", "proper-names")

PARTS_OF_SPEECH = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
DERIVED = "+\\"
"""WordNet's signs for a derivation, as repairman, and for what an adjective belongs to."""
WIDER = "@"
"""WordNet's sign for a wider meaning, as meeting for summit."""
MEANINGS = 3
"""Meanings of a word that count at the most: the first, and others that occur in the texts in which
WordNet's authors counted them."""

HEADER = """\
# Terms of common English, one a line, each with the terms that mean the same and, after a
# semicolon, those that mean something wider; made by python -m briefqa.evaluation.lexicon from
# SCOWL 2020.12.07 and WordNet 3.0.
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


class Pointer(Record):
    """A relation of one meaning of WordNet to another.

    Attributes:
        sign: the kind of relation, as WordNet writes it.
        target: the other meaning: its part of speech and its offset.
        source_word: the word that is related, by its number from 1; 0 for all of them.
        target_word: the word that it is related to.
    """

    sign: str
    target: tuple[str, str]
    source_word: int
    target_word: int


class Meaning(Record):
    """A synset of WordNet.

    Attributes:
        words: the words that have this meaning.
        pointers: its relations to other meanings.
    """

    words: tuple[str, ...]
    pointers: tuple[Pointer, ...]


class Relations(Record):
    """What a word is related to.

    Attributes:
        word: a word.
        same: words that mean the same or are derived from it.
        wider: words that mean something wider.
    """

    word: str
    same: tuple[str, ...]
    wider: tuple[str, ...]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("scowl", type=Path)
    parser.add_argument("wordnet", type=Path)
    options = parser.parse_args()
    terms = english.english_analyzer().terms
    known = {term for word in read_scowl(options.scowl) for term in terms(word)}
    same: defaultdict[str, set[str]] = defaultdict(set)
    wider: defaultdict[str, set[str]] = defaultdict(set)
    for relations in read_wordnet(options.wordnet):
        for term in _whole([relations.word]):
            for other in _whole(relations.same):
                same[term].add(other)
                same[other].add(term)
            wider[term].update(_whole(relations.wider))
    known.update(term for term in same if term.isdigit())
    path = Path(english.__file__).parent / "english.txt"
    lines = (
        _line(term, same[term] & known - {term}, wider[term] & known - {term} - same[term])
        for term in sorted(known)
    )
    path.write_text(HEADER + "".join(lines), encoding="utf-8", newline="\n")


def _whole(words: Iterable[str]) -> Iterator[str]:
    """Yield the terms of words, but of those of several parts, whose parts mean something else."""
    analyzed = map(english.english_analyzer().terms, words)
    return chain.from_iterable(terms for terms in analyzed if len(terms) == 1)


def _line(term: str, same: Set[str], wider: Set[str]) -> str:
    line = f"{term}: {' '.join(sorted(same))}".rstrip()
    return f"{line}; {' '.join(sorted(wider))}\n" if wider else f"{line}\n"


def read_scowl(folder: Path) -> Iterator[str]:
    """Yield the words of the lists that are used, with repetitions."""
    for path in sorted(folder.iterdir()):
        list_name, _, size = path.name.rpartition(".")
        variety, _, kind = list_name.partition("-")
        if variety in VARIETIES and kind in KINDS and int(size) <= LARGEST:
            yield from path.read_text(encoding="utf-8").split()


def read_wordnet(folder: Path) -> Iterator[Relations]:
    """Yield what each word means and is related to, word by word of each part of speech."""
    meanings = dict(_meanings(folder))
    for letter, name in PARTS_OF_SPEECH.items():
        for fields in _records(folder / f"index.{name}"):
            count = int(fields[2])
            counted, offsets = int(fields[-count - 1]), fields[-count:]
            frequent = offsets[: max(1, min(counted, MEANINGS))]
            own = [meanings[letter, offset] for offset in frequent]
            all_own = [meanings[letter, offset] for offset in offsets[:MEANINGS]]
            if "_" not in fields[0]:
                yield Relations(
                    fields[0],
                    tuple(chain.from_iterable(_same(fields[0], each, meanings) for each in own)),
                    _wider(all_own, meanings) if letter == "n" else (),
                )


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
            related = tuple(
                Pointer(sign, (speech, offset), int(numbers[:2], 16), int(numbers[2:], 16))
                for sign, offset, speech, numbers in quads
                if sign in DERIVED or sign == WIDER
            )
            yield (letter, fields[0]), Meaning(words, related)


def _same(
    word: str, meaning: Meaning, meanings: Mapping[tuple[str, str], Meaning]
) -> Iterator[str]:
    """Yield the single words that have a meaning of a word, or are derived from it."""
    derived = (
        meanings[pointer.target].words[pointer.target_word - 1]
        for pointer in meaning.pointers
        if pointer.sign in DERIVED and meaning.words[pointer.source_word - 1] == word
    )
    yield from (other for other in (*meaning.words, *derived) if "_" not in other)


def _wider(own: Sequence[Meaning], meanings: Mapping[tuple[str, str], Meaning]) -> tuple[str, ...]:
    """Return one word of each wider meaning: a single one, else the last of several, its head."""
    wider = (
        min(meanings[pointer.target].words, key=lambda word: "_" in word).rpartition("_")[2]
        for meaning in own
        for pointer in meaning.pointers
        if pointer.sign == WIDER
    )
    return tuple(wider)


if __name__ == "__main__":
    main()
