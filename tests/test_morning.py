"""Five papers of three days: repeats, values, and what changed, against what people expect.

The papers are in `morning/`, many documents a file; `morning/expected.toml` has what should come.
"""

import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from briefqa.analysis.english import english_analyzer
from briefqa.answers import Answer, Place
from briefqa.answers.passage_sentences import sentences_of
from briefqa.answers.repeats import Statement
from briefqa.assistant import Assistant
from briefqa.documents import load
from briefqa.editions import (
    Change,
    ChangeKind,
    Edition,
    compare_answers,
    compare_editions,
)
from briefqa.passage_splitter import split_passages

MORNING = Path(__file__).parent / "morning"
EXPECTED = tomllib.loads((MORNING / "expected.toml").read_text(encoding="utf-8"))
SUBDAY = "2026-11-{}"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the papers, a folder a day and in it one a paper."""
    folder = tmp_path_factory.mktemp("papers")
    for day in sorted(MORNING.glob("2026-*.txt")):
        for document in day.read_text(encoding="utf-8").split("=== ")[1:]:
            name, _, text = document.partition("\n")
            path = folder / day.stem / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def library(papers: Path) -> Assistant:
    return Assistant.open(papers, cached=False)


def path_of(papers: Path, name: str) -> str:
    """Return the path of a document named as in the expectations."""
    day, _, rest = name.partition(" ")
    [path] = (papers / SUBDAY.format(day)).glob(f"{rest}.*")
    return str(path)


def statement(papers: Path, name: str, words: str) -> Statement:
    """Return the sentence of a document that has some words."""
    [document] = load([path_of(papers, name)]).documents
    [found] = [
        Statement(passage, sentence, english_analyzer())
        for passage in split_passages(document)
        for sentence in sentences_of(passage, english_analyzer())
        if words in " ".join(sentence.text.split())
    ]
    return found


def test_what_says_the_same_is_folded_and_no_two_values_are(papers: Path) -> None:
    right = 0
    wrong: list[tuple[str, str, str]] = []
    false: list[tuple[str, str, str]] = []
    for family in EXPECTED["sentences"]:
        told = [
            (number, name, statement(papers, name, family["words"]))
            for number, names in enumerate(family["same"])
            for name in names
        ]
        for (one, name, said), (other, another, says) in combinations(told, 2):
            if said.repeats(says) == says.repeats(said) == (one == other):
                right += 1
            else:
                (wrong if one == other else false).append((family["words"], name, another))
    assert false == []
    assert right >= 0.95 * (right + len(wrong)), wrong


def value_questions() -> Iterator[tuple[str, str, dict[str, int]]]:
    for day, questions in EXPECTED["values"].items():
        for question, values in questions.items():
            yield day, question, values


def is_one(written: str, spellings: str) -> bool:
    return written.casefold() in spellings.casefold().split("|")


def agrees(answer: Answer, values: dict[str, int]) -> bool:
    told = answer.values
    return len(told) == len(values) and all(
        is_one(value.written, spellings) and value.documents == count
        for value, (spellings, count) in zip(told, values.items(), strict=True)
    )


def test_values_are_told_apart_and_counted(papers: Path, library: Assistant) -> None:
    wrong = []
    for day, question, values in value_questions():
        days = () if day == "all" else (SUBDAY.format(day),)
        answer = library.ask(question, documents=library.select(patterns=days))
        if not agrees(answer, values):
            told = {value.written: value.documents for value in answer.values}
            wrong.append((day, question, told))
    total = len(list(value_questions()))
    assert total >= 30
    assert len(wrong) <= 0.1 * total, "\n".join(map(str, wrong))


def sentence(place: Place | None) -> str:
    return " ".join(place.sentence.slice(place.passage.text).split()) if place else ""


def expected_changes(edition: dict[str, list[Any]]) -> Iterator[tuple[str, str, bool]]:
    """Yield words of the old and of the new sentence, and whether both must be told as a pair."""
    yield from ((old, new, True) for old, new in edition["changed"])
    yield from ((old, new, False) for old, new in edition["or"])
    yield from (("", new, True) for new in edition["new"])
    yield from ((old, "", True) for old in edition["gone"])


def is_told(words: tuple[str, str, bool], change: Change) -> bool:
    old, new, paired = words
    if change.old and change.new:
        told = bool(old and new) and change.kind is not ChangeKind.MOVED
        return told and old in sentence(change.old) and new in sentence(change.new)
    if paired and old and new:
        return False
    said = old if change.old else new
    return bool(said) and said in sentence(change.old or change.new)


def test_the_changes_of_an_edition_are_found_and_no_others_told(papers: Path) -> None:
    wanted = found = told = 0
    false: list[tuple[str, str]] = []
    for edition in EXPECTED["editions"]:
        roots = [papers / SUBDAY.format(day) / edition["paper"] for day in edition["days"]]
        old, new = (Edition(str(root), load([str(root)]).documents) for root in roots)
        changes = compare_editions(old, new).changes
        expected = list(expected_changes(edition))
        wanted += len(expected)
        found += sum(any(is_told(each, change) for change in changes) for each in expected)
        told += len(changes)
        false += [
            (sentence(change.old), sentence(change.new))
            for change in changes
            if not any(is_told(each, change) for each in expected)
        ]
    assert wanted >= 60
    assert found >= 0.95 * wanted
    assert len(false) < 0.05 * told, false


@pytest.mark.parametrize("number", range(2))
def test_ten_questions_tell_what_changed_from_day_to_day(papers: Path, number: int) -> None:
    questions = dict(EXPECTED["questions"][number])
    old, new = (
        Assistant.open(papers / SUBDAY.format(day), cached=False) for day in questions.pop("days")
    )
    assert len(questions) == 10
    for question, (kind, *values) in questions.items():
        answers = [each.ask(question, 1) for each in (old, new)]
        found = compare_answers(answers[0], answers[1], english_analyzer())
        assert (question, found) == (question, kind)
        for answer, value in zip(answers, values, strict=False):
            assert is_one(answer.excerpts[0].said, value)


def test_near_copies_of_whole_documents_are_known(papers: Path, library: Assistant) -> None:
    copies = library.copies()

    def are_copies(one: str, other: str) -> bool:
        near = {copy.path for copy in copies.get(path_of(papers, one), ())}
        return path_of(papers, other) in near

    same = [pair for names in EXPECTED["copies"]["same"] for pair in combinations(names, 2)]
    assert [pair for pair in same if not are_copies(*pair)] == []
    assert [pair for pair in EXPECTED["copies"]["apart"] if are_copies(*pair)] == []
