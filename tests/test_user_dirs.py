"""The user's folders are those that platformdirs names."""

import os
import sys

import pytest
from platformdirs import PlatformDirs
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from briefqa.user_dirs import user_folder

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX paths")
VARIABLES = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME")


def set_environment(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


@posix
@pytest.mark.parametrize(
    "environment",
    [
        {"HOME": "/home/me"},
        {"HOME": "/home/me", "XDG_CACHE_HOME": "/var/cache/me", "XDG_CONFIG_HOME": "/etc/me"},
        {"HOME": "/home/me", "XDG_CACHE_HOME": "", "XDG_CONFIG_HOME": " "},
        {"HOME": "/home/with space/é"},
    ],
)
def test_on_linux(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    set_environment(monkeypatch, environment)
    expected = Unix("briefqa", appauthor=False)
    assert user_folder("cache", os.environ, "linux") == expected.user_cache_dir
    assert user_folder("config", os.environ, "linux") == expected.user_config_dir


@posix
def test_on_macos(monkeypatch: pytest.MonkeyPatch) -> None:
    set_environment(monkeypatch, {"HOME": "/Users/me"})
    expected = MacOS("briefqa", appauthor=False)
    assert user_folder("cache", os.environ, "darwin") == expected.user_cache_dir
    assert user_folder("config", os.environ, "darwin") == expected.user_config_dir


def test_on_this_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    set_environment(monkeypatch, {})
    # Without an opinion, platformdirs adds no folder "Cache" on Windows.
    expected = PlatformDirs("briefqa", appauthor=False, opinion=False)
    assert user_folder("cache", os.environ, sys.platform) == expected.user_cache_dir
    assert user_folder("config", os.environ, sys.platform) == expected.user_config_dir
