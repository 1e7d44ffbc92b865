"""Make the lexicon: words that are good English, and so no slips of the keyboard.

    python -m briefqa.evaluation.lexicon FOLDER

FOLDER holds the word lists of SCOWL (Spell Checker Oriented Word Lists, Kevin Atkinson), Debian's
package `scowl`. Their sizes up to 50 are the words that readers know, names among them; larger ones
hold too many that are likelier slips.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from briefqa import answers
from briefqa.analysis import terms

__all__ = ["main", "read_scowl"]

LARGEST = 50
VARIETIES = ("english", "american", "british", "british_z")
KINDS = ("words", "upper", "proper-names")

HEADER = """\
# Terms of common English, one a line; made by python -m briefqa.evaluation.lexicon from SCOWL
# 2020.12.07 (Spell Checker Oriented Word Lists), sizes up to 50.
#
# Copyright 2000-2018 by Kevin Atkinson
#
# Permission to use, copy, modify, distribute and sell these word lists, the associated scripts, the
# output created from the scripts, and its documentation for any purpose is hereby granted without
# fee, provided that the above copyright notice appears in all copies and that both that copyright
# notice and this permission notice appear in supporting documentation. Kevin Atkinson makes no
# representations about the suitability of this array for any purpose. It is provided "as is"
# without express or implied warranty.
#
# SCOWL's inflections were made with WordNet 1.6, copyright 1997 by Princeton University, all rights
# reserved: used, copied, modified and distributed by its permission, without warranty.
"""


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    known = {term for word in read_scowl(parser.parse_args().folder) for term in terms(word)}
    path = Path(answers.__file__).parent / "english.txt"
    body = "".join(f"{term}\n" for term in sorted(known))
    path.write_text(HEADER + body, encoding="utf-8", newline="\n")


def read_scowl(folder: Path) -> Iterator[str]:
    """Yield the words of the lists that count, with repetitions."""
    for path in sorted(folder.iterdir()):
        list_name, _, size = path.name.rpartition(".")
        variety, _, kind = list_name.partition("-")
        if variety in VARIETIES and kind in KINDS and int(size) <= LARGEST:
            yield from path.read_text(encoding="latin-1").split()


if __name__ == "__main__":
    main()
