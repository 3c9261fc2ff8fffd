import os
import subprocess
import sys
from pathlib import Path

import pytest


def test_places_are_told_without_making_them(run, home):
    assert run("config", "path").out == f"{home}/.config/annotator/settings.toml\n"
    assert run("config", "path", "library").out == f"{home}/.local/share/annotator\n"
    assert run("--library", "x", "config", "path", "library").out == f"{home.parent}/x\n"
    assert run("config", "path", "log").out == f"{home}/.local/state/annotator/annotator.log\n"
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_is_printed_or_installed(run, home, shell):
    script = run("completion", shell).out
    assert "_ANNOTATOR_COMPLETE" in script
    done = run("completion", shell, "--install")
    assert done.code == 0
    assert Path(done.out.strip()).read_text("utf-8") == script
    assert done.out.startswith(str(home))


def test_a_completion_that_cannot_be_installed_is_said(run, home):
    (home / ".config").write_text("a file")
    done = run("completion", "fish", "--install")
    assert done.code == 1
    assert "cannot be written" in done.err


def completions(*words):
    asked = {
        "_ANNOTATOR_COMPLETE": "fish_complete",
        "COMP_WORDS": " ".join(["annotator", *words]),
        "COMP_CWORD": words[-1],
    }
    done = subprocess.run(
        [sys.executable, "-c", "from annotator.cli import main; main()"],
        env=os.environ | asked,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def test_commands_articles_tags_and_kinds_are_completed(run, kept):
    run("mark", kept, "ran without coal", "--tag", "energy/coal")
    assert "export" in completions("exp")
    assert f"{kept}\tThe grid at night" in completions("show", kept[:3]).replace(",", "\t") or (
        kept in completions("show", kept[:3])
    )
    assert "energy/coal" in completions("notes", "--tag", "ener")
    assert "question" in completions("mark", kept, "--kind", "qu")


def test_completing_in_an_unreadable_library_offers_nothing(home, monkeypatch):
    (home / "file").write_text("")
    monkeypatch.setenv("ANNOTATOR_LIBRARY", str(home / "file"))
    assert completions("show", "a").strip() == ""
