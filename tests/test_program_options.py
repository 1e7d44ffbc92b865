"""Questions that name an option of a program: what defines the option comes first."""

from textwrap import dedent, indent

import pytest

from briefqa.answers import Answer
from briefqa.answers.pipeline import AnswerOptions, answer
from briefqa.documents import Document
from briefqa.index import Index
from briefqa.passage_splitter import split_passages
from briefqa.passages import Passage
from briefqa.readers import read

PAGES = {
    "guide.txt": """
        How to pack

        Use pack -l and pack --keep books to pack all of your books, pack -l twice to unpack.
        """,
    "pack-list.txt": """
        OPTIONS
               -l     List the boxes.
        """,
    "pack.txt": """
        PACK(1)                      User Commands                     PACK(1)

        DESCRIPTION
               pack puts files in a box: pack -l books packs your books, and pack -l -0
               reads their names.

        OPTIONS
               -l, --label
                      Write the names of all files on the lid.

               -0     Each name ends with a null character.

               -k, --keep
                      The files stay where they are, however many of them there are
                      and whatever their names, so that nothing is lost if the box is.
                      Nothing else is done with them, and none of them is changed.
        """,
    "send.txt": """
        OPTIONS
               -k, --kind=KIND
                      Send this kind.

               -l     Pack it loosely.
        """,
}


def ask(question: str, pages: dict[str, str] = PAGES) -> Answer:
    """Ask a question about some pages."""
    passages: list[Passage] = []
    for name, text in pages.items():
        reading = read(name, dedent(text).lstrip("\n").encode())
        document = Document(name, reading.title or name, reading.text, reading.blocks)
        passages += split_passages(document)
    return answer(question, Index(passages), AnswerOptions(3))


def first(question: str, pages: dict[str, str] = PAGES) -> tuple[str, str]:
    """The document of the first excerpt and its answer, folded."""
    excerpt = ask(question, pages).excerpts[0]
    passage = excerpt.passage
    return passage.path, " ".join(excerpt.answer.slice(passage.text).split())


@pytest.mark.parametrize(
    ("question", "path", "told"),
    [
        ("What does pack -l do?", "pack.txt", "Write the names of all files on the lid."),
        ("pack -l", "pack.txt", "Write the names of all files on the lid."),
        ("what is the -l option of pack for", "pack.txt", "Write the names of all files"),
        ("What does pack -0 do?", "pack.txt", "Each name ends with a null character."),
        ("What does pack --keep do?", "pack.txt", "The files stay where they are"),
        ("What does -l do in pack list?", "pack-list.txt", "List the boxes."),
        ("What does send -k do?", "send.txt", "Send this kind."),
    ],
)
def test_the_definition_of_an_option_comes_first(question: str, path: str, told: str) -> None:
    where, shown = first(question)
    assert where == path
    assert told in shown


def test_an_option_is_defined_by_any_document_if_none_is_named_like_the_program() -> None:
    pages = {"boxes and lids.txt": PAGES["pack-list.txt"], "tips.txt": PAGES["guide.txt"]}
    assert "List the boxes." in first("What does list -l do?", pages)[1]


@pytest.mark.parametrize(("name", "title"), [("-", "PACK(1)"), ("pack.1.txt", None)])
def test_a_manual_page_in_a_file_of_another_name_is_called_by_its_own(
    name: str, title: str | None
) -> None:
    page = dedent(PAGES["pack.txt"]).lstrip("\n")
    assert read(name, page.encode()).title == title
    shown = first("What does pack -l do?", {name: PAGES["pack.txt"]})[1]
    assert "Write the names of all files on the lid." in shown


def test_the_definition_is_found_among_many_uses_of_the_option() -> None:
    uses = "\n\n".join(f"Run pack {number} with -k and look at the boxes." for number in range(40))
    page = PAGES["pack.txt"].replace("OPTIONS", f"OPTIONS\n\n{indent(uses, 15 * ' ')}\n")
    assert "The files stay where they are" in first("What does pack -k do?", {"pack.txt": page})[1]


def test_the_definition_of_an_option_precedes_its_line_in_a_summary() -> None:
    summary = "SUMMARY\n               -k, --keep   keep the files\n\n        OPTIONS"
    page = PAGES["pack.txt"].replace("OPTIONS", summary)
    assert "The files stay where they are" in first("What does pack -k do?", {"pack.txt": page})[1]


def test_the_sentence_that_answers_is_the_definition_rather_than_the_option() -> None:
    excerpt = ask("What does pack -0 do?").excerpts[0]
    assert excerpt.sentence.slice(excerpt.passage.text) == "Each name ends with a null character."


def test_an_option_that_is_asked_for_is_one_of_the_program() -> None:
    where, shown = first("Which option of send packs it loosely?")
    assert (where, shown) == ("send.txt", "-l Pack it loosely.")
