"""Recognition of formats: by contents first, then by name."""

import pytest

from briefqa.errors import DocumentError, NotADocumentError
from briefqa.readers.registry import detect
from test_archives import zipped

MAIL = b"Received: by mx\nFrom: Ann <a@x.org>\nSubject: Rain\n\nIt rained.\n"
CUES = b"1\r\n00:00:01,000 --> 00:00:02,500\r\nIt rained.\r\n"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("x.txt", b"It rained.\n", "plain_text"),
        ("-", b"", "plain_text"),
        ("x.md", b"It rained.\n", "markdown"),
        ("X.MD", b"It rained.\n", "markdown"),
        ("x.txt", b"<!DOCTYPE html><p>It rained.", "html"),
        ("x.pdf", b"\xef\xbb\xbf \n<!-- saved -->\n<HTML><p>It rained.", "html"),
        ("x", b'<?xml version="1.0"?>\n<html xmlns="x">', "html"),
        ("x.htm", b"<p>It rained.", "html"),
        ("x.txt", b"<p>It rained.", "plain_text"),
        ("x.txt", b"%PDF-1.7\n", "pdf"),
        ("x.pdf", b"junk %PDF-1.7\n", "pdf"),
        ("x.txt", b"A file begins with %PDF-1.7.\n", "plain_text"),
        ("x", MAIL, "email"),
        ("x.eml", b"It rained.\n", "email"),
        ("x.txt", b"From: Ann\nTo: Bob\n\nA memo.\n", "plain_text"),
        ("x", b"WEBVTT\n\n00:01.000 --> 00:02.000\nIt rained.\n", "subtitles"),
        ("x", CUES, "subtitles"),
        ("x.srt", b"It rained.\n", "subtitles"),
        ("x.txt", b"WEBVTTED\n", "plain_text"),
        ("x", b"From a@x Mon Apr 10 09:00:00 2023\n" + MAIL, "mbox"),
        ("x", b"From Monday on\nit rained.\n", "plain_text"),
        ("x.mbox", b"", "mbox"),
        ("x", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nx", "email"),
        ("x.txt", b"\x1f\x8b\x08", "gzip"),
    ],
)
def test_the_format_of_a_document(name: str, data: bytes, expected: str) -> None:
    assert detect(name, data).name == expected


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("x.pdf", b"It rained.\n", "not a PDF file, though its name says so"),
        ("x.docx", b"It rained.\n", "not a Word document, though its name says so"),
        ("x.epub", b"", "not an EPUB book, though its name says so"),
        ("x.docx", b"PK\x03\x04 and no more", "broken: its archive cannot be unpacked"),
    ],
)
def test_what_is_not_what_its_name_says_is_told(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as raised:
        detect(name, data)
    assert raised.value.reason == reason


def test_an_encrypted_office_file_is_told_and_an_old_one_passed_over() -> None:
    mark = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    with pytest.raises(DocumentError, match="encrypted"):
        detect("x.docx", mark + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(NotADocumentError, match="old Office file"):
        detect("x.doc", mark)


def compound(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + f"{stream}\0".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("x.doc", compound("WordDocument"), "a Word 97 document; save it as .docx"),
        ("x.ppt", compound("PowerPoint Document"), "a PowerPoint 97 file; save it as .pptx"),
        ("x.xls", compound("Workbook"), "an Excel 97 workbook; save it as .xlsx"),
        ("x.msg", compound("__properties_version1.0"), "an Outlook message; save it as .eml"),
        ("x.xlsb", zipped({"xl/workbook.bin": ""}), "a binary Excel workbook; save it as .xlsx"),
        ("x.pages", zipped({"Index/Document.iwa": ""}), "a Pages, Numbers or Keynote file; .*"),
        ("x.mobi", b"x" * 60 + b"BOOKMOBI", "a Kindle book; convert it to EPUB"),
        ("x.djvu", b"AT&TFORM", "a DjVu document; convert it to PDF"),
        ("x.7z", b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it"),
        ("x.tar", b"x" * 257 + b"ustar", "a tar archive; unpack it"),
        ("x.png", b"\x89PNG", "a picture; run text recognition on it"),
    ],
)
def test_what_is_not_read_is_refused_under_its_own_name(
    name: str, data: bytes, reason: str
) -> None:
    with pytest.raises(NotADocumentError, match=f"^{name}: {reason}$"):
        detect(name, data)
