"""E-mail: headers, text and attachments, with any structure of parts."""

import gzip
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.errors import DocumentError
from briefqa.readers import read
from briefqa.readers.blocks import Member
from readings import Part, check_any, parts
from test_archives import BOMB, word, zipped


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
        Part("line", "Attachment: x.txt", 8),
        Part("heading", "x.txt", 10, level=2, member=Member("x.txt", 12)),
        Part("paragraph", "No.", 12, member=Member("x.txt", 12)),
    ]


def test_the_name_at_the_end_of_a_message_is_no_heading_and_quotes_lose_their_marks() -> None:
    mail = message(From="Ines Roth <ines@x.org>")
    mail.set_content(
        "The boat is sold.\n\nInes\n\n--\nIR | Harbour\n\nOn Monday, Bo wrote:\n"
        "> Is the boat\n> still there?\n>\n> On Sunday, Ines wrote:\n>> The sails cost 90 euros.\n"
    )
    assert [(part.kind, part.text) for part in parts(read("x", mail.as_bytes()))[1:]] == [
        ("paragraph", "The boat is sold."),
        ("line", "Ines"),
        ("line", "IR | Harbour"),
        ("paragraph", "On Monday, Bo wrote:"),
        ("quotation", "Is the boat\n  still there?"),
        ("quotation", "On Sunday, Ines wrote:"),
        ("quotation", "The sails cost 90 euros."),
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
    parameters = "".join(f' p{number}="a;b";' for number in range(5000))
    source = f"From: a\nMIME-Version: 1.0\nContent-Type: text/plain;{parameters} charset=utf-16\n\n"
    reading = read("x", source.encode() + "It rained—twice.\n".encode())
    assert "It rained—twice." in reading.text


def test_many_recipients_are_all_read() -> None:
    names = [f"ann{number}@example.org" for number in range(100)]
    source = f"From: a\nMessage-ID: <1>\nTo: {', '.join(names)}\n\nIt rained.\n"
    assert all(name in read("x", source.encode()).text for name in names)


def texts(source: bytes) -> list[str]:
    return [part.text for part in parts(read("x.eml", source))]


def multipart(kind: str, *bodies: str) -> bytes:
    """Return a message of several parts, each with headers."""
    written = "".join(f"--b\n{body}\n" for body in bodies)
    head = f"From: Ann\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=b\n\n"
    return f"{head}{written}--b--\n".encode()


PAGE = "Content-Type: text/html\n\n<p>The kiln is lit at dawn.</p>"
FOOTER = "Content-Type: text/plain\n\nSent by the potters' list"
EMPTY = "Content-Type: text/plain\n\n\n"
STUB = "Content-Type: text/plain\n\nSee below"
LONG_PAGE = "Content-Type: text/html\n\n<p>The kiln is lit at dawn, and fed with oak and elm.</p>"


@pytest.mark.parametrize(
    ("kind", "bodies", "expected"),
    [
        ("mixed", [PAGE, FOOTER], ["The kiln is lit at dawn.", "Sent by the potters' list"]),
        ("mixed", [PAGE, EMPTY], ["The kiln is lit at dawn."]),
        ("alternative", [EMPTY, PAGE], ["The kiln is lit at dawn."]),
        ("alternative", [STUB, LONG_PAGE], ["The kiln is lit at dawn, and fed with oak and elm."]),
        ("alternative", [FOOTER, PAGE], ["Sent by the potters' list"]),
        ("related", [PAGE, "Content-Type: image/png\nContent-ID: <a>\n\nx"],
         ["The kiln is lit at dawn."]),
        ("report", ["Content-Type: message/delivery-status\n\nStatus: 5.1.1\n\nAction: failed\n"],
         ["Status: 5.1.1", "Action: failed"]),
    ],
)  # fmt: skip
def test_all_texts_are_read_but_of_alternatives_one(
    kind: str, bodies: list[str], expected: list[str]
) -> None:
    assert texts(multipart(kind, *bodies))[1:] == expected


def test_parts_without_a_boundary_are_read_as_text() -> None:
    source = b"From: Ann\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\nThe kiln is lit.\n"
    assert texts(source) == ["From: Ann", "The kiln is lit."]


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("=?utf-8?B?UsOkaW4=?=", "Räin"),
        ("=?utf-8?Q?R=C3=A4in_and?= snow", "Räin and snow"),
        ("=?utf-8?B?UsM=?= =?utf-8?B?pGlu?=", "Räin"),
        ("=?iso-8859-1?Q?R=E4in?= =?utf-8?Q?_=C3=A4?=", "Räin ä"),
        ("=?gb2312?B?tsm0rA==?=", "渡船"),
        ("=?gb2312?B?tsm0rP8=?=", "渡船\ufffd"),
        ("=?NONE?B?UmFpbg=?=", "Rain"),
        ("=?utf-8*de?Q?Rain?=", "Rain"),
        ("=?utf-8?B?!?=", "=?utf-8?B?!?="),
        ("Räin", "Räin"),
        ("50=?= of it", "50=?= of it"),
    ],
)
def test_headers_are_decoded_as_far_as_they_go(subject: str, expected: str) -> None:
    source = f"From: Ann\nMessage-ID: <1@x>\nSubject: {subject}\n\nIt rained.\n".encode()
    assert (read("x", source).title or "") == expected


@pytest.mark.parametrize(
    ("charset", "data"),
    [
        ("us-ascii", "Räin".encode()),
        ("iso-8859-1", "Räin".encode()),
        ("iso-8859-1", "Räin".encode("latin-1")),
        ("utf-8", "Räin fell on us".encode("latin-1")),
        ("x-unknown", "Räin".encode()),
        ("bz2", "Räin".encode()),
        ("utf-7", b"R+AOQ-in"),
        ("utf-16-le", "Räin".encode("utf-16-le")),
        ("utf-16", "Räin fell on us".encode()),
        ("utf-32", "Räin fell on us".encode("latin-1")),
    ],
)
def test_texts_are_decoded_though_their_charset_is_wrong(charset: str, data: bytes) -> None:
    head = f"From: Ann\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\n"
    assert texts(head.encode() + data)[1].startswith("Räin")


@pytest.mark.parametrize(
    "parameters",
    [
        "charset*0*=x; charset*=a'b'c",
        "charset*=x''%",
        "charset*1=x; charset*0*=''",
        "=",
        'charset="',
    ],
)
def test_parameters_that_are_split_in_an_odd_way_hide_no_text(parameters: str) -> None:
    head = f"From: Ann\nMIME-Version: 1.0\nContent-Type: text/plain; {parameters}\n\n"
    assert texts(head.encode() + b"It rained.") == ["From: Ann", "It rained."]


def with_attachment(data: bytes, name: str, kind: str = "application/octet-stream") -> bytes:
    mail = message(From="Ann", Subject="Kilns")
    mail.set_content("See below.\n")
    maintype, subtype = kind.split("/")
    mail.add_attachment(data, maintype, subtype, filename=name)
    return mail.as_bytes(policy=SMTP)


def test_attachments_are_read_as_what_they_are() -> None:
    body = "<w:p><w:r><w:t>The kiln is lit.</w:t></w:r></w:p>"
    blocks = parts(read("x.eml", with_attachment(word(body), "kiln: plan!.docx")))
    assert [part.text for part in blocks] == [
        "From: Ann", "See below.", "Attachment: kiln: plan!.docx", "kiln: plan!.docx",
        "The kiln is lit.",
    ]  # fmt: skip
    assert blocks[-1].member == Member("kiln_ plan_.docx", blocks[-1].line)


def test_what_is_attached_and_not_read_is_named_with_the_reason() -> None:
    assert texts(with_attachment(b"\x89PNG\0", "kiln.png"))[-1] == (
        "Attachment: kiln.png (not read: a picture; run text recognition on it)"
    )
    data = zipped({"word/document.xml": BOMB})
    assert (
        "not read: its XML declares a document type" in texts(with_attachment(data, "a.docx"))[-1]
    )


def test_a_message_in_a_message_has_attachments_of_its_own() -> None:
    inner = message(From="Bo", Subject="Oak")
    inner.set_content("Oak is dry.\n")
    inner.add_attachment("Two tons.\n", filename="note.txt")
    outer = message(From="Ann", Subject="Kilns")
    outer.set_content("See below.\n")
    outer.add_attachment(inner)
    blocks = parts(read("x.eml", outer.as_bytes()))
    members = {part.text: part.member.name for part in blocks if part.member}
    assert members["Oak is dry."] == "Oak.eml"
    assert members["Two tons."] == "Oak.eml!note.txt"


def test_attachments_of_one_name_are_told_apart() -> None:
    mail = message(From="Ann")
    mail.set_content("See below.\n")
    for text in ("It rained.", "It stopped."):
        mail.add_attachment(text, filename="x.txt")
    blocks = parts(read("x", mail.as_bytes()))
    members = {part.text: part.member.name for part in blocks if part.member}
    assert members == {"x.txt": "x.txt~2", "It rained.": "x.txt", "It stopped.": "x.txt~2"}


def test_all_that_is_attached_counts_against_one_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefqa.readers.UNPACKED_LIMIT", 100_000)
    mail = message(From="Ann")
    mail.set_content("See below.\n")
    for number in range(3):
        packed = gzip.compress(b"It rained. " * 4000)
        mail.add_attachment(packed, "application", "gzip", filename=f"{number}.txt.gz")
    named = [text for text in texts(mail.as_bytes()) if text.startswith("Attachment")]
    assert named == [
        "Attachment: 0.txt.gz",
        "Attachment: 1.txt.gz",
        "Attachment: 2.txt.gz (not read: unpacks to more than 100,000 bytes)",
    ]


def test_documents_in_documents_have_an_end() -> None:
    data = b"It rained."
    for _ in range(20):
        data = gzip.compress(data)
    assert "in more than 8 documents" in texts(with_attachment(data, "a.gz"))[-1]


MAILBOX = b"""From ann@x Mon Apr 10 09:00:00 2023
From: Ann
Subject: Kilns

The kiln is lit.
>From dawn on.
From here it is fed.

From bo@x Mon Apr 10 10:00:00 2023
From: Bo
Subject: =?utf-8?B?UsOkaW4=?=
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

It rained.
--b
Content-Type: text/plain; name=note.txt

All day.
--b--
"""


@pytest.mark.parametrize("data", [MAILBOX, MAILBOX.replace(b"\n", b"\r\n")])
def test_each_message_of_a_mailbox_is_read(data: bytes) -> None:
    blocks = [part for part in parts(read("x", data)) if part.kind in ("heading", "paragraph")]
    assert [(part.text, part.member and part.member.name) for part in blocks] == [
        ("Kilns", "1"),
        ("The kiln is lit.\nFrom dawn on.\nFrom here it is fed.", "1"),
        ("Räin", "2"),
        ("It rained.", "2"),
        ("note.txt", "2!note.txt"),
        ("All day.", "2!note.txt"),
    ]


@given(data=st.binary(max_size=200))
def test_any_mailbox_is_read_or_refused(data: bytes) -> None:
    check_any("x.mbox", MAILBOX[:40] + data + MAILBOX)


def test_a_line_of_an_attachment_is_a_line_of_the_message_too() -> None:
    attached = "Kilns\n\nThe kiln is lit.\n\n\nIt is fed with oak.\n"
    reading = read("x.eml", with_attachment(attached.encode(), "k.txt", "text/plain"))
    lines = reading.text.split("\n")
    for part in parts(reading):
        if part.member and part.kind != "heading":
            line = part.line - part.member.line
            assert attached.split("\n")[line] == lines[part.line - 1] == part.text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(gzip.compress(b"It rained.")[:-9], "its end is missing", id="cut"),
        pytest.param(b"\x1f\x8b\x08\x00broken data", "it cannot be unpacked", id="broken"),
        pytest.param(gzip.compress(b"") * 10_001, "more than 10,000 members", id="members"),
        pytest.param(gzip.compress(b"\0" * 257 + b"ustar"), "a tar archive", id="tar"),
        pytest.param(gzip.compress(b"\x00\x01"), "a binary file", id="binary"),
    ],
)
def test_what_is_not_a_document_in_gzip_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason) as raised:
        read("x.gz", data)
    assert raised.value.name == "x.gz"


def test_a_document_in_gzip_is_read_as_what_it_is() -> None:
    reading = read("x.md.gz", gzip.compress(b"# Rain\n\nIt ") + gzip.compress(b"*rained*.\n"))
    assert reading.title == "Rain"
    assert [part.text for part in parts(reading)] == ["It rained."]


DEEP = b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(60))


def test_a_message_of_a_mailbox_that_is_refused_loses_only_itself() -> None:
    first, second = b"From a\nFrom: a\n%b\n\n", b"From b\nFrom: b\nSubject: Rain\n\nIt rained.\n"
    found = [part.text for part in parts(read("x.mbox", first % DEEP + second))]
    assert found == ["Rain", "From: b", "It rained."]
    with pytest.raises(DocumentError, match=r"^x\.mbox: its parts are nested too deeply"):
        read("x.mbox", first % DEEP)


def test_a_mailbox_without_a_message_is_text() -> None:
    assert [part.text for part in parts(read("x.mbox", b"It rained.\n"))] == ["It rained."]
