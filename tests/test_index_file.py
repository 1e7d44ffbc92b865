"""The index file: what is written is read, and damage never changes an answer."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.analysis.english import english_analyzer
from briefqa.index import (
    DamagedIndexError,
    Index,
    Query,
    container,
    doc_store_writer,
    external_sort,
    inversion,
    postings_writer,
    writer,
)
from briefqa.index.container import ContainerWriter, IndexFile
from briefqa.index.postings_writer import insert_terms, write_terms
from briefqa.index.reader import build_in_memory
from briefqa.index.term_dict import TermDictionary
from briefqa.passages import Passage
from briefqa.spans import Span

ANALYZER = english_analyzer()

TEXTS = (
    "Forty ships left the harbour on Sunday.",
    "The storm came at night, and two ships were lost.",
    "A lighthouse warns ships of rain and storm.",
)
WORDS = st.sets(st.text("abcßé0", min_size=1, max_size=4), max_size=300)


def passages(texts: tuple[str, ...] = TEXTS) -> Iterator[Passage]:
    for number, text in enumerate(texts):
        yield Passage(f"{number}.txt", "Log", ("Ships",), None, (1, 1), Span(0, len(text)), text)


def written(write: Callable[[ContainerWriter], object]) -> IndexFile:
    buffer = BytesIO()
    writer = ContainerWriter(buffer)
    write(writer)
    writer.finish()
    return IndexFile(buffer.getbuffer())


def all_of(file: IndexFile) -> object:
    """Return everything that an answer may read."""
    index = Index.of_file(file, ANALYZER)
    hits = index.search(Query(("ship", "storm", "log", "absent")), 5)
    explained = [index.explain(["ship", "log"], hit) for hit in hits]
    return hits, explained, dict(index.vocabulary), index.near("storn", 1), index.idf("rain")


def bytes_of(file: IndexFile) -> bytes:
    buffer = BytesIO()
    file.copy(ContainerWriter(buffer), {})
    return buffer.getvalue()


@given(
    st.dictionaries(st.text("xyz.", min_size=1, max_size=20), st.binary(max_size=99), max_size=9)
)
def test_sections_are_read_as_they_were_written(sections: dict[str, bytes]) -> None:
    def write(writer: ContainerWriter) -> None:
        for name, data in sections.items():
            writer.add(name, data)

    file = written(write)
    assert {name: bytes(file.section(name).bytes()) for name in sections} == sections


def test_sections_can_be_replaced_in_a_copy() -> None:
    def write(writer: ContainerWriter) -> None:
        writer.add("one", b"1")
        writer.add("two", b"2")

    file = written(write)
    buffer = BytesIO()
    file.copy(ContainerWriter(buffer), {"one": b"first"})
    copied = IndexFile(buffer.getbuffer())
    assert [bytes(copied.section(name).bytes()) for name in ("one", "two")] == [b"first", b"2"]


@pytest.fixture
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make blocks small, so that a small file has many with a checksum."""
    monkeypatch.setattr(container, "BLOCK", 64)


@pytest.mark.usefixtures("_small_blocks")
def test_every_single_byte_that_changes_is_noticed_or_harmless() -> None:
    whole = bytes_of(build_in_memory(passages(), ANALYZER))
    right = all_of(IndexFile(memoryview(whole)))
    noticed = 0
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        try:
            assert all_of(IndexFile(memoryview(changed))) == right
        except DamagedIndexError:
            noticed += 1
    assert noticed > len(whole) // 2


def test_every_truncation_is_noticed() -> None:
    whole = bytes_of(build_in_memory(passages(), ANALYZER))
    for length in range(len(whole)):
        with pytest.raises(DamagedIndexError):
            IndexFile(memoryview(whole)[:length])
    with pytest.raises(DamagedIndexError):
        IndexFile(memoryview(whole + b"\0"))


@given(WORDS, st.text("abcßé0", min_size=1, max_size=4))
def test_words_are_found_at_their_places(words: set[str], other: str) -> None:
    ordered = sorted(words)
    dictionary = TermDictionary(written(lambda writer: write_terms(writer, "w", ordered)), "w")
    assert list(dictionary) == ordered
    assert [dictionary.find(word) for word in ordered] == list(range(len(ordered)))
    assert (dictionary.find(other) is None) == (other not in words)
    alike = [word for word in ordered if word.startswith(other[0])]
    assert [word for _, word in dictionary.with_prefix(other[0])] == alike


@given(WORDS, WORDS)
def test_words_inserted_are_as_if_written_together(old: set[str], new: set[str]) -> None:
    before = TermDictionary(written(lambda writer: write_terms(writer, "w", sorted(old))), "w")
    added = sorted(new - old)
    together = written(lambda writer: insert_terms(writer, "w", before, added))
    at_once = written(lambda writer: write_terms(writer, "w", sorted(old | new)))
    assert bytes_of(together) == bytes_of(at_once)


@pytest.mark.parametrize("limit", ["TOKENS_KEPT", "TOKEN_BYTES_KEPT"])
@pytest.mark.parametrize("texts", [TEXTS, TEXTS * 30, ("",), ()])
def test_little_memory_makes_the_same_index(
    texts: tuple[str, ...], limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plenty = all_of(build_in_memory(passages(texts), ANALYZER))
    monkeypatch.setattr(writer, "RUN_TERMS", 5)
    monkeypatch.setattr(inversion, "RUN_BYTES", 7)
    monkeypatch.setattr(inversion, "BATCH_BYTES", 9)
    monkeypatch.setattr(inversion, limit, 5)
    monkeypatch.setattr(external_sort, "POSTINGS_IN_MEMORY", 11)
    assert all_of(build_in_memory(passages(texts), ANALYZER)) == plenty


def test_more_codes_than_two_bytes_hold_make_the_same_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    narrow = all_of(build_in_memory(passages(), ANALYZER))
    monkeypatch.setattr(postings_writer, "TWO_BYTES", 1)
    assert all_of(build_in_memory(passages(), ANALYZER)) == narrow


def test_texts_compressed_with_a_primer_are_read_as_they_were(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(doc_store_writer, "CHUNK", 64)
    monkeypatch.setattr(doc_store_writer, "SAMPLED_CHUNKS", 3)
    texts = tuple(f"{text} {number}" for number in range(20) for text in TEXTS)
    plain = build_in_memory(passages(texts[:2]), ANALYZER)
    primed = build_in_memory(passages(texts), ANALYZER)
    assert len(plain.section("texts.preset")) == 0 < len(primed.section("texts.preset"))
    read = Index.of_file(primed, ANALYZER)
    assert tuple(read.passage(number).text for number in range(len(read))) == texts
