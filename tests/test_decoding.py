"""Bytes become the text that was meant."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.errors import NotADocumentError
from briefqa.readers import decode
from briefqa.readers.decoding import decode_document

ENCODINGS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain", "plain"),
        ("caf\u00e9 €".encode(), "café €"),
        (b"one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        (b"caf\xe9 costs 5 \x80", "café costs 5 €"),
        (b"\x93quoted\x94", "“quoted”"),
        ("ééé".encode() + b"\xff", "ééé\ufffd"),
        ("é".encode() + b" \xe9t\xe9", "Ã© été"),
        (b"a\x81b", "a\ufffdb"),
        (b"", ""),
    ],
)
def test_the_likeliest_encoding_is_found(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(("mark", "encoding"), ENCODINGS)
@given(text=st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"])))
def test_a_byte_order_mark_names_the_encoding(mark: bytes, encoding: str, text: str) -> None:
    assert decode_document("x", mark + text.encode(encoding)) == text


@given(data=st.binary())
def test_any_bytes_become_a_text_without_carriage_returns(data: bytes) -> None:
    assert "\r" not in decode(data)


def test_a_nul_near_the_beginning_is_no_text() -> None:
    with pytest.raises(NotADocumentError, match=r"x\.bin: a binary file"):
        decode_document("x.bin", b"GIF\0")
    assert decode_document("x", b"a" * 8192 + b"\0").endswith("\0")
