"""The settings of the app: stored in the user's configuration file, whose comments remain."""

import sys
from pathlib import Path

import pytest

from briefqa.configuration import Values
from briefqa.configuration.config_file import read_layer
from briefqa.configuration.key_table import TEMPLATE
from briefqa.tui.settings import DEFAULTS, save_settings, settings_of

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
NORD = DEFAULTS._replace(theme="nord", wrap=False)


def saved(path: Path) -> Values:
    layer = read_layer(str(path), personal=True)
    assert layer.problems == ()
    return layer.values


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEMPLATE,
        "top = 3 # three\n",
        "# mine\n\n[app] # here\n# dark\ntheme = 'x' # why\n",
        "app = { theme = 'x' } # inline\n",
        "app.theme = 'x' # dotted\ntop = 3\n",
        "[app.keys]\n'pane.zoom' = 'f7' # zoom\n",
        "[app.keys] # first\nquit = 'f9'\n\n[app]\ntheme = 'x'",
        "top = 3\r\n[app]\r\nwrap = true\r\n",
    ],
)
def test_saving_changes_what_is_to_change_and_keeps_the_rest(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(text.encode())
    before = saved(path)
    assert save_settings(path, settings_of(before), settings_of(before)._replace(theme="nord"))
    assert saved(path) == before._replace(theme="nord")
    written = path.read_bytes().decode()
    comments = [line[line.index("#") :].strip() for line in text.splitlines() if "#" in line]
    assert all(comment in written for comment in comments)


def test_a_file_is_made_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    assert save_settings(path, DEFAULTS, NORD)
    assert settings_of(saved(path)) == NORD


@pytest.mark.parametrize("text", ["[", "app = 3", "top = 0\n", "\ufeff[app", "#" * 70_000])
def test_a_file_with_a_mistake_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    assert not save_settings(path, DEFAULTS, NORD)
    assert path.read_text(encoding="utf-8") == text


@posix
def test_a_file_that_is_kept_elsewhere_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    kept, link = tmp_path / "dotfiles" / "briefqa.toml", tmp_path / "config.toml"
    kept.write_text("top = 3\n")
    link.symlink_to(kept)
    assert save_settings(link, DEFAULTS, NORD)
    assert link.is_symlink()
    assert settings_of(saved(kept)) == NORD


@posix
def test_a_link_to_itself_is_no_reason_to_fail(tmp_path: Path) -> None:
    link = tmp_path / "config.toml"
    link.symlink_to(link)
    assert not save_settings(link, DEFAULTS, NORD)
    assert link.is_symlink()
