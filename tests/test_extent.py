"""The extent of an answer: what is shown with the best sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefqa.answers.answer import Excerpt
from briefqa.answers.pipeline import AnswerOptions, answer
from briefqa.answers.snippets import ANSWER_LIMIT, extent
from briefqa.documents import Document
from briefqa.index import Index
from briefqa.passage_splitter import split_passages
from briefqa.passages import Passage, placed_sentences
from briefqa.readers import read
from briefqa.spans import Span


def passages(text: str) -> list[Passage]:
    reading = read("x.md", text.encode())
    document = Document("x.md", reading.title or "x.md", reading.text, reading.blocks)
    return list(split_passages(document))


def first(question: str, text: str) -> Excerpt:
    """Return the first excerpt of the answer to a question about a document."""
    return answer(question, Index(passages(text)), AnswerOptions(1)).excerpts[0]


def answered(text: str, question: str) -> str:
    """Return the answer of the first excerpt that a question to a document gets."""
    excerpt = first(question, text)
    return excerpt.answer.slice(excerpt.passage.text)


def shown(text: str, sentence: str, *, whole: bool = False) -> str:
    """Return what is shown of a document if a sentence of it answers best."""
    for passage in passages(text):
        for span, _ in placed_sentences(passage):
            if span.slice(passage.text).startswith(sentence):
                return extent(passage, span, whole=whole).slice(passage.text)
    raise AssertionError(f"no sentence {sentence!r}")


STEPS = """\
## Replacing a lamp

Switch the power off. Wait a while.

1. Unscrew the glass.
2. Take out the lamp.
   - Old ones go to the depot.
3. Put in the new one.
"""
LISTED = """\
Lamps are of three kinds:

- oil,
- gas,
- electric.

They are lit at dusk.
"""
TERMS = """\
brightness
: How bright lamps are. From 0 to 100.

dawn
dusk
: When lamps go out or on.

  A number of minutes.
"""
TABLE = """\
The lamps are as follows:

| Lamp | Place |
| --- | --- |
| A | gate |
| B | quay |
"""
CODE = """\
### From source

You need a compiler.

```
make

make install
```
"""


@pytest.mark.parametrize(
    ("text", "sentence", "end"),
    [
        (LISTED, "Lamps are", "- electric."),
        (LISTED, "They are lit", "They are lit at dusk."),
        (LISTED, "- gas", "- gas,"),
        (TABLE, "The lamps are", "B | quay"),
        (TABLE, "A |", "A | gate"),
        (CODE, "You need", "You need a compiler."),
        (CODE, "make", "make install"),
        (CODE, "From source", "You need a compiler."),
        (STEPS, "Replacing", "Wait a while."),
        ("## Lamps\n\n- oil\n- gas\n\nLit.", "Lamps", "- gas"),
        ("## Lamps\n\nLit by:\n\n- oil\n- gas\n", "Lamps", "- gas"),
        ("## Lamps\n\n### Gas\n\n## Poles\n\nTall.\n", "Lamps", "Gas"),
        ("Write to us:\n\nThe Keeper\nGate 4\nNorth Quay\n", "Write", "North Quay"),
        ("- Lamps:\n  - oil\n  - gas\n- Poles\n", "- Lamps:", "- gas"),
        ("Lamps are lit by:\n\n```\nlight\n```\n", "Lamps", "light"),
        ("Lamps are lit by:", "Lamps", "Lamps are lit by:"),
    ],
)
def test_what_a_sentence_introduces_is_shown_with_it(text: str, sentence: str, end: str) -> None:
    told = shown(text, sentence)
    assert told.startswith(sentence)
    assert told.endswith(end)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("How bright", "brightness\nHow bright lamps are. From 0 to 100."),
        ("From 0", "brightness\nHow bright lamps are. From 0 to 100."),
        ("brightness", "brightness\nHow bright lamps are. From 0 to 100."),
        ("How bright", "brightness\nHow bright lamps are."),
        ("When lamps", "dawn\ndusk\nWhen lamps go out or on."),
    ],
)
def test_a_definition_is_shown_with_its_own_terms(sentence: str, expected: str) -> None:
    assert " ".join(shown(TERMS, sentence).split()).startswith(" ".join(expected.split()))


@pytest.mark.parametrize(
    ("text", "sentence", "expected"),
    [
        ("**Gas**: It is lit.\nIt burns.\n", "Gas", "Gas: It is lit.\nIt burns."),
        ("**Gas**: It is lit.\nIt burns.\n", "It burns", "Gas: It is lit.\nIt burns."),
        (f"Gas: It is lit.\n{'It burns. ' * 70}\n", "Gas", "Gas: It is lit."),
        ("It is lit. It burns: so it is gas.\n", "It is", "It is lit."),
        ("It is lit at 10:30. It burns.\n", "It is", "It is lit at 10:30."),
    ],
)
def test_a_short_entry_is_shown_whole(text: str, sentence: str, expected: str) -> None:
    assert shown(text, sentence) == expected


FIELDS = "---\nkeeper: Ann Lee\nlit: 1 May\n---\n\nThe lamp is old.\n"
QUOTED = "> Lamps are {text}.\n\n— Ann Lee, of the harbour\n\nShe is right.\n"


def test_the_fields_of_a_record_are_shown_together() -> None:
    assert shown(FIELDS, "keeper") == shown(FIELDS, "lit") == "keeper: Ann Lee\nlit: 1 May"
    assert shown(FIELDS.replace("1 May", "May " * 200), "keeper") == "keeper: Ann Lee"
    assert shown("Write to:\n\nThe Keeper\nGate 4\n", "Gate 4").endswith("Gate 4")


def test_who_said_something_is_shown_with_it() -> None:
    text = QUOTED.format(text="old")
    assert shown(text, "—") == "Lamps are old.\n\n— Ann Lee, of the harbour"
    assert shown(text, "She") == "She is right."
    assert shown(text.replace("> ", ""), "—") == "— Ann Lee, of the harbour"


def test_a_definition_far_below_its_term_is_shown_alone() -> None:
    text = f"lamp\n: {'It is a lamp of many parts. ' * 30}\n: The last part is the glass.\n"
    assert shown(text, "The last part") == "The last part is the glass."


@pytest.mark.parametrize(
    ("text", "sentence", "start", "end"),
    [
        (STEPS, "2. Take", "Switch the power off.", "3. Put in the new one."),
        (STEPS, "Wait", "Wait a while.", "3. Put in the new one."),
        (LISTED, "- gas", "Lamps are", "- electric."),
        ("## Lamps\n\n- oil\n- gas\n", "- gas", "- oil", "- gas"),
        (CODE, "You need", "You need", "make install"),
        ("Go to the gate. Turn the key. Wait.", "Turn the key.", "Go to", "Wait."),
        ("Lamps\n\n1. Light it.\n\n| A | B |\n|---|---|\n| a | b |\n", "1. Light", "Lamps", "it."),
    ],
)
def test_all_steps_are_shown_where_all_are_asked_for(
    text: str, sentence: str, start: str, end: str
) -> None:
    told = shown(text, sentence, whole=True)
    assert told.startswith(start)
    assert told.endswith(end)


def test_a_list_that_is_too_long_is_cut_between_its_items() -> None:
    items = "".join(f"{number}. Do what is said on page {number}.\n" for number in range(1, 61))
    told = shown(f"## Steps\n\n{items}", "3. Do", whole=True)
    assert told.startswith("1. Do")
    assert told.endswith(".")
    assert ANSWER_LIMIT - 60 < len(told) <= ANSWER_LIMIT
    late = shown(f"## Steps\n\n{items}", "55. Do", whole=True)
    assert late.startswith("55. Do")


def test_an_endless_line_of_code_is_cut_between_words() -> None:
    code = "```\n" + " ".join(f"--option-{number}=value" for number in range(80)) + "\n```\n"
    told = shown(f"Run this:\n\n{code}", "Run this")
    assert len(told) <= ANSWER_LIMIT
    assert told.endswith("=value")


FERRY = (
    "The ferry to the island was late again. The storm had damaged its engine on the crossing."
    " Passengers waited in the hall. Coffee was free."
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        # Two neighbours have the words of the question, and neither is clearly better.
        (
            "Why was the damaged ferry late?",
            "The ferry to the island was late again."
            " The storm had damaged its engine on the crossing.",
        ),
        # One has them all, and those beside it none.
        ("Was the coffee free?", "Coffee was free."),
        # Only one has what the question expects.
        ("When does the ferry leave?", "The ferry leaves at 9:40 on 3 May 2024."),
    ],
)
def test_two_neighbours_answer_if_neither_is_clearly_better(question: str, told: str) -> None:
    text = f"{FERRY} The ferry leaves at 9:40 on 3 May 2024. No ferry leaves before.\n"
    assert answered(text, question) == told


def test_a_list_is_shown_whole_if_only_its_heading_has_the_words() -> None:
    recipe = (
        "# Pie\n\n## Cheese filling\n\n- 1 lemon\n- 250 g ricotta\n\n## Crust\n\n- flour\n- 1 egg\n"
    )
    assert answered(recipe, "what goes into the cheese filling") == "- 1 lemon\n- 250 g ricotta"
    # An item that has a word of the question answers alone.
    assert answered(recipe, "is an egg in the crust") == "- 1 egg"


def test_a_whole_paragraph_is_shown_with_what_it_introduces() -> None:
    costs = "Lamps cost money. It goes to three ends:\n\n- oil\n- wicks\n"
    assert shown(costs, "Lamps cost", whole=True) == costs.rstrip()
    assert shown(costs, "Lamps cost") == "Lamps cost money."


def test_what_a_neighbour_introduces_is_shown_with_it() -> None:
    rules = "The board sends a report. It lists:\n\n- debts\n- fees\n\nIt is free.\n"
    passage = passages(rules)[0]
    sentence, beside, *_ = (span for span, _ in placed_sentences(passage))
    told = extent(passage, sentence, whole=False, beside=beside)
    assert told.slice(passage.text) == rules.partition("\n\nIt is free")[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Do you ship lamps abroad?\nNo, only to Oslo.\n", "No, only to Oslo."),
        ("Q: Do you ship lamps abroad?\nA: No, only to Oslo.\n", "A: No, only to Oslo."),
        ("It rained. Do they ship lamps abroad?\n", "Do they ship lamps abroad?"),
    ],
)
def test_the_sentence_after_a_question_answers(text: str, told: str) -> None:
    excerpt = first("Can you ship lamps abroad", text)
    assert excerpt.sentence.slice(excerpt.passage.text) == told
    assert "ship lamps abroad?" in excerpt.answer.slice(excerpt.passage.text)


def test_no_question_of_a_list_of_questions_answers_the_one_before() -> None:
    listed = "- Do you ship lamps abroad?\n- Do you mend wicks?\n- Do you sell oil?\n"
    excerpt = first("Can you ship lamps abroad", listed)
    assert excerpt.sentence.slice(excerpt.passage.text) == "- Do you ship lamps abroad?"


def test_what_only_says_the_question_again_is_shown_with_what_follows() -> None:
    faults = (
        "**The lamp smokes.** Trim its wick.\n\n**The lamp is cold.** Fill in more of the oil.\n\n"
        "Lamps burn for nine hours, and longer if the wick is new.\n"
    )
    assert answered(faults, "Why does the lamp smoke?") == "The lamp smokes. Trim its wick."
    assert answered(faults, "How long do lamps burn?").startswith("Lamps burn for nine hours")


def test_two_neighbours_of_different_blocks_are_not_one_answer() -> None:
    ferries = FERRY.replace(". The", ".\n\nThe")
    assert answered(ferries, "Why was the damaged ferry late?") in ferries.split("\n\n")


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from([STEPS, LISTED, TERMS, TABLE, CODE, "It rains. " * 90]), max_size=4),
    st.booleans(),
)
def test_an_answer_contains_its_sentence_and_is_bounded(texts: list[str], whole: bool) -> None:
    for passage in passages("\n".join(texts)):
        spans = [span for span, _ in placed_sentences(passage)]
        for span, beside in zip(spans, [*spans[1:], None], strict=True):
            told = extent(passage, span, whole=whole, beside=beside)
            assert told.contains(span)
            assert told.length <= max(ANSWER_LIMIT, span.length)
            assert Span(0, len(passage.text)).contains(told)
