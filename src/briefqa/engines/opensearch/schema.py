"""The schema of an index on a cluster: settings, fields, and the records of passages and documents.

A passage is found by the terms of our own analyzer, in a field that the cluster only splits at
white space. Its text and place are stored but not indexed. A document has a record too, by which a
build finds out whether it has changed. It has no terms, so it does not affect the ranking.
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
from briefqa.index.bm25 import K1, B, title_terms
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
    "encode_term",
    "index_body",
    "meta",
    "optional",
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
READERS = 2
"""Must be raised when readers or passages change, so that all documents are sent again."""
LAYOUT = 3
"""Must be raised when the records or their fields change."""
SURROGATE = re.compile("[\ud800-\udfff]")
IDENTITY = 15
"""Bytes of a document's id: two of a billion documents share one with a probability of 1e-18."""
LONGEST_WORD = 50
"""Letters of the longest word that spelling correction can find."""
TOKENS_KEPT = 200_000
"""The number of distinct raw tokens whose terms are cached."""
TICK = 2_000_000_000
"""Nanoseconds; the coarsest time stamp of a file system in use, that of FAT."""


def requirements(analyzer: Analyzer) -> dict[str, Any]:
    """Return what an index must have been built with to be searched.

    Args:
        analyzer: makes the terms of the questions.
    """
    return {"briefqa": LAYOUT, "analysis": analyzer.fingerprint, "k1": K1, "b": B}


def meta(analyzer: Analyzer, *, inherit_all: bool) -> dict[str, Any]:
    """Return what an index is built with.

    Args:
        analyzer: makes the terms.
        inherit_all: whether passages inherit all terms of titles.
    """
    return {**requirements(analyzer), "inherit_all": inherit_all}


def index_body(built_with: Mapping[str, Any], shards: int, replicas: int) -> dict[str, Any]:
    """Return the settings and mappings of a new index.

    The index is refreshed only when a build ends, so that readers see complete builds.

    Args:
        built_with: see `meta`; and the state of the build.
        shards: the number of parts that the index is divided into.
        replicas: the number of further copies of each part.
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
            "_meta": built_with,
            "_source": {"excludes": ["terms", "title", "words"]},
            "properties": _fields(),
        },
    }


def _fields() -> dict[str, Any]:
    keyword = {"type": "keyword"}
    unranked = {"type": "text", "analyzer": "terms", "index_options": "docs", "norms": False}
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
        "title": unranked,
        "words": unranked,
        "passages": {"type": "integer", "index": False},
        "length": {"type": "long", "index": False},
        "stored": {"type": "object", "enabled": False},
    }


class Version(Record):
    """What an index knows of a document.

    Attributes:
        version: identifies its contents; its passages have it too.
        stamp: identifies the state of its file; empty if the file may have changed all the same.
        passages: the number of its passages.
        length: the number of terms in all of them together.
    """

    version: str
    stamp: str
    passages: int
    length: int


def document_id(path: str) -> str:
    """Return the id of a document: 20 characters that depend on its path."""
    return _identity(os.fsencode(path))


def version_of(document: Document) -> str:
    """Return what identifies the contents of a document: 20 characters."""
    parts = (os.fsencode(document.path), document.digest, str(READERS).encode())
    return _identity(b"\0".join(parts))


def _identity(data: bytes) -> str:
    return urlsafe_b64encode(blake2b(data, digest_size=IDENTITY).digest()).decode("ascii")


def stamp_of(source: Source, started: int) -> str:
    """Return what identifies the state of a file, the same on any machine.

    Args:
        source: the file.
        started: when the survey began, in nanoseconds since 1970. A file that was changed shortly
            before may change again without a trace, so its stamp is empty.
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
    inherit_all: bool,
) -> dict[str, Any]:
    """Return the record of a passage.

    Args:
        passage: the passage.
        document: the id of its document.
        version: the version of its document.
        number: its position in the document, from 0.
        analyzer: makes its terms.
        inherit_all: whether it inherits all terms of its title.
    """
    title = title_terms(passage.title, analyzer)
    terms = passage_terms(passage.indexed, analyzer) + (title if inherit_all else [])
    words = (_raw_token_words(raw, analyzer) for raw in analyzer.raw_tokens(passage.indexed))
    return {
        "kind": PASSAGE,
        "document": document,
        "version": version,
        "number": number,
        "terms": _join(terms),
        "title": _join(dict.fromkeys(title)),
        "words": " ".join(dict.fromkeys(chain.from_iterable(words))),
        "stored": _stored(passage),
    }


def _stored(passage: Passage) -> dict[str, Any]:
    """Return what `passage_of` reads."""
    return {
        **_path(passage.path),
        "title": _clean(passage.title),
        "headings": list(map(_clean, passage.headings)),
        "page": passage.page,
        "time": passage.time,
        "lines": passage.lines,
        "span": passage.span,
        "text": _clean(passage.text),
        "date": passage.date,
        "date_from": passage.date_from,
        "parts": _clean(encode_parts(passage)),
    }


def document_record(document: Document, known: Version) -> dict[str, Any]:
    """Return the record of a document.

    Args:
        document: the document.
        known: what the index knows of it.
    """
    day, day_from = document.dated
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
            "date": day,
            "date_from": day_from,
        },
    }


def passage_of(stored: Mapping[str, Any]) -> Passage:
    """Return the passage of a record.

    Args:
        stored: the `stored` field of the record.

    Raises:
        LookupError, TypeError, ValueError: it is not what `passage_record` returned.
    """
    first, last = map(int, stored["lines"])
    passage = Passage(
        path=path_of(stored),
        title=str(stored["title"]),
        headings=tuple(map(str, stored["headings"])),
        page=optional(stored["page"], int),
        lines=(first, last),
        span=Span(*map(int, stored["span"])),
        text=str(stored["text"]),
        time=optional(stored["time"], int, float),
        date=optional(stored["date"], str),
        date_from=optional(stored["date_from"], str),
    )
    passage = decode_parts(passage, str(stored["parts"]))
    end = 0
    for part in passage.all_parts:
        if not end <= part.span.start < part.span.end <= len(passage.text):
            raise ValueError("the parts of a passage are not in order in its text")
        end = part.span.end
    return passage


def optional(value: Any, *kinds: type) -> Any:
    """Return a value that may be null.

    Raises:
        TypeError: it is of none of the types.
    """
    if value is None or isinstance(value, kinds):
        return value
    raise TypeError(f"unexpected {type(value).__name__}")


def path_of(stored: Mapping[str, Any]) -> str:
    """Return the path of a record; for the argument see `passage_of`."""
    if "path_bytes" in stored:
        return os.fsdecode(b64decode(stored["path_bytes"]))
    return str(stored["path"])


def _path(path: str) -> dict[str, str]:
    """Return the field of a path; one that is not UTF-8 is stored as bytes in base64."""
    if path.isascii() or _clean(path) == path:
        return {"path": path}
    return {"path_bytes": b64encode(os.fsencode(path)).decode("ascii")}


def _clean(text: str) -> str:
    """Replace lone surrogates, which JSON in UTF-8 cannot represent, by one character each."""
    return text if text.isascii() else SURROGATE.sub("\ufffd", text)


def _join(terms: Iterable[str]) -> str:
    joined = "\n".join(terms)
    return encode_term(joined) if " " in joined else joined


def encode_term(term: str) -> str:
    """Return a term as one token of the cluster: terms of ligatures may contain spaces."""
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
