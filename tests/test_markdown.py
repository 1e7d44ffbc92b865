"""Markdown: the text of each line on the same line, and the blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.readers import read
from briefqa.readers.markdown_inline import plain_text
from readings import Part, check_any, check_reading, parts, words

LINES = st.lists(
    st.sampled_from(
        ["# Title", "## Part", "Under", "====", "---", "", "", "- item", "  more", "2. item",
         "> said",
         "A *line* with `code", "and` more.", "| a | b |", "|---|---|", "```", "    code", "<div>",
         "<!-- note", "-->", "[x]: http://y", "[x] and [y](z", "title: A", "+++",
         "\\", "&amp;&#10;"]
    ),
    max_size=30,
).map("\n".join)  # fmt: skip


@pytest.mark.parametrize(
    ("source", "title", "expected"),
    [
        (
            "# Title\n\n## Part\n\nIt rained\nall *day*.\n",
            "Title",
            [Part("heading", "Part", 3, level=2), Part("paragraph", "It rained\nall day.", 5)],
        ),
        (
            "Title\n=====\n\nIt rained.\n\nPart\n----\nIt stopped.\n",
            "Title",
            [
                Part("paragraph", "It rained.", 4),
                Part("heading", "Part", 6, level=2),
                Part("paragraph", "It stopped.", 8),
            ],
        ),
        (
            "---\ntitle: 'Rain'\nauthor: Ann\ntags:\n  - wet\n---\n\n# Rain\n\nIt rained.\n",
            "Rain",
            [Part("line", "author: Ann", 3), Part("paragraph", "It rained.", 10)],
        ),
        (
            "---\ntitle: Rain\n  and sun\nauthor: 'Ann\n  Lee'\n---\n\nIt rained.\n",
            "Rain and sun",
            [Part("line", "author: Ann\nLee", 4), Part("paragraph", "It rained.", 8)],
        ),
        (
            '+++\ntitle = "Rain"\n+++\nIt rained.\n',
            "Rain",
            [Part("paragraph", "It rained.", 4)],
        ),
        (
            "It rained.\n\n---\n\nIt stopped.\n\n---\n",
            None,
            [Part("paragraph", "It rained.", 1), Part("paragraph", "It stopped.", 5)],
        ),
        (
            "* Ann\n* Bob\n  came too\n\n    1. Cid\n",
            None,
            [
                Part("item", "* Ann", 1, level=1),
                Part("item", "* Bob\ncame too", 2, level=1),
                Part("item", "1. Cid", 5, level=2),
            ],
        ),
        (
            "| who | ships |\n|---|---:|\n| *Ann* | 40 |\n| Bob | |\n",
            None,
            [
                Part("header", "who | ships", 1),
                Part("row", "Ann | 40", 3, header="who | ships"),
                Part("row", "Bob | ", 4, header="who | ships"),
            ],
        ),
        (
            "> It rained.\n>\n> It *stopped*.\n",
            None,
            [Part("quotation", "It rained.", 1), Part("quotation", "It stopped.", 3)],
        ),
        (
            "```sh\nrain --all\n  *now*\n```\n",
            None,
            [Part("code", "rain --all\n  *now*", 2)],
        ),
        (
            "<div align=x>\n<b>It</b> rained &amp; blew.\n</div>\n\n<script>\nlet it\n</script>\n",
            None,
            [Part("paragraph", "It rained & blew.", 2)],
        ),
        ("# One\n\n## Two\n", "One", [Part("line", "Two", 3)]),
        ("[r]: http://x\n\n<!-- nothing\nhere -->\n", None, []),
        ("", None, []),
    ],
)  # fmt: skip
def test_the_parts_of_a_file_on_the_lines_of_the_file(
    source: str, title: str | None, expected: list[Part]
) -> None:
    reading = read("x.md", source.encode())
    assert reading.title == title
    assert parts(reading) == [part._replace(text=part.text.strip()) for part in expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a *b* **c** ***d*** _e_ __f__ ~~g~~", "a b c d e f g"),
        ("**a *b* c** and *a **b***", "a b c and a b"),
        ("snake_case_name, 2 * 3 * 4, a*b", "snake_case_name, 2 * 3 * 4, a*b"),
        ("see [the *docs*](http://x/y_(z) 'and') now", "see the docs now"),
        ("[![build](b.svg)](http://x) ok", "build ok"),
        ("[text][ref], [ref], [Ref][], [other], [1]", "text, ref, Ref, [other], [1]"),
        ("`*a*` and ``b ` c`` and `d", "*a* and b ` c and `d"),
        (r"\*a\* \[b\] \d", r"*a* [b] \d"),
        ("<http://x/y> <a@x.org> <b class='x'>c</b> a < b > c", "http://x/y a@x.org c a < b > c"),
        ("&amp; &lt;b&gt; &#8364; &#99999999999; &NewLine;", "& <b> € \ufffd  "),
        ("a `b\nc` d\ne", "a b\nc d\ne"),
        ("a <b\nid=x>c</b>\nd", "a \nc\nd"),
        ("a\\\nb", "a\nb"),
    ],
)  # fmt: skip
def test_mark_up_goes_and_words_and_lines_stay(source: str, expected: str) -> None:
    assert plain_text(source, {"REF"}) == expected


@given(source=LINES)
def test_each_line_stays_on_its_line(source: str) -> None:
    reading = read("x.md", source.encode())
    check_reading(reading)
    assert reading.text.count("\n") == source.count("\n")
    for shown, written in zip(reading.text.split("\n"), source.split("\n"), strict=True):
        assert words(shown) <= words(written)


@pytest.mark.parametrize("marks", ["> " * 150, "- " * 150, "> 1. " * 60, ">" * 3000])
def test_what_is_nested_too_deeply_for_the_parser_is_read_line_by_line(marks: str) -> None:
    reading = read("x.md", f"Before.\n\n{marks}It *rained*.\n\nAfter.\n".encode())
    check_reading(reading)
    lines = reading.text.split("\n")
    assert (lines[0], lines[4]) == ("Before.", "After.")
    assert lines[2].endswith("It rained.")
    assert len(reading.blocks) == 3


@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    check_any("x.md", data)


@pytest.mark.parametrize(
    "unit", ["[", "*a", "](", "`a", "<a ", "> ", "- ", "|a\n|-\n", "<!--", "&#1"]
)
def test_much_of_any_mark_ends(unit: str) -> None:
    check_reading(read("x.md", (unit * (60_000 // len(unit))).encode()))
