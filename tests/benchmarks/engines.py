"""The engines that are compared: each builds an index of a corpus and searches it.

    python tests/benchmarks/engines.py build ENGINE CORPUS INDEX
    python tests/benchmarks/engines.py query ENGINE CORPUS INDEX

Each measurement is a process that prints JSON. All engines rank twenty passages for the same
questions.
"""

import json
import os
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus import questions

TOP = 20
QUESTIONS = 300
WORD = re.compile(r"\w+")

Search = Callable[[str], object]


def passages(corpus: Path) -> Iterator[str]:
    """Yield the passages of a corpus."""
    for path in sorted(corpus.glob("*.txt")):
        yield from path.read_text(encoding="utf-8").rstrip("\n").split("\n\n")


def build_briefqa(corpus: Path, index: Path) -> None:
    """Build as `briefqa index build` does."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    from briefqa.corpus import Corpus
    from briefqa.index import open_corpus

    os.environ["XDG_CACHE_HOME"] = str(index)
    open_corpus(Corpus.of(corpus))


def open_briefqa(corpus: Path, index: Path) -> Search:
    """Rank passages only, without sentences and confidence, which the others do not have."""
    import numpy  # noqa: F401  # as in the app

    from briefqa.corpus import Corpus
    from briefqa.index import open_corpus
    from briefqa.index.query import Query

    os.environ["XDG_CACHE_HOME"] = str(index)
    opened = open_corpus(Corpus.of(corpus))

    terms = opened.engine.analyzer.terms

    def search(question: str) -> object:
        return opened.engine.rank(Query(tuple(dict.fromkeys(terms(question)))), TOP)

    return search


def build_tantivy(corpus: Path, index: Path) -> None:
    """Build with one thread, stored text and English stems."""
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_text_field("text", stored=True, tokenizer_name="en_stem")
    index.mkdir(parents=True)
    writer = tantivy.Index(schema.build(), path=str(index)).writer(256_000_000, 1)
    for text in passages(corpus):
        writer.add_document(tantivy.Document(text=text))
    writer.commit()
    writer.wait_merging_threads()


def open_tantivy(corpus: Path, index: Path) -> Search:
    """Search for any of the words, as its query parser does by default."""
    import tantivy

    opened = tantivy.Index.open(str(index))
    searcher = opened.searcher()
    return lambda question: searcher.search(opened.parse_query(question, ["text"]), TOP)


def build_bm25s(corpus: Path, index: Path) -> None:
    """Build with the stemmer of briefqa and stored text."""
    import bm25s
    import Stemmer

    texts = list(passages(corpus))
    tokens = bm25s.tokenize(texts, stemmer=Stemmer.Stemmer("english"), show_progress=False)
    model = bm25s.BM25(k1=0.9, b=0.7, corpus=texts)
    model.index(tokens, show_progress=False)
    model.save(str(index), corpus=texts)


def open_bm25s(corpus: Path, index: Path) -> Search:
    """Search with numpy and a memory-mapped index."""
    import bm25s
    import Stemmer

    model = bm25s.BM25.load(str(index), mmap=True)
    stemmer = Stemmer.Stemmer("english")

    def search(question: str) -> object:
        tokens = bm25s.tokenize([question], stemmer=stemmer, show_progress=False)
        return model.retrieve(tokens, k=TOP, show_progress=False)

    return search


def build_fts5(corpus: Path, index: Path) -> None:
    """Build with SQLite's Porter stemmer."""
    import sqlite3

    index.mkdir(parents=True)
    with sqlite3.connect(index / "fts.db") as database:
        database.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='porter unicode61')")
        rows = ((text,) for text in passages(corpus))
        database.executemany("INSERT INTO texts VALUES (?)", rows)


def open_fts5(corpus: Path, index: Path) -> Search:
    """Search for any of the words."""
    import sqlite3

    database = sqlite3.connect(index / "fts.db")
    ranked = f"SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT {TOP}"

    def search(question: str) -> object:
        return database.execute(ranked, (" OR ".join(WORD.findall(question)),)).fetchall()

    return search


def build_rank_bm25(corpus: Path, index: Path) -> None:
    """Do nothing: there is no index file, and `query` builds the index."""
    index.mkdir(parents=True)


def open_rank_bm25(corpus: Path, index: Path) -> Search:
    """Search as in its documentation, with words in lower case."""
    from rank_bm25 import BM25Okapi

    model = BM25Okapi([WORD.findall(text.lower()) for text in passages(corpus)])
    numbers = range(model.corpus_size)
    return lambda question: model.get_top_n(WORD.findall(question.lower()), numbers, n=TOP)


ENGINES = {
    "briefqa": (build_briefqa, open_briefqa),
    "tantivy": (build_tantivy, open_tantivy),
    "bm25s": (build_bm25s, open_bm25s),
    "fts5": (build_fts5, open_fts5),
    "rank-bm25": (build_rank_bm25, open_rank_bm25),
}


def cpu() -> float:
    """Return the seconds of processor time used so far."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime


def peak_memory() -> float:
    """The megabytes that this process had in memory at its peak.

    On Linux, `ru_maxrss` starts at the peak of the process that started this one.
    """
    try:
        status = Path("/proc/self/status").read_text()
    except FileNotFoundError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    [kilobytes] = re.findall(r"^VmHWM:\s*(\d+) kB$", status, re.MULTILINE)
    return int(kilobytes) / 1024


def query(search: Search, corpus: Path) -> dict[str, float]:
    """Ask all questions twice, and measure the second time."""
    asked = questions(corpus, QUESTIONS)
    for question in asked[: QUESTIONS // 3]:
        search(question)
    taken = []
    for question in asked:
        start = time.perf_counter()
        search(question)
        taken.append(1000 * (time.perf_counter() - start))
    taken.sort()
    return {f"p{share}": taken[len(taken) * share // 100] for share in (50, 90, 99)}


def main() -> None:
    """Run one measurement."""
    action, engine, corpus, index = sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
    build, opened = ENGINES[engine]
    start = cpu()
    if action == "build":
        build(corpus, index)
        size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
        print(json.dumps({"cpu": cpu() - start, "peak": peak_memory(), "size": size / 1e6}))
    else:
        print(json.dumps(query(opened(corpus, index), corpus)))


if __name__ == "__main__":
    main()
