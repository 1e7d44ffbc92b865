"""E-mail: who wrote what to whom, whatever the parts are."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.readers import read
from readings import Part, check_any, parts


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    made["Message-ID"] = "<1@x.org>"
    for name, value in headers.items():
        made[name] = value
    return made


def test_headers_and_text_are_read() -> None:
    mail = message(
        From="Ann Łódź <ann@x.org>", Subject="Räin", Date="Mon, 10 Apr 2023 09:00:00 +0000"
    )
    mail.set_content("It rained.\n\nIt stopped.\n")
    mail.add_alternative("<p>No.</p>", subtype="html")
    mail.add_attachment("No.", filename="x.txt")
    reading = read("x", mail.as_bytes())
    assert reading.title == "Räin"
    assert parts(reading) == [
        Part("line", "From: Ann Łódź <ann@x.org>", 1),
        Part("line", "Date: Mon, 10 Apr 2023 09:00:00 +0000", 2),
        Part("paragraph", "It rained.", 4),
        Part("paragraph", "It stopped.", 6),
    ]


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_without_plain_text_the_page_is_read(encoding: str) -> None:
    mail = message(From="Ann")
    mail.set_content("<nav>No</nav><p>Caf\u00e9.</p>", subtype="html", cte=encoding)
    assert [part.text for part in parts(read("x", mail.as_bytes()))] == ["From: Ann", "Caf\u00e9."]


@pytest.mark.parametrize(
    "source",
    [
        b"Subject: =?utf-8?b?*?=\n\nIt rained.\n",
        b"Content-Type: text/plain; charset=nonsense\n\nIt rained.\n",
        b"Content-Type: text/plain; charset=hex\n\nIt rained.\n",
        b"Content-Type: multipart/mixed\n\nIt rained.\n",
        b"Content-Transfer-Encoding: base64\n\nIt rained.\n",
        b"\n\nIt rained.\n",
    ],
)
def test_a_damaged_message_is_read_as_far_as_it_goes(source: bytes) -> None:
    check_any("x.eml", source)


def test_parts_nested_without_end_are_refused_or_read() -> None:
    source = b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(5000)
    )
    check_any("x.eml", source)


@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    check_any("x.eml", data)


def test_headers_are_cut_before_they_are_taken_apart() -> None:
    parameters = "".join(f' p{number}="a;b";' for number in range(500))
    source = f"From: a\nMIME-Version: 1.0\nContent-Type: text/plain;{parameters} charset=utf-16\n\n"
    reading = read("x", source.encode() + "It rained—twice.\n".encode())
    assert "It rained—twice." in reading.text
