"""What changed between two editions, on the command line and as values."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.assistant import Assistant
from briefqa.cli import main
from briefqa.documents import Document
from briefqa.documents.dates import date_of_document
from briefqa.editions import (
    ChangeKind,
    Comparison,
    Edition,
    compare_answers,
    compare_editions,
)
from briefqa.readers import read
from conftest import Run

OLD = """\
# Briefing

## Energy

The bank meets on Friday in Oslo to discuss the key rate. Prices rose by 4.5 percent in October.
The minister said that the plan is on track.

## Ships

Two ships are being repaired in Kure. Old news of the yard stays here.
The harbour opens in May.
"""
NEW = """\
# Briefing

## Energy

The bank meets on Saturday in Oslo to discuss the key rate. Prices rose by 4.5 percent in
October, up again. The harbour opens in May.

## Ships

Two ships are being repaired in
Kure. A new crane arrived from Bremen this week.
"""
SENTENCES = st.lists(
    st.sampled_from(
        [
            "The bank meets on Friday in Oslo.",
            "The bank meets on Saturday in Oslo.",
            "Two ships are being repaired.",
            "A crane arrived from Bremen.",
        ]
    ),
    max_size=8,
)


def edition(text: str, path: str = "news.md") -> Edition:
    found = read(path, text.encode())
    return Edition(path, (Document(path, "News", found.text, found.blocks),))


def told(comparison: Comparison) -> list[tuple[str, str | None, str | None]]:
    return [
        (
            change.kind.value,
            change.old and change.old.sentence.slice(change.old.passage.text),
            change.new and change.new.sentence.slice(change.new.passage.text),
        )
        for change in comparison.changes
    ]


def test_each_sentence_is_the_same_or_told_how_it_differs() -> None:
    comparison = compare_editions(edition(OLD), edition(NEW))
    bank = "The bank meets on {} in Oslo to discuss the key rate."
    assert told(comparison) == [
        ("changed", bank.format("Friday"), bank.format("Saturday")),
        (
            "reworded",
            "Prices rose by 4.5 percent in October.",
            "Prices rose by 4.5 percent in\nOctober, up again.",
        ),
        ("moved", "The harbour opens in May.", "The harbour opens in May."),
        ("new", None, "A new crane arrived from Bremen this week."),
        ("gone", "The minister said that the plan is on track.", None),
        ("gone", "Old news of the yard stays here.", None),
    ]
    assert comparison.same == 3


@given(SENTENCES)
def test_an_edition_is_the_same_as_itself(sentences: list[str]) -> None:
    text = "\n\n".join(sentences)
    comparison = compare_editions(edition(text), edition(text))
    assert comparison.changes == ()
    assert comparison.same == len(sentences)


@given(SENTENCES, SENTENCES)
def test_what_is_new_one_way_is_gone_the_other_way(one: list[str], other: list[str]) -> None:
    first, second = edition("\n\n".join(one)), edition("\n\n".join(other))
    forth, back = compare_editions(first, second), compare_editions(second, first)
    assert forth.same == back.same
    assert forth.count(ChangeKind.NEW) == back.count(ChangeKind.GONE)
    assert forth.same + len(forth.changes) - forth.count(ChangeKind.NEW) == len(one)


def test_documents_of_other_names_are_compared_and_nothing_moved() -> None:
    comparison = compare_editions(
        Edition(".", edition(OLD, "./24nov.md").documents),
        Edition(".", edition(OLD, "./25nov.md").documents),
    )
    assert comparison.changes == ()


MAIL = """\
From: desk@wire.example
Date: Mon, {} Nov 2026 11:05:00 +0100
Subject: The bank

KARLSUND, Nov {} (Capital Wire) - The bank raised its key rate to {} on Monday in Oslo.
"""


def mail(day: int, rate: str) -> Edition:
    found = read("news.eml", MAIL.format(day, day, rate).encode())
    date = date_of_document("news.eml", found.text, found.date)
    return Edition("news.eml", (Document("news.eml", "News", found.text, found.blocks, date=date),))


def test_what_each_edition_has_of_its_own_is_no_change() -> None:
    assert compare_editions(mail(23, "4.50 percent"), mail(24, "4.5%")).changes == ()
    assert compare_editions(mail(23, "4.50 percent"), Edition("", ())).count(ChangeKind.GONE) == 1
    [change] = compare_editions(mail(23, "4.50 percent"), mail(24, "4.25%")).changes
    assert change.kind is ChangeKind.CHANGED


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("The bank meets on 12 March 2027 in Oslo.", "The bank meets on March 12, 2027.", "same"),
        ("The bank meets on Friday in Oslo.", "The bank meets on Saturday in Oslo.", "changed"),
        ("The bank will be closed.", "The bank, as said before, will be closed.", "changed"),
    ],
)
def test_an_answer_is_the_same_if_its_value_is(
    tmp_path: Path, old: str, new: str, kind: str
) -> None:
    answers = []
    for number, text in enumerate((old, new)):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "news.txt").write_text(text)
        assistant = Assistant.open(tmp_path / str(number), cached=False)
        question = "What will be closed?" if "closed" in old else "When does the bank meet?"
        answers.append(assistant.ask(question))
    assert compare_answers(answers[0], answers[1], assistant.analyzer) == kind


def test_two_papers_that_differ_as_they_did_before_are_no_change(tmp_path: Path) -> None:
    answers = []
    for order in (("Friday", "Saturday"), ("Saturday", "Friday")):
        folder = tmp_path / order[0]
        folder.mkdir()
        for number, day in enumerate(order):
            (folder / f"{number}.txt").write_text(f"The bank meets on {day} in Oslo.")
        assistant = Assistant.open(folder, cached=False)
        answers.append(assistant.ask("When does the bank meet?"))
    assert answers[0].excerpts[0].said != answers[1].excerpts[0].said
    assert compare_answers(answers[0], answers[1], assistant.analyzer) == "same"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("old.md").write_text(OLD)
    Path("new.md").write_text(NEW)
    Path("questions.txt").write_text(
        "When does the bank meet?\nWhat is being repaired in Kure?\nWhat arrived from Bremen?\n"
        "Which minister resigned in Lima?\n"
    )
    return tmp_path


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("name", ["text", "markdown"])
def test_the_changes_are_listed_by_section(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["diff", "old.md", "new.md", "--format", name]) == 1
    out = capsys.readouterr().out
    counts = "1 changed, 1 reworded, 1 moved, 1 new, 2 gone; 3 sentences are the same\n"
    assert out.startswith(counts)
    assert "new.md:5: The bank meets on Saturday" in out
    assert ("## Ships" in out) is (name == "markdown")


@pytest.mark.usefixtures("files")
def test_the_changes_are_there_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "old.md", "new.md", "--json"]) == 1
    record = json.loads(capsys.readouterr().out)
    assert (record["schema"], record["same"], len(record["changes"])) == (1, 3, 6)
    assert record["changes"][0]["old"] == {
        "path": "old.md",
        "line": 5,
        "page": None,
        "citation": "old.md:5",
        "headings": ["Energy"],
        "sentence": "The bank meets on Friday in Oslo to discuss the key rate.",
    }
    assert record["changes"][3]["old"] is None


@pytest.mark.usefixtures("files")
def test_answers_to_questions_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "old.md", "new.md", "--questions", "questions.txt"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:5] == [
        "changed: When does the bank meet?",
        "  was Friday",
        "    old.md:5: The bank meets on Friday in Oslo to discuss the key rate.",
        "  is Saturday",
        "    new.md:5: The bank meets on Saturday in Oslo to discuss the key rate.",
    ]
    assert "same: What is being repaired in Kure?" in lines
    assert "new: What arrived from Bremen?" in lines
    assert lines[-1] == "same: Which minister resigned in Lima?"


@pytest.mark.usefixtures("files")
def test_answers_to_questions_are_there_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    main(["diff", "old.md", "new.md", "--questions", "questions.txt", "-f", "json"])
    first, *_, last = json.loads(capsys.readouterr().out)["questions"]
    assert (first["kind"], first["old"]["value"], first["new"]["value"]) == (
        "changed",
        "Friday",
        "Saturday",
    )
    assert (last["kind"], last["old"], last["new"]) == ("same", None, None)


@pytest.mark.usefixtures("files")
def test_the_exit_code_is_that_of_diff(run: Run) -> None:
    assert run("diff", "old.md", "old.md").code == 0
    same = run("diff", "old.md", "old.md", "--questions", "questions.txt")
    assert same.code == 0
    for wrong in (["old.md"], ["old.md", "gone.md"], ["old.md", "new.md", "-f", "csv"]):
        result = run("diff", *wrong)
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith("briefqa: ")
        assert result.err.count("\n") == 1


def test_one_bad_question_hides_no_other(files: Path, run: Run) -> None:
    bank = "When does the bank meet?"
    (files / "mixed.txt").write_text(f"???\n{{\n{bank}\n")
    result = run("diff", "old.md", "new.md", "--questions", "mixed.txt")
    assert (result.code, result.out.splitlines()[0]) == (2, f"changed: {bank}")
    assert result.err.splitlines() == [
        "briefqa: mixed.txt: line 1: the question contains no word to search for",
        "briefqa: mixed.txt: line 2: invalid JSON: expecting property name enclosed in"
        " double quotes",
    ]
    silent = run("diff", "old.md", "old.md", "--questions", "mixed.txt")
    assert silent.code == 2


@pytest.mark.usefixtures("files")
def test_a_single_sentence_is_counted_in_the_singular(run: Run) -> None:
    Path("one.txt").write_text("The oak stands.")
    result = run("diff", "one.txt", "one.txt")
    assert (result.code, result.out) == (0, "no difference; 1 sentence is the same\n")


def test_one_bad_document_hides_no_difference(files: Path, run: Run) -> None:
    for folder, text in (("a", OLD), ("b", NEW)):
        (files / folder).mkdir()
        (files / folder / "news.md").write_text(text)
        (files / folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    result = run("diff", "a", "b")
    assert (result.code, result.out.count("\n") > 10) == (2, True)
    assert "broken.pdf" in result.err


def test_control_characters_of_documents_are_not_written(files: Path, run: Run) -> None:
    (files / "hostile.txt").write_text("The word is \x1b]52;c;aGk=\x07 today.")
    for name in ("text", "markdown", "json"):
        assert "\x1b" not in run("diff", "old.md", "hostile.txt", "--format", name).out


def test_sentences_that_are_repeated_are_paired_in_their_order() -> None:
    old = "# T\n\n## A\n\nThe oak stands.\n\nThe oak stands.\n\n## B\n\nThe oak stands.\n"
    new = "# T\n\n## B\n\nThe oak stands.\n\n## C\n\nThe oak stands.\n\n## A\n\nThe oak stands.\n"
    comparison = compare_editions(edition(old), edition(new))
    sentences = [each for each in comparison.changes if each.kind is ChangeKind.MOVED]
    assert [(each.headings, each.old and each.old.passage.headings) for each in sentences] == [
        (("C",), ("A",))
    ]
