"""PDF, written by a library: paragraphs, headings and pages, without repeated lines."""

import sys

import fpdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefqa.errors import DocumentError
from briefqa.readers.page_furniture import PageLine
from briefqa.readers.page_layout import lay_out
from briefqa.readers.pdf import read_pages
from readings import Part, check_any, parts


class Report(fpdf.FPDF):
    """A report whose pages have a running head and a number."""

    def header(self) -> None:
        self.set_font("Helvetica", size=9)
        self.cell(0, 10, "Weather Weekly")
        self.ln(15)

    def footer(self) -> None:
        self.set_y(-15)
        self.cell(0, 10, f"Page {self.page_no()} of 3")


def report(*pages: list[str], password: str | None = None) -> bytes:
    pdf = Report()
    if password:
        pdf.set_encryption(owner_password=password, user_password=password)
    for number, page in enumerate(pages):
        pdf.add_page()
        if not number:
            pdf.set_font("Helvetica", "B", 18)
            pdf.multi_cell(0, 9, "Rain and its Makers")
            pdf.ln(4)
        pdf.set_font("Helvetica", size=12)
        for paragraph in page:
            pdf.multi_cell(90, 6, paragraph, align="L")
            pdf.ln(3)
    return bytes(pdf.output())


LONG = "The rain that fell on the roofs of the old town in the spring of that year did not stop"
PAGES = (
    ["It rained all day. Ships came.", f"{LONG}. {LONG}"],
    ["till Monday. Then it was dry.", "It was an inter-\nnational storm."],
    ["Ann counted forty ships."],
)


def test_paragraphs_have_pages_and_a_running_head_is_read_once() -> None:
    reading = read_pages("x", report(*PAGES))
    assert reading.title == "Rain and its Makers"
    folded = [part._replace(text=" ".join(part.text.split()), line=0) for part in parts(reading)]
    assert folded == [
        Part("paragraph", "It rained all day. Ships came.", 0, page=1),
        Part("paragraph", f"{LONG}. {LONG} till Monday.", 0, page=1),
        Part("line", "Weather Weekly", 0, page=1),
        Part("paragraph", "Then it was dry.", 0, page=2),
        Part("paragraph", "It was an international storm.", 0, page=2),
        Part("paragraph", "Ann counted forty ships.", 0, page=3),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\nno more", "broken: no readable PDF"),
        (report(*PAGES, password="x"), "encrypted; save it without a password"),
        (bytes(fpdf.FPDF().output()), "no text in it; if it is a scan"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read_pages("x.pdf", data)


SAMPLE = report(["It rained."])


@settings(deadline=None, max_examples=60)
@given(place=st.integers(0, len(SAMPLE)), value=st.binary(min_size=1, max_size=8))
def test_any_damage_is_read_or_refused(place: int, value: bytes) -> None:
    check_any("x.pdf", SAMPLE[:place] + value + SAMPLE[place + len(value) :])
    check_any("x.pdf", SAMPLE[:place])


def test_without_pypdfium2_the_command_that_helps_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(DocumentError, match=r'pip install "briefqa\[pdf\]"'):
        read_pages("x.pdf", SAMPLE)


def made(*parts: bytes) -> bytes:
    """A file of objects with the numbers 1, 2 ..., of which the first is the catalog."""
    objects = (b"%d 0 obj %b endobj\n" % (number, part) for number, part in enumerate(parts, 1))
    return b"%PDF-1.7\n" + b"".join(objects) + b"trailer <</Root 1 0 R>>\n%%EOF\n"


def stream(contents: bytes, entries: bytes = b"") -> bytes:
    return b"<<%b/Length %d>> stream\n%b\nendstream" % (entries, len(contents), contents)


FONT = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def shown(text: bytes, height: int = 10) -> bytes:
    return b"BT /F 12 Tf 10 %d Td (%b) Tj ET " % (height, text)


def test_what_is_written_into_a_form_and_beside_the_page_is_read() -> None:
    shape = b"/Subtype/Form/BBox[0 0 150 30]" + FONT
    form = made(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R 8 0 R 12 0 R 13 0 R]>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Annots[5 0 R 6 0 R 8 0 R"
        b" 9 0 R 10 0 R 11 0 R 12 0 R 13 0 R]" + FONT + b">>",
        stream(shown(b"It is a form.", 200) + shown(b"Name of the boat:", 100)),
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(boat)/V(Petrel)/Rect[150 90 300 130]/F 4"
        b"/AP<</N 7 0 R>>>>",
        b"<</Type/Annot/Subtype/FreeText/Contents(Paid in May)/Rect[20 40 170 70]/F 4>>",
        stream(shown(b"Petrel"), shape),
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(secret)/V(Nobody)/Rect[150 9 300 30]/F 2>>",
        b"<</Type/Annot/Subtype/Highlight/T(Ann)/Contents(Is it hers?)/Rect[10 90 160 130]/F 4"
        b"/AP<</N 7 0 R>>>>",
        b"<</Type/Annot/Subtype/Popup/Parent 9 0 R/Contents(Is it hers?)/Rect[0 0 9 9]>>",
        b"<</Type/Annot/Subtype/Text/Contents(Ask Bo.)/Rect[0 0 9 9]>>",
        b"<</Type/Annot/Subtype/Widget/FT/Ch/Ff 131072/T(port)/Opt[[(a)(Oslo)][(b)(Bergen)]]/V(b)"
        b"/Rect[20 70 170 85]/F 4>>",
        b"<</Type/Annot/Subtype/Widget/FT/Btn/T(paid)/V/Off/Rect[0 0 9 9]/F 4>>",
    )  # fmt: skip
    assert texts(form) == [
        ("paragraph", "It is a form."),
        ("line", "Name of the boat: Petrel"),
        ("line", "Paid in May"),
        ("line", "Bergen"),
        ("note", "Ann: Is it hers?"),
        ("note", "Ask Bo."),
    ]


def test_a_page_that_is_broken_loses_only_itself() -> None:
    file = made(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[9 0 R 3 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R" + FONT + b">>",
        stream(shown(b"The ferry leaves.")),
    )
    [part] = parts(read_pages("x.pdf", file))
    assert (part.text, part.page) == ("The ferry leaves.", 2)


@pytest.mark.parametrize("limit", ["PAGE_LIMIT", "TEXT_LIMIT"])
def test_more_pages_and_characters_than_allowed_are_refused(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"briefqa.readers.pdf.{limit}", 1)
    with pytest.raises(DocumentError, match=r"more than 1 (pages|characters)"):
        read_pages("x.pdf", report(*PAGES))


def plain(*pages: list[str], title: str = "", size: int = 12) -> bytes:
    """A document of lines, each set as it is given."""
    pdf = fpdf.FPDF()
    if title:
        pdf.set_title(title)
    for page in pages:
        pdf.add_page()
        pdf.set_font("Helvetica", size=size)
        for line in page:
            pdf.cell(0, 6, line)
            pdf.ln(6 if line else 3)
    return bytes(pdf.output())


def texts(data: bytes) -> list[tuple[str, str]]:
    """The kind and the folded text of each block."""
    return [(part.kind, " ".join(part.text.split())) for part in parts(read_pages("x.pdf", data))]


WIDE = "The harbour of the town lies in the east, and the road to it is long, but"


def test_an_item_with_a_hanging_indent_is_whole() -> None:
    pdf = fpdf.FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    for lines in (
        (f"- {WIDE}", "the view is wide, and", "the inn is good."),
        ("- Then go on.",),
    ):
        for number, line in enumerate(lines):
            pdf.set_x(20 if number else 10)
            pdf.cell(0, 6, line)
            pdf.ln(6)
    assert texts(bytes(pdf.output())) == [
        ("item", f"- {WIDE} the view is wide, and the inn is good."),
        ("item", "- Then go on."),
    ]


def test_the_number_of_a_note_is_no_part_of_the_word_behind_it() -> None:
    pdf = fpdf.FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=7)
    pdf.text(10, 18.5, "7")
    pdf.set_font("Helvetica", size=12)
    pdf.text(11.6, 20, "Ethelred sailed in 1688.")
    assert texts(bytes(pdf.output())) == [("paragraph", "⁷ Ethelred sailed in 1688.")]


@pytest.mark.parametrize(
    ("parted", "whole"),
    [
        (["The plan was post-", "poned until May."], "The plan was postponed until May."),
        (["Ask my mother-in-", "law about it."], "Ask my mother-in-law about it."),
        (["He wore a state-of-", "the-art coat."], "He wore a state-of-the-art coat."),
        (["She had an X-", "ray on Monday."], "She had an X-ray on Monday."),
        (["It is a self-", "service shop."], "It is a self-service shop."),
        (
            ["Copyright, a copyright, the copy-right and copy-", "right are one."],
            "Copyright, a copyright, the copy-right and copyright are one.",
        ),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_stays_where_it_is_the_words_own(
    parted: list[str], whole: str
) -> None:
    assert texts(plain(parted))[0][1] == whole


def test_the_title_of_the_properties_stays_unless_a_program_made_it_up() -> None:
    page = ["It rained all day in the town."]
    assert read_pages("x.pdf", plain(page, title="A History of Rain")).title == "A History of Rain"
    assert read_pages("x.pdf", plain(page, title="Microsoft Word - rain.doc")).title is None
    assert read_pages("x.pdf", plain(page, title="rain_final.indd")).title is None


def test_a_number_alone_is_text_unless_the_numbers_count_up_with_the_pages() -> None:
    page = ["The total comes to", "480"]
    assert [text for _, text in texts(plain(page))] == ["The total comes to 480"]
    numbered = [[f"{word}: {WIDE}", "", "", "", "", str(7 + place)]
                for place, word in enumerate(["First", "Second", "Third"])]  # fmt: skip
    assert not any(text.isdigit() for _, text in texts(plain(*numbered)))


def test_a_number_far_below_ends_the_sentence_that_lacks_its_end() -> None:
    page = ["The final score was at last", "", "", "", "", "17"]
    assert texts(plain(page)) == [("paragraph", "The final score was at last 17")]
    assert len(texts(plain(["The Final Score", "", "", "", "", "17"]))) == 2


def test_lines_of_text_that_are_alike_on_all_pages_are_no_running_heads() -> None:
    pages = [
        [
            f"Chapter {number}",
            "",
            "",
            f"The keeper of light {number} was paid with oil and bread until then.",
            "",
            "",
            f"The office of ward {number} had a ledger of all the boats that came there.",
        ]
        for number in (1, 2, 3)
    ]
    found = [text for _, text in texts(plain(*pages))]
    for number in (1, 2, 3):
        assert any(f"light {number} was" in text for text in found)
        assert any(f"ward {number} had" in text for text in found)


def test_a_contents_list_is_left_out_and_rows_of_numbers_stay_apart() -> None:
    contents = ["Rain ........ 3", "Snow ........ 9", "Hail ........ 12"]
    rows = ["Oslo 12 40", "Bergen 7 9", "Aalborg 3 5"]
    assert texts(plain([*contents, "", "It rained.", "", "", *rows])) == [
        ("paragraph", "It rained."),
        ("row", "Oslo 12 40"), ("row", "Bergen 7 9"), ("row", "Aalborg 3 5"),
    ]  # fmt: skip


def test_slides_of_one_line_each_are_read() -> None:
    slides = [[f"Slide {number}: the ferry leaves at nine"] for number in (1, 2, 3)]
    found = parts(read_pages("x.pdf", plain(*slides)))
    assert [(part.text, part.page) for part in found] == [
        (slide[0], number) for number, slide in enumerate(slides, 1)
    ]


def test_roman_numbers_that_count_up_with_the_pages_are_left_out_and_other_letters_stay() -> None:
    def book(*numbers: str) -> str:
        pages = [[f"{each} is said. {WIDE} so it is.", "", "", "", "", each] for each in numbers]
        return " ".join(text for _, text in texts(plain(*pages)))

    assert book("iv", "v", "vi").count("vi") == 1
    assert book("civic", "ill", "mix").count("ill") == 2


def test_a_number_of_thousands_of_digits_is_read() -> None:
    pages = [[f"{place}{'7' * 5000}", "", "", "", "", "It rained."] for place in range(3)]
    assert any(text == "It rained." for _, text in texts(plain(*pages)))


def set_lines(
    *lines: tuple[str, float, float] | tuple[str, float, float, float, float],
) -> list[str]:
    """Lay out lines of one page, each with where it begins and ends and its two sizes."""
    placed = []
    for number, (text, left, right, *sizes) in enumerate(lines):
        size, end_size = sizes or (9.0, 9.0)
        bottom = 700.0 - 10 * number
        placed.append(PageLine(text, 1, left, right, bottom, bottom, size, end_size, bold=False))
    reading = lay_out(placed, {}, "Lamps")
    return [" ".join(part.text.split()) for part in parts(reading)]


BODY = [
    (f"{number} lamps are lit and all of them burn oil of the", 40.0, 240.0) for number in "abc"
]


@pytest.mark.parametrize(
    ("lines", "first"),
    [
        ([("DATES: Lamps are lit from the", 40, 230, 7, 9), ("first of May on.", 40, 100)], 2),
        ([("• Gas lamps are lit from the", 49, 230, 8, 9), ("first of May on.", 40, 100)], 2),
        ([("They are turned on by lamp on", 40, 230, 9, 11), ("and go out later.", 40, 100)], 2),
        ([("on Light the lamp, which then", 40, 230), ("burns its own oil.", 60, 100)], 2),
        ([("on Light it.", 40, 80), ("  It burns.", 60, 100)], 1),
        ([("on Light the lamp, which then", 40, 230), ("burns its own oil", 60, 238)], 2),
        ([("A LARGER LINE", 40, 230, 12, 12), ("above the text.", 40, 100)], 1),
        ([("It was lit for the whole day.", 40, 238), ("Then it went out.", 40, 100)], 2),
        ([("It was lit for a day.", 40, 150), ("Then it went out.", 40, 100)], 1),
        ([("Gas and oil lamps 12", 40, 230), ("Lamps of tar", 60, 230)], 1),
    ],
)
def test_lines_make_up_paragraphs_by_how_they_are_set(
    lines: list[tuple[str, float, float]], first: int
) -> None:
    found = set_lines(*lines, *BODY)
    assert found[0] == " ".join(" ".join(text for text, *_ in lines[:first]).split())


def test_lines_that_end_before_they_begin_are_read() -> None:
    # They are written from right to left.
    found = set_lines(("المصباح مضاء.", 500, 300), ("ثم انطفأ", 500, 80), ("وعاد.", 500, 90))
    assert " ".join(found) == "المصباح مضاء. ثم انطفأ وعاد."


def test_entries_that_hang_and_notes_below_a_page_are_parted() -> None:
    found = set_lines(
        *BODY, ("ends.", 40, 60),
        ("dim Light the lamp as little as it", 40, 240), ("can be lit.", 60, 90),
        ("off Turn it off, which saves the", 40, 240), ("oil of it.", 60, 90),
        ("1 Of them, a third is of gas, as is", 40, 240), ("said there.", 40, 90),
        ("2 Of May.", 40, 80),
    )  # fmt: skip
    assert found[1:] == [
        "dim Light the lamp as little as it can be lit.",
        "off Turn it off, which saves the oil of it.",
        "1 Of them, a third is of gas, as is said there.",
        "2 Of May.",
    ]


@pytest.mark.parametrize(("pages", "kept"), [(12, 1), (4, 4)])
def test_what_stands_on_nearly_all_pages_is_furniture_though_text_is_close(
    pages: int, kept: int
) -> None:
    lines = []
    for page in range(1, pages + 1):
        oil = 4725 if page == 3 else 4702
        for text, bottom in (
            ("It was dark.", 400.0),
            (f"{page * 'x'} <GPH>", 30.0),
            (f"Set by 06A, frame {page}, oil {oil}", 20.0),
        ):
            lines.append(PageLine(text, page, 40.0, 240.0, bottom, bottom, 9.0, 9.0, bold=False))
    found = [part.text for part in parts(lay_out(lines, {}, None))]
    assert " ".join(found).count("Set by") == kept


def test_the_raised_number_of_a_note_cuts_no_sentence() -> None:
    def line(text: str, left: float, right: float, bottom: float, *sizes: float) -> PageLine:
        size, end_size = sizes or (9.0, 9.0)
        return PageLine(text, 1, left, right, bottom, bottom, size, end_size, bold=False)

    lines = [
        *(line(f"{text} of the harbour are lit each", 40, 240, 700 - 10 * row)
          for row, text in enumerate(["All lamps", "and the doors"])),
        line("evening by the keeper¹", 40, 130, 680, 9.0, 5.0),
        line(", who has the oil², and the keys", 130, 240, 680),
        line("wicks³", 40, 70, 670, 9.0, 5.0),
        line("of the town.", 73, 240, 670),
        line("2", 40, 43, 624, 5.0, 5.0),
        line("“Oil” is told apart by law.", 45, 200, 620),
    ]  # fmt: skip
    shown = [" ".join(part.text.split()) for part in parts(lay_out(lines, {}, "Lamps"))]
    assert shown == [
        "All lamps of the harbour are lit each and the doors of the harbour are lit each"
        " evening by the keeper¹, who has the oil², and the keys wicks³ of the town.",
        "2 “Oil” is told apart by law.",
    ]


@pytest.mark.parametrize(
    ("name", "bold", "kind"),
    [("1. Scope", True, "heading"), ("IV. Scope", True, "heading"), ("1. Scope", False, "item"),
     ("• Scope", True, "item"), ("1. The scope is wide.", True, "item")],
)  # fmt: skip
def test_a_numbered_line_in_bold_is_a_heading(*, name: str, bold: bool, kind: str) -> None:
    lines = [PageLine(text, 1, 40, 240, 700 - 10 * row, 700 - 10 * row, 9.0, 9.0, bold=False)
             for row, text in enumerate(["The harbour of the town lies in the east, and the",
                                         "road to it is long."])]  # fmt: skip
    titled = PageLine(name, 1, 40, 80, 660, 660, 9.0, 9.0, bold=bold)
    after = [line._replace(bottom=line.bottom - 60, foot=line.foot - 60) for line in lines]
    found = parts(lay_out([*lines, titled, *after], {}, "Lamps"))
    assert [(part.kind, part.text) for part in found][1] == (kind, name)
