"""PDF: pages of lines, each with its place and size, as pdfium finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from briefqa.errors import DocumentError, NoTextError
from briefqa.readers.blocks import RAISED, Reading
from briefqa.readers.page_furniture import PageLine
from briefqa.readers.page_layout import LINE_HYPHEN, lay_out
from briefqa.records import Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from ctypes import Array, c_ushort

    from pypdfium2 import PdfDocument, PdfTextPage
    from pypdfium2.raw import FPDF_ANNOTATION, FPDF_FORMHANDLE

__all__ = ["TEXT_LIMIT", "read_pages"]

TEXT_LIMIT = 64 * 1024 * 1024
"""The maximum length of a document in characters: pages may share their contents."""
PAGE_LIMIT = 50_000
BOLD = re.compile(r"bold|black|heavy|demi|bx\d|-medi", re.IGNORECASE)
"""Names of bold fonts, those of TeX too."""
NOTE_NUMBER = re.compile(r"(?:^|(?<=[^\W\d_]{2})|(?<=[.,;:”’\")]))(?<!\d[.,])\d{1,3}(?=[A-Z]|\s|$)")
"""What may be the number of a note: at the beginning of a line, or right after a word."""
SMALLER = 0.85
"""The maximum size of such a number, as a share of that of the words beside it."""
FIELD_SIZE = 12.0
"""The maximum height of the letters of a field on an empty page."""
LINE_BREAK = re.compile(r"[\r\n]++")
CHARACTERS: dict[int, str | None] = {
    **dict.fromkeys(range(0x20)),
    0x02: LINE_HYPHEN,
    0x09: " ",
    0xAD: None,
}
"""What control characters stand for: nothing, or a hyphen at the end of a line."""


class PageText(Record):
    """What stands on a page.

    Attributes:
        number: the number of the page, from 1.
        lines: its lines in the order of reading.
        notes: its comments, each after the name of its author.
    """

    number: int
    lines: list[PageLine]
    notes: list[str]


def read_pages(name: str, data: bytes) -> Reading:
    """Read a PDF file in this process, which a hostile file may end; see `pdf_worker`.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Returns:
        Paragraphs as the layout of the pages shows them, with the page that each begins on.
        Running heads and page numbers are left out, and words split at the end of a line are
        joined. Headings are set larger or bolder; a level is a size. Comments follow their page.

    Raises:
        NoTextError: the file has no text.
        DocumentError: the file is broken, encrypted or too large, or pypdfium2 is not installed.
    """
    document = _open(name, data)
    try:
        pages = list(_pages(name, document))
        title = document.get_metadata_value("Title").strip()
    finally:
        document.close()
    lines = [line for page in pages for line in page.lines]
    notes = {page.number: page.notes for page in pages if page.notes}
    if not lines and not notes:
        raise NoTextError(name, "no text in it; if it is a scan, run text recognition on it")
    return lay_out(lines, notes, title or None)


def _open(name: str, data: bytes) -> PdfDocument:
    try:
        from pypdfium2 import PdfDocument, PdfiumError
    except ImportError as error:
        reason = 'to read PDF files: pip install "briefqa[pdf]"'
        raise DocumentError(name, reason) from error
    try:
        document = PdfDocument(data)
        document.init_forms()
        return document
    except PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "encrypted; save it without a password" if locked else "broken: no readable PDF"
        raise DocumentError(name, reason) from error


def _pages(name: str, document: PdfDocument) -> Iterator[PageText]:
    """Yield what stands on each page; a page that cannot be read is left out."""
    from pypdfium2 import PdfiumError

    if len(document) > PAGE_LIMIT:
        raise DocumentError(name, f"more than {PAGE_LIMIT:,} pages")
    length = 0
    for number in range(len(document)):
        try:
            text = _read_page(document, number)
        except PdfiumError:
            continue
        length += sum(len(line.text) for line in text.lines)
        if length > TEXT_LIMIT:
            raise DocumentError(name, f"more than {TEXT_LIMIT:,} characters")
        yield text


def _read_page(document: PdfDocument, number: int) -> PageText:
    """Return what stands on a page, with the values of its form and its comments."""
    from pypdfium2 import raw

    with closing(document[number]) as page:
        with closing(page.get_textpage()) as text_page:
            text = PageText(number + 1, list(_page_lines(text_page, number + 1)), [])
        for place in range(raw.FPDFPage_GetAnnotCount(page)):
            annotation = raw.FPDFPage_GetAnnot(page, place)
            if not raw.FPDFAnnot_GetFlags(annotation) & raw.FPDF_ANNOT_FLAG_HIDDEN:
                _take_annotation(text, annotation, document)
            raw.FPDFPage_CloseAnnot(annotation)
    return text


def _take_annotation(text: PageText, annotation: FPDF_ANNOTATION, document: PdfDocument) -> None:
    """Add what an annotation says to the text of its page."""
    from pypdfium2 import raw

    kind = raw.FPDFAnnot_GetSubtype(annotation)
    comment = partial(raw.FPDFAnnot_GetStringValue, annotation, b"Contents")
    if kind == raw.FPDF_ANNOT_WIDGET and document.formenv:
        _fill_in(text, _value(annotation, document.formenv.raw), annotation)
    elif kind == raw.FPDF_ANNOT_FREETEXT:
        _fill_in(text, _string(comment), annotation)
    elif kind not in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP) and (note := _string(comment)):
        author = _string(partial(raw.FPDFAnnot_GetStringValue, annotation, b"T"))
        text.notes.append(f"{author}: {note}" if author else note)


def _value(annotation: FPDF_ANNOTATION, form: FPDF_FORMHANDLE) -> str:
    """The value of a field of a form as it is shown; empty if it has no text."""
    from pypdfium2 import raw

    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind == raw.FPDF_FORMFIELD_TEXTFIELD:
        return _string(partial(raw.FPDFAnnot_GetFormFieldValue, form, annotation))
    if kind not in (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        return ""
    return " ".join(
        _string(partial(raw.FPDFAnnot_GetOptionLabel, form, annotation, place))
        for place in range(raw.FPDFAnnot_GetOptionCount(form, annotation))
        if raw.FPDFAnnot_IsOptionSelected(form, annotation, place)
    )


def _string(function: Callable[[Array[c_ushort] | None, int], int]) -> str:
    """The text that a function of PDFium writes into a buffer, white space folded."""
    from ctypes import c_ushort

    size = function(None, 0)
    buffer = (c_ushort * (size // 2))()
    function(buffer, size)
    return " ".join(bytes(buffer).decode("utf-16-le", "replace").rstrip("\0").split())


def _fill_in(text: PageText, value: str, annotation: FPDF_ANNOTATION) -> None:
    """Put a value behind the line that it stands beside, or at the end of its page."""
    from pypdfium2 import raw

    if not value:
        return
    box = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, box)
    for place, line in enumerate(text.lines):
        if box.bottom < line.bottom + line.size / 2 < box.top and line.right <= box.left:
            text.lines[place] = line._replace(text=f"{line.text} {value}", right=box.right)
            return
    size = min(box.top - box.bottom, text.lines[0].size if text.lines else FIELD_SIZE)
    text.lines.append(
        PageLine(
            value, text.number, box.left, box.right, box.bottom, box.bottom, size, size, bold=False
        )
    )


def _page_lines(text_page: PdfTextPage, number: int) -> Iterator[PageLine]:
    """Yield the lines of a page in the order of reading that its writer gave them."""
    text = text_page.get_text_range()
    start = position = 0
    for end in (*(found.span() for found in LINE_BREAK.finditer(text)), (len(text), len(text))):
        line = text[start : end[0]]
        if line.translate(CHARACTERS).strip():
            lead = len(line) - len(line.lstrip())
            first, last = position + _units(line[:lead]), position + _units(line.rstrip()) - 1
            yield _measured(text_page, line, number, first, last)
        position += _units(text[start : end[1]])
        start = end[1]


def _units(text: str) -> int:
    """The length in UTF-16, which is what pdfium counts in."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _measured(text_page: PdfTextPage, line: str, number: int, first: int, last: int) -> PageLine:
    """Measure a line by its first and its last character, given by their places in the text."""
    from pypdfium2 import raw

    begin, end = raw.FS_RECTF(), raw.FS_RECTF()
    opening = raw.FPDFText_GetCharIndexFromTextIndex(text_page, first)
    raw.FPDFText_GetLooseCharBox(text_page, opening, begin)
    ending = raw.FPDFText_GetCharIndexFromTextIndex(text_page, last)
    raw.FPDFText_GetLooseCharBox(text_page, ending, end)
    return PageLine(
        text=" ".join(_with_raised(text_page, line, first).translate(CHARACTERS).split()),
        page=number,
        left=begin.left,
        right=end.right,
        bottom=begin.bottom,
        foot=end.bottom,
        size=max(begin.top - begin.bottom, 1.0),
        end_size=max(end.top - end.bottom, 1.0),
        bold=all(BOLD.search(_font(text_page, index)) for index in (opening, ending)),
    )


def _with_raised(text_page: PdfTextPage, line: str, first: int) -> str:
    """Write the numbers of notes raised, where they are set smaller than the words beside them."""
    if not NOTE_NUMBER.search(line):
        return line
    lead = len(line) - len(line.lstrip())

    def raised(number: re.Match[str]) -> str:
        place = first + _units(line[lead : number.start()])
        beside = place - 1 if number.start() > lead else place + len(number[0])
        small = _font_size(text_page, place) < SMALLER * _font_size(text_page, beside)
        separate = " " if number.start() == lead else ""
        return number[0].translate(RAISED) + separate if small else number[0]

    return NOTE_NUMBER.sub(raised, line)


def _font_size(text_page: PdfTextPage, place: int) -> float:
    """The size of the font of a character, given by its place in the text."""
    from pypdfium2 import raw

    index = raw.FPDFText_GetCharIndexFromTextIndex(text_page, place)
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text_page, index, box)
    return float(box.top - box.bottom)


def _font(text_page: PdfTextPage, index: int) -> str:
    """The name of the font of a character; empty if it has none."""
    from ctypes import create_string_buffer

    from pypdfium2 import raw

    name = create_string_buffer(64)
    raw.FPDFText_GetFontInfo(text_page, index, name, len(name), None)
    return name.value.decode("utf-8", "replace")
