"""Properties that hold for any bytes: one target for each part that reads untrusted input.

A target takes bytes and raises an exception if a property is violated. `test_fuzz.py` runs each on
the corpus and on inputs from Hypothesis; `run.py` runs one under atheris for any time.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from io import BytesIO
from itertools import chain
from unittest.mock import patch
from zipfile import ZipFile

from briefqa.analysis.analyzer import TERM_LIMIT
from briefqa.analysis.english import english_analyzer
from briefqa.analysis.sentences import split_sentences
from briefqa.answers.answer_type import PATTERNS, find_expected
from briefqa.answers.definitions import find_definitions
from briefqa.answers.fine_types import FINE_PATTERNS
from briefqa.answers.name_spans import NAME_PATTERNS
from briefqa.answers.question import parse_question
from briefqa.assistant import Assistant
from briefqa.documents import Document, LoadedDocuments
from briefqa.documents.dates import date_of_document
from briefqa.engines.opensearch import Client, ClusterCorpus, parse_address
from briefqa.engines.opensearch.client import Pauses
from briefqa.errors import BriefqaError, DocumentError, EngineError, QuestionError, ReaderError
from briefqa.index import DamagedIndexError, Index, Query, in_memory
from briefqa.index.container import IndexFile
from briefqa.index.writer import index_documents
from briefqa.mcp.library import Library
from briefqa.mcp.protocol import INTERNAL_ERROR, Protocol
from briefqa.mcp.stdio import Connection
from briefqa.mcp.tool_definitions import tools
from briefqa.output import FORMATS, Layout, Reply
from briefqa.passage_splitter import split_passages
from briefqa.passages import PASSAGE_LIMIT
from briefqa.readers import Block, Kind, Reading, decode, read
from briefqa.spans import Span
from briefqa.text_safety import sanitise, sanitise_name
from fuzz.cluster import SENT, fuzzing_cluster
from fuzz.office_xml import xml_of

ANALYZER = english_analyzer()

__all__ = ["CONTROLS", "TARGETS", "strings_of"]

NAMES = tuple(
    f"a.{suffix}"
    for suffix in (
        "txt md mdx html pdf docx epub eml mbox srt vtt csv tsv rtf ipynb org rst adoc gz".split()
    )
)
PARTS = {
    "a.docx": "word/document.xml word/styles.xml word/numbering.xml word/footnotes.xml",
    "a.epub": "META-INF/container.xml",
    "a.odp": "content.xml styles.xml meta.xml",
    "a.ods": "content.xml styles.xml meta.xml",
    "a.odt": "content.xml styles.xml meta.xml",
    "a.pptx": "ppt/presentation.xml ppt/_rels/presentation.xml.rels ppt/slides/slide1.xml",
    "a.xlsx": "xl/workbook.xml xl/_rels/workbook.xml.rels xl/sheet.xml xl/sharedStrings.xml"
    " xl/styles.xml",
}
"""What office documents and books are put together from."""
TYPES = {"a.odp": "presentation", "a.ods": "spreadsheet", "a.odt": "text"}
RELATIONS = (
    b'<Relationships><Relationship Id="a" Type="t/slide" Target="slides/slide1.xml"/>'
    b'<Relationship Id="b" Type="t/worksheet" Target="sheet.xml"/></Relationships>'
)
SOUND = {
    "ppt/presentation.xml": b'<p xmlns:r="r"><sldId r:id="a"/></p>',
    "ppt/_rels/presentation.xml.rels": RELATIONS,
    "xl/workbook.xml": b'<w xmlns:r="r"><sheet name="a" r:id="b"/></w>',
    "xl/_rels/workbook.xml.rels": RELATIONS,
    "xl/sheet.xml": b'<s><row><c t="s"><v>0</v></c></row></s>',
}
"""Parts that lead to others."""

CONTROLS = frozenset(
    chain(
        range(0x20),
        range(0x7F, 0xA0),
        range(0x202A, 0x202F),
        range(0x2066, 0x206A),
        range(0xD800, 0xE000),
        (0x2028, 0x2029),
    )
) - {ord("\n"), ord("\t")}
"""The characters that a terminal would obey."""


def decoding(data: bytes) -> None:
    """Any bytes can be decoded, and only line feeds separate lines."""
    text = decode(data)
    assert "\r" not in text
    if data.isascii() and b"\r" not in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        assert text.encode() == data


def reading(data: bytes) -> None:
    """Blocks and passages are in order, disjoint, within the text, and not too long."""
    try:
        found = read("fuzz.txt", data)
    except DocumentError:
        return
    text = found.text
    _in_order(text, [block.span for block in found.blocks])
    dated = date_of_document("fuzz.txt", text, text[:100])
    document = Document("fuzz.txt", found.title or "", text, found.blocks, date=dated)
    passages = list(split_passages(document))
    _in_order(text, [passage.span for passage in passages])
    for passage in passages:
        assert passage.text == passage.span.slice(text) != ""
        assert len(passage.text) <= PASSAGE_LIMIT
        assert passage.lines[0] == text.count("\n", 0, passage.span.start) + 1


def formats(data: bytes) -> None:
    """With any file name, bytes are read into blocks in order, or refused with one sentence."""
    for name in NAMES:
        with suppress(DocumentError):
            found = _foreseen(name, data)
            _in_order(found.text, [block.span for block in found.blocks])


def archives(data: bytes) -> None:
    """Whatever stands in the parts of office documents is read into blocks, or refused."""
    for name, parts in PARTS.items():
        for part in parts.split():
            _put_in_archive(name, part, data)


def elements(data: bytes) -> None:
    """So are elements that the readers know, in any order."""
    places = [(name, part) for name, parts in PARTS.items() for part in parts.split()]
    if data:
        _put_in_archive(*places[data[0] % len(places)], xml_of(data[1:]))


def _put_in_archive(name: str, part: str, data: bytes) -> None:
    parts = PARTS[name].split()
    members = {each: SOUND.get(each, b"<x/>") for each in parts}
    members |= {part: data, "mimetype": _open_document_type(name)}
    with suppress(DocumentError):
        found = _foreseen(name, _zipped(members))
        _in_order(found.text, [block.span for block in found.blocks])


def _open_document_type(name: str) -> bytes:
    return f"application/vnd.oasis.opendocument.{TYPES.get(name)}".encode()


def _zipped(members: Mapping[str, bytes]) -> bytes:
    data = BytesIO()
    with ZipFile(data, "w") as file:
        for name, contents in members.items():
            file.writestr(name, contents)
    return data.getvalue()


def _foreseen(name: str, data: bytes) -> Reading:
    """Read a document; a reader that fails in a way that nobody foresaw is a finding."""
    try:
        return read(name, data)
    except ReaderError as error:
        raise AssertionError(str(error)) from error


def index_files(data: bytes) -> None:
    """Bytes that are not an index file are detected, when opened or when read."""
    for candidate in (data, _damaged(data)):
        with suppress(DamagedIndexError):
            index = Index.of_file(IndexFile(memoryview(candidate)), ANALYZER)
            hits = index.search(Query(("meet", "washington")), 3)
            assert [hit.number for hit in hits] == [0]


def _damaged(data: bytes) -> bytes:
    """Write the bytes somewhere into a valid index file."""
    sound = _sound_index()
    place = int.from_bytes(data[:4], "little") % len(sound)
    return sound[:place] + data[4:] + sound[place + len(data[4:]) :]


@cache
def _sound_index() -> bytes:
    document = Document(
        "a.txt", "a", "They meet in Washington.", (Block(Span(0, 24), Kind.PARAGRAPH),)
    )
    return bytes(index_documents((document,), ANALYZER)._data[:])


def splitting(data: bytes) -> None:
    """Sentences are in order and disjoint, and contain everything except white space."""
    text = _text(data)
    spans = split_sentences(text)
    _in_order(text, spans)
    assert "".join("".join(span.slice(text).split()) for span in spans) == "".join(text.split())


def analysing(data: bytes) -> None:
    """Each term is that of a word in the text."""
    text = _text(data)
    for term, span in ANALYZER.tokenize(text, stop_words=True):
        assert term
        assert len(term) <= 4 * TERM_LIMIT
        assert 0 <= span.start < span.end <= len(text)


def sanitising(data: bytes) -> None:
    """No control character is left, and each character is replaced by one character."""
    text = "".join(chr(int.from_bytes(data[i : i + 2])) for i in range(0, len(data), 2))
    for clean in (sanitise(text), sanitise_name(text)):
        assert len(clean) == len(text)
        assert CONTROLS.isdisjoint(map(ord, clean))
    assert not {"\n", "\t"}.intersection(sanitise_name(text))


def questions(data: bytes) -> None:
    """A question contains a word or is refused."""
    try:
        question = parse_question(_text(data), ANALYZER)
    except QuestionError:
        return
    assert question.terms


def finding(data: bytes) -> None:
    """Definitions and expected answers are words of the text."""
    text = _text(data)[:PASSAGE_LIMIT]
    for short, long in find_definitions(text):
        assert short in text
        assert long in text
    for kind in (*PATTERNS, *NAME_PATTERNS, *FINE_PATTERNS, "date"):
        _in_order(text, find_expected(kind, text, frozenset()))


def answering(data: bytes) -> None:
    """Any document answers any question in any format, and the output is sanitised."""
    question, _, document = data.partition(b"\0")
    try:
        found = read("fuzz.txt", document)
        read_document = Document("fuzz.txt", found.title or "", found.text, found.blocks)
        library = LoadedDocuments((read_document,), ())
        answer = Assistant(in_memory(library)).ask(_text(question))
    except BriefqaError:
        return
    for excerpt in answer.excerpts:
        assert excerpt.passage.text == excerpt.passage.span.slice(found.text)
        whole = Span(0, len(excerpt.passage.text))
        spans = [excerpt.sentence, excerpt.focus, excerpt.lead, *excerpt.highlights]
        assert all(whole.contains(span) for span in spans if span)
    for name in FORMATS:
        written = "".join(FORMATS[name].render([Reply(answer)], Layout()))
        assert CONTROLS.isdisjoint(map(ord, written))
        if name == "json":
            assert written.isascii()
            json.loads(written)


def clusters(data: bytes) -> None:
    """Whatever a server sends, a question is answered or there is an error of the cluster."""
    port = fuzzing_cluster()
    SENT[:] = [data]
    with patch.object(Pauses, "FIRST", 0.0), suppress(EngineError):
        client = Client(parse_address(f"http://127.0.0.1:{port}/a", {}), {})
        assistant = Assistant(ClusterCorpus.open(client, ANALYZER))
        answer = assistant.ask("Who meets?", 1)
        written = "".join(FORMATS["text"].render([Reply(answer)], Layout()))
        assert CONTROLS.isdisjoint(map(ord, written))


def serving(data: bytes) -> None:
    """Each line that a client sends gets at most one message, none of them an unexpected error."""
    output = BytesIO()
    Connection(_protocol(), output).run(BytesIO(data))
    written = output.getvalue().splitlines()
    assert len(written) <= sum(1 for line in data.split(b"\n") if line.strip())
    for line in written:
        message = json.loads(line)
        for response in message if isinstance(message, list) else [message]:
            assert response["jsonrpc"] == "2.0"
            assert response.get("error", {}).get("code") != INTERNAL_ERROR, response
            told = [response.get("result"), response.get("error")]
            assert CONTROLS.isdisjoint(map(ord, strings_of(told)))


def strings_of(value: object) -> str:
    """Return all the strings in a JSON value, one after the other."""
    if isinstance(value, dict):
        return "".join(map(strings_of, chain(value, value.values())))
    if isinstance(value, list | tuple):
        return "".join(map(strings_of, value))
    return value if isinstance(value, str) else ""


@cache
def _protocol() -> Protocol:
    document = Document("a.txt", "a", "They meet.", (Block(Span(0, 10), Kind.PARAGRAPH),))
    assistant = Assistant(in_memory(LoadedDocuments((document,), ())))
    return Protocol(tools(Library(lambda progress: assistant)), "briefqa", "0", "")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _in_order(text: str, spans: list[Span] | tuple[Span, ...]) -> None:
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        end = span.end


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        decoding,
        reading,
        formats,
        archives,
        elements,
        index_files,
        splitting,
        analysing,
        sanitising,
        questions,
        finding,
        answering,
        serving,
        clusters,
    )
}
