from datetime import timedelta

import pytest

from annotator.errors import Conflict, LibraryError, NotInLibrary
from annotator.model import Span
from annotator.store import Library
from annotator.usecases.library.undo import MAX_STEPS, History
from annotator.usecases.marks.annotate import Changes, Draft, change, delete, mark
from annotator.usecases.marks.mark_edit import MarkEdit, creation
from builders import HinderedArticle


def test_undoing_a_new_mark_deletes_it_and_redoing_restores_it(library, annotation, later):
    creation(annotation).undo(library, now=later)
    assert library.article(annotation.article_id).annotations() == ()
    creation(annotation).redo(library, now=later)
    [there] = library.article(annotation.article_id).annotations()
    assert (there.contents, there.modified) == (annotation.contents, later)


def test_undoing_a_deletion_restores_the_whole_mark(library, annotation, later):
    step = delete(library, [annotation], now=later)
    with pytest.raises(NotInLibrary):
        library.annotation(annotation.id)
    step.undo(library, now=later)
    there = library.annotation(annotation.id)
    assert (there.contents, there.modified) == (annotation.contents, later)


def test_undoing_an_edit_restores_what_was_there(library, annotation, later):
    step = change(library, [annotation], Changes(note="By whom?"), now=later)
    step.undo(library, now=later)
    assert library.annotation(annotation.id).note == ""
    step.redo(library, now=later)
    assert library.annotation(annotation.id).note == "By whom?"


def test_an_undone_edit_counts_as_newer_than_the_edit(library, annotation, later):
    step = change(library, [annotation], Changes(note="By whom?"), now=later)
    undone = step.undo(library, now=later + timedelta(seconds=1))
    assert [each.contents for each in undone.before] == [library.annotation(annotation.id).contents]
    assert library.annotation(annotation.id).modified > later


def test_undo_refuses_when_the_mark_was_changed_elsewhere(library, elsewhere, annotation, later):
    step = change(library, [annotation], Changes(added=["food"]), now=later)
    change(elsewhere, [annotation], Changes(note="Theirs."), now=later)
    with pytest.raises(Conflict, match="changed elsewhere"):
        step.undo(library, now=later)
    kept = library.annotation(annotation.id)
    assert (kept.tags, kept.note) == (("prices", "food"), "Theirs.")


def test_undo_does_not_delete_a_new_mark_that_was_edited_elsewhere(
    library, elsewhere, annotation, later
):
    change(elsewhere, [annotation], Changes(note="Theirs."), now=later)
    with pytest.raises(Conflict):
        creation(annotation).undo(library, now=later)
    assert library.annotation(annotation.id).note == "Theirs."


def test_undo_refuses_when_the_mark_was_deleted_elsewhere(library, elsewhere, annotation, later):
    step = change(library, [annotation], Changes(note="By whom?"), now=later)
    delete(elsewhere, [annotation], now=later)
    with pytest.raises(Conflict):
        step.undo(library, now=later)
    assert library.article(annotation.article_id).annotations() == ()


def test_redo_refuses_when_the_mark_was_changed_meanwhile(library, annotation, later):
    step = change(library, [annotation], Changes(note="First."), now=later)
    step.undo(library, now=later)
    change(library, [annotation], Changes(note="Second."), now=later)
    with pytest.raises(Conflict):
        step.redo(library, now=later)
    assert library.annotation(annotation.id).note == "Second."


def test_many_steps_are_undone_and_redone_in_order(library, annotation, later):
    stack = History()
    stack.record(creation(annotation))
    first = change(library, [annotation], Changes(note="One."), now=later)
    stack.record(first)
    stack.record(change(library, [first.after[0]], Changes(note="Two."), now=later))
    assert [stack.undo(library, now=later).name for _ in range(3)] == ["Note", "Note", "Mark"]
    assert stack.undo(library, now=later) is None
    assert library.article(annotation.article_id).annotations() == ()
    assert [stack.redo(library, now=later).name for _ in range(3)] == ["Mark", "Note", "Note"]
    assert stack.redo(library, now=later) is None
    assert library.annotation(annotation.id).note == "Two."


def test_a_new_step_drops_the_undone_ones(library, annotation, later):
    stack = History()
    stack.record(change(library, [annotation], Changes(note="One."), now=later))
    stack.undo(library, now=later)
    stack.record(change(library, [annotation], Changes(added=["food"]), now=later))
    assert stack.redo(library, now=later) is None
    assert stack.undo(library, now=later).name == "Tag"


def test_an_edit_that_changed_nothing_is_not_a_step(library, annotation, later):
    stack = History()
    stack.record(change(library, [annotation], Changes(added=annotation.tags), now=later))
    assert stack.undo(library, now=later) is None


def test_a_step_in_conflict_is_dropped_so_that_earlier_ones_can_be_undone(
    library, elsewhere, article, annotation, later, moment
):
    other = mark(library, article, Span(24, 38), Draft(), now=moment)
    stack = History()
    stack.record(creation(other))
    stack.record(change(library, [annotation], Changes(note="Mine."), now=later))
    change(elsewhere, [annotation], Changes(note="Theirs."), now=later)
    with pytest.raises(Conflict):
        stack.undo(library, now=later)
    assert stack.undo(library, now=later).name == "Mark"
    assert [each.id for each in library.article(article.id).annotations()] == [annotation.id]


class FullDisk(Library):
    """A library on a full disk, until some space is freed."""

    has_room = False

    def article(self, article_id):
        return HinderedArticle(super().article(article_id), self._check)

    def _check(self):
        if not self.has_room:
            raise LibraryError("The disk is full.")


def test_a_step_that_a_full_disk_stopped_can_be_tried_again(library, annotation, tmp_path, later):
    stack = History()
    stack.record(delete(library, [annotation], now=later))
    with FullDisk.open(library.folder, state=tmp_path / "state") as full:
        with pytest.raises(LibraryError):
            stack.undo(full, now=later)
        full.has_room = True
        assert stack.undo(full, now=later).name == "Delete"
    assert library.annotation(annotation.id).tags == annotation.tags


def test_the_oldest_steps_are_forgotten_when_there_are_too_many(library, annotation, later):
    stack = History()
    for number in range(MAX_STEPS + 1):
        after = (annotation.at(later), annotation) if number else (annotation,)
        stack.record(MarkEdit(str(number), (), after[:1]))
    assert stack._done[0].name == "1"
    assert len(stack._done) == MAX_STEPS
