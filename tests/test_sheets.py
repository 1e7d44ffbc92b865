"""Tables in files of their own: rows on their lines, under the names of their columns."""

import csv
import io
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.errors import DocumentError
from briefqa.readers import read
from briefqa.readers.blocks import Member
from conftest import ROOT, check_golden
from readings import Part, check_any, check_reading, parts
from test_archives import zipped

MAIN = 'xmlns="x" xmlns:r="y"'
RELATIONS = (
    '<Relationships><Relationship Id="a" Type="t/worksheet" Target="sheet.xml"/></Relationships>'
)


def rows(name: str, data: bytes) -> list[tuple[int, str, str, str | None]]:
    """The line, kind, text and header of each block."""
    reading = read(name, data)
    check_reading(reading)
    return [(part.line, part.kind, part.text, part.header) for part in parts(reading)]


def test_a_row_stands_on_its_line_of_the_file() -> None:
    source = b'tree,shed,boards\noak,A,40\n"elm, old","B\nor C",9\n\nash,A,7\n'
    header = "tree | shed | boards"
    assert rows("x.csv", source) == [
        (1, "header", header, None),
        (2, "row", "oak | A | 40", header),
        (3, "row", "elm, old | B or C | 9", header),
        (6, "row", "ash | A | 7", header),
    ]


@pytest.mark.parametrize(
    ("name", "source", "second"),
    [
        ("x.csv", "tree;price\noak;1,5\nelm;2,5\n", "oak | 1,5"),
        ("x.tsv", "tree\tprice\noak\t1, 5\n", "oak | 1, 5"),
        ("x.csv", "tree|price\noak|1,5\n", "oak | 1,5"),
        ("x.csv", "tree,price\noak,\n,\n", "oak"),
        ("x.csv", "tree,price,shed\n,,A\n", "| | A"),
        ("x.csv", 'tree,price\n5" oak,"1', '5" oak | 1'),
        ("x.csv", "tree,price\n" + '"oak,1\n' + "elm,2\n" * 300, '"oak | 1'),
        ("x.csv", "a\0b,c\nd,e\n", None),
    ],
)
def test_delimiters_and_quotation_marks(name: str, source: str, second: str | None) -> None:
    if second is None:
        with pytest.raises(DocumentError, match="a binary file"):
            read(name, source.encode())
    else:
        assert rows(name, source.encode())[1][2] == second


def test_a_first_row_with_a_figure_names_nothing() -> None:
    assert rows("x.csv", b"oak,40\nelm,9\nash,7\n")[0] == (1, "row", "oak | 40", None)


def test_a_file_without_a_delimiter_is_plain_text() -> None:
    assert rows("x.csv", b"Oaks grow slowly.\n") == [(1, "paragraph", "Oaks grow slowly.", None)]


def test_the_limit_of_fields_is_that_of_the_process_again() -> None:
    before = csv.field_size_limit()
    read("x.csv", b"a,b\n" + b"c" * 200_000 + b",d\n")
    assert csv.field_size_limit() == before


Cell = str | int | float | bool | None


def cell(value: Cell, style: int = 0) -> str:
    """A cell of a workbook."""
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c s="{style}"><v>{value!r}</v></c>'


def row(*values: Cell, number: int | None = None) -> str:
    """A row of a workbook."""
    place = f' r="{number}"' if number else ""
    return f"<row{place}>{''.join(map(cell, values))}</row>"


def workbook(sheets: dict[str, str], styles: str = "", properties: str = "") -> bytes:
    """A workbook of sheets, each given as what is in it, with styles of cells."""
    named = "".join(f'<sheet name="{name}" r:id="{name}"/>' for name in sheets)
    relations = "".join(
        f'<Relationship Id="{name}" Type="t/worksheet" Target="{n}.xml"/>'
        for n, name in enumerate(sheets)
    )
    return zipped({
        "xl/workbook.xml": f"<workbook {MAIN}>{properties}{named}</workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
        "xl/styles.xml": f"<styles>{styles}</styles>",
        **{f"xl/{n}.xml": f"<x>{rows}</x>" for n, rows in enumerate(sheets.values())},
    })  # fmt: skip


def test_each_sheet_is_a_member_whose_lines_are_its_rows() -> None:
    stock = row("Stock of May") + row("Tree", "Shed", "Boards", number=3) + row("oak", "A", 40)
    crew = row("Name", "Ann") + row("Shed", "A")
    reading = read("x", workbook({"Stock! old": stock, "Crew": crew}))
    check_reading(reading)
    blocks = parts(reading)
    header = "Tree | Shed | Boards"
    assert [part._replace(line=0) for part in blocks] == [
        Part("heading", "Stock! old", 0, level=2, member=Member("Stock_ old", blocks[0].line + 2)),
        Part("heading", "Stock of May", 0, level=3, member=blocks[0].member),
        Part("header", header, 0, member=blocks[0].member),
        Part("row", "oak | A | 40", 0, header=header, member=blocks[0].member),
        Part("heading", "Crew", 0, level=2, member=Member("Crew", blocks[4].line + 2)),
        Part("row", "Name | Ann", 0, member=blocks[4].member),
        Part("row", "Shed | A", 0, member=blocks[4].member),
    ]
    places = [part.line - part.member.line + 1 for part in blocks if part.member]
    assert places == [-1, 1, 3, 4, -1, 1, 2]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (40, "0", "40"),
        (0.1 + 0.2, "0", "0.3"),
        (1e300, "0", "1e+300"),
        (True, "0", "TRUE"),
        ("oak\nboard", "0", "oak board"),
        (0.255, "9", "25.5%"),
        (45026, "14", "2023-04-10"),
        (45026.395833333336, "22", "2023-04-10 09:30"),
        (0.3784722222222222, "20", "09:05"),
        (45026, "dd.mm.yyyy", "2023-04-10"),
        (45026, "[$-407]mmmm", "2023-04-10"),
        (0.5, "[h]:mm:ss", "12:00"),
        (40, '0.0 "days"', "40"),
        (0.5, '0%;"-"', "50%"),
        (-1, "14", "-1"),
        (1e9, "14", "1000000000"),
    ],
)
def test_values_are_shown_as_people_write_them(value: Cell, code: str, shown: str) -> None:
    code = code.replace('"', "&quot;")
    number = code if code.isdigit() else "170"
    styles = (
        f'<numFmt numFmtId="170" formatCode="{code}"/><cellXfs><xf numFmtId="0"/>'
        f'<xf numFmtId="{number}"/></cellXfs>'
    )
    sheet = f"<row>{cell(value, 1)}{cell('x')}</row>"
    assert rows("x.xlsx", workbook({"A": sheet}, styles))[-1][2] == f"{shown} | x"


def test_days_may_be_counted_from_1904() -> None:
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    data = workbook({"A": row(43564, "x")}, styles, '<workbookPr date1904="1"/>')
    assert rows("x.xlsx", data)[-1][2] == "2023-04-10 | x"


@pytest.mark.parametrize(
    "mark", ['<pane ySplit="1" state="frozen"/>', '<autoFilter ref="$A$1:$B$2"/>']
)
def test_a_row_that_the_sheet_sets_apart_names_the_columns(mark: str) -> None:
    sheet = mark + row("Tree", "Shed") + row("oak", "A")
    assert rows("x.xlsx", workbook({"A": sheet}))[-1][1:] == ("row", "oak | A", "Tree | Shed")


def test_strings_are_read_without_the_readings_of_their_characters() -> None:
    strings = f"<sst {MAIN}><si><r><t>oa</t></r><r><t>k</t></r><rPh><t>no</t></rPh></si></sst>"
    cells = (
        '<c r="C5" t="s"><v>0</v></c><c t="s"><v>9</v></c><c t="inlineStr"><is><t>elm</t></is></c>'
        '<c t="str"><v>ash</v></c><c t="e"><v>#REF!</v></c><c r="C5"><v>7</v></c>'
    )
    after = '<row r="2"/><row r="8"><c><v>8</v></c></row>'
    data = zipped({
        "xl/workbook.xml": f'<workbook {MAIN}><sheet name="S" r:id="a"/></workbook>',
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/sheet.xml": f'<sheet {MAIN}><row r="5">{cells}</row>{after}</sheet>',
        "xl/sharedStrings.xml": strings,
    })  # fmt: skip
    assert [row[2] for row in rows("x", data)] == ["S", "oak | elm | ash | #REF! | 7", "8"]
    assert rows("x", data)[-1][0] == rows("x", data)[-2][0] + 3


def ods(rows: str) -> bytes:
    """A spreadsheet of one sheet."""
    body = f'<body><spreadsheet><table name="Stock">{rows}</table></spreadsheet></body>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": f"<x>{body}</x>"})


def ods_row(*texts: str, times: int = 1) -> str:
    cells = "".join(f"<table-cell><p>{text}</p></table-cell>" for text in texts)
    end = '<table-cell number-columns-repeated="16000"/>'
    return f'<table-row number-rows-repeated="{times}">{cells}{end}</table-row>'


def test_rows_that_are_repeated_are_rows() -> None:
    header = f"<table-header-rows>{ods_row('Tree', 'Shed')}</table-header-rows>"
    note = "<table-cell><annotation><p>why?</p></annotation><p>oak<s/>board</p></table-cell>"
    data = ods(
        ods_row(times=2)
        + header
        + f"<table-row>{note}<table-cell><p>A</p><p>B</p></table-cell></table-row>"
        + ods_row("elm", "B", times=2)
        + ods_row(times=1_000_000)
    )
    blocks = parts(read("x", data))
    assert [(part.kind, part.text, part.header) for part in blocks] == [
        ("heading", "Stock", None),
        ("header", "Tree | Shed", None),
        ("row", "oak board | A B", "Tree | Shed"),
        ("row", "elm | B", "Tree | Shed"),
        ("row", "elm | B", "Tree | Shed"),
    ]
    assert [part.line - part.member.line + 1 for part in blocks[1:] if part.member] == [3, 4, 5, 6]


def test_a_cell_that_stands_for_many_counts_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefqa.readers.UNPACKED_LIMIT", 100_000)
    wide = '<table-cell number-columns-repeated="16000"><p>oak</p></table-cell>'
    for data in (
        ods(ods_row("oak", "elm", times=100_000)),
        ods(f'<table-row number-rows-repeated="1000000">{wide}</table-row>'),
        workbook({"A": row("oak") + row("elm", number=1_000_000)}),
        workbook({"A": "".join(f'<row><c r="{c}1"><v>1</v></c></row>' for c in ("A", "XFD") * 9)}),
    ):
        with suppress(DocumentError):
            assert len(read("x", data).text) < 100_000


def test_a_row_of_few_bytes_that_stands_for_a_million_is_refused() -> None:
    with pytest.raises(DocumentError, match="unpacks to more than"):
        read("x", ods(ods_row("a", times=1_000_000)))


def test_a_long_string_that_many_cells_refer_to_is_not_copied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("briefqa.readers.UNPACKED_LIMIT", 500_000)
    row = '<row><c t="s"><v>0</v></c></row>'
    data = zipped({
        "xl/workbook.xml": f'<workbook {MAIN}><sheet name="S" r:id="a"/></workbook>',
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/sheet.xml": f"<x>{row * 1000}</x>",
        "xl/sharedStrings.xml": f"<sst><si><t>{'oak ' * 25_000}</t></si></sst>",
    })  # fmt: skip
    tracemalloc.start()
    try:
        with pytest.raises(DocumentError, match="unpacks to more than 500,000 bytes"):
            read("x", data)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 20_000_000


def test_a_number_of_thousands_of_digits_is_none() -> None:
    many = "9" * 6000
    sheet = f'{row("oak", number=2)}<row r="{many}"><c s="{many}"><v>7</v></c></row>'
    assert [text for _, kind, text, _ in rows("x", workbook({"A": sheet})) if kind == "row"] == [
        "oak",
        "7",
    ]


def test_rows_far_from_one_another_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefqa.readers.UNPACKED_LIMIT", 100_000)
    with pytest.raises(DocumentError, match="unpacks to more than 100,000 bytes"):
        read("x", workbook({"A": row("oak") + row("elm", number=1_000_000)}))


@pytest.mark.parametrize("name", ["libreoffice.ods", "libreoffice.xlsx", "openpyxl.xlsx"])
def test_workbooks_of_programs_are_read_as_they_were(name: str) -> None:
    path = ROOT / "tests" / "sheets" / name
    lines = []
    for part in parts(read(name, path.read_bytes())):
        assert part.member
        under = f" (under {part.header})" if part.header else ""
        place = part.line - part.member.line + 1
        lines.append(f"{part.kind}, {part.member.name}:{place}: {part.text}{under}")
    check_golden(f"reading-{name}.txt", "\n".join(lines) + "\n")


CELLS = st.lists(st.text("oak 12.\n\"',;\t", max_size=8), max_size=6)


@given(table=st.lists(CELLS, max_size=8))
def test_any_table_is_read(table: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written).writerows(table)
    check_any("x.csv", written.getvalue().encode())
    check_any("x.csv", "\n".join(",".join(row) for row in table).encode())


@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for name in ("x.csv", "x.tsv", "x.xlsx", "x.ods"):
        check_any(name, data)
