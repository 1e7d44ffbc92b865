"""Plain text: the blocks that its layout shows."""

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.readers import read
from readings import check_reading


def blocks(text: str) -> list[tuple[str, str]]:
    """The kind and the folded text of each block."""
    reading = read("x.txt", dedent(text).lstrip("\n").encode())
    check_reading(reading)
    return [
        (block.kind.value, " ".join(block.span.slice(reading.text).split()))
        for block in reading.blocks
    ]


def levels(text: str) -> list[tuple[int | None, str]]:
    """The level and the text of each heading."""
    reading = read("x.txt", dedent(text).lstrip("\n").encode())
    return [
        (block.level, block.span.slice(reading.text))
        for block in reading.blocks
        if block.is_heading
    ]


def test_items_of_a_list_are_parted_and_keep_their_marks_and_depth() -> None:
    text = """
        Rain kept us in.

        Bring to the lake:
          - bread, and whatever
            goes on it
          - tea
             a) green
             b) black
        """
    reading = read("x.txt", dedent(text).lstrip("\n").encode())
    items = [(block.level, block.span.slice(reading.text)) for block in reading.blocks[2:]]
    assert blocks(text)[1] == ("paragraph", "Bring to the lake:")
    assert items == [
        (1, "- bread, and whatever\n    goes on it"),
        (1, "- tea"),
        (2, "a) green"),
        (2, "b) black"),
    ]


def test_a_dash_or_a_year_at_the_beginning_of_a_wrapped_line_opens_no_item() -> None:
    text = "The ferry was built in a yard at the mouth of the river in the spring of\n"
    assert [kind for kind, _ in blocks(text + "82. It sailed for years\n")] == ["paragraph"]
    assert [kind for kind, _ in blocks(text + "- so they say - 1882.\n")] == ["paragraph"]


def test_options_of_a_manual_are_terms_with_their_definitions() -> None:
    text = """
        OPTIONS
               The tool knows these options, which may stand in any order, and in
               any number, before or after the names.

               -k, --keep
                      Keep the old files beside the new ones, under their names
                      with a tilde.

                      They are never removed by the tool.

               -s     Say less.

        EXIT VALUES
               The tool ends with zero where all went well, and with another
               number elsewhere.
        """
    assert blocks(text) == [
        ("heading", "OPTIONS"),
        (
            "paragraph",
            "The tool knows these options, which may stand in any order, and in any number,"
            " before or after the names.",
        ),
        ("term", "-k, --keep"),
        ("definition", "Keep the old files beside the new ones, under their names with a tilde."),
        ("definition", "They are never removed by the tool."),
        ("term", "-s"),
        ("definition", "Say less."),
        ("heading", "EXIT VALUES"),
        (
            "paragraph",
            "The tool ends with zero where all went well, and with another number elsewhere.",
        ),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "port     ships  tons\n-------  -----  ----\nAalborg  12     40\nBergen   7      9\n",
        "port     ships  tons\nAalborg  12     40\nBergen   7      9\n",
        "port | ships | tons\nAalborg | 12 | 40\nBergen | 7 | 9\n",
        "port\tships\ttons\nAalborg\t12\t40\nBergen\t7\t9\n",
    ],
)
def test_rows_of_a_table_know_the_names_of_its_columns(table: str) -> None:
    reading = read("x.txt", f"It rained.\n\n{table}".encode())
    assert [block.kind.value for block in reading.blocks] == ["paragraph", "header", "row", "row"]
    assert [block.header for block in reading.blocks[1:]] == [None, *["port | ships | tons"] * 2]
    line = reading.blocks[-1].span.slice(reading.text)
    assert line == table.splitlines()[-1]


def test_justified_prose_is_no_table() -> None:
    text = """
        The  harbour  lies in the  east,  and the road to it  is long  and
        winding.  Ships  come twice  a  day, but  for Sundays,  when  none
        come at all.  Tickets  are sold  aboard, and nowhere else, to  all.
        """
    assert [kind for kind, _ in blocks(text)] == ["paragraph"]


def test_numbers_tell_how_deep_headings_stand() -> None:
    text = """
        1. SCOPE

        This is about boats.

        1.1 Rowing boats

        They have oars.

        1.1.2 Oars

        Oars are of wood.

        2. FEES

        There are none.
        """
    assert levels("It rained.\n\n" + dedent(text)) == [
        (1, "1. SCOPE"), (2, "1.1 Rowing boats"), (3, "1.1.2 Oars"), (1, "2. FEES"),
    ]  # fmt: skip


def test_the_divisions_of_a_law_stand_in_one_another() -> None:
    text = """
        We, the members of the club, agree on what follows.

        ARTICLE ONE

        Section 1.  The board has three members.

        Section 2.  It meets
        in May.

        ARTICLE TWO

        Section 1.  Dues are paid in June.
        """
    assert levels(text) == [
        (1, "ARTICLE ONE"), (2, "Section 1."), (2, "Section 2."),
        (1, "ARTICLE TWO"), (2, "Section 1."),
    ]  # fmt: skip
    assert ("paragraph", "The board has three members.") in blocks(text)


def test_a_line_with_a_colon_above_a_list_is_text() -> None:
    assert blocks("It rained.\n\nWe need:\n\n- rope\n- tar\n") == [
        ("paragraph", "It rained."),
        ("paragraph", "We need:"),
        ("item", "- rope"),
        ("item", "- tar"),
    ]


def test_a_paragraph_of_one_line_that_ends_with_a_question_is_no_heading() -> None:
    text = "It rained.\n\nWe waited in the shed until ten. Who would not?\n\nThen it stopped.\n"
    assert [kind for kind, _ in blocks(text)] == ["paragraph"] * 3


def test_a_contents_list_and_what_stands_at_the_edges_of_pages_are_left_out() -> None:
    page = f"\n\nThe Harbour Rules{' ' * 20}May 1993\n\n"
    text = (
        "It rained.\n\n1. Scope ............ 2\n2. Fees . . . . . . . 14\n\nA. Writer"
        + " " * 20
        + "[Page 1]"
        + page
        + "Boats keep to the left.\n\nA. Writer"
        + " " * 20
        + "[Page 2]"
        + page
        + "Dues are paid in June.\n"
    )
    assert blocks(text) == [
        ("paragraph", "It rained."),
        ("line", "The Harbour Rules May 1993"),
        ("paragraph", "Boats keep to the left."),
        ("paragraph", "Dues are paid in June."),
    ]


def test_a_contents_list_alone_is_kept() -> None:
    assert [text for _, text in blocks("Scope ........ 2\nFees ........ 14\n")] == [
        "Scope ........ 2 Fees ........ 14"
    ]


def test_what_is_quoted_in_a_message_is_a_quotation() -> None:
    assert blocks("I agree.\n\n> Shall we\n> sail?\n")[1] == ("quotation", "Shall we sail?")


PIECES = st.lists(
    st.sampled_from(
        ["    ", "\t", "- ", "1. ", "term", "A HEADING", ":", "\n", "\n", "\n\n", "a  b  c", "|",
         ">", "----", "....... 3", "It rained. ", "Section 2. ", "x" * 90]
    ),
    max_size=60,
).map("".join)  # fmt: skip


@given(text=PIECES)
def test_any_layout_is_read_soundly(text: str) -> None:
    check_reading(read("x.txt", text.encode()))


@pytest.mark.parametrize(
    "unit",
    [
        "- x\n",
        " x\n",
        "a  b\n",
        "x | y\n",
        "Section 1. x\n\n",
        "1.1 X\n\n",
        ". ",
        "....",
        "\tx\n",
        "x:\n y\n",
    ],
)
def test_much_of_any_layout_ends(unit: str) -> None:
    reading = read("x.txt", (unit * (300_000 // len(unit))).encode())
    check_reading(reading)


PROSE = "Dues are paid in June, and a boat that is late\nwith them leaves the harbour by July."


@pytest.mark.parametrize("name", ["PAYMENT OF DUES", "Payment of dues", "2.1 Dues", "Who pays?"])
def test_a_heading_may_stand_right_above_its_prose(name: str) -> None:
    text = f"The harbour has rules.\n\n{name}\n{PROSE}\n\nBoats in winter\n{PROSE}\n"
    assert blocks(text)[1:3] == [("heading", name), ("paragraph", PROSE.replace("\n", " "))]
    assert (blocks(text.replace("Boats in winter\n", ""))[1][0] == "heading") == name.isupper()


@pytest.mark.parametrize(
    "text",
    [
        f"Dear Ann\n{PROSE}",
        f"We met at noon.\n{PROSE}",
        "The harbour of the town is open to boats\nEach of them pays dues.",
        "Ann Oak\nMaster of the Harbour and the Mill\nNorth Haven",
        "OAK AND SONS\nNORTH HAVEN, NEAR THE MILL.",
        "Oak Lane\nand the roads to the north of it are closed for the winter.",
    ],
)
def test_other_first_lines_are_none(text: str) -> None:
    expected = " ".join(text.split())
    assert blocks(f"The harbour has rules.\n\n{text}\n")[1:] == [("paragraph", expected)]


@pytest.mark.parametrize("marks", [("Changes from {} to {}",), ("{} ({})",)])
def test_the_first_of_headings_alike_is_not_the_title(marks: tuple[str]) -> None:
    releases = [marks[0].format(*each) for each in [("3.7b", "3.8"), ("3.6", "3.7b")]]
    bodies = ["* Oak grows.", "* Elm does not."]
    text = "".join(f"{name}\n\n{body}\n\n" for name, body in zip(releases, bodies, strict=True))
    reading = read("x.txt", text.encode())
    assert reading.title is None
    assert [block.span.slice(reading.text) for block in reading.blocks if block.is_heading] == (
        releases
    )


def test_what_stands_above_a_quotation_is_an_answer_to_it() -> None:
    text = "On Monday Ann wrote:\n\n> Is it open?\n\nIt is not\n\n> Why?\n\nIt rains, as you see.\n"
    assert [kind for kind, _ in blocks(text)] == [
        "paragraph", "quotation", "paragraph", "quotation", "paragraph",
    ]  # fmt: skip


def test_clauses_are_paragraphs_beneath_their_numbered_headings() -> None:
    text = """
        We agree on these terms and no others.

        1. Rent
        1.1 The rent is due on the first day of each
        month.
        1.2 It rises by 3 per cent a year.

        2. Repairs
        The landlord keeps the roof in repair.
          - Gutters are his too.
          - So are pipes.

        3. THE TENANT
        The tenant shall:
        (a) heat the rooms; and
        (b) not smoke.

        4. Items of a list are none
        5. Not even the second
    """
    assert blocks(text)[1:] == [
        ("heading", "1. Rent"),
        ("paragraph", "1.1 The rent is due on the first day of each month."),
        ("paragraph", "1.2 It rises by 3 per cent a year."),
        ("heading", "2. Repairs"),
        ("paragraph", "The landlord keeps the roof in repair."),
        ("item", "- Gutters are his too."),
        ("item", "- So are pipes."),
        ("heading", "3. THE TENANT"),
        ("paragraph", "The tenant shall:"),
        ("item", "(a) heat the rooms; and"),
        ("item", "(b) not smoke."),
        ("item", "4. Items of a list are none"),
        ("item", "5. Not even the second"),
    ]


def test_columns_may_be_set_to_the_right_and_lie_between_rules() -> None:
    text = """
        Each bill is paid in June.

        Qty   Item            Price     Amount
        ---------------------------------------
          1   Mixer tap       95.00      95.00
          3   Hours          148.00     444.00
        ---------------------------------------
                                Total    539.00

        Prices are in pounds.

        Item           Price
        Oak table    1200.00
        Ash bench       9.50
        Stool          12.00
    """
    found = read("x.txt", dedent(text).lstrip().encode()).blocks
    assert [block.kind.value for block in found].count("row") == 6
    assert [block.header for block in found if block.header][-1] == "Item | Price"


def test_what_is_quoted_right_above_or_below_an_answer_is_apart() -> None:
    assert blocks("On Monday Ann wrote:\n> Is it open?\n> Why?\nIt is not.\n\nIt rains.\n")[:3] == [
        ("paragraph", "On Monday Ann wrote:"), ("quotation", "Is it open? Why?"),
        ("paragraph", "It is not."),
    ]  # fmt: skip


def test_a_sentence_that_goes_on_in_a_list_is_no_heading() -> None:
    text = "The results are here.\n\nWe ask that you\n\n- rest, and\n- drink water.\n"
    assert blocks(text)[1] == ("paragraph", "We ask that you")
    assert blocks(text.replace("We ask that you", "What we ask"))[1][0] == "heading"


def test_running_heads_differ_in_the_number_of_the_page_alone() -> None:
    head = "THE HARBOUR AND ITS TOWN                 {}\n\nThe tide of {} was high.\n\n"
    shown = " ".join(text for _, text in blocks("".join(head.format(n, n) for n in (17, 19, 21))))
    assert (shown.count("THE HARBOUR"), shown.count("tide")) == (1, 3)


def test_a_contents_list_is_left_out_however_its_numbers_are_set() -> None:
    text = "Contents\n\n1 Scope ........ 2\n2 Fees ....... 14\n\n1 Scope\n\nIt rains here.\n"
    assert [piece for _, piece in blocks(text)] == ["1 Scope", "It rains here."]


def test_lines_that_are_filled_with_blanks_are_no_table() -> None:
    text = """
        We would be delighted to hear  from  you  if  you  like  the  harbour.
        Please    write    to   the   keeper   of   it   at    harbour@x.org
        (or call him).
    """
    assert [kind for kind, _ in blocks(f"It rains.\n\n{dedent(text)}")] == ["paragraph"] * 2


def test_quoted_lines_lose_their_marks_but_not_their_lists_and_depths() -> None:
    quoted = """
        See the answers.

        > Bring these:
        > - a lamp,
        > - a rope.
        >
        > We meet at the
        > old mill.
        >> Where do we meet?
        > > By day?

        I shall come.
    """
    assert blocks(quoted) == [
        ("paragraph", "See the answers."),
        ("quotation", "Bring these:"),
        ("item", "- a lamp,"),
        ("item", "- a rope."),
        ("quotation", "We meet at the old mill."),
        ("quotation", "Where do we meet? By day?"),
        ("paragraph", "I shall come."),
    ]
    reading = read("x.txt", dedent(quoted).lstrip("\n").encode())
    assert reading.text.split("\n")[7] == "  old mill."


@pytest.mark.parametrize("line", [">>> total(3)", "> 5 kg cost more."])
def test_a_prompt_and_a_sign_of_more_are_no_marks_of_quotation(line: str) -> None:
    assert blocks(f"It is so.\n\n{line}\n") == [("paragraph", "It is so."), ("quotation", line)]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_table_below_its_caption_may_leave_its_first_column_unnamed(gap: str) -> None:
    text = f"The pool is open.\n\nPOOL HOURS{gap}        Opens   Shuts\nLanes   06:30   21:00\n"
    reading = read("x.txt", f"{text}Slide   10:15   18:45\n".encode())
    found = [(each.kind.value, each.header) for each in reading.blocks[1:]]
    rows = [("row", " | Opens | Shuts")] * 2
    assert found == [("heading", None), ("header", None), *rows]


def test_sentences_above_a_table_stay_a_paragraph() -> None:
    table = "Boat     Seats   Price\nKayak    1       12.00\nCanoe    3       20.00\n"
    assert blocks(f"We rent boats\nby the hour.\n{table}")[:2] == [
        ("paragraph", "We rent boats by the hour."),
        ("header", "Boat Seats Price"),
    ]


def test_what_is_moved_in_above_lines_in_columns_names_them_only_if_they_are_figures() -> None:
    text = "      red    green\nleaf  no     yes\nrose  yes    no\n"
    assert [kind for kind, _ in blocks(f"It grows.\n\n{text}")] == ["paragraph", "paragraph"]


def test_the_first_option_stands_right_below_its_heading_and_terms_follow_without_a_gap() -> None:
    text = """
        NAME
               pack - put files in a box

        DESCRIPTION
               pack puts each file that it is
               given in a box, and names the
               box by the day.

        OPTIONS
               -l, --label=TEXT
                      write this on the box

        ENVIRONMENT
               PACK_SIZE
                      how large a box is
               PACK_COLOUR
                      what colour it has
    """
    assert blocks(text)[-8:] == [
        ("heading", "OPTIONS"),
        ("term", "-l, --label=TEXT"),
        ("definition", "write this on the box"),
        ("heading", "ENVIRONMENT"),
        ("term", "PACK_SIZE"),
        ("definition", "how large a box is"),
        ("term", "PACK_COLOUR"),
        ("definition", "what colour it has"),
    ]


def test_headings_right_below_others_make_no_list_of_them() -> None:
    text = """
        FILES

        LOGS
            /var/box
                    what was packed, by its day
                    and its owner

            /var/lid
                    what was opened, by its day
                    and its owner
    """
    assert [kind for kind, _ in blocks(text)] == [
        *["heading"] * 2, "paragraph", "heading", "paragraph",
    ]  # fmt: skip


def test_the_cases_of_a_clause_are_its_items() -> None:
    text = """
        2.1 A deposit is kept where:
            (a) a tent is torn; or
            (b) a key is lost and
                not replaced.
        2.2 All else is returned.
    """
    assert blocks(text) == [
        ("paragraph", "2.1 A deposit is kept where:"),
        ("item", "(a) a tent is torn; or"),
        ("item", "(b) a key is lost and not replaced."),
        ("paragraph", "2.2 All else is returned."),
    ]


def test_the_meanings_of_options_stand_beside_them_or_below_them() -> None:
    text = """
        Usage: pack [OPTION]... FILE...
        Put files in a box.

        Labels:
          -l, --label=TEXT   write this on the box, below
                             the day, as in -l books
              --loud         write in capitals
          -d
              --day=DAY      write this day
          -t TEXT
          --title=TEXT
                             write this on the lid
          -f FILE...
             So.
        The box is closed then.

          -@                 read the names of files
    """
    assert blocks(text) == [
        ("paragraph", "Usage: pack [OPTION]... FILE... Put files in a box."),
        ("paragraph", "Labels:"),
        ("term", "-l, --label=TEXT"),
        ("definition", "write this on the box, below the day, as in -l books"),
        ("term", "--loud"),
        ("definition", "write in capitals"),
        ("term", "-d"),
        ("term", "--day=DAY"),
        ("definition", "write this day"),
        ("term", "-t TEXT"),
        ("term", "--title=TEXT"),
        ("definition", "write this on the lid"),
        ("term", "-f FILE..."),
        ("definition", "So."),
        ("paragraph", "The box is closed then."),
        ("term", "-@"),
        ("definition", "read the names of files"),
    ]


MANUAL_OF_PACK = """
    PACK(1)                      User Commands                     PACK(1)

    DESCRIPTION
           pack puts each file that it is given in a box, and names the box
           by the day on which it was packed.

       Labels
           $ pack books

           -n, --never

                  Nothing is written on the box.

           -l     Write on the lid, and on each of the four sides of the box
                  as well, in large letters.

                  -s is without effect then.

           -q and -v are for the lid.  Neither is of use with books, or with
           -l that is given twice.

           --help Print this.

           -pNUM  or  --pages=NUM
              Pack this many pages.

           -w  WIDTH
              This wide.

           The following boxes are known:

                  tall   for bottles

    AUTHOR
           Somebody wrote it.
"""


def test_nothing_that_is_moved_in_is_a_heading_of_a_manual_page() -> None:
    assert blocks(MANUAL_OF_PACK)[2:] == [
        ("heading", "Labels"),
        ("paragraph", "$ pack books"),
        ("term", "-n, --never"),
        ("definition", "Nothing is written on the box."),
        ("term", "-l"),
        (
            "definition",
            "Write on the lid, and on each of the four sides of the box as well, in large letters.",
        ),
        ("definition", "-s is without effect then."),
        (
            "paragraph",
            "-q and -v are for the lid. Neither is of use with books, or with"
            " -l that is given twice.",
        ),
        ("term", "--help"),
        ("definition", "Print this."),
        ("term", "-pNUM or --pages=NUM"),
        ("definition", "Pack this many pages."),
        ("term", "-w WIDTH"),
        ("definition", "This wide."),
        ("paragraph", "The following boxes are known:"),
        ("line", "tall for bottles"),
        ("heading", "AUTHOR"),
        ("paragraph", "Somebody wrote it."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "-4   -7\n-5   12\n",
        "Give the name of the box behind the option that is right for it, as\n-l box or -m box.\n",
        "-a is old.\n   It was once new.\n",
        "-- \nThe packers\n",
    ],
)
def test_other_lines_with_a_dash_are_no_options(text: str) -> None:
    assert "term" not in [kind for kind, _ in blocks(text)]
