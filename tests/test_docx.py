"""Word documents: nested content, numbering, and content beside the text."""

import io
import zipfile

import docx
import pytest
from docx.document import Document
from hypothesis import given
from hypothesis import strategies as st

from briefqa.readers import read
from readings import Part, check_reading, parts

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = f'<Types><Override PartName="/word/other.xml" ContentType="{TYPE}"/></Types>'
RELATIONS = (
    "<Relationships>"
    '<Relationship Id="a" Type="x/hyperlink" Target="http://x" TargetMode="External"/>'
    '<Relationship Id="b" Type="x/officeDocument" Target="/word/other.xml"/></Relationships>'
)
OWN_NAMES = (
    '<Relationships><Relationship Id="a" Type="x/footnotes" Target="deep/n%20otes.xml"/>'
    "</Relationships>"
)


def package(body: str, **others: str) -> bytes:
    """Return a document with a body and other parts of the folder `word`, in the namespace `w`."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, contents in others.items():
            file.writestr(f"word/{name}.xml", f"<w:{name} {W}>{contents}</w:{name}>")
    return data.getvalue()


def saved(document: Document) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def p(text: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def row(*cells: str, properties: str = "") -> str:
    """A row of a table."""
    written = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{written}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def shown(body: str, **others: str) -> list[tuple[str, str]]:
    reading = read("x.docx", package(body, **others))
    check_reading(reading)
    return [(part.kind, part.text) for part in parts(reading)]


def test_only_text_is_text() -> None:
    anchor = "<w:drawing><w:anchor><w:posOffset>12700</w:posOffset></w:anchor></w:drawing>"
    assert shown(f"<w:p><w:r>{anchor}</w:r><w:r><w:t>Oaks grow.</w:t></w:r></w:p>") == [
        ("paragraph", "Oaks grow.")
    ]


def test_formulas_are_read_with_their_fractions_and_exponents() -> None:
    def element(name: str, *inner: str) -> str:
        return f"<{name}>{''.join(inner)}</{name}>"

    a, b, two = (element("r", element("t", each)) for each in ("a", "b", "2"))
    fraction = element("f", element("num", a), element("den", b))
    power = element("sSup", element("e", b), element("sup", two))
    assert shown(element("p", element("oMath", fraction, power))) == [("paragraph", "a/bb^2")]


def test_a_text_box_follows_the_paragraph_that_it_stands_in() -> None:
    box = f"<w:r><w:txbxContent>{p('In the box.')}{p('Twice.')}</w:txbxContent></w:r>"
    body = f"<w:p><w:r><w:t>Oaks </w:t></w:r>{box}<w:r><w:t>grow.</w:t></w:r></w:p>"
    assert [text for _, text in shown(body)] == ["Oaks grow.", "In the box.", "Twice."]


def test_a_second_form_of_the_same_is_left_out() -> None:
    choice = f"<w:Choice><w:txbxContent>{p('In the box.')}</w:txbxContent></w:Choice>"
    fallback = f"<w:Fallback><w:txbxContent>{p('In the box.')}</w:txbxContent></w:Fallback>"
    body = f"<w:p><w:r><w:AlternateContent>{choice}{fallback}</w:AlternateContent></w:r></w:p>"
    assert [text for _, text in shown(body)] == ["In the box."]


def test_a_table_in_a_cell_follows_the_row() -> None:
    inner = table(row(p("oak"), p("40 boards")))
    body = table(row(p("Ann"), p("Shed A") + inner + p("Locked")), row(p("Bo"), p("Shed B")))
    assert shown(body) == [
        ("row", "Ann | Shed A Locked"),
        ("row", "oak | 40 boards"),
        ("row", "Bo | Shed B"),
    ]


def test_a_row_of_one_cell_is_no_row() -> None:
    inner = table(row(p("oak"), p("40 boards")))
    assert shown(table(row(p("All of it is dry.") + inner + p("Ask Bo.")))) == [
        ("paragraph", "All of it is dry."),
        ("row", "oak | 40 boards"),
        ("paragraph", "Ask Bo."),
    ]


def test_a_page_that_a_table_lays_out_is_no_row() -> None:
    body = table(row(p("Oaks grow. " * 100) + p("Elms grow."), p("Ask Bo.")))
    assert [kind for kind, _ in shown(body)] == ["paragraph"] * 3


def test_a_row_that_the_document_calls_a_header_names_the_columns() -> None:
    header = row(p("Tree"), p("Shed"), properties="<w:tblHeader/>")
    reading = read("x", package(table(header, row(p("oak"), p("A")))))
    assert parts(reading) == [
        Part("header", "Tree | Shed", 1),
        Part("row", "oak | A", 2, header="Tree | Shed"),
    ]


@pytest.mark.parametrize(
    ("first", "rows", "expected"),
    [
        (("Tree", "Boards"), [("oak", "40"), ("elm", "9")], "header"),
        (("Tree", "Since"), [("oak", "12.5.2020"), ("elm", "3.1.2021")], "header"),
        (("Tree", "Price"), [("oak", "$ 40"), ("elm", "9.50 EUR")], "header"),
        (("Name", "Ann"), [("Shed", "B"), ("Phone", "12345")], "row"),
        (("oak", "12"), [("elm", "40"), ("ash", "9")], "row"),
    ],
)
def test_a_first_row_above_figures_names_the_columns(
    first: tuple[str, ...], rows: list[tuple[str, ...]], expected: str
) -> None:
    body = table(*(row(*map(p, cells)) for cells in (first, *rows)))
    assert shown(body)[0][0] == expected


def test_a_first_row_that_alone_is_bold_names_the_columns() -> None:
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    header = row(bold.format("Tree"), bold.format("Shed"))
    assert shown(table(header, row(p("oak"), p("A"))))[0] == ("header", "Tree | Shed")
    assert shown(table(header, header))[0] == ("row", "Tree | Shed")


def test_cells_that_were_merged_downwards_say_the_same() -> None:
    start, on = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>"
    body = table(row(start + p("oak"), p("A")), row(on + "<w:p/>", p("B")))
    assert [text for _, text in shown(body)] == ["oak | A", "oak | B"]


def test_parts_may_have_other_names() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", RELATIONS)
        file.writestr("word/_rels/other.xml.rels", OWN_NAMES)
        body = '<w:p><w:r><w:t>Oaks grow.</w:t><w:footnoteReference w:id="3"/></w:r></w:p>'
        file.writestr("word/other.xml", f"<w:document {W}>{body}</w:document>")
        note = f'<w:footnote w:id="3">{p("Slowly.")}</w:footnote>'
        file.writestr("word/deep/n otes.xml", f"<w:footnotes {W}>{note}</w:footnotes>")
    texts = [part.text for part in parts(read("x", data.getvalue()))]
    assert texts == ["Oaks grow.", "Slowly."]


def test_notes_and_comments_follow_what_they_are_to() -> None:
    references = (
        '<w:footnoteReference w:id="2"/><w:endnoteReference w:id="2"/>'
        '<w:commentReference w:id="0"/><w:footnoteReference w:id="9"/>'
    )
    body = f"<w:p><w:r><w:t>Oaks grow.</w:t>{references}</w:r></w:p>{p('Elms do too.')}"
    shown_blocks = shown(
        body,
        footnotes=f'<w:footnote w:type="separator" w:id="0">{p("x")}</w:footnote>'
        f'<w:footnote w:id="2">{p("Slowly.")}</w:footnote>',
        endnotes=f'<w:endnote w:id="2">{p("See Bo.")}</w:endnote>',
        comments=f'<w:comment w:id="0" w:author="Ann Lee">{p("Sure?")}</w:comment>',
    )
    assert shown_blocks == [
        ("paragraph", "Oaks grow."),
        ("note", "Slowly."),
        ("note", "See Bo."),
        ("note", "Ann Lee: Sure?"),
        ("paragraph", "Elms do too."),
    ]


def level(number: int, form: str, text: str, start: int = 1) -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


LEVELS = (
    level(0, "decimal", "%1.")
    + level(1, "decimal", "%1.%2")
    + level(2, "lowerLetter", "(%3)")
    + level(3, "upperRoman", "%4)", 3)
    + level(4, "bullet", "\uf0b7")
)
NUMBERING = f"""<w:abstractNum w:abstractNumId="7">{LEVELS}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"""


def numbered(text: str, level: int, identifier: int = 1) -> str:
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identifier}"/></w:numPr>'
    return p(text, number)


def test_items_have_the_numbers_that_word_shows() -> None:
    levels = [0, 0, 1, 1, 2, 2, 3, 4, 1, 0]
    body = "".join(numbered(f"t{n}", level) for n, level in enumerate(levels))
    texts = [text for _, text in shown(body, numbering=NUMBERING)]
    markers = ["1.", "2.", "2.1", "2.2", "(a)", "(b)", "III)", "-", "2.3", "3."]
    assert texts == [f"{marker} t{n}" for n, marker in enumerate(markers)]


def test_a_list_that_begins_anew_counts_from_where_it_says() -> None:
    body = "".join(numbered("t", 0, identifier) for identifier in (1, 2, 2, 1))
    texts = [text for _, text in shown(body, numbering=NUMBERING)]
    assert texts == ["1. t", "5. t", "6. t", "7. t"]


def test_a_paragraph_may_leave_the_list_of_its_style() -> None:
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:styleId="S"><w:name w:val="Step"/>{number}</w:style>'
    style = '<w:pStyle w:val="S"/>'
    body = p("In.", style) + p("Out.", style + '<w:numPr><w:numId w:val="0"/></w:numPr>')
    assert shown(body, numbering=NUMBERING, styles=styles) == [
        ("item", "1. In."),
        ("paragraph", "Out."),
    ]


def test_headings_have_their_numbers_and_inherit_their_levels() -> None:
    styles = (
        '<w:style w:styleId="h"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="x"><w:name w:val="Ours"/><w:basedOn w:val="h"/></w:style>'
        '<w:style w:styleId="o"><w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr>'
        "</w:style>"
        '<w:style w:styleId="a"><w:name w:val="HeadA"/></w:style>'
        '<w:style w:styleId="c"><w:name w:val="Loop"/><w:basedOn w:val="c"/></w:style>'
    )
    body = "".join(
        p(f"Oaks {name}", f'<w:pStyle w:val="{name}"/>') + p("They grow.") for name in "hxoacz"
    )
    reading = read("x", package(body, styles=styles, numbering=NUMBERING))
    headings = [(part.text, part.level) for part in parts(reading) if part.kind == "heading"]
    assert headings == [("1.1 Oaks h", 2), ("1.2 Oaks x", 2), ("Oaks o", 3), ("Oaks a", 2)]


def test_a_short_line_in_bold_is_a_heading_where_text_follows() -> None:
    def bold(text: str) -> str:
        return f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>"

    body = bold("Growth") + p("Oaks grow.") + bold("Never cut them.") + p("Ask Bo.") + bold("Bo")
    assert [kind for kind, _ in shown(body)] == [
        "heading", "paragraph", "paragraph", "paragraph", "paragraph"
    ]  # fmt: skip


def test_styles_tell_what_paragraphs_are() -> None:
    names = ["caption", "Quote", "Definition Term", "Definition", "Subtitle"]
    styles = "".join(
        f'<w:style w:styleId="s{n}"><w:name w:val="{name}"/></w:style>'
        for n, name in enumerate([*names, "Source Code", "toc 1"])
    )
    body = "".join(p("Oaks grow.", f'<w:pStyle w:val="s{n}"/>') for n in range(len(names)))
    code = '<w:pStyle w:val="s5"/>'
    body += p("if oak:", code) + p("    grow()", code).replace(
        "<w:t>", '<w:t xml:space="preserve">'
    )
    body += p("Oaks 7", '<w:pStyle w:val="s6"/>')
    assert shown(body, styles=styles) == [
        ("caption", "Oaks grow."),
        ("quotation", "Oaks grow."),
        ("term", "Oaks grow."),
        ("definition", "Oaks grow."),
        ("line", "Oaks grow."),
        ("code", "if oak:\n    grow()"),
    ]


def test_paragraphs_whose_ends_were_deleted_are_one() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    assert [text for _, text in shown(p("Oaks", deleted) + p("grow."))] == ["Oaks grow."]


def test_what_a_paragraph_was_before_counts_for_nothing() -> None:
    before = '<w:pPrChange><w:pPr><w:pStyle w:val="heading 1"/></w:pPr></w:pPrChange>'
    assert shown(p("Oaks grow.", before) + p("Slowly.")) == [
        ("paragraph", "Oaks grow."),
        ("paragraph", "Slowly."),
    ]


def test_a_large_initial_belongs_to_its_word() -> None:
    body = p("O", '<w:framePr w:dropCap="drop"/>') + p("aks grow.")
    assert [text for _, text in shown(body)] == ["Oaks grow."]


def test_pictures_are_read_as_they_are_described() -> None:
    def picture(description: str) -> str:
        return f'<w:p><w:r><w:drawing><w:docPr descr="{description}"/></w:drawing></w:r></w:p>'

    body = picture("An oak in the rain") + picture("IMG_1.png") + p("Oaks grow.")
    assert shown(body) == [("note", "An oak in the rain"), ("paragraph", "Oaks grow.")]


def test_lists_of_a_library_have_numbers() -> None:
    document = docx.Document()
    for text in ("Dig.", "Plant."):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Water.", style="List Bullet")
    texts = [part.text for part in parts(read("x", saved(document)))]
    assert texts == ["1. Dig.", "2. Plant.", "- Water."]


TAGS = st.sampled_from(
    ["<w:p>", "<w:r>", "<w:t>", "<w:tbl>", "<w:tr>", "<w:tc>", "<w:pPr>", "<w:del>",
     "<w:txbxContent>", '<w:tblHeader/>', "<w:vMerge/>", "<w:b/>", "<w:br/>",
     '<w:numId w:val="1"/>', '<w:footnoteReference w:id="1"/>', '<w:framePr w:dropCap="x"/>',
     "oak", " "]
)  # fmt: skip


@given(tags=st.lists(TAGS, max_size=40))
def test_elements_in_any_order_are_read(tags: list[str]) -> None:
    body, opened = "", []
    for tag in tags:
        body += tag
        if tag.startswith("<") and not tag.endswith("/>"):
            opened.append(tag[1:-1])
    body += "".join(f"</{name}>" for name in reversed(opened))
    shown(body, numbering=NUMBERING, footnotes=f'<w:footnote w:id="1">{body}</w:footnote>')
