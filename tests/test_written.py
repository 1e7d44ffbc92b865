"""The briefing as written by common programs, see tests/written/make.py.

Twelve questions get the same answers from each file as from the plain text, with the right
citations. The blocks of each file are compared with golden files.
"""

from pathlib import Path

import pypdfium2
import pytest

from briefqa.answers import Answer, Status
from briefqa.assistant import Assistant
from briefqa.documents import load
from briefqa.evaluation import read_known_questions
from briefqa.readers import Reading
from conftest import BRIEFING, ROOT, check_golden
from readings import parts
from test_formats import PARAGRAPHS, TITLE

WRITTEN = ROOT / "tests" / "written"
KNOWN = read_known_questions(str(WRITTEN / "questions.jsonl"))
ANSWERABLE = [known.question for known in KNOWN if known.answerable]
FILES = sorted(path.name for path in WRITTEN.iterdir() if path.suffix not in (".py", ".jsonl"))


def folded(text: str) -> str:
    """Return a text on one line, with plain quotation marks."""
    return " ".join(text.replace("’", "'").split())


def sentence(answer: Answer) -> str:
    best = answer.excerpts[0]
    return folded(best.sentence.slice(best.passage.text))


@pytest.fixture(scope="module", params=FILES)
def written(request: pytest.FixtureRequest) -> Path:
    path = WRITTEN / request.param
    assert isinstance(path, Path)
    return path


def test_twelve_questions_are_answerable() -> None:
    assert len(ANSWERABLE) == 12


def test_each_program_gives_the_answers_of_the_plain_text(written: Path) -> None:
    plain, assistant = Assistant.open([BRIEFING]), Assistant.open([str(written)])
    for question in ANSWERABLE:
        expected, got = plain.ask(question), assistant.ask(question)
        assert sentence(got) == sentence(expected), question
        # Subtitles have no headings, whose words are evidence too.
        doubtful = Status.WEAK if written.suffix == ".vtt" else expected.status
        assert got.status in (expected.status, doubtful), question


def test_each_answer_is_cited_from_where_it_stands(written: Path) -> None:
    assistant = Assistant.open([str(written)])
    (document,) = load([str(written)]).documents
    for question in ANSWERABLE:
        answer = assistant.ask(question)
        best, opening = answer.excerpts[0], sentence(answer).split()[:3]
        line = folded(document.text.split("\n")[best.line - 1])
        assert opening[0] in line, question
        if written.suffix in (".md", ".org", ".rst", ".adoc"):
            assert opening[0] in folded(
                written.read_text(encoding="utf-8").split("\n")[best.line - 1]
            )
        if written.suffix == ".pdf":
            assert best.passage.page is not None
            page = pypdfium2.PdfDocument(written)[best.passage.page - 1].get_textpage()
            assert " ".join(opening) in folded(page.get_text_range())
        if written.suffix == ".vtt":
            (number,) = [i for i, each in enumerate(PARAGRAPHS) if sentence(answer) in folded(each)]
            assert best.passage.time is not None
            assert best.passage.time // 60 == number


def test_the_title_is_known_of_each_program(written: Path) -> None:
    (document,) = load([str(written)]).documents
    untitled = written.name in ("hand.vtt", "pandoc.rtf")
    assert document.title == (written.name if untitled else TITLE)


def test_a_folder_of_all_answers_from_any(briefing: Assistant) -> None:
    assistant = Assistant.open([str(WRITTEN / name) for name in FILES])
    for question in ANSWERABLE:
        answer = assistant.ask(question)
        assert answer.status is not Status.NONE
        assert sentence(answer) == sentence(briefing.ask(question)), question


@pytest.mark.parametrize("path", [*(f"tests/written/{name}" for name in FILES), BRIEFING])
def test_each_reading_is_as_it_was(path: str) -> None:
    (document,) = load([path]).documents
    lines = [f"title: {document.title}"]
    for part in parts(Reading(document.text, document.title, document.blocks)):
        where = f"line {part.line}, page {part.page}, time {part.time}, level {part.level}"
        under = f" (under {part.header})" if part.header else ""
        lines.append(f"{part.kind}, {where}: {folded(part.text)}{under}")
    name = "plain" if path == BRIEFING else Path(path).name
    check_golden(f"reading-{name}.txt", "\n".join(lines) + "\n")
