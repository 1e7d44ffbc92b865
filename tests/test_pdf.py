"""PDF, written by a library: paragraphs, headings and pages, without repeated lines."""

import sys

import fpdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefqa.errors import DocumentError
from briefqa.readers import read
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


def test_paragraphs_have_pages_and_no_running_heads() -> None:
    reading = read("x", report(*PAGES))
    assert reading.title == "Rain and its Makers"
    folded = [part._replace(text=" ".join(part.text.split()), line=0) for part in parts(reading)]
    assert folded == [
        Part("paragraph", "It rained all day. Ships came.", 0, page=1),
        Part("paragraph", f"{LONG}. {LONG} till Monday.", 0, page=1),
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
        read("x.pdf", data)


SAMPLE = report(["It rained."])


@settings(deadline=None, max_examples=60)
@given(place=st.integers(0, len(SAMPLE)), value=st.binary(min_size=1, max_size=8))
def test_any_damage_is_read_or_refused(place: int, value: bytes) -> None:
    check_any("x.pdf", SAMPLE[:place] + value + SAMPLE[place + len(value) :])
    check_any("x.pdf", SAMPLE[:place])


def test_without_pypdfium2_the_command_that_helps_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(DocumentError, match=r'pip install "briefqa\[pdf\]"'):
        read("x.pdf", SAMPLE)
