"""Patterns match what they match in git, without delay."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefqa.documents.gitignore import PatternList
from briefqa.documents.sources import walk


def verdict(lines: str, path: str) -> bool | None:
    """Return the match of a path with patterns; the path of a folder ends with a slash."""
    way = path.removesuffix("/")
    name = way.rpartition("/")[2]
    return PatternList(lines.split("\n")).match(way, name, is_folder=path.endswith("/"))


@pytest.mark.parametrize(
    ("lines", "chosen", "others"),
    [
        ("notes.txt", ["notes.txt", "a/notes.txt", "notes.txt/"], ["notes.txt.md", "a/xnotes.txt"]),
        ("*.log", ["a.log", ".log", "a/b.log"], ["a.log.txt", "log"]),
        ("drafts/", ["drafts/", "a/drafts/"], ["drafts", "a/drafts"]),
        ("/top.md", ["top.md"], ["a/top.md"]),
        ("a/b", ["a/b"], ["c/a/b", "a/c/b"]),
        ("a/*", ["a/b"], ["a/b/c", "a"]),
        ("a/**", ["a/b", "a/b/c"], ["a", "b/a/c"]),
        ("**/b", ["b", "a/b", "a/a/b"], ["a/bb"]),
        ("a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["ab", "a/xb", "c/a/b"]),
        ("a?c", ["abc", "a.c"], ["ac", "abbc"]),
        ("*a*b*", ["ab", "xaxbx", "aab"], ["ba", "a"]),
        ("[a-c]x", ["ax", "cx"], ["dx", "-x"]),
        ("[!a-c]x", ["dx", "-x"], ["ax", "x"]),
        ("[]a]x", ["]x", "ax"], ["x", "bx"]),
        ("[[:digit:][:upper:]]x", ["7x", "Ax"], ["ax", ":x"]),
        ("[&&a--b||]", ["&", "a", "|"], ["-b", "c"]),
        ("[a", [], ["[a", "a"]),
        ("[]", [], ["[]", "]", ""]),
        ("[!]", [], ["[!]", "!", "a"]),
        ("\\*x", ["*x"], ["ax"]),
        ("\\!x", ["!x"], ["x"]),
        ("\\#x", ["#x"], ["x"]),
        ("# x", [], ["# x", "x"]),
        ("x  ", ["x"], ["x  "]),
        ("x\\ ", ["x "], ["x"]),
        ("x\r", ["x"], []),
        ("", [], ["x"]),
        ("/", [], ["x"]),
        ("a" * 2000, [], ["a" * 2000]),
        ("a*\nb", ["ab"], ["c"]),
        ("*.md\n!keep.md", ["a.md"], ["a.txt"]),
    ],
)
def test_a_pattern_matches_what_gitignore_says(
    lines: str, chosen: list[str], others: list[str]
) -> None:
    assert [path for path in chosen if not verdict(lines, path)] == []
    assert [path for path in others if verdict(lines, path)] == []


def test_the_last_pattern_that_matches_counts() -> None:
    assert verdict("*.md\n!keep.md", "keep.md") is False
    assert verdict("!keep.md\n*.md", "keep.md") is True
    assert verdict("*.md", "a.txt") is None


NAMES = ("a", "b", "ab", "ba", "a.b", "x1", "[a]", "a b", "*a", "-")
TOKENS = ("a", "b", "*", "?", ".", "1", "[ab]", "[!a]", "[a-z]", "[]b]", "[[:alpha:]]", "\\*", "[a",
          " ", "\\ ", "[b-a]", "[a-]", "[--0]", "-")  # fmt: skip
names = st.lists(st.sampled_from(TOKENS), min_size=1, max_size=3).map("".join)
unstarred = names.filter(lambda name: "**" not in name)
paths = st.lists(unstarred | st.just("**"), min_size=1, max_size=3).map("/".join)
globs = st.builds(
    "".join,
    st.tuples(st.sampled_from(["", "", "", "!", "#"]), st.sampled_from(["", "", "/"]), paths,
              st.sampled_from(["", "", "/", "  "])),
)  # fmt: skip
ignore_files = st.lists(globs, min_size=1, max_size=5).map("\n".join)
trees = st.sets(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map(tuple), min_size=3, max_size=12
)


def grow(folder: Path, tree: set[tuple[str, ...]]) -> None:
    for parts in sorted(tree, key=len, reverse=True):
        path = folder.joinpath(*parts)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()


@settings(deadline=None, max_examples=25)
@given(trees, ignore_files, ignore_files)
def test_what_git_ignores_is_left_out(
    tmp_path_factory: pytest.TempPathFactory, tree: set[tuple[str, ...]], above: str, below: str
) -> None:
    folder = tmp_path_factory.mktemp("repository")
    grow(folder, tree)
    inner = next((path for path in sorted(folder.iterdir()) if path.is_dir()), folder)
    (inner / ".gitignore").write_text(below)
    (folder / ".gitignore").write_text(above)
    git = ["git", "-C", str(folder)]
    subprocess.run([*git, "init", "-q"], check=True, timeout=60)
    listing = [*git, "ls-files", "-o", "-z", "--exclude-standard"]
    listed = subprocess.run(listing, capture_output=True, check=True, timeout=60).stdout
    expected = {path for path in os.fsdecode(listed).split("\0") if path}
    found = [path for path, *_ in walk(str(folder))[0]]
    assert {Path(path).relative_to(folder).as_posix() for path in found} == {
        path for path in expected if not os.path.basename(path).startswith(".")
    }


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a*a*a*a*b", "a" * 255),
        ("*a" * 100 + "*b", "a" * 255),
        ("*[ab]?" * 100 + "*c", "ab" * 127),
        ("**/a*a*b/" * 50 + "x", "aaaaaaaaaaab/" * 300 + "y"),
        ("/" + "**/a/" * 100 + "x", "a/" * 2000 + "y"),
        ("[" * 1000, "[" * 255),
        ("[[:a" * 250, "a"),
        ("a/" + "*/" * 500 + "b", "a/" * 2000 + "c"),
    ],
)
def test_no_pattern_takes_long(pattern: str, path: str) -> None:
    """With a backtracking matcher, this test would not end."""
    assert verdict(pattern, path) is None


@settings(deadline=None)
@given(st.text("[]!^-\\*?/ab:.#\n ", max_size=12) | st.text(), st.text(max_size=40))
def test_any_line_is_a_pattern_or_none(line: str, name: str) -> None:
    assert verdict(line, name) in (True, False, None)
