"""OpenDocument texts and presentations, PowerPoint presentations and Rich Text Format."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.errors import DocumentError
from briefqa.readers import read
from readings import Part, check_any, check_reading, parts
from test_archives import zipped

Block = tuple[str, str]


def shown(name: str, data: bytes) -> list[Block]:
    reading = read(name, data)
    check_reading(reading)
    return [(part.kind, part.text) for part in parts(reading)]


def open_document(kind: str, body: str, styles: str = "", meta: str = "") -> bytes:
    return zipped({
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"<x><styles>{styles}</styles><body>{body}</body></x>",
        "styles.xml": "<x/>",
        "meta.xml": f"<x>{meta}</x>",
    })  # fmt: skip


def odt(body: str, styles: str = "") -> list[Block]:
    return shown("x.odt", open_document("text", f"<text>{body}</text>", styles))


STYLES = """
<style name="P1" parent-style-name="Quotations"/>
<style name="P2" parent-style-name="P3"/><style name="P3" parent-style-name="P2"/>
<style name="B"><text-properties font-weight="bold"/></style>
<outline-style><outline-level-style level="1" num-format="1" num-suffix="."/>
<outline-level-style level="2" num-format="1" display-levels="2"/></outline-style>
<list-style name="L"><list-level-style-number level="1" num-format="1" num-suffix=")"/>
<list-level-style-number level="2" num-format="a" num-suffix="." start-value="3"/>
<list-level-style-bullet level="3"/></list-style>"""


def test_paragraphs_of_an_open_document_are_read_in_order() -> None:
    body = (
        "<tracked-changes><p>Gone.</p></tracked-changes><table-of-content><p>Oaks 7</p>"
        '</table-of-content><p style-name="Title">Trees</p><h outline-level="1">Oaks</h>'
        "<p>Oaks\n grow<s c='3'/>slowly<tab/>here<line-break/>and there.</p>"
        '<p style-name="P1">Elms do.</p><p style-name="P2">Firs too.</p>'
        '<p style-name="Preformatted_20_Text">if<s c="2"/>oak:</p>'
        '<p style-name="Preformatted_20_Text"><s c="4"/>grow</p>'
    )
    data = open_document("text", body, STYLES)
    assert read("x", data).title == "Trees"
    assert shown("x", data) == [
        ("heading", "1. Oaks"),
        ("paragraph", "Oaks grow slowly here\nand there."),
        ("quotation", "Elms do."),
        ("paragraph", "Firs too."),
        ("code", "if  oak:\n    grow"),
    ]


def test_items_and_headings_have_their_numbers() -> None:
    def item(text: str, inner: str = "", start: str = "") -> str:
        return f"<list-item{start}><p>{text}</p>{inner}</list-item>"

    inner = f"<list>{item('b', '<list>' + item('c') + '</list>')}{item('d')}</list>"
    again = f'<list style-name="L" continue-numbering="true">{item("f")}</list>'
    start = ' start-value="9"'
    body = (
        f'<h outline-level="1">A</h><h outline-level="2">B</h>'
        f'<list style-name="L">{item("a", inner)}'
        f"<list-item><p>e</p><p>more</p></list-item></list><p>Then.</p>{again}"
        f'<list style-name="L">{item("g", start=start)}{item("h")}</list><h outline-level="2">C</h>'
        "<p>End.</p>"
    )
    texts = [text for _, text in odt(body, STYLES)]
    assert texts == [
        "1.1 B", "1) a", "c. b", "- c", "d. d", "2) e", "more", "Then.", "3) f", "9) g", "10) h",
        "1.2 C", "End.",
    ]  # fmt: skip


def test_notes_comments_boxes_and_pictures_follow_their_paragraph() -> None:
    body = (
        "<p>Oaks<note><note-citation>1</note-citation><note-body><p>Slowly.</p></note-body></note>"
        "<annotation><creator>Ann</creator><date>2023</date><p>Sure?</p></annotation> grow"
        "<frame><text-box><p>In the box.</p></text-box><title>An oak</title></frame>.</p>"
    )
    assert odt(body) == [
        ("paragraph", "Oaks grow."),
        ("note", "Slowly."),
        ("note", "Ann: Sure?"),
        ("paragraph", "In the box."),
        ("note", "An oak"),
    ]


def test_numbers_of_thousands_of_digits_are_none() -> None:
    many = "9" * 6000
    body = '<p>oak<s c="{0}"/>elm</p><h outline-level="{0}">Ash</h><p>is cut</p>'
    assert odt(body.format(many)) == odt(body.format(1))


def test_rows_of_an_open_document() -> None:
    def row(*cells: str) -> str:
        return f"<table-row>{''.join(cells)}</table-row>"

    def cell(text: str, attributes: str = "") -> str:
        return f"<table-cell {attributes}><p>{text}</p></table-cell>"

    covered = "<covered-table-cell/>"
    header = f"<table-header-rows>{row(cell('Tree'), cell('Shed'))}</table-header-rows>"
    wide = row(cell("ash", 'number-columns-spanned="2"'), covered, cell("D"))
    body = f"<table>{header}{row(cell('oak'), cell('A'))}{row(covered, cell('B'))}{wide}</table>"
    reading = read("x", open_document("text", body))
    assert [(part.text, part.header) for part in parts(reading)] == [
        ("Tree | Shed", None),
        ("oak | A", "Tree | Shed"),
        ("oak | B", "Tree | Shed"),
        ("ash | | D", "Tree | Shed"),
    ]


def test_a_short_line_in_bold_is_a_heading() -> None:
    body = '<p style-name="B">Growth</p><p>Oaks.</p><p><span style-name="B">Oaks</span> do.</p>'
    assert [kind for kind, _ in odt(body, STYLES)] == ["heading", "paragraph", "paragraph"]


def test_slides_of_an_open_document_are_pages() -> None:
    def frame(text: str, kind: str = "") -> str:
        return f'<frame class="{kind}"><text-box><p>{text}</p></text-box></frame>'

    page = f"<page>{frame('Oaks', 'title')}{frame('They grow.')}{frame('7', 'page-number')}"
    notes = f"<notes>{frame('x', 'page')}{frame('Say slowly.', 'notes')}</notes></page>"
    body = f"<presentation>{page}{notes}<page>{frame('Elms too.')}</page></presentation>"
    reading = read("x", open_document("presentation", body, meta="<title>Trees</title>"))
    assert reading.title == "Trees"
    assert parts(reading) == [
        Part("heading", "Oaks", 1, page=1, level=1),
        Part("paragraph", "They grow.", 3, page=1),
        Part("note", "Say slowly.", 5, page=1),
        Part("paragraph", "Elms too.", 7, page=2),
    ]


def shape(text: str, kind: str | None = None, properties: str = "") -> str:
    placeholder = "" if kind is None else f'<ph type="{kind}"/>' if kind else "<ph/>"
    paragraphs = "".join(
        f"<p><pPr>{properties}</pPr><r><t>{line}</t></r></p>" for line in text.split("|")
    )
    return f"<sp><nvPr>{placeholder}</nvPr><txBody>{paragraphs}</txBody></sp>"


def slides(*contents: str, **others: str) -> bytes:
    """A presentation: its slides, and parts that the first one refers to, by their kinds."""
    order = [*range(len(contents))][::-1]
    identifiers = "".join(f'<sldId id="25{n}" r:id="r{n}"/>' for n in order)
    relations = "".join(
        f'<Relationship Id="r{n}" Type="t/slide" Target="s{n}.xml"/>' for n in order
    )
    beside = "".join(f'<Relationship Id="{k}" Type="t/{k}" Target="../{k}.xml"/>' for k in others)
    return zipped({
        "ppt/presentation.xml": f'<x xmlns:r="r"><sldIdLst>{identifiers}</sldIdLst></x>',
        "ppt/_rels/presentation.xml.rels": f"<Relationships>{relations}</Relationships>",
        f"ppt/_rels/s{order[0]}.xml.rels": f"<Relationships>{beside}</Relationships>",
        **{f"ppt/s{n}.xml": f"<x>{each}</x>" for n, each in zip(order, contents, strict=True)},
        **{f"{kind}.xml": f"<x>{content}</x>" for kind, content in others.items()},
    })  # fmt: skip


def test_slides_are_pages_in_the_order_of_the_presentation() -> None:
    first = shape("They grow.") + shape("Oaks", "title") + shape("7", "sldNum") + shape("Bo", "ftr")
    data = slides(first, shape("Elms|Firs", "body"), notesSlide=shape("Say slowly.", "body"))
    reading = read("x", data)
    assert reading.title == "Oaks"
    assert parts(reading) == [
        Part("paragraph", "They grow.", 3, page=1),
        Part("note", "Say slowly.", 5, page=1),
        Part("item", "- Elms", 7, page=2, level=1),
        Part("item", "- Firs", 8, page=2, level=1),
    ]


@pytest.mark.parametrize(
    ("kind", "properties", "expected"),
    [
        ("", "", "- Oak"),
        ("body", "<buNone/>", "Oak"),
        (None, "", "Oak"),
        (None, '<buChar char="x"/>', "- Oak"),
        (None, '<buAutoNum type="arabicPeriod"/>', "1. Oak"),
        (None, '<buAutoNum type="alphaUcParenR"/>', "A) Oak"),
        (None, '<buAutoNum type="romanLcParenBoth"/>', "(i) Oak"),
    ],
)
def test_bullets_and_numbers_of_slides(kind: str | None, properties: str, expected: str) -> None:
    assert shown("x", slides(shape("Oak", kind, properties)))[0][1] == expected


def test_tables_comments_and_diagrams_of_slides() -> None:
    def row(*cells: str) -> str:
        written = "".join(
            f"<tc><txBody><p><r><t>{cell}</t></r></p></txBody></tc>" for cell in cells
        )
        return f"<tr>{written}</tr>"

    rows = f'<tblPr firstRow="1"/>{row("Tree", "Shed")}{row("oak", "A")}'
    frame = f"<graphicFrame><tbl>{rows}</tbl></graphicFrame>"
    picture = '<pic><cNvPr id="1" descr="An oak in May"/></pic>'
    diagram = "<pt><t><p><r><t>Dig</t></r></p></t></pt>"
    data = slides(frame + picture, comments="<cm><text>Sure?</text></cm>", diagramData=diagram)
    assert shown("x", data) == [
        ("header", "Tree | Shed"),
        ("row", "oak | A"),
        ("note", "An oak in May"),
        ("note", "Sure?"),
        ("item", "- Dig"),
    ]


def rtf(body: str) -> bytes:
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 X;}"
    return (head + "}" + RTF_STYLES + body + "}").encode("latin-1")


RTF_STYLES = (
    r"{\stylesheet{\s0 Normal;}{\s1\b heading 2;}{\s2\outlinelevel2 Own;}{\*\cs3 x;}{\s4 Quote;}}"
    r"{\info{\title Trees}{\author Ann}}"
)


def rtf_texts(body: str) -> list[str]:
    return [text for _, text in shown("x.rtf", rtf(body))]


def test_paragraphs_of_rich_text_are_read_in_order() -> None:
    body = (
        r"{\header Page}{\*\unknown no}\pard\s1 Oaks\par\pard Oaks {\b grow}\line slowly.\par"
        r"\pard\s2 Elms\par\pard\s4 They do.\par{\pict 0a0b}{\v hidden}\pard\plain Firs too."
    )
    assert read("x", rtf(body)).title == "Trees"
    assert parts(read("x", rtf(body))) == [
        Part("heading", "Oaks", 1, level=2),
        Part("paragraph", "Oaks grow\nslowly.", 3),
        Part("heading", "Elms", 6, level=3),
        Part("quotation", "They do.", 8),
        Part("paragraph", "Firs too.", 10),
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"M\'fcnchen", "München"),
        (r"o\rquote clock \emdash  \ldblquote now\rdblquote", "o’clock — “now”"),
        (r"\u1055?\u1088?", "Пр"),
        (r"\uc2\u1055??\uc0\u1088 a", "Прa"),
        (r"a\u-10179?\u-8704?", "a\U0001f600"),
        (r"{\f1 \'cf\'f0}", "Пр"),
        (
            r"non\~breaking soft\-hyphen \{braces\} back\\slash",
            r"non breaking softhyphen {braces} back\slash",
        ),
        ("line\nbreaks\r\nare none", "linebreaksare none"),
        (r"a{\bin4 }{{{b", "ab"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt shown}}", "shown"),
        (r"one\tab two", "one two"),
        ("M\xfcnchen", "München"),
        (r"{\deleted gone}{\*\bkmkstart x}kept", "kept"),
        (r"{\upr{a}{\*\ud{\u1055?}}}", "a"),
    ],
)
def test_characters_of_rich_text(body: str, text: str) -> None:
    assert rtf_texts(rf"\pard {body}\par") == [text]


def test_the_code_page_and_the_platform_tell_the_encoding() -> None:
    assert shown("x", rb"{\rtf1\ansi\ansicpg1251 \'cf\'f0\par}") == [("paragraph", "Пр")]
    assert shown("x", rb"{\rtf1\mac M\'9fnchen\par}") == [("paragraph", "München")]
    assert shown("x", rb"{\rtf1\ansi\ansicpg999 M\'fcnchen\par}") == [("paragraph", "München")]


def test_items_of_rich_text_have_their_numbers() -> None:
    body = (
        r"\pard{\listtext\pard\plain 1.\tab}\ilvl0 Dig.\par\pard{\listtext a)\tab}\ilvl1 Plant.\par"
        r"\pard{\pntext\'b7\tab}Water.\par\pard Wait.\par"
    )
    assert [(part.text, part.level) for part in parts(read("x", rtf(body)))] == [
        ("1. Dig.", 1),
        ("a) Plant.", 2),
        ("- Water.", 1),
        ("Wait.", None),
    ]


def test_tables_and_notes_of_rich_text() -> None:
    body = (
        r"\pard Stock.{\footnote\pard Counted in May.\par}\par"
        r"\trowd\trhdr\pard\intbl Tree\cell Shed\cell\row\trowd\pard\intbl"
        r" oak\par old\cell A\cell\row"
        r"\pard\intbl elm{\*\atnauthor Ann}{\*\annotation\pard Sure?}\cell B\cell\row\pard End.\par"
    )
    assert shown("x", rtf(body)) == [
        ("paragraph", "Stock."),
        ("note", "Counted in May."),
        ("header", "Tree | Shed"),
        ("row", "oak old | A"),
        ("row", "elm | B"),
        ("note", "Ann: Sure?"),
        ("paragraph", "End."),
    ]


def test_shapes_of_rich_text_are_read_once() -> None:
    shape = r"{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt\pard In the box.\par}}{\shprslt twice}}"
    assert rtf_texts(rf"\pard Oaks{shape} grow.\par") == ["Oaks grow.", "In the box."]


def test_groups_nested_without_end_are_refused() -> None:
    with pytest.raises(DocumentError, match="nests deeper than 1000 groups"):
        read("x.rtf", rb"{\rtf1" + b"{" * 5000)


RTF_WORDS = st.sampled_from(
    [r"\par", r"\cell", r"\row", r"\trowd", r"\intbl", r"\pard", "{", "}", r"{\footnote ", r"\*",
     r"{\*\annotation ", r"{\listtext 1.}", r"\'e4", r"\u8364?", r"\s1", r"\bin3", "oak ", r"\b",
     r"{\stylesheet", r"{\fonttbl", r"\f1", r"\ansicpg932", r"{\shptxt", r"\uc3", r"{\*\atnauthor "]
)  # fmt: skip


@given(words=st.lists(RTF_WORDS, max_size=40), data=st.binary(max_size=20))
def test_words_in_any_order_are_read(words: list[str], data: bytes) -> None:
    check_any("x.rtf", rb"{\rtf1" + "".join(words).encode() + data)
    check_any("x.rtf", rb"{\rtf1" + data + "".join(words).encode())


XML = st.sampled_from(
    "p h list list-item table table-row table-cell covered-table-cell note note-body annotation"
    " creator frame text-box title span table-header-rows tracked-changes page notes".split()
)


@given(names=st.lists(XML, max_size=12), text=st.sampled_from(["oak", " ", ""]))
def test_elements_of_open_documents_in_any_order_are_read(names: list[str], text: str) -> None:
    body = ""
    for name in names:
        body = f"<{name}>{text}{body}<s/></{name}>{body[:40] if '<' not in body[:40] else ''}"
    for kind in ("text", "presentation", "spreadsheet"):
        check_any("x", open_document(kind, f"<{kind}>{body}</{kind}>", STYLES))


PPT = st.sampled_from(["sp", "p", "r", "t", "tbl", "tr", "tc", "text", "Fallback", "graphicFrame"])


@given(names=st.lists(PPT, max_size=12))
def test_elements_of_slides_in_any_order_are_read(names: list[str]) -> None:
    body = "oak"
    for name in names:
        body = f'<{name}><ph type="title"/>{body}<buAutoNum/><br/></{name}>'
    check_any("x", slides(body, notesSlide=body, comments=body, diagramData=body))


@pytest.mark.parametrize(
    ("texts", "items"),
    [
        (["• Dig", "* Plant", "- Water"], ["- Dig", "- Plant", "- Water"]),
        (["1. Dig", "2) Plant"], ["1. Dig", "2) Plant"]),
        (["(1) Dig", "(2) Plant", "Rest"], ["(1) Dig", "(2) Plant"]),
        (["1. Dig", "3. Plant", "19. May"], []),
        (["-5 degrees", "1.5 metres"], []),
    ],
)
def test_items_whose_marks_are_typed_are_items(texts: list[str], items: list[str]) -> None:
    body = "".join(f"<p>{text}</p>" for text in texts)
    assert [text for kind, text in odt(body) if kind == "item"] == items
    rich = rtf("".join(rf"{text}\par " for text in texts).replace("•", r"\bullet\tab"))
    assert [text for kind, text in shown("x.rtf", rich) if kind == "item"] == items


def test_a_level_that_a_list_style_lacks_is_numbered_as_the_first() -> None:
    style = (
        '<list-style name="L"><list-level-style-bullet level="1"/></list-style>'
        '<list-style name="M"><list-level-style-number level="1" num-format="1" num-suffix="."/>'
        "</list-style>"
    )
    inner = '<list style-name="M"><list-item><p>Dig</p></list-item></list>'
    body = f'<list style-name="L"><list-item><p>Oaks</p>{inner}</list-item></list>'
    assert odt(body, style) == [("item", "- Oaks"), ("item", "1. Dig")]
