"""Posting lists with two bytes a passage: what is written is read, in every way of reading."""

from io import BytesIO

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from briefqa.index.container import ContainerWriter, IndexFile
from briefqa.index.postings import PAGE, PassageNumbersReader
from briefqa.index.postings_writer import PassageNumbersWriter, read_range

Terms = list[list[int]]

SIZES = (1, PAGE, PAGE + 1, 3 * PAGE, 300 * PAGE)


@st.composite
def collections(draw: st.DrawFn) -> tuple[int, Terms]:
    """A number of passages, and the passages of some terms, some of which fill pages."""
    size = draw(st.sampled_from(SIZES))
    number = st.integers(0, size - 1)
    near = number.map(lambda first: list(range(first, min(size, first + 40))))
    some = st.lists(number, max_size=8, unique=True)
    many = st.lists(near, max_size=4).map(lambda runs: [each for run in runs for each in run])
    terms = draw(st.lists(st.one_of(some, many), max_size=8))
    return size, [sorted(set(term)) for term in terms]


def written(size: int, batches: list[Terms]) -> PassageNumbersReader:
    buffer = BytesIO()
    writer = ContainerWriter(buffer)
    pages = PassageNumbersWriter(writer, size)
    for terms in batches:
        passages = np.array([number for term in terms for number in term], np.uint32)
        pages.add(passages, np.array([len(term) for term in terms], np.int64))
    pages.finish()
    writer.finish()
    return PassageNumbersReader(IndexFile(buffer.getbuffer()), size)


@given(collections(), st.integers(0, 8), st.integers(0, 3 * PAGE))
def test_the_passages_of_each_term_are_read_as_they_were_written(
    collection: tuple[int, Terms], cut: int, other: int
) -> None:
    size, terms = collection
    table = written(size, [terms[:cut], terms[cut:]])
    start = 0
    for number, term in enumerate(terms):
        passages = table.read(number, start, start + len(term))
        start += len(term)
        assert list(passages) == term
        assert [passages[place] for place in range(len(passages))] == term
        assert [passages.position(each) for each in term] == list(range(len(term)))
        assert passages.position(other) == (term.index(other) if other in term else -1)
        assert passages.array().tolist() == term


@given(collections(), st.lists(st.integers(0, 3 * PAGE), max_size=60, unique=True))
def test_many_passages_are_looked_up_at_once(
    collection: tuple[int, Terms], others: list[int]
) -> None:
    size, terms = collection
    table = written(size, [terms])
    start = 0
    for number, term in enumerate(terms):
        passages = table.read(number, start, start + len(term))
        start += len(term)
        for asked in (sorted(others), sorted({*others, *term}), sorted({*others, *term[::5]})):
            places = [(each, term.index(each)) for each in asked if each in term]
            assert list(passages.seek_all(asked)) == places
            assert passages.intersect(asked) == [each for each, _ in places]
        for step in (1, 3, 40):
            marks = bytes(place % step == 0 for place in range(len(term)))
            assert passages.select(marks) == term[::step]


@given(collections(), st.integers(0, 8), st.integers(0, 8))
def test_neighbouring_terms_are_read_at_once(
    collection: tuple[int, Terms], first: int, count: int
) -> None:
    size, terms = collection
    table = written(size, [terms])
    ends = np.cumsum([0, *map(len, terms)])
    first = min(first, len(terms))
    chosen = terms[first : first + count]
    read = read_range(table, first, ends[first : first + len(chosen) + 1])
    assert read.tolist() == [number for term in chosen for number in term]


def test_a_long_term_takes_two_bytes_a_passage() -> None:
    held = list(range(0, 3 * PAGE, 2))
    table = written(3 * PAGE, [[held]])
    assert len(table.numbers) == 2 * len(held)
    assert len(table.pages) + len(table.starts) < 100
