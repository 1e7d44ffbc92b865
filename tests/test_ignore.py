"""The files of a folder that are read: ignore files, patterns, collections."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefqa.assistant import Assistant
from briefqa.documents import LoadedDocuments, Selection, load
from briefqa.documents.ignore import FILE_SIZE_LIMIT, PATTERNS_LIMIT
from conftest import Ask, Run
from tui import Driver, drive

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
SHIPS = "How many ships?"

Grow = Callable[[dict[str, str]], Path]


@pytest.fixture
def grow(tmp_path: Path) -> Grow:
    """Create files with these texts in a folder, and make it the working folder."""

    def make(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return make


def ships(*names: str) -> dict[str, str]:
    """Return texts with a different number of ships in each."""
    return {name: f"Forty-{number} ships came.\n" for number, name in enumerate(names)}


def names(loaded: LoadedDocuments, folder: Path) -> list[str]:
    return [Path(each.path).relative_to(folder).as_posix() for each in loaded.documents]


def test_ignore_files_leave_out_what_they_match(grow: Grow) -> None:
    folder = grow(
        ships("a.txt", "a.log", "sub/b.txt", "sub/keep.log", "sub/old/c.txt", "draft.txt")
        | {".gitignore": "*.log\nold/\n", "sub/.gitignore": "!keep.log", ".briefqaignore": "draft*"}
    )
    assert names(load([str(folder)]), folder) == ["a.txt", "sub/b.txt", "sub/keep.log"]
    everything = load([str(folder)], selection=Selection(use_ignore_files=False))
    assert len(everything.documents) == 6


def test_our_own_ignore_file_comes_before_that_of_git(grow: Grow) -> None:
    folder = grow(ships("a.md", "b.md") | {".gitignore": "*.md", ".briefqaignore": "!a.md"})
    assert names(load([str(folder)]), folder) == ["a.md"]


def test_a_file_that_is_named_is_never_ignored(grow: Grow) -> None:
    folder = grow(ships("a.log", "b.txt") | {".gitignore": "*"})
    loaded = load([str(folder / "a.log")], selection=Selection(("*.md",), ("*.log",)))
    assert (names(loaded, folder), loaded.problems) == (["a.log"], ())


@pytest.mark.parametrize("start", [".", "sub", "sub/deep"])
def test_the_ignore_files_above_count_up_to_the_repository(
    grow: Grow, start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = grow(
        ships("r/sub/deep/a.txt", "r/sub/deep/b.log", "r/sub/deep/c.tmp", "r/sub/deep/d.txt")
        | {"r/.git/HEAD": "", ".gitignore": "a.txt", "r/.gitignore": "*.log\n/sub/deep/d.txt"}
        | {"r/sub/.briefqaignore": "deep/*.tmp"}
    )
    monkeypatch.chdir(folder / "r" / start)
    for given in (".", str(folder / "r" / start)):
        assert [Path(each.path).name for each in load([given]).documents] == ["a.txt"]


def test_outside_a_repository_nothing_above_counts(grow: Grow) -> None:
    folder = grow(ships("sub/a.txt") | {".gitignore": "*"})
    assert names(load([str(folder / "sub")]), folder) == ["sub/a.txt"]


def test_a_folder_that_is_named_is_read_though_it_is_ignored(grow: Grow) -> None:
    folder = grow(
        ships("build/out/a.txt", "build/out/b.log") | {".git/HEAD": "", ".gitignore": "build/"}
        | {"build/out/.gitignore": "*.log"}
    )  # fmt: skip
    assert names(load([str(folder / "build/out")]), folder) == ["build/out/a.txt"]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(include=("*.md",)), ["a.md", "sub/c.md"]),
        (Selection(include=("*.md", "sub/")), ["a.md", "sub/c.md", "sub/d.txt"]),
        (Selection(include=("sub/*.txt",)), ["sub/d.txt"]),
        (Selection(include=("*.md",), exclude=("sub/",)), ["a.md"]),
        (Selection(exclude=("*.md",)), ["b.txt", "sub/d.txt"]),
        (Selection(exclude=("*", "!*.md", "!sub/")), ["a.md", "sub/c.md"]),
    ],
)
def test_patterns_choose_among_what_a_folder_holds(
    grow: Grow, selection: Selection, expected: list[str]
) -> None:
    folder = grow(ships("a.md", "b.txt", "sub/c.md", "sub/d.txt"))
    assert names(load([str(folder)], selection=selection), folder) == expected
    assert names(load([f"{folder}{os.sep}"], selection=selection), folder) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("#" * (FILE_SIZE_LIMIT + 1), "larger than 262,144 bytes; its patterns are not applied"),
        (
            "a.txt\n" * (PATTERNS_LIMIT // 5 + 1),
            "more than 65,536 characters of patterns; they are not applied",
        ),
    ],
)
def test_an_ignore_file_that_says_too_much_is_told(grow: Grow, text: str, reason: str) -> None:
    folder = grow(ships("a.txt") | {".gitignore": text})
    loaded = load([str(folder)])
    assert [str(each) for each in loaded.problems] == [f"{folder / '.gitignore'}: {reason}"]
    assert names(loaded, folder) == ["a.txt"]


def test_ignore_files_in_one_another_are_bounded_together(grow: Grow) -> None:
    files = {"/".join(["d"] * depth + [".gitignore"]): "*.log\n" * 1500 for depth in range(20)}
    folder = grow(files | ships("/".join(["d"] * 20 + ["a.txt"])))
    loaded = load([str(folder)])
    assert len(loaded.problems) == 20 - PATTERNS_LIMIT // (1500 * len("*.log"))
    assert len(loaded.documents) == 1


def test_an_ignore_file_of_any_bytes_does_no_harm(grow: Grow) -> None:
    folder = grow(ships("a.txt", "b.txt"))
    (folder / ".gitignore").write_bytes(bytes(range(256)) * 10 + b"\n\xff*\nb.txt")
    assert names(load([str(folder)]), folder) == ["a.txt"]


@posix
def test_a_name_of_any_bytes_can_be_ignored(grow: Grow) -> None:
    folder = grow(ships("a.txt"))
    (folder / os.fsdecode(b"\xff.txt")).write_text("Forty ships.\n")
    (folder / ".gitignore").write_bytes(b"\xff.txt\n")
    assert names(load([str(folder)]), folder) == ["a.txt"]


@posix
@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "dangling"])
def test_an_ignore_file_that_is_none_says_nothing(grow: Grow, kind: str) -> None:
    folder = grow(ships("r/a.txt") | {".git/HEAD": ""})
    for path in (folder / ".gitignore", folder / "r" / ".briefqaignore"):
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "folder":
            path.mkdir()
        else:
            path.symlink_to("/dev/zero" if kind == "device" else "nowhere")
    loaded = load([str(folder / "r")])
    assert names(loaded, folder) == ["r/a.txt"]
    assert len(loaded.problems) == (kind == "dangling")


def test_a_folder_of_which_nothing_is_wanted_says_how_to_read_it(ask: Ask, grow: Grow) -> None:
    folder = grow(ships("a.txt") | {".gitignore": "*"})
    result = ask(SHIPS, str(folder))
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        f"briefqa: {folder}: no file in it is selected; see --no-ignore, --include and --exclude\n"
    )
    assert ask(SHIPS, str(folder), "--no-ignore").code == 0


def test_another_choice_is_another_index(ask: Ask, grow: Grow) -> None:
    folder = str(grow(ships("a.md", "b.txt") | {".gitignore": "b.txt"}))
    for _ in range(2):
        assert len(ask(SHIPS, folder, "-f", "paths").out.split()) == 1
        assert len(ask(SHIPS, folder, "-f", "paths", "--no-ignore").out.split()) == 2
        assert ask(SHIPS, folder, "-f", "paths", "--no-ignore", "--exclude", "*.md").out.endswith(
            "b.txt\n"
        )
        assert ask(SHIPS, folder, "-f", "paths", "--include", "*.md").out.endswith("a.md\n")


def test_a_changed_ignore_file_changes_the_answers_at_once(ask: Ask, grow: Grow) -> None:
    folder = grow(ships("a.md", "b.txt"))
    assistant = Assistant.open([str(folder)])
    assert assistant.size.documents == 2
    (folder / ".briefqaignore").write_text("*.md")
    assert assistant.refresh()
    assert (assistant.size.documents, assistant.refresh()) == (1, False)
    assert ask(SHIPS, str(folder), "-f", "paths").out == f"{folder / 'b.txt'}\n"


def test_the_app_chooses_as_the_commands_do(grow: Grow) -> None:
    folder = grow(ships("a.md", "b.txt", "c.txt") | {".gitignore": "c.txt"})

    async def scenario(app: Driver) -> None:
        assert app.screen.corpus is not None
        assert len(app.screen.corpus.assistant.paths) == 1

    drive(scenario, str(folder), selection=Selection(exclude=("*.md",)))


@pytest.fixture
def collections(grow: Grow, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two collections, one of which is also defined by the user."""
    folder = grow(
        ships("energy/a.txt", "energy/b.md", "other.txt")
        | {".briefqa.toml": 'exclude = ["*.md"]\n[collections]\nenergy.paths = ["energy"]\n'}
    )
    place = Path(os.environ["XDG_CONFIG_HOME"]) / "briefqa"
    place.mkdir(parents=True)
    (place / "config.toml").write_text(
        '[collections.energy]\npaths = ["gone"]\n'
        f"[collections.rest]\npaths = ['{folder / 'other.txt'}']\n"
    )
    monkeypatch.chdir(folder)
    return folder


def test_a_collection_is_asked_by_its_name(ask: Ask, collections: Path) -> None:
    here = os.path.join("energy", "a.txt")
    other = str(collections / "other.txt")
    assert ask(SHIPS, "-c", "energy", "-f", "paths").out == f"{here}\n"
    both = ask(SHIPS, "-c", "energy", "--collection", "rest", "-f", "paths").out
    assert sorted(both.split()) == sorted([here, other])
    with_path = ask(SHIPS, "other.txt", "-c", "energy", "-f", "paths").out
    assert sorted(with_path.split()) == [here, "other.txt"]


def test_all_commands_know_collections_and_patterns(run: Run, collections: Path) -> None:
    known = collections / "known.jsonl"
    known.write_text('{"question": "How many ships came?", "answers": ["Forty-0"]}\n')
    options = ("-c", "energy", "--exclude", "*.log")
    assert run("eval", str(known), *options).code == 0
    assert "documents  2" in run("index", *options).out
    assert run("index", "status", *options).code == 0
    assert run("index", "status", "-c", "energy").code == 1
    assert run("index", "clear", *options).out == "1 index removed\n"
    assert "the app needs a terminal" in run(*options).err


def test_a_collection_that_there_is_not_is_told(ask: Ask, collections: Path) -> None:
    assert ask(SHIPS, "-c", "enregy").err == (
        "briefqa: unknown collection enregy; did you mean energy?\n"
    )
    (collections / ".briefqa.toml").unlink()
    (Path(os.environ["XDG_CONFIG_HOME"]) / "briefqa" / "config.toml").unlink()
    result = ask(SHIPS, "-c", "energy")
    assert (result.code, result.err) == (
        2,
        "briefqa: unknown collection energy; add it with briefqa config edit\n",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[collections.energy]\n", ":1: collections.energy: no paths; set paths ="),
        ("collections.energy = 3", ":1: collections.energy: no paths; set paths ="),
        ("collections = 3", ":1: collections: expected a table"),
        ("[collections.a]\n\npth = 3", ":3: unknown key pth; did you mean paths?"),
        ("[collections.a]\npaths = 'x'", ":2: collections.a.paths: expected a list of strings"),
        ("include = ['']", ":1: include: expected a pattern such as *.md or drafts/, got nothing"),
        ("exclude = ['# x']", ":1: exclude: expected a pattern such as *.md or drafts/, got # x"),
        ("ignore = 'no'", ":1: ignore: expected true or false"),
    ],
)
def test_a_mistake_in_what_is_chosen_is_told(
    ask: Ask, collections: Path, text: str, message: str
) -> None:
    (collections / ".briefqa.toml").write_text(text)
    result = ask(SHIPS, "other.txt")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"briefqa: .briefqa.toml{message}")


def test_a_pattern_on_the_command_line_that_is_none_is_told(ask: Ask) -> None:
    assert (
        "--exclude: expected a pattern such as *.md or drafts/, got nothing"
        in ask(SHIPS, "--exclude=").err
    )
