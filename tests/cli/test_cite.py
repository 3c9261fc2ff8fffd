"""`annotator cite`: where the draft and the report go, and what happens to the file."""

import json
import os

import pytest

from annotator.settings import Folders
from annotator.store import Library
from builders import MOMENT, make_article, make_extraction, make_page

EELS = "Between April and May, biologists counted 1,214 eels in the Marrow River."
DRAFT = f"{EELS}\nIn 2023, Germany had 1.8 million home batteries.\nWe like eels.\n"
WRONG = DRAFT.replace("1,214", "1,412")


@pytest.fixture
def draft(home):
    """Keep an article, and return the path of a draft."""
    folders = Folders.of_user()
    url = "https://eels.example/story"
    with Library.open(folders.data, state=folders.state) as library:
        article = make_article(EELS, url=url, title="Eels")
        library.store(make_extraction(article), make_page(url=url), now=MOMENT)
    path = home / "draft.md"
    path.write_text(WRONG, "utf-8")
    return path


def test_a_pipe_gets_the_draft_and_standard_error_what_needs_work(run, draft):
    done = run("cite", str(draft))
    assert done.code == 0, done.err
    assert done.out.startswith(WRONG.replace("River.", "River.[^1]"))
    assert "line 1: other number: Between April and May" in done.err
    assert "The source says 1,214, the draft 1,412." in done.err
    assert "line 2: no source: In 2023, Germany" in done.err
    assert draft.read_text("utf-8") == WRONG


def test_the_draft_can_come_from_standard_input(run, draft):
    done = run("cite", "-", stdin=DRAFT.encode())
    assert done.out.startswith(DRAFT.replace("River.", "River.[^1]"))
    done = run("cite", "-", "--in-place", stdin=DRAFT.encode())
    assert (done.code, "--in-place" in done.err) == (2, True)


def test_a_report_has_a_line_of_fields_for_each_sentence(run, draft):
    done = run("cite", str(draft), "--report")
    found = [line.split("\t") for line in done.out.splitlines()]
    assert [(each[0], each[1]) for each in found] == [
        ("other number", "1"),
        ("no source", "2"),
        ("nothing to cite", "3"),
    ]
    assert found[0][4] == "The source says 1,214, the draft 1,412."


def test_words_that_the_source_does_not_say_are_in_the_report_and_the_footnote(run, draft):
    draft.write_text("Biologists rescued 1,214 eels in the Marrow River.\n", "utf-8")
    said = "The passage does not say “rescued”."
    report = run("cite", str(draft), "--report")
    assert report.out.startswith("partly said\t1\t")
    assert said in report.out
    assert f"[^1]: **In part:** {said} See " in run("cite", str(draft)).out
    assert run("cite", str(draft), "--check").code == 0


def test_words_that_are_copied_are_in_the_report_and_in_json(run, draft):
    words = "biologists counted 1,214 eels in the Marrow River"
    draft.write_text(f"This spring {words} again.\n", "utf-8")
    report = run("cite", str(draft), "--report")
    assert report.out.startswith("copied\t1\t")
    assert f"Eight words or more are copied: “{words}”." in report.out
    found = json.loads(run("cite", str(draft), "--json").out)
    assert found["sentences"][0]["sources"][0]["copied"] == [words]


def test_json_has_all_that_was_found_and_the_draft(run, draft):
    found = json.loads(run("cite", str(draft), "--json").out)
    assert found["draft"].startswith(WRONG.replace("River.", "River.[^1]"))
    first = found["sentences"][0]
    assert WRONG[first["start"] : first["end"]] == first["text"]
    [source] = first["sources"]
    assert source["article"]["title"] == "Eels"
    assert source["differences"] == [{"kind": "number", "draft": "1,412", "source": "1,214"}]


def test_check_exits_with_1_if_anything_needs_work(run, draft):
    assert run("cite", str(draft), "--check").code == 1
    draft.write_text(f"{EELS}\n", "utf-8")
    assert run("cite", str(draft), "--check").code == 0


def test_in_place_keeps_permissions_and_links_and_changes_nothing_twice(run, draft, home):
    draft.chmod(0o640)
    link = home / "link.md"
    link.symlink_to(draft)
    done = run("cite", str(link), "--in-place")
    assert done.code == 0, done.err
    assert link.is_symlink()
    assert draft.stat().st_mode & 0o777 == 0o640
    once = draft.read_text("utf-8")
    assert once.startswith(WRONG.replace("River.", "River.[^1]"))
    inode = draft.stat().st_ino
    run("cite", str(link), "--in-place")
    assert (draft.read_text("utf-8"), draft.stat().st_ino) == (once, inode)


def test_a_draft_that_is_in_the_library_is_no_source_of_itself(run, draft):
    run("add", str(draft))
    done = run("cite", str(draft), "--report")
    assert [line.split("\t")[0] for line in done.out.splitlines()] == [
        "other number",
        "no source",
        "nothing to cite",
    ]
    assert "is no source of itself" in done.err


def test_a_mended_sentence_loses_what_its_footnote_says_is_to_be_checked(run, draft):
    run("cite", str(draft), "--in-place")
    draft.write_text(draft.read_text("utf-8").replace("counted 1,412", "counted 1,214"), "utf-8")
    done = run("cite", str(draft), "--in-place")
    assert "1 footnote brought up to date in" in done.err
    assert "Check:" not in draft.read_text("utf-8")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everything")
def test_a_protected_file_is_left(run, draft):
    draft.chmod(0o440)
    done = run("cite", str(draft), "--in-place")
    assert (done.code, "write-protected" in done.err) == (6, True)
    assert draft.read_text("utf-8") == WRONG


def test_a_file_that_is_missing_or_no_text_is_refused_in_words(run, draft, home):
    done = run("cite", str(home / "none.md"))
    assert (done.code, "No such file" in done.err) == (2, True)
    draft.write_bytes(b"caf\xe9")
    done = run("cite", str(draft))
    assert (done.code, "not a text in UTF-8" in done.err) == (2, True)
    done = run("cite", str(home))
    assert done.code == 2
    assert "Traceback" not in done.err


def test_an_empty_library_is_named_as_the_reason(run, home):
    path = home / "draft.md"
    path.write_text(DRAFT, "utf-8")
    done = run("cite", str(path))
    assert (done.code, done.out) == (0, DRAFT)
    assert "The library is empty" in done.err


def test_a_query_limits_the_articles(run, draft):
    assert "[^1]" not in run("cite", str(draft), "--in", "tag:energy").out
    assert run("cite", str(draft), "--in", "is:").code == 2


def test_a_plain_text_gets_numbers_in_brackets(run, draft):
    plain = draft.with_suffix(".txt")
    plain.write_text(DRAFT, "utf-8")
    done = run("cite", str(plain))
    assert done.out.startswith(DRAFT.replace("River.", "River. [1]"))
    assert "\n[1] " in done.out


def test_a_terminal_shows_what_needs_work_first(terminal, draft):
    done = terminal("cite", str(draft))
    shown = done.out
    assert shown.index("Another number") < shown.index("No source found")
    assert "The source says 1,214, the draft 1,412." in shown
    assert "--in-place writes 1 footnote" in shown
    assert "[^1]" not in shown
