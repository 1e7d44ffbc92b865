"""The cache changes nothing but the speed: whatever happens to it, the answers are the same."""

import errno
import mmap
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from briefqa.answers import Answer
from briefqa.assistant import Assistant
from briefqa.documents import Document, Source, read_source
from briefqa.errors import DocumentError
from briefqa.index import (
    cache,
    cache_writer,
    container,
    doc_store_writer,
    manifest_writer,
    writer,
)
from briefqa.index.cache import cache_folder
from briefqa.output import FORMATS
from briefqa.passage_splitter import split_passages
from briefqa.passages import Passage
from conftest import BRIEFING, Ask, Run

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
QUESTION = "When will Kishida and Biden meet?"


def stored() -> list[Path]:
    """Return the index files in the cache."""
    return sorted(Path(os.environ["XDG_CACHE_HOME"], "briefqa").glob("*.index"))


@pytest.mark.parametrize("output", FORMATS)
def test_an_answer_is_the_same_bytes_with_and_without_the_cache(ask: Ask, output: str) -> None:
    command = (QUESTION, BRIEFING, "--format", output, "--explain")
    uncached = ask(*command, "--no-cache")
    assert stored() == []
    made, used = ask(*command), ask(*command)
    assert len(stored()) == 1
    assert uncached == made == used


def test_a_path_that_cannot_exist_is_told_after_a_change_too(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for text in ("A whale.\n", "A whale and a ship.\n"):
        path.write_text(text)
        opened = Assistant.open(["odd\0name", str(path)])
        assert "odd\0name" in str(opened.problems[0])
        assert opened.ask("whale").excerpts


@posix
def test_only_the_user_can_read_the_cache(ask: Ask) -> None:
    ask(QUESTION, BRIEFING)
    (path,) = stored()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_standard_input_is_not_cached(run: Run) -> None:
    result = run("ask", "How many ships?", "-", stdin=b"Forty ships were counted.\n")
    assert result.out == "-:1: Forty ships were counted.\n"
    assert stored() == []


@pytest.fixture
def unused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail if documents are read again."""

    def refuse(*_: object) -> None:
        raise AssertionError("a document was read again")

    monkeypatch.setattr(writer, "write_index", refuse)


def test_a_cached_index_is_used(ask: Ask, request: pytest.FixtureRequest) -> None:
    first = ask(QUESTION, BRIEFING)
    request.getfixturevalue("unused")
    assert ask(QUESTION, BRIEFING) == first


@posix
def test_an_index_that_cannot_be_mapped_is_read(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    first = ask(QUESTION, BRIEFING)
    request.getfixturevalue("unused")
    monkeypatch.setattr(mmap, "mmap", refuse)
    assert ask(QUESTION, BRIEFING) == first


@posix
def test_an_index_cut_short_while_it_is_read_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(b"some bytes")
    with path.open("rb") as file:
        data = container.UnmappedFile(file.fileno())
    assert (len(data), bytes(data[:]), bytes(data[-5:])) == (10, b"some bytes", b"bytes")
    os.truncate(path, 4)
    assert bytes(data[2:]) == b"me"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(30):
        text = f"Report {number}\n\nShip {number} left the harbour with {number + 5} sailors.\n"
        (tmp_path / f"{number:02}.txt").write_text(text)
    return tmp_path


def answers(folder: Path, *, cached: bool = True) -> list[Answer]:
    assistant = Assistant.open([str(folder)], cached=cached)
    questions = ("Which ship left the harbour?", "How many sailors?", "Who saw report 7?", "zebra?")
    return [assistant.ask(question, 9) for question in questions]


Change = Callable[[Path], object]
CHANGES: dict[str, Change] = {
    "changed": lambda folder: (folder / "07.txt").write_text("A zebra saw 7 sailors leave.\n"),
    "emptied": lambda folder: (folder / "07.txt").write_text(""),
    "removed": lambda folder: (folder / "07.txt").unlink(),
    "added": lambda folder: (folder / "070.txt").write_text("Zebras sail ships at night.\n"),
    "renamed": lambda folder: (folder / "07.txt").rename(folder / "99.txt"),
    "touched": lambda folder: (folder / "07.txt").touch(),
    "ignored": lambda folder: (folder / ".gitignore").write_text("07*\n"),
    "binary": lambda folder: (folder / "07.txt").write_bytes(b"a zebra\0"),
    "most changed": lambda folder: [
        (folder / f"{number:02}.txt").write_text("Zebras left.\n") for number in range(25)
    ],
}


@pytest.mark.parametrize("name", CHANGES)
def test_changed_documents_are_noticed(folder: Path, name: str) -> None:
    before = answers(folder)
    CHANGES[name](folder)
    after = answers(folder)
    assert after == answers(folder, cached=False)
    assert (after == before) == (name == "touched")
    assert answers(folder) == after


@pytest.mark.parametrize("name", ["changed", "removed", "added"])
def test_texts_that_share_a_primer_are_taken_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(doc_store_writer, "CHUNK", 32)
    monkeypatch.setattr(doc_store_writer, "SAMPLED_CHUNKS", 4)
    answers(folder)
    CHANGES[name](folder)
    assert answers(folder) == answers(folder, cached=False)


def test_headings_are_taken_over_again_and_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doc_store_writer, "CHUNK", 96)
    for number, path in enumerate(sorted(folder.iterdir())):
        parts = [f"Part {part}\n\nIts {part + 7} sailors left.\n\n" for part in range(number % 4)]
        path.write_text(path.read_text() + "\n" + "".join(parts))
    answers(folder)
    for name in ("changed", "removed", "added", "renamed", "emptied"):
        (folder / "07.txt").write_text("It is back.\n")
        answers(folder)
        CHANGES[name](folder)
        assert answers(folder) == answers(folder, cached=False)


def test_an_index_does_not_grow_with_words_that_are_gone(folder: Path) -> None:
    sizes = []
    for turn in range(12):
        words = " ".join(f"word{turn}x{number}" for number in range(200))
        (folder / "07.txt").write_text(f"{words}.\n")
        answers(folder)
        sizes.append(stored()[0].stat().st_size)
    assert max(sizes[6:]) < 1.2 * max(sizes[:6])


@pytest.mark.parametrize(
    "text",
    ["Ships left.\n", "Its tool has --dry-run and -18 of -v.\n"],
)
def test_documents_that_are_the_same_are_not_analysed_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    (folder / "07.txt").write_text(text, encoding="utf-8")
    analysed: list[str] = []

    def noted(document: Document) -> Iterator[Passage]:
        analysed.append(document.path)
        return split_passages(document)

    monkeypatch.setattr("briefqa.index.writer.split_passages", noted)
    answers(folder)
    analysed.clear()
    CHANGES["changed"](folder)
    answers(folder)
    assert analysed == [str(folder / "07.txt")]


def test_a_change_that_leaves_size_and_time_alone_is_noticed(folder: Path) -> None:
    path = folder / "07.txt"
    answers(folder)
    status = path.stat()
    path.write_text(path.read_text().replace("left", "lost"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert answers(folder) == answers(folder, cached=False)


def test_a_file_replaced_while_it_is_read_is_noticed_next_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replacing(source: Source, max_size: int) -> object:
        (folder / "07.txt").write_text("A zebra came between.\n")
        return read_source(source, max_size)

    monkeypatch.setattr("briefqa.index.writer.read_source", replacing)
    answers(folder)
    monkeypatch.setattr("briefqa.index.writer.read_source", read_source)
    assert answers(folder) == answers(folder, cached=False)


def test_documents_that_settled_are_no_longer_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    first = answers(folder)
    monkeypatch.setattr(manifest_writer, "TICK", -(10**12))
    assert answers(folder) == first
    monkeypatch.setattr("briefqa.documents.files.read_file", None)
    assert answers(folder) == first


def test_the_app_can_ask_whether_documents_changed(folder: Path) -> None:
    assistant = Assistant.open([str(folder)])
    assert not assistant.refresh()
    CHANGES["changed"](folder)
    assert assistant.refresh()
    assert assistant.ask("zebra").excerpts[0].passage.path == str(folder / "07.txt")
    assert not assistant.refresh()


def overwrite(path: Path, start: int, end: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(bytes(end - start))


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def make_link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


def make_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


DAMAGES: dict[str, Change] = {
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "emptied": lambda path: path.write_bytes(b""),
    "replaced": lambda path: path.write_bytes(b"no index at all" * 99),
    "zeroed inside": lambda path: overwrite(path, 200, 2000),
    "a folder": make_folder,
    "a link": make_link,
    "a pipe": make_pipe,
    "writable by others": lambda path: path.chmod(0o666),
}


@posix
@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_index_is_made_anew(ask: Ask, name: str) -> None:
    right = ask(QUESTION, BRIEFING)
    DAMAGES[name](stored()[0])
    assert ask(QUESTION, BRIEFING) == right
    assert ask(QUESTION, BRIEFING) == right


def test_damage_found_while_answering_is_made_good(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "BLOCK", 64)
    right = answers(folder)
    assistant = Assistant.open([str(folder)])
    overwrite(stored()[0], 0, 200)
    assert assistant.ask("Which ship left the harbour?", 9) == right[0]


def test_damage_found_while_documents_are_listed_and_shown_is_made_good(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "BLOCK", 64)
    assistant = Assistant.open(folder)
    listed, path = list(assistant.documents()), assistant.paths[0]
    shown = assistant.show(f"{path}:1")
    for use in (
        lambda each: list(each.documents()) == listed,
        lambda each: each.show(f"{path}:1") == shown,
    ):
        again = Assistant.open(folder)
        size = stored()[0].stat().st_size
        overwrite(stored()[0], 0, size // 2)
        assert use(again)


@posix
@pytest.mark.parametrize("place", ["/dev/null", "/proc/nowhere", "relative"])
def test_without_a_cache_folder_the_answer_is_the_same(run: Run, place: str) -> None:
    command = ("ask", QUESTION, BRIEFING)
    here = {"XDG_CACHE_HOME": place, "HOME": "/dev/null"}
    assert run(*command, env=here) == run(*command, "--no-cache")


class Faulty:
    """The module `os`, of which one function after the other fails."""

    def __init__(self, fails_at: int) -> None:
        self._fails_at = fails_at
        self.calls = 0

    def __getattr__(self, name: str) -> object:
        found = getattr(os, name)
        if not callable(found) or name in ("stat_result", "geteuid"):
            return found

        def call(*arguments: object, **named: object) -> object:
            self.calls += 1
            if self.calls == self._fails_at:
                raise OSError(28, "No space left on device")
            return found(*arguments, **named)

        return call


def test_whatever_call_of_the_system_fails_the_answer_is_the_same(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = ask(QUESTION, BRIEFING, "--no-cache")
    faults = 0
    while True:
        faults += 1
        for path in stored():
            path.unlink()
        faulty = Faulty(faults)
        with monkeypatch.context() as patched:
            patched.setattr(cache, "os", faulty)
            patched.setattr(cache_writer, "os", faulty)
            assert ask(QUESTION, BRIEFING) == right
        assert ask(QUESTION, BRIEFING) == right
        if faulty.calls < faults:
            break
    assert faults > 10


KILLED = """
import os, signal, sys
from briefqa.index import cache_writer
from briefqa.index import cache
from briefqa.cli import main
sys.path.insert(0, {tests!r})
from test_cache import Faulty

class Deadly(Faulty):
    def __getattr__(self, name):
        call = super().__getattr__(name)
        def counted(*arguments, **named):
            if self.calls + 1 == {fails_at}:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **named)
        return counted if callable(call) and name != "stat_result" else call

cache.os = cache_writer.os = Deadly(0)
main(["index", "build", {path!r}])
"""


@posix
@pytest.mark.parametrize("fails_at", [4, 6, 8, 10, 11, 12, 13, 14, 16])
def test_killed_at_any_moment_nothing_is_lost(ask: Ask, fails_at: int) -> None:
    right = ask(QUESTION, BRIEFING, "--no-cache")
    script = KILLED.format(tests=os.path.dirname(__file__), fails_at=fails_at, path=BRIEFING)
    subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=False)
    assert ask(QUESTION, BRIEFING) == right
    assert ask(QUESTION, BRIEFING) == right
    assert len(stored()) == 1
    assert not list(stored()[0].parent.glob("*.new"))


def test_builders_at_once_give_the_same_answer(folder: Path) -> None:
    command = [sys.executable, "-m", "briefqa", "ask", "How many sailors?", str(folder)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(8)]
    outputs = {process.communicate(timeout=60)[0] for process in running}
    assert outputs == {subprocess.run(command, capture_output=True, check=True).stdout}
    assert len(stored()) == 1


def test_the_indexes_used_least_recently_are_dropped(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = sorted(folder.iterdir())[:5]
    for number, path in enumerate(paths[:4]):
        Assistant.open([str(path)])
        newest = max(stored(), key=lambda stored_path: stored_path.stat().st_ctime_ns)
        os.utime(newest, (number, number))
    size = stored()[0].stat().st_size
    monkeypatch.setattr(cache_writer, "LIMIT", 3 * size + size // 2)
    Assistant.open([str(paths[0])])
    Assistant.open([str(paths[4])])
    assert len(stored()) == 3
    monkeypatch.setattr(writer, "write_index", None)
    for path in (paths[0], paths[3], paths[4]):
        Assistant.open([str(path)])


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, "/home/me/.cache/briefqa"),
        ("linux", {"XDG_CACHE_HOME": "/var/c"}, "/var/c/briefqa"),
        ("linux", {"XDG_CACHE_HOME": "c"}, "/home/me/.cache/briefqa"),
        ("darwin", {}, "/home/me/Library/Caches/briefqa"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/briefqa"),
        ("win32", {}, None),
    ],
)
@posix
def test_the_cache_is_where_the_platform_wants_it(
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    environment: dict[str, str],
    expected: str | None,
) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    assert cache_folder(environment, platform) == expected


def test_commands_tell_and_clear_what_is_stored(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from briefqa.cli import main

    def index(*arguments: str) -> tuple[int, str]:
        code = main(["index", *arguments, str(folder)])
        return code, capsys.readouterr().out

    assert index("status") == (1, "no index is stored\n")
    code, out = index("build")
    assert code == 0
    assert "documents  30\npassages   30\n" in out
    assert index("status") == (0, out)
    CHANGES["changed"](folder)
    code, out = index("status")
    assert code == 1
    assert "out of date" in out
    assert index("clear") == (0, "1 index removed\n")
    assert index("clear") == (0, "0 indexes removed\n")


@pytest.mark.parametrize("number", ["K1", "B"])
def test_an_index_of_other_scores_is_not_used(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    from briefqa.cli import main

    assert main(["index", "build", str(folder)]) == 0
    assert main(["index", "status", str(folder)]) == 0
    monkeypatch.setattr(cache, number, 0.5)
    assert main(["index", "status", str(folder)]) == 1


def test_clearing_removes_what_a_builder_that_died_has_left(
    ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    from briefqa.cli import main

    ask(QUESTION, BRIEFING)
    (path,) = stored()
    for name in (f"{path.name}.new", f"{'01' * 8}.index.new"):
        path.with_name(name).write_bytes(container.MAGIC + b"half")
    path.with_name(f"{'23' * 8}.index.new").write_bytes(b"")
    main(["index", "clear"])
    assert capsys.readouterr().out.endswith("1 index removed\n")
    assert list(path.parent.glob("*.new")) == []


def test_a_cache_that_cannot_be_written_is_read(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """The time of use cannot be set, as on a file system that is mounted read-only."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    first = ask(QUESTION, BRIEFING)
    request.getfixturevalue("unused")
    monkeypatch.setattr(os, "utime", refuse)
    assert ask(QUESTION, BRIEFING) == first


def test_clearing_leaves_a_build_that_runs_its_lock_and_its_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from briefqa.cli import main

    right = answers(folder)
    (path,) = stored()
    kept, name = cache.Cache(str(path.parent)), path.stem
    with cache_writer.locked_writer(kept, name) as first:
        assert first
        for arguments in ([str(folder)], []):
            main(["index", "clear", *arguments])
        with cache_writer.locked_writer(kept, "another"):
            pass
        with cache_writer.locked_writer(kept, name) as second:
            assert second is None
        first.file.write(b"half an index")
        first.commit()
    assert path.read_bytes() == b"half an index"
    assert answers(folder) == right
    assert list(path.parent.iterdir()) == [path]


def test_dropping_an_index_leaves_a_build_of_it_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(folder)
    (path,) = stored()
    monkeypatch.setattr(cache_writer, "LIMIT", 0)
    with cache_writer.locked_writer(cache.Cache(str(path.parent)), path.stem) as build:
        assert build
        Assistant.open(str(folder / "07.txt"))
        assert path not in stored()
        build.file.write(b"an index")
        build.commit()
    assert path.read_bytes() == b"an index"


def change_code(monkeypatch: pytest.MonkeyPatch, nanoseconds: int) -> None:
    """Change the modification time of the code that reads and indexes."""
    newest, size = cache.code_state(cache.PACKAGE).split()
    other = f"{int(newest) + nanoseconds} {size}"
    monkeypatch.setattr(cache, "code_state", lambda _: other)


def test_an_index_of_other_code_is_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = answers(folder)
    before = stored()
    change_code(monkeypatch, 10**9)
    written = before[0].read_bytes()
    assert answers(folder) == right
    assert stored() == before
    assert stored()[0].read_bytes() != written


@pytest.mark.parametrize(("later", "left"), [(1, 1), (0, 4), (-1, 4)])
def test_indexes_of_earlier_code_go_when_one_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, later: int, left: int
) -> None:
    for name in ("01.txt", "02.txt", "03.txt"):
        Assistant.open(str(folder / name))
    change_code(monkeypatch, later * 10**9)
    Assistant.open(str(folder / "04.txt"))
    assert len(stored()) == left


def test_an_index_of_an_earlier_layout_goes_when_one_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(container, "VERSION", container.VERSION - 1)
        Assistant.open(str(folder / "01.txt"))
    with monkeypatch.context() as later:
        later.setattr(container, "VERSION", container.VERSION + 1)
        Assistant.open(str(folder / "02.txt"))
    assert len(stored()) == 1
    Assistant.open(str(folder / "03.txt"))
    assert len(stored()) == 2


def test_code_in_folders_within_folders_counts(tmp_path: Path) -> None:
    nested = tmp_path / "readers" / "more" / "reader.py"
    left_out = tmp_path / "cli" / "command.py"
    for path in (nested, left_out, tmp_path / "notes.txt"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n")
        os.utime(path, ns=(10**18, 10**18))
    assert cache.code_state(str(tmp_path)) == f"{10**18} 6"
    for path in (left_out, nested):
        os.utime(path, ns=(2 * 10**18, 2 * 10**18))
        newest = 10**18 if path == left_out else 2 * 10**18
        assert cache.code_state(str(tmp_path)) == f"{newest} 6"


def test_all_code_that_indexes_counts(folder: Path) -> None:
    """Every module that building an index imports is in a folder whose code is compared."""
    script = "import sys; from briefqa.index import open_corpus; from briefqa.corpus import Corpus"
    script += "; open_corpus(Corpus.of(sys.argv[1])); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=True
    )
    loaded = [name.split(".") for name in done.stdout.split() if name.startswith("briefqa.")]
    assert ["briefqa", "index", "writer"] in loaded
    assert cache.NOT_INDEXING.isdisjoint(name[1] for name in loaded)


class CachedAndNot(RuleBasedStateMachine):
    """Whatever happens to documents and the cache, answers with and without it are the same."""

    names = st.sampled_from([f"{number:02}.txt" for number in range(24)])
    texts = st.lists(
        st.sampled_from("ship whale storm rain harbour zebra\n\n Log\n\n.".split(" ")), max_size=9
    ).map(" ".join)

    @initialize(texts=st.lists(texts, min_size=24, max_size=24))
    def fill(self, texts: list[str]) -> None:
        place = Path(os.environ["XDG_CACHE_HOME"])
        self.folder = place.with_name(f"documents-{id(self)}")
        self.folder.mkdir(exist_ok=True)
        for number, text in enumerate(texts):
            (self.folder / f"{number:02}.txt").write_text(text)

    @rule(name=names, text=texts)
    def edit(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    @rule(name=names)
    def delete(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    @rule(name=names, other=names)
    def rename(self, name: str, other: str) -> None:
        if (self.folder / name).exists():
            (self.folder / name).replace(self.folder / other)

    @rule(name=names, text=texts)
    def edit_and_touch_back(self, name: str, text: str) -> None:
        path = self.folder / name
        if path.exists():
            status = path.stat()
            path.write_text(text)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    @rule(lines=st.lists(st.sampled_from(["0*", "1?.txt", "*7.txt", "!17.txt", "*"]), max_size=3))
    def ignore(self, lines: list[str]) -> None:
        (self.folder / ".briefqaignore").write_text("\n".join(lines))

    @rule(place=st.floats(0, 1), value=st.integers(1, 255))
    def corrupt(self, place: float, value: int) -> None:
        for path in stored():
            data = bytearray(path.read_bytes()) or bytearray(1)
            data[int(place * (len(data) - 1))] ^= value
            path.write_bytes(data)

    @rule(place=st.floats(0, 1))
    def cut(self, place: float) -> None:
        for path in stored():
            os.truncate(path, int(place * path.stat().st_size))

    @invariant()
    def both_answer_alike(self) -> None:
        with_cache, without = (self.asked(cached=cached) for cached in (True, False))
        assert with_cache == without

    def asked(self, *, cached: bool) -> list[Answer] | str:
        try:
            assistant = Assistant.open([str(self.folder)], cached=cached)
        except DocumentError as error:
            return str(error)
        return [
            assistant.ask(question, 7) for question in ("ship storm?", "zebras in a log", "whael")
        ]

    def teardown(self) -> None:
        for path in self.folder.iterdir():
            path.unlink()


TestCachedAndNot = CachedAndNot.TestCase
TestCachedAndNot.settings = settings(max_examples=10, stateful_step_count=10, deadline=None)
