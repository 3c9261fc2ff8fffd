"""A deleted article can be restored with everything that belongs to it."""

import shutil

import pytest

from annotator.errors import LibraryError, NotInLibrary
from builders import make_annotation, make_extraction, make_page


def test_a_deleted_article_leaves_the_library_for_the_trash(library, kept):
    library.trash(kept.id)
    assert library.records() == ()
    assert library.trashed() == (kept.id,)
    assert (library.folder / "bin" / kept.id / "annotations.json").is_file()
    for lookup in (library.resolve, library.trash):
        with pytest.raises(NotInLibrary):
            lookup(kept.id)
    article = library.article(kept.id)
    for read in (article.record, article.annotations):
        with pytest.raises(NotInLibrary):
            read()


def test_a_power_cut_after_a_move_leaves_the_article_in_its_new_place_alone(library, kept, on_disk):
    place = library.folder / "articles" / kept.id[:2]
    library.trash(kept.id)
    assert kept.id in on_disk(library.folder / "bin")
    assert kept.id not in on_disk(place)
    library.restore(kept.id)
    assert kept.id in on_disk(place)
    assert kept.id not in on_disk(library.folder / "bin")


def test_a_deleted_article_cannot_be_marked(library, kept):
    library.trash(kept.id)
    with pytest.raises(NotInLibrary):
        library.put([make_annotation(kept, "two")])
    assert not (library.folder / "articles" / kept.id[:2] / kept.id).exists()


def test_a_restored_article_has_its_marks_and_revisions(library, kept):
    mark = make_annotation(kept, "two three")
    library.put([mark])
    before = (
        library.article(kept.id).record(),
        library.article(kept.id).extraction(),
        library.article(kept.id).page(),
    )
    library.trash(kept.id)

    assert library.restore(kept.id) == before[0]
    assert library.article(kept.id).annotations() == (mark,)
    assert (
        library.article(kept.id).record(),
        library.article(kept.id).extraction(),
        library.article(kept.id).page(),
    ) == before
    assert library.trashed() == ()


def test_an_article_deleted_twice_is_restored_as_it_was_last(library, kept, moment):
    library.put([make_annotation(kept, "two", note="Old.")])
    library.trash(kept.id)
    library.store(make_extraction(kept), make_page(), now=moment)
    assert library.article(kept.id).annotations() == ()
    library.put([make_annotation(kept, "two", note="New.")])
    library.trash(kept.id)

    library.restore(kept.id)
    assert [mark.note for mark in library.article(kept.id).annotations()] == ["New."]
    assert library.trashed() == (kept.id,)


def test_every_copy_in_the_trash_can_be_restored_newest_first(library, kept, moment):
    for note in ("1", "2", "3"):
        library.store(make_extraction(kept), make_page(), now=moment)
        library.put([make_annotation(kept, "two", note=note)])
        library.trash(kept.id)
    shutil.rmtree(library.folder / "bin" / f"{kept.id}.2")
    (library.folder / "bin" / "README").write_text("Mine.")
    for note in ("3", "1"):
        library.restore(kept.id)
        assert [mark.note for mark in library.article(kept.id).annotations()] == [note]
        shutil.rmtree(library.folder / "articles" / kept.id[:2] / kept.id)
    assert library.trashed() == ()


def test_restoring_never_overwrites_an_article(library, kept, moment):
    library.trash(kept.id)
    library.store(make_extraction(kept), make_page(), now=moment)
    with pytest.raises(LibraryError, match="already in the library"):
        library.restore(kept.id)
    assert library.trashed() == (kept.id,)


def test_an_article_that_was_never_deleted_cannot_be_restored(library, kept):
    with pytest.raises(NotInLibrary, match="bin has no article"):
        library.restore("f" * 16)


def test_a_damaged_article_can_be_deleted(library, kept, file):
    file.write_bytes(b"")
    file.with_name("annotations.json.bak").unlink(missing_ok=True)
    library.trash(kept.id)
    assert library.trashed() == (kept.id,)
