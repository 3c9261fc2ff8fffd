"""`annotator undo` takes back the last change of a command, and says which it was."""

import json

import pytest

from annotator.store.machine import state_files

LIBRARY_FAILED = 5


def mark_id(run):
    """Return the id of the only mark."""
    (mark,) = json.loads(run("notes", "--json").out)
    return mark["id"]


def ids(run):
    return [mark["id"] for mark in json.loads(run("notes", "--json").out)]


@pytest.fixture
def marked(run, kept):
    """Return the id of a mark."""
    assert run("mark", kept, "Ann Lee", "--note", "Who?").code == 0
    return mark_id(run)


def test_without_a_change_there_is_nothing_to_undo(run, kept):
    done = run("undo")
    assert (done.code, done.out) == (0, "")
    assert "Nothing more to undo" in done.err


def test_a_new_mark_is_taken_back(run, marked):
    assert run("undo").out == "Undid: mark “Ann Lee” in “The grid at night”\n"
    assert ids(run) == []
    assert "Nothing more to undo" in run("undo").err


def test_an_edit_is_taken_back_and_then_the_one_before(run, marked):
    run("edit", marked, "--note", "Someone", "--kind", "question")
    run("tag", marked, "--add", "power")
    assert run("undo").out.startswith("Undid: tag “Ann Lee”")
    assert run("tag", marked).out == ""
    assert run("undo").out.startswith("Undid: edit “Ann Lee”")
    (note,) = json.loads(run("notes", "--json").out)
    assert (note["note"], note["kind"]) == ("Who?", "claim")


def test_deleted_marks_come_back(run, kept, marked):
    run("mark", kept, "Coal made")
    assert run("unmark", "kind:claim", "--yes").code == 0
    assert ids(run) == []
    assert run("undo").out == "Undid: delete, 2 marks in “The grid at night”.\n"
    assert len(ids(run)) == 2


def test_articles_and_marks_that_were_tagged_together_are_taken_back_together(run, kept, marked):
    run("tag", kept, marked, "--add", "power")
    assert run("tag", kept).out == "power\n"
    assert len(run("undo").out.splitlines()) == 2
    assert (run("tag", kept).out, run("tag", marked).out) == ("", "")


def test_a_removed_article_comes_back(run, kept):
    run("remove", kept)
    assert run("undo").out == "Undid: move to bin “The grid at night”\n"
    assert kept in run("list").out


def test_links_are_taken_back(run, kept, marked):
    run("link", marked, "supports", "https://example.org/other")
    assert run("undo").out.startswith("Undid: link “Ann Lee”")
    assert run("links", marked).out == ""


def test_renamed_tags_and_their_colours_are_taken_back(run, kept):
    run("tag", kept, "--add", "power")
    run("tags", "rename", "power", "energy")
    run("tags", "colour", "energy", "blue")
    assert run("undo").out == "Undid: recolour tag “energy”\n"
    assert run("undo").out == "Undid: rename tag, 1 article in “The grid at night”.\n"
    assert run("tag", kept).out == "power\n"


def test_what_was_changed_since_is_left_and_said(run, kept, marked, home):
    run("edit", marked, "--note", "Someone")
    data = home / ".local" / "share" / "annotator"
    (state,) = (home / ".local" / "state" / "annotator" / "libraries").iterdir()
    before = (state / "undo.json").read_bytes()
    run("edit", marked, "--note", "Nobody")
    (state / "undo.json").write_bytes(before)  # as if another program had made the second edit
    done = run("undo")
    assert done.code == LIBRARY_FAILED
    assert "“Edit” was left as it is: the mark was changed elsewhere." in done.err
    assert "takes back the change before it" in done.err
    assert "Nobody" in run("notes").out
    assert data.is_dir()


def test_the_steps_are_printed_for_programs(run, kept, marked):
    (step,) = json.loads(run("undo", "--json").out)
    assert (step["undone"], step["words"], step["articles"]) == ("Mark", "Ann Lee", [kept])
    assert json.loads(run("undo", "--json").out) == []


def test_the_journal_forgets_the_oldest_changes(run, kept, marked, monkeypatch):
    monkeypatch.setattr(state_files, "MOST_CHANGES", 2)
    for number in range(4):
        run("edit", marked, "--note", str(number))
    assert [run("undo").code for _ in range(3)] == [0, 0, 0]
    assert json.loads(run("notes", "--json").out)[0]["note"] == "1"


def test_a_change_that_is_too_large_is_not_mistaken_for_the_one_before(
    run, kept, marked, monkeypatch
):
    monkeypatch.setattr(state_files, "MOST_BYTES", 100)
    monkeypatch.setattr(state_files, "MOST_APART", 200)
    run("edit", marked, "--note", "Someone")
    done = run("undo")
    assert done.code == LIBRARY_FAILED
    assert "too large" in done.err
    assert json.loads(run("notes", "--json").out)[0]["note"] == "Someone"


def test_a_large_change_is_kept_in_a_file_of_its_own_until_it_is_taken_back(
    run, kept, marked, monkeypatch, home
):
    monkeypatch.setattr(state_files, "MOST_BYTES", 100)
    run("edit", marked, "--note", "Someone")
    run("edit", marked, "--note", "Nobody")
    (state,) = (home / ".local" / "state" / "annotator" / "libraries").iterdir()
    assert len(list((state / "undo").iterdir())) == 2
    assert run("undo").out.startswith("Undid: edit")
    assert json.loads(run("notes", "--json").out)[0]["note"] == "Someone"
    monkeypatch.setattr(state_files, "MOST_CHANGES", 1)
    run("edit", marked, "--note", "Ann")
    assert len(list((state / "undo").iterdir())) == 1
    run("undo")
    assert json.loads(run("notes", "--json").out)[0]["note"] == "Someone"
    assert list((state / "undo").iterdir()) == []


def test_deleted_marks_are_listed_and_restored(run, kept, marked):
    run("unmark", marked)
    fields = run("restore").out.rstrip("\n").split("\t")
    assert fields[:3] == [marked, "Ann Lee", f"{kept}#{marked}"]
    assert fields[4] == "claim"
    (entry,) = json.loads(run("restore", "--json").out)
    assert entry["annotation"]["note"] == "Who?"
    assert run("restore", marked).out == f"restored\t{marked}\tAnn Lee\n"
    assert ids(run) == [marked]
    assert run("undo").out.startswith("Undid: restore “Ann Lee”")
    assert ids(run) == []


def test_the_bin_of_marks_is_a_table_on_a_terminal(run, terminal, marked):
    run("unmark", marked)
    heading, row, _ = terminal("restore", NO_COLOR="1").out.splitlines()
    assert heading.split() == ["ID", "MARK", "DELETED", "KIND"]
    assert row.startswith(f"{marked}  Ann Lee  20")


def test_an_emptied_bin_has_no_marks_either(run, kept, marked):
    run("unmark", marked)
    assert run("empty-bin", "--yes").out == f"deleted\t{marked}\tAnn Lee\n"
    assert run("restore").err == "The bin is empty.\n"
    assert "deleted elsewhere" not in run("undo").err
