"""The process that reads PDF files: its replies, its limits, and files that end it."""

import io
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import fpdf
import pytest

from briefqa.errors import DocumentError, ReaderError
from briefqa.readers import pdf_worker as worker
from briefqa.readers import read
from briefqa.readers.pdf import read_pages
from briefqa.readers.pdf_worker import PdfWorker, limit, serve


def page(text: str, title: str = "") -> bytes:
    pdf = fpdf.FPDF()
    pdf.set_title(title)
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    pdf.multi_cell(0, 6, text)
    return bytes(pdf.output())


def drawing_itself(times: int) -> bytes:
    """A file with a form that draws itself again and again, so that PDFium needs endless memory."""
    contents, form = b"BT /F 12 Tf 9 99 Td (x) Tj ET /X Do", b"/X Do " * times
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F<<"
        b"/Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/XObject<</X 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(contents), contents),
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length %d>>"
        b"stream\n%b\nendstream" % (len(form), form),
    ]
    file = b"%PDF-1.4\n"
    for number, part in enumerate(parts, 1):
        file += b"%d 0 obj%b endobj\n" % (number, part)
    return file + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF\n"


HARBOUR = page("The ferry leaves at nine.", "Ferries")
BOMB = drawing_itself(10)


@pytest.fixture
def reader() -> Iterator[PdfWorker]:
    reader = PdfWorker()
    yield reader
    reader.close()


def test_the_process_reads_as_this_one_does(reader: PdfWorker) -> None:
    assert reader.read("x.pdf", HARBOUR) == read_pages("x.pdf", HARBOUR)
    assert reader.read("x.pdf", HARBOUR) == read("y.pdf", HARBOUR)


def test_one_process_reads_many_files_and_names_those_it_refuses(
    reader: PdfWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []

    class Counted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: object, **options: object) -> None:
            started.append(arguments)
            super().__init__(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", Counted)
    for name in ("a.pdf", "b.pdf"):
        assert reader.read(name, HARBOUR).title == "Ferries"
        with pytest.raises(DocumentError, match=f"^{name}: broken: no readable PDF"):
            reader.read(name, b"%PDF-1.7\nno more")
    assert len(started) == 1


def test_a_file_that_ends_the_process_is_refused_and_the_next_is_read(
    reader: PdfWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    less = "import briefqa.readers.pdf_worker as worker\nworker.MEMORY = 128 << 20\nserve(sys"
    monkeypatch.setattr(worker, "PROGRAM", worker.PROGRAM.replace("serve(sys", less))
    assert reader.read("a.pdf", HARBOUR).title == "Ferries"
    with pytest.raises(DocumentError, match=r"^bomb\.pdf: too large or broken$"):
        reader.read("bomb.pdf", BOMB)
    assert reader.read("b.pdf", HARBOUR).title == "Ferries"


def test_a_file_is_tried_once_more_where_others_may_be_why_the_process_ended(
    reader: PdfWorker,
) -> None:
    reader.read("a.pdf", HARBOUR)
    process = reader._process
    assert process
    process.kill()
    process.wait()
    assert reader.read("b.pdf", HARBOUR).title == "Ferries"


def test_a_file_that_takes_too_long_is_refused(
    reader: PdfWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "PROGRAM", "{path}; import sys; sys.stdin.read()")
    monkeypatch.setattr(worker, "PATIENCE", 0)
    with pytest.raises(DocumentError, match="too large or broken"):
        reader.read("x.pdf", HARBOUR)


def test_a_process_that_cannot_be_started_is_told(
    reader: PdfWorker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    with pytest.raises(DocumentError, match="the process for PDF files cannot be started: No such"):
        reader.read("x.pdf", HARBOUR)


def test_without_pypdfium2_the_command_that_helps_is_told(
    reader: PdfWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [each for each in sys.path if "site-packages" not in each])
    with pytest.raises(DocumentError, match=r'^x\.pdf: .*pip install "briefqa\[pdf\]"'):
        reader.read("x.pdf", HARBOUR)


def test_a_copy_of_the_program_starts_a_process_of_its_own(reader: PdfWorker) -> None:
    reader.read("a.pdf", HARBOUR)
    process = reader._process
    with reader._lock:
        reader.forget()
    assert reader.read("a.pdf", HARBOUR).title == "Ferries"
    assert process
    assert reader._process is not process
    process.kill()
    process.communicate()


def framed(*files: bytes) -> io.BytesIO:
    return io.BytesIO(b"".join(struct.pack(">Q", len(file)) + file for file in files))


def test_each_file_is_limited_and_answered_until_no_more_come() -> None:
    requests, replies, lengths = framed(HARBOUR, b"%PDF-"), io.BytesIO(), list[int]()
    serve(requests, replies, lengths.append)
    assert lengths == [len(HARBOUR), 5]
    assert b"The ferry leaves at nine." in replies.getvalue()
    assert b"broken: no readable PDF" in replies.getvalue()


@pytest.mark.parametrize("cut", [4, 8, 20])
def test_a_request_that_breaks_off_is_the_last(cut: int) -> None:
    replies = io.BytesIO()
    serve(io.BytesIO(framed(HARBOUR).getvalue()[:cut]), replies, lambda length: None)
    assert replies.getvalue() == b""


def test_a_mistake_of_the_reader_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str, data: bytes) -> None:
        raise LookupError("no such page")

    replies = io.BytesIO()
    monkeypatch.setattr("briefqa.readers.pdf.read_pages", fail)
    serve(framed(HARBOUR), replies, lambda length: None)
    with pytest.raises(ReaderError, match=r"^x: cannot be read: LookupError: no such page"):
        worker._reading("x", replies.getvalue()[8:])


def test_a_lack_of_memory_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str, data: bytes) -> None:
        raise MemoryError

    monkeypatch.setattr("briefqa.readers.pdf.read_pages", fail)
    with pytest.raises(MemoryError):
        serve(framed(HARBOUR), io.BytesIO(), lambda length: None)


def test_memory_and_time_are_limited_below_what_the_system_allows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resource = pytest.importorskip("resource")
    limits: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (-1, 10**8 if kind else -1))
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    limit(1024 * 1024)
    assert limits[resource.RLIMIT_AS] == (10**8, 10**8)
    assert limits[resource.RLIMIT_CORE][0] == 0
    assert 24 < limits[resource.RLIMIT_CPU][0] < 600
