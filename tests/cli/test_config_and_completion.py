import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def test_locations_are_printed_without_creating_them(run, home):
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
    first, second = map(Path, done.out.splitlines())
    assert first.read_text("utf-8") == script
    assert "annotator-tui" in second.read_text("utf-8")
    assert first.is_relative_to(home)
    assert second.is_relative_to(home)


def test_a_completion_that_cannot_be_installed_is_reported(run, home):
    (home / ".config").write_text("a file")
    done = run("completion", "fish", "--install")
    assert done.code == 1
    assert "Can't write" in done.err


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


def test_articles_in_the_bin_are_completed(run, kept):
    run("remove", kept)
    assert kept in completions("restore", kept[:3])
    assert kept in completions("empty-bin", kept[:3])


def test_filters_marks_and_speakers_are_completed(run, kept):
    made = run("mark", kept, "ran without coal", "--tag", "energy", "--speaker", "Ann Lee")
    mark = made.out.split("\t")[0]
    assert "status:disputed" in completions("claims", "sta")
    assert 'by:"Ann Reader"' in completions("claims", "by:a")
    assert "status:" in completions("claims", "")
    assert "tag:energy" in completions("list", "tag:e")
    assert 'speaker:"Ann Lee"' in completions("claims", "speaker:a")
    assert "marked:week" in completions("claims", "marked:w")
    assert mark in completions("edit", mark[:6])
    assert f"{kept}#{mark}" in completions("unmark", f"{kept}#")
    assert "Ann Lee" in completions("edit", "--speaker", "an")
    assert "unverifiable" in completions("edit", mark, "--status", "un")


def test_filters_are_completed_in_bash_which_splits_them_at_the_colon(run, kept):
    assert completions("list", "is", ":", "un").split(",")[-1].strip() == "unread"
    assert "unread" in completions("list", "is", ":")


def test_an_unreadable_library_completes_nothing(home, monkeypatch):
    (home / "file").write_text("")
    monkeypatch.setenv("ANNOTATOR_LIBRARY", str(home / "file"))
    assert completions("show", "a").strip() == ""


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """Set an editor that appends lines to a file."""
    script = tmp_path / "editor"

    def adds(*lines):
        added = "".join(f"echo '{line}' >> \"$1\"\n" for line in lines)
        script.write_text(f"#!/bin/sh\n{added}")
        script.chmod(0o700)
        monkeypatch.setenv("VISUAL", str(script))

    return adds


def test_settings_are_created_with_explanations_edited_and_checked(run, home, editor):
    editor("width = 60")
    done = run("config", "edit")
    file = home / ".config/annotator/settings.toml"
    assert done.code == 0
    assert done.err.endswith("Settings OK.\n")
    assert "# export_folder = " in file.read_text("utf-8")
    assert file.read_text("utf-8").endswith("width = 60\n")


def test_a_setting_is_read_and_written_with_the_comments_of_the_file(run, home):
    assert run("config", "get", "width").out == "72\n"
    assert run("config", "set", "width", "66").err == "width is 66 now.\n"
    assert run("config", "set", "check_worthy", "on").code == 0
    file = home / ".config" / "annotator" / "settings.toml"
    assert "\nwidth = 66\n" in file.read_text()
    assert file.read_text().count("# ") > 20
    rows = [line.split("\t") for line in run("config", "list").out.splitlines()]
    assert ["width", "66"] in [row[:2] for row in rows]
    assert json.loads(run("config", "list", "--json").out)["check_worthy"] == "true"
    wrong = run("config", "set", "width", "wide")
    assert (wrong.code, "a whole number from 20 to 200" in wrong.err) == (7, True)
    assert "Unknown SETTING: “widht”" in run("config", "set", "widht", "66").err
    run("config", "set", "width", "")
    assert run("config", "get", "width").out == "72\n"


def test_existing_settings_change_only_by_the_edit(run, home, editor):
    file = home / ".config/annotator/settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text("# mine\n")
    editor("width = 60")
    assert run("config", "edit").code == 0
    assert file.read_text() == "# mine\nwidth = 60\n"


def test_mistakes_in_edited_settings_are_reported_with_their_lines(run, home, editor):
    file = home / ".config/annotator/settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text("# mine\n")
    editor('theme = "bright"', "[keys]", '"view.tip" = "g"', '"view.top" = "G"')
    done = run("config", "edit")
    assert done.code == 7
    assert "Line 2: Unknown theme “bright”." in done.err
    assert "Line 4: Unknown key id “view.tip”. Did you mean “view.top”?" in done.err
    assert "Line 5: “view.top”: G is already the key of “view.bottom”" in done.err
    assert run("config", "check").err == done.err


def test_a_missing_editor_is_reported(run, home, monkeypatch):
    monkeypatch.setenv("VISUAL", "no-such-editor")
    done = run("config", "edit")
    assert done.code == 1
    assert "Editor “no-such-editor” not found." in done.err


def test_settings_that_cannot_be_written_are_reported(run, home, editor):
    (home / ".config").write_text("a file")
    editor("width = 60")
    done = run("config", "edit")
    assert done.code == 7
    assert "Can't write" in done.err


def test_config_without_a_command_lists_its_commands(run):
    done = run("config")
    assert done.code == 2
    assert done.err.startswith(
        "Error: Missing command. Choose one of: path, list, get, set, edit, check.\n"
    )


def test_wrong_values_keys_and_themes_are_reported_together(run, home):
    file = home / ".config/annotator/settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text('width = 1\ntheme = "nowhere"\n[keys]\n"no.such-key" = "m"\n')
    done = run("config", "check")
    assert done.code == 7
    assert f"Error: {file} has errors:\nLine 1: width is 1;" in done.err
    assert "\nLine 2: Unknown theme “nowhere”.\nLine 4: " in done.err


def test_an_unknown_service_and_a_missing_token_file_are_named_with_their_lines(run, home):
    folder = home / ".config/annotator"
    folder.mkdir(parents=True)
    (folder / "token").write_text("secret\n")
    good = f'[[accounts]]\nname = "links"\nservice = "linkding"\ntoken_file = "{folder}/token"\n'
    bad = '[[accounts]]\nname = "desk"\nservice = "hypotesis"\ntoken_file = "/none/token"\n'
    (folder / "settings.toml").write_text(good + bad)
    done = run("config", "check")
    assert (done.code, "Settings OK." in done.err) == (7, False)
    assert 'Line 7: service of the account "desk" is "hypotesis"; it must be one of hyp' in done.err
    assert "Line 8: The token file /none/token cannot be read.\n" in done.err
    (folder / "settings.toml").write_text(good)
    assert run("config", "check").err == "Settings OK.\n"


def test_the_files_beside_the_settings_are_checked_all_of_them(run, home):
    folder = home / ".config/annotator"
    folder.mkdir(parents=True)
    cookies = folder / "cookies.txt"
    (folder / "settings.toml").write_text(f'cookies = "{cookies}"\n')
    cookies.write_text("no cookies\n")
    rules = '["a.org"]\nremove = ["p[", ".promo"]\n["b.org"]\nkeep = ["//div["]\n'
    (folder / "sites.toml").write_text(rules)
    done = run("config", "check")
    assert done.code == 7
    assert "Settings OK." in done.err
    assert f"{folder}/sites.toml, line 2: “p[” is not a valid CSS selector" in done.err
    assert f"{folder}/sites.toml, line 4: “//div[” is not a valid XPath" in done.err
    assert f"{cookies} is not a Netscape cookies file." in done.err
    cookies.write_text("# Netscape HTTP Cookie File\n.a.org\tTRUE\t/\tFALSE\t0\tname\tvalue\n")
    (folder / "sites.toml").write_text('["a.org"]\nremove = [".promo"]\n')
    done = run("config", "check")
    assert (done.code, done.err) == (0, "Settings OK.\nSite rules OK.\nCookies OK.\n")


def test_a_folder_of_downloads_that_is_missing_is_said_where_it_is_set_and_checked(run, home):
    said = f"Error: There is no folder {home}/Saved, which download_folder names.\n"
    done = run("config", "set", "download_folder", f"{home}/Saved")
    assert (done.code, said in done.err) == (0, True)
    done = run("config", "check")
    assert (done.code, said in done.err) == (7, True)
    done = run("doctor")
    assert (done.code, said in done.err) == (0, True)
    (home / "Saved").mkdir()
    assert "Folder of downloads OK." in run("config", "check").err
    assert "Saved" not in run("doctor").err
