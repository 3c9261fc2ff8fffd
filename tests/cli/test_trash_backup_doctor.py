"""The commands for the bin, backups and the doctor."""

import json
from pathlib import Path

import pytest

LIBRARY_FAILED = 5


@pytest.fixture
def folder(home, kept):
    """Return the library's folder, with an article in it."""
    return home / ".local" / "share" / "annotator"


@pytest.fixture
def file(folder, kept):
    return folder / "articles" / kept[:2] / kept / "annotations.json"


def test_a_removed_article_can_be_restored(run, kept):
    assert run("mark", kept, "Ann Lee").code == 0
    done = run("remove", kept[:6])
    assert done.code == 0
    assert done.out.startswith(f"removed\t{kept}\t")
    assert run("list").out == ""
    assert run("restore").out.startswith(f"{kept}\tThe grid at night\t")

    assert run("restore", kept[:6]).out == f"restored\t{kept}\tThe grid at night\n"
    assert "Ann Lee" in run("notes").out
    assert run("restore").err == "The bin is empty.\n"


def test_nothing_is_removed_if_one_of_several_is_unknown(run, kept):
    assert run("remove", kept, "ffff").code == LIBRARY_FAILED
    assert kept in run("list").out


def test_adding_says_what_the_bin_has_of_the_article_and_how_to_get_it(run, kept, story):
    run("mark", kept, "ran without coal")
    run("remove", kept)
    done = run("add", story)
    assert "The bin has it with 1 mark, since " in done.err
    assert f"annotator restore {kept[:8]}" in done.err
    assert run("restore", kept).out == f"restored\t{kept}\tThe grid at night\n"
    assert "ran without coal" in run("notes", kept).out
    assert run("undo").code == 0
    assert "ran without coal" not in run("notes", kept).out


def test_an_article_that_is_not_in_the_bin_cannot_be_restored(run, kept):
    done = run("restore", "ffff")
    assert done.code == LIBRARY_FAILED
    assert "No article in the bin" in done.err


def test_the_bin_is_listed_for_programs(run, kept):
    run("remove", kept)
    (entry,) = json.loads(run("restore", "--json").out)
    assert entry["id"] == kept
    assert entry["record"]["title"] == "The grid at night"


def test_the_bin_is_a_table_on_a_terminal(run, terminal, kept):
    run("mark", kept, "Ann Lee")
    run("remove", kept)
    heading, row, _ = terminal("restore", NO_COLOR="1").out.splitlines()
    assert heading.split() == ["ID", "TITLE", "DELETED", "MARKS"]
    assert row.startswith(f"{kept[:8]}  The grid at night  20")
    assert row.endswith("  1")


def test_the_bin_is_emptied_only_with_consent(run, kept):
    run("mark", kept, "Ann Lee")
    run("remove", kept)
    done = run("empty-bin")
    assert done.code == 2
    assert "This would delete 1 article and 1 mark for good. Nothing was changed." in done.err
    assert run("empty-bin", "ffff", "--yes").code == LIBRARY_FAILED
    assert kept in run("restore").out
    assert run("empty-bin", kept[:6], "--yes").out == f"deleted\t{kept}\tThe grid at night\n"
    done = run("empty-bin")
    assert (done.code, done.out, done.err) == (0, "", "The bin is empty.\n")


def test_an_identical_backup_leaves_nothing_behind_when_merged(run, kept, file, tmp_path):
    run("backup", tmp_path / "b.tar.zst")
    before = sorted(path.name for path in file.parent.iterdir())
    done = run("restore-backup", tmp_path / "b.tar.zst", "--merge")
    assert (done.code, done.err) == (0, "")
    assert sorted(path.name for path in file.parent.iterdir()) == before


def test_a_sound_library_has_no_problems(run, kept):
    run("mark", kept, "Ann Lee")
    done = run("doctor")
    assert done.code == 0
    assert done.out == "1 article, 1 mark, 1 version, 0 in the bin: no problems found.\n"


def test_the_doctor_lists_problems_and_changes_nothing(run, kept, file):
    file.write_bytes(b"{")
    file.with_name("annotations 2.json").write_bytes(b"{")
    done = run("doctor")
    assert done.code == LIBRARY_FAILED
    assert "problem\tdamaged\t" in done.out
    assert "annotator doctor --fix" in done.err
    assert file.read_bytes() == b"{"


def test_the_doctor_repairs_and_lists_the_repairs(run, kept, file):
    run("mark", kept, "Ann Lee")
    file.write_bytes(b"{")
    file.chmod(0o644)
    done = run("doctor", "--fix")
    assert done.code == 0, done.err
    assert "repaired\tdamaged\t" in done.out
    assert "repaired\tpermissions\t" in done.out
    assert done.out.endswith("no problems left.\n")
    assert "annotations.json.damaged-" in done.err
    assert "Ann Lee" in run("notes").out
    assert run("doctor").code == 0


def test_the_doctor_prints_json(run, kept, file):
    file.with_name("annotations.json.bak").unlink()
    report = json.loads(run("doctor", "--json").out)
    assert [each["problem"] for each in report["found"]] == ["second-copy"]
    report = json.loads(run("doctor", "--fix", "--json").out)
    assert report["found"] == []
    assert [each["problem"] for each in report["repaired"]] == ["second-copy"]


def test_a_backup_restores_the_same_library_elsewhere(run, kept, tmp_path):
    run("mark", kept, "Ann Lee")
    done = run("backup", tmp_path / "library.tar.zst")
    assert done.code == 0, done.err
    assert done.out.startswith("written\t")
    done = run("restore-backup", tmp_path / "library.tar.zst", "--into", tmp_path / "again")
    assert done.out == "added\t1\n"
    assert "Ann Lee" in run("--library", tmp_path / "again", "notes").out


def test_a_backup_is_merged_into_a_changed_library(run, kept, tmp_path):
    run("mark", kept, "Ann Lee")
    run("backup", tmp_path / "library.tar.zst")
    run("mark", kept, "two thirds")
    done = run("restore-backup", tmp_path / "library.tar.zst", "--merge")
    assert done.out == "added\t0\nmerged\t1\nin bin\t0\n"
    assert {"Ann Lee", "two thirds"} <= set(run("notes").out.replace("\n", "\t").split("\t"))


def test_a_backup_is_not_restored_without_a_target(run, kept, tmp_path):
    run("backup", tmp_path / "library.tar.zst")
    done = run("restore-backup", tmp_path / "library.tar.zst")
    assert done.code == 2
    assert "--into DIR or --merge" in done.err


def test_a_file_that_is_not_a_backup_changes_nothing(run, kept, tmp_path):
    (tmp_path / "other").write_bytes(b"data")
    for where in (["--merge"], ["--into", tmp_path / "new"]):
        done = run("restore-backup", tmp_path / "other", *where)
        assert done.code == LIBRARY_FAILED
        assert "not an intact backup" in done.err
    assert not (tmp_path / "new").exists()
    assert kept in run("list").out


def test_missing_files_and_folders_are_named(run, tmp_path):
    missing = tmp_path / "nowhere"
    restored = run("restore-backup", missing / "backup.tar.zst", "--merge")
    assert f"No such file: {missing / 'backup.tar.zst'}." in restored.err
    assert f"No such folder: {missing}." in run("backup", missing / "backup.tar.zst").err


def test_articles_that_match_a_query_are_removed_only_with_consent(run, kept, home):
    (home / "b.txt").write_text("Of bread\n\nIt costs more.\n", "utf-8")
    run("add", home / "b.txt")
    assert run("remove", "is:unread").code == 2
    assert len(run("list").out.splitlines()) == 2
    refused = run("remove", "bread")  # also if it is only one
    assert refused.err.startswith("Error: This would move 1 article to the bin.")
    assert run("remove", "bread", "--yes").out.split("\t")[2] == "Of bread\n"
    run("mark", kept, "Ann Lee")
    assert "1 article with 1 mark to the bin" in run("remove", "kind:claim").err
    assert run("remove", "is:unread", "--yes").out.split("\t")[1] == kept
    assert run("remove", "is:unread").code == LIBRARY_FAILED


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder of the kernel of Linux")
def test_a_folder_that_is_there_but_takes_no_files_is_not_said_to_be_missing(run, kept):
    done = run("backup", "/proc/library.tar.zst")
    assert done.code != 0
    assert "could not be" in done.err
    assert "No such folder" not in done.err


def test_the_doctor_and_the_status_warn_of_syncthing_without_conflict_copies(run, kept, home):
    settings = home / ".config" / "syncthing" / "config.xml"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        f'<configuration><folder path="{home}/.local/share/annotator">'
        "<maxConflicts>0</maxConflicts></folder></configuration>"
    )
    for command in (("doctor",), ("sync", "--status")):
        done = run(*command)
        assert (done.code, "maxConflicts 0" in done.err) == (0, True)
    [warning] = json.loads(run("doctor", "--json").out)["warnings"]
    assert "one half would be lost" in warning
