"""What twice the document costs its reader, for each construct that the reader knows.

    python tests/benchmarks/reader_growth.py [NAME ...]

Each construct is repeated to 1, 2, 4 and 8 MB of text, or of XML before it is packed, and read;
printed is by how much the processor time grows from one size to the next, at the most. If that is
more than 2.2, it is measured again, since other processes slow it down. NAMEs choose constructs by
the beginning of their names, such as `docx`.
"""

import gc
import io
import sys
import time
import zipfile
from itertools import pairwise
from typing import NamedTuple

from briefqa.errors import DocumentError
from briefqa.readers import read

MEGABYTE = 1024 * 1024
SIZES = [MEGABYTE << step for step in range(4)]
RUNS = 4
MOST = 2.2
"""The largest growth that counts as linear."""
GARBAGE = 50_000
"""Objects made before garbage is looked for, as where the command line runs."""
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
SPREADSHEET = '<w xmlns:r="r"><sheet name="a" r:id="b"/></w>'
WORKSHEET = (
    '<Relationships><Relationship Id="b" Type="t/worksheet" Target="s.xml"/></Relationships>'
)
PRESENTATION = '<p xmlns:r="r"><sldId r:id="a"/></p>'
SLIDE = '<Relationships><Relationship Id="a" Type="t/slide" Target="s.xml"/></Relationships>'
NUMBERED = "<pPr><numPr><ilvl val='0'/><numId val='1'/></numPr></pPr>"


class Construct(NamedTuple):
    """What is repeated, and what stands before and after it."""

    name: str
    unit: str
    before: str = ""
    after: str = ""


class Package(NamedTuple):
    """An archive with one member that grows."""

    member: str
    others: dict[str, str]


PACKAGES = {
    "docx": Package("word/document.xml", {"word/numbering.xml": "<x/>"}),
    "epub": Package("c.xhtml", {
        "META-INF/container.xml": '<c><rootfile full-path="p.opf"/></c>',
        "p.opf": '<p><item id="a" href="c.xhtml" media-type="text/html"/><itemref idref="a"/></p>',
    }),
    "odt": Package("content.xml", {"mimetype": f"{OPEN_DOCUMENT}text"}),
    "ods": Package("content.xml", {"mimetype": f"{OPEN_DOCUMENT}spreadsheet"}),
    "odp": Package("content.xml", {"mimetype": f"{OPEN_DOCUMENT}presentation"}),
    "pptx": Package("ppt/s.xml", {
        "ppt/presentation.xml": PRESENTATION, "ppt/_rels/presentation.xml.rels": SLIDE,
    }),
    "xlsx": Package("xl/s.xml", {
        "xl/workbook.xml": SPREADSHEET, "xl/_rels/workbook.xml.rels": WORKSHEET,
    }),
}  # fmt: skip
MAIL = "From: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
CONSTRUCTS = [
    Construct("docx paragraphs", "<p><r><t>oak</t></r></p>", "<x>", "</x>"),
    Construct("docx runs", "<r><t>oak</t></r>", "<x><p>", "</p></x>"),
    Construct("docx items", f"<p>{NUMBERED}<r><t>oak</t></r></p>", "<x>", "</x>"),
    Construct("docx cells", "<tc><p><t>oak</t></p></tc>", "<x><tbl><tr>", "</tr></tbl></x>"),
    Construct("docx paragraphs of a cell", "<p><t>oak</t></p>", "<x><tbl><tr><tc>",
              "</tc></tr></tbl></x>"),
    Construct("docx rows", "<tr><tc><p><t>oak</t></p></tc><tc><p><t>7</t></p></tc></tr>",
              "<x><tbl>", "</tbl></x>"),
    Construct("docx text boxes", "<txbxContent><p><t>oak</t></p></txbxContent>", "<x><p>",
              "</p></x>"),
    Construct("docx deleted ends", "<p><pPr><del/></pPr><t>oak</t></p>", "<x>", "</x>"),
    Construct("docx tables in a cell", "<tbl><tr><tc><p><t>a</t></p></tc></tr></tbl>",
              "<x><tbl><tr><tc>", "</tc></tr></tbl></x>"),
    Construct("docx merged cells", "<tr><tc><tcPr><vMerge/></tcPr><p/></tc><tc/></tr>",
              "<x><tbl>", "</tbl></x>"),
    Construct("docx headings", "<p><pPr><outlineLvl val='1'/></pPr><t>oak</t></p>", "<x>", "</x>"),
    Construct("docx links", "<hyperlink><r><t>oak</t></r></hyperlink>", "<x><p>", "</p></x>"),
    Construct("docx entities", "&amp;", "<x><p><r><t>", "</t></r></p></x>"),
    Construct("docx token", "a", "<x><p><r><t>", "</t></r></p></x>"),
    Construct("docx rows of nested tables", "<tr><tc><tbl><tr><tc><p><t>a</t></p></tc></tr></tbl>"
              "</tc></tr>", "<x><tbl>", "</tbl></x>"),
    Construct("epub headings", "<h2>oak</h2>", "<html><body>", "</body></html>"),
    Construct("epub items", "<ul><li>oak</li></ul>", "<html><body>", "</body></html>"),
    Construct("epub rows", "<tr><td>oak</td><td>7</td></tr>", "<html><body><table>",
              "</table></body></html>"),
    Construct("epub notes", "<a href='#n'>1</a>", "<html><body><p>", "</p></body></html>"),
    Construct("epub entities", "&amp;", "<html><body><p>", "</p></body></html>"),
    Construct("epub paragraphs", "<p>oak</p>", "<html><body>", "</body></html>"),
    Construct("epub asides", "<aside><p>oak</p></aside>", "<html><body>", "</body></html>"),
    Construct("odt headings", "<h outline-level='2'>oak</h>", "<x><body><text>",
              "</text></body></x>"),
    Construct("odt links", "<a href='b'>oak</a>", "<x><body><p>", "</p></body></x>"),
    Construct("odt entities", "&amp;", "<x><body><text><p>", "</p></text></body></x>"),
    Construct("odt tables in a cell", "<table><table-row><table-cell><p>a</p></table-cell>"
              "</table-row></table>", "<x><body><table><table-row><table-cell>",
              "</table-cell></table-row></table></body></x>"),
    Construct("odt comments", "<annotation><creator>b</creator><p>oak</p></annotation>",
              "<x><body><p>", "</p></body></x>"),
    Construct("odt paragraphs", "<p>oak</p>", "<x><body><text>", "</text></body></x>"),
    Construct("odt spans", "<span>oak</span>", "<x><body><p>", "</p></body></x>"),
    Construct("odt items", "<list-item><p>oak</p></list-item>", "<x><body><list>",
              "</list></body></x>"),
    Construct("odt lists", "<list><list-item><p>oak</p></list-item></list>", "<x><body>",
              "</body></x>"),
    Construct("odt notes", "<note><note-body><p>oak</p></note-body></note>", "<x><body><p>",
              "</p></body></x>"),
    Construct("odt styles", "<style name='a' parent-style-name='a'/>", "<x>", "</x>"),
    Construct("odt rows", "<table-row><table-cell><p>oak</p></table-cell></table-row>",
              "<x><body><table>", "</table></body></x>"),
    Construct("ods token", "a", "<x><body><table><table-row><table-cell><p>",
              "</p></table-cell></table-row></table></body></x>"),
    Construct("ods entities", "&amp;", "<x><body><table><table-row><table-cell><p>",
              "</p></table-cell></table-row></table></body></x>"),
    Construct("ods rows", "<table-row><table-cell><p>oak</p></table-cell></table-row>",
              "<x><body><table>", "</table></body></x>"),
    Construct("ods cells", "<table-cell><p>oak</p></table-cell>", "<x><body><table><table-row>",
              "</table-row></table></body></x>"),
    Construct("ods sheets", "<table name='a'><table-row><table-cell><p>a</p></table-cell>"
              "</table-row></table>", "<x><body>", "</body></x>"),
    Construct("odp items", "<list><list-item><p>oak</p></list-item></list>",
              "<x><body><presentation><page><frame><text-box>",
              "</text-box></frame></page></presentation></body></x>"),
    Construct("odp notes", "<page><notes><frame><text-box><p>oak</p></text-box></frame></notes>"
              "</page>", "<x><body><presentation>", "</presentation></body></x>"),
    Construct("odp slides", "<page><frame><text-box><p>oak</p></text-box></frame></page>",
              "<x><body><presentation>", "</presentation></body></x>"),
    Construct("pptx items", "<p><pPr lvl='1'><buChar char='-'/></pPr><r><t>oak</t></r></p>",
              "<x><sp>", "</sp></x>"),
    Construct("pptx links", "<r><rPr><hlinkClick/></rPr><t>oak</t></r>", "<x><sp><p>",
              "</p></sp></x>"),
    Construct("pptx entities", "&amp;", "<x><sp><p><r><t>", "</t></r></p></sp></x>"),
    Construct("pptx rows", "<tr><tc><p><r><t>a</t></r></p></tc><tc><p><r><t>b</t></r></p></tc>"
              "</tr>", "<x><tbl>", "</tbl></x>"),
    Construct("pptx paragraphs", "<p><r><t>oak</t></r></p>", "<x><sp>", "</sp></x>"),
    Construct("pptx shapes", "<sp><ph type='title'/><p><r><t>oak</t></r></p></sp>", "<x>", "</x>"),
    Construct("pptx cells", "<tc><p><r><t>oak</t></r></p></tc>", "<x><tbl><tr>", "</tr></tbl></x>"),
    Construct("xlsx texts", "<row><c t='inlineStr'><is><t>oak</t></is></c></row>", "<x>", "</x>"),
    Construct("xlsx entities", "&amp;", "<x><row><c t='str'><v>", "</v></c></row></x>"),
    Construct("xlsx rows", "<row><c><v>7</v></c><c t='b'><v>1</v></c></row>", "<x>", "</x>"),
    Construct("xlsx cells", "<c><v>7</v></c>", "<x><row>", "</row></x>"),
    Construct("xlsx cells of rows", f"<row>{'<c><v>7</v></c>' * 50}</row>", "<x>", "</x>"),
    Construct("rtf headings", r"{\pard\outlinelevel1 oak\par}"),
    Construct("rtf links", r"{\field{\*\fldinst HYPERLINK b}{\fldrslt oak}}"),
    Construct("rtf items", r"{\pard\ls1\ilvl0 oak\par}"),
    Construct("rtf nested rows", r"\intbl\itap2 oak\nestcell\nestrow "),
    Construct("rtf token", "a"),
    Construct("rtf paragraphs", r"oak\par "),
    Construct("rtf groups", r"{\b oak}"),
    Construct("rtf cells", r"\intbl oak\cell "),
    Construct("rtf rows", r"\trowd\pard\intbl oak\cell elm\cell\row "),
    Construct("rtf notes", r"{\footnote oak\par}"),
    Construct("rtf bytes", r"\'e4"),
    Construct("rtf characters", r"\u8364?"),
    Construct("rtf styles", r"{\s1 oak;}", r"{\stylesheet", "}"),
    Construct("rtf open groups", "{", "", ""),
    Construct("csv token", "a", "a,b\n"),
    Construct("csv narrow rows", "a,2\n", ",".join(f"oak{n}" for n in range(2000)) + "\n"),
    Construct("csv rows", "oak,40,a\n", "tree,boards,shed\n"),
    Construct("csv quotation marks", '"oak"",', "a,b\n"),
    Construct("csv open quotation marks", '"oak,\n', "a,b\n"),
    Construct("csv commas", ",", "a,b\n"),
    Construct("eml token", "a", "From: a\nMessage-ID: b\n\n"),
    Construct("eml entities", "&amp;", "From: a\nMIME-Version: 1.0\nContent-Type: text/html\n\n"),
    Construct("eml parts", "--b\nContent-Type: text/plain\n\noak\n", MAIL),
    Construct("eml attachments", "--b\nContent-Type: text/plain; name=a.txt\n\noak\n", MAIL),
    Construct("eml pages", "--b\nContent-Type: text/html\n\n<p>oak\n", MAIL),
    Construct("eml encoded words", "=?utf-8?Q?oak?= ", "From: a\nMessage-ID: b\nSubject: "),
    Construct("eml headers", "X-Oak: =?utf-8?Q?oak?=\n", "From: a\nMessage-ID: b\n"),
    Construct("eml parameters", ";\n a=b", "From: a\nMIME-Version: 1.0\nContent-Type: text/plain"),
    Construct("eml nested parts", "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
              "From: a\nMIME-Version: 1.0\n"),
    Construct("eml recipients", "a@example.org,\n ", "From: a\nMessage-ID: b\nTo: "),
    Construct("vtt entities", "&amp;", "WEBVTT\n\n00:01.000 --> 00:02.000\n"),
    Construct("vtt tags", "<c.a>oak", "WEBVTT\n\n00:01.000 --> 00:02.000\n"),
    Construct("vtt cues", "00:01.000 --> 00:02.000\noak\n\n", "WEBVTT\n\n"),
    Construct("vtt lines", "oak\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n"),
    Construct("vtt voices", "00:01.000 --> 00:02.000\n<v Ann>oak\n\n", "WEBVTT\n\n"),
    Construct("org links", "[[a][oak]] "),
    Construct("org notes in text", "oak[fn:1] "),
    Construct("org token", "a", "* b\n"),
    Construct("org headings", "* oak :a:\n"),
    Construct("org stars", "*oak ", "* a "),
    Construct("org marks", " *oak* /elm"),
    Construct("org brackets", "[[oak]["),
    Construct("org drawers", ":OAK:\n"),
    Construct("org rows", "| oak | 40 |\n"),
    Construct("org items", "- oak\n  - elm\n"),
    Construct("org open blocks", "#+begin_src\n"),
    Construct("org notes", "[fn:1] oak\n"),
    Construct("rst notes", "oak [1]_ "),
    Construct("rst links", "`oak <a>`_ "),
    Construct("rst token", "a"),
    Construct("rst sections", "Oak\n===\n\n"),
    Construct("rst adornments", "===\n"),
    Construct("rst marks", "*oak ``elm"),
    Construct("rst references", "`oak <elm"),
    Construct("rst bars", "|oak"),
    Construct("rst rows", "|oak|\n", "+---+\n"),
    Construct("rst columns", "oak  elm\n", "===  ===\n"),
    Construct("rst open tables", "=== ===\noak\n"),
    Construct("rst directives", ".. note:: oak\n\n   elm\n\n"),
    Construct("rst items", "- oak\n\n  - elm\n\n"),
    Construct("rst fields", ":oak: elm\n"),
    Construct("rst options", "-o oak  elm\n"),
    Construct("rst comments", ".. oak\n"),
    Construct("rst list tables", "   * - oak\n     - elm\n", ".. list-table::\n\n"),
    Construct("rst cells of a list table", "       elm\n", ".. list-table::\n\n   * - oak\n"),
    Construct("adoc notes", "oak footnote:[elm] "),
    Construct("adoc links", "link:a[oak] "),
    Construct("adoc values", "{a} ", ":a: oak\n\n"),
    Construct("adoc token", "a"),
    Construct("adoc sections", "== Oak\n"),
    Construct("adoc marks", " *oak _elm"),
    Construct("adoc references", "<<oak,"),
    Construct("adoc macros", "link:oak["),
    Construct("adoc attributes", "{oak"),
    Construct("adoc terms", "oak::elm "),
    Construct("adoc brackets", "[oak", "", "\n"),
    Construct("adoc cells", "|oak\n", "|===\n"),
    Construct("adoc bars", "|oak ", "|===\n"),
    Construct("adoc items", "* oak\n** elm\n"),
    Construct("adoc open blocks", "----\n"),
    Construct("mdx elements", "<A b={c}>oak\n\n"),
    Construct("mdx comments", "{/* oak "),
    Construct("mdx imports", "import a from 'b'\n\n"),
    Construct("ipynb pages", '{"data": {"text/html": "<table><tr><td>oak</table>"}},',
              '{"cells": [{"cell_type": "code", "outputs": [', '{}]}], "nbformat": 4}'),
    Construct("ipynb cells", '{"cell_type": "markdown", "source": "oak"},', '{"cells": [',
              '{}], "nbformat": 4}'),
    Construct("ipynb lines", '"oak\\n",', '{"cells": [{"cell_type": "code", "source": [',
              '""]}], "nbformat": 4}'),
    Construct("ipynb outputs", '{"text": "oak"},', '{"cells": [{"cell_type": "code", "outputs": [',
              '{}]}], "nbformat": 4}'),
    Construct("html headings", "<h2>oak</h2>", "<html>"),
    Construct("html nested lists", "<ul><li>oak", "<html>"),
    Construct("html nested tables", "<table><tr><td>oak", "<html>"),
    Construct("html rows", "<tr><td>oak<td>7", "<html><table>"),
    Construct("html notes", "<sup><a href=#n>1</a></sup>", "<html><p>"),
    Construct("html token", "a", "<html><p>"),
    Construct("html elements", "<div>", "<html>"),
    Construct("html ends", "</div>", "<html>"),
    Construct("html paragraphs", "<p>oak ", "<html>"),
    Construct("html links", "<li><a href=x>oak</a>", "<html><ul>"),
    Construct("html hidden parts", "<span hidden>oak", "<html>"),
    Construct("html entities", "&amp;", "<html>"),
    Construct("html open entities", "&#", "<html>"),
    Construct("html comments", "<!-- ", "<html>"),
    Construct("html tags", "<a b='", "<html>"),
    Construct("html attributes", "a=b ", "<html><p "),
    Construct("html cells", "<td>oak", "<html><table><tr>"),
    Construct("html scripts", "<script>", "<html>"),
    Construct("md nested items", "- oak\n  - elm\n"),
    Construct("md complete links", "[oak](elm) "),
    Construct("md complete code", "`oak` "),
    Construct("md entities", "&amp;"),
    Construct("md token", "a"),
    Construct("md definitions of notes", "[^a]: oak\n\n"),
    Construct("md raw elements", "<b>oak "),
    Construct("md emphasis", "*oak _elm"),
    Construct("md links", "[oak"),
    Construct("md targets", "](oak"),
    Construct("md code", "`oak"),
    Construct("md quotations", ">oak\n"),
    Construct("md items", "- oak\n"),
    Construct("md rows", "|oak|elm|\n", "|a|b|\n|-|-|\n"),
    Construct("md references", "[oak]: elm\n"),
    Construct("md notes", "oak[^1] "),
    Construct("md headings", "# oak\n"),
    Construct("tsv rows", "oak\t40\n", "tree\tboards\n"),
    Construct("mbox messages", "From a Mon\nFrom: a\nSubject: b\n\noak\n\n"),
    Construct("mbox separators", "From a\n"),
    Construct("srt cues", "1\n00:00:01,000 --> 00:00:02,000\nAnn: oak\n\n"),
    Construct("srt names", "Ann: oak\n", "1\n00:00:01,000 --> 00:00:02,000\n"),
    Construct("txt words", "oak "),
    Construct("txt letters", "a"),
    Construct("txt paragraphs", "oak\n\n"),
    Construct("txt items", "- oak\n"),
    Construct("txt columns", "oak   40\n"),
    Construct("txt leaders", "oak .... 7\n"),
    Construct("txt headings", "OAK\n\n"),
    Construct("txt of an older encoding", "caf\xe9 \xf1 "),
    Construct("txt headings above prose", "OAK TREES\nOaks grow.\n\n"),
    Construct("txt headings alike", "Release 1\n\noak\n\n"),
    Construct("txt clauses", "1. Oak\n1.1 Oaks grow\n"),
    Construct("txt quoted lines", "> oak\nelm\n"),
    Construct("txt columns to the right", "oak      4.00\nelm     40.00\n---\n"),
    Construct("html links past the head in one line", "<a href='#a'>Skip to it</a> ", "<html><p>"),
    Construct("md headings alike", "# Oak 1\n\noak\n\n"),
    Construct("adoc links with values", "{a}/b[oak] ", ":a: http://b\n\n"),
    Construct("adoc values of values", ":a: {a}{a}\n"),
    Construct("rst settings", ".. option:: oak\n\n   elm\n\n"),
    Construct("html links past the head", "<a href='#a'>Skip to content</a>"),
    Construct("md bold questions", "**Which oak?**\nThis one.\n\n"),
    Construct("md bold without end", "**oak\n\n"),
    Construct("rst bold questions", "**Which oak?**\nThis one.\n\n"),
    Construct("org bold lines", "*oak*\n\n"),
    Construct("adoc bold questions", "*Which oak?* +\nThis one.\n\n"),
    Construct("html bold questions", "<p><b>Which oak?</b><br>This one.</p>"),
    Construct("html bold line breaks", "<br>", "<p><b>Which oak?", "</b></p>"),
]  # fmt: skip


def main() -> None:
    """Run the command line."""
    gc.set_threshold(GARBAGE)
    for construct in CONSTRUCTS:
        if not sys.argv[1:] or construct.name.startswith(tuple(sys.argv[1:])):
            times = _times(construct)
            mark = "  <--" if _growth(times) > MOST else ""
            print(
                f"{construct.name:28} {_growth(times):5.2f}  {times[-1]:6.2f} s at 8 MB{mark}",
                flush=True,
            )


def _times(construct: Construct) -> list[float]:
    """Return the least processor time of each size, in seconds."""
    suffix = construct.name.split()[0]
    name, texts = f"a.{suffix}", (construct.unit * (size // len(construct.unit)) for size in SIZES)
    documents = [_packed(suffix, construct.before + text + construct.after) for text in texts]
    times = [_time(name, document) for document in documents]
    for _ in range(RUNS - 1):
        if _growth(times) <= MOST:
            break
        times = [min(each, _time(name, data)) for each, data in zip(times, documents, strict=True)]
    return times


def _growth(times: list[float]) -> float:
    return max(after / before for before, after in pairwise(times))


def _packed(suffix: str, text: str) -> bytes:
    if suffix == "rtf":
        return rb"{\rtf1 " + text.encode("latin-1") + b"}"
    if suffix not in PACKAGES:
        return text.encode("latin-1")
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, contents in PACKAGES[suffix].others.items():
            file.writestr(name, contents)
        file.writestr(PACKAGES[suffix].member, text)
    return data.getvalue()


def _time(name: str, data: bytes) -> float:
    """Return the processor time of reading a document, in seconds."""
    start = time.process_time()
    try:
        read(name, data)
    except DocumentError:
        pass
    return time.process_time() - start


if __name__ == "__main__":
    main()
