"""The cache removes only what is its own, leaves nothing half-written, and repairs damage."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefqa.assistant import Assistant
from briefqa.cli import main
from briefqa.corpus import Corpus
from briefqa.errors import DocumentError
from briefqa.index import cache, cache_writer, container, opener
from conftest import Ask

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
QUESTION = "Who built the reactor?"
NAME = "0123456789abcdef"
ENDS = (".index", ".index.new", ".index.lock")


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text("The reactor was built by Wexlorian in 1987.\n")
    for number in range(40):
        words = " ".join(f"word{number}x{each}" for each in range(40))
        (folder / f"{number:03}.txt").write_text(f"River {number} carries silt: {words}.\n")
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def index_of(folder: Path) -> Path:
    """Return the only index in a folder, of any name."""
    (path,) = folder.glob("*.index")
    return path


def stored() -> Path:
    return index_of(Path(os.environ["XDG_CACHE_HOME"], "briefqa"))


# Removing


@pytest.mark.parametrize("name", [NAME, "precious", "0123", NAME.upper()])
@pytest.mark.parametrize("end", ENDS)
def test_files_of_others_in_a_chosen_folder_stay(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, end: str
) -> None:
    others = tmp_path / "project" / "briefqa"
    others.mkdir(parents=True)
    (others / f"{name}{end}").write_text("mine")
    before = contents(others)
    place = ("--index", str(others.parent))
    main(["index", "build", str(documents), *place])
    capsys.readouterr()
    main(["index", "clear", *place])
    assert capsys.readouterr().out == "1 index removed\n"
    assert contents(others) == before


@posix
def test_nothing_is_removed_through_a_link(
    documents: Path, tmp_path: Path, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(QUESTION, str(documents))
    real = stored().parent
    before = contents(real)
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "briefqa").symlink_to(real)
    place = ("--index", str(shared))
    capsys.readouterr()
    for paths in ([], [str(documents)]):
        assert main(["index", "clear", *paths, *place]) == 0
        assert capsys.readouterr().out == "0 indexes removed\n"
    assert ask(QUESTION, str(documents), *place).code == 0
    assert contents(real) == before


@posix
@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_what_has_the_name_of_an_index_but_is_none_stays(
    documents: Path, tmp_path: Path, ask: Ask, kind: str
) -> None:
    ask(QUESTION, str(documents))
    target = tmp_path / "target"
    target.write_bytes(stored().read_bytes())
    place = stored().with_name(f"{NAME}.index")
    if kind == "link":
        place.symlink_to(target)
    elif kind == "folder":
        place.mkdir()
    else:
        os.mkfifo(place)
    assert main(["index", "clear"]) == 0
    assert os.path.lexists(place)
    assert target.exists()


@posix
def test_eviction_leaves_the_files_of_others(
    documents: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(QUESTION, str(documents / "a.txt"))
    first = stored()
    other = first.with_name(f"{NAME}.index")
    other.write_bytes(bytes(10**6))
    os.utime(other, (1, 1))
    monkeypatch.setattr(cache_writer, "LIMIT", 0)
    ask(QUESTION, str(documents))
    assert not first.exists()
    assert other.exists()


def test_a_file_in_the_place_of_a_lock_is_left_alone(documents: Path, ask: Ask) -> None:
    right = ask(QUESTION, str(documents))
    lock = stored().with_name(f"{stored().name}.lock")
    lock.write_text("mine")
    stored().unlink()
    assert ask(QUESTION, str(documents)) == right
    assert lock.read_text() == "mine"


@posix
@pytest.mark.parametrize("mode", [0o755, 0o777, 0o700])
def test_the_mode_of_a_chosen_folder_is_not_changed(
    documents: Path, tmp_path: Path, ask: Ask, mode: int
) -> None:
    chosen = tmp_path / "chosen"
    (chosen / "briefqa").mkdir(parents=True)
    for path in (chosen, chosen / "briefqa"):
        path.chmod(mode)
    ask(QUESTION, str(documents), "--index", str(chosen))
    assert stat.S_IMODE(index_of(chosen / "briefqa").stat().st_mode) == 0o600
    for path in (chosen, chosen / "briefqa"):
        assert stat.S_IMODE(path.stat().st_mode) == mode


@posix
def test_a_new_folder_is_for_the_user_alone(documents: Path, tmp_path: Path, ask: Ask) -> None:
    ask(QUESTION, str(documents), "--index", str(tmp_path / "new"))
    assert stat.S_IMODE((tmp_path / "new" / "briefqa").stat().st_mode) == 0o700
    home = Path(os.environ["XDG_CACHE_HOME"], "briefqa")
    home.mkdir(parents=True, mode=0o755)
    ask(QUESTION, str(documents))
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@posix
def test_the_folder_of_another_user_is_not_used(
    documents: Path, tmp_path: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = ask(QUESTION, str(documents), "--no-cache")
    (tmp_path / "theirs" / "briefqa").mkdir(parents=True)
    place = ("--index", str(tmp_path / "theirs"))
    with monkeypatch.context() as other:
        other.setattr(cache_writer, "is_own", lambda status: False)
        assert ask(QUESTION, str(documents), *place) == right
        assert main(["index", "clear", *place]) == 0
    assert list((tmp_path / "theirs" / "briefqa").iterdir()) == []


# Half-written files

LIMITED = """
import resource, signal, sys
from briefqa.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
sys.exit(main(["ask", {question!r}, {path!r}]))
"""


@posix
@pytest.mark.parametrize("size", [1, 2048, 30_000])
def test_a_full_disk_leaves_nothing_half_written(documents: Path, ask: Ask, size: int) -> None:
    right = ask(QUESTION, str(documents), "--no-cache")
    script = LIMITED.format(size=size, question=QUESTION, path=str(documents))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (right.code, right.out)
    assert list(Path(os.environ["XDG_CACHE_HOME"], "briefqa").iterdir()) == []


@pytest.mark.parametrize("exception", [KeyboardInterrupt, MemoryError, ValueError])
def test_nothing_half_written_is_left_whatever_is_raised(
    documents: Path, monkeypatch: pytest.MonkeyPatch, exception: type[BaseException]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise exception

    monkeypatch.setattr("briefqa.index.writer.write_postings", fail)
    with pytest.raises(exception):
        Assistant.open(documents)
    assert list(Path(os.environ["XDG_CACHE_HOME"], "briefqa").iterdir()) == []


KILLED = """
import os, signal, sys
from briefqa.index import writer
from briefqa.cli import main
writer.write_postings = lambda *_, **__: os.kill(os.getpid(), signal.{signal})
main(["ask", {question!r}, {path!r}])
"""


@posix
@pytest.mark.parametrize("signal", ["SIGKILL", "SIGTERM"])
def test_the_next_run_removes_what_a_killed_one_left(
    documents: Path, ask: Ask, signal: str
) -> None:
    script = KILLED.format(signal=signal, question=QUESTION, path=str(documents))
    done = subprocess.run([sys.executable, "-c", script], timeout=60, check=False)
    assert done.returncode < 0
    left = sorted(path.suffix for path in Path(os.environ["XDG_CACHE_HOME"], "briefqa").iterdir())
    assert left == [".lock", ".new"]
    assert ask(QUESTION, str(documents)).code == 0
    assert list(stored().parent.iterdir()) == [stored()]


# Repair


def sections(path: Path) -> dict[str, tuple[int, int]]:
    """Return the offset and the length of each section of an index."""
    file = container.IndexFile(memoryview(path.read_bytes()))
    return dict(file._sections)


def damage(path: Path, *names: str) -> None:
    """Change a byte in the middle of some sections."""
    data = bytearray(path.read_bytes())
    for name in names:
        start, length = sections(path)[name]
        assert length
        data[start + length // 2] ^= 1
    path.write_bytes(data)


def is_damaged(path: Path) -> bool:
    return opener.is_damaged(container.IndexFile(memoryview(path.read_bytes())))


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each few bytes their own checksum, so that one section is damaged without another."""
    monkeypatch.setattr(container, "BLOCK", 64)


@pytest.mark.usefixtures("small_blocks")
def test_the_command_that_finds_damage_replaces_the_index(documents: Path, ask: Ask) -> None:
    ask(QUESTION, str(documents))
    damage(stored(), "texts")
    asked = f"Which river has {' '.join(f'word{number}x1' for number in range(40))}?"
    found = ask(asked, str(documents))
    assert not is_damaged(stored())
    assert found == ask(asked, str(documents), "--no-cache")


@pytest.mark.parametrize("name", ["texts", "paths", "postings", "words", "files.digests"])
@pytest.mark.usefixtures("small_blocks")
def test_status_tells_of_damage_and_a_build_repairs_it(
    documents: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    def index(*arguments: str) -> tuple[int, str]:
        code = main(["index", *arguments, str(documents)])
        return code, capsys.readouterr().out

    _, out = index("build")
    name = next(each for each in sections(stored()) if each.startswith(name))
    damage(stored(), name)
    code, told = index("status")
    assert code == 1
    assert "up to date" not in told
    assert is_damaged(stored())
    assert index("build") == (0, out)
    assert not is_damaged(stored())
    assert index("status") == (0, out)


@pytest.mark.usefixtures("small_blocks")
def test_a_quick_status_reads_little_of_the_index(
    documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["index", "build", str(documents)])
    damage(stored(), "texts")
    for action in ("status", "build"):
        assert main(["index", action, "--quick", str(documents)]) == 0
        assert "up to date" in capsys.readouterr().out
    assert is_damaged(stored())


USES: dict[str, Callable[[Assistant], object]] = {
    "paths": lambda assistant: list(assistant.paths),
    "documents": lambda assistant: list(assistant.documents()),
    "refresh": lambda assistant: assistant.refresh(),
    "skipped": lambda assistant: assistant.skipped,
    "skipped_files": lambda assistant: list(map(str, assistant.skipped_files())),
    "ask": lambda assistant: assistant.ask(QUESTION),
    "show": lambda assistant: assistant.show(f"{assistant.paths[0]}:1"),
    "document": lambda assistant: assistant.document(assistant.paths[-1]),
}


@pytest.mark.parametrize("use", USES)
@pytest.mark.usefixtures("small_blocks")
def test_no_damage_reaches_a_caller_of_the_library(documents: Path, use: str) -> None:
    (documents / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    right = USES[use](Assistant.open(documents))
    whole = stored().read_bytes()
    for name, (_, length) in sections(stored()).items():
        if length:
            damage(stored(), name)
            assert USES[use](Assistant.open(documents)) == right, name
            stored().write_bytes(whole)


@pytest.mark.usefixtures("small_blocks")
def test_on_a_disk_that_damages_each_index_the_answer_is_the_same(
    documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = Assistant.open(documents, cached=False).ask(QUESTION)
    commit = cache_writer.CacheWriter.commit

    def damaging(writer: cache_writer.CacheWriter) -> object:
        commit(writer)
        damage(stored(), "texts")
        return container.map_file(os.open(stored(), os.O_RDONLY))

    monkeypatch.setattr(cache_writer.CacheWriter, "commit", damaging)
    monkeypatch.setattr(opener, "open_fresh", lambda file, snapshot: None)
    assistant = Assistant.open(documents)
    everything = " ".join(f"word{number}x1" for number in range(40))
    expected = Assistant.open(documents, cached=False).ask(everything, 200)
    assert assistant.ask(everything, 200) == expected
    assert assistant.ask(QUESTION) == right


def test_documents_in_memory_are_not_opened_again(documents: Path) -> None:
    from briefqa.documents import load
    from briefqa.index import in_memory

    opened = in_memory(load([str(documents)]))
    assert opened.reopened(cached=True, rebuild=True) is opened
    assert not opened.is_stale()
    with pytest.raises(DocumentError, match="not one of the documents"):
        opened.document("elsewhere.txt")


@posix
def test_an_index_that_cannot_be_mapped_is_verified_too(
    documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["index", "build", str(documents)])
    with stored().open("rb") as file:
        whole = container.IndexFile(container.UnmappedFile(file.fileno()))
    whole.verify()
    damage(stored(), "texts")
    with stored().open("rb") as file:
        damaged = container.IndexFile(container.UnmappedFile(file.fileno()))
    with pytest.raises(container.DamagedIndexError):
        damaged.verify()


def test_an_index_in_a_chosen_folder_is_found_again(documents: Path, tmp_path: Path) -> None:
    corpus = Corpus.of(documents, location=str(tmp_path / "chosen"))
    first = opener.open_corpus(corpus)
    path = index_of(tmp_path / "chosen" / "briefqa")
    before = path.stat().st_mtime_ns
    assert cache.Cache(str(path.parent)).read(path.stem) is not None
    assert opener.open_corpus(corpus, verified=True).engine.documents == first.engine.documents
    assert path.stat().st_mtime_ns >= before
