"""One cache and several versions, machines and clocks: the answers stay right."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from briefqa.answers import Answer
from briefqa.assistant import Assistant
from briefqa.documents import files
from conftest import Ask

QUESTION = "Who built the reactor?"
OTHER_VERSION = """
import sys
import time
from briefqa.index import container
container.VERSION += {step}
from briefqa.cli import main
sys.exit(main(["ask", "-f", "line", {question!r}, {path!r}]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "documents", "Wexlorian")


def write(folder: Path, name: str) -> Path:
    """Write documents that are as long for each name of the same length."""
    folder.mkdir()
    (folder / "a.txt").write_text(f"The reactor was built by {name} in 1987.\n")
    for number in range(30):
        (folder / f"{number:02}.txt").write_text(f"River {number} carries silt to {name}.\n")
    return folder


def answered(folder: Path, *, cached: bool = True) -> Answer:
    return Assistant.open(folder, cached=cached).ask(QUESTION)


def cache() -> Path:
    return Path(os.environ["XDG_CACHE_HOME"], "briefqa")


def test_versions_that_take_turns_give_the_same_answer(folder: Path, ask: Ask) -> None:
    right = ask("-f", "line", QUESTION, str(folder), "--no-cache")
    for step in (1, 0, -1, 0):
        script = OTHER_VERSION.format(step=step, question=QUESTION, path=str(folder))
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
        )
        assert (done.returncode, done.stdout, done.stderr) == right
        assert len(list(cache().iterdir())) == 1


def test_versions_at_once_give_the_same_answer(folder: Path, ask: Ask) -> None:
    right = ask("-f", "line", QUESTION, str(folder), "--no-cache")
    scripts = [
        OTHER_VERSION.format(step=step, question=QUESTION, path=str(folder))
        for step in (0, 1, 2, 0, 1, 2)
    ]
    running = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        for script in scripts
    ]
    assert {process.communicate(timeout=60)[0] for process in running} == {right.out}
    assert ask("-f", "line", QUESTION, str(folder)) == right
    assert [path.suffix for path in cache().iterdir()] == [".index"]


def test_machines_that_share_a_cache_have_documents_of_their_own(
    folder: Path, tmp_path: Path
) -> None:
    """Another machine has other files at the same paths, of the same sizes and times."""
    away = write(tmp_path / "other machine", "Quokkaman")
    for place in (folder, away):
        for path in place.iterdir():
            os.utime(path, ns=(10**18, 10**18))
    for _ in range(3):
        expected = answered(folder, cached=False)
        assert answered(folder) == expected == answered(folder)
        here = folder.rename(tmp_path / "between")
        away.rename(folder)
        here.rename(away)


def test_the_index_of_a_machine_of_another_byte_order_is_replaced(folder: Path) -> None:
    right = answered(folder)
    (path,) = cache().iterdir()
    data = bytearray(path.read_bytes())
    # The version in the trailer, as the other byte order has it.
    place = data.rindex(b"briefqa\n") + 8
    data[place : place + 4] = data[place : place + 4][::-1]
    path.write_bytes(data)
    assert answered(folder) == right
    assert path.read_bytes() != data


HOUR = 3600 * 10**9


def edit_in_place(path: Path) -> None:
    """Change a document, but neither its size, its time of modification nor its inode."""
    before = path.stat()
    text = path.read_text()
    with path.open("r+") as file:
        file.write(text.replace("Wexlorian", "Quokkaman"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace(path: Path) -> None:
    """Replace a document by another file of the same size and time, if possible the same inode."""
    before = path.stat()
    text = path.read_text().replace("Wexlorian", "Quokkaman")
    path.unlink()
    path.write_text(text)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("change", [edit_in_place, replace])
@pytest.mark.parametrize("before", [-HOUR, 0, HOUR])
@pytest.mark.parametrize("after", [-HOUR, 0, HOUR])
def test_a_change_is_noticed_whatever_the_clock_says(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], None],
    before: int,
    after: int,
) -> None:
    now = time.time_ns

    def set_clock(offset: int) -> None:
        monkeypatch.setattr(time, "time_ns", lambda: now() + offset)

    set_clock(before)
    first = answered(folder)
    set_clock(after)
    assert answered(folder) == first
    change(folder / "a.txt")
    assert "Quokkaman" in answered(folder).excerpts[0].passage.text
    set_clock(before)
    assert answered(folder) == answered(folder, cached=False)


def test_documents_from_the_future_are_compared_by_content(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = 2 * 10**18
    for path in folder.iterdir():
        os.utime(path, ns=(later, later))
    first = answered(folder)
    assert answered(folder) == first
    edit_in_place(folder / "a.txt")
    assert "Quokkaman" in answered(folder).excerpts[0].passage.text


def test_a_document_cut_short_while_it_is_read_is_read_again_next_time(
    folder: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "a.txt"
    path.write_text(path.read_text() * 200)
    size = path.stat().st_size
    monkeypatch.setattr(files, "CHUNK", 1024)
    read = os.read

    def cutting(descriptor: int, length: int) -> bytes:
        data = read(descriptor, length)
        if os.fstat(descriptor).st_size == size:
            os.truncate(path, 100)
        return data

    with monkeypatch.context() as reading:
        reading.setattr(os, "read", cutting)
        assert ask(QUESTION, str(folder)).code == 0
    assert path.stat().st_size == 100
    assert ask(QUESTION, str(folder)) == ask(QUESTION, str(folder), "--no-cache")
