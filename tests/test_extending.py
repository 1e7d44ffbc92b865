"""Additions as in docs/contributing.md: toys that change no other file."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from briefqa import Assistant
from briefqa.analysis.analyzer import Analyzer
from briefqa.analysis.english import english_analyzer
from briefqa.analysis.language import Language, Lexicon
from briefqa.cli import COMMANDS, Command, main
from briefqa.cli.parser import Parser
from briefqa.cli.streams import write
from briefqa.configuration.key_table import TEMPLATE
from briefqa.corpus import Corpus, ReportProgress
from briefqa.editor import find_opener
from briefqa.engines import Adapter, BuildOptions, BuildResult, IndexedCorpus, IndexStatus
from briefqa.engines.adapters import ADAPTERS
from briefqa.errors import DocumentError, EngineError
from briefqa.index import open_corpus
from briefqa.output import FORMATS, Layout, OutputFormat, Reply
from briefqa.readers import Reading, registry
from briefqa.readers.plain_text import read_plain_text
from briefqa.readers.registry import Content, Format, Opens
from conftest import BRIEFING, ROOT, Ask
from tui import Driver, drive

MARK = b"TOY1\n"


def is_toy(content: Content) -> bool:
    return content.data.startswith(MARK)


def read_toy(name: str, data: bytes) -> Reading:
    """Read a text in reverse."""
    return read_plain_text(name, data.removeprefix(MARK)[::-1])


TOY = Format("toy", (".toy",), is_toy, read_toy, Opens.VIEWER, "a toy")


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A document in a format that a row in the table of formats adds."""
    monkeypatch.setattr(registry, "FORMATS", (TOY, *registry.FORMATS))
    path = tmp_path / "ships.toy"
    path.write_bytes(MARK + b"Forty ships were counted on Sunday."[::-1])
    return path


def test_a_row_of_the_table_adds_a_reader(toy: Path) -> None:
    answer = Assistant.open([str(toy)], cached=False).ask("How many ships were counted?")
    excerpt = answer.excerpts[0]
    assert excerpt.passage.text == "Forty ships were counted on Sunday."


def test_the_row_says_what_opens_the_document(toy: Path) -> None:
    assert find_opener({}, "linux", str(toy), 1).command == ("xdg-open", str(toy))


def test_the_row_says_what_the_suffix_promises(toy: Path) -> None:
    toy.write_bytes(b"It rained.\n")
    with pytest.raises(DocumentError, match="not a toy, though its name says so"):
        Assistant.open([str(toy)], cached=False)


def render_toy(replies: Iterable[Reply], layout: Layout) -> Iterator[str]:
    for reply in replies:
        yield f"<{reply.answer.status}>\n"


@pytest.fixture
def toy_format(monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a format that a row in the table of output formats adds."""
    monkeypatch.setitem(FORMATS, "toy", OutputFormat("toy", render_toy, bare=True))
    return "toy"


def test_a_row_of_the_table_adds_an_output_format(ask: Ask, toy_format: str) -> None:
    result = ask("When will Kishida and Bidn meet?", BRIEFING, "-f", toy_format)
    assert result.out == "<answered>\n"
    assert "instead of Bidn" in result.err


def test_a_format_that_grids_lack_is_refused(ask: Ask, toy_format: str) -> None:
    result = ask("When will they meet?", BRIEFING, "--each", "-f", toy_format)
    assert (result.code, result.out) == (2, "")
    assert "--format toy cannot be combined with --each" in result.err


def test_help_offers_what_the_table_has(
    capsys: pytest.CaptureFixture[str], toy_format: str
) -> None:
    assert main(["ask", "--help"]) == 0
    assert ", toy " in " ".join(capsys.readouterr().out.split())


def test_configuration_takes_what_the_table_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Ask, toy_format: str
) -> None:
    (tmp_path / ".briefqa.toml").write_text('format = "toy"\n')
    briefing = Path(BRIEFING).absolute()
    monkeypatch.chdir(tmp_path)
    assert ask("When will they meet?", str(briefing)).out == "<answered>\n"


def test_the_configuration_template_names_each_format() -> None:
    for name in FORMATS:
        assert re.search(rf"# One of .*\b{name}\b", TEMPLATE)


class ToyCommand:
    """A command that prints its operands in capitals."""

    def parser(self) -> Parser:
        return Parser("shout", ["[OPTIONS] WORD"], "  briefqa shout hello\n", "0 printed", "")

    def run(self, options: SimpleNamespace, operands: list[str]) -> int:
        write(f"{operand.upper()}\n" for operand in operands)
        return 0


@pytest.fixture
def shout(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that a row in the table of commands adds."""
    monkeypatch.setitem(COMMANDS, "shout", Command("shout", "print in capitals", ToyCommand))


@pytest.mark.usefixtures("shout")
@pytest.mark.parametrize(
    ("arguments", "code", "out", "err"),
    [
        (["shout", "hello"], 0, "HELLO\n", ""),
        (["shout", "--help"], 0, "Print in capitals.\n\nusage: briefqa shout [OPTIONS] WORD\n", ""),
        (["--help"], 0, "shout       print in capitals\n", ""),
        (["shuot"], 2, "", "no command or file is named shuot; did you mean shout?"),
        (["shout", "--hlep"], 2, "", "unknown option --hlep; did you mean --help?"),
    ],
)
def test_a_row_of_the_table_adds_a_command(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, out: str, err: str
) -> None:
    assert main(arguments) == code
    written = capsys.readouterr()
    assert out in written.out
    assert err in written.err


class ToyEngine(Adapter):
    """An engine that stores indexes in memory, by address."""

    def __init__(self) -> None:
        self._built: dict[str, IndexedCorpus] = {}

    def open(self, corpus: Corpus) -> IndexedCorpus:
        if corpus.location not in self._built:
            raise EngineError(f"{corpus.location}: there is no such index")
        return self._built[corpus.location]

    def build(
        self, corpus: Corpus, options: BuildOptions, progress: ReportProgress | None
    ) -> BuildResult:
        opened = open_corpus(corpus._replace(location=None), cached=False, progress=progress)
        self._built[corpus.location or ""] = opened
        return BuildResult(opened.problems, opened.engine.documents, 0)

    def status(self, corpus: Corpus, *, quick: bool = False) -> IndexStatus:
        engine = self.open(corpus).engine
        return IndexStatus("toy", "shiny", True, engine.documents, len(engine), 0)

    def clear(self, corpus: Corpus) -> int:
        return int(self._built.pop(corpus.location or "", None) is not None)


@pytest.fixture
def toy_index(monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an index in an engine that a row in the table of adapters adds."""
    engine = ToyEngine()
    monkeypatch.setitem(ADAPTERS, "toy", lambda: engine)
    return "toy://box/briefing"


def test_a_row_of_the_table_adds_an_engine(
    ask: Ask, capsys: pytest.CaptureFixture[str], toy_index: str
) -> None:
    question = "When will Kishida and Biden meet?"
    missing = ask(question, "--index", toy_index)
    assert (missing.code, missing.err) == (2, f"briefqa: {toy_index}: there is no such index\n")
    assert main(["index", "build", BRIEFING, "--index", toy_index]) == 0
    assert capsys.readouterr().out.startswith("sent       1 documents\nremoved    0 documents\n")
    assert ask(question, "--index", toy_index) == ask(question, BRIEFING)
    assert main(["index", "status", "--index", toy_index]) == 0
    assert "shiny" in capsys.readouterr().out
    assert main(["index", "clear", "--index", toy_index]) == 0
    assert capsys.readouterr().out == "1 index removed\n"


def test_the_app_asks_an_engine_that_a_row_adds(toy_index: str) -> None:
    async def scenario(app: Driver) -> None:
        await app.ask("When will Kishida and Biden meet?")
        assert "● April 10, 2023" in app.status
        await app.until(lambda: app.document.document)

    main(["index", "build", BRIEFING, "--index", toy_index])
    drive(scenario, location=toy_index)


def test_the_files_that_the_page_names_are_there() -> None:
    page = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:src|tests|docs)/[\w./]+)`", page)
    assert len(named) > 10
    assert [path for path in named if "NAME" not in path and not (ROOT / path).exists()] == []


def test_a_reader_that_fails_stops_no_other_document(
    toy: Path, monkeypatch: pytest.MonkeyPatch, ask: Ask
) -> None:
    def fail(name: str, data: bytes) -> Reading:
        raise KeyError("oak")

    monkeypatch.setattr(registry, "FORMATS", (TOY._replace(read=fail), *registry.FORMATS))
    toy.with_name("oaks.txt").write_text("Forty oaks were counted on Sunday.\n")
    result = ask("How many oaks were counted?", str(toy.parent), "-f", "line")
    assert result.code == 2
    assert "Forty oaks" in result.out
    assert result.err == f"briefqa: {toy}: cannot be read: KeyError: 'oak'\n"


def test_a_language_needs_a_value_and_a_corpus_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = tmp_path / "german.txt"
    words.write_text("# Terms of common German.\nhaus: gebaud\n", encoding="utf-8")
    german = Language(
        name="german",
        stemmer="german",
        stop_words=frozenset("das der die ein eine ist was wer wie viele".split()),
        acronyms=frozenset(),
        irregular={},
        respellings=(),
        lexicon=Lexicon(str(words)),
        interrogatives=frozenset("was wer wie".split()),
        measures={},
        light_words=frozenset(),
        pronouns=frozenset("er sie es".split()),
        titles=frozenset(["herr", "frau"]),
    )
    document = tmp_path / "schiffe.txt"
    document.write_text("Die Werft hat zwei Häuser gebaut.\n\nDas Schiff liegt im Hafen.\n")
    assert english_analyzer().terms("Häuser") != english_analyzer().terms("Haus")
    Assistant.open(Corpus.of(document))
    monkeypatch.setattr(Corpus, "analyzer", Analyzer(german))
    answer = Assistant.open(Corpus.of(document)).ask("Wer baut ein Haus?")
    assert answer.excerpts[0].line == 1
    assert answer.matched == ("Haus",)
    assert "Werft" in answer.excerpts[0].passage.text


def test_the_names_that_the_page_gives_are_those_of_the_code() -> None:
    page = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    paths = [*ROOT.glob("src/**/*.py"), *ROOT.glob("tests/*.py"), *ROOT.glob("docs/**/*.py")]
    code = "".join(path.read_text(encoding="utf-8") for path in paths)
    words = set(re.findall(r"\w+", code))
    names = re.findall(r"`([A-Za-z]\w*)(?:\(.*?\))?`", page)
    assert [name for name in names if "NAME" not in name and name not in words] == []
