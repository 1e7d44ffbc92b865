"""The public Python API, as documented."""

import doctest
import json
from pathlib import Path
from typing import Any

import pytest

import briefqa
from briefqa import assistant
from briefqa.errors import DocumentError
from conftest import Ask


@pytest.mark.parametrize("module", [briefqa, assistant])
def test_the_examples_run(module: object) -> None:
    results = doctest.testmod(module)  # type: ignore[arg-type]  # a module, by the table above
    assert results.attempted > 0
    assert results.failed == 0


def test_each_public_name_exists() -> None:
    for name in briefqa.__all__:
        assert getattr(briefqa, name) is not None


def test_the_lazy_names_are_the_public_ones() -> None:
    assert {*briefqa.HOMES, "__version__"} == set(briefqa.__all__)


def test_another_name_does_not_exist() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        briefqa.nonsense  # noqa: B018


@pytest.mark.parametrize(
    "paths", ["seeds", Path("seeds"), [Path("seeds")], ("seeds",), iter(["seeds"])]
)
def test_one_path_or_several_of_either_kind_are_opened(paths: Any) -> None:
    opened = briefqa.Assistant.open(paths)
    assert (opened.size.documents, opened.problems) == (1, ())
    assert list(opened.paths) == ["seeds/000_1c0b0a5638379c89.txt"]


def test_opening_nothing_readable_raises() -> None:
    with pytest.raises(DocumentError, match="no such file"):
        briefqa.Assistant.open(["no/such/file.txt"])


def test_what_cannot_be_read_is_told_and_the_rest_answers(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Forty ships were counted on Sunday.\n")
    opened = briefqa.Assistant.open([str(tmp_path / "good.txt"), str(tmp_path / "gone.txt")])
    assert [problem.name for problem in opened.problems] == [str(tmp_path / "gone.txt")]
    assert opened.ask("How many ships?").excerpts


def test_what_is_cited_is_shown() -> None:
    opened = briefqa.Assistant.open("seeds")
    for excerpt in opened.ask("When will Kishida and Biden meet?").excerpts:
        shown = opened.show(excerpt.citation)
        assert shown.cited == (excerpt.line, excerpt.line)
        assert excerpt.sentence.slice(excerpt.passage.text).splitlines()[0] in shown.text
        around = opened.show(excerpt.citation, 2)
        assert shown.text in around.text
        assert around.first == max(1, excerpt.line - 2)


def test_nothing_but_the_documents_is_shown(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"The {name}.\n")
    opened = briefqa.Assistant.open([tmp_path / "a.txt", tmp_path / "c.txt"])
    assert opened.show(f"{tmp_path}/a.txt:1").text == "The a."
    for other in ("b.txt", "d.txt", ""):
        with pytest.raises(DocumentError, match="not one of the documents"):
            opened.show(f"{tmp_path / other}:1")
    (tmp_path / "c.txt").unlink()
    with pytest.raises(DocumentError, match="no such file"):
        opened.show(f"{tmp_path}/c.txt:1")


def test_the_documents_are_listed(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("# Ships\n\nForty came.\n\nThey left.\n")
    (tmp_path / "a.txt").write_text("One.\n")
    (tmp_path / "empty.txt").write_text("")
    opened = briefqa.Assistant.open(tmp_path)
    found = [(Path(each.path).name, each.title, each.passages) for each in opened.documents()]
    assert found == [("a.txt", "a.txt", 1), ("b.md", "Ships", 2), ("empty.txt", "empty.txt", 0)]
    assert [each.path for each in opened.documents()] == list(opened.paths)
    assert opened.size == briefqa.CorpusSize(3, 3)


def test_standard_input_is_shown_after_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with open("README.md", encoding="utf-8") as piped:
        monkeypatch.setattr("sys.stdin", piped)
        opened = briefqa.Assistant.open(["-", "seeds"])
    assert opened.document("-").text == Path("README.md").read_text(encoding="utf-8")
    assert opened.show("-:1").text.startswith("#")
    assert not opened.refresh()


def test_the_record_of_an_answer_is_what_the_command_writes(ask: Ask) -> None:
    question = "When will Kishida and Biden meet?"
    record = briefqa.answer_record(briefqa.Assistant.open("seeds").ask(question))
    assert json.loads(json.dumps(record)) == json.loads(ask(question, "seeds", "-f", "json").out)


def test_a_corpus_says_what_is_read_and_where_its_index_is(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in ("a.txt", "b.md", "large.txt"):
        (folder / name).write_text(f"The {name} one. {'x' * 50 * name.startswith('l')}\n")
    corpus = briefqa.Corpus.of(
        folder, 40, briefqa.Selection(include=("*.txt",)), str(tmp_path / "kept")
    )
    told: list[tuple[int, int]] = []
    opened = briefqa.Assistant.open(corpus, progress=lambda done, total: told.append((done, total)))
    assert [Path(path).name for path in opened.paths] == ["a.txt"]
    assert [Path(each.name).name for each in opened.problems] == ["large.txt"]
    assert told[-1][0] == told[-1][1] > 0
    assert list((tmp_path / "kept").glob("*/*.index"))


def test_all_that_cannot_be_read_is_told_where_nothing_can() -> None:
    with pytest.raises(briefqa.NoDocumentsError) as refusal:
        briefqa.Assistant.open(["no/such", "nor/this"])
    assert [problem.name for problem in refusal.value.problems] == ["no/such", "nor/this"]


def test_an_address_of_no_engine_is_refused() -> None:
    with pytest.raises(briefqa.BriefqaError, match=r"no engine for ftp://a/b; .* http"):
        briefqa.Assistant.open(briefqa.Corpus.of("seeds", location="ftp://a/b"))
