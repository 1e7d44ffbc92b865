"""Decoding: the text that was meant, in any encoding."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.errors import NotADocumentError
from briefqa.readers import decode
from briefqa.readers.charset import codec_of, decode_document, guess

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


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Паром отходит в девять.\n\nМост закрыт."),
        ("cp1251", "Да.\n\nНет, спасибо."),
        ("koi8-r", "Паром отходит в девять."),
        ("cp866", "Паром отходит в девять."),
        ("iso8859-5", "Паром отходит в девять."),
        ("cp1251", "Брод креће у девет, мост је затворен."),
        ("cp1250", "Most jest zamknięty, a prom już odpłynął."),
        ("iso8859-2", "Most jest zamknięty, a prom już odpłynął."),
        ("cp1250", "Trajekt odpluje v devět, most je zavřený kvůli vichřici."),
        ("cp1250", "Večeras kreće brod, šta ćeš raditi?"),
        ("cp1250", "A komp kilenckor indul, a híd zárva, az őr elment fűért."),
        ("cp1252", "Le bac part à neuf heures, le pont est fermé près de la forêt."),
        ("cp1252", "As ações começam às nove, não há ponte."),
        ("cp1252", "El niño cruzó el puente mañana."),
        ("cp1252", "Färjan går klockan nio, bron är stängd på söndag."),
        ("cp1252", "The café’s bridge — “closed” until £5 is paid."),
        ("cp1253", "Το πλοίο φεύγει στις εννέα, η γέφυρα είναι κλειστή."),
        ("cp1254", "Vapur dokuzda kalkıyor, köprü kapalı, şemsiyeni ağaca as."),
        ("cp1255", "המעבורת יוצאת בתשע, הגשר סגור."),
        ("cp1256", "تغادر العبارة في التاسعة والجسر مغلق."),
        ("cp1257", "Keltas išplaukia devintą, tiltas uždarytas."),
        ("cp874", "เรือออกเวลาเก้าโมง สะพานปิด"),
        ("gb18030", "渡船九点出发,这座桥在冬天不能通行。"),
        ("gb18030", "渡船九点出发。旧桥关闭到春天。"),
        ("big5", "渡船九點出發,這座橋在冬天不能通行。"),
        ("shift_jis", "渡し船は九時に出ます。橋は閉まっています。"),
        ("euc_jp", "渡し船は九時に出ます。橋は閉まっています。"),
        ("euc_kr", "나룻배는 아홉 시에 떠나고 다리는 닫혀 있다."),
        ("utf-16-le", "The ferry leaves at nine."),
        ("utf-16-be", "The ferry leaves at nine."),
        ("utf-32-le", "The ferry leaves at nine."),
        ("utf-32-be", "The ferry leaves at nine."),
    ],
)
def test_a_text_in_an_older_encoding_is_told_by_its_letters(encoding: str, text: str) -> None:
    assert decode_document("x", text.encode(encoding)) == text
    assert decode_document("x", (text + "\n").encode(encoding) * 300) == (text + "\n") * 300


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("ISO-8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("x-sjis", "cp932"),
        ("Windows-31J", "cp932"),
        ("ks_c_5601-1987", "cp949"),
        ("windows-874", "cp874"),
        ("utf8", "utf-8"),
        ("bz2", None),
        ("idna", None),
        ("unicode-escape", None),
        ("", None),
        ("\0", None),
    ],
)
def test_only_what_texts_are_written_in_is_a_character_set(label: str, codec: str | None) -> None:
    assert codec_of(label) == codec


@given(data=st.binary())
def test_any_bytes_have_a_likeliest_character_set(data: bytes) -> None:
    data.decode(guess(data), "replace")


def test_a_nul_near_the_beginning_is_no_text() -> None:
    with pytest.raises(NotADocumentError, match=r"x\.bin: a binary file"):
        decode_document("x.bin", b"GIF\0")
    assert decode_document("x", b"a" * 8192 + b"\0").endswith("\0")
