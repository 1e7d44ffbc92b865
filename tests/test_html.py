"""HTML: what a reader of the page reads, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.readers import read
from briefqa.readers.html import html_reading
from readings import Part, check_any, check_reading, parts

SOURCES = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div hidden>", "</div>", "<nav>", "</nav>", "<table>", "<tr>", "<td>",
         "</table>", "<h1>", "</h1>", "<ul>", "<li>", "</ul>", "<pre>", "</pre>", "<br>", "<title>",
         "</title>", "<script>", "</script>", "<!--", "-->", "<a href='", "'", ">", "<", "word ",
         "It rained. ", "\n", "&amp;", "&#10;", "<header>", "<main>"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


def page(body: str) -> str:
    return f"<!doctype html><html><head><title>Rain</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<h1>Rain</h1><h2>Part\n one</h2><p>It <b>rain</b>ed\n all day.</p>It stopped.",
            [
                Part("heading", "Part one", 3, level=2),
                Part("paragraph", "It rained all day.", 5),
                Part("paragraph", "It stopped.", 7),
            ],
        ),
        (
            "<nav><ul><li>Home</ul></nav><header><p>Site</header><main><header><p>By Ann</header>"
            "<p>It rained.</p></main><aside>Ad</aside><footer>(c)</footer><p hidden>no</p>"
            "<div style='color: red; display:none'>no</div><div role=navigation>no</div>",
            [Part("paragraph", "By Ann", 1), Part("paragraph", "It rained.", 3)],
        ),
        ("<nav><p>It rained.", [Part("paragraph", "It rained.", 1)]),
        (
            "<ul><li>Ann<li><p>Bob</p><ol><li>Cid</li><li>Dan</li></ol></ul><dl><dt>Eve<dd>came</dl>",
            [
                Part("item", "- Ann", 1, level=1),
                Part("item", "- Bob", 2, level=1),
                Part("item", "1. Cid", 3, level=2),
                Part("item", "2. Dan", 4, level=2),
                Part("term", "Eve", 5),
                Part("definition", "came", 6),
            ],
        ),
        (
            "<table><tr><th>who<th>ships</tr><tr><td><p>Ann</p></td><td>40<br>or so</table>",
            [
                Part("header", "who | ships", 1),
                Part("row", "Ann | 40 or so", 2, header="who | ships"),
            ],
        ),
        (
            "<table><tr><td><h2>Part</h2><p>It rained.</p></td></tr></table>",
            [Part("heading", "Part", 1, level=2), Part("paragraph", "It rained.", 3)],
        ),
        ("<pre>a  b\n  c</pre>", [Part("code", "a  b\n  c", 1)]),
        ("1 Road<br>2 Town", [Part("paragraph", "1 Road\n2 Town", 1)]),
        (
            "a &lt;b&gt; &amp; c &#0; <script>no('<p>')</script><style>p{}</style><!-- no <p> -->d",
            [Part("paragraph", "a <b> & c \ufffd d", 1)],
        ),
        ("<a title='1 > 0 <p>'>link</a> 1 < 2", [Part("paragraph", "link 1 < 2", 1)]),
        ("<h2>One</h2><h2>Two</h2>", [Part("line", "One", 1), Part("line", "Two", 3)]),
        ("", []),
    ],
)  # fmt: skip
def test_the_parts_of_a_page(body: str, expected: list[Part]) -> None:
    reading = html_reading(page(body))
    assert reading.title == "Rain"
    assert parts(reading) == expected


def test_without_a_title_the_first_main_heading_is_it() -> None:
    reading = html_reading("<h1>Rain &amp; wind</h1><p>It rained.")
    assert (reading.title, parts(reading)) == ("Rain & wind", [Part("paragraph", "It rained.", 3)])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("<html><p>caf\u00e9".encode(), "caf\u00e9"),
        (b"<html><meta charset='iso-8859-2'><p>\xb3\xf3d\xbc", "\u0142\u00f3d\u017a"),
        (b"<html><meta content='x; charset=windows-1251'><p>\xec\xe8\xf0", "\u043c\u0438\u0440"),
        ("<html><meta charset=iso-8859-2><p>caf\u00e9".encode(), "caf\u00e9"),
        (b"<html><meta charset=unicode_escape><p>caf\xe9", "caf\u00e9"),
        ("\ufeff<html><p>caf\u00e9".encode("utf-16"), "caf\u00e9"),
    ],
)  # fmt: skip
def test_the_encoding_is_as_declared_where_it_is_not_utf_8(data: bytes, expected: str) -> None:
    assert [part.text.strip("\ufeff") for part in parts(read("x.html", data))] == [expected]


@given(source=SOURCES)
def test_blocks_are_sound_whatever_the_tags(source: str) -> None:
    check_reading(html_reading(source))


@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    check_any("x.html", data)


@pytest.mark.parametrize(
    "unit",
    ["<div>", "<b>", "<nav>", "<td>x", "<a b=\"", "<a ", "<!--", "<!", "<title>", "<p hidden>"],
)  # fmt: skip
def test_much_of_any_tag_ends(unit: str) -> None:
    check_reading(html_reading(unit * (300_000 // len(unit))))


def test_an_element_never_closed_hides_nothing() -> None:
    assert parts(html_reading("<aside><p>It rained."))[0].text == "It rained."
