"""The briefing in each format: the same answers, with the right citations."""

import gzip
import io
import json
import re
import textwrap
from collections.abc import Callable
from email.message import EmailMessage
from html import escape
from pathlib import Path

import docx
import fpdf
import pytest

from briefqa.assistant import Assistant
from conftest import BRIEFING, ROOT, Ask
from test_archives import CONTAINER, zipped
from test_office import open_document, shape, slides

PARTS = (ROOT / BRIEFING).read_text(encoding="utf-8").strip().split("\n\n")
TITLE, _, HEADING, *PARAGRAPHS = PARTS
ASKED = {
    "On which day do the leaders meet?": (0, "April 10, 2023"),
    "What happens in the South China Sea?": (1, "contradictory to international law"),
    "What will the Energy Department lead?": (2, "technological development projects"),
    "Which fleet needs repair work?": (3, "Seventh Fleet"),
    "Where will Kishida go after the meeting with Biden?": (4, "North Carolina"),
    "Who may return to office in November?": (5, "Donald Trump"),
}
PACKAGE = (
    '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
    '</manifest><spine><itemref idref="a"/></spine></package>'
)


def as_markdown() -> bytes:
    return "\n\n".join([f"# {TITLE}", f"## {HEADING}", *PARAGRAPHS]).encode()


def as_html() -> bytes:
    body = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in PARAGRAPHS)
    page = f"<h1>{escape(TITLE)}</h1>\n<h2>{escape(HEADING)}</h2>\n{body}"
    return f"<!doctype html>\n<nav>Home</nav><main>{page}</main>".encode()


def as_pdf() -> bytes:
    pdf = fpdf.FPDF()
    for number, paragraph in enumerate(PARAGRAPHS):
        if number % 2 == 0:
            pdf.add_page()
        if number == 0:
            for size, text in ((18, TITLE), (14, HEADING)):
                pdf.set_font("Helvetica", "B", size)
                pdf.multi_cell(0, size / 2, text)
                pdf.ln(3)
        pdf.set_font("Helvetica", size=12)
        pdf.multi_cell(0, 6, paragraph)
        pdf.ln(3)
    return bytes(pdf.output())


def as_docx() -> bytes:
    document = docx.Document()
    document.add_heading(TITLE, 0)
    document.add_heading(HEADING, 1)
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def as_epub() -> bytes:
    return zipped({"META-INF/container.xml": CONTAINER, "O/p.opf": PACKAGE, "O/a.xhtml": as_html()})


def as_email() -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = TITLE, "Ann <ann@x.org>"
    mail.set_content("\n\n".join([HEADING, *PARAGRAPHS]) + "\n")
    return mail.as_bytes()


def as_subtitles() -> bytes:
    cues = []
    for number, paragraph in enumerate(PARAGRAPHS):
        for part, text in enumerate(textwrap.wrap(paragraph, 80)):
            start = f"00:{number:02}:{part * 3:02}.000"
            cues.append(f"{start} --> 00:{number:02}:{part * 3 + 3:02}.000\n{text}\n")
    return "\n".join(["WEBVTT\n", *cues]).encode()


def as_odt() -> bytes:
    paragraphs = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in PARAGRAPHS)
    title = f'<p style-name="Title">{escape(TITLE)}</p><h outline-level="1">{escape(HEADING)}</h>'
    return open_document("text", title + paragraphs)


def as_rtf() -> bytes:
    title = rf"{{\info{{\title {TITLE}}}}}\pard\outlinelevel0 {HEADING}\par\pard "
    body = "".join(rf"{paragraph}\par " for paragraph in PARAGRAPHS)
    return rf"{{\rtf1\ansi{title}{body}}}".encode("cp1252")


def as_pptx() -> bytes:
    first = shape(escape(TITLE), "ctrTitle")
    others = (
        shape(escape(HEADING), "title") + shape(escape(paragraph)) for paragraph in PARAGRAPHS
    )
    return slides(first, *others)


def as_org() -> bytes:
    return "\n\n".join([f"#+TITLE: {TITLE}", f"* {HEADING}", *PARAGRAPHS]).encode()


def as_rst() -> bytes:
    title = f"{'=' * 80}\n{TITLE}\n{'=' * 80}\n\n{HEADING}\n{'-' * 80}"
    return "\n\n".join([title, *PARAGRAPHS]).encode()


def as_adoc() -> bytes:
    return "\n\n".join([f"= {TITLE}", f"== {HEADING}", *PARAGRAPHS]).encode()


def as_notebook() -> bytes:
    sources = [f"# {TITLE}\n\n## {HEADING}", *PARAGRAPHS]
    cells = [{"cell_type": "markdown", "source": source} for source in sources]
    return json.dumps({"cells": cells, "nbformat": 4}).encode()


def as_gzip() -> bytes:
    return gzip.compress(as_markdown())


def as_mailbox() -> bytes:
    return b"From ann@x.org Mon Apr 10 09:00:00 2023\n" + as_email()


LINES: list[object] = [5, 7, 9, 11, 13, 15]
WRITERS: dict[str, tuple[Callable[[], bytes], list[object]]] = {
    "b.adoc": (as_adoc, LINES),
    "b.ipynb": (as_notebook, [f"!cell{number}:1" for number in range(2, 8)]),
    "b.mbox": (as_mailbox, [f"!1:{line}" for line in (5, 7, 9, 11, 13, 15)]),
    "b.md": (as_markdown, LINES),
    "b.md.gz": (as_gzip, LINES),
    "b.odt": (as_odt, [3, 5, 7, 9, 11, 13]),
    "b.org": (as_org, LINES),
    "b.pptx": (as_pptx, [f"p{number}" for number in range(2, 8)]),
    "b.rst": (as_rst, [8, 10, 12, 14, 16, 18]),
    "b.rtf": (as_rtf, [3, 5, 7, 9, 11, 13]),
    "b.html": (as_html, LINES),
    "b.pdf": (as_pdf, ["p1", "p1", "p2", "p2", "p3", "p3"]),
    "b.docx": (as_docx, [3, 5, 7, 9, 11, 13]),
    "b.epub": (as_epub, LINES),
    "b.eml": (as_email, LINES),
    "b.vtt": (as_subtitles, [f"00:{number:02}:" for number in range(6)]),
}


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_questions_have_the_same_answers_from_their_place(
    tmp_path: Path, name: str
) -> None:
    write, places = WRITERS[name]
    path = tmp_path / name
    path.write_bytes(write())
    assistant = Assistant.open([str(path)])
    for question, (paragraph, expected) in ASKED.items():
        best = assistant.ask(question).excerpts[0]
        assert expected in " ".join(best.sentence.slice(best.passage.text).split())
        place = best.citation.removeprefix(str(path)).removeprefix(":")
        assert re.match(rf"{places[paragraph]}(\d\d)?$", place), (question, place)
        if name not in ("b.vtt", "b.mbox"):
            assert best.passage.title == TITLE


def test_a_folder_of_all_formats_answers_though_some_are_broken(ask: Ask, tmp_path: Path) -> None:
    for name, (write, _) in WRITERS.items():
        (tmp_path / name).write_bytes(write())
        if name in ("b.pdf", "b.docx", "b.epub"):
            (tmp_path / f"broken-{name}").write_bytes(write()[:300])
    result = ask("Which fleet needs repair work?", str(tmp_path), "-f", "json", "-n", "40")
    assert result.code == 2
    excerpts = json.loads(result.out)["excerpts"]
    places = [place for excerpt in excerpts for place in (excerpt, *excerpt.get("also", ()))]
    assert {Path(place["path"]).name for place in places} == set(WRITERS)
    assert len(result.err.splitlines()) == 3
    assert all("broken" in line for line in result.err.splitlines())
