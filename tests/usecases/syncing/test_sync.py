"""Libraries on several machines are brought together by git, and nothing is lost."""

import os
import re
from functools import partial

import pytest

from annotator.errors import LibraryReadOnly, SyncFailed
from annotator.model import Claim
from annotator.store import TAG_COLOURS, Library
from annotator.usecases.library.doctor import examine
from annotator.usecases.marks.proposals import (
    ProposedMark,
    dismiss,
    propose,
    take,
    waiting,
)
from annotator.usecases.syncing.sync import set_up, status, sync
from builders import MOMENT


def settle(*machines):
    for opened in (*machines, *machines):
        opened.sync()


def same(*machines):
    return len({opened.tree() for opened in machines}) == 1


def what(exchange):
    return [(news.title, news.what) for news in exchange.articles]


def test_a_library_goes_to_an_empty_hub_and_comes_to_another_machine(one, machine):
    two = machine("two")
    report = two.join()
    assert what(report.came) == [("Article 1", "added")]
    assert what(report.sent) == []
    assert two.ids() == [one.article.id]
    assert two.library.article(one.article.id).page().html.startswith("<p>Prices")
    assert two.git("status", "--porcelain") == ""
    assert same(one, two)
    assert examine(one.library).found == examine(two.library).found == ()


def test_two_libraries_that_both_have_articles_are_joined(one, machine):
    two = machine("two")
    other = two.add(2)
    mine = two.mark(two.add(1), note="of two")
    theirs = one.mark(one.article, note="of one")
    one.sync()
    report = two.join()
    assert what(report.came) == [("Article 1", "added")]
    settle(one, two)
    for opened in (one, two):
        assert opened.ids() == sorted([one.article.id, other.id])
        assert opened.marks(one.article).keys() == {mine.id, theirs.id}
    assert same(one, two)


def test_a_library_is_a_repository_of_its_own_without_another_side(machine):
    alone = machine("alone")
    alone.add(1)
    set_up(alone.library)
    report = alone.sync()
    assert report.remote == ""
    assert "articles/" in alone.git("ls-files")
    assert alone.git("log", "--format=%an <%ae>").strip() == "annotator <annotator@localhost>"


def test_a_hub_on_a_stick_is_made(machine, tmp_path):
    (tmp_path / "stick").mkdir()
    opened = machine("one")
    opened.add(1)
    opened.join(str(tmp_path / "stick" / "library.git"))
    other = machine("two")
    hub = tmp_path / "stick" / "library.git"
    assert not any(path.stat().st_mode & 0o077 for path in (hub / "objects").rglob("*"))
    other.join(str(hub))
    assert other.ids() == opened.ids()


def test_an_empty_folder_is_made_a_hub(machine, tmp_path):
    (tmp_path / "stick").mkdir()
    opened = machine("one")
    opened.add(1)
    opened.join(str(tmp_path / "stick"))
    other = machine("two")
    other.join(str(tmp_path / "stick"))
    assert other.ids() == opened.ids()


def test_a_folder_with_something_else_in_it_is_no_hub(machine, tmp_path):
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "photo.jpg").touch()
    with pytest.raises(SyncFailed, match="does not appear to be a git repository"):
        machine("one").join(str(tmp_path / "stick"))
    assert [path.name for path in (tmp_path / "stick").iterdir()] == ["photo.jpg"]


def test_the_status_of_a_library_that_may_not_be_written_says_so_as_a_sync_does(one, monkeypatch):
    home = one.home
    with monkeypatch.context() as disk:
        disk.setattr(os, "access", lambda *_, **__: False)
        opened = Library.open(home / "library", state=home / "state", cache=home / "cache")
    with opened as library:
        for look in (status, partial(sync, now=MOMENT)):
            with pytest.raises(LibraryReadOnly, match="is read-only"):
                look(library)


def test_a_readme_of_the_hub_stays_there_and_is_not_written(one, two, tmp_path):
    clone = tmp_path / "clone"
    one.git("clone", "-q", str(one.hub), str(clone))
    (clone / "README.md").write_text("Mine")
    one.git("-C", str(clone), "add", "README.md")
    one.git("-C", str(clone), "commit", "-qm", "readme")
    one.git("-C", str(clone), "push", "-q", "origin", "HEAD")
    one.add(2)
    settle(one, two)
    for opened in (one, two):
        assert not (opened.folder / "README.md").exists()
        assert "README.md" in opened.git("ls-tree", "--name-only", "HEAD").split()
        assert opened.git("status", "--porcelain") == ""
    assert same(one, two)


def test_both_changes_of_one_mark_are_there(one, two):
    mark = one.mark(one.article)
    settle(one, two)
    one.edit(mark, tags=("energy",))
    two.edit(mark, note="Who says so?")
    one.sync()
    report = two.sync()
    assert report.joined == (one.article.id,)
    settle(one, two)
    for opened in (one, two):
        joined = opened.marks(one.article)[mark.id]
        assert (joined.tags, joined.note) == (("energy",), "Who says so?")
    assert same(one, two)


def test_the_report_says_where_both_texts_were_kept(one, two):
    mark = one.mark(one.article, note="First")
    settle(one, two)
    one.edit(mark, note="First, of one")
    two.edit(mark, note="First, of two")
    one.sync()
    assert "both versions are there" in two.sync().remarks[one.article.id]


def test_the_report_says_which_value_stays_where_both_set_one(one, two):
    mark = one.mark(one.article)
    one.library.ask_author(lambda: "Ann")
    two.library.ask_author(lambda: "Ben")
    settle(one, two)
    one.edit(mark, claim=Claim(status="disputed", speaker="Lee", verdict="No."))
    two.edit(mark, claim=Claim(status="supported", speaker="Lee", verdict="Yes."))
    one.sync()
    report = two.sync()
    told = report.remarks[one.article.id]
    assert report.sentences == (f"“{one.article.title}”: {told}",)
    words = "supported (Ben) stays instead of disputed (Ann)"
    quote = " ".join(mark.target.quote.exact.split())[:40].rstrip()
    assert re.search(f"changed the status of “{re.escape(quote)}…?”: {re.escape(words)}", told)
    assert "both versions are there" in told
    assert "speaker" not in told
    assert one.sync().remarks == {}
    assert one.marks(one.article)[mark.id].claim.status == "supported"


def test_a_status_that_one_side_changed_again_is_nothing_to_speak_of(one, two):
    mark = one.mark(one.article)
    one.edit(mark, claim=Claim(status="disputed"))
    settle(one, two)
    two.edit(mark, note="Ours")  # before the other change, and after what both have
    one.edit(mark, claim=Claim(status="supported"))
    one.sync()
    report = two.sync()
    assert report.joined == (one.article.id,)
    assert report.remarks == {}
    assert two.marks(one.article)[mark.id].claim.status == "supported"


def test_a_deleted_mark_stays_deleted(one, two):
    mark = one.mark(one.article)
    settle(one, two)
    one.library.article(one.article.id).remove([mark.id], now=MOMENT)
    two.mark(two.library.article(one.article.id).extraction().article)
    settle(one, two)
    assert mark.id not in one.marks(one.article)
    assert mark.id not in two.marks(one.article)
    assert len(two.marks(one.article)) == 1
    assert same(one, two)


def test_an_article_goes_into_the_bin_and_back_on_both_machines(one, two):
    one.library.trash(one.article.id)
    assert what(one.sync().sent) == [("Article 1", "moved to the bin")]
    assert what(two.sync().came) == [("Article 1", "moved to the bin")]
    assert (two.ids(), two.library.trashed()) == ([], (one.article.id,))
    two.library.restore(one.article.id)
    two.sync()
    assert what(one.sync().came) == [("Article 1", "restored")]
    assert (one.ids(), one.library.trashed()) == ([one.article.id], ())
    assert same(one, two)


def test_a_bin_that_is_emptied_is_empty_on_both_machines(one, two):
    one.library.trash(one.article.id)
    settle(one, two)
    one.library.delete(one.article.id)
    settle(one, two)
    assert two.library.trashed() == ()
    assert not (two.folder / "bin" / one.article.id).exists()
    assert same(one, two)


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("is_emptied", [True, False])
def test_an_article_that_one_deletes_and_another_changes_is_kept(one, two, is_first, is_emptied):
    one.library.trash(one.article.id)
    if is_emptied:
        one.library.delete(one.article.id)
    mark = two.mark(one.article)
    first, second = (one, two) if is_first else (two, one)
    first.sync()
    report = second.sync()
    assert "It is in the library." in report.remarks[one.article.id]
    assert {told for _, told in what(report.came) + what(report.sent)} <= {"changed", "restored"}
    settle(one, two)
    for opened in (one, two):
        assert opened.ids() == [one.article.id]
        assert opened.library.trashed() == ()
        assert opened.marks(one.article).keys() == {mark.id}
        assert opened.library.article(one.article.id).extraction().article.text
    assert same(one, two)


def test_colours_of_tags_are_joined(one, two):
    one.library.catalog.put(TAG_COLOURS, {"energy": "#4c9ed9"}, now=MOMENT)
    two.library.catalog.put(TAG_COLOURS, {"food": "#123456"}, now=MOMENT)
    settle(one, two)
    for opened in (one, two):
        assert opened.library.catalog.values(TAG_COLOURS).keys() == {"energy", "food"}
    assert same(one, two)


def test_proposals_are_joined_and_one_taken_on_both_machines_is_one_mark(one, two):
    offered = {}
    for opened, quote in ((one, "Prices of 1 rose"), (two, "Wages of 1 did not")):
        record = opened.library.article(one.article.id).record()
        wanted = ProposedMark(quote, "So it says.")
        _, offered[quote] = propose(opened.library, record, wanted, by="Scout", now=MOMENT)
    settle(one, two)
    for opened in (one, two):
        listed = {proposal.mark.quote: proposal for proposal in waiting(opened.library)}
        assert listed.keys() == offered.keys()
        take(opened.library, [listed["Prices of 1 rose"]], now=MOMENT)
    dismiss(two.library, waiting(two.library), now=MOMENT)
    settle(one, two)
    for opened in (one, two):
        mark = opened.marks(one.article)[offered["Prices of 1 rose"].id]
        assert (mark.quote, mark.proposed) == ("Prices of 1 rose", "Scout")
        assert waiting(opened.library) == []
    assert same(one, two)


def test_the_same_article_added_on_both_machines_is_one(one, two):
    text = "A story about bread.\n\nAnd salt."
    mine, other = one.add(7, text=text), two.add(7, text=text)
    marks = {one.mark(mine).id, two.mark(other).id}
    settle(one, two)
    assert one.marks(mine).keys() == two.marks(mine).keys() == marks
    assert same(one, two)


def test_pages_can_stay_out_of_the_repository(machine):
    one, two = machine("one"), machine("two")
    article = one.add(1)
    one.join(without_pages=True)
    two.join()
    assert ".html.zst" not in one.git("ls-files")
    assert one.library.article(article.id).page()
    assert two.library.article(article.id).extraction()
    assert examine(two.library).found == ()
    two.add(2)
    settle(one, two)
    assert ".html.zst" not in two.git("ls-files")
    assert same(one, two)


def test_leaving_out_pages_later_deletes_none(one, two):
    set_up(one.library, without_pages=True)
    settle(one, two)
    for opened in (one, two):
        assert opened.library.article(one.article.id).page()
        assert ".html.zst" not in opened.git("ls-files")
    assert same(one, two)


def test_nothing_to_do_makes_no_commit(one, two):
    before = one.git("rev-parse", "HEAD")
    report = one.sync()
    assert (what(report.came), what(report.sent)) == ([], [])
    assert one.git("rev-parse", "HEAD") == before


def test_the_status_says_what_would_go_and_come_and_changes_nothing(one, two):
    two.add(2)
    two.mark(one.article)
    two.sync()
    one.mark(one.article)
    one.add(3)
    before = one.git("rev-parse", "HEAD"), one.git("diff", "--cached", "--name-only")
    shown = status(one.library)
    assert what(shown.going) == [("Article 3", "added"), ("Article 1", "changed")]
    assert [(news.what) for news in shown.coming.articles] == ["added", "changed"]
    assert shown.joining == (one.article.id,)
    assert (shown.engine, shown.branch, shown.last) == ("git", "main", MOMENT)
    assert before == (one.git("rev-parse", "HEAD"), one.git("diff", "--cached", "--name-only"))


def test_a_library_that_is_no_repository_says_how_to_make_it_one(machine):
    with pytest.raises(SyncFailed, match="annotator sync --init"):
        machine("one").sync()
    assert status(machine("one").library).engine == ""
