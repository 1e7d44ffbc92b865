"""How many of the words of documents each reader finds, beside other programs.

    python tests/benchmarks/word_recall.py FOLDER

FOLDER is walked, and each file read by briefqa and by pandoc or pdftotext, where they are
installed and know its format. The words of a file are those that any of them finds, each as often
as the one that finds it most often. Printed are, by suffix: how many files there are, how many
briefqa refuses and reads without text, and for each program the share of all words that it finds
(recall) and the share of its words that another finds too (precision), over files that both read.
"""

import argparse
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from briefqa.errors import DocumentError
from briefqa.readers import read

WORD = re.compile(r"[^\W_]+")
SECONDS = 60
PANDOC = {
    ".adoc": "",
    ".csv": "csv",
    ".docx": "docx",
    ".epub": "epub",
    ".htm": "html",
    ".html": "html",
    ".ipynb": "ipynb",
    ".md": "gfm",
    ".odt": "odt",
    ".org": "org",
    ".rst": "rst",
    ".rtf": "rtf",
    ".tsv": "tsv",
}
"""The formats that pandoc reads, by suffix."""

Words = Counter[str]


class Found(NamedTuple):
    """The words of a file, by briefqa and by another program."""

    ours: Words
    theirs: Words


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Compare the words that readers find.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--worst", type=int, default=0, metavar="N",
                        help="also print the N files that lack most words")  # fmt: skip
    options = parser.parse_args()
    files: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(options.folder.rglob("*")):
        if path.is_file():
            files[path.suffix.lower()].append(path)
    print("suffix files refused empty | words  recall (other)  precision (other)")
    for suffix, paths in sorted(files.items()):
        _report(suffix, paths, options.worst)


def _report(suffix: str, paths: list[Path], worst: int) -> None:
    refused = empty = 0
    both: dict[Path, Found] = {}
    for path in paths:
        ours, theirs = our_words(path), other_words(path)
        refused += ours is None
        empty += ours is not None and not ours
        if ours is not None and theirs is not None:
            both[path] = Found(ours, theirs)
    line = f"{suffix:7} {len(paths):4} {refused:7} {empty:5}"
    if both:
        line += f" | {_measures(list(both.values()))}"
    print(line, flush=True)
    lacking = sorted(both, key=lambda path: -(both[path].theirs - both[path].ours).total())
    for path in lacking[:worst]:
        missing = both[path].theirs - both[path].ours
        print(f"    {path.name}: {missing.total()} lack: {' '.join(list(missing)[:12])}")


def _measures(found: list[Found]) -> str:
    """Return the measures over files."""
    words = sum((each.ours | each.theirs).total() for each in found)
    ours = sum(each.ours.total() for each in found)
    theirs = sum(each.theirs.total() for each in found)
    common = sum((each.ours & each.theirs).total() for each in found)
    recall = f"{_share(ours, words)} ({_share(theirs, words)})"
    return f"{words:7} {recall:16} {_share(common, ours)} ({_share(common, theirs)})"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "-"


def words_of(text: str) -> Words:
    """Count the words of a text."""
    return Counter(WORD.findall(text.casefold()))


def our_words(path: Path) -> Words | None:
    """Return the words that briefqa finds; None where it refuses the file."""
    try:
        reading = read(str(path), path.read_bytes())
    except DocumentError as error:
        print(f"    {error}", file=sys.stderr)
        return None
    title = reading.title or ""
    return words_of(reading.text if title in reading.text else f"{title}\n{reading.text}")


def other_words(path: Path) -> Words | None:
    """Return the words that another program finds; None where none reads the file."""
    command: list[str | Path] = []
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        command = ["pdftotext", path, "-"]
    elif PANDOC.get(suffix):
        command = ["pandoc", "--from", PANDOC[suffix], "--to=plain", "--wrap=none", "-s", path]
    if not command or not shutil.which(command[0]):
        return None
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None
    return words_of(done.stdout.decode("utf-8", "replace")) if done.returncode == 0 else None


if __name__ == "__main__":
    main()
