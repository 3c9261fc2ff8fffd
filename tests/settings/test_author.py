"""The name of the user comes from the settings, from git, or from the login."""

import getpass
import subprocess

import pytest

from annotator.settings.author import author_name


@pytest.fixture
def git(monkeypatch, tmp_path):
    """Let git know nobody but whom its own files name, and return a repository."""
    for name in ("GIT_CONFIG_COUNT", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    subprocess.run(["git", "init", "-q", tmp_path / "library"], check=True)
    return tmp_path / "library"


def test_the_name_in_the_settings_comes_first(git):
    assert author_name("  Ann\x1b[31m Lee\n", git) == "Ann Lee"


def test_without_it_git_is_asked_also_for_the_name_of_the_repository_alone(git):
    (git.parent / ".gitconfig").write_text("[user]\nname = Ann Reader\n")
    assert author_name("", git.parent) == "Ann Reader"
    subprocess.run(["git", "-C", git, "config", "user.name", "Desk 4"], check=True)
    assert author_name("", git) == "Desk 4"


def test_without_git_it_is_the_login_name(git, monkeypatch):
    assert author_name("", git) == getpass.getuser()
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("LOGNAME", "ann")
    assert author_name("", git) == "ann"
