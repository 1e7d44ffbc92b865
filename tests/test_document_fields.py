"""Fields of documents: they answer questions for a date or a sender, and no others."""

from pathlib import Path

import pytest

from briefqa.assistant import Assistant

PAGE = """\
---
title: Harbour news
date: 2026-05-04
author: Ada Quist
section: Coast
---

# Harbour news

{body}
"""
MESSAGE = """\
From: Sound Wire <desk@sound.example>
To: readers@sound.example
Subject: Harbour news
Date: Mon, 4 May 2026 09:30:00 +0200

{body}
"""
MASTHEAD = """\
SOUND BRIEFING - HARBOUR
Monday, 4 May 2026

{body}

A crane was sold.
"""
BODY = "The harbour wall will be mended in June. Divers found cracks in the harbour wall."


@pytest.fixture
def documents(tmp_path: Path) -> Assistant:
    for name, text in (("page.md", PAGE), ("wire.eml", MESSAGE), ("brief.txt", MASTHEAD)):
        (tmp_path / name).write_text(text.format(body=BODY))
    return Assistant.open(tmp_path, cached=False)


def shown(documents: Assistant, question: str) -> list[str]:
    excerpts = documents.ask(question, 20, fold=False).excerpts
    return [each.sentence.slice(each.passage.text) for each in excerpts]


@pytest.mark.parametrize(
    "question", ["Why is the harbour wall cracked?", "When will the harbour wall be mended?"]
)
def test_fields_and_datelines_rank_below_sentences(documents: Assistant, question: str) -> None:
    sentences = shown(documents, question)
    junk = [
        place
        for place, each in enumerate(sentences)
        if each.startswith(("date:", "author:", "section:", "From:", "To:", "Date:", "Monday"))
        or each.isupper()
    ]
    assert all("harbour wall" in each for each in sentences[:3])
    assert junk == list(range(len(sentences) - len(junk), len(sentences)))
    assert documents.ask(question).values == () or "May" not in documents.ask(question).values[0]


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("Who is the author?", "author: Ada Quist"),
        ("Is there mail from Sound Wire?", "From: Sound Wire <desk@sound.example>"),
        # No other sentence has the name.
        ("Quist", "author: Ada Quist"),
    ],
)
def test_a_field_that_is_asked_for_answers(documents: Assistant, question: str, field: str) -> None:
    assert shown(documents, question)[0] == field


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "Packing list\n\n" + "Crates were packed.\n\n" * 12 + "To: Lindal depot\n\nGate: 3\n",
            "Where do crates go to, depot?",
            "To: Lindal depot",
        ),
        (
            "Questions\n\nWhen does the fair open?\n\n4 May 2026\n\nHow long is the fair open?\n\n"
            "It is open for a week.\n\nWho runs the fair?\n\nThe town runs it.\n",
            "When does the fair open?",
            "4 May 2026",
        ),
    ],
)
def test_other_lines_and_days_answer(tmp_path: Path, text: str, question: str, answer: str) -> None:
    (tmp_path / "list.txt").write_text(text)
    assert shown(Assistant.open(tmp_path, cached=False), question)[0] == answer
