"""Paragraphs in bold: which of them stand in place of headings, in each format that has bold."""

import io
import re
from collections.abc import Callable, Sequence

import docx
import fpdf
import pytest

from briefqa.documents import Document
from briefqa.passage_splitter import split_passages
from briefqa.readers import read
from test_archives import zipped

Paragraphs = Sequence[tuple[bool, str]]
"""Paragraphs, and whether each is in bold."""


def written(form: str) -> Callable[[Paragraphs], bytes]:
    def write(paragraphs: Paragraphs) -> bytes:
        return "\n\n".join(form % text if bold else text for bold, text in paragraphs).encode()

    return write


def as_html(paragraphs: Paragraphs) -> bytes:
    tags = {True: "<p><b>%s</b></p>", False: "<p>%s</p>"}
    return "".join(tags[bold] % text for bold, text in paragraphs).encode()


def as_rtf(paragraphs: Paragraphs) -> bytes:
    tags = {True: r"{\b %s}\par ", False: r"%s\par "}
    return (r"{\rtf1 " + "".join(tags[bold] % text for bold, text in paragraphs) + "}").encode()


def as_odt(paragraphs: Paragraphs) -> bytes:
    tags = {True: '<p style-name="B">%s</p>', False: "<p>%s</p>"}
    body = "".join(tags[bold] % text for bold, text in paragraphs)
    style = '<style name="B"><text-properties font-weight="bold"/></style>'
    content = f"<x><styles>{style}</styles><body><text>{body}</text></body></x>"
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content,
        "styles.xml": "<x/>", "meta.xml": "<x/>",
    })  # fmt: skip


def as_docx(paragraphs: Paragraphs) -> bytes:
    document = docx.Document()
    for bold, text in paragraphs:
        document.add_paragraph().add_run(text).bold = bold
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def as_pdf(paragraphs: Paragraphs) -> bytes:
    pdf = fpdf.FPDF()
    pdf.add_page()
    for bold, text in paragraphs:
        pdf.set_font("helvetica", "B" if bold else "", 11)
        pdf.multi_cell(40, 5, text, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(4)
    return bytes(pdf.output())


FORMATS: dict[str, Callable[[Paragraphs], bytes]] = {
    "x.md": written("**%s**"),
    "x.rst": written("**%s**"),
    "x.org": written("*%s*"),
    "x.adoc": written("*%s*"),
    "x.html": as_html,
    "x.rtf": as_rtf,
    "x.odt": as_odt,
    "x.docx": as_docx,
    "x.pdf": as_pdf,
}
each_format = pytest.mark.parametrize("name", FORMATS)

ANSWERS = [
    (False, "The pool of the club is open from April to October, on all days but Monday."),
    (False, "Members of the club may bring two guests, who sign the book at the gate first."),
]


def headings_above(name: str, paragraphs: Paragraphs) -> dict[str, tuple[str, ...]]:
    """Return the headings above each paragraph that is not a heading itself."""
    reading = read(name, FORMATS[name](paragraphs))
    document = Document(name, reading.title or name, reading.text, reading.blocks)
    body = {block.span.slice(reading.text) for block in reading.blocks if not block.is_heading}
    return {
        text: passage.headings
        for passage in split_passages(document)
        for text in map(" ".join, map(str.split, body))
        if text in " ".join(passage.text.split())
    }


@each_format
def test_a_question_in_bold_is_a_heading(name: str) -> None:
    asked = [(True, "When is the pool open?"), (True, "We have friends here. May they come?")]
    pairs = list(zip(asked, ANSWERS, strict=True))
    above = headings_above(name, [part for pair in pairs for part in pair])
    assert above == {answer: (question,) for (_, question), (_, answer) in pairs}


@each_format
def test_of_lines_in_bold_only_the_last_is_a_heading(name: str) -> None:
    lines = [(True, "Oak Pump Works"), (True, "12 Mill Lane"), (True, "Opening hours")]
    above = headings_above(name, [*ANSWERS[:1], *lines, *ANSWERS[1:]])
    assert above[ANSWERS[1][1]] == ("Opening hours",)
    assert above["Oak Pump Works"] == above["12 Mill Lane"] == ()


@pytest.mark.parametrize(
    "text",
    ["Guests pay at the gate. No cards.", "Each member of the club has these two rights:"],
)
@each_format
def test_a_statement_in_bold_is_none(name: str, text: str) -> None:
    assert headings_above(name, [(True, text), *ANSWERS])[ANSWERS[0][1]] == ()


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("x.md", "**Whom may\nI bring?**  \nTwo guests.\n"),
        ("x.md", "**Whom may\nI bring?**<br>\nTwo guests.\n"),
        ("x.rst", "**Whom may\nI bring?**\nTwo guests.\n"),
        ("x.org", "*Whom may\nI bring?*\\\\\nTwo guests.\n"),
        ("x.adoc", "*Whom may\nI bring?* +\nTwo guests.\n"),
        ("x.html", "<p><b>Whom may\nI bring?</b><br>\nTwo guests.</p>"),
        ("x.html", "<p><strong>Whom may I bring?<br></strong>Two guests.</p>"),
    ],
)
def test_a_question_in_bold_may_stand_right_above_its_answer(name: str, source: str) -> None:
    reading = read(name, source.encode())
    assert [(block.kind.value, re.sub(r"\s+", " ", block.span.slice(reading.text)))
            for block in reading.blocks] == [
        ("heading", "Whom may I bring?"), ("paragraph", "Two guests."),
    ]  # fmt: skip


def test_a_heading_in_bold_stands_beneath_those_of_styles() -> None:
    document = docx.Document()
    document.add_heading("Members", 1)
    for bold, text in [(True, "Guests"), *ANSWERS]:
        document.add_paragraph().add_run(text).bold = bold
    data = io.BytesIO()
    document.save(data)
    reading = read("x.docx", data.getvalue())
    levels = [block.level for block in reading.blocks if block.is_heading]
    assert levels == [1, 7] or (reading.title, levels) == ("Members", [7])


def test_items_in_bold_stay_items() -> None:
    source = b"**1. Dig**\n\n**2. Plant**\n\nWater the roots on each day of the first month.\n"
    reading = read("x.md", source)
    assert [block.kind.value for block in reading.blocks] == ["item", "heading", "paragraph"]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("x.html", "<p><b>The Mill</b><br>12 Mill Lane</p>"),
        ("x.html", "<h2>Shops</h2><p><b>The Mill<br></b>12 Mill Lane</p>"),
    ],
)
def test_a_name_in_bold_may_stand_right_above_what_it_names(name: str, source: str) -> None:
    reading = read(name, source.encode())
    kinds = [(block.kind.value, block.span.slice(reading.text)) for block in reading.blocks]
    assert kinds[-2:] == [("heading", "The Mill"), ("paragraph", "12 Mill Lane")]
