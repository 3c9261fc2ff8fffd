"""Edits to several articles, each of them one step for undo."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from annotator.errors import BatchInterrupted, Conflict, LibraryError, NotInLibrary
from annotator.store import Library
from annotator.usecases.articles.article_edits import (
    move_to_bin,
    restore_from_bin,
    retag,
    set_state_of,
)
from annotator.usecases.articles.tagging import common_tags, tag_article
from annotator.usecases.library.undo import History
from builders import (
    MOMENT,
    HinderedArticle,
    make_annotation,
    make_article,
    make_extraction,
    make_page,
    set_state,
)


@pytest.fixture
def records(library):
    """Three articles, two of them with tags."""
    for name in ("one", "two", "three"):
        article = make_article(f"Words of {name}.", title=name, url=f"https://example.org/{name}")
        library.store(make_extraction(article), make_page(), now=MOMENT)
        if name != "three":
            tag_article(library, article.id, add=("grid", name), now=MOMENT)
    return library.records()


def tags_of(library):
    return {record.title: record.tags for record in library.records()}


def _one(done: int, _total: int) -> bool:
    """Stop after one article."""
    return done < 1


def test_tags_are_added_and_removed_for_all_and_each_gets_its_own_back(library, records):
    before = tags_of(library)
    stack = History()
    stack.make(lambda: retag(library, records, add=("new",), remove=("Grid", "one"), now=MOMENT))
    assert tags_of(library) == {"one": ("new",), "two": ("two", "new"), "three": ("new",)}
    stack.undo(library, now=MOMENT)
    assert {key: set(names) for key, names in tags_of(library).items()} == {
        key: set(names) for key, names in before.items()
    }
    stack.redo(library, now=MOMENT)
    assert tags_of(library)["two"] == ("two", "new")


def test_a_tag_that_was_added_elsewhere_stays_when_tags_are_undone(library, records):
    step = retag(library, records, add=("new",), remove=(), now=MOMENT)
    tag_article(library, records[0].id, add=("elsewhere",), now=MOMENT)
    step.undo(library, now=MOMENT)
    assert "elsewhere" in library.article(records[0].id).record().tags
    assert "new" not in library.article(records[0].id).record().tags


def test_states_are_set_in_one_step_and_undone_one_by_one(library, records):
    set_state_of(library, records[:1], "archived", now=MOMENT)
    step = set_state_of(library, library.records(), "read", now=MOMENT)
    assert (step.name, len(step.articles)) == ("Unarchive", 3)
    assert {each.state for each in library.records()} == {"read"}
    step.undo(library, now=MOMENT)
    assert sorted(each.state for each in library.records()) == ["archived", "unread", "unread"]
    unarchived = set_state_of(library, library.records(), "read", now=MOMENT)
    assert unarchived.articles[0].id == records[0].id


def test_undoing_unread_keeps_the_day_on_which_an_article_was_finished(library, records):
    set_state_of(library, records, "read", now=MOMENT)
    later = MOMENT + timedelta(days=9)
    step = set_state_of(library, library.records(), "unread", now=later)
    assert {each.finished for each in library.records()} == {None}
    step.undo(library, now=later)
    assert {(each.state, each.finished) for each in library.records()} == {("read", MOMENT)}


def test_undo_gives_articles_their_tags_in_their_order(library, records):
    for record in records:
        tag_article(library, record.id, add=("c", "a", "B", "d"), now=MOMENT)
    before = tags_of(library)
    stack = History()
    stack.make(lambda: retag(library, records, add=("e",), remove=("a", "b"), now=MOMENT))
    after = tags_of(library)
    stack.undo(library, now=MOMENT)
    assert tags_of(library) == before
    stack.redo(library, now=MOMENT)
    assert tags_of(library) == after
    tag_article(library, records[0].id, add=("new",), now=MOMENT)  # by another program
    stack.undo(library, now=MOMENT)
    title = records[0].title
    assert tags_of(library) == before | {title: (*before[title], "new")}


def test_what_changes_nothing_is_no_step(library, records):
    assert set_state_of(library, records, "unread", now=MOMENT).is_empty
    assert retag(library, records, add=("x",), remove=(), now=MOMENT, progress=_one).size == 1
    assert retag(library, records[:1], add=records[0].tags, remove=("none",), now=MOMENT).is_empty


def test_articles_go_to_the_bin_and_back_together(library, records):
    step = move_to_bin(library, records)
    assert library.records() == ()
    step.undo(library, now=MOMENT)
    assert set(library.records()) == set(records)


def test_an_article_that_is_gone_does_not_keep_the_others(library, records):
    library.trash(records[1].id)
    step = set_state_of(library, records, "read", now=MOMENT)
    assert [each.id for each in step.articles] == [records[0].id, records[2].id]
    library.trash(records[0].id)
    step.undo(library, now=MOMENT)
    assert library.article(records[2].id).record().state == "unread"
    library.trash(records[2].id)
    with pytest.raises(NotInLibrary):
        step.redo(library, now=MOMENT)


def test_an_article_that_was_added_again_is_merged_with_the_bin_in_one_step(library, records):
    again = make_article("Words of one.", title="one", url="https://example.org/one")
    library.put(
        [make_annotation(again, "Words", id="01aa"), make_annotation(again, "of", id="01ab")]
    )
    move_to_bin(library, records)
    library.store(make_extraction(again), make_page(), now=MOMENT)
    library.put([make_annotation(again, "one", id="01ac")])
    article = library.article(again.id)
    before = (article.record().tags, article.annotations())
    step = restore_from_bin(library, records)
    assert len(step.articles) == 3
    assert library.trashed() == ()
    assert [mark.id for mark in article.annotations()] == ["01aa", "01ab", "01ac"]
    step = step.undo(library, now=MOMENT)
    assert (article.record().tags, article.annotations()) == before
    assert set(library.trashed()) == {record.id for record in records} - {again.id}
    step = step.redo(library, now=MOMENT)
    assert [mark.id for mark in article.annotations()] == ["01aa", "01ab", "01ac"]
    article.revise("01aa", lambda mark: replace(mark, note="Mine"))
    step = step.undo(library, now=MOMENT)
    assert step.left == 1
    assert [mark.id for mark in article.annotations()] == ["01aa", "01ab", "01ac"]


class FillingDisk(Library):
    """A library on a disk that is full after one more change."""

    changes = 0

    def article(self, article_id):
        return HinderedArticle(super().article(article_id), self._count)

    def _count(self):
        self.changes += 1
        if self.changes == 2:
            raise LibraryError("The disk is full.")


def test_an_edit_that_stops_in_the_middle_can_be_undone(library, records, tmp_path):
    stack = History()
    with FillingDisk.open(library.folder, state=tmp_path / "state") as full:
        with pytest.raises(BatchInterrupted, match=r"Only 1 of 3 were changed\."):
            stack.make(lambda: set_state_of(full, records, "read", now=MOMENT))
        assert library.article(records[0].id).record().state == "read"
        assert stack.undo(full, now=MOMENT).articles == records[:1]
    assert {each.state for each in library.records()} == {"unread"}


def test_undo_leaves_a_state_that_was_set_elsewhere_and_says_so(library, records):
    step = set_state_of(library, records, "read", now=MOMENT)
    set_state(library, records[0].id, "archived", now=MOMENT)
    undone = step.undo(library, now=MOMENT)
    assert undone.remark == "1 was changed elsewhere and stayed as it is."
    assert library.article(records[0].id).record().state == "archived"
    alone = set_state_of(library, records[1:2], "archived", now=MOMENT)
    set_state(library, records[1].id, "reading", now=MOMENT)
    with pytest.raises(Conflict, match="“Archive” was left as it is"):
        alone.undo(library, now=MOMENT)


def test_tags_come_back_in_their_order(library, records):
    step = retag(library, records, add=("new",), remove=("grid",), now=MOMENT)
    step.undo(library, now=MOMENT)
    assert [record.tags for record in library.records()] == [record.tags for record in records]


def test_the_tags_of_several_are_those_of_all_and_those_of_some():
    common = common_tags([("grid", "Air"), ("air", "sea"), ("AIR",)])
    assert common.of_all == ("Air",)
    assert common.of_some == ("grid", "sea")
    assert common.changes(("Air",), ("grid", "sea")) == ((), ())
    assert common.changes(("Air", "grid", "new"), ("sea",)) == (("grid", "new"), ())
    assert common.changes((), ("sea",)) == ((), ("Air", "grid"))
    assert common_tags([("b", "a")]).of_all == ("b", "a")
