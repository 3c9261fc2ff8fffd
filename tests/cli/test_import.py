"""`annotator import`: what is printed, what is kept, and the exit codes."""

import json

import pytest


@pytest.fixture
def listed(site, home):
    """Write a list of addresses: one with a page, one without, one twice, and a line without."""
    path = home / "list"
    path.write_text(
        f"{site.url('/bread')} Bread\n{site.url('/none')} Gone\n{site.url('/bread')}\nnothing\n"
    )
    return path


def test_a_file_is_imported_and_reported_with_its_lines(run, site, listed):
    done = run("import", listed, "--local", "--tag", "Old things")
    assert done.code == 0
    assert [line.split("\t")[:3] for line in done.out.splitlines()] == [
        ["skipped", "list:4", "nothing"],
        ["no-text", "list:2", "Gone"],
    ]
    assert "list (List of addresses): 3 items, 0 highlights, 1 skipped." in done.err
    assert "Items: 2 added, 1 there twice. 1 page fetched." in done.err
    records = {each["title"]: each for each in json.loads(run("list", "--json").out)}
    assert records.keys() == {"Bread costs more", "Gone"}
    assert records["Gone"]["tags"] == ["Old-things"]
    report = json.loads(run("import", "--last", "--json").out)
    assert (report["added"], report["is_complete"]) == (2, True)
    assert "Items: 2 unchanged, 1 there twice." in run("import", listed, "--local").err
    assert json.loads(run("list", "--json").out)[0]["tags"] == ["Old-things"]


def test_standard_input_is_tried_without_being_imported(run, site, listed):
    done = run("import", "-", "--dry-run", stdin=listed.read_bytes())
    assert done.code == 0
    assert "A trial, nothing was changed: 2 new, 1 there twice." in done.err
    assert (run("list").out, site.statuses) == ("", [])
    assert run("import", "--last").code == 5


def test_a_file_that_cannot_be_read_does_not_stop_the_others(run, listed, home):
    (home / "odd").write_bytes(b"%PDF-1.7")
    done = run("import", home / "odd", listed, "--no-fetch")
    assert done.code == 8
    assert "odd is a PDF document" in done.err
    assert len(run("list").out.splitlines()) == 2
    assert run("import", home / "odd").code == 8
    assert run("import", listed, "--from", "lst").code == 2
    assert run("import").code == 2


def test_the_formats_are_listed(run):
    names = [line.split("\t")[0] for line in run("import", "--list").out.splitlines()]
    assert {"annotator", "list"} <= set(names)
    assert {each["name"] for each in json.loads(run("import", "--list", "--json").out)} == {*names}


def test_a_run_that_imports_nothing_has_a_report(run, home):
    (home / "odd").write_bytes(b"%PDF-1.7")
    done = run("import", home / "odd", "--json")
    assert done.code == 8
    [line] = json.loads(done.out)["lines"]
    assert (line["file"], line["what"]) == ("odd", "skipped")
    assert "PDF" in line["reason"]
    assert "odd" in run("import", "--last").out


def test_an_import_is_taken_back_by_one_command(run, listed):
    assert run("import", listed, "--no-fetch").code == 0
    assert len(run("list").out.splitlines()) == 2
    done = run("undo")
    assert "Undid: import, 2 articles added" in done.out
    assert run("list").out == ""
    assert "Items: 2 added" in run("import", listed, "--no-fetch").err
    assert len(run("list").out.splitlines()) == 2


def test_a_file_that_is_skipped_as_a_whole_is_named_without_a_line(run, home):
    folder = home / "exports"
    folder.mkdir()
    (folder / "list.json").write_text('[{"url": "https://example.org/a", "title": "A"}]')
    (folder / "diary.txt").write_text("Dear diary")
    done = run("import", folder, "--no-fetch")
    skipped = [line.split("\t")[:2] for line in done.out.splitlines() if "no known" in line]
    assert skipped == [["skipped", "exports"]]
