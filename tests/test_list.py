"""`briefqa list` and `briefqa index list`: what would be read, and what is stored."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefqa.cli import main
from briefqa.configuration import bytes_written
from briefqa.corpus import Corpus
from briefqa.engines import Adapter, IndexStatus, StoredIndex
from briefqa.engines.adapters import LocalAdapter
from conftest import BRIEFING, Run

DAY = 1_764_000_000
"""2025-11-24, in seconds since 1970."""
Written = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two documents and a file that is not read."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "b.md").write_text("# Ships\n\nForty came.\n\nThey left.\n")
    (folder / "a.txt").write_text("One.\n")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    for path in folder.iterdir():
        os.utime(path, (DAY, DAY))
    return folder


def test_the_documents_are_listed_for_people(capsys: Written, folder: Path) -> None:
    assert main(["list", str(folder), "-f", "text"]) == 0
    out, err = capsys.readouterr()
    heads, *lines = out.splitlines()
    assert heads.split() == ["date", "size", "passages", "path", "title"]
    assert lines[0].split() == ["2025-11-24", "5", "1", f"{folder}/a.txt", "a.txt"]
    assert lines[1].split() == ["2025-11-24", "33", "2", f"{folder}/b.md", "Ships"]
    assert "1 file not read" in err


def test_in_a_pipe_the_paths_are_listed(capsys: Written, folder: Path) -> None:
    assert main(["list", str(folder), "--exclude", "*.doc"]) == 0
    assert capsys.readouterr() == (f"{folder}/a.txt\n{folder}/b.md\n", "")


def test_the_documents_are_listed_as_json(capsys: Written, folder: Path) -> None:
    assert main(["list", str(folder), "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed["documents"][1] == {
        "path": f"{folder}/b.md", "title": "Ships", "passages": 2, "size": 33,
        "date": "2025-11-24", "date_from": "file",
    }  # fmt: skip
    assert listed["corpus"] == {"documents": 2, "passages": 3}
    assert listed["skipped"] == {".doc": 1}


def test_without_a_path_the_bundled_briefing_is_listed(run: Run) -> None:
    result = run("list")
    assert result.out.endswith("000_1c0b0a5638379c89.txt\n")
    assert "bundled briefing" in result.err


def test_what_is_piped_in_is_listed(run: Run) -> None:
    result = run("list", "--json", stdin=b"Forty ships.\n")
    (document,) = json.loads(result.out)["documents"]
    assert (document["path"], document["size"], document["date"]) == ("-", None, None)
    assert run("list", "-", "-f", "text", stdin=b"Forty ships.\n").out.splitlines()[1].split() == [
        "-", "-", "1", "-", "standard", "input",
    ]  # fmt: skip


def test_a_file_that_is_missing_is_an_error_and_the_others_are_listed(
    capsys: Written, folder: Path
) -> None:
    assert main(["list", str(folder / "a.txt"), "gone.txt"]) == 2
    out, err = capsys.readouterr()
    assert out == f"{folder}/a.txt\n"
    assert err == "briefqa: gone.txt: no such file or directory\n"


def test_nulls_part_the_exact_names(folder: Path) -> None:
    name = os.fsencode(folder) + b"/odd\n\xe9.txt"
    Path(os.fsdecode(name)).write_text("Forty ships.\n")
    done = subprocess.run(
        [sys.executable, "-m", "briefqa", "list", str(folder), "-0", "--exclude", "[ab]*"],
        capture_output=True, timeout=60, check=True, env=os.environ | {"LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.stdout == name + b"\0"
    shown = subprocess.run(
        [sys.executable, "-m", "briefqa", "list", str(folder), "--exclude", "[ab]*"],
        capture_output=True, timeout=60, check=True, env=os.environ | {"LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert shown.stdout.decode() == f"{folder}/odd\ufffd\ufffd.txt\n"


def test_a_name_that_is_no_text_is_listed_in_bytes_too(capsys: Written, folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/\xe9.txt")).write_text("Forty ships.\n")
    assert main(["list", str(folder), "--json"]) == 0
    *_, last = json.loads(capsys.readouterr().out)["documents"]
    assert last["path"].endswith("\ufffd.txt")
    assert "path_bytes" in last


@pytest.mark.parametrize(
    ("size", "written"),
    [(0, "0"), (1023, "1023"), (1024, "1.0K"), (3_174, "3.1K"), (10_240, "10K"),
     (12 * 1024**2, "12M"), (10**15, "909T")],
)  # fmt: skip
def test_sizes_are_short(size: int, written: str) -> None:
    assert bytes_written(size) == written


def test_the_stored_indexes_are_listed(
    capsys: Written, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["index", "list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    briefing = str(Path(BRIEFING).absolute())
    assert main(["index", "build", briefing]) == 0
    monkeypatch.chdir(folder)
    assert main(["index", "build", ".", "a.txt", "--exclude", "*.doc"]) == 0
    capsys.readouterr()
    assert main(["index", "list", "--json"]) == 0
    indexes = json.loads(capsys.readouterr().out)["indexes"]
    found = {tuple(each["paths"]): (each["documents"], each["passages"]) for each in indexes}
    assert found == {(briefing,): (1, 6), (str(folder), f"{folder}/a.txt"): (2, 3)}
    assert all(Path(each["name"]).stat().st_size == each["size"] for each in indexes)
    assert main(["index", "list"]) == 0
    assert briefing in capsys.readouterr().out


def test_what_is_no_index_is_not_listed(capsys: Written) -> None:
    cache = Path(os.environ["XDG_CACHE_HOME"], "briefqa")
    assert main(["index", "build", BRIEFING]) == 0
    (cache / "other.index").write_bytes(b"no index")
    (cache / "other.index").chmod(0o600)
    capsys.readouterr()
    assert main(["index", "list", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["indexes"]) == 1


def test_the_state_of_an_index_is_there_as_json(capsys: Written) -> None:
    assert main(["index", "build", BRIEFING, "--json"]) == 0
    built = json.loads(capsys.readouterr().out)
    assert main(["index", "status", BRIEFING, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == built
    assert (built["is_current"], built["documents"]) == (True, 1)
    assert main(["index", "clear", BRIEFING, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"removed": 1}
    assert main(["index", "status", BRIEFING, "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {}


def test_all_indexes_are_listed_or_none(capsys: Written) -> None:
    assert main(["index", "list", BRIEFING]) == 2
    assert "takes no PATH" in capsys.readouterr().err


def test_without_a_place_for_indexes_none_is_listed(
    capsys: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(Path(BRIEFING).absolute()))
    assert main(["index", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"indexes": []}
    monkeypatch.setattr("briefqa.engines.adapters.index_folder", lambda location: None)
    assert main(["index", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"indexes": []}


def test_other_indexes_are_listed_by_name(capsys: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    class Elsewhere(LocalAdapter):
        def stored(self, corpus: Corpus) -> Iterator[StoredIndex]:
            return Adapter.stored(self, corpus)

        def status(self, corpus: Corpus, *, quick: bool = False) -> IndexStatus | None:
            return IndexStatus("news (3 shards)", "green", True, 2, 9, 4_096)

    monkeypatch.setattr("briefqa.cli.index_command.adapter_of", lambda corpus: Elsewhere())
    assert main(["index", "list"]) == 0
    line = capsys.readouterr().out.splitlines()[1]
    assert line.split() == ["-", "4.0K", "2", "9", "news", "(3", "shards)"]


STORY = """\
A fire destroyed the reading room of the national archive in Vasby on Tuesday night. About forty
men needed five hours to bring the flames under control. Nobody was hurt. The vaults with the old
charters were never in danger. The cause is still unclear, but a faulty heater is suspected.
"""


@pytest.fixture
def story(folder: Path) -> Path:
    """A folder with one story in three papers."""
    (folder / "p1.txt").write_text(STORY)
    (folder / "p2.md").write_text("# Fire\n\nVASBY (Wire) - " + STORY.replace("forty", "40"))
    (folder / "p3.txt").write_text(f"{STORY}\nThe archive will stay closed until January.\n")
    return folder


def test_near_copies_are_named(capsys: Written, story: Path) -> None:
    assert main(["list", str(story), "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["documents"]
    assert ["copies" in each for each in listed] == [False, False, True, True, True]
    nearest = listed[2]["copies"][0]
    assert nearest == {"path": f"{story}/p3.txt", "shared": 1.0}
    assert {each["path"] for each in listed[2]["copies"]} == {f"{story}/p2.md", f"{story}/p3.txt"}
    assert main(["list", str(story), "-f", "text"]) == 0
    out = capsys.readouterr().out
    assert f"p1.txt  (near-copy of {story}/p3.txt and 1 more)\n" in out
    assert main(["list", str(story), "--copies"]) == 0
    assert capsys.readouterr().out == out


def test_near_copies_are_looked_for_only_if_wanted(
    capsys: Written, story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefqa.cli.list_command.COMPARED", 3)
    for arguments, named in (([], False), (["--copies"], True), (["--no-copies"], False)):
        assert main(["list", str(story), "--json", *arguments]) == 0
        assert ('"copies": ' in capsys.readouterr().out) is named
