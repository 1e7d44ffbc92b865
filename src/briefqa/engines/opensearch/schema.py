"""What a cluster's index holds: its settings, its fields, and the records in it.

A passage is looked up by our own terms, in a field that the cluster only parts at white space; its
text and place are stored and not indexed. A document has a record too, which tells whether it has
changed; it holds no terms, so that it counts for nothing in the ranking.
"""

from __future__ import annotations

import os
import re
from base64 import b64decode, b64encode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import Any

from briefqa.analysis.analyzer import Analyzer
from briefqa.documents import Document, Source, Stamp
from briefqa.index.bm25 import K1, B
from briefqa.index.title_terms import title_terms
from briefqa.passages import Passage, decode_parts, encode_parts
from briefqa.records import Record
from briefqa.spans import Span

__all__ = [
    "DOCUMENT",
    "LAYOUT",
    "PASSAGE",
    "Version",
    "document_id",
    "document_record",
    "encoded",
    "index_body",
    "meta",
    "passage_of",
    "passage_record",
    "passage_terms",
    "path_of",
    "requirements",
    "stamp_of",
    "version_of",
]

PASSAGE, DOCUMENT = "passage", "document"
"""The kinds of records."""
READING = 2
"""Raised whenever the same bytes are read or parted otherwise: all documents are sent again."""
LAYOUT = 2
"""Must be raised whenever the records or their fields change."""
SURROGATE = re.compile("[\ud800-\udfff]")
IDENTITY = 15
"""Bytes that tell documents apart: two of a billion share them with a probability of 1e-18."""
LONGEST_WORD = 50
"""Letters of a word at the most that a slip of the keyboard is corrected to."""
TOKENS_KEPT = 200_000
"""Distinct raw tokens whose terms are remembered."""
TICK = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system that is used (FAT's)."""


def requirements(analyzer: Analyzer) -> dict[str, Any]:
    """Return what an index must have been built with to be searched.

    Args:
        analyzer: makes the terms of the questions.
    """
    return {"briefqa": LAYOUT, "analysis": analyzer.fingerprint, "k1": K1, "b": B}


def meta(analyzer: Analyzer, *, lends: bool) -> dict[str, Any]:
    """Return what an index is built with.

    Args:
        analyzer: makes the terms.
        lends: whether titles lend passages all their terms, as in many documents.
    """
    return {**requirements(analyzer), "lends": lends}


def index_body(made_with: Mapping[str, Any], shards: int, replicas: int) -> dict[str, Any]:
    """Describe a new index.

    It is refreshed only where a build ends, so that readers see whole builds.

    Args:
        made_with: see `meta`; and the state of the build.
        shards: into how many parts it is divided.
        replicas: on how many more nodes each part is kept.
    """
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "refresh_interval": "-1",
            "similarity": {"bm25": {"type": "BM25", "k1": K1, "b": B}},
            "analysis": {
                "analyzer": {"terms": {"type": "custom", "tokenizer": "terms"}},
                "tokenizer": {"terms": {"type": "whitespace", "max_token_length": 10_000}},
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": made_with,
            "_source": {"excludes": ["terms", "title", "words"]},
            "properties": _fields(),
        },
    }


def _fields() -> dict[str, Any]:
    keyword = {"type": "keyword"}
    held = {"type": "text", "analyzer": "terms", "index_options": "docs", "norms": False}
    ranked = {
        "type": "text",
        "analyzer": "terms",
        "similarity": "bm25",
        "index_options": "freqs",
    }
    return {
        "kind": keyword,
        "document": keyword,
        "version": keyword,
        "number": {"type": "integer"},
        "terms": ranked,
        "title": held,
        "words": held,
        "passages": {"type": "integer", "index": False},
        "length": {"type": "long", "index": False},
        "stored": {"type": "object", "enabled": False},
    }


class Version(Record):
    """What an index knows of a document.

    Attributes:
        version: of its contents; its passages bear it.
        stamp: of its file; empty where that may have changed all the same.
        passages: how many it has.
        length: terms of all of them together.
    """

    version: str
    stamp: str
    passages: int
    length: int


def document_id(path: str) -> str:
    """Return what a document is known by: 20 characters made of its path."""
    return _identity(os.fsencode(path))


def version_of(document: Document) -> str:
    """Return what tells the contents of a document from any others: 20 characters."""
    parts = (os.fsencode(document.path), document.digest, str(READING).encode())
    return _identity(b"\0".join(parts))


def _identity(data: bytes) -> str:
    return urlsafe_b64encode(blake2b(data, digest_size=IDENTITY).digest()).decode("ascii")


def stamp_of(source: Source, started: int) -> str:
    """Return what tells that a file is unchanged, on whichever machine that is looked at.

    Args:
        source: the file.
        started: when the survey began, in nanoseconds since 1970; a file that changed shortly
            before may change again without a trace, and gets no stamp.
    """
    stamp = Stamp.of(source.stamp)
    if not any(stamp) or stamp.modified > started - TICK:
        return ""
    return f"{stamp.size} {stamp.modified}"


def passage_record(
    passage: Passage,
    document: str,
    version: str,
    number: int,
    *,
    analyzer: Analyzer,
    lends: bool,
) -> dict[str, Any]:
    """Make the record of a passage.

    Args:
        passage: the passage.
        document: the id of its document.
        version: of its document.
        number: its place in the document, from 0.
        analyzer: makes its terms.
        lends: whether its title lends it all its terms.
    """
    title = title_terms(passage.title, analyzer)
    terms = passage_terms(passage.indexed, analyzer) + (title if lends else [])
    words = (_raw_token_words(raw, analyzer) for raw in analyzer.raw_tokens(passage.indexed))
    return {
        "kind": PASSAGE,
        "document": document,
        "version": version,
        "number": number,
        "terms": _joined(terms),
        "title": _joined(dict.fromkeys(title)),
        "words": " ".join(dict.fromkeys(chain.from_iterable(words))),
        "stored": {
            **_path(passage.path),
            "title": _clean(passage.title),
            "headings": list(map(_clean, passage.headings)),
            "page": passage.page,
            "time": passage.time,
            "lines": passage.lines,
            "span": passage.span,
            "text": _clean(passage.text),
            "parts": _clean(encode_parts(passage.parts)),
        },
    }


def document_record(document: Document, known: Version) -> dict[str, Any]:
    """Return the record of a document.

    Args:
        document: the document.
        known: what the index knows of it.
    """
    return {
        "kind": DOCUMENT,
        "document": document_id(document.path),
        "version": known.version,
        "passages": known.passages,
        "length": known.length,
        "stored": {
            **_path(document.path),
            "title": _clean(document.title),
            "stamp": known.stamp,
        },
    }


def passage_of(stored: Mapping[str, Any]) -> Passage:
    """Make a passage of what is stored of it."""
    first, last = stored["lines"]
    return Passage(
        path=path_of(stored),
        title=stored["title"],
        headings=tuple(stored["headings"]),
        page=stored["page"],
        lines=(first, last),
        span=Span(*stored["span"]),
        text=stored["text"],
        time=stored["time"],
        parts=decode_parts(stored["parts"]),
    )


def path_of(stored: Mapping[str, Any]) -> str:
    """Return the path of a record."""
    if "path_bytes" in stored:
        return os.fsdecode(b64decode(stored["path_bytes"]))
    return str(stored["path"])


def _path(path: str) -> dict[str, str]:
    """A path that is not UTF-8 is stored by its bytes."""
    if path.isascii() or _clean(path) == path:
        return {"path": path}
    return {"path_bytes": b64encode(os.fsencode(path)).decode("ascii")}


def _clean(text: str) -> str:
    """Replace lone surrogates, which are no text, one for one."""
    return text if text.isascii() else SURROGATE.sub("\ufffd", text)


def _joined(terms: Iterable[str]) -> str:
    joined = "\n".join(terms)
    return encoded(joined) if " " in joined else joined


def encoded(term: str) -> str:
    """Write a term as one token: a ligature may hold blanks, but none that does not break."""
    return term.replace(" ", "\u00a0")


@lru_cache(TOKENS_KEPT)
def _raw_token_terms(raw: str, analyzer: Analyzer) -> tuple[str, ...]:
    return tuple(analyzer.raw_token_terms(raw))


@lru_cache(TOKENS_KEPT)
def _raw_token_words(raw: str, analyzer: Analyzer) -> tuple[str, ...]:
    words = (word for word in analyzer.written_words(raw) if len(word) <= LONGEST_WORD)
    return tuple(map(_clean, words))


def passage_terms(text: str, analyzer: Analyzer) -> list[str]:
    """Return the terms of what is indexed of a passage, with repetitions."""
    terms = (_raw_token_terms(raw, analyzer) for raw in analyzer.raw_tokens(text))
    return list(chain.from_iterable(terms))
