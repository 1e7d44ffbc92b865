"""HTML: the visible text, in its order."""

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
        (
            "<p><b>Is it <i>wet</i>?</b><p>It rained.<p><strong>It poured.</strong>"
            "<p><b>Ann</b> came.<ul><li><b>Bob</b></ul>"
            "<details><summary>When did it stop?</summary>At noon.</details>",
            [
                Part("heading", "Is it wet?", 1, level=7),
                Part("paragraph", "It rained.", 3),
                Part("paragraph", "It poured.", 5),
                Part("paragraph", "Ann came.", 7),
                Part("item", "- Bob", 9, level=1),
                Part("heading", "When did it stop?", 11, level=7),
                Part("paragraph", "At noon.", 13),
            ],
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
        (b"<html><meta charset=macintosh><p>caf\x8e", "caf\u00e9"),
        (b"<html><meta charset=utf-16><p>cafe", "cafe"),
        (b"<?xml version='1.0' encoding='iso-8859-7'?><html><p>\xe1\xe2", "\u03b1\u03b2"),
        (b"<html><meta charset=iso-2022-jp><p>\x1b$BEO$7\x1b(B", "\u6e21\u3057"),
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


def shown(body: str) -> list[str]:
    """The texts of what is read of a page."""
    reading = html_reading(page(body))
    return [block.span.slice(reading.text) for block in reading.blocks]


NEWS = "<p>The ferry ran aground on Monday. Nobody was hurt, and the cargo was saved.</p>"


@pytest.mark.parametrize(
    "boilerplate",
    [
        "<ul><li><a href=/a>Sport</a><li><a href=/b>Weather</a><li><a href=/c>Money</a></ul>",
        "<p><a href=/1>Ports</a></p><p><a href=/2>Ships</a></p><p><a href=/3>Crews</a></p>",
        "<div class=related-stories><h3>Read next</h3><p>A bridge fell down.</div>",
        "<table summary=navfooter><tr><td><a href=1>Prev</a><td><a href=2>Next</a></table>",
        "<p><a rel=prev href=1>The chapter before</a></p>",
        "<div class='breadcrumbs'>Home &gt; News &gt; Ships</div>",
        "<noscript>Turn scripts on.</noscript>",
        "<div style='display:none'><form>Your name <input></form></div>",
    ],
)
def test_boilerplate_is_left_out(boilerplate: str) -> None:
    assert shown(NEWS + boilerplate) == shown(NEWS) == shown(boilerplate + NEWS)


def test_what_stands_after_the_main_element_is_left_out() -> None:
    text = "<p>The ferry ran aground on the bar at dawn, and was towed off at noon.</p>" * 9
    assert shown(f"<main>{text}</main><p>Write to us.</p>") == shown(text)


@pytest.mark.parametrize(
    "body",
    [
        "<aside><p>The ferry ran aground on Monday.</aside>",
        "<ul><li><a href=/a>Sport</a><li><a href=/b>Weather</a></ul>",
        "<nav><p>The ferry ran aground on Monday.</nav>",
        "<p><a href=/1>Ports</a></p><p><a href=/2>Ships</a></p><p><a href=/3>Crews</a></p>",
        "<div class=comments><p>I was aboard. It was dark.<p>So was I. It was not.</div>",
    ],
)
def test_what_is_left_out_elsewhere_is_read_where_it_is_the_only_text(body: str) -> None:
    assert shown(body)


def test_closed_tabs_are_text_but_a_hidden_form_is_not() -> None:
    tab = (
        "<div style='display:none'><p>The crew of nine stayed aboard until the tide came back, and"
    )
    tab += " then went ashore in the two boats that were left.</div>"
    assert len(shown(NEWS + tab)) == 2
    assert shown(NEWS + "<p hidden>Nobody sees this</p>") == shown(NEWS)


def test_an_article_in_an_aside_is_text_and_so_is_any_aside_of_a_book() -> None:
    article = f"<aside><article>{NEWS * 3}</article></aside>"
    assert shown("<p>Harbour News</p>" + article)[1:] == shown(NEWS * 3)
    chapter = html_reading("<p>It rained.</p><aside>1. All day.</aside>", whole=False)
    assert [block.kind.value for block in chapter.blocks] == ["paragraph", "note"]


def test_rows_of_a_table_keep_their_lists_and_know_the_names_of_their_columns() -> None:
    rows = "<tr>{0}Level{0}Signs</tr></thead><tr><td>Two<td><p>Some are hit.</p>"
    rows += "<ul><li>Slow pages<li>Lost mail</ul></table>"
    for table in ("<table><thead>" + rows.format("<td>"), "<table>" + rows.format("<th>")):
        assert parts(html_reading(page(table))) == [
            Part("header", "Level | Signs", 1),
            Part("row", "Two | Some are hit. Slow pages; Lost mail", 2, header="Level | Signs"),
        ]


def test_the_heading_of_links_that_are_left_out_goes_with_them() -> None:
    links = "<ul><li><a href=/a>Who saved the cargo?</a><li><a href=/b>Old wrecks</a></ul>"
    assert shown(f"{NEWS}<h3>More</h3>{links}") == shown(NEWS)


def test_definitions_in_definitions_stand_deeper() -> None:
    reading = html_reading(
        "<dl><dt>-F<dd><p>One of these:</p><dl><dt>p<dd>plain<dt>t<dd>tar</dl>"
        "<dt>-v<dd>Say more.</dl>"
    )
    assert [(part.kind, part.text, part.level) for part in parts(reading)] == [
        ("term", "-F", None), ("definition", "One of these:", None), ("term", "p", 1),
        ("definition", "plain", 1), ("term", "t", 1), ("definition", "tar", 1),
        ("term", "-v", None), ("definition", "Say more.", None),
    ]  # fmt: skip


def test_signs_that_only_lead_to_a_heading_and_headings_of_boxes_are_none() -> None:
    reading = html_reading(
        "<h2>Oars <a class=headerlink href=#oars>¶</a></h2><p>Of wood.</p>"
        "<h3>Note</h3><p>Mind them."
    )
    assert [(part.kind, part.text) for part in parts(reading)] == [
        ("heading", "Oars"), ("paragraph", "Of wood."),
        ("note", "Note"), ("paragraph", "Mind them."),
    ]  # fmt: skip


def test_raised_numbers_stay_raised() -> None:
    for reference in ('epub:type="noteref"', "role='doc-noteref'"):
        assert shown(f"<p>It is dry.<a {reference} href='#a'>1</a> So.") == ["It is dry.¹ So."]
    assert shown("<p>It is 4 m<sup>2</sup>.<sup>1,2</sup> So<sup>th</sup>.") == [
        "It is 4 m².¹,² Soth."
    ]


def test_readings_beside_a_word_are_left_out_and_formulas_are_read() -> None:
    assert shown("<p><ruby>法律<rp>(</rp><rt>ほうりつ</rt><rp>)</rp></ruby>が</p>") == ["法律が"]
    formula = "<math><mi>A</mi><mo>=</mo><mn>2</mn><annotation>latex</annotation></math>"
    assert shown(f"<p>Let {formula} hold.</p>") == ["Let A=2 hold."]


@pytest.mark.parametrize(
    ("charset", "codec"),
    [("gb2312", "gb18030"), ("x-sjis", "cp932"), ("ks_c_5601-1987", "cp949"), ("tis-620", "cp874")],
)
def test_encodings_are_known_by_their_other_names(charset: str, codec: str) -> None:
    text = {"gb18030": "渡船", "cp932": "渡し船", "cp949": "나룻배", "cp874": "เรือ"}[codec]
    data = f"<html><meta charset={charset}><p>{text}".encode(codec)
    assert [part.text for part in parts(read("x.html", data))] == [text]


def test_a_link_past_the_head_of_a_page_is_left_out() -> None:
    skip = "<a href='#main'>Skip to main content</a>"
    assert shown(f"{skip}<div id='main'>{NEWS}<p>Skip to the end.</p></div>")[0] != skip
    assert "Skip" not in shown(f"{skip}<div id='main'>{NEWS}</div>")[0]


def test_links_in_one_line_are_left_out_as_those_of_several() -> None:
    foot = "<div><a href='/a'>Terms</a> | <a href='/b'>Privacy</a> | <a href='/c'>Contact</a></div>"
    assert "Terms" not in " ".join(shown(f"{NEWS}{foot}"))
    assert "Terms, Privacy, Contact" in shown(NEWS + foot.replace(" |", ","))
    two = foot.replace("<a href='/c'>Contact</a>", "Oak Lane 4")
    assert "Terms | Privacy | Oak Lane 4" in shown(f"{NEWS}{two}")


def test_a_link_past_the_head_is_left_out_beside_others() -> None:
    line = (
        "<p><a href='#main'>Skip to content</a> <b>Closed on Monday</b> <a href='#a'>Hours</a></p>"
    )
    assert shown(f"{line}{NEWS}")[0] == "Closed on Monday Hours"


def test_a_first_row_in_bold_names_the_columns() -> None:
    row = "<tr><td>{}</td><td>{}</td></tr>"
    body = row.format("<b>Bin</b>", "<b>Day</b>") + row.format("Glass", "Friday")
    reading = html_reading(
        page(f"<table>{body}{row.format('<b>Paper</b>', '<b>Monday</b>')}</table>")
    )
    assert [(block.kind.value, block.header) for block in reading.blocks] == [
        ("header", None), ("row", "Bin | Day"), ("row", "Bin | Day"),
    ]  # fmt: skip
