"""Word documents and EPUB books, written by a library or by hand, valid and hostile."""

import io
import zipfile
from collections.abc import Mapping

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefqa.errors import DocumentError, NotADocumentError
from briefqa.readers import read
from readings import Part, check_any, parts

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CONTAINER = '<container><rootfiles><rootfile full-path="O/p.opf"/></rootfiles></container>'
PACKAGE = """<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Rain</dc:title>
</metadata><manifest>
<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="a" href="a%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="c" href="../c.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="n"/><itemref idref="c"/><itemref idref="a"/><itemref idref="c"/></spine>
</package>"""


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, contents in members.items():
            file.writestr(name, contents)
    return data.getvalue()


def word(body: str) -> bytes:
    return zipped({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"})


def book() -> bytes:
    return zipped({
        "META-INF/container.xml": CONTAINER,
        "O/p.opf": PACKAGE,
        "O/nav.xhtml": "<nav><h1>Contents</h1></nav>",
        "O/a b.xhtml": "<html><h1>Two</h1><p>It stopped.</p></html>",
        "c.xhtml": "<html><title/><h1>One</h1><p>It rained.</p></html>",
    })  # fmt: skip


def written() -> bytes:
    document = docx.Document()
    document.add_heading("Rain", 0)
    document.add_heading("Part", 2)
    document.add_paragraph("It rained.\nAll day.")
    document.add_paragraph("Ann", style="List Bullet")
    table = document.add_table(2, 2)
    for number, text in enumerate(["who", "ships", "Ann", "40"]):
        table.cell(number // 2, number % 2).text = text
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def test_a_word_document_is_read_in_order() -> None:
    reading = read("x", written())
    assert reading.title == "Rain"
    assert parts(reading) == [
        Part("heading", "Part", 1, level=2),
        Part("paragraph", "It rained.\nAll day.", 3),
        Part("item", "- Ann", 6, level=1),
        Part("row", "who | ships", 7),
        Part("row", "Ann | 40", 8),
    ]


def test_what_was_deleted_is_not_read() -> None:
    body = "<w:p><w:del><w:r><w:delText>No</w:delText></w:r></w:del><w:t>It rained.</w:t></w:p>"
    assert [part.text for part in parts(read("x", word(body)))] == ["It rained."]


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    reading = read("x", book())
    assert reading.title == "Rain"
    assert [part.text for part in parts(reading)] == ["One", "It rained.", "Two", "It stopped."]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({"word/document.xml": BOMB}), "declares a document type"),
        (zipped({"word/document.xml": "<a>" * 100_000}), "nests deeper than 500"),
        (zipped({"word/document.xml": "<a><b></a>"}), "not well-formed"),
        (zipped({"META-INF/container.xml": "<a/>"}), "does not say where"),
        (zipped({"META-INF/container.xml": CONTAINER}), r"has no O/p\.opf"),
        (zipped({"META-INF/container.xml": "<a/>", "META-INF/rights.xml": ""}), "protected"),
        (zipped({str(n): "" for n in range(10_001)}), "more than 10,000 members"),
        (written()[:-40], "cannot be unpacked"),
    ],
)
def test_what_is_broken_or_hostile_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read("x.docx", data)


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefqa.readers.UNPACKED_LIMIT", 100_000)
    with pytest.raises(DocumentError, match="unpacks to more than 100,000 bytes"):
        read("x.docx", word("<w:p/>" * 100_000))


def test_an_archive_of_another_kind_is_no_document() -> None:
    with pytest.raises(NotADocumentError, match="a zip archive, not a document in a known format"):
        read("x.zip", zipped({"../../etc/passwd": "root"}))


@settings(deadline=None)
@given(place=st.integers(0, 2000), value=st.binary(min_size=1, max_size=8), whole=st.booleans())
def test_any_damage_is_read_or_refused(place: int, value: bytes, whole: bool) -> None:
    for data in (book(), word("<w:p><w:t>It rained.</w:t></w:p>")):
        at = place % len(data)
        check_any("x", data[:at] + value + (data[at + len(value) :] if whole else b""))


def with_flag(data: bytes, offset: int, value: bytes) -> bytes:
    """Change a field of the only member of an archive, in its own header and in the directory."""
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    changed = bytearray(data)
    for start in (local + 6 + offset, central + 8 + offset):
        changed[start : start + len(value)] = value
    return bytes(changed)


@pytest.mark.parametrize(
    ("offset", "value", "reason"),
    [
        (0, b"\x01", "encrypted; save it without a password"),
        (2, b"\x0e\x00", "broken: its archive cannot be unpacked"),
    ],
)
def test_encrypted_members_and_other_compressions_are_told(
    offset: int, value: bytes, reason: str
) -> None:
    with pytest.raises(DocumentError, match=reason):
        read("x.docx", with_flag(word("<w:p><w:r><w:t>Rain</w:t></w:r></w:p>"), offset, value))


TYPES = '<Types><Override PartName="/a.xml" ContentType="application/vnd.{}.main+xml"/></Types>'
RELATIONS = '<R><Relationship Id="a" Type="x/officeDocument" Target="a.xml"/></R>'


def test_the_types_of_contents_tell_what_an_archive_is() -> None:
    kind = TYPES.format("openxmlformats-officedocument.wordprocessingml.document")
    members = {
        "[Content_Types].xml": kind,
        "_rels/.rels": RELATIONS,
        "a.xml": f"<w:document {W}><w:body><w:p><w:r><w:t>It rained.</w:t></w:r></w:p></w:body>"
        "</w:document>",
    }
    assert parts(read("x", zipped(members))) == [Part("paragraph", "It rained.", 1)]
    with pytest.raises(DocumentError, match=r"broken: it has no word/document\.xml"):
        read("x", zipped({"[Content_Types].xml": kind}))
    with pytest.raises(NotADocumentError, match="not a document in a known format"):
        read("x", zipped({"[Content_Types].xml": TYPES.format("example")}))
