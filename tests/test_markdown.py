"""Markdown: the text of each line on the same line, and the blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.readers import read
from briefqa.readers.markdown_syntax import plain_text
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
            [
                Part("line", "author: Ann", 3),
                Part("line", "tags: wet", 5),
                Part("paragraph", "It rained.", 10),
            ],
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


def kinds(source: str) -> list[tuple[str, str, int]]:
    """The kind, the text and the line of each block of a file."""
    return [(part.kind, part.text, part.line) for part in parts(read("x.md", source.encode()))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            '!!! tip "Before you sail"\n    Look at the *sky*.\n\n    - Wind\n\nThen go.\n',
            [
                ("line", "Before you sail", 1),
                ("quotation", "Look at the sky.", 2),
                ("item", "- Wind", 4),
                ("paragraph", "Then go.", 6),
            ],
        ),
        (
            ":::note[Before you sail]\nLook at the sky.\n:::\n\n::: tip\nGo.\n:::\n",
            [
                ("line", "Before you sail", 1),
                ("paragraph", "Look at the sky.", 2),
                ("paragraph", "Go.", 6),
            ],
        ),
        ("> [!WARNING]\n> Look at the sky.\n", [("quotation", "Look at the sky.", 2)]),
        (
            "{: .wide #fees}\nFees {#fees}\n----\nNone{: .small}. {% include x.md %}\n{% raw %}\n",
            [("heading", "Fees", 2), ("paragraph", "None.", 4)],
        ),
        (
            '{{% def id="o" name="Oar" abbr="O" %}} Drives a boat. {{% /def %}}\n\n'
            '{{< note >}}Dry it.{{< /note >}}\n\n{{< figure title="A bilge" src="b.png" >}}\n',
            [
                ("paragraph", "Oar (O): Drives a boat.", 1),
                ("paragraph", "Dry it.", 3),
                ("paragraph", "A bilge:", 5),
            ],
        ),
        (
            '{{% def name="Oar" abbr="O" %}}\nDrives a boat.\n{{% /def %}}\n\n'
            '{{< figure title="A bilge" src="b.png" >}}\nIt is wet.\n',
            [
                ("paragraph", "Oar (O) –\nDrives a boat.", 1),
                ("paragraph", "A bilge:\nIt is wet.", 5),
            ],
        ),
        ("[TOC]\n\nIt rained.\n", [("paragraph", "It rained.", 3)]),
        (
            "It rained.[^1]\n\n[^1]: All *day* long.\n",
            [("paragraph", "It rained.[^1]", 1), ("note", "[^1]: All day long.", 3)],
        ),
        (
            "Oar\nPaddle\n: What drives a boat.\n: Also a bird's foot.\n\n"
            "Bilge\n\n: The lowest part.\n",
            [
                ("term", "Oar\nPaddle", 1),
                ("definition", "What drives a boat.", 3),
                ("definition", "Also a bird's foot.", 4),
                ("term", "Bilge", 6),
                ("definition", "The lowest part.", 8),
            ],
        ),
        (
            "[![Build](b.svg)](http://x)\n![Logo](l.png)\n\nIt rained.\n",
            [("paragraph", "It rained.", 4)],
        ),
        (
            "**Fees**\n\nThere are none.\n\n**It rained.**\n\n**Q: Why 1.5 m?**\n\nIt poured.\n",
            [
                ("heading", "Fees", 1),
                ("paragraph", "There are none.", 3),
                ("paragraph", "It rained.", 5),
                ("heading", "Q: Why 1.5 m?", 7),
                ("paragraph", "It poured.", 9),
            ],
        ),
        (
            "- [ ] Buy tar\n- [x] Mend oars\n",
            [("item", "- Buy tar", 1), ("item", "- Mend oars", 2)],
        ),
        (
            "- [Oars](#oars)\n- [Sails](#sails)\n- [Fees](#fees)\n\nIt rained.\n",
            [("paragraph", "It rained.", 5)],
        ),
        ("- [Oars](#oars)\n- [Sails](#sails)\n- [Fees](#fees)\n", [
            ("item", "- Oars", 1), ("item", "- Sails", 2), ("item", "- Fees", 3),
        ]),
        (
            "| Field [#](#oars){: .link} | Need |\n|--|--|\n| Oars | two |\n",
            [("header", "Field | Need", 1), ("row", "Oars | two", 3)],
        ),
        ("```yaml\n!!! tip\n{: .x}\n```\n", [("code", "!!! tip\n{: .x}", 2)]),
    ],
)  # fmt: skip
def test_dialects_are_read_as_they_are_shown(
    source: str, expected: list[tuple[str, str, int]]
) -> None:
    assert kinds(source) == expected


def test_tables_of_html_are_read_row_by_row_on_their_lines() -> None:
    source = (
        "It rained.\n\n<table>\n  <tr><th>Level</th><th>Signs</th></tr>\n  <tr>\n    <td>Two</td>\n"
        "    <td><p>Some are hit.</p>\n      <ul><li>Slow pages</li></ul></td>\n  </tr>\n</table>\n"
    )
    reading = read("x.md", source.encode())
    assert parts(reading)[1:] == [
        Part("header", "Level | Signs", 4),
        Part("row", "Two | Some are hit. Slow pages", 6, header="Level | Signs"),
    ]
    dense = "<table><tr><th>a<th>b</tr><tr><td>1<td>2</tr><tr><td>3<td>4</tr></table>\n"
    assert [(part.text, part.line) for part in parts(read("x.md", dense.encode()))] == [
        ("a | b", 1), ("1 | 2", 1), ("3 | 4", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("matter", "expected"),
    [
        ("crew:\n  - Ann\n  - 'Bob'\n", [("crew: Ann", 3), ("crew: Bob", 4)]),
        ("tags: [oars, sails]\n", [("tags: oars, sails", 2)]),
        ("note: >\n  We sail\n  at dawn.\n", [("note: We sail\nat dawn.", 3)]),
        ("ship:\n  name: Ida\n  tons: 40\n", [("name: Ida", 3), ("tons: 40", 4)]),
    ],
)
def test_fields_of_the_front_matter_may_be_lists_and_folded_text(
    matter: str, expected: list[tuple[str, int]]
) -> None:
    reading = read("x.md", f"---\n{matter}---\n\nIt rained.\n".encode())
    assert [(part.text, part.line) for part in parts(reading)[:-1]] == expected


def test_headings_of_html_stand_above_what_is_beneath_them() -> None:
    source = """\
<h1 align="center">
Lamps
</h1>

They are lit.

<a href="https://lamps.example">The shop</a>

<h3>Gas</h3>

Out at dawn.
"""
    assert kinds(source) == [
        ("paragraph", "They are lit.", 5),
        ("paragraph", "The shop", 7),
        ("heading", "Gas", 9),
        ("paragraph", "Out at dawn.", 11),
    ]


def test_topics_of_minutes_are_headings() -> None:
    minutes = "## Agenda\n\n* Lamps #3\n\nAnn: they are old.\n\n* Gas?\n\nBo: yes.\n\nNoted.\n"
    assert [(kind, text) for kind, text, _ in kinds(minutes)] == [
        ("heading", "Agenda"),
        ("heading", "Lamps #3"),
        ("paragraph", "Ann: they are old."),
        ("heading", "Gas?"),
        ("paragraph", "Bo: yes."),
        ("paragraph", "Noted."),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "# A\n\n* Lamps\n\nThey are old.\n\n* Gas\n* Oil\n\nThey burn.\n",
        "Light:\n\n* lamps\n\nThen burn:\n\n* gas\n\nThat is all.\n",
        "* Lamps\n\n  They are old.\n\nSo it is.\n\n* Gas\n\n  It burns.\n",
        "1. Lamps\n\nThey are old.\n\n2. Gas\n\nIt burns.\n",
    ],
)
def test_items_of_lists_and_of_steps_are_no_topics(source: str) -> None:
    assert "heading" not in [kind for kind, *_ in kinds(source)]


def test_fields_by_which_a_site_is_made_are_left_out() -> None:
    source = "---\nlayout: base\nkeeper: Ann\nPermalink: /faq/\n---\n\nIt rained.\n"
    assert kinds(source) == [("line", "keeper: Ann", 3), ("paragraph", "It rained.", 7)]
