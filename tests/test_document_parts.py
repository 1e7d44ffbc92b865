"""Answers from documents of many parts: tables, lists, steps, sections, versions, options, code."""

from pathlib import Path

import pytest

from briefqa import Assistant
from briefqa.analysis.english import english_analyzer
from briefqa.answers.divisions import find_division, find_dotted_numbers, is_in_division
from briefqa.answers.passage_sentences import Sentence, sentences_of
from briefqa.answers.question import parse_question
from briefqa.answers.sentence_matcher import measure
from briefqa.documents import Document, load
from briefqa.index import Index
from briefqa.passage_splitter import split_passages
from briefqa.readers import read

MANUAL = """\
# Sluice

Sluice copies files to a store.

## Installing

1. Download the archive from the mirror.
2. Unpack it into a folder of your own.
3. Add that folder to the search path.

## Checking a copy

Sluice can tell whether a copy is whole. To check a copy, run:

```
sluice verify --all store/
```

Can a copy be checked twice?

## Options

-q, --quiet
: Print errors only.

-n, --dry-run
: Show what would be copied, and copy nothing.

--keep DAYS
: Delete copies that are older than so many days. With -n none is deleted.

## Exit codes

- 0 - All files were copied.
- 3 - A file could not be read.
- 12 - The store is full.

## Levels of a fault

| Level | Meaning | Answer within |
| --- | --- | --- |
| F-1 | No copy can be made | an hour |
| F-2 | Copies are slow or late | a day |
| F-3 | A message is worded badly | a month |

Is an F-2 worse than an F-3? Every F-2 costs more than an F-3.
"""
CHANGES = """\
# Changes

## v2.1.0

### Other

- The oldest supported system is now release 11, see #93.
- Archives are written twice as fast.

## v2.0.3

### Other

- The oldest supported system of Sluice is release 9.
- Links are followed.
"""
RULES = """\
# Rules of the harbour

## 4 Berths

### 4.1 Length

A berth is let by the metre. The keeper measures each boat.

### 4.2 Fees

The fee is due in May. Who pays late owes a tenth more.

## 5 Fires

### 5.1 Fees

No fee is due for a fire watch. The keeper is paid by the town.
"""


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    for name, text in (("manual", MANUAL), ("changes", CHANGES), ("rules", RULES)):
        (folder / f"{name}.md").write_text(text)
    return folder


def first(documents: Path, name: str, question: str) -> str:
    """Return what is shown first."""
    excerpt = Assistant.open([str(documents / name)]).ask(question).excerpts[0]
    return excerpt.answer.slice(excerpt.passage.text)


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("What does -n do?", "Show what would be copied"),
        ("What does --quiet do?", "Print errors only."),
        ("Which option deletes old copies?", "--keep DAYS"),
        ("What is an F-2?", "F-2 | Copies are slow or late"),
        ("sluice exit code 3", "A file could not be read."),
        ("How do I install sluice?", "2. Unpack it into a folder"),
        ("How do I check a copy?", "sluice verify --all store/"),
    ],
)
def test_a_manual_answers_by_its_parts(documents: Path, question: str, shown: str) -> None:
    assert shown in first(documents, "manual.md", question)


@pytest.mark.parametrize(("heading", "depends"), [("## Copies\n\n", True), ("", False)])
def test_a_sentence_depends_on_the_passage_before_it_under_one_heading(
    heading: str, depends: bool
) -> None:
    reading = read("x.md", f"{heading}A store can be mended.\n\nIt takes an hour.\n".encode())
    index = Index(list(split_passages(Document("x.md", "X", reading.text, reading.blocks))))
    question = parse_question("How many hours is a store mended?", index.analyzer, index)
    measured = measure(question, index.search(question.query, top=9), index, 9)
    found = {sentence.text: features.implied for _, sentence, features in measured}
    assert (found["It takes an hour."] > 0.9) is depends


MINUTES = """\
# Minutes

## Present

- Gale (chair)
- Ann Lee (voting)

## Lamps

- Gale: the lamps of the quay are older than those of the gate.
- Ann: if we buy more of them, some will break each year.
- Gale and Ann Lee warned of it in May, and warned about gas.
"""


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("what did Ann say about it", "- Ann: if we buy"),
        ("What did Gale say of the gate?", "- Gale: the lamps"),
        ("what did Gale and Ann Lee warn about", "- Gale and Ann Lee warned"),
    ],
)
def test_a_speaker_is_named_before_what_is_said(tmp_path: Path, question: str, shown: str) -> None:
    (tmp_path / "minutes.md").write_text(MINUTES)
    assert first(tmp_path, "minutes.md", question).startswith(shown)


def test_steps_are_shown_from_the_first_to_the_last(documents: Path) -> None:
    shown = first(documents, "manual.md", "How do I install sluice?")
    assert shown.startswith("1. Download")
    assert shown.endswith("search path.")


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("What is the oldest supported system of Sluice v2.1.0?", "release 11"),
        ("What is the oldest supported system of Sluice 2.0.3?", "release 9"),
    ],
)
def test_what_a_question_names_a_version_of_is_found_under_that(
    documents: Path, question: str, shown: str
) -> None:
    assert shown in first(documents, "changes.md", question)


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("What does section 4.2 say about fees?", "due in May"),
        ("What does 5.1 say about fees?", "fire watch"),
        ("Under section 5.1, who pays the keeper?", "paid by the town"),
    ],
)
def test_a_section_is_found_by_its_number(documents: Path, question: str, shown: str) -> None:
    assert shown in first(documents, "rules.md", question)


def sentences(documents: Path, name: str) -> dict[str, Sentence]:
    (document,) = load([str(documents / name)]).documents
    analyzer = english_analyzer()
    return {
        each.text: each
        for passage in split_passages(document)
        for each in sentences_of(passage, analyzer)
    }


def test_a_sentence_has_the_name_that_its_document_gives_it(documents: Path) -> None:
    found = sentences(documents, "manual.md")
    assert found["Show what would be copied, and copy nothing."].name == "-n, --dry-run"
    assert found["Delete copies that are older than so many days."].name == "--keep DAYS"
    assert found["With -n none is deleted."].name == ""
    assert found["F-1 | No copy can be made | an hour"].name == "F-1"
    assert found["- 12 - The store is full."].name == "12"
    assert found["Sluice can tell whether a copy is whole."].name == "Checking a copy"
    assert found["To check a copy, run:"].name == ""


def test_a_sentence_leads_on_if_it_introduces_or_is_a_step(documents: Path) -> None:
    found = sentences(documents, "manual.md")
    assert found["To check a copy, run:"].leads_on
    assert found["2. Unpack it into a folder of your own."].leads_on
    assert not found["Sluice can tell whether a copy is whole."].leads_on
    assert not found["- 12 - The store is full."].leads_on


@pytest.mark.parametrize(
    ("words", "division"),
    [
        ("what does article 5 say", {"five", "v", "5"}),
        ("the second amendment", {"two", "ii", "2"}),
        ("section 12", {"12"}),
        ("what is part of it", set()),
    ],
)
def test_a_numbered_part_may_be_written_in_several_ways(words: str, division: set[str]) -> None:
    assert find_division(words.split()) == division


def test_dotted_numbers_are_those_of_sections_and_versions() -> None:
    words = "changes from v2.0.3 to 2.1.0 in 2024 by rev7.x".split()
    assert find_dotted_numbers(words) == {"2.0.3", "2.1.0"}


@pytest.mark.parametrize(
    ("headings", "text", "inside"),
    [
        (("v2.1.0 (May)", "Other"), "Links are followed.", True),
        (("[2.1.0]",), "Links are followed.", True),
        ((), "§ 2.1.0 Links are followed.", True),
        (("v2.1.0.4",), "Since 2.1.0 links are followed.", True),
        (("v2.1",), "Links are followed as in release 2.1.0 of the tool.", False),
    ],
)
def test_a_part_is_named_by_a_heading_or_opens_its_text(
    headings: tuple[str, ...], text: str, inside: bool
) -> None:
    assert is_in_division(frozenset({"2.1.0"}), headings, text) is inside
    assert not is_in_division(frozenset(), headings, text)
