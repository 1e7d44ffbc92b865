"""The tests of every engine: the local index and a cluster inherit them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from briefqa.analysis.english import english_analyzer
from briefqa.assistant import Assistant
from briefqa.corpus import Corpus
from briefqa.engines import Engine, IndexedCorpus
from briefqa.index import Query, open_corpus
from briefqa.index.reader import Hit

terms = english_analyzer().terms

__all__ = ["EngineSuite", "Index", "write_library"]

Index = Callable[[Path], IndexedCorpus]
"""Indexes a folder in the engine under test."""

TEXTS = {
    "factory.md": "# The Factory\n\nToyota plans a fuel cell factory in North Carolina.\n\n"
    "## Workers\n\nThe factory will employ 1,750 people from 2025 on.\n",
    "summit.txt": "The Summit\n\nKishida and Biden meet on April 10. They discuss energy.\n\n"
    "They also discuss defense. The Self-Defense Forces (SDF) take part.\n",
    "ocean.txt": "Tides\n\nThe moon draws the ocean. Energy of the tides is little used.\n",
    "été.txt": "Les vacances\n\nL'été est chaud, et les Straßen sind leer. Das Schloß auch.\n",
}
COLUMN = (
    "Savers may wait for some time until they see any of it. Of the largest banks, hardly any said"
    " that it would pass the rise on. Others will look at their price lists in the new year."
)
QUESTIONS = (
    "When will Kishida and Biden meet?",
    "When will Kishda and Biden meet?",
    "Where is the Toyota factory?",
    "How many people will the workers be?",
    "What do the SDF do?",
    'What about the "fuel cell factory"?',
    "What will they discuss +energy -defense",
    "Who discusses energy?",
    "Was ist mit dem Schloss?",
    "Is it what they were?",
    "zxqy",
)


def write_library(folder: Path, documents: int = 24) -> Path:
    """Write enough documents for passages to inherit all terms of their headings."""
    folder.mkdir(exist_ok=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    for number in range(len(TEXTS), documents):
        text = f"Note {number}\n\nReport {number} on energy, people and factory number {number}.\n"
        (folder / f"note{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


def query(text: str) -> Query:
    """Return a query of the terms of a text."""
    return Query(tuple(terms(text)))


def found(hits: list[Hit]) -> list[tuple[str, str, float]]:
    return [(Path(hit.passage.path).name, hit.passage.text, hit.score) for hit in hits]


class EngineSuite:
    """Tests of an engine; a subclass provides the fixture `index`, with the scope of a class."""

    @pytest.fixture(scope="class")
    @classmethod
    def folder(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        return write_library(tmp_path_factory.mktemp("library"))

    @pytest.fixture(scope="class")
    @classmethod
    def library(cls, index: Index, folder: Path) -> IndexedCorpus:
        return index(folder)

    @pytest.fixture
    def engine(self, library: IndexedCorpus) -> Engine:
        return library.engine

    @pytest.fixture
    def reference(self, folder: Path) -> Assistant:
        """The local index of the same documents, with which answers are compared."""
        return Assistant.open(folder, cached=False)

    def test_it_counts_documents_and_passages(self, engine: Engine) -> None:
        assert (engine.documents, len(engine)) == (24, 26)

    def test_it_names_its_documents_in_order(self, engine: Engine) -> None:
        assert [Path(path).name for path in engine.paths][:1] == ["factory.md"]
        assert list(engine.paths) == sorted(engine.paths)

    def test_documents_are_listed_by_their_paths(self, engine: Engine) -> None:
        known = list(engine.paths)
        for wanted in (set(known), set(known[::9]), {*known[:2], "no such"}, set[str]()):
            listed = {entry.path: entry for entry in engine.entries(wanted)}
            assert listed.keys() == wanted.intersection(known)
        every = {entry.path: entry for entry in engine.entries()}
        assert listed.items() <= every.items()
        assert {entry.path for entry in engine.entries(known[:1])} == {known[0]}

    def test_the_passages_come_back_as_they_were(self, engine: Engine) -> None:
        [hit] = engine.search(query("Schloß"), 5)
        assert hit.passage.text == "L'été est chaud, et les Straßen sind leer. Das Schloß auch."
        assert (hit.passage.lines, hit.passage.heading) == ((3, 3), None)

    def test_the_rarer_term_leads(self, engine: Engine) -> None:
        [first, *others] = engine.search(query("energy tides"), 50)
        assert first.passage.path.endswith("ocean.txt")
        assert len(others) >= 20
        assert all(first.score > other.score for other in others)

    def test_hits_stop_where_told(self, engine: Engine) -> None:
        assert len(engine.search(query("energy"), 3)) == 3

    def test_ties_go_by_path(self, engine: Engine) -> None:
        hits = engine.search(query("report"), 20)
        assert [hit.passage.path for hit in hits] == sorted(hit.passage.path for hit in hits)

    def test_headings_lend_their_terms(self, engine: Engine) -> None:
        [hit] = engine.search(query("workers"), 5)
        assert "1,750" in hit.passage.text
        assert hit.inherited == frozenset(terms("workers"))

    def test_required_and_excluded_terms_hold(self, engine: Engine) -> None:
        asked = query("discuss energy")
        required = asked._replace(required=(tuple(terms("tides")),))
        assert found(engine.search(required, 30))[0][0] == "ocean.txt"
        barred = engine.search(asked._replace(excluded=frozenset(terms("report"))), 30)
        assert {name for name, _, _ in found(barred)} == {"ocean.txt", "summit.txt"}

    def test_a_filter_admits_the_passages_of_its_documents_alone(
        self, engine: Engine, folder: Path
    ) -> None:
        asked = query("energy report factory workers")
        everywhere = engine.search(asked, 50)
        paths = {hit.passage.path for hit in everywhere}
        for kept in (paths, set(sorted(paths)[::3]), {str(folder / "factory.md")}, set[str]()):
            filtered = asked._replace(filter=frozenset(kept))
            expected = [hit for hit in everywhere if hit.passage.path in kept]
            assert found(engine.search(filtered, 50)) == found(expected)
            assert found(engine.search(filtered, 1)) == found(expected[:1])

    def test_frequencies_tell_how_telling_a_term_is(self, engine: Engine) -> None:
        [rare], [common] = terms("Toyota"), terms("energy")
        assert engine.document_frequency(rare) == 1
        assert engine.idf(common) < engine.idf(rare) < engine.max_idf == engine.idf("zxqy")

    def test_an_explanation_adds_up(self, engine: Engine) -> None:
        asked = terms("Toyota factory energy")
        hit = engine.search(Query(tuple(asked)), 1)[0]
        parts = engine.explain(asked, hit)
        assert hit.score == pytest.approx(sum(part.score for part in parts), abs=2e-6)
        assert [part.term for part in parts] == asked
        assert [part.frequency for part in parts] == [1, 2, 0]

    def test_words_near_to_a_slip_are_found(self, engine: Engine) -> None:
        assert set(engine.near("kishda", 1)) == {"kishida"}
        assert set(engine.near("caroilnna", 2)) == {"carolina"}
        assert engine.near("zxqyzxqy", 2) == {}

    def test_words_are_counted(self, engine: Engine) -> None:
        assert engine.word_counts(["toyota", "tides", "zxqy"]) == {"toyota": 1, "tides": 1}

    def test_words_that_begin_with_letters_are_counted_if_at_all(self, engine: Engine) -> None:
        assert engine.beginning_with("toyo") in ({"toyota": 1}, {})
        assert engine.beginning_with("zxqy") == {}

    def test_all_texts_can_be_had(self, engine: Engine) -> None:
        assert len({passage.text for passage in engine.passages()}) == len(engine)
        some = list(engine.paths)[::9]
        chosen = [passage for passage in engine.passages() if passage.path in some]
        assert sorted(engine.passages(some)) == sorted(chosen)

    def test_nothing_is_partial_where_all_is_up(self, engine: Engine) -> None:
        engine.search(query("energy"), 3)
        assert not engine.partial

    def test_it_answers_as_the_local_index_does(
        self, library: IndexedCorpus, reference: Assistant
    ) -> None:
        assistant = Assistant(library)
        for question in QUESTIONS:
            assert assistant.ask(question) == reference.ask(question)

    def test_a_question_is_answered_from_the_documents_named(
        self, library: IndexedCorpus, folder: Path
    ) -> None:
        assistant = Assistant(library)
        named = {str(folder / "ocean.txt"), str(folder / "note007.txt")}
        answer = assistant.ask("Who discusses energy?", 9, documents=named)
        assert {excerpt.passage.path for excerpt in answer.excerpts} == named
        everywhere = assistant.ask("Who discusses energy?", 50)
        assert {excerpt.passage.path for excerpt in everywhere.excerpts} > named
        assert assistant.ask("Who discusses energy?", documents=()).excerpts == ()

    def test_each_document_answers_as_in_the_local_index(
        self, library: IndexedCorpus, reference: Assistant
    ) -> None:
        asked = QUESTIONS[:1], reference.select(patterns=["*m*"])
        grids = [
            each.grid(asked[0], documents=asked[1]) for each in (Assistant(library), reference)
        ]
        assert grids[0].columns == grids[1].columns
        assert list(grids[0]) == list(grids[1])

    def test_its_dates_are_those_of_the_local_index(
        self, library: IndexedCorpus, reference: Assistant
    ) -> None:
        for about in (None, "factory"):
            assert Assistant(library).timeline(about) == reference.timeline(about)
        assert reference.timeline("factory").events

    def test_dates_repeats_values_and_copies_are_those_of_the_local_index(
        self, index: Index, tmp_path: Path
    ) -> None:
        folder = write_library(tmp_path / "papers")
        for day, rate in (("2026-11-24", "4.25 percent"), ("2026-11-25", "4.50 percent")):
            for paper in ("herald", "post", "star"):
                text = f"The central bank raised its key rate to {rate} on Monday. {COLUMN}"
                (folder / f"{paper}-{day}.txt").write_text(text)
        there = Assistant(index(folder))
        here = Assistant.open(folder, cached=False)
        since = here.select(since=date(2026, 11, 25), until=date(2026, 11, 25))
        assert there.select(since=date(2026, 11, 25), until=date(2026, 11, 25)) == since
        for question in ("How high is the key rate?", "What did the central bank raise?"):
            for documents in (None, since):
                for newest, fold in ((False, True), (True, True), (False, False)):
                    asked = [
                        each.ask(question, 9, newest=newest, fold=fold, documents=documents)
                        for each in (there, here)
                    ]
                    assert asked[0] == asked[1]
        values = there.ask("How high is the key rate?").values
        assert [(each.written, each.documents, each.earliest) for each in values] == [
            ("4.50 percent", 3, "2026-11-25"),
            ("4.25 percent", 3, "2026-11-24"),
        ]
        assert there.copies() == here.copies()
        assert len(there.copies()) == 6

    def test_in_few_documents_only_what_no_passage_says_is_lent(
        self, index: Index, tmp_path: Path
    ) -> None:
        folder = write_library(tmp_path / "few", documents=4)
        few = index(folder).engine
        reference = open_corpus(Corpus.of(folder), cached=False).engine
        for question in ("workers", "factory", "tides moon", "summit energy"):
            hits = few.search(query(question), 5)
            expected = reference.search(query(question), 5)
            assert [hit.passage for hit in hits] == [hit.passage for hit in expected]
            assert [hit.inherited for hit in hits] == [hit.inherited for hit in expected]
            scores = [hit.score for hit in expected]
            assert [hit.score for hit in hits] == pytest.approx(scores, rel=0.1)

    def test_an_index_is_stale_once_its_documents_changed(
        self, index: Index, tmp_path: Path
    ) -> None:
        folder = write_library(tmp_path / "changing")
        library = index(folder)
        assert not library.is_stale()
        (folder / "new.txt").write_text("A volcano erupted.\n")
        index(folder)
        assert library.is_stale()
        again = library.reopened(cached=False)
        assert Assistant(again).ask("What erupted?").excerpts[0].line == 1
