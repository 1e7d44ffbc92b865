"""Corpora of any size from text on the machine: documentation, manual pages, packages.

    python tests/benchmarks/corpus.py FOLDER PASSAGES

writes files of at least a hundred passages, and at most a thousand files. If there is too little
text, its sentences are used again in another order, so that the words are realistic and no two
passages are the same.
"""

import gzip
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

__all__ = ["questions", "write_corpus"]

PER_FILE = 100
"""The smallest number of passages of a file."""
FILES = 1000
"""The largest number of files."""
SENTENCES = 4, 9
"""The smallest and the largest number of sentences of a passage."""
SEED = 20261124

FOLDERS = ("/usr/share/doc", "/usr/share/man", "/usr/share/info", f"{sys.base_prefix}/lib")
SUFFIXES = {".txt", ".md", ".rst", ".gz", ".1", ".5", ".7", ".8"}
LARGEST = 2_000_000
"""Bytes; larger files are not used."""
TEXT_WANTED = 60_000_000
"""Characters; no more files are read once there are as many."""

SENTENCE = re.compile(r"[A-Z][a-z]*[ ,][^.!?\n]{30,300}[.!?](?=\s|$)")
WORD = re.compile(r"[a-z]{4,}")


def write_corpus(folder: Path, passages: int) -> None:
    """Write a corpus, unless it exists.

    Args:
        folder: the folder to write to.
        passages: the number of passages.
    """
    done = folder / "done"
    if done.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    dealt = _passages()
    each = max(PER_FILE, passages // FILES)
    for number in range(-(-passages // each)):
        count = min(each, passages - number * each)
        text = "\n\n".join(next(dealt) for _ in range(count))
        (folder / f"{number:06}.txt").write_text(f"{text}\n", encoding="utf-8")
    done.mkdir()


def questions(folder: Path, count: int) -> list[str]:
    """Return questions of two to six words that occur together in some passage.

    Args:
        folder: a corpus.
        count: the number of questions.
    """
    chance = random.Random(SEED)
    files = sorted(folder.glob("*.txt"))
    made: list[str] = []
    while len(made) < count:
        passages = chance.choice(files).read_text(encoding="utf-8").split("\n\n")
        words = sorted(set(WORD.findall(chance.choice(passages))))
        if len(words) >= 6:
            made.append(" ".join(chance.sample(words, chance.randint(2, 6))))
    return made


def _passages() -> Iterator[str]:
    """Yield passages endlessly; those of the first round are as in their files."""
    chance = random.Random(SEED)
    sentences = _sentences()
    while True:
        start = 0
        while start + SENTENCES[1] < len(sentences):
            size = chance.randint(*SENTENCES)
            yield "\n".join(sentences[start : start + size])
            start += size
        chance.shuffle(sentences)


def _sentences() -> list[str]:
    found: dict[str, None] = {}
    size = 0
    for path in _files():
        for sentence in SENTENCE.findall(_text(path)):
            if sentence not in found:
                found[sentence] = None
                size += len(sentence)
        if size > TEXT_WANTED:
            break
    return list(found)


def _files() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted(Path(folder).rglob("*")):
            if (
                path.suffix in SUFFIXES
                and "changelog" not in path.name.lower()
                and path.is_file()
                and path.stat().st_size < LARGEST
            ):
                yield path


def _text(path: Path) -> str:
    """Return the text of a file, without the markup lines of manual pages."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    text = data.decode("utf-8", "ignore").replace("\\-", "-")
    lines = (line for line in text.splitlines() if not line.startswith((".", "'")))
    return re.sub(r"(?<=\S)\n(?=\S)", " ", "\n".join(lines))


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]), int(sys.argv[2]))
