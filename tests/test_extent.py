"""The extent of an answer: what is shown with the best sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefqa.answers.snippets import ANSWER_LIMIT, extent
from briefqa.documents import Document
from briefqa.passage_splitter import split_passages
from briefqa.passages import Passage, placed_sentences
from briefqa.readers import read
from briefqa.spans import Span


def passages(text: str) -> list[Passage]:
    reading = read("x.md", text.encode())
    document = Document("x.md", reading.title or "x.md", reading.text, reading.blocks)
    return list(split_passages(document))


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
    answer = shown(text, sentence)
    assert answer.startswith(sentence)
    assert answer.endswith(end)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("brightness", "brightness\nHow bright lamps are. From 0 to 100."),
        ("How bright", "brightness\nHow bright lamps are."),
        ("When lamps", "dawn\ndusk\nWhen lamps go out or on."),
    ],
)
def test_a_definition_is_shown_with_its_own_terms(sentence: str, expected: str) -> None:
    assert " ".join(shown(TERMS, sentence).split()).startswith(" ".join(expected.split()))


def test_a_definition_far_below_its_term_is_shown_alone() -> None:
    text = f"lamp\n: {'It is a lamp of many parts. ' * 20}\n: The last part is the glass.\n"
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
    answer = shown(text, sentence, whole=True)
    assert answer.startswith(start)
    assert answer.endswith(end)


def test_a_list_that_is_too_long_is_cut_between_its_items() -> None:
    items = "".join(f"{number}. Do what is said on page {number}.\n" for number in range(1, 61))
    answer = shown(f"## Steps\n\n{items}", "3. Do", whole=True)
    assert answer.startswith("1. Do")
    assert answer.endswith(".")
    assert ANSWER_LIMIT - 60 < len(answer) <= ANSWER_LIMIT
    late = shown(f"## Steps\n\n{items}", "55. Do", whole=True)
    assert late.startswith("55. Do")


def test_an_endless_line_of_code_is_cut_between_words() -> None:
    code = "```\n" + " ".join(f"--option-{number}=value" for number in range(80)) + "\n```\n"
    answer = shown(f"Run this:\n\n{code}", "Run this")
    assert len(answer) <= ANSWER_LIMIT
    assert answer.endswith("=value")


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from([STEPS, LISTED, TERMS, TABLE, CODE, "It rains. " * 90]), max_size=4),
    st.booleans(),
)
def test_an_answer_contains_its_sentence_and_is_bounded(texts: list[str], whole: bool) -> None:
    for passage in passages("\n".join(texts)):
        for span, _ in placed_sentences(passage):
            answer = extent(passage, span, whole=whole)
            assert answer.contains(span)
            assert answer.length <= max(ANSWER_LIMIT, span.length)
            assert Span(0, len(passage.text)).contains(answer)
