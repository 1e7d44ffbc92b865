"""Plain text: title, headings, page furniture, lists, paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.readers import Kind, Reading, read
from briefqa.readers.plain_text import read_plain_text
from conftest import BRIEFING, ROOT

LINES = st.lists(
    st.sampled_from(
        ["Title", "A heading", "12", "Page 3 of 9", "-----", "", "", "- item", "2. item",
         "A paragraph that ends with a full stop.", "and goes on", "Running head", "   ", "…"]
    ),
    max_size=30,
).map("\n".join)  # fmt: skip


def understood(text: str) -> Reading:
    return read("x.txt", text.encode())


def parts(text: str) -> list[tuple[str, str]]:
    reading = understood(text)
    return [(block.kind.value, block.span.slice(reading.text)) for block in reading.blocks]


def test_the_briefing_is_understood() -> None:
    reading = read(BRIEFING, (ROOT / BRIEFING).read_bytes())
    assert reading.title == "U.S.-Japan Tech Alliance Takes Aim at China, Eyes Global Leadership"
    kinds = [block.kind for block in reading.blocks]
    assert kinds == [Kind.HEADING] + [Kind.PARAGRAPH] * 6
    heading = reading.blocks[0].span.slice(reading.text)
    assert heading.startswith("Japan and the United States to Strengthen")


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (
            "Title\n\nIntroduction\n\nIt rained.\n",
            "Title",
            [("heading", "Introduction"), ("paragraph", "It rained.")],
        ),
        (
            "Title\n=====\n\nIt rained.\n",
            "Title",
            [("paragraph", "It rained.")],
        ),
        (
            "# Title\n\n## Part\n\nIt rained.\n",
            "Title",
            [("heading", "## Part"), ("paragraph", "It rained.")],
        ),
        (
            "It rained.\n\nPart one\n\nSection two\n\nIt stopped.\n",
            None,
            [
                ("paragraph", "It rained."),
                ("heading", "Part one"),
                ("heading", "Section two"),
                ("paragraph", "It stopped."),
            ],
        ),
        (
            "It rained.\n\nAnn\n\nBob\n\nCid\n\nIt stopped.\n",
            None,
            [
                ("paragraph", "It rained."),
                ("line", "Ann"),
                ("line", "Bob"),
                ("line", "Cid"),
                ("paragraph", "It stopped."),
            ],
        ),
        (
            "It rained.\n\n- Ann\n\n- Bob\n",
            None,
            [("paragraph", "It rained."), ("item", "- Ann"), ("item", "- Bob")],
        ),
        ("The cat sat on the mat\n", None, [("line", "The cat sat on the mat")]),
        ("One\n\nTwo\n", "One", [("line", "Two")]),
        (
            "It rained.\n\nSigned, Ann\n",
            None,
            [("paragraph", "It rained."), ("line", "Signed, Ann")],
        ),
        ("7\n12\n1999\n2001\n", None, [("paragraph", "1999\n2001")]),
        ("12\n14\n15\n16\n", None, [("paragraph", "12\n14\n15\n16")]),
        ("\n \n", None, []),
        ("- 3 -\n\n* * *\n", None, []),
    ],
)
def test_the_parts_of_a_document(
    text: str, title: str | None, expected: list[tuple[str, str]]
) -> None:
    assert understood(text).title == title
    assert parts(text) == expected


def test_page_numbers_and_running_heads_are_left_out() -> None:
    page = "Annual Report\n\n{}\n\nMore rain fell in {}.\n\n"
    text = "Cover\n\n" + "".join(page.format(number, number + 1990) for number in range(1, 4))
    assert parts(text) == [
        ("heading", "Annual Report"),
        ("paragraph", "More rain fell in 1991."),
        ("paragraph", "More rain fell in 1992."),
        ("paragraph", "More rain fell in 1993."),
    ]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "day", ["Monday, 4 May 2026", "4 May 2026", "May 4, 2026", "2026-05-04", "TUESDAY 5 MAY 2026"]
)
def test_the_day_below_the_title_of_a_document_names_nothing(between: str, day: str) -> None:
    text = f"SOUND BRIEFING - RAIN{between}{day}\n\nIt rained.\n\nMore news\n\nIt stopped.\n"
    assert understood(text).title == "SOUND BRIEFING - RAIN"
    assert parts(text) == [
        ("line", day),
        ("paragraph", "It rained."),
        ("heading", "More news"),
        ("paragraph", "It stopped."),
    ]


@pytest.mark.parametrize(
    ("text", "title", "first"),
    [
        # Days name what was done on each of them.
        (
            "Log\n\n4 May 2026\n\nIt rained.\n\n5 May 2026\n\nIt stopped.\n",
            "Log",
            ("heading", "4 May 2026"),
        ),
        ("Dear Ada,\n4 May 2026\n\nIt rained.\n", None, ("paragraph", "Dear Ada,\n4 May 2026")),
        (
            "Rain\nfell on 4 May 2026\n\nIt rained.\n",
            None,
            ("paragraph", "Rain\nfell on 4 May 2026"),
        ),
    ],
)
def test_other_days_are_read_as_before(
    text: str, title: str | None, first: tuple[str, str]
) -> None:
    assert understood(text).title == title
    assert parts(text)[0] == first


def test_the_title_said_again_is_left_out() -> None:
    assert parts("Rain\n\nIt fell.\n\n2\nRain\n\nIt stopped.\n") == [
        ("paragraph", "It fell."),
        ("paragraph", "It stopped."),
    ]


@given(text=LINES)
def test_blocks_are_disjoint_in_order_and_trimmed(text: str) -> None:
    reading = understood(text)
    end = 0
    for block in reading.blocks:
        assert end <= block.span.start < block.span.end
        assert block.span.slice(text).strip() == block.span.slice(text)
        end = block.span.end


@given(text=LINES)
def test_no_sentence_is_lost(text: str) -> None:
    reading = understood(text)
    held = "\n".join(block.span.slice(text) for block in reading.blocks)
    for line in text.splitlines():
        if line.startswith(("A paragraph", "- item", "2. item", "and goes on")):
            assert line in held or line == reading.title


def test_a_question_above_its_answer_is_a_heading() -> None:
    text = "Stars\n\nWhat is a dwarf?\n\nA dwarf is a small star that burns for a long time.\n"
    reading = read_plain_text("faq.txt", text.encode())
    assert [block.kind for block in reading.blocks] == [Kind.HEADING, Kind.PARAGRAPH]


QUESTIONS = """\
1.1. The lamp does not go on
and smells of gas.

Close the tap at once.

1.2. Is it possible to light a lamp that is
already warm?

Wait for an hour.

1.3. It is too bright. What is to be
done about it?

Turn the wick down.

1.4. Why is it green?

It burns copper.
"""


def test_numbered_questions_of_several_lines_are_headings() -> None:
    headings = [text for kind, text in parts(QUESTIONS) if kind == "heading"]
    assert [heading[:4] for heading in headings] == ["1.1.", "1.2.", "1.3.", "1.4."]


@pytest.mark.parametrize(
    "text",
    [
        # Two questions are no list of questions.
        "It rained.\n\nWho had the\nkey?\n\nAnn had it.\n\nWho had the\nlamp?\n\nBob had it.\n",
        # A paragraph that ends with a question is more than a question.
        "\n\n".join(["The lamp is out. Who had the\nkey to it?", "Ann had it."] * 3),
        "\n\n".join(["“Who had the\nkey?”", "“Ann had it.”"] * 3),
        'It rained.\n\n"Who had the key?"\n\n"Ann had it."\n',
        # Three questions of many paragraphs are no list of questions.
        "\n\n".join(["Who had the\nkey?", *["Ann walked along the shore."] * 15] * 3),
    ],
)
def test_a_question_in_a_story_is_no_heading(text: str) -> None:
    assert all(kind == "paragraph" for kind, _ in parts(text))


def test_a_small_letter_opens_the_name_of_what_is_moved_in_below_it() -> None:
    entry = "       wick\n\t   A wick is the cord of a lamp\n\t   that burns.\n\n"
    goes_on = "       because\n\n\t   A lamp is dear.\n"
    kinds = [kind for kind, _ in parts("LAMPS\n\n" + entry * 2 + goes_on)]
    assert kinds == ["heading", "paragraph", "heading", "paragraph", "line", "paragraph"]


def test_the_heads_and_feet_of_a_manual_page_are_left_out() -> None:
    text = (
        "LAMP(1)\t\t  User Commands\t\t   LAMP(1)\n\nNAME\n       lamp - light a lamp\n\n"
        "SEE ALSO\n       wick(1)   LAMP(1)\n\n       oil(5)   LAMP(1)\n\n"
        "lamp 2.1\t\t  2024-03-03\t\t   LAMP(1)\n"
    )
    shown = "".join(text for _, text in parts(text))
    assert "lamp - light" in shown
    assert "wick(1)" in shown
    assert "oil(5)" in shown
    assert "User Commands" not in shown
    assert "2024-03-03" not in shown


RELEASES = """\
Changes of lamp 2.1                    03 Mar 2024

    *) Bugfix: it goes out.
       Thanks to Ann.

    *) Feature: gas.

Lamp 2.0{gap}{day}

{indent}*) Feature: oil.
"""


def test_the_line_above_the_changes_of_a_release_is_a_heading() -> None:
    text = RELEASES.format(gap="\t\t", day="2023-12-01", indent="    ")
    assert parts(text) == [
        ("heading", "Changes of lamp 2.1                    03 Mar 2024"),
        ("item", "*) Bugfix: it goes out.\n       Thanks to Ann."),
        ("item", "*) Feature: gas."),
        ("heading", "Lamp 2.0\t\t2023-12-01"),
        ("item", "*) Feature: oil."),
    ]


@pytest.mark.parametrize(
    ("gap", "day", "indent"),
    [
        ("      ", "40 lux", "    "),
        ("      ", "1 Dec 2023", ""),
        (" lasts from ", "May 2023 on.", "    "),
        (" " * 120, "1 Dec 2023", "    "),
    ],
)
def test_a_line_with_columns_names_no_release_without_a_date_above_what_is_moved_in(
    gap: str, day: str, indent: str
) -> None:
    text = RELEASES.format(gap=gap, day=day, indent=indent)
    assert [kind for kind, _ in parts(text)].count("heading") == 1


@pytest.mark.parametrize("mark", "●○▪■□◆►➢✓☐")
def test_marks_of_printed_lists_open_items(mark: str) -> None:
    text = f"It is lit.\n\n{mark} oil, which is\n  cheap\n{mark} gas\n"
    assert [kind for kind, _ in parts(text)] == ["paragraph", "item", "item"]
    assert parts(f"They burn oil {mark} gas.\nThat is all.\n")[0][0] == "paragraph"


def test_a_short_line_right_above_its_text_is_a_heading() -> None:
    text = (
        "Handbook\n\n"
        "Annual leave\n"
        "Staff are entitled to 27 days of leave, which is taken between April and March.\n\n"
        "2. Illness\nWhoever is ill tells the office\nbefore noon, and sends a note\n"
        "from the eighth day on.\n\n"
        "3. Keys\nAll keys are returned on the last day.\n\n"
        "Ann Hill\n12 Main Street\nSkerry\n\n"
        "and so on\nThe line above opens with a small letter, and so it is no heading of this one."
    )
    headings = [written for kind, written in parts(text) if kind == "heading"]
    assert headings == ["Annual leave", "2. Illness", "3. Keys"]


def test_the_numbered_lines_above_the_text_of_a_leaflet_are_headings() -> None:
    contents = "1. What it is\n2. How to use it\n3. How to keep it"
    one, two, three = contents.split("\n")
    text = (
        f"Leaflet\n\nIn this leaflet\n{contents}\n\n{one}\n\nA lamp.\n\n{two}\n\nFill it.\n\n"
        f"- oil\n- a wick\n\n{three}\n\nKeep it dry.\n"
    )
    assert parts(text) == [
        ("paragraph", "In this leaflet"),
        ("heading", one),
        ("paragraph", "A lamp."),
        ("heading", two),
        ("paragraph", "Fill it."),
        ("item", "- oil"),
        ("item", "- a wick"),
        ("heading", three),
        ("paragraph", "Keep it dry."),
    ]


def test_long_items_are_no_entries_of_a_contents_list() -> None:
    items = "".join(f"- {name} {'is said at length, ' * 8}and so on.\n" for name in "abc")
    asked = "".join(f"1.{n}. {'Who knows ' * 13}why?\n\nNobody.\n\n" for n in (1, 2, 3))
    asked += "".join(f"1.{n}. Who does {n}?\n\nNobody.\n\n" for n in (4, 5, 6))
    assert [kind for kind, _ in parts(f"Talk\n\n{asked}{items}")].count("item") == 3


def test_items_with_room_between_them_are_no_headings() -> None:
    text = (
        "To light it:\n\n1. Fill in the oil\n\n2. Trim the wick\n\n3. Strike a match\n\nIt burns.\n"
    )
    assert [kind for kind, _ in parts(text)].count("heading") == 0


def test_the_lines_of_a_poem_are_no_headings() -> None:
    stanza = "The boats came in\nBefore the rain began to fall upon the pier.\n\n"
    assert all(kind == "paragraph" for kind, _ in parts(stanza * 4))
