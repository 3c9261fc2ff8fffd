import errno
import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from annotator.errors import BatchInterrupted, Conflict, InvalidInput, LibraryError, NotInLibrary
from annotator.model import Annotation, Claim
from annotator.store import TAG_COLOURS, Library
from annotator.usecases.library.undo import History
from annotator.usecases.marks.annotate import Changes, change, delete
from annotator.usecases.marks.mark_edit import ArticleTags, MarkEdit, creation
from builders import make_annotation, make_article, make_extraction, make_page

ARTICLES = 4


@pytest.fixture
def marks(library, moment) -> tuple[Annotation, ...]:
    """Return two marks on each of several articles, in the order of the articles."""
    made = []
    for number in range(ARTICLES):
        url = f"https://example.org/{number}"
        article = make_article("Prices rose by a tenth. Wages did not.", url=url)
        library.store(make_extraction(article), make_page(url=url), now=moment)
        made += [
            make_annotation(article, "Prices rose", tags=["prices"]),
            make_annotation(article, "Wages did not", claim=Claim(speaker="Ann")),
        ]
    library.put(made)
    return tuple(made)


@pytest.fixture
def syncs(monkeypatch) -> list[int]:
    """Return what is flushed to the disk: at each write an article's file and its folder."""
    flushed: list[int] = []
    fsync = os.fsync

    def counted(descriptor: int) -> None:
        flushed.append(descriptor)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", counted)
    return flushed


@pytest.fixture
def full_disk(monkeypatch) -> Callable[[int | None], None]:
    """Return a function that fills the disk after so many more articles, or empties it."""
    write, left = os.write, [-1]

    def write_or_fail(descriptor: int, data: bytes) -> int:
        if left[0] == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        left[0] -= 1
        return write(descriptor, data)

    def fill(after: int | None) -> None:
        left[0] = -1 if after is None else after * 2  # an article's file and its second copy

    monkeypatch.setattr(os, "write", write_or_fail)
    return fill


def now_in(library: Library, marks: tuple[Annotation, ...]) -> list[Annotation]:
    return [library.annotation(mark.id) for mark in marks]


def test_all_marks_get_the_status_and_keep_their_other_details(library, marks, later):
    step = change(library, marks, Changes(values={"status": "disputed"}), now=later)
    found = now_in(library, marks)
    assert {mark.claim.status for mark in found} == {"disputed"}
    assert [mark.claim.speaker for mark in found[:2]] == ["", "Ann"]
    assert (step.name, step.extent) == ("Status", "8 marks")


def test_an_article_is_written_once_whatever_the_number_of_its_marks(library, marks, later, syncs):
    change(library, marks, Changes(values={"status": "disputed"}), now=later)
    assert len(syncs) == 2 * ARTICLES


def test_marks_that_are_already_so_are_not_written(library, marks, later, syncs):
    step = change(library, marks[1::2], Changes(values={"speaker": "Ann"}), now=later)
    assert step.is_empty
    assert syncs == []


def test_one_undo_restores_all_of_them_and_one_redo_does_it_again(library, marks, later):
    stack = History()
    stack.make(lambda: change(library, marks, Changes(kind="evidence"), now=later))
    assert stack.undo(library, now=later).extent == "8 marks"
    assert {mark.kind for mark in now_in(library, marks)} == {"claim"}
    stack.redo(library, now=later)
    assert {mark.kind for mark in now_in(library, marks)} == {"evidence"}
    assert stack.undo(library, now=later).name == "Kind"


def test_tags_are_added_and_removed_and_the_others_stay(library, marks, later):
    change(library, marks, Changes(added=["Food"], removed=["PRICES"]), now=later)
    assert {mark.tags for mark in now_in(library, marks)} == {("Food",)}


def test_deleted_marks_come_back_as_they_were(library, marks, later):
    step = delete(library, marks, now=later)
    with pytest.raises(NotInLibrary):
        library.annotation(marks[0].id)
    step.undo(library, now=later + timedelta(seconds=1))
    assert [mark.tags for mark in now_in(library, marks)] == [mark.tags for mark in marks]


def test_a_value_that_a_field_refuses_changes_no_mark(library, marks, later, syncs):
    with pytest.raises(InvalidInput, match="Status cannot be"):
        change(library, marks, Changes(values={"status": "true"}), now=later)
    with pytest.raises(InvalidInput, match="no field “mood”"):
        change(library, marks, Changes(values={"mood": "grim"}), now=later)
    assert syncs == []


def test_opening_a_mark_without_details_changes_nothing(library, marks, later):
    assert change(library, marks[:1], Changes(values={"status": "open"}), now=later).is_empty


def test_undo_leaves_marks_that_were_changed_elsewhere_and_says_how_many(
    library, elsewhere, marks, later
):
    stack = History()
    stack.make(lambda: change(library, marks, Changes(kind="evidence"), now=later))
    change(elsewhere, [marks[0]], Changes(note="Theirs."), now=later)
    delete(elsewhere, [marks[3]], now=later)
    undone = stack.undo(library, now=later)
    assert undone.remark == "2 were changed elsewhere and stayed as they are."
    assert undone.extent == "6 marks"
    kinds = [mark.kind for mark in now_in(library, (*marks[:3], *marks[4:]))]
    assert kinds == ["evidence", *["claim"] * 6]
    redone = stack.redo(library, now=later)
    assert (redone.extent, redone.remark) == ("6 marks", "")


def test_undo_is_refused_if_everything_was_changed_elsewhere(library, elsewhere, marks, later):
    stack = History()
    stack.make(lambda: change(library, marks[:1], Changes(kind="evidence"), now=later))
    change(elsewhere, [marks[0]], Changes(note="Theirs."), now=later)
    with pytest.raises(Conflict, match="changed elsewhere"):
        stack.undo(library, now=later)
    assert stack.undo(library, now=later) is None


def test_marks_that_were_deleted_elsewhere_are_left_and_counted(library, elsewhere, marks, later):
    delete(elsewhere, [marks[0]], now=later)
    elsewhere.trash(marks[2].article_id)
    step = change(library, marks, Changes(values={"status": "disputed"}), now=later)
    assert (step.extent, step.left) == ("5 marks", 3)


def test_editing_marks_that_are_all_gone_is_an_error(library, elsewhere, marks, later):
    elsewhere.trash(marks[0].article_id)
    with pytest.raises(NotInLibrary, match=r"The marks no longer exist\."):
        change(library, marks[:2], Changes(values={"status": "disputed"}), now=later)
    with pytest.raises(NotInLibrary, match=r"The mark no longer exists\."):
        change(library, marks[:1], Changes(values={"status": "disputed"}), now=later)


def test_what_another_program_wrote_into_a_mark_stays(library, elsewhere, marks, later):
    change(elsewhere, [marks[0]], Changes(note="Theirs."), now=later)
    change(library, marks, Changes(values={"status": "disputed"}), now=later)
    assert library.annotation(marks[0].id).note == "Theirs."


def test_a_full_disk_says_how_many_were_changed_and_undo_takes_back_exactly_those(
    library, marks, later, full_disk
):
    stack = History()
    full_disk(2)
    with pytest.raises(BatchInterrupted, match="Only 4 marks of 8 were changed") as caught:
        stack.make(lambda: change(library, marks, Changes(kind="evidence"), now=later))
    assert "Undo takes back" in caught.value.hint
    full_disk(None)
    kinds = [mark.kind for mark in now_in(library, marks)]
    assert kinds == [*["evidence"] * 4, *["claim"] * 4]
    assert stack.undo(library, now=later).extent == "4 marks"
    assert {mark.kind for mark in now_in(library, marks)} == {"claim"}


def test_an_undo_that_the_full_disk_stops_can_be_tried_again(library, marks, later, full_disk):
    stack = History()
    stack.make(lambda: change(library, marks, Changes(kind="evidence"), now=later))
    full_disk(1)
    with pytest.raises(BatchInterrupted):
        stack.undo(library, now=later)
    full_disk(None)
    assert stack.undo(library, now=later).extent == "8 marks"
    assert {mark.kind for mark in now_in(library, marks)} == {"claim"}
    assert stack.redo(library, now=later).extent == "8 marks"


def test_a_disk_that_is_full_at_once_changes_nothing_and_is_no_step(
    library, marks, later, full_disk
):
    stack = History()
    full_disk(0)
    with pytest.raises(LibraryError) as caught:
        stack.make(lambda: change(library, marks, Changes(kind="evidence"), now=later))
    assert not isinstance(caught.value, BatchInterrupted)
    assert stack.undo(library, now=later) is None


def test_a_cancelled_edit_is_a_step_of_what_was_done(library, marks, later):
    seen = []

    def two_articles(done: int, total: int) -> bool:
        seen.append((done, total))
        return done < 2

    step = change(
        library, marks, Changes(values={"status": "disputed"}), now=later, progress=two_articles
    )
    assert step.extent == "4 marks"
    assert seen == [(0, ARTICLES), (1, ARTICLES), (2, ARTICLES)]


def test_many_articles_are_written_at_once_and_undone_in_one_step(library, moment, later):
    made = []
    for number in range(40):
        url = f"https://example.org/many/{number}"
        article = make_article("Prices rose by a tenth.", url=url)
        library.store(make_extraction(article), make_page(url=url), now=moment)
        made.append(make_annotation(article, "Prices rose"))
    library.put(made)
    seen = []
    step = change(
        library,
        made,
        Changes(values={"status": "disputed"}),
        now=later,
        progress=lambda *at: seen.append(at) or True,
    )
    assert [mark.id for mark in step.after] == [mark.id for mark in made]
    assert {mark.claim.status for mark in now_in(library, made)} == {"disputed"}
    assert (seen[0], seen[-1]) == ((0, 40), (40, 40))
    step.undo(library, now=later)
    assert {mark.claim for mark in now_in(library, made)} == {None}


def test_the_step_that_made_a_mark_takes_it_away_again(library, marks, later):
    step = creation(marks[0])
    assert (step.name, step.words, step.extent) == ("Mark", "Prices rose", "1 mark")
    undone = step.undo(library, now=later)
    assert marks[0].id not in {
        mark.id for mark in library.article(marks[0].article_id).annotations()
    }
    undone.redo(library, now=later)
    assert library.annotation(marks[0].id).contents == marks[0].contents


def test_a_step_says_how_many_marks_and_articles_it_is_about(marks):
    tags = tuple(ArticleTags(mark.article_id, (), ("a",)) for mark in marks[::2])
    assert MarkEdit("Tag", marks, marks).extent == "8 marks"
    assert MarkEdit("Tag", tags=tags[:1]).extent == "1 article"
    assert MarkEdit("Tag", marks[:1], (), tags[:2]).extent == "1 mark and 2 articles"
    assert MarkEdit("Tag", tags=tags).words == ""
    assert MarkEdit("Tag", left=1).remark == "1 was changed elsewhere and stayed as it is."
    assert MarkEdit("Tag", left=2).remark == "2 were changed elsewhere and stayed as they are."
    assert MarkEdit("Tag").remark == ""


def test_undo_forgets_the_colours_that_came_with_a_tag_unless_they_were_changed(
    library, marks, later
):
    colours = {"food": "red", "air": "blue", "old": "green"}
    library.catalog.put(TAG_COLOURS, {**colours, "air": "yellow"}, now=later)
    made = replace(
        change(library, marks, Changes(added=["food"]), now=later),
        colours={"food": "red", "air": "blue"},
    )
    undone = made.undo(library, now=later)
    assert library.catalog.values(TAG_COLOURS) == {"air": "yellow", "old": "green"}
    undone.redo(library, now=later)
    assert library.catalog.values(TAG_COLOURS) == {"food": "red", "air": "yellow", "old": "green"}


def test_a_step_is_named_by_what_was_done(library, marks, later):
    assert change(library, marks, Changes(added=["food"]), now=later).name == "Tag"
    assert change(library, marks, Changes(note="Why?"), now=later).name == "Note"
    assert delete(library, marks, now=later).name == "Delete"
