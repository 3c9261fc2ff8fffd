import json

import click

from annotator.cli.commands.export import export_command
from annotator.cli.commands.show import show_command
from annotator.settings import Folders, Settings
from annotator.settings.choices import remember_export_place


def test_files_are_new_then_unchanged_then_updated(run, kept, home):
    vault = home / "vault"

    def outcomes():
        done = run("export", "--all", "--to", vault)
        return [line.split("\t")[0] for line in done.out.splitlines()]

    assert outcomes() == ["new"]
    assert outcomes() == ["unchanged"]
    run("mark", kept, "ran without coal")
    assert outcomes() == ["updated"]


def test_an_edited_file_gets_new_marks_and_keeps_the_words_of_the_user(run, kept, home):
    run("export", "--all", "--to", home / "vault")
    [file] = (home / "vault").iterdir()
    file.write_text(file.read_text("utf-8") + "My own words.\n", "utf-8")
    run("mark", kept, "ran without coal")
    checked = run("export", "--to", home / "vault", "--check")
    assert (checked.code, checked.err) == (1, "1 file would change.\n")
    tried = run("export", "--to", home / "vault", "--dry-run")
    assert "+> ran without coal" in tried.out
    assert "1 file would change." in tried.err
    assert "ran without coal" not in file.read_text("utf-8").partition("---\n\n#")[2]
    done = run("export", kept[:6], "--to", home / "vault", "--json")
    [written] = json.loads(done.out)
    assert (written["id"], written["outcome"], written["path"]) == (kept, "merged", str(file))
    assert written["marks"] == {"new": 1}
    assert "My own words." in file.read_text("utf-8")
    assert "> ran without coal" in file.read_text("utf-8")
    assert run("export", "--to", home / "vault", "--check").code == 0


def test_the_block_of_a_deleted_mark_is_struck_and_then_pruned(run, kept, home):
    run("mark", kept, "ran without coal")
    run("export", "--to", home / "vault")
    [file] = (home / "vault").iterdir()
    mark = json.loads(run("notes", "--json").out)[0]["id"]
    run("unmark", mark)
    run("export", "--to", home / "vault")
    assert "> ~~ran without coal~~" in file.read_text("utf-8")
    run("export", "--to", home / "vault", "--prune")
    assert "ran without coal" not in file.read_text("utf-8").partition("---\n\n#")[2]


def test_a_mark_that_changed_in_both_has_both_versions(run, kept, home):
    run("mark", kept, "ran without coal")
    run("export", "--to", home / "vault")
    [file] = (home / "vault").iterdir()
    file.write_text(file.read_text("utf-8").replace("[!info] Claim", "[!info] Mine"), "utf-8")
    mark = json.loads(run("notes", "--json").out)[0]["id"]
    run("edit", mark, "--status", "refuted")
    done = run("export", "--to", home / "vault")
    assert "The grid at night.md: 1 mark changed in both: “ran without coal”.\n" in done.err
    assert "> [!info] Mine" in file.read_text("utf-8")
    assert "> [!note] Newer version in annotator\n> > [!failure] Claim" in file.read_text("utf-8")


def test_the_folder_can_be_a_setting(run, kept, home):
    folder = home / ".config" / "annotator"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text('export_folder = "~/vault"\nexport_unmarked = true\n')
    assert run("export").code == 0
    assert len(list((home / "vault").iterdir())) == 1


def test_the_folder_and_the_preset_of_the_last_export_inside_the_program_are_used(run, kept, home):
    folders = Folders.of_user()
    remember_export_place(folders.state, Settings(), home / "graph", "logseq")
    assert run("export", kept).code == 0
    assert run("export", kept, "--to", home / "vault", "--preset", "plain").code == 0
    [file] = (home / "graph").iterdir()
    assert file.read_text("utf-8").startswith("title:: ")
    assert len(list((home / "vault").iterdir())) == 1


def test_notes_are_not_written_to_a_folder_named_like_standard_output(run, kept, home, monkeypatch):
    monkeypatch.chdir(home)
    for options in ((), ("--digest",)):
        done = run("export", *options, "--to", "-")
        assert (done.code, "Notes go to a folder." in done.err) == (2, True)
    assert not (home / "-").exists()


def test_a_path_behind_another_one_is_refused(run, kept, home):
    done = run("export", kept, "--to", home / "vault" / "~" / "notes")
    assert "has a folder “~” in its middle." in done.err
    assert not (home / "vault").exists()


def test_an_empty_library_and_an_unknown_article_are_reported(run, home):
    assert "Nothing to export" in run("export", "--to", home / "vault").err
    assert run("export", "abcdef", "--to", home / "vault").code == 5


def test_a_folder_that_cannot_be_written_has_its_own_exit_code(run, kept, home):
    (home / "vault").write_text("a file")
    (home / "below").symlink_to(home / "vault" / "nothing")
    done = run("export", "--to", home / "vault" / "deeper")
    assert (done.code, done.out) == (6, "")
    assert "is in the way" in done.err


def test_an_error_that_affects_all_files_is_reported_once(run, kept, site, home):
    run("add", site.url("/bread"))
    (home / "vault").write_text("a file")
    done = run("export", "--to", home / "vault" / "deeper")
    assert done.code == 6
    assert done.err.count("Error: ") == 1


def test_a_format_is_chosen_by_its_name(run, kept, home):
    assert run("export", "--to", home / "vault", "--format", "markdown").code == 0
    done = run("export", "--to", home / "vault", "--format", "pdf")
    assert done.code == 2
    assert "Unknown format: pdf. Choose one of: markdown, html, json," in done.err


def test_completion_offers_formats_by_what_they_can_hold():
    def completed(command):
        [option] = [each for each in command.params if each.opts == ["--format"]]
        found = option.shell_complete(click.Context(command), "")
        return [item.value for item in found]

    assert completed(export_command)[:3] == ["markdown", "html", "json"]
    assert completed(show_command) == ["text", "json", "markdown", "html"]


def test_articles_that_match_a_query_are_exported(run, kept, home):
    (home / "b.txt").write_text("Of bread\n\nIt costs more.\n", "utf-8")
    run("add", home / "b.txt")
    run("tag", kept, "--add", "energy")
    done = run("export", "tag:energy", "--all", "--to", home / "vault")
    assert len(done.out.splitlines()) == 1
    done = run("export", "--all", "--to", home / "vault")
    assert done.err == f"2 articles in {home / 'vault'}: 1 new, 1 unchanged.\n"
    assert run("export", "tag:none", "--to", home / "vault").code == 5


def test_the_folder_of_one_file_is_made_as_that_of_notes_is(run, kept, home):
    run("mark", kept, "Ann Lee")
    assert run("export", "--format", "csv", "--to", home / "new" / "marks.csv").code == 0
    assert (home / "new" / "marks.csv").is_file()


def test_an_article_without_marks_gets_a_file_only_when_it_is_asked_for(run, kept, home):
    done = run("export", "--to", home / "vault")
    assert (done.code, done.out) == (0, "")
    assert "1 of 1 article left out: no marks." in done.err
    assert not list((home / "vault").iterdir())
    tried = run("export", "--dry-run", "--to", home / "vault").err
    assert tried.startswith("1 of 1 article has no marks, and gets no new file without --all.\n")
    assert run("export", kept, "--to", home / "vault").out.startswith("new\t")


def test_without_any_choice_the_folder_is_in_the_documents(run, kept, home):
    run("export", kept)
    assert len(list((home / "annotator").iterdir())) == 1
    (home / "Documents").mkdir()
    run("export", kept)
    assert len(list((home / "Documents" / "annotator").iterdir())) == 1
