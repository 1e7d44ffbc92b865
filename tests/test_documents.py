"""Documents: which files are read, in which order, and the errors of the others."""

import os
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from briefqa.documents import LoadedDocuments, load
from briefqa.documents.file_system import is_junction

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", "sub/c.txt", "sub/deep/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"The words of {name}.\n")
    return tmp_path


def names(loaded: LoadedDocuments, folder: Path) -> list[str]:
    return [os.path.relpath(document.path, folder) for document in loaded.documents]


def test_a_folder_is_walked_in_order(folder: Path) -> None:
    loaded = load([str(folder)])
    expected = [os.path.join(*name.split("/")) for name in
                ("a.txt", "b.txt", "sub/c.txt", "sub/deep/d.txt")]  # fmt: skip
    assert names(loaded, folder) == expected
    assert loaded.problems == ()


@pytest.mark.parametrize("hidden", [".git/x", ".hidden", "CVS/x", "sub/.cache/x"])
def test_hidden_entries_and_version_control_are_passed_over(folder: Path, hidden: str) -> None:
    path = folder / hidden
    path.parent.mkdir(exist_ok=True)
    path.write_text("Secret words.\n")
    assert len(load([str(folder)]).documents) == 4
    assert len(load([str(path)]).documents) == 1


@posix
def test_links_to_files_are_read_and_links_to_folders_not_followed(folder: Path) -> None:
    (folder / "link.txt").symlink_to(folder / "a.txt")
    (folder / "cycle").symlink_to(folder, target_is_directory=True)
    (folder / "dangling").symlink_to(folder / "nowhere")
    loaded = load([str(folder)])
    assert names(loaded, folder)[:3] == ["a.txt", "b.txt", "link.txt"]
    assert (len(loaded.documents), loaded.problems) == (5, ())


@posix
def test_a_pipe_is_passed_over_in_a_folder(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    assert len(load([str(folder)]).documents) == 4


@posix
def test_a_named_pipe_is_read(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.write(write, b"Forty ships.\n")
    os.close(write)
    (document,) = load([f"/dev/fd/{read}"]).documents
    os.close(read)
    assert document.text == "Forty ships.\n"


@posix
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused(device: str) -> None:
    loaded = load([device])
    assert [str(problem) for problem in loaded.problems] == [f"{device}: not a regular file"]


@posix
def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(8 * 1024**3)
    (problem,) = load([str(path)]).problems
    assert problem.reason == "larger than 268,435,456 bytes; increase --max-size to read it"


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("word\n")
    assert len(load([str(path)], max_size=5).documents) == 1
    assert len(load([str(path)], max_size=4).problems) == 1


def test_a_file_reached_twice_is_read_once(folder: Path) -> None:
    loaded = load([str(folder / "sub"), str(folder), str(folder / "a.txt")])
    assert len(loaded.documents) == 4


@posix
def test_another_file_behind_a_link_is_read_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "link").symlink_to("sub/deep")
    (folder / "c.txt").write_text("Other words.\n")
    monkeypatch.chdir(folder)
    loaded = load(["link/../c.txt", "c.txt", "./c.txt"])
    assert [document.path for document in loaded.documents] == ["c.txt", "link/../c.txt"]


def test_what_is_missing_is_told_and_the_rest_is_read(folder: Path) -> None:
    loaded = load(["gone.txt", str(folder / "a.txt"), "odd\0name"])
    assert [str(problem) for problem in loaded.problems] == [
        "gone.txt: no such file or directory",
        "odd\0name: invalid path",
    ]
    assert len(loaded.documents) == 1


def test_what_cannot_be_read_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(path: str, flags: int, *, dir_fd: int | None = None) -> int:
        if path.endswith("b.txt"):
            raise PermissionError(13, "Permission denied", path)
        return really_open(path, flags, dir_fd=dir_fd)

    really_open = os.open
    monkeypatch.setattr(os, "open", forbid)
    loaded = load([str(folder)])
    assert [str(problem) for problem in loaded.problems] == [
        f"{folder / 'b.txt'}: permission denied"
    ]
    assert len(loaded.documents) == 3


def test_a_folder_that_cannot_be_listed_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbid(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", forbid)
    assert [str(problem) for problem in load([str(folder)]).problems] == [
        f"{folder}: permission denied"
    ]


def test_a_file_that_goes_while_its_folder_is_listed_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def list_and_remove(where: int | str) -> nullcontext[list[os.DirEntry[str]]]:
        entries = list(really_scan(where))
        (folder / "b.txt").unlink(missing_ok=True)
        return nullcontext(entries)

    really_scan = os.scandir
    monkeypatch.setattr(os, "scandir", list_and_remove)
    loaded = load([str(folder)])
    assert [str(problem) for problem in loaded.problems] == [
        f"{folder / 'b.txt'}: no such file or directory"
    ]
    assert len(loaded.documents) == 3


@pytest.fixture
def deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Twelve hundred nested folders with a file in the innermost; all are removed afterwards."""
    monkeypatch.chdir(tmp_path)
    for _ in range(1200):
        os.mkdir("folder")
        os.chdir("folder")
    Path("deep.txt").write_text("Forty ships.\n")
    Path("link.txt").symlink_to("deep.txt")
    os.chdir(tmp_path)
    yield "folder"
    for _ in range(1200):
        os.chdir("folder")
    os.remove("deep.txt")
    os.remove("link.txt")
    for _ in range(1200):
        os.chdir("..")
        os.rmdir("folder")


@posix
def test_folders_are_walked_deeper_than_the_system_takes_paths(deep: str) -> None:
    documents = load([deep]).documents
    assert [document.text for document in documents] == ["Forty ships.\n"] * 2
    (document,) = load([documents[0].path]).documents
    assert document == documents[0]
    (problem,) = load([f"{documents[0].path}.gone"]).problems
    assert problem.reason == "no such file or directory"


def test_a_document_without_a_title_has_the_name_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("It rained.\n")
    assert load([str(path)]).documents[0].title == "notes.txt"


def test_junctions_of_windows_are_known_as_links() -> None:
    assert is_junction(SimpleNamespace(st_reparse_tag=0xA0000003))  # type: ignore[arg-type]
    assert not is_junction(SimpleNamespace(st_reparse_tag=0))  # type: ignore[arg-type]
    assert not is_junction(os.stat("."))
