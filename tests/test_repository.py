"""The repository: what is at its top level, and the names of modules."""

import ast
import re
import shutil
import subprocess
import tomllib
from collections import Counter
from pathlib import PurePosixPath

import pytest
from packaging.requirements import Requirement

from conftest import ROOT

TOP_LEVEL = frozenset(
    ".ci .gitattributes .github .gitignore .pre-commit-config.yaml CHANGELOG.md LICENSE README.md"
    " docs pyproject.toml seeds src tests".split()
)
"""The entries of the top level."""
GENERATED = re.compile(
    r"\.(?:coverage.*|git|hypothesis|import_linter_cache|mypy_cache|pytest_cache|ruff_cache|venv)"
    r"|PKG-INFO|build|dist|htmlcov|.*\.egg-info"
)
"""The entries that git and tools create, and that a source distribution adds."""
NAME = re.compile(r"[\w.+-]+(?:/[\w.+-]+)*", re.ASCII)
"""A path that is valid on every system and in every shell."""


def files() -> list[PurePosixPath]:
    """Return the files in git; without git, as in a source distribution, those that exist."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        command = ["git", "ls-files", "-z"]
        done = subprocess.run(command, capture_output=True, cwd=ROOT, timeout=60, check=False)
        if done.returncode == 0:
            return [PurePosixPath(path.decode()) for path in done.stdout.split(b"\0") if path]
    tops = [path for path in ROOT.iterdir() if not GENERATED.fullmatch(path.name)]
    found = [path for top in tops for path in ([top] if top.is_file() else top.rglob("*"))]
    ours = [path for path in found if path.is_file() and "__pycache__" not in path.parts]
    return [PurePosixPath(path.relative_to(ROOT).as_posix()) for path in ours]


FILES = files()
MODULES = [path for path in FILES if path.parts[0] == "src" and path.suffix == ".py"]


def test_nothing_is_at_the_top_level_that_does_not_belong_there() -> None:
    assert {path.parts[0] for path in FILES} <= TOP_LEVEL


@pytest.mark.parametrize("folder", ["src/briefqa", "tests", "docs", "seeds"])
def test_the_parts_of_the_repository_are_there(folder: str) -> None:
    assert any(str(path).startswith(f"{folder}/") for path in FILES)


def test_paths_are_plain() -> None:
    assert [str(path) for path in FILES if not NAME.fullmatch(str(path))] == []


def test_no_two_modules_have_the_same_name() -> None:
    names = [path.stem for path in MODULES if not path.stem.startswith("__")]
    packages = {path.parent for path in MODULES if path.name == "__init__.py"}
    counts = Counter([*names, *(package.name for package in packages)])
    assert [name for name, count in counts.items() if count > 1] == []


def test_no_two_public_classes_have_the_same_name() -> None:
    trees = [ast.parse((ROOT / path).read_text(encoding="utf-8")) for path in MODULES]
    classes = [node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]
    counts = Counter(each.name for each in classes if not each.name.startswith("_"))
    assert [name for name, count in counts.items() if count > 1] == []


LINE_LIMIT = 400
"""Lines of a module."""
FUNCTION_LIMIT = 40
"""Lines of a function, with its signature and docstring."""


def test_modules_and_functions_are_not_too_long_to_read() -> None:
    texts = {path: (ROOT / path).read_text(encoding="utf-8") for path in MODULES}
    assert [str(path) for path, text in texts.items() if text.count("\n") > LINE_LIMIT] == []
    nodes = [node for text in texts.values() for node in ast.walk(ast.parse(text))]
    functions = [each for each in nodes if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = [(each.name, (each.end_lineno or 0) - each.lineno + 1) for each in functions]
    assert [(name, length) for name, length in lengths if length > FUNCTION_LIMIT] == []


def test_no_conflict_is_left_in_a_file() -> None:
    marks = re.compile(r"^(?:<{7} |>{7} )", re.MULTILINE)
    for path in ROOT.glob("docs/*.md"):
        assert not marks.search(path.read_text(encoding="utf-8")), path


LOCKS = [path for path in FILES if path.parts[0] == ".github" and path.name.startswith("lock")]
"""Lock files; a source distribution has none."""
LOCKED = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[\w.+!-]+)(?: ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")


@pytest.mark.parametrize("path", LOCKS, ids=str)
def test_each_locked_version_has_hashes_and_comes_from_no_host_of_its_own(
    path: PurePosixPath,
) -> None:
    lines = (ROOT / path).read_text().splitlines()
    assert [line for line in lines if not (LOCKED.fullmatch(line) or HASH.fullmatch(line))] == []
    pairs = zip(lines, [*lines[1:], ""], strict=True)
    assert all(HASH.fullmatch(after) for line, after in pairs if LOCKED.fullmatch(line))


@pytest.mark.parametrize("path", LOCKS, ids=str)
def test_what_is_locked_is_what_the_project_asks_for(path: PurePosixPath) -> None:
    locked = {
        found["name"]: found["version"]
        for line in (ROOT / path).read_text().splitlines()
        if (found := LOCKED.fullmatch(line))
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"]
    wanted = {
        "lock.txt": [*project["project"]["dependencies"], *extras["dev"], *extras["pdf"]],
        "lock-package.txt": project["dependency-groups"]["package"],
    }[path.name]
    asked = [requirement for requirement in map(Requirement, wanted) if not requirement.extras]
    unlocked = [
        str(each)
        for each in asked
        if not each.specifier.contains(locked.get(each.name.lower().replace("_", "-"), "0"))
    ]
    assert unlocked == []
