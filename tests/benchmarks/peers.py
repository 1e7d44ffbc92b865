"""How many of the words of documents briefqa finds, beside other programs.

    python tests/benchmarks/peers.py FOLDER [--worst N]

FOLDER is walked, and each file read by briefqa and by another program that knows its format, if it
is installed: pdftotext for PDF, trafilatura for HTML, pandoc for others. The words of a file are
those that either finds, each as often as the one that finds it more often; those of a page
`source.html` are those of `expected.html` beside it, as in the tests of Mozilla's Readability.

Printed are, by suffix and program, means over the files that both read: of the share of the words
that the program finds (recall), of the share of its words that the other or the page has
(precision), and of the share of the different words that it finds. Running heads, which briefqa
reads once, lower the first.
"""

import argparse
import html
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from briefqa.errors import DocumentError
from briefqa.readers import read

WORD = re.compile(r"[^\W_]+")
TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.IGNORECASE | re.DOTALL)
SECONDS = 60
FEWEST = 20
"""Words of a file at the least: of fewer, a share says little."""
PANDOC = {
    ".csv": "csv",
    ".docx": "docx",
    ".epub": "epub",
    ".ipynb": "ipynb",
    ".md": "gfm",
    ".odt": "odt",
    ".org": "org",
    ".rst": "rst",
    ".rtf": "rtf",
    ".tsv": "tsv",
}
"""The formats that pandoc reads, by suffix."""
PAGES = (".htm", ".html", ".xhtml")
OURS = "briefqa"

Words = Counter[str]


class Measured(NamedTuple):
    """The words of a file, and those that each program finds."""

    path: Path
    words: Words
    found: Mapping[str, Words]

    def recall(self, program: str) -> float:
        """Return the share of the words that a program finds."""
        return (self.found[program] & self.words).total() / self.words.total()

    def precision(self, program: str) -> float:
        """Return the share of the words of a program that are the file's, or another finds."""
        others = [found for name, found in self.found.items() if name != program]
        right = self.words if self.path.name == "source.html" else union(others)
        found = self.found[program]
        return (found & right).total() / found.total() if found else 1.0

    def different(self, program: str) -> float:
        """Return the share of the different words that a program finds."""
        return len(self.found[program].keys() & self.words.keys()) / len(self.words)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Compare the words that readers find.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--worst", type=int, default=0, metavar="N",
                        help="also print the N files of a kind that lack most")  # fmt: skip
    options = parser.parse_args()
    files: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(options.folder.rglob("*")):
        if path.is_file() and path.name != "expected.html":
            files[path.suffix.lower()].append(path)
    for suffix, paths in sorted(files.items()):
        report(suffix, paths, options.worst)


def report(suffix: str, paths: Sequence[Path], worst: int) -> None:
    """Print the measures of the files with a suffix."""
    ours = {path: our_words(path) for path in paths}
    empty = sum(words is not None and not words for words in ours.values())
    refused = sum(words is None for words in ours.values())
    print(f"{suffix or 'none'}: {len(paths)} files, {refused} refused, {empty} empty", flush=True)
    read_by_all = [each for path in paths if (each := measured(path, ours[path]))]
    if not read_by_all:
        return
    for program in read_by_all[0].found:
        same = [each for each in read_by_all if program in each.found]
        print(
            f"    {program:12} {len(same):4} files  recall {mean(same, 'recall', program)}"
            f"  precision {mean(same, 'precision', program)}"
            f"  different words {mean(same, 'different', program)}",
            flush=True,
        )
    for each in sorted(read_by_all, key=lambda each: each.recall(OURS))[:worst]:
        lack = each.words - each.found[OURS]
        print(f"    {each.path}: {lack.total()} lack: {' '.join(list(lack)[:12])}")


def mean(files: Sequence[Measured], measure: str, program: str) -> str:
    """Return the mean of a measure over files, as it is printed."""
    return f"{fmean(getattr(each, measure)(program) for each in files):.4f}"


def measured(path: Path, ours: Words | None) -> Measured | None:
    """Return what is found in a file; None where a program refuses it, or it has few words."""
    if ours is None:
        return None
    found = {OURS: ours}
    for program, command in commands(path).items():
        if is_installed(program):
            theirs = output(command, path)
            if theirs is None:
                return None
            found[program] = words_of(theirs)
    expected = path.with_name("expected.html")
    if path.name == "source.html" and expected.exists():
        words = words_of(html.unescape(TAG.sub(" ", expected.read_text("utf-8", "replace"))))
    elif len(found) > 1:
        words = union(found.values())
    else:
        return None
    return Measured(path, words, found) if words.total() >= FEWEST else None


def commands(path: Path) -> dict[str, list[str]]:
    """Return the command line of each program that reads files of a kind."""
    suffix, file = path.suffix.lower(), str(path)
    if suffix == ".pdf":
        return {"pdftotext": ["pdftotext", file, "-"]}
    if suffix in PAGES:
        return {"trafilatura": ["trafilatura"]}
    if suffix not in PANDOC:
        return {}
    return {
        "pandoc": ["pandoc", f"--from={PANDOC[suffix]}", "--to=plain", "--wrap=none", "-s", file]
    }


@cache
def is_installed(program: str) -> bool:
    """Tell whether a program can be run; that it cannot is said once."""
    found = shutil.which(program) is not None
    if not found:
        print(f"{program} is not installed, and left out", file=sys.stderr)
    return found


def output(command: Sequence[str], path: Path) -> str | None:
    """Return what a program prints that finds a file on standard input; None where it fails."""
    try:
        with path.open("rb") as file:
            done = subprocess.run(
                command, stdin=file, capture_output=True, timeout=SECONDS, check=False
            )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def words_of(text: str) -> Words:
    """Count the words of a text."""
    return Counter(WORD.findall(text.casefold()))


def union(found: Iterable[Words]) -> Words:
    """Return the words of several, each as often as in the one that has it most often."""
    words = Words()
    for each in found:
        words |= each
    return words


def our_words(path: Path) -> Words | None:
    """Return the words of the blocks that briefqa reads, and of the title; None if it refuses."""
    try:
        reading = read(str(path), path.read_bytes())
    except DocumentError as error:
        print(f"    {error}", file=sys.stderr)
        return None
    blocks = "\n".join(block.span.slice(reading.text) for block in reading.blocks)
    title = "" if path.name == "source.html" else reading.title or ""
    return words_of(blocks if title in blocks else f"{title}\n{blocks}")


if __name__ == "__main__":
    main()
